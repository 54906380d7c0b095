//! The little of CSS that changes what a person reads: bold, italic, centred, hidden, fonts, marks of lists, and the
//! declarations by which Word says what a stretch of HTML was in its document (`mso-…`).

use std::collections::HashMap;

use crate::source::compose::lists::Format;
use crate::source::compose::text::{Font, RunLook};

/// Most rules of a page that are kept: far more than any editor writes.
const MAX_RULES: usize = 20_000;

/// What stands before the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// A number in this format; [`Format::Bullet`] for a bullet.
    Sign(Format),
    /// Nothing.
    None,
}

/// What an element was in Word's document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The number of a list item, which the page carries as text.
    Number,
    /// So many tabs, written as spaces.
    Tabs(u8),
    /// The comments at the end of the page.
    Comments,
    /// A running head.
    Header,
    /// A running foot.
    Footer,
}

/// Properties an element or a rule sets.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Props {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub centered: Option<bool>,
    /// Not shown (`display: none`, `mso-hide: all`).
    pub hidden: Option<bool>,
    /// White space is kept as it stands.
    pub preserve: Option<bool>,
    pub font: Option<Font>,
    /// Sign of the items of a list. Neither this nor the role is inherited.
    pub marker: Option<Marker>,
    pub role: Option<Role>,
}

impl Props {
    /// What an attribute `style` says.
    pub fn of_style(style: &str) -> Self {
        let mut props = Props::default();
        // Word names the font of letters beyond ASCII apart, when it differs.
        let mut hansi = None;
        for (name, value) in declarations(style) {
            match name.as_str() {
                "font-weight" => props.bold = weight(value),
                "font-style" => props.italic = Some(!starts(value, "normal")),
                "font-family" => props.font = family(value),
                "mso-hansi-font-family" => hansi = family(value),
                "font" => props.set_font(value),
                "text-align" => props.centered = Some(starts(value, "center")),
                "display" => props.hidden = Some(starts(value, "none")),
                "mso-hide" if starts(value, "all") => props.hidden = Some(true),
                "white-space" => props.preserve = Some(starts(value, "pre")),
                "list-style" | "list-style-type" => props.marker = value.split_whitespace().find_map(marker),
                "mso-list" if starts(value, "ignore") => props.role = Some(Role::Number),
                "mso-tab-count" => props.role = Some(Role::Tabs(value.parse().unwrap_or(1).clamp(1, 20))),
                "mso-element" => props.role = role(value).or(props.role),
                _ => {}
            }
        }
        props.font = hansi.or(props.font);
        props
    }

    /// Fills what is absent from what lies below.
    pub fn over(self, below: Props) -> Props {
        Props {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            centered: self.centered.or(below.centered),
            hidden: self.hidden.or(below.hidden),
            preserve: self.preserve.or(below.preserve),
            font: self.font.or(below.font),
            marker: self.marker.or(below.marker),
            role: self.role.or(below.role),
        }
    }

    /// The shorthand `font`: words of style and weight, a size, then the family.
    fn set_font(&mut self, value: &str) {
        let has = |word: &str| value.split_whitespace().any(|found| found.eq_ignore_ascii_case(word));
        self.bold = Some(has("bold"));
        self.italic = Some(has("italic"));
        let is_size = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit() || c == '.');
        if let Some(size) = value.split_whitespace().rfind(is_size) {
            let end = size.as_ptr() as usize - value.as_ptr() as usize + size.len();
            self.font = value.get(end..).and_then(family);
        }
    }
}

/// What a text looks like, with what its element inherited.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Inherited {
    pub run: RunLook,
    pub centered: bool,
    pub preserve: bool,
}

impl Inherited {
    /// What a child with these properties looks like.
    pub fn with(self, own: &Props) -> Self {
        Inherited {
            run: RunLook {
                bold: own.bold.unwrap_or(self.run.bold),
                italic: own.italic.unwrap_or(self.run.italic),
                hidden: self.run.hidden || own.hidden == Some(true),
                font: own.font.unwrap_or(self.run.font),
            },
            centered: own.centered.unwrap_or(self.centered),
            preserve: own.preserve.unwrap_or(self.preserve),
        }
    }
}

/// The rules of a page: by element (`p`), class (`.MsoNormal`) or both (`p.MsoNormal`). Others say nothing of words.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: HashMap<String, Props>,
}

impl Sheet {
    /// Takes the text of an element `style`.
    pub fn add(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_str();
        while let Some(open) = rest.find('{') {
            let selectors = rest[..open].trim();
            rest = &rest[open + 1..];
            let inside = block(rest);
            rest = rest.get(inside.len() + 1..).unwrap_or_default();
            // Rules of a medium, pages, lists and fonts are not those of the text.
            if selectors.starts_with('@') {
                continue;
            }
            let props = Props { role: None, ..Props::of_style(inside) };
            if props == Props::default() {
                continue;
            }
            for selector in selectors.split(',').map(str::trim).filter(|selector| is_simple(selector)) {
                if self.rules.len() < MAX_RULES {
                    let rule = self.rules.entry(selector.to_ascii_lowercase()).or_default();
                    *rule = props.over(*rule);
                }
            }
        }
    }

    /// What the rules say of an element.
    pub fn props(&self, name: &str, classes: &str) -> Props {
        if self.rules.is_empty() {
            return Props::default();
        }
        let of = |selector: &str| self.rules.get(selector).copied().unwrap_or_default();
        let mut props = of(name);
        for class in classes.split_whitespace().take(16) {
            let class = class.to_ascii_lowercase();
            props = of(&format!(".{class}")).over(props);
            props = of(&format!("{name}.{class}")).over(props);
        }
        props
    }
}

/// An element, a class, or an element of a class; what depends on others is left out.
fn is_simple(selector: &str) -> bool {
    !selector.is_empty() && selector.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// The text up to the brace that closes this block.
fn block(css: &str) -> &str {
    let mut depth = 1usize;
    for (at, c) in css.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return &css[..at];
        }
    }
    css
}

/// Comments go, and the comment signs of HTML that hide a sheet from old browsers.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start + 2..].find("*/").map_or("", |end| &rest[start + 2 + end + 2..]);
    }
    out.push_str(rest);
    out.replace("<!--", " ").replace("-->", " ")
}

/// `name: value` pairs; names in lower case, semicolons inside quotation marks kept.
fn declarations(style: &str) -> impl Iterator<Item = (String, &str)> {
    let mut rest = style;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let mut quote = None;
            let end = rest.find(|c| match (quote, c) {
                (None, ';') => true,
                (None, '"' | '\'') => {
                    quote = Some(c);
                    false
                }
                (Some(open), _) if open == c => {
                    quote = None;
                    false
                }
                _ => false,
            });
            let piece = end.map_or(rest, |end| &rest[..end]);
            rest = end.map_or("", |end| &rest[end + 1..]);
            if let Some((name, value)) = piece.split_once(':') {
                return Some((name.trim().to_ascii_lowercase(), value.trim()));
            }
        }
        None
    })
}

/// `true` when `value` begins with `word`, in any case.
fn starts(value: &str, word: &str) -> bool {
    value.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

fn weight(value: &str) -> Option<bool> {
    match value.split_whitespace().next()?.parse::<u32>() {
        Ok(number) => Some(number >= 600),
        Err(_) => Some(starts(value, "bold")),
    }
}

/// The first font of a list of families.
fn family(value: &str) -> Option<Font> {
    let first = value.trim_start();
    let name = match first.chars().next()? {
        quote @ ('"' | '\'') => first[1..].split(quote).next().unwrap_or_default(),
        _ => first.split(',').next().unwrap_or_default(),
    };
    (!name.trim().is_empty()).then(|| Font::of(name.trim()))
}

fn marker(word: &str) -> Option<Marker> {
    let format = match word.to_ascii_lowercase().as_str() {
        "none" => return Some(Marker::None),
        "decimal" => Format::Decimal,
        "decimal-leading-zero" => Format::DecimalZero,
        "lower-alpha" | "lower-latin" => Format::LowerLetter,
        "upper-alpha" | "upper-latin" => Format::UpperLetter,
        "lower-roman" => Format::LowerRoman,
        "upper-roman" => Format::UpperRoman,
        "disc" | "circle" | "square" => Format::Bullet,
        _ => return None,
    };
    Some(Marker::Sign(format))
}

fn role(value: &str) -> Option<Role> {
    match value.to_ascii_lowercase().as_str() {
        "comment-list" => Some(Role::Comments),
        "header" => Some(Role::Header),
        "footer" => Some(Role::Footer),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::charset::FontHint;

    #[test]
    fn declarations_that_change_what_is_read() {
        let hint = |style: &str| Props::of_style(style).font.map(|font| font.hint);
        assert_eq!(hint("font-family:\".VnTime\",\"sans-serif\""), Some(FontHint::Tcvn3));
        assert_eq!(hint("FONT-FAMILY: .VnTimeH, serif; color:red"), Some(FontHint::Tcvn3Capitals));
        assert_eq!(hint("font-family:\"Times New Roman\";mso-hansi-font-family:\".VnTime\""), Some(FontHint::Tcvn3));
        assert_eq!(hint("font:7.0pt \"VNI-Times\""), Some(FontHint::Vni));
        assert_eq!(hint("font-size:14pt"), None);
        let props = Props::of_style("font-weight:700; font-style:italic;TEXT-ALIGN:Center;display:none");
        assert_eq!((props.bold, props.italic), (Some(true), Some(true)));
        assert_eq!((props.centered, props.hidden), (Some(true), Some(true)));
        assert_eq!(Props::of_style("mso-bidi-font-weight:bold;font-weight:normal").bold, Some(false));
        assert_eq!(Props::of_style("mso-list:Ignore").role, Some(Role::Number));
        assert_eq!(Props::of_style("mso-list:l0 level1 lfo1").role, None);
        assert_eq!(Props::of_style("mso-tab-count:2").role, Some(Role::Tabs(2)));
        assert_eq!(Props::of_style("list-style: upper-roman inside").marker, Some(Marker::Sign(Format::UpperRoman)));
        assert_eq!(Props::of_style(";;:;a;font").bold, None);
    }

    #[test]
    fn rules_are_taken_by_element_and_class() {
        let mut sheet = Sheet::default();
        sheet.add(
            "<!-- /* p {font-weight:bold} */ @font-face {font-family:\".VnTime\";} @media print { p {display:none} }\n\
             p.MsoNormal, li.MsoNormal {margin:0cm; font-family:\".VnTime\";}\n.Dam {font-weight:bold}\n\
             td p {display:none} p {text-align:center} a:hover {display:none} -->",
        );
        let props = sheet.props("p", "MsoNormal dam");
        assert_eq!(props.font.map(|font| font.hint), Some(FontHint::Tcvn3));
        assert_eq!((props.bold, props.centered, props.hidden), (Some(true), Some(true), None));
        assert_eq!(sheet.props("div", "x"), Props::default());
        sheet.add("p { font-weight: bold");
        assert_eq!(sheet.props("p", "").bold, Some(true), "a sheet that is cut off ends with its text");
    }
}
