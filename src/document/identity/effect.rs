//! When a document takes effect and when it ends, by its own words: "có hiệu lực sau 10 ngày kể từ ngày ký".

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::document::kind::kind_at;
use crate::document::{Document, Kind, LayerKind, Role, Unit, UnitKind};
use crate::text::date;
use crate::text::fold::fold;

/// What the effect clause says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// A date, stated or counted from signing or adoption.
    On(Date),
    /// Counted from signing, but the date of signing is not known.
    Unsigned,
    /// Counted from publication in the gazette, or from another document's effect.
    Elsewhere,
    /// The date is left blank.
    Blank,
    /// Parts take effect on several dates; this is the first stated.
    InParts(Date),
}

/// Whose effect a sentence speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Document,
    Attachment,
}

/// What is known when a clause is read.
#[derive(Debug, Clone, Copy)]
struct Clause {
    kind: Kind,
    issued: Option<Date>,
    subject: Subject,
}

/// Start of effect by the document's own words, with the path of the clause.
///
/// First a sentence whose subject is the document ("Quyết định này có hiệu lực …"), in clauses of effect before others; then,
/// in clauses of effect only, one whose subject is its attachment ("Quy chuẩn ban hành kèm theo Thông tư này có hiệu lực …").
pub(super) fn start(document: &Document, kind: Kind, issued: Option<Date>) -> Option<(Start, String)> {
    let effect = || own_units(document).filter(|unit| unit.role == Role::Effect);
    // Short decisions hold the clause in an article without a title, near the end.
    let mut others: Vec<&Unit> = own_units(document).filter(|unit| unit.role != Role::Effect).collect();
    others.reverse();
    let find = |unit: &Unit, subject| {
        start_in(document, unit, Clause { kind, issued, subject }).map(|s| (s, unit.path.clone()))
    };
    effect()
        .chain(others)
        .find_map(|unit| find(unit, Subject::Document))
        .or_else(|| effect().find_map(|unit| find(unit, Subject::Attachment)))
        .or_else(|| carried_out_from_signing(document, issued))
}

/// "… chịu trách nhiệm thi hành quyết định này kể từ ngày ký": the only word on effect in many an administrative decision.
fn carried_out_from_signing(document: &Document, issued: Option<Date>) -> Option<(Start, String)> {
    let closing = own_units(document).filter(|unit| unit.role == Role::Implementation);
    closing.into_iter().find_map(|unit| {
        let said = unit.text.lines().any(|line| {
            let text = fold(line);
            let after = text.find(&fold("thi hành")).map(|at| &text[at..]);
            after.and_then(|words| words.split_once("này ")).is_some_and(|(subject, rest)| {
                subject.len() < 40
                    && ["kể từ ngày ký", "từ ngày ký"].iter().any(|words| rest.starts_with(fold(words).as_str()))
            })
        });
        said.then(|| (signed(issued), unit.path.clone()))
    })
}

/// Date after which the document ends by its own words ("có hiệu lực đến hết ngày 31/12/2020").
pub(super) fn end(document: &Document, kind: Kind) -> Option<(Date, String)> {
    let mut limited = own_units(document)
        .filter(|unit| unit.text.contains("đến ") && (unit.text.contains("này") || unit.role == Role::Effect));
    limited.find_map(|unit| {
        let found = unit.text.lines().find_map(|line| end_in(&fold(line), kind))?;
        Some((found, unit.path.clone()))
    })
}

fn end_in(text: &str, kind: Kind) -> Option<Date> {
    const VERBS: [&str; 4] = ["hiệu lực", "thực hiện", "áp dụng", "thi hành"];
    subjects(text, kind, Subject::Document).find_map(|subject| {
        let sentence = &text[subject..sentence_end(text, subject)];
        let verb = VERBS.iter().filter_map(|verb| sentence.find(&fold(verb))).min()?;
        end_after(&sentence[verb..])
    })
}

/// The day of adoption a document without a date line states of itself ("Luật này đã được Quốc hội … thông qua ngày …").
pub(super) fn adopted_on(document: &Document, kind: Kind) -> Option<Date> {
    let said = document.units.iter().rev().filter(|unit| !unit.quoted && unit.text.contains("thông qua"));
    said.take(3).flat_map(|unit| unit.text.lines()).find_map(|line| {
        let text = fold(line);
        let text = text.as_str();
        let subject = subjects(text, kind, Subject::Document).next()?;
        let at = subject + text[subject..].find("thông qua")?;
        let found = date::scan(text[at..sentence_end(text, at)].trim_end()).into_iter().next()?;
        Some(found.date)
    })
}

/// The last year of a period the trích yếu names: "giai đoạn 2016-2020".
pub(super) fn period_end(title: &str) -> Option<i16> {
    let folded = fold(title);
    let at = folded.find(&fold("giai đoạn"))?;
    let years: Vec<i16> = figures(&folded[at..]).take(2).collect();
    years.get(1).copied()
}

/// The year a title closes with: "… năm 2022".
pub(super) fn last_year(title: &str) -> Option<i16> {
    let folded = fold(title);
    let year = folded.trim_end().rsplit_once(" năm ")?.1;
    year.parse().ok().filter(|year| (1945..2100).contains(year))
}

/// Units whose words are this document's own: the main layer outside quotations, head matter and signature.
fn own_units(document: &Document) -> impl Iterator<Item = &Unit> {
    document.units.iter().filter(|unit| {
        let main = document.layers.get(unit.layer).is_none_or(|layer| layer.kind == LayerKind::Main);
        main && !unit.quoted
            && unit.role != Role::Form
            && !matches!(
                unit.kind,
                UnitKind::Basis | UnitKind::Title | UnitKind::IssuedWith | UnitKind::Recipients | UnitKind::Signature
            )
    })
}

fn start_in(document: &Document, unit: &Unit, clause: Clause) -> Option<Start> {
    if !["hiệu lực", "thi hành", "giá trị"].iter().any(|verb| unit.text.contains(verb) || unit.heading.contains(verb))
        && unit.role != Role::Effect
    {
        return None;
    }
    let headed = unit.role == Role::Effect && fold(&unit.heading).starts_with(fold("hiệu lực thi hành").as_str());
    for line in std::iter::once(unit.heading.as_str()).chain(unit.text.lines()) {
        let text = fold(line);
        let opens_list = text.trim_end().ends_with(':');
        match stated(&text, clause) {
            Some(Start::Elsewhere) if opens_list => {}
            Some(found) => return Some(found),
            None => {}
        }
        let mut announced = subjects(&text, clause.kind, clause.subject).map(|at| text[at..].contains("có hiệu lực"));
        if opens_list && (headed || announced.any(|said| said)) {
            // "có hiệu lực thi hành:" and a list by parts.
            let children = unit.children.iter().filter_map(|&child| document.units.get(child));
            let dates = children.flat_map(|child| date::scan(&child.text));
            return dates.map(|found| found.date).min().map(Start::InParts);
        }
    }
    None
}

/// Reads "<document> này … có hiệu lực …" in folded text.
fn stated(text: &str, clause: Clause) -> Option<Start> {
    for subject in subjects(text, clause.kind, clause.subject) {
        let sentence = &text[subject..sentence_end(text, subject)];
        for verb in ["có hiệu lực", "có giá trị", "được thi hành", "thi hành", "hiệu lực"] {
            let Some(at) = sentence.find(&fold(verb)) else { continue };
            if at > 400 {
                continue;
            }
            if let Some(found) = moment(&sentence[at + fold(verb).len()..], &sentence[..at], clause.issued) {
                return Some(found);
            }
        }
    }
    None
}

/// The moment named right after the verb: a date, a count of days, the signing.
fn moment(after: &str, before: &str, issued: Option<Date>) -> Option<Start> {
    let mut rest = after.trim_start_matches([' ', ',', ':']);
    for filler in ["thi hành", "pháp luật", "pháp lý", "thực hiện", "và được áp dụng", "và áp dụng", "và thi hành"]
    {
        if let Some(next) = rest.strip_prefix(fold(filler).as_str()) {
            rest = next.trim_start_matches([' ', ',', ':']);
        }
    }
    if strip_any(rest, &["ngay sau khi ký", "ngay khi ký", "ngay sau khi được ký", "kể từ khi ký", "từ khi ký"])
        .is_some()
    {
        return Some(signed(issued));
    }
    if let Some(next) = strip_any(rest, &["sau"]) {
        return counted(next.trim_start(), before, issued);
    }
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return counted(rest, before, issued);
    }
    let rest = past_duration(rest);
    if let Some(day) = day_at(rest) {
        return Some(Start::On(day));
    }
    // "ngày từ ngày 15 …" is a slip of the pen.
    let rest = rest.strip_prefix("ngày từ").map_or(rest, |_| &rest["ngày ".len()..]);
    let next = strip_any(rest, &["kể từ", "tính từ", "bắt đầu từ", "bắt đầu kể từ", "từ", "vào"])?.trim_start();
    if let Some(found) = date::scan(next).into_iter().next() {
        let lead = &next[..found.range.start];
        let near = lead.chars().count() <= 28 && !lead.contains("ký") && !lead.contains(fold("ngày luật").as_str());
        if near && !names_other(lead) {
            return Some(Start::On(found.date));
        }
    }
    from_event(next, before, issued)
}

/// What follows the length of effect: "có hiệu lực trong hai năm kể từ ngày …".
fn past_duration(rest: &str) -> &str {
    match rest.find("kể từ") {
        Some(at) if rest.starts_with("trong") && at < 30 => &rest[at..],
        _ => rest,
    }
}

/// "ngày 15 tháng 9 năm 2024" right at the start.
fn day_at(rest: &str) -> Option<Date> {
    rest.starts_with("ngày").then(|| date::parse_at(rest, 0))?.map(|(day, _)| day)
}

/// "ngày ký", "ngày ký ban hành", "ngày được … thông qua", "ngày đăng Công báo", "ngày … tháng …".
fn from_event(next: &str, before: &str, issued: Option<Date>) -> Option<Start> {
    let event = next.strip_prefix("ngày").unwrap_or(next).trim_start();
    let clause = &event[..event.find([';', '.']).unwrap_or(event.len())];
    let head: String = clause.chars().take(90).collect();
    if strip_any(event, &["ký", "ban hành", "được ký", "công bố"]).is_some() {
        return Some(signed(issued));
    }
    if head.contains("thông qua") {
        return Some(adopted(before, issued));
    }
    if head.contains(&fold("công báo")) || head.contains(fold("có hiệu lực").as_str()) {
        return Some(Start::Elsewhere);
    }
    if event.is_empty() || event.starts_with(['.', '…', '/', '_']) || event.starts_with(fold("tháng").as_str()) {
        return Some(Start::Blank);
    }
    None
}

/// "sau 10 (mười) ngày, kể từ ngày ký", "sau 6 tháng kể từ ngày ký ban hành".
fn counted(text: &str, before: &str, issued: Option<Date>) -> Option<Start> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (count, rest) = if digits > 0 {
        (text[..digits].parse::<i32>().ok()?, &text[digits..])
    } else {
        let unit = ["ngày", "tháng"].iter().filter_map(|unit| text.find(unit)).min()?;
        (i32::try_from(date::small_number(&text[..unit])?).ok()?, &text[unit..])
    };
    let rest = rest.trim_start();
    let rest = if rest.starts_with('(') { rest[rest.find(')')? + 1..].trim_start() } else { rest };
    let (span, rest) = if let Some(rest) = rest.strip_prefix("ngày") {
        (count.days(), rest)
    } else {
        (count.months(), rest.strip_prefix("tháng")?)
    };
    let rest = rest.trim_start_matches([' ', ',']);
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return counted(rest, before, issued);
    }
    let rest = past_duration(rest);
    if let Some(day) = day_at(rest) {
        return Some(Start::On(day));
    }
    let next = strip_any(rest, &["kể từ", "tính từ", "từ", "sau"]).unwrap_or(rest).trim_start();
    match from_event(next, before, issued) {
        Some(Start::On(day)) => add(day, span),
        Some(other) => Some(other),
        None if next.is_empty() || rest == next => Some(signed(issued)).and_then(|start| match start {
            Start::On(day) => add(day, span),
            other => Some(other),
        }),
        None => None,
    }
}

fn add(day: Date, span: Span) -> Option<Start> {
    day.checked_add(span).ok().map(Start::On)
}

fn signed(issued: Option<Date>) -> Start {
    issued.map_or(Start::Unsigned, Start::On)
}

/// The day of adoption when the sentence gives it ("… thông qua ngày 10 tháng 12 năm 2016 và có hiệu lực …").
fn adopted(before: &str, issued: Option<Date>) -> Start {
    let said = before.rfind("thông qua").and_then(|at| date::scan(&before[at..]).into_iter().next());
    said.map_or_else(|| signed(issued), |found| Start::On(found.date))
}

/// Where "<kind> này" stands as the subject of an effect sentence, not as a reference ("kể từ ngày Luật này …").
fn subjects(text: &str, own: Kind, subject: Subject) -> impl Iterator<Item = usize> + '_ {
    let this = "này";
    // "Quyết định có hiệu lực kể từ …" at the start of a line speaks of itself too.
    let bare = kind_at(text, 0).filter(|&(kind, end)| {
        subject == Subject::Document
            && kind == own
            && text[end..]
                .strip_prefix(fold(" có hiệu lực ").as_str())
                .is_some_and(|rest| !rest.starts_with("pháp luật"))
    });
    let named = text.match_indices(this).filter_map(move |(at, _)| {
        // The longest name, so that "Bộ luật này" is not "luật này" after "bộ".
        let kind = (1..=4)
            .rev()
            .find_map(|words| word_start_before(text, at, words).filter(|&start| is_subject(text, start, at, own)))?;
        let before = text[..kind].trim_end();
        let opens = before.is_empty() || before.ends_with(['.', ';', ':', ')', '"', '-']);
        let fits = match subject {
            Subject::Document => opens,
            Subject::Attachment => before.ends_with("kèm theo"),
        };
        fits.then_some(at)
    });
    bare.map(|(_, end)| end).into_iter().chain(named)
}

fn is_subject(text: &str, start: usize, this: usize, own: Kind) -> bool {
    let words = text[start..this].trim_end();
    // A form inside a circular says "Quyết định này" of itself.
    let own_kind = |kind: Kind| own == Kind::Other || kind == own || super::kin(kind, own);
    words == "văn bản" || kind_at(text, start).is_some_and(|(kind, length)| length == words.len() && own_kind(kind))
}

fn word_start_before(text: &str, at: usize, words: usize) -> Option<usize> {
    let head = text[..at].trim_end();
    let mut start = head.len();
    for _ in 0..words {
        let trimmed = head[..start].trim_end();
        if trimmed.is_empty() {
            return None;
        }
        start = trimmed
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |gap| gap + trimmed[gap..].chars().next().map_or(1, char::len_utf8));
    }
    Some(start)
}

/// End of the sentence that holds `at`: a full stop before a space, a semicolon, or the end.
fn sentence_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    rest.char_indices()
        .find(|&(offset, c)| c == ';' || (c == '.' && rest[offset + 1..].chars().next().is_none_or(|next| next == ' ')))
        .map_or(text.len(), |(offset, _)| at + offset)
}

/// The date counted from is another document's: "từ ngày Luật … có hiệu lực".
fn names_other(lead: &str) -> bool {
    lead.contains("luật") || lead.contains("nghị định") || lead.contains("năm học")
}

/// "đến hết ngày 31/12/2020", "đến ngày …", "đến hết năm 2020", "từ năm 2016 đến năm 2020".
fn end_after(text: &str) -> Option<Date> {
    for (at, word) in text.match_indices("đến ") {
        let rest = text[at + word.len()..].trim_start();
        let rest = rest.strip_prefix(fold("hết").as_str()).map_or(rest, str::trim_start);
        let rest = rest
            .strip_prefix(fold("ngày").as_str())
            .filter(|next| next.trim_start().starts_with(|c: char| c.is_ascii_digit()))
            .map_or(rest, str::trim_start);
        if let Some((day, _)) = date::parse_at(rest, 0) {
            return Some(day);
        }
        if let Some(year) = rest.strip_prefix("năm").and_then(|next| figures(next.get(..6.min(next.len()))?).next()) {
            return Date::new(year, 12, 31).ok();
        }
    }
    None
}

/// Four-figure years in order.
fn figures(text: &str) -> impl Iterator<Item = i16> + '_ {
    text.split(|c: char| !c.is_ascii_digit()).filter(|word| word.len() == 4).filter_map(|word| word.parse().ok())
}

fn strip_any<'a>(text: &'a str, heads: &[&str]) -> Option<&'a str> {
    heads.iter().find_map(|head| text.strip_prefix(fold(head).as_str()))
}
