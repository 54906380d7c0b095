//! Sheet "Quy tắc": every rule of the packs used, those without a hit included; then the exceptions they share.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use crate::report::index::Index;
use crate::report::words;

const COLUMNS: [Column; 9] = [
    ("STT", 5.0),
    ("Mã quy tắc", 36.0),
    ("Bộ quy tắc", 18.0),
    ("Nội dung kiểm tra", 70.0),
    ("Trạng thái", 12.0),
    ("Độ tin cậy cao nhất", 12.0),
    ("Số phát hiện", 11.0),
    ("Số văn bản đã đối chiếu", 13.0),
    ("Số chỗ ngoại lệ đã loại", 13.0),
];

/// Writes the sheet.
pub fn write(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let notes: Vec<String> = index
        .results
        .run
        .packs
        .iter()
        .map(|pack| {
            let checked = words::date(pack.checked_until);
            format!(
                "Bộ quy tắc {}: {}; phiên bản {}; kiểm tra đến ngày {checked}; SHA-256 {}",
                pack.id, pack.title, pack.version, pack.sha256
            )
        })
        .collect();
    let mut table = Table::new(sheet, styles, "Quy tắc", &notes, COLUMNS)?;
    for (order, rule) in (1..).zip(&index.results.rules) {
        table
            .number(order)?
            .code(&rule.id)?
            .code(&rule.pack)?
            .text(&rule.title)?
            .text(words::rule_state(rule.state))?
            .text(words::confidence(rule.confidence))?
            .number(rule.findings)?
            .number(rule.documents)?
            .number(rule.stopped)?;
        table.end_row()?;
    }
    let filters = &index.results.filters;
    for (order, filter) in (index.results.rules.len() + 1..).zip(filters) {
        let state = if filter.stopped == 0 { "Bộ lọc chung, chưa loại chỗ nào" } else { "Bộ lọc chung" };
        table
            .number(order)?
            .code(&filter.id)?
            .code(&filter.pack)?
            .text(&format!("{} (dùng cho {} quy tắc)", filter.why, filter.rules))?
            .text(state)?
            .text("")?
            .text("")?
            .text("")?
            .number(filter.stopped)?;
        table.end_row()?;
    }
    table.finish()
}
