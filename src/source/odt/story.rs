//! One story (the body, running heads) from XML events to blocks, without recursion.
//!
//! As in the reader of DOCX, open containers stand on a stack of frames; elements that open nothing are transparent.

use std::collections::HashMap;

use super::frames::{Content, Frame, What};
use super::lists::OpenLists;
use super::styles::{Family, Styles};
use crate::source::compose::letters::Letters;
use crate::source::compose::line::Line;
use crate::source::compose::notices::Tally;
use crate::source::compose::text::RunLook;
use crate::source::xml::{Listener, Tag};
use crate::source::{Block, Change, ChangeKind, Note, NoteKind, Origin, Row, Table};

/// Deepest nesting of tables, and of notes and text boxes.
const MAX_NESTING: usize = 24;
/// Most paragraphs of a document.
pub(super) const MAX_PARAGRAPHS: u32 = 2_000_000;
/// Most spaces one element may stand for; more would be a bomb.
const MAX_SPACES: usize = 1_000;
/// Longest text kept of a change, in bytes.
const MAX_CAPTURED: usize = 2_000;

/// What was found beside the blocks.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub tally: Tally,
    /// Some letters look like a legacy encoding.
    pub suspect: bool,
    /// `text:p` and `text:h` elements so far.
    pub paragraphs: u32,
    pub running: Vec<Note>,
    /// Page the story has come to, where its pages are known.
    pub page: Option<u32>,
}

/// Which part of a document is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The body.
    Body,
    /// The master pages, for their running heads and feet.
    Masters,
}

/// Reads one story.
pub(super) struct StoryReader<'s> {
    styles: &'s Styles,
    pub letters: &'s mut Letters,
    pub told: &'s mut Told,
    part: Part,
    /// Depth of the element that holds the story; nothing is read outside.
    inside: Option<usize>,
    pub frames: Vec<Frame>,
    pub tables: usize,
    pub boxes: usize,
    lists: OpenLists,
    /// Looks of open paragraphs, spans and sections, with the depths of their elements.
    looks: Vec<(RunLook, usize)>,
    /// Everything inside the element at this depth is passed over.
    skip: Option<usize>,
    /// A hidden stretch that was counted.
    hidden_counted: bool,
    /// Tracked changes by id, as the head of the document tells them.
    changes: HashMap<String, Change>,
    region: Region,
    /// Insertions that are open: id and what was inserted.
    inserted: Vec<(String, String)>,
    /// A number written out, being read.
    number: Option<(String, usize)>,
}

/// The tracked change being told.
#[derive(Debug, Default)]
struct Region {
    depth: usize,
    id: String,
    change: Option<Change>,
    /// Which text is read now.
    field: Field,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Field {
    #[default]
    None,
    Author,
    Date,
    Text,
}

impl<'s> StoryReader<'s> {
    /// A reader at the start of a part.
    pub fn new(part: Part, styles: &'s Styles, letters: &'s mut Letters, told: &'s mut Told) -> Self {
        StoryReader {
            styles,
            letters,
            told,
            part,
            inside: None,
            frames: vec![Frame { depth: 0, content: Content::Blocks(What::Story, Vec::new()) }],
            tables: 0,
            boxes: 0,
            lists: OpenLists::default(),
            looks: Vec::new(),
            skip: None,
            hidden_counted: false,
            changes: HashMap::new(),
            region: Region::default(),
            inserted: Vec::new(),
            number: None,
        }
    }

    /// Everything read; containers that a damaged part left open are closed.
    pub fn finish(mut self) -> Vec<Block> {
        while self.frames.len() > 1 {
            self.close();
        }
        match self.frames.pop().map(|frame| frame.content) {
            Some(Content::Blocks(_, blocks)) => blocks,
            _ => Vec::new(),
        }
    }

    fn look(&self) -> RunLook {
        self.looks.last().map(|&(look, _)| look).unwrap_or_default()
    }

    fn enter(&mut self, tag: &Tag<'_>, depth: usize) {
        match self.part {
            Part::Body if tag.name == "body" => {
                self.inside = Some(depth);
            }
            Part::Masters => {
                let kind = match tag.name {
                    "header" | "header-left" | "header-first" => NoteKind::Header,
                    "footer" | "footer-left" | "footer-first" => NoteKind::Footer,
                    _ => return,
                };
                self.inside = Some(depth);
                self.open(depth, Content::Blocks(What::Running(kind), Vec::new()));
            }
            Part::Body => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'_>, depth: usize) {
        match tag.name {
            "p" | "h" => self.begin_paragraph(tag, depth),
            "span" => {
                let style = tag.attribute("style-name");
                let look = self.styles.resolve(Family::Text, style.as_deref());
                // A default for text is that of paragraphs, which they have already.
                self.push_look(look.look(self.look()), depth);
            }
            "section" => {
                let style = tag.attribute("style-name");
                let hidden = self.styles.resolve(Family::Other, style.as_deref()).hidden == Some(true)
                    || tag.attribute("display").is_some_and(|display| display == "none");
                let look = self.look();
                self.push_look(RunLook { hidden: look.hidden || hidden, ..look }, depth);
            }
            "hidden-text" | "hidden-paragraph" => {
                let look = self.look();
                let hidden = look.hidden || tag.attribute("is-hidden").is_some_and(|value| value == "true");
                self.push_look(RunLook { hidden, ..look }, depth);
            }
            "s" => {
                let count = tag.attribute("c").and_then(|count| count.trim().parse().ok()).unwrap_or(1);
                self.read_as_is(&" ".repeat(count.min(MAX_SPACES)));
            }
            "tab" => self.sign(|line, look, keep| line.push_tabs(1, look, keep)),
            "line-break" => self.sign(|line, _, _| {
                line.push_break();
            }),
            "soft-page-break" => self.next_page(),
            "text" if tag.attribute("use-soft-page-breaks").is_some_and(|value| value == "true") => {
                self.told.page = Some(1);
            }
            "list" => self.lists.begin(tag, depth),
            "list-item" | "list-header" => self.lists.item(tag),
            "number" if self.paragraph().is_none() => self.number = Some((String::new(), depth)),
            "number" => self.skip = Some(depth),
            "table" | "table-row" | "table-cell" | "covered-table-cell" => self.begin_table(tag, depth),
            "note" => {
                let endnote = tag.attribute("note-class").is_some_and(|class| class == "endnote");
                self.begin_box(if endnote { NoteKind::Endnote } else { NoteKind::Footnote }, depth);
            }
            "annotation" => {
                self.told.tally.comments += 1;
                self.skip = Some(depth);
            }
            "text-box" | "custom-shape" | "rect" | "ellipse" | "circle" | "caption" | "polygon" | "path" | "line"
            | "connector" | "measure" | "polyline" | "regular-polygon" => self.begin_box(NoteKind::TextBox, depth),
            "image" | "object" | "object-ole" => {
                self.told.tally.pictures = true;
                self.skip = Some(depth);
            }
            "page-number" | "page-count" if self.part == Part::Masters => self.skip = Some(depth),
            "tracked-changes" | "changed-region" | "insertion" | "deletion" | "format-change" | "creator" | "date"
            | "change" | "change-start" | "change-end" => self.change(tag, depth),
            // Names and descriptions of pictures; fields of the same name are text.
            "title" | "desc" if tag.prefix() == "svg" => self.skip = Some(depth),
            "note-citation"
            | "annotation-end"
            | "forms"
            | "scripts"
            | "event-listeners"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "dde-connection-decls"
            | "ruby-text"
            | "index-title-template" => self.skip = Some(depth),
            name if name.ends_with("-source") => self.skip = Some(depth),
            _ => {}
        }
    }

    fn push_look(&mut self, look: RunLook, depth: usize) {
        if look.hidden && !self.look().hidden {
            self.hidden_counted = false;
        }
        self.looks.push((look, depth));
    }

    fn begin_paragraph(&mut self, tag: &Tag<'_>, depth: usize) {
        if let Some(line) = self.paragraph() {
            // A paragraph straight inside a paragraph is malformed; its words go on a new line of the outer one.
            line.push_break();
            return;
        }
        let name = tag.attribute("style-name");
        let style = self.styles.resolve(Family::Paragraph, name.as_deref());
        if style.breaks_page == Some(true) && !self.frames.iter().any(|frame| matches!(frame.content, Content::Row(..)))
        {
            self.next_page();
        }
        let around = RunLook { hidden: self.look().hidden, ..RunLook::default() };
        self.push_look(style.look(around), depth);
        let heading = (tag.name == "h" && tag.attribute("is-list-header").is_none_or(|value| value != "true"))
            .then(|| tag.attribute("outline-level").and_then(|level| level.trim().parse().ok()).unwrap_or(1));
        let label = self.lists.label(self.styles, style.list, heading);
        let mut line = Line::new(self.told.paragraphs.saturating_sub(1), style.centered.unwrap_or(false), label);
        line.page = self.told.page;
        self.open(depth, Content::Paragraph(line));
    }

    fn begin_table(&mut self, tag: &Tag<'_>, depth: usize) {
        let number = |name: &str| tag.attribute(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1);
        let room = self.tables < MAX_NESTING;
        match (tag.name, self.top()) {
            ("table", Some(Content::Blocks(..))) if room => {
                self.tables += 1;
                self.open(depth, Content::Table(Table::default()));
            }
            ("table-row", Some(Content::Table(_))) => self.open(depth, Content::Row(Row::default(), 0)),
            ("table-cell", Some(Content::Row(..))) => {
                self.open(depth, Content::Blocks(What::Cell(number("number-columns-spanned")), Vec::new()));
            }
            ("covered-table-cell", Some(Content::Row(_, column))) => {
                *column = column.saturating_add(number("number-columns-repeated"));
                self.skip = Some(depth);
            }
            _ => {}
        }
    }

    /// A note or a text box, when a paragraph is there to anchor it.
    fn begin_box(&mut self, kind: NoteKind, depth: usize) {
        if self.boxes < MAX_NESTING && self.paragraph().is_some() {
            self.boxes += 1;
            self.open(depth, Content::Blocks(What::Note(kind), Vec::new()));
        }
    }

    fn next_page(&mut self) {
        if let Some(page) = &mut self.told.page {
            *page = page.saturating_add(1);
        }
    }

    /// Does something to the paragraph being read, unless it is hidden here.
    fn sign(&mut self, act: impl FnOnce(&mut Line, RunLook, bool)) {
        let (look, keep) = (self.look(), self.letters.keeps_spans());
        if let Some(line) = self.paragraph().filter(|_| !look.hidden) {
            act(line, look, keep);
        }
    }

    fn read_as_is(&mut self, text: &str) {
        self.sign(|line, look, keep| {
            line.push_as_is(text, look, keep);
        });
    }

    fn change(&mut self, tag: &Tag<'_>, depth: usize) {
        let id = |name: &str| tag.attribute(name).map(|id| id.into_owned()).unwrap_or_default();
        let of = |kind| Some(Change { kind, author: None, date: None, text: String::new(), origin: Origin::default() });
        match tag.name {
            "changed-region" => self.region = Region { depth, id: id("id"), ..Region::default() },
            "insertion" => self.region.change = of(ChangeKind::Inserted),
            "deletion" => {
                self.region.change = of(ChangeKind::Deleted);
                self.region.field = Field::Text;
            }
            "creator" if self.region.change.is_some() => self.region.field = Field::Author,
            "date" if self.region.change.is_some() => self.region.field = Field::Date,
            "change" | "change-start" => {
                let id = id("change-id");
                let paragraph = self.told.paragraphs.saturating_sub(1);
                let Some(change) = self.changes.get_mut(&id) else { return };
                change.origin = Origin { paragraph, page: self.told.page };
                if tag.name == "change-start" {
                    self.inserted.push((id, String::new()));
                } else {
                    self.told.tally.deleted += 1;
                    self.told.tally.changes.extend(self.changes.remove(&id));
                }
            }
            "change-end" => {
                let id = id("change-id");
                let Some(at) = self.inserted.iter().rposition(|(open, _)| *open == id) else { return };
                let (_, text) = self.inserted.remove(at);
                self.told.tally.inserted += 1;
                let change = self.changes.remove(&id);
                self.told.tally.changes.extend(change.map(|change| Change { text: text.trim().to_owned(), ..change }));
            }
            _ => {}
        }
    }

    /// What the head of the document tells of a change.
    fn tell_change(&mut self, text: &str) {
        let Some(change) = &mut self.region.change else { return };
        let onto = |old: &mut Option<String>| old.get_or_insert_default().push_str(text.trim());
        match self.region.field {
            Field::Author => onto(&mut change.author),
            Field::Date => onto(&mut change.date),
            Field::Text if change.text.len() < MAX_CAPTURED && !text.trim().is_empty() => change.text.push_str(text),
            Field::Text | Field::None => {}
        }
    }

    fn read(&mut self, text: &str) {
        let look = self.look();
        let keep = self.letters.keeps_spans();
        if look.hidden {
            let words = text.contains(|c: char| !c.is_whitespace());
            self.told.tally.hidden += u32::from(words && !self.hidden_counted);
            self.hidden_counted |= words;
            return;
        }
        let Some(line) = self.paragraph() else { return };
        let suspect = line.push(text, look, keep);
        self.told.suspect |= suspect;
        if let Some((_, inserted)) = self.inserted.last_mut().filter(|(_, text)| text.len() < MAX_CAPTURED) {
            inserted.push_str(text);
        }
    }
}

impl Listener for StoryReader<'_> {
    fn start(&mut self, tag: &Tag<'_>, depth: usize) {
        if self.skip.is_some() {
            return;
        }
        if self.inside.is_none() {
            return self.enter(tag, depth);
        }
        if self.region.depth > 0 {
            return self.change(tag, depth);
        }
        if matches!(tag.name, "p" | "h") {
            self.told.paragraphs += 1;
        }
        self.begin(tag, depth);
    }

    fn end(&mut self, depth: usize) {
        match self.skip {
            Some(until) if until != depth => return,
            Some(_) => {
                self.skip = None;
                return;
            }
            None => {}
        }
        if self.region.depth > 0 {
            // Author and date are told before the words.
            let told = matches!(self.region.field, Field::Author | Field::Date);
            let deleted = self.region.change.as_ref().is_some_and(|change| change.kind == ChangeKind::Deleted);
            if told {
                self.region.field = if deleted { Field::Text } else { Field::None };
            }
            if self.region.depth == depth {
                let region = std::mem::take(&mut self.region);
                self.changes.extend(region.change.map(|change| (region.id, change)));
            }
            return;
        }
        if let Some((number, _)) = self.number.take_if(|(_, at)| *at == depth) {
            self.lists.written(number.trim());
        }
        self.lists.end(depth);
        self.looks.pop_if(|(_, at)| *at == depth);
        if self.frames.len() > 1 && self.frames.last().is_some_and(|frame| frame.depth == depth) {
            self.close();
        }
        if self.inside == Some(depth) {
            self.inside = None;
        }
    }

    fn text(&mut self, text: &str) {
        if self.skip.is_some() || self.inside.is_none() {
            return;
        }
        if self.region.depth > 0 {
            self.tell_change(text);
        } else if let Some((number, _)) = &mut self.number {
            number.push_str(text);
        } else {
            self.read(text);
        }
    }

    fn is_done(&self) -> bool {
        self.told.paragraphs > MAX_PARAGRAPHS
    }
}
