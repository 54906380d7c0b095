//! Little-endian numbers and tables out of bytes that may end anywhere.

/// `length` bytes from `at`; `None` where the bytes end before.
pub(super) fn slice(bytes: &[u8], at: usize, length: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(length)?)
}

/// The 16-bit number at `at`.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    slice(bytes, at, 2)?.try_into().ok().map(u16::from_le_bytes)
}

/// The 32-bit number at `at`.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    slice(bytes, at, 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// UTF-16 text of `length` units from `at`; what is not UTF-16 becomes U+FFFD.
pub(super) fn utf16_at(bytes: &[u8], at: usize, length: usize) -> Option<String> {
    let bytes = slice(bytes, at, length.checked_mul(2)?)?;
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}

/// One stretch of a PLC: from one position to the next, with what is said of it.
pub(super) struct Stretch<'b> {
    pub start: u32,
    pub end: u32,
    pub data: &'b [u8],
}

/// The stretches of a PLC ([MS-DOC] 2.2.2): ascending positions, then `size` bytes for every two neighbours.
///
/// The first positions that do not ascend end it: stretches must not overlap, or a small file could repeat itself for ever.
pub(super) fn plc(bytes: &[u8], size: usize) -> impl Iterator<Item = Stretch<'_>> {
    let count = bytes.len().saturating_sub(4) / (4 + size);
    (0..count).map_while(move |at| {
        let (start, end) = (u32_at(bytes, at * 4)?, u32_at(bytes, at * 4 + 4)?);
        let data = slice(bytes, (count + 1) * 4 + at * size, size)?;
        (start <= end).then_some(Stretch { start, end, data })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_end_where_the_bytes_end() {
        let bytes = [1, 2, 3, 4];
        assert_eq!((u16_at(&bytes, 2), u16_at(&bytes, 3)), (Some(0x0403), None));
        assert_eq!((u32_at(&bytes, 0), u32_at(&bytes, 1)), (Some(0x0403_0201), None));
        assert_eq!(slice(&bytes, usize::MAX, 2), None);
        assert_eq!(utf16_at(&[0x10, 0x01, b'i', 0], 0, 2).as_deref(), Some("Đi"));
    }

    #[test]
    fn a_plc_ends_where_it_no_longer_ascends() {
        let bytes: Vec<u8> = [0u32, 5, 9, 7].iter().flat_map(|n| n.to_le_bytes()).chain([1, 0, 2, 0, 3, 0]).collect();
        let found: Vec<_> = plc(&bytes, 2).map(|stretch| (stretch.start, stretch.end, stretch.data[0])).collect();
        assert_eq!(found, [(0, 5, 1), (5, 9, 2)]);
        assert_eq!(plc(&[1, 2, 3], 4).count(), 0);
    }
}
