//! Writes the sample corpus: `corpus/src/*.txt` become `corpus/van-ban/*.docx`, the two lists `corpus/danh-muc/*.xlsx`
//! are made, and `corpus/MANIFEST.yaml` names every file with its hash.
//!
//! The sources are plain text with a few marks (see [`source`]); everything else on the page is the official layout.
//! The same sources give the same bytes: no clock and no random ids are used.

mod encode;
mod lists;
mod source;
mod word;

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let out = root.join("van-ban");
    fs::create_dir_all(&out)?;
    let mut files: Vec<_> = fs::read_dir(root.join("src"))?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let mut manifest = "# Written by `cargo run --example make_corpus`.\n".to_owned();
    for file in files {
        let path = file.path();
        let Some(stem) = path.file_stem().and_then(|name| name.to_str()) else { continue };
        let page = source::parse(&fs::read_to_string(&path)?);
        let bytes = word::write(&page)?;
        fs::write(out.join(format!("{stem}.docx")), &bytes)?;
        entry(&mut manifest, &format!("van-ban/{stem}.docx"), &page.shows, &bytes)?;
    }
    let lists = root.join("danh-muc");
    lists::write(&lists)?;
    for (name, shows) in lists::SHOWS {
        entry(&mut manifest, &format!("danh-muc/{name}"), shows, &fs::read(lists.join(name))?)?;
    }
    fs::write(root.join("MANIFEST.yaml"), manifest)?;
    Ok(())
}

/// One file of the manifest.
fn entry(manifest: &mut String, file: &str, shows: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let shows = shows.replace('"', "\\\"");
    writeln!(manifest, "- file: {file}\n  shows: \"{shows}\"\n  sha256: {hash}")?;
    Ok(())
}
