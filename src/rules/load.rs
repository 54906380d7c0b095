//! Packs from the program or from a folder: files read, YAML parsed, every fault of every file collected.

use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::diagnostic::{Diagnostic, SourceFile};
use super::source::{PackSource, ProvisionSource, RuleSource, TermSource, TopicSource};
use crate::registry::Instrument;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// Something with the file it was written in.
#[derive(Debug)]
pub struct InFile<T> {
    /// The value.
    pub value: T,
    /// Its file.
    pub file: Arc<SourceFile>,
}

/// One pack, parsed but not yet checked.
#[derive(Debug)]
pub struct RawPack {
    /// `pack.yaml`.
    pub pack: InFile<PackSource>,
    /// Hash of all its files, in name order.
    pub sha256: String,
    /// Provisions.
    pub provisions: Vec<InFile<ProvisionSource>>,
    /// Lexicon.
    pub terms: Vec<InFile<TermSource>>,
    /// Topics.
    pub topics: Vec<InFile<TopicSource>>,
    /// Status graph.
    pub instruments: Vec<Instrument>,
    /// Rules, in file and line order.
    pub rules: Vec<InFile<RuleSource>>,
}

/// Why packs could not be loaded at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The folder cannot be read.
    #[error("không đọc được bộ quy tắc {path}: {source}")]
    Io {
        /// The folder or file.
        path: String,
        /// The cause.
        source: std::io::Error,
    },
    /// There is no pack in it.
    #[error("thư mục {0} không có bộ quy tắc nào (mỗi bộ là một thư mục có tệp pack.yaml)")]
    NoPack(String),
    /// A pack asked for by id does not exist.
    #[error("không có bộ quy tắc “{wanted}”; hiện có: {known}")]
    UnknownPack {
        /// The id asked for.
        wanted: String,
        /// Ids there are.
        known: String,
    },
}

/// Files of one pack: (path shown, content), in name order.
type PackFiles = (String, Vec<(String, String)>);

/// The packs compiled into the program.
pub fn embedded() -> (Vec<RawPack>, Vec<Diagnostic>) {
    let packs = EMBEDDED
        .dirs()
        .filter(|dir| dir.get_file(dir.path().join("pack.yaml")).is_some())
        .map(|dir| {
            let id = dir.path().display().to_string();
            let files = dir
                .files()
                .filter_map(|file| Some((format!("rules/{}", file.path().display()), file.contents_utf8()?.to_owned())))
                .filter(|(path, _)| path.ends_with(".yaml"))
                .collect();
            (id, files)
        })
        .collect();
    parse_all(packs)
}

/// The file `name` at the top of the embedded rules folder.
pub fn embedded_file(name: &str) -> Option<&'static str> {
    EMBEDDED.get_file(name)?.contents_utf8()
}

/// What the embedded packs know of instruments, without their rules: all that understanding a document needs.
pub fn embedded_instruments() -> Vec<Instrument> {
    let mut files: Vec<_> =
        EMBEDDED.dirs().flat_map(Dir::files).filter(|file| holds_instruments(file.path())).collect();
    files.sort_by_key(|file| file.path());
    let texts = files.par_iter().filter_map(|file| file.contents_utf8());
    texts.filter_map(|text| serde_saphyr::from_str::<Vec<Instrument>>(text).ok()).flatten_iter().collect()
}

/// `true` for `instruments*.yaml`.
fn holds_instruments(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml")
        && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("instruments"))
}

/// The packs of a folder: one pack, or a folder of packs.
pub fn folder(dir: &Path) -> Result<(Vec<RawPack>, Vec<Diagnostic>), LoadError> {
    let io = |path: &Path| {
        let path = path.display().to_string();
        move |source| LoadError::Io { path, source }
    };
    let mut folders = Vec::new();
    if dir.join("pack.yaml").is_file() {
        folders.push(dir.to_path_buf());
    } else {
        for entry in std::fs::read_dir(dir).map_err(io(dir))? {
            let path = entry.map_err(io(dir))?.path();
            if path.join("pack.yaml").is_file() {
                folders.push(path);
            }
        }
    }
    folders.sort();
    if folders.is_empty() {
        return Err(LoadError::NoPack(dir.display().to_string()));
    }
    let mut packs = Vec::new();
    for folder in folders {
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(io(&folder))? {
            let path = entry.map_err(io(&folder))?.path();
            if path.extension().is_some_and(|e| e == "yaml" || e == "yml") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut files = Vec::new();
        for path in paths {
            let text = std::fs::read_to_string(&path).map_err(io(&path))?;
            files.push((path.display().to_string().replace('\\', "/"), text));
        }
        let id = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        packs.push((id, files));
    }
    Ok(parse_all(packs))
}

fn parse_all(mut packs: Vec<PackFiles>) -> (Vec<RawPack>, Vec<Diagnostic>) {
    packs.sort();
    let mut parsed = Vec::new();
    let mut faults = Vec::new();
    for (id, files) in packs {
        parsed.extend(parse_pack(&id, files, &mut faults));
    }
    (parsed, faults)
}

fn parse_pack(id: &str, files: Vec<(String, String)>, faults: &mut Vec<Diagnostic>) -> Option<RawPack> {
    let mut hash = Sha256::new();
    let mut pack = None;
    let mut raw = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (path, text) in files {
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(text.as_bytes());
        hash.update([0]);
        let file = Arc::new(SourceFile { path, text });
        match name.as_str() {
            "pack.yaml" => match serde_saphyr::from_str::<PackSource>(&file.text) {
                Ok(value) => {
                    if value.id != id {
                        let at = serde_saphyr::Location::UNKNOWN;
                        let message = format!("mã bộ quy tắc “{}” khác tên thư mục “{id}”", value.id);
                        faults.push(Diagnostic::error("pack-id-differs", &file, at, message));
                    }
                    pack = Some(InFile { value, file });
                }
                Err(error) => faults.push(parse_fault(&file, error)),
            },
            "provisions.yaml" => raw.0.extend(list(&file, faults)),
            "terms.yaml" => raw.1.extend(list(&file, faults)),
            "topics.yaml" => raw.2.extend(list(&file, faults)),
            _ if name.starts_with("instruments") => {
                raw.3.extend(list::<Instrument>(&file, faults).into_iter().map(|item| item.value));
            }
            _ => raw.4.extend(list(&file, faults)),
        }
    }
    let (provisions, terms, topics, instruments, rules) = raw;
    Some(RawPack { pack: pack?, sha256: hex(&hash.finalize()), provisions, terms, topics, instruments, rules })
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A YAML list; when it does not parse as a whole, item by item, so that every faulty item is reported.
fn list<T: DeserializeOwned>(file: &Arc<SourceFile>, faults: &mut Vec<Diagnostic>) -> Vec<InFile<T>> {
    let whole = match serde_saphyr::from_str::<Vec<T>>(&file.text) {
        Ok(items) => return items.into_iter().map(|value| InFile { value, file: file.clone() }).collect(),
        Err(error) => error,
    };
    let mut items = Vec::new();
    let before = faults.len();
    for (first_line, chunk) in chunks(&file.text) {
        // Blank lines in front keep the line numbers true.
        let padded = "\n".repeat(first_line) + chunk;
        match serde_saphyr::from_str::<Vec<T>>(&padded) {
            Ok(parsed) => items.extend(parsed.into_iter().map(|value| InFile { value, file: file.clone() })),
            Err(error) => faults.push(parse_fault(file, error)),
        }
    }
    if faults.len() == before {
        faults.push(parse_fault(file, whole));
    }
    items
}

/// Stretches of the text that each begin with "- " in the first column, with the number of lines before them.
fn chunks(text: &str) -> Vec<(usize, &str)> {
    let mut starts = Vec::new();
    let mut offset = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if line.starts_with("- ") {
            starts.push((number, offset));
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).map(|&(_, at)| at).chain([text.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|((line, from), to)| (line, &text[from..to])).collect()
}

/// A parser error in Vietnamese, with what the author probably meant.
fn parse_fault(file: &Arc<SourceFile>, error: serde_saphyr::Error) -> Diagnostic {
    use serde_saphyr::Error;
    let error = error.without_snippet();
    let at = error.location().unwrap_or(serde_saphyr::Location::UNKNOWN);
    let allowed = |names: &[&'static str]| names.join(", ");
    match error {
        Error::SerdeUnknownField { field, expected, .. } => {
            let hint = match nearest(field, expected) {
                Some(near) => format!("có phải ý là “{near}”? Các khóa được dùng ở đây: {}", allowed(expected)),
                None => format!("các khóa được dùng ở đây: {}", allowed(expected)),
            };
            let mut fault =
                Diagnostic::error("unknown-key", file, at, format!("khóa “{field}” không có trong ngôn ngữ quy tắc"));
            fault.width = field.chars().count();
            fault.hint(hint)
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            let mut fault =
                Diagnostic::error("unknown-value", file, at, format!("giá trị “{variant}” không được dùng ở đây"));
            fault.width = variant.chars().count();
            fault.hint(format!("chọn một trong: {}", allowed(expected)))
        }
        Error::SerdeMissingField { field, .. } => {
            Diagnostic::error("missing-key", file, at, format!("thiếu khóa “{field}”"))
                .hint("nếu khóa có mặt, hãy xem lại thụt đầu dòng: các khóa của một mục phải thẳng hàng")
        }
        Error::DuplicateMappingKey { key, .. } => Diagnostic::error(
            "duplicate-key",
            file,
            at,
            format!("khóa {} viết hai lần trong một mục", key.as_deref().unwrap_or("")),
        ),
        other => {
            let detail = other.to_string();
            let fault = Diagnostic::error("bad-yaml", file, at, format!("không đọc được YAML: {detail}"));
            if detail.contains("mapping values are not allowed") {
                fault.hint("câu có dấu hai chấm phải để trong dấu nháy \"…\" hoặc viết sau “>-” ở dòng dưới")
            } else if detail.contains("tab") {
                fault.hint("dùng dấu cách, không dùng phím Tab, để thụt đầu dòng")
            } else {
                fault
            }
        }
    }
}

/// The name within a third of its letters of edits, if any.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .map(|name| (distance(wanted, name), *name))
        .filter(|(edits, name)| *edits * 3 <= name.chars().count().max(3))
        .min()
        .map(|(_, name)| name)
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
