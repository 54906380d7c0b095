//! What came in: rows of lists, what was not read, doubts about what was read.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use crate::registry::list::ListedIdentity;
use crate::registry::matching::NOT_LISTED;
use crate::report::index::Index;
use crate::report::words;

/// Percent at which what the list says of the document, and what came of it, each fit a page.
const LIST_SCALE: u16 = 66;
/// The first column of what came of it.
const LIST_BREAK: u32 = 10;

const LIST_COLUMNS: [Column; 16] = [
    ("STT", 5.0),
    ("Tệp danh mục", 18.0),
    ("Trang tính", 14.0),
    ("Dòng", 7.0),
    ("Nội dung ghi trong danh mục", 42.0),
    ("Loại", 12.0),
    ("Số, ký hiệu", 17.0),
    ("Ngày ban hành", 11.0),
    ("Cơ quan ban hành", 18.0),
    ("Tên văn bản", 32.0),
    ("Tệp văn bản khớp", 24.0),
    ("Lĩnh vực", 12.0),
    ("Cơ quan chủ trì (theo danh mục)", 14.0),
    ("Hình thức xử lý (theo danh mục)", 14.0),
    ("Thời hạn (theo danh mục)", 13.0),
    ("Điểm nghi ngờ", 30.0),
];

/// Sheet "Danh mục vào": one row per document a list names, then the files that no list names.
pub fn write_lists(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let results = index.results;
    let mut table = Table::new(sheet, styles, "Danh mục vào", &[], LIST_COLUMNS)?;
    let nobody = [ListedIdentity::default()];
    let mut order = 0;
    for entry in &results.lists {
        let named = if entry.identities.is_empty() { &nobody[..] } else { &entry.identities[..] };
        let doubts: Vec<String> =
            entry.doubts.iter().map(|doubt| format!("{} (ô {})", doubt.message, doubt.cell)).collect();
        for (nth, identity) in named.iter().enumerate() {
            order += 1;
            // Before rows are joined to files only the first document of a row is matched.
            let matched = entry.matched.get(nth).copied().flatten().or(entry.document.filter(|_| nth == 0));
            let file = match matched.and_then(|at| results.documents.get(at)) {
                Some(found) => found.document.file.as_str(),
                None if entry.planned && identity.number.is_none() => "Văn bản dự kiến ban hành",
                None => match entry.unread.get(nth) {
                    Some(Some(file)) => file,
                    _ => "Không có tệp",
                },
            };
            table
                .number(order)?
                .code(&entry.file)?
                .code(&entry.sheet)?
                .number(entry.row as usize)?
                .text(&entry.text)?
                .text(identity.kind.map_or("", words::kind))?
                .code(identity.number.as_deref().unwrap_or(""))?
                .date(identity.issued)?
                .text(identity.issuer.as_deref().unwrap_or(""))?
                .text(identity.title.as_deref().unwrap_or(""))?
                .code(file)?
                .text(entry.field.as_deref().unwrap_or(""))?
                .text(entry.drafter.as_deref().unwrap_or(""))?
                .text(entry.given_handling.as_deref().unwrap_or(""))?
                .code(entry.given_deadline.as_deref().unwrap_or(""))?
                .text(&doubts.join("\n"))?;
            table.end_row()?;
        }
    }
    // Files that no list names stand below, so that both sides can be checked in one sheet.
    let unlisted = results.documents.iter().map(|reviewed| &reviewed.document);
    for document in unlisted.filter(|document| document.warnings.iter().any(|w| w.code == NOT_LISTED)) {
        order += 1;
        let identity = &document.identity;
        table
            .number(order)?
            .code("")?
            .code("")?
            .code("")?
            .text("Không có trong danh mục nào")?
            .text(words::kind(identity.kind))?
            .code(identity.number.as_deref().unwrap_or(""))?
            .date(identity.issued)?
            .text(identity.issuer.as_deref().unwrap_or(""))?
            .text(identity.title.as_deref().unwrap_or(""))?
            .code(&document.file)?;
        for _ in 0..5 {
            table.code("")?;
        }
        table.end_row()?;
    }
    table.print_wide(LIST_SCALE, &[LIST_BREAK], 3)?;
    table.finish()
}

const UNREAD_COLUMNS: [Column; 7] = [
    ("STT", 5.0),
    ("Tệp", 40.0),
    ("Trang tính", 16.0),
    ("Dòng", 7.0),
    ("Tình trạng", 24.0),
    ("Lý do", 50.0),
    ("Việc cần làm", 50.0),
];

/// Sheet "Không đọc được": files not read, listed documents without a file.
pub fn write_unread(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let notes = ["Chưa có kết luận nào về các văn bản dưới đây.".to_owned()];
    let notes = if index.results.unreadable.is_empty() { &[][..] } else { &notes[..] };
    let mut table = Table::new(sheet, styles, "Không đọc được", notes, UNREAD_COLUMNS)?;
    for (order, input) in (1..).zip(&index.results.unreadable) {
        table.number(order)?.code(&input.file)?;
        match &input.list_row {
            Some((sheet, row)) => table.code(sheet)?.number(*row as usize)?,
            None => table.code("")?.code("")?,
        };
        table.text(words::unread(input.unread.code))?.text(&input.unread.message)?.text(&input.unread.next_step)?;
        table.end_row()?;
    }
    table.finish()
}

const WARNING_COLUMNS: [Column; 7] = [
    ("STT", 5.0),
    ("Mã văn bản", 9.0),
    ("Số, ký hiệu", 18.0),
    ("Nội dung cảnh báo", 80.0),
    ("Đường dẫn", 16.0),
    ("Mã cảnh báo", 24.0),
    ("Tệp", 36.0),
];

/// Sheet "Cảnh báo": doubts about lists and documents that were read.
pub fn write_warnings(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let mut table = Table::new(sheet, styles, "Cảnh báo", &[], WARNING_COLUMNS)?;
    let lists = &index.results.list_warnings;
    for (order, (file, warning)) in (1..).zip(lists) {
        table.number(order)?.code("")?.code("")?.text(&warning.message)?.code("")?.code(warning.code)?.code(file)?;
        table.end_row()?;
    }
    let warnings = index
        .results
        .documents
        .iter()
        .flat_map(|reviewed| reviewed.document.warnings.iter().map(move |warning| (reviewed, warning)));
    for (order, (reviewed, warning)) in (lists.len() + 1..).zip(warnings) {
        table
            .number(order)?
            .code(&reviewed.id)?
            .code(reviewed.document.identity.number.as_deref().unwrap_or(""))?
            .text(&warning.message)?
            .code(warning.path.as_deref().unwrap_or(""))?
            .code(warning.code)?
            .code(&reviewed.document.file)?;
        table.end_row()?;
    }
    table.finish()
}
