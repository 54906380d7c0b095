//! Does a workbook hold words of a person that are nowhere else? It must never be overwritten then.

use std::io::Read;
use std::path::Path;

use super::import::read_decisions;
use crate::report::decisions::stands_as_written;

/// `true` when a cell a person fills in is not as it was written; a workbook that cannot be read is taken for decided.
pub fn holds_decisions(path: &Path) -> bool {
    read_decisions(path).map_or(true, |sheet| !stands_as_written(&sheet))
}

/// From this size on a workbook that nobody has saved is not read again, in bytes.
const LARGE: u64 = 16 << 20;

/// `true` for a workbook that takes long to read and that no other program has saved since it was written here.
pub fn is_large_and_ours(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.len() > LARGE) && !was_saved(path)
}

/// `true` when another program has saved the workbook since it was written here.
pub fn was_saved(path: &Path) -> bool {
    let properties = || -> Option<String> {
        let mut archive = zip::ZipArchive::new(std::fs::File::open(path).ok()?).ok()?;
        let mut text = String::new();
        archive.by_name("docProps/core.xml").ok()?.take(1 << 16).read_to_string(&mut text).ok()?;
        Some(text)
    };
    let between = |text: &str, tag: &str| {
        let (_, rest) = text.split_once(&format!("<{tag}"))?;
        let (_, rest) = rest.split_once('>')?;
        rest.split_once('<').map(|(inside, _)| inside.to_owned())
    };
    let Some(text) = properties() else { return true };
    let ours = between(&text, "dc:creator").is_some_and(|creator| creator.starts_with("rasoat "));
    !ours || between(&text, "dcterms:created") != between(&text, "dcterms:modified")
}
