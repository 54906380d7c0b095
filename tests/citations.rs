//! Citations and relations on invented texts: `tests/cases/citations/*.tsv`.
//!
//! Columns: place of the text (path of a unit of the sample document, or a word of [`Sample::cited`]), the text (`⏎` for a
//! line break), and what it cites: `instrument:provisions=relation`, joined by ` | `. The instrument is a number, or
//! `title@date`, `title@year`, `title`; `self` for the sample document; `?` when unresolved. `=refers` is left out; `-` is
//! nothing. At `why` an unresolved one carries its reason in brackets; `dates` shows only relations, each with its date.
//! `list`, `quoted` and `quoted-clause` hold two texts parted by ` ‖ `: of a unit and of the one under it.

#![allow(clippy::expect_used)]

use rasoat::document::{
    Document, Identity, Kind, Layer, LayerKind, Level, Mention, RelationKind, Role, Target, Unit, UnitKind, citation,
    relation, understand,
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
            "quoted" | "quoted-clause" => self.put("main/A1", Role::Content, text),
            "why" => self.put("att1/A5.2", Role::Content, text),
            path => self.put(path, Role::Content, text),
        };
        match (place, below) {
            ("list", Some(below)) => self.put_under("main/A2", "main/A2.1", Role::Effect, below),
            ("quoted" | "quoted-clause", Some(below)) => {
                let path = if place == "quoted" { "main/A1.q1.A5.2" } else { "main/A1.q1.2" };
                let unit = self.put_under("main/A1", path, Role::QuotedAmendment, below);
                self.document.units[unit].quoted = true;
                unit
            }
            ("list" | "quoted" | "quoted-clause", None) | (_, Some(_)) => {
                panic!("two texts at list and quoted only: {text}")
            }
            _ => 0,
        };
        self.document.citations = citation::citations(&self.document);
        if place == "dates" {
            return self.relations(true);
        }
        for pair in self.document.citations.windows(2).filter(|pair| pair[0].unit == pair[1].unit) {
            assert!(pair[0].range.end <= pair[1].range.start, "{} / {}", pair[0].text, pair[1].text);
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

/// What is printed in the usual form is read back; whatever is printed, nothing breaks.
mod properties {
    use std::collections::BTreeSet;

    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    const LETTERS: [&str; 12] = ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m"];

    /// Some units of one level under the same parent, as printed and as paths.
    #[derive(Debug, Clone)]
    struct Printed {
        words: String,
        paths: Vec<String>,
    }

    /// "a, b và c".
    fn series(parts: &[String], and: &str) -> String {
        match parts {
            [] => String::new(),
            [one] => one.clone(),
            [head @ .., last] => format!("{} {and} {last}", head.join(", ")),
        }
    }

    /// The numbers under one level word: each with its word, or the word once ("các khoản 1, 2 và 4").
    fn level(word: &str, numbers: &[String], form: u8) -> String {
        if numbers.len() > 1 && form == 0 {
            return format!("các {word} {}", series(numbers, "và"));
        }
        let each: Vec<String> = numbers.iter().map(|number| format!("{word} {number}")).collect();
        series(&each, if form == 1 { "hoặc" } else { "và" })
    }

    /// Points of a clause: a set, or a range.
    fn points() -> impl Strategy<Value = Printed> {
        let set = (btree_set(0..LETTERS.len(), 1..4), 0..3u8).prop_map(|(places, form)| {
            let paths: Vec<String> = places.iter().map(|&place| LETTERS[place].to_owned()).collect();
            Printed { words: level("điểm", &paths, form), paths }
        });
        let range = (0..LETTERS.len() - 3, 1..4usize).prop_map(|(first, more)| Printed {
            words: format!("từ điểm {} đến điểm {}", LETTERS[first], LETTERS[first + more]),
            paths: LETTERS[first..=first + more].iter().map(|&letter| letter.to_owned()).collect(),
        });
        prop_oneof![4 => set, 1 => range]
    }

    fn numbers(last: u32, most: usize) -> impl Strategy<Value = Vec<String>> {
        (btree_set(1..=last, 1..=most), proptest::option::of(select(&["a", "b"][..]))).prop_map(
            |(numbers, inserted): (BTreeSet<u32>, _)| {
                let mut numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
                if let (Some(letter), Some(last)) = (inserted, numbers.last_mut()) {
                    last.push_str(letter);
                }
                numbers
            },
        )
    }

    /// Clauses of an article, with their points.
    fn clauses() -> impl Strategy<Value = Printed> {
        let whole =
            (numbers(15, 4), 0..3u8).prop_map(|(paths, form)| Printed { words: level("khoản", &paths, form), paths });
        let range = (1..9u32, 1..4u32).prop_map(|(first, more)| Printed {
            words: format!("từ khoản {first} đến khoản {}", first + more),
            paths: (first..=first + more).map(|number| number.to_string()).collect(),
        });
        let of_one = (1..15u32, points()).prop_map(|(clause, points)| Printed {
            words: format!("{} khoản {clause}", points.words),
            paths: points.paths.iter().map(|point| format!("{clause}.{point}")).collect(),
        });
        let part = prop_oneof![2 => whole, 1 => range, 3 => of_one];
        (vec(part, 1..3), select(&[", ", " và ", "; "][..])).prop_map(|(parts, mark)| Printed {
            words: parts.iter().map(|part| part.words.as_str()).collect::<Vec<_>>().join(mark),
            paths: parts.into_iter().flat_map(|part| part.paths).collect(),
        })
    }

    /// Provisions of one or more articles.
    fn provisions() -> impl Strategy<Value = Printed> {
        let whole = (numbers(90, 4), 0..3u8).prop_map(|(numbers, form)| Printed {
            words: level("Điều", &numbers, form),
            paths: numbers.iter().map(|number| format!("A{number}")).collect(),
        });
        let range = (1..80u32, 1..5u32).prop_map(|(first, more)| Printed {
            words: format!("từ Điều {first} đến Điều {}", first + more),
            paths: (first..=first + more).map(|number| format!("A{number}")).collect(),
        });
        let of_one = (1..90u32, clauses()).prop_map(|(article, clauses)| Printed {
            words: format!("{} Điều {article}", clauses.words),
            paths: clauses.paths.iter().map(|clause| format!("A{article}.{clause}")).collect(),
        });
        let part = prop_oneof![2 => whole, 1 => range, 4 => of_one];
        (vec(part, 1..4), select(&[", ", " và ", "; "][..])).prop_map(|(parts, mark)| Printed {
            words: parts.iter().map(|part| part.words.as_str()).collect::<Vec<_>>().join(mark),
            paths: parts.into_iter().flat_map(|part| part.paths).collect(),
        })
    }

    /// An instrument as printed and as the cases name it.
    fn instrument() -> impl Strategy<Value = (String, String)> {
        let numbered = (number(), 0..3u8).prop_map(|((kind, number), form)| {
            let words = match form {
                0 => format!("{kind} số {number}"),
                1 => format!("{kind} {number} ngày 05 tháng 6 năm 2015"),
                _ => format!("của {kind} số {number} ngày 05/6/2015"),
            };
            (words, number)
        });
        let law = (select(&["Luật Lưu trữ", "Bộ luật Dân sự", "Luật Tổ chức chính quyền địa phương"][..]), 0..3u8)
            .prop_map(|(name, form)| match form {
                0 => (name.to_owned(), name.to_owned()),
                1 => (format!("của {name} năm 2015"), format!("{name}@2015")),
                _ => (format!("{name} ngày 19 tháng 6 năm 2015"), format!("{name}@2015-06-19")),
            });
        let attached = (1..99u32).prop_map(|serial| {
            let number = format!("{serial}/2014/QĐ-UBND");
            (format!("Quy chế tiếp công dân ban hành kèm theo Quyết định số {number}"), number)
        });
        prop_oneof![3 => numbered, 2 => law, 1 => attached]
    }

    fn number() -> impl Strategy<Value = (&'static str, String)> {
        let symbols = [
            ("Quyết định", "QĐ-UBND"),
            ("Nghị quyết", "NQ-HĐND"),
            ("Nghị định", "NĐ-CP"),
            ("Thông tư", "TT-BNV"),
            ("Thông tư liên tịch", "TTLT-BTC-BNV"),
            ("Quyết định", "QĐ-TTg"),
            ("Luật", "QH15"),
        ];
        // 17/2019 is the sample document's own.
        (18..4000u32, 1990..2030u32, select(symbols.to_vec()))
            .prop_map(|(serial, year, (kind, symbol))| (kind, format!("{serial:02}/{year}/{symbol}")))
    }

    /// The same number as careless typists print it.
    fn carelessly(number: &str, marks: &[u8], eth: bool) -> String {
        let mut marks = marks.iter().cycle();
        let mut printed = String::new();
        for c in number.chars() {
            let spaced = match (c, marks.next()) {
                ('/', Some(1)) => " /",
                ('/', Some(2)) => "/ ",
                ('/', Some(3)) => "\u{a0}/ ",
                ('-', Some(1)) => "- ",
                ('-', Some(2)) => " - ",
                ('-', Some(3)) => "–",
                ('Đ', _) if eth => "Ð",
                _ => {
                    printed.push(c);
                    continue;
                }
            };
            printed.push_str(spaced);
        }
        printed
    }

    /// Words of citations and acts in any order.
    fn soup() -> impl Strategy<Value = String> {
        let words = [
            "điểm",
            "khoản",
            "Điều",
            "Mục",
            "Chương",
            "Phụ lục",
            "tiết",
            "a",
            "đ",
            "1",
            "05",
            "5a",
            "II",
            "này",
            "trên",
            "các",
            "từ",
            "đến",
            "và",
            ",",
            ";",
            ".",
            ":",
            "\n",
            "“",
            "”",
            "(",
            ")",
            "Luật",
            "Lưu trữ",
            "Nghị định",
            "Quyết định",
            "QĐ",
            "Quy chế",
            "số",
            "17/2019/QĐ-UBND",
            "34/2016",
            "/NĐ-CP",
            "130-CP",
            "ngày 05/6/2015",
            "năm 2015",
            "của",
            "Chính phủ",
            "UBND tỉnh",
            "ban hành",
            "kèm theo",
            "sau đây gọi tắt là",
            "gọi tắt",
            "thay thế",
            "bãi bỏ",
            "sửa đổi, bổ sung",
            "như sau:",
            "hết hiệu lực",
            "kể từ ngày",
            "cụm từ",
            "vào sau",
            "theo",
            "căn cứ",
            "về việc",
            "-",
            "–",
            "\u{a0}",
            "Ð",
            "triệu đồng",
            "thứ nhất",
            "%",
            "🏛",
        ];
        vec((select(words.to_vec()), select(&[" ", " ", " ", "", "  "][..])), 0..60)
            .prop_map(|parts| parts.iter().flat_map(|(word, space)| [*word, *space]).collect())
    }

    /// Reads `text` everywhere; [`Sample::cited`] looks at spans and reasons.
    fn read_everywhere(text: &str) {
        for place in ["att1/A5.2", "main/A1", "effect", "scope", "basis", "title", "dates"] {
            Sample::new().cited(place, &text.replace('‖', "|"));
        }
        Sample::new().cited("quoted", &format!("{0} ‖ {0}", text.replace('‖', "|")));
        Sample::new().cited("list", &format!("{0} ‖ {0}", text.replace('‖', "|")));
    }

    /// Saved failures would lie beside the tests; each becomes a case instead.
    fn config() -> ProptestConfig {
        ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn printed_citations_are_read_back(said in provisions(), (words, name) in instrument()) {
            let mut paths = said.paths.clone();
            paths.dedup();
            let expected = format!("{name}:{}", paths.join(","));
            for text in [
                format!("theo quy định tại {} {words}", said.words),
                format!("Thực hiện {} {words}.", said.words),
                format!("({} {words})", said.words),
            ] {
                prop_assert_eq!(Sample::new().cited("att1/A5.2", &text), expected.as_str(), "{}", text);
            }
        }

        #[test]
        fn printed_provisions_of_the_document_are_read_back(said in provisions()) {
            let mut paths = said.paths.clone();
            paths.dedup();
            let expected = format!("self:att1/{}", paths.join(",att1/"));
            let text = format!("theo {} Quy chế này", said.words);
            prop_assert_eq!(Sample::new().cited("att1/A5.2", &text), expected, "{}", text);
        }

        #[test]
        fn numbers_are_read_however_they_are_spaced(
            (kind, number) in number(), marks in vec(0..4u8, 1..9), eth in any::<bool>(), small in any::<bool>()
        ) {
            let printed = carelessly(&number, &marks, eth);
            let text = format!("theo {kind} số {printed} ngày 05/6/2015");
            let text = if small && kind != "Luật" && !number.ends_with("TTg") { text.to_lowercase() } else { text };
            prop_assert_eq!(Sample::new().cited("att1/A5.2", &text), number, "{}", text);
        }

    }

    proptest! {
        // Each text is read at nine places.
        #![proptest_config(ProptestConfig { cases: config().cases / 4, ..config() })]

        #[test]
        fn every_citation_of_a_soup_of_words_stands_where_it_says(text in soup()) {
            read_everywhere(&text);
        }

        #[test]
        fn any_text_is_read(text in "\\PC{0,120}") {
            read_everywhere(&text);
        }
    }
}

#[test]
fn without_articles_a_clause_is_one_of_its_section() {
    let text = "ỦY BAN NHÂN DÂN TỈNH\nSố: 12/CT-UBND\nNghệ An, ngày 04 tháng 02 năm 2021\nCHỈ THỊ\nVề thu, chi\nI. THU\n1. Các khoản:\n\
        a) Một;\nb) Hai;\nc) Việc nêu tại điểm b;\nd) Việc nêu tại điểm a khoản này.\n2. Theo điểm a khoản 1, điểm b khoản 1 Mục này.\n";
    let raw = rasoat::source::read("ct.txt", text.as_bytes()).expect("a text");
    let document = understand(&raw, "ct.txt", "");
    let cited: Vec<String> = document
        .citations
        .iter()
        .map(|one| format!("{} {}", document.units[one.unit].path, one.provisions.join(",")))
        .collect();
    let expected = ["main/S1.1.c main/S1.1.b", "main/S1.1.d main/S1.1.a", "main/S1.2 main/S1.1.a,main/S1.1.b"];
    assert_eq!(cited, expected);
    assert!(document.citations.iter().all(|one| one.target == Target::Own));
}
