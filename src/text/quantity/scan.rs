//! Finds quantities: a number, the unit after it, the comparator before it. Words here are in folded spelling ("khỏan").

use super::{Bound, Measure, Quantity};
use crate::text::letter::is_letter;

/// Every quantity of a folded text, in order. Ordinals ("Điều 5", "ngày 3 tháng 2 năm 2020") are none.
pub fn scan(text: &str) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while let Some(start) = next_number_start(text, at) {
        let Some(number) = number_at(text, start) else {
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        at = number.end;
        if let Some(quantity) = quantity_at(text, &number) {
            at = quantity.range.end.max(at);
            found.push(quantity);
        }
    }
    found
}

/// A number as written, before its unit.
#[derive(Debug, Clone, Copy)]
struct Number {
    start: usize,
    end: usize,
    value: f64,
    /// A share written as such: "2/3", "hai phần ba", "một nửa".
    share: bool,
    /// Written in words; then only believed before a unit.
    words: bool,
}

/// The next place where a number could start: a digit, or the first letter of a number word at the start of a word.
fn next_number_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut word_start = from == 0 || !is_letter_byte(bytes[from - 1]);
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric()) {
            return Some(at);
        }
        let letter = is_letter_byte(byte);
        if letter
            && word_start
            && matches!(byte, b'm' | b'h' | b'b' | b'n' | b's' | b't' | b'c')
            && small_word(text, at).is_some()
        {
            return Some(at);
        }
        word_start = !letter && !byte.is_ascii_digit();
        at += 1;
    }
    None
}

fn is_letter_byte(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}

/// A word "một" … "chín", "mười", "nửa" standing whole at `at`: its value and end.
fn small_word(text: &str, at: usize) -> Option<(f64, usize)> {
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
        _ => return None,
    };
    Some((value, at + word.len()))
}

fn after_space(text: &str, at: usize) -> Option<usize> {
    text[at..].starts_with(' ').then_some(at + 1)
}

/// "hai", "mười lăm", "hai mươi", "ba mươi mốt", "bốn mươi lăm".
fn word_number(text: &str, at: usize) -> Option<(f64, usize)> {
    let (first, mut end) = small_word(text, at)?;
    if first == 0.5 {
        return Some((first, end));
    }
    let mut value = first;
    if let Some(next) = after_space(text, end) {
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

fn whole_word(text: &str, at: usize, word: &str) -> Option<usize> {
    let end = at + word.len();
    (text[at..].starts_with(word) && !text[end..].starts_with(char::is_alphanumeric)).then_some(end)
}

fn number_at(text: &str, start: usize) -> Option<Number> {
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

/// Unit of a number.
#[derive(Debug, Clone, Copy)]
struct Unit {
    measure: Measure,
    factor: f64,
    working: bool,
    end: usize,
}

fn quantity_at(text: &str, number: &Number) -> Option<Quantity> {
    if number.value.is_nan() || is_ordinal(text, number) {
        return None;
    }
    let (mut low, mut value, mut start, mut end) = (None, number.value, number.start, number.end);
    let mut share = number.share;
    // "từ 05 đến 11 thành viên", "05 - 11 thành viên", "từ 05% đến 10%"
    let mut first_end = end;
    if text[end..].starts_with('%') {
        first_end += 1;
    }
    for link in [" đến ", " - ", "-", " tới "] {
        if let Some(rest) = text[first_end..].strip_prefix(link) {
            let from = text.len() - rest.len();
            let starts =
                rest.starts_with(|c: char| c.is_ascii_digit()) || (number.words && small_word(text, from).is_some());
            if let Some(second) =
                starts.then(|| number_at(text, from)).flatten().filter(|n| !n.value.is_nan() && n.value > value)
            {
                low = Some(value);
                (value, end, share) = (second.value, second.end, share || second.share);
            }
            break;
        }
    }
    let unit = unit_at(text, end, number, share)?;
    let mut factor = unit.factor;
    if unit.measure == Measure::Frequency && factor < 0.0 {
        // "06 tháng một lần": the number is the interval.
        value = -factor / value;
        factor = 1.0;
    }
    end = unit.end;
    let scaled = |v: f64| Bound { value: v * factor, inclusive: true };
    if unit.measure == Measure::Duration
        && low.is_none()
        && let Some(stop) = whole_word(text, end, " rưỡi")
    {
        value += 0.5;
        end = stop;
    }
    let (comparator, from) = comparator_before(text, start);
    if comparator.is_some() {
        start = from;
    }
    let (low, high, bare) = match (low, comparator) {
        (Some(low), Some(Comparator::AtMost)) => (Some(scaled(low)), Some(scaled(value)), false),
        (Some(low), _) => (Some(scaled(low)), Some(scaled(value)), false),
        (None, Some(Comparator::AtLeast)) => (Some(scaled(value)), None, false),
        (None, Some(Comparator::From)) => (Some(scaled(value)), None, false),
        (None, Some(Comparator::MoreThan)) => (Some(Bound { inclusive: false, ..scaled(value) }), None, false),
        (None, Some(Comparator::AtMost)) => (None, Some(scaled(value)), false),
        (None, Some(Comparator::LessThan)) => (None, Some(Bound { inclusive: false, ..scaled(value) }), false),
        (None, None) if follows(text, end, "trở lên") => (Some(scaled(value)), None, false),
        (None, None) if follows(text, end, "trở xuống") => (None, Some(scaled(value)), false),
        (None, None) => (Some(scaled(value)), Some(scaled(value)), true),
    };
    Some(Quantity { measure: unit.measure, low, high, bare, working: unit.working, range: start..end })
}

/// "trở lên" stands before the clause ends, within a few words of the number.
fn follows(text: &str, end: usize, word: &str) -> bool {
    let rest = &text[end..];
    let stop = rest.find([';', ',', '.', ':']).unwrap_or(rest.len());
    let mut stop = stop.min(90);
    while !rest.is_char_boundary(stop) {
        stop -= 1;
    }
    rest[..stop].contains(word)
}

/// "(năm) đến mười một người": a range in words that begins with five.
fn counts_up_from_five(next: &str) -> bool {
    ["đến ", "tới "]
        .iter()
        .filter_map(|link| next.strip_prefix(link))
        .filter_map(|rest| word_number(rest, 0))
        .any(|(value, _)| value > 5.0)
}

/// "Điều 5", "ngày 3", "tháng 7", "số 12", "khoản hai": names, not amounts.
fn is_ordinal(text: &str, number: &Number) -> bool {
    let before = text[..number.start].trim_end();
    let word_at = before
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[word_at..];
    if number.words {
        // "năm" is a number only before what is counted: "mỗi năm một lần", "năm tài chính" are years.
        if text[number.start..number.end] == *"năm" {
            let next = text[number.end..].trim_start();
            if !["ngày", "tháng", "năm", "giờ", "người", "thành viên", "hộ", "đại biểu"]
                .iter()
                .any(|unit| next.starts_with(unit))
                && !counts_up_from_five(next)
            {
                return true;
            }
        }
        return word == "đầu" || matches!(word, "thứ" | "phần" | "chương" | "khỏan" | "điều" | "lần" | "mười" | "mươi");
    }
    if matches!(
        word,
        "điều"
            | "khỏan"
            | "điểm"
            | "chương"
            | "mục"
            | "phần"
            | "số"
            | "ngày"
            | "tháng"
            | "năm"
            | "qúy"
            | "thứ"
            | "phụ"
            | "mẫu"
            | "khóa"
            | "lần"
            | "bước"
            | "ý"
    ) {
        // "mỗi tháng 02 lần", "mỗi năm 1 lần" are frequencies, "năm 5 ngày" is not seen.
        return !(matches!(word, "năm" | "tháng" | "qúy" | "ngày")
            && text[number.end..].trim_start().starts_with("lần"));
    }
    false
}

fn unit_at(text: &str, end: usize, number: &Number, share: bool) -> Option<Unit> {
    let rest = &text[end..];
    if share {
        return Some(Unit { measure: Measure::Ratio, factor: 1.0, working: false, end });
    }
    for percent in ["%", " %", " phần trăm"] {
        if rest.starts_with(percent) {
            return Some(Unit { measure: Measure::Ratio, factor: 0.01, working: false, end: end + percent.len() });
        }
    }
    let at = after_space(text, end)?;
    let unit = |measure, factor, end| Some(Unit { measure, factor, working: false, end });
    for (word, days) in
        [("ngày", 1.0), ("tháng", 30.0), ("năm", 360.0), ("giờ", 1.0 / 24.0), ("tuần", 7.0), ("qúy", 90.0)]
    {
        let Some(stop) = whole_word(text, at, word) else { continue };
        let tail = &text[stop..];
        if word == "năm" && tail.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        // "06 tháng một lần", "02 năm 01 lần"
        for once in [" một lần", " 01 lần", " 1 lần", "/lần", "/1 lần", "/01 lần"] {
            if tail.starts_with(once) {
                return unit(Measure::Frequency, -360.0 / days, stop + once.len());
            }
        }
        if word == "ngày"
            && let Some(stop) = whole_word(text, stop, " làm việc")
        {
            return Some(Unit { measure: Measure::Duration, factor: 1.0, working: true, end: stop });
        }
        return unit(Measure::Duration, days, stop);
    }
    if let Some(stop) = whole_word(text, at, "tuổi") {
        return unit(Measure::Age, 1.0, stop);
    }
    for salary in ["lần mức lương cơ sở", "lần lương cơ sở", "mức lương cơ sở", "lần mức lương tối thiểu"]
    {
        if let Some(stop) = whole_word(text, at, salary) {
            return unit(Measure::BaseSalary, 1.0, stop);
        }
    }
    if let Some(stop) = whole_word(text, at, "lần") {
        return frequency(text, number, stop);
    }
    for (word, factor) in
        [("đồng", 1.0), ("triệu đồng", 1e6), ("tỷ đồng", 1e9), ("nghìn đồng", 1e3), ("ngàn đồng", 1e3)]
    {
        if let Some(stop) = whole_word(text, at, word) {
            return unit(Measure::Money, factor, stop);
        }
    }
    // Anything else that is counted: "05 thành viên", "200 hộ". "một" and dates are not worth counting.
    let counts = text[at..].starts_with(char::is_alphabetic) && !(number.words && number.value <= 1.0);
    (counts && !(number.value >= 1900.0 && number.value.fract() == 0.0 && number.end - number.start == 4))
        .then_some(Unit { measure: Measure::Count, factor: 1.0, working: false, end })
}

/// "mỗi năm một lần", "02 lần/năm", "ít nhất 01 lần trong năm", "một lần trong 06 tháng" is left alone.
fn frequency(text: &str, number: &Number, stop: usize) -> Option<Unit> {
    let per = |rest: &str| {
        [("năm", 1.0), ("qúy", 4.0), ("tháng", 12.0), ("tuần", 52.0)]
            .into_iter()
            .find(|(word, _)| rest.starts_with(word))
    };
    let tail = &text[stop..];
    for link in ["/", " mỗi ", " một ", " trong ", " trong một ", " trong 01 ", " trong 1 ", "/01 ", "/1 "] {
        if let Some((word, factor)) = tail.strip_prefix(link).and_then(per) {
            return Some(Unit {
                measure: Measure::Frequency,
                factor,
                working: false,
                end: stop + link.len() + word.len(),
            });
        }
    }
    let before = text[..number.start].trim_end();
    for lead in ["mỗi ", "một ", "hằng ", "hàng ", "01 ", "1 ", "mỗi một "] {
        for (word, factor) in [("năm", 1.0), ("qúy", 4.0), ("tháng", 12.0)] {
            for filler in ["", " tổ chức", " ít nhất", " tối thiểu", " họp", " họp ít nhất"] {
                if before.len() >= lead.len() + word.len() + filler.len()
                    && before.ends_with(&format!("{lead}{word}{filler}"))
                {
                    return Some(Unit { measure: Measure::Frequency, factor, working: false, end: stop });
                }
            }
        }
    }
    None
}

#[derive(Debug, Clone, Copy)]
enum Comparator {
    AtLeast,
    From,
    MoreThan,
    AtMost,
    LessThan,
}

/// The comparator that ends right before the number, and where it starts. Fillers may stand between.
fn comparator_before(text: &str, start: usize) -> (Option<Comparator>, usize) {
    use Comparator::{AtLeast, AtMost, From, LessThan, MoreThan};
    const WORDS: [(&str, Comparator); 33] = [
        ("ít nhất", AtLeast),
        ("tối thiểu", AtLeast),
        ("không dưới", AtLeast),
        ("không ít hơn", AtLeast),
        ("không thấp hơn", AtLeast),
        ("không nhỏ hơn", AtLeast),
        ("đủ", AtLeast),
        ("không quá", AtMost),
        ("không vượt quá", AtMost),
        ("không qúa", AtMost),
        ("tối đa", AtMost),
        ("nhiều nhất", AtMost),
        ("chậm nhất", AtMost),
        ("muộn nhất", AtMost),
        ("không nhiều hơn", AtMost),
        ("không trên", AtMost),
        ("không hơn", AtMost),
        ("không lớn hơn", AtMost),
        ("không cao hơn", AtMost),
        ("không chậm hơn", AtMost),
        ("không muộn hơn", AtMost),
        ("trong thời hạn", AtMost),
        ("trong vòng", AtMost),
        ("thời hạn", AtMost),
        ("trên", MoreThan),
        ("quá", MoreThan),
        ("vượt quá", MoreThan),
        ("hơn", MoreThan),
        ("nhiều hơn", MoreThan),
        ("dưới", LessThan),
        ("ít hơn", LessThan),
        ("chưa đến", LessThan),
        ("từ", From),
    ];
    const FILLERS: [&str; 9] = ["là", "có", "phải", "đạt", "được", "sau", "trong", "phải đạt", "số"];
    let mut before = text[..start].trim_end();
    for _ in 0..3 {
        let best = WORDS
            .iter()
            .filter(|(word, _)| {
                before.ends_with(word) && !before[..before.len() - word.len()].ends_with(char::is_alphanumeric)
            })
            .max_by_key(|(word, _)| word.len());
        if let Some((word, comparator)) = best {
            return (Some(*comparator), before.len() - word.len());
        }
        let Some(filler) = FILLERS
            .iter()
            .find(|f| before.ends_with(*f) && !before[..before.len() - f.len()].ends_with(char::is_alphanumeric))
        else {
            break;
        };
        before = before[..before.len() - filler.len()].trim_end();
    }
    (None, start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    fn show(text: &str) -> Vec<String> {
        let folded = fold(text);
        scan(&folded)
            .iter()
            .map(|q| {
                let end = |b: Option<Bound>| {
                    b.map_or("∞".to_owned(), |b| {
                        format!("{}{:.4}", if b.inclusive { "" } else { "!" }, b.value)
                            .trim_end_matches('0')
                            .trim_end_matches('.')
                            .to_owned()
                    })
                };
                format!("{:?} {}..{}{}", q.measure, end(q.low), end(q.high), if q.working { " working" } else { "" })
            })
            .collect()
    }

    #[test]
    fn scan_reads_numbers_units_and_comparators() {
        for (text, expected) in [
            ("khi có trên 50% số cử tri tán thành", "Ratio !0.5..∞"),
            ("ít nhất hai phần ba tổng số hộ", "Ratio 0.6667..∞"),
            ("có từ 2/3 tổng số đại diện hộ gia đình trở lên tán thành", "Ratio 0.6667..∞"),
            ("quá nửa số đại biểu", "Ratio !0.5..∞"),
            ("quá 1/2 số hộ", "Ratio !0.5..∞"),
            ("từ 05 đến 11 thành viên", "Count 5..11"),
            ("có 05 - 11 thành viên", "Count 5..11"),
            ("gồm ba đến năm người", "Count 3..5"),
            ("chậm nhất là 05 ngày làm việc", "Duration ∞..5 working"),
            ("trong thời hạn 05 (năm) ngày làm việc", "Duration ∞..5 working"),
            ("nhiệm kỳ hai năm rưỡi", "Duration 900..900"),
            ("nhiệm kỳ không quá 02 năm rưỡi", "Duration ∞..900"),
            ("có năm đến mười một người", "Count 5..11"),
            ("từ năm đến bảy thành viên", "Count 5..7"),
            ("nhiệm kỳ 2,5 năm", "Duration 900..900"),
            ("nhiệm kỳ là 02 năm", "Duration 720..720"),
            ("nhiệm kỳ năm năm", "Duration 1800..1800"),
            ("không quá 03 tháng", "Duration ∞..90"),
            ("không chậm hơn 03 tháng của năm sau", "Duration ∞..90"),
            ("bằng 6,5 lần mức lương cơ sở", "BaseSalary 6.5..6.5"),
            ("06 tháng một lần", "Frequency 2..2"),
            ("mỗi năm một lần", "Frequency 1..1"),
            ("ít nhất 01 lần/năm", "Frequency 1..∞"),
            ("thôn có từ 200 hộ trở lên", "Count 200..∞"),
            ("đủ 21 tuổi trở lên", "Age 21..∞"),
            ("mức 1.500.000 đồng", "Money 1500000..1500000"),
            ("sau bốn mươi lăm ngày", "Duration 45..45"),
            ("niêm yết ít nhất ba mươi ngày liên tục", "Duration 30..∞"),
        ] {
            assert_eq!(show(text), [expected], "{text}");
        }
    }

    #[test]
    fn scan_leaves_names_and_dates_alone() {
        for text in [
            "ngày 01 tháng 7 năm 2025",
            "Quyết định số 17/2019/QĐ-UBND ngày 22/7/2019",
            "khoản 2 Điều 5",
            "Chương II, Mục 3",
            "năm 2015",
            "trong năm tài chính",
            "từ đầu năm đến cuối năm",
            "một số điều của Luật",
        ] {
            assert_eq!(show(text), [""; 0], "{text}");
        }
    }
}
