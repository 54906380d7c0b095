//! A tiny gold folder, a tiny pack, two documents of our own.

use std::path::Path;

use super::*;

const FIRST: &str = "ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
Số: 41/2018/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Nghệ An, ngày 12 tháng 3 năm 2018
QUYẾT ĐỊNH
Về việc niêm yết ở xã
ỦY BAN NHÂN DÂN TỈNH NGHỆ AN
Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13;
QUYẾT ĐỊNH:
Điều 1. Niêm yết
1. Ủy ban nhân dân xã niêm yết quyết định trong 10 ngày.
2. Nhà văn hóa thôn niêm yết trong 45 ngày.
3. Chợ xã niêm yết bảng giá trong 07 ngày.
4. Trạm y tế niêm yết lịch trực trong 05 ngày.
Điều 2. Quyết định này có hiệu lực từ ngày 01 tháng 4 năm 2018.
";

const SECOND: &str = "ỦY BAN NHÂN DÂN
TỈNH NGHỆ AN
Số: 52/2020/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Nghệ An, ngày 05 tháng 6 năm 2020
QUYẾT ĐỊNH
Về giờ làm việc của bến đò
ỦY BAN NHÂN DÂN TỈNH NGHỆ AN
QUYẾT ĐỊNH:
Điều 1. Bến đò mở cửa từ sáng đến tối.
Điều 2. Quyết định này có hiệu lực từ ngày 20 tháng 6 năm 2020.
";

const GOLD: &str = r#"file: mot.txt
as_of: 2026-11-22
identity: { kind: quyet-dinh, number: 41/2018/QĐ-UBND, issued: 2018-03-12, title: Về việc cấm chợ }
units: { articles: 2, clauses: 5 }
citations:
  - { path: main/B1, text: Luật Tổ chức chính quyền địa phương số 77/2015/QH13, instrument: 77/2015/QH13 }
citations_complete: true
relations: [{ type: basis, target: 77/2015/QH13 }, { type: replaces, target: 09/2010/QĐ-UBND }]
labels:
  - { path: main/A1.1, must: true, kind: conflict, handling: [amend], basis: ["10/2022/QH15 A13.2"], quote: trong 10 ngày, why: Quá ngắn. }
  - { path: main/A1.2, must: true, handling: [amend], why: Nhãn không thể đạt. }
  - { path: main/A2, must: false, handling: [amend] }
  - { path: main/A1, must: true, handling: [keep, amend] }
traps:
  - { path: main/A1.3, why_not: Bảng giá không phải văn bản. }
doc_handling: [amend, replace]
"#;

/// A pack whose one rule asks for thirty days of posting.
const PACK: [(&str, &str); 6] = [
    (
        "pack.yaml",
        "id: thu\ntitle: Bộ thử\nversion: \"1\"\nlaws: [\"10/2022/QH15\"]\nchecked-until: 2026-11-22\ncite-as: { \"10/2022/QH15\": Luật mẫu }\n",
    ),
    (
        "provisions.yaml",
        "- { instrument: 10/2022/QH15, path: A13.2, demands: Niêm yết đủ ba mươi ngày., from: 2023-07-01, known: text }\n",
    ),
    (
        "instruments.yaml",
        "- { number: 10/2022/QH15, kind: luat, name: Luật mẫu, issuer: Quốc hội, issued: 2022-11-10, effective: 2023-07-01, source: mẫu, certainty: text }\n",
    ),
    ("terms.yaml", "- { id: niem-yet, canonical: niêm yết }\n"),
    ("topics.yaml", "- { id: xa, title: Niêm yết ở xã, title-has: [niem-yet] }\n"),
    (
        "10-thu.yaml",
        r#"- id: thu.niem-yet
  title: Niêm yết ít nhất 30 ngày
  state: stable
  basis: [{ instrument: 10/2022/QH15, provision: A13.2 }]
  applies-to: { topics: [xa] }
  find:
    days: { quantity: { measure: duration, after: [niem-yet], below: "30 ngày" } }
  when: days
  verdict: { kind: conflict, handling: amend, severity: high, confidence: high, fix: mechanical }
  say: "{cite} quy định niêm yết {days.text}; {basis.cite} yêu cầu 30 ngày."
  propose: "Sửa thành 30 ngày."
  tests:
    - hit: "Xã niêm yết trong 10 ngày."
    - hit: "Xã niêm yết ít nhất 07 ngày."
    - quiet: "Xã niêm yết trong 45 ngày."
    - quiet: "Xã họp trong 10 ngày."
"#,
    ),
];

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A folder with the documents, the gold `files` and the pack.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    write(&root.path().join("van-ban/mot.txt"), FIRST);
    write(&root.path().join("hai.txt"), SECOND);
    for (name, text) in files {
        write(&root.path().join("gold").join(name), text);
    }
    for (name, text) in PACK {
        write(&root.path().join("rules/thu").join(name), text);
    }
    root
}

fn scores(root: &Path) -> (Scores, Vec<Diagnostic>) {
    scores_with(root, false)
}

fn scores_with(root: &Path, open_sealed: bool) -> (Scores, Vec<Diagnostic>) {
    let Labels { gold, mut faults, .. } = read(&root.join("gold")).unwrap();
    assert!(!check(&gold, &mut faults), "{faults:?}");
    let (rules, bad) = crate::rules::load(&[&root.join("rules")], &[]).unwrap();
    let rules = rules.unwrap_or_else(|| panic!("{}", bad.iter().map(Diagnostic::render).collect::<String>()));
    let table = crate::rules::load::embedded_file("decisions.yaml").unwrap();
    let table = Decisions::parse(table).unwrap();
    (evaluate(&gold, &[], &rules, &table, open_sealed, &mut faults).unwrap(), faults)
}

fn outcomes(scores: &Scores, measure: Measure) -> Vec<(Option<&str>, &str, Outcome)> {
    let items = scores.items.iter().filter(|item| item.measure == measure);
    items.map(|item| (item.path.as_deref(), item.key.as_str(), item.outcome)).collect()
}

fn codes(files: &[(&str, &str)]) -> Vec<(&'static str, usize)> {
    let root = folder(files);
    let Labels { gold, mut faults, .. } = read(&root.path().join("gold")).unwrap();
    check(&gold, &mut faults);
    faults.iter().map(|fault| (fault.code, fault.line)).collect()
}

#[test]
fn every_measure_is_counted_item_by_item() {
    let clean = "file: hai.txt\nas_of: 2026-11-22\nlabels: []\ndoc_handling: [keep]\nunits: { paths: [main/A1] }\n";
    let root = folder(&[("mot.yaml", GOLD), ("hai.yaml", clean)]);
    let (scores, faults) = scores(root.path());
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!((scores.documents, scores.unread), (2, 0));
    let of = |measure| outcomes(&scores, measure);
    assert_eq!(
        of(Measure::Identity),
        [
            (None, "kind", Outcome::Right),
            (None, "number", Outcome::Right),
            (None, "issued", Outcome::Right),
            (None, "title", Outcome::Missed),
        ]
    );
    assert_eq!(of(Measure::Units), [(None, "articles", Outcome::Right), (None, "clauses", Outcome::Missed)]);
    let place = of(Measure::Place);
    assert!(place.contains(&(Some("main/A2"), "", Outcome::Extra)), "{place:?}");
    assert!(place.iter().all(|one| one.2 != Outcome::Missed), "{place:?}");
    assert_eq!(
        of(Measure::Relation),
        [(None, "basis 77/2015/QH13", Outcome::Right), (None, "replaces 9/2010/QD-UBND", Outcome::Missed)]
    );
    let labels = of(Measure::Label);
    assert_eq!(
        labels,
        [
            (Some("main/A1.1"), "conflict 10/2022/QH15 A13.2", Outcome::Right),
            (Some("main/A1.2"), "", Outcome::Missed),
            (Some("main/A2"), "", Outcome::Missed),
            (Some("main/A1"), "", Outcome::Right),
        ]
    );
    assert_eq!(
        of(Measure::Proposal),
        [
            (Some("main/A1.1"), "amend", Outcome::Right),
            (Some("main/A1.3"), "amend", Outcome::Trap),
            (Some("main/A1.4"), "amend", Outcome::Extra),
        ]
    );
    assert!(of(Measure::DocumentHandling).iter().all(|one| one.2 == Outcome::Right));
    let row = |section: &str, row: &str| {
        let section = scores.sections.iter().find(|one| one.id == section).unwrap();
        let row = section.rows.iter().find(|one| one.name == row).unwrap();
        ((row.precision.right, row.precision.of), (row.recall.right, row.recall.of))
    };
    // What may be missed is in neither figure.
    assert_eq!(row("proposals", "Mọi đề xuất"), ((1, 3), (2, 3)));
    assert_eq!(row("proposals", "Tin cậy cao"), ((1, 3), (0, 0)));
    assert_eq!(row("rules", "thu.niem-yet"), ((1, 3), (0, 0)));
    assert_eq!(row("topics", "Niêm yết ở xã"), ((1, 3), (2, 3)));
    assert_eq!(row("agreement", "Căn cứ"), ((0, 0), (1, 1)));
    assert_eq!(row("structure", "Số khoản"), ((0, 0), (4, 5)));
    let text = text(&scores);
    for words in ["CHƯA ĐẠT", "Bảng giá không phải văn bản.", "CHỖ DỄ NHẦM", "Nhãn không thể đạt."]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn an_earlier_run_shows_gains_and_losses() {
    let root = folder(&[("mot.yaml", GOLD)]);
    let (now, _) = scores(root.path());
    let path = root.path().join("truoc.json");
    write(&path, &json(&now).unwrap());
    let same = compare(&read_baseline(&path).unwrap(), &now);
    assert!(same.gained.is_empty() && same.lost.is_empty() && same.dropped.is_empty(), "{same:?}");

    let (mut better, _) = scores(root.path());
    let labels = better.items.iter_mut().filter(|item| item.measure == Measure::Label);
    labels.for_each(|item| item.outcome = Outcome::Right);
    better.items.retain(|item| item.path.as_deref() != Some("main/A1.4"));
    let earlier = |scores: &Scores| Earlier { items: scores.items.clone(), sealed: None };
    let worse = compare(&earlier(&better), &now);
    let lost: Vec<_> = worse.lost.iter().map(|item| (item.measure, item.path.as_deref())).collect();
    assert_eq!(
        lost,
        [
            (Measure::Label, Some("main/A1.2")),
            (Measure::Label, Some("main/A2")),
            (Measure::Proposal, Some("main/A1.4"))
        ]
    );
    assert!(worse.loses_a_label());
    let gains = compare(&earlier(&now), &better);
    assert_eq!((gains.gained.len(), gains.loses_a_label()), (3, false));
    let now = Scores { changes: Some(worse), ..now };
    assert!(text(&now).contains("So với lần trước, kém đi: 3"));
}

#[test]
fn every_fault_of_the_labels_is_told_with_its_line() {
    let faulty = "file: hai.txt
as_of: 2026-11-22
labels:
  - { path: main/A1, must: true, kind: conflct, handling: [amend, delete], basis: [\"10/2022/QH15\"] }
  - { path: main/A1, must: true, kind: conflict, handling: [], basis: [\"khoản 1 Điều 21\"] }
  - { path: main/A2, must: true, handling: [amend] }
  - { path: main/A2, must: true, handling: [keep] }
doc_handling: [bai-bo]
";
    let mut found = codes(&[("a.yaml", faulty)]);
    found.sort_unstable();
    let value = "unknown-value";
    assert_eq!(
        found,
        [("bad-basis", 5), ("duplicate-label", 7), ("no-handling", 5), (value, 4), (value, 4), (value, 8)]
    );
    assert_eq!(codes(&[("a.yaml", "file: hai.txt\nas_of: 2026-11-22\nlabel: []\n")]), [("unknown-key", 3)]);
    assert_eq!(codes(&[("a.yaml", "file: ba.txt\nas_of: 2026-11-22\n")]), [("no-document", 1)]);
    let hai = "file: hai.txt\nas_of: 2026-11-22\n";
    assert_eq!(codes(&[("a.yaml", hai), ("b.yaml", hai)]), [("duplicate-document", 1)]);
}

#[test]
fn labels_that_do_not_fit_the_document_are_warnings() {
    let off = "file: hai.txt
as_of: 2026-11-22
labels:
  - { path: main/A9, must: true, handling: [amend], quote: bến đò }
  - { path: main/A1, must: true, handling: [amend], quote: Bến đò đóng cửa }
  - { path: main/A1, must: false, kind: stale-term, handling: [amend], quote: Bến đò … đến tối }
";
    let root = folder(&[("a.yaml", off)]);
    let (_, faults) = scores(root.path());
    let found: Vec<_> = faults.iter().map(|fault| (fault.code, fault.line, fault.gravity)).collect();
    assert_eq!(found, [("no-such-path", 4, Gravity::Warning), ("quote-not-there", 5, Gravity::Warning)]);
}

#[test]
fn a_folder_without_gold_is_an_error() {
    let root = folder(&[]);
    assert!(read(&root.path().join("gold")).unwrap_err().to_string().contains("Không tìm thấy thư mục nhãn chuẩn"));
    assert!(read(&root.path().join("van-ban")).unwrap_err().to_string().contains("không có tệp .yaml"));
    let not_json = root.path().join("hai.txt");
    assert!(read_baseline(&not_json).unwrap_err().to_string().contains("không phải kết quả"));
}

/// The first document is sealed.
const SEAL: &str = "sealed_on: 2026-11-28\nfiles: [{ path: gold/mot.yaml, sha256: \"\", reasons: [] }]\n";

#[test]
fn sealed_labels_are_counted_and_not_told() {
    let open = "file: hai.txt\nas_of: 2026-11-22\nlabels: [{ path: main/A1, must: true, handling: [amend], why: Chưa làm. }]\n";
    let root = folder(&[("mot.yaml", GOLD), ("hai.yaml", open)]);
    let (plain, _) = scores(root.path());
    write(&root.path().join("SEALED.yaml"), SEAL);
    let (sealed, _) = scores(root.path());
    let row = |scores: &Scores, section: &str, row: &str| {
        let section = scores.sections.iter().find(|one| one.id == section);
        let row = section.and_then(|section| section.rows.iter().find(|one| one.name == row));
        row.map(|row| ((row.precision.right, row.precision.of), (row.recall.right, row.recall.of)))
    };
    let all = "Mọi đề xuất";
    assert_eq!(row(&plain, "proposals", all), Some(((1, 3), (2, 4))));
    assert_eq!(row(&sealed, "proposals", all), row(&plain, "proposals", all));
    assert_eq!(row(&sealed, "open", all), Some(((0, 0), (0, 1))));
    assert_eq!(row(&sealed, "sealed", all), Some(((1, 3), (2, 3))));
    assert_eq!(row(&plain, "rules", "thu.niem-yet"), Some(((1, 3), (0, 0))));
    assert_eq!(row(&sealed, "rules", "thu.niem-yet"), None, "a rule's figures would tell of the sealed part");
    assert!(plain.sections.iter().all(|section| section.id != "open" && section.id != "sealed"));

    let (shown, written) = (text(&sealed), json(&sealed).unwrap());
    assert!(shown.contains("Phần mở 1 văn bản, phần niêm phong 1 văn bản."), "{shown}");
    for hidden in ["mot.txt", "main/A1.", "thu.niem-yet", "Nhãn không thể đạt", "trong 10 ngày", "41/2018"] {
        assert!(!shown.contains(hidden) && !written.contains(hidden), "{hidden}: {shown}{written}");
    }
    assert!(shown.contains("Chưa làm.") && shown.contains("hai.txt"), "{shown}");
    let (opened, _) = scores_with(root.path(), true);
    assert_eq!(opened.items.len(), plain.items.len());
    assert!(text(&opened).contains("Nhãn không thể đạt") && row(&opened, "rules", "thu.niem-yet").is_some());
}

#[test]
fn sealed_gains_and_losses_are_figures() {
    let root = folder(&[("mot.yaml", GOLD)]);
    let (unsealed, _) = scores(root.path());
    write(&root.path().join("SEALED.yaml"), SEAL);
    let (mut now, _) = scores(root.path());
    let path = root.path().join("truoc.json");
    write(&path, &json(&now).unwrap());
    let kept = read_baseline(&path).unwrap();
    assert_eq!(compare(&kept, &now).sealed, Some(seal::Counts::default()));
    // A run from before the sealing is compared as figures too.
    let before = Earlier { items: unsealed.items.clone(), sealed: None };
    let changes = compare(&before, &now);
    assert_eq!(changes.sealed, Some(seal::Counts::default()));
    assert!(changes.dropped.is_empty() && changes.gained.is_empty(), "{changes:?}");

    let mut better = before;
    let labels = better.items.iter_mut().filter(|item| item.measure == Measure::Label);
    labels.for_each(|item| item.outcome = Outcome::Right);
    better.items.retain(|item| item.path.as_deref() != Some("main/A1.4"));
    let changes = compare(&better, &now);
    let wanted = seal::Counts { gained: 0, lost: 3, dropped: 0, lost_labels: 1 };
    assert_eq!((changes.sealed, changes.lost.len(), changes.loses_a_label()), (Some(wanted), 0, true));
    now.changes = Some(changes);
    let (shown, written) = (text(&now), json(&now).unwrap());
    assert!(shown.contains("kém đi 3 (nhãn bị mất: 1)"), "{shown}");
    assert!(!shown.contains("main/A1") && !written.contains("main/A1"), "{shown}");
    let (opened, _) = scores_with(root.path(), true);
    assert_eq!(compare(&better, &opened).lost.len(), 3);
}

#[test]
fn faults_of_sealed_labels_are_only_counted() {
    let root = folder(&[("mot.yaml", &GOLD.replace("handling: [keep, amend]", "handling: [xoa]"))]);
    write(&root.path().join("SEALED.yaml"), SEAL);
    let Labels { gold, mut faults, sealed, .. } = read(&root.path().join("gold")).unwrap();
    assert!(check(&gold, &mut faults));
    let (shown, line) = seal::shown(faults, &sealed);
    assert!(shown.is_empty() && line.unwrap().starts_with("Nhãn niêm phong: 1 lỗi, 0 cảnh báo"));
    write(&root.path().join("SEALED.yaml"), "files: [gold/mot.yaml");
    assert!(matches!(read(&root.path().join("gold")), Err(Error::Seal { .. })), "a broken seal stops");
}
