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

/// Takes one descendant of `w:lvl`.
fn set(level: &mut Level, tag: &Tag<'_>) {
    match tag.name {
        "start" => level.start = tag.number(),
        "numFmt" => level.format = Format::of(&tag.val().unwrap_or_default()),
        "lvlText" => level.text = tag.val().unwrap_or_default().into_owned(),
        "lvlRestart" => level.restart = tag.number(),
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
