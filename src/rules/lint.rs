//! What a rule must not be: without tests, without a basis, too loose, or never able to match.

use std::sync::Arc;

use serde_saphyr::Spanned;

use super::diagnostic::{Diagnostic, SourceFile};
use super::source::{Condition, Lifecycle, RuleSource};
use crate::verdict::FindingKind;

/// Kinds that rest on an event in the life of an instrument, not on a provision.
const RESTS_ON_EVENT: [FindingKind; 9] = [
    FindingKind::Expired,
    FindingKind::Replaced,
    FindingKind::Repealed,
    FindingKind::PartlyEnded,
    FindingKind::BasisEnded,
    FindingKind::DeadCitation,
    FindingKind::FormFault,
    FindingKind::ParentEnded,
    FindingKind::ParentChanged,
];

/// Adds every fault of one rule that does not depend on other rules.
pub fn rule(file: &Arc<SourceFile>, rule: &RuleSource, faults: &mut Vec<Diagnostic>) {
    let id = &rule.id;
    let mut error =
        |code, at: &Spanned<String>, message: String| faults.push(Diagnostic::about(code, file, at, message));
    if !id.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-')) {
        error("bad-id", id, format!("mã quy tắc “{}” chỉ dùng chữ thường không dấu, số, chấm và gạch nối", id.value));
    }
    if rule.basis.is_empty() && !RESTS_ON_EVENT.contains(&rule.verdict.kind) {
        error("no-basis", id, "quy tắc không nêu điều khoản làm căn cứ (basis)".to_owned());
    }
    if rule.verdict.handling == crate::verdict::Handling::Suspend {
        error("suspend", id, "quy tắc không được kiến nghị tạm ngưng hiệu lực".to_owned());
    }
    if rule.state != Lifecycle::Retired {
        let hits = rule.tests.iter().filter(|test| test.hit.is_some()).count();
        let quiets = rule.tests.iter().filter(|test| test.quiet.is_some()).count();
        if hits < 2 || quiets < 2 {
            let message = format!("cần ít nhất 2 phép thử “hit” và 2 phép thử “quiet”; đang có {hits} và {quiets}");
            error("few-tests", id, message);
        }
        if rule.tests.iter().any(|test| test.hit.is_some() == test.quiet.is_some()) {
            error("unclear-test", id, "mỗi phép thử có đúng một trong hai khóa “hit” và “quiet”".to_owned());
        }
    }
    for condition in rule.find.values() {
        match condition {
            Condition::Pattern(pattern) => {
                let text = &pattern.regex.value;
                if text.contains("\\b") || text.contains("\\w") || text.contains(".*") {
                    let message =
                        "biểu thức không được dùng \\b, \\w hay .* (chậm và sai với chữ tiếng Việt)".to_owned();
                    error("loose-regex", &pattern.regex, message);
                }
                if crate::text::fold::fold(text) != text.to_lowercase() {
                    let message =
                        "biểu thức khớp trên chữ đã quy về một dạng: viết thường, “đ”, dấu thanh kiểu cũ (òa, ủy)"
                            .to_owned();
                    error("unfolded-regex", &pattern.regex, message);
                }
                if pattern.near.is_empty() {
                    error(
                        "no-literal",
                        &pattern.regex,
                        "pattern cần “near”: những chữ phải có trong đơn vị".to_owned(),
                    );
                }
            }
            Condition::Term(names) | Condition::Words(names) if names.is_empty() => {
                error("empty-condition", id, "điều kiện không có thuật ngữ nào".to_owned());
            }
            Condition::Words(words) => {
                for word in words.iter().filter(|word| word.value.trim().chars().count() < 2) {
                    error("short-literal", word, format!("“{}” quá ngắn để tìm", word.value));
                }
            }
            _ => {}
        }
    }
}
