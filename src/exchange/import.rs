//! Sheet → rule file. What is wrong is said by sheet and cell; every line of the rule file knows the cell it comes from.

use std::collections::HashMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::columns::{COLUMNS, CONDITION, Field, HOLES, OTHER_HEADS, SAY, SHEET, named};
use crate::document::{Kind, Level};
use crate::rules::source::{Fix, Lifecycle};
use crate::source::sheet::{self, PlainCell, PlainSheet};
use crate::text::date;
use crate::text::fold::fold;
use crate::verdict::{Confidence, FindingKind, Handling, Severity};

/// A rule file made of a sheet.
#[derive(Debug, Default)]
pub struct Imported {
    /// The YAML.
    pub yaml: String,
    /// How many rules.
    pub rules: usize,
    /// Line of the YAML, from 1 → where it comes from: `trang “Quy tắc”, ô F5`.
    places: Vec<String>,
    /// (rule, number of the test from 1) → where it stands.
    tests: HashMap<(String, usize), String>,
    /// Ids in order.
    pub ids: Vec<String>,
}

impl Imported {
    /// The cell that a line of the YAML comes from.
    pub fn place(&self, line: usize) -> Option<&str> {
        self.places.get(line.checked_sub(1)?).map(String::as_str).filter(|place| !place.is_empty())
    }

    /// The cell that a test stands in.
    pub fn test(&self, rule: &str, number: usize) -> Option<&str> {
        self.tests.get(&(rule.to_owned(), number)).map(String::as_str)
    }

    fn line(&mut self, text: &str, place: &str) {
        self.yaml.push_str(text);
        self.yaml.push('\n');
        self.places.push(place.to_owned());
    }
}

/// Reads the rules of a workbook; `note` stands in the first line of the rule file.
pub fn import(bytes: &[u8], note: &str) -> Result<Imported, Vec<String>> {
    let sheets = sheet::plain(bytes).map_err(|unread| vec![format!("{} {}", unread.message, unread.next_step)])?;
    let mut imported = Imported::default();
    imported.line(&format!("# {note}"), "");
    let mut faults = Vec::new();
    let mut seen: HashMap<String, String> = HashMap::new();
    let mut known = false;
    for sheet in &sheets {
        let Some((head, columns)) = header(sheet) else { continue };
        known = true;
        for row in &sheet.rows[head + 1..] {
            let cells: HashMap<Field, &PlainCell> =
                row.iter().filter_map(|cell| Some((*columns.get(&cell.column)?, cell))).collect();
            if cells.is_empty() {
                continue;
            }
            let mut rule = Row { sheet: &sheet.name, cells, first: &row[0].address, faults: &mut faults };
            if let Some(id) = rule.text(Field::Id)
                && let Some(first) = seen.insert(id.clone(), rule.place(Field::Id))
            {
                rule.fault(Field::Id, &format!("mã “{id}” đã dùng ở {first}"));
            }
            rule.write(&mut imported);
        }
    }
    if !known {
        faults.push(format!("không thấy trang nào có hàng tiêu đề với các cột “Mã”, “Tên”, “Xử lý” (trang “{SHEET}” của tệp xuất ra có sẵn)"));
    } else if imported.rules == 0 && faults.is_empty() {
        faults.push("bảng không có quy tắc nào dưới hàng tiêu đề".to_owned());
    }
    if faults.is_empty() { Ok(imported) } else { Err(faults) }
}

/// The row of heads and what each column means.
fn header(sheet: &PlainSheet) -> Option<(usize, HashMap<u32, Field>)> {
    let field = |text: &str| {
        let text = fold(text.trim());
        let own = COLUMNS.iter().find(|(_, name, ..)| fold(name) == text).map(|(field, ..)| *field);
        own.or_else(|| OTHER_HEADS.iter().find(|(name, _)| fold(name) == text).map(|(_, field)| *field))
    };
    sheet.rows.iter().take(10).enumerate().find_map(|(at, row)| {
        let columns: HashMap<u32, Field> =
            row.iter().filter_map(|cell| Some((cell.column, field(&cell.text)?))).collect();
        let has = |wanted| columns.values().any(|field| *field == wanted);
        (has(Field::Id) && has(Field::Title) && has(Field::Handling)).then_some((at, columns))
    })
}

/// One row being read.
struct Row<'r> {
    sheet: &'r str,
    cells: HashMap<Field, &'r PlainCell>,
    first: &'r str,
    faults: &'r mut Vec<String>,
}

impl Row<'_> {
    fn text(&self, field: Field) -> Option<String> {
        let text = self.cells.get(&field)?.text.replace("\r\n", "\n").trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    fn lines(&self, field: Field) -> Vec<String> {
        let text = self.text(field).unwrap_or_default();
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    fn examples(&self, field: Field) -> Vec<String> {
        let text = self.text(field).unwrap_or_default();
        let mut found = vec![String::new()];
        for line in text.lines() {
            match found.last_mut() {
                Some(last) if !line.trim().is_empty() => *last += &format!("{}\n", line.trim_end()),
                Some(last) if !last.is_empty() => found.push(String::new()),
                _ => {}
            }
        }
        found.into_iter().map(|text| text.trim_end().to_owned()).filter(|text| !text.is_empty()).collect()
    }

    fn place(&self, field: Field) -> String {
        let address = self.cells.get(&field).map_or(self.first, |cell| &cell.address);
        format!("trang “{}”, ô {address}", self.sheet)
    }

    fn fault(&mut self, field: Field, message: &str) {
        let line = format!("{}: {message}", self.place(field));
        self.faults.push(line);
    }

    fn needed(&mut self, field: Field) -> String {
        self.text(field).unwrap_or_else(|| {
            let name = COLUMNS.iter().find(|(own, ..)| *own == field).map_or("", |(_, name, ..)| name);
            self.fault(field, &format!("hàng này thiếu “{name}”"));
            String::new()
        })
    }

    /// A value of a closed set; `default` where the cell is empty.
    fn value<T: JsonSchema + DeserializeOwned>(&mut self, field: Field, default: Option<&str>) -> String {
        let text = match (self.text(field), default) {
            (None, Some(default)) => return default.to_owned(),
            (None, None) => self.needed(field),
            (Some(text), _) => text,
        };
        if text.is_empty() {
            return text;
        }
        self.one_of::<T>(field, &text)
    }

    fn one_of<T: JsonSchema + DeserializeOwned>(&mut self, field: Field, text: &str) -> String {
        named::<T>(text).unwrap_or_else(|message| {
            self.fault(field, &message);
            String::new()
        })
    }

    fn values<T: JsonSchema + DeserializeOwned>(&mut self, field: Field) -> Vec<String> {
        self.lines(field).iter().map(|line| self.one_of::<T>(field, line)).collect()
    }

    fn day(&mut self, field: Field) -> Option<Date> {
        let cell = self.cells.get(&field)?;
        let found = cell
            .date
            .or_else(|| cell.text.trim().parse().ok())
            .or_else(|| date::parse_at(cell.text.trim(), 0).map(|(day, _)| day));
        if found.is_none() && self.text(field).is_some() {
            self.fault(field, "không đọc được ngày; viết 01/7/2025");
        }
        found
    }

    /// The rule as YAML.
    fn write(&mut self, out: &mut Imported) {
        let id = self.needed(Field::Id);
        let at = |row: &Row, field| row.place(field);
        out.rules += 1;
        out.ids.push(id.clone());
        out.line(&format!("- id: {}", quoted(&id)), &at(self, Field::Id));
        let title = self.needed(Field::Title);
        out.line(&format!("  title: {}", quoted(&title)), &at(self, Field::Title));
        let state = self.value::<Lifecycle>(Field::State, Some("trial"));
        out.line(&format!("  state: {state}"), &at(self, Field::State));
        self.basis(out);
        self.applies(out);
        self.find(out);
        out.line(&format!("  when: {CONDITION}"), &at(self, Field::Words));
        self.unless(out);
        out.line("  verdict:", &at(self, Field::Kind));
        let verdict = [
            ("kind", Field::Kind, self.value::<FindingKind>(Field::Kind, None)),
            ("handling", Field::Handling, self.value::<Handling>(Field::Handling, None)),
            ("severity", Field::Severity, self.value::<Severity>(Field::Severity, Some("medium"))),
            ("confidence", Field::Confidence, self.value::<Confidence>(Field::Confidence, Some("medium"))),
            ("fix", Field::Fix, self.value::<Fix>(Field::Fix, Some("judgement"))),
        ];
        for (key, field, value) in verdict {
            out.line(&format!("    {key}: {value}"), &at(self, field));
        }
        let say = self.text(Field::Say).unwrap_or_else(|| SAY.to_owned());
        out.line(&format!("  say: {}", quoted(&with_holes(&say))), &at(self, Field::Say));
        if let Some(propose) = self.text(Field::Propose) {
            out.line(&format!("  propose: {}", quoted(&with_holes(&propose))), &at(self, Field::Propose));
        }
        let (hits, quiets) = (self.examples(Field::Hits), self.examples(Field::Quiets));
        out.line(if hits.is_empty() && quiets.is_empty() { "  tests: []" } else { "  tests:" }, &at(self, Field::Hits));
        let hits = hits.iter().map(|text| ("hit", Field::Hits, text));
        let quiets = quiets.iter().map(|text| ("quiet", Field::Quiets, text));
        for (number, (key, field, text)) in (1..).zip(hits.chain(quiets)) {
            out.line(&format!("    - {key}: {}", quoted(text)), &at(self, field));
            out.tests.insert((id.clone(), number), at(self, field));
        }
    }

    fn basis(&mut self, out: &mut Imported) {
        let lines = self.lines(Field::Basis);
        let place = self.place(Field::Basis);
        if !lines.is_empty() {
            out.line("  basis:", &place);
        }
        for line in lines {
            let Some((number, path)) = line.rsplit_once(char::is_whitespace) else {
                self.fault(Field::Basis, &format!("“{line}” thiếu điều khoản; viết 10/2022/QH15 A21.1"));
                continue;
            };
            let text = format!("    - {{ instrument: {}, provision: {} }}", quoted(number.trim()), quoted(path.trim()));
            out.line(&text, &place);
        }
    }

    fn applies(&mut self, out: &mut Imported) {
        let list =
            |values: &[String]| format!("[{}]", values.iter().map(|one| quoted(one)).collect::<Vec<_>>().join(", "));
        let lists = [
            ("kinds", Field::Kinds, self.values::<Kind>(Field::Kinds)),
            ("levels", Field::Levels, self.values::<Level>(Field::Levels)),
            ("topics", Field::Topics, self.lines(Field::Topics)),
            ("not-topics", Field::NotTopics, self.lines(Field::NotTopics)),
        ];
        let days = [
            ("issued-before", Field::IssuedBefore, self.day(Field::IssuedBefore)),
            ("as-of-from", Field::AsOfFrom, self.day(Field::AsOfFrom)),
        ];
        let lists = lists.into_iter().filter(|(.., values)| !values.is_empty());
        let lists = lists.map(|(key, field, values)| (key, field, list(&values)));
        let days = days.into_iter().filter_map(|(key, field, day)| Some((key, field, day?.to_string())));
        let lines: Vec<_> = lists.chain(days).collect();
        if let Some((_, field, _)) = lines.first() {
            out.line("  applies-to:", &self.place(*field));
        }
        for (key, field, value) in lines {
            out.line(&format!("    {key}: {value}"), &self.place(field));
        }
    }

    fn find(&mut self, out: &mut Imported) {
        let (words, cited) = (self.lines(Field::Words), self.lines(Field::Cited));
        let (place, cite_place) = (self.place(Field::Words), self.place(Field::Cited));
        match (words.is_empty(), cited.is_empty()) {
            (true, true) => self.fault(Field::Words, "hàng này thiếu “Từ ngữ tìm” hoặc “Văn bản viện dẫn”"),
            (false, false) => {
                self.fault(Field::Cited, "một quy tắc hoặc tìm từ ngữ, hoặc tìm viện dẫn; tách thành hai hàng")
            }
            _ => {}
        }
        out.line("  find:", &place);
        out.line(&format!("    {CONDITION}:"), &place);
        if words.is_empty() {
            out.line("      cites:", &cite_place);
            self.list(out, "instrument", Field::Cited);
            if !self.lines(Field::CitedProvisions).is_empty() {
                self.list(out, "provision", Field::CitedProvisions);
            }
            return;
        }
        let terms: Vec<&str> = words.iter().filter_map(|word| word.strip_prefix('@')).collect();
        if !terms.is_empty() {
            if terms.len() < words.len() || !self.lines(Field::Variants).is_empty() {
                self.fault(Field::Words, "không dùng chung @mã của từ điển với lời văn; ghi thêm lời văn vào từ điển");
            }
            out.line("      term:", &place);
            terms.iter().for_each(|term| out.line(&format!("        - {}", quoted(term)), &place));
            return;
        }
        out.line("      words:", &place);
        words.iter().for_each(|word| out.line(&format!("        - {}", quoted(word)), &place));
        let variants = self.place(Field::Variants);
        for variant in self.lines(Field::Variants) {
            out.line(&format!("        - {}", quoted(&variant)), &variants);
        }
    }

    fn list(&self, out: &mut Imported, key: &str, field: Field) {
        out.line(&format!("        {key}:"), &self.place(field));
        for value in self.lines(field) {
            out.line(&format!("          - {}", quoted(&value)), &self.place(field));
        }
    }

    fn unless(&mut self, out: &mut Imported) {
        let (exceptions, whys) = (self.lines(Field::Unless), self.lines(Field::UnlessWhy));
        if exceptions.len() != whys.len() {
            let message =
                format!("có {} ngoại lệ nhưng {} lý do; mỗi ngoại lệ một dòng lý do", exceptions.len(), whys.len());
            self.fault(Field::UnlessWhy, &message);
        }
        let (place, why_place) = (self.place(Field::Unless), self.place(Field::UnlessWhy));
        if !exceptions.is_empty() {
            out.line("  unless:", &place);
        }
        for (exception, why) in exceptions.iter().zip(&whys) {
            let (terms, words): (Vec<&str>, Vec<&str>) = exception
                .split('|')
                .map(str::trim)
                .filter(|word| !word.is_empty())
                .partition(|word| word.starts_with('@'));
            let list = |words: Vec<&str>| words.into_iter().map(quoted).collect::<Vec<_>>().join(", ");
            out.line(&format!("    - why: {}", quoted(why)), &why_place);
            if !words.is_empty() {
                out.line(&format!("      words: [{}]", list(words)), &place);
            }
            if !terms.is_empty() {
                let terms = terms.iter().map(|term| term.trim_start_matches('@')).collect();
                out.line(&format!("      term: [{}]", list(terms)), &place);
            }
        }
    }
}

/// Placeholders as rule files have them.
fn with_holes(text: &str) -> String {
    HOLES.iter().fold(text.to_owned(), |text, (shown, hole)| text.replace(shown, &hole.replace('%', CONDITION)))
}

/// A text on one line that YAML takes as it is, whatever it begins with.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}
