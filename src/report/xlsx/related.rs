//! Sheet "Danh mục văn bản liên quan": which documents concern the Law, and the words that show it.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use crate::report::index::Index;
use crate::report::{place, words};
use crate::review::Relevance;

/// Most pieces of evidence shown for a document.
const MOST_EVIDENCE: usize = 8;

const COLUMNS: [Column; 11] = [
    ("STT", 5.0),
    ("Mức liên quan", 11.0),
    ("Số, ký hiệu", 17.0),
    ("Loại", 12.0),
    ("Ngày ban hành", 11.0),
    ("Cơ quan ban hành", 20.0),
    ("Tên văn bản", 42.0),
    ("Chủ đề", 22.0),
    ("Bằng chứng", 46.0),
    ("Tình trạng hiệu lực", 14.0),
    ("Tệp", 26.0),
];

/// Writes the sheet: direct first, then indirect.
pub fn write(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let mut table = Table::new(sheet, styles, "Danh mục văn bản liên quan", &[], COLUMNS)?;
    let with =
        |relevance: Relevance| index.results.documents.iter().filter(move |reviewed| reviewed.relevance == relevance);
    for (order, reviewed) in (1..).zip(with(Relevance::Direct).chain(with(Relevance::Indirect))) {
        let identity = &reviewed.document.identity;
        let evidence: Vec<String> = reviewed
            .relevance_evidence
            .iter()
            .take(MOST_EVIDENCE)
            .map(|(place, words)| format!("{place}: “{}”", place::cut(words, 200)))
            .collect();
        table
            .number(order)?
            .text(words::relevance(reviewed.relevance))?
            .identity(identity)?
            .text(identity.title.as_deref().unwrap_or(""))?
            .text(&reviewed.topics.join("\n"))?
            .text(&evidence.join("\n"))?
            .text(words::state(reviewed.status.state))?
            .code(&reviewed.document.file)?;
        table.end_row()?;
    }
    table.finish()
}
