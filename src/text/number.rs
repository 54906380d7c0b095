//! Numbers of units: Roman numerals, the Vietnamese point alphabet, "5a", "thứ nhất", and what may follow what.

use super::cursor::strip_letters;
use super::letter::is_letter;
pub use super::letter::lower;

/// Letters of điểm in their legal order (no f, j, w, z; ă â ê ô ơ ư not used).
pub const POINT_LETTERS: [char; 23] =
    ['a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'x', 'y'];

/// Number of a unit: a value and, for an inserted unit, its suffix ("5a", "g1").
///
/// Points have a letter and digits instead; they are compared by [`letter_step`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number {
    /// The number itself.
    pub value: u32,
    /// Place of the suffix in its own order, from 1; 0 without a suffix.
    pub suffix: u32,
}

/// The alphabet a list of points goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// a b c d đ e g h: the legal order.
    Legal,
    /// a b c d e f g h: what Word numbers by.
    Latin,
}

/// How a number stands to the one before it in the same list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The next one: 6 or 5a after 5, 6 after 5b.
    Next,
    /// Further on: something between is missing.
    Jump,
    /// The same again.
    Same,
    /// An earlier one.
    Back,
}

impl Number {
    /// A number without suffix.
    pub const fn plain(value: u32) -> Self {
        Number { value, suffix: 0 }
    }

    /// How `self` stands to `before`.
    pub fn step_from(self, before: Number) -> Step {
        let inserted = self.value == before.value && self.suffix == before.suffix + 1;
        let onward = self.value == before.value + 1 && self.suffix <= 1;
        match self.cmp(&before) {
            _ if inserted || onward => Step::Next,
            std::cmp::Ordering::Greater => Step::Jump,
            std::cmp::Ordering::Equal => Step::Same,
            std::cmp::Ordering::Less => Step::Back,
        }
    }
}

/// Place of `letter` in the point alphabet, from 1.
pub fn letter_place(letter: char) -> Option<u32> {
    POINT_LETTERS.iter().position(|&known| known == letter).map(|at| at as u32 + 1)
}

/// The point letter at `place` (from 1).
pub fn letter_at(place: u32) -> Option<char> {
    POINT_LETTERS.get((place as usize).checked_sub(1)?).copied()
}

/// How point `now` stands to point `before`, and, when it is next in one alphabet only, in which.
pub fn letter_step(before: char, now: char) -> (Step, Option<Alphabet>) {
    // One order of all letters either alphabet has; đ stands between d and e.
    let place = |c: char| if c == 'đ' { 2 * u32::from('d') + 1 } else { 2 * u32::from(c) };
    match place(now).cmp(&place(before)) {
        std::cmp::Ordering::Equal => (Step::Same, None),
        std::cmp::Ordering::Less => (Step::Back, None),
        std::cmp::Ordering::Greater => {
            let between = |c: char| place(c) > place(before) && place(c) < place(now);
            let legal = letter_place(now).is_some() && !POINT_LETTERS.iter().any(|&c| between(c));
            let latin = now != 'đ' && before != 'đ' && !('a'..='z').any(between);
            match (legal, latin) {
                (true, true) => (Step::Next, None),
                (true, false) => (Step::Next, Some(Alphabet::Legal)),
                (false, true) => (Step::Next, Some(Alphabet::Latin)),
                (false, false) => (Step::Jump, None),
            }
        }
    }
}

/// Value of a Roman numeral in capitals or in small letters, below 400; `None` when it is not written canonically.
///
/// A lower-case L among capitals is read as I, a slip real documents carry ("Chương l").
pub fn roman(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 12 {
        return None;
    }
    let small = text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let mut value = 0;
    let mut before = 400;
    let mut digits = [0u8; 12];
    for (slot, byte) in digits.iter_mut().zip(text.bytes()) {
        *slot = match byte {
            b'i' | b'v' | b'x' if small => byte.to_ascii_uppercase(),
            b'l' => b'I',
            b'I' | b'V' | b'X' | b'L' | b'C' => byte,
            _ => return None,
        };
        let digit = match *slot {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            b'L' => 50,
            _ => 100,
        };
        value += digit;
        if digit > before {
            value -= 2 * before;
        }
        before = digit;
    }
    let canonical = to_roman(value)?;
    (canonical.as_bytes() == &digits[..text.len()]).then_some(value)
}

/// The Roman numeral of a number below 400.
pub fn to_roman(mut value: u32) -> Option<String> {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if value == 0 || value >= 4000 {
        return None;
    }
    let mut out = String::new();
    for (worth, digits) in STEPS {
        while value >= worth {
            out.push_str(digits);
            value -= worth;
        }
    }
    Some(out)
}

/// Reads "thứ nhất", "thứ hai" … "thứ hai mươi" at the start of `text`, in any case; gives the value and the bytes read.
pub fn ordinal_words(text: &str) -> Option<(u32, usize)> {
    const UNITS: [(&str, u32); 14] = [
        ("nhất", 1),
        ("một", 1),
        ("mốt", 1),
        ("hai", 2),
        ("nhì", 2),
        ("ba", 3),
        ("tư", 4),
        ("bốn", 4),
        ("năm", 5),
        ("lăm", 5),
        ("sáu", 6),
        ("bảy", 7),
        ("tám", 8),
        ("chín", 9),
    ];
    let mut at = eat_word(text, "thứ")?;
    let mut value = 0;
    let mut end = None;
    // At most three words: "hai mươi mốt".
    for _ in 0..3 {
        let rest = &text[at..];
        let gap = rest.len() - rest.trim_start().len();
        if gap == 0 {
            break;
        }
        let word = &rest[gap..];
        if let Some(read) = eat_word(word, "mười").or_else(|| eat_word(word, "mươi")) {
            value = if value == 0 { 10 } else { value * 10 };
            at += gap + read;
        } else if let Some((read, unit)) = UNITS.iter().find_map(|&(w, u)| Some((eat_word(word, w)?, u))) {
            if value % 10 != 0 {
                break;
            }
            value += unit;
            at += gap + read;
        } else {
            break;
        }
        end = Some(at);
    }
    end.map(|end| (value, end))
}

/// Length of `word` (given in lower case) at the start of `text`, whatever its case there and with Ð read as Đ; it must end there.
pub fn eat_word(text: &str, word: &str) -> Option<usize> {
    let rest = strip_letters(text, word)?;
    (!rest.starts_with(is_letter)).then(|| text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_are_canonical_only() {
        for (text, value) in [("I", 1), ("IV", 4), ("XIX", 19), ("XL", 40), ("l", 1), ("lV", 4), ("iii", 3), ("Vl", 6)]
        {
            assert_eq!(roman(text), Some(value), "{text}");
        }
        for text in ["", "IIII", "VX", "IL", "A", "Iv", "mm", "CCCC"] {
            assert_eq!(roman(text), None, "{text}");
        }
        for value in 1..400 {
            assert_eq!(to_roman(value).as_deref().and_then(roman), Some(value));
        }
    }

    #[test]
    fn ordinals_are_read_in_any_case() {
        for (text, value) in [
            ("thứ nhất", 1),
            ("THỨ HAI: X", 2),
            ("thứ tư", 4),
            ("Thứ mười", 10),
            ("thứ mười một", 11),
            ("thứ hai mươi mốt", 21),
        ] {
            assert_eq!(ordinal_words(text).map(|(value, _)| value), Some(value), "{text}");
        }
        assert_eq!(ordinal_words("thứ ba QUY ĐỊNH").map(|(_, end)| &"thứ ba QUY ĐỊNH"[..end]), Some("thứ ba"));
        assert_eq!(ordinal_words("thứ tự"), None);
    }

    #[test]
    fn steps_know_inserted_numbers() {
        let n = |value, suffix| Number { value, suffix };
        for (before, now, step) in [
            (n(5, 0), n(6, 0), Step::Next),
            (n(5, 0), n(5, 1), Step::Next),
            (n(5, 1), n(5, 2), Step::Next),
            (n(5, 2), n(6, 0), Step::Next),
            (n(5, 0), n(7, 0), Step::Jump),
            (n(5, 0), n(5, 0), Step::Same),
            (n(5, 0), n(1, 0), Step::Back),
        ] {
            assert_eq!(now.step_from(before), step, "{before:?} {now:?}");
        }
    }

    #[test]
    fn points_follow_the_legal_or_the_latin_alphabet() {
        for (before, now, step, alphabet) in [
            ('a', 'b', Step::Next, None),
            ('d', 'đ', Step::Next, Some(Alphabet::Legal)),
            ('đ', 'e', Step::Next, Some(Alphabet::Legal)),
            ('d', 'e', Step::Next, Some(Alphabet::Latin)),
            ('e', 'g', Step::Next, Some(Alphabet::Legal)),
            ('e', 'f', Step::Next, Some(Alphabet::Latin)),
            ('a', 'c', Step::Jump, None),
            ('c', 'a', Step::Back, None),
            ('c', 'c', Step::Same, None),
        ] {
            let (found, how) = letter_step(before, now);
            assert_eq!(found, step, "{before} {now}");
            if let Some(alphabet) = alphabet {
                assert_eq!(how, Some(alphabet), "{before} {now}");
            }
        }
    }

    #[test]
    fn letters_follow_the_legal_alphabet() {
        assert_eq!(letter_place('đ'), Some(5));
        assert_eq!(letter_place('e'), Some(6));
        assert_eq!(letter_place('f'), None);
        assert_eq!(letter_at(5), Some('đ'));
        assert_eq!(letter_at(0), None);
    }
}
