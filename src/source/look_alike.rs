//! Letters of other alphabets that look like Latin ones: they are folded for matching, and told.

use super::{Block, Warning};
use crate::text::letter::{latin_look, lower};

/// Warns of words that mix Latin letters with Cyrillic or Greek ones of the same look.
pub(super) fn warning(blocks: &[Block]) -> Option<Warning> {
    let mut count = 0;
    let mut first = String::new();
    let mut weigh = |text: &str| {
        // Greek and Cyrillic letters begin with these bytes; hardly any document has one.
        if !text.bytes().any(|byte| matches!(byte, 0xCD..=0xD3)) {
            return;
        }
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| is_mixed(word)) {
            count += 1;
            if first.is_empty() {
                first = word.chars().take(40).collect();
            }
        }
    };
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => weigh(&paragraph.text),
            Block::Table(table) => table.paragraphs().iter().for_each(|paragraph| weigh(&paragraph.text)),
        }
    }
    (count > 0).then(|| {
        Warning::new(
            "look-alike-letters",
            format!(
                "Có {count} từ lẫn chữ cái Kirin hoặc Hy Lạp trông giống chữ La-tinh, từ đầu tiên là “{first}”. Khi so khớp đã coi như chữ La-tinh."
            ),
        )
    })
}

fn is_mixed(word: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphabetic() || matches!(c, 'À'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    word.contains(is_latin) && word.contains(|c| latin_look(lower(c)) != lower(c))
}

#[cfg(test)]
mod tests {
    use crate::source::read;
    use crate::text::fold::fold;

    #[test]
    fn words_with_letters_of_two_alphabets_are_told() {
        let codes = |text: &str| {
            let raw = read("a.txt", text.as_bytes()).expect("it is text");
            raw.warnings.into_iter().map(|warning| (warning.code, warning.message)).collect::<Vec<_>>()
        };
        let found = codes("Tổ chức thực hiện\nхã, thị trấn; Đοàn thể");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "look-alike-letters");
        assert!(found[0].1.contains("2 từ") && found[0].1.contains("“хã”"), "{}", found[0].1);
        assert_eq!(codes("Москва, góc α, Điều 1"), []);
        assert_eq!(fold("хã, Сhủ tịch"), fold("xã, chủ tịch"));
    }
}
