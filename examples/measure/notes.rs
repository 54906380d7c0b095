//! Citations and acts against the notes of the codifiers, and against labels a language model made.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;

use rasoat::document::provision;
use rasoat::document::{Document, RelationKind, Target, docnumber};
use serde_json::Value;

use crate::corpus::{field, of_text, rows, unpack};
use crate::report::{Report, share};

/// A number and an article of it.
type Pair = (String, String);

#[derive(Default)]
struct Sum {
    theirs: usize,
    ours: usize,
    both: usize,
}

impl Sum {
    fn add<T: Ord>(&mut self, ours: &BTreeSet<T>, theirs: &BTreeSet<T>) {
        self.theirs += theirs.len();
        self.ours += ours.len();
        self.both += ours.intersection(theirs).count();
    }

    fn row(&self, name: &str) -> Vec<String> {
        let mut row = vec![name.to_owned()];
        row.extend([self.theirs, self.ours, self.both].map(|n| n.to_string()));
        row.extend([share(self.both, self.ours), share(self.both, self.theirs)]);
        row
    }
}

/// Measures notes and labels.
pub fn measure(data: &Path, report: &mut Report) -> Result<(), Box<dyn Error>> {
    let notes = rows(&data.join("corpora/phapdien_article_relations.dev.jsonl.gz"))?;
    let (mut cited, mut acts, mut targets) = (Sum::default(), Sum::default(), Sum::default());
    let mut false_acts = 0;
    for note in &notes {
        let name = field(note, "phapdien_id").unwrap_or_default();
        let words = field(note, "note").unwrap_or_default();
        let Some(document) = of_text("note", &format!("Điều 1. Ghi chú\n{words}")) else { continue };
        let (ours, theirs) = (pairs(&document), pairs_of(note));
        cited.add(&ours, &theirs);
        if ours != theirs {
            let (less, more) = (theirs.difference(&ours), ours.difference(&theirs));
            let why = format!("missing {:?}, more {:?}", less.collect::<Vec<_>>(), more.collect::<Vec<_>>());
            report.miss("note citation", name, &why, words);
        }
        // What is told in the passive is history, no act of the document that tells it.
        let acting =
            document.relations.iter().filter(|r| !matches!(r.kind, RelationKind::Refers | RelationKind::Basis));
        let acting = acting.count();
        false_acts += acting;
        if acting > 0 {
            report.miss("note told as an act", name, &format!("{acting} relations"), words);
        }
        for by in note.get("parsed").and_then(Value::as_array).into_iter().flatten() {
            command(note, by, &mut acts, &mut targets, report);
        }
    }
    let rows = vec![
        cited.row("number and article cited in a note"),
        acts.row("act and number in a command written from it"),
        targets.row("act, number and article in that command"),
    ];
    let heads = ["what", "theirs", "ours", "both", "precision", "recall"];
    report.table("Notes of the codifiers (phapdien_article_relations)", &heads, &rows);
    report.note(&format!("\nRelations wrongly read from the {} notes, which tell history: {false_acts}.", notes.len()));
    labels(data, report)
}

/// Numbers and articles our citations name.
fn pairs(document: &Document) -> BTreeSet<Pair> {
    let mut found = BTreeSet::new();
    for citation in &document.citations {
        let Target::Instrument(mention) = &citation.target else { continue };
        let Some(number) = &mention.number else { continue };
        for provision in &citation.provisions {
            if let Some(article) = article_of(provision) {
                found.insert((docnumber::key(number), article));
            }
        }
    }
    found
}

/// "A5a.2.đ" as "5a".
fn article_of(provision: &str) -> Option<String> {
    let rest = provision.rsplit('/').next()?.strip_prefix('A')?;
    rest.split(['.', '~']).next().map(str::to_owned)
}

fn pairs_of(note: &Value) -> BTreeSet<Pair> {
    let mut found = BTreeSet::new();
    let mut add = |number: Option<&str>, unit: Option<&str>, article: Option<&str>| {
        let is_article = unit.is_none_or(|unit| unit == "Điều");
        if let (Some(number), Some(article), true) = (number, article, is_article) {
            let number = docnumber::normalise(number).unwrap_or_else(|| number.to_owned());
            // "1, Điều 4" is two articles.
            for one in article.to_lowercase().split(", điều ") {
                found.insert((docnumber::key(&number), one.to_owned()));
            }
        }
    };
    add(field(note, "number"), field(note, "unit"), field(note, "article"));
    for by in note.get("parsed").and_then(Value::as_array).into_iter().flatten() {
        add(field(by, "by_number"), field(by, "by_unit"), field(by, "by"));
    }
    found
}

/// The note turned into the command it came from: "Điều 1. Sửa đổi, bổ sung Điều 3 Nghị định số …".
fn command(note: &Value, by: &Value, acts: &mut Sum, targets: &mut Sum, report: &mut Report) {
    let actions: Vec<&str> =
        by.get("actions").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let (verb, kinds): (&str, &[RelationKind]) = match actions.as_slice() {
        // One command, one relation: "sửa đổi, bổ sung" amends.
        ["bổ sung", "sửa đổi"] => ("Sửa đổi, bổ sung", &[RelationKind::Amends]),
        ["sửa đổi"] => ("Sửa đổi", &[RelationKind::Amends]),
        ["bổ sung"] => ("Bổ sung", &[RelationKind::Supplements]),
        ["bãi bỏ"] => ("Bãi bỏ", &[RelationKind::Repeals]),
        _ => return,
    };
    let (Some("Điều"), Some(article), Some(kind), Some(number)) =
        (field(note, "unit"), field(note, "article"), field(note, "kind"), field(note, "number"))
    else {
        return;
    };
    let (Some(own_kind), Some(own)) = (field(by, "by_kind"), field(by, "by_number")) else { return };
    let text = format!(
        "Số: {own}\n{}\nSửa đổi một số văn bản\nĐiều 1. {verb} Điều {article} {kind} số {number}.\nĐiều 2. Hiệu lực thi hành\n{own_kind} này có hiệu lực kể từ ngày ký.\n",
        own_kind.to_uppercase()
    );
    let Some(document) = of_text("command", &text) else { return };
    let key = docnumber::key(&docnumber::normalise(number).unwrap_or_else(|| number.to_owned()));
    let name = |kind: RelationKind| format!("{kind:?}");
    let (mut ours, mut ours_whole) = (BTreeSet::new(), BTreeSet::new());
    for relation in document.relations.iter().filter(|r| !matches!(r.kind, RelationKind::Refers | RelationKind::Basis))
    {
        let number = relation.target.number.as_deref().map(docnumber::key).unwrap_or_default();
        ours.insert((name(relation.kind), number.clone()));
        for provision in &relation.provisions {
            ours_whole.insert((name(relation.kind), number.clone(), article_of(provision).unwrap_or_default()));
        }
    }
    let theirs: BTreeSet<_> = kinds.iter().map(|&kind| (name(kind), key.clone())).collect();
    let whole: BTreeSet<_> = kinds.iter().map(|&kind| (name(kind), key.clone(), article.to_lowercase())).collect();
    acts.add(&ours, &theirs);
    targets.add(&ours_whole, &whole);
    if ours != theirs || ours_whole != whole {
        report.miss("command", number, &format!("ours {ours_whole:?} theirs {whole:?}"), &text);
    }
}

/// Labels of vilegaljere: provisions a language model found in an article. Weak truth: it leaves many out.
fn labels(data: &Path, report: &mut Report) -> Result<(), Box<dyn Error>> {
    let all: Value = serde_json::from_str(&unpack(&data.join("labelled/vilegaljere_finetune.json.gz"))?)?;
    let mut sum = Sum::default();
    for (id, row) in all.as_object().into_iter().flatten() {
        let (Some(context), Some(labels)) =
            (field(row, "formatted_context_sent"), field(row, "extracted_relations_text"))
        else {
            continue;
        };
        let own = field(row, "dieu_original").unwrap_or_default();
        let own = own.trim_start_matches(|c: char| !c.is_ascii_digit()).to_lowercase();
        let mut theirs = BTreeSet::new();
        for label in labels.split("<LEGAL_PROVISION>").skip(1) {
            let label = label.split('<').next().unwrap_or_default();
            theirs.extend(articles_in(label));
        }
        // The label may quote its own heading, and words the text does not hold.
        theirs.remove(&own);
        theirs.retain(|article| context.contains(&format!(" {article}")));
        let words = context.split_once(": ").map_or(context, |(_, words)| words);
        let number = field(row, "so_hieu_original").unwrap_or_default();
        let kind = if words.contains("Bộ luật này") { "BỘ LUẬT" } else { "LUẬT" };
        let text = format!("{kind} số: {number}\n{kind}\nTHỬ\nĐiều {own}. {words}");
        let Some(document) = of_text("label", &text) else { continue };
        let mut ours: BTreeSet<String> =
            document.citations.iter().flat_map(|c| &c.provisions).filter_map(|p| article_of(p)).collect();
        ours.remove(&own);
        sum.add(&ours, &theirs);
        let missing: Vec<&String> = theirs.difference(&ours).collect();
        if !missing.is_empty() {
            report.miss("vilegaljere", id, &format!("missing {missing:?}"), labels);
        }
    }
    let heads = ["what", "theirs", "ours", "both", "precision", "recall"];
    report.table(
        "Labels of vilegaljere (made by a language model: weak truth)",
        &heads,
        &[sum.row("other articles cited in an article")],
    );
    Ok(())
}

/// Articles named in the words of a label.
fn articles_in(label: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < label.len() {
        if label.is_char_boundary(at)
            && let Some(read) = provision::parse_at(label, at)
        {
            found.extend(read.list.iter().filter_map(|item| article_of(&item.path()?)));
            at = read.end.max(at + 1);
        } else {
            at += 1;
        }
    }
    found
}
