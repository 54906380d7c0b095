//! What to propose for each unit and for the document as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::Proposal;
use super::decisions::Decisions;
use crate::document::{Document, Role, UnitId, UnitKind};
use crate::registry::{State, Status};
use crate::review::engine::{article_of, document_key, document_name, short_hash, without_repeats};
use crate::review::{Confidence, Finding, FindingKind, Handling};

/// What is known of a document besides its findings.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// Its index in the results.
    pub index: usize,
    /// The document.
    pub document: &'a Document,
    /// Its state on the day.
    pub status: &'a Status,
    /// Its findings.
    pub findings: &'a [Finding],
    /// Clauses the rules looked at.
    pub examined: usize,
    /// Who drafts, from the list.
    pub drafter: Option<&'a str>,
    /// Names of the packs used.
    pub packs: &'a str,
}

/// Unit proposals in reading order, then the one for the document; with the handling of the document.
pub fn decide(case: &Case, table: &Decisions) -> (Vec<Proposal>, Handling) {
    let mut by_unit: BTreeMap<UnitId, Vec<&Finding>> = BTreeMap::new();
    for finding in case.findings {
        if let Some(unit) = finding.unit {
            by_unit.entry(unit).or_default().push(finding);
        }
    }
    let mut proposals = Vec::new();
    if case.status.state != State::Ended {
        for (unit, findings) in by_unit {
            proposals.push(of_unit(case, table, unit, findings));
        }
    }
    let whole = of_document(case, table);
    let handling = whole.handling;
    proposals.push(whole);
    (proposals, handling)
}

/// Proposal for a document that ought to be issued.
pub fn issue_new(finding: &Finding, table: &Decisions) -> Proposal {
    Proposal {
        id: short_hash(&["proposal", &finding.rule, ""]),
        document: None,
        path: None,
        cite: "Văn bản cần ban hành mới".to_owned(),
        handling: Handling::IssueNew,
        findings: vec![finding.id.clone()],
        reason: finding.message.clone(),
        wording: finding.wording.clone(),
        instrument_form: table.form(Handling::IssueNew, None).to_owned(),
        authority: String::new(),
        drafter: String::new(),
        deadline: String::new(),
        severity: Some(finding.severity),
        confidence: Some(finding.confidence),
    }
}

/// The deciding finding first: one that asks for something, then by weight of its kind, confidence, severity.
fn ranked<'f>(findings: impl IntoIterator<Item = &'f Finding>, table: &Decisions) -> Vec<&'f Finding> {
    let mut sorted: Vec<&Finding> = findings.into_iter().collect();
    sorted.sort_by_key(|f| {
        let asks = f.handling != Handling::Keep;
        std::cmp::Reverse((asks, table.rank(f.kind, f.unit.is_none()), f.confidence, f.severity))
    });
    sorted
}

fn of_unit(case: &Case, table: &Decisions, unit: UnitId, findings: Vec<&Finding>) -> Proposal {
    let sorted = ranked(findings, table);
    let deciding = sorted[0];
    let path = case.document.units[unit].path.clone();
    let mut proposal = blank(case, table, deciding.handling, deciding.kind, Some(&path));
    proposal.cite = deciding.cite.clone();
    proposal.findings = sorted.iter().map(|f| f.id.clone()).collect();
    proposal.reason = joined(sorted.iter().map(|f| f.message.as_str()));
    proposal.wording = joined(sorted.iter().map(|f| f.wording.as_str()));
    proposal.severity = sorted.iter().map(|f| f.severity).max();
    proposal.confidence = Some(deciding.confidence);
    proposal
}

fn of_document(case: &Case, table: &Decisions) -> Proposal {
    let sorted = ranked(case.findings, table);
    let state = case.status.state;
    // What asks for nothing decides nothing.
    let first = sorted.iter().copied().find(|finding| finding.handling != Handling::Keep);
    let (handling, reason, deciding) = if state == State::Ended {
        let reason = format!("Văn bản đã hết hiệu lực; không kiến nghị từng điều khoản. {}", case.status.why);
        (Handling::AnnounceExpired, reason.trim().to_owned(), sorted.first().copied())
    } else if let Some(top) = first.filter(|f| table.weight(f.kind) > 0 && !is_only_silent(f)) {
        let share = conflicting_share(case);
        if top.kind == FindingKind::Conflict && share.0 >= table.whole_least && share.1 >= table.whole_share {
            let reason = format!(
                "{} điều ({:.0}% số điều có nội dung) không còn phù hợp; xem xét thay thế toàn bộ văn bản.",
                share.0,
                share.1 * 100.0
            );
            (Handling::Replace, reason, Some(top))
        } else {
            let own = table.row(top.kind).and_then(|row| row.document).unwrap_or(top.handling);
            // A rule about the whole document knows better than the table; one about a clause does not.
            let handling = match top.unit {
                None => top.handling,
                Some(_) if top.handling == Handling::Undetermined => Handling::Undetermined,
                Some(_) => own,
            };
            (handling, summary(&sorted, table), Some(top))
        }
    } else if let Some(first) = first {
        (Handling::Undetermined, summary(&sorted, table), Some(first))
    } else {
        let mut reason = format!(
            "Không phát hiện nội dung phải xử lý theo bộ quy tắc đã dùng ({}); đã đối chiếu {} điều, khoản, điểm.",
            case.packs, case.examined
        );
        if !sorted.is_empty() {
            reason = format!("{reason} Lưu ý: {}", summary(&sorted, table));
        }
        (Handling::Keep, reason, None)
    };
    let kind = deciding.map_or(FindingKind::Unread, |f| f.kind);
    let mut proposal = blank(case, table, handling, kind, None);
    proposal.cite = document_name(&case.document.identity, &case.document.file);
    proposal.findings = sorted.iter().map(|f| f.id.clone()).collect();
    proposal.reason = reason;
    proposal.wording = joined(sorted.iter().filter(|f| f.unit.is_none()).map(|f| f.wording.as_str()));
    proposal.severity = sorted.iter().map(|f| f.severity).max();
    proposal.confidence = deciding.map(|f| f.confidence);
    if let Some(unsure) = proposal
        .confidence
        .filter(|_| handling == Handling::Replace && deciding.is_some_and(|f| f.kind == FindingKind::Conflict))
    {
        proposal.confidence = Some(unsure.min(Confidence::Medium));
    }
    proposal
}

/// A document that leaves out a subject is not wrong for it: the Law applies directly.
fn is_only_silent(finding: &Finding) -> bool {
    finding.kind == FindingKind::MissingContent && finding.unit.is_none()
}

/// Counts by kind, gravest first: "3 quy định trái …; 1 viện dẫn …". Messages of findings about the whole stand in full.
fn summary(sorted: &[&Finding], table: &Decisions) -> String {
    let mut lines: Vec<String> = sorted.iter().filter(|f| f.unit.is_none()).map(|f| f.message.clone()).collect();
    let mut counted: Vec<(FindingKind, usize)> = Vec::new();
    for finding in sorted.iter().filter(|f| f.unit.is_some()) {
        match counted.iter_mut().find(|(kind, _)| *kind == finding.kind) {
            Some((_, count)) => *count += 1,
            None => counted.push((finding.kind, 1)),
        }
    }
    let counts: Vec<String> = counted
        .into_iter()
        .map(|(kind, count)| format!("{} ({count})", table.row(kind).map_or("khác", |row| row.name.as_str())))
        .collect();
    if !counts.is_empty() {
        lines.push(format!("Theo điều, khoản: {}.", counts.join("; ")));
    }
    joined(lines.iter().map(String::as_str))
}

/// Articles of content with a conflict: how many, and their share.
fn conflicting_share(case: &Case) -> (usize, f64) {
    let document = case.document;
    let articles = document
        .units
        .iter()
        .filter(|unit| unit.kind == UnitKind::Article && unit.role == Role::Content && !unit.quoted)
        .count();
    let hit: BTreeSet<UnitId> = case
        .findings
        .iter()
        .filter(|f| f.kind == FindingKind::Conflict && f.confidence >= Confidence::Medium)
        .filter_map(|f| article_of(document, f.unit?))
        .filter(|&article| document.units[article].role == Role::Content)
        .collect();
    (hit.len(), if articles == 0 { 0.0 } else { hit.len() as f64 / articles as f64 })
}

fn blank(case: &Case, table: &Decisions, handling: Handling, kind: FindingKind, path: Option<&str>) -> Proposal {
    let identity = &case.document.identity;
    let acts = !matches!(handling, Handling::Keep | Handling::Undetermined);
    let row = table.row(kind);
    let issuer = identity.issuer.clone().unwrap_or_default();
    let authority = match row.and_then(|row| row.authority.clone()).filter(|_| acts) {
        Some(authority) => authority,
        None if !acts => String::new(),
        None if identity.normative == Some(false) && !issuer.is_empty() => format!("Người đứng đầu {issuer}"),
        None => issuer,
    };
    Proposal {
        id: short_hash(&[
            "proposal",
            &document_key(identity, &case.document.file),
            &without_repeats(path.unwrap_or("")),
        ]),
        document: Some(case.index),
        path: path.map(str::to_owned),
        cite: String::new(),
        handling,
        findings: Vec::new(),
        reason: String::new(),
        wording: String::new(),
        instrument_form: table.form(handling, identity.normative).to_owned(),
        authority,
        drafter: case.drafter.unwrap_or_default().to_owned(),
        deadline: row.and_then(|row| row.deadline.clone()).filter(|_| acts).unwrap_or_default(),
        severity: None,
        confidence: None,
    }
}

/// Sentences on lines of their own, each once.
fn joined<'t>(lines: impl IntoIterator<Item = &'t str>) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for line in lines.into_iter().map(str::trim).filter(|line| !line.is_empty()) {
        if !seen.contains(&line) {
            seen.push(line);
        }
    }
    seen.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Severity;

    fn table() -> Decisions {
        let yaml = crate::rules::load::embedded_file("decisions.yaml").expect("the table is embedded");
        Decisions::parse(yaml).expect("the table is sound")
    }

    fn finding(kind: FindingKind, handling: Handling, unit: Option<UnitId>) -> Finding {
        Finding {
            id: format!("{kind:?}"),
            cite: "Điều 1".to_owned(),
            unit,
            also: Vec::new(),
            rule: "thu".to_owned(),
            kind,
            handling,
            severity: Severity::Low,
            confidence: Confidence::Medium,
            doubts: Vec::new(),
            basis: Vec::new(),
            evidence: Vec::new(),
            message: format!("{kind:?}."),
            wording: String::new(),
            mechanical: false,
        }
    }

    fn decided(findings: &[Finding]) -> (Vec<Proposal>, Handling) {
        let text = "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN\nSố: 1/2015/QĐ-UBND\n\nQUYẾT ĐỊNH\n\nĐiều 1. Quy định mức thu.\n";
        let raw = crate::source::plain::read(text.as_bytes()).expect("plain text");
        let document = crate::document::understand(&raw, "qd.txt", "");
        let status = Status { state: State::InForce, ..Status::default() };
        let case =
            Case { index: 0, document: &document, status: &status, findings, examined: 1, drafter: None, packs: "thu" };
        decide(&case, &table())
    }

    /// What only wants to be noted neither decides about a clause nor about the document.
    #[test]
    fn a_finding_that_asks_for_nothing_decides_nothing() {
        let unit = Some(0);
        let note = finding(FindingKind::DeadCitation, Handling::Keep, unit);
        let (proposals, whole) = decided(std::slice::from_ref(&note));
        assert_eq!((proposals[0].handling, whole), (Handling::Keep, Handling::Keep));
        assert!(proposals[1].reason.contains("Lưu ý: Theo điều, khoản"), "{}", proposals[1].reason);
        let old_name = finding(FindingKind::StaleTerm, Handling::Amend, unit);
        let (proposals, whole) = decided(&[note, old_name]);
        assert_eq!((proposals[0].handling, whole), (Handling::Amend, Handling::Amend));
    }

    /// PROCEDURE 9.1: the deadline of Luật 72/2025/QH15 stands on F11, F12 and F23, and on nothing else.
    #[test]
    fn only_what_the_two_tier_model_ended_has_its_deadline() {
        use FindingKind::{BasisEnded, CompetenceMoved, Conflict, DeadCitation, IssuerGone, StaleTerm, SubjectGone};
        let all = [BasisEnded, CompetenceMoved, Conflict, DeadCitation, IssuerGone, StaleTerm, SubjectGone];
        for kind in all {
            let with = matches!(kind, SubjectGone | CompetenceMoved | IssuerGone);
            for unit in [Some(0), None] {
                let (proposals, _) = decided(&[finding(kind, Handling::Amend, unit)]);
                for proposal in proposals.iter().filter(|proposal| proposal.handling != Handling::Keep) {
                    assert_eq!(proposal.deadline.contains("01/3/2027"), with, "{kind:?} {:?}", proposal.path);
                }
            }
        }
    }
}
