//! Automatic numbers: the lists of a document and the counters behind them, whatever file format defines them.
//!
//! Rules from ECMA-376 part 1, 17.9, which are those of Word 97 too: a number belongs to the *definition*, so two lists on
//! one definition count on together, unless one overrides the start, which takes effect when that list is first used.

use std::collections::{HashMap, HashSet};

use super::symbol::{self, SymbolFont};
use crate::text::number::to_roman;

/// Levels of a list.
pub const LEVELS: usize = 9;

/// How a number is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Format {
    #[default]
    Decimal,
    DecimalZero,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    /// Figures filled with zeros to this width ("001").
    Padded(u8),
    /// A figure between dashes ("- 1 -").
    InDash,
    /// Vietnamese words ("một", "hai" …).
    Vietnamese,
    Bullet,
    None,
}

/// Longest text of a level, in characters: Word takes a few dozen characters, a hostile file may print megabytes on each line.
const MAX_TEXT: usize = 256;
/// Most links followed from a list to the style that holds its levels.
const MAX_LINKS: usize = 8;

impl Format {
    /// A format by its code in binary documents and RTF (MSONFC, [MS-OSHARED] 2.2.1.3).
    pub fn of_code(code: i32) -> Self {
        match code {
            1 => Format::UpperRoman,
            2 => Format::LowerRoman,
            3 => Format::UpperLetter,
            4 => Format::LowerLetter,
            22 => Format::DecimalZero,
            23 => Format::Bullet,
            255 => Format::None,
            _ => Format::Decimal,
        }
    }

    /// A format by its name in ECMA-376 (`w:numFmt`). Formats no Vietnamese office uses are written in figures, which
    /// loses nothing.
    pub fn of(name: &str) -> Self {
        match name {
            "decimalZero" => Format::DecimalZero,
            "lowerLetter" => Format::LowerLetter,
            "upperLetter" => Format::UpperLetter,
            "lowerRoman" => Format::LowerRoman,
            "upperRoman" => Format::UpperRoman,
            "bullet" => Format::Bullet,
            "none" => Format::None,
            "numberInDash" => Format::InDash,
            "vietnameseCounting" => Format::Vietnamese,
            _ => Format::Decimal,
        }
    }

    /// Appends `number` in this format.
    pub fn write(self, number: u32, out: &mut String) {
        match self {
            Format::Decimal => out.push_str(&number.to_string()),
            Format::DecimalZero => out.push_str(&format!("{number:02}")),
            Format::Padded(width) => out.push_str(&format!("{number:0width$}", width = usize::from(width.min(9)))),
            Format::InDash => out.push_str(&format!("- {number} -")),
            Format::Vietnamese => vietnamese(number, out),
            Format::LowerLetter => letters(number, b'a', out),
            Format::UpperLetter => letters(number, b'A', out),
            Format::LowerRoman => roman(number, true, out),
            Format::UpperRoman => roman(number, false, out),
            Format::Bullet | Format::None => {}
        }
    }
}

/// 1 = a, 26 = z, 27 = aa, 28 = bb: Word repeats the letter.
fn letters(number: u32, first: u8, out: &mut String) {
    let Some(from_zero) = number.checked_sub(1) else { return };
    let letter = char::from(first + (from_zero % 26) as u8);
    // More than a few dozen repetitions is a broken file, not a list.
    out.extend(std::iter::repeat_n(letter, (from_zero / 26 + 1).min(30) as usize));
}

fn roman(number: u32, lower: bool, out: &mut String) {
    // Beyond MMMCMXCIX a broken file, not a list: the figure at least loses nothing.
    let mut numeral = to_roman(number).unwrap_or_else(|| number.to_string());
    if lower {
        numeral.make_ascii_lowercase();
    }
    out.push_str(&numeral);
}

/// "một" … "chín mươi chín"; figures beyond.
fn vietnamese(number: u32, out: &mut String) {
    const UNITS: [&str; 10] = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    let (tens, unit) = ((number / 10) as usize, (number % 10) as usize);
    let words = match (tens, unit) {
        (10.., _) | (0, 0) => number.to_string(),
        (0, _) => UNITS[unit].to_owned(),
        (1, 0) => "mười".to_owned(),
        (1, 5) => "mười lăm".to_owned(),
        (1, _) => format!("mười {}", UNITS[unit]),
        (_, 0) => format!("{} mươi", UNITS[tens]),
        (_, 1) => format!("{} mươi mốt", UNITS[tens]),
        (_, 5) => format!("{} mươi lăm", UNITS[tens]),
        _ => format!("{} mươi {}", UNITS[tens], UNITS[unit]),
    };
    out.push_str(&words);
}

/// One level of a list.
#[derive(Debug, Clone, Default)]
pub struct Level {
    /// First number.
    pub start: Option<u32>,
    /// How its number is written.
    pub format: Format,
    /// Text with `%1` … `%9` for the numbers of the levels.
    pub text: String,
    /// One-based level whose use restarts this one; 0 = never; absent = any higher level.
    pub restart: Option<usize>,
    /// All numbers in arabic digits (`w:isLgl`).
    pub legal: bool,
    /// Style that carries this level.
    pub style: Option<String>,
    /// Symbol font of a bullet.
    pub symbol: Option<SymbolFont>,
}

/// What lists are made from (`w:abstractNum`, LSTF).
#[derive(Debug, Default)]
pub struct Definition {
    /// Its levels.
    pub levels: [Level; LEVELS],
    /// Another definition's style holds the levels.
    pub style_link: Option<String>,
    /// Name under which others link to these levels.
    pub style_name: Option<String>,
}

/// A list that paragraphs name (`w:num`, LFO).
#[derive(Debug, Default)]
pub struct List {
    /// Key of its definition.
    pub definition: u32,
    /// Overridden first numbers.
    pub starts: [Option<u32>; LEVELS],
    /// Overridden levels.
    pub levels: HashMap<usize, Level>,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub struct Lists {
    /// Definitions by key.
    pub definitions: HashMap<u32, Definition>,
    /// Lists by the number paragraphs name them with.
    pub lists: HashMap<u32, List>,
    /// Lists that numbering styles name, by style.
    pub style_lists: HashMap<String, u32>,
}

/// Counters of one reading.
#[derive(Debug, Default)]
pub struct Counters {
    /// Last number of each level, by definition.
    numbers: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Lists and levels whose start override has taken effect.
    started: HashSet<(u32, usize)>,
}

impl Counters {
    /// The next number of this level is `number`, for lists on the definition of this key.
    pub fn start_at(&mut self, definition: u32, level: u8, number: u32) {
        let numbers = self.numbers.entry(definition).or_default();
        numbers[usize::from(level).min(LEVELS - 1)] = number.checked_sub(1);
    }
}

impl Lists {
    /// `true` when the document defines no list.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// The level that a style belongs to in a list (`w:pStyle`).
    pub fn level_of_style(&self, list: u32, style: &str) -> Option<u8> {
        let (_, definition) = self.definition(self.lists.get(&list)?)?;
        definition.levels.iter().position(|level| level.style.as_deref() == Some(style)).map(|at| at as u8)
    }

    /// Counts one paragraph and returns what Word prints before it; `None` when that is nothing.
    pub fn label(&self, list: u32, level: u8, counters: &mut Counters) -> Option<String> {
        let id = list;
        let list = self.lists.get(&id)?;
        let (key, definition) = self.definition(list)?;
        let at = usize::from(level).min(LEVELS - 1);
        let of = |at: usize| list.levels.get(&at).unwrap_or(&definition.levels[at]);
        let start_of = |at: usize| list.starts[at].or(of(at).start).unwrap_or(0);

        let numbers = counters.numbers.entry(key).or_default();
        let restarted = list.starts[at].is_some() && counters.started.insert((id, at));
        numbers[at] = Some(match numbers[at] {
            Some(last) if !restarted => last.saturating_add(1),
            _ => start_of(at),
        });
        for (deeper, number) in numbers.iter_mut().enumerate().skip(at + 1) {
            // "Restart after level k": using level k or a higher one.
            if of(deeper).restart.is_none_or(|after| at < after) {
                *number = None;
            }
        }

        let shown = of(at);
        let label = match shown.format {
            Format::Bullet => symbol::bullet(&shown.text, shown.symbol).to_owned(),
            _ => fill(&shown.text, |other| {
                let format = of(other).format;
                let format = if shown.legal && format != Format::Bullet { Format::Decimal } else { format };
                (format, numbers[other].unwrap_or_else(|| start_of(other)))
            }),
        };
        let label = label.trim();
        (!label.is_empty()).then(|| label.to_owned())
    }

    /// The levels a list uses, following links through numbering styles, and the key of its counters.
    fn definition(&self, list: &List) -> Option<(u32, &Definition)> {
        let mut key = list.definition;
        for _ in 0..MAX_LINKS {
            let linked = self.definitions.get(&key)?.style_link.as_ref().and_then(|link| self.linked(key, link));
            match linked {
                Some(next) => key = next,
                None => break,
            }
        }
        Some((key, self.definitions.get(&key)?))
    }

    /// The definition that a numbering style stands for: the one that says so, else the one of the list the style names.
    fn linked(&self, from: u32, link: &str) -> Option<u32> {
        let named =
            self.definitions.iter().filter(|(id, other)| **id != from && other.style_name.as_deref() == Some(link));
        named.map(|(id, _)| *id).min().or_else(|| {
            let list = self.lists.get(self.style_lists.get(link)?)?;
            Some(list.definition).filter(|id| *id != from && self.definitions.contains_key(id))
        })
    }
}

/// Replaces `%1` … `%9`.
fn fill(text: &str, number: impl Fn(usize) -> (Format, u32)) -> String {
    let mut out = String::with_capacity(text.len().min(MAX_TEXT) + 4);
    let mut chars = text.chars().take(MAX_TEXT).peekable();
    while let Some(c) = chars.next() {
        match chars.peek().and_then(|next| next.to_digit(10)).filter(|&digit| c == '%' && digit > 0) {
            Some(digit) => {
                chars.next();
                let (format, number) = number(digit as usize - 1);
                format.write(number, &mut out);
            }
            None => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (format, number, text) in [
            (Format::LowerLetter, 5, "e"),
            (Format::LowerLetter, 27, "aa"),
            (Format::UpperLetter, 2, "B"),
            (Format::UpperRoman, 49, "XLIX"),
            (Format::LowerRoman, 4, "iv"),
            (Format::DecimalZero, 7, "07"),
            (Format::LowerLetter, 0, ""),
            (Format::UpperRoman, 3999, "MMMCMXCIX"),
            (Format::UpperRoman, 4000, "4000"),
            (Format::Padded(3), 7, "007"),
            (Format::InDash, 3, "- 3 -"),
            (Format::Vietnamese, 5, "năm"),
            (Format::Vietnamese, 15, "mười lăm"),
            (Format::Vietnamese, 21, "hai mươi mốt"),
            (Format::Vietnamese, 100, "100"),
        ] {
            let mut out = String::new();
            format.write(number, &mut out);
            assert_eq!(out, text);
        }
    }
}
