//! The sealed half of the corpus: labels that measure the rules and are not tuned to them.
//!
//! `corpus/SEALED.yaml` holds the hash of each sealed label file. Whoever changes one writes its new hash and the reason there.

#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seal {
    sealed_on: jiff::civil::Date,
    files: Vec<Sealed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    path: String,
    sha256: String,
    reasons: Vec<Reason>,
}

/// A later change; the last one holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    date: jiff::civil::Date,
    sha256: String,
    reason: String,
}

/// Hash of the text with line feeds, so that a checkout with other line ends is the same.
fn hash(text: &str) -> String {
    Sha256::digest(text.replace("\r\n", "\n")).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is wrong with one sealed file, if anything.
fn fault(sealed: &Sealed, sealed_on: jiff::civil::Date, text: Option<&str>) -> Option<String> {
    let Sealed { path, sha256, reasons } = sealed;
    for change in reasons {
        if change.reason.trim().is_empty() || change.date < sealed_on {
            return Some(format!("{path}: the entry of {} needs a reason and a date after the sealing", change.date));
        }
    }
    let Some(text) = text else { return Some(format!("{path}: a sealed label file is gone")) };
    let (found, held) = (hash(text), reasons.last().map_or(sha256, |change| &change.sha256));
    (found != *held).then(|| {
        format!(
            "{path}: a sealed label changed.\n  sealed: {held}\n  now:    {found}\n  \
             Undo the change, or add to its `reasons` in corpus/SEALED.yaml:\n  \
             - {{ date: <day>, sha256: {found}, reason: \"<what the text of the Law says>\" }}"
        )
    })
}

#[test]
fn sealed_labels_stay_as_they_are() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let seal = fs::read_to_string(corpus.join("SEALED.yaml")).expect("corpus/SEALED.yaml can be read");
    let seal: Seal = serde_saphyr::from_str(&seal).expect("corpus/SEALED.yaml is well formed");
    let faults: Vec<_> = seal
        .files
        .iter()
        .filter_map(|sealed| {
            let text = fs::read_to_string(corpus.join(&sealed.path)).ok();
            fault(sealed, seal.sealed_on, text.as_deref())
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_sealed_documents_are_named() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let seal = fs::read_to_string(corpus.join("SEALED.yaml")).expect("corpus/SEALED.yaml can be read");
    let seal: Seal = serde_saphyr::from_str(&seal).expect("corpus/SEALED.yaml is well formed");
    let numbers: BTreeSet<_> = seal
        .files
        .iter()
        .filter_map(|sealed| sealed.path.strip_prefix("gold/")?.split('-').next()?.parse::<u32>().ok())
        .collect();
    let sealed = (33..=42).chain(49..=54).chain(60..=64).chain((76..=94).step_by(2)).chain(95..=106).collect();
    assert_eq!(
        numbers, sealed,
        "corpus/SEALED.yaml must name the label files 33 to 42, 49 to 54, 60 to 64, the even ones of 76 to 94 and 95 to 106"
    );
}

#[test]
fn a_change_needs_a_hash_and_a_reason() {
    let day = jiff::civil::date(2026, 11, 28);
    let mut sealed = Sealed { path: "gold/99-thu.yaml".to_owned(), sha256: hash("cũ\n"), reasons: Vec::new() };
    assert_eq!(fault(&sealed, day, Some("cũ\r\n")), None);
    let told = fault(&sealed, day, Some("mới\n")).expect("a change is told");
    assert!(told.contains("a sealed label changed") && told.contains(&hash("mới\n")), "{told}");
    assert!(fault(&sealed, day, None).is_some());
    sealed.reasons.push(Reason { date: day, sha256: hash("mới\n"), reason: "Điều 21 khoản 1".to_owned() });
    assert_eq!(fault(&sealed, day, Some("mới\n")), None);
    assert!(fault(&sealed, day, Some("cũ\n")).is_some(), "the old text no longer holds");
    sealed.reasons.push(Reason { date: day, sha256: hash("cũ\n"), reason: " ".to_owned() });
    assert!(fault(&sealed, day, Some("cũ\n")).is_some(), "a reason is needed");
}
