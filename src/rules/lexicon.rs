//! Every wording of every rule of every pack, in one tree of words.
//!
//! Wordings are whole words, so a text is walked word by word and not byte by byte: from each word as far as some wording
//! goes. An automaton over bytes of the same wordings has tables of many megabytes, which no cache holds.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use jiff::civil::Date;

use crate::text::fold::{fold, is_whole_word};
use crate::text::letter::is_letter_or_digit;

/// Index of a set of wordings.
pub type TermId = u32;

/// All wordings and the tree that finds them.
#[derive(Debug, Default)]
pub struct Lexicon {
    tree: Tree,
    literals: Vec<Literal>,
    terms: usize,
}

/// What a literal stands for.
#[derive(Debug, Default)]
struct Literal {
    /// Terms it is a wording of, and when.
    owners: Vec<(TermId, Period)>,
    /// Terms it is an exception of.
    excepts: Vec<TermId>,
}

/// Words and signs by number, and where each leads from each node; the root is 0.
#[derive(Debug, Default)]
struct Tree {
    words: HashMap<Box<str>, u32, BuildHasherDefault<Mix>>,
    steps: HashMap<u64, u32, BuildHasherDefault<Mix>>,
    /// Literal that ends at each node.
    ends: Vec<Option<u32>>,
}

/// A run of letters and digits, or one sign. Spaces are no tokens.
#[derive(Debug, Clone, Copy)]
struct Token {
    start: u32,
    end: u32,
    /// Its number, and whether a space stands before it; `None` when no wording has it.
    step: Option<(u32, bool)>,
}

/// A hash for words of rules: quick, and no stranger chooses the keys.
#[derive(Debug, Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            self.write_u64(chunk.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)));
        }
    }

    fn write_u8(&mut self, _: u8) {}

    fn write_u64(&mut self, word: u64) {
        let mixed = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Tree {
    fn insert(&mut self, literal: &str, id: u32) {
        self.ends.resize(self.ends.len().max(1), None);
        let (mut node, mut first) = (0, true);
        for (start, end, spaced) in tokens(literal) {
            let next = self.words.len() as u32;
            let word = *self.words.entry(literal[start..end].into()).or_insert(next);
            let free = self.ends.len() as u32;
            node = *self.steps.entry(key(node, word, spaced && !first)).or_insert(free);
            if node == free {
                self.ends.push(None);
            }
            first = false;
        }
        if node != 0 {
            self.ends[node as usize] = Some(id);
        }
    }

    /// Calls `found` with every literal that stands in a text and where, by start, then end.
    fn walk(&self, text: &str, mut found: impl FnMut(u32, usize, usize)) {
        let word = |&(start, end, _): &(usize, usize, bool)| self.words.get(&text[start..end]).copied();
        let read: Vec<Token> = tokens(text)
            .map(|token| Token {
                start: token.0 as u32,
                end: token.1 as u32,
                step: word(&token).map(|word| (word, token.2)),
            })
            .collect();
        for from in 0..read.len() {
            let (mut node, mut first) = (0, true);
            for token in &read[from..] {
                let Some((word, spaced)) = token.step else { break };
                let Some(&next) = self.steps.get(&key(node, word, spaced && !first)) else { break };
                (node, first) = (next, false);
                if let Some(literal) = self.ends[node as usize] {
                    found(literal, read[from].start as usize, token.end as usize);
                }
            }
        }
    }
}

fn key(node: u32, word: u32, spaced: bool) -> u64 {
    u64::from(node) << 32 | u64::from(word) << 1 | u64::from(spaced)
}

/// Start and end of every token of a folded text, and whether a space stands before it.
fn tokens(text: &str) -> impl Iterator<Item = (usize, usize, bool)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let spaced = text[at..].starts_with(' ');
        let start = at + text[at..].bytes().take_while(|&byte| byte == b' ').count();
        let rest = &text[start..];
        let word = rest.find(|c| !is_letter_or_digit(c)).unwrap_or(rest.len());
        let length = if word > 0 { word } else { rest.chars().next()?.len_utf8() };
        at = start + length;
        Some((start, at, spaced))
    })
}

/// When a wording has its meaning; open ends hold for ever.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

impl Period {
    /// On a day nobody knows everything holds.
    fn holds(self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until))
    }
}

/// A wording found in a folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermHit {
    /// Whose wording.
    pub term: TermId,
    /// Byte range in the folded text.
    pub start: u32,
    /// End of it.
    pub end: u32,
}

/// Collects wordings while rules are compiled.
#[derive(Debug, Default)]
pub struct LexiconBuilder {
    lexicon: Lexicon,
    index: HashMap<String, usize>,
    /// Terms without a name by their wordings: many rules look for the same words.
    unnamed: HashMap<Vec<usize>, TermId>,
}

impl LexiconBuilder {
    /// A new term with these wordings; a hit inside one of `except` does not count.
    pub fn term<'a>(
        &mut self,
        wordings: impl IntoIterator<Item = &'a str>,
        except: impl IntoIterator<Item = &'a str>,
    ) -> TermId {
        let wordings: Vec<usize> = wordings.into_iter().map(|wording| self.literal(wording)).collect();
        let id = self.add(wordings);
        for wording in except {
            let literal = self.literal(wording);
            self.lexicon.literals[literal].excepts.push(id);
        }
        id
    }

    /// A term without a name or exceptions; the same words give the same term.
    pub fn words<'a>(&mut self, wordings: impl IntoIterator<Item = &'a str>) -> TermId {
        let mut wordings: Vec<usize> = wordings.into_iter().map(|wording| self.literal(wording)).collect();
        wordings.sort_unstable();
        wordings.dedup();
        if let Some(&known) = self.unnamed.get(&wordings) {
            return known;
        }
        let id = self.add(wordings.clone());
        self.unnamed.insert(wordings, id);
        id
    }

    /// A further wording of a term, for a time.
    pub fn dated(&mut self, term: TermId, wording: &str, period: Period) {
        let literal = self.literal(wording);
        self.lexicon.literals[literal].owners.push((term, period));
    }

    fn add(&mut self, wordings: Vec<usize>) -> TermId {
        let id = self.lexicon.terms as TermId;
        self.lexicon.terms += 1;
        for literal in wordings {
            self.lexicon.literals[literal].owners.push((id, Period::default()));
        }
        id
    }

    fn literal(&mut self, wording: &str) -> usize {
        let folded = fold(wording.trim());
        if let Some(&known) = self.index.get(&folded) {
            return known;
        }
        let id = self.lexicon.literals.len();
        self.lexicon.tree.insert(&folded, id as u32);
        self.index.insert(folded, id);
        self.lexicon.literals.push(Literal::default());
        id
    }

    /// All that was collected.
    pub fn build(self) -> Lexicon {
        self.lexicon
    }
}

impl Lexicon {
    /// Number of terms.
    pub fn terms(&self) -> usize {
        self.terms
    }

    /// Appends every whole-word hit in a folded text of this day, by start, then end.
    pub fn find(&self, folded: &str, day: Option<Date>, hits: &mut Vec<TermHit>) {
        let first = hits.len();
        let mut excepted: Vec<TermHit> = Vec::new();
        self.tree.walk(folded, |literal, start, end| {
            // A wording may begin or end with a sign.
            if !is_whole_word(folded, start, end) {
                return;
            }
            let literal = &self.literals[literal as usize];
            let hit = |term| TermHit { term, start: start as u32, end: end as u32 };
            let owners = literal.owners.iter().filter(|(_, period)| period.holds(day));
            hits.extend(owners.map(|&(term, _)| hit(term)));
            excepted.extend(literal.excepts.iter().map(|&term| hit(term)));
        });
        if !excepted.is_empty() {
            let mut at = 0;
            hits.retain(|hit| {
                at += 1;
                at <= first || !excepted.iter().any(|e| e.term == hit.term && e.start <= hit.start && hit.end <= e.end)
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn find_respects_word_boundaries_and_exceptions() {
        let mut builder = LexiconBuilder::default();
        let thon = builder.term(["thôn", "xóm"], ["nông thôn"]);
        let ban = builder.term(["Ban Thanh tra nhân dân"], []);
        let lexicon = builder.build();
        let mut hits = Vec::new();
        let text = fold("Nông thôn mới; Trưởng thôn, BAN THANH TRA NHÂN DÂN, xóm trưởng, thônX");
        lexicon.find(&text, None, &mut hits);
        let found: Vec<_> = hits.iter().map(|h| (h.term, &text[h.start as usize..h.end as usize])).collect();
        assert_eq!(found, [(thon, "thôn"), (ban, "ban thanh tra nhân dân"), (thon, "xóm")]);
    }

    #[test]
    fn a_dated_wording_counts_in_its_time() {
        let day = jiff::civil::date;
        let mut builder = LexiconBuilder::default();
        let so = builder.term(["Sở Nông nghiệp và Môi trường"], []);
        builder.dated(so, "Sở Tài nguyên", Period { from: None, until: Some(day(2025, 2, 28)) });
        builder.dated(so, "Sở Môi trường", Period { from: Some(day(2025, 3, 1)), until: None });
        let lexicon = builder.build();
        let count = |day| {
            let mut hits = Vec::new();
            lexicon.find(&fold("Sở Tài nguyên, Sở Môi trường"), day, &mut hits);
            hits.iter().map(|hit| hit.start).collect::<Vec<_>>()
        };
        let second = fold("Sở Tài nguyên, ").len() as u32;
        assert_eq!(count(Some(day(2025, 2, 28))), [0]);
        assert_eq!(count(Some(day(2025, 3, 1))), [second]);
        assert_eq!(count(None), [0, second]);
    }
}
