//! Tracked changes proposed in a part: old words deleted, new words inserted, so that a person accepts or rejects them.

use std::fmt::Write as _;
use std::ops::Range;

use super::marks::{DELETED, Edits, End, Step, Wanted, local_name};

/// A run that holds some of the words of a change.
#[derive(Debug, Clone)]
pub(super) struct Cover {
    /// The whole run.
    pub run: Range<usize>,
    /// Its properties; empty when it has none.
    pub props: Range<usize>,
    /// Start tag of the text element.
    pub tag: Range<usize>,
    /// Its text.
    pub text: Range<usize>,
    /// Nothing but properties stands before the text element in the run.
    pub first: bool,
    /// Nothing stands behind it.
    pub last: bool,
    /// Start of the element the run stands in.
    pub parent: usize,
    /// Inside a tracked change of somebody.
    pub tracked: bool,
}

/// A change that can be made.
#[derive(Debug)]
pub(super) struct Plan<'c> {
    words: &'c Range<usize>,
    new: &'c str,
    pub start: End,
    pub end: End,
    covers: &'c [Cover],
}

impl<'c> Plan<'c> {
    /// A change of these words; `None` when more than plain text in runs side by side would have to go, or when somebody is
    /// changing them already.
    pub fn of(words: &'c Range<usize>, new: &'c str, start: End, end: End, covers: &'c [Cover]) -> Option<Self> {
        let (first, last) = (covers.first()?, covers.last()?);
        let whole = first.text.start <= words.start && words.end <= last.text.end;
        let inner = covers.len() - 1;
        let joined = covers.iter().enumerate().all(|(at, cover)| {
            cover.parent == first.parent && !cover.tracked && (at == 0 || cover.first) && (at == inner || cover.last)
        });
        (whole && joined).then_some(Plan { words, new, start, end, covers })
    }

    /// No comment begins or ends inside the words, and no other change touches them.
    pub fn is_clear_of(&self, borders: &[usize], others: &[Plan<'_>]) -> bool {
        let inside = |at: usize| self.start.at < at && at < self.end.at;
        let apart = |other: &Plan<'_>| other.words.end <= self.words.start || self.words.end <= other.words.start;
        !borders.iter().any(|&at| inside(at)) && others.iter().all(apart)
    }

    /// Writes the change; the next free id.
    pub fn write(&self, xml: &str, wanted: &Wanted<'_>, mut id: u32, edits: &mut Edits) -> u32 {
        let Wanted { signed, declared, .. } = wanted;
        let last = self.covers.len() - 1;
        for (at, cover) in self.covers.iter().enumerate() {
            let from = if at == 0 { self.start.at } else { cover.run.start };
            let to = if at == last { self.end.at } else { cover.run.end };
            let open = edits.entry((from, Step::Delete)).or_default();
            let _ = write!(open, "<w:del{declared} w:id=\"{id}\" {signed}>");
            edits.entry((to, Step::Deleted)).or_default().push_str("</w:del>");
            id += 1;
            // Tags inside the deleted words change their name; those at a cut are written anew.
            if self.words.start <= cover.text.start {
                let name = cover.tag.start + local_name(&xml[cover.tag.clone()]);
                edits.insert((name, Step::Start), DELETED.to_owned());
            }
            if self.words.end >= cover.text.end {
                let name = cover.text.end + local_name(&xml[cover.text.end..]);
                edits.insert((name, Step::Start), DELETED.to_owned());
            }
        }
        if !self.new.is_empty() {
            let props = &xml[self.covers[0].props.clone()];
            let new = self.new;
            let text = edits.entry((self.end.at, Step::Inserted)).or_default();
            let _ = write!(
                text,
                "<w:ins{declared} w:id=\"{id}\" {signed}><w:r>{props}<w:t xml:space=\"preserve\">{new}</w:t></w:r></w:ins>"
            );
            id += 1;
        }
        id
    }
}
