//! Sheet "Đề xuất": one row, one proposal; where reviewers work and decide.

use rust_xlsxwriter::{DataValidation, Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use super::{choices, origin};
use crate::document::{Document, UnitId};
use crate::proposals::Proposal;
use crate::report::index::{Index, distinct};
use crate::report::quote::Quote;
use crate::report::{Reviewed, place, words};
use crate::review::{Basis, Finding, Handling, Place};

/// Name of the sheet.
pub const NAME: &str = "Đề xuất";
/// Percent at which what is there, what is proposed and what is decided each fit a page.
const PRINT_SCALE: u16 = 54;
/// Longest title shown, in letters: it stands on every row of its document, in full on the sheet of documents.
const LONGEST_TITLE: usize = 160;
/// Most quotations from other places shown as context.
const MOST_CONTEXT: usize = 5;
/// Longest provision quoted, in letters; the whole of it stands in `ket-qua.json` and `bao-cao.html`.
const LONGEST_LAW: usize = 1_000;

/// Head of the column with what became of a proposal.
const STATE: &str = "Trạng thái";

/// Heads that are looked for when decisions are read back.
pub mod heads {
    /// Number of the document.
    pub const NUMBER: &str = "Số, ký hiệu";
    /// Handling proposed; a reviewer may change it.
    pub const HANDLING: &str = "Đề xuất xử lý";
    /// Content and reason; a reviewer may rewrite them.
    pub const CONTENT: &str = "Nội dung/lý do kiến nghị";
    /// Wording; a reviewer may rewrite it.
    pub const WORDING: &str = "Câu chữ đề xuất";
    /// Who drafts; a reviewer may change it.
    pub const DRAFTER: &str = "Chủ trì soạn thảo";
    /// By when; a reviewer may change it.
    pub const DEADLINE: &str = "Thời hạn";
    /// The reviewer's decision.
    pub const DECISION: &str = "Quyết định của người rà soát";
    /// Its reason.
    pub const REASON: &str = "Lý do";
    /// Who decided.
    pub const PERSON: &str = "Người rà soát";
    /// When.
    pub const DATE: &str = "Ngày";
    /// The second person's opinion.
    pub const SECOND: &str = "Ý kiến người thứ hai";
    /// Its reason.
    pub const SECOND_REASON: &str = "Lý do của người thứ hai";
    /// Who.
    pub const SECOND_PERSON: &str = "Người thứ hai";
    /// When.
    pub const SECOND_DATE: &str = "Ngày của người thứ hai";
    /// Notes.
    pub const NOTE: &str = "Ghi chú";
    /// Id of the proposal.
    pub const ID: &str = "Mã kiến nghị";
    /// File of the document.
    pub const FILE: &str = "Tệp";
    /// Path of the unit.
    pub const PATH: &str = "Đường dẫn";
    /// Units that delivered it; in joined results only.
    pub const DELIVERED: &str = "Đơn vị gửi";
}

/// Columns in reading order; that of the units stands in joined results only.
pub const COLUMNS: [Column; 43] = [
    ("STT", 5.0),
    (heads::NUMBER, 17.0),
    (heads::DELIVERED, 17.0),
    ("Loại", 10.0),
    ("Ngày ban hành", 11.0),
    ("Cơ quan ban hành", 15.0),
    ("Lĩnh vực", 12.0),
    ("Tên văn bản", 25.0),
    ("Vị trí", 14.0),
    ("Trích nguyên văn", 48.0),
    ("Ngữ cảnh", 28.0),
    ("Căn cứ (điều khoản)", 22.0),
    ("Nội dung yêu cầu (tóm tắt, không phải nguyên văn)", 34.0),
    ("Loại vấn đề", 15.0),
    (heads::HANDLING, 13.0),
    (heads::CONTENT, 38.0),
    (heads::WORDING, 32.0),
    ("Mức độ", 8.0),
    ("Độ tin cậy", 8.0),
    ("Vì sao chưa chắc; việc cần làm rõ", 24.0),
    ("Cơ học/Cần cân nhắc", 9.0),
    ("Căn cứ của hình thức xử lý", 20.0),
    ("Hình thức văn bản xử lý", 15.0),
    ("Thẩm quyền", 13.0),
    (heads::DRAFTER, 13.0),
    (heads::DEADLINE, 11.0),
    (STATE, 12.0),
    (heads::DECISION, 12.0),
    (heads::REASON, 22.0),
    (heads::PERSON, 15.0),
    (heads::DATE, 11.0),
    (heads::SECOND, 12.0),
    (heads::SECOND_REASON, 22.0),
    (heads::SECOND_PERSON, 15.0),
    (heads::SECOND_DATE, 11.0),
    (heads::NOTE, 22.0),
    ("Mã quy tắc", 26.0),
    ("Bộ quy tắc, phiên bản", 18.0),
    ("Mã phát hiện", 18.0),
    (heads::ID, 18.0),
    ("Mã văn bản", 9.0),
    (heads::FILE, 24.0),
    (heads::PATH, 14.0),
];

/// Writes the sheet.
pub fn write(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let notes = [
        "Mỗi dòng là một kiến nghị. Phần in đậm trong cột “Trích nguyên văn” là chỗ có vấn đề. Các cột nền nhạt để người rà soát ghi hoặc sửa; được xếp, lọc, xóa dòng, thêm cột."
            .to_owned(),
        "Ghi xong, lưu tệp rồi chạy: rasoat decisions import (hoặc scan lại vào thư mục này). Đừng sửa cột “Mã kiến nghị”."
            .to_owned(),
    ];
    let joined = !index.results.delivered.is_empty();
    let columns: Vec<Column> = COLUMNS.into_iter().filter(|(head, _)| joined || *head != heads::DELIVERED).collect();
    let column = |title: &str| columns.iter().position(|(head, _)| *head == title).unwrap_or_default() as u16;
    let mut table = Table::noted_at(sheet, styles, NAME, (2, &notes), columns.iter().copied())?;
    let first = table.row();
    let open = index.results.proposals.iter().filter(|proposal| proposal.handling != Handling::Keep);
    for (order, proposal) in (1..).zip(open) {
        row(&mut table, index, order, proposal)?;
    }
    let last = table.row().saturating_sub(1);
    if last >= first {
        let handlings = DataValidation::new().allow_list_formula(choices::handlings());
        let decisions = DataValidation::new().allow_list_strings(&words::DECISIONS)?;
        let second = decisions.clone();
        for (title, choice) in [(heads::HANDLING, handlings), (heads::DECISION, decisions), (heads::SECOND, second)] {
            let column = column(title);
            table.sheet.add_data_validation(first, column, last, column, &choice)?;
        }
    }
    let breaks = ["Loại vấn đề", STATE].map(|title| u32::from(column(title)));
    // Ids and files are for programs: they need no paper.
    table.sheet.set_print_area(0, 0, last.max(first), column(heads::NOTE))?;
    table.print_wide(PRINT_SCALE, &breaks, 1)?;
    table.finish()
}

fn row(table: &mut Table, index: &Index, order: usize, proposal: &Proposal) -> Result<(), XlsxError> {
    let reviewed = index.reviewed(proposal);
    let findings = index.findings(proposal);
    table.number(order)?.code(reviewed.and_then(|one| one.document.identity.number.as_deref()).unwrap_or(""))?;
    if !index.results.delivered.is_empty() {
        table.text(index.results.delivered.get(&proposal.id).map_or("", String::as_str))?;
    }
    identity(table, reviewed, proposal)?;
    table.text(if proposal.path.is_none() && reviewed.is_some() { "Toàn văn bản" } else { &proposal.cite })?;
    let document = reviewed.map(|reviewed| reviewed.in_force());
    match document.zip(Index::quoted_unit(&findings)) {
        Some((document, unit)) => {
            table.quote(&quotation(document, unit, &findings))?.text(&context(document, unit, &findings))?
        }
        None => table.text("")?.text("")?,
    };
    let deciding = deciding(proposal, &findings);
    let bases = || deciding.iter().flat_map(|finding| &finding.basis);
    let inputs = origin::shown(proposal);
    let rules = || findings.iter().map(|finding| finding.rule.as_str());
    table
        .text(&grounds(index, bases()))?
        .italic(&distinct(bases().map(|basis| basis.demands.as_str()), "\n"))?
        .text(&distinct(deciding.iter().map(|finding| words::finding_kind(finding.kind)), "; "))?
        .input(&inputs.handling)?
        .input(&inputs.content)?
        .input(&inputs.wording)?
        .text(proposal.severity.map_or("", words::severity))?
        .text(proposal.confidence.map_or("", words::confidence))?
        .text(&unsure(proposal, &deciding))?
        .text(fix(&deciding))?
        .text(&proposal.procedure)?
        .text(&proposal.instrument_form)?
        .text(&proposal.authority)?
        .input(&inputs.drafter)?
        .input(&inputs.deadline)?
        .text(&state(proposal))?
        .input(&inputs.first.choice)?
        .input(&inputs.first.reason)?
        .input(&inputs.first.person)?
        .input_date(&inputs.first.date)?
        .input(&inputs.second.choice)?
        .input(&inputs.second.reason)?
        .input(&inputs.second.person)?
        .input_date(&inputs.second.date)?
        .input(&inputs.note)?
        .code(&distinct(rules(), "\n"))?
        .code(&distinct(rules().filter_map(|rule| index.pack_of(rule)), "\n"))?
        .code(&distinct(findings.iter().map(|finding| finding.id.as_str()), "\n"))?
        .code(&proposal.id)?
        .code(reviewed.map_or("", |reviewed| &reviewed.id))?
        .code(document.map_or("", |document| &document.file))?
        .code(proposal.path.as_deref().unwrap_or(""))?;
    table.end_row()
}

/// New, known or changed; and why a decision must be looked at again.
fn state(proposal: &Proposal) -> String {
    let again = proposal.decision.as_ref().map_or("", |decided| decided.look_again.as_str());
    format!("{}\n{again}", words::run_state(proposal.state)).trim_end().to_owned()
}

/// Why it is not sure, and what a person must find out.
fn unsure(proposal: &Proposal, deciding: &[&Finding]) -> String {
    let doubts = distinct(deciding.iter().flat_map(|finding| &finding.doubts).map(String::as_str), "\n");
    match proposal.needs.as_str() {
        "" => doubts,
        needs => format!("{doubts}\nCần làm rõ: {needs}.").trim_start().to_owned(),
    }
}

/// The provisions; word for word where the user gave the Law.
fn grounds<'f>(index: &Index, bases: impl Iterator<Item = &'f Basis>) -> String {
    let cited: Vec<String> = bases
        .map(|basis| match index.results.law.quote(&basis.instrument, &basis.provision) {
            Some(text) => format!("{}: “{}”", basis.cite, place::cut(&text, LONGEST_LAW)),
            None => basis.cite.clone(),
        })
        .collect();
    distinct(cited.iter().map(String::as_str), ";\n")
}

/// A row about the whole document rests on what decides about it; the rest stands in the rows of its clauses.
fn deciding<'f>(proposal: &Proposal, findings: &[&'f Finding]) -> Vec<&'f Finding> {
    let whole: Vec<&Finding> = findings.iter().copied().filter(|finding| finding.unit.is_none()).collect();
    match (proposal.path.is_none(), whole.is_empty()) {
        (true, false) => whole,
        (true, true) => findings.first().copied().into_iter().collect(),
        (false, _) => findings.to_vec(),
    }
}

/// Who the document is: kind to title.
fn identity(table: &mut Table, reviewed: Option<&Reviewed>, proposal: &Proposal) -> Result<(), XlsxError> {
    let Some(reviewed) = reviewed else {
        table.text("")?.date(None)?.text(&proposal.authority)?.text("")?.text("(văn bản cần ban hành)")?;
        return Ok(());
    };
    let identity = &reviewed.document.identity;
    table
        .text(words::kind(identity.kind))?
        .date(identity.issued)?
        .text(identity.issuer.as_deref().unwrap_or(""))?
        .text(reviewed.field.as_deref().unwrap_or("Chưa phân loại"))?
        .text(&place::cut(identity.title.as_deref().unwrap_or(&reviewed.document.file), LONGEST_TITLE))?;
    Ok(())
}

/// The words of the unit with all evidence in it.
fn quotation(document: &Document, unit: UnitId, findings: &[&Finding]) -> Quote {
    let evidence = Index::evidence(findings);
    let place = evidence.iter().find(|one| one.unit == unit).map_or(Place::Text, |one| one.place);
    let here = evidence.iter().filter(|one| one.unit == unit && one.place == place);
    let ranges: Vec<_> = here.map(|one| one.range.clone()).collect();
    document.units.get(unit).map_or_else(Quote::default, |unit| Quote::of(unit, place, &ranges))
}

/// Where the unit stands, and evidence from other places.
fn context(document: &Document, unit: UnitId, findings: &[&Finding]) -> String {
    let mut context = place::context(document, unit);
    let elsewhere = Index::evidence(findings).into_iter().filter(|one| one.unit != unit);
    for one in elsewhere.take(MOST_CONTEXT) {
        let Some(other) = document.units.get(one.unit) else { continue };
        let text = if one.place == Place::Heading { &other.heading } else { &other.text };
        let Some(words) = text.get(one.range.clone()) else { continue };
        if !context.is_empty() {
            context.push('\n');
        }
        context.push_str(&format!(
            "{}: “{}”",
            crate::document::place::unit(document, one.unit),
            place::cut(words, 200)
        ));
    }
    context
}

/// Mechanical only when every finding is.
fn fix(findings: &[&Finding]) -> &'static str {
    match findings {
        [] => "",
        all if all.iter().all(|finding| finding.mechanical) => "Cơ học",
        _ => "Cần cân nhắc",
    }
}
