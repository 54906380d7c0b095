//! From the characters of runs to the text of a paragraph: legacy encodings decoded, NFC, nothing invisible.

use std::collections::BTreeMap;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::source::Encoding;
use crate::text::charset::{Converted, Evidence, FontHint, Legacy, Verdict, decode};

/// Stretches of one paragraph set in fonts of one hint: (end in the raw text, hint).
pub type Spans = Vec<(usize, FontHint)>;

/// How the letters of a document are read. Nearly every document needs only the first way.
#[derive(Debug)]
pub enum Letters {
    /// As they stand.
    Unicode,
    /// A first pass that weighs them, by hint of the font.
    Survey(BTreeMap<FontHint, Evidence>),
    /// Decoded where a stretch, else its paragraph, else the whole document says so.
    Decode(Decoder),
}

/// What a survey found, and what decoding did.
#[derive(Debug, Default)]
pub struct Decoder {
    document: BTreeMap<FontHint, Evidence>,
    tcvn3: Converted,
    vni: Converted,
}

impl Letters {
    /// `true` when soft hyphens may be letters (`ư` in TCVN3) and fonts must be noted.
    pub fn keeps_spans(&self) -> bool {
        !matches!(self, Letters::Unicode)
    }

    /// The way to read after a survey; `None` when everything is Unicode after all.
    pub fn after_survey(self) -> Option<Letters> {
        let Letters::Survey(document) = self else { return None };
        let any = document.iter().any(|(&hint, evidence)| {
            matches!(evidence.verdict(hint), Verdict::Legacy(_))
                // A few converted words in a Unicode document under legacy fonts are still words.
                || (hint != FontHint::None && evidence.tcvn3 > 0)
                || evidence.pasted > 0
        });
        any.then(|| Letters::Decode(Decoder { document, ..Decoder::default() }))
    }

    /// The text of a paragraph; `anchors` (ascending) are moved along with it.
    pub fn finish(&mut self, raw: String, spans: &[(usize, FontHint)], anchors: &mut [usize]) -> String {
        match self {
            Letters::Unicode => compose(raw, anchors),
            Letters::Survey(document) => {
                for (hint, piece) in stretches(&raw, spans) {
                    let mut evidence = Evidence::of(piece);
                    let old = matches!(evidence.verdict(hint), Verdict::Legacy(_));
                    evidence.pasted = u32::from(hint == FontHint::None && old);
                    document.entry(class(hint)).or_default().add(evidence);
                }
                raw
            }
            Letters::Decode(decoder) => {
                let text = decoder.paragraph(&raw, spans, anchors);
                compose(text, anchors)
            }
        }
    }

    /// The text of an automatic number, whose font is seldom told.
    pub fn label(&mut self, label: String) -> String {
        match self {
            Letters::Decode(decoder) if Evidence::of(&label).verdict(FontHint::Tcvn3) != Verdict::Open => {
                decoder.paragraph(&label, &[(label.len(), FontHint::Tcvn3)], &mut [])
            }
            _ => label,
        }
    }

    /// What was decoded: encoding, words changed, and how many of them are proven.
    pub fn converted(&self) -> Option<(Encoding, Converted)> {
        let Letters::Decode(decoder) = self else { return None };
        let (encoding, most) = if decoder.vni.words > decoder.tcvn3.words {
            (Encoding::Vni, decoder.vni)
        } else {
            (Encoding::Tcvn3, decoder.tcvn3)
        };
        (most.words > 0).then_some((encoding, most))
    }
}

impl Decoder {
    fn paragraph(&mut self, raw: &str, spans: &[(usize, FontHint)], anchors: &mut [usize]) -> String {
        let mut whole: BTreeMap<FontHint, Evidence> = BTreeMap::new();
        for (hint, piece) in stretches(raw, spans) {
            whole.entry(class(hint)).or_default().add(Evidence::of(piece));
        }
        let mut out = String::with_capacity(raw.len() * 5 / 4);
        let mut at = 0;
        let mut next_anchor = 0;
        for (hint, piece) in stretches(raw, spans) {
            let legacy = self.verdict(hint, Evidence::of(piece), whole.get(&class(hint)));
            let end = at + piece.len();
            while at < end {
                // Anchors cut a stretch, so that they can be moved.
                while anchors.get(next_anchor).is_some_and(|&anchor| anchor <= at) {
                    anchors[next_anchor] = out.len();
                    next_anchor += 1;
                }
                let cut = anchors.get(next_anchor).map_or(end, |&anchor| anchor.min(end));
                self.append(&raw[at..cut], legacy, hint, &mut out);
                at = cut;
            }
        }
        for anchor in anchors.iter_mut().skip(next_anchor) {
            *anchor = out.len();
        }
        out
    }

    fn verdict(&self, hint: FontHint, own: Evidence, paragraph: Option<&Evidence>) -> Option<Legacy> {
        let wider = [Some(&own), paragraph, self.document.get(&class(hint))];
        wider.into_iter().flatten().map(|evidence| evidence.verdict(hint)).find_map(|verdict| match verdict {
            Verdict::Legacy(legacy) => Some(Some(legacy)),
            Verdict::Unicode => Some(None),
            Verdict::Open => None,
        })?
    }

    fn append(&mut self, piece: &str, legacy: Option<Legacy>, hint: FontHint, out: &mut String) {
        let Some(legacy) = legacy else {
            out.extend(piece.chars().filter(|&c| c != '\u{ad}'));
            return;
        };
        let done = decode(piece, legacy, hint == FontHint::Tcvn3Capitals, out);
        let total = if legacy == Legacy::Vni { &mut self.vni } else { &mut self.tcvn3 };
        total.words += done.words;
        total.sure += done.sure;
    }
}

/// Evidence is kept by encoding, not by whether the font draws capitals.
fn class(hint: FontHint) -> FontHint {
    if hint == FontHint::Tcvn3Capitals { FontHint::Tcvn3 } else { hint }
}

fn stretches<'r>(raw: &'r str, spans: &'r [(usize, FontHint)]) -> impl Iterator<Item = (FontHint, &'r str)> {
    let starts = std::iter::once(0).chain(spans.iter().map(|&(end, _)| end));
    starts.zip(spans).filter_map(|(start, &(end, hint))| Some((hint, raw.get(start..end)?)))
}

/// NFC, with anchors moved along. Soft hyphens that were no letters are dropped.
pub fn compose(raw: String, anchors: &mut [usize]) -> String {
    if is_surely_composed(&raw) || is_nfc_quick(raw.chars()) == IsNormalized::Yes {
        return raw;
    }
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    for anchor in anchors {
        let cut = (*anchor).clamp(at, raw.len());
        out.extend(raw[at..cut].nfc());
        at = cut;
        *anchor = out.len();
    }
    out.extend(raw[at..].nfc());
    out
}

/// A quick yes for what Vietnamese text is made of: everything below U+0300, precomposed letters (U+1E80-1EFF) and the
/// dashes, quotes and dots of U+2002-203F. The full check is ten times slower.
fn is_surely_composed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match (byte, bytes.get(at + 1), bytes.get(at + 2)) {
            (0..0xCC, ..) => 1,
            (0xE1, Some(0xBA | 0xBB), _) => 3,
            (0xE2, Some(0x80), Some(0x82..)) => 3,
            _ => return false,
        };
    }
    true
}

/// What a character of the file becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Itself, or another sign.
    As(char),
    /// A soft hyphen: a letter in TCVN3, nothing in Unicode.
    SoftHyphen,
    /// Nothing.
    Dropped,
}

/// Control and zero-width characters go, line ends inside a run are spaces.
pub fn keep(c: char) -> Kept {
    match c {
        '\t' | '\n' | '\r' => Kept::As(' '),
        '\u{ad}' => Kept::SoftHyphen,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}'
        | '\u{ffff}' => Kept::Dropped,
        _ => Kept::As(c),
    }
}

/// `true` when every character of `text` is kept as it is: no controls, nothing from the blocks that hold invisible ones.
pub fn is_clean(text: &str) -> bool {
    // C2 leads U+0080-00BF, E2 the zero-widths, EE and EF the private-use area and the byte order mark.
    // Looking at all bytes, without stopping at the first, lets the compiler take many at a time.
    !text.bytes().fold(false, |any, byte| any | (byte < 0x20) | matches!(byte, 0x7f | 0xC2 | 0xE2 | 0xEE | 0xEF))
}

/// `true` for the Latin-1 signs that are letters in TCVN3 and rare in real text: reason enough to look closer.
pub fn is_suspect(c: char) -> bool {
    matches!(c, '®' | '§' | '¬' | '¸' | 'µ' | '¶' | '¹' | '©' | 'ª' | '¨' | '¦' | '¡' | '£' | '¤' | '¥')
}

/// `true` when some letter is one of Latin-1 that Vietnamese does not have; old encodings have many, VNI hardly anything
/// else to tell it by.
pub fn has_foreign_letter(text: &str) -> bool {
    // In UTF-8, À-ÿ are C3 and a byte from 80 on.
    const FOREIGN: [bool; 64] = {
        let mut foreign = [false; 64];
        let letters = b"\xC4\xC5\xC6\xC7\xCB\xCE\xCF\xD1\xD6\xD8\xDB\xDC\xDE\xDF\xE4\xE5\xE6\xE7\xEB\xEE\xEF\xF1\xF6\xF8\xFB\xFC\xFE\xFF";
        let mut at = 0;
        while at < letters.len() {
            foreign[(letters[at] - 0xC0) as usize] = true;
            at += 1;
        }
        foreign
    };
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xC3, bytes)
        .any(|at| bytes.get(at + 1).is_some_and(|second| FOREIGN[usize::from(second & 0x3F)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_move_with_composition() {
        let raw = "Quye\u{302}\u{301}t định".to_owned();
        let mut anchors = [0, raw.len() - "định".len(), raw.len()];
        let text = compose(raw, &mut anchors);
        assert_eq!(text, "Quyết định");
        assert_eq!(anchors, [0, "Quyết ".len(), "Quyết định".len()]);
    }

    #[test]
    fn the_quick_check_never_says_yes_wrongly() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            if is_surely_composed(&text) {
                assert_eq!(is_nfc_quick(text.chars()), IsNormalized::Yes, "U+{:04X}", c as u32);
            }
        }
        assert!(is_surely_composed("Ủy ban “nhân dân” – xã…"));
        assert!(!is_surely_composed("e\u{302}"));
    }

    #[test]
    fn a_stretch_is_decoded_by_its_letters_or_by_those_around() {
        let raw = "§iÒu 1. Người «ng bµ".to_owned();
        let first = "§iÒu 1. ".len();
        let second = first + "Người ".len();
        let spans = vec![(first, FontHint::Tcvn3), (second, FontHint::Tcvn3), (raw.len(), FontHint::Tcvn3)];
        let mut survey = Letters::Survey(BTreeMap::new());
        survey.finish(raw.clone(), &spans, &mut []);
        let mut letters = survey.after_survey().expect("the letters are old");
        let mut anchors = [first];
        assert_eq!(letters.finish(raw, &spans, &mut anchors), "Điều 1. Người ông bà");
        assert_eq!(anchors, ["Điều 1. ".len()]);
        assert_eq!(letters.converted().map(|(encoding, _)| encoding), Some(Encoding::Tcvn3));
        assert_eq!(letters.label("§iÒu 2.".to_owned()), "Điều 2.");
    }

    #[test]
    fn unicode_under_an_old_font_is_kept() {
        let raw = "Thôn, tổ dân phố tự quản; ng\u{ad}ười dân".to_owned();
        let spans = vec![(raw.len(), FontHint::Tcvn3)];
        let mut survey = Letters::Survey(BTreeMap::new());
        survey.finish(raw, &spans, &mut []);
        assert!(survey.after_survey().is_none());
    }
}
