//! One story (the body, a header, the footnotes) from XML events to blocks, without recursion.
//!
//! Open containers stand on a stack of frames; each knows the depth of its element, so an end tag closes exactly what its
//! start tag opened, and elements that open nothing are transparent (content controls, hyperlinks, smart tags …).
//!
//! `w:caps` and `w:smallCaps` change how letters are drawn, not which they are: text stays as it was typed, so that it can
//! be found in the file again.

use std::collections::HashMap;
use std::ops::Range;

use super::changes::{Changes, Mark};
use super::drawing::{Drawing, is_drawn};
use super::fields::{Field, is_page_number};
use super::frames::{Content, Frame, Holder, What};
use super::math::Structure;
use super::pages::{Pages, each_paragraph};
use super::paragraph::{Builder, Run};
use super::properties::Props;
use super::styles::Styles;
use super::trace::{Piece, TracedParagraph};
use super::xml::{Listener, Space, Tag};
use crate::source::compose::letters::Letters;
use crate::source::compose::lists::{Counters, Lists};
use crate::source::compose::notices::Tally;
use crate::source::compose::symbol::{SymbolFont, glyph};
use crate::source::compose::text::{Font, RunLook};
use crate::source::{Block, Note, NoteKind, NoteSource, Origin, Row, Table};

/// Deepest nesting of tables and of text boxes; content below is read into the innermost one allowed.
const MAX_NESTING: usize = 24;
/// Most paragraphs of a document.
pub(super) const MAX_PARAGRAPHS: u32 = 2_000_000;

/// What the stories of a document share.
pub(super) struct Shared<'d> {
    pub styles: &'d Styles,
    pub lists: &'d Lists,
    /// Name of the part the story is in.
    pub part: &'d str,
}

/// What stands elsewhere and is taken in where it is first referred to: a second reference shows nothing new.
#[derive(Debug, Default)]
pub(super) struct Once {
    /// Footnotes and endnotes by kind and `w:id`.
    pub notes: HashMap<(NoteKind, String), Note>,
    /// Charts and diagrams by relationship: part and words.
    pub drawings: HashMap<String, (String, String)>,
    /// Documents embedded as chunks, by relationship.
    pub chunks: HashMap<String, Vec<Block>>,
}

/// Things counted on the way.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// What a reviewer is told.
    pub tally: Tally,
    /// Some letters look like a legacy encoding.
    pub suspect: bool,
    /// `w:p` elements so far.
    pub paragraphs: u32,
}

/// What kind of story is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    Body,
    /// A header or footer: page numbers are dropped.
    Running,
    /// The footnotes or endnotes part: each note is kept under its id.
    Notes(NoteKind),
}

/// An open `mc:AlternateContent`: the first branch that shows anything is read, the others say the same for other programs.
#[derive(Debug)]
struct Alternatives {
    depth: usize,
    /// How much had been shown when the present branch began.
    shown_before: u64,
    taken: bool,
}

/// Reads one story.
pub(super) struct StoryReader<'s, 'd> {
    pub shared: &'s Shared<'d>,
    pub letters: &'s mut Letters,
    pub counts: &'s mut Counts,
    pub once: Once,
    pub counters: Counters,
    pub story: Story,
    pub frames: Vec<Frame>,
    pub tables: usize,
    pub boxes: usize,
    pub props: Vec<(Props, usize)>,
    /// Everything inside the element at this depth is passed over.
    pub skip: Option<usize>,
    /// Depth of a cell passed over because it continues a merge; words in it would be missed in silence.
    pub merged: Option<usize>,
    /// Depth of the open element whose text is shown.
    pub text_depth: usize,
    /// Depth of the open `w:instrText`.
    code_depth: usize,
    pub fields: Vec<Field>,
    alternatives: Vec<Alternatives>,
    /// Pieces of text, signs, numbers and notes shown so far.
    pub shown: u64,
    pub changes: Changes,
    pub pages: Pages,
    pub math: Vec<Structure>,
    /// The last `w:rFonts` as written and the font it names: in most documents every run has the same.
    pub fonts: (String, Option<Font>),
    pub drawing: Drawing,
    /// Notes read from a notes part.
    pub found: HashMap<(NoteKind, String), Note>,
    /// Paragraphs with the places of their characters, when somebody asked for them.
    pub trace: Option<Vec<TracedParagraph>>,
    /// Bytes of the event being told; `None` when nobody traces.
    here: Option<Range<usize>>,
}

/// What a story gave.
pub(super) struct Told {
    pub blocks: Vec<Block>,
    pub notes: HashMap<(NoteKind, String), Note>,
    pub trace: Vec<TracedParagraph>,
}

impl<'s, 'd> StoryReader<'s, 'd> {
    /// A reader at the start of a story.
    pub fn new(story: Story, shared: &'s Shared<'d>, letters: &'s mut Letters, counts: &'s mut Counts) -> Self {
        StoryReader {
            shared,
            letters,
            counts,
            once: Once::default(),
            counters: Counters::default(),
            story,
            frames: vec![Frame { depth: 0, content: Content::Blocks(Holder::default()) }],
            tables: 0,
            boxes: 0,
            props: Vec::new(),
            skip: None,
            merged: None,
            text_depth: 0,
            code_depth: 0,
            fields: Vec::new(),
            alternatives: Vec::new(),
            shown: 0,
            changes: Changes::default(),
            pages: Pages::default(),
            math: Vec::new(),
            fonts: (String::new(), None),
            drawing: Drawing::default(),
            found: HashMap::new(),
            trace: None,
            here: None,
        }
    }

    /// Everything read; containers that a damaged part left open are closed.
    pub fn finish(mut self) -> Told {
        while self.frames.len() > 1 {
            self.close();
        }
        let mut blocks = match self.frames.pop().map(|frame| frame.content) {
            Some(Content::Blocks(mut holder)) => {
                self.flush(&mut holder);
                holder.blocks
            }
            _ => Vec::new(),
        };
        self.changes.finish(&mut self.counts.tally, self.letters);
        self.pages.settle(&mut blocks);
        Told { blocks, notes: self.found, trace: self.trace.unwrap_or_default() }
    }

    fn look(&mut self) -> RunLook {
        let (styles, normal) = (self.shared.styles, self.shared.styles.normal);
        self.paragraph().map_or(RunLook::default(), |builder| {
            let run = &mut builder.run;
            *run.look.get_or_insert_with(|| styles.run(run.own, run.style, builder.style.or(normal)))
        })
    }

    /// Notes that hidden text was passed over; `true` when the current run is hidden.
    fn passes_over(&mut self, look: RunLook, text: &str) -> bool {
        if !look.hidden {
            return false;
        }
        if let Some(builder) = self.paragraph() {
            let first = !builder.run.counted && !text.trim().is_empty();
            builder.run.counted |= first;
            self.counts.tally.hidden += u32::from(first);
        }
        true
    }

    /// Text of the current run.
    pub fn show(&mut self, text: &str) {
        self.show_from(text, None);
    }

    /// Text of the current run that stands at these bytes of the part.
    fn show_from(&mut self, text: &str, bytes: Option<Range<usize>>) {
        let look = self.look();
        if self.in_hidden_field() || self.passes_over(look, text) {
            return;
        }
        let (keep, page) = (self.letters.keeps_spans(), self.pages.at());
        let Some(builder) = self.paragraph() else { return };
        let before = builder.text.raw_len();
        let suspect = builder.text.push_text(text, look, keep);
        if let Some(bytes) = bytes {
            builder.pieces.push(Piece { raw: before..builder.text.raw_len(), bytes });
        }
        let origin = builder.sees(page);
        self.counts.suspect |= suspect;
        self.note_shown(text, origin);
    }

    /// One sign of the current run that is an element of its own.
    pub fn sign(&mut self, sign: char) {
        let look = self.look();
        if look.hidden || self.in_hidden_field() {
            return;
        }
        let (keep, page) = (self.letters.keeps_spans(), self.pages.at());
        let Some(builder) = self.paragraph() else { return };
        builder.text.push_sign(sign, look.font, keep);
        let origin = builder.sees(page);
        self.note_shown(sign.encode_utf8(&mut [0; 4]), origin);
    }

    fn note_shown(&mut self, text: &str, origin: Origin) {
        self.shown += 1;
        self.pages.text(text.len());
        self.changes.text(text, self.origin_of_change(origin), self.letters);
    }

    /// Only paragraphs of the body have numbers that lead back to them.
    pub fn origin_of_change(&self, origin: Origin) -> Origin {
        if self.story == Story::Body { origin } else { Origin::default() }
    }

    /// Anchors a note in the current paragraph.
    pub fn push_note(&mut self, note: Note) {
        if let Some(builder) = self.paragraph() {
            builder.text.push_note(note);
            self.shown += 1;
        }
    }

    /// Where a note is kept: `part` or the part of this story.
    pub fn source(&self, part: Option<String>, id: Option<String>) -> Option<NoteSource> {
        Some(NoteSource { part: part.unwrap_or_else(|| self.shared.part.to_owned()), id: id.unwrap_or_default() })
    }

    fn start_word(&mut self, tag: &Tag<'_>, depth: usize) {
        match tag.name {
            "r" => {
                if let Some(builder) = self.paragraph() {
                    builder.run = Run { depth, ..Run::default() };
                }
            }
            "t" => self.text_depth = depth,
            "rPr" if self.paragraph().is_some_and(|builder| builder.run.depth > 0) => {
                self.props.push((Props::Run, depth));
            }
            "p" => self.start_paragraph(depth),
            "pPr" if self.paragraph().is_some() => self.props.push((Props::Paragraph, depth)),
            "tab" | "ptab" => self.sign('\t'),
            "cr" => self.sign('\n'),
            "br" if tag.attribute("type").is_some_and(|kind| matches!(kind.as_ref(), "page" | "column")) => {
                self.typed_break(tag.attribute("type").is_some_and(|kind| kind == "page"));
            }
            "br" => self.sign('\n'),
            "lastRenderedPageBreak" if self.boxes == 0 => self.pages.rendered_break(),
            "noBreakHyphen" => self.sign('\u{2011}'),
            "softHyphen" if self.letters.keeps_spans() => self.sign('\u{ad}'),
            "softHyphen" => self.counts.suspect |= self.look().font != Font::default(),
            "sym" => self.symbol(tag),
            "fldChar" => self.field(&tag.attribute("fldCharType").unwrap_or_default()),
            "instrText" => self.code_depth = depth,
            "ffData" => self.props.push((Props::Form, depth)),
            "fldSimple" => {
                let code = tag.attribute("instr").unwrap_or_default();
                if self.story == Story::Running && is_page_number(&code) {
                    self.skip = Some(depth);
                }
            }
            "tbl" | "tr" | "tc" | "txbxContent" | "footnote" | "endnote" => self.start_container(tag, depth),
            "tcPr" if matches!(self.top(), Some(Content::Blocks(_))) => self.props.push((Props::Cell, depth)),
            "trPr" if matches!(self.top(), Some(Content::Row(..))) => self.props.push((Props::Row, depth)),
            "footnoteReference" => self.reference(NoteKind::Footnote, tag),
            "endnoteReference" => self.reference(NoteKind::Endnote, tag),
            "commentReference" => self.counts.tally.comments += 1,
            "ins" | "moveTo" | "del" | "moveFrom" | "delText" => self.start_change(tag, depth),
            "altChunk" => self.chunk(tag),
            "subDoc" => self.counts.tally.embedded += 1,
            "drawing" | "pict" | "object" => self.start_drawing(depth),
            "rPr" | "pPr" | "tcPr" | "trPr" | "sectPr" | "sdtPr" | "sdtEndPr" | "tblPr" | "tblPrEx" | "tblGrid"
            | "smartTagPr" | "customXmlPr" | "fldData" | "rubyPr" | "rt" => self.skip = Some(depth),
            _ => {}
        }
    }

    fn start_change(&mut self, tag: &Tag<'_>, depth: usize) {
        if let Some(mark) = Mark::of(tag) {
            if mark.removes() {
                self.skip = Some(depth);
                if tag.name == "delText" {
                    self.text_depth = depth;
                }
            }
            self.changes.begin(mark, depth);
        }
    }

    /// A start tag inside what is passed over: words of a deletion are kept for the report, those of a merged cell counted.
    fn start_skipped(&mut self, tag: &Tag<'_>, depth: usize) {
        match tag.name {
            _ if self.skip != self.changes.depth() && self.skip != self.merged => {}
            "t" | "delText" => self.text_depth = depth,
            "p" => self.changes.new_line(),
            _ => {}
        }
    }

    fn typed_break(&mut self, of_page: bool) {
        let (look, keep) = (self.look(), self.letters.keeps_spans());
        if look.hidden {
            return;
        }
        if let Some(builder) = self.paragraph() {
            builder.text.push_page_break(look.font, keep);
        }
        if of_page && self.boxes == 0 {
            self.pages.typed_break();
        }
    }

    fn start_paragraph(&mut self, depth: usize) {
        if let Some(Content::Paragraph(builder)) = self.top() {
            // A paragraph straight inside a paragraph is malformed; its words go on a new line of the outer one.
            builder.text.push_page_break(Font::default(), false);
            return;
        }
        let (index, normal) = (self.counts.paragraphs.saturating_sub(1), self.shared.styles.normal);
        let before = self.holder().and_then(|holder| holder.carry.take());
        self.open(
            depth,
            Content::Paragraph(Box::new(Builder::continuing(before.map(|before| *before), index, normal))),
        );
    }

    fn start_container(&mut self, tag: &Tag<'_>, depth: usize) {
        let holder = |what| Content::Blocks(Holder { what, ..Holder::default() });
        let top = self.frames.last().map(|frame| &frame.content);
        let content = match (tag.name, top) {
            ("tbl", Some(Content::Blocks(_))) if self.tables < MAX_NESTING => {
                self.flush_carry();
                self.tables += 1;
                Content::Table(Table::default())
            }
            ("tr", Some(Content::Table(_))) => {
                self.pages.row_begins();
                Content::Row(Row::default(), false, 0)
            }
            ("tc", Some(Content::Row(..))) => {
                self.pages.cell_begins();
                holder(What::Cell)
            }
            ("txbxContent", Some(Content::Paragraph(_))) if self.boxes < MAX_NESTING => {
                self.boxes += 1;
                holder(What::Box { first: self.counts.paragraphs, drawing: std::mem::take(&mut self.drawing) })
            }
            ("footnote" | "endnote", _) if matches!(self.story, Story::Notes(_)) => {
                // Separators are notes too; nothing refers to them.
                match tag.attribute("id").filter(|_| tag.attribute("type").is_none_or(|kind| kind == "normal")) {
                    Some(id) => holder(What::Note(id.into_owned())),
                    None => {
                        self.skip = Some(depth);
                        return;
                    }
                }
            }
            _ => return,
        };
        self.open(depth, content);
    }

    fn symbol(&mut self, tag: &Tag<'_>) {
        let code = tag.attribute("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
        let font = tag.attribute("font").and_then(|name| SymbolFont::of(&name));
        // Codes may be written with or without the private-use offset.
        let code = code.map(|code| if font.is_some() && (0x20..0x100).contains(&code) { code + 0xF000 } else { code });
        if let Some(c) = code.and_then(char::from_u32).filter(|c| !c.is_control()) {
            self.sign(glyph(c, font));
        }
    }

    fn reference(&mut self, kind: NoteKind, tag: &Tag<'_>) {
        let look = self.look();
        let Some(id) = tag.attribute("id").filter(|_| !look.hidden) else { return };
        if let Some(note) = self.once.notes.remove(&(kind, id.into_owned())).filter(|note| !note.text.is_empty()) {
            self.push_note(note);
        }
    }

    /// `w:altChunk`: the paragraphs of another document stand here.
    fn chunk(&mut self, tag: &Tag<'_>) {
        let chunk = tag.attribute("id").and_then(|id| self.once.chunks.remove(id.as_ref()));
        let Some(mut blocks) = chunk else { return self.counts.tally.embedded += 1 };
        self.flush_carry();
        // They have no `w:p` of their own here; the one before them is the nearest place.
        let origin = Origin { paragraph: self.counts.paragraphs.saturating_sub(1), page: Some(self.pages.at()) };
        each_paragraph(&mut blocks, &mut |paragraph| paragraph.origin = origin);
        if let Some(holder) = self.holder() {
            holder.blocks.append(&mut blocks);
        }
        self.shown += 1;
    }

    fn start_compatibility(&mut self, tag: &Tag<'_>, depth: usize) {
        match tag.name {
            "AlternateContent" => {
                self.alternatives.push(Alternatives { depth, shown_before: self.shown, taken: false });
            }
            "Choice" | "Fallback" => match self.alternatives.last_mut() {
                Some(open) if open.taken => self.skip = Some(depth),
                Some(open) => open.shown_before = self.shown,
                None => {}
            },
            _ => {}
        }
    }

    fn end_compatibility(&mut self, depth: usize) {
        let shown = self.shown;
        if let Some(open) = self.alternatives.last_mut() {
            open.taken |= open.depth + 1 == depth && shown > open.shown_before;
            if open.depth >= depth {
                self.alternatives.pop();
            }
        }
    }
}

impl Listener for StoryReader<'_, '_> {
    fn start(&mut self, tag: &Tag<'_>, depth: usize) {
        if tag.space == Space::Word && tag.name == "p" {
            self.counts.paragraphs += 1;
        }
        if self.skip.is_some() {
            return self.start_skipped(tag, depth);
        }
        match (tag.space, self.props.last()) {
            (Space::Word, Some(&(props, _))) => self.start_in_props(props, tag, depth),
            (Space::Word, None) => self.start_word(tag, depth),
            (Space::Math, None) => self.start_math(tag, depth),
            (Space::Compatibility, _) => self.start_compatibility(tag, depth),
            (space, None) if is_drawn(space, &self.drawing) => self.start_in_drawing(tag, depth),
            _ => {}
        }
    }

    fn end(&mut self, depth: usize) {
        if self.text_depth == depth {
            self.text_depth = 0;
        }
        match self.skip {
            Some(until) if until != depth => return,
            _ => self.skip = None,
        }
        while self.props.last().is_some_and(|&(_, at)| at >= depth) {
            self.props.pop();
        }
        if self.code_depth == depth {
            self.code_depth = 0;
        }
        self.end_math(depth);
        self.end_compatibility(depth);
        if self.drawing.depth == depth {
            self.end_drawing();
        }
        if self.frames.len() > 1 && self.frames.last().is_some_and(|frame| frame.depth == depth) {
            self.close();
        } else if let Some(builder) = self.paragraph().filter(|builder| builder.run.depth == depth) {
            builder.run = Run::default();
        }
        self.changes.end(depth);
    }

    fn text(&mut self, text: &str) {
        if self.code_depth > 0
            && let Some(field) = self.fields.last_mut()
        {
            field.push_code(text);
        }
        if self.text_depth == 0 {
            return;
        }
        if self.skip.is_some() {
            return self.deleted(text);
        }
        if self.drawing.depth > 0 {
            return self.push_drawn(text);
        }
        if !self.math.is_empty() {
            self.flush_math();
        }
        let here = self.here.clone();
        self.show_from(text, here);
    }

    fn at(&mut self, bytes: Range<usize>) {
        if self.trace.is_some() {
            self.here = Some(bytes);
        }
    }

    fn is_done(&self) -> bool {
        self.counts.paragraphs > MAX_PARAGRAPHS
    }
}

impl StoryReader<'_, '_> {
    /// Text that is passed over, as deleted or as covered by a merge.
    fn deleted(&mut self, text: &str) {
        if self.skip == self.merged {
            if !text.trim().is_empty() {
                self.counts.tally.hidden += 1;
                self.merged = None;
            }
            return;
        }
        let paragraph = self.counts.paragraphs.saturating_sub(1);
        let origin = self.origin_of_change(Origin { paragraph, page: None });
        self.changes.text(text, origin, self.letters);
    }
}
