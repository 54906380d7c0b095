//! Elements of HTML: what each is, and the stack of those that are open.

use super::css::{Inherited, Marker, Props};

/// An open element.
#[derive(Debug)]
pub(super) struct Element {
    pub name: String,
    /// Properties of its own.
    pub own: Props,
    /// What its text looks like.
    pub look: Inherited,
    /// What becomes of its text.
    pub flow: Flow,
    /// It opened a frame: a table, a row, a cell, a note.
    pub frame: bool,
    /// It is a tracked insertion.
    pub inserted: bool,
    /// Its counter, when it is a list.
    pub list: Option<ListState>,
}

/// What becomes of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Flow {
    /// It is read.
    #[default]
    Read,
    /// It is no text of the page: scripts, forms, the text of a note that stands with its reference.
    Skipped,
    /// It is the text of a style sheet.
    Styles,
    /// It is hidden: counted, not read.
    Hidden,
    /// It is the number of a list item.
    Number,
    /// It was deleted: kept with the changes.
    Deleted,
}

/// A list and its next number.
#[derive(Debug, Clone, Copy)]
pub(super) struct ListState {
    pub marker: Marker,
    pub next: u32,
}

/// Elements that have no end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "image"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose beginning and end break the line.
pub(super) fn is_block(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "caption"
                | "center"
                | "dd"
                | "details"
                | "dialog"
                | "dir"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "header"
                | "hgroup"
                | "legend"
                | "li"
                | "listing"
                | "main"
                | "menu"
                | "nav"
                | "ol"
                | "p"
                | "plaintext"
                | "pre"
                | "section"
                | "summary"
                | "table"
                | "td"
                | "th"
                | "tr"
                | "ul"
                | "xmp"
        )
}

/// Headings of the page, which say nothing of those of the law.
pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Elements that go on behind the end of the block they began in.
pub(super) fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

/// Lists with items of their own.
pub(super) fn is_list(name: &str) -> bool {
    matches!(name, "ol" | "ul" | "dir" | "menu")
}

/// Elements whose content nobody reads on the page.
pub(super) fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "template"
            | "noscript"
            | "noembed"
            | "noframes"
            | "iframe"
            | "select"
            | "datalist"
            | "title"
            | "xml"
            | "rp"
            | "colgroup"
    )
}

/// Properties an element has by its name.
pub(super) fn usual(name: &str) -> Props {
    let mut props = Props::default();
    match name {
        "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => props.bold = Some(true),
        "th" => (props.bold, props.centered) = (Some(true), Some(true)),
        "i" | "em" | "cite" | "var" | "dfn" | "address" => props.italic = Some(true),
        "center" => props.centered = Some(true),
        "pre" | "listing" | "plaintext" | "xmp" | "textarea" => props.preserve = Some(true),
        // A table stands apart from the alignment around it.
        "table" => props.centered = Some(false),
        _ => {}
    }
    props
}

/// The columns of a table's grid, row by row: cells that reach down push those below to the right.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Rows below that a cell above still covers, by column.
    above: Vec<u32>,
    /// Rows that a cell of the row being read covers, itself included, by column.
    below: Vec<u32>,
    at: usize,
}

/// Most columns of a grid that are told apart.
const MAX_COLUMNS: usize = 4096;

impl Columns {
    /// Begins a row.
    pub fn begin_row(&mut self) {
        let width = self.above.len().max(self.below.len());
        self.above.resize(width, 0);
        self.below.resize(width, 0);
        for (above, below) in self.above.iter_mut().zip(&mut self.below) {
            *above = above.saturating_sub(1).max(std::mem::take(below).saturating_sub(1));
        }
        self.at = 0;
    }

    /// Places a cell and returns its first column.
    pub fn place(&mut self, columns: u32, rows: u32) -> u32 {
        while self.above.get(self.at).is_some_and(|&covered| covered > 0) {
            self.at += 1;
        }
        let first = self.at;
        let end = first.saturating_add(columns.max(1) as usize).min(MAX_COLUMNS);
        if rows > 1 {
            if self.below.len() < end {
                self.below.resize(end, 0);
            }
            for covered in self.below.get_mut(first..end).unwrap_or_default() {
                *covered = rows;
            }
        }
        self.at = end.max(first);
        first as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_in_the_columns_of_the_grid() {
        let mut columns = Columns::default();
        let mut row = |cells: &[(u32, u32)]| {
            columns.begin_row();
            cells.iter().map(|&(across, down)| columns.place(across, down)).collect::<Vec<_>>()
        };
        assert_eq!(row(&[(1, 2), (2, 1), (1, 3)]), [0, 1, 3]);
        assert_eq!(row(&[(1, 1), (1, 1)]), [1, 2]);
        assert_eq!(row(&[(1, 1), (1, 1), (1, 1), (1, 1)]), [0, 1, 2, 4]);
        assert_eq!(row(&[(0, 0), (u32::MAX, u32::MAX), (1, 1)])[..2], [0, 1]);
        row(&[(1, 1)]);
    }
}
