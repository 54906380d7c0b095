//! Lists that are tables of a text: a Word document or web page that somebody named as a list.

use super::grid::{Grid, GridCell, GridRow, Merge, tidy};
use crate::source::{Block, Cell, RawDocument, Reader, Table};

/// Grid columns of a table; wider ones are made to exhaust memory.
const MOST_COLUMNS: u32 = 1000;

/// Every table as a sheet of its own, nested ones after their host.
pub(super) fn grids(document: &RawDocument) -> Vec<Grid> {
    // Web pages leave out empty cells at the end of a row; elsewhere a missing cell continues the one above it.
    let complete = document.reader != Reader::Html;
    let mut found = Vec::new();
    let mut waiting: Vec<&Block> = document.blocks.iter().rev().collect();
    while let Some(block) = waiting.pop() {
        let Block::Table(table) = block else { continue };
        let mut grid = grid(table, complete);
        grid.name = format!("Bảng {}", found.len() + 1);
        grid.encoding = document.encoding;
        found.push(grid);
        let inner = table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks);
        let at = waiting.len();
        waiting.extend(inner.filter(|block| matches!(block, Block::Table(_))));
        waiting[at..].reverse();
    }
    found
}

fn grid(table: &Table, complete: bool) -> Grid {
    let mut grid = Grid::default();
    // The merge that reaches down to each column: its place in `grid.merges`.
    let mut open: Vec<Option<usize>> = Vec::new();
    for (index, row) in (0..).zip(&table.rows) {
        let mut cells: Vec<GridCell> = Vec::with_capacity(row.cells.len());
        let mut above = std::mem::take(&mut open);
        let mut next = 0;
        for cell in &row.cells {
            let column = cell.column.unwrap_or(next).max(next);
            let last_column = column.saturating_add(cell.columns.max(1) - 1);
            if last_column >= MOST_COLUMNS {
                break;
            }
            continue_down(&mut grid, &mut open, &mut above, next..column, index);
            let first_row = index;
            grid.merges.push(Merge { first_row, last_row: index, first_column: column, last_column });
            open.resize(column as usize, None);
            open.push(Some(grid.merges.len() - 1));
            open.resize(last_column as usize + 1, None);
            next = last_column + 1;
            if let Some(text) = text(cell) {
                cells.push(GridCell { column, text, date: None, uncomputed: false });
            }
        }
        if complete {
            let width = above.len() as u32;
            continue_down(&mut grid, &mut open, &mut above, next..width, index);
        }
        if !cells.is_empty() {
            grid.rows.push(GridRow { index, cells });
        }
    }
    let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    // Without the columns of the cells, a row with fewer of them cannot be told from a shifted one.
    grid.merges_unknown = table
        .rows
        .iter()
        .any(|row| (2..width).contains(&row.cells.len()) && row.cells.iter().any(|cell| cell.column.is_none()));
    grid.merges.retain(|merge| merge.last_row > merge.first_row || merge.last_column > merge.first_column);
    grid
}

/// Columns without a cell of their own belong to the cells above them.
fn continue_down(
    grid: &mut Grid,
    open: &mut Vec<Option<usize>>,
    above: &mut [Option<usize>],
    columns: std::ops::Range<u32>,
    row: u32,
) {
    for column in columns {
        let at = column as usize;
        open.resize(at, None);
        let merge = above.get_mut(at).and_then(Option::take);
        if let Some(merge) = merge {
            grid.merges[merge].last_row = row;
        }
        open.push(merge);
    }
}

/// The paragraphs of a cell, a line each; automatic numbers ("1.", "2." in the column of numbers) belong to them.
fn text(cell: &Cell) -> Option<String> {
    let mut text = String::new();
    for block in &cell.blocks {
        let Block::Paragraph(paragraph) = block else { continue };
        let line = paragraph.visible();
        if line.trim().is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line.trim());
    }
    tidy(text)
}
