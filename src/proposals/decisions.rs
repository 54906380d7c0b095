//! The decision table, read from `rules/decisions.yaml`.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::office::DrafterRow;
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
    /// Legal basis of the procedure, the oldest regime first.
    #[serde(default)]
    pub procedure: Vec<Regime>,
    /// Who drafts when nobody else says so.
    #[serde(default)]
    pub drafters: Vec<DrafterRow>,
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
    /// What it decides about the document when it was found of a clause only.
    #[serde(default)]
    pub clause: Option<ClauseRow>,
    /// What a person must find out first when nothing can be proposed.
    #[serde(default)]
    pub needs: Option<String>,
    /// Form of the instrument, when it is not that of the handling; empty = open.
    #[serde(default)]
    pub form: Option<String>,
}

/// What a kind found of a clause decides about the document around it.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClauseRow {
    /// Its weight then.
    pub weight: u32,
    /// Handling of the document then.
    pub handling: Handling,
}

/// One form of handling.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FormRow {
    /// The handling.
    pub handling: Handling,
    /// The instrument that may do it.
    pub form: String,
    /// First day of the rule that allows it.
    #[serde(default)]
    pub from: Option<Date>,
    /// Who may decide, when that is not the issuer.
    #[serde(default)]
    pub authority: Option<String>,
}

/// The law of the procedure in a period.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Regime {
    /// First day; none = before all others.
    #[serde(default)]
    pub from: Option<Date>,
    /// The instruments.
    pub name: String,
    /// Basis by kind of finding; goes before the handling.
    #[serde(default)]
    pub kinds: Vec<KindBasis>,
    /// Basis by handling.
    #[serde(default)]
    pub handlings: Vec<HandlingBasis>,
}

/// The provision kinds of finding rest on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct KindBasis {
    /// The kinds.
    pub kind: Vec<FindingKind>,
    /// The provision.
    pub basis: String,
}

/// The provision handlings rest on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct HandlingBasis {
    /// The handlings.
    pub handling: Vec<Handling>,
    /// The provision.
    pub basis: String,
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

    /// Weight of a kind in deciding about the document, found of it as such or of a clause.
    pub fn weight(&self, kind: FindingKind, of_whole: bool) -> u32 {
        self.rank(kind, of_whole).1
    }

    /// Rank of a finding in deciding about its document: what is found of the document as such first, then by weight.
    pub fn rank(&self, kind: FindingKind, of_whole: bool) -> (bool, u32) {
        let Some(row) = self.row(kind) else { return (false, 0) };
        let of_clause = row.clause.filter(|_| !of_whole).map(|clause| clause.weight);
        (row.whole && of_whole, of_clause.unwrap_or(row.weight))
    }

    /// Handling of the document when this kind, found of a clause, decides about it.
    pub fn document(&self, kind: FindingKind) -> Option<Handling> {
        let row = self.row(kind)?;
        row.clause.map(|clause| clause.handling).or(row.document)
    }

    /// Form of the instrument that may do it on a day.
    pub fn form(&self, handling: Handling, normative: Option<bool>, as_of: Date) -> &str {
        if matches!(handling, Handling::Keep | Handling::Undetermined) {
            return "";
        }
        if normative == Some(false) && handling != Handling::IssueNew {
            return &self.outside;
        }
        self.form_row(handling, as_of).map_or("", |row| &row.form)
    }

    /// The row of a handling on a day: the latest that has begun.
    pub fn form_row(&self, handling: Handling, as_of: Date) -> Option<&FormRow> {
        let begun = |row: &&FormRow| row.handling == handling && row.from.is_none_or(|from| from <= as_of);
        self.forms.iter().filter(begun).max_by_key(|row| row.from)
    }

    /// The law of the procedure on a day.
    pub fn regime(&self, as_of: Date) -> Option<&Regime> {
        self.procedure.iter().filter(|regime| regime.from.is_none_or(|from| from <= as_of)).max_by_key(|one| one.from)
    }

    /// The provision a handling rests on, on a day; empty when nothing is done or nothing is known.
    pub fn basis(&self, kind: Option<FindingKind>, handling: Handling, as_of: Date) -> &str {
        let Some(regime) = self.regime(as_of).filter(|_| !matches!(handling, Handling::Keep | Handling::Undetermined))
        else {
            return "";
        };
        let of_kind = regime.kinds.iter().find(|row| kind.is_some_and(|kind| row.kind.contains(&kind)));
        let of_handling = regime.handlings.iter().find(|row| row.handling.contains(&handling));
        of_kind.map(|row| &row.basis).or(of_handling.map(|row| &row.basis)).map_or("", String::as_str)
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
    fn form_and_basis_are_those_of_the_day() {
        let table = Decisions::embedded().expect("the embedded table is well-formed");
        let on = |year, month| jiff::civil::date(year, month, 1);
        let form = |day| table.form(Handling::Repeal, Some(true), day);
        assert!(!form(on(2025, 3)).contains("78/2025") && form(on(2025, 4)).contains("78/2025"));
        let basis = |day| table.basis(Some(FindingKind::Replaced), Handling::AnnounceExpired, day);
        assert!(basis(on(2014, 1)).contains("16/2013"));
        assert!(basis(on(2020, 1)).contains("Điều 154"));
        assert!(basis(on(2026, 11)).starts_with("điểm b khoản 1 Điều 57"));
        assert_eq!(table.basis(None, Handling::Keep, on(2026, 11)), "");
        // Every handling that does something has a form and a basis today.
        for handling in [
            Handling::Amend,
            Handling::Replace,
            Handling::Repeal,
            Handling::RepealPart,
            Handling::IssueNew,
            Handling::AnnounceExpired,
            Handling::Suspend,
            Handling::ReferInspection,
            Handling::Correct,
        ] {
            assert!(!table.basis(None, handling, on(2026, 11)).is_empty(), "{handling:?}");
            assert!(!table.form(handling, Some(true), on(2026, 11)).is_empty(), "{handling:?}");
        }
    }

    #[test]
    fn suspension_is_never_what_the_table_decides() {
        let table = Decisions::embedded().expect("the embedded table is well-formed");
        assert!(table.kinds.iter().all(|row| row.document != Some(Handling::Suspend)));
    }
}
