//! Decisions of several units: each unit's apart, to be compared, and all of them joined in one folder.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use jiff::civil::Date;

use super::ledger::{Entry, Ledger};
use super::{Desk, keep, take};
use crate::proposals::Opinion;
use crate::report::{Error, MERGED_STEM, WORKBOOK_STEM, write, xlsx};
use crate::text::fold::fold;

/// Where a unit's decisions lie.
#[derive(Debug, Default)]
pub struct Source<'s> {
    /// Name of the unit.
    pub unit: String,
    /// A folder of results.
    pub folder: Option<&'s Path>,
    /// A workbook alone.
    pub workbook: Option<&'s Path>,
    /// Ids that are another proposal's in the joined results: old → new.
    pub renamed: HashMap<String, String>,
}

/// What one unit decided about one proposal.
#[derive(Debug, Clone)]
pub struct Stated {
    /// Which of the sources.
    pub unit: usize,
    /// Its entry.
    pub entry: Entry,
}

/// The decisions of all units.
#[derive(Debug)]
pub struct Gathered {
    /// For the joined results.
    pub desk: Desk,
    /// What each unit decided, by id of proposal.
    pub stated: BTreeMap<String, Vec<Stated>>,
    /// Units some of whose decisions could not be read; the notes of the desk say why.
    pub failed: Vec<usize>,
}

/// Joins the decisions of all sources with those the folder `out` holds already, its own workbooks included, and keeps them
/// there.
pub fn gather(out: &Path, sources: &[Source], on: Date) -> Result<Gathered, Error> {
    let mut desk = Desk { ledger: Ledger::load(out)?, ..Desk::default() };
    desk.take_all(out, MERGED_STEM, on, true);
    let mut stated: BTreeMap<String, Vec<Stated>> = BTreeMap::new();
    let mut failed = Vec::new();
    for (unit, source) in sources.iter().enumerate() {
        let (entries, whole) = of_unit(source, on, &mut desk.notes);
        if !whole {
            failed.push(unit);
        }
        for mut entry in entries {
            if let Some(new) = source.renamed.get(&entry.proposal) {
                entry.proposal.clone_from(new);
            }
            stated.entry(entry.proposal.clone()).or_default().push(Stated { unit, entry });
        }
    }
    for all in stated.values() {
        for (at, one) in all.iter().enumerate() {
            let entry = told_apart(&one.entry, &all[..at], &sources[one.unit].unit);
            let ledger = Ledger { entries: BTreeMap::from([(entry.proposal.clone(), entry)]), ..Ledger::default() };
            desk.ledger.join(ledger, on);
        }
    }
    if !desk.ledger.is_empty() {
        keep(&mut desk.ledger, out, false)?;
    }
    Ok(Gathered { desk, stated, failed })
}

/// The decisions a folder holds, those in its workbooks included, with what a person should know. Nothing is written there.
pub fn of_folder(folder: &Path, on: Date) -> (Vec<Entry>, Vec<String>) {
    let mut notes = Vec::new();
    let source = Source { unit: write::file_name(folder), folder: Some(folder), ..Source::default() };
    let (entries, _) = of_unit(&source, on, &mut notes);
    (entries, notes)
}

/// The decisions of one unit; `false` when some could not be read. Nothing is written where they lie.
fn of_unit(source: &Source, on: Date, notes: &mut Vec<String>) -> (Vec<Entry>, bool) {
    let unit = &source.unit;
    let mut whole = true;
    let mut ledger = Ledger::default();
    if let Some(folder) = source.folder {
        match Ledger::load(folder) {
            Ok(own) => ledger = own,
            Err(error) => {
                whole = false;
                notes.push(format!("{unit}: {error}"));
            }
        }
    }
    let of = |folder| [WORKBOOK_STEM, MERGED_STEM].map(|stem| write::workbooks(folder, stem)).concat();
    let in_folder = source.folder.map(of).unwrap_or_default();
    let workbooks = in_folder.into_iter().filter(|path| !xlsx::is_large_and_ours(path));
    for path in workbooks.chain(source.workbook.map(Path::to_owned)) {
        let name = write::file_name(&path);
        match take(&path, source.folder, &mut ledger, on) {
            Ok(imported) => {
                whole &= imported.unplaced.is_empty();
                let lines = imported.unplaced.iter().map(|line| format!("chưa nhập được: {line}"));
                notes.extend(lines.chain(imported.notes).map(|line| format!("{unit}, {name}: {line}")));
            }
            Err(error) => {
                whole = false;
                notes.push(format!("{unit}: {error}"));
            }
        }
        if write::is_open(&path) {
            notes.push(format!("{unit}: {name} đang được mở; chỉ đọc được phần đã lưu"));
        }
    }
    (ledger.entries.into_values().filter(|entry| !entry.is_empty()).collect(), whole)
}

/// The entry with every opinion under a name of its own: a person without a name, or of the same name as somebody of another
/// unit who decided otherwise, is told apart by the unit, so that neither takes the other's place.
fn told_apart(entry: &Entry, others: &[Stated], unit: &str) -> Entry {
    let taken = |opinion: &Opinion| {
        let theirs = others.iter().flat_map(|other| &other.entry.opinions);
        theirs.clone().any(|other| fold(&other.person) == fold(&opinion.person) && other != opinion)
    };
    let opinions = entry.opinions.iter().map(|opinion| {
        let person = match opinion.person.as_str() {
            "" => format!("({unit})"),
            person if taken(opinion) => format!("{person} ({unit})"),
            person => person.to_owned(),
        };
        Opinion { person, ..opinion.clone() }
    });
    Entry { opinions: opinions.collect(), ..entry.clone() }
}
