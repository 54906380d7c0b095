//! One thing that was right or wrong. Every score is a count of items, so every figure can be looked up.

use serde::{Deserialize, Serialize};

use crate::review::{Confidence, FindingKind, Handling};

/// What an item measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// The document was read.
    Reading,
    /// A field of the identity.
    Identity,
    /// How many units of a kind there are.
    Units,
    /// A unit the gold names by its path.
    Place,
    /// A citation, its place and words.
    Citation,
    /// What a citation names: instrument and provisions.
    CitationTarget,
    /// A relation, its type and target.
    Relation,
    /// A relation with each provision it acts on.
    RelationProvision,
    /// A label (recall).
    Label,
    /// A proposal for a unit, or a finding on the document as a whole (precision).
    Proposal,
    /// A finding (precision of its rule).
    Finding,
    /// Handling of the document as a whole.
    DocumentHandling,
}

/// How it came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// As the gold says.
    Right,
    /// The gold says it; the program does not, or says something else.
    Missed,
    /// The program says it; the gold does not.
    Extra,
    /// The program says it where the gold warns of a near miss.
    Trap,
}

/// One thing that was right or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it measures.
    pub measure: Measure,
    /// The document, as the gold names it.
    pub file: String,
    /// The unit, when it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Tells it from others of the same measure, document and unit.
    pub key: String,
    /// How it came out.
    pub outcome: Outcome,
    /// `false`: missing it is no fault.
    pub required: bool,
    /// `true` when its labels are sealed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sealed: bool,
    /// `true` when the gold names everything of this measure in the document, so that precision can be counted.
    pub closed: bool,
    /// What the gold says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub expected: String,
    /// What the program says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub found: String,
    /// Why: the labeller's reason, or the program's message.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// Of counts: [how many agree, the larger of both].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<[usize; 2]>,
    /// What tables can be made by.
    #[serde(default)]
    pub by: Facets,
}

/// What tables can be made by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// Kind of finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FindingKind>,
    /// Handling: of a label the best one, of a proposal the one proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handling: Option<Handling>,
    /// Confidence: of the labeller, or of the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Rules behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// Settings (topics) of the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Of a label that was met: a finding there is of the same kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind_agrees: Option<bool>,
    /// Of a label that was met: a finding there rests on one of the same provisions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis_agrees: Option<bool>,
}

impl Item {
    /// An item that is required and whose measure is closed.
    pub fn new(measure: Measure, file: &str, path: Option<&str>, key: impl Into<String>, outcome: Outcome) -> Self {
        Item {
            measure,
            file: file.to_owned(),
            path: path.map(str::to_owned),
            key: key.into(),
            outcome,
            required: true,
            sealed: false,
            closed: true,
            expected: String::new(),
            found: String::new(),
            why: String::new(),
            share: None,
            by: Facets::default(),
        }
    }

    /// With what the gold says and what the program says.
    #[must_use]
    pub fn said(mut self, expected: impl Into<String>, found: impl Into<String>) -> Self {
        self.expected = expected.into();
        self.found = found.into();
        self
    }

    /// What makes it the same item in another run.
    pub fn id(&self) -> (Measure, &str, Option<&str>, &str) {
        (self.measure, &self.file, self.path.as_deref(), &self.key)
    }
}

/// Right or missed.
pub fn met(right: bool) -> Outcome {
    if right { Outcome::Right } else { Outcome::Missed }
}

/// The name of a value as it is written in YAML and JSON.
pub fn name_of(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}
