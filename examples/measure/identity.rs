//! Identity against records of others: number, kind, issuer, day of issue, title; by name of file, by record, by list.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use jiff::civil::Date;
use rasoat::document::{Document, Identity, Kind, docnumber, issuer};
use rasoat::text::fold::fold;
use serde_json::Value;

use crate::corpus::{Corpus, Item, field, of_text};
use crate::report::{Report, share};
use crate::words::{likeness, words};

/// What a record says of a document.
#[derive(Default)]
pub struct Truth {
    number: Option<String>,
    kind: Option<Kind>,
    issuer: Option<String>,
    issued: Option<Date>,
    title: Option<String>,
}

#[derive(Default, Clone, Copy)]
struct Sum {
    known: usize,
    given: usize,
    right: usize,
}

const FIELDS: [&str; 5] = ["number", "kind", "issuer", "issued", "title"];

/// Measures everything.
pub fn measure(corpus: &Corpus, data: &Path, report: &mut Report) -> Result<(), Box<dyn Error>> {
    let records = records(corpus);
    let mut sums: BTreeMap<(&str, usize), Sum> = BTreeMap::new();
    for item in &corpus.items {
        let own = own_truth(item, data)?;
        judge("names of files, ids", item, &own, &mut sums, report);
        let known = item.document.identity.number.as_deref().or(own.number.as_deref());
        let record = known.and_then(|number| records.get(&docnumber::key(number)));
        if let Some(record) = record.filter(|_| item.group != "phapdien_docs" && item.group != "vbpl_review") {
            judge("records of phapdien_docs", item, &truth_of(record), &mut sums, report);
        }
        if item.group == "provincial_excerpts"
            && let Some(record) = &item.record
        {
            judge("provincial excerpts", item, &truth_of(record), &mut sums, report);
        }
        if item.group == "phapdien_docs"
            && let Some((truth, document)) = item.record.as_ref().and_then(written_head)
        {
            judge_document("heads written from records", &item.name, &document.identity, &truth, &mut sums, report);
        }
    }
    let rows: Vec<Vec<String>> = sums
        .iter()
        .map(|((source, at), sum)| {
            let cells = [sum.known, sum.given, sum.right].map(|n| n.to_string());
            let mut row = vec![(*source).to_owned(), FIELDS[*at].to_owned()];
            row.extend(cells);
            row.extend([share(sum.right, sum.given), share(sum.right, sum.known)]);
            row
        })
        .collect();
    let heads = ["truth", "field", "known", "given", "right", "precision", "recall"];
    report.table("Identity", &heads, &rows);
    symbols(corpus, data, report)
}

/// Records of phapdien by the key of their number; numbers that two records share are left out.
fn records(corpus: &Corpus) -> BTreeMap<String, &Value> {
    let mut found: BTreeMap<String, Option<&Value>> = BTreeMap::new();
    for item in corpus.group("phapdien_docs") {
        let Some(record) = &item.record else { continue };
        let Some(number) = field(record, "number").and_then(docnumber::normalise) else { continue };
        found.entry(docnumber::key(&number)).and_modify(|one| *one = None).or_insert(Some(record));
    }
    found.into_iter().filter_map(|(key, record)| Some((key, record?))).collect()
}

/// "12/02/2014".
pub fn day(text: &str) -> Option<Date> {
    let mut parts = text.split('/').map(|part| part.trim().parse::<i16>().ok());
    let (day, month, year) = (parts.next()??, parts.next()??, parts.next()??);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn truth_of(record: &Value) -> Truth {
    Truth {
        number: field(record, "number").and_then(docnumber::normalise),
        kind: field(record, "kind").and_then(kind_named),
        issuer: field(record, "issuer").map(str::to_owned),
        issued: field(record, "issued").and_then(day),
        title: field(record, "title").map(str::to_owned),
    }
}

fn kind_named(name: &str) -> Option<Kind> {
    let folded = fold(name);
    rasoat::document::kind::kind_at(&folded, 0).map(|(kind, _)| kind)
}

/// What the name of a file, or the id of a gazette text, says.
fn own_truth(item: &Item, data: &Path) -> Result<Truth, Box<dyn Error>> {
    let mut truth = Truth::default();
    if item.group == "laws_tvpl" || item.group == "labor_tvpl" {
        let stem = item.name.rsplit('/').next().unwrap_or_default().trim_end_matches(".docx");
        truth.number = stem.rsplit_once('_').and_then(|(number, _)| docnumber::normalise(number));
        let path = data.join(format!("laws_tvpl/structure_json/{stem}.json"));
        if let Ok(text) = std::fs::read_to_string(path) {
            let split: Value = serde_json::from_str(&text)?;
            let name = split.get(0).and_then(|row| field(row, "luật"));
            truth.title = name.map(str::to_owned);
            truth.kind = name.and_then(kind_named);
        }
    }
    if item.group == "congbao_txt"
        && let Some((kind, rest)) = item.name.split_once("-so-")
        && let Some((number, _)) = rest.rsplit_once('-')
    {
        truth.number = Some(number.to_owned());
        truth.kind = serde_json::from_value(Value::String(kind.to_owned())).ok();
    }
    Ok(truth)
}

/// A number as an address has it: "14-2024-tt-bldtbxh".
fn slug(text: &str) -> String {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'đ' => 'd',
            'ư' | 'ứ' => 'u',
            c if c.is_ascii_alphanumeric() => c,
            _ => '-',
        })
        .collect();
    plain.trim_start_matches('0').to_owned()
}

fn same_number(ours: &str, theirs: &str) -> bool {
    docnumber::same(ours, theirs) || slug(ours) == slug(theirs)
}

fn same_title(ours: &str, theirs: &str) -> bool {
    const LEADS: [&[&str]; 6] = [&["bộ", "luật"], &["luật"], &["pháp", "lệnh"], &["về", "việc"], &["v", "v"], &["về"]];
    let bare = |text: &str| {
        let mut words = words(text);
        for lead in LEADS {
            let lead: Vec<String> = lead.iter().map(|word| fold(word)).collect();
            if words.starts_with(&lead) {
                words.drain(..lead.len());
            }
        }
        words.concat()
    };
    bare(ours) == bare(theirs)
}

fn same_issuer(ours: &str, theirs: &str) -> bool {
    let normal = |name: &str| issuer::normalise(name).map_or_else(|| name.to_owned(), |body| body.name);
    words(ours) == words(&normal(theirs)) || words(ours) == words(theirs)
}

fn judge<'s>(
    source: &'s str,
    item: &Item,
    truth: &Truth,
    sums: &mut BTreeMap<(&'s str, usize), Sum>,
    report: &mut Report,
) {
    judge_document(source, &item.name, &item.document.identity, truth, sums, report);
}

fn judge_document<'s>(
    source: &'s str,
    name: &str,
    ours: &Identity,
    truth: &Truth,
    sums: &mut BTreeMap<(&'s str, usize), Sum>,
    report: &mut Report,
) {
    let kind = Some(ours.kind).filter(|&kind| kind != Kind::Other);
    let issued = |day: Option<Date>| day.map(|day| day.to_string());
    let pairs: [(Option<String>, Option<String>, bool); 5] = [
        (ours.number.clone(), truth.number.clone(), both(&ours.number, &truth.number, same_number)),
        (
            kind.map(|kind| kind.name().to_owned()),
            truth.kind.map(|kind| kind.name().to_owned()),
            kind.is_some() && kind == truth.kind,
        ),
        (ours.issuer.clone(), truth.issuer.clone(), both(&ours.issuer, &truth.issuer, same_issuer)),
        (issued(ours.issued), issued(truth.issued), ours.issued.is_some() && ours.issued == truth.issued),
        (ours.title.clone(), truth.title.clone(), both(&ours.title, &truth.title, same_title)),
    ];
    for (at, (our, their, right)) in pairs.into_iter().enumerate() {
        let Some(their) = their else { continue };
        let sum = sums.entry((source, at)).or_default();
        sum.known += 1;
        sum.given += usize::from(our.is_some());
        sum.right += usize::from(right);
        if !right {
            let our = our.unwrap_or_else(|| "(none)".to_owned());
            let like = likeness(&our, &their);
            report.miss(
                &format!("identity {}", FIELDS[at]),
                name,
                &format!("{source} {like:.2}"),
                &format!("{our} ≠ {their}"),
            );
        }
    }
}

fn both(ours: &Option<String>, theirs: &Option<String>, same: impl Fn(&str, &str) -> bool) -> bool {
    matches!((ours, theirs), (Some(ours), Some(theirs)) if same(ours, theirs))
}

/// The consolidated texts have lost their heads: one is written from the record and read again. It shows whether the
/// names, numbers and titles of real records are known, not whether real layouts are.
pub fn written_head(record: &Value) -> Option<(Truth, Document)> {
    let truth = truth_of(record);
    let (body, issued) = (field(record, "issuer")?, truth.issued?);
    let law = matches!(truth.kind, Some(Kind::Luat | Kind::BoLuat | Kind::PhapLenh));
    let title = field(record, "title").unwrap_or_default();
    let kind = field(record, "kind")?.to_uppercase();
    let bodies = match truth.kind {
        Some(Kind::ThongTuLienTich | Kind::NghiQuyetLienTich) => body.to_uppercase().replace(" VÀ BỘ ", "\nBỘ "),
        _ => body.to_uppercase(),
    };
    let head = format!(
        "{bodies}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{}: {}\nHà Nội, ngày {:02} tháng {:02} năm {}\n{kind}\n{}\nCăn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;\n",
        if law { "Luật số" } else { "Số" },
        field(record, "number")?,
        issued.day(),
        issued.month(),
        issued.year(),
        if law { title.to_uppercase() } else { title.to_owned() },
    );
    let text = format!("{head}{}", field(record, "text")?);
    Some((truth, of_text("head", &text)?))
}

/// What the symbol of a number alone says of kind and issuer, on records and lists.
fn symbols(corpus: &Corpus, data: &Path, report: &mut Report) -> Result<(), Box<dyn Error>> {
    let mut rows = Vec::new();
    let (mut kinds, mut bodies) = (Sum::default(), Sum::default());
    for record in corpus.group("phapdien_docs").filter_map(|item| item.record.as_ref()) {
        let Some(number) = field(record, "number").and_then(docnumber::normalise) else { continue };
        let truth = truth_of(record);
        if let Some(kind) = truth.kind {
            let said = docnumber::kind_of(&number);
            kinds.known += 1;
            kinds.given += usize::from(said.is_some());
            kinds.right += usize::from(said == Some(kind));
            if said.is_some_and(|said| said != kind) {
                report.miss("symbol kind", &number, "phapdien_docs", &format!("{said:?} ≠ {}", kind.name()));
            }
        }
        if let Some(body) = truth.issuer {
            let said = issuer::from_number(&number);
            bodies.known += 1;
            bodies.given += usize::from(said.is_some());
            // Some records are cut at the comma ("Bộ Văn hóa"); of joint acts the symbol gives the first body.
            let starts = |a: &[String], b: &[String]| a.starts_with(b) || b.starts_with(a);
            let right = said
                .as_ref()
                .is_some_and(|said| same_issuer(&said.name, &body) || starts(&words(&said.name), &words(&body)));
            bodies.right += usize::from(right);
            if let Some(said) = said.filter(|_| !right) {
                report.miss("symbol issuer", &number, "phapdien_docs", &format!("{} ≠ {body}", said.name));
            }
        }
    }
    let mut list = Sum::default();
    let text = std::fs::read_to_string(data.join("lists/yte_8000.dev.csv"))?;
    for line in text.lines().skip(1) {
        let cells = cells(line);
        let (Some(number), Some(kind)) = (cells.get(1).and_then(|c| docnumber::normalise(c)), cells.get(4)) else {
            continue;
        };
        let Some(kind) = kind_named(kind) else { continue };
        let said = docnumber::kind_of(&number);
        list.known += 1;
        list.given += usize::from(said.is_some());
        list.right += usize::from(said == Some(kind));
        if said.is_some_and(|said| said != kind) {
            report.miss("symbol kind", &number, "yte_8000", &format!("{said:?} ≠ {}", kind.name()));
        }
    }
    for (name, field, sum) in
        [("phapdien_docs", "kind", kinds), ("phapdien_docs", "issuer", bodies), ("yte_8000", "kind", list)]
    {
        let mut row = vec![name.to_owned(), field.to_owned()];
        row.extend([sum.known, sum.given, sum.right].map(|n| n.to_string()));
        row.extend([share(sum.right, sum.given), share(sum.right, sum.known)]);
        rows.push(row);
    }
    let heads = ["records", "field", "known", "said by the number", "right", "precision", "recall"];
    report.table("What a number alone says", &heads, &rows);
    Ok(())
}

/// Cells of a line of comma-separated values.
fn cells(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            c => {
                if let Some(last) = out.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    out
}
