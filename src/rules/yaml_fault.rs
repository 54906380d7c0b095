//! Faults of the YAML itself, said in Vietnamese with what the author probably meant.

use std::sync::Arc;

use serde_saphyr::{Error, Location};

use super::diagnostic::{Diagnostic, SourceFile};

/// Words of the parser, what they mean to an author, and what to do.
const SAID: [(&str, &str, &str); 10] = [
    (
        "mapping values are not allowed",
        "dấu hai chấm ở giữa câu bị hiểu là khóa",
        "câu có dấu hai chấm phải để trong dấu nháy \"…\" hoặc viết sau “>-” ở dòng dưới",
    ),
    ("found a tab", "thụt đầu dòng bằng phím Tab", "dùng dấu cách, không dùng phím Tab, để thụt đầu dòng"),
    (
        "trailing content after",
        "còn chữ sau dấu nháy đóng",
        "xem lại dấu nháy ở dòng này và các dòng trên: có thể một dấu nháy chưa đóng; dấu nháy trong câu viết là “…” hoặc \\\"",
    ),
    ("unexpected end of stream", "tệp hết khi câu hoặc ngoặc chưa đóng", "tìm dấu nháy hoặc ngoặc mở mà không đóng"),
    ("illegal placement of ':'", "ngoặc ở dòng trên chưa đóng", "mỗi [ phải có ], mỗi { phải có }"),
    (
        "expected ',' or",
        "ngoặc chưa đóng hoặc thiếu dấu phẩy",
        "mỗi [ phải có ], mỗi { phải có }; các mục cách nhau dấu phẩy",
    ),
    ("expected sequence", "chỗ này phải là một danh sách", "mỗi mục bắt đầu bằng “- ”, hoặc viết trong ngoặc [a, b]"),
    ("expected mapping", "chỗ này phải là các khóa và giá trị", "viết “khóa: giá trị”, mỗi khóa một dòng"),
    (
        "expected string scalar",
        "chỗ này phải là một câu chữ",
        "viết chữ trên một dòng, không có [ hoặc { ở đầu; câu có dấu thì để trong dấu nháy \"…\"",
    ),
    ("date", "ngày không có thật hoặc viết sai", "viết năm-tháng-ngày, ví dụ 2026-11-22"),
];

/// A fault of the parser as a diagnostic.
pub fn parse_fault(file: &Arc<SourceFile>, error: Error) -> Diagnostic {
    let error = error.without_snippet();
    let at = error.location().unwrap_or(Location::UNKNOWN);
    let allowed = |names: &[&'static str]| names.join(", ");
    match error {
        Error::SerdeUnknownField { field, expected, .. } => {
            let hint = match nearest(field, expected) {
                Some(near) => format!("có phải ý là “{near}”? Các khóa được dùng ở đây: {}", allowed(expected)),
                None => format!("các khóa được dùng ở đây: {}", allowed(expected)),
            };
            let mut fault =
                Diagnostic::error("unknown-key", file, at, format!("khóa “{field}” không có trong ngôn ngữ quy tắc"));
            fault.width = field.chars().count();
            fault.hint(hint)
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            let mut fault =
                Diagnostic::error("unknown-value", file, at, format!("giá trị “{variant}” không được dùng ở đây"));
            fault.width = variant.chars().count();
            fault.hint(format!("chọn một trong: {}", allowed(expected)))
        }
        Error::SerdeMissingField { field, .. } => {
            Diagnostic::error("missing-key", file, at, format!("mục này thiếu khóa “{field}”"))
                .hint("nếu khóa có mặt, hãy xem lại thụt đầu dòng: các khóa của một mục phải thẳng hàng")
        }
        Error::DuplicateMappingKey { key, .. } => Diagnostic::error(
            "duplicate-key",
            file,
            at,
            format!("khóa “{}” viết hai lần trong một mục", key.as_deref().unwrap_or("")),
        ),
        Error::SerdeInvalidType { unexpected, expected, .. } => Diagnostic::error(
            "bad-yaml",
            file,
            at,
            format!("giá trị không đúng kiểu: cần {expected}, đang là {unexpected}"),
        ),
        other => syntax(file, at, &other.to_string()),
    }
}

fn syntax(file: &Arc<SourceFile>, at: Location, detail: &str) -> Diagnostic {
    let Some((_, meaning, hint)) = SAID.iter().find(|(words, ..)| detail.contains(words)) else {
        return Diagnostic::error("bad-yaml", file, at, format!("không đọc được YAML ({detail})"));
    };
    let mut fault = Diagnostic::error("bad-yaml", file, at, format!("YAML viết sai: {meaning}")).hint(*hint);
    if detail.contains("found a tab") {
        // The parser names the value in front of the tab.
        let indented = |line: &str| line.trim_start_matches(' ').starts_with('\t');
        if let Some(line) = file.text.lines().position(indented) {
            (fault.line, fault.column) = (line + 1, 1);
        }
    }
    fault
}

/// The name within a third of its letters of edits, if any.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .map(|name| (distance(wanted, name), *name))
        .filter(|(edits, name)| *edits * 3 <= name.chars().count().max(3))
        .min()
        .map(|(_, name)| name)
}

/// Edits from one word to the other, in characters; two letters in the wrong order are one edit.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        let names = ["when", "title", "tests"];
        for (wanted, near) in
            [("wehn", Some("when")), ("titel", Some("title")), ("test", Some("tests")), ("khong-co", None)]
        {
            assert_eq!(nearest(wanted, &names), near, "{wanted}");
        }
    }
}
