//! Walks the lines of a planned document and builds its units.

use super::lines::Line;
use super::marker::{Close, Marker, Shape};
use super::sections::{LayerStart, Sections, Zone};
use super::sequence::{self, LayerFacts};
use super::tree::{New, Open, Rank, Tree};
use super::{cue, heading};
use crate::document::{LayerKind, UnitId, UnitKind};
use crate::source::{Block, Cell, Paragraph, Row};

/// Lines within which the next number must stand for a number without a sign ("1 Cá nhân") to be believed.
const FOLLOW_REACH: usize = 12;

/// What the walk gives beside the tree.
pub(super) struct Built {
    pub tree: Tree,
    pub head: String,
}

/// Builds the tree.
pub(super) fn build(lines: &[Line<'_>], sections: &Sections) -> Built {
    let mut walk = Walk {
        lines,
        tree: Tree::default(),
        head: String::new(),
        facts: LayerFacts::default(),
        pending: None,
        part: None,
        paragraph: None,
        names: Names::default(),
    };
    let mut starts = sections.starts.iter().enumerate().peekable();
    for at in 0..lines.len() {
        while let Some((index, start)) = starts.next_if(|(_, start)| start.line <= at) {
            let end = sections.starts.get(index + 1).map_or(lines.len(), |next| next.line);
            walk.open_layer(start, &lines[start.line..end]);
        }
        walk.line(at, sections.zones[at], &sections.starts);
    }
    if lines.is_empty() {
        walk.tree.open_layer("main".to_owned(), LayerKind::Main);
    }
    walk.tree.set_quote(0);
    Built { tree: walk.tree, head: walk.head }
}

/// Counters behind the names of layers.
#[derive(Default)]
struct Names {
    attached: u32,
    /// Appendices of the main instrument.
    appendices: u32,
    /// Appendices of the present attachment.
    own_appendices: u32,
    /// What the present attachment calls itself, in lower case ("quy chế").
    attached_kind: String,
}

struct Walk<'l, 'a> {
    lines: &'l [Line<'a>],
    tree: Tree,
    head: String,
    facts: LayerFacts,
    /// A unit that still waits for the title on the next line, and how many lines it took.
    pending: Option<(UnitId, u32)>,
    /// The title, issued-with, basis, recipients or signature unit being filled.
    part: Option<(Zone, UnitId)>,
    /// The last paragraph outside numbered units.
    paragraph: Option<UnitId>,
    names: Names,
}

impl Walk<'_, '_> {
    fn open_layer(&mut self, start: &LayerStart, lines: &[Line<'_>]) {
        let id = self.names.next(start, lines);
        self.tree.open_layer(id, start.kind);
        let articles = lines.iter().any(|line| line.quote == 0 && line.article().is_some());
        self.facts = LayerFacts { articles, appendix: start.kind == LayerKind::Appendix, last: None };
        self.tree.form = start.kind == LayerKind::Appendix && start.word == Some(cue::AppendixWord::Mau);
        self.pending = None;
        self.part = None;
        self.paragraph = None;
    }

    fn line(&mut self, at: usize, zone: Zone, starts: &[LayerStart]) {
        let line = &self.lines[at];
        match zone {
            Zone::Head => {
                if !line.text.is_empty() || line.label.is_some() {
                    push_line(&mut self.head, &line.visible());
                }
                for paragraph in line.row.iter().flat_map(|(row, _)| row.paragraphs()) {
                    for words in paragraph.visible().split('\n').map(str::trim).filter(|words| !words.is_empty()) {
                        push_line(&mut self.head, words);
                    }
                }
                self.tree.wait(line);
            }
            // A row holds more than a line: whatever part it stands in, it is a unit of its own.
            _ if line.row.is_some() => {
                self.tree.set_quote(line.quote);
                self.body(at);
            }
            Zone::Basis => self.basis(line),
            Zone::Title => {
                let label = starts.iter().find(|start| start.line == at).map_or(0, |start| start.label);
                self.title(line, label);
            }
            Zone::IssuedWith => self.part_line(line, Zone::IssuedWith, UnitKind::IssuedWith, "R"),
            Zone::Recipients => self.part_line(line, Zone::Recipients, UnitKind::Recipients, "N"),
            Zone::Signature => self.part_line(line, Zone::Signature, UnitKind::Signature, "K"),
            Zone::Body => {
                if self.part.is_some_and(|(zone, _)| zone == Zone::Signature || zone == Zone::Recipients) {
                    self.part = None;
                }
                self.tree.set_quote(line.quote);
                self.body(at);
            }
        }
    }

    fn basis(&mut self, line: &Line<'_>) {
        if let Some((Zone::Basis, unit)) =
            self.part.filter(|_| line.continued && !cue::is_basis(line.text) && !cue::is_enacting(line.text))
        {
            self.tree.append(unit, line, 0);
            return;
        }
        self.tree.close_all();
        let count = self.tree.units.iter().filter(|u| u.kind == UnitKind::Basis).count() + 1;
        let path = self.tree.root_path(&format!("B{count}"));
        let label = line.label.unwrap_or_default();
        let unit = self.tree.push(New { kind: UnitKind::Basis, label, parent: None, path, origin: line.origin });
        self.tree.append(unit, line, 0);
        self.part = Some((Zone::Basis, unit));
    }

    fn title(&mut self, line: &Line<'_>, label: usize) {
        let known = self.title_unit();
        let unit = known.unwrap_or_else(|| {
            let path = self.tree.root_path("T");
            let printed = line.label.unwrap_or(&line.text[..label]);
            self.tree.push(New { kind: UnitKind::Title, label: printed, parent: None, path, origin: line.origin })
        });
        match known {
            None => self.tree.append(unit, line, label),
            Some(_) => self.append_visible(unit, line, false),
        }
        if known.is_none() && label > 0 {
            trim_start(&mut self.tree.units[unit].text);
        }
        let national = cue::starts_with_any(line.text, &["cộng hòa xã hội", "cộng hoà xã hội", "độc lập"]);
        let named = !cue::is_rule(line.text) && !national && line.frame != super::lines::Frame::Header;
        if let Some(layer) = self.tree.layers.last_mut().filter(|_| named) {
            if !layer.title.is_empty() {
                layer.title.push(' ');
            }
            layer.title.push_str(line.text);
        }
        if cue::is_motto(line.text) && self.facts.appendix
            || cue::starts_with_any(line.text, &["mẫu", "biểu mẫu", "tờ khai", "đơn"])
        {
            self.tree.form |= self.facts.appendix;
        }
    }

    fn title_unit(&self) -> Option<UnitId> {
        let roots = &self.tree.layers.last()?.roots;
        roots.iter().copied().find(|&unit| self.tree.units[unit].kind == UnitKind::Title)
    }

    /// A line of a part that is one unit: issued-with, recipients, signature.
    fn part_line(&mut self, line: &Line<'_>, zone: Zone, kind: UnitKind, component: &str) {
        self.tree.set_quote(0);
        self.pending = None;
        let open = self.tree.layers.last().and_then(|layer| {
            let found = |&&unit: &&UnitId| self.tree.units[unit].kind == kind;
            // The cells of one table give both parts in turn.
            layer.roots.iter().rev().take(2).find(found).copied()
        });
        let unit = open.unwrap_or_else(|| {
            self.tree.close_all();
            let path = self.tree.root_path(component);
            let label = line.label.unwrap_or_default();
            self.tree.push(New { kind, label, parent: None, path, origin: line.origin })
        });
        self.append_visible(unit, line, open.is_none());
        self.part = Some((zone, unit));
        self.paragraph = None;
    }

    /// Appends a line with its automatic number, unless that number is the unit's own label.
    fn append_visible(&mut self, unit: UnitId, line: &Line<'_>, labelled: bool) {
        match line.label.filter(|_| !labelled) {
            Some(label) => {
                let before = self.tree.units[unit].text.chars().count();
                self.tree.append(unit, line, 0);
                insert_label(&mut self.tree.units[unit], before, label, line.text);
            }
            None => self.tree.append(unit, line, 0),
        }
    }

    fn body(&mut self, at: usize) {
        let line = &self.lines[at];
        if let Some((row, first)) = line.row {
            return self.row(line, row, first);
        }
        if line.frame == super::lines::Frame::Header && self.facts.appendix || self.inner_form(line) {
            self.tree.close_all();
            self.tree.form = true;
            self.pending = None;
        }
        if let Some(marker) = line.marker {
            if let Shape::Dash(sign) = marker.shape {
                return self.dash(line, &marker, sign);
            }
            if let Some(place) = sequence::place(&self.tree, &self.facts, line, &marker, self.followed(at, &marker)) {
                return self.open_unit(at, &marker, place);
            }
        }
        self.plain(line);
    }

    /// A form inside an appendix: "Mẫu số 02" on its own line.
    fn inner_form(&self, line: &Line<'_>) -> bool {
        self.facts.appendix
            && cue::appendix_label(line.text)
                .is_some_and(|(word, end)| word == cue::AppendixWord::Mau && line.text.len() < end + 100)
    }

    /// The number after `marker` of the same list stands, with its sign, within the next lines.
    fn followed(&self, at: usize, marker: &Marker) -> bool {
        let mut number = marker.number.value;
        // "1 …", "2 …", "3. …": the sign may come later in the list.
        let mut next = |line: &Line<'_>| {
            let found = line.marker.filter(|m| m.shape == Shape::Arabic && m.depth() == 1);
            let next = found.filter(|m| m.number.value == number + 1);
            number += u32::from(next.is_some());
            next.is_some_and(|m| !m.is_bare())
        };
        marker.is_bare()
            && self.lines[at + 1..].iter().take(FOLLOW_REACH).take_while(|line| line.article().is_none()).any(&mut next)
    }

    fn open_unit(&mut self, at: usize, marker: &Marker, place: sequence::Place) {
        let line = &self.lines[at];
        let next = self.lines.get(at + 1).filter(|next| next.quote == line.quote);
        let words = line.text.get(marker.body..).unwrap_or_default();
        let label = line.label.unwrap_or_else(|| line.text[..marker.label.min(line.text.len())].trim_end());
        if place.rank == Rank::Article && !self.tree.in_quote() {
            self.facts.last = Some(place.number);
        }
        let new = New { kind: place.kind, label, parent: place.parent, path: place.path, origin: line.origin };
        let (number, letter, rank, close) = (place.number, place.letter, place.rank, marker.close);
        let unit = self.tree.push_open(new, |unit| Open { unit, rank, number, letter, close, dashes: 0 }, rank);
        self.paragraph = None;
        self.part = None;
        self.pending = None;
        let titled = match rank {
            Rank::Part | Rank::Chapter | Rank::Section | Rank::Subsection => true,
            Rank::Capital | Rank::Roman | Rank::Inner => {
                !words.ends_with([':', ';']) && (words.len() < 300 && !words.ends_with('.') || cue::is_caps(words))
            }
            Rank::Article => heading::is_article_title(words, line, next),
            Rank::Clause | Rank::SubClause | Rank::SubSubClause => {
                !self.facts.articles && heading::is_level_title(words, line, next)
            }
            Rank::Point | Rank::SubPoint | Rank::Nested | Rank::Dash => false,
        };
        if titled {
            self.tree.head(unit, line, marker.body);
        } else {
            self.tree.append(unit, line, marker.body);
        }
        let alone = words.is_empty() && rank <= Rank::Inner;
        if alone || rank <= Rank::Subsection {
            self.pending = Some((unit, u32::from(!words.is_empty())));
        }
    }

    fn dash(&mut self, line: &Line<'_>, marker: &Marker, sign: char) {
        self.pending = None;
        let label = line.label.unwrap_or_else(|| line.text[..marker.label].trim_end());
        let unit = self.tree.push_dash(sign, label, Close::Open, line.origin);
        self.tree.append(unit, line, marker.body);
        self.paragraph = None;
    }

    fn plain(&mut self, line: &Line<'_>) {
        if let Some((unit, taken)) = self.pending.take()
            && line.label.is_none()
            && self.continues_title(unit, taken, line)
        {
            self.tree.head(unit, line, 0);
            let division = self.tree.units[unit].kind != UnitKind::Article;
            self.pending = division.then_some((unit, taken + 1));
            return;
        }
        if let Some(open) = self.tree.open().last() {
            let unit = open.unit;
            return self.append_visible(unit, line, false);
        }
        // A line break does not begin a new paragraph.
        if let Some(unit) = self.paragraph.filter(|_| line.continued) {
            return self.tree.append(unit, line, 0);
        }
        let path = self.tree.paragraph_path();
        let label = line.label.unwrap_or_default();
        let unit = self.tree.push(New { kind: UnitKind::Paragraph, label, parent: None, path, origin: line.origin });
        self.tree.append(unit, line, 0);
        self.paragraph = Some(unit);
    }

    /// The line goes on with the title of the unit opened just before.
    fn continues_title(&self, unit: UnitId, taken: u32, line: &Line<'_>) -> bool {
        if !heading::is_title_line(line) {
            return false;
        }
        if taken == 0 {
            return true;
        }
        let caps = cue::is_caps(&self.tree.units[unit].heading) && cue::is_caps(line.text);
        let look = line.look.centered && line.look.bold && !line.text.ends_with('.');
        taken < 4 && (caps || look)
    }

    fn row(&mut self, line: &Line<'_>, row: &Row, first: bool) {
        self.pending = None;
        let path = self.tree.row_path(first);
        let parent = self.tree.open().last().map(|open| open.unit);
        let unit = self.tree.push(New { kind: UnitKind::TableRow, label: "", parent, path, origin: line.origin });
        let target = &mut self.tree.units[unit];
        for (at, cell) in row.cells.iter().enumerate() {
            if at > 0 {
                target.text.push('\t');
            }
            let mut fresh = true;
            fill_cell(target, cell, &mut fresh);
        }
        self.paragraph = None;
    }
}

/// Puts the paragraphs of a cell into the row's text, joined by line breaks; nested tables too.
fn fill_cell(unit: &mut crate::document::Unit, cell: &Cell, fresh: &mut bool) {
    for block in &cell.blocks {
        match block {
            Block::Paragraph(one) => fill_paragraph(unit, one, fresh),
            Block::Table(inner) => {
                for cell in inner.rows.iter().flat_map(|row| &row.cells) {
                    fill_cell(unit, cell, fresh);
                }
            }
        }
    }
}

fn fill_paragraph(unit: &mut crate::document::Unit, one: &Paragraph, fresh: &mut bool) {
    let words = one.text.trim();
    let lead = one.text.len() - one.text.trim_start().len();
    if words.is_empty() && one.notes.is_empty() && one.label.is_none() {
        return;
    }
    if !words.is_empty() || one.label.is_some() {
        if !*fresh {
            unit.text.push('\n');
        }
        *fresh = false;
    }
    if let Some(label) = &one.label {
        unit.text.push_str(label);
        if !words.is_empty() {
            unit.text.push(' ');
        }
    }
    if !one.notes.is_empty() {
        let before = unit.text.chars().count();
        unit.extras.extend(one.notes.iter().map(|note| {
            let inside = note.anchor.saturating_sub(lead).min(words.len());
            let anchor = before + words.get(..inside).map_or(0, |w| w.chars().count());
            crate::document::Extra { anchor, kind: note.kind, text: note.text.clone() }
        }));
    }
    unit.text.push_str(words);
    if unit.origins.last() != Some(&one.origin) {
        unit.origins.push(one.origin);
    }
}

/// Puts an automatic number before the words just appended, and moves the notes that hang on them.
fn insert_label(unit: &mut crate::document::Unit, before: usize, label: &str, words: &str) {
    let at = unit.text.len() - words.len();
    let glue = if words.is_empty() { "" } else { " " };
    let lead = if words.is_empty() && !unit.text.is_empty() { "\n" } else { "" };
    let added = label.chars().count() + glue.len() + lead.len();
    unit.text.insert_str(at, &format!("{lead}{label}{glue}"));
    for extra in unit.extras.iter_mut().filter(|extra| extra.anchor > before) {
        extra.anchor += added;
    }
}

fn push_line(to: &mut String, line: &str) {
    if !to.is_empty() {
        to.push('\n');
    }
    to.push_str(line);
}

fn trim_start(text: &mut String) {
    let lead = text.len() - text.trim_start().len();
    text.drain(..lead);
}

impl Names {
    /// The id of the layer that begins with `lines`.
    fn next(&mut self, start: &LayerStart, lines: &[Line<'_>]) -> String {
        match start.kind {
            LayerKind::Main => "main".to_owned(),
            LayerKind::Attached => {
                self.attached += 1;
                self.own_appendices = 0;
                let title = lines.iter().take(12).find_map(|line| {
                    let read = cue::attached_kind(line.text)?;
                    Some(line.text[..read].to_lowercase())
                });
                self.attached_kind = title.unwrap_or_default();
                format!("att{}", self.attached)
            }
            LayerKind::Appendix => {
                if self.attached > 0 && self.is_own(lines) {
                    self.own_appendices += 1;
                    return format!("att{}.app{}", self.attached, self.own_appendices);
                }
                self.appendices += 1;
                format!("app{}", self.appendices)
            }
        }
    }

    /// The appendix after an attachment belongs to it, unless its own line says it was issued with the instrument.
    fn is_own(&self, lines: &[Line<'_>]) -> bool {
        let said =
            lines.iter().take(10).find(|line| cue::is_issued_with(line.text) || cue::has(line.text, "kèm theo quy"));
        said.is_none_or(|line| {
            let names = |word: &str| cue::has(line.text, word);
            !self.attached_kind.is_empty() && names(&self.attached_kind)
                || !(names("quyết định") || names("nghị quyết"))
        })
    }
}
