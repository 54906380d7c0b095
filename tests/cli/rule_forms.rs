//! Forms of the rule language that no shipped pack need use: each on a small pack of its own, by the tests beside its rules.

use std::path::Path;

use super::fixture::rasoat;

const RULE: &str = "  state: trial
  basis: [{ instrument: 10/2022/QH15, provision: A21.1 }]
  verdict: { kind: conflict, handling: amend, severity: high, confidence: high, fix: judgement }
  say: \"{cite}.\"
";

/// A folder that holds the sound pack as `thu`, and the pack in it.
fn sound_pack() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("thu");
    std::fs::create_dir(&pack).expect("a new folder");
    let sound = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bad-rules/pack");
    for entry in std::fs::read_dir(Path::new(sound)).expect("the sound pack") {
        let path = entry.expect("an entry").path();
        std::fs::copy(&path, pack.join(path.file_name().expect("a name"))).expect("a copy");
    }
    (folder, pack)
}

/// What `scan` says of `qd.txt` in a folder with the pack `thu`.
fn scanned(folder: &Path) -> serde_json::Value {
    let scan = ["scan", "qd.txt", "--rules", "thu", "--as-of", "2026-11-22", "--quiet", "--out", "a"];
    rasoat().args(scan).current_dir(folder).output().expect("a run");
    let bytes = std::fs::read(folder.join("a/ket-qua.json")).expect("results");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// `rules test` on the sound pack with these rules (their common lines are added after the title) and topics.
fn test(rules: &str, topics: Option<&str>, more: &[&str]) -> (Option<i32>, String) {
    let (folder, pack) = sound_pack();
    let rules: String =
        rules.lines().map(|line| format!("{line}\n{}", if line.starts_with("  title:") { RULE } else { "" })).collect();
    std::fs::write(pack.join("10-quy-tac.yaml"), rules).expect("the rules");
    if let Some(topics) = topics {
        std::fs::write(pack.join("topics.yaml"), topics).expect("the topics");
    }
    let arguments = [&["rules", "test", "thu"], more].concat();
    let output = rasoat().args(arguments).current_dir(folder.path()).output().expect("a run");
    (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn either_of_two_conditions_may_be_the_anchor() {
    let rule = "- id: thu.neo
  title: Hai cách nói
  find:
    money: { words: [\"nộp tiền\"] }
    work: { words: [\"góp công\"] }
    matter: { term: [dong-gop] }
  when: (money or work) and matter within sentence
  anchor: [money, work]
  tests:
    - hit: \"Việc đóng góp do hộ nộp tiền.\"
      captures: { money: nộp tiền }
    - hit: |
        Điều 1. Mức
        1. Hộ nộp tiền.
        2. Việc đóng góp do hộ góp công.
      at: main/A1.2
      captures: { work: góp công }
    - quiet: \"Việc đóng góp tự nguyện.\"
    - quiet: \"Hộ góp công. Việc đóng góp tự nguyện.\"
";
    let (code, said) = test(rule, None, &[]);
    assert_eq!(code, Some(0), "{said}");
    let (_, said) = test(&rule.replace("[money, work]", "[money, worq]"), None, &[]);
    assert!(said.contains("“anchor” nhắc điều kiện “worq”") && said.contains(":12:19"), "{said}");
}

#[test]
fn a_heading_stands_together_and_a_wider_group_is_looked_at() {
    let rule = "- id: thu.tieu-de
  title: Nhiệm kỳ dưới tiêu đề
  find:
    board: { words: [\"ban thanh tra\"] }
    term: { quantity: { measure: duration, below: \"5 năm\" } }
  when: term and (board within heading) within SCOPE
  tests:
    - hit: |
        Chương I
        BAN THANH TRA NHÂN DÂN
        Điều 1. Tổ chức
        1. Thành phần do hội nghị bầu.
        2. Nhiệm kỳ: 03 năm.
      at: main/A1.2
      confidence: high
    - hit: |
        Điều 1. Ban Thanh tra nhân dân
        1. Nhiệm kỳ: 03 năm.
      confidence: high
    - quiet: |
        Chương I
        BAN GIÁM SÁT
        Điều 1. Tổ chức
        1. Nhiệm kỳ: 03 năm như ban thanh tra.
    - quiet: \"Nhiệm kỳ của ban thanh tra là 03 năm.\"
";
    for scope in ["sentence", "clause-with-lead-in"] {
        let (code, said) = test(&rule.replace("SCOPE", scope), None, &[]);
        assert_eq!(code, Some(0), "{scope}: {said}");
    }
    // What stands only elsewhere in the article does not stand together.
    let far = rule.replace("within heading) within SCOPE", "within article) within sentence");
    let (_, said) = test(&far, None, &[]);
    assert!(said.contains("thu.tieu-de phép thử 4") && !said.contains("thu.tieu-de phép thử 2"), "{said}");
}

#[test]
fn the_subject_of_a_share_may_stand_before_it() {
    let rule = "- id: thu.ty-le
  title: Tỷ lệ của hộ
  find:
    share: { quantity: { measure: ratio, of: [ho], below: \"2/3\" } }
  when: share
  tests:
    - hit: \"Mức thu do trên 50% số hộ gia đình đồng ý.\"
    - hit: \"Chủ hộ trong thôn tán thành với tỷ lệ trên 50%.\"
    - hit: \"Khi số chủ hộ tham dự đạt trên 50% trở lên thì họp.\"
    - quiet: \"Chủ hộ bầu người đạt trên 50% tổng số phiếu.\"
    - quiet: \"Chủ hộ được giảm 50% mức thu.\"
    - quiet: \"Chủ hộ dự họp; nghị quyết thông qua với tỷ lệ trên 50%.\"
";
    let (code, said) = test(rule, None, &[]);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn a_condition_may_ask_for_a_topic() {
    let rule = "- id: thu.chu-de
  title: Chỉ trong chủ đề
  find:
    matter: { term: [dong-gop] }
    commune: { topic: [dan-chu-xa] }
  when: matter and commune
  tests:
    - hit: \"Việc đóng góp do hộ bàn.\"
      given: { topics: [dan-chu-xa] }
    - hit: \"Mức đóng góp của hộ.\"
      given: { topics: [dan-chu-xa] }
    - quiet: \"Việc đóng góp do hộ bàn.\"
      given: { topics: [] }
    - quiet: \"Việc thu do hộ bàn.\"
      given: { topics: [dan-chu-xa] }
";
    let (code, said) = test(rule, None, &[]);
    assert_eq!(code, Some(0), "{said}");
    let (_, said) = test(&rule.replace("topic: [dan-chu-xa] }\n", "topic: [dan-chu] }\n"), None, &[]);
    assert!(said.contains("chủ đề “dan-chu” không có trong topics.yaml"), "{said}");
}

#[test]
fn mutants_of_sound_rules_are_told_though_another_rule_fails() {
    let rule = "- id: thu.lanh
  title: Quy tắc lành
  find:
    matter: { term: [dong-gop] }
    people: { term: [ho] }
  when: matter and people
  tests:
    - hit: \"Việc đóng góp do chủ hộ bàn.\"
    - hit: \"Mức đóng góp của chủ hộ.\"
    - quiet: \"Việc thu.\"
    - quiet: \"Việc chi.\"
- id: thu.hong
  title: Quy tắc hỏng
  find:
    matter: { term: [dong-gop] }
  when: matter
  tests:
    - hit: \"Việc thu.\"
    - hit: \"Mức đóng góp.\"
    - quiet: \"Việc chi.\"
    - quiet: \"Việc khác.\"
";
    let (code, said) = test(rule, None, &["--mutants"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("thu.hong phép thử 1: phải phát hiện nhưng im lặng"), "{said}");
    assert!(said.contains("thu.lanh: bỏ điều kiện people"), "{said}");
}

#[test]
fn mutants_without_the_anchors_are_not_made() {
    let rule = "- id: thu.neo
  title: Neo ở một trong hai
  find:
    money: { words: [\"nộp tiền\"] }
    work: { words: [\"góp công\"] }
    matter: { term: [dong-gop] }
    people: { term: [ho] }
  when: (money or work within sentence) and people and (matter within heading)
  anchor: [money, work]
  tests:
    - hit: |
        Điều 1. Đóng góp
        1. Hộ gia đình nộp tiền.
    - hit: |
        Điều 1. Đóng góp
        1. Hộ gia đình góp công.
    - quiet: \"Hộ gia đình nộp tiền.\"
    - quiet: \"Thôn góp công.\"
";
    let (code, said) = test(rule, None, &["--mutants"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("bỏ điều kiện money, work"), "{said}");
    assert!(said.contains("thu.neo: bỏ điều kiện people"), "{said}");
}

/// Topics that `scan` tells of each document, with these terms and topics in the sound pack.
fn topics_of(terms: &str, topics: &str, documents: &[String]) -> Vec<Vec<String>> {
    let (folder, pack) = sound_pack();
    std::fs::write(pack.join("terms.yaml"), terms).expect("terms");
    std::fs::write(pack.join("topics.yaml"), topics).expect("topics");
    let mut told = Vec::new();
    for document in documents {
        std::fs::write(folder.path().join("qd.txt"), document).expect("a document");
        let results = scanned(folder.path());
        let named = results["documents"][0]["topics"].as_array().into_iter().flatten();
        told.push(named.filter_map(|topic| topic.as_str().or(topic["id"].as_str())).map(str::to_owned).collect());
        std::fs::remove_dir_all(folder.path().join("a")).expect("a folder");
    }
    told
}

#[test]
fn topics_see_the_issuer_and_may_need_several_words() {
    let terms = "- { id: dong-gop, canonical: đóng góp }\n- { id: ho, canonical: hộ gia đình }\n\
        - { id: cua-cong-ty, canonical: dân chủ của công ty }\n- { id: cong-ty, canonical: công ty }\n\
        - { id: von, canonical: vốn nhà nước }\n- { id: xo-so, canonical: xổ số }\n";
    let topics = "- { id: dan-chu-xa, title: Ở xã, title-has: [dong-gop] }\n\
        - { id: doanh-nghiep, title: Doanh nghiệp, title-has: [cua-cong-ty] }\n\
        - { id: von-nha-nuoc, title: Doanh nghiệp nhà nước, title-has: [cua-cong-ty], needs-all: [cong-ty, von] }\n\
        - { id: tu-nhan, title: Doanh nghiệp tư nhân, title-has: [cua-cong-ty], lacks: [xo-so] }\n";
    let document = |issuer: &str, clause: &str| {
        format!(
            "{issuer}\nSố: 01/QĐ\nNghệ An, ngày 05 tháng 01 năm 2020\n\nQUYẾT ĐỊNH\nBan hành Quy chế thực hiện dân chủ\n\n\
             Điều 1. Chung\n1. {clause}\n"
        )
    };
    let company = "CÔNG TY TNHH MTV XỔ SỐ KIẾN THIẾT NGHỆ AN";
    let documents = [
        document(company, "Người lao động bàn."),
        document(company, "Phần vốn nhà nước được công khai."),
        document("CÔNG TY TNHH MTV MAY PHÚ LỢI", "Người lao động bàn."),
        document("TRƯỜNG THPT LÊ LỢI", "Phần vốn nhà nước của công ty."),
    ];
    let expected = [
        vec!["Doanh nghiệp"],
        vec!["Doanh nghiệp", "Doanh nghiệp nhà nước"],
        vec!["Doanh nghiệp", "Doanh nghiệp tư nhân"],
        vec![],
    ];
    assert_eq!(topics_of(terms, topics, &documents), expected);
}

#[test]
fn the_title_of_a_convention_or_regulation_is_read_with_the_word_above_it() {
    let terms = "- { id: dong-gop, canonical: đóng góp }\n- { id: ho, canonical: hộ gia đình }\n\
        - { id: huong-uoc, canonical: hương ước }\n- { id: quy-che, canonical: quy chế dân chủ }\n";
    let topics = "- { id: dan-chu-xa, title: Ở xã, title-has: [dong-gop] }\n\
        - { id: huong-uoc, title: Hương ước, title-has: [huong-uoc] }\n\
        - { id: quy-che, title: Quy chế, title-has: [quy-che] }\n";
    let document = |kind: &str, title: &str| {
        format!("ỦY BAN NHÂN DÂN XÃ NGHĨA TRUNG\n\n{kind}\n{title}\n\nĐiều 1. Chung\n1. Giữ nếp cũ.\n")
    };
    let documents = [
        document("HƯƠNG ƯỚC", "Thôn Khánh Giang, xã Nghĩa Trung"),
        document("QUY CHẾ", "Dân chủ ở xã Nghĩa Trung"),
        document("THÔNG BÁO", "Dân chủ ở xã Nghĩa Trung"),
    ];
    assert_eq!(topics_of(terms, topics, &documents), [vec!["Hương ước"], vec!["Quy chế"], vec![]]);
}

#[test]
fn a_term_in_angle_brackets_stands_for_its_wordings() {
    let rule = "- id: thu.tu-trong-bieu-thuc
  title: Từ điển trong biểu thức
  find:
    matter: { pattern: { near: [\"thu\"], regex: \"thu[^.;]{0,10} của (<ho>|thôn)\" } }
  when: matter
  tests:
    - hit: \"Tiền thu của hộ gia đình.\"
    - hit: \"Tiền thu của chủ hộ.\"
    - hit: \"Tiền thu của thôn.\"
    - quiet: \"Tiền thu của bản.\"
    - quiet: \"Tiền thu của <ho>.\"
";
    let (code, said) = test(rule, None, &[]);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn rules_of_a_family_give_one_finding_for_a_unit() {
    let (folder, pack) = sound_pack();
    let rule = |id: &str, family: &str, words: &str, confidence: &str| {
        format!(
            "- id: thu.{id}\n  title: Thử\n{family}  find:\n    matter: {{ words: [\"{words}\"] }}\n  when: matter\n{}",
            RULE.replace("confidence: high", &format!("confidence: {confidence}"))
        ) + "  tests:\n    - { hit: A }\n    - { hit: B }\n    - { quiet: C }\n    - { quiet: D }\n"
    };
    let family = "  family: thu.mot-loi\n";
    let rules = [
        rule("kem", family, "góp tiền", "medium"),
        rule("chac", family, "mỗi hộ", "high"),
        rule("sau", family, "nộp ngay", "high"),
        rule("rieng", "", "góp tiền", "medium"),
    ];
    std::fs::write(pack.join("10-quy-tac.yaml"), rules.concat()).expect("the rules");
    let text = "ỦY BAN NHÂN DÂN XÃ A\nSố: 01/QĐ-UBND\nA, ngày 05 tháng 01 năm 2020\n\nQUYẾT ĐỊNH\nVề đóng góp\n\n\
        Điều 1. Mức\n1. Việc góp tiền do mỗi hộ nộp ngay.\n2. Việc góp tiền ghi sổ.\n";
    std::fs::write(folder.path().join("qd.txt"), text).expect("a document");
    let results = scanned(folder.path());
    let found: Vec<(&str, &str, usize)> = results["findings"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|finding| {
            let evidence = finding["evidence"].as_array().map_or(0, Vec::len);
            Some((finding["path"].as_str()?, finding["rule"].as_str()?, evidence))
        })
        .collect();
    let wanted = [
        ("main/A1.1", "thu.chac", 3),
        ("main/A1.1", "thu.rieng", 1),
        ("main/A1.2", "thu.kem", 1),
        ("main/A1.2", "thu.rieng", 1),
    ];
    assert_eq!(found, wanted);
}
