//! A thin walk over XML: names without prefixes, entities resolved, damage told instead of thrown.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

/// The vocabularies that matter; the prefix of a part is read from its root element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML, transitional or strict; also parts without any prefix.
    Word,
    /// Markup compatibility (`mc:AlternateContent`).
    Compatibility,
    /// Mathematics.
    Math,
    /// Everything else.
    Other,
}

/// A start tag.
pub(super) struct Tag<'e> {
    /// Vocabulary of the name.
    pub space: Space,
    /// Name without prefix.
    pub name: &'e str,
    start: &'e BytesStart<'e>,
}

impl Tag<'_> {
    /// Value of the attribute of this local name, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let [value] = self.those([name]);
        value
    }

    /// Values of the attributes of these local names, whatever their prefixes; of twins the first counts.
    pub fn those<const N: usize>(&self, names: [&str; N]) -> [Option<Cow<'_, str>>; N] {
        let mut values = [const { None }; N];
        let mut left = N;
        for attribute in self.start.attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            let local = key.rsplit_once(':').map_or(key, |(_, local)| local);
            let Some(at) = names.iter().position(|name| *name == local).filter(|&at| values[at].is_none()) else {
                continue;
            };
            values[at] = Some(match unescape(&attribute.value) {
                Ok(Cow::Owned(plain)) => Cow::Owned(plain),
                // Without entities, or with broken ones: as it stands.
                _ => attribute.value,
            });
            left -= 1;
            if left == 0 {
                break;
            }
        }
        values
    }

    /// What stands between the signs, as written.
    pub fn content(&self) -> &str {
        self.start
    }

    /// Prefix of the name, as written.
    pub fn prefix(&self) -> &str {
        let name: &str = self.start.name().into_inner();
        name.split_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// The attribute `w:val`.
    pub fn val(&self) -> Option<Cow<'_, str>> {
        self.attribute("val")
    }

    /// `w:val` as a number.
    pub fn number<T: std::str::FromStr>(&self) -> Option<T> {
        self.val()?.trim().parse().ok()
    }

    /// The value of an on/off property: present means on unless it says otherwise.
    pub fn is_on(&self) -> bool {
        !self.val().is_some_and(|value| matches!(value.as_ref(), "0" | "false" | "off" | "none"))
    }
}

/// What a walk tells its listener. `depth` is 1 for the root element; an end has the depth of its start.
pub(super) trait Listener {
    /// An element begins.
    fn start(&mut self, tag: &Tag<'_>, depth: usize);
    /// An element ends.
    fn end(&mut self, depth: usize);
    /// Character data, entities resolved; may come in several pieces.
    fn text(&mut self, text: &str);
    /// Called before the event whose bytes in the part these are; for who must find its way back into the file.
    fn at(&mut self, _bytes: Range<usize>) {}
    /// `true` stops the walk.
    fn is_done(&self) -> bool {
        false
    }
}

/// Walks a whole part. `false` when the XML is cut off or malformed: everything before that was told.
///
/// Tags and plain text, nearly all of a part, are parted here; the rest (references, comments, declarations) is left to
/// [`quick_xml`], whose notion of what is malformed holds for all.
pub(super) fn walk(xml: &str, listener: &mut impl Listener) -> bool {
    let mut at = xml.len() - xml.trim_start_matches('\u{feff}').len();
    let mut prefixes = Prefixes::default();
    let mut open: Vec<&str> = Vec::new();
    let mut roots = 0usize;
    while !listener.is_done() {
        let Some((piece, end)) = Piece::next(xml, at) else { return open.is_empty() && roots > 0 };
        listener.at(at..end);
        match piece {
            Piece::Start { content, is_empty } => {
                let name = name_length(content);
                let start = BytesStart::from_content(content, name);
                if open.is_empty() {
                    roots += 1;
                    prefixes = Prefixes::of(&start);
                }
                tell(&start, &mut prefixes, open.len() + 1, listener);
                if is_empty {
                    listener.end(open.len() + 1);
                } else {
                    open.push(&content[..name]);
                }
            }
            Piece::End(name) => {
                if open.last() != Some(&name) {
                    return false;
                }
                listener.end(open.len());
                open.pop();
            }
            Piece::Text(text) => listener.text(text),
            Piece::Other(Event::Text(text)) => listener.text(&text.into_inner()),
            Piece::Other(Event::CData(text)) => listener.text(&text.into_inner()),
            Piece::Other(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                Ok(Some(c)) => listener.text(c.encode_utf8(&mut [0; 4])),
                _ => listener.text(entity(&reference.into_inner())),
            },
            Piece::Other(_) => {}
            Piece::Malformed => return false,
        }
        at = end;
    }
    true
}

/// One piece of a part.
enum Piece<'x> {
    /// `<name …>` or `<name …/>`: what stands between the signs.
    Start {
        content: &'x str,
        is_empty: bool,
    },
    /// `</name>`.
    End(&'x str),
    /// Without references.
    Text(&'x str),
    /// Everything else.
    Other(Event<'x>),
    Malformed,
}

impl<'x> Piece<'x> {
    /// The piece at byte `at`, and where it ends; `None` at the end.
    fn next(xml: &'x str, at: usize) -> Option<(Piece<'x>, usize)> {
        let rest = &xml[at..];
        let bytes = rest.as_bytes();
        let (first, second) = (*bytes.first()?, bytes.get(1));
        if first == b'&' || first == b'<' && matches!(second, None | Some(b'!' | b'?')) {
            let mut reader = Reader::from_str(rest);
            reader.config_mut().allow_dangling_amp = true;
            let piece = reader.read_event().map_or(Piece::Malformed, Piece::Other);
            return Some((piece, at + reader.buffer_position() as usize));
        }
        if first != b'<' {
            let length = memchr::memchr2(b'<', b'&', bytes).unwrap_or(bytes.len());
            return Some((Piece::Text(&rest[..length]), at + length));
        }
        let Some(close) = end_of_tag(bytes) else { return Some((Piece::Malformed, xml.len())) };
        let inside = &rest[1..close];
        let piece = match (inside.strip_prefix('/'), inside.strip_suffix('/')) {
            (Some(name), _) => Piece::End(name.trim_end_matches([' ', '\t', '\r', '\n'])),
            (None, Some(content)) => Piece::Start { content, is_empty: true },
            (None, None) => Piece::Start { content: inside, is_empty: false },
        };
        Some((piece, at + close + 1))
    }
}

/// Where the `>` of a tag stands; one in quotation marks is none. Tags are short: a plain loop is faster than a search.
fn end_of_tag(tag: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match *tag.get(at)? {
            b'>' => return Some(at),
            mark @ (b'"' | b'\'') => at += 1 + tag[at + 1..].iter().position(|&byte| byte == mark)?,
            _ => {}
        }
        at += 1;
    }
}

fn name_length(content: &str) -> usize {
    content.bytes().position(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).unwrap_or(content.len())
}

fn tell(start: &BytesStart<'_>, prefixes: &mut Prefixes, depth: usize, listener: &mut impl Listener) {
    let name = start.name();
    let (mut space, mut name) = prefixes.resolve(name.as_ref());
    if space == Space::Other && depth > 1 {
        // Some programs declare a prefix where they use it.
        prefixes.add(start);
        (space, name) = prefixes.resolve(start.name().into_inner());
    }
    listener.start(&Tag { space, name, start }, depth);
}

fn entity(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
}

/// Prefixes a part uses for the vocabularies we know. Nearly always `w`, `mc`, `m`.
#[derive(Debug)]
struct Prefixes {
    word: String,
    compatibility: String,
    math: String,
    /// Others that were declared below the root.
    local: Vec<(String, Space)>,
}

/// Most prefixes remembered that were declared below the root.
const MAX_LOCAL: usize = 16;

impl Default for Prefixes {
    fn default() -> Self {
        Prefixes { word: "w".to_owned(), compatibility: "mc".to_owned(), math: "m".to_owned(), local: Vec::new() }
    }
}

impl Prefixes {
    fn of(root: &BytesStart<'_>) -> Self {
        let mut prefixes = Self::default();
        for (prefix, space) in declared(root) {
            match space {
                Space::Word => prefixes.word = prefix,
                Space::Compatibility => prefixes.compatibility = prefix,
                Space::Math => prefixes.math = prefix,
                Space::Other => {}
            }
        }
        prefixes
    }

    /// Remembers what an element below the root declares.
    fn add(&mut self, start: &BytesStart<'_>) {
        for known in declared(start) {
            if self.local.len() < MAX_LOCAL && !self.local.contains(&known) {
                self.local.push(known);
            }
        }
    }

    fn resolve<'n>(&self, name: &'n str) -> (Space, &'n str) {
        if let Some(local) = name.strip_prefix(self.word.as_str()).and_then(|rest| rest.strip_prefix(':')) {
            return (Space::Word, local);
        }
        // Names are a few letters: a plain loop over bytes is faster here than a search.
        let colon = name.bytes().position(|b| b == b':');
        let (prefix, local) = colon.map_or(("", name), |colon| (&name[..colon], &name[colon + 1..]));
        let space = if prefix == self.word {
            Space::Word
        } else if prefix == self.compatibility {
            Space::Compatibility
        } else if prefix == self.math {
            Space::Math
        } else {
            let known = self.local.iter().find(|(known, _)| known == prefix);
            known.map_or(Space::Other, |&(_, space)| space)
        };
        (space, local)
    }
}

/// Prefixes a start tag declares for the vocabularies we know.
fn declared(start: &BytesStart<'_>) -> Vec<(String, Space)> {
    let mut attributes = start.attributes();
    let named = attributes.with_checks(false).flatten().filter_map(|attribute| {
        let prefix = attribute.key.as_ref().strip_prefix("xmlns")?;
        let space = match attribute.value.as_ref() {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
            _ => return None,
        };
        Some((prefix.strip_prefix(':').unwrap_or(prefix).to_owned(), space))
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a listener was told, one line each.
    #[derive(Default)]
    struct Told(String);

    impl Listener for Told {
        fn start(&mut self, tag: &Tag<'_>, depth: usize) {
            let [value] = tag.those(["v"]);
            self.0 += &format!("{depth} {:?} {} {value:?}\n", tag.space, tag.name);
        }

        fn end(&mut self, depth: usize) {
            self.0 += &format!("{depth} end\n");
        }

        fn text(&mut self, text: &str) {
            self.0 += &format!("text {text:?}\n");
        }

        fn at(&mut self, bytes: Range<usize>) {
            self.0 += &format!("{bytes:?} ");
        }
    }

    /// The same walk with every event from [`quick_xml`].
    fn reference(xml: &str, listener: &mut Told) -> bool {
        let marked = xml.len() - xml.trim_start_matches('\u{feff}').len();
        let mut reader = Reader::from_str(&xml[marked..]);
        reader.config_mut().allow_dangling_amp = true;
        let (mut prefixes, mut depth, mut roots) = (Prefixes::default(), 0usize, 0);
        loop {
            let from = marked + reader.buffer_position() as usize;
            let event = reader.read_event();
            match &event {
                Ok(Event::Eof) => return depth == 0 && roots > 0,
                Err(_) => return false,
                _ => listener.at(from..marked + reader.buffer_position() as usize),
            }
            match event.unwrap_or(Event::Eof) {
                Event::Start(start) | Event::Empty(start) if depth == 0 => {
                    roots += 1;
                    prefixes = Prefixes::of(&start);
                    tell(&start, &mut prefixes, 1, listener);
                }
                Event::Start(start) | Event::Empty(start) => tell(&start, &mut prefixes, depth + 1, listener),
                Event::End(_) => listener.end(depth),
                Event::Text(text) => listener.text(&text.into_inner()),
                Event::CData(text) => listener.text(&text.into_inner()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(c)) => listener.text(c.encode_utf8(&mut [0; 4])),
                    _ => listener.text(entity(&reference.into_inner())),
                },
                _ => {}
            }
            match &xml[from..marked + reader.buffer_position() as usize] {
                tag if tag.starts_with("</") => depth -= 1,
                tag if tag.ends_with("/>") && tag.starts_with('<') && !tag.starts_with("<!") => listener.end(depth + 1),
                tag if tag.starts_with('<') && !tag.starts_with("<!") && !tag.starts_with("<?") => depth += 1,
                _ => {}
            }
        }
    }

    #[test]
    fn damaged_parts_are_told_as_quick_xml_tells_them() {
        let whole = "\u{feff}<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a '>'>]><w:a xmlns:w='u' v=\"1 > 0\"><!-- - > -->\
                     <b v='&lt;\"'/>chữ &amp; &#x1ea1;<![CDATA[<x>]]></w:a >\n";
        let letters: Vec<char> = whole.chars().collect();
        let mut damaged = vec![whole.to_owned(), whole.repeat(2), String::new()];
        for at in 0..letters.len() {
            let (before, after): (String, String) =
                (letters[..at].iter().collect(), letters[at + 1..].iter().collect());
            damaged.push(before.clone());
            for put in ["", "<", ">", "&", "/", "'", "\"", "!", "?", " ", "]", "-", ";", "</", "/>", "ư"] {
                damaged.push(format!("{before}{put}{after}"));
                damaged.push(format!("{before}{put}{}{after}", letters[at]));
            }
        }
        for xml in damaged {
            let (mut told, mut wanted) = (Told::default(), Told::default());
            let (sound, is_sound) = (walk(&xml, &mut told), reference(&xml, &mut wanted));
            // Places of what is malformed are told before it is known to be.
            let events = |told: &Told| told.0.rsplit_once('\n').map_or(String::new(), |(lines, _)| lines.to_owned());
            assert_eq!((sound, events(&told)), (is_sound, events(&wanted)), "{xml}");
        }
    }
}
