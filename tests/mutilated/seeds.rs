//! Sound files to mutilate.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::Workbook;

use super::runs::Made;

/// The sample corpus.
pub fn documents() -> Vec<Made> {
    folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/van-ban"))
}

/// Lists, texts, and the fixtures of the readers.
pub fn others() -> Vec<Made> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seeds = folder(&root.join("corpus/danh-muc"));
    seeds.push(("danh-muc.xlsx".to_owned(), workbook()));
    let csv = "STT,Số ký hiệu,Ngày ban hành,Trích yếu\n1,17/2019/QĐ-UBND,22/7/2019,Quy định mức đóng góp\n".repeat(20);
    seeds.push(("danh-muc.csv".to_owned(), csv.into_bytes()));
    let text =
        "ỦY BAN NHÂN DÂN TỈNH\nSố: 17/2019/QĐ-UBND\nQUYẾT ĐỊNH\nĐiều 1. Phạm vi\n1. Nhân dân bàn.\na) Mức đóng góp;\n";
    seeds.push(("van-ban.txt".to_owned(), text.repeat(30).into_bytes()));
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    seeds.push(("utf-16.txt".to_owned(), wide));
    // Fixtures of single quirks: their names tell; large ones say nothing more when they are broken.
    let mut fixtures = folder(&root.join("tests/fixtures"));
    fixtures.retain(|(_, bytes)| bytes.len() < 200_000);
    seeds.extend(fixtures);
    seeds
}

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["STT", "Số ký hiệu", "Trích yếu"]) {
        sheet.write_string(0, column, head).expect("a cell");
    }
    for row in 1..60 {
        sheet.write_number(row, 0, f64::from(row)).expect("a cell");
        sheet.write_string(row, 1, format!("{row}/2019/QĐ-UBND")).expect("a cell");
        sheet.write_string(row, 2, "Quy định mức đóng góp").expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

/// Files under a folder, in order of their names; none when there is no such folder.
fn folder(path: &Path) -> Vec<Made> {
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(folder(&path));
        } else {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            found.push((name, fs::read(&path).expect("a file")));
        }
    }
    found
}
