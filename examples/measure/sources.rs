//! Two sources of the same act, article by article: our reading of a law's DOCX against the split another parser made of
//! it, our reading of a web text against the split its site made, and the two texts against each other.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use rasoat::document::{Document, docnumber};
use serde_json::Value;

use crate::corpus::{Corpus, field};
use crate::report::{Report, share};
use crate::words::{articles, body, likeness, overlap, words};

/// Share of common words from which two texts of an article are one text.
const SAME: f64 = 0.98;

/// An article as some source has it.
struct Article {
    heading: String,
    text: String,
}

#[derive(Default)]
struct Sum {
    acts: usize,
    theirs: usize,
    ours: usize,
    both: usize,
    headings: usize,
    texts: usize,
    causes: BTreeMap<&'static str, usize>,
}

/// Measures all pairs.
pub fn measure(corpus: &Corpus, data: &Path, report: &mut Report) -> Result<(), Box<dyn Error>> {
    let mut parser = Sum::default();
    for item in corpus.group("laws_tvpl") {
        let stem = item.name.trim_start_matches("laws_tvpl/").trim_end_matches(".docx");
        let Ok(text) = std::fs::read_to_string(data.join(format!("laws_tvpl/structure_json/{stem}.json"))) else {
            continue;
        };
        let theirs = of_json(&serde_json::from_str(&text)?);
        compare("docx/json", &item.name, &ours(&item.document), &theirs, true, &mut parser, report);
    }
    let mut site = Sum::default();
    let mut texts = Sum::default();
    let mut by_number = BTreeMap::new();
    for item in corpus.items.iter().filter(|item| item.record.is_none()) {
        if let Some(number) = &item.document.identity.number {
            by_number.entry(docnumber::key(number)).or_insert(item);
        }
    }
    for item in corpus.group("vbpl_review") {
        let Some(record) = &item.record else { continue };
        let read = ours(&item.document);
        compare("web/site", &item.name, &read, &of_site(record), false, &mut site, report);
        let number = field(record, "number").and_then(docnumber::normalise);
        if let Some(other) = number.and_then(|number| by_number.get(&docnumber::key(&number))) {
            compare("docx/web", &other.name, &ours(&other.document), &read, true, &mut texts, report);
        }
    }
    let rows = [
        ("DOCX read by us / split by its repository", &parser),
        ("web text read by us / split by its site", &site),
        ("DOCX / web text, both read by us", &texts),
    ]
    .map(|(name, sum)| sum.row(name));
    let heads = ["pair", "acts", "articles of the second", "of the first", "in both", "same heading", "same text"];
    report.table("The same act from two sources, article by article", &heads, &rows);
    let mut causes = Vec::new();
    for (name, sum) in [("DOCX/JSON", &parser), ("web/site", &site), ("DOCX/web", &texts)] {
        causes.extend(sum.causes.iter().map(|(cause, n)| vec![name.to_owned(), (*cause).to_owned(), n.to_string()]));
    }
    report.table("Differences by cause", &["pair", "cause", "articles"], &causes);
    Ok(())
}

impl Sum {
    fn row(&self, name: &str) -> Vec<String> {
        let mut cells = vec![name.to_owned()];
        cells.extend([self.acts, self.theirs, self.ours].map(|n| n.to_string()));
        cells.push(format!("{} ({})", self.both, share(self.both, self.theirs)));
        cells.push(share(self.headings, self.both));
        cells.push(if self.texts == 0 { "-".to_owned() } else { share(self.texts, self.both) });
        cells
    }
}

fn ours(document: &Document) -> BTreeMap<String, Article> {
    let mut found = BTreeMap::new();
    for (number, id) in articles(document) {
        let unit = &document.units[id];
        found.entry(number).or_insert(Article { heading: unit.heading.clone(), text: body(document, id) });
    }
    found
}

/// "Điều 12a" as "12a".
fn number_of(label: &str) -> Option<String> {
    let rest = label.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    (end > 0).then(|| rest[..end].to_lowercase())
}

fn of_json(split: &Value) -> BTreeMap<String, Article> {
    let mut found = BTreeMap::new();
    for row in split.as_array().into_iter().flatten() {
        let Some(number) = field(row, "điều").and_then(number_of) else { continue };
        let words = |name| field(row, name).unwrap_or_default().to_owned();
        found.entry(number).or_insert(Article { heading: words("tên_điều"), text: words("nội_dung") });
    }
    found
}

fn of_site(record: &Value) -> BTreeMap<String, Article> {
    let mut found = BTreeMap::new();
    let chapters = record.get("structure").and_then(Value::as_array).into_iter().flatten();
    for pair in chapters.filter_map(|chapter| chapter.get("articles")?.as_array()).flatten() {
        let part = |at: usize| pair.get(at).and_then(Value::as_str).unwrap_or_default();
        let Some(number) = number_of(part(0)) else { continue };
        found.entry(number).or_insert(Article { heading: part(1).to_owned(), text: String::new() });
    }
    found
}

fn compare(
    what: &str,
    name: &str,
    ours: &BTreeMap<String, Article>,
    theirs: &BTreeMap<String, Article>,
    texts: bool,
    sum: &mut Sum,
    report: &mut Report,
) {
    sum.acts += 1;
    sum.ours += ours.len();
    sum.theirs += theirs.len();
    let mut differ = |sum: &mut Sum, cause: &'static str, number: &str, shown: &str| {
        *sum.causes.entry(cause).or_default() += 1;
        report.miss(what, name, &format!("{cause}: Điều {number}"), shown);
    };
    for number in ours.keys().filter(|number| !theirs.contains_key(*number)) {
        differ(sum, "only the first has it", number, &ours[number].heading);
    }
    for (number, their) in theirs {
        let Some(our) = ours.get(number) else {
            differ(sum, "only the second has it", number, &their.heading);
            continue;
        };
        sum.both += 1;
        let whole = |article: &Article| format!("{} {}", article.heading, article.text);
        // The other parser gives the heading of the next chapter to the last article before it.
        let cut = Article { heading: their.heading.clone(), text: without_division(&their.text).to_owned() };
        let joined = likeness(&whole(our), &whole(their)) < SAME && likeness(&whole(our), &whole(&cut)) >= SAME;
        let same_whole = joined || likeness(&whole(our), &whole(their)) >= SAME;
        let heading = words(&our.heading) == words(&their.heading);
        sum.headings += usize::from(heading);
        if !heading {
            let cause = match (our.heading.is_empty(), their.heading.is_empty()) {
                (true, false) if starts(&our.text, &their.heading) => "first words: text here, heading there",
                (false, true) => "first words: heading here, text there",
                _ if likeness(&our.heading, &their.heading) > 0.8 => "heading: other spelling",
                _ if same_whole => "heading cut elsewhere",
                _ => "heading: other words",
            };
            differ(sum, cause, number, &format!("{} ≠ {}", our.heading, their.heading));
        }
        if !texts {
            continue;
        }
        sum.texts += usize::from(same_whole && !joined);
        if joined {
            differ(sum, "text: the second took in the heading of the next chapter", number, tail(&their.text).as_str());
        } else if !same_whole {
            let (both, more, less) = overlap(&whole(our), &whole(their));
            let cause = match () {
                () if less * 20 < more => "text: the first has more",
                () if more * 20 < less => "text: the second has more",
                () if both > 4 * (more + less) => "text: other wording",
                () => "text: another text",
            };
            let shown = format!(
                "both {both}, first only {more}, second only {less}: {} ≠ {}",
                tail(&our.text),
                tail(&their.text)
            );
            differ(sum, cause, number, &shown);
        }
    }
}

/// The text before a line that opens a part, chapter or section.
fn without_division(text: &str) -> &str {
    let opens = |line: &str| {
        let lower = line.trim_start().to_lowercase();
        ["chương ", "mục ", "tiểu mục ", "phần "].iter().any(|word| lower.starts_with(word)) && line.len() < 120
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if opens(line) {
            return &text[..at];
        }
        at += line.len();
    }
    text
}

fn starts(text: &str, heading: &str) -> bool {
    let heading = words(heading);
    words(text).starts_with(&heading)
}

fn tail(text: &str) -> String {
    let from = text.char_indices().rev().nth(120).map_or(0, |(at, _)| at);
    text[from..].to_owned()
}
