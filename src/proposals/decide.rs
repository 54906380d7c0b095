//! What to propose for each unit and for the document as a whole.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::decisions::Decisions;
use super::office::{Drafted, Office, drafter};
use super::{Proposal, RunState};
use crate::document::RelationKind;
use crate::document::{Document, Role, UnitId, UnitKind};
use crate::registry::{EventKind, State, Status};
use crate::review::engine::{article_of, document_key, document_name, short_hash, without_repeats};
use crate::review::missing::Wanted;
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
    /// Lĩnh vực.
    pub field: Option<&'a str>,
    /// What the office has set.
    pub office: &'a Office,
    /// The day of the review.
    pub as_of: Date,
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
pub fn issue_new(finding: &Finding, wanted: &Wanted, table: &Decisions, office: &Office, as_of: Date) -> Proposal {
    let row = table.row(finding.kind);
    let drafted = Drafted { field: None, issuer: &wanted.issuer, level: None };
    Proposal {
        id: short_hash(&["proposal", &finding.rule, ""]),
        document: None,
        path: None,
        cite: if wanted.title.is_empty() {
            "Văn bản cần ban hành mới".to_owned()
        } else {
            wanted.title.to_owned()
        },
        kind: wanted.kind,
        handling: Handling::IssueNew,
        findings: vec![finding.id.clone()],
        reason: finding.message.clone(),
        wording: finding.wording.clone(),
        needs: String::new(),
        procedure: table.basis(Some(finding.kind), Handling::IssueNew, as_of).to_owned(),
        instrument_form: table.form(Handling::IssueNew, None, as_of).to_owned(),
        authority: row.and_then(|row| row.authority.clone()).unwrap_or_else(|| wanted.issuer.clone()),
        drafter: drafter(&office.drafters, &drafted).unwrap_or_default(),
        deadline: row.and_then(|row| row.deadline.clone()).or_else(|| office.deadline.clone()).unwrap_or_default(),
        severity: Some(finding.severity),
        confidence: Some(finding.confidence),
        state: RunState::New,
        decision: None,
    }
}

/// The deciding finding first: one that asks for something, then by weight of its kind, confidence, severity.
fn ranked<'f>(findings: impl IntoIterator<Item = &'f Finding>, table: &Decisions) -> Vec<&'f Finding> {
    let mut sorted: Vec<&Finding> = findings.into_iter().collect();
    sorted.sort_by_key(|f| {
        let whole = f.unit.is_none();
        let asks = f.handling != Handling::Keep;
        // What is open of one clause does not leave open what is sure of it, or of the document, for another reason.
        let settles = table.weight(f.kind, whole) > 0 && (whole || f.handling != Handling::Undetermined);
        std::cmp::Reverse((asks, settles, table.rank(f.kind, whole), f.confidence, f.severity))
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
    if proposal.wording.is_empty() && deciding.handling == Handling::Amend {
        proposal.wording = elements("Quy định mới cần bảo đảm:", &sorted);
    }
    proposal.severity = sorted.iter().map(|f| f.severity).max();
    proposal.confidence = Some(deciding.confidence);
    proposal
}

/// What the Law demands of the new wording, where no rule says the wording itself.
fn elements(lead: &str, findings: &[&Finding]) -> String {
    let bases = findings.iter().flat_map(|finding| &finding.basis).filter(|basis| !basis.demands.is_empty());
    let lines: Vec<String> =
        bases.map(|basis| format!("- {} ({})", basis.demands.trim_end_matches('.'), basis.cite)).collect();
    let list = joined(lines.iter().map(String::as_str));
    if list.is_empty() { list } else { format!("{lead}\n{list}") }
}

fn of_document(case: &Case, table: &Decisions) -> Proposal {
    let sorted = ranked(case.findings, table);
    let state = case.status.state;
    // What asks for nothing decides nothing.
    let first = sorted.iter().copied().find(|finding| finding.handling != Handling::Keep);
    let (handling, reason, deciding) = if state == State::Ended {
        let reason = format!("Văn bản đã hết hiệu lực; không kiến nghị từng điều khoản. {}", case.status.why);
        (Handling::AnnounceExpired, reason.trim().to_owned(), sorted.first().copied())
    } else if let Some(top) = first.filter(|f| table.weight(f.kind, f.unit.is_none()) > 0 && !is_only_silent(f)) {
        let share = conflicting_share(case);
        if top.kind == FindingKind::Conflict && share.0 >= table.whole_least && share.1 >= table.whole_share {
            let reason = format!(
                "{} điều ({:.0}% số điều có nội dung) không còn phù hợp; xem xét thay thế toàn bộ văn bản.",
                share.0,
                share.1 * 100.0
            );
            (Handling::Replace, reason, Some(top))
        } else {
            // A rule about the whole document knows better than the table; one about a clause does not.
            let handling = match top.unit {
                None => top.handling,
                Some(_) if top.handling == Handling::Undetermined => Handling::Undetermined,
                Some(_) => table.document(top.kind).unwrap_or(top.handling),
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
    let kind = match (deciding, state) {
        (Some(finding), _) => finding.kind,
        (None, State::Ended) => FindingKind::Repealed,
        (None, _) => FindingKind::Unread,
    };
    let mut proposal = blank(case, table, handling, kind, None);
    if state == State::Ended && case.document.identity.normative != Some(false) {
        // Whatever was found of its clauses, what is announced is the end of the whole.
        proposal.procedure = table.basis(ended_as(case.status), handling, case.as_of).to_owned();
    }
    proposal.cite = document_name(&case.document.identity, &case.document.file);
    proposal.findings = sorted.iter().map(|f| f.id.clone()).collect();
    proposal.reason = reason;
    proposal.wording = joined(sorted.iter().filter(|f| f.unit.is_none()).map(|f| f.wording.as_str()));
    if proposal.wording.is_empty() && handling == Handling::Replace {
        let conflicts: Vec<&Finding> = sorted.iter().copied().filter(|f| f.kind == FindingKind::Conflict).collect();
        proposal.wording = elements("Văn bản thay thế cần bảo đảm:", &conflicts);
    }
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
        .filter_map(|f| f.unit.filter(|&unit| !document.units[unit].quoted))
        .filter_map(|unit| article_of(document, unit))
        .filter(|&article| document.units[article].role == Role::Content)
        .collect();
    (hit.len(), if articles == 0 { 0.0 } else { hit.len() as f64 / articles as f64 })
}

/// How a document ended, as the table counts it.
fn ended_as(status: &Status) -> Option<FindingKind> {
    match (status.cause, status.act) {
        // Nothing ended it but its own term.
        (Some(EventKind::Ended), None) if status.by.is_none() => Some(FindingKind::Expired),
        (Some(EventKind::Replaced), _) | (_, Some(RelationKind::Replaces)) => Some(FindingKind::Replaced),
        (Some(EventKind::Repealed), _) | (_, Some(RelationKind::Repeals)) => Some(FindingKind::Repealed),
        _ => None,
    }
}

fn blank(case: &Case, table: &Decisions, handling: Handling, kind: FindingKind, path: Option<&str>) -> Proposal {
    let identity = &case.document.identity;
    let acts = !matches!(handling, Handling::Keep | Handling::Undetermined);
    let row = table.row(kind);
    let issuer = identity.issuer.as_deref().unwrap_or_default();
    let outside = identity.normative == Some(false);
    let of_kind = row.and_then(|row| row.authority.clone());
    let of_form = table.form_row(handling, case.as_of).and_then(|row| row.authority.clone()).filter(|_| !outside);
    let authority = match of_kind.or(of_form).filter(|_| acts) {
        Some(authority) => authority,
        None if !acts => String::new(),
        None if outside && !issuer.is_empty() => format!("Người đứng đầu {issuer}"),
        None => issuer.to_owned(),
    };
    let drafted = Drafted { field: case.field, issuer, level: identity.level };
    let drafts = || drafter(&case.office.drafters, &drafted).or_else(|| drafter(&table.drafters, &drafted));
    let own_form = row.and_then(|row| row.form.clone()).filter(|_| acts && !outside);
    let deadline = row.and_then(|row| row.deadline.clone()).or_else(|| case.office.deadline.clone());
    let needs = row.and_then(|row| row.needs.clone()).filter(|_| handling == Handling::Undetermined);
    Proposal {
        id: short_hash(&[
            "proposal",
            &document_key(identity, &case.document.file),
            &without_repeats(path.unwrap_or("")),
        ]),
        document: Some(case.index),
        path: path.map(str::to_owned),
        cite: String::new(),
        kind: None,
        handling,
        findings: Vec::new(),
        reason: String::new(),
        wording: String::new(),
        needs: needs.unwrap_or_default(),
        procedure: if outside { String::new() } else { table.basis(Some(kind), handling, case.as_of).to_owned() },
        instrument_form: own_form.unwrap_or_else(|| table.form(handling, identity.normative, case.as_of).to_owned()),
        authority,
        drafter: case
            .drafter
            .map(str::to_owned)
            .or_else(drafts)
            .filter(|_| acts || case.drafter.is_some())
            .unwrap_or_default(),
        deadline: deadline.filter(|_| acts).unwrap_or_default(),
        severity: None,
        confidence: None,
        state: RunState::New,
        decision: None,
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
mod tests;
