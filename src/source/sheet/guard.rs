//! What a workbook really unpacks to, counted before its library, which believes what it declares, is let in.

use std::io::{Cursor, Read};

use calamine::{Reader, Xlsb};
use zip::ZipArchive;
use zip::result::ZipError;

use super::grid::{damaged, encrypted, too_large};
use crate::source::Unread;
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
        let mut rectangle = Extent::default();
        let unpacked = if name == "content.xml" {
            let mut content = Vec::new();
            // A part that breaks off is the library's to judge.
            let _ = (&mut part).take(most + 1).read_to_end(&mut content);
            xml::walk(&String::from_utf8_lossy(&content), &mut rectangle);
            content.len() as u64
        } else {
            unpacked_size(&mut part, most + 1)
        };
        if unpacked > most {
            return Err(too_large("Nội dung sau khi giải nén vượt giới hạn an toàn (256 MB, hoặc nén quá 250 lần)."));
        }
        if rectangle.area() > MAX_AREA {
            return Err(too_large("Một trang tính trải rộng hơn 20 triệu ô."));
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
        let (mut first, mut last) = ((u32::MAX, u32::MAX), (0, 0));
        while let Ok(Some(cell)) = cells.next_cell() {
            let (row, column) = cell.get_position();
            first = (row.min(first.0), column.min(first.1));
            last = (row.max(last.0), column.max(last.1));
        }
        let side = |from: u32, to: u32| u64::from(to.saturating_sub(from)) + 1;
        if side(first.0, last.0).saturating_mul(side(first.1, last.1)) > MAX_AREA {
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
