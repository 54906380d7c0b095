//! Every wording of every rule of every pack, in one automaton.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::text::fold::{fold, is_whole_word};

/// Index of a set of wordings.
pub type TermId = u32;

/// All wordings and the automaton that finds them.
#[derive(Debug)]
pub struct Lexicon {
    automaton: AhoCorasick,
    /// Literal → terms it is a wording of.
    owners: Vec<Vec<TermId>>,
    /// Literal → terms it is an exception of.
    excepts: Vec<Vec<TermId>>,
    terms: usize,
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
    literals: Vec<String>,
    index: HashMap<String, usize>,
    owners: Vec<Vec<TermId>>,
    excepts: Vec<Vec<TermId>>,
    terms: TermId,
}

impl LexiconBuilder {
    /// A new term with these wordings; a hit inside one of `except` does not count.
    pub fn term<'a>(
        &mut self,
        wordings: impl IntoIterator<Item = &'a str>,
        except: impl IntoIterator<Item = &'a str>,
    ) -> TermId {
        let id = self.terms;
        self.terms += 1;
        for wording in wordings {
            let literal = self.literal(wording);
            self.owners[literal].push(id);
        }
        for wording in except {
            let literal = self.literal(wording);
            self.excepts[literal].push(id);
        }
        id
    }

    fn literal(&mut self, wording: &str) -> usize {
        let folded = fold(wording.trim());
        if let Some(&known) = self.index.get(&folded) {
            return known;
        }
        let id = self.literals.len();
        self.index.insert(folded.clone(), id);
        self.literals.push(folded);
        self.owners.push(Vec::new());
        self.excepts.push(Vec::new());
        id
    }

    /// Builds the automaton. Fails only when there are more states than it can number.
    pub fn build(self) -> Result<Lexicon, aho_corasick::BuildError> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&self.literals)?;
        Ok(Lexicon { automaton, owners: self.owners, excepts: self.excepts, terms: self.terms as usize })
    }
}

impl Lexicon {
    /// Number of terms.
    pub fn terms(&self) -> usize {
        self.terms
    }

    /// Appends every whole-word hit in a folded text, in order of end.
    pub fn find(&self, folded: &str, hits: &mut Vec<TermHit>) {
        let first = hits.len();
        let mut excepted: Vec<TermHit> = Vec::new();
        for found in self.automaton.find_overlapping_iter(folded) {
            let (start, end) = (found.start(), found.end());
            if start == end || !is_whole_word(folded, start, end) {
                continue;
            }
            let literal = found.pattern().as_usize();
            let hit = |term| TermHit { term, start: start as u32, end: end as u32 };
            hits.extend(self.owners[literal].iter().map(|&term| hit(term)));
            excepted.extend(self.excepts[literal].iter().map(|&term| hit(term)));
        }
        if !excepted.is_empty() {
            let mut at = first;
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
        let lexicon = builder.build().expect("a small automaton");
        let mut hits = Vec::new();
        let text = fold("Nông thôn mới; Trưởng thôn, BAN THANH TRA NHÂN DÂN, xóm trưởng, thônX");
        lexicon.find(&text, &mut hits);
        let found: Vec<_> = hits.iter().map(|h| (h.term, &text[h.start as usize..h.end as usize])).collect();
        assert_eq!(found, [(thon, "thôn"), (ban, "ban thanh tra nhân dân"), (thon, "xóm")]);
    }
}
