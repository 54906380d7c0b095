//! One small page for each quirk of real files.

use super::{read, read_packed};
use crate::source::{Block, ChangeKind, Encoding, NoteKind, Paragraph, RawDocument, UnreadCode};

fn page(body: &str) -> RawDocument {
    read(format!("<html><head><meta charset=utf-8><meta name=Generator content=\"Microsoft Word 11\"></head><body>{body}</body></html>").as_bytes())
        .expect("the page is sound")
}

/// What a person reads, a line a paragraph; tables in place.
fn visible(body: &str) -> Vec<String> {
    page(body).paragraphs().iter().map(|paragraph| paragraph.visible()).collect()
}

fn codes(raw: &RawDocument) -> Vec<&str> {
    raw.warnings.iter().map(|warning| warning.code).collect()
}

fn first(raw: &RawDocument) -> &Paragraph {
    raw.paragraphs().first().copied().expect("there is a paragraph")
}

#[test]
fn blocks_are_paragraphs_and_breaks_are_lines() {
    for (body, lines) in [
        ("<p>Điều 1.\n   Phạm vi\n</p>\n<p>Điều 2.</p>", vec!["Điều 1. Phạm vi", "Điều 2."]),
        ("<p>ỦY BAN NHÂN DÂN<br>\nXÃ AN BÌNH<br></p>", vec!["ỦY BAN NHÂN DÂN\nXÃ AN BÌNH"]),
        ("Một<br><br>Hai<br>Ba", vec!["Một", "Hai\nBa"]),
        ("<div>Một<div>Hai</div>Ba</div>Bốn", vec!["Một", "Hai", "Ba", "Bốn"]),
        ("<p>Một<p>Hai<h2>Ba</h2>Bốn", vec!["Một", "Hai", "Ba", "Bốn"]),
        ("<p><b>Điều</b> <i>1</i>.<span> Phạm</span>vi</p>", vec!["Điều 1. Phạmvi"]),
        ("<p>Khoản&nbsp;1 &amp; 2 &#272;i&#7873;u &lt;x&gt;</p>", vec!["Khoản\u{a0}1 & 2 Điều <x>"]),
        ("<p><o:p>&nbsp;</o:p></p><p>Một</p><p></p>", vec!["", "Một"]),
        ("<pre>Một\n\tHai</pre>", vec!["Một\n\tHai"]),
        ("<p>A<span style='mso-tab-count:1'>      </span>B</p>", vec!["A\tB"]),
        ("<script>x</script><style>p{}</style><title>y</title><noscript>z</noscript><p>Một", vec!["Một"]),
        ("<b><p>Một</b><p>Hai</i></p>", vec!["Một", "Hai"]),
        ("<xml><w:View>Normal</w:View></xml><p>Một<st1:place>Hai</st1:place></p>", vec!["MộtHai"]),
        (
            "<p>1.<![if !vml]>Hình<![endif]><!-- ghi chú --> Một<!--[if gte mso 9]>Hai<![endif]--></p>",
            vec!["1.Hình Một"],
        ),
    ] {
        assert_eq!(visible(body), lines, "{body}");
    }
}

#[test]
fn lists_show_their_numbers() {
    for (body, lines) in [
        ("<ol><li>Một</li><li>Hai<li>Ba</ol>", vec!["1. Một", "2. Hai", "3. Ba"]),
        ("<ol start=3 type=a><li>Một<li value=5>Hai<li>Ba</ol>", vec!["c. Một", "e. Hai", "f. Ba"]),
        ("<ol type=I><li><p>Một</p><p>tiếp</p></li><li><p>Hai</ol>", vec!["I. Một", "tiếp", "II. Hai"]),
        ("<ul><li>Một<ol><li>Hai</ol><li>Ba</ul>", vec!["• Một", "1. Hai", "• Ba"]),
        ("<ol><li><ol type=a><li>Một</ol></ol>", vec!["1.", "a. Một"]),
        ("<ol style='list-style-type:upper-roman'><li>Một</ol>", vec!["I. Một"]),
        ("<ul style='list-style:none'><li>Một</ul>", vec!["Một"]),
        ("<li>Một", vec!["Một"]),
        (
            "<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>a)<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>Công khai;</p>",
            vec!["a) Công khai;"],
        ),
        (
            "<p><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span> &nbsp;</span></span></span>Họp dân</p>",
            vec!["• Họp dân"],
        ),
        ("<p><span style='mso-list:Ignore'>-</span>Họp dân</p>", vec!["- Họp dân"]),
    ] {
        assert_eq!(visible(body), lines, "{body}");
    }
}

#[test]
fn tables_are_tables_whatever_end_tags_they_lack() {
    fn shape(blocks: &[Block]) -> String {
        let mut out = String::new();
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => out.push_str(&format!("{} ", paragraph.visible())),
                Block::Table(table) => {
                    for row in &table.rows {
                        out.push('[');
                        for cell in &row.cells {
                            let column = cell.column.unwrap_or(9);
                            out.push_str(&format!("{column}:{}|", shape(&cell.blocks).trim_end()));
                        }
                        out.push(']');
                    }
                    out.push(' ');
                }
            }
        }
        out
    }
    for (body, expected) in [
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "[0:a|1:b|][0:c|]"),
        ("<table><tr><td>a<td>b<tr><td>c</table>d", "[0:a|1:b|][0:c|] d"),
        ("<table><td>a<td>b</table>", "[0:a|1:b|]"),
        ("<table>x<tr>y<td>a</table>", "x y [0:a|]"),
        (
            "<table><thead><tr><th rowspan=2>TT<th colspan=2>Văn bản<tr><th>Số<th>Ngày<tbody><tr><td>1<td>2<td>3</table>",
            "[0:TT|1:Văn bản|][1:Số|2:Ngày|][0:1|1:2|2:3|]",
        ),
        ("<table><tr><td>a<table><tr><td>b</td></tr></table>c</td><td>d</table>", "[0:a [0:b|] c|1:d|]"),
        ("<table><tr><td><p><b>a<td>b</table><p>c", "[0:a|1:b|] c"),
        ("<table><tr><td>a</p></div></td><td>b</td></tr></table>", "[0:a|1:b|]"),
        ("<p>a<table><tr><td>b</table>c</p>d", "a [0:b|] c d"),
        ("<table><tr><td>a</table></table></td>b", "[0:a|] b"),
    ] {
        assert_eq!(shape(&page(body).blocks).trim_end(), expected, "{body}");
    }
}

#[test]
fn looks_come_from_tags_styles_and_classes() {
    let raw = page(
        "<style>p.Giua {text-align:center} .Dam {font-weight:bold}</style>\
        <p class=Giua><b>QUYẾT ĐỊNH</b></p><p class=Dam>Về việc</p><p align=center><i>Căn cứ</i></p><p><b>Điều 1.</b> Ban hành</p><p><b>Một<p>Hai</b>",
    );
    let looks: Vec<_> =
        raw.paragraphs().iter().map(|p| (p.look.bold, p.look.bold_start, p.look.italic, p.look.centered)).collect();
    assert_eq!(
        looks,
        [
            (true, true, false, true),
            (true, true, false, false),
            (false, false, true, true),
            (false, true, false, false),
            (true, true, false, false),
            (true, true, false, false)
        ]
    );
}

#[test]
fn old_letters_are_decoded_by_their_fonts() {
    let raw = page(
        "<style>p.MsoNormal {font-family:\".VnTime\",serif}</style>\
        <p class=MsoNormal>C¨n cø LuËt tæ chøc</p><p class=MsoNormal><span style='font-family:\".VnTimeH\"'>quyÕt ®Þnh</span></p>\
        <p><font face='.VnTime'>ph&shy;¬ng ¸n</p><p>tiÕp theo</font></p><p>Người dân</p>",
    );
    let texts: Vec<&str> = raw.paragraphs().iter().map(|paragraph| paragraph.text.as_str()).collect();
    assert_eq!(texts, ["Căn cứ Luật tổ chức", "QUYẾT ĐỊNH", "phương án", "tiếp theo", "Người dân"]);
    assert_eq!(raw.encoding, Encoding::Tcvn3);
    assert_eq!(codes(&raw), ["legacy-encoding-converted"]);
}

#[test]
fn hidden_text_is_told_and_not_read() {
    let raw = page(
        "<p>Một <span style='display:none;mso-hide:all'>hai <b>ba</b></span>bốn</p><p hidden>năm</p><p>Sáu bảy tám chín mười</p>",
    );
    assert_eq!(raw.paragraphs()[0].text, "Một bốn");
    assert_eq!(codes(&raw), ["hidden-text-present"]);
    let raw = page("<p>Xem</p><div style='display:none'><p>Điều 1. Phạm vi điều chỉnh của Quy chế này</p></div>");
    assert_eq!(raw.paragraphs().len(), 2, "a page that hides its body is read whole");
}

#[test]
fn tracked_changes_are_kept_apart() {
    let raw = page(
        "<p>Thôn <del cite=\"mailto:Nguy%E1%BB%85n%20An\" datetime=\"2024-05-01T08:00\">họp\nmột lần</del><ins cite=\"mailto:An\" datetime=\"2024-05-02T08:00\">họp <b>hai</b> lần</ins> mỗi năm.</p>",
    );
    assert_eq!(first(&raw).text, "Thôn họp hai lần mỗi năm.");
    assert_eq!(codes(&raw), ["tracked-changes-present"]);
    let told: Vec<_> =
        raw.changes.iter().map(|c| (c.kind, c.author.as_deref(), c.date.as_deref(), c.text.as_str())).collect();
    assert_eq!(
        told,
        [
            (ChangeKind::Deleted, Some("Nguyễn An"), Some("2024-05-01T08:00"), "họp một lần"),
            (ChangeKind::Inserted, Some("An"), Some("2024-05-02T08:00"), "họp hai lần"),
        ]
    );
}

#[test]
fn notes_stand_where_they_are_referred_to() {
    let word = "<p>Luật<a style='mso-footnote-id:ftn1' href=\"#_ftn1\" name=\"_ftnref1\"><span><![if !supportFootnotes]>[1]<![endif]></span></a> này</p>\
        <div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p><a href=\"#_ftnref1\" name=\"_ftn1\">[1]</a> Đã được sửa đổi.</p></div>\
        <div style='mso-element:footnote' id=ftn2><p>[2] Không ai nhắc.</p></div></div>";
    let raw = page(word);
    assert_eq!(first(&raw).text, "Luật này");
    let note = &first(&raw).notes[0];
    assert_eq!((note.kind, note.anchor, note.text.as_str()), (NoteKind::Footnote, "Luật".len(), "Đã được sửa đổi."));
    assert_eq!(
        raw.paragraphs().last().map(|p| p.text.as_str()),
        Some("[2] Không ai nhắc."),
        "a note without reference is text"
    );
    let office = "<p>Luật<a class=sdendnoteanc href='#sdendnote1sym'><sup>i</sup></a></p><div id=sdendnote1><p><a href='#sdendnote1anc'>i</a>Hết hiệu lực.</p></div>";
    let raw = page(office);
    assert_eq!(raw.paragraphs().len(), 1);
    assert_eq!((first(&raw).notes[0].kind, first(&raw).notes[0].text.as_str()), (NoteKind::Endnote, "Hết hiệu lực."));
    let dead = page("<p>Luật<a href='#_ftn9'>[9]</a></p>");
    assert_eq!(first(&dead).text, "Luật[9]", "a reference to nothing stays as it is written");
}

#[test]
fn text_boxes_comments_and_heads_stand_apart() {
    let raw = page(
        "<p>Số: <!--[if gte vml 1]><v:shape><v:textbox><![if !mso]><table><tr><td><![endif]><div><p>DỰ THẢO</p><p>lần 2</p></div></v:textbox></v:shape><![endif]--><![if !vml]><img src=a.gif><![endif]>15/QĐ-UBND</p>\
        <p>Thôn<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[A1]</a></span></p><div style='mso-element:comment-list'><div style='mso-element:comment'>Xem lại</div></div>\
        <div style='mso-element:header' id=h1><p>CÔNG BÁO</p></div><div title=\"footer\"><p>Trang 1</p></div><p>S<span id=\"Frame1\" style=\"float: left\"><p>MẬT</p></span>ố: 5</p>",
    );
    let texts: Vec<&str> = raw.paragraphs().iter().map(|p| p.text.as_str()).collect();
    assert_eq!(texts, ["Số: 15/QĐ-UBND", "Thôn", "Số: 5"]);
    assert_eq!((first(&raw).notes[0].kind, first(&raw).notes[0].text.as_str()), (NoteKind::TextBox, "DỰ THẢO\nlần 2"));
    assert_eq!(raw.running.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["CÔNG BÁO", "Trang 1"]);
    assert_eq!(codes(&raw), ["comments-present"]);
}

#[test]
fn pages_of_the_web_and_damage_are_told() {
    let web = read("<html><body><nav>Trang chủ</nav><p>Điều 1.</p><script>x</script></body></html>".as_bytes())
        .expect("it is read");
    assert_eq!(codes(&web), ["web-page"]);
    for cut in ["<html><body><p>Điều 1.", "<p>Điều 1. <!-- hết", "<html><body><p>Điều 1.</p><span clas"] {
        assert_eq!(codes(&read(cut.as_bytes()).expect("it is read")), ["damaged-part"], "{cut}");
    }
    assert_eq!(read(b"<html><body> &nbsp; </body></html>").map(|_| ()).unwrap_err().code, UnreadCode::Empty);
    let xml = "<?xml version=\"1.0\"?><html><head><title/><script/></head><body><p/>Điều 1.<span/></body></html>";
    assert_eq!(read(xml.as_bytes()).expect("it is read").paragraphs()[0].text, "Điều 1.");
}

#[test]
fn hostile_pages_end() {
    for (piece, count) in [
        ("<div>", 20_000),
        ("<b><p>", 20_000),
        ("<table><tr><td>", 10_000),
        ("<font face=a>x", 10_000),
        ("</p>", 20_000),
        ("<ol><li>", 10_000),
        ("<a href='#_ftn1'>", 10_000),
        ("<ins><del>", 10_000),
        ("<table>", 10_000),
        ("<!--[if x]><v:textbox>", 5_000),
    ] {
        let raw = read(format!("{}Điều 1. Hết", piece.repeat(count)).as_bytes());
        let text = raw.map(|raw| raw.paragraphs().iter().map(|p| p.visible()).collect::<String>());
        assert!(
            piece.starts_with("<ins") || piece.starts_with("<!") || text.is_ok_and(|text| text.contains("Hết")),
            "{piece}"
        );
    }
}

#[test]
fn packed_pages_are_unpacked() {
    let packed = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>=C4=90i=E1=BB=81u 1.</p></body></html>\r\n--x\r\nContent-Location: header.htm\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\r\n<div style='mso-element:header' id=h1><p>CÔNG BÁO</p></div>\r\n--x--";
    let raw = read_packed(packed.as_bytes()).expect("it is sound");
    assert_eq!(raw.paragraphs()[0].text, "Điều 1.");
    assert_eq!(raw.running[0].text, "CÔNG BÁO");
    assert_eq!(
        read_packed(b"MIME-Version: 1.0\nContent-Type: image/png\n\nx").map(|_| ()).unwrap_err().code,
        UnreadCode::Damaged
    );
}
