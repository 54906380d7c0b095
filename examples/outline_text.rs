//! Prints the units of documents as trees: `cargo run --example outline_text -- FILE...`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use rasoat::document::structure::{Structure, parse};
use rasoat::source;

fn main() {
    for file in std::env::args().skip(1) {
        match std::fs::read(&file)
            .map_err(|error| error.to_string())
            .and_then(|bytes| source::read(&file, &bytes).map_err(|unread| unread.to_string()))
        {
            Ok(raw) => print(&file, &parse(&raw)),
            Err(error) => eprintln!("{file}: {error}"),
        }
    }
}

fn print(file: &str, found: &Structure) {
    println!("== {file}\nhead: {}\ntitle: {:?}", short(&found.head, 400), found.title_lines);
    for (index, layer) in found.layers.iter().enumerate() {
        println!("-- {} {:?} {}", layer.id, layer.kind, layer.title);
        for unit in found.units.iter().filter(|unit| unit.layer == index) {
            let depth = std::iter::successors(unit.parent, |&at| found.units[at].parent).count();
            let quoted = if unit.quoted { " (quoted)" } else { "" };
            println!(
                "{:indent$}{} {:?}/{:?}{quoted} [{}] <{}> {}",
                "",
                unit.path,
                unit.kind,
                unit.role,
                unit.label,
                short(&unit.heading, 80),
                short(&unit.text, 90),
                indent = depth * 2
            );
        }
    }
    for warning in &found.warnings {
        println!("! {} {} {}", warning.code, warning.path.as_deref().unwrap_or("-"), warning.message);
    }
}

fn short(text: &str, most: usize) -> String {
    let line = text.replace('\n', " ⏎ ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
