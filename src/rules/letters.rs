//! Letters that look right and are not: Cyrillic or Greek, the Icelandic Ð, marks typed apart from their letter.

use std::sync::Arc;

use super::diagnostic::{Diagnostic, SourceFile};
use super::source::{Condition, FilterSource, RuleSource, TermSource};
use super::spanned::Spanned;

/// Adds the faults of every wording of a term.
pub fn term(file: &Arc<SourceFile>, term: &TermSource, faults: &mut Vec<Diagnostic>) {
    // The canonical wording has no place of its own; it stands after the id.
    faults.extend(fault(file, &term.id, &term.canonical));
    for wording in term.variants.iter().chain(term.dated.iter().map(|dated| &dated.text)).chain(&term.except) {
        faults.extend(fault(file, wording, &wording.value));
    }
}

/// Adds the faults of every wording and sentence of a rule; its tests may hold what real documents hold.
pub fn rule(file: &Arc<SourceFile>, rule: &RuleSource, faults: &mut Vec<Diagnostic>) {
    let of_conditions = rule.find.values().flat_map(|condition| match condition {
        Condition::Words(words) => words.iter().collect(),
        Condition::Pattern(pattern) => pattern.near.iter().chain([&pattern.regex]).collect(),
        Condition::Checklist(list) => list.items.iter().flat_map(|item| &item.any).collect::<Vec<_>>(),
        _ => Vec::new(),
    });
    let of_exceptions = rule.unless.iter().flat_map(|exception| {
        exception
            .words
            .iter()
            .chain(exception.pattern.iter().flat_map(|pattern| pattern.near.iter().chain([&pattern.regex])))
    });
    for text in of_conditions.chain(of_exceptions).chain([&rule.say]).chain(&rule.propose) {
        faults.extend(fault(file, text, &text.value));
    }
}

/// Adds the faults of the wordings and the reason of a shared filter.
pub fn filter(file: &Arc<SourceFile>, filter: &FilterSource, faults: &mut Vec<Diagnostic>) {
    let of_pattern = filter.pattern.iter().flat_map(|pattern| pattern.near.iter().chain([&pattern.regex]));
    for text in filter.words.iter().chain(of_pattern).chain([&filter.why]) {
        faults.extend(fault(file, text, &text.value));
    }
}

/// The first suspicious letter of a text that stands at or after `place`.
fn fault(file: &Arc<SourceFile>, place: &Spanned<String>, text: &str) -> Option<Diagnostic> {
    let letter = text.chars().find(|&c| is_foreign(c) || is_mark(c) || matches!(c, 'Ð' | 'ð'))?;
    let fault = if is_foreign(letter) {
        let message = format!("“{text}” có chữ “{letter}” (U+{:04X}) không phải chữ cái tiếng Việt", u32::from(letter));
        Diagnostic::about("foreign-letter", file, place, message)
            .hint("gõ lại chữ này: hai chữ trông giống nhau nhưng không khớp nhau")
    } else if is_mark(letter) {
        let message = format!("“{text}” có dấu gõ rời khỏi chữ");
        return Some(
            Diagnostic::about("loose-mark", file, place, message)
                .warning()
                .hint("gõ lại bằng bộ gõ Unicode dựng sẵn để người khác tìm và sửa được"),
        );
    } else {
        let message = format!("“{text}” dùng chữ “{letter}” (U+{:04X}) thay cho “Đ”, “đ”", u32::from(letter));
        Diagnostic::about("wrong-d", file, place, message)
            .warning()
            .hint("gõ lại “Đ”, “đ”; khi so khớp hai chữ này được coi là một")
    };
    Some(fault.narrowed(letter.encode_utf8(&mut [0; 4])))
}

fn is_foreign(c: char) -> bool {
    // Greek and Coptic, Cyrillic and its supplement, full-width forms.
    matches!(c, '\u{370}'..='\u{52f}' | '\u{ff01}'..='\u{ff5e}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}
