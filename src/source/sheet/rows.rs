//! The body of a list: group headings are remembered, totals and blank rows skipped, merged cells filled.

use std::collections::HashMap;

use super::grid::{Grid, GridCell, GridRow, address};
use super::header::{self, Column, Header, plain};
use super::{ListCell, ListRow};
use crate::source::Warning;
use crate::text::fold::fold;

/// Rows of the list under `header`; a further header further down (next page, next table) takes over.
pub(super) fn read(grid: &Grid, header: Header, warnings: &mut Vec<Warning>) -> Vec<ListRow> {
    let merged = merged_down(grid);
    let mut header = header;
    let mut at = header.below;
    let mut group = None;
    let mut found = Vec::new();
    let mut ignored = Vec::new();
    while let Some(row) = grid.rows.get(at) {
        if let Some(next) = header::further(grid, at) {
            at = next.below;
            header = next;
            continue;
        }
        at += 1;
        match sort_of(row, &header) {
            Sort::Group(name) => group = Some(name),
            Sort::Blank | Sort::Total => {}
            Sort::Outside => ignored.push(row.index + 1),
            Sort::Listed => {
                let cells = cells(row, &header, &merged);
                let hidden = grid.hidden_rows.contains(&row.index);
                found.push(ListRow { row: row.index + 1, hidden, group: group.clone(), cells });
            }
        }
    }
    if let (Some(first), Some(last)) = (ignored.first(), ignored.last()) {
        let message = format!(
            "Trang tính “{}”: {} dòng (từ dòng {first} đến dòng {last}) có chữ nhưng không có tên hoặc số văn bản nên không được tính.",
            grid.name,
            ignored.len(),
        );
        warnings.push(Warning::new("list-rows-ignored", message));
    }
    found
}

enum Sort {
    Listed,
    Group(String),
    Total,
    /// Nothing but its number.
    Blank,
    Outside,
}

fn sort_of(row: &GridRow, header: &Header) -> Sort {
    let meaning = |cell: &GridCell| {
        header.columns.iter().find(|(column, _)| *column == cell.column).map_or(Column::Other, |&(_, meaning)| meaning)
    };
    let mut ordinal = None;
    let mut worded = Vec::new();
    let mut named = false;
    for cell in &row.cells {
        match meaning(cell) {
            Column::Ordinal if cell.uncomputed => {}
            Column::Ordinal if is_label(&cell.text) || cell.text.trim().parse::<f64>().is_ok() => {
                ordinal = Some(cell.text.trim());
            }
            Column::Ordinal => worded.push(cell),
            Column::Title | Column::Number => {
                named = true;
                worded.push(cell);
            }
            _ => worded.push(cell),
        }
    }
    let Some(&first) = worded.first() else { return Sort::Blank };
    let text = first.text.trim();
    let words = plain(text);
    // With its marks: "Công đoàn" is no sum.
    let marked = fold(text);
    if marked.trim_end_matches(':') == "cộng" || ["tổng số", "tổng cộng"].iter().any(|sum| marked.starts_with(sum))
    {
        return Sort::Total;
    }
    let counts_only = worded.iter().skip(1).all(|cell| cell.text.trim().parse::<f64>().is_ok());
    if counts_only {
        let labelled = ordinal.is_some_and(is_label);
        let (own_label, rest) = split_label(text);
        if labelled || (ordinal.is_none() && (own_label || words.starts_with("linh vuc"))) {
            return Sort::Group(rest.trim().to_owned());
        }
        // A line in capitals across the table, without a number of its own.
        let capitals = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
        if ordinal.is_none() && worded.len() == 1 && capitals && !text.contains('/') {
            return Sort::Group(text.to_owned());
        }
    }
    if named { Sort::Listed } else { Sort::Outside }
}

/// A group's number: a capital letter or a Roman number, with or without a point.
fn is_label(text: &str) -> bool {
    let label = text.trim().trim_end_matches(['.', ')', '/', ':']);
    let roman = label.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
    !label.is_empty()
        && label.len() <= 6
        && (roman || (label.len() == 1 && label.starts_with(|c: char| c.is_ascii_uppercase())))
}

/// Splits "II. Lĩnh vực nội vụ".
fn split_label(text: &str) -> (bool, &str) {
    match text.split_once(['.', ')', '/', ':']) {
        Some((label, rest)) if is_label(label) && !rest.trim().is_empty() => (true, rest),
        _ => (false, text),
    }
}

fn cells(row: &GridRow, header: &Header, merged: &HashMap<(u32, u32), (u32, &GridCell)>) -> Vec<ListCell> {
    let mut found = Vec::with_capacity(header.columns.len());
    for &(column, meaning) in &header.columns {
        let own = row.cell(column).map(|cell| (row.index, cell));
        let shared = || merged.get(&(row.index, column)).copied().filter(|_| meaning != Column::Ordinal);
        if let Some((index, cell)) = own.or_else(shared) {
            found.push(ListCell {
                column: meaning,
                address: address(index, column),
                text: cell.text.clone(),
                date: cell.date,
                uncomputed: cell.uncomputed,
            });
        }
    }
    found
}

/// Cells of vertical merges below the first one: a value merged over three rows is said of all three.
fn merged_down(grid: &Grid) -> HashMap<(u32, u32), (u32, &GridCell)> {
    let mut found = HashMap::new();
    for merge in grid.merges.iter().filter(|merge| merge.last_row > merge.first_row) {
        let Ok(at) = grid.rows.binary_search_by_key(&merge.first_row, |row| row.index) else { continue };
        let Some(cell) = grid.rows[at].cell(merge.first_column) else { continue };
        for row in grid.rows[at + 1..].iter().take_while(|row| row.index <= merge.last_row) {
            found.insert((row.index, merge.first_column), (merge.first_row, cell));
        }
    }
    found
}
