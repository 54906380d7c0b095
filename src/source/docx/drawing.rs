//! Words in drawings: charts and diagrams in parts of their own, WordArt, shapes of DrawingML; and what holds words that
//! cannot be read: large pictures, embedded objects.

use super::story::StoryReader;
use super::xml::{Listener, Space, Tag};
use crate::source::compose::flat::flat_text;
use crate::source::{Note, NoteKind};

/// Pictures from this size on may be a scanned page or a photographed table: 60 square centimetres.
const LARGE_PICTURE: f64 = 60.0;
/// English metric units of a centimetre (DrawingML).
const EMU: f64 = 360_000.0;
/// Points of a centimetre.
const POINTS: f64 = 28.35;

/// What is known of the drawing being read.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// Depth of its element; 0 outside drawings.
    pub depth: usize,
    /// Area in square centimetres.
    area: f64,
    /// Words of its shapes that stand in no text box.
    words: String,
    /// It was counted as a large picture.
    counted: bool,
}

/// The words of a chart or diagram part: one line for each paragraph, each name of a series or category.
pub(super) fn words(xml: &str) -> String {
    let mut words = Words::default();
    super::xml::walk(xml, &mut words);
    words.text.trim().to_owned()
}

#[derive(Default)]
struct Words {
    text: String,
    /// Depth of the open element whose text is shown.
    shown: usize,
    /// Depth of the open cache of texts.
    cache: usize,
}

impl Listener for Words {
    fn start(&mut self, tag: &Tag<'_>, depth: usize) {
        match tag.name {
            "t" => self.shown = depth,
            "v" if self.cache > 0 => {
                self.new_line();
                self.shown = depth;
            }
            "strCache" => self.cache = depth,
            "p" => self.new_line(),
            _ => {}
        }
    }

    fn end(&mut self, depth: usize) {
        if self.shown == depth {
            self.shown = 0;
        }
        if self.cache == depth {
            self.cache = 0;
        }
    }

    fn text(&mut self, text: &str) {
        if self.shown > 0 {
            self.text.push_str(text);
        }
    }
}

impl Words {
    fn new_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }
}

impl StoryReader<'_, '_> {
    /// `w:drawing`, `w:pict`, `w:object`: a drawing begins.
    pub fn start_drawing(&mut self, depth: usize) {
        self.counts.tally.pictures = true;
        if self.drawing.depth == 0 {
            self.drawing = Drawing { depth, ..Drawing::default() };
        }
    }

    /// A start tag of a vocabulary of drawings.
    pub fn start_in_drawing(&mut self, tag: &Tag<'_>, depth: usize) {
        match tag.name {
            "t" => self.text_depth = depth,
            "p" if !self.drawing.words.is_empty() => self.drawing.words.push('\n'),
            "relIds" => self.refer_drawing(tag.attribute("dm").as_deref()),
            "chart" => {
                if let Some(id) = tag.attribute("id") {
                    self.refer_drawing(Some(&id));
                }
            }
            "textpath" => {
                if let Some(text) = tag.attribute("string").filter(|text| !text.trim().is_empty()) {
                    self.push_box(text.into_owned(), None);
                }
            }
            "extent" => {
                let side = |name| tag.attribute(name).and_then(|value| value.parse::<f64>().ok()).unwrap_or(0.0) / EMU;
                self.drawing.area = side("cx") * side("cy");
            }
            "shape" | "rect" => {
                if let Some(style) = tag.attribute("style") {
                    self.drawing.area = area_of(&style);
                }
            }
            "blip" | "imagedata" if self.drawing.area >= LARGE_PICTURE && !self.drawing.counted => {
                self.drawing.counted = true;
                self.counts.tally.large_pictures += 1;
                self.shown += 1;
            }
            "OLEObject" => self.start_object(tag),
            _ => {}
        }
    }

    /// An embedded object: a document is read, anything else is told.
    fn start_object(&mut self, tag: &Tag<'_>) {
        // Its preview is a picture of what it holds: one thing is told once.
        if std::mem::replace(&mut self.drawing.counted, true) {
            self.counts.tally.large_pictures = self.counts.tally.large_pictures.saturating_sub(1);
        }
        if let Some(blocks) = tag.attribute("id").and_then(|id| self.once.chunks.remove(id.as_ref())) {
            self.counts.tally.attached += 1;
            return self.push_box(flat_text(&blocks), None);
        }
        let program = tag.attribute("ProgID").unwrap_or_default();
        if program.starts_with("Equation") || program.starts_with("MathType") {
            self.counts.tally.formulas += 1;
        } else {
            self.counts.tally.embedded += 1;
        }
    }

    /// Text of a shape that is no text box.
    pub fn push_drawn(&mut self, text: &str) {
        self.drawing.words.push_str(text);
    }

    /// A drawing ends: its words are a note.
    pub fn end_drawing(&mut self) {
        let words = std::mem::take(&mut self.drawing).words;
        if !words.trim().is_empty() {
            self.push_box(words.trim().to_owned(), None);
        }
    }

    /// A chart or diagram kept in a part of its own.
    fn refer_drawing(&mut self, id: Option<&str>) {
        match id.and_then(|id| self.once.drawings.remove(id)) {
            Some((part, text)) if !text.is_empty() => self.push_box(text, Some(part)),
            // No words in it.
            Some(_) => {}
            None => {
                self.counts.tally.drawings += 1;
                self.shown += 1;
            }
        }
    }

    fn push_box(&mut self, text: String, part: Option<String>) {
        self.push_note(Note { source: self.source(part, None), ..Note::new(NoteKind::TextBox, text) });
    }
}

/// The area of a VML shape, from "width:451pt;height:12.5cm".
fn area_of(style: &str) -> f64 {
    let side = |name: &str| {
        let value = style.split(';').find_map(|rule| rule.trim().strip_prefix(name)?.trim_start().strip_prefix(':'));
        let value = value.unwrap_or_default().trim();
        let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = match &value[digits.len()..] {
            "in" => 2.54,
            "cm" => 1.0,
            "mm" => 0.1,
            "px" => 0.75 / POINTS,
            _ => 1.0 / POINTS,
        };
        digits.parse::<f64>().unwrap_or(0.0) * unit
    };
    side("width") * side("height")
}

/// `true` for a vocabulary of drawings inside a drawing.
pub(super) fn is_drawn(space: Space, drawing: &Drawing) -> bool {
    space == Space::Other && drawing.depth > 0
}
