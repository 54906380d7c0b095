//! The same mechanical change in several documents of one body: one amending document can make it in all of them
//! ("sửa đổi, thay thế cụm từ").

use std::collections::BTreeMap;

use super::Results;
use crate::proposals::Proposal;
use crate::review::engine::short_hash;
use crate::review::{Finding, Handling};
use crate::text::fold::fold;

/// One change in several documents.
#[derive(Debug)]
pub struct Batch<'a> {
    /// Stable: hash of the body and the change.
    pub id: String,
    /// The change in words.
    pub change: &'a str,
    /// The body whose documents they are.
    pub authority: &'a str,
    /// A proposal under it, for what is the same in all.
    pub sample: &'a Proposal,
    /// The findings, with the index of their document, in reading order.
    pub places: Vec<(usize, &'a Finding)>,
    /// Indices of the documents, each once.
    pub documents: Vec<usize>,
}

/// Findings of one change of one body, each with the index of its document and its proposal.
type Group<'a> = Vec<(usize, &'a Finding, &'a Proposal)>;

/// Every change that at least two documents of a body have in common, the most documents first. Documents that go as a whole and
/// proposals that were rejected are not in it.
pub fn batches(results: &Results) -> Vec<Batch<'_>> {
    let mut groups: BTreeMap<(String, &str), Group> = BTreeMap::new();
    for proposal in results.proposals.iter().filter(|one| one.path.is_some()) {
        let Some((at, reviewed)) = proposal.document.and_then(|at| Some((at, results.documents.get(at)?))) else {
            continue;
        };
        let identity = &reviewed.document.identity;
        let stands = identity.normative == Some(true) && reviewed.handling == Handling::Amend;
        let Some(issuer) = identity.issuer.as_deref().filter(|_| stands) else { continue };
        if proposal.settled().handling != Handling::Amend {
            continue;
        }
        let own = reviewed.findings.iter().filter(|finding| proposal.findings.contains(&finding.id));
        for finding in own.filter(|one| one.mechanical && one.unit.is_some() && !one.wording.is_empty()) {
            groups.entry((fold(&finding.wording), issuer)).or_default().push((at, finding, proposal));
        }
    }
    let mut batches: Vec<Batch> = groups
        .into_iter()
        .filter_map(|((change, authority), places)| {
            let mut documents: Vec<usize> = places.iter().map(|(at, ..)| *at).collect();
            documents.dedup();
            let &(_, finding, sample) = places.first().filter(|_| documents.len() > 1)?;
            let id = short_hash(&["batch", authority, &change]);
            let places = places.into_iter().map(|(at, finding, _)| (at, finding)).collect();
            Some(Batch { id, change: &finding.wording, authority, sample, places, documents })
        })
        .collect();
    batches.sort_by_key(|batch| std::cmp::Reverse(batch.documents.len()));
    batches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_same_change_in_two_documents_is_one_batch() {
        let mut results = sample::results(6);
        assert!(batches(&results).is_empty(), "a change that needs judgement is no batch");
        for reviewed in &mut results.documents {
            for finding in &mut reviewed.findings {
                finding.mechanical = finding.id == "f1";
            }
        }
        let found = batches(&results);
        assert_eq!(found.len(), 1);
        // Of the documents that are amended, those that are not normative stay out.
        assert_eq!(found[0].documents, [0, 1]);
        assert_eq!(found[0].places.len(), 2);
        results.documents[1].handling = Handling::Repeal;
        assert!(batches(&results).is_empty());
    }
}
