//! The decision table, read from `rules/decisions.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::review::{FindingKind, Handling};

/// The whole table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Decisions {
    /// Conflicts in at least this share of the content articles suggest replacing the whole.
    pub whole_share: f64,
    /// … and in at least this many articles.
    pub whole_least: usize,
    /// Row per kind of finding.
    pub kinds: Vec<KindRow>,
    /// Form of the instrument per handling.
    pub forms: Vec<FormRow>,
    /// Form for documents that are not VBQPPL.
    pub outside: String,
}

/// One kind of finding.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct KindRow {
    /// The kind.
    pub kind: FindingKind,
    /// F-number.
    pub code: String,
    /// Name a reviewer reads.
    pub name: String,
    /// Order in deciding about the whole document; 0 = never alone.
    pub weight: u32,
    /// Found of the document as such, it goes before anything found of single clauses.
    #[serde(default)]
    pub whole: bool,
    /// Handling of the document when this kind decides.
    #[serde(default)]
    pub document: Option<Handling>,
    /// Default deadline.
    #[serde(default)]
    pub deadline: Option<String>,
    /// Authority, when it is not the issuer.
    #[serde(default)]
    pub authority: Option<String>,
}

/// One form of handling.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FormRow {
    /// The handling.
    pub handling: Handling,
    /// The instrument that may do it.
    pub form: String,
}

impl Decisions {
    /// Reads a table.
    pub fn parse(yaml: &str) -> Result<Decisions, serde_saphyr::Error> {
        serde_saphyr::from_str(yaml)
    }

    /// The table compiled into the program.
    pub fn embedded() -> Result<Decisions, serde_saphyr::Error> {
        Decisions::parse(crate::rules::load::embedded_file("decisions.yaml").unwrap_or(""))
    }

    /// The row of a kind.
    pub fn row(&self, kind: FindingKind) -> Option<&KindRow> {
        self.kinds.iter().find(|row| row.kind == kind)
    }

    /// Weight of a kind in deciding about the document.
    pub fn weight(&self, kind: FindingKind) -> u32 {
        self.row(kind).map_or(0, |row| row.weight)
    }

    /// Rank of a finding in deciding about its document: what is found of the document as such first, then by weight.
    pub fn rank(&self, kind: FindingKind, of_whole: bool) -> (bool, u32) {
        self.row(kind).map_or((false, 0), |row| (row.whole && of_whole, row.weight))
    }

    /// Form of the instrument that may do it.
    pub fn form(&self, handling: Handling, normative: Option<bool>) -> &str {
        if matches!(handling, Handling::Keep | Handling::Undetermined) {
            return "";
        }
        if normative == Some(false) && handling != Handling::IssueNew {
            return &self.outside;
        }
        self.forms.iter().find(|row| row.handling == handling).map_or("", |row| &row.form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_must_go_is_not_amended_clause_by_clause() {
        let table = Decisions::embedded().expect("the embedded table is well-formed");
        let gone = table.rank(FindingKind::IssuerGone, true);
        assert!(gone > table.rank(FindingKind::CompetenceMoved, false));
        assert!(table.rank(FindingKind::Expired, true) > gone);
        assert!(table.rank(FindingKind::Conflict, false) > table.rank(FindingKind::StaleTerm, false));
        assert_eq!(table.rank(FindingKind::BasisEnded, false), (false, 0));
    }

    #[test]
    fn suspension_is_never_what_the_table_decides() {
        let table = Decisions::embedded().expect("the embedded table is well-formed");
        assert!(table.kinds.iter().all(|row| row.document != Some(Handling::Suspend)));
    }
}
