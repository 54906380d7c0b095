//! Forms as commands name them: "Mẫu số 02 Phụ lục III", "các Mẫu số 01, 02 và 04-A".

use crate::document::provision::{self, Provision, Provisions, Rank, Slot};
use crate::text::cursor::{Cursor, starts_word};

/// Words before the number; longer ones before their beginnings.
const WORDS: &[&str] = &["biểu mẫu số", "biểu mẫu", "mẫu biểu số", "mẫu số", "biểu số", "mẫu"];

/// The forms that begin at `at`, and the appendix they stand in when it is said next.
pub(super) fn parse_at(text: &str, at: usize) -> Option<Provisions> {
    if !starts_word(text, at) {
        return None;
    }
    let mut cursor = Cursor::new(text, at);
    // The only appendix has no number.
    if cursor.phrase("phụ lục") {
        let end = cursor.at();
        cursor.skip_space();
        cursor.any(&["đính kèm", "ban hành", "kèm theo"])?;
        let list = vec![Provision::default().with(Rank::Appendix, Slot::Unnumbered)];
        return Some(Provisions { list, end, meant_end: end, place: None });
    }
    let mut numbers = Vec::new();
    while item(&mut cursor, numbers.is_empty()).map(|number| numbers.push(number)).is_some() {}
    if numbers.is_empty() {
        return None;
    }
    let mut end = cursor.at();
    cursor.skip_space();
    cursor.any(&["tại", "của", "thuộc"]);
    cursor.skip_space();
    let appendix = provision::parse_at(text, cursor.at()).filter(|said| said.list.len() == 1);
    let appendix = appendix.and_then(|said| Some((said.list[0].get(Rank::Appendix)?.clone(), said.end)));
    let list = numbers
        .into_iter()
        .map(|number| {
            let form = Provision::default().with(Rank::Form, Slot::Number(number));
            appendix.iter().fold(form, |form, (slot, _)| form.with(Rank::Appendix, slot.clone()))
        })
        .collect();
    end = appendix.map_or(end, |(_, end)| end);
    Some(Provisions { list, end, meant_end: end, place: None })
}

/// The next number, with its word; later ones may stand without it.
fn item(cursor: &mut Cursor, first: bool) -> Option<String> {
    let mut here = *cursor;
    if !first {
        here.skip_space();
        let mut joined = here.eat(',') || here.eat(';');
        here.skip_space();
        joined |= here.phrase("và");
        here.skip_space();
        here.phrase("các");
        here.skip_space();
        if !joined {
            return None;
        }
    }
    let named = here.any(WORDS).is_some();
    here.skip_space();
    if first && !named {
        return None;
    }
    let number = number(&mut here)?;
    *cursor = here;
    Some(number)
}

/// "02", "1A", "04-A", "01/PLI": as printed, without what ends the sentence.
fn number(cursor: &mut Cursor) -> Option<String> {
    let rest = cursor.rest();
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '.');
    let length = rest.find(|c: char| !inside(c)).unwrap_or(rest.len());
    let number = rest[..length].trim_end_matches(['.', '-', '/']);
    let known = number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 24;
    cursor.jump(cursor.at() + number.len());
    known.then(|| number.to_owned())
}
