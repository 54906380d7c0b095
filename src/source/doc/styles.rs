//! The style sheet (STSH, [MS-DOC] 2.9.271): what characters and paragraphs are when they do not say so themselves.

use super::bytes::{slice, u16_at};
use super::fib::Version;
use super::props::{CharProps, ParaProps, Toggle};

/// `istdBase` of a style that is based on none.
const NO_STYLE: u16 = 0x0FFF;

/// What a style gives, everything it is based on included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub bold: bool,
    pub italic: bool,
    pub hidden: bool,
    pub font: Option<u16>,
    pub ascii_font: Option<u16>,
    pub paragraph: ParaProps,
}

/// All styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: Vec<Style>,
    /// Fonts of text that no style gives one: ASCII and other letters.
    fonts: (Option<u16>, Option<u16>),
}

/// A style as it is written.
#[derive(Debug, Clone, Copy, Default)]
struct Written {
    based_on: Option<usize>,
    characters: CharProps,
    paragraph: ParaProps,
}

impl Styles {
    /// Reads the style sheet.
    pub fn read(bytes: &[u8], version: Version) -> Self {
        let Some(head) = u16_at(bytes, 0).and_then(|length| slice(bytes, 2, usize::from(length))) else {
            return Styles::default();
        };
        let count = u16_at(head, 0).unwrap_or(0);
        let base = u16_at(head, 2).map_or(10, usize::from);
        let fonts = (u16_at(head, 12), u16_at(head, 16));
        let mut written = Vec::new();
        let mut at = 2 + head.len();
        for _ in 0..count {
            let Some(length) = u16_at(bytes, at).map(usize::from) else { break };
            let body = slice(bytes, at + 2, length).unwrap_or_default();
            written.push(style(body, base, version).unwrap_or_default());
            at += 2 + length + length % 2;
        }
        Styles { styles: resolve(&written), fonts }
    }

    /// The style of a number; Word calls it istd.
    pub fn get(&self, number: u16) -> Style {
        let style = self.styles.get(usize::from(number)).copied().unwrap_or_default();
        Style { font: style.font.or(self.fonts.1), ascii_font: style.ascii_font.or(self.fonts.0), ..style }
    }

    /// What a character style sets by itself.
    pub fn character(&self, number: u16) -> Style {
        self.styles.get(usize::from(number)).copied().unwrap_or_default()
    }
}

/// STD ([MS-DOC] 2.9.260): a base, a name, then lists of modifiers by the kind of the style.
fn style(body: &[u8], base: usize, version: Version) -> Option<Written> {
    let kind = u16_at(body, 2)?;
    let based_on = Some(kind >> 4).filter(|&number| number != NO_STYLE).map(usize::from);
    let name = match version {
        Version::Word97 => 2 + usize::from(u16_at(body, base)?) * 2 + 2,
        Version::Word6 => 1 + usize::from(*body.get(base)?) + 1,
    };
    let mut at = base + name;
    let mut next = || {
        at += at % 2;
        let list = slice(body, at + 2, usize::from(u16_at(body, at)?))?;
        at += 2 + list.len();
        Some(list)
    };
    let mut written = Written { based_on, ..Written::default() };
    let is_paragraph = kind & 0xF == 1;
    if is_paragraph && let Some(list) = next() {
        // A number of the style itself stands first.
        written.paragraph.apply(list.get(2..).unwrap_or_default(), version, &[]);
    }
    if (is_paragraph || kind & 0xF == 2)
        && let Some(list) = next()
    {
        written.characters.apply(list, version);
    }
    Some(written)
}

/// Brings properties down every chain once; loops end where they begin.
fn resolve(written: &[Written]) -> Vec<Style> {
    let mut styles: Vec<Option<Style>> = vec![None; written.len()];
    let mut chain = Vec::new();
    for first in 0..written.len() {
        let mut at = Some(first);
        let mut below = Style::default();
        while let Some((number, style)) = at.and_then(|at| Some((at, written.get(at)?))) {
            match styles[number] {
                Some(known) => {
                    below = known;
                    break;
                }
                // Marked at once, so that a loop stops here.
                None => styles[number] = Some(Style::default()),
            }
            chain.push(number);
            at = style.based_on;
        }
        while let Some(number) = chain.pop() {
            below = over(&written[number], below);
            styles[number] = Some(below);
        }
    }
    styles.into_iter().map(Option::unwrap_or_default).collect()
}

fn over(written: &Written, below: Style) -> Style {
    let toggle = |own: Option<Toggle>, below: bool| own.map_or(below, |own| own.over(below));
    let characters = &written.characters;
    Style {
        bold: toggle(characters.bold, below.bold),
        italic: toggle(characters.italic, below.italic),
        hidden: toggle(characters.hidden, below.hidden),
        font: characters.font.or(below.font),
        ascii_font: characters.ascii_font.or(below.ascii_font),
        paragraph: written.paragraph.over(below.paragraph),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A paragraph style with one list of modifiers for each.
    fn written(based_on: u16, paragraph: &[u8], characters: &[u8]) -> Vec<u8> {
        let mut body = vec![0; 10];
        body[2..4].copy_from_slice(&(based_on << 4 | 1).to_le_bytes());
        body.extend([1, 0, b'X', 0, 0, 0]);
        body.extend((paragraph.len() as u16 + 2).to_le_bytes());
        body.extend([0, 0]);
        body.extend(paragraph);
        body.extend(vec![0; body.len() % 2]);
        body.extend((characters.len() as u16).to_le_bytes());
        body.extend(characters);
        body
    }

    fn sheet(styles: &[Vec<u8>]) -> Styles {
        let mut bytes = vec![18, 0];
        bytes.extend((styles.len() as u16).to_le_bytes());
        bytes.extend([10, 0]);
        bytes.resize(20, 0);
        for style in styles {
            bytes.extend((style.len() as u16).to_le_bytes());
            bytes.extend(style);
            bytes.extend(vec![0; style.len() % 2]);
        }
        Styles::read(&bytes, Version::Word97)
    }

    #[test]
    fn properties_come_down_the_chain() {
        let styles = sheet(&[
            written(2, &[], &[0x36, 0x08, 1]),
            written(NO_STYLE, &[0x61, 0x24, 1], &[0x35, 0x08, 1, 0x51, 0x4A, 7, 0]),
            written(1, &[0x0B, 0x46, 3, 0, 0x0A, 0x26, 1], &[0x35, 0x08, 0x81]),
        ]);
        let style = styles.get(0);
        assert!(style.italic && !style.bold, "bold is turned off against the style below");
        assert_eq!((style.font, style.paragraph.list, style.paragraph.level), (Some(7), Some(3), Some(1)));
        assert_eq!(style.paragraph.centered, Some(true));
    }

    #[test]
    fn loops_and_cut_sheets_end() {
        let styles = sheet(&[written(1, &[], &[]), written(0, &[], &[0x35, 0x08, 1]), written(77, &[], &[])]);
        assert!(styles.get(0).bold);
        assert_eq!(Styles::read(&[200, 0, 1], Version::Word97).get(4), Style::default());
    }
}
