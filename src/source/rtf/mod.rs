//! Rich Text Format (`.rtf`, and often `.doc`) as a person sees it, read in one pass.
//!
//! Names and rules are those of the Rich Text Format Specification 1.9.1. A file tells its automatic numbers in words
//! (`\listtext`); where it does not, they are counted. Not read, but told: tracked deletions, comments, hidden text.

mod changes;
mod field;
mod font;
mod lists;
mod reader;
mod state;
mod story;
mod token;
mod words;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;

use reader::{Pass, read_pass};

use super::compose::flat::has_words;
use super::compose::letters::Letters;
use super::compose::notices;
use super::{Encoding, RawDocument, Reader, Unread, UnreadCode};

/// Largest file, in bytes: pictures in hexadecimal digits make RTF large.
const MAX_BYTES: usize = 512 << 20;

/// Reads an RTF file.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Unread> {
    if bytes.len() > MAX_BYTES {
        return Err(Unread::new(UnreadCode::TooLarge));
    }
    let bytes = narrow(bytes);
    let mut letters = Letters::Unicode;
    let mut pass = read_pass(&bytes, &mut letters)?;
    if pass.suspect {
        let mut survey = Letters::Survey(BTreeMap::new());
        read_pass(&bytes, &mut survey)?;
        if let Some(decoding) = survey.after_survey() {
            letters = decoding;
            pass = read_pass(&bytes, &mut letters)?;
        }
    }
    let Pass { blocks, running, mut tally, damaged, .. } = pass;
    if !has_words(&blocks) {
        return Err(notices::without_words(damaged, tally.pictures));
    }
    let converted = letters.converted();
    let warnings = notices::of(&tally, converted, damaged);
    Ok(RawDocument {
        encoding: converted.map_or(Encoding::Unicode, |(encoding, _)| encoding),
        running,
        changes: std::mem::take(&mut tally.changes),
        warnings,
        ..RawDocument::new(Reader::Rtf, blocks)
    })
}

/// RTF is ASCII; some programs save it as UTF-16 all the same.
fn narrow(bytes: &[u8]) -> Cow<'_, [u8]> {
    let unit: fn([u8; 2]) -> u16 = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => u16::from_le_bytes,
        Some([0xFE, 0xFF]) => u16::from_be_bytes,
        _ => return Cow::Borrowed(bytes),
    };
    let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    Cow::Owned(String::from_utf16_lossy(&units).into_bytes())
}
