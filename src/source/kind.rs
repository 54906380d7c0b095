//! What a file is, by its bytes. Names lie: `.doc` that are RTF or web pages, `.docx` that are plain text.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::text::charset::bytes::utf16_without_mark;

/// Kinds of file that a reader exists for, or that have a message of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Office Open XML text.
    Docx,
    /// Office Open XML workbook (`.xlsx`, `.xlsm`, `.xlsb`).
    Xlsx,
    /// Excel 97-2003 workbook, binary or XML.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// OpenDocument text, in a package or flat.
    Odt,
    /// A zip with nothing of the above inside.
    Zip,
    /// Word 97-2003 binary.
    LegacyDoc,
    /// Password-protected Office file.
    Encrypted,
    /// Portable Document Format.
    Pdf,
    /// Rich Text Format.
    Rtf,
    /// Web page.
    Html,
    /// Web page packed with its pictures (MHTML).
    Mhtml,
    /// Word 2003 XML or flat OPC: Word's text in one XML file.
    WordXml,
    /// Picture.
    Image,
    /// Text in UTF-8, UTF-16, or an 8-bit encoding.
    Text,
    /// No bytes.
    Empty,
    /// Anything else.
    Other,
}

/// Bytes looked at to tell text from markup.
const HEAD: usize = 4096;

/// Tells the kind of a file from its bytes.
pub fn sniff(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Empty;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return sniff_zip(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return sniff_compound(bytes);
    }
    if is_image(bytes) {
        return Kind::Image;
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if find(&head[..head.len().min(1024)], b"%PDF-").is_some() {
        return Kind::Pdf;
    }
    sniff_text(bytes, head)
}

fn is_image(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 5] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*"];
    MAGIC.iter().any(|magic| bytes.starts_with(magic))
        || (bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]))
}

/// The kind of an Office package is told by its parts; some producers do not call the main part `word/document.xml`.
fn sniff_zip(bytes: &[u8]) -> Kind {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        // The central directory is lost; names also stand in the local headers.
        return if find(bytes, b"word/").is_some() {
            Kind::Docx
        } else if find(bytes, b"xl/").is_some() {
            Kind::Xlsx
        } else {
            Kind::Zip
        };
    };
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("word/document.xml") {
        return Kind::Docx;
    }
    if has("xl/workbook.xml") || has("xl/workbook.bin") {
        return Kind::Xlsx;
    }
    // Templates and master documents have longer names; StarOffice's own format is the elder of OpenDocument.
    let mime = part_head(&mut archive, "mimetype").unwrap_or_default();
    let mime = mime.trim();
    if mime.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
        return Kind::Ods;
    }
    if mime.starts_with("application/vnd.oasis.opendocument.text") || mime.starts_with("application/vnd.sun.xml.writer")
    {
        return Kind::Odt;
    }
    match part_head(&mut archive, "[Content_Types].xml") {
        Some(types) if types.contains("wordprocessingml") => Kind::Docx,
        Some(types) if types.contains("spreadsheetml") => Kind::Xlsx,
        _ if archive.file_names().any(|name| name.is_ok_and(|name| name.starts_with("word/"))) => Kind::Docx,
        _ if mime.is_empty() => match part_head(&mut archive, "content.xml") {
            Some(content) if content.contains("<office:text") => Kind::Odt,
            _ => Kind::Zip,
        },
        _ => Kind::Zip,
    }
}

fn part_head(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = Vec::new();
    archive.by_name(name).ok()?.take(64 * 1024).read_to_end(&mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// Compound files name their streams in UTF-16 at the start of 128-byte directory entries.
fn sniff_compound(bytes: &[u8]) -> Kind {
    const STREAMS: [(&str, Kind); 5] = [
        ("EncryptedPackage", Kind::Encrypted),
        ("EncryptionInfo", Kind::Encrypted),
        ("WordDocument", Kind::LegacyDoc),
        ("Workbook", Kind::Xls),
        ("Book", Kind::Xls),
    ];
    let mut names = bytes.chunks_exact(128).skip(4);
    names
        .find_map(|entry| STREAMS.iter().find(|(name, _)| is_entry(entry, name)).map(|&(_, kind)| kind))
        .unwrap_or(Kind::Other)
}

/// `entry` is a directory entry of this name: UTF-16, zero-terminated, its length in bytes at offset 64.
fn is_entry(entry: &[u8], name: &str) -> bool {
    let length = (name.len() + 1) * 2;
    usize::from(entry[64]) == length
        && entry[65] == 0
        && name.bytes().chain([0]).zip(entry.chunks_exact(2)).all(|(want, have)| have[0] == want && have[1] == 0)
}

fn sniff_text(bytes: &[u8], head: &[u8]) -> Kind {
    let marked = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    let unmarked = !marked && utf16_without_mark(head).is_some();
    let wide = marked || unmarked || is_wide_markup(head);
    // Markup is ASCII: dropping zeros reads it in UTF-16 as well.
    let ascii: Vec<u8> = if wide { head.iter().copied().filter(|&b| b != 0).collect() } else { head.to_vec() };
    let ascii = if marked { &ascii[2..] } else { ascii.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&ascii) };
    let ascii = ascii.trim_ascii_start().to_ascii_lowercase();
    if ascii.starts_with(b"{\\rtf") {
        return Kind::Rtf;
    }
    if is_mime(&ascii) {
        return Kind::Mhtml;
    }
    if let Some(kind) = sniff_markup(&ascii) {
        return kind;
    }
    let controls = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1A)).count();
    if marked || unmarked || (controls * 100 <= head.len() && !bytes.iter().take(64 * 1024).any(|&b| b == 0)) {
        Kind::Text
    } else {
        Kind::Other
    }
}

/// Markup in UTF-16 without its mark: "<" and a zero.
fn is_wide_markup(head: &[u8]) -> bool {
    matches!(head, [b'<', 0, next, 0, ..] | [0, b'<', 0, next, ..] if *next > 0)
}

/// A message in parts: it begins with header lines, two of which no message lacks.
fn is_mime(ascii: &[u8]) -> bool {
    let first = ascii.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let name = first.split(|&byte| byte == b':').next().unwrap_or_default();
    let is_header = name.len() < first.len() && name.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let has_line = |start: &[u8]| ascii.split(|&byte| byte == b'\n').any(|line| line.starts_with(start));
    is_header && has_line(b"mime-version:") && has_line(b"content-type:")
}

/// The kind of a markup file, by its first element.
fn sniff_markup(ascii: &[u8]) -> Option<Kind> {
    /// Elements that pieces of pages begin with.
    const HTML: [&str; 24] = [
        "html", "head", "body", "meta", "title", "style", "script", "link", "table", "div", "p", "span", "center",
        "font", "h1", "h2", "h3", "b", "strong", "ul", "ol", "pre", "form", "article",
    ];
    let has = |mark: &str| find(ascii, mark.as_bytes()).is_some();
    let Some(root) = root(ascii) else {
        // Programs that export tables may write a line of their own before the page.
        let is_page = has("<html") || has("<!doctype html") || (has("<table") && has("<tr"));
        return is_page.then_some(Kind::Html);
    };
    let (prefix, local) = root.split_once(':').unwrap_or(("", &root));
    match local {
        "worddocument" => Some(Kind::WordXml),
        "package" if has("xmlpackage") => Some(Kind::WordXml),
        "workbook" if has("urn:schemas-microsoft-com:office:spreadsheet") => Some(Kind::Xls),
        "document" if has("opendocument.text") => Some(Kind::Odt),
        _ if prefix.is_empty() && HTML.contains(&local) => Some(Kind::Html),
        _ if has("<html") => Some(Kind::Html),
        _ => None,
    }
}

/// The name of the first element, in lower case; `None` when something else stands before it.
fn root(ascii: &[u8]) -> Option<String> {
    let mut rest = ascii;
    loop {
        rest = rest.trim_ascii_start().strip_prefix(b"<")?;
        let end: &[u8] = match rest {
            [b'!', b'-', b'-', ..] => b"-->",
            [b'!' | b'?', ..] => b">",
            _ => break,
        };
        rest = &rest[find(rest, end)? + end.len()..];
    }
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-' | b'_');
    let name: Vec<u8> = rest.iter().copied().take_while(is_name).collect();
    (!name.is_empty()).then(|| String::from_utf8_lossy(&name).into_owned())
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn compound(stream: &str) -> Vec<u8> {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.resize(512 + 128, 0);
        let mut entry = vec![0u8; 128];
        for (i, c) in stream.bytes().enumerate() {
            entry[i * 2] = c;
        }
        entry[64] = ((stream.len() + 1) * 2) as u8;
        bytes.extend(entry);
        bytes
    }

    #[test]
    fn kinds_are_told_by_content() {
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("Điều 1".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let cases: Vec<(Vec<u8>, Kind)> = vec![
            (vec![], Kind::Empty),
            (zipped(&[("word/document.xml", "")]), Kind::Docx),
            (zipped(&[("[Content_Types].xml", "application/…wordprocessingml.document.main+xml")]), Kind::Docx),
            (zipped(&[("xl/workbook.xml", "")]), Kind::Xlsx),
            (zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]), Kind::Ods),
            (zipped(&[("mimetype", "application/vnd.oasis.opendocument.text")]), Kind::Odt),
            (zipped(&[("anh.png", "")]), Kind::Zip),
            (compound("WordDocument"), Kind::LegacyDoc),
            (compound("Workbook"), Kind::Xls),
            (compound("EncryptedPackage"), Kind::Encrypted),
            (compound("Unknown"), Kind::Other),
            (b"%PDF-1.7\n".to_vec(), Kind::Pdf),
            (b"\n {\\rtf1\\ansi".to_vec(), Kind::Rtf),
            (b"<html xmlns:o=\"urn\"><body>".to_vec(), Kind::Html),
            (b"\xEF\xBB\xBF<!DOCTYPE HTML><p>".to_vec(), Kind::Html),
            (b"<p class=MsoNormal>Quy".to_vec(), Kind::Html),
            (b"\r\n <!-- saved from url --><table><tr>".to_vec(), Kind::Html),
            (b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html PUBLIC \"x\"><html>".to_vec(), Kind::Html),
            (b"sep=,\n<table border=1><tr><td>".to_vec(), Kind::Html),
            ("<html>Quy".encode_utf16().flat_map(u16::to_le_bytes).collect(), Kind::Html),
            ("\u{feff}<html>Quy".encode_utf16().flat_map(u16::to_be_bytes).collect(), Kind::Html),
            (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"".to_vec(), Kind::Mhtml),
            (
                b"From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related;".to_vec(),
                Kind::Mhtml,
            ),
            ("Số: 5\nMIME-Version: 1.0".into(), Kind::Text),
            (b"<?xml version=\"1.0\"?><w:wordDocument>".to_vec(), Kind::WordXml),
            (
                b"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>\n<w:wordDocument>".to_vec(),
                Kind::WordXml,
            ),
            (
                b"<pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">".to_vec(),
                Kind::WordXml,
            ),
            (
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(),
                Kind::Xls,
            ),
            (b"<office:document office:mimetype=\"application/vnd.oasis.opendocument.text\">".to_vec(), Kind::Odt),
            (b"<catalog><book/></catalog>".to_vec(), Kind::Text),
            (zipped(&[("mimetype", "application/vnd.oasis.opendocument.text-template")]), Kind::Odt),
            (zipped(&[("content.xml", "<office:document-content><office:body><office:text>")]), Kind::Odt),
            (b"\xFF\xD8\xFF\xE0".to_vec(), Kind::Image),
            ("Điều 1. Phạm vi".into(), Kind::Text),
            (utf16, Kind::Text),
            (b"\xA7i\xD2u 1.".to_vec(), Kind::Text),
            (vec![0, 1, 2, 3, 0, 0, 0], Kind::Other),
        ];
        for (bytes, kind) in cases {
            assert_eq!(sniff(&bytes), kind, "{:?}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn a_package_without_its_central_directory_is_still_told() {
        let mut bytes = zipped(&[("word/document.xml", "<w:document/>")]);
        bytes.truncate(60);
        assert_eq!(sniff(&bytes), Kind::Docx);
    }
}
