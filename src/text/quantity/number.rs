//! Numbers as text writes them: digits, words, fractions.

use crate::text::letter::is_letter;

/// A number as written, before its unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub start: usize,
    pub end: usize,
    pub value: f64,
    /// A share written as such: "2/3", "hai phần ba", "một nửa".
    pub share: bool,
    /// Written in words; then only believed before a unit.
    pub words: bool,
}

/// The next place where a number could start: a digit, or the first letter of a number word at the start of a word.
pub(super) fn next_number_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut word_start = from == 0 || !is_letter_byte(bytes[from - 1]);
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric()) {
            return Some(at);
        }
        if !is_letter_byte(byte) {
            word_start = !byte.is_ascii_digit();
            at += 1;
            continue;
        }
        if word_start
            && matches!(byte, b'm' | b'h' | b'b' | b'n' | b's' | b't' | b'c')
            && small_word(text, at).is_some()
        {
            return Some(at);
        }
        word_start = false;
        at += bytes[at..].iter().position(|&byte| !is_letter_byte(byte)).unwrap_or(bytes.len() - at);
    }
    None
}

fn is_letter_byte(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}

/// A word "một" … "chín", "mười", "nửa" standing whole at `at`: its value and end.
pub(super) fn small_word(text: &str, at: usize) -> Option<(f64, usize)> {
    let rest = &text[at..];
    let word = &rest[..rest.find(|c| !is_letter(c)).unwrap_or(rest.len())];
    let value = match word {
        "một" => 1.0,
        "hai" => 2.0,
        "ba" => 3.0,
        "bốn" | "tư" => 4.0,
        "năm" | "lăm" => 5.0,
        "sáu" => 6.0,
        "bảy" | "bẩy" => 7.0,
        "tám" => 8.0,
        "chín" => 9.0,
        "mười" => 10.0,
        "nửa" => 0.5,
        // "quá bán": more than half; elsewhere "bán" is to sell.
        "bán" if text[..at].ends_with("quá ") => 0.5,
        _ => return None,
    };
    Some((value, at + word.len()))
}

pub(super) fn after_space(text: &str, at: usize) -> Option<usize> {
    text[at..].starts_with(' ').then_some(at + 1)
}

/// "ba trăm", "hai trăm năm mươi", "một trăm linh năm", "hai nghìn", and what stands below a hundred.
pub(super) fn word_number(text: &str, at: usize) -> Option<(f64, usize)> {
    let (mut value, mut end) = below_hundred(text, at)?;
    let follows = |end: usize, words: &[&str]| {
        let next = after_space(text, end)?;
        words.iter().find_map(|word| whole_word(text, next, word))
    };
    if let Some(stop) = follows(end, &["trăm"]).filter(|_| (1.0..10.0).contains(&value)) {
        (value, end) = (value * 100.0, stop);
        if let Some(stop) = follows(end, &["rưỡi"]) {
            (value, end) = (value + 50.0, stop);
        } else if let Some(next) = follows(end, &["linh", "lẻ"]).and_then(|stop| after_space(text, stop)) {
            if let Some((unit, stop)) = small_word(text, next).filter(|&(unit, _)| (1.0..10.0).contains(&unit)) {
                (value, end) = (value + unit, stop);
            }
        } else if let Some((rest, stop)) = after_space(text, end).and_then(|next| below_hundred(text, next))
            // "hai trăm năm" is two hundred years.
            && rest >= 10.0
        {
            (value, end) = (value + rest, stop);
        }
    }
    if let Some(stop) = follows(end, &["nghìn", "ngàn"]).filter(|_| value >= 1.0) {
        (value, end) = (value * 1000.0, stop);
    }
    Some((value, end))
}

/// "hai", "mười lăm", "hai mươi", "ba mươi mốt", "bốn mươi lăm".
fn below_hundred(text: &str, at: usize) -> Option<(f64, usize)> {
    let (first, mut end) = small_word(text, at)?;
    if first == 0.5 {
        return Some((first, end));
    }
    let mut value = first;
    if let Some(next) = after_space(text, end) {
        if let Some(stop) = whole_word(text, next, "nửa").filter(|_| value == 1.0) {
            return Some((0.5, stop));
        }
        if value == 10.0 {
            if let Some((unit, stop)) = small_word(text, next).filter(|&(unit, _)| (1.0..10.0).contains(&unit)) {
                // "mười năm" is ten years, "mười lăm" is fifteen.
                if !text[next..stop].starts_with("năm") {
                    return Some((10.0 + unit, stop));
                }
            }
        } else if let Some(stop) = whole_word(text, next, "mươi") {
            value *= 10.0;
            end = stop;
            if let Some(next) = after_space(text, end) {
                if let Some(stop) = whole_word(text, next, "mốt") {
                    return Some((value + 1.0, stop));
                }
                if let Some((unit, stop)) = small_word(text, next).filter(|&(unit, _)| (1.0..10.0).contains(&unit))
                    && !text[next..stop].starts_with("năm")
                {
                    return Some((value + unit, stop));
                }
            }
        }
    }
    Some((value, end))
}

pub(super) fn whole_word(text: &str, at: usize, word: &str) -> Option<usize> {
    let end = at + word.len();
    (text[at..].starts_with(word) && !text[end..].starts_with(char::is_alphanumeric)).then_some(end)
}

pub(super) fn number_at(text: &str, start: usize) -> Option<Number> {
    let bytes = text.as_bytes();
    if !bytes[start].is_ascii_digit() {
        let (value, end) = word_number(text, start)?;
        // "hai phần ba", "một phần hai"
        if let Some(of) = text[end..].strip_prefix(" phần ") {
            let from = text.len() - of.len();
            if let Some((below, end)) = word_number(text, from).filter(|&(below, _)| below >= 2.0) {
                return Some(Number { start, end, value: value / below, share: true, words: true });
            }
        }
        if value == 0.5 {
            return Some(Number { start, end, value, share: true, words: true });
        }
        return Some(Number { start, end, value, share: false, words: true });
    }
    let (value, mut end) = digits(text, start);
    // "2/3" but neither "12/2010" nor "01/7/2025" nor "2/3/2020".
    if bytes.get(end) == Some(&b'/') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        let (below, stop) = digits(text, end + 1);
        let goes_on = bytes.get(stop).is_some_and(|b| matches!(b, b'/' | b'-'))
            || (start > 0 && matches!(bytes[start - 1], b'/' | b'-'));
        if !goes_on && (2.0..=10.0).contains(&below) && value >= 1.0 && value < below {
            return Some(Number { start, end: stop, value: value / below, share: true, words: false });
        }
        return Some(Number { start, end: skip_number_run(bytes, stop), value: f64::NAN, share: false, words: false });
    }
    if bytes.get(end) == Some(&b'/') || (start > 0 && bytes[start - 1] == b'/') {
        // "17/qđ-ubnd", "lần/năm" is handled by the unit.
        let is_number = bytes.get(end + 1).is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80);
        if is_number && !text[end..].starts_with("/năm") {
            return Some(Number {
                start,
                end: skip_number_run(bytes, end),
                value: f64::NAN,
                share: false,
                words: false,
            });
        }
    }
    // "05 (năm) ngày"
    if let Some(open) = text[end..].strip_prefix(" (").or_else(|| text[end..].strip_prefix('('))
        && let Some(close) = open.find(')').filter(|&close| close <= 24)
    {
        let inside = &open[..close];
        if word_number(inside, 0).is_some() {
            end = text.len() - open.len() + close + 1;
        }
    }
    Some(Number { start, end, value, share: false, words: false })
}

/// Passes over the rest of a document number or date.
fn skip_number_run(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len()
        && (bytes[at].is_ascii_alphanumeric() || bytes[at] >= 0x80 || matches!(bytes[at], b'/' | b'-'))
    {
        at += 1;
    }
    at
}

/// Vietnamese digits: the comma is the decimal mark, the point parts thousands ("1.000"; "2.5" is read as a decimal).
fn digits(text: &str, start: usize) -> (f64, usize) {
    let bytes = text.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = start + run(start);
    let mut value: f64 = text[start..end].parse().unwrap_or(f64::NAN);
    while bytes.get(end) == Some(&b'.') && run(end + 1) == 3 {
        value = value * 1000.0 + text[end + 1..end + 4].parse::<f64>().unwrap_or(0.0);
        end += 4;
    }
    if matches!(bytes.get(end), Some(b',' | b'.')) {
        let decimals = run(end + 1);
        if (1..=2).contains(&decimals) {
            let part: f64 = text[end + 1..end + 1 + decimals].parse().unwrap_or(0.0);
            value += part / 10f64.powi(decimals as i32);
            end += 1 + decimals;
        }
    }
    (value, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundreds_and_thousands_in_words() {
        for (text, value, rest) in [
            ("ba trăm hộ", 300.0, " hộ"),
            ("hai trăm năm mươi hộ", 250.0, " hộ"),
            ("hai trăm năm", 200.0, " năm"),
            ("một trăm rưỡi người", 150.0, " người"),
            ("một trăm linh năm người", 105.0, " người"),
            ("sáu trăm mười hai người", 612.0, " người"),
            ("hai nghìn dân", 2000.0, " dân"),
            ("một nghìn", 1000.0, ""),
            ("mười lăm ngày", 15.0, " ngày"),
            ("hai mươi năm", 20.0, " năm"),
        ] {
            let (found, end) = word_number(text, 0).expect(text);
            assert_eq!((found, &text[end..]), (value, rest), "{text}");
        }
    }
}
