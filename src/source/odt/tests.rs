//! One small document for each quirk of real files.

use std::io::{Cursor, Write};

use super::read;
use crate::source::{ChangeKind, Encoding, NoteKind, Paragraph, RawDocument, UnreadCode};

/// A flat document with these automatic styles and this body.
fn flat(styles: &str, body: &str) -> RawDocument {
    let xml = format!(
        "<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.text\">\
         <office:automatic-styles>{styles}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document>"
    );
    read(xml.as_bytes()).expect("the document is sound")
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn visible(raw: &RawDocument) -> Vec<String> {
    raw.paragraphs().iter().map(|paragraph| paragraph.visible()).collect()
}

fn first(raw: &RawDocument) -> &Paragraph {
    raw.paragraphs().first().copied().expect("there is a paragraph")
}

fn codes(raw: &RawDocument) -> Vec<&str> {
    raw.warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn spaces_tabs_and_breaks_are_elements() {
    for (body, text) in [
        ("<text:p>Số:<text:s text:c=\"3\"/>15/QĐ-UBND</text:p>", "Số:   15/QĐ-UBND"),
        ("<text:p>A<text:tab/>B<text:line-break/>C</text:p>", "A\tB\nC"),
        ("<text:p>\n  Điều  1.\n <text:span>Phạm</text:span> vi </text:p>", "Điều 1. Phạm vi"),
        ("<text:h text:outline-level=\"1\">Chương I</text:h>", "Chương I"),
        ("<text:p>Luật <text:a>số 5</text:a> &amp; <text:title>tên</text:title></text:p>", "Luật số 5 & tên"),
        ("<text:p><draw:frame><svg:title>ảnh</svg:title><draw:image/></draw:frame>Hình</text:p>", "Hình"),
    ] {
        assert_eq!(visible(&flat("", body)), [text], "{body}");
    }
}

const LIST: &str = "<text:list-style style:name=\"L\">\
    <text:list-level-style-number text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\"/>\
    <text:list-level-style-number text:level=\"2\" style:num-format=\"a\" style:num-suffix=\")\"/></text:list-style>";

fn list(attributes: &str, items: &str) -> String {
    format!("<text:list {attributes}>{items}</text:list>")
}

fn item(inside: &str) -> String {
    format!("<text:list-item>{inside}</text:list-item>")
}

fn p(text: &str) -> String {
    format!("<text:p>{text}</text:p>")
}

#[test]
fn lists_count_restart_and_continue() {
    let named = "text:style-name=\"L\"";
    let letters = list("", &format!("{}{}", item(&p("Ba")), item(&p("Bốn"))));
    let body = [
        list(named, &format!("{}{}", item(&(p("Một") + &p("tiếp"))), item(&(p("Hai") + &letters)))),
        p("Giữa"),
        list(&format!("{named} text:continue-numbering=\"true\" xml:id=\"a\""), &item(&p("Năm"))),
        list(named, &item(&p("Sáu"))),
        list(&format!("{named} text:continue-list=\"a\""), &item(&p("Bảy"))),
        list(named, "<text:list-header><text:p>Đầu</text:p></text:list-header><text:list-item text:start-value=\"7\"><text:p>Tám</text:p></text:list-item><text:list-item><text:p>Chín</text:p></text:list-item>"),
        list(named, "<text:list-item><text:number>IV.</text:number><text:p>Mười</text:p></text:list-item>"),
    ]
    .concat();
    assert_eq!(
        visible(&flat(LIST, &body)),
        [
            "1. Một",
            "tiếp",
            "2. Hai",
            "a) Ba",
            "b) Bốn",
            "Giữa",
            "3. Năm",
            "1. Sáu",
            "4. Bảy",
            "Đầu",
            "7. Tám",
            "8. Chín",
            "IV. Mười"
        ]
    );
}

#[test]
fn headings_take_the_numbers_of_the_outline_and_styles_their_lists() {
    let styles = format!(
        "{LIST}<text:outline-style style:name=\"Outline\"><text:outline-level-style text:level=\"1\" style:num-format=\"1\" style:num-prefix=\"Điều \" style:num-suffix=\".\"/></text:outline-style>\
         <style:style style:name=\"K\" style:family=\"paragraph\" style:list-style-name=\"L\"/>"
    );
    let body = "<text:h text:outline-level=\"1\">Phạm vi</text:h><text:h text:outline-level=\"1\" text:is-list-header=\"true\">Chung</text:h><text:h text:outline-level=\"1\">Đối tượng</text:h>\
        <text:list><text:list-item><text:p text:style-name=\"K\">Hộ gia đình;</text:p></text:list-item></text:list>";
    assert_eq!(visible(&flat(&styles, body)), ["Điều 1. Phạm vi", "Chung", "Điều 2. Đối tượng", "1. Hộ gia đình;"]);
}

#[test]
fn tables_keep_their_columns() {
    let cell = |more: &str, text: &str| format!("<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>");
    let body = format!(
        "<table:table><table:table-header-rows><table:table-row>{}{}<table:covered-table-cell/>{}</table:table-row></table:table-header-rows>\
         <table:table-row><table:covered-table-cell><text:p>che</text:p></table:covered-table-cell>{}{}{}</table:table-row></table:table>",
        cell("table:number-rows-spanned=\"2\"", "TT"),
        cell("table:number-columns-spanned=\"2\"", "Văn bản"),
        cell("", "Xử lý"),
        cell("", "Số"),
        cell("", "Ngày"),
        cell("", "x"),
    );
    let raw = flat("", &body);
    assert_eq!(visible(&raw), ["TT", "Văn bản", "Xử lý", "Số", "Ngày", "x"]);
    let crate::source::Block::Table(table) = &raw.blocks[0] else { panic!("a table") };
    let columns: Vec<Vec<u32>> =
        table.rows.iter().map(|row| row.cells.iter().filter_map(|cell| cell.column).collect()).collect();
    assert_eq!(columns, [vec![0, 1, 3], vec![1, 2, 3]]);
}

#[test]
fn notes_boxes_and_comments_stand_apart() {
    let raw = flat(
        "",
        "<text:p>Luật<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>Đã sửa đổi.</text:p></text:note-body></text:note> này\
         <draw:frame text:anchor-type=\"char\"><draw:text-box><text:p>DỰ THẢO</text:p></draw:text-box></draw:frame>\
         <office:annotation><dc:creator>A</dc:creator><text:p>Xem lại</text:p></office:annotation></text:p>",
    );
    assert_eq!(visible(&raw), ["Luật này"]);
    let notes: Vec<_> = first(&raw).notes.iter().map(|note| (note.kind, note.anchor, note.text.as_str())).collect();
    assert_eq!(
        notes,
        [(NoteKind::Footnote, "Luật".len(), "Đã sửa đổi."), (NoteKind::TextBox, "Luật này".len(), "DỰ THẢO")]
    );
    assert_eq!(codes(&raw), ["comments-present"]);
}

#[test]
fn tracked_changes_are_kept_apart() {
    let region = |id: &str, inside: &str| {
        format!("<text:changed-region xml:id=\"{id}\" text:id=\"{id}\">{inside}</text:changed-region>")
    };
    let info = "<office:change-info><dc:creator>Nguyễn An</dc:creator><dc:date>2024-05-01T08:00:00</dc:date></office:change-info>";
    let body = format!(
        "<text:tracked-changes>{}{}</text:tracked-changes>\
         <text:p>Thôn <text:change text:change-id=\"c1\"/>họp <text:change-start text:change-id=\"c2\"/>hai<text:change-end text:change-id=\"c2\"/> lần.</text:p>",
        region("c1", &format!("<text:deletion>{info}<text:p>không</text:p></text:deletion>")),
        region("c2", &format!("<text:insertion>{info}</text:insertion>")),
    );
    let raw = flat("", &body);
    assert_eq!(visible(&raw), ["Thôn họp hai lần."]);
    let told: Vec<_> =
        raw.changes.iter().map(|c| (c.kind, c.author.as_deref(), c.date.as_deref(), c.text.as_str())).collect();
    let (author, date) = (Some("Nguyễn An"), Some("2024-05-01T08:00:00"));
    assert_eq!(told, [(ChangeKind::Deleted, author, date, "không"), (ChangeKind::Inserted, author, date, "hai")]);
    assert_eq!(codes(&raw), ["tracked-changes-present"]);
}

#[test]
fn styles_tell_looks_letters_and_what_is_hidden() {
    let styles = "<style:font-face style:name=\"F\" svg:font-family=\"'.VnTime'\"/>\
        <style:style style:name=\"P\" style:family=\"paragraph\"><style:paragraph-properties fo:text-align=\"center\"/><style:text-properties style:font-name=\"F\" fo:font-weight=\"bold\"/></style:style>\
        <style:style style:name=\"H\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>\
        <style:style style:name=\"S\" style:family=\"section\"><style:section-properties text:display=\"none\"/></style:style>";
    let raw = flat(
        styles,
        "<text:p text:style-name=\"P\">QuyÕt ®Þnh cña Uû ban</text:p><text:p>Một<text:span text:style-name=\"H\"> hai</text:span></text:p>\
         <text:section text:style-name=\"S\"><text:p>ba</text:p></text:section>",
    );
    assert_eq!(visible(&raw), ["Quyết định của Uỷ ban", "Một", ""]);
    assert!(first(&raw).look.bold && first(&raw).look.centered);
    assert_eq!(raw.encoding, Encoding::Tcvn3);
    assert_eq!(codes(&raw), ["hidden-text-present", "legacy-encoding-converted"]);
}

#[test]
fn pages_are_counted_where_they_are_known() {
    let body =
        "<text:p>Một</text:p><text:soft-page-break/><text:p>Hai</text:p><text:p text:style-name=\"B\">Ba</text:p>";
    let styles = "<style:style style:name=\"B\" style:family=\"paragraph\"><style:paragraph-properties fo:break-before=\"page\"/></style:style>";
    let pages =
        |xml: &str| read(xml.as_bytes()).unwrap().paragraphs().iter().map(|p| p.origin.page).collect::<Vec<_>>();
    let xml = |flag: &str| {
        format!(
            "<office:document><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text {flag}>{body}</office:text></office:body></office:document>"
        )
    };
    assert_eq!(pages(&xml("text:use-soft-page-breaks=\"true\"")), [Some(1), Some(2), Some(3)]);
    assert_eq!(pages(&xml("")), [None, None, None]);
}

#[test]
fn packages_are_opened_and_faults_told() {
    let content = "<office:document-content><office:body><office:text><text:p>Điều 1.</text:p></office:text></office:body></office:document-content>";
    let styles = "<office:document-styles><office:master-styles><style:master-page><style:header><text:p>CÔNG BÁO <text:page-number>3</text:page-number></text:p></style:header></style:master-page></office:master-styles></office:document-styles>";
    let raw = read(&zipped(&[("content.xml", content), ("styles.xml", styles)])).unwrap();
    assert_eq!(visible(&raw), ["Điều 1."]);
    assert_eq!((raw.running[0].kind, raw.running[0].text.as_str()), (NoteKind::Header, "CÔNG BÁO"));
    assert_eq!((raw.part.as_str(), first(&raw).origin.paragraph), ("content.xml", 0));
    let code = |bytes: &[u8]| read(bytes).map(|_| ()).unwrap_err().code;
    let locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    assert_eq!(code(&zipped(&[("META-INF/manifest.xml", locked), ("content.xml", "x")])), UnreadCode::Encrypted);
    assert_eq!(code(&zipped(&[("x", "")])), UnreadCode::Damaged);
    assert_eq!(code(&zipped(&[("content.xml", &content.replace("Điều 1.", ""))])), UnreadCode::Empty);
    let bomb = content.replace("Điều", &" ".repeat(64 << 20));
    assert_eq!(code(&zipped(&[("content.xml", &bomb)])), UnreadCode::TooLarge);
    let cut = read(&zipped(&[("content.xml", &content[..content.len() - 30])])).unwrap();
    assert_eq!((visible(&cut), codes(&cut)), (vec!["Điều 1.".to_owned()], vec!["damaged-part"]));
    let deep = format!("<office:body>{}<text:p>Hết</text:p>", "<text:list><text:list-item>".repeat(20_000));
    assert_eq!(visible(&read(deep.as_bytes()).unwrap()), ["Hết"]);
}
