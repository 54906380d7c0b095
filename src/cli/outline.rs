//! `rasoat outline`.

use std::io::Write as _;

use anyhow::bail;

use super::args::Outline;
use super::scan::today;
use super::{Exit, print, say};
use crate::registry::Registry;
use crate::report::{outline_json, outline_text, unread_outline_json};
use crate::rules::load;
use crate::run::{self, Assume};
use crate::source::files;

/// Width of the outline when it is not on a terminal of known width.
const WIDTH: usize = 110;

/// Prints what was understood of one file.
pub fn run(args: &Outline) -> anyhow::Result<Exit> {
    if args.file.is_dir() {
        bail!(
            "outline đọc từng tệp một; “{}” là thư mục. Ví dụ: rasoat outline van-ban/quyet-dinh.docx",
            args.file.display()
        );
    }
    let names = Registry::new(load::embedded_instruments(), &[]);
    let as_of = args.as_of.unwrap_or_else(today);
    let (inputs, _) = files::collect(std::slice::from_ref(&args.file))?;
    let mut text = Vec::new();
    let mut exit = Exit::Done;
    for input in &inputs {
        match run::read_documents(input, &names, Assume::default(), as_of) {
            Ok(documents) => {
                let registry = names.clone().join(&documents);
                for (at, document) in documents.iter().enumerate() {
                    let status = registry.document_status(at, as_of);
                    if args.json {
                        outline_json(document, &status, &mut text)?;
                    } else {
                        text.write_all(outline_text(document, &status, WIDTH).as_bytes())?;
                    }
                }
            }
            Err(unread) => {
                exit = Exit::SomeUnread;
                if args.json {
                    unread_outline_json(&input.file, &unread, &mut text)?;
                }
                say(&format!("{}: {} {}", input.file, unread.message, unread.next_step));
            }
        }
    }
    print(&String::from_utf8_lossy(&text))?;
    Ok(exit)
}
