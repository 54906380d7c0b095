//! Rules to a sheet and back, and what is wrong with a sheet said by its cell.

use rust_xlsxwriter::Workbook;

use super::*;
use crate::rules::load::{self, RawPack};

const RULES: &str = r#"- id: thu.ten-cu
  title: "Tên cũ: “hương chính”"
  state: trial
  basis: [{ instrument: 10/2022/QH15, provision: A21.1 }]
  applies-to: { kinds: [quyet-dinh], levels: [xa], issued-before: 2025-07-01, topics: [dan-chu-xa] }
  find:
    cu: { words: ["hương chính", "hương lý", "=1+1"] }
  when: cu
  unless:
    - { words: ["lịch sử", "trước đây"], why: "Câu kể lại lịch sử." }
    - { term: [dong-gop], why: "Câu nói về đóng góp." }
  verdict: { kind: stale-term, handling: amend, severity: low, confidence: medium, fix: mechanical }
  say: "{cite} dùng “{cu.text}”; {basis.cite}: {basis.demands}."
  propose: "Thay “{cu.text}”."
  tests:
    - hit: "Báo cáo hương chính trước ngày 15."
    - hit: |
        1. Hương lý ghi sổ.
        2. Sổ để ở đình.
    - quiet: "Theo lịch sử, hương chính ghi sổ."
    - quiet: "Trưởng thôn ghi sổ."
- id: thu.vien-dan
  title: Viện dẫn khoản 1 Điều 21
  state: draft
  basis: [{ instrument: 10/2022/QH15, provision: A21.1 }]
  find: { noi: { cites: { instrument: [10/2022/QH15], provision: [A21.1] } } }
  when: noi
  verdict: { kind: dead-citation, handling: amend, severity: low, confidence: low, fix: judgement }
  say: "{cite} viện dẫn {noi.instrument}."
  tests:
    - hit: "Thực hiện khoản 1 Điều 21 Luật số 10/2022/QH15."
    - hit: "Theo khoản 1 Điều 21 Luật số 10/2022/QH15, thôn quyết định."
    - quiet: "Theo Điều 22 Luật số 10/2022/QH15."
    - quiet: "Theo luật."
- id: thu.tu-dien
  title: Từ của từ điển
  state: trial
  basis: [{ instrument: 10/2022/QH15, provision: A21.1 }]
  find: { tu: { term: [dong-gop, ho] } }
  when: tu within sentence
  verdict: { kind: conflict, handling: amend, severity: low, confidence: low, fix: judgement }
  say: "{cite}: {tu.text}."
  tests:
    - hit: "Đóng góp tiền."
    - hit: "Chủ hộ họp."
    - quiet: "Họp thôn."
    - quiet: "Họp xã."
"#;

/// The sound pack of the bad rules, with these rules beside its own.
fn pack(folder: &std::path::Path, rules: &str) -> Vec<RawPack> {
    let pack = folder.join("thu");
    std::fs::create_dir_all(&pack).unwrap();
    let sound = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad-rules/pack");
    for entry in std::fs::read_dir(sound).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, pack.join(path.file_name().unwrap())).unwrap();
    }
    std::fs::write(pack.join("50-bang.yaml"), rules).unwrap();
    let (packs, faults) = load::folder(&pack).unwrap();
    assert!(faults.is_empty(), "{}", faults.iter().map(crate::rules::Diagnostic::render).collect::<String>());
    packs
}

/// Everything a rule says, whatever its condition is called and however its scope is written.
fn meaning(packs: &[RawPack], id: &str) -> String {
    let rule = packs.iter().flat_map(|pack| &pack.rules).find(|rule| rule.value.id.value == id).unwrap();
    let mut rule = rule.value.clone();
    let name = rule.find.keys().next().unwrap().clone();
    let condition = rule.find.values().next().unwrap().clone();
    rule.find.clear();
    format!("{condition:?} {rule:?}")
        .replace(&format!("{{{name}."), "{x.")
        .replace(&format!("when: \"{name}\""), "when: x")
        .replace(&format!("when: \"{name} within sentence\""), "when: x")
        .replace("\\n\")", "\")")
        .replace("\\n\"", "\"")
}

#[test]
fn simple_rules_go_to_a_sheet_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let first = pack(folder.path(), RULES);
    let sheet = export(&first).unwrap();
    assert_eq!(sheet.rules, 3);
    assert_eq!(sheet.left, [("thu.dong-gop".to_owned(), "có nhiều điều kiện".to_owned())]);
    let back = import(&sheet.bytes, "Lập từ bảng thu.xlsx").unwrap();
    assert_eq!((back.rules, back.ids.len()), (3, 3));
    let again = pack(folder.path(), &back.yaml);
    for id in ["thu.ten-cu", "thu.vien-dan", "thu.tu-dien"] {
        assert_eq!(meaning(&first, id), meaning(&again, id), "{}", back.yaml);
    }
    // A second turn changes nothing.
    let second = export(&again).unwrap();
    assert_eq!(import(&second.bytes, "Lập từ bảng thu.xlsx").unwrap().yaml, back.yaml);
    let line = back.yaml.lines().position(|line| line.contains("hương lý")).unwrap() + 1;
    assert_eq!(back.place(line), Some("trang “Quy tắc”, ô E2"));
    assert_eq!(back.test("thu.ten-cu", 3), Some("trang “Quy tắc”, ô Y2"));
}

#[test]
fn no_cell_is_ever_a_formula() {
    let folder = tempfile::tempdir().unwrap();
    let evil = RULES.replace("Tên cũ: “hương chính”", "=cmd|' /C calc'!A0").replace("hương lý\"", "@SUM(1+1)\"");
    let sheet = export(&pack(folder.path(), &evil)).unwrap();
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(sheet.bytes.clone())).unwrap();
    for at in 0..parts.len() {
        let mut part = parts.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        if name.starts_with("xl/worksheets/sheet") {
            let mut text = String::new();
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
            assert!(!text.contains("<f>"), "{name}");
        }
    }
    let back = import(&sheet.bytes, "x").unwrap();
    assert!(back.yaml.contains("title: \"=cmd|' /C calc'!A0\""), "{}", back.yaml);
}

#[test]
fn every_fault_of_a_sheet_is_told_by_its_cell() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Quý III").unwrap();
    let heads =
        ["Mã quy tắc", "Tên", "Hình thức xử lý", "Từ ngữ tìm", "Loại vấn đề", "Căn cứ", "Trừ khi có", "Xét từ ngày"];
    for (column, head) in (0..).zip(heads) {
        sheet.write_string(1, column, head).unwrap();
    }
    let rows = [
        [
            "thu.mot",
            "Một",
            "Sửa đổi, bổ sung",
            "bến đò",
            "Tên gọi, thuật ngữ cũ",
            "10/2022/QH15 A21.1",
            "",
            "01/7/2025",
        ],
        ["thu.mot", "", "Xóa", "", "Tên gọi, thuật ngữ cũ", "A21.1", "đò cũ", "sang năm"],
    ];
    for (row, cells) in (2..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    let mut faults = import(&book.save_to_buffer().unwrap(), "x").unwrap_err();
    faults.sort();
    let places: Vec<&str> = faults.iter().filter_map(|fault| fault.split(", ô ").nth(1)?.split(':').next()).collect();
    assert_eq!(places, ["A4", "A4", "A4", "A4", "C4", "F4", "H4"], "{faults:#?}");
    for words in [
        "đã dùng ở trang “Quý III”, ô A3",
        "thiếu “Tên”",
        "“Xóa” không dùng được; chọn một trong: Sửa đổi, bổ sung",
        "thiếu điều khoản",
        "không đọc được ngày",
        "1 ngoại lệ nhưng 0 lý do",
        "thiếu “Từ ngữ tìm”",
    ] {
        assert!(faults.iter().any(|fault| fault.contains(words)), "{words}: {faults:#?}");
    }
    assert!(import(b"STT,Ten\n1,a\n", "x").unwrap_err()[0].contains("không thấy trang nào"));
}
