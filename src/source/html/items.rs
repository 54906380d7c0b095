//! Items of lists and the numbers before them.

use super::css::Marker;
use super::elements::{Element, ListState};
use super::story::Story;
use super::tag::Tag;
use crate::source::compose::lists::Format;
use crate::source::compose::symbol;

impl Story<'_> {
    /// Takes the number that Word wrote before an item.
    pub(super) fn number(&mut self, text: &str, element: &Element) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let font = element.look.run.font.symbol;
        let first = text.chars().next().filter(|_| text.chars().count() == 1);
        let label = match (first, font) {
            // Glyphs of symbol fonts come as the Latin-1 signs of their codes.
            (Some(c @ ' '..='\u{ff}'), Some(_)) => {
                let glyph = char::from_u32(0xF000 + c as u32).unwrap_or(c);
                symbol::bullet(glyph.encode_utf8(&mut [0; 4]), font).to_owned()
            }
            (Some(c), _) if c == 'o' || !c.is_alphanumeric() => symbol::bullet(text, font).to_owned(),
            _ => text.to_owned(),
        };
        let look = element.look.run;
        let keep = self.letters.keeps_spans();
        let line = self.begin_line();
        if line.is_blank() {
            line.label = Some(label);
        } else {
            line.push(&format!(" {label} "), look, keep);
        }
    }

    /// Begins an item: its number waits for the first line of it.
    pub(super) fn begin_item(&mut self, tag: &Tag<'_>, own: Option<Marker>) {
        self.end_item();
        let list = self.stack.iter_mut().rev().take_while(|element| !element.frame).find_map(|e| e.list.as_mut());
        let Some(list) = list else { return };
        let number = tag.number("value").unwrap_or(list.next);
        let marker = own.or(tag.get("type").and_then(|kind| marker_of(&kind))).unwrap_or(list.marker);
        self.label = match marker {
            Marker::None => None,
            Marker::Sign(Format::Bullet) => Some("•".to_owned()),
            Marker::Sign(format) => {
                let mut label = String::new();
                format.write(number, &mut label);
                label.push('.');
                Some(label)
            }
        };
        list.next = number.saturating_add(1);
    }

    /// An item without words of its own still shows its number.
    pub(super) fn end_item(&mut self) {
        if self.label.is_some() {
            self.begin_line();
            self.end_line();
        }
    }
}

/// A list and its first number.
pub(super) fn list_of(tag: &Tag<'_>, styled: Option<Marker>) -> ListState {
    let usual = if tag.name == "ol" { Format::Decimal } else { Format::Bullet };
    let typed = tag.get("type").and_then(|kind| marker_of(&kind));
    ListState { marker: styled.or(typed).unwrap_or(Marker::Sign(usual)), next: tag.number("start").unwrap_or(1) }
}

/// The attribute `type` of a list or an item.
fn marker_of(kind: &str) -> Option<Marker> {
    Some(Marker::Sign(match kind.trim() {
        "1" => Format::Decimal,
        "a" => Format::LowerLetter,
        "A" => Format::UpperLetter,
        "i" => Format::LowerRoman,
        "I" => Format::UpperRoman,
        other if ["disc", "circle", "square"].iter().any(|sign| other.eq_ignore_ascii_case(sign)) => Format::Bullet,
        _ => return None,
    }))
}
