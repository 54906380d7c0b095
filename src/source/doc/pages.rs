//! Formatted disk pages (FKP, [MS-DOC] 2.9.33 and 2.9.174): which stretch of the file has which properties.

use super::bytes::{plc, u16_at, u32_at};
use super::fib::{Fib, Part, Version};

/// Size of a page, in bytes.
const PAGE: usize = 512;
/// Most stretches kept: more than 20 million characters need.
const MAX_STRETCHES: usize = 4_000_000;

/// What a stretch of the stream has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Formatted {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Where its properties stand in the stream `WordDocument`; 0 for none.
    pub at: u32,
}

/// Which properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Characters,
    Paragraphs,
}

/// Reads all pages; the stretches ascend.
pub(super) fn read(fib: &Fib, table: &[u8], stream: &[u8], of: Of) -> Vec<Formatted> {
    let mut found = Vec::new();
    // Each page of the stream can be named once.
    for page in numbers(fib, table, of).take(stream.len() / PAGE + 1) {
        if found.len() > MAX_STRETCHES {
            break;
        }
        read_page(stream, page, fib.version, of, &mut found);
    }
    found.sort_by_key(|stretch| stretch.start);
    found
}

/// The numbers of the pages. Word 6 may leave some out of the table: they follow the last one.
fn numbers<'t>(fib: &Fib, table: &'t [u8], of: Of) -> impl Iterator<Item = u32> + use<'t> {
    let (part, pages) = match of {
        Of::Characters => (Part::CharacterPages, fib.pages[0]),
        Of::Paragraphs => (Part::ParagraphPages, fib.pages[1]),
    };
    let bytes = fib.part(table, part);
    let version = fib.version;
    let size = if version == Version::Word6 { 2 } else { 4 };
    let named = plc(bytes, size).filter_map(move |stretch| match version {
        Version::Word6 => u16_at(stretch.data, 0).map(u32::from),
        Version::Word97 => u32_at(stretch.data, 0).map(|number| number & 0x003F_FFFF),
    });
    let count = plc(bytes, size).count() as u32;
    let (first, all) = (u32::from(pages.0), u32::from(pages.1));
    named.chain((first + count)..(first + all.max(count)))
}

fn read_page(stream: &[u8], number: u32, version: Version, of: Of, found: &mut Vec<Formatted>) -> Option<()> {
    let start = (number as usize).checked_mul(PAGE)?;
    let page = stream.get(start..start.checked_add(PAGE)?)?;
    let count = usize::from(page[PAGE - 1]);
    // After the positions: one byte a stretch, with more behind it for paragraphs.
    let width = match (of, version) {
        (Of::Characters, _) => 1,
        (Of::Paragraphs, Version::Word97) => 13,
        (Of::Paragraphs, Version::Word6) => 7,
    };
    for at in 0..count {
        let (from, to) = (u32_at(page, at * 4)?, u32_at(page, at * 4 + 4)?);
        let words = *page.get((count + 1) * 4 + at * width)?;
        if from < to {
            let at = if words == 0 { 0 } else { (start + usize::from(words) * 2) as u32 };
            found.push(Formatted { start: from, end: to, at });
        }
    }
    Some(())
}

/// The stretch that holds a byte of the stream.
pub(super) fn find(stretches: &[Formatted], byte: u32) -> Option<Formatted> {
    let after = stretches.partition_point(|stretch| stretch.start <= byte);
    stretches.get(after.checked_sub(1)?).copied().filter(|stretch| byte < stretch.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_tells_its_stretches() {
        let mut stream = vec![0u8; PAGE * 2];
        let page = &mut stream[PAGE..];
        page[PAGE - 1] = 2;
        for (at, position) in [100u32, 140, 150].into_iter().enumerate() {
            page[at * 4..at * 4 + 4].copy_from_slice(&position.to_le_bytes());
        }
        page[12] = 0;
        page[13] = 200;
        let mut found = Vec::new();
        read_page(&stream, 1, Version::Word97, Of::Characters, &mut found);
        let last = Formatted { start: 140, end: 150, at: 512 + 400 };
        assert_eq!(found, [Formatted { start: 100, end: 140, at: 0 }, last]);
        assert_eq!((find(&found, 99), find(&found, 149), find(&found, 150)), (None, Some(last), None));
        assert_eq!(read_page(&stream, 9, Version::Word97, Of::Paragraphs, &mut found), None);
    }
}
