//! Joined results given as one delivery: taken apart again, so that the units behind them stand in the lists by name.

use std::collections::HashSet;

use super::input::{CopyIn, Delivery, DocumentIn, UnitIn};
use super::read::{Place, Source};

/// The deliveries behind joined results, and what the joining office itself decided. Other results stay as they are.
pub fn apart(source: Source) -> Vec<Source> {
    if source.delivery.units.is_empty() {
        return vec![source];
    }
    let Source { name, shown, place, delivery } = source;
    let mut parts: Vec<Source> = delivery
        .units
        .iter()
        .map(|unit| Source {
            name: unit.name.clone(),
            shown: format!("{shown} ({})", unit.source),
            place: Place::default(),
            delivery: of_unit(&delivery, unit),
        })
        .collect();
    // Decisions, names of expected units and notes are the joining office's own.
    let own = Delivery {
        office: delivery.office,
        as_of: delivery.as_of,
        packs: delivery.packs,
        expected: delivery.expected,
        notes: delivery.notes,
        ..Delivery::default()
    };
    parts.push(Source { name: format!("{name} (bản tổng hợp)"), shown, place, delivery: own });
    parts
}

/// What one unit had delivered.
fn of_unit(joined: &Delivery, unit: &UnitIn) -> Delivery {
    let copy_of = |copy: &CopyIn, one: &DocumentIn| DocumentIn {
        file: copy.file.clone(),
        sha256: copy.sha256.clone(),
        handling: copy.handling.or(one.handling),
        delivered: Vec::new(),
        ..one.clone()
    };
    let documents: Vec<DocumentIn> = joined
        .documents
        .iter()
        .filter_map(|one| Some(copy_of(one.delivered.iter().find(|copy| copy.unit == unit.name)?, one)))
        .collect();
    let own: HashSet<&str> = documents.iter().map(|one| one.id.as_str()).collect();
    let is_own = |document: &Option<String>| document.as_deref().is_some_and(|id| own.contains(id));
    let proposed = |units: &[String]| units.is_empty() || units.contains(&unit.name);
    let proposals = joined.proposals.iter().filter(|one| is_own(&one.document) && proposed(&one.units));
    Delivery {
        office: Some(unit.name.clone()),
        as_of: unit.as_of.or(joined.as_of),
        packs: unit.packs.clone(),
        findings: joined.findings.iter().filter(|one| is_own(&one.document)).cloned().collect(),
        proposals: proposals.cloned().collect(),
        unreadable: joined.unreadable.iter().filter(|one| one.unit == unit.name).cloned().collect(),
        documents,
        ..Delivery::default()
    }
}
