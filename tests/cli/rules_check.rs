//! What `rasoat rules check` says of faulty packs: `tests/bad-rules/*.yaml`, compared whole with the `.out` beside each.
//!
//! A case is a rule file put into `tests/bad-rules/pack` in the place of `10-quy-tac.yaml`; or, when its first line says
//! `# thay cho: terms.yaml`, of that file. Run with `BLESS=1` to write the `.out` files anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::fixture::rasoat;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bad-rules");

/// A copy of the sound pack, in a folder named as its id.
fn pack(folder: &Path) -> PathBuf {
    let pack = folder.join("thu");
    std::fs::create_dir(&pack).expect("a new folder");
    for entry in std::fs::read_dir(Path::new(CASES).join("pack")).expect("the sound pack") {
        let path = entry.expect("an entry").path();
        std::fs::copy(&path, pack.join(path.file_name().expect("a name"))).expect("a copy");
    }
    pack
}

/// Everything `rules check thu` says, with its exit code.
fn check(folder: &Path) -> String {
    let output = rasoat().args(["rules", "check", "thu"]).current_dir(folder).output().expect("a run");
    let said = [output.stdout, output.stderr].concat();
    format!("{}mã kết thúc: {}\n", String::from_utf8_lossy(&said), output.status.code().unwrap_or(-1))
}

#[test]
fn a_sound_pack_passes() {
    let folder = tempfile::tempdir().expect("a folder");
    pack(folder.path());
    assert_eq!(
        check(folder.path()),
        "Bộ quy tắc hợp lệ: 1 bộ, 1 quy tắc, 1 điều khoản, 1 văn bản trong biểu đồ hiệu lực.\nmã kết thúc: 0\n"
    );
}

#[test]
fn every_fault_is_shown_with_its_place_and_what_to_do() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(CASES).expect("the cases") {
        let case = entry.expect("an entry").path();
        if case.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&case).expect("a case");
        let folder = tempfile::tempdir().expect("a folder");
        let replaced = text.lines().next().and_then(|line| line.strip_prefix("# thay cho: "));
        let target = pack(folder.path()).join(replaced.unwrap_or("10-quy-tac.yaml"));
        std::fs::write(target, &text).expect("the case in its pack");
        let said = check(folder.path());
        let golden = case.with_extension("out");
        if bless {
            std::fs::write(&golden, &said).expect("the golden file");
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        if said != expected {
            wrong.push(format!("{}:\n--- expected\n{expected}--- said\n{said}", case.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Codes that the program gives, by their place in its code.
fn codes() -> BTreeSet<String> {
    let given = regex::Regex::new(r#"(?:about|error|fault)\(\s*"([a-z]+(?:-[a-z]+)+)""#).expect("an expression");
    let mut found = BTreeSet::new();
    for entry in walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules")) {
        let path = entry.expect("an entry").into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(path).expect("a module");
            found.extend(given.captures_iter(&text).map(|groups| groups[1].to_owned()));
        }
    }
    found
}

/// `(code, whether a hint follows)` of every fault in a golden file.
fn faults(said: &str) -> Vec<(String, bool)> {
    let head = regex::Regex::new(r"(?m)^(?:lỗi|cảnh báo)\[([a-z-]+)\]").expect("an expression");
    let starts: Vec<_> =
        head.captures_iter(said).filter_map(|groups| Some((groups.get(0)?.start(), groups[1].to_owned()))).collect();
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([said.len()]);
    starts.iter().zip(ends).map(|((from, code), to)| (code.clone(), said[*from..to].contains("= gợi ý:"))).collect()
}

#[test]
fn every_code_has_a_case_and_every_fault_a_hint() {
    let mut shown = BTreeSet::new();
    for entry in std::fs::read_dir(CASES).expect("the cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "out") {
            let said = std::fs::read_to_string(&path).expect("a golden file");
            for (code, hint) in faults(&said) {
                assert!(hint, "{}: [{code}] does not say what to do", path.display());
                shown.insert(code);
            }
        }
    }
    let codes = codes();
    assert!(codes.len() > 35, "only {} codes seen: the test reads the wrong lines", codes.len());
    // It takes two rules, and the pack of the cases has one.
    shown.insert("foreign-test".to_owned());
    let untried: Vec<_> = codes.difference(&shown).collect();
    assert!(untried.is_empty(), "no case in tests/bad-rules shows {untried:?}");
}

#[test]
fn an_exception_that_silences_every_hit_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let rule = pack(folder.path()).join("10-quy-tac.yaml");
    let text = std::fs::read_to_string(&rule).expect("the sound rule");
    let test = |text: &str| {
        std::fs::write(&rule, text).expect("the rule");
        let output = rasoat().args(["rules", "test", "thu"]).current_dir(folder.path()).output().expect("a run");
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    let (code, said) = test(&text);
    assert_eq!(code, Some(0), "{said}");
    let exception = "  unless: [{ words: [\"số hộ\"], why: \"Câu nói về số hộ.\" }]\n  verdict:";
    let (code, said) = test(&text.replace("  verdict:", exception));
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("phải phát hiện nhưng im lặng") && said.contains("ngoại lệ có mặt: Câu nói về số hộ."),
        "{said}"
    );
}

/// A filter tells what it stops: to its author in tests and explanations, to the reviewer in the results.
#[test]
fn a_shared_filter_is_tested_explained_and_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let filters = pack(folder.path()).join("filters.yaml");
    let text = "- id: thu.loc-vi-du
  why: Ví dụ minh họa.
  rules: [thu.*]
  words: [ví dụ]
  within: sentence
  tests:
    - { rule: thu.dong-gop, quiet: \"Ví dụ mức đóng góp do trên 50% số hộ gia đình đồng ý.\" }
    - { rule: thu.dong-gop, hit: \"Ví dụ khác. Mức đóng góp do trên 50% số hộ gia đình đồng ý.\" }
";
    let run = |arguments: &[&str]| {
        let output = rasoat().args(arguments).current_dir(folder.path()).output().expect("a run");
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    std::fs::write(&filters, text).expect("the filter");
    let (code, said) = run(&["rules", "test", "thu", "--mutants"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("6 phép thử: 6 đạt") && !said.contains("thu.loc-vi-du:"), "{said}");

    let useless = text.replace("quiet: \"Ví dụ mức đóng góp do trên 50%", "quiet: \"Mức đóng góp do trên 70%");
    std::fs::write(&filters, useless).expect("the filter");
    let (code, said) = run(&["rules", "test", "thu"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("thu.loc-vi-du phép thử 1: không phải bộ lọc này chặn"), "{said}");
    std::fs::write(&filters, text).expect("the filter");

    let document = "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN\nSố: 01/2020/QĐ-UBND\nNghệ An, ngày 05 tháng 01 năm 2020\n\nQUYẾT ĐỊNH\n\
        Về đóng góp\n\nĐiều 1. Mức đóng góp\n1. Ví dụ mức đóng góp do trên 50% số hộ gia đình đồng ý.\n\
        2. Mức đóng góp do quá nửa số hộ gia đình đồng ý.\n";
    std::fs::write(folder.path().join("qd.txt"), document).expect("a document");
    let (_, said) = run(&["rules", "explain", "thu.dong-gop", "qd.txt", "--rules", "thu"]);
    assert!(said.contains("  thu.loc-vi-du: Ví dụ minh họa."), "{said}");
    assert!(
        said.contains("! ngoại lệ có mặt: Ví dụ minh họa. (bộ lọc chung thu.loc-vi-du) — “Ví dụ” (main/A1.1)"),
        "{said}"
    );
    let scan = ["scan", "qd.txt", "--rules", "thu", "--as-of", "2026-11-22", "--quiet", "--out"];
    let (_, said) = run(&[&scan[..], &["a"]].concat());
    assert_eq!(said, "");
    let (_, said) = run(&[&scan[..], &["b", "--profile-rules"]].concat());
    assert!(said.contains("Thời gian đối chiếu quy tắc") && said.contains("thu.dong-gop"), "{said}");
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).expect("a result");
    assert!(bytes("a/ket-qua.json") == bytes("b/ket-qua.json") && bytes("a/de-xuat.xlsx") == bytes("b/de-xuat.xlsx"));
    let results: serde_json::Value = serde_json::from_slice(&bytes("a/ket-qua.json")).expect("JSON");
    let filter = &results["filters"][0];
    assert_eq!((&filter["id"], &filter["rules"], &filter["stopped"]), (&"thu.loc-vi-du".into(), &1.into(), &1.into()));
    assert_eq!((&results["rules"][0]["findings"], &results["rules"][0]["stopped"]), (&1.into(), &1.into()));
}

/// A rule that speaks once for the document: one row at the first place, every place as evidence, no clause left as "not found".
#[test]
fn a_rule_may_speak_once_for_the_document() {
    use calamine::{Reader, Xlsx, open_workbook};
    let folder = tempfile::tempdir().expect("a folder");
    let rule = pack(folder.path()).join("10-quy-tac.yaml");
    let text = std::fs::read_to_string(&rule).expect("the sound rule");
    std::fs::write(&rule, text.replace("  verdict:", "  group: document\n  verdict:")).expect("the rule");
    let document = "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN\nSố: 01/2020/QĐ-UBND\nNghệ An, ngày 05 tháng 01 năm 2020\n\nQUYẾT ĐỊNH\n\
        Về đóng góp\n\nĐiều 1. Mức đóng góp\n1. Mức đóng góp do trên 50% số hộ gia đình đồng ý.\n\
        2. Tiền đóng góp được công khai.\n3. Khoản đóng góp do quá nửa số hộ gia đình đồng ý.\n";
    std::fs::write(folder.path().join("qd.txt"), document).expect("a document");
    let arguments = ["scan", "qd.txt", "--rules", "thu", "--as-of", "2026-11-22", "--out", "a"];
    rasoat().args(arguments).current_dir(folder.path()).output().expect("a run");
    let bytes = std::fs::read(folder.path().join("a/ket-qua.json")).expect("results");
    let results: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    let findings = results["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), 1, "{findings:?}");
    let finding = &findings[0];
    assert_eq!((&finding["path"], &finding["also_at"]), (&"main/A1.1".into(), &serde_json::json!(["main/A1.3"])));
    assert_eq!(finding["evidence"][1]["quote"], "quá nửa");
    let message = finding["message"].as_str().expect("a sentence");
    assert!(message.ends_with("Còn ở 1 chỗ khác: khoản 3 Điều 1."), "{message}");
    let paths = results["proposals"].as_array().expect("proposals").iter().map(|proposal| &proposal["path"]);
    assert_eq!(paths.collect::<Vec<_>>(), [&serde_json::json!("main/A1.1"), &serde_json::Value::Null]);
    let mut book: Xlsx<_> = open_workbook(folder.path().join("a/de-xuat.xlsx")).expect("a workbook");
    let clauses = book.worksheet_range("Điều khoản").expect("the sheet of clauses");
    let said = |path: &str| {
        let row = clauses.rows().find(|row| row.iter().any(|cell| *cell == path)).expect("the clause");
        (row[6].to_string(), row[7].to_string())
    };
    assert!(said("main/A1.2").0.starts_with("Giữ nguyên"));
    assert_eq!(said("main/A1.3").1, said("main/A1.1").1);
    assert!(said("main/A1.3").0.starts_with("Đã gộp"));
}

#[test]
fn files_of_windows_are_read_and_their_faults_placed() {
    let folder = tempfile::tempdir().expect("a folder");
    let rule = pack(folder.path()).join("10-quy-tac.yaml");
    let text = std::fs::read_to_string(&rule).expect("the sound rule").replace('\n', "\r\n");
    std::fs::write(&rule, format!("\u{feff}{text}")).expect("the rule");
    assert!(check(folder.path()).ends_with("mã kết thúc: 0\n"), "{}", check(folder.path()));
    std::fs::write(&rule, format!("\u{feff}{}", text.replace("term: [dong-gop]", "term: [dong-gopp]")))
        .expect("the rule");
    let said = check(folder.path());
    assert!(said.contains("thu/10-quy-tac.yaml:6:22") && said.contains("^^^^^^^^^"), "{said}");
    assert!(!said.contains('\r'), "{said:?}");
}

/// The manual for lawyers works out a whole pack; `rules new` writes it as it stands there.
#[test]
fn the_worked_example_of_the_manual_is_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        let output = rasoat().args(arguments).current_dir(folder.path()).output().expect("a run");
        let words = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.code(), words)
    };
    for (arguments, code, said) in [
        (["rules", "new", "dat-dai"], 0, "Đã tạo bộ quy tắc “dat-dai”"),
        (["rules", "check", "dat-dai"], 0, "1 bộ, 1 quy tắc"),
        (["rules", "test", "dat-dai"], 0, "1 quy tắc, 6 phép thử: 6 đạt, 0 không đạt"),
        (["rules", "new", "dat-dai"], 2, "đã có"),
        (["rules", "new", "Đất đai"], 2, "chữ thường không dấu"),
    ] {
        let (ended, words) = run(&arguments);
        assert!(ended == Some(code) && words.contains(said), "{arguments:?}: {words}");
    }
    assert_eq!(std::fs::read_dir(folder.path().join("dat-dai")).expect("a pack").count(), 5);
}

#[test]
fn short_names_of_a_document_and_wordings_of_a_time_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = pack(folder.path());
    let terms = "- { id: dong-gop, canonical: đóng góp, dated: [{ text: góp công, until: 2025-06-30 }] }\n\
                 - { id: ho, canonical: hộ gia đình }\n";
    std::fs::write(pack.join("terms.yaml"), terms).expect("the terms");
    let rule = r#"- id: thu.viec
  title: Một việc
  state: trial
  basis: [{ instrument: 10/2022/QH15, provision: A21.1 }]
  find: { nguoi: { actor: { who: [ho], does: [dong-gop] } } }
  when: nguoi
  verdict: { kind: KIND, handling: amend, severity: low, confidence: low, fix: judgement }
  say: "{cite}: {nguoi.text}."
  tests:
    - hit: "Hộ gia đình góp công."
    - { hit: "Hộ gia đình góp công.", given: { issued: 2025-06-30 } }
    - { quiet: "Hộ gia đình góp công.", given: { issued: 2025-07-01 } }
    - quiet: "HGĐ góp công."
    - SHORT: |
        Điều 1. Giải thích
        1. Hộ gia đình (sau đây viết tắt là HGĐ) là những người sống chung.
        Điều 2. Việc làng
        1. Mỗi HGĐ đóng góp một buổi.
"#;
    let test = |kind: &str, short: &str| {
        std::fs::write(pack.join("20-viec.yaml"), rule.replace("KIND", kind).replace("SHORT", short))
            .expect("the rule");
        let output = rasoat().args(["rules", "test", "thu"]).current_dir(folder.path()).output().expect("a run");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.success(), "{kind}: {said}");
    };
    test("conflict", "hit");
    // A stale name is changed where its short name is defined.
    test("stale-term", "quiet");
}
