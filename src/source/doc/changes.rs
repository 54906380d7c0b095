//! Tracked changes: neighbouring characters of one author and time are one change.

use super::props::{CharProps, date_time};
use crate::source::compose::letters::Letters;
use crate::source::compose::notices::Tally;
use crate::source::compose::text::{RunLook, TextBuilder};
use crate::source::{Change, ChangeKind, Origin};

/// Longest text kept of a change, in bytes: the report names the place, it does not print a chapter.
const MAX_TEXT: usize = 2000;
/// Most changes kept; all are counted.
const MAX_CHANGES: usize = 10_000;

/// What was done to a stretch of text, by whom and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    deleted: bool,
    author: u16,
    time: u32,
}

impl Mark {
    /// The last change of these characters; what was inserted and deleted again is deleted.
    pub fn of(props: &CharProps) -> Option<Self> {
        if props.deleted == Some(true) {
            let (author, time) = (props.deleted_by.unwrap_or(0), props.deleted_at.unwrap_or(0));
            Some(Mark { deleted: true, author, time })
        } else if props.inserted == Some(true) {
            let (author, time) = (props.inserted_by.unwrap_or(0), props.inserted_at.unwrap_or(0));
            Some(Mark { deleted: false, author, time })
        } else {
            None
        }
    }

    /// The characters are no longer part of the text.
    pub fn is_deletion(self) -> bool {
        self.deleted
    }
}

/// Changes in reading order.
#[derive(Debug)]
pub(super) struct Changes<'f> {
    /// Names of those who made them.
    authors: &'f [String],
    open: Option<Open>,
    done: Vec<Change>,
    inserted: u32,
    deleted: u32,
}

#[derive(Debug)]
struct Open {
    mark: Mark,
    origin: Origin,
    text: TextBuilder,
    length: usize,
}

impl<'f> Changes<'f> {
    /// None yet.
    pub fn new(authors: &'f [String]) -> Self {
        Changes { authors, open: None, done: Vec::new(), inserted: 0, deleted: 0 }
    }

    /// Takes text that was changed, or (without a mark) notes that unchanged text was read.
    pub fn text(&mut self, mark: Option<Mark>, origin: Origin, text: &str, look: RunLook, letters: &mut Letters) {
        if self.open.as_ref().is_some_and(|open| (Some(open.mark), open.origin) != (mark, origin)) {
            self.close(letters);
        }
        let Some(mark) = mark else { return };
        let open = self.open.get_or_insert_with(|| {
            *(if mark.deleted { &mut self.deleted } else { &mut self.inserted }) += 1;
            Open { mark, origin, text: TextBuilder::default(), length: 0 }
        });
        if open.length + text.len() <= MAX_TEXT {
            open.length += text.len();
            open.text.push_text(text, look, letters.keeps_spans());
        }
    }

    fn close(&mut self, letters: &mut Letters) {
        let Some(open) = self.open.take().filter(|_| self.done.len() < MAX_CHANGES) else { return };
        let author = self.authors.get(usize::from(open.mark.author)).filter(|name| !name.is_empty());
        self.done.push(Change {
            kind: if open.mark.deleted { ChangeKind::Deleted } else { ChangeKind::Inserted },
            author: author.cloned(),
            date: date_time(open.mark.time),
            text: open.text.finish(None, false, open.origin, letters).text,
            origin: open.origin,
        });
    }

    /// Hands the changes of a story to the tally.
    pub fn finish(mut self, letters: &mut Letters, tally: &mut Tally) {
        self.close(letters);
        tally.inserted += self.inserted;
        tally.deleted += self.deleted;
        tally.changes.append(&mut self.done);
    }
}
