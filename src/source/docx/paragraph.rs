//! One paragraph while it is read: characters, look, notes, and what decides its automatic number.

use super::letters::{self, Kept, Letters, Spans};
use super::styles::{Font, ParagraphProps, RunLook, RunProps, StyleId};
use super::symbol::glyph;
use crate::source::{Look, Note, Origin, Paragraph};
use crate::text::charset::FontHint;

/// A paragraph under construction.
#[derive(Debug, Default)]
pub(super) struct Builder {
    raw: String,
    spans: Spans,
    notes: Vec<Note>,
    seen: Seen,
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

/// Bold and italic over the visible characters so far.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    any: bool,
    all_bold: bool,
    all_italic: bool,
    first_bold: bool,
}

impl Builder {
    /// Continues a paragraph whose mark was deleted.
    pub fn continuing(before: Option<Builder>, index: u32, style: Option<StyleId>) -> Self {
        let fresh = Builder { index, style, ..Builder::default() };
        match before {
            Some(before) if !before.is_blank() => Builder {
                raw: before.raw,
                spans: before.spans,
                notes: before.notes,
                seen: before.seen,
                index: before.index,
                ..fresh
            },
            _ => fresh,
        }
    }

    /// `true` when nothing was read into it.
    pub fn is_blank(&self) -> bool {
        self.raw.is_empty() && self.notes.is_empty()
    }

    /// Appends text of the current run; `true` when some of it looks like a legacy encoding.
    pub fn push_text(&mut self, text: &str, look: RunLook, keep_spans: bool) -> bool {
        let tells_more = !self.seen.any || !look.bold || !look.italic;
        if tells_more && text.contains(|c: char| !c.is_whitespace()) {
            self.see(look);
        }
        let mut suspect = look.font.hint != FontHint::None && !text.is_ascii();
        if letters::is_clean(text) {
            self.raw.push_str(text);
        } else {
            for c in text.chars() {
                suspect |= letters::is_suspect(c);
                match letters::keep(c) {
                    Kept::As(c) => self.raw.push(glyph(c, look.font.symbol)),
                    Kept::SoftHyphen if keep_spans => self.raw.push('\u{ad}'),
                    Kept::SoftHyphen | Kept::Dropped => {}
                }
            }
        }
        if keep_spans {
            self.mark_span(look.font.hint);
        }
        suspect
    }

    /// Appends one sign that is an element of its own.
    pub fn push_sign(&mut self, sign: char, font: Font, keep_spans: bool) {
        self.raw.push(sign);
        if keep_spans {
            self.mark_span(font.hint);
        }
    }

    /// Starts a new line, unless nothing stands before it.
    pub fn push_page_break(&mut self, font: Font, keep_spans: bool) {
        if !self.raw.is_empty() {
            self.push_sign('\n', font, keep_spans);
        }
    }

    /// Anchors a note here.
    pub fn push_note(&mut self, mut note: Note) {
        note.anchor = self.raw.len();
        self.notes.push(note);
    }

    fn see(&mut self, look: RunLook) {
        if !self.seen.any {
            self.seen = Seen { any: true, all_bold: true, all_italic: true, first_bold: look.bold };
        }
        self.seen.all_bold &= look.bold;
        self.seen.all_italic &= look.italic;
    }

    fn mark_span(&mut self, hint: FontHint) {
        let end = self.raw.len();
        match self.spans.last_mut() {
            Some(last) if last.1 == hint => last.0 = end,
            _ => self.spans.push((end, hint)),
        }
    }

    /// The paragraph as read.
    pub fn finish(mut self, label: Option<String>, centered: bool, letters: &mut Letters) -> Paragraph {
        let text = if self.notes.is_empty() {
            letters.finish(self.raw, &self.spans, &mut [])
        } else {
            let mut anchors: Vec<usize> = self.notes.iter().map(|note| note.anchor).collect();
            let text = letters.finish(self.raw, &self.spans, &mut anchors);
            for (note, anchor) in self.notes.iter_mut().zip(anchors) {
                note.anchor = anchor;
            }
            text
        };
        let seen = self.seen;
        Paragraph {
            label: label.map(|label| letters.label(label)),
            text,
            look: Look {
                bold: seen.any && seen.all_bold,
                bold_start: seen.any && seen.first_bold,
                italic: seen.any && seen.all_italic,
                centered,
            },
            notes: self.notes,
            origin: Origin { paragraph: self.index },
        }
    }
}
