//! Pure functions over Vietnamese text: folding for matching, numbers, dates, legacy encodings.
//!
//! Depends on nothing else of ours.

pub mod charset;
pub mod cursor;
pub mod date;
pub mod fold;
pub mod letter;
pub mod number;
pub mod quantity;

pub use fold::Folded;

/// Number of Unicode scalar values before byte `offset` of `text`.
///
/// Results speak of positions in scalar values (contract of `ket-qua.json`), code works in bytes.
pub fn scalar_offset(text: &str, offset: usize) -> usize {
    text.get(..offset).map_or_else(|| text.chars().count(), |head| head.chars().count())
}
