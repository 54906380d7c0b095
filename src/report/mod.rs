//! What a reviewer gets: workbook and JSON, each written whole or not at all.

mod annotate;
mod batch;
mod counts;
mod decision_json;
pub mod decisions;
mod docx;
pub mod draft;
pub mod forms;
mod graph;
mod html;
mod identity;
mod index;
mod json;
mod law;
pub mod merge;
mod outline;
mod place;
mod quote;
pub mod recall;
#[cfg(test)]
mod sample;
mod tally;
mod unflagged;
pub mod words;
mod write;
mod xlsx;

use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

pub use annotate::{Originals, With, annotate};
pub use identity::{IdentityJson, UnitCounts};
pub use json::{DocumentJson, FindingJson, JsonWriter, ProposalJson, Serialized, write_item};
pub use law::LawTexts;
pub use outline::{outline_json, outline_text, unread_outline_json};
pub use tally::Tally;
pub use xlsx::check;

use crate::document::{Document, UnitId};
use crate::proposals::{Office, Proposal};
use crate::registry::Status;
use crate::registry::consolidate::{Change, Consolidated};
use crate::registry::corpus::Corpus;
use crate::review::{Confidence, Finding, Handling, Relevance, in_force};
use crate::rules::ruleset::Pack;
use crate::rules::supplied::Supplied;
use crate::source::{Unread, system};

/// Name of the results for programs.
const JSON_NAME: &str = "ket-qua.json";
/// Name of the page.
const HTML_NAME: &str = "bao-cao.html";
/// Name of the workbook, without its extension.
const WORKBOOK_STEM: &str = "de-xuat";

/// Name of the workbook of joined results, without its extension.
const MERGED_STEM: &str = "tong-hop";
/// Name of the sample for a person, without its extension.
const SAMPLE_STEM: &str = "mau-kiem-tra";

/// An output could not be made. The message is for the user.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder of the outputs cannot be made or written.
    #[error("Không tạo được hoặc không ghi được vào thư mục kết quả “{folder}”: {why}. Chọn thư mục khác bằng --out.", folder = folder.display(), why = system::cause(source))]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file cannot be written.
    #[error("Không ghi được tệp “{file}”: {why}. Đóng tệp nếu đang mở, hoặc chọn thư mục khác bằng --out.", file = file.display(), why = system::cause(source))]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Decisions cannot be read.
    #[error("Không đọc được quyết định trong “{file}”: {why}.", file = file.display())]
    Decisions {
        /// The file.
        file: PathBuf,
        /// Why, in Vietnamese.
        why: String,
    },
    /// The workbook cannot be made.
    #[error("Không lập được bảng tính “{file}”: {source}", file = file.display())]
    Workbook {
        /// The file.
        file: PathBuf,
        /// What went wrong.
        source: xlsx::Error,
    },
}

impl From<(PathBuf, io::Error)> for Error {
    fn from((file, source): (PathBuf, io::Error)) -> Self {
        Error::File { file, source }
    }
}

impl From<(PathBuf, xlsx::Error)> for Error {
    fn from((file, source): (PathBuf, xlsx::Error)) -> Self {
        Error::Workbook { file, source }
    }
}

/// A form of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `de-xuat.xlsx`.
    Xlsx,
    /// `ket-qua.json`.
    Json,
    /// `bao-cao.docx` and `phieu-ra-soat.docx`.
    Docx,
    /// `bao-cao.html`.
    Html,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub path: PathBuf,
    /// What the user should know about it, in Vietnamese.
    pub note: Option<String>,
}

/// Are two paths one folder or file?
pub fn same_place(a: &Path, b: &Path) -> bool {
    decisions::same_folder(a, b)
}

/// Makes the folder of the outputs and makes sure that it can be written, before any work is done.
pub fn prepare(out: &Path) -> Result<(), Error> {
    write::folder(out)
}

/// Writes one file, whole or not at all.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    write::whole(path, |file| std::io::Write::write_all(file, bytes))
}

/// Writes every output asked for into the folder `out`, which is made when it is not there.
pub fn write_all(results: &Results, out: &Path, formats: &[Format]) -> Result<Vec<Written>, Error> {
    write::folder(out)?;
    let mut written = Vec::new();
    if formats.contains(&Format::Json) {
        let path = out.join(JSON_NAME);
        write::whole(&path, |file| json::write(results, file))?;
        written.push(Written { path, note: None });
    }
    if formats.contains(&Format::Xlsx) {
        written.extend(xlsx::write(results, out, WORKBOOK_STEM)?);
    }
    if formats.contains(&Format::Docx) {
        written.extend(docx::write(results, out)?);
    }
    if formats.contains(&Format::Html) {
        let path = out.join(HTML_NAME);
        write::whole(&path, |file| html::write(results, file))?;
        written.push(Written { path, note: None });
    }
    Ok(written)
}

/// Writes `ket-qua.json` through `fill`, whole or not at all.
pub fn write_json<T>(
    out: &Path,
    fill: impl FnOnce(&mut (dyn io::Write + Send)) -> io::Result<T>,
) -> Result<(T, Written), Error> {
    write::folder(out)?;
    let path = out.join(JSON_NAME);
    let mut filled = None;
    write::whole(&path, |file| fill(file).map(|value| filled = Some(value)))?;
    match filled {
        Some(value) => Ok((value, Written { path, note: None })),
        None => Err(Error::File { file: path, source: io::Error::other("chưa ghi gì") }),
    }
}

/// Writes a sample of the clauses without a finding, for a person to answer. One with answers is never overwritten.
pub fn write_sample(results: &Results, out: &Path, wanted: usize) -> Result<Written, Error> {
    let strata = unflagged::draw(results, wanted);
    xlsx::write_sample(results, &strata, out, SAMPLE_STEM)
}

/// The sample in a folder of results, when a person has answered in it.
pub fn answered_sample(out: &Path) -> Option<PathBuf> {
    let path = out.join(format!("{SAMPLE_STEM}.xlsx"));
    (path.is_file() && check::holds_answers(&path)).then_some(path)
}

/// `true` when a sample was drawn from a review with as many clauses, flagged and not, as this one has in every stratum:
/// only then does what it tells hold here.
pub fn sample_fits(results: &Results, strata: &[recall::Answered]) -> bool {
    let sizes = unflagged::draw(results, 0);
    sizes.len() == strata.len()
        && sizes.iter().zip(strata).all(|(is, was)| {
            (words::relevance(is.relevance), is.unflagged, is.flagged) == (&was.name, was.unflagged, was.flagged)
        })
}

/// Everything one run found, in the order it is reported. No clock, host, thread count or absolute path in it.
#[derive(Debug)]
pub struct Results {
    /// What was run.
    pub run: Run,
    /// Documents read, in input order.
    pub documents: Vec<Reviewed>,
    /// Inputs not read, in input order; then listed documents without a file.
    pub unreadable: Vec<UnreadInput>,
    /// Rows of lists that name documents.
    pub lists: Vec<crate::registry::list::ListEntry>,
    /// Doubts about the reading of whole lists, with the file of each.
    pub list_warnings: Vec<(String, crate::source::Warning)>,
    /// Unit proposals and the whole-document proposal of each document, then documents to be issued.
    pub proposals: Vec<Proposal>,
    /// Findings about documents that are missing (no document, no unit).
    pub missing: Vec<Finding>,
    /// Rules of the packs used, in pack order.
    pub rules: Vec<RuleUse>,
    /// Exceptions the rules share, in pack order.
    pub filters: Vec<FilterUse>,
    /// Who names whom.
    pub corpus: Corpus,
    /// What the office has set.
    pub office: Office,
    /// What was before this run.
    pub earlier: decisions::Earlier,
    /// Official lists to write; those of NĐ 79/2025 are written in any case.
    pub forms: Vec<forms::Forms>,
    /// Laws whose text the user gave.
    pub law: LawTexts,
    /// What was missed, as far as an answered sample of this very review tells.
    pub missed: Option<recall::Estimate>,
    /// Joined results only: the units that delivered a proposal, by its id.
    pub delivered: std::collections::BTreeMap<String, String>,
}

/// What was run.
#[derive(Debug, Clone)]
pub struct Run {
    /// Version of the program.
    pub tool: &'static str,
    /// The day of every question.
    pub as_of: Date,
    /// Packs used.
    pub packs: Vec<PackUse>,
    /// Files of the user that added to the status graph.
    pub supplied: Vec<Supplied>,
    /// Files offered = read + unreadable files.
    pub inputs: usize,
    /// Files read (documents and lists).
    pub read: usize,
    /// Inputs not read (files and listed documents without a file).
    pub unreadable: usize,
    /// Lock, hidden and system files passed over.
    pub ignored: usize,
}

/// A pack used.
#[derive(Debug, Clone)]
pub struct PackUse {
    /// Id.
    pub id: String,
    /// Name.
    pub title: String,
    /// Version.
    pub version: String,
    /// Hash of its files.
    pub sha256: String,
    /// Facts checked up to.
    pub checked_until: Date,
    /// Standing cautions.
    pub cautions: Vec<String>,
}

impl PackUse {
    /// What is told of a pack.
    pub fn of(pack: &Pack) -> Self {
        PackUse {
            id: pack.id.clone(),
            title: pack.title.clone(),
            version: pack.version.clone(),
            sha256: pack.sha256.clone(),
            checked_until: pack.checked_until,
            cautions: pack.cautions.clone(),
        }
    }
}

/// One document with everything found about it.
#[derive(Debug)]
pub struct Reviewed {
    /// `d0001`, by input order.
    pub id: String,
    /// The document as printed.
    pub document: Document,
    /// How it reads on the day, when documents of the batch or instruments known to the packs changed it.
    pub consolidated: Option<Consolidated>,
    /// Its state on the day.
    pub status: Status,
    /// Does it concern the Law?
    pub relevance: Relevance,
    /// Topics it belongs to, names as reviewers read them.
    pub topics: Vec<String>,
    /// Evidence of the relevance, in Vietnamese: ("tên văn bản", words), ("main/B2", words) …
    pub relevance_evidence: Vec<(String, String)>,
    /// Lĩnh vực, from the list's column; `None` = "Chưa phân loại".
    pub field: Option<String>,
    /// Findings in reading order; their units are those of [`Reviewed::in_force`].
    pub findings: Vec<Finding>,
    /// Units of [`Reviewed::in_force`] some rule looked at (its text was matched against the rules): the clause sheet says "không phát hiện" of these only.
    pub examined: Vec<UnitId>,
    /// Handling of the document as a whole.
    pub handling: Handling,
}

impl Results {
    /// A change in words: "được sửa đổi, bổ sung theo khoản 1 Điều 1 Quyết định số 19/2016/QĐ-UBND, từ ngày 15/02/2016".
    fn change_words(&self, change: &Change) -> String {
        let acting = change.document.and_then(|at| self.documents.get(at)).map(|acting| &acting.document);
        format!("{} {}", in_force::done(change.kind), in_force::sentence(change, acting))
    }
}

impl Reviewed {
    /// The document as it reads on the day; as printed when nothing changed it.
    pub fn in_force(&self) -> &Document {
        self.consolidated.as_ref().map_or(&self.document, |consolidated| &consolidated.document)
    }
}

/// An input that was not read.
#[derive(Debug, Clone)]
pub struct UnreadInput {
    /// File, or the list that names it.
    pub file: String,
    /// Sheet and row (as Excel counts) of the list that names it.
    pub list_row: Option<(String, u32)>,
    /// Why, and what to do.
    pub unread: Unread,
}

/// How a rule did in this run.
#[derive(Debug, Clone)]
pub struct RuleUse {
    /// Id.
    pub id: String,
    /// Pack.
    pub pack: String,
    /// Title.
    pub title: String,
    /// `trial` or `stable`.
    pub state: &'static str,
    /// Greatest confidence it can have.
    pub confidence: Confidence,
    /// Findings.
    pub findings: usize,
    /// Documents it looked into.
    pub documents: usize,
    /// Hits that an exception stopped.
    pub stopped: usize,
}

/// How an exception that rules share did in this run.
#[derive(Debug, Clone)]
pub struct FilterUse {
    /// Id.
    pub id: String,
    /// Pack.
    pub pack: String,
    /// Its reason.
    pub why: String,
    /// How many rules hold it.
    pub rules: usize,
    /// Hits it stopped.
    pub stopped: usize,
}
