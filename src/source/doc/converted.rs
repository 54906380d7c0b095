//! The last resort for a `.doc` that we cannot read: LibreOffice makes a DOCX of it, where the machine has LibreOffice.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use crate::source::{RawDocument, Warning, docx, outside};

/// No Word writes a file smaller than this one; starting a program for less is in vain.
const MIN_BYTES: usize = 4096;
/// Where installers put LibreOffice.
const FOLDERS: [&str; 3] = [
    "/usr/lib/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    r"C:\Program Files\LibreOffice\program",
];

/// Without it, LibreOffice would take whatever is broken for plain text.
const FILTER: &str = "--infilter=MS Word 97";

/// Starts of LibreOffice are slow and heavy: one at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Reads what LibreOffice makes of a file, and says so; `None` when there is no LibreOffice, or it cannot read it either.
pub(super) fn read(bytes: &[u8]) -> Option<RawDocument> {
    if bytes.len() < MIN_BYTES {
        return None;
    }
    let program = program()?;
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    // Removed again, with all that LibreOffice leaves in it, whatever happens.
    let folder = tempfile::tempdir().ok()?;
    let source = folder.path().join("van-ban.doc");
    std::fs::write(&source, bytes).ok()?;
    let made = folder.path().join("van-ban.docx");
    // The first start with a new profile only sets it up, and asks to be started again.
    for _ in 0..2 {
        if !made.is_file() {
            outside::run(
                Command::new(&program)
                    .arg(format!("-env:UserInstallation={}", address(&folder.path().join("profile"))))
                    .args(["--headless", "--norestore", FILTER, "--convert-to", "docx", "--outdir"])
                    .arg(folder.path())
                    .arg(&source),
            );
        }
    }
    let made = std::fs::read(made).ok()?;
    let mut raw = docx::read(&made).ok()?;
    raw.warnings.push(Warning::new(
        "read-by-outside-program",
        "Tệp .doc hỏng hoặc quá cũ, được LibreOffice chuyển sang .docx rồi mới đọc. Cần đối chiếu với bản gốc trước khi kết luận.",
    ));
    Some(raw)
}

/// The program itself where the command is a script that starts it: only the program can be stopped in time.
fn program() -> Option<PathBuf> {
    let command = outside::find(&["soffice"], &FOLDERS)?;
    let real = std::fs::canonicalize(&command).unwrap_or_else(|_| command.clone());
    let program = real.with_extension("bin");
    Some(if cfg!(unix) && program.is_file() { program } else { command })
}

/// The path as the address of a file.
fn address(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let escaped: String = path
        .bytes()
        .map(|byte| match byte {
            b'/' | b':' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("file://{}{escaped}", if escaped.starts_with('/') { "" } else { "/" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_address() {
        assert_eq!(address(Path::new("/tmp/hồ sơ")), "file:///tmp/h%E1%BB%93%20s%C6%A1");
        assert_eq!(address(Path::new("C:/tam")), "file:///C:/tam");
    }

    #[test]
    fn what_no_word_wrote_starts_no_program() {
        assert!(read(&[0; 100]).is_none());
    }

    #[test]
    fn libreoffice_reads_a_document_and_says_so() {
        if program().is_none() {
            eprintln!("LibreOffice is not installed: skipped");
            return;
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/doc/so-tu-dong.doc");
        let raw = read(&std::fs::read(path).unwrap()).expect("LibreOffice makes a document of it");
        assert!(raw.paragraphs().iter().any(|paragraph| paragraph.visible() == "Điều 1. Phạm vi"));
        assert!(raw.warnings.iter().any(|warning| warning.code == "read-by-outside-program"));
        let garbage = vec![b'x'; MIN_BYTES];
        assert!(read(&garbage).is_none(), "what is no document is not taken for one");
    }
}
