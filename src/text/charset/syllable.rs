//! Whether letters make a Vietnamese syllable: the proof that bytes were read in the right encoding.
//!
//! A syllable is an onset, a rime and a tone; all rimes are few enough to be listed. Words of other languages, and
//! Vietnamese read in a wrong encoding, seldom pass.

use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];

/// Rimes without their tone.
const RIMES: [&str; 164] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "ăc", "ăm", "ăn", "ăng", "ăp",
    "ăt", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "ê", "êch",
    "êm", "ên", "ênh", "êp", "êt", "êu", "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu", "iêc", "iêm", "iên",
    "iêng", "iêp", "iêt", "iêu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat",
    "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "oăc", "oăm", "oăn",
    "oăng", "oăt", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "u", "ua", "uc",
    "ui", "um", "un", "ung", "up", "ut", "uy", "uya", "uych", "uynh", "uyp", "uyt", "uyu", "uyên", "uyêt", "uân",
    "uâng", "uât", "uây", "uê", "uêch", "uênh", "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "uơ", "ư", "ưa", "ưc", "ưi",
    "ưng", "ưt", "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu", "y", "ych", "ynh", "yt", "yêm", "yên",
    "yêng", "yêt", "yêu", "uăn", "uăng", "uăt", "uăc",
];

/// Longest syllable, in letters ("nghiêng").
const LONGEST: usize = 7;

/// `true` when `word` is one syllable with at least one letter beyond ASCII, whatever its case.
pub(super) fn is_accented_syllable(word: &str) -> bool {
    if word.is_ascii() || word.chars().nth(2 * LONGEST).is_some() {
        return false;
    }
    let mut plain = String::with_capacity(12);
    let mut tone = None;
    for c in word.nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => {
                if tone.replace(c).is_some() {
                    return false;
                }
            }
            // Eth is typed for đ.
            'ð' => plain.push('đ'),
            _ => plain.push(c),
        }
    }
    let plain: String = plain.nfc().collect();
    let stopped = ["c", "ch", "p", "t"].iter().any(|end| plain.ends_with(end));
    if stopped && !matches!(tone, Some('\u{301}' | '\u{323}')) {
        return false;
    }
    plain.char_indices().skip(1).take(3).map(|(at, _)| at).chain([0]).any(|at| {
        let (onset, rime) = plain.split_at(at);
        ONSETS.contains(&onset) && RIMES.contains(&rime)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_other_words() {
        let legal = "Ủy ban nhân dân xã có trách nhiệm tổ chức để Nhân dân bàn, quyết định những việc của cộng đồng, \
            giám sát hoạt động, huỷ bỏ giấy tờ, khoẻ, nghiêng, khuỷu, quý, gì, giếng, ước, oằn, tuyệt, nguyện, ĐIỀU, \
            quận, quặng, Hoà, yếu, ý";
        for word in legal.split([' ', ',']).filter(|word| !word.is_empty() && !word.is_ascii()) {
            assert!(is_accented_syllable(word), "{word}");
        }
        for word in [
            "UBND",
            "QĐ",
            "été",
            "français",
            "août",
            "naïve",
            "über",
            "señor",
            "nhaân",
            "quyÕt",
            "thêi",
            "tàt",
            "",
            "đ",
            "Straße",
            "Málaga",
        ] {
            assert!(!is_accented_syllable(word), "{word}");
        }
    }
}
