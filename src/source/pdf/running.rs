//! Running heads and feet: lines that come again at the edge of page after page, page numbers, stamps of signatures.

use std::collections::HashMap;

use super::lines::Line;
use super::marks::is_page_number;
use crate::source::NoteKind;

/// Lines looked at from either edge of a page.
const REACH: usize = 4;
/// How far a running line may stray from page to page, in points.
const STRAY: f64 = 3.0;
/// A running line comes on one page of so many at least; heads may differ on odd and even pages and on the first.
const ONE_IN: usize = 4;
/// Share of the page's height at either edge where a page number may stand.
const EDGE: f64 = 0.13;

/// The lines of a page and its height.
pub struct PageLines {
    /// Lines from top to bottom.
    pub lines: Vec<Line>,
    /// Height of the page.
    pub height: f64,
}

/// Takes running lines out of the pages; each distinct text once, numbers aside.
pub fn take(pages: &mut [PageLines]) -> Vec<(NoteKind, String)> {
    let seen = count(pages);
    let enough = pages.len().div_ceil(ONE_IN).max(2);
    // Numbers on one page only may be text; at the edge of a page they are its number.
    let mut found: Vec<(NoteKind, String)> = Vec::new();
    let mut shapes: Vec<String> = Vec::new();
    for page in pages.iter_mut() {
        for kind in [NoteKind::Header, NoteKind::Footer] {
            while let Some(index) = outermost(page, kind) {
                let line = &page.lines[index];
                let text = line.text();
                let at_edge = match kind {
                    NoteKind::Header => line.y < EDGE * page.height,
                    _ => line.y > (1.0 - EDGE) * page.height,
                };
                let repeated = at_edge && repeats(&seen, kind, &text, line.y) >= enough;
                if !(repeated || (at_edge && is_page_number(&text)) || is_signature_stamp(&text)) {
                    break;
                }
                page.lines.remove(index);
                let shape = shape(&text);
                if text.contains(char::is_alphabetic) && !shapes.contains(&shape) {
                    shapes.push(shape);
                    found.push((kind, text));
                }
            }
        }
    }
    found
}

/// Index of the first or last line of a page.
fn outermost(page: &PageLines, kind: NoteKind) -> Option<usize> {
    match kind {
        NoteKind::Header => (!page.lines.is_empty()).then_some(0),
        _ => page.lines.len().checked_sub(1),
    }
}

/// Lines near an edge by their text without numbers: where they stand, one entry a page.
type Seen = HashMap<(bool, String), Vec<f64>>;

fn count(pages: &[PageLines]) -> Seen {
    let mut seen = Seen::new();
    for page in pages {
        let last = page.lines.len();
        for (index, line) in page.lines.iter().enumerate() {
            for (is_head, near) in [(true, index < REACH), (false, index + REACH >= last)] {
                if near {
                    seen.entry((is_head, shape(&line.text()))).or_default().push(line.y);
                }
            }
        }
    }
    seen
}

/// On how many pages the same words stand at the same height.
fn repeats(seen: &Seen, kind: NoteKind, text: &str, y: f64) -> usize {
    let places = seen.get(&(kind == NoteKind::Header, shape(text)));
    places.map_or(0, |places| places.iter().filter(|&&place| (place - y).abs() <= STRAY).count())
}

/// The text with its numbers made alike.
fn shape(text: &str) -> String {
    let mut shape = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if !(c == '#' && shape.ends_with('#')) {
            shape.push(c);
        }
    }
    shape
}

/// What signing programs print on a page.
fn is_signature_stamp(text: &str) -> bool {
    const STARTS: [&str; 8] = [
        "Người ký:",
        "Ký bởi:",
        "Ký bởi ",
        "Thời gian ký:",
        "Ngày ký:",
        "Email:",
        "Signature Not Verified",
        "Digitally signed by",
    ];
    STARTS.iter().any(|start| text.trim_start().starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::lines::Word;

    fn line(y: f64, text: &str) -> Line {
        let word = Word { text: text.to_owned(), x0: 90.0, x1: 200.0, y, size: 13.0, ..Word::default() };
        Line::new(vec![word])
    }

    #[test]
    fn heads_and_numbers_go_and_the_text_stays() {
        let page = |number: u32, text: &str| PageLines {
            height: 842.0,
            lines: vec![
                line(40.0, &format!("{number} CÔNG BÁO/Số 12/Ngày 03-02-2031")),
                line(100.0, text),
                line(120.0, "Điều 5"),
                line(790.0, &format!("- {number} -")),
            ],
        };
        let mut pages = [page(2, "Quy định chung"), page(3, "Tổ chức thực hiện")];
        let running = take(&mut pages);
        assert_eq!(running, [(NoteKind::Header, "2 CÔNG BÁO/Số 12/Ngày 03-02-2031".to_owned())]);
        for page in &pages {
            assert_eq!(page.lines.len(), 2);
        }
    }
}
