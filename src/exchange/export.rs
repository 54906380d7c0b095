//! Rules of packs → sheet. Every cell is written as a text, so that none of them is ever a formula.

use rust_xlsxwriter::{
    DataValidation, Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError,
};

use super::columns::{COLUMNS, Field, HOLES, SHEET, names, shown};
use crate::document::{Kind, Level};
use crate::rules::load::RawPack;
use crate::rules::source::{Condition, Exception, Fix, Group, Lifecycle, LookIn, RuleSource};
use crate::rules::spanned::Spanned;
use crate::verdict::{Confidence, FindingKind, Handling, Severity};

/// Sheet with the values of the drop-downs.
const VALUES: &str = "Giá trị";
/// Sheet with the rules that are not simple.
const LEFT: &str = "Quy tắc khác";
/// Rows below the last rule that have drop-downs too.
const SPARE_ROWS: u32 = 500;

/// A workbook of rules.
#[derive(Debug)]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many rules are in it.
    pub rules: usize,
    /// Rules that are not, with the reason in Vietnamese.
    pub left: Vec<(String, String)>,
}

/// Writes the simple rules of packs.
pub fn export(packs: &[RawPack]) -> Result<Exported, XlsxError> {
    let mut simple = Vec::new();
    let mut left = Vec::new();
    for rule in packs.iter().flat_map(|pack| &pack.rules) {
        match cells(&rule.value) {
            Ok(cells) => simple.push(cells),
            Err(why) => left.push((rule.value.id.value.clone(), why)),
        }
    }
    let mut book = Workbook::new();
    let base = || Format::new().set_font_name("Times New Roman").set_font_size(11.0).set_border(FormatBorder::Thin);
    let head = base().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    // Text format keeps "12/2010" and a date typed later as they are.
    let text = base().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@");
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET)?;
    for (column, (_, name, width, note)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &head)?;
        sheet.insert_note(0, column, &Note::new(note).add_author_prefix(false))?;
    }
    sheet.set_freeze_panes(1, 2)?;
    for (row, cells) in (1..).zip(&simple) {
        for (column, (field, ..)) in (0..).zip(COLUMNS) {
            let said = cells.iter().find(|(own, _)| *own == field).map_or("", |(_, said)| said.as_str());
            sheet.write_string_with_format(row, column, said, &text)?;
        }
    }
    let last = simple.len() as u32 + SPARE_ROWS;
    let lists: [(Field, Vec<String>); 6] = [
        (Field::State, names::<Lifecycle>()),
        (Field::Kind, names::<FindingKind>()),
        (Field::Handling, names::<Handling>()),
        (Field::Severity, names::<Severity>()),
        (Field::Confidence, names::<Confidence>()),
        (Field::Fix, names::<Fix>()),
    ];
    for (at, (field, values)) in (0_u16..).zip(&lists) {
        let Some(column) = COLUMNS.iter().position(|(own, ..)| own == field) else { continue };
        let letter = char::from(b'A' + at as u8);
        let range = format!("='{VALUES}'!${letter}$2:${letter}${}", values.len() + 1);
        let choice = DataValidation::new().allow_list_formula(Formula::new(range));
        sheet.add_data_validation(1, column as u16, last, column as u16, &choice)?;
    }
    let sheet = book.add_worksheet();
    sheet.set_name(VALUES)?;
    for (column, (field, values)) in (0..).zip(lists) {
        let name = COLUMNS.iter().find(|(own, ..)| *own == field).map_or("", |(_, name, ..)| name);
        column_of(sheet, column, name, &values, &head)?;
    }
    column_of(sheet, 6, "Loại văn bản", &names::<Kind>(), &head)?;
    column_of(sheet, 7, "Cấp", &names::<Level>(), &head)?;
    column_of(sheet, 8, "Chỗ trống trong câu", &HOLES.map(|(shown, _)| shown.to_owned()), &head)?;
    if !left.is_empty() {
        let sheet = book.add_worksheet();
        sheet.set_name(LEFT)?;
        column_of(sheet, 0, "Mã", &left.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(), &head)?;
        column_of(
            sheet,
            1,
            "Vì sao không có trong bảng",
            &left.iter().map(|(_, why)| why.clone()).collect::<Vec<_>>(),
            &head,
        )?;
        sheet.set_column_width(1, 80.0)?;
    }
    Ok(Exported { rules: simple.len(), bytes: book.save_to_buffer()?, left })
}

fn column_of(
    sheet: &mut Worksheet,
    column: u16,
    name: &str,
    values: &[String],
    head: &Format,
) -> Result<(), XlsxError> {
    sheet.set_column_width(column, 32.0)?;
    sheet.write_string_with_format(0, column, name, head)?;
    for (row, value) in (1..).zip(values) {
        sheet.write_string(row, column, value.as_str())?;
    }
    Ok(())
}

/// The cells of a simple rule, or why it is not simple.
fn cells(rule: &RuleSource) -> Result<Vec<(Field, String)>, String> {
    let no = |why: &str| Err(why.to_owned());
    let mut found = rule.find.iter();
    let (Some((name, condition)), None) = (found.next(), found.next()) else { return no("có nhiều điều kiện") };
    let when = rule.when.value.trim();
    let scoped = when.strip_prefix(name.as_str()).is_some_and(|rest| rest.trim_start().starts_with("within "));
    if when != name && !(scoped && rule.unless.is_empty()) {
        return no("dòng when có phạm vi riêng hoặc phép “not”");
    }
    if rule.group != Group::Unit {
        return no("gộp các chỗ giống nhau của một văn bản (group)");
    }
    if format!("{:?}", rule.look_in) != format!("{:?}", LookIn::default()) {
        return no("chỉ xét ở một số chỗ của văn bản (look-in)");
    }
    let applies = &rule.applies_to;
    if applies.issued_from.is_some() || applies.normative.is_some() {
        return no("applies-to có khóa không có cột (issued-from, normative)");
    }
    let mut cells = vec![(Field::Id, rule.id.value.clone()), (Field::Title, rule.title.clone())];
    cells.push((Field::State, shown::<Lifecycle>(state(rule.state))));
    match condition {
        Condition::Words(words) => {
            let mut words = words.iter().map(|word| word.value.clone());
            cells.push((Field::Words, words.next().unwrap_or_default()));
            cells.push((Field::Variants, words.collect::<Vec<_>>().join("\n")));
        }
        Condition::Term(terms) => {
            let terms: Vec<String> = terms.iter().map(|term| format!("@{}", term.value)).collect();
            cells.push((Field::Words, terms.join("\n")));
        }
        Condition::Cites(cites) => {
            let plain = crate::rules::source::CitesSource {
                instrument: cites.instrument.clone(),
                provision: cites.provision.clone(),
                ..Default::default()
            };
            if cites.instrument.is_empty() || format!("{cites:?}") != format!("{plain:?}") {
                return no("viện dẫn có điều kiện về tình trạng, loại hoặc cách viện dẫn");
            }
            cells.push((Field::Cited, lines(&cites.instrument)));
            cells.push((Field::CitedProvisions, lines(&cites.provision)));
        }
        _ => return no("điều kiện không phải từ ngữ hay viện dẫn"),
    }
    let mut exceptions = (Vec::new(), Vec::new());
    for exception in &rule.unless {
        let terms = exception.term.iter().map(|term| format!("@{}", term.value));
        let words: Vec<String> = exception.words.iter().map(|word| word.value.clone()).chain(terms).collect();
        let Exception { name, cites, pattern, within, .. } = exception;
        let plain = name.is_none() && cites.is_none() && pattern.is_none() && within.is_none();
        if !plain || words.is_empty() || exception.why.contains('\n') || words.iter().any(|word| word.contains('|')) {
            return no("ngoại lệ không chỉ là lời văn cùng phạm vi");
        }
        exceptions.0.push(words.join(" | "));
        exceptions.1.push(exception.why.clone());
    }
    cells.push((Field::Unless, exceptions.0.join("\n")));
    cells.push((Field::UnlessWhy, exceptions.1.join("\n")));
    cells.push((Field::Topics, lines(&applies.topics)));
    cells.push((Field::NotTopics, lines(&applies.not_topics)));
    cells.push((Field::Kinds, joined(applies.kinds.iter().map(shown::<Kind>))));
    cells.push((Field::Levels, joined(applies.levels.iter().map(shown::<Level>))));
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.strftime("%d/%m/%Y").to_string());
    cells.push((Field::IssuedBefore, day(applies.issued_before)));
    cells.push((Field::AsOfFrom, day(applies.as_of_from)));
    let verdict = &rule.verdict;
    cells.push((Field::Kind, shown::<FindingKind>(verdict.kind)));
    cells.push((Field::Handling, shown::<Handling>(verdict.handling)));
    cells.push((Field::Severity, shown::<Severity>(verdict.severity)));
    cells.push((Field::Confidence, shown::<Confidence>(verdict.confidence)));
    cells.push((Field::Fix, shown::<Fix>(if verdict.fix == Fix::Mechanical { "mechanical" } else { "judgement" })));
    let basis = rule.basis.iter().map(|one| format!("{} {}", one.instrument.value, one.provision.value));
    cells.push((Field::Basis, joined(basis)));
    cells.push((Field::Say, said(&rule.say.value, name)?));
    if let Some(propose) = &rule.propose {
        cells.push((Field::Propose, said(&propose.value, name)?));
    }
    let mut examples = (Vec::new(), Vec::new());
    for test in &rule.tests {
        let plain = test.at.is_none() && test.captures.is_empty() && test.confidence.is_none();
        if !plain || format!("{:?}", test.given) != format!("{:?}", crate::rules::source::Given::default()) {
            return no("phép thử có văn bản, chỗ, lời văn hoặc độ tin cậy riêng");
        }
        for (text, list) in [(&test.hit, &mut examples.0), (&test.quiet, &mut examples.1)] {
            if let Some(text) = text {
                if text.value.trim().contains("\n\n") {
                    return no("phép thử có dòng trống ở giữa");
                }
                list.push(text.value.trim().to_owned());
            }
        }
    }
    cells.push((Field::Hits, examples.0.join("\n\n")));
    cells.push((Field::Quiets, examples.1.join("\n\n")));
    // What Excel would cut is not exported.
    if cells.iter().any(|(_, text)| text.encode_utf16().count() > 32_000) {
        return no("có ô dài quá giới hạn của Excel");
    }
    cells.retain(|(_, text)| !text.is_empty());
    Ok(cells)
}

/// A sentence with the placeholders lawyers write.
fn said(text: &str, condition: &str) -> Result<String, String> {
    let mut text = text.trim().to_owned();
    for (shown, hole) in HOLES {
        text = text.replace(&hole.replace('%', condition), shown);
    }
    let strange = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let strange = strange.map(|hole| format!("{{{hole}}}")).find(|hole| !HOLES.iter().any(|(shown, _)| shown == hole));
    strange.map_or(Ok(text), |hole| Err(format!("câu có chỗ trống {hole}")))
}

fn state(state: Lifecycle) -> &'static str {
    match state {
        Lifecycle::Draft => "draft",
        Lifecycle::Trial => "trial",
        Lifecycle::Stable => "stable",
        Lifecycle::Retired => "retired",
    }
}

fn lines(values: &[Spanned<String>]) -> String {
    joined(values.iter().map(|value| value.value.clone()))
}

fn joined(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join("\n")
}
