//! Amending commands ("Sửa đổi, bổ sung khoản 2 Điều 5 như sau: “…”") as typed operations on another instrument.
//!
//! A command is read only where the document amends: under a title, heading or text that names the instrument amended.
//! What stands in the quoted text is that instrument's, and is kept as quoted structure under the unit of the command.

mod command;
mod complete;
mod form;
mod words;

use std::collections::HashSet;

use serde::Serialize;

use super::citation::Amended;
use super::{Document, Mention, Role, UnitId};
use super::{act, vantage};
use command::{Command, read};

/// What one command does to one instrument. Several provisions stand together when one act names them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What is done.
    pub kind: OperationKind,
    /// The instrument changed, as the words name it; the registry fills in its number.
    pub target: Mention,
    /// Provisions changed, as bare paths of the target (`A5.2.đ`); for supplements, the provisions that come to be.
    pub provisions: Vec<String>,
    /// Which part of the provisions is changed.
    pub part: Part,
    /// Where new provisions are put, when it is said.
    pub place: Option<Place>,
    /// Words taken out; for supplements, the words after which new ones are put.
    pub old_words: Option<String>,
    /// Words put in.
    pub new_words: Option<String>,
    /// What renumbered provisions become, as bare paths.
    pub renumbered: Vec<String>,
    /// Paths of the quoted units that hold the new text.
    pub quoted: Vec<String>,
    /// The unit that gives the command.
    pub unit: UnitId,
    /// `true` when the command stands in the unit's heading.
    pub in_heading: bool,
    /// Byte range of the command in the unit's text or heading.
    pub range: std::ops::Range<usize>,
}

/// Kinds of operation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OperationKind {
    /// The text of provisions is replaced by the quoted text.
    #[default]
    Amend,
    /// New provisions or words are added.
    Supplement,
    /// New provisions are put after (or before) a named one.
    InsertAfter,
    /// Words are replaced by others.
    ReplaceWords,
    /// Words are taken out.
    DeleteWords,
    /// Provisions are repealed.
    Repeal,
    /// Provisions get other numbers.
    Renumber,
}

/// Part of a provision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// All of it.
    #[default]
    Whole,
    /// Its heading ("tên Điều 5").
    Heading,
    /// The words before its points or clauses ("đoạn mở đầu khoản 4").
    LeadIn,
    /// One of its paragraphs ("đoạn thứ hai khoản 3").
    Paragraph,
    /// Something in it that is described, not quoted ("hình thức cảnh cáo tại khoản 1").
    Content,
}

/// Where new provisions are put.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// `true` before, `false` after the provision.
    pub before: bool,
    /// Bare path of the provision.
    pub provision: String,
}

impl Operation {
    /// `true` when new text is to follow the command.
    fn takes_text(&self) -> bool {
        self.new_words.is_none()
            && matches!(self.kind, OperationKind::Amend | OperationKind::Supplement | OperationKind::InsertAfter)
    }
}

/// The operations of a document, in reading order.
pub(super) fn operations(document: &Document, amended: &Amended) -> Vec<Operation> {
    let mut found = Vec::new();
    for (id, unit) in document.units.iter().enumerate() {
        let Some(Some(target)) = amended.instrument.get(id) else { continue };
        if unit.quoted || matches!(unit.role, Role::Basis | Role::Recipients | Role::Signature) {
            continue;
        }
        // What amended the target before may be named as well; a command above says which one is meant.
        let above = unit.parent.and_then(|parent| amended.instrument.get(parent)?.as_ref());
        let target = above.filter(|_| !act::is_command(&unit.heading)).unwrap_or(target);
        let above = unit.parent.and_then(|parent| amended.provision.get(parent)?.as_ref());
        let first = found.len();
        let text_follows = unit.children.iter().any(|&child| document.units[child].quoted);
        found.extend(
            read(&unit.text, above)
                .into_iter()
                .filter_map(|command| operation(command, target, id, false, text_follows)),
        );
        // A heading is mostly said again by the text under it.
        if found.len() == first {
            let commands = read(&unit.heading, above);
            found.extend(commands.into_iter().filter_map(|command| operation(command, target, id, true, text_follows)));
        }
        hand_out(document, id, &mut found[first..]);
    }
    let commanding: HashSet<UnitId> =
        found.iter().filter_map(|operation| document.units[operation.unit].parent).collect();
    // A command without new text, over others that have it, only announces them.
    found.retain(|operation| {
        !operation.takes_text() || !operation.quoted.is_empty() || !commanding.contains(&operation.unit)
    });
    found
}

/// `announced_text`: new text follows, so that even "một số khoản của Điều 5" is a command.
fn operation(
    command: Command,
    target: &Mention,
    unit: UnitId,
    in_heading: bool,
    announced_text: bool,
) -> Option<Operation> {
    let path = |provision: &super::provision::Provision| provision.path().or_else(|| vantage::loose_path(provision));
    let provisions: Vec<String> = command.provisions.iter().filter_map(path).collect();
    // "Sửa đổi, bổ sung một số điều của Luật …": the commands under it say what is done.
    let only_announces = command.announces && (!announced_text || provisions.is_empty());
    if only_announces || (provisions.is_empty() && command.old_words.is_none() && command.new_words.is_none()) {
        return None;
    }
    let place = command
        .place
        .as_ref()
        .and_then(|(before, provision)| Some(Place { before: *before, provision: path(provision)? }));
    let kind = match command.kind {
        OperationKind::Supplement if place.is_some() && command.new_words.is_none() => OperationKind::InsertAfter,
        kind => kind,
    };
    Some(Operation {
        kind,
        target: command.named.unwrap_or_else(|| target.clone()),
        provisions,
        part: command.part,
        place,
        old_words: command.old_words,
        new_words: command.new_words,
        renumbered: command.renumbered.iter().filter_map(path).collect(),
        quoted: Vec::new(),
        unit,
        in_heading,
        range: command.range,
    })
}

/// Gives each quoted unit under a command to the operations on it or on parts of it, else to the last that takes new text.
fn hand_out(document: &Document, unit: UnitId, operations: &mut [Operation]) {
    for &child in &document.units[unit].children {
        let child = &document.units[child];
        if !child.quoted {
            continue;
        }
        let own = vantage::own_path(&child.path);
        let meant = |provision: &String| {
            provision.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                || provision.strip_suffix(own).is_some_and(|rest| rest.ends_with('.'))
        };
        let mut taken = false;
        for operation in operations.iter_mut().filter(|operation| operation.takes_text()) {
            if operation.provisions.iter().any(meant) {
                operation.quoted.push(child.path.clone());
                taken = true;
            }
        }
        if let Some(last) = operations.iter_mut().rfind(|operation| operation.takes_text()).filter(|_| !taken) {
            last.quoted.push(child.path.clone());
        }
    }
}
