//! The files of an OpenDocument package, or the one file of a flat document, with limits against hostile ones.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::source::{Unread, UnreadCode};

/// Largest part, uncompressed, in bytes.
const MAX_PART: u64 = 256 << 20;
/// Parts above this size must not be compressed better than [`MAX_RATIO`].
const RATIO_FREE: u64 = 16 << 20;
/// Most uncompressed bytes for one compressed byte in a large part.
const MAX_RATIO: u64 = 250;
/// Most entries of a package.
const MAX_ENTRIES: usize = 20_000;

/// The parts that hold words and what gives them numbers and looks.
pub(super) struct Parts {
    pub content: String,
    /// `styles.xml`; a flat document has its styles with its content.
    pub styles: Option<String>,
    /// The parts stand in a package.
    pub packed: bool,
    /// A part was cut off, or bytes of it made no sense.
    pub damaged: bool,
}

/// Opens a document.
pub(super) fn open(bytes: &[u8]) -> Result<Parts, Unread> {
    if !bytes.starts_with(b"PK") {
        if bytes.len() as u64 > MAX_PART {
            return Err(Unread::new(UnreadCode::TooLarge));
        }
        let (content, damaged) = text(bytes.to_vec());
        return Ok(Parts { content, styles: None, packed: false, damaged });
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Err(Unread::new(UnreadCode::Damaged));
    };
    if archive.len() > MAX_ENTRIES {
        return Err(Unread::new(UnreadCode::TooLarge));
    }
    // Encrypted parts look like any others; the manifest tells (OpenDocument 1.3 part 2, 4.8).
    let manifest = part(&mut archive, "META-INF/manifest.xml")?;
    if manifest.is_some_and(|(manifest, _)| manifest.contains("encryption-data")) {
        return Err(Unread::new(UnreadCode::Encrypted));
    }
    let Some((content, cut)) = part(&mut archive, "content.xml")? else {
        return Err(Unread::new(UnreadCode::Damaged));
    };
    let styles = part(&mut archive, "styles.xml")?;
    let damaged = cut || styles.as_ref().is_some_and(|(_, cut)| *cut);
    Ok(Parts { content, styles: styles.map(|(styles, _)| styles), packed: true, damaged })
}

/// A part as text, and whether it is damaged.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<(String, bool)>, Unread> {
    let entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
            return Err(Unread::new(UnreadCode::Encrypted));
        }
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(_) => return Ok(Some((String::new(), true))),
    };
    let limit = entry.compressed_size().saturating_mul(MAX_RATIO).clamp(RATIO_FREE, MAX_PART);
    let mut bytes = Vec::new();
    let outcome = entry.take(limit + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > limit {
        return Err(Unread::new(UnreadCode::TooLarge));
    }
    let (text, broken) = text(bytes);
    Ok(Some((text, broken || outcome.is_err())))
}

/// XML as text: UTF-8, or UTF-16 with a byte order mark.
fn text(bytes: Vec<u8>) -> (String, bool) {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(&bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[length..]);
        return (text.into_owned(), damaged);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, false),
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
    }
}
