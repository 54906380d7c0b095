//! What a workbook really unpacks to, counted before its library, which believes what it declares, is let in.

use std::io::{Cursor, Read};

use calamine::{Reader, Xlsb};
use zip::ZipArchive;
use zip::result::ZipError;

use super::grid::{damaged, encrypted, too_large};
use crate::source::Unread;
use crate::source::doc::container::Container;
use crate::source::xml::{self, Listener, Tag};

/// Largest sum of unpacked parts of a workbook, in bytes.
const MAX_UNPACKED: u64 = 256 << 20;
/// Parts above this size must not be packed better than [`MAX_RATIO`].
const RATIO_FREE: u64 = 16 << 20;
/// Most unpacked bytes for one packed byte of a large part; sheets of formatted empty rows reach 60.
const MAX_RATIO: u64 = 250;
/// Most entries of the zip.
const MAX_ENTRIES: usize = 20_000;
/// Most cells of the rectangle around the values of a sheet: the library fills it for `.xlsb` and `.ods`.
const MAX_AREA: u64 = 20_000_000;

/// Bytes looked at for the first element of a part.
const HEAD: u64 = 4096;

/// Which workbook a zip holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Package {
    /// `.xlsx`, `.xlsm`.
    Xml,
    /// `.xlsb`.
    Binary,
    /// `.ods`.
    OpenDocument,
}

/// Tells the kind of workbook, or refuses one made to exhaust memory.
pub(super) fn inspect(bytes: &[u8]) -> Result<Package, Unread> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > MAX_ENTRIES {
        return Err(too_large("Tệp nén có hơn 20.000 thành phần."));
    }
    let mut package = Package::Xml;
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let mut part = match archive.by_index(at) {
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(encrypted()),
            Err(_) => return Err(damaged()),
        };
        let name = part.name().unwrap_or_default().into_owned();
        let most = part.compressed_size().saturating_mul(MAX_RATIO).max(RATIO_FREE).min(left);
        let mut extent = Extent::default();
        let mut declared = Declared::default();
        let unpacked = if name.to_ascii_lowercase().ends_with("sharedstrings.xml") {
            let mut head = Vec::new();
            let _ = (&mut part).take(HEAD).read_to_end(&mut head);
            xml::walk(&String::from_utf8_lossy(&head), &mut declared);
            head.len() as u64 + unpacked_size(&mut part, most + 1)
        } else if name == "content.xml" {
            let mut content = Vec::new();
            // A part that breaks off is the library's to judge.
            let _ = (&mut part).take(most + 1).read_to_end(&mut content);
            xml::walk(&String::from_utf8_lossy(&content), &mut extent);
            content.len() as u64
        } else {
            unpacked_size(&mut part, most + 1)
        };
        if unpacked > most {
            return Err(too_large("Nội dung sau khi giải nén vượt giới hạn an toàn (256 MB, hoặc nén quá 250 lần)."));
        }
        if extent.area() > MAX_AREA {
            return Err(too_large("Một trang tính trải rộng hơn 20 triệu ô."));
        }
        // The shortest string is "<si/>".
        if declared.count > unpacked / 5 {
            return Err(damaged());
        }
        left -= unpacked;
        match name.as_str() {
            "content.xml" => package = Package::OpenDocument,
            "xl/workbook.bin" => package = Package::Binary,
            _ => {}
        }
    }
    if package == Package::Binary {
        inspect_binary(bytes)?;
    }
    Ok(package)
}

/// The records of a binary workbook; refuses one whose library would not end, or fill rectangles beyond memory.
pub(super) fn inspect_compound(bytes: &[u8]) -> Result<Vec<u8>, Unread> {
    let file = Container::open(bytes).filter(|file| !file.runs_in_circles()).ok_or_else(damaged)?;
    let stream = file.stream("Workbook").or_else(|| file.stream("Book")).ok_or_else(damaged)?;
    if area_of_records(&stream.bytes) > MAX_AREA {
        return Err(too_large("Các trang tính trải rộng hơn 20 triệu ô."));
    }
    Ok(stream.bytes)
}

/// Sum of the rectangles around the values of the sheets of a BIFF stream ([MS-XLS] 2.4).
fn area_of_records(stream: &[u8]) -> u64 {
    const BEGIN: u16 = 0x0809;
    /// Formula, MulRk, LabelSst, Number, Label, BoolErr, RK: each begins with its row and column.
    const VALUES: [u16; 7] = [0x0006, 0x00BD, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];
    let word = |at: usize| Some(u16::from_le_bytes([*stream.get(at)?, *stream.get(at + 1)?]));
    let (mut sum, mut rectangle, mut at) = (0, Rectangle::default(), 0);
    while let (Some(kind), Some(length)) = (word(at), word(at + 2)) {
        if kind == BEGIN {
            sum += std::mem::take(&mut rectangle).area();
        } else if VALUES.contains(&kind)
            && let (Some(row), Some(column)) = (word(at + 4), word(at + 6))
        {
            rectangle.add(row.into(), column.into());
        }
        at += 4 + usize::from(length);
    }
    sum + rectangle.area()
}

/// The smallest rectangle around some cells.
#[derive(Debug, Default)]
struct Rectangle(Option<[u32; 4]>);

impl Rectangle {
    fn add(&mut self, row: u32, column: u32) {
        let [top, left, bottom, right] = self.0.unwrap_or([row, column, row, column]);
        self.0 = Some([top.min(row), left.min(column), bottom.max(row), right.max(column)]);
    }

    fn area(&self) -> u64 {
        let side = |from: u32, to: u32| u64::from(to - from) + 1;
        self.0.map_or(0, |[top, left, bottom, right]| side(top, bottom) * side(left, right))
    }
}

/// How many strings a part says it has: the library makes room for them before it looks.
#[derive(Debug, Default)]
struct Declared {
    count: u64,
    done: bool,
}

impl Listener for Declared {
    fn start(&mut self, tag: &Tag<'_>, _depth: usize) {
        self.count = tag.attribute("uniqueCount").and_then(|count| count.trim().parse().ok()).unwrap_or(0);
        self.done = true;
    }

    fn end(&mut self, _depth: usize) {}

    fn text(&mut self, _text: &str) {}

    fn is_done(&self) -> bool {
        self.done
    }
}

/// Bytes that really come out, up to `most`.
fn unpacked_size(part: &mut impl Read, most: u64) -> u64 {
    let mut buffer = [0; 16 << 10];
    let mut count = 0;
    while count < most {
        match part.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(read) => count += read as u64,
        }
    }
    count
}

fn inspect_binary(bytes: &[u8]) -> Result<(), Unread> {
    let mut book = Xlsb::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    for name in book.sheet_names() {
        // Chart sheets have no cells.
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        let mut rectangle = Rectangle::default();
        while let Ok(Some(cell)) = cells.next_cell() {
            let (row, column) = cell.get_position();
            rectangle.add(row, column);
        }
        if rectangle.area() > MAX_AREA {
            return Err(too_large("Một trang tính trải rộng hơn 20 triệu ô."));
        }
    }
    Ok(())
}

/// The rectangle the library fills for a sheet of `content.xml`: rows up to the last with a value, as wide as the widest.
#[derive(Debug, Default)]
struct Extent {
    /// Times the present row is repeated.
    repeated: u64,
    /// Columns of the present row so far, and up to its last value.
    columns: (u64, u64),
    /// Rows of the sheet so far, and up to its last value.
    rows: (u64, u64),
    /// The widest row of the sheet.
    widest: u64,
    /// The largest rectangle of the sheets before.
    largest: u64,
}

impl Extent {
    fn area(&self) -> u64 {
        self.largest.max(self.rows.1.saturating_mul(self.widest))
    }

    fn end_row(&mut self) {
        self.rows.0 = self.rows.0.saturating_add(std::mem::take(&mut self.repeated));
        let (_, valued) = std::mem::take(&mut self.columns);
        if valued > 0 {
            self.rows.1 = self.rows.0;
            self.widest = self.widest.max(valued);
        }
    }
}

impl Listener for Extent {
    fn start(&mut self, tag: &Tag<'_>, _depth: usize) {
        let times = |name: &str| tag.attribute(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1u64);
        match tag.name {
            "table" => {
                self.end_row();
                *self = Extent { largest: self.area(), ..Extent::default() };
            }
            "table-row" => {
                self.end_row();
                self.repeated = times("number-rows-repeated");
            }
            "table-cell" | "covered-table-cell" => {
                self.columns.0 = self.columns.0.saturating_add(times("number-columns-repeated"));
                if tag.attribute("value-type").is_some() {
                    self.columns.1 = self.columns.0;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, _depth: usize) {}

    fn text(&mut self, _text: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(rows: &str) -> u64 {
        let mut extent = Extent::default();
        let xml = format!(
            r#"<o:c xmlns:o="x" xmlns:table="t" xmlns:office="o"><table:table>{rows}</table:table><table:table/></o:c>"#
        );
        xml::walk(&xml, &mut extent);
        extent.area()
    }

    #[test]
    fn the_rectangle_of_a_sheet_ends_with_its_last_value() {
        let value = r#"<table:table-cell office:value-type="string"/>"#;
        let blank = r#"<table:table-cell table:number-columns-repeated="1000"/>"#;
        let row = |times: u64, cells: &str| {
            format!(r#"<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>"#)
        };
        let cases = [
            (row(1, value), 1),
            (row(3, &format!("{value}{value}{blank}")), 6),
            // The usual end of a sheet.
            (row(2, value) + &row(1_048_574, blank), 2),
            (row(1_048_575, blank) + &row(1, &format!("{blank}{value}")), 1_048_576 * 1_001),
            (row(u64::MAX, &format!("{blank}{value}")), u64::MAX),
        ];
        for (rows, expected) in cases {
            assert_eq!(area(&rows), expected, "{rows}");
        }
    }
}
