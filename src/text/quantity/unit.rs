//! Units: what stands right after the number, or names the measure before it.

use super::Measure;
use super::comparator::Comparator;
use super::number::{Number, after_space, whole_word};

/// Unit of a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub measure: Measure,
    pub factor: f64,
    pub working: bool,
    pub end: usize,
}

/// Units of time with their days.
const TIMES: [(&str, f64); 7] =
    [("ngày", 1.0), ("hôm", 1.0), ("tháng", 30.0), ("năm", 360.0), ("giờ", 1.0 / 24.0), ("tuần", 7.0), ("qúy", 90.0)];

/// "nửa tháng", "nửa năm": a length of time, but "nửa năm 2020", "nửa tháng lương" are shares of something.
fn is_half_of_a_time(rest: &str, number: &Number) -> bool {
    let Some(rest) = rest.strip_prefix(' ').filter(|_| number.words && number.value == 0.5) else { return false };
    TIMES.iter().filter_map(|(word, _)| Some(&rest[whole_word(rest, 0, word)?..])).any(|tail| {
        let tail = tail.trim_start();
        !tail.starts_with(|c: char| c.is_ascii_digit()) && !tail.starts_with("lương")
    })
}

pub(super) fn unit_at(text: &str, end: usize, number: &Number, share: bool) -> Option<Unit> {
    let rest = &text[end..];
    if share && !is_half_of_a_time(rest, number) {
        return Some(Unit { measure: Measure::Ratio, factor: 1.0, working: false, end });
    }
    for percent in ["%", " %", " phần trăm"] {
        if rest.starts_with(percent) {
            return Some(Unit { measure: Measure::Ratio, factor: 0.01, working: false, end: end + percent.len() });
        }
    }
    let at = after_space(text, end)?;
    let unit = |measure, factor, end| Some(Unit { measure, factor, working: false, end });
    for (word, days) in TIMES {
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
        let stop = whole_word(text, stop, " lễ").filter(|_| word == "tuần").unwrap_or(stop);
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
    if share {
        return Some(Unit { measure: Measure::Ratio, factor: 1.0, working: false, end });
    }
    // Anything else that is counted: "05 thành viên", "200 hộ". "một" and dates are not worth counting.
    let joins = ["hoặc", "hay", "của", "khỏan", "điều", "điểm"].iter().any(|word| whole_word(text, at, word).is_some());
    let counts = !joins && text[at..].starts_with(char::is_alphabetic) && !(number.words && number.value <= 1.0);
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
    for filler in ["", " tổ chức", " ít nhất", " tối thiểu", " họp", " họp ít nhất"] {
        let Some(before) = before.strip_suffix(filler) else { continue };
        for (word, factor) in [("năm", 1.0), ("qúy", 4.0), ("tháng", 12.0)] {
            let Some(before) = before.strip_suffix(word) else { continue };
            if ["mỗi ", "một ", "hằng ", "hàng ", "01 ", "1 "].iter().any(|lead| before.ends_with(lead)) {
                return Some(Unit { measure: Measure::Frequency, factor, working: false, end: stop });
            }
        }
    }
    None
}

/// What a number measures that no unit follows: "tuổi đời từ 25 đến 60", "số thành viên không vượt quá 9."
/// `before` ends with the comparator left out.
pub(super) fn bare_unit(
    before: &str,
    rest: &str,
    end: usize,
    comparator: Option<Comparator>,
    range: bool,
) -> Option<Unit> {
    let bounded = range || comparator.is_some();
    let unit = |measure| Some(Unit { measure, factor: 1.0, working: false, end });
    let closes = clause_closes(rest);
    if bounded && (closes || rest.starts_with(" trở ") || rest.starts_with(" và ")) {
        let before = before.trim_end_matches([' ', ':']);
        let aged = ["tuổi", "tuổi đời", "tuổi là"].iter().any(|word| before.ends_with(word));
        if aged {
            return unit(Measure::Age);
        }
    }
    let counted = match comparator {
        Some(Comparator::AtLeast | Comparator::AtMost) => true,
        Some(Comparator::From) | None => range,
        _ => false,
    };
    (bounded && closes && counted && comparator.is_some()).then(|| unit(Measure::Count)).flatten()
}

/// Nothing follows, or the mark that ends a sentence or a part of it.
fn clause_closes(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        None => true,
        Some('.' | ';' | ',' | ')') => chars.next().is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ';' | ',')),
        _ => false,
    }
}
