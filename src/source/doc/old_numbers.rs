//! Automatic numbers of Word 6 and 95 (ANLD, [MS-DOC] 2.9.4): each paragraph carries the pattern of its number.
//!
//! Numbers run on from paragraph to paragraph; one without a number ends the run.

use super::bytes::{slice, u16_at};
use crate::source::compose::lists::{Counters, Definition, Format, Level, List, Lists};

/// Levels of `sprmPNLvlAnm`: a number, a bullet.
const NUMBER: u8 = 10;
const BULLET: u8 = 11;

/// The pattern of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pattern {
    /// How the number is written.
    code: u8,
    start: u16,
    /// Length of the text before the number, and with the text after it.
    before: u8,
    all: u8,
    text: [u8; 32],
}

impl Pattern {
    /// Reads a pattern.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let text: [u8; 32] = slice(bytes, 20, 32)?.try_into().ok()?;
        let before = (*bytes.get(1)?).min(32);
        let all = before.saturating_add(*bytes.get(2)?).min(32);
        Some(Pattern { code: *bytes.first()?, start: u16_at(bytes, 10)?, before, all, text })
    }

    fn level(&self, is_bullet: bool) -> Level {
        let letters =
            |from: u8, to: u8| self.text[usize::from(from)..usize::from(to)].iter().map(|&byte| char::from(byte));
        let number = if is_bullet { "" } else { "%1" };
        let text = letters(0, self.before).chain(number.chars()).chain(letters(self.before, self.all)).collect();
        let format = if is_bullet { Format::Bullet } else { Format::of_code(self.code.into()) };
        Level { start: Some(u32::from(self.start)), format, text, ..Level::default() }
    }
}

/// Counts the paragraphs of one story.
#[derive(Debug, Default)]
pub(super) struct OldNumbers {
    /// The one list of the run being counted.
    lists: Lists,
    counters: Counters,
    is_open: bool,
}

impl OldNumbers {
    /// What is printed before a paragraph with this pattern and level. A blank paragraph ends no run.
    pub fn label(&mut self, pattern: Option<Pattern>, level: Option<u8>, is_blank: bool) -> Option<String> {
        let is_bullet = level == Some(BULLET);
        let Some(pattern) = pattern.filter(|_| is_bullet || level == Some(NUMBER)) else {
            self.is_open &= is_blank;
            return None;
        };
        if !self.is_open || is_bullet {
            let mut definition = Definition::default();
            definition.levels[0] = pattern.level(is_bullet);
            self.lists.definitions.insert(0, definition);
            self.lists.lists.insert(0, List::default());
            self.counters = Counters::default();
        }
        self.is_open = !is_bullet;
        self.lists.label(0, 0, &mut self.counters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(code: u8, before: &str, after: &str, start: u8) -> Option<Pattern> {
        let mut bytes = vec![0; 52];
        (bytes[0], bytes[1], bytes[2], bytes[10]) = (code, before.len() as u8, after.len() as u8, start);
        let text = [before, after].concat();
        bytes[20..20 + text.len()].copy_from_slice(text.as_bytes());
        Pattern::read(&bytes)
    }

    #[test]
    fn numbers_run_on_until_a_paragraph_has_none() {
        let mut numbers = OldNumbers::default();
        let article = pattern(0, "Dieu ", ".", 3);
        let mut label = |pattern, level, is_blank| numbers.label(pattern, level, is_blank).unwrap_or_default();
        assert_eq!(label(article, Some(NUMBER), false), "Dieu 3.");
        assert_eq!(label(None, None, true), "");
        assert_eq!(label(article, Some(NUMBER), false), "Dieu 4.");
        assert_eq!(label(None, None, false), "");
        assert_eq!(label(pattern(4, "", ")", 1), Some(NUMBER), false), "a)");
        assert_eq!(label(pattern(4, "", ")", 1), Some(NUMBER), false), "b)");
        assert_eq!(label(pattern(0, "-", "", 0), Some(BULLET), false), "-");
        assert_eq!(label(article, Some(2), false), "");
        assert_eq!(Pattern::read(&[0; 30]), None);
    }
}
