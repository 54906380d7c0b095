//! How many amending commands are understood? Finds candidates without the parser and compares.
//!
//! ```text
//! cargo run --release --example commands -- PATH... [--markdown] [--show N]
//! ```
//!
//! PATH: documents, folders of them, or `.jsonl.gz` with one `{"id", "text"}` a line. Candidates are found line by line
//! ([`finder`]) with a count of quotation marks of its own. A candidate is understood when operations of the unit it stands
//! in have a target and name every article, clause and point the line names, and its words when it is about words.
//! `--show N` prints every N-th understood one with its operations, to be looked at by eye.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod finder;
mod judge;
mod table;
mod texts;

use std::error::Error;
use std::path::PathBuf;

use rasoat::document::understand;
use rayon::prelude::*;

/// One candidate, judged.
pub struct Judged {
    /// Path of the unit it stands in, or where it stands when no unit has it.
    pub path: String,
    /// The line.
    pub text: String,
    /// It stands inside quotation marks by the finder's own count.
    pub doubtful: bool,
    /// Why it is not understood.
    pub miss: Option<String>,
    /// The operations, as words.
    pub operations: Vec<String>,
}

/// One document with candidates.
pub struct Checked {
    /// Name.
    pub file: String,
    /// Its candidates.
    pub candidates: Vec<Judged>,
    /// Operations of units where no candidate was found: what the finder overlooks, or what is no command.
    pub outside: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = Vec::new();
    let (mut show, mut markdown) = (0, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--show" => show = arguments.next().ok_or("--show needs a number")?.parse()?,
            "--markdown" => markdown = true,
            option if option.starts_with('-') => return Err(format!("unknown option {option}").into()),
            path => paths.push(PathBuf::from(path)),
        }
    }
    if paths.is_empty() {
        return Err("give a file or a folder".into());
    }
    let texts = texts::collect(&paths)?;
    let mut checked: Vec<Checked> = texts
        .par_iter()
        .filter_map(|text| {
            let raw = text.read()?;
            let found = finder::candidates(&raw);
            if found.is_empty() {
                return None;
            }
            let document = understand(&raw, &text.name, "");
            let outside = judge::outside(&document, &found);
            let candidates = found.into_iter().map(|one| judge::judge(&document, one)).collect();
            Some(Checked { file: text.name.clone(), candidates, outside })
        })
        .collect();
    checked.sort_by(|a, b| a.file.cmp(&b.file));
    print!("{}", table::render(&checked, texts.len(), markdown, show));
    Ok(())
}
