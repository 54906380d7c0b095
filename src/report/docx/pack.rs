//! From the writer's document to a file: compressed, rows of heads repeated, no clock.

use std::io::{self, Cursor, Read as _, Write as _};

use docx_rs::Docx;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::page::HEAD_ROW;

/// The bytes of a document.
pub fn pack(docx: Docx) -> io::Result<Vec<u8>> {
    let mut loose = Vec::new();
    docx.pack(Cursor::new(&mut loose)).map_err(io::Error::other)?;
    // The writer stores its parts as they are and knows no repeated rows: both are made good here.
    let mut archive = ZipArchive::new(Cursor::new(loose)).map_err(io::Error::other)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(io::Error::other)?;
        if entry.is_dir() {
            continue;
        }
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let mut part = Vec::new();
        entry.read_to_end(&mut part)?;
        if name == "word/document.xml" {
            part = repeat_heads(part);
        }
        writer.start_file(name, packed).map_err(io::Error::other)?;
        writer.write_all(&part)?;
    }
    Ok(writer.finish().map_err(io::Error::other)?.into_inner())
}

/// Rows of the marked height are heads.
fn repeat_heads(part: Vec<u8>) -> Vec<u8> {
    let marked = format!("<w:trHeight w:val=\"{HEAD_ROW}\" w:hRule=\"atLeast\" />");
    match String::from_utf8(part) {
        Ok(xml) => xml.replace(&marked, "<w:tblHeader />").into_bytes(),
        Err(other) => other.into_bytes(),
    }
}
