//! The grammar of provisions: "điểm a khoản 1 Điều 5", lists, ranges, "khoản 1 Điều này".
//!
//! Vietnamese documents cite from small to large. Words are read left to right; a provision stays open for a larger
//! level until one comes, so a larger level closes every open provision before it ("khoản 2, khoản 3 Điều 25").

mod numeral;
mod read;

pub use read::{Provisions, parse_at};

/// Levels of provision, from the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Gạch đầu dòng ("gạch đầu dòng thứ nhất").
    Dash,
    /// Tiết, under a điểm of older documents.
    Item,
    /// Điểm.
    Point,
    /// Khoản.
    Clause,
    /// Điều.
    Article,
    /// Tiểu mục.
    Subsection,
    /// Mục.
    Section,
    /// Chương.
    Chapter,
    /// Phần.
    Part,
    /// Phụ lục.
    Appendix,
    /// Mẫu, biểu mẫu: said in amending commands only.
    Form,
}

const RANKS: usize = Rank::Form as usize + 1;

/// Words of the levels; longer before their endings ("tiểu mục" before "mục").
const WORDS: [(&str, Rank); 10] = [
    ("gạch đầu dòng", Rank::Dash),
    ("tiết", Rank::Item),
    ("điểm", Rank::Point),
    ("khoản", Rank::Clause),
    ("điều", Rank::Article),
    ("tiểu mục", Rank::Subsection),
    ("mục", Rank::Section),
    ("chương", Rank::Chapter),
    ("phần", Rank::Part),
    ("phụ lục", Rank::Appendix),
];

/// One slot of a provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// Normalised number or letter: "5", "5a", "đ", "2".
    Number(String),
    /// "này": the one the words stand in.
    This,
    /// "trên": the one before the one the words stand in.
    Above,
    /// Named without a number ("Phụ lục kèm theo").
    Unnumbered,
}

impl Slot {
    fn is_relative(&self) -> bool {
        matches!(self, Slot::This | Slot::Above)
    }
}

/// One provision as some words describe it; missing levels are `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provision {
    slots: [Option<Slot>; RANKS],
}

impl Provision {
    /// What is said of a level.
    pub fn get(&self, rank: Rank) -> Option<&Slot> {
        self.slots[rank as usize].as_ref()
    }

    /// Says something of a level.
    pub fn set(&mut self, rank: Rank, slot: Slot) {
        self.slots[rank as usize] = Some(slot);
    }

    pub(super) fn with(mut self, rank: Rank, slot: Slot) -> Self {
        self.set(rank, slot);
        self
    }

    /// Fills the levels above the largest one said from `above` ("khoản 2" said of Điều 3); articles and above stay.
    pub fn complete(&mut self, above: &Provision) {
        let Some(top) = self.top().filter(|&top| top < Rank::Article) else { return };
        for rank in [Rank::Point, Rank::Clause, Rank::Article].into_iter().filter(|&rank| rank > top) {
            if let Some(slot) = above.get(rank) {
                self.set(rank, slot.clone());
            }
        }
    }

    /// The largest level said.
    pub fn top(&self) -> Option<Rank> {
        WORDS.iter().rev().map(|&(_, rank)| rank).find(|&rank| self.get(rank).is_some())
    }

    /// The smallest level said.
    pub fn bottom(&self) -> Option<Rank> {
        WORDS.iter().map(|&(_, rank)| rank).find(|&rank| self.get(rank).is_some())
    }

    /// The article alone, when one is said.
    pub fn article(&self) -> Option<Provision> {
        let slot = self.get(Rank::Article)?.clone();
        Some(Provision::default().with(Rank::Article, slot))
    }

    /// The provision without its smallest level; `None` when nothing is left.
    pub fn parent(&self) -> Option<Provision> {
        let mut parent = self.clone();
        parent.slots[self.bottom()? as usize] = None;
        parent.bottom().map(|_| parent)
    }

    /// `true` when a level says "này" or "trên".
    pub fn is_relative(&self) -> bool {
        self.slots.iter().flatten().any(Slot::is_relative)
    }

    /// Takes the levels said by "này", and those above the largest one said, from `place`, as far as it has them.
    pub fn settle(&mut self, place: &Provision) {
        for rank in [Rank::Point, Rank::Clause, Rank::Article] {
            if let (Some(Slot::This), Some(slot)) = (self.get(rank), place.get(rank)) {
                self.set(rank, slot.clone());
            }
        }
        self.complete(place);
    }

    /// Normalised path: `A5.2.đ`, `A5.2-1`, `C12.S5`, `app1`, `app1/form02`; `None` while a level is relative or an upper one is missing.
    pub fn path(&self) -> Option<String> {
        let number = |rank: Rank| match self.get(rank) {
            Some(Slot::Number(number)) => Some(number.as_str()),
            _ => None,
        };
        if self.is_relative() {
            return None;
        }
        if let Some(form) = number(Rank::Form) {
            let appendix = number(Rank::Appendix).map(|appendix| format!("app{appendix}/"));
            return Some(format!("{}form{form}", appendix.unwrap_or_default()));
        }
        let mut path = String::new();
        if let Some(article) = number(Rank::Article) {
            path.push('A');
            path.push_str(article);
        } else {
            let levels = [(Rank::Part, "P"), (Rank::Chapter, "C"), (Rank::Section, "S"), (Rank::Subsection, "SS")];
            for (letter, number) in levels.iter().filter_map(|&(rank, letter)| Some((letter, number(rank)?))) {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(letter);
                path.push_str(number);
            }
        }
        let appendix = match self.get(Rank::Appendix) {
            Some(Slot::Number(number)) => Some(format!("app{number}")),
            Some(Slot::Unnumbered) => Some("app1".to_owned()),
            _ => None,
        };
        for (rank, mark) in [(Rank::Clause, '.'), (Rank::Point, '.'), (Rank::Item, '.'), (Rank::Dash, '-')] {
            let Some(number) = number(rank) else { continue };
            if path.is_empty() {
                // A clause or point without its article is a place only inside an appendix.
                appendix.as_ref()?;
            } else {
                path.push(mark);
            }
            path.push_str(number);
        }
        match appendix {
            Some(appendix) if path.is_empty() => Some(appendix),
            Some(appendix) => Some(format!("{appendix}/{path}")),
            None if path.is_empty() => None,
            None => Some(path),
        }
    }
}

#[cfg(test)]
mod tests;
