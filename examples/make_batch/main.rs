//! Writes a batch of invented Word documents to try large runs on: `cargo run --release --example make_batch -- N DIR`.
//!
//! The same number gives the same bytes. Documents lie in folders of a thousand, as no file manager likes more in one.

#![allow(clippy::print_stderr)]

#[path = "../../benches/speed/batch.rs"]
mod batch;
#[path = "../../benches/speed/corpus.rs"]
#[allow(dead_code, clippy::expect_used)]
mod corpus;

use std::path::PathBuf;

use rayon::prelude::*;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let count = arguments.next().and_then(|count| count.to_str()?.parse::<usize>().ok());
    let (Some(count), Some(folder)) = (count, arguments.next().map(PathBuf::from)) else {
        eprintln!("usage: make_batch N DIR");
        std::process::exit(2);
    };
    for thousand in 0..count.div_ceil(1000) {
        std::fs::create_dir_all(folder.join(format!("{thousand:03}")))?;
    }
    (0..count).into_par_iter().try_for_each(|seed| {
        let path = folder.join(format!("{:03}/qd-{seed:06}.docx", seed / 1000));
        std::fs::write(path, corpus::docx(&batch::paragraphs(seed)))
    })
}
