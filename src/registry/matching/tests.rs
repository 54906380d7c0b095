use jiff::civil::{Date, date};

use super::*;
use crate::document::Identity;
use crate::registry::list::entries;
use crate::source::{Encoding, Reader, sheet};

const NGHE_AN: &str = "Ủy ban nhân dân tỉnh Nghệ An";
const HA_TINH: &str = "Ủy ban nhân dân tỉnh Hà Tĩnh";

fn file(file: &str, number: &str, issuer: &str, issued: Option<Date>) -> Document {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Document {
        file: file.to_owned(),
        sha256: String::new(),
        reader: Reader::Text,
        encoding: Encoding::Unicode,
        head: String::new(),
        identity: Identity { number: some(number), issuer: some(issuer), issued, ..Identity::default() },
        layers: Vec::new(),
        units: Vec::new(),
        citations: Vec::new(),
        relations: Vec::new(),
        changes: crate::document::ChangeSummary::default(),
        operations: Vec::new(),
        warnings: Vec::new(),
    }
}

fn rows(csv: &str) -> Vec<ListEntry> {
    entries("ds.csv", &sheet::read(csv.as_bytes()).expect("a list"))
}

fn codes(entry: &ListEntry) -> String {
    entry.doubts.iter().map(|doubt| doubt.code).collect::<Vec<_>>().join(" ")
}

/// Joins rows "number,date,issuer" with the files; gives the file found, and the doubts, of each row.
fn joined(lines: &str, documents: &mut [Document], unread: &[&str]) -> Vec<(Option<usize>, String)> {
    let mut rows = rows(&format!("Số ký hiệu,Ngày ban hành,Cơ quan ban hành,Tên tệp\n{lines}"));
    join(&mut rows, documents, unread);
    rows.iter().map(|row| (row.document, codes(row))).collect()
}

#[test]
fn rows_find_their_files_by_identity_first() {
    let mut documents = vec![
        file("5a.docx", "5/2019/QĐ-UBND", NGHE_AN, Some(date(2019, 3, 1))),
        file("6.docx", "6/2019/QĐ-UBND", NGHE_AN, Some(date(2019, 3, 9))),
        file("70.docx", "70/QĐ-UBND", NGHE_AN, Some(date(2018, 3, 9))),
        file("6-ha-tinh.docx", "6/2019/QĐ-UBND", HA_TINH, Some(date(2019, 9, 9))),
        file("le.docx", "88/2019/QĐ-UBND", NGHE_AN, Some(date(2019, 12, 9))),
    ];
    let found = joined(
        "05/2019/QĐ-UBND,01/03/2019,UBND tỉnh Nghệ An,\n\
         6/2019/QĐ-UBND,09/3/2019,UBND tỉnh Nghệ An,\n\
         70/QĐ-UBND,09/03/2019,UBND tỉnh Nghệ An,\n\
         5/2019/QĐ-UBND,01/03/2019,UBND tỉnh Hà Tĩnh,\n\
         99/2019/QĐ-UBND,01/12/2019,UBND tỉnh Nghệ An,\n",
        &mut documents,
        &[],
    );
    let expected = [
        (Some(0), ""),
        (Some(1), ""),
        (None, "date-differs-from-file"),
        (None, "issuer-differs-from-file"),
        (None, ""),
    ];
    assert_eq!(found, expected.map(|(at, doubts)| (at, doubts.to_owned())));
    let unlisted: Vec<_> = documents.iter().filter(|d| d.warnings.iter().any(|w| w.code == NOT_LISTED)).collect();
    assert_eq!(unlisted.iter().map(|d| d.file.as_str()).collect::<Vec<_>>(), ["70.docx", "6-ha-tinh.docx", "le.docx"]);
}

#[test]
fn a_choice_between_files_is_told() {
    let mut documents = vec![
        file("a/9.docx", "9/2019/QĐ-UBND", NGHE_AN, Some(date(2019, 5, 5))),
        file("b/9.docx", "9/2019/QĐ-UBND", NGHE_AN, Some(date(2019, 5, 5))),
        file("8-an.docx", "8/2019/QĐ-UBND", NGHE_AN, Some(date(2019, 4, 4))),
        file("8-tinh.docx", "8/2019/QĐ-UBND", HA_TINH, Some(date(2019, 4, 4))),
    ];
    let found = joined("9/2019/QĐ-UBND,05/5/2019,,\n8/2019/QĐ-UBND,04/4/2019,,\n", &mut documents, &[]);
    assert_eq!(found, [(Some(0), "several-files".to_owned()), (None, "several-files".to_owned())]);
}

#[test]
fn file_names_speak_where_the_text_does_not() {
    let mut documents = vec![
        file("17_2019_QD-UBND.docx", "", "", None),
        file("van ban/Quy cheÌ\u{301} choÌ£.docx", "3/2018/QĐ-UBND", NGHE_AN, None),
        file("18-2019-QD-UBND.docx", "18/2018/QĐ-UBND", NGHE_AN, Some(date(2018, 6, 6))),
        file("Quy chê\u{301} bê\u{301}n đò.DOC", "", "", None),
    ];
    let found = joined(
        "17/2019/QĐ-UBND,22/7/2019,UBND tỉnh Nghệ An,\n\
         18/2019/QĐ-UBND,06/8/2019,UBND tỉnh Nghệ An,\n\
         21/2019/QĐ-UBND,09/9/2019,UBND tỉnh Nghệ An,D:\\van ban\\quy_che ben do.docx\n\
         40/2019/QĐ-UBND,19/9/2019,UBND tỉnh Nghệ An,\n",
        &mut documents,
        &["quet/QD-40-2019-UBND.pdf"],
    );
    let by_name = "matched-by-file-name".to_owned();
    let expected = [(Some(0), by_name.clone()), (Some(2), by_name.clone()), (Some(3), by_name), (None, String::new())];
    assert_eq!(found, expected);
}

#[test]
fn an_unread_file_that_carries_the_number_is_named() {
    let mut rows = rows("Số ký hiệu,Trích yếu\n40/2019/QĐ-UBND,Về đò\n");
    join(&mut rows, &mut [], &["quet/QD-40-2019-UBND.pdf"]);
    assert_eq!(rows[0].unread, [Some("quet/QD-40-2019-UBND.pdf".to_owned())]);
}

#[test]
fn ten_thousand_rows_of_one_number_are_joined_at_once() {
    let mut documents: Vec<Document> = (0..10_000)
        .map(|at| {
            let day = date(2000, 1, 1).saturating_add(jiff::Span::new().days(at % 7000));
            file("01-QD-UBND.docx", "1/QĐ-UBND", NGHE_AN, Some(day))
        })
        .collect();
    let mut csv = "Số ký hiệu,Ngày ban hành,Trích yếu\n".to_owned();
    for at in 0..10_000 {
        csv.push_str(&format!("1/QĐ-UBND,{:02}/{:02}/{},Về x\n", at % 28 + 1, at % 12 + 1, 2000 + at % 19));
    }
    let mut rows = rows(&csv);
    join(&mut rows, &mut documents, &[]);
    assert!(rows.iter().filter(|row| row.document.is_some()).count() > 9_000);
}
