//! A cell that holds whole citations: "Quyết định số 12/2020/QĐ-UBND ngày 11/5/2020 của Ủy ban nhân dân tỉnh … ban hành …".
//!
//! Only the heads of citations are documents of the list; numbers inside a title ("ban hành kèm theo Quyết định số …")
//! belong to other documents. A cell headed by a document without number is a plan; what it replaces or repeals is listed.

use super::ListedIdentity;
use super::slips::{self, Slip, bare, repair_issuer};
use crate::document::kind::kind_at;
use crate::document::{Kind, docnumber, issuer};
use crate::text::date;
use crate::text::fold::{Folded, fold};

/// What a cell names.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Documents in order.
    pub identities: Vec<ListedIdentity>,
    /// The cell is headed by a document without a number that acts on others or stands alone.
    pub planned: bool,
    /// What is misspelt or impossible.
    pub slips: Vec<Slip>,
}

/// A kind of document followed by a number.
struct Mention {
    kind: Option<Kind>,
    /// Where the kind begins, or the number when it stands alone.
    start: usize,
    number: docnumber::NumberAt,
}

/// Reads the citations of a cell.
pub(super) fn read(text: &str) -> Named {
    let mut mentions = mentions(text);
    let mut named = Named::default();
    let start = skip_bullet(text, 0);
    if let (Some(first), Some((kind, len, slip))) = (mentions.first_mut(), slips::misspelt_kind(&text[start..]))
        && matches!(bare(text[start + len..first.number.range.start].trim()).as_str(), "" | "so")
    {
        (first.kind, first.start) = (Some(kind), start);
        named.slips.push(slip);
    }
    let headed = mentions.first().is_some_and(|first| first.start <= start + 2);
    if headed {
        heads(text, &mentions, &mut named);
    } else {
        planned(text, start, &mentions, &mut named);
    }
    named
}

/// Documents whose citations stand at the beginning of the cell, of a line, or after a semicolon.
fn heads(text: &str, mentions: &[Mention], named: &mut Named) {
    let mut heads: Vec<(&Mention, Head)> = Vec::new();
    for mention in mentions {
        let accepted = match heads.last() {
            None => true,
            Some((first, last)) => {
                let between = &text[last.end.min(mention.start)..mention.start];
                let same_kind = first.kind == mention.kind;
                begins_line(text, mention.start) && same_kind
                    || is_only_separator(between)
                    || same_kind && ends_with_semicolon(between) && !is_open(between) && !repeals(between)
            }
        };
        if accepted {
            let head = Head::read(text, mention, &mut named.slips);
            heads.push((mention, head));
        }
    }
    let ends: Vec<usize> =
        heads.iter().skip(1).map(|(mention, _)| mention.start).chain(std::iter::once(text.len())).collect();
    for ((mention, head), end) in heads.into_iter().zip(ends) {
        let title = title(&text[head.end.min(end)..end]);
        named.identities.push(head.identity(mention, title));
    }
    // "Quyết định số 1…, Quyết định số 2… của UBND tỉnh …": what is said once is said of all before it.
    for at in (1..named.identities.len()).rev() {
        let (before, after) = named.identities.split_at_mut(at);
        if let (Some(earlier), Some(later)) = (before.last_mut(), after.first())
            && earlier.title.is_none()
        {
            earlier.title.clone_from(&later.title);
            earlier.issuer = earlier.issuer.take().or_else(|| later.issuer.clone());
        }
    }
}

/// A document still to be issued, with those it replaces, repeals or amends.
fn planned(text: &str, start: usize, mentions: &[Mention], named: &mut Named) {
    let folded = Folded::new(text);
    let kind = kind_at_original(text, &folded, start);
    named.planned = kind.is_some();
    // "Về việc sửa đổi Quyết định số …" is the title of a document whose number stands elsewhere, or nowhere.
    let is_title = kind.is_none() && opens_title(&text[start..]);
    let mut end = 0;
    let mut accepted: Vec<(&Mention, Head)> = Vec::new();
    for mention in mentions {
        let between = fold(&text[end.min(mention.start)..mention.start]);
        let tail = between.trim_end();
        let clause = tail.rfind(['(', ';', ':']).map_or(tail, |at| &tail[at + 1..]);
        // "Quyết định bãi bỏ các quyết định về giá (Quyết định số …": the act stands before the bracket.
        let clause = if clause.trim().is_empty() && accepted.is_empty() { tail } else { clause };
        // An act right behind an accepted document is the beginning of that document's own title.
        let own =
            !accepted.is_empty() && ["thay thế", "bãi bỏ"].iter().any(|act| between.trim_start().starts_with(act));
        let acts = !own && ["thay thế", "bãi bỏ"].iter().any(|act| clause.contains(act));
        let amends = accepted.is_empty() && ["sửa đổi", "bổ sung"].iter().any(|act| tail.contains(act));
        let belongs_to_title = clause.ends_with("kèm theo") || clause.ends_with("của") && !amends;
        let joined =
            !accepted.is_empty() && (clause.trim().is_empty() || ["và", ","].iter().any(|j| tail.ends_with(j)));
        let named_alone = kind.is_none() && !is_title;
        if named.planned && (acts || amends || joined) && !belongs_to_title || named_alone {
            let head = Head::read(text, mention, &mut named.slips);
            end = head.end;
            accepted.push((mention, head));
        }
    }
    let starts: Vec<usize> = accepted.iter().skip(1).map(|(mention, _)| mention.start).chain([text.len()]).collect();
    for ((mention, head), until) in accepted.into_iter().zip(starts) {
        let title = title(without_act(&text[head.end.min(until)..until]));
        named.identities.push(head.identity(mention, title));
    }
    if named.identities.is_empty() {
        let body = kind.map_or(start, |(_, end)| end);
        let issuer = leading_issuer(text, body, &mut named.slips);
        let from = issuer.as_ref().map_or(body, |&(_, end)| end);
        named.identities.push(ListedIdentity {
            kind: kind.map(|(kind, _)| kind),
            issuer: issuer.map(|(name, _)| name),
            title: title(&text[from..]),
            ..ListedIdentity::default()
        });
    }
}

/// Number, date and issuer read from the front of a citation.
struct Head {
    issued: Option<jiff::civil::Date>,
    issuer: Option<String>,
    end: usize,
}

impl Head {
    fn read(text: &str, mention: &Mention, slips: &mut Vec<Slip>) -> Head {
        let mut end = mention.number.range.end;
        let gap = &text[mention.start..mention.number.range.start];
        if fold(gap).trim_end().ends_with("ngày") {
            let message = format!("“{}” viết “ngày” ở chỗ của “số”.", text[mention.start..end].trim());
            slips.push(Slip { code: "spelling", message });
        }
        let from = skip(text, end, &[',', ';', '(', '.']);
        // "Quyết định 303/QĐ-QLD năm 2016 về …": the year stands for the date.
        if let Some(after) = year_at(text, from) {
            end = after;
        }
        let mut issued = None;
        if let Some((date, after)) = date::parse_at(text, from) {
            issued = Some(date);
            end = after;
        } else if let Some((written, after)) = written_date(text, from) {
            slips.push(impossible(written));
            end = after;
        }
        let mut issuer = None;
        if let Some((name, after)) = leading_issuer(text, end, slips) {
            issuer = Some(name);
            end = after;
        }
        // "… của Ủy ban nhân dân tỉnh ngày 11/5/2020 về …"
        if issued.is_none()
            && issuer.is_some()
            && let Some((date, after)) = date::parse_at(text, skip(text, end, &[',', '(']))
        {
            issued = Some(date);
            end = after;
        }
        Head { issued, issuer, end }
    }

    fn identity(self, mention: &Mention, title: Option<String>) -> ListedIdentity {
        ListedIdentity {
            kind: mention.kind,
            number: Some(mention.number.number.clone()),
            issuer: self.issuer,
            issued: self.issued,
            title,
        }
    }
}

/// Every number of the text with the kind before it.
fn mentions(text: &str) -> Vec<Mention> {
    let numbers = docnumber::scan(text);
    if numbers.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Mention> = Vec::with_capacity(numbers.len());
    for number in numbers {
        let floor = found.last().map_or(0, |last| last.number.range.end);
        let mut from = number.range.start.saturating_sub(90).max(floor);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let before = &text[from..number.range.start];
        let folded = Folded::new(before);
        let words = folded.as_str();
        // The last kind before the number with nothing but "số" (or the slip "ngày") between.
        let kind = words
            .char_indices()
            .filter(|&(at, _)| at == 0 || words[..at].ends_with(|c: char| !c.is_alphanumeric()))
            .find_map(|(at, _)| {
                let (kind, len) = kind_at(words, at)?;
                let gap = words[at + len..].trim_matches(|c: char| c.is_whitespace() || c == ':' || c == '.');
                matches!(gap, "" | "số" | "ngày" | "luật số" | "ký hiệu")
                    .then(|| (Some(kind), from + folded.original(at)))
            });
        let (kind, start) = kind.unwrap_or_else(|| {
            let words = words.trim_end();
            let start =
                if words.ends_with("số") { before.to_lowercase().rfind("số").map(|at| from + at) } else { None };
            let start = start.filter(|&at| text.is_char_boundary(at)).unwrap_or(number.range.start);
            (docnumber::kind_of(&number.number), start)
        });
        found.push(Mention { kind, start, number });
    }
    found
}

/// The issuer right after `at`, with or without "của".
fn leading_issuer(text: &str, at: usize, slips: &mut Vec<Slip>) -> Option<(String, usize)> {
    let mut from = skip(text, at, &[',', '(', '-', '–']);
    // "của của" is typed often enough.
    while let Some(rest) = ["của ", "do "].iter().find_map(|word| text[from..].strip_prefix(word)) {
        from = text.len() - rest.trim_start().len();
    }
    if let Some((issuer, end)) = issuer::parse_at(text, from) {
        return Some((issuer.name, end));
    }
    let (repaired, slip) = repair_issuer(&text[from..])?;
    let (issuer, end) = issuer::parse_at(&repaired, 0)?;
    slips.push(slip);
    // The repair changes marks only at the front: what follows keeps its length from the end.
    Some((issuer.name, text.len() - (repaired.len() - end)))
}

/// The byte after "năm 2016" at `at`.
fn year_at(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix("năm")?.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 4).then_some(text.len() - rest.len() + 4)
}

/// The year that stands for the date of issue right behind this number in a cell: "303/QĐ-QLD năm 2016 về …".
pub(super) fn year_after(text: &str, number: &str) -> Option<i16> {
    let found = docnumber::scan(text).into_iter().find(|found| docnumber::same(&found.number, number))?;
    let from = skip(text, found.range.end, &[',', '(']);
    let end = year_at(text, from)?;
    text[end - 4..end].parse().ok()
}

/// The words of a title: "Về việc …", "V/v …", "Sửa đổi …", "Ban hành …".
fn opens_title(text: &str) -> bool {
    let folded = fold(text);
    [
        "về ",
        "v/v",
        "sửa đổi",
        "bổ sung",
        "ban hành",
        "bãi bỏ",
        "thay thế",
        "điều chỉnh",
        "quy định ",
        "công bố",
        "phê duyệt",
    ]
    .iter()
    .any(|opening| folded.starts_with(opening))
}

/// A date in figures that is none: "31/122025", "31/02/2020".
pub(super) fn impossible_date(text: &str) -> Option<Slip> {
    let at = text.char_indices().position(|(_, c)| c.is_ascii_digit())?;
    let at = text.char_indices().nth(at).map(|(at, _)| at)?;
    (text[..at].trim().is_empty() || fold(&text[..at]).trim_end().ends_with("ngày"))
        .then(|| written_date(text, at))
        .flatten()
        .map(|(written, _)| impossible(written))
}

/// Figures that were meant as a date at `at`, after an optional "ngày".
fn written_date(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = &text[at..];
    let after_word = rest.strip_prefix("ngày").map_or(rest, str::trim_start);
    let start = text.len() - after_word.len();
    let len =
        after_word.find(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '-' | '.')).unwrap_or(after_word.len());
    let written = after_word[..len].trim_end_matches(['/', '-', '.']);
    let figures = written.bytes().filter(u8::is_ascii_digit).count();
    if figures >= 4 && written.contains(['/', '-']) {
        return Some((written, start + written.len()));
    }
    // "ngày 31 tháng 02 năm 2021"
    let words: Vec<&str> = after_word.split_whitespace().take(5).collect();
    let all = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if let [day, "tháng", month, "năm", year] = words.as_slice() {
        let year = &year[..year.bytes().take_while(u8::is_ascii_digit).count()];
        if all(day) && all(month) && all(&year) {
            let end = year.as_ptr() as usize - text.as_ptr() as usize + year.len();
            return Some((&text[start..end], end));
        }
    }
    None
}

fn impossible(written: &str) -> Slip {
    Slip {
        code: "impossible-date", message: format!("Ngày “{written}” không đọc được hoặc không có trong lịch.")
    }
}

/// A title without the act on the next document behind it: "… An Giang; thay thế".
fn without_act(text: &str) -> &str {
    match text.rfind(';') {
        Some(at) if ["thay thế", "bãi bỏ"].iter().any(|act| fold(&text[at + 1..]).trim_start().starts_with(act)) => {
            &text[..at]
        }
        _ => text,
    }
}

/// What remains of a citation behind its issuer: the trích yếu as written, without loose punctuation.
fn title(text: &str) -> Option<String> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-' | ':'));
    let mut text = text.trim_end();
    loop {
        let shorter = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ',' | '+'));
        let shorter = shorter.strip_suffix(" và").or_else(|| shorter.strip_suffix("\n-")).unwrap_or(shorter);
        let open = shorter.matches('(').count();
        let closed = shorter.matches(')').count();
        let shorter = shorter.strip_suffix(')').filter(|_| closed > open).unwrap_or(shorter);
        if shorter.len() == text.len() {
            break;
        }
        text = shorter;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// After "1. ", "- ", "a) " at the beginning of a cell or line.
fn skip_bullet(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let trimmed = rest
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '+' | '*' | '•' | '"' | '“' | '\''));
    let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
    let tail = &trimmed[digits..];
    let tail = match tail.strip_prefix(['.', ')']) {
        Some(tail) if digits > 0 && digits < 4 => tail.trim_start(),
        _ => trimmed,
    };
    let tail = ["Các ", "các "].iter().find_map(|word| tail.strip_prefix(word)).unwrap_or(tail);
    text.len() - tail.len()
}

fn skip(text: &str, at: usize, marks: &[char]) -> usize {
    let rest = &text[at..];
    text.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || marks.contains(&c)).len()
}

fn begins_line(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map(|line| line + 1);
    line.is_some_and(|line| skip_bullet(text, line) >= at)
}

fn is_only_separator(between: &str) -> bool {
    let rest = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-' | '+' | '&' | '.'));
    !between.is_empty() && matches!(rest, "" | "và" | "số" | ", số" | "và số")
}

fn ends_with_semicolon(between: &str) -> bool {
    let rest = between.trim_end();
    let rest = rest.strip_suffix("và").unwrap_or(rest).trim_end();
    rest.ends_with(';')
}

fn is_open(between: &str) -> bool {
    between.matches('(').count() > between.matches(')').count()
}

/// The title is a list of what it repeals; numbers in it are objects, not entries.
fn repeals(between: &str) -> bool {
    let folded = fold(between);
    let words = folded.trim_start().trim_start_matches("về việc ").trim_start_matches("v/v ");
    words.starts_with("bãi bỏ") || words.starts_with("công bố")
}

fn kind_at_original(text: &str, folded: &Folded, start: usize) -> Option<(Kind, usize)> {
    let prefix = fold(&text[..start]).len();
    let at = folded.as_str()[prefix..].len() - folded.as_str()[prefix..].trim_start().len() + prefix;
    let (kind, len) = kind_at(folded.as_str(), at)?;
    Some((kind, folded.original_range(text, at, at + len).end))
}
