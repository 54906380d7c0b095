//! Web pages, as saved by Word, LibreOffice or a browser, alone or packed (MHTML).
//!
//! Read: paragraphs and line breaks, lists with their numbers, tables, notes, text boxes of Word, tracked insertions. Not
//! read, but told: deletions, comments, hidden text. Nothing outside the file is asked for.

mod charset;
mod css;
mod elements;
mod frames;
mod items;
mod mime;
mod notes;
mod stack;
mod story;
mod tag;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use charset::Decoded;
use story::{Aim, MAX_PARAGRAPHS, Story, Told};

use super::compose::flat::has_words;
use super::compose::letters::Letters;
use super::compose::notices;
use super::{Block, Encoding, Note, RawDocument, Reader, Unread, UnreadCode, Warning};

/// Largest page, in bytes; pictures of packed pages count.
const MAX_BYTES: usize = 256 << 20;

/// Reads a page.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Unread> {
    if bytes.len() > MAX_BYTES {
        return Err(Unread::new(UnreadCode::TooLarge));
    }
    page(&charset::decode(bytes, None), Vec::new())
}

/// Reads a page packed with its pictures (MHTML, RFC 2557).
pub fn read_packed(bytes: &[u8]) -> Result<RawDocument, Unread> {
    if bytes.len() > MAX_BYTES {
        return Err(Unread::new(UnreadCode::TooLarge));
    }
    let Some(packed) = mime::unpack(bytes) else {
        return Err(Unread::new(UnreadCode::Damaged));
    };
    let running = packed.running.map(|part| running_of(&charset::decode(&part.bytes, part.charset.as_deref())));
    page(&charset::decode(&packed.page.bytes, packed.page.charset.as_deref()), running.unwrap_or_default())
}

/// Heads and feet, which Word packs as a page of their own.
fn running_of(decoded: &Decoded) -> Vec<Note> {
    pass(&decoded.text, Aim::Notes, &mut Letters::Unicode, &HashMap::new()).told.running
}

/// What one reading of a page gave.
struct Pass {
    blocks: Vec<Block>,
    told: Told,
    /// The page stops in the middle of a tag or a comment.
    cut: bool,
}

fn pass(html: &str, aim: Aim, letters: &mut Letters, known: &HashMap<String, String>) -> Pass {
    let mut story = Story::new(aim, letters, known);
    let whole = tag::walk(html, &mut story);
    let (blocks, told) = story.finish();
    Pass { blocks, told, cut: !whole }
}

/// Reads the body, with the notes it refers to.
fn whole_pass(html: &str, aim: Aim, letters: &mut Letters) -> Pass {
    let notes =
        if notes::has_any(html) { pass(html, Aim::Notes, letters, &HashMap::new()).told.notes } else { HashMap::new() };
    pass(html, aim, letters, &notes)
}

fn page(decoded: &Decoded, mut running: Vec<Note>) -> Result<RawDocument, Unread> {
    let html = decoded.text.as_str();
    let mut letters = Letters::Unicode;
    let mut aim = Aim::Body;
    let mut found = whole_pass(html, aim, &mut letters);
    // A page that hides most of what it says shows it by scripts, which are not run.
    if found.told.hidden > found.told.shown {
        aim = Aim::Everything;
        found = whole_pass(html, aim, &mut letters);
    }
    if found.told.suspect {
        let mut survey = Letters::Survey(BTreeMap::new());
        whole_pass(html, aim, &mut survey);
        if let Some(decoding) = survey.after_survey() {
            letters = decoding;
            found = whole_pass(html, aim, &mut letters);
        }
    }
    let told = found.told;
    if told.paragraphs > MAX_PARAGRAPHS {
        return Err(Unread::new(UnreadCode::TooLarge));
    }
    let damaged = decoded.damaged || found.cut || (told.begins && !told.ends);
    if !has_words(&found.blocks) {
        return Err(notices::without_words(damaged, told.tally.pictures));
    }
    let converted = letters.converted();
    let mut warnings = notices::of(&told.tally, converted, damaged);
    if told.web && !told.office {
        warnings.push(Warning::new(
            "web-page",
            "Tệp là trang web lưu từ trình duyệt; thực đơn, quảng cáo, liên kết của trang có thể lẫn trong văn bản. Nên lấy bản .docx hoặc .doc của văn bản.",
        ));
    }
    running.extend(told.running);
    Ok(RawDocument {
        encoding: converted.map_or(Encoding::Unicode, |(encoding, _)| encoding),
        running,
        changes: told.tally.changes,
        warnings,
        ..RawDocument::new(Reader::Html, found.blocks)
    })
}
