//! The words commands are made of.

use super::{OperationKind, Part};
use crate::text::cursor::{Cursor, match_phrase};

/// Acts, longer ones before their beginnings.
const ACTS: &[(&str, OperationKind)] = &[
    ("sửa đổi, bổ sung", OperationKind::Amend),
    ("sửa đổi và bổ sung", OperationKind::Amend),
    ("sửa đổi bổ sung", OperationKind::Amend),
    ("bổ sung, sửa đổi", OperationKind::Amend),
    ("sửa đổi, thay thế", OperationKind::Amend),
    ("sửa số thứ tự", OperationKind::Renumber),
    ("đánh lại số thứ tự", OperationKind::Renumber),
    ("đánh số lại", OperationKind::Renumber),
    ("chuyển", OperationKind::Renumber),
    ("đổi tên", OperationKind::Amend),
    ("đổi", OperationKind::Amend),
    ("sửa đổi", OperationKind::Amend),
    ("sửa", OperationKind::Amend),
    ("đính chính", OperationKind::Amend),
    ("bổ sung", OperationKind::Supplement),
    ("thêm", OperationKind::Supplement),
    ("thay thế", OperationKind::Amend),
    ("thay", OperationKind::Amend),
    ("bãi bỏ", OperationKind::Repeal),
    ("hủy bỏ", OperationKind::Repeal),
    ("huỷ bỏ", OperationKind::Repeal),
    ("bỏ", OperationKind::Repeal),
];

/// What was done to an instrument before, and by what: no command.
const HISTORY: &[&str] = &[
    "đã được sửa đổi",
    "đã được bổ sung",
    "đã được thay thế",
    "đã sửa đổi",
    "đã bổ sung",
    "được sửa đổi, bổ sung theo",
    "được sửa đổi, bổ sung bởi",
    "được sửa đổi, bổ sung tại",
    "được sửa đổi, bổ sung một số",
    "được sửa đổi theo",
    "được sửa đổi tại",
    "được sửa đổi bởi",
    "được bổ sung theo",
    "được bổ sung tại",
    "được bổ sung bởi",
    "sửa đổi, bổ sung năm",
    "sửa đổi năm",
];

/// Things of which only some are changed: the commands that follow say which.
const SOME: &[&str] = &[
    "một số",
    "các quy định sau",
    "các điều, khoản sau",
    "các điều, khoản, điểm sau",
    "các cụm từ sau",
    "các nội dung sau",
    "các khoản, điểm sau",
    "như dưới đây",
];

/// Words between quotation marks are meant, not provisions.
const WORD_MARKS: &[&str] = &[
    "các cụm từ",
    "cụm từ",
    "những từ",
    "các từ",
    "từ ngữ",
    "từ",
    "dòng chữ",
    "chữ",
    "ký hiệu",
    "các nội dung",
    "nội dung",
];

/// Parts of a provision.
const PARTS: &[(&str, Part)] = &[
    ("tên gọi", Part::Heading),
    ("tên", Part::Heading),
    ("tiêu đề", Part::Heading),
    ("đoạn mở đầu", Part::LeadIn),
    ("câu mở đầu", Part::LeadIn),
    ("câu mũ", Part::LeadIn),
    ("đoạn mũ", Part::LeadIn),
    ("phần mở đầu", Part::LeadIn),
    ("đoạn dẫn", Part::LeadIn),
    ("lời dẫn", Part::LeadIn),
    ("câu dẫn", Part::LeadIn),
    ("đoạn đầu", Part::Paragraph),
    ("đoạn cuối", Part::Paragraph),
    ("đoạn", Part::Paragraph),
    ("câu", Part::Paragraph),
];

/// The heading of the article the command is about.
const OWN_HEADING: &[&str] = &["tên điều", "tên của điều", "tiêu đề điều", "tên chương", "tên mục"];

/// One word of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// An act.
    Act(OperationKind),
    /// "… được sửa đổi, bổ sung như sau": an act on the provisions said before.
    Passive(OperationKind),
    /// What was done before.
    History,
    /// Only some of the things named.
    Some,
    /// Quoted words are meant.
    Mark,
    /// What comes in the place of what was said.
    With,
    /// What provisions become.
    Becomes,
    /// Part of a provision.
    Part(Part),
    /// "tên điều": the heading of the article at hand.
    Heading,
    /// "như sau": the new text follows, the command ends.
    AsFollows,
}

/// The word that begins at `at`, and where it ends.
pub(super) fn at(text: &str, at: usize) -> Option<(Word, usize)> {
    let one_of = |phrases: &[&str]| phrases.iter().find_map(|phrase| match_phrase(text, at, phrase));
    if let Some(end) = one_of(HISTORY) {
        return Some((Word::History, end));
    }
    let passive = ["nay được", "được", "bị", "nay"].iter().find_map(|lead| {
        let mut cursor = Cursor::new(text, at);
        let led = cursor.phrase(lead);
        cursor.skip_space();
        let (kind, end) = act(text, cursor.at()).filter(|_| led && *lead != "nay")?;
        Some((Word::Passive(kind), end))
    });
    if passive.is_some() {
        return passive;
    }
    if let Some((kind, end)) = act(text, at) {
        return Some((Word::Act(kind), end));
    }
    if let Some(end) = one_of(SOME) {
        return Some((Word::Some, end));
    }
    if let Some(end) = match_phrase(text, at, "như sau") {
        return Some((Word::AsFollows, end));
    }
    if let Some(end) = one_of(WORD_MARKS) {
        return Some((Word::Mark, end));
    }
    if let Some(end) = one_of(&["bằng", "thay bằng"]) {
        return Some((Word::With, end));
    }
    if let Some(end) = match_phrase(text, at, "thành") {
        return Some((Word::Becomes, end));
    }
    if let Some(end) = one_of(OWN_HEADING).filter(|&end| {
        !text[end..].trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X'))
    }) {
        return Some((Word::Heading, end));
    }
    PARTS.iter().find_map(|&(words, part)| Some((Word::Part(part), match_phrase(text, at, words)?)))
}

/// The act that begins at `at`, and where it ends.
pub(super) fn act(text: &str, at: usize) -> Option<(OperationKind, usize)> {
    ACTS.iter().find_map(|&(words, kind)| Some((kind, match_phrase(text, at, words)?)))
}
