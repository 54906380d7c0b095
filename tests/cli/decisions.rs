//! Decisions typed in the workbook, brought back and carried over.

use calamine::{Data, Reader, Xlsx, open_workbook};

use super::fixture::{Batch, DECISION, Ran, docx};

pub const CHOICE: &str = "Quyết định của người rà soát";
const ID: &str = "Mã kiến nghị";

fn scan(batch: &Batch, more: &[&str]) -> Ran {
    batch.run(&[&["scan", "van-ban", "--out", "ra", "--as-of", "2026-11-22"][..], more].concat())
}

/// Saves `ra/de-xuat.xlsx` with cells filled in, as an office program would; the first conflict with the Law is decided on.
fn decide(batch: &Batch, cells: &[(&str, &str)]) -> String {
    decide_in(batch, "ra/de-xuat.xlsx", cells)
}

/// A cell as its text; days as year-month-day, as an office program keeps them days.
fn shown(cell: &Data) -> String {
    match cell {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    }
}

/// The same in a workbook anywhere.
pub fn decide_in(batch: &Batch, workbook: &str, cells: &[(&str, &str)]) -> String {
    decide_at(batch, workbook, "main/A2.2", cells)
}

/// The same for the proposal at a path.
pub fn decide_at(batch: &Batch, workbook: &str, at: &str, cells: &[(&str, &str)]) -> String {
    let path = batch.path().join(workbook);
    let mut read: Xlsx<_> = open_workbook(&path).expect("a workbook");
    let mut book = rust_xlsxwriter::Workbook::new();
    let mut decided = String::new();
    for name in read.sheet_names() {
        let range = read.worksheet_range(&name).expect("a sheet");
        let mut rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(shown).collect()).collect();
        if name == "Đề xuất" {
            let head = rows.iter().position(|row| row.iter().any(|cell| cell == ID)).expect("a head");
            let column = |name: &str| rows[head].iter().position(|cell| cell == name).expect("a column");
            let (id, path) = (column(ID), column("Đường dẫn"));
            let filled: Vec<(usize, String)> =
                cells.iter().map(|(head, text)| (column(head), (*text).to_owned())).collect();
            let row = rows.iter_mut().skip(head + 1).find(|row| row[path] == at).expect("the conflict");
            decided.clone_from(&row[id]);
            for (column, text) in filled {
                row[column] = text;
            }
        }
        let sheet = book.add_worksheet().set_name(&name).expect("a name");
        for (at, row) in (0..).zip(&rows) {
            for (column, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(at, column, cell).expect("a cell");
            }
        }
    }
    book.save(&path).expect("saved");
    decided
}

#[test]
fn decisions_are_imported_logged_and_carried_over() {
    let batch = Batch::with_decision();
    scan(&batch, &[]).ends(0, &[]);
    let id = decide(
        &batch,
        &[(CHOICE, "Bác"), ("Lý do", "đã xử lý"), ("Người rà soát", "Nguyễn A"), ("Ngày", "20/11/2026")],
    );
    let ran = batch.run(&["decisions", "import", "ra/de-xuat.xlsx", "--into", "ra", "--as-of", "2026-11-23"]);
    ran.ends(0, &[]);
    assert!(ran.out.contains("Đã nhập 1 quyết định"), "{ran:#?}");
    let log = String::from_utf8(batch.bytes("ra/nhat-ky.ndjson")).expect("UTF-8");
    assert!(
        log.contains("\"on\":\"2026-11-23\"") && log.contains("dan-chu-co-so") && log.contains("dccs.xa.dong-gop-2-3"),
        "{log}"
    );

    let ran = scan(&batch, &[]);
    ran.ends(0, &[]);
    assert!(ran.out.contains("phát hiện mới 0") && ran.out.contains("Kiến nghị đã có quyết định: 1"), "{ran:#?}");
    let results = batch.results();
    let proposal =
        results["proposals"].as_array().expect("a list").iter().find(|one| one["id"] == id.as_str()).expect("it");
    let decision = &proposal["decision"];
    assert_eq!((&decision["choice"], &decision["reason"]), (&"reject".into(), &"đã xử lý".into()));
    assert_eq!((&decision["person"], &decision["date"]), (&"Nguyễn A".into(), &"2026-11-20".into()));
    assert_eq!(proposal["state"], "known");
    assert!(results["findings"].as_array().expect("a list").iter().all(|finding| finding["state"] == "known"));
    // What the run wrote is no input of the next one.
    let names = batch.names("ra");
    let ran = batch.run(&["scan", ".", "--out", "ra", "--as-of", "2026-11-22", "--format", "json"]);
    ran.ends(0, &[]);
    assert_eq!(batch.results()["run"]["inputs"], 1, "{names:?}");
}

#[test]
fn the_baseline_says_what_changed_and_the_document_is_to_be_looked_at_again() {
    let batch = Batch::with_decision();
    scan(&batch, &[]).ends(0, &[]);
    let id = decide(&batch, &[(CHOICE, "Đồng ý"), ("Người rà soát", "A")]);
    let lines: Vec<String> =
        DECISION.iter().map(|line| line.replace("trên 50% số cử tri", "trên 55% số cử tri")).collect();
    batch.file("van-ban/qd-17.docx", &docx(&lines.iter().map(String::as_str).collect::<Vec<_>>()));
    let ran = batch.run(&["scan", "van-ban", "--out", "moi", "--baseline", "ra", "--as-of", "2026-11-22"]);
    ran.ends(0, &["Đã nhập 1 quyết định từ de-xuat.xlsx"]);
    assert!(ran.out.contains("cần xem lại quyết định: 1"), "{ran:#?}");
    let results: serde_json::Value = serde_json::from_slice(&batch.bytes("moi/ket-qua.json")).expect("JSON");
    let all = |name: &str| results[name].as_array().expect("a list").clone();
    let proposal = all("proposals").into_iter().find(|one| one["id"] == id.as_str()).expect("it");
    assert_eq!((&proposal["state"], &proposal["decision"]["choice"]), (&"changed".into(), &"agree".into()));
    assert!(proposal["decision"]["look_again"].as_str().is_some_and(|why| why.contains("lời văn đã thay đổi")));
    let finding = all("findings").into_iter().find(|one| one["rule"] == "dccs.xa.dong-gop-2-3").expect("it");
    assert_eq!(finding["state"], "changed");
    assert!(all("findings").iter().any(|one| one["state"] == "known"));
    // With the document taken out everything about it is gone, and the decision is kept.
    std::fs::remove_file(batch.path().join("van-ban/qd-17.docx")).expect("removed");
    batch.file("van-ban/khac.docx", &docx(&["QUYẾT ĐỊNH", "Điều 1. Khác."]));
    let ran = batch.run(&["scan", "van-ban", "--out", "ba", "--baseline", "moi", "--as-of", "2026-11-22"]);
    ran.ends(0, &[]);
    let results: serde_json::Value = serde_json::from_slice(&batch.bytes("ba/ket-qua.json")).expect("JSON");
    let gone = results["findings"].as_array().expect("a list").iter().filter(|one| one["state"] == "gone").count();
    assert!(gone > 0 && batch.names("ba").contains(&"quyet-dinh.json".to_owned()));
}

#[test]
fn what_cannot_be_placed_ends_with_three_and_stays() {
    let batch = Batch::with_decision();
    scan(&batch, &[]).ends(0, &[]);
    decide(&batch, &[(CHOICE, "chưa biết"), ("Người rà soát", "A")]);
    let ran = batch.run(&["decisions", "import", "ra/de-xuat.xlsx", "--into", "ra"]);
    ran.ends(3, &["còn dòng chưa nhập được"]);
    assert!(ran.out.contains("không hiểu quyết định “chưa biết”"), "{ran:#?}");
    let before = batch.bytes("ra/de-xuat.xlsx");
    scan(&batch, &[]).ends(0, &["không ghi đè", "de-xuat-2.xlsx"]);
    assert!(batch.bytes("ra/de-xuat.xlsx") == before);
}

#[test]
fn faults_are_said_in_vietnamese() {
    let batch = Batch::with_decision();
    batch
        .run(&["decisions", "import", "khong-co.xlsx", "--into", "ra"])
        .ends(2, &["không có bảng tính “khong-co.xlsx”"]);
    batch.file("a.xlsx", b"x");
    batch.run(&["decisions", "import", "a.xlsx", "--into", "ra"]).ends(2, &["không phải bảng tính"]);
    batch.run(&["decisions", "import", "a.xlsx"]).ends(2, &["thiếu --into"]);
    batch.scan(&["--baseline", "khong-co"]).ends(2, &["không có thư mục “khong-co”"]);
    batch.file("ra/quyet-dinh.json", b"{ hong");
    batch.scan(&[]).ends(2, &["quyet-dinh.json", "không đúng dạng"]);
    assert_eq!(batch.bytes("ra/quyet-dinh.json"), b"{ hong");
}
