//! Doubts that only show when rows are compared: numbers of a year must rise with their dates.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Doubt, ListEntry, ListedIdentity, citation};
use crate::document::docnumber;
use crate::source::sheet::{Column, ListRow};

/// Documents of one symbol, with or without a year in their numbers, of one body and year: numbered in one row.
type Series = (String, bool, Option<String>, i16);

/// One numbered and dated document of the lists.
struct Dated {
    entry: usize,
    serial: u32,
    issued: Date,
}

/// Entry, issuer and date of one listed document.
type Mention = (usize, Option<String>, Option<Date>);

/// Compares all entries with one another.
pub(super) fn doubt_across_rows(entries: &mut [ListEntry]) {
    doubt_missing(entries);
    let mut series: HashMap<Series, Vec<Dated>> = HashMap::new();
    // Administrative numbers begin anew every year.
    let mut numbers: HashMap<(String, Option<i16>), Vec<Mention>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        // Where a whole column is in doubt, its dates prove nothing.
        let dates_in_doubt = entry.doubts.iter().any(|doubt| doubt.code == "date-maybe-swapped");
        for identity in &entry.identities {
            let Some(number) = &identity.number else { continue };
            let of_year = year_of(identity, number, &entry.text);
            numbers.entry((docnumber::key(number), of_year)).or_default().push((
                at,
                identity.issuer.clone(),
                identity.issued,
            ));
            let Some(parts) = docnumber::parts(number) else { continue };
            let Some(issued) = identity.issued.filter(|_| !dates_in_doubt) else { continue };
            // A wrong year is a doubt of its own and would disturb the order of the others.
            if parts.year.is_some_and(|year| year != issued.year()) || parts.suffix.is_some() {
                continue;
            }
            let symbol = docnumber::key(parts.symbol);
            let key = (symbol, parts.year.is_some(), identity.issuer.clone(), issued.year());
            series.entry(key).or_default().push(Dated { entry: at, serial: parts.serial, issued });
        }
    }
    let mut doubts: Vec<(usize, &'static str, String)> = Vec::new();
    for documents in numbers.values() {
        compare_same_number(documents, &mut doubts);
    }
    for documents in series.values_mut() {
        documents.sort_by_key(|document| (document.serial, document.issued, document.entry));
        compare_order(documents, &mut doubts);
    }
    // The maps have no order; the results must.
    doubts.sort();
    doubts.dedup();
    for (at, code, message) in doubts {
        if let Some(entry) = entries.get_mut(at) {
            entry.doubts.push(Doubt { code, message, cell: entry.cell.clone() });
        }
    }
}

/// The year of a document: in its number, its date, or the words of its row ("303/QĐ-QLD năm 2016").
fn year_of(identity: &ListedIdentity, number: &str, text: &str) -> Option<i16> {
    let said = docnumber::parts(number).and_then(|parts| parts.year).or(identity.issued.map(Date::year));
    said.or_else(|| text.split(" | ").find_map(|cell| citation::year_after(cell, number)))
}

/// What most rows of a sheet have and a row lacks.
fn doubt_missing(entries: &mut [ListEntry]) {
    let mut having: HashMap<(String, String), [usize; 4]> = HashMap::new();
    for entry in entries.iter() {
        let counts = having.entry((entry.file.clone(), entry.sheet.clone())).or_default();
        for identity in entry.identities.iter().filter(|identity| identity.number.is_some()) {
            counts[0] += 1;
            counts[1] += usize::from(identity.issued.is_some());
            counts[2] += usize::from(identity.issuer.is_some());
            counts[3] += usize::from(identity.issuer.as_deref().is_some_and(|name| !lacks_place(name)));
        }
    }
    for entry in entries {
        let Some(counts) = having.get(&(entry.file.clone(), entry.sheet.clone())) else { continue };
        let lacks_date = entry.identities.iter().any(|i| i.number.is_some() && i.issued.is_none());
        let lacks_issuer = entry.identities.iter().any(|i| i.number.is_some() && i.issuer.is_none());
        if lacks_date && 2 * counts[1] > counts[0] && !entry.doubts.iter().any(|doubt| doubt.code == "impossible-date")
        {
            entry.doubts.push(Doubt::new("no-date", "Văn bản không có ngày ban hành.", &entry.cell));
        }
        if lacks_issuer && 2 * counts[2] > counts[0] {
            let message = "Văn bản không nêu cơ quan ban hành, trong khi các dòng khác có nêu.";
            entry.doubts.push(Doubt::new("no-issuer", message, &entry.cell));
        }
        let placeless = entry.identities.iter().any(|i| i.issuer.as_deref().is_some_and(lacks_place));
        if placeless && 2 * counts[3] > counts[0] {
            let message = "Cơ quan ban hành không ghi tên địa phương, trong khi các dòng khác có ghi.";
            entry.doubts.push(Doubt::new("issuer-without-place", message, &entry.cell));
        }
    }
}

/// "Ủy ban nhân dân tỉnh": of which province is not said.
fn lacks_place(issuer: &str) -> bool {
    ["tỉnh", "thành phố", "huyện", "xã", "phường", "nhân dân"].iter().any(|unit| issuer.ends_with(unit))
}

/// One number listed twice: the same document, two dates, or two bodies.
fn compare_same_number(documents: &[Mention], doubts: &mut Vec<(usize, &'static str, String)>) {
    let mut by_issuer: HashMap<&Option<String>, Vec<(usize, Option<Date>)>> = HashMap::new();
    for (at, issuer, issued) in documents {
        by_issuer.entry(issuer).or_default().push((*at, *issued));
    }
    let issuers = by_issuer.keys().filter(|issuer| issuer.is_some()).count();
    if issuers > 1 {
        for (at, ..) in documents.iter().filter(|(_, issuer, _)| issuer.is_none()) {
            let message = "Số này là số văn bản của nhiều cơ quan trong danh mục; dòng không nêu cơ quan ban hành.";
            doubts.push((*at, "number-of-two-issuers", message.to_owned()));
        }
    }
    for same in by_issuer.values().filter(|same| same.len() > 1) {
        let mut dates: Vec<Date> = same.iter().filter_map(|(_, issued)| *issued).collect();
        dates.sort();
        dates.dedup();
        for (at, _) in same {
            if dates.len() > 1 {
                let list: Vec<String> = dates.iter().map(|date| show(*date)).collect();
                let message =
                    format!("Cùng số, cùng cơ quan nhưng danh mục ghi các ngày khác nhau: {}.", list.join("; "));
                doubts.push((*at, "number-with-two-dates", message));
            } else if same.iter().any(|(other, _)| other != at) {
                doubts.push((*at, "listed-twice", "Văn bản được nêu ở nhiều dòng của danh mục.".to_owned()));
            }
        }
    }
}

/// Documents outside the longest run of rising dates; a swap of day and month that would put one back is named. Where only
/// a swap of the neighbour's date would do, the neighbour is named.
fn compare_order(documents: &[Dated], doubts: &mut Vec<(usize, &'static str, String)>) {
    let kept = longest_rising(documents);
    for (at, document) in documents.iter().enumerate().filter(|(at, _)| !kept[*at]) {
        let before = (0..at).rev().find(|&other| kept[other]);
        let after = (at + 1..documents.len()).find(|&other| kept[other]);
        let of = |other: Option<usize>| other.map(|other| &documents[other]);
        let near = [before, after].into_iter().flatten().map(|other| named(&documents[other])).collect::<Vec<_>>();
        let (near, written) = (near.join(", "), show(document.issued));
        if let Some(date) = swapped(document.issued).filter(|&date| fits(date, of(before), of(after))) {
            let hint = show(date);
            let message = format!(
                "Ngày {written} trái thứ tự số ({near}); có thể đảo ngày và tháng, nếu là {hint} thì đúng thứ tự."
            );
            doubts.push((document.entry, "day-month-swapped", message));
            continue;
        }
        if near_enough(of(before), document, of(after)) {
            continue;
        }
        let message = format!("Ngày {written} trái thứ tự số ({near}); ngày này hoặc ngày bên cạnh có thể sai.");
        doubts.push((document.entry, "date-out-of-order", message));
        // The other way round: this date is right, the neighbour's is swapped.
        let previous = before.and_then(|before| (0..before).rev().find(|&other| kept[other]));
        let next = after.and_then(|after| (after + 1..documents.len()).find(|&other| kept[other]));
        let sides = [(before, of(previous), Some(document)), (after, Some(document), of(next))];
        for (neighbour, lower, upper) in sides {
            let Some(neighbour) = of(neighbour) else { continue };
            let conflicts = match neighbour.serial < document.serial {
                true => neighbour.issued > document.issued,
                false => neighbour.issued < document.issued,
            };
            let Some(date) = swapped(neighbour.issued).filter(|&date| conflicts && fits(date, lower, upper)) else {
                continue;
            };
            let (written, hint) = (show(neighbour.issued), show(date));
            let message = format!(
                "Ngày {written} trái thứ tự số ({}); có thể đảo ngày và tháng, nếu là {hint} thì đúng thứ tự.",
                named(document)
            );
            doubts.push((neighbour.entry, "day-month-swapped", message));
        }
    }
}

fn named(document: &Dated) -> String {
    format!("số {} ngày {}", document.serial, show(document.issued))
}

/// The date with day and month the other way round, if that is another date.
fn swapped(date: Date) -> Option<Date> {
    Date::new(date.year(), date.day(), date.month()).ok().filter(|&other| other != date)
}

fn fits(date: Date, before: Option<&Dated>, after: Option<&Dated>) -> bool {
    before.is_none_or(|d| d.issued <= date) && after.is_none_or(|d| date <= d.issued)
}

/// Numbers are given a few days before or after the signing.
fn near_enough(before: Option<&Dated>, document: &Dated, after: Option<&Dated>) -> bool {
    const DAYS: i64 = 10;
    let ahead = |earlier: Date, later: Date| later.duration_until(earlier).as_hours() / 24;
    before.is_none_or(|d| ahead(d.issued, document.issued) <= DAYS)
        && after.is_none_or(|d| ahead(document.issued, d.issued) <= DAYS)
}

/// Marks a longest non-falling run of dates (patience sorting, O(n log n)).
fn longest_rising(documents: &[Dated]) -> Vec<bool> {
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(documents.len());
    for (at, document) in documents.iter().enumerate() {
        let place = ends.partition_point(|&end| documents[end].issued <= document.issued);
        previous.push(place.checked_sub(1).and_then(|before| ends.get(before).copied()));
        match ends.get_mut(place) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut kept = vec![false; documents.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        kept[at] = true;
        next = previous[at];
    }
    kept
}

/// A column of ISO dates none of which has a day above 12: day and month were swapped, and the others lost.
pub(super) fn doubt_swapped_column(rows: &[ListRow], entries: &mut [ListEntry]) {
    const ENOUGH: usize = 30;
    let iso = |row: &ListRow| {
        let cell = row.cell(Column::Issued)?;
        let date = cell.text.trim().get(..10)?.parse::<Date>().ok()?;
        Some((cell.address.clone(), date))
    };
    let dates: Vec<_> = rows.iter().map(iso).collect();
    let read = dates.iter().flatten().count();
    if read < ENOUGH || dates.iter().flatten().any(|(_, date)| date.day() > 12) {
        return;
    }
    for (entry, date) in entries.iter_mut().zip(dates) {
        if let Some((cell, date)) = date.filter(|(_, date)| date.day() != date.month()) {
            let message = format!(
                "Không ngày nào trong cột lớn hơn 12: ngày và tháng của {} có thể đã bị đảo khi xuất dữ liệu.",
                show(date)
            );
            entry.doubts.push(Doubt::new("date-maybe-swapped", message, &cell));
        }
    }
}

fn show(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}
