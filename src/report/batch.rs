//! The same mechanical change in several documents of one body: one amending document can make it in all of them
//! ("sửa đổi, thay thế cụm từ").

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::{Results, Reviewed};
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

/// The body and the mechanical changes of a proposal, as far as they may be made together with those of other documents.
/// Documents that go as a whole and proposals that were rejected have none.
fn changes<'a>(
    reviewed: &'a Reviewed,
    findings: &HashMap<&'a str, &'a Finding>,
    proposal: &'a Proposal,
) -> Option<(&'a str, Vec<&'a Finding>)> {
    let identity = &reviewed.document.identity;
    let stands = identity.normative == Some(true) && reviewed.handling == Handling::Amend;
    let issuer = identity.issuer.as_deref().filter(|_| stands && proposal.path.is_some())?;
    if proposal.settled().handling != Handling::Amend {
        return None;
    }
    let own = proposal.findings.iter().filter_map(|id| findings.get(id.as_str()).copied());
    Some((issuer, own.filter(|one| one.mechanical && one.unit.is_some() && !one.wording.is_empty()).collect()))
}

/// Findings of a document by id; of two of one id the first.
fn by_id(reviewed: &Reviewed) -> HashMap<&str, &Finding> {
    reviewed.findings.iter().rev().map(|finding| (finding.id.as_str(), finding)).collect()
}

/// Every change that at least two documents of a body have in common, the most documents first.
pub fn batches(results: &Results) -> Vec<Batch<'_>> {
    let mut groups: BTreeMap<(String, &str), Group> = BTreeMap::new();
    let findings: Vec<HashMap<&str, &Finding>> = results.documents.iter().map(by_id).collect();
    for proposal in &results.proposals {
        let reviewed = proposal.document.and_then(|at| Some((at, results.documents.get(at)?)));
        let Some((at, reviewed)) = reviewed else { continue };
        let Some((issuer, changes)) = changes(reviewed, &findings[at], proposal) else { continue };
        for finding in changes {
            groups.entry((fold(&finding.wording), issuer)).or_default().push((at, finding, proposal));
        }
    }
    let mut batches: Vec<Batch> = groups
        .into_iter()
        .filter_map(|((change, authority), places)| {
            let mut documents: Vec<usize> = places.iter().map(|(at, ..)| *at).collect();
            documents.dedup();
            let &(_, finding, sample) = places.first().filter(|_| documents.len() > 1)?;
            let id = batch_id(authority, &change);
            let places = places.into_iter().map(|(at, finding, _)| (at, finding)).collect();
            Some(Batch { id, change: &finding.wording, authority, sample, places, documents })
        })
        .collect();
    batches.sort_by_key(|batch| std::cmp::Reverse(batch.documents.len()));
    batches
}

fn batch_id(authority: &str, change: &str) -> String {
    short_hash(&["batch", authority, change])
}

/// The same batches, gathered document by document.
#[derive(Debug, Default)]
pub struct Growing {
    groups: BTreeMap<(String, String), Grown>,
}

/// A batch without the documents themselves.
#[derive(Debug)]
pub struct Grown {
    id: String,
    change: String,
    authority: String,
    instrument_form: String,
    drafter: String,
    documents: Vec<usize>,
    findings: Vec<String>,
}

impl Growing {
    /// Adds the proposals of a document.
    pub fn add(&mut self, reviewed: &Reviewed, proposals: &[Proposal]) {
        let findings = by_id(reviewed);
        proposals.iter().for_each(|proposal| self.add_one(reviewed, &findings, proposal));
    }

    fn add_one(&mut self, reviewed: &Reviewed, findings: &HashMap<&str, &Finding>, proposal: &Proposal) {
        let Some((at, (issuer, changes))) = proposal.document.zip(changes(reviewed, findings, proposal)) else {
            return;
        };
        for finding in changes {
            let change = fold(&finding.wording);
            let group = self.groups.entry((change.clone(), issuer.to_owned())).or_insert_with(|| Grown {
                id: batch_id(issuer, &change),
                change: finding.wording.clone(),
                authority: issuer.to_owned(),
                instrument_form: proposal.instrument_form.clone(),
                drafter: proposal.settled().drafter.to_owned(),
                documents: Vec::new(),
                findings: Vec::new(),
            });
            if group.documents.last() != Some(&at) {
                group.documents.push(at);
            }
            group.findings.push(finding.id.clone());
        }
    }

    /// Those of at least two documents, the most documents first.
    pub fn finish(self) -> Vec<Grown> {
        let mut batches: Vec<Grown> = self.groups.into_values().filter(|batch| batch.documents.len() > 1).collect();
        batches.sort_by_key(|batch| std::cmp::Reverse(batch.documents.len()));
        batches
    }
}

/// One entry of `batches`: the same mechanical change in several documents of one body.
#[derive(Serialize)]
pub struct BatchJson<'a> {
    id: &'a str,
    change: &'a str,
    authority: &'a str,
    instrument_form: &'a str,
    drafter: &'a str,
    documents: Vec<&'a str>,
    findings: Vec<&'a str>,
}

impl<'a> BatchJson<'a> {
    /// The entry of one batch.
    pub fn of(batch: &'a Grown, results: &'a Results) -> Self {
        let documents = batch.documents.iter().filter_map(|&at| results.documents.get(at)).map(|one| one.id.as_str());
        BatchJson {
            id: &batch.id,
            change: &batch.change,
            authority: &batch.authority,
            instrument_form: &batch.instrument_form,
            drafter: &batch.drafter,
            documents: documents.collect(),
            findings: batch.findings.iter().map(String::as_str).collect(),
        }
    }
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
        let mut growing = Growing::default();
        for proposal in &results.proposals {
            let one = std::slice::from_ref(proposal);
            proposal.document.iter().for_each(|&at| growing.add(&results.documents[at], one));
        }
        let found = batches(&results);
        let grown = growing.finish();
        assert_eq!((found.len(), grown.len()), (1, 1));
        assert_eq!((&grown[0].id, &grown[0].documents), (&found[0].id, &found[0].documents));
        // Of the documents that are amended, those that are not normative stay out.
        assert_eq!(found[0].documents, [0, 1]);
        assert_eq!(found[0].places.len(), 2);
        results.documents[1].handling = Handling::Repeal;
        assert!(batches(&results).is_empty());
    }
}
