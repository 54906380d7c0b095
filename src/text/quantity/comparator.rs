//! Words of comparison before a number.

/// How a number bounds what it measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparator {
    AtLeast,
    From,
    MoreThan,
    /// "không quá", "tối đa": no more than that.
    AtMost,
    /// "chậm nhất", "trong thời hạn": until then.
    Until,
    LessThan,
}

use Comparator::{AtLeast, AtMost, From, LessThan, MoreThan, Until};

/// In folded spelling.
const WORDS: [(&str, Comparator); 43] = [
    ("ít nhất", AtLeast),
    ("tối thiểu", AtLeast),
    ("thấp nhất", AtLeast),
    ("ngắn nhất", AtLeast),
    ("sớm nhất", AtLeast),
    ("không kém", AtLeast),
    ("không kém hơn", AtLeast),
    ("đủ", AtLeast),
    ("không qúa", AtMost),
    ("không hơn", AtMost),
    ("không vượt", AtMost),
    ("tối đa", AtMost),
    ("nhiều nhất", AtMost),
    ("cao nhất", AtMost),
    ("dài nhất", AtMost),
    ("lâu nhất", AtMost),
    ("chậm nhất", Until),
    ("muộn nhất", Until),
    ("trong thời hạn", Until),
    ("trong vòng", Until),
    ("thời hạn", Until),
    ("trên", MoreThan),
    ("quá", MoreThan),
    ("vượt quá", MoreThan),
    ("hơn", MoreThan),
    ("nhiều hơn", MoreThan),
    ("lớn hơn", MoreThan),
    ("cao hơn", MoreThan),
    ("dài hơn", MoreThan),
    ("lâu hơn", MoreThan),
    ("già", MoreThan),
    ("chậm hơn", MoreThan),
    ("muộn hơn", MoreThan),
    ("dưới", LessThan),
    ("ít hơn", LessThan),
    ("kém hơn", LessThan),
    ("thấp hơn", LessThan),
    ("nhỏ hơn", LessThan),
    ("ngắn hơn", LessThan),
    ("sớm hơn", LessThan),
    ("chưa đến", LessThan),
    ("chưa tới", LessThan),
    ("từ", From),
];

/// The comparator that ends right before the number, and where it starts. Fillers may stand between.
pub(super) fn comparator_before(text: &str, start: usize) -> (Option<Comparator>, usize) {
    const FILLERS: [&str; 10] = ["là", "có", "phải", "đạt", "được", "sau", "trong", "phải đạt", "số", "phân"];
    let mut before = text[..start].trim_end();
    for _ in 0..3 {
        let best = WORDS.iter().filter(|(word, _)| ends_in(before, word)).max_by_key(|(word, _)| word.len());
        if let Some(&(word, comparator)) = best {
            // "già nửa" is more than half; any other "già" is an age.
            if word == "già" && !text[start..].starts_with("nửa") {
                return (None, start);
            }
            return negated(before, word, comparator);
        }
        let Some(filler) = FILLERS.iter().find(|filler| ends_in(before, filler)) else { break };
        before = before[..before.len() - filler.len()].trim_end();
    }
    (None, start)
}

/// "không quá", "không được ít hơn", "chưa quá": the other way round.
fn negated(before: &str, word: &str, comparator: Comparator) -> (Option<Comparator>, usize) {
    let at = before.len() - word.len();
    let other = match comparator {
        MoreThan if matches!(word, "chậm hơn" | "muộn hơn") => Until,
        MoreThan => AtMost,
        LessThan => AtLeast,
        _ => return (Some(comparator), at),
    };
    let head = before[..at].trim_end();
    for no in ["không", "không được", "không thể", "không được phép", "chưa"] {
        if ends_in(head, no) && !word.starts_with("chưa") {
            return (Some(other), head.len() - no.len());
        }
    }
    (Some(comparator), at)
}

/// The text ends in this word, whole.
fn ends_in(text: &str, word: &str) -> bool {
    text.ends_with(word) && !text[..text.len() - word.len()].ends_with(char::is_alphanumeric)
}
