//! Vietnamese dates: "ngày 01 tháng 7 năm 2025", "01/7/2025", "03-3-2009"; and small numbers in words ("bốn mươi lăm").

use std::ops::Range;

use jiff::civil::Date;

/// A date and the words that say it ("ngày" included when it stands before the figures).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateAt {
    /// The date.
    pub date: Date,
    /// Byte range in the text.
    pub range: Range<usize>,
}

/// Years a legal document can speak of; anything else is a quantity.
const YEARS: std::ops::RangeInclusive<i16> = 1930..=2100;

/// Every complete date of `text`, in order. Blanks ("ngày … tháng … năm 2025") are no dates.
pub fn scan(text: &str) -> Vec<DateAt> {
    let mut found: Vec<DateAt> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + step;
        let digits = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        at = start + digits;
        if digits > 2 || !may_start(text, start) {
            continue;
        }
        if let Some((date, end)) = figures(text, start) {
            let from = day_word_before(text, start).unwrap_or(start);
            found.push(DateAt { date, range: from..end });
            at = end;
        }
    }
    found
}

/// The date that begins at byte `at` (with or without "ngày"), and the byte after it.
pub fn parse_at(text: &str, at: usize) -> Option<(Date, usize)> {
    let from = skip_spaces(text, at);
    let start = word(text, from, "ngày").map_or(from, |end| skip_spaces(text, end));
    figures(text, start)
}

/// Value of a small number in words: "mười" 10, "hai mươi" 20, "bốn mươi lăm" 45, "một trăm hai mươi" 120.
///
/// `None` when a word is not part of a number. Letter case does not matter; the text is expected in NFC.
pub fn small_number(words: &str) -> Option<u32> {
    let lower = words.to_lowercase();
    let mut total = 0;
    let mut pending: Option<u32> = None;
    let mut tens = false;
    for word in lower.split_whitespace() {
        let unit = match word {
            "không" => 0,
            "một" | "mốt" => 1,
            "hai" => 2,
            "ba" => 3,
            "bốn" | "tư" => 4,
            "năm" | "lăm" | "nhăm" => 5,
            "sáu" => 6,
            "bảy" | "bẩy" => 7,
            "tám" => 8,
            "chín" => 9,
            "mười" if pending.is_none() && !tens => {
                total += 10;
                tens = true;
                continue;
            }
            "mươi" => {
                total += pending.take()? * 10;
                tens = true;
                continue;
            }
            "trăm" => {
                total += pending.take()? * 100;
                continue;
            }
            "nghìn" | "ngàn" => {
                total = (total + pending.take().unwrap_or(0)) * 1000;
                tens = false;
                continue;
            }
            "linh" | "lẻ" if total > 0 && pending.is_none() => continue,
            _ => return None,
        };
        // "bốn lăm" leaves out "mươi".
        match pending.replace(unit) {
            None => {}
            Some(ten) if !tens => {
                total += ten * 10;
                tens = true;
            }
            Some(_) => return None,
        }
    }
    (total > 0 || pending.is_some()).then(|| total + pending.unwrap_or(0))
}

/// Day, month and year from `start`, which must be the first figure of the day.
fn figures(text: &str, start: usize) -> Option<(Date, usize)> {
    let (day, after_day) = integer(text, start, 2)?;
    let gap = skip_spaces(text, after_day);
    let (month, after_month, numeric) = match word(text, gap, "tháng") {
        Some(end) => {
            let (month, after) = integer(text, skip_spaces(text, end), 2)?;
            (month, after, None)
        }
        None => {
            let separator = separator(text, gap)?;
            let (month, after) = integer(text, skip_spaces(text, gap + 1), 2)?;
            (month, after, Some(separator))
        }
    };
    let gap = skip_spaces(text, after_month);
    let gap = if text[gap..].starts_with(',') { skip_spaces(text, gap + 1) } else { gap };
    let (year, end) = match word(text, gap, "năm") {
        Some(end) => integer(text, skip_spaces(text, end), 4)?,
        None => {
            let found = separator(text, gap)?;
            if numeric.is_some_and(|first| first != found) {
                return None;
            }
            integer(text, skip_spaces(text, gap + 1), 4)?
        }
    };
    // "05/12/2010/QĐ" is a number gone wrong, not a date.
    if text[end..].starts_with('/') {
        return None;
    }
    let year = i16::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((date, end))
}

fn separator(text: &str, at: usize) -> Option<u8> {
    text.as_bytes().get(at).copied().filter(|b| matches!(b, b'/' | b'-' | b'.'))
}

/// A figure of 1 to `most` digits (exactly four when `most` is 4) that no further digit follows.
fn integer(text: &str, at: usize, most: usize) -> Option<(u32, usize)> {
    let rest = text.as_bytes().get(at..)?;
    let digits = rest.iter().take(most + 1).take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 || digits > most || (most == 4 && digits != 4) {
        return None;
    }
    let value = rest[..digits].iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
    Some((value, at + digits))
}

/// The end of `expected` (lower case) at `at`, whatever the case of the text.
fn word(text: &str, at: usize, expected: &str) -> Option<usize> {
    let mut rest = text.get(at..)?.char_indices();
    for wanted in expected.chars() {
        let (_, c) = rest.next()?;
        if c != wanted && !c.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
    }
    Some(rest.next().map_or(text.len(), |(offset, _)| at + offset))
}

fn skip_spaces(text: &str, at: usize) -> usize {
    let Some(rest) = text.get(at..) else { return at };
    rest.find(|c: char| !c.is_whitespace()).map_or(text.len(), |step| at + step)
}

/// A day never continues a number, a word or another date.
fn may_start(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        None => true,
        Some('/') => false,
        Some('-' | '.' | ',') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        // "ngày03 tháng 12" is typed often enough.
        Some(c) => !c.is_alphanumeric() || day_word_before(text, at).is_some(),
    }
}

fn day_word_before(text: &str, at: usize) -> Option<usize> {
    let head = text[..at].trim_end();
    let start = head.char_indices().rev().nth(3)?.0;
    word(head, start, "ngày").map(|_| start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_read_in_every_printed_shape() {
        for (text, expected) in [
            ("ngày 15 tháng 07 năm 2013", date(2013, 7, 15)),
            ("Vinh, ngày 5  tháng 4  năm 2009", date(2009, 4, 5)),
            ("NGÀY 30 THÁNG 11 NĂM 1945", date(1945, 11, 30)),
            ("ngày\u{a0}01\u{a0}tháng\u{a0}7 năm\u{a0}2025.", date(2025, 7, 1)),
            ("ngày 24/11/2015 của", date(2015, 11, 24)),
            ("Hà Nội, ngày03 tháng 12 năm 2004", date(2004, 12, 3)),
            ("(03-3-2009)", date(2009, 3, 3)),
            ("ngày 26/11/ 2003", date(2003, 11, 26)),
            ("từ ngày 30/6 năm 2020;", date(2020, 6, 30)),
            ("ngày 03 tháng\n02 năm 2026", date(2026, 2, 3)),
            ("01.7.2016", date(2016, 7, 1)),
        ] {
            let found = scan(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].date, expected, "{text}");
        }
    }

    #[test]
    fn blanks_fractions_and_numbers_are_no_dates() {
        for text in [
            "ngày … tháng … năm 2025",
            "ngày    tháng 12 năm 2024",
            "ngày 31/02/2020",
            "tỷ lệ 2/3 tổng số",
            "12/2010",
            "số 05/12/2010/QĐ-UBND",
            "1.2.3 Mục",
            "ngày 5/7",
            "điện thoại 0123-456-7890",
        ] {
            assert_eq!(scan(text), [], "{text}");
        }
    }

    #[test]
    fn range_covers_the_day_word() {
        let text = "số 12/2010/QĐ-UBND Ngày 04/5/2010 của";
        let found = scan(text);
        assert_eq!(&text[found[0].range.clone()], "Ngày 04/5/2010");
        assert_eq!(parse_at(text, found[0].range.start), Some((date(2010, 5, 4), found[0].range.end)));
    }

    #[test]
    fn small_numbers_in_words() {
        for (words, value) in [
            ("mười", Some(10)),
            ("mười lăm", Some(15)),
            ("Hai mươi", Some(20)),
            ("bốn mươi lăm", Some(45)),
            ("bốn lăm", Some(45)),
            ("ba mươi mốt", Some(31)),
            ("một trăm hai mươi", Some(120)),
            ("một trăm linh năm", Some(105)),
            ("năm", Some(5)),
            ("hai nghìn", Some(2000)),
            ("ngày", None),
            ("mươi", None),
            ("", None),
        ] {
            assert_eq!(small_number(words), value, "{words}");
        }
    }
}
