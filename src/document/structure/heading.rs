//! Heading or text: which words after a number are a title, and which order something.

use super::cue;
use super::lines::Line;
use super::marker::Shape;

/// Longest title of an article seen in laws is about 250 bytes; sentences run longer.
const LONGEST_TITLE: usize = 320;

/// The words after "Điều n." are its title.
///
/// `next` is the line after: an article whose only words these are has no title.
pub(super) fn is_article_title(words: &str, line: &Line<'_>, next: Option<&Line<'_>>) -> bool {
    let only = next.is_none_or(|next| {
        next.row.is_none() && next.marker.is_some_and(|m| m.is_division() || m.shape == Shape::Article)
            || cue::is_recipients(next.text)
            || cue::is_signer_line(next.text)
    });
    if words.len() > LONGEST_TITLE || words.ends_with([':', ';', ',']) || orders(words) && !names_orders(words, only) {
        return false;
    }
    if words.ends_with("./.") || words.ends_with("/.") {
        return false;
    }
    if let Some(bare) = words.strip_suffix('.') {
        // Some offices close their titles with a full stop; then text follows and the line is short.
        // A sentence that leads to clauses ends with a colon.
        let listed = next.and_then(|next| next.marker).is_some_and(|m| m.shape == Shape::Arabic && m.number.value == 1);
        let title = line.look.bold || !has_verb(words) || listed && !has_order(words);
        return !only && words.len() <= if listed { 160 } else { 110 } && !bare.contains(". ") && title;
    }
    !only || line.look.bold || !has_verb(words)
}

/// Openings of sentences that order, as the articles of a short decision do.
fn orders(words: &str) -> bool {
    const OPENINGS: [&str; 26] = [
        "ban hành",
        "ban hành kèm theo",
        "phê duyệt",
        "quyết định này",
        "nghị quyết này",
        "nghị định này",
        "thông tư này",
        "luật này",
        "chỉ thị này",
        "quy chế này",
        "quy định này",
        "giao",
        "chánh văn phòng",
        "các ông",
        "các bà",
        "ông",
        "bà",
        "thủ trưởng các",
        "nay ban hành",
        "nay",
        "các đồng chí",
        "giám đốc",
        "quyết định có hiệu lực",
        "nghị quyết có hiệu lực",
        "thông tư có hiệu lực",
        "chỉ thị có hiệu lực",
    ];
    let subject =
        ["này có hiệu lực", "chịu trách nhiệm thi hành", "kèm theo quyết định này", "kèm theo nghị quyết này"];
    cue::starts_with_any(words, &OPENINGS) || subject.iter().any(|phrase| cue::has(words, phrase))
}

/// "Giao nộp tài liệu, chứng cứ": the title of an article about orders, over clauses of its own.
fn names_orders(words: &str, only: bool) -> bool {
    const POINTING: [&str; 6] = ["này", "kèm theo", "như sau", "sau đây", "chịu trách nhiệm", "có hiệu lực"];
    !only
        && words.len() <= 200
        && !words.ends_with('.')
        && !cue::starts_with_any(words, &["các ông", "các bà", "ông", "bà", "nay", "các đồng chí"])
        && !POINTING.iter().any(|word| cue::has_word(words, word))
}

/// Verbs no title has.
fn has_verb(words: &str) -> bool {
    words.split_whitespace().count() > 6
        && (has_order(words) || ["được", "bị"].iter().any(|verb| cue::has_word(words, verb)))
}

/// Verbs that order or define.
fn has_order(words: &str) -> bool {
    ["phải", "chịu trách nhiệm", "có trách nhiệm", "là", "không được", "gồm", "bao gồm"]
        .iter()
        .any(|verb| cue::has_word(words, verb))
}

/// A line that may be the title of a division or article whose number stood alone on its line.
pub(super) fn is_title_line(line: &Line<'_>) -> bool {
    let text = line.text;
    line.row.is_none()
        && !text.is_empty()
        && text.len() <= LONGEST_TITLE
        && !text.ends_with([';', ':', ','])
        && (!text.ends_with('.') || text.len() <= 100 || cue::is_caps(text))
        && !cue::is_rule(text)
        && !cue::is_signer_line(text)
}

/// The words after "1." or "a)" of a document without Điều are a heading over what follows.
pub(super) fn is_level_title(words: &str, line: &Line<'_>, next: Option<&Line<'_>>) -> bool {
    let title = words.len() <= 160 && !words.is_empty() && !words.ends_with(['.', ';', ':', ',', '/']);
    let holds = next.is_some_and(|next| next.row.is_some() || !next.text.is_empty() && next.origin != line.origin);
    let deeper = next.and_then(|next| next.marker).is_some_and(|m| {
        line.marker.is_some_and(|own| {
            std::mem::discriminant(&own.shape) != std::mem::discriminant(&m.shape) || m.depth() > own.depth()
        })
    });
    let prose = next.is_some_and(|next| next.marker.is_none());
    title
        && holds
        && (deeper && !has_verb(words) || prose && (line.look.bold || !has_verb(words) && words.len() <= 100))
}
