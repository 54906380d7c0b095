//! What is fuzzed: every reader of foreign bytes and every parser of foreign words. Run by `cargo fuzz` where a nightly is at hand
//! (fuzz/README.md) and by `tests/fuzz.rs`, as property tests over mutated samples, everywhere else.
//!
//! A target returns nothing: a panic, an endless loop or exhausted memory is the fault. Where a law holds of the result, it is
//! asserted.

use rasoat::document::understand;
use rasoat::source::{self, RawDocument, sheet};

/// A file of any kind, told by its bytes, read and understood.
pub fn document(bytes: &[u8]) {
    if let Ok(raw) = source::read("tep.docx", bytes) {
        understood(&raw);
    }
}

/// Every unit is reached once and every citation lies in its unit.
fn understood(raw: &RawDocument) {
    let document = understand(raw, "tep.docx", "");
    let mut seen = vec![0; document.units.len()];
    for root in document.layers.iter().flat_map(|layer| &layer.roots) {
        seen[*root] += 1;
    }
    for child in document.units.iter().flat_map(|unit| &unit.children) {
        seen[*child] += 1;
    }
    assert!(seen.iter().all(|&times| times == 1), "a unit is lost or doubled");
    for citation in &document.citations {
        assert!(
            document.units[citation.unit].text.get(citation.range.clone()).is_some(),
            "a citation outside its unit"
        );
    }
}

/// Plain text: structure, identity, citations, relations, amendments.
pub fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(raw) = source::read("tep.txt", text.as_bytes()) {
        understood(&raw);
    }
}

/// A workbook or a CSV, and the rows of a list in it.
pub fn list(bytes: &[u8]) {
    if let Ok(workbook) = sheet::read(bytes) {
        for entry in rasoat::registry::list::entries("danh-muc.xlsx", &workbook) {
            assert!(!entry.identities.is_empty(), "a row of a list names nobody");
        }
    }
}

/// A rule file beside a sound pack.
pub fn rules(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let pack = folder.path().join("mau");
    std::fs::create_dir(&pack).expect("a folder");
    std::fs::write(pack.join("pack.yaml"), PACK).expect("a file");
    std::fs::write(pack.join("10-quy-tac.yaml"), text).expect("a file");
    // Faults are told with their place, whatever the file holds.
    if let Ok((_, faults)) = rasoat::rules::load(&[&pack], &[]) {
        for fault in faults {
            let _ = fault.render();
        }
    }
}

const PACK: &str = include_str!("../tests/bad-rules/pack/pack.yaml");

/// A workbook that a person gives back.
pub fn workbook(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bang.xlsx");
    std::fs::write(&path, bytes).expect("a file");
    if let Ok(strata) = rasoat::report::recall::read(&path) {
        let _ = rasoat::report::recall::text(&strata);
    }
}
