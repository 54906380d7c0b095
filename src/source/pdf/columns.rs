//! Columns without ruling lines: blocks of two (issuer beside the national heading, recipients beside the signature) and
//! tables of more. Empty corridors run down between them.

use super::lines::{Line, Word};

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

/// Narrowest gap between columns of a table of three and more, in font sizes, and in gaps of a word.
const TABLE_GAP: f64 = 1.5;
/// The same against the usual gap of the line: a justified line has gaps that are alike.
const TABLE_GAPS: f64 = 2.5;
/// Narrowest corridor of such a table, in font sizes: no word space is as wide.
const TABLE_CORRIDOR: f64 = 0.9;
/// Widest space between the words of a cell, in font sizes.
const WORD_SPACE: f64 = 0.6;
/// Deepest empty space between rows of such a table, in font sizes.
const ROW_GAP: f64 = 3.5;

/// Lines of the flow, or columns.
#[derive(Debug)]
pub enum Piece {
    /// One line over the whole width.
    Line(Line),
    /// Left and right column, each from top to bottom.
    Columns([Vec<Line>; 2]),
    /// Rows of three and more cells, each with its lines; some cells are empty.
    Rows(Vec<Vec<Vec<Line>>>),
}

/// Tells blocks of two columns from the flow. `is_head`: these lines begin a document; `middle`: of the page's text.
pub fn split(lines: Vec<Line>, is_head: bool, middle: f64) -> Vec<Piece> {
    let lines = level(lines);
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut head = is_head;
    while at < lines.len() {
        if let Some((rows, length)) = table(&lines[at..]) {
            pieces.push(Piece::Rows(rows));
            at += length;
            head = false;
            continue;
        }
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
    let signature = signature(lines);
    let mut corridor = signature.or_else(|| corridor_of(first, wide))?;
    let is_signature = signature.is_some();
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
                // A line of the flow whose gaps are all alike is justified, not parted; where columns are proven, room
                // left for a number to be written in is no matter.
                let proven = both >= 2 && b.x0 - a.x1 >= WIDE_GAP * line.size.min(14.0);
                let stands = proven && left.takes(&a, middle) && right.takes(&b, middle);
                if !stands && line.gaps().any(|(index, x0, x1)| index != split && x1 - x0 > alike * (b.x0 - a.x1)) {
                    break;
                }
                left.push(a);
                right.push(b);
                both += 1;
            }
            [Some(a), None] if left.takes(&a, middle) || (is_signature && left.lines.is_empty()) => left.push(a),
            [None, Some(b)] if right.takes(&b, middle) || (is_signature && right.lines.is_empty()) => right.push(b),
            _ => break,
        }
        corridor = narrowed;
        bottom = line.y;
        length += 1;
    }
    let apart = is_signature && left.lines.len().min(right.lines.len()) > 0;
    let sure = both >= 2 || (both == 1 && left.lines.len() + right.lines.len() >= 4) || apart;
    let is_bare = |line: &Line| line.list_mark().is_some_and(|(length, _)| length == line.words.len());
    (sure && !left.lines.iter().all(is_bare)).then_some(([left.lines, right.lines], length))
}

/// The table of three and more columns that begins with the first line, and how many lines it takes.
fn table(lines: &[Line]) -> Option<(Vec<Vec<Vec<Line>>>, usize)> {
    let mut corridors = wide_gaps(lines.first()?);
    let (mut length, mut full) = (0usize, 0);
    for line in lines {
        let before = length.checked_sub(1).and_then(|last| lines.get(last));
        if before.is_some_and(|before| line.y - before.y > ROW_GAP * before.size.max(line.size)) {
            break;
        }
        let narrowed: Vec<(f64, f64)> = corridors.iter().filter_map(|&corridor| narrow_to(line, corridor)).collect();
        // A gap inside a cell of the first line is no corridor; later, a line across one ends the table.
        if narrowed.len() < 2 || (length > 1 && narrowed.len() < corridors.len()) {
            break;
        }
        corridors = narrowed;
        full += usize::from(cells(line, &corridors).iter().filter(|words| !words.is_empty()).count() > 2);
        length += 1;
    }
    // One line may be a chance, and columns of which hardly one line has three are two.
    let is_recipients = begins_recipients(lines.first()?);
    if length < 2 || full < 1 || (!is_recipients && (full < 2 || full * 3 < length)) {
        return None;
    }
    // Two lines of words far apart may be justified; words near each other beside wide gaps are cells.
    let has_words = |line: &Line| line.gaps().any(|(_, x0, x1)| x1 - x0 < WORD_SPACE * line.size);
    if length < 3 && !lines[..length].iter().any(has_words) {
        return None;
    }
    let mut rows: Vec<Vec<Vec<Line>>> = Vec::new();
    for line in &lines[..length] {
        let cells = cells(line, &corridors);
        let filled = || cells.iter().filter_map(|words| words.first());
        let begins = !cells[0].is_empty() && filled().count() > 1;
        let goes_on = filled().any(|word| word.text.starts_with(char::is_lowercase));
        // Recipients beside two signatures are one row.
        if rows.is_empty() || (begins && !goes_on && !is_recipients) {
            rows.push(vec![Vec::new(); cells.len()]);
        }
        for (cell, words) in rows.last_mut().into_iter().flatten().zip(cells) {
            if !words.is_empty() {
                cell.push(Line::new(words));
            }
        }
    }
    Some((rows, length))
}

fn begins_recipients(line: &Line) -> bool {
    line.text().trim_start().to_lowercase().starts_with("nơi nhận:")
}

/// Gaps of a line that stand out from those between its words.
fn wide_gaps(line: &Line) -> Vec<(f64, f64)> {
    let mut widths: Vec<f64> = line.gaps().map(|(_, x0, x1)| x1 - x0).collect();
    widths.sort_by(f64::total_cmp);
    let spread = |least: f64, most: f64| most - least > 0.15 * line.size;
    let words = || line.words.iter().map(|word| word.x1 - word.x0);
    let words_differ = spread(words().fold(f64::MAX, f64::min), words().fold(f64::MIN, f64::max));
    if let ([least, .., most], true) = (&widths[..], words_differ)
        && !spread(*least, *most)
    {
        // Equal gaps between unequal words: justified.
        return Vec::new();
    }
    // A line with one word in each cell has no gaps of words.
    let usual = widths.first().copied().filter(|&gap| gap < WORD_SPACE * line.size).unwrap_or(0.0);
    let least = (TABLE_GAP * line.size.min(14.0)).max(TABLE_GAPS * usual);
    line.gaps().filter(|(_, x0, x1)| x1 - x0 >= least).map(|(_, x0, x1)| (x0, x1)).collect()
}

/// What this line leaves of a corridor, if it is wide enough.
fn narrow_to(line: &Line, corridor: (f64, f64)) -> Option<(f64, f64)> {
    let outer = [(0, f64::MIN, line.x0), (line.words.len(), line.x1, f64::MAX)];
    let free = line.gaps().chain(outer).map(|(_, x0, x1)| (x0.max(corridor.0), x1.min(corridor.1)));
    let widest = free.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
    (widest.1 - widest.0 >= TABLE_CORRIDOR * line.size.min(14.0)).then_some(widest)
}

/// The words of a line by column.
fn cells(line: &Line, corridors: &[(f64, f64)]) -> Vec<Vec<Word>> {
    let mut cells = vec![Vec::new(); corridors.len() + 1];
    for word in &line.words {
        let column = corridors.iter().filter(|corridor| (corridor.0 + corridor.1) / 2.0 < word.x0).count();
        cells[column].push(word.clone());
    }
    cells
}

/// The corridor between recipients and a signature that begins above them: no line at first has words on both sides.
fn signature(lines: &[Line]) -> Option<(f64, f64)> {
    /// Lines of a signature above the recipients ("TM. CHÍNH PHỦ", "KT. THỦ TƯỚNG").
    const ABOVE: usize = 4;
    let at = lines.iter().take(ABOVE + 1).position(begins_recipients).filter(|&at| at > 0)?;
    let recipients = &lines[at];
    let left = recipients.words.iter().take_while(|word| !word.text.ends_with(':')).count();
    let left = recipients.words.get(left)?.x1;
    let beside = recipients.words.iter().map(|word| word.x0).filter(|&x0| x0 > left);
    let right = lines[..at].iter().map(|line| line.x0).chain(beside).fold(f64::MAX, f64::min);
    (right - left >= WIDE_GAP * recipients.size).then_some((left, right))
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
            Piece::Rows(rows) => [100 + rows.len(), rows[0].len()],
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

    #[test]
    fn three_columns_are_a_table_and_the_text_around_it_is_not() {
        let text = line(
            60.0,
            &[(90.0, "Danh"), (118.0, "mục"), (140.0, "thủ"), (162.0, "tục"), (184.0, "như"), (206.0, "sau:")],
        );
        let lines = vec![
            text.clone(),
            line(
                80.0,
                &[(90.0, "TT"), (130.0, "Tên"), (152.0, "thủ"), (174.0, "tục"), (300.0, "Thời"), (330.0, "hạn")],
            ),
            line(95.0, &[(90.0, "1"), (130.0, "Đăng"), (158.0, "ký"), (300.0, "05"), (316.0, "ngày")]),
            line(110.0, &[(130.0, "kinh"), (158.0, "doanh")]),
            line(125.0, &[(90.0, "2"), (130.0, "Cấp"), (152.0, "lại"), (300.0, "03"), (316.0, "ngày")]),
            line(
                145.0,
                &[
                    (90.0, "Danh"),
                    (118.0, "mục"),
                    (140.0, "trên"),
                    (168.0, "đây"),
                    (190.0, "thay"),
                    (218.0, "danh-mục-ban-hành-kèm"),
                ],
            ),
        ];
        assert_eq!(shape(&split(lines, false, 306.0)), [[1, 0], [103, 3], [1, 0]]);
        // Two justified lines whose gaps happen to stand one under the other.
        let justified = vec![
            line(80.0, &[(90.0, "Quyết"), (145.0, "định"), (194.0, "này"), (237.0, "được"), (286.0, "công-bố")]),
            line(95.0, &[(90.0, "Quyết"), (145.0, "định"), (194.0, "này"), (237.0, "được"), (286.0, "công-bố")]),
        ];
        assert_eq!(shape(&split(justified, false, 306.0)), [[1, 0], [1, 0]]);
    }

    #[test]
    fn room_for_a_number_does_not_end_a_head() {
        let lines = vec![
            line(80.0, &[(90.0, "ỦY"), (108.0, "BAN"), (250.0, "CỘNG"), (280.0, "HÒA")]),
            line(95.0, &[(96.0, "TỈNH"), (252.0, "Độc"), (276.0, "lập")]),
            line(115.0, &[(90.0, "Số:"), (140.0, "/UBND"), (210.0, "ngày"), (270.0, "tháng"), (318.0, "01")]),
        ];
        assert_eq!(shape(&split(lines, true, 306.0)), [[3, 3]]);
    }

    #[test]
    fn a_signature_may_begin_above_the_recipients() {
        let lines = vec![
            line(80.0, &[(330.0, "TM."), (354.0, "CHÍNH"), (390.0, "PHỦ")]),
            line(94.0, &[(339.0, "THỦ"), (363.0, "TƯỚNG")]),
            line(102.5, &[(90.0, "Nơi"), (112.0, "nhận:")]),
            line(113.0, &[(90.0, "-"), (100.0, "Như"), (122.0, "trên;")]),
            line(
                124.0,
                &[(90.0, "-"), (100.0, "Lưu:"), (128.0, "VT."), (330.0, "Trần"), (360.0, "Văn"), (384.0, "Bình")],
            ),
        ];
        assert_eq!(shape(&split(lines, false, 297.0)), [[3, 3]]);
    }

    #[test]
    fn recipients_beside_two_signatures_are_one_row() {
        let lines = vec![
            line(
                80.0,
                &[(90.0, "Nơi"), (112.0, "nhận:"), (220.0, "XÁC"), (242.0, "NHẬN"), (400.0, "ĐẠI"), (422.0, "DIỆN")],
            ),
            line(94.0, &[(90.0, "-"), (100.0, "Như"), (122.0, "trên;"), (390.0, "(Ký"), (412.0, "tên)")]),
            line(108.0, &[(90.0, "-"), (100.0, "Lưu:"), (128.0, "VT.")]),
        ];
        assert_eq!(shape(&split(lines, false, 297.0)), [[101, 3]]);
    }
}
