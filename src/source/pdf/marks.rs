//! What the words of a line tell of its place in a paragraph: list marks, ends of sentences, page numbers.

use crate::text::number::roman;

/// The length in words of the list mark at the start of a line ("Điều 5." 2, "a)" 1, "-" 1); `None` without one.
pub fn list_mark<'t>(words: impl IntoIterator<Item = &'t str>) -> Option<usize> {
    let mut words = words.into_iter();
    let first = words.next()?;
    let lower = first.to_lowercase();
    if matches!(lower.as_str(), "điều" | "chương" | "mục" | "phần" | "tiểu") {
        let is_small = lower == first;
        let number = words.next()?.trim_end_matches(['.', ':', ',']);
        let told = number.starts_with(|c: char| c.is_ascii_digit())
            || roman(number).is_some()
            || number.chars().all(|c| c.is_ascii_uppercase())
            || ["thứ", "mục"].contains(&number.to_lowercase().as_str());
        return (told && !is_small).then_some(2);
    }
    if matches!(first, "-" | "–" | "—" | "+" | "•" | "*" | "●" | "○" | "▪" | "■") {
        return Some(1);
    }
    // "2.1 Tư vấn": parts of a contract.
    let is_part = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if first.len() <= 12 && first.contains('.') && first.split('.').all(is_part) {
        return Some(1);
    }
    let body = first.trim_start_matches('(');
    let mark = body.strip_suffix(['.', ')', '/'])?;
    let mark = mark.trim_end_matches(['.', ')']);
    let is_number = !mark.is_empty() && mark.len() <= 12 && mark.split('.').all(is_part);
    let is_letter = mark.chars().count() == 1 && mark.chars().all(char::is_alphabetic);
    (is_number || is_letter || roman(mark).is_some()).then_some(1)
}

/// The text ends in the middle of a citation or enumeration, so that a number after it is no list mark.
pub fn wants_more(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "tại", "theo", "của", "và", "hoặc", "đến", "điều", "khoản", "điểm", "số", "từ", "là", "các", "với", "mục",
        "chương",
    ];
    let last = text.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default().to_lowercase();
    text.ends_with(',') || WORDS.contains(&last.as_str())
}

/// A line that ends here ends a sentence or an item.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', ';', ':', '!', '?', '”', '"', '…'])
}

/// A line that holds nothing but a page number: "2", "- 2 -", "Trang 2/10", "Page 2 of 10".
pub fn is_page_number(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    if lower.contains("...") {
        // An item to be filled in.
        return false;
    }
    let rest = ["trang", "page"].iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '.' | '[' | ']'));
    let mut parts = rest.split(|c: char| c == '/' || c.is_whitespace()).filter(|part| !matches!(*part, "" | "of"));
    let is_number = |part: &str| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let first = parts.next();
    first.is_some_and(is_number) && parts.next().is_none_or(is_number) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_marks_are_told() {
        let cases = [
            ("Điều 5. Phạm vi", Some(2)),
            ("Chương II", Some(2)),
            ("CHƯƠNG 2", Some(2)),
            ("Mục 1", Some(2)),
            ("điều 5 Luật này", None),
            ("Mục đích", None),
            ("1. Quyết định", Some(1)),
            ("1.2.3. Hồ sơ", Some(1)),
            ("2.1 Hồ sơ", Some(1)),
            ("2.500 đồng", Some(1)),
            ("đ) Hồ sơ", Some(1)),
            ("- Hồ sơ", Some(1)),
            ("IV. Tổ chức", Some(1)),
            ("(2) Hồ sơ", Some(1)),
            ("2024. Các", None),
            ("xã.", None),
            ("17/2019/QĐ-UBND ngày", None),
            ("", None),
        ];
        for (text, mark) in cases {
            assert_eq!(list_mark(text.split(' ')), mark, "{text}");
        }
    }

    #[test]
    fn page_numbers_are_told() {
        for text in ["2", " - 12 - ", "Trang 2/10", "Page 2 of 10", "3 / 4", "[5]"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["", "2. ......", "2 ngày", "Điều 2", "12345", "1 2 3", "a", "-"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
