//! Documents to look at: files as they are, and texts out of `.jsonl.gz`.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use rasoat::source::files::collect as collect_files;
use rasoat::source::kind::{Kind, sniff};
use rasoat::source::{self, RawDocument};
use regex::Regex;

/// One document, not yet read.
pub struct Text {
    /// Name in the report.
    pub name: String,
    from: From,
}

enum From {
    File(PathBuf),
    Words(String),
}

impl Text {
    /// Reads it; `None` for lists and files that cannot be read.
    pub fn read(&self) -> Option<RawDocument> {
        match &self.from {
            From::Words(words) => source::read("van-ban.txt", words.as_bytes()).ok(),
            From::File(path) => {
                let bytes = fs::read(path).ok()?;
                let kind = sniff(&bytes);
                if !matches!(kind, Kind::Docx | Kind::Text) {
                    return None;
                }
                source::read(&self.name, &bytes).ok()
            }
        }
    }
}

/// All documents under the paths.
pub fn collect(paths: &[PathBuf]) -> Result<Vec<Text>, Box<dyn Error>> {
    let (packed, others): (Vec<PathBuf>, Vec<PathBuf>) =
        paths.iter().cloned().partition(|path| path.to_string_lossy().ends_with(".jsonl.gz"));
    let mut texts = Vec::new();
    if !others.is_empty() {
        for input in collect_files(&others)?.0 {
            texts.push(Text { name: input.file, from: From::File(input.path) });
        }
    }
    for path in packed {
        unpack(&path, &mut texts)?;
    }
    Ok(texts)
}

fn unpack(path: &Path, texts: &mut Vec<Text>) -> Result<(), Box<dyn Error>> {
    let corpus = path.file_name().unwrap_or_default().to_string_lossy().replace(".dev.jsonl.gz", "");
    let gazette = corpus.starts_with("congbao");
    let joiner = Joiner::new()?;
    for line in BufReader::new(GzDecoder::new(File::open(path)?)).lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |key: &str| record.get(key).and_then(|value| value.as_str()).unwrap_or_default();
        let words = if gazette { joiner.join(field("text")) } else { field("text").to_owned() };
        // Consolidated texts tell what was amended in notes: no commands of their own.
        if words.trim().is_empty() || field("id").starts_with("van-ban-hop-nhat") {
            continue;
        }
        texts.push(Text { name: format!("{corpus}/{}", field("id")), from: From::Words(words) });
    }
    Ok(())
}

/// Joins the hard-wrapped lines of gazette pages to paragraphs, as our own reader of PDF would.
struct Joiner {
    page: Regex,
    start: Regex,
}

impl Joiner {
    fn new() -> Result<Self, regex::Error> {
        Ok(Joiner {
            page: Regex::new(r"^(\d{1,4}\s*)?(CÔNG BÁO/Số.*)?\s*\d{0,4}$")?,
            start: Regex::new(
                r#"^([“"]?(Điều \d+[a-zđ]?[.:]\s*\p{Lu}|\d+[a-zđ]?\.\s+[\p{Lu}“]|[a-zđ]\d?\)\s|[-+] |Chương [IVXLC]+|Mục \d+|Phụ lục|PHỤ LỤC)|Căn cứ |Theo đề nghị|QUYẾT ĐỊNH|NGHỊ ĐỊNH|Nơi nhận|KT\.|TM\.|“)"#,
            )?,
        })
    }

    fn join(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let (mut open, mut heading) = (false, false);
        for line in text.lines().map(str::trim) {
            if line.is_empty() || self.page.is_match(line) {
                continue;
            }
            let caps = line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
            // A line may begin with a reference: "… tại\nĐiều 31. ".
            let inside = open && line.starts_with("Điều ") && out.ends_with([',', 'i', 'à', 'a']) && !heading;
            if open && !caps && (inside || !self.start.is_match(line)) {
                out.push(' ');
            } else if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(line);
            heading = line.starts_with("Điều ") || heading && !line.ends_with('.');
            open = !caps && !line.ends_with([';', ':']) && !line.ends_with(".”.");
        }
        out
    }
}
