//! Word packages that try to exhaust the reader, to send it in circles, or to make it look elsewhere.

use super::package::{CENTRAL, LINK, LOCAL, WORD, document, docx, lie, links, overlap, paragraph, zip};
use super::runs::Made;

/// Depth of nesting.
const DEEP: usize = 5_000;

/// All of them.
pub fn all() -> Vec<Made> {
    let files = [bombs(), nests(), markup(), encodings(), parts(), numbers(), amplifiers(), names()];
    files.into_iter().flatten().map(|(name, bytes)| (format!("{name}.docx"), bytes)).collect()
}

type Named = (&'static str, Vec<u8>);

fn plain() -> String {
    document(&paragraph("Điều 1. Phạm vi điều chỉnh"))
}

fn of(body: &str) -> Vec<u8> {
    docx(document(body).as_bytes(), &[])
}

fn bombs() -> Vec<Named> {
    let blanks = vec![b' '; 64 << 20];
    let spaced = |name: &str| docx(plain().as_bytes(), &[(name, &blanks)]);
    let small = docx(plain().as_bytes(), &[]);
    let mut lying = small.clone();
    for (signature, offset) in [(LOCAL, 22), (CENTRAL, 24)] {
        lie(&mut lying, signature, offset, u32::MAX - 1);
    }
    let mut tiny = docx(document(&" ".repeat(40 << 20)).as_bytes(), &[]);
    for (signature, offset) in [(LOCAL, 22), (CENTRAL, 24)] {
        lie(&mut tiny, signature, offset, 10);
    }
    let mut packed = small.clone();
    lie(&mut packed, CENTRAL, 20, u32::MAX - 1);
    let mut elsewhere = small.clone();
    lie(&mut elsewhere, CENTRAL, 42, 0x7FFF_FFFF);
    let entries: Vec<String> = (0..25_000).map(|number| format!("word/{number}.xml")).collect();
    let mut many: Vec<(&str, &[u8])> = entries.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    let main = plain();
    many.push(("word/document.xml", main.as_bytes()));
    let nested = (0..6).fold(small.clone(), |inner, _| docx(&inner, &[]));
    vec![
        ("bomb-main", of(&" ".repeat(64 << 20))),
        ("bomb-styles", spaced("styles")),
        ("bomb-numbering", spaced("numbering")),
        ("bomb-footnotes", spaced("footnotes")),
        ("bomb-header", spaced("header")),
        ("bomb-paragraphs", of(&"<w:p/>".repeat(3_000_000))),
        ("size-lies-high", lying),
        ("size-lies-low", tiny),
        ("packed-size-lies", packed),
        ("offset-lies", elsewhere),
        ("many-entries", zip(&many)),
        ("overlapping-entries", overlap(&docx(document(&" ".repeat(10 << 20)).as_bytes(), &[]), 1_000)),
        ("zip-in-zip", nested),
    ]
}

fn nests() -> Vec<Named> {
    let nest = |open: &str, close: &str| {
        of(&format!("{}{}{}", open.repeat(DEEP), paragraph("Điều 1. Sâu"), close.repeat(DEEP)))
    };
    let unclosed =
        |open: &str| docx(document("").replace("</w:body></w:document>", &open.repeat(DEEP)).as_bytes(), &[]);
    let in_run = |open: &str, close: &str| {
        of(&format!("<w:p><w:r>{}<w:t>Sâu</w:t>{}</w:r></w:p>", open.repeat(DEEP), close.repeat(DEEP)))
    };
    let boxed = "<w:pict><w:txbxContent><w:p><w:r>";
    vec![
        ("deep-tables", nest("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")),
        ("deep-controls", nest("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>")),
        ("deep-unknown", nest("<x:y>", "</x:y>")),
        ("deep-paragraphs", nest("<w:p>", "</w:p>")),
        ("deep-insertions", nest("<w:ins w:author=\"A\">", "</w:ins>")),
        ("deep-deletions", nest("<w:del>", "</w:del>")),
        ("deep-moves", nest("<w:moveFrom>", "</w:moveFrom>")),
        ("deep-alternatives", nest("<mc:AlternateContent><mc:Choice>", "</mc:Choice></mc:AlternateContent>")),
        (
            "deep-boxes",
            of(&format!(
                "<w:p><w:r>{}<w:t>Sâu</w:t>{}</w:r></w:p>",
                boxed.repeat(DEEP),
                "</w:r></w:p></w:txbxContent></w:pict>".repeat(DEEP)
            )),
        ),
        ("deep-runs", in_run("<w:r>", "</w:r>")),
        (
            "deep-properties",
            of(&format!("<w:p>{}{}</w:p>", "<w:pPr><w:rPr>".repeat(DEEP), "</w:rPr></w:pPr>".repeat(DEEP))),
        ),
        (
            "deep-fields",
            of(&format!(
                "<w:p>{}<w:r><w:t>Sâu</w:t></w:r></w:p>",
                r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r>"#.repeat(DEEP)
            )),
        ),
        ("unclosed-tables", unclosed("<w:tbl><w:tr><w:tc>")),
        ("unclosed-paragraphs", unclosed("<w:p>")),
        ("only-ends", of(&"</w:p>".repeat(DEEP))),
        ("crossed", of(&"<w:p><w:r></w:p></w:r>".repeat(DEEP))),
    ]
}

fn markup() -> Vec<Named> {
    let with = |before: &str, text: &str| docx(format!("{before}{}", document(&paragraph(text))).as_bytes(), &[]);
    let laughs: String =
        (1..10).map(|level| format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10))).collect();
    let attribute = "x".repeat(4 << 20);
    let attributes: String = (0..100_000).map(|number| format!(" w:a{number}=\"1\"")).collect();
    let long_name = "n".repeat(2 << 20);
    vec![
        ("billion-laughs", with(&format!("<!DOCTYPE w [<!ENTITY a0 \"cười\">{laughs}]>"), "&a9;")),
        ("outside-entity", with("<!DOCTYPE w [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "Điều 1 &e;")),
        ("outside-grammar", with("<!DOCTYPE w SYSTEM \"http://127.0.0.1:9/x.dtd\">", "Điều 1")),
        ("parameter-entity", with("<!DOCTYPE w [<!ENTITY % p SYSTEM \"file:///etc/passwd\">%p;]>", "Điều 1")),
        ("endless-grammar", with("<!DOCTYPE w [<!ENTITY e \"", "Điều 1")),
        ("unknown-entities", of(&paragraph(&"&khong;".repeat(50_000)))),
        ("character-references", of(&paragraph(&"&#0;&#xFFFFFFFF;&#xD800;&#-1;&#;&#x;".repeat(5_000)))),
        ("huge-attribute", of(&format!("<w:p w:rsid=\"{attribute}\"><w:r><w:t>Điều 1</w:t></w:r></w:p>"))),
        ("many-attributes", of(&format!("<w:p{attributes}><w:r><w:t>Điều 1</w:t></w:r></w:p>"))),
        ("huge-name", of(&format!("<w:{long_name}>{}</w:{long_name}>", paragraph("Điều 1")))),
        ("huge-comment", of(&format!("<!-- {} -->{}", "- ".repeat(1 << 20), paragraph("Điều 1")))),
        ("open-comment", of("<!-- ")),
        ("open-data", of("<w:p><w:r><w:t><![CDATA[")),
        ("huge-word", of(&paragraph(&"ệ".repeat(1 << 20)))),
        ("one-paragraph", of(&paragraph(&"Bãi bỏ Quyết định số 17/2019/QĐ-UBND ngày 22/7/2019, ".repeat(8_000)))),
        ("signs-only", of(&format!("<w:p><w:r>{}</w:r></w:p>", "<w:br/><w:tab/><w:noBreakHyphen/>".repeat(50_000)))),
        ("amps", of(&paragraph(&"& &amp &lt; < ".repeat(1_000)))),
    ]
}

fn encodings() -> Vec<Named> {
    let text = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{}", plain());
    let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let unmarked: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let lone: Vec<u8> = little.iter().copied().chain([0x00, 0xD8, 0x41]).collect();
    let broken: Vec<u8> =
        plain().into_bytes().into_iter().flat_map(|byte| if byte == b'i' { vec![0xFF] } else { vec![byte] }).collect();
    let named = format!("<?xml version=\"1.0\" encoding=\"windows-1258\"?>{}", plain());
    let marked = [&b"\xEF\xBB\xBF"[..], plain().as_bytes()].concat();
    [
        ("utf-16-little", little),
        ("utf-16-big", big),
        ("utf-16-unmarked", unmarked),
        ("utf-16-lone", lone),
        ("utf-8-broken", broken),
        ("utf-8-marked", marked),
        ("encoding-lies", named.into_bytes()),
        ("zeros", vec![0; 100_000]),
    ]
    .map(|(name, main)| (name, docx(&main, &[])))
    .into()
}

fn parts() -> Vec<Named> {
    let main = plain();
    let whole: [(&str, &[u8]); 1] = [("word/document.xml", main.as_bytes())];
    let linked = |root: String, of_main: String| {
        zip(&[("_rels/.rels", root.as_bytes()), ("word/_rels/document.xml.rels", of_main.as_bytes()), whole[0]])
    };
    let usual = || links(&[("officeDocument", "word/document.xml")]);
    let outside = format!(
        r#"<Relationships><Relationship Id="r" Type="{LINK}/attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/><Relationship Id="s" Type="{LINK}/styles" Target="file:///etc/passwd"/></Relationships>"#
    );
    vec![
        ("no-main", zip(&[("[Content_Types].xml", b"wordprocessingml"), ("word/styles.xml", b"<w:styles/>")])),
        ("no-links", zip(&whole)),
        ("no-types", docx(main.as_bytes(), &[])),
        ("empty-main", docx(b"", &[])),
        ("root-links-itself", linked(links(&[("officeDocument", "_rels/.rels")]), String::new())),
        (
            "main-is-all",
            linked(
                usual(),
                links(
                    &["styles", "numbering", "footnotes", "endnotes", "header", "footer"]
                        .map(|kind| (kind, "document.xml")),
                ),
            ),
        ),
        (
            "links-climb",
            linked(
                usual(),
                links(&[("styles", "../../../../../../etc/passwd"), ("header", "/etc/passwd"), ("footer", "..")]),
            ),
        ),
        ("links-outside", linked(usual(), outside)),
        ("links-to-folders", linked(usual(), links(&[("styles", ""), ("numbering", "/"), ("header", ".")]))),
        ("many-links", linked(usual(), links(&vec![("header", "document.xml"); 3_000]))),
        ("main-twice", zip(&[whole[0], ("WORD/DOCUMENT.XML", b"<w:document/>")])),
        (
            "macros",
            zip(&[
                whole[0],
                ("word/vbaProject.bin", &[0xD0, 0xCF, 0x11, 0xE0]),
                ("word/embeddings/oleObject1.bin", b"MZ"),
            ]),
        ),
        (
            "broken-styles",
            docx(main.as_bytes(), &[("styles", b"<w:styles><w:style"), ("numbering", b"\0\0"), ("footnotes", b"<")]),
        ),
    ]
}

fn numbers() -> Vec<Named> {
    let numbered = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>Một</w:t></w:r></w:p>".repeat(200);
    let list = |format: &str, start: &str, text: &str| {
        let numbering = format!(
            r#"<w:numbering {WORD}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
        );
        docx(document(&numbered).as_bytes(), &[("numbering", numbering.as_bytes())])
    };
    let styled = |styles: String| {
        let body = r#"<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>Điều 1</w:t></w:r></w:p>"#;
        docx(document(body).as_bytes(), &[("styles", format!("<w:styles {WORD}>{styles}</w:styles>").as_bytes())])
    };
    let style = |id: usize, base: usize| {
        format!(r#"<w:style w:type="paragraph" w:styleId="s{id}"><w:basedOn w:val="s{base}"/></w:style>"#)
    };
    let wild = r#"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="4294967295"/><w:vMerge w:val="x"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl><w:p><w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="-5"/></w:numPr></w:pPr><w:r><w:sym w:font="Symbol" w:char="FFFFFFFF"/><w:t>Điều 1</w:t></w:r></w:p>"#;
    let linked = format!(
        r#"<w:numbering {WORD}><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="s"/></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:styleLink w:val="s"/><w:numStyleLink w:val="s"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
    );
    vec![
        ("letters-far", list("lowerLetter", "2147483640", "%1)")),
        ("roman-far", list("upperRoman", "2147483640", "%1.")),
        ("decimal-far", list("decimal", "9223372036854775807", "%1.")),
        ("decimal-below", list("decimal", "-2147483648", "%1.")),
        ("text-repeats", list("decimal", "1", &"%1".repeat(20_000))),
        ("text-strange", list("khongCo", "x", "%0%9%10%%%")),
        ("links-in-circles", docx(document(&numbered).as_bytes(), &[("numbering", linked.as_bytes())])),
        ("styles-in-circles", styled(style(0, 1) + &style(1, 2) + &style(2, 0))),
        ("style-on-itself", styled(style(0, 0))),
        ("styles-in-a-chain", styled((0..DEEP).map(|id| style(id, id + 1)).collect())),
        ("wild-values", of(wild)),
    ]
}

fn amplifiers() -> Vec<Named> {
    let note = format!(
        r#"<w:footnotes {WORD}><w:footnote w:id="1">{}</w:footnote></w:footnotes>"#,
        paragraph(&"chú thích dài ".repeat(10_000))
    );
    let references = "<w:p><w:r><w:footnoteReference w:id=\"1\"/></w:r></w:p>".repeat(5_000);
    let itself = format!(
        r#"<w:footnotes {WORD}><w:footnote w:id="1"><w:p><w:r><w:t>Vòng</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote></w:footnotes>"#
    );
    let once = "<w:p><w:r><w:footnoteReference w:id=\"1\"/><w:t>Điều 1</w:t></w:r></w:p>";
    let header = document(&paragraph(&"đầu trang ".repeat(10_000))).replace("w:document", "w:hdr");
    let of_main = links(&vec![("header", "header1.xml"); 3_000]);
    let main = plain();
    let heads = zip(&[
        ("_rels/.rels", links(&[("officeDocument", "word/document.xml")]).as_bytes()),
        ("word/_rels/document.xml.rels", of_main.as_bytes()),
        ("word/document.xml", main.as_bytes()),
        ("word/header1.xml", header.as_bytes()),
    ]);
    vec![
        ("note-referred-often", docx(document(&references).as_bytes(), &[("footnotes", note.as_bytes())])),
        ("note-refers-to-itself", docx(document(once).as_bytes(), &[("footnotes", itself.as_bytes())])),
        ("header-linked-often", heads),
    ]
}

fn names() -> Vec<Named> {
    let main = plain();
    let beside = |name: &str| zip(&[("word/document.xml", main.as_bytes()), (name, b"x")]);
    vec![
        ("name-climbs", beside("../../../../tmp/rasoat-thoat.xml")),
        ("name-absolute", beside("/tmp/rasoat-thoat.xml")),
        ("name-windows", beside("..\\..\\C:\\rasoat-thoat.xml")),
        ("name-control", beside("word/\u{1}\u{202e}.xml")),
        ("name-long", beside(&"n".repeat(60_000))),
    ]
}
