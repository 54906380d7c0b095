//! Packages: where parts are, what is broken in them.

use super::*;
use crate::source::UnreadCode;

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
    assert!(raw.warnings[0].message.contains("đến đoạn “…Điều 1. Phạm vi”"), "{}", raw.warnings[0].message);

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

fn main_of(text: &str) -> String {
    part("document", &format!("<w:body>{}</w:body>", p(&r(text))))
}

#[test]
fn the_main_part_is_found_by_relationship_by_type_or_by_habit() {
    let root = |target: &str| ("_rels/.rels".to_owned(), relationships(&relationship("officeDocument", target)));
    let types = "<Types><Override PartName=\"/a/b.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let main = |name: &str| (name.to_owned(), main_of("Điều 1"));
    for parts in [
        vec![root("/word/document2.xml"), main("word/document2.xml")],
        vec![root("word/v%C4%83n%20b%E1%BA%A3n.xml"), main("word/văn bản.xml")],
        vec![root("word/mất.xml"), main("word/document.xml")],
        vec![("[Content_Types].xml".to_owned(), types.to_owned()), main("a/b.xml")],
        vec![root("word/document.xml"), main("word\\document.xml")],
        vec![main("word/document.xml")],
    ] {
        let name = parts.last().map(|(name, _)| name.clone());
        assert_eq!(texts(&read(&zipped(&parts)).unwrap()), ["Điều 1"], "{name:?}");
    }
}

#[test]
fn names_of_vocabularies_may_be_declared_anywhere() {
    for xml in [
        format!("<document xmlns=\"{MAIN}\"><body><p><r><t>Điều 1</t></r></p></body></document>"),
        format!(
            "<ns0:document xmlns:ns0=\"{MAIN}\"><ns0:body><ns0:p><ns0:r><ns0:t>Điều 1</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>"
        ),
        "<w:document><w:body><w:p><w:r><w:t>Điều 1</w:t></w:r></w:p></w:body></w:document>".to_owned(),
        format!(
            "<w:document xmlns:w=\"{MAIN}\"><w:body><x:p xmlns:x=\"{MAIN}\"><x:r><x:t>Điều 1</x:t></x:r></x:p></w:body></w:document>"
        ),
    ] {
        assert_eq!(texts(&read(&zipped(&[("word/document.xml".into(), xml)])).unwrap()), ["Điều 1"]);
    }
}

#[test]
fn parts_in_other_encodings_and_with_stray_characters_are_read() {
    let xml = main_of("Điều 1");
    let wide = |mark: &[u8], unit: fn(u16) -> [u8; 2]| {
        let units = xml.replace("UTF-8", "UTF-16").encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        [mark, &units].concat()
    };
    for bytes in [
        wide(&[0xFF, 0xFE], u16::to_le_bytes),
        wide(&[0xFE, 0xFF], u16::to_be_bytes),
        wide(&[], u16::to_le_bytes),
        [&[0xEF, 0xBB, 0xBF], xml.as_bytes()].concat(),
        main_of("Điều\u{1}\u{fffe} 1").into_bytes(),
    ] {
        let raw = read(&zipped_bytes(&[("word/document.xml", &bytes)])).unwrap();
        assert_eq!((texts(&raw), codes(&raw)), (vec!["Điều 1".to_owned()], vec![]));
    }
    let loose = read(&zipped(&[("word/document.xml".into(), main_of("A & B &lạ; C"))])).unwrap();
    assert_eq!(texts(&loose), ["A & B  C"]);
    let broken = main_of("Điều #").into_bytes().iter().map(|&b| if b == b'#' { 0xFF } else { b }).collect::<Vec<u8>>();
    let raw = read(&zipped_bytes(&[("word/document.xml", &broken)])).unwrap();
    assert_eq!(codes(&raw), ["damaged-part"]);
    assert!(raw.warnings[0].message.contains("có thể có chữ sai"), "{}", raw.warnings[0].message);
}

#[test]
fn missing_parts_are_told() {
    let mut package = Package::new(&p(&r("Điều 1")));
    package.relationships.push_str(&relationship("numbering", "numbering.xml"));
    let raw = package.read();
    assert!(raw.warnings[0].message.contains("thiếu phần đánh số tự động"), "{}", raw.warnings[0].message);
}

/// A zip as programs write it that cannot go back in their output: sizes follow the data (bit 3 of the flags).
fn streamed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, text) in parts {
        let mut deflater = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        deflater.write_all(text.as_bytes()).unwrap();
        let packed = deflater.finish().unwrap();
        bytes.extend(b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0");
        bytes.extend([0; 12]);
        bytes.extend((name.len() as u16).to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(name.as_bytes());
        bytes.extend(&packed);
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        bytes.extend(b"PK\x07\x08");
        bytes.extend(crc.sum().to_le_bytes());
        bytes.extend((packed.len() as u32).to_le_bytes());
        bytes.extend((text.len() as u32).to_le_bytes());
    }
    bytes
}

#[test]
fn packages_without_a_directory_are_searched_even_without_sizes() {
    let whole = part("document", &format!("<w:body>{}{}</w:body>", p(&r("Điều 1. Phạm vi")), p(&r("Điều 2."))));
    let styles = part("styles", "");
    let bytes = streamed(&[("word/styles.xml", &styles), ("word/document.xml", &whole)]);
    let raw = crate::source::read("a.docx", &bytes).unwrap();
    assert_eq!(texts(&raw), ["Điều 1. Phạm vi", "Điều 2."]);
    assert!(raw.warnings[0].message.contains("mất mục lục"), "{}", raw.warnings[0].message);

    // Cut inside the last part: what came out of it is read.
    let text: String = (1..400).map(|n| p(&r(&format!("Khoản {n} về mức đóng góp {}", n * 7919 % 1013)))).collect();
    let long = part("document", &format!("<w:body>{text}</w:body>"));
    let mut cut = streamed(&[("word/document.xml", &long)]);
    cut.truncate(cut.len() / 2);
    let raw = read(&cut).unwrap();
    assert!(texts(&raw).len() > 50);
    assert!(raw.warnings[0].message.contains("chỉ đọc được đến đoạn"), "{}", raw.warnings[0].message);
}

#[test]
fn a_directory_that_leads_nowhere_and_a_wrong_checksum_are_told() {
    let sound = zipped(&[("word/document.xml".into(), main_of("Điều 1"))]);
    let at = |magic: &[u8]| sound.windows(4).position(|window| window == magic).unwrap();
    let mut lost = sound.clone();
    // The offset of the local header, in the directory.
    lost[at(b"PK\x01\x02") + 42] ^= 0x7F;
    let mut altered = sound.clone();
    altered[at(b"PK\x01\x02") + 16] ^= 0x7F;
    for bytes in [lost, altered] {
        let raw = read(&bytes).unwrap();
        assert_eq!((texts(&raw), codes(&raw)), (vec!["Điều 1".to_owned()], vec!["damaged-part"]));
    }
}

#[test]
fn two_parts_of_one_name_are_told() {
    let first =
        zipped(&[("word/document.xml".into(), main_of("Điều 1")), ("word/documenT.xml".into(), main_of("Điều 2"))]);
    let mut bytes = first;
    while let Some(at) = bytes.windows(9).position(|window| window == b"documenT.") {
        bytes[at + 7] = b't';
    }
    let raw = read(&bytes).unwrap();
    assert_eq!(codes(&raw), ["damaged-part"]);
    assert!(raw.warnings[0].message.contains("trùng tên"), "{}", raw.warnings[0].message);
}

#[test]
fn a_note_or_a_number_repeated_a_million_times_fills_no_memory() {
    let note = "ghi chú ".repeat(50_000);
    let reference = "<w:r><w:footnoteReference w:id=\"1\"/></w:r>";
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:lvlText w:val=\"{}\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
        "số ".repeat(50_000)
    );
    let item = "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:p>";
    let raw = Package::new(&(p(&(r("Điều 1") + &reference.repeat(2_000))) + &item.repeat(2_000)))
        .with("footnotes", "footnotes", &format!("<w:footnote w:id=\"1\">{}</w:footnote>", p(&r(&note))))
        .with("numbering", "numbering", &numbering)
        .read();
    let kept: usize = raw.paragraphs().iter().map(|paragraph| paragraph.visible().len()).sum();
    assert_eq!(first(&raw).notes.len(), 1);
    assert!(kept < 1_000_000, "{kept}");
}
