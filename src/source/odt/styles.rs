//! Styles and lists of an OpenDocument text (OpenDocument 1.3 part 3, 16 and 17): those of `styles.xml` and the
//! automatic ones beside the body.

use std::collections::HashMap;

use crate::source::compose::lists::{Definition, Format, LEVELS, Level, List, Lists};
use crate::source::compose::symbol::SymbolFont;
use crate::source::compose::text::{Font, RunLook};
use crate::source::xml::{Listener, Tag};

/// Name of the list made of the numbers of headings.
const OUTLINE: &str = "\u{0}outline";
/// Longest chain of parent styles.
const MAX_PARENTS: usize = 64;
/// Most list styles; a document that has been copied together for years holds hundreds.
const MAX_LISTS: usize = 100_000;

/// Which things a style is for; names are told apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Family {
    Paragraph,
    Text,
    /// Sections, tables, pictures: only what hides them matters.
    Other,
}

impl Family {
    fn of(name: &str) -> Self {
        match name {
            "paragraph" => Family::Paragraph,
            "text" => Family::Text,
            _ => Family::Other,
        }
    }
}

/// What a style says itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    parent: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    hidden: Option<bool>,
    /// Name of a font, to be looked up among the font faces.
    font: Option<String>,
    centered: Option<bool>,
    list: Option<String>,
    breaks_page: Option<bool>,
}

/// What a style says with all its parents.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Resolved<'s> {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub hidden: Option<bool>,
    pub font: Option<Font>,
    pub centered: Option<bool>,
    /// List style.
    pub list: Option<&'s str>,
    pub breaks_page: Option<bool>,
}

impl<'s> Resolved<'s> {
    /// Fills what is absent from what lies below.
    fn over(self, below: Resolved<'s>) -> Self {
        Resolved {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            hidden: self.hidden.or(below.hidden),
            font: self.font.or(below.font),
            centered: self.centered.or(below.centered),
            list: self.list.or(below.list),
            breaks_page: self.breaks_page.or(below.breaks_page),
        }
    }

    /// What a run looks like that stands in one that looks so.
    pub fn look(&self, around: RunLook) -> RunLook {
        RunLook {
            bold: self.bold.unwrap_or(around.bold),
            italic: self.italic.unwrap_or(around.italic),
            hidden: around.hidden || self.hidden == Some(true),
            font: self.font.unwrap_or(around.font),
        }
    }
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<(Family, String), Style>,
    defaults: HashMap<Family, Style>,
    /// Families of font faces by their name.
    faces: HashMap<String, String>,
    pub lists: Lists,
    /// Numbers of list styles in [`Lists`], by name.
    list_names: HashMap<String, u32>,
    place: Place,
}

/// Where the walk stands.
#[derive(Debug, Default)]
struct Place {
    style: Option<OpenStyle>,
    /// List style being read, and the depth of its element.
    list: Option<(u32, usize)>,
    level: usize,
    /// The body has begun: what follows is none of ours.
    body: Option<usize>,
}

/// The style being read.
#[derive(Debug)]
struct OpenStyle {
    family: Family,
    /// Its name; a default style has none.
    name: Option<String>,
    /// Depth of its element.
    depth: usize,
}

impl Styles {
    /// What a style of this name says, its parents and the defaults included.
    pub fn resolve(&self, family: Family, name: Option<&str>) -> Resolved<'_> {
        let mut found = Resolved::default();
        let mut at = name;
        for _ in 0..MAX_PARENTS {
            let Some(style) = at.and_then(|name| self.styles.get(&(family, name.to_owned()))) else { break };
            found = found.over(self.own(style));
            at = style.parent.as_deref();
        }
        match self.defaults.get(&family) {
            Some(default) => found.over(self.own(default)),
            None => found,
        }
    }

    fn own<'s>(&'s self, style: &'s Style) -> Resolved<'s> {
        let face = |name: &String| Font::of(self.faces.get(name).map_or(name.as_str(), String::as_str));
        Resolved {
            bold: style.bold,
            italic: style.italic,
            hidden: style.hidden,
            font: style.font.as_ref().map(face),
            centered: style.centered,
            list: style.list.as_deref(),
            breaks_page: style.breaks_page,
        }
    }

    /// The number of a list style in [`Styles::lists`].
    pub fn list(&self, name: &str) -> Option<u32> {
        self.list_names.get(name).copied()
    }

    /// The list of the numbers of headings.
    pub fn outline(&self) -> Option<u32> {
        self.list(OUTLINE)
    }

    fn begin_list(&mut self, name: String, depth: usize) {
        let id = match self.list_names.get(&name) {
            Some(&id) => id,
            None => self.list_names.len().min(MAX_LISTS) as u32,
        };
        self.list_names.insert(name, id);
        self.lists.definitions.insert(id, Definition::default());
        self.lists.lists.insert(id, List { definition: id, ..List::default() });
        self.place.list = Some((id, depth));
    }

    fn level(&mut self) -> Option<&mut Level> {
        let (id, _) = self.place.list?;
        self.lists.definitions.get_mut(&id)?.levels.get_mut(self.place.level)
    }

    fn begin_level(&mut self, tag: &Tag<'_>) {
        let number = |name: &str| tag.attribute(name).and_then(|value| value.trim().parse::<usize>().ok());
        self.place.level = number("level").unwrap_or(1).clamp(1, LEVELS + 1) - 1;
        let at = self.place.level;
        let Some(level) = self.level() else { return };
        let is_bullet = tag.name == "list-level-style-bullet";
        let format = tag.attribute("num-format").map(|format| format_of(&format)).unwrap_or(Format::None);
        let text = |name: &str| tag.attribute(name).unwrap_or_default();
        *level = Level {
            start: Some(number("start-value").unwrap_or(1) as u32),
            format: if is_bullet { Format::Bullet } else { format },
            text: if is_bullet {
                text("bullet-char").into_owned()
            } else if let Some(format) = tag.attribute("num-list-format") {
                pattern(&format)
            } else {
                let shown = number("display-levels").unwrap_or(1).clamp(1, at + 1);
                let own = if format == Format::None { String::new() } else { joined(at + 1 - shown, at) };
                format!("{}{own}{}", text("num-prefix"), text("num-suffix"))
            },
            ..Level::default()
        };
    }

    fn style(&mut self) -> Option<&mut Style> {
        let open = self.place.style.as_ref()?;
        match &open.name {
            Some(name) => self.styles.get_mut(&(open.family, name.clone())),
            None => self.defaults.get_mut(&open.family),
        }
    }

    fn begin_style(&mut self, tag: &Tag<'_>, depth: usize) {
        let family = Family::of(&tag.attribute("family").unwrap_or_default());
        let owned = |name: &str| tag.attribute(name).map(|value| value.into_owned());
        let style = Style { parent: owned("parent-style-name"), list: owned("list-style-name"), ..Style::default() };
        let name = owned("name").filter(|_| tag.name == "style");
        match &name {
            Some(name) => self.styles.insert((family, name.clone()), style),
            None => self.defaults.insert(family, style),
        };
        self.place.style = Some(OpenStyle { family, name, depth });
    }

    fn properties(&mut self, tag: &Tag<'_>) {
        let Some(style) = self.style() else { return };
        match tag.name {
            "text-properties" => {
                let is = |name: &str, word: &str| tag.attribute(name).map(|value| value == word);
                let weight = tag.attribute("font-weight");
                let heavy = |weight: &str| weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600);
                style.bold = weight.map(|weight| heavy(&weight)).or(style.bold);
                style.italic = is("font-style", "italic").or(style.italic);
                style.hidden = is("display", "none").or(style.hidden);
                let font = tag.attribute("font-name").or_else(|| tag.attribute("font-family"));
                style.font = font.map(|font| font.trim_matches(['\'', '"']).to_owned()).or(style.font.take());
            }
            "paragraph-properties" => {
                style.centered = tag.attribute("text-align").map(|align| align == "center").or(style.centered);
                style.breaks_page = tag.attribute("break-before").map(|at| at == "page").or(style.breaks_page);
            }
            "section-properties" if tag.attribute("display").is_some_and(|value| value == "none") => {
                style.hidden = Some(true);
            }
            _ => {}
        }
    }
}

impl Listener for Styles {
    fn start(&mut self, tag: &Tag<'_>, depth: usize) {
        if self.place.body.is_some() {
            return;
        }
        match tag.name {
            "body" => self.place.body = Some(depth),
            "font-face" => {
                if let (Some(name), Some(family)) = (tag.attribute("name"), tag.attribute("font-family")) {
                    self.faces.insert(name.into_owned(), family.trim_matches(['\'', '"']).to_owned());
                }
            }
            "style" | "default-style" if self.place.style.is_none() => self.begin_style(tag, depth),
            "list-style" if self.list_names.len() < MAX_LISTS => {
                if let Some(name) = tag.attribute("name") {
                    self.begin_list(name.into_owned(), depth);
                }
            }
            "outline-style" => self.begin_list(OUTLINE.to_owned(), depth),
            "list-level-style-number"
            | "list-level-style-bullet"
            | "list-level-style-image"
            | "outline-level-style" => {
                self.begin_level(tag);
            }
            "text-properties" if self.place.list.is_some() => {
                let font = tag.attribute("font-name").or_else(|| tag.attribute("font-family"));
                let symbol = font.and_then(|font| {
                    let name = self.faces.get(&*font).cloned().unwrap_or_else(|| font.into_owned());
                    SymbolFont::of(name.trim_matches(['\'', '"']))
                });
                if let Some(level) = self.level() {
                    level.symbol = symbol.or(level.symbol);
                }
            }
            "text-properties" | "paragraph-properties" | "section-properties" => self.properties(tag),
            _ => {}
        }
    }

    fn end(&mut self, depth: usize) {
        self.place.style.take_if(|open| open.depth == depth);
        if self.place.list.is_some_and(|(_, at)| at == depth) {
            self.place.list = None;
        }
        if self.place.body == Some(depth) {
            self.place.body = None;
        }
    }

    fn text(&mut self, _text: &str) {}
}

/// `style:num-format`: a sample of the first number.
fn format_of(sample: &str) -> Format {
    match sample {
        "" => Format::None,
        "a" => Format::LowerLetter,
        "A" => Format::UpperLetter,
        "i" => Format::LowerRoman,
        "I" => Format::UpperRoman,
        _ if sample.starts_with("01") => Format::DecimalZero,
        _ => Format::Decimal,
    }
}

/// Numbers of the levels from `first` to `last`, with points between.
fn joined(first: usize, last: usize) -> String {
    (first..=last).map(|level| format!("%{}", level + 1)).collect::<Vec<_>>().join(".")
}

/// `loext:num-list-format` writes `%1%` where ours has `%1`.
fn pattern(format: &str) -> String {
    let mut out = String::with_capacity(format.len());
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        out.push_str(before);
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && after[digits..].starts_with('%') {
            out.push('%');
            out.push_str(&after[..digits]);
            rest = &after[digits + 1..];
        } else {
            out.push('%');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::compose::lists::Counters;
    use crate::source::xml::walk;
    use crate::text::charset::FontHint;

    fn styles(inside: &str) -> Styles {
        let mut styles = Styles::default();
        assert!(walk(&format!("<office:styles>{inside}</office:styles>"), &mut styles));
        styles
    }

    #[test]
    fn properties_come_down_the_chain() {
        let styles = styles(
            "<style:font-face style:name=\"F1\" svg:font-family=\"'.VnTime'\"/>\
             <style:default-style style:family=\"paragraph\"><style:text-properties style:font-name=\"F1\"/></style:default-style>\
             <style:style style:name=\"A\" style:family=\"paragraph\" style:list-style-name=\"L\"><style:paragraph-properties fo:text-align=\"center\"/><style:text-properties fo:font-weight=\"bold\"/></style:style>\
             <style:style style:name=\"B\" style:family=\"paragraph\" style:parent-style-name=\"A\"><style:text-properties fo:font-weight=\"normal\" text:display=\"none\"/></style:style>\
             <style:style style:name=\"X\" style:family=\"paragraph\" style:parent-style-name=\"X\"/>",
        );
        let b = styles.resolve(Family::Paragraph, Some("B"));
        assert_eq!((b.bold, b.hidden, b.centered, b.list), (Some(false), Some(true), Some(true), Some("L")));
        assert_eq!(b.font.map(|font| font.hint), Some(FontHint::Tcvn3));
        assert_eq!(styles.resolve(Family::Text, Some("B")).bold, None, "families have names of their own");
        assert_eq!(styles.resolve(Family::Paragraph, Some("X")).bold, None, "loops end");
    }

    #[test]
    fn levels_are_written_with_what_stands_around_them() {
        let styles = styles(
            "<text:list-style style:name=\"L\">\
             <text:list-level-style-number text:level=\"1\" style:num-format=\"I\" style:num-prefix=\"Chương \" style:num-suffix=\".\" text:start-value=\"2\"/>\
             <text:list-level-style-number text:level=\"2\" style:num-format=\"1\" style:num-suffix=\".\" text:display-levels=\"2\"/>\
             <text:list-level-style-number text:level=\"3\" loext:num-list-format=\"(%3%)\" style:num-format=\"a\"/>\
             <text:list-level-style-bullet text:level=\"4\" text:bullet-char=\"\u{F02D}\"><style:text-properties style:font-name=\"Symbol\"/></text:list-level-style-bullet>\
             <text:list-level-style-number text:level=\"5\" style:num-format=\"\"/></text:list-style>",
        );
        let list = styles.list("L").unwrap();
        let mut counters = Counters::default();
        let labels: Vec<_> = [0, 1, 2, 2, 3, 4]
            .iter()
            .map(|&level| styles.lists.label(list, level, &mut counters).unwrap_or_default())
            .collect();
        assert_eq!(labels, ["Chương II.", "II.1.", "(a)", "(b)", "-", ""]);
        assert_eq!(pattern("%1%.%2%) 5%"), "%1.%2) 5%");
    }
}
