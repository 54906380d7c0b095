//! Instruments that a user adds to the status graph: a YAML file like `instruments.yaml`, or a sheet with the same columns
//! under Vietnamese heads, one event a row.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::diagnostic::SourceFile;
use super::load::{self, hex};
use crate::document::{Kind, docnumber, issuer, provision};
use crate::registry::{Certainty, Event, EventKind, Instrument};
use crate::source::load::load as read_file;
use crate::source::sheet::{self, PlainCell, PlainSheet};
use crate::text::date;
use crate::text::fold::fold;

/// A file of instruments that was added, for the reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplied {
    /// Its name, without the folder.
    pub file: String,
    /// Hash of its bytes.
    pub sha256: String,
    /// How many instruments it speaks of.
    pub instruments: usize,
}

/// Reads a file and adds its instruments to `known`; every fault is a line in Vietnamese.
pub fn add(path: &Path, known: &mut Vec<Instrument>) -> Result<Supplied, Vec<String>> {
    let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let bytes = read_file(path)
        .map_err(|unread| vec![format!("{}: {} {}", path.display(), unread.message, unread.next_step)])?;
    let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    let found = if is_yaml { of_yaml(path, &bytes)? } else { of_sheets(&file, &bytes, known)? };
    let supplied = Supplied { file, sha256: hex(&Sha256::digest(&bytes)), instruments: found.len() };
    for instrument in found {
        let issuer = full_name(&instrument.issuer);
        join(Instrument { issuer, ..instrument }, known);
    }
    Ok(supplied)
}

/// What is known of an instrument already stays; new events and missing dates are added.
fn join(new: Instrument, known: &mut Vec<Instrument>) {
    let same = |old: &&mut Instrument| {
        old.kind == new.kind && docnumber::same(&old.number, &new.number) && same_issuer(&old.issuer, &new.issuer)
    };
    let Some(old) = known.iter_mut().find(same) else {
        known.push(new);
        return;
    };
    old.issued = old.issued.or(new.issued);
    old.effective = old.effective.or(new.effective);
    for event in new.events {
        let told = |own: &Event| own.what == event.what && own.date == event.date && own.by == event.by;
        if !old.events.iter().any(told) {
            old.events.push(event);
        }
    }
    old.events.sort_by_key(|event| event.date);
    for name in new.aliases {
        if !old.aliases.contains(&name) {
            old.aliases.push(name);
        }
    }
}

/// The official name of a body that is written short ("UBND tỉnh Nghệ An").
fn full_name(name: &str) -> String {
    issuer::normalise(name).map_or_else(|| name.to_owned(), |issuer| issuer.name)
}

/// Decisions of two provinces may have one number.
fn same_issuer(a: &str, b: &str) -> bool {
    fold(&full_name(a)) == fold(&full_name(b))
}

/// A number as the graph writes it; what is no number stays as it stands.
fn number_of(text: &str) -> String {
    docnumber::normalise(text).unwrap_or_else(|| text.to_owned())
}

fn of_yaml(path: &Path, bytes: &[u8]) -> Result<Vec<Instrument>, Vec<String>> {
    let text = String::from_utf8(bytes.to_vec())
        .map_err(|_| vec![format!("{}: tệp YAML phải ghi bằng mã UTF-8", path.display())])?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    let file = Arc::new(SourceFile { path: path.display().to_string().replace('\\', "/"), text });
    let mut faults = Vec::new();
    let items = load::list::<Instrument>(&file, &mut faults);
    if faults.is_empty() {
        Ok(items.into_iter().map(|item| item.value).collect())
    } else {
        Err(faults.iter().map(super::Diagnostic::render).collect())
    }
}

/// A column of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Number,
    Kind,
    Name,
    Aliases,
    Issuer,
    Issued,
    Effective,
    What,
    Date,
    By,
    Provision,
    Provisions,
    Details,
    Source,
    Certainty,
    Note,
}

/// Heads of the columns, folded, and the key of `instruments.yaml` that each stands for.
const HEADS: [(Field, &[&str]); 16] = [
    (Field::Number, &["số, ký hiệu", "số ký hiệu", "number"]),
    (Field::Kind, &["loại văn bản", "loại", "kind"]),
    (Field::Name, &["tên văn bản", "trích yếu", "tên gọi", "name"]),
    (Field::Aliases, &["tên khác", "aliases"]),
    (Field::Issuer, &["cơ quan ban hành", "issuer"]),
    (Field::Issued, &["ngày ban hành", "issued"]),
    (Field::Effective, &["ngày có hiệu lực", "ngày hiệu lực", "effective"]),
    (Field::What, &["sự kiện", "what"]),
    (Field::Date, &["ngày sự kiện", "date"]),
    (Field::By, &["văn bản tác động", "by"]),
    (Field::Provision, &["điều khoản của văn bản tác động", "provision"]),
    (Field::Provisions, &["điều khoản bị tác động", "provisions"]),
    (Field::Details, &["quy định chi tiết văn bản", "details"]),
    (Field::Source, &["nguồn", "source"]),
    (Field::Certainty, &["mức tin cậy", "certainty"]),
    (Field::Note, &["ghi chú", "note"]),
];

/// What happened, as it is written in a cell.
const EVENTS: [(EventKind, &[&str]); 8] = [
    (EventKind::Amended, &["được sửa đổi, bổ sung", "sửa đổi, bổ sung", "sửa đổi", "amended"]),
    (EventKind::Ended, &["hết hiệu lực toàn bộ", "hết hiệu lực", "ended"]),
    (EventKind::Replaced, &["được thay thế", "bị thay thế", "thay thế", "replaced"]),
    (EventKind::Repealed, &["bị bãi bỏ", "được bãi bỏ", "bãi bỏ", "bãi bỏ toàn bộ", "repealed"]),
    (EventKind::PartlyEnded, &["hết hiệu lực một phần", "bãi bỏ một phần", "partly-ended"]),
    (EventKind::EndedWithParent, &["hết hiệu lực theo văn bản được quy định chi tiết", "ended-with-parent"]),
    (EventKind::Superseded, &["nội dung do văn bản sau điều chỉnh", "superseded"]),
    (EventKind::Suspended, &["tạm ngưng hiệu lực", "ngưng hiệu lực", "suspended"]),
];

/// How a fact is known.
const CERTAINTIES: [(Certainty, &[&str]); 3] = [
    (Certainty::Text, &["đã đọc văn bản", "toàn văn", "text"]),
    (Certainty::RecallHigh, &["theo hiểu biết chung, chắc", "cao", "recall-high"]),
    (Certainty::RecallLow, &["theo hiểu biết chung, chưa chắc", "thấp", "recall-low"]),
];

/// The value that one of the wordings stands for.
fn among<T: Copy>(table: &[(T, &[&str])], words: &str) -> Option<T> {
    let words = fold(words.trim());
    table.iter().find(|(_, names)| names.iter().any(|name| fold(name) == words)).map(|&(value, _)| value)
}

/// The wordings offered for a value, the first of each.
fn offered<T>(table: &[(T, &[&str])]) -> String {
    table.iter().filter_map(|(_, names)| names.first()).map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")
}

fn of_sheets(file: &str, bytes: &[u8], known: &[Instrument]) -> Result<Vec<Instrument>, Vec<String>> {
    let sheets =
        sheet::plain(bytes).map_err(|unread| vec![format!("{file}: {} {}", unread.message, unread.next_step)])?;
    let mut reading = Reading { file, known, found: Vec::new(), faults: Vec::new() };
    let mut headed = false;
    for sheet in &sheets {
        headed |= reading.sheet(sheet);
    }
    if !headed {
        let heads = HEADS.iter().filter_map(|(_, names)| names.first()).map(|name| format!("“{name}”"));
        reading.faults.push(format!(
            "{file}: không có trang nào có dòng tiêu đề với cột “số, ký hiệu”; đặt tiêu đề ở dòng đầu, dùng các cột: {}",
            heads.collect::<Vec<_>>().join(", ")
        ));
    }
    if reading.faults.is_empty() { Ok(reading.found) } else { Err(reading.faults) }
}

struct Reading<'f> {
    file: &'f str,
    known: &'f [Instrument],
    found: Vec<Instrument>,
    faults: Vec<String>,
}

/// The cells of one row by meaning.
struct Row<'s> {
    sheet: &'s str,
    /// Address of its first cell, for what is missing.
    at: &'s str,
    cells: Vec<(Field, &'s PlainCell)>,
}

impl<'s> Row<'s> {
    fn cell(&self, field: Field) -> Option<&'s PlainCell> {
        self.cells.iter().find(|(own, cell)| *own == field && !cell.text.trim().is_empty()).map(|&(_, cell)| cell)
    }

    fn text(&self, field: Field) -> Option<String> {
        self.cell(field).map(|cell| cell.text.trim().to_owned())
    }
}

impl Reading<'_> {
    /// Reads a sheet; `false` when it has no head of ours in its first rows.
    fn sheet(&mut self, sheet: &PlainSheet) -> bool {
        /// Rows in which the head may stand.
        const TOP: usize = 10;
        let heads = |row: &Vec<PlainCell>| -> Vec<(u32, Field)> {
            row.iter().filter_map(|cell| Some((cell.column, among(&HEADS, &cell.text)?))).collect()
        };
        let is_head =
            |row: &Vec<PlainCell>| heads(row).len() > 1 && heads(row).iter().any(|(_, field)| *field == Field::Number);
        let Some(top) = sheet.rows.iter().take(TOP).position(is_head) else { return false };
        let columns = heads(&sheet.rows[top]);
        for row in &sheet.rows[top + 1..] {
            let of = |cell: &'_ PlainCell| {
                columns.iter().find(|(column, _)| *column == cell.column).map(|&(_, field)| field)
            };
            let cells: Vec<_> = row.iter().filter_map(|cell| Some((of(cell)?, cell))).collect();
            if let Some((_, first)) = cells.first() {
                let at = first.address.as_str();
                self.row(&Row { sheet: &sheet.name, at, cells });
            }
        }
        true
    }

    fn fault(&mut self, row: &Row, at: &str, message: impl std::fmt::Display) {
        let sheet = if row.sheet.is_empty() { String::new() } else { format!(", trang “{}”", row.sheet) };
        self.faults.push(format!("{}{sheet}, ô {at}: {message}", self.file));
    }

    fn row(&mut self, row: &Row) {
        let Some(number) = row.text(Field::Number).map(|text| number_of(&text)) else {
            return self.fault(row, row.at, "dòng này thiếu số, ký hiệu của văn bản");
        };
        let kind = match row.cell(Field::Kind) {
            None => None,
            Some(cell) => match Kind::from_name(&cell.text) {
                Some(kind) => Some(kind),
                None => {
                    let message = format!("không có loại văn bản “{}”; ví dụ: Luật, Nghị định, Quyết định", cell.text);
                    return self.fault(row, &cell.address, message);
                }
            },
        };
        let issuer = row.text(Field::Issuer);
        let same = |own: &&Instrument| {
            docnumber::same(&own.number, &number)
                && kind.is_none_or(|kind| kind == own.kind)
                && issuer.as_deref().is_none_or(|issuer| same_issuer(issuer, &own.issuer))
        };
        let earlier = self.found.iter().position(|own| same(&own));
        let told = self.known.iter().find(same);
        let (issued, effective) = (self.day(row, Field::Issued), self.day(row, Field::Effective));
        let event = self.event(row);
        let at = match (earlier, told) {
            (Some(at), _) => at,
            (None, Some(told)) => {
                self.found.push(Instrument { events: Vec::new(), ..told.clone() });
                self.found.len() - 1
            }
            (None, None) => {
                let missing: Vec<&str> = [
                    ("loại văn bản", kind.is_some()),
                    ("tên văn bản", row.cell(Field::Name).is_some()),
                    ("cơ quan ban hành", row.cell(Field::Issuer).is_some()),
                ]
                .into_iter()
                .filter(|(_, there)| !there)
                .map(|(name, _)| name)
                .collect();
                let (Some(kind), true) = (kind, missing.is_empty()) else {
                    let message =
                        format!("văn bản {number} chưa có trong bộ quy tắc nên phải ghi: {}", missing.join(", "));
                    return self.fault(row, row.at, message);
                };
                let certainty = self.certainty(row);
                self.found.push(Instrument {
                    number,
                    kind,
                    name: row.text(Field::Name).unwrap_or_default(),
                    aliases: Vec::new(),
                    issuer: row.text(Field::Issuer).unwrap_or_default(),
                    issued: None,
                    effective: None,
                    events: Vec::new(),
                    details: Vec::new(),
                    source: row.text(Field::Source).unwrap_or_else(|| format!("tệp {}", self.file)),
                    certainty,
                });
                self.found.len() - 1
            }
        };
        let listed = |field| row.text(field).map_or_else(Vec::new, |text| in_parts(&text));
        let instrument = &mut self.found[at];
        instrument.aliases.extend(listed(Field::Aliases));
        instrument.details.extend(listed(Field::Details));
        instrument.issued = instrument.issued.or(issued);
        instrument.effective = instrument.effective.or(effective);
        instrument.events.extend(event);
    }

    fn event(&mut self, row: &Row) -> Option<Event> {
        let Some(cell) = row.cell(Field::What) else {
            let stray = [Field::Date, Field::By, Field::Provisions].into_iter().find_map(|field| row.cell(field));
            if let Some(stray) = stray {
                self.fault(
                    row,
                    &stray.address,
                    format!("có “{}” nhưng cột “sự kiện” của dòng này để trống", stray.text),
                );
            }
            return None;
        };
        let Some(what) = among(&EVENTS, &cell.text) else {
            let message = format!("không hiểu sự kiện “{}”; chọn một trong: {}", cell.text, offered(&EVENTS));
            self.fault(row, &cell.address, message);
            return None;
        };
        let mut provisions = Vec::new();
        if let Some(cell) = row.cell(Field::Provisions) {
            for part in in_parts(&cell.text) {
                match provision_paths(&part) {
                    Some(paths) => provisions.extend(paths),
                    None => {
                        let message = format!("không hiểu điều khoản “{part}”; viết như “khoản 2 Điều 5; Điều 7”");
                        self.fault(row, &cell.address, message);
                    }
                }
            }
        }
        let provision = row
            .text(Field::Provision)
            .map(|text| provision_paths(&text).and_then(|paths| paths.into_iter().next()).unwrap_or(text));
        Some(Event {
            what,
            date: self.day(row, Field::Date),
            by: row.text(Field::By).map(|text| number_of(&text)),
            provision,
            provisions,
            certainty: self.certainty(row),
            note: row.text(Field::Note),
        })
    }

    fn day(&mut self, row: &Row, field: Field) -> Option<Date> {
        let cell = row.cell(field)?;
        let text = cell.text.trim();
        let day = cell
            .date
            .or_else(|| text.parse().ok())
            .or_else(|| date::parse_at(text, 0).filter(|&(_, end)| text[end..].trim().is_empty()).map(|(day, _)| day));
        if day.is_none() {
            let message = format!("“{text}” không phải ngày; viết ngày/tháng/năm, ví dụ 01/4/2025");
            self.fault(row, &cell.address, message);
        }
        day
    }

    /// What a user writes down has been read, unless it says otherwise.
    fn certainty(&mut self, row: &Row) -> Certainty {
        let Some(cell) = row.cell(Field::Certainty) else { return Certainty::Text };
        among(&CERTAINTIES, &cell.text).unwrap_or_else(|| {
            let message = format!("không hiểu mức tin cậy “{}”; chọn một trong: {}", cell.text, offered(&CERTAINTIES));
            self.fault(row, &cell.address, message);
            Certainty::RecallLow
        })
    }
}

/// Parts between semicolons and line ends.
fn in_parts(text: &str) -> Vec<String> {
    text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Paths of provisions as they are cited ("khoản 2 Điều 5"), or a path as it stands ("A5.2").
fn provision_paths(text: &str) -> Option<Vec<String>> {
    let is_path = text.strip_prefix('A').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if is_path && !text.contains(char::is_whitespace) {
        return Some(vec![text.to_owned()]);
    }
    let read = provision::parse_at(text, 0).filter(|read| text[read.end..].trim().is_empty())?;
    read.list.iter().map(provision::Provision::path).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(csv: &str, known: &[Instrument]) -> Result<Vec<Instrument>, Vec<String>> {
        of_sheets("danh-muc.csv", csv.as_bytes(), known)
    }

    #[test]
    fn rows_of_one_number_are_events_of_one_instrument() {
        let csv = "Danh mục hiệu lực\nSTT,\"Số, ký hiệu\",Loại văn bản,Tên văn bản,Cơ quan ban hành,Ngày ban hành,Sự kiện,Ngày sự kiện,Văn bản tác động,Điều khoản bị tác động\n\
            1,12/2015/QĐ-UBND,Quyết định,Quy định quản lý chợ,Ủy ban nhân dân tỉnh Nghệ An,05/3/2015,Bãi bỏ một phần,01/02/2021,03/2021/QĐ-UBND,khoản 2 Điều 5; Điều 7\n\
            2,12/2015/QĐ-UBND,,,,,Được thay thế,2024-01-01,09/2023/QĐ-UBND,\n";
        let found = read(csv, &[]).expect("sound rows");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].issued), (Kind::QuyetDinh, Some(date(2015, 3, 5))));
        let events: Vec<_> =
            found[0].events.iter().map(|event| (event.what, event.date, event.provisions.join(" "))).collect();
        assert_eq!(
            events,
            [
                (EventKind::PartlyEnded, Some(date(2021, 2, 1)), "A5.2 A7".to_owned()),
                (EventKind::Replaced, Some(date(2024, 1, 1)), String::new()),
            ]
        );
        // A number that is known needs nothing but its event, and keeps what is known of it.
        let more = read("number,what,date\n12/2015/QĐ-UBND,suspended,2022-05-01\n", &found).expect("a sound row");
        let mut known = found;
        more.into_iter().for_each(|instrument| join(instrument, &mut known));
        assert_eq!((known.len(), known[0].events.len()), (1, 3));
    }

    #[test]
    fn every_fault_names_its_cell_and_what_to_write() {
        let csv = "\"Số, ký hiệu\",Loại văn bản,Tên văn bản,Cơ quan ban hành,Sự kiện,Ngày sự kiện,Điều khoản bị tác động,Mức tin cậy\n\
            12/2015/QĐ-UBND,Quyết địn,Quy định,UBND tỉnh,,,,\n\
            13/2015/QĐ-UBND,Quyết định,,,,,,\n\
            14/2015/QĐ-UBND,Quyết định,Quy định,UBND tỉnh,bị hủy,31/02/2020,,\n\
            15/2015/QĐ-UBND,Quyết định,Quy định,UBND tỉnh,bãi bỏ,31/02/2020,mục gì đó,lắm\n\
            16/2015/QĐ-UBND,Quyết định,Quy định,UBND tỉnh,,01/02/2020,,\n\
            ,Quyết định,Quy định,UBND tỉnh,,,,\n";
        let faults = read(csv, &[]).expect_err("faults");
        let starts = [
            "danh-muc.csv, ô B2: không có loại văn bản “Quyết địn”",
            "danh-muc.csv, ô A3: văn bản 13/2015/QĐ-UBND chưa có trong bộ quy tắc nên phải ghi: tên văn bản, cơ quan ban hành",
            "danh-muc.csv, ô E4: không hiểu sự kiện “bị hủy”; chọn một trong: “được sửa đổi, bổ sung”",
            "danh-muc.csv, ô G5: không hiểu điều khoản “mục gì đó”",
            "danh-muc.csv, ô F5: “31/02/2020” không phải ngày",
            "danh-muc.csv, ô H5: không hiểu mức tin cậy “lắm”",
            "danh-muc.csv, ô F6: có “01/02/2020” nhưng cột “sự kiện” của dòng này để trống",
            "danh-muc.csv, ô B7: dòng này thiếu số, ký hiệu",
        ];
        for start in starts {
            assert!(faults.iter().any(|fault| fault.starts_with(start)), "{start}\n{faults:#?}");
        }
        let faults = read("a,b\n1,2\n", &[]).expect_err("no head");
        assert!(faults[0].contains("không có trang nào có dòng tiêu đề"), "{faults:?}");
    }
}
