//! Finds quantities: a number, the unit after it, the comparator before it. Words here are in folded spelling ("khỏan").

use super::comparator::{Comparator, comparator_before};
use super::number::{Number, next_number_start, number_at, small_word, whole_word, word_number};
use super::unit::{bare_unit, unit_at};
use super::{Bound, Measure, Quantity};
use crate::text::letter::is_letter_or_digit;

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

fn quantity_at(text: &str, number: &Number) -> Option<Quantity> {
    if number.value.is_nan() || is_ordinal(text, number) {
        return None;
    }
    let (mut low, mut value, mut start, mut end) = (None, number.value, number.start, number.end);
    let mut share = number.share;
    if let Some(second) = second_of_range(text, number) {
        low = Some(value);
        (value, end, share) = (second.value, second.end, share || second.share);
    } else if let Some((least, most, stop)) = values(text, number) {
        (low, value, end) = (Some(least), most, stop);
    }
    let (comparator, from) = comparator_before(text, start);
    let is_plain = !share && value < 1000.0 && value.fract() == 0.0;
    let unit = is_plain
        .then(|| bare_unit(&text[..from], &text[end..], end, comparator, low.is_some()))
        .flatten()
        .or_else(|| unit_at(text, end, number, share))?;
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
    if comparator.is_some() {
        start = from;
    }
    let (low, high, bare) = match (low, comparator) {
        (Some(low), _) => (Some(scaled(low)), Some(scaled(value)), false),
        (None, Some(Comparator::AtLeast | Comparator::From)) => (Some(scaled(value)), None, false),
        (None, Some(Comparator::MoreThan)) => (Some(Bound { inclusive: false, ..scaled(value) }), None, false),
        (None, Some(Comparator::AtMost | Comparator::Until)) => (None, Some(scaled(value)), false),
        (None, Some(Comparator::LessThan)) => (None, Some(Bound { inclusive: false, ..scaled(value) }), false),
        (None, None) if follows(text, end, "trở lên") => (Some(scaled(value)), None, false),
        (None, None) if follows(text, end, "trở xuống") => (None, Some(scaled(value)), false),
        (None, None) => (Some(scaled(value)), Some(scaled(value)), true),
    };
    let cap = low.is_none() && comparator == Some(Comparator::AtMost) && !counts_from_an_event(text, end);
    Some(Quantity { measure: unit.measure, low, high, bare, cap, working: unit.working, range: start..end })
}

/// "từ 05 **đến 11** thành viên", "05 **- 11** thành viên", "từ 05% **đến 10**%".
fn second_of_range(text: &str, number: &Number) -> Option<Number> {
    let first_end = number.end + usize::from(text[number.end..].starts_with('%'));
    let (rest, from) = [" đến ", " - ", "-", " tới "].iter().find_map(|link| {
        let rest = text[first_end..].strip_prefix(link)?;
        Some((rest, text.len() - rest.len()))
    })?;
    let starts = rest.starts_with(|c: char| c.is_ascii_digit()) || (number.words && small_word(text, from).is_some());
    starts.then(|| number_at(text, from)).flatten().filter(|n| !n.value.is_nan() && n.value > number.value)
}

/// "5, 7, 9 hoặc 11 thành viên": the least and the greatest of the values, and where the last one ends.
fn values(text: &str, number: &Number) -> Option<(f64, f64, usize)> {
    let (mut least, mut most, mut end) = (number.value, number.value, number.end);
    // The values before were no amounts: "khoản 1, 2 hoặc 3".
    let before = text[..number.start].trim_end();
    if number.share || before.strip_suffix(',').is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    loop {
        let (last, from) = [(", ", false), (" hoặc ", true), (" hay ", true), (", hoặc ", true)]
            .iter()
            .rev()
            .find_map(|(link, last)| Some((*last, text.len() - text[end..].strip_prefix(link)?.len())))?;
        let starts = if number.words {
            small_word(text, from).is_some()
        } else {
            text[from..].starts_with(|c: char| c.is_ascii_digit())
        };
        let next = starts.then(|| number_at(text, from)).flatten().filter(|n| !n.value.is_nan() && !n.share)?;
        (least, most, end) = (least.min(next.value), most.max(next.value), next.end);
        if last {
            return (least < most).then_some((least, most, end));
        }
    }
}

/// "không quá 03 ngày kể từ ngày ký": how late something is done, not how long it lasts.
fn counts_from_an_event(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start_matches([' ', ',']);
    ["kể từ", "từ khi", "từ ngày", "sau khi", "sau ngày", "tính từ", "trước"].iter().any(|word| rest.starts_with(word))
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
        .rfind(|c: char| !is_letter_or_digit(c))
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
    // "theo đa số 2/3", "tổng số 05 người".
    if word == "số" && ["đa số", "tổng số"].iter().any(|words| before.ends_with(words)) {
        return false;
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
            ("trong vòng nửa tháng", "Duration ∞..15"),
            ("nhiệm kỳ nửa năm", "Duration 180..180"),
            ("trong một tháng rưỡi", "Duration 45..45"),
            ("niêm yết mười hôm", "Duration 10..10"),
            ("niêm yết hai tuần lễ", "Duration 14..14"),
            ("nửa năm một lần", "Frequency 2..2"),
            ("quá bán số người dự", "Ratio !0.5..∞"),
            ("già nửa số hộ", "Ratio !0.5..∞"),
            ("quá phân nửa số hộ", "Ratio !0.5..∞"),
            ("ít nhất một nửa số người dự", "Ratio 0.5..∞"),
            ("trên một nửa số hộ", "Ratio !0.5..∞"),
            ("có từ một nửa trở lên số hộ", "Ratio 0.5..∞"),
            ("theo đa số 2/3 đại biểu", "Ratio 0.6667..0.6667"),
            ("tổng số 05 người", "Count 5..5"),
            ("không vượt quá 07 ngày", "Duration ∞..7"),
            ("không được vượt quá 07 ngày", "Duration ∞..7"),
            ("không được quá 07 ngày", "Duration ∞..7"),
            ("không được ít hơn 05 người", "Count 5..∞"),
            ("không nhiều hơn 09 thành viên", "Count ∞..9"),
            ("không kém 30 ngày", "Duration 30..∞"),
            ("không kém hơn 30 ngày", "Duration 30..∞"),
            ("thời gian sớm nhất là 30 ngày", "Duration 30..∞"),
            ("chậm nhất không quá 10 ngày", "Duration ∞..10"),
            ("gồm 5, 7, 9 hoặc 11 thành viên", "Count 5..11"),
            ("có 03 hoặc 05 người", "Count 3..5"),
            ("gồm ba hoặc năm người", "Count 3..5"),
            ("số thành viên không vượt quá 9.", "Count ∞..9"),
            ("Số lượng: từ 05 đến 11; do hội nghị bầu", "Count 5..11"),
            ("Tuổi đời từ 25 đến 60", "Age 25..60"),
            ("Tuổi đời từ 25 trở lên, có sức khỏe", "Age 25..∞"),
            ("độ tuổi không quá 60 và có sức khỏe", "Age ∞..60"),
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
            "theo khoản 1, 2 hoặc 3 của",
            "Quyết định số 2/3 và số 12.",
            "giá bán lẻ quá cao",
            "tại Điều 5.",
            "từ năm 2010 đến 2015.",
        ] {
            assert_eq!(show(text), [""; 0], "{text}");
        }
    }

    proptest::proptest! {
        /// Whatever stands together: quantities come in order, apart, on whole letters, with their ends the right way round.
        #[test]
        fn scan_gives_sound_intervals(words in proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..14)) {
            let text = fold(&words.concat());
            let mut after = 0;
            for quantity in scan(&text) {
                let range = quantity.range.clone();
                assert!(after <= range.start && range.start < range.end, "{text}: {quantity:?}");
                assert!(text.get(range.clone()).is_some(), "{text}: {quantity:?}");
                assert!(quantity.low.is_some() || quantity.high.is_some(), "{text}: {quantity:?}");
                if let (Some(low), Some(high)) = (quantity.low, quantity.high) {
                    assert!(low.value <= high.value, "{text}: {quantity:?}");
                }
                assert!(!quantity.cap || quantity.low.is_none(), "{text}: {quantity:?}");
                after = range.end;
            }
        }
    }

    const WORDS: [&str; 40] = [
        "5",
        "05",
        "1,5",
        "2/3",
        "50%",
        "2015",
        "1.000",
        "một",
        "năm",
        "mười",
        "nửa",
        "bán",
        "quá ",
        "không ",
        "được ",
        "ít nhất ",
        "tối đa ",
        "từ ",
        " đến ",
        ", ",
        " hoặc ",
        " - ",
        " ",
        ".",
        ";",
        ": ",
        "(",
        ")",
        " ngày",
        " tháng",
        " năm",
        " rưỡi",
        " người",
        " tuổi",
        "tuổi ",
        " lần",
        "/năm",
        " trở lên",
        "tổng số ",
        "Điều ",
    ];
}
