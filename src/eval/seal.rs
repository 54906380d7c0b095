//! The sealed part of the gold: counted like any other, told only as figures, so that nobody writes a rule to fit it.
//!
//! `SEALED.yaml` beside the gold folder names the sealed label files, with paths from the folder it stands in.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::item::{Item, Measure, Outcome, name_of};
use super::read::{Error, io};
use crate::rules::diagnostic::{Diagnostic, Gravity};

/// What is needed of `SEALED.yaml`; the rest (hashes, reasons) is for whoever guards the labels.
#[derive(Debug, Deserialize)]
struct Seal {
    files: Vec<Named>,
}

#[derive(Debug, Deserialize)]
struct Named {
    path: String,
}

/// Real paths of the sealed label files of a gold folder. A seal that cannot be read is an error: nothing may slip out by it.
pub fn files(folder: &Path) -> Result<HashSet<PathBuf>, Error> {
    let real = std::fs::canonicalize(folder).map_err(io(folder))?;
    // The gold folder is `corpus/gold`; the whole corpus or a part of the gold may be asked for as well.
    let Some(above) = real.ancestors().take(3).find(|above| above.join("SEALED.yaml").is_file()) else {
        return Ok(HashSet::new());
    };
    let path = above.join("SEALED.yaml");
    let text = std::fs::read_to_string(&path).map_err(io(&path))?;
    let seal: Seal = serde_saphyr::from_str(&text).map_err(|fault| Error::Seal {
        path: path.display().to_string(),
        line: fault.location().map_or(1, |at| at.line()),
    })?;
    let named = seal.files.iter().map(|file| above.join(&file.path));
    Ok(named.map(|path| std::fs::canonicalize(&path).unwrap_or(path)).collect())
}

/// The sealed part as it may be told: what came out, under names nobody can read, for comparison with a later run.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Told {
    /// Digests of the documents' names.
    pub files: BTreeSet<String>,
    /// Digest of what makes an item itself → what became of it.
    pub marks: BTreeMap<String, Mark>,
}

/// What became of one sealed item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// What it measures.
    pub measure: Measure,
    /// How it came out.
    pub outcome: Outcome,
    /// `false`: missing it is no fault.
    pub required: bool,
}

impl Told {
    /// The sealed ones among the items.
    pub fn of(items: &[Item]) -> Told {
        let mut told = Told::default();
        for item in items {
            told.files.insert(digest([item.file.as_str()]));
            let (measure, file, path, key) = item.id();
            told.marks.insert(digest([name_of(measure).as_str(), file, path.unwrap_or(""), key]), Mark::of(item));
        }
        told
    }
}

impl Mark {
    fn of(item: &Item) -> Mark {
        Mark { measure: item.measure, outcome: item.outcome, required: item.required }
    }

    /// Proposals that are right are left to their labels, findings to their proposals.
    fn told(self) -> bool {
        self.measure != Measure::Finding && !(self.measure == Measure::Proposal && self.outcome == Outcome::Right)
    }
}

/// A short name for these words that does not tell them.
pub fn digest<const N: usize>(parts: [&str; N]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    crate::rules::load::hex(&hash.finalize()[..8])
}

/// How many sealed items changed since an earlier run; the same questions as `baseline::Changes`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Wrong then, right now; and false proposals that are no longer made.
    pub gained: usize,
    /// Right then, wrong now; and false proposals that were not made then.
    pub lost: usize,
    /// Right then, no longer in the gold.
    pub dropped: usize,
    /// Of the lost, labels that must be met.
    pub lost_labels: usize,
}

/// Compares the sealed parts of two runs.
pub fn compare(earlier: &Told, now: &Told) -> Counts {
    let of_gold = |mark: &Mark| matches!(mark.outcome, Outcome::Right | Outcome::Missed);
    let mut counts = Counts::default();
    for (id, mark) in now.marks.iter().filter(|(_, mark)| mark.told()) {
        let right = mark.outcome == Outcome::Right;
        match earlier.marks.get(id) {
            // A false proposal: new, or there before.
            before if !of_gold(mark) => counts.lost += usize::from(before.is_none_or(of_gold)),
            Some(before) if of_gold(before) && (before.outcome == Outcome::Right) != right => {
                counts.gained += usize::from(right);
                counts.lost += usize::from(!right);
                counts.lost_labels += usize::from(!right && mark.measure == Measure::Label && mark.required);
            }
            _ => {}
        }
    }
    for (id, mark) in earlier.marks.iter().filter(|(_, mark)| mark.told()) {
        let now = now.marks.get(id);
        if !of_gold(mark) {
            counts.gained += usize::from(now.is_none_or(of_gold));
        } else if mark.outcome == Outcome::Right {
            counts.dropped += usize::from(now.is_none());
        }
    }
    counts
}

/// Faults that may be shown; those of sealed label files become one line of figures.
pub fn shown(faults: Vec<Diagnostic>, sealed: &HashSet<String>) -> (Vec<Diagnostic>, Option<String>) {
    let (hidden, shown): (Vec<_>, Vec<_>) = faults.into_iter().partition(|fault| sealed.contains(&fault.file.path));
    let errors = hidden.iter().filter(|fault| fault.gravity == Gravity::Error).count();
    let line = (!hidden.is_empty()).then(|| {
        let warnings = hidden.len() - errors;
        format!("Nhãn niêm phong: {errors} lỗi, {warnings} cảnh báo (không in nội dung; xem bằng --open-sealed).")
    });
    (shown, line)
}
