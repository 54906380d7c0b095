//! Workbooks in one XML file (SpreadsheetML of Excel 2003), usually saved as `.xls` by the programs that offices export from.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::csv;
use super::grid::{Counter, Grid, Merge, damaged};
use crate::source::Unread;

/// Bytes looked at to tell it from other texts.
const HEAD: usize = 4096;
/// Rows and columns of a sheet in every format.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;
/// Columns of one merge that are looked at: a title is merged over dozens.
const MOST_MERGED: u32 = 256;

/// `true` for the XML of a workbook, in UTF-8 or UTF-16.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().take(HEAD).copied().filter(|&byte| byte != 0).collect();
    let text = String::from_utf8_lossy(&head);
    let start = text.trim_start_matches(|c: char| !matches!(c, '<'));
    text.len() - start.len() < 16
        && text.contains("urn:schemas-microsoft-com:office:spreadsheet")
        && (text.contains("<Workbook") || text.contains(":Workbook"))
}

/// Where the reading stands.
#[derive(Default)]
struct Place {
    row: u32,
    column: u32,
    /// Columns the open cell covers beside its own.
    across: u32,
    /// The first row below the merges that reach into each column.
    free_from: Vec<u32>,
    kind: String,
    text: String,
    in_data: bool,
}

impl Place {
    /// The next column of the row that no merge from above covers.
    fn free(&self) -> u32 {
        let covered = |&column: &u32| self.free_from.get(column as usize).is_some_and(|&free| free > self.row);
        (self.column..=COLUMNS).find(|column| !covered(column)).unwrap_or(COLUMNS)
    }
}

/// Reads every sheet. A file that breaks off is read up to the break, unless it breaks before the first cell.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Grid>, Unread> {
    let text = csv::decode(bytes).ok_or_else(damaged)?;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut grids: Vec<Grid> = Vec::new();
    let mut counter = Counter::default();
    let mut at = Place::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => open(&tag, &mut grids, &mut at),
            Ok(Event::Empty(tag)) => {
                open(&tag, &mut grids, &mut at);
                close(local(tag.name().as_ref()), &mut grids, &mut at, &mut counter)?;
            }
            Ok(Event::End(tag)) => close(local(tag.name().as_ref()), &mut grids, &mut at, &mut counter)?,
            Ok(Event::Text(piece)) if at.in_data => at.text.push_str(&piece.into_inner()),
            Ok(Event::CData(piece)) if at.in_data => at.text.push_str(&piece.into_inner()),
            Ok(Event::GeneralRef(name)) if at.in_data => {
                let whole = format!("&{};", name.into_inner());
                at.text.push_str(&unescape(&whole).unwrap_or_default());
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) if grids.iter().any(|grid| !grid.rows.is_empty()) => {
                if let Some(grid) = grids.last_mut() {
                    grid.cut_off = true;
                }
                break;
            }
            Err(_) => return Err(damaged()),
        }
    }
    Ok(grids)
}

fn open(tag: &BytesStart<'_>, grids: &mut Vec<Grid>, at: &mut Place) {
    let number = |name: &str| attribute(tag, name).and_then(|text| text.parse::<u32>().ok());
    match local(tag.name().as_ref()) {
        "Worksheet" => {
            *at = Place::default();
            grids.push(Grid { name: attribute(tag, "Name").unwrap_or_default(), ..Grid::default() });
        }
        "Column" => {
            let first = number("Index").map_or(at.column, |index| index.saturating_sub(1)).min(COLUMNS);
            let last = first.saturating_add(number("Span").unwrap_or(0)).min(COLUMNS);
            if let (Some("1"), Some(grid)) = (attribute(tag, "Hidden").as_deref(), grids.last_mut()) {
                grid.hidden_columns.push((first, last));
            }
            at.column = last.saturating_add(1);
        }
        "Row" => {
            at.row = number("Index").map_or(at.row, |index| index.saturating_sub(1)).min(ROWS);
            at.column = 0;
            if let (Some("1"), Some(grid)) = (attribute(tag, "Hidden").as_deref(), grids.last_mut()) {
                let last = at.row.saturating_add(number("Span").unwrap_or(0)).min(ROWS);
                grid.hidden_rows.extend(at.row..=last);
            }
        }
        "Cell" => {
            at.column = number("Index").map_or_else(|| at.free(), |index| index.saturating_sub(1)).min(COLUMNS);
            at.across = number("MergeAcross").unwrap_or(0).min(COLUMNS);
            let down = number("MergeDown").unwrap_or(0).min(ROWS);
            let (last_row, last_column) = (at.row + down, at.column + at.across);
            if let Some(grid) = grids.last_mut().filter(|_| at.across.max(down) > 0) {
                grid.merges.push(Merge { first_row: at.row, last_row, first_column: at.column, last_column });
            }
            if down > 0 {
                let until = last_column.min(at.column + MOST_MERGED).min(COLUMNS) as usize + 1;
                at.free_from.resize(at.free_from.len().max(until), 0);
                at.free_from[at.column as usize..until].fill(last_row + 1);
            }
        }
        "Data" => {
            at.kind = attribute(tag, "Type").unwrap_or_default();
            at.text.clear();
            at.in_data = true;
        }
        _ => {}
    }
}

fn close(tag: &str, grids: &mut [Grid], at: &mut Place, counter: &mut Counter) -> Result<(), Unread> {
    match tag {
        "Row" => at.row = at.row.saturating_add(1),
        "Cell" => at.column = at.column.saturating_add(1 + at.across),
        "Data" => {
            at.in_data = false;
            if let Some(grid) = grids.last_mut() {
                let text = std::mem::take(&mut at.text);
                counter.add(grid, at.row, at.column, value(&at.kind, text))?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn value(kind: &str, text: String) -> calamine::Data {
    match kind {
        // "1.0" in the file is 1 on the screen.
        "Number" => text.trim().parse().map_or_else(|_| calamine::Data::String(text), calamine::Data::Float),
        "DateTime" => calamine::Data::DateTimeIso(text.trim().to_owned()),
        _ => calamine::Data::String(text),
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|found| local(found.key.as_ref()) == name)?;
    Some(unescape(&found.value).map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Bảng &amp; 1"><Table><Column ss:Index="3" ss:Hidden="1"/>
<Row><Cell><Data ss:Type="String">STT</Data></Cell><Cell ss:MergeAcross="1"><Data ss:Type="String">Hình thức</Data></Cell><Cell><Data ss:Type="String">Ngày</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2"><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Quy</B> ch&#7871; &amp; lệ</ss:Data></Cell>
<Cell ss:Index="4"><Data ss:Type="DateTime">2019-07-22T00:00:00.000</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">2.0</Data></Cell><Cell/></Row>
</Table></Worksheet></Workbook>"#;

    #[test]
    fn cells_stand_where_their_indexes_say() {
        assert!(is_workbook(BOOK.as_bytes()));
        let grids = read(BOOK.as_bytes()).expect("a workbook");
        let grid = &grids[0];
        assert_eq!(grid.name, "Bảng & 1");
        let cells: Vec<_> =
            grid.rows.iter().flat_map(|row| row.cells.iter().map(|c| (row.index, c.column, c.text.as_str()))).collect();
        let expected = [
            (0, 0, "STT"),
            (0, 1, "Hình thức"),
            (0, 3, "Ngày"),
            (3, 1, "Quy chế & lệ"),
            (3, 3, "22/07/2019"),
            (4, 0, "2"),
        ];
        assert_eq!(cells, expected);
        assert!(grid.hidden_rows.contains(&3) && grid.hidden_columns == [(2, 2)]);
        assert_eq!(grid.merges[0].last_column, 2);
    }

    #[test]
    fn a_workbook_that_breaks_off_is_read_up_to_the_break() {
        let cut = BOOK.find("<Row><Cell><Data ss:Type=\"Number\"").expect("a row");
        let grids = read(format!("{}<Row <", &BOOK[..cut]).as_bytes()).expect("its beginning");
        assert!(grids[0].cut_off || grids[0].rows.len() == 2);
        assert!(!is_workbook(b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>"));
        assert!(!is_workbook("STT,Số".as_bytes()));
    }
}
