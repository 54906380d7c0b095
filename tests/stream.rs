//! A run whose documents do not stay in memory gives the bytes of one whose documents do.

#![allow(clippy::expect_used)]

use std::path::{Path, PathBuf};

use rasoat::proposals::Decisions;
use rasoat::report::{self, Format};
use rasoat::rules::{RuleSet, load};
use rasoat::run::{self, Assume, Config, KEPT};

fn rules() -> RuleSet {
    load(&[], &[]).expect("the embedded packs").0.expect("no errors")
}

fn config(paths: &[&Path], out: &Path) -> Config {
    Config {
        paths: paths.iter().map(|path| path.to_path_buf()).collect(),
        lists: Vec::new(),
        as_of: "2026-11-22".parse().expect("a day"),
        assume: Assume::default(),
        out: Some(out.to_owned()),
        office: rasoat::proposals::Office::default(),
    }
}

fn table() -> Decisions {
    Decisions::parse(load::embedded_file("decisions.yaml").expect("the table")).expect("the table")
}

/// `ket-qua.json` in both ways.
fn both(paths: &[&Path], keep: usize) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let (rules, table, config) = (rules(), table(), config(paths, folder.path()));
    let results = run::scan(&config, &rules, &table, &|_, _| {}).expect("a run");
    let read = |out: PathBuf| std::fs::read_to_string(out.join("ket-qua.json")).expect("results");
    let (whole, streamed) = (folder.path().join("a"), folder.path().join("b"));
    report::write_all(&results, &whole, &[Format::Json]).expect("written");
    let batch = run::open(&config, &rules, &table, keep, &|_, _| {}).expect("a run");
    let ((_, tally), _) = report::write_json(&streamed, |file| batch.write_json(&|_, _| {}, file)).expect("written");
    let counted = report::Tally::of(&results);
    assert_eq!(format!("{tally:?}"), format!("{counted:?}"));
    (read(whole), read(streamed))
}

fn same(paths: &[&Path]) {
    for keep in [KEPT, 0] {
        let (whole, streamed) = both(paths, keep);
        let differs = whole.lines().zip(streamed.lines()).find(|(a, b)| a != b);
        assert!(whole == streamed, "with {keep} bytes kept: {differs:?}");
    }
}

#[test]
fn the_corpus_with_its_lists_and_amendments() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    same(&[&corpus.join("van-ban"), &corpus.join("danh-muc")]);
}

#[test]
fn real_files() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let Ok(folders) = std::fs::read_dir(&shared) else { return eprintln!("skipped: ../shared is not here") };
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.expect("an entry").path()).collect();
    folders.sort();
    // Laws that amend laws of the same batch, and lists of a province.
    folders.retain(|path| path.is_dir());
    same(&folders.iter().take(3).map(PathBuf::as_path).collect::<Vec<_>>());
}

#[test]
fn a_document_that_changed_between_the_passes_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/src/16-qd-58-2025-duong-giao-thong-nong-thon.txt"),
    )
    .expect("a sample");
    let file = folder.path().join("qd.txt");
    std::fs::write(&file, &text).expect("a file");
    let (rules, table, config) = (rules(), table(), config(&[&file], folder.path()));
    let batch = run::open(&config, &rules, &table, 0, &|_, _| {}).expect("a run");
    std::fs::write(&file, [&text[..], b"\nkh\xc3\xa1c"].concat()).expect("a file");
    let mut out = Vec::new();
    batch.write_json(&|_, _| {}, &mut out).expect("written");
    let results: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
    let warnings = results["documents"][0]["warnings"].as_array().expect("warnings");
    assert!(warnings.iter().any(|warning| warning["code"] == "changed-meanwhile"), "{warnings:?}");
    assert_eq!(results["documents"][0]["handling"], "undetermined");
    let findings = results["findings"].as_array().expect("findings");
    assert!(findings.iter().all(|finding| finding["document"].is_null()), "{findings:?}");
}
