//! The words between two citations, and before or after one.

use crate::text::cursor::{Cursor, lower};
use crate::text::date;

/// The gap without quoted words, and whether there were any.
pub(in crate::document) fn without_quotes(gap: &str) -> (String, bool) {
    let mut outside = String::with_capacity(gap.len());
    let mut inside = false;
    let mut any = false;
    for c in gap.chars() {
        match c {
            '“' => (inside, any) = (true, true),
            '”' => inside = false,
            '"' => (inside, any) = (!inside, true),
            _ if !inside => outside.push(c),
            _ => {}
        }
    }
    (outside, any)
}

/// `true` when `words` stand in a lower-case text as whole words.
pub(in crate::document) fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = text[at + words.len()..].chars().next().is_some_and(char::is_alphanumeric);
        !before && !after
    })
}

/// `true` when the byte stands inside a quotation.
pub(in crate::document) fn is_quoted(text: &str, at: usize) -> bool {
    let head = &text[..at];
    head.rfind('“').is_some_and(|open| !head[open..].contains('”'))
}

/// The words between two citations without the date of the act on the first: "… kể từ ngày 01/01/2020 và …".
pub(in crate::document) fn without_date(gap: &str) -> &str {
    let mut cursor = Cursor::new(gap, 0);
    cursor.skip_space();
    cursor.eat(',');
    cursor.skip_space();
    if cursor.any(&["kể từ", "từ"]).is_none() {
        return gap;
    }
    cursor.skip_space();
    date::parse_at(gap, cursor.at()).map_or(gap, |(_, end)| &gap[end..])
}

/// `true` when only list words stand between two citations.
pub(in crate::document) fn is_joined(gap: &str) -> bool {
    // Labels of an inline list: "A; b) B", "A;\n2. B".
    let labels = gap.contains([';', '\n']) && gap.contains([')', '.']);
    let label = |word: &str| {
        labels && (word.bytes().all(|b| b.is_ascii_digit()) || matches!(word.as_bytes(), [b'a'..=b'z']) || word == "đ")
    };
    gap.len() < 60
        && gap
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '.' | ')'))
            .filter(|word| !word.is_empty())
            .all(|word| {
                matches!(word, "và" | "các" | "hoặc" | "cả" | "tại" | "của" | "Các" | "toàn" | "bộ") || label(word)
            })
}

/// `true` when only acts and list words stand between two provisions ("…, sửa đổi khoản 2").
pub(in crate::document) fn is_only_acts(gap: &str) -> bool {
    const WORDS: &[&str] = &[
        "và", "sửa", "đổi", "bổ", "sung", "bãi", "bỏ", "thay", "thế", "cụm", "từ", "tại", "các", "đoạn", "số", "nội",
        "dung", "bằng",
    ];
    if gap.len() > 400 || gap.contains(['\n', ';', '.']) {
        return false;
    }
    let (gap, _) = without_quotes(&gap.chars().map(lower).collect::<String>());
    gap.split(|c: char| c.is_whitespace() || c == ',' || c.is_ascii_digit())
        .filter(|word| !word.is_empty())
        .all(|word| WORDS.contains(&word))
}
