//! Files that cannot be read, and the batch that goes on.

use serde_json::Value;

use super::fixture::{Batch, DECISION, compound, docx, docx_of, xlsx, zip};

/// The entry of `unreadable` about a file.
fn unread<'a>(results: &'a Value, file: &str) -> Option<&'a Value> {
    results["unreadable"].as_array().expect("a list").iter().find(|entry| entry["file"] == file)
}

/// A PDF of one page that is a picture; its cross-references are left to be found.
const SCAN: &[u8] = b"%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>> endobj
4 0 obj <</Length 26>> stream
q 595 0 0 842 0 0 cm /I Do
endstream endobj
5 0 obj <</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>> stream
0
endstream endobj
trailer <</Root 1 0 R/Size 6>>
%%EOF
";

#[test]
fn every_unread_file_is_named_with_its_cause_and_next_step() {
    let word = docx(DECISION);
    let bomb = docx_of(&format!("<w:document><w:body>{}</w:body></w:document>", " ".repeat(64 << 20)));
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("cat-cut.docx", word[..200].to_vec(), "damaged"),
        ("khong-phai-zip.docx", vec![0, 1, 2, 3, 0, 0, 7], "damaged"),
        ("goi-khac.docx", zip(&[("anh.png", b"x")]), "damaged"),
        ("bom.docx", bomb, "too-large"),
        ("mat-khau.docx", compound("EncryptedPackage"), "encrypted"),
        ("cu.doc", compound("WordDocument"), "damaged"),
        ("ban-in.pdf", b"%PDF-1.7\n%x".to_vec(), "damaged"),
        ("ban-quet.pdf", SCAN.to_vec(), "pdf"),
        ("van-ban.rtf", b"{\\rtf1\\ansi{\\pict 00}}".to_vec(), "empty"),
        ("trang.doc", b"<html><body></body></html>".to_vec(), "empty"),
        ("anh.jpg", vec![0xFF, 0xD8, 0xFF, 0xE0, 0, 0], "unsupported-kind"),
        ("goi.zip", zip(&[("anh.png", b"x")]), "unsupported-kind"),
        ("trong.docx", Vec::new(), "empty"),
        ("khong-chu.docx", docx(&[]), "empty"),
        ("bang.xlsx", xlsx(&[&["Họ và tên", "Năm sinh"], &["Nguyễn Văn A", "1990"]]), "no-list-header"),
        ("tên có “dấu” & khoảng trắng, #1%.doc", compound("WordDocument"), "damaged"),
    ];
    let batch = Batch::with_decision();
    for (name, bytes, _) in &cases {
        batch.file(&format!("van-ban/{name}"), bytes);
    }
    batch.file("van-ban/\u{1b}[31m.pdf", b"%PDF-1.7\n");
    let ran = batch.scan(&[]);
    ran.ends(3, &[]);
    assert!(ran.out.contains("Tệp chưa đọc được: 17.") && ran.out.contains("và 12 mục nữa"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "a name must not steer the terminal");
    let results = batch.results();
    for (name, _, code) in &cases {
        let entry = unread(&results, name).unwrap_or_else(|| panic!("{name} is not listed: {results:#}"));
        assert_eq!(entry["code"], *code, "{name}");
        for key in ["message", "next_step"] {
            let words = entry[key].as_str().expect("words");
            assert!(
                words.ends_with('.') && words.chars().any(|c| "ăâđêôơưạảấầẩẫậắặẹẻẽếềểệịọỏốồổộớờởợụủứừửựỳỹ".contains(c)),
                "{name}: {words}"
            );
        }
    }
    assert_eq!(results["documents"].as_array().expect("a list").len(), 1, "the batch goes on");
    let run = &results["run"];
    assert_eq!((&run["read"], &run["unreadable"]), (&1.into(), &(cases.len() + 1).into()));
}

#[test]
fn what_is_left_of_a_damaged_document_is_read_with_a_warning() {
    let body: String = DECISION.iter().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let whole = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    let cut = whole.find("Điều 3").expect("the last article");
    let batch = Batch::new();
    batch.file("van-ban/xml-cut.docx", &docx_of(&whole[..cut]));
    let ran = batch.scan(&[]);
    let results = batch.results();
    let document = &results["documents"][0];
    assert_eq!(document["number"], "17/2019/QĐ-UBND", "{ran:#?}");
    assert_eq!(document["units"]["articles"], 2);
    assert!(!document["warnings"].as_array().expect("a list").is_empty(), "never silently clean");
}

#[test]
fn deep_nesting_neither_crashes_nor_hangs() {
    let nested = |open: &str, close: &str, depth: usize| {
        format!(
            r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}<w:p><w:r><w:t>Điều 1. Sâu</w:t></w:r></w:p>{}</w:body></w:document>"#,
            open.repeat(depth),
            close.repeat(depth)
        )
    };
    let batch = Batch::with_decision();
    batch.file("van-ban/bang.docx", &docx_of(&nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 20_000)));
    batch.file("van-ban/the.docx", &docx_of(&nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 100_000)));
    let ran = batch.scan(&[]);
    assert!(matches!(ran.code, 0 | 3), "{ran:#?}");
    let run = &batch.results()["run"];
    assert_eq!(run["inputs"], 3);
}

#[test]
fn lock_and_hidden_files_are_counted_and_a_loop_of_links_ends() {
    let batch = Batch::with_decision();
    batch.file("van-ban/~$qd-17.docx", b"x");
    batch.file("van-ban/.an/b.docx", b"x");
    batch.file("van-ban/Thumbs.db", b"x");
    batch.file("van-ban/Quye\u{302}\u{301}t \u{111}i\u{323}nh.docx", &docx(DECISION));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("..", batch.path().join("van-ban/vong")).expect("a link");
        std::os::unix::fs::symlink("khong-co.docx", batch.path().join("van-ban/dut.docx")).expect("a link");
    }
    batch.scan(&[]).ends(if cfg!(unix) { 3 } else { 0 }, &[]);
    let results = batch.results();
    assert_eq!(results["run"]["ignored"], 3);
    if cfg!(unix) {
        assert_eq!(unread(&results, "dut.docx").expect("a link to nothing")["code"], "io");
    }
    let files: Vec<&str> =
        results["documents"].as_array().expect("a list").iter().filter_map(|d| d["file"].as_str()).collect();
    assert_eq!(files, ["Quyết định.docx", "qd-17.docx"]);
}

#[test]
fn results_of_earlier_runs_are_no_input() {
    let batch = Batch::with_decision();
    let within = ["scan", "van-ban", "--as-of", "2026-11-22", "--out", "van-ban/ra-soat-2026-11-22"];
    batch.run(&within).ends(0, &[]);
    let first = batch.bytes("van-ban/ra-soat-2026-11-22/ket-qua.json");
    batch.file("van-ban/ra-soat-2026-11-22/~$ket-qua.json", b"x");
    batch.run(&within).ends(0, &[]);
    assert_eq!(batch.bytes("van-ban/ra-soat-2026-11-22/ket-qua.json"), first, "a second run reads the same");
    batch.scan(&[]).ends(0, &[]);
    assert_eq!(batch.results()["run"]["inputs"], 1, "nor is what was written elsewhere inside the folder");
    // The folder of the documents itself may hold the results.
    batch.run(&["scan", "van-ban", "--as-of", "2026-11-22", "--out", "van-ban"]).ends(0, &[]);
    assert_eq!(batch.bytes("van-ban/ket-qua.json"), first);
}

#[test]
fn an_empty_folder_gives_empty_results_and_says_so() {
    let batch = Batch::new();
    std::fs::create_dir(batch.path().join("van-ban")).expect("a folder");
    batch.scan(&[]).ends(0, &["không có tệp nào để đọc"]);
    assert_eq!(batch.results()["run"]["inputs"], 0);
}

#[test]
fn a_listed_document_without_a_file_is_a_row() {
    let batch = Batch::with_decision();
    let list = xlsx(&[
        &["STT", "Tên loại văn bản", "Số, ký hiệu; ngày, tháng, năm ban hành", "Trích yếu nội dung"],
        &["1", "Quyết định", "17/2019/QĐ-UBND ngày 22/7/2019", "Quy định việc nhân dân bàn và quyết định"],
        &["2", "Quyết định", "25/2018/QĐ-UBND ngày 14/6/2018", "Ban hành Quy chế phối hợp"],
    ]);
    batch.file("danh-muc.xlsx", &list);
    batch.scan(&["--list", "danh-muc.xlsx"]).ends(3, &[]);
    let results = batch.results();
    let entry = unread(&results, "danh-muc.xlsx").expect("the missing document");
    assert_eq!(entry["code"], "listed-not-found");
    assert_eq!(entry["list_row"]["row"], 3);
    assert!(entry["message"].as_str().expect("words").contains("25/2018/QĐ-UBND"));
    assert_eq!(results["lists"][0]["document"], "d0001");
    assert_eq!(results["lists"][1]["document"], Value::Null);
}

#[test]
fn a_list_that_is_no_table_is_refused_as_a_list() {
    let batch = Batch::with_decision();
    batch.file("danh-muc.docx", &docx(DECISION));
    batch.file("khong-tieu-de.xlsx", &xlsx(&[&["Họ và tên"], &["Nguyễn Văn A"]]));
    batch.scan(&["--list", "danh-muc.docx", "--list", "khong-tieu-de.xlsx"]).ends(3, &[]);
    let results = batch.results();
    for file in ["danh-muc.docx", "khong-tieu-de.xlsx"] {
        assert_eq!(unread(&results, file).expect("an entry")["code"], "no-list-header", "{file}");
    }
}

#[test]
fn outline_of_an_unreadable_file_is_json_all_the_same() {
    let batch = Batch::new();
    batch.file("cu.doc", &compound("WordDocument"));
    let ran = batch.run(&["outline", "cu.doc", "--json"]);
    ran.ends(3, &["cu.doc", "bị hỏng", "Open and Repair"]);
    let outline: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(outline["layers"], Value::Array(Vec::new()));
    assert!(!outline["warnings"].as_array().expect("a list").is_empty());
    batch.file("danh-muc.xlsx", &xlsx(&[&["STT", "Số, ký hiệu", "Trích yếu"], &["1", "1/2020/QĐ-UBND", "Quy chế"]]));
    batch.run(&["outline", "danh-muc.xlsx"]).ends(3, &["bảng tính, không phải văn bản"]);
    batch.run(&["outline", "."]).ends(2, &["outline đọc từng tệp một"]);
    #[cfg(unix)]
    batch.run(&["outline", "/dev/zero"]).ends(3, &["không phải tệp thông thường"]);
}
