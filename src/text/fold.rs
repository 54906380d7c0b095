//! The matching form of a text: what must not decide whether a rule hits is folded away.
//!
//! Folded: letter case; `Ð`/`ð` typed for `Đ`/`đ`; every kind of space, hyphen and quotation mark; soft hyphens and
//! zero-width characters; tone placement (`hoà` = `hòa`, `uỷ` = `ủy`); `i`/`y` at the end of a syllable (`lí` = `lý`,
//! `qui` = `quy`). Quotations always show the original, so every fold keeps a map back.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::letter::{is_letter, is_letter_or_digit, lower};

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
        let mut skew: i64 = 0;
        let mut chars = original.char_indices().peekable();
        let mut before_last = '\0';
        let mut last = '\0';
        while let Some((at, c)) = chars.next() {
            let Some(mut lower) = fold_char(c) else { continue };
            if lower == ' ' && last == ' ' {
                continue;
            }
            // Both placements of the tone become the older one: the mark on the first vowel.
            if matches!(last, 'o' | 'u')
                && let Some((plain, tone)) = split_tone(lower)
            {
                let moves = if last == 'o' { matches!(plain, 'a' | 'e') } else { plain == 'y' };
                if moves && tone != 0 {
                    self.text.pop();
                    push(&mut self.text, &mut self.shifts, &mut skew, at - last.len_utf8(), with_tone(last, tone));
                    last = '\0';
                    lower = plain;
                }
            }
            if (matches!(last, 'h' | 'k' | 'l' | 'm' | 's' | 't') || (last == 'u' && before_last == 'q'))
                && let Some(('i', tone)) = split_tone(lower)
                && !chars.peek().is_some_and(|&(_, next)| is_letter(next))
            {
                lower = with_tone('y', tone);
                if last == 'u' && tone != 0 {
                    // "quí" meets "quý", whose tone has moved to the u.
                    self.text.pop();
                    push(&mut self.text, &mut self.shifts, &mut skew, at - 1, with_tone('u', tone));
                    lower = 'y';
                }
            }
            push(&mut self.text, &mut self.shifts, &mut skew, at, lower);
            before_last = last;
            last = lower;
        }
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
    match is_nfc_quick(original.chars()) {
        IsNormalized::Yes => Folded::new(original).text,
        _ => Folded::new(&original.nfc().collect::<String>()).text,
    }
}

/// `true` when a letter or digit stands on neither side of `start..end` in a folded text.
pub fn is_whole_word(folded: &str, start: usize, end: usize) -> bool {
    let before = folded[..start].chars().next_back();
    let after = folded[end..].chars().next();
    !before.is_some_and(is_letter_or_digit) && !after.is_some_and(is_letter_or_digit)
}

fn push(text: &mut String, shifts: &mut Vec<(u32, u32)>, skew: &mut i64, original_at: usize, c: char) {
    let here = original_at as i64 - text.len() as i64;
    if here != *skew {
        shifts.push((text.len() as u32, original_at as u32));
        *skew = here;
    }
    text.push(c);
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The folded character, or `None` when it vanishes.
fn fold_char(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(match c {
            '\t' | '\r' | '\n' | '\x0b' | '\x0c' => ' ',
            '\'' => '"',
            _ => c.to_ascii_lowercase(),
        });
    }
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
        _ => lower(c),
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

/// The vowel without its tone, and the tone (0 = none); `None` for other letters.
fn split_tone(c: char) -> Option<(char, usize)> {
    match c {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' => return Some((c, 0)),
        _ if c.is_ascii() => return None,
        _ => {}
    }
    TONED.iter().find_map(|&(plain, toned)| {
        if plain == c {
            return Some((plain, 0));
        }
        toned.iter().position(|&t| t == c).map(|tone| (plain, tone + 1))
    })
}

fn with_tone(plain: char, tone: usize) -> char {
    match tone.checked_sub(1) {
        None => plain,
        Some(tone) => TONED.iter().find(|&&(p, _)| p == plain).map_or(plain, |(_, toned)| toned[tone]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
