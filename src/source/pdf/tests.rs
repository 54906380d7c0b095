use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::*;
use crate::source::{Block, Paragraph, Table};

/// A4 pages of these content streams, with these fonts; `change` may alter the file before it is written.
fn pdf(pages: &[&str], fonts: Vec<(&str, Dictionary)>, change: impl Fn(&mut Document, &mut Dictionary)) -> Vec<u8> {
    let mut file = Document::with_version("1.5");
    let parent = file.new_object_id();
    let mut named = Dictionary::new();
    for (name, font) in fonts {
        let id = file.add_object(font);
        named.set(name, id);
    }
    let mut kids = Vec::new();
    for content in pages {
        let content = file.add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let mut page = dictionary! {
            "Type" => "Page", "Parent" => parent, "Contents" => content,
            "Resources" => dictionary! { "Font" => named.clone() },
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        };
        change(&mut file, &mut page);
        kids.push(Object::Reference(file.add_object(page)));
    }
    let count = kids.len() as i64;
    file.objects.insert(parent, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

/// A font of two-byte codes that are UTF-16 themselves, every glyph half as wide as high.
fn unicode_font(name: &str) -> Dictionary {
    let descendant = dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => name, "DW" => 500 };
    dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => name, "Encoding" => "UniXX-UCS2-H",
        "DescendantFonts" => vec![Object::Dictionary(descendant)],
    }
}

/// A font of one-byte codes, every glyph half as wide as high.
fn byte_font(name: &str, encoding: Option<Object>) -> Dictionary {
    let mut font = dictionary! {
        "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => name, "FirstChar" => 0,
        "Widths" => vec![Object::Integer(500); 256],
    };
    if let Some(encoding) = encoding {
        font.set("Encoding", encoding);
    }
    font
}

fn fonts() -> Vec<(&'static str, Dictionary)> {
    vec![("F", unicode_font("ABCDEF+TimesNewRoman")), ("B", unicode_font("ABCDEF+TimesNewRoman-Bold"))]
}

/// Operators that show a text in 12-point letters, its baseline `y` points below the upper edge.
fn at(font: &str, x: u32, y: u32, text: &str) -> String {
    let codes: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("BT /{font} 12 Tf 1 0 0 1 {x} {} Tm <{codes}> Tj ET\n", 842 - y)
}

fn plain(pages: &[&str]) -> Vec<u8> {
    pdf(pages, fonts(), |_, _| {})
}

fn paragraphs(document: &RawDocument) -> Vec<&str> {
    document.paragraphs().into_iter().map(|paragraph| paragraph.text.as_str()).collect()
}

fn table(document: &RawDocument) -> &Table {
    let found = document.blocks.iter().find_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    found.expect("a table")
}

fn cells(table: &Table) -> Vec<Vec<String>> {
    let text = |block: &Block| match block {
        Block::Paragraph(Paragraph { text, .. }) => text.clone(),
        Block::Table(_) => String::new(),
    };
    let cell = |blocks: &Vec<Block>| blocks.iter().map(text).collect::<Vec<_>>().join("/");
    table.rows.iter().map(|row| row.cells.iter().map(|c| cell(&c.blocks)).collect()).collect()
}

/// Lines as an office sets them: 12 points, 75 letters a line, first lines indented, 18 points from line to line.
const ARTICLE: &[(&str, u32, &str)] = &[
    ("B", 113, "Điều 4. Trách nhiệm của thôn, tổ dân phố"),
    ("F", 113, "1. Thôn, tổ dân phố tổ chức lấy ý kiến của hộ gia đình trước khi quyết"),
    ("F", 85, "định các việc do Nhân dân bàn và quyết định theo Quyết định số 31/2031/QĐ-"),
    ("F", 85, "UBND của Ủy ban nhân dân tỉnh."),
    ("F", 113, "2. Trưởng thôn niêm yết công khai kết quả tại nhà văn hóa của thôn trong"),
    ("F", 85, "thời hạn 03 ngày làm việc."),
];

fn article(from: u32) -> String {
    ARTICLE.iter().zip(0..).map(|(&(font, x, text), line)| at(font, x, from + 18 * line, text)).collect()
}

#[test]
fn lines_become_paragraphs() {
    let document = read(&plain(&[&article(90)])).unwrap();
    assert_eq!(
        paragraphs(&document),
        [
            "Điều 4. Trách nhiệm của thôn, tổ dân phố",
            "1. Thôn, tổ dân phố tổ chức lấy ý kiến của hộ gia đình trước khi quyết định các việc do Nhân dân bàn và \
             quyết định theo Quyết định số 31/2031/QĐ-UBND của Ủy ban nhân dân tỉnh.",
            "2. Trưởng thôn niêm yết công khai kết quả tại nhà văn hóa của thôn trong thời hạn 03 ngày làm việc.",
        ]
    );
    let all = document.paragraphs();
    assert!(all[0].look.bold && !all[1].look.bold_start);
    assert_eq!(all[2].origin.page, Some(1));
    assert_eq!(document.warnings, []);
}

#[test]
fn a_paragraph_goes_on_over_the_page_and_running_lines_are_set_aside() {
    let head = |page: u32| at("F", 200, 40, &format!("CÔNG BÁO/Số 7/Ngày 05-02-2031 {page}"));
    let first = format!("{}{}{}", head(2), article(90), at("F", 113, 198, &ARTICLE[1].2.replace("1.", "3.")));
    let second = format!("{}{}", head(3), at("F", 85, 90, "định sau khi đã thống nhất.")) + &at("F", 290, 800, "- 2 -");
    let document = read(&plain(&[&first, &second])).unwrap();
    let texts = paragraphs(&document);
    assert_eq!(
        texts.last().copied(),
        Some("3. Thôn, tổ dân phố tổ chức lấy ý kiến của hộ gia đình trước khi quyết định sau khi đã thống nhất.")
    );
    assert_eq!(document.running.len(), 1);
    assert!(document.running[0].text.starts_with("CÔNG BÁO/Số 7"));
}

#[test]
fn heads_and_signatures_are_tables_of_two_cells() {
    let page = [
        at("B", 90, 60, "ỦY BAN NHÂN DÂN"),
        at("B", 250, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        at("B", 105, 76, "TỈNH AN BÌNH"),
        at("B", 270, 76, "Độc lập - Tự do - Hạnh phúc"),
        at("F", 90, 100, "Số: 31/2031/QĐ-UBND"),
        at("F", 270, 100, "An Bình, ngày 05 tháng 02 năm 2031"),
        at("B", 285, 140, "QUYẾT ĐỊNH"),
        article(170),
        at("B", 85, 300, "Nơi nhận:"),
        at("B", 350, 300, "TM. ỦY BAN NHÂN DÂN"),
        at("F", 85, 316, "- Như Điều 9;"),
        at("B", 380, 316, "CHỦ TỊCH"),
        at("F", 85, 332, "- Lưu: VT."),
        at("B", 374, 400, "Trần Văn Bình"),
    ]
    .concat();
    let document = read(&plain(&[&page])).unwrap();
    let tables: Vec<Vec<Vec<String>>> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(cells(table)),
            Block::Paragraph(_) => None,
        })
        .collect();
    let row = |left: &str, right: &str| vec![vec![left.to_owned(), right.to_owned()]];
    assert_eq!(
        tables,
        [
            row(
                "ỦY BAN NHÂN DÂN/TỈNH AN BÌNH/Số: 31/2031/QĐ-UBND",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM/Độc lập - Tự do - Hạnh phúc/An Bình, ngày 05 tháng 02 năm 2031",
            ),
            row("Nơi nhận:/- Như Điều 9;/- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN/CHỦ TỊCH/Trần Văn Bình",),
        ]
    );
    assert!(document.paragraphs().iter().any(|p| p.text == "QUYẾT ĐỊNH" && p.look.centered));
}

#[test]
fn ruled_tables_keep_their_cells() {
    let lines = "1 w 85 700 400 0.5 re f 85 670 400 0.5 re f 85 640 400 0.5 re f\n\
                 85 640 0.5 60 re f 135 640 0.5 60 re f 485 640 0.5 60 re f\n";
    let words = [
        at("F", 95, 160, "TT"),
        at("F", 145, 160, "Tên thủ tục"),
        at("F", 95, 190, "1"),
        at("F", 145, 190, "Đăng ký hộ kinh doanh"),
        article(300),
    ];
    let document = read(&plain(&[&(lines.to_owned() + &words.concat())])).unwrap();
    assert_eq!(cells(table(&document)), [["TT", "Tên thủ tục"], ["1", "Đăng ký hộ kinh doanh"]]);
    assert_eq!(document.paragraphs().len(), 7);
}

#[test]
fn old_letters_are_decoded_by_the_font_they_hide_in() {
    // "Điều 1. Phạm vi điều chỉnh của Quy chế" in TCVN3, codes above 7F as octal escapes.
    let text = "\\247i\\322u 1. Ph\\271m vi \\256i\\322u ch\\330nh c\\361a Quy ch\\325";
    let page = format!("BT /V 12 Tf 85 700 Td ({text}) Tj 0 -18 Td (2. Ng\\255\\352i d\\251n) Tj ET");
    let font = byte_font("ABCDEF+.VnTime", Some("WinAnsiEncoding".into()));
    let document = read(&pdf(&[&page], vec![("V", font)], |_, _| {})).unwrap();
    assert_eq!(paragraphs(&document), ["Điều 1. Phạm vi điều chỉnh của Quy chế", "2. Người dân"]);
    assert_eq!(document.encoding, Encoding::Tcvn3);
    assert_eq!(document.warnings[0].code, "legacy-encoding-converted");
}

#[test]
fn letters_of_vni_fonts_are_decoded() {
    // "Điều 1. Phạm vi điều chỉnh của Quy chế" and "2. Người dân được công khai" in VNI, codes above 7F as octal escapes.
    let octal = |text: &str| -> String {
        let escape = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\{:03o}", c as u32) };
        text.chars().map(escape).collect()
    };
    let first = octal("Ñieàu 1. Phaïm vi ñieàu chænh cuûa Quy cheá");
    let second = octal("2. Ngöôøi daân ñöôïc coâng khai");
    let page = format!("BT /V 12 Tf 85 700 Td ({first}) Tj 0 -18 Td ({second}) Tj ET");
    for encoding in [Some("WinAnsiEncoding".into()), None] {
        let font = byte_font("ABCDEF+VNI-Times", encoding);
        let document = read(&pdf(&[&page], vec![("V", font)], |_, _| {})).unwrap();
        assert_eq!(paragraphs(&document), ["Điều 1. Phạm vi điều chỉnh của Quy chế", "2. Người dân được công khai"]);
        assert_eq!(document.encoding, Encoding::Vni);
        assert_eq!(document.warnings[0].code, "legacy-encoding-converted");
    }
}

/// A page in a font of drawn glyphs whose codes and names say nothing, with a text map or without.
fn drawn(lines: &[&str], mapped: bool) -> Vec<u8> {
    let mut letters: Vec<char> = lines.iter().flat_map(|line| line.chars()).collect();
    letters.sort_unstable();
    letters.dedup();
    let code = |c: char| letters.binary_search(&c).unwrap() + 1;
    let page: String = lines
        .iter()
        .zip(0..)
        .map(|(line, at)| {
            let codes: String = line.chars().map(|c| format!("{:02X}", code(c))).collect();
            format!("BT /T 12 Tf 85 {} Td <{codes}> Tj ET\n", 750 - 18 * at)
        })
        .collect();
    let pairs: String = letters.iter().map(|&c| format!("<{:02X}> <{:04X}>\n", code(c), c as u32)).collect();
    let map =
        format!("1 begincodespacerange <00> <FF> endcodespacerange {} beginbfchar\n{pairs}endbfchar", letters.len());
    pdf(&[&page], vec![("T", dictionary! {})], |file, page| {
        let glyph = file.add_object(Stream::new(Dictionary::new(), b"500 0 d0 0 0 400 700 re f".to_vec()));
        let mut procedures = Dictionary::new();
        let mut differences: Vec<Object> = vec![1.into()];
        for at in 0..letters.len() {
            procedures.set(format!("x{at}"), glyph);
            differences.push(Object::Name(format!("x{at}").into_bytes()));
        }
        let mut font = dictionary! {
            "Type" => "Font", "Subtype" => "Type3", "FirstChar" => 0, "Widths" => vec![Object::Integer(500); 256],
            "FontMatrix" => vec![0.001.into(), 0.into(), 0.into(), 0.001.into(), 0.into(), 0.into()],
            "FontBBox" => vec![0.into(), 0.into(), 500.into(), 700.into()],
            "CharProcs" => procedures, "Encoding" => dictionary! { "Differences" => differences },
        };
        if mapped {
            font.set("ToUnicode", file.add_object(Stream::new(Dictionary::new(), map.clone().into_bytes())));
        }
        page.get_mut(b"Resources").unwrap().as_dict_mut().unwrap().set("Font", dictionary! { "T" => font });
    })
}

#[test]
fn drawn_fonts_are_read_by_their_map_and_told_without_one() {
    let lines = ["Điều 1. Hiệu lực thi hành của Quyết định.", "Điều 2. Quyết định này có hiệu lực từ ngày ký."];
    assert_eq!(paragraphs(&read(&drawn(&lines, true)).unwrap()), lines);
    let unread = read(&drawn(&lines, false)).unwrap_err();
    assert_eq!(unread.code, UnreadCode::Pdf);
    assert!(unread.message.contains("lớp chữ hỏng"), "{}", unread.message);
    assert!(unread.next_step.contains("Word gốc"), "{}", unread.next_step);
}

/// A linearized file ([ISO 32000-1] annex F): the first page and its cross-references come first, the rest after them.
fn linearized(content: &str) -> Vec<u8> {
    let descendant = "<</Type/Font/Subtype/CIDFontType2/BaseFont/Times/DW 500>>";
    let objects = [
        (3, "<</Linearized 1/L 9999/H[0 0]/O 5/E 9999/N 1/T 9999>>".to_owned()),
        (4, "<</Type/Catalog/Pages 1 0 R>>".to_owned()),
        (
            5,
            "<</Type/Page/Parent 1 0 R/Contents 6 0 R/Resources<</Font<</F 2 0 R/B 2 0 R>>>>/MediaBox[0 0 595 842]>>"
                .to_owned(),
        ),
        (6, format!("<</Length {}>>stream\n{content}\nendstream", content.len())),
        (1, "<</Type/Pages/Kids[5 0 R]/Count 1>>".to_owned()),
        (2, format!("<</Type/Font/Subtype/Type0/BaseFont/Times/Encoding/UniXX-UCS2-H/DescendantFonts[{descendant}]>>")),
    ];
    let mut offsets = [0; 7];
    let mut main = 0;
    let mut bytes = String::new();
    // Twice: the first table names places that stand after it.
    for _ in 0..2 {
        bytes = "%PDF-1.5\n".to_owned();
        let entry = |offset: usize| format!("{offset:010} 00000 n \n");
        let mut first = 0;
        for (number, body) in &objects {
            if *number == 4 {
                first = bytes.len();
                let entries: String = offsets[3..7].iter().map(|&offset| entry(offset)).collect();
                bytes += &format!(
                    "xref\n3 4\n{entries}trailer\n<</Size 7/Root 4 0 R/Prev {main:010}>>\nstartxref\n0\n%%EOF\n"
                );
            }
            offsets[*number] = bytes.len();
            bytes += &format!("{number} 0 obj\n{body}\nendobj\n");
        }
        main = bytes.len();
        let entries: String = offsets[1..3].iter().map(|&offset| entry(offset)).collect();
        bytes += &format!("xref\n0 3\n0000000000 65535 f \n{entries}trailer\n<</Size 3>>\nstartxref\n{first}\n%%EOF\n");
    }
    bytes.into_bytes()
}

#[test]
fn linearized_files_are_read() {
    let expected = paragraphs(&read(&plain(&[&article(90)])).unwrap()).join("\n");
    assert_eq!(paragraphs(&read(&linearized(&article(90))).unwrap()).join("\n"), expected);
}

#[test]
fn a_lock_without_a_password_is_no_hindrance() {
    let locked = |password: &str| {
        let mut file = Document::load_mem(&plain(&[&article(90)])).unwrap();
        let id = || Object::string_literal("0123456789abcdef");
        file.trailer.set("ID", vec![id(), id()]);
        let version = lopdf::EncryptionVersion::V2 {
            document: &file,
            owner_password: "owner",
            user_password: password,
            key_length: 128,
            permissions: lopdf::Permissions::PRINTABLE,
        };
        let state = lopdf::EncryptionState::try_from(version).unwrap();
        file.encrypt(&state).unwrap();
        let mut bytes = Vec::new();
        file.save_to(&mut bytes).unwrap();
        bytes
    };
    let expected = paragraphs(&read(&plain(&[&article(90)])).unwrap()).join("\n");
    assert_eq!(paragraphs(&read(&locked("")).unwrap()).join("\n"), expected);
    assert_eq!(read(&locked("mật khẩu")).unwrap_err().code, UnreadCode::Encrypted);
}

#[test]
fn columns_without_lines_keep_their_words_apart() {
    let row = |y: u32, cells: [&str; 4]| -> String {
        let places = [85, 125, 300, 440];
        cells.iter().zip(places).filter(|(text, _)| !text.is_empty()).map(|(text, x)| at("F", x, y, text)).collect()
    };
    let page = [
        article(90),
        row(230, ["TT", "Tên thủ tục", "Cơ quan giải quyết", "Thời hạn"]),
        row(248, ["1", "Đăng ký hộ kinh doanh", "Ủy ban nhân dân", "03 ngày"]),
        row(262, ["", "của hộ gia đình", "cấp xã", ""]),
        row(280, ["2", "Cấp lại giấy phép", "Sở Nội vụ", "05 ngày"]),
        at("F", 113, 316, "3. Cán bộ tiếp nhận hồ sơ niêm yết công khai danh mục thủ tục nêu trên tại"),
        at("F", 85, 334, "trụ sở."),
    ]
    .concat();
    let document = read(&plain(&[&page])).unwrap();
    assert_eq!(
        cells(table(&document)),
        [
            ["TT", "Tên thủ tục", "Cơ quan giải quyết", "Thời hạn"],
            ["1", "Đăng ký hộ kinh doanh của hộ gia đình", "Ủy ban nhân dân cấp xã", "03 ngày"],
            ["2", "Cấp lại giấy phép", "Sở Nội vụ", "05 ngày"],
        ]
    );
    assert_eq!(document.blocks.len(), 5);
}

#[test]
fn pages_turned_any_way_are_read_upright() {
    // The content is turned against the page, so that the page shows it upright.
    for (turn, matrix) in [(180, ["-1 0 0 -1", "510", "740"]), (270, ["0 -1 1 0", "500", "740"])] {
        let line = |step: u32, text: &str| {
            let [turned, x, y] = matrix;
            let (x, y): (u32, u32) = (x.parse().unwrap(), y.parse().unwrap());
            let (x, y) = if turn == 180 { (x, y - 600 + 18 * step) } else { (x - 400 - 18 * step, y) };
            at("F", 0, 0, text).replace("1 0 0 1 0 842", &format!("{turned} {x} {y}"))
        };
        let page = line(0, "Điều 1. Phụ lục biểu mẫu") + &line(1, "Điều 2. Hiệu lực");
        let bytes = pdf(&[&page], fonts(), |_, page| page.set("Rotate", turn));
        assert_eq!(paragraphs(&read(&bytes).unwrap()), ["Điều 1. Phụ lục biểu mẫu", "Điều 2. Hiệu lực"], "{turn}");
    }
}

#[test]
fn a_head_with_room_for_its_number_keeps_its_columns() {
    let page = [
        at("B", 90, 60, "ỦY BAN NHÂN DÂN"),
        at("B", 250, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        at("B", 105, 76, "TỈNH AN BÌNH"),
        at("B", 270, 76, "Độc lập - Tự do - Hạnh phúc"),
        at("F", 90, 100, "Số:"),
        at("F", 140, 100, "/UBND-NC"),
        at("F", 270, 100, "An Bình, ngày"),
        at("F", 380, 100, "tháng 01 năm 2031"),
        article(140),
    ]
    .concat();
    let document = read(&plain(&[&page])).unwrap();
    let last = |cell: &String| cell.rsplit('/').next().unwrap_or_default().to_owned();
    let found = cells(table(&document));
    assert_eq!(found[0].len(), 2);
    assert_eq!(last(&found[0][0]), "UBND-NC");
    assert_eq!(last(&found[0][1]), "An Bình, ngày tháng 01 năm 2031");
}

#[test]
fn names_of_glyphs_and_text_maps_tell_letters() {
    let differences = dictionary! {
        "Type" => "Encoding",
        "Differences" => vec![1.into(), "Dcroat".into(), "i".into(), "ecircumflexgrave".into(), "u".into()],
    };
    let mut mapped = byte_font("ABCDEF+Lạ", None);
    let map = "2 beginbfchar <01> <1EE6> <02> <0079> endbfchar";
    let named = byte_font("ABCDEF+Times", Some(differences.into()));
    let page = "BT /N 12 Tf 85 700 Td <01020304> Tj /M 12 Tf 40 0 Td <0102> Tj ET";
    let bytes = {
        let mut file = Document::with_version("1.5");
        let map = Stream::new(Dictionary::new(), map.as_bytes().to_vec());
        let id = file.add_object(map.clone());
        mapped.set("ToUnicode", id);
        pdf(&[page], vec![("N", named), ("M", mapped)], move |made, page| {
            // The map must stand in the same file as the font.
            let id = made.add_object(map.clone());
            let fonts = page.get_mut(b"Resources").unwrap().as_dict_mut().unwrap().get_mut(b"Font").unwrap();
            let font = fonts.as_dict().unwrap().get(b"M").unwrap().as_reference().unwrap();
            made.get_dictionary_mut(font).unwrap().set("ToUnicode", id);
        })
    };
    assert_eq!(paragraphs(&read(&bytes).unwrap()), ["Điều Ủy"]);
}

#[test]
fn a_turned_page_is_read_upright() {
    let turned =
        |x: u32, y: u32, text: &str| at("F", 0, 0, text).replace("1 0 0 1 0 842", &format!("0 1 -1 0 {x} {y}"));
    // Words run upwards on an upright page, or the page itself is turned: the same to a reader.
    let page = turned(100, 80, "Điều 1. Phụ lục biểu mẫu") + &turned(118, 80, "Điều 2. Hiệu lực");
    let expected = ["Điều 1. Phụ lục biểu mẫu", "Điều 2. Hiệu lực"];
    assert_eq!(paragraphs(&read(&plain(&[&page])).unwrap()), expected);
    let rotated = pdf(&[&page], fonts(), |_, page| page.set("Rotate", 90));
    assert_eq!(paragraphs(&read(&rotated).unwrap()), expected);
}

#[test]
fn forms_and_annotations_are_part_of_the_page() {
    let bytes = pdf(&["q 1 0 0 1 0 -20 cm /X Do Q"], fonts(), |file, page| {
        let resources = page.get(b"Resources").unwrap().clone();
        let form = |text: &str, y: u32| {
            let dict = dictionary! {
                "Type" => "XObject", "Subtype" => "Form", "Resources" => resources.clone(),
                "BBox" => vec![0.into(), 0.into(), 200.into(), 20.into()],
            };
            Stream::new(dict, at("F", 5, y, text).into_bytes())
        };
        let body = file.add_object(form("Điều 1. Hiệu lực thi hành", 142));
        let typed = file.add_object(form("Số: 31/2031/QĐ-UBND", 837));
        let note = |kind: &str, form| {
            dictionary! {
                "Subtype" => kind, "Rect" => vec![85.into(), 760.into(), 285.into(), 780.into()],
                "AP" => dictionary! { "N" => form },
            }
        };
        let resources = page.get_mut(b"Resources").unwrap().as_dict_mut().unwrap();
        resources.set("XObject", dictionary! { "X" => body });
        page.set("Annots", vec![note("FreeText", typed).into(), note("Popup", typed).into()]);
    });
    assert_eq!(paragraphs(&read(&bytes).unwrap()), ["Số: 31/2031/QĐ-UBND", "Điều 1. Hiệu lực thi hành"]);
}

#[test]
fn scans_broken_layers_and_mixed_files_are_told_apart() {
    let picture = |file: &mut Document, page: &mut Dictionary| {
        let image = file.add_object(Stream::new(dictionary! { "Subtype" => "Image" }, Vec::new()));
        let resources = page.get_mut(b"Resources").unwrap().as_dict_mut().unwrap();
        resources.set("XObject", dictionary! { "I" => image });
    };
    let scan = "q 595 0 0 842 0 0 cm /I Do Q\n";
    let stamped = scan.to_owned() + &at("F", 85, 30, "Người ký: Cổng thông tin. Ngày ký: 05/02/2031");
    for page in [scan, &stamped] {
        let unread = read(&pdf(&[page, page], fonts(), picture)).unwrap_err();
        assert_eq!(unread.code, UnreadCode::Pdf);
        assert!(unread.message.contains("bản quét (2 trang"), "{}", unread.message);
    }
    let mixed = read(&pdf(&[&article(90), scan], fonts(), picture)).unwrap();
    assert_eq!(mixed.warnings[0].code, "pages-not-read");
    assert!(mixed.warnings[0].message.contains("1/2 trang (trang 2)"), "{}", mixed.warnings[0].message);

    // Glyph numbers without a map: there is ink, but no one knows which letters.
    let mut dumb = unicode_font("ABCDEF+TimesNewRoman");
    dumb.set("Encoding", "Identity-H");
    let unread = read(&pdf(&[&article(90)], vec![("F", dumb.clone()), ("B", dumb)], |_, _| {})).unwrap_err();
    assert_eq!(unread.code, UnreadCode::Pdf);
    assert!(unread.message.contains("lớp chữ hỏng"), "{}", unread.message);

    assert_eq!(read(&plain(&[""])).unwrap_err().code, UnreadCode::Empty);
    assert_eq!(read(b"%PDF-1.7\n%x").unwrap_err().code, UnreadCode::Damaged);
}

#[test]
fn recognised_text_is_doubted() {
    let page = article(90).replace("Tf", "Tf 3 Tr");
    let document = read(&plain(&[&page])).unwrap();
    assert_eq!(document.warnings[0].code, "recognised-text");
}

#[test]
fn hostile_files_end() {
    // A form that draws itself, twice each time.
    let looped = pdf(&["/X Do"], fonts(), |file, page| {
        let id = file.new_object_id();
        let own = dictionary! { "XObject" => dictionary! { "X" => id } };
        let form =
            Stream::new(dictionary! { "Subtype" => "Form", "Resources" => own.clone() }, b"/X Do /X Do".to_vec());
        file.objects.insert(id, form.into());
        page.set("Resources", own);
    });
    assert!(read(&looped).is_err());
    // Cut and scratched files are read or refused, never a panic.
    let whole = plain(&[&article(90), &article(90)]);
    for at in (0..whole.len()).step_by(whole.len() / 150) {
        let mut scratched = whole.clone();
        scratched[at] ^= 0x55;
        for bytes in [&whole[..at], &scratched] {
            let told = read(bytes).map_or_else(|unread| !unread.next_step.is_empty(), |read| !read.blocks.is_empty());
            assert!(told, "{at} {:?}", read(bytes));
        }
    }
}
