use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::report::{Format, sample, write_all};

fn cells(path: &std::path::Path, sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

#[test]
fn sheets_stand_in_their_order() {
    let out = tempfile::tempdir().unwrap();
    let written = write_all(&sample::results(4), out.path(), &[Format::Xlsx, Format::Json]).unwrap();
    assert_eq!(written.len(), 2);
    let book: Xlsx<_> = open_workbook(out.path().join("de-xuat.xlsx")).unwrap();
    let names = [
        "Tổng hợp",
        "Đề xuất",
        "Văn bản",
        "Danh mục văn bản liên quan",
        "Mẫu 04",
        "Văn bản ngoài phạm vi NĐ 79",
        "Quan hệ văn bản",
        "Văn bản chưa có tệp",
        "Danh mục vào",
        "Không đọc được",
        "Quy tắc",
        "Điều khoản",
        "Cảnh báo",
        "Lựa chọn",
    ];
    assert_eq!(book.sheet_names(), names);
}

#[test]
fn a_proposal_stands_beside_its_quotation_and_basis() {
    let out = tempfile::tempdir().unwrap();
    write_all(&sample::results(3), out.path(), &[Format::Xlsx]).unwrap();
    let rows = cells(&out.path().join("de-xuat.xlsx"), "Đề xuất");
    let (head, first) = (&rows[2], &rows[3]);
    let value = |title: &str| first[head.iter().position(|one| one == title).unwrap()].as_str();
    assert_eq!(value("Số, ký hiệu"), "12/2017/QĐ-UBND");
    assert_eq!(value("Vị trí"), "khoản 1 Điều 5 Quy chế");
    assert!(value("Trích nguyên văn").starts_with("1. Mức góp quỹ"));
    assert_eq!(value("Đề xuất xử lý"), "Sửa đổi, bổ sung");
    assert_eq!(value("Mã kiến nghị"), "p0a");
    // Two proposals and the document's own, for two documents; the kept one has none; one to be issued.
    assert_eq!(rows.len(), 3 + 3 * 2 + 1);
    let formula = rows[4][head.iter().position(|one| one == "Trích nguyên văn").unwrap()].as_str();
    assert!(formula.contains("=Kinh phí sửa nhà văn hóa thôn; | đường ngõ xóm."), "{formula}");
}

#[test]
fn the_official_list_holds_normative_documents_only() {
    let out = tempfile::tempdir().unwrap();
    write_all(&sample::results(6), out.path(), &[Format::Xlsx]).unwrap();
    let rows = cells(&out.path().join("de-xuat.xlsx"), "Mẫu 04");
    let numbers: Vec<&str> =
        rows.iter().map(|row| row[3].as_str()).filter(|number| number.contains("QĐ-UBND")).collect();
    assert_eq!(numbers, ["12/2017/QĐ-UBND", "13/2017/QĐ-UBND"]);
    assert!(rows.iter().any(|row| row[0] == "I. Lĩnh vực Nội vụ"));
    assert_eq!(rows.last().unwrap()[0], "Tổng số: 3 văn bản");
}

#[test]
fn filters_stand_below_the_rules_with_what_they_stopped() {
    let out = tempfile::tempdir().unwrap();
    write_all(&sample::results(2), out.path(), &[Format::Xlsx]).unwrap();
    let rows = cells(&out.path().join("de-xuat.xlsx"), "Quy tắc");
    let last = rows.last().unwrap();
    assert_eq!(
        last[1..5],
        ["mau.loc-ke-lai", "mau", "Câu kể lại việc đã qua. (dùng cho 2 quy tắc)", "Bộ lọc chung, chưa loại chỗ nào"]
    );
    assert_eq!(last[8], "0");
}

#[test]
fn the_same_results_give_the_same_bytes() {
    let out = tempfile::tempdir().unwrap();
    let read = |name: &str| {
        let folder = out.path().join(name);
        write_all(&sample::results(5), &folder, &[Format::Xlsx, Format::Json]).unwrap();
        (std::fs::read(folder.join("de-xuat.xlsx")).unwrap(), std::fs::read(folder.join("ket-qua.json")).unwrap())
    };
    assert!(read("a") == read("b"));
}

#[test]
fn a_decided_workbook_is_kept() {
    let out = tempfile::tempdir().unwrap();
    write_all(&sample::results(1), out.path(), &[Format::Xlsx]).unwrap();
    // Undecided: replaced.
    let again = write_all(&sample::results(1), out.path(), &[Format::Xlsx]).unwrap();
    assert_eq!(again[0].note, None);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Đề xuất").unwrap();
    sheet.write(0, 0, super::proposals::DECISION).unwrap();
    sheet.write(1, 0, "Đồng ý").unwrap();
    book.save(out.path().join("de-xuat.xlsx")).unwrap();
    let third = write_all(&sample::results(1), out.path(), &[Format::Xlsx]).unwrap();
    assert_eq!(third[0].path, out.path().join("de-xuat-2.xlsx"));
    assert!(third[0].note.as_deref().unwrap().contains("de-xuat-2.xlsx"));
}

#[test]
fn empty_results_make_a_workbook_too() {
    let mut results = sample::results(1);
    results.documents.clear();
    results.proposals.clear();
    results.lists.clear();
    results.unreadable.clear();
    results.missing.clear();
    results.rules.clear();
    let out = tempfile::tempdir().unwrap();
    write_all(&results, out.path(), &[Format::Xlsx, Format::Json]).unwrap();
    let rows = cells(&out.path().join("de-xuat.xlsx"), "Mẫu 04");
    assert!(rows.iter().any(|row| row[0] == "Không có"));
}
