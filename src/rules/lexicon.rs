//! Every wording of every rule of every pack, in one automaton.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use jiff::civil::Date;

use crate::text::fold::{fold, is_whole_word};

/// Index of a set of wordings.
pub type TermId = u32;

/// All wordings and the automaton that finds them.
#[derive(Debug)]
pub struct Lexicon {
    automaton: AhoCorasick,
    /// Literal → terms it is a wording of, and when.
    owners: Vec<Vec<(TermId, Period)>>,
    /// Literal → terms it is an exception of.
    excepts: Vec<Vec<TermId>>,
    terms: usize,
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
    literals: Vec<String>,
    index: HashMap<String, usize>,
    owners: Vec<Vec<(TermId, Period)>>,
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
            self.owners[literal].push((id, Period::default()));
        }
        for wording in except {
            let literal = self.literal(wording);
            self.excepts[literal].push(id);
        }
        id
    }

    /// A further wording of a term, for a time.
    pub fn dated(&mut self, term: TermId, wording: &str, period: Period) {
        let literal = self.literal(wording);
        self.owners[literal].push((term, period));
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

    /// Appends every whole-word hit in a folded text of this day, in order of end.
    pub fn find(&self, folded: &str, day: Option<Date>, hits: &mut Vec<TermHit>) {
        let first = hits.len();
        let mut excepted: Vec<TermHit> = Vec::new();
        for found in self.automaton.find_overlapping_iter(folded) {
            let (start, end) = (found.start(), found.end());
            if start == end || !is_whole_word(folded, start, end) {
                continue;
            }
            let literal = found.pattern().as_usize();
            let hit = |term| TermHit { term, start: start as u32, end: end as u32 };
            let owners = self.owners[literal].iter().filter(|(_, period)| period.holds(day));
            hits.extend(owners.map(|&(term, _)| hit(term)));
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
        let lexicon = builder.build().expect("a small automaton");
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
