//! Open containers of a story: what they hold, and where it goes when they close.

use super::story::StoryReader;
use crate::source::compose::flat::flat_text;
use crate::source::compose::line::Line;
use crate::source::{Block, Cell, Note, NoteKind, Row, Table};

/// An open container and the depth of its element.
pub(super) struct Frame {
    pub depth: usize,
    pub content: Content,
}

/// What an open container holds so far.
pub(super) enum Content {
    /// The story itself, a cell, a note, a text box.
    Blocks(What, Vec<Block>),
    Table(Table),
    /// Cells, and the column of the next one.
    Row(Row, u32),
    Paragraph(Line),
}

/// What a container of blocks is.
pub(super) enum What {
    Story,
    /// A cell, and the columns it covers.
    Cell(u32),
    /// Text anchored in the paragraph around it.
    Note(NoteKind),
    /// A running head or foot.
    Running(NoteKind),
}

impl StoryReader<'_> {
    /// The paragraph being read.
    pub fn paragraph(&mut self) -> Option<&mut Line> {
        match self.frames.last_mut().map(|frame| &mut frame.content) {
            Some(Content::Paragraph(line)) => Some(line),
            _ => None,
        }
    }

    pub fn open(&mut self, depth: usize, content: Content) {
        self.frames.push(Frame { depth, content });
    }

    /// Closes the innermost frame and hands what it holds to the one below.
    pub fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame.content {
            Content::Paragraph(line) => {
                let paragraph = line.finish(self.letters);
                self.push_block(Block::Paragraph(paragraph));
            }
            Content::Table(table) => {
                self.tables = self.tables.saturating_sub(1);
                if !table.rows.is_empty() {
                    self.push_block(Block::Table(table));
                }
            }
            Content::Row(row, _) => {
                if let (false, Some(Content::Table(table))) = (row.cells.is_empty(), self.top()) {
                    table.rows.push(row);
                }
            }
            Content::Blocks(what, blocks) => self.close_blocks(what, blocks),
        }
    }

    fn close_blocks(&mut self, what: What, blocks: Vec<Block>) {
        match what {
            What::Story => {}
            What::Cell(columns) => {
                if let Some(Content::Row(row, column)) = self.top() {
                    row.cells.push(Cell { blocks, column: Some(*column), columns });
                    // The columns it covers beside its first follow as cells of their own.
                    *column = column.saturating_add(1);
                }
            }
            What::Note(kind) => {
                self.boxes = self.boxes.saturating_sub(1);
                let text = flat_text(&blocks);
                if let (false, Some(line)) = (text.is_empty(), self.paragraph()) {
                    line.push_note(Note::new(kind, text));
                }
            }
            What::Running(kind) => {
                let note = Note::new(kind, flat_text(&blocks));
                if note.text.contains(char::is_alphanumeric) && !self.told.running.contains(&note) {
                    self.told.running.push(note);
                }
            }
        }
    }

    pub fn top(&mut self) -> Option<&mut Content> {
        self.frames.last_mut().map(|frame| &mut frame.content)
    }

    fn push_block(&mut self, block: Block) {
        let blocks = self.frames.iter_mut().rev().find_map(|frame| match &mut frame.content {
            Content::Blocks(_, blocks) => Some(blocks),
            _ => None,
        });
        if let Some(blocks) = blocks {
            blocks.push(block);
        }
    }
}
