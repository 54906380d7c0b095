//! The handling a row already gives: ticked in one of several columns, or written in words.

use super::Doubt;
use crate::source::sheet::{Column, ListRow, Treatment};
use crate::text::fold::fold;

/// What a cell under the name of a handling says.
enum Mark {
    No,
    Yes,
    /// A number other than one, which may be a count of documents.
    Count,
    /// Words: a tick, it seems.
    Words,
}

fn mark(text: &str) -> Mark {
    let text = text.trim();
    if let Ok(number) = text.parse::<f64>() {
        return match number {
            0.0 => Mark::No,
            1.0 => Mark::Yes,
            _ => Mark::Count,
        };
    }
    match fold(text).as_str() {
        "-" | "--" | "không" | "false" | "n" | "no" | "ko" => Mark::No,
        "x" | "v" | "✓" | "✔" | "√" | "☑" | "☒" | "ü" | "þ" | "+" | "*" | "có" | "true" | "yes" | "y" | "●" | "•" => {
            Mark::Yes
        }
        _ if text.chars().count() == 1 => Mark::Yes,
        // "x (1)", "XX"
        folded if folded.chars().all(|c| matches!(c, 'x' | 'v' | '(' | ')' | ' ' | '1')) => Mark::Yes,
        _ => Mark::Words,
    }
}

/// The handling ticked, in the words of its column, or the words of the handling column: one spelling for known forms,
/// as written for others.
pub(super) fn handling(row: &ListRow, doubts: &mut Vec<Doubt>) -> Option<String> {
    let mut ticked: Option<Treatment> = None;
    for cell in &row.cells {
        let Column::Tick(treatment) = cell.column else { continue };
        let text = cell.text.trim();
        match mark(text) {
            Mark::No => continue,
            Mark::Yes => {}
            Mark::Count => {
                let message = format!(
                    "Cột đánh dấu hình thức xử lý ghi “{text}”; được hiểu là đánh dấu, con số có thể là số văn bản."
                );
                doubts.push(Doubt::new("tick-not-one", message, &cell.address));
            }
            Mark::Words => {
                let message = format!("Cột đánh dấu hình thức xử lý ghi “{text}”; được hiểu là đánh dấu.");
                doubts.push(Doubt::new("tick-in-words", message, &cell.address));
            }
        }
        if ticked.replace(treatment).is_some_and(|first| first != treatment) {
            doubts.push(Doubt::new(
                "several-handlings",
                "Đánh dấu nhiều hình thức xử lý trên một dòng.",
                &cell.address,
            ));
            return None;
        }
    }
    let written = || {
        let text = row.cell(Column::Handling)?.text.trim();
        Some(Treatment::of(text).map_or_else(|| text.to_owned(), |treatment| treatment.name().to_owned()))
    };
    ticked.map(|treatment| treatment.name().to_owned()).or_else(written)
}
