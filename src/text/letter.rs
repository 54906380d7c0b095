//! Letters of Vietnamese, told apart without the general tables of Unicode: those are a third of the time of a run.

/// Lower case; `Ð`/`ð` (eth) typed for `Đ`/`đ` is read as `đ`.
#[inline]
pub fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { lower_marked(c) }
}

fn lower_marked(c: char) -> char {
    match c {
        'Ð' | 'ð' | 'Đ' | 'đ' => 'đ',
        'ß'..='ÿ' | '×' | '\u{300}'..='\u{36f}' => c,
        'À'..='Þ' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        // In these blocks a capital is even and its small letter follows it.
        'Ă' | 'ă' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ạ'..='ỹ' => {
            char::from_u32(c as u32 | 1).unwrap_or(c)
        }
        'Ư' | 'ư' => 'ư',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The Latin letter that a small Cyrillic or Greek letter looks like, else the letter itself.
pub fn latin_look(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'е' => 'e',
        'і' | 'ι' => 'i',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'н' => 'h',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'с' => 'c',
        'т' | 'τ' => 't',
        'у' => 'y',
        'х' | 'χ' => 'x',
        'в' => 'b',
        'ѕ' => 's',
        'ј' => 'j',
        'ν' => 'v',
        _ => c,
    }
}

/// [`char::is_alphabetic`].
#[inline]
pub fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '×' | '÷' => false,
        'À'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => true,
        _ => c.is_alphabetic(),
    }
}

/// [`char::is_alphanumeric`].
#[inline]
pub fn is_letter_or_digit(c: char) -> bool {
    c.is_ascii_digit() || is_letter(c) || (!c.is_ascii() && c.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_cuts_say_what_unicode_says() {
        for c in '\0'..='\u{ffff}' {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
            if !matches!(c, 'Ð' | 'ð') {
                assert_eq!(Some(lower(c)), c.to_lowercase().next(), "{c:?}");
            }
        }
    }
}
