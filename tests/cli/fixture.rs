//! Small invented batches, and running the program on them.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use docx_rs::{Docx, Paragraph, Run};
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A decision whose second article conflicts with the Law.
pub const DECISION: &[&str] = &[
    "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 17/2019/QĐ-UBND",
    "Nghệ An, ngày 22 tháng 7 năm 2019",
    "QUYẾT ĐỊNH",
    "Quy định việc nhân dân bàn và quyết định ở xã, phường, thị trấn",
    "Căn cứ Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn ngày 20 tháng 4 năm 2007;",
    "QUYẾT ĐỊNH:",
    "Điều 1. Phạm vi điều chỉnh",
    "Quyết định này quy định việc nhân dân bàn và quyết định.",
    "Điều 2. Huy động đóng góp",
    "1. Cuộc họp thôn bàn chủ trương và mức đóng góp.",
    "2. Mức đóng góp được thông qua khi có trên 50% số cử tri đại diện hộ gia đình tán thành.",
    "Điều 3. Hiệu lực thi hành",
    "Quyết định này có hiệu lực từ ngày 01 tháng 8 năm 2019.",
];

/// A later decision gives clause 2 of Điều 2 new words and repeals clause 1.
pub const AMENDING: &[&str] = &[
    "ỦY BAN NHÂN DÂN TỈNH NGHỆ AN",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 08/2021/QĐ-UBND",
    "Nghệ An, ngày 10 tháng 3 năm 2021",
    "QUYẾT ĐỊNH",
    "Sửa đổi, bổ sung một số điều của Quyết định số 17/2019/QĐ-UBND ngày 22 tháng 7 năm 2019 của Ủy ban nhân dân tỉnh",
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "QUYẾT ĐỊNH:",
    "Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 17/2019/QĐ-UBND như sau:",
    "1. Sửa đổi, bổ sung khoản 2 Điều 2 như sau:",
    "“2. Mức đóng góp được thông qua khi có trên 60% số cử tri đại diện hộ gia đình tán thành.”",
    "2. Bãi bỏ khoản 1 Điều 2.",
    "Điều 2. Quyết định này có hiệu lực từ ngày 20 tháng 3 năm 2021.",
];

/// A folder that disappears after the test; its name is no part of what is compared.
pub struct Batch(TempDir);

impl Batch {
    /// An empty one.
    pub fn new() -> Batch {
        Batch(tempfile::tempdir().expect("a folder"))
    }

    /// One with a readable decision, `van-ban/qd-17.docx`.
    pub fn with_decision() -> Batch {
        let batch = Batch::new();
        batch.file("van-ban/qd-17.docx", &docx(DECISION));
        batch
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, with the folders it needs.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(rasoat().args(arguments).current_dir(self.path()).output().expect("a run"))
    }

    /// Scans `van-ban` into `ra` as of a fixed day, with further arguments.
    pub fn scan(&self, more: &[&str]) -> Ran {
        let usual = ["scan", "van-ban", "--out", "ra", "--as-of", "2026-11-22", "--format", "json"];
        self.run(&[&usual[..], more].concat())
    }

    /// `ra/ket-qua.json`.
    pub fn results(&self) -> Value {
        serde_json::from_slice(&self.bytes("ra/ket-qua.json")).expect("JSON")
    }

    /// A file as it is.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Names in a folder, in order.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path().join(folder)) else { return Vec::new() };
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// The program, not yet run.
pub fn rasoat() -> Command {
    Command::cargo_bin("rasoat").expect("the program")
}

/// How a run went.
#[derive(Debug)]
pub struct Ran {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Ran {
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Fails unless the run ended so and said all of these words on standard error.
    #[track_caller]
    pub fn ends(&self, code: i32, said: &[&str]) {
        assert_eq!(self.code, code, "{self:#?}");
        for words in said {
            assert!(self.err.contains(words), "“{words}” is missing: {self:#?}");
        }
    }
}

/// A Word document with these paragraphs.
pub fn docx(lines: &[&str]) -> Vec<u8> {
    let add = |docx: Docx, line: &&str| docx.add_paragraph(Paragraph::new().add_run(Run::new().add_text(*line)));
    let mut bytes = Cursor::new(Vec::new());
    lines.iter().fold(Docx::new(), add).build().pack(&mut bytes).expect("a package");
    bytes.into_inner()
}

/// A zip with these parts.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("an entry");
    }
    writer.finish().expect("a zip").into_inner()
}

/// A Word package around this `word/document.xml`.
pub fn docx_of(xml: &str) -> Vec<u8> {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let links = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", links.as_bytes()),
        ("word/document.xml", xml.as_bytes()),
    ])
}

/// A compound file (Word 97-2003, protected packages) with one stream of this name.
pub fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(512 + 128, 0);
    let mut entry = vec![0_u8; 128];
    for (at, byte) in stream.bytes().enumerate() {
        entry[at * 2] = byte;
    }
    entry[64] = u8::try_from((stream.len() + 1) * 2).expect("a short name");
    bytes.extend(entry);
    bytes
}

/// A workbook with one sheet of these rows.
pub fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write_string(row, column, *cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}
