//! `numbering.xml`: the lists of a document (ECMA-376 part 1, 17.9).

use super::xml::{Listener, Space, Tag};
use crate::source::compose::lists::{Definition, Format, LEVELS, Level, List, Lists};
use crate::source::compose::symbol::SymbolFont;

/// Reads `numbering.xml`.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// What was read.
    pub lists: Lists,
    place: Place,
}

/// Where in `numbering.xml` the walk stands.
#[derive(Debug, Default)]
struct Place {
    abstract_id: Option<u32>,
    list: Option<u32>,
    level: Option<usize>,
}

impl Numbering {
    fn level(&mut self) -> Option<&mut Level> {
        let at = self.place.level?;
        match (self.place.abstract_id, self.place.list) {
            (Some(id), _) => self.lists.definitions.get_mut(&id)?.levels.get_mut(at),
            (None, Some(id)) => Some(self.lists.lists.get_mut(&id)?.levels.entry(at).or_default()),
            (None, None) => None,
        }
    }
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
                    self.lists.definitions.insert(id, Definition::default());
                }
            }
            "num" => {
                self.place = Place { list: id("numId"), ..Place::default() };
                if let Some(id) = self.place.list {
                    self.lists.lists.insert(id, List::default());
                }
            }
            "abstractNumId" => {
                if let (Some(list), Some(target)) = (self.place.list, tag.number()) {
                    self.lists.lists.entry(list).or_default().definition = target;
                }
            }
            "lvl" | "lvlOverride" => self.place.level = at(),
            "startOverride" => {
                if let (Some(list), Some(level)) = (self.place.list, self.place.level) {
                    self.lists.lists.entry(list).or_default().starts[level] = tag.number();
                }
            }
            "numStyleLink" | "styleLink" => {
                if let Some(definition) = self.place.abstract_id.and_then(|id| self.lists.definitions.get_mut(&id)) {
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

/// A custom format of figures with zeros in front: "001, 002, 003, ...".
fn padded(pattern: &str) -> Option<Format> {
    let first = pattern.split(',').next()?.trim();
    let width = u8::try_from(first.len()).ok().filter(|width| (2..=9).contains(width))?;
    first.bytes().all(|byte| byte.is_ascii_digit()).then_some(Format::Padded(width))
}

/// Takes one descendant of `w:lvl`.
fn set(level: &mut Level, tag: &Tag<'_>) {
    match tag.name {
        "start" => level.start = tag.number(),
        // The fallback for older programs comes after a custom format.
        "numFmt" if matches!(level.format, Format::Padded(_)) => {}
        "numFmt" => {
            level.format = tag
                .attribute("format")
                .and_then(|pattern| padded(&pattern))
                .unwrap_or_else(|| Format::of(&tag.val().unwrap_or_default()))
        }
        "lvlText" => level.text = tag.val().unwrap_or_default().into_owned(),
        "lvlRestart" => level.restart = tag.number(),
        // A bullet that is a picture.
        "lvlPicBulletId" if level.text.is_empty() => level.text.push('•'),
        // Its number is hidden text: counted, not shown.
        "vanish" if tag.is_on() => level.text.clear(),
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
    use crate::source::compose::lists::Counters;
    use crate::source::xml::walk;

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
        uses.iter()
            .map(|&(list, level)| numbering.lists.label(list, level, &mut counters).unwrap_or_default())
            .collect()
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
    fn whole_levels_are_overridden_for_one_list_only() {
        let numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
             <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"1\"><w:startOverride w:val=\"3\"/>{}</w:lvlOverride></w:num>",
            level(0, "decimal", "%1.", ""),
            level(1, "lowerLetter", "%2)", ""),
            level(1, "decimalZero", "%1.%2", "")
        ));
        assert_eq!(
            labels(&numbering, &[(1, 0), (1, 1), (2, 1), (2, 1), (1, 1), (2, 0), (2, 1)]),
            ["1.", "a)", "1.03", "1.04", "e)", "2.", "2.03"]
        );
    }

    #[test]
    fn formats_signs_and_hidden_numbers_are_those_a_reader_sees() {
        let custom = "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice Requires=\"w14\">\
             <w:numFmt w:val=\"custom\" w:format=\"001, 002, 003, ...\"/></mc:Choice><mc:Fallback><w:numFmt w:val=\"decimal\"/></mc:Fallback></mc:AlternateContent>";
        let numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId=\"0\">{}{}{}{}{}{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>",
            format_args!("<w:lvl w:ilvl=\"0\">{custom}<w:lvlText w:val=\"%1/\"/></w:lvl>"),
            level(1, "vietnameseCounting", "Phần %2", ""),
            "<w:lvl w:ilvl=\"2\"><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\"/><w:lvlPicBulletId w:val=\"0\"/></w:lvl>",
            "<w:lvl w:ilvl=\"3\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%4.\"/><w:rPr><w:vanish/></w:rPr></w:lvl>",
            level(4, "decimal", "%4.%5", ""),
            level(5, "none", "Ghi chú:", "")
        ));
        assert_eq!(
            labels(&numbering, &[(1, 0), (1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (1, 5)]),
            ["000/", "001/", "Phần một", "•", "", "1.1", "Ghi chú:"]
        );
    }

    #[test]
    fn links_are_followed_through_numbering_styles_and_never_for_ever() {
        let mut numbering = numbering(&format!(
            "<w:abstractNum w:abstractNumId=\"0\"><w:numStyleLink w:val=\"A\"/></w:abstractNum>\
             <w:abstractNum w:abstractNumId=\"1\"><w:styleLink w:val=\"A\"/><w:numStyleLink w:val=\"B\"/></w:abstractNum>\
             <w:abstractNum w:abstractNumId=\"2\">{}</w:abstractNum>\
             <w:abstractNum w:abstractNumId=\"3\"><w:styleLink w:val=\"C\"/><w:numStyleLink w:val=\"D\"/></w:abstractNum>\
             <w:abstractNum w:abstractNumId=\"4\"><w:styleLink w:val=\"D\"/><w:numStyleLink w:val=\"C\"/></w:abstractNum>\
             <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"2\"/></w:num>\
             <w:num w:numId=\"3\"><w:abstractNumId w:val=\"3\"/></w:num>",
            level(0, "decimal", "Điều %1.", "")
        ));
        numbering.lists.style_lists.insert("B".to_owned(), 2);
        assert_eq!(labels(&numbering, &[(1, 0), (2, 0), (3, 0)]), ["Điều 1.", "Điều 2.", ""]);
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
        assert_eq!(numbering.lists.level_of_style(2, "Diem"), Some(0));
    }
}
