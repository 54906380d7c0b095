//! Official lists described by data (`rules/forms/`): which documents go in, which columns there are.

use std::borrow::Cow;

use serde::Deserialize;

use crate::proposals::FormSet;
use crate::review::Handling;
use crate::rules::load::embedded_file;

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
    /// The sheet filled in for each document reviewed, when the set has one.
    #[serde(default)]
    pub review_sheet: Option<ReviewSheet>,
}

/// Phiếu rà soát: the words of its head and tables.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReviewSheet {
    /// Name of the file, without extension.
    pub file: String,
    /// Title.
    pub title: String,
    /// Printed under the title; without it the line of the time of the review (`bao-cao.yaml`).
    #[serde(default)]
    pub mark: Option<String>,
    /// Lines between title and table.
    pub lines: Vec<SheetLine>,
    /// Columns of the table: order, what is reviewed, yardstick, opinion, proposal.
    pub columns: [SheetColumn; 5],
    /// Rows of the table, in their order.
    pub contents: Vec<SheetContent>,
    /// Clauses in a table of their own below: order, place, words, yardstick, opinion and proposal. Without it they are rows
    /// under their content.
    #[serde(default)]
    pub clauses: Option<ClauseTable>,
    /// Who signs, left and right.
    pub signs: [String; 2],
}

/// A line of the head.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SheetLine {
    /// Bold words before it; may be empty.
    pub label: String,
    /// What follows.
    pub value: LineValue,
}

/// What a line of the head says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum LineValue {
    Document,
    Facts,
    Yardstick,
    Day,
    Reviewer,
}

/// A column of a sheet.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SheetColumn {
    /// Head.
    pub title: String,
    /// Its share of the width.
    pub width: usize,
}

/// A row of a sheet.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SheetContent {
    /// What is reviewed; `{count}` = provisions compared.
    pub title: String,
    /// Which of the questions.
    pub of: Question,
}

/// What a reviewer answers for each document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Question {
    Effect,
    Grounds,
    Competence,
    Content,
    Whole,
}

/// The table of clauses.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClauseTable {
    /// Over it.
    pub title: String,
    /// Its columns.
    pub columns: [SheetColumn; 5],
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

    /// The sets given, the usual one among them; its review sheet is there even where an older description has none.
    pub fn with_usual(given: &[Forms]) -> Result<Cow<'_, [Forms]>, serde_saphyr::Error> {
        let is_usual = |forms: &Forms| forms.set == FormSet::Nd79;
        if given.iter().any(|forms| is_usual(forms) && forms.review_sheet.is_some()) {
            return Ok(given.into());
        }
        let yaml = embedded_file(&format!("forms/{}", Forms::file_name(FormSet::Nd79))).unwrap_or_default();
        let own = Forms::parse(yaml)?;
        let usual = match given.iter().find(|forms| is_usual(forms)) {
            Some(older) => Forms { review_sheet: own.review_sheet, ..older.clone() },
            None => own,
        };
        Ok(std::iter::once(usual).chain(given.iter().filter(|forms| !is_usual(forms)).cloned()).collect())
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
    fn a_description_of_an_older_version_still_gets_its_review_sheet() {
        let yaml = embedded_file("forms/nd79-2025.yaml").expect("embedded");
        let (older, _) = yaml.split_once("review-sheet:").expect("the sheet stands last");
        let older = Forms { mark: "của tỉnh".to_owned(), ..Forms::parse(older).expect("well-formed") };
        let given = [older];
        let all = Forms::with_usual(&given).expect("well-formed");
        assert!(all.len() == 1 && all[0].mark == "của tỉnh" && all[0].review_sheet.is_some());
    }

    #[test]
    fn embedded_forms_are_well_formed() {
        for set in [FormSet::Nd79, FormSet::Nd34] {
            let yaml =
                crate::rules::load::embedded_file(&format!("forms/{}", Forms::file_name(set))).expect("embedded");
            let forms = Forms::parse(yaml).expect("well-formed");
            assert_eq!(forms.set, set);
            let sheet = forms.review_sheet.as_ref().expect("both sets have a review sheet");
            let tables = sheet.clauses.iter().map(|table| &table.columns).chain([&sheet.columns]);
            for columns in tables {
                assert_eq!(columns.iter().map(|column| column.width).sum::<usize>(), 100, "{}", sheet.title);
            }
            let questions = [Question::Effect, Question::Grounds, Question::Competence, Question::Content];
            assert!(questions.iter().all(|asked| sheet.contents.iter().any(|row| row.of == *asked)));
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
