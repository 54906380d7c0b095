//! What stands on a page: words with their places, ruling lines, pictures. Both ways of reading a PDF give this.

use crate::source::compose::text::RunLook;

/// The pages of a file.
#[derive(Debug, Default)]
pub struct Scene {
    /// Pages in order.
    pub pages: Vec<Page>,
    /// Looks of the fonts, by [`Run::font`].
    pub fonts: Vec<RunLook>,
    /// Some of it was lost: damage, or limits reached.
    pub cut: bool,
}

/// One page, upright. Lengths are points; `y` grows downwards from the upper edge.
#[derive(Debug, Default)]
pub struct Page {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Words in the order of the file.
    pub runs: Vec<Run>,
    /// Ruling lines.
    pub rules: Vec<Rule>,
    /// Share of the page covered by pictures, at most 1.
    pub pictures: f64,
    /// Characters whose font does not tell what they are.
    pub unknown: usize,
    /// Characters drawn invisibly: the text of recognised scans.
    pub invisible: usize,
    /// All characters.
    pub characters: usize,
}

/// Characters without a space between them, in one font, on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its text as the font tells, legacy encodings not yet decoded.
    pub text: String,
    /// Left edge.
    pub x0: f64,
    /// Right edge.
    pub x1: f64,
    /// Baseline.
    pub y: f64,
    /// Font size.
    pub size: f64,
    /// Index into [`Scene::fonts`].
    pub font: u16,
    /// Direction of writing in quarter turns clockwise.
    pub turns: u8,
    /// It shows a digital signature, which is no text of the document.
    pub stamp: bool,
}

/// A ruling line, level or upright.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Left end.
    pub x0: f64,
    /// Upper end.
    pub y0: f64,
    /// Right end.
    pub x1: f64,
    /// Lower end.
    pub y1: f64,
}

impl Rule {
    /// It runs from left to right.
    pub fn is_level(&self) -> bool {
        self.x1 - self.x0 >= self.y1 - self.y0
    }
}
