//! Formats of cells: one serif font as offices print, thin borders, grey heads; no colour carries meaning.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Font of official documents (NĐ 30/2020/NĐ-CP).
pub const FONT: &str = "Times New Roman";
/// Size in points.
pub const SIZE: f64 = 11.0;

/// Formats used by the sheets.
pub struct Styles {
    /// Head of a column.
    pub header: Format,
    /// Running text in a cell.
    pub text: Format,
    /// Text that must never become a number or a date: "12/2010".
    pub code: Format,
    /// Summaries in our own words.
    pub italic: Format,
    /// Whole numbers.
    pub number: Format,
    /// Days.
    pub date: Format,
    /// Cells to be filled in by a reviewer.
    pub input: Format,
    /// Days to be filled in by a reviewer.
    pub input_date: Format,
    /// Heading row of a group, totals.
    pub group: Format,
    /// Title of a sheet.
    pub title: Format,
    /// Title of an official form, centred over its columns.
    pub form_title: Format,
    /// A mark under a title, centred, in italics.
    pub form_mark: Format,
    /// Right half and left lower line of the head of an official paper.
    pub head_bold: Format,
    /// Left upper line of it.
    pub head_light: Format,
    /// A line of explanation outside a table.
    pub note: Format,
    /// A heading outside a table.
    pub section: Format,
    /// Ordinary pieces of a quotation.
    pub piece: Format,
    /// Evidence in a quotation.
    pub evidence: Format,
}

impl Styles {
    /// All formats.
    pub fn new() -> Self {
        let font = || Format::new().set_font_name(FONT).set_font_size(SIZE);
        let cell = || font().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
        let centred = || cell().set_align(FormatAlign::Center);
        let grey = Color::RGB(0x00E7_E6E6);
        let pale = Color::RGB(0x00FA_FAF5);
        Styles {
            header: cell()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(grey),
            text: cell(),
            code: cell().set_num_format("@"),
            italic: cell().set_italic(),
            number: centred(),
            date: centred().set_num_format("dd/mm/yyyy"),
            input: cell().set_num_format("@").set_background_color(pale),
            input_date: centred().set_num_format("dd/mm/yyyy").set_background_color(pale),
            group: cell().set_bold(),
            title: font().set_bold().set_font_size(14),
            form_title: font()
                .set_bold()
                .set_font_size(13)
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            form_mark: font().set_italic().set_align(FormatAlign::Center),
            head_bold: font().set_bold().set_align(FormatAlign::Center),
            head_light: font().set_align(FormatAlign::Center),
            note: font().set_text_wrap().set_align(FormatAlign::Top),
            section: font().set_bold().set_font_size(12),
            piece: font(),
            evidence: font().set_bold(),
        }
    }
}
