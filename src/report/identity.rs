//! The one serialisation of who a document is, shared by `ket-qua.json` and `outline --json`.

use jiff::civil::Date;
use serde::Serialize;

use crate::document::{Document, Kind, Level, UnitKind, issuer};
use crate::registry::Status;
use crate::registry::successor::{self, Successor};

/// Identity of a document with the counts of its units.
#[derive(Debug, Serialize)]
pub struct IdentityJson<'a> {
    kind: Kind,
    number: Option<&'a str>,
    number_text: Option<&'a str>,
    issuer: Option<&'a str>,
    level: Option<Level>,
    /// The unit it is of ("tỉnh Nghệ An").
    territory: Option<&'a str>,
    /// Bodies that took over from the issuer, with the day and the act.
    successors: Vec<Successor>,
    issued: Option<Date>,
    effective: Option<Date>,
    ends: Option<Date>,
    title: Option<&'a str>,
    signer: Option<&'a str>,
    normative: Option<bool>,
    normative_why: &'a str,
    units: UnitCounts,
}

/// Units over all layers without quoted structure and forms (contract).
#[derive(Debug, Clone, Copy, Serialize)]
pub struct UnitCounts {
    /// Điều.
    pub articles: usize,
    /// Khoản.
    pub clauses: usize,
    /// Điểm.
    pub points: usize,
}

impl<'a> IdentityJson<'a> {
    /// Identity and counts of a document.
    pub fn of(document: &'a Document) -> Self {
        let identity = &document.identity;
        IdentityJson {
            kind: identity.kind,
            number: identity.number.as_deref(),
            number_text: identity.number_text.as_deref(),
            issuer: identity.issuer.as_deref(),
            level: identity.level,
            territory: identity.issuer.as_deref().and_then(issuer::unit_of),
            successors: identity.issuer.as_deref().map(successor::of).unwrap_or_default(),
            issued: identity.issued,
            effective: identity.effective,
            ends: identity.ends,
            title: identity.title.as_deref(),
            signer: identity.signer.as_deref(),
            normative: identity.normative,
            normative_why: &identity.normative_why,
            units: UnitCounts::of(document),
        }
    }
}

impl UnitCounts {
    /// Counts of a document.
    pub fn of(document: &Document) -> Self {
        UnitCounts {
            articles: document.count(UnitKind::Article),
            clauses: document.count(UnitKind::Clause),
            points: document.count(UnitKind::Point),
        }
    }
}

/// The cause of a state, beside the state itself.
#[derive(Debug, Serialize)]
pub struct StatusCause<'a> {
    since: Option<Date>,
    by: Option<&'a str>,
    by_name: Option<&'a str>,
    cause: Option<crate::registry::EventKind>,
    act: Option<crate::document::RelationKind>,
    certainty: Option<crate::registry::Certainty>,
    why: &'a str,
}

impl<'a> StatusCause<'a> {
    /// Why a document is in the state it is in.
    pub fn of(status: &'a Status) -> Self {
        StatusCause {
            since: status.since,
            by: status.by.as_deref().filter(|by| !by.starts_with('~')),
            by_name: status.by_name.as_deref(),
            cause: status.cause,
            act: status.act,
            certainty: status.certainty,
            why: &status.why,
        }
    }
}
