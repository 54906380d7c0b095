//! Files written whole or not at all: into a temporary file beside the target, to the disk, then renamed.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Error;

/// Most workbooks kept side by side before giving up.
const MOST_COPIES: usize = 99;

/// Makes the folder of the outputs, and says plainly when that cannot be done.
pub fn folder(out: &Path) -> Result<(), Error> {
    let failed = |source| Error::Folder { folder: out.to_owned(), source };
    std::fs::create_dir_all(out).map_err(failed)?;
    // The only sure way to know that a folder can be written.
    temporary(out).and_then(tempfile::NamedTempFile::close).map_err(failed)
}

/// Writes `target` through `fill`; an earlier file of that name stays untouched until the new one is whole.
pub fn whole<E>(target: &Path, fill: impl FnOnce(&mut BufWriter<File>) -> Result<(), E>) -> Result<(), Error>
where
    Error: From<(PathBuf, E)>,
{
    let failed = |source: io::Error| Error::File { file: target.to_owned(), source };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let long = any_length(folder);
    let temporary = temporary(&long).map_err(|source| Error::Folder { folder: folder.to_owned(), source })?;
    let (file, path) = temporary.into_parts();
    let mut buffer = BufWriter::with_capacity(1 << 16, file);
    fill(&mut buffer).map_err(|source| Error::from((target.to_owned(), source)))?;
    buffer.flush().map_err(failed)?;
    let file = buffer.into_inner().map_err(|unsaved| failed(unsaved.into_error()))?;
    file.sync_all().map_err(failed)?;
    // Windows refuses to rename an open file.
    drop(file);
    path.persist(long.join(target.file_name().unwrap_or_default())).map_err(|refused| failed(refused.error))
}

/// The folder in the form Windows takes at any length (`\\?\`): the standard library sees to that itself, the rename of temporary
/// files does not.
fn any_length(folder: &Path) -> PathBuf {
    let verbatim = if cfg!(windows) { std::fs::canonicalize(folder).ok() } else { None };
    verbatim.unwrap_or_else(|| folder.to_owned())
}

/// A temporary file with the permissions any new file of this user gets.
fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rasoat-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Where a workbook may be written, and why not under its own name.
#[derive(Debug, PartialEq, Eq)]
pub struct Place {
    /// The file to write.
    pub path: PathBuf,
    /// Said to the user when the name is not the usual one.
    pub note: Option<String>,
}

/// The first of `name.xlsx`, `name-2.xlsx`, … that can be replaced: not open in an office program, and without decisions of
/// a reviewer in it.
pub fn workbook_place(out: &Path, stem: &str, holds_decisions: impl Fn(&Path) -> bool) -> Place {
    let usual = out.join(format!("{stem}.xlsx"));
    let mut note = None;
    for number in 1..=MOST_COPIES {
        let path = if number == 1 { usual.clone() } else { out.join(format!("{stem}-{number}.xlsx")) };
        let why = if is_open(&path) {
            "đang được mở"
        } else if path.exists() && holds_decisions(&path) {
            "còn quyết định của người rà soát chưa nhập được"
        } else {
            if note.is_some() {
                note = note.map(|why: String| format!("{why}; đã ghi kết quả mới vào {}", file_name(&path)));
            }
            return Place { path, note };
        };
        note.get_or_insert_with(|| format!("{} {why} nên không ghi đè", file_name(&path)));
    }
    Place { path: usual, note: None }
}

/// Every workbook of a stem in a folder: `name.xlsx`, `name-2.xlsx`, …
pub fn workbooks(folder: &Path, stem: &str) -> Vec<PathBuf> {
    let names = (1..=MOST_COPIES).map(|number| match number {
        1 => format!("{stem}.xlsx"),
        _ => format!("{stem}-{number}.xlsx"),
    });
    names.map(|name| folder.join(name)).filter(|path| path.is_file()).collect()
}

/// Moves a file aside into `folder`, under a name that is free there.
pub fn set_aside(path: &Path, folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|source| Error::Folder { folder: folder.to_owned(), source })?;
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let free = (1..).map(|number| folder.join(format!("{stem}.{number}.xlsx"))).find(|target| !target.exists());
    match free {
        Some(target) => std::fs::rename(path, target).map_err(|source| Error::File { file: path.to_owned(), source }),
        None => Ok(()),
    }
}

/// Is the file open in Excel, Word or LibreOffice here, or locked?
pub fn is_open(path: &Path) -> bool {
    let name = file_name(path);
    let beside = |lock: String| path.with_file_name(lock).exists();
    if beside(format!("~${name}")) || beside(format!(".~lock.{name}#")) {
        return true;
    }
    // Excel on Windows shares its open file with nobody who wants to write.
    path.exists() && File::options().append(true).open(path).is_err()
}

/// Last part of a path, for messages.
pub fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_or_untouched() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("ket-qua.json");
        whole(&target, |out| out.write_all(b"first")).unwrap();
        let broken = whole(&target, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("broken"))
        });
        assert!(broken.is_err());
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "first");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_open_or_decided_workbook_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        let free = workbook_place(out, "de-xuat", |_| false);
        assert_eq!((free.path, free.note), (out.join("de-xuat.xlsx"), None));
        std::fs::write(out.join("de-xuat.xlsx"), "x").unwrap();
        std::fs::write(out.join("~$de-xuat.xlsx"), "x").unwrap();
        let second = workbook_place(out, "de-xuat", |_| false);
        assert_eq!(second.path, out.join("de-xuat-2.xlsx"));
        assert!(second.note.unwrap().contains("đang được mở"));
        std::fs::remove_file(out.join("~$de-xuat.xlsx")).unwrap();
        std::fs::write(out.join("de-xuat-2.xlsx"), "x").unwrap();
        let third = workbook_place(out, "de-xuat", |_| true);
        assert_eq!(third.path, out.join("de-xuat-3.xlsx"));
        assert!(third.note.unwrap().contains("quyết định của người rà soát chưa nhập được"));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tep");
        std::fs::write(&file, "x").unwrap();
        let message = super::folder(&file.join("ra-soat")).unwrap_err().to_string();
        assert!(message.contains("Không tạo được") && message.contains("ra-soat"), "{message}");
    }
}
