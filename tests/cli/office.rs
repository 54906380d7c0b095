//! `rasoat init` and what `rasoat.yaml` sets.

use super::fixture::Batch;

#[test]
fn init_writes_a_template_that_changes_nothing_and_is_never_overwritten() {
    let batch = Batch::with_decision();
    batch.scan(&[]).ends(0, &[]);
    let before = batch.bytes("ra/ket-qua.json");
    batch.run(&["init"]).ends(0, &[]);
    batch.scan(&[]).ends(0, &[]);
    assert!(batch.bytes("ra/ket-qua.json") == before);
    batch.file("rasoat.yaml", "deadline: Quý I/2027\n".as_bytes());
    batch.run(&["init"]).ends(2, &["đã có tệp rasoat.yaml", "không ghi đè"]);
    assert_eq!(batch.bytes("rasoat.yaml"), "deadline: Quý I/2027\n".as_bytes());
}

#[test]
fn settings_reach_the_results() {
    let batch = Batch::with_decision();
    let settings = "deadline: Quý II/2027\ndrafters:\n  - { field: Dân chủ, drafter: Phòng Chính quyền }\n\
                    fields:\n  - { document: 17/2019/QĐ-UBND, field: Dân chủ }\n";
    batch.file("co-quan.yaml", settings.as_bytes());
    let facts = |batch: &Batch| {
        let results = batch.results();
        let amended = results["proposals"].as_array().expect("a list").iter().find(|one| one["path"] == "main/A2.2");
        let amended = amended.expect("the conflict").clone();
        (results["documents"][0]["field"].clone(), amended["drafter"].clone(), amended["deadline"].clone())
    };
    batch.scan(&["--config", "co-quan.yaml"]).ends(0, &[]);
    assert_eq!(facts(&batch), ("Dân chủ".into(), "Phòng Chính quyền".into(), "Quý II/2027".into()));
    // The same file of the usual name is found by itself; the column of a list goes before it.
    std::fs::rename(batch.path().join("co-quan.yaml"), batch.path().join("rasoat.yaml")).expect("renamed");
    batch.scan(&[]).ends(0, &[]);
    assert_eq!(facts(&batch).0, "Dân chủ");
    let head = ["STT", "Tên loại", "Số, ký hiệu", "Ngày ban hành", "Trích yếu", "Lĩnh vực"];
    let row = ["1", "Quyết định", "17/2019/QĐ-UBND", "22/7/2019", "Quy định việc nhân dân bàn", "Nội vụ"];
    batch.file("danh-muc.xlsx", &super::fixture::xlsx(&[&head, &row]));
    batch.scan(&["--list", "danh-muc.xlsx"]).ends(0, &[]);
    assert_eq!(facts(&batch).0, "Nội vụ");
}

#[test]
fn faults_of_the_settings_have_a_place_and_a_hint() {
    let batch = Batch::with_decision();
    for (settings, said) in [
        ("office: Sở Nội vụ\ndealine: Quý I\n", "không dùng được trong tệp này"),
        ("office: Sở Nội vụ\nforms: [nd-99]\n", "giá trị “nd-99” không được dùng ở đây"),
        ("office: Sở Nội vụ\ndrafters:\n  - { field: Nội vụ }\n", "thiếu khóa “drafter”"),
        ("office: [\n", "YAML viết sai"),
    ] {
        batch.file("rasoat.yaml", settings.as_bytes());
        batch.scan(&[]).ends(2, &[said, "rasoat.yaml:", "gợi ý", "tệp cấu hình có lỗi"]);
    }
    batch.file("rasoat.yaml", "office: Sở Nội vụ\ndealine: Quý I\n".as_bytes());
    batch.scan(&[]).ends(2, &["rasoat.yaml:2:1", "có phải ý là “deadline”"]);
    batch.scan(&["--config", "khong-co.yaml"]).ends(2, &["không có tệp cấu hình “khong-co.yaml”"]);
    batch.scan(&["--forms", "nd99"]).ends(2, &["--forms", "nd79-2025 hoặc nd34-2016"]);
}

#[test]
fn names_of_the_office_put_issuers_right_in_files_and_lists() {
    let batch = Batch::with_decision();
    let names = "names:\n  - { name: Ủy ban nhân dân tỉnh Nghệ Tĩnh, also: [UBND tỉnh Nghệ An] }\n";
    batch.file("rasoat.yaml", names.as_bytes());
    let head = ["STT", "Tên loại", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu"];
    let row = ["1", "Quyết định", "17/2019/QĐ-UBND", "22/7/2019", "UBND tỉnh Nghệ An", "Quy định việc nhân dân bàn"];
    batch.file("danh-muc.xlsx", &super::fixture::xlsx(&[&head, &row]));
    batch.scan(&["--list", "danh-muc.xlsx"]).ends(0, &[]);
    let results = batch.results();
    assert_eq!(results["documents"][0]["issuer"], "Ủy ban nhân dân tỉnh Nghệ Tĩnh");
    assert_eq!(results["lists"][0]["identities"][0]["issuer"], "Ủy ban nhân dân tỉnh Nghệ Tĩnh");
    assert_eq!(results["lists"][0]["document"], "d0001");
    batch.file("rasoat.yaml", "names:\n  - { also: [A] }\n".as_bytes());
    batch.scan(&[]).ends(2, &["thiếu khóa “name”"]);
}
