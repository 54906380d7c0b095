//! A page from tags to blocks, without recursion and without a tree.
//!
//! Open elements stand on a stack; those that hold blocks of their own open a frame. End tags that pages leave out are
//! supplied where they change what is read (HTML, 13.2.6): a paragraph ends before the next block, a cell before the next
//! cell, and bold or a font that was not ended goes on in the next paragraph.

use std::collections::{HashMap, HashSet};

use super::css::{Inherited, Props, Role, Sheet};
use super::elements::{self, Element, Flow};
use super::frames::{Content, Holder, What};
use super::items::list_of;
use super::notes;
use super::tag::Tag;
use crate::source::compose::letters::Letters;
use crate::source::compose::line::Line;
use crate::source::compose::notices::Tally;
use crate::source::{Block, Change, ChangeKind, Note, NoteKind, Origin};

/// Most open elements; those below are read into the innermost one allowed.
const MAX_DEPTH: usize = 256;
/// Deepest nesting of tables.
const MAX_TABLES: usize = 24;
/// Most paragraphs of a page.
pub(super) const MAX_PARAGRAPHS: u32 = 2_000_000;
/// Longest text kept of a change or a number, in bytes.
const MAX_CAPTURED: usize = 2_000;
/// Most columns or rows a cell may say it covers (HTML, 4.9.11).
const MAX_SPAN: u32 = 1_000;

/// What a page is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// The texts of its notes.
    Notes,
    /// Its body.
    Body,
    /// Its body, hidden text included.
    Everything,
}

/// What was found beside the blocks.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub tally: Tally,
    /// Some letters look like a legacy encoding.
    pub suspect: bool,
    /// Paragraphs so far.
    pub paragraphs: u32,
    /// Letters that were read, and hidden ones that were not.
    pub shown: usize,
    pub hidden: usize,
    /// Texts of notes by id.
    pub notes: HashMap<String, String>,
    pub running: Vec<Note>,
    /// A program for documents wrote the page.
    pub office: bool,
    /// The page has what pages of the web have: scripts, menus, forms.
    pub web: bool,
    /// The page says where it begins, and where it ends.
    pub begins: bool,
    pub ends: bool,
}

/// Reads one page.
pub(super) struct Story<'s> {
    pub letters: &'s mut Letters,
    /// Texts of notes, known from a reading before.
    known: &'s HashMap<String, String>,
    aim: Aim,
    /// Notes that a reference was seen of.
    referred: HashSet<String>,
    sheet: Sheet,
    css: String,
    pub stack: Vec<Element>,
    pub frames: Vec<Content>,
    pub tables: usize,
    pub line: Option<Line>,
    /// Number for the next line.
    pub label: Option<String>,
    /// Text of a number or a deletion.
    captured: String,
    insertions: Vec<Change>,
    /// The hidden stretch was counted.
    hidden_counted: bool,
    pub told: Told,
}

impl<'s> Story<'s> {
    /// A reader at the start of a page.
    pub fn new(aim: Aim, letters: &'s mut Letters, known: &'s HashMap<String, String>) -> Self {
        Story {
            letters,
            known,
            aim,
            referred: HashSet::new(),
            sheet: Sheet::default(),
            css: String::new(),
            stack: Vec::new(),
            frames: vec![Content::Blocks(Holder::default())],
            tables: 0,
            line: None,
            label: None,
            captured: String::new(),
            insertions: Vec::new(),
            hidden_counted: false,
            told: Told::default(),
        }
    }

    /// Everything read; what was left open is closed.
    pub fn finish(mut self) -> (Vec<Block>, Told) {
        self.close_down_to(0, false);
        self.end_item();
        self.end_line();
        while self.frames.len() > 1 {
            self.close_frame();
        }
        match self.frames.pop() {
            Some(Content::Blocks(holder)) => (holder.blocks, self.told),
            _ => (Vec::new(), self.told),
        }
    }

    /// What text looks like here.
    pub fn look(&self) -> Inherited {
        self.stack.last().map(|element| element.look).unwrap_or_default()
    }

    /// What becomes of text here.
    pub fn flow(&self) -> Flow {
        self.stack.last().map(|element| element.flow).unwrap_or_default()
    }

    /// A start tag; `closed` when the element has no content.
    pub fn start(&mut self, tag: &Tag<'_>, closed: bool) {
        let name = tag.name;
        self.notice(tag);
        match name {
            "html" | "head" | "tbody" | "thead" | "tfoot" => return,
            "br" | "hr" if self.flow() == Flow::Deleted => return self.capture(" "),
            "br" if self.flow() == Flow::Read => return self.line_break(),
            "hr" if self.flow() == Flow::Read => return self.end_line(),
            _ if elements::is_void(name) => return,
            _ => {}
        }
        if self.flow() == Flow::Read {
            self.supply_ends(name);
            if name == "a" && self.refer(tag) {
                return self.push(tag, Props::default(), Flow::Skipped);
            }
        }
        let own = self.props(tag);
        let flow = self.flow_of(tag, &own);
        self.push(tag, own, flow);
        if closed {
            self.end(name);
        }
    }

    /// Puts an element on the stack, with the frame it opens.
    pub(super) fn push(&mut self, tag: &Tag<'_>, own: Props, flow: Flow) {
        let name = tag.name;
        let reads = flow == Flow::Read;
        if reads && elements::is_block(name) {
            self.end_line();
        }
        if self.stack.len() >= MAX_DEPTH && !self.make_room() {
            return;
        }
        let look = self.look().with(&own);
        let mut element = Element {
            name: name.to_owned(),
            own,
            look,
            flow,
            frame: false,
            inserted: reads && (name == "ins" || tag.has_class("msoIns")),
            list: None,
        };
        if flow == Flow::Hidden {
            self.hidden_counted = false;
        }
        if reads {
            element.frame = self.open_for(tag, &own);
            match name {
                "li" => self.begin_item(tag, own.marker),
                _ if elements::is_list(name) => element.list = Some(list_of(tag, own.marker)),
                _ => {}
            }
            if element.inserted {
                let change = self.change(tag, ChangeKind::Inserted);
                self.insertions.push(change);
            }
        } else if flow == Flow::Deleted && self.flow() == Flow::Read {
            let change = self.change(tag, ChangeKind::Deleted);
            self.told.tally.changes.push(change);
            self.told.tally.deleted += 1;
        }
        if let (true, Some(Role::Tabs(count))) = (self.flow() == Flow::Read, own.role) {
            self.tabs(count);
        }
        self.stack.push(element);
    }

    /// Opens the frame of an element, if it has one.
    fn open_for(&mut self, tag: &Tag<'_>, own: &Props) -> bool {
        match (tag.name, own.role) {
            ("table", _) if self.tables < MAX_TABLES => self.open_table(),
            ("tr", _) if matches!(self.frames.last(), Some(Content::Table(..))) => self.open_row(),
            ("td" | "th", _) if matches!(self.frames.last(), Some(Content::Row(_))) => {
                let span = |name| tag.number(name).unwrap_or(1).clamp(1, MAX_SPAN);
                self.open_cell(span("colspan"), span("rowspan"));
            }
            ("v:textbox", _) => self.open_blocks(What::Box),
            // Text boxes, heads and feet of LibreOffice.
            ("span", _) if tag.get("id").is_some_and(|id| id.starts_with("Frame")) => self.open_blocks(What::Box),
            ("div", _) if self.frames.len() == 1 && tag.get("title").is_some_and(|title| title == "header") => {
                self.open_blocks(What::Running(NoteKind::Header));
            }
            ("div", _) if self.frames.len() == 1 && tag.get("title").is_some_and(|title| title == "footer") => {
                self.open_blocks(What::Running(NoteKind::Footer));
            }
            (_, Some(Role::Header)) => self.open_blocks(What::Running(NoteKind::Header)),
            (_, Some(Role::Footer)) => self.open_blocks(What::Running(NoteKind::Footer)),
            ("div", _) if self.aim == Aim::Notes => match tag.get("id") {
                Some(id) if notes::kind_of(&id).is_some() => self.open_blocks(What::Note(id.into_owned())),
                _ => return false,
            },
            _ => return false,
        }
        true
    }

    /// What the end of an element does; it is off the stack already.
    pub(super) fn leave(&mut self, element: &Element) {
        if element.name == "style" {
            let css = std::mem::take(&mut self.css);
            self.sheet.add(&css);
        }
        if element.flow != self.flow() {
            let text = std::mem::take(&mut self.captured);
            match element.flow {
                Flow::Number => self.number(&text, element),
                Flow::Deleted => {
                    if let Some(change) = self.told.tally.changes.last_mut() {
                        change.text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    }
                }
                _ => {}
            }
        }
        if element.inserted {
            let change = self.insertions.pop().filter(|change| !change.text.trim().is_empty());
            self.told.tally.inserted += u32::from(change.is_some());
            self.told
                .tally
                .changes
                .extend(change.map(|change| Change { text: change.text.trim().to_owned(), ..change }));
        }
        if element.name == "li" && element.flow == Flow::Read {
            self.end_item();
        }
        if element.frame {
            self.close_frame();
        } else if element.flow == Flow::Read && elements::is_block(&element.name) {
            self.end_line();
        }
    }

    /// Text between tags.
    pub fn text(&mut self, text: &str) {
        match self.flow() {
            Flow::Skipped => {}
            Flow::Styles => self.css.push_str(text),
            Flow::Number | Flow::Deleted => self.capture(text),
            Flow::Hidden => {
                let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
                self.told.hidden += letters;
                if letters > 0 && !self.hidden_counted {
                    self.hidden_counted = true;
                    self.told.tally.hidden += 1;
                }
            }
            Flow::Read => self.read(text),
        }
    }

    fn read(&mut self, text: &str) {
        let look = self.look();
        let keep = self.letters.keeps_spans();
        let blank = text.bytes().all(|byte| byte.is_ascii_whitespace());
        if blank && (self.line.is_none() || (look.preserve && text.is_empty())) {
            return;
        }
        if let Some(change) = self.insertions.last_mut().filter(|change| change.text.len() < MAX_CAPTURED) {
            change.text.push_str(text);
        }
        self.told.shown += text.len();
        if !look.preserve {
            self.told.suspect |= self.begin_line().push(text, look.run, keep);
            return;
        }
        for (at, line) in text.replace("\r\n", "\n").split(['\n', '\r']).enumerate() {
            if at > 0 {
                self.line_break();
            }
            for (at, piece) in line.split('\t').enumerate() {
                if at > 0 {
                    self.tabs(1);
                }
                self.told.suspect |= self.begin_line().push_as_is(piece, look.run, keep);
            }
        }
    }

    fn capture(&mut self, text: &str) {
        if self.captured.len() < MAX_CAPTURED {
            self.captured.push_str(text);
        }
    }

    /// A link to a note whose text is known: the note is anchored here and the link's own text is its number.
    fn refer(&mut self, tag: &Tag<'_>) -> bool {
        let Some(address) = tag.get("href") else { return false };
        if self.aim == Aim::Notes {
            return notes::leads_back(&address);
        }
        let Some(id) = notes::referred(&address) else { return false };
        let (Some(text), Some(kind)) = (self.known.get(id), notes::kind_of(id)) else { return false };
        self.referred.insert(id.to_owned());
        if !text.is_empty() {
            let note = Note::new(kind, text.clone());
            self.begin_line().push_note(note);
        }
        true
    }

    fn change(&mut self, tag: &Tag<'_>, kind: ChangeKind) -> Change {
        let author = tag.get("cite").map(|cite| {
            let name = cite.strip_prefix("mailto:").unwrap_or(&cite);
            percent_encoding(name)
        });
        Change {
            kind,
            author: author.filter(|author| !author.is_empty()),
            date: tag.get("datetime").map(|date| date.into_owned()),
            text: String::new(),
            origin: Origin { paragraph: self.line.as_ref().map_or(self.told.paragraphs, Line::index), page: None },
        }
    }

    /// Properties of an element: its style, else its classes, else its attributes, else its name.
    fn props(&self, tag: &Tag<'_>) -> Props {
        let mut plain = elements::usual(tag.name);
        if let Some(align) = tag.get("align").filter(|_| tag.name != "table") {
            plain.centered = Some(align.eq_ignore_ascii_case("center") || align.eq_ignore_ascii_case("middle"));
        }
        if let Some(face) = tag.get("face").filter(|_| tag.name == "font") {
            plain.font = Props::of_style(&format!("font-family:{face}")).font;
        }
        if tag.get("hidden").is_some() {
            plain.hidden = Some(true);
        }
        let ruled = self.sheet.props(tag.name, tag.get("class").as_deref().unwrap_or_default());
        let own = tag.get("style").map(|style| Props::of_style(&style)).unwrap_or_default();
        own.over(ruled).over(plain)
    }

    fn flow_of(&self, tag: &Tag<'_>, own: &Props) -> Flow {
        let around = self.flow();
        if around != Flow::Read {
            return around;
        }
        let is_known_note = || {
            let id = tag.get("id").filter(|_| self.aim != Aim::Notes);
            id.is_some_and(|id| self.referred.contains(&*id))
        };
        match (tag.name, own.role) {
            ("style", _) => Flow::Styles,
            ("del", _) => Flow::Deleted,
            _ if tag.has_class("msoDel") => Flow::Deleted,
            (name, _) if elements::is_unseen(name) => Flow::Skipped,
            (_, Some(Role::Comments | Role::Tabs(_))) => Flow::Skipped,
            _ if tag.has_class("msocomanchor") || is_known_note() => Flow::Skipped,
            (_, Some(Role::Number)) => Flow::Number,
            _ if own.hidden == Some(true) && self.aim != Aim::Everything => Flow::Hidden,
            _ => Flow::Read,
        }
    }

    /// Notes what a tag tells of the page.
    fn notice(&mut self, tag: &Tag<'_>) {
        let told = &mut self.told;
        match tag.name {
            "html" => told.begins = true,
            "img" | "v:imagedata" => told.tally.pictures = true,
            "nav" | "form" | "iframe" | "button" => told.web = true,
            "script" => told.web = true,
            "meta" => {
                let content = tag.get("content").unwrap_or_default().to_ascii_lowercase();
                const PROGRAMS: [&str; 5] = ["microsoft", "word.document", "excel.sheet", "libreoffice", "openoffice"];
                told.office |= PROGRAMS.iter().any(|program| content.contains(program));
            }
            "a" if tag.has_class("msocomanchor") && self.stack.last().is_none_or(|e| e.flow == Flow::Read) => {
                told.tally.comments += 1;
            }
            _ => {}
        }
    }
}

/// A name from an address: `%20` and the like become letters.
fn percent_encoding(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = (byte == b'%').then(|| after.get(..2)).flatten();
        let code =
            code.and_then(|code| std::str::from_utf8(code).ok()).and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).trim().to_owned()
}
