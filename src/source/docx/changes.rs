//! Tracked changes (ECMA-376 part 1, 17.13.5): noted in reading order for the report. Neighbouring pieces of one kind by
//! one author on one day are one change, also across the paragraph marks they changed.

use super::xml::Tag;
use crate::source::compose::letters::Letters;
use crate::source::compose::notices::Tally;
use crate::source::{Change, ChangeKind, Origin};

/// Longest text kept of a change, in characters: the report names the place, it does not print the change in full.
const MAX_TEXT: usize = 200;
/// Most changes kept; all are counted.
const MAX_CHANGES: usize = 10_000;

/// Who changed something, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    kind: ChangeKind,
    author: Option<String>,
    date: Option<String>,
}

impl Mark {
    /// The change an element stands for; `None` for elements that stand for none.
    pub fn of(tag: &Tag<'_>) -> Option<Self> {
        let kind = match tag.name {
            "ins" | "cellIns" => ChangeKind::Inserted,
            "del" | "cellDel" | "delText" => ChangeKind::Deleted,
            "moveFrom" => ChangeKind::MovedFrom,
            "moveTo" => ChangeKind::MovedTo,
            _ => return None,
        };
        let value = |name| tag.attribute(name).filter(|value| !value.trim().is_empty()).map(|value| value.into_owned());
        Some(Mark { kind, author: value("author"), date: value("date") })
    }

    /// The words concerned are no longer part of the text.
    pub fn removes(&self) -> bool {
        matches!(self.kind, ChangeKind::Deleted | ChangeKind::MovedFrom)
    }

    fn is_continued_by(&self, other: &Mark) -> bool {
        let day = |mark: &Mark| mark.date.as_deref().map(|date| date.get(..10).unwrap_or(date).to_owned());
        (self.kind, &self.author, day(self)) == (other.kind, &other.author, day(other))
    }
}

/// Changes noted so far.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Change elements that are open, with their depths; the innermost is last.
    open: Vec<(usize, Mark)>,
    /// The change that ends where reading stands.
    touching: Option<(Mark, String, Origin)>,
    tally: Tally,
}

impl Changes {
    /// An element of a change begins.
    pub fn begin(&mut self, mark: Mark, depth: usize) {
        self.open.push((depth, mark));
    }

    /// Depth of the innermost open change.
    pub fn depth(&self) -> Option<usize> {
        self.open.last().map(|&(depth, _)| depth)
    }

    /// An element ends.
    pub fn end(&mut self, depth: usize) {
        while self.open.last().is_some_and(|&(at, _)| at >= depth) {
            self.open.pop();
        }
    }

    /// Text was read, or passed over as deleted.
    pub fn text(&mut self, text: &str, origin: Origin, letters: &mut Letters) {
        // Nearly every document has no changes at all.
        if self.open.is_empty() && self.touching.is_none() {
            return;
        }
        match self.open.last() {
            Some((_, mark)) => {
                let mark = mark.clone();
                self.note(mark, text, origin, letters);
            }
            None if text.is_empty() => {}
            None => self.close(letters),
        }
    }

    /// A paragraph inside a deletion ends where its next begins.
    pub fn new_line(&mut self) {
        if let Some((_, text, _)) = self.touching.as_mut().filter(|(_, text, _)| !text.ends_with('\n')) {
            text.push('\n');
        }
    }

    /// A paragraph ends; its mark may be part of a change.
    pub fn paragraph_end(&mut self, mark: Option<Mark>, origin: Origin, letters: &mut Letters) {
        match mark {
            Some(mark) => self.note(mark, "\n", origin, letters),
            None => self.close(letters),
        }
    }

    fn note(&mut self, mark: Mark, text: &str, origin: Origin, letters: &mut Letters) {
        if self.touching.as_ref().is_none_or(|(before, ..)| !before.is_continued_by(&mark)) {
            self.close(letters);
        }
        let (_, words, _) = self.touching.get_or_insert_with(|| (mark, String::new(), origin));
        // Bytes are at least as many as characters; `close` cuts exactly.
        if words.len() <= MAX_TEXT * 4 {
            words.push_str(text);
        }
    }

    /// The change that was going on is over.
    fn close(&mut self, letters: &mut Letters) {
        let Some((mark, words, origin)) = self.touching.take() else { return };
        let words = words.trim_matches('\n');
        if words.is_empty() {
            self.tally.marks += 1;
            return;
        }
        match mark.kind {
            ChangeKind::Inserted => self.tally.inserted += 1,
            ChangeKind::Deleted => self.tally.deleted += 1,
            ChangeKind::MovedTo => self.tally.moved += 1,
            ChangeKind::MovedFrom => {}
        }
        if self.tally.changes.len() >= MAX_CHANGES {
            return;
        }
        let mut text: String = letters.label(words.chars().take(MAX_TEXT).collect());
        if words.chars().nth(MAX_TEXT).is_some() {
            text.push('…');
        }
        self.tally.changes.push(Change { kind: mark.kind, author: mark.author, date: mark.date, text, origin });
    }

    /// Hands all that was noted to the tally.
    pub fn finish(mut self, tally: &mut Tally, letters: &mut Letters) {
        self.close(letters);
        tally.join(self.tally);
    }
}
