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
    let (mut announced, mut ordered) = (false, false);
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let unopened = if ordered && line.row.is_none() { unopened_end(lines, at, host) } else { None };
        if let Some(end) = unopened {
            block += 1;
            lines[at..end].iter_mut().for_each(|line| line.quote = block);
            (announced, ordered) = (false, false);
            at = end;
            continue;
        }
        if line.row.is_some() || line.frame != Frame::Body || !opens(line, announced) {
            host.see(line);
            announced = line.text.ends_with(':') || (announced && line.text.is_empty());
            ordered = orders(line) || (ordered && line.text.is_empty());
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
        (announced, ordered) = (false, false);
        at = end;
    }
    unclosed
}

/// A command after which new text must stand.
fn orders(line: &Line<'_>) -> bool {
    let words = line.text.get(line.marker.map_or(0, |marker| marker.body)..).unwrap_or_default();
    line.text.ends_with("như sau:") && cue::is_command(words)
}

/// Lines within which the closing mark of a quotation that never opened is looked for.
const UNOPENED_REACH: usize = 200;

/// End of new text whose opening mark was forgotten: its closing mark stands before the next command.
fn unopened_end(lines: &[Line<'_>], from: usize, host: Host) -> Option<usize> {
    let mut straight = false;
    let mut depth = 0i32;
    for (at, line) in lines.iter().enumerate().skip(from).take(UNOPENED_REACH) {
        let words = line.text.get(line.marker.map_or(0, |marker| marker.body)..).unwrap_or_default();
        let starts_quoted = at == from && line.text.starts_with(QUOTES_OPEN);
        if starts_quoted || line.frame != Frame::Body || host.resumes(line) || at == from && cue::is_command(words) {
            return None;
        }
        for c in line.text.chars() {
            match c {
                '“' | '„' => depth += 1,
                '”' => depth -= 1,
                '"' => straight = !straight,
                _ => {}
            }
        }
        let ends = line.text.trim_end_matches(['.', ';', ',', ' ']).ends_with(['”', '"']);
        if ends && (depth < 0 || straight && depth <= 0) {
            return Some(at + 1);
        }
    }
    None
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
        if ends && depth <= 0 && (goes_on(lines, from, at, host) || clauses_go_on(lines, from, at, host)) {
            continue;
        }
        if ends && (depth <= 0 || next_resumes()) || (depth <= 0 && !straight && at > from && next_resumes()) {
            return (at + 1, true);
        }
    }
    // It never closed and no command followed: no more than its own paragraph is sure to be quoted.
    let end = lines[from..].iter().position(|l| matches!(l.frame, Frame::Recipients | Frame::Signature));
    (end.map_or(lines.len(), |end| from + end), false)
}

/// After a closing mark the next article of the quoted text follows, not one of the host: “Điều 28a. …”. Điều 28b. …”.
fn goes_on(lines: &[Line<'_>], from: usize, at: usize, host: Host) -> bool {
    let article = |line: &Line<'_>| line.marker.filter(|m| m.shape == Shape::Article).map(|m| m.number);
    let Some(next) = lines.get(at + 1).filter(|next| !next.text.starts_with(QUOTES_OPEN)).and_then(article) else {
        return false;
    };
    let last = lines[from..=at].iter().rev().find_map(article);
    last.is_some_and(|last| next.step_from(last) == Step::Next)
        && host.article.is_some_and(|host| next.step_from(host) != Step::Next)
}

/// The same of clauses: “8. …” 9. …”, where the host stands at 6.
fn clauses_go_on(lines: &[Line<'_>], from: usize, at: usize, host: Host) -> bool {
    let clause = |line: &Line<'_>| {
        line.marker.filter(|m| m.shape == Shape::Arabic && m.depth() == 1 && !m.is_bare()).map(|m| m.number)
    };
    let Some(after) = lines.get(at + 1).filter(|next| !next.text.starts_with(QUOTES_OPEN)) else { return false };
    let words = after.text.get(after.marker.map_or(0, |marker| marker.body)..).unwrap_or_default();
    let Some(next) = clause(after).filter(|_| !cue::is_command(words)) else { return false };
    let last = lines[from..=at].iter().rev().find_map(clause);
    // A mark of closing must still come.
    let closes = || {
        let mut rest = lines[at + 1..].iter().take(UNOPENED_REACH).take_while(|line| !host.resumes(line));
        rest.any(|line| line.text.trim_end_matches(['.', ';', ',', ' ']).ends_with(['”', '"']))
    };
    last.is_some_and(|last| next.step_from(last) == Step::Next)
        && host.clause.is_some_and(|host| next.step_from(host) != Step::Next)
        && closes()
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
