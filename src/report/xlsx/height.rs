//! How high a row must be for its wrapped text. Excel finds that itself when it opens a workbook, but other office programs
//! and print servers do not, and show one line of each cell.

/// Height of a line in points.
const LINE: f64 = 13.0;
/// Room above and below the lines in points.
const MARGIN: f64 = 2.5;
/// Rows grow to this height at most; Excel's limit is 409 points.
const HIGHEST: f64 = 400.0;
/// Pixels of a unit of column width.
const UNIT: f64 = 7.0;
/// Pixels of an em of the font at 11 points, a little more than it is because bold letters are wider.
const EM: f64 = 15.0;

/// Points a row of that many lines needs.
pub fn points(lines: usize) -> f64 {
    (lines.max(1) as f64 * LINE + MARGIN).min(HIGHEST)
}

/// Lines a row of the greatest height shows.
pub const MOST_LINES: usize = 30;

/// A text that takes more lines than a row can be high, cut between words to what it shows, with `mark` at its end.
pub fn fitting(text: &str, width: f64, mark: &str) -> String {
    let ends: Vec<usize> = text.char_indices().filter(|(_, letter)| letter.is_whitespace()).map(|(at, _)| at).collect();
    let cut = |end: usize| format!("{}{mark}", text[..end].trim_end());
    let kept = ends.partition_point(|&end| lines(&cut(end), width) <= MOST_LINES);
    cut(kept.checked_sub(1).map_or(0, |at| ends[at]))
}

/// Lines a text takes in a column `width` units wide, wrapped between words as office programs do.
pub fn lines(text: &str, width: f64) -> usize {
    let room = (width * UNIT).max(UNIT);
    // Most cells are short: no letter is wider than an em.
    if (text.len() as f64) * EM < room && !text.contains('\n') {
        return 1;
    }
    text.split('\n').map(|paragraph| wrapped(paragraph, room)).sum()
}

fn wrapped(paragraph: &str, room: f64) -> usize {
    let mut lines = 1;
    let mut used = 0.0;
    for word in paragraph.split_inclusive([' ', '-', '/']) {
        let wide: f64 = word.chars().map(letter).sum();
        // A space at the end of a line hangs over its edge.
        let visible = if word.ends_with(' ') { wide - letter(' ') } else { wide };
        if used > 0.0 && used + visible > room {
            lines += 1;
            used = 0.0;
        }
        // A word wider than the column is broken inside.
        lines += (visible / room).ceil().max(1.0) as usize - 1;
        used += if visible > room { visible % room } else { wide };
    }
    lines
}

/// Width of a letter in pixels; Vietnamese letters are as wide as their base letters.
fn letter(letter: char) -> f64 {
    let ems = match letter {
        ' ' | '.' | ',' | ';' | ':' | 'i' | 'j' | 'l' | 't' | 'f' | '/' | '|' | '\'' | 'í' | 'ì' | 'ỉ' | 'ĩ' | 'ị' => {
            0.28
        }
        '-' | '(' | ')' | 'r' | 's' | 'I' => 0.36,
        'm' | 'w' | 'M' | 'W' | '…' | '—' => 0.85,
        upper if upper.is_uppercase() => 0.68,
        _ => 0.46,
    };
    ems * EM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_follow_words_and_paragraphs() {
        for (text, width, count) in [
            ("", 10.0, 1),
            ("ngắn", 10.0, 1),
            ("một\nhai\n", 10.0, 3),
            ("Ủy ban nhân dân tỉnh", 10.0, 3),
            ("Ủy ban nhân dân tỉnh", 40.0, 1),
            ("12/2017/QĐ-UBND", 11.0, 2),
            ("aaaaaaaaaaaaaaaaaaaa", 10.0, 2),
        ] {
            assert_eq!(lines(text, width), count, "{text}");
        }
        assert_eq!(points(1_000), HIGHEST);
        assert!(points(MOST_LINES) < HIGHEST);
    }

    #[test]
    fn what_no_row_can_show_is_cut_with_a_mark() {
        let long = "Ủy ban nhân dân xã. ".repeat(200);
        let cut = fitting(&long, 20.0, "… (xem)");
        assert!(cut.ends_with("… (xem)") && cut.len() > 500, "{cut}");
        assert_eq!(lines(&cut, 20.0), MOST_LINES);
    }
}
