//! The place of a unit in its document, against which "khoản này", "Điều này" are understood.

use super::provision::{Provision, Rank, Slot};
use super::{Document, UnitId, UnitKind};

/// Number of a unit at each level, as its path says.
#[derive(Debug, Clone, Default)]
pub struct Vantage {
    slots: Provision,
}

impl Vantage {
    /// The place of `unit`; inside quoted structure, the place in the quoted document.
    pub fn of(document: &Document, unit: UnitId) -> Vantage {
        let mut place = Vantage::default();
        place.read(own_path(&document.units[unit].path), document.units[unit].quoted);
        let heading = document.ancestors(unit).find(|&at| {
            matches!(
                document.units[at].kind,
                UnitKind::Part | UnitKind::Chapter | UnitKind::Section | UnitKind::Subsection
            )
        });
        if let Some(heading) = heading.filter(|_| !document.units[unit].quoted) {
            place.read(own_path(&document.units[heading].path), false);
        }
        if let Some(layer) = document.layers.get(document.units[unit].layer)
            && let Some(number) = layer.id.rsplit('.').next().and_then(|last| last.strip_prefix("app"))
        {
            place.slots.set(Rank::Appendix, Slot::Number(number.to_owned()));
        }
        place
    }

    /// The place of quoted text, the levels above it taken from the provision its command names.
    pub fn inside(mut self, above: &Provision) -> Vantage {
        const RANKS: [Rank; 3] = [Rank::Point, Rank::Clause, Rank::Article];
        let lowest = RANKS.iter().position(|&rank| self.slots.get(rank).is_some());
        for &rank in &RANKS[lowest.map_or(0, |lowest| lowest + 1)..] {
            if let (None, Some(slot)) = (self.slots.get(rank), above.get(rank)) {
                self.slots.set(rank, slot.clone());
            }
        }
        self
    }

    /// `points`: the path may begin with a point, as quoted ones do.
    fn read(&mut self, path: &str, points: bool) {
        let path = path.split('~').next().unwrap_or_default();
        let (path, dash) = path.split_once('-').map_or((path, None), |(path, dash)| (path, Some(dash)));
        let mut in_article = points;
        for segment in path.split('.') {
            let digits = segment.starts_with(|c: char| c.is_ascii_digit());
            let rank = match segment.trim_end_matches(|c: char| c.is_ascii_digit()) {
                _ if digits => Rank::Clause,
                "P" => Rank::Part,
                "C" => Rank::Chapter,
                "SS" => Rank::Subsection,
                "S" => Rank::Section,
                _ if segment.starts_with('A') => Rank::Article,
                _ if in_article && !segment.starts_with(['W', 'q', '¶', 'B']) => Rank::Point,
                _ => continue,
            };
            in_article |= matches!(rank, Rank::Article | Rank::Clause);
            let number = if digits || rank == Rank::Point {
                segment
            } else {
                segment.trim_start_matches(|c: char| c.is_ascii_uppercase())
            };
            let number = match (rank, self.slots.get(Rank::Clause)) {
                // "A5.1.1": a sub-clause carries the number of its clause.
                (Rank::Clause, Some(Slot::Number(clause))) => format!("{clause}.{number}"),
                _ => number.to_owned(),
            };
            self.slots.set(rank, Slot::Number(number));
        }
        if let Some(dash) = dash {
            self.slots.set(Rank::Dash, Slot::Number(dash.to_owned()));
        }
    }

    /// Path of a provision said at this place: "này" and missing upper levels filled in; `None` when the place has none.
    pub fn resolve(&self, provision: &Provision) -> Option<String> {
        const ARTICLE_RANKS: [Rank; 5] = [Rank::Dash, Rank::Item, Rank::Point, Rank::Clause, Rank::Article];
        let mut whole = provision.clone();
        let all = ARTICLE_RANKS.into_iter().chain([
            Rank::Subsection,
            Rank::Section,
            Rank::Chapter,
            Rank::Part,
            Rank::Appendix,
        ]);
        for rank in all {
            match provision.get(rank) {
                Some(Slot::This) => whole.set(rank, self.slots.get(rank)?.clone()),
                Some(Slot::Above) => match self.slots.get(rank)? {
                    Slot::Number(here) => {
                        let before = here.parse::<u32>().ok()?.checked_sub(1).filter(|&before| before > 0)?;
                        whole.set(rank, Slot::Number(before.to_string()));
                    }
                    _ => return None,
                },
                _ => {}
            }
        }
        let top = whole.top()?;
        if top < Rank::Article {
            let missing = ARTICLE_RANKS.into_iter().filter(|&rank| rank > top && rank >= Rank::Point);
            for (rank, slot) in missing.filter_map(|rank| Some((rank, self.slots.get(rank)?.clone()))) {
                whole.set(rank, slot);
            }
            // Without articles a clause is one of its numbered heading: "khoản 1" of "Mục I".
            if let (None, Some(section)) = (whole.get(Rank::Article), self.slots.get(Rank::Section)) {
                whole.set(Rank::Section, section.clone());
            }
        } else if top == Rank::Section || top == Rank::Subsection {
            // "Mục 2" said inside a chapter is that chapter's.
            for (rank, slot) in
                [Rank::Chapter, Rank::Part].iter().filter_map(|&rank| Some((rank, self.slots.get(rank)?.clone())))
            {
                whole.set(rank, slot);
            }
        }
        if top == Rank::Appendix && whole.bottom() == Some(Rank::Appendix) {
            return whole.path();
        }
        whole.path().or_else(|| loose_path(&whole))
    }
}

/// Clause and point without an article, as older circulars number them: "2.a".
pub fn loose_path(provision: &Provision) -> Option<String> {
    let numbers: Vec<&str> = [Rank::Clause, Rank::Point, Rank::Item]
        .iter()
        .filter_map(|&rank| match provision.get(rank) {
            Some(Slot::Number(number)) => Some(number.as_str()),
            _ => None,
        })
        .collect();
    (!numbers.is_empty()).then(|| numbers.join("."))
}

/// Path inside its document: without layer, and without the host's part for quoted structure.
pub(crate) fn own_path(path: &str) -> &str {
    let path = path.rsplit_once('/').map_or(path, |(_, inner)| inner);
    let mut rest = path;
    // "A1.2.q1.A5.1" → "A5.1".
    while let Some(at) = rest.find(".q") {
        let after = &rest[at + 2..];
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        rest = after[digits..].trim_start_matches('.');
    }
    rest
}
