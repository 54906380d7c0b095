//! Every wording of every rule of every pack, in one tree of words.

mod tree;

use std::collections::HashMap;

use jiff::civil::Date;
use tree::Tree;

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
    /// Terms it is a wording of.
    owners: Vec<TermId>,
    /// Terms it is a wording of, for a time.
    dated: Vec<(TermId, Period)>,
    /// Terms it is an exception of.
    excepts: Vec<TermId>,
    /// It begins or ends with a sign: what stands beside it must be looked at.
    signed: bool,
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
        self.lexicon.literals[literal].dated.push((term, period));
    }

    fn add(&mut self, wordings: Vec<usize>) -> TermId {
        let id = self.lexicon.terms as TermId;
        self.lexicon.terms += 1;
        for literal in wordings {
            self.lexicon.literals[literal].owners.push(id);
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
        let signed = !folded.starts_with(is_letter_or_digit) || !folded.ends_with(is_letter_or_digit);
        self.lexicon.literals.push(Literal { signed, ..Literal::default() });
        self.index.insert(folded, id);
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
            let literal = &self.literals[literal as usize];
            if literal.signed && !is_whole_word(folded, start as usize, end as usize) {
                return;
            }
            let hit = |term| TermHit { term, start, end };
            hits.extend(literal.owners.iter().map(|&term| hit(term)));
            let dated = literal.dated.iter().filter(|(_, period)| period.holds(day));
            hits.extend(dated.map(|&(term, _)| hit(term)));
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
    fn signs_are_part_of_a_wording_and_the_same_words_are_one_term() {
        let mut builder = LexiconBuilder::default();
        let number = builder.words(["số 02/2022/NĐ-CP", "(mẫu 1)"]);
        let same = builder.words(["(Mẫu 1)", "số 02/2022/nđ-cp", "(mẫu 1)"]);
        let long = builder.words(["cơ sở", "cơ sở dữ liệu", "dữ liệu"]);
        assert_eq!(number, same);
        let lexicon = builder.build();
        let mut hits = Vec::new();
        let text = fold("Số  02/2022/NĐ-CP; số 02/ 2022/NĐ-CP; số 02/2022/NĐ-CPx; x(mẫu 1); (mẫu 1), cơ sở dữ liệu");
        lexicon.find(&text, None, &mut hits);
        let found: Vec<_> = hits.iter().map(|h| (h.term, &text[h.start as usize..h.end as usize])).collect();
        let wanted = [
            (number, "số 02/2022/nđ-cp"),
            (number, "(mẫu 1)"),
            (long, "cơ sở"),
            (long, "cơ sở dữ liệu"),
            (long, "dữ liệu"),
        ];
        assert_eq!(found, wanted);
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
