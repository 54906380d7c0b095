//! Prints what the readers see in a file: one paragraph a line, with labels, notes and warnings.
//!
//! `cargo run --example read_docx -- [--quiet] FILE...`

#![allow(clippy::print_stdout)]

use rasoat::source::{Block, RawDocument, read};

fn main() -> std::io::Result<()> {
    let mut quiet = false;
    for path in std::env::args().skip(1) {
        if path == "--quiet" {
            quiet = true;
            continue;
        }
        let bytes = std::fs::read(&path)?;
        match read(&path, &bytes) {
            Ok(raw) if quiet => println!("{path}\t{}\t{:?}\t{}", raw.paragraphs().len(), raw.encoding, codes(&raw)),
            Ok(raw) => {
                println!("# {path} {:?} {}", raw.encoding, codes(&raw));
                print(&raw.blocks, 0);
                for note in &raw.running {
                    println!("{{{:?}: {}}}", note.kind, note.text);
                }
            }
            Err(unread) => println!("{path}\tUNREAD {:?}: {} {}", unread.code, unread.message, unread.next_step),
        }
    }
    Ok(())
}

fn codes(raw: &RawDocument) -> String {
    raw.warnings.iter().map(|warning| format!("{}: {}", warning.code, warning.message)).collect::<Vec<_>>().join(" | ")
}

fn print(blocks: &[Block], depth: usize) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                println!("{}{}", "  ".repeat(depth), paragraph.visible());
                for note in &paragraph.notes {
                    println!("{}[{:?}@{}: {}]", "  ".repeat(depth), note.kind, note.anchor, note.text);
                }
            }
            Block::Table(table) => {
                for row in &table.rows {
                    for cell in &row.cells {
                        println!("{}|", "  ".repeat(depth));
                        print(&cell.blocks, depth + 1);
                    }
                    println!("{}---", "  ".repeat(depth));
                }
            }
        }
    }
}
