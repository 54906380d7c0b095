//! Parts of a zip whose directory is lost or lies: found by their local headers (APPNOTE.TXT 4.3.7).

use std::collections::HashMap;
use std::io::Read;

use flate2::Crc;
use flate2::read::DeflateDecoder;

use super::package::{Content, Fault, MAX_ENTRIES, MAX_TOTAL, read_capped};
use crate::source::{Unread, UnreadCode};

/// Bytes of a local header before the name.
const HEADER: usize = 30;
/// How often the bytes of the file may be gone over: headers that point into each other must not cost more.
const MAX_WORK: usize = 8;

/// What a local header says.
struct Header<'b> {
    name: &'b [u8],
    method: u16,
    /// Checksum and packed size; `None` when they only follow the data (bit 3 of the flags).
    sizes: Option<(u32, usize)>,
    /// What follows the header, up to the end of the file.
    data: &'b [u8],
}

/// All XML parts that can be found, by lower-case name with `/`; of two with one name the first whole one.
///
/// Sizes in the headers are not needed: a deflated stream knows its own end.
pub(super) fn salvage(bytes: &[u8]) -> Result<HashMap<String, Content>, Unread> {
    let mut parts: HashMap<String, Content> = HashMap::new();
    let (mut at, mut total, mut work) = (0, 0, 0);
    while let Some(found) = find_header(&bytes[at..]) {
        at += found + 4;
        let Some(header) = Header::read(&bytes[at - 4..]) else { continue };
        let name = String::from_utf8_lossy(header.name).to_lowercase().replace('\\', "/");
        let start = bytes.len() - header.data.len();
        if !(name.ends_with(".xml") || name.ends_with(".rels")) {
            // Passed over whole when its size proves right: a document embedded in it has parts of the same names.
            if let Some((_, size)) =
                header.sizes.filter(|&(_, size)| header.data.get(size..).is_some_and(starts_record))
            {
                at = start + size;
            }
            continue;
        }
        let (content, used) = header.unpack()?;
        total += content.0.len() as u64;
        work += used;
        if total > MAX_TOTAL || parts.len() > MAX_ENTRIES || work > bytes.len().saturating_mul(MAX_WORK) {
            return Err(Unread::new(UnreadCode::TooLarge));
        }
        if content.1.is_none() {
            at = start + used;
        }
        if parts.get(&name).is_none_or(|(before, fault)| fault.is_some() && before.len() < content.0.len()) {
            parts.insert(name, content);
        }
    }
    Ok(parts)
}

fn find_header(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|window| window == b"PK\x03\x04")
}

impl<'b> Header<'b> {
    fn read(bytes: &'b [u8]) -> Option<Self> {
        let (fixed, rest) = bytes.split_at_checked(HEADER)?;
        let short = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
        let long = |at: usize| u32::from_le_bytes([fixed[at], fixed[at + 1], fixed[at + 2], fixed[at + 3]]);
        let (name, rest) = rest.split_at_checked(usize::from(short(26)))?;
        let (_, data) = rest.split_at_checked(usize::from(short(28)))?;
        let follows = short(6) & 8 != 0;
        let sizes = (!follows).then(|| (long(14), long(18) as usize));
        Some(Header { name, method: short(8), sizes, data })
    }

    /// The content, and how many bytes of the file it took.
    fn unpack(&self) -> Result<(Content, usize), Unread> {
        let packed = self.sizes.map_or(self.data.len(), |(_, size)| size);
        let (mut content, used) = match self.method {
            8 => {
                let mut decoder = DeflateDecoder::new(self.data);
                let content = read_capped(&mut decoder, packed.min(self.data.len()) as u64, 0)?;
                (content, decoder.total_in() as usize)
            }
            0 => {
                // Without a size the data end where the next header begins.
                let end = self.sizes.map_or_else(|| find_next(self.data), |(_, size)| size);
                let mut stored = &self.data[..end.min(self.data.len())];
                let fault = (end > self.data.len()).then_some(Fault::Cut);
                let mut bytes = Vec::with_capacity(stored.len());
                let whole = stored.read_to_end(&mut bytes).is_ok();
                ((bytes, fault.or((!whole).then_some(Fault::Cut))), end.min(self.data.len()))
            }
            _ => ((Vec::new(), Some(Fault::Cut)), 0),
        };
        if let (None, Some((checksum, _))) = (content.1, self.sizes) {
            let mut crc = Crc::new();
            crc.update(&content.0);
            content.1 = (crc.sum() != checksum).then_some(Fault::Altered);
        }
        Ok((content, used))
    }
}

/// Where the next record of the zip begins.
fn find_next(data: &[u8]) -> usize {
    data.windows(4).position(starts_record).unwrap_or(data.len())
}

fn starts_record(data: &[u8]) -> bool {
    matches!(data, [b'P', b'K', 1, 2, ..] | [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..])
}
