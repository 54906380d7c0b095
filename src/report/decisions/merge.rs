//! Rows of a workbook → decisions. Placed by id; a row whose id is lost by number and path when only one proposal has them.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::Imported;
use super::baseline::Baseline;
use super::ledger::{Entry, Ledger, LogLine, joined_notes};
use super::sheet::{Original, Originals, Row, Sheet};
use super::typed::{Understood, given, understand};
use crate::proposals::Opinion;
use crate::text::fold::fold;

/// Proposals that decisions can be about.
#[derive(Debug, Default)]
pub struct Known {
    written: Originals,
}

impl Known {
    /// The proposals of earlier results, for workbooks that do not carry their own.
    pub fn add_results(&mut self, results: &Baseline) {
        for (id, original) in results.originals() {
            self.written.add(id, original);
        }
    }
}

/// A row, what it says, and what was written there.
type Read<'s> = (&'s Row, Understood, Option<&'s Original>);

/// Takes over every decision of a workbook that can be placed.
pub fn merge(sheet: &Sheet, known: &Known, ledger: &mut Ledger, on: Date) -> Imported {
    let mut imported = Imported::default();
    if !sheet.lost_columns.is_empty() {
        let columns = sheet.lost_columns.join("”, “");
        imported.notes.push(format!("bảng thiếu cột “{columns}”; các ô khác vẫn được đọc"));
    }
    let written = |row: &Row, id: &str| {
        let own = sheet.originals.of(id, &row.file, &row.path);
        own.or_else(|| known.written.of(id, &row.file, &row.path))
    };
    let mut by_id: BTreeMap<&str, Vec<Read>> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    let present: HashSet<&str> = sheet.rows.iter().map(|row| row.id.as_str()).collect();
    for row in &sheet.rows {
        let (id, replaced) = match written(row, &row.id) {
            Some(_) => (row.id.as_str(), false),
            None => match by_place(sheet, row, &present) {
                Some(id) => (id, true),
                None if ledger.entries.contains_key(&row.id) => (row.id.as_str(), false),
                None => {
                    refuse_unknown(sheet, row, ledger, on, &mut imported);
                    continue;
                }
            },
        };
        let original = written(row, id);
        match understand(row, original) {
            Ok(understood) => {
                if replaced && (understood.first.is_some() || understood.second.is_some()) {
                    let how = if row.id.is_empty() {
                        "thiếu mã kiến nghị"
                    } else {
                        "mã kiến nghị đã bị sửa"
                    };
                    imported.notes.push(format!("{}: {how}; nhận ra theo số, ký hiệu và đường dẫn", row.place()));
                }
                imported.notes.extend(understood.notes.iter().map(|note| format!("{}: {note}", row.place())));
                if !by_id.contains_key(id) {
                    order.push(id);
                }
                by_id.entry(id).or_default().push((row, understood, original));
            }
            Err(why) => refuse(sheet, row, &why, ledger, on, &mut imported),
        }
    }
    for id in order {
        let rows = by_id.remove(id).unwrap_or_default();
        place(sheet, id, rows, ledger, on, &mut imported);
    }
    imported
}

/// The only proposal of that number, file and path, whose own id stands in no row.
fn by_place<'s>(sheet: &'s Sheet, row: &Row, present: &HashSet<&str>) -> Option<&'s str> {
    if row.number.is_empty() && row.file.is_empty() {
        return None;
    }
    let mut found = sheet.originals.iter().filter(|(id, original)| {
        original.number == row.number
            && original.path == row.path
            && (row.file.is_empty() || original.file == row.file)
            && !present.contains(id.as_str())
    });
    match (found.next(), found.next()) {
        (Some((id, _)), None) => Some(id),
        _ => None,
    }
}

/// The opinions typed for one proposal, in one row or in several.
fn place(sheet: &Sheet, id: &str, rows: Vec<Read>, ledger: &mut Ledger, on: Date, imported: &mut Imported) {
    // Of several rows the one that says something is what the decision was made on.
    let says = |read: &&Read| read.1.first.is_some() || read.1.second.is_some();
    let original = rows.iter().find(says).or(rows.first()).and_then(|read| read.2);
    let entry = entry(sheet, id, original, ledger);
    let log = |row: &Row, action: &str| {
        let mut line = LogLine::of(&entry, action, on);
        (line.workbook, line.workbook_sha256) = (sheet.workbook.clone(), sheet.sha256.clone());
        line.row = row.line;
        line
    };
    let stands = rows.iter().any(|(_, understood, _)| understood.stands);
    for (row, understood, original) in &rows {
        note(&entry, understood, log(row, "noted"), ledger);
        if understood.withdrawn && !stands {
            imported.notes.push(match withdraw(&entry, *original, log(row, "withdrawn"), ledger) {
                true => format!(
                    "{}: quyết định đã bị xóa trong bảng; ghi nhận rút lại (vẫn còn trong nhật ký)",
                    row.place()
                ),
                false => {
                    format!("{}: quyết định bị xóa trong bảng không phải quyết định đang tính; vẫn giữ", row.place())
                }
            });
        }
    }
    let mut firsts: Vec<(&Row, Opinion)> = Vec::new();
    let mut seconds: Vec<(&Row, Opinion)> = Vec::new();
    for (row, understood, _) in rows {
        let known = |list: &[(&Row, Opinion)], one: &Opinion| list.iter().any(|(_, other)| other == one);
        if let Some(first) = understood.first.filter(|first| !known(&firsts, first)) {
            firsts.push((row, first));
        }
        if let Some(second) = understood.second.filter(|second| !known(&seconds, second)) {
            seconds.push((row, second));
        }
    }
    let one_person = |list: &[(&Row, Opinion)]| {
        let people: HashSet<String> = list.iter().map(|(_, opinion)| fold(&opinion.person)).collect();
        people.len() < list.len()
    };
    if one_person(&firsts) || one_person(&seconds) {
        let lines: Vec<String> = firsts.iter().chain(&seconds).map(|(row, _)| row.line.to_string()).collect();
        let why =
            format!("các dòng {} cùng mã kiến nghị nhưng quyết định khác nhau; giữ lại một dòng", lines.join(", "));
        for (row, _) in firsts.iter().chain(&seconds) {
            refuse(sheet, row, &why, ledger, on, imported);
        }
        return;
    }
    // Who changes the decision that stood in the row decides instead of who decided before.
    let stood = original.map(given).is_some_and(|given| !given.first.choice.is_empty());
    for (first, (row, opinion)) in
        firsts.into_iter().map(|one| (true, one)).chain(seconds.into_iter().map(|one| (false, one)))
    {
        match put(ledger, &entry, opinion, first && stood, log(row, "decided")) {
            Put::New => imported.placed += 1,
            Put::Known => imported.known += 1,
            Put::Older => {
                imported.known += 1;
                imported.notes.push(format!("{}: cũ hơn quyết định đã nhập của cùng người; không thay", row.place()));
            }
        }
    }
    if let Some(line) = ledger.entries.get(id).and_then(disagreement) {
        imported.disagreements.push(line);
    }
}

/// "khoản 1 Điều 5 Quy chế (Quyết định số …): Nguyễn A: Đồng ý; Trần B: Bác (vì …)"; nothing when people agree.
pub fn disagreement(entry: &Entry) -> Option<String> {
    let first = entry.opinions.first()?;
    entry.opinions[1..].iter().any(|other| first.differs(other)).then(|| {
        let each = entry.opinions.iter().map(|opinion| {
            let person = if opinion.person.is_empty() { "(không ghi tên)" } else { &opinion.person };
            format!("{person}: {}", crate::report::words::opinion(opinion))
        });
        let place = match (entry.path.is_empty(), entry.document.is_empty()) {
            (true, false) => entry.document.clone(),
            (_, true) => entry.cite.clone(),
            _ => format!("{} ({})", entry.cite, entry.document),
        };
        format!("{place}: {}", each.collect::<Vec<_>>().join("; "))
    })
}

/// What the workbook knows of the proposal; else what was known before.
fn entry(sheet: &Sheet, id: &str, original: Option<&Original>, ledger: &Ledger) -> Entry {
    let Some(original) = original else { return ledger.entries.get(id).cloned().unwrap_or_default() };
    Entry {
        proposal: id.to_owned(),
        document: original.document.clone(),
        file: original.file.clone(),
        path: original.path.clone(),
        cite: original.cite.clone(),
        proposed: original.handling.clone(),
        text: original.text.clone(),
        rules: original.rules.clone(),
        packs: sheet.packs.clone(),
        note: String::new(),
        opinions: Vec::new(),
    }
}

/// Keeps what was noted on a proposal.
fn note(about: &Entry, understood: &Understood, mut line: LogLine, ledger: &mut Ledger) {
    let old = ledger.entries.get(&about.proposal).map_or("", |entry| &entry.note);
    let own = understood.note.as_deref().unwrap_or(old);
    let new = joined_notes(own, &understood.extras);
    if new != old {
        line.typed.insert("note".to_owned(), new.clone());
        line.why = "ghi chú".to_owned();
        ledger.entries.entry(about.proposal.clone()).or_insert_with(|| about.clone()).note = new;
        ledger.note(line);
    }
}

/// Takes back the decision that stood in a row and was cleared; `false` when another one counts by now.
fn withdraw(about: &Entry, original: Option<&Original>, mut line: LogLine, ledger: &mut Ledger) -> bool {
    let Some(stood) = original.map(given).map(|given| given.first) else { return false };
    let Some(entry) = ledger.entries.get_mut(&about.proposal) else { return false };
    let is_it = |opinion: &Opinion| {
        fold(&opinion.person) == fold(&stood.person) && Some(opinion.choice) == super::typed::choice(&stood.choice)
    };
    let Some(at) = entry.opinions.iter().position(is_it) else { return false };
    line.before = Some(entry.opinions.remove(at));
    ledger.note(line);
    true
}

/// What became of an opinion.
pub enum Put {
    /// It counts now.
    New,
    /// It counted already.
    Known,
    /// The same person has decided later.
    Older,
}

/// Puts an opinion where it belongs: over the older one of the same person, else after those of others, or before them when it
/// `leads`. What counted before stays in the log.
pub fn put(ledger: &mut Ledger, about: &Entry, opinion: Opinion, leads: bool, mut line: LogLine) -> Put {
    let entry = ledger.entries.entry(about.proposal.clone()).or_insert_with(|| about.clone());
    let same = |one: &&Opinion| fold(&one.person) == fold(&opinion.person);
    let at = entry.opinions.iter().position(|one| same(&one));
    let before = at.map(|at| entry.opinions[at].clone());
    if before.as_ref() == Some(&opinion) {
        return Put::Known;
    }
    line.after = Some(opinion.clone());
    let later = |a: &str, b: &str| matches!((a.parse::<Date>(), b.parse::<Date>()), (Ok(a), Ok(b)) if a > b);
    if before.as_ref().is_some_and(|before| later(&before.date, &opinion.date)) {
        (line.action, line.before) = ("kept-newer".to_owned(), before);
        ledger.note(line);
        return Put::Older;
    }
    if line.action != "joined" {
        // The decision was made on what stood in this workbook.
        let (opinions, note) = (std::mem::take(&mut entry.opinions), std::mem::take(&mut entry.note));
        *entry = Entry { opinions, note, ..about.clone() };
    }
    let action = match (at, entry.opinions.is_empty()) {
        (Some(at), _) => {
            entry.opinions[at] = opinion;
            if leads {
                entry.opinions[..=at].rotate_right(1);
            }
            "revised"
        }
        (None, true) => {
            entry.opinions.push(opinion);
            "decided"
        }
        (None, false) if leads => {
            entry.opinions.insert(0, opinion);
            "revised"
        }
        (None, false) => {
            entry.opinions.push(opinion);
            "second-opinion"
        }
    };
    if line.action != "joined" {
        action.clone_into(&mut line.action);
    }
    line.before = before;
    ledger.note(line);
    Put::New
}

fn refuse_unknown(sheet: &Sheet, row: &Row, ledger: &mut Ledger, on: Date, imported: &mut Imported) {
    let typed = &row.inputs;
    if typed.first.is_empty() && typed.second.is_empty() && typed.note.is_empty() && row.extras.is_empty() {
        return;
    }
    let why = if row.id.is_empty() {
        "thiếu mã kiến nghị và không nhận ra được theo số, ký hiệu, đường dẫn".to_owned()
    } else {
        format!("không có kiến nghị nào mang mã “{}”", row.id)
    };
    refuse(sheet, row, &why, ledger, on, imported);
}

/// Says what could not be placed, and keeps every typed cell of it in the log.
fn refuse(sheet: &Sheet, row: &Row, why: &str, ledger: &mut Ledger, on: Date, imported: &mut Imported) {
    let place = [row.number.as_str(), row.path.as_str()];
    let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let place = if place.is_empty() { String::new() } else { format!(" ({})", place.join(", ")) };
    imported.unplaced.push(format!("{}{place}: {why}", row.place()));
    let entry = Entry { proposal: row.id.clone(), packs: sheet.packs.clone(), ..Entry::default() };
    let mut line = LogLine::of(&entry, "unplaced", on);
    (line.workbook, line.workbook_sha256) = (sheet.workbook.clone(), sheet.sha256.clone());
    (line.row, line.why) = (row.line, why.to_owned());
    let inputs = &row.inputs;
    let cells = [
        ("number", &row.number),
        ("path", &row.path),
        ("handling", &inputs.handling),
        ("wording", &inputs.wording),
        ("content", &inputs.content),
        ("drafter", &inputs.drafter),
        ("deadline", &inputs.deadline),
        ("choice", &inputs.first.choice),
        ("reason", &inputs.first.reason),
        ("person", &inputs.first.person),
        ("date", &inputs.first.date),
        ("second-choice", &inputs.second.choice),
        ("second-reason", &inputs.second.reason),
        ("second-person", &inputs.second.person),
        ("second-date", &inputs.second.date),
        ("note", &inputs.note),
    ];
    let typed = cells.into_iter().filter(|(_, text)| !text.is_empty());
    line.typed = typed.map(|(name, text)| (name.to_owned(), text.clone())).chain(row.extras.iter().cloned()).collect();
    ledger.note(line);
}
