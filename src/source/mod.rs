//! Bytes of a file → [`RawDocument`]: what a person sees on the page, in order, with its place.
//!
//! Readers know nothing of law. A file that cannot be read is an [`UnreadCode`] with a message and a next step, never a
//! panic and never silence.

pub mod compose;
pub mod doc;
pub mod docx;
pub mod files;
pub mod html;
pub mod kind;
pub mod limits;
pub mod load;
mod look_alike;
pub mod odt;
pub mod outside;
pub mod pdf;
pub mod plain;
pub mod rtf;
pub mod sheet;
pub mod system;
mod unread;
pub mod word_xml;
mod xml;

use serde::Serialize;

use kind::Kind;

/// Reads a document from the bytes of a file, by what they are; `name` only tells what it pretends to be.
///
/// Spreadsheets are lists, not documents: ask [`kind::sniff`] first and hand them to their own reader.
pub fn read(name: &str, bytes: &[u8]) -> Result<RawDocument, Unread> {
    let mut raw = read_kind(name, bytes).and_then(limits::bound)?;
    raw.warnings.extend(look_alike::warning(&raw.blocks));
    raw.warnings.extend(compose::notices::letters_without_d(&raw));
    Ok(raw)
}

fn read_kind(name: &str, bytes: &[u8]) -> Result<RawDocument, Unread> {
    let named_word = name.rsplit_once('.').is_some_and(|(_, extension)| {
        ["doc", "docx", "docm", "dot", "dotx"].iter().any(|word| extension.eq_ignore_ascii_case(word))
    });
    match kind::sniff(bytes) {
        Kind::Docx => docx::read(bytes),
        Kind::LegacyDoc => doc::read(bytes),
        Kind::Rtf => rtf::read(bytes),
        Kind::Odt => odt::read(bytes),
        Kind::Html => html::read(bytes),
        Kind::Mhtml => html::read_packed(bytes),
        Kind::WordXml => word_xml::read(bytes),
        Kind::Pdf => pdf::read(bytes),
        Kind::Text if !may_be_prose(name) => Err(Unread::new(UnreadCode::UnsupportedKind)),
        Kind::Text => {
            let mut raw = plain::read(bytes)?;
            if named_word {
                raw.warnings.push(Warning::new(
                    "kind-differs-from-name",
                    "Tên tệp ghi là văn bản Word nhưng nội dung là văn bản thuần; số tự động và định dạng không còn.",
                ));
            }
            Ok(raw)
        }
        Kind::Zip | Kind::Other if named_word => Err(Unread::new(UnreadCode::Damaged)),
        other => Err(Unread::of_kind(other).unwrap_or_else(|| Unread::new(UnreadCode::UnsupportedKind))),
    }
}

/// A text file by this name may hold a document: data, markup and source code may not, whatever their letters.
fn may_be_prose(name: &str) -> bool {
    const PROSE: [&str; 9] = ["txt", "text", "md", "doc", "docx", "docm", "dot", "dotx", "rtf"];
    let Some((_, extension)) = name.rsplit_once('.') else { return true };
    // "Quyết định số 5.2019" ends in no extension.
    let is_extension = extension.len() <= 8
        && extension.bytes().all(|b| b.is_ascii_alphanumeric())
        && extension.bytes().any(|b| b.is_ascii_alphabetic());
    !is_extension || PROSE.iter().any(|word| extension.eq_ignore_ascii_case(word))
}

/// Which reader gave the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reader {
    /// Office Open XML text, read by our streaming reader.
    Docx,
    /// Word 97-2003 binary.
    Doc,
    /// Rich Text Format.
    Rtf,
    /// OpenDocument text, in a package or flat.
    Odt,
    /// Web page, alone or packed as MHTML.
    Html,
    /// Word 2003 XML or flat OPC.
    WordXml,
    /// The text layer of a PDF.
    Pdf,
    /// A spreadsheet that holds clauses instead of documents.
    Sheet,
    /// Plain text, one paragraph a line.
    Text,
}

/// The encoding the letters came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// Unicode, precomposed or decomposed.
    Unicode,
    /// TCVN 5712:1993 (ABC) letters behind Latin-1 code points, wholly or in part; decoded.
    Tcvn3,
    /// VNI letters behind Latin-1 code points, wholly or in part; decoded.
    Vni,
}

/// A note of doubt about something that *was* read. `code` is stable kebab-case; `message` is Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Stable code, e.g. `tracked-changes-present`.
    pub code: &'static str,
    /// What a reviewer should know, in Vietnamese.
    pub message: String,
    /// Path of the unit concerned, when it is known.
    pub path: Option<String>,
}

impl Warning {
    /// A warning about the whole file.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Warning { code, message: message.into(), path: None }
    }

    /// A warning about one unit.
    pub fn at(code: &'static str, message: impl Into<String>, path: impl Into<String>) -> Self {
        Warning { code, message: message.into(), path: Some(path.into()) }
    }
}

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnreadCode {
    /// A kind of file no reader exists for.
    UnsupportedKind,
    /// Word document older than any a reader exists for.
    LegacyDoc,
    /// PDF without a text layer, or with a broken one.
    Pdf,
    /// A web page, whatever its name says.
    Html,
    /// Protected by a password.
    Encrypted,
    /// Not what its name says, or broken beyond reading.
    Damaged,
    /// Larger than the limits allow (size, ratio, count), or made to exhaust memory.
    TooLarge,
    /// Nothing to read in it.
    Empty,
    /// The operating system refused, or the file vanished.
    Io,
    /// The list names it; no file was found.
    ListedNotFound,
    /// A spreadsheet with no header row that says what its columns are.
    NoListHeader,
    /// A part of a split document, or text in an encoding we do not know.
    UnknownEncoding,
    /// Reading it failed inside the program; a fault of ours.
    InternalError,
    /// A line of a stream that names no document.
    BadItem,
}

/// A file that was not read: the row of the unread register.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unread {
    /// Why.
    pub code: UnreadCode,
    /// What happened, in Vietnamese.
    pub message: String,
    /// What the reviewer can do about it, in Vietnamese.
    pub next_step: String,
}

/// The text of one file, before anything legal is understood.
#[derive(Debug, Clone)]
pub struct RawDocument {
    /// Which reader gave it.
    pub reader: Reader,
    /// How its letters were encoded.
    pub encoding: Encoding,
    /// Body of the document in reading order.
    pub blocks: Vec<Block>,
    /// Running heads and feet (header/footer parts), each once, not part of the body.
    pub running: Vec<Note>,
    /// Tracked changes, in reading order. The body is what is left when all of them are accepted.
    pub changes: Vec<Change>,
    /// Name of the part of the file that holds the body ("word/document.xml"); empty where files have no parts.
    pub part: String,
    /// Doubts about the reading.
    pub warnings: Vec<Warning>,
}

/// A tracked change: kept for the report, never matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What was done.
    pub kind: ChangeKind,
    /// Who did it, as the file says.
    pub author: Option<String>,
    /// When, as the file says (ISO 8601).
    pub date: Option<String>,
    /// The words concerned, cut where they are long.
    pub text: String,
    /// The paragraph it stands in; meaningless outside the body.
    #[serde(skip)]
    pub origin: Origin,
}

/// What a tracked change did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ChangeKind {
    Inserted,
    Deleted,
    MovedFrom,
    MovedTo,
}

/// A paragraph or a table.
#[derive(Debug, Clone)]
pub enum Block {
    /// One paragraph.
    Paragraph(Paragraph),
    /// One table; nested tables are blocks of a cell.
    Table(Table),
}

/// One paragraph as a person sees it.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    /// Automatic number Word prints before the text ("Điều 5.", "a)", "-"), without the space or tab after it.
    pub label: Option<String>,
    /// Text in NFC, legacy encodings decoded, soft hyphens and zero-width characters removed, `w:br` as `\n`, `w:tab` as `\t`,
    /// no-break spaces kept as U+00A0, no-break hyphens as U+2011. May be empty.
    pub text: String,
    /// How it looks; hints only ("bold is not a heading test").
    pub look: Look,
    /// Footnotes, endnotes and text boxes anchored here, not part of `text`.
    pub notes: Vec<Note>,
    /// Where it stands in the source file.
    pub origin: Origin,
}

/// Typographical hints of a paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// All visible characters are bold.
    pub bold: bool,
    /// The first visible character is bold.
    pub bold_start: bool,
    /// All visible characters are italic.
    pub italic: bool,
    /// Centred.
    pub centered: bool,
}

/// Where a paragraph stands in its file, for annotation and exact quotation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin {
    /// Running number of the `w:p` in the main part (all depths and both branches of alternatives, in document order, from
    /// 0; of several joined into one the first; of an embedded document the one before it); the line number in plain text;
    /// the row number (from 1) in a sheet. Other readers count their paragraphs from 0 in document order.
    pub paragraph: u32,
    /// Page it begins on, from 1, as laid out when the file was last saved; `None` where the file does not tell.
    pub page: Option<u32>,
}

/// What a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    /// Footnote text.
    Footnote,
    /// Endnote text.
    Endnote,
    /// Text box.
    TextBox,
    /// Running head.
    Header,
    /// Running foot.
    Footer,
}

/// Text outside the flow of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is.
    pub kind: NoteKind,
    /// Byte offset in the host paragraph's `text` where it is anchored; 0 for running heads.
    pub anchor: usize,
    /// Its text, paragraphs joined by `\n`.
    pub text: String,
    /// Where it is kept, so that it can be found in the file again; `None` where files have no parts.
    pub source: Option<NoteSource>,
}

/// Where a note is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSource {
    /// Name of the part ("word/footnotes.xml").
    pub part: String,
    /// Its `w:id` in that part; for a text box the number of its first `w:p` in the main part (see [`Origin`]); else empty.
    pub id: String,
}

impl Note {
    /// A note that is not anchored yet, from nowhere in particular.
    pub fn new(kind: NoteKind, text: impl Into<String>) -> Self {
        Note { kind, anchor: 0, text: text.into(), source: None }
    }
}

/// One table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Cells from left to right; cells that continue a vertical merge are left out.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// Content.
    pub blocks: Vec<Block>,
    /// First column of the table's grid it covers, from 0: cells left out and columns merged count. `None` where the
    /// reader does not know.
    pub column: Option<u32>,
    /// Columns of the grid it covers; 0 is one, or not known.
    pub columns: u32,
}

impl Paragraph {
    /// The paragraph with its automatic number, as a person reads it.
    pub fn visible(&self) -> String {
        match &self.label {
            Some(label) if self.text.is_empty() => label.clone(),
            Some(label) => format!("{label} {}", self.text),
            None => self.text.clone(),
        }
    }
}

impl Table {
    /// Every paragraph of the table, nested tables included, in reading order.
    pub fn paragraphs(&self) -> Vec<&Paragraph> {
        self.rows.iter().flat_map(Row::paragraphs).collect()
    }
}

impl Row {
    /// Every paragraph of the row, nested tables included, in reading order.
    pub fn paragraphs(&self) -> Vec<&Paragraph> {
        let mut found = Vec::new();
        self.cells.iter().for_each(|cell| collect(&cell.blocks, &mut found));
        found
    }
}

impl RawDocument {
    /// A Unicode document of these blocks, without doubts.
    pub fn new(reader: Reader, blocks: Vec<Block>) -> Self {
        RawDocument {
            reader,
            encoding: Encoding::Unicode,
            blocks,
            running: Vec::new(),
            changes: Vec::new(),
            part: String::new(),
            warnings: Vec::new(),
        }
    }

    /// Every paragraph of the body, tables included, in reading order.
    pub fn paragraphs(&self) -> Vec<&Paragraph> {
        let mut found = Vec::new();
        collect(&self.blocks, &mut found);
        found
    }
}

fn collect<'a>(blocks: &'a [Block], found: &mut Vec<&'a Paragraph>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => found.push(paragraph),
            Block::Table(table) => found.extend(table.paragraphs()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_that_may_be_prose_is_read_as_a_document() {
        let text = "Điều 1. Phạm vi điều chỉnh".as_bytes();
        for name in ["a.txt", "a.TXT", "a.md", "a.docx", "a", "thư mục/Quyết định số 5.2019", "Nghị quyết. Bản cuối"]
        {
            assert!(read(name, text).is_ok(), "{name}");
        }
        for name in ["a.json", "a.tsv", "a.xml", "a.py", "thư mục/a.yaml"] {
            let code = read(name, text).map(|_| ()).map_err(|unread| unread.code);
            assert_eq!(code, Err(UnreadCode::UnsupportedKind), "{name}");
        }
    }
}
