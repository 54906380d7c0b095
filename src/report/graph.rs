//! The corpus graph and the changes of a document in `ket-qua.json`.

use jiff::civil::Date;
use serde::Serialize;

use super::{Results, Reviewed};
use crate::document::amendment::OperationKind;
use crate::document::{Kind, RelationKind};
use crate::registry::State;
use crate::registry::consolidate::{Change, Source};
use crate::registry::corpus::{Chain, Link, Named};

/// One entry of `graph.named`.
#[derive(Serialize)]
pub struct NamedJson<'a> {
    id: String,
    number: Option<&'a str>,
    name: &'a str,
    kind: Option<Kind>,
    /// Its file, when it is in the batch.
    document: Option<&'a str>,
    status: Option<State>,
    cited_by: usize,
    ground_of: usize,
    why: &'a str,
}

impl<'a> NamedJson<'a> {
    pub fn of(at: usize, named: &'a Named, results: &'a Results) -> Self {
        NamedJson {
            id: named_id(at),
            number: named.number.as_deref(),
            name: &named.name,
            kind: named.kind,
            document: named.document.and_then(|document| id(results, document)),
            status: named.state,
            cited_by: named.cited_by,
            ground_of: named.ground_of,
            why: &named.why,
        }
    }
}

/// One entry of `graph.links`.
#[derive(Serialize)]
pub struct LinkJson<'a> {
    from: Option<&'a str>,
    #[serde(rename = "type")]
    kind: RelationKind,
    to: String,
    provisions: &'a [String],
    paths: &'a [String],
    effective: Option<Date>,
    refused: Option<&'a str>,
}

impl<'a> LinkJson<'a> {
    pub fn of(link: &'a Link, results: &'a Results) -> Self {
        LinkJson {
            from: id(results, link.from),
            kind: link.kind,
            to: named_id(link.to),
            provisions: &link.provisions,
            paths: &link.paths,
            effective: link.effective,
            refused: link.refused,
        }
    }
}

/// One entry of `graph.basis_chains`.
#[derive(Serialize)]
pub struct ChainJson<'a> {
    document: Option<&'a str>,
    grounds: Vec<String>,
}

impl<'a> ChainJson<'a> {
    pub fn of(chain: &Chain, results: &'a Results) -> Self {
        ChainJson {
            document: id(results, chain.document),
            grounds: chain.grounds.iter().map(|&at| named_id(at)).collect(),
        }
    }
}

/// One entry of `graph.same_identity`: files of one document.
#[derive(Serialize)]
pub struct DoubledJson<'a> {
    number: Option<&'a str>,
    documents: Vec<&'a str>,
}

impl<'a> DoubledJson<'a> {
    pub fn of(number: Option<&'a str>, files: &[usize], results: &'a Results) -> Self {
        DoubledJson { number, documents: files.iter().filter_map(|&at| id(results, at)).collect() }
    }
}

/// One entry of `documents[].changes`.
#[derive(Serialize)]
pub struct ChangeJson<'a> {
    #[serde(rename = "type")]
    kind: OperationKind,
    path: &'a str,
    effective: Date,
    /// The acting document, when it is in the batch.
    document: Option<&'a str>,
    by: &'a str,
    from: &'a str,
    applied: bool,
    why: &'a str,
}

impl<'a> ChangeJson<'a> {
    pub fn of(change: &'a Change, results: &'a Results) -> Self {
        ChangeJson {
            kind: change.kind,
            path: &change.path,
            effective: change.date,
            document: change.document.and_then(|at| id(results, at)),
            by: &change.by,
            from: &change.from,
            applied: change.open.is_none(),
            why: change.open.as_deref().unwrap_or(""),
        }
    }
}

/// Where the words of a finding stand, when not in the document as printed.
#[derive(Serialize)]
pub struct WordsJson<'a> {
    /// The document that gave or changed the words.
    document: Option<&'a str>,
    /// The quoted unit whose text they are, else the unit of the command that changed some of them.
    path: &'a str,
    /// `true` when they are the quoted unit's own.
    verbatim: bool,
}

impl<'a> WordsJson<'a> {
    pub fn of(unit: usize, reviewed: &'a Reviewed, results: &'a Results) -> Option<Self> {
        let consolidated = reviewed.consolidated.as_ref()?;
        let source = *consolidated.sources.get(unit)?;
        let change = consolidated.changes.get(source.change()?)?;
        let acting = results.documents.get(change.document?)?;
        let (path, verbatim) = match source {
            Source::Quoted { unit, .. } => (acting.document.units.get(unit)?.path.as_str(), true),
            _ => (change.from.as_str(), false),
        };
        Some(WordsJson { document: Some(&acting.id), path, verbatim })
    }
}

fn id(results: &Results, document: usize) -> Option<&str> {
    results.documents.get(document).map(|reviewed| reviewed.id.as_str())
}

fn named_id(at: usize) -> String {
    format!("n{:04}", at + 1)
}
