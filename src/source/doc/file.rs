//! A whole `.doc` taken apart: its text, and what is known of every stretch of it.

use std::cell::Cell;

use super::bytes::plc;
use super::container::{Container, Stream};
use super::fib::{self, Fib, Part, Story, Version};
use super::numbering;
use super::pages::{self, Formatted, Of};
use super::pieces::{self, CodePage, MAX_CHARACTERS, Piece, Pieces};
use super::props::{CharProps, ParaProps, Toggle, chpx, papx};
use super::sprm::{Sprm, modern_code};
use super::strings;
use super::styles::Styles;
use crate::source::compose::lists::Lists;
use crate::source::compose::text::{Font, RunLook};
use crate::source::{Unread, UnreadCode};
use crate::text::charset::FontHint;

/// Most bytes read of long lists of paragraph properties: each may be named many times.
const MAX_LONG_LISTS: usize = 256 << 20;
/// Vietnamese in [MS-LCID].
const VIETNAMESE: u16 = 0x042A;

/// Streams of a file that matter.
pub(super) struct Streams {
    main: Vec<u8>,
    table: Vec<u8>,
    data: Vec<u8>,
    fib: Fib,
    whole: bool,
}

/// A stretch of text whose characters share their properties.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Character after the last.
    pub end: u32,
    /// Where its properties stand; 0 for none.
    at: u32,
    /// Change of its piece.
    change: u16,
}

/// A file taken apart.
pub(super) struct File<'s> {
    pub fib: &'s Fib,
    /// The stream of tables.
    pub table: &'s [u8],
    pub lists: Lists,
    pub authors: Vec<String>,
    pub fonts: Vec<Font>,
    /// All stories, one behind the other, in UTF-16.
    pub text: Vec<u16>,
    pub runs: Vec<Run>,
    /// Ends of sections, ascending.
    sections: Vec<u32>,
    /// Some of it is lost.
    pub damaged: bool,
    main: &'s [u8],
    data: &'s [u8],
    pieces: Vec<Piece>,
    changes: Vec<(CharProps, ParaProps)>,
    paragraphs: Vec<Formatted>,
    styles: Styles,
    long_lists: Cell<usize>,
}

impl Streams {
    /// Opens the container and finds the streams.
    pub fn open(bytes: &[u8]) -> Result<Self, Unread> {
        let damaged = || Unread::new(UnreadCode::Damaged);
        let container = Container::open(bytes).ok_or_else(damaged)?;
        let main = container.stream("WordDocument").ok_or_else(damaged)?;
        let fib = Fib::read(&main.bytes).ok_or_else(|| match fib::is_older(&main.bytes) {
            true => Unread::new(UnreadCode::LegacyDoc),
            false => damaged(),
        })?;
        if fib.encrypted {
            return Err(Unread::new(UnreadCode::Encrypted));
        }
        if fib.characters() > MAX_CHARACTERS {
            return Err(Unread::new(UnreadCode::TooLarge));
        }
        let (table, data) = match fib.version {
            Version::Word97 => (container.stream(fib.table).unwrap_or_default(), container.stream("Data")),
            // Word 6 keeps its tables in the same stream.
            Version::Word6 => (Stream { bytes: main.bytes.clone(), whole: true }, None),
        };
        Ok(Streams {
            whole: main.whole && table.whole,
            main: main.bytes,
            table: table.bytes,
            data: data.unwrap_or_default().bytes,
            fib,
        })
    }
}

impl<'s> File<'s> {
    /// Takes a file apart.
    pub fn new(streams: &'s Streams) -> Self {
        let Streams { main, table, data, fib, whole } = streams;
        let version = fib.version;
        let Pieces { mut pieces, changes, damaged } = pieces::read(fib, table);
        let fonts: Vec<Font> =
            strings::fonts(fib.part(table, Part::Fonts), version).iter().map(|name| Font::of(name)).collect();
        // Old Vietnamese letters stand in fonts of their own, on the western code page.
        let is_vietnamese = version == Version::Word6
            && fib.language == VIETNAMESE
            && fonts.iter().all(|font| font.hint == FontHint::None);
        let page = if is_vietnamese { CodePage::Vietnamese } else { CodePage::Western };
        let (text, cut) = pieces::text(&mut pieces, main, page);
        let characters = pages::read(fib, table, main, Of::Characters);
        let runs = runs(&pieces, &characters);
        File {
            fib,
            table,
            lists: if version == Version::Word97 { numbering::read(fib, table, &fonts) } else { Lists::default() },
            authors: strings::authors(fib.part(table, Part::Authors), version),
            fonts,
            text,
            runs,
            sections: plc(fib.part(table, Part::Sections), 12).map(|section| section.end).collect(),
            damaged: damaged || cut || !whole,
            main,
            data,
            pieces,
            changes: changes.iter().map(|list| props(list, version)).collect(),
            paragraphs: pages::read(fib, table, main, Of::Paragraphs),
            styles: Styles::read(fib.part(table, Part::Styles), version),
            long_lists: Cell::new(0),
        }
    }

    /// Characters of a story, cut where the text is.
    pub fn story(&self, story: Story) -> (u32, u32) {
        let (start, end) = self.fib.story(story);
        let length = self.text.len() as u32;
        (start.min(length), end.min(length))
    }

    /// Properties of the characters of a run.
    pub fn characters(&self, run: Run) -> CharProps {
        let mut props = CharProps::default();
        if run.at > 0 {
            props.apply(chpx(self.main, run.at), self.fib.version);
        }
        props.then(self.change(run.change).0)
    }

    /// Properties of the paragraph that ends with this character, and its style.
    pub fn paragraph(&self, mark: u32) -> (ParaProps, u16) {
        let Some(piece) = self.piece(mark) else { return (ParaProps::default(), 0) };
        let page = pages::find(&self.paragraphs, piece.offset(mark)).filter(|stretch| stretch.at > 0);
        let (style, list) = page.and_then(|stretch| papx(self.main, stretch.at, self.fib.version)).unwrap_or_default();
        let data = if self.long_lists.get() < MAX_LONG_LISTS { self.data } else { &[] };
        let mut props = ParaProps::default();
        let read = props.apply(list, self.fib.version, data);
        self.long_lists.set(self.long_lists.get() + read);
        let props = props.then(self.change(piece.change).1);
        let style = props.style.unwrap_or(style);
        (props.over(self.styles.get(style).paragraph), style)
    }

    /// What characters look like in a paragraph of this style.
    pub fn look(&self, props: &CharProps, style: u16) -> RunLook {
        let below = self.styles.get(style);
        let own = props.style.map(|style| self.styles.character(style)).unwrap_or_default();
        // On in both styles means off, as in ECMA-376 part 1, 17.7.3.
        let toggle = |direct: Option<Toggle>, own: bool, below: bool| {
            direct.map_or(own != below, |direct| direct.over(own != below))
        };
        // Letters beyond ASCII decide the encoding.
        let font = props.font.or(props.ascii_font).or(own.font).or(own.ascii_font).or(below.font).or(below.ascii_font);
        RunLook {
            bold: toggle(props.bold, own.bold, below.bold),
            italic: toggle(props.italic, own.italic, below.italic),
            hidden: toggle(props.hidden, own.hidden, below.hidden),
            font: font.map(|font| self.font(font)).unwrap_or_default(),
        }
    }

    /// What is known of a font.
    pub fn font(&self, number: u16) -> Font {
        self.fonts.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// The first run that reaches beyond a character.
    pub fn run_at(&self, character: u32) -> usize {
        self.runs.partition_point(|run| run.end <= character)
    }

    /// `true` when a form feed ends a section here, and a paragraph with it; elsewhere it only breaks a page.
    pub fn ends_section(&self, character: u32) -> bool {
        self.sections.binary_search(&(character + 1)).is_ok()
    }

    fn piece(&self, character: u32) -> Option<Piece> {
        let at = self.pieces.partition_point(|piece| piece.end <= character);
        self.pieces.get(at).copied()
    }

    /// Prm ([MS-DOC] 2.9.214): the number of a list of modifiers, or one modifier with its value.
    fn change(&self, change: u16) -> (CharProps, ParaProps) {
        if change & 1 != 0 {
            return self.changes.get(usize::from(change >> 1)).copied().unwrap_or_default();
        }
        let mut props = (CharProps::default(), ParaProps::default());
        if change != 0 {
            let value = [(change >> 8) as u8];
            let sprm = Sprm { code: modern_code((change >> 1 & 0x7F) as u8), value: &value };
            props.0.set(sprm);
            props.1.set(sprm, self.fib.version);
        }
        props
    }
}

fn props(list: &[u8], version: Version) -> (CharProps, ParaProps) {
    let mut props = (CharProps::default(), ParaProps::default());
    props.0.apply(list, version);
    props.1.apply(list, version, &[]);
    props
}

/// Cuts the pieces where the properties of characters change.
fn runs(pieces: &[Piece], characters: &[Formatted]) -> Vec<Run> {
    let mut runs = Vec::with_capacity(characters.len());
    for piece in pieces {
        let last = piece.offset(piece.end);
        let mut at = piece.start;
        let first = characters.partition_point(|stretch| stretch.end <= piece.at);
        for stretch in characters[first..].iter().take_while(|stretch| stretch.start < last) {
            let (start, end) = (piece.character(stretch.start), piece.character(stretch.end));
            if start > at {
                runs.push(Run { end: start, at: 0, change: piece.change });
            }
            if end > start.max(at) {
                runs.push(Run { end, at: stretch.at, change: piece.change });
                at = end;
            }
        }
        if at < piece.end {
            runs.push(Run { end: piece.end, at: 0, change: piece.change });
        }
    }
    runs
}
