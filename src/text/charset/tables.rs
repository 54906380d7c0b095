//! The letters of TCVN3 and VNI.

use unicode_normalization::UnicodeNormalization;

/// TCVN 5712:1993 VN3, codes A1 to FE; `\0` where the code is no letter.
pub(super) const TCVN3: [char; 94] = [
    'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', '\0', '\0', // A1-B0
    '\0', '\0', '\0', '\0', 'à', 'ả', 'ã', 'á', 'ạ', '\0', 'ằ', 'ẳ', 'ẵ', 'ắ', '\0', '\0', // B1-C0
    '\0', '\0', '\0', '\0', '\0', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', '\0', 'ẻ', 'ẽ', 'é', // C1-D0
    'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', '\0', '\0', '\0', 'ĩ', 'í', 'ị', 'ò', '\0', // D1-E0
    'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', '\0', // E1-F0
    'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', // F1-FE
];

/// The letter behind a code of TCVN3.
pub(super) fn tcvn3(c: char) -> Option<char> {
    let at = (c as usize).checked_sub(0xA1)?;
    TCVN3.get(at).copied().filter(|&letter| letter != '\0')
}

/// Marks that VNI writes after a plain vowel, and the combining marks they stand for.
fn vni_mark(vowel: char, mark: char) -> Option<&'static str> {
    let (vowel, mark) = (lower(vowel), lower(mark));
    let marks = match mark {
        'ù' => "\u{301}",
        'ø' => "\u{300}",
        'û' => "\u{309}",
        'õ' => "\u{303}",
        'ï' => "\u{323}",
        'â' => "\u{302}",
        'á' => "\u{302}\u{301}",
        'à' => "\u{302}\u{300}",
        'å' => "\u{302}\u{309}",
        'ã' => "\u{302}\u{303}",
        'ä' => "\u{302}\u{323}",
        'ê' => "\u{306}",
        'é' => "\u{306}\u{301}",
        'è' => "\u{306}\u{300}",
        'ú' => "\u{306}\u{309}",
        'ü' => "\u{306}\u{303}",
        'ë' => "\u{306}\u{323}",
        _ => return None,
    };
    let fits = match mark {
        'ù' | 'ø' | 'û' | 'õ' => matches!(vowel, 'a' | 'e' | 'o' | 'u' | 'y' | 'ô' | 'ö'),
        'ï' => matches!(vowel, 'a' | 'e' | 'o' | 'u' | 'ô' | 'ö'),
        'â' | 'á' | 'à' | 'å' | 'ã' | 'ä' => matches!(vowel, 'a' | 'e' | 'o'),
        _ => vowel == 'a',
    };
    fits.then_some(marks)
}

/// VNI codes that are a letter by themselves; `ô` and `ö` may still take a mark.
fn vni_single(c: char) -> char {
    match c {
        'ô' => 'ơ',
        'ö' => 'ư',
        'ñ' => 'đ',
        'æ' => 'ỉ',
        'ó' => 'ĩ',
        'ò' => 'ị',
        'î' => 'ỵ',
        'Ô' => 'Ơ',
        'Ö' => 'Ư',
        'Ñ' => 'Đ',
        'Æ' => 'Ỉ',
        'Ó' => 'Ĩ',
        'Ò' => 'Ị',
        'Î' => 'Ỵ',
        _ => c,
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Appends a word of VNI in Unicode.
pub(super) fn decode_vni(word: &str, out: &mut String) {
    let mut chars = word.chars().peekable();
    let mut letter = String::with_capacity(8);
    while let Some(c) = chars.next() {
        match chars.peek().and_then(|&mark| vni_mark(c, mark)) {
            Some(marks) => {
                chars.next();
                letter.clear();
                letter.push(vni_single(c));
                letter.push_str(marks);
                out.extend(letter.nfc());
            }
            None => out.push(vni_single(c)),
        }
    }
}
