//! `ket-qua.json` and `outline --json` as other programs read them.

use std::collections::HashMap;

use serde_json::Value;

use super::fixture::{Batch, compound, xlsx};

fn batch() -> Batch {
    let batch = Batch::with_decision();
    batch.file("van-ban/cu.doc", &compound("WordDocument"));
    batch.file(
        "van-ban/danh-muc.xlsx",
        &xlsx(&[
            &["STT", "Tên loại văn bản", "Số, ký hiệu; ngày, tháng, năm ban hành", "Trích yếu nội dung"],
            &["1", "Quyết định", "17/2019/QĐ-UBND ngày 22/7/2019", "Quy định việc nhân dân bàn và quyết định"],
        ]),
    );
    batch
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().unwrap_or_else(|| panic!("{name} is no list"))
}

#[track_caller]
fn has_keys(value: &Value, keys: &str) {
    for key in keys.split(' ') {
        assert!(value.get(key).is_some(), "{key} is missing: {value:#}");
    }
}

/// Texts and headings of every unit of an outline, by path.
fn units(outline: &Value) -> HashMap<String, (String, String)> {
    fn gather(units: &[Value], found: &mut HashMap<String, (String, String)>) {
        for unit in units {
            let words = |key: &str| unit[key].as_str().unwrap_or_default().to_owned();
            found.insert(words("path"), (words("text"), words("heading")));
            gather(list(unit, "children"), found);
        }
    }
    let mut found = HashMap::new();
    for layer in list(outline, "layers") {
        gather(list(layer, "units"), &mut found);
    }
    found
}

#[test]
fn results_have_the_keys_of_the_contract() {
    let batch = batch();
    batch.scan(&[]).ends(3, &[]);
    let results = batch.results();
    assert_eq!(results["schema"], "rasoat/1");
    has_keys(&results, "run documents unreadable lists findings proposals");
    let run = &results["run"];
    has_keys(run, "tool as_of packs inputs read unreadable ignored");
    has_keys(&run["packs"][0], "id version sha256 checked_until");
    assert_eq!(run["as_of"], "2026-11-22");
    assert_eq!((&run["inputs"], &run["read"], &run["unreadable"]), (&3.into(), &2.into(), &1.into()));

    let document = &results["documents"][0];
    has_keys(
        document,
        "id file sha256 kind number number_text issuer level issued effective title normative field relevance status warnings units handling",
    );
    has_keys(&document["units"], "articles clauses points");
    assert_eq!(document["file"], "qd-17.docx");
    assert_eq!(document["kind"], "quyet-dinh");
    assert_eq!(document["number"], "17/2019/QĐ-UBND");
    assert_eq!(document["issuer"], "Ủy ban nhân dân tỉnh Nghệ An");
    assert_eq!(document["level"], "tinh");
    assert_eq!(document["issued"], "2019-07-22");
    assert_eq!(document["effective"], "2019-08-01");
    has_keys(&results["unreadable"][0], "file list_row code message next_step");
    let row = &results["lists"][0];
    has_keys(row, "file sheet row text identities document doubts");
    has_keys(&row["identities"][0], "kind number issuer issued title");
    assert_eq!((&row["row"], &row["document"]), (&2.into(), &document["id"]));
}

#[test]
fn findings_point_at_the_words_they_quote() {
    let batch = batch();
    batch.scan(&[]).ends(3, &[]);
    let results = batch.results();
    let ran = batch.run(&["outline", "van-ban/qd-17.docx", "--json", "--as-of", "2026-11-22"]);
    ran.ends(0, &[]);
    let units = units(&serde_json::from_str(&ran.out).expect("JSON"));
    let slice = |place: &Value| {
        let (text, heading) = &units[place["path"].as_str().expect("a path")];
        let text = if place["in"] == "heading" { heading } else { text };
        let end = |at: usize| usize::try_from(place["span"][at].as_u64().expect("a number")).expect("a small number");
        text.chars().skip(end(0)).take(end(1) - end(0)).collect::<String>()
    };
    let mut quoted = 0;
    for finding in list(&results, "findings") {
        has_keys(
            finding,
            "id document path cite rule kind severity confidence basis quote span in evidence message state",
        );
        if finding["path"].is_null() || finding["span"].is_null() {
            continue;
        }
        assert_eq!(finding["quote"], slice(finding), "{finding:#}");
        for evidence in list(finding, "evidence") {
            has_keys(evidence, "path span quote");
            assert_eq!(evidence["quote"], slice(evidence), "{evidence:#}");
        }
        quoted += 1;
    }
    assert!(quoted > 0);
    let conflict = list(&results, "findings")
        .iter()
        .find(|finding| finding["rule"] == "dccs.xa.dong-gop-2-3")
        .expect("the majority that is too low");
    assert_eq!((&conflict["path"], &conflict["confidence"]), (&"main/A2.2".into(), &"high".into()));
    assert_eq!(conflict["basis"][0]["provision"], "A21.1");
}

#[test]
fn ids_are_unique_and_resolve() {
    let batch = batch();
    batch.scan(&[]).ends(3, &[]);
    let results = batch.results();
    let ids = |name: &str| {
        let ids: Vec<&Value> = list(&results, name).iter().map(|entry| &entry["id"]).collect();
        let unique: std::collections::HashSet<&str> = ids.iter().filter_map(|id| id.as_str()).collect();
        assert_eq!(unique.len(), ids.len(), "{name}");
        unique
    };
    let (documents, findings) = (ids("documents"), ids("findings"));
    ids("proposals");
    for proposal in list(&results, "proposals") {
        has_keys(
            proposal,
            "id document path handling findings reason wording instrument_form authority drafter deadline decision",
        );
        assert!(proposal["document"].as_str().is_none_or(|id| documents.contains(id)));
        assert!(list(proposal, "findings").iter().filter_map(Value::as_str).all(|id| findings.contains(id)));
    }
    assert!(list(&results, "findings").iter().all(|f| f["document"].as_str().is_none_or(|id| documents.contains(id))));
}

#[test]
fn bytes_do_not_depend_on_threads_or_on_the_run() {
    let batch = batch();
    let run = |threads: &str, out: &str| {
        let ran = batch.run(&["scan", "van-ban", "--out", out, "--as-of", "2026-11-22", "--threads", threads]);
        ran.ends(3, &[]);
        (batch.bytes(&format!("{out}/ket-qua.json")), batch.bytes(&format!("{out}/de-xuat.xlsx")))
    };
    let first = run("1", "mot");
    assert!(first == run("2", "hai"), "threads");
    assert!(first == run("2", "hai"), "a second run over the same results");
}

#[test]
fn json_alone_is_written_alone() {
    let batch = Batch::with_decision();
    batch.scan(&[]).ends(0, &[]);
    assert_eq!(batch.names("ra"), ["ket-qua.json"]);
    batch.run(&["scan", "van-ban", "--out", "bang", "--as-of", "2026-11-22", "--format", "xlsx"]).ends(0, &[]);
    assert_eq!(batch.names("bang"), ["de-xuat.xlsx"]);
}
