//! `mau-kiem-tra.xlsx`: the sample of clauses without a finding, for a person to answer; [`crate::report::recall`] reads it back.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{DataValidation, Format, Workbook, Worksheet, XlsxError};

use super::style::{self, Styles};
use super::table::{Column, Table};
use super::{Error, properties};
use crate::report::index::Index;
use crate::report::unflagged::Stratum;
use crate::report::{place, words};

/// Sheet with the clauses.
pub const SHEET: &str = "Mẫu kiểm tra";
/// Sheet with the sizes of the strata.
pub const SIZES: &str = "Tổng thể";
/// Head of the column with the stratum.
pub const STRATUM: &str = "Nhóm";
/// Head of the column to answer in.
pub const ANSWER: &str = "Có vấn đề bị bỏ sót?";
/// Answers: nothing missed, something missed, cannot tell.
pub const ANSWERS: [&str; 3] = ["Không", "Có", "Chưa rõ"];
/// Head of the number of clauses without a finding.
pub const UNFLAGGED: &str = "Số điều khoản không có phát hiện";
/// Head of the number of clauses with one.
pub const FLAGGED: &str = "Số điều khoản có phát hiện";

const COLUMNS: [Column; 11] = [
    ("STT", 6.0),
    (STRATUM, 13.0),
    ("Số, ký hiệu", 18.0),
    ("Cơ quan ban hành", 24.0),
    ("Vị trí", 22.0),
    ("Mục, phần", 30.0),
    ("Lời văn", 70.0),
    (ANSWER, 12.0),
    ("Quy định của Luật bị trái hoặc thiếu (nếu có)", 34.0),
    ("Người kiểm tra", 16.0),
    ("Tệp và đường dẫn", 30.0),
];

/// Writes the workbook.
pub fn write(index: &Index, strata: &[Stratum], file: &mut BufWriter<File>) -> Result<(), Error> {
    let mut book = Workbook::new();
    book.set_default_format(&Format::new().set_font_name(style::FONT).set_font_size(style::SIZE), 20, 64)?;
    book.set_properties(&properties(&index.results.run)?);
    let styles = Styles::new();
    clauses(book.add_worksheet(), &styles, index, strata)?;
    sizes(book.add_worksheet(), &styles, strata)?;
    book.save_to_writer(file)?;
    Ok(())
}

/// `true` when a person has answered in it; a workbook that cannot be read is taken for answered.
pub fn holds_answers(path: &Path) -> bool {
    let Ok(mut book) = open_workbook::<Xlsx<_>, _>(path) else { return true };
    let Ok(sheet) = book.worksheet_range(SHEET) else { return true };
    let mut rows = sheet.rows();
    let is_head = |cell: &Data| matches!(cell, Data::String(text) if text == ANSWER);
    let Some(column) = rows.by_ref().find_map(|row| row.iter().position(is_head)) else { return true };
    rows.any(|row| {
        row.get(column).is_some_and(|cell| !matches!(cell, Data::Empty) && cell != &Data::String(String::new()))
    })
}

fn clauses(sheet: &mut Worksheet, styles: &Styles, index: &Index, strata: &[Stratum]) -> Result<(), XlsxError> {
    let notes = [
        "Các điều khoản dưới đây được rút ngẫu nhiên trong số điều khoản chương trình không có phát hiện.".to_owned(),
        format!(
            "Đọc từng điều khoản, chọn “{}”, “{}” hoặc “{}”; không bỏ qua dòng nào vì thấy dễ hay khó.",
            ANSWERS[0], ANSWERS[1], ANSWERS[2]
        ),
        "Xong thì chạy: rasoat eval --sample mau-kiem-tra.xlsx để biết tỷ lệ vấn đề chương trình bỏ sót.".to_owned(),
    ];
    let mut table = Table::new(sheet, styles, SHEET, &notes, COLUMNS)?;
    let first = table.row();
    let mut order = 0;
    for stratum in strata {
        for &(at, unit) in &stratum.drawn {
            order += 1;
            let reviewed = &index.results.documents[at];
            let document = reviewed.in_force();
            let identity = &reviewed.document.identity;
            table
                .number(order)?
                .text(words::relevance(stratum.relevance))?
                .code(identity.number.as_deref().unwrap_or(""))?
                .text(identity.issuer.as_deref().unwrap_or(""))?
                .text(&crate::document::place::unit(document, unit))?
                .text(&place::context(document, unit))?
                .text(&place::reading(&document.units[unit]))?
                .input("")?
                .input("")?
                .input("")?
                .code(&format!("{} {}", reviewed.document.file, document.units[unit].path))?;
            table.end_row()?;
        }
    }
    let last = table.row().saturating_sub(1);
    if last >= first {
        let column = COLUMNS.iter().position(|(head, _)| *head == ANSWER).unwrap_or_default() as u16;
        let answers = DataValidation::new().allow_list_strings(&ANSWERS)?;
        table.sheet.add_data_validation(first, column, last, column, &answers)?;
    }
    table.finish()
}

fn sizes(sheet: &mut Worksheet, styles: &Styles, strata: &[Stratum]) -> Result<(), XlsxError> {
    let notes = ["Dùng để suy ra từ mẫu; không sửa bảng này.".to_owned()];
    let columns = [(STRATUM, 16.0), (UNFLAGGED, 22.0), (FLAGGED, 22.0), ("Số điều khoản trong mẫu", 18.0)];
    let mut table = Table::new(sheet, styles, SIZES, &notes, columns)?;
    for stratum in strata {
        table
            .text(words::relevance(stratum.relevance))?
            .number(stratum.unflagged)?
            .number(stratum.flagged)?
            .number(stratum.drawn.len())?;
        table.end_row()?;
    }
    table.finish()
}
