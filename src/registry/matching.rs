//! Rows of lists and files of the batch brought together by identity, then by file name.

use std::collections::HashMap;

use super::graph::show;
use super::list::{Doubt, ListEntry, ListedIdentity};
use super::resolve::agree;
use crate::document::{Document, docnumber};
use crate::source::Warning;
use crate::text::fold::fold;

/// Finds the file of every listed document; those without one stay `None` in [`ListEntry::matched`].
pub fn join(entries: &mut [ListEntry], documents: &[Document]) {
    let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
    let mut by_title: HashMap<String, Vec<usize>> = HashMap::new();
    let mut by_file: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, document) in documents.iter().enumerate() {
        let name = file_name(&document.file);
        by_file.entry(fold(name)).or_default().push(at);
        by_file.entry(fold(stem(name))).or_default().push(at);
        match &document.identity.number {
            Some(number) => by_number.entry(docnumber::key(number)).or_default().push(at),
            None => {
                // A document without a readable number may still carry it in its file's name.
                if let Some(number) = docnumber::normalise(stem(name)) {
                    by_number.entry(docnumber::key(&number)).or_default().push(at);
                }
            }
        }
        if let Some(title) = &document.identity.title {
            by_title.entry(fold(title)).or_default().push(at);
        }
    }
    for entry in entries.iter_mut() {
        let mut doubts = Vec::new();
        let mut matched: Vec<Option<usize>> = entry
            .identities
            .iter()
            .map(|identity| {
                let key = identity.number.as_deref().map(docnumber::key);
                match key {
                    Some(key) => by_number
                        .get(&key)
                        .and_then(|found| choose(identity, found, documents, &entry.cell, &mut doubts)),
                    None => identity.title.as_deref().and_then(|title| {
                        match by_title.get(&fold(title)).map(Vec::as_slice) {
                            Some([one]) => Some(*one),
                            _ => None,
                        }
                    }),
                }
            })
            .collect();
        if let (Some(first @ None), Some(name)) = (matched.first_mut(), &entry.file_name) {
            let found = by_file.get(&fold(file_name(name.trim())));
            *first = found.and_then(|found| found.first().copied());
        }
        entry.document = matched.first().copied().flatten();
        entry.matched = matched;
        entry.doubts.append(&mut doubts);
    }
}

/// The document of this identity among those with its number.
fn choose(
    identity: &ListedIdentity,
    found: &[usize],
    documents: &[Document],
    cell: &str,
    doubts: &mut Vec<Doubt>,
) -> Option<usize> {
    let agreeing: Vec<usize> = found
        .iter()
        .copied()
        .filter(|&at| agree(documents[at].identity.issuer.as_deref(), identity.issuer.as_deref()))
        .collect();
    let same_day = |at: usize| match (documents[at].identity.issued, identity.issued) {
        (Some(a), Some(b)) => a == b,
        _ => false,
    };
    if let Some(exact) = agreeing.iter().copied().find(|&at| same_day(at)) {
        return Some(exact);
    }
    let number = identity.number.as_deref().unwrap_or_default();
    let has_year = docnumber::parts(number).is_some_and(|parts| parts.year.is_some());
    let first = agreeing.first().copied()?;
    let issuers: Vec<_> = agreeing.iter().map(|&at| &documents[at].identity.issuer).collect();
    if issuers.windows(2).any(|pair| pair[0] != pair[1]) {
        let message =
            format!("Có nhiều tệp mang số {number} của các cơ quan khác nhau; dòng không đủ dữ liệu để chọn.");
        doubts.push(Doubt::new("several-files", message, cell));
        return None;
    }
    match (documents[first].identity.issued, identity.issued) {
        (Some(printed), Some(listed)) if has_year => {
            let message = format!("Danh mục ghi ngày {} nhưng trong văn bản là ngày {}.", show(listed), show(printed));
            doubts.push(Doubt::new("date-differs-from-file", message, cell));
            Some(first)
        }
        // Numbers without a year begin anew every year: another date is another document.
        (Some(_), Some(_)) => None,
        _ => Some(first),
    }
}

/// Files named in a warning about doubled documents.
const TWINS_NAMED: usize = 5;

/// Warns on every document whose identity, or whose bytes, another file of the batch has too. Both are kept.
pub fn warn_duplicates(documents: &mut [Document]) {
    let mut same: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, document) in documents.iter().enumerate() {
        let identity = &document.identity;
        if let Some(number) = &identity.number {
            let issuer = identity.issuer.as_deref().map(fold).unwrap_or_default();
            let issued = identity.issued.map(|date| date.to_string()).unwrap_or_default();
            same.entry(format!("{}|{issuer}|{issued}", docnumber::key(number))).or_default().push(at);
        }
        if !document.sha256.is_empty() {
            same.entry(document.sha256.clone()).or_default().push(at);
        }
    }
    let mut others: Vec<Vec<usize>> = vec![Vec::new(); documents.len()];
    for group in same.values().filter(|group| group.len() > 1) {
        for &at in group {
            others[at].extend(group.iter().copied().filter(|&other| other != at).take(TWINS_NAMED));
        }
    }
    for (at, mut twins) in others.into_iter().enumerate() {
        twins.sort_unstable();
        twins.dedup();
        if twins.is_empty() {
            continue;
        }
        let files: Vec<&str> = twins.iter().take(TWINS_NAMED).map(|&twin| documents[twin].file.as_str()).collect();
        let message = format!("Tệp khác có cùng số, ngày, cơ quan ban hành hoặc cùng nội dung: {}.", files.join("; "));
        documents[at].warnings.push(Warning::new("duplicate-identity", message));
    }
}

/// `true` when a file's name carries this number ("QD-17-2019-UBND.pdf"): the hint that a listed document is there, unread.
pub fn file_carries_number(file: &str, number: &str) -> bool {
    let name = stem(file_name(file));
    if docnumber::normalise(name).is_some_and(|found| docnumber::same(&found, number)) {
        return true;
    }
    let Some(parts) = docnumber::parts(number) else { return false };
    let figures: Vec<u32> = name.split(|c: char| !c.is_ascii_digit()).filter_map(|run| run.parse().ok()).collect();
    let year = parts.year.and_then(|year| u32::try_from(year).ok());
    let words = docnumber::key(name);
    let symbols = docnumber::key(parts.symbol);
    let kind = symbols
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '/')
        .split('-')
        .next()
        .unwrap_or_default()
        .to_owned();
    year.is_some_and(|year| figures.windows(2).any(|pair| pair == [parts.serial, year])) && words.contains(&kind)
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
