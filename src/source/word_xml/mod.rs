//! Word's text in one XML file that is no package: flat OPC (`pkg:package`) and Word 2003 XML (`w:wordDocument`).
//!
//! Both hold what a `.docx` holds, written otherwise. So each is packed as one and read as one: a list, a note or a
//! tracked change is understood in one place only.

mod flat;
mod pack;
mod word2003;

#[cfg(test)]
mod tests;

use super::{RawDocument, Reader, Unread, UnreadCode, docx};
use pack::Parts;

/// Largest file, in bytes.
const MAX_BYTES: usize = 256 << 20;

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Unread> {
    if bytes.len() > MAX_BYTES {
        return Err(Unread::new(UnreadCode::TooLarge));
    }
    let (xml, broken) = pack::text(bytes);
    let Parts { files, whole } = if flat::is_package(&xml) { flat::parts(&xml) } else { word2003::parts(&xml) };
    let package = pack::zipped(&files).ok_or_else(|| Unread::new(UnreadCode::Damaged))?;
    let mut raw = docx::read(&package)?;
    raw.reader = Reader::WordXml;
    raw.part = String::new();
    let told = raw.warnings.iter().any(|warning| warning.code == "damaged-part");
    if (broken || !whole) && !told {
        raw.warnings.insert(0, super::compose::notices::damaged());
    }
    Ok(raw)
}
