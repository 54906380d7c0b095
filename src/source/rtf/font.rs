//! Fonts of an RTF file, and the code page of the bytes set in them (RTF 1.9.1, "Font Table").

use std::collections::HashMap;

use encoding_rs::Encoding;

use crate::source::compose::text::Font;
use crate::text::charset::FontHint;

/// The font table.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    fonts: HashMap<i32, Entry>,
    /// The entry being read.
    open: Option<i32>,
}

#[derive(Debug, Default)]
struct Entry {
    name: String,
    /// `;` ended its name.
    named: bool,
    font: Font,
    charset: Option<i32>,
    page: Option<&'static Encoding>,
}

/// Longest name of a font that is kept, in bytes; those of Word have at most 31 letters.
const MAX_NAME: usize = 128;
/// Most fonts of a table.
const MAX_FONTS: usize = 10_000;

impl Fonts {
    /// Takes a control word of the font table.
    pub fn set(&mut self, name: &str, value: Option<i32>) {
        if name == "f" && self.fonts.len() < MAX_FONTS {
            let id = value.unwrap_or(0);
            self.open = Some(id);
            self.fonts.insert(id, Entry::default());
        }
        let Some(entry) = self.open.and_then(|id| self.fonts.get_mut(&id)) else { return };
        match name {
            "fcharset" => entry.charset = value,
            "cpg" => entry.page = value.and_then(code_page),
            _ => {}
        }
    }

    /// Takes text of the font table: the name of the font, up to `;`.
    pub fn name(&mut self, text: &str) {
        let Some(entry) = self.open.and_then(|id| self.fonts.get_mut(&id)) else { return };
        let (name, ended) = text.split_once(';').map_or((text, false), |(name, _)| (name, true));
        if !entry.named && entry.name.len() + name.len() <= MAX_NAME {
            entry.name.push_str(name);
            entry.font = Font::of(entry.name.trim());
        }
        entry.named |= ended;
    }

    /// What is known of a font, and how bytes set in it are read: `None` = by the code page of the document.
    pub fn find(&self, id: i32) -> (Font, Option<Bytes>) {
        let Some(entry) = self.fonts.get(&id) else { return (Font::default(), None) };
        let legacy = entry.font.hint != FontHint::None;
        let bytes = match (entry.page, entry.charset) {
            _ if entry.font.symbol.is_some() => Some(Bytes::Symbols),
            (Some(page), _) => Some(Bytes::Page(page)),
            // Legacy fonts often claim to be symbols; their codes are Latin-1.
            (None, Some(2)) if !legacy => Some(Bytes::Symbols),
            (None, Some(charset)) => code_page_of(charset).map(Bytes::Page),
            (None, None) => None,
        };
        (entry.font, bytes)
    }
}

/// How bytes become characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bytes {
    /// By a code page.
    Page(&'static Encoding),
    /// Codes of a symbol font: private-use characters from U+F020.
    Symbols,
}

/// The code page of a Windows character set (`\fcharsetN`); `None` = that of the document.
fn code_page_of(charset: i32) -> Option<&'static Encoding> {
    code_page(match charset {
        0 | 2 => 1252,
        77 => 10000,
        128 => 932,
        129 | 130 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

/// A Windows code page by its number (`\ansicpgN`, `\cpgN`); DOS pages other than Cyrillic are not known.
pub(super) fn code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        866 => encoding_rs::IBM866,
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 => encoding_rs::WINDOWS_1252,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 => encoding_rs::MACINTOSH,
        65001 => encoding_rs::UTF_8,
        _ => return None,
    })
}

impl Bytes {
    /// Appends the characters of `bytes`.
    pub fn decode(self, bytes: &[u8], out: &mut String) {
        match self {
            Bytes::Page(page) => out.push_str(&page.decode_without_bom_handling(bytes).0),
            Bytes::Symbols => out.extend(bytes.iter().map(|&byte| match byte {
                b' ' => ' ',
                0x21.. => char::from_u32(0xF000 + u32::from(byte)).unwrap_or(' '),
                _ => char::from(byte),
            })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::compose::symbol::SymbolFont;

    fn table(entries: &[(i32, Option<i32>, &str)]) -> Fonts {
        let mut fonts = Fonts::default();
        for &(id, charset, name) in entries {
            fonts.set("f", Some(id));
            if charset.is_some() {
                fonts.set("fcharset", charset);
            }
            fonts.name(name);
        }
        fonts
    }

    #[test]
    fn fonts_tell_how_bytes_are_read() {
        let fonts = table(&[
            (0, Some(0), "Times New Roman;"),
            (1, Some(163), "Times New Roman (Vietnamese);"),
            (2, Some(2), "Wingdings;"),
            (3, Some(2), ".VnTimeH;"),
            (4, None, "Arial;"),
            (5, Some(238), "Arial CE;"),
        ]);
        for (id, bytes, text) in [
            (0, &b"\xe1\xd2"[..], "áÒ"),
            (1, b"\xe2\xec", "â\u{301}"),
            (2, b"\xa8", "\u{f0a8}"),
            (3, b"\xd2", "Ò"),
            (5, b"\xe3", "ă"),
        ] {
            let mut out = String::new();
            fonts.find(id).1.expect("it tells").decode(bytes, &mut out);
            assert_eq!(out, text, "font {id}");
        }
        assert_eq!(fonts.find(2).0.symbol, Some(SymbolFont::Wingdings));
        assert_eq!(fonts.find(3).0.hint, FontHint::Tcvn3Capitals);
        assert_eq!(fonts.find(4).1, None);
        assert_eq!(fonts.find(9), (Font::default(), None));
    }

    #[test]
    fn a_name_in_pieces_ends_at_the_semicolon() {
        let mut fonts = Fonts::default();
        fonts.set("f", Some(7));
        fonts.name(".Vn");
        fonts.name("TimeH; junk");
        fonts.name("junk");
        assert_eq!(fonts.find(7).0.hint, FontHint::Tcvn3Capitals);
    }
}
