//! A finding: rule × unit × evidence.

use serde::{Deserialize, Serialize};

use crate::document::UnitId;

/// Kinds of finding (contract; F-numbers of the decision table).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// F01: its own term is over.
    Expired,
    /// F02: replaced by the same body.
    Replaced,
    /// F03: repealed.
    Repealed,
    /// F04: some provisions ended.
    PartlyEnded,
    /// F05: the instrument it details ended (old rule).
    ParentEnded,
    /// F06: the instrument it details changed (new rule).
    ParentChanged,
    /// F07: a căn cứ ended or was replaced.
    BasisEnded,
    /// F08: a provision contradicts the Law.
    Conflict,
    /// F09: the whole contradicts or no longer fits.
    ConflictWhole,
    /// F10: unlawful when issued.
    UnlawfulWhenIssued,
    /// F11: the whole matter is a body or unit that is gone.
    SubjectGone,
    /// F12: a task names a body that no longer has it.
    CompetenceMoved,
    /// F13: a stale name or term.
    StaleTerm,
    /// F14: a document the Law demands was not found.
    MissingDocument,
    /// F15: cites an ended or missing document or provision.
    DeadCitation,
    /// F16: two documents of one body overlap.
    Overlap,
    /// F17: a fault of form.
    FormFault,
    /// F19: norms in a document that is not normative.
    NormInAdministrative,
    /// F20: documents of predecessor units on one matter.
    PredecessorOverlap,
    /// F22: not read, not identified.
    Unread,
    /// F23: the issuing body is gone.
    IssuerGone,
    /// F24: lacks content the Law requires.
    MissingContent,
}

/// Forms of handling (contract).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handling {
    /// Sửa đổi, bổ sung.
    Amend,
    /// Thay thế.
    Replace,
    /// Bãi bỏ toàn bộ.
    Repeal,
    /// Bãi bỏ một phần.
    RepealPart,
    /// Ban hành mới.
    IssueNew,
    /// Công bố hết hiệu lực.
    AnnounceExpired,
    /// Tạm ngưng hiệu lực; never proposed by a rule.
    Suspend,
    /// Chuyển kiểm tra.
    ReferInspection,
    /// Đính chính.
    Correct,
    /// Giữ nguyên.
    Keep,
    /// Chưa xác định.
    Undetermined,
}

/// How bad it is if true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Severity {
    Low,
    Medium,
    High,
}

/// How sure the finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Confidence {
    Low,
    Medium,
    High,
}

/// Which string of a unit a span counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
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
