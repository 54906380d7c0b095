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
pub(super) fn walk(xml: &str, listener: &mut impl Listener) -> bool {
    // The reader passes over a byte order mark without counting it.
    let marked = xml.len() - xml.trim_start_matches('\u{feff}').len();
    let mut reader = Reader::from_str(&xml[marked..]);
    reader.config_mut().allow_dangling_amp = true;
    let mut prefixes = Prefixes::default();
    let mut depth = 0usize;
    let mut roots = 0usize;
    while !listener.is_done() {
        let from = marked + reader.buffer_position() as usize;
        let event = reader.read_event();
        listener.at(from..marked + reader.buffer_position() as usize);
        match event {
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth == 1 {
                    roots += 1;
                    prefixes = Prefixes::of(&start);
                }
                tell(&start, &mut prefixes, depth, listener);
            }
            Ok(Event::Empty(start)) => {
                if depth == 0 {
                    roots += 1;
                    prefixes = Prefixes::of(&start);
                }
                tell(&start, &mut prefixes, depth + 1, listener);
                listener.end(depth + 1);
            }
            Ok(Event::End(_)) => {
                listener.end(depth);
                depth = depth.saturating_sub(1);
            }
            Ok(Event::Text(text)) => listener.text(&text.into_inner()),
            Ok(Event::CData(text)) => listener.text(&text.into_inner()),
            Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                Ok(Some(c)) => listener.text(c.encode_utf8(&mut [0; 4])),
                _ => listener.text(entity(&reference.into_inner())),
            },
            Ok(Event::Eof) => return depth == 0 && roots > 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    true
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
