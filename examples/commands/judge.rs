//! Is a candidate understood? Its numbers and words are looked for in the operations of the units it stands in.

use rasoat::document::Document;
use rasoat::document::amendment::Operation;

use crate::Judged;
use crate::finder::Candidate;

/// Compares a candidate with the operations of its units.
pub fn judge(document: &Document, one: Candidate) -> Judged {
    let holds = |unit: usize| document.units[unit].origins.iter().any(|origin| origin.paragraph == one.paragraph);
    let unit = (0..document.units.len()).rev().find(|&unit| holds(unit));
    let operations: Vec<&Operation> = document.operations.iter().filter(|operation| holds(operation.unit)).collect();
    let path = unit.map_or_else(|| "(no unit)".to_owned(), |unit| document.units[unit].path.clone());
    let miss = miss(&one, &operations, unit.is_some_and(|unit| document.units[unit].quoted));
    let operations = operations.iter().map(|operation| shown(operation)).collect();
    Judged { path, text: one.text, doubtful: one.doubtful, miss, operations }
}

/// Operations that no candidate covers, each with the words of its command.
pub fn outside(document: &Document, found: &[Candidate]) -> Vec<String> {
    let covered = |unit: usize| {
        document.units[unit].origins.iter().any(|at| found.iter().any(|one| one.paragraph == at.paragraph))
    };
    let left = document.operations.iter().filter(|operation| !covered(operation.unit));
    left.map(|operation| {
        let unit = &document.units[operation.unit];
        let from = if operation.in_heading { &unit.heading } else { &unit.text };
        let words: String = from.chars().take(160).collect();
        format!("{} {}: {words}", unit.path, shown(operation))
    })
    .collect()
}

fn miss(one: &Candidate, operations: &[&Operation], quoted: bool) -> Option<String> {
    if operations.is_empty() {
        return Some(if quoted { "read as quoted text".to_owned() } else { "no operation".to_owned() });
    }
    if operations.iter().any(|operation| {
        let target = &operation.target;
        target.number.is_none() && target.title.is_none() && (target.kind.is_none() || target.issued.is_none())
    }) {
        return Some("target not resolved".to_owned());
    }
    if operations.iter().any(|operation| {
        operation.provisions.is_empty() && operation.old_words.is_none() && operation.new_words.is_none()
    }) {
        return Some("no provision".to_owned());
    }
    let placed =
        |path: &String| path.starts_with(['A', 'C', 'S', 'P']) || path.starts_with("app") || path.starts_with("form");
    if operations.iter().any(|operation| !operation.provisions.iter().all(placed)) {
        return Some("article not resolved".to_owned());
    }
    let takes_text = one.text.ends_with("như sau:") && !one.about_words;
    if takes_text && operations.iter().all(|operation| operation.quoted.is_empty()) {
        return Some("new text not found".to_owned());
    }
    let has_words = operations.iter().any(|operation| operation.old_words.is_some() || operation.new_words.is_some());
    if one.about_words && !has_words {
        return Some("words not found".to_owned());
    }
    let paths = || {
        operations.iter().flat_map(|operation| {
            let place = operation.place.iter().map(|place| &place.provision);
            operation.provisions.iter().chain(&operation.renumbered).chain(place)
        })
    };
    let named = |number: &String| {
        paths().any(|path| {
            path.split(['.', '-', '/']).any(|part| part == number || part.trim_start_matches('0') == number)
        })
    };
    let lost: Vec<&str> = one.numbers.iter().filter(|number| !named(number)).map(String::as_str).collect();
    (!lost.is_empty()).then(|| format!("lost {}", lost.join(" ")))
}

fn shown(operation: &Operation) -> String {
    let mut words = format!("{:?} {}", operation.kind, operation.provisions.join(","));
    if operation.part != rasoat::document::amendment::Part::Whole {
        words.push_str(&format!(" [{:?}]", operation.part));
    }
    if let Some(place) = &operation.place {
        words.push_str(&format!(" {} {}", if place.before { "before" } else { "after" }, place.provision));
    }
    for (sign, said) in [('-', &operation.old_words), ('+', &operation.new_words)] {
        if let Some(said) = said {
            words.push_str(&format!(" {sign}“{said}”"));
        }
    }
    if !operation.renumbered.is_empty() {
        words.push_str(&format!(" to {}", operation.renumbered.join(",")));
    }
    if !operation.quoted.is_empty() {
        words.push_str(&format!(" q{}", operation.quoted.join(",")));
    }
    let target = &operation.target;
    words.push_str(&format!(" @{}", target.number.as_deref().or(target.title.as_deref()).unwrap_or("?")));
    words
}
