//! Open containers of a story: what they hold, and where it goes when they close.

use super::drawing::Drawing;
use super::paragraph::Builder;
use super::story::{Story, StoryReader};
use super::trace::TracedParagraph;
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
    /// A paragraph that runs on, waiting for the next one.
    pub carry: Option<Box<Builder>>,
    /// A cell that continues a merge, or was deleted.
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
    /// A text box: number of its first `w:p`, and the drawing around it.
    Box {
        first: u32,
        drawing: Drawing,
    },
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
            Content::Paragraph(builder) => self.close_paragraph(builder),
            Content::Table(table) => {
                self.tables -= 1;
                if !table.rows.is_empty() {
                    self.push_block(Block::Table(table));
                }
            }
            Content::Row(row, deleted, _) => {
                self.pages.row_ends();
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
            What::Box { first, drawing } => {
                self.boxes -= 1;
                self.drawing = drawing;
                let text = flat_text(&holder.blocks);
                if !text.is_empty() {
                    let source = self.source(None, Some(first.to_string()));
                    self.push_note(Note { source, ..Note::new(NoteKind::TextBox, text) });
                }
            }
            What::Note(id) => {
                if let Story::Notes(kind) = self.story {
                    let source = self.source(None, Some(id.clone()));
                    let note = Note { source, ..Note::new(kind, flat_text(&holder.blocks)) };
                    self.found.insert((kind, id), note);
                }
            }
        }
    }

    fn close_paragraph(&mut self, mut builder: Box<Builder>) {
        // A field whose code never ended must not swallow the rest of the document.
        while self.fields.last().is_some_and(|field| !field.in_result) {
            self.fields.pop();
        }
        let origin = self.origin_of_change(Origin { paragraph: builder.index, page: None });
        self.changes.paragraph_end(builder.change.take(), origin, self.letters);
        builder.keeps_own |= builder.mark_hidden;
        if builder.runs_on || builder.mark_hidden {
            // Nothing but a hidden mark is nothing: an empty paragraph is not carried on.
            if let Some(holder) = self.holder() {
                holder.carry = Some(builder);
            }
        } else {
            let paragraph = self.build(*builder);
            self.push_block(Block::Paragraph(paragraph));
        }
    }

    fn build(&mut self, builder: Builder) -> Paragraph {
        let props = builder.own.over(self.shared.styles.paragraph(builder.style));
        let label = props.list.filter(|&list| list != 0 && !self.shared.lists.is_empty()).and_then(|list| {
            // Numbering that comes from a style takes the level that names the style, else the style that gave the list.
            let named = |style| self.shared.lists.level_of_style(list, self.shared.styles.name(style));
            let styled = match (builder.own.level, builder.own.list, builder.style) {
                (None, None, Some(style)) => named(style),
                _ => None,
            };
            let level = styled.or(props.level).or_else(|| named(props.list_style?)).unwrap_or(0);
            self.shared.lists.label(list, level, &mut self.counters)
        });
        self.shown += u64::from(label.is_some());
        let origin = Origin { paragraph: builder.index, page: builder.page.or(Some(self.pages.at())) };
        let centered = props.centered.unwrap_or(false);
        let Some(trace) = &mut self.trace else { return builder.text.finish(label, centered, origin, self.letters) };
        let (raw, spans) = builder.text.raw();
        let (raw, spans) = (raw.to_owned(), spans.clone());
        let paragraph = builder.text.finish(label, centered, origin, self.letters);
        let text = paragraph.text.clone();
        trace.push(TracedParagraph { index: origin.paragraph, text, raw, spans, pieces: builder.pieces });
        paragraph
    }

    fn push_block(&mut self, block: Block) {
        if let Some(holder) = self.holder() {
            holder.blocks.push(block);
        }
    }

    /// A paragraph that waited for a next one that never came.
    pub fn flush(&mut self, holder: &mut Holder) {
        if let Some(builder) = holder.carry.take().filter(|builder| !builder.text.is_blank()) {
            let paragraph = self.build(*builder);
            holder.blocks.push(Block::Paragraph(paragraph));
        }
    }

    pub fn flush_carry(&mut self) {
        let waiting = self.holder().and_then(|holder| holder.carry.take()).filter(|builder| !builder.text.is_blank());
        if let Some(builder) = waiting {
            let paragraph = self.build(*builder);
            self.push_block(Block::Paragraph(paragraph));
        }
    }
}
