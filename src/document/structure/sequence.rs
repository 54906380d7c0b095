//! Which numbers open units: a number is believed when it continues the list it would stand in; a jump is judged by its shape.

use super::cue;
use super::lines::Line;
use super::marker::{Close, Follow, Marker, Shape};
use super::tree::{Open, Rank, Tree};
use crate::document::{UnitId, UnitKind};
use crate::text::number::{Number, Step, letter_at, letter_step, to_roman};

/// What is known of the layer a line stands in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LayerFacts {
    /// It has articles.
    pub articles: bool,
    /// It is an appendix.
    pub appendix: bool,
    /// Its last article so far.
    pub last: Option<Number>,
}

/// Where a believed number goes.
#[derive(Debug)]
pub(super) struct Place {
    pub kind: UnitKind,
    pub rank: Rank,
    pub parent: Option<UnitId>,
    pub path: String,
    pub number: Number,
    pub letter: char,
}

/// Largest jump in a list of clauses that is still believed.
const CLAUSE_JUMP: u32 = 6;

/// The place of a line that begins with `marker`, or `None` when it is running text.
///
/// `followed`: the next number of the same list stands soon after.
pub(super) fn place(
    tree: &Tree,
    facts: &LayerFacts,
    line: &Line<'_>,
    marker: &Marker,
    followed: bool,
) -> Option<Place> {
    let words = line.text.get(marker.body..).unwrap_or_default();
    match marker.shape {
        Shape::Article => article(tree, facts, line, marker, words),
        Shape::Part | Shape::Chapter | Shape::Section | Shape::Subsection => division(tree, marker, words),
        Shape::Roman => roman_level(tree, facts, line, marker, words),
        Shape::Capital(letter) => capital(tree, facts, line, marker, letter),
        Shape::Arabic if marker.is_bare() && !followed => None,
        Shape::Arabic => arabic(tree, line, marker),
        Shape::Letter(letter) => point(tree, line, marker, letter),
        Shape::SmallRoman => small_roman(tree, marker),
        Shape::Dash(_) => None,
    }
}

/// The words name another text: "Điều 28 Luật …", "Chương II Quy chế này".
fn is_reference(words: &str) -> bool {
    const NAMES: [&str; 22] = [
        "luật",
        "bộ luật",
        "nghị định",
        "nghị quyết",
        "thông tư",
        "quyết định số",
        "quyết định này",
        "pháp lệnh",
        "hiến pháp",
        "quy chế này",
        "quy định này",
        "quy chế ban hành",
        "quy định ban hành",
        "điều",
        "khoản",
        "chương",
        "mục",
        "phần",
        "và",
        "của",
        "phụ lục",
        "quy chuẩn",
    ];
    // "Điều kiện của hợp đồng" is a title.
    let title =
        cue::starts_with_any(words, &["điều kiện", "điều lệ", "điều khoản", "điều hành", "điều chỉnh", "điều tra"]);
    cue::starts_with_any(words, &NAMES) && !title || words.starts_with([',', ';', ')', '/', '”'])
}

fn article(tree: &Tree, facts: &LayerFacts, line: &Line<'_>, marker: &Marker, words: &str) -> Option<Place> {
    let closed = matches!(marker.close, Close::Dot | Close::Colon | Close::Hyphen | Close::Paren | Close::Slash);
    let believed = match marker.follow {
        Follow::Nothing => true,
        Follow::Small => closed && marker.close != Close::Slash && !cue::starts_with_any(words, &["và", "của", "đến"]),
        _ if closed => true,
        Follow::Capital => !is_reference(words),
        _ => false,
    };
    let open = if tree.in_quote() { tree.at(Rank::Article).map(|o| o.number) } else { facts.last };
    let step = open.map_or(Step::Next, |before| marker.number.step_from(before));
    let sure = closed && marker.follow == Follow::Capital;
    let fits = match step {
        Step::Next => true,
        Step::Jump => closed || marker.follow == Follow::Nothing && !words_follow_on(line),
        Step::Same => sure || marker.follow == Follow::Nothing,
        Step::Back => sure && (facts.appendix || marker.number.value == 1 || line.look.bold_start),
    };
    if !(believed && fits || line.label.is_some() || tree.in_quote() && marker.quoted) {
        return None;
    }
    let component = format!("A{}{}", marker.number.value, suffix(marker.number));
    Some(Place {
        kind: UnitKind::Article,
        rank: Rank::Article,
        parent: tree.holder(Rank::Article).map(|open| open.unit),
        path: tree.root_path(&component),
        number: marker.number,
        letter: ' ',
    })
}

/// The line break came in the middle of a sentence.
fn words_follow_on(line: &Line<'_>) -> bool {
    line.continued
}

fn suffix(number: Number) -> String {
    letter_at(number.suffix).map(String::from).unwrap_or_default()
}

fn division(tree: &Tree, marker: &Marker, words: &str) -> Option<Place> {
    let closed = marker.close != Close::Open;
    let believed = match marker.follow {
        Follow::Nothing => true,
        Follow::Capital => closed || cue::is_caps(words) || !is_reference(words),
        _ => false,
    };
    let sentence = words.len() > 200 && words.ends_with(['.', ';']) && !cue::is_caps(words);
    if !believed || sentence || is_reference(words) && !cue::is_caps(words) || words.ends_with(';') {
        return None;
    }
    let (kind, rank, mark) = match marker.shape {
        Shape::Part => (UnitKind::Part, Rank::Part, "P"),
        Shape::Chapter => (UnitKind::Chapter, Rank::Chapter, "C"),
        Shape::Section => (UnitKind::Section, Rank::Section, "S"),
        _ => (UnitKind::Subsection, Rank::Subsection, "SS"),
    };
    let component = format!("{mark}{}{}", marker.number.value, suffix(marker.number));
    let holder = tree.holder(rank);
    Some(Place {
        kind,
        rank,
        parent: holder.map(|o| o.unit),
        path: under(tree, holder, &component),
        number: marker.number,
        letter: ' ',
    })
}

/// Path of `component` inside `holder`.
fn under(tree: &Tree, holder: Option<Open>, component: &str) -> String {
    match holder {
        Some(open) => format!("{}.{component}", tree.units[open.unit].path),
        None => tree.root_path(component),
    }
}

fn roman_level(tree: &Tree, facts: &LayerFacts, line: &Line<'_>, marker: &Marker, words: &str) -> Option<Place> {
    // "I." after "H." is a letter.
    if let Some(open) = tree.at(Rank::Capital) {
        let letter = line.text.chars().next().unwrap_or(' ');
        let single = marker.label <= 2;
        if single
            && letter_step(open.letter.to_ascii_lowercase(), letter.to_ascii_lowercase()).0 == Step::Next
            && letter != 'V'
            && marker.number.value != 1
        {
            return capital(tree, facts, line, marker, letter);
        }
    }
    let heading = cue::is_caps(words) || line.look.bold || line.look.bold_start;
    let inside = tree.at(Rank::Article).is_some();
    let rank = match inside {
        true if cue::is_caps(words) && tree.at(Rank::Inner).is_none() => Rank::Roman,
        true => Rank::Inner,
        false => Rank::Roman,
    };
    let fits = match tree.at(rank) {
        None => marker.number.value == 1 || heading && !inside,
        Some(open) => match marker.number.step_from(open.number) {
            Step::Next => true,
            Step::Jump => heading && marker.number.value <= open.number.value + 3,
            Step::Same | Step::Back => heading,
        },
    };
    let plausible =
        fits && (!facts.articles || heading || inside || facts.appendix) || line.label.is_some() || marker.quoted;
    if !plausible {
        return None;
    }
    let holder = tree.holder(rank);
    let path = under(tree, holder, &format!("S{}", marker.number.value));
    Some(Place {
        kind: UnitKind::Heading,
        rank,
        parent: holder.map(|o| o.unit),
        path,
        number: marker.number,
        letter: ' ',
    })
}

fn capital(tree: &Tree, facts: &LayerFacts, line: &Line<'_>, marker: &Marker, letter: char) -> Option<Place> {
    let words = line.text.get(marker.body..).unwrap_or_default();
    let heading = cue::is_caps(words) || line.look.bold || line.look.bold_start;
    let small = letter.to_lowercase().next()?;
    let fits = match tree.at(Rank::Capital) {
        None => small == 'a' && heading,
        Some(open) => letter_step(open.letter.to_lowercase().next()?, small).0 == Step::Next,
    };
    if !fits || facts.articles && !facts.appendix || tree.at(Rank::Article).is_some() {
        return None;
    }
    let value = crate::text::number::letter_place(small).unwrap_or(1);
    let holder = tree.holder(Rank::Capital);
    let path = under(tree, holder, &format!("P{value}"));
    let parent = holder.map(|o| o.unit);
    Some(Place { kind: UnitKind::Heading, rank: Rank::Capital, parent, path, number: Number::plain(value), letter })
}

/// Styles of numbering that are not mixed in one list.
fn style(close: Close) -> u8 {
    match close {
        Close::Paren => 1,
        Close::Parens => 2,
        _ => 0,
    }
}

fn arabic(tree: &Tree, line: &Line<'_>, marker: &Marker) -> Option<Place> {
    if marker.depth() > 1 {
        return sub_clause(tree, line, marker);
    }
    let free = line.label.is_some() || marker.quoted;
    let number = marker.number;
    let capital = marker.follow == Follow::Capital;
    if let Some(nested) = tree.at(Rank::Nested).filter(|open| style(open.close) == style(marker.close))
        && number.step_from(nested.number) == Step::Next
    {
        return Some(nested_place(tree, number));
    }
    let Some(open) = tree.at(Rank::Clause) else {
        let shaped =
            capital && marker.close == Close::Dot && (tree.in_quote() || number.value <= 3 || tree.open().is_empty());
        let first = number.value == 1 && !(marker.is_bare() && tree.open().is_empty());
        return (first || free || shaped).then(|| clause_place(tree, number));
    };
    let same_style = style(open.close) == style(marker.close);
    match number.step_from(open.number) {
        Step::Next => Some(clause_place(tree, number)),
        _ if marker.is_bare() => None,
        _ if !same_style => (number.value == 1).then(|| nested_place(tree, number)),
        Step::Jump if free => Some(clause_place(tree, number)),
        Step::Jump => (capital && number.value <= open.number.value + CLAUSE_JUMP).then(|| clause_place(tree, number)),
        Step::Same => (capital || free).then(|| clause_place(tree, number)),
        Step::Back => (free || capital && number.value == 1).then(|| clause_place(tree, number)),
    }
}

fn clause_place(tree: &Tree, number: Number) -> Place {
    let holder = tree.holder(Rank::Clause);
    let path = under(tree, holder, &format!("{}{}", number.value, suffix(number)));
    Place { kind: UnitKind::Clause, rank: Rank::Clause, parent: holder.map(|o| o.unit), path, number, letter: ' ' }
}

fn nested_place(tree: &Tree, number: Number) -> Place {
    let holder = tree.holder(Rank::Nested);
    let path = under(tree, holder, &format!("{}", number.value));
    Place { kind: UnitKind::Clause, rank: Rank::Nested, parent: holder.map(|o| o.unit), path, number, letter: ' ' }
}

/// "1.2." under clause 1, "1.2.3." under clause 1.2; "5.1." in Điều 5 is its first clause.
fn sub_clause(tree: &Tree, line: &Line<'_>, marker: &Marker) -> Option<Place> {
    let (rank, holder_rank, above) = match marker.depth() {
        2 => (Rank::SubClause, Rank::Clause, marker.above[0]),
        _ => (Rank::SubSubClause, Rank::SubClause, marker.above[1]),
    };
    let number = marker.number;
    let fits = |open: Option<Open>| match open.map(|o| number.step_from(o.number)) {
        None => number.value == 1 || marker.close != Close::Open && marker.follow == Follow::Capital,
        Some(Step::Next) => true,
        Some(_) => marker.close != Close::Open && marker.follow == Follow::Capital,
    };
    let clause = tree.at(Rank::Clause);
    let parts = clause.is_some_and(|open| has_parts(&tree.units[open.unit].label));
    // Where clauses are "4.1", "4.2" of Điều 4, "4.2.1" is a part of the second.
    let (rank, holder_rank) =
        if parts && marker.depth() == 3 { (Rank::SubClause, Rank::Clause) } else { (rank, holder_rank) };
    let sibling = parts && marker.depth() == 2;
    if let Some(holder) = tree.at(holder_rank).filter(|open| open.number.value == above && !sibling) {
        let path = under(tree, Some(holder), &number.value.to_string());
        let place = Place { kind: UnitKind::Clause, rank, parent: Some(holder.unit), path, number, letter: ' ' };
        return (fits(tree.at(rank)) || line.label.is_some()).then_some(place);
    }
    let article = tree.holder(Rank::Clause).filter(|open| open.number.value == above && marker.depth() == 2);
    if article.is_some() {
        return fits(tree.at(Rank::Clause)).then(|| clause_place(tree, number));
    }
    let shaped = marker.close != Close::Open && marker.follow == Follow::Capital;
    if !shaped && line.label.is_none() {
        return None;
    }
    let holder = tree.holder(Rank::Clause);
    let mut component = String::new();
    for part in marker.above.iter().filter(|&&part| part != 0) {
        component.push_str(&format!("{part}."));
    }
    component.push_str(&number.value.to_string());
    let path = under(tree, holder, &component);
    Some(Place { kind: UnitKind::Clause, rank, parent: holder.map(|o| o.unit), path, number, letter: ' ' })
}

/// "4.2." rather than "4."
fn has_parts(label: &str) -> bool {
    label.trim_end_matches(['.', ')', ' ']).contains('.')
}

fn point(tree: &Tree, line: &Line<'_>, marker: &Marker, letter: char) -> Option<Place> {
    let number = marker.number;
    let free = line.label.is_some() || marker.quoted;
    let roman = crate::text::number::roman(&letter.to_string());
    let Some(open) = tree.at(Rank::Point) else {
        let inside = !tree.open().is_empty() || tree.in_quote();
        let shaped = matches!(marker.close, Close::Paren) && inside;
        return (letter == 'a' || free || shaped).then(|| point_place(tree, number, letter));
    };
    if let (Some(value), Some(sub)) = (roman, tree.at(Rank::SubPoint))
        && Number::plain(value).step_from(sub.number) == Step::Next
        && sub.letter == 'i'
    {
        return Some(sub_point_place(tree, Number::plain(value), 'i', &to_roman(value)?.to_lowercase()));
    }
    let step = match letter_step(open.letter, letter).0 {
        Step::Same if number.suffix == open.number.suffix + 1 => Step::Next,
        step => step,
    };
    // “e) …; i) …”: an amendment quotes only the points it changes. A list inside e) would follow a colon.
    let skips = tree.in_quote() && tree.units[open.unit].text.trim_end().ends_with(';');
    let inserted = open.letter == 'i' && number.suffix > 0;
    if letter == 'i' && !inserted && !matches!(open.letter, 'h' | 'g') && !skips {
        return Some(sub_point_place(tree, Number::plain(1), 'i', "i"));
    }
    let same_style =
        style(open.close) == style(marker.close) && (open.close == Close::Dot) == (marker.close == Close::Dot);
    match step {
        Step::Next => Some(point_place(tree, number, letter)),
        _ if !same_style => {
            let before = tree.at(Rank::SubPoint).filter(|sub| sub.letter != 'i').map(|sub| sub.letter);
            let fits = before.map_or(letter == 'a', |before| letter_step(before, letter).0 == Step::Next);
            fits.then(|| sub_point_place(tree, number, letter, &letter.to_string()))
        }
        Step::Jump | Step::Same | Step::Back => {
            (free || letter == 'a' || marker.close == Close::Paren).then(|| point_place(tree, number, letter))
        }
    }
}

fn point_place(tree: &Tree, number: Number, letter: char) -> Place {
    let holder = tree.holder(Rank::Point);
    let digits = if number.suffix > 0 { number.suffix.to_string() } else { String::new() };
    let path = under(tree, holder, &format!("{letter}{digits}"));
    Place { kind: UnitKind::Point, rank: Rank::Point, parent: holder.map(|o| o.unit), path, number, letter }
}

fn sub_point_place(tree: &Tree, number: Number, letter: char, component: &str) -> Place {
    let holder = tree.holder(Rank::SubPoint);
    let path = under(tree, holder, component);
    Place { kind: UnitKind::Point, rank: Rank::SubPoint, parent: holder.map(|o| o.unit), path, number, letter }
}

fn small_roman(tree: &Tree, marker: &Marker) -> Option<Place> {
    let open = tree.at(Rank::SubPoint).filter(|open| open.letter == 'i')?;
    let fits = marker.number.step_from(open.number) == Step::Next;
    let component = to_roman(marker.number.value)?.to_lowercase();
    fits.then(|| sub_point_place(tree, marker.number, 'i', &component))
}
