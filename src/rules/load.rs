//! Packs from the program or from a folder: files read, YAML parsed, every fault of every file collected.

use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::diagnostic::{Diagnostic, SourceFile};
use super::source::{FilterSource, PackSource, ProvisionSource, RuleSource, TermSource, TopicSource};
use super::yaml_fault::parse_fault;
use crate::registry::Instrument;
use crate::source::system;

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
    /// Exceptions shared by its rules.
    pub filters: Vec<InFile<FilterSource>>,
    /// Rules, in file and line order.
    pub rules: Vec<InFile<RuleSource>>,
}

/// Why packs could not be loaded at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The folder cannot be read.
    #[error("không đọc được bộ quy tắc “{path}”: {why}", why = system::cause(source))]
    Io {
        /// The folder or file.
        path: String,
        /// The cause.
        source: std::io::Error,
    },
    /// There is no pack in it.
    #[error("thư mục “{0}” không có bộ quy tắc nào (mỗi bộ là một thư mục có tệp pack.yaml)")]
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

/// The pack that the manual (`rules/README.md`) works out: file name and text of each of its files.
pub fn worked_example() -> impl Iterator<Item = (&'static str, String)> {
    let manual = embedded_file("README.md").unwrap_or_default();
    manual.split("\n```yaml ").skip(1).filter_map(|block| {
        let (name, rest) = block.split_once('\n')?;
        let text = rest.split("\n```").next()?;
        Some((name, format!("{text}\n")))
    })
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
    texts.filter_map(in_parts::<Instrument>).flatten_iter().collect()
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
    let parsed: Vec<_> = packs.into_par_iter().map(|(id, files)| parse_pack(&id, files)).collect();
    let (packs, faults): (Vec<_>, Vec<_>) = parsed.into_iter().unzip();
    (packs.into_iter().flatten().collect(), faults.into_iter().flatten().collect())
}

/// What one file of a pack holds.
enum Content {
    Pack(Option<InFile<PackSource>>),
    Provisions(Vec<InFile<ProvisionSource>>),
    Terms(Vec<InFile<TermSource>>),
    Topics(Vec<InFile<TopicSource>>),
    Instruments(Vec<Instrument>),
    Filters(Vec<InFile<FilterSource>>),
    Rules(Vec<InFile<RuleSource>>),
}

fn parse_pack(id: &str, files: Vec<(String, String)>) -> (Option<RawPack>, Vec<Diagnostic>) {
    let mut hash = Sha256::new();
    for (path, text) in &files {
        hash.update(file_name(path).as_bytes());
        hash.update([0]);
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    let contents: Vec<_> = files.into_par_iter().map(|(path, text)| parse_file(id, path, text)).collect();
    let mut pack = None;
    let mut raw = (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut filters = Vec::new();
    let mut faults = Vec::new();
    for (content, more) in contents {
        faults.extend(more);
        match content {
            Content::Pack(found) => pack = found,
            Content::Provisions(items) => raw.0.extend(items),
            Content::Terms(items) => raw.1.extend(items),
            Content::Topics(items) => raw.2.extend(items),
            Content::Instruments(items) => raw.3.extend(items),
            Content::Filters(items) => filters.extend(items),
            Content::Rules(items) => raw.4.extend(items),
        }
    }
    let (provisions, terms, topics, instruments, rules) = raw;
    let sha256 = hex(&hash.finalize());
    (pack.map(|pack| RawPack { pack, sha256, provisions, terms, topics, instruments, filters, rules }), faults)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn parse_file(id: &str, path: String, text: String) -> (Content, Vec<Diagnostic>) {
    // Notepad begins its files with a byte order mark.
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    let file = &Arc::new(SourceFile { path, text });
    let mut faults = Vec::new();
    let content = match file_name(&file.path) {
        "pack.yaml" => Content::Pack(parse_about(id, file, &mut faults)),
        "provisions.yaml" => Content::Provisions(list(file, &mut faults)),
        // A gazetteer may stand in a file of its own: `terms-dia-danh.yaml`.
        name if name.starts_with("terms") => Content::Terms(list(file, &mut faults)),
        "filters.yaml" => Content::Filters(list(file, &mut faults)),
        "topics.yaml" => Content::Topics(list(file, &mut faults)),
        name if name.starts_with("instruments") => {
            Content::Instruments(list(file, &mut faults).into_iter().map(|item| item.value).collect())
        }
        _ => Content::Rules(list(file, &mut faults)),
    };
    (content, faults)
}

/// `pack.yaml`.
fn parse_about(id: &str, file: &Arc<SourceFile>, faults: &mut Vec<Diagnostic>) -> Option<InFile<PackSource>> {
    match one::<PackSource>(file) {
        Ok(value) => {
            if value.id != id {
                let at = serde_saphyr::Location::UNKNOWN;
                let message = format!("mã bộ quy tắc “{}” khác tên thư mục “{id}”", value.id);
                faults.push(
                    Diagnostic::error("pack-id-differs", file, at, message)
                        .narrowed(&value.id)
                        .hint("đặt mã và tên thư mục giống nhau"),
                );
            }
            Some(InFile { value, file: file.clone() })
        }
        Err(fault) => {
            faults.push(fault);
            None
        }
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A YAML document as a whole, or its first fault.
pub fn one<T: DeserializeOwned>(file: &Arc<SourceFile>) -> Result<T, Diagnostic> {
    serde_saphyr::from_str(&file.text).map_err(|error| parse_fault(file, error))
}

/// A YAML list; when it does not parse as a whole, item by item, so that every faulty item is reported.
pub(super) fn list<T: DeserializeOwned + Send>(file: &Arc<SourceFile>, faults: &mut Vec<Diagnostic>) -> Vec<InFile<T>> {
    let in_file = |value| InFile { value, file: file.clone() };
    if let Some(items) = in_parts(&file.text) {
        return items.into_iter().map(in_file).collect();
    }
    let whole = match serde_saphyr::from_str::<Vec<T>>(&file.text) {
        Ok(items) => return items.into_iter().map(in_file).collect(),
        Err(error) => error,
    };
    let mut items = Vec::new();
    let before = faults.len();
    for (first_line, chunk) in chunks(&file.text) {
        match serde_saphyr::from_str::<Vec<T>>(&padded(first_line, chunk)) {
            Ok(parsed) => items.extend(parsed.into_iter().map(in_file)),
            Err(error) => faults.push(parse_fault(file, error)),
        }
    }
    if faults.len() == before {
        faults.push(parse_fault(file, whole));
    }
    items
}

/// The items of a long list, parsed in several parts at once; `None` when a part does not parse alone.
fn in_parts<T: DeserializeOwned + Send>(text: &str) -> Option<Vec<T>> {
    // Shorter parts would spend their time on beginning.
    const PART: usize = 32 << 10;
    let mut parts: Vec<(usize, &str)> = Vec::new();
    let mut from = 0;
    let mut from_line = 0;
    for (line, chunk) in chunks(text) {
        let at = chunk.as_ptr() as usize - text.as_ptr() as usize;
        if at - from >= PART {
            parts.push((from_line, &text[from..at]));
            (from, from_line) = (at, line);
        }
    }
    parts.push((from_line, &text[from..]));
    let parsed = parts.into_par_iter().map(|(line, part)| serde_saphyr::from_str::<Vec<T>>(&padded(line, part)).ok());
    Some(parsed.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
}

/// Blank lines in front keep the line numbers true.
fn padded(first_line: usize, chunk: &str) -> String {
    "\n".repeat(first_line) + chunk
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

#[cfg(test)]
mod tests {
    use serde_saphyr::Spanned;

    use super::*;

    /// Text, line and column of every item.
    fn places(items: &[Spanned<String>]) -> Vec<(&str, u64, u64)> {
        let place = |item: &Spanned<String>| (item.referenced.line(), item.referenced.column());
        items.iter().map(|item| (item.value.as_str(), place(item).0, place(item).1)).collect()
    }

    #[test]
    fn a_long_list_read_in_parts_is_the_same_list() {
        let mut text = "# Từ ngữ của bộ quy tắc\n".to_owned();
        for number in 1..=4_000 {
            text += &format!("- cụm từ thứ {number}\n\n");
        }
        let whole: Vec<Spanned<String>> = serde_saphyr::from_str(&text).expect("a list");
        let parts: Vec<Spanned<String>> = in_parts(&text).expect("a list in parts");
        assert!(text.len() > 3 * (32 << 10));
        assert_eq!(places(&parts), places(&whole));
        assert_eq!(places(&parts)[3_999], ("cụm từ thứ 4000", 8_000, 3));
    }

    #[test]
    fn a_fault_in_a_long_list_keeps_its_line() {
        let mut text = format!("- {}\n", "từ ".repeat(100)).repeat(300);
        text += "- [thiếu ngoặc\n";
        assert!(in_parts::<String>(&text).is_none());
        let file = Arc::new(SourceFile { path: "terms.yaml".to_owned(), text });
        let mut faults = Vec::new();
        let items = list::<String>(&file, &mut faults);
        assert_eq!((items.len(), faults.len()), (300, 1));
        assert!(faults[0].line >= 301, "{}", faults[0].line);
    }
}
