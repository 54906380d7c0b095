//! Reading words from a place in a text, blind to letter case, `Ð` and kinds of space.

use super::letter::is_letter_or_digit;
pub use super::letter::lower;

/// A place in a text that moves forward as words are read.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    /// A cursor at byte `at`, which must be a character boundary (else it stands at the end).
    pub fn new(text: &'t str, at: usize) -> Self {
        let at = if text.is_char_boundary(at) { at } else { text.len() };
        Cursor { text, at }
    }

    /// Byte offset of the cursor.
    pub fn at(&self) -> usize {
        self.at
    }

    /// What lies ahead.
    pub fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// What lies behind.
    pub fn before(&self) -> &'t str {
        &self.text[..self.at]
    }

    /// The next character, not consumed.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Consumes `c` if it is next.
    pub fn eat(&mut self, c: char) -> bool {
        let hit = self.peek() == Some(c);
        if hit {
            self.at += c.len_utf8();
        }
        hit
    }

    /// Skips spaces, tabs, line breaks, no-break spaces.
    pub fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Consumes `phrase` (lower case; one space stands for any run of spaces) if it is next as whole words.
    pub fn phrase(&mut self, phrase: &str) -> bool {
        match match_phrase(self.text, self.at, phrase) {
            Some(end) => {
                self.at = end;
                true
            }
            None => false,
        }
    }

    /// Consumes the first of `phrases` that is next; longer ones must stand before their beginnings.
    pub fn any<'p>(&mut self, phrases: &[&'p str]) -> Option<&'p str> {
        phrases.iter().copied().find(|phrase| self.phrase(phrase))
    }

    /// Consumes decimal digits.
    pub fn digits(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        self.at += len;
        (len > 0).then(|| &rest[..len])
    }

    /// Moves to byte `at`, never backwards past the start of the text nor off a boundary.
    pub fn jump(&mut self, at: usize) {
        *self = Cursor::new(self.text, at);
    }
}

/// End of `phrase` (lower case, NFC) when it stands at `at` as whole words; letter case and `Ð` for `Đ` do not matter, one
/// space of the phrase stands for any run of spaces.
#[inline]
pub fn match_phrase(text: &str, at: usize, phrase: &str) -> Option<usize> {
    let rest = text.get(at..)?;
    if may_start(rest, phrase) { match_rest(rest, phrase).map(|rest| text.len() - rest.len()) } else { None }
}

/// What follows `phrase` as whole words at the start of `rest`.
fn match_rest<'t>(mut rest: &'t str, phrase: &str) -> Option<&'t str> {
    for letter in phrase.chars() {
        rest = if letter == ' ' {
            let next = rest.trim_start();
            if next.len() == rest.len() {
                return None;
            }
            next
        } else {
            strip_letter(rest, letter)?
        };
    }
    (!rest.starts_with(is_letter_or_digit)).then_some(rest)
}

/// What follows `letters` (lower case, NFC) at the start of `text`; letter case and `Ð` for `Đ` do not matter.
#[inline]
pub fn strip_letters<'t>(text: &'t str, letters: &str) -> Option<&'t str> {
    if may_start(text, letters) { strip_rest(text, letters) } else { None }
}

fn strip_rest<'t>(text: &'t str, letters: &str) -> Option<&'t str> {
    letters.chars().try_fold(text, strip_letter)
}

/// `false` when the first byte already tells that `text` does not begin with `phrase`. Most phrases fail there.
#[inline]
fn may_start(text: &str, phrase: &str) -> bool {
    match (text.as_bytes().first(), phrase.as_bytes().first()) {
        (Some(found), Some(b' ')) => !found.is_ascii_graphic(),
        (Some(found), Some(wanted)) => {
            found.to_ascii_lowercase() == *wanted || !(found.is_ascii() || wanted.is_ascii())
        }
        (found, wanted) => found.is_some() || wanted.is_none(),
    }
}

#[inline]
fn strip_letter(text: &str, letter: char) -> Option<&str> {
    if letter.is_ascii() {
        let found = text.as_bytes().first()?.to_ascii_lowercase();
        return if found == letter as u8 { text.get(1..) } else { None };
    }
    let mut rest = text.chars();
    let found = rest.next()?;
    (found == letter || lower(found) == letter).then_some(rest.as_str())
}

/// The word that ends before `at`, spaces skipped; empty when punctuation or nothing stands there.
pub fn previous_word(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or_default().trim_end();
    let start =
        head.char_indices().rev().take_while(|&(_, c)| is_letter_or_digit(c)).last().map_or(head.len(), |(i, _)| i);
    &head[start..]
}

/// `true` when the text at `at` does not continue a word that began before it.
pub fn starts_word(text: &str, at: usize) -> bool {
    !text.get(..at).unwrap_or_default().chars().next_back().is_some_and(is_letter_or_digit)
}

/// `true` when two words are equal but for letter case and eth.
pub fn same_word(a: &str, b: &str) -> bool {
    a.chars().map(lower).eq(b.chars().map(lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_match_whole_words_only() {
        assert_eq!(match_phrase("ĐIỀU  5", 0, "điều"), Some("ĐIỀU".len()));
        assert_eq!(match_phrase("Ðiều kiện", 0, "điều kiện"), Some("Ðiều kiện".len()));
        assert_eq!(match_phrase("ban\u{a0}\n hành", 0, "ban hành"), Some("ban\u{a0}\n hành".len()));
        assert_eq!(match_phrase("khoảng", 0, "khoản"), None);
        assert_eq!(match_phrase("khoản", 1, "h"), None);
    }

    #[test]
    fn previous_word_stops_at_punctuation() {
        assert_eq!(previous_word("địa điểm", "địa ".len()), "địa");
        assert_eq!(previous_word("a, điểm", "a, ".len()), "");
    }
}
