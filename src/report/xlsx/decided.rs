//! Does a workbook hold decisions of a reviewer? It must never be overwritten then.

use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};

use super::proposals::{DECISION, NAME};

/// `true` when a cell under the decision head is filled in; a workbook that cannot be read is taken for decided.
pub fn holds_decisions(path: &Path) -> bool {
    let Ok(mut book) = open_workbook::<Xlsx<_>, _>(path) else { return true };
    let Ok(sheet) = book.worksheet_range(NAME) else { return !book.sheet_names().is_empty() };
    let mut column = None;
    for row in sheet.rows() {
        match column {
            None => column = row.iter().position(|cell| matches!(cell, Data::String(text) if text == DECISION)),
            Some(column) => {
                let decided = row.get(column).is_some_and(|cell| match cell {
                    Data::Empty => false,
                    Data::String(text) => !text.trim().is_empty(),
                    _ => true,
                });
                if decided {
                    return true;
                }
            }
        }
    }
    false
}
