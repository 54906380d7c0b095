//! Instruments a user adds to what the packs know: a sheet or YAML, named with `--instruments`.

use std::path::Path;

use rust_xlsxwriter::Workbook;

use super::fixture::rasoat;

const DOCUMENT: &str = "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 12/2015/QĐ-UBND\nNghệ An, ngày 05 tháng 3 năm 2015\n\nQUYẾT ĐỊNH\n\
    Ban hành Quy định quản lý chợ\n\nCăn cứ Luật Thương mại ngày 14 tháng 6 năm 2005;\n\n\
    Điều 1. Ban hành quy định quản lý chợ.\nĐiều 2. Quyết định này có hiệu lực từ ngày 15 tháng 3 năm 2015.\n";

fn sheet(path: &Path, rows: &[&[&str]]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write_string(row, column, *cell).expect("a cell");
        }
    }
    book.save(path).expect("a workbook");
}

const HEADS: [&str; 8] = [
    "Số, ký hiệu",
    "Loại văn bản",
    "Tên văn bản",
    "Cơ quan ban hành",
    "Sự kiện",
    "Ngày sự kiện",
    "Văn bản tác động",
    "Ghi chú",
];

#[test]
fn a_sheet_or_yaml_of_the_user_ends_a_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("qd.txt"), DOCUMENT).expect("a document");
    let row =
        ["12/2015/QĐ-UBND", "Quyết định", "Quy định quản lý chợ", "UBND tỉnh Nghệ An", "được thay thế", "01/02/2021"];
    sheet(&at("hieu-luc.xlsx"), &[&HEADS, &[&row[..], &["03/2021/QĐ-UBND", ""]].concat()]);
    let yaml = "- { number: 12/2015/QĐ-UBND, kind: quyet-dinh, name: Quy định quản lý chợ, issuer: Ủy ban nhân dân tỉnh Nghệ An, \
        source: danh mục của tỉnh, certainty: text, events: [{ what: replaced, date: 2021-02-01, by: 03/2021/QĐ-UBND, certainty: text }] }\n";
    std::fs::write(at("hieu-luc.yaml"), yaml).expect("a list");
    let status = |more: &[&str], out: &str| {
        let scan = ["scan", "qd.txt", "--as-of", "2026-11-22", "--quiet", "--out", out];
        let output = rasoat().args(scan).args(more).current_dir(folder.path()).output().expect("a run");
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        let bytes = std::fs::read(at(out).join("ket-qua.json")).expect("results");
        let results: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        let rules = results["findings"].as_array().expect("findings").iter().map(|finding| finding["rule"].to_string());
        let replaced = rules.filter(|rule| rule.contains("hl.van-ban.bi-thay-the")).count();
        let status = results["documents"][0]["status"].as_str().expect("a state").to_owned();
        (status, replaced, results["run"]["instruments"].clone())
    };
    assert_eq!(status(&[], "a"), ("in-force".to_owned(), 0, serde_json::json!([])));
    for (file, out) in [("hieu-luc.xlsx", "b"), ("hieu-luc.yaml", "c")] {
        let (state, replaced, named) = status(&["--instruments", file], out);
        assert_eq!((state.as_str(), replaced), ("ended", 1), "{file}");
        assert_eq!((&named[0]["file"], &named[0]["instruments"]), (&file.into(), &1.into()));
    }
}

#[test]
fn faults_are_told_with_their_cell_before_anything_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = ["12/2015/QĐ-UBND", "Quyết định", "Quy định", "UBND tỉnh Nghệ An", "hủy", "mai", "", ""];
    sheet(&folder.path().join("sai.xlsx"), &[&HEADS, &row]);
    std::fs::write(folder.path().join("sai.yaml"), "- { number: 1/2020/QĐ-UBND, kinds: luat }\n").expect("a list");
    for (file, said) in [
        (
            "sai.xlsx",
            "sai.xlsx, trang “Sheet1”, ô E2: không hiểu sự kiện “hủy”; chọn một trong: “được sửa đổi, bổ sung”",
        ),
        ("sai.yaml", "sai.yaml:1:29"),
        ("khong-co.xlsx", "khong-co.xlsx"),
    ] {
        let arguments = ["rules", "check", "--instruments", file];
        let output = rasoat().args(arguments).current_dir(folder.path()).output().expect("a run");
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words}");
        assert!(words.contains(said) && words.contains("danh mục hiệu lực có"), "{file}: {words}");
    }
}
