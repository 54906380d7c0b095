//! What a group of an RTF file inherits from the group around it, and what `\plain` and `\pard` reset.

use std::collections::HashMap;

use crate::source::ChangeKind;

/// Where characters go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into the paragraph being read.
    #[default]
    Text,
    /// Into its automatic number (`\listtext`, `\pntext`).
    Label,
    /// Nowhere.
    Skipped,
    /// Nowhere, but `\ud` inside says the same in Unicode (`\upr`).
    Doubled,
    Fonts,
    Styles,
    /// Code of a field (`\fldinst`).
    FieldCode,
    /// Names of those who changed the text (`\revtbl`).
    Authors,
    /// Only control words matter: definitions of table rows inside a cell.
    RowDefinition,
    /// Definitions of lists (`\listtable`).
    Lists,
    /// Lists as paragraphs name them (`\listoverridetable`).
    ListOverrides,
    /// Text of a level of a list (`\leveltext`).
    LevelText,
}

/// A tracked change that a run belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: ChangeKind,
    /// Index in the table of authors.
    pub author: i32,
    /// Packed date and time (DTTM); 0 = not told.
    pub time: i32,
}

impl Mark {
    fn new(kind: ChangeKind) -> Self {
        Mark { kind, author: -1, time: 0 }
    }
}

/// Character properties.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    pub bold: bool,
    pub italic: bool,
    pub hidden: bool,
    /// `\fN`; absent = the default font.
    pub font: Option<i32>,
    pub inserted: Option<Mark>,
    pub deleted: Option<Mark>,
}

/// Paragraph properties.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    pub centered: bool,
    pub in_table: bool,
    /// `\itapN`: depth of the table it stands in.
    pub table_depth: Option<usize>,
    /// `\lsN`; 0 = no list.
    pub list: u32,
    /// `\ilvlN`.
    pub level: u8,
}

impl Shape {
    /// How many tables the paragraph stands in.
    pub fn depth(&self) -> usize {
        if self.in_table { self.table_depth.unwrap_or(1).max(1) } else { self.table_depth.unwrap_or(0) }
    }
}

/// What a group inherits.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub to: Destination,
    /// Where characters went before `\upr`.
    pub undoubled: Destination,
    pub run: Run,
    pub shape: Shape,
    /// How many characters after `\u` say the same for old readers (`\ucN`).
    pub fallback: u32,
}

impl Default for State {
    fn default() -> Self {
        State {
            to: Destination::Text,
            undoubled: Destination::Text,
            run: Run::default(),
            shape: Shape::default(),
            fallback: 1,
        }
    }
}

impl Run {
    /// Takes a control word; `false` when it is no character property that matters.
    pub fn set(&mut self, name: &str, value: Option<i32>) -> bool {
        let on = value != Some(0);
        let number = value.unwrap_or(0);
        let mark = |kind: ChangeKind| on.then(|| Mark::new(kind));
        match name {
            "plain" => *self = Run::default(),
            "b" => self.bold = on,
            "i" => self.italic = on,
            "v" => self.hidden = on,
            "f" => self.font = value,
            "revised" => self.inserted = mark(ChangeKind::Inserted),
            "deleted" => self.deleted = mark(ChangeKind::Deleted),
            "mvt" => self.inserted = mark(ChangeKind::MovedTo),
            "mvf" => self.deleted = mark(ChangeKind::MovedFrom),
            "revauth" => set(&mut self.inserted, |mark| mark.author = number),
            "revdttm" => set(&mut self.inserted, |mark| mark.time = number),
            "revauthdel" => set(&mut self.deleted, |mark| mark.author = number),
            "revdttmdel" => set(&mut self.deleted, |mark| mark.time = number),
            "mvauth" => set_moved(self, |mark| mark.author = number),
            "mvdate" => set_moved(self, |mark| mark.time = number),
            _ => return false,
        }
        true
    }
}

fn set(mark: &mut Option<Mark>, change: impl Fn(&mut Mark)) {
    if let Some(mark) = mark {
        change(mark);
    }
}

fn set_moved(run: &mut Run, change: impl Fn(&mut Mark)) {
    set(&mut run.inserted, &change);
    set(&mut run.deleted, &change);
}

impl Shape {
    /// Takes a control word; `false` when it is no paragraph property that matters.
    pub fn set(&mut self, name: &str, value: Option<i32>) -> bool {
        match name {
            "pard" => *self = Shape::default(),
            "qc" => self.centered = true,
            "ql" | "qr" | "qj" | "qd" => self.centered = false,
            "intbl" => self.in_table = true,
            "itap" => self.table_depth = value.and_then(|depth| usize::try_from(depth).ok()),
            "ls" => self.list = value.and_then(|list| u32::try_from(list).ok()).unwrap_or(0),
            "ilvl" => self.level = value.and_then(|level| u8::try_from(level).ok()).unwrap_or(0).min(8),
            _ => return false,
        }
        true
    }
}

/// Most styles kept; Word allows 4,079.
const MAX_STYLES: usize = 10_000;

/// What paragraphs of a style look like. Word repeats it in every paragraph; other programs may not.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<i32, (Run, Shape)>,
    /// The style being read.
    pub open: Option<i32>,
}

impl Styles {
    /// Ends the style being read.
    pub fn end(&mut self, state: &State) {
        if let Some(id) = self.open.take().filter(|_| self.styles.len() < MAX_STYLES) {
            self.styles.insert(id, (state.run, state.shape));
        }
    }

    /// Gives the current paragraph a style.
    pub fn apply(&self, id: i32, state: &mut State) {
        let Some((run, shape)) = self.styles.get(&id) else { return };
        state.run = Run { inserted: state.run.inserted, deleted: state.run.deleted, ..*run };
        state.shape = Shape { in_table: state.shape.in_table, table_depth: state.shape.table_depth, ..*shape };
    }
}

/// A packed date and time (DTTM, [MS-DOC] 2.9.65) as ISO 8601; `None` when it tells none.
pub(super) fn date_time(packed: i32) -> Option<String> {
    let packed = packed as u32;
    let field = |shift: u32, bits: u32| (packed >> shift) & ((1 << bits) - 1);
    let (minute, hour, day, month, year) = (field(0, 6), field(6, 5), field(11, 5), field(16, 4), field(20, 9));
    let real = minute < 60 && hour < 24 && (1..=31).contains(&day) && (1..=12).contains(&month);
    real.then(|| format!("{:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00", 1900 + year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_dates_are_read() {
        // 14:35 on 5 March 2024, a Tuesday.
        let packed = 35 | 14 << 6 | 5 << 11 | 3 << 16 | 124 << 20 | 2 << 29;
        assert_eq!(date_time(packed).as_deref(), Some("2024-03-05T14:35:00"));
        assert_eq!(date_time(0), None);
        assert_eq!(date_time(-1), None);
    }
}
