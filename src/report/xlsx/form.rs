//! Sheet "Mẫu 04": the official list of documents to be handled, its title and columns described by data.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_xlsxwriter::{Worksheet, XlsxError};
use serde::Deserialize;

use super::Error;
use super::height;
use super::style::Styles;
use super::table::Table;
use crate::document::{Kind, Level};
use crate::proposals::Proposal;
use crate::report::index::Index;
use crate::report::{Reviewed, words};
use crate::review::Handling;
use crate::text::number::to_roman;

/// Name of the sheet.
const NAME: &str = "Mẫu 04";
/// The description of the form.
const SOURCE: &str = include_str!("../../../rules/forms/mau-04.yaml");
/// Row of the column heads: title, mark, an empty row above.
const HEADER: u32 = 3;
/// Most clauses named in the reason of a document.
const MOST_CLAUSES: usize = 12;

/// An official list as its description gives it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Form {
    title: String,
    mark: String,
    group: String,
    no_group: String,
    empty: String,
    total: String,
    handlings: Vec<Handling>,
    columns: Vec<FormColumn>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FormColumn {
    title: String,
    value: Value,
    width: f64,
}

/// What a column shows.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Value {
    Order,
    Kind,
    Issuer,
    Number,
    Issued,
    Title,
    Handling,
    Reason,
    Drafter,
    Deadline,
}

/// One row: a document, or one that ought to be issued.
struct Entry<'a> {
    reviewed: Option<&'a Reviewed>,
    whole: &'a Proposal,
    units: &'a [&'a Proposal],
}

impl Form {
    /// Reads the embedded description.
    pub fn load() -> Result<Self, Error> {
        serde_saphyr::from_str(SOURCE).map_err(|error| Error::Form(error.to_string()))
    }

    /// Writes the sheet.
    pub fn write(&self, sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
        sheet.set_name(NAME)?;
        let last = (self.columns.len() as u16).saturating_sub(1);
        let width: f64 = self.columns.iter().map(|column| column.width).sum();
        sheet.merge_range(0, 0, 0, last, &self.title, &styles.form_title)?;
        // The title is set larger than the text the estimate is made for.
        sheet.set_row_height(0, height::points(height::lines(&self.title, width * 0.8)) * 1.3)?;
        sheet.merge_range(1, 0, 1, last, &self.mark, &styles.form_mark)?;
        let columns = self.columns.iter().map(|column| (column.title.as_str(), column.width));
        let mut table = Table::at(sheet, styles, HEADER, columns)?;
        let groups = self.groups(index);
        let mut count = 0;
        for (number, (field, entries)) in (1..).zip(&groups) {
            let name = field.map_or_else(|| self.no_group.clone(), |field| format!("{} {field}", self.group));
            table.group(&format!("{}. {name}", to_roman(number).unwrap_or_default()))?;
            for (order, entry) in (1..).zip(entries) {
                for column in &self.columns {
                    entry.cell(column.value, order, &mut table)?;
                }
                table.end_row()?;
            }
            count += entries.len();
        }
        match count {
            0 => table.group(&self.empty),
            _ => table.group(&self.total.replace("{count}", &count.to_string())),
        }
    }

    /// Entries by lĩnh vực in the order of its name, those without one last; inside by legal force, then date.
    fn groups<'a>(&self, index: &'a Index) -> Vec<(Option<&'a str>, Vec<Entry<'a>>)> {
        let mut groups: BTreeMap<(bool, &str), Vec<Entry>> = BTreeMap::new();
        let mut add = |field: Option<&'a str>, entry| {
            groups.entry((field.is_none(), field.unwrap_or_default())).or_default().push(entry);
        };
        for (at, reviewed) in index.results.documents.iter().enumerate() {
            let own = index.of_document(at);
            let Some(whole) = own.whole.filter(|whole| self.handlings.contains(&whole.handling)) else { continue };
            if reviewed.document.identity.normative == Some(true) {
                let entry = Entry { reviewed: Some(reviewed), whole, units: &own.units };
                add(reviewed.field.as_deref(), entry);
            }
        }
        for whole in &index.results.proposals {
            if whole.document.is_none() && self.handlings.contains(&whole.handling) {
                add(None, Entry { reviewed: None, whole, units: &[] });
            }
        }
        groups
            .into_iter()
            .map(|((none, field), mut entries)| {
                // Stable: equal ones stay in the order of the input.
                entries.sort_by_key(Entry::force);
                ((!none).then_some(field), entries)
            })
            .collect()
    }
}

impl Entry<'_> {
    /// Legal force: level of the issuer, kind, then date; documents to be issued last.
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

    fn cell(&self, value: Value, order: usize, table: &mut Table) -> Result<(), XlsxError> {
        let identity = self.reviewed.map(|reviewed| &reviewed.document.identity);
        match value {
            Value::Order => table.number(order)?,
            Value::Kind => table.text(identity.map_or("", |identity| words::kind(identity.kind)))?,
            Value::Issuer => match identity {
                Some(identity) => table.text(identity.issuer.as_deref().unwrap_or(""))?,
                None => table.text(&self.whole.authority)?,
            },
            Value::Number => table.code(identity.and_then(|identity| identity.number.as_deref()).unwrap_or(""))?,
            Value::Issued => table.date(identity.and_then(|identity| identity.issued))?,
            Value::Title => match identity {
                Some(identity) => table.text(identity.title.as_deref().unwrap_or(""))?,
                None => table.text(&self.whole.cite)?,
            },
            Value::Handling => table.text(words::handling(self.whole.handling))?,
            Value::Reason => table.text(&self.reason())?,
            Value::Drafter => table.text(&self.whole.drafter)?,
            Value::Deadline => table.text(&self.whole.deadline)?,
        };
        Ok(())
    }

    /// The reason of the document, then what is proposed for which clause.
    fn reason(&self) -> String {
        let mut reason = self.whole.reason.clone();
        for unit in self.units.iter().take(MOST_CLAUSES) {
            if !reason.is_empty() {
                reason.push('\n');
            }
            reason.push_str(&format!(
                "- {}: {}. {}",
                unit.cite,
                words::handling(unit.handling).to_lowercase(),
                unit.reason
            ));
        }
        if self.units.len() > MOST_CLAUSES {
            let more = self.units.len() - MOST_CLAUSES;
            reason.push_str(&format!("\n… và {more} kiến nghị khác tại trang “Đề xuất”"));
        }
        reason
    }
}
