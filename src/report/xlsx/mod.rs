//! `de-xuat.xlsx`: the workbook reviewers work in. One file per sheet.

pub mod check;
mod choices;
mod clauses;
mod cover;
mod decided;
mod documents;
mod form;
mod height;
mod inputs;
mod links;
mod outside;
mod proposals;
mod related;
mod rules;
mod style;
mod table;

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::index::Index;
use super::unflagged::Stratum;
use super::{Results, Written, write};
use form::Form;
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
    let place = write::workbook_place(out, stem, decided::holds_decisions);
    let mut written = Vec::new();
    let apart = clauses::count(&index) > clauses::MOST_ROWS;
    if apart {
        let path = out.join(CLAUSES_NAME);
        write::whole(&path, |file| clauses::write_csv(&index, file))?;
        written.push(Written { path, note: None });
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
    let form = Form::load()?;
    cover::write(book.add_worksheet(), &styles, index, apart.then_some(CLAUSES_NAME))?;
    proposals::write(book.add_worksheet(), &styles, index)?;
    documents::write(book.add_worksheet(), &styles, index)?;
    related::write(book.add_worksheet(), &styles, index)?;
    form.write(book.add_worksheet(), &styles, index)?;
    outside::write(book.add_worksheet(), &styles, index)?;
    links::write_links(book.add_worksheet(), &styles, index)?;
    links::write_absent(book.add_worksheet(), &styles, index)?;
    inputs::write_lists(book.add_worksheet(), &styles, index)?;
    inputs::write_unread(book.add_worksheet(), &styles, index)?;
    rules::write(book.add_worksheet(), &styles, index)?;
    // The clause sheet has as many rows as the documents have clauses: it is written row by row.
    clauses::write(book.add_worksheet_with_constant_memory()?, &styles, index, apart.then_some(CLAUSES_NAME))?;
    inputs::write_warnings(book.add_worksheet(), &styles, index)?;
    choices::write(book.add_worksheet())?;
    book.save_to_writer(file)?;
    Ok(())
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
