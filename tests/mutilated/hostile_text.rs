//! Plain texts, RTF, web pages, OpenDocument texts and PDF made to exhaust whoever reads them.

use super::package::zip;
use super::runs::Made;

/// Bytes of a text that repeats one thing: what takes the square of its length takes minutes.
const LONG: usize = 40_000;
/// Depth of nesting.
const DEEP: usize = 5_000;

/// All of them.
pub fn all() -> Vec<Made> {
    let mut files = Vec::new();
    for (at, words) in REPEATED.iter().enumerate() {
        files.push((format!("lap-{at:02}.txt"), words.repeat(LONG / words.len()).into_bytes()));
    }
    files.push(("du-thua.txt".to_owned(), "\n".repeat(510_000).into_bytes()));
    files.extend(rich_texts());
    files.extend(pages());
    files.extend(open_texts());
    files.extend(prints());
    files
}

/// Words that begin something in a legal document, without line breaks and with.
const REPEATED: [&str; 26] = [
    "1234567890",
    ".",
    "(",
    "“",
    "Điều 1 khoản 1 điểm a ",
    "Điều 1. Phạm vi\n",
    "“Điều 1. Sửa\n",
    "a) Một\n",
    "a) b) c) d) đ) e) ",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; ",
    "17/2019/QĐ-UBND ",
    "Bãi bỏ Quyết định số 17/2019/QĐ-UBND ngày 22 tháng 7 năm 2019 của Ủy ban nhân dân tỉnh Nghệ An, ",
    "Phần thứ nhất\nChương I\nMục 1\nĐiều 1. Một\n1. Hai\na) Ba\n- Bốn\n",
    "PHỤ LỤC I\n",
    "QUYẾT ĐỊNH:\n",
    "ỦY BAN NHÂN DÂN ",
    "Nơi nhận:\n- Như trên;\n",
    "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n",
    "IVXLCDM",
    "hai phần ba số cử tri đại diện hộ gia đình tán thành trên 50% ",
    "từ Điều 1 đến Điều 999 ",
    "khoản 1 đến khoản 99999999 Điều 1; ",
    "điểm a, b, c, d, đ và e khoản 1, 2, 3 và 4 Điều 1, 2, 3, ",
    "ngày 99 tháng 99 năm 9999 ",
    "e\u{302}\u{301}",
    "sau 999999999999999999999 ngày kể từ ngày ký ",
];

fn named<const N: usize>(extension: &str, files: [(&str, Vec<u8>); N]) -> Vec<Made> {
    files.into_iter().map(|(name, bytes)| (format!("{name}.{extension}"), bytes)).collect()
}

fn rich_texts() -> Vec<Made> {
    let of = |rest: &str| format!("{{\\rtf1\\ansi\\ansicpg1258 Điều 1 {rest}").into_bytes();
    named(
        "rtf",
        [
            ("sound", of("\\par M\\u7897?t}")),
            ("deep", of(&"{".repeat(200_000))),
            ("closed-often", of(&"}".repeat(50_000))),
            ("bin-far", of("\\bin2147483647 x}")),
            ("bin-negative", of("\\bin-1 x}")),
            ("numbers-wild", of(&"\\u-99999999999\\fs99999999999999999999\\uc2147483647\\u7897 ".repeat(500))),
            ("skip-far", of("\\uc2000000000 \\u7897 một hai}")),
            ("long-word", of(&format!("\\{}", "a".repeat(1 << 20)))),
            ("fonts-open", of(&"{\\fonttbl{\\f0 .VnTime".repeat(DEEP))),
            ("pictures", of(&format!("{{\\pict {}}}", "ff".repeat(1 << 20)))),
            ("tables-deep", of(&"\\trowd\\cellx1\\itap9999\\intbl một\\nestcell\\nestrow ".repeat(DEEP))),
            (
                "lists-in-circles",
                of(
                    "{\\*\\listtable{\\list\\listid1{\\listlevel\\levelstartat2147483647\\levelnfc4{\\leveltext\\'ff\\'00;}}}}{\\*\\listoverridetable{\\listoverride\\listid1\\ls1}}\\ls1 Một\\par}",
                ),
            ),
            ("fields", of(&"{\\field{\\*\\fldinst INCLUDETEXT \"/etc/passwd\"}{\\fldrslt ".repeat(DEEP))),
        ],
    )
}

fn pages() -> Vec<Made> {
    let of = |body: &str| format!("<html><head><meta charset=utf-8></head><body>Điều 1 {body}").into_bytes();
    let multipart = |body: &str| {
        format!("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"b\"\n\n{body}").into_bytes()
    };
    let mut files = named(
        "html",
        [
            ("deep-blocks", of(&"<div>".repeat(200_000))),
            ("deep-tables", of(&"<table><tr><td>".repeat(DEEP))),
            ("deep-lists", of(&"<ol><li>".repeat(DEEP))),
            ("spans-far", of("<table><tr><td rowspan=4294967295 colspan=4294967295>a</td></tr></table>")),
            ("open-tag", of(&format!("<p {}", "a=b ".repeat(200_000)))),
            ("open-comment", of(&"<!-- ".repeat(50_000))),
            ("open-script", of(&"<script>".repeat(50_000))),
            ("entities", of(&"&#99999999999;&khong;&#x;&amp".repeat(20_000))),
            (
                "outside",
                of("<script src=http://127.0.0.1:9/x></script><img src=file:///etc/passwd><iframe src=/dev/zero>"),
            ),
            ("start-far", of("<ol start=2147483647 type=i><li>một<li>hai</ol>")),
        ],
    );
    files.extend(named(
        "doc",
        [
            ("parts-deep", multipart(&"--b\nContent-Type: multipart/related; boundary=\"b\"\n\n".repeat(DEEP))),
            ("parts-many", multipart(&"--b\nContent-Type: text/html\n\n<p>Điều 1".repeat(20_000))),
            ("quoted", multipart(&format!("--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>{}", "=".repeat(300_000)))),
            ("xml-deep", format!("<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"><w:body>{}", "<w:tbl><w:tr><w:tc>".repeat(DEEP)).into_bytes()),
        ],
    ));
    files
}

fn open_texts() -> Vec<Made> {
    let of = |body: &str| {
        let content = format!(
            r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text><text:p>Điều 1</text:p>{body}</office:text></office:body></office:document-content>"#
        );
        zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
    };
    let table = r#"<table:table><table:table-row table:number-rows-repeated="4294967295"><table:table-cell table:number-columns-repeated="4294967295"><text:p>a</text:p></table:table-cell></table:table-row></table:table>"#;
    named(
        "odt",
        [
            ("spaces-far", of(r#"<text:p>a<text:s text:c="4294967295"/>b</text:p>"#)),
            ("table-repeated", of(table)),
            (
                "deep-lists",
                of(&format!(
                    "{}{}",
                    "<text:list><text:list-item>".repeat(DEEP),
                    "</text:list-item></text:list>".repeat(DEEP)
                )),
            ),
            ("deep-tables", of(&"<table:table><table:table-row><table:table-cell>".repeat(DEEP))),
            ("deep-spans", of(&format!("<text:p>{}", "<text:span>".repeat(50_000)))),
            ("bomb", of(&" ".repeat(64 << 20))),
            (
                "numbers-far",
                of(
                    r#"<text:list><text:list-item text:start-value="18446744073709551615"><text:p>a</text:p></text:list-item></text:list>"#,
                ),
            ),
            ("no-content", zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")])),
        ],
    )
}

fn prints() -> Vec<Made> {
    let of = |body: &str| format!("%PDF-1.7\n{body}\ntrailer<</Root 1 0 R/Size 9>>\nstartxref\n0\n%%EOF").into_bytes();
    let tree = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n";
    let page = |content: &str| {
        of(&format!(
            "{tree}2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 600 800]>>endobj\n4 0 obj<</Length {}>>stream\n{content}\nendstream endobj",
            content.len()
        ))
    };
    named(
        "pdf",
        [
            ("pages-in-circles", of(&format!("{tree}2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj"))),
            ("catalog-is-pages", of("1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj")),
            ("reference-to-itself", of("1 0 obj 1 0 R endobj")),
            ("count-far", of(&format!("{tree}2 0 obj<</Type/Pages/Kids[]/Count 2147483647>>endobj"))),
            ("deep-arrays", of(&format!("1 0 obj {}", "[".repeat(200_000)))),
            ("deep-dictionaries", of(&format!("1 0 obj {}", "<</A".repeat(200_000)))),
            ("length-far", of(&format!("{tree}4 0 obj<</Length 99999999999>>stream\nx endstream endobj"))),
            ("length-in-circles", of("4 0 obj<</Length 4 0 R>>stream\nx endstream endobj")),
            (
                "previous-in-circles",
                b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Prev 9/Root 1 0 R>>\nstartxref\n9\n%%EOF"
                    .to_vec(),
            ),
            ("table-far", b"%PDF-1.4\nxref\n0 4294967295\ntrailer<</Size 4294967295>>\nstartxref\n9\n%%EOF".to_vec()),
            (
                "filters",
                of(&format!(
                    "{tree}4 0 obj<</Length 1/Filter[{}]>>stream\nx\nendstream endobj",
                    "/FlateDecode".repeat(10_000)
                )),
            ),
            ("content-deep", page(&"q ".repeat(300_000))),
            ("content-numbers", page(&"1e999 -9999999999999999999 0 0 cm BT /F 1e9 Tf (x) Tj ET ".repeat(2_000))),
            ("forms-in-circles", page("/X Do")),
            ("strings-open", page(&"(".repeat(300_000))),
        ],
    )
}
