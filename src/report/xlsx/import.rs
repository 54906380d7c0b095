//! A workbook read back: the sheet of proposals by its heads, and what was written there by the hidden sheet.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{Data, Range, Reader, Sheets, open_workbook_auto_from_rs};
use sha2::{Digest, Sha256};

use super::origin;
use super::proposals::{COLUMNS, heads};
use crate::report::decisions::sheet::{Inputs, Original, Originals, Row, Sheet, Typed, tidy};
use crate::text::fold::fold;

/// Least known heads that make a row the head of the table.
const LEAST_HEADS: usize = 4;
/// Largest workbook read, in bytes.
const LARGEST: u64 = 256 << 20;

/// Decisions cannot be read; the message is for the user.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadFault {
    /// The file cannot be read.
    #[error("{why}", why = crate::source::system::cause(source))]
    Io {
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no workbook.
    #[error("tệp không phải bảng tính, bị hỏng, hoặc có mật khẩu")]
    NotAWorkbook,
    /// It has no table of proposals.
    #[error("không tìm thấy bảng đề xuất (cần có cột “{}” và “{}”)", heads::DECISION, heads::ID)]
    NoTable,
}

/// Reads everything a person may have typed into a workbook.
pub fn read_decisions(path: &Path) -> Result<Sheet, ReadFault> {
    let bytes = read_bytes(path)?;
    let sha256 = crate::rules::load::hex(&Sha256::digest(&bytes));
    let name = crate::report::write::file_name(path);
    // Readers of broken workbooks may panic.
    catch_unwind(AssertUnwindSafe(|| read(bytes, name, sha256))).unwrap_or(Err(ReadFault::NotAWorkbook))
}

/// The bytes of a workbook that is not too large to be one of ours.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadFault> {
    let io = |source| ReadFault::Io { source };
    if std::fs::metadata(path).map_err(io)?.len() > LARGEST {
        return Err(ReadFault::NotAWorkbook);
    }
    std::fs::read(path).map_err(io)
}

fn read(bytes: Vec<u8>, workbook: String, sha256: String) -> Result<Sheet, ReadFault> {
    let mut book: Sheets<_> =
        open_workbook_auto_from_rs(std::io::Cursor::new(bytes)).map_err(|_| ReadFault::NotAWorkbook)?;
    let mut sheet = Sheet { workbook, sha256, ..Sheet::default() };
    let names = book.sheet_names();
    if let Ok(range) = book.worksheet_range(origin::NAME) {
        originals(&range, &mut sheet);
    }
    // The sheet may have been renamed; its usual name goes first.
    let mut candidates: Vec<&String> = names.iter().filter(|name| *name != origin::NAME).collect();
    candidates.sort_by_key(|name| *name != super::proposals::NAME);
    // People copy sheets and go on in the copy: every table of proposals is read.
    let mut found = false;
    for name in candidates {
        let Ok(mut range) = book.worksheet_range(name) else { continue };
        if let Ok(formulas) = book.worksheet_formula(name) {
            as_typed(&mut range, &formulas);
        }
        if let Some(table) = Heads::find(&range, &sheet.originals) {
            let copy = (name != super::proposals::NAME && found).then_some(name);
            table.rows(&range, copy, &mut sheet);
            found = true;
        }
    }
    if found { Ok(sheet) } else { Err(ReadFault::NoTable) }
}

/// Words that begin with "=" are a formula to office programs, and an error: they are read as they were typed.
fn as_typed(range: &mut Range<Data>, formulas: &Range<String>) {
    let (Some((top, left)), Some(_)) = (formulas.start(), range.start()) else { return };
    for (row, column, formula) in formulas.used_cells() {
        let at = (top + u32::try_from(row).unwrap_or(0), left + u32::try_from(column).unwrap_or(0));
        let shows = range.get_value(at).is_some_and(|cell| !matches!(cell, Data::Empty | Data::Error(_)));
        if !shows && !formula.is_empty() {
            range.set_value(at, Data::String(format!("={formula}")));
        }
    }
}

/// What the hidden sheet says was written.
fn originals(range: &Range<Data>, sheet: &mut Sheet) {
    let mut rows = range.rows();
    let Some(first) = rows.next().filter(|row| row.first().is_some_and(|cell| text(cell) == origin::MARK)) else {
        return;
    };
    let in_first = |at: usize| first.get(at).map(|cell| tidy(&text(cell))).unwrap_or_default();
    (sheet.as_of, sheet.office) = (in_first(2), in_first(4));
    sheet.packs = first.get(3).map(|cell| text(cell).lines().map(str::to_owned).collect()).unwrap_or_default();
    let columns: HashMap<String, usize> =
        rows.next().map(|row| row.iter().map(text).zip(0..).collect()).unwrap_or_default();
    for row in rows {
        let cell = |name: &str| {
            columns.get(name).and_then(|&at| row.get(at)).map_or_else(String::new, |cell| tidy(&text(cell)))
        };
        let id = cell("proposal");
        if id.is_empty() {
            continue;
        }
        let given = cell("given");
        let original = Original {
            handling: cell("handling"),
            content: cell("content"),
            wording: cell("wording"),
            drafter: cell("drafter"),
            deadline: cell("deadline"),
            given: serde_json::from_str(&given).ok(),
            text: cell("text"),
            document: cell("document"),
            number: cell("number"),
            file: cell("file"),
            path: cell("path"),
            cite: cell("cite"),
            rules: cell("rules"),
        };
        sheet.originals.add(id, original);
    }
}

/// Where the columns are.
struct Heads {
    row: usize,
    by_name: HashMap<&'static str, usize>,
    extras: Vec<(usize, String)>,
}

impl Heads {
    /// The first row that has heads of ours.
    fn find(range: &Range<Data>, originals: &Originals) -> Option<Heads> {
        let names: HashMap<String, &'static str> = COLUMNS.iter().map(|(name, _)| (plain(name), *name)).collect();
        for (row, cells) in range.rows().enumerate().take(200) {
            let mut heads = Heads { row, by_name: HashMap::new(), extras: Vec::new() };
            for (at, cell) in cells.iter().enumerate() {
                let head = text(cell);
                match names.get(&plain(&head)) {
                    Some(name) => {
                        heads.by_name.entry(name).or_insert(at);
                    }
                    None if !head.trim().is_empty() => heads.extras.push((at, tidy(&head))),
                    None => {}
                }
            }
            if heads.by_name.len() < LEAST_HEADS || !heads.by_name.contains_key(heads::DECISION) {
                continue;
            }
            if !heads.by_name.contains_key(heads::ID) {
                // The head was renamed: the column that holds ids is known by them.
                let holds = |at: usize| {
                    range
                        .rows()
                        .skip(row + 1)
                        .any(|cells| cells.get(at).is_some_and(|cell| originals.contains(&text(cell))))
                };
                let at = (0..cells.len()).find(|&at| holds(at))?;
                heads.by_name.insert(heads::ID, at);
                heads.extras.retain(|(extra, _)| *extra != at);
            }
            return Some(heads);
        }
        None
    }

    fn rows(&self, range: &Range<Data>, copy: Option<&String>, sheet: &mut Sheet) {
        let needed = [
            heads::HANDLING,
            heads::CONTENT,
            heads::WORDING,
            heads::DRAFTER,
            heads::DEADLINE,
            heads::REASON,
            heads::PERSON,
            heads::DATE,
        ];
        let lost = needed.into_iter().filter(|name| !self.by_name.contains_key(name));
        if copy.is_none() && !sheet.originals.is_empty() {
            sheet.lost_columns = lost.map(str::to_owned).collect();
        }
        let top = range.start().map_or(0, |(row, _)| row);
        for (at, cells) in range.rows().enumerate().skip(self.row + 1) {
            if cells.iter().all(|cell| text(cell).trim().is_empty()) {
                continue;
            }
            let line = top + u32::try_from(at).unwrap_or(u32::MAX - 1) + 1;
            let mut row = self.one(line, cells, &sheet.originals);
            row.sheet = copy.cloned();
            sheet.rows.push(row);
        }
    }

    fn one(&self, line: u32, cells: &[Data], originals: &Originals) -> Row {
        let cell = |name: &str| {
            let at = self.by_name.get(name).copied();
            let is_day = [heads::DATE, heads::SECOND_DATE].contains(&name);
            let words = |cell| if is_day { text(cell) } else { reading(cell) };
            at.and_then(|at| cells.get(at)).map(|cell| tidy(&words(cell)))
        };
        let or_empty = |name: &str| cell(name).unwrap_or_default();
        let id = or_empty(heads::ID);
        // A column that was taken out says nothing: what was written there stands.
        let (file, path) = (or_empty(heads::FILE), or_empty(heads::PATH));
        let written = originals.of(&id, &file, &path).map(crate::report::decisions::given).unwrap_or_default();
        let or_written = |name: &str, written: &str| cell(name).unwrap_or_else(|| written.to_owned());
        let typed = |names: [&str; 4], written: &Typed| Typed {
            choice: or_written(names[0], &written.choice),
            reason: or_written(names[1], &written.reason),
            person: or_written(names[2], &written.person),
            date: or_written(names[3], &written.date),
        };
        let extras = self.extras.iter().filter_map(|(at, head)| {
            let text = tidy(&reading(cells.get(*at)?));
            (!text.is_empty()).then(|| (head.clone(), text))
        });
        Row {
            line,
            sheet: None,
            number: or_empty(heads::NUMBER),
            path,
            file,
            inputs: Inputs {
                handling: or_written(heads::HANDLING, &written.handling),
                content: or_written(heads::CONTENT, &written.content),
                wording: or_written(heads::WORDING, &written.wording),
                drafter: or_written(heads::DRAFTER, &written.drafter),
                deadline: or_written(heads::DEADLINE, &written.deadline),
                first: typed([heads::DECISION, heads::REASON, heads::PERSON, heads::DATE], &written.first),
                second: typed(
                    [heads::SECOND, heads::SECOND_REASON, heads::SECOND_PERSON, heads::SECOND_DATE],
                    &written.second,
                ),
                note: or_written(heads::NOTE, &written.note),
            },
            extras: extras.collect(),
            id,
        }
    }
}

/// A head as it is compared: without case, line ends and doubled spaces.
pub(super) fn plain(head: &str) -> String {
    fold(head).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cell as a person reads it: days as day/month/year.
fn reading(cell: &Data) -> String {
    let plain = text(cell);
    match cell {
        Data::DateTime(_) | Data::DateTimeIso(_) => {
            plain.parse::<jiff::civil::Date>().map_or(plain, crate::report::words::date)
        }
        _ => plain,
    }
}

/// A cell as text; days as year-month-day.
pub(super) fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.get(..10).unwrap_or(text).to_owned(),
        other => other.to_string(),
    }
}
