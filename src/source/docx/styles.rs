//! `styles.xml`: what a paragraph or a run looks like when it does not say so itself.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memmem;

use super::xml::{Listener, Space, Tag};
use crate::source::compose::text::{Font, RunLook};

/// Run properties, each absent until something sets it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RunProps {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub hidden: Option<bool>,
    pub font: Option<Font>,
}

impl RunProps {
    /// Takes one child of `w:rPr`; `false` when it is none we know.
    pub fn set(&mut self, tag: &Tag<'_>) -> bool {
        match tag.name {
            "b" => self.bold = Some(tag.is_on()),
            "i" => self.italic = Some(tag.is_on()),
            "vanish" => self.hidden = Some(tag.is_on()),
            "rFonts" => self.font = Self::font(tag).or(self.font),
            _ => return false,
        }
        true
    }

    /// The font `w:rFonts` names.
    pub fn font(tag: &Tag<'_>) -> Option<Font> {
        // Letters beyond ASCII are set in the hAnsi font; a theme font is always Unicode.
        let [by_theme, theme, by_name, name] = tag.those(["hAnsiTheme", "asciiTheme", "hAnsi", "ascii"]);
        let theme = by_theme.or(theme).map(|_| Font::default());
        theme.or_else(|| by_name.or(name).map(|name| Font::of(&name)))
    }

    /// Fills what is absent from what lies below.
    fn over(self, below: RunProps) -> RunProps {
        RunProps {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            hidden: self.hidden.or(below.hidden),
            font: self.font.or(below.font),
        }
    }
}

/// Paragraph properties, each absent until something sets it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ParagraphProps {
    pub centered: Option<bool>,
    /// `w:numId`; 0 takes numbering away.
    pub list: Option<u32>,
    /// `w:ilvl`, from 0.
    pub level: Option<u8>,
    /// The style that gave `list`; none when the paragraph itself did.
    pub list_style: Option<StyleId>,
}

impl ParagraphProps {
    /// Takes one descendant of `w:pPr`; `false` when it is none we know.
    pub fn set(&mut self, tag: &Tag<'_>) -> bool {
        match tag.name {
            "jc" => self.centered = Some(tag.val().is_some_and(|value| value == "center")),
            "numId" => self.list = tag.number(),
            "ilvl" => self.level = tag.number::<u8>().map(|level| level.min(8)),
            _ => return false,
        }
        true
    }

    /// Fills what is absent from what lies below.
    pub fn over(self, below: ParagraphProps) -> ParagraphProps {
        ParagraphProps {
            centered: self.centered.or(below.centered),
            list: self.list.or(below.list),
            level: self.level.or(below.level),
            list_style: if self.list.is_some() { self.list_style } else { below.list_style },
        }
    }
}

/// Index of a style in [`Styles`].
pub(super) type StyleId = usize;

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    run: RunProps,
    paragraph: ParagraphProps,
    resolved: bool,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: HashMap<String, StyleId>,
    styles: Vec<Style>,
    defaults: RunProps,
    default_paragraph: ParagraphProps,
    /// Lists that numbering styles name, by `w:styleId`.
    pub numbering: HashMap<String, u32>,
    /// The style of paragraphs that name none.
    pub normal: Option<StyleId>,
    place: Place,
    place_depth: usize,
    numbering_style: Option<String>,
}

/// Where in `styles.xml` the walk stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Outside,
    Defaults,
    Style(StyleId),
    Numbering,
    Skipped,
}

impl Styles {
    /// The style of this `w:styleId`.
    pub fn find(&self, name: &str) -> Option<StyleId> {
        self.by_name.get(name).copied()
    }

    /// The `w:styleId` of a style.
    pub fn name(&self, style: StyleId) -> &str {
        &self.styles[style].name
    }

    /// Resolves every `w:basedOn` chain once; loops end where they begin.
    pub fn resolve(&mut self) {
        let mut chain = Vec::new();
        for first in 0..self.styles.len() {
            let mut at = Some(first);
            while let Some(id) = at.filter(|id| !self.styles[*id].resolved) {
                // Marked at once, so that a loop stops here.
                self.styles[id].resolved = true;
                chain.push(id);
                at = self.styles[id].based_on.as_deref().and_then(|name| self.find(name));
            }
            while let Some(id) = chain.pop() {
                if let Some(below) = at {
                    self.styles[id].run = self.styles[id].run.over(self.styles[below].run);
                    self.styles[id].paragraph = self.styles[id].paragraph.over(self.styles[below].paragraph);
                }
                at = Some(id);
            }
        }
    }

    /// Paragraph properties a style gives, defaults included.
    pub fn paragraph(&self, style: Option<StyleId>) -> ParagraphProps {
        style.map_or(self.default_paragraph, |id| self.styles[id].paragraph.over(self.default_paragraph))
    }

    /// What a run looks like: its own properties, else its character style and the paragraph's together.
    ///
    /// Bold, italic and hidden are toggles: on in both styles means off (ECMA-376 part 1, 17.7.3).
    pub fn run(&self, own: RunProps, character: Option<StyleId>, paragraph: Option<StyleId>) -> RunLook {
        let of = |style: Option<StyleId>| style.map(|id| self.styles[id].run).unwrap_or_default();
        let (character, paragraph) = (of(character), of(paragraph));
        let toggle = |pick: fn(&RunProps) -> Option<bool>| {
            pick(&own).unwrap_or_else(|| {
                let styled = pick(&character).unwrap_or(false) != pick(&paragraph).unwrap_or(false);
                let unset = pick(&character).is_none() && pick(&paragraph).is_none();
                styled || (unset && pick(&self.defaults).unwrap_or(false))
            })
        };
        RunLook {
            bold: toggle(|props| props.bold),
            italic: toggle(|props| props.italic),
            hidden: toggle(|props| props.hidden),
            font: own.over(character).over(paragraph).over(self.defaults).font.unwrap_or_default(),
        }
    }
}

impl Listener for Styles {
    fn start(&mut self, tag: &Tag<'_>, depth: usize) {
        if tag.space != Space::Word || self.place == Place::Skipped {
            return;
        }
        match (self.place, tag.name) {
            (Place::Outside, "docDefaults") => self.enter(Place::Defaults, depth),
            (Place::Outside, "latentStyles") => self.enter(Place::Skipped, depth),
            (Place::Outside, "style") => self.begin_style(tag, depth),
            (Place::Outside, _) => {}
            // Table styles carry conditional looks of rows and columns, which say nothing of a paragraph.
            (Place::Style(_), "tblStylePr" | "rPrChange" | "pPrChange") => {}
            (Place::Style(id), "basedOn") => self.styles[id].based_on = tag.val().map(|name| name.into_owned()),
            (Place::Style(id), _) => {
                let style = &mut self.styles[id];
                let _known = style.run.set(tag) || style.paragraph.set(tag);
                if tag.name == "numId" {
                    style.paragraph.list_style = Some(id);
                }
            }
            (Place::Defaults, _) => {
                let _known = self.defaults.set(tag) || self.default_paragraph.set(tag);
            }
            (Place::Numbering, "numId") => {
                if let (Some(style), Some(list)) = (self.numbering_style.take(), tag.number()) {
                    self.numbering.insert(style, list);
                }
            }
            (Place::Numbering | Place::Skipped, _) => {}
        }
    }

    fn end(&mut self, depth: usize) {
        if depth == self.place_depth {
            self.place = Place::Outside;
            self.place_depth = 0;
        }
    }

    fn text(&mut self, _text: &str) {}
}

impl Styles {
    fn enter(&mut self, place: Place, depth: usize) {
        self.place = place;
        self.place_depth = depth;
    }

    fn begin_style(&mut self, tag: &Tag<'_>, depth: usize) {
        let kind = tag.attribute("type");
        if kind.as_deref() == Some("numbering") {
            self.numbering_style = tag.attribute("styleId").map(|name| name.into_owned());
            return self.enter(Place::Numbering, depth);
        }
        let of_text = kind.as_deref().is_none_or(|kind| matches!(kind, "paragraph" | "character"));
        let Some(name) = tag.attribute("styleId").filter(|_| of_text) else {
            return self.enter(Place::Skipped, depth);
        };
        let id = self.styles.len();
        self.styles.push(Style { name: name.clone().into_owned(), ..Style::default() });
        let is_default = tag.attribute("default").is_some_and(|value| matches!(value.as_ref(), "1" | "true" | "on"));
        if is_default && kind.as_deref() != Some("character") {
            self.normal = Some(id);
        }
        self.by_name.insert(name.into_owned(), id);
        self.enter(Place::Style(id), depth);
    }
}

/// The part without table styles and latent styles, which say nothing of a paragraph but are most of what Word writes.
///
/// Styles never stand inside one another; what is left open by damage stays, so that it is told.
pub(super) fn of_text(xml: &str) -> Cow<'_, str> {
    let Some(prefix) = prefix_of_styles(xml) else { return Cow::Borrowed(xml) };
    let find = |what: &str, from: usize| memmem::find(&xml.as_bytes()[from..], what.as_bytes()).map(|at| from + at);
    let find_end = |of: &str, from: usize| find(of, from).map(|at| at + of.len());
    let mut kept = String::new();
    let mut from = 0;
    let mut cut = |start: usize, end: usize| {
        kept.push_str(&xml[from..start]);
        from = end;
    };
    let mut at = 0;
    if let Some(start) = find(&format!("<{prefix}latentStyles"), 0)
        && let Some(end) = find_end(&format!("</{prefix}latentStyles>"), start)
    {
        cut(start, end);
        at = end;
    }
    let (style, end_of_style) = (format!("<{prefix}style "), format!("</{prefix}style>"));
    while let Some(start) = find(&style, at) {
        let tag = &xml[start..find(">", start).unwrap_or(xml.len())];
        at = start + tag.len();
        if !tag.ends_with('/') {
            let Some(end) = find_end(&end_of_style, at) else { break };
            if tag.contains("type=\"table\"") {
                cut(start, end);
            }
            at = end;
        }
    }
    if from == 0 {
        return Cow::Borrowed(xml);
    }
    kept.push_str(&xml[from..]);
    Cow::Owned(kept)
}

/// `"w:"` when the root element is `w:styles`.
fn prefix_of_styles(xml: &str) -> Option<&str> {
    let end = xml.find("styles")?;
    let start = xml[..end].rfind('<')? + 1;
    let prefix = &xml[start..end];
    (prefix.is_empty() || (prefix.ends_with(':') && prefix.len() < 16)).then_some(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::xml::walk;

    #[test]
    fn styles_of_tables_are_left_out_and_damage_stays() {
        let of = |inside: &str| {
            let xml = format!("<?xml version=\"1.0\"?><w:styles xmlns:w=\"x\">{inside}");
            of_text(&xml).strip_prefix("<?xml version=\"1.0\"?><w:styles xmlns:w=\"x\">").map(str::to_owned)
        };
        let text = "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:name w:val=\"A\"/></w:style>";
        let table = "<w:style w:type=\"table\" w:styleId=\"T\"><w:tblStylePr w:type=\"firstRow\"/></w:style>";
        let latent = "<w:latentStyles w:count=\"1\"><w:lsdException w:name=\"x\"/></w:latentStyles>";
        let empty = "<w:style w:type=\"table\" w:styleId=\"E\"/>";
        for (whole, kept) in [
            (format!("{latent}{table}{text}{table}</w:styles>"), format!("{text}</w:styles>")),
            (format!("{text}</w:styles>"), format!("{text}</w:styles>")),
            (format!("{empty}{text}{table}</w:styles>"), format!("{empty}{text}</w:styles>")),
            (format!("{text}<w:style w:type=\"table\" w:sty"), format!("{text}<w:style w:type=\"table\" w:sty")),
        ] {
            assert_eq!(of(&whole).as_deref(), Some(kept.as_str()));
        }
    }
    use crate::text::charset::FontHint;

    fn styles(inside: &str) -> Styles {
        let mut styles = Styles::default();
        let xml = format!(
            "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{inside}</w:styles>"
        );
        assert!(walk(&xml, &mut styles));
        styles.resolve();
        styles
    }

    #[test]
    fn properties_come_down_the_chain() {
        let styles = styles(
            "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:hAnsi=\"Calibri\"/></w:rPr></w:rPrDefault></w:docDefaults>\
             <w:style w:type=\"paragraph\" w:styleId=\"C\"><w:basedOn w:val=\"B\"/><w:rPr><w:i/></w:rPr></w:style>\
             <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"A\"><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr></w:style>\
             <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"4\"/></w:numPr><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
             <w:style w:type=\"character\" w:styleId=\"S\"><w:rPr><w:b/></w:rPr></w:style>",
        );
        let c = styles.find("C");
        let paragraph = styles.paragraph(c);
        assert_eq!((paragraph.centered, paragraph.list, paragraph.level), (Some(true), Some(4), Some(1)));
        let look = styles.run(RunProps::default(), None, c);
        assert!(look.bold && look.italic);
        assert_eq!(look.font.hint, FontHint::Tcvn3);
        let toggled = styles.run(RunProps::default(), styles.find("S"), c);
        assert!(!toggled.bold, "bold in both styles is not bold");
        assert_eq!(styles.normal, styles.find("A"));
    }

    #[test]
    fn loops_of_styles_end() {
        let styles = styles(
            "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:basedOn w:val=\"B\"/></w:style>\
             <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/><w:rPr><w:b/></w:rPr></w:style>",
        );
        assert!(styles.run(RunProps::default(), None, styles.find("A")).bold);
    }
}
