//! Prints what documents cite and what they do to others: `cargo run --example citations_of -- [--missed] [--time] FILE...`.
//!
//! `--missed` prints only document numbers of the texts that no citation covers; `--time` the time taken.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::time::Instant;

use rasoat::document::structure::parse;
use rasoat::document::{Document, Identity, Mention, Target, citation, docnumber, identity, relation};
use rasoat::source;

fn main() {
    let (flags, files): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let is_set = |flag: &str| flags.iter().any(|given| given == flag);
    let (mut bytes, mut spent) = (0, std::time::Duration::ZERO);
    for file in files {
        let Some(mut document) = open(&file) else { continue };
        let start = Instant::now();
        document.citations = citation::citations(&document);
        document.relations = relation::relations(&document);
        spent += start.elapsed();
        bytes += document.units.iter().map(|unit| unit.text.len()).sum::<usize>();
        if is_set("--missed") {
            print_missed(&document);
        } else if !is_set("--time") {
            print(&document);
        }
    }
    if is_set("--time") {
        println!("{bytes} bytes in {spent:?}: {:.1} MB/s", bytes as f64 / 1e6 / spent.as_secs_f64());
    }
}

fn open(file: &str) -> Option<Document> {
    let bytes = std::fs::read(file).ok()?;
    let raw = source::read(file, &bytes).map_err(|unread| eprintln!("{file}: {unread}")).ok()?;
    let found = parse(&raw);
    let mut document = Document {
        file: file.to_owned(),
        sha256: String::new(),
        reader: raw.reader,
        encoding: raw.encoding,
        head: found.head,
        identity: Identity::default(),
        layers: found.layers,
        units: found.units,
        citations: Vec::new(),
        relations: Vec::new(),
        warnings: Vec::new(),
    };
    document.identity = identity::identify(&document.head, &found.title_lines, &document).0;
    Some(document)
}

fn print(document: &Document) {
    println!("== {} {:?} {:?}", document.file, document.identity.kind, document.identity.number);
    for citation in &document.citations {
        let target = match &citation.target {
            Target::Own => "self".to_owned(),
            Target::Instrument(mention) => named(mention),
            Target::Unresolved => format!("? {}", citation.why),
        };
        let path = &document.units[citation.unit].path;
        let words = citation.text.replace('\n', "⏎");
        println!("{path}\t{:?}\t«{words}»\t{}\t{target}", citation.relation, citation.provisions.join(","));
    }
    for relation in &document.relations {
        let words: String = relation.text.chars().take(240).collect();
        println!(
            "> {:?}\t{}\t{}\t{}\t{}\t«{}»",
            relation.kind,
            named(&relation.target),
            relation.provisions.join(","),
            relation.effective.map(|date| date.to_string()).unwrap_or_default(),
            relation.path,
            words.replace('\n', "⏎")
        );
    }
}

fn named(mention: &Mention) -> String {
    let mut words: Vec<String> = mention.number.iter().cloned().collect();
    words.extend(mention.issued.map(|date| date.to_string()));
    words.extend(mention.year.map(|year| year.to_string()));
    words.extend(mention.issuer.clone());
    words.extend(mention.title.as_ref().map(|title| format!("[{title}]")));
    words.join(" ")
}

fn print_missed(document: &Document) {
    for (id, unit) in document.units.iter().enumerate() {
        for number in docnumber::scan(&unit.text) {
            let covers =
                |range: &std::ops::Range<usize>| range.start <= number.range.start && number.range.end <= range.end;
            if !document.citations.iter().any(|citation| citation.unit == id && covers(&citation.range)) {
                let mut from = number.range.start.saturating_sub(90);
                while !unit.text.is_char_boundary(from) {
                    from -= 1;
                }
                println!(
                    "{}\t{}\t«{}»",
                    unit.path,
                    number.number,
                    unit.text[from..number.range.end].replace('\n', "⏎")
                );
            }
        }
    }
}
