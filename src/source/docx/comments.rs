//! A copy of a DOCX with comments on its words. Parts that need no change are copied as they are packed, byte for byte.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::ops::Range;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::marks::{Hook, Wanted, mark};
use super::package::{MAX_ENTRIES, MAX_TOTAL, Package};
use super::trace::Trace;
use super::xml::{self, Listener, Space, Tag};

/// Most comments of one file: Word grows slow with more.
const MAX_COMMENTS: usize = 5_000;
/// What Word calls a part of comments, in the package of the usual and of the strict kind.
const KIND: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const STRICT_KIND: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const USUAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const TYPES: &str = "[Content_Types].xml";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A comment to be written.
#[derive(Debug, Clone)]
pub struct Comment {
    /// What it is about.
    pub place: Place,
    /// Its paragraphs: the words before the first `\t` are set bold.
    pub lines: Vec<String>,
}

/// What a comment is about. Paragraphs are named by number (see [`crate::source::Origin`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// From a byte of one paragraph's text to behind a byte of the same or a later paragraph's.
    Words {
        /// Paragraph and byte of the first character.
        from: (u32, usize),
        /// Paragraph and byte behind the last character.
        to: (u32, usize),
    },
    /// A whole paragraph.
    Paragraph(u32),
}

/// How a comment was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Placed {
    /// On the words.
    Exactly,
    /// On their paragraph.
    Paragraph,
    /// Not at all.
    Nowhere,
}

/// Words proposed in the place of others, as a tracked change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Paragraph of the old words.
    pub paragraph: u32,
    /// Their bytes in its text.
    pub words: Range<usize>,
    /// The new words.
    pub new: String,
}

/// A file with comments.
#[derive(Debug)]
pub struct Annotated {
    /// The new file.
    pub bytes: Vec<u8>,
    /// How each comment was placed, in the order given.
    pub placed: Vec<Placed>,
    /// Replacements that were made as tracked changes; the others would have touched more than plain words.
    pub replaced: usize,
}

/// Why no copy can be made. The message is for the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The zip or the main part is damaged.
    #[error("gói tệp bị hỏng một phần; mở bằng Word, lưu lại rồi chạy lại")]
    Damaged,
    /// The main part is not UTF-8.
    #[error("nội dung không ghi theo bảng mã UTF-8; mở bằng Word, lưu lại rồi chạy lại")]
    Encoding,
    /// The zip is larger than the limits.
    #[error("tệp quá lớn")]
    TooLarge,
}

/// Who writes the comments, and when.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    /// Name.
    pub name: &'a str,
    /// Initials.
    pub initials: &'a str,
    /// Time, ISO 8601.
    pub date: &'a str,
}

/// Writes `comments` into a copy of the file that `trace` was made of.
pub fn annotate(
    bytes: &[u8],
    mut trace: Trace,
    comments: &[Comment],
    replacements: &[Replacement],
    author: Author<'_>,
) -> Result<Annotated, Refusal> {
    let mut package = Package::open(bytes, MAX_TOTAL).map_err(|_| Refusal::Damaged)?;
    if package.is_salvaged() || package.has_twins {
        return Err(Refusal::Damaged);
    }
    let main = trace.part.clone();
    if required(&mut package, &main)? != trace.xml {
        return Err(Refusal::Encoding);
    }
    let relationships = package.relationships(&main).map_err(|_| Refusal::Damaged)?;
    let known = relationships.iter().find(|named| named.kind == "comments").map(|named| named.target.clone());
    let old = known.as_ref().map(|name| required(&mut package, name)).transpose()?;
    let first = old.as_deref().map_or(0, next_id).max(next_id(&trace.xml));

    let mut hooks: Vec<(u32, Hook)> = Vec::with_capacity(comments.len());
    let mut placed = Vec::with_capacity(comments.len());
    for (id, comment) in (first..).zip(comments).take(MAX_COMMENTS) {
        let (hook, how) = hook(&mut trace, &comment.place);
        hooks.push((id, hook));
        placed.push(how);
    }
    let word = if trace.xml.contains(STRICT) { STRICT } else { USUAL };
    let declared = |part: &str| {
        if part.contains(&format!("xmlns:w=\"{word}\"")) { String::new() } else { format!(" xmlns:w=\"{word}\"") }
    };
    let mut changes = Vec::new();
    for Replacement { paragraph, words, new } in replacements {
        changes.extend(trace.bytes(*paragraph, words.clone()).map(|bytes| (bytes, escaped(new))));
    }
    // A comment on a part of words that are to be replaced goes on all of them: its marks would stand in deleted text.
    for (_, hook) in &mut hooks {
        let Hook::Words(words) = hook else { continue };
        for (change, _) in &changes {
            let inside = |at: usize| change.start < at && at < change.end;
            if inside(words.start) {
                words.start = change.start;
            }
            if inside(words.end) {
                words.end = change.end;
            }
        }
    }
    let wanted = Wanted {
        comments: &hooks,
        changes: &changes,
        signed: &format!("w:author=\"{}\" w:date=\"{}\"", escaped(author.name), escaped(author.date)),
        first_change: next_annotation(&trace.xml),
        declared: &declared(&trace.xml),
    };
    let marked = mark(&trace.xml, &wanted).ok_or(Refusal::Damaged)?;
    let replaced = marked.changed.iter().filter(|made| **made).count();

    let old = old.unwrap_or_else(|| format!("{HEAD}<w:comments xmlns:w=\"{word}\"></w:comments>"));
    let mut written = String::new();
    for (((id, _), comment), (how, found)) in hooks.iter().zip(comments).zip(placed.iter_mut().zip(marked.found)) {
        if found {
            write_comment(&mut written, &declared(&old), *id, comment, author);
        } else {
            *how = Placed::Nowhere;
        }
    }
    placed.resize(comments.len(), Placed::Nowhere);
    let mut changed = vec![(main.clone(), marked.xml)];
    let name = match known {
        Some(name) => name,
        None => {
            let name = free_name(&mut package, &main);
            let rels_name = rels_of(&main);
            let rels = match package.content(&rels_name) {
                Ok(Some(_)) => required(&mut package, &rels_name)?,
                _ => format!("{HEAD}<Relationships xmlns=\"{RELATIONSHIPS}\"></Relationships>"),
            };
            let kind = if word == STRICT { STRICT_KIND } else { KIND };
            let id = (1..).map(|n| format!("rIdRaSoat{n}")).find(|id| !rels.contains(id.as_str())).unwrap_or_default();
            let target = name.rsplit('/').next().unwrap_or_default();
            let entry = format!("Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
            changed.push((rels_name, with_entry(&rels, &entry)?));
            name
        }
    };
    let types = required(&mut package, TYPES)?;
    if !types.to_lowercase().contains(&format!("\"/{}\"", name.to_lowercase())) {
        let entry = format!("Override PartName=\"/{name}\" ContentType=\"{CONTENT}\"/>");
        changed.push((TYPES.to_owned(), with_entry(&types, &entry)?));
    }
    changed.push((name, inside_root(&old, &written)?));
    Ok(Annotated { bytes: repack(bytes, changed)?, placed, replaced })
}

/// Where a comment hangs in the part, and how well.
fn hook(trace: &mut Trace, place: &Place) -> (Hook, Placed) {
    match *place {
        Place::Paragraph(paragraph) => (Hook::Paragraph(paragraph), Placed::Paragraph),
        Place::Words { from, to } => {
            let end_of = |trace: &Trace| trace.text(from.0).map_or(0, str::len);
            let found = if from.0 == to.0 {
                trace.bytes(from.0, from.1..to.1)
            } else {
                let end = end_of(trace);
                let first = trace.bytes(from.0, from.1..end);
                let last = trace.bytes(to.0, 0..to.1);
                first.zip(last).map(|(first, last)| first.start..last.end).filter(|bytes| bytes.start < bytes.end)
            };
            match found {
                Some(bytes) => (Hook::Words(bytes), Placed::Exactly),
                None => (Hook::Paragraph(from.0), Placed::Paragraph),
            }
        }
    }
}

/// A part that must be there whole, in UTF-8.
fn required(package: &mut Package<'_>, name: &str) -> Result<String, Refusal> {
    match package.content(name) {
        Ok(Some((bytes, None))) => String::from_utf8(bytes).map_err(|_| Refusal::Encoding),
        _ => Err(Refusal::Damaged),
    }
}

/// "word/document.xml" → "word/_rels/document.xml.rels".
fn rels_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// A name beside the main part that no part has.
fn free_name(package: &mut Package<'_>, main: &str) -> String {
    let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let names = std::iter::once(String::new()).chain((2..).map(|number: u32| number.to_string()));
    let mut names = names.map(|number| format!("{folder}comments{number}.xml"));
    names.find(|name| matches!(package.content(name), Ok(None))).unwrap_or_default()
}

/// The first id that no comment has.
fn next_id(part: &str) -> u32 {
    struct Ids(u32);
    impl Listener for Ids {
        fn start(&mut self, tag: &Tag<'_>, _depth: usize) {
            if tag.space == Space::Word && tag.name.starts_with("comment") {
                let id = tag.attribute("id").and_then(|id| id.trim().parse::<u32>().ok());
                self.0 = self.0.max(id.map_or(0, |id| id.saturating_add(1)));
            }
        }
        fn end(&mut self, _depth: usize) {}
        fn text(&mut self, _text: &str) {}
    }
    if !part.contains("comment") {
        return 0;
    }
    let mut ids = Ids(0);
    xml::walk(part, &mut ids);
    ids.0
}

/// An id above all that the part uses: changes, bookmarks and comments share no counter, but programs mind ids used twice.
fn next_annotation(part: &str) -> u32 {
    let ids = part.split(":id=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<u32>().ok());
    ids.max().map_or(1, |id| id.saturating_add(1)).max(100_000)
}

fn write_comment(out: &mut String, declared: &str, id: u32, comment: &Comment, author: Author<'_>) {
    let Author { name, initials, date } = author;
    let _ = write!(
        out,
        "<w:comment{declared} w:id=\"{id}\" w:author=\"{}\" w:date=\"{}\" w:initials=\"{}\">",
        escaped(name),
        escaped(date),
        escaped(initials)
    );
    for (at, line) in comment.lines.iter().enumerate() {
        // The font is named: documents in old fonts would show the comment in old letters.
        const FONT: &str =
            "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>";
        const SIZE: &str = "<w:sz w:val=\"20\"/>";
        out.push_str("<w:p>");
        if at == 0 {
            out.push_str("<w:r><w:annotationRef/></w:r>");
        }
        let (lead, rest) = line.split_once('\t').unwrap_or(("", line));
        for (words, bold) in [(lead, "<w:b/>"), (rest, "")] {
            if !words.is_empty() {
                let words = escaped(words);
                let _ = write!(
                    out,
                    "<w:r><w:rPr>{FONT}{bold}{SIZE}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>"
                );
            }
        }
        out.push_str("</w:p>");
    }
    out.push_str("</w:comment>");
}

/// Text as XML, without the characters XML cannot hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// Puts an element without content at the end of a part, under the prefix of the part's root.
fn with_entry(part: &str, entry: &str) -> Result<String, Refusal> {
    let root = root_of(part).ok_or(Refusal::Damaged)?;
    let prefix = root.split_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
    inside_root(part, &format!("<{prefix}{entry}"))
}

/// Puts XML before the end of a part's root.
fn inside_root(part: &str, added: &str) -> Result<String, Refusal> {
    let root = root_of(part).ok_or(Refusal::Damaged)?;
    let end = part.rfind('<').ok_or(Refusal::Damaged)?;
    if part[end..].starts_with("</") {
        return Ok(format!("{}{added}{}", &part[..end], &part[end..]));
    }
    // A root without content.
    let close = part.rfind("/>").filter(|&close| close > end).ok_or(Refusal::Damaged)?;
    Ok(format!("{}>{added}</{root}>{}", &part[..close], &part[close + 2..]))
}

/// Name of the root element, as written.
fn root_of(part: &str) -> Option<&str> {
    let mut rest = part;
    loop {
        rest = &rest[rest.find('<')? + 1..];
        if !rest.starts_with(['?', '!']) {
            return Some(&rest[..rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?]);
        }
    }
}

/// The package with some parts changed or added.
fn repack(bytes: &[u8], mut changed: Vec<(String, String)>) -> Result<Vec<u8>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.len() > MAX_ENTRIES {
        return Err(Refusal::TooLarge);
    }
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() + bytes.len() / 4)));
    // Packing is most of the work; the copies are read once or twice, not kept by the thousand.
    let packed =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(2));
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| Refusal::Damaged)?;
        let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
        match changed.iter().position(|(part, _)| part.eq_ignore_ascii_case(&name)) {
            Some(at) => {
                let (_, xml) = changed.remove(at);
                let own = String::from_utf8_lossy(entry.name_raw()).into_owned();
                drop(entry);
                writer.start_file(own, packed).map_err(|_| Refusal::Damaged)?;
                writer.write_all(xml.as_bytes()).map_err(|_| Refusal::TooLarge)?;
            }
            None => writer.raw_copy_file(entry).map_err(|_| Refusal::Damaged)?,
        }
    }
    for (name, xml) in changed {
        writer.start_file(name, packed).map_err(|_| Refusal::Damaged)?;
        writer.write_all(xml.as_bytes()).map_err(|_| Refusal::TooLarge)?;
    }
    Ok(writer.finish().map_err(|_| Refusal::TooLarge)?.into_inner())
}
