//! Paths of units as an official cites them, and where a unit stands.

use crate::document::{Document, Layer, LayerKind, Unit, UnitId, UnitKind};
use crate::report::words::roman;

/// "điểm a khoản 2 Điều 5 Quy chế" for `att1/A5.2.a`.
pub fn cite(document: &Document, unit: UnitId) -> String {
    let Some(unit) = document.units.get(unit) else { return String::new() };
    let layer = document.layers.get(unit.layer);
    let place = unit.path.split_once('/').map_or("", |(_, place)| place);
    let mut parts: Vec<String> = Vec::new();
    for (depth, segment) in place.split('.').enumerate() {
        let (segment, repeat) = segment.split_once('~').unwrap_or((segment, ""));
        let (segment, dash) = segment.split_once('-').unwrap_or((segment, ""));
        if let Some(mut name) = segment_name(segment, depth, unit) {
            if !repeat.is_empty() {
                name.push_str(&format!(" (xuất hiện lần {repeat})"));
            }
            parts.push(name);
        }
        if !dash.is_empty() {
            parts.push(format!("gạch đầu dòng thứ {dash}"));
        }
    }
    parts.reverse();
    if let Some(name) = layer.map(layer_name).filter(|name| !name.is_empty()) {
        parts.push(name);
    }
    parts.join(" ")
}

/// Name of one segment of a path; `None` for an empty one (a dash directly under a layer).
fn segment_name(segment: &str, depth: usize, unit: &Unit) -> Option<String> {
    let mut letters = segment.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    let numbered = rest.starts_with(|c: char| c.is_ascii_digit());
    let name = match first {
        'A' if numbered => format!("Điều {rest}"),
        'q' if numbered => "(lời văn được trích)".to_owned(),
        'r' if numbered => format!("dòng {rest}"),
        'W' if numbered => format!("bảng {rest}"),
        'B' if depth == 0 => format!("căn cứ ban hành thứ {rest}"),
        'T' if depth == 0 && rest.is_empty() => "tên văn bản".to_owned(),
        'R' if depth == 0 && rest.is_empty() => "dòng “Ban hành kèm theo”".to_owned(),
        'N' if depth == 0 && rest.is_empty() => "nơi nhận".to_owned(),
        'K' if depth == 0 && rest.is_empty() => "phần ký".to_owned(),
        'C' if numbered => heading_name(unit, UnitKind::Chapter, "Chương", rest),
        'S' if numbered && depth == 0 => heading_name(unit, UnitKind::Heading, "Mục", rest),
        'S' if numbered => format!("Mục {rest}"),
        'P' if numbered => heading_name(unit, UnitKind::Part, "Phần", rest),
        '¶' => format!("đoạn {rest}"),
        digit if digit.is_ascii_digit() => format!("khoản {segment}"),
        _ => format!("điểm {segment}"),
    };
    Some(name)
}

/// The label as printed when the unit is that heading itself, else the name with a Roman numeral.
fn heading_name(unit: &Unit, kind: UnitKind, name: &str, number: &str) -> String {
    let label = unit.label.trim_end_matches(['.', ':', ' ']);
    if unit.kind == kind && label.starts_with(name) {
        return label.to_owned();
    }
    match number.parse::<usize>() {
        Ok(number) if number < 4000 => format!("{name} {}", roman(number)),
        _ => format!("{name} {number}"),
    }
}

/// Short name of a layer in a citation: "Quy chế", "Phụ lục II"; empty for the main instrument.
pub fn layer_name(layer: &Layer) -> String {
    if layer.kind == LayerKind::Main {
        return String::new();
    }
    let mut words = layer.title.split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else {
        let general = if layer.kind == LayerKind::Attached { "văn bản kèm theo" } else { "phụ lục" };
        return format!("{general} ({})", layer.id);
    };
    let mut name = sentence_case(&format!("{first} {second}"));
    let number = words.next().map(|word| word.trim_end_matches(['.', ':', ','])).filter(|word| is_number(word));
    if let Some(number) = number {
        name.push(' ');
        name.push_str(number);
    }
    name
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || (!word.is_empty() && word.chars().all(|c| "IVXLC".contains(c)))
}

/// First letter as it is, the others in lower case when the whole is in capitals.
fn sentence_case(text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

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
    use crate::report::sample;

    #[test]
    fn paths_are_cited_as_officials_do() {
        let mut document = sample::document();
        for (path, cited) in [
            ("main/A3", "Điều 3"),
            ("att1/A5.2.đ", "điểm đ khoản 2 Điều 5 Quy chế"),
            ("att1/A5.2.đ-1", "gạch đầu dòng thứ 1 điểm đ khoản 2 Điều 5 Quy chế"),
            ("att1/A5~2.1", "khoản 1 Điều 5 (xuất hiện lần 2) Quy chế"),
            ("main/A5a.1", "khoản 1 Điều 5a"),
            ("main/B2", "căn cứ ban hành thứ 2"),
            ("main/T", "tên văn bản"),
            ("app1/W1.r3", "dòng 3 bảng 1 Phụ lục II"),
            ("app1/¶12", "đoạn 12 Phụ lục II"),
            ("main/C1.S2", "Mục 2 Chương I"),
            ("main/A1.2.q1.A5.1", "khoản 1 Điều 5 (lời văn được trích) khoản 2 Điều 1"),
            ("main/S1.2.a", "điểm a khoản 2 Mục I"),
        ] {
            let layer = document.layers.iter().position(|layer| path.starts_with(&layer.id)).unwrap();
            document.units[0].path = path.to_owned();
            document.units[0].layer = layer;
            assert_eq!(cite(&document, 0), cited, "{path}");
        }
    }

    #[test]
    fn cutting_keeps_words() {
        assert_eq!(cut("một hai ba", 20), "một hai ba");
        assert_eq!(cut("một hai ba bốn năm", 12), "một hai ba…");
        assert_eq!(cut("đđđđđđ", 3), "đđđ…");
    }
}
