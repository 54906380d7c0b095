//! What a rule must not be: without tests, without a basis, too loose, or never able to match.

use std::sync::Arc;

use super::diagnostic::{Diagnostic, SourceFile};
use super::expr::Expr;
use super::ruleset::{Unless, UnlessMatcher};
use super::source::{Condition, Lifecycle, PatternSource, RuleSource};
use super::spanned::Spanned;
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
            Condition::Term(names) | Condition::Words(names) | Condition::Topic(names) if names.is_empty() => {
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
    for source in patterns(rule) {
        pattern(file, source, faults);
    }
}

/// Patterns of its conditions and exceptions.
pub fn patterns(rule: &RuleSource) -> impl Iterator<Item = &PatternSource> {
    let of_conditions = rule.find.values().filter_map(|condition| match condition {
        Condition::Pattern(source) => Some(source),
        _ => None,
    });
    of_conditions.chain(rule.unless.iter().filter_map(|exception| exception.pattern.as_ref()))
}

/// Adds the faults of a regular expression that its words alone show.
pub fn pattern(file: &Arc<SourceFile>, pattern: &PatternSource, faults: &mut Vec<Diagnostic>) {
    let regex = &pattern.regex;
    let text = &regex.value;
    let mut error = |code, message: &str| faults.push(Diagnostic::about(code, file, regex, message));
    if text.contains("\\b") || text.contains("\\w") || text.contains(".*") {
        error("loose-regex", "biểu thức không được dùng \\b, \\w hay .* (chậm và sai với chữ tiếng Việt)");
    }
    if pattern.near.is_empty() {
        error("no-literal", "pattern cần “near”: những chữ phải có trong đơn vị");
    }
}

/// With more conditions than this not every combination is tried.
const MOST_TRIED: usize = 12;

/// Adds a fault when no combination of conditions can fire the rule, or when it fires though no condition is met.
pub fn combinations(
    file: &Arc<SourceFile>,
    rule: &RuleSource,
    when: &Expr,
    unless: &[Unless],
    faults: &mut Vec<Diagnostic>,
) {
    let count = rule.find.len();
    if count > MOST_TRIED {
        return;
    }
    // An exception in the same scope as the rule is met wherever its condition is.
    let silenced =
        rule.unless.iter().zip(unless).filter(|(source, _)| source.within.is_none()).fold(0, |bits, (_, exception)| {
            match exception.matcher {
                UnlessMatcher::Named(index) => bits | 1_u32 << index,
                UnlessMatcher::Own(_) => bits,
            }
        });
    // A condition asked about in two scopes may be met in one and not in the other.
    let mut scoped = false;
    let mut holds = |met: u32| {
        when.holds(&mut |index, scope| {
            scoped |= scope.is_some();
            met >> index & 1 == 1
        })
    };
    let empty = holds(0);
    let ever = (0..1_u32 << count).any(|met| holds(met) && met & silenced == 0);
    if empty {
        let message = "“when” đúng cả khi không điều kiện nào có mặt: quy tắc sẽ báo ở mọi chỗ";
        faults.push(Diagnostic::about("always-holds", file, &rule.when, message));
    }
    if !ever && !scoped {
        let message = if silenced == 0 {
            "“when” không bao giờ đúng: một điều kiện vừa phải có vừa phải không có"
        } else {
            "quy tắc không bao giờ báo: điều kiện bắt buộc của “when” cũng là ngoại lệ trong “unless”"
        };
        faults.push(Diagnostic::about("never-holds", file, &rule.when, message));
    }
}

/// What is wrong with a regular expression, in Vietnamese where it is one of the usual mistakes.
pub fn regex_fault(error: &regex::Error) -> String {
    const SAID: [(&str, &str); 7] = [
        ("unclosed group", "ngoặc ( chưa đóng"),
        ("unopened group", "ngoặc ) không có ngoặc mở"),
        ("unclosed character class", "ngoặc [ chưa đóng"),
        ("repetition operator missing", "dấu *, + hoặc ? không đứng sau chữ nào"),
        ("unrecognized escape", "dấu \\ đứng trước một chữ không có nghĩa"),
        ("look-around", "không dùng được (?=…), (?!…), (?<=…), (?<!…)"),
        ("size limit", "biểu thức quá lớn"),
    ];
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default().trim_start_matches("error: ");
    SAID.iter().find(|(words, _)| text.contains(words)).map_or_else(|| last.to_owned(), |(_, said)| (*said).to_owned())
}
