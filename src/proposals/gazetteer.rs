//! Names an office adds: how its communes, places and bodies are rightly written, and the symbols of their numbers.

use serde::Deserialize;

use crate::document::{Identity, Level, docnumber, issuer};
use crate::text::fold::fold;

/// A body or a place of the office's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NameRow {
    /// Full official name: "Trường THPT Lê Hồng Sơn", "phường Vinh Phú".
    pub name: String,
    /// Other ways it is written: abbreviations, old spellings, what the program makes of its letterhead.
    #[serde(default)]
    pub also: Vec<String>,
    /// What numbers of its documents end with: "LHS" of "87/QĐ-LHS".
    #[serde(default)]
    pub symbol: Option<String>,
    /// Its level, where the name does not tell.
    #[serde(default)]
    pub level: Option<Level>,
}

impl NameRow {
    fn is_place(&self) -> bool {
        issuer::unit_of(&self.name) == Some(self.name.as_str())
    }

    /// Every way it is written, folded: as given, and as the program would write it out.
    fn spellings(&self) -> impl Iterator<Item = String> {
        let each = std::iter::once(&self.name).chain(&self.also);
        each.flat_map(|name| {
            [Some(fold(name)), issuer::normalise(name).map(|known| fold(&known.name))].into_iter().flatten()
        })
    }

    fn level(&self) -> Level {
        let known = || issuer::normalise(&self.name).map(|issuer| issuer.level);
        self.level.or_else(known).unwrap_or(Level::CoQuan)
    }
}

/// The official name of a body as it is written here, with its level; `None` when no row speaks of it.
pub fn named(rows: &[NameRow], written: &str) -> Option<(String, Level)> {
    let folded = fold(written);
    if let Some(body) = rows.iter().find(|row| !row.is_place() && row.spellings().any(|name| name == folded)) {
        return Some((body.name.clone(), body.level()));
    }
    rows.iter().filter(|row| row.is_place()).find_map(|row| {
        let tail = row.spellings().find(|name| folded.ends_with(&format!(" {name}")))?;
        // Letters of the tail as written: folding keeps their number of words.
        let words = tail.split(' ').count();
        let head: Vec<&str> = written.split_whitespace().collect();
        let name = format!("{} {}", head[..head.len().checked_sub(words)?].join(" "), row.name);
        let body = issuer::normalise(&name)?;
        Some((name, row.level.unwrap_or(body.level)))
    })
}

/// Puts right who issued a document, or says it where only the number tells.
pub fn settle(rows: &[NameRow], identity: &mut Identity) {
    let found = match (&identity.issuer, &identity.number) {
        (Some(written), _) => named(rows, written),
        (None, Some(number)) => by_symbol(rows, number).map(|row| (row.name.clone(), row.level())),
        (None, None) => None,
    };
    if let Some((name, level)) = found {
        (identity.issuer, identity.level) = (Some(name), Some(level));
    }
}

fn by_symbol<'r>(rows: &'r [NameRow], number: &str) -> Option<&'r NameRow> {
    let parts = docnumber::parts(number)?;
    let own = parts.symbol.rsplit('-').next().map(fold)?;
    let mut rows = rows.iter().filter(|row| row.symbol.as_deref().is_some_and(|symbol| fold(symbol) == own));
    // A symbol two bodies share names neither.
    rows.next().filter(|_| rows.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(yaml: &str) -> Vec<NameRow> {
        serde_saphyr::from_str(yaml).expect("well-formed")
    }

    #[test]
    fn bodies_and_places_get_their_official_names() {
        let rows = rows(
            "- { name: Bệnh viện Phục hồi chức năng Bắc Nghệ, also: [BV PHCN Bắc Nghệ], symbol: PHCN }\n\
             - { name: phường Vinh Phú, also: [P. Vinh Phú] }\n\
             - { name: Đoàn kinh tế - quốc phòng 4, level: co-quan }\n",
        );
        let of = |written: &str| named(&rows, written);
        let hospital = Some(("Bệnh viện Phục hồi chức năng Bắc Nghệ".to_owned(), Level::CoQuan));
        assert_eq!(of("Bệnh viện Phục Hồi Chức Năng Bắc Nghệ"), hospital);
        assert_eq!(of("BV PHCN Bắc Nghệ"), hospital);
        let renamed = self::rows("- { name: Ủy ban nhân dân tỉnh B, also: [UBND tỉnh Nghệ An] }");
        assert_eq!(
            named(&renamed, "Ủy ban nhân dân tỉnh Nghệ An").map(|(name, _)| name).as_deref(),
            Some("Ủy ban nhân dân tỉnh B")
        );
        let ward = Some(("Ủy ban nhân dân phường Vinh Phú".to_owned(), Level::Xa));
        assert_eq!(of("Ủy ban nhân dân P. Vinh Phú"), ward);
        assert_eq!(of("Ủy ban nhân dân phường vinh phú"), ward);
        assert_eq!(of("Ủy ban nhân dân phường Hưng Phú"), None);
        assert_eq!(of("Đoàn Kinh Tế - Quốc Phòng 4").map(|(_, level)| level), Some(Level::CoQuan));
    }

    #[test]
    fn a_number_names_its_issuer_only_where_nothing_else_does() {
        let rows = rows("- { name: Trường THPT A, symbol: LHS }\n- { name: B, symbol: X }\n- { name: C, symbol: x }\n");
        let settled = |issuer: Option<&str>, number: &str| {
            let mut identity =
                Identity { issuer: issuer.map(str::to_owned), number: Some(number.to_owned()), ..Identity::default() };
            settle(&rows, &mut identity);
            identity.issuer
        };
        assert_eq!(settled(None, "87/QĐ-LHS").as_deref(), Some("Trường THPT A"));
        assert_eq!(settled(None, "87/QĐ-X"), None, "two bodies of one symbol");
        assert_eq!(settled(Some("Trường THPT B"), "87/QĐ-LHS").as_deref(), Some("Trường THPT B"));
    }
}
