//! Tables of strings: fonts and authors (STTB, [MS-DOC] 2.2.4).

use super::bytes::{slice, u16_at, utf16_at};
use super::fib::Version;

/// Most strings of a table.
const MAX_STRINGS: usize = 10_000;

/// Names of fonts (SttbfFfn, [MS-DOC] 2.9.286).
pub(super) fn fonts(bytes: &[u8], version: Version) -> Vec<String> {
    // Word 97 counts the fonts and the extra bytes of each, Word 6 the bytes of the table.
    let (mut at, name) = match version {
        Version::Word97 => (4, 40),
        Version::Word6 => (2, 6),
    };
    let mut names = Vec::new();
    while let Some(length) = bytes.get(at).map(|&length| usize::from(length)).filter(|_| names.len() < MAX_STRINGS) {
        let Some(font) = slice(bytes, at, length + 1) else { break };
        let name = font.get(name..).unwrap_or_default();
        let whole = match version {
            Version::Word97 => utf16_at(name, 0, name.len() / 2).unwrap_or_default(),
            Version::Word6 => name.iter().map(|&byte| char::from(byte)).collect(),
        };
        // A second name may stand behind the first.
        names.push(whole.split('\0').next().unwrap_or_default().to_owned());
        at += length + 1;
    }
    names
}

/// Names of those who made tracked changes (SttbfRMark).
pub(super) fn authors(bytes: &[u8], version: Version) -> Vec<String> {
    let mut names = Vec::new();
    if version == Version::Word97 && u16_at(bytes, 0) == Some(0xFFFF) {
        let extra = u16_at(bytes, 4).map_or(0, usize::from);
        let mut at = 6;
        while let Some(length) = u16_at(bytes, at).map(usize::from).filter(|_| names.len() < MAX_STRINGS) {
            let Some(name) = utf16_at(bytes, at + 2, length) else { break };
            names.push(name);
            at += 2 + length * 2 + extra;
        }
    } else if version == Version::Word6 {
        let mut at = 2;
        while let Some(name) = bytes.get(at).and_then(|&length| slice(bytes, at + 1, usize::from(length))) {
            names.push(name.iter().map(|&byte| char::from(byte)).collect());
            at += 1 + name.len();
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_have_names_up_to_the_first_zero() {
        let mut font = vec![0; 40];
        font.extend(".VnTime\0Khác\0".encode_utf16().flat_map(u16::to_le_bytes));
        font[0] = (font.len() - 1) as u8;
        let bytes: Vec<u8> = [2, 0, 0, 0].into_iter().chain(font.clone()).chain(font).collect();
        assert_eq!(fonts(&bytes, Version::Word97), [".VnTime", ".VnTime"]);
        assert_eq!(fonts(&bytes[..bytes.len() - 1], Version::Word97), [".VnTime"]);
        assert_eq!(fonts(b"\x10\0\x0d\0\0\0\0\0.VnTime\0", Version::Word6), [".VnTime"]);
    }

    #[test]
    fn authors_are_named() {
        let mut bytes = vec![0xFF, 0xFF, 2, 0, 0, 0];
        for name in ["Unknown", "Nguyễn Văn An"] {
            let units: Vec<u16> = name.encode_utf16().collect();
            bytes.extend((units.len() as u16).to_le_bytes());
            bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
        }
        assert_eq!(authors(&bytes, Version::Word97), ["Unknown", "Nguyễn Văn An"]);
        assert_eq!(authors(b"\x06\0\x03Anh", Version::Word6), ["Anh"]);
    }
}
