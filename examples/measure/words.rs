//! Words of two texts compared.

use std::collections::BTreeMap;

use rasoat::document::{Document, UnitId, UnitKind};
use rasoat::text::fold::fold;

/// Letters and digits only, folded.
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Words in common, those only in `a`, those only in `b`; order does not count.
pub fn overlap(a: &str, b: &str) -> (usize, usize, usize) {
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    let (ours, theirs) = (words(a), words(b));
    for word in &ours {
        *counts.entry(word.clone()).or_default() += 1;
    }
    for word in &theirs {
        *counts.entry(word.clone()).or_default() -= 1;
    }
    let only_a: i64 = counts.values().filter(|&&count| count > 0).sum();
    let only_b: i64 = -counts.values().filter(|&&count| count < 0).sum::<i64>();
    let (only_a, only_b) = (only_a as usize, only_b as usize);
    (ours.len() - only_a, only_a, only_b)
}

/// Share of common words, twice counted, in both texts.
pub fn likeness(a: &str, b: &str) -> f64 {
    let (both, only_a, only_b) = overlap(a, b);
    if both + only_a + only_b == 0 { 1.0 } else { 2.0 * both as f64 / (2 * both + only_a + only_b) as f64 }
}

/// Everything printed in a unit, without its own label and heading.
pub fn body(document: &Document, unit: UnitId) -> String {
    let mut out = document.units[unit].text.clone();
    for id in document.subtree(unit).skip(1) {
        let inner = &document.units[id];
        for part in [&inner.label, &inner.heading, &inner.text] {
            out.push('\n');
            out.push_str(part);
        }
    }
    out
}

/// Articles of the main layer outside quotations: the number as it stands in the path ("5a"), and the unit.
pub fn articles(document: &Document) -> Vec<(String, UnitId)> {
    let own = document.units.iter().enumerate();
    own.filter(|(_, unit)| unit.kind == UnitKind::Article && !unit.quoted && unit.layer == 0)
        .map(|(id, unit)| (unit.path.trim_start_matches("main/A").to_owned(), id))
        .collect()
}
