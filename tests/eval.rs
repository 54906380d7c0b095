//! `rasoat eval` as a user runs it: what it says and how it ends.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

const DOCUMENT: &str = "Điều 1. Bến đò mở cửa từ sáng đến tối.\nĐiều 2. Trạm y tế trực cả ngày.\n";
const GOLD: &str = "file: ben-do.txt
as_of: 2026-11-22
units: { articles: 2 }
labels:
  - { path: main/A1, must: true, handling: [keep], why: Không vướng gì. }
  - { path: main/A2, must: true, handling: [repeal], why: Cố ý không thể đạt. }
";

fn eval(root: &Path, arguments: &[&str]) -> Output {
    Command::cargo_bin("rasoat").unwrap().current_dir(root).arg("eval").args(arguments).output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn it_ends_as_the_labels_say() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    for (name, text) in [("van-ban/ben-do.txt", DOCUMENT), ("gold/ben-do.yaml", GOLD)] {
        std::fs::create_dir_all(root.join(name).parent().unwrap()).unwrap();
        std::fs::write(root.join(name), text).unwrap();
    }
    let run = eval(root, &["gold"]);
    assert_eq!(run.status.code(), Some(0), "{}", said(&run.stderr));
    let text = said(&run.stdout);
    assert!(text.contains("Số điều") && text.contains("Cố ý không thể đạt."), "{text}");

    let json = said(&eval(root, &["gold", "--json"]).stdout);
    assert_eq!(json, said(&eval(root, &["gold", "--json"]).stdout));
    std::fs::write(root.join("nay.json"), &json).unwrap();
    assert_eq!(eval(root, &["gold", "--baseline", "nay.json"]).status.code(), Some(0));
    std::fs::write(root.join("truoc.json"), json.replace("missed", "right")).unwrap();
    let run = eval(root, &["gold", "--baseline", "truoc.json"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(said(&run.stdout).contains("kém đi: 1"), "{}", said(&run.stdout));

    for (arguments, words) in [
        (&["khong-co"][..], "Không tìm thấy thư mục nhãn chuẩn “khong-co”"),
        (&["van-ban"], "không có tệp .yaml"),
        (&["gold", "--baseline", "gold/ben-do.yaml"], "không phải kết quả"),
        (&["gold", "--baseline", "khong-co.json"], "Không đọc được “khong-co.json”"),
    ] {
        let run = eval(root, arguments);
        assert_eq!(run.status.code(), Some(2));
        assert!(said(&run.stderr).contains(words), "{}", said(&run.stderr));
    }
    let seal = "sealed_on: 2026-11-28\nfiles: [{ path: gold/ben-do.yaml, sha256: '', reasons: [] }]\n";
    std::fs::write(root.join("SEALED.yaml"), seal).unwrap();
    let run = eval(root, &["gold", "--baseline", "truoc.json"]);
    let text = said(&run.stdout);
    assert_eq!(run.status.code(), Some(1));
    assert!(text.contains("nhãn bị mất: 1") && !text.contains("ben-do") && !text.contains("Cố ý"), "{text}");
    assert!(said(&eval(root, &["gold", "--open-sealed"]).stdout).contains("Cố ý không thể đạt."));
    std::fs::remove_file(root.join("SEALED.yaml")).unwrap();
    std::fs::write(root.join("gold/sai.yaml"), "file: mat.txt\nas_of: 2026-11-22\n").unwrap();
    let run = eval(root, &["gold"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(said(&run.stderr).contains("không tìm thấy văn bản “mat.txt”"), "{}", said(&run.stderr));
}
