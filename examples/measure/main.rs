//! How well are real documents understood? Structure, identity, effects and citations, against other people's data.
//!
//! ```text
//! cargo run --release --example measure -- DATA [--markdown] [--misses FILE] [--only PART]
//! ```
//!
//! `DATA` is the folder described in `domain/DATA.md`. Parts: `structure`, `sources`, `identity`, `effects`, `notes`.
//! Every miss goes to FILE, one a line, so that it can be looked at: a figure alone says nothing about who is wrong.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod breaks;
mod corpus;
mod effects;
mod identity;
mod notes;
mod report;
mod sources;
mod words;

use std::error::Error;
use std::path::PathBuf;

use report::Report;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut data, mut misses, mut only, mut markdown) = (None, None, None, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--markdown" => markdown = true,
            "--misses" => misses = Some(PathBuf::from(arguments.next().ok_or("--misses needs a file")?)),
            "--only" => only = Some(arguments.next().ok_or("--only needs a part")?),
            option if option.starts_with('-') => return Err(format!("unknown option {option}").into()),
            path => data = Some(PathBuf::from(path)),
        }
    }
    let data = data.ok_or("give the folder of data")?;
    let wanted = |part: &str| only.as_deref().is_none_or(|only| only == part);
    let corpus = corpus::Corpus::read(&data)?;
    let mut report = Report::new(markdown);
    report.note(&format!("{} documents read, {} not.", corpus.items.len(), corpus.unread.len()));
    if wanted("structure") {
        breaks::measure(&corpus, &mut report);
    }
    if wanted("sources") {
        sources::measure(&corpus, &data, &mut report)?;
    }
    if wanted("identity") {
        identity::measure(&corpus, &data, &mut report)?;
    }
    if wanted("effects") {
        effects::measure(&corpus, &mut report);
    }
    if wanted("notes") {
        notes::measure(&data, &mut report)?;
    }
    print!("{}", report.tables());
    if let Some(file) = misses {
        std::fs::write(file, report.misses())?;
    }
    Ok(())
}
