//! OpenDocument text, in a package (`.odt`) or flat (`.fodt`), as a person sees it.
//!
//! Terms and rules are those of OpenDocument 1.3 part 3. Read: tracked insertions, results of fields, automatic numbers,
//! notes, text boxes. Not read, but told: tracked deletions, comments, hidden text.

mod frames;
mod lists;
mod package;
mod story;
mod styles;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use package::Parts;
use story::{MAX_PARAGRAPHS, Part, StoryReader, Told};
use styles::Styles;

use super::compose::flat::has_words;
use super::compose::letters::Letters;
use super::compose::notices;
use super::xml;
use super::{Block, Encoding, RawDocument, Reader, Unread, UnreadCode};

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Unread> {
    let parts = package::open(bytes)?;
    let mut styles = Styles::default();
    let mut damaged = parts.damaged;
    for xml in parts.styles.iter().chain([&parts.content]) {
        damaged |= !xml::walk(xml, &mut styles);
    }
    let mut letters = Letters::Unicode;
    let (mut blocks, mut told) = pass(&parts, &styles, &mut letters);
    if told.suspect {
        let mut survey = Letters::Survey(BTreeMap::new());
        pass(&parts, &styles, &mut survey);
        if let Some(decoding) = survey.after_survey() {
            letters = decoding;
            (blocks, told) = pass(&parts, &styles, &mut letters);
        }
    }
    if told.paragraphs > MAX_PARAGRAPHS {
        return Err(Unread::new(UnreadCode::TooLarge));
    }
    if !has_words(&blocks) {
        return Err(notices::without_words(damaged, told.tally.pictures));
    }
    let converted = letters.converted();
    Ok(RawDocument {
        encoding: converted.map_or(Encoding::Unicode, |(encoding, _)| encoding),
        running: told.running,
        part: if parts.packed { "content.xml".to_owned() } else { String::new() },
        warnings: notices::of(&told.tally, converted, damaged),
        changes: told.tally.changes,
        ..RawDocument::new(Reader::Odt, blocks)
    })
}

/// Reads the running heads, which stand with the styles, and the body.
fn pass(parts: &Parts, styles: &Styles, letters: &mut Letters) -> (Vec<Block>, Told) {
    // Paragraphs of running heads must not be counted among those of the body.
    let mut aside = Told::default();
    let mut masters = StoryReader::new(Part::Masters, styles, letters, &mut aside);
    xml::walk(parts.styles.as_ref().unwrap_or(&parts.content), &mut masters);
    masters.finish();
    let mut told = Told::default();
    let mut body = StoryReader::new(Part::Body, styles, letters, &mut told);
    xml::walk(&parts.content, &mut body);
    let blocks = body.finish();
    told.suspect |= aside.suspect;
    told.running = aside.running;
    told.tally.join(aside.tally);
    (blocks, told)
}
