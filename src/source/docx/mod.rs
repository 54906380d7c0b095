//! Office Open XML text (`.docx`) as a person sees it, read in one pass.
//!
//! Terms and rules are those of ECMA-376 part 1 (transitional and strict). Read: tracked insertions and moves to,
//! content controls, hyperlinks, results of fields, automatic numbers, notes, text boxes. Not read, but told: tracked
//! deletions, comments, hidden text, embedded documents.

mod frames;
mod numbering;
mod package;
mod paragraph;
mod story;
mod styles;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use numbering::Numbering;
use package::{Package, Part, Relationship};
use story::{Counts, MAX_PARAGRAPHS, Shared, Story, StoryReader};
use styles::Styles;

use super::compose::flat::{flat_text, has_words};
use super::compose::letters::Letters;
use super::compose::notices;
use super::xml;
use super::{Block, Encoding, Note, NoteKind, RawDocument, Reader, Unread, UnreadCode};

/// Reads a DOCX file.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Unread> {
    let parts = Parts::load(bytes)?;
    let mut letters = Letters::Unicode;
    let mut pass = parts.pass(&mut letters)?;
    if pass.counts.suspect {
        let mut survey = Letters::Survey(BTreeMap::new());
        parts.pass(&mut survey)?;
        if let Some(decoding) = survey.after_survey() {
            letters = decoding;
            pass = parts.pass(&mut letters)?;
        }
    }
    let damaged = parts.damaged || pass.damaged;
    if !has_words(&pass.blocks) {
        return Err(notices::without_words(damaged, pass.counts.tally.pictures));
    }
    let converted = letters.converted();
    Ok(RawDocument {
        reader: Reader::Docx,
        encoding: converted.map_or(Encoding::Unicode, |(encoding, _)| encoding),
        blocks: pass.blocks,
        running: pass.running,
        changes: pass.counts.tally.changes.clone(),
        part: parts.name.clone(),
        warnings: notices::of(&pass.counts.tally, converted, damaged),
    })
}

/// The parts of a package that hold words, and what gives them numbers and looks.
struct Parts {
    /// Name of the main part.
    name: String,
    main: String,
    styles: Styles,
    numbering: Numbering,
    notes: Vec<(NoteKind, String)>,
    running: Vec<(NoteKind, String)>,
    damaged: bool,
}

/// What one reading of the parts gave.
struct Pass {
    blocks: Vec<Block>,
    running: Vec<Note>,
    counts: Counts,
    damaged: bool,
}

impl Parts {
    fn load(bytes: &[u8]) -> Result<Self, Unread> {
        let mut package = Package::open(bytes)?;
        let root = package.relationships("")?;
        let named = root.into_iter().find(|relationship| relationship.kind == "officeDocument");
        let main_name = named.map_or_else(|| "word/document.xml".to_owned(), |relationship| relationship.target);
        let Some(Part { xml: main, damaged }) = package.part(&main_name)? else {
            return Err(Unread::new(UnreadCode::Damaged));
        };
        let mut relationships = package.relationships(&main_name)?;
        if relationships.is_empty() {
            relationships = usual_parts();
        }
        let mut parts = Parts {
            name: main_name,
            main,
            styles: Styles::default(),
            numbering: Numbering::default(),
            notes: Vec::new(),
            running: Vec::new(),
            damaged: damaged || package.is_salvaged(),
        };
        for Relationship { kind, target } in relationships {
            parts.take(&mut package, &kind, &target)?;
        }
        parts.styles.resolve();
        Ok(parts)
    }

    fn take(&mut self, package: &mut Package<'_>, kind: &str, target: &str) -> Result<(), Unread> {
        if !matches!(kind, "styles" | "numbering" | "footnotes" | "endnotes" | "header" | "footer") {
            return Ok(());
        }
        let Some(Part { xml, damaged }) = package.part(target)? else { return Ok(()) };
        self.damaged |= damaged;
        let whole = match kind {
            "styles" => xml::walk(&xml, &mut self.styles),
            "numbering" => xml::walk(&xml, &mut self.numbering),
            "footnotes" => keep(&mut self.notes, NoteKind::Footnote, xml),
            "endnotes" => keep(&mut self.notes, NoteKind::Endnote, xml),
            "header" => keep(&mut self.running, NoteKind::Header, xml),
            _ => keep(&mut self.running, NoteKind::Footer, xml),
        };
        self.damaged |= !whole;
        Ok(())
    }

    fn pass(&self, letters: &mut Letters) -> Result<Pass, Unread> {
        let mut shared = Shared { styles: &self.styles, lists: &self.numbering.lists, notes: HashMap::new() };
        // Counts of notes and running heads must not enter those of the body, whose paragraphs are numbered.
        let mut aside = Counts::default();
        let mut damaged = false;
        for (kind, xml) in &self.notes {
            let mut reader = StoryReader::new(Story::Notes(*kind), &shared, letters, &mut aside);
            damaged |= !xml::walk(xml, &mut reader);
            let (_, found) = reader.finish();
            shared.notes.extend(found);
        }
        let mut running: Vec<Note> = Vec::new();
        for (kind, xml) in &self.running {
            let mut reader = StoryReader::new(Story::Running, &shared, letters, &mut aside);
            damaged |= !xml::walk(xml, &mut reader);
            let text = flat_text(&reader.finish().0);
            let note = Note { kind: *kind, anchor: 0, text };
            if note.text.contains(char::is_alphanumeric) && !running.contains(&note) {
                running.push(note);
            }
        }
        let mut counts = Counts::default();
        let mut reader = StoryReader::new(Story::Body, &shared, letters, &mut counts);
        damaged |= !xml::walk(&self.main, &mut reader);
        let (blocks, _) = reader.finish();
        if counts.paragraphs > MAX_PARAGRAPHS {
            return Err(Unread::new(UnreadCode::TooLarge));
        }
        counts.suspect |= aside.suspect;
        counts.tally.join(aside.tally);
        Ok(Pass { blocks, running, counts, damaged })
    }
}

fn keep(list: &mut Vec<(NoteKind, String)>, kind: NoteKind, xml: String) -> bool {
    list.push((kind, xml));
    true
}

/// Where parts stand in files of Word, for packages that lost their relationships.
fn usual_parts() -> Vec<Relationship> {
    ["styles", "numbering", "footnotes", "endnotes"]
        .map(|kind| Relationship { kind: kind.to_owned(), target: format!("word/{kind}.xml") })
        .into()
}
