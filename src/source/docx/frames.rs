//! Open containers of a story: what they hold, and where it goes when they close.

use super::paragraph::Builder;
use super::story::{Story, StoryReader};
use crate::source::compose::flat::flat_text;
use crate::source::{Block, Cell, Note, NoteKind, Origin, Paragraph, Row, Table};

/// An open container and the depth of its element.
pub(super) struct Frame {
    pub depth: usize,
    pub content: Content,
}

/// What an open container holds so far.
pub(super) enum Content {
    /// The story itself, a cell, a text box, a note.
    Blocks(Holder),
    /// Its rows.
    Table(Table),
    /// Its cells; `true` when the row is a tracked deletion.
    Row(Row, bool, u32),
    /// The paragraph being read.
    Paragraph(Box<Builder>),
}

/// A container of blocks.
#[derive(Default)]
pub(super) struct Holder {
    /// What the blocks belong to.
    pub what: What,
    /// Paragraphs and tables read so far.
    pub blocks: Vec<Block>,
    /// A paragraph whose mark was deleted, waiting for the next one.
    pub carry: Option<Builder>,
    /// A cell that continues a vertical merge.
    pub dropped: bool,
    /// Columns of the table's grid that a cell covers beside its first.
    pub across: u32,
}

/// What a container of blocks is.
#[derive(Default)]
pub(super) enum What {
    #[default]
    Story,
    Cell,
    Box,
    Note(String),
}

impl StoryReader<'_, '_> {
    pub fn top(&mut self) -> Option<&mut Content> {
        self.frames.last_mut().map(|frame| &mut frame.content)
    }

    pub fn paragraph(&mut self) -> Option<&mut Builder> {
        match self.top() {
            Some(Content::Paragraph(builder)) => Some(builder),
            _ => None,
        }
    }

    /// The innermost container of blocks; frames are few (see [`MAX_NESTING`]).
    pub fn holder(&mut self) -> Option<&mut Holder> {
        self.frames.iter_mut().rev().find_map(|frame| match &mut frame.content {
            Content::Blocks(holder) => Some(holder),
            _ => None,
        })
    }

    pub fn open(&mut self, depth: usize, content: Content) {
        self.frames.push(Frame { depth, content });
    }

    /// Closes the innermost frame and hands what it holds to the one below.
    pub fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame.content {
            Content::Paragraph(builder) => self.close_paragraph(*builder),
            Content::Table(table) => {
                self.tables -= 1;
                if !table.rows.is_empty() {
                    self.push_block(Block::Table(table));
                }
            }
            Content::Row(row, deleted, _) => {
                if let (false, false, Some(Content::Table(table))) = (deleted, row.cells.is_empty(), self.top()) {
                    table.rows.push(row);
                }
            }
            Content::Blocks(mut holder) => {
                self.flush(&mut holder);
                self.close_holder(holder);
            }
        }
    }

    fn close_holder(&mut self, holder: Holder) {
        match holder.what {
            What::Story => {}
            What::Cell => {
                if let Some(Content::Row(row, _, column)) = self.top() {
                    if !holder.dropped {
                        let columns = holder.across.saturating_add(1);
                        row.cells.push(Cell { blocks: holder.blocks, column: Some(*column), columns });
                    }
                    *column = column.saturating_add(1).saturating_add(holder.across);
                }
            }
            What::Box => {
                self.boxes -= 1;
                let text = flat_text(&holder.blocks);
                if let (false, Some(host)) = (text.is_empty(), self.paragraph()) {
                    host.text.push_note(Note { kind: NoteKind::TextBox, anchor: 0, text });
                }
            }
            What::Note(id) => {
                if let Story::Notes(kind) = self.story {
                    self.found.insert((kind, id), flat_text(&holder.blocks));
                }
            }
        }
    }

    fn close_paragraph(&mut self, builder: Builder) {
        // A field whose code never ended must not swallow the rest of the document.
        while self.fields.last().is_some_and(|field| !field.in_result) {
            self.fields.pop();
        }
        if builder.mark_deleted {
            if let Some(holder) = self.holder() {
                holder.carry = Some(builder);
            }
        } else if !(builder.mark_hidden && builder.text.is_blank()) {
            let paragraph = self.build(builder);
            self.push_block(Block::Paragraph(paragraph));
        }
    }

    fn build(&mut self, builder: Builder) -> Paragraph {
        let props = builder.own.over(self.shared.styles.paragraph(builder.style));
        let label = props.list.filter(|&list| list != 0 && !self.shared.lists.is_empty()).and_then(|list| {
            // Numbering that comes from a style takes the level that names the style.
            let styled = match (builder.own.level, builder.own.list, builder.style) {
                (None, None, Some(style)) => self.shared.lists.level_of_style(list, self.shared.styles.name(style)),
                _ => None,
            };
            let level = styled.or(props.level).unwrap_or(0);
            self.shared.lists.label(list, level, &mut self.counters)
        });
        let origin = Origin { paragraph: builder.index, page: None };
        builder.text.finish(label, props.centered.unwrap_or(false), origin, self.letters)
    }

    fn push_block(&mut self, block: Block) {
        if let Some(holder) = self.holder() {
            holder.blocks.push(block);
        }
    }

    /// A paragraph that waited for a next one that never came.
    pub fn flush(&mut self, holder: &mut Holder) {
        if let Some(builder) = holder.carry.take().filter(|builder| !builder.text.is_blank()) {
            let paragraph = self.build(builder);
            holder.blocks.push(Block::Paragraph(paragraph));
        }
    }

    pub fn flush_carry(&mut self) {
        let waiting = self.holder().and_then(|holder| holder.carry.take()).filter(|builder| !builder.text.is_blank());
        if let Some(builder) = waiting {
            let paragraph = self.build(builder);
            self.push_block(Block::Paragraph(paragraph));
        }
    }
}
