//! Rules that tell the same fault in different words give one finding for a unit.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Finding;
use crate::rules::ruleset::Rule;

/// Of the findings (each with the index of its rule) that rules of one family made of one unit, the surest stays, at equal
/// confidence that of the rule that stands first; the words of the others become further evidence of it.
pub(super) fn one_each(findings: Vec<(usize, Finding)>, rules: &[Rule]) -> Vec<Finding> {
    let mut kept: Vec<(usize, Finding)> = Vec::with_capacity(findings.len());
    let mut of_family: HashMap<(usize, &str), usize> = HashMap::new();
    for (rule, mut finding) in findings {
        let key = rules[rule].family.as_deref().zip(finding.unit).map(|(family, unit)| (unit, family));
        let Some(key) = key else {
            kept.push((rule, finding));
            continue;
        };
        let at = *of_family.entry(key).or_insert(kept.len());
        let Some((known_rule, known)) = kept.get_mut(at) else {
            kept.push((rule, finding));
            continue;
        };
        if (Reverse(finding.confidence), rule) < (Reverse(known.confidence), *known_rule) {
            std::mem::swap(&mut finding, known);
            *known_rule = rule;
        }
        let further = finding.evidence.into_iter().filter(|words| !known.evidence.contains(words)).collect::<Vec<_>>();
        known.evidence.extend(further);
    }
    kept.into_iter().map(|(_, finding)| finding).collect()
}
