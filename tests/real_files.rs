//! Every real file at hand, in one run. The files belong to others and are not part of the project: where they are missing
//! the test says that it was skipped.

#![allow(clippy::expect_used)]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use rasoat::document::{Kind, Level};
use rasoat::proposals::Decisions;
use rasoat::report::{Originals, Results, With, annotate};
use rasoat::review::{Confidence, quote};
use rasoat::run::{Assume, Config, scan};
use rasoat::source::UnreadCode;

#[test]
fn real_files_are_read_or_said_to_be_unread_and_left_in_peace() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !data.is_dir() {
        println!("skipped: {} is not here", data.display());
        return;
    }
    let (rules, faults) = rasoat::rules::load(&[], &[]).expect("embedded packs can be read");
    assert!(rules.is_some(), "{faults:?}");
    let rules = rules.expect("checked above");
    let config = Config {
        paths: vec![data],
        lists: Vec::new(),
        as_of: date(2026, 11, 22),
        assume: Assume { kind: Some(Kind::QuyetDinh), level: Some(Level::Tinh) },
        out: None,
        office: rasoat::proposals::Office::default(),
    };
    let table = Decisions::embedded().expect("the embedded table is well-formed");
    let results = scan(&config, &rules, &table, &|_, _| {}).expect("the folder is there");

    assert_eq!(results.run.inputs, results.run.read + results.run.unreadable);
    assert!(results.documents.len() >= 200, "only {} documents were read", results.documents.len());
    for input in &results.unreadable {
        assert!(!input.unread.message.is_empty() && !input.unread.next_step.is_empty(), "{}", input.file);
        assert_ne!(input.unread.code, UnreadCode::InternalError, "{}", input.file);
    }
    let mut clauses = 0;
    let mut sure = Vec::new();
    for reviewed in &results.documents {
        let document = &reviewed.document;
        clauses += reviewed.examined.len();
        let paths: HashSet<&str> = document.units.iter().map(|unit| unit.path.as_str()).collect();
        assert_eq!(paths.len(), document.units.len(), "a path stands twice in {}", document.file);
        for citation in &document.citations {
            assert_eq!(document.units[citation.unit].text.get(citation.range.clone()), Some(citation.text.as_str()));
        }
        let in_force = reviewed.in_force();
        let paths: HashSet<&str> = in_force.units.iter().map(|unit| unit.path.as_str()).collect();
        assert_eq!(paths.len(), in_force.units.len(), "a path stands twice in {} in force", document.file);
        for finding in &reviewed.findings {
            assert!(finding.evidence.iter().all(|evidence| !quote(in_force, evidence).is_empty()), "{}", finding.id);
            // The old Law on inspection is what the new Law took over: what is found there is right.
            if finding.rule.starts_with("dccs.")
                && finding.confidence == Confidence::High
                && document.identity.number.as_deref() != Some("56/2010/QH12")
            {
                sure.push(format!("{} {} {}", document.file, finding.cite, finding.rule));
            }
        }
    }
    assert!(sure.len() * 200 <= clauses, "{} sure findings on {clauses} clauses: {sure:#?}", sure.len());
    copies_have_comments_and_nothing_else_changed(&config, &results);
}

/// A copy with comments of each DOCX that has proposals: other parts are as they were.
fn copies_have_comments_and_nothing_else_changed(config: &Config, results: &Results) {
    let (inputs, _) = rasoat::source::files::collect(&config.paths).expect("the folder is there");
    let paths: HashMap<String, PathBuf> = inputs.into_iter().map(|input| (input.file, input.path)).collect();
    let out = tempfile::tempdir().expect("a folder");
    let originals = Originals::new(paths.clone());
    annotate(results, &originals, With::Comments, out.path()).expect("a folder that can be written");
    let copies = rasoat::source::files::collect(&[out.path().join("ghi-chu")]).expect("the folder is there").0;
    let mut checked = 0;
    for copy in copies.iter().filter(|copy| copy.file.ends_with(".docx")) {
        let (before, after) = (parts(&paths[&copy.file]), parts(&copy.path));
        for (name, bytes) in &before {
            let may_change = ["document.xml", "document.xml.rels", "comments.xml", "[Content_Types].xml"];
            let may_change = may_change.iter().any(|part| name.rsplit('/').next() == Some(part));
            assert!(may_change || after[name] == *bytes, "{}: {name}", copy.file);
        }
        assert!(after.len() <= before.len() + 2, "{}", copy.file);
        rasoat::source::read(&copy.file, &std::fs::read(&copy.path).expect("a file")).expect("the copy can be read");
        checked += 1;
    }
    assert!(checked >= 150, "only {checked} copies");
}

fn parts(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let file = std::fs::File::open(path).expect("a file");
    let mut archive = zip::ZipArchive::new(file).expect("a zip");
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).expect("a part");
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("a part");
            (String::from_utf8_lossy(part.name_raw()).into_owned(), bytes)
        })
        .collect()
}
