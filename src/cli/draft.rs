//! `rasoat draft`.

use anyhow::bail;

use super::args::Draft;
use super::scan::today;
use super::{Exit, office, print, say};
use crate::report::draft;

/// Writes drafts of amending documents, or checks one.
pub fn run(args: &Draft) -> anyhow::Result<Exit> {
    if !args.folder.is_dir() {
        bail!("không có thư mục kết quả “{}”", args.folder.display());
    }
    let office = office::load(args.config.as_deref())?;
    let as_of = args.as_of.unwrap_or_else(today);
    let accepted = draft::accepted(&args.folder, as_of)?;
    for note in &accepted.notes {
        say(note);
    }
    if let Some(file) = &args.check {
        let (differ, open) = draft::check(&accepted, file)?;
        if open > 0 {
            say(&format!("còn {open} chỗ trong ngoặc vuông […] chưa soạn"));
        }
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
    let written = draft::write(&accepted, &office.names, args.out.as_deref().unwrap_or(&args.folder), as_of)?;
    for (file, draft) in written.iter().zip(&accepted.drafts) {
        let (documents, changes) =
            (draft.documents.len(), draft.documents.iter().map(|one| one.changes.len()).sum::<usize>());
        let what = format!(
            "{}: {documents} văn bản, {changes} nội dung{}",
            draft.issuer,
            if draft.normative { "" } else { "; không phải VBQPPL" }
        );
        print(&format!("Đã ghi: {} ({what})\n", file.path.display()))?;
        if let Some(note) = &file.note {
            say(note);
        }
    }
    print("Đây là bản nháp để soạn thảo: chỗ trong ngoặc vuông do người soạn viết.\n")?;
    Ok(Exit::Done)
}
