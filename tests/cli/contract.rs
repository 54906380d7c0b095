//! `ket-qua.json` and `outline --json` as other programs read them.

use std::collections::HashMap;

use serde_json::Value;

use super::fixture::{AMENDING, Batch, DECISION, compound, docx, xlsx};

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
fn a_clause_is_reviewed_in_the_words_in_force() {
    let batch = Batch::with_decision();
    batch.file("van-ban/qd-08.docx", &docx(AMENDING));
    batch.run(&["scan", "van-ban", "--out", "ra", "--as-of", "2026-11-22"]).ends(0, &[]);
    let results = batch.results();
    let amended = list(&results, "documents").iter().find(|one| one["file"] == "qd-17.docx").expect("the decision");
    let acting = list(&results, "documents").iter().find(|one| one["file"] == "qd-08.docx").expect("the amendment");
    assert_eq!(amended["units"]["clauses"], 2, "counts are of the document as printed");
    let changes = list(amended, "changes");
    assert_eq!(changes.len(), 2);
    assert!(changes.iter().all(|one| one["applied"] == true && one["document"] == acting["id"]), "{changes:#?}");
    assert_eq!((&changes[0]["path"], &changes[0]["effective"]), (&"main/A2.2".into(), &"2021-03-20".into()));

    let conflict = list(&results, "findings")
        .iter()
        .find(|one| one["rule"] == "dccs.xa.dong-gop-2-3" && one["document"] == amended["id"])
        .expect("the majority that is still too low");
    assert_eq!(conflict["path"], "main/A2.2");
    assert!(conflict["quote"].as_str().is_some_and(|quote| quote.contains("60%")), "{conflict:#}");
    assert!(conflict["span"].is_null(), "the words are not those printed at the path");
    assert_eq!(conflict["words_of"]["document"], acting["id"]);
    assert_eq!(conflict["words_of"]["path"], "main/A1.1.q1.2");
    let message = conflict["message"].as_str().expect("a message");
    assert!(message.contains("khoản 1 Điều 1 Quyết định số 08/2021/QĐ-UBND, từ ngày 20/03/2021"), "{message}");

    let graph = &results["graph"];
    has_keys(graph, "named links basis_chains same_identity same_number");
    let named = list(graph, "named").iter().find(|one| one["document"] == amended["id"]).expect("it is named");
    assert_eq!((&named["number"], &named["cited_by"]), (&"17/2019/QĐ-UBND".into(), &1.into()));
    let acts: Vec<&str> = list(graph, "links")
        .iter()
        .filter(|link| link["to"] == named["id"] && link["from"] == acting["id"])
        .filter_map(|link| link["type"].as_str())
        .collect();
    assert!(acts.contains(&"amends") && acts.contains(&"repeals"), "{acts:?}");

    let sheet = |name: &str| {
        let mut book: calamine::Xlsx<_> =
            calamine::open_workbook(batch.path().join("ra/de-xuat.xlsx")).expect("a workbook");
        let range = calamine::Reader::worksheet_range(&mut book, name).expect("the sheet");
        range.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect::<Vec<_>>()
    };
    let clauses = sheet("Điều khoản");
    let row = |path: &str| clauses.iter().find(|row| row.contains(&format!("|{path}|qd-17.docx"))).expect("a row");
    assert!(row("main/A2.1").contains("Đã bị bãi bỏ") && row("main/A2.1").contains("Cuộc họp thôn bàn"));
    assert!(row("main/A2.2").contains("60%") && row("main/A2.2").contains("được sửa đổi, bổ sung theo khoản 1 Điều 1"));
    assert!(sheet("Quan hệ văn bản").iter().any(|row| row.contains("Sửa đổi") && row.contains("17/2019/QĐ-UBND")));
    assert!(sheet("Văn bản chưa có tệp").iter().any(|row| row.contains("Luật Tổ chức chính quyền địa phương")));

    // The day before the amendment, the words are as printed.
    batch.run(&["scan", "van-ban", "--out", "ra", "--as-of", "2021-03-19", "--format", "json"]).ends(0, &[]);
    let before = batch.results();
    assert!(list(&before, "documents").iter().all(|one| list(one, "changes").is_empty()));
}

#[test]
fn new_words_are_reviewed_in_the_amending_document_when_the_amended_one_is_not_at_hand() {
    let batch = Batch::new();
    batch.file("van-ban/qd-08.docx", &docx(AMENDING));
    let of_quoted = |results: &Value| -> Vec<Value> {
        let quoted = |one: &&Value| one["path"].as_str().is_some_and(|path| path.contains(".q1."));
        list(results, "findings").iter().filter(quoted).cloned().collect()
    };
    batch.scan(&[]).ends(0, &[]);
    let found = of_quoted(&batch.results());
    let conflict =
        found.iter().find(|one| one["rule"] == "dccs.xa.dong-gop-2-3").expect("the majority that is too low");
    assert_eq!((&conflict["path"], &conflict["confidence"]), (&"main/A1.1.q1.2".into(), &"medium".into()));
    let message = conflict["message"].as_str().expect("a message");
    assert!(message.contains("hoản 2 của đoạn trích tại khoản 1 Điều 1"), "{message}");
    assert!(message.contains("Đây là lời văn của khoản 2 Điều 2 Quyết định số 17/2019/QĐ-UBND"), "{message}");

    batch.file("van-ban/qd-17.docx", &docx(DECISION));
    batch.scan(&[]).ends(0, &[]);
    assert!(of_quoted(&batch.results()).is_empty(), "the words are reviewed in the amended document");
}

#[test]
fn the_state_of_what_details_an_ended_instrument_is_not_known() {
    let lines: Vec<&str> = DECISION
        .iter()
        .map(|line| match *line {
            "Quyết định này quy định việc nhân dân bàn và quyết định." => {
                "Quyết định này quy định chi tiết thi hành Pháp lệnh số 34/2007/PL-UBTVQH11 ngày 20 tháng 4 năm 2007 của Ủy ban Thường vụ Quốc hội."
            }
            line => line,
        })
        .collect();
    let batch = Batch::with_decision();
    batch.file("van-ban/qd-18.docx", &docx(&lines));
    batch.scan(&[]).ends(0, &[]);
    let results = batch.results();
    let state = |file: &str| {
        let document = list(&results, "documents").iter().find(|one| one["file"] == file).expect("it is read");
        (document["status"].clone(), document["status_cause"].clone())
    };
    assert_eq!(state("qd-17.docx").0, "in-force", "a ground that ended does not end what rests on it");
    let (state, cause) = state("qd-18.docx");
    assert_eq!(state, "unknown");
    assert!(cause.to_string().contains("quy định chi tiết"), "{cause:#}");
}

#[test]
fn json_alone_is_written_alone() {
    let batch = Batch::with_decision();
    batch.scan(&[]).ends(0, &[]);
    assert_eq!(batch.names("ra"), ["ket-qua.json"]);
    batch.run(&["scan", "van-ban", "--out", "bang", "--as-of", "2026-11-22", "--format", "xlsx"]).ends(0, &[]);
    assert_eq!(batch.names("bang"), ["de-xuat.xlsx"]);
}
