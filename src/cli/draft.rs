//! `rasoat draft`.

use anyhow::bail;

use super::args::Draft;
use super::scan::today;
use super::{Exit, print, say};
use crate::report::draft;

/// Writes drafts of amending documents, or checks one.
pub fn run(args: &Draft) -> anyhow::Result<Exit> {
    if !args.folder.is_dir() {
        bail!("không có thư mục kết quả “{}”", args.folder.display());
    }
    let as_of = args.as_of.unwrap_or_else(today);
    let accepted = draft::accepted(&args.folder, as_of)?;
    for note in &accepted.notes {
        say(note);
    }
    if let Some(file) = &args.check {
        let differ = draft::check(&accepted, file)?;
        for line in &differ {
            say(&format!("khác danh mục: {line}"));
        }
        if differ.is_empty() {
            print("Mọi nội dung của dự thảo đều thuộc kiến nghị đã chấp nhận và ngược lại.\n")?;
            return Ok(Exit::Done);
        }
        return Ok(Exit::Findings);
    }
    for line in &accepted.apart {
        say(&format!("không đưa vào dự thảo: {line}"));
    }
    if accepted.drafts.is_empty() {
        bail!(
            "chưa có kiến nghị sửa đổi, bãi bỏ nào được chấp nhận trong “{}”; ghi “Đồng ý” hoặc “Sửa” trong bảng đề xuất trước",
            args.folder.display()
        );
    }
    for file in draft::write(&accepted, args.out.as_deref().unwrap_or(&args.folder), as_of)? {
        print(&format!("Đã ghi: {}\n", file.path.display()))?;
        if let Some(note) = &file.note {
            say(note);
        }
    }
    print("Đây là bản nháp để soạn thảo: chỗ trong ngoặc vuông do người soạn viết.\n")?;
    Ok(Exit::Done)
}
