//! Findings with their evidence and the provisions they rest on.

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;

use crate::proposals::RunState;
use crate::report::graph::WordsJson;
use crate::report::{LawTexts, Results, Reviewed};
use crate::review::{Basis, Confidence, Evidence, Finding, FindingKind, Handling, Place, Severity};
use crate::text::scalar_offset;

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
    pub(super) fn since(mut self, states: &HashMap<String, RunState>) -> Self {
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
pub(in crate::report) fn slice<'a>(text: &'a str, range: &Range<usize>) -> Option<(&'a str, [usize; 2])> {
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
