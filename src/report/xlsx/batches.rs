//! Sheet "Sửa đổi hàng loạt": the same mechanical change in several documents, to be made by one amending document.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use crate::report::batch::batches;
use crate::report::index::{Index, distinct};
use crate::report::words;
use crate::review::engine::document_name;

const COLUMNS: [Column; 11] = [
    ("STT", 5.0),
    ("Nội dung sửa đổi, thay thế cụm từ", 38.0),
    ("Cơ quan ban hành", 17.0),
    ("Số văn bản", 8.0),
    ("Số chỗ sửa", 8.0),
    ("Văn bản và vị trí", 48.0),
    ("Căn cứ (điều khoản)", 26.0),
    ("Loại vấn đề", 14.0),
    ("Hình thức văn bản xử lý", 16.0),
    ("Chủ trì soạn thảo", 13.0),
    ("Mã", 18.0),
];

/// Writes the sheet.
pub fn write(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let notes = [
        "Cùng một thay đổi cơ học ở nhiều văn bản của một cơ quan: có thể xử lý bằng một văn bản sửa đổi, bổ sung. Vẫn cần đọc từng chỗ trước khi đưa vào dự thảo."
            .to_owned(),
    ];
    let mut table = Table::new(sheet, styles, "Sửa đổi hàng loạt", &notes, COLUMNS)?;
    for (order, batch) in (1..).zip(batches(index.results)) {
        let lines = batch.documents.iter().filter_map(|&at| {
            let document = &index.results.documents.get(at)?.document;
            let places = batch.places.iter().filter(|(of, _)| *of == at).map(|(_, finding)| finding.cite.as_str());
            Some(format!("- {}: {}", document_name(&document.identity, &document.file), distinct(places, "; ")))
        });
        let lines: Vec<String> = lines.collect();
        let bases = batch.places.iter().flat_map(|(_, finding)| &finding.basis);
        table
            .number(order)?
            .text(batch.change)?
            .text(batch.authority)?
            .number(batch.documents.len())?
            .number(batch.places.len())?
            .text(&lines.join("\n"))?
            .text(&distinct(bases.map(|basis| basis.cite.as_str()), ";\n"))?
            .text(&distinct(batch.places.iter().map(|(_, finding)| words::finding_kind(finding.kind)), "; "))?
            .text(&batch.sample.instrument_form)?
            .text(batch.sample.settled().drafter)?
            .code(&batch.id)?;
        table.end_row()?;
    }
    table.finish()
}
