//! What a pack says beside its rules: `pack.yaml`, `provisions.yaml`, `terms.yaml`, `topics.yaml`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::Level;
use crate::registry::Certainty;
use crate::rules::spanned::Spanned;
use crate::text::quantity::Direction;

/// `pack.yaml`: what the pack is about.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PackSource {
    /// Id, the same as the folder's name.
    pub id: String,
    /// Name a reviewer reads.
    pub title: String,
    /// Version of the pack.
    pub version: String,
    /// The Law and its companions: numbers of instruments of the status graph.
    pub laws: Vec<Spanned<String>>,
    /// Facts were checked up to this day; a run as of a later day says so.
    pub checked_until: Date,
    /// Short names for citing instruments in sentences: number → "Luật Thực hiện dân chủ ở cơ sở".
    #[serde(default)]
    pub cite_as: BTreeMap<String, String>,
    /// Standing cautions for the cover sheet.
    #[serde(default)]
    pub cautions: Vec<String>,
    /// Provisions no rule speaks of, on purpose.
    #[serde(default)]
    pub excused: Vec<ExcusedSource>,
}

/// Provisions that need no rule, and why: a definition, a duty of a central body …
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExcusedSource {
    /// Number of the instrument.
    pub instrument: String,
    /// Paths; what stands in them is excused as well.
    pub provisions: Vec<String>,
    /// The reason, in Vietnamese.
    pub why: String,
}

/// One provision of `provisions.yaml`: what it demands, in our own words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProvisionSource {
    /// Number of the instrument.
    pub instrument: Spanned<String>,
    /// Path in it: `A21.1`.
    pub path: Spanned<String>,
    /// What it demands, in our own words, one or two sentences.
    pub demands: String,
    /// First day it applies.
    pub from: Date,
    /// Last day it applies, when it has ended.
    #[serde(default)]
    pub to: Option<Date>,
    /// How its content is known.
    pub known: Certainty,
    /// Number of the instrument whose text must be seen before this can be relied on.
    #[serde(default)]
    pub held: Option<Spanned<String>>,
    /// Typed numbers of the provision.
    #[serde(default)]
    pub parameters: Vec<ParameterSource>,
}

/// A number the Law sets.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ParameterSource {
    /// Name: rules say `@A21.1.ty-le` (or `@59/2023/NĐ-CP#A13.2.so-luong` for another instrument than the rule's first basis).
    pub name: Spanned<String>,
    /// The value as the Law would write it: "ít nhất 2/3", "trên 50%", "05 ngày làm việc", "từ 03 đến 09 thành viên", "8,0 lần mức lương cơ sở".
    pub value: Spanned<String>,
    /// Which way a local rule may depart from it.
    pub direction: Direction,
}

/// One entry of `terms.yaml`. Matching folds case, Ð/Đ, tone placement, i/y and spaces, so variants list only real differences in words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TermSource {
    /// Id, unaccented kebab-case.
    pub id: Spanned<String>,
    /// The canonical wording; matched too.
    pub canonical: String,
    /// Other wordings.
    #[serde(default)]
    pub variants: Vec<Spanned<String>>,
    /// Wordings that meant this only for a time.
    #[serde(default)]
    pub dated: Vec<DatedVariant>,
    /// Longer wordings that contain a variant but mean something else: a hit inside one of them does not count.
    #[serde(default)]
    pub except: Vec<Spanned<String>>,
    /// Why, for a later reader.
    #[serde(default)]
    pub note: Option<String>,
}

/// A wording that counts only in documents issued in a period; in one without date or year it counts.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DatedVariant {
    /// The wording.
    pub text: Spanned<String>,
    /// First day.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day.
    #[serde(default)]
    pub until: Option<Date>,
}

/// One entry of `topics.yaml`: what makes a document concern the Law, and which setting of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TopicSource {
    /// Id.
    pub id: Spanned<String>,
    /// Name a reviewer reads.
    pub title: String,
    /// `true` when a document of this topic is a quy chế thực hiện dân chủ, which may widen democracy.
    #[serde(default)]
    pub may_widen: bool,
    /// Direct: one of these terms stands in the title of the document or of an attached layer (for a term of the kind of
    /// body: in the title followed by the name of the issuer).
    #[serde(default)]
    pub title_has: Vec<Spanned<String>>,
    /// … and none of these does.
    #[serde(default)]
    pub title_lacks: Vec<Spanned<String>>,
    /// Only documents of issuers of these levels; a document of unknown level passes.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// Only documents with one of these terms anywhere in them (the name of the issuer counts).
    #[serde(default)]
    pub needs: Vec<Spanned<String>>,
    /// Only documents with every one of these terms somewhere in them (the name of the issuer counts).
    #[serde(default)]
    pub needs_all: Vec<Spanned<String>>,
    /// Only documents with none of these terms anywhere in them.
    #[serde(default)]
    pub lacks: Vec<Spanned<String>>,
    /// Direct: it is issued on the ground of one of these instruments.
    #[serde(default)]
    pub basis: Vec<Spanned<String>>,
    /// Indirect: one of these terms stands in an operative unit.
    #[serde(default)]
    pub text_has: Vec<Spanned<String>>,
}
