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
    let mut found: Vec<(NoteKind, String)> = Vec::new();
    let mut shapes: Vec<String> = Vec::new();
    for (number, page) in pages.iter_mut().enumerate() {
        for kind in [NoteKind::Header, NoteKind::Footer] {
            for line in cut(page, kind, number, &seen, enough) {
                let text = line.text();
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

/// Takes the running lines off one edge of a page, the outermost first.
fn cut(page: &mut PageLines, kind: NoteKind, number: usize, seen: &Seen, enough: usize) -> Vec<Line> {
    let is_head = kind == NoteKind::Header;
    let count = page.lines.len();
    let from_edge = |step: usize| if is_head { Some(step) } else { count.checked_sub(step + 1) };
    let line = |step: usize| from_edge(step).and_then(|index| page.lines.get(index));
    let (mut length, mut sure) = (0, 0);
    while let Some(line) = line(length) {
        let text = line.text();
        let at_edge = if is_head { line.y < EDGE * page.height } else { line.y > (1.0 - EDGE) * page.height };
        // Numbers on one page only may be text; at the edge of a page they are its number.
        let alone = (at_edge && is_page_number(&text)) || is_signature_stamp(&text);
        let repeated = at_edge && !is_text(&text) && repeats(seen, is_head, &text, line.y, number) >= enough;
        if !(alone || repeated) {
            break;
        }
        length += 1;
        if alone {
            sure = length;
        }
    }
    // The last lines of two pages may be the same words of text; a running foot stands off from the text.
    if !is_head {
        while length > sure && stands_close(line(length), line(length - 1)) {
            length -= 1;
        }
        // A footnote that comes on many pages.
        let is_note = |line: &Line| line.words.first().is_some_and(|word| word.raised);
        if length > sure && line(length - 1).is_some_and(is_note) {
            length = sure;
        }
    }
    let taken = if is_head { page.lines.drain(..length) } else { page.lines.drain(count - length..) };
    let mut taken: Vec<Line> = taken.collect();
    if !is_head {
        taken.reverse();
    }
    taken
}

/// Two lines as near as lines of one paragraph, in the same print.
fn stands_close(above: Option<&Line>, below: Option<&Line>) -> bool {
    /// Distance of baselines, in font sizes: single to one and a half, as offices set it.
    const CLOSE: f64 = 1.75;
    let (Some(above), Some(below)) = (above, below) else { return false };
    let size = above.size.max(below.size);
    (above.size - below.size).abs() < 0.05 * size && below.y - above.y < CLOSE * size
}

/// The national heading, which begins a document or a form on however many pages.
fn is_text(text: &str) -> bool {
    let lower = text.to_lowercase().replace("oà", "òa");
    lower.contains("cộng hòa xã hội chủ nghĩa") || lower.contains("độc lập - tự do")
}

/// Titles of forms and parts: numbers that grow with the pages are theirs.
fn is_title(text: &str) -> bool {
    const STARTS: [&str; 7] = ["mẫu", "phụ lục", "biểu", "bảng", "điều", "chương", "mục"];
    let lower = text.trim_start().to_lowercase();
    STARTS.iter().any(|start| lower.starts_with(start))
}

/// Lines near an edge by their text without numbers: page, height and the numbers themselves.
type Seen = HashMap<(bool, String), Vec<(usize, f64, Vec<usize>)>>;

fn count(pages: &[PageLines]) -> Seen {
    let mut seen = Seen::new();
    for (number, page) in pages.iter().enumerate() {
        let last = page.lines.len();
        for (index, line) in page.lines.iter().enumerate() {
            for (is_head, near) in [(true, index < REACH), (false, index + REACH >= last)] {
                if near {
                    let text = line.text();
                    seen.entry((is_head, shape(&text))).or_default().push((number, line.y, numbers(&text)));
                }
            }
        }
    }
    seen
}

/// On how many pages the same words stand at the same height, with the same numbers or numbers that grow by pages.
fn repeats(seen: &Seen, is_head: bool, text: &str, y: f64, page: usize) -> usize {
    let (own, is_title) = (numbers(text), is_title(text));
    let Some(places) = seen.get(&(is_head, shape(text))) else { return 0 };
    let same = |&&(other, place, ref numbers): &&(usize, f64, Vec<usize>)| {
        (place - y).abs() <= STRAY
            && numbers.len() == own.len()
            && numbers
                .iter()
                .zip(&own)
                .all(|(&a, &b)| a == b || (!is_title && a.wrapping_sub(other) == b.wrapping_sub(page)))
    };
    places.iter().filter(same).count()
}

/// The numbers of a line.
fn numbers(text: &str) -> Vec<usize> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    digits.map(|digits| digits.parse().unwrap_or(usize::MAX)).collect()
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

    #[test]
    fn last_lines_of_text_and_titles_of_forms_stay() {
        let page = |number: usize, form: &str| PageLines {
            height: 842.0,
            lines: vec![
                line(40.0, &format!("{number} CÔNG BÁO/Số 12/Ngày 03-02-2031")),
                line(80.0, form),
                line(100.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                line(720.0, &format!("Mẫu {number} được ban hành theo Thông tư")),
                line(735.0, "số 8 năm 2031 của Bộ trưởng, được sửa"),
                line(750.0, "đổi, bổ sung theo khoản 2 Điều 2 của"),
                line(765.0, "Thông tư số 9 năm 2031 của Bộ trưởng"),
                line(780.0, "và có hiệu lực từ ngày 12 tháng 10."),
            ],
        };
        let mut pages = [page(2, "MẪU SỐ 20"), page(3, "MẪU SỐ 21"), page(4, "MẪU SỐ 22")];
        let running = take(&mut pages);
        assert_eq!(running.len(), 1, "{running:?}");
        assert!(pages.iter().all(|page| page.lines.len() == 7));
    }

    #[test]
    fn feet_that_stand_off_go_with_all_their_lines() {
        let page = |number: usize, text: &str| PageLines {
            height: 842.0,
            lines: vec![
                line(100.0, text),
                line(700.0, "Điều 5"),
                line(780.0, "Phần mềm quản lý văn bản"),
                line(795.0, "In ngày 03-02-2031"),
                line(810.0, &format!("Trang {number}/2")),
            ],
        };
        let mut pages = [page(1, "Quy định chung"), page(2, "Tổ chức thực hiện")];
        assert_eq!(take(&mut pages).len(), 3);
        assert!(pages.iter().all(|page| page.lines.len() == 2));
    }
}
