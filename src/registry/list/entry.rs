//! Rows of a read sheet → [`ListEntry`]s.

use super::citation::{self, Named};
use super::slips::{self, Slip};
use super::{Doubt, ListEntry, ListedIdentity, dates, order, ticks};
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
    let handling = ticks::handling(row, &mut doubts);
    let to_issue = handling.as_deref() == Some(Treatment::IssueNew.name())
        || [sheet, row.group.as_deref().unwrap_or_default()].into_iter().any(speaks_of_plans);
    let (identities, planned) = identities(row, to_issue, &mut doubts);
    let text_of = |column| row.cell(column).map(|cell| cell.text.trim().to_owned());
    let drafter = row.cell(Column::Drafter);
    if let Some(cell) = drafter.filter(|cell| cell.text.contains('/') || fold(&cell.text).contains("chưa xác định"))
    {
        let message = format!("Cơ quan chủ trì ghi “{}”, chưa rõ một cơ quan.", cell.text.trim());
        doubts.push(Doubt::new("agency-undetermined", message, &cell.address));
    }
    let naming = row.cell(Column::Number).or_else(|| row.cell(Column::Title));
    let cell = naming.map(|cell| cell.address.clone()).unwrap_or_default();
    if row.hidden {
        doubts.push(Doubt::new("hidden-row", "Dòng bị ẩn hoặc bị lọc trong bảng tính nhưng vẫn được đọc.", &cell));
    }
    for cell in row.cells.iter().filter(|cell| cell.uncomputed && cell.column != Column::Ordinal) {
        let message = "Ô là công thức chưa có kết quả; mở tệp bằng Excel, lưu lại rồi chạy lại.";
        doubts.push(Doubt::new("formula-without-value", message, &cell.address));
    }
    ListEntry {
        file: file.to_owned(),
        sheet: sheet.to_owned(),
        row: row.row,
        text: row.naming_text(),
        identities,
        document: None,
        matched: Vec::new(),
        unread: Vec::new(),
        doubts,
        field: text_of(Column::Field).or_else(|| row.group.as_deref().map(field_name)),
        drafter: text_of(Column::Drafter),
        given_handling: handling,
        given_deadline: text_of(Column::Deadline),
        file_name: text_of(Column::File),
        planned,
        cell,
    }
}

/// Words of a sheet, a group or a cell that speak of documents still to be issued.
fn speaks_of_plans(text: &str) -> bool {
    let folded = fold(text);
    ["dự thảo", "dự kiến ban hành", "ban hành mới", "sẽ ban hành", "chưa ban hành", "đăng ký xây dựng"]
        .iter()
        .any(|words| folded.contains(words))
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
fn identities(row: &ListRow, to_issue: bool, doubts: &mut Vec<Doubt>) -> (Vec<ListedIdentity>, bool) {
    let title = row.cell(Column::Title);
    let number = row.cell(Column::Number);
    let mut named = title.map(|cell| citation::read(&cell.text)).unwrap_or_default();
    let slips = std::mem::take(&mut named.slips);
    let mut found = number.map(|cell| by_number(row, cell, &named, doubts)).unwrap_or_default();
    // A number that cannot be read is not a number still to be given.
    let numbered = number.is_some_and(|cell| !is_blank_number(&cell.text));
    let acts = named.planned && named.identities.iter().any(|identity| identity.number.is_some());
    let drafted = title.is_some_and(|cell| fold(&cell.text).starts_with("dự thảo"));
    let planned = found.is_empty() && !numbered && (acts || to_issue || drafted || number.is_some());
    if let Some(cell) = title {
        if found.is_empty() {
            tell(slips, cell, doubts);
            found = if numbered { Vec::new() } else { named.identities };
        }
        for identity in &found {
            tell(slips::wrong_words(identity.title.as_deref().unwrap_or_default()), cell, doubts);
        }
    }
    if found.is_empty() {
        found
            .push(ListedIdentity { title: title.map(|cell| cell.text.trim().to_owned()), ..ListedIdentity::default() });
    }
    let naming = number.or(title);
    for identity in &mut found {
        let repaired = identity.number.as_deref().and_then(slips::repair_number);
        if let (Some((number, slip)), Some(cell)) = (repaired, naming) {
            identity.number = Some(number);
            tell(vec![slip], cell, doubts);
        }
    }
    complete(row, &mut found, planned, doubts);
    let cell = naming.map_or("", |cell| cell.address.as_str());
    for identity in &found {
        check(identity, planned, cell, doubts);
    }
    if planned {
        let message = if found.iter().any(|identity| identity.number.is_some()) {
            "Dòng nêu văn bản dự kiến ban hành; các văn bản hiện có được nêu trong đó được lấy làm đối tượng rà soát."
        } else {
            "Dòng nêu văn bản dự kiến ban hành, chưa có số; không tính là thiếu tệp."
        };
        doubts.push(Doubt::new("planned-document", message, cell));
    }
    if found.len() > 1 {
        let message = format!("Một ô nêu {} văn bản; cần tách dòng để theo dõi riêng từng văn bản.", found.len());
        doubts.push(Doubt::new("several-documents", message, cell));
    }
    (found, planned)
}

fn tell(slips: Vec<Slip>, cell: &ListCell, doubts: &mut Vec<Doubt>) {
    for slip in slips {
        if !doubts.iter().any(|doubt| doubt.cell == cell.address && doubt.message == slip.message) {
            doubts.push(Doubt::new(slip.code, slip.message, &cell.address));
        }
    }
}

/// "Số …/2026/NQ-HĐND", "   /QĐ-UBND", "chưa có": a number still to be given.
fn is_blank_number(text: &str) -> bool {
    let folded = fold(text);
    let rest = folded.trim().trim_start_matches("số").trim_start_matches(|c: char| c == ':' || c.is_whitespace());
    rest.starts_with(['/', '…', '.', '_', '-']) && rest.contains(char::is_alphabetic)
        || ["dự thảo", "dự kiến", "chưa ban hành", "chưa có", "chưa có số"].contains(&rest)
}

/// Documents named by a column of numbers; their dates may stand beside them or in a column of their own.
fn by_number(row: &ListRow, cell: &ListCell, named: &Named, doubts: &mut Vec<Doubt>) -> Vec<ListedIdentity> {
    if cell.date.is_some() {
        let message = format!(
            "Cột số, ký hiệu là ngày tháng “{}”; có thể Excel đã đổi số văn bản (ví dụ 12/2010) thành ngày.",
            cell.text
        );
        doubts.push(Doubt::new("number-became-date", message, &cell.address));
        return Vec::new();
    }
    let Some(numbers) = numbers(cell, doubts) else { return Vec::new() };
    let title = row.cell(Column::Title).map(|cell| cell.text.trim().to_owned());
    let same = |number: &str, other: &ListedIdentity| {
        other.number.as_deref().is_some_and(|found| docnumber::same(found, number))
    };
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
        if let Some(full) = named.identities.iter().find(|full| same(&number.number, full)) {
            identity.issued = identity.issued.or(full.issued);
            identity.issuer.clone_from(&full.issuer);
            identity.title.clone_from(&full.title);
        } else {
            identity.title.clone_from(&title);
        }
        identity.number = Some(number.number.clone());
        found.push(identity);
    }
    // The title cites more documents than the column of numbers: none of them is lost.
    let cites_all = named.identities.first().and_then(|first| first.number.as_deref());
    if !named.planned && cites_all.is_some_and(|first| found.iter().any(|listed| same(first, listed))) {
        for more in &named.identities {
            if !more.number.as_deref().is_some_and(|number| found.iter().any(|listed| same(number, listed))) {
                found.push(more.clone());
            }
        }
    }
    found
}

/// The numbers a cell of numbers holds; `None`, and told, when there are none to be read.
fn numbers(cell: &ListCell, doubts: &mut Vec<Doubt>) -> Option<Vec<docnumber::NumberAt>> {
    let numbers = docnumber::scan(&cell.text);
    if !numbers.is_empty() {
        return Some(numbers);
    }
    let text = cell.text.trim();
    let whole = |number: String| Some(vec![docnumber::NumberAt { number, range: 0..cell.text.len() }]);
    if let Some(number) = docnumber::normalise(text) {
        return whole(number);
    }
    if let Some(number) = in_slug(text) {
        let message = format!("Số, ký hiệu {number} được suy ra từ địa chỉ hoặc tên tệp “{text}”.");
        doubts.push(Doubt::new("number-from-address", message, &cell.address));
        return whole(number);
    }
    if !is_blank_number(text) {
        let message = format!("Không đọc được số, ký hiệu “{text}”.");
        doubts.push(Doubt::new("number-unread", message, &cell.address));
    }
    None
}

/// The number in an address or file name: "nghi-dinh-so-372-2025-nd-cp-468594" → "372/2025/NĐ-CP".
fn in_slug(text: &str) -> Option<String> {
    let name = text.trim_end_matches('/').rsplit('/').next().unwrap_or(text);
    let words: Vec<&str> = name.split(['-', '_', '.']).filter(|word| !word.is_empty()).collect();
    words.windows(3).enumerate().find_map(|(at, window)| {
        let [serial, year, symbol] = window else { return None };
        let figures = |word: &str, most: usize| word.len() <= most && word.bytes().all(|b| b.is_ascii_digit());
        let dated = at > 0 && figures(words[at - 1], 4);
        if dated || !figures(serial, 5) || !figures(year, 4) || figures(symbol, 9) {
            return None;
        }
        let rest: Vec<String> = words[at + 2..]
            .iter()
            .take_while(|word| {
                !figures(word, 99) && !matches!(**word, "doc" | "docx" | "pdf" | "htm" | "html" | "aspx")
            })
            .map(|word| word.to_uppercase())
            .collect();
        let number = docnumber::normalise(&format!("{serial}/{year}/{}", rest.join("-")))?;
        docnumber::is_normative_shape(&number).then_some(number)
    })
}

/// Fills what columns of their own say, and what a number says of itself.
fn complete(row: &ListRow, found: &mut [ListedIdentity], planned: bool, doubts: &mut Vec<Doubt>) {
    if !planned {
        if let Some(cell) = row.cell(Column::Issued) {
            dates::give(cell, found, doubts);
        }
        let issuer = row.cell(Column::Issuer).and_then(|cell| {
            let repaired = slips::repair_issuer(&cell.text);
            if let Some((_, slip)) = &repaired {
                doubts.push(Doubt::new(slip.code, slip.message.clone(), &cell.address));
            }
            let text = repaired.map_or_else(|| cell.text.trim().to_owned(), |(text, _)| text);
            Some(issuer::normalise(&text).map_or(text, |issuer| issuer.name)).filter(|name| !name.is_empty())
        });
        let kind = row.cell(Column::Kind).and_then(|cell| Kind::from_name(&cell.text));
        for identity in found.iter_mut() {
            if let Some(issuer) = &issuer {
                identity.issuer =
                    Some(body_of_place(issuer, identity.number.as_deref()).unwrap_or_else(|| issuer.clone()));
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

/// "Tỉnh Lâm Đồng" beside "45/2025/QĐ-UBND": the body that the number names, of that place.
fn body_of_place(place: &str, number: Option<&str>) -> Option<String> {
    let folded = fold(place);
    if !["tỉnh ", "thành phố ", "huyện ", "quận ", "thị xã ", "xã ", "phường "]
        .iter()
        .any(|unit| folded.starts_with(unit))
    {
        return None;
    }
    let symbol = docnumber::parts(number?)?.symbol;
    let body = symbol.split(['-', '/', '.']).find_map(|segment| match slips::bare(segment).as_str() {
        "ubnd" | "ub" => Some("Ủy ban nhân dân"),
        "hdnd" => Some("Hội đồng nhân dân"),
        _ => None,
    })?;
    issuer::normalise(&format!("{body} {place}")).map(|issuer| issuer.name)
}

/// Doubts that one document's description shows by itself.
fn check(identity: &ListedIdentity, planned: bool, cell: &str, doubts: &mut Vec<Doubt>) {
    let Some(number) = &identity.number else {
        let told = doubts.iter().any(|doubt| matches!(doubt.code, "number-unread" | "number-became-date"));
        if !planned && !told {
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
        // Old numbers name the body only ("40-CP", "511-TC"): decrees and decisions alike.
        let says_kind = kind != Kind::CongVan && number.contains('/');
        if kind != said && says_kind && !(published && kind == Kind::Luat) {
            let message = format!("Tên loại ghi “{}” nhưng số {number} là của {}.", said.name(), kind.name());
            doubts.push(Doubt::new("kind-mismatch", message, cell));
        }
    }
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
