//! Tables and nesting.

use super::*;
use crate::source::Block;

#[test]
fn tables_keep_their_shape() {
    let cell = |props: &str, text: &str| format!("<w:tc><w:tcPr>{props}</w:tcPr>{}</w:tc>", p(&r(text)));
    let nested = format!("<w:tc><w:tbl><w:tr>{}</w:tr></w:tbl>{}</w:tc>", cell("", "trong"), p(""));
    let raw = body(&format!(
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{}{}</w:tr><w:tr>{}{nested}</w:tr></w:tbl>",
        cell("<w:vMerge w:val=\"restart\"/>", "gộp"),
        cell("<w:gridSpan w:val=\"2\"/>", "rộng"),
        cell("<w:vMerge/>", "ẩn")
    ));
    let [Block::Table(table)] = raw.blocks.as_slice() else { panic!("one table") };
    assert_eq!(table.rows.iter().map(|row| row.cells.len()).collect::<Vec<_>>(), [2, 1]);
    assert!(matches!(table.rows[1].cells[0].blocks.as_slice(), [Block::Table(_), Block::Paragraph(_)]));
    assert_eq!(texts(&raw), ["gộp", "rộng", "trong", ""]);
    assert_eq!(codes(&raw), ["hidden-text-present"], "words covered by a merge are told");
}

#[test]
fn deep_nesting_is_read_flat() {
    let tables = 5_000;
    let deep = "<w:tbl><w:tr><w:tc>".repeat(tables) + &p(&r("đáy")) + &"</w:tc></w:tr></w:tbl>".repeat(tables);
    assert_eq!(texts(&body(&deep)), ["đáy"]);
    let boxes = "<w:p><w:r><w:pict><w:txbxContent>".repeat(tables)
        + &p(&r("đáy"))
        + &"</w:txbxContent></w:pict></w:r></w:p>".repeat(tables);
    let raw = body(&boxes);
    assert!(raw.paragraphs()[0].notes[0].text.contains("đáy"));
    let fields = "<w:p>".to_owned()
        + &"<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".repeat(tables)
        + "</w:p>"
        + &p(&r("sau"));
    assert_eq!(texts(&body(&fields)), ["", "sau"]);
}

#[test]
fn what_runs_on_ends_before_a_table_and_with_its_cell() {
    let deleted = "<w:pPr><w:rPr><w:del w:id=\"9\"/></w:rPr></w:pPr>";
    let raw = body(
        &(p(&format!("{deleted}{}", r("Trước bảng")))
            + &format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p(&format!("{deleted}{}", r("Trong ô"))))
            + &p(&r("Sau"))),
    );
    assert_eq!(texts(&raw), ["Trước bảng", "Trong ô", "Sau"]);
    assert!(matches!(raw.blocks.as_slice(), [Block::Paragraph(_), Block::Table(_), Block::Paragraph(_)]));
}

#[test]
fn cells_merged_sideways_the_old_way_are_one() {
    let cell = |props: &str, text: &str| format!("<w:tc><w:tcPr>{props}</w:tcPr>{}</w:tc>", p(&r(text)));
    let raw = body(&format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        cell("<w:hMerge w:val=\"restart\"/>", "Điều 1"),
        cell("<w:hMerge/>", "")
    ));
    assert_eq!(texts(&raw), ["Điều 1"]);
    assert!(codes(&raw).is_empty());
}
