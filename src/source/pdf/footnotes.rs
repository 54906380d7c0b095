//! Footnotes: small print at the foot of a page that a raised number in the text above refers to.

use super::lines::Line;
use super::marks::ends_sentence;
use super::paragraphs::join;

/// Small print is smaller than this share of the text's size.
const SMALL: f64 = 0.9;
/// Most lines of footnotes on one page.
const MAX_LINES: usize = 60;

/// The note a page ended with; the next page may go on with it.
#[derive(Debug, Clone, Copy)]
pub struct Open {
    size: f64,
    number: u32,
}

/// Takes the footnotes of a page out of its lines and marks the words that refer to them. Only what is sure is taken:
/// every note has its raised number above, in order, or goes on from the page before (`open`).
pub fn take(lines: &mut Vec<Line>, notes: &mut Vec<String>, open: &mut Option<Open>) {
    let before = open.take();
    if let (Some(before), Some(note)) = (before, notes.last_mut()) {
        *open = go_on(lines, note, before);
    }
    let Some(start) = first_line(lines) else { return };
    let foot: Vec<(String, String)> = group(&lines[start..]);
    let mut places = Vec::new();
    let mut from = (0, 0);
    for (number, _) in &foot {
        let Some(place) = find(&lines[..start], number, from) else { return };
        places.push(place);
        from = (place.0, place.1 + 1);
    }
    *open = foot.last().and_then(|(number, _)| Some(Open { size: lines.last()?.size, number: number.parse().ok()? }));
    for ((line, word), (_, text)) in places.into_iter().zip(foot) {
        lines[line].words[word].note = Some(notes.len());
        notes.push(text);
    }
    lines.truncate(start);
}

/// Takes the small print that goes on with the last note of the page before; still open when it fills the foot.
fn go_on(lines: &mut Vec<Line>, note: &mut String, before: Open) -> Option<Open> {
    let from = small_print(lines)?;
    let begins = |line: &Line| {
        let next = number(line).is_some_and(|(digits, _)| digits.parse() == Ok(before.number + 1));
        next || line.words.first().is_some_and(|word| word.raised)
    };
    let length = lines[from..].iter().take_while(|line| !begins(line)).count();
    let first = lines[from..from + length].first()?;
    // A sentence or a quotation that is not at its end says that more must come.
    let quotes = |sign: char| note.matches(sign).count();
    let wants_more = !ends_sentence(note) || quotes('“') > quotes('”') || note.ends_with(';');
    let small = first.words.first().is_some_and(|word| word.text.starts_with(char::is_lowercase));
    if !(wants_more || small) || (first.size - before.size).abs() > 0.05 * before.size {
        return None;
    }
    let all = from + length == lines.len();
    for line in lines.drain(from..from + length) {
        join(note, &line.text());
    }
    all.then_some(before)
}

/// The first line of the small print at the foot that begins with a number.
fn first_line(lines: &[Line]) -> Option<usize> {
    (small_print(lines)?..lines.len()).find(|&index| number(&lines[index]).is_some())
}

/// Where the small print at the foot begins, with text above it.
fn small_print(lines: &[Line]) -> Option<usize> {
    let mut sizes: Vec<f64> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f64::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied()?;
    let biggest = sizes.iter().rev().find(|&&size| sizes.iter().filter(|&&other| other == size).count() > 1);
    let body = usual.max(biggest.copied().filter(|&size| size < 1.45 * usual).unwrap_or(usual));
    let small = lines.iter().rev().take(MAX_LINES).take_while(|line| line.size < SMALL * body).count();
    let from = lines.len() - small;
    (from > 0 && small > 0).then_some(from)
}

/// The number a note begins with: "1", "(2)", "[3]".
fn number(line: &Line) -> Option<(String, usize)> {
    let first = line.words.first()?;
    let digits = first.text.trim_matches(['(', ')', '[', ']']);
    let alone = first.raised || line.words.get(1).is_some_and(|next| !next.glued);
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    (alone && is_number).then(|| (digits.to_owned(), 1))
}

/// The notes of the small print, each with its number.
fn group(lines: &[Line]) -> Vec<(String, String)> {
    let mut notes: Vec<(String, String)> = Vec::new();
    for line in lines {
        let expected = notes.last().and_then(|(last, _)| last.parse::<u32>().ok()).map(|last| last + 1);
        let begins = number(line).filter(|(digits, _)| expected.is_none_or(|next| digits.parse() == Ok(next)));
        match (begins, notes.last_mut()) {
            (Some((digits, words)), _) => {
                let rest = Line { words: line.words[words..].to_vec(), ..Line::default() };
                notes.push((digits, rest.text()));
            }
            (None, Some((_, text))) => {
                join(text, &line.text());
            }
            (None, None) => {}
        }
    }
    notes
}

/// The next raised word that is this number.
fn find(lines: &[Line], number: &str, from: (usize, usize)) -> Option<(usize, usize)> {
    let places = lines.iter().enumerate().skip(from.0).flat_map(|(index, line)| {
        let skipped = if index == from.0 { from.1 } else { 0 };
        line.words.iter().enumerate().skip(skipped).map(move |(place, word)| (index, place, word))
    });
    let mut raised = places.filter(|(_, _, word)| word.raised);
    raised
        .find(|(_, _, word)| word.text.trim_matches(['(', ')', '[', ']']) == number)
        .map(|(line, word, _)| (line, word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::pdf::lines::Word;

    fn line(y: f64, size: f64, words: &[&str]) -> Line {
        let mut x0 = 90.0;
        let mut made = Vec::new();
        for text in words {
            // "^" raises a word.
            let (text, size, y) = match text.strip_prefix('^') {
                Some(text) => (text, size * 0.6, y - 0.4 * size),
                None => (*text, size, y),
            };
            let x1 = x0 + size * 0.5 * text.chars().count() as f64;
            made.push(Word { text: text.to_owned(), x0, x1, y, size, ..Word::default() });
            x0 = x1 + if size < 9.0 { 0.0 } else { 4.0 };
        }
        Line::new(made)
    }

    #[test]
    fn notes_are_taken_where_their_number_stands_above() {
        let mut lines = vec![
            line(100.0, 13.0, &["Quy", "định", "^1", "này"]),
            line(118.0, 13.0, &["áp", "dụng", "^2"]),
            line(700.0, 10.0, &["^1", "Được", "sửa"]),
            line(712.0, 10.0, &["đổi."]),
            line(724.0, 10.0, &["2", "Bãi", "bỏ."]),
        ];
        let mut notes = Vec::new();
        take(&mut lines, &mut notes, &mut None);
        assert_eq!(notes, ["Được sửa đổi.", "Bãi bỏ."]);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].words.iter().find_map(|word| word.note), Some(0));
    }

    #[test]
    fn small_print_without_its_number_above_stays() {
        let mut lines = vec![
            line(100.0, 13.0, &["Quy", "định"]),
            line(118.0, 13.0, &["này"]),
            line(700.0, 10.0, &["1", "Ghi", "chú"]),
        ];
        let mut notes = Vec::new();
        take(&mut lines, &mut notes, &mut None);
        assert!(notes.is_empty() && lines.len() == 3);
    }

    #[test]
    fn a_note_goes_on_at_the_foot_of_the_next_page() {
        let mut first = vec![
            line(100.0, 13.0, &["Quy", "định", "^1", "này"]),
            line(118.0, 13.0, &["áp", "dụng"]),
            line(700.0, 10.0, &["^1", "Quy", "định:", "“Căn", "cứ", "Luật;"]),
        ];
        let mut second = vec![
            line(100.0, 13.0, &["Mức", "hỗ", "trợ", "^2"]),
            line(118.0, 13.0, &["là", "một."]),
            line(688.0, 10.0, &["13", "tháng", "11;"]),
            line(700.0, 10.0, &["Theo", "đề", "nghị.”"]),
            line(712.0, 10.0, &["^2", "Bãi", "bỏ."]),
        ];
        let mut third = vec![
            line(100.0, 13.0, &["Nơi", "nhận:"]),
            line(118.0, 13.0, &["gồm"]),
            line(700.0, 10.0, &["Lưu:", "VT."]),
        ];
        let (mut notes, mut open) = (Vec::new(), None);
        for lines in [&mut first, &mut second, &mut third] {
            take(lines, &mut notes, &mut open);
        }
        assert_eq!(notes, ["Quy định: “Căn cứ Luật; 13 tháng 11; Theo đề nghị.”", "Bãi bỏ."]);
        assert_eq!([first.len(), second.len(), third.len()], [2, 2, 3]);
    }
}
