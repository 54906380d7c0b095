//! Tracked changes, with Word's own markup.

use super::*;
use crate::source::ChangeKind::{self, *};

#[test]
fn tracked_changes_are_read_as_accepted() {
    let raw = body(&p(&format!(
        "{}<w:ins w:id=\"1\">{}</w:ins><w:del w:id=\"2\"><w:r><w:delText>cũ</w:delText></w:r></w:del>\
         <w:moveFrom w:id=\"3\">{}</w:moveFrom><w:moveTo w:id=\"4\">{}</w:moveTo>",
        r("Thôn "),
        r("mới "),
        r("chỗ cũ"),
        r("chỗ mới")
    )));
    assert_eq!(texts(&raw), ["Thôn mới chỗ mới"]);
    assert_eq!(codes(&raw), ["tracked-changes-present"]);
    assert!(raw.warnings[0].message.contains("1 chỗ thêm, 1 chỗ xóa, 1 chỗ chuyển"), "{}", raw.warnings[0].message);
}

#[test]
fn deleted_paragraph_marks_and_rows_vanish() {
    let deleted = "<w:pPr><w:rPr><w:del w:id=\"9\"/></w:rPr></w:pPr>";
    let gone = p(&format!("{deleted}<w:del w:id=\"1\"><w:r><w:delText>xóa</w:delText></w:r></w:del>"));
    let joined = p(&format!("{deleted}{}", r("Nhân dân "))) + &p(&r("bàn"));
    let row = format!("<w:tbl><w:tr><w:trPr><w:del w:id=\"5\"/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>", p(&r("bỏ")));
    let raw = body(&(gone + &joined + &row + &p(&r("Hết"))));
    assert_eq!(texts(&raw), ["Nhân dân bàn", "Hết"]);
    let origins: Vec<u32> = raw.paragraphs().iter().map(|paragraph| paragraph.origin.paragraph).collect();
    assert_eq!(origins, [1, 4], "every w:p of the part is counted");
}

const LAN: &str = "w:id=\"1\" w:author=\"Trần Thị Lan\" w:date=\"2025-03-04T08:00:00Z\"";
const HUNG: &str = "w:id=\"2\" w:author=\"Lê Văn Hùng\" w:date=\"2025-03-06T09:30:00Z\"";

fn ins(by: &str, inside: &str) -> String {
    format!("<w:ins {by}>{inside}</w:ins>")
}

fn del(by: &str, text: &str) -> String {
    format!("<w:del {by}><w:r><w:delText xml:space=\"preserve\">{text}</w:delText></w:r></w:del>")
}

/// Kind, first letters of the author, words.
fn noted(raw: &RawDocument) -> Vec<(ChangeKind, &str, &str)> {
    raw.changes
        .iter()
        .map(|change| {
            let author = change.author.as_deref().and_then(|name| name.split(' ').next_back()).unwrap_or("");
            (change.kind, author, change.text.as_str())
        })
        .collect()
}

#[test]
fn neighbouring_pieces_of_one_author_are_one_change() {
    let raw = body(&p(&format!(
        "{}{}{}{}{}{}{}",
        r("Thôn "),
        ins(LAN, &r("họp ")),
        ins(LAN, &r("mỗi năm ")),
        del(LAN, "hai"),
        ins(HUNG, &r("ba")),
        r(" lần"),
        ins(HUNG, &r("."))
    )));
    assert_eq!(texts(&raw), ["Thôn họp mỗi năm ba lần."]);
    assert_eq!(
        noted(&raw),
        [(Inserted, "Lan", "họp mỗi năm "), (Deleted, "Lan", "hai"), (Inserted, "Hùng", "ba"), (Inserted, "Hùng", ".")]
    );
    assert_eq!(raw.changes[0].date.as_deref(), Some("2025-03-04T08:00:00Z"));
    let message = &raw.warnings[0].message;
    for words in ["3 chỗ thêm, 1 chỗ xóa", "Lê Văn Hùng, Trần Thị Lan", "từ ngày 04/03/2025 đến ngày 06/03/2025"]
    {
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn inserted_and_deleted_paragraphs_are_one_change_each() {
    let mark = |what: &str, by: &str| format!("<w:pPr><w:rPr><w:{what} {by}/></w:rPr></w:pPr>");
    let raw = body(
        &(p(&(mark("ins", LAN) + &ins(LAN, &r("1. Thôn trưởng."))))
            + &p(&(mark("ins", LAN) + &ins(LAN, &r("2. Phó thôn."))))
            + &p(&(mark("del", HUNG) + &del(HUNG, "3. Bỏ.")))
            + &p(&(mark("del", HUNG) + &del(HUNG, "4. Bỏ nốt.")))
            + &p(&r("Hết"))),
    );
    assert_eq!(texts(&raw), ["1. Thôn trưởng.", "2. Phó thôn.", "Hết"]);
    assert_eq!(
        noted(&raw),
        [(Inserted, "Lan", "1. Thôn trưởng.\n2. Phó thôn."), (Deleted, "Hùng", "3. Bỏ.\n4. Bỏ nốt.")]
    );
}

#[test]
fn moves_are_read_at_their_new_place() {
    let range = |side: &str| {
        (format!("<w:{side}RangeStart w:id=\"5\" w:name=\"move1\" {LAN}/>"), format!("<w:{side}RangeEnd w:id=\"5\"/>"))
    };
    let (from, from_end) = range("moveFrom");
    let (to, to_end) = range("moveTo");
    let gone = format!(
        "{from}<w:p><w:pPr><w:rPr><w:moveFrom {LAN}/></w:rPr></w:pPr><w:moveFrom {LAN}>{}</w:moveFrom></w:p>{from_end}",
        r("Điểm chuyển đi.")
    );
    let come = format!(
        "{to}<w:p><w:pPr><w:rPr><w:moveTo {LAN}/></w:rPr></w:pPr><w:moveTo {LAN}>{}</w:moveTo>{}</w:p>{to_end}",
        r("Điểm chuyển "),
        format_args!("<w:moveTo {LAN}>{}{}</w:moveTo>", ins(HUNG, &r("đến")), del(HUNG, "đi"))
    );
    let raw = body(&(gone + &p(&r("Giữa.")) + &come));
    assert_eq!(texts(&raw), ["Giữa.", "Điểm chuyển đến"]);
    assert_eq!(
        noted(&raw),
        [
            (MovedFrom, "Lan", "Điểm chuyển đi."),
            (MovedTo, "Lan", "Điểm chuyển "),
            (Inserted, "Hùng", "đến"),
            (Deleted, "Hùng", "đi")
        ]
    );
}

#[test]
fn an_insertion_another_deleted_is_deleted() {
    let code = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:delInstrText> REF a </w:delInstrText></w:r>";
    let raw = body(&p(&format!(
        "{}{}<w:del {HUNG}>{code}<w:r><w:t>chữ</w:t></w:r></w:del><w:r><w:delText>lạc</w:delText></w:r>",
        r("Thôn"),
        ins(LAN, &del(HUNG, "tạm"))
    )));
    assert_eq!(texts(&raw), ["Thôn"]);
    assert_eq!(noted(&raw), [(Deleted, "Hùng", "tạmchữ"), (Deleted, "", "lạc")]);
}

#[test]
fn rows_and_cells_are_inserted_and_deleted() {
    let cell = |props: &str, text: &str| format!("<w:tc><w:tcPr>{props}</w:tcPr>{}</w:tc>", p(&r(text)));
    let raw = body(&format!(
        "<w:tbl><w:tr><w:trPr><w:ins {LAN}/></w:trPr>{}{}</w:tr><w:tr><w:trPr><w:del {HUNG}/></w:trPr>{}{}</w:tr>\
         <w:tr>{}{}{}</w:tr></w:tbl>",
        cell("", "mới"),
        cell("", "thêm"),
        cell("", "bỏ"),
        cell("", "hẳn"),
        cell("", "giữ"),
        cell(&format!("<w:cellDel {HUNG}/>"), "xóa"),
        cell(&format!("<w:cellIns {LAN}/>"), "chèn"),
    ));
    assert_eq!(texts(&raw), ["mới", "thêm", "giữ", "chèn"]);
    assert_eq!(
        noted(&raw),
        [
            (Inserted, "Lan", "mới"),
            (Inserted, "Lan", "thêm"),
            (Deleted, "Hùng", "bỏ\nhẳn"),
            (Deleted, "Hùng", "xóa"),
            (Inserted, "Lan", "chèn")
        ]
    );
}

#[test]
fn changes_of_looks_are_counted_and_the_new_look_is_read() {
    let raw = body(&p(&format!(
        "<w:pPr><w:jc w:val=\"center\"/><w:pPrChange {LAN}><w:pPr><w:jc w:val=\"left\"/></w:pPr></w:pPrChange></w:pPr>\
         <w:r><w:rPr><w:b/><w:rPrChange {LAN}><w:rPr><w:b w:val=\"0\"/><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>Điều 1</w:t></w:r>"
    )));
    assert!(first(&raw).look.bold && first(&raw).look.centered);
    assert_eq!(texts(&raw), ["Điều 1"]);
    assert!(raw.warnings[0].message.contains("2 chỗ đổi định dạng"), "{}", raw.warnings[0].message);
}

#[test]
fn long_changes_are_cut_and_deleted_paragraphs_are_not_numbered() {
    let raw = body(&p(&ins(LAN, &r(&"ấ".repeat(500)))));
    assert_eq!(raw.changes[0].text.chars().count(), 201);
    let numbering = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
        <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let item = |mark: &str, inside: &str| {
        p(&format!("<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr><w:rPr>{mark}</w:rPr></w:pPr>{inside}"))
    };
    let deleted = format!("<w:del {LAN}/>");
    let raw = Package::new(&(item("", &r("Một")) + &item(&deleted, &del(LAN, "Bỏ")) + &item("", &r("Hai"))))
        .with("numbering", "numbering", numbering)
        .read();
    assert_eq!(texts(&raw), ["1. Một", "2. Hai"]);
}
