//! The units of a document as they are built: opened in reading order on a stack, named by path, filled with text.

use std::collections::HashMap;

use super::lines::Line;
use super::marker::Close;
use crate::document::{Extra, Layer, LayerKind, Role, Unit, UnitId, UnitKind};
use crate::source::{Note, Origin};
use crate::text::number::Number;

/// Levels of numbering, from the outermost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Part,
    Chapter,
    Section,
    Subsection,
    /// "A." above "I." in documents without Điều.
    Capital,
    Roman,
    Article,
    /// "I." inside an article.
    Inner,
    Clause,
    SubClause,
    SubSubClause,
    Point,
    SubPoint,
    /// A numbered list of another style inside a clause or point.
    Nested,
    Dash,
}

/// A unit that may still receive children.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    pub unit: UnitId,
    pub rank: Rank,
    pub number: Number,
    /// Letter of a point, sign of a dash.
    pub letter: char,
    pub close: Close,
    /// Dashes directly inside it so far.
    pub dashes: u32,
}

/// Where quoted units hang.
#[derive(Debug)]
struct Quote {
    id: u32,
    /// Height of the stack when the block opened: what is above belongs to the quotation.
    base: usize,
    /// The commanding unit.
    command: Option<UnitId>,
    /// "main/A1.2.q1".
    prefix: String,
    paragraphs: u32,
}

/// Units under construction.
#[derive(Default)]
pub(super) struct Tree {
    pub units: Vec<Unit>,
    pub layers: Vec<Layer>,
    stack: Vec<Open>,
    quote: Option<Quote>,
    used: HashMap<String, u32>,
    quotes: HashMap<Option<UnitId>, u32>,
    paragraphs: u32,
    tables: u32,
    rows: u32,
    /// New units of this layer are parts of a form.
    pub form: bool,
    /// Extras met before the first unit.
    waiting: Vec<Extra>,
}

/// What a new unit is, before it is named.
pub(super) struct New<'n> {
    pub kind: UnitKind,
    pub label: &'n str,
    pub parent: Option<UnitId>,
    pub path: String,
    pub origin: Origin,
}

impl Tree {
    /// Begins a layer.
    pub fn open_layer(&mut self, id: String, kind: LayerKind) {
        self.stack.clear();
        self.quote = None;
        self.paragraphs = 0;
        self.tables = 0;
        self.form = false;
        self.layers.push(Layer { id, title: String::new(), kind, roots: Vec::new() });
    }

    /// Id of the present layer.
    pub fn layer_id(&self) -> &str {
        self.layers.last().map_or("main", |layer| &layer.id)
    }

    /// Enters quoted block `id` (0 = none), leaving the one before.
    pub fn set_quote(&mut self, id: u32) {
        if self.quote.as_ref().map_or(0, |q| q.id) == id {
            return;
        }
        if let Some(quote) = self.quote.take() {
            self.stack.truncate(quote.base);
        }
        if id == 0 {
            return;
        }
        let command = self.stack.last().map(|open| open.unit);
        let count = self.quotes.entry(command.or(None)).or_insert(0);
        *count += 1;
        let prefix = match command {
            Some(unit) => format!("{}.q{count}", self.units[unit].path),
            None => format!("{}/q{id}", self.layer_id()),
        };
        self.quote = Some(Quote { id, base: self.stack.len(), command, prefix, paragraphs: 0 });
    }

    /// Inside a quoted block.
    pub fn in_quote(&self) -> bool {
        self.quote.is_some()
    }

    /// The open units one may add to, outermost first.
    pub fn open(&self) -> &[Open] {
        &self.stack[self.quote.as_ref().map_or(0, |q| q.base)..]
    }

    /// Closes every open unit (of the quotation, inside one).
    pub fn close_all(&mut self) {
        self.stack.truncate(self.quote.as_ref().map_or(0, |q| q.base));
    }

    /// The deepest open unit above `rank`.
    pub fn holder(&self, rank: Rank) -> Option<Open> {
        self.open().iter().rev().find(|open| open.rank < rank).copied()
    }

    /// The open unit of `rank`.
    pub fn at(&self, rank: Rank) -> Option<Open> {
        self.open().iter().rev().find(|open| open.rank == rank).copied()
    }

    /// Path of a component directly under the layer, or under the quotation.
    pub fn root_path(&self, component: &str) -> String {
        match &self.quote {
            Some(quote) => format!("{}.{component}", quote.prefix),
            None => format!("{}/{component}", self.layer_id()),
        }
    }

    /// Adds a unit that stays open at `rank`; whatever is at that rank or below is closed. Its path is made unique.
    pub fn push_open(&mut self, new: New<'_>, open: impl FnOnce(UnitId) -> Open, rank: Rank) -> UnitId {
        let base = self.quote.as_ref().map_or(0, |q| q.base);
        if rank != Rank::Dash {
            while self.stack.len() > base && self.stack.last().is_some_and(|top| top.rank >= rank) {
                self.stack.pop();
            }
        }
        let unit = self.push(new);
        self.stack.push(open(unit));
        unit
    }

    /// Adds a dash under the open dash of the same sign's parent, or under the deepest open unit.
    pub fn push_dash(&mut self, sign: char, label: &str, close: Close, origin: Origin) -> UnitId {
        let base = self.quote.as_ref().map_or(0, |q| q.base);
        // A "-" ends a run of "+", whatever came first.
        let same = |open: &Open| open.rank == Rank::Dash && (open.letter == sign || sign == '-' && open.letter == '+');
        if let Some(at) = self.stack[base..].iter().rposition(same) {
            // The outermost of them when "-" holds "+" again.
            let at = self.stack[base..].iter().position(|o| o.rank == Rank::Dash && o.letter == sign).unwrap_or(at);
            self.stack.truncate(base + at);
        }
        let holder = self.stack[base..].last_mut().map(|open| {
            open.dashes += 1;
            (open.unit, open.dashes)
        });
        let (parent, path) = match holder {
            Some((unit, count)) => (Some(unit), format!("{}-{count}", self.units[unit].path)),
            None => (None, self.paragraph_path()),
        };
        let new = New { kind: UnitKind::Dash, label, parent, path, origin };
        let open = |unit| Open { unit, rank: Rank::Dash, number: Number::plain(1), letter: sign, close, dashes: 0 };
        if parent.is_some() {
            self.push_open(new, open, Rank::Dash)
        } else {
            // Outside any numbered unit a dash is a paragraph of its own.
            self.push(new)
        }
    }

    /// Path of the next paragraph outside numbered units.
    pub fn paragraph_path(&mut self) -> String {
        match &mut self.quote {
            Some(quote) => {
                quote.paragraphs += 1;
                format!("{}.¶{}", quote.prefix, quote.paragraphs)
            }
            None => {
                self.paragraphs += 1;
                format!("{}/¶{}", self.layer_id(), self.paragraphs)
            }
        }
    }

    /// Path of the next row of a content table.
    pub fn row_path(&mut self, first: bool) -> String {
        if first || self.tables == 0 {
            self.tables += 1;
            self.rows = 0;
        }
        self.rows += 1;
        format!("{}/W{}.r{}", self.layer_id(), self.tables, self.rows)
    }

    /// Adds a unit without opening it. Its path is made unique.
    pub fn push(&mut self, new: New<'_>) -> UnitId {
        let id = self.units.len();
        let count = self.used.entry(new.path.clone()).or_insert(0);
        *count += 1;
        let path = if *count > 1 { format!("{}~{count}", new.path) } else { new.path };
        let (quoted, command) = self.quote.as_ref().map_or((false, None), |q| (true, q.command));
        let parent = new.parent.or(command);
        let layer = self.layers.len().saturating_sub(1);
        match parent {
            Some(parent) => self.units[parent].children.push(id),
            None => {
                if let Some(layer) = self.layers.last_mut() {
                    layer.roots.push(id);
                }
            }
        }
        self.units.push(Unit {
            path,
            kind: new.kind,
            role: if self.form { Role::Form } else { Role::Content },
            label: new.label.to_owned(),
            heading: String::new(),
            text: String::new(),
            extras: std::mem::take(&mut self.waiting),
            parent,
            children: Vec::new(),
            layer,
            quoted,
            origins: vec![new.origin],
        });
        id
    }

    /// Appends `line.text[from..]` to the unit's text as a new paragraph, with the notes that hang on the line.
    pub fn append(&mut self, unit: UnitId, line: &Line<'_>, from: usize) {
        let words = line.text.get(from..).unwrap_or_default();
        let target = &mut self.units[unit];
        if !words.is_empty() {
            if !target.text.is_empty() {
                target.text.push('\n');
            }
            let start = target.text.len();
            target.text.push_str(words);
            if !line.notes.is_empty() {
                let before = target.text[..start].chars().count();
                target.extras.extend(line.notes.iter().map(|&(at, note)| {
                    let inside = at.saturating_sub(from);
                    let anchor =
                        if at < from { 0 } else { before + words.get(..inside).map_or(0, |w| w.chars().count()) };
                    Extra { anchor, kind: note.kind, text: note.text.clone() }
                }));
            }
        } else {
            target.extras.extend(line.notes.iter().map(|&(_, note)| at_start(note)));
        }
        if target.origins.last() != Some(&line.origin) {
            target.origins.push(line.origin);
        }
    }

    /// Adds `line.text[from..]` to the unit's heading, joined by one space.
    pub fn head(&mut self, unit: UnitId, line: &Line<'_>, from: usize) {
        let words = line.text.get(from..).unwrap_or_default();
        let target = &mut self.units[unit];
        if !target.heading.is_empty() && !words.is_empty() {
            target.heading.push(' ');
        }
        target.heading.push_str(words);
        target.extras.extend(line.notes.iter().map(|&(_, note)| at_start(note)));
        if target.origins.last() != Some(&line.origin) {
            target.origins.push(line.origin);
        }
    }

    /// Keeps notes of the head for the first unit that comes.
    pub fn wait(&mut self, line: &Line<'_>) {
        self.waiting.extend(line.notes.iter().map(|&(_, note)| at_start(note)));
        for paragraph in line.row.iter().flat_map(|(row, _)| row.paragraphs()) {
            self.waiting.extend(paragraph.notes.iter().map(at_start));
        }
    }

    /// Something waits for a first unit.
    pub fn waits(&self) -> bool {
        !self.waiting.is_empty()
    }
}

fn at_start(note: &Note) -> Extra {
    Extra { anchor: 0, kind: note.kind, text: note.text.clone() }
}
