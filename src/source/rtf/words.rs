//! What the control words of RTF do (RTF 1.9.1, "Contents of an RTF File").

use super::field::Field;
use super::font::code_page;
use super::reader::Reader;
use super::state::Destination;
use super::story::Kind;
use crate::source::NoteKind;

/// Destinations after `\*` that hold text or what text depends on; all others may be passed over.
const KNOWN_OPTIONAL: [&str; 17] = [
    "annotation",
    "do",
    "dptxbxtext",
    "fldinst",
    "footnote",
    "listoverridetable",
    "listtable",
    "listtext",
    "moMath",
    "moMathPara",
    "nesttableprops",
    "pntext",
    "revtbl",
    "shpinst",
    "shppict",
    "shptxt",
    "ud",
];

/// Destinations whose characters are not text of the document, or say again what is said elsewhere.
const NOT_TEXT: [&str; 33] = [
    "aftncn",
    "aftnsep",
    "aftnsepc",
    "atnauthor",
    "atnid",
    "background",
    "bkmkend",
    "bkmkstart",
    "colortbl",
    "comment",
    "datafield",
    "falt",
    "filetbl",
    "formfield",
    "ftncn",
    "ftnsep",
    "ftnsepc",
    "info",
    "levelnumbers",
    "listname",
    "listpicture",
    "nonesttables",
    "nonshppict",
    "objclass",
    "objdata",
    "objname",
    "pn",
    "private1",
    "shprslt",
    "sp",
    "tc",
    "template",
    "xe",
];

/// Most fields within fields.
const MAX_FIELDS: usize = 256;

impl Reader<'_> {
    /// Does what a control word says; `optional` = it follows `\*`.
    pub fn word(&mut self, name: &str, value: Option<i32>, optional: bool) {
        match self.state.to {
            Destination::Skipped => {}
            Destination::Doubled => {
                if name == "ud" {
                    self.state.to = self.state.undoubled;
                }
            }
            _ if optional && !KNOWN_OPTIONAL.contains(&name) => self.skip(),
            // Properties of formulas hold signs that are not shown.
            _ if name.starts_with('m') && name.ends_with("Pr") => self.skip(),
            _ if NOT_TEXT.contains(&name) => self.skip(),
            Destination::Fonts => self.fonts.set(name, value),
            Destination::Lists if name != "leveltext" => self.lists.define(name, value, &self.fonts),
            Destination::ListOverrides if name != "leveltext" => self.lists.name(name, value, &self.fonts),
            Destination::RowDefinition => {
                if name == "nestrow" {
                    self.end_started_paragraph(self.state.shape.depth());
                    self.end_row(None);
                } else {
                    self.nested_row.set(name);
                }
            }
            _ => self.shown_word(name, value),
        }
    }

    fn skip(&mut self) {
        self.state.to = Destination::Skipped;
    }

    fn shown_word(&mut self, name: &str, value: Option<i32>) {
        let known = self.state.run.set(name, value)
            || self.state.shape.set(name, value)
            || self.row.set(name)
            || self.sign_word(name)
            || self.destination(name);
        if known {
            return;
        }
        match name {
            "uc" => self.state.fallback = value.and_then(|count| u32::try_from(count).ok()).unwrap_or(1),
            "s" if self.state.to == Destination::Styles => self.styles.open = value,
            "s" => self.styles.apply(value.unwrap_or(0), &mut self.state),
            "deff" => self.default_font = value.unwrap_or(0),
            "ansicpg" => self.page = value.and_then(code_page).unwrap_or(self.page),
            "mac" => self.page = encoding_rs::MACINTOSH,
            "ftnalt" => self.becomes_endnote(),
            _ if self.state.to == Destination::Text => self.flow_word(name),
            _ => {}
        }
    }

    /// Words that end paragraphs, cells, rows and pages.
    fn flow_word(&mut self, name: &str) {
        let depth = self.state.shape.depth();
        match name {
            "par" => {
                let run = self.state.run;
                if run.deleted.or(run.inserted).is_some() {
                    self.changes.paragraph_mark();
                }
                let hidden = run.hidden && self.stories.last().is_some_and(|story| story.text.is_blank());
                // Without its mark a paragraph runs on into the next.
                if run.deleted.is_none() && !hidden {
                    self.end_paragraph(depth);
                }
            }
            "sect" => self.end_started_paragraph(depth),
            "page" | "column" => self.page_break(),
            "cell" => self.end_cell(1),
            "nestcell" => self.end_cell(depth.max(2)),
            "row" => {
                self.end_started_paragraph(1);
                self.end_row(Some(1));
            }
            _ => {}
        }
    }

    fn end_cell(&mut self, depth: usize) {
        self.end_paragraph(depth);
        if let Some(story) = self.stories.last_mut() {
            story.end_cell(depth);
        }
    }

    fn end_row(&mut self, depth: Option<usize>) {
        let definition = if depth.is_some() { &self.row } else { &self.nested_row };
        if let Some(story) = self.stories.last_mut() {
            story.end_row(depth, definition);
        }
    }

    /// Words that stand for one sign.
    fn sign_word(&mut self, name: &str) -> bool {
        let sign = match name {
            "tab" => '\t',
            "line" | "lbr" => '\n',
            "emdash" => '—',
            "endash" => '–',
            "lquote" => '‘',
            "rquote" => '’',
            "ldblquote" => '“',
            "rdblquote" => '”',
            "bullet" => '•',
            "emspace" => '\u{2003}',
            "enspace" => '\u{2002}',
            "qmspace" => '\u{2005}',
            _ => return false,
        };
        self.sign(sign);
        true
    }

    /// Words that say where the characters of their group go.
    fn destination(&mut self, name: &str) -> bool {
        match name {
            "fonttbl" => self.state.to = Destination::Fonts,
            "stylesheet" => self.state.to = Destination::Styles,
            "revtbl" => self.state.to = Destination::Authors,
            "listtable" => self.state.to = Destination::Lists,
            "listoverridetable" => self.state.to = Destination::ListOverrides,
            "leveltext" => self.state.to = Destination::LevelText,
            "nesttableprops" => self.state.to = Destination::RowDefinition,
            "listtext" | "pntext" if self.state.to == Destination::Text => self.state.to = Destination::Label,
            "upr" => {
                self.state.undoubled = self.state.to;
                self.state.to = Destination::Doubled;
            }
            "pict" => {
                self.tally.pictures = true;
                self.skip();
            }
            "object" | "shp" | "do" => self.tally.pictures = true,
            "annotation" => {
                self.tally.comments += 1;
                self.skip();
            }
            "footnote" => self.open_story(Kind::Note(NoteKind::Footnote)),
            "shptxt" | "dptxbxtext" => self.open_story(Kind::Note(NoteKind::TextBox)),
            "header" | "headerl" | "headerr" | "headerf" => self.open_story(Kind::Running(NoteKind::Header)),
            "footer" | "footerl" | "footerr" | "footerf" => self.open_story(Kind::Running(NoteKind::Footer)),
            "field" if self.fields.len() < MAX_FIELDS => self.fields.push(Field::new(self.depth())),
            "fldinst" => self.state.to = Destination::FieldCode,
            "fldrslt" => {
                let drops_pages = self.in_running();
                if self.fields.last().is_some_and(|field| field.is_symbol() || (drops_pages && field.is_page_number()))
                {
                    self.skip();
                }
            }
            _ => return false,
        }
        true
    }
}
