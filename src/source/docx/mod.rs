//! Office Open XML text (`.docx`) as a person sees it, read in one pass.
//!
//! Terms and rules are those of ECMA-376 part 1 (transitional and strict). Read: tracked insertions and moves to,
//! content controls with their placeholders, hyperlinks, results of fields, automatic numbers, notes, text boxes, charts
//! and diagrams, embedded chunks. Not read, but told: tracked deletions, comments, hidden text, embedded objects, formulas
//! and pages that are pictures.

mod changes;
mod chunk;
mod comments;
mod damage;
mod drawing;
mod fields;
mod frames;
mod marks;
mod math;
mod numbering;
mod package;
mod pages;
mod paragraph;
mod properties;
mod proposed;
mod salvage;
mod story;
mod styles;
mod trace;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};

use damage::{Damage, Piece};
use numbering::Numbering;
use package::{Fault, Package, Part, Relationship};
use story::{Counts, MAX_PARAGRAPHS, Once, Shared, Story, StoryReader, Told};
use styles::Styles;
use trace::TracedParagraph;

pub use comments::{Annotated, Author, Comment, Place, Placed, Refusal, Replacement, annotate};
pub use trace::Trace;

use super::compose::flat::{flat_text, has_words};
use super::compose::letters::Letters;
use super::compose::notices;
use super::xml;
use super::{Block, Encoding, Note, NoteKind, NoteSource, RawDocument, Reader, Unread, UnreadCode};

/// Reads a DOCX file.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Unread> {
    read_at(bytes, 0)
}

/// Reads a DOCX file that stands `nested` levels inside others.
fn read_at(bytes: &[u8], nested: usize) -> Result<RawDocument, Unread> {
    let parts = Parts::load(bytes, nested)?;
    let (pass, letters) = parts.decoded(false)?;
    let mut damage = parts.damage;
    damage.join(pass.damage);
    if !has_words(&pass.blocks) {
        return Err(notices::without_words(damage.is_any(), pass.counts.tally.pictures));
    }
    let converted = letters.converted();
    let mut tally = pass.counts.tally;
    tally.comments = tally.comments.max(parts.comments);
    let mut warnings = notices::of(&tally, converted, false);
    warnings.splice(..0, damage.warning(&pass.blocks));
    Ok(RawDocument {
        reader: Reader::Docx,
        encoding: converted.map_or(Encoding::Unicode, |(encoding, _)| encoding),
        blocks: pass.blocks,
        running: pass.running,
        changes: tally.changes,
        part: parts.name,
        warnings,
    })
}

/// A part that is read as a story of its own.
struct Aside {
    kind: NoteKind,
    part: String,
    xml: String,
}

/// The parts of a package that hold words, and what gives them numbers and looks.
struct Parts {
    /// Name of the main part.
    name: String,
    main: String,
    styles: Styles,
    numbering: Numbering,
    notes: Vec<Aside>,
    running: Vec<Aside>,
    /// Charts and diagrams by relationship: part and words.
    drawings: HashMap<String, (String, String)>,
    /// Embedded documents by relationship.
    chunks: HashMap<String, Vec<Block>>,
    /// Comments the comments part holds.
    comments: u32,
    damage: Damage,
}

/// What one reading of the parts gave.
struct Pass {
    blocks: Vec<Block>,
    running: Vec<Note>,
    counts: Counts,
    damage: Damage,
    trace: Vec<TracedParagraph>,
}

impl Parts {
    fn load(bytes: &[u8], nested: usize) -> Result<Self, Unread> {
        let limit = if nested == 0 { package::MAX_TOTAL } else { chunk::MAX_TOTAL };
        let mut package = Package::open(bytes, limit)?;
        let (name, Part { xml: main, fault }) = main_part(&mut package)?;
        let mut relationships = package.relationships(&name)?;
        if relationships.is_empty() {
            relationships = package.usual_parts();
        }
        let mut damage = Damage::default();
        damage.note(Piece::Main, fault);
        if package.is_salvaged() {
            damage.note(Piece::Package, Some(Fault::Cut));
        } else if package.has_twins {
            damage.note(Piece::Package, Some(Fault::Altered));
        }
        let mut parts = Parts {
            name,
            main,
            styles: Styles::default(),
            numbering: Numbering::default(),
            notes: Vec::new(),
            running: Vec::new(),
            drawings: HashMap::new(),
            chunks: HashMap::new(),
            comments: 0,
            damage,
        };
        for relationship in relationships {
            parts.take(&mut package, relationship, nested)?;
        }
        parts.styles.resolve();
        parts.numbering.lists.style_lists = std::mem::take(&mut parts.styles.numbering);
        Ok(parts)
    }

    fn take(&mut self, package: &mut Package<'_>, named: Relationship, nested: usize) -> Result<(), Unread> {
        let Relationship { id, kind, target } = named;
        let piece = match kind.as_str() {
            "styles" => Piece::Styles,
            "numbering" => Piece::Numbering,
            "footnotes" | "endnotes" => Piece::Notes,
            "header" | "footer" => Piece::Running,
            "comments" | "chart" | "diagramData" => Piece::Other,
            "aFChunk" | "package" | "oleObject" => {
                if self.chunks.len() < chunk::MAX_CHUNKS
                    && let Some(blocks) = chunk::read(package, &target, nested)?
                {
                    self.chunks.insert(id, blocks);
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        let Some(Part { xml, fault }) = package.part(&target)? else {
            self.damage.note(piece, Some(Fault::Missing));
            return Ok(());
        };
        self.damage.note(piece, fault);
        let aside = |kind| Aside { kind, part: target.clone(), xml: String::new() };
        let whole = match kind.as_str() {
            "styles" => xml::walk(&styles::of_text(&xml), &mut self.styles),
            "numbering" => xml::walk(&xml, &mut self.numbering),
            "footnotes" => keep(&mut self.notes, Aside { xml, ..aside(NoteKind::Footnote) }),
            "endnotes" => keep(&mut self.notes, Aside { xml, ..aside(NoteKind::Endnote) }),
            "header" => keep(&mut self.running, Aside { xml, ..aside(NoteKind::Header) }),
            "footer" => keep(&mut self.running, Aside { xml, ..aside(NoteKind::Footer) }),
            "comments" => {
                let mut comments = Comments(0);
                xml::walk(&xml, &mut comments);
                self.comments += comments.0;
                true
            }
            _ => {
                self.drawings.insert(id, (target, drawing::words(&xml)));
                true
            }
        };
        self.damage.note(piece, (!whole).then_some(Fault::Cut));
        Ok(())
    }

    /// Reads the parts in the letters they are written in, which a first pass finds out; `trace` asks for the places of the
    /// characters of the main part.
    fn decoded(&self, trace: bool) -> Result<(Pass, Letters), Unread> {
        let mut letters = Letters::Unicode;
        let pass = self.pass(&mut letters, trace)?;
        if !pass.counts.suspect {
            return Ok((pass, letters));
        }
        let mut survey = Letters::Survey(BTreeMap::new());
        self.pass(&mut survey, false)?;
        let Some(mut letters) = survey.after_survey() else { return Ok((pass, letters)) };
        Ok((self.pass(&mut letters, trace)?, letters))
    }

    fn pass(&self, letters: &mut Letters, trace: bool) -> Result<Pass, Unread> {
        let shared = |part| Shared { styles: &self.styles, lists: &self.numbering.lists, part };
        // Counts of notes and running heads must not enter those of the body, whose paragraphs are numbered.
        let mut aside = Counts::default();
        let mut damage = Damage::default();
        let mut notes = HashMap::new();
        for Aside { kind, part, xml } in &self.notes {
            let shared = shared(part);
            let mut reader = StoryReader::new(Story::Notes(*kind), &shared, letters, &mut aside);
            damage.note(Piece::Notes, (!xml::walk(xml, &mut reader)).then_some(Fault::Cut));
            notes.extend(reader.finish().notes);
        }
        let mut running: Vec<Note> = Vec::new();
        for Aside { kind, part, xml } in &self.running {
            let shared = shared(part);
            let mut reader = StoryReader::new(Story::Running, &shared, letters, &mut aside);
            damage.note(Piece::Running, (!xml::walk(xml, &mut reader)).then_some(Fault::Cut));
            let text = flat_text(&reader.finish().blocks);
            let known = running.iter().any(|note| (note.kind, &note.text) == (*kind, &text));
            if text.contains(char::is_alphanumeric) && !known {
                let source = Some(NoteSource { part: part.clone(), id: String::new() });
                running.push(Note { source, ..Note::new(*kind, text) });
            }
        }
        let mut counts = Counts::default();
        let shared = shared(&self.name);
        let mut reader = StoryReader::new(Story::Body, &shared, letters, &mut counts);
        reader.trace = trace.then(Vec::new);
        reader.once = Once { notes, drawings: self.drawings.clone(), chunks: self.chunks.clone() };
        damage.note(Piece::Main, (!xml::walk(&self.main, &mut reader)).then_some(Fault::Cut));
        let Told { blocks, trace, .. } = reader.finish();
        if counts.paragraphs > MAX_PARAGRAPHS {
            return Err(Unread::new(UnreadCode::TooLarge));
        }
        counts.suspect |= aside.suspect;
        // Pictures in running heads are coats of arms and seals, not pages.
        aside.tally.large_pictures = 0;
        counts.tally.join(aside.tally);
        Ok(Pass { blocks, running, counts, damage, trace })
    }
}

/// The main part: named by the package's relationships, else by its content types, else where Word puts it.
fn main_part(package: &mut Package<'_>) -> Result<(String, Part), Unread> {
    let root = package.relationships("")?;
    let mut names: Vec<String> =
        root.into_iter().filter(|named| named.kind == "officeDocument").map(|named| named.target).collect();
    if let Some(found) = first_of(package, &names)? {
        return Ok(found);
    }
    names = package.declared_mains()?;
    names.push("word/document.xml".to_owned());
    first_of(package, &names)?.ok_or_else(|| Unread::new(UnreadCode::Damaged))
}

fn first_of(package: &mut Package<'_>, names: &[String]) -> Result<Option<(String, Part)>, Unread> {
    for name in names {
        if let Some(part) = package.part(name)? {
            return Ok(Some((name.clone(), part)));
        }
    }
    Ok(None)
}

fn keep(list: &mut Vec<Aside>, aside: Aside) -> bool {
    list.push(aside);
    true
}

/// Counts the comments of a comments part.
struct Comments(u32);

impl xml::Listener for Comments {
    fn start(&mut self, tag: &xml::Tag<'_>, _depth: usize) {
        self.0 += u32::from(tag.space == xml::Space::Word && tag.name == "comment");
    }

    fn end(&mut self, _depth: usize) {}

    fn text(&mut self, _text: &str) {}
}
