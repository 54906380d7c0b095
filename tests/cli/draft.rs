//! Drafts of amending documents from accepted proposals.

use std::io::{Cursor, Read as _};

use super::decisions::{CHOICE, decide_at, decide_in};
use super::fixture::{AMENDING, Batch, DECISION, docx, zip};

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
    // In the name and dress of the issuer; the clause keeps its number; what stands today is quoted whole.
    let standing = "2. Mức đóng góp được thông qua khi có trên 50% số cử tri đại diện hộ gia đình tán thành.";
    let new = format!("“2. {wording}.”");
    for words in ["/…/QĐ-UBND", "TM. ỦY BAN NHÂN DÂN", "Nơi nhận:", "72/2025/QH15", "10/2022/QH15", standing, &new]
    {
        assert!(xml.contains(words), "“{words}” is missing");
    }
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
    // A command somebody added by hand is no accepted proposal.
    let enacting = "QUYẾT ĐỊNH:</w:t></w:r></w:p>";
    let added = xml.replace(enacting, &format!("{enacting}<w:p><w:r><w:t>9. Bãi bỏ Điều 3.</w:t></w:r></w:p>"));
    assert_ne!(added, xml);
    batch.file("them.docx", &with(&added));
    let ran = batch.run(&["draft", "ra", "--check", "them.docx"]);
    ran.ends(1, &["không gắn với kiến nghị nào", "9. Bãi bỏ Điều 3.", "chỗ trong ngoặc vuông"]);
}

/// The decision as another body would have issued it.
fn issued_by(issuer: &str, number: &str, kind: &str, enacting: &str) -> Batch {
    let lines = DECISION.iter().enumerate().map(|(at, line)| match (at, *line) {
        (0, _) => issuer,
        (3, _) => number,
        (_, "QUYẾT ĐỊNH") => kind,
        (_, "QUYẾT ĐỊNH:") => enacting,
        (_, line) => line,
    });
    let batch = Batch::new();
    batch.file("van-ban/a.docx", &docx(&lines.collect::<Vec<_>>()));
    batch.run(&["scan", "van-ban", "--out", "ra", "--as-of", "2026-11-22"]).ends(0, &[]);
    decide_in(&batch, "ra/de-xuat.xlsx", &[(CHOICE, "Đồng ý"), ("Người rà soát", "A")]);
    batch
}

#[test]
fn a_draft_is_in_the_form_of_its_issuer() {
    let council = issued_by("HỘI ĐỒNG NHÂN DÂN TỈNH NGHỆ AN", "Số: 17/2019/NQ-HĐND", "NGHỊ QUYẾT", "QUYẾT NGHỊ:");
    council.run(&["draft", "ra", "--as-of", "2026-11-22"]).ends(0, &[]);
    let xml = main_part(&council.bytes("ra/du-thao-1.docx"));
    for words in ["/…/NQ-HĐND", "QUYẾT NGHỊ:", "KỲ HỌP THỨ", "Báo cáo thẩm tra", "Trên đây là lời văn hiện hành"]
    {
        assert!(xml.contains(words), "“{words}” is missing");
    }
    assert!(!xml.contains("TM. ỦY BAN"));
    let school = issued_by("TRƯỜNG THPT LÊ HỒNG SƠN", "Số: 87/QĐ-LHS", "QUYẾT ĐỊNH", "QUYẾT ĐỊNH:");
    school.file("rasoat.yaml", "names: [{ name: Trường THPT Lê Hồng Sơn, symbol: THPTLHS }]\n".as_bytes());
    school.run(&["draft", "ra", "--as-of", "2026-11-22"]).ends(0, &[]);
    let xml = main_part(&school.bytes("ra/du-thao-1.docx"));
    for words in ["Số:       /QĐ-THPTLHS", "HIỆU TRƯỞNG TRƯỜNG THPT LÊ HỒNG SƠN", "[CƠ QUAN CHỦ QUẢN]"]
    {
        assert!(xml.contains(words), "“{words}” is missing");
    }
    assert!(!xml.contains("64/2025/QH15"), "not a VBQPPL");
}

#[test]
fn new_words_of_a_document_not_at_hand_are_no_change_of_the_one_that_quotes_them() {
    let batch = Batch::new();
    batch.file("van-ban/qd-08.docx", &docx(AMENDING));
    batch.run(&["scan", "van-ban", "--out", "ra", "--as-of", "2026-11-22"]).ends(0, &[]);
    let cells = [(CHOICE, "Đồng ý"), ("Người rà soát", "A")];
    decide_at(&batch, "ra/de-xuat.xlsx", "main/A1.1.q1.2", &cells);
    let ran = batch.run(&["draft", "ra", "--as-of", "2026-11-22"]);
    ran.ends(2, &["khoản 2 của đoạn trích tại khoản 1 Điều 1", "lời văn của văn bản được sửa đổi"]);
    assert!(!batch.names("ra").iter().any(|name| name.starts_with("du-thao")));
}
