//! Paragraphs and tables in the dress of Nghị định 30/2020/NĐ-CP, phụ lục I: A4, Times New Roman 14 (13 in the head, 11-12 in
//! tables), margins 20 mm above and below, 30 mm left, 15 mm right.

use docx_rs::{
    AlignmentType, BreakType, Header, HeightRule, LineSpacing, LineSpacingType, PageMargin, PageNum, Paragraph, Run,
    RunFonts, SpecialIndentType, Table, TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellMargins,
    TableLayoutType, TableRow, VAlignType, WidthType,
};

/// Font of every word.
pub const FONT: &str = "Times New Roman";
/// Sizes in half points.
pub const BODY: usize = 28;
/// Size of tables.
pub const SMALL: usize = 22;
/// A4, in twentieths of a point.
pub const A4: (u32, u32) = (11_906, 16_838);
/// Width of the text between the margins, upright.
pub const WIDTH: usize = 11_906 - 1_701 - 850;
/// Width of the text between the margins, lengthwise.
pub const WIDE: usize = 16_838 - 1_701 - 850;
/// A height no row has: marks rows that are printed again on every page (see [`super::pack`]).
pub const HEAD_ROW: f32 = 7.0;

/// Margins of a page.
pub fn margins() -> PageMargin {
    PageMargin { top: 1_134, bottom: 1_134, left: 1_701, right: 850, header: 567, footer: 567, gutter: 0 }
}

/// The font for every script.
pub fn fonts() -> RunFonts {
    RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT)
}

/// The number of the page, in the middle above.
pub fn numbered() -> Header {
    Header::new().add_paragraph(Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new()))
}

/// A piece of text; control characters are left out, line ends are breaks.
pub fn words(text: &str) -> Run {
    let mut run = Run::new();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        let clean: String = line
            .chars()
            .map(|c| if c == '\t' { ' ' } else { c })
            .filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'))
            .collect();
        if !clean.is_empty() {
            run = run.add_text(clean);
        }
    }
    run
}

/// A paragraph of the body: justified, first line in.
pub fn body(runs: impl IntoIterator<Item = Run>) -> Paragraph {
    plain(runs)
        .align(AlignmentType::Both)
        .indent(None, Some(SpecialIndentType::FirstLine(567)), None, None)
        .line_spacing(spacing(120))
}

/// A line in the middle.
pub fn centered(runs: impl IntoIterator<Item = Run>) -> Paragraph {
    plain(runs).align(AlignmentType::Center)
}

/// A paragraph without dress.
pub fn plain(runs: impl IntoIterator<Item = Run>) -> Paragraph {
    runs.into_iter().fold(Paragraph::new(), Paragraph::add_run)
}

/// The heading of a part, kept with what follows.
pub fn heading(text: &str, level: usize) -> Paragraph {
    body([words(text).bold()]).keep_next(true).outline_lvl(level)
}

fn spacing(after: u32) -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Auto).line(264).before(0).after(after)
}

/// A cell of a table.
pub struct Cell {
    runs: Vec<Run>,
    align: AlignmentType,
    span: usize,
}

impl Cell {
    /// Text to the left.
    pub fn text(text: &str) -> Self {
        Cell::runs(vec![words(text)])
    }

    /// Pieces of text to the left.
    pub fn runs(runs: Vec<Run>) -> Self {
        Cell { runs, align: AlignmentType::Left, span: 1 }
    }

    /// Bold text in the middle.
    pub fn head(text: &str) -> Self {
        Cell { runs: vec![words(text).bold()], align: AlignmentType::Center, span: 1 }
    }

    /// A number or date, in the middle.
    pub fn mid(text: &str) -> Self {
        Cell { runs: vec![words(text)], align: AlignmentType::Center, span: 1 }
    }

    /// A count, in the middle.
    pub fn count(number: usize) -> Self {
        Cell::mid(&number.to_string())
    }

    /// Bold text over several columns.
    pub fn over(text: &str, span: usize) -> Self {
        Cell { runs: vec![words(text).bold()], align: AlignmentType::Left, span }
    }
}

/// A ruled table under construction. Widths are shares of the whole.
pub struct Ruled {
    rows: Vec<TableRow>,
    widths: Vec<usize>,
}

impl Ruled {
    /// A table as wide as `whole`, with heads that are printed again on every page.
    pub fn new(whole: usize, columns: &[(&str, usize)]) -> Self {
        let shares: usize = columns.iter().map(|(_, share)| share).sum();
        let widths = columns.iter().map(|(_, share)| whole * share / shares.max(1)).collect();
        let mut table = Ruled { rows: Vec::new(), widths };
        let row = table.cells(columns.iter().map(|(head, _)| Cell::head(head)).collect());
        table.rows.push(row.row_height(HEAD_ROW).height_rule(HeightRule::AtLeast));
        table
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Cell>) {
        let row = self.cells(cells);
        self.rows.push(row);
    }

    fn cells(&self, cells: Vec<Cell>) -> TableRow {
        let is_head = self.rows.is_empty();
        let mut column = 0;
        let cells = cells.into_iter().map(|cell| {
            let width = self.widths.iter().skip(column).take(cell.span).sum();
            column += cell.span;
            let paragraph = cell.runs.into_iter().map(|run| run.size(SMALL)).fold(Paragraph::new(), Paragraph::add_run);
            let made = TableCell::new()
                .width(width, WidthType::Dxa)
                .vertical_align(if is_head { VAlignType::Center } else { VAlignType::Top })
                .add_paragraph(paragraph.align(cell.align).keep_next(cell.span > 1));
            if cell.span > 1 { made.grid_span(cell.span) } else { made }
        });
        TableRow::new(cells.collect())
    }

    /// The table.
    pub fn finish(self) -> Table {
        let whole = self.widths.iter().sum();
        let line = |position| TableBorder::new(position).size(4).color("000000");
        let borders = [
            TableBorderPosition::Top,
            TableBorderPosition::Bottom,
            TableBorderPosition::Left,
            TableBorderPosition::Right,
            TableBorderPosition::InsideH,
            TableBorderPosition::InsideV,
        ];
        let borders = borders.into_iter().map(line).fold(TableBorders::with_empty(), TableBorders::set);
        Table::new(self.rows)
            .set_grid(self.widths)
            .layout(TableLayoutType::Fixed)
            .width(whole, WidthType::Dxa)
            .margins(TableCellMargins::new().margin(40, 85, 40, 85))
            .set_borders(borders)
    }
}

/// The two-column head: bodies on the left, Quốc hiệu on the right.
pub fn state_head(left: Vec<Paragraph>, right: Vec<Paragraph>) -> Table {
    let widths = [WIDTH * 40 / 100, WIDTH * 60 / 100];
    let cells = [left, right].into_iter().zip(widths).map(|(paragraphs, width)| {
        paragraphs.into_iter().fold(TableCell::new().width(width, WidthType::Dxa), TableCell::add_paragraph)
    });
    Table::without_borders(vec![TableRow::new(cells.collect()).cant_split()])
        .set_grid(widths.to_vec())
        .layout(TableLayoutType::Fixed)
        .width(WIDTH, WidthType::Dxa)
        .margins(TableCellMargins::new().margin(0, 30, 0, 30))
}
