//! What stands around and after signatures, and slips of the pen in numbering. Texts are invented.

use super::tests::{paths, plain, raw, unit};
use super::*;
use crate::source::{Block, Cell, Paragraph, Row, Table};

/// A table of one row, one paragraph a line.
fn table(cells: &[&str]) -> Block {
    let paragraph = |text: &str| Block::Paragraph(Paragraph { text: text.to_owned(), ..Paragraph::default() });
    let cells =
        cells.iter().map(|cell| Cell { blocks: cell.lines().map(paragraph).collect(), ..Cell::default() }).collect();
    Block::Table(Table { rows: vec![Row { cells }] })
}

/// Blocks of plain lines.
fn body(text: &str) -> Vec<Block> {
    plain(text).blocks
}

fn layers(found: &Structure) -> Vec<(&str, &str)> {
    found.layers.iter().map(|layer| (layer.id.as_str(), layer.title.as_str())).collect()
}

const DECISION: &str = "QUYẾT ĐỊNH\nCông bố danh sách thôn\nCăn cứ Luật Bến đò ngày 01 tháng 02 năm 2003;\nQUYẾT ĐỊNH:\n\
    Điều 1. Ban hành kèm theo Quyết định này danh sách các thôn.\nĐiều 2. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này.";

#[test]
fn a_list_after_the_signature_is_an_appendix_without_the_word() {
    let text = format!(
        "{DECISION}\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTRẦN VĂN BẾN\nDANH SÁCH\nCÁC THÔN VEN SÔNG\n\
         (Kèm theo Quyết định số 5/QĐ-UBND ngày 01/02/2024)\n1. Thôn Bến Trên;\n2. Thôn Bến Dưới."
    );
    let found = parse(&plain(&text));
    assert_eq!(layers(&found)[1], ("app1", "DANH SÁCH CÁC THÔN VEN SÔNG"));
    assert_eq!(unit(&found, "main/K").text, "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTRẦN VĂN BẾN");
    assert_eq!(unit(&found, "app1/2").text, "Thôn Bến Dưới.");
}

#[test]
fn what_follows_the_table_of_the_signature_is_no_part_of_it() {
    for (after, layer) in [
        (
            "Kế hoạch sửa bến\n(Kèm theo Quyết định số 5/QĐ-UBND ngày 01/02/2024)\n1. Mục tiêu.",
            ("att1", "Kế hoạch sửa bến"),
        ),
        ("BẢN QUY ĐỊNH VỀ BẾN\n1. Bến phải có đèn.", ("att1", "BẢN QUY ĐỊNH VỀ BẾN")),
        (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nQUY CHUẨN\nVỀ BẾN ĐÒ\n1. Bến phải có đèn.",
            ("att1", "QUY CHUẨN VỀ BẾN ĐÒ"),
        ),
        ("Mẫu B02 ban hành theo Quyết định số 5/QĐ-UBND\nĐƠN XIN QUA BẾN\nKính gửi: ……", ("app1", "")),
    ] {
        let mut blocks = body(DECISION);
        blocks.push(table(&["Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.", "CHỦ TỊCH\nTrần Văn Bến"]));
        blocks.extend(body(after));
        let found = parse(&raw(blocks));
        let (id, title) = layers(&found).get(1).copied().unwrap_or_default();
        assert_eq!(id, layer.0, "{after}");
        assert!(title.starts_with(layer.1), "{title}");
        assert_eq!(unit(&found, "main/K").text, "CHỦ TỊCH\nTrần Văn Bến", "{after}");
    }
}

#[test]
fn a_specimen_of_a_signature_stays_in_its_article() {
    let text = "QUY ĐỊNH\nVề cách ký\nĐiều 1. Ký văn bản\n1. Quyền hạn của người ký:\na) Ký thay mặt thì ghi như sau:\n\
        TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nb) Ký thay thì ghi như sau:\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n2. Chữ ký bằng mực xanh.\n\
        Điều 2. Con dấu\nNơi nhận văn bản được ghi ở góc trái.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Bến";
    let found = parse(&plain(text));
    assert_eq!(paths(&found), ["main/A1", "main/A1.1", "main/A1.1.a", "main/A1.1.b", "main/A1.2", "main/A2", "main/K"]);
    assert_eq!(unit(&found, "main/K").text, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Bến");
}

#[test]
fn slips_of_the_pen_do_not_break_a_list() {
    let text = "QUYẾT ĐỊNH\nVề bến\nĐiều 1. Nhiệm vụ gồm:\n1, Trông bến.\n2 Sửa bến.\n3. Thu phí.\nĐiều thứ II. Tên bến\nBến có tên.\n\
        Chương III. Điều kiện mở bến\nĐiều 3. Đèn";
    let found = parse(&plain(text));
    for path in ["main/A1.1", "main/A1.2", "main/A1.3", "main/A2", "main/C3", "main/A3"] {
        unit(&found, path);
    }
    assert_eq!(unit(&found, "main/A1.1").label, "1,");
}

#[test]
fn effect_may_be_stated_without_this() {
    let found = parse(&plain(
        "QUYẾT ĐỊNH\nVề bến\nĐiều 1. Bến có đèn.\nĐiều 2. Quyết định có hiệu lực kể từ ngày ký.\nBãi bỏ quy định cũ.",
    ));
    let effect = unit(&found, "main/A2");
    assert_eq!(effect.role, crate::document::Role::Effect);
    assert_eq!(effect.heading, "");
}

mod printed {
    use proptest::prelude::*;

    use super::*;

    /// Prints the units of a parsed document, one line each, as an office would.
    fn print(found: &Structure) -> String {
        let mut text = found.head.clone();
        for unit in &found.units {
            let words = [&unit.label, &unit.heading].map(|part| part.trim()).join(" ");
            text.push('\n');
            text.push_str(words.trim());
            if !unit.text.is_empty() {
                text.push_str(if unit.heading.is_empty() { " " } else { "\n" });
                text.push_str(&unit.text);
            }
        }
        text
    }

    /// Points of a clause; dashes of each.
    type Points = Vec<usize>;

    /// A regulation in chapters of articles of clauses.
    fn regulation(chapters: &[Vec<Vec<Points>>]) -> String {
        let mut text = "QUY CHẾ\nQuản lý bến đò".to_owned();
        let mut number = 0;
        for (at, articles) in chapters.iter().enumerate() {
            text.push_str(&format!("\nChương {}\nQUẢN LÝ BẾN", ["I", "II", "III"][at]));
            for clauses in articles {
                number += 1;
                text.push_str(&format!("\nĐiều {number}. Trách nhiệm của chủ bến"));
                for (clause, points) in clauses.iter().enumerate() {
                    text.push_str(&format!("\n{}. Chủ bến phải làm các việc sau:", clause + 1));
                    for (&dashes, letter) in points.iter().zip("abcdđeghik".chars()) {
                        text.push_str(&format!("\n{letter}) Thắp đèn;"));
                        text.push_str(&"\n- Đủ sáng;".repeat(dashes));
                    }
                }
            }
        }
        text
    }

    proptest! {
        #[test]
        fn a_tree_printed_and_read_again_is_the_same(
            chapters in proptest::collection::vec(
                proptest::collection::vec(
                    proptest::collection::vec(proptest::collection::vec(0..3usize, 0..10), 0..5), 1..4), 1..4)
        ) {
            let first = parse(&plain(&regulation(&chapters)));
            let expected: usize = chapters.iter().flatten().map(Vec::len).sum();
            prop_assert_eq!(first.units.iter().filter(|unit| unit.kind == UnitKind::Clause).count(), expected);
            prop_assert!(first.warnings.is_empty(), "{:?}", first.warnings);
            let again = parse(&plain(&print(&first)));
            let tree = |found: &Structure| -> Vec<_> {
                found.units.iter().map(|u| (u.path.clone(), u.label.clone(), u.heading.clone(), u.text.clone(), u.role)).collect()
            };
            prop_assert_eq!(tree(&first), tree(&again));
        }
    }
}

#[test]
fn a_chief_inspector_signs_before_an_attached_regulation() {
    let text = format!(
        "{DECISION}\nCHÁNH THANH TRA\nTrần Văn Bến\nQUY CHẾ\nThực hiện dân chủ\n\
         (Ban hành kèm theo Quyết định số 5/QĐ-TTr ngày 01/02/2024 của Chánh Thanh tra tỉnh)\nĐiều 1. Chung\n1. Người đi đò bàn."
    );
    let found = parse(&plain(&text));
    assert_eq!(layers(&found)[1], ("att1", "QUY CHẾ Thực hiện dân chủ"));
    assert_eq!(unit(&found, "main/K").text, "CHÁNH THANH TRA\nTrần Văn Bến");
}
