//! What the workbook library does not tell of `.xls` and `.xlsb`: hidden rows and columns, and merges of `.xlsb`.
//!
//! Both are chains of records, each with its kind and length; all but four kinds are stepped over.

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use super::grid::Merge;
use super::marks::{self, MOST, Marks, ROWS};

/// Longest part of a record that is looked at: names of sheets, of at most 31 characters, and what stands before them.
const LONGEST: u64 = 2048;

/// The marks of the sheets of a BIFF stream, in order of their tabs ([MS-XLS] 2.4).
pub(super) fn of_stream(stream: &[u8]) -> Vec<Marks> {
    const BOUND_SHEET: u16 = 0x0085;
    // Offsets of hostile files may all name one sheet: together no more is read than the stream holds.
    let mut left = stream.len();
    let starts: Vec<usize> = Records { stream, at: 0 }
        .filter(|(kind, _)| *kind == BOUND_SHEET)
        .filter_map(|(_, data)| usize::try_from(u32_at(data, 0)?).ok())
        .collect();
    starts.into_iter().map(|at| of_substream(Records { stream, at }, &mut left)).collect()
}

fn of_substream(records: Records<'_>, left: &mut usize) -> Marks {
    const BEGIN: u16 = 0x0809;
    const END: u16 = 0x000A;
    const ROW: u16 = 0x0208;
    const COLUMN: u16 = 0x007D;
    let mut marks = Marks::default();
    // Charts are nested streams of their own.
    let mut depth = 0usize;
    for (kind, data) in records {
        let Some(rest) = left.checked_sub(data.len() + 4) else { break };
        *left = rest;
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            ROW if depth == 1 => {
                // fDyZero: no height, whether hidden or filtered away.
                if let (Some(row), Some(flags)) = (u16_at(data, 0), u16_at(data, 12))
                    && flags & 0x20 != 0
                {
                    marks.hidden_rows.insert(row.into());
                }
            }
            COLUMN if depth == 1 => {
                if let (Some(first), Some(last), Some(flags)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 8)) {
                    hide_columns(&mut marks, first.into(), last.into(), flags & 1 != 0);
                }
            }
            _ => {}
        }
    }
    marks
}

fn hide_columns(marks: &mut Marks, first: u32, last: u32, hidden: bool) {
    if hidden && first <= last && marks.hidden_columns.len() < MOST {
        marks.hidden_columns.push((first, last));
    }
}

/// Records of a BIFF stream: kind and data, up to the first that breaks off.
struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

impl<'s> Iterator for Records<'s> {
    type Item = (u16, &'s [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.stream, self.at)?;
        let length = usize::from(u16_at(self.stream, self.at + 2)?);
        let data = self.stream.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some((kind, data))
    }
}

/// The marks of the sheets of an `.xlsb` package by the names on their tabs ([MS-XLSB] 2.1.7); `None` when they cannot be
/// found.
pub(super) fn of_package(bytes: &[u8]) -> Option<HashMap<String, Marks>> {
    const BUNDLE_SHEET: u16 = 156;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let targets = marks::targets(&mut archive, "xl/_rels/workbook.bin.rels");
    let mut sheets: Vec<(String, String)> = Vec::new();
    walk(BufReader::new(archive.by_name("xl/workbook.bin").ok()?), |kind, data| {
        if kind == BUNDLE_SHEET
            && let Some((id, next)) = wide(data, 8)
            && let Some((name, _)) = wide(data, next)
            && let Some(part) = targets.get(&id)
        {
            sheets.push((name, part.clone()));
        }
    });
    let mut found = HashMap::new();
    for (name, part) in sheets {
        found.insert(name, of_part(BufReader::new(archive.by_name(&part).ok()?)));
    }
    Some(found)
}

/// The marks of a sheet part of `.xlsb` ([MS-XLSB] 2.4.742, 2.4.323, 2.4.690).
fn of_part(part: impl Read) -> Marks {
    const ROW: u16 = 0;
    const COLUMN: u16 = 60;
    const MERGE: u16 = 176;
    let mut marks = Marks::default();
    walk(part, |kind, data| match kind {
        ROW => {
            if let (Some(row), Some(flags)) = (u32_at(data, 0), data.get(11))
                && flags & 0x10 != 0
                && row < ROWS
            {
                marks.hidden_rows.insert(row);
            }
        }
        COLUMN => {
            if let (Some(first), Some(last), Some(flags)) = (u32_at(data, 0), u32_at(data, 4), data.get(16)) {
                hide_columns(&mut marks, first, last, flags & 1 != 0);
            }
        }
        MERGE => {
            if let [Some(first_row), Some(last_row), Some(first_column), Some(last_column)] =
                [0, 4, 8, 12].map(|at| u32_at(data, at))
                && first_row <= last_row
                && first_column <= last_column
                && last_row < ROWS
                && marks.merges.len() < MOST
            {
                marks.merges.push(Merge { first_row, last_row, first_column, last_column });
            }
        }
        _ => {}
    });
    marks
}

/// Calls `each` with the records of a part: kind, and the beginning of its data. A damaged part is read up to the damage.
fn walk(mut part: impl Read, mut each: impl FnMut(u16, &[u8])) {
    let mut data = Vec::new();
    while let (Some(kind), Some(length)) = (number(&mut part, 2), number(&mut part, 4)) {
        data.clear();
        let length = u64::from(length);
        let most = length.min(LONGEST);
        if !matches!((&mut part).take(most).read_to_end(&mut data), Ok(read) if read as u64 == most) {
            return;
        }
        each(kind as u16, &data);
        let rest = length - most;
        if !matches!(std::io::copy(&mut (&mut part).take(rest), &mut std::io::sink()), Ok(skipped) if skipped == rest) {
            return;
        }
    }
}

/// A number of up to `most` bytes, seven bits in each ([MS-XLSB] 2.1.4).
fn number(part: &mut impl Read, most: u32) -> Option<u32> {
    let mut value = 0;
    for step in 0..most {
        let mut byte = [0];
        part.read_exact(&mut byte).ok()?;
        value |= u32::from(byte[0] & 0x7F) << (7 * step);
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    Some(value)
}

/// A string with its length before it, and the place after it.
fn wide(data: &[u8], at: usize) -> Option<(String, usize)> {
    let length = usize::try_from(u32_at(data, at)?).ok()?;
    let end = length.checked_mul(2)?.checked_add(at + 4)?;
    let units: Vec<u16> =
        data.get(at + 4..end)?.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    Some((String::from_utf16_lossy(&units), end))
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*data.get(at)?, *data.get(at + 1)?]))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16_at(data, at)?) | u32::from(u16_at(data, at + 2)?) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_tells_what_is_hidden() {
        let record = |kind: u16, data: &[u8]| [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat();
        let row = |row: u16, flags: u8| {
            let mut data = [0; 16];
            data[..2].copy_from_slice(&row.to_le_bytes());
            data[12] = flags;
            record(0x0208, &data)
        };
        let globals = |at: u32| {
            let sheet = [&at.to_le_bytes()[..], &[0, 0, 1, 0, b'A']].concat();
            [record(0x0809, &[0; 4]), record(0x0085, &sheet), record(0x000A, &[])].concat()
        };
        let sheet = [
            record(0x0809, &[0; 4]),
            record(0x007D, &[1, 0, 2, 0, 0, 0, 0, 0, 1, 0]),
            record(0x007D, &[4, 0, 4, 0, 0, 0, 0, 0, 0, 0]),
            row(5, 0),
            row(6, 0x20),
            // A chart in the sheet.
            record(0x0809, &[0; 4]),
            row(7, 0x20),
            record(0x000A, &[]),
            record(0x000A, &[]),
            row(8, 0x20),
        ];
        let start = globals(0).len() as u32;
        let stream = [globals(start), sheet.concat()].concat();
        let marks = of_stream(&stream);
        assert_eq!(marks.len(), 1);
        assert_eq!(marks[0].hidden_rows.iter().copied().collect::<Vec<_>>(), [6]);
        assert_eq!(marks[0].hidden_columns, [(1, 2)]);
        for end in 0..stream.len() {
            of_stream(&stream[..end]);
        }
    }
}
