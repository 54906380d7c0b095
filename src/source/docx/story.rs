//! One story (the body, a header, the footnotes) from XML events to blocks, without recursion.
//!
//! Open containers stand on a stack of frames; each knows the depth of its element, so an end tag closes exactly what its
//! start tag opened, and elements that open nothing are transparent (content controls, hyperlinks, smart tags …).

use std::collections::HashMap;

use super::frames::{Content, Frame, Holder, What};
use super::paragraph::{Builder, Run};
use super::styles::Styles;
use super::xml::{Listener, Space, Tag};
use crate::source::compose::letters::Letters;
use crate::source::compose::lists::{Counters, Lists};
use crate::source::compose::notices::Tally;
use crate::source::compose::symbol::{SymbolFont, glyph};
use crate::source::compose::text::{Font, RunLook};
use crate::source::{Block, Note, NoteKind, Row, Table};

/// Deepest nesting of tables and of text boxes; content below is read into the innermost one allowed.
const MAX_NESTING: usize = 24;
/// Most paragraphs of a document.
pub(super) const MAX_PARAGRAPHS: u32 = 2_000_000;

/// What the stories of a document share.
pub(super) struct Shared<'d> {
    pub styles: &'d Styles,
    pub lists: &'d Lists,
    /// Texts of footnotes and endnotes by kind and `w:id`.
    pub notes: HashMap<(NoteKind, String), String>,
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

/// Which properties the walk is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Props {
    Paragraph,
    Mark,
    Run,
    Cell,
    Row,
}

/// An open complex field.
#[derive(Debug, Default)]
pub(super) struct Field {
    code: String,
    /// Its separator was passed: what follows is shown.
    pub in_result: bool,
}

/// Reads one story.
pub(super) struct StoryReader<'s, 'd> {
    pub shared: &'s Shared<'d>,
    pub letters: &'s mut Letters,
    counts: &'s mut Counts,
    pub counters: Counters,
    pub story: Story,
    pub frames: Vec<Frame>,
    pub tables: usize,
    pub boxes: usize,
    props: Vec<(Props, usize)>,
    /// Everything inside the element at this depth is passed over.
    skip: Option<usize>,
    /// Depth of the open `w:t`.
    text_depth: usize,
    /// Depth of the open `w:instrText`.
    code_depth: usize,
    pub fields: Vec<Field>,
    /// Open `mc:AlternateContent` elements: depth, and whether a branch was taken.
    alternatives: Vec<(usize, bool)>,
    /// Notes read from a notes part.
    pub found: HashMap<(NoteKind, String), String>,
}

impl<'s, 'd> StoryReader<'s, 'd> {
    /// A reader at the start of a story.
    pub fn new(story: Story, shared: &'s Shared<'d>, letters: &'s mut Letters, counts: &'s mut Counts) -> Self {
        StoryReader {
            shared,
            letters,
            counts,
            counters: Counters::default(),
            story,
            frames: vec![Frame { depth: 0, content: Content::Blocks(Holder::default()) }],
            tables: 0,
            boxes: 0,
            props: Vec::new(),
            skip: None,
            text_depth: 0,
            code_depth: 0,
            fields: Vec::new(),
            alternatives: Vec::new(),
            found: HashMap::new(),
        }
    }

    /// Everything read; containers that a damaged part left open are closed.
    pub fn finish(mut self) -> (Vec<Block>, HashMap<(NoteKind, String), String>) {
        while self.frames.len() > 1 {
            self.close();
        }
        match self.frames.pop().map(|frame| frame.content) {
            Some(Content::Blocks(mut holder)) => {
                self.flush(&mut holder);
                (holder.blocks, self.found)
            }
            _ => (Vec::new(), self.found),
        }
    }

    fn look(&mut self) -> RunLook {
        let (styles, normal) = (self.shared.styles, self.shared.styles.normal);
        self.paragraph().map_or(RunLook::default(), |builder| {
            let run = &mut builder.run;
            *run.look.get_or_insert_with(|| styles.run(run.own, run.style, builder.style.or(normal)))
        })
    }

    /// `true` when what a run shows now is not shown on the page: inside a field's code, or a page number.
    fn in_hidden_field(&self) -> bool {
        self.fields
            .iter()
            .any(|field| !field.in_result || (self.story == Story::Running && is_page_number(&field.code)))
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

    fn sign(&mut self, sign: char) {
        let look = self.look();
        if !look.hidden && !self.in_hidden_field() {
            let keep = self.letters.keeps_spans();
            if let Some(builder) = self.paragraph() {
                builder.text.push_sign(sign, look.font, keep);
            }
        }
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
                let (look, keep) = (self.look(), self.letters.keeps_spans());
                if let Some(builder) = self.paragraph().filter(|_| !look.hidden) {
                    builder.text.push_page_break(look.font, keep);
                }
            }
            "br" => self.sign('\n'),
            "noBreakHyphen" => self.sign('\u{2011}'),
            "softHyphen" if self.letters.keeps_spans() => self.sign('\u{ad}'),
            "softHyphen" => self.counts.suspect |= self.look().font != Font::default(),
            "sym" => self.symbol(tag),
            "fldChar" => self.field(&tag.attribute("fldCharType").unwrap_or_default()),
            "instrText" => self.code_depth = depth,
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
            "ins" | "moveTo" => self.counts.tally.inserted += 1,
            "del" | "moveFrom" => {
                self.counts.tally.deleted += 1;
                self.skip = Some(depth);
            }
            "altChunk" | "subDoc" => self.counts.tally.embedded += 1,
            "drawing" | "pict" | "object" => self.counts.tally.pictures = true,
            "rPr" | "pPr" | "tcPr" | "trPr" | "sectPr" | "sdtPr" | "sdtEndPr" | "tblPr" | "tblPrEx" | "tblGrid"
            | "smartTagPr" | "customXmlPr" | "fldData" | "ffData" | "rubyPr" | "rt" => self.skip = Some(depth),
            _ => {}
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
        self.open(depth, Content::Paragraph(Box::new(Builder::continuing(before, index, normal))));
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
            ("tr", Some(Content::Table(_))) => Content::Row(Row::default(), false, 0),
            ("tc", Some(Content::Row(..))) => holder(What::Cell),
            ("txbxContent", Some(Content::Paragraph(_))) if self.boxes < MAX_NESTING => {
                self.boxes += 1;
                holder(What::Box)
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

    fn start_in_props(&mut self, props: Props, tag: &Tag<'_>, depth: usize) {
        if matches!(tag.name, "rPrChange" | "pPrChange" | "sectPr" | "tcPrChange" | "trPrChange") {
            self.skip = Some(depth);
            return;
        }
        let styles = self.shared.styles;
        match props {
            Props::Paragraph => {
                let Some(builder) = self.paragraph() else { return };
                match tag.name {
                    "rPr" => self.props.push((Props::Mark, depth)),
                    "pStyle" => builder.style = tag.val().and_then(|name| styles.find(&name)).or(builder.style),
                    _ => {
                        builder.own.set(tag);
                    }
                }
            }
            Props::Mark => {
                let changed = matches!(tag.name, "ins" | "moveTo" | "del" | "moveFrom");
                self.counts.tally.marks += u32::from(changed);
                let Some(builder) = self.paragraph() else { return };
                match tag.name {
                    "vanish" => builder.mark_hidden = tag.is_on(),
                    "del" | "moveFrom" => builder.mark_deleted = true,
                    _ => {}
                }
            }
            Props::Run => {
                let Some(builder) = self.paragraph() else { return };
                if tag.name == "rStyle" {
                    builder.run.style = tag.val().and_then(|name| styles.find(&name));
                } else {
                    builder.run.own.set(tag);
                }
            }
            Props::Cell => {
                if let ("gridSpan", Some(Frame { content: Content::Blocks(holder), .. })) =
                    (tag.name, self.frames.last_mut())
                {
                    holder.across = tag.number::<u32>().map_or(0, |span| span.saturating_sub(1));
                    return;
                }
                let continues = tag.val().is_none_or(|value| value != "restart");
                if let ("vMerge" | "hMerge", true, Some(Frame { depth, content: Content::Blocks(holder) })) =
                    (tag.name, continues, self.frames.last_mut())
                {
                    holder.dropped = true;
                    self.skip = Some(*depth);
                }
            }
            Props::Row => match tag.name {
                "gridBefore" => {
                    if let Some(Frame { content: Content::Row(_, _, column), .. }) = self.frames.last_mut() {
                        *column = tag.number().unwrap_or(0);
                    }
                }
                "ins" => self.counts.tally.inserted += 1,
                "del" => {
                    self.counts.tally.deleted += 1;
                    if let Some(Frame { depth, content: Content::Row(_, deleted, _) }) = self.frames.last_mut() {
                        *deleted = true;
                        self.skip = Some(*depth);
                    }
                }
                _ => {}
            },
        }
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

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" if self.fields.len() < MAX_NESTING => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn reference(&mut self, kind: NoteKind, tag: &Tag<'_>) {
        let look = self.look();
        let Some(id) = tag.attribute("id").filter(|_| !look.hidden) else { return };
        if let Some(text) = self.shared.notes.get(&(kind, id.into_owned())).filter(|text| !text.is_empty()) {
            let note = Note { kind, anchor: 0, text: text.clone() };
            if let Some(builder) = self.paragraph() {
                builder.text.push_note(note);
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
            return;
        }
        match (tag.space, self.props.last()) {
            (Space::Word, Some(&(props, _))) => self.start_in_props(props, tag, depth),
            (Space::Word, None) => self.start_word(tag, depth),
            (Space::Math, None) if tag.name == "t" => self.text_depth = depth,
            (Space::Compatibility, _) => match tag.name {
                "AlternateContent" => self.alternatives.push((depth, false)),
                "Choice" | "Fallback" => match self.alternatives.last_mut() {
                    Some((_, taken @ false)) => *taken = true,
                    Some(_) => self.skip = Some(depth),
                    None => {}
                },
                _ => {}
            },
            _ => {}
        }
    }

    fn end(&mut self, depth: usize) {
        match self.skip {
            Some(until) if until != depth => return,
            _ => self.skip = None,
        }
        while self.props.last().is_some_and(|&(_, at)| at >= depth) {
            self.props.pop();
        }
        if self.text_depth == depth {
            self.text_depth = 0;
        }
        if self.code_depth == depth {
            self.code_depth = 0;
        }
        if self.alternatives.last().is_some_and(|&(at, _)| at >= depth) {
            self.alternatives.pop();
        }
        if self.frames.len() > 1 && self.frames.last().is_some_and(|frame| frame.depth == depth) {
            self.close();
        } else if let Some(builder) = self.paragraph().filter(|builder| builder.run.depth == depth) {
            builder.run = Run::default();
        }
    }

    fn text(&mut self, text: &str) {
        if self.skip.is_some() {
            return;
        }
        if self.code_depth > 0 {
            // Only the first words of a code matter: they name the field.
            if let Some(field) = self.fields.last_mut().filter(|field| field.code.len() < 64) {
                field.code.push_str(text);
            }
        }
        if self.text_depth == 0 || self.in_hidden_field() {
            return;
        }
        let look = self.look();
        if self.passes_over(look, text) {
            return;
        }
        let keep = self.letters.keeps_spans();
        if let Some(builder) = self.paragraph() {
            let suspect = builder.text.push_text(text, look, keep);
            self.counts.suspect |= suspect;
        }
    }

    fn is_done(&self) -> bool {
        self.counts.paragraphs > MAX_PARAGRAPHS
    }
}

/// `true` for the code of a field that shows a number of the page or of pages.
fn is_page_number(code: &str) -> bool {
    let name = code.split_ascii_whitespace().next().unwrap_or_default();
    ["PAGE", "NUMPAGES", "SECTIONPAGES"].iter().any(|page| name.eq_ignore_ascii_case(page))
}
