//! The paragraph being read from markup, whose white space runs together, be it a web page or OpenDocument.

use super::letters::Letters;
use super::text::{RunLook, TextBuilder};
use crate::source::{Note, Origin, Paragraph};

/// A paragraph under construction.
#[derive(Debug)]
pub struct Line {
    text: TextBuilder,
    /// Its automatic number.
    pub label: Option<String>,
    centered: bool,
    index: u32,
    /// Page it begins on, where the file tells.
    pub page: Option<u32>,
    gap: Gap,
}

/// What stands between the text so far and the next word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// The line has not begun: white space is nothing.
    Start,
    None,
    Space,
    Break,
}

impl Line {
    /// A line that begins here.
    pub fn new(index: u32, centered: bool, label: Option<String>) -> Self {
        Line { text: TextBuilder::default(), label, centered, index, page: None, gap: Gap::Start }
    }

    /// `true` when nothing was read into it.
    pub fn is_blank(&self) -> bool {
        self.text.is_blank()
    }

    /// Number of the paragraph.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Appends text, white space run together; `true` when some of it looks like a legacy encoding.
    pub fn push(&mut self, text: &str, look: RunLook, keep_spans: bool) -> bool {
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c');
        let mut words = String::with_capacity(text.len() + 1);
        for c in text.chars() {
            if is_space(c) {
                if self.gap == Gap::None {
                    self.gap = Gap::Space;
                }
                continue;
            }
            match self.gap {
                Gap::Space => words.push(' '),
                // Nothing but a break stands before: no words are waiting.
                Gap::Break => self.text.push_sign('\n', look.font, keep_spans),
                Gap::Start | Gap::None => {}
            }
            self.gap = Gap::None;
            words.push(c);
        }
        !words.is_empty() && self.text.push_text(&words, look, keep_spans)
    }

    /// Appends text as it stands, but for the ends of lines; `true` when it looks like a legacy encoding.
    pub fn push_as_is(&mut self, text: &str, look: RunLook, keep_spans: bool) -> bool {
        if text.is_empty() {
            return false;
        }
        match self.gap {
            Gap::Space => self.text.push_sign(' ', look.font, keep_spans),
            Gap::Break => self.text.push_sign('\n', look.font, keep_spans),
            Gap::Start | Gap::None => {}
        }
        self.gap = Gap::None;
        self.text.push_text(text, look, keep_spans)
    }

    /// Appends tabs.
    pub fn push_tabs(&mut self, count: u8, look: RunLook, keep_spans: bool) {
        if self.gap == Gap::Break {
            self.text.push_sign('\n', look.font, keep_spans);
        }
        for _ in 0..count {
            self.text.push_sign('\t', look.font, keep_spans);
        }
        self.gap = Gap::Start;
    }

    /// Breaks the line; `false` when it is broken already, so that the paragraph ends here.
    pub fn push_break(&mut self) -> bool {
        let first = self.gap != Gap::Break;
        if !self.text.is_blank() {
            self.gap = Gap::Break;
        }
        first
    }

    /// Anchors a note behind the last word.
    pub fn push_note(&mut self, note: Note) {
        self.text.push_note(note);
    }

    /// The paragraph as read. One of no-break spaces only is an empty line.
    pub fn finish(self, letters: &mut Letters) -> Paragraph {
        let origin = Origin { paragraph: self.index, page: self.page };
        let mut paragraph = self.text.finish(self.label, self.centered, origin, letters);
        if paragraph.notes.is_empty() && paragraph.text.trim().is_empty() {
            paragraph.text.clear();
        }
        paragraph
    }
}
