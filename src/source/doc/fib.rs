//! The file information block ([MS-DOC] 2.5): where everything stands.

use super::bytes::{slice, u16_at, u32_at};

/// Which Word wrote the file, as far as structures differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// Word 6.0 and 95: 8-bit text, one-byte property codes.
    Word6,
    /// Word 97 to 2003 and everything that writes their format today.
    Word97,
}

/// The documents that follow one another in the text, in this order ([MS-DOC] 2.5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    Main = 0,
    Footnotes = 1,
    Running = 2,
    Endnotes = 5,
    Boxes = 6,
    RunningBoxes = 7,
}

/// Tables by their index in FibRgFcLcb97 ([MS-DOC] 2.5.6); Word 6 keeps the same order.
#[derive(Debug, Clone, Copy)]
#[repr(usize)]
pub(super) enum Part {
    Styles = 1,
    FootnoteRefs = 2,
    FootnoteTexts = 3,
    CommentRefs = 4,
    Sections = 6,
    RunningTexts = 11,
    CharacterPages = 12,
    ParagraphPages = 13,
    Fonts = 15,
    Pieces = 33,
    Shapes = 40,
    RunningShapes = 41,
    EndnoteRefs = 46,
    EndnoteTexts = 47,
    Drawings = 50,
    Authors = 51,
    BoxTexts = 56,
    RunningBoxTexts = 58,
    Lists = 73,
    ListOverrides = 74,
}

/// `true` for the block of a Word before 6.0.
pub(super) fn is_older(bytes: &[u8]) -> bool {
    matches!((u16_at(bytes, 0), u16_at(bytes, 2)), (Some(0xA59B | 0xA5DB | 0xA5DC | 0xA5EC), Some(..101)))
}

/// Stories counted in the block.
const STORIES: usize = 8;

/// What the block says.
#[derive(Debug)]
pub(super) struct Fib {
    pub version: Version,
    /// The text was saved in pieces.
    pub complex: bool,
    /// Protected by a password.
    pub encrypted: bool,
    /// Name of the stream with the tables.
    pub table: &'static str,
    /// Language of the text when it was installed ([MS-LCID]).
    pub language: u16,
    /// First and last byte of the text, when it was not saved in pieces.
    pub text: (u32, u32),
    /// Characters of each story.
    lengths: [u32; STORIES],
    /// Word 6: first page of character and of paragraph properties, and how many.
    pub pages: [(u16, u16); 2],
    places: Vec<(u32, u32)>,
}

impl Fib {
    /// Reads the block at the start of the stream `WordDocument`; `None` when it is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (ident, written) = (u16_at(bytes, 0)?, u16_at(bytes, 2)?);
        let version = match (ident, written) {
            (0xA5DC, 101..=105) | (0xA5EC, 101..=105) => Version::Word6,
            (0xA5EC | 0xA5DC, 106..) => Version::Word97,
            _ => return None,
        };
        let flags = u16_at(bytes, 10)?;
        let mut fib = Fib {
            version,
            complex: flags & 0x0004 != 0,
            encrypted: flags & 0x8100 != 0,
            table: if flags & 0x0200 != 0 { "1Table" } else { "0Table" },
            language: u16_at(bytes, 6)?,
            text: (u32_at(bytes, 24)?, u32_at(bytes, 28)?),
            lengths: [0; STORIES],
            pages: [(0, 0); 2],
            places: Vec::new(),
        };
        match version {
            Version::Word6 => fib.read_word6(bytes)?,
            Version::Word97 => fib.read_word97(bytes)?,
        }
        Some(fib)
    }

    fn read_word97(&mut self, bytes: &[u8]) -> Option<()> {
        let longs = 34 + usize::from(u16_at(bytes, 32)?) * 2;
        let first_long = longs + 2;
        for (at, length) in self.lengths.iter_mut().enumerate() {
            *length = u32_at(bytes, first_long + (3 + at) * 4)?;
        }
        let count_at = first_long + usize::from(u16_at(bytes, longs)?) * 4;
        let count = usize::from(u16_at(bytes, count_at)?);
        self.read_places(bytes, count_at + 2, count);
        Some(())
    }

    fn read_word6(&mut self, bytes: &[u8]) -> Option<()> {
        for (at, length) in self.lengths.iter_mut().enumerate() {
            *length = u32_at(bytes, 0x34 + at * 4)?;
        }
        // Ten bytes stand between the 38th and the next place.
        self.read_places(bytes, 0x58, 38);
        self.read_places(bytes, 0x192, 35);
        for (pages, at) in self.pages.iter_mut().zip([0x18A, 0x18C]) {
            *pages = (u16_at(bytes, at)?, u16_at(bytes, at + 4)?);
        }
        Some(())
    }

    fn read_places(&mut self, bytes: &[u8], at: usize, count: usize) {
        let places = (0..count).map_while(|n| Some((u32_at(bytes, at + n * 8)?, u32_at(bytes, at + n * 8 + 4)?)));
        self.places.extend(places);
    }

    /// Offset and length of a part in the stream of tables; length 0 when there is none.
    pub fn place(&self, part: Part) -> (usize, usize) {
        self.places.get(part as usize).map_or((0, 0), |&(at, length)| (at as usize, length as usize))
    }

    /// The bytes of a part in the stream of tables, cut where the stream ends.
    pub fn part<'t>(&self, table: &'t [u8], part: Part) -> &'t [u8] {
        let (at, length) = self.place(part);
        slice(table, at, length).or_else(|| table.get(at..).filter(|_| length > 0)).unwrap_or_default()
    }

    /// First character and end of a story, counted from the start of the text.
    pub fn story(&self, story: Story) -> (u32, u32) {
        let before = self.lengths[..story as usize].iter().fold(0u32, |sum, &length| sum.saturating_add(length));
        (before, before.saturating_add(self.lengths[story as usize]))
    }

    /// Characters of all stories.
    pub fn characters(&self) -> u32 {
        self.lengths.iter().fold(0u32, |sum, &length| sum.saturating_add(length))
    }
}
