//! How right the proposals are: path and handling both accepted by a label.

use super::gold::{Gold, Label};
use super::item::{Facets, Item, Measure, Outcome, met, name_of};
use super::validate::parts;
use crate::document::docnumber;
use crate::proposals::Proposal;
use crate::registry::State;
use crate::report::Reviewed;
use crate::review::{Finding, FindingKind, Handling};

/// A document with what was proposed for it.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The document with its findings.
    pub reviewed: &'a Reviewed,
    /// All proposals of the run, and the index of the document in it.
    pub proposals: &'a [Proposal],
    /// Index of the document.
    pub index: usize,
}

impl<'a> Answer<'a> {
    fn of_units(self) -> impl Iterator<Item = (&'a str, &'a Proposal)> {
        let own = self.proposals.iter().filter(move |proposal| proposal.document == Some(self.index));
        own.filter_map(|proposal| Some((proposal.path.as_deref()?, proposal)))
    }

    /// Findings with their paths; of the document as a whole: `None`.
    fn findings(self) -> impl Iterator<Item = (Option<&'a str>, &'a Finding)> {
        let units = &self.reviewed.in_force().units;
        self.reviewed
            .findings
            .iter()
            .map(move |finding| (finding.unit.and_then(|unit| units.get(unit)).map(|unit| unit.path.as_str()), finding))
    }

    /// Findings of other units that speak of this one too.
    fn gathered(self, path: &'a str) -> impl Iterator<Item = &'a Finding> {
        let units = &self.reviewed.in_force().units;
        let here = move |&unit: &usize| units.get(unit).is_some_and(|unit| unit.path == path);
        self.reviewed.findings.iter().filter(move |finding| !self.ended() && finding.also.iter().any(here))
    }

    fn ended(self) -> bool {
        self.reviewed.status.state == State::Ended
    }
}

/// Items about one document; without an answer, every label is missed.
pub fn items(gold: &Gold, answer: Option<Answer>, items: &mut Vec<Item>) {
    let first = items.len();
    whole_document(gold, answer, items);
    if let Some(labels) = &gold.labels {
        let mut numbers = std::collections::HashMap::new();
        for label in labels {
            let number: &mut usize = numbers.entry((label.path(), label_key(label))).or_default();
            *number += 1;
            items.push(of_label(gold, labels, label, *number, answer));
        }
        if let Some(answer) = answer {
            of_proposals(gold, labels, answer, items);
            of_findings(gold, labels, answer, items);
        }
    }
    let topics = answer.map_or(&[][..], |answer| &answer.reviewed.topics);
    items[first..].iter_mut().for_each(|item| item.by.topics = topics.to_vec());
}

fn whole_document(gold: &Gold, answer: Option<Answer>, items: &mut Vec<Item>) {
    let accepted: Vec<Handling> = gold.doc_handling.iter().filter_map(|word| word.value.known()).collect();
    if accepted.is_empty() {
        return;
    }
    let found = answer.map(|answer| answer.reviewed.handling);
    let outcome = met(found.is_some_and(|found| accepted.contains(&found)));
    let item = Item::new(Measure::DocumentHandling, &gold.file.value, None, "", outcome);
    let item = item.said(names(&accepted), found.map(name_of).unwrap_or_default());
    items.push(Item { by: Facets { handling: accepted.first().copied(), ..Facets::default() }, ..item });
}

fn of_label(gold: &Gold, labels: &[Label], label: &Label, number: usize, answer: Option<Answer>) -> Item {
    let (outcome, found, by) = match (answer, label.path()) {
        (None, _) => (Outcome::Missed, "văn bản không đọc được".to_owned(), Facets::default()),
        (Some(answer), Some(path)) => at_unit(label, path, answer),
        (Some(answer), None) => at_document(labels, label, answer),
    };
    let accepted: Vec<Handling> = label.handling.iter().filter_map(|word| word.value.known()).collect();
    let mut key = label_key(label);
    if number > 1 {
        key = format!("{key}~{number}");
    }
    let item = Item::new(Measure::Label, &gold.file.value, label.path(), key, outcome);
    let by = Facets {
        kind: label.kind(),
        handling: accepted.first().copied(),
        confidence: label.confidence.as_ref().and_then(|word| word.value.known()),
        ..by
    };
    let why = label.why.clone();
    Item { required: label.must, by, why, ..item }.said(names(&accepted), found)
}

/// What tells labels of one place apart: the kind and the first basis.
fn label_key(label: &Label) -> String {
    let kind = label.kind().map(name_of).unwrap_or_default();
    let basis = label.basis.first().map_or("", |basis| basis.value.as_str());
    format!("{kind} {basis}").trim().to_owned()
}

fn at_unit(label: &Label, path: &str, answer: Answer) -> (Outcome, String, Facets) {
    let Some((_, proposal)) = answer.of_units().find(|(at, _)| *at == path) else {
        // A finding that speaks once for the document is proposed at its first place.
        let gathered: Vec<&Finding> = answer.gathered(path).collect();
        if let Some(finding) = gathered.iter().find(|finding| label.accepts(finding.handling)) {
            return (Outcome::Right, name_of(finding.handling), agreement(label, gathered));
        }
        // A proposal one level up or down is a miss, but of another sort than silence.
        let near = answer.of_units().filter(|(at, _)| is_within(at, path) || is_within(path, at));
        let near: Vec<String> = near.map(|(at, proposal)| format!("{at} {}", name_of(proposal.handling))).collect();
        // Nothing proposed is "keep".
        return (met(label.accepts(Handling::Keep)), near.join(", "), Facets::default());
    };
    let found = answer.findings().filter(|(at, _)| *at == Some(path)).map(|(_, finding)| finding);
    let by = agreement(label, found.collect());
    (met(label.accepts(proposal.handling)), name_of(proposal.handling), by)
}

/// A label on the document as a whole is met by a finding on it, or by the proposal for it when that says the same.
fn at_document(labels: &[Label], label: &Label, answer: Answer) -> (Outcome, String, Facets) {
    let own = answer.findings().filter(|(at, finding)| {
        at.is_none() && whole_label(labels, finding).is_some_and(|best| std::ptr::eq(best, label))
    });
    let own: Vec<&Finding> = own.map(|(_, finding)| finding).collect();
    let handling = answer.reviewed.handling;
    let by_proposal =
        label.accepts(handling) && (answer.ended() || label.kind().is_none_or(|kind| speaks_of(answer, kind)));
    let found = own.first().map_or(handling, |finding| finding.handling);
    (met(!own.is_empty() || by_proposal), name_of(found), agreement(label, own))
}

/// Whether the findings bear out a label of this kind on the whole document. Faults of single clauses do not, except that
/// so many of them ask for replacing it all.
fn speaks_of(answer: Answer, kind: FindingKind) -> bool {
    use FindingKind::{CompetenceMoved, Conflict, ConflictWhole, DeadCitation, MissingContent, StaleTerm};
    let of_clauses = matches!(kind, CompetenceMoved | Conflict | DeadCitation | MissingContent | StaleTerm);
    let found = answer.findings().any(|(at, finding)| finding.kind == kind && !(of_clauses && at.is_some()));
    found || kind == ConflictWhole && answer.reviewed.handling == Handling::Replace
}

/// The label of the whole document that a finding on it answers: of the same kind, best on the same basis.
fn whole_label<'a>(labels: &'a [Label], finding: &Finding) -> Option<&'a Label> {
    let fits = |label: &&Label| {
        label.path.is_none() && label.accepts(finding.handling) && label.kind().is_none_or(|kind| kind == finding.kind)
    };
    let mut fitting = labels.iter().filter(fits);
    let first = fitting.clone().next();
    fitting.find(|label| rests_alike(label, finding)).or(first)
}

fn of_proposals(gold: &Gold, labels: &[Label], answer: Answer, items: &mut Vec<Item>) {
    for (path, proposal) in answer.of_units().filter(|(_, proposal)| proposal.handling != Handling::Keep) {
        let (outcome, accepted) = judge(gold, labels, path, proposal.handling);
        let mut rules: Vec<String> = Vec::new();
        let mut kind = None;
        for (_, finding) in answer.findings().filter(|(_, finding)| proposal.findings.contains(&finding.id)) {
            if proposal.findings.first() == Some(&finding.id) {
                kind = Some(finding.kind);
            }
            rules.push(finding.rule.clone());
        }
        let by = Facets {
            kind,
            handling: Some(proposal.handling),
            confidence: proposal.confidence,
            rules,
            ..Facets::default()
        };
        let why = warned(gold, path, outcome).unwrap_or(&proposal.reason).to_owned();
        let item = Item::new(Measure::Proposal, &gold.file.value, Some(path), name_of(proposal.handling), outcome);
        items.push(Item { by, why, ..item }.said(accepted, name_of(proposal.handling)));
    }
    for (_, finding) in answer.findings().filter(|(at, _)| at.is_none()) {
        if let Some(item) = on_document(gold, labels, answer, finding, Measure::Proposal) {
            items.push(item);
        }
    }
}

/// Each finding by itself, for the figures of its rule. An ended document is proposed as a whole, whatever its clauses say.
fn of_findings(gold: &Gold, labels: &[Label], answer: Answer, items: &mut Vec<Item>) {
    for (at, finding) in answer.findings() {
        let Some(path) = at else {
            items.extend(on_document(gold, labels, answer, finding, Measure::Finding));
            continue;
        };
        if answer.ended() || finding.handling == Handling::Keep {
            continue;
        }
        let (outcome, accepted) = judge(gold, labels, path, finding.handling);
        let why = warned(gold, path, outcome).unwrap_or(&finding.message).to_owned();
        let item = Item::new(Measure::Finding, &gold.file.value, Some(path), finding.rule.clone(), outcome);
        items.push(Item { by: facets(finding), why, ..item }.said(accepted, name_of(finding.handling)));
    }
}

/// A finding on the document as a whole; none when the document has ended and no label speaks of it.
fn on_document(gold: &Gold, labels: &[Label], answer: Answer, finding: &Finding, measure: Measure) -> Option<Item> {
    let right = whole_label(labels, finding).is_some();
    if !right && (answer.ended() || finding.handling == Handling::Keep) {
        return None;
    }
    let outcome = if right { Outcome::Right } else { Outcome::Extra };
    let item = Item::new(measure, &gold.file.value, None, finding.rule.clone(), outcome);
    Some(Item { by: facets(finding), why: finding.message.clone(), ..item }.said("", name_of(finding.handling)))
}

fn facets(finding: &Finding) -> Facets {
    Facets {
        kind: Some(finding.kind),
        handling: Some(finding.handling),
        confidence: Some(finding.confidence),
        rules: vec![finding.rule.clone()],
        ..Facets::default()
    }
}

/// Whether a handling is right at a unit, and which ones would be.
fn judge(gold: &Gold, labels: &[Label], path: &str, handling: Handling) -> (Outcome, String) {
    let mut accepted: Vec<Handling> = Vec::new();
    let mut labelled = false;
    for label in labels.iter().filter(|label| label.path() == Some(path)) {
        labelled = true;
        accepted.extend(label.handling.iter().filter_map(|word| word.value.known()));
    }
    let outcome = if accepted.contains(&handling) {
        Outcome::Right
    } else if !labelled && gold.traps.iter().any(|trap| trap.path.value == path) {
        Outcome::Trap
    } else {
        Outcome::Extra
    };
    (outcome, names(&accepted))
}

/// The labeller's warning at a near miss.
fn warned<'a>(gold: &'a Gold, path: &str, outcome: Outcome) -> Option<&'a str> {
    let trap = gold.traps.iter().find(|trap| trap.path.value == path);
    trap.filter(|_| outcome == Outcome::Trap).map(|trap| trap.why_not.as_str())
}

/// Whether one of the findings at a label is of its kind and rests on its provisions.
fn agreement(label: &Label, findings: Vec<&Finding>) -> Facets {
    if findings.is_empty() {
        return Facets::default();
    }
    Facets {
        kind_agrees: label.kind().map(|kind| findings.iter().any(|finding| finding.kind == kind)),
        basis_agrees: (!label.basis.is_empty()).then(|| findings.iter().any(|finding| rests_alike(label, finding))),
        ..Facets::default()
    }
}

/// Whether one of the provisions of a finding is, contains or lies in one of the label's.
fn rests_alike(label: &Label, finding: &Finding) -> bool {
    label.basis.iter().any(|basis| {
        let (number, path) = parts(&basis.value);
        let same = |own: &str| {
            own == path || own.is_empty() || path.is_empty() || is_within(own, path) || is_within(path, own)
        };
        finding.basis.iter().any(|own| docnumber::same(&own.instrument, number) && same(&own.provision))
    })
}

/// Whether the unit `inner` stands inside the unit `outer`, by their paths.
fn is_within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with(['.', '-', '/']))
}

fn names(handlings: &[Handling]) -> String {
    handlings.iter().map(name_of).collect::<Vec<_>>().join(" | ")
}
