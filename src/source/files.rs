//! Path arguments → the list of files to read, in an order that does not depend on the file system.

use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use super::system;

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in results: relative to the argument it was found under, with `/`, in NFC.
    pub file: String,
}

/// A path argument that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PathError {
    /// Nothing is there.
    #[error("Không tìm thấy tệp hoặc thư mục “{}”. Kiểm tra lại đường dẫn.", .0.display())]
    Missing(PathBuf),
    /// The system refuses to list or open it.
    #[error("Không đọc được thư mục “{}”: {}.", .0.display(), system::cause(.1))]
    Unlistable(PathBuf, #[source] std::io::Error),
}

/// Makes sure that every path is there, before any work is done.
pub fn check(paths: &[PathBuf]) -> Result<(), PathError> {
    match paths.iter().find(|path| !path.exists()) {
        Some(missing) => Err(PathError::Missing(missing.clone())),
        None => Ok(()),
    }
}

/// Lists the files under `paths` and counts those left out (lock files, hidden and system files).
///
/// What an earlier run wrote is no input and is not counted either: a second run over the same folder reads the same.
///
/// Files keep the order of their arguments; inside a folder they are sorted by relative name. A file reached through two
/// arguments is listed once, under the first. Symbolic links are followed to files, not to folders.
pub fn collect(paths: &[PathBuf]) -> Result<(Vec<Input>, usize), PathError> {
    let mut found = Vec::new();
    let mut ignored = 0;
    for path in paths {
        let about = std::fs::metadata(path).map_err(|_| PathError::Missing(path.clone()))?;
        if about.is_dir() {
            collect_folder(path, &mut found, &mut ignored)?;
        } else {
            // A file named outright is read even when it is hidden.
            let file = path.file_name().map(|name| printable(Path::new(name))).unwrap_or_default();
            found.push(Input { path: path.clone(), file });
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|input| seen.insert(std::fs::canonicalize(&input.path).unwrap_or_else(|_| input.path.clone())));
    Ok((found, ignored))
}

fn collect_folder(root: &Path, found: &mut Vec<Input>, ignored: &mut usize) -> Result<(), PathError> {
    let first = found.len();
    let mut results = Results::default();
    let mut walk = WalkDir::new(root).follow_root_links(true).into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if error.depth() == 0 => {
                return Err(PathError::Unlistable(root.to_owned(), error.into()));
            }
            Err(error) => {
                // A file or folder that cannot be listed becomes an input, so that it shows up as unread.
                if let Some(path) = error.path() {
                    found.push(input(root, path.to_owned()));
                }
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        if entry.depth() > 0 && is_output(entry.path(), &mut results) {
            if is_folder {
                walk.skip_current_dir();
            }
        } else if entry.depth() > 0 && is_ignored(&entry) {
            *ignored += 1;
            if is_folder {
                walk.skip_current_dir();
            }
        } else if entry.file_type().is_file() || (entry.path_is_symlink() && !entry.path().is_dir()) {
            // A link to nothing is an input too: it shows up as unread.
            found.push(input(root, entry.into_path()));
        }
    }
    found[first..].sort_by(|a, b| a.file.cmp(&b.file).then_with(|| a.path.cmp(&b.path)));
    Ok(())
}

fn input(root: &Path, path: PathBuf) -> Input {
    let file = printable(path.strip_prefix(root).unwrap_or(&path));
    Input { path, file }
}

/// Lock files of Word and LibreOffice, hidden files and folders, and what Windows and macOS leave behind.
fn is_ignored(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let lower = name.to_lowercase();
    name.starts_with("~$")
        || name.starts_with('.')
        || matches!(lower.as_str(), "thumbs.db" | "ehthumbs.db" | "desktop.ini" | "__macosx" | "$recycle.bin")
}

/// The folder asked about last, and whether a run wrote its results there.
type Results = Option<(PathBuf, bool)>;

/// Is this something a run wrote: one of its files (or their lock or temporary files) beside its `ket-qua.json` or workbook?
fn is_output(path: &Path, last: &mut Results) -> bool {
    if !path.file_name().is_some_and(|name| is_output_name(&name.to_string_lossy())) {
        return false;
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    match last {
        Some((known, is_results)) if known == folder => *is_results,
        _ => {
            let is_results = is_results_folder(folder);
            *last = Some((folder.to_owned(), is_results));
            is_results
        }
    }
}

/// Names of what a run writes, besides its workbooks.
const OUTPUTS: [&str; 9] = [
    "ket-qua.json",
    "bao-cao.docx",
    "bao-cao.html",
    "ghi-chu",
    "dieu-khoan.csv",
    "quyet-dinh.json",
    "nhat-ky.ndjson",
    "moc-ra-soat.json",
    "da-nhap",
];

/// The name of something a run writes into its folder, or of a lock or temporary file of it.
pub fn is_output_name(name: &str) -> bool {
    let locked = name.strip_prefix("~$").or_else(|| name.strip_prefix(".~lock."));
    let plain = locked.unwrap_or(name).trim_end_matches('#');
    // de-xuat.xlsx, de-xuat-2.xlsx, …
    let workbook = plain.strip_prefix("de-xuat").and_then(|rest| rest.strip_suffix(".xlsx"));
    OUTPUTS.contains(&plain)
        || plain.strip_prefix("phieu-ra-soat").is_some_and(|rest| rest.ends_with(".docx"))
        || workbook.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(is_number))
        || name.starts_with(".rasoat-")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A run leaves its JSON, or only a workbook in a folder of the usual name.
fn is_results_folder(folder: &Path) -> bool {
    use std::io::Read as _;
    const BEGINNING: &[u8] = b"{\n\"schema\": \"rasoat/";
    let mut head = [0; BEGINNING.len()];
    let json = std::fs::File::open(folder.join("ket-qua.json")).and_then(|mut file| file.read_exact(&mut head));
    let usual_name = folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with("ra-soat-"));
    (json.is_ok() && head == BEGINNING) || (usual_name && folder.join("de-xuat.xlsx").is_file())
}

/// The path with `/` between its parts, in NFC: file names from macOS are decomposed.
fn printable(path: &Path) -> String {
    let mut file = String::new();
    for part in path.components() {
        if !file.is_empty() {
            file.push('/');
        }
        file.extend(part.as_os_str().to_string_lossy().nfc());
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        root
    }

    fn names(inputs: &[Input]) -> Vec<&str> {
        inputs.iter().map(|input| input.file.as_str()).collect()
    }

    #[test]
    fn folders_are_read_recursively_in_a_fixed_order() {
        let root = folder(&["b.docx", "a/2.docx", "a/1.docx", "a/~$1.docx", ".git/x", "Thumbs.db", "c/desktop.ini"]);
        let (inputs, ignored) = collect(&[root.path().to_owned()]).unwrap();
        assert_eq!(names(&inputs), ["a/1.docx", "a/2.docx", "b.docx"]);
        assert_eq!(ignored, 4);
    }

    #[test]
    fn names_are_composed() {
        let root = folder(&["Quye\u{302}\u{301}t định.docx"]);
        let (inputs, _) = collect(&[root.path().to_owned()]).unwrap();
        assert_eq!(names(&inputs), ["Quyết định.docx"]);
    }

    #[test]
    fn a_file_argument_has_its_own_name_and_is_listed_once() {
        let root = folder(&["a/1.docx"]);
        let file = root.path().join("a/1.docx");
        let (inputs, _) = collect(&[file.clone(), root.path().to_owned(), file]).unwrap();
        assert_eq!(names(&inputs), ["1.docx"]);
    }

    #[test]
    fn a_missing_path_is_an_error_in_vietnamese() {
        let error = collect(&[PathBuf::from("/khong/co")]).unwrap_err();
        assert!(error.to_string().starts_with("Không tìm thấy tệp hoặc thư mục “/khong/co”"));
    }

    #[cfg(unix)]
    #[test]
    fn links_to_folders_are_not_followed() {
        let root = folder(&["a/1.docx"]);
        std::os::unix::fs::symlink(root.path(), root.path().join("a/loop")).unwrap();
        std::os::unix::fs::symlink(root.path().join("a/1.docx"), root.path().join("z.docx")).unwrap();
        let (inputs, _) = collect(&[root.path().to_owned()]).unwrap();
        assert_eq!(names(&inputs), ["a/1.docx"]);
    }
}
