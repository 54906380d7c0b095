//! A finding: rule × unit × evidence.

use serde::{Deserialize, Serialize};

use crate::document::UnitId;
use crate::verdict::{Confidence, FindingKind, Handling, Severity};

/// Which string of a unit a span counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Place {
    Text,
    Heading,
}

/// Words that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Where.
    pub unit: UnitId,
    /// In its text or its heading.
    pub place: Place,
    /// Byte range there.
    pub range: std::ops::Range<usize>,
}

/// A provision a finding rests on, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// Number of the instrument.
    pub instrument: String,
    /// Path of the provision in it, e.g. `A21.1`; empty when it rests on an event, not on a provision.
    pub provision: String,
    /// "khoản 1 Điều 21 Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15".
    pub cite: String,
    /// What it demands, in our own words (not a quotation).
    pub demands: String,
}

/// One problem of one unit (or, with `unit` `None`, of the whole document).
#[derive(Debug, Clone)]
pub struct Finding {
    /// Stable over reruns: hash of rule, document identity, path without `~n`, folded quote.
    pub id: String,
    /// Local place as an official cites it: "điểm a khoản 2 Điều 5 Quy chế".
    pub cite: String,
    /// The unit whose words must change; `None` = a whole subject is missing, or the document as such.
    pub unit: Option<UnitId>,
    /// Other units it is about just as well: those of a rule that speaks once for the document.
    pub also: Vec<UnitId>,
    /// Rule id.
    pub rule: String,
    /// What kind of problem.
    pub kind: FindingKind,
    /// The handling the rule asks for.
    pub handling: Handling,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// Why the confidence is not high, in Vietnamese; empty when it is.
    pub doubts: Vec<String>,
    /// Provisions it rests on; the first is the main one.
    pub basis: Vec<Basis>,
    /// Evidence, the anchor first; empty for what is missing from a whole document.
    pub evidence: Vec<Evidence>,
    /// Sentence for the reviewer, in Vietnamese.
    pub message: String,
    /// Proposed wording or the elements it needs, in Vietnamese.
    pub wording: String,
    /// `true` when the wording is mechanical.
    pub mechanical: bool,
}
