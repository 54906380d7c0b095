//! Bytes of text files that are not UTF-8, and UTF-8 that was encoded twice.

use unicode_normalization::UnicodeNormalization;

use super::syllable::is_accented_syllable;
use super::{Evidence, FontHint, MIN_PROOFS, Piece, Verdict, Words};

/// What 8-bit text turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EightBit {
    /// TCVN3 or VNI: each byte as a Latin-1 character, to be decoded by [`super::decode`].
    Legacy(String),
    /// Windows-1258, in Unicode.
    Windows1258(String),
    /// Known by name only.
    Named(&'static str),
    /// None that we know.
    Unknown,
}

/// Tells the encoding of 8-bit Vietnamese text by how many of its words become syllables.
pub fn eight_bit(bytes: &[u8]) -> EightBit {
    let latin: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    let legacy = match Evidence::of(&latin) {
        evidence if matches!(evidence.verdict(FontHint::None), Verdict::Legacy(_)) => {
            evidence.tcvn3 + evidence.vni + evidence.either
        }
        _ => 0,
    };
    let windows: String = encoding_rs::WINDOWS_1258.decode_without_bom_handling(bytes).0.nfc().collect();
    let viscii: String = bytes.iter().map(|&byte| viscii(byte)).collect();
    let (windows_fit, viscii_fit) = (fit(&windows), fit(&viscii));
    if legacy > 0 && legacy >= windows_fit.max(viscii_fit) {
        EightBit::Legacy(latin)
    } else if windows_fit > 0 && windows_fit >= viscii_fit {
        EightBit::Windows1258(windows)
    } else if viscii_fit > 0 {
        EightBit::Named("VISCII")
    } else {
        EightBit::Unknown
    }
}

/// Number of Vietnamese syllables with marks; 0 when they are too few or too many words are something else.
fn fit(text: &str) -> u32 {
    let (mut good, mut bad) = (0, 0);
    for piece in Words(text) {
        match piece {
            Piece::Word(word) if word.is_ascii() || word.chars().nth(1).is_none() => {}
            Piece::Word(word) if is_accented_syllable(word) => good += 1,
            // "Đ" is common in abbreviations.
            Piece::Word(word) if word.contains(['Đ', 'Ð']) && !word.contains(char::is_lowercase) => {}
            Piece::Word(_) => bad += 1,
            Piece::Between(_) => {}
        }
    }
    if good >= MIN_PROOFS && good >= 4 * bad { good } else { 0 }
}

/// VISCII 1.1 (RFC 1456), codes 80 to FF.
const VISCII: [char; 128] = [
    'Ạ', 'Ắ', 'Ằ', 'Ặ', 'Ấ', 'Ầ', 'Ẩ', 'Ậ', 'Ẽ', 'Ẹ', 'Ế', 'Ề', 'Ể', 'Ễ', 'Ệ', 'Ố', // 80
    'Ồ', 'Ổ', 'Ỗ', 'Ộ', 'Ợ', 'Ớ', 'Ờ', 'Ở', 'Ị', 'Ỏ', 'Ọ', 'Ỉ', 'Ủ', 'Ũ', 'Ụ', 'Ỳ', // 90
    'Õ', 'ắ', 'ằ', 'ặ', 'ấ', 'ầ', 'ẩ', 'ậ', 'ẽ', 'ẹ', 'ế', 'ề', 'ể', 'ễ', 'ệ', 'ố', // A0
    'ồ', 'ổ', 'ỗ', 'Ỡ', 'Ơ', 'ộ', 'ờ', 'ở', 'ị', 'Ự', 'Ứ', 'Ừ', 'Ử', 'ơ', 'ớ', 'Ư', // B0
    'À', 'Á', 'Â', 'Ã', 'Ả', 'Ă', 'ẳ', 'ẵ', 'È', 'É', 'Ê', 'Ẻ', 'Ì', 'Í', 'Ĩ', 'ỳ', // C0
    'Đ', 'ứ', 'Ò', 'Ó', 'Ô', 'ạ', 'ỷ', 'ừ', 'ử', 'Ù', 'Ú', 'ỹ', 'ỵ', 'Ý', 'ỡ', 'ư', // D0
    'à', 'á', 'â', 'ã', 'ả', 'ă', 'ữ', 'ẫ', 'è', 'é', 'ê', 'ẻ', 'ì', 'í', 'ĩ', 'ỉ', // E0
    'đ', 'ự', 'ò', 'ó', 'ô', 'õ', 'ỏ', 'ọ', 'ụ', 'ù', 'ú', 'ũ', 'ủ', 'ý', 'ợ', 'Ữ', // F0
];

fn viscii(byte: u8) -> char {
    byte.checked_sub(0x80).map_or(char::from(byte), |at| VISCII[usize::from(at)])
}

/// Units looked at to tell UTF-16 without a byte order mark.
const SAMPLE: usize = 2048;

/// The order of bytes of UTF-16 text that lacks its mark; `None` when it is something else.
pub fn utf16_without_mark(bytes: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    let orders: [fn([u8; 2]) -> u16; 2] = [u16::from_le_bytes, u16::from_be_bytes];
    orders.into_iter().find(|unit| {
        let units = || bytes.chunks_exact(2).take(SAMPLE).map(|pair| unit([pair[0], pair[1]]));
        let usual =
            |unit: &u16| matches!(unit, 9 | 10 | 13 | 0x20..=0x24F | 0x300..=0x36F | 0x1E00..=0x1EFF | 0x2010..=0x203F);
        let (all, plain) = (units().count(), units().filter(|unit| (0x20..0x7F).contains(unit)).count());
        all >= 4 && units().filter(usual).count() * 50 >= all * 49 && plain * 3 >= all
    })
}

/// `true` for text in VIQR ("Quye^'t ddi.nh"), which writes marks as ASCII signs.
pub fn is_viqr(text: &str) -> bool {
    /// Words with a circumflex, breve or horn after their vowel: nothing else writes these.
    const MIN_WORDS: usize = 10;
    let marked = |word: &str| {
        word.as_bytes().windows(2).any(|pair| {
            matches!(
                (pair[0].to_ascii_lowercase(), pair[1]),
                (b'a' | b'e' | b'o', b'^') | (b'a', b'(') | (b'o' | b'u', b'+')
            )
        })
    };
    let mut words = 0;
    let found = text.split_ascii_whitespace().inspect(|_| words += 1).filter(|word| marked(word)).count();
    found >= MIN_WORDS && found * 8 >= words && !text.contains(|c| c >= '\u{100}')
}

/// Repairs UTF-8 that was read as Windows-1252 and encoded again ("Nghá»‡ An"), line by line.
///
/// Returns the text and the number of lines repaired; `None` when there is nothing to repair.
pub fn repair_double_utf8(text: &str) -> Option<(String, u32)> {
    // The first letters of three-byte Vietnamese letters, of đ and of ư.
    if !["á»", "áº", "Ä‘", "Æ°"].iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut repaired = 0;
    for line in text.split_inclusive('\n') {
        let once = if line.is_ascii() { None } else { undo(line).filter(|once| fit_line(once)) };
        repaired += u32::from(once.is_some());
        out.push_str(once.as_deref().unwrap_or(line));
    }
    (repaired > 0).then_some((out, repaired))
}

/// Most of the accented words of a repaired line are Vietnamese.
fn fit_line(line: &str) -> bool {
    let words = || Words(line).filter_map(|piece| if let Piece::Word(word) = piece { Some(word) } else { None });
    let accented = words().filter(|word| !word.is_ascii()).count();
    2 * words().filter(|word| is_accented_syllable(word)).count() >= accented
}

fn undo(line: &str) -> Option<String> {
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(line);
    if lost { None } else { String::from_utf8(bytes.into_owned()).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Điều 2. Quyết định này có hiệu lực kể từ ngày ký\nỦy ban nhân dân xã, thị trấn QĐ-UBND\n";

    fn as_viscii(text: &str) -> Vec<u8> {
        // The six capitals below 80 are not needed here.
        text.chars()
            .map(|c| VISCII.iter().position(|&letter| letter == c).map_or(c as u8, |at| 0x80 + at as u8))
            .collect()
    }

    fn as_windows_1258(text: &str) -> Vec<u8> {
        let mut out = String::new();
        for c in text.chars() {
            let mut parts = c.to_string().nfd().collect::<Vec<char>>();
            // The tone stays apart, other marks are part of the letter.
            let tone =
                parts.iter().position(|m| matches!(m, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'));
            let tone = tone.map(|at| parts.remove(at));
            out.extend(parts.into_iter().nfc());
            out.extend(tone);
        }
        let (bytes, _, lost) = encoding_rs::WINDOWS_1258.encode(&out);
        assert!(!lost);
        bytes.into_owned()
    }

    #[test]
    fn eight_bit_text_is_told_by_its_syllables() {
        assert_eq!(eight_bit(&as_windows_1258(TEXT)), EightBit::Windows1258(TEXT.to_owned()));
        assert_eq!(eight_bit(&as_viscii(TEXT)), EightBit::Named("VISCII"));
        let old: Vec<u8> = "§iÒu 2. QuyÕt ®Þnh nµy cã hiÖu lùc".chars().map(|c| c as u8).collect();
        assert!(matches!(eight_bit(&old), EightBit::Legacy(_)));
        for other in ["Le décret été modifié où les arrêtés préfectoraux français", "Größe, Straße, für, über", "café"]
        {
            let bytes: Vec<u8> = other.chars().map(|c| c as u8).collect();
            assert_eq!(eight_bit(&bytes), EightBit::Unknown, "{other}");
        }
    }

    #[test]
    fn utf16_tells_its_order() {
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(utf16_without_mark(&little).map(|unit| unit([1, 0])), Some(1));
        assert_eq!(utf16_without_mark(&big).map(|unit| unit([0, 1])), Some(1));
        for other in [TEXT.as_bytes(), &[0; 64], &[0, 1, 2, 3, 0, 0, 0, 9], b"ab"] {
            assert!(utf16_without_mark(other).is_none());
        }
    }

    #[test]
    fn viqr_is_told_from_formulas() {
        let text = "Quye^'t ddi.nh na`y co' hie^.u lu+.c ke^? tu+` nga`y ky'; U?y ban nha^n da^n ti?nh, so+? nga`nh, ddo+n vi., \
            ca('n cu+' Lua^.t To^? chu+'c, chi.u tra'ch nhie^.m";
        assert!(is_viqr(text));
        assert!(!is_viqr("a^2 + b^2 = c^2, o+1, f(a(x)) e^x e^y a^b a(b) a(c) o+p u+v e^z o^2 e^2 a^3 và quyết định"));
        assert!(!is_viqr("So+? va e^?"));
    }

    #[test]
    fn text_encoded_twice_is_repaired() {
        let twice: String = TEXT
            .bytes()
            .map(|byte| encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned())
            .collect();
        assert_eq!(repair_double_utf8(&twice), Some((TEXT.to_owned(), 2)));
        let mixed = format!("{twice}Nguyên văn\n");
        assert_eq!(repair_double_utf8(&mixed), Some((format!("{TEXT}Nguyên văn\n"), 2)));
        assert_eq!(repair_double_utf8(TEXT), None);
    }
}
