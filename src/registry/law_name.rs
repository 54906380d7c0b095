//! Names of instruments, brought to a form equal for all spellings grounds give them, and names that come near one.

use crate::document::kind::kind_at;
use crate::text::fold::fold;
use crate::text::letter::is_letter_or_digit;

/// A name without kind, number, year, punctuation and spaces: grounds glue words ("Ủy bannhân dân").
pub(super) fn name_key(name: &str) -> String {
    name_words(name).concat()
}

/// Names of one law, one of them written with a slip; long ones only.
pub(super) fn comes_near(said: &[String], known: &[String]) -> bool {
    /// Words a name needs before words may be left out of it.
    const LONG: usize = 4;
    let mut words = known.iter();
    let left_out = said.len() >= LONG && said.iter().all(|word| words.any(|other| other == word));
    let (said, known) = (said.concat(), known.concat());
    left_out || known.len() >= 40 && said.starts_with(&known) || slips(&said, &known) * 12 <= known.chars().count()
}

/// How many letters tell two names apart (Levenshtein).
fn slips(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let next = (diagonal + usize::from(letter != *other)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

/// Abbreviations in names of laws, in full: "Luật Ban hành văn bản QPPL của HĐND, UBND".
fn spelt_out(word: &str) -> Option<&'static str> {
    Some(match word {
        "hđnd" => "hội đồng nhân dân",
        "ubnd" => "ủy ban nhân dân",
        "qppl" => "quy phạm pháp luật",
        "vbqppl" => "văn bản quy phạm pháp luật",
        "nsnn" => "ngân sách nhà nước",
        "cqđp" => "chính quyền địa phương",
        "dccs" => "dân chủ cơ sở",
        _ => return None,
    })
}

/// The words of a name without kind, number, year and punctuation.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let folded = fold(name.trim_matches(|c: char| !c.is_alphanumeric() && c != ')'));
    let rest = kind_at(&folded, 0).map_or(folded.as_str(), |(_, len)| folded[len..].trim_start());
    // "Luật Thanh tra (Chương VI)": brackets are remarks of whoever named it.
    let rest = rest.split(" (").next().unwrap_or(rest);
    let rest = ["về việc ", "v/v ", "về "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    // "số 80/2015/QH13", but not "một số điều".
    let number =
        rest.match_indices(" số ").find(|(at, word)| rest[at + word.len()..].starts_with(|c: char| c.is_ascii_digit()));
    let rest = number.map_or(rest, |(at, _)| &rest[..at]);
    let rest = match rest.rfind(" năm ") {
        Some(at) if rest[at + " năm ".len()..].bytes().all(|b| b.is_ascii_digit()) => &rest[..at],
        _ => rest,
    };
    // Grounds leave out "của" and "và": "một số điều Luật …", "HĐND, UBND".
    let words = rest.split(|c: char| !is_letter_or_digit(c)).filter(|word| !matches!(*word, "" | "của" | "và"));
    words.flat_map(|word| spelt_out(word).unwrap_or(word).split(' ').map(str::to_owned)).collect()
}
