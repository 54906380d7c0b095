//! What people decided about a proposal.

use serde::{Deserialize, Serialize};

use crate::review::Handling;

/// What a reviewer does with a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// As proposed.
    Agree,
    /// Something else than proposed.
    Change,
    /// Nothing of it.
    Reject,
}

/// One person's decision. Texts are as they were typed; empty = not typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// The choice.
    pub choice: Choice,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// The handling decided on: the one proposed then when agreed to; none when rejected.
    #[serde(default)]
    pub handling: Option<Handling>,
    /// The wording decided on, when it is not the one proposed.
    #[serde(default)]
    pub wording: Option<String>,
    /// Nội dung/lý do kiến nghị, when it was rewritten.
    #[serde(default)]
    pub content: Option<String>,
    /// Who drafts, when that was changed.
    #[serde(default)]
    pub drafter: Option<String>,
    /// Who decided.
    #[serde(default)]
    pub person: String,
    /// When: a date, or the words typed.
    #[serde(default)]
    pub date: String,
    /// By when it is to be done, when that was changed.
    #[serde(default)]
    pub deadline: Option<String>,
}

impl Opinion {
    /// Do two people want different things?
    pub fn differs(&self, other: &Opinion) -> bool {
        let wants = |one: &Opinion| match one.choice {
            Choice::Reject => None,
            _ => Some(one.handling),
        };
        (self.choice == Choice::Reject) != (other.choice == Choice::Reject) || wants(self) != wants(other)
    }
}

/// What was decided about a proposal: the deciding opinion first, then those of other people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Opinions; empty when there is only a note.
    pub opinions: Vec<Opinion>,
    /// Notes, those of columns a reviewer added included.
    pub note: String,
    /// Why the decision must be looked at again, in Vietnamese; empty when it need not.
    pub look_again: String,
}

impl Decided {
    /// The deciding opinion.
    pub fn first(&self) -> Option<&Opinion> {
        self.opinions.first()
    }

    /// Opinions that want something else than the first.
    pub fn disagreeing(&self) -> impl Iterator<Item = &Opinion> {
        let first = self.opinions.first();
        self.opinions.iter().skip(1).filter(move |other| first.is_some_and(|first| first.differs(other)))
    }
}
