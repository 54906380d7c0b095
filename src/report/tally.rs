//! What a run found, in numbers, for the screen and the exit code.

use super::{Results, Reviewed};
use crate::proposals::Proposal;
use crate::review::{Confidence, Finding, Handling};

/// Counts over one run.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Documents.
    pub documents: usize,
    /// Units some rule looked at.
    pub clauses: usize,
    /// Findings about documents of the batch: of confidence low, medium, high.
    findings: [usize; 3],
    /// Whole-document proposals, by handling.
    handlings: Vec<(Handling, usize)>,
    /// Confidence of the surest finding, about missing documents too.
    pub surest: Option<Confidence>,
}

impl Tally {
    /// Counts a whole run.
    pub fn of(results: &Results) -> Tally {
        let mut tally = Tally::default();
        results.documents.iter().for_each(|reviewed| tally.add(reviewed));
        tally.proposals(&results.proposals);
        tally.missing(&results.missing);
        tally
    }

    /// Counts one document, without its proposals.
    pub fn add(&mut self, reviewed: &Reviewed) {
        self.documents += 1;
        self.clauses += reviewed.examined.len();
        for finding in &reviewed.findings {
            self.findings[finding.confidence as usize] += 1;
        }
        self.missing(&reviewed.findings);
    }

    /// Counts the whole-document ones among proposals.
    pub fn proposals(&mut self, proposals: &[Proposal]) {
        for proposal in proposals.iter().filter(|proposal| proposal.path.is_none()) {
            match self.handlings.iter_mut().find(|(handling, _)| *handling == proposal.handling) {
                Some((_, count)) => *count += 1,
                None => self.handlings.push((proposal.handling, 1)),
            }
        }
        self.handlings.sort_unstable_by_key(|&(handling, _)| handling);
    }

    /// Findings about documents that are missing count only for the surest.
    pub fn missing(&mut self, findings: &[Finding]) {
        self.surest = self.surest.max(findings.iter().map(|finding| finding.confidence).max());
    }

    /// Findings of one confidence; of all without one.
    pub fn findings(&self, of: Option<Confidence>) -> usize {
        of.map_or_else(|| self.findings.iter().sum(), |one| self.findings[one as usize])
    }

    /// Whole-document proposals by handling, in the order of handlings.
    pub fn handlings(&self) -> &[(Handling, usize)] {
        &self.handlings
    }
}
