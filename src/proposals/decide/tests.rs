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
        also: Vec::new(),
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
    of(document(), findings, Status { state, ..Status::default() }, as_of)
}

fn of(document: Document, findings: &[Finding], status: Status, as_of: jiff::civil::Date) -> (Handling, Vec<Proposal>) {
    let table = Decisions::embedded().expect("well-formed");
    let office = Office::default();
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

#[test]
fn what_is_open_of_a_clause_does_not_leave_open_what_is_sure() {
    let moved = finding(FindingKind::CompetenceMoved, Handling::Undetermined, article(2));
    let (handling, alone) = decided(std::slice::from_ref(&moved), State::InForce, today());
    assert_eq!(handling, Handling::Undetermined, "who took the task over is open");
    assert!(alone[0].needs.contains("xác định cơ quan tiếp nhận"), "{}", alone[0].needs);
    let conflict = finding(FindingKind::Conflict, Handling::Amend, article(2));
    let (handling, both) = decided(&[moved.clone(), conflict], State::InForce, today());
    assert_eq!((both[0].handling, handling), (Handling::Amend, Handling::Amend));
    assert!(both[0].findings.len() == 2 && both[0].needs.is_empty(), "{both:?}");
    // A mere fault of form settles nothing: the task stays open.
    let form = finding(FindingKind::FormFault, Handling::Correct, article(2));
    assert_eq!(decided(&[moved, form], State::InForce, today()).0, Handling::Undetermined);
}

/// What only wants to be noted neither decides about a clause nor about the document.
#[test]
fn a_finding_that_asks_for_nothing_decides_nothing() {
    let day = date(2026, 11, 22);
    let note = finding(FindingKind::DeadCitation, Handling::Keep, Some(0));
    let (whole, proposals) = decided(std::slice::from_ref(&note), State::InForce, day);
    assert_eq!((proposals[0].handling, whole), (Handling::Keep, Handling::Keep));
    assert!(proposals[1].reason.contains("Lưu ý: Theo điều, khoản"), "{}", proposals[1].reason);
    let old_name = finding(FindingKind::StaleTerm, Handling::Amend, Some(0));
    let (whole, proposals) = decided(&[note, old_name], State::InForce, day);
    assert_eq!((proposals[0].handling, whole), (Handling::Amend, Handling::Amend));
}

/// PROCEDURE 9.1: the deadline of Luật 72/2025/QH15 stands on F11, F12 and F23, and on nothing else.
#[test]
fn only_what_the_two_tier_model_ended_has_its_deadline() {
    use FindingKind::{BasisEnded, CompetenceMoved, Conflict, DeadCitation, IssuerGone, StaleTerm, SubjectGone};
    for kind in [BasisEnded, CompetenceMoved, Conflict, DeadCitation, IssuerGone, StaleTerm, SubjectGone] {
        let with = matches!(kind, SubjectGone | CompetenceMoved | IssuerGone);
        for unit in [Some(0), None] {
            let (_, proposals) = decided(&[finding(kind, Handling::Amend, unit)], State::InForce, date(2026, 11, 22));
            for proposal in proposals.iter().filter(|proposal| proposal.handling != Handling::Keep) {
                assert_eq!(proposal.deadline.contains("01/3/2027"), with, "{kind:?} {:?}", proposal.path);
            }
        }
    }
}

#[test]
fn an_end_rests_on_the_way_it_came_and_only_for_normative_documents() {
    let ended = |cause| Status { state: State::Ended, cause: Some(cause), ..Status::default() };
    let (_, by_term) = of(document(), &[], ended(EventKind::Ended), today());
    assert!(by_term[0].procedure.starts_with("điểm a khoản 1 Điều 57"), "{}", by_term[0].procedure);
    let (_, replaced) = of(document(), &[], ended(EventKind::Replaced), today());
    assert!(replaced[0].procedure.starts_with("điểm b khoản 1 Điều 57"), "{}", replaced[0].procedure);
    let mut plan = document();
    plan.identity.normative = Some(false);
    let (_, outside) = of(plan, &[], ended(EventKind::Ended), today());
    assert_eq!(outside[0].procedure, "");
}
