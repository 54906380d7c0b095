//! A run whose documents do not stay in memory: two passes over the files, and results written document by document.
//!
//! The first pass keeps of each document who it is and what it does to others; the second reads it again, reviews it and
//! forgets it. Small batches are kept whole between the passes, and nothing is read twice. Either way the results are the
//! bytes of [`super::scan`].

use std::io::{self, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::uses::{Account, Uses};
use super::{
    Config, Gathered, Input, PathError, Read, Step, add_missing, conclude, inputs, join, read_file, review_document,
    settle, topic_names,
};
use crate::document::{Document, Unit};
use crate::proposals::{Decisions, Proposal};
use crate::registry::Registry;
use crate::registry::list::ListEntry;
use crate::report::{JsonWriter, LawTexts, Results, Reviewed, Serialized, Tally};
use crate::review::{Handling, Relevance};
use crate::rules::RuleSet;
use crate::source::Warning;

/// Memory for documents kept between the passes, in bytes: the batches of an office fit, a province's archive does not.
pub const KEPT: usize = 192 << 20;

/// Code of the warning on a document whose file changed between the passes.
pub(super) const CHANGED: &str = "changed-meanwhile";

/// Documents in work at once, for each thread.
const A_THREAD: usize = 16;

/// A batch that was read once.
pub struct Batch<'r> {
    pass: Pass<'r>,
    /// Everything but documents, findings and proposals; of each document who it is, and those that change others whole.
    results: Results,
}

/// What the second pass works with.
struct Pass<'r> {
    config: &'r Config,
    rules: &'r RuleSet,
    table: &'r Decisions,
    names: Registry,
    registry: Registry,
    inputs: Vec<Input>,
    /// Inputs named as lists, the first ones.
    named: usize,
    /// Where each document stands: its input, and which document of that file it is.
    origins: Vec<(usize, usize)>,
    /// Documents kept whole; each is taken once.
    kept: Vec<Mutex<Option<Document>>>,
}

/// The first pass. At most about `keep` bytes of documents stay in memory until the second ([`KEPT`]); the rest is read again.
pub fn open<'r>(
    config: &'r Config,
    rules: &'r RuleSet,
    table: &'r Decisions,
    keep: usize,
    progress: &(dyn Fn(Step, usize) + Sync),
) -> Result<Batch<'r>, PathError> {
    let names = Registry::new(rules.instruments.clone(), &[]);
    let (inputs, named, ignored) = inputs(config)?;
    progress(Step::Read, inputs.len());
    let held = AtomicUsize::new(0);
    let read: Vec<(Read, Vec<Option<Document>>)> = inputs
        .par_iter()
        .enumerate()
        .map(|(at, input)| {
            let mut read = read_file(input, at < named);
            let kept = documents(&mut read).iter_mut().map(|document| {
                settle(document, config, &names);
                forget(document, &held, keep)
            });
            let kept = kept.collect();
            progress(Step::Read, 0);
            (read, kept)
        })
        .collect();
    let mut gathered = Gathered { ignored, ..Gathered::default() };
    let (mut origins, mut kept) = (Vec::new(), Vec::new());
    for (at, (outcome, whole)) in read.into_iter().enumerate() {
        origins.extend((0..whole.len()).map(|part| (at, part)));
        kept.extend(whole.into_iter().map(Mutex::new));
        gathered.take(&inputs[at].file, outcome);
    }
    let mut documents = std::mem::take(&mut gathered.documents);
    let (registry, mut results) = join(config, rules, names.clone(), &mut documents, gathered);
    results.documents = documents.into_iter().enumerate().map(|(at, document)| known(at, document)).collect();
    Ok(Batch { pass: Pass { config, rules, table, names, registry, inputs, named, origins, kept }, results })
}

fn take(read: Read, part: usize) -> Option<Document> {
    match read {
        Read::Documents(mut documents) | Read::List(.., mut documents) => {
            (part < documents.len()).then(|| documents.swap_remove(part))
        }
        Read::Unread(_) => None,
    }
}

fn documents(read: &mut Read) -> &mut [Document] {
    match read {
        Read::Documents(documents) | Read::List(.., documents) => documents,
        Read::Unread(_) => &mut [],
    }
}

/// Leaves of a document what the others need to know; the whole of it is given back while there is room. One that changes
/// others stays whole where it is.
fn forget(document: &mut Document, held: &AtomicUsize, keep: usize) -> Option<Document> {
    if !document.operations.is_empty() {
        return None;
    }
    let room = held.fetch_add(weight(document), Ordering::Relaxed) < keep;
    let known = document.without_words();
    let whole = std::mem::replace(document, known);
    room.then_some(whole)
}

/// About how many bytes a document takes.
fn weight(document: &Document) -> usize {
    let words: usize = document.units.iter().map(|unit| unit.text.len() + unit.heading.len()).sum();
    words + document.head.len() + document.units.len() * size_of::<Unit>() + document.citations.len() * 400
}

/// What is known of a document before it is reviewed.
fn known(at: usize, document: Document) -> Reviewed {
    Reviewed {
        id: format!("d{:04}", at + 1),
        document,
        consolidated: None,
        status: crate::registry::Status::default(),
        relevance: Relevance::None,
        topics: Vec::new(),
        relevance_evidence: Vec::new(),
        field: None,
        findings: Vec::new(),
        examined: Vec::new(),
        handling: Handling::Undetermined,
    }
}

/// One document reviewed, with its proposals, what the review did, and the JSON of it.
type Done = (Reviewed, Vec<Proposal>, Account, Serialized);

impl Batch<'_> {
    /// The laws whose text the user gave, to be quoted word for word.
    pub fn with_law(mut self, law: LawTexts) -> Self {
        self.results.law = law;
        self
    }

    /// The second pass: reviews every document and writes `ket-qua.json`. What is given back has neither documents' words nor
    /// their findings.
    pub fn write_json(self, progress: &(dyn Fn(Step, usize) + Sync), out: impl Write) -> io::Result<(Results, Tally)> {
        let Batch { pass, mut results } = self;
        let count = results.documents.len();
        progress(Step::Review, count);
        let listed = super::rows_of(&results.lists, count);
        let mut writer = JsonWriter::begin(out, &results)?;
        let mut graph = pass.registry.graph(pass.config.as_of);
        let mut tally = Tally::default();
        let mut uses = Uses::of(pass.rules);
        let all: Vec<usize> = (0..count).collect();
        for portion in all.chunks(A_THREAD * rayon::current_num_threads()) {
            let done: io::Result<Vec<Done>> = portion
                .par_iter()
                .map(|&at| {
                    let row = listed[at].map(|row| &results.lists[row]);
                    let (reviewed, proposals, account) = pass.review(at, row, &results);
                    progress(Step::Review, 0);
                    let serialized = Serialized::of(&reviewed, &proposals, &results)?;
                    Ok((reviewed, proposals, account, serialized))
                })
                .collect();
            for (reviewed, proposals, account, serialized) in done? {
                graph.add(&reviewed.document);
                writer.document(&serialized, &reviewed, &proposals, &graph.take_links(), &results)?;
                tally.add(&reviewed);
                tally.proposals(&proposals);
                uses.add(&account, &reviewed.findings);
            }
        }
        for at in 0..count {
            writer.chains(&graph.chains_of(at), &results)?;
        }
        results.corpus = graph.finish();
        uses.put(&mut results);
        add_missing(&mut results, pass.config, pass.rules, pass.table);
        tally.proposals(&results.proposals);
        tally.missing(&results.missing);
        writer.finish(&results)?;
        Ok((results, tally))
    }
}

impl Pass<'_> {
    fn review(&self, at: usize, row: Option<&ListEntry>, results: &Results) -> (Reviewed, Vec<Proposal>, Account) {
        let known = &results.documents[at].document;
        let others = |at: usize| results.documents.get(at).map(|reviewed| &reviewed.document);
        let (document, mut review) = match self.whole(at, known) {
            Ok(document) => {
                let review = review_document(at, &document, &others, &self.registry, self.rules, self.config.as_of);
                (document, review)
            }
            Err(warning) => {
                let mut document = known.clone();
                document.warnings.push(warning);
                (document, None)
            }
        };
        let account = review.as_mut().map_or_else(Account::default, |(review, _)| Account::take(review));
        let packs = super::pack_names(self.rules);
        let ((reviewed, topics), proposals) = conclude(at, document, review, row, self.config, self.table, &packs);
        let reviewed = Reviewed { topics: topic_names(self.rules, &topics), ..reviewed };
        (reviewed, proposals, account)
    }

    /// The document with its words: as kept, or read again.
    fn whole(&self, at: usize, known: &Document) -> Result<Document, Warning> {
        let changed = || {
            let message =
                "Tệp bị thay đổi hoặc không còn đọc được trong lúc rà soát; chưa có kết quả. Chạy lại khi tệp đã yên.";
            Warning::new(CHANGED, message)
        };
        if !known.operations.is_empty() {
            return Ok(known.clone());
        }
        let kept = self.kept[at].lock().map_err(|_| changed())?.take();
        let mut document = match kept {
            Some(document) => document,
            None => {
                let (input, part) = self.origins[at];
                let read = read_file(&self.inputs[input], input < self.named);
                let mut document = take(read, part).ok_or_else(changed)?;
                if document.sha256 != known.sha256 {
                    return Err(changed());
                }
                settle(&mut document, self.config, &self.names);
                document
            }
        };
        // What was learnt since from the other documents and the lists.
        document.identity = known.identity.clone();
        document.warnings = known.warnings.clone();
        Ok(document)
    }
}
