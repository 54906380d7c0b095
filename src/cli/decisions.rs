//! `rasoat decisions import`.

use std::fmt::Write as _;

use anyhow::bail;

use super::args::{Decisions, DecisionsCommand, ImportDecisions};
use super::scan::today;
use super::{Exit, print, say};
use crate::report::decisions::{self, DECISIONS_NAME, LOG_NAME};

/// Runs a command about decisions.
pub fn run(args: &Decisions) -> anyhow::Result<Exit> {
    match &args.command {
        DecisionsCommand::Import(import) => import_decisions(import),
    }
}

fn import_decisions(args: &ImportDecisions) -> anyhow::Result<Exit> {
    if !args.workbook.is_file() {
        bail!("không có bảng tính “{}”", args.workbook.display());
    }
    let imported = decisions::import(&args.workbook, &args.into, args.as_of.unwrap_or_else(today))?;
    let mut text = String::new();
    let folder = args.into.display();
    let _ = writeln!(
        text,
        "Đã nhập {} quyết định vào {folder} ({DECISIONS_NAME}; nhật ký {LOG_NAME}); đã có từ trước: {}; chưa nhập được: {}.",
        imported.placed,
        imported.known,
        imported.unplaced.len()
    );
    let lists = [
        ("Chưa nhập được (nội dung đã ghi vào nhật ký; sửa trong bảng rồi nhập lại)", &imported.unplaced),
        ("Ý kiến khác nhau giữa những người rà soát", &imported.disagreements),
        ("Lưu ý", &imported.notes),
    ];
    for (head, lines) in lists.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        let _ = writeln!(text, "{head}:");
        for line in lines {
            let _ = writeln!(text, "  - {line}");
        }
    }
    print(&text)?;
    if imported.unplaced.is_empty() {
        return Ok(Exit::Done);
    }
    say("cảnh báo: còn dòng chưa nhập được, nêu ở trên.");
    Ok(Exit::SomeUnread)
}
