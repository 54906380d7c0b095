//! What was in force when, and who is meant: instruments of the packs, documents of the batch and rows of lists,
//! joined by identity.

pub mod alteration;
pub mod consolidate;
pub mod corpus;
pub mod graph;
mod law_name;
pub mod list;
pub mod matching;
pub mod resolve;
pub mod status;
pub mod successor;

pub use alteration::Alteration;
pub use graph::{Key, Registry};
pub use resolve::{Citing, Resolution};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::{Kind, RelationKind};

/// How sure a fact of the status graph is, and how it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// From recall, less than high.
    RecallLow,
    /// From recall, high.
    RecallHigh,
    /// Read in a text.
    Text,
}

/// A central instrument as the status graph of a pack describes it: identity facts only, never its text.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Instrument {
    /// Normalised number; for instruments without one, a key of our own beginning with `~`.
    pub number: String,
    /// Kind.
    pub kind: Kind,
    /// Official name without number and date ("Luật Thực hiện dân chủ ở cơ sở").
    pub name: String,
    /// Other names it goes by in căn cứ lines.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Issuer, normalised.
    pub issuer: String,
    /// Date of issue.
    #[serde(default)]
    pub issued: Option<Date>,
    /// Date of effect.
    #[serde(default)]
    pub effective: Option<Date>,
    /// What happened to it later, in order of date.
    #[serde(default)]
    pub events: Vec<Event>,
    /// Instruments it details or guides (numbers).
    #[serde(default)]
    pub details: Vec<String>,
    /// Where the facts come from.
    pub source: String,
    /// How sure its identity (number, name, dates) is.
    pub certainty: Certainty,
}

/// Something that happened to an instrument.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Event {
    /// What happened.
    pub what: EventKind,
    /// When; `None` when unknown.
    #[serde(default)]
    pub date: Option<Date>,
    /// Number of the instrument that did it.
    #[serde(default)]
    pub by: Option<String>,
    /// The provision that did it ("A90.2").
    #[serde(default)]
    pub provision: Option<String>,
    /// Provisions concerned; empty = the whole.
    #[serde(default)]
    pub provisions: Vec<String>,
    /// How sure it is.
    pub certainty: Certainty,
    /// A caution to show with it, in Vietnamese.
    #[serde(default)]
    pub note: Option<String>,
}

/// Kinds of event in the life of an instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// Amended or supplemented; stays in force.
    Amended,
    /// Ended, as the text that ended it says.
    Ended,
    /// Replaced by another instrument.
    Replaced,
    /// Repealed.
    Repealed,
    /// Ended in part.
    PartlyEnded,
    /// Ended because the instrument it details ended.
    EndedWithParent,
    /// A later, higher text governs the matter; no formal end was found.
    Superseded,
    /// Effect suspended.
    Suspended,
}

/// State of an instrument or document on a day (contract of `status`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Còn hiệu lực.
    InForce,
    /// Hết hiệu lực một phần.
    PartlyEnded,
    /// Hết hiệu lực toàn bộ.
    Ended,
    /// Chưa có hiệu lực.
    NotYet,
    /// Tạm ngưng hiệu lực.
    Suspended,
    /// Chưa xác định.
    #[default]
    Unknown,
}

/// A state with its cause.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Status {
    /// The state.
    pub state: State,
    /// Since when.
    pub since: Option<Date>,
    /// The instrument that caused it: its number or the pack's own key, for programs.
    pub by: Option<String>,
    /// The same as it is named to people ("Luật số 10/2022/QH15").
    pub by_name: Option<String>,
    /// What caused it.
    pub cause: Option<EventKind>,
    /// The act, when a document of the batch caused it.
    pub act: Option<RelationKind>,
    /// How sure it is.
    pub certainty: Option<Certainty>,
    /// Evidence, in Vietnamese.
    pub why: String,
    /// Acts on it up to the day, where somebody cites it.
    #[serde(skip)]
    pub alterations: Vec<Alteration>,
}

#[cfg(test)]
mod tests;
