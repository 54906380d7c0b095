//! Fields (`\field`): the code names what the result shows.

use crate::source::compose::symbol::{SymbolFont, glyph};

/// Only the first letters of a field's code matter: they name the field.
const MAX_CODE: usize = 256;

/// An open field.
#[derive(Debug)]
pub(super) struct Field {
    /// Depth of its group.
    pub group: usize,
    code: String,
}

impl Field {
    pub fn new(group: usize) -> Self {
        Field { group, code: String::new() }
    }

    /// Takes text of its code.
    pub fn push(&mut self, text: &str) {
        if self.code.len() + text.len() <= MAX_CODE {
            self.code.push_str(text);
        }
    }

    fn name(&self) -> &str {
        self.code.split_whitespace().next().unwrap_or_default()
    }

    /// It shows a number of the page or of pages.
    pub fn is_page_number(&self) -> bool {
        ["PAGE", "NUMPAGES", "SECTIONPAGES"].iter().any(|page| self.name().eq_ignore_ascii_case(page))
    }

    /// It stands for one sign, whatever its result.
    pub fn is_symbol(&self) -> bool {
        self.name().eq_ignore_ascii_case("SYMBOL")
    }

    /// The sign of `SYMBOL 183 \f "Symbol"`; `None` for other fields.
    pub fn symbol(&self) -> Option<char> {
        let code = self.code.split_whitespace().nth(1).filter(|_| self.is_symbol())?;
        let code = match code.strip_prefix("0x").or(code.strip_prefix("0X")) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => code.parse().ok()?,
        };
        let font = self.code.split_once("\\f").and_then(|(_, rest)| SymbolFont::of(rest.split('"').nth(1)?));
        let code = if font.is_some() && (0x20..0x100).contains(&code) { code + 0xF000 } else { code };
        char::from_u32(code).map(|c| glyph(c, font)).filter(|c| !c.is_control())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_symbols_and_page_numbers() {
        for (code, symbol, page) in [
            (" SYMBOL 183 \\f \"Symbol\" \\s 10 ", Some('•'), false),
            ("SYMBOL 0xB3 \\f \"Symbol\"", Some('≥'), false),
            ("symbol 176", Some('°'), false),
            ("SYMBOL", None, false),
            ("SYMBOL 99999999999", None, false),
            (" PAGE  \\* MERGEFORMAT ", None, true),
            ("PAGEREF _Toc1", None, false),
            ("", None, false),
        ] {
            let mut field = Field::new(1);
            field.push(code);
            assert_eq!((field.symbol(), field.is_page_number()), (symbol, page), "{code}");
        }
    }
}
