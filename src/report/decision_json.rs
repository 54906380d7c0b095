//! Decisions as `ket-qua.json` gives them.

use serde::Serialize;

use crate::proposals::{Choice, Decided, Opinion};
use crate::review::Handling;

/// The deciding opinion, with those of other people.
#[derive(Serialize)]
pub struct DecisionJson<'a> {
    #[serde(flatten)]
    first: OpinionJson<'a>,
    /// Why it must be looked at again; null when it need not.
    look_again: Option<&'a str>,
    /// Opinions of other people.
    others: Vec<OpinionJson<'a>>,
    /// Others want something else.
    disputed: bool,
    /// Notes.
    note: &'a str,
}

#[derive(Serialize)]
struct OpinionJson<'a> {
    choice: Choice,
    reason: &'a str,
    handling: Option<Handling>,
    wording: Option<&'a str>,
    content: Option<&'a str>,
    drafter: Option<&'a str>,
    person: &'a str,
    date: &'a str,
    deadline: Option<&'a str>,
}

impl<'a> DecisionJson<'a> {
    /// The entry of what was decided; `None` when nothing was.
    pub fn of(decided: &'a Decided) -> Option<Self> {
        Some(DecisionJson {
            first: OpinionJson::of(decided.first()?),
            look_again: Some(decided.look_again.as_str()).filter(|why| !why.is_empty()),
            others: decided.opinions.iter().skip(1).map(OpinionJson::of).collect(),
            disputed: decided.disagreeing().next().is_some(),
            note: &decided.note,
        })
    }
}

impl<'a> OpinionJson<'a> {
    fn of(opinion: &'a Opinion) -> Self {
        OpinionJson {
            choice: opinion.choice,
            reason: &opinion.reason,
            handling: opinion.handling,
            wording: opinion.wording.as_deref(),
            content: opinion.content.as_deref(),
            drafter: opinion.drafter.as_deref(),
            person: &opinion.person,
            date: &opinion.date,
            deadline: opinion.deadline.as_deref(),
        }
    }
}
