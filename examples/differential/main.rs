//! Does our reading hold every word of a file? Compares it with independent extractors, word by word.
//!
//! ```text
//! cargo run --release --example differential -- PATH... [--min 99.5] [--markdown]
//! ```
//!
//! LibreOffice gives the other text of Word files, RTF, OpenDocument and web pages, poppler (`pdftotext -layout`) that of
//! PDF, and antiword a second opinion on Word 97-2003. What they gave is kept under `target/differential` by the hash of
//! the file, so that a second run needs only our own reading. Development only: the program itself starts none of them
//! here.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod extract;
mod ours;
mod table;
mod words;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use rasoat::source::files::{Input, collect};
use rasoat::source::kind::{Kind, sniff};
use rasoat::source::{self, RawDocument};
use sha2::{Digest as _, Sha256};

use extract::{Extractor, Wanted};
use words::Comparison;

/// Share of words, in percent, under which a file is listed; `--min` says otherwise.
const LEAST: f64 = 99.5;

/// One file against one extractor.
pub struct Compared {
    /// Name under the path given.
    pub file: String,
    /// Which extractor.
    pub extractor: Extractor,
    /// Which of our readers.
    pub reader: String,
    /// The outcome.
    pub outcome: Comparison,
}

/// What a run found.
#[derive(Default)]
pub struct Found {
    /// Files read by both sides.
    pub compared: Vec<Compared>,
    /// Files without a comparison, each with the reason.
    pub without: Vec<(String, String)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = Vec::new();
    let (mut least, mut markdown) = (LEAST, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--min" => least = arguments.next().ok_or("--min needs a number")?.parse()?,
            "--markdown" => markdown = true,
            option if option.starts_with('-') => return Err(format!("unknown option {option}").into()),
            path => paths.push(PathBuf::from(path)),
        }
    }
    if paths.is_empty() {
        return Err("give a file or a folder".into());
    }
    let found = compare(&collect(&paths)?.0)?;
    print!("{}", table::render(&found, least, markdown));
    Ok(())
}

fn compare(inputs: &[Input]) -> Result<Found, Box<dyn Error>> {
    let mut found = Found::default();
    let mut wanted = Vec::new();
    let mut readings = BTreeMap::new();
    for input in inputs {
        let bytes = fs::read(&input.path)?;
        let kind = sniff(&bytes);
        let extractors = Extractor::of(kind);
        if extractors.is_empty() {
            continue;
        }
        match catch_unwind(AssertUnwindSafe(|| source::read(&input.file, &bytes))) {
            Ok(Ok(raw)) => {
                let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
                wanted.extend(
                    extractors.iter().map(|&extractor| Wanted::new(extractor, kind, &input.path, hash.clone())),
                );
                readings.insert(input.file.clone(), (raw, hash, extractors, kind));
            }
            Ok(Err(unread)) => found.without.push((input.file.clone(), format!("not read by us: {unread}"))),
            Err(_) => found.without.push((input.file.clone(), "OUR READER PANICKED".to_owned())),
        }
    }
    let texts = extract::all(&wanted)?;
    for (file, (raw, hash, extractors, kind)) in readings {
        for &extractor in extractors {
            match texts.get(&(extractor, hash.clone())) {
                Some(text) if words::count(text) > 0 => {
                    found.compared.push(one(&file, &raw, extractor, kind, text));
                }
                Some(_) => found.without.push((file.clone(), format!("{} found no words", extractor.name()))),
                None => found.without.push((file.clone(), format!("{} gave nothing", extractor.name()))),
            }
        }
    }
    Ok(found)
}

fn one(file: &str, raw: &RawDocument, extractor: Extractor, kind: Kind, text: &str) -> Compared {
    let running: Vec<String> = raw.running.iter().map(|note| note.text.clone()).collect();
    let text = if kind == Kind::Pdf { extract::without_running_heads(text, &running) } else { text.to_owned() };
    let text = ours::decoded(&text, raw.encoding);
    let reading = ours::reading(raw);
    Compared {
        file: file.to_owned(),
        extractor,
        reader: format!("{:?}", raw.reader).to_lowercase(),
        outcome: Comparison::of(&reading, &text, kind == Kind::Pdf),
    }
}
