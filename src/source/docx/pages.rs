//! The page a paragraph begins on, as the program that last saved the file laid it out.
//!
//! Word marks where pages began (`w:lastRenderedPageBreak`, 17.3.3.13); a page break somebody typed is marked a second time
//! there when the page after it has text. Files without such marks tell no pages.

use crate::source::Block;

/// Most bytes of text on a page on average: with more, the marks are those of another document.
const MAX_BYTES: usize = 9_000;

/// Counts pages while a body is read.
#[derive(Debug)]
pub(super) struct Pages {
    at: u32,
    rendered: u32,
    /// A typed page break was just passed; the mark of the same break may follow.
    typed: bool,
    /// Bytes of text so far.
    bytes: usize,
    rows: Vec<RowPages>,
}

/// Cells of a row stand side by side: each begins where the row begins, and the row ends with its longest cell.
#[derive(Debug)]
struct RowPages {
    start: u32,
    furthest: u32,
    /// The row was found to begin on a new page.
    moved: bool,
    /// Text was seen in the row, in its present cell.
    row_text: bool,
    cell_text: bool,
}

impl Default for Pages {
    fn default() -> Self {
        Pages { at: 1, rendered: 0, typed: false, bytes: 0, rows: Vec::new() }
    }
}

impl Pages {
    /// The page reading stands on, from 1.
    pub fn at(&self) -> u32 {
        self.at
    }

    /// Text was read.
    pub fn text(&mut self, bytes: usize) {
        self.typed = false;
        self.bytes += bytes;
        if let Some(row) = self.rows.last_mut() {
            row.row_text = true;
            row.cell_text = true;
        }
    }

    /// A page break somebody typed.
    pub fn typed_break(&mut self) {
        self.at = self.at.saturating_add(1);
        self.typed = true;
    }

    /// A mark of a page that began here.
    pub fn rendered_break(&mut self) {
        self.rendered = self.rendered.saturating_add(1);
        if std::mem::take(&mut self.typed) {
            return;
        }
        match self.rows.last_mut() {
            // The first cell told already that the whole row is on a new page.
            Some(row) if row.moved && !row.cell_text => return,
            Some(row) if !row.row_text => {
                row.moved = true;
                row.start = row.start.saturating_add(1);
            }
            _ => {}
        }
        self.at = self.at.saturating_add(1);
    }

    /// A row begins.
    pub fn row_begins(&mut self) {
        let row = RowPages { start: self.at, furthest: self.at, moved: false, row_text: false, cell_text: false };
        self.rows.push(row);
    }

    /// A cell begins.
    pub fn cell_begins(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.furthest = row.furthest.max(self.at);
            self.at = row.start;
            row.cell_text = false;
        }
    }

    /// A row ends.
    pub fn row_ends(&mut self) {
        if let Some(row) = self.rows.pop() {
            self.at = self.at.max(row.furthest);
        }
        if let Some(outer) = self.rows.last_mut() {
            outer.row_text = true;
            outer.cell_text = true;
        }
    }

    /// Takes the pages away again when the file does not really tell them.
    pub fn settle(&self, blocks: &mut [Block]) {
        if self.rendered == 0 || self.bytes / self.at.max(1) as usize > MAX_BYTES {
            each_paragraph(blocks, &mut |paragraph| paragraph.origin.page = None);
        }
    }
}

/// Visits every paragraph. Tables are nested a few levels at most: the reader sees to that.
pub(super) fn each_paragraph(blocks: &mut [Block], visit: &mut impl FnMut(&mut crate::source::Paragraph)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => visit(paragraph),
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    each_paragraph(&mut cell.blocks, visit);
                }
            }
        }
    }
}
