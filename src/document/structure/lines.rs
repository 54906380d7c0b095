//! Blocks → lines: paragraphs cut at their line breaks, tables told apart by what they are for.

use super::cue;
use super::marker::{Close, Follow, Marker, Shape, is_contents_line, marker};
use super::{run_in, wrapped};
use crate::source::{Block, Cell, Look, Note, Origin, Paragraph, RawDocument, Row, Table};
use crate::text::number::{Number, Step};

/// The table a line stands in, by its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// No table, or one used as plain paper.
    Body,
    /// Issuer, Quốc hiệu, number, date.
    Header,
    /// The cell of Nơi nhận.
    Recipients,
    /// The cells of the signature.
    Signature,
}

/// One line of the document, or one row of a content table.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Automatic number of the paragraph; on its first line only.
    pub label: Option<&'a str>,
    /// Words, trimmed. Empty for a row.
    pub text: &'a str,
    /// How the paragraph looks.
    pub look: Look,
    /// Where the paragraph stands.
    pub origin: Origin,
    /// Notes with their byte offset in `text`.
    pub notes: Vec<(usize, &'a Note)>,
    /// Not the first line of its paragraph.
    pub continued: bool,
    /// The table it stands in.
    pub frame: Frame,
    /// The row, and whether it is the first of its table.
    pub row: Option<(&'a Row, bool)>,
    /// The number it begins with (in its automatic number or its words).
    pub marker: Option<Marker>,
    /// Quoted amendment it belongs to; 0 for none.
    pub quote: u32,
}

impl Line<'_> {
    /// The line as a person reads it.
    pub fn visible(&self) -> String {
        match self.label {
            Some(label) if self.text.is_empty() => label.to_owned(),
            Some(label) => format!("{label} {}", self.text),
            None => self.text.to_owned(),
        }
    }

    /// Article number, when it begins like an article.
    pub fn article(&self) -> Option<Number> {
        self.marker.filter(|m| m.shape == Shape::Article).map(|m| m.number)
    }
}

/// All lines of `raw` in reading order; empty ones are left out unless a note hangs on them.
pub(super) fn lines(raw: &RawDocument) -> Vec<Line<'_>> {
    let mut found = Vec::with_capacity(raw.blocks.len() + raw.blocks.len() / 4);
    blocks(&raw.blocks, Frame::Body, &mut found);
    wrapped::forget_references(&mut found);
    run_in::fill_gaps(split_run_in_articles(found))
}

fn blocks<'a>(from: &'a [Block], frame: Frame, found: &mut Vec<Line<'a>>) {
    for block in from {
        match block {
            Block::Paragraph(one) => paragraph(one, frame, found),
            Block::Table(one) => table(one, frame, found),
        }
    }
}

fn paragraph<'a>(one: &'a Paragraph, frame: Frame, found: &mut Vec<Line<'a>>) {
    let mut label = one.label.as_deref().filter(|label| !label.trim().is_empty());
    let mut start = 0;
    let mut first = true;
    let mut notes = one.notes.iter().peekable();
    for segment in one.text.split('\n') {
        let text = segment.trim();
        let lead = segment.len() - segment.trim_start().len();
        let end = start + segment.len();
        let mut here = Vec::new();
        while let Some(note) = notes.next_if(|note| note.anchor <= end || end >= one.text.len()) {
            here.push((note.anchor.saturating_sub(start + lead).min(text.len()), note));
        }
        start = end + 1;
        if text.is_empty() && here.is_empty() && (label.is_none() || end < one.text.len()) {
            continue;
        }
        let number = match label {
            Some(label) => label_marker(label, text),
            None if is_contents_line(text) => None,
            None => marker(text),
        };
        found.push(Line {
            label: label.take(),
            text,
            look: one.look,
            origin: one.origin,
            notes: here,
            continued: !first,
            frame,
            row: None,
            marker: number,
            quote: 0,
        });
        first = false;
    }
}

/// The marker of an automatic number; whatever is no number is a bullet.
fn label_marker(label: &str, text: &str) -> Option<Marker> {
    // Marks are judged with the words that follow, as they are read.
    let together = format!("{label} {}", if text.is_empty() { "A" } else { text });
    let found = marker(&together).filter(|m| m.body > label.len()).or_else(|| {
        let closed = format!("{}. A", label.trim());
        marker(&closed).filter(|m| m.label + 2 >= closed.len() - 1)
    });
    let bullet = || marker("- a");
    found.or_else(bullet).map(|m| Marker { label: label.len(), body: 0, ..m })
}

fn table<'a>(one: &'a Table, frame: Frame, found: &mut Vec<Line<'a>>) {
    match use_of(one) {
        // Inside a header or a signature every table is layout.
        _ if frame != Frame::Body => cells(one, frame, found),
        Use::Paper => cells(one, frame, found),
        Use::Header => cells(one, Frame::Header, found),
        Use::Closing => {
            for cell in one.rows.iter().flat_map(|row| &row.cells) {
                closing_cell(cell, found);
            }
        }
        Use::Content => {
            for (at, row) in one.rows.iter().enumerate() {
                let origin = first_paragraph(row).map(|p| p.origin).unwrap_or_default();
                found.push(Line {
                    label: None,
                    text: "",
                    look: Look::default(),
                    origin,
                    notes: Vec::new(),
                    continued: false,
                    frame,
                    row: Some((row, at == 0)),
                    marker: None,
                    quote: 0,
                });
            }
        }
    }
}

fn cells<'a>(one: &'a Table, frame: Frame, found: &mut Vec<Line<'a>>) {
    for cell in one.rows.iter().flat_map(|row| &row.cells) {
        blocks(&cell.blocks, frame, found);
    }
}

/// Recipients and signature of one cell; one may follow the other.
fn closing_cell<'a>(cell: &'a Cell, found: &mut Vec<Line<'a>>) {
    let from = found.len();
    blocks(&cell.blocks, Frame::Signature, found);
    let mut frame = Frame::Signature;
    for line in &mut found[from..] {
        if cue::is_recipients(line.text) {
            frame = Frame::Recipients;
        } else if frame == Frame::Recipients && cue::is_signer_line(line.text) {
            frame = Frame::Signature;
        }
        line.frame = frame;
    }
}

fn first_paragraph(row: &Row) -> Option<&Paragraph> {
    row.cells.iter().flat_map(|cell| &cell.blocks).find_map(|block| match block {
        Block::Paragraph(one) => Some(one),
        Block::Table(inner) => inner.rows.first().and_then(first_paragraph),
    })
}

/// What a table is for.
#[derive(Debug, PartialEq, Eq)]
enum Use {
    /// Layout only: its paragraphs are read as if there were no table.
    Paper,
    Header,
    Closing,
    Content,
}

fn use_of(one: &Table) -> Use {
    let width = one.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let paragraphs = one.paragraphs();
    let mut header = false;
    let mut closing = false;
    let mut longest = 0;
    let mut words = 0;
    for line in paragraphs.iter().flat_map(|p| p.text.split('\n')).map(str::trim) {
        header |= cue::is_motto(line);
        closing |= cue::is_recipients(line) || cue::is_signer_line(line);
        longest = longest.max(line.len());
        words += line.len();
    }
    if header && one.rows.len() <= 6 && words < 2000 {
        return Use::Header;
    }
    if closing && one.rows.len() <= 8 && longest < 600 && words < 4000 {
        return Use::Closing;
    }
    if width <= 1 {
        return Use::Paper;
    }
    // A number and a place without the Quốc hiệu: the lower half of a header cut in two.
    let numbered = paragraphs.iter().any(|p| cue::is_number_line(p.text.trim()));
    if numbered && one.rows.len() <= 3 && words < 600 {
        return Use::Header;
    }
    // Articles in one column: paper. In two, they are compared.
    let mut columns = 0u64;
    for row in &one.rows {
        for (at, cell) in row.cells.iter().enumerate().take(64) {
            let article = |p: &Paragraph| marker(p.text.trim()).is_some_and(|m| m.shape == Shape::Article && !m.quoted);
            let holds = cell.blocks.iter().any(|b| matches!(b, Block::Paragraph(p) if article(p)));
            columns |= u64::from(holds) << at;
        }
    }
    if columns.count_ones() == 1 { Use::Paper } else { Use::Content }
}

/// Cuts lines in which the next article, the first clause or the first point stands without a line break before it
/// ("… thi hành. Điều 3. Chánh …", "Điều 5. 1. Công dân …"), and lines in which a quoted block opens after "như sau:" and goes on in the next paragraph.
fn split_run_in_articles(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut out: Vec<Line<'_>> = Vec::with_capacity(lines.len());
    let mut last: Option<Number> = None;
    for mut line in lines {
        if let Some(number) = line.article() {
            last = match last {
                Some(before) if number.step_from(before) == Step::Jump && !line.continued => last.max(Some(number)),
                _ => Some(number),
            };
        }
        while let Some(at) = first_inside(&line).or_else(|| run_in(line.text, last.filter(|_| line.row.is_none()))) {
            let rest = cut(&mut line, at);
            if rest.article().is_some() {
                last = rest.article();
            }
            out.push(std::mem::replace(&mut line, rest));
        }
        out.push(line);
    }
    out
}

/// Where the first clause of an article, or the first point of a clause, stands on the line of its holder: "Điều 5. 1. …".
fn first_inside(line: &Line<'_>) -> Option<usize> {
    let outer = line.marker.filter(|m| line.label.is_none() && m.close == Close::Dot && m.body < line.text.len())?;
    let inner = marker(&line.text[outer.body..])?;
    let first = match (outer.shape, inner.shape) {
        (Shape::Article, Shape::Arabic) => {
            inner.number == Number::plain(1)
                && inner.depth() == 1
                && matches!(inner.close, Close::Dot | Close::Hyphen | Close::Paren)
        }
        (Shape::Article | Shape::Arabic, Shape::Letter('a')) => inner.close == Close::Paren,
        _ => false,
    };
    (first && !inner.quoted).then_some(outer.body)
}

/// Where the line has to be cut, if anywhere.
fn run_in(text: &str, last: Option<Number>) -> Option<usize> {
    // Nearly no line has any of this, and to ask whether it has costs a tenth of asking where.
    if !["Điều ", ":“", ": “"].iter().any(|words| text.contains(words)) {
        return None;
    }
    let mut from = 0;
    while let Some(found) = text[from..].find("Điều ") {
        let at = from + found;
        from = at + "Điều ".len();
        let before = text[..at].trim_end();
        let Some(last) = last else { break };
        if !before.ends_with(['.', ';', '”']) || before.ends_with("..") {
            continue;
        }
        let next = marker(&text[at..]).filter(|m| m.number.step_from(last) == Step::Next && m.number.suffix == 0);
        if next.is_some_and(|m| closes_well(m) && m.follow == Follow::Capital) {
            return Some(at);
        }
    }
    // `như sau: “1. …` left open at the end of the line.
    let colon = text.find(":“").map(|at| at + 1).or_else(|| text.find(": “").map(|at| at + 2))?;
    let tail = &text[colon..];
    let open = tail.matches('“').count() > tail.matches('”').count();
    (open && marker(tail).is_some()).then_some(colon)
}

fn closes_well(marker: Marker) -> bool {
    matches!(marker.close, Close::Dot | Close::Colon)
}

/// Takes the part of `line` from byte `at` on.
pub(super) fn cut<'a>(line: &mut Line<'a>, at: usize) -> Line<'a> {
    let (head, tail) = line.text.split_at(at);
    let text = tail.trim();
    let lead = at + (tail.len() - tail.trim_start().len());
    let (kept, moved): (Vec<_>, Vec<_>) = line.notes.drain(..).partition(|&(anchor, _)| anchor <= at);
    line.notes = kept;
    line.text = head.trim_end();
    Line {
        label: None,
        text,
        look: line.look,
        origin: line.origin,
        notes: moved.into_iter().map(|(anchor, note)| (anchor.saturating_sub(lead), note)).collect(),
        continued: true,
        frame: line.frame,
        row: None,
        marker: marker(text),
        quote: 0,
    }
}
