//! Quoted amendments: a block opened by a quotation mark at the start of a line after "như sau:" and closed many lines later.
//! Its words belong to another document.

use super::cue;
use super::lines::{Frame, Line};
use super::marker::{QUOTES_OPEN, Shape};
use crate::text::number::{Number, Step, letter_step};

/// Numbers of the hosting text so far, to know its next command.
#[derive(Default, Clone, Copy)]
struct Host {
    article: Option<Number>,
    clause: Option<Number>,
    letter: Option<char>,
}

/// Numbers the quoted blocks from 1 in [`Line::quote`]; gives the first lines of blocks that never closed.
pub(super) fn mark(lines: &mut [Line<'_>]) -> Vec<usize> {
    let mut host = Host::default();
    let mut unclosed = Vec::new();
    let mut block = 0;
    let mut announced = false;
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        if line.row.is_some() || line.frame != Frame::Body || !opens(line, announced) {
            host.see(line);
            announced = line.text.ends_with(':') || (announced && line.text.is_empty());
            at += 1;
            continue;
        }
        block += 1;
        let (end, closed) = block_end(lines, at, host);
        if !closed {
            unclosed.push(at);
        }
        for line in &mut lines[at..end] {
            line.quote = block;
        }
        announced = false;
        at = end;
    }
    unclosed
}

/// A quotation mark at the start, and the quotation does not end inside the line.
fn opens(line: &Line<'_>, announced: bool) -> bool {
    let Some(mark) = line.text.chars().next().filter(|c| QUOTES_OPEN.contains(c)) else { return false };
    let numbered = line.marker.is_some_and(|m| m.quoted && !matches!(m.shape, Shape::Dash(_)));
    if !announced && !numbered {
        return false;
    }
    let inside = &line.text[mark.len_utf8()..];
    let first_close = if mark == '"' { inside.find('"') } else { inside.find(['”', '"']) };
    match first_close {
        None => true,
        Some(_) if numbered => true,
        // “Thôn” là …: a quoted word, unless the line ends with the mark.
        Some(close) => inside[close..].trim_start_matches(['”', '"', '.', ';', ',', ' ']).is_empty(),
    }
}

/// End (exclusive) of the block that opens at `from`, and whether a closing mark ended it.
fn block_end(lines: &[Line<'_>], from: usize, host: Host) -> (usize, bool) {
    let straight = lines[from].text.starts_with('"');
    let mut depth = 0i32;
    for (at, line) in lines.iter().enumerate().skip(from) {
        if at > from && (host.resumes(line) || matches!(line.frame, Frame::Recipients | Frame::Signature)) {
            return (at, false);
        }
        for c in line.text.chars() {
            match c {
                '“' | '„' => depth += 1,
                '”' => depth -= 1,
                '"' if straight => depth = 1 - depth.min(1),
                _ => {}
            }
        }
        let tail = line.text.trim_end_matches(['.', ';', ',', ' ', '/', '\u{a0}']);
        let ends = tail.ends_with(['”', '"']) || (tail.ends_with('“') && at > from);
        let next_resumes = || lines.get(at + 1).is_none_or(|next| host.resumes(next));
        if ends && (depth <= 0 || next_resumes()) || (depth <= 0 && !straight && at > from && next_resumes()) {
            return (at + 1, true);
        }
    }
    // It never closed and no command followed: no more than its own paragraph is sure to be quoted.
    let end = lines[from..].iter().position(|l| matches!(l.frame, Frame::Recipients | Frame::Signature));
    (end.map_or(lines.len(), |end| from + end), false)
}

impl Host {
    fn see(&mut self, line: &Line<'_>) {
        let Some(marker) = line.marker.filter(|m| !m.quoted) else { return };
        match marker.shape {
            Shape::Article => *self = Host { article: Some(marker.number), clause: None, letter: None },
            Shape::Arabic if marker.depth() == 1 && !marker.is_bare() => {
                self.clause = Some(marker.number);
                self.letter = None;
            }
            Shape::Letter(letter) => self.letter = Some(letter),
            _ => {}
        }
    }

    /// The line is the next command of the hosting text.
    fn resumes(&self, line: &Line<'_>) -> bool {
        let Some(marker) = line.marker.filter(|m| !m.quoted) else { return false };
        let words = line.text.get(marker.body..).unwrap_or_default();
        let next = |before: Option<Number>| before.is_some_and(|before| marker.number.step_from(before) == Step::Next);
        match marker.shape {
            Shape::Article => next(self.article) && (cue::is_command(words) || cue::is_closing_heading(words)),
            Shape::Arabic => marker.depth() == 1 && next(self.clause) && cue::is_command(words),
            Shape::Letter(letter) => {
                self.letter.is_some_and(|before| letter_step(before, letter).0 == Step::Next) && cue::is_command(words)
            }
            _ => false,
        }
    }
}
