//! Pages of a file → what is drawn on them: resources, forms within forms, annotations (ISO 32000-1, 7.7.3, 7.8, 8.10).

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::MAX_STREAM;
use super::draw::{Canvas, Matrix, State};
use super::font::Font;
use super::lex::{Lexer, Token};
use super::page::{Page, Scene};

/// Most pages read.
const MAX_PAGES: usize = 5_000;
/// Deepest nesting of forms; producers stay under five.
const MAX_DEPTH: usize = 8;
/// Most operators of one file, forms counted each time they are drawn.
const MAX_OPERATORS: u64 = 30_000_000;
/// Most operators of one page: drawings of a million lines are no documents.
const MAX_PAGE_OPERATORS: u64 = 3_000_000;
/// What looking up a font counts for, in operators.
const COST_OF_FONT: u64 = 100;
/// Most operands of one operator; only arrays of glyphs come near.
const MAX_OPERANDS: usize = 20_000;
/// Deepest stack of graphics states.
const MAX_STATES: usize = 256;
/// Size of a page that does not tell its own, in points: A4.
const A4: [f64; 4] = [0.0, 0.0, 595.0, 842.0];

/// Draws every page.
pub fn scene(pdf: &Document) -> Scene {
    let mut painter = Painter {
        pdf,
        fonts: Vec::new(),
        by_id: HashMap::new(),
        streams: HashMap::new(),
        left: MAX_OPERATORS,
        cut: false,
    };
    let mut pages = Vec::new();
    for id in pdf.page_iter() {
        if pages.len() >= MAX_PAGES || painter.left == 0 {
            painter.cut = true;
            break;
        }
        pages.push(painter.page(id));
    }
    Scene { pages, fonts: painter.fonts.iter().map(|font| font.look).collect(), cut: painter.cut }
}

struct Painter<'p> {
    pdf: &'p Document,
    fonts: Vec<Font>,
    /// Fonts by where their dictionary stands; those without a number of their own are read once per page.
    by_id: HashMap<ObjectId, u16>,
    /// Forms drawn again and again (letterheads, stamps), decoded once.
    streams: HashMap<ObjectId, Vec<u8>>,
    left: u64,
    cut: bool,
}

/// An operand; arrays are flattened, dictionaries dropped.
enum Operand {
    Number(f64),
    Name(Vec<u8>),
    String(Vec<u8>),
}

impl<'p> Painter<'p> {
    fn page(&mut self, id: ObjectId) -> Page {
        let Ok(page) = self.pdf.get_dictionary(id) else {
            self.cut = true;
            return Page::default();
        };
        let area = self.rectangle(page, b"CropBox").or_else(|| self.rectangle(page, b"MediaBox")).unwrap_or(A4);
        let turns = self.inherited(page, b"Rotate").and_then(|turn| turn.as_float().ok()).unwrap_or(0.0);
        let [x0, y0, x1, y1] = area;
        let (width, height) = (x1 - x0, y1 - y0);
        let upright = match (turns as i64).rem_euclid(360) {
            90 => Matrix([0.0, -1.0, 1.0, 0.0, -y0, x1]),
            180 => Matrix([-1.0, 0.0, 0.0, -1.0, x1, y1]),
            270 => Matrix([0.0, 1.0, -1.0, 0.0, y1, -x0]),
            _ => Matrix([1.0, 0.0, 0.0, 1.0, -x0, -y0]),
        };
        let turned = (turns as i64).rem_euclid(180) == 90;
        let mut canvas = if turned { Canvas::new(height, width) } else { Canvas::new(width, height) };
        let resources = self.inherited(page, b"Resources").and_then(|resources| resources.as_dict().ok());
        let content = match self.pdf.get_page_content_with_limit(id, MAX_STREAM) {
            Ok(content) => content,
            Err(_) => {
                self.cut = true;
                Vec::new()
            }
        };
        let mut budget = MAX_PAGE_OPERATORS.min(self.left);
        self.left -= budget;
        self.run(&content, resources, State::new(upright), &mut canvas, &mut budget, 0);
        self.annotations(page, upright, &mut canvas, &mut budget);
        self.cut |= budget == 0;
        self.left += budget;
        canvas.finish()
    }

    /// An entry of a page or of the nodes above it (7.7.3.4).
    fn inherited(&self, page: &'p Dictionary, key: &[u8]) -> Option<&'p Object> {
        let mut node = page;
        for _ in 0..64 {
            if let Ok(found) = node.get_deref(key, self.pdf) {
                return Some(found);
            }
            node = node.get_deref(b"Parent", self.pdf).ok()?.as_dict().ok()?;
        }
        None
    }

    fn rectangle(&self, page: &'p Dictionary, key: &[u8]) -> Option<[f64; 4]> {
        let [x0, y0, x1, y1] = self.numbers(self.inherited(page, key)?)?;
        let area = [x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)];
        let sides = [area[2] - area[0], area[3] - area[1]];
        sides.iter().all(|side| (10.0..100_000.0).contains(side)).then_some(area)
    }

    fn numbers<const N: usize>(&self, object: &Object) -> Option<[f64; N]> {
        let list = object.as_array().ok()?;
        let mut numbers = [0.0; N];
        for (number, item) in numbers.iter_mut().zip(list) {
            *number = f64::from(self.pdf.dereference(item).ok()?.1.as_float().ok()?);
        }
        (list.len() >= N && numbers.iter().all(|number| number.is_finite())).then_some(numbers)
    }

    fn matrix(&self, form: &Dictionary) -> Matrix {
        let matrix = form.get_deref(b"Matrix", self.pdf).ok().and_then(|matrix| self.numbers(matrix));
        matrix.map_or(Matrix::IDENTITY, Matrix)
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'p Dictionary>,
        start: State,
        canvas: &mut Canvas,
        budget: &mut u64,
        depth: usize,
    ) {
        let mut lexer = Lexer::new(content);
        let mut operands: Vec<Operand> = Vec::new();
        let mut states: Vec<State> = Vec::new();
        let mut state = start;
        // Fonts of this stream's resources, by name.
        let mut named: HashMap<Vec<u8>, Option<u16>> = HashMap::new();
        while let Some(token) = lexer.next() {
            let word = match token {
                Token::Number(value) if operands.len() < MAX_OPERANDS => {
                    operands.push(Operand::Number(value));
                    continue;
                }
                Token::Name(name) if operands.len() < MAX_OPERANDS => {
                    operands.push(Operand::Name(name));
                    continue;
                }
                Token::String(text) if operands.len() < MAX_OPERANDS => {
                    operands.push(Operand::String(text));
                    continue;
                }
                Token::Word(word) => word,
                _ => continue,
            };
            if *budget == 0 {
                return;
            }
            *budget -= 1;
            match word {
                b"q" if states.len() < MAX_STATES => states.push(state),
                b"Q" => state = states.pop().unwrap_or(state),
                b"cm" => {
                    if let Some(matrix) = last(&operands) {
                        state.matrix = Matrix(matrix).then(state.matrix);
                    }
                }
                b"Tf" => {
                    if let [.., Operand::Name(name), Operand::Number(size)] = &operands[..] {
                        let font = *named.entry(name.clone()).or_insert_with(|| {
                            *budget = budget.saturating_sub(COST_OF_FONT);
                            self.font(resources, name)
                        });
                        state.text.font = font;
                        state.text.size = *size;
                    }
                }
                b"gs" => {
                    if let [.., Operand::Name(name)] = &operands[..] {
                        self.external_state(resources, name, &mut state);
                    }
                }
                b"Do" => {
                    if let [.., Operand::Name(name)] = &operands[..] {
                        self.external(resources, name, state, canvas, budget, depth);
                    }
                }
                b"ID" => lexer.skip_inline_image(),
                b"EI" => canvas.picture(state.matrix),
                _ => self.text_or_path(word, &operands, &mut state, canvas),
            }
            operands.clear();
        }
    }

    fn text_or_path(&self, word: &[u8], operands: &[Operand], state: &mut State, canvas: &mut Canvas) {
        let one = last::<1>(operands).map(|[value]| value);
        match (word, one) {
            (b"BT", _) => canvas.set_line(Matrix::IDENTITY),
            (b"Tc", Some(value)) => state.text.character_space = value,
            (b"Tw", Some(value)) => state.text.word_space = value,
            (b"Tz", Some(value)) => state.text.stretch = if value == 0.0 { 1.0 } else { value / 100.0 },
            (b"TL", Some(value)) => state.text.leading = value,
            (b"Ts", Some(value)) => state.text.rise = value,
            (b"Tr", Some(value)) => state.text.mode = value as u8,
            (b"Td" | b"TD", _) => {
                let Some([x, y]) = last(operands) else { return };
                if word == b"TD" {
                    state.text.leading = -y;
                }
                canvas.move_line(x, y);
            }
            (b"Tm", _) => {
                if let Some(matrix) = last(operands) {
                    canvas.set_line(Matrix(matrix));
                }
            }
            (b"T*", _) => canvas.move_line(0.0, -state.text.leading),
            (b"Tj" | b"TJ", _) => self.show(operands, state, canvas),
            (b"'", _) => {
                canvas.move_line(0.0, -state.text.leading);
                self.show(operands, state, canvas);
            }
            (b"\"", _) => {
                if let [Operand::Number(word_space), Operand::Number(character_space), text @ Operand::String(_)] =
                    operands
                {
                    state.text.word_space = *word_space;
                    state.text.character_space = *character_space;
                    canvas.move_line(0.0, -state.text.leading);
                    self.show(std::slice::from_ref(text), state, canvas);
                }
            }
            (b"m" | b"l", _) => {
                if let Some([x, y]) = last(operands) {
                    canvas.line_to(x, y, word == b"m", state.matrix);
                }
            }
            (b"re", _) => {
                if let Some(area) = last(operands) {
                    canvas.rectangle(area, state.matrix);
                }
            }
            (b"h", _) => canvas.close_path(),
            (b"S" | b"s", _) => canvas.paint(true, false),
            (b"f" | b"F" | b"f*", _) => canvas.paint(false, true),
            (b"B" | b"B*" | b"b" | b"b*", _) => canvas.paint(true, true),
            (b"n", _) => canvas.paint(false, false),
            _ => {}
        }
    }

    fn show(&self, operands: &[Operand], state: &State, canvas: &mut Canvas) {
        let Some(font) = state.text.font.and_then(|font| self.fonts.get(usize::from(font))) else { return };
        for operand in operands {
            match operand {
                Operand::String(text) => canvas.show(text, font, state),
                Operand::Number(thousandths) => canvas.adjust(*thousandths, state),
                Operand::Name(_) => {}
            }
        }
    }

    fn resource(&self, resources: Option<&'p Dictionary>, kind: &[u8], name: &[u8]) -> Option<&'p Object> {
        resources?.get_deref(kind, self.pdf).ok()?.as_dict().ok()?.get(name).ok()
    }

    fn font(&mut self, resources: Option<&'p Dictionary>, name: &[u8]) -> Option<u16> {
        self.load_font(self.resource(resources, b"Font", name)?)
    }

    fn load_font(&mut self, object: &'p Object) -> Option<u16> {
        let (id, font) = self.pdf.dereference(object).ok()?;
        if let Some(&known) = id.and_then(|id| self.by_id.get(&id)) {
            return Some(known);
        }
        let number = u16::try_from(self.fonts.len()).ok()?;
        self.fonts.push(Font::load(self.pdf, font.as_dict().ok()?));
        self.by_id.extend(id.map(|id| (id, number)));
        Some(number)
    }

    fn external_state(&mut self, resources: Option<&'p Dictionary>, name: &[u8], state: &mut State) {
        let found = self.resource(resources, b"ExtGState", name).and_then(|found| self.pdf.dereference(found).ok());
        let font =
            found.and_then(|(_, found)| found.as_dict().ok()?.get_deref(b"Font", self.pdf).ok()?.as_array().ok());
        if let Some([font, size]) = font.map(Vec::as_slice) {
            state.text.font = self.load_font(font);
            state.text.size = size.as_float().map_or(state.text.size, f64::from);
        }
    }

    fn external(
        &mut self,
        resources: Option<&'p Dictionary>,
        name: &[u8],
        state: State,
        canvas: &mut Canvas,
        budget: &mut u64,
        depth: usize,
    ) {
        let found = self.resource(resources, b"XObject", name).and_then(|found| self.pdf.dereference(found).ok());
        let Some((id, object)) = found else { return };
        let Ok(stream) = object.as_stream() else { return };
        match stream.dict.get_deref(b"Subtype", self.pdf).and_then(Object::as_name) {
            Ok(b"Image") => canvas.picture(state.matrix),
            Ok(b"Form") => self.form(id, object, resources, state, canvas, budget, depth),
            _ => {}
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn form(
        &mut self,
        id: Option<ObjectId>,
        object: &'p Object,
        outer: Option<&'p Dictionary>,
        mut state: State,
        canvas: &mut Canvas,
        budget: &mut u64,
        depth: usize,
    ) {
        let Ok(stream) = object.as_stream() else { return };
        if depth >= MAX_DEPTH {
            self.cut = true;
            return;
        }
        state.matrix = self.matrix(&stream.dict).then(state.matrix);
        let own = stream.dict.get_deref(b"Resources", self.pdf).ok().and_then(|own| own.as_dict().ok());
        let known = id.and_then(|id| self.streams.remove(&id));
        let Some(content) = known.or_else(|| stream.get_plain_content_with_limit(MAX_STREAM).ok()) else {
            self.cut = true;
            return;
        };
        *budget = budget.saturating_sub(content.len() as u64 / 64);
        self.run(&content, own.or(outer), state, canvas, budget, depth + 1);
        // Only small forms are worth keeping: they come on every page.
        if let Some(id) = id.filter(|_| content.len() < 64 * 1024 && self.streams.len() < 256) {
            self.streams.insert(id, content);
        }
    }

    /// Normal appearances of annotations (12.5.5): typed-over numbers and dates, stamps, fields, signatures.
    fn annotations(&mut self, page: &'p Dictionary, upright: Matrix, canvas: &mut Canvas, budget: &mut u64) {
        let list = page.get_deref(b"Annots", self.pdf).ok().and_then(|list| list.as_array().ok());
        for annotation in list.into_iter().flatten().take(1000) {
            let Some(annotation) = self.pdf.dereference(annotation).ok().and_then(|(_, found)| found.as_dict().ok())
            else {
                continue;
            };
            self.annotation(annotation, upright, canvas, budget);
        }
    }

    fn annotation(&mut self, annotation: &'p Dictionary, upright: Matrix, canvas: &mut Canvas, budget: &mut u64) {
        let pdf = self.pdf;
        let flags = annotation.get_deref(b"F", pdf).and_then(Object::as_i64).unwrap_or(0);
        // Bit 2: hidden; bit 6: not shown on the screen.
        let kind = annotation.get_deref(b"Subtype", pdf).and_then(Object::as_name).unwrap_or_default();
        if flags & 0x22 != 0 || matches!(kind, b"Link" | b"Popup" | b"Text") {
            return;
        }
        let normal = annotation.get_deref(b"AP", pdf).ok().and_then(|all| all.as_dict().ok()?.get(b"N").ok());
        let Some(mut found) = normal.and_then(|normal| pdf.dereference(normal).ok()) else { return };
        if let Ok(states) = found.1.as_dict() {
            let Ok(state) = annotation.get_deref(b"AS", pdf).and_then(Object::as_name) else { return };
            let Some(chosen) = states.get(state).ok().and_then(|chosen| pdf.dereference(chosen).ok()) else { return };
            found = chosen;
        }
        let (id, object) = found;
        let Ok(stream) = object.as_stream() else { return };
        let area: Option<[f64; 4]> = annotation.get_deref(b"Rect", pdf).ok().and_then(|area| self.numbers(area));
        let bounds: Option<[f64; 4]> = stream.dict.get_deref(b"BBox", pdf).ok().and_then(|area| self.numbers(area));
        let (Some(area), Some(bounds)) = (area, bounds) else { return };
        let fit = fit(bounds, self.matrix(&stream.dict), area);
        let field = annotation.get_deref(b"FT", pdf).and_then(Object::as_name).unwrap_or_default();
        canvas.stamp = field == b"Sig";
        self.form(id, object, None, State::new(fit.then(upright)), canvas, budget, 0);
        canvas.stamp = false;
    }
}

/// Moves and scales the turned bounding box of an appearance into the rectangle of its annotation (12.5.5).
fn fit(bounds: [f64; 4], matrix: Matrix, area: [f64; 4]) -> Matrix {
    let corners = [(0, 1), (2, 1), (2, 3), (0, 3)].map(|(x, y)| matrix.apply(bounds[x], bounds[y]));
    let least = corners.iter().fold((f64::MAX, f64::MAX), |least, p| (least.0.min(p.0), least.1.min(p.1)));
    let most = corners.iter().fold((f64::MIN, f64::MIN), |most, p| (most.0.max(p.0), most.1.max(p.1)));
    let scale = |from: f64, to: f64| if from.abs() < 1e-6 { 1.0 } else { to.abs() / from };
    let (x, y) = (scale(most.0 - least.0, area[2] - area[0]), scale(most.1 - least.1, area[3] - area[1]));
    let (left, bottom) = (area[0].min(area[2]), area[1].min(area[3]));
    Matrix([x, 0.0, 0.0, y, left - least.0 * x, bottom - least.1 * y])
}

/// The last numbers before an operator.
fn last<const N: usize>(operands: &[Operand]) -> Option<[f64; N]> {
    let mut numbers = [0.0; N];
    for (number, operand) in numbers.iter_mut().zip(&operands[operands.len().checked_sub(N)?..]) {
        let Operand::Number(value) = operand else { return None };
        *number = *value;
    }
    Some(numbers)
}
