//! `rasoat merge`: results of many units joined into `tong-hop.xlsx` and `tong-hop.json`.

pub(super) mod input;
mod json;
mod nested;
mod owed;
mod read;
mod union;
mod workbook;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

pub use owed::{Expected, Owed};
pub use read::{Unusable, expected_units};
pub use union::{Copy, Variant};

use super::decisions::{self, Gathered, Stated};
use super::forms::Forms;
use super::{Error, MERGED_STEM, PackUse, Results, RuleUse, Run, Written, write, xlsx};
use crate::proposals::{Decisions, Office};
use crate::review::Confidence;
use crate::rules::RuleSet;
use read::Read;

/// Name of the joined results for programs.
pub const MERGED_NAME: &str = "tong-hop.json";

/// What is joined, and with which rules.
pub struct Task<'t> {
    /// Folders, workbooks, streams.
    pub paths: &'t [PathBuf],
    /// Names of the units that ought to deliver; `None` when no list was given.
    pub expected: Option<&'t [String]>,
    /// The files of those names.
    pub lists: &'t [PathBuf],
    /// Rules that say which documents must be there.
    pub rules: &'t RuleSet,
    /// Decision table, for proposals about what is missing.
    pub table: &'t Decisions,
    /// The office that joins.
    pub office: &'t Office,
    /// Official lists.
    pub forms: Vec<Forms>,
    /// The day; `None` = the latest of the results.
    pub as_of: Option<Date>,
    /// The day when no results say theirs.
    pub today: Date,
}

/// One unit that delivered.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its name: of its office, else of its folder or file.
    pub name: String,
    /// Folder or file, without the way to it.
    pub source: String,
    /// The day of its questions.
    pub as_of: Option<Date>,
    /// Packs and versions.
    pub packs: Vec<String>,
    /// Documents it read.
    pub documents: usize,
    /// Proposals that ask for something.
    pub proposals: usize,
    /// Proposals it decided about.
    pub decided: usize,
    /// Inputs it could not read.
    pub unread: Vec<input::UnreadIn>,
}

/// Everything joined.
pub struct Merged {
    /// The results, each document and proposal once.
    pub results: Results,
    /// Units, in the order given.
    pub units: Vec<Unit>,
    /// What could not be used.
    pub unusable: Vec<Unusable>,
    /// Who delivered each document.
    pub copies: Vec<Vec<Copy>>,
    /// What each unit proposed, by id.
    pub variants: BTreeMap<String, Vec<Variant>>,
    /// What each unit decided, by id.
    pub stated: BTreeMap<String, Vec<Stated>>,
    /// What the Law obliges somebody to have.
    pub owed: Vec<Owed>,
    /// Units that ought to deliver; `None` when no list was given.
    pub expected: Option<Vec<Expected>>,
    /// What a person should know, in Vietnamese.
    pub notes: Vec<String>,
    /// Something was not read or not placed.
    pub incomplete: bool,
}

impl Merged {
    /// Names of units, joined.
    pub fn names(&self, units: impl IntoIterator<Item = usize>) -> String {
        let units: BTreeSet<usize> = units.into_iter().collect();
        let names: Vec<&str> =
            units.into_iter().filter_map(|at| self.units.get(at)).map(|unit| unit.name.as_str()).collect();
        names.join("; ")
    }

    /// Documents delivered more than once, by their place.
    pub fn duplicates(&self) -> impl Iterator<Item = usize> {
        (0..self.copies.len()).filter(|&at| self.copies[at].len() > 1)
    }

    /// Ids of proposals units made differently.
    pub fn differing(&self) -> impl Iterator<Item = (&String, &Vec<Variant>)> {
        let differs = |all: &&Vec<Variant>| {
            let same =
                |a: &Variant, b: &Variant| (a.handling, &a.reason, &a.wording) == (b.handling, &b.reason, &b.wording);
            all.iter().any(|one| !same(one, &all[0]))
        };
        self.variants.iter().filter(move |(_, all)| differs(all))
    }

    /// Ids of proposals units decided differently about.
    pub fn conflicts(&self) -> impl Iterator<Item = (&String, &Vec<Stated>)> {
        self.stated.iter().filter(|(_, all)| {
            let mut first = all.iter().filter_map(|one| one.entry.opinions.first());
            first.next().is_some_and(|one| first.any(|other| one.differs(other)))
        })
    }
}

/// Joins and writes. `Ok(None)` when nothing given could be used; then nothing is written, and `told` says why.
pub fn merge(task: Task, out: &Path, told: &mut Vec<String>) -> Result<Option<(Merged, Vec<Written>)>, Error> {
    let apart: Vec<&Path> = std::iter::once(out).chain(task.lists.iter().map(PathBuf::as_path)).collect();
    let Read { sources, unusable, notes } = read::all(task.paths, &apart);
    if sources.is_empty() {
        told.extend(unusable.iter().map(|one| format!("{}: {}", one.source, one.why)));
        return Ok(None);
    }
    write::folder(out)?;
    let days = sources.iter().filter_map(|source| source.delivery.as_of);
    let as_of = task.as_of.or(days.max()).unwrap_or(task.today);
    let mut merged = join(&task, sources, unusable, notes, as_of, out)?;
    merged.results.forms = task.forms;
    let mut written = Vec::new();
    let path = out.join(MERGED_NAME);
    write::whole(&path, |file| json::write(&merged, file))?;
    written.push(Written { path, note: None });
    written.push(xlsx::write_merged(&merged, out, MERGED_STEM)?);
    Ok(Some((merged, written)))
}

fn join(
    task: &Task,
    sources: Vec<read::Source>,
    unusable: Vec<Unusable>,
    mut notes: Vec<String>,
    as_of: Date,
    out: &Path,
) -> Result<Merged, Error> {
    let mut units: Vec<Unit> = sources.iter().map(read::Source::unit).collect();
    notes.extend(
        sources.iter().flat_map(|source| source.delivery.notes.iter().map(|note| format!("{}: {note}", source.name))),
    );
    notes.extend(unlike(&units));
    let (places, deliveries): (Vec<_>, Vec<_>) = sources.into_iter().map(read::Source::parts).unzip();
    let union = union::Union::of(&deliveries);
    let from: Vec<decisions::Source> = places
        .iter()
        .zip(&union.renamed)
        .zip(&units)
        .map(|((place, renamed), unit)| decisions::Source {
            unit: unit.name.clone(),
            folder: place.folder.as_deref(),
            workbook: place.workbook.as_deref(),
            renamed: renamed.clone(),
        })
        .collect();
    let Gathered { desk, stated, failed } = decisions::gather(out, &from, as_of)?;
    for one in stated.values().flatten().filter(|one| !one.entry.opinions.is_empty()) {
        units[one.unit].decided += 1;
    }
    let expected = deliveries.iter().flat_map(|delivery| &delivery.expected);
    let mut expected: Vec<String> = task.expected.unwrap_or_default().iter().chain(expected).cloned().collect();
    let mut seen = std::collections::HashSet::new();
    expected.retain(|name| seen.insert(crate::text::fold::fold(name)));
    let known = owed::Known {
        documents: &union.documents,
        copies: &union.copies,
        units: &units,
        expected: &expected,
        listed: deliveries
            .iter()
            .enumerate()
            .flat_map(|(unit, one)| one.listed.iter().map(move |own| (unit, own)))
            .collect(),
    };
    let debts = owed::debts(&known, task.rules, (task.table, task.office, as_of));
    let mut results = results(task, &deliveries, as_of);
    results.documents = union.documents;
    results.proposals = union.proposals;
    results.proposals.extend(debts.proposals);
    results.missing = debts.findings;
    notes.extend(desk.notes.iter().cloned());
    desk.apply(&mut results);
    let incomplete = !unusable.is_empty()
        || !failed.is_empty()
        || deliveries.iter().any(|delivery| !delivery.notes.is_empty() || !delivery.unreadable.is_empty());
    let mut merged = Merged {
        results,
        units,
        unusable,
        copies: union.copies,
        variants: union.variants,
        stated,
        owed: debts.owed,
        expected: (task.expected.is_some() || !expected.is_empty()).then_some(debts.expected),
        notes,
        incomplete,
    };
    let of = |id: &String| merged.variants.get(id).map(|all| merged.names(all.iter().map(|one| one.unit)));
    let delivered = merged.results.proposals.iter();
    let delivered = delivered.map(|one| (one.id.clone(), of(&one.id).unwrap_or_else(|| "(xét chung)".to_owned())));
    merged.results.delivered = delivered.collect();
    Ok(merged)
}

/// Units that asked about other days or with other rules than the rest.
fn unlike(units: &[Unit]) -> Vec<String> {
    let mut notes = Vec::new();
    let days: BTreeSet<Date> = units.iter().filter_map(|unit| unit.as_of).collect();
    if days.len() > 1 {
        let days: Vec<String> = days.into_iter().map(super::words::date).collect();
        notes.push(format!(
            "các đơn vị xét hiệu lực tại những ngày khác nhau ({}); nên chạy lại với cùng --as-of",
            days.join(", ")
        ));
    }
    let packs: BTreeSet<&[String]> =
        units.iter().map(|unit| unit.packs.as_slice()).filter(|packs| !packs.is_empty()).collect();
    if packs.len() > 1 {
        notes.push("các đơn vị dùng bộ quy tắc hoặc phiên bản khác nhau (xem trang “Đơn vị”); kiến nghị có thể khác nhau vì vậy".to_owned());
    }
    notes
}

/// Results without documents yet.
fn results(task: &Task, deliveries: &[input::Delivery], as_of: Date) -> Results {
    let packs = task.rules.packs.iter().map(PackUse::of);
    let rules = task.rules.rules.iter().map(|rule| RuleUse {
        id: rule.id.clone(),
        pack: task.rules.packs[rule.pack].id.clone(),
        title: rule.title.clone(),
        state: "",
        confidence: Confidence::Low,
        findings: 0,
        documents: 0,
        stopped: 0,
    });
    let read = deliveries.iter().map(|delivery| delivery.documents.len()).sum();
    let unreadable = deliveries.iter().map(|delivery| delivery.unreadable.len()).sum();
    Results {
        run: Run {
            tool: env!("CARGO_PKG_VERSION"),
            as_of,
            packs: packs.collect(),
            supplied: Vec::new(),
            inputs: read + unreadable,
            read,
            unreadable,
            ignored: 0,
        },
        documents: Vec::new(),
        unreadable: Vec::new(),
        lists: Vec::new(),
        list_warnings: Vec::new(),
        proposals: Vec::new(),
        missing: Vec::new(),
        rules: rules.collect(),
        filters: Vec::new(),
        corpus: crate::registry::corpus::Corpus::default(),
        office: task.office.clone(),
        earlier: decisions::Earlier::default(),
        forms: Vec::new(),
        law: super::LawTexts::default(),
        missed: None,
        delivered: BTreeMap::new(),
    }
}
