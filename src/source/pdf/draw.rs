//! Graphics and text state of content streams → words and ruling lines (ISO 32000-1, 8.4, 8.5, 9.3, 9.4).

use super::font::Font;
use super::page::{Page, Rule, Run};

/// Most words taken from one page: twenty times a page full of the smallest print.
const MAX_RUNS: usize = 200_000;
/// Most ruling lines taken from one page; drawings have more, tables have not.
const MAX_RULES: usize = 20_000;
/// Thickest ruling line, in points.
const THICKEST_RULE: f64 = 3.0;
/// Shortest ruling line that may bound a cell, in points.
const SHORTEST_RULE: f64 = 4.0;
/// A gap wider than this share of the font size parts words that no space parts.
const WORD_GAP: f64 = 0.13;

/// A transformation `[a b c d e f]` (8.3.4).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    /// Leaves everything where it is.
    pub const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First `self`, then `after`.
    pub fn then(self, after: Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, after.0);
        Matrix([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    /// Where a point goes.
    pub fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }
}

/// The text state (9.3).
#[derive(Debug, Clone, Copy)]
pub struct TextState {
    /// Index of the font, once one is set.
    pub font: Option<u16>,
    /// Font size.
    pub size: f64,
    /// Character spacing.
    pub character_space: f64,
    /// Word spacing.
    pub word_space: f64,
    /// Horizontal scaling, 1 for 100 %.
    pub stretch: f64,
    /// Leading.
    pub leading: f64,
    /// Rise.
    pub rise: f64,
    /// Rendering mode.
    pub mode: u8,
}

/// The graphics state as far as text needs it (8.4).
#[derive(Debug, Clone, Copy)]
pub struct State {
    /// Current transformation matrix.
    pub matrix: Matrix,
    /// Text state.
    pub text: TextState,
}

impl State {
    /// The state at the start of a page.
    pub fn new(matrix: Matrix) -> Self {
        let text = TextState {
            font: None,
            size: 0.0,
            character_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        };
        State { matrix, text }
    }
}

/// A page under construction.
#[derive(Debug)]
pub struct Canvas {
    /// The page.
    pub page: Page,
    /// What is shown now belongs to a digital signature.
    pub stamp: bool,
    line: Matrix,
    at: Matrix,
    open: Option<Run>,
    path: Vec<(f64, f64)>,
    edges: Vec<[(f64, f64); 2]>,
    boxes: Vec<[f64; 4]>,
}

impl Canvas {
    /// An empty page of this size.
    pub fn new(width: f64, height: f64) -> Self {
        Canvas {
            page: Page { width, height, ..Page::default() },
            stamp: false,
            line: Matrix::IDENTITY,
            at: Matrix::IDENTITY,
            open: None,
            path: Vec::new(),
            edges: Vec::new(),
            boxes: Vec::new(),
        }
    }

    /// `BT`, and `Tm` with a matrix.
    pub fn set_line(&mut self, matrix: Matrix) {
        self.line = matrix;
        self.at = matrix;
    }

    /// `Td`.
    pub fn move_line(&mut self, x: f64, y: f64) {
        self.set_line(Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(self.line));
    }

    /// A number inside `TJ`.
    pub fn adjust(&mut self, thousandths: f64, state: &State) {
        self.advance(-thousandths / 1000.0 * state.text.size * state.text.stretch);
    }

    fn advance(&mut self, x: f64) {
        self.at = Matrix([1.0, 0.0, 0.0, 1.0, x, 0.0]).then(self.at);
    }

    /// Shows a string in a font.
    pub fn show(&mut self, bytes: &[u8], font: &Font, state: &State) {
        let text = &state.text;
        for shown in font.show(bytes) {
            let width = shown.width / 1000.0 * text.size * text.stretch;
            let drawn = Matrix([text.size * text.stretch, 0.0, 0.0, text.size, 0.0, text.rise]);
            self.place(shown.text, shown.sign, width, drawn.then(self.at).then(state.matrix), state);
            let word_space = if shown.is_space_code { text.word_space } else { 0.0 };
            self.advance(width + (text.character_space + word_space) * text.stretch);
        }
    }

    /// Puts one character where it is seen.
    fn place(&mut self, text: Option<&str>, sign: Option<char>, width: f64, drawn: Matrix, state: &State) {
        let [a, b, c, d, x, y] = drawn.0;
        let size = (c * c + d * d).sqrt();
        let Some(font) = state.text.font.filter(|_| size.is_finite() && size > 0.1 && x.is_finite() && y.is_finite())
        else {
            return;
        };
        let length = (a * a + b * b).sqrt() / (state.text.size * state.text.stretch).abs().max(1e-9) * width.abs();
        let turns = match (a.abs() >= b.abs(), a >= 0.0, b >= 0.0) {
            (true, true, _) => 0,
            (true, false, _) => 2,
            (false, _, false) => 1,
            (false, _, true) => 3,
        };
        // Along the line, and across it: as the page lies when the words are upright.
        let (along, across) = match turns {
            0 => (x, self.page.height - y),
            1 => (self.page.height - y, self.page.width - x),
            2 => (self.page.width - x, y),
            _ => (y, x),
        };
        let visible = text.map_or_else(|| sign.is_some_and(|c| !c.is_whitespace()), |text| !text.trim().is_empty());
        if text.is_none() && sign.is_none() {
            self.page.unknown += 1;
            self.page.characters += 1;
        }
        if !visible {
            // Unknown characters leave a gap, which parts words.
            self.finish_run();
            return;
        }
        self.page.characters += 1;
        self.page.invisible += usize::from(state.text.mode == 3);
        let goes_on = self.open.as_ref().is_some_and(|run| {
            run.font == font
                && run.turns == turns
                && run.stamp == self.stamp
                && (run.size - size).abs() < 0.02 * size
                && (run.y - across).abs() < 0.05 * size
                && (-0.5 * size..WORD_GAP * size).contains(&(along - run.x1))
        });
        if !goes_on {
            self.finish_run();
            if self.page.runs.len() >= MAX_RUNS {
                return;
            }
            self.open = Some(Run {
                text: String::new(),
                x0: along,
                x1: along,
                y: across,
                size,
                font,
                turns,
                stamp: self.stamp,
            });
        }
        if let Some(run) = &mut self.open {
            match text {
                Some(text) => run.text.push_str(text),
                None => run.text.extend(sign),
            }
            run.x1 = along + length + state.text.character_space.max(0.0) * length / width.abs().max(1e-9);
        }
    }

    fn finish_run(&mut self) {
        self.page.runs.extend(self.open.take());
    }

    /// `m` and `l`.
    pub fn line_to(&mut self, x: f64, y: f64, starts: bool, matrix: Matrix) {
        let point = matrix.apply(x, y);
        if self.path.len() + self.edges.len() >= MAX_RULES {
            return;
        }
        if starts {
            self.close_path();
        } else if let Some(&before) = self.path.last() {
            self.edges.push([before, point]);
        }
        self.path.push(point);
    }

    /// `h`: back to the start.
    pub fn close_path(&mut self) {
        if let (Some(&first), Some(&last), true) = (self.path.first(), self.path.last(), self.path.len() > 2) {
            self.edges.push([last, first]);
            let fold = |pick: fn(&(f64, f64)) -> f64, by: fn(f64, f64) -> f64| {
                self.path.iter().map(pick).reduce(by).unwrap_or_default()
            };
            let corners =
                [fold(|p| p.0, f64::min), fold(|p| p.1, f64::min), fold(|p| p.0, f64::max), fold(|p| p.1, f64::max)];
            self.boxes.push(corners);
        }
        self.path.clear();
    }

    /// `re`.
    pub fn rectangle(&mut self, [x, y, width, height]: [f64; 4], matrix: Matrix) {
        for (step, (dx, dy)) in [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)].into_iter().enumerate() {
            self.line_to(x + dx, y + dy, step == 0, matrix);
        }
        self.close_path();
    }

    /// A painting operator: what was stroked, or filled thinly, is a ruling line.
    pub fn paint(&mut self, stroke: bool, fill: bool) {
        if fill || stroke {
            self.close_path();
        }
        for [x0, y0, x1, y1] in std::mem::take(&mut self.boxes) {
            if fill && (x1 - x0).min(y1 - y0) <= THICKEST_RULE {
                self.rule(x0, y0, x1, y1);
            }
        }
        for [(x0, y0), (x1, y1)] in std::mem::take(&mut self.edges) {
            if stroke {
                self.rule(x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1));
            }
        }
        self.path.clear();
    }

    fn rule(&mut self, x0: f64, y0: f64, x1: f64, y1: f64) {
        let (width, height) = (x1 - x0, y1 - y0);
        let is_line = width.max(height) >= SHORTEST_RULE && width.min(height) <= THICKEST_RULE;
        if is_line && self.page.rules.len() < MAX_RULES {
            self.page.rules.push(Rule { x0, y0: self.page.height - y1, x1, y1: self.page.height - y0 });
        }
    }

    /// A picture fills the unit square of this matrix.
    pub fn picture(&mut self, matrix: Matrix) {
        let [a, b, c, d, ..] = matrix.0;
        let share = (a * d - b * c).abs() / (self.page.width * self.page.height).max(1.0);
        self.page.pictures = (self.page.pictures + share).min(1.0);
    }

    /// The page as drawn, turned so that most of its words are upright.
    pub fn finish(mut self) -> Page {
        self.finish_run();
        let mut page = self.page;
        let mut weights = [0usize; 4];
        for run in &page.runs {
            weights[usize::from(run.turns)] += run.text.len();
        }
        let main = (0..4u8).max_by_key(|&turns| (weights[usize::from(turns)], std::cmp::Reverse(turns))).unwrap_or(0);
        for run in &mut page.runs {
            run.turns = (run.turns + 4 - main) % 4;
        }
        let (width, height) = (page.width, page.height);
        for rule in &mut page.rules {
            let Rule { x0, y0, x1, y1 } = *rule;
            *rule = match main {
                0 => *rule,
                1 => Rule { x0: y0, y0: width - x1, x1: y1, y1: width - x0 },
                2 => Rule { x0: width - x1, y0: height - y1, x1: width - x0, y1: height - y0 },
                _ => Rule { x0: height - y1, y0: x0, x1: height - y0, y1: x1 },
            };
        }
        if main % 2 == 1 {
            (page.width, page.height) = (height, width);
        }
        page
    }
}
