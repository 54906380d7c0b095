//! The place of a unit, against which "khoản này", "Điều này" are understood.

use super::provision::{Provision, Rank, Slot};
use super::{Document, UnitId, UnitKind};

/// Number of a unit at each level, as its path says.
#[derive(Debug, Clone, Default)]
pub struct Place {
    slots: Provision,
}

impl Place {
    /// The place of `unit`; inside quoted structure, the place in the quoted document.
    pub fn of(document: &Document, unit: UnitId) -> Place {
        let mut place = Place::default();
        place.read(own_path(&document.units[unit].path));
        let heading = document.ancestors(unit).find(|&at| {
            matches!(document.units[at].kind, UnitKind::Part | UnitKind::Chapter | UnitKind::Section | UnitKind::Subsection)
        });
        if let Some(heading) = heading.filter(|_| !document.units[unit].quoted) {
            place.read(own_path(&document.units[heading].path));
        }
        if let Some(layer) = document.layers.get(document.units[unit].layer)
            && let Some(number) = layer.id.rsplit('.').next().and_then(|last| last.strip_prefix("app"))
        {
            place.slots.set(Rank::Appendix, Slot::Number(number.to_owned()));
        }
        place
    }

    fn read(&mut self, path: &str) {
        let path = path.split('~').next().unwrap_or_default();
        let (path, dash) = path.split_once('-').map_or((path, None), |(path, dash)| (path, Some(dash)));
        let mut in_article = false;
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
        let all = ARTICLE_RANKS.into_iter().chain([Rank::Subsection, Rank::Section, Rank::Chapter, Rank::Part, Rank::Appendix]);
        for rank in all {
            if provision.get(rank) == Some(&Slot::This) {
                whole.set(rank, self.slots.get(rank)?.clone());
            }
        }
        let top = whole.top()?;
        if top < Rank::Article {
            let missing = ARTICLE_RANKS.into_iter().filter(|&rank| rank > top && rank >= Rank::Point);
            for (rank, slot) in missing.filter_map(|rank| Some((rank, self.slots.get(rank)?.clone()))) {
                whole.set(rank, slot);
            }
        } else if top == Rank::Section || top == Rank::Subsection {
            // "Mục 2" said inside a chapter is that chapter's.
            for (rank, slot) in [Rank::Chapter, Rank::Part].iter().filter_map(|&rank| Some((rank, self.slots.get(rank)?.clone()))) {
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
fn own_path(path: &str) -> &str {
    let path = path.rsplit_once('/').map_or(path, |(_, inner)| inner);
    let mut rest = path;
    // "A1.2.q1.A5.1" → "A5.1".
    while let Some(at) = rest.find(".q") {
        let after = &rest[at + 2..];
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        rest = after[digits..].trim_start_matches('.');
    }
    rest
//! Places as officials cite them: "điểm a khoản 2 Điều 5 Quy chế".

use super::{Document, LayerKind, UnitId, UnitKind};

/// A bare provision path in words: `A21.1.đ` → "điểm đ khoản 1 Điều 21".
pub fn provision(path: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut clause = String::new();
    for (depth, segment) in path.split('.').enumerate() {
        let (segment, dashes) = match segment.split_once('-') {
            Some((head, dashes)) => (head, dashes.split('-').collect::<Vec<_>>()),
            None => (segment, Vec::new()),
        };
        let segment = segment.split('~').next().unwrap_or(segment);
        let rest = |prefix: &str| segment.strip_prefix(prefix).filter(|r| r.starts_with(|c: char| c.is_ascii_digit()));
        let words = if let Some(number) = rest("SS") {
            format!("Tiểu mục {number}")
        } else if let Some(number) = rest("S") {
            format!("Mục {number}")
        } else if let Some(number) = rest("A") {
            format!("Điều {number}")
        } else if let Some(number) = rest("C") {
            format!("Chương {}", roman(number))
        } else if let Some(number) = rest("P") {
            format!("Phần {}", roman(number))
        } else if let Some(number) = rest("W") {
            format!("bảng {number}")
        } else if let Some(number) = rest("B") {
            format!("căn cứ thứ {number}")
        } else if let Some(number) = rest("¶") {
            format!("đoạn {number}")
        } else if let Some(number) =
            segment.strip_prefix('r').filter(|_| depth > 0).filter(|r| r.parse::<u32>().is_ok())
        {
            format!("dòng {number}")
        } else if segment == "T" {
            "tên văn bản".to_owned()
        } else if segment == "R" {
            "dòng ban hành kèm theo".to_owned()
        } else if segment == "N" {
            "nơi nhận".to_owned()
        } else if segment == "K" {
            "phần ký".to_owned()
        } else if let Some(number) = segment.strip_prefix('q') {
            format!("đoạn trích thứ {number}")
        } else if segment.starts_with(|c: char| c.is_ascii_digit()) {
            // "1.1" under clause 1 is printed with its parent's number.
            clause = if clause.is_empty() { segment.to_owned() } else { format!("{clause}.{segment}") };
            if clause.contains('.') {
                parts.pop();
            }
            format!("khoản {clause}")
        } else {
            format!("điểm {segment}")
        };
        if !words.is_empty() && !segment.is_empty() {
            parts.push(words);
        }
        for dash in dashes {
            parts.push(format!("gạch đầu dòng thứ {}", dash.split('~').next().unwrap_or(dash)));
        }
    }
    parts.reverse();
    parts.join(" ")
}

/// A unit of a document in words, with its layer when it is not the main one: "khoản 2 Điều 5 Quy chế".
pub fn unit(document: &Document, unit: UnitId) -> String {
    let unit = &document.units[unit];
    let local = unit.path.split_once('/').map_or("", |(_, local)| local);
    let words = provision(local);
    let layer = &document.layers[unit.layer];
    let of = match layer.kind {
        LayerKind::Main => String::new(),
        LayerKind::Attached => {
            const NAMES: [&str; 8] =
                ["Quy chế", "Quy định", "Điều lệ", "Nội quy", "Quy ước", "Hương ước", "Đề án", "Kế hoạch"];
            let title = crate::text::fold::fold(&layer.title);
            let named = NAMES.iter().find(|name| title.starts_with(&crate::text::fold::fold(name)));
            named.map_or_else(|| "văn bản kèm theo".to_owned(), |name| (*name).to_owned())
        }
        LayerKind::Appendix => {
            let number = layer.id.rsplit("app").next().unwrap_or("");
            format!("Phụ lục {number}")
        }
    };
    match (words.is_empty(), of.is_empty()) {
        (true, _) => of,
        (false, true) => words,
        (false, false) => format!("{words} {of}"),
    }
}

/// Whether clauses of it are counted and shown as clauses of the document.
pub fn is_clause_like(kind: UnitKind) -> bool {
    matches!(
        kind,
        UnitKind::Article
            | UnitKind::Clause
            | UnitKind::Point
            | UnitKind::Dash
            | UnitKind::Paragraph
            | UnitKind::TableRow
    )
}

fn roman(number: &str) -> String {
    let Ok(mut value) = number.parse::<u32>() else { return number.to_owned() };
    let mut text = String::new();
    for (amount, letters) in
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while value >= amount {
            text.push_str(letters);
            value -= amount;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::provision;

    #[test]
    fn provision_reads_from_small_to_large() {
        for (path, words) in [
            ("A21.1", "khoản 1 Điều 21"),
            ("A5.2.đ", "điểm đ khoản 2 Điều 5"),
            ("A5a.1", "khoản 1 Điều 5a"),
            ("A5.2-1", "gạch đầu dòng thứ 1 khoản 2 Điều 5"),
            ("A5.1.1", "khoản 1.1 Điều 5"),
            ("C2.S1", "Mục 1 Chương II"),
            ("B3", "căn cứ thứ 3"),
            ("W1.r3", "dòng 3 bảng 1"),
            ("A5~2", "Điều 5"),
        ] {
            assert_eq!(provision(path), words, "{path}");
        }
    }
}
