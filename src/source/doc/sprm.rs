//! Single property modifiers ([MS-DOC] 2.2.5): lists of a code and a value that change properties one by one.

use super::bytes::{slice, u16_at};
use super::fib::Version;

/// Codes that are read ([MS-DOC] 2.6). Those of Word 6 are told by these names too.
#[allow(missing_docs)]
pub(super) mod code {
    pub const C_DELETED: u16 = 0x0800;
    pub const C_INSERTED: u16 = 0x0801;
    pub const C_INSERTED_BY: u16 = 0x4804;
    pub const C_INSERTED_AT: u16 = 0x6805;
    pub const C_SYMBOL: u16 = 0x6A09;
    pub const C_BOLD: u16 = 0x0835;
    pub const C_ITALIC: u16 = 0x0836;
    pub const C_VANISH: u16 = 0x083C;
    pub const C_SPECIAL: u16 = 0x0855;
    pub const C_PLAIN: u16 = 0x2A33;
    pub const C_STYLE: u16 = 0x4A30;
    pub const C_FONT_ASCII: u16 = 0x4A4F;
    pub const C_FONT_OTHER: u16 = 0x4A51;
    pub const C_DELETED_BY: u16 = 0x4863;
    pub const C_DELETED_AT: u16 = 0x6864;
    pub const P_STYLE: u16 = 0x4600;
    pub const P_ALIGN_80: u16 = 0x2403;
    pub const P_ALIGN: u16 = 0x2461;
    pub const P_LEVEL: u16 = 0x260A;
    pub const P_LIST: u16 = 0x460B;
    pub const P_IN_TABLE: u16 = 0x2416;
    pub const P_ROW_END: u16 = 0x2417;
    pub const P_INNER_CELL: u16 = 0x244B;
    pub const P_INNER_ROW_END: u16 = 0x244C;
    pub const P_DEPTH: u16 = 0x6649;
    pub const P_HUGE: u16 = 0x6646;
    pub const P_HUGE_OLD: u16 = 0x6645;
    pub const P_OLD_NUMBER: u16 = 0xC63E;
    pub const P_OLD_LEVEL: u16 = 0x25FF;
    pub const T_DEFINE: u16 = 0xD608;
    pub const T_VERTICAL_MERGE: u16 = 0xD62B;
    pub const P_TABS: u16 = 0xC615;
}

/// One modifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sprm<'b> {
    /// Its code in Word 97; 0 for codes of Word 6 that nothing is read from.
    pub code: u16,
    /// Its value; without its length where that is written before it.
    pub value: &'b [u8],
}

impl Sprm<'_> {
    /// The first byte of the value.
    pub fn byte(&self) -> u8 {
        self.value.first().copied().unwrap_or(0)
    }

    /// The value as a 16-bit number.
    pub fn word(&self) -> u16 {
        u16_at(self.value, 0).unwrap_or(0)
    }

    /// The value as a 32-bit number.
    pub fn long(&self) -> u32 {
        super::bytes::u32_at(self.value, 0).unwrap_or(0)
    }
}

/// The modifiers of a list; it ends at the first that makes no sense.
pub(super) fn list(bytes: &[u8], version: Version) -> impl Iterator<Item = Sprm<'_>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (sprm, length) = match version {
            Version::Word97 => modern(rest)?,
            Version::Word6 => old(rest)?,
        };
        rest = rest.get(length..)?;
        Some(sprm)
    })
}

/// A modifier with a two-byte code, and its length.
fn modern(bytes: &[u8]) -> Option<(Sprm<'_>, usize)> {
    let code = u16_at(bytes, 0)?;
    let (skip, length) = match code >> 13 {
        0 | 1 => (2, 1),
        2 | 4 | 5 => (2, 2),
        3 => (2, 4),
        7 => (2, 3),
        _ => variable(code, bytes)?,
    };
    Some((Sprm { code, value: slice(bytes, skip, length)? }, skip + length))
}

/// Where the value of a modifier of variable length begins, and how long it is.
fn variable(code: u16, bytes: &[u8]) -> Option<(usize, usize)> {
    let length = usize::from(*bytes.get(2)?);
    Some(match code {
        // Its length is a 16-bit number, one more than what follows.
        code::T_DEFINE => (4, usize::from(u16_at(bytes, 2)?).checked_sub(1)?),
        code::P_TABS if length == 255 => {
            let deleted = usize::from(*bytes.get(3)?) * 4;
            let added = usize::from(*bytes.get(4 + deleted)?) * 3;
            (3, 2 + deleted + added)
        }
        _ => (3, length),
    })
}

/// A modifier with a one-byte code, as Word 6 and 95 write it, and its length.
fn old(bytes: &[u8]) -> Option<(Sprm<'_>, usize)> {
    let code = *bytes.first()?;
    let (skip, length) = match code {
        52 | 83 => (1, 0),
        4
        | 5
        | 7..=11
        | 13
        | 14
        | 24
        | 25
        | 29
        | 37
        | 44
        | 50
        | 51
        | 65..=67
        | 71
        | 75
        | 85..=92
        | 94
        | 98..=102
        | 104
        | 117..=119
        | 131
        | 132
        | 138
        | 139
        | 185
        | 186 => (1, 1),
        2
        | 16..=19
        | 21
        | 22
        | 26..=28
        | 30..=36
        | 38..=43
        | 45..=49
        | 69
        | 72
        | 80
        | 93
        | 96
        | 97
        | 107
        | 109
        | 110
        | 121..=124
        | 182..=184
        | 189
        | 195
        | 197
        | 198 => (1, 2),
        73 | 95 | 136 | 137 => (1, 3),
        20 | 70 | 192 | 194 | 196 | 200 => (1, 4),
        193 | 199 => (1, 5),
        187 => (1, 12),
        3 | 12 | 15 | 23 | 68 | 74 | 81 | 82 | 103 | 105 | 106 | 108 | 120 | 133 | 191 => {
            (2, usize::from(*bytes.get(1)?))
        }
        188 | 190 => (3, usize::from(u16_at(bytes, 1)?).checked_sub(1)?),
        _ => return None,
    };
    Some((Sprm { code: modern_code(code), value: slice(bytes, skip, length)? }, skip + length))
}

/// The Word 97 code of a one-byte code: those of Word 6, and those a piece names ([MS-DOC] 2.9.215).
pub(super) fn modern_code(old: u8) -> u16 {
    match old {
        2 => code::P_STYLE,
        5 => code::P_ALIGN_80,
        12 => code::P_OLD_NUMBER,
        13 => code::P_OLD_LEVEL,
        24 => code::P_IN_TABLE,
        25 => code::P_ROW_END,
        65 => code::C_DELETED,
        66 => code::C_INSERTED,
        69 => code::C_INSERTED_BY,
        70 => code::C_INSERTED_AT,
        74 => code::C_SYMBOL,
        80 => code::C_STYLE,
        83 => code::C_PLAIN,
        85 => code::C_BOLD,
        86 => code::C_ITALIC,
        92 => code::C_VANISH,
        93 => code::C_FONT_OTHER,
        117 => code::C_SPECIAL,
        190 => code::T_DEFINE,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(bytes: &[u8], version: Version) -> Vec<(u16, Vec<u8>)> {
        list(bytes, version).map(|sprm| (sprm.code, sprm.value.to_vec())).collect()
    }

    #[test]
    fn values_have_the_length_their_code_says() {
        let bytes = [
            0x35, 0x08, 1, 0x4F, 0x4A, 7, 0, 0x08, 0xD6, 3, 0, 9, 9, 0x15, 0xC6, 255, 1, 0, 0, 0, 0, 1, 5, 5, 5, 0x16,
            0x24, 1,
        ];
        let found = codes(&bytes, Version::Word97);
        let names: Vec<u16> = found.iter().map(|(code, _)| *code).collect();
        assert_eq!(names, [code::C_BOLD, code::C_FONT_ASCII, code::T_DEFINE, code::P_TABS, code::P_IN_TABLE]);
        assert_eq!(found[2].1, [9, 9]);
    }

    #[test]
    fn old_codes_are_told_by_their_new_names() {
        let bytes = [85, 1, 93, 4, 0, 99, 24, 12, 2, 7, 7, 25, 1];
        let found = codes(&bytes, Version::Word6);
        let names: Vec<u16> = found.iter().map(|(code, _)| *code).collect();
        assert_eq!(names, [code::C_BOLD, code::C_FONT_OTHER, 0, code::P_OLD_NUMBER, code::P_ROW_END]);
    }

    #[test]
    fn a_list_ends_where_it_makes_no_sense() {
        assert_eq!(codes(&[0x35, 0x08], Version::Word97), []);
        assert_eq!(codes(&[0x08, 0xD6, 0, 0, 1], Version::Word97), []);
        assert_eq!(codes(&[85, 1, 255, 1], Version::Word6).len(), 1);
        assert_eq!(codes(&[12, 200, 1], Version::Word6), []);
    }
}
