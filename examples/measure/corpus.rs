//! Every document at hand, understood.

use std::error::Error;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use flate2::read::GzDecoder;
use rasoat::document::{Document, understand};
use rasoat::source;
use rasoat::source::files::collect;
use rayon::prelude::*;
use serde_json::Value;

/// One document.
pub struct Item {
    /// The folder or corpus it is from.
    pub group: String,
    /// Path under the data folder, or the id in its corpus.
    pub name: String,
    /// What we make of it.
    pub document: Document,
    /// Its record, when it is from a corpus.
    pub record: Option<Value>,
}

/// All documents.
pub struct Corpus {
    /// Those that could be read, in order of their names.
    pub items: Vec<Item>,
    /// Those that could not.
    pub unread: Vec<String>,
}

const CORPORA: [&str; 4] = ["phapdien_docs", "vbpl_review", "congbao_txt", "provincial_excerpts"];

impl Corpus {
    /// Reads the files and the corpora under `data`.
    pub fn read(data: &Path) -> Result<Self, Box<dyn Error>> {
        let (inputs, _) = collect(&[data.to_path_buf()])?;
        let wordlike = |name: &str| {
            let lower = name.to_lowercase();
            ["docx", "doc", "pdf", "rtf", "txt", "odt"].iter().any(|end| lower.ends_with(&format!(".{end}")))
        };
        let read: Vec<Result<Item, String>> = inputs
            .par_iter()
            .filter(|input| wordlike(&input.file))
            .map(|input| {
                let bytes = source::load::load(&input.path).map_err(|_| input.file.clone())?;
                let raw = source::read(&input.file, &bytes).map_err(|_| input.file.clone())?;
                Ok(Item {
                    group: input.file.split('/').next().unwrap_or_default().to_owned(),
                    name: input.file.clone(),
                    document: understand(&raw, &input.file, ""),
                    record: None,
                })
            })
            .collect();
        let (mut items, mut unread) = (Vec::new(), Vec::new());
        for one in read {
            match one {
                Ok(item) => items.push(item),
                Err(file) => unread.push(file),
            }
        }
        for name in CORPORA {
            let rows = rows(&data.join(format!("corpora/{name}.dev.jsonl.gz")))?;
            let found: Vec<Item> = rows.into_par_iter().filter_map(|record| of_record(name, record)).collect();
            items.extend(found);
        }
        Ok(Corpus { items, unread })
    }

    /// Documents of one group.
    pub fn group<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Item> {
        self.items.iter().filter(move |item| item.group == group)
    }
}

fn of_record(group: &str, mut record: Value) -> Option<Item> {
    let name = field(&record, "id").unwrap_or_default().to_owned();
    let mut text = field(&record, "text")?.to_owned();
    if group == "phapdien_docs" {
        text = reassembled(&text);
        record["text"] = Value::String(text.clone());
    }
    let document = of_text(&name, &text)?;
    Some(Item { group: group.to_owned(), name, document, record: Some(record) })
}

/// What putting the texts together again left in them: marks of italics ("*a) …*"), and articles of other instruments
/// glued to the end of an article ("….Điều 26.2.TT.3.4. …") up to the next article of its own, and the codifiers'
/// references. None of it was ever printed.
fn reassembled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut foreign = false;
    for line in text.lines() {
        foreign &= !line.starts_with("Điều ");
        let glued = |at: usize| {
            let lead = line[..at].trim_end();
            lead.is_empty() || lead.ends_with(['.', ';', ':', ')', '”', '/'])
        };
        if line.starts_with("(Điều này có nội dung liên quan") {
            continue;
        }
        let mut places = line.match_indices("Điều ").map(|(at, _)| at);
        let own = match places.find(|&at| glued(at) && is_codified(&line[at + "Điều ".len()..])) {
            Some(at) if !foreign => {
                foreign = true;
                &line[..at]
            }
            _ if foreign => continue,
            _ => line,
        };
        let bare = own.trim_start_matches('*').trim_end_matches('*');
        out.push_str(&bare.replace("**", ""));
        out.push('\n');
    }
    out
}

/// The number of an article in the codification: "26.2.TT.3.4.".
fn is_codified(rest: &str) -> bool {
    let word = rest.split(' ').next().unwrap_or_default();
    word.matches('.').count() >= 3
        && word.contains(char::is_uppercase)
        && word.starts_with(|c: char| c.is_ascii_digit())
}

/// A plain text, understood.
pub fn of_text(name: &str, text: &str) -> Option<Document> {
    let raw = source::plain::read(text.as_bytes()).ok()?;
    Some(understand(&raw, name, ""))
}

/// A field of a record, when it is a string with words.
pub fn field<'a>(record: &'a Value, name: &str) -> Option<&'a str> {
    record.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

/// The records of a packed file, one a line.
pub fn rows(path: &Path) -> Result<Vec<Value>, Box<dyn Error>> {
    unpack(path)?.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// The text of a packed file.
pub fn unpack(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    GzDecoder::new(File::open(path)?).read_to_string(&mut text)?;
    Ok(text)
}
