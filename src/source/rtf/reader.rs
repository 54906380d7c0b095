//! One pass over an RTF file, from tokens to blocks, without recursion: groups stand on a stack of states, stories on another.

use super::changes::Changes;
use super::field::Field;
use super::font::{Bytes, Fonts};
use super::lists::ListTables;
use super::state::{Destination, State, Styles};
use super::story::{Kind, MAX_NESTING, RowDefinition, Story};
use super::token::{Token, Tokens};
use crate::source::compose::flat::flat_text;
use crate::source::compose::letters::{self, Letters};
use crate::source::compose::notices::Tally;
use crate::source::compose::symbol::glyph;
use crate::source::compose::text::{Font, RunLook};
use crate::source::{Block, Note, NoteKind, Origin, Unread, UnreadCode};

/// Deepest nesting of groups whose properties are kept apart; deeper ones share those of the deepest.
const MAX_GROUPS: usize = 4096;
/// Most paragraphs of a document, its notes included.
const MAX_PARAGRAPHS: u32 = 2_000_000;

/// What one reading of a file gave.
pub(super) struct Pass {
    pub blocks: Vec<Block>,
    pub running: Vec<Note>,
    pub tally: Tally,
    /// Some letters look like a legacy encoding.
    pub suspect: bool,
    pub damaged: bool,
}

/// Reads a file once.
pub(super) fn read_pass(bytes: &[u8], letters: &mut Letters) -> Result<Pass, Unread> {
    let mut reader = Reader::new(letters);
    // Bytes beyond ASCII that stand for themselves belong to a code page, except where the whole file is UTF-8.
    reader.utf8 = std::str::from_utf8(bytes).is_ok();
    let mut tokens = Tokens::new(bytes);
    while let Some(token) = tokens.next() {
        let outside = reader.depth() == 0;
        if outside && token == Token::Close {
            continue;
        }
        reader.take(token);
        if !outside && reader.depth() == 0 && !reader.damaged {
            // What follows the outermost group is no text, unless a stray brace closed it too early.
            if !has_paragraphs(tokens.rest()) {
                break;
            }
            reader.damaged = true;
        }
        if reader.paragraphs > MAX_PARAGRAPHS {
            return Err(Unread::new(UnreadCode::TooLarge));
        }
    }
    Ok(reader.finish())
}

fn has_paragraphs(rest: &[u8]) -> bool {
    rest.windows(4).any(|word| word == b"\\par")
}

/// What stands between the tokens read so far and the blocks they make.
pub(super) struct Reader<'l> {
    letters: &'l mut Letters,
    pub state: State,
    /// States of the groups around.
    groups: Vec<State>,
    /// Groups below [`MAX_GROUPS`].
    too_deep: usize,
    /// `\*` came: the next word names a destination that may be passed over.
    pub optional: bool,
    pub stories: Vec<Story>,
    pub fields: Vec<Field>,
    running: Vec<Note>,
    pub fonts: Fonts,
    pub default_font: i32,
    pub page: &'static encoding_rs::Encoding,
    utf8: bool,
    /// Text bytes waiting for their code page.
    bytes: Vec<u8>,
    /// Characters waiting for the paragraph.
    text: String,
    /// First half of a character beyond U+FFFF.
    high: Option<u16>,
    /// Characters still to pass over after `\u`.
    pub passing: u32,
    pub row: RowDefinition,
    pub nested_row: RowDefinition,
    pub styles: Styles,
    pub lists: ListTables,
    pub changes: Changes,
    pub tally: Tally,
    /// The text read last was hidden.
    in_hidden: bool,
    pub suspect: bool,
    pub damaged: bool,
    /// Paragraphs of the body so far.
    pub index: u32,
    /// Paragraphs so far.
    pub paragraphs: u32,
}

impl<'l> Reader<'l> {
    fn new(letters: &'l mut Letters) -> Self {
        Reader {
            letters,
            state: State::default(),
            groups: Vec::new(),
            too_deep: 0,
            optional: false,
            stories: vec![Story::new(Kind::Body, 0)],
            fields: Vec::new(),
            running: Vec::new(),
            fonts: Fonts::default(),
            default_font: 0,
            page: encoding_rs::WINDOWS_1252,
            utf8: false,
            bytes: Vec::new(),
            text: String::new(),
            high: None,
            passing: 0,
            row: RowDefinition::default(),
            nested_row: RowDefinition::default(),
            styles: Styles::default(),
            lists: ListTables::default(),
            changes: Changes::default(),
            tally: Tally::default(),
            in_hidden: false,
            suspect: false,
            damaged: false,
            index: 0,
            paragraphs: 0,
        }
    }
    /// Number of open groups.
    pub fn depth(&self) -> usize {
        self.groups.len() + self.too_deep
    }

    fn take(&mut self, token: Token<'_>) {
        let optional = std::mem::take(&mut self.optional);
        match token {
            Token::Text(bytes) => self.take_text(bytes),
            Token::Hex(byte) if self.passing == 0 => self.bytes.push(byte),
            Token::Symbol(byte @ (b'\\' | b'{' | b'}')) if self.passing == 0 => self.bytes.push(byte),
            Token::Hex(_) | Token::Symbol(b'\\' | b'{' | b'}') => self.passing -= 1,
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Word("u", Some(value)) => self.unicode(value),
            Token::Word(name, value) => {
                self.flush();
                self.word(name, value, optional);
            }
            Token::Open => {
                self.flush();
                if self.groups.len() < MAX_GROUPS {
                    self.groups.push(self.state);
                } else {
                    self.too_deep += 1;
                }
            }
            Token::Close => self.close(),
        }
    }

    fn take_text(&mut self, bytes: &[u8]) {
        let passed = bytes.len().min(self.passing as usize);
        self.passing -= passed as u32;
        for (at, piece) in bytes[passed..].split(|&byte| byte == b'\t').enumerate() {
            if at > 0 {
                self.sign('\t');
            }
            match std::str::from_utf8(piece) {
                Ok(text) if self.utf8 && !text.is_ascii() => {
                    self.decode();
                    self.text.push_str(text);
                }
                _ => self.bytes.extend_from_slice(piece),
            }
        }
    }

    fn symbol(&mut self, symbol: u8) {
        self.passing = 0;
        match symbol {
            b'*' => {
                self.flush();
                self.optional = true;
            }
            b'~' => self.sign('\u{a0}'),
            b'_' => self.sign('\u{2011}'),
            // The letter `ư` of TCVN3 is a soft hyphen to programs that think the text is Latin-1.
            b'-' if self.letters.keeps_spans() => self.sign('\u{ad}'),
            b'-' => self.suspect |= self.look().font != Font::default(),
            _ => {}
        }
    }

    /// `\uN`: a UTF-16 unit as a signed number; buggy programs write whole code points.
    fn unicode(&mut self, value: i32) {
        self.decode();
        self.passing = self.state.fallback;
        let c = match value {
            0x1_0000.. => char::from_u32(value as u32),
            _ => {
                let unit = value as u16;
                let high = self.high.take();
                if (0xD800..0xDC00).contains(&unit) {
                    self.high = Some(unit);
                    return;
                }
                char::decode_utf16(high.into_iter().chain([unit])).last().and_then(Result::ok)
            }
        };
        self.text.extend(c);
    }

    /// What is known of the font of the current run, and how its bytes are read.
    fn font(&self) -> (Font, Bytes) {
        let (font, bytes) = self.fonts.find(self.state.run.font.unwrap_or(self.default_font));
        (font, bytes.unwrap_or(Bytes::Page(self.page)))
    }

    /// The look of the current run.
    pub fn look(&self) -> RunLook {
        let run = self.state.run;
        RunLook { bold: run.bold, italic: run.italic, hidden: run.hidden, font: self.font().0 }
    }

    fn decode(&mut self) {
        if !self.bytes.is_empty() {
            let page = match self.state.to {
                Destination::Text | Destination::Label | Destination::FieldCode => self.font().1,
                // Counts and places stand before the text of a level as bytes.
                Destination::LevelText => Bytes::Page(encoding_rs::WINDOWS_1252),
                _ => Bytes::Page(self.page),
            };
            page.decode(&self.bytes, &mut self.text);
            self.bytes.clear();
        }
    }

    /// Hands the characters read so far to where they go.
    pub fn flush(&mut self) {
        self.passing = 0;
        self.decode();
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        match self.state.to {
            Destination::Text => self.characters(&text),
            Destination::Label => self.label(&text),
            Destination::Fonts => self.fonts.name(&text),
            Destination::Styles if text.contains(';') => self.styles.end(&self.state),
            Destination::Authors => self.changes.author(&text),
            Destination::LevelText => self.lists.text(&text),
            Destination::FieldCode => {
                if let Some(field) = self.fields.last_mut() {
                    field.push(&text);
                }
            }
            _ => {}
        }
        // The buffer is used again.
        self.text = text;
        self.text.clear();
    }

    /// Where the current paragraph stands.
    fn origin(&self) -> Origin {
        Origin { paragraph: self.index, page: None }
    }

    fn characters(&mut self, text: &str) {
        let (look, origin, run) = (self.look(), self.origin(), self.state.run);
        self.changes.text(run.deleted.or(run.inserted), origin, text, look, self.letters);
        if run.deleted.is_some() {
            return;
        }
        if run.hidden {
            self.tally.hidden += u32::from(!self.in_hidden && !text.trim().is_empty());
            self.in_hidden = true;
            return;
        }
        self.in_hidden = false;
        let keep = self.letters.keeps_spans();
        if let Some(story) = self.stories.last_mut() {
            self.suspect |= story.text.push_text(text, look, keep);
        }
    }

    fn label(&mut self, text: &str) {
        let symbol = self.look().font.symbol;
        self.suspect |= text.contains(letters::is_suspect);
        if let Some(story) = self.stories.last_mut() {
            story.label.extend(text.chars().map(|c| glyph(c, symbol)));
            story.label_symbol = symbol;
        }
    }

    /// One sign that a control word or symbol stands for.
    pub fn sign(&mut self, sign: char) {
        self.flush();
        let (look, run) = (self.look(), self.state.run);
        let keep = self.letters.keeps_spans();
        let Some(story) = self.stories.last_mut() else { return };
        match self.state.to {
            Destination::Text if !run.hidden && run.deleted.is_none() => story.text.push_sign(sign, look.font, keep),
            Destination::Label => story.label.push(sign),
            _ => {}
        }
    }

    /// `\page`, `\column`.
    pub fn page_break(&mut self) {
        let (font, keep) = (self.look().font, self.letters.keeps_spans());
        if let Some(story) = self.stories.last_mut() {
            story.text.push_page_break(font, keep);
        }
    }

    /// Ends the paragraph being read, which stands in `depth` tables.
    pub fn end_paragraph(&mut self, depth: usize) {
        let (origin, shape) = (self.origin(), self.state.shape);
        let automatic = if shape.list == 0 { None } else { self.lists.count(shape.list, shape.level) };
        self.in_hidden = false;
        self.paragraphs += 1;
        if let Some(story) = self.stories.last_mut() {
            story.end_paragraph(depth, automatic, shape.centered, origin, self.letters);
            self.index += u32::from(story.kind == Kind::Body);
        }
    }

    /// Ends the paragraph being read when something was read into it.
    pub fn end_started_paragraph(&mut self, depth: usize) {
        if self.stories.last().is_some_and(|story| !story.text.is_blank() || !story.label.is_empty()) {
            self.end_paragraph(depth);
        }
    }

    /// What the current group holds flows by itself.
    pub fn open_story(&mut self, kind: Kind) {
        let shown = self.state.to == Destination::Text && !self.state.run.hidden && self.state.run.deleted.is_none();
        if !shown {
            self.state.to = Destination::Skipped;
        } else if self.stories.len() < MAX_NESTING {
            self.stories.push(Story::new(kind, self.depth()));
            self.state.shape = Default::default();
        }
    }

    fn close(&mut self) {
        self.flush();
        let depth = self.depth();
        while let Some(field) = self.fields.pop_if(|field| field.group >= depth) {
            field.symbol().into_iter().for_each(|sign| self.sign(sign));
        }
        if self.stories.len() > 1 && self.stories.last().is_some_and(|story| story.group >= depth) {
            self.close_story();
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some(state) = self.groups.pop() {
            self.state = state;
        }
    }

    fn close_story(&mut self) {
        self.end_started_paragraph(self.state.shape.depth());
        let Some(story) = self.stories.pop() else { return };
        let kind = story.kind;
        let text = flat_text(&story.finish());
        match (kind, self.stories.last_mut()) {
            (Kind::Note(kind), Some(host)) if !text.is_empty() => {
                host.text.push_note(Note::new(kind, text));
            }
            (Kind::Running(kind), _) if text.contains(char::is_alphanumeric) => {
                let note = Note::new(kind, text);
                if !self.running.contains(&note) {
                    self.running.push(note);
                }
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Pass {
        self.flush();
        self.damaged |= self.depth() > 0;
        while self.stories.len() > 1 {
            self.close_story();
        }
        self.end_started_paragraph(self.state.shape.depth());
        let blocks = self.stories.pop().map(Story::finish).unwrap_or_default();
        self.changes.finish(&mut self.tally, self.letters);
        Pass { blocks, running: self.running, tally: self.tally, suspect: self.suspect, damaged: self.damaged }
    }

    /// `true` inside a running head or foot, whose page numbers are not read.
    pub fn in_running(&self) -> bool {
        self.stories.iter().any(|story| matches!(story.kind, Kind::Running(_)))
    }

    /// The kind of the note being read becomes endnote (`\ftnalt`).
    pub fn becomes_endnote(&mut self) {
        if let Some(story) = self.stories.last_mut().filter(|story| story.kind == Kind::Note(NoteKind::Footnote)) {
            story.kind = Kind::Note(NoteKind::Endnote);
        }
    }
}
