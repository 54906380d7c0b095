//! Official lists described by data (`rules/forms/`): which documents go in, which columns there are.

use serde::Deserialize;

use crate::proposals::FormSet;
use crate::review::Handling;

/// The forms of one decree.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Forms {
    /// Whose forms.
    pub set: FormSet,
    /// Printed under each title.
    pub mark: String,
    /// The line that names the decision a list is issued with.
    pub attached: String,
    /// Word before the name of a group.
    pub group: String,
    /// Name of the group of documents without a lĩnh vực.
    pub no_group: String,
    /// Said of an empty list.
    pub empty: String,
    /// Last row; `{count}` = number of documents.
    pub total: String,
    /// Word for ended in whole.
    pub ended: String,
    /// Word for suspended in whole.
    pub suspended: String,
    /// Word for ended in part.
    pub partly_ended: String,
    /// Word for suspended in part.
    pub partly_suspended: String,
    /// The lists.
    pub forms: Vec<Form>,
}

/// One list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Form {
    /// Name of its sheet.
    pub sheet: String,
    /// Its title.
    pub title: String,
    /// The title begins with its own word: no "DANH MỤC" and no decision it is issued with.
    #[serde(default = "yes")]
    pub list: bool,
    /// Which documents go in.
    pub takes: Takes,
    /// For [`Takes::ToHandle`]: the handlings that go in.
    #[serde(default)]
    pub handlings: Vec<Handling>,
    /// How rows are grouped.
    #[serde(default)]
    pub group_by: GroupBy,
    /// A heading over all groups.
    #[serde(default)]
    pub part: Option<String>,
    /// Columns in their order.
    pub columns: Vec<FormColumn>,
}

fn yes() -> bool {
    true
}

/// Which documents go into a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    /// Ended or suspended in whole.
    Ended,
    /// Ended or suspended in part.
    PartlyEnded,
    /// In force, in part too, or not yet.
    InForce,
    /// To be handled.
    ToHandle,
}

/// How rows are grouped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GroupBy {
    /// By lĩnh vực.
    #[default]
    Field,
    /// Ended first, then suspended.
    Effect,
}

/// A column.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FormColumn {
    /// Head.
    pub title: String,
    /// What it shows.
    pub value: Value,
    /// Width in letters.
    pub width: f64,
}

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Value {
    Order,
    Kind,
    Issuer,
    Number,
    Issued,
    Title,
    NumberAndDate,
    NumberDateTitle,
    Handling,
    Reason,
    Drafter,
    Deadline,
    Effect,
    Why,
    EffectDate,
    Provisions,
    Effective,
    Note,
}

impl Forms {
    /// Reads a description.
    pub fn parse(yaml: &str) -> Result<Forms, serde_saphyr::Error> {
        serde_saphyr::from_str(yaml)
    }

    /// Name of the file under `forms/` that describes a set.
    pub fn file_name(set: FormSet) -> &'static str {
        match set {
            FormSet::Nd79 => "nd79-2025.yaml",
            FormSet::Nd34 => "nd34-2016.yaml",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_forms_are_well_formed() {
        for set in [FormSet::Nd79, FormSet::Nd34] {
            let yaml =
                crate::rules::load::embedded_file(&format!("forms/{}", Forms::file_name(set))).expect("embedded");
            let forms = Forms::parse(yaml).expect("well-formed");
            assert_eq!(forms.set, set);
            for form in &forms.forms {
                // A4 across, at the scale the sheets are printed with.
                let width: f64 = form.columns.iter().map(|column| column.width).sum();
                assert!((150.0..220.0).contains(&width), "{}: {width}", form.sheet);
                assert_eq!(form.handlings.is_empty(), form.takes != Takes::ToHandle, "{}", form.sheet);
                let announced = form.handlings.contains(&Handling::AnnounceExpired);
                assert!(!announced && !form.handlings.contains(&Handling::Keep), "{}", form.sheet);
            }
        }
    }
}
