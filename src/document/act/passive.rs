//! Acts said after the instruments they are done to.

use super::gap::{has_words, is_joined};
use super::{Speech, acts_on};
use crate::document::RelationKind;
use crate::document::citation::Found;
use crate::text::cursor::{Cursor, lower};

/// Acts said after a list of citations: "… hết hiệu lực kể từ ngày …", "… bị bãi bỏ".
pub(super) fn passive(text: &str, found: &[Found], speech: Speech, kinds: &mut [RelationKind]) {
    for last in 0..found.len() {
        if kinds[last] != RelationKind::Refers || !acts_on(&found[last]) {
            continue;
        }
        let Some(kind) = said_after(text, found[last].resume, speech) else { continue };
        let gap = |at: usize| &text[found[at - 1].resume..found[at].start];
        let first_of_list = |mut at: usize| {
            while at > 0 && is_joined(gap(at)) {
                at -= 1;
            }
            at
        };
        // "A đã được sửa đổi theo B và C hết hiệu lực": it is A that ends.
        let mut end = last;
        let mut start = first_of_list(end);
        while start > 0 && is_history(gap(start)) {
            end = start - 1;
            start = first_of_list(end);
        }
        for at in (start..=end).rev() {
            if kinds[at] != RelationKind::Refers || !acts_on(&found[at]) {
                break;
            }
            // A part that ends is repealed; only a whole is replaced by what ends it.
            let part = kind == RelationKind::Replaces && !found[at].provisions.is_empty();
            kinds[at] = if part { RelationKind::Repeals } else { kind };
        }
    }
}

/// `true` for words that tell what amended the instrument before them.
fn is_history(gap: &str) -> bool {
    let gap: String = gap.chars().map(lower).collect();
    let changed = gap.contains("sửa đổi") || gap.contains("bổ sung");
    changed && gap.len() < 120 && ["theo", "bởi", "tại", "bằng"].iter().any(|word| has_words(&gap, word))
}

fn said_after(text: &str, at: usize, speech: Speech) -> Option<RelationKind> {
    let mut cursor = Cursor::new(text, at);
    cursor.skip_space();
    cursor.eat(',');
    cursor.skip_space();
    let past = cursor.any(&["sẽ", "đều", "đã"]) == Some("đã");
    cursor.skip_space();
    let rest = cursor.rest();
    let sentence: String = rest[..rest.find(['\n', ';']).unwrap_or(rest.len())].chars().take(160).map(lower).collect();
    let own_words = speech.effect || speech.amending || has_words(&sentence, "này");
    let ends = ["hết hiệu lực", "chấm dứt hiệu lực", "không còn hiệu lực", "hết hiệu lực thi hành"];
    if cursor.any(&ends).is_some() {
        return own_words.then_some(RelationKind::Replaces);
    }
    if cursor.any(&["bị bãi bỏ", "được bãi bỏ", "bị hủy bỏ", "bị huỷ bỏ"]).is_some() {
        return own_words.then_some(RelationKind::Repeals);
    }
    if cursor.any(&["được thay thế", "bị thay thế"]).is_some() {
        return (own_words && (has_words(&sentence, "này") || has_words(&sentence, "như sau")))
            .then_some(RelationKind::Replaces);
    }
    let suspended =
        ["ngưng hiệu lực", "tạm ngưng hiệu lực", "bị ngưng hiệu lực", "bị tạm ngưng hiệu lực", "bị đình chỉ"];
    if cursor.any(&suspended).is_some() {
        return own_words.then_some(RelationKind::Suspends);
    }
    if cursor.any(&["được kéo dài"]).is_some() {
        return own_words.then_some(RelationKind::Extends);
    }
    // "đã được sửa đổi, bổ sung bao gồm:" is history.
    if past {
        return None;
    }
    let kind =
        match cursor.any(&["được sửa đổi", "sửa đổi", "được bổ sung", "bổ sung", "được đính chính", "đính chính"])?
        {
            "được bổ sung" | "bổ sung" => RelationKind::Supplements,
            "được đính chính" | "đính chính" => RelationKind::Corrects,
            _ => RelationKind::Amends,
        };
    // "được sửa đổi, bổ sung một số nội dung như sau".
    let ahead: String = cursor.rest().chars().take(60).map(lower).collect();
    let follows = ahead.find("như sau").or_else(|| ahead.find(':'));
    follows
        .is_some_and(|at| !["theo", "bởi", "tại", "bằng"].iter().any(|word| has_words(&ahead[..at], word)))
        .then_some(kind)
}
