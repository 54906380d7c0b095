//! Texts, headings and titles that order a change of another instrument.

use super::gap::has_words;
use crate::text::cursor::Cursor;

/// `true` when a text or heading begins by ordering a change of another instrument.
pub(in crate::document) fn is_command(text: &str) -> bool {
    let mut cursor = Cursor::new(text, 0);
    cursor.skip_space();
    cursor.phrase("nay");
    cursor.skip_space();
    cursor
        .any(&[
            "sửa đổi",
            "bổ sung",
            "bãi bỏ",
            "thay thế",
            "đính chính",
            "hủy bỏ",
            "huỷ bỏ",
            "bỏ",
            "kéo dài",
            "ngưng hiệu lực",
            "tạm ngưng hiệu lực",
            "đình chỉ",
            "thay cụm từ",
            "thay các cụm từ",
            "thay từ",
            "thêm",
        ])
        .is_some()
}

/// `true` when a text begins with what is changed: "Khoản 1 Điều 25 của Thông tư … được sửa đổi như sau:".
pub(in crate::document) fn is_passive_command(text: &str) -> bool {
    let mut cursor = Cursor::new(text, 0);
    cursor.skip_space();
    cursor.any(&["các", "những"]);
    cursor.skip_space();
    if cursor.any(&["điều", "khoản", "điểm", "mục", "chương", "phụ lục", "cụm từ", "từ", "mẫu số"]).is_none()
    {
        return false;
    }
    let sentence = &text[..text.find([';', '\n']).unwrap_or(text.len())];
    let acts = ["được sửa đổi", "được bổ sung", "được thay", "bị bãi bỏ", "được bãi bỏ"];
    let Some(at) = acts.iter().find_map(|words| sentence.find(words)) else { return false };
    let after = &sentence[at..];
    ["như sau", "bằng"].iter().any(|words| has_words(after, words)) || after.len() < "được sửa đổi, bổ sung".len() + 8
}

/// `true` when a text or title begins with "sửa đổi", "bổ sung" (after "về việc").
pub(in crate::document) fn starts_amending(text: &str) -> bool {
    let mut cursor = Cursor::new(text, 0);
    cursor.skip_space();
    cursor.any(&["về việc", "v/v", "về"]);
    cursor.skip_space();
    cursor.any(&["sửa đổi", "bổ sung", "thay thế cụm từ", "thay thế một số cụm từ", "bãi bỏ", "đính chính"]).is_some()
}
