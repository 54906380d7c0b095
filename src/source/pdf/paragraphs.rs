//! Lines of print → paragraphs, by what a typesetter leaves behind: lines that end early, indents, gaps, list marks.

use super::lines::{Line, Word};
use super::marks::{ends_sentence, wants_more};
use crate::source::{Look, Note, NoteKind, Origin, Paragraph};

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
    /// What it is part of.
    pub kind: Kind,
}

/// What a column is part of.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The page.
    #[default]
    Flow,
    /// A ruled cell.
    Cell,
    /// A block of two columns: its edges are not known, nor whether a line could have gone on.
    Loose,
}

/// Smallest difference of two indents, in points.
const INDENT: f64 = 3.0;
/// Room left at the end of a line that another word would need besides its own width, in font sizes.
const SPACE: f64 = 0.3;
/// Share of the column that may stay free after a line that ends in the middle of a sentence.
const SPARE: f64 = 0.12;

/// Distance of baselines within paragraphs, in font sizes, over all columns of a document.
pub fn leading<'c>(columns: impl Iterator<Item = &'c Column>) -> f64 {
    /// What Vietnamese offices set: single to one and a half.
    const USUAL: f64 = 1.35;
    let mut ratios: Vec<f64> = Vec::new();
    for column in columns {
        for pair in column.lines.windows(2) {
            // A line that begins with a small letter goes on.
            if pair[1].words[0].text.starts_with(char::is_lowercase) && pair[1].list_mark().is_none() {
                let ratio = (pair[1].y - pair[0].y) / pair[0].size.max(1.0);
                ratios.extend((0.8..2.6).contains(&ratio).then_some(ratio));
            }
        }
    }
    ratios.sort_by(f64::total_cmp);
    if ratios.len() < 5 { USUAL } else { ratios[ratios.len() / 2] }
}

/// What the columns of a document share.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'n> {
    /// Distance of baselines within paragraphs, in font sizes.
    pub leading: f64,
    /// Texts of footnotes, by [`Word::note`].
    pub notes: &'n [String],
}

/// Builds the paragraphs of columns that follow each other.
pub fn build(columns: &[Column], setting: Setting) -> Vec<Paragraph> {
    let mut builder = Builder { setting, done: Vec::new(), open: None };
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
    /// Footnotes referred to: (place in the text, note).
    notes: Vec<(usize, usize)>,
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
    /// Hardly a line of its column is wider.
    is_widest: bool,
    /// All in capitals.
    capitals: bool,
    /// Bold or in capitals, with equal margins on both sides.
    is_heading: bool,
}

struct Builder<'n> {
    setting: Setting<'n>,
    done: Vec<Paragraph>,
    open: Option<Open>,
}

impl Builder<'_> {
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
            is_widest: line.x1 - line.x0 >= 0.75 * (column.right - column.left),
            capitals: is_capital(line),
            is_heading: is_even(line, column) && (is_capital(line) || line.words.iter().all(|word| word.bold)),
        };
        match &mut self.open {
            Some(open) => {
                let (text, notes) = line.text_and_notes();
                join(&mut open.text, &text);
                let before = open.text.len() - text.len();
                open.notes.extend(notes.into_iter().map(|(place, note)| (before + place, note)));
                open.words.extend(line.words.iter().cloned());
                open.rest = Some(open.rest.unwrap_or(indent));
                open.centered &= centered;
                open.last = last;
            }
            None => {
                let (text, notes) = line.text_and_notes();
                self.open = Some(Open {
                    text,
                    notes,
                    words: line.words.clone(),
                    page: column.page,
                    centered,
                    first: indent,
                    rest: None,
                    hanging: line.list_mark().and_then(|(_, after)| after).map(|x| x - column.left),
                    last,
                });
            }
        }
    }

    /// The line goes on with the paragraph.
    fn continues(&self, open: &Open, line: &Line, column: &Column, centered: bool) -> bool {
        let last = &open.last;
        let same_page = last.page == column.page;
        let distance = line.y - last.y;
        if same_page && !(0.0..=1.7 * self.setting.leading * last.size.max(line.size)).contains(&distance) {
            return false;
        }
        let loosely = if column.kind == Kind::Cell { 1.35 } else { 1.15 };
        let near = !same_page || distance <= loosely * self.setting.leading * last.size.max(line.size) + 1.0;
        // A dash may also stand in the middle of a sentence.
        let is_dash = line.words[0].text.starts_with(['-', '–', '+']);
        let unfinished = !ends_sentence(&open.text);
        let is_item = line.list_mark().is_some() && !(unfinished && (is_dash || wants_more(&open.text)));
        let small = line.words[0].text.trim_start_matches(['(', '“', '"']).starts_with(char::is_lowercase);
        let same_look = last.bold == line.words.iter().all(|word| word.bold);
        if unfinished && small && !is_item {
            // A sentence goes on, whoever ended the line.
            return if open.centered { (near || column.kind == Kind::Cell) && !last.capitals } else { true };
        }
        if (line.size - last.size).abs() > 0.15 * last.size {
            return false;
        }
        if column.kind == Kind::Loose {
            let is_tail = same_look && last.is_widest && line.words.len() == 1 && centered;
            return near && unfinished && !is_item && (open.hanging.is_some() || is_tail);
        }
        let needs = line.first_word_end() - line.x0 + SPACE * last.size;
        let indent = line.x0 - column.left;
        let turned_in = indent > open.rest.unwrap_or(open.first) + INDENT;
        if last.room > needs + 2.0 {
            // There was room for the next word: someone ended the line, unless it ends in the middle of a sentence.
            let little = last.room < needs + SPARE * (column.right - column.left);
            let goes_on = (open.text.ends_with(',') || little) && unfinished && same_look && !is_item;
            return goes_on && near && !turned_in && !centered && !open.centered;
        }
        if open.centered && centered {
            return near && !is_item && same_look;
        }
        if !near || (open.centered && !centered) {
            return false;
        }
        if centered && last.is_heading && same_look && unfinished && !is_item {
            // A centred heading so long that its first line fills the column.
            return true;
        }
        let aligned = match open.rest {
            Some(rest) => (indent - rest).abs() <= INDENT,
            None => {
                indent <= open.first + INDENT || open.hanging.is_some_and(|hanging| (indent - hanging).abs() <= INDENT)
            }
        };
        if !aligned {
            // Turned in: a new first line. Turned out: the end of a hanging item, unless its sentence goes on.
            return !turned_in && !is_item && unfinished;
        }
        if unfinished {
            return !is_item;
        }
        // After the end of a sentence, what starts like an item or like the paragraph itself is a new one.
        let like_first = (indent - open.first).abs() <= INDENT && open.first > INDENT;
        // Further left than the first line, and that line was full: the text goes on.
        let turned_out = open.first > INDENT && indent < open.first - INDENT;
        !is_item && (small || turned_out || !(like_first || open.text.ends_with(';')))
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
        let note = |(anchor, note): (usize, usize)| {
            let text = self.setting.notes.get(note)?.clone();
            Some(Note { anchor, ..Note::new(NoteKind::Footnote, text) })
        };
        let notes = open.notes.into_iter().filter_map(note).collect();
        self.done.push(Paragraph { text: open.text, look, origin, notes, ..Paragraph::default() });
    }
}

/// Joins the text of the next line.
pub(super) fn join(text: &mut String, next: &str) {
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
    line.x0 - column.left > line.size && column.right - line.x1 > line.size && is_even(line, column)
}

/// The margins on both sides are alike.
fn is_even(line: &Line, column: &Column) -> bool {
    let (left, right) = (line.x0 - column.left, column.right - line.x1);
    (left - right).abs() <= 0.02 * (column.right - column.left) + 3.0
}

/// All in capitals.
fn is_capital(line: &Line) -> bool {
    !line.words.iter().any(|word| word.text.contains(char::is_lowercase))
}

/// A line made of strokes only, as typists draw under headings.
fn is_drawn_rule(line: &Line) -> bool {
    let is_of = |signs: &[char]| line.words.iter().all(|word| word.text.chars().all(|c| signs.contains(&c)));
    let length = || line.words.iter().map(|word| word.text.chars().count()).sum::<usize>();
    is_of(&['_', '―', '─', '¯']) || (is_of(&['-']) && length() > 3)
}
