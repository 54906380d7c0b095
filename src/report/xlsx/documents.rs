//! Sheet "Văn bản": one row per document read, those to keep included.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use crate::proposals::Proposal;
use crate::report::identity::UnitCounts;
use crate::report::index::Index;
use crate::report::{Run, words};
use crate::review::Handling;

/// Percent at which identity and results each fit a page.
const PRINT_SCALE: u16 = 66;
/// The first column of the results.
const BREAK: u32 = 13;

const COLUMNS: [Column; 25] = [
    ("STT", 5.0),
    ("Mã", 7.0),
    ("Số, ký hiệu", 16.0),
    ("Loại", 11.0),
    ("Ngày ban hành", 11.0),
    ("Cơ quan ban hành", 18.0),
    ("Cấp", 9.0),
    ("Tên văn bản", 36.0),
    ("Lĩnh vực", 12.0),
    ("VBQPPL", 9.0),
    ("Ngày hiệu lực", 11.0),
    ("Tình trạng hiệu lực", 13.0),
    ("Vì sao", 24.0),
    ("Liên quan đến Luật", 11.0),
    ("Số điều", 7.0),
    ("Số khoản", 7.0),
    ("Số điểm", 7.0),
    ("Số đơn vị đã đối chiếu", 9.0),
    ("Số phát hiện", 8.0),
    ("Số kiến nghị theo điều khoản", 9.0),
    ("Xử lý văn bản", 14.0),
    ("Độ tin cậy", 9.0),
    ("Lý do", 40.0),
    ("Số cảnh báo", 8.0),
    ("Tệp", 26.0),
];

/// Writes the sheet.
pub fn write(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let mut table = Table::new(sheet, styles, "Văn bản", &[], COLUMNS)?;
    for (at, reviewed) in index.results.documents.iter().enumerate() {
        let document = &reviewed.document;
        let identity = &document.identity;
        let counts = UnitCounts::of(document);
        let proposals = index.of_document(at);
        let decided = proposals.whole.filter(|whole| whole.decision.as_ref().is_some_and(|one| one.first().is_some()));
        let handling = decided.map_or(reviewed.handling, |whole| whole.settled().handling);
        table
            .number(at + 1)?
            .code(&reviewed.id)?
            .identity(identity)?
            .text(identity.level.map_or("", words::level))?
            .text(identity.title.as_deref().unwrap_or(""))?
            .text(reviewed.field.as_deref().unwrap_or("Chưa phân loại"))?
            .text(words::normative(identity.normative))?
            .date(identity.effective)?
            .text(words::state(reviewed.status.state))?
            .text(&reviewed.status.why)?
            .text(words::relevance(reviewed.relevance))?
            .number(counts.articles)?
            .number(counts.clauses)?
            .number(counts.points)?
            .number(reviewed.examined.len())?
            .number(reviewed.findings.len())?
            .number(proposals.units.len())?
            .text(words::handling(handling))?
            .text(proposals.whole.and_then(|proposal| proposal.confidence).map_or("", words::confidence))?
            .text(&decided_reason(decided).unwrap_or_else(|| {
                reason(reviewed.handling, reviewed.examined.is_empty(), proposals.whole, &index.results.run)
            }))?
            .number(document.warnings.len())?
            .code(&document.file)?;
        table.end_row()?;
    }
    table.print_wide(PRINT_SCALE, &[BREAK], 2)?;
    table.finish()
}

/// What was decided about the whole document, before the reason of the proposal.
fn decided_reason(decided: Option<&Proposal>) -> Option<String> {
    let whole = decided?;
    let opinion = whole.decision.as_ref()?.first()?;
    let person = if opinion.person.is_empty() { String::new() } else { format!(" ({})", opinion.person) };
    Some(format!("Quyết định{person}: {}.\n{}", words::opinion(opinion), whole.settled().reason).trim_end().to_owned())
}

/// The reason given, or for a document to keep the limits of that answer.
fn reason(handling: Handling, unexamined: bool, whole: Option<&Proposal>, run: &Run) -> String {
    match whole.map(|proposal| proposal.reason.as_str()).filter(|reason| !reason.is_empty()) {
        Some(reason) => reason.to_owned(),
        None if handling != Handling::Keep => String::new(),
        None if unexamined => "Giữ nguyên — không có quy tắc nào áp dụng cho văn bản này".to_owned(),
        None => format!("Giữ nguyên — không phát hiện theo {}", rule_sets(run)),
    }
}

/// "bộ quy tắc … (phiên bản …), tính đến ngày …".
pub fn rule_sets(run: &Run) -> String {
    let packs: Vec<String> =
        run.packs.iter().map(|pack| format!("“{}” (phiên bản {})", pack.title, pack.version)).collect();
    format!("bộ quy tắc {}, tính đến ngày {}", packs.join("; "), words::date(run.as_of))
}
