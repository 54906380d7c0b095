//! Numbers of documents (số, ký hiệu): "17/2019/QĐ-UBND", "10/2022/QH15", "130-CP", "2231/SNV-CCHC&PC".
//!
//! A number is a serial, a year when the document is normative, and a symbol of segments ("QĐ", "UBND"). Printed numbers
//! carry stray spaces, other dashes, `Ð` for `Đ`; the normalised form has none of them and is otherwise as issued.

use std::ops::Range;

use super::kind::plain_upper;
use super::{Kind, issuer_names};

/// A number and the words that print it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberAt {
    /// Normalised: no spaces, plain hyphens, Đ not Ð, "17/2019/QĐ-UBND".
    pub number: String,
    /// Byte range in the text.
    pub range: Range<usize>,
}

/// What a number is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// Serial as an integer: 17.
    pub serial: u32,
    /// Letter after the serial ("30c"), lower case.
    pub suffix: Option<char>,
    /// Year, when the number has one.
    pub year: Option<i16>,
    /// Everything after: "QĐ-UBND"; empty in "055/2025".
    pub symbol: &'a str,
}

/// Every document number of `text`, in order. Fractions, dates, form numbers ("Mẫu số 01/PLI") and technical standards are none.
pub fn scan(text: &str) -> Vec<NumberAt> {
    let bytes = text.as_bytes();
    let mut found: Vec<NumberAt> = Vec::new();
    let mut at = 0;
    while let Some(step) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + step;
        match parse_at(text, start) {
            Some(number) => {
                at = number.range.end;
                found.push(number);
            }
            None => at = start + bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count(),
        }
    }
    found
}

/// The document number whose serial begins at byte `at`.
pub fn parse_at(text: &str, at: usize) -> Option<NumberAt> {
    if !text.as_bytes().get(at)?.is_ascii_digit() || continues_something(text, at) {
        return None;
    }
    let found = Reader { text, underscores: false }.number(at)?;
    let before = &text[..at];
    let named = ends_with_so(before);
    if found.bare && !named {
        return None;
    }
    (!is_form_or_standard(before)).then_some(NumberAt { number: found.number, range: at..found.end })
}

/// A serial and a year without symbol, where only a number can stand: "Nghị định **04/2015** của Chính phủ".
pub(super) fn bare_at(text: &str, at: usize) -> Option<NumberAt> {
    if !text.as_bytes().get(at)?.is_ascii_digit() || continues_something(text, at) {
        return None;
    }
    let found = Reader { text, underscores: false }.number(at).filter(|found| found.bare)?;
    Some(NumberAt { number: found.number, range: at..found.end })
}

/// The normalised form of a number standing alone, as in a cell, a header line or a file name (`168_2024_ND-CP`).
pub fn normalise(text: &str) -> Option<String> {
    let mut rest =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '"' | '(' | ')'));
    if let Some(at) = rest.find(|c: char| c.is_ascii_digit()).filter(|&at| ends_with_so(&rest[..at])) {
        rest = &rest[at..];
    }
    let found = Reader { text: rest, underscores: true }.number(0)?;
    let tail = rest[found.end..].trim();
    // "26/KH-BCĐ (138)": what stands in brackets tells boards apart and is no part of the number.
    (tail.is_empty() || tail.starts_with('(')).then_some(found.number)
}

/// Takes a normalised number apart.
pub fn parts(number: &str) -> Option<Parts<'_>> {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let mut serial: u32 = number.get(..digits)?.parse().ok()?;
    let mut rest = &number[digits..];
    if let Some(series) = rest.strip_prefix('.') {
        let digits = series.bytes().take_while(u8::is_ascii_digit).count();
        serial = serial.checked_mul(1000)?.checked_add(series[..digits].parse().ok()?)?;
        rest = &series[digits..];
    }
    let suffix = rest.chars().next().filter(|c| c.is_ascii_lowercase());
    if suffix.is_some() {
        rest = &rest[1..];
    }
    rest = rest.strip_prefix(['/', '-'])?;
    let year = rest.get(..4).and_then(year_of).filter(|_| rest.len() == 4 || rest[4..].starts_with(['/', '-']));
    let symbol = if year.is_some() { rest[4..].trim_start_matches(['/', '-']) } else { rest };
    Some(Parts { serial, suffix, year, symbol })
}

/// The kind a number says: its symbol's first segment, or official letter when that names a body ("2231/SNV-CCHC").
///
/// Laws and resolutions of Quốc hội share one shape ("10/2022/QH15"), as do acts of old councils: `None`.
pub fn kind_of(number: &str) -> Option<Kind> {
    let Parts { year, symbol, .. } = parts(number)?;
    let mut segments = symbol.split(['-', '/', '.']).filter(|segment| !segment.is_empty());
    let first = segments.next()?;
    let known = Kind::from_symbol(first).or_else(|| segments.clone().next().and_then(Kind::from_symbol));
    if known.is_some() {
        return known;
    }
    let body: String = first.chars().map(plain_upper).filter(|c| !c.is_ascii_digit()).collect();
    match body.as_str() {
        "QH" | "UBTVQH" | "HDNN" | "HDBT" | "CTN" | "CP" | "TTG" => None,
        _ if year.is_some() => None,
        _ => Some(Kind::CongVan),
    }
}

/// `true` when the number has the shape of a normative document's: a year between serial and symbol.
pub fn is_normative_shape(number: &str) -> bool {
    parts(number).is_some_and(|parts| parts.year.is_some() && !parts.symbol.is_empty())
}

/// `true` when two numbers name the same: serials compared as integers; case, Đ/D, separators and ƯƠNG marks folded, "&" left
/// out ("BGD&ĐT" is "BGDĐT").
pub fn same(a: &str, b: &str) -> bool {
    a == b || key(a) == key(b)
}

/// A form of a number equal for all spellings [`same`] accepts; for joining and hashing. Not for people.
pub fn key(number: &str) -> String {
    let Some(parts) = parts(number) else { return number.chars().map(plain_upper).collect() };
    let mut key = parts.serial.to_string();
    key.extend(parts.suffix);
    if let Some(year) = parts.year {
        key.push('/');
        key.push_str(&year.to_string());
    }
    key.push('/');
    key.extend(
        parts.symbol.chars().filter(|&c| c != '&').map(|c| if matches!(c, '/' | '.') { '-' } else { plain_upper(c) }),
    );
    // One body, two spellings of "trung ương".
    key.replace("TUMTTQ", "TWMTTQ")
}

/// What [`Reader::number`] found.
struct Found {
    number: String,
    end: usize,
    /// Serial and year only.
    bare: bool,
}

/// A cursor-free reader of numbers.
struct Reader<'a> {
    text: &'a str,
    /// File names write `_` for `/`.
    underscores: bool,
}

impl Reader<'_> {
    fn number(&self, at: usize) -> Option<Found> {
        let bytes = self.text.as_bytes();
        let mut end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if !(1..=6).contains(&(end - at)) {
            return None;
        }
        let mut number = String::with_capacity(24);
        number.push_str(&self.text[at..end]);
        // "66.17/2026/NQ-CP": a series of its own.
        if bytes.get(end) == Some(&b'.') {
            let digits = bytes[end + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
            let next = end + 1 + digits;
            let year = self.text.get(next + 1..next + 5).and_then(year_of);
            if (1..=2).contains(&digits)
                && bytes.get(next) == Some(&b'/')
                && year.is_some()
                && bytes.get(next + 5) == Some(&b'/')
            {
                number.push_str(&self.text[end..next]);
                end = next;
            }
        }
        // "30c/NQ-CP", "06a/BTP"
        if let Some(letter) = bytes.get(end).filter(|b| b.is_ascii_alphabetic()) {
            let next = self.skip_spaces(end + 1);
            if !matches!(bytes.get(next), Some(b'/' | b'-' | b'_')) {
                return None;
            }
            number.push(letter.to_ascii_lowercase() as char);
            end += 1;
        }
        let mut after = self.skip_spaces(end);
        if bytes.get(after) == Some(&b'.') && self.separator(self.skip_spaces(after + 1)).is_some() {
            after = self.skip_spaces(after + 1);
        }
        let Some((separator, next)) = self.separator(after) else {
            return self.without_slash(number, end, after);
        };
        let next = self.skip_spaces(next);
        let year_end = next + 4;
        let year = self.text.get(next..year_end).filter(|_| separator == '/').and_then(year_of);
        if year.is_some() && !bytes.get(year_end).is_some_and(u8::is_ascii_alphanumeric) {
            number.push('/');
            number.push_str(&self.text[next..year_end]);
            let gap = self.skip_spaces(year_end);
            let gap = if bytes.get(gap) == Some(&b'.') { self.skip_spaces(gap + 1) } else { gap };
            if let Some((_, symbol_at)) = self.separator(gap) {
                if let Some((symbol, end)) = self.symbol(self.skip_spaces(symbol_at), true) {
                    number.push('/');
                    number.push_str(&symbol);
                    return Some(Found { number, end, bare: false });
                }
                // A third figure makes it a date.
                if bytes.get(gap).is_some_and(|b| *b == b'/') {
                    return None;
                }
            }
            // "08/2017 QĐ-UBND": the second slash was forgotten.
            if gap > year_end
                && let Some((symbol, end)) = self.symbol(gap, true).filter(|(symbol, _)| is_full_symbol(symbol))
            {
                number.push('/');
                number.push_str(&symbol);
                return Some(Found { number, end, bare: false });
            }
            return Some(Found { number, end: year_end, bare: true });
        }
        let (symbol, end) = self.symbol(next, false)?;
        number.push(separator);
        number.push_str(&symbol);
        Some(Found { number, end, bare: false })
    }

    /// "1830 QĐ-UBND": the slash was forgotten; only a known kind with an issuer makes it a number.
    fn without_slash(&self, mut number: String, end: usize, after: usize) -> Option<Found> {
        if after == end {
            return None;
        }
        let (symbol, end) = self.symbol(after, false).filter(|(symbol, _)| is_full_symbol(symbol))?;
        number.push('/');
        number.push_str(&symbol);
        Some(Found { number, end, bare: false })
    }

    /// Segments joined by "-", "/", "." or "&" with stray spaces; at least one must look like an abbreviation.
    fn symbol(&self, at: usize, after_year: bool) -> Option<(String, usize)> {
        let (first, mut end) = self.segment(at)?;
        let lower = !first.chars().any(char::is_uppercase);
        let mut symbol = String::with_capacity(16);
        push_segment(&mut symbol, first);
        let mut last = first;
        let mut segments = 1;
        while let Some((joint, next, next_end)) = self.joint(end, last) {
            let segment = &self.text[next..next_end];
            if !lower && !segment.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
                break;
            }
            symbol.extend(joint);
            push_segment(&mut symbol, segment);
            last = segment;
            end = next_end;
            segments += 1;
        }
        let known = Kind::from_symbol(first).is_some();
        let capitals = first.chars().filter(|c| c.is_uppercase()).count();
        let roman = first.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
            || first.strip_prefix("PL").is_some_and(|rest| rest.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')));
        let stands = if lower {
            known && segments > 1
        } else {
            let abbreviates = capitals >= 2 || (known && segments > 1) || (after_year && is_misprinted_assembly(first));
            abbreviates && (!roman || after_year) && !is_measure(first)
        };
        // Lists write whole citations in lower case; issued numbers are in capitals.
        stands.then(|| (if lower { capitalise(&symbol) } else { symbol }, end))
    }

    /// A run of letters a symbol may hold; none when a letter of ordinary words follows.
    fn segment(&self, at: usize) -> Option<(&str, usize)> {
        let rest = self.text.get(at..)?;
        let length = rest.find(|c: char| !is_symbol_letter(c)).unwrap_or(rest.len());
        let stops = !rest[length..].starts_with(char::is_alphabetic);
        (length > 0 && length <= 32 && stops && rest.starts_with(char::is_alphabetic))
            .then(|| (&rest[..length], at + length))
    }

    /// What joins the next segment to the one that ends at `end`: the mark, where the segment starts and ends.
    fn joint(&self, end: usize, last: &str) -> Option<(Option<char>, usize, usize)> {
        let bytes = self.text.as_bytes();
        let gap = self.skip_spaces(end);
        // "28/2004/QH 11"
        if gap > end && matches!(last, "QH" | "UBTVQH" | "HĐNN" | "HĐND") {
            let digits = bytes[gap..].iter().take_while(|b| b.is_ascii_digit()).count();
            let stops = !self.text[gap + digits..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
            if (1..=2).contains(&digits) && stops {
                return Some((None, gap, gap + digits));
            }
        }
        // "140/BCĐ VĐ HMTN": boards write their name out in abbreviations.
        if gap > end && matches!(last, "BCĐ" | "BCH" | "VĐ") {
            let (segment, segment_end) = self.segment(gap)?;
            return is_abbreviation(segment).then_some((None, gap, segment_end));
        }
        let joint = match bytes.get(gap) {
            Some(b'.') if gap == end || self.local_body_at(gap + 1) => Some(('.', gap + 1)),
            Some(b'&') => Some(('&', gap + 1)),
            // "10/2007/QĐ_BKHCN": typed for the hyphen beside it.
            Some(b'_') if gap == end && !self.underscores => Some(('-', gap + 1)),
            _ => self.separator(gap),
        }?;
        let next = self.skip_spaces(joint.1);
        let (segment, segment_end) = self.segment(next)?;
        let spaced = gap > end || next > joint.1;
        let loose = gap > end && next > joint.1;
        let fits = match joint.0 {
            '.' => {
                let unit = is_abbreviation(segment) || is_numbered_unit(segment);
                next == joint.1 && unit && !is_abbreviation_of_a_sentence(segment)
            }
            _ if loose || spaced => is_abbreviation(segment) || is_small_issuer(segment),
            _ => true,
        };
        fits.then_some((Some(joint.0), next, segment_end))
    }

    /// "2093/2005/QĐ .UBND": a council or committee right after the mark.
    fn local_body_at(&self, at: usize) -> bool {
        self.text.get(at..).is_some_and(|rest| ["UB", "HĐND", "HÐND"].iter().any(|body| rest.starts_with(body)))
    }

    /// "/", any hyphen, or "_" in file names: the plain mark and the byte after it.
    fn separator(&self, at: usize) -> Option<(char, usize)> {
        let c = self.text.get(at..)?.chars().next()?;
        let plain = match c {
            '/' => '/',
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '_' if self.underscores => '/',
            _ => return None,
        };
        Some((plain, at + c.len_utf8()))
    }

    /// Spaces inside a line; a number never runs over a line's end.
    fn skip_spaces(&self, at: usize) -> usize {
        let Some(rest) = self.text.get(at..) else { return at };
        let width = rest.find(|c: char| !matches!(c, ' ' | '\u{a0}' | '\u{2007}' | '\u{202f}')).unwrap_or(rest.len());
        // More than three blanks part two columns.
        if width > 6 { at } else { at + width }
    }
}

/// ASCII names lose the bar of Đ; these segments are never right without it.
const BARLESS: &[(&str, &str)] =
    &[("ND", "NĐ"), ("QD", "QĐ"), ("HDND", "HĐND"), ("BLDTBXH", "BLĐTBXH"), ("LDTBXH", "LĐTBXH"), ("BGDDT", "BGDĐT")];

fn push_segment(symbol: &mut String, segment: &str) {
    match BARLESS.iter().find(|(bare, _)| *bare == segment) {
        Some((_, right)) => symbol.push_str(right),
        None => symbol.extend(segment.chars().map(|c| match c {
            'Ð' => 'Đ',
            'ð' => 'đ',
            _ => c,
        })),
    }
}

/// Upper case, but for the abbreviations that end in a small letter by custom.
fn capitalise(symbol: &str) -> String {
    let mut upper = String::with_capacity(symbol.len());
    for (index, segment) in symbol.split_inclusive(['-', '/', '.', '&']).enumerate() {
        let (word, mark) = match segment.chars().next_back() {
            Some(c) if matches!(c, '-' | '/' | '.' | '&') => (&segment[..segment.len() - 1], Some(c)),
            _ => (segment, None),
        };
        match word {
            "ttg" => upper.push_str("TTg"),
            "ttr" if index == 0 => upper.push_str("TTr"),
            "ctr" if index == 0 => upper.push_str("CTr"),
            _ => push_segment(&mut upper, &word.to_uppercase()),
        }
        upper.extend(mark);
    }
    upper
}

fn is_symbol_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, 'Đ' | 'đ' | 'Ð' | 'ð' | 'Ư' | 'ư' | 'Ô' | 'ô')
}

/// Two capitals or more and hardly a small letter: "UBND", "TTg", "TƯ".
fn is_abbreviation(segment: &str) -> bool {
    let capitals = segment.chars().filter(|c| c.is_uppercase()).count();
    let small = segment.chars().filter(|c| c.is_lowercase()).count();
    capitals >= 2 && small <= 1
}

/// "Q8", "P12": quận 8, phường 12 after the body ("931/TTr-PGD.Q8").
fn is_numbered_unit(segment: &str) -> bool {
    segment
        .strip_prefix(['Q', 'P', 'F'])
        .is_some_and(|n| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
}

/// A kind of two letters or more, and an issuer: "QĐ-UBND".
fn is_full_symbol(symbol: &str) -> bool {
    symbol.split_once(['-', '/']).is_some_and(|(kind, _)| kind.chars().count() > 1 && Kind::from_symbol(kind).is_some())
}

/// "64/2025/H15": printed so in issued decisions.
fn is_misprinted_assembly(segment: &str) -> bool {
    segment.strip_prefix('H').is_some_and(|term| term.len() == 2 && term.bytes().all(|b| b.is_ascii_digit()))
}

/// "ubnd", "btc": an issuer in a citation that a list wrote in small letters, which no word looks like.
fn is_small_issuer(segment: &str) -> bool {
    let small = segment.len() > 1 && segment.chars().all(char::is_lowercase);
    small && (matches!(segment, "ubnd" | "hđnd" | "hðnd") || issuer_names::by_symbol(&segment.to_uppercase()).is_some())
}

/// After a full stop these begin the signature block, not another segment.
fn is_abbreviation_of_a_sentence(segment: &str) -> bool {
    matches!(segment, "TM" | "KT" | "TL" | "TUQ" | "CT")
}

fn is_measure(segment: &str) -> bool {
    matches!(segment, "KWH" | "KVA" | "MW" | "KW" | "KWh" | "MWh" | "KV" | "MPa" | "HP" | "PCI")
}

fn year_of(text: &str) -> Option<i16> {
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|year| digits && (1945..=2100).contains(year))
}

/// A serial never follows a letter, a digit or a mark that joins it to what stands before.
fn continues_something(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        None => false,
        Some('/' | '_') => true,
        Some('-' | '.' | ',' | ':') => before.next().is_some_and(|c| c.is_ascii_digit()),
        // "số08/2017/QĐ-UBND": the space was forgotten.
        Some(c) => c.is_alphanumeric() && !ends_with_so(&text[..at]),
    }
}

/// The last word before a serial, and the one before that, are what a number is of.
fn ends_with_so(before: &str) -> bool {
    let word = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.'));
    let mut letters = word.chars().rev();
    matches!((letters.next(), letters.next()), (Some('ố' | 'Ố'), Some('s' | 'S')))
        && !letters.next().is_some_and(char::is_alphanumeric)
}

/// "Mẫu số 01/GTGT", "Biểu 02/BCH", "QCVN 01 - 14: 2010/BNNPTNT".
fn is_form_or_standard(before: &str) -> bool {
    let from = before.char_indices().rev().nth(23).map_or(0, |(at, _)| at);
    let near = &before[from..];
    if near.contains("CVN ") || near.contains("CVN:") || near.contains("CVN\u{a0}") {
        return true;
    }
    let mut words = near.split(|c: char| !c.is_alphanumeric()).rev().filter(|word| !word.is_empty());
    let last = words.next().map(str::to_lowercase);
    let last = if last.as_deref() == Some("số") { words.next().map(str::to_lowercase) } else { last };
    matches!(last.as_deref(), Some("mẫu" | "biểu"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_printed_shape_is_found_whole_and_normalised() {
        for (text, number) in [
            ("Số: 17/2019/QĐ-UBND", "17/2019/QĐ-UBND"),
            ("Luật số: 28/2004/QH 11", "28/2004/QH11"),
            ("Luật Thú y số 79/2015/QH13;", "79/2015/QH13"),
            ("Nghị định số 88/2020/NĐ- CP.", "88/2020/NĐ-CP"),
            ("số 16/2004/PL- UBTVQH11", "16/2004/PL-UBTVQH11"),
            ("Số: 02  /2010 /TT-BNNPTNT", "02/2010/TT-BNNPTNT"),
            ("186/ 2007/NĐ - CP", "186/2007/NĐ-CP"),
            ("số 03./2010/TT-BXD", "03/2010/TT-BXD"),
            ("63/ 2006/QĐ - UBND ngày", "63/2006/QĐ-UBND"),
            ("109/UBND - VX", "109/UBND-VX"),
            ("số 1830 QĐ-UBND", "1830/QĐ-UBND"),
            ("1977 /QÐ-UBND", "1977/QĐ-UBND"),
            ("03/2000/TTLT/BTP - BVHTT - BTTUBTƯMTTQVN", "03/2000/TTLT/BTP-BVHTT-BTTUBTƯMTTQVN"),
            ("Nghị định 130-CP ngày", "130-CP"),
            ("50/CP", "50/CP"),
            ("27-NQ/TW", "27-NQ/TW"),
            ("18-L/CTN", "18-L/CTN"),
            ("57-LCT/HĐNN8", "57-LCT/HĐNN8"),
            ("Số:2231/SNV-CCHC&PC", "2231/SNV-CCHC&PC"),
            ("Quyết định số 055/2025 của", "055/2025"),
            ("30c/NQ-CP", "30c/NQ-CP"),
            ("06a/BTP/KSTT/KTTH", "06a/BTP/KSTT/KTTH"),
            ("54/QĐ/BNN-KHCN", "54/QĐ/BNN-KHCN"),
            ("số 12/NQ-HĐND9", "12/NQ-HĐND9"),
            ("thông tư số 07/2022/tt-btttt của", "07/2022/TT-BTTTT"),
            ("quyết định số 1137/qđ-ttg", "1137/QĐ-TTg"),
            ("140/BCĐ VĐ HMTN", "140/BCĐVĐHMTN"),
            ("số 931/TTr-PGD.Q8 ngày", "931/TTr-PGD.Q8"),
            ("số 2093/2005/QĐ .UBND ngày", "2093/2005/QĐ.UBND"),
            ("số 54/QĐ.UB ngày", "54/QĐ.UB"),
            ("số 05/2020/QĐ–UBND của", "05/2020/QĐ-UBND"),
            ("số 21/UBND-KT. TM. ỦY BAN", "21/UBND-KT"),
            ("12/2010/QĐ-UBND - NGHỊ QUYẾT", "12/2010/QĐ-UBND"),
            ("01/2018/CTr-UBND", "01/2018/CTr-UBND"),
            ("số 10/2007/QĐ_BKHCN ngày", "10/2007/QĐ-BKHCN"),
            ("số 08/2017 QĐ-UBND ngày", "08/2017/QĐ-UBND"),
            ("số 64/2025/H15", "64/2025/H15"),
        ] {
            let found = scan(text);
            assert_eq!(found.iter().map(|n| n.number.as_str()).collect::<Vec<_>>(), [number], "{text}");
            assert!(text[found[0].range.clone()].ends_with(|c: char| c.is_alphanumeric()), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_number_is_left_alone() {
        for text in [
            "Mẫu số 01/PLI",
            "mẫu 02/GTGT kèm theo",
            "QCVN 01 - 14: 2010/BNNPTNT",
            "tháng 12/2010",
            "1/3 tổng số",
            "ngày 05/12/2010",
            "20mg/l",
            "Quý 1/IV",
            "24/24 giờ",
            "phương tiện 5/kW",
            "10/xã",
            "nhiệm kỳ 2021-2026",
            "khoản 2 Điều 5",
            "Số:            /QĐ-UBND",
        ] {
            assert_eq!(scan(text), [], "{text}");
        }
    }

    #[test]
    fn a_number_does_not_run_over_its_line_or_column() {
        assert_eq!(scan("Số: 1367/BXD-VLXD\nV/v: cấp đất")[0].number, "1367/BXD-VLXD");
        assert_eq!(scan("Số: 15/CT-UBND        TM. UBND")[0].number, "15/CT-UBND");
    }

    #[test]
    fn cells_and_file_names_are_normalised() {
        for (text, number) in [
            ("168_2024_ND-CP", Some("168/2024/NĐ-CP")),
            ("66.17/2026/NQ-CP", Some("66.17/2026/NQ-CP")),
            (" Số: 9/QÐ-UBND ", Some("9/QĐ-UBND")),
            ("26/KH-BCĐ (138)", Some("26/KH-BCĐ")),
            ("17/2019/QĐ-UBND và 18/2019/QĐ-UBND", None),
            ("12/2010", Some("12/2010")),
            ("không số", None),
            ("", None),
        ] {
            assert_eq!(normalise(text).as_deref(), number, "{text}");
        }
    }

    #[test]
    fn numbers_tell_their_kind_and_shape() {
        for (number, kind, normative) in [
            ("17/2019/QĐ-UBND", Some(Kind::QuyetDinh), true),
            ("1707/QĐ-UBND", Some(Kind::QuyetDinh), false),
            ("10/2022/QH15", None, true),
            ("57-LCT/HĐNN8", Some(Kind::Luat), false),
            ("130-CP", Some(Kind::NghiDinh), false),
            ("2231/SNV-CCHC&PC", Some(Kind::CongVan), false),
            ("08/2004/TTLT-BTC-BNV", Some(Kind::ThongTuLienTich), true),
            ("055/2025", None, false),
            ("27-NQ/TW", Some(Kind::NghiQuyet), false),
        ] {
            assert_eq!(kind_of(number), kind, "{number}");
            assert_eq!(is_normative_shape(number), normative, "{number}");
        }
    }

    #[test]
    fn same_numbers_in_other_spellings_meet() {
        assert!(same("055/2025/QĐ-UBND", "55/2025/QĐ-UBND"));
        assert!(same("168/2024/ND-CP", "168/2024/NĐ-CP"));
        assert!(same("54/QĐ/BNN-KHCN", "54/QĐ-BNN-KHCN"));
        assert!(same("04/2000/QĐ-BGD&ĐT", "04/2000/QĐ-BGDĐT"));
        assert!(!same("17/2019/QĐ-UBND", "17/2020/QĐ-UBND"));
        assert!(!same("66.17/2026/NQ-CP", "66.7/2026/NQ-CP"));
        assert!(!same("17/2019/QĐ-UBND", "17/2019/NQ-HĐND"));
        assert!(!same("5/2019/QĐ-UBND", "5a/2019/QĐ-UBND"));
    }
}
