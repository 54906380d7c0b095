//! One small package for each quirk of real files.

use std::io::{Cursor, Write};

use super::read;
use crate::source::{Block, Encoding, NoteKind, Paragraph, RawDocument, UnreadCode};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package under construction.
struct Package {
    parts: Vec<(String, String)>,
    relationships: String,
}

impl Package {
    fn new(body: &str) -> Self {
        let mut package = Package { parts: Vec::new(), relationships: String::new() };
        package
            .parts
            .push(("_rels/.rels".to_owned(), relationships(&relationship("officeDocument", "word/document.xml"))));
        package.parts.push(("word/document.xml".to_owned(), part("document", &format!("<w:body>{body}</w:body>"))));
        package
    }

    fn with(mut self, kind: &str, root: &str, inside: &str) -> Self {
        let name = format!("{kind}{}.xml", self.parts.len());
        self.relationships.push_str(&relationship(kind, &name));
        self.parts.push((format!("word/{name}"), part(root, inside)));
        self
    }

    fn bytes(mut self) -> Vec<u8> {
        self.parts.push(("word/_rels/document.xml.rels".to_owned(), relationships(&self.relationships)));
        zipped(&self.parts)
    }

    fn read(self) -> RawDocument {
        read(&self.bytes()).expect("the fixture is sound")
    }
}

fn part(root: &str, inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{root} xmlns:w=\"{MAIN}\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">{inside}</w:{root}>"
    )
}

fn relationship(kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"r\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/>")
}

fn relationships(inside: &str) -> String {
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
    )
}

fn zipped(parts: &[(String, String)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn p(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn body(body: &str) -> RawDocument {
    Package::new(body).read()
}

fn texts(raw: &RawDocument) -> Vec<String> {
    raw.paragraphs().iter().map(|paragraph| paragraph.visible()).collect()
}

fn first(raw: &RawDocument) -> &Paragraph {
    raw.paragraphs().first().copied().expect("a paragraph was read")
}

fn codes(raw: &RawDocument) -> Vec<&'static str> {
    raw.warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn runs_are_joined_and_signs_are_kept() {
    for (runs, text) in [
        (r("Điều ") + &r("1") + &r(". Phạm vi"), "Điều 1. Phạm vi"),
        (r("Số:") + "<w:r><w:tab/></w:r>" + &r("/QĐ"), "Số:\t/QĐ"),
        (r("UBND") + "<w:r><w:br/></w:r>" + &r("-----"), "UBND\n-----"),
        ("<w:r><w:br w:type=\"page\"/></w:r>".to_owned() + &r("Chương II"), "Chương II"),
        (r("QĐ") + "<w:r><w:noBreakHyphen/></w:r>" + &r("UBND"), "QĐ\u{2011}UBND"),
        (r("ng") + "<w:r><w:softHyphen/></w:r>" + &r("ười"), "người"),
        (r("ph\u{ad}ương \u{200b}án\u{feff}"), "phương án"),
        (r("quye\u{302}\u{301}t"), "quyết"),
        (r("A &amp; B &lt;5&#x20;%&gt; &#272;"), "A & B <5 %> Đ"),
        (r("<![CDATA[1 < 2]]>"), "1 < 2"),
        ("<w:r><w:sym w:font=\"Symbol\" w:char=\"F0B3\"/></w:r>".to_owned() + &r(" 50%"), "≥ 50%"),
        (
            "<w:r><w:rPr><w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/></w:rPr><w:t>\u{f0a8}</w:t></w:r>"
                .into(),
            "□",
        ),
        ("<m:oMath><m:r><m:t>x + y</m:t></m:r></m:oMath>".into(), "x + y"),
        (r("Điều\u{a0}5"), "Điều\u{a0}5"),
    ] {
        assert_eq!(texts(&body(&p(&runs))), [text]);
    }
}

#[test]
fn wrappers_are_transparent() {
    let inside = r("Nhân dân");
    for wrapped in [
        p(&format!("<w:hyperlink>{inside}</w:hyperlink>")),
        p(&format!("<w:smartTag><w:smartTagPr/>{inside}</w:smartTag>")),
        p(&format!("<w:customXml>{inside}</w:customXml>")),
        p(&format!(
            "<w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        )),
        format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", p(&inside)),
        p(&format!("<w:fldSimple w:instr=\"REF a\">{inside}</w:fldSimple>")),
        p(&format!("<w:bdo w:val=\"ltr\">{inside}</w:bdo>")),
        format!("<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc>{}</w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>", p(&inside)),
        format!("<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>", p(&inside)),
    ] {
        assert_eq!(texts(&body(&wrapped)), ["Nhân dân"], "{wrapped}");
    }
}

#[test]
fn field_results_are_read_and_codes_are_not() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = "<w:r><w:instrText> REF dieu5 </w:instrText></w:r>";
    let field = mark("begin") + code + &r("mã") + &mark("separate") + &r("Điều 5") + &mark("end");
    assert_eq!(texts(&body(&p(&(r("theo ") + &field + &r(".")))),), ["theo Điều 5."]);
    let unended = p(&(mark("begin") + code)) + &p(&r("Sau đó"));
    assert_eq!(texts(&body(&unended)), ["", "Sau đó"], "a broken field hides nothing after its paragraph");
}

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
    assert!(raw.warnings[0].message.contains("2 chỗ thêm, 2 chỗ xóa"), "{}", raw.warnings[0].message);
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
}

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
fn hidden_text_and_comments_are_counted_not_read() {
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>";
    let raw = body(&p(&(r("Hiện") + hidden + "<w:r><w:commentReference w:id=\"0\"/></w:r>")));
    assert_eq!(texts(&raw), ["Hiện"]);
    assert_eq!(codes(&raw), ["comments-present", "hidden-text-present"]);
}

#[test]
fn numbers_come_from_lists_and_from_styles() {
    let numbering = "<w:abstractNum w:abstractNumId=\"0\">\
        <w:lvl w:ilvl=\"0\"><w:start w:val=\"4\"/><w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Dieu\"/><w:lvlText w:val=\"Điều %1.\"/></w:lvl>\
        <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:pStyle w:val=\"Khoan\"/><w:lvlText w:val=\"%2.\"/></w:lvl>\
        <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%3)\"/></w:lvl></w:abstractNum>\
        <w:num w:numId=\"7\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Dieu\"><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Khoan\"><w:basedOn w:val=\"Dieu\"/></w:style>";
    let styled = |style: &str, more: &str, text: &str| {
        p(&format!("<w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>{}", r(text)))
    };
    let point = "<w:pPr><w:numPr><w:ilvl w:val=\"2\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr>";
    let off = "<w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    let raw = Package::new(
        &(styled("Dieu", "", "Phạm vi")
            + &styled("Khoan", "", "Một")
            + &p(&format!("{point}{}", r("Điểm")))
            + &p(&format!("{point}{}", r("Điểm")))
            + &styled("Khoan", "", "Hai")
            + &styled("Dieu", off, "Không số")
            + &styled("Dieu", "<w:jc w:val=\"center\"/>", "Đối tượng")),
    )
    .with("styles", "styles", styles)
    .with("numbering", "numbering", numbering)
    .read();
    assert_eq!(
        texts(&raw),
        ["Điều 4. Phạm vi", "1. Một", "a) Điểm", "b) Điểm", "2. Hai", "Không số", "Điều 5. Đối tượng"]
    );
    let paragraphs = raw.paragraphs();
    assert!(paragraphs[0].look.bold && !paragraphs[2].look.bold && paragraphs[6].look.centered);
}

#[test]
fn look_tells_whole_and_partial_bold() {
    let bold = |text: &str| format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    for (runs, all, start) in [
        (bold("Điều 1. ") + &r("Phạm vi"), false, true),
        (bold("Điều 1.") + &r("  ") + &bold("Phạm vi"), true, true),
        (r("  ") + &bold("Điều 1"), true, true),
        (r("Điều 1 ") + &bold("Phạm vi"), false, false),
    ] {
        let raw = body(&p(&runs));
        let look = first(&raw).look;
        assert_eq!((look.bold, look.bold_start), (all, start), "{runs}");
    }
}

#[test]
fn old_letters_are_decoded_through_the_style_font() {
    let styles = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"><w:rPr><w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/></w:rPr></w:style>";
    let capitals =
        "<w:r><w:rPr><w:rFonts w:ascii=\".VnTimeH\" w:hAnsi=\".VnTimeH\"/></w:rPr><w:t>quyÕt ®Þnh cña ubnd</w:t></w:r>";
    let raw = Package::new(
        &(p(capitals)
            + &p(&(r("§iÒu 1. Ng")
                + "<w:r><w:softHyphen/></w:r>"
                + &r("êi d©n ph")
                + "<w:r><w:softHyphen/></w:r>"
                + &r("¬ng ¸n")))
            + &p("<w:r><w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\"/></w:rPr><w:t>Ủy ban xã</w:t></w:r>")),
    )
    .with("styles", "styles", styles)
    .read();
    assert_eq!(texts(&raw), ["QUYẾT ĐỊNH CỦA UBND", "Điều 1. Người dân phương án", "Ủy ban xã"]);
    assert_eq!(raw.encoding, Encoding::Tcvn3);
    assert_eq!(codes(&raw), ["legacy-encoding-converted"]);
}

#[test]
fn vni_letters_are_decoded() {
    let font = "<w:rPr><w:rFonts w:ascii=\"VNI-Times\" w:hAnsi=\"VNI-Times\"/></w:rPr>";
    let raw = body(&p(&format!("<w:r>{font}<w:t>Ñieàu 1. Nhaân daân baøn, quyeát ñònh; thò xaõ</w:t></w:r>")));
    assert_eq!(texts(&raw), ["Điều 1. Nhân dân bàn, quyết định; thị xã"]);
    assert_eq!(raw.encoding, Encoding::Vni);
}

#[test]
fn the_name_of_a_file_does_not_choose_the_reader() {
    let package = Package::new(&p(&r("Điều 1"))).bytes();
    assert_eq!(texts(&crate::source::read("a.doc", &package).unwrap()), ["Điều 1"]);
    let plain = crate::source::read("a.docx", "Điều 1".as_bytes()).unwrap();
    assert_eq!(codes(&plain), ["kind-differs-from-name"]);
    assert_eq!(crate::source::read("a.docx", b"PK\x03\x04").unwrap_err().code, UnreadCode::Damaged);
    assert_eq!(crate::source::read("a.doc", b"{\\rtf1}").unwrap_err().code, UnreadCode::Empty);
}

#[test]
fn unicode_under_an_old_font_is_left_alone() {
    let font = "<w:rPr><w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/></w:rPr>";
    let raw = body(&p(&format!(
        "<w:r>{font}<w:t>Thôn, tổ dân phố; § 5 ®</w:t></w:r><w:r>{font}<w:t> và công an</w:t></w:r>"
    )));
    assert_eq!(texts(&raw), ["Thôn, tổ dân phố; § 5 ® và công an"]);
    assert_eq!(raw.encoding, Encoding::Unicode);
}

#[test]
fn strict_packages_and_other_prefixes_are_read() {
    let xml = "<x:document xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><x:body><x:p><x:r><x:t>Điều 1</x:t></x:r></x:p></x:body></x:document>";
    let root = "<Relationships><Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"/Word/vanban.xml\"/></Relationships>";
    let bytes = zipped(&[("_rels/.rels".into(), root.into()), ("word/vanban.xml".into(), xml.into())]);
    assert_eq!(texts(&read(&bytes).unwrap()), ["Điều 1"]);
}

#[test]
fn damage_is_told_and_what_came_before_is_kept() {
    let whole = part("document", &format!("<w:body>{}{}</w:body>", p(&r("Điều 1. Phạm vi")), p(&r("Điều 2."))));
    let cut = &whole[..whole.find("Điều 2").unwrap()];
    let raw = read(&zipped(&[("word/document.xml".into(), cut.into())])).unwrap();
    assert_eq!(texts(&raw), ["Điều 1. Phạm vi", ""]);
    assert_eq!(codes(&raw), ["damaged-part"]);

    let mut headless = zipped(&[("word/document.xml".into(), whole.clone()), ("word/theme.xml".into(), whole)]);
    headless.truncate(headless.len() - 120);
    let raw = read(&headless).unwrap();
    assert_eq!(texts(&raw), ["Điều 1. Phạm vi", "Điều 2."]);
    assert_eq!(codes(&raw), ["damaged-part"]);
}

#[test]
fn files_without_words_are_unread() {
    assert_eq!(read(&Package::new(&p("")).bytes()).unwrap_err().code, UnreadCode::Empty);
    let scan = read(&Package::new(&p("<w:r><w:drawing/></w:r>")).bytes()).unwrap_err();
    assert!(scan.message.contains("ảnh"));
    assert_eq!(read(b"PK\x03\x04 not a zip").unwrap_err().code, UnreadCode::Damaged);
    assert_eq!(read(&zipped(&[("a.xml".into(), "<a/>".into())])).unwrap_err().code, UnreadCode::Damaged);
}

#[test]
fn a_part_that_swells_is_too_large() {
    let huge = format!("<w:body>{}</w:body>", " ".repeat(64 << 20));
    assert_eq!(
        read(&zipped(&[("word/document.xml".into(), part("document", &huge))])).unwrap_err().code,
        UnreadCode::TooLarge
    );
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

/// Small deterministic generator: the fuzz loop must fail the same way every time.
fn next(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize
}

#[test]
fn broken_packages_never_panic() {
    let cell = format!("<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{}</w:tc></w:tr></w:tbl>", p(&r("ô")));
    let xml = part("document", &(p(&(r("Điều 1.") + "<w:ins>" + &r("mới") + "</w:ins>")) + &cell + &p(&r("§iÒu ®Êt"))));
    let mut seed = 7;
    for _ in 0..3_000 {
        let mut bytes = xml.clone().into_bytes();
        for _ in 0..1 + next(&mut seed) % 6 {
            let at = next(&mut seed) % bytes.len().max(1);
            if bytes.is_empty() {
                break;
            }
            match next(&mut seed) % 4 {
                0 => bytes[at] = (next(&mut seed) % 256) as u8,
                1 => drop(bytes.drain(at..(at + next(&mut seed) % 40).min(bytes.len()))),
                2 => bytes.truncate(at.max(1)),
                _ => {
                    let copy = bytes[at..(at + 60).min(bytes.len())].to_vec();
                    bytes.splice(at..at, copy);
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let _either_is_fine = read(&zipped(&[("word/document.xml".into(), text)]));
    }
    let package = Package::new(&p(&r("Điều 1. Phạm vi"))).with("header", "hdr", &p(&r("đầu"))).bytes();
    for _ in 0..3_000 {
        let mut bytes = package.clone();
        for _ in 0..1 + next(&mut seed) % 4 {
            let at = next(&mut seed) % bytes.len();
            bytes[at] = (next(&mut seed) % 256) as u8;
        }
        let _either_is_fine = crate::source::read("a.docx", &bytes);
    }
}
