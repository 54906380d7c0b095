//! One text in several formats is read as one text.

#![allow(clippy::expect_used, clippy::panic)]

use std::path::Path;

use rasoat::source::{self, Block, RawDocument, Reader};

/// What a person reads: paragraphs with their numbers and notes, and the shapes of tables.
fn seen(raw: &RawDocument) -> Vec<String> {
    fn walk(blocks: &[Block], lines: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let line = paragraph.visible();
                    if !line.trim().is_empty() {
                        lines.push(line.split_whitespace().collect::<Vec<_>>().join(" "));
                    }
                    lines.extend(paragraph.notes.iter().map(|note| format!("{:?}: {}", note.kind, note.text)));
                }
                Block::Table(table) => {
                    for row in &table.rows {
                        lines.push(format!("row of {}", row.cells.len()));
                        for cell in &row.cells {
                            walk(&cell.blocks, lines);
                        }
                    }
                }
            }
        }
    }
    let mut lines = Vec::new();
    walk(&raw.blocks, &mut lines);
    lines
}

fn bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/markup");
    std::fs::read(folder.join(name)).expect("the fixture is there")
}

fn read(name: &str, bytes: &[u8]) -> RawDocument {
    source::read(name, bytes).unwrap_or_else(|unread| panic!("{name}: {unread}"))
}

#[test]
fn every_format_of_one_text_is_read_alike() {
    let expected = seen(&read("quy-che.docx", &bytes("quy-che.docx")));
    assert!(expected.contains(&"b) Việc bầu trưởng thôn.".to_owned()), "{expected:#?}");
    assert!(expected.contains(&"Footnote: Mẫu biên bản do thôn tự lập.".to_owned()), "{expected:#?}");
    for (name, reader) in [
        ("quy-che.fodt", Reader::Odt),
        ("quy-che.odt", Reader::Odt),
        ("quy-che.xml", Reader::WordXml),
        ("quy-che.html", Reader::Html),
    ] {
        let raw = read(name, &bytes(name));
        assert_eq!(raw.reader, reader, "{name}");
        assert!(raw.warnings.is_empty(), "{name}: {:?}", raw.warnings);
        // LibreOffice's pages number with full stops.
        let web = |line: &String| line.replacen("a) ", "a. ", 1).replacen("b) ", "b. ", 1);
        let wanted = if reader == Reader::Html { expected.iter().map(web).collect() } else { expected.clone() };
        assert_eq!(seen(&raw), wanted, "{name}");
    }
}

#[test]
fn a_page_is_read_alike_in_every_encoding_and_under_every_name() {
    let html = String::from_utf8(bytes("quy-che.html")).expect("it is UTF-8");
    let expected = seen(&read("quy-che.html", html.as_bytes()));
    let packed = format!("MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}");
    let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(html.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in
        [("quy-che.doc", html.into_bytes()), ("quy-che.mht", packed.into_bytes()), ("quy-che.docx", wide)]
    {
        assert_eq!(seen(&read(name, &bytes)), expected, "{name}");
    }
}

#[test]
fn points_printed_with_a_full_stop_are_points() {
    for name in ["diem.fodt", "diem.docx", "diem.doc", "diem.html"] {
        let raw = read(name, &bytes(name));
        let lines = seen(&raw);
        assert!(lines.contains(&"c. Việc bầu trưởng thôn.".to_owned()), "{name}: {lines:#?}");
        let document = rasoat::document::understand(&raw, name, "");
        for path in ["main/A1.1.a", "main/A1.1.b", "main/A1.1.c", "main/A1.2", "main/A2.a", "main/A2.b"] {
            assert!(document.unit_at(path).is_some(), "{name}: {path}");
        }
    }
}
