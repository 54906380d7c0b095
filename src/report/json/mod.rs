//! `ket-qua.json` (`"schema": "rasoat/1"`): streamed, one entry a line, so that two runs can be compared line by line.

mod finding;
mod inputs;
mod writer;

use std::io::{self, Write};

use jiff::civil::Date;
use serde::Serialize;

use super::decision_json::DecisionJson;
use super::graph::ChangeJson;
use super::identity::{IdentityJson, StatusCause};
use super::recall::Estimate;
use super::{Results, Reviewed};
use crate::document::ChangeSummary;
use crate::proposals::{Proposal, RunState};
use crate::registry::State;
use crate::review::{Confidence, Handling, Relevance, Severity};
use crate::source::{Encoding, Reader, Warning};
pub use finding::FindingJson;
pub(super) use finding::slice;
use inputs::{ListJson, ListWarningJson, UnreadJson, document_id};
pub use writer::{JsonWriter, Serialized};

/// Writes everything one run found.
pub fn write(results: &Results, out: &mut impl Write) -> io::Result<()> {
    let mut writer = JsonWriter::begin(out, results)?;
    let (mut proposals, mut links) = (results.proposals.as_slice(), results.corpus.links.as_slice());
    for (at, reviewed) in results.documents.iter().enumerate() {
        let own = split(&mut proposals, |proposal| proposal.document == Some(at));
        let serialized = Serialized::of(reviewed, own, results)?;
        writer.document(&serialized, reviewed, own, split(&mut links, |link| link.from == at), results)?;
    }
    writer.chains(&results.corpus.chains, results)?;
    writer.finish(results)
}

/// The first entries that are of this document; the rest stays.
fn split<'a, T>(rest: &mut &'a [T], own: impl Fn(&T) -> bool) -> &'a [T] {
    let (first, after) = rest.split_at(rest.iter().take_while(|entry| own(entry)).count());
    *rest = after;
    first
}

/// Writes what was found of one item of a stream as one line: the same entries as in `ket-qua.json`, without what is asked of a
/// whole batch (documents that are missing, the graph).
pub fn write_item(id: &serde_json::Value, results: &Results, out: &mut impl Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct ItemJson<'a> {
        schema: &'static str,
        item: &'a serde_json::Value,
        tool: &'a str,
        as_of: Date,
        documents: Vec<DocumentJson<'a>>,
        unreadable: Vec<UnreadJson<'a>>,
        lists: Vec<ListJson<'a>>,
        findings: Vec<FindingJson<'a>>,
        proposals: Vec<ProposalJson<'a>>,
    }
    let reviewed = results.documents.iter();
    let found = reviewed.clone().flat_map(|one| {
        one.findings.iter().map(move |found| FindingJson::of(found, Some((one, results)), &results.law))
    });
    let item = ItemJson {
        schema: "rasoat/1",
        item: id,
        tool: results.run.tool,
        as_of: results.run.as_of,
        documents: reviewed.map(|one| DocumentJson::of(one, results)).collect(),
        unreadable: results.unreadable.iter().map(UnreadJson::of).collect(),
        lists: results.lists.iter().map(|entry| ListJson::of(entry, results)).collect(),
        findings: found.collect(),
        proposals: results
            .proposals
            .iter()
            .map(|one| ProposalJson::of(one, one.document.and_then(|at| results.documents.get(at)), results))
            .collect(),
    };
    serde_json::to_writer(&mut *out, &item)?;
    out.write_all(b"\n")
}

/// `,"name": [` entries one a line `]`.
pub(super) fn section<T: Serialize>(
    out: &mut impl Write,
    name: &str,
    entries: impl Iterator<Item = T>,
) -> io::Result<()> {
    write!(out, ",\n\"{name}\": [")?;
    for (index, entry) in entries.enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &entry)?;
    }
    out.write_all(b"]")
}

#[derive(Serialize)]
struct RunJson<'a> {
    tool: &'a str,
    as_of: Date,
    /// Name of the office, when `rasoat.yaml` says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<&'a str>,
    packs: Vec<PackJson<'a>>,
    instruments: Vec<SuppliedJson<'a>>,
    inputs: usize,
    read: usize,
    unreadable: usize,
    ignored: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    law_texts: Vec<LawTextJson<'a>>,
    /// What was missed; `null` where nobody has answered a sample of this review.
    estimate: Option<&'a Estimate>,
}

#[derive(Serialize)]
struct SuppliedJson<'a> {
    file: &'a str,
    sha256: &'a str,
    instruments: usize,
}

#[derive(Serialize)]
struct PackJson<'a> {
    id: &'a str,
    title: &'a str,
    version: &'a str,
    sha256: &'a str,
    checked_until: Date,
    cautions: &'a [String],
}

impl<'a> RunJson<'a> {
    fn of(results: &'a Results) -> Self {
        let run = &results.run;
        let packs = run.packs.iter().map(|pack| PackJson {
            id: &pack.id,
            title: &pack.title,
            version: &pack.version,
            sha256: &pack.sha256,
            checked_until: pack.checked_until,
            cautions: &pack.cautions,
        });
        RunJson {
            tool: run.tool,
            as_of: run.as_of,
            office: results.office.office.as_deref(),
            packs: packs.collect(),
            instruments: run
                .supplied
                .iter()
                .map(|own| SuppliedJson { file: &own.file, sha256: &own.sha256, instruments: own.instruments })
                .collect(),
            inputs: run.inputs,
            read: run.read,
            unreadable: run.unreadable,
            ignored: run.ignored,
            law_texts: results
                .law
                .laws()
                .map(|(instrument, law)| LawTextJson { instrument, file: &law.file, sha256: &law.sha256 })
                .collect(),
            estimate: results.missed.as_ref(),
        }
    }
}

/// One entry of `documents`.
#[derive(Serialize)]
pub struct DocumentJson<'a> {
    id: &'a str,
    file: &'a str,
    sha256: &'a str,
    reader: Reader,
    encoding: Encoding,
    #[serde(flatten)]
    identity: IdentityJson<'a>,
    field: Option<&'a str>,
    relevance: &'static str,
    relevance_evidence: Vec<WhereJson<'a>>,
    topics: &'a [String],
    status: State,
    status_cause: StatusCause<'a>,
    /// What documents of the batch, or instruments the packs know, changed in it up to the day.
    changes: Vec<ChangeJson<'a>>,
    tracked_changes: &'a ChangeSummary,
    warnings: &'a [Warning],
    examined: usize,
    handling: Handling,
}

#[derive(Serialize)]
struct WhereJson<'a> {
    place: &'a str,
    quote: &'a str,
}

impl<'a> DocumentJson<'a> {
    /// The entry of one document.
    pub fn of(reviewed: &'a Reviewed, results: &'a Results) -> Self {
        let document = &reviewed.document;
        let changes = reviewed.consolidated.iter().flat_map(|consolidated| &consolidated.changes);
        DocumentJson {
            id: &reviewed.id,
            file: &document.file,
            sha256: &document.sha256,
            reader: document.reader,
            encoding: document.encoding,
            identity: IdentityJson::of(document),
            field: reviewed.field.as_deref(),
            relevance: match reviewed.relevance {
                Relevance::Direct => "direct",
                Relevance::Indirect => "indirect",
                Relevance::None => "none",
            },
            relevance_evidence: reviewed
                .relevance_evidence
                .iter()
                .map(|(place, quote)| WhereJson { place, quote })
                .collect(),
            topics: &reviewed.topics,
            status: reviewed.status.state,
            status_cause: StatusCause::of(&reviewed.status),
            changes: changes.map(|change| ChangeJson::of(change, results)).collect(),
            tracked_changes: &document.changes,
            warnings: &document.warnings,
            examined: reviewed.examined.len(),
            handling: reviewed.handling,
        }
    }
}

/// A text of a Law the user gave.
#[derive(Serialize)]
struct LawTextJson<'a> {
    instrument: &'a str,
    file: &'a str,
    sha256: &'a str,
}

/// One entry of `proposals`.
#[derive(Serialize)]
pub struct ProposalJson<'a> {
    id: &'a str,
    document: Option<&'a str>,
    path: Option<&'a str>,
    cite: &'a str,
    /// The words of the unit on the day, whole: label, heading and text apart.
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    heading: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    handling: Handling,
    severity: Option<Severity>,
    confidence: Option<Confidence>,
    findings: &'a [String],
    reason: &'a str,
    wording: &'a str,
    needs: &'a str,
    procedure: &'a str,
    instrument_form: &'a str,
    authority: &'a str,
    drafter: &'a str,
    deadline: &'a str,
    state: RunState,
    decision: Option<DecisionJson<'a>>,
}

impl<'a> ProposalJson<'a> {
    /// The entry of one proposal; `reviewed` is the document it is about.
    pub fn of(proposal: &'a Proposal, reviewed: Option<&'a Reviewed>, results: &'a Results) -> Self {
        let document = reviewed.map(Reviewed::in_force);
        let unit = document.zip(proposal.path.as_deref());
        let unit = unit.and_then(|(document, path)| document.units.get(document.unit_at(path)?));
        ProposalJson {
            id: &proposal.id,
            document: document_id(results, proposal.document),
            path: proposal.path.as_deref(),
            cite: &proposal.cite,
            label: unit.map_or("", |unit| &unit.label),
            heading: unit.map_or("", |unit| &unit.heading),
            text: unit.map_or("", |unit| &unit.text),
            handling: proposal.handling,
            severity: proposal.severity,
            confidence: proposal.confidence,
            findings: &proposal.findings,
            reason: &proposal.reason,
            wording: &proposal.wording,
            needs: &proposal.needs,
            procedure: &proposal.procedure,
            instrument_form: &proposal.instrument_form,
            authority: &proposal.authority,
            drafter: &proposal.drafter,
            deadline: &proposal.deadline,
            state: proposal.state,
            decision: proposal.decision.as_ref().and_then(DecisionJson::of),
        }
    }
}

#[derive(Serialize)]
struct RuleJson<'a> {
    id: &'a str,
    pack: &'a str,
    title: &'a str,
    state: &'a str,
    confidence: Confidence,
    findings: usize,
    documents: usize,
    stopped: usize,
}

#[derive(Serialize)]
struct FilterJson<'a> {
    id: &'a str,
    pack: &'a str,
    why: &'a str,
    rules: usize,
    stopped: usize,
}

impl<'a> FilterJson<'a> {
    fn of(filter: &'a super::FilterUse) -> Self {
        let super::FilterUse { id, pack, why, rules, stopped } = filter;
        FilterJson { id, pack, why, rules: *rules, stopped: *stopped }
    }
}

impl<'a> RuleJson<'a> {
    fn of(rule: &'a super::RuleUse) -> Self {
        RuleJson {
            id: &rule.id,
            pack: &rule.pack,
            title: &rule.title,
            state: rule.state,
            confidence: rule.confidence,
            findings: rule.findings,
            documents: rule.documents,
            stopped: rule.stopped,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn json(results: &Results) -> serde_json::Value {
        let mut bytes = Vec::new();
        write(results, &mut bytes).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[test]
    fn keys_of_the_contract() {
        let json = json(&sample::results(2));
        assert_eq!(json["schema"], "rasoat/1");
        assert_eq!(json["run"]["as_of"], "2026-11-22");
        for (section, keys) in [
            (
                "documents",
                "id file sha256 kind number number_text issuer level issued effective title normative field relevance \
                 status warnings units handling",
            ),
            ("unreadable", "file list_row code message next_step"),
            ("lists", "file sheet row text identities document doubts"),
            (
                "findings",
                "id document path cite rule kind severity confidence basis quote span in evidence message state",
            ),
            (
                "proposals",
                "id document path handling findings reason wording instrument_form authority drafter deadline decision",
            ),
        ] {
            for key in keys.split_whitespace() {
                assert!(json[section][0].get(key).is_some(), "{section}.{key}");
            }
        }
        let first = &json["documents"][0];
        assert_eq!(first["units"], serde_json::json!({"articles": 2, "clauses": 2, "points": 1}));
        assert_eq!((&first["level"], &first["status"]), (&"tinh".into(), &"in-force".into()));
        assert_eq!(json["lists"][0]["document"], "d0001");
    }

    #[test]
    fn spans_count_scalar_values_and_quotes_are_their_slices() {
        let results = sample::results(1);
        let json = json(&results);
        for finding in json["findings"].as_array().unwrap().iter().filter(|finding| !finding["quote"].is_null()) {
            let document = &results.documents[0].document;
            let unit = &document.units[document.unit_at(finding["path"].as_str().unwrap()).unwrap()];
            let text = if finding["in"] == "heading" { &unit.heading } else { &unit.text };
            let (start, end) = (finding["span"][0].as_u64().unwrap(), finding["span"][1].as_u64().unwrap());
            let slice: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
            assert_eq!(finding["quote"], slice);
        }
        let missing = json["findings"].as_array().unwrap().last().unwrap();
        assert!(missing["path"].is_null() && missing["document"].is_null() && missing["quote"].is_null());
    }
}
