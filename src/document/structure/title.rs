//! The trích yếu among the lines of the head.

use super::cue;
use crate::text::number::eat_word;

/// Kinds that stand alone on a line above the trích yếu.
const KINDS: [&str; 24] = [
    "quyết định",
    "nghị quyết",
    "nghị định",
    "thông tư liên tịch",
    "thông tư",
    "chỉ thị",
    "luật",
    "bộ luật",
    "pháp lệnh",
    "kế hoạch",
    "chương trình",
    "thông báo",
    "báo cáo",
    "tờ trình",
    "hướng dẫn",
    "đề án",
    "quy chế",
    "quy định",
    "điều lệ",
    "kết luận",
    "công điện",
    "phương án",
    "nghị quyết liên tịch",
    "lệnh",
];

/// Lines of the trích yếu in `head`, as printed.
pub(super) fn lines_of(head: &str) -> Vec<String> {
    let lines: Vec<&str> = head.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let kind = lines.iter().position(|line| {
        KINDS
            .iter()
            .any(|kind| cue::eat_whole(line.split('(').next().unwrap_or(line).trim_end_matches([':', ' ']), kind))
    });
    let from = match kind {
        Some(at) => at + 1,
        // "LUẬT THI ĐUA …" in one line, or a letter's "V/v …".
        None => match lines
            .iter()
            .position(|line| is_subject(line) || cue::starts_with_any(line, &["luật", "bộ luật"]) && cue::is_caps(line))
        {
            Some(at) => at,
            None => return Vec::new(),
        },
    };
    let rest = lines[from..].iter().take_while(|line| !ends_title(line)).take(12);
    rest.map(|line| (*line).to_owned()).collect()
}

fn is_subject(line: &str) -> bool {
    line.starts_with("V/v") || line.starts_with("V/V") || cue::starts_with_any(line, &["về việc"])
}

/// The line is no longer part of the title.
fn ends_title(line: &str) -> bool {
    const ISSUERS: [&str; 22] = [
        "ủy ban nhân dân",
        "uỷ ban nhân dân",
        "hội đồng nhân dân",
        "chính phủ",
        "bộ trưởng",
        "thủ tướng",
        "quốc hội",
        "chủ tịch",
        "ủy ban thường vụ",
        "uỷ ban thường vụ",
        "giám đốc",
        "tổng cục",
        "thống đốc",
        "hội đồng thẩm phán",
        "hội đồng thành viên",
        "hội đồng quản trị",
        "hiệu trưởng",
        "tổng giám đốc",
        "viện trưởng",
        "chánh án",
        "chánh thanh tra",
        "chủ nhiệm",
    ];
    cue::is_rule(line)
        || cue::is_motto(line)
        || cue::is_number_line(line)
        || cue::is_foreword(line)
        || cue::is_caps(line) && cue::starts_with_any(line, &ISSUERS)
        || eat_word(line, "kính gửi").is_some()
        || line.starts_with('(')
        || line.contains(", ngày ") && line.len() < 80
}
