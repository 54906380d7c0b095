//! New words that an amending document gives to an instrument which is not in the batch. Where the instrument is at hand they are
//! reviewed there, put into its text; where it is not, they would be reviewed by nobody.

use crate::document::amendment::{Operation, OperationKind, Part};
use crate::document::{Document, UnitId, place};

/// Which quoted units are read in place, and the command that gives each.
#[derive(Debug, Default)]
pub struct Given {
    /// By unit; empty when there is none.
    commands: Vec<Option<usize>>,
}

impl Given {
    /// The quoted text of the commands that `wanted` names.
    pub fn of(document: &Document, wanted: impl Fn(&Operation) -> bool) -> Given {
        let mut given = Given::default();
        for (at, operation) in document.operations.iter().enumerate() {
            if operation.quoted.is_empty() || !gives_text(operation) || !wanted(operation) {
                continue;
            }
            given.commands.resize(document.units.len(), None);
            for unit in operation.quoted.iter().filter_map(|path| document.unit_at(path)) {
                for id in document.subtree(unit).filter(|&id| document.units[id].quoted) {
                    given.commands[id] = Some(at);
                }
            }
        }
        given
    }

    /// The command that gives the words of a unit; `None` for all other units.
    pub fn command<'d>(&self, document: &'d Document, unit: UnitId) -> Option<&'d Operation> {
        document.operations.get((*self.commands.get(unit)?)?)
    }

    /// Are the words of this unit read in place?
    pub fn has(&self, unit: UnitId) -> bool {
        self.commands.get(unit).is_some_and(Option::is_some)
    }
}

/// Whole clauses, not single words or headings, are given.
fn gives_text(operation: &Operation) -> bool {
    matches!(operation.kind, OperationKind::Amend | OperationKind::Supplement | OperationKind::InsertAfter)
        && !matches!(operation.part, Part::Heading)
}

/// "khoản 3 Điều 12 Quyết định số 122/QĐ-SXD": what the new words belong to.
pub fn destination(operation: &Operation) -> String {
    let provisions: Vec<String> = operation.provisions.iter().map(|path| place::provision(path)).collect();
    let target = &operation.target;
    let name = match (target.kind, target.printed_number().or(target.number.as_deref())) {
        (Some(kind), Some(number)) => format!("{} số {number}", kind.name()),
        (None, Some(number)) => format!("văn bản số {number}"),
        _ => "văn bản được sửa đổi".to_owned(),
    };
    if provisions.is_empty() { name } else { format!("{} {name}", provisions.join(", ")) }
}
