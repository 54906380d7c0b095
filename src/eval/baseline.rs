//! This run beside an earlier one, item by item.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Scores;
use super::item::{Item, Measure, Outcome};
use super::read::{Error, io};
use super::seal::{self, Counts, Told};

/// What is needed of an earlier `eval --json`.
#[derive(Debug, Default, Deserialize)]
pub struct Earlier {
    /// Its items; of the sealed part only when it was opened.
    pub items: Vec<Item>,
    /// Its sealed part.
    #[serde(default)]
    pub sealed: Option<Told>,
}

/// What has changed since the earlier run.
#[derive(Debug, Default, Serialize)]
pub struct Changes {
    /// Wrong then, right now; and false proposals that are no longer made.
    pub gained: Vec<Item>,
    /// Right then, wrong now; and false proposals that were not made then.
    pub lost: Vec<Item>,
    /// Right then, no longer in the gold: neither gain nor loss.
    pub dropped: Vec<Item>,
    /// The same of the sealed part, as figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Counts>,
}

impl Changes {
    /// Whether a label that must be met was met then and is not now.
    pub fn loses_a_label(&self) -> bool {
        self.sealed.is_some_and(|sealed| sealed.lost_labels > 0)
            || self.lost.iter().any(|item| item.measure == Measure::Label && item.required)
    }
}

/// Reads an earlier run.
pub fn read(path: &Path) -> Result<Earlier, Error> {
    let text = std::fs::read_to_string(path).map_err(io(path))?;
    serde_json::from_str(&text)
        .map_err(|fault| Error::Baseline { path: path.display().to_string(), line: fault.line() })
}

/// Compares two runs: the open part item by item; the sealed part by its figures, and item by item when both times opened.
pub fn compare(earlier: &Earlier, now: &Scores) -> Changes {
    // A run from before the sealing does not mark its items.
    let files: HashSet<&str> = now.sealed.iter().flat_map(|told| &told.files).map(String::as_str).collect();
    let is_sealed = |item: &Item| item.sealed || files.contains(seal::digest([item.file.as_str()]).as_str());
    let (hidden, mut then): (Vec<Item>, Vec<Item>) = earlier.items.iter().cloned().partition(is_sealed);
    let told = earlier.sealed.clone().unwrap_or_else(|| Told::of(&hidden));
    let opened = !hidden.is_empty() && now.items.iter().any(|item| item.sealed);
    if opened {
        then.extend(hidden);
    }
    let own: Vec<Item> = now.items.iter().filter(|item| opened || !item.sealed).cloned().collect();
    Changes { sealed: now.sealed.as_ref().map(|now| seal::compare(&told, now)), ..items(&then, &own) }
}

/// Compares two lists. Proposals that are right are left to their labels, findings to their proposals.
fn items(earlier: &[Item], now: &[Item]) -> Changes {
    let of_gold = |item: &Item| matches!(item.outcome, Outcome::Right | Outcome::Missed);
    let told = |item: &&Item| {
        item.measure != Measure::Finding && !(item.measure == Measure::Proposal && item.outcome == Outcome::Right)
    };
    let mut changes = Changes::default();
    let was: HashMap<_, bool> =
        earlier.iter().filter(|item| of_gold(item)).map(|item| (item.id(), item.outcome == Outcome::Right)).collect();
    let was_extra: HashSet<_> = earlier.iter().filter(|item| !of_gold(item)).map(Item::id).collect();
    for item in now.iter().filter(told) {
        let right = item.outcome == Outcome::Right;
        let list = match was.get(&item.id()) {
            _ if !of_gold(item) && was_extra.contains(&item.id()) => continue,
            _ if !of_gold(item) => &mut changes.lost,
            Some(&before) if before == right => continue,
            Some(_) if right => &mut changes.gained,
            Some(_) => &mut changes.lost,
            None => continue,
        };
        list.push(item.clone());
    }
    let is: HashSet<_> = now.iter().filter(|item| of_gold(item)).map(Item::id).collect();
    let is_extra: HashSet<_> = now.iter().filter(|item| !of_gold(item)).map(Item::id).collect();
    for item in earlier.iter().filter(told) {
        if !of_gold(item) && !is_extra.contains(&item.id()) {
            changes.gained.push(item.clone());
        } else if item.outcome == Outcome::Right && !is.contains(&item.id()) {
            changes.dropped.push(item.clone());
        }
    }
    changes
}
