//! Blocks of two columns without ruling lines (issuer beside the national heading, recipients beside the signature):
//! an empty corridor runs down between them.

use super::lines::Line;

/// Narrowest gap that may begin a corridor, in font sizes.
const WIDE_GAP: f64 = 1.2;
/// The same at the head of a document, where long names leave little room.
const HEAD_GAP: f64 = 0.55;
/// Narrowest corridor, in font sizes.
const CORRIDOR: f64 = 0.4;
/// Deepest empty space inside a block, in points: room for a signature and a seal.
const DEEPEST_GAP: f64 = 140.0;
/// How far a line may stray from the middle or edge of its column, in points.
const STRAY: f64 = 9.0;

/// Lines of the flow, or a block of two columns.
#[derive(Debug)]
pub enum Piece {
    /// One line over the whole width.
    Line(Line),
    /// Left and right column, each from top to bottom.
    Columns([Vec<Line>; 2]),
}

/// Tells blocks of two columns from the flow. `is_head`: these lines begin a document; `middle`: of the page's text.
pub fn split(lines: Vec<Line>, is_head: bool, middle: f64) -> Vec<Piece> {
    let lines = level(lines);
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut head = is_head;
    while at < lines.len() {
        match block(&lines[at..], if head { HEAD_GAP } else { WIDE_GAP }, middle) {
            Some((columns, length)) => {
                pieces.push(Piece::Columns(columns));
                at += length;
            }
            None => {
                // The narrower gaps of a head count until the flow begins; a line of print above it does no harm.
                head &= at < 3;
                pieces.push(Piece::Line(lines[at].clone()));
                at += 1;
            }
        }
    }
    pieces
}

/// Lines of neighbouring columns whose baselines differ a little are made one.
fn level(lines: Vec<Line>) -> Vec<Line> {
    let mut level: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match level.last_mut() {
            Some(last)
                if line.y - last.y < 0.7 * line.size.min(last.size) && (line.x0 > last.x1 || line.x1 < last.x0) =>
            {
                let words = std::mem::take(&mut last.words).into_iter().chain(line.words);
                *last = Line::new(words.collect());
            }
            _ => level.push(line),
        }
    }
    level
}

/// One column of a block while it grows.
#[derive(Default)]
struct Column {
    lines: Vec<Line>,
    x0: Vec<f64>,
    middles: Vec<f64>,
}

impl Column {
    fn push(&mut self, line: Line) {
        self.x0.push(line.x0);
        self.middles.push((line.x0 + line.x1) / 2.0);
        self.lines.push(line);
    }

    /// The line stands under the others: centred as they are, or flush left. A title in the middle of the page does not.
    fn takes(&self, line: &Line, middle: f64) -> bool {
        let near = |place: f64, at: f64| (place - at).abs() <= STRAY;
        let own = (line.x0 + line.x1) / 2.0;
        let centred = self.middles.iter().any(|&place| near(place, own) && !near(place, middle));
        let is_title = (own - middle).abs() <= 2.0 * STRAY && line.x0 > self.left() + STRAY;
        let flush = near(self.left(), line.x0) || self.x0.iter().filter(|&&place| near(place, line.x0)).count() > 1;
        centred || (flush && !is_title)
    }

    fn left(&self) -> f64 {
        self.x0.iter().copied().fold(f64::MAX, f64::min)
    }
}

/// The block that begins with the first line, and how many lines it takes.
fn block(lines: &[Line], wide: f64, middle: f64) -> Option<([Vec<Line>; 2], usize)> {
    let first = lines.first()?;
    let mut corridor = corridor_of(first, wide)?;
    let (mut left, mut right) = (Column::default(), Column::default());
    let (mut both, mut length) = (0, 0);
    let mut bottom = first.y;
    let alike = if wide < WIDE_GAP { 0.9 } else { 0.7 };
    for line in lines {
        if line.y - bottom > DEEPEST_GAP {
            break;
        }
        let narrowed = narrow(line, corridor);
        let Some((narrowed, split)) = narrowed.filter(|(c, _)| c.1 - c.0 >= CORRIDOR * line.size.min(14.0)) else {
            break;
        };
        let (a, b) = line.words.split_at(split);
        let parts = [a, b].map(|words| (!words.is_empty()).then(|| Line::new(words.to_vec())));
        match parts {
            [Some(a), Some(b)] => {
                // A line of the flow whose gaps are all alike is justified, not parted.
                if line.gaps().any(|(index, x0, x1)| index != split && x1 - x0 > alike * (b.x0 - a.x1)) {
                    break;
                }
                left.push(a);
                right.push(b);
                both += 1;
            }
            [Some(a), None] if left.takes(&a, middle) => left.push(a),
            [None, Some(b)] if right.takes(&b, middle) => right.push(b),
            _ => break,
        }
        corridor = narrowed;
        bottom = line.y;
        length += 1;
    }
    let sure = both >= 2 || (both == 1 && left.lines.len() + right.lines.len() >= 4);
    let is_bare = |line: &Line| line.list_mark().is_some_and(|(length, _)| length == line.words.len());
    (sure && !left.lines.iter().all(is_bare)).then_some(([left.lines, right.lines], length))
}

/// The widest gap of the first line of a block, unless it only follows a list mark.
fn corridor_of(line: &Line, wide: f64) -> Option<(f64, f64)> {
    let (index, x0, x1) = line.gaps().max_by(|a, b| (a.2 - a.1).total_cmp(&(b.2 - b.1)))?;
    let after_mark = line.list_mark().is_some_and(|(length, _)| length == index);
    (!after_mark && x1 - x0 >= wide * line.size.min(14.0)).then_some((x0, x1))
}

/// The corridor as this line leaves it, and the first word to its right.
fn narrow(line: &Line, corridor: (f64, f64)) -> Option<((f64, f64), usize)> {
    let outer = [(0, f64::MIN, line.x0), (line.words.len(), line.x1, f64::MAX)];
    let free = line.gaps().chain(outer).map(|(split, x0, x1)| ((x0.max(corridor.0), x1.min(corridor.1)), split));
    free.max_by(|a, b| (a.0.1 - a.0.0).total_cmp(&(b.0.1 - b.0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::lines::Word;

    /// A line of words, each at its place; a character is 6 points wide.
    fn line(y: f64, words: &[(f64, &str)]) -> Line {
        let word = |&(x0, text): &(f64, &str)| Word {
            text: text.to_owned(),
            x0,
            x1: x0 + 6.0 * text.chars().count() as f64,
            y,
            size: 13.0,
            ..Word::default()
        };
        Line::new(words.iter().map(word).collect())
    }

    fn shape(pieces: &[Piece]) -> Vec<[usize; 2]> {
        let count = |piece: &Piece| match piece {
            Piece::Line(_) => [1, 0],
            Piece::Columns([left, right]) => [left.len(), right.len()],
        };
        pieces.iter().map(count).collect()
    }

    #[test]
    fn the_head_is_two_columns_and_the_title_below_is_not() {
        let lines = vec![
            line(80.0, &[(90.0, "ỦY"), (108.0, "BAN"), (250.0, "CỘNG"), (280.0, "HÒA")]),
            line(95.0, &[(96.0, "TỈNH"), (252.0, "Độc"), (276.0, "lập")]),
            line(120.0, &[(90.0, "Số:"), (112.0, "12"), (240.0, "An"), (258.0, "Giang")]),
            line(150.0, &[(282.0, "QUYẾT"), (318.0, "ĐỊNH")]),
            line(
                180.0,
                &[
                    (90.0, "Căn"),
                    (112.0, "cứ"),
                    (128.0, "Luật"),
                    (156.0, "Tổ"),
                    (172.0, "chức"),
                    (200.0, "chính-quyền-địa-phương"),
                ],
            ),
        ];
        assert_eq!(shape(&split(lines, true, 306.0)), [[3, 3], [1, 0], [1, 0]]);
    }

    #[test]
    fn hanging_list_marks_and_justified_lines_are_no_columns() {
        let hanging = vec![
            line(80.0, &[(90.0, "1."), (130.0, "Quyết"), (166.0, "định")]),
            line(95.0, &[(130.0, "này"), (154.0, "áp"), (170.0, "dụng")]),
            line(110.0, &[(90.0, "2."), (130.0, "Đối"), (166.0, "tượng")]),
        ];
        assert_eq!(shape(&split(hanging, false, 306.0)), [[1, 0], [1, 0], [1, 0]]);
        let justified = vec![
            line(80.0, &[(90.0, "Quyết"), (150.0, "định"), (210.0, "này")]),
            line(95.0, &[(90.0, "Quyết"), (150.0, "định"), (210.0, "này")]),
        ];
        assert_eq!(shape(&split(justified, false, 306.0)), [[1, 0], [1, 0]]);
    }
}
