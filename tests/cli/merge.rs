//! Results of several units joined.

use std::fs;

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;

use super::decisions::{CHOICE, decide_in};
use super::fixture::{Batch, DECISION, Ran, docx, xlsx};

const COMMUNE: &[&str] = &[
    "ỦY BAN NHÂN DÂN XÃ ĐÔ LƯƠNG",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 05/2024/QĐ-UBND",
    "Đô Lương, ngày 12 tháng 3 năm 2024",
    "QUYẾT ĐỊNH",
    "Ban hành Quy chế thực hiện dân chủ ở xã",
    "Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10 tháng 11 năm 2022;",
    "QUYẾT ĐỊNH:",
    "Điều 1. Công khai",
    "Ủy ban nhân dân xã công khai các nội dung theo quy định của pháp luật.",
];

/// Two units: both deliver the decision of the province, the second its own quy chế as well.
fn units() -> Batch {
    let batch = Batch::new();
    batch.file("a/qd-17.docx", &docx(DECISION));
    batch.file("b/ban-sao.docx", &docx(DECISION));
    batch.file("b/quy-che.docx", &docx(COMMUNE));
    batch.file("a.yaml", "office: Sở Nội vụ\n".as_bytes());
    scan(&batch, "a", "ra/mot", &["--config", "a.yaml"]).ends(0, &[]);
    scan(&batch, "b", "ra/xa-do-luong", &[]).ends(0, &[]);
    batch
}

fn scan(batch: &Batch, from: &str, to: &str, more: &[&str]) -> Ran {
    batch.run(&[&["scan", from, "--out", to, "--as-of", "2026-11-22"][..], more].concat())
}

fn joined(batch: &Batch) -> Value {
    serde_json::from_slice(&batch.bytes("th/tong-hop.json")).expect("JSON")
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().unwrap_or_else(|| panic!("no list {name}"))
}

/// The cells of a sheet of the joined workbook.
fn sheet(batch: &Batch, workbook: &str, name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(batch.path().join(workbook)).expect("a workbook");
    let range = book.worksheet_range(name).expect("a sheet");
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

fn holds(rows: &[Vec<String>], cells: &[&str]) -> bool {
    rows.iter().any(|row| cells.iter().all(|wanted| row.iter().any(|cell| cell.contains(wanted))))
}

#[test]
fn what_two_units_delivered_stands_once_with_both_names() {
    let batch = units();
    let ran = batch.run(&["merge", "ra", "--out", "th"]);
    ran.ends(0, &[]);
    assert!(ran.out.contains("2 đơn vị") && ran.out.contains("gửi trùng 1"), "{ran:#?}");
    let joined = joined(&batch);
    assert_eq!((&joined["schema"], &joined["run"]["as_of"]), (&"rasoat-merge/1".into(), &"2026-11-22".into()));
    let names: Vec<&Value> = list(&joined, "units").iter().map(|unit| &unit["name"]).collect();
    assert_eq!(names, ["Sở Nội vụ", "xa-do-luong"]);
    let double = list(&joined, "documents").iter().find(|one| one["number"] == "17/2019/QĐ-UBND").expect("it");
    assert_eq!(list(double, "delivered").len(), 2);
    assert_eq!(double["delivered"][1]["file"], "ban-sao.docx");
    let of_unit: Value = serde_json::from_slice(&batch.bytes("ra/mot/ket-qua.json")).expect("JSON");
    for proposal in list(&of_unit, "proposals").iter().filter(|one| !one["document"].is_null()) {
        let same = list(&joined, "proposals").iter().filter(|one| one["id"] == proposal["id"]).collect::<Vec<_>>();
        assert_eq!(same.len(), 1, "{proposal}");
        assert_eq!(same[0]["units"], serde_json::json!(["Sở Nội vụ", "xa-do-luong"]));
        assert_eq!(same[0]["wording"], proposal["wording"]);
    }
    let rows = sheet(&batch, "th/tong-hop.xlsx", "Đề xuất");
    assert!(holds(&rows, &["17/2019/QĐ-UBND", "Sở Nội vụ; xa-do-luong", "trên 50%"]), "{rows:?}");
    assert!(holds(
        &sheet(&batch, "th/tong-hop.xlsx", "Văn bản trùng"),
        &["qd-17.docx", "ban-sao.docx", "Cùng một tệp"]
    ));
    let form = sheet(&batch, "th/tong-hop.xlsx", "Mẫu 04");
    assert_eq!(form.iter().flatten().filter(|cell| cell.contains("17/2019/QĐ-UBND")).count(), 1, "{form:?}");
    let by_unit = sheet(&batch, "th/tong-hop.xlsx", "Theo đơn vị");
    assert_eq!(by_unit.last().map(|row| row[2].as_str()), Some("2"), "each document once: {by_unit:?}");
    // The same bytes when it is done again.
    let before = (batch.bytes("th/tong-hop.json"), batch.bytes("th/tong-hop.xlsx"));
    batch.run(&["merge", "ra", "--out", "th"]).ends(0, &[]);
    assert!(before == (batch.bytes("th/tong-hop.json"), batch.bytes("th/tong-hop.xlsx")), "other bytes");
}

#[test]
fn units_that_have_not_delivered_and_documents_nobody_has_are_named() {
    let batch = units();
    batch.file(
        "don-vi.xlsx",
        &xlsx(&[&["STT", "Tên đơn vị"], &["1", "Xã Đô Lương"], &["2", "Phường Vinh Phú"], &["3", "Sở Nội vụ"]]),
    );
    let ran = batch.run(&["merge", "ra", "--out", "th", "--units", "don-vi.xlsx"]);
    ran.ends(0, &[]);
    assert!(ran.out.contains("Đơn vị trong danh sách: 3; chưa gửi: 1."), "{ran:#?}");
    let joined = joined(&batch);
    let owed = |body: Option<&str>, rule: &str| {
        let found = list(&joined, "owed").iter().find(|one| one["body"].as_str() == body && one["rule"] == rule);
        found.unwrap_or_else(|| panic!("{body:?} {rule}: {:#?}", joined["owed"]))["missing"].clone()
    };
    assert_eq!(owed(Some("Xã Đô Lương"), "dccs.trach-nhiem.thieu-quy-che-ubnd-xa"), false);
    assert_eq!(owed(Some("Phường Vinh Phú"), "dccs.trach-nhiem.thieu-quy-che-ubnd-xa"), true);
    assert_eq!(owed(Some("Sở Nội vụ"), "dccs.trach-nhiem.thieu-quy-che-co-quan"), true);
    assert_eq!(owed(None, "dccs.trach-nhiem.thieu-quy-che-thon"), true);
    let wanted =
        list(&joined, "proposals").iter().filter(|one| one["document"].is_null() && one["handling"] == "issue-new");
    let named = wanted.filter(|one| one["reason"].as_str().is_some_and(|why| why.contains("Phường Vinh Phú")));
    assert_eq!(named.count(), 2, "the quy chế and the resolution of the ward");
    let rows = sheet(&batch, "th/tong-hop.xlsx", "Đơn vị");
    assert!(holds(&rows, &["Phường Vinh Phú", "Chưa gửi"]) && !holds(&rows, &["Xã Đô Lương", "Chưa gửi"]), "{rows:?}");
}

#[test]
fn decisions_of_the_units_are_carried_over_and_conflicts_stand_side_by_side() {
    let batch = units();
    let decide = |workbook: &str, choice: &str, why: &str| {
        let cells = [(CHOICE, choice), ("Lý do", why), ("Người rà soát", "Nguyễn A"), ("Ngày", "20/11/2026")];
        decide_in(&batch, workbook, &cells)
    };
    let id = decide("ra/mot/de-xuat.xlsx", "Đồng ý", "");
    assert_eq!(decide("ra/xa-do-luong/de-xuat.xlsx", "Bác", "đã xử lý"), id);
    // The first unit's are imported, the second's still stand in its workbook only.
    batch.run(&["decisions", "import", "ra/mot/de-xuat.xlsx", "--into", "ra/mot"]).ends(0, &[]);
    let before = batch.names("ra/xa-do-luong");
    let ran = batch.run(&["merge", "ra", "--out", "th"]);
    ran.ends(0, &[]);
    assert!(ran.out.contains("quyết định trái nhau 1"), "{ran:#?}");
    assert_eq!(batch.names("ra/xa-do-luong"), before, "nothing is written where the units' results lie");
    let first = joined(&batch);
    let conflict = &list(&first, "conflicts")[0];
    assert_eq!(conflict["proposal"], id.as_str());
    assert_eq!(conflict["decisions"][0]["decision"]["choice"], "agree");
    assert_eq!(
        (&conflict["decisions"][1]["unit"], &conflict["decisions"][1]["decision"]["reason"]),
        (&"xa-do-luong".into(), &"đã xử lý".into())
    );
    let rows = sheet(&batch, "th/tong-hop.xlsx", "Quyết định trái nhau");
    assert!(holds(&rows, &["Sở Nội vụ", "Đồng ý", "xa-do-luong", "Bác (đã xử lý)"]), "{rows:?}");
    // Both are kept, though both were signed by one name.
    let kept: Value = serde_json::from_slice(&batch.bytes("th/quyet-dinh.json")).expect("JSON");
    assert_eq!(list(&kept["decisions"][0], "opinions").len(), 2, "{kept:#}");
    let log = batch.bytes("th/nhat-ky.ndjson");
    batch.run(&["merge", "ra", "--out", "th"]).ends(0, &[]);
    assert!(log == batch.bytes("th/nhat-ky.ndjson"), "what is known is not logged again");
    // What the joining office types is taken over before its workbook is written anew.
    decide_in(&batch, "th/tong-hop.xlsx", &[(CHOICE, "Bác"), ("Lý do", "thống nhất bác"), ("Người rà soát", "Trần B")]);
    batch.run(&["merge", "ra", "--out", "th"]).ends(0, &["Đã nhập 1 quyết định từ tong-hop.xlsx"]);
    let proposal =
        joined(&batch)["proposals"].as_array().expect("a list").iter().find(|one| one["id"] == id.as_str()).cloned();
    assert_eq!(proposal.expect("it")["decision"]["person"], "Trần B");
}

#[test]
fn workbooks_alone_and_streams_are_joined_as_well() {
    let batch = units();
    let id = decide_in(
        &batch,
        "ra/xa-do-luong/de-xuat.xlsx",
        &[(CHOICE, "Bác"), ("Lý do", "đã xử lý"), ("Người rà soát", "A")],
    );
    fs::create_dir_all(batch.path().join("gui")).expect("a folder");
    fs::rename(batch.path().join("ra/xa-do-luong/de-xuat.xlsx"), batch.path().join("gui/Xã Đô Lương.xlsx"))
        .expect("moved");
    let mut program = super::fixture::rasoat();
    let input = format!("{}\n", batch.path().join("a/qd-17.docx").display());
    let output =
        program.args(["scan", "--ndjson", "--as-of", "2026-11-22"]).write_stdin(input).output().expect("a run");
    batch.file("gui/dong.ndjson", &output.stdout);
    let ran = batch.run(&["merge", "gui/dong.ndjson", "gui/Xã Đô Lương.xlsx", "--out", "th"]);
    ran.ends(0, &[]);
    let joined = joined(&batch);
    let names: Vec<&Value> = list(&joined, "units").iter().map(|unit| &unit["name"]).collect();
    assert_eq!(names, ["dong", "Xã Đô Lương"]);
    assert_eq!(list(&joined, "documents").len(), 2, "{:#?}", joined["documents"]);
    let proposal = list(&joined, "proposals").iter().find(|one| one["id"] == id.as_str()).expect("it");
    assert_eq!(proposal["units"], serde_json::json!(["dong", "Xã Đô Lương"]));
    assert_eq!((&proposal["decision"]["choice"], proposal.get("variants")), (&"reject".into(), None));
}

#[test]
fn decisions_a_lone_workbook_was_written_with_count() {
    let batch = units();
    let id = decide_in(&batch, "ra/mot/de-xuat.xlsx", &[(CHOICE, "Đồng ý"), ("Người rà soát", "Nguyễn A")]);
    // The next scan writes the decision into a new workbook by itself; only that one is sent.
    scan(&batch, "a", "ra/mot", &["--config", "a.yaml"]).ends(0, &[]);
    fs::create_dir_all(batch.path().join("gui")).expect("a folder");
    fs::copy(batch.path().join("ra/mot/de-xuat.xlsx"), batch.path().join("gui/so.xlsx")).expect("copied");
    batch.run(&["merge", "gui", "--out", "th"]).ends(0, &[]);
    let joined = joined(&batch);
    let proposal = list(&joined, "proposals").iter().find(|one| one["id"] == id.as_str()).expect("it");
    assert_eq!(
        (&proposal["decision"]["choice"], &proposal["decision"]["person"]),
        (&"agree".into(), &"Nguyễn A".into())
    );
}

#[test]
fn bad_input_is_told_and_nothing_is_lost() {
    let batch = units();
    batch.file("cu/ket-qua.json", br#"{"schema": "rasoat/0", "run": {}}"#);
    batch.file("hong/ket-qua.json", b"{\"schema\": \"rasoat/1\", \"run\"");
    batch.file("trong/doc-toi.txt", b"x");
    let ran = batch.run(&["merge", "ra/mot", "ra/mot/", "ra/mot/de-xuat.xlsx", "cu", "hong", "trong", "--out", "th"]);
    ran.ends(
        3,
        &[
            "“cu”",
            "phiên bản khác",
            "rasoat/0",
            "“hong”",
            "bị hỏng",
            "“trong”",
            "không có ket-qua.json",
            "nêu hai lần",
            "đọc cùng thư mục",
        ],
    );
    assert_eq!(list(&joined(&batch), "unusable").len(), 3);
    assert!(holds(&sheet(&batch, "th/tong-hop.xlsx", "Không đọc được"), &["hong"]));
    // Decisions that cannot be read do not stop the others.
    batch.file("ra/mot/quyet-dinh.json", b"{");
    batch.run(&["merge", "ra", "--out", "th2"]).ends(3, &["Sở Nội vụ", "quyet-dinh.json"]);
    // Nothing usable, no such place, the units' own folder: nothing is written.
    batch.run(&["merge", "cu", "--out", "th3"]).ends(2, &["không có kết quả nào dùng được"]);
    batch.run(&["merge", "khong-co", "--out", "th3"]).ends(2, &["“khong-co”"]);
    batch.run(&["merge", "ra/mot", "--out", "ra/mot"]).ends(2, &["--out trùng"]);
    batch.run(&["merge", "ra/mot", "--out", "th3", "--units", "khong-co.xlsx"]).ends(2, &["danh sách đơn vị"]);
    assert!(batch.names("th3").is_empty());
    // An open workbook is left alone.
    batch.file("th/~$tong-hop.xlsx", b"x");
    let before = batch.bytes("th/tong-hop.xlsx");
    batch.run(&["merge", "ra/xa-do-luong", "--out", "th"]).ends(0, &["tong-hop.xlsx đang được mở", "tong-hop-2.xlsx"]);
    assert!(before == batch.bytes("th/tong-hop.xlsx"));
}

#[test]
fn joined_results_can_be_joined_again_with_every_unit_and_list() {
    let batch = units();
    batch.file("don-vi.txt", "Sở Nội vụ\nPhường Vinh Phú\n".as_bytes());
    batch.file("so.yaml", "office: Sở Tư pháp\n".as_bytes());
    let id = decide_in(&batch, "ra/mot/de-xuat.xlsx", &[(CHOICE, "Đồng ý"), ("Người rà soát", "Nguyễn A")]);
    let merge = ["merge", "ra", "--out", "ra/tong", "--units", "don-vi.txt", "--config", "so.yaml"];
    batch.run(&merge).ends(0, &[]);
    // The folder of the joined results lies among those of the units and is none of them.
    batch.run(&merge).ends(0, &[]);
    let first: Value = serde_json::from_slice(&batch.bytes("ra/tong/tong-hop.json")).expect("JSON");
    assert_eq!(list(&first, "units").len(), 2, "{:#?}", first["units"]);
    fs::rename(batch.path().join("ra/tong"), batch.path().join("tong")).expect("moved");
    let check = |given: &str| {
        let _ = fs::remove_dir_all(batch.path().join("th"));
        batch.run(&["merge", given, "--out", "th"]).ends(0, &[]);
        let joined = joined(&batch);
        let names: Vec<&str> = list(&joined, "units").iter().filter_map(|unit| unit["name"].as_str()).collect();
        assert_eq!(names[..2], ["Sở Nội vụ", "xa-do-luong"], "{given}");
        let open: Vec<&Value> =
            list(&joined, "expected").iter().filter(|one| one["delivered"] == serde_json::json!([])).collect();
        assert!(open.len() == 1 && open[0]["name"] == "Phường Vinh Phú", "{given}: {:#?}", joined["expected"]);
        let double = list(&joined, "documents").iter().find(|one| one["number"] == "17/2019/QĐ-UBND").expect("it");
        assert_eq!(list(double, "delivered").len(), 2, "{given}");
        let proposal = list(&joined, "proposals").iter().find(|one| one["id"] == id.as_str()).expect("it");
        assert_eq!(proposal["units"], serde_json::json!(["Sở Nội vụ", "xa-do-luong"]), "{given}");
        assert_eq!(proposal["decision"]["choice"], "agree", "{given}");
        let lacks = |one: &&Value| one["body"] == "Phường Vinh Phú" && one["missing"] == true;
        assert!(list(&joined, "owed").iter().any(|one| lacks(&one)), "{given}: {:#?}", joined["owed"]);
    };
    check("tong");
    check("tong/tong-hop.xlsx");
}

#[test]
fn whole_clauses_are_quoted_and_what_a_list_names_is_not_missing() {
    let batch = units();
    let head = ["STT", "Tên loại", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu"];
    let named = [
        "1",
        "Quyết định",
        "09/2024/QĐ-UBND",
        "02/5/2024",
        "Ủy ban nhân dân phường Vinh Phú",
        "Ban hành Quy chế thực hiện dân chủ ở phường Vinh Phú",
    ];
    batch.file("danh-muc.xlsx", &xlsx(&[&head, &named]));
    scan(&batch, "a", "ra/mot", &["--config", "a.yaml", "--list", "danh-muc.xlsx"]).ends(3, &[]);
    batch.file("don-vi.txt", "Phường Vinh Phú\n".as_bytes());
    batch.run(&["merge", "ra", "--out", "th", "--units", "don-vi.txt"]).ends(3, &[]);
    let joined = joined(&batch);
    let of_ward: Vec<&Value> = list(&joined, "owed").iter().filter(|one| one["body"] == "Phường Vinh Phú").collect();
    let quy_che = of_ward.iter().find(|one| one["rule"] == "dccs.trach-nhiem.thieu-quy-che-ubnd-xa").expect("asked");
    assert_eq!(quy_che["missing"], false, "{of_ward:#?}");
    let found = quy_che["found"][0].as_str().expect("a name");
    assert!(found.contains("09/2024/QĐ-UBND") && found.contains("danh mục của Sở Nội vụ"), "{found}");
    // The words around the evidence are there, and only the evidence is bold.
    let rows = sheet(&batch, "th/tong-hop.xlsx", "Đề xuất");
    assert!(holds(
        &rows,
        &["2. Mức đóng góp được thông qua khi có trên 50% số cử tri đại diện hộ gia đình tán thành."]
    ));
}

#[test]
fn a_folder_of_parts_is_one_stream_and_loose_workbooks_of_a_folder_are_taken() {
    let batch = units();
    for (part, file) in [("part-00000", "a/qd-17.docx"), ("part-00001", "b/quy-che.docx")] {
        let input = format!("{}\n", batch.path().join(file).display());
        let mut program = super::fixture::rasoat();
        let output =
            program.args(["scan", "--ndjson", "--as-of", "2026-11-22"]).write_stdin(input).output().expect("a run");
        batch.file(&format!("gui/spark/{part}"), &output.stdout);
    }
    batch.file("gui/spark/_SUCCESS", b"");
    let answers = batch.bytes("gui/spark/part-00001");
    batch.file("gui/le.ndjson", &answers);
    fs::copy(batch.path().join("ra/xa-do-luong/de-xuat.xlsx"), batch.path().join("gui/Xã Đô Lương.xlsx"))
        .expect("copied");
    batch.file("gui/don-vi.xlsx", &xlsx(&[&["STT", "Tên đơn vị"], &["1", "Xã Đô Lương"], &["2", "Phường Vinh Phú"]]));
    let ran = batch.run(&["merge", "gui", "--out", "th", "--units", "gui/don-vi.xlsx"]);
    ran.ends(0, &[]);
    let joined = joined(&batch);
    let names: Vec<&Value> = list(&joined, "units").iter().map(|unit| &unit["name"]).collect();
    assert_eq!(names, ["Xã Đô Lương", "le", "spark"]);
    assert_eq!(list(&joined, "documents").len(), 2, "{:#?}", joined["documents"]);
}
