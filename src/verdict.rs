//! The closed sets a verdict is made of: what is wrong, what to do, how bad, how sure. Rules ask for them, findings carry them.
//!
//! Depends on nothing else of ours.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kinds of finding (contract; F-numbers of the decision table).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Severity {
    Low,
    Medium,
    High,
}

/// How sure the finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Confidence {
    Low,
    Medium,
    High,
}
