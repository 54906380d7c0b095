//! One story (the body, a note, a running head) from characters to blocks.

use super::changes::{Changes, Mark};
use super::file::File;
use super::grid::Grid;
use super::numbering::MAX_LIST;
use super::old_numbers::OldNumbers;
use super::props::{CharProps, ParaProps};
use crate::source::compose::letters::Letters;
use crate::source::compose::lists::Counters;
use crate::source::compose::notices::Tally;
use crate::source::compose::symbol::glyph;
use crate::source::compose::text::{Font, RunLook, TextBuilder};
use crate::source::{Block, Note, NoteKind, Origin};

/// Most fields one inside the other; those deeper are read as text.
const MAX_FIELDS: usize = 24;

/// Characters with a meaning of their own ([MS-DOC] 2.4.1).
mod sign {
    pub const CELL: u16 = 0x07;
    pub const TAB: u16 = 0x09;
    pub const LINE: u16 = 0x0B;
    pub const PAGE: u16 = 0x0C;
    pub const PARAGRAPH: u16 = 0x0D;
    pub const COLUMN: u16 = 0x0E;
    pub const FIELD: u16 = 0x13;
    pub const FIELD_RESULT: u16 = 0x14;
    pub const FIELD_END: u16 = 0x15;
    pub const NO_BREAK_HYPHEN: u16 = 0x1E;
    pub const SOFT_HYPHEN: u16 = 0x1F;
    /// A picture in the line, a drawing.
    pub const PICTURES: [u16; 2] = [0x01, 0x08];
}

/// What is counted in all stories.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub tally: Tally,
    /// Some letters look like a legacy encoding.
    pub suspect: bool,
}

/// An open field.
#[derive(Debug, Default)]
struct Field {
    code: String,
    /// Its code is over: what follows is shown.
    in_result: bool,
}

/// Reads one story.
pub(super) struct StoryReader<'s, 'f> {
    file: &'s File<'f>,
    letters: &'s mut Letters,
    counts: &'s mut Counts,
    /// A running head: page numbers are dropped.
    is_running: bool,
    /// Notes to anchor, the next one last.
    notes: Vec<(u32, Note)>,
    counters: Counters,
    old_numbers: OldNumbers,
    changes: Changes<'s>,
    grid: Grid,
    builder: TextBuilder,
    fields: Vec<Field>,
    /// The last characters were hidden.
    in_hidden: bool,
    /// Paragraphs so far.
    paragraphs: u32,
}

/// The characters being read: where they stand and what they are.
#[derive(Clone, Copy)]
struct Now {
    props: CharProps,
    look: RunLook,
    mark: Option<Mark>,
}

impl<'s, 'f> StoryReader<'s, 'f> {
    /// A reader at the start of a story. `notes` ascend by the character they are anchored at.
    pub fn new(
        file: &'s File<'f>,
        letters: &'s mut Letters,
        counts: &'s mut Counts,
        is_running: bool,
        mut notes: Vec<(u32, Note)>,
    ) -> Self {
        notes.reverse();
        StoryReader {
            file,
            letters,
            counts,
            is_running,
            notes,
            counters: Counters::default(),
            old_numbers: OldNumbers::default(),
            changes: Changes::new(&file.authors),
            grid: Grid::default(),
            builder: TextBuilder::default(),
            fields: Vec::new(),
            in_hidden: false,
            paragraphs: 0,
        }
    }

    /// Reads the characters from `start` to `end`.
    pub fn read(mut self, start: u32, end: u32) -> Vec<Block> {
        let mut at = start;
        while at < end {
            let after = self.paragraph_end(at, end);
            self.paragraph(at, after);
            at = after;
        }
        if !self.builder.is_blank() {
            // The mark of the last paragraph was deleted, and no other follows.
            self.push(ParaProps::default());
        }
        self.changes.finish(self.letters, &mut self.counts.tally);
        self.notes.reverse();
        self.grid.finish(self.notes.into_iter().map(|(_, note)| note).collect())
    }

    /// The character after the mark that ends the paragraph at `start`.
    fn paragraph_end(&self, start: u32, end: u32) -> u32 {
        let text = &self.file.text[start as usize..end as usize];
        let ends = |(at, &unit): (usize, &u16)| match unit {
            sign::PARAGRAPH | sign::CELL => true,
            sign::PAGE => self.file.ends_section(start + at as u32),
            _ => false,
        };
        text.iter().enumerate().position(ends).map_or(end, |at| start + at as u32 + 1)
    }

    fn paragraph(&mut self, start: u32, end: u32) {
        let mark_at = end - 1;
        let (props, style) = self.file.paragraph(mark_at);
        let unit = self.file.text[mark_at as usize];
        let has_mark = matches!(unit, sign::PARAGRAPH | sign::CELL | sign::PAGE);
        let text_end = if has_mark { mark_at } else { end };
        if props.ends_row() && start == text_end {
            let mark = self.now(mark_at, style).mark;
            let deleted = mark.is_some_and(Mark::is_deletion);
            return self.grid.end_row(props.depth().max(1), props.continued, deleted);
        }
        self.text(start, text_end, style);
        self.end(unit, mark_at, props, style);
    }

    /// Takes the mark that ends a paragraph.
    fn end(&mut self, unit: u16, mark_at: u32, props: ParaProps, style: u16) {
        // A field whose code never ended must not swallow the rest of the document.
        while self.fields.last().is_some_and(|field| !field.in_result) {
            self.fields.pop();
        }
        let now = self.now(mark_at, style);
        self.counts.tally.marks += u32::from(now.mark.is_some());
        let ends_cell = unit == sign::CELL || props.inner_cell_end;
        if now.mark.is_some_and(Mark::is_deletion) && !ends_cell {
            // The paragraph runs on into the next.
            self.paragraphs += 1;
            return;
        }
        if !(now.look.hidden && self.builder.is_blank()) || ends_cell {
            self.push(props);
        }
        self.paragraphs += 1;
        if ends_cell && props.depth() > 0 {
            self.grid.end_cell(props.depth());
        }
        if props.ends_row() {
            self.grid.end_row(props.depth().max(1), props.continued, false);
        }
    }

    fn push(&mut self, props: ParaProps) {
        let list = props.list.filter(|list| (1..=MAX_LIST).contains(list)).map(u32::from);
        let level = props.level.unwrap_or(0);
        let old = self.old_numbers.label(props.old_number, props.old_level, self.builder.is_blank());
        let label = old.or_else(|| self.file.lists.label(list?, level, &mut self.counters));
        let origin = self.origin();
        let builder = std::mem::take(&mut self.builder);
        let paragraph = builder.finish(label, props.centered.unwrap_or(false), origin, self.letters);
        self.grid.push(props.depth(), paragraph);
    }

    fn origin(&self) -> Origin {
        Origin { paragraph: self.paragraphs, page: None }
    }

    /// What the characters of the run at `at` are.
    fn now(&self, at: u32, style: u16) -> Now {
        let props = self.file.runs.get(self.file.run_at(at)).map(|&run| self.file.characters(run)).unwrap_or_default();
        Now { props, look: self.file.look(&props, style), mark: Mark::of(&props) }
    }

    /// Reads the characters of a paragraph, run by run.
    fn text(&mut self, start: u32, end: u32, style: u16) {
        let mut at = start;
        let mut number = self.file.run_at(start);
        while at < end {
            let run = self.file.runs.get(number).copied();
            number += 1;
            let until = run.map_or(end, |run| run.end.min(end));
            let props = run.map(|run| self.file.characters(run)).unwrap_or_default();
            let now = Now { props, look: self.file.look(&props, style), mark: Mark::of(&props) };
            while at < until {
                self.anchor(at, now);
                let next = self.notes.last().map_or(until, |&(next, _)| next.clamp(at + 1, until));
                self.stretch(at, next, now);
                at = next;
            }
        }
    }

    /// Anchors the notes that belong to the character at `at`, and those passed on the way to it.
    fn anchor(&mut self, at: u32, now: Now) {
        while let Some((place, note)) = self.notes.pop_if(|(place, _)| *place <= at) {
            // A reference that is gone takes its note along; a box beside hidden text is still seen.
            let deleted = now.mark.is_some_and(Mark::is_deletion);
            let gone = place == at && (deleted || (now.look.hidden && note.kind != NoteKind::TextBox));
            if !gone {
                self.builder.push_note(note);
            }
        }
    }

    /// Reads characters that are all alike.
    fn stretch(&mut self, start: u32, end: u32, now: Now) {
        let file = self.file;
        let mut rest = &file.text[start as usize..end as usize];
        while let Some(&unit) = rest.first() {
            let plain = if now.props.symbol.is_some() && now.props.special == Some(true) {
                0
            } else {
                rest.iter().position(|&unit| unit < 0x20).unwrap_or(rest.len())
            };
            if plain > 0 {
                self.plain(&rest[..plain], now);
                rest = &rest[plain..];
            } else {
                self.sign(unit, now);
                rest = &rest[1..];
            }
        }
    }

    fn plain(&mut self, units: &[u16], now: Now) {
        let text = String::from_utf16_lossy(units);
        if let Some(field) = self.fields.last_mut().filter(|field| !field.in_result) {
            // Only the first words of a code matter: they name the field.
            if field.code.len() < 64 {
                field.code.extend(text.chars().take(64));
            }
        }
        if self.is_shown(&text, now) {
            self.counts.suspect |= self.builder.push_text(&text, now.look, self.letters.keeps_spans());
        }
    }

    fn sign(&mut self, unit: u16, now: Now) {
        match unit {
            sign::FIELD if self.fields.len() < MAX_FIELDS => self.fields.push(Field::default()),
            sign::FIELD_RESULT => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                }
            }
            sign::FIELD_END => {
                self.fields.pop();
            }
            sign::TAB => self.push_sign('\t', now),
            sign::LINE => self.push_sign('\n', now),
            sign::PAGE | sign::COLUMN if self.is_shown("", now) => {
                self.builder.push_page_break(now.look.font, self.letters.keeps_spans());
            }
            sign::NO_BREAK_HYPHEN => self.push_sign('\u{2011}', now),
            // The letter "ư" of old Vietnamese fonts.
            sign::SOFT_HYPHEN if self.letters.keeps_spans() => self.push_sign('\u{ad}', now),
            sign::SOFT_HYPHEN => self.counts.suspect |= now.look.font != Font::default(),
            _ if sign::PICTURES.contains(&unit) => self.counts.tally.pictures = true,
            _ if unit >= 0x20 => self.symbol(now),
            _ => {}
        }
    }

    /// A sign of a symbol font, written as a character of no meaning with a code beside it.
    fn symbol(&mut self, now: Now) {
        let Some((font, code)) = now.props.symbol else { return };
        let font = self.file.font(font);
        // Codes may be written with or without the private-use offset.
        let code = match u32::from(code) {
            code @ 0x20..0x100 if font.symbol.is_some() => code + 0xF000,
            code => code,
        };
        if let Some(c) = char::from_u32(code).filter(|c| !c.is_control()) {
            self.push_sign(glyph(c, font.symbol), now);
        }
    }

    fn push_sign(&mut self, sign: char, now: Now) {
        if self.is_shown(sign.encode_utf8(&mut [0; 4]), now) {
            self.builder.push_sign(sign, now.look.font, self.letters.keeps_spans());
        }
    }

    /// `true` when these characters are seen on the page; notes tracked changes and hidden text on the way.
    fn is_shown(&mut self, text: &str, now: Now) -> bool {
        let in_code = |field: &Field| !field.in_result || (self.is_running && is_page_number(&field.code));
        if self.fields.iter().any(in_code) {
            return false;
        }
        let origin = self.origin();
        self.changes.text(now.mark, origin, text, now.look, self.letters);
        if now.mark.is_some_and(Mark::is_deletion) {
            return false;
        }
        if now.look.hidden && !text.trim().is_empty() {
            self.counts.tally.hidden += u32::from(!self.in_hidden);
        }
        self.in_hidden = now.look.hidden;
        !now.look.hidden
    }
}

/// `true` for the code of a field that shows a number of the page or of pages.
fn is_page_number(code: &str) -> bool {
    let name = code.split_ascii_whitespace().next().unwrap_or_default();
    ["PAGE", "NUMPAGES", "SECTIONPAGES"].iter().any(|page| name.eq_ignore_ascii_case(page))
}
