//! Structure: articles 1..n in each layer, clauses 1..k in each article, points in the order of the legal alphabet, and
//! whether a break is the source's own and was warned about.

use std::collections::BTreeMap;

use rasoat::document::{Document, LayerKind, Role, Unit, UnitId, UnitKind};
use rasoat::text::number::{Alphabet, Number, Step, letter_at, letter_place, letter_step};

use crate::corpus::{Corpus, Item, field};
use crate::report::{Report, share};
use crate::words;

/// Why a list is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// The missing number is printed in the text before the break, but opened no unit.
    Swallowed,
    /// No such number is printed there.
    Absent,
    /// The list begins again: the source has two lists in one unit.
    Again,
    /// The same number, or an earlier one, is printed again.
    Repeated,
}

impl Cause {
    fn name(self) -> &'static str {
        match self {
            Cause::Swallowed => "printed before it, not opened",
            Cause::Absent => "not in the source",
            Cause::Again => "list begins again",
            Cause::Repeated => "number printed again",
        }
    }
}

/// Counts of one kind of unit.
#[derive(Default, Clone, Copy)]
struct Count {
    units: usize,
    breaks: usize,
    warned: usize,
    swallowed: usize,
    left: usize,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.units += other.units;
        self.breaks += other.breaks;
        self.warned += other.warned;
        self.swallowed += other.swallowed;
        self.left += other.left;
    }
}

/// The place of a unit in its list.
#[derive(Clone, Copy)]
enum Place {
    Number(Number),
    Letter(char, u32),
}

const KINDS: [(UnitKind, &str); 3] =
    [(UnitKind::Article, "articles"), (UnitKind::Clause, "clauses"), (UnitKind::Point, "points")];

/// Measures every document.
pub fn measure(corpus: &Corpus, report: &mut Report) {
    let mut groups: BTreeMap<&str, (usize, usize, [Count; 3])> = BTreeMap::new();
    let mut causes: BTreeMap<(usize, Cause), (usize, usize)> = BTreeMap::new();
    for item in &corpus.items {
        let mut counts = [Count::default(); 3];
        for (at, (kind, name)) in KINDS.into_iter().enumerate() {
            for list in lists(&item.document, kind) {
                walk(item, name, &list, &mut counts[at], at, &mut causes, report);
            }
            let left = left_in_text(&item.document, kind);
            counts[at].left = left.len();
            for (path, words) in left {
                report.miss(&format!("left in text: {name}"), &item.name, &path, &words);
            }
        }
        let sum = groups.entry(&item.group).or_default();
        sum.0 += 1;
        sum.1 += usize::from(counts.iter().all(|count| count.breaks == 0));
        for (sum, count) in sum.2.iter_mut().zip(counts) {
            sum.add(count);
        }
    }
    let mut rows = Vec::new();
    let mut all = (0, 0, [Count::default(); 3]);
    for (group, sum) in &groups {
        rows.push(line(group, sum));
        all.0 += sum.0;
        all.1 += sum.1;
        for (all, count) in all.2.iter_mut().zip(sum.2) {
            all.add(count);
        }
    }
    rows.insert(0, line("all", &all));
    let heads = [
        "group",
        "documents",
        "without a break",
        "articles",
        "in order",
        "clauses",
        "in order",
        "points",
        "in order",
        "breaks",
        "warned",
        "printed but not opened",
        "left in text",
    ];
    report.table("Order of articles, clauses and points", &heads, &rows);
    let rows: Vec<Vec<String>> = causes
        .iter()
        .map(|((at, cause), (count, warned))| {
            vec![KINDS[*at].1.to_owned(), cause.name().to_owned(), count.to_string(), warned.to_string()]
        })
        .collect();
    report.table("Breaks by cause", &["units", "cause", "breaks", "warned"], &rows);
    counts_of_records(corpus, report);
}

fn line(group: &str, (documents, whole, counts): &(usize, usize, [Count; 3])) -> Vec<String> {
    let mut cells = vec![group.to_owned(), documents.to_string(), whole.to_string()];
    let mut sum = Count::default();
    for count in counts {
        cells.push(count.units.to_string());
        cells.push(share(count.units - count.breaks, count.units));
        sum.add(*count);
    }
    cells.extend([sum.breaks, sum.warned, sum.swallowed, sum.left].map(|n| n.to_string()));
    cells
}

fn counted(unit: &Unit) -> bool {
    !unit.quoted && unit.role != Role::Form
}

/// The lists of one kind: articles by layer, the others by the unit that holds them.
fn lists(document: &Document, kind: UnitKind) -> Vec<Vec<UnitId>> {
    let mut lists: BTreeMap<(usize, Option<UnitId>), Vec<UnitId>> = BTreeMap::new();
    for (id, unit) in document.units.iter().enumerate().filter(|(_, unit)| unit.kind == kind && counted(unit)) {
        let holder = unit.parent.filter(|_| kind != UnitKind::Article);
        // i, ii … inside a point go by other numbers.
        if kind == UnitKind::Point && holder.is_some_and(|at| document.units[at].kind == UnitKind::Point) {
            continue;
        }
        lists.entry((unit.layer, holder)).or_default().push(id);
    }
    lists.into_values().collect()
}

fn place(unit: &Unit) -> Option<Place> {
    let last = unit.path.rsplit(['/', '.']).next()?.split('~').next()?;
    if unit.kind == UnitKind::Point {
        let mut chars = last.chars();
        return Some(Place::Letter(chars.next()?, chars.as_str().parse().unwrap_or(0)));
    }
    let bare = last.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let suffix = bare[digits..].chars().next().and_then(letter_place).unwrap_or(0);
    Some(Place::Number(Number { value: bare[..digits].parse().ok()?, suffix }))
}

/// How a unit stands to the one before it, and the marks that should stand between.
fn step(before: Option<Place>, now: Place) -> (Step, Vec<String>) {
    match (before, now) {
        (None, Place::Number(n)) if n.value == 1 => (Step::Next, Vec::new()),
        (None, Place::Letter('a', _)) => (Step::Next, Vec::new()),
        (None, Place::Number(n)) => (Step::Jump, (1..n.value.min(40)).map(|n| n.to_string()).collect()),
        (None, Place::Letter(..)) => (Step::Jump, vec!["a".to_owned()]),
        (Some(Place::Number(last)), Place::Number(n)) => {
            let missing = (last.value + 1..n.value.min(last.value + 40)).map(|n| n.to_string()).collect();
            (n.step_from(last), missing)
        }
        (Some(Place::Letter(last, before)), Place::Letter(letter, digits)) => {
            let (found, alphabet) = letter_step(last, letter);
            let inserted = found == Step::Same && digits == before + 1;
            // Word's own letters are an order too, and are warned about once.
            let next = inserted || alphabet == Some(Alphabet::Latin);
            let after = letter_place(last).and_then(|place| letter_at(place + 1)).map(String::from);
            (if next { Step::Next } else { found }, after.into_iter().collect())
        }
        _ => (Step::Next, Vec::new()),
    }
}

fn walk(
    item: &Item,
    name: &str,
    list: &[UnitId],
    count: &mut Count,
    at: usize,
    causes: &mut BTreeMap<(usize, Cause), (usize, usize)>,
    report: &mut Report,
) {
    let document = &item.document;
    let mut before: Option<(Place, UnitId)> = None;
    for &id in list {
        let unit = &document.units[id];
        let Some(now) = place(unit) else { continue };
        count.units += 1;
        let appendix = document.layers[unit.layer].kind == LayerKind::Appendix;
        let (found, missing) = match before {
            // An appendix may hold articles of another text from any number on.
            None if appendix && at == 0 => (Step::Next, Vec::new()),
            _ => step(before.map(|(place, _)| place), now),
        };
        if found != Step::Next {
            let cause = match found {
                Step::Jump => {
                    let from = before.map(|(_, id)| id).or(unit.parent).unwrap_or(id.saturating_sub(3));
                    let printed = missing.iter().any(|mark| is_printed(&document.units[from..id], at, mark));
                    if printed { Cause::Swallowed } else { Cause::Absent }
                }
                _ if matches!(now, Place::Number(Number { value: 1, .. }) | Place::Letter('a', _)) => Cause::Again,
                _ => Cause::Repeated,
            };
            let warned = document.warnings.iter().any(|warning| {
                let numbering = warning.code.starts_with("numbering") || warning.code.starts_with("points");
                numbering && warning.path.as_deref() == Some(unit.path.as_str())
            });
            count.breaks += 1;
            count.warned += usize::from(warned);
            count.swallowed += usize::from(cause == Cause::Swallowed);
            let sum = causes.entry((at, cause)).or_default();
            sum.0 += 1;
            sum.1 += usize::from(warned);
            let last = before.map_or("(start)", |(_, id)| document.units[id].path.as_str());
            let why = format!("{} {last} → {}{}", cause.name(), unit.path, if warned { "" } else { " UNWARNED" });
            report.miss(
                &format!("break: {name}"),
                &item.name,
                &why,
                &format!("{} {} {}", unit.label, unit.heading, unit.text),
            );
        }
        before = Some((now, id));
    }
}

/// A missing number stands, with its sign, at the start of a line or after the end of a sentence.
fn is_printed(units: &[Unit], at: usize, mark: &str) -> bool {
    let marks = match at {
        0 => vec![format!("Điều {mark}."), format!("Điều {mark}:")],
        1 => vec![format!("{mark}. "), format!("{mark}) "), format!("{mark}- "), format!("{mark}.")],
        _ => vec![format!("{mark}) "), format!("{mark}. "), format!("{mark})")],
    };
    units.iter().flat_map(|unit| [&unit.heading, &unit.text]).any(|text| {
        marks.iter().any(|mark| {
            text.match_indices(mark.as_str()).any(|(at, _)| {
                let lead = text[..at].trim_end_matches([' ', '\u{a0}', '\t']);
                let fresh = lead.is_empty() || lead.ends_with(['\n', '.', ';', ':', '”', '"']);
                fresh && (lead.len() < at || lead.is_empty() || lead.ends_with('\n'))
            })
        })
    })
}

/// Lines of running text that begin like a number of this kind.
fn left_in_text(document: &Document, kind: UnitKind) -> Vec<(String, String)> {
    let begins = |line: &str| match kind {
        UnitKind::Article => line.strip_prefix("Điều ").is_some_and(|rest| {
            let tail = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            tail.len() < rest.len() && tail.starts_with(['.', ':'])
        }),
        UnitKind::Clause => {
            let tail = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = line.len() - tail.len();
            (1..=2).contains(&digits)
                && tail.strip_prefix(['.', ')']).is_some_and(|t| t.trim_start().starts_with(char::is_uppercase))
        }
        _ => {
            let mut chars = line.chars();
            chars.next().is_some_and(|c| letter_place(c).is_some()) && chars.as_str().starts_with(')')
        }
    };
    let own = document.units.iter().filter(|unit| {
        counted(unit)
            && !matches!(
                unit.kind,
                UnitKind::TableRow | UnitKind::Recipients | UnitKind::Signature | UnitKind::Title | UnitKind::Basis
            )
    });
    own.flat_map(|unit| unit.text.lines().filter(|line| begins(line)).map(|line| (unit.path.clone(), line.to_owned())))
        .collect()
}

/// Numbers of articles against those the records give.
fn counts_of_records(corpus: &Corpus, report: &mut Report) {
    let mut rows = Vec::new();
    let expected = |item: &Item| -> Option<usize> {
        let record = item.record.as_ref()?;
        if let Some(count) = record.get("n_articles").and_then(serde_json::Value::as_u64) {
            return Some(count as usize);
        }
        let chapters = record.get("structure")?.as_array()?;
        Some(chapters.iter().filter_map(|c| c.get("articles")?.as_array()).map(Vec::len).sum())
    };
    for group in ["phapdien_docs", "vbpl_review"] {
        let (mut documents, mut same, mut theirs, mut ours) = (0, 0, 0, 0);
        for item in corpus.group(group) {
            let Some(count) = expected(item) else { continue };
            let found = words::articles(&item.document).len();
            documents += 1;
            theirs += count;
            ours += found;
            same += usize::from(count == found);
            if count != found {
                let number = item.record.as_ref().and_then(|record| field(record, "number")).unwrap_or_default();
                report.miss("count of articles", &item.name, &format!("theirs {count}, ours {found}"), number);
            }
        }
        rows.push(
            [group.to_owned(), documents.to_string(), same.to_string(), theirs.to_string(), ours.to_string()].to_vec(),
        );
    }
    report.table(
        "Articles counted by the records",
        &["corpus", "documents", "same count", "their articles", "our articles"],
        &rows,
    );
}
