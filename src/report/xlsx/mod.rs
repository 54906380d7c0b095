//! `de-xuat.xlsx`: the workbook reviewers work in. One file per sheet.

mod batches;
pub mod check;
mod choices;
mod clauses;
mod cover;
mod decided;
mod delivered;
mod documents;
mod form;
mod height;
mod history;
mod import;
mod inputs;
mod kept;
mod links;
mod merged;
mod merged_units;
mod origin;
mod outside;
mod proposals;
mod related;
mod rules;
mod style;
mod table;
mod trace;

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::forms::Forms;
use super::index::Index;
use super::unflagged::Stratum;
use super::{Results, Written, write};
pub use decided::is_large_and_ours;
pub use delivered::{TableRow, names, table};
pub use import::{ReadFault, read_decisions};
pub use merged::write as write_merged;
use style::Styles;

/// Name of the file that holds every clause when a sheet cannot.
const CLAUSES_NAME: &str = "dieu-khoan.csv";

/// The workbook could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The writer of workbooks refused.
    #[error("{0}")]
    Writer(#[from] XlsxError),
    /// The embedded description of an official form is wrong; a fault of ours.
    #[error("mô tả biểu mẫu không đúng: {0}")]
    Form(String),
}

/// Writes the workbook, and the clauses apart when there are too many for a sheet.
pub fn write(results: &Results, out: &Path, stem: &str) -> Result<Vec<Written>, super::Error> {
    let index = Index::new(results);
    let taken = &results.earlier.taken;
    let holds = |path: &Path| !taken.iter().any(|one| one == path) && decided::holds_decisions(path);
    let place = write::workbook_place(out, stem, holds);
    let mut written = Vec::new();
    let apart = clauses::count(&index) > clauses::MOST_ROWS;
    if apart {
        let path = out.join(CLAUSES_NAME);
        write::whole(&path, |file| clauses::write_csv(&index, file))?;
        written.push(Written { path, note: None });
    }
    // What people saved is never written over: its decisions are taken over, the workbook itself is put aside.
    for path in write::workbooks(out, stem) {
        let done = taken.contains(&path) && !write::is_open(&path);
        if (path == place.path || done) && decided::was_saved(&path) {
            write::set_aside(&path, &out.join(super::decisions::TAKEN_FOLDER))?;
        }
    }
    write::whole(&place.path, |file| fill(&index, apart, file))?;
    written.push(Written { path: place.path, note: place.note });
    Ok(written)
}

/// Writes the sample of clauses without a finding.
pub fn write_sample(results: &Results, strata: &[Stratum], out: &Path, stem: &str) -> Result<Written, super::Error> {
    let index = Index::new(results);
    let place = write::workbook_place(out, stem, check::holds_answers);
    write::whole(&place.path, |file| check::write(&index, strata, file))?;
    Ok(Written { path: place.path, note: place.note })
}

/// Every sheet in its order.
fn fill(index: &Index, apart: bool, file: &mut BufWriter<File>) -> Result<(), Error> {
    let mut book = Workbook::new();
    let run = &index.results.run;
    book.set_default_format(&Format::new().set_font_name(style::FONT).set_font_size(style::SIZE), 20, 64)?;
    book.set_properties(&properties(run)?);
    let styles = Styles::new();
    cover::write(book.add_worksheet(), &styles, index, apart.then_some(CLAUSES_NAME))?;
    proposals::write(book.add_worksheet(), &styles, index)?;
    documents::write(book.add_worksheet(), &styles, index)?;
    kept::write(book.add_worksheet(), &styles, index)?;
    batches::write(book.add_worksheet(), &styles, index)?;
    related::write(book.add_worksheet(), &styles, index)?;
    for forms in all_forms(index)?.iter() {
        for form in &forms.forms {
            form::write(forms, form, book.add_worksheet(), &styles, index)?;
        }
    }
    outside::write(book.add_worksheet(), &styles, index)?;
    trace::write(book.add_worksheet(), &styles, index)?;
    history::write_gone(book.add_worksheet(), &styles, index)?;
    history::write_disputes(book.add_worksheet(), &styles, index)?;
    links::write_links(book.add_worksheet(), &styles, index)?;
    links::write_absent(book.add_worksheet(), &styles, index)?;
    inputs::write_lists(book.add_worksheet(), &styles, index)?;
    inputs::write_unread(book.add_worksheet(), &styles, index)?;
    rules::write(book.add_worksheet(), &styles, index)?;
    // The clause sheet has as many rows as the documents have clauses: it is written row by row.
    clauses::write(book.add_worksheet_with_constant_memory()?, &styles, index, apart.then_some(CLAUSES_NAME))?;
    inputs::write_warnings(book.add_worksheet(), &styles, index)?;
    history::write_log(book.add_worksheet(), &styles, index)?;
    choices::write(book.add_worksheet())?;
    origin::write(book.add_worksheet(), index)?;
    book.save_to_writer(file)?;
    Ok(())
}

/// The forms of the run; those of NĐ 79/2025 are always among them.
fn all_forms<'a>(index: &Index<'a>) -> Result<std::borrow::Cow<'a, [Forms]>, Error> {
    Forms::with_usual(&index.results.forms).map_err(|error| Error::Form(error.to_string()))
}

/// Properties with the day of the questions as day of creation: the same bytes on any day.
fn properties(run: &super::Run) -> Result<DocProperties, Error> {
    let day = run.as_of;
    let created =
        ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())?;
    Ok(DocProperties::new()
        .set_title("Kết quả rà soát văn bản quy phạm pháp luật")
        .set_author(format!("rasoat {}", run.tool))
        .set_creation_datetime(&created))
}

#[cfg(test)]
mod tests;
