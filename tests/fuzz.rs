//! The fuzz targets (fuzz/targets.rs) as property tests: samples of the corpus, cut, flipped, doubled and mixed.

#![allow(clippy::expect_used)]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;

/// A change of the bytes; places are fractions of the length.
#[derive(Debug, Clone)]
enum Wound {
    Cut(f64),
    Flip(f64, u8),
    Drop(f64, usize),
    Double(f64, usize),
    Put(f64, &'static str),
}

/// Pieces that parsers stumble over.
const PIECES: [&str; 14] = [
    "Điều 1.",
    "\n1. ",
    "\na) ",
    "“",
    "”",
    "khoản 2 Điều 3",
    " đến ",
    "/2019/QĐ-UBND",
    "\u{301}",
    "\u{0}",
    "- ",
    "{{",
    ": [",
    "99999999999999999999",
];

fn wound() -> impl Strategy<Value = Wound> {
    let place = 0.0..1.0_f64;
    prop_oneof![
        1 => place.clone().prop_map(Wound::Cut),
        4 => (place.clone(), any::<u8>()).prop_map(|(at, byte)| Wound::Flip(at, byte)),
        3 => (place.clone(), 1..400_usize).prop_map(|(at, length)| Wound::Drop(at, length)),
        2 => (place.clone(), 1..400_usize).prop_map(|(at, length)| Wound::Double(at, length)),
        4 => (place, 0..PIECES.len()).prop_map(|(at, piece)| Wound::Put(at, PIECES[piece])),
    ]
}

fn wounded(mut bytes: Vec<u8>, wounds: &[Wound]) -> Vec<u8> {
    for wound in wounds {
        let at = |fraction: f64| (fraction * bytes.len() as f64) as usize;
        match *wound {
            Wound::Cut(to) => bytes.truncate(at(to)),
            Wound::Flip(place, byte) => {
                let place = at(place);
                if let Some(own) = bytes.get_mut(place) {
                    *own ^= byte;
                }
            }
            Wound::Drop(from, length) => {
                let from = at(from);
                let to = (from + length).min(bytes.len());
                bytes.drain(from..to);
            }
            Wound::Double(from, length) => {
                let from = at(from);
                let to = (from + length).min(bytes.len());
                bytes.extend_from_within(from..to);
            }
            Wound::Put(place, piece) => {
                let place = at(place);
                bytes.splice(place..place, piece.bytes());
            }
        }
    }
    bytes
}

/// Every `step`th file of a folder of the clone with this ending, in order.
fn samples(folder: &str, ending: &str, step: usize) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> =
        std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|own| own == ending));
    paths.sort();
    assert!(!paths.is_empty(), "{}", folder.display());
    paths.iter().step_by(step).map(|path| std::fs::read(path).expect("a sample")).collect()
}

/// Runs a target over its samples, whole and wounded.
fn run(cases: u32, samples: &[Vec<u8>], target: fn(&[u8])) {
    samples.iter().for_each(|sample| target(sample));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases, ..ProptestConfig::default() });
    let wounds = (0..samples.len(), vec(wound(), 1..12));
    let outcome = runner.run(&wounds, |(sample, wounds)| {
        target(&wounded(samples[sample].clone(), &wounds));
        Ok(())
    });
    outcome.unwrap_or_else(|fault| panic!("{fault}"));
}

#[test]
fn documents() {
    run(1200, &samples("corpus/van-ban", "docx", 7), targets::document);
    run(800, &samples("tests/fixtures/doc", "doc", 1), targets::document);
}

#[test]
fn texts() {
    run(1500, &samples("corpus/src", "txt", 5), targets::text);
}

#[test]
fn lists() {
    run(600, &samples("corpus/danh-muc", "xlsx", 1), targets::list);
    run(600, &[b"STT,So ky hieu,Ngay\n1,17/2019/QD-UBND,22/7/2019\n".to_vec()], targets::list);
}

#[test]
fn rule_files() {
    run(600, &samples("tests/bad-rules/pack", "yaml", 1), targets::rules);
    run(150, &samples("rules/hieu-luc", "yaml", 4), targets::rules);
}

#[test]
fn workbooks_given_back() {
    run(400, &samples("corpus/danh-muc", "xlsx", 1), targets::workbook);
}
