use crate::source::{Block, ChangeKind, Encoding, NoteKind, RawDocument, Unread, UnreadCode, read};

/// A file with the fonts most tests need: 0 Times New Roman, 1 Symbol, 2 .VnTime, 3 .VnTimeH, 4 Vietnamese, 5 VNI-Times.
fn rtf(body: &str) -> RawDocument {
    try_rtf(body).expect("it is read")
}

fn try_rtf(body: &str) -> Result<RawDocument, Unread> {
    let fonts = "{\\fonttbl{\\f0\\froman\\fcharset0\\fprq2{\\*\\panose 02020603050405020304}Times New Roman;}\
        {\\f1\\fcharset2 Symbol;}{\\f2\\fcharset0 .VnTime;}{\\f3\\fcharset0 .VnTimeH;}{\\f4\\fcharset163 Arial;}\
        {\\f5\\fcharset0 VNI-Times;}}";
    read("a.rtf", format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0{fonts}{body}}}").as_bytes())
}

fn texts(raw: &RawDocument) -> Vec<String> {
    raw.paragraphs().iter().map(|paragraph| paragraph.visible()).collect()
}

/// Tables as rows of cells, `|` between cells; tables inside cells in brackets.
fn drawn(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => lines.push(paragraph.text.clone()),
            Block::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<String> = row.cells.iter().map(|cell| drawn(&cell.blocks)).collect();
                    lines.push(format!("[{}]", cells.join("|")));
                }
            }
        }
    }
    lines.join("/")
}

fn codes(raw: &RawDocument) -> Vec<&'static str> {
    raw.warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn characters_are_read_in_all_their_forms() {
    for (body, text) in [
        ("\\u272?i\\u7873?u 1. Ph\\u7841?m vi", "Điều 1. Phạm vi"),
        ("\\uc0\\u272 i\\u7873 u 1", "Điều 1"),
        ("\\uc2\\u272 \\'44\\'44i {\\uc1\\u7873?}u", "Đi ều"),
        ("\\u-3913?", "•"),
        ("\\u55357?\\u56898?x", "🙂x"),
        ("\\u55357?x", "x"),
        ("Qu\\'fd I", "Quý I"),
        ("{\\f4 Quy\\'ec x\\'e2\\'ecy \\'f0\\'ea\\'ecn}", "Quý xấy đến"),
        ("Quy\r\n \\'70h\\~\\_\\-\\emdash\\ldblquote x\\rdblquote", "Quy ph\u{a0}\u{2011}—“x”"),
        ("a\\tab b\\line c\\{d\\}\\\\", "a\tb\nc{d}\\"),
        ("a\tb", "a\tb"),
        ("{\\f1\\'b3\\'b7} 2/3", "≥• 2/3"),
        ("a{\\v b}c", "ac"),
        ("{\\*\\unknown a{b}}c{\\info{\\title x}}d{\\pict\\picw1 ffd8}e", "cde"),
        ("{\\upr{\\b ngoai}{\\*\\ud{\\b ngo\\u224?i}}} kia", "ngoài kia"),
        ("{\\field{\\*\\fldinst HYPERLINK \"http://a.vn\"}{\\fldrslt{\\b trang}}} a", "trang a"),
        ("{\\field{\\*\\fldinst SYMBOL 163 \\\\f \"Symbol\"}{\\fldrslt x}} 5", "≤ 5"),
        ("{\\object\\objemb{\\*\\objdata 0102}{\\result{\\pict 00}Bảng}} a", "Bảng a"),
        ("{\\mmath{\\*\\moMath{\\mf{\\mfPr{\\mtype bar}}{\\mnum{\\mr x}}{\\mden{\\mr y}}}}}", "xy"),
        ("{\\*\\bkmkstart a}b{\\xe muc}{\\*\\bkmkend a}", "b"),
        ("\\bin4 {}}{a", "a"),
    ] {
        assert_eq!(texts(&rtf(body)), [text], "{body}");
    }
}

#[test]
fn bytes_follow_the_code_page_of_the_file_and_of_the_font() {
    let page = |head: &str, text: &[u8]| {
        let file = [b"{\\rtf1\\ansi", head.as_bytes(), b" ", text, b"}"].concat();
        texts(&read("a.rtf", &file).expect("it is read")).join("/")
    };
    assert_eq!(page("\\ansicpg1258", b"Quy\\'ea\\'ect \\'f0i\\'f2nh"), "Quyết định");
    assert_eq!(page("\\ansicpg1250", b"C\\'e3n"), "Căn");
    assert_eq!(page("", b"c\xe1n"), "cán");
    assert_eq!(page("", "Điều 1".as_bytes()), "Điều 1");
    assert_eq!(page("\\ansicpg65001", b"\\'c4\\'90i"), "Đi");
}

#[test]
fn paragraphs_have_looks_and_numbers() {
    let raw =
        rtf("\\pard\\plain\\qc{\\b Ch\\u432?\\u417?ng I}\\par\\pard {\\b \\u272?i\\u7873?u 1.} Ph\\u7841?m vi\\par\
        {\\listtext\\pard\\plain\\f0 1.\\tab}\\ls1{\\i N\\u7897?i dung}\\par\
        {\\pntext\\f1\\'b7\\tab}{\\*\\pn\\pnlvlblt\\pnf1{\\pntxtb\\'b7}}G\\u7841?ch\\par\
        {\\listtext\\f1 -\\tab}G\\u7841?ch\\par}");
    assert_eq!(texts(&raw), ["Chương I", "Điều 1. Phạm vi", "1. Nội dung", "• Gạch", "- Gạch"]);
    let looks: Vec<_> = raw.paragraphs().iter().map(|p| (p.look.centered, p.look.bold, p.look.bold_start)).collect();
    assert_eq!(looks[..2], [(true, true, true), (false, false, true)]);
    assert!(raw.paragraphs()[2].look.italic);
    let origins: Vec<u32> = raw.paragraphs().iter().map(|paragraph| paragraph.origin.paragraph).collect();
    assert_eq!(origins, [0, 1, 2, 3, 4]);
}

#[test]
fn numbers_the_file_does_not_show_are_counted() {
    let tables = "{\\*\\listtable{\\list{\\listlevel\\levelnfc0\\levelstartat1{\\leveltext\\'02\\'00.;}{\\levelnumbers\\'01;}}\
        {\\listlevel\\levelnfc4\\levelstartat1{\\leveltext\\leveltemplateid7\\'02\\'01);}{\\levelnumbers\\'01;}}\
        {\\listname ;}\\listid900}}\
        {\\*\\listoverridetable{\\listoverride\\listid900\\listoverridecount0\\ls1}\
        {\\listoverride\\listid900\\listoverridecount1{\\lfolevel\\listoverridestartat\\levelstartat5}\\ls2}}";
    let body = "\\pard\\ls1 A\\par\\pard\\ls1\\ilvl1 b\\par c\\par\\pard\\ls1 D\\par\\pard\\ls2 E\\par\\pard F\\par";
    assert_eq!(texts(&rtf(&format!("{tables}{body}"))), ["1. A", "a) b", "b) c", "2. D", "5. E", "F"]);
}

#[test]
fn styles_give_what_paragraphs_leave_out() {
    let raw = rtf("{\\stylesheet{\\ql \\snext0 Normal;}{\\s1\\qc\\b\\f2 heading 1;}{\\*\\cs2\\i x;}}\
        \\pard\\plain\\s1 \\'a7i\\'d2u 1\\par\\pard\\plain\\s0 th\\u432?\\u7901?ng\\par");
    assert_eq!(texts(&raw), ["Điều 1", "thường"]);
    assert!(raw.paragraphs()[0].look.bold && raw.paragraphs()[0].look.centered);
    assert!(!raw.paragraphs()[1].look.bold);
}

#[test]
fn tables_keep_their_rows_and_cells() {
    for (body, shape) in [
        (
            "\\trowd\\cellx1\\cellx2\\pard\\intbl A\\par B\\cell C\\cell\\row\\pard\\intbl D\\cell E\\cell\\row\\pard sau\\par",
            "[A/B|C]/[D|E]/sau",
        ),
        // Cells that continue a merged one hold nothing.
        (
            "\\trowd\\clvmgf\\cellx1\\cellx2\\pard\\intbl A\\cell B\\cell\\row\
             \\trowd\\clvmrg\\cellx1\\cellx2\\pard\\intbl\\cell C\\cell\\row",
            "[A|B]/[C]",
        ),
        // Old programs say nothing of tables before the mark of the cell.
        ("\\trowd\\cellx1\\cellx2 A\\cell B\\cell\\row", "[A|B]"),
        // A table in a cell.
        (
            "\\trowd\\cellx1\\cellx2\\pard\\intbl A\\par\\pard\\intbl\\itap2 x\\nestcell y\\nestcell\
             {\\*\\nesttableprops\\trowd\\cellx1\\cellx2\\nestrow}{\\nonesttables\\par}\\pard\\intbl B\\cell C\\cell\
             \\trowd\\cellx1\\cellx2\\row\\pard het",
            "[A/[x|y]/B|C]/het",
        ),
        ("\\trowd\\cellx1\\pard\\intbl A\\row\\pard B", "[A]/B"),
        ("\\trowd\\cellx1\\pard\\intbl A\\cell", "[A]"),
    ] {
        assert_eq!(drawn(&rtf(body).blocks), shape, "{body}");
    }
}

#[test]
fn notes_stand_apart_and_once() {
    let raw = rtf("{\\header\\pard C\\u244?ng b\\u225?o {\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}\\par}\
        {\\footerr\\pard Trang\\par}{\\headerf\\pard {\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}\\par}\
        \\pard \\u272?i\\u7873?u 2{\\super\\chftn{\\footnote\\pard\\plain\\chftn S\\u7917?a \\u273?\\u7893?i\\par hai}} sau\
        {\\shp{\\*\\shpinst\\shpleft0{\\sp{\\sn shapeType}{\\sv 202}}{\\shptxt\\pard D\\u7920? TH\\u7842?O\\par}}\
        {\\shprslt{\\*\\do\\dptxbx{\\dptxbxtext\\pard D\\u7920? TH\\u7842?O\\par}}}} kia{\\footnote\\ftnalt cu\\u7889?i}\\par");
    assert_eq!(texts(&raw), ["Điều 2 sau kia"]);
    let notes: Vec<_> =
        raw.paragraphs()[0].notes.iter().map(|note| (note.kind, note.anchor, note.text.as_str())).collect();
    assert_eq!(
        notes,
        [
            (NoteKind::Footnote, "Điều 2".len(), "Sửa đổi\nhai"),
            (NoteKind::TextBox, "Điều 2 sau".len(), "DỰ THẢO"),
            (NoteKind::Endnote, "Điều 2 sau kia".len(), "cuối"),
        ]
    );
    let running: Vec<_> = raw.running.iter().map(|note| (note.kind, note.text.as_str())).collect();
    assert_eq!(running, [(NoteKind::Header, "Công báo"), (NoteKind::Footer, "Trang")]);
}

#[test]
fn a_note_inside_a_cell_leaves_the_table_whole() {
    let raw =
        rtf("\\trowd\\cellx1\\cellx2\\pard\\intbl A{\\footnote\\pard ghi\\par ch\\u250?\\par}\\cell B\\cell\\row");
    assert_eq!(drawn(&raw.blocks), "[A|B]");
    assert_eq!(raw.paragraphs()[0].notes[0].text, "ghi\nchú");
}

#[test]
fn tracked_changes_are_accepted_and_kept() {
    let packed = 35 | 14 << 6 | 5 << 11 | 3 << 16 | 124 << 20;
    let raw = rtf(&format!(
        "{{\\*\\revtbl{{Unknown;}}{{Nguy\\u7877?n V\\u259?n A;}}}}\\pard T\\u7927? l\\u7879? \
         {{\\deleted\\revauthdel1\\revdttmdel{packed} 50%}}{{\\revised\\revauth1\\revdttm{packed} 2/}}{{\\revised\\revauth1\\revdttm{packed} 3}} \
         h\\u7897?{{\\deleted\\par}} d\\u226?n\\par{{\\*\\atnid A}}{{\\*\\annotation\\pard xem l\\u7841?i\\par}}{{\\v \\u7849?n}}"
    ));
    assert_eq!(texts(&raw), ["Tỷ lệ 2/3 hộ dân"]);
    let changes: Vec<_> = raw
        .changes
        .iter()
        .map(|change| (change.kind, change.author.as_deref(), change.date.as_deref(), change.text.as_str()))
        .collect();
    let (author, date) = (Some("Nguyễn Văn A"), Some("2024-03-05T14:35:00"));
    assert_eq!(changes, [(ChangeKind::Deleted, author, date, "50%"), (ChangeKind::Inserted, author, date, "2/3")]);
    assert_eq!(codes(&raw), ["tracked-changes-present", "comments-present", "hidden-text-present"]);
}

#[test]
fn old_letters_are_decoded_by_font_and_by_content() {
    let raw = rtf(
        "{\\f3 \\'dfy ban nh\\'a9n d\\'a9n}\\par{\\f2 ng\\-\\'eai d\\'a9n, \\'a7i\\'d2u 2, ph\\'ad\\'acng \\'b8n}\\par\
        {\\f5 Nha\\'e2n da\\'e2n ba\\'f8n, quye\\'e1t \\'f1\\'f2nh}\\par{\\f2 \\u272?i\\u7873?u}\\par",
    );
    assert_eq!(raw.encoding, Encoding::Tcvn3);
    assert_eq!(texts(&raw)[1..], ["người dân, Điều 2, phương án", "Nhân dân bàn, quyết định", "Điều"]);
    assert!(codes(&raw).contains(&"legacy-encoding-converted"));
}

#[test]
fn damaged_files_are_read_up_to_the_damage() {
    let whole = b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\pard mot\\par hai\\par}";
    for cut in 0..whole.len() {
        match read("a.rtf", &whole[..cut]) {
            Ok(raw) if raw.reader == crate::source::Reader::Rtf => assert_eq!(codes(&raw), ["damaged-part"], "{cut}"),
            Ok(_) => assert!(cut < 5),
            Err(unread) => assert!(!unread.next_step.is_empty()),
        }
    }
    let stray = read("a.rtf", b"{\\rtf1\\ansi mot\\par}hai\\par}").expect("it is read");
    assert_eq!((texts(&stray), codes(&stray)), (vec!["mot".to_owned(), "hai".to_owned()], vec!["damaged-part"]));
    let trailing = read("a.rtf", b"{\\rtf1\\ansi mot\\par}\0\0\r\n--het").expect("it is read");
    assert_eq!((texts(&trailing), codes(&trailing)), (vec!["mot".to_owned()], vec![]));
    let code = |body| try_rtf(body).expect_err("there is no text").code;
    assert_eq!([code(""), code("{\\pict 00}"), code("\\par\\par")], [UnreadCode::Empty; 3]);
    assert_eq!(read("a.rtf", b"{\\rtf1").expect_err("it is cut").code, UnreadCode::Damaged);
}

#[test]
fn hostile_files_end() {
    let deep = format!("{}chu{}", "{".repeat(200_000), "}".repeat(200_000));
    assert_eq!(texts(&rtf(&deep)), ["chu"]);
    let notes = format!("{}chu{}", "{\\footnote a".repeat(5_000), "}".repeat(5_000));
    assert_eq!(texts(&rtf(&format!("x{notes}"))), ["x"]);
    let fields = "{\\field{\\*\\fldinst PAGE".repeat(5_000);
    assert_eq!(try_rtf(&fields).expect_err("no text").code, UnreadCode::Damaged);
    assert_eq!(try_rtf(&format!("x{}", "\\cell".repeat(2_100_000))).expect_err("too many").code, UnreadCode::TooLarge);
    let tables = "\\pard\\intbl\\itap2000000000 x\\nestcell{\\*\\nesttableprops\\nestrow}";
    assert!(drawn(&rtf(tables).blocks).contains('x'));
}

#[test]
fn a_file_of_word_is_read_whole() {
    let raw = read("a.doc", include_bytes!("../../../tests/fixtures/rtf/word.rtf")).expect("it is read");
    assert_eq!(
        texts(&raw),
        [
            "ỦY BAN NHÂN DÂN XÃ",
            "Số: 05/2009/QĐ-UBND",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "QUYẾT ĐỊNH",
            "Điều 1. Tổ chức thực hiện",
            "1. Người dân bàn và quyết định.",
            "a) mới",
            "• Nhân dân kiểm tra, giám sát",
            "Nơi nhận:",
        ]
    );
    assert_eq!(raw.paragraphs()[8].notes.len(), 1);
    assert_eq!(raw.changes[0].author.as_deref(), Some("Bộ phận một cửa"));
    assert_eq!(codes(&raw), ["tracked-changes-present", "legacy-encoding-converted"]);
}

/// Files that LibreOffice made of documents of the sample corpus.
#[test]
fn a_file_of_libreoffice_reads_like_the_document_it_was_made_of() {
    let pairs: [(&[u8], &[u8]); 2] = [
        (
            include_bytes!("../../../tests/fixtures/rtf/libreoffice-14.rtf"),
            include_bytes!("../../../corpus/van-ban/14-qd-72-2006-quan-ly-xom-khoi-ban.docx"),
        ),
        (
            include_bytes!("../../../tests/fixtures/rtf/libreoffice-15.rtf"),
            include_bytes!("../../../corpus/van-ban/15-qd-19-2016-sua-doi-quy-che-xom.docx"),
        ),
    ];
    for (rtf, docx) in pairs {
        let rtf = read("a.rtf", rtf).expect("it is read");
        let docx = read("a.docx", docx).expect("it is read");
        assert_eq!(drawn(&rtf.blocks), drawn(&docx.blocks));
    }
}
