//! Simple rules as a sheet of Excel: one row a rule, for lawyers who keep terms and citations there.
//!
//! A rule is simple when one condition decides: words, terms of the lexicon, or a citation. The others stay in their files, and
//! the export says why.

mod columns;
mod export;
mod import;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use columns::{Field, SHEET};
pub use export::{Exported, export};
pub use import::{Imported, import};
