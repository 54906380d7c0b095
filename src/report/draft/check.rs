//! The check of a draft against the list: every change of it is an accepted proposal, and the reverse.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::path::Path;

use super::{Accepted, Change, Draft, MARK};
use crate::report::Error;

/// Words an amending command begins with.
const COMMANDS: [&str; 4] = ["Sửa đổi", "Bổ sung", "Bãi bỏ", "Thay thế"];

/// What is read of a draft.
pub struct Marked {
    /// Ids of the proposals its bookmarks name.
    pub marks: Vec<String>,
    /// Commands without a bookmark.
    pub unmarked: Vec<String>,
    /// Places in square brackets, still to be written.
    pub open: usize,
}

/// What of a draft is not in the list, and the reverse, in Vietnamese; nothing when they agree.
pub fn compare(draft: &Draft, read: &Marked) -> Vec<String> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for mark in &read.marks {
        *count.entry(mark).or_default() += 1;
    }
    let changes: Vec<&Change> = draft.documents.iter().flat_map(|one| &one.changes).collect();
    let listed: BTreeSet<&str> = changes.iter().map(|one| one.id.as_str()).collect();
    let lost = changes.iter().filter(|one| !count.contains_key(one.id.as_str()));
    let lost = lost.map(|one| format!("kiến nghị {} ({}) không có trong dự thảo", one.id, one.place()));
    let foreign = count.keys().filter(|id| !listed.contains(**id));
    let foreign = foreign.map(|id| format!("dự thảo có nội dung không thuộc kiến nghị nào được chấp nhận ({id})"));
    let unmarked = read.unmarked.iter();
    let unmarked = unmarked.map(|text| format!("dự thảo có nội dung không gắn với kiến nghị nào: “{text}”"));
    lost.chain(foreign).chain(unmarked).collect()
}

/// Compares a draft, perhaps worked on in Word, with what is accepted: by the bookmarks that name the proposals. The number is
/// that of the places still in square brackets.
pub fn check(accepted: &Accepted, file: &Path) -> Result<(Vec<String>, usize), Error> {
    let failed = |error| Error::from((file.to_owned(), error));
    let read = marked(&std::fs::read(file).map_err(failed)?).map_err(failed)?;
    let shared = |draft: &&Draft| {
        draft.documents.iter().flat_map(|one| &one.changes).filter(|one| read.marks.contains(&one.id)).count()
    };
    let differ = match accepted.drafts.iter().max_by_key(shared) {
        Some(draft) => compare(draft, &read),
        None => read.marks.iter().map(|id| format!("kiến nghị {id} không còn được chấp nhận")).collect(),
    };
    Ok((differ, read.open))
}

/// Reads bookmarks, commands and open places of a draft.
pub fn marked(bytes: &[u8]) -> std::io::Result<Marked> {
    /// Most bytes of the main part read.
    const MOST: u64 = 64 << 20;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(std::io::Error::other)?;
    let mut xml = String::new();
    let part = archive.by_name("word/document.xml").map_err(std::io::Error::other)?;
    part.take(MOST).read_to_string(&mut xml)?;
    let start = format!("w:name=\"{MARK}");
    let names = |xml: &str| -> Vec<String> {
        xml.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
    };
    let mut read = Marked { marks: names(&xml), unmarked: Vec::new(), open: 0 };
    let mut enacting = false;
    for paragraph in xml.split("<w:p>").flat_map(|part| part.split("<w:p ")) {
        let text = text(paragraph);
        let line = text.trim();
        if line.starts_with("BẢN SO SÁNH") {
            break;
        }
        read.open += line.matches('[').count();
        if enacting && is_command(line) && names(paragraph).is_empty() {
            read.unmarked.push(crate::report::place::cut(line, 120));
        }
        enacting |= line == "QUYẾT ĐỊNH:" || line == "QUYẾT NGHỊ:";
    }
    Ok(read)
}

/// "2. Bãi bỏ khoản 3 Điều 5.", not the head of an article that only says which document its commands change.
fn is_command(line: &str) -> bool {
    let numbered = |line: &str| {
        let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
        digits.strip_prefix(['.', ')']).map(|rest| rest.trim_start().to_owned())
    };
    let article = line.strip_prefix("Điều ").and_then(numbered);
    let is_head = article.is_some() && line.contains("một số điều của");
    let words = article.or_else(|| numbered(line).filter(|_| line.starts_with(|c: char| c.is_ascii_digit())));
    let words = words.unwrap_or_else(|| line.to_owned());
    !is_head && COMMANDS.iter().any(|command| words.starts_with(command))
}

/// The words of a paragraph.
fn text(paragraph: &str) -> String {
    let runs = paragraph.split("<w:t").skip(1).filter(|run| run.starts_with(['>', ' ']));
    let words = runs.filter_map(|run| run.split_once('>')?.1.split("</w:t>").next());
    let words: String = words.collect();
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_told_from_heads_and_other_lines() {
        for (line, is) in [
            ("2. Bãi bỏ khoản 3 Điều 5.", true),
            ("Điều 2. Bãi bỏ toàn bộ Quyết định số 5/2010/QĐ-UBND.", true),
            ("Sửa đổi, bổ sung khoản 2 Điều 5 như sau:", true),
            ("Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 5/2010/QĐ-UBND", false),
            ("“2. Mức đóng góp do Nhân dân quyết định.”", false),
            ("Điều 3. Hiệu lực thi hành", false),
        ] {
            assert_eq!(is_command(line), is, "{line}");
        }
    }
}
