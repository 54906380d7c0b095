//! Sheets "Mẫu 01" … "Mẫu 05" and those of older decrees: official lists, titles and columns described by data.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::height;
use super::style::Styles;
use super::table::Table;
use crate::document::amendment::OperationKind;
use crate::document::{Kind, Level};
use crate::proposals::{Office, Proposal};
use crate::registry::State;
use crate::report::forms::{Form, FormColumn, Forms, GroupBy, Takes, Value};
use crate::report::index::Index;
use crate::report::{Reviewed, words};
use crate::review::{FindingKind, Handling};
use crate::text::fold::fold;
use crate::text::number::to_roman;

/// Lines of a cell left to say how many proposals are not named in it.
const LEFT: usize = 3;

/// One row: a document, or one that ought to be issued.
struct Entry<'a> {
    reviewed: Option<&'a Reviewed>,
    whole: Option<&'a Proposal>,
    units: &'a [&'a Proposal],
    effect: Effect,
}

/// How much of a document has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    Ended,
    Suspended,
    Partly,
    InForce,
}

/// Writes one list on its sheet.
pub fn write(
    forms: &Forms,
    form: &Form,
    sheet: &mut Worksheet,
    styles: &Styles,
    index: &Index,
) -> Result<(), XlsxError> {
    sheet.set_name(&form.sheet)?;
    let last = (form.columns.len() as u16).saturating_sub(1);
    let width: f64 = form.columns.iter().map(|column| column.width).sum();
    let mut row = head(sheet, styles, &index.results.office, last)?;
    sheet.merge_range(row, 0, row, last, &form.title, &styles.form_title)?;
    // The title is set larger than the text the estimate is made for.
    sheet.set_row_height(row, height::points(height::lines(&form.title, width * 0.8)) * 1.3)?;
    row += 1;
    if form.list {
        sheet.merge_range(row, 0, row, last, &forms.attached, &styles.form_mark)?;
        row += 1;
    }
    sheet.merge_range(row, 0, row, last, &forms.mark, &styles.form_mark)?;
    let columns = form.columns.iter().map(|column| (column.title.as_str(), column.width));
    let mut table = Table::at(sheet, styles, row + 2, columns)?;
    if let Some(part) = &form.part {
        table.group(part)?;
    }
    let groups = groups(forms, form, index);
    let mut count = 0;
    for (number, (name, entries)) in (1..).zip(&groups) {
        table.group(&format!("{}. {name}", to_roman(number).unwrap_or_default()))?;
        for (order, entry) in (1..).zip(entries) {
            for column in &form.columns {
                entry.cell(column, order, forms, &mut table)?;
            }
            table.end_row()?;
        }
        count += entries.len();
    }
    match count {
        0 => table.group(&forms.empty),
        _ => table.group(&forms.total.replace("{count}", &count.to_string())),
    }
}

/// The head of an official paper, when the office has said who it is; the next free row.
fn head(sheet: &mut Worksheet, styles: &Styles, office: &Office, last: u16) -> Result<u32, XlsxError> {
    let Some(name) = &office.office else { return Ok(0) };
    let middle = last / 2;
    let superior = office.superior.as_deref().unwrap_or("");
    let rows = [
        (superior.to_uppercase(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(), &styles.head_light),
        (name.to_uppercase(), "Độc lập - Tự do - Hạnh phúc".to_owned(), &styles.head_bold),
    ];
    for (row, (left, right, left_style)) in (0..).zip(rows) {
        sheet.merge_range(row, 0, row, middle, &left, left_style)?;
        sheet.merge_range(row, middle + 1, row, last, &right, &styles.head_bold)?;
    }
    Ok(3)
}

/// Entries in their groups; inside by legal force, then date.
fn groups<'a>(forms: &Forms, form: &Form, index: &'a Index) -> Vec<(String, Vec<Entry<'a>>)> {
    let mut groups: BTreeMap<(u8, &str), Vec<Entry>> = BTreeMap::new();
    let mut add = |field: Option<&'a str>, entry: Entry<'a>| {
        let key = match form.group_by {
            GroupBy::Field => (u8::from(field.is_none()), field.unwrap_or_default()),
            GroupBy::Effect => (u8::from(entry.effect == Effect::Suspended), ""),
        };
        groups.entry(key).or_default().push(entry);
    };
    for (at, reviewed) in index.results.documents.iter().enumerate() {
        if reviewed.document.identity.normative != Some(true) {
            continue;
        }
        let own = index.of_document(at);
        let entry = Entry {
            reviewed: Some(reviewed),
            whole: own.whole,
            units: &own.units,
            effect: effect(reviewed, own.whole),
        };
        let takes = match form.takes {
            Takes::Ended => matches!(entry.effect, Effect::Ended | Effect::Suspended),
            Takes::PartlyEnded => entry.effect == Effect::Partly,
            Takes::InForce => matches!(entry.effect, Effect::Partly | Effect::InForce),
            Takes::ToHandle => own.whole.is_some_and(|whole| form.handlings.contains(&whole.settled().handling)),
        };
        if takes {
            add(reviewed.field.as_deref(), entry);
        }
    }
    if form.takes == Takes::ToHandle {
        let wanted = index.results.proposals.iter().filter(|one| one.document.is_none());
        for whole in wanted.filter(|one| form.handlings.contains(&one.settled().handling)) {
            add(None, Entry { reviewed: None, whole: Some(whole), units: &[], effect: Effect::InForce });
        }
    }
    let named = |(rest, field): (u8, &str)| match (form.group_by, rest, field) {
        (GroupBy::Effect, 0, _) => forms.ended.to_uppercase(),
        (GroupBy::Effect, ..) => forms.suspended.to_uppercase(),
        (GroupBy::Field, 0, field) => format!("{} {field}", forms.group),
        (GroupBy::Field, ..) => format!("{}: {}", forms.group, forms.no_group),
    };
    let sorted = groups.into_iter().map(|(key, mut entries)| {
        // Stable: equal ones stay in the order of the input.
        entries.sort_by_key(Entry::force);
        (named(key), entries)
    });
    sorted.collect()
}

/// How much of a document has ended, decisions of people counted: what they announce as expired has ended.
fn effect(reviewed: &Reviewed, whole: Option<&Proposal>) -> Effect {
    let announced = whole.is_some_and(|whole| whole.settled().handling == Handling::AnnounceExpired);
    let partly = || reviewed.findings.iter().any(|finding| finding.kind == FindingKind::PartlyEnded);
    match reviewed.status.state {
        State::Suspended => Effect::Suspended,
        State::Ended => Effect::Ended,
        _ if announced => Effect::Ended,
        State::PartlyEnded => Effect::Partly,
        _ if partly() => Effect::Partly,
        _ => Effect::InForce,
    }
}

impl Entry<'_> {
    /// Legal force: level of the issuer, council before committee, kind, then date; documents to be issued last.
    fn force(&self) -> (bool, Option<Level>, u8, Option<Date>) {
        let Some(reviewed) = self.reviewed else { return (true, None, 0, None) };
        let identity = &reviewed.document.identity;
        let rank = match identity.kind {
            Kind::HienPhap => 0,
            Kind::Luat | Kind::BoLuat => 1,
            Kind::PhapLenh | Kind::Lenh => 2,
            Kind::NghiQuyet => 3,
            Kind::NghiQuyetLienTich => 4,
            Kind::NghiDinh => 5,
            Kind::QuyetDinh => 6,
            Kind::ThongTu | Kind::ThongTuLienTich => 7,
            Kind::ChiThi => 8,
            _ => 9,
        };
        (false, identity.level, rank, identity.issued)
    }

    fn cell(&self, column: &FormColumn, order: usize, forms: &Forms, table: &mut Table) -> Result<(), XlsxError> {
        let identity = self.reviewed.map(|reviewed| &reviewed.document.identity);
        let settled = self.whole.map(Proposal::settled);
        let number = identity.and_then(|identity| identity.number.as_deref()).unwrap_or("");
        let title = match (identity, self.whole) {
            (Some(identity), _) => identity.title.as_deref().unwrap_or(""),
            (None, whole) => whole.map_or("", |whole| &whole.cite),
        };
        let issued = identity.and_then(|identity| identity.issued);
        let dated = || match issued {
            Some(day) if number.is_empty() => format!("ngày {}", words::date(day)),
            Some(day) => format!("{number} ngày {}", words::date(day)),
            None => number.to_owned(),
        };
        let kind = identity.map(|identity| identity.kind).or(self.whole.and_then(|whole| whole.kind));
        match column.value {
            Value::Order => table.number(order)?,
            Value::Kind => table.text(kind.map_or("", words::kind))?,
            Value::Issuer => match identity {
                Some(identity) => table.text(identity.issuer.as_deref().unwrap_or(""))?,
                None => table.text(self.whole.map_or("", |whole| &whole.authority))?,
            },
            Value::Number => table.code(number)?,
            Value::Issued => table.date(issued)?,
            Value::Title => table.text(title)?,
            Value::NumberAndDate => table.code(&dated())?,
            Value::NumberDateTitle => table.text(format!("{} {title}", dated()).trim())?,
            Value::Handling => table.text(settled.map_or("", |settled| words::handling(settled.handling)))?,
            Value::Reason => table.text(&self.reason(column.width))?,
            Value::Drafter => table.text(settled.map_or("", |settled| settled.drafter))?,
            Value::Deadline => table.text(settled.map_or("", |settled| settled.deadline))?,
            Value::Effect => table.text(self.effect_words(forms))?,
            Value::Why => table.text(&self.why())?,
            Value::EffectDate => table.date(self.reviewed.and_then(|reviewed| reviewed.status.since))?,
            Value::Provisions => table.text(&self.reviewed.map_or_else(String::new, ended_provisions))?,
            Value::Effective => table.date(identity.and_then(|identity| identity.effective))?,
            Value::Note => table.text(&self.note(forms))?,
        };
        Ok(())
    }

    fn effect_words<'f>(&self, forms: &'f Forms) -> &'f str {
        match self.effect {
            Effect::Ended => &forms.ended,
            Effect::Suspended => &forms.suspended,
            Effect::Partly => &forms.partly_ended,
            Effect::InForce => "",
        }
    }

    /// Why it ended: what the graph knows, else what is proposed.
    fn why(&self) -> String {
        let why = self.reviewed.map_or("", |reviewed| reviewed.status.why.as_str());
        match self.whole.filter(|_| why.is_empty()) {
            Some(whole) => whole.settled().reason.to_owned(),
            None => why.to_owned(),
        }
    }

    /// Note in a list of documents in force.
    fn note(&self, forms: &Forms) -> String {
        let Some(reviewed) = self.reviewed else { return String::new() };
        match reviewed.status.state {
            _ if self.effect == Effect::Partly => format!("{}. {}", forms.partly_ended, self.why()),
            State::NotYet => format!("{}. {}", words::state(State::NotYet), self.why()),
            State::Unknown => format!("Chưa xác định được tình trạng hiệu lực. {}", self.why()).trim().to_owned(),
            _ => String::new(),
        }
    }

    /// The reason of the document, then what is proposed for which clause, as much of it as a row of that width can show.
    fn reason(&self, width: f64) -> String {
        let mut reason = self.whole.map_or("", |whole| whole.settled().reason).to_owned();
        let standing: Vec<_> = self
            .units
            .iter()
            .map(|unit| (unit, unit.settled()))
            .filter(|(_, settled)| !matches!(settled.handling, Handling::Keep | Handling::Undetermined))
            .collect();
        for (named, (unit, settled)) in standing.iter().enumerate() {
            let handling = words::handling(settled.handling).to_lowercase();
            let why = settled.reason.replace('\n', " ");
            // Most reasons begin with the place themselves.
            let line = match fold(&why).starts_with(&fold(&unit.cite)) {
                true => format!("- {why} Kiến nghị: {handling}."),
                false => format!("- {}: {handling}. {why}", unit.cite),
            };
            let longer = if reason.is_empty() { line } else { format!("{reason}\n{line}") };
            if height::lines(&longer, width) + LEFT > height::MOST_LINES {
                let more = standing.len() - named;
                reason.push_str(&format!("\n… và {more} kiến nghị khác tại trang “Đề xuất”."));
                return reason;
            }
            reason = longer;
        }
        reason
    }
}

/// "khoản 2 Điều 18; Điều 19": what was amended, replaced or repealed by the day.
fn ended_provisions(reviewed: &Reviewed) -> String {
    let changes = reviewed.consolidated.iter().flat_map(|consolidated| &consolidated.changes);
    let ends = changes.filter(|change| !matches!(change.kind, OperationKind::Supplement | OperationKind::InsertAfter));
    let cited: Vec<String> = ends
        .filter(|change| !change.path.is_empty())
        .map(|change| crate::document::place::of_path(&reviewed.document, &change.path))
        .collect();
    crate::report::index::distinct(cited.iter().map(String::as_str), "; ")
}
