//! Sheet "Văn bản ngoài phạm vi NĐ 79": documents that are not (or not surely) normative never enter the official lists.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use crate::proposals::Proposal;
use crate::report::index::Index;
use crate::report::words;
use crate::review::Handling;

const COLUMNS: [Column; 12] = [
    ("STT", 5.0),
    ("Số, ký hiệu", 17.0),
    ("Loại", 12.0),
    ("Ngày ban hành", 11.0),
    ("Cơ quan, đơn vị ban hành", 20.0),
    ("Tên văn bản", 38.0),
    ("Vì sao ngoài phạm vi", 26.0),
    ("Đề xuất xử lý", 14.0),
    ("Nội dung/lý do kiến nghị", 46.0),
    ("Thẩm quyền", 18.0),
    ("Thời hạn", 12.0),
    ("Tệp", 24.0),
];

/// Writes the sheet: every such document with something to do about it.
pub fn write(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let notes = [
        "Văn bản không phải là văn bản quy phạm pháp luật (hoặc chưa xác định được) không đưa vào các mẫu danh mục; kiến nghị gửi người đứng đầu cơ quan, đơn vị ban hành."
            .to_owned(),
    ];
    let mut table = Table::new(sheet, styles, "Văn bản ngoài phạm vi NĐ 79", &notes, COLUMNS)?;
    let outside = index.results.documents.iter().enumerate().filter_map(|(at, reviewed)| {
        let whole = index.of_document(at).whole;
        let settled = whole.map(Proposal::settled);
        let handling = settled.map_or(reviewed.handling, |settled| settled.handling);
        let is_outside = reviewed.document.identity.normative != Some(true) && handling != Handling::Keep;
        is_outside.then_some((reviewed, whole, settled, handling))
    });
    for (order, (reviewed, whole, settled, handling)) in (1..).zip(outside) {
        let identity = &reviewed.document.identity;
        let why = match (identity.normative, identity.normative_why.as_str()) {
            (None, _) => "Chưa xác định được có phải là văn bản quy phạm pháp luật hay không",
            (_, "") => "Không phải là văn bản quy phạm pháp luật",
            (_, why) => why,
        };
        table
            .number(order)?
            .identity(identity)?
            .text(identity.title.as_deref().unwrap_or(""))?
            .text(why)?
            .text(words::handling(handling))?
            .text(settled.map_or("", |settled| settled.reason))?
            .text(whole.map_or("", |proposal| &proposal.authority))?
            .text(settled.map_or("", |settled| settled.deadline))?
            .code(&reviewed.document.file)?;
        table.end_row()?;
    }
    table.finish()
}
