//! Compound files ([MS-CFB]): sound ones with nothing sensible inside, and ones that lie about their sectors.

use super::chance::Chance;
use super::runs::Made;

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const FAT: u32 = 0xFFFF_FFFD;

/// All of them.
pub fn all() -> Vec<Made> {
    let noise = |seed| {
        let mut chance = Chance::new(seed);
        (0..5_000).map(|_| chance.byte()).collect::<Vec<u8>>()
    };
    let mut files: Vec<Made> = Vec::new();
    for (name, stream) in [("doc", "WordDocument"), ("xls", "Workbook"), ("docx", "EncryptedPackage")] {
        let sound = compound(stream, &noise(1));
        files.push((format!("noise.{name}"), sound.clone()));
        files.push((format!("zeros.{name}"), compound(stream, &[0; 5_000])));
        for (what, lie) in LIES {
            let mut bytes = sound.clone();
            lie(&mut bytes);
            files.push((format!("{what}.{name}"), bytes));
        }
    }
    let mut word = noise(2);
    // A FIB that points far outside ([MS-DOC] 2.5.1).
    word[..12].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    for byte in &mut word[12..1_200] {
        *byte = 0xFF;
    }
    files.push(("pointers-far.doc".to_owned(), compound("WordDocument", &word)));
    // BIFF8: a sheet whose only cells are its first and its last.
    files.push(("last-cell.xls".to_owned(), compound("Workbook", &far_cells())));
    files.push(("records-far.xls".to_owned(), compound("Workbook", &[0x09, 0x08, 0xFF, 0xFF].repeat(1_250))));
    files
}

type Lie = fn(&mut Vec<u8>);

const LIES: [(&str, Lie); 10] = [
    ("fat-circle", |bytes| set_fat(bytes, 2, 2)),
    ("fat-long-circle", |bytes| set_fat(bytes, 4, 2)),
    ("directory-circle", |bytes| set_fat(bytes, 1, 1)),
    ("fat-far", |bytes| set_fat(bytes, 2, 0x7FFF_FFFF)),
    ("sector-size", |bytes| bytes[30] = 31),
    ("sector-size-none", |bytes| bytes[30] = 0),
    ("directory-far", |bytes| bytes[48..52].copy_from_slice(&0x00FF_FFFFu32.to_le_bytes())),
    ("fat-count", |bytes| bytes[44..48].copy_from_slice(&u32::MAX.to_le_bytes())),
    ("size-far", |bytes| entry(bytes, 1)[120..124].copy_from_slice(&0x7FFF_FFFFu32.to_le_bytes())),
    ("siblings-circle", |bytes| {
        for link in [68, 72, 76] {
            entry(bytes, 1)[link..link + 4].copy_from_slice(&1u32.to_le_bytes());
        }
    }),
];

fn set_fat(bytes: &mut [u8], sector: usize, next: u32) {
    bytes[SECTOR + sector * 4..SECTOR + sector * 4 + 4].copy_from_slice(&next.to_le_bytes());
}

fn entry(bytes: &mut [u8], at: usize) -> &mut [u8] {
    let from = 2 * SECTOR + at * 128;
    &mut bytes[from..from + 128]
}

/// A compound file: sector 0 the FAT, 1 the directory, the stream from 2 on.
pub fn compound(stream: &str, content: &[u8]) -> Vec<u8> {
    let sectors = content.len().div_ceil(SECTOR);
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(SECTOR, 0);
    bytes[24..34].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    // One FAT sector; the directory at 1; streams of 4,096 bytes and more stand in whole sectors; no other tables.
    for (at, value) in [(44, 1), (48, 1), (56, 4_096), (60, END), (68, END)] {
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    for slot in 0..109 {
        let value = if slot == 0 { 0 } else { FREE };
        bytes[76 + slot * 4..80 + slot * 4].copy_from_slice(&value.to_le_bytes());
    }
    let mut fat = vec![FAT, END];
    fat.extend((0..sectors).map(|at| if at + 1 == sectors { END } else { at as u32 + 3 }));
    fat.resize(SECTOR / 4, FREE);
    bytes.extend(fat.iter().flat_map(|next| next.to_le_bytes()));
    bytes.extend(directory_entry("Root Entry", 5, 1, END, 0));
    bytes.extend(directory_entry(stream, 2, FREE, 2, content.len() as u32));
    bytes.resize(3 * SECTOR, 0);
    bytes.extend(content);
    bytes.resize((3 + sectors) * SECTOR, 0);
    bytes
}

fn directory_entry(name: &str, kind: u8, child: u32, start: u32, size: u32) -> Vec<u8> {
    let mut entry = vec![0; 128];
    for (at, unit) in name.encode_utf16().enumerate() {
        entry[at * 2..at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
    }
    entry[64] = (name.len() * 2 + 2) as u8;
    entry[66] = kind;
    entry[67] = 1;
    for (at, value) in [(68, FREE), (72, FREE), (76, child), (116, start), (120, size)] {
        entry[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    entry
}

fn far_cells() -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat();
    let begin = |what: u8| record(0x0809, &[0, 6, what, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0]);
    let number = |row: u16, column: u16| {
        record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0, 0], &1.5f64.to_le_bytes()].concat())
    };
    let globals = begin(5);
    let sheet_at = (globals.len() + 4 + 11 + 4) as u32;
    let bound = record(0x0085, &[&sheet_at.to_le_bytes()[..], &[0, 0, 3, 0, b'A', b'b', b'c']].concat());
    let mut stream =
        [globals, bound, record(0x000A, &[]), begin(16), number(0, 0), number(65_535, 255), record(0x000A, &[])]
            .concat();
    stream.resize(5_000, 0);
    stream
}
