use jiff::civil::date;

use super::*;
use crate::document::understand;
use crate::review::{Confidence, Severity};

const TEXT: &str = "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nSố: 12/2017/QĐ-UBND\nMẫu, ngày 09 tháng 3 năm 2017\nQUYẾT ĐỊNH\n\
    Về việc thử\nQUYẾT ĐỊNH:\nĐiều 1. Phòng Nội vụ\nSố lượng cấp phó của phòng không quá 02 người.\n\
    Điều 2. Đóng góp\nMức đóng góp do thôn bàn.\nĐiều 3. Công khai\nNiêm yết 10 ngày.\nĐiều 4. Giám sát\nThôn giám sát.\n";

fn document() -> Document {
    understand(&crate::source::read("a.txt", TEXT.as_bytes()).expect("text"), "a.txt", "")
}

fn finding(kind: FindingKind, handling: Handling, unit: Option<UnitId>) -> Finding {
    Finding {
        id: format!("{kind:?}{unit:?}"),
        cite: "Điều".to_owned(),
        unit,
        rule: "mau".to_owned(),
        kind,
        handling,
        severity: Severity::Medium,
        confidence: Confidence::High,
        doubts: Vec::new(),
        basis: vec![crate::review::Basis {
            instrument: "10/2022/QH15".to_owned(),
            provision: "A21.1".to_owned(),
            cite: "khoản 1 Điều 21 Luật Mẫu".to_owned(),
            demands: "Phải có ít nhất hai phần ba tán thành.".to_owned(),
        }],
        evidence: Vec::new(),
        message: "Không còn phù hợp.".to_owned(),
        wording: String::new(),
        mechanical: false,
    }
}

/// Handling of the document, then its proposals by path.
fn decided(findings: &[Finding], state: State, as_of: jiff::civil::Date) -> (Handling, Vec<Proposal>) {
    let document = document();
    let table = Decisions::embedded().expect("well-formed");
    let office = Office::default();
    let status = Status { state, ..Status::default() };
    let case = Case {
        index: 0,
        document: &document,
        status: &status,
        findings,
        examined: 4,
        drafter: None,
        field: Some("Nội vụ"),
        office: &office,
        as_of,
        packs: "mau",
    };
    let (proposals, handling) = decide(&case, &table);
    (handling, proposals)
}

fn today() -> jiff::civil::Date {
    date(2026, 11, 22)
}

fn article(number: usize) -> Option<UnitId> {
    document().unit_at(&format!("main/A{number}"))
}

#[test]
fn a_clause_whose_matter_is_gone_decides_only_itself() {
    let gone = |unit| finding(FindingKind::SubjectGone, Handling::Repeal, unit);
    assert_eq!(decided(&[gone(article(1))], State::InForce, today()).0, Handling::RepealPart);
    // With a provision to be amended the document is amended.
    let conflict = finding(FindingKind::Conflict, Handling::Amend, article(2));
    let (handling, proposals) = decided(&[gone(article(1)), conflict], State::InForce, today());
    assert_eq!(handling, Handling::Amend);
    assert_eq!(proposals[0].handling, Handling::Repeal);
    // Found of the document as such it decides about it.
    assert_eq!(decided(&[gone(None)], State::InForce, today()).0, Handling::Repeal);
}

#[test]
fn most_articles_in_conflict_suggest_a_new_document() {
    let conflicts: Vec<Finding> =
        (2..=4).map(|number| finding(FindingKind::Conflict, Handling::Amend, article(number))).collect();
    let (handling, proposals) = decided(&conflicts, State::InForce, today());
    let whole = proposals.last().expect("one of the document");
    assert_eq!(handling, Handling::Replace);
    assert_eq!(whole.confidence, Some(Confidence::Medium));
    assert!(whole.wording.starts_with("Văn bản thay thế cần bảo đảm:\n- Phải có"), "{}", whole.wording);
    assert_eq!(decided(&conflicts[..2], State::InForce, today()).0, Handling::Amend);
}

#[test]
fn a_proposal_says_by_what_law_form_and_whom() {
    let conflict = finding(FindingKind::Conflict, Handling::Amend, article(2));
    let (_, now) = decided(std::slice::from_ref(&conflict), State::InForce, today());
    assert!(now[0].procedure.contains("Điều 38 Nghị định số 79/2025/NĐ-CP"), "{}", now[0].procedure);
    assert_eq!(now[0].drafter, "Sở Nội vụ");
    assert!(now[0].wording.contains("Phải có ít nhất hai phần ba tán thành (khoản 1 Điều 21 Luật Mẫu)"));
    let (_, then) = decided(&[conflict], State::InForce, date(2020, 1, 1));
    assert!(then[0].procedure.contains("34/2016/NĐ-CP"), "{}", then[0].procedure);
    let (handling, ended) = decided(&[], State::Ended, today());
    assert_eq!(handling, Handling::AnnounceExpired);
    assert!(ended[0].authority.starts_with("Chủ tịch") && ended[0].procedure.contains("Điều 57"));
}

#[test]
fn undetermined_says_what_is_needed_and_keep_says_why() {
    let basis = finding(FindingKind::BasisEnded, Handling::Undetermined, article(2));
    let (handling, proposals) = decided(&[basis], State::InForce, today());
    assert_eq!(handling, Handling::Undetermined);
    assert!(proposals.iter().all(|one| one.needs.contains("đối chiếu") && one.procedure.is_empty()));
    let (handling, kept) = decided(&[], State::InForce, today());
    assert_eq!(handling, Handling::Keep);
    assert!(kept[0].reason.contains("Không phát hiện") && kept[0].drafter.is_empty());
}
