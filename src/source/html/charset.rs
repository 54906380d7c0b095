//! Bytes of a page → text. What a page says of its charset is a hint; its bytes decide.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::char::is_combining_mark;

use crate::text::charset::{Evidence, FontHint, Verdict};

/// Bytes at the beginning in which a page may name its charset; Word puts its properties first.
const HEAD: usize = 16 * 1024;

/// The text of a page.
pub(super) struct Decoded {
    pub text: String,
    /// Some bytes made no sense.
    pub damaged: bool,
}

/// Decodes a page; `declared` is the charset named around it (by a MIME header), which the page may contradict.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return by(encoding, &bytes[length..]);
    }
    if let Some(wide) = without_mark(bytes) {
        return by(wide, bytes);
    }
    let named = declared.map(str::to_owned).or_else(|| named_in(bytes));
    let named = named.and_then(|name| Encoding::for_label(name.trim().as_bytes()));
    // UTF-8 proves itself; nothing else is ever valid UTF-8 by chance in a Vietnamese text.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), damaged: false };
    }
    match named {
        Some(encoding) if encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE => {
            let utf8 = by(UTF_8, bytes);
            if is_mostly_whole(&utf8.text) { utf8 } else { single_byte(bytes) }
        }
        Some(encoding) if encoding != WINDOWS_1252 && encoding != WINDOWS_1258 => by(encoding, bytes),
        _ => {
            let utf8 = by(UTF_8, bytes);
            if is_mostly_whole(&utf8.text) { utf8 } else { single_byte(bytes) }
        }
    }
}

fn by(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), damaged }
}

/// UTF-16 without its mark: markup begins with ASCII, so every other byte is zero.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes.get(..4)? {
        [first, 0, second, 0] if *first > 0 && *second > 0 => Some(UTF_16LE),
        [0, first, 0, second] if *first > 0 && *second > 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// A few broken bytes in a text that is UTF-8 otherwise.
fn is_mostly_whole(text: &str) -> bool {
    let broken = text.matches('\u{fffd}').count();
    let letters = text.chars().filter(|&c| c > '\u{7f}' && c != '\u{fffd}').count();
    broken * 10 <= letters
}

/// Windows-1258 (Vietnamese with combining tones) or windows-1252, behind which TCVN3 and VNI hide.
fn single_byte(bytes: &[u8]) -> Decoded {
    let latin = by(WINDOWS_1252, bytes);
    if let Verdict::Legacy(_) = Evidence::of(&latin.text).verdict(FontHint::None) {
        return latin;
    }
    let vietnamese = by(WINDOWS_1258, bytes);
    if has_tones(&vietnamese.text) { vietnamese } else { latin }
}

/// `true` when tones stand where Vietnamese puts them: after a vowel, nearly always.
fn has_tones(text: &str) -> bool {
    let (mut right, mut wrong) = (0usize, 0usize);
    let mut before = ' ';
    for c in text.chars() {
        if is_combining_mark(c) {
            let is_vowel = matches!(
                before.to_lowercase().next().unwrap_or(before),
                'a' | 'ă' | 'â' | 'e' | 'ê' | 'i' | 'o' | 'ô' | 'ơ' | 'u' | 'ư' | 'y'
            );
            *if is_vowel { &mut right } else { &mut wrong } += 1;
        }
        before = c;
    }
    right > 0 && right >= wrong * 9
}

/// The charset a page names in its head: `<meta charset>`, `<meta http-equiv>`, or its XML declaration.
fn named_in(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let name_after = |mark: &str, from: &str| {
        let rest = from[from.find(mark)? + mark.len()..].trim_start().strip_prefix('=')?;
        let rest = rest.trim_start_matches([' ', '"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_owned())
    };
    let in_meta = head.split("<meta").skip(1).find_map(|meta| name_after("charset", meta.split('>').next()?));
    in_meta.or_else(|| {
        let declaration = head.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
        name_after("encoding", declaration)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "Ủy ban nhân dân xã tổ chức để Nhân dân bàn và quyết định";

    fn windows_1258(text: &str) -> Vec<u8> {
        // Tones apart, other marks with their letter: how Windows wrote Vietnamese.
        use unicode_normalization::UnicodeNormalization;
        let mut out = Vec::new();
        for c in text.chars() {
            let parts: String = c.nfd().collect();
            let tone = parts.chars().find(|c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'));
            let letter: String = parts.chars().filter(|c| Some(*c) != tone).nfc().collect();
            out.extend(WINDOWS_1258.encode(&letter).0.iter());
            out.extend(tone.map(|tone| WINDOWS_1258.encode(&tone.to_string()).0.into_owned()).unwrap_or_default());
        }
        out
    }

    fn composed(bytes: &[u8]) -> String {
        use unicode_normalization::UnicodeNormalization;
        decode(bytes, None).text.nfc().collect()
    }

    #[test]
    fn bytes_decide_the_charset() {
        let page = |head: &str| format!("<html><head>{head}</head><body>{WORDS}</body></html>");
        let old = "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">";
        assert!(composed(page(old).as_bytes()).contains(WORDS), "valid UTF-8, whatever it says");
        for head in [old, "", "<meta charset=windows-1258>", "<meta charset=utf-8>"] {
            assert!(composed(&windows_1258(&page(head))).contains(WORDS), "{head}");
        }
        let little: Vec<u8> = page("").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = page("").encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(composed(&little).contains(WORDS) && composed(&big).contains(WORDS), "UTF-16 without its mark");
    }

    #[test]
    fn old_letters_are_left_for_the_reader_of_letters() {
        let old: Vec<u8> = "<meta charset=windows-1258>§iÒu 1. Nh©n d©n bµn, quyÕt ®Þnh vµ gi¸m s¸t viÖc thùc hiÖn"
            .chars()
            .map(|c| c as u8)
            .collect();
        assert!(decode(&old, None).text.contains("§iÒu 1. Nh©n d©n"));
    }

    #[test]
    fn a_few_broken_bytes_are_damage() {
        let mut bytes = WORDS.as_bytes().to_vec();
        bytes.push(0xFF);
        let decoded = decode(&bytes, Some("utf-8"));
        assert!(decoded.damaged && decoded.text.starts_with(WORDS));
    }

    #[test]
    fn the_charset_is_found_where_pages_name_it() {
        for (page, name) in [
            ("<meta charset='gb2312'>", Some("gb2312")),
            ("<META content=\"text/html; charset=UTF-8\">", Some("utf-8")),
            ("<?xml version=\"1.0\" encoding=\"windows-1258\"?><html>", Some("windows-1258")),
            ("<html><p>charset=x", None),
        ] {
            assert_eq!(named_in(page.as_bytes()).as_deref(), name);
        }
    }
}
