//! The program measured against gold labels: what it reads, understands and proposes, beside what a careful official says.

mod baseline;
pub mod gold;
mod item;
mod proposed;
mod read;
pub mod seal;
pub mod sets;
mod table;
mod tally;
#[cfg(test)]
mod tests;
mod understood;
mod validate;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};

pub use baseline::{Changes, Earlier, compare, read as read_baseline};
pub use item::{Item, Measure, Outcome};
pub use read::{Error, GoldFile, Labels, read};
pub use table::{json, text};
pub use tally::{Figure, Rate, Row, Section};

use crate::proposals::Decisions;
use crate::rules::diagnostic::Gravity;
use crate::rules::{Diagnostic, RuleSet};
use crate::run::{Assume, Config, scan};

/// The outcome of one evaluation.
#[derive(Debug, Serialize)]
pub struct Scores {
    /// `rasoat-eval/1`.
    pub schema: &'static str,
    /// Version of the program.
    pub tool: &'static str,
    /// Days of the gold.
    pub as_of: Vec<Date>,
    /// Packs used: (id, version, hash).
    pub packs: Vec<(String, String, String)>,
    /// Documents with gold.
    pub documents: usize,
    /// Of them, those that could not be read.
    pub unread: usize,
    /// Tables.
    pub sections: Vec<Section>,
    /// Everything that was counted; sealed items only where they were asked for.
    pub items: Vec<Item>,
    /// The sealed part, as it may be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed: Option<seal::Told>,
    /// Beside an earlier run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<Changes>,
}

/// Faults of the labels that can be seen without running; `true` when one of them is an error.
pub fn check(gold: &[GoldFile], faults: &mut Vec<Diagnostic>) -> bool {
    gold.iter().for_each(|file| validate::values(file, faults));
    faults.iter().any(|fault| fault.gravity == Gravity::Error)
}

/// Runs the program over the documents of the gold and compares. Documents of one day are one batch: they know of one another.
///
/// `sets` are told apart. Items of sealed labels are counted and left out, unless `open_sealed`. `faults` gets what does not fit between labels and
/// documents, as warnings.
pub fn evaluate(
    gold: &[GoldFile],
    sets: &[sets::Set],
    rules: &RuleSet,
    table: &Decisions,
    open_sealed: bool,
    faults: &mut Vec<Diagnostic>,
) -> Result<Scores, Error> {
    let mut batches: BTreeMap<Date, Vec<&GoldFile>> = BTreeMap::new();
    for file in gold {
        batches.entry(file.gold.as_of).or_default().push(file);
    }
    let mut items = Vec::new();
    let mut unread = 0;
    for (&as_of, files) in &batches {
        let config = Config {
            paths: files.iter().map(|file| file.document.clone()).collect(),
            lists: Vec::new(),
            as_of,
            assume: Assume::default(),
            out: None,
            office: crate::proposals::Office::default(),
        };
        let results = scan(&config, rules, table, &|_, _| ())?;
        let mut by_hash: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, reviewed) in results.documents.iter().enumerate().rev() {
            by_hash.entry(&reviewed.document.sha256).or_default().push(at);
        }
        for file in files {
            let bytes = std::fs::read(&file.document).map_err(read::io(&file.document))?;
            let hash = crate::rules::load::hex(&Sha256::digest(&bytes));
            let first = items.len();
            let index = by_hash.get_mut(hash.as_str()).and_then(Vec::pop);
            let answer = index.map(|index| proposed::Answer {
                reviewed: &results.documents[index],
                proposals: &results.proposals,
                index,
            });
            let document = answer.map(|answer| &answer.reviewed.document);
            unread += usize::from(document.is_none());
            items.push(Item::new(Measure::Reading, &file.gold.file.value, None, "", item::met(document.is_some())));
            if let Some(document) = document {
                validate::places(file, document, faults);
            }
            understood::items(&file.gold, document, &mut items);
            proposed::items(&file.gold, answer, &mut items);
            items[first..].iter_mut().for_each(|item| item.sealed = file.sealed);
        }
    }
    let mut sections = tally::sections(&items, open_sealed);
    sections.extend(sets::section(&items, sets));
    let sealed = gold.iter().any(|file| file.sealed).then(|| {
        let hidden: Vec<Item> = items.iter().filter(|item| item.sealed).cloned().collect();
        seal::Told::of(&hidden)
    });
    if !open_sealed {
        items.retain(|item| !item.sealed);
    }
    Ok(Scores {
        schema: "rasoat-eval/1",
        tool: env!("CARGO_PKG_VERSION"),
        as_of: batches.into_keys().collect(),
        packs: rules.packs.iter().map(|pack| (pack.id.clone(), pack.version.clone(), pack.sha256.clone())).collect(),
        documents: gold.len(),
        unread,
        sections,
        items,
        sealed,
        changes: None,
    })
}
