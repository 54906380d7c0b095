//! Numbers and letters of provisions: "5", "05", "5a", "1.1", "IV", "đ", "g1", "thứ nhất".

use super::{Rank, WORDS};
use crate::text::cursor::{Cursor, lower};
use crate::text::number::POINT_LETTERS;

/// A number of the shape its level allows, normalised; the cursor does not move when there is none.
pub(super) fn number(cursor: &mut Cursor, rank: Rank) -> Option<String> {
    let mut here = *cursor;
    let number = match rank {
        Rank::Point | Rank::Item => letter(&mut here).or_else(|| dotted(&mut here)),
        Rank::Clause => dotted(&mut here),
        Rank::Dash => ordinal(&mut here).or_else(|| dotted(&mut here)),
        Rank::Article => dotted(&mut here).or_else(|| roman(&mut here)).filter(|number| !number.contains('.')),
        _ => ordinal(&mut here).or_else(|| roman(&mut here)).or_else(|| dotted(&mut here)),
    }?;
    let mut after = here.rest().chars();
    let ends = match (after.next(), after.next()) {
        (Some('/' | '-' | '–'), Some(next)) if next.is_ascii_digit() => {
            rank <= Rank::Article && !here.rest().starts_with('/')
        }
        (Some('%'), _) => false,
        (Some(next), _) => !next.is_alphanumeric(),
        (None, _) => true,
    };
    if !ends {
        return None;
    }
    // "điểm c(iii)", as circulars of the State Bank number what stands under a point.
    let mut number = number;
    if rank == Rank::Point && number.starts_with(|c: char| c.is_alphabetic()) {
        let mut ahead = here;
        ahead.skip_space();
        let inner = ahead.eat('(').then(|| small_roman(&mut ahead)).flatten().filter(|_| ahead.eat(')'));
        if let Some(inner) = inner {
            number = format!("{number}.{inner}");
            here = ahead;
        }
    }
    // "điểm a) khoản 1": the bracket belongs to the letter when another level follows it.
    if rank == Rank::Point && here.rest().starts_with(')') {
        let mut ahead = here;
        ahead.eat(')');
        let closed = ahead;
        ahead.skip_space();
        if item_word(ahead) {
            here = closed;
        }
    }
    *cursor = here;
    Some(number)
}

/// "iv" as written.
fn small_roman(cursor: &mut Cursor) -> Option<String> {
    let rest = cursor.rest();
    let length = rest.bytes().take_while(|byte| matches!(byte, b'i' | b'v' | b'x')).count();
    cursor.jump(cursor.at() + length);
    (1..=5).contains(&length).then(|| rest[..length].to_owned())
}

fn item_word(mut cursor: Cursor) -> bool {
    WORDS.iter().any(|(word, _)| cursor.phrase(word))
}

/// "a", "đ", "g1": a letter of the legal alphabet with an optional digit.
fn letter(cursor: &mut Cursor) -> Option<String> {
    let mut here = *cursor;
    let c = here.peek()?;
    let letter = lower(c);
    if !POINT_LETTERS.contains(&letter) {
        return None;
    }
    here.eat(c);
    let mut name = String::from(letter);
    if let Some(digits) = here.digits() {
        name.push_str(digits);
    }
    if here.peek().is_some_and(char::is_alphanumeric) {
        return None;
    }
    *cursor = here;
    Some(name)
}

/// "5", "05", "5a", "1.1": digits without leading zeros, parts joined by dots, an optional letter.
fn dotted(cursor: &mut Cursor) -> Option<String> {
    let mut here = *cursor;
    let mut name = String::new();
    loop {
        let digits = here.digits().filter(|digits| digits.len() <= 4)?;
        let trimmed = digits.trim_start_matches('0');
        name.push_str(if trimmed.is_empty() { "0" } else { trimmed });
        let mut ahead = here;
        if ahead.eat('.') && ahead.peek().is_some_and(|c| c.is_ascii_digit()) {
            name.push('.');
            here = ahead;
        } else {
            break;
        }
    }
    if let Some(c) = here.peek().filter(|&c| POINT_LETTERS.contains(&lower(c))) {
        let mut ahead = here;
        ahead.eat(c);
        if !ahead.peek().is_some_and(char::is_alphanumeric) {
            name.push(lower(c));
            here = ahead;
        }
    }
    *cursor = here;
    Some(name)
}

/// "IV" as "4"; only capitals, so that no word is taken for a number.
fn roman(cursor: &mut Cursor) -> Option<String> {
    let rest = cursor.rest();
    let value = |c: u8| match c {
        b'I' => 1,
        b'V' => 5,
        b'X' => 10,
        b'L' => 50,
        _ => 0,
    };
    let len = rest.bytes().take_while(|&c| value(c) > 0).count();
    if len == 0 || len > 8 {
        return None;
    }
    let letters = &rest.as_bytes()[..len];
    let mut sum = 0i32;
    for (i, &c) in letters.iter().enumerate() {
        let next = letters.get(i + 1).map_or(0, |&c| value(c));
        sum += if value(c) < next { -value(c) } else { value(c) };
    }
    let mut here = *cursor;
    here.jump(cursor.at() + len);
    if here.peek().is_some_and(char::is_alphanumeric) || sum <= 0 {
        return None;
    }
    *cursor = here;
    Some(sum.to_string())
}

/// "nhất", "hai" … as digits, after "thứ".
fn ordinal(cursor: &mut Cursor) -> Option<String> {
    const ORDINALS: [(&str, &str); 12] = [
        ("nhất", "1"),
        ("hai", "2"),
        ("ba", "3"),
        ("tư", "4"),
        ("bốn", "4"),
        ("năm", "5"),
        ("sáu", "6"),
        ("bảy", "7"),
        ("tám", "8"),
        ("chín", "9"),
        ("mười", "10"),
        ("cuối cùng", "last"),
    ];
    ORDINALS.iter().find(|(word, _)| cursor.phrase(word)).map(|&(_, digits)| digits.to_owned())
}
