//! Sheet "Điều khoản": every clause with its verdict; in `dieu-khoan.csv` when there are too many for a sheet.

use std::collections::HashMap;
use std::io::{self, Write};

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use crate::document::{Role, Unit, UnitId, UnitKind};
use crate::proposals::Proposal;
use crate::registry::State;
use crate::registry::consolidate::Source;
use crate::report::index::Index;
use crate::report::quote::shown;
use crate::report::{Reviewed, place, words};

/// Most rows of the sheet.
pub const MOST_ROWS: usize = 200_000;
/// Longest text of a clause shown, in scalar values.
const LONGEST: usize = 400;

const COLUMNS: [Column; 10] = [
    ("STT", 8.0),
    ("Số, ký hiệu", 17.0),
    ("Vị trí", 24.0),
    ("Nội dung (rút gọn)", 70.0),
    ("Lời văn theo", 26.0),
    ("Phần", 14.0),
    ("Kết quả", 36.0),
    ("Mã kiến nghị", 18.0),
    ("Đường dẫn", 16.0),
    ("Tệp", 28.0),
];

/// One clause and what was decided about it.
struct Clause<'a> {
    reviewed: &'a Reviewed,
    id: UnitId,
    unit: &'a Unit,
    verdict: Verdict<'a>,
}

/// What the review says of a clause.
enum Verdict<'a> {
    Proposed(&'a Proposal),
    /// Spoken of by a proposal at another place.
    Gathered(&'a Proposal),
    /// Findings without a proposal: the document has ended.
    FoundInEnded,
    Ended,
    Kept,
    Quoted,
    Form,
    /// Repealed before the day.
    Repealed,
    NotExamined,
}

impl Verdict<'_> {
    fn words(&self) -> &'static str {
        match self {
            Verdict::Proposed(proposal) => words::handling(proposal.handling),
            Verdict::Gathered(_) => "Đã gộp vào kiến nghị ở chỗ khác của văn bản (xem mã kiến nghị)",
            Verdict::FoundInEnded => "Có phát hiện; văn bản đã hết hiệu lực nên không kiến nghị từng điều khoản",
            Verdict::Ended => "Văn bản đã hết hiệu lực; không kiến nghị từng điều khoản",
            Verdict::Kept => "Giữ nguyên — không phát hiện theo bộ quy tắc",
            Verdict::Quoted => "Lời văn của văn bản khác được trích; không đối chiếu",
            Verdict::Form => "Biểu mẫu; không đối chiếu",
            Verdict::Repealed => "Đã bị bãi bỏ; không đối chiếu",
            Verdict::NotExamined => "Không có quy tắc áp dụng cho nội dung này",
        }
    }
}

/// Number of clauses of all documents.
pub fn count(index: &Index) -> usize {
    let mut count = 0;
    let _: Result<(), std::convert::Infallible> = each(index, |_| {
        count += 1;
        Ok(())
    });
    count
}

/// Calls `take` with every clause, in reading order.
fn each<'a, E>(index: &Index<'a>, mut take: impl FnMut(Clause<'a>) -> Result<(), E>) -> Result<(), E> {
    for (at, reviewed) in index.results.documents.iter().enumerate() {
        let units = &reviewed.in_force().units;
        let proposed: HashMap<&str, &Proposal> = index
            .of_document(at)
            .units
            .iter()
            .filter_map(|&proposal| Some((proposal.path.as_deref()?, proposal)))
            .collect();
        let (mut examined, mut found) = (vec![false; units.len()], vec![false; units.len()]);
        mark(&mut examined, reviewed.examined.iter().copied());
        mark(
            &mut found,
            reviewed.findings.iter().flat_map(|finding| finding.unit.into_iter().chain(finding.also.clone())),
        );
        let mut gathered: HashMap<UnitId, &Proposal> = HashMap::new();
        for finding in reviewed.findings.iter().filter(|finding| !finding.also.is_empty()) {
            let path = finding.unit.and_then(|unit| units.get(unit)).map(|unit| unit.path.as_str());
            if let Some(&proposal) = path.and_then(|path| proposed.get(path)) {
                finding.also.iter().for_each(|&unit| _ = gathered.entry(unit).or_insert(proposal));
            }
        }
        let ended = reviewed.status.state == State::Ended;
        for (id, unit) in units.iter().enumerate() {
            if let Some(printed) = repealed(reviewed, id) {
                if is_clause(printed) {
                    take(Clause { reviewed, id, unit: printed, verdict: Verdict::Repealed })?;
                }
                continue;
            }
            let verdict = match proposed.get(unit.path.as_str()) {
                Some(&proposal) => Verdict::Proposed(proposal),
                None if gathered.contains_key(&id) => Verdict::Gathered(gathered[&id]),
                None if ended && found[id] => Verdict::FoundInEnded,
                None if ended && examined[id] => Verdict::Ended,
                None if examined[id] => Verdict::Kept,
                None if !is_clause(unit) => continue,
                None if unit.quoted => Verdict::Quoted,
                None if unit.role == Role::Form => Verdict::Form,
                None => Verdict::NotExamined,
            };
            take(Clause { reviewed, id, unit, verdict })?;
        }
    }
    Ok(())
}

/// The unit as it was printed, when it was repealed since.
fn repealed(reviewed: &Reviewed, unit: UnitId) -> Option<&Unit> {
    match reviewed.consolidated.as_ref()?.sources.get(unit)? {
        Source::Ended { unit, .. } => reviewed.document.units.get((*unit)?),
        _ => None,
    }
}

fn mark(flags: &mut [bool], ids: impl Iterator<Item = UnitId>) {
    for id in ids {
        if let Some(flag) = flags.get_mut(id) {
            *flag = true;
        }
    }
}

/// Units that say something by themselves.
fn is_clause(unit: &Unit) -> bool {
    let kind = matches!(
        unit.kind,
        UnitKind::Article
            | UnitKind::Clause
            | UnitKind::Point
            | UnitKind::Dash
            | UnitKind::Paragraph
            | UnitKind::Basis
            | UnitKind::TableRow
    );
    kind && !(unit.text.is_empty() && unit.heading.is_empty())
}

impl Clause<'_> {
    fn number(&self) -> &str {
        self.reviewed.document.identity.number.as_deref().unwrap_or("")
    }

    fn cite(&self) -> String {
        crate::document::place::unit(self.reviewed.in_force(), self.id)
    }

    fn content(&self) -> String {
        place::cut(&place::reading(self.unit), LONGEST)
    }

    /// The act that gave or took the words; nothing for words as printed.
    fn source(&self, index: &Index) -> String {
        let change = self
            .reviewed
            .consolidated
            .as_ref()
            .and_then(|consolidated| consolidated.changes.get(consolidated.sources.get(self.id)?.change()?));
        change.map_or_else(String::new, |change| index.results.change_words(change))
    }

    fn proposal(&self) -> &str {
        match self.verdict {
            Verdict::Proposed(proposal) | Verdict::Gathered(proposal) => &proposal.id,
            _ => "",
        }
    }
}

/// Writes the sheet: the clauses, or where they are.
pub fn write(sheet: &mut Worksheet, styles: &Styles, index: &Index, apart: Option<&str>) -> Result<(), XlsxError> {
    let notes: Vec<String> = apart
        .map(|file| format!("Số điều khoản vượt quá {MOST_ROWS} dòng: toàn bộ được ghi trong tệp {file} cùng thư mục."))
        .into_iter()
        .collect();
    let mut table = Table::new(sheet, styles, "Điều khoản", &notes, COLUMNS)?;
    if apart.is_some() {
        return Ok(());
    }
    let mut order = 0;
    each(index, |clause| {
        order += 1;
        table
            .number(order)?
            .code(clause.number())?
            .text(&clause.cite())?
            .text(&clause.content())?
            .text(&clause.source(index))?
            .text(words::role(clause.unit.role))?
            .text(clause.verdict.words())?
            .code(clause.proposal())?
            .code(&clause.unit.path)?
            .code(&clause.reviewed.document.file)?;
        table.end_row()
    })?;
    table.finish()
}

/// Writes every clause as comma-separated values in UTF-8 with a byte order mark, which Excel needs to know it.
pub fn write_csv(index: &Index, out: &mut impl Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    csv_row(out, COLUMNS.map(|(title, _)| title).into_iter())?;
    let mut order = 0;
    each(index, |clause| {
        order += 1;
        let (cite, content, source) = (clause.cite(), clause.content(), clause.source(index));
        let file = clause.reviewed.document.file.as_str();
        let order = order.to_string();
        csv_row(
            out,
            [
                order.as_str(),
                clause.number(),
                &cite,
                &content,
                &source,
                words::role(clause.unit.role),
                clause.verdict.words(),
                clause.proposal(),
                &clause.unit.path,
                file,
            ]
            .into_iter(),
        )
    })
}

/// One row (RFC 4180). A value a spreadsheet would take for a formula gets an apostrophe before it.
fn csv_row<'c>(out: &mut impl Write, cells: impl Iterator<Item = &'c str>) -> io::Result<()> {
    for (at, cell) in cells.enumerate() {
        let cell = shown(cell);
        let guard = if cell.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
        let comma = if at == 0 { "" } else { "," };
        write!(out, "{comma}\"{guard}{}\"", cell.replace('"', "\"\""))?;
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn every_clause_has_a_verdict() {
        let results = sample::results(3);
        let index = Index::new(&results);
        let mut verdicts = Vec::new();
        let _: Result<(), ()> = each(&index, |clause| {
            verdicts.push((clause.reviewed.id.clone(), clause.unit.path.clone(), clause.verdict.words()));
            Ok(())
        });
        assert_eq!(verdicts.len(), 3 * 7);
        assert_eq!(count(&index), verdicts.len());
        let of = |path: &str| verdicts.iter().find(|(_, at, _)| at == path).unwrap().2;
        assert_eq!(of("att1/A5.1"), "Sửa đổi, bổ sung");
        assert_eq!(of("att1/A5.2"), "Giữ nguyên — không phát hiện theo bộ quy tắc");
        assert_eq!(of("main/B1"), "Không có quy tắc áp dụng cho nội dung này");
    }

    #[test]
    fn csv_is_safe_in_a_spreadsheet() {
        let results = sample::results(1);
        let mut bytes = Vec::new();
        csv_row(&mut bytes, ["=1+1", "nói \"có\"", "- gạch"].into_iter()).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "\"'=1+1\",\"nói \"\"có\"\"\",\"'- gạch\"\r\n");
        let mut bytes = Vec::new();
        write_csv(&Index::new(&results), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("\u{feff}\"STT\",") && text.lines().count() == 8, "{text}");
    }
}
