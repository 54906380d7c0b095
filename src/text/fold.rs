//! The matching form of a text: what must not decide whether a rule hits is folded away.
//!
//! Folded: letter case; `Ð`/`ð` typed for `Đ`/`đ`; every kind of space, hyphen and quotation mark; soft hyphens and
//! zero-width characters; tone placement (`hoà` = `hòa`, `uỷ` = `ủy`); `i`/`y` at the end of a syllable (`lí` = `lý`,
//! `qui` = `quy`). Quotations always show the original, so every fold keeps a map back.

use std::sync::LazyLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::letter::{is_letter, is_letter_or_digit, latin_look, lower};

/// A folded text with the way back to the original. Reusable: [`Folded::set`] clears it.
#[derive(Debug, Default, Clone)]
pub struct Folded {
    text: String,
    /// (offset in the folded text, offset in the original), where the two part ways; ascending.
    shifts: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds `original` (expected in NFC, as unit texts are).
    pub fn new(original: &str) -> Self {
        let mut folded = Folded::default();
        folded.set(original);
        folded
    }

    /// Replaces the content, keeping the buffers.
    pub fn set(&mut self, original: &str) {
        self.text.clear();
        self.shifts.clear();
        self.text.reserve(original.len());
        let mut output = Output { folded: self, original, copied: 0, skew: 0 };
        let bytes = original.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            // Most bytes stay as they are, whatever stands beside them.
            if PLAIN[usize::from(byte)] {
                at += 1;
                continue;
            }
            let (letter, next) = match byte.is_ascii() {
                true => (Letter::of_ascii(byte), at + 1),
                false => {
                    let Some(c) = original[at..].chars().next() else { break };
                    (Letter::of(c), at + c.len_utf8())
                }
            };
            output.add(letter, at, next);
            at = next;
        }
        output.copy(at);
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Byte offset in the original of byte `offset` of the folded text.
    pub fn original(&self, offset: usize) -> usize {
        let at = self.shifts.partition_point(|&(folded, _)| folded as usize <= offset);
        match at.checked_sub(1).and_then(|i| self.shifts.get(i)) {
            Some(&(folded, original)) => original as usize + (offset - folded as usize),
            None => offset,
        }
    }

    /// Byte offset in the folded text of byte `offset` of the original (of the next character that was kept).
    pub fn folded(&self, offset: usize) -> usize {
        let at = self.shifts.partition_point(|&(_, original)| original as usize <= offset);
        let limit = self.shifts.get(at).map_or(self.text.len(), |&(folded, _)| folded as usize);
        let guess = match at.checked_sub(1).and_then(|i| self.shifts.get(i)) {
            Some(&(folded, original)) => folded as usize + (offset - original as usize),
            None => offset,
        };
        floor_boundary(&self.text, guess.min(limit))
    }

    /// The range of `original` that the folded range `start..end` came from, widened to whole characters.
    pub fn original_range(&self, original: &str, start: usize, end: usize) -> std::ops::Range<usize> {
        let from = floor_boundary(original, self.original(start));
        if end <= start {
            return from..from;
        }
        // The end is the end of the character that the last folded character came from.
        let last = self.text[..end].chars().next_back().map_or(1, char::len_utf8);
        let last_at = floor_boundary(original, self.original(end - last));
        let width = original[last_at..].chars().next().map_or(0, char::len_utf8);
        from..(last_at + width).max(from)
    }
}

/// Folds without a map, for literals of rules and for comparing names.
pub fn fold(original: &str) -> String {
    if has_no_marks(original) || is_nfc_quick(original.chars()) == IsNormalized::Yes {
        return Folded::new(original).text;
    }
    Folded::new(&original.nfc().collect::<String>()).text
}

/// `true` when no letter combines with another: such letters begin at U+0300 (first byte CC), and Vietnamese has whole ones
/// of U+1E00 to U+1EFF beyond it.
fn has_no_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    let whole = |at: usize| bytes[at] == 0xe1 && matches!(bytes.get(at + 1), Some(0xb8..=0xbb));
    (0..bytes.len()).all(|at| bytes[at] < 0xcc || whole(at))
}

/// `true` when a letter or digit stands on neither side of `start..end` in a folded text.
pub fn is_whole_word(folded: &str, start: usize, end: usize) -> bool {
    let before = folded[..start].chars().next_back();
    let after = folded[end..].chars().next();
    !before.is_some_and(is_letter_or_digit) && !after.is_some_and(is_letter_or_digit)
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The folded text as it grows. What need not change is copied in runs.
struct Output<'a> {
    folded: &'a mut Folded,
    original: &'a str,
    /// Up to here the original has been dealt with; the run from here to the present place is still to be copied.
    copied: usize,
    /// Offset in the original less offset in the folded text, at the end.
    skew: i64,
}

impl Output<'_> {
    /// Adds the letter that stands at `at..next` of the original.
    fn add(&mut self, letter: Letter, at: usize, next: usize) {
        let Letter { folded: Some(folded), plain, tone, changed } = letter else {
            // It vanishes.
            self.copy(at);
            self.copied = next;
            return;
        };
        let (last, before_last) = self.last_bytes(at);
        let ends_syllable = || !self.original[next..].starts_with(is_letter);
        if folded == ' ' && last == b' ' {
            self.copy(at);
            self.copied = next;
        } else if tone != 0 && ((last == b'o' && matches!(plain, 'a' | 'e')) || (last == b'u' && plain == 'y')) {
            // Both placements of the tone become the older one: the mark on the first vowel.
            self.replace_last(at, with_tone(char::from(last), tone));
            self.push(at, next, plain);
        } else if plain == 'i'
            && (matches!(last, b'h' | b'k' | b'l' | b'm' | b's' | b't') || (last == b'u' && before_last == b'q'))
            && ends_syllable()
        {
            if last == b'u' && tone != 0 {
                // "quí" meets "quý", whose tone has moved to the u.
                self.replace_last(at, with_tone('u', tone));
                self.push(at, next, 'y');
            } else {
                self.push(at, next, with_tone('y', tone));
            }
        } else if changed {
            self.push(at, next, folded);
        }
    }

    /// The last two bytes of the folded text, were it finished up to `at`; 0 where there is none.
    fn last_bytes(&self, at: usize) -> (u8, u8) {
        let done = self.folded.text.as_bytes();
        let run = &self.original.as_bytes()[self.copied..at];
        let mut back = run.iter().rev().chain(done.iter().rev());
        let mut next = || back.next().copied().unwrap_or(0);
        (next(), next())
    }

    /// Copies the run that ends at `at`.
    fn copy(&mut self, at: usize) {
        if self.copied < at {
            self.shift(self.copied);
            self.folded.text.push_str(&self.original[self.copied..at]);
            self.copied = at;
        }
    }

    /// `c` stands for `at..next` of the original.
    fn push(&mut self, at: usize, next: usize, c: char) {
        self.copy(at);
        self.shift(at);
        self.folded.text.push(c);
        self.copied = next;
    }

    /// `c` stands for the last letter before `at`, which has one byte.
    fn replace_last(&mut self, at: usize, c: char) {
        if self.copied < at {
            self.copy(at - 1);
        } else {
            self.folded.text.pop();
        }
        self.shift(at - 1);
        self.folded.text.push(c);
        self.copied = at;
    }

    /// Notes where the original goes on, when it parts ways here.
    fn shift(&mut self, original_at: usize) {
        let here = original_at as i64 - self.folded.text.len() as i64;
        if here != self.skew {
            self.folded.shifts.push((self.folded.text.len() as u32, original_at as u32));
            self.skew = here;
        }
    }
}

/// What folding makes of one character.
#[derive(Debug, Clone, Copy)]
struct Letter {
    /// The character, or `None` when it vanishes.
    folded: Option<char>,
    /// The folded vowel without its tone; any other character as folded.
    plain: char,
    /// 0 = none.
    tone: u8,
    /// It is not folded to itself.
    changed: bool,
}

impl Letter {
    fn of_ascii(byte: u8) -> Letter {
        let folded = match byte {
            b'\t' | b'\r' | b'\n' | b'\x0b' | b'\x0c' => b' ',
            b'\'' => b'"',
            _ => byte.to_ascii_lowercase(),
        };
        let c = char::from(folded);
        Letter { folded: Some(c), plain: c, tone: 0, changed: folded != byte }
    }

    fn of(c: char) -> Letter {
        let place = match c {
            '\u{80}'..='\u{24f}' => c as usize - 0x80,
            '\u{1e00}'..='\u{1eff}' => c as usize - 0x1e00 + 0x1d0,
            _ => return Letter::work_out(c),
        };
        MARKED[place]
    }

    fn work_out(c: char) -> Letter {
        let folded = fold_char(c);
        let letter = folded.unwrap_or(c);
        let (plain, tone) = split_tone(letter);
        Letter { folded, plain, tone, changed: letter != c }
    }
}

/// Bytes that never change: small letters but `i`, digits, most signs. A space may follow another, `i` may become `y`.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0x21_u8;
    while byte < 0x7f {
        plain[byte as usize] = !byte.is_ascii_uppercase() && byte != b'i' && byte != b'\'';
        byte += 1;
    }
    plain
};

/// Letters of the blocks that Vietnamese is written in: U+0080 to U+024F, then U+1E00 to U+1EFF.
static MARKED: LazyLock<Vec<Letter>> =
    LazyLock::new(|| ('\u{80}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}').map(Letter::work_out).collect());

/// The folded character, or `None` when it vanishes; for characters beyond ASCII.
fn fold_char(c: char) -> Option<char> {
    Some(match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => return None,
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '“' | '”' | '„' | '‟' | '«' | '»' | '‘' | '’' | '‚' | '″' => '"',
        _ => latin_look(lower(c)),
    })
}

const TONED: [(char, [char; 5]); 12] = [
    ('a', ['à', 'á', 'ả', 'ã', 'ạ']),
    ('ă', ['ằ', 'ắ', 'ẳ', 'ẵ', 'ặ']),
    ('â', ['ầ', 'ấ', 'ẩ', 'ẫ', 'ậ']),
    ('e', ['è', 'é', 'ẻ', 'ẽ', 'ẹ']),
    ('ê', ['ề', 'ế', 'ể', 'ễ', 'ệ']),
    ('i', ['ì', 'í', 'ỉ', 'ĩ', 'ị']),
    ('o', ['ò', 'ó', 'ỏ', 'õ', 'ọ']),
    ('ô', ['ồ', 'ố', 'ổ', 'ỗ', 'ộ']),
    ('ơ', ['ờ', 'ớ', 'ở', 'ỡ', 'ợ']),
    ('u', ['ù', 'ú', 'ủ', 'ũ', 'ụ']),
    ('ư', ['ừ', 'ứ', 'ử', 'ữ', 'ự']),
    ('y', ['ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ']),
];

/// The vowel without its tone, and the tone (0 = none); other letters as they are.
fn split_tone(c: char) -> (char, u8) {
    let toned = TONED.iter().find_map(|&(plain, toned)| Some((plain, toned.iter().position(|&t| t == c)?)));
    toned.map_or((c, 0), |(plain, tone)| (plain, tone as u8 + 1))
}

fn with_tone(plain: char, tone: u8) -> char {
    let toned = TONED.iter().find(|&&(p, _)| p == plain).map(|(_, toned)| toned);
    tone.checked_sub(1).and_then(|tone| toned?.get(usize::from(tone)).copied()).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_marks_is_composed() {
        let whole = ('\0'..='\u{ffff}').filter(|c| has_no_marks(c.encode_utf8(&mut [0; 4])));
        assert!(whole.clone().all(|c| is_nfc_quick([c].into_iter()) == IsNormalized::Yes));
        assert!(whole.count() > 1_000 && has_no_marks("Ủy ban, điều 5") && !has_no_marks("u\u{309}y"));
    }

    #[test]
    fn fold_hides_case_tone_placement_and_look_alikes() {
        for (a, b) in [
            ("UỶ BAN", "ủy ban"),
            ("Hoà bình", "HÒA BÌNH"),
            ("khoẻ", "khỏe"),
            ("Ðiều 5", "điều 5"),
            ("QĐ‑UBND", "qđ-ubnd"),
            ("qui định", "Quy định"),
            ("quí I", "quý I"),
            ("ng\u{ad}ười", "người"),
            ("Điều\u{a0}5", "điều 5"),
            ("tỉ lệ", "tỷ lệ"),
            ("“lí do”", "\"lý do\""),
        ] {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
        assert_ne!(fold("hoa"), fold("hòa"));
        assert_ne!(fold("tin"), fold("tyn"));
    }

    #[test]
    fn fold_offsets_lead_back_to_the_original_words() {
        let original = "Các  uỷ\u{ad} ban nhân dân xã, THỊ TRẤN hoà giải.";
        let folded = Folded::new(original);
        for needle in ["ủy ban", "thị trấn", "hoà giải", "các"] {
            let needle = fold(needle);
            let at = folded.as_str().find(&needle).expect("needle stands in the text");
            let range = folded.original_range(original, at, at + needle.len());
            assert_eq!(fold(&original[range]), needle);
        }
    }
}
