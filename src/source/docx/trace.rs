//! Where the words of a DOCX stand in the XML of its main part: the way back from what was read to the file.
//!
//! Only who wants to write into a copy of the file asks for it; plain reading keeps nothing of this.

use std::collections::HashMap;
use std::ops::Range;

use super::Parts;
use crate::source::Unread;
use crate::source::compose::letters::{Kept, Letters, Spans, keep};

/// Characters of a paragraph that stand together in the part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Their bytes in the paragraph before decoding.
    pub raw: Range<usize>,
    /// Their bytes in the part: text, or one entity.
    pub bytes: Range<usize>,
}

/// A paragraph with the places of its characters.
#[derive(Debug)]
pub(super) struct TracedParagraph {
    /// Number of its `w:p`.
    pub index: u32,
    /// Text as it was read.
    pub text: String,
    /// Text before decoding and composition.
    pub raw: String,
    /// Fonts of the raw text.
    pub spans: Spans,
    /// In reading order.
    pub pieces: Vec<Piece>,
}

/// The main part of a DOCX with the places of its words.
#[derive(Debug)]
pub struct Trace {
    /// Name of the part.
    pub(super) part: String,
    /// Its XML, exactly as in the file but for the encoding.
    pub(super) xml: String,
    paragraphs: HashMap<u32, TracedParagraph>,
    letters: Letters,
}

impl Trace {
    /// Reads a DOCX again, keeping the places of its words. Damaged files are read as far as they go.
    pub fn of(bytes: &[u8]) -> Result<Trace, Unread> {
        let parts = Parts::load(bytes, 0)?;
        let (pass, letters) = parts.decoded(true)?;
        let mut paragraphs = HashMap::with_capacity(pass.trace.len());
        for paragraph in pass.trace {
            paragraphs.entry(paragraph.index).or_insert(paragraph);
        }
        Ok(Trace { part: parts.name, xml: parts.main, paragraphs, letters })
    }

    /// Text of the paragraph with this number (see [`crate::source::Origin`]), as the reader gives it.
    pub fn text(&self, paragraph: u32) -> Option<&str> {
        self.paragraphs.get(&paragraph).map(|one| one.text.as_str())
    }

    /// Bytes of the part that hold these bytes of a paragraph's text: from the first character to behind the last one.
    /// `None` when none of them is typed text (automatic signs, results of form fields).
    pub(super) fn bytes(&mut self, paragraph: u32, words: Range<usize>) -> Option<Range<usize>> {
        let one = self.paragraphs.get(&paragraph)?;
        let raw = one.raw_range(words, &mut self.letters);
        let keeps_hyphens = self.letters.keeps_spans();
        let mut touched = one.pieces.iter().filter(|piece| piece.raw.start < raw.end && raw.start < piece.raw.end);
        let first = touched.next()?;
        let last = touched.next_back().unwrap_or(first);
        let inside = |piece: &Piece, at: usize| {
            let at = at.clamp(piece.raw.start, piece.raw.end);
            let count = one.raw.get(piece.raw.start..at)?.chars().count();
            Some(piece.bytes.start + skip(self.xml.get(piece.bytes.clone())?, count, keeps_hyphens))
        };
        let (start, end) = (inside(first, raw.start)?, inside(last, raw.end)?);
        (start < end).then_some(start..end)
    }
}

impl TracedParagraph {
    /// Bytes of the raw text that became these bytes of the text.
    fn raw_range(&self, words: Range<usize>, letters: &mut Letters) -> Range<usize> {
        if self.raw == self.text {
            return words;
        }
        // What stands before an anchor in the raw text stands before it in the text: the places can be searched for.
        let bounds: Vec<usize> = self.raw.char_indices().map(|(at, _)| at).chain([self.raw.len()]).collect();
        let mut became = |at: usize| {
            let mut anchor = [at];
            letters.finish(self.raw.clone(), &self.spans, &mut anchor);
            anchor[0]
        };
        let start = bounds.partition_point(|&at| became(at) <= words.start);
        let end = bounds.partition_point(|&at| became(at) < words.end);
        let bound = |at: usize| bounds.get(at).copied().unwrap_or(self.raw.len());
        bound(start.saturating_sub(1))..bound(end)
    }
}

/// Bytes of the file that `count` characters of the reading took.
fn skip(file: &str, count: usize, keeps_hyphens: bool) -> usize {
    if file.starts_with('&') {
        return if count == 0 { 0 } else { file.len() };
    }
    let mut left = count;
    for (at, c) in file.char_indices() {
        if left == 0 {
            return at;
        }
        left -= match keep(c) {
            Kept::As(_) => 1,
            Kept::SoftHyphen => usize::from(keeps_hyphens),
            Kept::Dropped => 0,
        };
    }
    file.len()
}
