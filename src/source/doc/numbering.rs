//! Automatic numbers: lists (PlfLst, [MS-DOC] 2.9.191) and what paragraphs name them by (PlfLfo, 2.9.190).

use super::bytes::{slice, u16_at, u32_at, utf16_at};
use super::fib::{Fib, Part, Version};
use super::props::CharProps;
use crate::source::compose::lists::{Definition, Format, LEVELS, Level, List, Lists};
use crate::source::compose::text::Font;

/// Numbers above this one are no lists but signs for "numbered as in Word 6".
pub(super) const MAX_LIST: u16 = 0x07FE;

/// Reads the lists of a document of Word 97.
pub(super) fn read(fib: &Fib, table: &[u8], fonts: &[Font]) -> Lists {
    let mut lists = Lists::default();
    let (at, length) = fib.place(Part::Lists);
    if length > 0 {
        let ids = definitions(table.get(at..).unwrap_or_default(), length, fonts, &mut lists);
        overrides(fib.part(table, Part::ListOverrides), &ids, fonts, &mut lists);
    }
    lists
}

/// The definitions, and the identifier of each in the file. Their levels stand behind the `length` bytes of the part.
fn definitions(bytes: &[u8], length: usize, fonts: &[Font], lists: &mut Lists) -> Vec<u32> {
    const SIZE: usize = 28;
    let count = u16_at(bytes, 0).map_or(0, usize::from);
    let mut ids = Vec::new();
    let mut at = length;
    for number in 0..count {
        let Some(head) = slice(bytes, 2 + number * SIZE, SIZE) else { break };
        let is_simple = head[26] & 1 != 0;
        let mut definition = Definition::default();
        for level in definition.levels.iter_mut().take(if is_simple { 1 } else { LEVELS }) {
            let Some((read, size)) = bytes.get(at..).and_then(|rest| self::level(rest, fonts)) else { break };
            *level = read;
            at += size;
        }
        lists.definitions.insert(number as u32, definition);
        ids.push(u32_at(head, 0).unwrap_or(0));
    }
    ids
}

/// LVL ([MS-DOC] 2.9.150), and its size.
fn level(bytes: &[u8], fonts: &[Font]) -> Option<(Level, usize)> {
    let head = slice(bytes, 0, 28)?;
    let (characters, paragraph) = (usize::from(head[24]), usize::from(head[25]));
    let mut props = CharProps::default();
    props.apply(slice(bytes, 28 + paragraph, characters)?, Version::Word97);
    let at = 28 + paragraph + characters;
    let length = usize::from(u16_at(bytes, at)?);
    let font = props.font.or(props.ascii_font).and_then(|font| fonts.get(usize::from(font)));
    let flags = head[5];
    let level = Level {
        start: u32_at(head, 0),
        format: Format::of_code(head[4].into()),
        text: text(&utf16_at(bytes, at + 2, length)?),
        restart: (flags & 0x08 != 0).then(|| usize::from(head[26])),
        legal: flags & 0x04 != 0,
        style: None,
        symbol: font.and_then(|font| font.symbol),
    };
    Some((level, at + 2 + length * 2))
}

/// The characters 0 to 8 stand for the numbers of the levels.
fn text(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    for c in written.chars() {
        match c {
            '\0'..='\x08' => {
                text.push('%');
                text.push(char::from(b'1' + c as u8));
            }
            _ => text.push(c),
        }
    }
    text
}

/// LFO ([MS-DOC] 2.9.131) and, behind all of them, what each overrides (LFOData, 2.9.132).
fn overrides(bytes: &[u8], ids: &[u32], fonts: &[Font], lists: &mut Lists) -> Option<()> {
    const SIZE: usize = 16;
    let count = (u32_at(bytes, 0)? as usize).min(usize::from(MAX_LIST)).min(bytes.len() / SIZE);
    let mut at = 4 + count * SIZE;
    // All lists first: what they override may be cut.
    for number in 0..count {
        let id = u32_at(bytes, 4 + number * SIZE)?;
        if let Some(definition) = ids.iter().position(|&other| other == id) {
            lists.lists.insert(number as u32 + 1, List { definition: definition as u32, ..List::default() });
        }
    }
    for number in 0..count {
        let levels = *bytes.get(4 + number * SIZE + 12)?;
        at += 4;
        for _ in 0..levels {
            let (start, flags) = (u32_at(bytes, at)?, u32_at(bytes, at + 4)?);
            at += 8;
            let which = (flags & 0xF) as usize;
            let own = if flags & 0x20 != 0 {
                let (own, size) = level(bytes.get(at..)?, fonts)?;
                at += size;
                Some(own)
            } else {
                None
            };
            let Some(list) = lists.lists.get_mut(&(number as u32 + 1)).filter(|_| which < LEVELS) else { continue };
            if flags & 0x10 != 0 {
                list.starts[which] = own.as_ref().map_or(Some(start), |own| own.start);
            }
            if let Some(own) = own {
                list.levels.insert(which, own);
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::compose::lists::Counters;

    fn written(start: u32, code: u8, text: &str) -> Vec<u8> {
        let mut bytes = start.to_le_bytes().to_vec();
        bytes.push(code);
        bytes.resize(28, 0);
        let units: Vec<u16> = text.encode_utf16().collect();
        bytes.extend((units.len() as u16).to_le_bytes());
        bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
        bytes
    }

    #[test]
    fn lists_are_counted_with_what_overrides_them() {
        // One simple list and one of nine levels.
        let mut bytes = vec![2, 0];
        for (id, simple) in [(70u32, 1u8), (71, 0)] {
            bytes.extend(id.to_le_bytes());
            bytes.extend([0; 22]);
            bytes.extend([simple, 0]);
        }
        let length = bytes.len();
        bytes.extend(written(1, 0, "Điều \0."));
        bytes.extend(written(1, 0, "\0."));
        bytes.extend(written(1, 4, "\x01)"));
        for _ in 2..LEVELS {
            bytes.extend(written(1, 2, "\x02"));
        }
        let mut lists = Lists::default();
        let ids = definitions(&bytes, length, &[], &mut lists);
        assert_eq!(ids, [70, 71]);
        // The second list is named twice, the second time from 5 on.
        let mut table = 3u32.to_le_bytes().to_vec();
        for (id, levels) in [(70u32, 0), (71, 0), (71, 1)] {
            table.extend(id.to_le_bytes());
            table.extend([0; 8]);
            table.extend([levels, 0, 0, 0]);
        }
        for overridden in [false, false, true] {
            table.extend([0xFF; 4]);
            if overridden {
                table.extend(5u32.to_le_bytes());
                table.extend(0x10u32.to_le_bytes());
            }
        }
        overrides(&table, &ids, &[], &mut lists);
        let mut counters = Counters::default();
        let mut label = |list, level| lists.label(list, level, &mut counters).unwrap_or_default();
        assert_eq!([label(1, 0), label(1, 0)], ["Điều 1.", "Điều 2."]);
        assert_eq!([label(2, 0), label(2, 1), label(2, 1)], ["1.", "a)", "b)"]);
        assert_eq!([label(3, 0), label(3, 1)], ["5.", "a)"]);
    }

    #[test]
    fn cut_tables_keep_what_they_have() {
        let mut lists = Lists::default();
        assert!(definitions(&[9, 0, 1, 2], 4, &[], &mut lists).is_empty());
        assert_eq!(overrides(&[1, 0, 0], &[], &[], &mut lists), None);
        assert!(level(&[0; 20], &[]).is_none());
    }
}
