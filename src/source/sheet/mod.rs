//! Lists of documents, and sheets of clauses, in .xlsx, .xls, .xlsb, .ods and CSV.
//!
//! A sheet is read by the *meaning* of its header (one to three rows, merged or not, under any number of title rows).
//! What a cell says about a document is not understood here: see [`crate::registry::list`].

mod clauses;
mod csv;
mod grid;
mod guard;
mod header;
mod marks;
mod records;
mod rows;
mod tables;
mod xml2003;

use jiff::civil::Date;

use super::{Encoding, RawDocument, Unread, UnreadCode, Warning};
use grid::Grid;
pub use header::{Column, Treatment};

/// A spreadsheet, read.
#[derive(Debug, Clone)]
pub struct Workbook {
    /// Sheets that hold a list or clauses, in order of their tabs.
    pub sheets: Vec<Sheet>,
    /// Doubts about the reading.
    pub warnings: Vec<Warning>,
}

/// One sheet.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Name on the tab; empty for CSV.
    pub name: String,
    /// Its content.
    pub content: SheetContent,
}

/// What a sheet holds.
#[derive(Debug, Clone)]
pub enum SheetContent {
    /// A list of documents.
    List(Vec<ListRow>),
    /// Clauses of one document, one a row.
    Clauses(RawDocument),
}

/// A row under the header of a list that has something in a column that names documents.
#[derive(Debug, Clone)]
pub struct ListRow {
    /// Row as Excel shows it, from 1.
    pub row: u32,
    /// The row is hidden or filtered away on the screen.
    pub hidden: bool,
    /// The group heading above it ("Lĩnh vực nội vụ"), without its number.
    pub group: Option<String>,
    /// Cells with a value, from left to right.
    pub cells: Vec<ListCell>,
}

/// A cell of a list.
#[derive(Debug, Clone)]
pub struct ListCell {
    /// Meaning of its column.
    pub column: Column,
    /// Address as Excel shows it ("B12"); of the first cell for merged ones.
    pub address: String,
    /// Text as written, NFC; dates as `dd/mm/yyyy`.
    pub text: String,
    /// The day, when the cell holds a date and not a text.
    pub date: Option<Date>,
    /// The cell is a formula whose result is not in the file; its text is empty.
    pub uncomputed: bool,
}

impl ListRow {
    /// The first cell with this meaning.
    pub fn cell(&self, column: Column) -> Option<&ListCell> {
        self.cells.iter().find(|cell| cell.column == column)
    }

    /// The words that name the document or documents, as written: one cell as it is, several joined by " | ".
    pub fn naming_text(&self) -> String {
        let naming = [Column::Kind, Column::Number, Column::Issued, Column::Issuer, Column::Title];
        let mut text = String::new();
        for cell in self.cells.iter().filter(|cell| naming.contains(&cell.column)) {
            if !text.is_empty() {
                text.push_str(" | ");
            }
            text.push_str(&cell.text);
        }
        text
    }
}

/// Reads a spreadsheet or CSV text (64 MB, 5 million filled cells at most).
pub fn read(bytes: &[u8]) -> Result<Workbook, Unread> {
    let mut grids = grid::read(bytes)?;
    let mut warnings = Vec::new();
    for grid in &mut grids {
        let cut = grid::cut_long_cells(grid);
        if cut > 0 {
            let message = format!(
                "Trang tính “{}” có {cut} ô dài quá giới hạn của Excel (32.767 chữ); chỉ đọc phần đầu của các ô đó.",
                grid.name
            );
            warnings.push(Warning::new("cell-cut", message));
        }
        grid::decode_letters(grid);
        grid.merges.sort_by_key(|merge| (merge.first_row, merge.first_column));
    }
    let mut workbook = lists(&grids)?;
    warnings.append(&mut workbook.warnings);
    Ok(Workbook { warnings, ..workbook })
}

/// A sheet cell by cell, for tables whose columns are agreed on and not guessed.
#[derive(Debug, Clone)]
pub struct PlainSheet {
    /// Name on the tab; empty for CSV.
    pub name: String,
    /// Cells with a value, row by row.
    pub rows: Vec<Vec<PlainCell>>,
}

/// A cell with a value.
#[derive(Debug, Clone)]
pub struct PlainCell {
    /// Column from 0.
    pub column: u32,
    /// Address as Excel shows it.
    pub address: String,
    /// Text as Excel would show it, NFC.
    pub text: String,
    /// The day, when the cell holds a date and not a text.
    pub date: Option<Date>,
}

/// Every sheet of a workbook or CSV text as it stands.
pub fn plain(bytes: &[u8]) -> Result<Vec<PlainSheet>, Unread> {
    let mut grids = grid::read(bytes)?;
    grids.iter_mut().for_each(grid::decode_letters);
    let cells = |row: grid::GridRow| {
        let of = |cell: grid::GridCell| PlainCell {
            address: grid::address(row.index, cell.column),
            column: cell.column,
            text: cell.text,
            date: cell.date,
        };
        row.cells.into_iter().map(of).collect()
    };
    Ok(grids
        .into_iter()
        .map(|grid| PlainSheet { name: grid.name, rows: grid.rows.into_iter().map(cells).collect() })
        .collect())
}

/// Reads the tables of a text as sheets; those without the header of a list are left out, as in a spreadsheet.
pub fn of_tables(document: &RawDocument) -> Result<Workbook, Unread> {
    let grids = tables::grids(document);
    if grids.is_empty() {
        return Err(Unread::because(
            UnreadCode::NoListHeader,
            "Tệp được nêu là danh mục nhưng không có bảng nào.",
            "Đưa danh mục vào một bảng có dòng tiêu đề cột; nếu tệp là văn bản cần rà soát thì nêu tệp không kèm --list.",
        ));
    }
    let mut workbook = lists(&grids)?;
    // Tables of the head, the signature and the recipients are no lists, and nobody expects them to be.
    workbook.warnings.retain(|warning| warning.code != "sheet-without-header");
    workbook.warnings.extend(document.warnings.iter().cloned());
    Ok(workbook)
}

fn lists(grids: &[Grid]) -> Result<Workbook, Unread> {
    let mut sheets = Vec::new();
    let mut warnings = Vec::new();
    let mut without = Vec::new();
    for grid in grids {
        if grid.rows.is_empty() {
            continue;
        }
        let Some(header) = header::find(grid, 0) else {
            without.push(grid.name.as_str());
            continue;
        };
        notes(grid, &mut warnings);
        let content = match clauses::read(grid, &header) {
            Some(document) => SheetContent::Clauses(document),
            None => {
                let rows = rows::read(grid, header, &mut warnings);
                if counts(&rows) {
                    without.push(grid.name.as_str());
                    continue;
                }
                SheetContent::List(rows)
            }
        };
        sheets.push(Sheet { name: grid.name.clone(), content });
    }
    if sheets.is_empty() {
        return Err(no_header(&without));
    }
    if !without.is_empty() {
        let names = without.join("”, “");
        warnings.push(Warning::new(
            "sheet-without-header",
            format!("Không đọc trang tính “{names}”: không có dòng tiêu đề cột của danh mục văn bản."),
        ));
    }
    Ok(Workbook { sheets, warnings })
}

/// Rows and columns named in one warning.
const NAMED: usize = 8;

/// What a reviewer should know of a sheet that is read.
fn notes(grid: &Grid, warnings: &mut Vec<Warning>) {
    let name = &grid.name;
    if grid.encoding != Encoding::Unicode {
        let message = format!("Trang tính “{name}” gõ bằng phông chữ cũ (TCVN3 hoặc VNI); đã chuyển sang Unicode.");
        warnings.push(Warning::new("legacy-encoding-converted", message));
    }
    if grid.hidden {
        warnings.push(Warning::new("hidden-sheet", format!("Trang tính “{name}” bị ẩn nhưng vẫn được đọc.")));
    }
    let hidden = |row: &&grid::GridRow| grid.hidden_rows.contains(&row.index);
    let rows: Vec<String> = grid.rows.iter().filter(hidden).map(|row| (row.index + 1).to_string()).collect();
    if !rows.is_empty() {
        let message = format!(
            "Trang tính “{name}” có {} dòng có chữ bị ẩn hoặc bị lọc (dòng {}); vẫn được đọc.",
            rows.len(),
            some(&rows)
        );
        warnings.push(Warning::new("hidden-rows", message));
    }
    let used = |column: u32| grid.rows.iter().any(|row| row.cell(column).is_some());
    let columns: Vec<String> = grid
        .hidden_columns
        .iter()
        .flat_map(|&(first, last)| first..=last.min(first.saturating_add(MOST_COLUMNS)))
        .take(MOST_COLUMNS as usize)
        .filter(|&column| used(column))
        .map(|column| grid::address(0, column).trim_end_matches('1').to_owned())
        .collect();
    if !columns.is_empty() {
        let message = format!("Trang tính “{name}” có cột bị ẩn ({}); vẫn được đọc.", some(&columns));
        warnings.push(Warning::new("hidden-columns", message));
    }
    if grid.hidden_unknown {
        let message = format!(
            "Trang tính “{name}”: không biết được dòng, cột nào bị ẩn hoặc bị lọc trong tệp này; mọi dòng đều được đọc. \
             Muốn biết thì lưu lại thành .xlsx rồi chạy lại."
        );
        warnings.push(Warning::new("hidden-unknown", message));
    }
    if grid.merges_unknown {
        let message = format!(
            "Trang tính “{name}”: định dạng tệp không cho biết ô gộp; dòng có ô gộp có thể thiếu dữ liệu hoặc lệch cột. \
             Lưu lại thành .xlsx (bảng tính) hoặc .docx (văn bản) rồi chạy lại."
        );
        warnings.push(Warning::new("merged-cells-unread", message));
    }
    if grid.cut_off {
        let message = format!("Trang tính “{name}” bị hỏng giữa chừng; chỉ đọc được phần trước chỗ hỏng.");
        warnings.push(Warning::new("damaged-part", message));
    }
}

/// Hidden columns looked at; lists have some dozens.
const MOST_COLUMNS: u32 = 256;

fn some(places: &[String]) -> String {
    let more = if places.len() > NAMED { ", …" } else { "" };
    format!("{}{more}", places[..places.len().min(NAMED)].join(", "))
}

/// `true` for a table that counts documents ("Số VB: 53") instead of naming them.
fn counts(rows: &[ListRow]) -> bool {
    let mut naming =
        rows.iter().flat_map(|row| &row.cells).filter(|c| matches!(c.column, Column::Number | Column::Title));
    naming.clone().next().is_some()
        && naming.all(|cell| cell.column == Column::Number && cell.text.parse::<f64>().is_ok())
}

fn no_header(names: &[&str]) -> Unread {
    if names.is_empty() {
        return Unread {
            code: UnreadCode::Empty,
            message: "Bảng tính không có nội dung.".to_owned(),
            next_step: "Kiểm tra lại tệp hoặc xin lại từ nơi gửi.".to_owned(),
        };
    }
    let seen = match names {
        [""] => "Bảng".to_owned(),
        _ => format!("Các trang tính “{}”", names.join("”, “")),
    };
    Unread {
        code: UnreadCode::NoListHeader,
        message: format!(
            "{seen} không có dòng tiêu đề cho biết cột nào là số, ký hiệu hoặc tên gọi, trích yếu văn bản."
        ),
        next_step:
            "Thêm dòng tiêu đề cột (ví dụ: STT, Số ký hiệu, Ngày ban hành, Cơ quan ban hành, Trích yếu) rồi chạy lại."
                .to_owned(),
    }
}

#[cfg(test)]
mod tests;
