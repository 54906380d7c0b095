//! Regular expressions of rules, written as people write Vietnamese and matched on folded text.

use crate::text::fold::fold;

/// The expression with every run of plain characters folded as the text is; operators, escapes and classes stay.
///
/// A syllable cut by an operator ("ch(ỉ|i)") is folded by its parts, which may not be what folding the whole gives; classes
/// ("[àá]") stand for folded letters.
pub fn folded(regex: &str) -> String {
    let mut out = String::with_capacity(regex.len());
    let mut run = String::new();
    let mut rest = regex.char_indices();
    while let Some((at, c)) = rest.next() {
        let kept = match c {
            '\\' => escape(&regex[at..]),
            '[' => class(&regex[at..]),
            '{' => regex[at..].find('}').map_or(1, |end| end + 1),
            '(' => group(&regex[at..]),
            ')' | '|' | '?' | '*' | '+' | '^' | '$' | '.' => 1,
            _ => 0,
        };
        if kept == 0 {
            run.push(c);
            continue;
        }
        out.push_str(&fold(&std::mem::take(&mut run)));
        out.push_str(&regex[at..at + kept]);
        while rest.clone().next().is_some_and(|(next, _)| next < at + kept) {
            rest.next();
        }
    }
    out.push_str(&fold(&run));
    out
}

/// Names of terms in angle brackets ("do <nguoi-dung-dau> duyệt"), with their byte ranges, brackets included; the name of a
/// group ("(?<ten>…)") is none.
pub fn terms(regex: &str) -> impl Iterator<Item = (std::ops::Range<usize>, &str)> {
    regex.match_indices('<').filter_map(|(at, _)| {
        let name = regex[at + 1..].split_once('>')?.0;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let is_term = !name.is_empty() && name.chars().all(plain) && !regex[..at].ends_with(['?', 'P', '\\']);
        is_term.then(|| (at..at + name.len() + 2, name))
    })
}

/// The expression with every term in angle brackets written out as the choice between its wordings; a name that is not known
/// stays as it is.
pub fn with_terms(regex: &str, wordings: &dyn Fn(&str) -> Option<Vec<String>>) -> String {
    let mut out = String::with_capacity(regex.len());
    let mut from = 0;
    for (range, name) in terms(regex) {
        let Some(mut words) = wordings(name) else { continue };
        // The longest first: the engine takes the first choice that fits.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let words: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
        out.push_str(&regex[from..range.start]);
        out.push_str(&format!("(?:{})", words.join("|")));
        from = range.end;
    }
    out.push_str(&regex[from..]);
    out
}

/// Length of an escape: `\d`, `\p{L}`.
fn escape(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    let Some((at, c)) = chars.next() else { return text.len() };
    let end = at + c.len_utf8();
    match text[end..].starts_with('{') && matches!(c, 'p' | 'P' | 'x' | 'u') {
        true => text[end..].find('}').map_or(end, |close| end + close + 1),
        false => end,
    }
}

/// Length of a class, its closing bracket included.
fn class(text: &str) -> usize {
    let mut escaped = false;
    // A bracket that comes first, or first after "^", is one of the class.
    let first = if text.starts_with("[^") { 2 } else { 1 };
    for (at, c) in text.char_indices().skip_while(|&(at, _)| at < first) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' if at > first => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Length of what opens a group: `(`, `(?:`, `(?i)`, `(?<name>`.
fn group(text: &str) -> usize {
    if !text.starts_with("(?") {
        return 1;
    }
    let named = text.starts_with("(?<") || text.starts_with("(?P<");
    let end = if named { text.find('>') } else { text.find([':', ')']) };
    end.map_or(text.len(), |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_operators_stay() {
        let cases = [
            ("chỉ khi|Nghị quyết", "chỷ khy|nghỵ quyết"),
            (r"khi\s+(thuỷ|hoà)[^.;]{0,40} \d+\.", r"khy\s+(thủy|hòa)[^.;]{0,40} \d+\."),
            (r"(?:quỹ|Quĩ)(?<ten>Đoàn){1,2}\p{Lu}", r"(?:qũy|qũy)(?<ten>đòan){1,2}\p{Lu}"),
            (r"[^]I]thi[\]H]", r"[^]I]thy[\]H]"),
            (r"\I{2}(?i)xã", r"\I{2}(?i)xã"),
        ];
        for (written, wanted) in cases {
            assert_eq!(folded(written), wanted, "{written}");
            assert_eq!(folded(wanted), wanted, "folding twice");
        }
    }

    #[test]
    fn terms_in_angle_brackets_are_written_out() {
        let wordings = |name: &str| match name {
            "dau" => Some(vec!["giám đốc".to_owned(), "giám đốc (quyền)".to_owned()]),
            _ => None,
        };
        let cases = [
            ("do <dau> duyệt", r"do (?:giám đốc \(quyền\)|giám đốc) duyệt"),
            ("(?<dau>cũ) <la> <Dau> < <dau>", r"(?<dau>cũ) <la> <Dau> < (?:giám đốc \(quyền\)|giám đốc)"),
        ];
        for (written, wanted) in cases {
            assert_eq!(with_terms(written, &wordings), wanted, "{written}");
        }
    }

    #[test]
    fn what_is_cut_off_is_kept() {
        for text in ["a\\", "[ab", "x{2", "(?", "(?<n"] {
            assert_eq!(folded(text), text);
        }
    }
}
