//! Numbers that stand amid a line: "1. … thực phẩm. 2. Thông qua …", where the next line has 3.
//!
//! Sentences hold such numbers too, so a line is only cut where a list shows a gap and every missing number is there, after
//! the end of a sentence.

use super::lines::{Frame, Line, cut};
use super::marker::{Close, Follow, Marker, Shape, marker};
use crate::text::number::{Number, letter_at, letter_place};

/// Largest gap that is looked into.
const MOST_MISSING: u32 = 6;
/// A list does not go on over more lines than this from one number to the next.
const REACH: usize = 200;

/// What to do to a line.
enum Mend {
    /// A number begins at this byte.
    Cut(usize),
    /// "2.7 Trong thời hạn": clause 2 and the mark of a footnote.
    Note,
}

/// A list being followed: where its last number stands, and which it was.
#[derive(Clone, Copy)]
struct Last {
    line: usize,
    number: u32,
}

/// Cuts lines where a list shows a gap.
pub(super) fn fill_gaps(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mends = find(&lines);
    if mends.is_empty() {
        return lines;
    }
    let mut mends = mends.into_iter().peekable();
    let mut out = Vec::with_capacity(lines.len() + 16);
    for (at, mut line) in lines.into_iter().enumerate() {
        let mut done = 0;
        while let Some((_, mend)) = mends.next_if(|(line, _)| *line == at) {
            match mend {
                Mend::Cut(byte) if byte > done => {
                    let whole = line.text;
                    let rest = cut(&mut line, byte - done);
                    done += whole.len() - rest.text.len();
                    out.push(std::mem::replace(&mut line, rest));
                }
                Mend::Cut(_) => {}
                Mend::Note => line.marker = line.marker.map(without_note),
            }
        }
        out.push(line);
    }
    out
}

/// All places to mend, in order.
fn find(lines: &[Line<'_>]) -> Vec<(usize, Mend)> {
    let mut mends = Vec::new();
    let (mut clause, mut letter): (Option<Last>, Option<Last>) = (None, None);
    for (at, line) in lines.iter().enumerate() {
        if line.row.is_some() || line.frame != Frame::Body {
            (clause, letter) = (None, None);
            continue;
        }
        let Some(marker) = line.marker.filter(|m| m.close != Close::Open || m.shape == Shape::Article) else {
            continue;
        };
        match marker.shape {
            Shape::Article => {
                (clause, letter) = (Some(Last { line: at, number: 0 }), Some(Last { line: at, number: 0 }))
            }
            Shape::Arabic if marker.depth() == 1 && line.label.is_none() => {
                let number = marker.number.value;
                if let Some(last) = clause {
                    gap(lines, last, at, number, false, &mut mends);
                }
                (clause, letter) = (Some(Last { line: at, number }), Some(Last { line: at, number: 0 }));
            }
            Shape::Letter(c) if line.label.is_none() && marker.close == Close::Paren => {
                let Some(number) = letter_place(c) else { continue };
                if let Some(last) = letter {
                    gap(lines, last, at, number, true, &mut mends);
                }
                letter = Some(Last { line: at, number });
            }
            Shape::Dash(_) | Shape::Letter(_) | Shape::SmallRoman | Shape::Arabic => {}
            _ => (clause, letter) = (None, None),
        }
    }
    mends.sort_by_key(|(line, mend)| (*line, if let Mend::Cut(byte) = mend { *byte } else { 0 }));
    mends
}

/// Looks for the numbers missing between `last` and `number`, which stands on line `at`.
fn gap(lines: &[Line<'_>], last: Last, at: usize, number: u32, letters: bool, mends: &mut Vec<(usize, Mend)>) {
    if number <= last.number + 1 || number > last.number + 1 + MOST_MISSING || at - last.line > REACH {
        return;
    }
    let mut found = Vec::new();
    let (mut line, mut byte) = (last.line, lines[last.line].marker.map_or(0, |m| m.body));
    for missing in last.number + 1..number {
        let place = (line..at).find_map(|here| {
            let from = if here == line { byte } else { 0 };
            let mend = match lines[here].marker {
                Some(m) if !letters && from == 0 && is_noted(&m, missing) => Some(Mend::Note),
                _ => within(lines[here].text, from, missing, letters).map(Mend::Cut),
            };
            mend.map(|mend| (here, mend))
        });
        let Some((here, mend)) = place else { return };
        (line, byte) = (here, if let Mend::Cut(byte) = mend { byte } else { 0 });
        found.push((here, mend));
    }
    mends.append(&mut found);
}

/// Where `number`, with its sign, stands in `text` after the end of a sentence.
fn within(text: &str, from: usize, number: u32, letters: bool) -> Option<usize> {
    let printed = if letters { letter_at(number).map(|c| format!("{c})"))? } else { format!("{number}.") };
    let rest = text.get(from..)?;
    rest.match_indices(printed.as_str()).map(|(at, _)| from + at).find(|&at| {
        let lead = text[..at].trim_end();
        let parted = lead.len() < at;
        let next = marker(&text[at..]);
        parted
            && lead.ends_with(['.', ';', ':', '”'])
            && next.is_some_and(|m| match m.shape {
                Shape::Letter(_) => letters && m.follow != Follow::Nothing,
                Shape::Arabic => m.number == Number::plain(number) && m.depth() == 1 && m.follow == Follow::Capital,
                _ => false,
            })
    })
}

/// "2.7 Trong …" where 2 is missing.
fn is_noted(marker: &Marker, number: u32) -> bool {
    marker.shape == Shape::Arabic
        && marker.depth() == 2
        && marker.above == [number, 0]
        && marker.close == Close::Open
        && marker.follow == Follow::Capital
}

/// The clause without the mark of its footnote, which stays with the words.
fn without_note(marker: Marker) -> Marker {
    let number = marker.above[0];
    let label = number.to_string().len() + 1;
    Marker { number: Number::plain(number), above: [0; 2], close: Close::Dot, label, body: label, ..marker }
}
