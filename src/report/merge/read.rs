//! What was given on the command line → deliveries with the names of their units.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::input::{self, Delivery};
use super::{MERGED_NAME, Unit, nested, workbook};
use crate::report::decisions::{LOG_NAME, same_folder};
use crate::report::{JSON_NAME, MERGED_STEM, WORKBOOK_STEM, write, xlsx};
use crate::review::Handling;
use crate::source::system;

/// Something given that could not be used.
#[derive(Debug, Clone)]
pub struct Unusable {
    /// Folder or file, without the way to it.
    pub source: String,
    /// Why, and what to do, in Vietnamese.
    pub why: String,
}

/// Where a delivery lies.
#[derive(Debug, Default)]
pub struct Place {
    /// A folder of results.
    pub folder: Option<PathBuf>,
    /// A workbook alone.
    pub workbook: Option<PathBuf>,
}

/// A delivery with its name.
pub struct Source {
    /// Name of the unit.
    pub name: String,
    /// Folder or file, without the way to it.
    pub shown: String,
    /// Where its decisions lie.
    pub place: Place,
    /// What it brought.
    pub delivery: Delivery,
}

/// All that was given.
#[derive(Default)]
pub struct Read {
    /// Usable ones, in the order given.
    pub sources: Vec<Source>,
    /// The others.
    pub unusable: Vec<Unusable>,
    /// What a person should know, in Vietnamese.
    pub notes: Vec<String>,
}

/// Reads everything; nothing given twice counts twice.
///
/// `apart` are places that are no deliveries though they lie among them: the folder of the joined results, lists of units.
pub fn all(paths: &[PathBuf], apart: &[&Path]) -> Read {
    let mut read = Read::default();
    let mut seen: Vec<PathBuf> = Vec::new();
    for path in paths.iter().flat_map(|path| expanded(path, apart)) {
        let shown = shown(&path);
        let of_folder = path.is_file().then(|| path.parent()).flatten().filter(|_| is_own_workbook(&path));
        if seen.iter().any(|known| same_folder(known, &path)) {
            read.notes.push(format!("“{shown}” được nêu hai lần; chỉ tính một lần"));
            continue;
        }
        if let Some(folder) = of_folder.filter(|folder| seen.iter().any(|known| same_folder(known, folder))) {
            let folder = write::file_name(folder);
            read.notes.push(format!("“{shown}” thuộc thư mục “{folder}” đã nêu; được đọc cùng thư mục đó"));
            continue;
        }
        seen.push(path.clone());
        match one(&path, &shown) {
            Ok(source) => read.sources.extend(nested::apart(source)),
            Err(why) => read.unusable.push(Unusable { source: shown, why }),
        }
    }
    tell_apart(&mut read.sources);
    read
}

/// A folder of folders of results, workbooks and streams stands for these, in order of their names.
fn expanded(path: &Path, apart: &[&Path]) -> Vec<PathBuf> {
    let holds = |folder: &Path| {
        let workbook = |stem| !write::workbooks(folder, stem).is_empty();
        let results = [JSON_NAME, MERGED_NAME].iter().any(|name| folder.join(name).is_file());
        results || workbook(WORKBOOK_STEM) || workbook(MERGED_STEM) || !streams(folder).is_empty()
    };
    if !path.is_dir() || holds(path) {
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_delivery = |entry: &Path| {
        let name = write::file_name(entry);
        let is_kind = matches!(extension(entry).as_str(), "xlsx" | "xlsm" | "ods") || is_stream_name(entry);
        let alone = entry.is_file() && !name.starts_with(['~', '.']) && is_kind;
        (alone || entry.is_dir() && holds(entry)) && !apart.iter().any(|other| same_folder(other, entry))
    };
    let mut inside: Vec<PathBuf> = entries.filter(|entry| is_delivery(entry)).collect();
    inside.sort();
    if inside.is_empty() { vec![path.to_owned()] } else { inside }
}

/// Files of a folder that are parts of one stream of answers of `scan --ndjson`, as engines name what they write.
fn streams(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_part =
        |path: &PathBuf| path.is_file() && write::file_name(path).starts_with("part-") && extension(path) != "parquet";
    let mut found: Vec<PathBuf> = entries.filter(is_part).collect();
    found.sort();
    found
}

fn extension(path: &Path) -> String {
    path.extension().map(|own| own.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn is_stream_name(path: &Path) -> bool {
    // The log of decisions is no answer.
    matches!(extension(path).as_str(), "ndjson" | "jsonl") && write::file_name(path) != LOG_NAME
}

fn is_own_workbook(path: &Path) -> bool {
    let is_of = |stem: &str| [WORKBOOK_STEM, MERGED_STEM].iter().any(|own| stem.starts_with(own));
    path.file_stem().is_some_and(|stem| is_of(&stem.to_string_lossy()))
}

fn shown(path: &Path) -> String {
    let own = write::file_name(path);
    if own.is_empty() { path.display().to_string() } else { own }
}

fn one(path: &Path, shown: &str) -> Result<Source, String> {
    let extension = extension(path);
    let (place, delivery) = if path.is_dir() {
        of_folder(path)?
    } else if is_stream_name(path) || shown.starts_with("part-") {
        (Place::default(), input::stream(&[path.to_owned()])?)
    } else if extension == "json" {
        let folder = path.parent().map(Path::to_owned);
        (Place { folder, workbook: None }, input::results(path)?)
    } else {
        (Place { folder: None, workbook: Some(path.to_owned()) }, workbook::read(path)?)
    };
    // "de-xuat.xlsx" and "ket-qua.json" name nobody; the folder they lie in does.
    let named_by_folder = path.is_file() && (is_own_workbook(path) || [JSON_NAME, MERGED_NAME].contains(&shown));
    let by_folder = path.parent().filter(|_| named_by_folder).map(write::file_name).filter(|name| !name.is_empty());
    let by_file =
        if path.is_dir() { shown.to_owned() } else { shown.trim_end_matches(&format!(".{extension}")).to_owned() };
    let name = delivery.office.clone().or(by_folder).unwrap_or(by_file);
    Ok(Source { name, shown: shown.to_owned(), place, delivery })
}

fn of_folder(path: &Path) -> Result<(Place, Delivery), String> {
    let place = || Place { folder: Some(path.to_owned()), workbook: None };
    if let Some(name) = [JSON_NAME, MERGED_NAME].into_iter().find(|name| path.join(name).is_file()) {
        let read = input::results(&path.join(name)).map_err(|why| format!("{name}: {why}"));
        return read.map(|delivery| (place(), delivery));
    }
    if let Err(error) = std::fs::read_dir(path) {
        return Err(format!("không đọc được thư mục: {}", system::cause(&error)));
    }
    let streams = streams(path);
    if !streams.is_empty() {
        return input::stream(&streams).map(|delivery| (Place::default(), delivery));
    }
    let workbooks = [WORKBOOK_STEM, MERGED_STEM].map(|stem| write::workbooks(path, stem));
    match workbooks.iter().flatten().last() {
        Some(own) => {
            workbook::read(own).map(|delivery| (place(), delivery)).map_err(|why| format!("{}: {why}", shown(own)))
        }
        None => Err(format!(
            "thư mục không có {JSON_NAME}, cũng không có {WORKBOOK_STEM}.xlsx; đề nghị đơn vị gửi nguyên thư mục kết quả của lệnh scan"
        )),
    }
}

/// Two units of one name are told apart by where they lie.
fn tell_apart(sources: &mut [Source]) {
    let mut count: HashMap<String, usize> = HashMap::new();
    for source in sources.iter() {
        *count.entry(source.name.clone()).or_default() += 1;
    }
    let mut used: HashMap<String, usize> = HashMap::new();
    for source in sources.iter_mut().filter(|source| count[&source.name] > 1) {
        let above = source.place.folder.as_deref().or(source.place.workbook.as_deref());
        let above = above.and_then(Path::parent).map(write::file_name).unwrap_or_default();
        let named = match (above.as_str(), source.name == source.shown) {
            ("", _) => source.name.clone(),
            (above, true) => format!("{above}/{}", source.shown),
            (above, false) => format!("{} ({above}/{})", source.name, source.shown),
        };
        let number = used.entry(named.clone()).or_default();
        *number += 1;
        source.name = if *number == 1 { named } else { format!("{named} ({number})") };
    }
}

impl Source {
    /// The unit, with what it delivered counted.
    pub fn unit(&self) -> Unit {
        let delivery = &self.delivery;
        Unit {
            name: self.name.clone(),
            source: self.shown.clone(),
            as_of: delivery.as_of,
            packs: delivery.packs.clone(),
            documents: delivery.documents.len(),
            proposals: delivery.proposals.iter().filter(|one| one.handling != Handling::Keep).count(),
            decided: 0,
            unread: delivery.unreadable.clone(),
        }
    }

    /// Where it lies, and what it brought.
    pub fn parts(self) -> (Place, Delivery) {
        (self.place, self.delivery)
    }
}

/// Names of the units that ought to deliver: of a workbook, or of a text file with one on each line.
pub fn expected_units(path: &Path) -> Result<Vec<String>, String> {
    let is_text =
        path.extension().is_some_and(|own| own.eq_ignore_ascii_case("txt") || own.eq_ignore_ascii_case("csv"));
    let mut names = if is_text {
        let text = std::fs::read_to_string(path).map_err(|error| system::cause(&error))?;
        let lines = text.trim_start_matches('\u{feff}').lines().map(|line| line.trim().trim_matches('"').to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    } else {
        xlsx::names(path).map_err(|why| why.to_string())?
    };
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(crate::text::fold::fold(name)));
    if names.is_empty() { Err("không có tên đơn vị nào".to_owned()) } else { Ok(names) }
}
