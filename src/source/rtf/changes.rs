//! Tracked changes of an RTF file: runs of one author at one time are one change.

use super::state::{Mark, date_time};
use crate::source::compose::letters::Letters;
use crate::source::compose::notices::Tally;
use crate::source::compose::text::{RunLook, TextBuilder};
use crate::source::{Change, ChangeKind, Origin};

/// Longest text kept of a change, in bytes: the report names the place, it does not print the change in full.
const MAX_TEXT: usize = 2000;
/// Most changes and most authors kept; all changes are counted.
const MAX_CHANGES: usize = 10_000;

/// Changes in reading order, and those who made them.
#[derive(Debug, Default)]
pub(super) struct Changes {
    authors: Vec<String>,
    author: String,
    open: Option<Open>,
    count: [u32; 2],
    marks: u32,
    done: Vec<Change>,
}

#[derive(Debug)]
struct Open {
    mark: Mark,
    origin: Origin,
    text: TextBuilder,
    length: usize,
}

impl Changes {
    /// Takes text of the table of authors: `{Name;}` each.
    pub fn author(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                ';' if self.authors.len() < MAX_CHANGES => {
                    self.authors.push(std::mem::take(&mut self.author).trim().to_owned())
                }
                _ if self.author.len() < 256 => self.author.push(c),
                _ => {}
            }
        }
    }

    /// Notes what text is read and whether it belongs to a change.
    pub fn text(&mut self, mark: Option<Mark>, origin: Origin, text: &str, look: RunLook, letters: &mut Letters) {
        if self.open.as_ref().is_some_and(|open| (Some(open.mark), open.origin) != (mark, origin)) {
            self.close(letters);
        }
        let Some(mark) = mark else { return };
        if self.open.is_none() {
            self.count[usize::from(is_deletion(mark.kind))] += 1;
        }
        let open = self.open.get_or_insert_with(|| Open { mark, origin, text: TextBuilder::default(), length: 0 });
        if open.length + text.len() <= MAX_TEXT {
            open.length += text.len();
            open.text.push_text(text, look, letters.keeps_spans());
        }
    }

    /// Notes that a paragraph mark was inserted or deleted.
    pub fn paragraph_mark(&mut self) {
        self.marks += 1;
    }

    fn close(&mut self, letters: &mut Letters) {
        let Some(open) = self.open.take().filter(|_| self.done.len() < MAX_CHANGES) else { return };
        let author = usize::try_from(open.mark.author).ok().and_then(|at| self.authors.get(at));
        self.done.push(Change {
            kind: open.mark.kind,
            author: author.filter(|name| !name.is_empty()).cloned(),
            date: date_time(open.mark.time),
            text: open.text.finish(None, false, open.origin, letters).text,
            origin: open.origin,
        });
    }

    /// Hands all that was noted to the tally.
    pub fn finish(mut self, tally: &mut Tally, letters: &mut Letters) {
        self.close(letters);
        let [inserted, deleted] = self.count;
        tally.inserted += inserted;
        tally.deleted += deleted;
        tally.marks += self.marks;
        tally.changes.append(&mut self.done);
    }
}

fn is_deletion(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::Deleted | ChangeKind::MovedFrom)
}
