//! Whole files: those of `tests/fixtures/doc` (made by its `make.py`), one of Word 6 put together here, and mutilated ones.

use super::*;
use crate::source::{ChangeKind, NoteKind, Origin};

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/doc/{name}.doc", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

const FIXTURES: [&str; 6] = ["so-tu-dong", "bang", "ghi-chu", "tcvn3", "sua-doi", "dau-rieng"];

fn visible(raw: &RawDocument) -> Vec<String> {
    raw.paragraphs().iter().map(|paragraph| paragraph.visible()).collect()
}

fn codes(raw: &RawDocument) -> Vec<&str> {
    raw.warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn automatic_numbers_are_counted() {
    let raw = read_ourselves(&fixture("so-tu-dong")).unwrap();
    assert_eq!(
        visible(&raw),
        [
            "Chương I QUY ĐỊNH CHUNG",
            "Điều 1. Phạm vi",
            "a) Thôn",
            "b) Tổ dân phố",
            "- Kể cả khu dân cư",
            "Điều 2. Đối tượng",
            "a) Cán bộ",
            "Đoạn không đánh số.",
            "Chương II TỔ CHỨC THỰC HIỆN",
            "Điều 1. Trách nhiệm",
            "1. Thông báo",
            "1.1. Họp thôn",
            "7. Lấy ý kiến",
        ]
    );
    assert_eq!(raw.paragraphs()[12].origin, Origin { paragraph: 12, page: None });
}

#[test]
fn tables_stand_in_rows_and_cells() {
    let raw = read_ourselves(&fixture("bang")).unwrap();
    let tables: Vec<_> = raw
        .blocks
        .iter()
        .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
        .collect();
    let widths = |number: usize| tables[number].rows.iter().map(|row| row.cells.len()).collect::<Vec<_>>();
    assert_eq!((widths(0), widths(1)), (vec![2, 2], vec![2, 1]), "a cell that continues a merge is left out");
    let paragraphs = raw.paragraphs();
    assert_eq!(paragraphs[0].text, "ỦY BAN NHÂN DÂN");
    assert!(paragraphs[0].look.centered && !paragraphs[1].look.centered);
    let Block::Table(nested) = &tables[1].rows[1].cells[0].blocks[1] else { panic!("no table in the cell") };
    let inside: Vec<&str> = nested.paragraphs().iter().map(|paragraph| paragraph.text.as_str()).collect();
    assert_eq!(inside, ["30 ngày", "liên tục"]);
    assert_eq!(visible(&raw).last().unwrap(), "Hết bảng.");
}

#[test]
fn notes_stay_where_they_are_referred_to() {
    let raw = read_ourselves(&fixture("ghi-chu")).unwrap();
    let notes: Vec<(NoteKind, &str, &str)> = raw
        .paragraphs()
        .iter()
        .flat_map(|paragraph| {
            paragraph.notes.iter().map(|note| (note.kind, &paragraph.text[..note.anchor], note.text.as_str()))
        })
        .collect();
    assert_eq!(
        notes,
        [
            (NoteKind::Footnote, "Nhân dân bàn", "Điểm này được sửa đổi năm 2022."),
            (NoteKind::Endnote, "Nhân dân bàn và quyết định", "Xem phụ lục kèm theo."),
            (NoteKind::TextBox, "Mẫu số 01 ", "DỰ THẢO lần hai"),
        ]
    );
    let running: Vec<(NoteKind, &str)> = raw.running.iter().map(|note| (note.kind, note.text.as_str())).collect();
    assert_eq!(running, [(NoteKind::Header, "Quy ước thôn Đông"), (NoteKind::Footer, "Trang  của bản chính")]);
}

#[test]
fn old_letters_are_decoded_by_their_fonts() {
    let raw = read_ourselves(&fixture("tcvn3")).unwrap();
    assert_eq!(
        visible(&raw),
        [
            "ỦY BAN NHÂN DÂN XÃ",
            "Điều 1. Thôn, tổ dân phố họp bàn và quyết định; người dân giám sát, xã hướng dẫn.",
            "Điều 2. Hiệu lực thi hành.",
        ]
    );
    assert_eq!((raw.encoding, codes(&raw)), (Encoding::Tcvn3, vec!["legacy-encoding-converted"]));
    assert!(raw.paragraphs()[0].look.bold);
}

#[test]
fn tracked_changes_and_hidden_text_are_left_out_and_told() {
    let raw = read_ourselves(&fixture("sua-doi")).unwrap();
    assert_eq!(
        visible(&raw),
        [
            "Mức đóng góp do ít nhất 2/3 số hộ gia đình tán thành.",
            "Trưởng thôn thông báo công khai.",
            "Nửa đầu nửa sau.",
            "Có chú thích bên lề.",
        ]
    );
    let changes: Vec<_> = raw.changes.iter().map(|change| (change.kind, change.text.as_str())).collect();
    assert_eq!(changes, [(ChangeKind::Deleted, "trên 50% "), (ChangeKind::Inserted, "ít nhất 2/3 ")]);
    assert_eq!(raw.changes[0].author.as_deref(), Some("Trần Thị Bình"));
    assert_eq!(raw.changes[0].date.as_deref(), Some("2024-03-05T14:30:00"));
    assert_eq!(codes(&raw), ["tracked-changes-present", "comments-present", "hidden-text-present"]);
}

#[test]
fn signs_of_word_become_characters() {
    let raw = read_ourselves(&fixture("dau-rieng")).unwrap();
    assert_eq!(
        visible(&raw),
        [
            "Theo Nghị định 30/2020/NĐ\u{2011}CP Điều 5 và Phụ lục",
            "Từ 18 tuổi ≥ 75; phươngán",
            "Cột một\tcột hai\ndòng dưới",
            "Hết trang",
            "Trang\u{a0}mới (đ, ơ, ư, “ngoặc” – gạch…)",
            "Hết phần",
            "Phần sau",
        ]
    );
}

/// A compound file with one stream, in sectors one behind the other.
fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    let sectors = stream.len().div_ceil(512).max(8);
    let mut bytes = vec![0; 512];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[30] = 9;
    bytes[32] = 6;
    let mut number = |at: usize, value: u32| bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    number(44, 1);
    number(48, sectors as u32 + 1);
    number(56, 4096);
    number(60, 0xFFFF_FFFE);
    number(68, 0xFFFF_FFFE);
    (0..109).for_each(|at| number(76 + at * 4, 0xFFFF_FFFF));
    number(76, sectors as u32);
    bytes.extend(stream);
    bytes.resize(512 + sectors * 512, 0);
    let mut chain: Vec<u32> = (1..=sectors as u32).collect();
    chain[sectors - 1] = 0xFFFF_FFFE;
    chain.extend([0xFFFF_FFFD, 0xFFFF_FFFE]);
    chain.resize(128, 0xFFFF_FFFF);
    bytes.extend(chain.into_iter().flat_map(u32::to_le_bytes));
    for (name, kind, child, start, size) in
        [("Root Entry", 5, 1u32, 0xFFFF_FFFE, 0), (name, 2, u32::MAX, 0u32, sectors as u32 * 512)]
    {
        let mut entry = [0u8; 128];
        name.bytes().enumerate().for_each(|(at, byte)| entry[at * 2] = byte);
        entry[64] = (name.len() as u8 + 1) * 2;
        entry[66] = kind;
        for (at, value) in [(68, u32::MAX), (72, u32::MAX), (76, child), (116, start), (120, size)] {
            entry[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
        bytes.extend(entry);
    }
    bytes.resize(512 + (sectors + 2) * 512, 0);
    bytes
}

/// A file of Word 6: text at 1024, pages of properties at 1536 and 2048, fonts at 2560.
fn word6() -> Vec<u8> {
    let text: Vec<u8> = "céng hßa\r§iÒu 1. Nh©n d©n bµn, quyÕt ®Þnh.\rH\u{7}Ghi chó\u{7}\u{7}"
        .chars()
        .map(|c| c as u32 as u8)
        .collect();
    let mut bytes = vec![0; 4096];
    let length = text.len() as u32;
    let table = text.iter().rposition(|&byte| byte == b'\r').unwrap() as u32 + 1;
    bytes[1024..1024 + text.len()].copy_from_slice(&text);
    let mut put = |at: usize, value: &[u8]| bytes[at..at + value.len()].copy_from_slice(value);
    put(0, &[0xDC, 0xA5, 101, 0]);
    put(24, &1024u32.to_le_bytes());
    put(28, &(1024 + length).to_le_bytes());
    put(0x34, &length.to_le_bytes());
    // Tables of pages: two positions and the number of one page each.
    for (place, at, page) in [(0xB8, 2700u32, 3u8), (0xC0, 2720, 4)] {
        put(place, &at.to_le_bytes());
        put(place + 4, &10u32.to_le_bytes());
        put(at as usize, &1024u32.to_le_bytes());
        put(at as usize + 4, &(1024 + length).to_le_bytes());
        put(at as usize + 8, &[page, 0]);
    }
    let fonts = b"\x22\0\x0d\0\0\0\0\0.VnTime\0\x0e\0\0\0\0\0.VnTimeH\0";
    put(0xD0, &2560u32.to_le_bytes());
    put(0xD4, &(fonts.len() as u32).to_le_bytes());
    put(2560, fonts);
    // Characters: the first paragraph in capitals, the rest in the other font.
    let bounds = |ends: &[u32]| ends.iter().flat_map(|end| (1024 + end).to_le_bytes()).collect::<Vec<u8>>();
    put(1536, &bounds(&[0, 9, length]));
    put(1536 + 12, &[200, 210]);
    put(1536 + 400, &[3, 93, 1, 0]);
    put(1536 + 420, &[3, 93, 0, 0]);
    put(1536 + 511, &[2]);
    // Paragraphs: the last three marks stand in a table, the very last ends its row.
    put(2048, &bounds(&[0, table, length - 1, length]));
    put(2048 + 16, &[0, 0, 0, 0, 0, 0, 0, 220, 0, 0, 0, 0, 0, 0, 230]);
    put(2048 + 440, &[2, 0, 0, 24, 1]);
    put(2048 + 460, &[3, 0, 0, 24, 1, 25, 1]);
    put(2048 + 511, &[3]);
    compound("WordDocument", &bytes)
}

#[test]
fn word_6_is_read_with_its_fonts_and_tables() {
    let raw = read_ourselves(&word6()).unwrap();
    assert_eq!(visible(&raw), ["CỘNG HÒA", "Điều 1. Nhân dân bàn, quyết định.", "H", "Ghi chú"]);
    let Some(Block::Table(table)) = raw.blocks.get(2) else { panic!("no table: {:?}", raw.blocks) };
    assert_eq!(table.rows.iter().map(|row| row.cells.len()).collect::<Vec<_>>(), [2]);
    assert_eq!(raw.encoding, Encoding::Tcvn3);
}

/// Where the file information block stands: at the start of a sector, large or small.
fn block(bytes: &[u8]) -> usize {
    (512..bytes.len()).step_by(64).find(|&at| bytes[at..].starts_with(&[0xEC, 0xA5])).unwrap()
}

fn patched(mut bytes: Vec<u8>, at: usize, value: u8) -> Vec<u8> {
    let block = block(&bytes);
    bytes[block + at] |= value;
    bytes
}

#[test]
fn what_cannot_be_read_says_why() {
    let locked = patched(fixture("bang"), 11, 0x01);
    let endless = patched(fixture("bang"), 79, 0x7F);
    for (bytes, code) in [
        (locked, UnreadCode::Encrypted),
        (endless, UnreadCode::TooLarge),
        (compound("WordDocument", &[0xDB, 0xA5, 45, 0]), UnreadCode::LegacyDoc),
        (compound("WordDocument", &[0; 5000]), UnreadCode::Damaged),
        (compound("Khác", &[0; 5000]), UnreadCode::Damaged),
        (vec![0xD0, 0xCF, 0x11, 0xE0], UnreadCode::Damaged),
    ] {
        assert_eq!(read_ourselves(&bytes).map(|_| ()).unwrap_err().code, code);
    }
}

#[test]
fn a_lost_table_of_pieces_leaves_the_text() {
    let mut bytes = fixture("dau-rieng");
    let block = block(&bytes);
    bytes[block + 418..block + 426].fill(0);
    let raw = read_ourselves(&bytes).unwrap();
    assert_eq!(raw.paragraphs()[4].text, "Trang\u{a0}mới (đ, ơ, ư, “ngoặc” – gạch…)");
    assert!(codes(&raw).contains(&"damaged-part"));
}

#[test]
fn mutilated_files_never_panic_and_never_hang() {
    let mut seed = 0x2545_F491_4F6C_DD1Du64;
    let mut next = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    let files: Vec<Vec<u8>> = FIXTURES.iter().map(|name| fixture(name)).chain([word6()]).collect();
    let mut read = 0;
    for file in &files {
        for round in 0..60 {
            let mut bytes = file.clone();
            match round % 3 {
                0 => bytes.truncate(next(file.len())),
                1 => (0..=next(16)).for_each(|_| bytes[next(file.len())] ^= 1 << next(8)),
                _ => {
                    let from = next(file.len());
                    let to = (from + next(1500)).min(file.len());
                    bytes[from..to].fill(if round % 2 == 0 { 0xFF } else { 0 });
                }
            }
            read += usize::from(read_ourselves(&bytes).is_ok());
        }
    }
    assert!(read > 100, "most of a mutilated file is still read");
}
