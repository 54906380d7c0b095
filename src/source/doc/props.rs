//! Properties of characters and paragraphs, each absent until a modifier sets it.

use super::bytes::{slice, u16_at};
use super::fib::Version;
use super::old_numbers::Pattern;
use super::sprm::{self, Sprm, code};

/// Most cells of a row that a merge is known of; Word allows 63.
const MAX_CELLS: usize = 64;

/// A property that may be set against its style ([MS-DOC] 2.9.326, ToggleOperand).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Toggle {
    Is(bool),
    AsStyle,
    NotAsStyle,
}

impl Toggle {
    fn of(value: u8) -> Self {
        match value {
            0x80 => Toggle::AsStyle,
            0x81 => Toggle::NotAsStyle,
            _ => Toggle::Is(value & 1 != 0),
        }
    }

    /// The property, over what the style says.
    pub fn over(self, style: bool) -> bool {
        match self {
            Toggle::Is(value) => value,
            Toggle::AsStyle => style,
            Toggle::NotAsStyle => !style,
        }
    }
}

/// Properties of characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CharProps {
    pub bold: Option<Toggle>,
    pub italic: Option<Toggle>,
    pub hidden: Option<Toggle>,
    /// Font of letters beyond ASCII, as an index in the table of fonts.
    pub font: Option<u16>,
    /// Font of ASCII letters.
    pub ascii_font: Option<u16>,
    /// Character style.
    pub style: Option<u16>,
    /// Codes below 0x20, and "(" with a symbol, are signs of Word and not letters.
    pub special: Option<bool>,
    pub inserted: Option<bool>,
    pub deleted: Option<bool>,
    /// Who inserted, as an index in the table of authors; when, as a DTTM.
    pub inserted_by: Option<u16>,
    pub inserted_at: Option<u32>,
    pub deleted_by: Option<u16>,
    pub deleted_at: Option<u32>,
    /// Font and code of a symbol.
    pub symbol: Option<(u16, u16)>,
}

impl CharProps {
    /// Takes a list of modifiers.
    pub fn apply(&mut self, list: &[u8], version: Version) {
        for sprm in sprm::list(list, version) {
            self.set(sprm);
        }
    }

    /// These properties, with what was set later over them.
    pub fn then(self, later: CharProps) -> Self {
        CharProps {
            bold: later.bold.or(self.bold),
            italic: later.italic.or(self.italic),
            hidden: later.hidden.or(self.hidden),
            font: later.font.or(self.font),
            ascii_font: later.ascii_font.or(self.ascii_font),
            style: later.style.or(self.style),
            special: later.special.or(self.special),
            inserted: later.inserted.or(self.inserted),
            deleted: later.deleted.or(self.deleted),
            inserted_by: later.inserted_by.or(self.inserted_by),
            inserted_at: later.inserted_at.or(self.inserted_at),
            deleted_by: later.deleted_by.or(self.deleted_by),
            deleted_at: later.deleted_at.or(self.deleted_at),
            symbol: later.symbol.or(self.symbol),
        }
    }

    /// Takes one modifier; those of other things change nothing.
    pub fn set(&mut self, sprm: Sprm<'_>) {
        match sprm.code {
            code::C_BOLD => self.bold = Some(Toggle::of(sprm.byte())),
            code::C_ITALIC => self.italic = Some(Toggle::of(sprm.byte())),
            code::C_VANISH => self.hidden = Some(Toggle::of(sprm.byte())),
            code::C_FONT_OTHER => self.font = Some(sprm.word()),
            code::C_FONT_ASCII => self.ascii_font = Some(sprm.word()),
            code::C_STYLE => self.style = Some(sprm.word()),
            code::C_SPECIAL => self.special = Some(sprm.byte() != 0),
            code::C_INSERTED => self.inserted = Some(sprm.byte() & 1 != 0),
            code::C_DELETED => self.deleted = Some(sprm.byte() & 1 != 0),
            code::C_INSERTED_BY => self.inserted_by = Some(sprm.word()),
            code::C_INSERTED_AT => self.inserted_at = Some(sprm.long()),
            code::C_DELETED_BY => self.deleted_by = Some(sprm.word()),
            code::C_DELETED_AT => self.deleted_at = Some(sprm.long()),
            // Word 6 writes the code of the symbol in one byte.
            code::C_SYMBOL => {
                let sign = u16_at(sprm.value, 2).or_else(|| sprm.value.get(2).map(|&byte| u16::from(byte)));
                self.symbol = sign.map(|sign| (sprm.word(), sign));
            }
            code::C_PLAIN => {
                (self.bold, self.italic, self.hidden) = (None, None, None);
                (self.font, self.ascii_font) = (None, None);
            }
            _ => {}
        }
    }
}

/// Properties of a paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ParaProps {
    pub style: Option<u16>,
    pub centered: Option<bool>,
    /// Number of its list, from 1; 0 takes numbering away.
    pub list: Option<u16>,
    /// Level of its list, from 0.
    pub level: Option<u8>,
    /// Number of Word 6: its pattern, and whether it is a number or a bullet.
    pub old_number: Option<Pattern>,
    pub old_level: Option<u8>,
    in_table: bool,
    depth: Option<u32>,
    pub row_end: bool,
    inner_row_end: bool,
    pub inner_cell_end: bool,
    /// Cells that continue a vertical merge, a bit each.
    pub continued: u64,
}

impl ParaProps {
    /// Takes a list of modifiers. `data` is the stream `Data`, where long lists stand; returns how many bytes of it were read.
    pub fn apply(&mut self, list: &[u8], version: Version, data: &[u8]) -> usize {
        let mut read = 0;
        for sprm in sprm::list(list, version) {
            match sprm.code {
                code::P_HUGE | code::P_HUGE_OLD => {
                    let long = huge(data, sprm.long()).unwrap_or_default();
                    read += long.len();
                    for sprm in sprm::list(long, version) {
                        self.set(sprm, version);
                    }
                }
                _ => self.set(sprm, version),
            }
        }
        read
    }

    /// Takes one modifier; those of other things change nothing.
    pub fn set(&mut self, sprm: Sprm<'_>, version: Version) {
        match sprm.code {
            code::P_STYLE => self.style = Some(sprm.word()),
            code::P_ALIGN | code::P_ALIGN_80 => self.centered = Some(sprm.byte() == 1),
            code::P_LIST => self.list = Some(sprm.word()),
            code::P_LEVEL => self.level = Some(sprm.byte()),
            code::P_OLD_NUMBER if version == Version::Word6 => self.old_number = Pattern::read(sprm.value),
            code::P_OLD_LEVEL if version == Version::Word6 => self.old_level = Some(sprm.byte()),
            code::P_IN_TABLE => self.in_table = sprm.byte() != 0,
            code::P_ROW_END => self.row_end = sprm.byte() != 0,
            code::P_DEPTH => self.depth = Some(sprm.long()),
            code::P_INNER_CELL => self.inner_cell_end = sprm.byte() != 0,
            code::P_INNER_ROW_END => self.inner_row_end = sprm.byte() != 0,
            code::T_DEFINE if version == Version::Word97 => self.continued = merged(sprm.value),
            // An odd cell, or more than there can be, is no cell.
            code::T_VERTICAL_MERGE => {
                if let (&[cell, merge, ..], true) = (sprm.value, usize::from(sprm.byte()) < MAX_CELLS) {
                    let bit = 1u64 << cell;
                    self.continued = if merge & 3 == 1 { self.continued | bit } else { self.continued & !bit };
                }
            }
            _ => {}
        }
    }

    /// These properties, with what was set later over them.
    pub fn then(self, later: ParaProps) -> Self {
        ParaProps {
            style: later.style.or(self.style),
            in_table: self.in_table || later.in_table,
            depth: later.depth.or(self.depth),
            row_end: self.row_end || later.row_end,
            inner_row_end: self.inner_row_end || later.inner_row_end,
            inner_cell_end: self.inner_cell_end || later.inner_cell_end,
            continued: self.continued | later.continued,
            ..later.over(self)
        }
    }

    /// These properties; what they leave open is as the style says.
    pub fn over(self, style: ParaProps) -> Self {
        ParaProps {
            centered: self.centered.or(style.centered),
            list: self.list.or(style.list),
            level: self.level.or(style.level),
            old_number: self.old_number.or(style.old_number),
            old_level: self.old_level.or(style.old_level),
            ..self
        }
    }

    /// How many tables the paragraph stands in, one inside the other.
    pub fn depth(&self) -> u32 {
        match self.depth {
            Some(depth) if depth > 0 || !self.in_table => depth,
            _ => u32::from(self.in_table),
        }
    }

    /// The paragraph is the mark at the end of a row.
    pub fn ends_row(&self) -> bool {
        self.row_end || self.inner_row_end
    }
}

/// A list of modifiers too long for its page (PrcData, [MS-DOC] 2.9.210).
fn huge(data: &[u8], at: u32) -> Option<&[u8]> {
    let length = usize::from(u16_at(data, at as usize)?);
    slice(data, at as usize + 2, length)
}

/// The cells of a row that continue a vertical merge (TDefTableOperand, [MS-DOC] 2.9.322).
fn merged(value: &[u8]) -> u64 {
    let Some(count) = value.first().map(|&count| usize::from(count)) else { return 0 };
    let first = 1 + (count + 1) * 2;
    let continues = |&cell: &usize| u16_at(value, first + cell * 20).is_some_and(|flags| flags >> 5 & 3 == 1);
    (0..count.min(MAX_CELLS)).filter(continues).fold(0, |cells, cell| cells | 1 << cell)
}

/// A time of a tracked change in ISO 8601 (DTTM, [MS-DOC] 2.9.71).
pub(super) fn date_time(time: u32) -> Option<String> {
    let (minute, hour, day) = (time & 0x3F, time >> 6 & 0x1F, time >> 11 & 0x1F);
    let (month, year) = (time >> 16 & 0xF, 1900 + (time >> 20 & 0x1FF));
    let known = (1..=31).contains(&day) && (1..=12).contains(&month) && hour < 24 && minute < 60;
    known.then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"))
}

/// The length-prefixed list of a character property page (Chpx, [MS-DOC] 2.9.32).
pub(super) fn chpx(stream: &[u8], at: u32) -> &[u8] {
    let length = stream.get(at as usize).map_or(0, |&length| usize::from(length));
    slice(stream, at as usize + 1, length).unwrap_or_default()
}

/// Style and list of a paragraph property page (PapxInFkp, [MS-DOC] 2.9.175).
pub(super) fn papx(stream: &[u8], at: u32, version: Version) -> Option<(u16, &[u8])> {
    let at = at as usize;
    let words = usize::from(*stream.get(at)?);
    let (start, length) = match version {
        Version::Word97 if words == 0 => (at + 2, usize::from(*stream.get(at + 1)?) * 2),
        Version::Word97 => (at + 1, words * 2 - 1),
        Version::Word6 => (at + 1, words * 2),
    };
    let body = slice(stream, start, length)?;
    Some((u16_at(body, 0)?, body.get(2..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_iso_8601() {
        let time = 30 | 14 << 6 | 5 << 11 | 3 << 16 | 119 << 20;
        assert_eq!(date_time(time).as_deref(), Some("2019-03-05T14:30:00"));
        assert_eq!(date_time(0), None);
    }

    #[test]
    fn later_modifiers_win_and_toggles_look_at_the_style() {
        let mut props = CharProps::default();
        props.apply(&[0x35, 0x08, 1, 0x35, 0x08, 0x81, 0x51, 0x4A, 3, 0], Version::Word97);
        assert_eq!((props.bold, props.font), (Some(Toggle::NotAsStyle), Some(3)));
        assert!(!Toggle::NotAsStyle.over(true) && Toggle::AsStyle.over(true));
    }

    #[test]
    fn a_row_knows_which_cells_continue_a_merge() {
        // Two cells; the second continues a vertical merge.
        let mut value = vec![0x08, 0xD6, 48, 0, 2];
        value.extend([0; 6]);
        value.extend([0; 20]);
        value.extend([0x20, 0]);
        value.extend([0; 18]);
        let mut props = ParaProps::default();
        props.apply(&value, Version::Word97, &[]);
        assert_eq!(props.continued, 0b10);
        props.apply(&[0x2B, 0xD6, 2, 0, 1, 0x2B, 0xD6, 2, 1, 3], Version::Word97, &[]);
        assert_eq!(props.continued, 0b01);
    }

    #[test]
    fn long_lists_stand_in_another_stream() {
        let data = [9, 9, 3, 0, 0x17, 0x24, 1];
        let mut props = ParaProps::default();
        props.apply(&[0x46, 0x66, 2, 0, 0, 0], Version::Word97, &data);
        assert!(props.ends_row());
    }
}
