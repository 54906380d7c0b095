//! The rule files as their authors write them: plain data, strict (an unknown key is an error), one type per thing.
//!
//! These types are the file format; [`super::compile`] checks them and turns them into what runs.

mod pack;

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::spanned::Spanned;
use crate::document::{Kind, Level, RelationKind, Role, UnitKind};
use crate::registry::{Instrument, State};
use crate::text::quantity::Measure;
use crate::verdict::{Confidence, FindingKind, Handling, Severity};
pub use pack::{DatedVariant, ExcusedSource, PackSource, ParameterSource, ProvisionSource, TermSource, TopicSource};

/// One rule.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleSource {
    /// Id, never reused: `dccs.xa.dong-gop-2-3`.
    pub id: Spanned<String>,
    /// One sentence a lawyer reads.
    pub title: String,
    /// draft → trial → stable → retired. Draft and retired rules do not run.
    pub state: Lifecycle,
    /// Provisions it rests on, the main one first. May be empty only for kinds that rest on an event (`basis-ended` …).
    #[serde(default)]
    pub basis: Vec<BasisSource>,
    /// Which documents.
    #[serde(default)]
    pub applies_to: AppliesTo,
    /// Where in them.
    #[serde(default)]
    pub look_in: LookIn,
    /// Named conditions.
    pub find: BTreeMap<String, Condition>,
    /// `and`, `or`, `not`, parentheses, `2 of (a, b, c)`, then optionally `within sentence|unit|clause-with-lead-in|article|layer|document`
    /// (default `clause-with-lead-in`: the unit, what is inside it, and the lead-in of everything it stands in up to its article).
    /// A group may have a narrower or wider scope of its own: `(matter and days within sentence) and people`.
    pub when: Spanned<String>,
    /// The condition whose words must change, or a list of them, any of which may; default: the quantity, else the first
    /// positive condition of `when`.
    #[serde(default)]
    pub anchor: Option<Spanned<AnchorSource>>,
    /// Exceptions: any one that holds silences the rule there.
    #[serde(default)]
    pub unless: Vec<Exception>,
    /// Whether each unit is a finding of its own.
    #[serde(default)]
    pub group: Group,
    /// A name shared by rules that tell the same fault in different words: they give one finding for a unit.
    #[serde(default)]
    pub family: Option<Spanned<String>>,
    /// What it means.
    pub verdict: Verdict,
    /// Sentence for the reviewer; placeholders in braces.
    pub say: Spanned<String>,
    /// Proposed wording, or what the new wording needs; placeholders in braces.
    #[serde(default)]
    pub propose: Option<Spanned<String>>,
    /// At least two hits and two quiets.
    pub tests: Vec<TestSource>,
}

/// `anchor: a` or `anchor: [a, b]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorSource(pub Vec<String>);

impl JsonSchema for AnchorSource {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AnchorSource".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}

impl<'de> Deserialize<'de> for AnchorSource {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMore;
        impl<'de> serde::de::Visitor<'de> for OneOrMore {
            type Value = AnchorSource;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("tên một điều kiện, hoặc danh sách tên")
            }
            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<AnchorSource, E> {
                Ok(AnchorSource(vec![name.to_owned()]))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut names: A) -> Result<AnchorSource, A::Error> {
                let mut found = Vec::new();
                while let Some(name) = names.next_element()? {
                    found.push(name);
                }
                Ok(AnchorSource(found))
            }
        }
        deserializer.deserialize_any(OneOrMore)
    }
}

/// Life of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Lifecycle {
    Draft,
    Trial,
    Stable,
    Retired,
}

/// A provision a rule rests on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BasisSource {
    /// Number of the instrument.
    pub instrument: Spanned<String>,
    /// Path of the provision; must stand in `provisions.yaml`.
    pub provision: Spanned<String>,
    /// Only in documents of one of these topics: a rule for two settings rests on the provision of the document's own.
    #[serde(default)]
    pub topics: Vec<Spanned<String>>,
}

/// Which documents a rule looks at. Empty lists do not restrict.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct AppliesTo {
    /// Kinds of document.
    pub kinds: Vec<Kind>,
    /// Levels of the issuer; a document of unknown level passes.
    pub levels: Vec<Level>,
    /// Topics (any one).
    pub topics: Vec<Spanned<String>>,
    /// Not these topics.
    pub not_topics: Vec<Spanned<String>>,
    /// Issued before this day; without a date the year in the number counts, and without either the document is not old.
    pub issued_before: Option<Date>,
    /// Issued on or after this day.
    pub issued_from: Option<Date>,
    /// Runs only as of this day or later.
    pub as_of_from: Option<Date>,
    /// `true`: only VBQPPL; `false`: only others.
    pub normative: Option<bool>,
}

/// Where in a document a rule looks. Empty lists mean the default.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct LookIn {
    /// Layers; default all.
    pub layers: Vec<LayerName>,
    /// Roles; default: scope, definition, content, implementation, effect, transitional.
    pub roles: Vec<Role>,
    /// Kinds of unit; default all.
    pub units: Vec<UnitKind>,
    /// Only under a heading (of the article, section, chapter, or title of the layer) that has one of these terms.
    pub under: Vec<Spanned<String>>,
    /// Never under a heading that has one of these terms.
    pub not_under: Vec<Spanned<String>>,
}

/// Layers as rules name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum LayerName {
    Main,
    Attached,
    Appendix,
}

/// A named condition: exactly one kind.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// One of these lexicon terms stands there: `{ term: [thon, to-dan-pho] }`.
    Term(Vec<Spanned<String>>),
    /// One of these wordings stands there (for wordings only this rule needs): `{ words: ["chậm nhất", "muộn nhất"] }`.
    Words(Vec<Spanned<String>>),
    /// A regular expression over the folded text (lower case, đ, plain spaces and hyphens), tried only where one of `near` stands.
    Pattern(PatternSource),
    /// A citation of an instrument, a provision, or of one that has a status on the day.
    Cites(CitesSource),
    /// A typed quantity.
    Quantity(QuantitySource),
    /// An actor to whom a power or duty is given in the same sentence.
    Actor(ActorSource),
    /// A required list with what is missing from it.
    Checklist(ChecklistSource),
    /// A fact of structure.
    Structure(StructureSource),
    /// A fact of the document itself: its state on the day, its issuer, its term.
    Document(DocumentSource),
    /// Modality of the sentence: phải / có thể / không được.
    Modality(Modality),
    /// The document belongs to one of these topics: `{ topic: [dan-chu-xa] }`.
    Topic(Vec<Spanned<String>>),
    /// No document of this description is in the batch; only for rules about missing documents.
    Absent(AbsentSource),
}

/// A regular expression.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PatternSource {
    /// The expression, in plain spelling (it is folded as the text is); no `\b`, no `\w`.
    pub regex: Spanned<String>,
    /// Wordings one of which must stand in the unit.
    pub near: Vec<Spanned<String>>,
}

/// What a citation must be. All given fields must hold.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct CitesSource {
    /// One of these instruments.
    pub instrument: Vec<Spanned<String>>,
    /// One of these provisions of it, or inside one.
    pub provision: Vec<Spanned<String>>,
    /// Its state on the day.
    pub state: Vec<State>,
    /// Only instruments of these kinds.
    pub kinds: Vec<Kind>,
    /// Used in one of these ways.
    pub relation: Vec<RelationKind>,
    /// Not used in one of these ways.
    pub not_relation: Vec<RelationKind>,
    /// It ended before this day.
    pub ended_before: Option<Date>,
    /// It ended on or after this day.
    pub ended_from: Option<Date>,
    /// It had, or had not, ended before this document was issued.
    pub ended_before_issue: Option<bool>,
    /// `true`: a cited provision was repealed while the instrument goes on.
    pub provision_ended: Option<bool>,
    /// `true`: it was amended after this document was issued.
    pub amended_after_issue: Option<bool>,
    /// `false`: neither the packs nor the batch know it, so its state is unknown.
    pub known: Option<bool>,
    /// `true`: its words carry a number, a date or a provision. "theo Luật Đất đai" means whichever Law is in force.
    pub precise: Option<bool>,
}

/// What a quantity must be.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuantitySource {
    /// What is measured.
    pub measure: Measure,
    /// One of these terms follows it closely, or stands inside it ("trên 50% **số cử tri**"); or stands before it in the clause
    /// where the number ends what is said of it ("**cử tri** tán thành với tỷ lệ trên 50%").
    #[serde(default)]
    pub of: Vec<Spanned<String>>,
    /// One of these terms stands in the same sentence.
    #[serde(default)]
    pub about: Vec<Spanned<String>>,
    /// One of these terms stands before it in the same sentence, with no other quantity of the same measure between.
    #[serde(default)]
    pub after: Vec<Spanned<String>>,
    /// Comparison with a value: exactly one of the following, or none (any such quantity).
    /// Departs from a parameter (`"@A21.1.ty-le"`) against its direction.
    #[serde(default)]
    pub departs_from: Option<Spanned<String>>,
    /// Equal to one of these ("05 đến 11 thành viên", "02 năm").
    #[serde(default)]
    pub equals: Vec<Spanned<String>>,
    /// Lower than this value.
    #[serde(default)]
    pub below: Option<Spanned<String>>,
    /// Higher than this value.
    #[serde(default)]
    pub above: Option<Spanned<String>>,
}

/// An actor with a power or duty.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ActorSource {
    /// Terms for the actor.
    pub who: Vec<Spanned<String>>,
    /// Terms for what it does; must follow the actor in the same sentence (or in the point below a lead-in that names it).
    pub does: Vec<Spanned<String>>,
}

/// A required list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ChecklistSource {
    /// The list is held by an article (or clause) whose heading or lead-in has one of these terms.
    pub held_by: Vec<Spanned<String>>,
    /// Required items.
    pub items: Vec<ChecklistItem>,
    /// A finding is made when at least this many are missing (default 1).
    #[serde(default)]
    pub missing_at_least: Option<usize>,
    /// … and at least this many are present: below that the place is not this list (default 1).
    #[serde(default)]
    pub present_at_least: Option<usize>,
}

/// One item of a checklist.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ChecklistItem {
    /// What the Law requires, in our own words.
    pub item: String,
    /// Any of these wordings shows that it is there.
    pub any: Vec<Spanned<String>>,
    /// The provision that requires it.
    #[serde(default)]
    pub provision: Option<Spanned<String>>,
}

/// A fact of structure about the layer a unit stands in (or the whole document for rules without other conditions).
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct StructureSource {
    /// The document has at least one unit of one of these roles.
    pub has_role: Vec<Role>,
    /// The document has no unit of any of these roles.
    pub lacks_role: Vec<Role>,
    /// Some article's or chapter's heading has one of these terms.
    pub has_heading: Vec<Spanned<String>>,
    /// No article's or chapter's heading has any of these terms.
    pub lacks_heading: Vec<Spanned<String>>,
    /// The document has, or has not, an attached layer.
    pub attachment: Option<bool>,
    /// No operative unit of the document has any of these terms.
    pub lacks_text: Vec<Spanned<String>>,
}

/// A fact of the document.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct DocumentSource {
    /// Its state on the day.
    pub state: Vec<State>,
    /// … caused in one of these ways.
    pub cause: Vec<CauseName>,
    /// Level of its issuer.
    pub levels: Vec<Level>,
    /// It has, or has not, any basis line.
    pub has_basis: Option<bool>,
    /// It has, or has not, a printed number.
    pub has_number: Option<bool>,
    /// Its title has one of these terms.
    pub title_has: Vec<Spanned<String>>,
    /// The name of its issuer has one of these terms.
    pub issuer_has: Vec<Spanned<String>>,
    /// Days from issue to effect are fewer than this parameter of the Law (`"@A53.1.hieu-luc-dia-phuong"`).
    pub effective_sooner_than: Option<Spanned<String>>,
    /// The year in its number is not the year of its date.
    pub year_mismatch: Option<bool>,
}

/// Causes of a document's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CauseName {
    /// Its own term is over.
    OwnTerm,
    /// Replaced in the batch or the graph.
    Replaced,
    /// Repealed in the batch or the graph.
    Repealed,
    /// Ended in part.
    Partly,
}

/// Modality of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Modality {
    Must,
    May,
    MustNot,
}

/// A document that ought to be in the batch.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct AbsentSource {
    /// Of one of these kinds.
    pub kinds: Vec<Kind>,
    /// From one of these levels.
    pub levels: Vec<Level>,
    /// Its title has one of these terms.
    pub title_has: Vec<Spanned<String>>,
    /// Issued on or after this day.
    pub issued_from: Option<Date>,
}

/// An exception.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exception {
    /// A condition of `find` by name, or …
    #[serde(default)]
    pub name: Option<Spanned<String>>,
    /// … terms, or …
    #[serde(default)]
    pub term: Vec<Spanned<String>>,
    /// … wordings, or …
    #[serde(default)]
    pub words: Vec<Spanned<String>>,
    /// … a citation, or …
    #[serde(default)]
    pub cites: Option<CitesSource>,
    /// … a regular expression.
    #[serde(default)]
    pub pattern: Option<PatternSource>,
    /// Where it must stand (default: as the rule; also `heading` = headings and layer title above the anchor).
    #[serde(default)]
    pub within: Option<Spanned<String>>,
    /// Why it silences the rule, in Vietnamese; shown by explanations.
    pub why: String,
}

/// One entry of `filters.yaml`: an exception shared by many rules of the pack.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FilterSource {
    /// Id.
    pub id: Spanned<String>,
    /// Why it silences the rules, in Vietnamese; shown by explanations.
    pub why: Spanned<String>,
    /// Rules of this pack it holds for: ids, beginnings of ids (`bch.ten.*`), or `all`. Empty: as `kinds` says.
    #[serde(default)]
    pub rules: Vec<Spanned<String>>,
    /// Only rules with one of these kinds of finding.
    #[serde(default)]
    pub kinds: Vec<FindingKind>,
    /// Not these rules.
    #[serde(default)]
    pub not_rules: Vec<Spanned<String>>,
    /// What is looked for, as in [`Exception`]: exactly one of `term`, `words` (together also), `cites`, `pattern`.
    #[serde(default)]
    pub term: Vec<Spanned<String>>,
    /// …
    #[serde(default)]
    pub words: Vec<Spanned<String>>,
    /// …
    #[serde(default)]
    pub cites: Option<CitesSource>,
    /// …
    #[serde(default)]
    pub pattern: Option<PatternSource>,
    /// Where it must stand (default: as the rule).
    #[serde(default)]
    pub within: Option<Spanned<String>>,
    /// At least one text it stops a rule on, and one it must not stop it on.
    pub tests: Vec<FilterTestSource>,
}

/// One test of a filter.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FilterTestSource {
    /// The rule tried.
    pub rule: Spanned<String>,
    /// The filter must not stop the rule on this text.
    #[serde(default)]
    pub hit: Option<Spanned<String>>,
    /// The filter, and nothing else, stops the rule on this text.
    #[serde(default)]
    pub quiet: Option<Spanned<String>>,
    /// The document it stands in.
    #[serde(default)]
    pub given: Given,
}

/// How far the hits of a rule are one finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// One finding for each unit.
    #[default]
    Unit,
    /// One finding for the document, at the first unit; the other places are further evidence.
    Document,
}

/// What a rule concludes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Verdict {
    /// Kind of finding.
    pub kind: FindingKind,
    /// Handling.
    pub handling: Handling,
    /// How bad.
    pub severity: Severity,
    /// How sure at most; lowered by what the engine finds out (held provisions, recall, doubts of structure, wide scope).
    pub confidence: Confidence,
    /// Is the fix mechanical?
    pub fix: Fix,
}

/// Whether a fix can be written down without judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Fix {
    Mechanical,
    Judgement,
}

/// One test of a rule: a piece of a local document, written as it would stand there (lines, "1. …", "a) …", "Điều 5. …", "Căn cứ …;").
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TestSource {
    /// This text must give a finding.
    #[serde(default)]
    pub hit: Option<Spanned<String>>,
    /// This text must not.
    #[serde(default)]
    pub quiet: Option<Spanned<String>>,
    /// The document it stands in; what is not said fits `applies-to`.
    #[serde(default)]
    pub given: Given,
    /// Path of the finding, when it matters.
    #[serde(default)]
    pub at: Option<String>,
    /// Words captured by conditions: name → the words, as written.
    #[serde(default)]
    pub captures: BTreeMap<String, String>,
    /// Confidence the finding must have.
    #[serde(default)]
    pub confidence: Option<Confidence>,
}

/// The document of a test.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Given {
    /// Kind (default: the first of `applies-to`, else quyet-dinh).
    pub kind: Option<Kind>,
    /// Level (default: the first of `applies-to`, else tinh).
    pub level: Option<Level>,
    /// Number.
    pub number: Option<String>,
    /// Issue date (default 2019-06-01).
    pub issued: Option<Date>,
    /// Effective date.
    pub effective: Option<Date>,
    /// Trích yếu.
    pub title: Option<String>,
    /// Topics (default: those of `applies-to`; an empty list = none).
    pub topics: Option<Vec<String>>,
    /// As of (default 2026-11-22).
    pub as_of: Option<Date>,
    /// The rule runs as of the day on which its document ended by own term.
    pub ends: Option<Date>,
    /// Issuer.
    pub issuer: Option<String>,
    /// Whether it is a VBQPPL (default: not known).
    pub normative: Option<bool>,
    /// Further instruments of the status graph, for this test only.
    pub instruments: Vec<Instrument>,
}
