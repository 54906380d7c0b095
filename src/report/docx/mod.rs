//! `bao-cao.docx`: the report of a review in the form offices use, and `phieu-ra-soat.docx`: a review sheet a document.
//!
//! The sheets stand in one file, each on a page of its own, in the order of the lists: they are printed and signed together
//! and go to Sở Tư pháp as one annex; who files them by document prints the pages of one.

mod annexes;
pub(super) mod draft;
mod main_part;
mod pack;
mod page;
mod sheets;

use std::io::{self, Write as _};
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

pub(super) use pack::pack as packed;

use super::forms::Forms;
use super::index::Index;
use super::{Error, Results, Written, write};

/// Name of the report.
const REPORT: &str = "bao-cao.docx";
/// Most sheets in one file: Word grows slow with more.
const MOST_SHEETS: usize = 500;
/// The words that depend on the time.
const WORDING: &str = include_str!("../../../rules/forms/bao-cao.yaml");

/// Words of the forms.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wording {
    grounds: Vec<Grounds>,
}

/// What reviews rest on from a day on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Grounds {
    from: Date,
    lines: Vec<String>,
    sheet_note: String,
}

/// Writes the report and the sheets.
pub fn write(results: &Results, out: &Path) -> Result<Vec<Written>, Error> {
    let index = Index::new(results);
    let report = out.join(REPORT);
    let wording: Wording = serde_saphyr::from_str(WORDING)
        .map_err(|error| Error::from((report.clone(), io::Error::other(error.to_string()))))?;
    let grounds = wording.grounds.into_iter().find(|one| one.from <= results.run.as_of);
    let (lines, note) = grounds.map_or_else(Default::default, |one| (one.lines, one.sheet_note));
    let save = |path: &Path, docx| -> Result<(), Error> {
        let bytes = pack::pack(docx).map_err(|error| Error::from((path.to_owned(), error)))?;
        write::whole(path, |file| file.write_all(&bytes))
    };
    save(&report, main_part::document(&index, &lines))?;
    let mut written = vec![Written { path: report.clone(), note: None }];
    let asked = sheets::documents(&index);
    let forms = Forms::with_usual(&results.forms)
        .map_err(|error| Error::from((report, io::Error::other(error.to_string()))))?;
    for form in forms.iter().filter_map(|forms| forms.review_sheet.as_ref()) {
        for (number, some) in (1..).zip(asked.chunks(MOST_SHEETS)) {
            let stem = &form.file;
            let name = if number == 1 { format!("{stem}.docx") } else { format!("{stem}-{number}.docx") };
            let path = out.join(name);
            save(&path, sheets::document(&index, some, form, &note))?;
            written.push(Written { path, note: None });
        }
    }
    Ok(written)
}

#[cfg(test)]
mod tests;
