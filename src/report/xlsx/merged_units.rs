//! Sheets of `tong-hop.xlsx` about the units: who delivered what, who has not, which documents are still missing.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::height;
use super::merged::settled;
use super::style::Styles;
use super::table::{Column, Table, cell_text};
use crate::report::index::Index;
use crate::report::merge::{Expected, Merged, Owed};
use crate::report::words;
use crate::review::Handling;

/// Widths of the cover: a name and numbers.
const WIDTHS: [f64; 5] = [46.0, 14.0, 14.0, 14.0, 14.0];
/// Most lines of one kind on the cover.
const MOST_LINES: usize = 15;

struct Cover<'c> {
    sheet: &'c mut Worksheet,
    styles: &'c Styles,
    row: u32,
}

/// Sheet "Tổng hợp": what could not be used first, then counts and what must be looked at.
pub fn cover(sheet: &mut Worksheet, styles: &Styles, merged: &Merged, index: &Index) -> Result<(), XlsxError> {
    sheet.set_name("Tổng hợp")?;
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_paper_size(9).set_portrait().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.6, 0.5, 0.6, 0.6, 0.3, 0.3).set_footer("&L&A&RTrang &P/&N");
    let mut cover = Cover { sheet, styles, row: 0 };
    cover.title("TỔNG HỢP KẾT QUẢ RÀ SOÁT CỦA CÁC ĐƠN VỊ")?;
    let office = merged.results.office.office.as_deref().map(|name| format!("Cơ quan tổng hợp: {name}. "));
    cover.line(&format!("{}Tính đến ngày {}", office.unwrap_or_default(), words::date(merged.results.run.as_of)))?;
    cover.section("1. Chưa tổng hợp được")?;
    let unread: usize = merged.units.iter().map(|unit| unit.unread.len()).sum();
    if merged.unusable.is_empty() && unread == 0 {
        cover.line("Không có: mọi kết quả đưa vào đều dùng được, các đơn vị đọc được mọi tệp.")?;
    }
    cover.lines(merged.unusable.iter().map(|one| format!("- {}: {}", one.source, one.why)))?;
    if unread > 0 {
        cover.line(&format!("{unread} tệp hoặc văn bản các đơn vị chưa đọc được; KHÔNG có kết luận nào về các văn bản này (trang “Không đọc được”)."))?;
    }
    cover.section("2. Các đơn vị")?;
    cover.row("Đơn vị", &["Văn bản", "Kiến nghị", "Đã quyết định", "Chưa đọc được"], true)?;
    for unit in &merged.units {
        let numbers =
            [unit.documents, unit.proposals, unit.decided, unit.unread.len()].map(|number| number.to_string());
        cover.row(&unit.name, &numbers.each_ref().map(String::as_str), false)?;
    }
    if let Some(expected) = &merged.expected {
        let open = expected.iter().filter(|one| one.delivered.is_empty());
        cover.line(&format!("Theo danh sách: {} đơn vị; chưa gửi: {}.", expected.len(), open.clone().count()))?;
        cover.lines(open.map(|one| format!("- {}: {}", one.name, state(one, merged))))?;
    }
    cover.section("3. Văn bản, kiến nghị sau khi gộp")?;
    let documents = merged.results.documents.len();
    cover.line(&format!("Văn bản: {documents} (đơn vị gửi trùng: {}).", merged.duplicates().count()))?;
    for handling in words::HANDLINGS {
        let count = (0..documents).filter(|&at| settled(index, at) == handling).count();
        if count > 0 {
            cover.row(words::handling(handling), &[&count.to_string()], false)?;
        }
    }
    let open = merged.results.proposals.iter().filter(|one| one.handling != Handling::Keep);
    let decided = open.clone().filter(|one| one.decision.as_ref().is_some_and(|own| own.first().is_some())).count();
    cover.line(&format!(
        "Kiến nghị: {}; đã có quyết định: {decided}; các đơn vị quyết định trái nhau: {}; kết quả các đơn vị khác nhau: {}.",
        open.count(),
        merged.conflicts().count(),
        merged.differing().count()
    ))?;
    cover.section("4. Văn bản Luật giao ban hành, chưa tìm thấy")?;
    let missing: Vec<&Owed> = merged.owed.iter().filter(|one| one.is_missing()).collect();
    if missing.is_empty() {
        cover.line("Không có trong phạm vi các quy tắc và kết quả đã gửi.")?;
    }
    cover.lines(missing.into_iter().map(|one| match one.body.as_str() {
        "" => format!("- {}", one.title),
        body => format!("- {body}: {}", one.title),
    }))?;
    cover.section("5. Lưu ý")?;
    if merged.notes.is_empty() {
        cover.line("Không có.")?;
    }
    cover.lines(merged.notes.iter().map(|note| format!("- {note}")))
}

impl Cover<'_> {
    fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.merge_range(self.row, 0, self.row, WIDTHS.len() as u16 - 1, text, &self.styles.title)?;
        self.sheet.set_row_height(self.row, 24.0)?;
        self.row += 1;
        Ok(())
    }

    fn section(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.merge_range(self.row + 1, 0, self.row + 1, WIDTHS.len() as u16 - 1, text, &self.styles.section)?;
        self.row += 2;
        Ok(())
    }

    /// A line over the whole width, as high as its words need.
    fn line(&mut self, text: &str) -> Result<(), XlsxError> {
        let text = cell_text(text);
        self.sheet.merge_range(self.row, 0, self.row, WIDTHS.len() as u16 - 1, &text, &self.styles.note)?;
        self.sheet.set_row_height(self.row, height::points(height::lines(&text, WIDTHS.iter().sum())))?;
        self.row += 1;
        Ok(())
    }

    fn lines(&mut self, lines: impl Iterator<Item = String>) -> Result<(), XlsxError> {
        let lines: Vec<String> = lines.collect();
        for line in lines.iter().take(MOST_LINES) {
            self.line(line)?;
        }
        match lines.len().saturating_sub(MOST_LINES) {
            0 => Ok(()),
            more => self.line(&format!("… và {more} mục khác (nêu đủ trong tong-hop.json và các trang sau).")),
        }
    }

    /// A name with cells after it.
    fn row(&mut self, name: &str, cells: &[&str], head: bool) -> Result<(), XlsxError> {
        let styles = self.styles;
        let (own, others) = if head { (&styles.header, &styles.header) } else { (&styles.text, &styles.number) };
        self.sheet.write_string_with_format(self.row, 0, cell_text(name), own)?;
        for (column, cell) in (1..).zip(cells) {
            match cell.parse::<u32>() {
                Ok(number) => self.sheet.write_number_with_format(self.row, column, number, others)?,
                Err(_) => self.sheet.write_string_with_format(self.row, column, *cell, others)?,
            };
        }
        self.sheet.set_row_height(self.row, height::points(height::lines(name, WIDTHS[0])))?;
        self.row += 1;
        Ok(())
    }
}

/// Has it delivered?
fn state(one: &Expected, merged: &Merged) -> String {
    match (one.delivered.is_empty(), one.documents) {
        (false, _) => "Đã gửi".to_owned(),
        (true, 0) => "Chưa gửi".to_owned(),
        (true, count) => {
            format!("Chưa gửi; có {count} văn bản do đơn vị khác gửi ({})", merged.names(one.through.iter().copied()))
        }
    }
}

const UNITS: [Column; 10] = [
    ("STT", 5.0),
    ("Đơn vị", 36.0),
    ("Tình trạng", 28.0),
    ("Thư mục, tệp", 22.0),
    ("Ngày xét", 11.0),
    ("Văn bản", 9.0),
    ("Kiến nghị", 9.0),
    ("Đã quyết định", 9.0),
    ("Chưa đọc được", 9.0),
    ("Bộ quy tắc", 36.0),
];

/// Sheet "Đơn vị": those of the list in its order, then those it does not name.
pub fn units(sheet: &mut Worksheet, styles: &Styles, merged: &Merged) -> Result<(), XlsxError> {
    let notes = match &merged.expected {
        Some(_) => vec![],
        None => vec!["Chưa nêu danh sách đơn vị (--units): bảng chỉ có các đơn vị đã gửi.".to_owned()],
    };
    let mut table = Table::new(sheet, styles, "Đơn vị", &notes, UNITS)?;
    let mut order = 0;
    let expected = merged.expected.as_deref().unwrap_or_default();
    for one in expected.iter().filter(|one| one.delivered.is_empty()) {
        order += 1;
        table.number(order)?.text(&one.name)?.text(&state(one, merged))?;
        for _ in 0..7 {
            table.code("")?;
        }
        table.end_row()?;
    }
    for (at, unit) in merged.units.iter().enumerate() {
        order += 1;
        let listed = expected.iter().any(|one| one.delivered.contains(&at));
        let state =
            if listed || merged.expected.is_none() { "Đã gửi" } else { "Đã gửi; không có trong danh sách" };
        table
            .number(order)?
            .text(&unit.name)?
            .text(state)?
            .code(&unit.source)?
            .date(unit.as_of)?
            .number(unit.documents)?
            .number(unit.proposals)?
            .number(unit.decided)?
            .number(unit.unread.len())?
            .text(&unit.packs.join("; "))?;
        table.end_row()?;
    }
    table.finish()
}

const OWED: [Column; 7] = [
    ("STT", 5.0),
    ("Cơ quan, đơn vị, địa phương", 34.0),
    ("Cấp", 14.0),
    ("Văn bản phải có", 48.0),
    ("Căn cứ", 36.0),
    ("Tình trạng", 22.0),
    ("Văn bản đã có; ghi chú", 44.0),
];

/// Sheet "Văn bản còn thiếu": every body and document the rules ask for, what is missing first.
pub fn owed(sheet: &mut Worksheet, styles: &Styles, merged: &Merged) -> Result<(), XlsxError> {
    let notes = [
        "Theo các quy tắc về văn bản phải ban hành trong bộ quy tắc, xét trong kết quả đã gửi; cấp xã và cơ quan, đơn vị xét từng nơi có văn bản hoặc có tên trong danh sách.".to_owned(),
        "“Chưa tìm thấy” không có nghĩa là chưa ban hành: có thể đơn vị chưa gửi.".to_owned(),
    ];
    let mut table = Table::new(sheet, styles, "Văn bản còn thiếu", &notes, OWED)?;
    let (missing, others): (Vec<&Owed>, Vec<&Owed>) = merged.owed.iter().partition(|one| one.is_missing());
    for (order, one) in (1..).zip(missing.into_iter().chain(others)) {
        let state = match (&one.successor, one.is_missing()) {
            (_, true) => "Chưa tìm thấy",
            _ if !one.found.is_empty() => "Đã có",
            (Some(_), _) => "Cơ quan cũ, đã sắp xếp",
            (None, false) => "Chưa tìm thấy; không có trong danh sách đơn vị",
        };
        let note = match &one.successor {
            Some(successor) if one.found.is_empty() => format!("Nay thuộc {successor}"),
            _ => one.found.join("; "),
        };
        table
            .number(order)?
            .text(if one.body.is_empty() { "(chung của tỉnh)" } else { &one.body })?
            .text(one.level.map_or("Cấp tỉnh", words::level))?
            .text(&one.title)?
            .text(&one.basis)?
            .text(state)?
            .text(&note)?;
        table.end_row()?;
    }
    table.finish()
}

const UNREAD: [Column; 5] = [("STT", 5.0), ("Đơn vị", 30.0), ("Tệp", 40.0), ("Lý do", 60.0), ("Việc cần làm", 60.0)];

/// Sheet "Không đọc được": what could not be joined, then what the units could not read.
pub fn unread(sheet: &mut Worksheet, styles: &Styles, merged: &Merged) -> Result<(), XlsxError> {
    let mut table = Table::new(sheet, styles, "Không đọc được", &[], UNREAD)?;
    let mut order = 0;
    for one in &merged.unusable {
        order += 1;
        table.number(order)?.text("(kết quả chưa dùng được)")?.code(&one.source)?.text(&one.why)?;
        table.text("Nhận lại kết quả từ đơn vị rồi tổng hợp lại")?;
        table.end_row()?;
    }
    for unit in &merged.units {
        for one in &unit.unread {
            order += 1;
            table.number(order)?.text(&unit.name)?.code(&one.file)?.text(&one.message)?.text(&one.next_step)?;
            table.end_row()?;
        }
    }
    table.finish()
}
