//! What a run found, as tables.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::{Compared, Found};

/// Missing words shown for a file.
const SHOWN: usize = 20;

/// Sums of a group of files.
#[derive(Default)]
struct Sum {
    files: usize,
    words: usize,
    missing: usize,
    surplus: usize,
    aside: usize,
    short: usize,
}

/// The tables; Markdown has bars and a header line, plain text has tabs.
pub fn render(found: &Found, least: f64, markdown: bool) -> String {
    let mut out = String::new();
    let mut sums: BTreeMap<(String, String, &str), Sum> = BTreeMap::new();
    for one in &found.compared {
        let group = one.file.split_once('/').map_or("(top)", |(group, _)| group);
        let all = ("all".to_owned(), one.reader.clone(), one.extractor.name());
        let own = (group.to_owned(), one.reader.clone(), one.extractor.name());
        for key in [own, all] {
            sums.entry(key).or_default().add(one, least);
        }
    }
    let heads = ["group", "reader", "against", "files", "words", "have %", "missing", "only ours", "notes", "short"];
    row(&mut out, markdown, &heads.map(str::to_owned));
    if markdown {
        let _ = writeln!(out, "|{}", "---|".repeat(heads.len()));
    }
    for ((group, reader, against), sum) in &sums {
        let share = 100.0 * (sum.words - sum.missing) as f64 / sum.words.max(1) as f64;
        let counts = [sum.missing, sum.surplus, sum.aside, sum.short].map(|count| count.to_string());
        let mut cells = vec![group.clone(), reader.clone(), (*against).to_owned()];
        cells.extend([sum.files.to_string(), sum.words.to_string(), format!("{share:.3}")]);
        cells.extend(counts);
        row(&mut out, markdown, &cells);
    }
    let mut short: Vec<&Compared> = found.compared.iter().filter(|one| one.outcome.share() < least).collect();
    short.sort_by(|a, b| a.outcome.share().total_cmp(&b.outcome.share()).then_with(|| a.file.cmp(&b.file)));
    let _ = writeln!(out, "\n{} comparisons under {least} %", short.len());
    for one in short {
        list(&mut out, one);
    }
    let _ = writeln!(out, "\n{} files without a comparison", found.without.len());
    for (file, why) in &found.without {
        let _ = writeln!(out, "- {file}: {why}");
    }
    out
}

impl Sum {
    fn add(&mut self, one: &Compared, least: f64) {
        self.files += 1;
        self.words += one.outcome.theirs;
        self.missing += one.outcome.missing;
        self.surplus += one.outcome.surplus;
        self.aside += one.outcome.aside;
        self.short += usize::from(one.outcome.share() < least);
    }
}

fn row(out: &mut String, markdown: bool, cells: &[String]) {
    if markdown {
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    } else {
        let _ = writeln!(out, "{}", cells.join("\t"));
    }
}

fn list(out: &mut String, one: &Compared) {
    let outcome = &one.outcome;
    let causes: Vec<String> =
        outcome.causes().iter().map(|(cause, count)| format!("{} {count}", cause.name())).collect();
    let words: Vec<String> = outcome
        .words
        .iter()
        .take(SHOWN)
        .map(|(word, count, _)| if *count == 1 { word.clone() } else { format!("{word} ×{count}") })
        .collect();
    let _ = writeln!(
        out,
        "- {} ({} against {}): {:.2} %, {} of {} words missing ({} never seen), {} only ours, {} in notes; {}\n  {}",
        one.file,
        one.reader,
        one.extractor.name(),
        outcome.share(),
        outcome.missing,
        outcome.theirs,
        outcome.unknown,
        outcome.surplus,
        outcome.aside,
        causes.join(", "),
        words.join(" ")
    );
}
