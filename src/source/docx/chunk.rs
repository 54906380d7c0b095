//! Documents embedded whole: chunks (`w:altChunk`, ECMA-376 part 1, 17.17.2), which Word shows in place of the element, and
//! objects of Word in the text, which it shows as they were last seen.

use super::package::Package;
use crate::source::kind::{Kind, sniff};
use crate::source::{Block, Unread, doc, html, plain, rtf};

/// Deepest nesting of packages in packages: what is inside a chunk inside a chunk is told as not read.
const MAX_NESTED: usize = 1;
/// Most embedded documents read, and the largest sum of uncompressed parts of each: together as much as one document.
pub(super) const MAX_CHUNKS: usize = 64;
pub(super) const MAX_TOTAL: u64 = super::package::MAX_TOTAL / MAX_CHUNKS as u64;

/// The blocks of a chunk; `None` when it is missing or cannot be read, which is told where it stands.
pub(super) fn read(package: &mut Package<'_>, target: &str, nested: usize) -> Result<Option<Vec<Block>>, Unread> {
    let Some((bytes, _)) = package.content(target)? else { return Ok(None) };
    let raw = match sniff(&bytes) {
        Kind::Docx if nested < MAX_NESTED => super::read_at(&bytes, nested + 1),
        Kind::LegacyDoc => doc::read(&bytes),
        Kind::Html => html::read(&bytes),
        Kind::Rtf => rtf::read(&bytes),
        Kind::Text => plain::read(&bytes),
        Kind::Mhtml => html::read_packed(&bytes),
        _ => return Ok(None),
    };
    Ok(raw.ok().map(|raw| raw.blocks))
}
