//! A decided workbook alone: its sheets "Văn bản" and "Đề xuất" say what the results would have said, except for the words of
//! findings that did not decide.

use std::collections::HashMap;
use std::path::Path;

use super::input::{BasisIn, CauseIn, CopyIn, Delivery, DocumentIn, FindingIn, ProposalIn, UnitIn};
use crate::document::{Kind, Level};
use crate::registry::State;
use crate::report::words;
use crate::report::xlsx::{ReadFault, TableRow, read_decisions, table};
use crate::review::{Confidence, FindingKind, Handling, Severity};

/// Every kind of finding, for reading its name back.
const FINDING_KINDS: [FindingKind; 22] = [
    FindingKind::Expired,
    FindingKind::Replaced,
    FindingKind::Repealed,
    FindingKind::PartlyEnded,
    FindingKind::ParentEnded,
    FindingKind::ParentChanged,
    FindingKind::BasisEnded,
    FindingKind::Conflict,
    FindingKind::ConflictWhole,
    FindingKind::UnlawfulWhenIssued,
    FindingKind::SubjectGone,
    FindingKind::CompetenceMoved,
    FindingKind::StaleTerm,
    FindingKind::MissingDocument,
    FindingKind::DeadCitation,
    FindingKind::Overlap,
    FindingKind::FormFault,
    FindingKind::NormInAdministrative,
    FindingKind::PredecessorOverlap,
    FindingKind::Unread,
    FindingKind::IssuerGone,
    FindingKind::MissingContent,
];
const STATES: [State; 6] =
    [State::InForce, State::PartlyEnded, State::Ended, State::NotYet, State::Suspended, State::Unknown];
const LEVELS: [Level; 5] = [Level::TrungUong, Level::Tinh, Level::Huyen, Level::Xa, Level::CoQuan];
const SEVERITIES: [Severity; 3] = [Severity::Low, Severity::Medium, Severity::High];
const CONFIDENCES: [Confidence; 3] = [Confidence::Low, Confidence::Medium, Confidence::High];

/// Reads a workbook; the fault is for the user, in Vietnamese.
pub fn read(path: &Path) -> Result<Delivery, String> {
    let fault = |why: ReadFault| why.to_string();
    let sheet = read_decisions(path).map_err(fault)?;
    let office = some(&sheet.office);
    let mut delivery = Delivery {
        office,
        as_of: sheet.as_of.parse().ok(),
        packs: sheet.packs.iter().map(|pack| without_hash(pack)).collect(),
        ..Delivery::default()
    };
    if sheet.originals.is_empty() {
        return Err(
            "bảng tính thuộc phiên bản cũ hoặc mất trang “Gốc”; gửi cả thư mục kết quả (có ket-qua.json)".to_owned()
        );
    }
    let documents = table(path, "Văn bản", &["Mã", "Tên văn bản", "Tệp"]).map_err(fault)?;
    if documents.is_empty() {
        delivery.notes.push(
            "bảng tính không còn trang “Văn bản”; chỉ có các văn bản có kiến nghị, chưa rõ hiệu lực và tính quy phạm"
                .to_owned(),
        );
    }
    let (units, expected) = units(path).map_err(fault)?;
    delivery.documents =
        documents.iter().map(|row| DocumentIn { delivered: copies(row, &units), ..document(row) }).collect();
    (delivery.units, delivery.expected) = (units, expected);
    let mut known: HashMap<String, usize> =
        delivery.documents.iter().enumerate().map(|(at, one)| (one.id.clone(), at)).collect();
    let rows = table(path, "Đề xuất", &["Mã kiến nghị", "Đường dẫn"]).map_err(fault)?;
    let mut shown: HashMap<&str, &TableRow> = HashMap::new();
    for row in &rows {
        shown.entry(cell(row, "Mã kiến nghị")).or_insert(row);
    }
    // What was written counts as proposed; what a person typed over it is a decision.
    let mut written: Vec<_> = sheet.originals.iter().collect();
    written.sort_by(|(a, one), (b, other)| (&one.file, &one.path, a).cmp(&(&other.file, &other.path, b)));
    let empty = TableRow::new();
    for (id, original) in written {
        let row = shown.get(id.as_str()).copied().unwrap_or(&empty);
        let about = match (cell(row, "Mã văn bản"), original.file.as_str()) {
            (_, "") => None,
            ("", file) => {
                Some(delivery.documents.iter().find(|one| one.file == file).map_or(file, |one| &one.id).to_owned())
            }
            (code, _) => Some(code.to_owned()),
        };
        if let Some(about) = about.as_ref().filter(|about| !known.contains_key(*about)) {
            known.insert(about.clone(), delivery.documents.len());
            delivery.documents.push(DocumentIn {
                id: about.clone(),
                file: original.file.clone(),
                number: some(&original.number),
                kind: named_kind(cell(row, "Loại")),
                issuer: some(cell(row, "Cơ quan ban hành")),
                issued: cell(row, "Ngày ban hành").parse().ok(),
                title: some(cell(row, "Tên văn bản")),
                status: State::Unknown,
                ..DocumentIn::default()
            });
        }
        let finding = finding(id, about.as_deref(), &original.path, &original.cite, &original.rules, row);
        let text = |head: &str| cell(row, head).to_owned();
        delivery.proposals.push(ProposalIn {
            id: id.clone(),
            document: about,
            path: some(&original.path),
            cite: original.cite.clone(),
            label: String::new(),
            heading: String::new(),
            text: String::new(),
            handling: serde_json::from_value(original.handling.clone().into()).unwrap_or(Handling::Undetermined),
            severity: finding.as_ref().map(|one| one.severity),
            confidence: finding.as_ref().map(|one| one.confidence),
            findings: finding.iter().map(|one| one.id.clone()).collect(),
            reason: original.content.clone(),
            wording: original.wording.clone(),
            needs: String::new(),
            procedure: text("Căn cứ của hình thức xử lý"),
            instrument_form: text("Hình thức văn bản xử lý"),
            authority: text("Thẩm quyền"),
            drafter: original.drafter.clone(),
            deadline: original.deadline.clone(),
            state: String::new(),
            units: named_units(&delivery.units, cell(row, "Đơn vị gửi")),
        });
        delivery.findings.extend(finding);
    }
    Ok(delivery)
}

/// The deciding finding as far as the row shows it.
fn finding(id: &str, about: Option<&str>, path: &str, cite: &str, rules: &str, row: &TableRow) -> Option<FindingIn> {
    let rule = rules.split_whitespace().next()?;
    let kind = cell(row, "Loại vấn đề").split("; ").next().unwrap_or_default();
    let named = |text: &str| text.lines().next().unwrap_or_default().trim_end_matches(';').to_owned();
    let basis = BasisIn {
        cite: named(cell(row, "Căn cứ (điều khoản)")),
        demands: cell(row, "Nội dung yêu cầu (tóm tắt, không phải nguyên văn)").to_owned(),
        ..BasisIn::default()
    };
    Some(FindingIn {
        id: cell(row, "Mã phát hiện").lines().next().unwrap_or(id).to_owned(),
        document: about.map(str::to_owned),
        path: some(path),
        cite: cite.to_owned(),
        rule: rule.to_owned(),
        kind: FINDING_KINDS.into_iter().find(|one| words::finding_kind(*one) == kind).unwrap_or(FindingKind::Unread),
        handling: Handling::Undetermined,
        severity: SEVERITIES
            .into_iter()
            .find(|one| words::severity(*one) == cell(row, "Mức độ"))
            .unwrap_or(Severity::Low),
        confidence: CONFIDENCES
            .into_iter()
            .find(|one| words::confidence(*one) == cell(row, "Độ tin cậy"))
            .unwrap_or(Confidence::Low),
        doubts: cell(row, "Vì sao chưa chắc; việc cần làm rõ").lines().map(str::to_owned).collect(),
        basis: if basis.cite.is_empty() { Vec::new() } else { vec![basis] },
        quote: some(cell(row, "Trích nguyên văn")),
        evidence: Vec::new(),
        message: String::new(),
        wording: String::new(),
        mechanical: cell(row, "Cơ học/Cần cân nhắc") == "Cơ học",
        state: String::new(),
    })
}

fn document(row: &TableRow) -> DocumentIn {
    let text = |head: &str| some(cell(row, head));
    DocumentIn {
        id: cell(row, "Mã").to_owned(),
        file: cell(row, "Tệp").to_owned(),
        sha256: String::new(),
        kind: named_kind(cell(row, "Loại")),
        number: text("Số, ký hiệu"),
        issuer: text("Cơ quan ban hành"),
        level: LEVELS.into_iter().find(|one| words::level(*one) == cell(row, "Cấp")),
        issued: cell(row, "Ngày ban hành").parse().ok(),
        effective: cell(row, "Ngày hiệu lực").parse().ok(),
        title: text("Tên văn bản"),
        normative: match cell(row, "VBQPPL") {
            "Có" => Some(true),
            "Không" => Some(false),
            _ => None,
        },
        normative_why: String::new(),
        field: text("Lĩnh vực").filter(|field| field != "Chưa phân loại"),
        status: STATES
            .into_iter()
            .find(|one| words::state(*one) == cell(row, "Tình trạng hiệu lực"))
            .unwrap_or(State::Unknown),
        status_cause: CauseIn { since: None, why: cell(row, "Vì sao").to_owned() },
        changes: Vec::new(),
        delivered: Vec::new(),
        handling: words::HANDLINGS.into_iter().find(|one| words::handling(*one) == cell(row, "Xử lý văn bản")),
    }
}

/// Of a joined workbook: who delivered to it, and who ought to have.
fn units(path: &Path) -> Result<(Vec<UnitIn>, Vec<String>), ReadFault> {
    let rows = table(path, "Đơn vị", &["Đơn vị", "Tình trạng", "Thư mục, tệp"])?;
    let has = |row: &TableRow, words: &str| cell(row, "Tình trạng").contains(words);
    let open = |row: &&TableRow| has(row, "Chưa gửi");
    let name = |row: &TableRow| cell(row, "Đơn vị").to_owned();
    let delivered = rows.iter().filter(|row| !open(row)).map(|row| UnitIn {
        name: name(row),
        source: cell(row, "Thư mục, tệp").to_owned(),
        as_of: cell(row, "Ngày xét").parse().ok(),
        packs: cell(row, "Bộ quy tắc").split("; ").filter(|pack| !pack.is_empty()).map(str::to_owned).collect(),
    });
    let delivered = delivered.collect();
    // Without a list of units nobody is said not to have delivered.
    let was_listed = rows.iter().any(|row| open(&row) || has(row, "không có trong danh sách"));
    let expected = rows.iter().filter(|row| was_listed && !has(row, "không có trong danh sách")).map(name).collect();
    Ok((delivered, expected))
}

/// The units named in a cell.
fn named_units(units: &[UnitIn], cell: &str) -> Vec<String> {
    let names: Vec<&str> = cell.split("; ").collect();
    units.iter().filter(|unit| names.contains(&unit.name.as_str())).map(|unit| unit.name.clone()).collect()
}

/// Who delivered the document of a row.
fn copies(row: &TableRow, units: &[UnitIn]) -> Vec<CopyIn> {
    let file = cell(row, "Tệp");
    let of = |unit| CopyIn { unit, file: file.to_owned(), ..CopyIn::default() };
    named_units(units, cell(row, "Đơn vị gửi")).into_iter().map(of).collect()
}

fn cell<'r>(row: &'r TableRow, head: &str) -> &'r str {
    row.get(head).map_or("", String::as_str)
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn named_kind(name: &str) -> Kind {
    Kind::from_name(name).unwrap_or_default()
}

/// "dan-chu-co-so 2026.1 a3f…" without its hash.
fn without_hash(pack: &str) -> String {
    pack.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}
