use calamine::{Data, Reader, Xlsx, open_workbook};

use super::proposals::heads;
use crate::proposals::{Choice, Decided, FormSet, Opinion};
use crate::registry::State;
use crate::report::forms::Forms;
use crate::report::{Format, sample, write_all};
use crate::review::Handling;

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
        "Giữ nguyên",
        "Sửa đổi hàng loạt",
        "Danh mục văn bản liên quan",
        "Mẫu 01",
        "Mẫu 02",
        "Mẫu 03",
        "Mẫu 04",
        "Mẫu 05",
        "Văn bản ngoài phạm vi NĐ 79",
        "Đối chiếu",
        "Không còn",
        "Ý kiến khác nhau",
        "Quan hệ văn bản",
        "Văn bản chưa có tệp",
        "Danh mục vào",
        "Không đọc được",
        "Quy tắc",
        "Điều khoản",
        "Cảnh báo",
        "Nhật ký",
        "Lựa chọn",
        "Gốc",
    ];
    assert_eq!(book.sheet_names(), names);
}

#[test]
fn a_proposal_stands_beside_its_quotation_and_basis() {
    let out = tempfile::tempdir().unwrap();
    write_all(&sample::results(3), out.path(), &[Format::Xlsx]).unwrap();
    let rows = cells(&out.path().join("de-xuat.xlsx"), "Đề xuất");
    let (head, first) = (&rows[3], &rows[4]);
    let value = |title: &str| first[head.iter().position(|one| one == title).unwrap()].as_str();
    assert_eq!(value("Số, ký hiệu"), "12/2017/QĐ-UBND");
    assert_eq!(value("Vị trí"), "khoản 1 Điều 5 Quy chế");
    assert!(value("Trích nguyên văn").starts_with("1. Mức góp quỹ"));
    assert_eq!(value("Đề xuất xử lý"), "Sửa đổi, bổ sung");
    assert_eq!(value("Mã kiến nghị"), "p0a");
    // Two proposals and the document's own, for two documents; the kept one has none; one to be issued.
    assert_eq!(rows.len(), 4 + 3 * 2 + 1);
    let formula = rows[5][head.iter().position(|one| one == "Trích nguyên văn").unwrap()].as_str();
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
    for (column, (head, _)) in (0..).zip(super::proposals::COLUMNS) {
        sheet.write(0, column, head).unwrap();
        sheet.write(1, column, if head == heads::DECISION { "Đồng ý" } else { "x" }).unwrap();
    }
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
    for sheet in ["Mẫu 01", "Mẫu 02", "Mẫu 03", "Mẫu 04", "Mẫu 05"] {
        let rows = cells(&out.path().join("de-xuat.xlsx"), sheet);
        assert!(rows.iter().any(|row| row[0] == "Không có"), "{sheet}");
        assert!(rows.iter().any(|row| row[0] == "(theo bản mẫu, chưa đối chiếu phụ lục NĐ 79)"), "{sheet}");
    }
}

#[test]
fn each_document_stands_in_the_lists_of_its_state() {
    let mut results = sample::results(4);
    results.documents[0].status.state = State::Ended;
    results.proposals.iter_mut().find(|one| one.id == "p0").unwrap().handling = Handling::AnnounceExpired;
    results.documents[1].status.state = State::PartlyEnded;
    results.office.office = Some("Sở Nội vụ".to_owned());
    results.forms = [FormSet::Nd79, FormSet::Nd34]
        .map(|set| crate::rules::load::embedded_file(&format!("forms/{}", Forms::file_name(set))).unwrap())
        .map(|yaml| Forms::parse(yaml).unwrap())
        .into();
    let out = tempfile::tempdir().unwrap();
    write_all(&results, out.path(), &[Format::Xlsx]).unwrap();
    let numbers = |sheet: &str| {
        let rows = cells(&out.path().join("de-xuat.xlsx"), sheet);
        let all: Vec<String> = rows.iter().flatten().filter(|cell| cell.contains("/2017/QĐ")).cloned().collect();
        all
    };
    let number = |at: usize| format!("{}/2017/QĐ-UBND", 12 + at);
    assert_eq!(numbers("Mẫu 01"), [number(0)]);
    assert_eq!(numbers("Mẫu 02"), [number(1)]);
    // By lĩnh vực, those without one last.
    assert_eq!(numbers("Mẫu 03"), [number(2), number(1)]);
    assert_eq!(numbers("Mẫu 05"), numbers("Mẫu 03"));
    assert_eq!(numbers("Mẫu 04"), [number(1)]);
    assert_eq!(numbers("Mẫu 03 (NĐ 34)"), [format!("{} ngày 09/03/2017", number(0))]);
    assert_eq!(numbers("Mẫu 06 (NĐ 34)"), [format!("{} ngày 09/03/2017", number(1))]);
    let head = cells(&out.path().join("de-xuat.xlsx"), "Mẫu 01");
    assert!(
        head.iter().flatten().any(|cell| cell == "SỞ NỘI VỤ")
            && head.iter().flatten().any(|cell| cell.contains("CỘNG HÒA"))
    );
}

#[test]
fn lists_follow_what_was_decided() {
    let mut results = sample::results(2);
    let opinion = |choice, handling| Opinion {
        choice,
        reason: "theo ý kiến lãnh đạo".to_owned(),
        handling,
        wording: None,
        content: Some("Nội dung đã viết lại.".to_owned()).filter(|_| choice == Choice::Change),
        drafter: None,
        person: "A".to_owned(),
        date: String::new(),
        deadline: Some("Quý II/2027".to_owned()),
    };
    let mut decide = |id: &str, opinion| {
        let proposal = results.proposals.iter_mut().find(|one| one.id == id).unwrap();
        proposal.decision = Some(Decided { opinions: vec![opinion], note: String::new(), look_again: String::new() });
    };
    decide("p0", opinion(Choice::Change, Some(Handling::Repeal)));
    decide("p1", opinion(Choice::Reject, None));
    let out = tempfile::tempdir().unwrap();
    write_all(&results, out.path(), &[Format::Xlsx]).unwrap();
    let path = out.path().join("de-xuat.xlsx");
    let rows = cells(&path, "Mẫu 04");
    let row = rows.iter().find(|row| row[3] == "12/2017/QĐ-UBND").unwrap();
    assert_eq!((row[6].as_str(), row[9].as_str()), ("Bãi bỏ toàn bộ", "Quý II/2027"));
    assert!(row[7].starts_with("Nội dung đã viết lại."));
    assert!(!rows.iter().any(|row| row[3] == "13/2017/QĐ-UBND"));
    assert!(cells(&path, "Giữ nguyên").iter().flatten().any(|cell| cell.contains("Bác (theo ý kiến lãnh đạo) – A")));
}
