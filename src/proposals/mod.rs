//! Findings → proposals by the decision table (data): one per unit with findings, one per document.

pub mod decide;
pub mod decisions;
pub mod gazetteer;
pub mod office;
pub mod opinion;

pub use decide::{Case, decide, issue_new};
pub use decisions::Decisions;
pub use office::{FormSet, Office};
pub use opinion::{Choice, Decided, Opinion};

use serde::Serialize;

use crate::document::Kind;
use crate::review::{Confidence, Handling, Severity};

/// What became of a finding or proposal since it was last reviewed (contract).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunState {
    /// Not there then.
    #[default]
    New,
    /// The same as then.
    Known,
    /// There then, but otherwise.
    Changed,
    /// There then, and no more.
    Gone,
}

/// What is proposed for one unit, one document, or one document that is missing.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Stable: hash of document identity and path.
    pub id: String,
    /// Index in [`crate::report::Results::documents`]; `None` for a document that ought to be issued.
    pub document: Option<usize>,
    /// Path of the unit; `None` for the whole document.
    pub path: Option<String>,
    /// Local place as cited; the document itself for a whole-document proposal; what a document to be issued is about.
    pub cite: String,
    /// Kind of a document that ought to be issued.
    pub kind: Option<Kind>,
    /// Handling.
    pub handling: Handling,
    /// Ids of the findings under it, the deciding one first.
    pub findings: Vec<String>,
    /// Nội dung/lý do kiến nghị.
    pub reason: String,
    /// Proposed wording, or the elements it needs.
    pub wording: String,
    /// What a person must find out first, when the handling is undetermined.
    pub needs: String,
    /// The provision the handling itself rests on, on the day; empty when nothing is done.
    pub procedure: String,
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
    /// What became of it since it was last reviewed.
    pub state: RunState,
    /// What people decided.
    pub decision: Option<Decided>,
}

/// A proposal as it goes into the lists: what was decided where something was, else what is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled<'a> {
    /// Handling; keep when the proposal was rejected.
    pub handling: Handling,
    /// Nội dung/lý do kiến nghị.
    pub reason: &'a str,
    /// Wording.
    pub wording: &'a str,
    /// Who drafts.
    pub drafter: &'a str,
    /// By when.
    pub deadline: &'a str,
}

impl Proposal {
    /// What stands after the decision.
    pub fn settled(&self) -> Settled<'_> {
        let first = self.decision.as_ref().and_then(Decided::first);
        let changed = |own: fn(&Opinion) -> Option<&String>| first.and_then(own).map(String::as_str);
        Settled {
            handling: match first {
                Some(opinion) if opinion.choice == Choice::Reject => Handling::Keep,
                Some(opinion) => opinion.handling.unwrap_or(self.handling),
                None => self.handling,
            },
            reason: changed(|opinion| opinion.content.as_ref()).unwrap_or(&self.reason),
            wording: changed(|opinion| opinion.wording.as_ref()).unwrap_or(&self.wording),
            drafter: changed(|opinion| opinion.drafter.as_ref()).unwrap_or(&self.drafter),
            deadline: changed(|opinion| opinion.deadline.as_ref()).unwrap_or(&self.deadline),
        }
    }
}
