//! The text of one paragraph while it is read: characters with their fonts, how they look, and what is anchored in them.

use super::letters::{self, Kept, Letters, Spans};
use super::symbol::{SymbolFont, glyph};
use crate::source::{Look, Note, Origin, Paragraph};
use crate::text::charset::FontHint;

/// What is known of a font.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Font {
    /// The encoding its name hints at.
    pub hint: FontHint,
    /// The symbol font it is, if it is one.
    pub symbol: Option<SymbolFont>,
}

impl Font {
    /// Reads what a font's name tells.
    pub fn of(name: &str) -> Self {
        Font { hint: FontHint::of(name), symbol: SymbolFont::of(name) }
    }
}

/// Resolved look of a run of characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct RunLook {
    pub bold: bool,
    pub italic: bool,
    /// Hidden text: readers count it and leave it out.
    pub hidden: bool,
    pub font: Font,
}

/// The text of a paragraph under construction.
#[derive(Debug, Default)]
pub struct TextBuilder {
    raw: String,
    spans: Spans,
    notes: Vec<Note>,
    seen: Seen,
}

/// Bold and italic over the visible characters so far.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    any: bool,
    all_bold: bool,
    all_italic: bool,
    first_bold: bool,
}

impl TextBuilder {
    /// `true` when nothing was read into it.
    pub fn is_blank(&self) -> bool {
        self.raw.is_empty() && self.notes.is_empty()
    }

    /// Length in bytes of the characters read so far, before any decoding.
    pub fn raw_len(&self) -> usize {
        self.raw.len()
    }

    /// The characters read so far, before any decoding, and the fonts they are set in.
    pub fn raw(&self) -> (&str, &Spans) {
        (&self.raw, &self.spans)
    }

    /// Appends text of the current run; `true` when some of it looks like a legacy encoding.
    pub fn push_text(&mut self, text: &str, look: RunLook, keep_spans: bool) -> bool {
        let tells_more = !self.seen.any || !look.bold || !look.italic;
        if tells_more && text.contains(|c: char| !c.is_whitespace()) {
            self.see(look);
        }
        let mut suspect = look.font.hint != FontHint::None && !text.is_ascii();
        suspect |= letters::has_foreign_letter(text);
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
    pub fn finish(mut self, label: Option<String>, centered: bool, origin: Origin, letters: &mut Letters) -> Paragraph {
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
            origin,
        }
    }
}
