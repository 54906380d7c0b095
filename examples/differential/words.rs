//! Words of two texts, counted and compared without regard to order.

use std::collections::BTreeMap;

use rasoat::text::Folded;
use unicode_normalization::UnicodeNormalization as _;

use crate::ours::Reading;

/// How often each folded word stands in a text.
type Bag = BTreeMap<String, usize>;

/// Why words are missing, as far as the words themselves tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Numbers and single letters: automatic numbers, page numbers, list marks.
    Numbers,
    /// Letters are all there, parted into words differently.
    Parted,
    /// We have the word, less often than they do.
    Fewer,
    /// We do not have the word at all.
    Absent,
}

impl Cause {
    /// One word for the table.
    pub fn name(self) -> &'static str {
        match self {
            Cause::Numbers => "numbers",
            Cause::Parted => "parted",
            Cause::Fewer => "fewer",
            Cause::Absent => "absent",
        }
    }
}

/// The words of the two sides, compared.
pub struct Comparison {
    /// Words the extractor gave.
    pub theirs: usize,
    /// Of these, words we do not have (each occurrence counts).
    pub missing: usize,
    /// Words of the extractor's vocabulary that we never have.
    pub unknown: usize,
    /// Words of our paragraphs that the extractor lacks.
    pub surplus: usize,
    /// Words of our notes, boxes and running heads that the extractor lacks.
    pub aside: usize,
    /// The missing words, most frequent first, with their cause.
    pub words: Vec<(String, usize, Cause)>,
}

impl Comparison {
    /// Compares our reading with the text of an extractor, which may leave letter-spaced words in letters (`spaced`).
    pub fn of(reading: &Reading, text: &str, spaced: bool) -> Self {
        let (body, aside) = (bag(&reading.body), bag(&reading.aside));
        let mut ours = body.clone();
        for (word, count) in &aside {
            *ours.entry(word.clone()).or_insert(0) += count;
        }
        let theirs = if spaced { bag(&join_spaced(ours, text)) } else { bag(text) };
        let have = |word: &str| (body.get(word).copied().unwrap_or(0), aside.get(word).copied().unwrap_or(0));
        let wanted = |word: &str| theirs.get(word).copied().unwrap_or(0);
        let over = |(word, &count): (&String, &usize)| (word.clone(), count.saturating_sub(wanted(word)));
        let spare: Bag = body.iter().map(over).filter(|&(_, count)| count > 0).collect();
        let beside = |(word, &count): (&String, &usize)| count.min((have(word).0 + count).saturating_sub(wanted(word)));
        let mut words: Vec<(String, usize, Cause)> = Vec::new();
        for (word, &count) in &theirs {
            let (in_body, in_aside) = have(word);
            let lacking = count.saturating_sub(in_body + in_aside);
            if lacking > 0 {
                words.push((word.clone(), lacking, cause(word, in_body + in_aside, &spare)));
            }
        }
        words.sort_by(|a, b| b.2.cmp(&a.2).then(b.1.cmp(&a.1)).then_with(|| a.0.cmp(&b.0)));
        Comparison {
            theirs: theirs.values().sum(),
            missing: words.iter().map(|&(_, lacking, _)| lacking).sum(),
            unknown: words.iter().filter(|(word, ..)| have(word) == (0, 0)).count(),
            surplus: spare.values().sum(),
            aside: aside.iter().map(beside).sum(),
            words,
        }
    }

    /// Share of their words that we have, in percent.
    pub fn share(&self) -> f64 {
        100.0 * (self.theirs - self.missing) as f64 / self.theirs.max(1) as f64
    }

    /// Missing occurrences by cause, most first.
    pub fn causes(&self) -> Vec<(Cause, usize)> {
        let mut counts = BTreeMap::new();
        for &(_, lacking, cause) in &self.words {
            *counts.entry(cause).or_insert(0) += lacking;
        }
        let mut counts: Vec<(Cause, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|&(cause, count)| (std::cmp::Reverse(count), cause));
        counts
    }
}

fn cause(word: &str, ours: usize, spare: &Bag) -> Cause {
    let letters = word.chars().count();
    if letters == 1 || word.chars().all(|c| c.is_numeric() || matches!(c, 'i' | 'v' | 'x')) {
        Cause::Numbers
    } else if letters > 1
        && spare.keys().any(|over| over.contains(word) || (over.len() > 1 && word.contains(over.as_str())))
    {
        Cause::Parted
    } else if ours > 0 {
        Cause::Fewer
    } else {
        Cause::Absent
    }
}

/// Letter-spaced words that an extractor leaves in letters ("q u y ế t đ ị n h", "qu yết"), joined as we join them.
///
/// Only neighbouring pieces of one line are joined, one of them a single letter, and only to a word that we have and that
/// the other side lacks: the letters are the same on both sides, so no lost letter hides here.
fn join_spaced(mut spare: Bag, text: &str) -> String {
    /// Pieces of the longest word that is joined.
    const MOST: usize = 8;
    let composed: String = text.nfc().collect();
    for (word, count) in bag(&composed) {
        if let Some(ours) = spare.get_mut(&word) {
            *ours = ours.saturating_sub(count);
        }
    }
    let mut out = String::with_capacity(composed.len());
    for line in composed.lines() {
        let folded = Folded::new(line);
        let line = folded.as_str();
        // Pieces with the text before each: more than one space is a gap between cells, and a sign parts words.
        let mut pieces: Vec<(&str, &str)> = Vec::new();
        let mut rest = line;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            let (before, tail) = rest.split_at(start);
            let (piece, tail) = tail.split_at(tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len()));
            pieces.push((before, piece));
            rest = tail;
        }
        let mut at = 0;
        while at < pieces.len() {
            let near = 1 + pieces[at + 1..].iter().take_while(|(before, _)| *before == " ").count();
            let joined = (2..=MOST.min(near)).rev().find_map(|length| {
                let run = &pieces[at..at + length];
                let word: String = run.iter().map(|(_, piece)| *piece).collect();
                let single = run.iter().any(|(_, piece)| piece.chars().count() == 1);
                let ours = spare.get_mut(&word).filter(|count| single && **count > 0)?;
                *ours -= 1;
                Some((word, length))
            });
            let (word, length) = joined.unwrap_or_else(|| (pieces[at].1.to_owned(), 1));
            out.push_str(&word);
            out.push(' ');
            at += length;
        }
        out.push('\n');
    }
    out
}

/// Number of words of a text.
pub fn count(text: &str) -> usize {
    bag(text).values().sum()
}

/// Words are runs of letters and digits of the folded text; case, tone placement, spaces and signs do not count.
fn bag(text: &str) -> Bag {
    let composed: String = text.nfc().collect();
    let folded = Folded::new(&composed);
    let mut bag = Bag::new();
    for word in folded.as_str().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *bag.entry(word.to_owned()).or_insert(0) += 1;
    }
    bag
}
