//! `rasoat rules export` and `import` as a user runs them.

use std::path::Path;

use rust_xlsxwriter::Workbook;

use super::fixture::rasoat;

const HEADS: [&str; 9] =
    ["Mã", "Tên", "Xử lý", "Từ ngữ tìm", "Biến thể", "Loại vấn đề", "Căn cứ", "Ví dụ phát hiện", "Ví dụ im lặng"];
const RULE: [&str; 9] = [
    "dd.ho-khau",
    "Không còn sổ hộ khẩu",
    "Sửa đổi, bổ sung",
    "sổ hộ khẩu",
    "sổ hộ khẩu giấy\nhộ khẩu gia đình",
    "Tên gọi, thuật ngữ cũ",
    "1/2020/QH14 A13.2",
    "Nộp bản sao sổ hộ khẩu.\n\n1. Hồ sơ gồm:\na) Hộ khẩu gia đình;\nb) Đơn.",
    "Nộp thẻ căn cước.\n\nKhông yêu cầu hộ chiếu.",
];

fn sheet(path: &Path, rule: [&str; 9]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, (head, cell)) in (0..).zip(HEADS.into_iter().zip(rule)) {
        sheet.write_string(0, column, head).expect("a head");
        sheet.write_string(1, column, cell).expect("a cell");
    }
    book.save(path).expect("a workbook");
}

#[test]
fn a_sheet_becomes_a_rule_file_only_when_it_is_sound() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        let output = rasoat().args(arguments).current_dir(folder.path()).output().expect("a run");
        let words = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.code(), words)
    };
    let list = folder.path().join("bang.xlsx");
    let import = |rule| {
        sheet(&list, rule);
        run(&["rules", "import", "bang.xlsx", "--out", "dat-dai/50-tu-ngu.yaml"])
    };
    let written = folder.path().join("dat-dai/50-tu-ngu.yaml");
    let (code, words) = import(RULE);
    assert!(code == Some(2) && words.contains("không nằm trong thư mục của một bộ quy tắc"), "{words}");
    run(&["rules", "new", "dat-dai"]);

    let changed = |at: usize, to: &'static str| {
        let mut rule = RULE;
        rule[at] = to;
        rule
    };
    for (rule, said) in [
        (changed(6, "1/2020/QH14 A99"), "bang.xlsx, trang “Sheet1”, ô G2: điều khoản A99"),
        (changed(2, "Xóa bỏ"), "ô C2: “Xóa bỏ” không dùng được; chọn một trong: Sửa đổi, bổ sung"),
        (changed(8, "Nộp sổ hộ khẩu.\n\nKhông yêu cầu hộ chiếu."), "ô I2: quy tắc dd.ho-khau"),
        (changed(7, "Nộp bản sao sổ hộ khẩu."), "cần ít nhất 2 phép thử"),
        (changed(3, "@so-ho-khau"), "ô D2: không dùng chung @mã"),
    ] {
        let (code, words) = import(rule);
        assert!(code == Some(2) && words.contains(said) && words.contains("chưa ghi gì"), "{said}: {words}");
        assert!(!written.exists());
    }
    let (code, words) = import(RULE);
    assert!(code == Some(0) && words.contains("Đã ghi 1 quy tắc"), "{words}");
    let (code, words) = run(&["rules", "test", "dat-dai"]);
    assert!(code == Some(0) && words.contains("2 quy tắc, 10 phép thử: 10 đạt"), "{words}");
    assert_eq!(import(changed(1, "Sổ hộ khẩu đã thôi dùng")).0, Some(0), "its own file is replaced");
    assert!(std::fs::read_to_string(&written).expect("the file").contains("đã thôi dùng"));

    let (code, words) = run(&["rules", "export", "dat-dai", "--out", "ra.xlsx"]);
    assert!(code == Some(0) && words.contains("Đã xuất 1 quy tắc"), "{words}");
    assert!(words.contains("vd.niem-yet-30-ngay: có nhiều điều kiện"), "{words}");
    let before = std::fs::read_to_string(&written).expect("the file");
    assert_eq!(run(&["rules", "import", "ra.xlsx", "--out", "dat-dai/50-tu-ngu.yaml"]).0, Some(0));
    let after = std::fs::read_to_string(&written).expect("the file");
    let rules = |text: &str| text.split_once('\n').map(|(_, rules)| rules.to_owned());
    assert_eq!(rules(&before), rules(&after));
    assert_eq!(run(&["rules", "export", "dat-dai", "--out", "ra.xlsx"]).0, Some(2), "nothing is overwritten");
    let (code, words) = run(&["rules", "import", "ra.xlsx", "--out", "dat-dai/10-cong-khai.yaml"]);
    assert!(code == Some(2) && words.contains("không phải tệp lập từ bảng"), "{words}");
}
