//! `ghi-chu/`: a copy of each DOCX with something to say about it, with Word comments on the exact words.

mod find;
mod remarks;
mod replace;

use std::collections::{HashMap, HashSet};
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::index::Index;
use super::{Error, Results, Written, write};
use crate::review::Handling;
use crate::source::Reader;
use crate::source::docx::{self, Author, Placed, Trace};

/// Folder of the copies.
const FOLDER: &str = "ghi-chu";
/// The list of what was done with each file.
const LIST: &str = "danh-sach.csv";

/// Said of a document without proposals.
const NOTHING: &str = "Không có kiến nghị nên không lập bản ghi chú.";

/// The files that were read, by their names in the results.
#[derive(Debug, Default)]
pub struct Originals(HashMap<String, Vec<PathBuf>>);

impl Originals {
    /// Files by name; several arguments may hold files of one name.
    pub fn new(files: impl IntoIterator<Item = (String, PathBuf)>) -> Self {
        let mut known: HashMap<String, Vec<PathBuf>> = HashMap::new();
        for (file, path) in files {
            known.entry(file).or_default().push(path);
        }
        Originals(known)
    }

    /// The bytes that were reviewed; `None` when the file has changed since or is gone.
    fn bytes(&self, file: &str, sha256: &str) -> Option<Vec<u8>> {
        let read = |path: &PathBuf| std::fs::read(path).ok();
        let same = |bytes: &Vec<u8>| crate::rules::load::hex(&Sha256::digest(bytes)) == sha256;
        self.0.get(file)?.iter().filter_map(read).find(same)
    }
}

/// What is written into the copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// Comments.
    Comments,
    /// Comments, and mechanical fixes as tracked changes.
    Changes,
}

/// Comments of one file by how they were placed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    exactly: usize,
    paragraph: usize,
    nowhere: usize,
    /// Mechanical fixes, and those of them made as tracked changes.
    fixes: usize,
    changed: usize,
}

/// What became of one file.
struct Outcome {
    /// Name of the copy in the folder; `None` when there is none.
    copy: Option<String>,
    count: Count,
    why: String,
    written: Option<PathBuf>,
}

/// Writes the copies and their list into `out`.
pub fn annotate(results: &Results, originals: &Originals, with: With, out: &Path) -> Result<Vec<Written>, Error> {
    let folder = out.join(FOLDER);
    write::folder(&folder)?;
    let index = Index::new(results);
    let names = copy_names(results);
    let outcomes: Vec<Outcome> = (0..results.documents.len())
        .into_par_iter()
        .map(|at| {
            let made = AssertUnwindSafe(|| one(&index, at, originals, with, &folder, &names[at]));
            catch_unwind(made)
                .unwrap_or_else(|_| none("Chương trình gặp lỗi khi lập bản ghi chú; tệp gốc không bị ảnh hưởng."))
        })
        .collect();
    let list = folder.join(LIST);
    write::whole(&list, |file| write_list(results, &outcomes, file))?;
    let total = outcomes.iter().fold(Count::default(), |sum, one| Count {
        exactly: sum.exactly + one.count.exactly,
        paragraph: sum.paragraph + one.count.paragraph,
        nowhere: sum.nowhere + one.count.nowhere,
        fixes: sum.fixes + one.count.fixes,
        changed: sum.changed + one.count.changed,
    });
    let copies = outcomes.iter().filter(|one| one.written.is_some()).count();
    let other = results.documents.iter().filter(|one| one.document.reader != Reader::Docx).count();
    let mut note = format!(
        "ghi chú: {copies} bản sao có ghi chú; {} ghi chú đặt đúng chỗ, {} đặt ở đoạn, {} không đặt được",
        total.exactly, total.paragraph, total.nowhere
    );
    if with == With::Changes {
        note.push_str(&format!(
            "; {} trong {} chỗ sửa cơ học ghi được dưới dạng dấu sửa đổi",
            total.changed, total.fixes
        ));
    }
    if other > 0 {
        note.push_str(&format!("; {other} tệp không phải .docx không có bản ghi chú (lý do trong {FOLDER}/{LIST})"));
    }
    Ok(vec![Written { path: list, note: Some(note) }])
}

/// The name of each document's copy, from the root of the folder, with `/`; no two are the same, whatever the case.
fn copy_names(results: &Results) -> Vec<String> {
    let mut used: HashSet<String> = HashSet::from([LIST.to_owned()]);
    let name = |file: &str| {
        let parts = file.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
        let safe =
            parts.map(|part| part.replace([':', '*', '?', '"', '<', '>', '|'], "_")).collect::<Vec<_>>().join("/");
        let known = safe.rsplit_once('.').filter(|(_, own)| ["docx", "docm"].contains(&own.to_lowercase().as_str()));
        known.map_or((safe.clone(), "docx".to_owned()), |(stem, own)| (stem.to_owned(), own.to_owned()))
    };
    let files = results.documents.iter().map(|reviewed| name(&reviewed.document.file));
    files
        .map(|(stem, extension)| {
            let number = |count: u32| if count == 1 { String::new() } else { format!(" ({count})") };
            let mut names = (1..).map(|count| format!("{stem}{}.{extension}", number(count)));
            names.find(|name| used.insert(name.to_lowercase())).unwrap_or_default()
        })
        .collect()
}

/// No copy was made.
fn none(why: &str) -> Outcome {
    Outcome { copy: None, count: Count::default(), why: why.to_owned(), written: None }
}

fn one(index: &Index, at: usize, originals: &Originals, with: With, folder: &Path, name: &str) -> Outcome {
    let document = &index.results.documents[at].document;
    match document.reader {
        Reader::Docx => {}
        Reader::Doc => {
            return none("Tệp .doc (Word 97-2003) không ghi chú được; mở bằng Word, lưu lại dạng .docx rồi chạy lại.");
        }
        Reader::Pdf => {
            return none("Tệp PDF không ghi chú được; dùng bản Word của văn bản, hoặc xem vị trí trong bao-cao.html.");
        }
        _ => return none("Chỉ ghi chú được vào tệp .docx; mở bằng Word, lưu lại dạng .docx rồi chạy lại."),
    }
    let proposals = index.of_document(at);
    if proposals.units.is_empty() && proposals.whole.is_none_or(|whole| whole.settled().handling == Handling::Keep) {
        return none(NOTHING);
    }
    let Some(bytes) = originals.bytes(&document.file, &document.sha256) else {
        return none("Tệp gốc đã đổi hoặc không còn kể từ lúc đọc; chạy lại.");
    };
    let Ok(trace) = Trace::of(&bytes) else { return none("Không đọc lại được tệp gốc.") };
    let comments = remarks::remarks(index, at, &trace);
    if comments.is_empty() {
        return none(NOTHING);
    }
    let replacements = match with {
        With::Comments => Vec::new(),
        With::Changes => replace::replacements(index, at, &trace),
    };
    let date = format!("{}T00:00:00Z", index.results.run.as_of);
    let author = Author { name: "Rà Soát", initials: "RS", date: &date };
    let annotated = match docx::annotate(&bytes, trace, &comments, &replacements, author) {
        Ok(annotated) => annotated,
        Err(refusal) => {
            return Outcome {
                count: Count { nowhere: comments.len(), ..Count::default() },
                ..none(&format!("Không lập được bản ghi chú: {refusal}."))
            };
        }
    };
    let path = folder.join(name);
    let written = std::fs::create_dir_all(path.parent().unwrap_or(folder))
        .map_err(|source| Error::File { file: path.clone(), source })
        .and_then(|()| write::whole(&path, |file| file.write_all(&annotated.bytes)));
    if let Err(error) = written {
        return none(&error.to_string());
    }
    let placed = |how| annotated.placed.iter().filter(|one| **one == how).count();
    let count = Count {
        exactly: placed(Placed::Exactly),
        paragraph: placed(Placed::Paragraph),
        nowhere: placed(Placed::Nowhere),
        fixes: replacements.len(),
        changed: annotated.replaced,
    };
    Outcome { copy: Some(name.to_owned()), count, why: String::new(), written: Some(path) }
}

/// One line a document, for Excel.
fn write_list(results: &Results, outcomes: &[Outcome], out: &mut impl std::io::Write) -> std::io::Result<()> {
    // Excel takes the file for UTF-8 only with the mark.
    out.write_all(
        "\u{feff}Tệp,Bản ghi chú,Đặt đúng chỗ,Đặt ở đoạn,Không đặt được,Dấu sửa đổi,Vì sao không có bản ghi chú\r\n"
            .as_bytes(),
    )?;
    for (reviewed, outcome) in results.documents.iter().zip(outcomes) {
        let Count { exactly, paragraph, nowhere, changed, .. } = outcome.count;
        let (file, copy) = (cell(&reviewed.document.file), cell(outcome.copy.as_deref().unwrap_or("")));
        write!(out, "{file},{copy},{exactly},{paragraph},{nowhere},{changed},{}\r\n", cell(&outcome.why))?;
    }
    Ok(())
}

/// A value of the list: quoted, and never a formula.
fn cell(text: &str) -> String {
    let formula = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{formula}{}\"", text.replace('"', "\"\""))
}
