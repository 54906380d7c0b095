//! Open containers of a page: what they hold, and where it goes when they close.

use super::elements::Columns;
use super::story::Story;
use crate::source::compose::flat::flat_text;
use crate::source::compose::line::Line;
use crate::source::{Block, Cell, Note, NoteKind, Row, Table};

/// What an open container holds so far.
pub(super) enum Content {
    /// The page itself, a cell, a note.
    Blocks(Holder),
    /// Rows, and the columns its cells take.
    Table(Table, Columns),
    /// Cells.
    Row(Row),
}

/// A container of blocks.
#[derive(Default)]
pub(super) struct Holder {
    pub what: What,
    pub blocks: Vec<Block>,
    /// The line that goes on behind it.
    pub outer: Option<Line>,
}

/// What a container of blocks is.
#[derive(Default)]
pub(super) enum What {
    #[default]
    Page,
    /// A cell: its first column, and the columns it covers.
    Cell(u32, u32),
    /// A text box.
    Box,
    /// The text of a note, by its id.
    Note(String),
    /// A running head or foot.
    Running(NoteKind),
}

impl Story<'_> {
    /// Opens a container of blocks; the line before it ends, but that around a text box goes on behind it.
    pub fn open_blocks(&mut self, what: What) {
        let outer = if let What::Box = what {
            self.begin_line();
            self.line.take()
        } else {
            self.end_line();
            None
        };
        self.frames.push(Content::Blocks(Holder { what, blocks: Vec::new(), outer }));
    }

    /// Opens a table.
    pub fn open_table(&mut self) {
        self.end_line();
        self.tables += 1;
        self.frames.push(Content::Table(Table::default(), Columns::default()));
    }

    /// Opens a row of the innermost table.
    pub fn open_row(&mut self) {
        self.end_line();
        if let Some(Content::Table(_, columns)) = self.frames.last_mut() {
            columns.begin_row();
        }
        self.frames.push(Content::Row(Row::default()));
    }

    /// Opens a cell of the innermost row, covering so many columns and rows.
    pub fn open_cell(&mut self, across: u32, down: u32) {
        self.end_line();
        let table = self.frames.iter_mut().rev().find_map(|content| match content {
            Content::Table(_, columns) => Some(columns),
            _ => None,
        });
        let column = table.map_or(0, |columns| columns.place(across, down));
        self.open_blocks(What::Cell(column, across));
    }

    /// Closes the innermost container and hands what it holds to the one below.
    pub fn close_frame(&mut self) {
        self.end_line();
        match self.frames.pop() {
            Some(Content::Table(table, _)) => {
                self.tables = self.tables.saturating_sub(1);
                if !table.rows.is_empty() {
                    self.push_block(Block::Table(table));
                }
            }
            Some(Content::Row(row)) => {
                if let (false, Some(Content::Table(table, _))) = (row.cells.is_empty(), self.frames.last_mut()) {
                    table.rows.push(row);
                }
            }
            Some(Content::Blocks(holder)) => self.close_blocks(holder),
            None => {}
        }
    }

    fn close_blocks(&mut self, holder: Holder) {
        match holder.what {
            What::Page => {}
            What::Cell(column, columns) => {
                if let Some(Content::Row(row)) = self.frames.last_mut() {
                    row.cells.push(Cell { blocks: holder.blocks, column: Some(column), columns });
                }
            }
            What::Box => {
                self.line = holder.outer;
                let text = flat_text(&holder.blocks);
                if !text.is_empty() {
                    self.begin_line().push_note(Note::new(NoteKind::TextBox, text));
                }
            }
            What::Note(id) => {
                self.told.notes.insert(id, without_mark(flat_text(&holder.blocks)));
            }
            What::Running(kind) => {
                let note = Note::new(kind, flat_text(&holder.blocks));
                if note.text.contains(char::is_alphanumeric) && !self.told.running.contains(&note) {
                    self.told.running.push(note);
                }
            }
        }
    }

    /// The line being read; begins one where there is none.
    pub fn begin_line(&mut self) -> &mut Line {
        let look = self.look();
        let (index, label) = (self.told.paragraphs, &mut self.label);
        let count = &mut self.told.paragraphs;
        self.line.get_or_insert_with(|| {
            *count += 1;
            Line::new(index, look.centered, label.take())
        })
    }

    /// Ends the line being read.
    pub fn end_line(&mut self) {
        let Some(line) = self.line.take() else { return };
        let paragraph = line.finish(self.letters);
        self.push_block(Block::Paragraph(paragraph));
    }

    /// Text straight in a table or row belongs before the table, as in a browser.
    fn push_block(&mut self, block: Block) {
        let holder = self.frames.iter_mut().rev().find_map(|content| match content {
            Content::Blocks(holder) => Some(holder),
            _ => None,
        });
        if let Some(holder) = holder {
            holder.blocks.push(block);
        }
    }

    /// Appends tabs to the line.
    pub fn tabs(&mut self, count: u8) {
        let (look, keep) = (self.look().run, self.letters.keeps_spans());
        self.begin_line().push_tabs(count, look, keep);
    }

    /// Breaks the line; a second break ends the paragraph.
    pub fn line_break(&mut self) {
        if !self.begin_line().push_break() {
            self.end_line();
        }
    }
}

/// Pages that are not of Word repeat the number of a note as plain text before it.
fn without_mark(text: String) -> String {
    let rest = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    match rest {
        Some((number, words)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            words.trim_start().to_owned()
        }
        _ => text,
    }
}
