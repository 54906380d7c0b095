//! Speed of every stage, on invented documents; `cargo bench` prints the figures that `benches/RESULTS.md` keeps.

#![allow(missing_docs, clippy::expect_used)]

mod batch;
mod corpus;

use std::sync::LazyLock;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use jiff::civil::{Date, date};
use quick_xml::events::Event;

use rasoat::document::{Document, understand};
use rasoat::proposals::Decisions;
use rasoat::registry::{Registry, Status};
use rasoat::report::{self, Results};
use rasoat::review::engine;
use rasoat::rules::RuleSet;
use rasoat::run::{self, Assume, Config};
use rasoat::source::{self, RawDocument, sheet};
use rasoat::text::Folded;

const AS_OF: Date = date(2026, 11, 22);
/// Documents in a batch.
const BATCH: usize = 500;

static RULES: LazyLock<RuleSet> =
    LazyLock::new(|| rasoat::rules::load(&[], &[]).expect("packs").0.expect("sound packs"));
static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| corpus::docx(&corpus::paragraphs(1, corpus::SMALL)));
static BIG: LazyLock<Vec<u8>> = LazyLock::new(|| corpus::docx(&corpus::paragraphs(1, corpus::BIG)));

/// That of the program.
#[cfg(not(windows))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn raw(bytes: &[u8]) -> RawDocument {
    source::read("a.docx", bytes).expect("a readable document")
}

fn understood(bytes: &[u8]) -> Document {
    understand(&raw(bytes), "a.docx", "")
}

fn letters(document: &Document) -> usize {
    document.units.iter().map(|unit| unit.heading.len() + unit.text.len()).sum()
}

/// A batch of documents on disk.
fn on_disk(paragraphs: impl Fn(usize) -> Vec<String>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for seed in 0..BATCH {
        let bytes = corpus::docx(&paragraphs(seed));
        std::fs::write(folder.path().join(format!("{seed:04}.docx")), bytes).expect("a file");
    }
    folder
}

/// Every document is of the Law, and every rule finds something to look at.
fn dense() -> tempfile::TempDir {
    on_disk(|seed| corpus::paragraphs(seed, corpus::SMALL))
}

/// As in a province's holdings; those of `make_batch`.
fn varied() -> tempfile::TempDir {
    on_disk(batch::paragraphs)
}

fn config(folder: &tempfile::TempDir) -> Config {
    Config {
        paths: vec![folder.path().to_owned()],
        lists: Vec::new(),
        as_of: AS_OF,
        assume: Assume::default(),
        out: None,
        office: rasoat::proposals::Office::default(),
    }
}

fn scan(folder: &tempfile::TempDir) -> Results {
    let table = Decisions::embedded().expect("a decision table");
    run::scan(&config(folder), &RULES, &table, &|_, _| {}).expect("a run")
}

mod start {
    use super::*;

    /// Everything before the first file is opened.
    #[divan::bench]
    fn load_rules() -> usize {
        rasoat::rules::load(&[], &[]).expect("packs").0.expect("sound packs").rules.len()
    }

    /// Everything before the file of an outline is opened.
    #[divan::bench]
    fn load_instruments() -> usize {
        rasoat::rules::load::embedded_instruments().len()
    }

    #[divan::bench]
    fn registry() -> Registry {
        Registry::new(RULES.instruments.clone(), &[])
    }
}

mod read {
    use super::*;

    #[divan::bench]
    fn small_docx(bencher: Bencher) {
        bencher.counter(ItemsCount::new(1_usize)).bench(|| raw(black_box(&SMALL)));
    }

    #[divan::bench]
    fn small_doc(bencher: Bencher) {
        let bytes: &[u8] = include_bytes!("../../tests/fixtures/doc/so-tu-dong.doc");
        bencher.counter(ItemsCount::new(1_usize)).bench(|| raw(black_box(bytes)));
    }

    #[divan::bench]
    fn big_docx(bencher: Bencher) {
        bencher.counter(BytesCount::new(letters(&understood(&BIG)))).bench(|| raw(black_box(&BIG)));
    }

    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn real_docx(bencher: Bencher) {
        let files = corpus::real();
        bencher
            .counter(ItemsCount::new(files.len()))
            .bench(|| files.iter().map(|bytes| raw(bytes).blocks.len()).sum::<usize>());
    }

    /// Cells a second.
    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn list(bencher: Bencher) {
        let rows = 20_000;
        let bytes = corpus::list(rows);
        bencher.counter(ItemsCount::new(rows * 5)).bench(|| sheet::read(black_box(&bytes)).expect("a list"));
    }

    /// Rows a second, from cells to identities.
    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn list_entries(bencher: Bencher) {
        let rows = 20_000;
        let book = sheet::read(&corpus::list(rows)).expect("a list");
        bencher
            .counter(ItemsCount::new(rows))
            .bench(|| rasoat::registry::list::entries("a.xlsx", black_box(&book)).len());
    }
}

mod review {
    use super::*;

    #[divan::bench]
    fn understand_small(bencher: Bencher) {
        let raw = raw(&SMALL);
        let bytes = letters(&understood(&SMALL));
        bencher.counter(BytesCount::new(bytes)).bench(|| understand(black_box(&raw), "a.docx", ""));
    }

    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn understand_big(bencher: Bencher) {
        let raw = raw(&BIG);
        let bytes = letters(&understood(&BIG));
        bencher.counter(BytesCount::new(bytes)).bench(|| understand(black_box(&raw), "a.docx", ""));
    }

    #[divan::bench]
    fn resolve(bencher: Bencher) {
        let registry = Registry::new(RULES.instruments.clone(), &[]);
        let document = understood(&SMALL);
        bencher
            .counter(BytesCount::new(letters(&document)))
            .with_inputs(|| document.clone())
            .bench_refs(|document| registry.resolve_citations(document, AS_OF));
    }

    /// Every wording of every pack, in every unit.
    #[divan::bench]
    fn fold_and_match(bencher: Bencher) {
        let document = understood(&SMALL);
        let mut hits = Vec::new();
        LazyLock::force(&RULES);
        bencher.counter(BytesCount::new(letters(&document))).bench_local(|| {
            hits.clear();
            for unit in &document.units {
                RULES.lexicon.find(Folded::new(&unit.text).as_str(), None, &mut hits);
                RULES.lexicon.find(Folded::new(&unit.heading).as_str(), None, &mut hits);
            }
            hits.len()
        });
    }

    #[divan::bench]
    fn small(bencher: Bencher) {
        rules_on(&SMALL, bencher);
    }

    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn big(bencher: Bencher) {
        rules_on(&BIG, bencher);
    }

    fn rules_on(bytes: &[u8], bencher: Bencher) {
        let documents = vec![understood(bytes)];
        let registry = Registry::new(RULES.instruments.clone(), &documents);
        bencher
            .counter(BytesCount::new(letters(&documents[0])))
            .bench(|| engine::review(&documents[0], Status::default(), &registry, &RULES, AS_OF).findings.len());
    }
}

mod whole {
    use super::*;
    use report::Format;

    /// What no program can do without, on one thread: inflate, XML events, one fold and one match of every paragraph.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn floor_one_thread(bencher: Bencher) {
        let folder = varied();
        LazyLock::force(&RULES);
        let paths = (0..BATCH).map(|seed| folder.path().join(format!("{seed:04}.docx")));
        let paths: Vec<_> = paths.collect();
        bencher.counter(ItemsCount::new(BATCH)).bench(|| paths.iter().map(|path| floor(path)).sum::<usize>());
    }

    /// Every part of the file, as a reader needs them all; only `document.xml` has paragraphs.
    fn floor(path: &std::path::Path) -> usize {
        let file = std::io::Cursor::new(std::fs::read(path).expect("a file"));
        let mut archive = zip::ZipArchive::new(file).expect("a zip");
        let (mut text, mut hits) = (String::new(), Vec::new());
        for part in 0..archive.len() {
            let xml = std::io::read_to_string(archive.by_index(part).expect("a part")).expect("UTF-8");
            let mut reader = quick_xml::Reader::from_str(&xml);
            loop {
                match reader.read_event().expect("sound XML") {
                    Event::Text(words) => text.push_str(&words),
                    Event::End(end) if *end.name().as_ref() == *"w:p" => {
                        RULES.lexicon.find(Folded::new(&text).as_str(), None, &mut hits);
                        text.clear();
                    }
                    Event::Eof => break,
                    _ => {}
                }
            }
        }
        hits.len()
    }

    /// What `scan --format json` does with the same files once the packs are loaded, to the last byte written.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn json_one_thread(bencher: Bencher) {
        let (folder, out) = (varied(), tempfile::tempdir().expect("a folder"));
        LazyLock::force(&RULES);
        let table = Decisions::embedded().expect("a decision table");
        let config = config(&folder);
        let scan = || {
            let batch = run::open(&config, &RULES, &table, run::KEPT, &|_, _| {}).expect("a batch");
            let file = std::fs::File::create(out.path().join("ket-qua.json")).expect("a file");
            batch.write_json(&|_, _| {}, std::io::BufWriter::new(file)).expect("JSON written").1
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        bencher.counter(ItemsCount::new(BATCH)).bench(|| pool.install(scan));
    }

    /// Documents a second, on one thread, before reports.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn scan_one_thread(bencher: Bencher) {
        let folder = dense();
        LazyLock::force(&RULES);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        bencher.counter(ItemsCount::new(BATCH)).bench(|| pool.install(|| scan(&folder).proposals.len()));
    }

    /// Rows of clauses a second.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn workbook(bencher: Bencher) {
        write(Format::Xlsx, bencher);
    }

    /// Clauses a second.
    #[divan::bench(sample_count = 5, sample_size = 1)]
    fn json(bencher: Bencher) {
        write(Format::Json, bencher);
    }

    fn write(format: Format, bencher: Bencher) {
        let results = scan(&dense());
        let clauses: usize = results.documents.iter().map(|reviewed| reviewed.examined.len()).sum();
        let out = tempfile::tempdir().expect("a folder");
        bencher
            .counter(ItemsCount::new(clauses))
            .bench(|| report::write_all(&results, out.path(), &[format]).expect("results written"));
    }
}
