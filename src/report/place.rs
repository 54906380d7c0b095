//! Where a unit stands, and its words in one line.

use crate::document::{Document, LayerKind, Unit, UnitId};

/// The headings a unit stands under, from the layer down, and the lead-in of the unit directly above it.
pub fn context(document: &Document, unit: UnitId) -> String {
    let Some(own) = document.units.get(unit) else { return String::new() };
    let mut parts: Vec<String> = Vec::new();
    for (step, above) in document.ancestors(unit).filter_map(|id| document.units.get(id)).enumerate() {
        let mut part = joined(&above.label, &above.heading);
        if step == 0 && !above.text.is_empty() {
            part = joined(&part, &cut(&above.text, 300));
        }
        if !part.is_empty() {
            parts.push(part);
        }
    }
    if let Some(layer) = document.layers.get(own.layer).filter(|layer| layer.kind != LayerKind::Main) {
        parts.push(cut(&layer.title, 120));
    }
    parts.reverse();
    parts.join(" › ")
}

/// Label, heading and text of a unit in one line of reading.
pub fn reading(unit: &Unit) -> String {
    joined(&joined(&unit.label, &unit.heading), &unit.text)
}

fn joined(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (_, true) => first.to_owned(),
        (true, _) => second.to_owned(),
        _ => format!("{first} {second}"),
    }
}

/// At most `limit` scalar values, cut at a space where one is near, with "…".
pub fn cut(text: &str, limit: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let head = &text[..end];
    let kept = match head.rfind(char::is_whitespace) {
        Some(space) if space * 4 > end * 3 => &head[..space],
        _ => head,
    };
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_keeps_words() {
        assert_eq!(cut("một hai ba", 20), "một hai ba");
        assert_eq!(cut("một hai ba bốn năm", 12), "một hai ba…");
        assert_eq!(cut("đđđđđđ", 3), "đđđ…");
    }
}
