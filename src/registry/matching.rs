//! Rows of lists and files of the batch brought together by identity, then by file name.
//!
//! A match that rests on less than number, issuer and date is told as a doubt of the row; a choice between several files
//! is told too, and left to a person unless they are copies of one document.

mod name;

use std::collections::{HashMap, HashSet};

use super::graph::show;
use super::list::{Doubt, ListEntry, ListedIdentity};
use super::resolve::agree;
use crate::document::{Document, docnumber};
use crate::source::Warning;
use crate::text::fold::fold;

/// Files compared with one listed number; a batch with more files of one number is sorted by day first.
const MOST_COMPARED: usize = 64;
/// Files named in one message.
const NAMED: usize = 5;

/// Finds the file of every listed document; those without one stay `None` in [`ListEntry::matched`], with the unread file
/// whose name speaks of them, if there is one, in [`ListEntry::unread`].
///
/// Documents that no row names get a warning, once there is a row.
pub fn join(entries: &mut [ListEntry], documents: &mut [Document], unread: &[&str]) {
    let files = Files::new(documents);
    let mut taken: HashSet<usize> = HashSet::new();
    for entry in entries.iter_mut() {
        let mut doubts = Vec::new();
        entry.matched = entry.identities.iter().map(|one| files.by_identity(one, &entry.cell, &mut doubts)).collect();
        taken.extend(entry.matched.iter().flatten());
        entry.doubts.append(&mut doubts);
    }
    let unread = Names::new(unread.iter().copied());
    for entry in entries.iter_mut() {
        let mut doubts = Vec::new();
        entry.unread = vec![None; entry.identities.len()];
        for (at, identity) in entry.identities.iter().enumerate() {
            if entry.matched[at].is_some() {
                continue;
            }
            let given = entry.file_name.as_deref().filter(|_| at == 0);
            entry.matched[at] = files.by_name(identity, given, &taken, &entry.cell, &mut doubts);
            if entry.matched[at].is_none() {
                entry.unread[at] = unread.of(identity, given).first().map(|&file| unread.files[file].to_owned());
            }
        }
        entry.document = entry.matched.first().copied().flatten();
        entry.doubts.append(&mut doubts);
    }
    if entries.is_empty() {
        return;
    }
    let named: HashSet<usize> = entries.iter().flat_map(|entry| entry.matched.iter().flatten().copied()).collect();
    for (_, document) in documents.iter_mut().enumerate().filter(|(at, _)| !named.contains(at)) {
        let message = "Không có dòng nào trong các danh mục nêu văn bản này; kiểm tra xem có thuộc diện rà soát không.";
        document.warnings.push(Warning::new(NOT_LISTED, message));
    }
}

/// Code of the warning on a document that no list names.
pub const NOT_LISTED: &str = "not-in-any-list";

/// The files of the batch by all that rows may know of them.
struct Files<'a> {
    documents: &'a [Document],
    by_number: HashMap<String, Vec<usize>>,
    by_title: HashMap<String, Vec<usize>>,
    names: Names<'a>,
}

impl<'a> Files<'a> {
    fn new(documents: &'a [Document]) -> Self {
        let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_title: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, document) in documents.iter().enumerate() {
            if let Some(number) = &document.identity.number {
                by_number.entry(docnumber::key(number)).or_default().push(at);
            }
            if let Some(title) = &document.identity.title {
                by_title.entry(fold(title)).or_default().push(at);
            }
        }
        for found in by_number.values_mut() {
            found.sort_by_key(|&at| (documents[at].identity.issued, at));
        }
        let names = Names::new(documents.iter().map(|document| document.file.as_str()));
        Files { documents, by_number, by_title, names }
    }

    /// The file whose text says it is this document.
    fn by_identity(&self, identity: &ListedIdentity, cell: &str, doubts: &mut Vec<Doubt>) -> Option<usize> {
        let Some(number) = &identity.number else {
            let found = self.by_title.get(&fold(identity.title.as_deref()?))?;
            return self.only(found, "có cùng tên gọi", cell, doubts);
        };
        let found = self.by_number.get(&docnumber::key(number))?;
        self.choose(identity, number, self.near(found, identity), cell, doubts)
    }

    /// Those of one day first, when there are too many to compare.
    fn near<'f>(&self, found: &'f [usize], identity: &ListedIdentity) -> &'f [usize] {
        if found.len() <= MOST_COMPARED {
            return found;
        }
        let from = found.partition_point(|&at| self.documents[at].identity.issued < identity.issued);
        &found[from.min(found.len() - MOST_COMPARED)..][..MOST_COMPARED]
    }

    /// The document of this identity among those with its number.
    fn choose(
        &self,
        identity: &ListedIdentity,
        number: &str,
        found: &[usize],
        cell: &str,
        doubts: &mut Vec<Doubt>,
    ) -> Option<usize> {
        let of = |at: usize| &self.documents[at].identity;
        let agreeing: Vec<usize> =
            found.iter().copied().filter(|&at| agree(of(at).issuer.as_deref(), identity.issuer.as_deref())).collect();
        if agreeing.is_empty() {
            let message = format!("Có tệp mang số {number} nhưng của cơ quan khác, không ghép: {}.", self.list(found));
            doubts.push(Doubt::new("issuer-differs-from-file", message, cell));
            return None;
        }
        let same_day: Vec<usize> = agreeing
            .iter()
            .copied()
            .filter(|&at| identity.issued.is_some() && of(at).issued == identity.issued)
            .collect();
        let has_year = docnumber::parts(number).is_some_and(|parts| parts.year.is_some());
        let undated = |at: &usize| of(*at).issued.is_none() || identity.issued.is_none();
        let candidates = match (same_day.is_empty(), has_year) {
            (false, _) => same_day,
            (true, true) => agreeing,
            // Numbers without a year begin anew every year: another date is another document.
            (true, false) => {
                let undated: Vec<usize> = agreeing.iter().copied().filter(undated).collect();
                if undated.is_empty() {
                    let message =
                        format!("Có tệp mang số {number} nhưng của ngày khác, không ghép: {}.", self.list(&agreeing));
                    doubts.push(Doubt::new("date-differs-from-file", message, cell));
                    return None;
                }
                undated
            }
        };
        let chosen = self.only(&candidates, &format!("mang số {number}"), cell, doubts)?;
        if let (Some(printed), Some(listed)) = (of(chosen).issued, identity.issued)
            && printed != listed
        {
            let message = format!("Danh mục ghi ngày {} nhưng trong văn bản là ngày {}.", show(listed), show(printed));
            doubts.push(Doubt::new("date-differs-from-file", message, cell));
        }
        Some(chosen)
    }

    /// The one file, or the first of several copies of one document; `None` among different documents. Both are told.
    fn only(&self, found: &[usize], what: &str, cell: &str, doubts: &mut Vec<Doubt>) -> Option<usize> {
        let (&first, rest) = found.split_first()?;
        if rest.is_empty() {
            return Some(first);
        }
        let of = |at: usize| {
            let identity = &self.documents[at].identity;
            (identity.number.as_deref().map(docnumber::key), &identity.issuer, identity.issued)
        };
        let copies = rest.iter().all(|&other| of(other) == of(first));
        // The files were sorted by day: the first is the first given.
        let first = found.iter().copied().min().filter(|_| copies);
        let files = self.list(found);
        let message = match first {
            Some(first) => format!(
                "Nhiều tệp {what}: {files}; cùng số, ngày, cơ quan nên dòng được ghép với “{}”.",
                self.documents[first].file
            ),
            None => format!("Nhiều tệp {what}: {files}; dòng không đủ dữ liệu để chọn."),
        };
        doubts.push(Doubt::new("several-files", message, cell));
        first
    }

    /// The file whose name the row gives, or whose name carries the number, if its text does not say otherwise.
    fn by_name(
        &self,
        identity: &ListedIdentity,
        given: Option<&str>,
        taken: &HashSet<usize>,
        cell: &str,
        doubts: &mut Vec<Doubt>,
    ) -> Option<usize> {
        let of = |at: usize| &self.documents[at].identity;
        let found = self.names.of(identity, given);
        let free: Vec<usize> = found
            .into_iter()
            .filter(|at| !taken.contains(at) || identity.number.is_none())
            .filter(|&at| agree(of(at).issuer.as_deref(), identity.issuer.as_deref()))
            .collect();
        let chosen = self.only(&free, "có tên khớp với dòng này", cell, doubts)?;
        let message = match (&of(chosen).number, &identity.number) {
            (Some(printed), Some(listed)) if !docnumber::same(printed, listed) => format!(
                "Ghép theo tên tệp “{}”; trong văn bản ghi số {printed}, danh mục ghi số {listed}.",
                self.documents[chosen].file
            ),
            _ => format!("Ghép theo tên tệp “{}”.", self.documents[chosen].file),
        };
        doubts.push(Doubt::new("matched-by-file-name", message, cell));
        Some(chosen)
    }

    fn list(&self, found: &[usize]) -> String {
        let files: Vec<&str> = found.iter().take(NAMED).map(|&at| self.documents[at].file.as_str()).collect();
        let more = if found.len() > NAMED { "; …" } else { "" };
        format!("{}{more}", files.join("; "))
    }
}

/// File names by what they say.
struct Names<'a> {
    files: Vec<&'a str>,
    by_key: HashMap<String, Vec<usize>>,
    by_number: HashMap<String, Vec<usize>>,
}

impl<'a> Names<'a> {
    fn new(files: impl Iterator<Item = &'a str>) -> Self {
        let mut names = Names { files: files.collect(), by_key: HashMap::new(), by_number: HashMap::new() };
        for (at, file) in names.files.iter().enumerate() {
            for key in name::keys(file) {
                names.by_key.entry(key).or_default().push(at);
            }
            for number in name::numbers(file) {
                names.by_number.entry(number).or_default().push(at);
            }
        }
        names
    }

    /// Files of the given name; without any, those whose name carries the number.
    fn of(&self, identity: &ListedIdentity, given: Option<&str>) -> Vec<usize> {
        let mut found: Vec<usize> = given
            .iter()
            .flat_map(|given| name::keys(given.trim()))
            .filter_map(|key| self.by_key.get(&key))
            .flatten()
            .copied()
            .collect();
        if found.is_empty() {
            let number = identity.number.as_deref().and_then(name::number_key);
            found.extend(
                number.and_then(|number| self.by_number.get(&number)).into_iter().flatten().take(MOST_COMPARED),
            );
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

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
            others[at].extend(group.iter().copied().filter(|&other| other != at).take(NAMED));
        }
    }
    for (at, mut twins) in others.into_iter().enumerate() {
        twins.sort_unstable();
        twins.dedup();
        if twins.is_empty() {
            continue;
        }
        let files: Vec<&str> = twins.iter().take(NAMED).map(|&twin| documents[twin].file.as_str()).collect();
        let message = format!("Tệp khác có cùng số, ngày, cơ quan ban hành hoặc cùng nội dung: {}.", files.join("; "));
        documents[at].warnings.push(Warning::new("duplicate-identity", message));
    }
}

#[cfg(test)]
mod tests;
