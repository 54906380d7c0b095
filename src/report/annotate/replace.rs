//! Mechanical fixes as tracked changes: wording of the form "Thay "cũ" bằng "mới"", applied to the words of the finding.

use std::ops::Range;

use super::find::find;
use super::remarks::printed;
use crate::report::Reviewed;
use crate::report::index::Index;
use crate::review::{Finding, Handling, Place};
use crate::source::docx::{Replacement, Trace};

/// The replacements proposed for the document at `at`: only mechanical ones, only where the old words stand as written.
pub fn replacements(index: &Index, at: usize, trace: &Trace) -> Vec<Replacement> {
    let reviewed = &index.results.documents[at];
    let mut found: Vec<Replacement> = Vec::new();
    let units = index.of_document(at).units.iter().filter(|proposal| proposal.settled().handling == Handling::Amend);
    for finding in units.flat_map(|proposal| index.findings(proposal)).filter(|finding| finding.mechanical) {
        for (old, new) in pairs(&finding.wording) {
            of_finding(reviewed, finding, old, new, trace, &mut found);
        }
    }
    found
}

fn of_finding(
    reviewed: &Reviewed,
    finding: &Finding,
    old: &str,
    new: &str,
    trace: &Trace,
    found: &mut Vec<Replacement>,
) {
    for evidence in &finding.evidence {
        let Some((unit, true)) = printed(reviewed, evidence.unit) else { continue };
        let Some(unit) = reviewed.document.units.get(unit) else { continue };
        let text = if evidence.place == Place::Heading { &unit.heading } else { &unit.text };
        let Some(words) = around(text, old, &evidence.range) else { continue };
        let Some((from, to)) = find(unit, evidence.place, &words, |paragraph| trace.text(paragraph)) else { continue };
        if from.0 != to.0 {
            continue;
        }
        let written = &text[words];
        let one = Replacement { paragraph: from.0, words: from.1..to.1, new: cased(written, new) };
        if !found.contains(&one) {
            found.push(one);
        }
    }
}

/// Old and new words of every "Thay "…" bằng "…"".
fn pairs(wording: &str) -> Vec<(&str, &str)> {
    fn quoted(text: &str) -> Option<(&str, &str)> {
        let mut letters = text.chars();
        let close = match letters.next()? {
            '"' => '"',
            '“' => '”',
            _ => return None,
        };
        letters.as_str().split_once(close)
    }
    let mut found = Vec::new();
    let mut rest = wording;
    while let Some((_, after)) = rest.split_once("Thay ") {
        rest = after;
        let Some((old, then)) = quoted(after) else { continue };
        let Some((new, then)) = then.strip_prefix(" bằng ").and_then(quoted) else { continue };
        rest = then;
        if !old.is_empty() && old != new {
            found.push((old, new));
        }
    }
    found
}

/// Where `old` stands in the text, in any case of its letters, over or across the evidence.
fn around(text: &str, old: &str, evidence: &Range<usize>) -> Option<Range<usize>> {
    let old: Vec<char> = old.chars().flat_map(char::to_lowercase).collect();
    let starts = text.char_indices().map(|(at, _)| at).filter(|&at| at < evidence.end);
    let matched = |start: usize| {
        let mut wanted = old.iter();
        for (at, c) in text[start..].char_indices() {
            let mut lower = c.to_lowercase();
            if !lower.all(|c| wanted.next() == Some(&c)) {
                return None;
            }
            if wanted.len() == 0 {
                return Some(start..start + at + c.len_utf8());
            }
        }
        None
    };
    let boundary = |range: &Range<usize>| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(text[..range.start].chars().next_back()) && !letter(text[range.end..].chars().next())
    };
    starts.filter_map(matched).find(|range| range.end > evidence.start && boundary(range))
}

/// The new words, in capitals or with one where the old ones are so.
fn cased(old: &str, new: &str) -> String {
    if old.chars().any(char::is_uppercase) && !old.chars().any(char::is_lowercase) {
        return new.to_uppercase();
    }
    let capital = old.chars().next().is_some_and(char::is_uppercase);
    let mut letters = new.chars();
    match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        _ => new.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_replacements_are_read() {
        assert_eq!(
            pairs("Thay \"xã, phường, thị trấn\" bằng \"xã, phường\"."),
            [("xã, phường, thị trấn", "xã, phường")]
        );
        assert_eq!(pairs("Thay “A” bằng “B” (nếu có); Thay \"C\" bằng \"D\"."), [("A", "B"), ("C", "D")]);
        for judged in
            ["Sửa thành: chậm nhất là 15 ngày.", "Thay tên cơ quan bằng cơ quan kế thừa.", "Thay \"A\" bằng tên mới"]
        {
            assert!(pairs(judged).is_empty(), "{judged}");
        }
    }

    #[test]
    fn old_words_are_those_of_the_evidence() {
        let text = "Thị trấn A và các xã, phường, thị trấn; thị trấnh";
        let evidence = text.rfind("thị trấn;").unwrap();
        let evidence = evidence..evidence + "thị trấn".len();
        let words = around(text, "xã, phường, thị trấn", &evidence).unwrap();
        assert_eq!(&text[words], "xã, phường, thị trấn");
        assert_eq!(around(text, "thị trấn", &(0..3)), Some(0.."Thị trấn".len()));
        let last = text.rfind("thị").unwrap();
        assert_eq!(around(text, "thị trấn", &(last..text.len())), None);
        assert_eq!(cased("Thị trấn", "phường"), "Phường");
        assert_eq!(cased("THỊ TRẤN", "phường"), "PHƯỜNG");
    }
}
