//! Rows of lists taken apart: which documents a row names, what it says of them, and what in it cannot be trusted.
//!
//! Nothing is guessed silently: whatever is doubtful is a [`Doubt`] with its cell, and what cannot be read stays empty.

mod citation;
mod dates;
mod entry;
mod order;
mod slips;
mod ticks;

use jiff::civil::Date;

use crate::document::Kind;

pub use entry::entries;

/// One row of a list that names at least one document.
#[derive(Debug, Clone)]
pub struct ListEntry {
    /// The list, as a relative path.
    pub file: String,
    /// Sheet name.
    pub sheet: String,
    /// Row as Excel counts.
    pub row: u32,
    /// The naming cell(s) as written.
    pub text: String,
    /// Documents named.
    pub identities: Vec<ListedIdentity>,
    /// Index of the matched document, for the first identity.
    pub document: Option<usize>,
    /// Matched documents, one for each identity, once joined ([`super::matching::join`]).
    pub matched: Vec<Option<usize>>,
    /// For each identity without a matched document, a file that could not be read and whose name speaks of it.
    pub unread: Vec<Option<String>>,
    /// Doubts met while reading the row.
    pub doubts: Vec<Doubt>,
    /// Lĩnh vực, from a column or the group heading.
    pub field: Option<String>,
    /// Cơ quan chủ trì, from its column.
    pub drafter: Option<String>,
    /// Handling the list already gives, as written.
    pub given_handling: Option<String>,
    /// Deadline the list already gives, as written.
    pub given_deadline: Option<String>,
    /// File name the list gives.
    pub file_name: Option<String>,
    /// The row is headed by a document still to be issued; `identities` are those it replaces, repeals or amends, or,
    /// without a number, the planned document itself.
    pub planned: bool,
    /// Address of the cell that names the documents.
    pub cell: String,
}

/// A document as a list row names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ListedIdentity {
    pub kind: Option<Kind>,
    pub number: Option<String>,
    pub issuer: Option<String>,
    pub issued: Option<Date>,
    pub title: Option<String>,
}

/// Something doubtful in a list row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Stable code.
    pub code: &'static str,
    /// What is doubtful, in Vietnamese.
    pub message: String,
    /// Address of the cell ("C12").
    pub cell: String,
}

impl Doubt {
    /// A doubt about one cell.
    pub fn new(code: &'static str, message: impl Into<String>, cell: &str) -> Self {
        Doubt { code, message: message.into(), cell: cell.to_owned() }
    }
}

#[cfg(test)]
mod tests;
