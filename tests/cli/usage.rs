//! The command line: refusals, exit codes, help, places that cannot be written.

use super::fixture::{Batch, DECISION, docx};

#[test]
fn a_wrong_command_line_is_refused_in_vietnamese() {
    let batch = Batch::with_decision();
    let cases: &[(&[&str], &str)] = &[
        (&[], "chưa nêu lệnh"),
        (&["scna"], "không có lệnh “scna”. Có phải ý là “scan”?"),
        (&["scan"], "chưa nêu tệp hoặc thư mục"),
        (&["scan", "khong-co"], "Không tìm thấy tệp hoặc thư mục “khong-co”"),
        (&["scan", "van-ban", "--list", "khong-co.xlsx"], "Không tìm thấy tệp hoặc thư mục “khong-co.xlsx”"),
        (&["scan", "van-ban", "--as-off", "2026-01-01"], "không có tùy chọn “--as-off”. Có phải ý là “--as-of”?"),
        (
            &["scan", "van-ban", "--as-of", "22/11/2026"],
            "giá trị “22/11/2026” của --as-of không dùng được: ngày viết theo dạng năm-tháng-ngày",
        ),
        (&["scan", "van-ban", "--as-of", "2026-02-30"], "giá trị “2026-02-30” của --as-of không dùng được"),
        (&["scan", "van-ban", "--as-of"], "--as-of thiếu giá trị"),
        (&["scan", "van-ban", "--assume", "kind=quyet-din"], "không có giá trị “quyet-din”"),
        (&["scan", "van-ban", "--assume", "loai=quyet-dinh"], "không hiểu “loai=quyet-dinh”"),
        (
            &["scan", "van-ban", "--pack", "khong-co"],
            "không có bộ quy tắc “khong-co”; hiện có: bo-cap-huyen, dan-chu-co-so, hieu-luc",
        ),
        (
            &["scan", "van-ban", "--rules", "khong-co"],
            "không đọc được bộ quy tắc “khong-co”: không có tệp hoặc thư mục này",
        ),
        (&["scan", "van-ban", "--rules", "van-ban"], "thư mục “van-ban” không có bộ quy tắc nào"),
        (
            &["scan", "van-ban", "--format", "pdf"],
            "giá trị “pdf” của --format không dùng được: chọn một trong: xlsx, json, docx, html",
        ),
        (
            &["scan", "van-ban", "--fail-on", "cao"],
            "giá trị “cao” của --fail-on không dùng được: chọn một trong: high, medium, low",
        ),
        (
            &["scan", "van-ban", "--threads", "nhiều"],
            "giá trị “nhiều” của --threads không dùng được: viết một số từ 1 đến",
        ),
        (&["scan", "van-ban", "--threads", "100000"], "viết một số từ 1 đến"),
        (&["scan", "van-ban", "--threads", "-1"], "lỗi:"),
        (&["scan", "van-ban", "--quiet=3"], "--quiet không nhận giá trị “3”"),
        (&["scan", "van-ban", "--as-of", "2026-01-01", "--as-of", "2026-01-02"], "--as-of bị nêu trùng"),
        (&["outline"], "thiếu <TỆP>"),
        (&["outline", "khong-co.docx"], "Không tìm thấy tệp hoặc thư mục “khong-co.docx”"),
        (&["rules", "check", "van-ban"], "không có bộ quy tắc nào"),
    ];
    for (arguments, said) in cases {
        let ran = batch.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:#?}");
        assert!(ran.err.contains(said) && ran.err.starts_with("lỗi: "), "{arguments:?}: {ran:#?}");
        assert!(!ran.err.contains("os error"), "{arguments:?}: {ran:#?}");
    }
    assert_eq!(batch.names("."), ["van-ban"], "nothing is left behind by a run that did not start");
}

#[test]
fn help_is_vietnamese() {
    let batch = Batch::new();
    for arguments in [
        &["--help"][..],
        &["scan", "--help"],
        &["outline", "--help"],
        &["rules", "--help"],
        &["merge", "--help"],
        &["rules", "check", "--help"],
        &["rules", "test", "-h"],
        &["rules", "list", "-h"],
    ] {
        let ran = batch.run(arguments);
        ran.ends(0, &[]);
        assert!(ran.out.contains("Cách dùng: rasoat"), "{ran:#?}");
        for english in ["Options", "Usage", "Commands", "Arguments", "Print", "default", "possible values"] {
            assert!(!ran.out.contains(english), "{arguments:?} says “{english}”: {}", ran.out);
        }
    }
}

#[test]
fn exit_codes_follow_their_precedence() {
    let batch = Batch::with_decision();
    batch.scan(&[]).ends(0, &[]);
    batch.scan(&["--fail-on", "high"]).ends(1, &[]);
    batch.file("van-ban/anh.pdf", b"%PDF-1.7\n");
    batch.scan(&[]).ends(3, &[]);
    batch.scan(&["--fail-on", "high"]).ends(1, &[]);
    batch.scan(&["--fail-on", "high", "--pack", "khong-co"]).ends(2, &[]);
}

#[test]
fn a_place_that_cannot_be_written_is_refused_before_work() {
    let batch = Batch::with_decision();
    batch.file("tep", b"x");
    batch.run(&["scan", "van-ban", "--out", "tep"]).ends(2, &["“tep”", "--out"]);
    batch.run(&["scan", "van-ban", "--out", "tep/ra"]).ends(2, &["“tep/ra”", "là tệp, không phải thư mục"]);
    assert_eq!(batch.bytes("tep"), b"x");
    std::fs::create_dir_all(batch.path().join("ra/ket-qua.json")).expect("a folder");
    let ran = batch.scan(&[]);
    ran.ends(2, &["Không ghi được tệp", "ket-qua.json"]);
    assert_eq!(batch.names("ra"), ["ket-qua.json"], "no temporary file is left");
}

#[test]
fn an_open_workbook_is_left_alone() {
    let batch = Batch::with_decision();
    let arguments = ["scan", "van-ban", "--out", "ra", "--as-of", "2026-11-22"];
    batch.run(&arguments).ends(0, &[]);
    assert_eq!(batch.names("ra"), ["de-xuat.xlsx", "ket-qua.json"]);
    let before = batch.bytes("ra/de-xuat.xlsx");
    batch.file("ra/~$de-xuat.xlsx", b"x");
    batch.file("van-ban/qd-khac.docx", &docx(DECISION));
    batch.run(&arguments).ends(0, &["de-xuat.xlsx đang được mở", "de-xuat-2.xlsx"]);
    assert_eq!(batch.names("ra"), ["de-xuat-2.xlsx", "de-xuat.xlsx", "ket-qua.json", "~$de-xuat.xlsx"]);
    assert_eq!(batch.bytes("ra/de-xuat.xlsx"), before);
}

#[test]
fn bad_rules_stop_the_run_and_leave_earlier_results() {
    let batch = Batch::with_decision();
    batch.scan(&[]).ends(0, &[]);
    let before = batch.bytes("ra/ket-qua.json");
    batch.file("quy-tac/thu/pack.yaml", b"id: thu\ntitel: x\n");
    batch
        .scan(&["--rules", "quy-tac"])
        .ends(2, &["quy-tac/thu/pack.yaml:2:1", "có phải ý là “title”", "bộ quy tắc có 1 lỗi"]);
    batch.file("quy-tac/thu/pack.yaml", b"id: th\xff");
    batch.scan(&["--rules", "quy-tac"]).ends(2, &["pack.yaml", "không phải chữ Unicode"]);
    assert_eq!(batch.bytes("ra/ket-qua.json"), before);
}

#[test]
fn a_bad_decision_table_is_shown_as_rules_are() {
    let batch = Batch::with_decision();
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bad-rules/pack");
    for entry in std::fs::read_dir(pack).expect("the sound pack") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        batch.file(&format!("quy-tac/thu/{name}"), &std::fs::read(&path).expect("a file"));
    }
    batch.scan(&["--rules", "quy-tac", "--rules", "quy-tac"]).ends(0, &[]);
    batch.file("quy-tac/decisions.yaml", b"whole-share: 0.5\nwhole-leats: 2\n");
    let said =
        ["lỗi[unknown-key]", "quy-tac/decisions.yaml:2:1", "có phải ý là “whole-least”", "bảng quyết định có lỗi"];
    batch.scan(&["--rules", "quy-tac"]).ends(2, &said);
    batch.run(&["rules", "check", "quy-tac"]).ends(2, &said);
}

#[test]
fn rules_are_listed_one_a_line() {
    let ran = Batch::new().run(&["rules", "list"]);
    ran.ends(0, &[]);
    assert!(ran.out.lines().count() > 100);
    for line in ran.out.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, pack, state, confidence, title] = cells[..] else { panic!("{line}") };
        let packs = ["bo-cap-huyen", "dan-chu-co-so", "hieu-luc"];
        assert!(id.contains('.') && packs.contains(&pack) && !title.is_empty(), "{line}");
        assert!(["draft", "trial", "stable", "retired"].contains(&state), "{line}");
        assert!(["low", "medium", "high"].contains(&confidence), "{line}");
    }
}

#[test]
fn quiet_says_nothing() {
    let batch = Batch::with_decision();
    let ran = batch.scan(&["--quiet"]);
    ran.ends(0, &[]);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
}

#[test]
fn a_rule_says_why_it_speaks_or_is_silent() {
    let batch = Batch::with_decision();
    let explain = |rule: &str, more: &[&str]| {
        let usual = ["rules", "explain", rule, "van-ban/qd-17.docx"];
        batch.run(&[&usual[..], more, &["--as-of", "2026-11-22"]].concat())
    };
    let ran = explain("dccs.xa.dong-gop-2-3", &[]);
    ran.ends(0, &[]);
    for words in ["main/A2.2 — khoản 2 Điều 2", "“trên 50%", "→ phát hiện, độ tin cậy cao", "✓ không thuộc chủ đề:"]
    {
        assert!(ran.out.contains(words), "“{words}” is missing: {}", ran.out);
    }
    let silent = explain("dccs.xa.dong-gop-2-3", &["main/A2.1"]);
    silent.ends(0, &[]);
    assert!(silent.out.contains("main/A2.1") && silent.out.contains("→ không phát hiện"), "{}", silent.out);
    explain("dong-gop-2-3", &[]).ends(2, &["có phải ý là “dccs.xa.dong-gop-2-3”"]);
    explain("khong-thay", &[]).ends(2, &["rasoat rules list"]);
    explain("dccs.xa.dong-gop-2-3", &["main/A99"]).ends(2, &["văn bản không có “main/A99”", "rasoat outline"]);
}

#[test]
fn coverage_says_which_provisions_no_rule_speaks_of() {
    let batch = Batch::new();
    let text = "LUẬT\nTHỬ\nĐiều 21. Thử\n1. Khoản một có quy tắc dựa vào.\nĐiều 192. Thử\n1. Không ai nói đến.\n";
    batch.file("luat-10-2022-qh15.txt", text.as_bytes());
    batch.file("khac.txt", text.as_bytes());
    let ran = batch.run(&["rules", "coverage", "--law-text", "luat-10-2022-qh15.txt"]);
    ran.ends(0, &[]);
    let line = |path: &str| ran.out.lines().find(|line| line.starts_with(path)).unwrap_or_else(|| panic!("{ran:#?}"));
    assert!(line("A21.1\t").contains("\trule\t") && line("A21.1\t").contains("dccs.xa.dong-gop-2-3"));
    assert!(line("A192.1\t").contains("\tnone\t"));
    assert!(ran.out.contains("2 điều, khoản; 1 có quy tắc"), "{}", ran.out);
    batch.run(&["rules", "coverage", "--law-text", "khac.txt"]).ends(2, &["--instrument"]);
    let named = ["rules", "coverage", "--law-text", "khac.txt", "--instrument", "10/2022/QH15", "--open"];
    let ran = batch.run(&named);
    ran.ends(0, &[]);
    assert!(!ran.out.contains("A21.1") && ran.out.contains("A192.1"), "{}", ran.out);
}
