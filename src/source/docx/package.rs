//! The zip around a document: parts by name, relationships between them, and limits against hostile files.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::read::read_zipfile_from_stream;
use zip::result::ZipError;

use super::xml::{self, Listener, Tag};
use crate::source::{Unread, UnreadCode};

/// Largest uncompressed part, in bytes.
const MAX_PART: u64 = 256 << 20;
/// Largest sum of uncompressed parts, in bytes.
const MAX_TOTAL: u64 = 512 << 20;
/// Most entries of a package.
const MAX_ENTRIES: usize = 20_000;
/// Parts above this size must not be compressed better than [`MAX_RATIO`].
const RATIO_FREE: u64 = 16 << 20;
/// Most uncompressed bytes for one compressed byte in a large part.
const MAX_RATIO: u64 = 250;

/// One part as text.
pub(super) struct Part {
    /// Its XML.
    pub xml: String,
    /// `true` when the part was cut off or its checksum is wrong: `xml` is what came before, or what may be altered.
    pub damaged: bool,
}

/// An Office package.
pub(super) struct Package<'b> {
    entries: Entries<'b>,
    /// Bytes of all parts read so far.
    total: u64,
}

enum Entries<'b> {
    /// The zip is whole.
    Archive(ZipArchive<Cursor<&'b [u8]>>),
    /// The central directory is lost; these parts were found by their local headers.
    Salvaged(HashMap<String, (Vec<u8>, bool)>),
}

/// A relationship of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relationship {
    /// Last segment of the type's address: "styles", "footnotes", "header" …
    pub kind: String,
    /// Name of the target part, from the root of the package.
    pub target: String,
}

impl<'b> Package<'b> {
    /// Opens a package; one without its directory is searched entry by entry.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Unread> {
        let entries = match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) if archive.len() > MAX_ENTRIES => return Err(Unread::new(UnreadCode::TooLarge)),
            Ok(archive) => Entries::Archive(archive),
            Err(_) => Entries::Salvaged(salvage(bytes)?),
        };
        Ok(Package { entries, total: 0 })
    }

    /// `true` when the zip's directory was lost.
    pub fn is_salvaged(&self) -> bool {
        matches!(self.entries, Entries::Salvaged(_))
    }

    /// A part by name (case does not count); `None` when there is none.
    pub fn part(&mut self, name: &str) -> Result<Option<Part>, Unread> {
        let (bytes, damaged) = match &mut self.entries {
            Entries::Salvaged(parts) => match parts.get(&name.to_lowercase()) {
                Some((bytes, damaged)) => (bytes.clone(), *damaged),
                None => return Ok(None),
            },
            Entries::Archive(archive) => {
                let index = archive
                    .index_for_name(name)
                    .or_else(|| archive.file_names_raw().position(|raw| raw.eq_ignore_ascii_case(name.as_bytes())));
                let Some(index) = index else { return Ok(None) };
                let mut entry = match archive.by_index(index) {
                    Ok(entry) => entry,
                    Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                        return Err(Unread::new(UnreadCode::Encrypted));
                    }
                    Err(_) => return Ok(Some(Part { xml: String::new(), damaged: true })),
                };
                let (packed, size) = (entry.compressed_size(), entry.size());
                read_capped(&mut entry, packed, size)?
            }
        };
        self.total += bytes.len() as u64;
        if self.total > MAX_TOTAL {
            return Err(Unread::new(UnreadCode::TooLarge));
        }
        let (xml, broken) = text(bytes);
        Ok(Some(Part { xml, damaged: damaged || broken }))
    }

    /// Relationships of a part (`""` for the package), in the order they are written; external ones left out.
    pub fn relationships(&mut self, of: &str) -> Result<Vec<Relationship>, Unread> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let mut found = Relationships { folder, list: Vec::new() };
        if let Some(part) = self.part(&name)? {
            xml::walk(&part.xml, &mut found);
        }
        Ok(found.list)
    }
}

struct Relationships<'f> {
    folder: &'f str,
    list: Vec<Relationship>,
}

impl Listener for Relationships<'_> {
    fn start(&mut self, tag: &Tag<'_>, _depth: usize) {
        if tag.name != "Relationship" || tag.attribute("TargetMode").is_some_and(|mode| mode == "External") {
            return;
        }
        if let (Some(kind), Some(target)) = (tag.attribute("Type"), tag.attribute("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            self.list.push(Relationship { kind, target: resolve(self.folder, &target) });
        }
    }

    fn end(&mut self, _depth: usize) {}

    fn text(&mut self, _text: &str) {}
}

/// The part a relationship's target names, seen from `folder`.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path.join("/")
}

/// Reads an entry up to the limits. The flag tells that the data stopped early or failed its checksum.
///
/// Only bytes that really come out count: the sizes a damaged or hostile file declares prove nothing.
fn read_capped(entry: &mut impl Read, packed: u64, size: u64) -> Result<(Vec<u8>, bool), Unread> {
    let limit = packed.saturating_mul(MAX_RATIO).clamp(RATIO_FREE, MAX_PART);
    let mut bytes = Vec::with_capacity(size.min(RATIO_FREE) as usize);
    let outcome = entry.take(limit + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > limit {
        return Err(Unread::new(UnreadCode::TooLarge));
    }
    Ok((bytes, outcome.is_err()))
}

/// Parts by their local headers, for a file whose end is missing.
fn salvage(bytes: &[u8]) -> Result<HashMap<String, (Vec<u8>, bool)>, Unread> {
    let mut parts = HashMap::new();
    let mut rest = bytes;
    let mut total = 0;
    while let Ok(Some(mut entry)) = read_zipfile_from_stream(&mut rest) {
        let name = entry.name().map(|name| name.to_lowercase()).unwrap_or_default();
        let (packed, size) = (entry.compressed_size(), entry.size());
        let wanted = name.ends_with(".xml") || name.ends_with(".rels");
        let read = if wanted { read_capped(&mut entry, packed, size)? } else { (Vec::new(), false) };
        total += read.0.len() as u64;
        let stop = read.1;
        if wanted {
            parts.insert(name, read);
        }
        if total > MAX_TOTAL || parts.len() > MAX_ENTRIES {
            return Err(Unread::new(UnreadCode::TooLarge));
        }
        if stop {
            break;
        }
    }
    if parts.is_empty() { Err(Unread::new(UnreadCode::Damaged)) } else { Ok(parts) }
}

/// Part bytes as text: UTF-8, or UTF-16 with a byte order mark. The flag tells that some bytes made no sense.
fn text(bytes: Vec<u8>) -> (String, bool) {
    let wide: Option<fn([u8; 2]) -> u16> = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => Some(u16::from_le_bytes),
        Some([0xFE, 0xFF]) => Some(u16::from_be_bytes),
        _ => None,
    };
    if let Some(unit) = wide {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        return (String::from_utf16_lossy(&units), false);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, false),
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_from_the_folder_of_their_part() {
        for (folder, target, part) in [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/document2.xml", "word/document2.xml"),
            ("word", "../customXml/item1.xml", "customXml/item1.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("", "../../x.xml", "x.xml"),
        ] {
            assert_eq!(resolve(folder, target), part);
        }
    }
}
