//! Whole documents, invented.

use super::*;
use crate::document::Role;
use crate::source::{Block, Cell, Paragraph, Reader, Row, Table};

fn paragraph(at: usize, text: &str) -> Block {
    Block::Paragraph(Paragraph {
        text: text.to_owned(),
        origin: Origin { paragraph: at as u32, page: None },
        ..Paragraph::default()
    })
}

pub(super) fn raw(blocks: Vec<Block>) -> RawDocument {
    RawDocument::new(Reader::Text, blocks)
}

pub(super) fn plain(text: &str) -> RawDocument {
    raw(text.lines().enumerate().map(|(at, line)| paragraph(at, line)).collect())
}

pub(super) fn paths(found: &Structure) -> Vec<&str> {
    found.units.iter().map(|unit| unit.path.as_str()).collect()
}

pub(super) fn unit<'s>(found: &'s Structure, path: &str) -> &'s Unit {
    found.units.iter().find(|unit| unit.path == path).unwrap_or_else(|| panic!("{path} in {:?}", paths(found)))
}

/// Letters and digits of a text in runs.
fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    found.sort();
    found
}

fn words_of(found: &Structure) -> Vec<String> {
    let mut all = found.head.clone();
    for unit in &found.units {
        for part in [&unit.label, &unit.heading, &unit.text] {
            all.push('\n');
            all.push_str(part);
        }
        for extra in &unit.extras {
            all.push('\n');
            all.push_str(&extra.text);
        }
    }
    words(&all)
}

fn words_of_raw(raw: &RawDocument) -> Vec<String> {
    let mut all = String::new();
    for paragraph in raw.paragraphs() {
        all.push('\n');
        all.push_str(&paragraph.visible());
        for note in &paragraph.notes {
            all.push('\n');
            all.push_str(&note.text);
        }
    }
    for note in &raw.running {
        all.push('\n');
        all.push_str(&note.text);
    }
    words(&all)
}

const DECISION: &str = "ỦY BAN NHÂN DÂN
TỈNH AN BÌNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 07/2019/QĐ-UBND
An Bình, ngày 02 tháng 5 năm 2019
QUYẾT ĐỊNH
Ban hành Quy chế phối hợp quản lý chợ trên địa bàn tỉnh
ỦY BAN NHÂN DÂN TỈNH AN BÌNH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Theo đề nghị của Giám đốc Sở Công Thương tại Tờ trình số 12/TTr-SCT.
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế phối hợp quản lý chợ trên địa bàn tỉnh.
Điều 2. Quyết định này có hiệu lực từ ngày 15 tháng 5 năm 2019 và thay thế Quyết định số 03/2009/QĐ-UBND.
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các sở chịu trách nhiệm thi hành Quyết định này./.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu
QUY CHẾ
Phối hợp quản lý chợ trên địa bàn tỉnh
(Ban hành kèm theo Quyết định số 07/2019/QĐ-UBND
ngày 02 tháng 5 năm 2019 của Ủy ban nhân dân tỉnh)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Quy chế này quy định việc phối hợp quản lý chợ.
Điều 2. Giải thích từ ngữ
1. Chợ là nơi mua bán hàng hóa.
2. Ban quản lý chợ gồm:
a) Trưởng ban;
b) Các thành viên;
đ) Kế toán:
- Thu phí;
+ Theo ngày;
+ Theo tháng;
- Chi phí.
Chương II
PHỐI HỢP
Mục 1. THÔNG TIN
Điều 3
Trao đổi thông tin
1. Sở Công Thương gửi báo cáo theo điểm a khoản 2
Điều 2 Quy chế này.
2. Các sở gửi báo cáo trước ngày
30/4/2020 theo mẫu.
Điều 3a. Trách nhiệm thi hành
a) Các sở;
b) Các xã.
PHỤ LỤC I
DANH SÁCH CHỢ
(Kèm theo Quy chế phối hợp quản lý chợ)
1. Chợ Trung tâm.
2. Chợ Đông.";

#[test]
fn a_decision_with_its_regulation_and_annex() {
    let found = parse(&plain(DECISION));
    assert_eq!(
        paths(&found),
        [
            "main/B1",
            "main/B2",
            "main/B3",
            "main/A1",
            "main/A2",
            "main/A3",
            "main/N",
            "main/K",
            "att1/T",
            "att1/R",
            "att1/C1",
            "att1/A1",
            "att1/A2",
            "att1/A2.1",
            "att1/A2.2",
            "att1/A2.2.a",
            "att1/A2.2.b",
            "att1/A2.2.đ",
            "att1/A2.2.đ-1",
            "att1/A2.2.đ-1-1",
            "att1/A2.2.đ-1-2",
            "att1/A2.2.đ-2",
            "att1/C2",
            "att1/C2.S1",
            "att1/A3",
            "att1/A3.1",
            "att1/A3.2",
            "att1/A3a",
            "att1/A3a.a",
            "att1/A3a.b",
            "att1.app1/T",
            "att1.app1/R",
            "att1.app1/1",
            "att1.app1/2",
        ]
    );
    assert_eq!(found.title_lines, ["Ban hành Quy chế phối hợp quản lý chợ trên địa bàn tỉnh"]);
    assert!(found.head.ends_with("ỦY BAN NHÂN DÂN TỈNH AN BÌNH"));
    assert_eq!(found.layers[1].title, "QUY CHẾ Phối hợp quản lý chợ trên địa bàn tỉnh");
    for (path, role) in [
        ("main/A1", Role::Content),
        ("main/A2", Role::Effect),
        ("main/A3", Role::Implementation),
        ("att1/A1", Role::Scope),
        ("att1/A2.2.b", Role::Definition),
        ("att1/A3", Role::Content),
        ("att1/A3a.b", Role::Implementation),
        ("main/N", Role::Recipients),
        ("main/K", Role::Signature),
    ] {
        assert_eq!(unit(&found, path).role, role, "{path}");
    }
    for (path, heading, text) in [
        ("main/A1", "", "Ban hành kèm theo Quyết định này Quy chế phối hợp quản lý chợ trên địa bàn tỉnh."),
        ("att1/C1", "QUY ĐỊNH CHUNG", ""),
        ("att1/A1", "Phạm vi điều chỉnh", "Quy chế này quy định việc phối hợp quản lý chợ."),
        ("att1/A3", "Trao đổi thông tin", ""),
        ("att1/A3.1", "", "Sở Công Thương gửi báo cáo theo điểm a khoản 2\nĐiều 2 Quy chế này."),
        ("att1/A3.2", "", "Các sở gửi báo cáo trước ngày\n30/4/2020 theo mẫu."),
        ("main/N", "", "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT."),
    ] {
        let unit = unit(&found, path);
        assert_eq!((unit.heading.as_str(), unit.text.as_str()), (heading, text), "{path}");
    }
    let annex = unit(&found, "att1.app1/T");
    assert_eq!((annex.label.as_str(), annex.text.as_str()), ("PHỤ LỤC I", "DANH SÁCH CHỢ"));
    let codes: Vec<_> = found.warnings.iter().map(|w| (w.code, w.path.as_deref())).collect();
    assert_eq!(codes, [("points-out-of-order", Some("att1/A2.2.đ"))]);
}

#[test]
fn quoted_amendments_hang_under_their_command() {
    let found = parse(&plain(
        "NGHỊ QUYẾT
Sửa đổi quy định về quỹ
Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;
QUYẾT NGHỊ:
Điều 1. Sửa đổi, bổ sung một số điều của Quy định về quỹ
1. Sửa đổi, bổ sung Điều 5 như sau:
“Điều 5. Nguồn thu
1. Nhà nước cấp.
2. Nhân dân đóng góp, trong đó:
a) Tiền;
b) Công.”
2. Sửa đổi điểm b khoản 3 Điều 6 như sau:
“b) Được ít nhất 50% số hộ đồng ý.
3. Thay thế cụm từ “thôn” bằng cụm từ “khu phố” tại Điều 7.
4. Bổ sung Điều 8a như sau: “Điều 8a. Công khai
1. Công khai tại trụ sở.”
Điều 2. Hiệu lực thi hành
Nghị quyết này có hiệu lực từ ngày 01 tháng 01 năm 2021.",
    ));
    assert_eq!(
        paths(&found),
        [
            "main/B1",
            "main/B2",
            "main/A1",
            "main/A1.1",
            "main/A1.1.q1.A5",
            "main/A1.1.q1.A5.1",
            "main/A1.1.q1.A5.2",
            "main/A1.1.q1.A5.2.a",
            "main/A1.1.q1.A5.2.b",
            "main/A1.2",
            "main/A1.2.q1.b",
            "main/A1.3",
            "main/A1.4",
            "main/A1.4.q1.A8a",
            "main/A1.4.q1.A8a.1",
            "main/A2",
        ]
    );
    for quoted in found.units.iter().filter(|unit| unit.path.contains(".q1")) {
        assert!(quoted.quoted && quoted.role == Role::QuotedAmendment, "{}", quoted.path);
    }
    assert_eq!(unit(&found, "main/A1.1.q1.A5").label, "“Điều 5.");
    assert_eq!(unit(&found, "main/A1.4").text, "Bổ sung Điều 8a như sau:");
    assert_eq!(found.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), ["quote-not-closed"]);
}

#[test]
fn documents_without_articles_have_roman_and_arabic_levels() {
    let found = parse(&plain(
        "KẾ HOẠCH
Tổ chức hội thi năm 2020
Thực hiện Chương trình công tác năm 2020, Ủy ban nhân dân tỉnh xây dựng kế hoạch như sau:
I. MỤC ĐÍCH
1. Mục đích
a) Nâng cao nhận thức;
b) Động viên phong trào.
2. Yêu cầu
- Thiết thực;
- Tiết kiệm.
II. TỔ CHỨC THỰC HIỆN
1. Sở Văn hóa chủ trì.
1.1. Lập dự toán.
1.2. Báo cáo.
2. Các xã phối hợp.",
    ));
    assert_eq!(
        paths(&found),
        [
            "main/¶1",
            "main/S1",
            "main/S1.1",
            "main/S1.1.a",
            "main/S1.1.b",
            "main/S1.2",
            "main/S1.2-1",
            "main/S1.2-2",
            "main/S2",
            "main/S2.1",
            "main/S2.1.1",
            "main/S2.1.2",
            "main/S2.2",
        ]
    );
    assert_eq!(unit(&found, "main/S1.1").heading, "Mục đích");
    assert_eq!(unit(&found, "main/S2.1").heading, "");
    assert_eq!(unit(&found, "main/S2.2").role, Role::Implementation);
}

#[test]
fn tables_are_told_apart() {
    let cell =
        |texts: &[&str]| Cell { blocks: texts.iter().map(|text| paragraph(90, text)).collect(), ..Cell::default() };
    let table =
        |rows: Vec<Vec<Cell>>| Block::Table(Table { rows: rows.into_iter().map(|cells| Row { cells }).collect() });
    let found = parse(&raw(vec![
        table(vec![
            vec![
                cell(&["UBND TỈNH AN BÌNH"]),
                cell(&["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]),
            ],
            vec![cell(&["Số: 5/QĐ-UBND"]), cell(&["An Bình, ngày 1 tháng 2 năm 2020"])],
        ]),
        paragraph(1, "QUYẾT ĐỊNH"),
        paragraph(2, "Về mức thu"),
        paragraph(3, "Căn cứ Luật Phí và lệ phí ngày 25 tháng 11 năm 2015;\nTheo đề nghị của Sở Tài chính,"),
        paragraph(4, "QUYẾT ĐỊNH:"),
        paragraph(5, "Điều 1. Mức thu như sau:"),
        table(vec![vec![cell(&["Loại"]), cell(&["Mức"])], vec![cell(&["A", "B"]), cell(&["10.000"])]]),
        paragraph(6, "Điều 2. Quyết định này có hiệu lực từ ngày ký. Điều 3. Các sở thi hành Quyết định này."),
        table(vec![vec![cell(&["Nơi nhận:", "- Như Điều 3;"]), cell(&["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"])]]),
    ]));
    assert_eq!(
        paths(&found),
        [
            "main/B1",
            "main/B2",
            "main/B3",
            "main/A1",
            "main/W1.r1",
            "main/W1.r2",
            "main/A2",
            "main/A3",
            "main/N",
            "main/K"
        ]
    );
    let row = unit(&found, "main/W1.r2");
    assert_eq!(row.text, "A\nB\t10.000");
    assert_eq!(row.parent.map(|at| found.units[at].path.as_str()), Some("main/A1"));
    assert_eq!(unit(&found, "main/K").text, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH");
    assert!(found.head.contains("Số: 5/QĐ-UBND"));
}

#[test]
fn first_clauses_may_stand_on_the_line_of_their_article() {
    let found = parse(&plain(
        "Điều 1. 1- Hội đồng họp mỗi quý.
2- Hội đồng họp bất thường.
Điều 2. Chủ tịch hội đồng:
1. a) Triệu tập họp;
b) Chủ trì họp.
1 Việc khác.
3. Việc khác nữa.",
    ));
    assert_eq!(
        paths(&found),
        ["main/A1", "main/A1.1", "main/A1.2", "main/A2", "main/A2.1", "main/A2.1.a", "main/A2.1.b", "main/A2.3"]
    );
    assert_eq!(unit(&found, "main/A1.1").text, "Hội đồng họp mỗi quý.");
    assert_eq!(unit(&found, "main/A2.1.b").text, "Chủ trì họp.\n1 Việc khác.");
}

#[test]
fn automatic_numbers_count_like_typed_ones() {
    let numbered = |at: usize, label: &str, text: &str| {
        Block::Paragraph(Paragraph {
            label: Some(label.to_owned()),
            text: text.to_owned(),
            origin: Origin { paragraph: at as u32, page: None },
            ..Paragraph::default()
        })
    };
    let found = parse(&raw(vec![
        paragraph(0, "Điều 1. Nhiệm vụ"),
        numbered(1, "1.", "Họp định kỳ:"),
        numbered(2, "a)", "hằng tháng;"),
        numbered(3, "b)", "hằng quý;"),
        numbered(4, "\u{f0b7}", "đột xuất."),
        numbered(5, "2.", "Báo cáo."),
    ]));
    assert_eq!(paths(&found), ["main/A1", "main/A1.1", "main/A1.1.a", "main/A1.1.b", "main/A1.1.b-1", "main/A1.2"]);
    assert_eq!(unit(&found, "main/A1.1.a").text, "hằng tháng;");
}

#[test]
fn nothing_at_all_is_still_a_document() {
    let found = parse(&raw(Vec::new()));
    assert_eq!((found.layers.len(), found.units.len()), (1, 0));
}

mod properties {
    use proptest::prelude::*;

    use super::*;
    use crate::source::{Note, NoteKind};

    const STARTS: [&str; 32] = [
        "Điều 1. ",
        "Điều 2. ",
        "Điều 3: ",
        "Điều 4",
        "Chương I",
        "CHƯƠNG II. ",
        "Mục 1. ",
        "PHẦN THỨ NHẤT",
        "1. ",
        "2. ",
        "3.",
        "1.1. ",
        "a) ",
        "b) ",
        "đ) ",
        "i) ",
        "ii) ",
        "- ",
        "+ ",
        "“Điều 5. ",
        "“1. ",
        "I. ",
        "II. ",
        "A. ",
        "PHỤ LỤC I",
        "QUY CHẾ",
        "Nơi nhận:",
        "TM. ỦY BAN NHÂN DÂN",
        "Căn cứ ",
        "(Ban hành kèm theo ",
        "",
        "Mẫu số 01",
    ];
    const BODIES: [&str; 12] = [
        "",
        "Phạm vi điều chỉnh",
        "QUY ĐỊNH CHUNG",
        "Các sở phải báo cáo.",
        "như sau:",
        "nội dung khác;",
        "Quyết định số 1/2020/QĐ-UBND)",
        "gồm có ”",
        "Quyết định này có hiệu lực. Điều 2. Thi hành",
        "x\ny\nĐiều 3. z",
        "như sau: “Điều 7. Mới",
        "30/4/2020",
    ];

    fn block() -> impl Strategy<Value = Block> {
        let text =
            (0..STARTS.len(), 0..BODIES.len()).prop_map(|(start, body)| format!("{}{}", STARTS[start], BODIES[body]));
        let label =
            prop_oneof![4 => Just(None), 1 => Just(Some("1.".to_owned())), 1 => Just(Some("\u{f0b7}".to_owned()))];
        let paragraph =
            (text, label, any::<bool>(), any::<u8>(), any::<u32>()).prop_map(|(text, label, noted, anchor, at)| {
                let notes = if noted {
                    vec![Note { anchor: usize::from(anchor), ..Note::new(NoteKind::Footnote, "chú thích") }]
                } else {
                    Vec::new()
                };
                Block::Paragraph(Paragraph {
                    label,
                    text,
                    notes,
                    origin: Origin { paragraph: at, page: None },
                    ..Paragraph::default()
                })
            });
        let leaf = paragraph.boxed();
        let cell = proptest::collection::vec(leaf.clone(), 0..3).prop_map(|blocks| Cell { blocks, ..Cell::default() });
        let inner = proptest::collection::vec(cell.clone(), 1..3).prop_map(|cells| {
            let table = Table { rows: vec![Row { cells }] };
            Cell { blocks: vec![Block::Table(table)], ..Cell::default() }
        });
        let cell = prop_oneof![5 => cell, 1 => inner];
        let row = proptest::collection::vec(cell, 1..4).prop_map(|cells| Row { cells });
        let table = proptest::collection::vec(row, 1..4).prop_map(|rows| Block::Table(Table { rows }));
        prop_oneof![8 => leaf, 1 => table]
    }

    proptest! {
        #[test]
        fn every_word_stands_in_exactly_one_place(blocks in proptest::collection::vec(block(), 0..40)) {
            let raw = raw(blocks);
            prop_assert_eq!(words_of(&parse(&raw)), words_of_raw(&raw));
        }

        #[test]
        fn the_tree_is_in_reading_order_with_unique_paths(blocks in proptest::collection::vec(block(), 0..40)) {
            let found = parse(&raw(blocks));
            let mut seen = std::collections::HashSet::new();
            for (at, unit) in found.units.iter().enumerate() {
                prop_assert!(seen.insert(unit.path.clone()), "{} twice", unit.path);
                prop_assert!(unit.path.starts_with(&found.layers[unit.layer].id));
                if let Some(parent) = unit.parent {
                    prop_assert!(parent < at && found.units[parent].children.contains(&at));
                    // Everything between a parent and its child is inside the parent.
                    let inside = std::iter::successors(Some(at - 1), |&u| found.units[u].parent).any(|u| u == parent);
                    prop_assert!(inside, "{} is outside {}", unit.path, found.units[parent].path);
                }
            }
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,200}") {
            let raw = plain(&text);
            prop_assert_eq!(words_of(&parse(&raw)), words_of_raw(&raw));
        }
    }
}

/// Paths of the quoted units of a text that amends.
fn quoted_paths(commands: &str) -> Vec<String> {
    let text = format!(
        "QUYẾT ĐỊNH:\nĐiều 1. Sửa đổi, bổ sung một số điều của Quy chế\n{commands}\nĐiều 2. Hiệu lực thi hành\nMột."
    );
    let found = parse(&plain(&text));
    assert!(found.units.iter().any(|unit| unit.path == "main/A2" && !unit.quoted), "{:?}", paths(&found));
    found.units.iter().filter(|unit| unit.quoted).map(|unit| unit.path.clone()).collect()
}

#[test]
fn quotations_with_forgotten_or_early_marks_hold_together() {
    for (commands, expected) in [
        // The opening mark was forgotten.
        (
            "1. Điều 5 được sửa đổi như sau:\nĐiều 5. Thu\n1. Một.\n2. Hai.”\n2. Bãi bỏ Điều 7.",
            "main/A1.1.q1.A5 main/A1.1.q1.A5.1 main/A1.1.q1.A5.2",
        ),
        ("1. Sửa đổi khoản 2 Điều 5 như sau:\n2. Hai.\"\n2. Bãi bỏ Điều 7.", "main/A1.1.q1.2"),
        // A closing mark stands after each article, the opening one only before the first.
        (
            "1. Sửa đổi Điều 5 và Điều 6 như sau:\n“Điều 5. Thu\nMột.”.\nĐiều 6. Chi\nHai.”.\n2. Bãi bỏ Điều 7.",
            "main/A1.1.q1.A5 main/A1.1.q1.A6",
        ),
        // A quotation inside the quotation closes at the end of a clause.
        (
            "1. Sửa đổi Điều 5 như sau:\n“Điều 5. Thu\n8. Ghi là: “đã thu.”\n9. Chín.”\n2. Bãi bỏ Điều 7.",
            "main/A1.1.q1.A5 main/A1.1.q1.A5.8 main/A1.1.q1.A5.9",
        ),
        // Points that skip letters are points of one list.
        (
            "1. Sửa đổi điểm e, điểm i khoản 2 Điều 5 như sau:\n“e) Sáu;\ni) Chín;”.\n2. Bãi bỏ Điều 7.",
            "main/A1.1.q1.e main/A1.1.q1.i",
        ),
        // No new text: parts of the command, and a list that is none.
        (
            "1. Sửa đổi Điều 5 như sau:\na) Bãi bỏ khoản 2;\nb) Thay cụm từ “thôn” bằng “khu phố”.\n2. Bãi bỏ Điều 7.",
            "",
        ),
        ("1. Hồ sơ gồm có:\na) Đơn;\nb) Bản ghi “đã thu”\n2. Bãi bỏ Điều 7.", ""),
    ] {
        assert_eq!(quoted_paths(commands).join(" "), expected, "{commands}");
    }
}
