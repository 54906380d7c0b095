//! Places as officials cite them: "điểm a khoản 2 Điều 5 Quy chế".

use super::{Document, Layer, LayerKind, UnitId, UnitKind};
use crate::text::number::to_roman;

/// A bare provision path in words: `A21.1.đ` → "điểm đ khoản 1 Điều 21".
pub fn provision(path: &str) -> String {
    if let Some((layer, inner)) = path.split_once('/') {
        return format!("{} {}", provision(inner), provision(layer)).trim_end().to_owned();
    }
    let mut parts: Vec<String> = Vec::new();
    let mut clause = String::new();
    for (depth, segment) in path.split('.').enumerate() {
        let (segment, dashes) = match segment.split_once('-') {
            Some((head, dashes)) => (head, dashes.split('-').collect::<Vec<_>>()),
            None => (segment, Vec::new()),
        };
        let segment = segment.split('~').next().unwrap_or(segment);
        let rest = |prefix: &str| segment.strip_prefix(prefix).filter(|r| r.starts_with(|c: char| c.is_ascii_digit()));
        // A layer stands first; an appendix may be one of an attachment.
        let annex = |prefix: &str| segment.strip_prefix(prefix).filter(|_| depth == 0 || path.starts_with("att"));
        let words = if depth == 0 && segment == "main" {
            String::new()
        } else if let Some(number) = segment.strip_prefix("att").filter(|_| depth == 0) {
            match number {
                "" | "1" => "văn bản kèm theo".to_owned(),
                number => format!("văn bản kèm theo thứ {number}"),
            }
        } else if let Some(number) = annex("app") {
            format!("Phụ lục {number}").trim_end().to_owned()
        } else if let Some(number) = annex("form") {
            format!("Mẫu số {number}").trim_end().to_owned()
        } else if let Some(number) = rest("SS") {
            format!("Tiểu mục {number}")
        } else if let Some(number) = rest("S") {
            format!("Mục {number}")
        } else if let Some(number) = rest("A") {
            format!("Điều {number}")
        } else if let Some(number) = rest("C") {
            format!("Chương {}", roman(number))
        } else if let Some(number) = rest("P") {
            format!("Phần {}", roman(number))
        } else if let Some(number) = rest("W") {
            format!("bảng {number}")
        } else if let Some(number) = rest("B") {
            format!("căn cứ ban hành thứ {number}")
        } else if let Some(number) = rest("¶") {
            format!("đoạn {number}")
        } else if let Some(number) =
            segment.strip_prefix('r').filter(|_| depth > 0).filter(|r| r.parse::<u32>().is_ok())
        {
            format!("dòng {number}")
        } else if segment == "T" {
            "tên văn bản".to_owned()
        } else if segment == "R" {
            "dòng ban hành kèm theo".to_owned()
        } else if segment == "N" {
            "nơi nhận".to_owned()
        } else if segment == "K" {
            "phần ký".to_owned()
        } else if let Some(number) = segment.strip_prefix('q') {
            // What stands in it is counted anew.
            clause.clear();
            let last = path.split('.').count() == depth + 1;
            let which = if number == "1" { String::new() } else { format!(" thứ {number}") };
            format!("{}đoạn trích{which} tại", if last { "" } else { "của " })
        } else if segment.starts_with(|c: char| c.is_ascii_digit()) {
            // "1.1" under clause 1 is printed with its parent's number.
            clause = if clause.is_empty() { segment.to_owned() } else { format!("{clause}.{segment}") };
            if clause.contains('.') {
                parts.pop();
            }
            format!("khoản {clause}")
        } else {
            format!("điểm {segment}")
        };
        if !words.is_empty() && !segment.is_empty() {
            parts.push(words);
        }
        for dash in dashes {
            parts.push(format!("gạch đầu dòng thứ {}", dash.split('~').next().unwrap_or(dash)));
        }
    }
    parts.reverse();
    parts.join(" ")
}

/// `true` for paths inside a quoted amendment ("main/A1.2.q1.A5"); "A5.2.q" is a point.
pub fn is_quoted(path: &str) -> bool {
    let number =
        |segment: &str| segment.strip_prefix('q').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    path.split('.').any(number)
}

/// A unit of a document in words, with its layer when it is not the main one: "khoản 2 Điều 5 Quy chế".
pub fn unit(document: &Document, unit: UnitId) -> String {
    let unit = &document.units[unit];
    let local = unit.path.split_once('/').map_or("", |(_, local)| local);
    let mut words = provision(local);
    // Without Điều the first level is Roman: "khoản 2 Mục I".
    let with_articles = || document.units.iter().any(|u| u.kind == UnitKind::Article && u.layer == unit.layer);
    if let Some((before, number)) = words.rsplit_once("Mục ")
        && local.starts_with('S')
        && !with_articles()
        && let Some(numeral) = number.parse().ok().and_then(to_roman)
    {
        words = format!("{before}Mục {numeral}");
    }
    let of = document.layers.get(unit.layer).map(layer_name).unwrap_or_default();
    [words, of].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A path of a document in words, as far as the document tells more than the path.
pub fn of_path(document: &Document, path: &str) -> String {
    match document.unit_at(path) {
        Some(at) if !document.layers.is_empty() => unit(document, at),
        _ => provision(path),
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

/// Whether clauses of it are counted and shown as clauses of the document.
pub fn is_clause_like(kind: UnitKind) -> bool {
    matches!(
        kind,
        UnitKind::Article
            | UnitKind::Clause
            | UnitKind::Point
            | UnitKind::Dash
            | UnitKind::Paragraph
            | UnitKind::TableRow
    )
}

fn roman(number: &str) -> String {
    number.parse().ok().and_then(to_roman).unwrap_or_else(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::provision;

    #[test]
    fn provision_reads_from_small_to_large() {
        for (path, words) in [
            ("A21.1", "khoản 1 Điều 21"),
            ("A5.2.đ", "điểm đ khoản 2 Điều 5"),
            ("A5a.1", "khoản 1 Điều 5a"),
            ("A5.2-1", "gạch đầu dòng thứ 1 khoản 2 Điều 5"),
            ("A5.1.1", "khoản 1.1 Điều 5"),
            ("C2.S1", "Mục 1 Chương II"),
            ("B3", "căn cứ ban hành thứ 3"),
            ("W1.r3", "dòng 3 bảng 1"),
            ("A5~2", "Điều 5"),
            ("app2", "Phụ lục 2"),
            ("app3/form05", "Mẫu số 05 Phụ lục 3"),
            ("app4/S2", "Mục 2 Phụ lục 4"),
            ("A1.1.q1", "đoạn trích tại khoản 1 Điều 1"),
            ("A1.1.q1.1", "khoản 1 của đoạn trích tại khoản 1 Điều 1"),
            ("A1.2.q2.A7a.1.b", "điểm b khoản 1 Điều 7a của đoạn trích thứ 2 tại khoản 2 Điều 1"),
            ("main/A3", "Điều 3"),
            ("att1/A3.1", "khoản 1 Điều 3 văn bản kèm theo"),
            ("att2/A3", "Điều 3 văn bản kèm theo thứ 2"),
            ("att1.app2", "Phụ lục 2 văn bản kèm theo"),
        ] {
            assert_eq!(provision(path), words, "{path}");
        }
    }
}
