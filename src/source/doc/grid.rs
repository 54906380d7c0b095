//! Blocks of a story while it is read: paragraphs say how deep in tables they stand, marks end cells and rows.

use crate::source::compose::flat::has_words;
use crate::source::{Block, Cell, Note, Paragraph, Row, Table};

/// Deepest nesting of tables; what stands deeper is read into the innermost one allowed.
const MAX_NESTING: usize = 24;

/// Blocks read so far, and tables that are still open.
#[derive(Debug, Default)]
pub(super) struct Grid {
    blocks: Vec<Block>,
    open: Vec<Open>,
}

/// An open table: its rows, the cells of its last row, the blocks of that row's last cell.
#[derive(Debug, Default)]
struct Open {
    table: Table,
    row: Row,
    cell: Vec<Block>,
}

impl Open {
    fn end_cell(&mut self) {
        self.row.cells.push(Cell { blocks: std::mem::take(&mut self.cell), ..Cell::default() });
    }

    /// `continued` has a bit for each cell that continues a vertical merge. Such a cell is blank; one with words is kept.
    fn end_row(&mut self, continued: u64) {
        if !self.cell.is_empty() {
            self.end_cell();
        }
        let mut row = std::mem::take(&mut self.row);
        let mut at = 0u32;
        row.cells.retain(|cell| {
            let continues = continued.checked_shr(at).unwrap_or(0) & 1 == 1;
            at += 1;
            !continues || has_words(&cell.blocks)
        });
        if !row.cells.is_empty() {
            self.table.rows.push(row);
        }
    }
}

impl Grid {
    /// Adds a paragraph that stands in `depth` tables.
    pub fn push(&mut self, depth: u32, paragraph: Paragraph) {
        self.level(depth).push(Block::Paragraph(paragraph));
    }

    /// Ends a cell of the table at this depth.
    pub fn end_cell(&mut self, depth: u32) {
        self.level(depth);
        if let Some(open) = self.open.last_mut() {
            open.end_cell();
        }
    }

    /// Ends a row of the table at this depth; a deleted one is forgotten.
    pub fn end_row(&mut self, depth: u32, continued: u64, deleted: bool) {
        self.level(depth);
        if let Some(open) = self.open.last_mut() {
            if deleted {
                (open.row, open.cell) = (Row::default(), Vec::new());
            }
            open.end_row(continued);
        }
    }

    /// Opens and closes tables until `depth` are open, and returns where blocks go.
    fn level(&mut self, depth: u32) -> &mut Vec<Block> {
        let depth = (depth as usize).min(MAX_NESTING);
        while self.open.len() > depth {
            self.close();
        }
        self.open.resize_with(depth, Open::default);
        self.open.last_mut().map_or(&mut self.blocks, |open| &mut open.cell)
    }

    fn close(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        open.end_row(0);
        if !open.table.rows.is_empty() {
            let host = self.open.last_mut().map_or(&mut self.blocks, |open| &mut open.cell);
            host.push(Block::Table(open.table));
        }
    }

    /// All blocks. `notes` were anchored behind the last paragraph: they stay with it.
    pub fn finish(mut self, notes: Vec<Note>) -> Vec<Block> {
        self.level(0);
        if !notes.is_empty() {
            match last_paragraph(&mut self.blocks) {
                Some(paragraph) => {
                    let anchor = paragraph.text.len();
                    paragraph.notes.extend(notes.into_iter().map(|note| Note { anchor, ..note }));
                }
                None => self.blocks.push(Block::Paragraph(Paragraph { notes, ..Paragraph::default() })),
            }
        }
        self.blocks
    }
}

fn last_paragraph(blocks: &mut [Block]) -> Option<&mut Paragraph> {
    let mut blocks = blocks;
    loop {
        match blocks.last_mut()? {
            Block::Paragraph(paragraph) => return Some(paragraph),
            Block::Table(table) => blocks = &mut table.rows.last_mut()?.cells.last_mut()?.blocks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NoteKind;

    fn paragraph(text: &str) -> Paragraph {
        Paragraph { text: text.to_owned(), ..Paragraph::default() }
    }

    fn shape(blocks: &[Block]) -> String {
        let mut out = String::new();
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => out.push_str(&paragraph.text),
                Block::Table(table) => {
                    out.push('[');
                    for row in &table.rows {
                        let cells: Vec<String> = row.cells.iter().map(|cell| shape(&cell.blocks)).collect();
                        out.push_str(&format!("({})", cells.join("|")));
                    }
                    out.push(']');
                }
            }
        }
        out
    }

    #[test]
    fn marks_make_cells_rows_and_nested_tables() {
        let mut grid = Grid::default();
        grid.push(0, paragraph("a"));
        grid.push(1, paragraph("b"));
        grid.push(2, paragraph("c"));
        grid.end_cell(2);
        grid.end_row(2, 0, false);
        grid.push(1, paragraph("d"));
        grid.end_cell(1);
        grid.push(1, paragraph("e"));
        grid.end_cell(1);
        grid.end_row(1, 0, false);
        grid.push(1, paragraph(""));
        grid.end_cell(1);
        grid.push(1, paragraph("f"));
        grid.end_cell(1);
        grid.end_row(1, 0b01, false);
        grid.push(1, paragraph("x"));
        grid.end_cell(1);
        grid.end_row(1, 0, true);
        grid.push(0, paragraph("g"));
        assert_eq!(shape(&grid.finish(Vec::new())), "a[(b[(c)]d|e)(f)]g");
    }

    #[test]
    fn nothing_is_lost_when_marks_are() {
        let mut grid = Grid::default();
        grid.push(1, paragraph("a"));
        grid.end_cell(1);
        grid.push(500, paragraph("b"));
        let note = Note::new(NoteKind::TextBox, "hộp");
        let blocks = grid.finish(vec![note]);
        let Some(Block::Table(table)) = blocks.first() else { panic!("no table") };
        let paragraphs = table.paragraphs();
        assert_eq!(paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((paragraphs[1].notes[0].anchor, paragraphs[1].notes[0].text.as_str()), (1, "hộp"));
    }
}
