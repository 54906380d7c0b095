//! Lines of print → paragraphs, by what a typesetter leaves behind: lines that end early, indents, gaps, list marks.

use super::lines::{Line, Word};
use super::marks::{ends_sentence, list_mark};
use crate::source::{Look, Origin, Paragraph};

/// Lines of one column, with its edges.
#[derive(Debug, Default, Clone)]
pub struct Column {
    /// Left edge of the column, in points.
    pub left: f64,
    /// Right edge.
    pub right: f64,
    /// Page, from 1.
    pub page: u32,
    /// Lines from top to bottom.
    pub lines: Vec<Line>,
    /// Its edges are not known: where a line could have gone on cannot be told.
    pub loose: bool,
}

/// Smallest difference of two indents, in points.
const INDENT: f64 = 3.0;
/// Room left at the end of a line that another word would need besides its own width, in font sizes.
const SPACE: f64 = 0.3;

/// Distance of baselines within paragraphs, in font sizes, over all columns of a document.
pub fn leading<'c>(columns: impl Iterator<Item = &'c Column>) -> f64 {
    /// What Vietnamese offices set: single to one and a half.
    const USUAL: f64 = 1.35;
    let mut ratios: Vec<f64> = Vec::new();
    for column in columns {
        for pair in column.lines.windows(2) {
            // A line that begins with a small letter goes on.
            if pair[1].words[0].text.starts_with(char::is_lowercase) && list_mark(texts(&pair[1])).is_none() {
                let ratio = (pair[1].y - pair[0].y) / pair[0].size.max(1.0);
                ratios.extend((0.8..2.6).contains(&ratio).then_some(ratio));
            }
        }
    }
    ratios.sort_by(f64::total_cmp);
    if ratios.len() < 5 { USUAL } else { ratios[ratios.len() / 2] }
}

/// Builds the paragraphs of columns that follow each other.
pub fn build(columns: &[Column], leading: f64) -> Vec<Paragraph> {
    let mut builder = Builder { leading, done: Vec::new(), open: None };
    for column in columns {
        for line in &column.lines {
            builder.take(line, column);
        }
    }
    builder.close();
    builder.done
}

/// A paragraph while lines join it.
struct Open {
    text: String,
    words: Vec<Word>,
    page: u32,
    centered: bool,
    /// Indents of the first line and of those after it, from the column's left edge.
    first: f64,
    rest: Option<f64>,
    /// Where the text after a list mark begins.
    hanging: Option<f64>,
    last: LastLine,
}

struct LastLine {
    y: f64,
    size: f64,
    page: u32,
    /// Room to its right.
    room: f64,
    bold: bool,
}

struct Builder {
    leading: f64,
    done: Vec<Paragraph>,
    open: Option<Open>,
}

impl Builder {
    fn take(&mut self, line: &Line, column: &Column) {
        if line.words.is_empty() || is_drawn_rule(line) {
            return;
        }
        let centered = is_centered(line, column);
        let goes_on = self.open.as_ref().is_some_and(|open| self.continues(open, line, column, centered));
        if !goes_on {
            self.close();
        }
        let indent = line.x0 - column.left;
        let last = LastLine {
            y: line.y,
            size: line.size,
            page: column.page,
            room: if centered { column.right - column.left - (line.x1 - line.x0) } else { column.right - line.x1 },
            bold: line.words.iter().all(|word| word.bold),
        };
        match &mut self.open {
            Some(open) => {
                join(&mut open.text, &line.text());
                open.words.extend(line.words.iter().cloned());
                open.rest = Some(open.rest.unwrap_or(indent));
                open.centered &= centered;
                open.last = last;
            }
            None => {
                let mark = list_mark(texts(line)).and_then(|length| line.words.get(length));
                self.open = Some(Open {
                    text: line.text(),
                    words: line.words.clone(),
                    page: column.page,
                    centered,
                    first: indent,
                    rest: None,
                    hanging: mark.map(|word| word.x0 - column.left),
                    last,
                });
            }
        }
    }

    /// The line goes on with the paragraph.
    fn continues(&self, open: &Open, line: &Line, column: &Column, centered: bool) -> bool {
        let last = &open.last;
        let first_word = &line.words[0];
        let needs = first_word.x1 - first_word.x0 + SPACE * last.size;
        let same_page = last.page == column.page;
        let distance = line.y - last.y;
        let near = !same_page || (distance > 0.0 && distance <= 1.15 * self.leading * last.size.max(line.size) + 1.0);
        let small = first_word.text.starts_with(char::is_lowercase);
        let is_item = list_mark(texts(line)).is_some();
        let unfinished = !ends_sentence(&open.text);
        if column.loose {
            let starts_small = small && unfinished && !is_item;
            return near && unfinished && !is_item && (starts_small || open.hanging.is_some());
        }
        if last.room > needs + 2.0 {
            // There was room for the next word: someone ended the line. A break inside a sentence is still one text.
            return false;
        }
        if (line.size - last.size).abs() > 0.15 * last.size && !(small && unfinished) {
            return false;
        }
        if same_page && distance > 1.7 * self.leading * last.size {
            return false;
        }
        if centered != open.centered && !(small && unfinished) {
            // A centred paragraph may end in a line that is full by chance, and the other way round.
            if !near || (open.centered && last.room > 0.15 * (column.right - column.left)) {
                return false;
            }
        }
        if open.centered && centered {
            return near && !is_item && last.bold == line.words.iter().all(|word| word.bold);
        }
        let indent = line.x0 - column.left;
        let aligned = match open.rest {
            Some(rest) => (indent - rest).abs() <= INDENT,
            None => {
                indent <= open.first + INDENT || open.hanging.is_some_and(|hanging| (indent - hanging).abs() <= INDENT)
            }
        };
        let moved_in = indent > open.rest.unwrap_or(open.first) + INDENT;
        if small && unfinished && !is_item {
            return near || aligned;
        }
        if !aligned && (moved_in || is_item || !unfinished) {
            return false;
        }
        // An item that starts where the paragraph started, after a sentence has ended.
        let like_first = (indent - open.first).abs() <= INDENT;
        if is_item && (!unfinished || (like_first && open.first > INDENT)) {
            return false;
        }
        near || (small && aligned)
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let all = |is: fn(&Word) -> bool| !open.words.is_empty() && open.words.iter().all(is);
        let look = Look {
            bold: all(|word| word.bold),
            bold_start: open.words.first().is_some_and(|word| word.bold),
            italic: all(|word| word.italic),
            centered: open.centered,
        };
        // Numbered when the document is whole.
        let origin = Origin { paragraph: 0, page: Some(open.page) };
        self.done.push(Paragraph { text: open.text, look, origin, ..Paragraph::default() });
    }
}

/// Joins the text of the next line.
fn join(text: &mut String, next: &str) {
    let before = text.chars().next_back();
    let two_before = text.chars().nth_back(1);
    match before {
        Some('\u{ad}') => {
            text.pop();
        }
        // A number or compound broken at its own stroke: "17/2019/QĐ-" + "UBND", "12/2019/" + "NĐ-CP".
        Some('-' | '/') if two_before.is_some_and(char::is_alphanumeric) && next.starts_with(char::is_alphanumeric) => {
        }
        _ => text.push(' '),
    }
    text.push_str(next);
}

/// Both sides are free, and alike.
fn is_centered(line: &Line, column: &Column) -> bool {
    let (left, right) = (line.x0 - column.left, column.right - line.x1);
    left > line.size && right > line.size && (left - right).abs() <= 0.02 * (column.right - column.left) + 3.0
}

/// A line made of strokes only, as typists draw under headings.
fn is_drawn_rule(line: &Line) -> bool {
    line.words.iter().all(|word| word.text.chars().all(|c| matches!(c, '_' | '―' | '─' | '¯')))
}

fn texts(line: &Line) -> impl Iterator<Item = &str> {
    line.words.iter().map(|word| word.text.as_str())
}
