//! A stretch of text that flows by itself (the body, a note, a text box, a running head): its paragraphs and its tables.

use crate::source::compose::letters::Letters;
use crate::source::compose::symbol::{self, SymbolFont};
use crate::source::compose::text::TextBuilder;
use crate::source::{Block, Cell, NoteKind, Origin, Paragraph, Row, Table};

/// Deepest nesting of tables; content below is read into the innermost one allowed.
pub(super) const MAX_NESTING: usize = 24;
/// Most cells of a row whose definition is kept; Word allows 63.
const MAX_DEFINED: usize = 1024;

/// What flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Body,
    /// Anchored in the paragraph around it.
    Note(NoteKind),
    /// A running head or foot.
    Running(NoteKind),
}

/// A story under construction.
#[derive(Debug)]
pub(super) struct Story {
    pub kind: Kind,
    /// Depth of the group that holds it.
    pub group: usize,
    /// The paragraph being read.
    pub text: TextBuilder,
    /// Its automatic number as the file shows it, and the symbol font of that.
    pub label: String,
    pub label_symbol: Option<SymbolFont>,
    blocks: Vec<Block>,
    tables: Vec<OpenTable>,
}

#[derive(Debug, Default)]
struct OpenTable {
    table: Table,
    row: Row,
    cell: Vec<Block>,
}

/// The cells of a row: which of them only continue a merged one.
#[derive(Debug, Default)]
pub(super) struct RowDefinition {
    cells: Vec<bool>,
    continues: bool,
}

impl RowDefinition {
    /// Takes a control word; `false` when it defines no cell.
    pub fn set(&mut self, name: &str) -> bool {
        match name {
            "trowd" => *self = RowDefinition::default(),
            "clvmrg" | "clmrg" => self.continues = true,
            "cellx" if self.cells.len() < MAX_DEFINED => self.cells.push(std::mem::take(&mut self.continues)),
            "cellx" => {}
            _ => return false,
        }
        true
    }
}

impl Story {
    pub fn new(kind: Kind, group: usize) -> Self {
        Story {
            kind,
            group,
            text: TextBuilder::default(),
            label: String::new(),
            label_symbol: None,
            blocks: Vec::new(),
            tables: Vec::new(),
        }
    }

    /// Ends the paragraph being read, which stands in `depth` tables.
    pub fn end_paragraph(
        &mut self,
        depth: usize,
        automatic: Option<String>,
        centered: bool,
        origin: Origin,
        letters: &mut Letters,
    ) {
        self.settle(depth);
        let label = self.take_label().or(automatic);
        let paragraph = std::mem::take(&mut self.text).finish(label, centered, origin, letters);
        self.push(Block::Paragraph(paragraph));
    }

    /// The number the file shows before the paragraph; the tab or space after it is not part of it.
    fn take_label(&mut self) -> Option<String> {
        let label = std::mem::take(&mut self.label);
        let (label, font) = (label.trim(), self.label_symbol.take());
        let mut letters = label.chars();
        match (letters.next(), letters.next()) {
            (None, _) => None,
            // Word's hollow bullet is the letter o of Courier New.
            (Some(only), None) if only == 'o' || !only.is_alphanumeric() => {
                Some(symbol::bullet(label, font).to_owned())
            }
            _ => Some(label.to_owned()),
        }
    }

    /// Opens and closes tables until `depth` are open.
    fn settle(&mut self, depth: usize) {
        let depth = depth.min(MAX_NESTING);
        while self.tables.len() > depth {
            self.close_table();
        }
        self.tables.resize_with(depth, OpenTable::default);
    }

    fn push(&mut self, block: Block) {
        match self.tables.last_mut() {
            Some(open) => open.cell.push(block),
            None => self.blocks.push(block),
        }
    }

    /// Ends a cell of the table at `depth`.
    pub fn end_cell(&mut self, depth: usize) {
        self.settle(depth);
        if let Some(open) = self.tables.last_mut() {
            open.row.cells.push(Cell { blocks: std::mem::take(&mut open.cell), ..Cell::default() });
        }
    }

    /// Ends a row of the table at `depth`, or of the innermost one.
    pub fn end_row(&mut self, depth: Option<usize>, definition: &RowDefinition) {
        if let Some(depth) = depth {
            self.settle(depth);
        }
        if let Some(open) = self.tables.last_mut() {
            open.end_row(definition);
        }
    }

    fn close_table(&mut self) {
        let Some(mut open) = self.tables.pop() else { return };
        open.end_row(&RowDefinition::default());
        if !open.table.rows.is_empty() {
            self.push(Block::Table(open.table));
        }
    }

    /// The blocks of the story, whose last paragraph has been ended.
    pub fn finish(mut self) -> Vec<Block> {
        self.settle(0);
        self.blocks
    }
}

impl OpenTable {
    fn end_row(&mut self, definition: &RowDefinition) {
        if !self.cell.is_empty() {
            // A row without a mark at the end of its last cell.
            self.row.cells.push(Cell { blocks: std::mem::take(&mut self.cell), ..Cell::default() });
        }
        let mut row = std::mem::take(&mut self.row);
        let mut index = 0;
        row.cells.retain(|cell| {
            let continues = definition.cells.get(index).copied().unwrap_or(false);
            index += 1;
            !(continues && is_blank(cell))
        });
        if !row.cells.is_empty() {
            self.table.rows.push(row);
        }
    }
}

fn is_blank(cell: &Cell) -> bool {
    let blank = |paragraph: &Paragraph| paragraph.text.trim().is_empty() && paragraph.notes.is_empty();
    cell.blocks.iter().all(|block| matches!(block, Block::Paragraph(paragraph) if blank(paragraph)))
}
