//! Drafts of amending documents from accepted proposals.

use std::io::{Cursor, Read as _};

use super::decisions::{CHOICE, decide_in};
use super::fixture::{Batch, zip};

fn main_part(bytes: &[u8]) -> String {
    let mut archive = ::zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut xml = String::new();
    archive.by_name("word/document.xml").expect("a part").read_to_string(&mut xml).expect("text");
    xml
}

#[test]
fn a_draft_holds_what_was_accepted_and_nothing_else() {
    let batch = Batch::with_decision();
    batch.run(&["scan", "van-ban", "--out", "ra", "--as-of", "2026-11-22"]).ends(0, &[]);
    batch.run(&["draft", "ra"]).ends(2, &["chưa có kiến nghị", "được chấp nhận"]);
    assert!(!batch.names("ra").iter().any(|name| name.starts_with("du-thao")));
    batch.run(&["draft", "khong-co"]).ends(2, &["“khong-co”"]);
    let wording = "Mức đóng góp được thông qua khi có ít nhất 2/3 tổng số đại diện hộ gia đình tán thành";
    let cells = [(CHOICE, "Sửa"), ("Câu chữ đề xuất", wording), ("Người rà soát", "Nguyễn A")];
    let id = decide_in(&batch, "ra/de-xuat.xlsx", &cells);
    let ran = batch.run(&["draft", "ra", "--as-of", "2026-11-22"]);
    ran.ends(0, &[]);
    let xml = main_part(&batch.bytes("ra/du-thao-1.docx"));
    for words in ["QUYẾT ĐỊNH", "khoản 2 Điều 2 như sau", wording, "BẢN SO SÁNH", "trên 50%", "17/2019/QĐ-UBND"]
    {
        assert!(xml.contains(words), "“{words}” is missing");
    }
    assert_eq!(xml.matches("w:name=\"kn_").count(), 1, "one accepted proposal, one change");
    // The same bytes again; a draft somebody worked on is never written over.
    let before = batch.bytes("ra/du-thao-1.docx");
    batch.run(&["draft", "ra", "--as-of", "2026-11-22"]).ends(0, &[]);
    assert!(before == batch.bytes("ra/du-thao-1.docx"));
    let with = |xml: &str| zip(&[("word/document.xml", xml.as_bytes())]);
    batch.file("ra/du-thao-1.docx", &with(&xml));
    batch.run(&["draft", "ra", "--as-of", "2026-11-22"]).ends(0, &["không ghi đè", "du-thao-1-2.docx"]);
    // The check goes both ways.
    batch.run(&["draft", "ra", "--check", "ra/du-thao-1-2.docx"]).ends(0, &[]);
    let foreign = xml.replace(&format!("kn_{id}"), "kn_0000000000000000");
    batch.file("sua.docx", &with(&foreign));
    let ran = batch.run(&["draft", "ra", "--check", "sua.docx"]);
    ran.ends(1, &[id.as_str(), "không có trong dự thảo", "không thuộc kiến nghị nào", "0000000000000000"]);
}
