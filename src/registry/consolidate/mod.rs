//! Consolidated reading: a document of the batch as it reads on a day, with the amendments of the batch put into it.
//!
//! Only commands that were read as operations are carried out, in order of their dates, and only by who may act on the
//! document. What could not be carried out is told with its reason and never guessed (the acting document must name the
//! provision: khoản 3 Điều 8 Luật 64/2025/QH15).

mod apply;
mod tree;

use jiff::civil::Date;

use super::graph::{Key, Registry};
use super::{Citing, Resolution, State};
use crate::document::amendment::OperationKind;
use crate::document::{Document, Mention, RelationKind, UnitId};
use tree::Tree;

/// A command of a document of the batch on this instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    /// Since when; `None` when unknown.
    pub date: Option<Date>,
    /// Index of the acting document in the batch.
    pub document: usize,
    /// Index in its operations.
    pub operation: usize,
}

/// A document with the amendments in force on a day.
#[derive(Debug, Clone)]
pub struct Consolidated {
    /// The document as it reads; paths are those of its own numbering.
    pub document: Document,
    /// Where the words of each unit stand, one for each unit of `document`.
    pub sources: Vec<Source>,
    /// What was done to it, in order of date.
    pub changes: Vec<Change>,
}

/// Where the words of a unit stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// In the document itself.
    Printed {
        /// The unit as printed.
        unit: UnitId,
    },
    /// In the quoted text of an amending document.
    Quoted {
        /// Index of that document in the batch.
        document: usize,
        /// The quoted unit.
        unit: UnitId,
        /// Index of the change that put it here.
        change: usize,
    },
    /// In the document itself, but some words were changed by a command.
    Edited {
        /// The unit as printed, if it was printed here.
        unit: Option<UnitId>,
        /// Index of the last change of its words.
        change: usize,
    },
    /// It was repealed; the unit keeps its place without words.
    Ended {
        /// The unit as printed, if it was printed here.
        unit: Option<UnitId>,
        /// Index of the change that ended it.
        change: usize,
    },
}

impl Source {
    /// Index of the change that gave or took the words; `None` for words as printed.
    pub fn change(&self) -> Option<usize> {
        match *self {
            Source::Printed { .. } => None,
            Source::Quoted { change, .. } | Source::Edited { change, .. } | Source::Ended { change, .. } => {
                Some(change)
            }
        }
    }
}

/// A change of one provision by one command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What is done.
    pub kind: OperationKind,
    /// Path of the provision in the document; without its layer when it was not found there, empty for the whole.
    pub path: String,
    /// Since when.
    pub date: Date,
    /// Index of the acting document in the batch; `None` when only the packs know of the act.
    pub document: Option<usize>,
    /// The acting instrument as it is named to people.
    pub by: String,
    /// Path of the unit of the acting document that commands it; empty when unknown.
    pub from: String,
    /// Why it was not carried out, in Vietnamese; `None` when it was.
    pub open: Option<String>,
}

impl Registry {
    /// The document at `index` as it reads on a day; `None` when nothing has changed it. Of `documents`, only those that act on
    /// others are looked into.
    pub fn consolidated<'d>(
        &self,
        index: usize,
        document: &Document,
        documents: &dyn Fn(usize) -> Option<&'d Document>,
        as_of: Date,
    ) -> Option<Consolidated> {
        let node = self.node(self.key_of(index)?)?;
        let in_force = |command: &&Command| command.date.is_some_and(|date| date <= as_of);
        let commands: Vec<&Command> = node.commands.iter().filter(in_force).collect();
        // Nearly every document: nothing is copied for nothing.
        if commands.is_empty() && self.without_words(index, document, &[], as_of).is_empty() {
            return None;
        }
        let mut tree = Tree::of(document);
        let mut changes: Vec<Change> = Vec::new();
        for command in commands {
            let Some((actor, date)) = documents(command.document).zip(command.date) else { continue };
            let Some(operation) = actor.operations.get(command.operation) else { continue };
            let by = self.shown(self.key_of(command.document)?, actor);
            let from = actor.units.get(operation.unit).map_or_else(String::new, |unit| unit.path.clone());
            apply::apply(&mut tree, (command.document, actor), operation, changes.len(), |path, outcome| {
                changes.push(Change {
                    kind: operation.kind,
                    path,
                    date,
                    document: Some(command.document),
                    by: by.clone(),
                    from: from.clone(),
                    open: outcome,
                });
            });
        }
        let known = changes.len();
        changes.extend(self.without_words(index, document, &changes[..known], as_of));
        let (document, sources) = tree.into_document(document, documents);
        Some(Consolidated { document, sources, changes })
    }

    /// Is the instrument that `document` changes one whose text nobody reviews: no document of the batch, and not known to have ended?
    pub fn is_absent(&self, target: &Mention, document: &Document, as_of: Date) -> bool {
        match self.resolve(target, Citing::from(&document.identity)) {
            Resolution::One(key) => {
                self.node(key).is_none_or(|node| node.documents.is_empty())
                    && self.status(key, as_of).state != State::Ended
            }
            Resolution::Many(_) => false,
            Resolution::Unknown(_) => true,
        }
    }

    /// Acts on provisions whose new words are not at hand: said by a document of the batch without a command we could read,
    /// or known to the packs only.
    fn without_words(&self, index: usize, document: &Document, known: &[Change], as_of: Date) -> Vec<Change> {
        let Some(node) = self.key_of(index).and_then(|key| self.node(key)) else { return Vec::new() };
        let mut found: Vec<Change> = Vec::new();
        let mut tell = |kind, provisions: &[String], date: Option<Date>, by: &str, why: &str| {
            let Some(date) = date.filter(|&date| date <= as_of) else { return };
            for provision in provisions {
                let said = |change: &&Change| {
                    let own = change.path.rsplit_once('/').map_or(change.path.as_str(), |(_, own)| own);
                    change.by == by && (inside(own, provision) || inside(provision, own))
                };
                if known.iter().chain(&found).any(|change| said(&change)) {
                    continue;
                }
                let path = only_place(document, provision).unwrap_or_else(|| provision.clone());
                let (by, open) = (by.to_owned(), Some(why.to_owned()));
                found.push(Change { kind, path, date, document: None, by, from: String::new(), open });
            }
        };
        for act in node.acts.iter().filter(|act| act.refused.is_none()) {
            let kind = match act.kind {
                RelationKind::Amends | RelationKind::Replaces => OperationKind::Amend,
                RelationKind::Supplements => OperationKind::Supplement,
                RelationKind::Repeals => OperationKind::Repeal,
                _ => continue,
            };
            tell(kind, &act.provisions, act.date, &act.by, "chưa đọc được lệnh sửa đổi trong văn bản đó");
        }
        let events = self.key_of(index).and_then(|key| self.instrument(key)).map_or(&[][..], |known| &known.events);
        for event in events {
            let kind = match event.what {
                super::EventKind::Amended => OperationKind::Amend,
                super::EventKind::PartlyEnded | super::EventKind::Repealed | super::EventKind::Ended => {
                    OperationKind::Repeal
                }
                super::EventKind::Replaced => OperationKind::Amend,
                _ => continue,
            };
            let by = event.by.as_deref().map_or_else(|| "văn bản chưa rõ".to_owned(), |by| self.name_for_people(by));
            tell(kind, &event.provisions, event.date, &by, "văn bản đó không có trong tập văn bản rà soát");
        }
        found
    }

    /// "Quyết định số 19/2016/QĐ-UBND".
    fn shown(&self, key: Key, document: &Document) -> String {
        match (self.number(key), document.identity.kind) {
            (Some(number), crate::document::Kind::Other) => self.name_for_people(number),
            (Some(number), kind) => format!("{} số {number}", kind.name()),
            (None, _) => document.file.clone(),
        }
    }
}

/// `path` is `outer` or stands inside it: "A5.2.a" in "A5.2".
pub fn inside(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
}

/// The path with its layer when exactly one layer has the provision.
fn only_place(document: &Document, provision: &str) -> Option<String> {
    let mut places = document
        .layers
        .iter()
        .map(|layer| format!("{}/{provision}", layer.id))
        .filter(|path| document.units.iter().any(|unit| unit.path == *path));
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests;
