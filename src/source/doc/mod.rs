//! Word 97-2003 binary documents (`.doc`, [MS-DOC]) as a person sees them; also those of Word 6.0 and 95.
//!
//! Read: results of fields, automatic numbers, tables, footnotes, endnotes, text boxes, running heads. Not read, but told:
//! tracked deletions, comments, hidden text. Nothing in a file is trusted: every place is looked up with its bounds.

mod anchors;
mod bytes;
mod changes;
mod container;
mod converted;
mod drawing;
mod fib;
mod file;
mod grid;
mod numbering;
mod old_numbers;
mod pages;
mod pieces;
mod props;
mod sprm;
mod story;
mod strings;
mod styles;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use anchors::Anchored;
use fib::Story;
use file::{File, Streams};
use story::{Counts, StoryReader};

use super::compose::flat::{flat_text, has_words};
use super::compose::letters::Letters;
use super::compose::notices;
use super::{Block, Encoding, Note, RawDocument, Reader, Unread, UnreadCode};

/// Reads a binary Word document. One that makes no sense to us may still make sense to LibreOffice, where there is one.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Unread> {
    read_ourselves(bytes).or_else(|unread| match unread.code {
        UnreadCode::Damaged | UnreadCode::LegacyDoc => converted::read(bytes).ok_or(unread),
        _ => Err(unread),
    })
}

/// Reads a binary Word document without the help of any other program.
pub fn read_ourselves(bytes: &[u8]) -> Result<RawDocument, Unread> {
    let streams = Streams::open(bytes)?;
    let file = File::new(&streams);
    let mut letters = Letters::Unicode;
    let mut pass = Pass::of(&file, &mut letters);
    if pass.counts.suspect {
        let mut survey = Letters::Survey(BTreeMap::new());
        Pass::of(&file, &mut survey);
        if let Some(decoding) = survey.after_survey() {
            letters = decoding;
            pass = Pass::of(&file, &mut letters);
        }
    }
    let Pass { blocks, running, counts: Counts { mut tally, .. } } = pass;
    if !has_words(&blocks) {
        return Err(notices::without_words(file.damaged, tally.pictures));
    }
    tally.comments = anchors::comments(&file);
    let converted = letters.converted();
    Ok(RawDocument {
        encoding: converted.map_or(Encoding::Unicode, |(encoding, _)| encoding),
        running,
        warnings: notices::of(&tally, converted, file.damaged),
        changes: tally.changes,
        part: "WordDocument".to_owned(),
        ..RawDocument::new(Reader::Doc, blocks)
    })
}

/// What one reading of the stories gave.
struct Pass {
    blocks: Vec<Block>,
    running: Vec<Note>,
    counts: Counts,
}

impl Pass {
    fn of(file: &File<'_>, letters: &mut Letters) -> Self {
        let mut counts = Counts::default();
        let mut texts = |anchored: Vec<Anchored>, notes: Vec<(u32, Note)>, is_running: bool| {
            let mut found: Vec<(u32, Note)> = Vec::new();
            let mut notes = notes.into_iter().peekable();
            for Anchored { at, kind, start, end } in anchored {
                let mut own = Vec::new();
                while let Some(note) = notes.next_if(|(at, _)| is_running && *at < end) {
                    own.push(note);
                }
                let reader = StoryReader::new(file, letters, &mut counts, is_running, own);
                let text = flat_text(&reader.read(start, end));
                if !text.is_empty() {
                    found.push((at, Note::new(kind, text)));
                }
            }
            found
        };
        let boxes = texts(anchors::of_running_heads(file), Vec::new(), false);
        let mut running: Vec<Note> = Vec::new();
        for (_, note) in texts(anchors::running_heads(file), boxes, true) {
            if note.text.contains(char::is_alphanumeric) && !running.contains(&note) {
                running.push(note);
            }
        }
        let notes = texts(anchors::of_body(file), Vec::new(), false);
        let (start, end) = file.story(Story::Main);
        let blocks = StoryReader::new(file, letters, &mut counts, false, notes).read(start, end);
        Pass { blocks, running, counts }
    }
}
