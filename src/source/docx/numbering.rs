//! `numbering.xml` and the counters behind it: the number Word prints before a paragraph.
//!
//! Rules from ECMA-376 part 1, 17.9: a number belongs to the *abstract* list, so two `w:num` on one abstract list count
//! on together, unless one carries `w:startOverride`, which takes effect when that `w:num` is first used.

use crate::text::number::to_roman;
use std::collections::{HashMap, HashSet};

use super::symbol::{self, SymbolFont};
use super::xml::{Listener, Space, Tag};

/// Levels of a list.
const LEVELS: usize = 9;

/// How a number is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Format {
    #[default]
    Decimal,
    DecimalZero,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    Bullet,
    None,
}

impl Format {
    fn of(name: &str) -> Self {
        match name {
            "decimalZero" => Format::DecimalZero,
            "lowerLetter" => Format::LowerLetter,
            "upperLetter" => Format::UpperLetter,
            "lowerRoman" => Format::LowerRoman,
            "upperRoman" => Format::UpperRoman,
            "bullet" => Format::Bullet,
            "none" => Format::None,
            _ => Format::Decimal,
        }
    }

    fn write(self, number: u32, out: &mut String) {
        match self {
            Format::Decimal => out.push_str(&number.to_string()),
            Format::DecimalZero => out.push_str(&format!("{number:02}")),
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

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<u32>,
    format: Format,
    /// Text with `%1` … `%9` for the numbers of the levels.
    text: String,
    /// One-based level whose use restarts this one; 0 = never; absent = any higher level.
    restart: Option<usize>,
    /// All numbers in arabic digits (`w:isLgl`).
    legal: bool,
    /// Style that carries this level.
    style: Option<String>,
    symbol: Option<SymbolFont>,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: [Level; LEVELS],
    /// Another list's style holds the levels.
    style_link: Option<String>,
    /// Name under which others link to these levels.
    style_name: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    abstract_id: u32,
    starts: [Option<u32>; LEVELS],
    levels: HashMap<usize, Level>,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<u32, Abstract>,
    lists: HashMap<u32, List>,
    place: Place,
}

/// Where in `numbering.xml` the walk stands.
#[derive(Debug, Default)]
struct Place {
    abstract_id: Option<u32>,
    list: Option<u32>,
    level: Option<usize>,
}

/// Counters of one reading.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// Last number of each level, by abstract list.
    numbers: HashMap<u32, [Option<u32>; LEVELS]>,
    /// Lists and levels whose start override has taken effect.
    started: HashSet<(u32, usize)>,
}

impl Numbering {
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

    /// The levels a list uses, following a link through a numbering style, and the key of its counters.
    fn definition(&self, list: &List) -> Option<(u32, &Abstract)> {
        let own = self.abstracts.get(&list.abstract_id)?;
        let linked = own.style_link.as_ref().and_then(|link| {
            self.abstracts
                .iter()
                .filter(|(_, other)| other.style_name.as_ref() == Some(link))
                .min_by_key(|(id, _)| **id)
        });
        Some(linked.map_or((list.abstract_id, own), |(id, other)| (*id, other)))
    }

    fn level(&mut self) -> Option<&mut Level> {
        let at = self.place.level?;
        match (self.place.abstract_id, self.place.list) {
            (Some(id), _) => self.abstracts.get_mut(&id)?.levels.get_mut(at),
            (None, Some(id)) => Some(self.lists.get_mut(&id)?.levels.entry(at).or_default()),
            (None, None) => None,
        }
    }
}

/// Replaces `%1` … `%9`.
fn fill(text: &str, number: impl Fn(usize) -> (Format, u32)) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut chars = text.chars().peekable();
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

impl Listener for Numbering {
    fn start(&mut self, tag: &Tag<'_>, _depth: usize) {
        if tag.space != Space::Word {
            return;
        }
        let id = |name: &str| tag.attribute(name).and_then(|value| value.trim().parse::<u32>().ok());
        let at = || id("ilvl").map(|level| level as usize).filter(|&level| level < LEVELS);
        match tag.name {
            "abstractNum" => {
                self.place = Place { abstract_id: id("abstractNumId"), ..Place::default() };
                if let Some(id) = self.place.abstract_id {
                    self.abstracts.insert(id, Abstract::default());
                }
            }
            "num" => {
                self.place = Place { list: id("numId"), ..Place::default() };
                if let Some(id) = self.place.list {
                    self.lists.insert(id, List::default());
                }
            }
            "abstractNumId" => {
                if let (Some(list), Some(target)) = (self.place.list, tag.number()) {
                    self.lists.entry(list).or_default().abstract_id = target;
                }
            }
            "lvl" | "lvlOverride" => self.place.level = at(),
            "startOverride" => {
                if let (Some(list), Some(level)) = (self.place.list, self.place.level) {
                    self.lists.entry(list).or_default().starts[level] = tag.number();
                }
            }
            "numStyleLink" | "styleLink" => {
                if let Some(definition) = self.place.abstract_id.and_then(|id| self.abstracts.get_mut(&id)) {
                    let name = tag.val().map(|name| name.into_owned());
                    if tag.name == "styleLink" {
                        definition.style_name = name;
                    } else {
                        definition.style_link = name;
                    }
                }
            }
            _ => {
                if let Some(level) = self.level() {
                    set(level, tag);
                }
            }
        }
    }

    fn end(&mut self, _depth: usize) {}

    fn text(&mut self, _text: &str) {}
}

/// Takes one descendant of `w:lvl`.
fn set(level: &mut Level, tag: &Tag<'_>) {
    match tag.name {
        "start" => level.start = tag.number(),
        "numFmt" => level.format = Format::of(&tag.val().unwrap_or_default()),
        "lvlText" => level.text = tag.val().unwrap_or_default().into_owned(),
        "lvlRestart" => level.restart = tag.number(),
        "isLgl" => level.legal = tag.is_on(),
        "pStyle" => level.style = tag.val().map(|name| name.into_owned()),
        "rFonts" => {
            let name = tag.attribute("hAnsi").or_else(|| tag.attribute("ascii"));
            level.symbol = name.and_then(|name| SymbolFont::of(&name));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::docx::xml::walk;

    fn numbering(inside: &str) -> Numbering {
        let mut numbering = Numbering::default();
        let xml = format!(
            "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{inside}</w:numbering>"
        );
        assert!(walk(&xml, &mut numbering));
        numbering
    }

    fn level(at: usize, format: &str, text: &str, more: &str) -> String {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    }

    fn labels(numbering: &Numbering, uses: &[(u32, u8)]) -> Vec<String> {
        let mut counters = Counters::default();
        uses.iter().map(|&(list, level)| numbering.label(list, level, &mut counters).unwrap_or_default()).collect()
    }

    #[test]
    fn levels_count_and_restart() {
        let numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId=\"0\">{}{}{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
            level(0, "decimal", "Điều %1.", ""),
            level(1, "decimal", "%1.%2.", ""),
            level(2, "lowerLetter", "%3)", "")
        ));
        assert_eq!(
            labels(&numbering, &[(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)]),
            ["Điều 1.", "1.1.", "a)", "b)", "1.2.", "a)", "Điều 2.", "2.1."]
        );
        assert_eq!(labels(&numbering, &[(1, 1)]), ["1.1."], "a skipped level shows its start");
        assert_eq!(labels(&numbering, &[(9, 0)]), [""], "an unknown list has no number");
    }

    #[test]
    fn lists_on_one_definition_count_on_unless_overridden() {
        let numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId=\"0\">{}</w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
             <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/></w:num>\
             <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
            level(0, "decimal", "%1.", "")
        ));
        assert_eq!(labels(&numbering, &[(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)]), ["1.", "2.", "1.", "2.", "3."]);
    }

    #[test]
    fn restart_rules_are_kept() {
        let numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId=\"0\">{}{}{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
            level(0, "upperRoman", "Chương %1", ""),
            level(1, "decimal", "Điều %2.", "<w:lvlRestart w:val=\"0\"/>"),
            level(2, "decimal", "%3.", "<w:lvlRestart w:val=\"1\"/>")
        ));
        assert_eq!(
            labels(&numbering, &[(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)]),
            ["Chương I", "Điều 1.", "1.", "Điều 2.", "2.", "Chương II", "Điều 3.", "1."]
        );
    }

    #[test]
    fn legal_numbers_bullets_and_links() {
        let numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId=\"0\">{}{}{}</w:abstractNum>\
             <w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"DS\"/></w:abstractNum>\
             <w:abstractNum w:abstractNumId=\"2\"><w:styleLink w:val=\"DS\"/>{}</w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>",
            level(0, "upperRoman", "%1.", ""),
            level(1, "decimal", "%1.%2", "<w:isLgl/>"),
            level(2, "bullet", "\u{F02D}", "<w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr>"),
            level(0, "lowerLetter", "(%1)", "<w:pStyle w:val=\"Diem\"/>")
        ));
        assert_eq!(labels(&numbering, &[(1, 0), (1, 1), (1, 2), (2, 0)]), ["I.", "1.1", "-", "(a)"]);
        assert_eq!(numbering.level_of_style(2, "Diem"), Some(0));
    }

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
        ] {
            let mut out = String::new();
            format.write(number, &mut out);
            assert_eq!(out, text);
        }
    }
}
