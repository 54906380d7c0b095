//! Counts that the reports show: what was found, by what reviewers ask for.

use std::collections::BTreeMap;

use super::index::Index;
use super::{Results, Reviewed};
use crate::proposals::Proposal;
use crate::review::{Finding, Handling};

/// Lĩnh vực of documents for which no list says one.
pub const NO_FIELD: &str = "Chưa phân loại";
/// Issuer of documents that do not say one.
pub const NO_ISSUER: &str = "Chưa xác định cơ quan ban hành";

/// Lĩnh vực of a document.
pub fn field(reviewed: &Reviewed) -> &str {
    reviewed.field.as_deref().unwrap_or(NO_FIELD)
}

/// Issuer of a document.
pub fn issuer(reviewed: &Reviewed) -> &str {
    reviewed.document.identity.issuer.as_deref().unwrap_or(NO_ISSUER)
}

/// Documents by handling under the heading `of` gives, the largest headings first.
pub fn by_handling<'r>(
    index: &Index<'r>,
    of: impl Fn(&'r Reviewed) -> &'r str,
) -> Vec<(&'r str, BTreeMap<Handling, usize>)> {
    let mut counted: BTreeMap<&str, BTreeMap<Handling, usize>> = BTreeMap::new();
    for (at, reviewed) in index.results.documents.iter().enumerate() {
        *counted.entry(of(reviewed)).or_default().entry(index.handling(at)).or_default() += 1;
    }
    let mut rows: Vec<_> = counted.into_iter().collect();
    rows.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.values().sum::<usize>()));
    rows
}

/// Whole-document proposals, and documents to be issued, by handling.
pub fn whole(results: &Results) -> BTreeMap<Handling, usize> {
    let mut counted = BTreeMap::new();
    for proposal in results.proposals.iter().filter(|proposal| proposal.path.is_none()) {
        *counted.entry(proposal.settled().handling).or_default() += 1;
    }
    counted
}

/// All findings of the run.
pub fn findings(results: &Results) -> impl Iterator<Item = &Finding> {
    results.documents.iter().flat_map(|reviewed| &reviewed.findings).chain(&results.missing)
}

/// Documents that ought to be issued.
pub fn to_issue(results: &Results) -> impl Iterator<Item = &Proposal> {
    results.proposals.iter().filter(|proposal| proposal.document.is_none())
}

/// The provisions most findings rest on: how they are cited, findings, documents; the most frequent first.
pub fn provisions(results: &Results) -> Vec<(&str, usize, usize)> {
    let mut counted: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for (at, reviewed) in results.documents.iter().enumerate() {
        for basis in reviewed.findings.iter().flat_map(|finding| finding.basis.first()) {
            let (found, documents, last) = counted.entry(&basis.cite).or_insert((0, 0, usize::MAX));
            *found += 1;
            *documents += usize::from(*last != at);
            *last = at;
        }
    }
    let mut rows: Vec<_> = counted.into_iter().map(|(cite, (found, documents, _))| (cite, found, documents)).collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    rows
}
