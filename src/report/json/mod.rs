//! `ket-qua.json` (`"schema": "rasoat/1"`): streamed, one entry a line, so that two runs can be compared line by line.

mod writer;

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

use super::decision_json::DecisionJson;
use super::graph::{ChangeJson, WordsJson};
use super::identity::{IdentityJson, StatusCause};
use super::recall::Estimate;
use super::{LawTexts, Results, Reviewed, UnreadInput};
use crate::document::{ChangeSummary, Kind};
use crate::proposals::{Proposal, RunState};
use crate::registry::State;
use crate::registry::list::ListEntry;
use crate::review::{Basis, Confidence, Evidence, Finding, FindingKind, Handling, Place, Relevance, Severity};
use crate::source::{Encoding, Reader, UnreadCode, Warning};
use crate::text::scalar_offset;
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

#[derive(Serialize)]
struct UnreadJson<'a> {
    file: &'a str,
    list_row: Option<ListRowJson<'a>>,
    code: UnreadCode,
    message: &'a str,
    next_step: &'a str,
}

#[derive(Serialize)]
struct ListRowJson<'a> {
    sheet: &'a str,
    row: u32,
}

impl<'a> UnreadJson<'a> {
    fn of(input: &'a UnreadInput) -> Self {
        UnreadJson {
            file: &input.file,
            list_row: input.list_row.as_ref().map(|(sheet, row)| ListRowJson { sheet, row: *row }),
            code: input.unread.code,
            message: &input.unread.message,
            next_step: &input.unread.next_step,
        }
    }
}

#[derive(Serialize)]
struct ListJson<'a> {
    file: &'a str,
    sheet: &'a str,
    row: u32,
    text: &'a str,
    identities: Vec<ListedJson<'a>>,
    document: Option<&'a str>,
    doubts: Vec<DoubtJson<'a>>,
    field: Option<&'a str>,
    drafter: Option<&'a str>,
    given_handling: Option<&'a str>,
    given_deadline: Option<&'a str>,
    planned: bool,
    cell: &'a str,
    matched: Vec<Option<&'a str>>,
}

/// One entry of `list_warnings`.
#[derive(Serialize)]
struct ListWarningJson<'a> {
    file: &'a str,
    #[serde(flatten)]
    warning: &'a Warning,
}

#[derive(Serialize)]
struct ListedJson<'a> {
    kind: Option<Kind>,
    number: Option<&'a str>,
    issuer: Option<&'a str>,
    issued: Option<Date>,
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct DoubtJson<'a> {
    code: &'a str,
    message: &'a str,
    cell: &'a str,
}

impl<'a> ListJson<'a> {
    fn of(entry: &'a ListEntry, results: &'a Results) -> Self {
        let identities = entry.identities.iter().map(|identity| ListedJson {
            kind: identity.kind,
            number: identity.number.as_deref(),
            issuer: identity.issuer.as_deref(),
            issued: identity.issued,
            title: identity.title.as_deref(),
        });
        let doubts =
            entry.doubts.iter().map(|doubt| DoubtJson { code: doubt.code, message: &doubt.message, cell: &doubt.cell });
        ListJson {
            file: &entry.file,
            sheet: &entry.sheet,
            row: entry.row,
            text: &entry.text,
            identities: identities.collect(),
            document: document_id(results, entry.document),
            doubts: doubts.collect(),
            field: entry.field.as_deref(),
            drafter: entry.drafter.as_deref(),
            given_handling: entry.given_handling.as_deref(),
            given_deadline: entry.given_deadline.as_deref(),
            planned: entry.planned,
            cell: &entry.cell,
            matched: entry.matched.iter().map(|&index| document_id(results, index)).collect(),
        }
    }
}

fn document_id(results: &Results, index: Option<usize>) -> Option<&str> {
    index.and_then(|index| results.documents.get(index)).map(|reviewed| reviewed.id.as_str())
}

/// One entry of `findings`.
#[derive(Serialize)]
pub struct FindingJson<'a> {
    id: &'a str,
    document: Option<&'a str>,
    path: Option<&'a str>,
    cite: &'a str,
    rule: &'a str,
    kind: FindingKind,
    handling: Handling,
    severity: Severity,
    confidence: Confidence,
    doubts: &'a [String],
    basis: Vec<BasisJson<'a>>,
    quote: Option<&'a str>,
    span: Option<[usize; 2]>,
    #[serde(rename = "in")]
    place: Option<Place>,
    /// Where the quoted words stand when an amending document gave them; then `span` is null.
    words_of: Option<WordsJson<'a>>,
    evidence: Vec<EvidenceJson<'a>>,
    /// Paths of further units of a finding that speaks once for the document.
    also_at: Vec<&'a str>,
    message: &'a str,
    wording: &'a str,
    mechanical: bool,
    state: RunState,
}

#[derive(Serialize)]
struct EvidenceJson<'a> {
    path: &'a str,
    /// Null where the words are not those printed at the path.
    span: Option<[usize; 2]>,
    #[serde(rename = "in")]
    place: Place,
    quote: &'a str,
}

impl<'a> FindingJson<'a> {
    /// The entry of one finding; `None` for what is missing altogether.
    pub fn of(finding: &'a Finding, of: Option<(&'a Reviewed, &'a Results)>, law: &LawTexts) -> Self {
        let evidence: Vec<_> = of.map_or_else(Vec::new, |(reviewed, _)| {
            finding.evidence.iter().filter_map(|one| EvidenceJson::of(one, reviewed)).collect()
        });
        let path = of
            .zip(finding.unit)
            .and_then(|((reviewed, _), unit)| reviewed.in_force().units.get(unit))
            .map(|unit| unit.path.as_str());
        let words_of =
            of.zip(finding.unit).and_then(|((reviewed, results), unit)| WordsJson::of(unit, reviewed, results));
        // The quotation of a finding is of the unit it is about; the anchor stands first among the evidence there.
        let own = evidence.iter().find(|one| path.is_none_or(|path| one.path == path));
        FindingJson {
            id: &finding.id,
            document: of.map(|(reviewed, _)| reviewed.id.as_str()),
            path,
            cite: &finding.cite,
            rule: &finding.rule,
            kind: finding.kind,
            handling: finding.handling,
            severity: finding.severity,
            confidence: finding.confidence,
            doubts: &finding.doubts,
            basis: finding.basis.iter().map(|basis| BasisJson::of(basis, law)).collect(),
            quote: own.map(|one| one.quote),
            span: own.and_then(|one| one.span),
            place: own.map(|one| one.place),
            words_of,
            evidence,
            also_at: of.map_or_else(Vec::new, |(reviewed, _)| {
                finding
                    .also
                    .iter()
                    .filter_map(|&unit| Some(reviewed.in_force().units.get(unit)?.path.as_str()))
                    .collect()
            }),
            message: &finding.message,
            wording: &finding.wording,
            mechanical: finding.mechanical,
            state: RunState::New,
        }
    }

    /// With what became of it since the last review.
    fn since(mut self, states: &HashMap<String, RunState>) -> Self {
        self.state = states.get(self.id).copied().unwrap_or_default();
        self
    }
}

impl<'a> EvidenceJson<'a> {
    fn of(evidence: &Evidence, reviewed: &'a Reviewed) -> Option<Self> {
        let unit = reviewed.in_force().units.get(evidence.unit)?;
        let printed = reviewed.consolidated.as_ref().is_none_or(|consolidated| {
            consolidated.sources.get(evidence.unit).is_some_and(|source| source.change().is_none())
        });
        let text = match evidence.place {
            Place::Text => &unit.text,
            Place::Heading => &unit.heading,
        };
        let (quote, span) = slice(text, &evidence.range)?;
        Some(EvidenceJson { path: &unit.path, span: printed.then_some(span), place: evidence.place, quote })
    }
}

/// The words of a byte range with its place in scalar values.
pub(super) fn slice<'a>(text: &'a str, range: &Range<usize>) -> Option<(&'a str, [usize; 2])> {
    let quote = text.get(range.clone())?;
    let start = scalar_offset(text, range.start);
    Some((quote, [start, start + quote.chars().count()]))
}

/// A provision a finding rests on.
#[derive(Serialize)]
struct BasisJson<'a> {
    instrument: &'a str,
    provision: &'a str,
    cite: &'a str,
    /// Our own words, never a quotation of the Law.
    demands: &'a str,
    /// The provision word for word, when the user gave the Law (`run.law_texts`).
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl<'a> BasisJson<'a> {
    fn of(basis: &'a Basis, law: &LawTexts) -> Self {
        BasisJson {
            instrument: &basis.instrument,
            provision: &basis.provision,
            cite: &basis.cite,
            demands: &basis.demands,
            text: law.quote(&basis.instrument, &basis.provision),
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
