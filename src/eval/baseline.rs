//! This run beside an earlier one, item by item.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::item::{Item, Measure, Outcome};
use super::read::{Error, io};

/// What is needed of an earlier `eval --json`.
#[derive(Debug, Deserialize)]
struct Earlier {
    items: Vec<Item>,
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
}

impl Changes {
    /// Whether a label that must be met was met then and is not now.
    pub fn loses_a_label(&self) -> bool {
        self.lost.iter().any(|item| item.measure == Measure::Label && item.required)
    }
}

/// Reads the items of an earlier run.
pub fn read(path: &Path) -> Result<Vec<Item>, Error> {
    let text = std::fs::read_to_string(path).map_err(io(path))?;
    let earlier: Earlier = serde_json::from_str(&text)
        .map_err(|fault| Error::Baseline { path: path.display().to_string(), line: fault.line() })?;
    Ok(earlier.items)
}

/// Compares two runs. Proposals that are right are left to their labels, findings to their proposals.
pub fn compare(earlier: &[Item], now: &[Item]) -> Changes {
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
