//! Effect: the day the text states against the day the codifiers recorded.

use std::collections::BTreeMap;

use crate::corpus::{Corpus, field, of_text};
use crate::identity::{day, written_head};
use crate::report::{Report, share};

/// Measures the consolidated texts, each under a head written from its record so that "kể từ ngày ký" can be counted.
pub fn measure(corpus: &Corpus, report: &mut Report) {
    let mut outcomes: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let (mut stated, mut right, mut known) = (0, 0, 0);
    for item in corpus.group("phapdien_docs") {
        let Some(record) = &item.record else { continue };
        let Some(truth) = field(record, "effective").and_then(day) else { continue };
        known += 1;
        let (head, document) = match written_head(record) {
            Some((_, document)) => ("head from the record", document),
            None => {
                let Some(document) = field(record, "text").and_then(|text| of_text("bare", text)) else { continue };
                ("no day of issue", document)
            }
        };
        let code = document.warnings.iter().find(|w| w.code.starts_with("effective")).map_or("", |w| w.code);
        let ours = document.identity.effective;
        let outcome = match (ours, code) {
            (Some(ours), "effective-by-default") if ours == truth => "by default of the law, equal",
            (Some(_), "effective-by-default") => "by default of the law, different",
            (Some(ours), _) if ours == truth => "stated, equal",
            (Some(_), "effective-in-parts") => "stated in parts, different",
            (Some(_), _) => "stated, different",
            (None, "effective-blank") => "blank",
            (None, "effective-unknown") => "counted from a day not in the text",
            (None, _) => "not stated",
        };
        if outcome.starts_with("stated") {
            stated += 1;
            right += usize::from(outcome == "stated, equal");
        }
        *outcomes.entry((head, outcome)).or_default() += 1;
        // Words of effect that gave nothing are the misses to look at.
        let clause = document.units.iter().filter(|unit| !unit.quoted).find_map(|unit| {
            let at = unit.text.find("này có hiệu lực")?;
            let from = unit.text[..at].char_indices().rev().nth(30).map_or(0, |(at, _)| at);
            Some(format!("{} {}", unit.path, &unit.text[from..]))
        });
        let missed = clause.is_some() && !outcome.starts_with("stated");
        if missed || outcome.contains("different") && !outcome.contains("default") {
            let ours = ours.map_or_else(|| "none".to_owned(), |day| day.to_string());
            let words = clause.unwrap_or_default();
            report.miss("effective", &item.name, &format!("{outcome}: ours {ours}, record {truth}"), &words);
        }
    }
    let rows: Vec<Vec<String>> = outcomes
        .iter()
        .map(|((head, outcome), n)| vec![(*head).to_owned(), (*outcome).to_owned(), n.to_string()])
        .collect();
    report.table("Day of effect against phapdien_docs", &["document", "outcome", "documents"], &rows);
    report.note(&format!(
        "\nStated {stated} of {known}; equal to the record {right} = {} of those stated.",
        share(right, stated)
    ));
}
