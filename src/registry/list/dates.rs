//! Dates of issue from a column of their own: real dates, texts, and what programs made of them.

use jiff::civil::Date;

use super::{Doubt, ListedIdentity};
use crate::source::sheet::ListCell;
use crate::text::date;

/// What a cell of dates holds.
enum Written {
    /// One day for all documents of the row.
    Day(Date),
    /// As many days as there are documents.
    Days(Vec<Date>),
    /// Nothing that is a day; the doubt was told, if there was anything to doubt.
    Nothing,
}

/// Gives the dates of the cell to the documents of its row. A date among the words that name a document stands before it.
pub(super) fn give(cell: &ListCell, found: &mut [ListedIdentity], doubts: &mut Vec<Doubt>) {
    match read(cell, found, doubts) {
        Written::Day(day) => to_all(cell, found, day, doubts),
        Written::Days(days) => {
            for (identity, day) in found.iter_mut().zip(days) {
                identity.issued = identity.issued.or(Some(day));
            }
        }
        Written::Nothing => {}
    }
}

fn read(cell: &ListCell, found: &[ListedIdentity], doubts: &mut Vec<Doubt>) -> Written {
    if let Some(day) = cell.date {
        return Written::Day(day);
    }
    let text = cell.text.trim().trim_start_matches(['\'', '’', '`']).trim();
    // ISO dates appear in lists that programs exported.
    if let Some(day) = text.get(..10).and_then(|day| day.parse::<Date>().ok()) {
        return Written::Day(day);
    }
    let days: Vec<Date> = date::scan(text).into_iter().map(|found| found.date).collect();
    if let [day] = days.as_slice() {
        return Written::Day(*day);
    }
    if !days.is_empty() {
        if days.len() == found.len() {
            return Written::Days(days);
        }
        let message = format!("Ô ngày có {} ngày cho {} văn bản; không ghép được chắc chắn.", days.len(), found.len());
        doubts.push(Doubt::new("dates-do-not-pair", message, &cell.address));
        return Written::Nothing;
    }
    if !text.chars().any(|c| c.is_ascii_digit()) {
        return Written::Nothing;
    }
    let (code, message, day) = odd(text);
    doubts.push(Doubt::new(code, message, &cell.address));
    day.map_or(Written::Nothing, Written::Day)
}

/// Figures that are no date of the usual shape: what they may mean, told with it.
fn odd(text: &str) -> (&'static str, String, Option<Date>) {
    let show = |day: Date| day.strftime("%d/%m/%Y").to_string();
    if let Some(day) = serial(text) {
        let message = format!("Ô ngày là con số {text}; được hiểu là ngày {} theo cách Excel đếm ngày.", show(day));
        return ("date-as-number", message, Some(day));
    }
    let figures: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let words = text.chars().any(char::is_alphabetic);
    match figures.as_slice() {
        [first, second, year] if !words && first.len() <= 2 && second.len() <= 2 => {
            let value = |run: &str| run.parse::<i16>().unwrap_or_default();
            let (a, b) = (value(first) as i8, value(second) as i8);
            if year.len() == 4
                && let Ok(day) = Date::new(value(year), a, b)
            {
                let message = format!("Ngày “{text}” ghi tháng trước ngày; được hiểu là {}.", show(day));
                return ("month-before-day", message, Some(day));
            }
            if year.len() == 2 {
                // The years of the documents in force: 1945 to 2044.
                let century = if value(year) >= 45 { 1900 } else { 2000 };
                if let Ok(day) = Date::new(century + value(year), b, a) {
                    let message = format!("Năm của ngày “{text}” chỉ ghi hai chữ số; được hiểu là {}.", show(day));
                    return ("short-year", message, Some(day));
                }
            }
        }
        [year] if year.len() == 4 => {
            return ("date-incomplete", format!("Ngày ban hành chỉ ghi năm “{text}”."), None);
        }
        [month, year] if year.len() == 4 && month.len() <= 2 => {
            return ("date-incomplete", format!("Ngày ban hành chỉ ghi tháng và năm “{text}”."), None);
        }
        _ => {}
    }
    let message = format!("Ngày ban hành “{text}” không đọc được hoặc không có trong lịch.");
    ("impossible-date", message, None)
}

/// A day as Excel counts them, typed or pasted as a number: 43668 is 22/7/2019.
fn serial(text: &str) -> Option<Date> {
    /// Days from 1945 to 2060: five figures that are no year and no number of a document.
    const DAYS: std::ops::RangeInclusive<i64> = 16_438..=58_440;
    let number: f64 = text.parse().ok()?;
    let days = number.trunc() as i64;
    let from = jiff::civil::date(1899, 12, 30);
    DAYS.contains(&days).then(|| from.saturating_add(jiff::Span::new().days(days)))
}

/// One date for all documents of a row that name none of their own.
fn to_all(cell: &ListCell, found: &mut [ListedIdentity], day: Date, doubts: &mut Vec<Doubt>) {
    if let [ListedIdentity { issued: Some(own), .. }] = found
        && *own != day
    {
        let show = |day: Date| day.strftime("%d/%m/%Y").to_string();
        let message = format!("Cột ngày ghi {}, lời văn của ô tên văn bản ghi {}.", show(day), show(*own));
        doubts.push(Doubt::new("dates-differ", message, &cell.address));
    }
    for identity in found {
        identity.issued = identity.issued.or(Some(day));
    }
}
