//! Documents the Law obliges somebody to have and the batch does not show.

use jiff::civil::Date;

use super::{Basis, Confidence, Finding};
use crate::document::{Identity, Kind, Level, issuer};
use crate::registry::list::ListEntry;
use crate::review::engine::{issued_at_latest, matches_batch, short_hash};
use crate::rules::lexicon::{TermHit, TermId};
use crate::rules::ruleset::{Matcher, Rule, RuleSet};
use crate::rules::source::{AbsentSource, Fix};
use crate::rules::template::Hole;
use crate::text::Folded;

/// One finding per rule whose document is in neither the files (`documents`: who they are) nor the lists.
pub fn missing<'d>(
    rules: &RuleSet,
    documents: impl Iterator<Item = &'d Identity>,
    lists: &[ListEntry],
    as_of: Date,
) -> Vec<Finding> {
    let listed = lists.iter().flat_map(|entry| &entry.identities).map(|listed| Identity {
        kind: listed.kind.unwrap_or_default(),
        issued: listed.issued,
        title: listed.title.clone(),
        level: listed.issuer.as_deref().and_then(issuer::normalise).map(|issuer| issuer.level),
        ..Identity::default()
    });
    let identities: Vec<Identity> = documents.cloned().chain(listed).collect();
    among(rules, &identities, as_of)
}

/// The same over bare identities. Asked only where there are documents of the level that should have issued it.
pub fn among(rules: &RuleSet, identities: &[Identity], as_of: Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in rules.rules.iter().filter(|rule| matches_batch(rule)) {
        if rule.applies.source.as_of_from.is_some_and(|day| as_of < day) {
            continue;
        }
        let absent = rule.conditions.iter().find_map(|(_, matcher)| match matcher {
            Matcher::Absent { source, title_has } => Some((source, title_has.as_slice())),
            _ => None,
        });
        let Some((source, title_has)) = absent else { continue };
        let at_level = |identity: &Identity| {
            identity.level.is_some_and(|level| source.levels.is_empty() || source.levels.contains(&level))
        };
        if identities.iter().any(at_level)
            && !identities.iter().any(|identity| is_it(source, title_has, rules, identity))
        {
            findings.push(finding(rule, rules));
        }
    }
    findings
}

/// The level whose every body must have its own document by this rule: communes, or agencies and units. `None` when one document
/// is enough for all, or the rule asks for no document.
pub fn of_each(rule: &str, rules: &RuleSet) -> Option<Level> {
    let rule = rules.rules.iter().find(|own| own.id == rule)?;
    let source = rule.conditions.iter().find_map(|(_, matcher)| match matcher {
        Matcher::Absent { source, .. } => Some(source),
        _ => None,
    })?;
    match source.levels[..] {
        [level @ (Level::Xa | Level::CoQuan)] => Some(level),
        _ => None,
    }
}

/// What the document that is missing ought to be.
pub struct Wanted<'r> {
    /// What the rule says of it.
    pub title: &'r str,
    /// Its kind, when the rule names one.
    pub kind: Option<Kind>,
    /// Who issues it; empty when the rule leaves that open.
    pub issuer: String,
}

/// The document a finding misses; `province` names the issuer in full.
pub fn wanted<'r>(finding: &Finding, rules: &'r RuleSet, province: Option<&str>) -> Wanted<'r> {
    let none = Wanted { title: "", kind: None, issuer: String::new() };
    let Some(rule) = rules.rules.iter().find(|rule| rule.id == finding.rule) else { return none };
    let source = rule.conditions.iter().find_map(|(_, matcher)| match matcher {
        Matcher::Absent { source, .. } => Some(source),
        _ => None,
    });
    let kind = source.and_then(|source| source.kinds.first()).copied();
    let level = source.and_then(|source| match source.levels[..] {
        [level] => Some(level),
        _ => None,
    });
    let body = match kind {
        Some(Kind::NghiQuyet) => "Hội đồng nhân dân",
        Some(Kind::QuyetDinh) => "Ủy ban nhân dân",
        _ => "",
    };
    let issuer = match (body, level, province) {
        ("", ..) => String::new(),
        (body, Some(Level::Tinh), Some(province)) => format!("{body} tỉnh {province}"),
        (body, Some(Level::Tinh), None) => format!("{body} tỉnh"),
        (body, Some(Level::Xa), _) => format!("{body} xã, phường"),
        _ => String::new(),
    };
    Wanted { title: &rule.title, kind, issuer }
}

fn is_it(source: &AbsentSource, title_has: &[TermId], rules: &RuleSet, identity: &Identity) -> bool {
    let titled = || {
        let mut hits: Vec<TermHit> = Vec::new();
        rules.lexicon.find(
            Folded::new(identity.title.as_deref().unwrap_or("")).as_str(),
            issued_at_latest(identity),
            &mut hits,
        );
        hits.iter().any(|hit| title_has.contains(&hit.term))
    };
    (source.kinds.is_empty() || source.kinds.contains(&identity.kind))
        && (source.levels.is_empty() || identity.level.is_none_or(|level| source.levels.contains(&level)))
        && source.issued_from.is_none_or(|day| identity.issued.is_none_or(|issued| issued >= day))
        && (title_has.is_empty() || titled())
}

fn finding(rule: &Rule, rules: &RuleSet) -> Finding {
    let provisions = || rule.basis.iter().map(|basis| &rules.provisions[basis.provision]);
    let main = provisions().next();
    let fill = |hole: Hole| match hole {
        Hole::BasisCite => main.map_or_else(String::new, |p| p.cite.clone()),
        Hole::BasisDemands => main.map_or_else(String::new, |p| p.demands.clone()),
        _ => String::new(),
    };
    Finding {
        id: short_hash(&["finding", &rule.id]),
        cite: String::new(),
        unit: None,
        also: Vec::new(),
        rule: rule.id.clone(),
        kind: rule.kind,
        handling: rule.handling,
        severity: rule.severity,
        confidence: rule.confidence.min(Confidence::Medium),
        doubts: vec!["chỉ xét trong các tệp và danh mục đưa vào lần chạy này".to_owned()],
        basis: provisions()
            .map(|p| Basis {
                instrument: p.instrument.clone(),
                provision: p.path.clone(),
                cite: p.cite.clone(),
                demands: p.demands.clone(),
            })
            .collect(),
        evidence: Vec::new(),
        message: rule.say.fill(fill),
        wording: rule.propose.fill(fill),
        mechanical: rule.fix == Fix::Mechanical,
    }
}
