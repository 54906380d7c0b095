use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Book};

use super::*;

fn rows(workbook: &Workbook, at: usize) -> &[ListRow] {
    match &workbook.sheets[at].content {
        SheetContent::List(rows) => rows,
        SheetContent::Clauses(_) => panic!("a list is expected"),
    }
}

fn text(row: &ListRow, column: Column) -> &str {
    row.cell(column).map_or("", |cell| cell.text.as_str())
}

/// A book with every trap of real tracking workbooks.
fn tracking_book() -> Vec<u8> {
    let mut book = Book::new();
    let plain = Format::new();
    let sheet = book.add_worksheet().set_name("Cần xử lý").expect("name");
    sheet.write(0, 0, "DANH MỤC VĂN BẢN CẦN XỬ LÝ CỦA TỈNH").expect("cell");
    sheet.merge_range(0, 0, 0, 7, "DANH MỤC VĂN BẢN CẦN XỬ LÝ CỦA TỈNH", &plain).expect("merge");
    for (column, name) in [(0, "STT"), (1, "TÊN GỌI VĂN BẢN"), (2, "Cơ quan soạn thảo")] {
        sheet.merge_range(2, column, 3, column, name, &plain).expect("merge");
    }
    sheet.merge_range(2, 3, 2, 6, "Hình thức xử lý", &plain).expect("merge");
    for (column, name) in [(3, "Thay thế"), (4, "Bãi bỏ"), (5, "Ban hành mới"), (6, "Chưa xác định")] {
        sheet.write(3, column, name).expect("cell");
    }
    sheet.write(2, 7, "Số, ngày, tháng năm ban hành VBQPPL").expect("cell");
    sheet.write(4, 0, "I").expect("cell");
    sheet.write(4, 1, "Lĩnh vực nội vụ").expect("cell");
    sheet.write(5, 0, 1.0).expect("cell");
    sheet.write(5, 1, "Quyết định số 11/2018/QĐ-UBND ngày 05/3/2018 ban hành Quy chế A").expect("cell");
    sheet.merge_range(5, 2, 6, 2, "Sở Nội vụ", &plain).expect("merge");
    sheet.write(5, 3, 2).expect("cell");
    sheet.write(5, 7, "Quyết định số 3/2026/QĐ-UBND").expect("cell");
    sheet.write(6, 0, Formula::new("=A6+1").set_result("2")).expect("cell");
    sheet.write(6, 1, "Quyết định số 12/2018/QĐ-UBND").expect("cell");
    sheet.write(6, 6, "1").expect("cell");
    sheet.write(7, 1, "Tổng số: 02 văn bản").expect("cell");
    for row in 8..300 {
        sheet.write_blank(row, 1, &Format::new().set_bold()).expect("blank");
    }
    let second = book.add_worksheet().set_name("Đã ban hành").expect("name");
    for (column, name) in ["Số TT", "Tên loại", "Số, ký hiệu", "Ngày ban hành", "Trích yếu"].into_iter().enumerate()
    {
        second.write(1, column as u16, name).expect("cell");
        second.write(2, column as u16, format!("({})", column + 1)).expect("cell");
    }
    let date = ExcelDateTime::from_ymd(2019, 7, 22).expect("date");
    for (column, value) in [(1, "Quyết định"), (2, "17/2019/QĐ-UBND"), (4, "Về quy chế B")] {
        second.write(3, column, value).expect("cell");
    }
    second.write_with_format(3, 3, &date, &Format::new().set_num_format("dd/mm/yyyy")).expect("date");
    book.add_worksheet().set_name("Ghi nhớ").expect("name").write(0, 0, "Gọi lại cho Sở").expect("cell");
    book.save_to_buffer().expect("book")
}

#[test]
fn a_tracking_book_is_read_by_the_meaning_of_its_headers() {
    let workbook = read(&tracking_book()).expect("the book is a list");
    assert_eq!(workbook.sheets.len(), 2);
    let first = rows(&workbook, 0);
    assert_eq!(first.len(), 2, "headings, totals and blank rows are no entries");
    assert_eq!((first[0].row, first[0].group.as_deref()), (6, Some("Lĩnh vực nội vụ")));
    assert_eq!(text(&first[0], Column::Ordinal), "1");
    assert_eq!(text(&first[1], Column::Ordinal), "2");
    assert_eq!(first[0].cell(Column::Title).map(|cell| cell.address.as_str()), Some("B6"));
    assert_eq!(text(&first[0], Column::Tick(Treatment::Replace)), "2");
    assert_eq!(text(&first[1], Column::Tick(Treatment::Undetermined)), "1");
    assert_eq!(text(&first[1], Column::Drafter), "Sở Nội vụ", "a merged cell speaks for all its rows");
    assert_eq!(text(&first[0], Column::Result), "Quyết định số 3/2026/QĐ-UBND");
    let second = rows(&workbook, 1);
    assert_eq!(second.len(), 1);
    assert_eq!(second[0].naming_text(), "Quyết định | 17/2019/QĐ-UBND | 22/07/2019 | Về quy chế B");
    assert_eq!(second[0].cell(Column::Issued).and_then(|cell| cell.date), Some(jiff::civil::date(2019, 7, 22)));
    let codes: Vec<_> = workbook.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["sheet-without-header"]);
}

#[test]
fn a_sheet_of_clauses_becomes_a_document() {
    let csv = "QUY CHẾ TIẾP DÂN,,\nĐiều,Khoản,Nội dung\n1,,Quy chế này áp dụng cho phòng tiếp dân.\n2,1,Tiếp dân vào ngày làm việc.\n2,2,Sổ tiếp dân lưu tại xã.\n";
    let workbook = read(csv.as_bytes()).expect("clauses are read");
    let SheetContent::Clauses(document) = &workbook.sheets[0].content else { panic!("clauses are expected") };
    let texts: Vec<_> = document.paragraphs().into_iter().map(|p| p.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "QUY CHẾ TIẾP DÂN",
            "Điều 1. Quy chế này áp dụng cho phòng tiếp dân.",
            "Điều 2.",
            "1. Tiếp dân vào ngày làm việc.",
            "2. Sổ tiếp dân lưu tại xã."
        ]
    );
    assert_eq!(document.paragraphs()[2].origin.paragraph, 4);
}

#[test]
fn what_is_no_list_is_said_and_explained() {
    let unread = |bytes: &[u8]| read(bytes).expect_err("no list").code;
    assert_eq!(unread(b""), UnreadCode::Empty);
    assert_eq!(unread(b"PK\x03\x04 broken"), UnreadCode::Damaged);
    assert_eq!(unread(b"\xD0\xCF\x11\xE0 broken"), UnreadCode::Damaged);
    assert_eq!(unread(b"<html><table></table></html>"), UnreadCode::Html);
    assert_eq!(unread("Họ tên,Tuổi\nAn,30\n".as_bytes()), UnreadCode::NoListHeader);
    assert_eq!(unread("Chủ đề,Số VB\nLao động,53\nThuế,51\n".as_bytes()), UnreadCode::NoListHeader);
    let mut book = Book::new();
    book.add_worksheet().set_name("Nhân sự").expect("name").write(0, 0, "Họ tên").expect("cell");
    let error = read(&book.save_to_buffer().expect("book")).expect_err("no list");
    assert!(error.message.contains("Nhân sự"), "{}", error.message);
}

#[test]
fn one_value_in_the_last_cell_costs_nothing() {
    let mut book = Book::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "STT").expect("cell");
    sheet.write(0, 1, "Số ký hiệu").expect("cell");
    sheet.write(1, 1, "5/2020/QĐ-UBND").expect("cell");
    sheet.write(1_048_575, 16_383, "x").expect("cell");
    let workbook = read(&book.save_to_buffer().expect("book")).expect("read");
    assert_eq!(rows(&workbook, 0).len(), 1);
}

#[test]
fn groups_totals_and_repeated_headers_are_told_from_entries() {
    let csv = "STT,Số ký hiệu,Trích yếu\nA. LĨNH VỰC Y TẾ,,\n1,1/2020/QĐ-UBND,Về x\nII. Lĩnh vực công đoàn,,\n2,2/2020/QĐ-UBND,Về y\nSTT,Số ký hiệu,Trích yếu\n3,3/2020/QĐ-UBND,Công đoàn cơ sở\nTổng cộng: 3,,\n,,Người lập biểu\n";
    let workbook = read(csv.as_bytes()).expect("list");
    let found: Vec<_> = rows(&workbook, 0).iter().map(|r| (r.row, r.group.as_deref().unwrap_or(""))).collect();
    assert_eq!(
        found,
        [(3, "LĨNH VỰC Y TẾ"), (5, "Lĩnh vực công đoàn"), (7, "Lĩnh vực công đoàn"), (9, "Lĩnh vực công đoàn")]
    );
}

#[test]
fn letters_of_old_fonts_are_read() {
    let rows_of = |bytes: &[u8]| {
        let workbook = read(bytes).expect("list");
        assert_eq!(workbook.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), ["legacy-encoding-converted"]);
        rows(&workbook, 0)[0].naming_text()
    };
    let typed = "STT,Sè ký hiÖu,C¬ quan ban hµnh,TrÝch yÕu\n1,12/2003/Q§-UB,ñy ban nh©n d©n tØnh,vÒ viÖc qu¶n lý chî vµ bÕn ®ß cña ®Þa ph\u{ad}¬ng\n";
    let expected = "12/2003/QĐ-UB | ủy ban nhân dân tỉnh | về việc quản lý chợ và bến đò của địa phương";
    assert_eq!(rows_of(typed.as_bytes()), expected);
    let bytes: Vec<u8> = typed.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    assert_eq!(rows_of(&bytes), expected);
}
