//! Pages → blocks in reading order: tables, blocks of two columns, paragraphs that run from page to page.

use super::columns::{self, Piece};
use super::footnotes;
use super::lines::{self, Line};
use super::page::Scene;
use super::paragraphs::{self, Column, Kind, Setting};
use super::ruled::{self, Grid, GridCell};
use super::running::{self, PageLines};
use crate::source::compose::letters::Letters;
use crate::source::{Block, Cell, Note, NoteKind, Paragraph, Row, Table};

/// White space between a ruling line and the words of a cell, in points.
const PADDING: f64 = 5.0;
/// Edges of columns on different pages this near are the same, in points.
const SAME_EDGE: f64 = 3.0;

/// What a layout gives.
#[derive(Debug)]
pub struct Laid {
    /// Body in reading order.
    pub blocks: Vec<Block>,
    /// Running heads, feet, stamps.
    pub running: Vec<Note>,
    /// Some letters look like a legacy encoding.
    pub suspect: bool,
}

/// Something on a page, in reading order.
enum Item {
    Flow(Column),
    /// Cells by row; a block of two columns is one row.
    Cells(Vec<Vec<Column>>),
    Grid(Grid, u32),
}

/// Lays out a file.
pub fn lay(scene: &Scene, letters: &mut Letters) -> Laid {
    let mut suspect = false;
    let mut pages: Vec<PageLines> = Vec::new();
    let mut grids: Vec<Vec<Grid>> = Vec::new();
    let mut running: Vec<Note> = Vec::new();
    for page in &scene.pages {
        let (mut words, legacy) = lines::words(page, &scene.fonts, letters);
        suspect |= legacy;
        grids.push(ruled::take(&page.rules, &mut words));
        pages.push(PageLines { lines: lines::lines(words), height: page.height });
        for text in lines::aside(page, scene, letters) {
            push_new(&mut running, Note::new(NoteKind::Footer, text));
        }
    }
    for (kind, text) in running::take(&mut pages) {
        push_new(&mut running, Note::new(kind, text));
    }
    let (mut notes, mut open) = (Vec::new(), None);
    for page in &mut pages {
        footnotes::take(&mut page.lines, &mut notes, &mut open);
    }
    let items = items(pages, grids);
    let columns = items.iter().flat_map(|item| match item {
        Item::Flow(column) => vec![column],
        Item::Cells(rows) => rows.iter().flatten().collect(),
        Item::Grid(..) => Vec::new(),
    });
    let leading = paragraphs::leading(columns);
    let mut blocks = blocks(items, Setting { leading, notes: &notes });
    number(&mut blocks);
    Laid { blocks, running, suspect }
}

fn push_new(running: &mut Vec<Note>, note: Note) {
    if !running.contains(&note) {
        running.push(note);
    }
}

fn items(pages: Vec<PageLines>, grids: Vec<Vec<Grid>>) -> Vec<Item> {
    let bounds = bounds(&pages);
    let mut items = Vec::new();
    let mut is_head = true;
    for (number, ((page, grids), (left, right))) in pages.into_iter().zip(grids).zip(bounds).enumerate() {
        let number = u32::try_from(number + 1).unwrap_or(u32::MAX);
        let mut rest = page.lines;
        let mut flow = |lines: Vec<Line>, items: &mut Vec<Item>| {
            let mut open: Vec<Line> = Vec::new();
            let column = |lines: Vec<Line>| Column { left, right, page: number, lines, kind: Kind::Flow };
            let has_lines = !lines.is_empty();
            for piece in columns::split(lines, is_head, (left + right) / 2.0) {
                match piece {
                    Piece::Line(line) => open.push(line),
                    Piece::Columns(sides) => {
                        items.push(Item::Flow(column(std::mem::take(&mut open))));
                        items.push(Item::Cells(vec![sides.map(|lines| loose(lines, number)).into()]));
                    }
                    Piece::Rows(rows) => {
                        items.push(Item::Flow(column(std::mem::take(&mut open))));
                        let row = |cells: Vec<Vec<Line>>| cells.into_iter().map(|lines| loose(lines, number)).collect();
                        items.push(Item::Cells(rows.into_iter().map(row).collect()));
                    }
                }
            }
            items.push(Item::Flow(column(open)));
            is_head &= !has_lines;
        };
        for grid in grids {
            let below = rest.partition_point(|line| line.y < grid.area[1]);
            let after = rest.split_off(below);
            flow(std::mem::replace(&mut rest, after), &mut items);
            items.push(Item::Grid(grid, number));
        }
        flow(rest, &mut items);
    }
    items.retain(|item| !matches!(item, Item::Flow(column) if column.lines.is_empty()));
    items
}

fn loose(lines: Vec<Line>, page: u32) -> Column {
    let left = lines.iter().map(|line| line.x0).fold(f64::MAX, f64::min);
    let right = lines.iter().map(|line| line.x1).fold(f64::MIN, f64::max);
    Column { left, right, page, lines, kind: Kind::Loose }
}

/// Left and right edge of the text on each page. Margins may change sides from page to page.
fn bounds(pages: &[PageLines]) -> Vec<(f64, f64)> {
    /// Fewer lines than this do not show the edges of a page.
    const ENOUGH: usize = 5;
    /// Ends of lines that are not justified differ by a short word.
    const RAGGED: f64 = 12.0;
    let edge = |places: &mut Vec<f64>, apart: f64| {
        // The outermost place that is no chance: another line begins or ends near it.
        places.sort_by(f64::total_cmp);
        let shared = places.windows(2).find(|pair| pair[1] - pair[0] <= apart).map(|pair| pair[0]);
        shared.or(places.first().copied())
    };
    let of = |page: &PageLines| {
        let left = edge(&mut page.lines.iter().map(|line| line.x0).collect(), SAME_EDGE)?;
        let right = -edge(&mut page.lines.iter().map(|line| -line.x1).collect(), RAGGED)?;
        Some((left, right))
    };
    let usual = pages.iter().max_by_key(|page| page.lines.len()).and_then(of).unwrap_or((0.0, 0.0));
    let bound = |page: &PageLines| {
        let own = of(page).unwrap_or(usual);
        if page.lines.len() >= ENOUGH { own } else { (own.0.min(usual.0), own.1.max(usual.1)) }
    };
    pages.iter().map(bound).collect()
}

fn blocks(items: Vec<Item>, setting: Setting) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut flow: Vec<Column> = Vec::new();
    // Column edges and page of a ruled table that ended the last page.
    let mut before: Option<(Vec<f64>, u32)> = None;
    for item in items {
        if !matches!(item, Item::Flow(_)) {
            blocks.extend(paragraphs::build(&std::mem::take(&mut flow), setting).into_iter().map(Block::Paragraph));
        }
        match item {
            Item::Flow(column) => {
                flow.push(column);
                before = None;
            }
            Item::Cells(rows) => {
                let row =
                    |cells: Vec<Column>| Row { cells: cells.into_iter().map(|one| cell(&[one], setting)).collect() };
                blocks.push(Block::Table(Table { rows: rows.into_iter().map(row).collect() }));
                before = None;
            }
            Item::Grid(grid, page) => {
                let goes_on = before.take().is_some_and(|(xs, last)| last + 1 == page && same_edges(&xs, &grid.xs));
                before = Some((grid.xs, page));
                let rows = grid.rows.into_iter().map(|row| Row {
                    cells: row.into_iter().map(|boxed| cell(&[boxed_column(boxed, page)], setting)).collect(),
                });
                let rows = rows.filter(|row| !row.cells.is_empty());
                match blocks.last_mut() {
                    Some(Block::Table(table)) if goes_on => table.rows.extend(rows),
                    _ => blocks.push(Block::Table(Table { rows: rows.collect() })),
                }
            }
        }
    }
    blocks.extend(paragraphs::build(&flow, setting).into_iter().map(Block::Paragraph));
    blocks
}

fn same_edges(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= SAME_EDGE)
}

fn boxed_column(boxed: GridCell, page: u32) -> Column {
    let (left, right) = (boxed.x0 + PADDING, boxed.x1 - PADDING);
    Column { left, right, page, lines: lines::lines(boxed.words), kind: Kind::Cell }
}

fn cell(columns: &[Column], setting: Setting) -> Cell {
    Cell { blocks: paragraphs::build(columns, setting).into_iter().map(Block::Paragraph).collect(), ..Cell::default() }
}

/// Gives every paragraph its number in reading order.
fn number(blocks: &mut [Block]) {
    let mut next = 0;
    let mut give = |paragraph: &mut Paragraph| {
        paragraph.origin.paragraph = next;
        next += 1;
    };
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => give(paragraph),
            Block::Table(table) => {
                for block in table.rows.iter_mut().flat_map(|row| &mut row.cells).flat_map(|cell| &mut cell.blocks) {
                    // Tables of ours hold no tables.
                    if let Block::Paragraph(paragraph) = block {
                        give(paragraph);
                    }
                }
            }
        }
    }
}
