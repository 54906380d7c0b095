//! Bytes of a file as they were at one moment, or why not.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::limits::MAX_FILE;
use super::{Unread, UnreadCode, system};

/// Reads a whole file. One that grows, shrinks, is written to or vanishes meanwhile is unread: half of an old text and
/// half of a new one must not be reviewed as a document.
pub fn load(path: &Path) -> Result<Vec<u8>, Unread> {
    load_around(path, || ())
}

/// `meanwhile` happens after the bytes are read and before the file is looked at again.
fn load_around(path: &Path, meanwhile: impl FnOnce()) -> Result<Vec<u8>, Unread> {
    let before = std::fs::metadata(path).map_err(|error| fault(&error))?;
    if !before.is_file() {
        // Reading a pipe or a device might never end.
        return Err(Unread::because(
            UnreadCode::Io,
            "Đây không phải tệp thông thường.",
            "Chép nội dung ra một tệp rồi chạy lại.",
        ));
    }
    if before.len() > MAX_FILE {
        return Err(Unread::because(
            UnreadCode::TooLarge,
            format!("Tệp lớn hơn {} MB.", MAX_FILE >> 20),
            "Tách tệp hoặc bỏ ảnh trong tệp rồi chạy lại.",
        ));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.len()).unwrap_or_default());
    let file = File::open(path).map_err(|error| fault(&error))?;
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
    meanwhile();
    let after = std::fs::metadata(path).map_err(|error| fault(&error))?;
    if bytes.len() as u64 != before.len() || changed(&before, &after) {
        return Err(Unread::because(
            UnreadCode::Io,
            "Tệp bị thay đổi trong lúc đang đọc.",
            "Đợi việc chép, đồng bộ hoặc soạn thảo tệp xong, đóng tệp rồi chạy lại.",
        ));
    }
    Ok(bytes)
}

/// Some file systems have no times; then only the length tells.
fn changed(before: &Metadata, after: &Metadata) -> bool {
    before.len() != after.len() || before.modified().ok() != after.modified().ok()
}

fn fault(error: &std::io::Error) -> Unread {
    if error.kind() == ErrorKind::NotFound {
        return Unread::because(
            UnreadCode::Io,
            "Không còn tệp ở chỗ này: tệp bị xóa, chuyển hoặc đổi tên trong lúc chạy, hoặc là liên kết đến tệp không có.",
            "Đưa tệp về chỗ cũ rồi chạy lại.",
        );
    }
    Unread::because(
        UnreadCode::Io,
        format!("Không mở được tệp: {}.", system::cause(error)),
        "Kiểm tra tệp còn tồn tại, không bị khóa và được phép đọc.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_file_that_stays_as_it_is_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "Điều 1").unwrap();
        assert_eq!(load(&path).unwrap(), "Điều 1".as_bytes());
    }

    #[test]
    fn a_file_that_changes_or_vanishes_meanwhile_is_unread_with_its_reason() {
        type Change = fn(&Path);
        let cases: [(&str, Change, &str); 4] = [
            ("grows", |path| std::fs::write(path, "Điều 1. Điều 2.").unwrap(), "thay đổi"),
            ("shrinks", |path| std::fs::write(path, "").unwrap(), "thay đổi"),
            ("is written anew", |path| touch(path), "thay đổi"),
            ("vanishes", |path| std::fs::remove_file(path).unwrap(), "bị xóa"),
        ];
        for (name, change, said) in cases {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.txt");
            std::fs::write(&path, "Điều 1.").unwrap();
            let unread = load_around(&path, || change(&path)).unwrap_err();
            assert_eq!(unread.code, UnreadCode::Io, "{name}");
            assert!(unread.message.contains(said), "{name}: {}", unread.message);
        }
    }

    /// Another moment of writing, the same length.
    fn touch(path: &Path) {
        let file = File::options().write(true).open(path).unwrap();
        file.set_modified(SystemTime::now() + Duration::from_secs(60)).unwrap();
    }

    #[test]
    fn what_is_no_file_or_too_large_is_refused_unopened() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(load(folder.path()).unwrap_err().code, UnreadCode::Io);
        let path = folder.path().join("to.docx");
        // Sparse: it takes no room.
        File::create(&path).unwrap().set_len(MAX_FILE + 1).unwrap();
        assert_eq!(load(&path).unwrap_err().code, UnreadCode::TooLarge);
        let gone = load(&folder.path().join("khong-co.docx")).unwrap_err();
        assert_eq!(gone.code, UnreadCode::Io);
        assert!(gone.message.starts_with("Không còn tệp"));
    }
}
