//! Deliveries → one set of results: each document and each proposal once, with the units that delivered it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::input::{Delivery, DocumentIn, EvidenceIn, FindingIn, ProposalIn};
use crate::document::{Document, Identity, Role, Unit, UnitKind};
use crate::proposals::{Proposal, RunState};
use crate::registry::Status;
use crate::registry::consolidate::{Change, Consolidated};
use crate::report::Reviewed;
use crate::review::engine::document_key;
use crate::review::{Basis, Evidence, Finding, Handling, Place, Relevance};
use crate::source::Origin;

/// A document one unit delivered.
#[derive(Debug, Clone)]
pub struct Copy {
    /// Index of the unit.
    pub unit: usize,
    /// Its file there.
    pub file: String,
    /// Hash of the file; empty when not known.
    pub sha256: String,
    /// Handling of the document as a whole.
    pub handling: Handling,
}

/// What one unit proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Index of the unit.
    pub unit: usize,
    /// Handling.
    pub handling: Handling,
    /// Reason.
    pub reason: String,
    /// Wording.
    pub wording: String,
}

/// Everything delivered, each once.
#[derive(Debug, Default)]
pub struct Union {
    /// Documents.
    pub documents: Vec<Reviewed>,
    /// Who delivered each.
    pub copies: Vec<Vec<Copy>>,
    /// Proposals in the order of their documents.
    pub proposals: Vec<Proposal>,
    /// What each unit proposed, by id of proposal.
    pub variants: BTreeMap<String, Vec<Variant>>,
    /// Ids that are another proposal's, by unit: old → new.
    pub renamed: Vec<HashMap<String, String>>,
}

impl Union {
    /// Joins deliveries in their order.
    pub fn of(deliveries: &[Delivery]) -> Union {
        let mut union = Union { renamed: vec![HashMap::new(); deliveries.len()], ..Union::default() };
        let mut by_key: HashMap<String, usize> = HashMap::new();
        let mut by_id: HashMap<String, usize> = HashMap::new();
        for (unit, delivery) in deliveries.iter().enumerate() {
            let at = union.add_documents(unit, delivery, &mut by_key);
            union.add_words(delivery, &at);
            union.add_findings(delivery, &at);
            union.add_proposals(unit, delivery, &at, &mut by_id);
        }
        // Stable: proposals of a document stay in reading order, the whole last, documents to be issued at the end.
        union.proposals.sort_by_key(|one| (one.document.is_none(), one.document, one.path.is_none()));
        for proposal in union.proposals.iter().filter(|one| one.path.is_none()) {
            if let Some(reviewed) = proposal.document.and_then(|at| union.documents.get_mut(at)) {
                reviewed.handling = proposal.handling;
            }
        }
        union
    }

    /// Places of a delivery's documents among those of the union, by their ids there.
    fn add_documents<'d>(
        &mut self,
        unit: usize,
        delivery: &'d Delivery,
        by_key: &mut HashMap<String, usize>,
    ) -> HashMap<&'d str, usize> {
        let mut at = HashMap::new();
        for one in &delivery.documents {
            let identity = identity(one);
            // A document without a number is the same only when its bytes are.
            let key = match (&identity.number, one.sha256.as_str()) {
                (Some(_), _) => document_key(&identity, ""),
                (None, "") => format!("unit {unit} {}", one.file),
                (None, hash) => format!("sha256 {hash}"),
            };
            let place = *by_key.entry(key).or_insert_with(|| {
                self.documents.push(reviewed(self.documents.len(), one, identity));
                self.copies.push(Vec::new());
                self.documents.len() - 1
            });
            self.copies[place].push(Copy {
                unit,
                file: one.file.clone(),
                sha256: one.sha256.clone(),
                handling: one.handling.unwrap_or(Handling::Undetermined),
            });
            at.insert(one.id.as_str(), place);
        }
        at
    }

    /// The words of units, as far as the proposals hold them.
    fn add_words(&mut self, delivery: &Delivery, at: &HashMap<&str, usize>) {
        for one in &delivery.proposals {
            let place = one.document.as_deref().and_then(|id| at.get(id)).zip(one.path.as_deref());
            let Some((&place, path)) = place.filter(|_| !(one.text.is_empty() && one.heading.is_empty())) else {
                continue;
            };
            let document = &mut self.documents[place].document;
            if document.unit_at(path).is_none() {
                let (label, heading, text) = (one.label.clone(), one.heading.clone(), one.text.clone());
                document.units.push(Unit { label, heading, text, ..quoting(path) });
            }
        }
    }

    fn add_findings(&mut self, delivery: &Delivery, at: &HashMap<&str, usize>) {
        for one in &delivery.findings {
            let Some(reviewed) = one.document.as_deref().and_then(|id| at.get(id)).map(|&at| &mut self.documents[at])
            else {
                continue;
            };
            if reviewed.findings.iter().all(|known| known.id != one.id) {
                let finding = finding(one, &mut reviewed.document);
                reviewed.findings.push(finding);
            }
        }
        for &place in at.values() {
            let reviewed = &mut self.documents[place];
            if let Some(consolidated) = &mut reviewed.consolidated {
                consolidated.document.units.clone_from(&reviewed.document.units);
            }
        }
    }

    fn add_proposals(
        &mut self,
        unit: usize,
        delivery: &Delivery,
        at: &HashMap<&str, usize>,
        by_id: &mut HashMap<String, usize>,
    ) {
        for one in &delivery.proposals {
            // What each unit lacked is asked anew of all of them together.
            let Some(&document) = one.document.as_deref().and_then(|id| at.get(id)) else { continue };
            let id = (1..)
                .map(|number| if number == 1 { one.id.clone() } else { format!("{}~{number}", one.id) })
                .find(|id| by_id.get(id).is_none_or(|&known| self.proposals[known].document == Some(document)))
                .unwrap_or_default();
            if id != one.id {
                self.renamed[unit].insert(one.id.clone(), id.clone());
            }
            let variant =
                Variant { unit, handling: one.handling, reason: one.reason.clone(), wording: one.wording.clone() };
            let variants = self.variants.entry(id.clone()).or_default();
            // Two files of one document in one unit bring the same proposals.
            if variants.contains(&variant) {
                continue;
            }
            variants.push(variant);
            match by_id.get(&id) {
                Some(&known) if self.proposals[known].handling == Handling::Keep && one.handling != Handling::Keep => {
                    self.proposals[known] = proposal(one, id, document);
                }
                Some(_) => {}
                None => {
                    by_id.insert(id.clone(), self.proposals.len());
                    self.proposals.push(proposal(one, id, document));
                }
            }
        }
    }
}

/// Who a delivered document is.
fn identity(one: &DocumentIn) -> Identity {
    Identity {
        kind: one.kind,
        number: one.number.clone(),
        number_text: one.number.clone(),
        issuer: one.issuer.clone(),
        level: one.level,
        issued: one.issued,
        effective: one.effective,
        title: one.title.clone(),
        signer: None,
        normative: one.normative,
        normative_why: one.normative_why.clone(),
        ends: None,
    }
}

fn reviewed(at: usize, one: &DocumentIn, identity: Identity) -> Reviewed {
    let document = Document::known_as(&one.file, &one.sha256, identity);
    let changes: Vec<Change> = one
        .changes
        .iter()
        .map(|change| Change {
            kind: change.kind,
            path: change.path.clone(),
            date: change.effective,
            document: None,
            by: change.by.clone(),
            from: String::new(),
            open: None,
        })
        .collect();
    let consolidated =
        (!changes.is_empty()).then(|| Consolidated { document: document.clone(), sources: Vec::new(), changes });
    Reviewed {
        id: format!("d{:04}", at + 1),
        document,
        consolidated,
        status: Status {
            state: one.status,
            since: one.status_cause.since,
            why: one.status_cause.why.clone(),
            ..Status::default()
        },
        relevance: Relevance::None,
        topics: Vec::new(),
        relevance_evidence: Vec::new(),
        field: one.field.clone(),
        findings: Vec::new(),
        examined: Vec::new(),
        handling: one.handling.unwrap_or(Handling::Undetermined),
    }
}

/// A finding with its evidence in the words of its units, as far as the results hold them.
fn finding(one: &FindingIn, document: &mut Document) -> Finding {
    let unit = one.path.as_ref().map(|path| unit_of(document, path));
    let mut evidence: Vec<Evidence> = one
        .evidence
        .iter()
        .filter_map(|evidence| found(evidence, unit_of(document, &evidence.path), document))
        .collect();
    // Workbooks quote without saying where.
    if let (true, Some(unit), Some(quote)) = (evidence.is_empty(), unit, one.quote.as_deref()) {
        let range = placed(&mut document.units[unit].text, quote, None);
        evidence.extend(range.map(|range| Evidence { unit, place: Place::Text, range }));
    }
    Finding {
        id: one.id.clone(),
        cite: one.cite.clone(),
        unit,
        also: Vec::new(),
        rule: one.rule.clone(),
        kind: one.kind,
        handling: one.handling,
        severity: one.severity,
        confidence: one.confidence,
        doubts: one.doubts.clone(),
        basis: one
            .basis
            .iter()
            .map(|basis| Basis {
                instrument: basis.instrument.clone(),
                provision: basis.provision.clone(),
                cite: basis.cite.clone(),
                demands: basis.demands.clone(),
            })
            .collect(),
        evidence,
        message: one.message.clone(),
        wording: one.wording.clone(),
        mechanical: one.mechanical,
    }
}

/// The unit at a path, made when it is not there yet.
fn unit_of(document: &mut Document, path: &str) -> usize {
    document.unit_at(path).unwrap_or_else(|| {
        document.units.push(quoting(path));
        document.units.len() - 1
    })
}

/// Evidence of a finding in the words of its unit.
fn found(one: &EvidenceIn, unit: usize, document: &mut Document) -> Option<Evidence> {
    let unit_words = &mut document.units[unit];
    let words = match one.place {
        Place::Text => &mut unit_words.text,
        Place::Heading => &mut unit_words.heading,
    };
    placed(words, &one.quote, one.span).map(|range| Evidence { unit, place: one.place, range })
}

/// Where a quotation stands: at its span, else where its words are found; words not there yet are added.
fn placed(words: &mut String, quote: &str, span: Option<[usize; 2]>) -> Option<Range<usize>> {
    if quote.is_empty() {
        return None;
    }
    let at_span = span.and_then(|[start, _]| {
        let start = words.char_indices().map(|(at, _)| at).nth(start)?;
        words.get(start..)?.starts_with(quote).then_some(start)
    });
    let start = at_span.or_else(|| words.find(quote)).unwrap_or_else(|| {
        if !words.is_empty() {
            words.push_str(" … ");
        }
        words.push_str(quote);
        words.len() - quote.len()
    });
    Some(start..start + quote.len())
}

/// A unit without words yet.
fn quoting(path: &str) -> Unit {
    Unit {
        path: path.to_owned(),
        kind: UnitKind::Paragraph,
        role: Role::Content,
        label: String::new(),
        heading: String::new(),
        text: String::new(),
        extras: Vec::new(),
        parent: None,
        children: Vec::new(),
        layer: 0,
        quoted: false,
        origins: vec![Origin::default()],
    }
}

fn proposal(one: &ProposalIn, id: String, document: usize) -> Proposal {
    Proposal {
        id,
        document: Some(document),
        path: one.path.clone(),
        cite: one.cite.clone(),
        kind: None,
        handling: one.handling,
        findings: one.findings.clone(),
        reason: one.reason.clone(),
        wording: one.wording.clone(),
        needs: one.needs.clone(),
        procedure: one.procedure.clone(),
        instrument_form: one.instrument_form.clone(),
        authority: one.authority.clone(),
        drafter: one.drafter.clone(),
        deadline: one.deadline.clone(),
        severity: one.severity,
        confidence: one.confidence,
        state: RunState::New,
        decision: None,
    }
}
