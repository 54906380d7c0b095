//! Glyphs of Symbol and Wingdings, which Word stores by code, often in the private-use area (U+F000 + code).

/// Fonts whose codes are pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolFont {
    /// Symbol.
    Symbol,
    /// Wingdings, Wingdings 2 and 3, Webdings.
    Wingdings,
}

impl SymbolFont {
    /// Tells a symbol font by its name.
    pub fn of(name: &str) -> Option<Self> {
        let name = name.trim();
        let starts = |prefix: &str| name.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
        if name.eq_ignore_ascii_case("symbol") || starts("symbol ") {
            Some(SymbolFont::Symbol)
        } else if starts("wingdings") || starts("webdings") {
            Some(SymbolFont::Wingdings)
        } else {
            None
        }
    }
}

/// The character a person sees for a private-use code, or `c` itself. Without a font, the usual bullets are assumed.
pub fn glyph(c: char, font: Option<SymbolFont>) -> char {
    let code = match c as u32 {
        code @ 0xF020..=0xF0FF => (code - 0xF000) as u8,
        0xE000..=0xF8FF => return '•',
        _ => return c,
    };
    match font {
        Some(SymbolFont::Wingdings) => wingdings(code),
        _ => symbol(code),
    }
}

/// Symbol's own encoding (Adobe), where it differs from a bullet.
fn symbol(code: u8) -> char {
    const GREEK_CAPITALS: [char; 26] = [
        'Α', 'Β', 'Χ', 'Δ', 'Ε', 'Φ', 'Γ', 'Η', 'Ι', 'ϑ', 'Κ', 'Λ', 'Μ', 'Ν', 'Ο', 'Π', 'Θ', 'Ρ', 'Σ', 'Τ', 'Υ', 'ς',
        'Ω', 'Ξ', 'Ψ', 'Ζ',
    ];
    const GREEK_SMALL: [char; 26] = [
        'α', 'β', 'χ', 'δ', 'ε', 'φ', 'γ', 'η', 'ι', 'ϕ', 'κ', 'λ', 'μ', 'ν', 'ο', 'π', 'θ', 'ρ', 'σ', 'τ', 'υ', 'ϖ',
        'ω', 'ξ', 'ψ', 'ζ',
    ];
    match code {
        b'A'..=b'Z' => GREEK_CAPITALS[usize::from(code - b'A')],
        b'a'..=b'z' => GREEK_SMALL[usize::from(code - b'a')],
        b'-' => '-',
        b' '..=b'~' => char::from(code),
        0xA3 => '≤',
        0xA5 => '∞',
        0xAC => '←',
        0xAE => '→',
        0xB0 => '°',
        0xB1 => '±',
        0xB2 => '″',
        0xB3 => '≥',
        0xB4 => '×',
        0xB8 => '÷',
        0xB9 => '≠',
        0xBB => '≈',
        0xBC => '…',
        0xBE => '-',
        0xC5 => '⊕',
        0xCE => '∈',
        0xD6 => '√',
        0xDE => '⇒',
        0xE5 => '∑',
        _ => '•',
    }
}

fn wingdings(code: u8) -> char {
    match code {
        0x6F | 0x71 | 0x72 | 0xA8 => '□',
        0xFE | 0x52 => '☑',
        0xFD | 0x54 => '☒',
        0xFC => '✓',
        0xFB => '✗',
        0xDF | 0xE7 => '←',
        0xE0 | 0xE8 | 0xF0 => '→',
        0xF3 => '⇔',
        _ => '•',
    }
}

/// The sign of a bulleted list: a dash stays a dash, everything else is one bullet.
pub fn bullet(text: &str, font: Option<SymbolFont>) -> &'static str {
    match text.chars().next().map(|c| glyph(c, font)) {
        None => "",
        Some('-' | '\u{2010}'..='\u{2015}' | '\u{2212}') => "-",
        Some('+') => "+",
        Some('*') => "*",
        Some(_) => "•",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyphs_follow_their_font() {
        assert_eq!(glyph('\u{F0B3}', Some(SymbolFont::Symbol)), '≥');
        assert_eq!(glyph('\u{F0B3}', None), '≥');
        assert_eq!(glyph('\u{F0A8}', Some(SymbolFont::Wingdings)), '□');
        assert_eq!(glyph('\u{F02D}', Some(SymbolFont::Symbol)), '-');
        assert_eq!(glyph('a', Some(SymbolFont::Symbol)), 'a');
    }

    #[test]
    fn bullets_are_dashes_or_dots() {
        for (text, font, sign) in [
            ("\u{F0B7}", Some(SymbolFont::Symbol), "•"),
            ("\u{F02D}", Some(SymbolFont::Symbol), "-"),
            ("–", None, "-"),
            ("+", None, "+"),
            ("o", None, "•"),
            ("\u{F0A7}", Some(SymbolFont::Wingdings), "•"),
            ("", None, ""),
        ] {
            assert_eq!(bullet(text, font), sign, "{text:?}");
        }
    }
}
