//! Words of a unit with the evidence marked, cut to what fits a cell.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::Unit;
use crate::review::Place;

/// Longest quotation of a unit in a cell, in bytes of its text; the rest is in `ket-qua.json`.
const LONGEST: usize = 1_600;
/// Words shown before the first evidence when the text is longer than that, in bytes.
const BEFORE: usize = 400;

/// A quotation: pieces of text, `true` where a piece is evidence.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Pieces in reading order, none empty.
    pub pieces: Vec<(bool, String)>,
}

impl Quote {
    /// The label and the text (or heading) of a unit, with the byte ranges of evidence in it marked.
    pub fn of(unit: &Unit, place: Place, ranges: &[Range<usize>]) -> Quote {
        let text = match place {
            Place::Text => unit.text.as_str(),
            Place::Heading => unit.heading.as_str(),
        };
        let ranges = merged(text, ranges);
        let window = window(text, ranges.first());
        let mut quote = Quote::default();
        if window.start > 0 {
            quote.push(false, "… ");
        } else if !unit.label.is_empty() {
            quote.push(false, &format!("{} ", unit.label));
        }
        let mut at = window.start;
        for range in ranges {
            let (start, end) = (range.start.clamp(at, window.end), range.end.clamp(at, window.end));
            quote.push(false, &text[at..start]);
            quote.push(true, &text[start..end]);
            at = end;
        }
        quote.push(false, &text[at..window.end]);
        if window.end < text.len() {
            quote.push(false, " … (xem ket-qua.json)");
        }
        quote
    }

    fn push(&mut self, evidence: bool, text: &str) {
        if text.is_empty() {
            return;
        }
        let text = shown(text);
        match self.pieces.last_mut() {
            Some((same, last)) if *same == evidence => last.push_str(&text),
            _ => self.pieces.push((evidence, text.into_owned())),
        }
    }

    /// The quotation without marks.
    pub fn plain(&self) -> String {
        self.pieces.iter().map(|(_, text)| text.as_str()).collect()
    }
}

/// Text as a cell shows it: table cells apart by a bar, no other control characters.
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() && c != '\n') {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\t' => cleaned.push_str(" | "),
            '\n' => cleaned.push('\n'),
            control if control.is_control() => {}
            other => cleaned.push(other),
        }
    }
    Cow::Owned(cleaned)
}

/// Sorted, joined where they touch, without any that does not fit the text.
fn merged(text: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut sorted: Vec<_> = ranges
        .iter()
        .filter(|range| text.get((*range).clone()).is_some_and(|words| !words.is_empty()))
        .cloned()
        .collect();
    sorted.sort_by_key(|range| (range.start, range.end));
    sorted.dedup_by(|next, last| {
        let touch = next.start <= last.end;
        if touch {
            last.end = last.end.max(next.end);
        }
        touch
    });
    sorted
}

/// The part of a long text to show: it holds the first evidence and starts and ends between words.
fn window(text: &str, first: Option<&Range<usize>>) -> Range<usize> {
    if text.len() <= LONGEST {
        return 0..text.len();
    }
    let evidence = first.map_or(0, |range| range.start);
    let mut start = evidence.saturating_sub(BEFORE);
    if start > 0 {
        // The window may open at a paragraph, at a sentence, or at least at a word.
        start = boundary(text, start);
        let lead = &text[start..evidence];
        let skip = ["\n", ". ", "; ", " "].iter().find_map(|mark| lead.find(mark).map(|at| at + mark.len()));
        start += skip.unwrap_or(0);
    }
    let mut end = boundary(text, start + LONGEST);
    if end < text.len() {
        end = text[start..end].rfind(char::is_whitespace).map_or(end, |space| start + space);
    }
    start..end.max(start)
}

/// The last character boundary at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn marks_evidence_and_bars_table_cells() {
        let mut unit = sample::unit("main/A1.1", "1.", "Mức\tđóng góp trên 50% số hộ");
        let start = unit.text.find("trên").unwrap();
        let ranges = [start..start + "trên 50%".len(), start + 3..start + 6];
        let quote = Quote::of(&unit, Place::Text, &ranges);
        assert_eq!(
            quote.pieces,
            [(false, "1. Mức | đóng góp ".to_owned()), (true, "trên 50%".to_owned()), (false, " số hộ".to_owned())]
        );
        unit.heading = "Tên điều".to_owned();
        assert_eq!(Quote::of(&unit, Place::Heading, &[]).plain(), "1. Tên điều");
    }

    #[test]
    fn a_long_text_is_shown_around_its_evidence() {
        let mut unit = sample::unit("main/A1", "Điều 1.", &"Ủy ban nhân dân xã thực hiện. ".repeat(400));
        let at = unit.text.len() / 2;
        let at = at + unit.text[at..].find("nhân").unwrap();
        let evidence = at..at + "nhân".len();
        let quote = Quote::of(&unit, Place::Text, std::slice::from_ref(&evidence));
        assert!(quote.pieces.contains(&(true, "nhân".to_owned())));
        assert!(quote.plain().starts_with("… Ủy ban") && quote.plain().ends_with("… (xem ket-qua.json)"));
        assert!(quote.plain().len() < LONGEST + 100);
        unit.text = "Ủy".to_owned();
        assert_eq!(Quote::of(&unit, Place::Text, &[1..2, 5..90]).plain(), "Điều 1. Ủy");
    }
}
