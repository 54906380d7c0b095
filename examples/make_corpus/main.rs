//! Writes the sample corpus: `corpus/src/*.txt` become `corpus/van-ban/*.docx`, the two lists `corpus/danh-muc/*.xlsx`.
//!
//! The sources are plain text with a few marks (see [`source`]); everything else on the page is the official layout.
//! The same sources give the same bytes: no clock and no random ids are used.

mod encode;
mod lists;
mod source;
mod word;

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let out = root.join("van-ban");
    fs::create_dir_all(&out)?;
    let mut files: Vec<_> = fs::read_dir(root.join("src"))?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    for file in files {
        let path = file.path();
        let Some(stem) = path.file_stem().and_then(|name| name.to_str()) else { continue };
        let page = source::parse(&fs::read_to_string(&path)?);
        fs::write(out.join(format!("{stem}.docx")), word::write(&page)?)?;
    }
    lists::write(&root.join("danh-muc"))
}
