//! Which provisions of a Law the rules speak of, which are excused with a reason, and which nobody has looked at.

use crate::document::{Document, Role, UnitKind, own_path, place};
use crate::registry::consolidate::inside;
use crate::rules::RuleSet;

/// What is said of one provision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Rules that rest on it, on what stands in it, or on what it stands in.
    Ruled(Vec<String>),
    /// No rule, for this reason.
    Excused(String),
    /// Nothing.
    Nothing,
}

/// One provision: an article without clauses, or a clause.
#[derive(Debug)]
pub struct Covered {
    /// Bare path.
    pub path: String,
    /// "khoản 2 Điều 5".
    pub cite: String,
    /// What is said.
    pub said: Said,
}

/// Goes over the articles and clauses of the text of an instrument.
pub fn coverage(law: &Document, instrument: &str, rules: &RuleSet) -> Vec<Covered> {
    let is_whole = |unit: &crate::document::Unit| match unit.kind {
        UnitKind::Clause => true,
        UnitKind::Article => !unit.children.iter().any(|&child| law.units[child].kind == UnitKind::Clause),
        _ => false,
    };
    law.units
        .iter()
        .filter(|unit| unit.layer == 0 && !unit.quoted && unit.role != Role::Form && is_whole(unit))
        .map(|unit| {
            let path = own_path(&unit.path).to_owned();
            Covered { cite: place::provision(&path), said: said(&path, instrument, rules), path }
        })
        .collect()
}

fn said(path: &str, instrument: &str, rules: &RuleSet) -> Said {
    let touches = |provision: &str| inside(provision, path) || inside(path, provision);
    let speaking: Vec<String> = rules
        .rules
        .iter()
        .filter(|rule| {
            rule.basis
                .iter()
                .map(|basis| &rules.provisions[basis.provision])
                .any(|basis| basis.instrument == instrument && touches(&basis.path))
        })
        .map(|rule| rule.id.clone())
        .collect();
    if !speaking.is_empty() {
        return Said::Ruled(speaking);
    }
    let excuses = rules.packs.iter().flat_map(|pack| &pack.excused);
    // The narrowest reason speaks.
    let reason = excuses
        .filter(|excused| excused.instrument == instrument)
        .flat_map(|excused| excused.provisions.iter().map(move |provision| (provision, &excused.why)))
        .filter(|(provision, _)| inside(path, provision))
        .max_by_key(|(provision, _)| provision.len());
    reason.map_or(Said::Nothing, |(_, why)| Said::Excused(why.clone()))
}
