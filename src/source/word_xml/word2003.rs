//! Word 2003 XML (WordprocessingML of Office 2003) → the parts of a `.docx`.
//!
//! The two languages differ in few names: lists (`w:listPr`, `w:lists`), tracked changes (`aml:annotation`), and in where
//! notes and running heads stand (in place, not in parts of their own).

use std::fmt::Write;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};

use super::pack::Parts;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Where the XML being written goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goal {
    Body,
    Styles,
    Numbering,
    Footnotes,
    Endnotes,
    /// The running head or foot of this number.
    Running(usize),
    Nowhere,
}

/// A part under construction.
#[derive(Debug, Default)]
struct Translation {
    body: String,
    styles: String,
    numbering: String,
    footnotes: String,
    endnotes: String,
    /// Running heads and feet: the kind and the XML.
    running: Vec<(&'static str, String)>,
    /// Notes so far; their ids.
    notes: usize,
}

/// An open element: the end tag it will have, and where its content goes.
#[derive(Debug)]
struct Open {
    end: String,
    goal: Goal,
    /// Where its end tag goes.
    end_goal: Goal,
}

/// The parts of a document.
pub(super) fn parts(xml: &str) -> Parts {
    let mut made = Translation::default();
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<Open> = Vec::new();
    let mut whole = false;
    loop {
        let goal = open.last().map_or(Goal::Nowhere, |element| element.goal);
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let element = made.start(&start, goal, false);
                open.push(element);
            }
            Ok(Event::Empty(start)) => {
                let element = made.start(&start, goal, true);
                made.end(&element);
            }
            Ok(Event::End(_)) => {
                if let Some(element) = open.pop() {
                    made.end(&element);
                }
                whole |= open.is_empty();
            }
            // What stands between tags is escaped already.
            Ok(Event::Text(text)) => made.push(goal, &text.into_inner()),
            Ok(Event::CData(text)) => made.push(goal, &escape(text.into_inner())),
            Ok(Event::GeneralRef(reference)) => made.push(goal, &format!("&{};", reference.into_inner())),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    while let Some(element) = open.pop() {
        made.end(&element);
    }
    made.into_parts(whole)
}

impl Translation {
    fn push(&mut self, goal: Goal, xml: &str) {
        let part = match goal {
            Goal::Body => &mut self.body,
            Goal::Styles => &mut self.styles,
            Goal::Numbering => &mut self.numbering,
            Goal::Footnotes => &mut self.footnotes,
            Goal::Endnotes => &mut self.endnotes,
            Goal::Running(at) => match self.running.get_mut(at) {
                Some((_, part)) => part,
                None => return,
            },
            Goal::Nowhere => return,
        };
        part.push_str(xml);
    }

    fn end(&mut self, element: &Open) {
        self.push(element.end_goal, &element.end);
    }

    /// Writes a start tag; returns how the element ends and where its content goes.
    fn start(&mut self, start: &BytesStart<'_>, goal: Goal, is_empty: bool) -> Open {
        let qualified = start.name();
        let name = qualified.into_inner();
        let silent = |goal| Open { end: String::new(), goal, end_goal: Goal::Nowhere };
        match name {
            "w:wordDocument" => return silent(Goal::Nowhere),
            "w:body" if goal == Goal::Nowhere => return silent(Goal::Body),
            "w:styles" if goal == Goal::Nowhere => return silent(Goal::Styles),
            "w:lists" if goal == Goal::Nowhere => return silent(Goal::Numbering),
            _ if goal == Goal::Nowhere => return silent(Goal::Nowhere),
            // Wrappers of sections and headings, and Word's remarks for other programs.
            "aml:content" => return silent(goal),
            _ if name.starts_with("wx:") => return silent(goal),
            "w:hdr" | "w:ftr" => {
                let kind = if name == "w:hdr" { "header" } else { "footer" };
                self.running.push((kind, String::new()));
                return silent(Goal::Running(self.running.len() - 1));
            }
            "w:footnote" | "w:endnote" if matches!(goal, Goal::Body) => return self.note(name, goal),
            "aml:annotation" => return self.annotation(start, goal),
            _ => {}
        }
        let name = match name {
            "w:listPr" => "w:numPr",
            "w:ilfo" => "w:numId",
            "w:vmerge" => "w:vMerge",
            "w:hmerge" => "w:hMerge",
            "w:listDef" => "w:abstractNum",
            "w:list" => "w:num",
            "w:ilst" => "w:abstractNumId",
            "w:nfc" => "w:numFmt",
            name => name,
        };
        let mut tag = format!("<{name}");
        for attribute in start.attributes().with_checks(false).flatten() {
            let key = match attribute.key.into_inner() {
                "w:h-ansi" => "w:hAnsi",
                "w:listDefId" => "w:abstractNumId",
                "w:ilfo" => "w:numId",
                key if key.starts_with("xmlns") => continue,
                key => key,
            };
            let value = if name == "w:numFmt" { number_format(&attribute.value) } else { &attribute.value };
            let _written = write!(tag, " {key}=\"{}\"", value.replace('"', "&quot;"));
        }
        tag.push_str(if is_empty { "/>" } else { ">" });
        self.push(goal, &tag);
        let end = if is_empty { String::new() } else { format!("</{name}>") };
        Open { end, goal, end_goal: goal }
    }

    /// A note stands where it is referred to; its text goes to its part.
    fn note(&mut self, name: &str, goal: Goal) -> Open {
        self.notes += 1;
        let id = self.notes;
        let (kind, aside) =
            if name == "w:footnote" { ("footnote", Goal::Footnotes) } else { ("endnote", Goal::Endnotes) };
        self.push(goal, &format!("<w:{kind}Reference w:id=\"{id}\"/>"));
        self.push(aside, &format!("<w:{kind} w:id=\"{id}\">"));
        Open { end: format!("</w:{kind}>"), goal: aside, end_goal: aside }
    }

    /// Tracked changes, comments and bookmarks (`aml:annotation`).
    fn annotation(&mut self, start: &BytesStart<'_>, goal: Goal) -> Open {
        let value = |name: &str| {
            let found =
                start.attributes().with_checks(false).flatten().find(|attribute| attribute.key.as_ref() == name);
            found.map(|attribute| attribute.value.into_owned()).unwrap_or_default()
        };
        let name = match value("w:type").as_str() {
            "Word.Insertion" => "w:ins",
            "Word.Deletion" => "w:del",
            "Word.Comment" => {
                self.push(goal, "<w:commentReference/>");
                return Open { end: String::new(), goal: Goal::Nowhere, end_goal: Goal::Nowhere };
            }
            // Changes of looks keep the old ones inside.
            kind if kind.ends_with("Formatting") || kind.ends_with("Change") || kind.ends_with("Numbering") => {
                return Open { end: String::new(), goal: Goal::Nowhere, end_goal: Goal::Nowhere };
            }
            _ => return Open { end: String::new(), goal, end_goal: Goal::Nowhere },
        };
        let (author, date) = (value("aml:author"), value("aml:createdate"));
        let quoted = |text: String| text.replace('"', "&quot;");
        self.push(goal, &format!("<{name} w:author=\"{}\" w:date=\"{}\">", quoted(author), quoted(date)));
        Open { end: format!("</{name}>"), goal, end_goal: goal }
    }

    fn into_parts(self, whole: bool) -> Parts {
        let mut files = Vec::new();
        let mut relationships = String::new();
        let mut add = |kind: &str, root: &str, inside: &str, file: String| {
            let _written =
                write!(relationships, "<Relationship Id=\"r{file}\" Type=\"{TYPES}/{kind}\" Target=\"{file}\"/>");
            files.push((format!("word/{file}"), part(root, inside)));
        };
        add("styles", "styles", &self.styles, "styles.xml".to_owned());
        add("numbering", "numbering", &self.numbering, "numbering.xml".to_owned());
        add("footnotes", "footnotes", &self.footnotes, "footnotes.xml".to_owned());
        add("endnotes", "endnotes", &self.endnotes, "endnotes.xml".to_owned());
        for (at, (kind, inside)) in self.running.iter().enumerate() {
            let root = if *kind == "header" { "hdr" } else { "ftr" };
            add(kind, root, inside, format!("{kind}{at}.xml"));
        }
        let rels = |inside: &str| format!("<Relationships xmlns=\"{PACKAGE}\">{inside}</Relationships>").into_bytes();
        let main = format!("<Relationship Id=\"r1\" Type=\"{TYPES}/officeDocument\" Target=\"word/document.xml\"/>");
        files.push(("_rels/.rels".to_owned(), rels(&main)));
        files.push(("word/_rels/document.xml.rels".to_owned(), rels(&relationships)));
        files.push(("word/document.xml".to_owned(), part("document", &format!("<w:body>{}</w:body>", self.body))));
        Parts { files, whole }
    }
}

fn part(root: &str, inside: &str) -> Vec<u8> {
    format!("<w:{root} xmlns:w=\"{MAIN}\">{inside}</w:{root}>").into_bytes()
}

/// Formats of numbers are codes here ([MS-DOC] 2.9.154 has the same) and words there.
fn number_format(code: &str) -> &str {
    match code {
        "0" => "decimal",
        "1" => "upperRoman",
        "2" => "lowerRoman",
        "3" => "upperLetter",
        "4" => "lowerLetter",
        "22" => "decimalZero",
        "23" => "bullet",
        "255" => "none",
        other => other,
    }
}
