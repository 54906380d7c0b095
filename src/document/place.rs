//! Places as officials cite them: "điểm a khoản 2 Điều 5 Quy chế".

use super::{Document, LayerKind, UnitId, UnitKind};

/// A bare provision path in words: `A21.1.đ` → "điểm đ khoản 1 Điều 21".
pub fn provision(path: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut clause = String::new();
    for (depth, segment) in path.split('.').enumerate() {
        let (segment, dashes) = match segment.split_once('-') {
            Some((head, dashes)) => (head, dashes.split('-').collect::<Vec<_>>()),
            None => (segment, Vec::new()),
        };
        let segment = segment.split('~').next().unwrap_or(segment);
        let rest = |prefix: &str| segment.strip_prefix(prefix).filter(|r| r.starts_with(|c: char| c.is_ascii_digit()));
        let words = if let Some(number) = rest("SS") {
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
            format!("căn cứ thứ {number}")
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
            format!("đoạn trích thứ {number}")
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

/// A unit of a document in words, with its layer when it is not the main one: "khoản 2 Điều 5 Quy chế".
pub fn unit(document: &Document, unit: UnitId) -> String {
    let unit = &document.units[unit];
    let local = unit.path.split_once('/').map_or("", |(_, local)| local);
    let words = provision(local);
    let layer = &document.layers[unit.layer];
    let of = match layer.kind {
        LayerKind::Main => String::new(),
        LayerKind::Attached => {
            const NAMES: [&str; 8] =
                ["Quy chế", "Quy định", "Điều lệ", "Nội quy", "Quy ước", "Hương ước", "Đề án", "Kế hoạch"];
            let title = crate::text::fold::fold(&layer.title);
            let named = NAMES.iter().find(|name| title.starts_with(&crate::text::fold::fold(name)));
            named.map_or_else(|| "văn bản kèm theo".to_owned(), |name| (*name).to_owned())
        }
        LayerKind::Appendix => {
            let number = layer.id.rsplit("app").next().unwrap_or("");
            format!("Phụ lục {number}")
        }
    };
    match (words.is_empty(), of.is_empty()) {
        (true, _) => of,
        (false, true) => words,
        (false, false) => format!("{words} {of}"),
    }
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
    let Ok(mut value) = number.parse::<u32>() else { return number.to_owned() };
    let mut text = String::new();
    for (amount, letters) in
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    {
        while value >= amount {
            text.push_str(letters);
            value -= amount;
        }
    }
    text
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
            ("B3", "căn cứ thứ 3"),
            ("W1.r3", "dòng 3 bảng 1"),
            ("A5~2", "Điều 5"),
        ] {
            assert_eq!(provision(path), words, "{path}");
        }
    }
}
