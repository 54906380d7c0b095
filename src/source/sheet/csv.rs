//! Comma-, semicolon- or tab-separated text as one sheet (RFC 4180 with what Excel really writes).

use super::grid::{Grid, GridCell, push, tidy};
use crate::source::{Unread, UnreadCode};
use crate::text::charset::{Evidence, FontHint, Verdict};

/// Most cells with a value.
const MAX_CELLS: usize = 5_000_000;

/// Reads UTF-8 (with or without byte order mark), UTF-16 with one, or one byte a letter of TCVN3 and VNI fonts.
pub(super) fn read(bytes: &[u8]) -> Result<Grid, Unread> {
    let text = decode(bytes).ok_or_else(|| {
        Unread::because(
            UnreadCode::UnknownEncoding,
            "Tệp văn bản phân cách không ở bảng mã Unicode (UTF-8).",
            "Mở bằng Excel, lưu lại thành .xlsx hoặc “CSV UTF-8” rồi chạy lại.",
        )
    })?;
    let delimiter = delimiter(&text);
    let mut grid = Grid::default();
    let mut kept = 0;
    let mut row = 0;
    let mut column = 0;
    let mut field = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    loop {
        let next = chars.next();
        match next {
            Some('"') if quoted => {
                if chars.next_if_eq(&'"').is_some() {
                    field.push('"');
                } else {
                    quoted = false;
                }
            }
            Some('"') if field.is_empty() => quoted = true,
            Some('\r') if chars.peek() == Some(&'\n') => {}
            None | Some('\n' | '\r') if !quoted || next.is_none() => {
                kept += keep(&mut grid, row, column, &mut field);
                row += 1;
                column = 0;
            }
            Some(c) if c == delimiter && !quoted => {
                kept += keep(&mut grid, row, column, &mut field);
                column += 1;
            }
            Some(c) => field.push(c),
            None => {}
        }
        if next.is_none() {
            return Ok(grid);
        }
        if kept > MAX_CELLS {
            return Err(Unread::because(
                UnreadCode::TooLarge,
                "Bảng có hơn 5 triệu ô có nội dung.",
                "Tách danh mục thành nhiều tệp nhỏ rồi chạy lại.",
            ));
        }
    }
}

fn keep(grid: &mut Grid, row: u32, column: u32, field: &mut String) -> usize {
    let Some(text) = tidy(std::mem::take(field)) else { return 0 };
    push(grid, row, GridCell { column, text, date: None, uncomputed: false });
    1
}

/// The text behind the bytes.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok()
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => match String::from_utf8(bytes.to_vec()) {
            Ok(text) => Some(text).filter(|text| !text.contains('\0')),
            // Old fonts: one byte a letter, told by their letters and decoded with the other sheets.
            Err(_) => Some(bytes.iter().map(|&byte| char::from(byte)).collect())
                .filter(|text: &String| matches!(Evidence::of(text).verdict(FontHint::None), Verdict::Legacy(_))),
        },
    }
}

/// The separator most used outside quotes in the first lines.
fn delimiter(text: &str) -> char {
    let mut counts = [(',', 0usize), (';', 0), ('\t', 0)];
    let mut quoted = false;
    let mut lines = 0;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' if !quoted => {
                lines += 1;
                // Sentences hold commas, a header hardly ever does.
                if lines == 3 {
                    break;
                }
            }
            _ if !quoted => {
                if let Some(count) = counts.iter_mut().find(|(mark, _)| *mark == c) {
                    count.1 += 1;
                }
            }
            _ => {}
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(',', |&(mark, _)| mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u32, u32, String)> {
        let grid = read(text.as_bytes()).expect("text is UTF-8");
        grid.rows.into_iter().flat_map(|r| r.cells.into_iter().map(move |c| (r.index, c.column, c.text))).collect()
    }

    #[test]
    fn csv_keeps_quotes_line_breaks_and_positions() {
        let read = cells("\u{feff}a,b\r\n\"một, \"\"hai\"\"\nba\",\r\n\r\n,x");
        let expected = [(0, 0, "a"), (0, 1, "b"), (1, 0, "một, \"hai\"\nba"), (3, 1, "x")];
        assert_eq!(read, expected.map(|(row, column, text)| (row, column, text.to_owned())));
    }

    #[test]
    fn csv_finds_the_separator_and_wide_letters() {
        assert_eq!(cells("STT;Tên\n1;Quy chế").len(), 4);
        assert_eq!(cells("STT\tTên, số\n1\tx").len(), 4);
        let mut wide = vec![0xFF, 0xFE];
        wide.extend("Số\tTên\n1\tĐiều".encode_utf16().flat_map(u16::to_le_bytes));
        let grid = read(&wide).expect("UTF-16 with a mark is read");
        assert_eq!(grid.rows[1].cells[1].text, "Điều");
        assert!(read(&[0x51, 0x75, 0xD5, 0x74]).is_err());
    }
}
