//! One paragraph of WordprocessingML while it is read: its text, and what decides its automatic number.

use super::styles::{ParagraphProps, RunProps, StyleId};
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
    /// The paragraph mark is hidden text.
    pub mark_hidden: bool,
    /// The paragraph mark is a tracked deletion: the paragraph runs on into the next.
    pub mark_deleted: bool,
    /// Number of its `w:p`.
    pub index: u32,
    /// The run being read.
    pub run: Run,
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
    /// Continues a paragraph whose mark was deleted.
    pub fn continuing(before: Option<Builder>, index: u32, style: Option<StyleId>) -> Self {
        let fresh = Builder { index, style, ..Builder::default() };
        match before {
            Some(before) if !before.text.is_blank() => Builder { text: before.text, index: before.index, ..fresh },
            _ => fresh,
        }
    }
}
