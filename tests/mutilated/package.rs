//! Zips, honest and not.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The namespace of WordprocessingML as a root element declares it.
pub const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
/// Beginning of every type of relationship.
pub const LINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A zip with these parts.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        writer.start_file(*name, options).expect("an entry");
        writer.write_all(bytes).expect("an entry");
    }
    writer.finish().expect("a zip").into_inner()
}

/// The parts of a zip.
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("its bytes");
            (entry.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

/// Relationships: type's last segment and target.
pub fn links(links: &[(&str, &str)]) -> String {
    let list: String = links
        .iter()
        .enumerate()
        .map(|(at, (kind, target))| format!(r#"<Relationship Id="r{at}" Type="{LINK}/{kind}" Target="{target}"/>"#))
        .collect();
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{list}</Relationships>"#
    )
}

/// A Word package around a main part, with other parts under `word/`; each is linked by its name.
pub fn docx(main: &[u8], others: &[(&str, &[u8])]) -> Vec<u8> {
    let named: Vec<(String, &[u8])> = others.iter().map(|(name, bytes)| (format!("word/{name}.xml"), *bytes)).collect();
    let targets: Vec<(&str, String)> = others.iter().map(|(name, _)| (*name, format!("{name}.xml"))).collect();
    let of_main = links(&targets.iter().map(|(kind, target)| (*kind, target.as_str())).collect::<Vec<_>>());
    let root = links(&[("officeDocument", "word/document.xml")]);
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("word/_rels/document.xml.rels", of_main.as_bytes()),
        ("word/document.xml", main),
    ];
    parts.extend(named.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
    zip(&parts)
}

/// A main part with this body.
pub fn document(body: &str) -> String {
    format!("<w:document {WORD}><w:body>{body}</w:body></w:document>")
}

/// A paragraph of one run.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// Writes `value` at `offset` of every record that begins with this signature.
pub fn lie(bytes: &mut [u8], signature: [u8; 4], offset: usize, value: u32) {
    for at in 0..bytes.len().saturating_sub(offset + 4) {
        if bytes[at..at + 4] == signature {
            bytes[at + offset..at + offset + 4].copy_from_slice(&value.to_le_bytes());
        }
    }
}

/// A local header.
pub const LOCAL: [u8; 4] = *b"PK\x03\x04";
/// A record of the central directory.
pub const CENTRAL: [u8; 4] = *b"PK\x01\x02";

/// Adds `count` records to the directory that all point at the data of its last entry.
pub fn overlap(bytes: &[u8], count: u16) -> Vec<u8> {
    let end = bytes.windows(4).rposition(|window| window == b"PK\x05\x06").expect("an end");
    let last = bytes[..end].windows(4).rposition(|window| window == CENTRAL).expect("a record");
    let record = &bytes[last..end];
    let mut out = bytes[..end].to_vec();
    let name = 46;
    for number in 0..count {
        let from = out.len();
        out.extend(record);
        // Another name of the same length.
        out[from + name..from + name + 4].copy_from_slice(format!("{number:04x}").as_bytes());
    }
    let mut tail = bytes[end..].to_vec();
    let total = u16::from_le_bytes([tail[10], tail[11]]) + count;
    let size =
        u32::from_le_bytes([tail[12], tail[13], tail[14], tail[15]]) + (record.len() * usize::from(count)) as u32;
    tail[8..10].copy_from_slice(&total.to_le_bytes());
    tail[10..12].copy_from_slice(&total.to_le_bytes());
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    out.extend(tail);
    out
}
