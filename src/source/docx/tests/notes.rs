//! What stands outside the flow: notes, boxes, drawings, running heads.

use super::*;
use crate::source::{NoteKind, NoteSource};

#[test]
fn notes_stand_at_their_reference() {
    let raw = Package::new(&p(&(r("Đe\u{302}\u{300}") + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>" + &r(" nghị"))))
        .with(
            "footnotes",
            "footnotes",
            &format!(
                "<w:footnote w:type=\"separator\" w:id=\"-1\">{}</w:footnote><w:footnote w:id=\"2\">{}{}</w:footnote>",
                p(&r("---")),
                p(&("<w:r><w:footnoteRef/></w:r>".to_owned() + &r(" Điểm này được sửa"))),
                p(&r("theo Luật"))
            ),
        )
        .read();
    let paragraph = first(&raw);
    assert_eq!(paragraph.text, "Đề nghị");
    let note = &paragraph.notes[0];
    assert_eq!((note.kind, note.text.as_str()), (NoteKind::Footnote, "Điểm này được sửa\ntheo Luật"));
    assert_eq!(&paragraph.text[..note.anchor], "Đề");
}

#[test]
fn text_boxes_are_read_once_and_apart() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", p(&r("DỰ THẢO")));
    let both = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    );
    let fallback = format!(
        "<w:r><mc:AlternateContent><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    );
    let old = format!("<w:r><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>");
    for (boxed, paragraphs) in [(both, 3), (fallback, 2), (old, 2)] {
        let raw = body(&(p(&(r("Số: ") + &boxed + &r("/QĐ-UBND"))) + &p(&r("Sau"))));
        let paragraph = first(&raw);
        assert_eq!(paragraph.text, "Số: /QĐ-UBND");
        assert_eq!(paragraph.notes.len(), 1);
        assert_eq!((paragraph.notes[0].kind, paragraph.notes[0].text.as_str()), (NoteKind::TextBox, "DỰ THẢO"));
        assert_eq!(raw.paragraphs()[1].origin.paragraph, paragraphs);
    }
}

#[test]
fn running_heads_are_read_once_without_page_numbers() {
    let page = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>\
                <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let head = p(&(r("Công báo ") + page));
    let raw = Package::new(&p(&r("Điều 1")))
        .with("header", "hdr", &head)
        .with("header", "hdr", &head)
        .with("footer", "ftr", &p(&format!("- <w:fldSimple w:instr=\" PAGE \">{}</w:fldSimple> -", r("3"))))
        .read();
    let running: Vec<_> = raw.running.iter().map(|note| (note.kind, note.text.as_str())).collect();
    assert_eq!(running, [(NoteKind::Header, "Công báo")]);
    assert_eq!(first(&raw).origin.paragraph, 0, "running heads do not count paragraphs of the body");
}

#[test]
fn notes_know_where_they_are_kept_and_are_attached_once() {
    let reference = "<w:r><w:footnoteReference w:id=\"3\"/></w:r>";
    let boxed = format!("<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>", p(&r("DỰ THẢO")));
    let cell = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p(&(r("ô") + reference)));
    let raw = Package::new(&(p(&(r("Số") + &boxed)) + &cell + &p(&(r("lại") + reference))))
        .with("footnotes", "footnotes", &format!("<w:footnote w:id=\"3\">{}</w:footnote>", p(&r("sửa đổi"))))
        .read();
    let sources: Vec<_> =
        raw.paragraphs().iter().flat_map(|paragraph| &paragraph.notes).map(|note| &note.source).collect();
    let source = |part: &str, id: &str| Some(NoteSource { part: part.to_owned(), id: id.to_owned() });
    assert_eq!(sources, [&source("word/document.xml", "1"), &source("word/footnotes2.xml", "3")]);
}

#[test]
fn grouped_shapes_and_boxes_in_heads_are_read() {
    let content = |text: &str| format!("<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>", p(&r(text)));
    let group = format!("<w:r><w:drawing><wps:wgp>{}{}</wps:wgp></w:drawing></w:r>", content("Sở"), content("Xã"));
    let raw = Package::new(&p(&(r("Sơ đồ") + &group))).with("header", "hdr", &p(&group)).read();
    let notes: Vec<_> = first(&raw).notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["Sở", "Xã"]);
    assert_eq!(raw.running[0].text, "Sở\nXã");
}

#[test]
fn words_of_drawings_are_notes_and_what_is_not_read_is_told() {
    let drawing = |inside: &str| format!("<w:r><w:drawing>{inside}</w:drawing></w:r>");
    let chart = "<c:chart><c:title><a:p><a:r><a:t>Tỷ lệ hộ</a:t></a:r></a:p></c:title><c:cat><c:strCache><c:pt><c:v>Xã A</c:v></c:pt>\
        <c:pt><c:v>Xã B</c:v></c:pt></c:strCache></c:cat><c:val><c:numCache><c:pt><c:v>12</c:v></c:pt></c:numCache></c:val></c:chart>";
    let diagram = "<dgm:pt><dgm:t><a:p><a:r><a:t>Bước 1</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>Bước </a:t></a:r>\
        <a:r><a:t>2</a:t></a:r></a:p></dgm:t></dgm:pt>";
    let read = |inside: &str| {
        Package::new(&p(&(r("Hình") + inside)))
            .raw("chart", "c.xml", &format!("<c:chartSpace>{chart}</c:chartSpace>"))
            .raw("diagramData", "d.xml", &format!("<dgm:dataModel>{diagram}</dgm:dataModel>"))
            .read()
    };
    for (inside, text) in [
        (drawing("<c:chart r:id=\"c.xml\"/>"), "Tỷ lệ hộ\nXã A\nXã B"),
        (drawing("<dgm:relIds r:dm=\"d.xml\" r:lo=\"x\"/>"), "Bước 1\nBước 2"),
        (drawing("<a:p><a:r><a:t>Khung</a:t></a:r></a:p><a:p><a:r><a:t>vẽ</a:t></a:r></a:p>"), "Khung\nvẽ"),
        ("<w:r><w:pict><v:shape><v:textpath string=\"DỰ THẢO\"/></v:shape></w:pict></w:r>".to_owned(), "DỰ THẢO"),
    ] {
        let raw = read(&inside);
        let notes: Vec<_> = first(&raw).notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!((notes, codes(&raw)), (vec![text], vec![]), "{inside}");
    }
    for (inside, code) in [
        (drawing("<cx:chart r:id=\"lạ\"/>"), "drawing-text-not-read"),
        ("<w:r><w:object><o:OLEObject ProgID=\"Equation.3\"/></w:object></w:r>".to_owned(), "formula-not-read"),
        (
            "<w:r><w:object><o:OLEObject ProgID=\"Excel.Sheet.12\"/></w:object></w:r>".to_owned(),
            "embedded-document-not-read",
        ),
        (drawing("<wp:extent cx=\"5400000\" cy=\"7200000\"/><a:blip r:embed=\"a\"/>"), "picture-not-read"),
        (
            "<w:r><w:pict><v:shape style=\"width:451pt;height:20cm\"><v:imagedata/></v:shape></w:pict></w:r>"
                .to_owned(),
            "picture-not-read",
        ),
    ] {
        assert_eq!(codes(&read(&inside)), [code], "{inside}");
    }
    let seal = drawing("<wp:extent cx=\"720000\" cy=\"720000\"/><a:blip r:embed=\"a\"/>");
    assert!(codes(&read(&seal)).is_empty(), "a seal is no page");
}

#[test]
fn documents_embedded_as_objects_are_read_where_they_are_shown() {
    let inner = Package::new(&(p(&r("Mẫu số 01")) + &p(&r("Kính gửi: UBND xã")))).bytes();
    let object = |id: &str| {
        format!("<w:r><w:object><v:shape/><o:OLEObject ProgID=\"Word.Document.12\" r:id=\"{id}\"/></w:object></w:r>")
    };
    let main = part("document", &format!("<w:body>{}</w:body>", p(&(r("Phụ lục") + &object("n1") + &object("n2")))));
    let named = |id: &str, name: &str| {
        relationship("package", name).replace(&format!("Id=\"{name}\""), &format!("Id=\"{id}\""))
    };
    let rels = relationships(&(named("n1", "embeddings/a.docx") + &named("n2", "embeddings/b.xlsx")));
    let bytes = zipped_bytes(&[
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", rels.as_bytes()),
        ("word/embeddings/a.docx", &inner),
        ("word/embeddings/b.xlsx", b"PK\x05\x06"),
    ]);
    let raw = read(&bytes).unwrap();
    let notes: Vec<_> = first(&raw).notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["Mẫu số 01\nKính gửi: UBND xã"]);
    assert_eq!(codes(&raw), ["embedded-document-not-read", "embedded-document-read"]);
}

#[test]
fn comments_are_counted_with_their_answers() {
    let comment = |id: u32| format!("<w:comment w:id=\"{id}\" w:author=\"A\">{}</w:comment>", p(&r("xem lại")));
    let raw = Package::new(&p(&(r("Điều 1") + "<w:r><w:commentReference w:id=\"0\"/></w:r>")))
        .with("comments", "comments", &(comment(0) + &comment(1)))
        .raw("commentsExtended", "ce.xml", "<w15:commentsEx/>")
        .read();
    assert_eq!(texts(&raw), ["Điều 1"]);
    assert!(raw.warnings[0].message.starts_with("Văn bản có 2 chú thích bên lề"), "{}", raw.warnings[0].message);
}
