//! The two Excel lists: one as an agency keeps it, one in the shape of a form.

use std::error::Error;
use std::fs;
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

/// Names of the lists and what they show.
pub const SHOWS: [(&str, &str); 2] = [
    (
        "01-danh-muc-so-noi-vu.xlsx",
        "List as an agency keeps it: two header rows, ticks, group headings, two documents in a cell, dates as text and as serial, \
         day and month swapped, one document without a file",
    ),
    ("02-bieu-tong-hop.xlsx", "Simple list in the shape of a form, with field and agency in charge"),
];

/// A date as the clerk typed it.
enum Typed {
    /// A real date: year, month, day.
    Serial(u16, u8, u8),
    /// Words.
    Text(&'static str),
}

/// Words of the cell, typed date and column of the tick for documents, note.
type AgencyRow = (&'static str, Option<(Typed, u16)>, &'static str);

/// The agency's own list: documents, date as typed, column of the tick (0-2), note. No document = a group heading.
const AGENCY: [AgencyRow; 9] = [
    ("I. LĨNH VỰC XÂY DỰNG CHÍNH QUYỀN", None, ""),
    (
        "Quyết định số 47/2013/QĐ-UBND ngày 15/8/2013 của UBND tỉnh ban hành Quy chế tổ chức và hoạt động của xóm, khối, bản",
        Some((Typed::Serial(2013, 8, 15), 2)),
        "Có văn bản sửa đổi",
    ),
    (
        "Quyết định số 19/2016/QĐ-UBND ngày 04/02/2016 của UBND tỉnh sửa đổi Quy chế tổ chức và hoạt động của xóm, khối, bản;\nQuyết định số 72/2006/QĐ-UBND ngày 14/8/2006 của UBND tỉnh về quản lý xóm, khối, bản",
        Some((Typed::Text("04/02/2016"), 2)),
        "",
    ),
    (
        "Nghị quyết số 21/2023/NQ-HĐND ngày 07/12/2023 của HĐND tỉnh quy định chức danh, mức phụ cấp người hoạt động không chuyên trách",
        Some((Typed::Text("07/12/2023"), 0)),
        "",
    ),
    ("II. LĨNH VỰC THỰC HIỆN DÂN CHỦ Ở CƠ SỞ", None, ""),
    (
        "Quyết định số 98/1998/QĐ-UB của UBND tỉnh về việc ban hành bản Quy định thực hiện Quy chế dân chủ ở xã",
        // Signed on 02/10/1998: day and month are swapped here.
        Some((Typed::Serial(1998, 2, 10), 1)),
        "Đã bãi bỏ",
    ),
    (
        "Chỉ thị số 09/2008/CT-UBND ngày 22/5/2008 của UBND tỉnh về việc tổ chức thực hiện Pháp lệnh thực hiện dân chủ ở xã, phường, thị trấn",
        Some((Typed::Text("22/5/2008"), 2)),
        "",
    ),
    (
        "Quyết định số 54/2017/QĐ-UBND ngày 20/6/2017 của UBND tỉnh ban hành Quy định về giám sát thực hiện dân chủ ở cơ sở",
        Some((Typed::Serial(2017, 6, 20), 0)),
        "Chưa tìm thấy bản Word",
    ),
    ("Tổng số: 07 văn bản", None, ""),
];

/// Rows of the form: kind, number, date, title, field, agency.
const FORM: [[&str; 6]; 6] = [
    [
        "Quyết định",
        "16/2011/QĐ-UBND",
        "05/10/2011",
        "Ban hành Quy chế thực hiện dân chủ ở xã, thị trấn trên địa bàn huyện Yên Thành",
        "Nội vụ",
        "Sở Nội vụ",
    ],
    [
        "Quyết định",
        "34/2021/QĐ-UBND",
        "09/11/2021",
        "Ban hành Quy định về vận động, quản lý và sử dụng các khoản đóng góp của Nhân dân để xây dựng nông thôn mới",
        "Nông nghiệp",
        "Sở Nông nghiệp và Môi trường",
    ],
    [
        "Quyết định",
        "58/2025/QĐ-UBND",
        "15/9/2025",
        "Ban hành Quy định về quản lý, bảo trì đường giao thông nông thôn",
        "Xây dựng",
        "Sở Xây dựng",
    ],
    [
        "Nghị quyết",
        "88/2016/NQ-HĐND",
        "16/12/2016",
        "Về chính sách hỗ trợ xây dựng nhà văn hóa xóm, khối, bản giai đoạn 2017 - 2020",
        "Văn hóa",
        "Sở Văn hóa, Thể thao và Du lịch",
    ],
    [
        "Quyết định",
        "05/2024/QĐ-UBND",
        "18/3/2024",
        "Ban hành Quy chế thực hiện dân chủ ở xã Diễn Kim",
        "Nội vụ",
        "Ủy ban nhân dân xã",
    ],
    [
        "Quyết định",
        "12/2014/QĐ-UBND",
        "24/02/2014",
        "Về việc bãi bỏ một số văn bản quy phạm pháp luật do Ủy ban nhân dân tỉnh ban hành",
        "Tư pháp",
        "Sở Tư pháp",
    ],
];

/// Writes both lists into `folder`.
pub fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    agency(&folder.join(SHOWS[0].0))?;
    form(&folder.join(SHOWS[1].0))
}

fn book() -> Result<Workbook, Box<dyn Error>> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2026, 11, 22)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    Ok(book)
}

fn agency(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut book = book()?;
    let sheet = book.add_worksheet().set_name("Ra soat 2026")?;
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    let head = cell.clone().set_bold().set_align(FormatAlign::Center);
    let title = Format::new().set_bold().set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, 6, "DANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT THUỘC LĨNH VỰC NỘI VỤ CẦN RÀ SOÁT", &title)?;
    sheet.merge_range(1, 0, 1, 6, "(Kèm theo Công văn của Sở Nội vụ)", &title)?;
    for (column, text) in [(0, "TT"), (1, "Tên gọi văn bản"), (2, "Ngày ban hành"), (6, "Ghi chú")] {
        sheet.merge_range(3, column, 4, column, text, &head)?;
    }
    sheet.merge_range(3, 3, 3, 5, "Kết quả rà soát", &head)?;
    for (column, text) in [(3, "Còn hiệu lực"), (4, "Hết hiệu lực"), (5, "Cần xử lý")] {
        sheet.write_with_format(4, column, text, &head)?;
    }
    widths(sheet, &[5.0, 70.0, 14.0, 10.0, 10.0, 10.0, 24.0])?;
    let date = cell.clone().set_num_format("dd/mm/yyyy");
    let mut number = 0;
    for (row, (text, document, note)) in (5..).zip(&AGENCY) {
        let Some((typed, tick)) = document else {
            sheet.merge_range(row, 0, row, 6, text, &head)?;
            continue;
        };
        number += 1;
        sheet.write_with_format(row, 0, number, &cell)?.write_with_format(row, 1, *text, &cell)?;
        match typed {
            Typed::Serial(year, month, day) => {
                sheet.write_with_format(row, 2, ExcelDateTime::from_ymd(*year, *month, *day)?, &date)?
            }
            Typed::Text(day) => sheet.write_with_format(row, 2, *day, &cell)?,
        };
        for column in 3..6 {
            sheet.write_with_format(row, column, if column == 3 + tick { "x" } else { "" }, &cell)?;
        }
        sheet.write_with_format(row, 6, *note, &cell)?;
    }
    book.save(path)?;
    Ok(())
}

fn form(path: &Path) -> Result<(), Box<dyn Error>> {
    let mut book = book()?;
    let sheet = book.add_worksheet().set_name("Bieu 01")?;
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    let head = cell.clone().set_bold().set_align(FormatAlign::Center);
    let names = [
        "STT",
        "Tên loại văn bản",
        "Số, ký hiệu",
        "Ngày ban hành",
        "Trích yếu nội dung",
        "Lĩnh vực",
        "Cơ quan chủ trì",
    ];
    for (column, name) in (0..).zip(names) {
        sheet.write_with_format(0, column, name, &head)?;
    }
    widths(sheet, &[5.0, 14.0, 20.0, 14.0, 60.0, 14.0, 30.0])?;
    for (row, texts) in (1..).zip(&FORM) {
        sheet.write_with_format(row, 0, row, &cell)?;
        for (column, text) in (1..).zip(texts) {
            sheet.write_with_format(row, column, *text, &cell)?;
        }
    }
    book.save(path)?;
    Ok(())
}

fn widths(sheet: &mut Worksheet, widths: &[f64]) -> Result<(), Box<dyn Error>> {
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, *width)?;
    }
    Ok(())
}
