use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::*;
use crate::report::sample;

fn parts(path: &Path) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(std::fs::read(path).unwrap())).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            (entry.name().unwrap().to_string(), text)
        })
        .collect()
}

#[test]
fn the_report_reads_as_an_office_writes_it() {
    let out = tempfile::tempdir().unwrap();
    let written = write(&sample::results(2), out.path()).unwrap();
    let names: Vec<_> = written.iter().map(|file| write::file_name(&file.path)).collect();
    assert_eq!(names, ["bao-cao.docx", "phieu-ra-soat.docx"]);
    let raw = crate::source::docx::read(&std::fs::read(out.path().join("bao-cao.docx")).unwrap()).unwrap();
    let text: String = raw.paragraphs().iter().map(|paragraph| format!("{}\n", paragraph.text)).collect();
    let mut from = 0;
    for words in [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "BÁO CÁO",
        "Kết quả rà soát văn bản quy phạm pháp luật",
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15",
        "I. TÌNH HÌNH TRIỂN KHAI",
        "II. KẾT QUẢ RÀ SOÁT",
        "III. NỘI DUNG CHƯA ĐỌC ĐƯỢC",
        "IV. KHÓ KHĂN, VƯỚNG MẮC",
        "V. ĐỀ XUẤT, KIẾN NGHỊ",
        "Nơi nhận:",
        "Phụ lục I",
        "12/2017/QĐ-UBND",
        "Phụ lục V",
        "quet/QD-35-2007.pdf",
    ] {
        from += text[from..].find(words).unwrap_or_else(|| panic!("{words} after {from}"));
    }
    let parts = parts(&out.path().join("bao-cao.docx"));
    let main = &parts["word/document.xml"];
    assert!(main.contains("w:orient=\"landscape\"") && main.contains("<w:tblHeader />") && !main.contains("w:hRule"));
    assert!(parts["docProps/core.xml"].contains("2026-11-22T00:00:00Z"));
}

#[test]
fn grounds_are_those_of_the_time() {
    let out = tempfile::tempdir().unwrap();
    let mut results = sample::results(1);
    results.run.as_of = jiff::civil::date(2024, 5, 1);
    write(&results, out.path()).unwrap();
    let main = &parts(&out.path().join("bao-cao.docx"))["word/document.xml"];
    assert!(main.contains("80/2015/QH13") && !main.contains("64/2025/QH15"));
}

#[test]
fn the_same_results_give_the_same_bytes() {
    let bytes = || {
        let out = tempfile::tempdir().unwrap();
        write(&sample::results(3), out.path()).unwrap();
        ["bao-cao.docx", "phieu-ra-soat.docx"].map(|name| std::fs::read(out.path().join(name)).unwrap())
    };
    assert!(bytes() == bytes());
    // Nor does it matter which thread writes, or what it wrote before.
    assert!(std::thread::spawn(bytes).join().unwrap() == bytes());
}

#[test]
fn hostile_words_stay_words() {
    let out = tempfile::tempdir().unwrap();
    let mut results = sample::results(1);
    results.documents[0].document.identity.title = Some("<w:p>&\u{0}\u{1}\u{fffe} \"x\"</w:p>".to_owned());
    write(&results, out.path()).unwrap();
    for name in ["bao-cao.docx", "phieu-ra-soat.docx"] {
        let raw = crate::source::docx::read(&std::fs::read(out.path().join(name)).unwrap()).unwrap();
        assert!(raw.warnings.is_empty(), "{:?}", raw.warnings);
        assert!(raw.paragraphs().iter().any(|paragraph| paragraph.text.contains("<w:p>& \"x\"</w:p>")));
    }
}

#[test]
fn the_review_sheet_of_an_older_decree_is_written_on_request() {
    let out = tempfile::tempdir().unwrap();
    let mut results = sample::results(2);
    let yaml = crate::rules::load::embedded_file("forms/nd34-2016.yaml").unwrap();
    results.forms = vec![Forms::parse(yaml).unwrap()];
    let written = write(&results, out.path()).unwrap();
    let names: Vec<_> = written.iter().map(|file| write::file_name(&file.path)).collect();
    assert_eq!(names, ["bao-cao.docx", "phieu-ra-soat.docx", "phieu-ra-soat-nd34.docx"]);
    let text = |name: &str| {
        let raw = crate::source::docx::read(&std::fs::read(out.path().join(name)).unwrap()).unwrap();
        raw.paragraphs().iter().map(|paragraph| format!("{}\n", paragraph.text)).collect::<String>()
    };
    let (usual, older) = (text("phieu-ra-soat.docx"), text("phieu-ra-soat-nd34.docx"));
    // Clauses are rows under their content there, and a table of their own here.
    assert!(
        older.contains("Mẫu số 01") && older.contains("4.1") && !older.contains("Nội dung cần xử lý theo"),
        "{older}"
    );
    assert!(!usual.contains("4.1") && usual.contains("Nội dung cần xử lý theo"), "{usual}");
    for words in ["Về căn cứ ban hành văn bản", "Về thẩm quyền ban hành văn bản", "NGƯỜI RÀ SOÁT"]
    {
        assert!(older.contains(words), "“{words}” is missing: {older}");
    }
}
