//! Sheet "Giữ nguyên": documents that stay as they are, each with its reason; those a person decided to keep among them.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use crate::report::index::Index;
use crate::report::words;
use crate::review::Handling;

const COLUMNS: [Column; 10] = [
    ("STT", 5.0),
    ("Số, ký hiệu", 17.0),
    ("Loại", 12.0),
    ("Ngày ban hành", 11.0),
    ("Cơ quan ban hành", 20.0),
    ("Lĩnh vực", 14.0),
    ("Tên văn bản", 44.0),
    ("Số điều, khoản, điểm đã đối chiếu", 12.0),
    ("Lý do giữ nguyên", 52.0),
    ("Tệp", 26.0),
];

/// Writes the sheet.
pub fn write(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let results = index.results;
    let day = words::date(results.run.as_of);
    let notes =
        [format!("“Giữ nguyên” chỉ nói về phần đã đọc, theo các quy tắc nêu ở trang “Quy tắc”, tính đến ngày {day}.")];
    let mut table = Table::new(sheet, styles, "Giữ nguyên", &notes, COLUMNS)?;
    let kept = results.documents.iter().enumerate().filter_map(|(at, reviewed)| {
        let whole = index.of_document(at).whole?;
        (whole.settled().handling == Handling::Keep).then_some((reviewed, whole))
    });
    for (order, (reviewed, whole)) in (1..).zip(kept) {
        let identity = &reviewed.document.identity;
        let decided = whole.decision.as_ref().and_then(|decided| decided.first());
        let reason = match decided {
            Some(opinion) => format!(
                "Người rà soát quyết định: {}{}",
                words::opinion(opinion),
                if opinion.person.is_empty() { String::new() } else { format!(" – {}", opinion.person) }
            ),
            None => whole.reason.clone(),
        };
        table
            .number(order)?
            .identity(identity)?
            .text(reviewed.field.as_deref().unwrap_or("Chưa phân loại"))?
            .text(identity.title.as_deref().unwrap_or(""))?
            .number(reviewed.examined.len())?
            .text(&reason)?
            .code(&reviewed.document.file)?;
        table.end_row()?;
    }
    table.finish()
}
