//! Character maps: codes of a string → Unicode (`ToUnicode`, ISO 32000-1, 9.10.3) or → glyph numbers (9.7.5).

use std::collections::HashMap;

use super::lex::{Lexer, Token};

/// Most entries taken from one map: 65,536 codes of two bytes, and some to spare for maps that repeat themselves.
const MAX_ENTRIES: usize = 200_000;

/// One map.
#[derive(Debug, Default)]
pub struct CMap {
    /// Code → text.
    pub texts: HashMap<u32, String>,
    /// Code → glyph number (CID).
    pub glyphs: HashMap<u32, u32>,
    /// Lengths of codes in bytes with their ranges: (length, first, last).
    spaces: Vec<(usize, u32, u32)>,
}

impl CMap {
    /// Reads a map; what cannot be understood is left out.
    pub fn parse(bytes: &[u8]) -> Self {
        let mut map = CMap::default();
        let mut operands: Vec<Operand> = Vec::new();
        let mut array: Option<Vec<Vec<u8>>> = None;
        for token in Lexer::new(bytes) {
            match (token, &mut array) {
                (Token::ArrayStart, _) => array = Some(Vec::new()),
                (Token::ArrayEnd, _) => operands.extend(array.take().map(Operand::Array)),
                (Token::String(text), Some(array)) => array.push(text),
                (Token::String(text), None) => operands.push(Operand::String(text)),
                (Token::Number(value), None) if value >= 0.0 => operands.push(Operand::Number(value as u32)),
                (Token::Word(word), _) => {
                    array = None;
                    map.take(word, &operands);
                    operands.clear();
                }
                _ => {}
            }
            if operands.len() > MAX_ENTRIES || map.texts.len() + map.glyphs.len() > MAX_ENTRIES {
                break;
            }
        }
        map
    }

    fn take(&mut self, word: &[u8], operands: &[Operand]) {
        match word {
            b"endcodespacerange" => {
                for pair in operands.chunks_exact(2) {
                    if let [Operand::String(first), Operand::String(last)] = pair {
                        self.spaces.push((first.len().clamp(1, 4), code(first), code(last)));
                    }
                }
            }
            b"endbfchar" => {
                for pair in operands.chunks_exact(2) {
                    if let [Operand::String(from), Operand::String(to)] = pair {
                        self.texts.insert(code(from), utf16(to));
                    }
                }
            }
            b"endbfrange" => operands.chunks_exact(3).for_each(|range| self.text_range(range)),
            b"endcidchar" => {
                for pair in operands.chunks_exact(2) {
                    if let [Operand::String(from), Operand::Number(to)] = pair {
                        self.glyphs.insert(code(from), *to);
                    }
                }
            }
            b"endcidrange" => {
                for range in operands.chunks_exact(3) {
                    if let [Operand::String(first), Operand::String(last), Operand::Number(to)] = range {
                        for (from, to) in codes(first, last).zip(*to..) {
                            self.glyphs.insert(from, to);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn text_range(&mut self, range: &[Operand]) {
        match range {
            [Operand::String(first), Operand::String(last), Operand::Array(texts)] => {
                for (from, to) in codes(first, last).zip(texts) {
                    self.texts.insert(from, utf16(to));
                }
            }
            [Operand::String(first), Operand::String(last), Operand::String(start)] => {
                let mut text = start.clone();
                for from in codes(first, last) {
                    self.texts.insert(from, utf16(&text));
                    // Only the last byte counts up by the book; real files carry over.
                    for byte in text.iter_mut().rev() {
                        *byte = byte.wrapping_add(1);
                        if *byte != 0 {
                            break;
                        }
                    }
                }
            }
            _ => {}
        }
    }

    /// The length in bytes of the code at the start of `bytes`; `usual` when the map does not say.
    pub fn length_at(&self, bytes: &[u8], usual: usize) -> usize {
        let fits = |length: usize, first: u32, last: u32| {
            bytes.get(..length).is_some_and(|head| (first..=last).contains(&code(head)))
        };
        self.spaces.iter().find(|&&(length, first, last)| fits(length, first, last)).map_or(usual, |space| space.0)
    }
}

enum Operand {
    String(Vec<u8>),
    Number(u32),
    Array(Vec<Vec<u8>>),
}

/// The value of a code of one to four bytes.
pub fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |value, &byte| value << 8 | u32::from(byte))
}

/// All codes of a range, no more than two bytes can tell.
fn codes(first: &[u8], last: &[u8]) -> impl Iterator<Item = u32> {
    (code(first)..=code(last)).take(1 << 16)
}

fn utf16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).filter(|&c| c != '\0').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_ranges_and_arrays_are_mapped() {
        let map = CMap::parse(
            b"/CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0003> <0020> <0010> <00660069> endbfchar\n\
              2 beginbfrange <0041> <0043> <1EA4> <0050> <0051> [<0110> <0111>] endbfrange\n\
              1 begincidrange <20> <22> 7 endcidrange",
        );
        let texts = [(3, " "), (0x10, "fi"), (0x41, "Ấ"), (0x43, "Ầ"), (0x50, "Đ"), (0x51, "đ")];
        for (from, to) in texts {
            assert_eq!(map.texts.get(&from).map(String::as_str), Some(to), "{from:x}");
        }
        assert_eq!(map.glyphs.get(&0x22), Some(&9));
        assert_eq!(map.length_at(&[0, 3], 1), 2);
        assert_eq!(CMap::default().length_at(&[0, 3], 1), 1);
    }

    #[test]
    fn a_hostile_map_ends() {
        let map = CMap::parse(b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange ]]] <41 endbfchar");
        assert_eq!(map.texts.len(), 1 << 16);
    }
}
