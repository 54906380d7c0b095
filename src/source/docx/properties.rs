//! Properties of runs, paragraphs, cells and rows while a story is read.

use super::changes::Mark;
use super::frames::{Content, Frame};
use super::story::StoryReader;
use super::styles::RunProps;
use super::xml::Tag;

/// Which properties the walk is inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Props {
    Paragraph,
    Mark,
    Run,
    Cell,
    Row,
    /// `w:ffData`: a form field.
    Form,
}

impl StoryReader<'_, '_> {
    /// A start tag inside properties.
    pub fn start_in_props(&mut self, props: Props, tag: &Tag<'_>, depth: usize) {
        if tag.name.ends_with("Change") && tag.name != "numberingChange" {
            // What it was before: `w:rPrChange`, `w:pPrChange` …
            self.counts.tally.formatted += 1;
            self.skip = Some(depth);
            return;
        }
        match props {
            Props::Paragraph => self.set_paragraph(tag, depth),
            Props::Mark => self.set_mark(tag),
            Props::Run => self.set_run(tag),
            Props::Cell => self.set_cell(tag),
            Props::Row => self.set_row(tag),
            Props::Form => {
                if let Some(field) = self.fields.last_mut() {
                    field.set_form(tag);
                }
            }
        }
    }

    fn set_paragraph(&mut self, tag: &Tag<'_>, depth: usize) {
        match tag.name {
            "sectPr" => return self.skip = Some(depth),
            "rPr" => return self.props.push((Props::Mark, depth)),
            _ => {}
        }
        let styles = self.shared.styles;
        let Some(builder) = self.paragraph().filter(|builder| !builder.keeps_own) else { return };
        match tag.name {
            "pStyle" => builder.style = tag.val().and_then(|name| styles.find(&name)).or(builder.style),
            // The letter is the first of the next paragraph.
            "framePr" => builder.runs_on |= tag.attribute("dropCap").is_some_and(|kind| kind != "none"),
            _ => {
                builder.own.set(tag);
            }
        }
    }

    fn set_mark(&mut self, tag: &Tag<'_>) {
        let Some(builder) = self.paragraph() else { return };
        if tag.name == "vanish" {
            builder.mark_hidden = tag.is_on();
        } else if let Some(mark) = Mark::of(tag) {
            // Inserted by one, deleted by another: deleted.
            builder.runs_on |= mark.removes();
            if mark.removes() || builder.change.is_none() {
                builder.change = Some(mark);
            }
        }
    }

    fn set_run(&mut self, tag: &Tag<'_>) {
        let styles = self.shared.styles;
        if tag.name == "rFonts" && self.fonts.0 != tag.content() {
            self.fonts = (tag.content().to_owned(), RunProps::font(tag));
        }
        let font = self.fonts.1;
        let Some(builder) = self.paragraph() else { return };
        match tag.name {
            "rStyle" => builder.run.style = tag.val().and_then(|name| styles.find(&name)),
            "rFonts" => builder.run.own.font = font.or(builder.run.own.font),
            _ => {
                builder.run.own.set(tag);
            }
        }
    }

    fn set_cell(&mut self, tag: &Tag<'_>) {
        let continues = matches!(tag.name, "vMerge" | "hMerge") && tag.val().is_none_or(|value| value != "restart");
        let change = Mark::of(tag);
        let removed = change.as_ref().is_some_and(Mark::removes);
        let Some(Frame { depth, content: Content::Blocks(holder) }) = self.frames.last_mut() else { return };
        let depth = *depth;
        if tag.name == "gridSpan" {
            holder.across = tag.number::<u32>().map_or(0, |span| span.saturating_sub(1));
        }
        if continues || removed {
            // A reader sees only the first cell of a merge.
            holder.dropped = true;
            self.skip = Some(depth);
        }
        if continues {
            self.merged = Some(depth);
        }
        self.begin_change(change, depth);
    }

    fn set_row(&mut self, tag: &Tag<'_>) {
        let change = Mark::of(tag);
        let removed = change.as_ref().is_some_and(Mark::removes);
        let Some(Frame { depth, content: Content::Row(_, deleted, column) }) = self.frames.last_mut() else { return };
        let depth = *depth;
        if tag.name == "gridBefore" {
            *column = tag.number().unwrap_or(0);
        }
        if removed {
            *deleted = true;
            self.skip = Some(depth);
        }
        self.begin_change(change, depth);
    }

    fn begin_change(&mut self, change: Option<Mark>, depth: usize) {
        if let Some(mark) = change {
            self.changes.begin(mark, depth);
        }
    }
}
