//! A gold document: what a careful labeller says of one file, written in YAML, one file for each document.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, de};
use serde_saphyr::Spanned;

use crate::document::{Kind, Level, RelationKind};
use crate::review::{Confidence, FindingKind, Handling};

/// Everything said of one document. What is absent is not scored.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// The document, relative to `GOLD_DIR/../van-ban`, to `GOLD_DIR/..` or to the gold folder.
    #[schemars(with = "String")]
    pub file: Spanned<String>,
    /// The day of every question.
    pub as_of: Date,
    /// Who the document is.
    #[serde(default)]
    pub identity: GoldIdentity,
    /// How many units it has, and which.
    #[serde(default)]
    pub units: Option<GoldUnits>,
    /// What its words cite.
    #[serde(default)]
    pub citations: Vec<GoldCitation>,
    /// `true` when `citations` names every citation of the document; otherwise only recall can be measured.
    #[serde(default)]
    pub citations_complete: bool,
    /// Every act on, and ground in, another instrument.
    #[serde(default)]
    pub relations: Option<Vec<GoldRelation>>,
    /// Every place where something should, or may, be proposed. Absent = nobody has labelled the document; empty = keep it all.
    #[serde(default)]
    pub labels: Option<Vec<Label>>,
    /// Near misses: places where a proposal is a known mistake.
    #[serde(default)]
    pub traps: Vec<Trap>,
    /// Handlings of the document as a whole that are right; empty = not scored.
    #[serde(default)]
    #[schemars(with = "Vec<Handling>")]
    pub doc_handling: Vec<Spanned<Word<Handling>>>,
}

/// Identity; a field that is absent is not scored, `null` means that nothing may be found.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct GoldIdentity {
    #[serde(default)]
    pub kind: Option<Kind>,
    #[serde(default, deserialize_with = "said")]
    #[schemars(with = "Option<String>", extend("nullable" = true))]
    pub number: Option<Option<String>>,
    #[serde(default, deserialize_with = "said")]
    #[schemars(with = "Option<String>", extend("nullable" = true))]
    pub issuer: Option<Option<String>>,
    #[serde(default, deserialize_with = "said")]
    #[schemars(with = "Option<Level>", extend("nullable" = true))]
    pub level: Option<Option<Level>>,
    #[serde(default, deserialize_with = "said")]
    #[schemars(with = "Option<Date>", extend("nullable" = true))]
    pub issued: Option<Option<Date>>,
    #[serde(default, deserialize_with = "said")]
    #[schemars(with = "Option<Date>", extend("nullable" = true))]
    pub effective: Option<Option<Date>>,
    #[serde(default, deserialize_with = "said")]
    #[schemars(with = "Option<String>", extend("nullable" = true))]
    pub title: Option<Option<String>>,
    #[serde(default, deserialize_with = "said")]
    #[schemars(with = "Option<bool>", extend("nullable" = true))]
    pub normative: Option<Option<bool>>,
}

/// Counts over all layers without quoted structure and forms.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoldUnits {
    /// Điều.
    #[serde(default)]
    pub articles: Option<usize>,
    /// Khoản.
    #[serde(default)]
    pub clauses: Option<usize>,
    /// Điểm.
    #[serde(default)]
    pub points: Option<usize>,
    /// Paths of all of them, when the labeller wrote them down.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub paths: Vec<Spanned<String>>,
}

/// One stretch of words that names one instrument.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoldCitation {
    /// The unit it stands in.
    #[schemars(with = "String")]
    pub path: Spanned<String>,
    /// Its words.
    #[schemars(with = "String")]
    pub text: Spanned<String>,
    /// Normalised number, `self`, or `null` when nothing can be made of the words; absent = not scored.
    #[serde(default, deserialize_with = "said")]
    #[schemars(with = "Option<String>", extend("nullable" = true))]
    pub instrument: Option<Option<String>>,
    /// Provisions, normalised.
    #[serde(default)]
    pub provisions: Vec<String>,
}

/// An act on, or a ground in, another instrument.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoldRelation {
    /// What is done.
    #[serde(rename = "type")]
    pub kind: RelationKind,
    /// Number of the instrument acted on, or its name when it has no number.
    pub target: String,
    /// Provisions acted on; empty = the whole.
    #[serde(default)]
    pub provisions: Vec<String>,
}

/// A place where something should, or may, be proposed.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The unit whose words must change; `null` = the document as a whole.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("nullable" = true))]
    pub path: Option<Spanned<String>>,
    /// `true`: not proposing it is a miss. `false`: arguable; proposing it is no mistake.
    pub must: bool,
    /// What kind of problem.
    #[serde(default)]
    #[schemars(with = "Option<FindingKind>")]
    pub kind: Option<Spanned<Word<FindingKind>>>,
    /// Handlings that are right, the best one first.
    #[schemars(with = "Vec<Handling>")]
    pub handling: Vec<Spanned<Word<Handling>>>,
    /// Provisions it rests on: "10/2022/QH15 A21.1".
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub basis: Vec<Spanned<String>>,
    /// How sure a careful official is of it.
    #[serde(default)]
    #[schemars(with = "Option<Confidence>")]
    pub confidence: Option<Spanned<Word<Confidence>>>,
    /// Words of the unit that show it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub quote: Option<Spanned<String>>,
    /// Why, for the reader of the scores.
    #[serde(default)]
    pub why: String,
}

/// A place where a proposal is a known mistake.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trap {
    /// The unit.
    #[schemars(with = "String")]
    pub path: Spanned<String>,
    /// Why nothing is wrong there.
    #[serde(default)]
    pub why_not: String,
}

impl Label {
    /// Whether this handling is right.
    pub fn accepts(&self, handling: Handling) -> bool {
        self.handling.iter().any(|word| word.value.known() == Some(handling))
    }

    /// The kind of problem, when one is named.
    pub fn kind(&self) -> Option<FindingKind> {
        self.kind.as_ref()?.value.known()
    }

    /// The path; `None` = the document as a whole.
    pub fn path(&self) -> Option<&str> {
        self.path.as_ref().map(|path| path.value.as_str())
    }
}

/// A word of a closed set. An unknown one is kept, so that every fault of a file can be told at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word<T> {
    /// A word of the set.
    Known(T),
    /// Any other word, and the words of the set.
    Unknown(String, &'static [&'static str]),
}

impl<T: Copy> Word<T> {
    /// The value, if the word is one of the set.
    pub fn known(&self) -> Option<T> {
        match self {
            Word::Known(value) => Some(*value),
            Word::Unknown(..) => None,
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        let read = T::deserialize(StrDeserializer::<NotOneOf>::new(&word));
        Ok(read.map_or_else(|NotOneOf(words)| Word::Unknown(word.clone(), words), Word::Known))
    }
}

/// The words of a closed set, told by its deserializer when it meets another one.
#[derive(Debug, thiserror::Error)]
#[error("not one of {0:?}")]
struct NotOneOf(&'static [&'static str]);

impl de::Error for NotOneOf {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        NotOneOf(&[])
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        NotOneOf(expected)
    }
}

/// Tells `null` (said to be nothing) from an absent key (nothing said).
fn said<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
