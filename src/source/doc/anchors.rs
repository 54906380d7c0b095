//! Text that stands outside the flow: footnotes, endnotes, text boxes, running heads; and where each is anchored.

use std::collections::HashMap;

use super::bytes::{plc, u32_at};
use super::drawing;
use super::fib::{Part, Story};
use super::file::File;
use crate::source::NoteKind;

/// A text and the character it belongs to; all counted from the start of the file's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchored {
    pub at: u32,
    pub kind: NoteKind,
    pub start: u32,
    pub end: u32,
}

/// Everything anchored in the body, by place. A text box whose anchor is lost comes last.
pub(super) fn of_body(file: &File<'_>) -> Vec<Anchored> {
    let mut found = notes(file, NoteKind::Footnote, Part::FootnoteRefs, Part::FootnoteTexts, Story::Footnotes);
    found.extend(notes(file, NoteKind::Endnote, Part::EndnoteRefs, Part::EndnoteTexts, Story::Endnotes));
    found.extend(boxes(file, Part::Shapes, Part::BoxTexts, Story::Boxes, Story::Main));
    found.sort_by_key(|anchored| anchored.at);
    found
}

/// Text boxes of running heads, by place.
pub(super) fn of_running_heads(file: &File<'_>) -> Vec<Anchored> {
    let mut found = boxes(file, Part::RunningShapes, Part::RunningBoxTexts, Story::RunningBoxes, Story::Running);
    found.sort_by_key(|anchored| anchored.at);
    found
}

/// PlcffndRef and PlcffndTxt ([MS-DOC] 2.8.8 and 2.8.9): the nth text belongs to the nth reference.
fn notes(file: &File<'_>, kind: NoteKind, refs: Part, texts: Part, story: Story) -> Vec<Anchored> {
    let (start, end) = file.story(story);
    let texts = plc(file.fib.part(file.table, texts), 0);
    let references = plc(file.fib.part(file.table, refs), 2).map(|reference| reference.start);
    // References may be cut; what is written in a note must not be lost.
    let references = references.chain(std::iter::repeat(u32::MAX));
    let found = texts.zip(references).map(|(text, at)| Anchored {
        at,
        kind,
        start: start.saturating_add(text.start).min(end),
        end: start.saturating_add(text.end).min(end),
    });
    found.filter(|anchored| anchored.start < anchored.end).collect()
}

/// PlcftxbxTxt ([MS-DOC] 2.8.32) names the shape of each text, PlcSpa (2.8.37) where the shape is anchored.
fn boxes(file: &File<'_>, shapes: Part, texts: Part, story: Story, host: Story) -> Vec<Anchored> {
    const SHAPE: usize = 26;
    const TEXT: usize = 22;
    let (start, end) = file.story(story);
    let host = file.story(host).0;
    let shapes = plc(file.fib.part(file.table, shapes), SHAPE);
    let anchors: HashMap<u32, u32> = shapes.filter_map(|shape| Some((u32_at(shape.data, 0)?, shape.start))).collect();
    let groups = drawing::groups(file.fib.part(file.table, Part::Drawings));
    let texts = plc(file.fib.part(file.table, texts), TEXT).map(|text| {
        let shape = u32_at(text.data, 14).unwrap_or(0);
        let anchor = anchors.get(&shape).or_else(|| anchors.get(groups.get(&shape)?));
        Anchored {
            at: anchor.map_or(u32::MAX, |&at| at.saturating_add(host)),
            kind: NoteKind::TextBox,
            start: start.saturating_add(text.start).min(end),
            end: start.saturating_add(text.end).min(end),
        }
    });
    let mut found: Vec<Anchored> = texts.filter(|anchored| anchored.start < anchored.end).collect();
    // Word 6 tells boxes in another way: their text is one stretch.
    if found.is_empty() && start < end {
        found.push(Anchored { at: u32::MAX, kind: NoteKind::TextBox, start, end });
    }
    found
}

/// Running heads and feet (PlcfHdd, [MS-DOC] 2.8.24): six of separators of notes, then six for each section.
pub(super) fn running_heads(file: &File<'_>) -> Vec<Anchored> {
    let (start, end) = file.story(Story::Running);
    let texts = plc(file.fib.part(file.table, Part::RunningTexts), 0).enumerate().skip(6);
    let found = texts.map(|(number, text)| Anchored {
        at: 0,
        kind: if matches!(number % 6, 2 | 3 | 5) { NoteKind::Footer } else { NoteKind::Header },
        start: start.saturating_add(text.start).min(end),
        end: start.saturating_add(text.end).min(end),
    });
    found.filter(|head| head.start < head.end).collect()
}

/// How many comments there are (PlcfandRef, [MS-DOC] 2.8.7).
pub(super) fn comments(file: &File<'_>) -> u32 {
    let size = if file.fib.version == super::fib::Version::Word6 { 20 } else { 30 };
    plc(file.fib.part(file.table, Part::CommentRefs), size).count() as u32
}
