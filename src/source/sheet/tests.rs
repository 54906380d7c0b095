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

#[test]
fn hidden_parts_are_read_and_told() {
    let mut book = Book::new();
    let sheet = book.add_worksheet().set_name("Danh mục").expect("name");
    for (column, name) in ["STT", "Số ký hiệu", "Trích yếu", "Ghi chú"].into_iter().enumerate() {
        sheet.write(0, column as u16, name).expect("cell");
    }
    for row in 1..4 {
        sheet.write_formula(row, 0, Formula::new(format!("=A{row}+1"))).expect("formula");
        sheet.write(row, 1, format!("{row}/2020/QĐ-UBND")).expect("cell");
        sheet.write(row, 2, "Về lệ phí bến bãi").expect("cell");
        sheet.write(row, 3, "mới").expect("cell");
    }
    sheet.set_row_hidden(2).expect("row");
    sheet.set_column_hidden(3).expect("column");
    let secret = book.add_worksheet().set_name("Nháp").expect("name");
    secret.write(0, 0, "Số ký hiệu").expect("cell");
    secret.write(1, 0, "9/2020/QĐ-UBND").expect("cell");
    secret.set_hidden(true);
    let workbook = read(&book.save_to_buffer().expect("book")).expect("a list");
    let hidden: Vec<_> = rows(&workbook, 0).iter().map(|row| (row.row, row.hidden)).collect();
    assert_eq!(hidden, [(2, false), (3, true), (4, false)]);
    let codes: Vec<_> = workbook.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["hidden-rows", "hidden-columns", "hidden-sheet"]);
    assert!(workbook.warnings[1].message.contains("(D)"), "{}", workbook.warnings[1].message);
    assert_eq!(rows(&workbook, 1).len(), 1);
}

/// Puts other cells into a sheet part, as programs write them that do not compute formulas.
fn with_rows(xml: &str) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut book = Book::new();
    book.add_worksheet().set_name("Danh mục").expect("name").write(0, 0, "x").expect("cell");
    let bytes = book.save_to_buffer().expect("book");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("zip");
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("part");
        let name = part.name().expect("a name").into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).expect("read");
        if name == "xl/worksheets/sheet1.xml" {
            let old = String::from_utf8(text).expect("utf-8");
            let (head, rest) = old.split_once("<sheetData>").expect("cells");
            let (_, tail) = rest.split_once("</sheetData>").expect("cells");
            text = format!("{head}<sheetData>{xml}</sheetData>{tail}").into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("part");
        out.write_all(&text).expect("write");
    }
    out.finish().expect("zip").into_inner()
}

#[test]
fn formulas_without_results_are_told_and_numbers_of_rows_do_not_matter() {
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let xml = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\"><c r=\"A2\"><f>A1+1</f></c>{}</row>\
         <row r=\"3\"><c r=\"A3\"><f>A2+1</f><v></v></c><c r=\"B3\"><f>CONCATENATE(C3,D3)</f></c></row>\
         <row r=\"4\"><c r=\"A4\"><f>A3+1</f><v></v></c></row>",
        text("A1", "STT"),
        text("B1", "Tên gọi văn bản"),
        text("B2", "Quyết định số 5/2020/QĐ-UBND"),
    );
    let workbook = read(&with_rows(&xml)).expect("a list");
    let found = rows(&workbook, 0);
    assert_eq!(found.iter().map(|row| row.row).collect::<Vec<_>>(), [2, 3]);
    assert!(found[1].cell(Column::Title).is_some_and(|cell| cell.uncomputed && cell.address == "B3"));
    assert!(workbook.warnings.is_empty());
}

#[test]
fn several_tables_of_one_sheet_are_read() {
    let csv = "UBND TỈNH,,\nDANH MỤC I,,\nSTT,Số ký hiệu,Trích yếu\n1,1/2020/QĐ-UBND,Về x\n,,\nDANH MỤC II,,\nTT,TÊN GỌI CỦA VĂN BẢN,Ngày ban hành,Số hiệu\n1,Về y,02/3/2021,2/2021/QĐ-UBND\n";
    let workbook = read(csv.as_bytes()).expect("list");
    let found: Vec<_> = rows(&workbook, 0).iter().map(|row| text(row, Column::Number)).collect();
    assert_eq!(found, ["1/2020/QĐ-UBND", "2/2021/QĐ-UBND"]);
}

#[test]
fn old_letters_and_unicode_may_share_a_sheet() {
    let csv = "STT,Số ký hiệu,Trích yếu\n\
        1,1/2003/Q§-UB,VÒ viÖc qu¶n lý chî vµ bÕn ®ß cña ®Þa ph¬ng\n\
        2,2/2003/Q§-UB,Về quản lý bến đò\n\
        3,3/2003/Q§-UB,Về phần mềm Windows® và lệ phí\n";
    let workbook = read(csv.as_bytes()).expect("list");
    let found: Vec<_> = rows(&workbook, 0).iter().map(ListRow::naming_text).collect();
    assert_eq!(
        found,
        [
            "1/2003/QĐ-UB | Về việc quản lý chợ và bến đò của địa phơng",
            "2/2003/QĐ-UB | Về quản lý bến đò",
            "3/2003/QĐ-UB | Về phần mềm Windows® và lệ phí"
        ]
    );
    let vni = "STT,Soá kyù hieäu,Trích yeáu\n1,5/2003/QÑ-UB,Veà vieäc quaûn lyù chôï vaø beán ñoø cuûa ñòa phöông trong tænh\n";
    let workbook = read(vni.as_bytes()).expect("list");
    assert_eq!(
        rows(&workbook, 0)[0].naming_text(),
        "5/2003/QĐ-UB | Về việc quản lý chợ và bến đò của địa phương trong tỉnh"
    );
}

#[test]
fn a_list_may_be_a_table_of_a_text() {
    use crate::source::{Block, Cell, Paragraph, Row, Table};
    let cell = |column: u32, columns: u32, text: &str| Cell {
        blocks: vec![Block::Paragraph(Paragraph { text: text.to_owned(), ..Paragraph::default() })],
        column: Some(column),
        columns,
    };
    let table =
        |rows: Vec<Vec<Cell>>| Block::Table(Table { rows: rows.into_iter().map(|cells| Row { cells }).collect() });
    let head = table(vec![vec![cell(0, 1, "UBND TỈNH NGHỆ AN"), cell(1, 1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]]);
    let list = table(vec![
        vec![cell(0, 1, "TT"), cell(1, 1, "Tên văn bản"), cell(2, 2, "Hình thức xử lý"), cell(4, 1, "Cơ quan chủ trì")],
        vec![cell(2, 1, "Thay thế"), cell(3, 1, "Bãi bỏ")],
        vec![cell(0, 5, "I. LĨNH VỰC NỘI VỤ")],
        vec![
            cell(0, 1, "1"),
            cell(1, 1, "Quyết định số 1/2020/QĐ-UBND"),
            cell(2, 1, ""),
            cell(3, 1, "x"),
            cell(4, 1, "Sở Nội vụ"),
        ],
        vec![cell(0, 1, "2"), cell(1, 1, "Quyết định số 2/2020/QĐ-UBND"), cell(2, 1, "x"), cell(3, 1, "")],
    ]);
    let mut document = RawDocument::new(crate::source::Reader::Docx, vec![head, list]);
    let workbook = of_tables(&document).expect("a list");
    let found: Vec<_> = rows(&workbook, 0)
        .iter()
        .map(|row| {
            (row.row, text(row, Column::Tick(Treatment::Repeal)).to_owned(), text(row, Column::Drafter).to_owned())
        })
        .collect();
    let sure = |row, tick: &str| (row, tick.to_owned(), "Sở Nội vụ".to_owned());
    assert_eq!(found, [sure(4, "x"), sure(5, "")]);
    assert!(of_tables(&document).is_ok_and(|workbook| workbook.warnings.is_empty()));
    for block in &mut document.blocks {
        let Block::Table(table) = block else { continue };
        table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| cell.column = None);
    }
    let warned = of_tables(&document).expect("a list");
    assert_eq!(warned.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), ["merged-cells-unread"]);
    document.blocks.truncate(1);
    assert_eq!(of_tables(&document).expect_err("no list").code, UnreadCode::NoListHeader);
}

#[test]
fn one_list_is_the_same_in_every_format() {
    let formats: [(&str, &[u8], &[&str]); 3] = [
        ("xls", include_bytes!("../../../tests/fixtures/lists/danh-muc.xls"), &["hidden-rows"]),
        ("ods", include_bytes!("../../../tests/fixtures/lists/danh-muc.ods"), &["hidden-rows"]),
        ("xml", include_bytes!("../../../tests/fixtures/lists/danh-muc-xml.xls"), &["hidden-rows"]),
    ];
    for (name, bytes, hidden) in formats {
        let workbook = read(bytes).expect("a list");
        let found = rows(&workbook, 0);
        assert_eq!(found.iter().map(|row| row.row).collect::<Vec<_>>(), [6, 7], "{name}");
        assert_eq!(found[0].naming_text(), "11/2018/QĐ-UBND | 05/03/2018 | Ban hành Quy chế quản lý bến đò", "{name}");
        assert!(found[0].cell(Column::Issued).is_some_and(|cell| cell.date.is_some()), "{name}");
        assert_eq!(text(&found[0], Column::Tick(Treatment::Replace)), "2", "{name}");
        assert_eq!(text(&found[1], Column::Tick(Treatment::Repeal)), "x", "{name}");
        assert_eq!(text(&found[1], Column::Number), "12/2003/QĐ-UB", "{name}");
        assert_eq!(text(&found[1], Column::Title), "Về việc quản lý chợ và bến đò của huyện", "{name}");
        for row in found {
            assert_eq!(text(row, Column::Drafter), "Sở Giao thông vận tải", "{name}");
        }
        let codes: Vec<_> =
            workbook.warnings.iter().map(|w| w.code).filter(|code| code.starts_with("hidden")).collect();
        assert_eq!(codes, hidden, "{name}");
    }
}

/// A binary workbook (.xlsb) of one sheet: a merged header, a hidden row and a hidden column.
fn binary_book() -> Vec<u8> {
    use std::io::{Cursor, Write};
    let record = |kind: u16, data: &[u8]| {
        let kind = if kind < 128 { vec![kind as u8] } else { vec![(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8] };
        let length = [(data.len() & 0x7F) as u8 | 0x80, (data.len() >> 7) as u8];
        [&kind[..], &length, data].concat()
    };
    let numbers = |all: &[u32]| all.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    let wide = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&(units.len() as u32 / 2).to_le_bytes()[..], &units].concat()
    };
    let row = |at: u32, hidden: bool, cells: &[(u32, &str)]| {
        let head = [numbers(&[at, 0]), vec![0, 0, 0, if hidden { 0x10 } else { 0 }, 0], numbers(&[0])].concat();
        let cells = cells.iter().map(|&(column, text)| record(6, &[numbers(&[column, 0]), wide(text)].concat()));
        [record(0, &head), cells.collect::<Vec<_>>().concat()].concat()
    };
    let sheet = [
        record(0x81, &[]),
        record(0x94, &numbers(&[0, 3, 0, 3])),
        record(0x186, &[]),
        record(60, &[numbers(&[2, 2, 0, 0]), vec![1, 0]].concat()),
        record(0x187, &[]),
        record(0x91, &[]),
        row(0, false, &[(0, "STT"), (1, "Số, ký hiệu"), (2, "Trích yếu"), (3, "Cơ quan soạn thảo")]),
        row(1, false, &[(0, "1"), (1, "11/2018/QĐ-UBND"), (2, "Về quy chế A"), (3, "Sở Nội vụ")]),
        row(2, true, &[(0, "2"), (1, "12/2018/QĐ-UBND"), (2, "Về quy chế B")]),
        row(3, false, &[(0, "3"), (1, "13/2018/QĐ-UBND"), (2, "Về quy chế C")]),
        record(0x92, &[]),
        record(0xB0, &numbers(&[1, 3, 3, 3])),
        record(0x82, &[]),
    ]
    .concat();
    let bundle = [numbers(&[0, 1]), wide("rId1"), wide("Danh mục")].concat();
    let book =
        [record(0x83, &[]), record(0x8F, &[]), record(0x9C, &bundle), record(0x90, &[]), record(0x84, &[])].concat();
    let relations = r#"<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>"#;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 3] = [
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet),
    ];
    for (name, part) in parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        writer.write_all(part).expect("a part");
    }
    writer.finish().expect("a package").into_inner()
}

#[test]
fn a_binary_workbook_tells_what_is_hidden_and_merged() {
    let workbook = read(&binary_book()).expect("a list");
    let found = rows(&workbook, 0);
    assert_eq!(found.iter().map(|row| (row.row, row.hidden)).collect::<Vec<_>>(), [(2, false), (3, true), (4, false)]);
    assert_eq!(text(&found[2], Column::Drafter), "Sở Nội vụ");
    let codes: Vec<_> = workbook.warnings.iter().map(|w| w.code).collect();
    assert_eq!(codes, ["hidden-rows", "hidden-columns"]);
}
