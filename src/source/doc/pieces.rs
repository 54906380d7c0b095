//! The text of a file from its pieces ([MS-DOC] 2.4.1): where each character stands, and what it is.

use super::bytes::{plc, slice, u16_at, u32_at};
use super::fib::{Fib, Part, Version};

/// Most characters of a document: the longest laws have half a million.
pub(super) const MAX_CHARACTERS: u32 = 20_000_000;

/// A stretch of text that stands together in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// First character.
    pub start: u32,
    /// Character after the last.
    pub end: u32,
    /// Offset of the first character in the stream `WordDocument`.
    pub at: u32,
    /// Two bytes a character.
    pub wide: bool,
    /// Changes of properties that a fast save left with the piece ([MS-DOC] 2.9.177, PRM).
    pub change: u16,
}

impl Piece {
    fn width(self) -> u32 {
        if self.wide { 2 } else { 1 }
    }

    /// Offset of a character in the stream.
    pub fn offset(self, character: u32) -> u32 {
        self.at.saturating_add((character - self.start).saturating_mul(self.width()))
    }

    /// The first character at or after an offset in the stream.
    pub fn character(self, offset: u32) -> u32 {
        let bytes = offset.saturating_sub(self.at);
        self.start.saturating_add(bytes.div_ceil(self.width())).min(self.end)
    }
}

/// All pieces of a file, and the lists of changes they name.
#[derive(Debug, Default)]
pub(super) struct Pieces<'t> {
    pub pieces: Vec<Piece>,
    /// Lists of property changes that pieces name by number.
    pub changes: Vec<&'t [u8]>,
    /// The table of pieces is lost or cut.
    pub damaged: bool,
}

/// Reads the table of pieces. Without one, the text stands in one piece.
pub(super) fn read<'t>(fib: &Fib, table: &'t [u8]) -> Pieces<'t> {
    let clx = fib.part(table, Part::Pieces);
    let mut pieces = Pieces::default();
    if fib.version == Version::Word97 || fib.complex {
        pieces.read_table(clx, fib.version);
    }
    if pieces.pieces.is_empty() {
        pieces.damaged = fib.version == Version::Word97 || fib.complex;
        pieces.pieces.extend(single(fib));
    } else {
        pieces.damaged = pieces.pieces.last().is_none_or(|last| last.end < fib.characters());
    }
    pieces
}

impl<'t> Pieces<'t> {
    /// Clx ([MS-DOC] 2.9.38): lists of changes, each after a 1 and its length, then a 2, a length and the table.
    fn read_table(&mut self, clx: &'t [u8], version: Version) {
        let mut at = 0;
        while clx.get(at) == Some(&1) {
            let Some(length) = u16_at(clx, at + 1).map(usize::from) else { return };
            let Some(list) = slice(clx, at + 3, length) else { return };
            self.changes.push(list);
            at += 3 + length;
        }
        let Some(length) = u32_at(clx, at + 1).filter(|_| clx.get(at) == Some(&2)) else { return };
        let rest = clx.get(at + 5..).unwrap_or_default();
        let table = slice(rest, 0, length as usize).unwrap_or(rest);
        for stretch in plc(table, 8) {
            let (Some(place), Some(change)) = (u32_at(stretch.data, 2), u16_at(stretch.data, 6)) else { return };
            if self.pieces.is_empty() && stretch.start != 0 {
                return;
            }
            let eight_bit = version == Version::Word6 || place & 0x4000_0000 != 0;
            let offset = place & 0x3FFF_FFFF;
            self.pieces.push(Piece {
                start: stretch.start.min(MAX_CHARACTERS),
                end: stretch.end.min(MAX_CHARACTERS),
                at: if eight_bit && version == Version::Word97 { offset / 2 } else { offset },
                wide: !eight_bit,
                change,
            });
        }
    }
}

/// The text as one piece, as the block says where it begins and ends.
fn single(fib: &Fib) -> Option<Piece> {
    let (at, end) = fib.text;
    let (characters, bytes) = (fib.characters(), end.checked_sub(at)?);
    // The block does not tell the width of characters; their number does.
    let wide = fib.version == Version::Word97 && bytes >= characters.saturating_mul(2);
    (characters > 0).then_some(Piece { start: 0, end: characters, at, wide, change: 0 })
}

/// The characters of all pieces as UTF-16, and whether some of them were beyond the end of the file.
pub(super) fn text(pieces: &mut Vec<Piece>, stream: &[u8], page: CodePage) -> (Vec<u16>, bool) {
    let mut units = Vec::new();
    let mut cut = false;
    for piece in pieces.iter_mut() {
        let length = (piece.end - piece.start) as usize;
        let rest = stream.get(piece.at as usize..).unwrap_or_default();
        if piece.wide {
            units.extend(rest.chunks_exact(2).take(length).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
        } else {
            units.extend(rest.iter().take(length).map(|&byte| page.unit(byte)));
        }
        if units.len() < piece.end as usize {
            cut = true;
            piece.end = units.len() as u32;
            break;
        }
    }
    pieces.retain(|piece| piece.start < piece.end && piece.end as usize <= units.len());
    (units, cut)
}

/// What the letters of 8-bit text are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodePage {
    /// Windows-1252, as [MS-DOC] 2.9.73 maps it.
    Western,
    /// Windows-1258, Vietnamese.
    Vietnamese,
}

impl CodePage {
    fn unit(self, byte: u8) -> u16 {
        /// 0x80 to 0x9F of Windows-1252; 0 where nothing is assigned.
        const HIGH: [u16; 32] = [
            0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
            0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
            0x0153, 0, 0x017E, 0x0178,
        ];
        if self == CodePage::Vietnamese {
            let letter = match byte {
                0xC3 => 'Ă',
                0xCC => '\u{300}',
                0xD0 => 'Đ',
                0xD2 => '\u{309}',
                0xD5 => 'Ơ',
                0xDD => 'Ư',
                0xDE => '\u{303}',
                0xE3 => 'ă',
                0xEC => '\u{301}',
                0xF0 => 'đ',
                0xF2 => '\u{323}',
                0xF5 => 'ơ',
                0xFD => 'ư',
                0xFE => '₫',
                _ => '\0',
            };
            if letter != '\0' {
                return letter as u32 as u16;
            }
        }
        match byte {
            0x80..=0x9F if HIGH[usize::from(byte - 0x80)] != 0 => HIGH[usize::from(byte - 0x80)],
            _ => u16::from(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_knows_where_its_characters_stand() {
        let piece = Piece { start: 10, end: 20, at: 100, wide: true, change: 0 };
        assert_eq!((piece.offset(10), piece.offset(13)), (100, 106));
        assert_eq!(
            (piece.character(0), piece.character(106), piece.character(105), piece.character(999)),
            (10, 13, 13, 20)
        );
    }

    #[test]
    fn eight_bit_letters_follow_their_code_page() {
        for (page, byte, letter) in [
            (CodePage::Western, b'a', 'a'),
            (CodePage::Western, 0x93, '“'),
            (CodePage::Western, 0xAD, '\u{ad}'),
            (CodePage::Western, 0xA7, '§'),
            (CodePage::Western, 0x81, '\u{81}'),
            (CodePage::Vietnamese, 0xFD, 'ư'),
            (CodePage::Vietnamese, 0xEC, '\u{301}'),
            (CodePage::Vietnamese, 0x96, '–'),
        ] {
            assert_eq!(page.unit(byte), letter as u32 as u16, "{byte:02X}");
        }
    }

    #[test]
    fn text_beyond_the_file_is_cut_and_said() {
        let mut pieces = vec![
            Piece { start: 0, end: 2, at: 4, wide: false, change: 0 },
            Piece { start: 2, end: 4, at: 0, wide: true, change: 0 },
            Piece { start: 4, end: 9, at: 5, wide: false, change: 0 },
            Piece { start: 9, end: 12, at: 0, wide: false, change: 0 },
        ];
        let (units, cut) = text(&mut pieces, &[0x10, 0x01, 0x11, 0x01, b'x', b'y'], CodePage::Western);
        assert_eq!(String::from_utf16_lossy(&units), "xyĐđy");
        assert!(cut);
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces[2].end, 5);
    }
}
