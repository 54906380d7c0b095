//! A sheet with columns Điều, khoản, điểm, nội dung: the text of one document, one clause a row.

use super::grid::{Grid, GridRow};
use super::header::{Column, Header};
use crate::source::{Block, Origin, Paragraph, RawDocument, Reader};

/// The document in the sheet; `None` when its header is that of a list.
pub(super) fn read(grid: &Grid, header: &Header) -> Option<RawDocument> {
    let column = |wanted| header.columns.iter().find(|(_, meaning)| *meaning == wanted).map(|&(column, _)| column);
    let content = column(Column::Content)?;
    let article = column(Column::Article);
    let clause = column(Column::Clause);
    if (article.is_none() && clause.is_none()) || column(Column::Number).is_some() {
        return None;
    }
    let point = column(Column::Point);
    let title = column(Column::Title);
    let mut blocks = Vec::new();
    let mut last_article = String::new();
    // Rows above the header are the head of the document.
    for row in grid.rows.iter().take(header.top) {
        for cell in &row.cells {
            push(&mut blocks, row, &cell.text);
        }
    }
    for row in grid.rows.iter().skip(header.below) {
        let text = |column: Option<u32>| column.and_then(|c| row.cell(c)).map_or("", |cell| cell.text.trim());
        let mut body = text(Some(content));
        // The number of the article may stand in its first row only, or in every row.
        if let Some(label) = labelled(text(article), "Điều").filter(|label| *label != last_article) {
            last_article.clone_from(&label);
            let heading = text(title);
            if heading.is_empty() && text(clause).is_empty() && text(point).is_empty() {
                push(&mut blocks, row, &join(&label, body));
                body = "";
            } else {
                push(&mut blocks, row, &join(&label, heading));
            }
        }
        if let Some(number) = labelled(text(clause), "") {
            let own = if text(point).is_empty() { std::mem::take(&mut body) } else { "" };
            push(&mut blocks, row, &join(&number, own));
        }
        if !text(point).is_empty() {
            let letter =
                text(point).trim_start_matches("Điểm").trim_start_matches("điểm").trim().trim_end_matches([')', '.']);
            push(&mut blocks, row, &join(&format!("{letter})"), std::mem::take(&mut body)));
        }
        push(&mut blocks, row, body);
    }
    Some(RawDocument { encoding: grid.encoding, ..RawDocument::new(Reader::Sheet, blocks) })
}

/// "5", "5.0", "Điều 5", "Khoản 2." → "Điều 5.", "2."; a cell with a heading ("Điều 5. Phạm vi") stays as it is.
fn labelled(text: &str, word: &str) -> Option<String> {
    let digits_at = text.find(|c: char| c.is_ascii_digit())?;
    let number = &text[digits_at..];
    let end = number.find(|c: char| !c.is_ascii_alphanumeric() && c != 'đ').unwrap_or(number.len());
    let rest = number[end..].trim_start_matches(['.', ':', ')', ' ']);
    let rest = if rest == "0" { "" } else { rest };
    let label = if word.is_empty() { format!("{}.", &number[..end]) } else { format!("{word} {}.", &number[..end]) };
    Some(join(&label, rest))
}

fn join(label: &str, text: &str) -> String {
    match (label.is_empty(), text.is_empty()) {
        (_, true) => label.to_owned(),
        (true, _) => text.to_owned(),
        _ => format!("{label} {text}"),
    }
}

fn push(blocks: &mut Vec<Block>, row: &GridRow, text: &str) {
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        blocks.push(Block::Paragraph(Paragraph {
            text: line.to_owned(),
            origin: Origin { paragraph: row.index + 1, page: None },
            ..Paragraph::default()
        }));
    }
}
