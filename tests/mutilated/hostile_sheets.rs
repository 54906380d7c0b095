//! Workbooks and CSV that claim more than there is, or hold more than a list can.

use super::package::{CENTRAL, LOCAL, lie, links, zip};
use super::runs::Made;

const MAIN: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;
const ROWS: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Số ký hiệu</t></is></c><c r="B1" t="inlineStr"><is><t>Trích yếu</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>17/2019/QĐ-UBND</t></is></c><c r="B2" t="inlineStr"><is><t>Quy định</t></is></c></row>"#;

/// All of them.
pub fn all() -> Vec<Made> {
    let named = |extension: &'static str| move |(name, bytes): (&str, Vec<u8>)| (format!("{name}.{extension}"), bytes);
    let mut files: Vec<Made> = workbooks().into_iter().map(named("xlsx")).collect();
    files.extend(open_documents().into_iter().map(named("ods")));
    files.extend(tables().into_iter().map(named("csv")));
    files
}

fn book(sheet: &str, strings: &str) -> Vec<u8> {
    let workbook = format!(
        r#"<workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r0"/></sheets></workbook>"#
    );
    zip(&[
        ("_rels/.rels", links(&[("officeDocument", "xl/workbook.xml")]).as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            links(&[("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")]).as_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

fn workbooks() -> Vec<(&'static str, Vec<u8>)> {
    let sheet = |before: &str, rows: &str, after: &str| {
        format!("<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>")
    };
    let strings = |attributes: &str, list: &str| format!("<sst {MAIN}{attributes}>{list}</sst>");
    let of =
        |before: &str, more: &str, after: &str| book(&sheet(before, &format!("{ROWS}{more}"), after), &strings("", ""));
    let sound = of("", "", "");
    let lying = |value: u32| {
        let mut bytes = of("", &" ".repeat(30 << 20), "");
        for (signature, offset) in [(LOCAL, 22), (CENTRAL, 24)] {
            lie(&mut bytes, signature, offset, value);
        }
        bytes
    };
    let merges: String = (0..50_000).map(|row| format!("<mergeCell ref=\"A{}:XFD{}\"/>", row + 1, row + 2)).collect();
    let cell = |address: &str, kind: &str, value: &str| {
        format!("<row><c r=\"{address}\" t=\"{kind}\"><v>{value}</v></c></row>")
    };
    vec![
        ("sound", sound),
        ("dimension-of-all", of("<dimension ref=\"A1:XFD1048576\"/>", "", "")),
        ("last-cell", of("", &cell("XFD1048576", "n", "1"), "")),
        (
            "address-wild",
            of("", &(cell("ZZZZZZZZ99999999999", "n", "1") + &cell("", "n", "1") + &cell("1A", "n", "1")), ""),
        ),
        ("row-zero", of("", &cell("A0", "n", "1"), "")),
        ("string-far", of("", &cell("A3", "s", "4294967295"), "")),
        ("string-negative", of("", &cell("A3", "s", "-1"), "")),
        ("values-wild", of("", &["1e308", "NaN", "-1e308", "", "x"].map(|value| cell("A3", "n", value)).concat(), "")),
        ("dates-wild", of("", &["99999999999", "-1", "2958466"].map(|value| cell("A3", "d", value)).concat(), "")),
        ("style-far", of("", "<row r=\"3\"><c r=\"A3\" s=\"4000000000\"><v>1</v></c></row>", "")),
        ("merge-of-all", of("", "", "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>")),
        ("many-merges", of("", "", &format!("<mergeCells count=\"4294967295\">{merges}</mergeCells>"))),
        (
            "strings-counted-high",
            book(
                &sheet("", ROWS, ""),
                &strings(" count=\"4294967295\" uniqueCount=\"4294967295\"", "<si><t>x</t></si>"),
            ),
        ),
        ("strings-bomb", book(&sheet("", ROWS, ""), &strings("", &"<si><t/></si>".repeat(4_000_000)))),
        ("sheet-bomb", of("", &" ".repeat(64 << 20), "")),
        ("many-cells", of("", &"<row><c/></row>".repeat(1_000_000), "")),
        ("size-lies-low", lying(10)),
        ("size-lies-high", lying(u32::MAX - 1)),
        ("deep", of("", &"<row><c><is>".repeat(5_000), "")),
        ("laughs", book(&format!("<!DOCTYPE a [<!ENTITY b \"c\">]>{}", sheet("", ROWS, "")), "&b;")),
        ("no-sheets", zip(&[("xl/workbook.xml", b"<workbook/>")])),
        ("empty-parts", zip(&[("xl/workbook.xml", b""), ("xl/worksheets/sheet1.xml", b"")])),
        ("workbook-only", zip(&[("xl/workbook.bin", b"\0\x01\x02")])),
    ]
}

fn open_documents() -> Vec<(&'static str, Vec<u8>)> {
    let of = |rows: &str| {
        let content = format!(
            r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
        );
        zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
    };
    let cell = |times: &str| {
        format!(
            r#"<table:table-cell office:value-type="string" table:number-columns-repeated="{times}"><text:p>Số ký hiệu</text:p></table:table-cell>"#
        )
    };
    let row = |times: &str, cells: &str| {
        format!(r#"<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>"#)
    };
    vec![
        (
            "sound",
            of(&(row("1", &(cell("1") + &cell("1")))
                + &row("1048574", "<table:table-cell table:number-columns-repeated=\"16384\"/>"))),
        ),
        ("rows-repeated", of(&row("1000000", &cell("90")))),
        ("columns-repeated", of(&row("1", &cell("4294967295")))),
        ("repeated-wild", of(&row("18446744073709551615", &cell("18446744073709551615")))),
        ("repeated-not-a-number", of(&row("x", &cell("-1")))),
        (
            "far-cell",
            of(&(row("1048575", "<table:table-cell/>")
                + &row("1", &format!("<table:table-cell table:number-columns-repeated=\"16383\"/>{}", cell("1"))))),
        ),
        ("no-end", of(&"<table:table-row><table:table-cell>".repeat(5_000))),
    ]
}

fn tables() -> Vec<(&'static str, Vec<u8>)> {
    let head = "STT,Số ký hiệu,Trích yếu\n1,17/2019/QĐ-UBND,";
    let with = |rest: String| format!("{head}{rest}").into_bytes();
    vec![
        ("open-quote", with(format!("\"{}", "Quy định\n".repeat(50_000)))),
        ("long-cell", with("Quyết định số 17/2019/QĐ-UBND ".repeat(20_000))),
        ("dots", with(".".repeat(400_000))),
        ("commas", with(",".repeat(500_000))),
        ("quotes", with("\"".repeat(300_001))),
        ("zeros", with("\0".repeat(100_000))),
        ("returns", with("\r".repeat(300_000))),
        ("numbers", with("17/2019/QĐ-UBND;".repeat(20_000))),
    ]
}
