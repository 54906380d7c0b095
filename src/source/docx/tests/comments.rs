//! Comments on the exact words, and nothing else of the file changed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::{Package, p, part, r, zipped_bytes};
use crate::source::docx::{Author, Comment, Place, Placed, Refusal, Trace, annotate, read};

const AUTHOR: Author = Author { name: "Rà Soát", initials: "RS", date: "2026-11-22T00:00:00Z" };

fn comment(place: Place) -> Comment {
    Comment { place, lines: vec!["Phát hiện: \tA & B < C".to_owned()] }
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            (entry.name().unwrap().to_string(), text)
        })
        .collect()
}

/// Puts a comment on `words` of the first paragraph that has them and gives how it went and what the range covers.
fn annotated(bytes: &[u8], words: &str) -> (Placed, String, BTreeMap<String, String>) {
    let trace = Trace::of(bytes).unwrap();
    let (paragraph, at) =
        (0..50).find_map(|index| Some((index, trace.text(index)?.find(words)?))).expect("the words are there");
    let place = Place::Words { from: (paragraph, at), to: (paragraph, at + words.len()) };
    let done = annotate(bytes, trace, &[comment(place)], &[], AUTHOR).unwrap();
    let parts = parts(&done.bytes);
    let xml = &parts["word/document.xml"];
    let start = xml.find("commentRangeStart").map_or(0, |at| at + xml[at..].find('>').unwrap() + 1);
    let end = xml.find("<w:commentRangeEnd").unwrap_or(0);
    let covered = plain(xml.get(start..end).unwrap_or(""));
    (done.placed[0], covered, parts)
}

/// Words of the text elements.
fn plain(xml: &str) -> String {
    xml.split("<w:t").skip(1).filter_map(|t| t.split_once('>')?.1.split_once("</w:t>")).map(|(text, _)| text).collect()
}

#[test]
fn the_range_covers_exactly_the_words() {
    for (body, words, covered) in [
        (p(&r("Mức đóng góp trên 50% số hộ")), "trên 50%", "trên 50%"),
        (p(&(r("Mức đóng góp tr") + &r("ên 5") + &r("0% số hộ"))), "trên 50%", "trên 50%"),
        (p(&(r("A &amp; ") + &r("B &lt; C"))), "& B <", "&amp; B &lt;"),
        (p(&r("Quye\u{302}\u{301}t đi\u{323}nh")), "định", "đi\u{323}nh"),
        (p("<w:r><w:t>một</w:t><w:tab/><w:t>hai ba</w:t></w:r>"), "hai", "hai"),
        (
            p(&format!("<w:hyperlink w:anchor=\"x\">{}</w:hyperlink>{}", r("Luật số 1"), r(" năm 2015"))),
            "số 1 năm",
            "số 1 năm",
        ),
        (
            p(&format!(
                "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
                r("ô chọn")
            )),
            "chọn",
            "chọn",
        ),
        (
            p(&format!(
                "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>{}",
                r("Điều 5"),
                r(" Quy chế")
            )),
            "5 Quy",
            "5 Quy",
        ),
        (
            p(&format!(
                "<w:ins w:id=\"4\" w:author=\"B\">{}</w:ins><w:del w:id=\"5\" w:author=\"B\"><w:r><w:delText>bỏ</w:delText></w:r></w:del>{}",
                r("thêm vào"),
                r(" sau")
            )),
            "vào sau",
            "vào sau",
        ),
        (
            format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p(&r("ô một")), p(&r("ô hai"))),
            "hai",
            "hai",
        ),
        (p(&(r("ẩn ") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>không thấy</w:t></w:r>" + &r("hiện rõ"))), "hiện", "hiện"),
    ] {
        let bytes = Package::new(&body).bytes();
        let (placed, found, parts) = annotated(&bytes, words);
        assert_eq!((placed, found.as_str()), (Placed::Exactly, covered), "{body}");
        let xml = &parts["word/document.xml"];
        // Nothing is lost: without the marks the words are those of before.
        assert_eq!(plain(xml), plain(&body), "{body}");
        assert!(parts["word/comments.xml"].contains("A &amp; B &lt; C"));
    }
}

#[test]
fn words_in_old_letters_are_found_through_the_decoding() {
    let run = |text: &str| format!("<w:r><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:t>{text}</w:t></w:r>");
    let body =
        p(&(run("§iÒu 1. Ban hµnh kÌm theo QuyÕt ®Þnh nµy Quy chÕ thùc hiÖn d©n ")
            + &run("chñ ë c¬ së, ng\u{ad}êi d©n")));
    let bytes = Package::new(&body).bytes();
    for (words, covered) in [("dân chủ", "d©n chñ"), ("người", "ng\u{ad}êi"), ("Điều 1", "§iÒu 1")] {
        let (placed, found, _) = annotated(&bytes, words);
        assert_eq!((placed, found.as_str()), (Placed::Exactly, covered));
    }
}

#[test]
fn every_other_part_is_as_it_was() {
    let bytes = Package::new(&p(&r("Mức đóng góp"))).with("styles", "styles", "<w:docDefaults/>").bytes();
    let (_, _, after) = annotated(&bytes, "đóng");
    let before = parts(&bytes);
    for (name, text) in &before {
        let may_change = ["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"];
        assert!(may_change.contains(&name.as_str()) || after[name] == *text, "{name}");
    }
    assert_eq!(after.len(), before.len() + 1);
    let rels = &after["word/_rels/document.xml.rels"];
    assert!(rels.contains("Target=\"comments.xml\"") && rels.contains("styles"), "{rels}");
    assert!(after["[Content_Types].xml"].contains("/word/comments.xml"));
    let mut again = read(
        &annotate(&bytes, Trace::of(&bytes).unwrap(), &[comment(Place::Paragraph(0))], &[], AUTHOR).unwrap().bytes,
    )
    .unwrap();
    assert_eq!(again.blocks.len(), 1);
    assert_eq!(again.warnings.pop().map(|warning| warning.code), Some("comments-present"));
}

#[test]
fn comments_of_others_are_kept() {
    let old = "<w:comment w:id=\"3\" w:author=\"Lan\"><w:p><w:r><w:t>ý kiến cũ</w:t></w:r></w:p></w:comment>";
    let body = p(&("<w:commentRangeStart w:id=\"3\"/>".to_owned()
        + &r("Mức đóng góp")
        + "<w:commentRangeEnd w:id=\"3\"/><w:r><w:commentReference w:id=\"3\"/></w:r>"));
    let bytes = Package::new(&body).with("comments", "comments", old).bytes();
    let (placed, _, after) = annotated(&bytes, "đóng");
    assert_eq!(placed, Placed::Exactly);
    let name = after.keys().find(|name| name.starts_with("word/comments")).unwrap();
    assert!(after[name].contains(old) && after[name].contains("w:id=\"4\""), "{}", after[name]);
    assert_eq!(after.len(), parts(&bytes).len());
}

#[test]
fn what_cannot_be_placed_is_told() {
    let bytes = Package::new(&p(&r("một"))).bytes();
    let places =
        [Place::Words { from: (9, 0), to: (9, 3) }, Place::Words { from: (0, 1), to: (0, 1) }, Place::Paragraph(0)];
    let comments = places.map(comment);
    let done = annotate(&bytes, Trace::of(&bytes).unwrap(), &comments, &[], AUTHOR).unwrap();
    assert_eq!(done.placed, [Placed::Nowhere, Placed::Paragraph, Placed::Paragraph]);
    assert_eq!(parts(&done.bytes)["word/comments.xml"].matches("<w:comment ").count(), 2);

    let cut = &bytes[..bytes.len() - 10];
    let refused = Trace::of(cut).map(|trace| annotate(cut, trace, &[], &[], AUTHOR).map(|_| ()));
    assert!(matches!(refused, Ok(Err(Refusal::Damaged)) | Err(_)));
    let wide: Vec<u8> = part("document", &format!("<w:body>{}</w:body>", p(&r("một"))))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let relationships = super::relationships(&super::relationship("officeDocument", "word/document.xml"));
    let bytes = zipped_bytes(&[("_rels/.rels", relationships.as_bytes()), ("word/document.xml", &wide)]);
    assert_eq!(annotate(&bytes, Trace::of(&bytes).unwrap(), &[], &[], AUTHOR).map(|_| ()), Err(Refusal::Encoding));
}

#[test]
fn a_byte_order_mark_moves_nothing() {
    let xml = format!("\u{feff}{}", part("document", &format!("<w:body>{}</w:body>", p(&r("Mức đóng góp")))));
    let relationships = super::relationships(&super::relationship("officeDocument", "word/document.xml"));
    let bytes = zipped_bytes(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", relationships.as_bytes()),
        ("word/document.xml", xml.as_bytes()),
    ]);
    let (placed, covered, parts) = annotated(&bytes, "đóng");
    assert_eq!((placed, covered.as_str()), (Placed::Exactly, "đóng"));
    assert_eq!(parts["[Content_Types].xml"].matches("<Override ").count(), 1);
}
