//! Bytes of a spreadsheet → [`Grid`]s: the cells that hold something, row by row, with merges.
//!
//! Cells are streamed and kept sparse: one value typed in the last cell of Excel must not cost gigabytes.

use std::collections::{HashMap, HashSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Ods, Reader, SheetVisible, Xls, XlsError, Xlsb, Xlsx, XlsxError};
use jiff::civil::Date;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::guard::{self, Package};
use super::marks::{self, Marks};
use super::{csv, records, xml2003};
use crate::source::{Encoding, Unread, UnreadCode};
use crate::text::charset::{Evidence, FontHint, Legacy, Verdict, decode};

/// Largest file read, in bytes.
const MAX_BYTES: usize = 64 << 20;
/// Most cells with a value, over all sheets.
const MAX_CELLS: usize = 5_000_000;
/// Most characters of a cell: the limit of Excel.
const MAX_CELL: usize = 32_767;
/// Most cells looked at, empty formatted ones included.
const MAX_VISITED: usize = 60_000_000;

/// One sheet as it stands.
#[derive(Debug)]
pub(super) struct Grid {
    /// Name on the tab; empty for CSV.
    pub name: String,
    /// The user cannot see the tab.
    pub hidden: bool,
    /// Rows with at least one value, from top to bottom.
    pub rows: Vec<GridRow>,
    /// Merged regions, from top to bottom.
    pub merges: Vec<Merge>,
    /// Rows the user does not see, from 0.
    pub hidden_rows: HashSet<u32>,
    /// Ranges of columns the user does not see, from 0, both ends included.
    pub hidden_columns: Vec<(u32, u32)>,
    /// The format does not tell which cells are merged.
    pub merges_unknown: bool,
    /// It was not found out which rows and columns are hidden.
    pub hidden_unknown: bool,
    /// The file breaks off in this sheet.
    pub cut_off: bool,
    /// The encoding its letters came in, once [`decode_letters`] has judged it.
    pub encoding: Encoding,
}

impl Default for Grid {
    fn default() -> Self {
        Grid {
            name: String::new(),
            hidden: false,
            rows: Vec::new(),
            merges: Vec::new(),
            hidden_rows: HashSet::new(),
            hidden_columns: Vec::new(),
            merges_unknown: false,
            hidden_unknown: false,
            cut_off: false,
            encoding: Encoding::Unicode,
        }
    }
}

/// A row with at least one value.
#[derive(Debug)]
pub(super) struct GridRow {
    /// Row from 0.
    pub index: u32,
    /// Cells with a value, from left to right.
    pub cells: Vec<GridCell>,
}

/// A cell with a value.
#[derive(Debug, Clone)]
pub(super) struct GridCell {
    /// Column from 0.
    pub column: u32,
    /// Text as Excel would show it; NFC, never blank but in a formula without result.
    pub text: String,
    /// The day, when the cell holds a date and not a text.
    pub date: Option<Date>,
    /// A formula whose result is not in the file.
    pub uncomputed: bool,
}

/// A merged region; both corners belong to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Merge {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: u32,
    pub last_column: u32,
}

impl Grid {
    /// Merges that begin in this row.
    pub fn merges_from(&self, row: u32) -> &[Merge] {
        let from = self.merges.partition_point(|merge| merge.first_row < row);
        let until = self.merges.partition_point(|merge| merge.first_row <= row);
        self.merges.get(from..until).unwrap_or_default()
    }
}

impl GridRow {
    /// The cell in `column`.
    pub fn cell(&self, column: u32) -> Option<&GridCell> {
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().and_then(|at| self.cells.get(at))
    }
}

/// Address as Excel shows it: `B12`.
pub(super) fn address(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

/// Reads every sheet of a workbook or a CSV text.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Grid>, Unread> {
    if bytes.is_empty() {
        return Err(Unread::because(UnreadCode::Empty, "Tệp bảng tính rỗng (0 byte).", "Xin lại tệp từ nơi gửi."));
    }
    if bytes.len() > MAX_BYTES {
        return Err(too_large("Tệp lớn hơn 64 MB."));
    }
    // The reader of the workbook formats is not ours; a panic in it is a row of the unread register.
    catch_unwind(AssertUnwindSafe(|| open(bytes))).unwrap_or_else(|_| {
        Err(Unread::because(
            UnreadCode::InternalError,
            "Chương trình gặp lỗi khi đọc bảng tính này.",
            "Mở tệp bằng Excel, lưu lại thành .xlsx rồi chạy lại.",
        ))
    })
}

fn open(bytes: &[u8]) -> Result<Vec<Grid>, Unread> {
    if bytes.starts_with(b"PK") {
        return open_zip(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return open_compound(bytes);
    }
    if xml2003::is_workbook(bytes) {
        return xml2003::read(bytes);
    }
    csv::read(bytes).map(|grid| vec![grid])
}

fn open_zip(bytes: &[u8]) -> Result<Vec<Grid>, Unread> {
    let package = guard::inspect(bytes)?;
    let cursor = Cursor::new(bytes);
    if package == Package::Binary {
        let mut grids = dense(Xlsb::new(cursor).map_err(|_| damaged())?, |_, _| Vec::new())?;
        let marks = records::of_package(bytes).unwrap_or_default();
        for grid in &mut grids {
            (grid.merges_unknown, grid.hidden_unknown) =
                (!marks.contains_key(&grid.name), !marks.contains_key(&grid.name));
        }
        mark(&mut grids, marks);
        return Ok(grids);
    }
    if package == Package::OpenDocument {
        return match Ods::new(cursor) {
            Ok(book) => {
                let mut grids = dense(book, |_, _| Vec::new())?;
                mark(&mut grids, marks::read_open_document(bytes));
                Ok(grids)
            }
            Err(calamine::OdsError::Password) => Err(encrypted()),
            Err(_) => Err(damaged()),
        };
    }
    match Xlsx::new(cursor) {
        Ok(book) => {
            let mut grids = stream(book)?;
            mark(&mut grids, marks::read(bytes));
            Ok(grids)
        }
        Err(XlsxError::Password) => Err(encrypted()),
        Err(_) => Err(damaged()),
    }
}

fn open_compound(bytes: &[u8]) -> Result<Vec<Grid>, Unread> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if find(bytes, &name) {
        return Err(encrypted());
    }
    let stream = guard::inspect_compound(bytes)?;
    match Xls::new(Cursor::new(bytes)) {
        Ok(book) => {
            let merges = |book: &mut Xls<_>, sheet: &str| book.merge_cells_by_sheet_name(sheet).unwrap_or_default();
            let mut grids = dense(book, merges)?;
            let marks = records::of_stream(&stream);
            // Both go by the same records; where they do not agree, none of ours is sure.
            let agree = marks.len() == grids.len();
            for (grid, marks) in grids.iter_mut().zip(marks) {
                if agree {
                    (grid.hidden_rows, grid.hidden_columns) = (marks.hidden_rows, marks.hidden_columns);
                }
            }
            grids.iter_mut().for_each(|grid| grid.hidden_unknown = !agree);
            Ok(grids)
        }
        Err(XlsError::Password) => Err(encrypted()),
        Err(_) => Err(damaged()),
    }
}

/// Reads cell by cell.
fn stream(mut book: Xlsx<Cursor<&[u8]>>) -> Result<Vec<Grid>, Unread> {
    let mut counter = Counter::default();
    let mut grids = Vec::new();
    for (name, hidden) in sheets(book.sheets_metadata()) {
        let mut grid = Grid { hidden, ..Grid::default() };
        // Chart sheets have no cells.
        if let Ok(mut reader) = book.worksheet_cells_reader(&name) {
            while let Some(cell) = reader.next_cell().map_err(|_| damaged())? {
                let (row, column) = cell.get_position();
                counter.add(&mut grid, row, column, Data::from(cell.get_value().clone()))?;
            }
        }
        grid.name = name;
        sort(&mut grid);
        grids.push(grid);
    }
    Ok(grids)
}

/// Reads the formats whose library part fills whole ranges.
fn dense<'a, B>(mut book: B, merged: impl Fn(&mut B, &str) -> Vec<calamine::Dimensions>) -> Result<Vec<Grid>, Unread>
where
    B: Reader<Cursor<&'a [u8]>>,
{
    let mut counter = Counter::default();
    let mut grids = Vec::new();
    for (name, hidden) in sheets(book.sheets_metadata()) {
        let merges = merged(&mut book, &name).iter().map(merge).collect();
        let mut grid = Grid { hidden, merges, ..Grid::default() };
        if let Ok(range) = book.worksheet_range(&name) {
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                counter.add(&mut grid, top + row as u32, left + column as u32, value.clone())?;
            }
        }
        grid.name = name;
        grids.push(grid);
    }
    Ok(grids)
}

fn sheets(metadata: &[calamine::Sheet]) -> Vec<(String, bool)> {
    metadata.iter().map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

fn merge(region: &calamine::Dimensions) -> Merge {
    Merge { first_row: region.start.0, first_column: region.start.1, last_row: region.end.0, last_column: region.end.1 }
}

/// Adds what the library does not tell.
fn mark(grids: &mut [Grid], mut marks: HashMap<String, Marks>) {
    for grid in grids {
        let Some(marks) = marks.remove(&grid.name) else { continue };
        grid.merges = marks.merges;
        grid.hidden_rows = marks.hidden_rows;
        grid.hidden_columns = marks.hidden_columns;
        if marks.uncomputed.is_empty() {
            continue;
        }
        for (row, column) in marks.uncomputed {
            let cell = GridCell { column, text: String::new(), date: None, uncomputed: true };
            grid.rows.push(GridRow { index: row, cells: vec![cell] });
        }
        sort(grid);
    }
}

/// Cells usually come in order; files written by other programs need not keep to it.
fn sort(grid: &mut Grid) {
    if !grid.rows.is_sorted_by_key(|row| row.index) {
        grid.rows.sort_by_key(|row| row.index);
        grid.rows.dedup_by(|later, kept| {
            let same = later.index == kept.index;
            if same {
                kept.cells.append(&mut later.cells);
            }
            same
        });
    }
    for row in &mut grid.rows {
        if !row.cells.is_sorted_by_key(|cell| cell.column) {
            row.cells.sort_by_key(|cell| cell.column);
        }
        row.cells.dedup_by_key(|cell| cell.column);
    }
}

/// Counts cells over all sheets, against workbooks made to exhaust memory.
#[derive(Default)]
pub(super) struct Counter {
    visited: usize,
    kept: usize,
}

impl Counter {
    /// Adds a cell, if it has a value.
    pub fn add(&mut self, grid: &mut Grid, row: u32, column: u32, value: Data) -> Result<(), Unread> {
        self.visited += 1;
        if self.visited > MAX_VISITED {
            return Err(too_large("Bảng tính có hơn 60 triệu ô."));
        }
        let Some((text, date)) = show(value) else { return Ok(()) };
        self.kept += 1;
        if self.kept > MAX_CELLS {
            return Err(too_large("Bảng tính có hơn 5 triệu ô có nội dung."));
        }
        push(grid, row, GridCell { column, text, date, uncomputed: false });
        Ok(())
    }
}

/// Adds a cell to the last row, or begins a new one.
pub(super) fn push(grid: &mut Grid, row: u32, cell: GridCell) {
    match grid.rows.last_mut() {
        Some(last) if last.index == row => last.cells.push(cell),
        _ => grid.rows.push(GridRow { index: row, cells: vec![cell] }),
    }
}

/// Text as a reader of the sheet sees it; `None` for blank cells.
fn show(value: Data) -> Option<(String, Option<Date>)> {
    let text = match value {
        Data::Empty => return None,
        Data::String(text) => return tidy(text).map(|text| (text, None)),
        Data::Int(number) => number.to_string(),
        // "1.0" in the file is 1 on the screen.
        Data::Float(number) => number.to_string(),
        Data::Bool(value) => (if value { "TRUE" } else { "FALSE" }).to_owned(),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let date = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
            return Some((format!("{day:02}/{month:02}/{year}"), date));
        }
        Data::DateTime(moment) => moment.as_f64().to_string(),
        Data::DateTimeIso(text) => {
            let date = text.get(..10).and_then(|day| day.parse::<Date>().ok());
            let shown = date.map_or(text, |day| format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()));
            return Some((shown, date));
        }
        Data::DurationIso(text) => text,
        Data::Error(error) => error.to_string(),
    };
    Some((text, None))
}

/// Cuts what no cell of Excel holds (a CSV with an open quotation mark is one cell to its end), and counts it.
pub(super) fn cut_long_cells(grid: &mut Grid) -> usize {
    let mut count = 0;
    for cell in grid.rows.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| cell.text.len() > MAX_CELL) {
        if let Some((at, _)) = cell.text.char_indices().nth(MAX_CELL) {
            cell.text.truncate(at);
            count += 1;
        }
    }
    count
}

/// Cells with proof of an old encoding, below which lone symbols ("Windows®") are taken for what they show.
const PROVEN_CELLS: usize = 3;

/// Letters typed in TCVN3 or VNI fonts become Unicode: cell by cell where the letters decide, else as the whole sheet does.
pub(super) fn decode_letters(grid: &mut Grid) {
    let cells = || grid.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.text.is_ascii());
    let mut sheet = Evidence::default();
    let mut proven = 0;
    for cell in cells() {
        let evidence = Evidence::of(&cell.text);
        proven += usize::from(evidence.unicode == 0 && evidence.tcvn3 > 0);
        sheet.add(evidence);
    }
    let of_sheet = match sheet.verdict(FontHint::None) {
        Verdict::Legacy(legacy) => Some(legacy),
        _ => None,
    };
    if of_sheet.is_none() && proven == 0 && sheet.vni == 0 {
        return;
    }
    let of = |text: &str| match Evidence::of(text).verdict(FontHint::None) {
        Verdict::Legacy(legacy) => Some(legacy),
        _ => None,
    };
    let mut found = None;
    for row in &mut grid.rows {
        let of_row = row.cells.iter().filter(|cell| !cell.text.is_ascii()).find_map(|cell| of(&cell.text));
        for cell in row.cells.iter_mut().filter(|cell| !cell.text.is_ascii()) {
            let own = Evidence::of(&cell.text);
            let legacy = match of(&cell.text) {
                Some(legacy) => Some(legacy),
                // A cell typed in Unicode, or pasted, stays.
                None if own.unicode > 0 => None,
                None if own.tcvn3 > 0 && proven >= PROVEN_CELLS => Some(Legacy::Tcvn3),
                None if own.tcvn3 + own.vni + own.either > 0 => of_row.or(of_sheet),
                None => of_sheet,
            };
            let Some(legacy) = legacy else { continue };
            let mut text = String::with_capacity(cell.text.len() + 8);
            decode(&cell.text, legacy, false, &mut text);
            cell.text = text;
            found = Some(legacy);
        }
    }
    grid.encoding = match of_sheet.or(found) {
        None => Encoding::Unicode,
        Some(Legacy::Tcvn3) => Encoding::Tcvn3,
        Some(Legacy::Vni) => Encoding::Vni,
    };
}

/// NFC; `None` when nothing is visible.
pub(super) fn tidy(text: String) -> Option<String> {
    if text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')) {
        return None;
    }
    Some(if is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { text.nfc().collect() })
}

fn find(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

pub(super) fn damaged() -> Unread {
    Unread::because(
        UnreadCode::Damaged,
        "Tệp hỏng hoặc không phải bảng tính.",
        "Mở tệp bằng Excel để kiểm tra, lưu lại thành .xlsx rồi chạy lại.",
    )
}

pub(super) fn encrypted() -> Unread {
    Unread::because(
        UnreadCode::Encrypted,
        "Bảng tính được bảo vệ bằng mật khẩu.",
        "Mở tệp, bỏ mật khẩu, lưu lại rồi chạy lại.",
    )
}

pub(super) fn too_large(message: &str) -> Unread {
    Unread::because(UnreadCode::TooLarge, message, "Tách danh mục thành nhiều tệp nhỏ rồi chạy lại.")
}
