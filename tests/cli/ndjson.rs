//! `scan --ndjson`: a stream of documents, a stream of results.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::fixture::{Batch, DECISION, docx, rasoat};

fn answers(batch: &Batch, input: &str, more: &[&str]) -> (i32, Vec<Value>) {
    let arguments = [&["scan", "--ndjson", "--as-of", "2026-11-22"], more].concat();
    let output = rasoat().args(arguments).current_dir(batch.path()).write_stdin(input).output().expect("a run");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    (output.status.code().expect("a code"), lines.collect())
}

#[test]
fn every_line_is_answered_in_order_and_a_bad_one_ends_nothing() {
    let batch = Batch::with_decision();
    let bytes = STANDARD.encode(docx(DECISION));
    let input = [
        json!("van-ban/qd-17.docx").to_string(),
        "không có tệp này.docx".to_owned(),
        "{ hỏng".to_owned(),
        String::new(),
        json!({"id": "qua-mạng", "file": "qd-17.docx", "content": bytes}).to_string(),
        json!({"id": 9, "file": "qd-17.txt", "text": DECISION.join("\n")}).to_string(),
    ];
    let (code, answers) = answers(&batch, &input.join("\n"), &[]);
    assert_eq!(code, 3);
    let ids: Vec<&Value> = answers.iter().map(|answer| &answer["item"]).collect();
    assert_eq!(ids, [&json!(1), &json!(2), &json!(3), &json!("qua-mạng"), &json!(9)]);
    assert_eq!(answers[1]["unreadable"][0]["code"], "io");
    assert_eq!(answers[2]["unreadable"][0]["code"], "bad-item");
    for of in [0, 3, 4] {
        assert_eq!(answers[of]["schema"], "rasoat/1");
        assert_eq!(answers[of]["documents"][0]["number"], "17/2019/QĐ-UBND");
        let paths = answers[of]["proposals"].as_array().expect("proposals").iter().map(|one| &one["path"]);
        assert!(paths.into_iter().any(|path| path == "main/A2.2"), "{of}");
    }
    // The same document gives the same ids, wherever its bytes came from.
    assert_eq!(answers[0]["findings"], answers[3]["findings"]);
}

#[test]
fn an_item_gives_what_a_scan_of_it_alone_gives() {
    let batch = Batch::with_decision();
    batch.scan(&[]);
    let whole = batch.results();
    let (code, answers) = answers(&batch, "van-ban/qd-17.docx\n", &["--fail-on", "high"]);
    assert_eq!(code, 1);
    let of_document = |value: &Value, key: &str| -> Vec<Value> {
        value[key].as_array().expect("a list").iter().filter(|one| !one["document"].is_null()).cloned().collect()
    };
    for key in ["findings", "proposals"] {
        assert_eq!(of_document(&answers[0], key), of_document(&whole, key), "{key}");
    }
}

#[test]
fn nothing_of_a_batch_goes_with_it() {
    let batch = Batch::with_decision();
    for other in [&["van-ban"][..], &["--out", "ra"], &["--format", "json"], &["--list", "x.xlsx"]] {
        let ran = batch.run(&[&["scan", "--ndjson"], other].concat());
        assert_eq!(ran.code, 2, "{other:?}");
        assert!(ran.err.contains("--ndjson"), "{}", ran.err);
    }
}
