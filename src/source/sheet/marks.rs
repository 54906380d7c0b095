//! What the workbook library does not tell of .xlsx and .ods sheets: hidden rows and columns, merges, formulas without a result.
//!
//! The parts are read tag by tag, without building anything: one more pass of inflating, a few milliseconds per 100,000 cells.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Cursor, Read};

use zip::ZipArchive;

use super::grid::Merge;

/// Longest tag looked at, with the text before it, in bytes: a longer one holds nothing asked for here.
const LONGEST_TAG: u64 = 64 << 10;
/// Most merges and most formulas remembered of a sheet; an office's lists have hundreds.
pub(super) const MOST: usize = 500_000;
/// Rows of a sheet in every format.
pub(super) const ROWS: u32 = 1 << 20;

/// What is known of one sheet.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Rows the user does not see, from 0.
    pub hidden_rows: HashSet<u32>,
    /// Ranges of columns the user does not see, from 0, both ends included.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Merged regions.
    pub merges: Vec<Merge>,
    /// Cells with a formula whose result was not saved: (row, column) from 0.
    pub uncomputed: Vec<(u32, u32)>,
}

/// The marks of every sheet, by the name on its tab. Nothing of what cannot be read.
pub(super) fn read(bytes: &[u8]) -> HashMap<String, Marks> {
    let mut found = HashMap::new();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return found };
    for (name, part) in parts(&mut archive) {
        if let Ok(part) = archive.by_name(&part) {
            found.insert(name, sheet(BufReader::new(part)));
        }
    }
    found
}

/// Parts by the names a part of relationships gives them.
pub(super) fn targets(archive: &mut ZipArchive<Cursor<&[u8]>>, relationships: &str) -> HashMap<String, String> {
    let mut targets: HashMap<String, String> = HashMap::new();
    if let Ok(part) = archive.by_name(relationships) {
        tags(BufReader::new(part), |_, name, tag, _| {
            if let ("Relationship", Some(id), Some(target)) = (name, attribute(tag, "Id"), attribute(tag, "Target")) {
                let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                targets.insert(id, path);
            }
        });
    }
    targets
}

/// Names of sheets with the parts that hold them.
fn parts(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Vec<(String, String)> {
    let targets = targets(archive, "xl/_rels/workbook.xml.rels");
    let mut found = Vec::new();
    if let Ok(part) = archive.by_name("xl/workbook.xml") {
        tags(BufReader::new(part), |_, name, tag, _| {
            if let ("sheet", Some(title), Some(id)) = (name, attribute(tag, "name"), attribute(tag, "r:id"))
                && let Some(path) = targets.get(&id)
            {
                found.push((title, path.clone()));
            }
        });
    }
    found
}

fn sheet(part: impl BufRead) -> Marks {
    let mut marks = Marks::default();
    let mut row: u32 = 0;
    // The cell being read: where, whether it has a formula, whether it has a result.
    let mut cell: Option<((u32, u32), bool, bool)> = None;
    tags(part, |closes, name, tag, before| match name {
        "c" if closes => {
            if let Some((at, true, false)) = cell.take()
                && marks.uncomputed.len() < MOST
            {
                marks.uncomputed.push(at);
            }
        }
        "v" | "is" if closes => {
            if let Some((.., result)) = &mut cell {
                *result |= name == "is" || !before.is_empty();
            }
        }
        _ if closes => {}
        "c" => {
            let at = attribute(tag, "r").and_then(|text| position(&text));
            // An empty text is a result.
            let is_text = attribute(tag, "t").is_some_and(|kind| kind == "str");
            cell = at.filter(|_| !tag.ends_with('/')).map(|at| (at, false, is_text));
        }
        "f" => {
            if let Some((_, formula, _)) = &mut cell {
                *formula = true;
            }
        }
        "row" => {
            row = attribute(tag, "r").and_then(|text| text.parse().ok()).unwrap_or_else(|| row.saturating_add(1));
            if is_hidden(tag) && (1..=ROWS).contains(&row) {
                marks.hidden_rows.insert(row - 1);
            }
        }
        "col" if is_hidden(tag) => {
            let bound = |name| attribute(tag, name).and_then(|text| text.parse::<u32>().ok());
            if let (Some(first @ 1..), Some(last @ 1..)) = (bound("min"), bound("max"))
                && marks.hidden_columns.len() < MOST
            {
                marks.hidden_columns.push((first - 1, last - 1));
            }
        }
        "mergeCell" => {
            let region = attribute(tag, "ref").and_then(|text| {
                let (first, last) = text.split_once(':')?;
                Some((position(first)?, position(last)?))
            });
            if let Some(((first_row, first_column), (last_row, last_column))) = region
                && marks.merges.len() < MOST
            {
                marks.merges.push(Merge { first_row, last_row, first_column, last_column });
            }
        }
        _ => {}
    });
    marks
}

/// The marks of every sheet of an OpenDocument file [OpenDocument 1.2, 9.1].
pub(super) fn read_open_document(bytes: &[u8]) -> HashMap<String, Marks> {
    let mut found: HashMap<String, Marks> = HashMap::new();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return found };
    let Ok(part) = archive.by_name("content.xml") else { return found };
    let (mut name, mut row, mut column, mut repeated) = (String::new(), 0u32, 0u32, 1u32);
    tags(BufReader::new(part), |closes, tag_name, tag, _| {
        let count = |name| attribute(tag, name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
        let hidden = || attribute(tag, "table:visibility").is_some_and(|seen| seen != "visible");
        match tag_name {
            "table" if !closes => {
                name = attribute(tag, "table:name").unwrap_or_default();
                (row, column) = (0, 0);
            }
            "table-row" if closes => row = row.saturating_add(repeated),
            "table-row" => {
                repeated = count("table:number-rows-repeated");
                column = 0;
                if hidden() && found.len() < MOST {
                    let last = row.saturating_add(repeated).min(ROWS);
                    found.entry(name.clone()).or_default().hidden_rows.extend(row..last);
                }
                if tag.ends_with('/') {
                    row = row.saturating_add(repeated);
                }
            }
            "table-column" if !closes => {
                let last = column.saturating_add(count("table:number-columns-repeated"));
                let columns = &mut found.entry(name.clone()).or_default().hidden_columns;
                if hidden() && last > column && columns.len() < MOST {
                    columns.push((column, last - 1));
                }
                column = last;
            }
            "table-cell" | "covered-table-cell" if !closes => {
                let across = count("table:number-columns-spanned").saturating_sub(1);
                let down = count("table:number-rows-spanned").saturating_sub(1);
                if across.max(down) > 0 {
                    let merges = &mut found.entry(name.clone()).or_default().merges;
                    let (last_row, last_column) = (row.saturating_add(down), column.saturating_add(across));
                    if merges.len() < MOST {
                        merges.push(Merge { first_row: row, last_row, first_column: column, last_column });
                    }
                }
                column = column.saturating_add(count("table:number-columns-repeated"));
            }
            _ => {}
        }
    });
    found
}

/// Calls `each` with every tag: does it close, its local name, the tag without its brackets, the text before it.
fn tags(mut part: impl BufRead, mut each: impl FnMut(bool, &str, &str, &[u8])) {
    let mut chunk = Vec::new();
    loop {
        chunk.clear();
        // A damaged part is read up to the damage.
        if !matches!(part.by_ref().take(LONGEST_TAG).read_until(b'>', &mut chunk), Ok(1..)) {
            return;
        }
        let Some(open) = chunk.iter().rposition(|&byte| byte == b'<') else { continue };
        let (before, tag) = chunk.split_at(open);
        let Some(tag) = std::str::from_utf8(&tag[1..]).ok().and_then(|tag| tag.strip_suffix('>')) else { continue };
        let (closes, inner) = tag.strip_prefix('/').map_or((false, tag), |inner| (true, inner));
        let end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let local = inner[..end].rsplit(':').next().unwrap_or_default();
        each(closes, local, tag, before);
    }
}

/// The value of an attribute, its five entities resolved.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut from = 0;
    while let Some(step) = tag[from..].find(name) {
        let at = from + step;
        from = at + name.len();
        let rest = tag[from..].trim_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else { continue };
        if !tag[..at].ends_with(char::is_whitespace) {
            continue;
        }
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = &value[1..];
        let value = &value[..value.find(quote)?];
        return Some(quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), |value| value.into_owned()));
    }
    None
}

fn is_hidden(tag: &str) -> bool {
    attribute(tag, "hidden").is_some_and(|value| value == "1" || value == "true")
}

/// "B12" → (11, 1).
fn position(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let row: u32 = text[letters..].parse().ok()?;
    let column = text[..letters]
        .bytes()
        .try_fold(0u32, |sum, letter| Some(sum.checked_mul(26)? + u32::from(letter.to_ascii_uppercase() - b'A') + 1))?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_part_tells_what_is_hidden_merged_and_uncomputed() {
        let part = r#"<x:worksheet><cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols><x:sheetData>
            <x:row r="1"><x:c r="A1"><f>B1+1</f></x:c><c r="B1" t="str"><f>""</f><v></v></c></x:row>
            <row r="3" hidden='true'><c r="A3"><f>A1+1</f><v></v></c><c r="B3"><f>A1</f><v>0</v></c><c r="C3" s="1"/></row>
            </x:sheetData><mergeCells><mergeCell ref="D1:G1"/><mergeCell ref="A1"/></mergeCells>"#;
        let marks = sheet(part.as_bytes());
        assert_eq!(marks.hidden_columns, [(1, 2)]);
        assert_eq!(marks.hidden_rows.into_iter().collect::<Vec<_>>(), [2]);
        assert_eq!(marks.uncomputed, [(0, 0), (2, 0)]);
        let merge = marks.merges[0];
        assert_eq!((merge.first_row, merge.first_column, merge.last_row, merge.last_column), (0, 3, 0, 6));
        assert_eq!(marks.merges.len(), 1);
    }

    #[test]
    fn an_open_document_tells_the_same() {
        use std::io::Write;
        let content = r#"<table:table table:name="Bảng &amp; 1"><table:table-column/><table:table-column
            table:number-columns-repeated="2" table:visibility="collapse"/>
            <table:table-row table:number-rows-repeated="2"/><table:table-row table:visibility="filter">
            <table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3"><text:p>x</text:p></table:table-cell>
            <table:covered-table-cell/></table:table-row></table:table>"#;
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
        let marks = read_open_document(&writer.finish().unwrap().into_inner()).remove("Bảng & 1").unwrap();
        assert_eq!(marks.hidden_columns, [(1, 2)]);
        assert_eq!(marks.hidden_rows.into_iter().collect::<Vec<_>>(), [2]);
        let merge = marks.merges[0];
        assert_eq!((merge.first_row, merge.first_column, merge.last_row, merge.last_column), (2, 0, 4, 1));
    }

    #[test]
    fn broken_parts_are_read_up_to_the_damage() {
        for part in [
            "",
            "<",
            "<row r=\"1\" hidden=\"1\"",
            "<c r=\"AAAAAAAAAA1\"><f>",
            "a > b",
            "<row r=\"99999999999\" hidden=\"1\">",
        ] {
            let marks = sheet(part.as_bytes());
            assert!(marks.uncomputed.is_empty(), "{part}");
        }
    }
}
