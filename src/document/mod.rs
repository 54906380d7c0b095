//! The legal model: a [`RawDocument`](crate::source::RawDocument) understood as layers, units, identity, citations and relations.
//!
//! Names follow the official English translations: Article (Điều), Clause (khoản), Point (điểm).

mod act;
pub mod amendment;
mod anchor;
pub mod citation;
pub mod docnumber;
pub mod identity;
mod instrument_name;
pub mod issuer;
mod issuer_names;
pub mod kind;
mod known_law;
pub mod mention;
pub mod place;
pub mod provision;
mod reference;
pub mod relation;
pub mod structure;
mod understand;
mod vantage;

pub use understand::understand;
pub(crate) use vantage::own_path;

use std::collections::BTreeSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::source::{Change, ChangeKind, Encoding, NoteKind, Origin, Reader, Warning};

/// Index of a unit in [`Document::units`].
pub type UnitId = usize;

/// A document, wholly read and understood as far as it goes. Doubts are `warnings`, never errors.
#[derive(Debug, Clone)]
pub struct Document {
    /// Path relative to the argument it was found under, with `/`.
    pub file: String,
    /// Hash of the file's bytes, lower-case hex.
    pub sha256: String,
    /// Which reader gave the text.
    pub reader: Reader,
    /// How the letters were encoded.
    pub encoding: Encoding,
    /// Everything printed before the first basis line or unit: header table, Quốc hiệu, number, date, kind, title; lines joined by `\n`.
    pub head: String,
    /// Who this document is.
    pub identity: Identity,
    /// Main instrument first, then attachments and appendices in the order they stand.
    pub layers: Vec<Layer>,
    /// All units of all layers in reading order; a parent stands before its children.
    pub units: Vec<Unit>,
    /// Citations in reading order.
    pub citations: Vec<Citation>,
    /// Acts on, and grounds in, other instruments.
    pub relations: Vec<Relation>,
    /// Tracked changes found in the file; the text is what is left when all of them are accepted.
    pub changes: ChangeSummary,
    /// What its amending commands do to other instruments, in reading order.
    pub operations: Vec<amendment::Operation>,
    /// Doubts, from the reader and from understanding.
    pub warnings: Vec<Warning>,
}

impl Document {
    /// A document of which only its identity is known.
    pub fn known_as(file: &str, sha256: &str, identity: Identity) -> Document {
        Document {
            file: file.to_owned(),
            sha256: sha256.to_owned(),
            reader: Reader::Docx,
            encoding: Encoding::Unicode,
            head: String::new(),
            identity,
            layers: Vec::new(),
            units: Vec::new(),
            citations: Vec::new(),
            relations: Vec::new(),
            changes: ChangeSummary::default(),
            operations: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// What other documents of a batch need to know of this one: who it is, what was doubted, and its acts on others.
    pub fn without_words(&self) -> Document {
        let acts = self.relations.iter().filter(|relation| relation.kind.is_act());
        Document {
            reader: self.reader,
            encoding: self.encoding,
            relations: acts.cloned().collect(),
            warnings: self.warnings.clone(),
            ..Document::known_as(&self.file, &self.sha256, self.identity.clone())
        }
    }
}

/// Tracked changes of a document: how many, by whom, when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ChangeSummary {
    /// Places where words were inserted.
    pub inserted: usize,
    /// Places where words were deleted.
    pub deleted: usize,
    /// Places words were moved to.
    pub moved: usize,
    /// Names as the file gives them, each once, in order of the alphabet.
    pub authors: Vec<String>,
    /// Time of the first change, as the file gives it (ISO 8601).
    pub first: Option<String>,
    /// Time of the last change.
    pub last: Option<String>,
}

impl ChangeSummary {
    /// Sums up the changes a reader noted.
    pub fn of(changes: &[Change]) -> Self {
        let count = |kind| changes.iter().filter(|change| change.kind == kind).count();
        let authors: BTreeSet<&String> = changes.iter().filter_map(|change| change.author.as_ref()).collect();
        let dates = || changes.iter().filter_map(|change| change.date.as_ref());
        ChangeSummary {
            inserted: count(ChangeKind::Inserted),
            deleted: count(ChangeKind::Deleted),
            moved: count(ChangeKind::MovedTo),
            authors: authors.into_iter().cloned().collect(),
            first: dates().min().cloned(),
            last: dates().max().cloned(),
        }
    }
}

/// A main instrument, an attached regulation, or an appendix.
#[derive(Debug, Clone)]
pub struct Layer {
    /// `main`, `att1`, `app1`, `att1.app2`.
    pub id: String,
    /// Title as printed, lines joined by one space ("Quy chế thực hiện dân chủ ở xã"); for `main` the trích yếu.
    pub title: String,
    /// What it is.
    pub kind: LayerKind,
    /// Units without a parent, in reading order.
    pub roots: Vec<UnitId>,
}

/// What a layer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerKind {
    /// The instrument itself.
    Main,
    /// A Quy chế, Quy định, Điều lệ … issued with it.
    Attached,
    /// A Phụ lục, Mẫu, Danh mục.
    Appendix,
}

/// One addressable piece of text.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Stable path, e.g. `att1/A5.2.đ` (contract, DESIGN section 3).
    pub path: String,
    /// What it is.
    pub kind: UnitKind,
    /// Its function in the document.
    pub role: Role,
    /// Number as printed or as Word numbers it: "Điều 5.", "2.", "đ)", "-", "Chương II"; empty for unnumbered units.
    pub label: String,
    /// Heading of an article, chapter …, or of a clause that has one; without the label.
    pub heading: String,
    /// Own text without label, heading and children; paragraphs joined by `\n`; NFC.
    pub text: String,
    /// Footnotes, text boxes, running heads.
    pub extras: Vec<Extra>,
    /// The unit that contains it.
    pub parent: Option<UnitId>,
    /// Units directly inside it, in reading order.
    pub children: Vec<UnitId>,
    /// Index in [`Document::layers`].
    pub layer: usize,
    /// `true` inside a quoted amendment: the words belong to another document.
    pub quoted: bool,
    /// The source paragraph its label, heading and text came from, first one first.
    pub origins: Vec<Origin>,
}

/// Text outside the flow of a unit.
#[derive(Debug, Clone, Serialize)]
pub struct Extra {
    /// Offset in scalar values in the unit's `text` (or 0).
    pub anchor: usize,
    /// What it is.
    pub kind: NoteKind,
    /// Its words.
    pub text: String,
}

/// Kinds of unit, from the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// Phần.
    Part,
    /// Chương.
    Chapter,
    /// Mục.
    Section,
    /// Tiểu mục.
    Subsection,
    /// Điều.
    Article,
    /// Khoản, or the arabic level of a document without Điều.
    Clause,
    /// Điểm.
    Point,
    /// Gạch đầu dòng.
    Dash,
    /// A paragraph outside any numbered unit.
    Paragraph,
    /// A line from the first Căn cứ to the enacting word.
    Basis,
    /// Kind and trích yếu.
    Title,
    /// "(Ban hành kèm theo Quyết định số …)".
    IssuedWith,
    /// Nơi nhận.
    Recipients,
    /// Signature block.
    Signature,
    /// One row of a content table.
    TableRow,
    /// A heading that is none of the above (`I.` levels of documents without Điều).
    Heading,
}

/// Function of a unit in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Legal grounds and the proposal line.
    Basis,
    /// Phạm vi điều chỉnh, đối tượng áp dụng.
    Scope,
    /// Giải thích từ ngữ.
    Definition,
    /// What the document orders.
    Content,
    /// Tổ chức thực hiện, trách nhiệm thi hành.
    Implementation,
    /// Hiệu lực thi hành, repeals.
    Effect,
    /// Quy định chuyển tiếp.
    Transitional,
    /// Words of another document, inside an amending command.
    QuotedAmendment,
    /// Nơi nhận.
    Recipients,
    /// Signature block.
    Signature,
    /// A form to be filled in, an annex table.
    Form,
}

/// Who a document is: kind, number, issuer and date together, never the number alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// Kind of document; `Other` when nothing says.
    pub kind: Kind,
    /// Normalised number: no spaces, Đ not Ð, upper case as issued ("17/2019/QĐ-UBND"); `None` in drafts with a blank number.
    pub number: Option<String>,
    /// Number as printed.
    pub number_text: Option<String>,
    /// Full official name in sentence case, new tone placement, with place: "Ủy ban nhân dân tỉnh Nghệ An".
    pub issuer: Option<String>,
    /// Level of the issuer.
    pub level: Option<Level>,
    /// Date of issue.
    pub issued: Option<Date>,
    /// Date it takes effect, computed.
    pub effective: Option<Date>,
    /// Trích yếu as printed, lines joined by one space, "Về việc" kept.
    pub title: Option<String>,
    /// Name under the signature.
    pub signer: Option<String>,
    /// Văn bản quy phạm pháp luật or not; `None` when nothing decides.
    pub normative: Option<bool>,
    /// Why `normative` is what it is, in Vietnamese.
    pub normative_why: String,
    /// Date after which it ends by its own words.
    pub ends: Option<Date>,
}

/// Level of an issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Central.
    TrungUong,
    /// Province.
    Tinh,
    /// Former district level.
    Huyen,
    /// Commune.
    Xa,
    /// A Sở, school, hospital, enterprise.
    CoQuan,
}

/// Kinds of document (contract: kebab-case Vietnamese without marks).
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Kind {
    HienPhap,
    Luat,
    BoLuat,
    PhapLenh,
    Lenh,
    SacLenh,
    NghiQuyet,
    NghiQuyetLienTich,
    NghiDinh,
    QuyetDinh,
    ThongTu,
    ThongTuLienTich,
    ChiThi,
    VanBanHopNhat,
    KeHoach,
    ChuongTrinh,
    QuyChe,
    QuyDinh,
    DieuLe,
    HuongDan,
    CongVan,
    CongDien,
    ToTrinh,
    ThongBao,
    BaoCao,
    DeAn,
    KetLuan,
    HuongUoc,
    HopDong,
    #[default]
    Other,
}

/// One stretch of words that names one instrument.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The unit whose text (or heading) holds it.
    pub unit: UnitId,
    /// Byte range in the unit's `text`.
    pub range: std::ops::Range<usize>,
    /// The words, exactly `text[range]`.
    pub text: String,
    /// What it names.
    pub target: Target,
    /// Normalised provisions: bare for others (`A41.1`), with layer for self (`att1/A4.2`); lists and ranges expanded.
    pub provisions: Vec<String>,
    /// How it is used.
    pub relation: RelationKind,
    /// Why it is not resolved, in Vietnamese; empty otherwise.
    pub why: String,
}

/// What a citation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// This document.
    Own,
    /// Another instrument: what the words say of it. `number` is filled when it is printed; the registry resolves names and dates.
    Instrument(Mention),
    /// Nothing could be made of it.
    Unresolved,
}

/// An instrument as some words describe it. Every field is what was said, normalised, not what is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mention {
    /// Kind, when said.
    pub kind: Option<Kind>,
    /// Normalised number, when printed or (after [`crate::registry`]) found by name and date.
    pub number: Option<String>,
    /// Normalised issuer, when said.
    pub issuer: Option<String>,
    /// Date of issue, when said.
    pub issued: Option<Date>,
    /// Year only ("năm 2015").
    pub year: Option<i16>,
    /// Name or trích yếu as said ("Luật Tổ chức chính quyền địa phương"); without number and date.
    pub title: Option<String>,
}

impl Mention {
    /// The number, unless it is a pack's own key (`~…`) for an instrument without one.
    pub fn printed_number(&self) -> Option<&str> {
        self.number.as_deref().filter(|number| !number.starts_with('~'))
    }
}

/// How one instrument stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// Căn cứ.
    Basis,
    /// Quy định chi tiết.
    Details,
    /// Hướng dẫn.
    Guides,
    /// Thay thế.
    Replaces,
    /// Bãi bỏ, hủy bỏ.
    Repeals,
    /// Sửa đổi.
    Amends,
    /// Bổ sung.
    Supplements,
    /// Tạm ngưng, ngưng, đình chỉ hiệu lực.
    Suspends,
    /// Đính chính.
    Corrects,
    /// Kéo dài hiệu lực.
    Extends,
    /// Hợp nhất.
    Consolidates,
    /// A mere reference: a citation, not a relation.
    Refers,
}

impl RelationKind {
    /// It changes the effect or the words of its target.
    pub fn is_act(self) -> bool {
        !matches!(
            self,
            RelationKind::Basis
                | RelationKind::Details
                | RelationKind::Guides
                | RelationKind::Refers
                | RelationKind::Consolidates
        )
    }
}

/// An act on, or a ground in, another instrument.
#[derive(Debug, Clone)]
pub struct Relation {
    /// What is done.
    pub kind: RelationKind,
    /// The instrument acted on.
    pub target: Mention,
    /// Provisions acted on; empty = the whole instrument.
    pub provisions: Vec<String>,
    /// When it takes effect, if it is said or follows from this document's effect.
    pub effective: Option<Date>,
    /// Path of the unit that says so.
    pub path: String,
    /// The words.
    pub text: String,
    /// Index in [`Document::citations`], when one names the target.
    pub citation: Option<usize>,
}

impl Unit {
    /// `true` for a basis line that is a ground ("Căn cứ …"), not a proposal ("Theo đề nghị …").
    pub fn is_ground(&self) -> bool {
        self.kind == UnitKind::Basis
            && self.text.lines().any(|line| {
                let words = line.trim_start_matches(|c: char| !c.is_alphabetic());
                // The mark is often mistyped.
                ["căn cứ", "căn cư", "căn cử"]
                    .iter()
                    .any(|lead| crate::text::cursor::match_phrase(words, 0, lead).is_some())
            })
    }
}

impl Document {
    /// The unit, its parent, and so on up to the root.
    pub fn ancestors(&self, unit: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        std::iter::successors(self.units[unit].parent, |&at| self.units[at].parent)
    }

    /// Units whose text a point or dash goes on from, nearest first: the points above it, then the clause or article that holds them.
    pub fn lead_ins(&self, unit: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        let is_part = |id: UnitId| matches!(self.units[id].kind, UnitKind::Point | UnitKind::Dash);
        let mut below = unit;
        self.ancestors(unit).take_while(move |&id| is_part(std::mem::replace(&mut below, id)))
    }

    /// The unit and everything inside it, in reading order.
    pub fn subtree(&self, unit: UnitId) -> std::ops::Range<UnitId> {
        let mut last = unit;
        while let Some(&child) = self.units[last].children.last() {
            last = child;
        }
        unit..last + 1
    }

    /// The unit with this path.
    pub fn unit_at(&self, path: &str) -> Option<UnitId> {
        self.units.iter().position(|unit| unit.path == path)
    }

    /// Articles, clauses and points outside quoted structure and forms, over all layers (contract of `units`).
    pub fn count(&self, kind: UnitKind) -> usize {
        self.units.iter().filter(|unit| unit.kind == kind && !unit.quoted && unit.role != Role::Form).count()
    }
}
