//! Citations and relations on invented texts: `tests/cases/citations/*.tsv`.
//!
//! Columns: place of the text (path of a unit of the sample document, or a word of [`Sample::cited`]), the text (`⏎` for a
//! line break), and what it cites: `instrument:provisions=relation`, joined by ` | `. The instrument is a number, or
//! `title@date`, `title@year`, `title`; `self` for the sample document; `?` when unresolved. `=refers` is left out; `-` is
//! nothing. At `why` an unresolved one carries its reason in brackets; `dates` shows only relations, each with its date.
//! `list` and `quoted` hold two texts parted by ` ‖ `: of a unit and of the one under it.

#![allow(clippy::expect_used)]

use rasoat::document::{
    Document, Identity, Kind, Layer, LayerKind, Level, Mention, RelationKind, Role, Target, Unit, UnitKind, citation,
    relation,
};
use rasoat::source::{Encoding, Reader};

/// Quyết định 17/2019/QĐ-UBND with a Quy chế of 20 articles and an appendix.
struct Sample {
    document: Document,
}

impl Sample {
    fn new() -> Self {
        let identity = Identity {
            kind: Kind::QuyetDinh,
            number: Some("17/2019/QĐ-UBND".to_owned()),
            issuer: Some("Ủy ban nhân dân tỉnh Nghệ An".to_owned()),
            level: Some(Level::Tinh),
            issued: jiff::civil::date(2019, 7, 22).into(),
            effective: jiff::civil::date(2019, 8, 1).into(),
            ..Identity::default()
        };
        let layer =
            |id: &str, title: &str, kind| Layer { id: id.to_owned(), title: title.to_owned(), kind, roots: Vec::new() };
        let mut document = Document {
            file: "mau.docx".to_owned(),
            sha256: String::new(),
            reader: Reader::Text,
            encoding: Encoding::Unicode,
            head: String::new(),
            identity,
            layers: vec![
                layer("main", "Ban hành Quy chế thực hiện dân chủ ở xã", LayerKind::Main),
                layer("att1", "Quy chế thực hiện dân chủ ở xã", LayerKind::Attached),
                layer("app1", "Mẫu biên bản", LayerKind::Appendix),
            ],
            units: Vec::new(),
            citations: Vec::new(),
            relations: Vec::new(),
            changes: rasoat::document::ChangeSummary::default(),
            operations: Vec::new(),
            warnings: Vec::new(),
        };
        for article in 1..=3 {
            add(&mut document, &format!("main/A{article}"), UnitKind::Article, 0, None);
        }
        let chapter = add(&mut document, "att1/C2", UnitKind::Chapter, 1, None);
        for article in 1..=20 {
            let article_id = add(&mut document, &format!("att1/A{article}"), UnitKind::Article, 1, Some(chapter));
            for clause in 1..=3 {
                let clause_id =
                    add(&mut document, &format!("att1/A{article}.{clause}"), UnitKind::Clause, 1, Some(article_id));
                for point in ["a", "b", "đ"] {
                    add(
                        &mut document,
                        &format!("att1/A{article}.{clause}.{point}"),
                        UnitKind::Point,
                        1,
                        Some(clause_id),
                    );
                }
            }
        }
        Sample { document }
    }

    /// Puts `text` at `place` and returns what is cited there.
    fn cited(mut self, place: &str, text: &str) -> String {
        let text = text.replace('⏎', "\n");
        let (text, below) = text.split_once(" ‖ ").map_or((text.as_str(), None), |(text, below)| (text, Some(below)));
        match place {
            "title" => {
                self.document.identity.title = Some(text.to_owned());
                return self.relations(false);
            }
            "basis" => self.put("main/B1", Role::Basis, text),
            "effect" | "list" | "dates" => self.put("main/A2", Role::Effect, text),
            "scope" => self.put("att1/A1", Role::Scope, text),
            "quoted" => self.put("main/A1", Role::Content, text),
            "why" => self.put("att1/A5.2", Role::Content, text),
            path => self.put(path, Role::Content, text),
        };
        match (place, below) {
            ("list", Some(below)) => self.put_under("main/A2", "main/A2.1", Role::Effect, below),
            ("quoted", Some(below)) => {
                let unit = self.put_under("main/A1", "main/A1.q1.A5.2", Role::QuotedAmendment, below);
                self.document.units[unit].quoted = true;
                unit
            }
            ("list" | "quoted", None) | (_, Some(_)) => panic!("two texts at list and quoted only: {text}"),
            _ => 0,
        };
        self.document.citations = citation::citations(&self.document);
        if place == "dates" {
            return self.relations(true);
        }
        join(self.document.citations.iter().map(|citation| {
            let mut name = match &citation.target {
                Target::Own => "self".to_owned(),
                Target::Instrument(mention) => name(mention),
                Target::Unresolved => "?".to_owned(),
            };
            assert_eq!(citation.target == Target::Unresolved, !citation.why.is_empty(), "{}", citation.text);
            assert_eq!(self.document.units[citation.unit].text[citation.range.clone()], citation.text);
            if place == "why" && !citation.why.is_empty() {
                name.push_str(&format!("({})", citation.why));
            }
            render(&name, &citation.provisions, citation.relation)
        }))
    }

    fn put(&mut self, path: &str, role: Role, text: &str) -> usize {
        let unit = match self.document.unit_at(path) {
            Some(unit) => unit,
            None => add(&mut self.document, path, UnitKind::Basis, 0, None),
        };
        self.document.units[unit].text = text.to_owned();
        self.document.units[unit].role = role;
        unit
    }

    fn put_under(&mut self, above: &str, path: &str, role: Role, text: &str) -> usize {
        let above = self.document.unit_at(above).expect("a unit of the sample");
        add(&mut self.document, path, UnitKind::Clause, 0, Some(above));
        self.put(path, role, text)
    }

    /// The relations; with the date each takes effect when `dated`.
    fn relations(&self, dated: bool) -> String {
        join(relation::relations(&self.document).iter().map(|relation| {
            let mut words = render(&name(&relation.target), &relation.provisions, relation.kind);
            if let Some(date) = relation.effective.filter(|_| dated) {
                words.push_str(&format!(">{date}"));
            }
            words
        }))
    }
}

fn add(document: &mut Document, path: &str, kind: UnitKind, layer: usize, parent: Option<usize>) -> usize {
    let id = document.units.len();
    document.units.push(Unit {
        path: path.to_owned(),
        kind,
        role: Role::Content,
        label: String::new(),
        heading: String::new(),
        text: String::new(),
        extras: Vec::new(),
        parent,
        children: Vec::new(),
        layer,
        quoted: false,
        origins: Vec::new(),
    });
    if let Some(parent) = parent {
        document.units[parent].children.push(id);
    }
    id
}

fn name(mention: &Mention) -> String {
    if let Some(number) = &mention.number {
        return number.clone();
    }
    let title = mention.title.clone().unwrap_or_else(|| mention.kind.unwrap_or_default().name().to_owned());
    match (mention.issued, mention.year) {
        (Some(date), _) => format!("{title}@{date}"),
        (None, Some(year)) => format!("{title}@{year}"),
        _ => title,
    }
}

fn render(name: &str, provisions: &[String], kind: RelationKind) -> String {
    let mut words = name.to_owned();
    if !provisions.is_empty() {
        words.push(':');
        words.push_str(&provisions.join(","));
    }
    if kind != RelationKind::Refers {
        words.push('=');
        words.push_str(serde_json::to_value(kind).expect("kind").as_str().expect("word"));
    }
    words
}

fn join(parts: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = parts.collect();
    if all.is_empty() { "-".to_owned() } else { all.join(" | ") }
}

#[test]
fn invented_texts_cite_what_they_should() {
    let mut failures = Vec::new();
    let mut count = 0;
    let mut files: Vec<_> =
        std::fs::read_dir("tests/cases/citations").expect("cases").map(|entry| entry.expect("entry").path()).collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("readable");
        for (line, case) in text.lines().enumerate().filter(|(_, case)| !case.is_empty() && !case.starts_with('#')) {
            let columns: Vec<&str> = case.split('\t').collect();
            let [place, text, expected] = columns[..] else { panic!("{}:{}: three columns", file.display(), line + 1) };
            count += 1;
            let got = Sample::new().cited(place, text);
            if got != expected {
                failures.push(format!(
                    "{}:{}\n  {text}\n  expected {expected}\n  got      {got}",
                    file.display(),
                    line + 1
                ));
            }
        }
    }
    assert!(count >= 600, "cases went missing: {count}");
    assert!(failures.is_empty(), "{} of {count} failed\n{}", failures.len(), failures.join("\n"));
}
