//! Results looked up by document: its proposals, and findings by id.

use std::collections::HashMap;

use super::{Results, Reviewed};
use crate::document::UnitId;
use crate::proposals::Proposal;
use crate::review::{Evidence, Finding, Handling};

/// Look-ups over one [`Results`].
pub struct Index<'a> {
    /// The results.
    pub results: &'a Results,
    /// Proposals of each document, by its place in `results.documents`.
    by_document: Vec<DocumentProposals<'a>>,
    findings: HashMap<(Option<usize>, &'a str), &'a Finding>,
    packs: HashMap<&'a str, String>,
}

/// The proposals of one document.
#[derive(Debug, Default)]
pub struct DocumentProposals<'a> {
    /// Of the whole document.
    pub whole: Option<&'a Proposal>,
    /// Of its units, in reading order.
    pub units: Vec<&'a Proposal>,
}

impl<'a> Index<'a> {
    /// Reads the results once.
    pub fn new(results: &'a Results) -> Self {
        let mut by_document: Vec<DocumentProposals> =
            std::iter::repeat_with(DocumentProposals::default).take(results.documents.len()).collect();
        for proposal in &results.proposals {
            let Some(own) = proposal.document.and_then(|index| by_document.get_mut(index)) else { continue };
            match proposal.path {
                Some(_) => own.units.push(proposal),
                None => own.whole = Some(proposal),
            }
        }
        let mut findings = HashMap::new();
        for (at, reviewed) in results.documents.iter().enumerate() {
            findings.extend(reviewed.findings.iter().map(|finding| ((Some(at), finding.id.as_str()), finding)));
        }
        findings.extend(results.missing.iter().map(|finding| ((None, finding.id.as_str()), finding)));
        let version = |id: &str| results.run.packs.iter().find(|pack| pack.id == id).map_or("", |pack| &pack.version);
        let pack = |rule: &'a super::RuleUse| (rule.id.as_str(), format!("{} {}", rule.pack, version(&rule.pack)));
        let packs = results.rules.iter().map(pack).collect();
        Index { results, by_document, findings, packs }
    }

    /// The proposals of the document at `index`.
    pub fn of_document(&self, index: usize) -> &DocumentProposals<'a> {
        &self.by_document[index]
    }

    /// Handling of the document at `index`: what a person decided, else what is proposed.
    pub fn handling(&self, index: usize) -> Handling {
        let own = self.results.documents[index].handling;
        self.by_document[index]
            .whole
            .filter(|whole| whole.decision.is_some())
            .map_or(own, |whole| whole.settled().handling)
    }

    /// Pack of a rule with its version: "dan-chu-co-so 2026.1".
    pub fn pack_of(&self, rule: &str) -> Option<&str> {
        self.packs.get(rule).map(String::as_str)
    }

    /// The document a proposal is about.
    pub fn reviewed(&self, proposal: &Proposal) -> Option<&'a Reviewed> {
        self.results.documents.get(proposal.document?)
    }

    /// The findings under a proposal, the deciding one first.
    pub fn findings(&self, proposal: &'a Proposal) -> Vec<&'a Finding> {
        proposal
            .findings
            .iter()
            .filter_map(|id| self.findings.get(&(proposal.document, id.as_str())).copied())
            .collect()
    }

    /// Evidence under a proposal, each once, in the order of its findings.
    pub fn evidence(findings: &[&'a Finding]) -> Vec<&'a Evidence> {
        let mut evidence: Vec<&Evidence> = Vec::new();
        for one in findings.iter().flat_map(|finding| &finding.evidence) {
            if !evidence.contains(&one) {
                evidence.push(one);
            }
        }
        evidence
    }

    /// The unit a proposal quotes: its own, or for a whole document the one of the deciding finding.
    pub fn quoted_unit(findings: &[&'a Finding]) -> Option<UnitId> {
        let deciding = findings.first()?;
        deciding.unit.or_else(|| deciding.evidence.first().map(|evidence| evidence.unit))
    }
}

/// Each of `items` once, in order, joined by `separator`, without empty ones.
pub fn distinct<'t>(items: impl IntoIterator<Item = &'t str>, separator: &str) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for item in items {
        if !item.is_empty() && !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen.join(separator)
}
