//! Bytes of a spreadsheet → [`Grid`]s: the cells that hold something, row by row, with merges.
//!
//! Cells are streamed and kept sparse: one value typed in the last cell of Excel must not cost gigabytes.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Ods, Reader, SheetVisible, Xls, XlsError, Xlsb, Xlsx, XlsxError};
use jiff::civil::Date;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::csv;
use super::guard::{self, Package};
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
    /// Merged regions.
    pub merges: Vec<Merge>,
    /// The encoding its letters came in, once [`decode_letters`] has judged it.
    pub encoding: Encoding,
}

impl Default for Grid {
    fn default() -> Self {
        Grid { name: String::new(), hidden: false, rows: Vec::new(), merges: Vec::new(), encoding: Encoding::Unicode }
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
    /// Text as Excel would show it; NFC, never blank.
    pub text: String,
    /// The day, when the cell holds a date and not a text.
    pub date: Option<Date>,
}

/// A merged region; both corners belong to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Merge {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: u32,
    pub last_column: u32,
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
    let start = bytes.iter().take(512).map(u8::to_ascii_lowercase).collect::<Vec<_>>();
    if ["<html", "<!doctype html", "<table"].iter().any(|tag| find(&start, tag.as_bytes())) {
        return Err(Unread::because(
            UnreadCode::Html,
            "Tệp là trang web mang tên bảng tính.",
            "Mở bằng Excel, lưu lại thành .xlsx rồi chạy lại.",
        ));
    }
    csv::read(bytes).map(|grid| vec![grid])
}

fn open_zip(bytes: &[u8]) -> Result<Vec<Grid>, Unread> {
    let package = guard::inspect(bytes)?;
    let cursor = Cursor::new(bytes);
    if package == Package::Binary {
        return dense(Xlsb::new(cursor).map_err(|_| damaged())?, |_, _| Vec::new());
    }
    if package == Package::OpenDocument {
        return match Ods::new(cursor) {
            Ok(book) => dense(book, |_, _| Vec::new()),
            Err(calamine::OdsError::Password) => Err(encrypted()),
            Err(_) => Err(damaged()),
        };
    }
    match Xlsx::new(cursor) {
        Ok(book) => stream(book),
        Err(XlsxError::Password) => Err(encrypted()),
        Err(_) => Err(damaged()),
    }
}

fn open_compound(bytes: &[u8]) -> Result<Vec<Grid>, Unread> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if find(bytes, &name) {
        return Err(encrypted());
    }
    match Xls::new(Cursor::new(bytes)) {
        Ok(book) => dense(book, |book: &mut Xls<_>, sheet| book.merge_cells_by_sheet_name(sheet).unwrap_or_default()),
        Err(XlsError::Password) => Err(encrypted()),
        Err(_) => Err(damaged()),
    }
}

/// Reads cell by cell.
fn stream(mut book: Xlsx<Cursor<&[u8]>>) -> Result<Vec<Grid>, Unread> {
    let mut counter = Counter::default();
    let mut grids = Vec::new();
    for (name, hidden) in sheets(book.sheets_metadata()) {
        let merges = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut grid = Grid { hidden, merges: merges.iter().map(merge).collect(), ..Grid::default() };
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

#[derive(Default)]
struct Counter {
    visited: usize,
    kept: usize,
}

impl Counter {
    fn add(&mut self, grid: &mut Grid, row: u32, column: u32, value: Data) -> Result<(), Unread> {
        self.visited += 1;
        if self.visited > MAX_VISITED {
            return Err(too_large("Bảng tính có hơn 60 triệu ô."));
        }
        let Some((text, date)) = show(value) else { return Ok(()) };
        self.kept += 1;
        if self.kept > MAX_CELLS {
            return Err(too_large("Bảng tính có hơn 5 triệu ô có nội dung."));
        }
        push(grid, row, GridCell { column, text, date });
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

/// Letters typed in TCVN3 or VNI fonts become Unicode, as the letters of the whole sheet decide.
pub(super) fn decode_letters(grid: &mut Grid) {
    let mut evidence = Evidence::default();
    for cell in grid.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.text.is_ascii()) {
        evidence.add(Evidence::of(&cell.text));
    }
    let Verdict::Legacy(legacy) = evidence.verdict(FontHint::None) else { return };
    for cell in grid.rows.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| !cell.text.is_ascii()) {
        let mut text = String::with_capacity(cell.text.len() + 8);
        decode(&cell.text, legacy, false, &mut text);
        cell.text = text;
    }
    grid.encoding = match legacy {
        Legacy::Tcvn3 => Encoding::Tcvn3,
        Legacy::Vni => Encoding::Vni,
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
