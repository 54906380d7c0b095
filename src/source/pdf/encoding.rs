//! Codes of simple fonts and names of glyphs → Unicode (ISO 32000-1, annex D; Adobe Glyph List).

use unicode_normalization::UnicodeNormalization;

/// An encoding that a simple font starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Windows code page 1252.
    WinAnsi,
    /// Mac OS Roman.
    MacRoman,
    /// Adobe standard encoding.
    Standard,
    /// The codes of Latin-1 as they are: fonts of Vietnamese encodings before Unicode.
    Latin1,
    /// The font's own signs, kept in the private-use range U+F000-F0FF as Word does.
    Symbol,
}

/// Codes 80-9F of Windows code page 1252; a blank where there is no sign.
const WIN_80: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";
/// Codes 80-FF of Mac OS Roman.
const MAC_80: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
/// Codes A1-FB of the standard encoding; a blank where there is no sign.
const STANDARD_A1: &str = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß";

impl Base {
    /// The sign of a code; `None` where the encoding has none.
    pub fn sign(self, code: u8) -> Option<char> {
        let from = |table: &str, first: u8| table.chars().nth(usize::from(code - first)).filter(|&c| c != ' ');
        match self {
            Base::Symbol => char::from_u32(0xF000 + u32::from(code)),
            Base::Standard if code == b'\'' => Some('’'),
            Base::Standard if code == b'`' => Some('‘'),
            _ if (0x20..0x7F).contains(&code) => Some(char::from(code)),
            Base::WinAnsi if code == 0xAD => Some('-'),
            Base::WinAnsi | Base::Latin1 if (0x80..0xA0).contains(&code) => from(WIN_80, 0x80),
            Base::WinAnsi | Base::Latin1 if code >= 0xA0 => Some(char::from(code)),
            Base::MacRoman if code >= 0x80 => from(MAC_80, 0x80),
            Base::Standard if code >= 0xA1 => from(STANDARD_A1, 0xA1),
            _ => None,
        }
    }
}

/// Names of signs that are no letters with marks.
const NAMES: &[(&str, char)] = &[
    ("space", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("minus", '−'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("asciicircum", '^'),
    ("underscore", '_'),
    ("grave", '`'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("asciitilde", '~'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("quotesinglbase", '‚'),
    ("quotedblbase", '„'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("guilsinglleft", '‹'),
    ("guilsinglright", '›'),
    ("endash", '–'),
    ("emdash", '—'),
    ("bullet", '•'),
    ("ellipsis", '…'),
    ("dagger", '†'),
    ("daggerdbl", '‡'),
    ("fi", 'ﬁ'),
    ("fl", 'ﬂ'),
    ("nbspace", '\u{a0}'),
    ("nonbreakingspace", '\u{a0}'),
    ("sfthyphen", '\u{ad}'),
    ("softhyphen", '\u{ad}'),
    ("degree", '°'),
    ("section", '§'),
    ("paragraph", '¶'),
    ("registered", '®'),
    ("copyright", '©'),
    ("trademark", '™'),
    ("logicalnot", '¬'),
    ("cedilla", '¸'),
    ("mu", 'µ'),
    ("macron", '¯'),
    ("dieresis", '¨'),
    ("acute", '´'),
    ("circumflex", 'ˆ'),
    ("tilde", '˜'),
    ("onesuperior", '¹'),
    ("twosuperior", '²'),
    ("threesuperior", '³'),
    ("onequarter", '¼'),
    ("onehalf", '½'),
    ("threequarters", '¾'),
    ("ordfeminine", 'ª'),
    ("ordmasculine", 'º'),
    ("exclamdown", '¡'),
    ("questiondown", '¿'),
    ("cent", '¢'),
    ("sterling", '£'),
    ("currency", '¤'),
    ("yen", '¥'),
    ("brokenbar", '¦'),
    ("plusminus", '±'),
    ("periodcentered", '·'),
    ("middot", '·'),
    ("multiply", '×'),
    ("divide", '÷'),
    ("germandbls", 'ß'),
    ("AE", 'Æ'),
    ("ae", 'æ'),
    ("OE", 'Œ'),
    ("oe", 'œ'),
    ("Oslash", 'Ø'),
    ("oslash", 'ø'),
    ("Eth", 'Ð'),
    ("eth", 'ð'),
    ("Thorn", 'Þ'),
    ("thorn", 'þ'),
    ("Dcroat", 'Đ'),
    ("dcroat", 'đ'),
    ("Dslash", 'Đ'),
    ("dmacron", 'đ'),
    ("dotlessi", 'ı'),
    ("dong", '₫'),
    ("Euro", '€'),
    ("fraction", '⁄'),
    ("florin", 'ƒ'),
    ("lessequal", '≤'),
    ("greaterequal", '≥'),
    ("notequal", '≠'),
    ("checkbox", '☐'),
    ("Lslash", 'Ł'),
    ("lslash", 'ł'),
    ("perthousand", '‰'),
];

/// Marks in the names of letters ("ocircumflexacute").
const MARKS: &[(&str, char)] = &[
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("hookabove", '\u{309}'),
    ("hook", '\u{309}'),
    ("tilde", '\u{303}'),
    ("dotbelow", '\u{323}'),
    ("circumflex", '\u{302}'),
    ("breve", '\u{306}'),
    ("horn", '\u{31b}'),
    ("dieresis", '\u{308}'),
    ("ring", '\u{30a}'),
    ("cedilla", '\u{327}'),
    ("caron", '\u{30c}'),
];

/// The text of a glyph by its name; `None` for names that say nothing ("g12", "cid34").
pub fn of_name(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    if let Some(&(_, sign)) = NAMES.iter().find(|entry| entry.0 == name) {
        return Some(sign.to_string());
    }
    if let Some(digits) = name.strip_prefix("uni").filter(|digits| digits.len() >= 4) {
        return hexadecimal(digits.get(..4)?).map(String::from);
    }
    if let Some(sign) = name.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len())).and_then(hexadecimal) {
        return Some(sign.to_string());
    }
    letter(name)
}

fn hexadecimal(digits: &str) -> Option<char> {
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
}

/// A letter with its marks spelled out.
fn letter(name: &str) -> Option<String> {
    let mut chars = name.chars();
    let mut text = chars.next().filter(char::is_ascii_alphabetic)?.to_string();
    let mut rest = chars.as_str();
    while !rest.is_empty() {
        let (spelled, mark) = MARKS.iter().find(|(spelled, _)| rest.starts_with(spelled))?;
        text.push(*mark);
        rest = &rest[spelled.len()..];
    }
    Some(text.nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_signs() {
        let cases = [
            (Base::WinAnsi, b'A', Some('A')),
            (Base::WinAnsi, 0x93, Some('“')),
            (Base::WinAnsi, 0xAD, Some('-')),
            (Base::WinAnsi, 0x81, None),
            (Base::Latin1, 0xAD, Some('\u{ad}')),
            (Base::Latin1, 0xA7, Some('§')),
            (Base::MacRoman, 0x8E, Some('é')),
            (Base::MacRoman, 0xFF, Some('ˇ')),
            (Base::Standard, 0x27, Some('’')),
            (Base::Standard, 0xB7, Some('•')),
            (Base::Standard, 0xE1, Some('Æ')),
            (Base::Standard, 0xFB, Some('ß')),
            (Base::Symbol, 0xB7, Some('\u{f0b7}')),
            (Base::WinAnsi, 7, None),
        ];
        for (base, code, sign) in cases {
            assert_eq!(base.sign(code), sign, "{base:?} {code:x}");
        }
    }

    #[test]
    fn names_are_letters() {
        let cases = [
            ("A", Some("A")),
            ("ocircumflexacute", Some("ố")),
            ("Uhorndotbelow", Some("Ự")),
            ("acutebreve", None),
            ("abreve", Some("ă")),
            ("Dcroat", Some("Đ")),
            ("uni1EA5", Some("ấ")),
            ("u01B0", Some("ư")),
            ("quotedblleft", Some("“")),
            ("a.alt", Some("a")),
            ("g123", None),
            (".notdef", None),
            ("space", Some(" ")),
        ];
        for (name, text) in cases {
            assert_eq!(of_name(name).as_deref(), text, "{name}");
        }
    }
}
