//! One file of each cause: it stands in the workbook's sheet of unread inputs as it stands in `ket-qua.json`.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use serde_json::Value;

use super::fixture::{Batch, DECISION, compound, docx, docx_of, xlsx, zip};

/// Every cause that a file or a list can bring about; a fault inside the program is not among them.
const CAUSES: [&str; 9] = [
    "damaged",
    "empty",
    "encrypted",
    "io",
    "listed-not-found",
    "no-list-header",
    "too-large",
    "unknown-encoding",
    "unsupported-kind",
];

fn one_of_each() -> Batch {
    let batch = Batch::with_decision();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("hong.docx", docx(DECISION)[..200].to_vec()),
        ("trong.docx", Vec::new()),
        ("mat-khau.docx", compound("EncryptedPackage")),
        ("bang.xlsx", xlsx(&[&["Họ và tên"], &["Nguyễn Văn A"]])),
        ("bom.docx", docx_of(&format!("<w:document><w:body>{}</w:body></w:document>", " ".repeat(20 << 20)))),
        ("bang-ma-la.txt", [0x81, 0xFE, 0x90, 0xC0, b'a', b' '].repeat(100)),
        ("goi.zip", zip(&[("anh.png", b"x")])),
    ];
    for (name, bytes) in &files {
        batch.file(&format!("van-ban/{name}"), bytes);
    }
    // Nobody may write over a file this large to test it: it has a length and no content.
    let large = std::fs::File::create(batch.path().join("van-ban/lon.docx")).expect("a file");
    large.set_len((256 << 20) + 1).expect("a length");
    #[cfg(unix)]
    std::os::unix::fs::symlink("khong-co.docx", batch.path().join("van-ban/dut.docx")).expect("a link");
    let row: &[&str] = &["1", "25/2018/QĐ-UBND ngày 14/6/2018", "Ban hành Quy chế phối hợp"];
    batch.file("danh-muc.xlsx", &xlsx(&[&["STT", "Số, ký hiệu; ngày ban hành", "Trích yếu nội dung"], row]));
    batch
}

#[test]
fn every_cause_stands_in_the_workbook_as_in_the_json() {
    let batch = one_of_each();
    let arguments = ["scan", "van-ban", "--list", "danh-muc.xlsx", "--out", "ra", "--as-of", "2026-11-22"];
    batch.run(&arguments).ends(3, &[]);
    let results = batch.results();
    let entries = results["unreadable"].as_array().expect("a list");
    let text = |entry: &Value, key: &str| entry[key].as_str().expect("words").to_owned();

    let seen: BTreeSet<String> = entries.iter().map(|entry| text(entry, "code")).collect();
    for cause in CAUSES.iter().filter(|&&cause| cfg!(unix) || cause != "io") {
        assert!(seen.contains(*cause), "no file is unread for “{cause}”: {results:#}");
    }

    let mut book = Xlsx::new(Cursor::new(batch.bytes("ra/de-xuat.xlsx"))).expect("a workbook");
    let sheet = book.worksheet_range("Không đọc được").expect("the sheet of unread inputs");
    let rows: Vec<Vec<String>> =
        sheet.rows().map(|row| row.iter().map(|cell| cell.to_string().replace("\r\n", "\n")).collect()).collect();
    for entry in entries {
        let wanted = ["file", "message", "next_step"].map(|key| text(entry, key));
        let stands = |row: &&Vec<String>| wanted.iter().all(|words| row.contains(words));
        assert!(rows.iter().any(|row| stands(&row)), "{wanted:?} has no row: {rows:#?}");
        assert!(wanted[1..].iter().all(|words| words.ends_with('.')), "{wanted:?}");
    }
    assert_eq!(results["documents"].as_array().expect("a list").len(), 1, "the batch goes on");
}
