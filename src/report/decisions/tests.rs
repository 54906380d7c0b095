use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use jiff::civil::{Date, date};
use tempfile::TempDir;

use super::*;
use crate::proposals::{Choice, RunState};
use crate::report::{Format, Results, sample, write_all};
use crate::review::Handling;

type Rows = Vec<Vec<String>>;

fn today() -> Date {
    date(2026, 11, 28)
}

/// A folder with the results of one run in it.
fn folder(results: &Results) -> TempDir {
    let out = tempfile::tempdir().unwrap();
    write_all(results, out.path(), &[Format::Xlsx, Format::Json]).unwrap();
    out
}

fn workbook(out: &TempDir) -> PathBuf {
    out.path().join("de-xuat.xlsx")
}

fn cells(path: &Path, sheet: &str) -> Rows {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

/// Saves a workbook as another program would: every sheet, words only, with the sheet of proposals edited.
fn resave(path: &Path, edit: impl FnOnce(&mut Rows)) {
    let names = open_workbook::<Xlsx<_>, _>(path).unwrap().sheet_names();
    let mut book = rust_xlsxwriter::Workbook::new();
    let mut edit = Some(edit);
    for name in names {
        let mut rows = cells(path, &name);
        if name == "Đề xuất" {
            edit.take().unwrap()(&mut rows);
        }
        let sheet = book.add_worksheet().set_name(&name).unwrap();
        for (at, row) in (0..).zip(&rows) {
            for (column, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(at, column, cell).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}

fn column(rows: &Rows, head: &str) -> usize {
    let heads = rows.iter().find(|row| row.iter().any(|cell| cell == "Mã kiến nghị")).unwrap();
    heads.iter().position(|cell| cell == head).unwrap_or_else(|| panic!("no column {head}"))
}

/// Fills in cells of the row of a proposal.
fn fill(rows: &mut Rows, id: &str, cells: &[(&str, &str)]) {
    let at = column(rows, "Mã kiến nghị");
    let columns: Vec<usize> = cells.iter().map(|(head, _)| column(rows, head)).collect();
    let row = rows.iter_mut().find(|row| row.get(at).is_some_and(|cell| cell == id)).unwrap();
    for (column, (_, text)) in columns.into_iter().zip(cells) {
        (*text).clone_into(&mut row[column]);
    }
}

fn decide(out: &TempDir, id: &str, cells: &[(&str, &str)]) {
    resave(&workbook(out), |rows| fill(rows, id, cells));
}

const CHOICE: &str = "Quyết định của người rà soát";
const PERSON: &str = "Người rà soát";

/// A next run into the same folder.
fn next(out: &TempDir, mut results: Results) -> (Results, Vec<String>, PathBuf) {
    let desk = Desk::open(out.path(), None, today()).unwrap();
    let mut notes = desk.notes.clone();
    desk.apply(&mut results);
    let written = write_all(&results, out.path(), &[Format::Xlsx, Format::Json]).unwrap();
    notes.extend(written.iter().filter_map(|file| file.note.clone()));
    let book = written.into_iter().find(|file| file.path.extension().is_some_and(|one| one == "xlsx")).unwrap();
    (results, notes, book.path)
}

fn first<'r>(results: &'r Results, id: &str) -> &'r crate::proposals::Opinion {
    let proposal = results.proposals.iter().find(|one| one.id == id).unwrap();
    proposal.decision.as_ref().unwrap_or_else(|| panic!("{id} is not decided")).first().unwrap()
}

#[test]
fn a_thousand_decisions_survive_sorting_deleting_and_added_columns() {
    let results = sample::results(500);
    let out = folder(&results);
    // A generator of our own: the same numbers on every machine.
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let mut wanted: Vec<(String, &str, String)> = Vec::new();
    resave(&workbook(&out), |rows| {
        let head = rows.iter().position(|row| row.iter().any(|cell| cell == "Mã kiến nghị")).unwrap();
        let columns = ["Mã kiến nghị", CHOICE, "Lý do", PERSON, "Đề xuất xử lý"].map(|name| column(rows, name));
        let [id, choice, reason, person, handling] = columns;
        let mut body = rows.split_off(head + 1);
        assert!(body.len() >= 1_000, "{}", body.len());
        for row in &mut body {
            let word = ["Đồng ý", "Sửa", "Bác", ""][random(4)];
            word.clone_into(&mut row[choice]);
            if !word.is_empty() {
                row[reason] = format!("lý do {}", random(1_000));
                row[person] = "Nguyễn Văn A".to_owned();
                if word == "Sửa" {
                    row[handling] = "Bãi bỏ toàn bộ".to_owned();
                }
                wanted.push((row[id].clone(), word, row[reason].clone()));
            }
        }
        // Sorted by anything, a tenth deleted.
        for at in (1..body.len()).rev() {
            body.swap(at, random(at + 1));
        }
        let gone: Vec<String> =
            body.split_off(body.len() - body.len() / 10).iter().map(|row| row[id].clone()).collect();
        wanted.retain(|(id, ..)| !gone.contains(id));
        rows.extend(body);
        // A column added in front, another moved to the end, an empty row in the middle.
        for row in rows.iter_mut() {
            row.resize(42, String::new());
            row.insert(0, String::new());
            let moved = row.remove(id + 1);
            row.push(moved);
        }
        rows[head][0] = "Phòng".to_owned();
        rows.insert(head + 40, Vec::new());
    });
    let imported = import(&workbook(&out), out.path(), today()).unwrap();
    assert_eq!(imported.unplaced, Vec::<String>::new());
    assert_eq!(imported.placed, wanted.len());
    let (results, _, _) = next(&out, sample::results(500));
    for (id, word, reason) in &wanted {
        let opinion = first(&results, id);
        assert_eq!((crate::report::words::choice(opinion.choice), &opinion.reason), (*word, reason));
        match opinion.choice {
            Choice::Change => assert_eq!(opinion.handling, Some(Handling::Repeal)),
            Choice::Reject => assert_eq!(opinion.handling, None),
            Choice::Agree => assert!(opinion.handling.is_some()),
        }
    }
    assert_eq!(results.proposals.iter().filter(|one| one.decision.is_some()).count(), wanted.len());
    let log = std::fs::read_to_string(out.path().join(LOG_NAME)).unwrap();
    assert_eq!(log.lines().count(), wanted.len());
    // Again: nothing new, nothing logged twice.
    let again = import(&out.path().join("da-nhap/de-xuat.1.xlsx"), out.path(), today()).unwrap();
    assert_eq!((again.placed, again.known, again.unplaced.len()), (0, wanted.len(), 0));
    assert_eq!(std::fs::read_to_string(out.path().join(LOG_NAME)).unwrap(), log);
}

#[test]
fn the_next_run_imports_carries_over_and_puts_the_old_workbook_aside() {
    let out = folder(&sample::results(3));
    let typed = [
        (CHOICE, "Sửa"),
        ("Đề xuất xử lý", "Bãi bỏ một phần"),
        ("Câu chữ đề xuất", "Bỏ khoản 1."),
        (PERSON, "Trần B"),
        ("Ngày", "22/11/2026"),
    ];
    decide(&out, "p0a", &typed);
    let (results, notes, path) = next(&out, sample::results(3));
    assert_eq!(path, workbook(&out));
    assert!(notes.iter().any(|note| note.contains("Đã nhập 1 quyết định")), "{notes:?}");
    assert!(out.path().join("da-nhap/de-xuat.1.xlsx").is_file());
    let opinion = first(&results, "p0a");
    assert_eq!(opinion.wording.as_deref(), Some("Bỏ khoản 1."));
    assert_eq!((opinion.handling, opinion.date.as_str()), (Some(Handling::RepealPart), "2026-11-22"));
    // It stands in the new workbook as it was typed, and in the results for programs.
    let rows = cells(&path, "Đề xuất");
    let row = rows.iter().find(|row| row.contains(&"p0a".to_owned())).unwrap();
    for (head, text) in &typed[..4] {
        assert_eq!(&row[column(&rows, head)], text);
    }
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.path().join("ket-qua.json")).unwrap()).unwrap();
    let decided = json["proposals"].as_array().unwrap().iter().find(|one| one["id"] == "p0a").unwrap();
    assert_eq!(decided["decision"]["choice"], "change");
    assert_eq!(decided["decision"]["person"], "Trần B");
    assert_eq!(decided["state"], "known");
    // A further run changes nothing: no decision is new, no workbook is put aside, the same bytes come out.
    let bytes = std::fs::read(&path).unwrap();
    let (_, notes, again) = next(&out, sample::results(3));
    assert_eq!((again, notes), (path.clone(), Vec::new()));
    assert!(std::fs::read(&path).unwrap() == bytes);
    assert_eq!(std::fs::read_dir(out.path().join("da-nhap")).unwrap().count(), 1);
}

#[test]
fn missing_edited_and_doubled_ids_are_placed_or_reported() {
    let out = folder(&sample::results(4));
    resave(&workbook(&out), |rows| {
        for id in ["p0a", "p0b", "p1a", "p1b"] {
            fill(rows, id, &[(CHOICE, "Đồng ý"), (PERSON, "A")]);
        }
        let at = column(rows, "Mã kiến nghị");
        let path = column(rows, "Đường dẫn");
        let row =
            |rows: &Rows, id: &str| rows.iter().position(|row| row.get(at).is_some_and(|cell| cell == id)).unwrap();
        // Missing, but number and path say which one.
        let missing = row(rows, "p0a");
        rows[missing][at].clear();
        // Edited, and nothing else says which one.
        let edited = row(rows, "p0b");
        (rows[edited][at], rows[edited][path]) = ("sai-ma".to_owned(), String::new());
        // Doubled with another decision.
        let doubled = row(rows, "p1a");
        let mut other = rows[doubled].clone();
        "Bác".clone_into(&mut other[column(rows, CHOICE)]);
        rows.insert(doubled + 1, other);
        // Doubled with the same decision: no fault.
        let same = row(rows, "p1b");
        let other = rows[same].clone();
        rows.insert(same + 1, other);
    });
    let imported = import(&workbook(&out), out.path(), today()).unwrap();
    assert_eq!(imported.placed, 2, "{imported:#?}");
    assert!(imported.notes.iter().any(|note| note.contains("thiếu mã kiến nghị; nhận ra theo số")), "{imported:#?}");
    assert!(
        imported.unplaced.iter().any(|line| line.contains("không có kiến nghị nào mang mã “sai-ma”")),
        "{imported:#?}"
    );
    let twice = imported.unplaced.iter().filter(|line| line.contains("cùng mã kiến nghị nhưng quyết định khác nhau"));
    assert_eq!(twice.count(), 2, "{imported:#?}");
    // What was not placed is in the log word by word, and the workbook stays where it is.
    let log = std::fs::read_to_string(out.path().join(LOG_NAME)).unwrap();
    assert!(log.lines().any(|line| line.contains("sai-ma") && line.contains("\"choice\":\"Đồng ý\"")), "{log}");
    let before = std::fs::read(workbook(&out)).unwrap();
    let (_, notes, path) = next(&out, sample::results(4));
    assert_eq!(path, out.path().join("de-xuat-2.xlsx"));
    assert!(notes.iter().any(|note| note.contains("chưa nhập được")), "{notes:?}");
    assert!(std::fs::read(workbook(&out)).unwrap() == before);
}

#[test]
fn what_cannot_be_understood_is_said_and_kept() {
    let out = folder(&sample::results(2));
    resave(&workbook(&out), |rows| {
        fill(rows, "p0a", &[(CHOICE, "để xem"), (PERSON, "A")]);
        fill(rows, "p0b", &[("Lý do", "chưa rõ")]);
        fill(rows, "p1a", &[(CHOICE, "Sửa"), ("Đề xuất xử lý", "Cất đi")]);
        // Edited without a choice: it is a change.
        fill(rows, "p1b", &[("Câu chữ đề xuất", "Viết lại.")]);
    });
    let imported = import(&workbook(&out), out.path(), today()).unwrap();
    let said = imported.unplaced.join("\n");
    assert!(said.contains("không hiểu quyết định “để xem”"), "{said}");
    assert!(said.contains("chưa chọn quyết định"), "{said}");
    assert!(said.contains("không hiểu hình thức xử lý “Cất đi”"), "{said}");
    assert_eq!(imported.placed, 1);
    assert!(imported.notes.iter().any(|note| note.contains("hiểu là “Sửa”")), "{imported:#?}");
}

#[test]
fn two_offices_that_disagree_are_both_kept() {
    let results = sample::results(2);
    let (ours, theirs, joint) = (folder(&results), folder(&results), folder(&results));
    decide(&ours, "p0a", &[(CHOICE, "Đồng ý"), (PERSON, "Sở Nội vụ")]);
    decide(&theirs, "p0a", &[(CHOICE, "Bác"), ("Lý do", "đã xử lý"), (PERSON, "Sở Tư pháp")]);
    assert!(import(&workbook(&ours), joint.path(), today()).unwrap().disagreements.is_empty());
    let second = import(&workbook(&theirs), joint.path(), today()).unwrap();
    assert_eq!(second.disagreements.len(), 1);
    assert!(second.disagreements[0].contains("Sở Nội vụ: Đồng ý; Sở Tư pháp: Bác (đã xử lý)"), "{second:#?}");
    let (results, _, path) = next(&joint, sample::results(2));
    // Who decided first counts until they agree; the other opinion stands beside it.
    assert_eq!(first(&results, "p0a").choice, Choice::Agree);
    let rows = cells(&path, "Đề xuất");
    let row = rows.iter().find(|row| row.contains(&"p0a".to_owned())).unwrap();
    assert_eq!(row[column(&rows, "Ý kiến người thứ hai")], "Bác");
    assert_eq!(row[column(&rows, "Người thứ hai")], "Sở Tư pháp");
    assert!(cells(&path, "Ý kiến khác nhau").iter().flatten().any(|cell| cell.contains("Sở Tư pháp: Bác")));
}

#[test]
fn a_second_person_in_the_same_workbook_is_heard() {
    let out = folder(&sample::results(2));
    let second = [("Ý kiến người thứ hai", "Bác"), ("Người thứ hai", "Lê C")];
    resave(&workbook(&out), |rows| {
        fill(rows, "p0a", &[&[(CHOICE, "Đồng ý"), (PERSON, "Trần B")], &second[..]].concat());
        fill(rows, "p1a", &[&[(CHOICE, "Bác"), (PERSON, "Trần B")], &second[..]].concat());
        // The same name twice is a slip.
        fill(
            rows,
            "p1b",
            &[(CHOICE, "Đồng ý"), (PERSON, "Lê C"), ("Ý kiến người thứ hai", "Bác"), ("Người thứ hai", "Lê C")],
        );
    });
    let imported = import(&workbook(&out), out.path(), today()).unwrap();
    assert_eq!((imported.placed, imported.disagreements.len()), (4, 1), "{imported:#?}");
    assert!(imported.unplaced[0].contains("trùng tên"), "{imported:#?}");
}

#[test]
fn later_decisions_of_a_person_count_and_older_ones_never_come_back() {
    let out = folder(&sample::results(2));
    let old = out.path().join("cu.xlsx");
    decide(&out, "p0a", &[(CHOICE, "Đồng ý"), (PERSON, "A"), ("Ngày", "01/11/2026")]);
    std::fs::copy(workbook(&out), &old).unwrap();
    import(&workbook(&out), out.path(), today()).unwrap();
    decide(&out, "p0a", &[(CHOICE, "Bác"), ("Ngày", "05/11/2026")]);
    assert_eq!(import(&workbook(&out), out.path(), today()).unwrap().placed, 1);
    let stale = import(&old, out.path(), today()).unwrap();
    assert_eq!(stale.placed, 0);
    assert!(stale.notes.iter().any(|note| note.contains("cũ hơn quyết định đã nhập")), "{stale:#?}");
    let (results, _, _) = next(&out, sample::results(2));
    assert_eq!(first(&results, "p0a").choice, Choice::Reject);
    // The log has all three, the first with nothing before it.
    let log = std::fs::read_to_string(out.path().join(LOG_NAME)).unwrap();
    let actions: Vec<String> = log
        .lines()
        .map(|line| serde_json::from_str::<LogLine>(line).unwrap())
        .map(|line| format!("{} {}", line.seq, line.action))
        .collect();
    assert_eq!(actions, ["1 decided", "2 revised", "3 kept-newer"]);
}

#[test]
fn a_document_changed_since_it_was_reviewed_is_to_be_looked_at_again() {
    let out = folder(&sample::results(3));
    decide(&out, "p0a", &[(CHOICE, "Đồng ý"), (PERSON, "A")]);
    decide(&out, "p1a", &[(CHOICE, "Đồng ý"), (PERSON, "A")]);
    let mut changed = sample::results(3);
    changed.documents[0].document.units[4].text.push_str(" Thêm một câu.");
    let (results, _, path) = next(&out, changed);
    let again = |id: &str| {
        let proposal = results.proposals.iter().find(|one| one.id == id).unwrap();
        proposal.decision.as_ref().unwrap().look_again.clone()
    };
    assert!(again("p0a").contains("lời văn đã thay đổi sau khi rà soát"));
    assert_eq!(again("p1a"), "");
    assert!(cells(&path, "Đề xuất").iter().flatten().any(|cell| cell.contains("Xem lại quyết định")));
}

#[test]
fn states_say_what_is_new_known_changed_and_gone() {
    let out = folder(&sample::results(3));
    let second = tempfile::tempdir().unwrap();
    let mut results = sample::results(3);
    // One finding is gone with its proposal, one says something else, one is of other words at the same place.
    results.documents[0].findings.remove(1);
    results.proposals.retain(|one| one.id != "p0b");
    results.documents[1].findings[0].message = "Nay nói khác.".to_owned();
    results.documents[1].findings[1].id = "f9".to_owned();
    results.proposals.iter_mut().find(|one| one.id == "p1a").unwrap().reason = "Nay nói khác.".to_owned();
    results.proposals.last_mut().unwrap().id = "khac".to_owned();
    let desk = Desk::open(second.path(), Some(out.path()), today()).unwrap();
    assert_eq!(desk.notes, Vec::<String>::new());
    desk.apply(&mut results);
    let state = |id: &str| results.proposals.iter().find(|one| one.id == id).unwrap().state;
    assert_eq!((state("p0a"), state("p1a"), state("khac")), (RunState::Known, RunState::Changed, RunState::New));
    assert_eq!(results.earlier.findings.get("f9"), Some(&RunState::Changed));
    assert_eq!(results.earlier.findings.get("m1"), Some(&RunState::Known));
    let gone: Vec<&str> = results.earlier.gone.iter().map(|gone| gone.id.as_str()).collect();
    assert_eq!(gone, ["p0b", "pm1"]);
    write_all(&results, second.path(), &[Format::Xlsx, Format::Json]).unwrap();
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(second.path().join("ket-qua.json")).unwrap()).unwrap();
    let of = |state: &str| {
        let all = json["proposals"].as_array().unwrap();
        all.iter().filter(|one| one["state"] == state).count()
    };
    assert_eq!((of("new"), of("changed"), of("gone")), (1, 1, 2));
    let cells = cells(&second.path().join("de-xuat.xlsx"), "Không còn");
    assert!(cells.iter().flatten().any(|cell| cell == "Không còn phát hiện ở chỗ này"));
    // Nothing was written into the folder that was compared with.
    assert!(!out.path().join(LOG_NAME).exists());
}

#[test]
fn decisions_of_another_folder_are_taken_over_from_its_workbook_too() {
    let out = folder(&sample::results(2));
    decide(&out, "p0a", &[(CHOICE, "Bác"), (PERSON, "A")]);
    let bytes = std::fs::read(workbook(&out)).unwrap();
    let second = tempfile::tempdir().unwrap();
    let mut results = sample::results(2);
    Desk::open(second.path(), Some(out.path()), today()).unwrap().apply(&mut results);
    assert_eq!(first(&results, "p0a").choice, Choice::Reject);
    assert!(second.path().join(DECISIONS_NAME).is_file() && !out.path().join(DECISIONS_NAME).exists());
    assert!(std::fs::read(workbook(&out)).unwrap() == bytes);
}

#[test]
fn older_and_broken_folders_are_said_and_never_lost() {
    let out = folder(&sample::results(2));
    // Results of another version: nothing to compare with, but the run goes on.
    std::fs::write(out.path().join("ket-qua.json"), "{\"schema\": \"rasoat/0\", \"run\": {\"as_of\": \"2025-01-01\"}}")
        .unwrap();
    let second = tempfile::tempdir().unwrap();
    let desk = Desk::open(second.path(), Some(out.path()), today()).unwrap();
    assert!(
        desk.notes.iter().any(|note| note.contains("phiên bản khác") && note.contains("coi là mới")),
        "{:?}",
        desk.notes
    );
    std::fs::write(out.path().join("ket-qua.json"), "{ hỏng").unwrap();
    let desk = Desk::open(second.path(), Some(out.path()), today()).unwrap();
    assert!(desk.notes.iter().any(|note| note.contains("bị hỏng")), "{:?}", desk.notes);
    // Decisions that cannot be read stop the run: going on would write over them.
    std::fs::write(out.path().join(DECISIONS_NAME), "{ hỏng").unwrap();
    let refused = Desk::open(out.path(), None, today()).unwrap_err().to_string();
    assert!(refused.contains(DECISIONS_NAME) && refused.contains("không đúng dạng"), "{refused}");
    assert_eq!(std::fs::read_to_string(out.path().join(DECISIONS_NAME)).unwrap(), "{ hỏng");
}

#[test]
fn a_workbook_of_an_older_version_is_read_by_the_results_beside_it() {
    let out = folder(&sample::results(2));
    decide(&out, "p0a", &[(CHOICE, "Đồng ý"), (PERSON, "A")]);
    // Older workbooks have no hidden sheet and fewer columns.
    let rows = cells(&workbook(&out), "Đề xuất");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Đề xuất").unwrap();
    for (at, row) in (0..).zip(&rows) {
        for (column, cell) in (0..).zip(row).filter(|(column, _)| !(30..35).contains(column)) {
            sheet.write_string(at, column, cell).unwrap();
        }
    }
    book.save(workbook(&out)).unwrap();
    let imported = import(&workbook(&out), out.path(), today()).unwrap();
    assert_eq!((imported.placed, imported.unplaced.len()), (1, 0), "{imported:#?}");
}

#[test]
fn a_file_that_is_no_workbook_of_proposals_is_refused_in_words() {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("a.xlsx");
    std::fs::write(&file, "không phải").unwrap();
    let said = import(&file, out.path(), today()).unwrap_err().to_string();
    assert!(said.contains("không phải bảng tính"), "{said}");
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "STT").unwrap();
    book.save(&file).unwrap();
    let said = import(&file, out.path(), today()).unwrap_err().to_string();
    assert!(said.contains("không tìm thấy bảng đề xuất"), "{said}");
}

#[test]
fn a_locked_workbook_is_read_and_left_alone() {
    let out = folder(&sample::results(2));
    decide(&out, "p0a", &[(CHOICE, "Đồng ý"), (PERSON, "A")]);
    std::fs::write(out.path().join(".~lock.de-xuat.xlsx#"), "").unwrap();
    let before = std::fs::read(workbook(&out)).unwrap();
    let (results, notes, path) = next(&out, sample::results(2));
    assert_eq!(path, out.path().join("de-xuat-2.xlsx"));
    assert!(notes.iter().any(|note| note.contains("đang được mở nên không ghi đè")), "{notes:?}");
    assert_eq!(first(&results, "p0a").choice, Choice::Agree);
    assert!(std::fs::read(workbook(&out)).unwrap() == before);
    // Closed again: the usual name is written, both old workbooks are put aside or were never touched.
    std::fs::remove_file(out.path().join(".~lock.de-xuat.xlsx#")).unwrap();
    decide(&out, "p0b", &[(CHOICE, "Bác"), (PERSON, "A")]);
    let (results, _, path) = next(&out, sample::results(2));
    assert_eq!(path, workbook(&out));
    assert_eq!((first(&results, "p0a").choice, first(&results, "p0b").choice), (Choice::Agree, Choice::Reject));
}

#[test]
fn notes_and_added_columns_are_kept_with_and_without_a_decision() {
    let out = folder(&sample::results(2));
    let add = |rows: &mut Rows, texts: [(&str, &str); 2]| {
        let head = rows.iter().position(|row| row.iter().any(|cell| cell == "Mã kiến nghị")).unwrap();
        let id = column(rows, "Mã kiến nghị");
        for row in rows.iter_mut() {
            row.resize(42, String::new());
        }
        rows[head].push("Phòng phụ trách".to_owned());
        for (wanted, text) in texts {
            rows.iter_mut().find(|row| row[id] == wanted).unwrap().push(text.to_owned());
        }
    };
    resave(&workbook(&out), |rows| {
        fill(rows, "p0a", &[(CHOICE, "Đồng ý"), (PERSON, "A"), ("Ghi chú", "hỏi lại")]);
        add(rows, [("p0a", "Chính quyền"), ("p1a", "Thanh niên")]);
    });
    let (results, notes, path) = next(&out, sample::results(2));
    assert_eq!(path, workbook(&out), "{notes:?}");
    let note = |results: &Results, id: &str| {
        let proposal = results.proposals.iter().find(|one| one.id == id).unwrap();
        proposal.decision.as_ref().map_or_else(String::new, |decided| decided.note.clone())
    };
    assert_eq!(note(&results, "p0a"), "hỏi lại\nPhòng phụ trách: Chính quyền");
    assert_eq!(note(&results, "p1a"), "Phòng phụ trách: Thanh niên");
    let undecided = results.proposals.iter().find(|one| one.id == "p1a").unwrap();
    assert!(undecided.decision.as_ref().unwrap().first().is_none());
    assert!(cells(&path, "Đề xuất").iter().flatten().any(|cell| cell == "Phòng phụ trách: Thanh niên"));
    // The column again with another word: it takes the place of the old one.
    resave(&workbook(&out), |rows| add(rows, [("p0a", "Tổ chức"), ("p1a", "Thanh niên")]));
    let (results, _, _) = next(&out, sample::results(2));
    assert_eq!(note(&results, "p0a"), "hỏi lại\nPhòng phụ trách: Tổ chức");
}

#[test]
fn a_cleared_decision_is_taken_back_and_stays_in_the_log() {
    let out = folder(&sample::results(2));
    decide(&out, "p0a", &[(CHOICE, "Bác"), (PERSON, "A")]);
    next(&out, sample::results(2));
    decide(&out, "p0a", &[(CHOICE, ""), (PERSON, "")]);
    let (results, notes, _) = next(&out, sample::results(2));
    assert!(notes.iter().any(|note| note.contains("ghi nhận rút lại")), "{notes:?}");
    assert!(results.proposals.iter().all(|one| one.decision.is_none()));
    let log = std::fs::read_to_string(out.path().join(LOG_NAME)).unwrap();
    assert!(
        log.lines().last().is_some_and(|line| line.contains("withdrawn") && line.contains("\"choice\":\"reject\"")),
        "{log}"
    );
}

#[test]
fn a_copied_sheet_and_typed_formulas_are_read() {
    let out = folder(&sample::results(2));
    resave(&workbook(&out), |rows| fill(rows, "p0a", &[(CHOICE, "Đồng ý"), (PERSON, "A")]));
    // The usual sheet, its copy with a further decision, the hidden sheet.
    let rows = cells(&workbook(&out), "Đề xuất");
    let mut copy = rows.clone();
    fill(&mut copy, "p0b", &[(CHOICE, "Bác"), (PERSON, "A")]);
    let reason = column(&rows, "Lý do");
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in [("Đề xuất", &rows), ("Đề xuất (2)", &copy), ("Gốc", &cells(&workbook(&out), "Gốc"))]
    {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (at, row) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(at, column, cell).unwrap();
            }
            if name != "Gốc" && row.contains(&"p0a".to_owned()) {
                let formula = rust_xlsxwriter::Formula::new("=thôi").set_result("#NAME?");
                sheet.write_formula(at, reason as u16, formula).unwrap();
            }
        }
    }
    book.save(workbook(&out)).unwrap();
    let (results, _, _) = next(&out, sample::results(2));
    assert_eq!(first(&results, "p0b").choice, Choice::Reject);
    let reason = &first(&results, "p0a").reason;
    assert!(reason == "=thôi" || reason == "#NAME?", "{reason}");
}

#[test]
fn units_of_one_number_share_a_decision_and_are_no_edit() {
    let twins = || {
        let mut results = sample::results(1);
        let mut twin = results.proposals[1].clone();
        (twin.id, twin.path) = ("p0a".to_owned(), Some("att1/A5.1~2".to_owned()));
        twin.reason = "Một chỗ khác cùng số.".to_owned();
        results.proposals.insert(1, twin);
        results
    };
    let out = folder(&twins());
    decide(&out, "p0b", &[(CHOICE, "Bác"), (PERSON, "A")]);
    let (results, notes, _) = next(&out, twins());
    assert_eq!(notes, ["Đã nhập 1 quyết định từ de-xuat.xlsx."]);
    assert_eq!(results.proposals.iter().filter(|one| one.decision.is_some()).count(), 1);
    decide(&out, "p0a", &[(CHOICE, "Đồng ý"), (PERSON, "A")]);
    let (results, _, _) = next(&out, twins());
    let decided: Vec<_> = results.proposals.iter().filter(|one| one.id == "p0a").collect();
    assert_eq!(decided.len(), 2);
    assert!(decided.iter().all(|one| one.decision.as_ref().is_some_and(|decided| decided.look_again.is_empty())));
}
