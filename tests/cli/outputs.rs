//! Word and HTML outputs as a user gets them.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use super::fixture::{Batch, DECISION, compound, docx};

/// Parts of a package by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let mut part = |name: &String| {
        let mut bytes = Vec::new();
        archive.by_name(name).expect("a part").read_to_end(&mut bytes).expect("a part");
        bytes
    };
    names.iter().map(|name| (name.clone(), part(name))).collect()
}

/// The part with our comments.
fn comments(parts: &BTreeMap<String, Vec<u8>>) -> String {
    let texts = parts.iter().filter(|(name, _)| name.starts_with("word/comments"));
    let mut texts = texts.map(|(_, bytes)| String::from_utf8(bytes.clone()).expect("UTF-8"));
    texts.find(|text| text.contains("w:author=\"Rà Soát\"")).expect("comments")
}

/// Every file under a folder with its bytes.
fn files(batch: &Batch, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for name in batch.names(folder) {
        let path = format!("{folder}/{name}");
        if batch.path().join(&path).is_dir() {
            found.extend(files(batch, &path));
        } else {
            found.insert(path.clone(), batch.bytes(&path));
        }
    }
    found
}

#[test]
fn a_copy_has_comments_on_the_words_and_nothing_else_changed() {
    let batch = Batch::with_decision();
    batch.file("van-ban/cu/qd-18.txt", "Điều 1. Không có gì".as_bytes());
    batch.scan(&["--annotate"]).ends(0, &["1 bản sao có ghi chú", "1 tệp không phải .docx"]);
    let (before, after) = (parts(&batch.bytes("van-ban/qd-17.docx")), parts(&batch.bytes("ra/ghi-chu/qd-17.docx")));
    for (name, bytes) in &before {
        let may_change =
            ["word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"];
        assert!(may_change.contains(&name.as_str()) || after[name] == *bytes, "{name}");
    }
    let text = |name: &str| String::from_utf8(after[name].clone()).expect("UTF-8");
    let (main, comments) = (text("word/document.xml"), comments(&after));
    assert!(comments.contains("Kiến nghị xử lý:") && comments.contains("dccs."), "{comments}");
    assert_eq!(main.matches("<w:commentReference ").count(), comments.matches("<w:comment ").count());
    let words: Vec<&str> = main
        .split("<w:commentRangeStart ")
        .filter_map(|range| {
            Some(range.split("<w:commentRangeEnd").next()?.split_once("<w:t ")?.1.split_once('>')?.1.split_once('<')?.0)
        })
        .collect();
    assert!(words.contains(&"trên 50%"), "{words:?}");
    let list = String::from_utf8(batch.bytes("ra/ghi-chu/danh-sach.csv")).expect("UTF-8");
    assert!(
        list.contains("\"qd-17.docx\",\"qd-17.docx\"") && list.contains("Chỉ ghi chú được vào tệp .docx"),
        "{list}"
    );
}

#[test]
fn every_output_is_the_same_at_any_number_of_threads() {
    let batch = Batch::with_decision();
    batch.file("van-ban/cu.doc", &compound("WordDocument"));
    let run = |out: &str, threads: &str| {
        let ran = batch.run(&[
            "scan",
            "van-ban",
            "--out",
            out,
            "--as-of",
            "2026-11-22",
            "--format",
            "json,docx,html",
            "--annotate",
            "--threads",
            threads,
        ]);
        ran.ends(3, &[]);
        let mut found = BTreeMap::new();
        for (name, bytes) in files(&batch, out) {
            found.insert(name.split_once('/').expect("a folder").1.to_owned(), bytes);
        }
        found
    };
    let (one, four) = (run("mot", "1"), run("bon", "4"));
    let names: Vec<&str> = one.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "bao-cao.docx",
            "bao-cao.html",
            "ghi-chu/danh-sach.csv",
            "ghi-chu/qd-17.docx",
            "ket-qua.json",
            "phieu-ra-soat.docx"
        ]
    );
    for (name, bytes) in one {
        assert!(four[&name] == bytes, "{name}");
    }
    // What a run wrote is no input of the next one, also inside the folder that is read.
    let again =
        ["scan", "van-ban", "--out", "van-ban/ra", "--as-of", "2026-11-22", "--format", "json,docx,html", "--annotate"];
    batch.run(&again).ends(3, &[]);
    batch.run(&again).ends(3, &[]);
    let results: serde_json::Value = serde_json::from_slice(&batch.bytes("van-ban/ra/ket-qua.json")).expect("JSON");
    assert_eq!(results["run"]["inputs"], 2);
}

#[test]
fn the_law_is_quoted_word_for_word_when_its_text_is_given() {
    let batch = Batch::with_decision();
    // Invented words: the text of the Law is not part of the project.
    let provisions: String = (1..=91)
        .map(|article| format!("Điều {article}. Tên\n1. Lời mẫu khoản một điều {article}.\n2. Lời mẫu khoản hai.\n"))
        .collect();
    batch.file("10-2022-QH15.txt", format!("LUẬT\nTHỰC HIỆN DÂN CHỦ Ở CƠ SỞ\n\n{provisions}").as_bytes());
    batch.scan(&["--law-text", "10-2022-QH15.txt", "--format", "xlsx,json,html,docx", "--annotate"]).ends(0, &[]);
    let results = batch.results();
    assert_eq!(results["run"]["law_texts"][0]["instrument"], "10/2022/QH15");
    let hash = results["run"]["law_texts"][0]["sha256"].as_str().expect("a hash").to_owned();
    let findings = results["findings"].as_array().expect("a list");
    let quoted = |finding: &serde_json::Value| finding["basis"][0]["text"].as_str().map(str::to_owned);
    let text = findings.iter().find_map(quoted).expect("a quotation");
    assert!(text.contains("Lời mẫu khoản"), "{text}");
    let page = String::from_utf8(batch.bytes("ra/bao-cao.html")).expect("UTF-8");
    let quoted = "“".to_owned() + text.lines().next().expect("a line");
    assert!(page.contains(&hash) && page.contains(&quoted), "{quoted}");
    let comments = comments(&parts(&batch.bytes("ra/ghi-chu/qd-17.docx")));
    assert!(comments.contains("Nguyên văn:") && comments.contains("Lời mẫu khoản"));

    let workbook = Cursor::new(batch.bytes("ra/de-xuat.xlsx"));
    let mut book: calamine::Xlsx<_> = calamine::Reader::new(workbook).expect("a workbook");
    let sheet = calamine::Reader::worksheet_range(&mut book, "Đề xuất").expect("a sheet");
    assert!(
        sheet.cells().any(|(_, _, cell)| cell.to_string().contains(": “1. Lời mẫu khoản")),
        "not quoted in the workbook"
    );

    batch.file("khac.txt", "LUẬT\nKHÁC\n\nĐiều 1. Tên\nLời.".as_bytes());
    batch.scan(&["--law-text", "khac.txt"]).ends(2, &["không rõ “khac.txt” là văn bản nào"]);
    batch.scan(&["--law-text", "khong-co.txt"]).ends(2, &["khong-co.txt"]);
}

#[test]
fn mechanical_fixes_become_tracked_changes_on_request() {
    let batch = Batch::new();
    let article = "Ủy ban nhân dân các xã, phường, thị trấn tổ chức thu gom chất thải.";
    let lines: Vec<&str> = DECISION[..9]
        .iter()
        .copied()
        .filter(|line| !line.starts_with("Quy định việc"))
        .chain(["Điều 1. Thu gom", article])
        .collect();
    batch.file("van-ban/qd-17.docx", &docx(&lines));
    batch.scan(&["--annotate=changes"]).ends(0, &["1 trong 1 chỗ sửa cơ học"]);
    let main =
        String::from_utf8(parts(&batch.bytes("ra/ghi-chu/qd-17.docx"))["word/document.xml"].clone()).expect("UTF-8");
    let deleted = main.split("<w:delText").nth(1).and_then(|rest| rest.split_once('>')).map(|(_, rest)| rest);
    assert!(deleted.is_some_and(|words| words.starts_with("xã, phường, thị trấn</w:delText>")), "{main}");
    let inserted = main.split("<w:ins ").nth(1).expect("an insertion");
    assert!(inserted.split("</w:ins>").next().is_some_and(|words| words.contains(">xã, phường</w:t>")), "{inserted}");
    batch.scan(&["--annotate"]).ends(0, &[]);
    let main =
        String::from_utf8(parts(&batch.bytes("ra/ghi-chu/qd-17.docx"))["word/document.xml"].clone()).expect("UTF-8");
    assert!(!main.contains("<w:del "));
}
