//! Results made by hand, for the tests of the reports. The words are invented.

use jiff::civil::date;

use super::{FilterUse, PackUse, Results, Reviewed, RuleUse, Run, UnreadInput};
use crate::document::{Document, Identity, Kind, Layer, LayerKind, Level, Role, Unit, UnitKind};
use crate::proposals::{Proposal, RunState};
use crate::registry::list::{Doubt, ListEntry, ListedIdentity};
use crate::registry::{State, Status};
use crate::review::{Basis, Confidence, Evidence, Finding, FindingKind, Handling, Place, Relevance, Severity};
use crate::source::{Encoding, Origin, Reader, Unread, UnreadCode, Warning};

pub fn unit(path: &str, label: &str, text: &str) -> Unit {
    Unit {
        path: path.to_owned(),
        kind: UnitKind::Clause,
        role: Role::Content,
        label: label.to_owned(),
        heading: String::new(),
        text: text.to_owned(),
        extras: Vec::new(),
        parent: None,
        children: Vec::new(),
        layer: 0,
        quoted: false,
        origins: vec![Origin::default()],
    }
}

/// Path, kind, label, heading, text, parent, layer.
type Spec = (&'static str, UnitKind, &'static str, &'static str, &'static str, Option<usize>, usize);

/// An article of the main instrument, an attached Quy chế with chapter, article, clauses and a point, an appendix.
pub fn document() -> Document {
    let specs: [Spec; 8] = [
        ("main/B1", UnitKind::Basis, "", "", "Căn cứ Luật Mẫu về sinh hoạt thôn ngày 01 tháng 02 năm 2015;", None, 0),
        (
            "main/A1",
            UnitKind::Article,
            "Điều 1.",
            "",
            "Ban hành kèm theo Quyết định này Quy chế sinh hoạt thôn.",
            None,
            0,
        ),
        ("att1/C1", UnitKind::Chapter, "Chương I", "QUY ĐỊNH CHUNG", "", None, 1),
        ("att1/A5", UnitKind::Article, "Điều 5.", "Những việc thôn bàn và quyết định", "", Some(2), 1),
        (
            "att1/A5.1",
            UnitKind::Clause,
            "1.",
            "",
            "Mức góp quỹ thôn được thông qua khi có trên 50% số hộ dự họp đồng ý.",
            Some(3),
            1,
        ),
        (
            "att1/A5.2",
            UnitKind::Clause,
            "2.",
            "",
            "Trưởng thôn báo cáo Ủy ban nhân dân huyện các việc sau đây:",
            Some(3),
            1,
        ),
        ("att1/A5.2.đ", UnitKind::Point, "đ)", "", "=Kinh phí sửa nhà văn hóa thôn;\tđường ngõ xóm.", Some(5), 1),
        ("app1/W1.r1", UnitKind::TableRow, "", "", "TT\tNội dung\tGhi chú", None, 2),
    ];
    let mut units: Vec<Unit> = Vec::new();
    for (path, kind, label, heading, text, parent, layer) in specs {
        let id = units.len();
        if let Some(parent) = parent {
            units[parent].children.push(id);
        }
        let role = if kind == UnitKind::Basis { Role::Basis } else { Role::Content };
        units.push(Unit { kind, role, heading: heading.to_owned(), parent, layer, ..unit(path, label, text) });
    }
    let layer = |id: &str, title: &str, kind, roots: &[usize]| Layer {
        id: id.to_owned(),
        title: title.to_owned(),
        kind,
        roots: roots.to_vec(),
    };
    Document {
        file: "quyet-dinh/QD-12-2017.docx".to_owned(),
        sha256: "0".repeat(64),
        reader: Reader::Docx,
        encoding: Encoding::Unicode,
        head: "ỦY BAN NHÂN DÂN\nTỈNH MẪU".to_owned(),
        identity: Identity {
            kind: Kind::QuyetDinh,
            number: Some("12/2017/QĐ-UBND".to_owned()),
            number_text: Some("12 /2017/QÐ-UBND".to_owned()),
            issuer: Some("Ủy ban nhân dân tỉnh Mẫu".to_owned()),
            level: Some(Level::Tinh),
            issued: Some(date(2017, 3, 9)),
            effective: Some(date(2017, 3, 20)),
            title: Some("Ban hành Quy chế sinh hoạt thôn trên địa bàn tỉnh Mẫu".to_owned()),
            signer: Some("Nguyễn Văn Mẫu".to_owned()),
            normative: Some(true),
            normative_why: "Số, ký hiệu có năm ban hành".to_owned(),
            ends: None,
        },
        layers: vec![
            layer("main", "Ban hành Quy chế sinh hoạt thôn", LayerKind::Main, &[0, 1]),
            layer("att1", "QUY CHẾ SINH HOẠT THÔN", LayerKind::Attached, &[2]),
            layer("app1", "Phụ lục II", LayerKind::Appendix, &[7]),
        ],
        units,
        citations: Vec::new(),
        relations: Vec::new(),
        changes: crate::document::ChangeSummary::default(),
        operations: Vec::new(),
        warnings: vec![Warning::at("tracked-changes-present", "Tệp còn dấu sửa đổi chưa chấp nhận", "att1/A5")],
    }
}

fn finding(id: &str, unit: usize, words: &str, document: &Document) -> Finding {
    let text = &document.units[unit].text;
    let start = text.find(words).unwrap();
    Finding {
        id: id.to_owned(),
        cite: crate::document::place::unit(document, unit),
        unit: Some(unit),
        also: Vec::new(),
        rule: "mau.gop-quy-2-3".to_owned(),
        kind: FindingKind::Conflict,
        handling: Handling::Amend,
        severity: Severity::High,
        confidence: Confidence::Medium,
        doubts: vec!["Quy định mới chỉ biết qua nguồn thứ cấp".to_owned()],
        basis: vec![Basis {
            instrument: "10/2022/QH15".to_owned(),
            provision: "A21.1".to_owned(),
            cite: "khoản 1 Điều 21 Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15".to_owned(),
            demands: "Việc góp quỹ phải được ít nhất hai phần ba đại diện hộ gia đình tán thành.".to_owned(),
        }],
        evidence: vec![Evidence { unit, place: Place::Text, range: start..start + words.len() }],
        message: "Tỷ lệ tán thành thấp hơn mức Luật yêu cầu.".to_owned(),
        wording: "Thay “trên 50%” bằng “ít nhất 2/3 tổng số”.".to_owned(),
        mechanical: false,
    }
}

fn proposal(id: String, document: Option<usize>, path: Option<&str>, cite: &str, handling: Handling) -> Proposal {
    Proposal {
        id,
        document,
        path: path.map(str::to_owned),
        cite: cite.to_owned(),
        kind: None,
        handling,
        findings: vec!["f1".to_owned()],
        reason: "Tỷ lệ tán thành quy định tại văn bản thấp hơn mức Luật yêu cầu nên không còn phù hợp.".to_owned(),
        wording: "Thay “trên 50%” bằng “ít nhất 2/3 tổng số”.".to_owned(),
        needs: String::new(),
        procedure: "Điều 38 Nghị định số 79/2025/NĐ-CP".to_owned(),
        instrument_form: "văn bản quy phạm pháp luật".to_owned(),
        authority: "Ủy ban nhân dân tỉnh".to_owned(),
        drafter: "Sở Nội vụ".to_owned(),
        deadline: "Quý I/2027".to_owned(),
        severity: Some(Severity::High),
        confidence: Some(Confidence::Medium),
        state: RunState::New,
        decision: None,
    }
}

/// Results of `count` documents, of every third of which nothing was found.
pub fn results(count: usize) -> Results {
    let mut documents = Vec::new();
    let mut proposals = Vec::new();
    for at in 0..count {
        let mut document = document();
        document.identity.number = Some(format!("{}/2017/QĐ-UBND", 12 + at));
        document.identity.normative = (at % 5 != 4).then_some(at % 4 != 3);
        let found = at % 3 != 2;
        let findings = if found {
            vec![finding("f1", 4, "trên 50% số hộ", &document), finding("f2", 6, "nhà văn hóa", &document)]
        } else {
            Vec::new()
        };
        if found {
            let cite = "khoản 1 Điều 5 Quy chế";
            proposals.push(proposal(format!("p{at}a"), Some(at), Some("att1/A5.1"), cite, Handling::Amend));
            let mut second = proposal(
                format!("p{at}b"),
                Some(at),
                Some("att1/A5.2.đ"),
                "điểm đ khoản 2 Điều 5 Quy chế",
                Handling::Undetermined,
            );
            second.findings = vec!["f2".to_owned()];
            proposals.push(second);
        }
        let handling = if found { Handling::Amend } else { Handling::Keep };
        let mut whole = proposal(format!("p{at}"), Some(at), None, "Toàn văn bản", handling);
        if !found {
            whole.findings.clear();
            whole.reason.clear();
            (whole.confidence, whole.severity) = (None, None);
        }
        proposals.push(whole);
        documents.push(Reviewed {
            id: format!("d{:04}", at + 1),
            status: Status {
                state: State::InForce,
                why: "Chưa thấy văn bản làm hết hiệu lực".to_owned(),
                ..Status::default()
            },
            relevance: if found { Relevance::Direct } else { Relevance::None },
            topics: vec!["Thực hiện dân chủ ở xã".to_owned()],
            relevance_evidence: vec![("tên văn bản".to_owned(), "sinh hoạt thôn".to_owned())],
            field: (at % 2 == 0).then(|| "Nội vụ".to_owned()),
            findings,
            examined: vec![1, 4, 5, 6],
            handling,
            document,
            consolidated: None,
        });
    }
    let base = &documents[0].document;
    let mut missing = finding("m1", 4, "trên 50%", base);
    (missing.unit, missing.kind, missing.handling) = (None, FindingKind::MissingDocument, Handling::IssueNew);
    missing.evidence.clear();
    let mut issue = proposal("pm1".to_owned(), None, None, "Nghị quyết về biện pháp bảo đảm", Handling::IssueNew);
    issue.findings = vec!["m1".to_owned()];
    proposals.push(issue);
    Results {
        run: run(count),
        delivered: std::collections::BTreeMap::new(),
        lists: vec![ListEntry {
            file: "danh-muc.xlsx".to_owned(),
            sheet: "Quyết định".to_owned(),
            row: 10,
            text: "12/2017/QĐ-UBND ngày 09/3/2017 ban hành Quy chế sinh hoạt thôn".to_owned(),
            identities: vec![ListedIdentity {
                kind: Some(Kind::QuyetDinh),
                number: Some("12/2017/QĐ-UBND".to_owned()),
                issued: Some(date(2017, 3, 9)),
                ..ListedIdentity::default()
            }],
            document: Some(0),
            doubts: vec![Doubt {
                code: "short-year",
                message: "Năm chỉ ghi hai chữ số".to_owned(),
                cell: "C10".to_owned(),
            }],
            field: Some("Nội vụ".to_owned()),
            drafter: Some("Sở Nội vụ".to_owned()),
            given_handling: Some("Chưa xác định".to_owned()),
            given_deadline: None,
            matched: vec![Some(0)],
            unread: vec![None],
            file_name: None,
            planned: false,
            cell: "C10".to_owned(),
        }],
        list_warnings: vec![(
            "danh-muc.xlsx".to_owned(),
            Warning::new("hidden-rows", "Trang tính “Quyết định” có 2 dòng bị ẩn (dòng 12, 13); vẫn được đọc."),
        )],
        unreadable: vec![
            unread("quet/QD-35-2007.pdf", None, UnreadCode::Pdf),
            unread("danh-muc.xlsx", Some(("Quyết định".to_owned(), 11)), UnreadCode::ListedNotFound),
        ],
        missing: vec![missing],
        rules: rules(),
        filters: vec![FilterUse {
            id: "mau.loc-ke-lai".to_owned(),
            pack: "mau".to_owned(),
            why: "Câu kể lại việc đã qua.".to_owned(),
            rules: 2,
            stopped: 0,
        }],
        corpus: crate::registry::corpus::Corpus::default(),
        office: crate::proposals::Office::default(),
        earlier: crate::report::decisions::Earlier::default(),
        forms: Vec::new(),
        law: super::LawTexts::default(),
        missed: None,
        documents,
        proposals,
    }
}

fn run(count: usize) -> Run {
    Run {
        tool: "0.1.0",
        as_of: date(2026, 11, 22),
        packs: vec![PackUse {
            id: "mau".to_owned(),
            title: "Luật Thực hiện dân chủ ở cơ sở".to_owned(),
            version: "2026.1".to_owned(),
            sha256: "a".repeat(64),
            checked_until: date(2026, 9, 30),
            cautions: vec!["Nội dung yêu cầu của Luật được tóm tắt, chưa đối chiếu với văn bản gốc.".to_owned()],
        }],
        supplied: Vec::new(),
        inputs: count + 3,
        read: count + 1,
        unreadable: 2,
        ignored: 1,
    }
}

fn rules() -> Vec<RuleUse> {
    [("mau.gop-quy-2-3", 2), ("mau.chua-trung", 0)]
        .map(|(id, findings)| RuleUse {
            id: id.to_owned(),
            pack: "mau".to_owned(),
            title: "Góp quỹ phải được ít nhất 2/3 đại diện hộ gia đình tán thành".to_owned(),
            state: "stable",
            confidence: Confidence::High,
            findings,
            documents: 3,
            stopped: 1,
        })
        .into()
}

fn unread(file: &str, list_row: Option<(String, u32)>, code: UnreadCode) -> UnreadInput {
    UnreadInput {
        file: file.to_owned(),
        list_row,
        unread: Unread {
            code,
            message: "Tệp là ảnh quét, không có lớp chữ".to_owned(),
            next_step: "Đề nghị cung cấp tệp Word hoặc nhận dạng chữ rồi chạy lại".to_owned(),
        },
    }
}
