//! Fonts: the codes of a string → text and widths (ISO 32000-1, 9.6 to 9.10).

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object};

use super::MAX_STREAM;
use super::cmap::{CMap, code};
use super::encoding::{Base, of_name};
use crate::source::compose::text::{Font as FontKind, RunLook};
use crate::text::charset::FontHint;

/// Most widths taken from one font.
const MAX_WIDTHS: usize = 1 << 16;
/// Width of a glyph no one gives a width for, in thousandths of the font size.
const USUAL_WIDTH: f64 = 500.0;

/// A font as far as text and place need it.
#[derive(Debug)]
pub struct Font {
    /// Bold, italic, and the encoding its name hints at.
    pub look: RunLook,
    texts: CMap,
    code_map: CMap,
    simple: Vec<Option<String>>,
    composite: bool,
    /// Codes are UTF-16 themselves (predefined maps "Uni…-UCS2-H", "Uni…-UTF16-H").
    codes_are_utf16: bool,
    widths: HashMap<u32, f64>,
    usual_width: f64,
    /// Thousandths of the font size in one unit of `widths`.
    unit: f64,
}

/// One character of a string.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown<'f> {
    /// Its text; `None` when the font does not tell.
    pub text: Option<&'f str>,
    /// The same where the code itself is the text.
    pub sign: Option<char>,
    /// Advance in thousandths of the font size.
    pub width: f64,
    /// A one-byte code 32, to which word spacing applies.
    pub is_space_code: bool,
}

impl Font {
    /// Reads a font dictionary; what is missing is guessed.
    pub fn load(pdf: &Document, font: &Dictionary) -> Self {
        let subtype = name(pdf, font, b"Subtype").unwrap_or_default();
        let composite = subtype == "Type0";
        let descendant = composite.then(|| descendant(pdf, font)).flatten();
        let own = descendant.unwrap_or(font);
        let descriptor = dictionary(pdf, own, b"FontDescriptor");
        let base_font = name(pdf, font, b"BaseFont").or_else(|| name(pdf, own, b"BaseFont")).unwrap_or_default();
        let look = look(pdf, &base_font, descriptor);
        let encoding = font.get_deref(b"Encoding", pdf).ok();
        let texts = font.get_deref(b"ToUnicode", pdf).ok().and_then(stream).map(|map| CMap::parse(&map));
        let mut loaded = Font {
            look,
            texts: texts.unwrap_or_default(),
            code_map: CMap::default(),
            simple: Vec::new(),
            composite,
            codes_are_utf16: false,
            widths: HashMap::new(),
            usual_width: USUAL_WIDTH,
            unit: 1.0,
        };
        if composite {
            match encoding {
                Some(Object::Name(name)) => {
                    loaded.codes_are_utf16 = name.starts_with(b"Uni") && !name.windows(4).any(|part| part == b"UTF8");
                }
                Some(map) => loaded.code_map = stream(map).map(|map| CMap::parse(&map)).unwrap_or_default(),
                None => {}
            }
            loaded.usual_width = number(pdf, own, b"DW").unwrap_or(1000.0);
            loaded.glyph_widths(pdf, own);
        } else {
            loaded.simple = simple_texts(pdf, encoding, &subtype, look, descriptor);
            loaded.code_widths(pdf, font, descriptor);
            if subtype == "Type3" {
                let matrix = font.get_deref(b"FontMatrix", pdf).ok().and_then(|matrix| matrix.as_array().ok());
                let scale = matrix.and_then(|matrix| matrix.first()).and_then(|x| x.as_float().ok());
                loaded.unit = f64::from(scale.unwrap_or(0.001)).abs() * 1000.0;
            }
        }
        loaded
    }

    /// The characters of a string, in order.
    pub fn show<'f>(&'f self, bytes: &'f [u8]) -> impl Iterator<Item = Shown<'f>> {
        let mut rest = bytes;
        std::iter::from_fn(move || {
            let length = if self.composite { self.code_map.length_at(rest, 2) } else { 1 };
            let (head, tail) = rest.split_at(length.min(rest.len()));
            rest = tail;
            (!head.is_empty()).then(|| self.shown(head))
        })
    }

    fn shown<'f>(&'f self, bytes: &[u8]) -> Shown<'f> {
        let code = code(bytes);
        let glyph = self.code_map.glyphs.get(&code).copied().unwrap_or(code);
        let width = self.widths.get(&glyph).copied().unwrap_or(self.usual_width) * self.unit;
        let is_space_code = bytes == b" ";
        let told = self.texts.texts.get(&code).filter(|text| is_text(text)).map(String::as_str);
        let text = told.or_else(|| self.simple.get(code as usize)?.as_deref());
        let sign = if self.codes_are_utf16 && text.is_none() { char::from_u32(code) } else { None };
        Shown { text, sign, width, is_space_code }
    }

    fn code_widths(&mut self, pdf: &Document, font: &Dictionary, descriptor: Option<&Dictionary>) {
        let first = number(pdf, font, b"FirstChar").unwrap_or(0.0).clamp(0.0, 255.0) as u32;
        let missing = descriptor.and_then(|descriptor| number(pdf, descriptor, b"MissingWidth"));
        match font.get_deref(b"Widths", pdf).ok().and_then(|widths| widths.as_array().ok()) {
            Some(widths) => {
                self.usual_width = missing.unwrap_or(0.0);
                let values = widths.iter().take(256).map(|width| value(pdf, width).unwrap_or(0.0));
                self.widths = (first..).zip(values).collect();
            }
            // One of the fourteen standard fonts: their widths, near enough to tell words apart.
            None => self.widths = (0..256).map(|code| (code, rough_width(code as u8))).collect(),
        }
    }

    /// `W` of a CIDFont: `c [w1 w2 …]` and `first last w` (9.7.4.3).
    fn glyph_widths(&mut self, pdf: &Document, font: &Dictionary) {
        let Some(list) = font.get_deref(b"W", pdf).ok().and_then(|list| list.as_array().ok()) else { return };
        let mut items = list.iter().map(|item| pdf.dereference(item).map_or(item, |(_, item)| item));
        while let Some(first) = items.next() {
            let Some(first) = plain(first) else { continue };
            let first = first.max(0.0) as u32;
            match items.next() {
                Some(Object::Array(widths)) => {
                    let values = widths.iter().map(|width| value(pdf, width).unwrap_or(USUAL_WIDTH));
                    self.widths.extend((first..).zip(values).take(MAX_WIDTHS));
                }
                Some(last) => {
                    let last = plain(last).unwrap_or(0.0).max(0.0) as u32;
                    let width = items.next().and_then(plain).unwrap_or(USUAL_WIDTH);
                    self.widths.extend((first..=last).take(MAX_WIDTHS).map(|glyph| (glyph, width)));
                }
                None => {}
            }
            if self.widths.len() > MAX_WIDTHS {
                break;
            }
        }
    }
}

/// What the codes of a simple font mean without a `ToUnicode` map.
fn simple_texts(
    pdf: &Document,
    encoding: Option<&Object>,
    subtype: &str,
    look: RunLook,
    descriptor: Option<&Dictionary>,
) -> Vec<Option<String>> {
    let named = |name: &[u8]| match name {
        b"WinAnsiEncoding" => Some(Base::WinAnsi),
        b"MacRomanEncoding" => Some(Base::MacRoman),
        b"StandardEncoding" => Some(Base::Standard),
        _ => None,
    };
    let details = match encoding {
        Some(Object::Dictionary(details)) => Some(details),
        _ => None,
    };
    let told = match encoding {
        Some(Object::Name(name)) => named(name),
        _ => details.and_then(|details| details.get_deref(b"BaseEncoding", pdf).ok()?.as_name().ok()).and_then(named),
    };
    let legacy = look.font.hint != FontHint::None;
    let flags = descriptor.and_then(|descriptor| number(pdf, descriptor, b"Flags")).unwrap_or(0.0) as u32;
    let base = if legacy {
        Some(Base::Latin1)
    } else if look.font.symbol.is_some() {
        Some(Base::Symbol)
    } else if let Some(told) = told {
        Some(told)
    } else if subtype == "Type3" || details.is_some() && flags & 4 != 0 {
        // The codes of such fonts mean what their names say, or nothing.
        None
    } else if subtype == "TrueType" || flags & 4 != 0 {
        Some(Base::WinAnsi)
    } else {
        Some(Base::Standard)
    };
    let mut texts: Vec<Option<String>> =
        (0..=255u8).map(|code| base.and_then(|base| base.sign(code)).map(String::from)).collect();
    let differences = details.and_then(|details| details.get_deref(b"Differences", pdf).ok()?.as_array().ok());
    let mut code = 0usize;
    for item in differences.into_iter().flatten() {
        match item {
            Object::Name(name) => {
                // A legacy letter hides behind the name of the sign it replaced; its code is surer.
                if let Some(slot) = texts.get_mut(code).filter(|_| !(legacy && code >= 0xA1)) {
                    *slot = std::str::from_utf8(name).ok().and_then(of_name).or(slot.take().filter(|_| legacy));
                }
                code += 1;
            }
            other => code = plain(other).unwrap_or(0.0).clamp(0.0, 256.0) as usize,
        }
    }
    texts
}

/// A map's text that says something: not a replacement character, not a control.
fn is_text(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c != char::REPLACEMENT_CHARACTER && (!c.is_control() || c == '\t'))
}

fn look(pdf: &Document, base_font: &str, descriptor: Option<&Dictionary>) -> RunLook {
    // A subset is called "ABCDEF+Name".
    let name = match base_font.split_once('+') {
        Some((tag, name)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => name,
        _ => base_font,
    };
    let lower = name.to_ascii_lowercase();
    let flag = |bit: u32| {
        let flags = descriptor.and_then(|descriptor| number(pdf, descriptor, b"Flags")).unwrap_or(0.0);
        flags as u32 >> (bit - 1) & 1 == 1
    };
    let weight = descriptor.and_then(|descriptor| number(pdf, descriptor, b"FontWeight")).unwrap_or(0.0);
    let has = |marks: &[&str]| marks.iter().any(|mark| lower.contains(mark));
    let family = if lower.starts_with("symbol") { "symbol" } else { name };
    RunLook {
        bold: has(&["bold", "black", "heavy", "demi"]) || flag(19) || weight >= 600.0,
        italic: has(&["italic", "oblique"]) || flag(7),
        hidden: false,
        font: FontKind::of(family),
    }
}

/// Widths of Times Roman by kind of sign.
fn rough_width(code: u8) -> f64 {
    match code {
        b' ' | b'.' | b',' | b'/' | b'i' | b'j' | b'l' | b't' | b':' | b';' => 260.0,
        b'f' | b'I' | b'r' | b's' | b'(' | b')' | b'-' => 350.0,
        b'm' | b'w' | b'A'..=b'Z' => 700.0,
        _ => USUAL_WIDTH,
    }
}

fn descendant<'p>(pdf: &'p Document, font: &'p Dictionary) -> Option<&'p Dictionary> {
    let list = font.get_deref(b"DescendantFonts", pdf).ok()?.as_array().ok()?;
    pdf.dereference(list.first()?).ok()?.1.as_dict().ok()
}

fn stream(object: &Object) -> Option<Vec<u8>> {
    object.as_stream().ok()?.get_plain_content_with_limit(MAX_STREAM).ok()
}

fn dictionary<'p>(pdf: &'p Document, from: &'p Dictionary, key: &[u8]) -> Option<&'p Dictionary> {
    from.get_deref(key, pdf).ok()?.as_dict().ok()
}

fn name(pdf: &Document, from: &Dictionary, key: &[u8]) -> Option<String> {
    let name = from.get_deref(key, pdf).ok()?.as_name().ok()?;
    Some(String::from_utf8_lossy(name).into_owned())
}

fn number(pdf: &Document, from: &Dictionary, key: &[u8]) -> Option<f64> {
    plain(from.get_deref(key, pdf).ok()?)
}

fn value(pdf: &Document, object: &Object) -> Option<f64> {
    plain(pdf.dereference(object).ok()?.1)
}

fn plain(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|value| value.is_finite())
}
