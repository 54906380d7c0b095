//! How well documents were understood: identity, structure, citations, relations.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::gold::{Gold, GoldCitation, GoldIdentity};
use super::item::{Item, Measure, Outcome, met, name_of};
use super::validate::plain;
use crate::document::{Citation, Document, RelationKind, Role, Target, Unit, UnitKind, docnumber};
use crate::text::fold::fold;

/// Items about one document; without `document`, everything the gold says is missed.
pub fn items(gold: &Gold, document: Option<&Document>, items: &mut Vec<Item>) {
    identity(gold, document, items);
    units(gold, document, items);
    places(gold, document, items);
    citations(gold, document, items);
    relations(gold, document, items);
}

fn identity(gold: &Gold, document: Option<&Document>, items: &mut Vec<Item>) {
    let GoldIdentity { kind, number, issuer, level, issued, effective, title, normative } = &gold.identity;
    let found = document.map(|document| &document.identity);
    let mut field = |name: &str, expected: Option<String>, found: Option<String>| {
        let Some(expected) = expected else { return };
        let outcome = met(found.as_ref() == Some(&expected));
        items.push(
            Item::new(Measure::Identity, &gold.file.value, None, name, outcome)
                .said(expected, found.unwrap_or_default()),
        );
    };
    field("kind", kind.map(name_of), found.map(|found| name_of(found.kind)));
    field("number", number.as_ref().map(words), found.map(|found| words(&found.number)));
    field("issuer", issuer.as_ref().map(words), found.map(|found| words(&found.issuer)));
    field("level", level.map(name_of), found.map(|found| name_of(found.level)));
    field("issued", issued.map(name_of), found.map(|found| name_of(found.issued)));
    field("effective", effective.map(name_of), found.map(|found| name_of(found.effective)));
    field("title", title.as_ref().map(words), found.map(|found| words(&found.title)));
    field("normative", normative.map(name_of), found.map(|found| name_of(found.normative)));
}

/// Words of a field, spaces apart; `null` when there are none.
fn words(field: &Option<String>) -> String {
    field.as_deref().map_or_else(|| name_of(()), plain)
}

fn units(gold: &Gold, document: Option<&Document>, items: &mut Vec<Item>) {
    let Some(expected) = &gold.units else { return };
    let levels = [
        ("articles", expected.articles, UnitKind::Article),
        ("clauses", expected.clauses, UnitKind::Clause),
        ("points", expected.points, UnitKind::Point),
    ];
    for (name, expected, kind) in levels {
        let Some(expected) = expected else { continue };
        let found = document.map_or(0, |document| document.count(kind));
        let item = Item::new(Measure::Units, &gold.file.value, None, name, met(found == expected));
        let share = Some([expected.min(found), expected.max(found)]);
        items.push(Item { share, ..item.said(expected.to_string(), found.to_string()) });
    }
}

/// Every unit the gold names exists; where it names them all, no other does.
fn places(gold: &Gold, document: Option<&Document>, items: &mut Vec<Item>) {
    let listed = gold.units.as_ref().map_or(&[][..], |units| &units.paths);
    let mut named: BTreeSet<&str> = listed.iter().map(|path| path.value.as_str()).collect();
    let whole: BTreeSet<&str> = named.clone();
    named.extend(gold.labels.iter().flatten().filter_map(|label| label.path()));
    named.extend(gold.traps.iter().map(|trap| trap.path.value.as_str()));
    named.extend(gold.citations.iter().map(|citation| citation.path.value.as_str()));
    let mut there: BTreeSet<&str> = BTreeSet::new();
    if let Some(document) = document {
        there.extend(document.units.iter().map(|unit| unit.path.as_str()));
        there.extend(document.layers.iter().map(|layer| layer.id.as_str()));
    }
    let closed = !whole.is_empty();
    let item =
        |path: &str, outcome| Item { closed, ..Item::new(Measure::Place, &gold.file.value, Some(path), "", outcome) };
    items.extend(named.iter().map(|path| item(path, met(there.contains(path)))));
    if closed {
        let counted = |unit: &&Unit| {
            let numbered = matches!(unit.kind, UnitKind::Article | UnitKind::Clause | UnitKind::Point);
            numbered && !unit.quoted && unit.role != Role::Form && !named.contains(unit.path.as_str())
        };
        let units = document.iter().flat_map(|document| &document.units);
        items.extend(units.filter(counted).map(|unit| item(&unit.path, Outcome::Extra)));
    }
}

fn citations(gold: &Gold, document: Option<&Document>, items: &mut Vec<Item>) {
    let closed = gold.citations_complete;
    let found: Vec<Found> = document
        .iter()
        .flat_map(|document| document.citations.iter().filter_map(|citation| Found::of(citation, document)))
        .collect();
    let wanted = gold.citations.iter().map(|citation| Pair {
        path: &citation.path.value,
        key: plain(&citation.text.value),
        shown: said_target(citation).unwrap_or_default(),
    });
    let written = found.iter().map(|one| Pair { path: one.path, key: plain(one.text), shown: one.target.clone() });
    pair(Measure::Citation, gold, wanted.collect(), written.collect(), closed, items);
    let wanted = gold.citations.iter().filter_map(|citation| {
        Some(Pair { path: &citation.path.value, key: said_target(citation)?, shown: plain(&citation.text.value) })
    });
    let resolved = found.iter().map(|one| Pair { path: one.path, key: one.target.clone(), shown: plain(one.text) });
    let all_said = gold.citations.iter().all(|citation| citation.instrument.is_some());
    pair(Measure::CitationTarget, gold, wanted.collect(), resolved.collect(), closed && all_said, items);
}

struct Found<'a> {
    path: &'a str,
    text: &'a str,
    target: String,
}

impl<'a> Found<'a> {
    fn of(citation: &'a Citation, document: &'a Document) -> Option<Self> {
        let instrument = match &citation.target {
            Target::Own => Some("self"),
            Target::Instrument(mention) => mention.number.as_deref(),
            Target::Unresolved => None,
        };
        let path = document.units.get(citation.unit)?.path.as_str();
        Some(Found { path, text: &citation.text, target: target(instrument, &citation.provisions) })
    }
}

fn said_target(citation: &GoldCitation) -> Option<String> {
    citation.instrument.as_ref().map(|instrument| target(instrument.as_deref(), &citation.provisions))
}

/// Instrument and provisions in one form.
fn target(instrument: Option<&str>, provisions: &[String]) -> String {
    let sorted: BTreeSet<&str> = provisions.iter().map(String::as_str).collect();
    let mut text = instrument.map_or_else(|| name_of(()), instrument_key);
    for provision in sorted {
        text.push(' ');
        text.push_str(provision);
    }
    text
}

/// Numbers equal for all their spellings; names folded.
fn instrument_key(instrument: &str) -> String {
    docnumber::normalise(instrument).map_or_else(|| fold(instrument), |number| docnumber::key(&number))
}

struct Pair<'a> {
    path: &'a str,
    key: String,
    /// What else a reader wants to see of it.
    shown: String,
}

/// What is wanted and what is found, each used once.
fn pair(measure: Measure, gold: &Gold, wanted: Vec<Pair>, found: Vec<Pair>, closed: bool, items: &mut Vec<Item>) {
    let mut waiting: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (at, one) in found.iter().enumerate().rev() {
        waiting.entry((one.path, &one.key)).or_default().push(at);
    }
    let mut used = vec![false; found.len()];
    let mut nth: HashMap<(&str, &str), usize> = HashMap::new();
    for one in &wanted {
        let met_at = waiting.get_mut(&(one.path, one.key.as_str())).and_then(Vec::pop);
        let count = nth.entry((one.path, &one.key)).and_modify(|count| *count += 1).or_insert(1);
        let key = if *count > 1 { format!("{}~{count}", one.key) } else { one.key.clone() };
        let item = Item::new(measure, &gold.file.value, Some(one.path), key, met(met_at.is_some()));
        let item = item.said(format!("{} [{}]", one.key, one.shown), met_at.map_or("", |at| &found[at].key));
        items.push(Item { closed, ..item });
        if let Some(at) = met_at {
            used[at] = true;
        }
    }
    if closed {
        let extra = found.iter().zip(used).filter(|(_, used)| !used).map(|(one, _)| {
            let item = Item::new(measure, &gold.file.value, Some(one.path), one.key.clone(), Outcome::Extra);
            item.said("", format!("{} [{}]", one.key, one.shown))
        });
        items.extend(extra);
    }
}

/// Provisions by type and target: the order and number of lines that say so do not matter.
type Acts = BTreeMap<(String, String), BTreeSet<String>>;

fn add(acts: &mut Acts, kind: RelationKind, target: &str, provisions: &[String]) {
    let provisions = provisions.iter().cloned();
    acts.entry((name_of(kind), instrument_key(target))).or_default().extend(provisions);
}

fn relations(gold: &Gold, document: Option<&Document>, items: &mut Vec<Item>) {
    let Some(relations) = &gold.relations else { return };
    let mut wanted = Acts::new();
    for relation in relations {
        add(&mut wanted, relation.kind, &relation.target, &relation.provisions);
    }
    let mut found = Acts::new();
    for relation in document.iter().flat_map(|document| &document.relations) {
        let target = relation.target.number.as_deref().or(relation.target.title.as_deref()).unwrap_or("");
        add(&mut found, relation.kind, target, &relation.provisions);
    }
    let whole = |acts: &Acts| acts.keys().map(|(kind, target)| format!("{kind} {target}")).collect();
    compare(Measure::Relation, gold, whole(&wanted), whole(&found), items);
    compare(Measure::RelationProvision, gold, each(&wanted), each(&found), items);
}

/// One line for each provision; one without provision where the whole is acted on.
fn each(acts: &Acts) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for ((kind, target), provisions) in acts {
        if provisions.is_empty() {
            lines.insert(format!("{kind} {target}"));
        }
        lines.extend(provisions.iter().map(|provision| format!("{kind} {target} {provision}")));
    }
    lines
}

fn compare(measure: Measure, gold: &Gold, wanted: BTreeSet<String>, found: BTreeSet<String>, items: &mut Vec<Item>) {
    let mut push = |key: &str, outcome| items.push(Item::new(measure, &gold.file.value, None, key, outcome));
    wanted.iter().for_each(|one| push(one, met(found.contains(one))));
    found.difference(&wanted).for_each(|one| push(one, Outcome::Extra));
}
