//! Rows of a read sheet → [`ListEntry`]s.

use jiff::civil::Date;

use super::citation::{self, Named};
use super::{Doubt, ListEntry, ListedIdentity, order};
use crate::document::{Kind, docnumber, issuer};
use crate::source::sheet::{Column, ListCell, ListRow, SheetContent, Treatment, Workbook};
use crate::text::date;
use crate::text::fold::fold;

/// Every row of every list in the workbook that names documents.
pub fn entries(file: &str, workbook: &Workbook) -> Vec<ListEntry> {
    let mut found = Vec::new();
    for sheet in &workbook.sheets {
        let SheetContent::List(rows) = &sheet.content else { continue };
        let first = found.len();
        found.extend(rows.iter().map(|row| entry(file, &sheet.name, row)));
        order::doubt_swapped_column(rows, &mut found[first..]);
    }
    order::doubt_across_rows(&mut found);
    found
}

fn entry(file: &str, sheet: &str, row: &ListRow) -> ListEntry {
    let mut doubts = Vec::new();
    let (identities, planned) = identities(row, &mut doubts);
    let text_of = |column| row.cell(column).map(|cell| cell.text.trim().to_owned());
    let drafter = row.cell(Column::Drafter);
    if let Some(cell) = drafter.filter(|cell| cell.text.contains('/') || fold(&cell.text).contains("chưa xác định"))
    {
        let message = format!("Cơ quan chủ trì ghi “{}”, chưa rõ một cơ quan.", cell.text.trim());
        doubts.push(Doubt::new("agency-undetermined", message, &cell.address));
    }
    let handling = handling(row, &mut doubts);
    let naming = row.cell(Column::Number).or_else(|| row.cell(Column::Title));
    ListEntry {
        file: file.to_owned(),
        sheet: sheet.to_owned(),
        row: row.row,
        text: row.naming_text(),
        identities,
        document: None,
        matched: Vec::new(),
        doubts,
        field: text_of(Column::Field).or_else(|| row.group.as_deref().map(field_name)),
        drafter: text_of(Column::Drafter),
        given_handling: handling,
        given_deadline: text_of(Column::Deadline),
        file_name: text_of(Column::File),
        planned,
        cell: naming.map(|cell| cell.address.clone()).unwrap_or_default(),
    }
}

/// The field a group heading names: "LĨNH VỰC XÂY DỰNG CHÍNH QUYỀN" → "Xây dựng chính quyền".
fn field_name(heading: &str) -> String {
    let lower = heading.to_lowercase();
    let all_capitals = !heading.chars().any(char::is_lowercase);
    let words = if all_capitals { lower.as_str() } else { heading };
    let named = lower.strip_prefix("lĩnh vực").map_or(words, |rest| &words[words.len() - rest.len()..]);
    let mut chars = named.trim_start_matches([' ', ':', '-']).chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The documents of a row, and whether it is headed by a planned one.
fn identities(row: &ListRow, doubts: &mut Vec<Doubt>) -> (Vec<ListedIdentity>, bool) {
    let title = row.cell(Column::Title);
    let named = title.map(|cell| citation::read(&cell.text));
    let mut planned = false;
    let mut found = match row.cell(Column::Number) {
        Some(cell) => by_number(row, cell, named.as_ref(), doubts),
        None => Vec::new(),
    };
    if found.is_empty()
        && let (Some(cell), Some(named)) = (title, named)
    {
        planned = named.planned;
        doubts.extend(named.slips.into_iter().map(|slip| Doubt::new(slip.code, slip.message, &cell.address)));
        found = named.identities;
    }
    if found.is_empty() {
        found
            .push(ListedIdentity { title: title.map(|cell| cell.text.trim().to_owned()), ..ListedIdentity::default() });
    }
    complete(row, &mut found, planned, doubts);
    let cell = row.cell(Column::Number).or(title).map_or("", |cell| cell.address.as_str());
    for identity in &found {
        check(identity, cell, doubts);
    }
    if planned && found.iter().any(|identity| identity.number.is_some()) {
        doubts.push(Doubt::new(
            "planned-document",
            "Dòng nêu văn bản dự kiến ban hành; các văn bản hiện có được nêu trong đó được lấy làm đối tượng rà soát.",
            cell,
        ));
    }
    if found.len() > 1 {
        let message = format!("Một ô nêu {} văn bản; cần tách dòng để theo dõi riêng từng văn bản.", found.len());
        doubts.push(Doubt::new("several-documents", message, cell));
    }
    (found, planned)
}

/// Documents named by a column of numbers; their dates may stand beside them or in a column of their own.
fn by_number(row: &ListRow, cell: &ListCell, named: Option<&Named>, doubts: &mut Vec<Doubt>) -> Vec<ListedIdentity> {
    if cell.date.is_some() {
        let message =
            format!("Cột số, ký hiệu là ngày tháng “{}”; có thể Excel đã đổi số văn bản thành ngày.", cell.text);
        doubts.push(Doubt::new("number-became-date", message, &cell.address));
        return Vec::new();
    }
    let mut numbers = docnumber::scan(&cell.text);
    if numbers.is_empty() {
        let Some(number) = docnumber::normalise(&cell.text) else {
            let message = format!("Không đọc được số, ký hiệu “{}”.", cell.text.trim());
            doubts.push(Doubt::new("number-unread", message, &cell.address));
            return Vec::new();
        };
        numbers.push(docnumber::NumberAt { number, range: 0..cell.text.len() });
    }
    let title = row.cell(Column::Title).map(|cell| cell.text.trim().to_owned());
    let mut found = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let end = numbers.get(at + 1).map_or(cell.text.len(), |next| next.range.start);
        let tail = &cell.text[number.range.end..end];
        let mut identity = ListedIdentity {
            kind: docnumber::kind_of(&number.number),
            issued: date::scan(tail).first().map(|found| found.date),
            ..ListedIdentity::default()
        };
        if identity.issued.is_none()
            && let Some(slip) = citation::impossible_date(tail)
        {
            doubts.push(Doubt::new(slip.code, slip.message, &cell.address));
        }
        // The title may repeat the whole citation.
        let same =
            |other: &&ListedIdentity| other.number.as_deref().is_some_and(|n| docnumber::same(n, &number.number));
        if let Some(full) = named.and_then(|named| named.identities.iter().find(same)) {
            identity.issued = identity.issued.or(full.issued);
            identity.issuer.clone_from(&full.issuer);
            identity.title.clone_from(&full.title);
        } else {
            identity.title.clone_from(&title);
        }
        identity.number = Some(number.number.clone());
        found.push(identity);
    }
    found
}

/// Fills what columns of their own say, and what a number says of itself.
fn complete(row: &ListRow, found: &mut [ListedIdentity], planned: bool, doubts: &mut Vec<Doubt>) {
    if !planned {
        if let Some(cell) = row.cell(Column::Issued) {
            dates(cell, found, doubts);
        }
        let issuer = row.cell(Column::Issuer).and_then(|cell| {
            let repaired = citation::repair_issuer(&cell.text);
            if let Some((_, slip)) = &repaired {
                doubts.push(Doubt::new(slip.code, slip.message.clone(), &cell.address));
            }
            let text = repaired.map_or_else(|| cell.text.trim().to_owned(), |(text, _)| text);
            Some(issuer::normalise(&text).map_or(text, |issuer| issuer.name)).filter(|name| !name.is_empty())
        });
        let kind = row.cell(Column::Kind).and_then(|cell| Kind::from_name(&cell.text));
        for identity in found.iter_mut() {
            if let Some(issuer) = &issuer {
                identity.issuer = Some(issuer.clone());
            }
            if let Some(kind) = kind {
                identity.kind = Some(kind);
            }
        }
    }
    for identity in found {
        let Some(number) = &identity.number else { continue };
        identity.kind = identity.kind.or_else(|| docnumber::kind_of(number));
        if identity.issuer.is_none() {
            identity.issuer = issuer::from_number(number).map(|issuer| issuer.name);
        }
    }
}

/// Dates from a column of their own: one for all, or as many as there are documents. A date among the words that name a
/// document is its own and stands.
fn dates(cell: &ListCell, found: &mut [ListedIdentity], doubts: &mut Vec<Doubt>) {
    if let Some(date) = cell.date {
        date_all(cell, found, date, doubts);
        return;
    }
    let text = cell.text.trim().trim_start_matches('\'');
    // ISO dates appear in lists that programs exported.
    if let Some(date) = text.get(..10).and_then(|day| day.parse::<Date>().ok()) {
        date_all(cell, found, date, doubts);
        return;
    }
    let read = date::scan(text);
    if read.is_empty() {
        if text.chars().any(|c| c.is_ascii_digit()) {
            doubts.push(Doubt::new(
                "impossible-date",
                format!("Ngày ban hành “{text}” không đọc được hoặc không có trong lịch."),
                &cell.address,
            ));
        }
        return;
    }
    if read.len() != 1 && read.len() != found.len() {
        let message = format!("Ô ngày có {} ngày cho {} văn bản; không ghép được chắc chắn.", read.len(), found.len());
        doubts.push(Doubt::new("dates-do-not-pair", message, &cell.address));
        return;
    }
    if let [only] = read.as_slice() {
        return date_all(cell, found, only.date, doubts);
    }
    for (identity, read) in found.iter_mut().zip(read) {
        identity.issued = identity.issued.or(Some(read.date));
    }
}

/// One date for all documents of a row that name none of their own.
fn date_all(cell: &ListCell, found: &mut [ListedIdentity], date: Date, doubts: &mut Vec<Doubt>) {
    if let [ListedIdentity { issued: Some(own), .. }] = found
        && *own != date
    {
        let show = |day: Date| day.strftime("%d/%m/%Y").to_string();
        let message = format!("Cột ngày ghi {}, lời văn của ô tên văn bản ghi {}.", show(date), show(*own));
        doubts.push(Doubt::new("dates-differ", message, &cell.address));
    }
    for identity in found {
        identity.issued = identity.issued.or(Some(date));
    }
}

/// Doubts that one document's description shows by itself.
fn check(identity: &ListedIdentity, cell: &str, doubts: &mut Vec<Doubt>) {
    let Some(number) = &identity.number else {
        if !doubts.iter().any(|doubt| doubt.code == "number-unread" || doubt.code == "number-became-date") {
            let message = "Văn bản không có số, ký hiệu; có thể là văn bản dự kiến ban hành hoặc thiếu dữ liệu.";
            doubts.push(Doubt::new("no-number", message, cell));
        }
        return;
    };
    let year = docnumber::parts(number).and_then(|parts| parts.year);
    if let (Some(year), Some(issued)) = (year, identity.issued)
        && year != issued.year()
    {
        let message = format!("Số {number} mang năm {year} nhưng ngày ban hành ghi năm {}.", issued.year());
        doubts.push(Doubt::new("year-mismatch", message, cell));
    }
    if let (Some(said), Some(kind)) = (identity.kind, docnumber::kind_of(number)) {
        // "-L/CTN" numbers laws, ordinances and the orders that publish them.
        let published = matches!(said, Kind::Luat | Kind::PhapLenh | Kind::Lenh | Kind::BoLuat);
        if kind != said && !(published && kind == Kind::Luat) {
            let message = format!("Tên loại ghi “{}” nhưng số {number} là của {}.", said.name(), kind.name());
            doubts.push(Doubt::new("kind-mismatch", message, cell));
        }
    }
}

/// The handling ticked, in the words of its column, or the words of the handling column as written.
fn handling(row: &ListRow, doubts: &mut Vec<Doubt>) -> Option<String> {
    let mut ticked: Option<Treatment> = None;
    for cell in &row.cells {
        let Column::Tick(treatment) = cell.column else { continue };
        let mark = cell.text.trim();
        if mark == "0" || fold(mark) == "không" {
            continue;
        }
        if mark.parse::<f64>().is_ok_and(|count| count != 1.0) {
            let message = format!(
                "Cột đánh dấu hình thức xử lý ghi “{mark}”; được hiểu là đánh dấu, con số có thể là số văn bản."
            );
            doubts.push(Doubt::new("tick-not-one", message, &cell.address));
        }
        if ticked.replace(treatment).is_some_and(|first| first != treatment) {
            doubts.push(Doubt::new(
                "several-handlings",
                "Đánh dấu nhiều hình thức xử lý trên một dòng.",
                &cell.address,
            ));
            return None;
        }
    }
    let written = || row.cell(Column::Handling).map(|cell| cell.text.trim().to_owned());
    ticked.map(|treatment| treatment.name().to_owned()).or_else(written)
}

#[cfg(test)]
mod tests {
    use super::field_name;

    #[test]
    fn a_group_heading_gives_the_field_in_plain_letters() {
        for (heading, field) in [
            ("LĨNH VỰC XÂY DỰNG CHÍNH QUYỀN", "Xây dựng chính quyền"),
            ("Lĩnh vực Nội vụ", "Nội vụ"),
            ("Văn hóa - Thể thao", "Văn hóa - Thể thao"),
            ("", ""),
        ] {
            assert_eq!(field_name(heading), field);
        }
    }
}
