//! The tables of a run.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::{Checked, Judged};

/// Files with fewer commands and no miss share one row.
const FEW: usize = 10;

/// Characters of a miss that are shown.
const SHOWN: usize = 120;

/// Share understood by file and in all, each miss, and a sample of the understood.
pub fn render(checked: &[Checked], looked_at: usize, markdown: bool, show: usize) -> String {
    let mut out = String::new();
    let heads = ["file", "commands", "understood", "%"];
    row(&mut out, markdown, &heads.map(str::to_owned));
    if markdown {
        let _ = writeln!(out, "|{}", "---|".repeat(heads.len()));
    }
    let (mut all, mut good) = (0, 0);
    let (mut small, mut small_files) = (0, 0);
    let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
    for one in checked {
        let understood = one.candidates.iter().filter(|candidate| candidate.miss.is_none()).count();
        all += one.candidates.len();
        good += understood;
        for miss in one.candidates.iter().filter_map(|candidate| candidate.miss.as_deref()) {
            let cause = if miss.starts_with("lost") { "a number named is in no operation" } else { miss };
            *causes.entry(cause).or_default() += 1;
        }
        if one.candidates.len() < FEW && understood == one.candidates.len() {
            (small, small_files) = (small + understood, small_files + 1);
            continue;
        }
        row(&mut out, markdown, &cells(&one.file, one.candidates.len(), understood));
    }
    row(&mut out, markdown, &cells(&format!("{small_files} with fewer than {FEW}, none missed"), small, small));
    row(&mut out, markdown, &cells(&format!("all {} of {looked_at} texts", checked.len()), all, good));
    let _ = writeln!(out, "\n{} misses", all - good);
    for (cause, count) in &causes {
        let _ = writeln!(out, "- {cause}: {count}");
    }
    let _ = writeln!(out);
    for (file, candidate) in each(checked) {
        let Some(miss) = &candidate.miss else { continue };
        let text: String = candidate.text.chars().take(SHOWN).collect();
        let doubt = if candidate.doubtful { " (in quotation marks)" } else { "" };
        let _ = writeln!(out, "- {file} {}: {miss}{doubt}: {text}", candidate.path);
        if !markdown {
            operations(&mut out, candidate);
        }
    }
    let outside: Vec<_> = checked.iter().flat_map(|one| one.outside.iter().map(|said| (&one.file, said))).collect();
    let _ = writeln!(out, "\n{} operations where the finder sees no candidate", outside.len());
    if !markdown {
        outside.iter().for_each(|(file, said)| out.push_str(&format!("~ {file} {said}\n")));
    }
    let understood = each(checked).filter(|(_, candidate)| candidate.miss.is_none());
    for (file, candidate) in understood.step_by(show.max(1)).filter(|_| show > 0) {
        let _ = writeln!(out, "= {file} {}: {}", candidate.path, candidate.text);
        operations(&mut out, candidate);
    }
    out
}

fn operations(out: &mut String, candidate: &Judged) {
    for operation in &candidate.operations {
        let _ = writeln!(out, "    {operation}");
    }
}

fn each(checked: &[Checked]) -> impl Iterator<Item = (&str, &Judged)> {
    checked.iter().flat_map(|one| one.candidates.iter().map(|candidate| (one.file.as_str(), candidate)))
}

fn cells(name: &str, all: usize, good: usize) -> [String; 4] {
    let share = 100.0 * good as f64 / all.max(1) as f64;
    [name.to_owned(), all.to_string(), good.to_string(), format!("{share:.1}")]
}

fn row(out: &mut String, markdown: bool, cells: &[String]) {
    let _ = if markdown { writeln!(out, "| {} |", cells.join(" | ")) } else { writeln!(out, "{}", cells.join("\t")) };
}
