//! Where literals stand in a text.
//!
//! Literals are whole words, so a text is walked word by word and not byte by byte: from each word as far as some literal
//! goes. An automaton over the bytes of the same literals has tables of many megabytes, which no cache holds.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::text::letter::is_letter_or_digit;

/// Where words lead from each node; the root is 0.
#[derive(Debug, Default)]
pub(super) struct Tree {
    words: Words,
    /// From the root, by word; 0 = no wording begins with it.
    first: Vec<u32>,
    /// From the other nodes, by [`key`].
    steps: HashMap<u64, u32, BuildHasherDefault<Mix>>,
    /// Literal that ends at each node.
    ends: Vec<Option<u32>>,
}

/// A run of letters and digits, or one sign. Spaces are no tokens.
#[derive(Debug, Clone, Copy)]
struct Token {
    start: u32,
    end: u32,
    /// See [`hash`].
    hash: u64,
    /// A space stands before it.
    spaced: bool,
}

impl Tree {
    /// Adds a folded literal.
    pub fn insert(&mut self, literal: &str, id: u32) {
        self.ends.resize(self.ends.len().max(1), None);
        let mut node = 0;
        for token in tokens(literal) {
            let word = self.words.number(&literal[token.start as usize..token.end as usize], token.hash);
            self.first.resize(self.words.len(), 0);
            let free = self.ends.len() as u32;
            node = match node {
                0 if self.first[word as usize] != 0 => self.first[word as usize],
                0 => {
                    self.first[word as usize] = free;
                    free
                }
                _ => *self.steps.entry(key(node, word, token.spaced)).or_insert(free),
            };
            if node == free {
                self.ends.push(None);
            }
        }
        if node != 0 {
            self.ends[node as usize] = Some(id);
        }
    }

    /// Calls `found` with every literal that stands in a text and where, by start, then end.
    pub fn walk(&self, text: &str, mut found: impl FnMut(u32, u32, u32)) {
        let word = |token: &Token| self.words.find(&text[token.start as usize..token.end as usize], token.hash);
        let mut read: Vec<(Token, Option<u32>)> = Vec::with_capacity(text.len() / 4);
        read.extend(tokens(text).map(|token| (token, word(&token))));
        for (from, &(first, word)) in read.iter().enumerate() {
            let Some(mut node) = word.map(|word| self.first[word as usize]).filter(|&node| node != 0) else { continue };
            let mut end = first.end;
            let mut rest = read[from + 1..].iter();
            loop {
                if let Some(literal) = self.ends[node as usize] {
                    found(literal, first.start, end);
                }
                let Some(&(token, Some(word))) = rest.next() else { break };
                let Some(&next) = self.steps.get(&key(node, word, token.spaced)) else { break };
                (node, end) = (next, token.end);
            }
        }
    }
}

fn key(node: u32, word: u32, spaced: bool) -> u64 {
    u64::from(node) << 32 | u64::from(word) << 1 | u64::from(spaced)
}

/// The tokens of a folded text.
fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at;
        while bytes.get(at) == Some(&b' ') {
            at += 1;
        }
        let (start, mut in_word) = (at, true);
        while let Some(&byte) = bytes.get(at).filter(|_| in_word) {
            let length = match byte {
                b'a'..=b'z' | b'0'..=b'9' | b'A'..=b'Z' => 1,
                ..0x80 => 0,
                // Letters of Vietnamese: U+0100 to U+023F, U+1E00 to U+1EFF.
                0xc4..=0xc8 => 2,
                0xe1 if matches!(bytes[at + 1], 0xb8..=0xbb) => 3,
                _ => text[at..].chars().next().filter(|&c| is_letter_or_digit(c)).map_or(0, char::len_utf8),
            };
            in_word = length > 0;
            at += length;
        }
        if at == start {
            at += text[at..].chars().next()?.len_utf8();
        }
        let hash = hash(&bytes[start..at]);
        Some(Token { start: start as u32, end: at as u32, hash, spaced: start > from })
    })
}

/// A quick hash of a word; the words looked for are those of rules, no stranger chooses them.
fn hash(word: &[u8]) -> u64 {
    word.iter().fold(0, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23))
}

/// Mixes the keys of steps.
#[derive(Debug, Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, key: u64) {
        let mixed = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Words by number: a table of places that are tried one after the other.
#[derive(Debug, Default)]
struct Words {
    words: Vec<(u64, Box<str>)>,
    /// Number of a word and 1, 0 = free; the length is a power of two, and more than half is free.
    slots: Vec<u32>,
}

impl Words {
    fn len(&self) -> usize {
        self.words.len()
    }

    fn find(&self, word: &str, hash: u64) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            let number = self.slots[at].checked_sub(1)?;
            let (known, own) = &self.words[number as usize];
            if *known == hash && **own == *word {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a word, a new one if need be.
    fn number(&mut self, word: &str, hash: u64) -> u32 {
        if let Some(known) = self.find(word, hash) {
            return known;
        }
        self.words.push((hash, word.into()));
        if self.words.len() * 2 > self.slots.len() {
            self.slots = vec![0; (self.words.len() * 4).next_power_of_two()];
            (0..self.words.len()).for_each(|number| self.put(number));
        } else {
            self.put(self.words.len() - 1);
        }
        self.words.len() as u32 - 1
    }

    fn put(&mut self, number: usize) {
        let mask = self.slots.len() - 1;
        let mut at = self.words[number].0 as usize & mask;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = number as u32 + 1;
    }
}
