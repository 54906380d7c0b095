//! The zip around a document: parts by name, relationships between them, and limits against hostile files.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::salvage::salvage;
use super::xml::{self, Listener, Tag};
use crate::source::{Unread, UnreadCode};

/// Largest uncompressed part, in bytes.
pub(super) const MAX_PART: u64 = 256 << 20;
/// Largest sum of uncompressed parts, in bytes.
pub(super) const MAX_TOTAL: u64 = 512 << 20;
/// Most entries of a package.
pub(super) const MAX_ENTRIES: usize = 20_000;
/// Parts above this size must not be compressed better than [`MAX_RATIO`].
const RATIO_FREE: u64 = 16 << 20;
/// Most uncompressed bytes for one compressed byte in a large part.
const MAX_RATIO: u64 = 250;

/// What is wrong with a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// All of it came out, but its checksum is wrong or some bytes are no text.
    Altered,
    /// It stops early.
    Cut,
    /// It is named but not there.
    Missing,
}

/// One part as text.
pub(super) struct Part {
    /// Its XML; what came before the damage when there is some.
    pub xml: String,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

/// Bytes of a part, and what is wrong with them.
pub(super) type Content = (Vec<u8>, Option<Fault>);

/// An Office package.
pub(super) struct Package<'b> {
    bytes: &'b [u8],
    /// Absent when the central directory is lost.
    archive: Option<ZipArchive<Cursor<&'b [u8]>>>,
    /// Parts found by their local headers, once they were needed.
    salvaged: Option<HashMap<String, Content>>,
    /// Two entries have one name: the directory shows only one of them.
    pub has_twins: bool,
    /// Bytes of all parts read so far, and how many there may be.
    total: u64,
    limit: u64,
}

/// A relationship of a part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Relationship {
    /// `Id`, by which elements name it.
    pub id: String,
    /// Last segment of the type's address: "styles", "footnotes", "header" …
    pub kind: String,
    /// Name of the target part, from the root of the package.
    pub target: String,
}

impl<'b> Package<'b> {
    /// Opens a package; one without its directory is searched entry by entry.
    ///
    /// `limit` is the largest sum of uncompressed parts, in bytes.
    pub fn open(bytes: &'b [u8], limit: u64) -> Result<Self, Unread> {
        let mut package = Package { bytes, archive: None, salvaged: None, has_twins: false, total: 0, limit };
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) if archive.len() > MAX_ENTRIES => return Err(Unread::new(UnreadCode::TooLarge)),
            Ok(archive) => {
                package.has_twins = declared_entries(bytes).is_some_and(|count| count > archive.len());
                package.archive = Some(archive);
            }
            Err(_) if package.salvage()?.is_empty() => return Err(Unread::new(UnreadCode::Damaged)),
            Err(_) => {}
        }
        Ok(package)
    }

    /// `true` when the zip's directory was lost.
    pub fn is_salvaged(&self) -> bool {
        self.archive.is_none()
    }

    /// A part by name (case does not count); `None` when there is none.
    pub fn part(&mut self, name: &str) -> Result<Option<Part>, Unread> {
        let Some((bytes, fault)) = self.content(name)? else { return Ok(None) };
        let (xml, broken) = text(bytes);
        Ok(Some(Part { xml, fault: fault.or(broken.then_some(Fault::Altered)) }))
    }

    /// The bytes of a part by name (case does not count); `None` when there is none.
    pub fn content(&mut self, name: &str) -> Result<Option<Content>, Unread> {
        let mut found = self.unpack(name)?;
        if found.is_none() && name.contains('%') {
            found = self.unpack(&percent_decoded(name))?;
        }
        // A directory that leads nowhere: the part may still stand where its own header is.
        if self.archive.is_some() && found.as_ref().is_some_and(|(_, fault)| *fault == Some(Fault::Cut)) {
            let found_anew = self.salvage()?.get(&name.to_lowercase()).cloned();
            let length = |content: &Option<Content>| content.as_ref().map_or(0, |(bytes, _)| bytes.len());
            if length(&found_anew) > length(&found) {
                found = found_anew.map(|(bytes, fault)| (bytes, fault.or(Some(Fault::Altered))));
            }
        }
        self.total += found.as_ref().map_or(0, |(bytes, _)| bytes.len() as u64);
        if self.total > self.limit {
            return Err(Unread::new(UnreadCode::TooLarge));
        }
        Ok(found)
    }

    fn unpack(&mut self, name: &str) -> Result<Option<Content>, Unread> {
        let Some(archive) = &mut self.archive else { return Ok(self.salvage()?.get(&name.to_lowercase()).cloned()) };
        let index = archive
            .index_for_name(name)
            .or_else(|| archive.file_names_raw().position(|raw| is_same_name(raw, name.as_bytes())));
        let Some(index) = index else { return Ok(None) };
        match archive.by_index(index) {
            Ok(mut entry) => {
                let (packed, size) = (entry.compressed_size(), entry.size());
                read_capped(&mut entry, packed, size).map(Some)
            }
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => Err(Unread::new(UnreadCode::Encrypted)),
            Err(_) => Ok(Some((Vec::new(), Some(Fault::Cut)))),
        }
    }

    fn salvage(&mut self) -> Result<&HashMap<String, Content>, Unread> {
        let found = match self.salvaged.take() {
            Some(found) => found,
            None => salvage(self.bytes)?,
        };
        Ok(self.salvaged.insert(found))
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

    /// Parts where Word puts them, for packages that lost their relationships.
    pub fn usual_parts(&mut self) -> Vec<Relationship> {
        let names: Vec<String> = match (&self.archive, &self.salvaged) {
            (Some(archive), _) => archive.file_names().flatten().map(|name| name.into_owned()).collect(),
            (None, Some(parts)) => parts.keys().cloned().collect(),
            (None, None) => Vec::new(),
        };
        let mut found: Vec<Relationship> = names
            .into_iter()
            .filter_map(|target| {
                let stem = target.strip_prefix("word/")?.strip_suffix(".xml")?;
                let kind = stem.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
                let wanted = ["styles", "numbering", "footnotes", "endnotes", "header", "footer", "comments"];
                wanted.contains(&kind.as_str()).then(|| Relationship { id: String::new(), kind, target })
            })
            .collect();
        found.sort_by(|a, b| a.target.cmp(&b.target));
        found
    }

    /// Names of the parts that `[Content_Types].xml` calls the main part of a text.
    pub fn declared_mains(&mut self) -> Result<Vec<String>, Unread> {
        let mut found = Mains(Vec::new());
        if let Some(part) = self.part("[Content_Types].xml")? {
            xml::walk(&part.xml, &mut found);
        }
        Ok(found.0)
    }
}

/// Listens for the main part in `[Content_Types].xml`.
struct Mains(Vec<String>);

impl Listener for Mains {
    fn start(&mut self, tag: &Tag<'_>, _depth: usize) {
        let is_main = |kind: &str| kind.contains("wordprocessingml") || kind.contains("ms-word");
        let kind = tag.attribute("ContentType").filter(|kind| is_main(kind) && kind.contains("main+xml"));
        if let (Some(_), Some(name)) = (kind, tag.attribute("PartName")) {
            self.0.push(name.trim_start_matches('/').to_owned());
        }
    }

    fn end(&mut self, _depth: usize) {}

    fn text(&mut self, _text: &str) {}
}

/// Entries the zip says it has (its last end record), unless it is one of the large format.
fn declared_entries(bytes: &[u8]) -> Option<usize> {
    // The record is 22 bytes and a comment of at most 65,535.
    let tail = &bytes[bytes.len().saturating_sub(22 + 65_535)..];
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let count = u16::from_le_bytes([*tail.get(at + 10)?, *tail.get(at + 11)?]);
    (count != u16::MAX).then_some(usize::from(count))
}

/// Some programs write `\` between folders.
fn is_same_name(raw: &[u8], name: &[u8]) -> bool {
    raw.len() == name.len()
        && raw.iter().zip(name).all(|(&a, b)| (if a == b'\\' { b'/' } else { a }).eq_ignore_ascii_case(b))
}

/// `%C3%A2` → `â`.
fn percent_decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |at: usize| tail.get(at).and_then(|&b| char::from(b).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
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
            let id = tag.attribute("Id").unwrap_or_default().into_owned();
            self.list.push(Relationship { id, kind, target: resolve(self.folder, &target) });
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

/// Reads an entry up to the limits.
///
/// Only bytes that really come out count: the sizes a damaged or hostile file declares prove nothing.
pub(super) fn read_capped(entry: &mut impl Read, packed: u64, size: u64) -> Result<Content, Unread> {
    let limit = packed.saturating_mul(MAX_RATIO).clamp(RATIO_FREE, MAX_PART);
    let mut bytes = Vec::with_capacity(size.min(RATIO_FREE) as usize);
    let outcome = entry.take(limit + 1).read_to_end(&mut bytes);
    let length = bytes.len() as u64;
    if length > limit {
        return Err(Unread::new(UnreadCode::TooLarge));
    }
    let fault = if length >= size && size > 0 { Fault::Altered } else { Fault::Cut };
    Ok((bytes, outcome.is_err().then_some(fault)))
}

/// Part bytes as text: UTF-8, or UTF-16 by its byte order mark or its first `<`. The flag tells that some bytes made no sense.
fn text(bytes: Vec<u8>) -> (String, bool) {
    type Unit = fn([u8; 2]) -> u16;
    let wide: Option<(usize, Unit)> = match bytes.get(..4) {
        Some([0xFF, 0xFE, ..]) => Some((2, u16::from_le_bytes)),
        Some([0xFE, 0xFF, ..]) => Some((2, u16::from_be_bytes)),
        Some([b'<', 0, _, 0]) => Some((0, u16::from_le_bytes)),
        Some([0, b'<', 0, _]) => Some((0, u16::from_be_bytes)),
        _ => None,
    };
    if let Some((from, unit)) = wide {
        let units: Vec<u16> = bytes[from..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        return (String::from_utf16_lossy(&units), false);
    }
    match simdutf8::basic::from_utf8(&bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (String::from_utf8_lossy(&bytes).into_owned(), true),
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
