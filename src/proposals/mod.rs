//! Findings → proposals by the decision table (data): one per unit with findings, one per document.

pub mod decide;
pub mod decisions;

pub use decide::{Case, decide, issue_new};
pub use decisions::Decisions;

use crate::review::{Confidence, Handling, Severity};

/// What is proposed for one unit, one document, or one document that is missing.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Stable: hash of document identity and path.
    pub id: String,
    /// Index in [`crate::report::Results::documents`]; `None` for a document that ought to be issued.
    pub document: Option<usize>,
    /// Path of the unit; `None` for the whole document.
    pub path: Option<String>,
    /// Local place as cited; the document itself for a whole-document proposal.
    pub cite: String,
    /// Handling.
    pub handling: Handling,
    /// Ids of the findings under it, the deciding one first.
    pub findings: Vec<String>,
    /// Nội dung/lý do kiến nghị.
    pub reason: String,
    /// Proposed wording, or the elements it needs.
    pub wording: String,
    /// "văn bản quy phạm pháp luật", "quyết định hành chính (khoản 3 Điều 4 NĐ 78/2025)", …; empty when open.
    pub instrument_form: String,
    /// Who may decide.
    pub authority: String,
    /// Who drafts.
    pub drafter: String,
    /// By when, as offices write it; may be empty.
    pub deadline: String,
    /// The gravest of its findings; `None` for keep.
    pub severity: Option<Severity>,
    /// The confidence of the deciding finding; `None` for keep.
    pub confidence: Option<Confidence>,
}
