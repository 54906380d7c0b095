//! `scan --sample` and `eval --sample`: what was missed, from what a person says of clauses without a finding.

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

use crate::fixture::{Batch, DECISION, docx};

const BOOK: &str = "ra/mau-kiem-tra.xlsx";

/// Saves the workbook as a person would who answered the rows in order with these words.
fn answer(batch: &Batch, answers: &[&str]) {
    let path = batch.path().join(BOOK);
    let mut read: Xlsx<_> = open_workbook(&path).expect("a workbook");
    let mut book = Workbook::new();
    for (name, range) in read.worksheets() {
        let sheet = book.add_worksheet().set_name(&name).expect("a name");
        let mut answers = answers.iter();
        let mut column = None;
        for (row, cells) in (0..).zip(range.rows()) {
            for (at, cell) in (0..).zip(cells) {
                match cell {
                    Data::String(text) => drop(sheet.write_string(row, at, text).expect("a cell")),
                    Data::Float(number) => drop(sheet.write_number(row, at, *number).expect("a cell")),
                    _ => {}
                }
            }
            match column {
                None => column = cells.iter().position(|cell| *cell == "Có vấn đề bị bỏ sót?"),
                Some(column) => {
                    if let Some(given) = answers.next() {
                        sheet.write_string(row, u16::try_from(column).expect("few"), *given).expect("a cell");
                    }
                }
            }
        }
    }
    book.save(path).expect("a workbook");
}

fn batch() -> Batch {
    let batch = Batch::with_decision();
    batch.file(
        "van-ban/qd-18.docx",
        &docx(&DECISION.join("\n").replace("17/2019", "18/2019").lines().collect::<Vec<_>>()),
    );
    batch
}

#[test]
fn a_sample_is_drawn_answered_and_turned_into_an_estimate() {
    let batch = batch();
    let ran = batch.scan(&["--sample", "4"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.out.contains("mau-kiem-tra.xlsx"), "{ran:#?}");
    let ran = batch.run(&["eval", "--sample", BOOK]);
    assert!(ran.out.contains("không có ước lượng"), "{ran:#?}");
    answer(&batch, &["Không", "Có", "Không", "Chưa rõ"]);
    let ran = batch.run(&["eval", "--sample", BOOK]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.out.contains("khoảng tin cậy 95 %"), "{ran:#?}");
}

#[test]
fn the_next_report_says_what_the_answered_sample_tells_and_only_of_the_same_review() {
    let batch = batch();
    let estimate = |batch: &Batch| batch.results()["run"]["estimate"].clone();
    batch.scan(&["--sample", "4"]);
    assert!(estimate(&batch).is_null(), "nobody has answered");
    answer(&batch, &["Không", "Có", "Không", "Không"]);
    let ran = batch.scan(&["--format", "xlsx,json,html"]);
    assert!(!ran.err.contains("mẫu kiểm tra"), "{ran:#?}");
    let told = estimate(&batch);
    assert_eq!((&told["answered"], &told["seen_missed"]), (&4.into(), &1.into()), "{told}");
    let limits = ["low", "middle", "high"].map(|limit| told["recall"][limit].as_f64().expect("a share"));
    assert!(0.0 < limits[0] && limits[0] < limits[1] && limits[1] < limits[2] && limits[2] <= 1.0, "{told}");
    let page = String::from_utf8(batch.bytes("ra/bao-cao.html")).expect("text");
    assert!(page.contains("theo mẫu 4 điều khoản") && !page.contains("không có ước lượng"));
    // Another document: another review.
    batch.file(
        "van-ban/qd-19.docx",
        &docx(&DECISION.join("\n").replace("17/2019", "19/2019").lines().collect::<Vec<_>>()),
    );
    let ran = batch.scan(&[]);
    assert!(ran.err.contains("lần chạy khác"), "{ran:#?}");
    assert!(estimate(&batch).is_null());
}

#[test]
fn the_same_clauses_are_drawn_again_and_answers_stay() {
    let batch = batch();
    batch.scan(&["--sample", "3"]);
    let first = batch.bytes(BOOK);
    batch.scan(&["--sample", "3", "--threads", "1"]);
    assert_eq!(batch.bytes(BOOK), first);
    answer(&batch, &["Có"]);
    let answered = batch.bytes(BOOK);
    let ran = batch.scan(&["--sample", "3"]);
    assert_eq!(batch.bytes(BOOK), answered);
    assert_eq!(batch.bytes("ra/mau-kiem-tra-2.xlsx"), first);
    assert!(ran.err.contains("mau-kiem-tra-2.xlsx"), "{ran:#?}");
}

#[test]
fn a_bad_answer_and_a_foreign_workbook_are_named() {
    let batch = batch();
    batch.scan(&["--sample", "2"]);
    answer(&batch, &["không biết"]);
    batch.run(&["eval", "--sample", BOOK]).ends(2, &["dòng 6", "không biết", "Chưa rõ"]);
    batch.file("khac.xlsx", &crate::fixture::xlsx(&[&["Số", "Ngày"]]));
    batch.run(&["eval", "--sample", "khac.xlsx"]).ends(2, &["khac.xlsx", "Mẫu kiểm tra"]);
    batch.run(&["scan", "van-ban", "--sample", "0"]).ends(2, &["--sample"]);
}
