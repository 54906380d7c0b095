//! What was not read, and the rows of lists.

use jiff::civil::Date;
use serde::Serialize;

use crate::document::Kind;
use crate::registry::list::ListEntry;
use crate::report::{Results, UnreadInput};
use crate::source::{UnreadCode, Warning};

#[derive(Serialize)]
pub(super) struct UnreadJson<'a> {
    file: &'a str,
    list_row: Option<ListRowJson<'a>>,
    code: UnreadCode,
    message: &'a str,
    next_step: &'a str,
}

#[derive(Serialize)]
struct ListRowJson<'a> {
    sheet: &'a str,
    row: u32,
}

impl<'a> UnreadJson<'a> {
    pub fn of(input: &'a UnreadInput) -> Self {
        UnreadJson {
            file: &input.file,
            list_row: input.list_row.as_ref().map(|(sheet, row)| ListRowJson { sheet, row: *row }),
            code: input.unread.code,
            message: &input.unread.message,
            next_step: &input.unread.next_step,
        }
    }
}

#[derive(Serialize)]
pub(super) struct ListJson<'a> {
    file: &'a str,
    sheet: &'a str,
    row: u32,
    text: &'a str,
    identities: Vec<ListedJson<'a>>,
    document: Option<&'a str>,
    doubts: Vec<DoubtJson<'a>>,
    field: Option<&'a str>,
    drafter: Option<&'a str>,
    given_handling: Option<&'a str>,
    given_deadline: Option<&'a str>,
    planned: bool,
    cell: &'a str,
    matched: Vec<Option<&'a str>>,
}

/// One entry of `list_warnings`.
#[derive(Serialize)]
pub(super) struct ListWarningJson<'a> {
    pub file: &'a str,
    #[serde(flatten)]
    pub warning: &'a Warning,
}

#[derive(Serialize)]
struct ListedJson<'a> {
    kind: Option<Kind>,
    number: Option<&'a str>,
    issuer: Option<&'a str>,
    issued: Option<Date>,
    title: Option<&'a str>,
}

#[derive(Serialize)]
struct DoubtJson<'a> {
    code: &'a str,
    message: &'a str,
    cell: &'a str,
}

impl<'a> ListJson<'a> {
    pub fn of(entry: &'a ListEntry, results: &'a Results) -> Self {
        let identities = entry.identities.iter().map(|identity| ListedJson {
            kind: identity.kind,
            number: identity.number.as_deref(),
            issuer: identity.issuer.as_deref(),
            issued: identity.issued,
            title: identity.title.as_deref(),
        });
        let doubts =
            entry.doubts.iter().map(|doubt| DoubtJson { code: doubt.code, message: &doubt.message, cell: &doubt.cell });
        ListJson {
            file: &entry.file,
            sheet: &entry.sheet,
            row: entry.row,
            text: &entry.text,
            identities: identities.collect(),
            document: document_id(results, entry.document),
            doubts: doubts.collect(),
            field: entry.field.as_deref(),
            drafter: entry.drafter.as_deref(),
            given_handling: entry.given_handling.as_deref(),
            given_deadline: entry.given_deadline.as_deref(),
            planned: entry.planned,
            cell: &entry.cell,
            matched: entry.matched.iter().map(|&index| document_id(results, index)).collect(),
        }
    }
}

pub(super) fn document_id(results: &Results, index: Option<usize>) -> Option<&str> {
    index.and_then(|index| results.documents.get(index)).map(|reviewed| reviewed.id.as_str())
}
