//! A sheet that is one table: title, notes, a head that stays, rows, filter, print setup.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet, XlsxError};

use super::height;
use super::style::Styles;
use crate::document::Identity;
use crate::report::quote::{Quote, shown};
use crate::report::words;

/// Longest text of a cell in UTF-16 units; Excel takes 32,767.
const LONGEST_CELL: usize = 32_000;
/// What a cut cell ends with.
const CUT_MARK: &str = "… (xem ket-qua.json)";
/// A4.
const PAPER_A4: u8 = 9;

/// A column: head and width in letters.
pub type Column<'c> = (&'c str, f64);

/// A table being written, row by row.
pub struct Table<'t> {
    /// The sheet, for what only one table needs.
    pub sheet: &'t mut Worksheet,
    styles: &'t Styles,
    widths: Vec<f64>,
    header: u32,
    row: u32,
    column: u16,
    lines: usize,
}

impl<'t> Table<'t> {
    /// A sheet with its title, notes (each on its own line) and head.
    pub fn new<'c>(
        sheet: &'t mut Worksheet,
        styles: &'t Styles,
        name: &str,
        notes: &[String],
        columns: impl IntoIterator<Item = Column<'c>>,
    ) -> Result<Self, XlsxError> {
        Self::noted_at(sheet, styles, name, (0, notes), columns)
    }

    /// The same with the notes in a column of their own choice: those in a column that is repeated on each page would be cut there.
    pub fn noted_at<'c>(
        sheet: &'t mut Worksheet,
        styles: &'t Styles,
        name: &str,
        (note_column, notes): (u16, &[String]),
        columns: impl IntoIterator<Item = Column<'c>>,
    ) -> Result<Self, XlsxError> {
        sheet.set_name(name)?;
        sheet.write_string_with_format(0, 0, name, &styles.title)?;
        // Notes overflow to the right over empty cells; wrapping them would squeeze them into the first column.
        for (row, note) in (1..).zip(notes) {
            sheet.write_string_with_format(row, note_column, note.as_str(), &styles.piece)?;
        }
        let header = 1 + notes.len() as u32;
        Self::at(sheet, styles, header, columns)
    }

    /// A table whose head is on row `header`; what stands above is the caller's.
    pub fn at<'c>(
        sheet: &'t mut Worksheet,
        styles: &'t Styles,
        header: u32,
        columns: impl IntoIterator<Item = Column<'c>>,
    ) -> Result<Self, XlsxError> {
        let mut widths = Vec::new();
        let mut lines = 1;
        for (at, (title, width)) in (0..).zip(columns) {
            sheet.set_column_width(at, width)?;
            sheet.write_string_with_format(header, at, title, &styles.header)?;
            lines = lines.max(height::lines(title, width));
            widths.push(width);
        }
        sheet.set_row_height(header, height::points(lines))?;
        sheet.set_landscape().set_paper_size(PAPER_A4);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        sheet.set_print_fit_to_pages(1, 0).set_repeat_rows(header, header)?;
        sheet.set_footer("&L&A&RTrang &P/&N");
        sheet.set_freeze_panes(header + 1, 0)?;
        Ok(Table { sheet, styles, widths, header, row: header + 1, column: 0, lines: 1 })
    }

    /// Index of the row being written.
    pub fn row(&self) -> u32 {
        self.row
    }

    /// Next cell: running text.
    pub fn text(&mut self, text: &str) -> Result<&mut Self, XlsxError> {
        self.string(text, &self.styles.text)
    }

    /// Next cell: text that must stay text.
    pub fn code(&mut self, text: &str) -> Result<&mut Self, XlsxError> {
        self.string(text, &self.styles.code)
    }

    /// Four cells: number, kind, day and issuer of a document.
    pub fn identity(&mut self, identity: &Identity) -> Result<&mut Self, XlsxError> {
        self.code(identity.number.as_deref().unwrap_or(""))?
            .text(words::kind(identity.kind))?
            .date(identity.issued)?
            .text(identity.issuer.as_deref().unwrap_or(""))
    }

    /// Next cell: a summary in our own words.
    pub fn italic(&mut self, text: &str) -> Result<&mut Self, XlsxError> {
        self.string(text, &self.styles.italic)
    }

    /// Next cell: for the reviewer.
    pub fn input(&mut self, text: &str) -> Result<&mut Self, XlsxError> {
        // Whole, however long: what a person changed is found by comparing with what was written.
        let text = cell_text(text);
        let lines = height::lines(&text, self.width());
        self.put(&text, lines, &self.styles.input)
    }

    /// Next cell: a day for the reviewer to fill in; `day` = year-month-day, or words that stand for it.
    pub fn input_date(&mut self, day: &str) -> Result<&mut Self, XlsxError> {
        let parsed = day.parse::<Date>().ok().filter(|day| day.year() > 1900);
        let cell = parsed.map(|day| {
            ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())
        });
        match cell {
            Some(Ok(moment)) => {
                self.sheet.write_datetime_with_format(self.row, self.column, &moment, &self.styles.input_date)?;
                self.column += 1;
                Ok(self)
            }
            _ => self.string(day, &self.styles.input_date),
        }
    }

    /// Next cell: a whole number.
    pub fn number(&mut self, number: usize) -> Result<&mut Self, XlsxError> {
        self.sheet.write_number_with_format(self.row, self.column, number as f64, &self.styles.number)?;
        self.column += 1;
        Ok(self)
    }

    /// Next cell: a day, or nothing.
    pub fn date(&mut self, date: Option<Date>) -> Result<&mut Self, XlsxError> {
        let Some(date) = date else { return self.code("") };
        let day =
            ExcelDateTime::from_ymd(date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs());
        match day {
            // Excel knows no days before 1900.
            Ok(day) if date.year() > 1900 => {
                self.sheet.write_datetime_with_format(self.row, self.column, &day, &self.styles.date)?;
                self.column += 1;
                Ok(self)
            }
            _ => self.code(&words::date(date)),
        }
    }

    /// Next cell: a quotation with its evidence in bold.
    pub fn quote(&mut self, quote: &Quote) -> Result<&mut Self, XlsxError> {
        if !quote.pieces.iter().any(|(evidence, _)| *evidence) {
            return self.text(&quote.plain());
        }
        let styles = self.styles;
        let pieces: Vec<(&Format, &str)> = quote
            .pieces
            .iter()
            .map(|(evidence, text)| (if *evidence { &styles.evidence } else { &styles.piece }, text.as_str()))
            .collect();
        self.sheet.write_rich_string_with_format(self.row, self.column, &pieces, &styles.text)?;
        self.count_lines(&quote.plain());
        self.column += 1;
        Ok(self)
    }

    /// A row of one cell over the whole width: heading of a group, total. Not for tables with a filter.
    pub fn group(&mut self, text: &str) -> Result<(), XlsxError> {
        let last = (self.widths.len() as u16).saturating_sub(1);
        self.sheet.merge_range(self.row, 0, self.row, last, &cell_text(text), &self.styles.group)?;
        self.row += 1;
        Ok(())
    }

    /// Prints at `scale` percent on pages side by side, cut before the columns `breaks`, with the columns up to `repeated` on
    /// each: on one page the letters of a wide table would be too small to read.
    pub fn print_wide(&mut self, scale: u16, breaks: &[u32], repeated: u16) -> Result<(), XlsxError> {
        self.sheet.set_print_scale(scale).set_page_order(false).set_vertical_page_breaks(breaks)?;
        self.sheet.set_repeat_columns(0, repeated)?.set_freeze_panes(self.header + 1, repeated + 1)?;
        Ok(())
    }

    /// Ends the row, as high as its words need.
    pub fn end_row(&mut self) -> Result<(), XlsxError> {
        if self.lines > 1 {
            self.sheet.set_row_height(self.row, height::points(self.lines))?;
        }
        self.row += 1;
        self.column = 0;
        self.lines = 1;
        Ok(())
    }

    /// Ends the table: filter, and a plain word when it has no row.
    pub fn finish(mut self) -> Result<(), XlsxError> {
        let last = (self.widths.len() as u16).saturating_sub(1);
        if self.row == self.header + 1 {
            for column in 0..=last {
                self.text(if column == last.min(1) { "Không có" } else { "" })?;
            }
            return Ok(());
        }
        self.sheet.autofilter(self.header, 0, self.row - 1, last)?;
        Ok(())
    }

    fn string(&mut self, text: &str, format: &Format) -> Result<&mut Self, XlsxError> {
        let text = cell_text(text);
        let lines = height::lines(&text, self.width());
        if lines > height::MOST_LINES {
            let cut = height::fitting(&text, self.width(), CUT_MARK);
            return self.put(&cut, height::MOST_LINES, format);
        }
        self.put(&text, lines, format)
    }

    fn put(&mut self, text: &str, lines: usize, format: &Format) -> Result<&mut Self, XlsxError> {
        self.lines = self.lines.max(lines);
        self.sheet.write_string_with_format(self.row, self.column, text, format)?;
        self.column += 1;
        Ok(self)
    }

    /// Width of the column of the next cell, in letters.
    fn width(&self) -> f64 {
        self.widths.get(usize::from(self.column)).copied().unwrap_or(10.0)
    }

    fn count_lines(&mut self, text: &str) {
        let width = self.width();
        self.lines = self.lines.max(height::lines(text, width));
    }
}

/// Text as a cell may hold it: no control characters, tabs as bars, not too long.
pub fn cell_text(text: &str) -> Cow<'_, str> {
    let text = shown(text);
    if text.len() <= LONGEST_CELL {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > LONGEST_CELL
    });
    match end {
        Some((end, _)) => Cow::Owned(format!("{}{CUT_MARK}", &text[..end])),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_cut_where_excel_would_refuse() {
        assert_eq!(cell_text("Tổ\tdân phố\u{7}"), "Tổ | dân phố");
        let long = "ă".repeat(40_000);
        let cut = cell_text(&long);
        assert!(cut.ends_with(CUT_MARK) && cut.encode_utf16().count() < 32_767);
        assert_eq!(cell_text(&"ă".repeat(31_000)).chars().count(), 31_000);
    }
}
