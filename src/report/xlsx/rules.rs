//! Sheet "Quy tắc": every rule of the packs used, those without a hit included.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use crate::report::index::Index;
use crate::report::words;

const COLUMNS: [Column; 8] = [
    ("STT", 5.0),
    ("Mã quy tắc", 36.0),
    ("Bộ quy tắc", 18.0),
    ("Nội dung kiểm tra", 70.0),
    ("Trạng thái", 12.0),
    ("Độ tin cậy cao nhất", 12.0),
    ("Số phát hiện", 11.0),
    ("Số văn bản đã đối chiếu", 13.0),
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
            .number(rule.documents)?;
        table.end_row()?;
    }
    table.finish()
}
