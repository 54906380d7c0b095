//! One small package for each quirk of real files.

mod changes;
mod comments;
mod damage;
mod notes;
mod numbers;
mod provenance;
mod runs;
mod tables;

use std::io::{Cursor, Write};

use super::read;
use crate::source::{Paragraph, RawDocument};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package under construction.
struct Package {
    parts: Vec<(String, String)>,
    relationships: String,
}

impl Package {
    fn new(body: &str) -> Self {
        let mut package = Package { parts: Vec::new(), relationships: String::new() };
        package
            .parts
            .push(("_rels/.rels".to_owned(), relationships(&relationship("officeDocument", "word/document.xml"))));
        package.parts.push(("word/document.xml".to_owned(), part("document", &format!("<w:body>{body}</w:body>"))));
        package
    }

    fn with(mut self, kind: &str, root: &str, inside: &str) -> Self {
        let name = format!("{kind}{}.xml", self.parts.len());
        self.relationships.push_str(&relationship(kind, &name));
        self.parts.push((format!("word/{name}"), part(root, inside)));
        self
    }

    /// Adds a part as it is; elements name it by `name`.
    fn raw(mut self, kind: &str, name: &str, content: &str) -> Self {
        self.relationships.push_str(&relationship(kind, name));
        self.parts.push((format!("word/{name}"), content.to_owned()));
        self
    }

    fn bytes(mut self) -> Vec<u8> {
        let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"></Types>";
        self.parts.push(("[Content_Types].xml".to_owned(), types.to_owned()));
        self.parts.push(("word/_rels/document.xml.rels".to_owned(), relationships(&self.relationships)));
        zipped(&self.parts)
    }

    fn read(self) -> RawDocument {
        read(&self.bytes()).expect("the fixture is sound")
    }
}

fn part(root: &str, inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{root} xmlns:w=\"{MAIN}\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:r=\"{TYPES}\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">{inside}</w:{root}>"
    )
}

fn relationship(kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{target}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"/>")
}

fn relationships(inside: &str) -> String {
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
    )
}

fn zipped(parts: &[(String, String)]) -> Vec<u8> {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped_bytes(&parts)
}

fn zipped_bytes(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn p(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn body(body: &str) -> RawDocument {
    Package::new(body).read()
}

fn texts(raw: &RawDocument) -> Vec<String> {
    raw.paragraphs().iter().map(|paragraph| paragraph.visible()).collect()
}

fn first(raw: &RawDocument) -> &Paragraph {
    raw.paragraphs().first().copied().expect("a paragraph was read")
}

fn codes(raw: &RawDocument) -> Vec<&'static str> {
    raw.warnings.iter().map(|warning| warning.code).collect()
}
