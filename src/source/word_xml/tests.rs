//! One small document for each thing that is written otherwise than in a package.

use super::read;
use crate::source::{ChangeKind, NoteKind, RawDocument, Reader, UnreadCode};

fn word2003(inside: &str) -> RawDocument {
    let xml = format!(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>\
         <w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\" xmlns:wx=\"http://schemas.microsoft.com/office/word/2003/auxHint\" xmlns:aml=\"http://schemas.microsoft.com/aml/2001/core\">{inside}</w:wordDocument>"
    );
    read(xml.as_bytes()).expect("the document is sound")
}

fn visible(raw: &RawDocument) -> Vec<String> {
    raw.paragraphs().iter().map(|paragraph| paragraph.visible()).collect()
}

#[test]
fn bodies_lists_and_styles_of_word_2003_are_read() {
    let raw = word2003(
        "<w:lists><w:listDef w:listDefId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:nfc w:val=\"4\"/><w:lvlText w:val=\"%1)\"/></w:lvl></w:listDef>\
         <w:list w:ilfo=\"1\"><w:ilst w:val=\"0\"/></w:list></w:lists>\
         <w:styles><w:style w:type=\"paragraph\" w:styleId=\"D\"><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:rFonts w:ascii=\".VnTime\" w:h-ansi=\".VnTime\"/><w:b/></w:rPr></w:style></w:styles>\
         <w:body><wx:sect><wx:sub-section><w:p><w:pPr><w:pStyle w:val=\"D\"/></w:pPr><w:r><w:t>QuyÕt ®Þnh &amp; thi hµnh</w:t></w:r></w:p>\
         <w:p><w:pPr><w:listPr><w:ilvl w:val=\"0\"/><w:ilfo w:val=\"1\"/><wx:t wx:val=\"a)\"/></w:listPr></w:pPr><w:r><w:t>Công khai;</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>Ô</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl></wx:sub-section>\
         <w:sectPr><w:hdr w:type=\"odd\"><w:p><w:r><w:t>CÔNG BÁO</w:t></w:r></w:p></w:hdr></w:sectPr></wx:sect></w:body>",
    );
    assert_eq!(raw.reader, Reader::WordXml);
    assert_eq!(visible(&raw), ["Quyết định & thi hành", "a) Công khai;", "Ô"]);
    assert!(raw.paragraphs()[0].look.bold && raw.paragraphs()[0].look.centered);
    assert_eq!(raw.running.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["CÔNG BÁO"]);
}

#[test]
fn notes_and_changes_of_word_2003_are_read() {
    let raw = word2003(
        "<w:body><w:p><w:r><w:t>Luật</w:t></w:r><w:r><w:footnote><w:p><w:r><w:t>Đã sửa đổi.</w:t></w:r></w:p></w:footnote></w:r>\
         <aml:annotation aml:id=\"0\" w:type=\"Word.Deletion\" aml:author=\"An\" aml:createdate=\"2024-05-01T08:00:00Z\"><aml:content><w:r><w:delText> cũ</w:delText></w:r></aml:content></aml:annotation>\
         <aml:annotation aml:id=\"1\" w:type=\"Word.Insertion\" aml:author=\"An\"><aml:content><w:r><w:t> mới</w:t></w:r></aml:content></aml:annotation>\
         <aml:annotation aml:id=\"2\" w:type=\"Word.Bookmark.Start\" w:name=\"x\"/>\
         <w:r><aml:annotation aml:id=\"3\" w:type=\"Word.Comment\"><aml:content><w:p><w:r><w:t>Xem lại</w:t></w:r></w:p></aml:content></aml:annotation></w:r></w:p></w:body>",
    );
    assert_eq!(visible(&raw), ["Luật mới"]);
    let note = &raw.paragraphs()[0].notes[0];
    assert_eq!((note.kind, note.anchor, note.text.as_str()), (NoteKind::Footnote, "Luật".len(), "Đã sửa đổi."));
    let codes: Vec<_> = raw.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["tracked-changes-present", "comments-present"]);
    assert!(raw.changes.iter().all(|change| matches!(change.kind, ChangeKind::Deleted | ChangeKind::Inserted)));
}

const FLAT: &str = "<?xml version=\"1.0\"?><pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">\
    <pkg:part pkg:name=\"/_rels/.rels\"><pkg:xmlData><Relationships><Relationship Type=\"x/officeDocument\" Target=\"word/document.xml\"/></Relationships></pkg:xmlData></pkg:part>\
    <pkg:part pkg:name=\"/word/media/a.png\"><pkg:binaryData>AAAA</pkg:binaryData></pkg:part>\
    <pkg:part pkg:name=\"/word/document.xml\"><pkg:xmlData><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>Điều 1.</w:t></w:r></w:p><w:p><w:r><w:t>Điều 2.</w:t></w:r></w:p></w:body></w:document></pkg:xmlData></pkg:part></pkg:package>";

#[test]
fn flat_packages_are_read() {
    let raw = read(FLAT.as_bytes()).expect("it is sound");
    assert_eq!(visible(&raw), ["Điều 1.", "Điều 2."]);
    assert!(raw.warnings.is_empty());
}

#[test]
fn what_is_cut_off_is_read_and_told() {
    let cut = read(&FLAT.as_bytes()[..FLAT.find("Điều 2").unwrap_or(0)]).expect("the beginning is read");
    assert_eq!(visible(&cut)[0], "Điều 1.");
    let codes: Vec<_> = cut.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["damaged-part"]);
    let old = read(b"<w:wordDocument><w:body><w:p><w:r><w:t>Quy</w:t></w:r></w:p>").expect("the beginning is read");
    assert_eq!((visible(&old)[0].as_str(), old.warnings[0].code), ("Quy", "damaged-part"));
    assert_eq!(read(b"<w:wordDocument/>").map(|_| ()).unwrap_err().code, UnreadCode::Empty);
}
