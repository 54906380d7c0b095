//! The text of Laws a user gave, to be quoted word for word beside what rests on it.

use std::collections::BTreeMap;

use crate::document::{Document, UnitId, place};

/// Texts of Laws by number. Empty when the user gave none: then reports tell demands in our own words.
#[derive(Debug, Default)]
pub struct LawTexts {
    laws: BTreeMap<String, LawText>,
}

/// The text of one Law.
#[derive(Debug)]
pub struct LawText {
    /// Name of the file it was read from.
    pub file: String,
    /// Hash of the file, lower-case hex.
    pub sha256: String,
    document: Document,
}

impl LawTexts {
    /// Adds the text of the instrument with this number; the first one given stays.
    pub fn add(&mut self, number: String, document: Document) {
        let (file, sha256) = (document.file.clone(), document.sha256.clone());
        self.laws.entry(number).or_insert(LawText { file, sha256, document });
    }

    /// Laws by number.
    pub fn laws(&self) -> impl Iterator<Item = (&str, &LawText)> {
        self.laws.iter().map(|(number, law)| (number.as_str(), law))
    }

    /// A provision word for word, one paragraph a line: "A21.1" with its points; for a point with the words it goes on from.
    pub fn quote(&self, number: &str, provision: &str) -> Option<String> {
        if provision.is_empty() {
            return None;
        }
        self.laws.get(number)?.quote(provision)
    }
}

impl LawText {
    fn quote(&self, provision: &str) -> Option<String> {
        let document = &self.document;
        let unit = document.unit_at(&format!("main/{provision}"))?;
        let mut lines: Vec<String> =
            document.lead_ins(unit).collect::<Vec<_>>().into_iter().rev().map(|at| self.line(at)).collect();
        lines.extend(document.subtree(unit).map(|at| self.line(at)));
        Some(lines.join("\n")).filter(|text| !text.trim().is_empty())
    }

    fn line(&self, unit: UnitId) -> String {
        super::place::reading(&self.document.units[unit])
    }

    /// The provision as it is cited inside the Law: "khoản 1 Điều 21".
    pub fn cite(provision: &str) -> String {
        place::provision(provision)
    }
}
