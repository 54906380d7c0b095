//! Tables of a workbook read back by their heads, for workbooks that are delivered without the results they came from.

use std::collections::HashMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{Data, Reader, Sheets, open_workbook_auto_from_rs};

use super::import::{ReadFault, plain, read_bytes, text};
use crate::report::decisions::sheet::tidy;

/// A row by the heads of its columns.
pub type TableRow = HashMap<String, String>;

/// Rows of the sheet `name` below the first row that holds every one of `heads`; none when there is no such table.
pub fn table(path: &Path, name: &str, heads: &[&str]) -> Result<Vec<TableRow>, ReadFault> {
    let bytes = read_bytes(path)?;
    let read = || -> Result<Vec<TableRow>, ReadFault> {
        let mut book: Sheets<_> =
            open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| ReadFault::NotAWorkbook)?;
        let Ok(range) = book.worksheet_range(name) else { return Ok(Vec::new()) };
        let mut rows = range.rows();
        let is_head = |row: &[Data]| heads.iter().all(|head| row.iter().any(|cell| plain(&text(cell)) == plain(head)));
        let Some(head) = rows.by_ref().take(200).find(|row| is_head(row)) else { return Ok(Vec::new()) };
        let names: Vec<String> = head.iter().map(|cell| tidy(&text(cell))).collect();
        let row = |cells: &[Data]| -> TableRow {
            let cells = names.iter().zip(cells).map(|(name, cell)| (name.clone(), tidy(&text(cell))));
            cells.filter(|(name, cell)| !name.is_empty() && !cell.is_empty()).collect()
        };
        Ok(rows.map(row).filter(|row| !row.is_empty()).collect())
    };
    // Readers of broken workbooks may panic.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(ReadFault::NotAWorkbook))
}

/// The names in a list of units: the column whose head speaks of units, else the first column of words.
pub fn names(path: &Path) -> Result<Vec<String>, ReadFault> {
    let bytes = read_bytes(path)?;
    let read = || -> Result<Vec<String>, ReadFault> {
        let mut book: Sheets<_> =
            open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| ReadFault::NotAWorkbook)?;
        for name in book.sheet_names() {
            let Ok(range) = book.worksheet_range(&name) else { continue };
            let found = of_grid(&range.rows().map(|row| row.iter().map(text).collect()).collect::<Vec<_>>());
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(ReadFault::NotAWorkbook))
}

fn of_grid(rows: &[Vec<String>]) -> Vec<String> {
    /// Words in the head of a column of units, the surest first.
    const HEADS: [&str; 5] = ["tên đơn vị", "tên cơ quan", "đơn vị", "cơ quan", "xã, phường"];
    /// A head is short, a sentence over the table is not.
    const LONGEST_HEAD: usize = 60;
    let head = |wanted: &str| {
        rows.iter().take(20).enumerate().find_map(|(at, row)| {
            let is_it = |cell: &String| cell.chars().count() <= LONGEST_HEAD && plain(cell).contains(wanted);
            // A name of a unit ("Sở …") holds such words too: a head has other heads beside it, or names below it.
            row.iter().position(is_it).filter(|_| at + 1 < rows.len()).map(|column| (at + 1, column))
        })
    };
    let words = |cell: &str| cell.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let (from, column) = HEADS.iter().find_map(|wanted| head(wanted)).unwrap_or_else(|| {
        let column = rows.iter().find_map(|row| row.iter().position(|cell| words(cell))).unwrap_or_default();
        (0, column)
    });
    let cells = rows[from.min(rows.len())..].iter().filter_map(|row| row.get(column));
    cells.map(|cell| tidy(cell)).filter(|cell| words(cell)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_units_is_read_with_and_without_a_head() {
        let grid = |rows: &[&[&str]]| -> Vec<Vec<String>> {
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
        };
        let headed = grid(&[&["DANH SÁCH", ""], &["STT", "Tên đơn vị"], &["1", "Sở Nội vụ"], &["2", "Xã Đô Lương"]]);
        assert_eq!(of_grid(&headed), ["Sở Nội vụ", "Xã Đô Lương"]);
        assert_eq!(of_grid(&grid(&[&["1", "Sở Nội vụ"], &["2", "Phường Vinh Phú"]])), ["Sở Nội vụ", "Phường Vinh Phú"]);
        assert!(of_grid(&[]).is_empty());
    }
}
