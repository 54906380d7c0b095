//! Line breaks amid a sentence: "… tại khoản 1" / "Điều 17. …" is a citation that reached the end of its line, no article.

use super::cue;
use super::lines::Line;
use super::marker::Shape;
use crate::text::number::{Number, Step, eat_word};

/// Takes the number from lines that only go on with the citation at the end of the line before.
pub(super) fn forget_references(lines: &mut [Line<'_>]) {
    let mut article: Option<Number> = None;
    for at in 0..lines.len() {
        let (before, rest) = lines.split_at_mut(at);
        let Some(line) = rest.first_mut() else { continue };
        let Some(marker) = line.marker.filter(|m| line.label.is_none() && !m.quoted) else { continue };
        let same_flow = |previous: &&Line<'_>| previous.row.is_none() && previous.frame == line.frame;
        let previous = before.last().filter(same_flow).map_or("", |previous| previous.text);
        let goes_on = match marker.shape {
            Shape::Article => {
                let next = article.is_none_or(|last| marker.number.step_from(last) == Step::Next);
                !next && ends_amid_citation(previous)
            }
            Shape::Arabic => ends_with_unit_word(previous),
            _ => false,
        };
        if goes_on {
            line.marker = None;
        } else if marker.shape == Shape::Article {
            article = Some(marker.number);
        }
    }
}

/// "… tại điểm a khoản 1", "… quy định tại", "… các khoản 1, 2 và 3": an article must follow.
fn ends_amid_citation(text: &str) -> bool {
    const OPEN: [&str; 12] = ["tại", "của", "và", "đến", "theo", "hoặc", "các", "khoản", "điểm", "từ", "trong", "với"];
    let mut words = text.rsplit([' ', '\u{a0}', '\t']).filter(|word| !word.is_empty());
    let Some(last) = words.next() else { return false };
    if cue::is_caps(text) {
        return false;
    }
    if OPEN.iter().any(|word| eat_word(last, word) == Some(last.len())) {
        return true;
    }
    // "1", "2a", "đ": back over "1, 2 và" to the word that names the unit.
    let number = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().is_some_and(char::is_alphanumeric);
        first
            && word.chars().all(char::is_alphanumeric)
            && (chars.as_str().is_empty() || word.len() <= 3 && word.bytes().any(|b| b.is_ascii_digit()))
    };
    let unit = words.find(|word| *word != "và" && !number(word.trim_end_matches(',')));
    number(last)
        && unit.is_some_and(|word| ["khoản", "điểm"].iter().any(|unit| eat_word(word, unit) == Some(word.len())))
}

/// "… quy định tại khoản", "… khoản 1 Điều": what begins the next line is its number. "Trọng điểm" and "tài khoản" are words.
fn ends_with_unit_word(text: &str) -> bool {
    const LEADS: [&str; 9] = ["tại", "và", "các", "của", "theo", "từ", "đến", "hoặc", "ở"];
    let is = |word: &str, known: &[&str]| known.iter().any(|known| eat_word(word, known) == Some(word.len()));
    let mut words = text.rsplit([' ', '\u{a0}', '\t']).filter(|word| !word.is_empty());
    let (Some(last), Some(lead)) = (words.next(), words.next()) else { return false };
    let number = lead.len() <= 3 && lead.ends_with(|c: char| c.is_ascii_digit());
    text.len() > 40
        && !cue::is_caps(text)
        && is(last, &["điều", "khoản", "điểm"])
        && (is(lead, &LEADS) || number && !is(last, &["điểm"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_at_the_end_of_a_line_wants_its_article() {
        for text in [
            "1. Bãi bỏ điểm c, khoản 1",
            "thực hiện theo quy định tại",
            "theo các khoản 1, 2 và 3",
            "quy định tại điểm đ",
            "trong trường hợp tại khoản 2a",
        ] {
            assert!(ends_amid_citation(text), "{text}");
        }
        for text in [
            "NHỮNG QUY ĐỊNH CHUNG VÀ",
            "Thông tư này có hiệu lực từ ngày 01/7/2020.",
            "Chương 1",
            "có hiệu lực kể từ ngày ký",
            "khoản 1;",
            "",
        ] {
            assert!(!ends_amid_citation(text), "{text}");
        }
    }
}
