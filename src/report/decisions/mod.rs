//! What people decided, from one run to the next: read from workbooks, kept in the folder of the results, carried over.
//!
//! `quyet-dinh.json` holds the decisions that count, `nhat-ky.ndjson` every change of them (lines are only ever added),
//! `moc-ra-soat.json` the results people looked at when they decided. A workbook whose decisions were taken over is moved to
//! `da-nhap/` before a new one takes its name.

mod baseline;
mod carry;
mod gather;
mod ledger;
mod merge;
pub(super) mod sheet;
#[cfg(test)]
mod tests;
mod typed;

use std::path::{Path, PathBuf};

use jiff::civil::Date;

pub(super) use carry::text_hash;
pub use carry::{Earlier, Gone};
pub use gather::{Gathered, Source, Stated, gather, of_folder};
pub use ledger::{Entry, LogLine};
pub(super) use typed::given;

use super::{Error, write, xlsx};
use baseline::Baseline;
use ledger::Ledger;
use merge::Known;

/// Name of the decisions that count.
pub const DECISIONS_NAME: &str = "quyet-dinh.json";
/// Name of the log.
pub const LOG_NAME: &str = "nhat-ky.ndjson";
/// Name of the results people looked at.
pub const REVIEWED_NAME: &str = "moc-ra-soat.json";
/// Folder of workbooks whose decisions were taken over.
pub const TAKEN_FOLDER: &str = "da-nhap";

/// What one workbook brought.
#[derive(Debug, Default)]
pub struct Imported {
    /// Decisions that are new or other than before.
    pub placed: usize,
    /// Decisions that were known already.
    pub known: usize,
    /// What could not be placed: one line each, with row and reason.
    pub unplaced: Vec<String>,
    /// What a person should know of what was placed.
    pub notes: Vec<String>,
    /// People who want different things: one line each.
    pub disagreements: Vec<String>,
}

/// Reads the decisions of a workbook into the folder `into`.
pub fn import(workbook: &Path, into: &Path, on: Date) -> Result<Imported, Error> {
    write::folder(into)?;
    let mut ledger = Ledger::load(into)?;
    let mut imported = take(workbook, Some(into), &mut ledger, on)?;
    if write::is_open(workbook) {
        let name = write::file_name(workbook);
        imported.notes.insert(
            0,
            format!("“{name}” đang được mở; chỉ đọc được phần đã lưu. Lưu tệp rồi nhập lại nếu vừa ghi thêm."),
        );
    }
    keep(&mut ledger, into, imported.placed > 0)?;
    Ok(imported)
}

/// Takes over the decisions of one workbook; `folder` holds the results it belongs to. Of a workbook that came alone, decisions it
/// was written with are nowhere else: they count as typed.
fn take(workbook: &Path, folder: Option<&Path>, ledger: &mut Ledger, on: Date) -> Result<Imported, Error> {
    let fault = |why: xlsx::ReadFault| Error::Decisions { file: workbook.to_owned(), why: why.to_string() };
    let mut sheet = xlsx::read_decisions(workbook).map_err(fault)?;
    if folder.is_none() {
        sheet.originals.forget_given();
    }
    let mut known = Known::default();
    let mut notes = Vec::new();
    if sheet.originals.is_empty() {
        // Workbooks of older versions do not say themselves what was written in them.
        notes.push(
            "bảng thuộc phiên bản cũ của chương trình hoặc mất trang “Gốc”; nhận dạng theo ket-qua.json".to_owned(),
        );
        let results = folder.and_then(|folder| Baseline::load(&folder.join(super::JSON_NAME), &mut notes));
        if let Some(results) = results {
            known.add_results(&results);
        }
    }
    let mut imported = merge::merge(&sheet, &known, ledger, on);
    if imported.placed > 0 || !imported.unplaced.is_empty() {
        imported.notes.splice(0..0, notes);
    }
    Ok(imported)
}

/// Writes the log, then the decisions, and the results they were made on.
fn keep(ledger: &mut Ledger, folder: &Path, placed: bool) -> Result<(), Error> {
    let results = folder.join(super::JSON_NAME);
    if placed && results.is_file() {
        let mut from = std::fs::File::open(&results).map_err(|source| Error::File { file: results.clone(), source })?;
        write::whole(&folder.join(REVIEWED_NAME), |file| std::io::copy(&mut from, file).map(drop))?;
    }
    ledger.save(folder)
}

/// Decisions and results of earlier, at hand while a new run is written.
#[derive(Debug, Default)]
pub struct Desk {
    ledger: Ledger,
    baseline: Option<Baseline>,
    /// Where the results to compare with come from, in words.
    compared: Option<String>,
    /// Workbooks whose decisions are all in the ledger.
    taken: Vec<PathBuf>,
    /// What a person should know, in Vietnamese.
    pub notes: Vec<String>,
}

impl Desk {
    /// Nothing of earlier is at hand: no decisions, no results to compare with.
    pub fn is_blank(&self) -> bool {
        self.ledger.entries.is_empty() && self.baseline.is_none()
    }

    /// Opens the folder `out`: decisions in its workbooks that were not imported are imported first. With `earlier`, the results
    /// and decisions of that folder are taken over too; nothing is written there.
    pub fn open(out: &Path, earlier: Option<&Path>, on: Date) -> Result<Desk, Error> {
        let mut desk = Desk { ledger: Ledger::load(out)?, ..Desk::default() };
        if let Some(earlier) = earlier {
            desk.ledger.join(Ledger::load(earlier)?, on);
            if !same_folder(earlier, out) {
                desk.take_all(earlier, super::WORKBOOK_STEM, on, false);
            }
        }
        let placed = desk.take_all(out, super::WORKBOOK_STEM, on, true);
        if !desk.ledger.is_empty() {
            keep(&mut desk.ledger, out, placed)?;
        }
        let source = match earlier {
            Some(folder) => folder.join(super::JSON_NAME),
            None => out.join(REVIEWED_NAME),
        };
        if earlier.is_some() || source.is_file() {
            desk.baseline = Baseline::load(&source, &mut desk.notes);
            let day = desk.baseline.as_ref().map(|baseline| baseline.as_of.clone());
            desk.compared = day.map(|day| match earlier {
                Some(folder) => format!("kết quả tại ngày {day} trong thư mục {}", write::file_name(folder)),
                None => format!("kết quả tại ngày {day}, là lần có quyết định được nhập gần nhất"),
            });
        }
        Ok(desk)
    }

    /// Takes over the decisions of every workbook of a folder; `true` when one was new.
    fn take_all(&mut self, folder: &Path, stem: &str, on: Date, own: bool) -> bool {
        let mut placed = false;
        for workbook in write::workbooks(folder, stem) {
            let name = write::file_name(&workbook);
            if xlsx::is_large_and_ours(&workbook) {
                if own {
                    self.taken.push(workbook);
                }
                continue;
            }
            match take(&workbook, Some(folder), &mut self.ledger, on) {
                Ok(imported) => {
                    placed |= imported.placed > 0;
                    if imported.placed > 0 {
                        self.notes.push(format!("Đã nhập {} quyết định từ {name}.", imported.placed));
                    }
                    let unplaced = imported.unplaced.len();
                    if unplaced > 0 {
                        self.notes.push(format!("{name}: {unplaced} dòng có ghi quyết định nhưng chưa nhập được:"));
                        self.notes.extend(imported.unplaced.iter().map(|line| format!("  - {line}")));
                    } else if own {
                        self.taken.push(workbook);
                    }
                    self.notes.extend(imported.notes.iter().map(|line| format!("{name}: {line}")));
                }
                Err(error) => self.notes.push(error.to_string()),
            }
        }
        placed
    }

    /// Puts decisions and states into the results.
    pub fn apply(self, results: &mut super::Results) {
        carry::apply(self, results);
    }
}

/// Is every cell a person fills in as it was written?
pub(super) fn stands_as_written(sheet: &sheet::Sheet) -> bool {
    sheet.rows.iter().all(|row| match sheet.originals.of(&row.id, &row.file, &row.path) {
        Some(original) => typed::given(original) == row.inputs && row.extras.is_empty(),
        None => {
            let inputs = &row.inputs;
            inputs.first.is_empty() && inputs.second.is_empty() && inputs.note.is_empty() && row.extras.is_empty()
        }
    })
}

pub(super) fn same_folder(a: &Path, b: &Path) -> bool {
    match (std::fs::canonicalize(a), std::fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
