//! One paragraph of WordprocessingML while it is read: its text, and what decides its automatic number.

use super::changes::Mark;
use super::styles::{ParagraphProps, RunProps, StyleId};
use super::trace::Piece;
use crate::source::Origin;
use crate::source::compose::text::{RunLook, TextBuilder};

/// A paragraph under construction.
#[derive(Debug, Default)]
pub(super) struct Builder {
    /// Its characters and notes.
    pub text: TextBuilder,
    /// Style named by `w:pStyle`.
    pub style: Option<StyleId>,
    /// Its own properties.
    pub own: ParagraphProps,
    /// Began with a paragraph whose mark is hidden, whose properties it keeps (Word's style separator).
    pub keeps_own: bool,
    /// The paragraph mark is hidden text: the next paragraph stands on the same line.
    pub mark_hidden: bool,
    /// The paragraph mark is a tracked deletion, or this is a drop capital: its text belongs to the next paragraph.
    pub runs_on: bool,
    /// Tracked change of the paragraph mark.
    pub change: Option<Mark>,
    /// Number of its `w:p`.
    pub index: u32,
    /// Page of its first words, from 1.
    pub page: Option<u32>,
    /// The run being read.
    pub run: Run,
    /// Where its characters stand in the part; filled only when they are traced.
    pub pieces: Vec<Piece>,
}

/// The run being read.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Run {
    /// Depth of its element; 0 outside runs.
    pub depth: usize,
    /// Its own properties.
    pub own: RunProps,
    /// Style named by `w:rStyle`.
    pub style: Option<StyleId>,
    /// Resolved look, once asked for.
    pub look: Option<RunLook>,
    /// Hidden text of this run was counted.
    pub counted: bool,
}

impl Builder {
    /// A new paragraph, or the rest of one that ran on.
    pub fn continuing(before: Option<Builder>, index: u32, style: Option<StyleId>) -> Self {
        let fresh = Builder { index, style, ..Builder::default() };
        match before.filter(|before| !before.text.is_blank()) {
            Some(Builder { text, style, own, keeps_own: true, index, page, pieces, .. }) => {
                Builder { text, style, own, keeps_own: true, index, page, pieces, ..Builder::default() }
            }
            Some(Builder { text, index, page, pieces, .. }) => Builder { text, index, page, pieces, ..fresh },
            None => fresh,
        }
    }

    /// Words stand on this page; where the paragraph stands.
    pub fn sees(&mut self, page: u32) -> Origin {
        Origin { paragraph: self.index, page: Some(*self.page.get_or_insert(page)) }
    }
}
