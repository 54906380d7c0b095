//! The number a line begins with: "Điều 5.", "Chương II", "2.", "đ)", "-". Shape only; whether it opens a unit is decided by
//! the sequence it stands in.

use crate::text::number::{Number, eat_word, lower, ordinal_words, roman};

/// What kind of number begins a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Phần thứ nhất, Phần I.
    Part,
    /// Chương.
    Chapter,
    /// Mục.
    Section,
    /// Tiểu mục.
    Subsection,
    /// Điều.
    Article,
    /// "A." and its like.
    Capital(char),
    /// "I."
    Roman,
    /// "1.", "1.1.", "(1)".
    Arabic,
    /// "a)", "g1)".
    Letter(char),
    /// "ii)".
    SmallRoman,
    /// "-", "+", a bullet; the sign.
    Dash(char),
}

/// What closes the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Close {
    /// Nothing but space or the end.
    Open,
    /// "."
    Dot,
    /// ":"
    Colon,
    /// ")"
    Paren,
    /// "(1)"
    Parens,
    /// "/"
    Slash,
    /// "-"
    Hyphen,
}

/// How the words after the number begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follow {
    /// No words.
    Nothing,
    /// A capital letter or an opening quotation mark.
    Capital,
    /// A small letter.
    Small,
    /// A digit.
    Digit,
    /// A sign.
    Sign,
}

/// A number at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    /// What it looks like.
    pub shape: Shape,
    /// Its last component: 2 of "1.2."; of a letter the digits after it as suffix.
    pub number: Number,
    /// Components before the last: [1] of "1.2."; unused places are 0.
    pub above: [u32; 2],
    /// What closes it.
    pub close: Close,
    /// How the words after it begin.
    pub follow: Follow,
    /// Byte length of the label in the line.
    pub label: usize,
    /// Byte offset at which the words after it begin.
    pub body: usize,
    /// A quotation mark stands before the number.
    pub quoted: bool,
}

impl Marker {
    /// How many components the number has.
    pub fn depth(&self) -> usize {
        1 + self.above.iter().filter(|&&n| n != 0).count()
    }

    /// "1 Nội dung": a plain number without a sign, which counts only in a list.
    pub fn is_bare(&self) -> bool {
        self.shape == Shape::Arabic && self.close == Close::Open && self.depth() == 1
    }

    /// Chương, Mục and the like: holders of articles.
    pub fn is_division(&self) -> bool {
        matches!(self.shape, Shape::Part | Shape::Chapter | Shape::Section | Shape::Subsection)
    }
}

/// Opening quotation marks of a quoted block.
pub(super) const QUOTES_OPEN: [char; 3] = ['“', '"', '„'];

/// The number `line` (trimmed) begins with.
pub(super) fn marker(line: &str) -> Option<Marker> {
    let unquoted = line.trim_start_matches(QUOTES_OPEN).trim_start();
    let lead = line.len() - unquoted.len();
    let first = unquoted.chars().next()?;
    let mut found = if first.is_alphabetic() {
        division(unquoted).or_else(|| lettered(unquoted, first))
    } else if first.is_ascii_digit() {
        arabic(unquoted, 0)
    } else if first == '(' {
        bracketed(unquoted)
    } else {
        dash(unquoted, first)
    }?;
    found.quoted = lead > 0;
    found.label += lead;
    found.body += lead;
    Some(found)
}

/// A dotted or tabbed line of a table of contents.
pub(super) fn is_contents_line(line: &str) -> bool {
    let stem = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - stem.len();
    if digits == 0 || digits > 3 {
        return false;
    }
    if stem.ends_with('\t') && stem.trim_end().contains(char::is_whitespace) {
        return true;
    }
    let spaced = stem.trim_end();
    let dotless = spaced.trim_end_matches(['.', '…', ' ', '\u{a0}', '_']);
    spaced.len() - dotless.len() >= 5
}

fn follow_of(body: &str) -> Follow {
    match body.chars().next() {
        None => Follow::Nothing,
        Some(c) if c.is_lowercase() => Follow::Small,
        Some(c) if c.is_alphabetic() || QUOTES_OPEN.contains(&c) => Follow::Capital,
        Some(c) if c.is_numeric() => Follow::Digit,
        Some(_) => Follow::Sign,
    }
}

/// Finishes a marker whose number ends at `end`: reads what closes it and where the words begin.
fn finish(text: &str, end: usize, shape: Shape, number: Number, close: Option<Close>) -> Marker {
    let mut label = end;
    let mut closed = close.unwrap_or(Close::Open);
    if close.is_none() {
        let rest = &text[end..];
        let spaced = rest.trim_start();
        let sign = spaced.chars().next();
        closed = match sign {
            Some('.') => Close::Dot,
            Some(':') => Close::Colon,
            Some(')') => Close::Paren,
            Some('/') => Close::Slash,
            Some('-' | '–' | '—') => Close::Hyphen,
            _ => Close::Open,
        };
        if closed != Close::Open {
            label = text.len() - spaced.len() + sign.map_or(0, char::len_utf8);
            // "2..Thông tin", "Điều 1.:" but not a row of dots.
            let more = text[label..].len() - text[label..].trim_start_matches(['.', ':']).len();
            if more == 1 {
                label += 1;
            }
        }
    }
    let body = text.len() - text[label..].trim_start().len();
    let follow = follow_of(&text[body..]);
    Marker { shape, number, above: [0; 2], close: closed, follow, label, body, quoted: false }
}

/// Phần, Chương, Mục, Tiểu mục, Điều.
fn division(text: &str) -> Option<Marker> {
    const WORDS: [(&str, Shape); 6] = [
        ("điều", Shape::Article),
        ("chương", Shape::Chapter),
        ("mục", Shape::Section),
        ("tiểu mục", Shape::Subsection),
        ("tiểu  mục", Shape::Subsection),
        ("phần", Shape::Part),
    ];
    if !text.starts_with(['Đ', 'Ð', 'C', 'M', 'T', 'P']) {
        return None;
    }
    let (read, shape) = WORDS.iter().find_map(|&(word, shape)| Some((eat_word(text, word)?, shape)))?;
    let rest = &text[read..];
    let gap = rest.len() - rest.trim_start().len();
    let at = read + gap;
    let rest = &text[at..];
    if let Some((value, words)) = ordinal_words(rest) {
        let written = finish(text, at + words, shape, Number::plain(value), None);
        return matches!(shape, Shape::Part | Shape::Chapter | Shape::Article).then_some(written);
    }
    // "Điều thứ XII".
    let ordinal = eat_word(rest, "thứ")
        .filter(|_| shape == Shape::Article)
        .map_or(0, |end| end + (rest[end..].len() - rest[end..].trim_start().len()));
    let (at, rest) = (at + ordinal, &rest[ordinal..]);
    let token = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == 'đ').len();
    // "Điều lệ" is no "Điều l".
    if rest[token..].starts_with(char::is_alphabetic) {
        return None;
    }
    let token = &rest[..token];
    let digits = token.len() - token.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = if digits > 0 {
        if digits > 4 {
            return None;
        }
        Number { value: token[..digits].parse().ok()?, suffix: suffix_of(&token[digits..])? }
    } else {
        if gap == 0 {
            return None;
        }
        match roman(token) {
            Some(value) => Number::plain(value),
            // "Mục A."
            None if shape == Shape::Section && token.len() == 1 && token.as_bytes()[0].is_ascii_uppercase() => {
                Number::plain(u32::from(token.as_bytes()[0] - b'A') + 1)
            }
            None => return None,
        }
    };
    Some(finish(text, at + token.len(), shape, number, None))
}

/// Place of an inserted unit's suffix: 1 for "a"; 0 for nothing; `None` when it is no suffix.
fn suffix_of(text: &str) -> Option<u32> {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (None, _) => Some(0),
        (Some(letter), None) => crate::text::number::letter_place(lower(letter)),
        _ => None,
    }
}

/// Arabic numbers, from byte `from` on (after an opening bracket).
fn arabic(text: &str, from: usize) -> Option<Marker> {
    let bytes = text.as_bytes();
    let mut parts = [0u32; 3];
    let mut depth = 0;
    let mut at = from;
    loop {
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let width = at - start;
        let leading_zero = width > 1 && bytes[start] == b'0';
        // "1.000 đồng", "2.05" and "2015" are amounts.
        if width == 0 || depth == 3 || (depth > 0 && (width > 2 || leading_zero)) || width > 3 {
            return None;
        }
        parts[depth] = text[start..at].parse().ok()?;
        depth += 1;
        let more = bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !more {
            break;
        }
        at += 1;
    }
    let tail = &text[at..];
    let letters = tail.len() - tail.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == 'đ').len();
    let suffix = suffix_of(&tail[..letters])?;
    let number = Number { value: parts[depth - 1], suffix };
    if parts[..depth].contains(&0) {
        return None;
    }
    let mut found = if from > 0 {
        if !tail[letters..].starts_with(')') {
            return None;
        }
        let mut found = finish(text, at + letters + 1, Shape::Arabic, number, Some(Close::Parens));
        found.label = at + letters + 1;
        found
    } else {
        finish(text, at + letters, Shape::Arabic, number, None)
    };
    found.above[..depth - 1].copy_from_slice(&parts[..depth - 1]);
    // "1, Nội dung": a slip of the pen for "1.", believed no more than "1 Nội dung".
    if found.close == Close::Open && depth == 1 && from == 0 && tail.starts_with(", ") {
        found.label += 1;
        found.body = text.len() - text[found.label..].trim_start().len();
        found.follow = follow_of(&text[found.body..]);
    }
    let tight = found.label == found.body;
    let plausible = match found.close {
        // "1.1 Nội dung", "1 Nội dung": without a sign only before a capital.
        Close::Open => suffix == 0 && found.follow == Follow::Capital && !tight && !leads_zero(text),
        Close::Colon => false,
        Close::Dot | Close::Paren | Close::Parens => !(tight && found.follow == Follow::Digit),
        // "30/4", "9-11", "20 - 22" are dates and ranges; "m/s" units.
        Close::Slash | Close::Hyphen => {
            depth == 1
                && matches!(found.follow, Follow::Capital | Follow::Small)
                && !(tight && found.follow == Follow::Small)
        }
    };
    plausible.then_some(found)
}

/// "05 Phòng" counts things.
fn leads_zero(text: &str) -> bool {
    text.starts_with('0')
}

/// "(1)", "(a)".
fn bracketed(text: &str) -> Option<Marker> {
    let inside = text[1..].chars().next()?;
    if inside.is_ascii_digit() {
        return arabic(text, 1).filter(|found| found.depth() == 1);
    }
    let close = text.find(')').filter(|&at| at <= 6)?;
    let token = &text[1..close];
    let mut found = letter_token(token, Close::Parens)?;
    found.0.label = close + 1;
    let body = text.len() - text[close + 1..].trim_start().len();
    found.0.body = body;
    found.0.follow = follow_of(&text[body..]);
    matches!(found.0.shape, Shape::Letter(_) | Shape::SmallRoman).then_some(found.0)
}

/// A marker for a letter or Roman token, without places; the flag says the token is whole.
fn letter_token(token: &str, close: Close) -> Option<(Marker, bool)> {
    let mut chars = token.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    let (shape, number) = if first.is_ascii_uppercase()
        || first == 'Đ'
        || first == 'l' && rest.starts_with(|c: char| !c.is_ascii_digit())
    {
        match roman(token) {
            // A single C or L is far more often a letter.
            Some(value) if !matches!(token, "C" | "L") => (Shape::Roman, Number::plain(value)),
            _ if rest.is_empty() => (Shape::Capital(first), Number::plain(1)),
            _ => return None,
        }
    } else if first.is_ascii_lowercase() || first == 'đ' {
        if rest.is_empty() {
            (Shape::Letter(first), Number::plain(1))
        } else if rest.len() <= 2 && rest.bytes().all(|b| b.is_ascii_digit()) {
            (Shape::Letter(first), Number { value: 1, suffix: rest.parse().ok()? })
        } else {
            (Shape::SmallRoman, Number::plain(roman(token)?))
        }
    } else {
        return None;
    };
    let found =
        Marker { shape, number, above: [0; 2], close, follow: Follow::Nothing, label: 0, body: 0, quoted: false };
    Some((found, true))
}

/// "a)", "g1)", "ii)", "I.", "A."
fn lettered(text: &str, first: char) -> Option<Marker> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == 'đ' || c == 'Đ')).unwrap_or(text.len());
    if end == 0 || end > 7 {
        return None;
    }
    let token = &text[..end];
    let (found, _) = letter_token(token, Close::Open)?;
    let closed = finish(text, end, found.shape, found.number, None);
    let tight = closed.label == closed.body;
    let spaced_sign = !matches!(text[end..].chars().next(), Some('.' | ')' | '/' | '-' | ':'));
    let small = first.is_lowercase() && found.shape != Shape::Roman;
    let plausible = match closed.close {
        Close::Open | Close::Colon | Close::Parens => false,
        Close::Paren => true,
        // "T.tâm", "P.Giám đốc" are abbreviations.
        Close::Dot if small => !tight || closed.follow == Follow::Capital,
        Close::Dot => closed.follow != Follow::Small && (!tight || found.shape == Shape::Roman),
        // "V/v", "m/s", "h/ngày"; "a - b".
        Close::Slash => closed.follow == Follow::Capital && !(tight && !small && found.shape != Shape::Roman),
        Close::Hyphen => !small && closed.follow == Follow::Capital && !spaced_sign,
    };
    (plausible && closed.follow != Follow::Nothing).then_some(closed)
}

/// A dash, plus, star or bullet before words.
fn dash(text: &str, first: char) -> Option<Marker> {
    let bullet =
        matches!(first, '•' | '·' | '◦' | '▪' | '●' | '○' | '■' | '►' | '→' | '❖' | '✓' | '\u{f000}'..='\u{f0ff}');
    if !bullet && !matches!(first, '-' | '‑' | '–' | '—' | '−' | '+' | '*') {
        return None;
    }
    let label = first.len_utf8();
    let body = text.len() - text[label..].trim_start().len();
    let follow = follow_of(&text[body..]);
    let tight = label == body;
    let words = match follow {
        Follow::Nothing => false,
        Follow::Capital | Follow::Small => true,
        Follow::Digit => !tight,
        Follow::Sign => matches!(text[body..].chars().next(), Some('(' | '[' | '\'' | '‘')),
    };
    let sign = match first {
        '‑' | '–' | '—' | '−' => '-',
        _ if bullet => '•',
        other => other,
    };
    let found = Marker {
        shape: Shape::Dash(sign),
        number: Number::plain(1),
        above: [0; 2],
        close: Close::Open,
        follow,
        label,
        body,
        quoted: false,
    };
    words.then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Option<(Shape, u32, u32, &str)> {
        marker(text).map(|m| (m.shape, m.number.value, m.number.suffix, &text[..m.label]))
    }

    #[test]
    fn headings_are_read_in_every_spelling() {
        for (text, kind, value, suffix, label) in [
            ("Điều 5. Phạm vi", Shape::Article, 5, 0, "Điều 5."),
            ("Điều 5: Phạm vi", Shape::Article, 5, 0, "Điều 5:"),
            ("Điều 5 : Phạm vi", Shape::Article, 5, 0, "Điều 5 :"),
            ("ĐIỀU 12", Shape::Article, 12, 0, "ĐIỀU 12"),
            ("Điều\u{a0}7.\u{a0}Tên", Shape::Article, 7, 0, "Điều\u{a0}7."),
            ("Ðiều 317. Tội", Shape::Article, 317, 0, "Ðiều 317."),
            ("Điều II: Trong", Shape::Article, 2, 0, "Điều II:"),
            ("“Điều 10a. Tên", Shape::Article, 10, 1, "“Điều 10a."),
            ("Điều5. Tên", Shape::Article, 5, 0, "Điều5."),
            ("Điều 3 Chính sách", Shape::Article, 3, 0, "Điều 3"),
            ("Chương l", Shape::Chapter, 1, 0, "Chương l"),
            ("CHƯƠNG IV. TÊN", Shape::Chapter, 4, 0, "CHƯƠNG IV."),
            ("Mục 2: Tên", Shape::Section, 2, 0, "Mục 2:"),
            ("MỤC I .QUY ĐỊNH", Shape::Section, 1, 0, "MỤC I ."),
            ("Tiểu mục 3. Tên", Shape::Subsection, 3, 0, "Tiểu mục 3."),
            ("PHẦN THỨ BA", Shape::Part, 3, 0, "PHẦN THỨ BA"),
            ("I. Mục đích", Shape::Roman, 1, 0, "I."),
            ("IV.YÊU CẦU", Shape::Roman, 4, 0, "IV."),
            ("1. Nội dung", Shape::Arabic, 1, 0, "1."),
            ("1.Nội dung", Shape::Arabic, 1, 0, "1."),
            ("2..Thông tin", Shape::Arabic, 2, 0, "2.."),
            ("2 . Ủy ban", Shape::Arabic, 2, 0, "2 ."),
            ("3- Ủy ban", Shape::Arabic, 3, 0, "3-"),
            ("3/ Ủy ban", Shape::Arabic, 3, 0, "3/"),
            ("2a. Thêm", Shape::Arabic, 2, 1, "2a."),
            ("(3) Thêm", Shape::Arabic, 3, 0, "(3)"),
            ("đ) Thêm", Shape::Letter('đ'), 1, 0, "đ)"),
            ("g1) thêm", Shape::Letter('g'), 1, 1, "g1)"),
            ("e)Trường hợp", Shape::Letter('e'), 1, 0, "e)"),
            ("a.Trường hợp", Shape::Letter('a'), 1, 0, "a."),
            ("b/ Trường hợp", Shape::Letter('b'), 1, 0, "b/"),
            ("ii) trường hợp", Shape::SmallRoman, 2, 0, "ii)"),
            ("A. TÌNH HÌNH", Shape::Capital('A'), 1, 0, "A."),
            ("- Mục", Shape::Dash('-'), 1, 0, "-"),
            ("–Mục", Shape::Dash('-'), 1, 0, "–"),
            ("\u{f0b7} Mục", Shape::Dash('•'), 1, 0, "\u{f0b7}"),
        ] {
            assert_eq!(shape(text), Some((kind, value, suffix, label)), "{text}");
        }
    }

    #[test]
    fn dates_amounts_and_abbreviations_are_no_numbers() {
        for text in [
            "30/4/2020 là ngày",
            "9-11 tuổi",
            "20 - 22",
            "1.000 đồng",
            "2.05 lần",
            "2015. Năm",
            "25/2.5 EC",
            "V/v triển khai",
            "T.tâm",
            "KT.BỘ TRƯỞNG",
            "Kg/người",
            "mg/l",
            "-----",
            "+84 912",
            "-5 độ",
            "Mục tiêu",
            "Phần mềm",
            "Điều lệ",
            "Điều kiện 5",
            "Mục đích",
            "thôn 5",
            "Chương trình 135",
            "3 người",
            "1: 500",
        ] {
            assert_eq!(shape(text), None, "{text}");
        }
    }

    #[test]
    fn sub_clauses_keep_their_components() {
        let m = marker("1.2. Nội dung").expect("a number");
        assert_eq!((m.above, m.number.value), ([1, 0], 2));
        let m = marker("1.2.3 Nội dung").expect("a number");
        assert_eq!((m.above, m.number.value, m.close), ([1, 2], 3, Close::Open));
    }

    #[test]
    fn lines_of_a_table_of_contents_are_told() {
        for (line, is) in [
            ("Điều 1. Phạm vi.................8", true),
            ("Điều 1. Phạm vi\t12", true),
            ("Điều 1. Năm 2020", false),
            ("1. Số tiền: ............", false),
        ] {
            assert_eq!(is_contents_line(line), is, "{line}");
        }
    }
}
