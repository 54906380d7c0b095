//! The gold folder: every YAML file in it, and the document each one is about.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::gold::Gold;
use super::seal;
use super::sets::Set;
use crate::rules::diagnostic::{Diagnostic, SourceFile};
use crate::rules::load;
use crate::source::files::PathError;

/// A gold document with the file it was written in and the document it is about.
#[derive(Debug)]
pub struct GoldFile {
    /// The YAML file.
    pub source: Arc<SourceFile>,
    /// What it says.
    pub gold: Gold,
    /// Where the document is.
    pub document: PathBuf,
    /// Its labels are sealed.
    pub sealed: bool,
}

/// Why nothing can be evaluated. Messages are for the user.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The gold folder is not there.
    #[error("Không tìm thấy thư mục nhãn chuẩn “{0}”. Kiểm tra lại đường dẫn.")]
    NoFolder(String),
    /// There is no YAML file in it.
    #[error("Thư mục nhãn chuẩn “{0}” không có tệp .yaml nào (mỗi văn bản một tệp).")]
    Empty(String),
    /// A file cannot be read.
    #[error("Không đọc được “{path}”")]
    Io {
        /// The file or folder.
        path: String,
        /// The cause.
        source: std::io::Error,
    },
    /// The list of sealed labels cannot be understood.
    #[error("Không đọc được danh sách nhãn niêm phong “{path}” (dòng {line}); sửa tệp này rồi chạy lại")]
    Seal {
        /// The file.
        path: String,
        /// The line where it cannot be read on.
        line: u64,
    },
    /// The list of sets cannot be understood.
    #[error("Không đọc được danh sách nhóm văn bản “{path}” (dòng {line}); sửa tệp này rồi chạy lại")]
    Sets {
        /// The file.
        path: String,
        /// The line where it cannot be read on.
        line: u64,
    },
    /// The earlier results cannot be understood.
    #[error("Tệp “{path}” không phải kết quả của “rasoat eval --json” (dòng {line})")]
    Baseline {
        /// The file.
        path: String,
        /// The line where it cannot be read on.
        line: usize,
    },
    /// A document cannot be reached.
    #[error(transparent)]
    Path(#[from] PathError),
}

/// What was read of a gold folder.
#[derive(Debug, Default)]
pub struct Labels {
    /// Gold documents in name order.
    pub gold: Vec<GoldFile>,
    /// Every fault of every file.
    pub faults: Vec<Diagnostic>,
    /// Paths, as faults show them, of the sealed label files.
    pub sealed: HashSet<String>,
    /// Sets of documents, in the order they are told.
    pub sets: Vec<Set>,
}

/// Reads every `*.yaml` under `folder`.
pub fn read(folder: &Path) -> Result<Labels, Error> {
    if !folder.is_dir() {
        return Err(Error::NoFolder(folder.display().to_string()));
    }
    let seals = seal::files(folder)?;
    let mut sealed_paths = HashSet::new();
    let mut gold = Vec::new();
    let mut faults = Vec::new();
    let mut empty = true;
    let mut by_document: HashMap<PathBuf, String> = HashMap::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| io(folder)(error.into()))?;
        let path = entry.path();
        if !path.is_file() || !path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            continue;
        }
        empty = false;
        let text = std::fs::read_to_string(path).map_err(io(path))?;
        let source = Arc::new(SourceFile { path: path.display().to_string().replace('\\', "/"), text });
        let sealed = std::fs::canonicalize(path).is_ok_and(|real| seals.contains(&real));
        if sealed {
            sealed_paths.insert(source.path.clone());
        }
        let said: Gold = match load::one(&source) {
            Ok(said) => said,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        let Some(document) = resolve(folder, &said.file.value) else {
            let message = format!("không tìm thấy văn bản “{}”", said.file.value);
            let hint = "ghi đường dẫn tính từ thư mục van-ban cạnh thư mục nhãn, hoặc từ thư mục chứa thư mục nhãn";
            faults.push(Diagnostic::about("no-document", &source, &said.file, message).hint(hint));
            continue;
        };
        let real = std::fs::canonicalize(&document).unwrap_or_else(|_| document.clone());
        if let Some(first) = by_document.insert(real, source.path.clone()) {
            let message = format!("văn bản “{}” đã có nhãn ở {first}", said.file.value);
            faults.push(Diagnostic::about("duplicate-document", &source, &said.file, message));
            continue;
        }
        gold.push(GoldFile { source, gold: said, document, sealed });
    }
    if empty {
        return Err(Error::Empty(folder.display().to_string()));
    }
    Ok(Labels { gold, faults, sealed: sealed_paths, sets: super::sets::read(folder)? })
}

/// Names the file in an error of the system.
pub(super) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Error + use<> {
    let path = path.display().to_string();
    move |source| Error::Io { path, source }
}

fn resolve(folder: &Path, file: &str) -> Option<PathBuf> {
    let above = folder.join("..");
    [above.join("van-ban").join(file), above.join(file), folder.join(file)].into_iter().find(|path| path.is_file())
}
