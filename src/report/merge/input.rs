//! What one unit delivered, as it is read back: `ket-qua.json` of a folder, lines of `scan --ndjson`.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;

use crate::document::amendment::OperationKind;
use crate::document::{Kind, Level};
use crate::registry::State;
use crate::report::write;
use crate::review::{Confidence, FindingKind, Handling, Place, Severity};
use crate::source::system;

/// The schemas of results that can be joined: of one office, and joined ones.
const SCHEMAS: [&str; 2] = ["rasoat/1", "rasoat-merge/1"];

/// Results of one unit.
#[derive(Debug, Default)]
pub struct Delivery {
    /// Name of the office, when the results or `rasoat.yaml` say it.
    pub office: Option<String>,
    /// The day of its questions; `None` for workbooks that do not say it.
    pub as_of: Option<Date>,
    /// Packs and versions: "dan-chu-co-so 2026.1".
    pub packs: Vec<String>,
    /// Documents.
    pub documents: Vec<DocumentIn>,
    /// Findings.
    pub findings: Vec<FindingIn>,
    /// Proposals, those gone left out.
    pub proposals: Vec<ProposalIn>,
    /// What it could not read.
    pub unreadable: Vec<UnreadIn>,
    /// Documents its lists name and no file of it is.
    pub listed: Vec<ListedIn>,
    /// Of joined results: who delivered to them.
    pub units: Vec<UnitIn>,
    /// Of joined results: who ought to have delivered.
    pub expected: Vec<String>,
    /// What a person should know of the reading, in Vietnamese.
    pub notes: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    /// Lines of a stream have none.
    #[serde(default)]
    run: Option<Run>,
    #[serde(default)]
    as_of: Option<Date>,
    #[serde(default)]
    documents: Vec<DocumentIn>,
    #[serde(default)]
    findings: Vec<FindingIn>,
    #[serde(default)]
    proposals: Vec<ProposalIn>,
    #[serde(default)]
    unreadable: Vec<UnreadIn>,
    #[serde(default)]
    lists: Vec<ListRowIn>,
    #[serde(default)]
    units: Vec<UnitIn>,
    #[serde(default)]
    expected: Vec<ExpectedIn>,
}

/// A row of a list.
#[derive(Deserialize)]
struct ListRowIn {
    #[serde(default)]
    identities: Vec<ListedIn>,
    /// The file each is; none where there is no file.
    #[serde(default)]
    matched: Vec<Option<String>>,
}

/// A document as a list names it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct ListedIn {
    pub kind: Option<Kind>,
    pub number: Option<String>,
    pub issuer: Option<String>,
    pub issued: Option<Date>,
    pub title: Option<String>,
}

/// One entry of `units` of joined results.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct UnitIn {
    pub name: String,
    pub source: String,
    pub as_of: Option<Date>,
    pub packs: Vec<String>,
}

#[derive(Deserialize)]
struct ExpectedIn {
    name: String,
}

/// Who delivered a document to joined results.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct CopyIn {
    pub unit: String,
    pub file: String,
    pub sha256: String,
    pub handling: Option<Handling>,
}

#[derive(Deserialize)]
struct Run {
    as_of: Date,
    #[serde(default)]
    office: Option<String>,
    #[serde(default)]
    packs: Vec<Pack>,
}

#[derive(Deserialize)]
struct Pack {
    id: String,
    #[serde(default)]
    version: String,
}

/// One entry of `documents`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct DocumentIn {
    pub id: String,
    pub file: String,
    pub sha256: String,
    pub kind: Kind,
    pub number: Option<String>,
    pub issuer: Option<String>,
    pub level: Option<Level>,
    pub issued: Option<Date>,
    pub effective: Option<Date>,
    pub title: Option<String>,
    pub normative: Option<bool>,
    pub normative_why: String,
    pub field: Option<String>,
    pub status: State,
    pub status_cause: CauseIn,
    pub changes: Vec<ChangeIn>,
    pub handling: Option<Handling>,
    pub delivered: Vec<CopyIn>,
}

/// Why a document is in its state.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct CauseIn {
    pub since: Option<Date>,
    pub why: String,
}

/// One entry of `documents[].changes`.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)]
pub struct ChangeIn {
    #[serde(rename = "type")]
    pub kind: OperationKind,
    pub path: String,
    pub effective: Date,
    #[serde(default)]
    pub by: String,
}

/// One entry of `findings`.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)]
pub struct FindingIn {
    pub id: String,
    pub document: Option<String>,
    pub path: Option<String>,
    #[serde(default)]
    pub cite: String,
    pub rule: String,
    pub kind: FindingKind,
    pub handling: Handling,
    pub severity: Severity,
    pub confidence: Confidence,
    #[serde(default)]
    pub doubts: Vec<String>,
    #[serde(default)]
    pub basis: Vec<BasisIn>,
    #[serde(default)]
    pub quote: Option<String>,
    #[serde(default)]
    pub evidence: Vec<EvidenceIn>,
    #[serde(default)]
    pub message: String,
    #[serde(default)]
    pub wording: String,
    #[serde(default)]
    pub mechanical: bool,
    #[serde(default)]
    pub state: String,
}

/// Words that show a finding.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)]
pub struct EvidenceIn {
    pub path: String,
    /// Where the words are in the text of the unit, in scalar values.
    #[serde(default)]
    pub span: Option<[usize; 2]>,
    #[serde(rename = "in")]
    pub place: Place,
    pub quote: String,
}

/// A provision a finding rests on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct BasisIn {
    pub instrument: String,
    pub provision: String,
    pub cite: String,
    pub demands: String,
}

/// One entry of `proposals`.
#[derive(Debug, Clone, Deserialize)]
#[allow(missing_docs)]
pub struct ProposalIn {
    pub id: String,
    pub document: Option<String>,
    pub path: Option<String>,
    #[serde(default)]
    pub cite: String,
    /// The words of its unit, whole; empty in results of older versions.
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub heading: String,
    #[serde(default)]
    pub text: String,
    pub handling: Handling,
    #[serde(default)]
    pub severity: Option<Severity>,
    #[serde(default)]
    pub confidence: Option<Confidence>,
    #[serde(default)]
    pub findings: Vec<String>,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub wording: String,
    #[serde(default)]
    pub needs: String,
    #[serde(default)]
    pub procedure: String,
    #[serde(default)]
    pub instrument_form: String,
    #[serde(default)]
    pub authority: String,
    #[serde(default)]
    pub drafter: String,
    #[serde(default)]
    pub deadline: String,
    #[serde(default)]
    pub state: String,
    /// Of joined results: who proposed it.
    #[serde(default)]
    pub units: Vec<String>,
}

/// One entry of `unreadable`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct UnreadIn {
    pub file: String,
    pub message: String,
    pub next_step: String,
    /// Of joined results: who could not read it.
    pub unit: String,
}

/// Reads `ket-qua.json`; the fault is for the user, in Vietnamese.
pub fn results(path: &Path) -> Result<Delivery, String> {
    let text = text(path)?;
    let mut delivery = Delivery::default();
    delivery.add(parse(&text)?, None);
    Ok(delivery)
}

/// Reads the answers of `scan --ndjson`, of one file or of several that follow one another. A line that cannot be used is told;
/// the others count.
pub fn stream(paths: &[PathBuf]) -> Result<Delivery, String> {
    let mut delivery = Delivery::default();
    let (mut read, mut line_of_all) = (0, 0);
    for path in paths {
        let text = text(path)?;
        let which = if paths.len() > 1 { format!("{}, ", write::file_name(path)) } else { String::new() };
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            line_of_all += 1;
            match parse(line) {
                Ok(file) => {
                    delivery.add(file, Some(line_of_all));
                    read += 1;
                }
                Err(why) => delivery.notes.push(format!("{which}dòng {number} không dùng được: {why}")),
            }
        }
    }
    if read == 0 {
        return Err("không có dòng kết quả nào dùng được".to_owned());
    }
    Ok(delivery)
}

fn text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| system::cause(&error))
}

fn parse(text: &str) -> Result<File, String> {
    /// Only what every version has.
    #[derive(Deserialize)]
    struct Any {
        schema: Option<String>,
    }
    let text = text.trim_start_matches('\u{feff}');
    let broken = |error: &serde_json::Error| {
        format!("nội dung bị hỏng hoặc không đúng dạng (dòng {}, cột {})", error.line(), error.column())
    };
    let any: Any = serde_json::from_str(text).map_err(|error| broken(&error))?;
    match any.schema.as_deref() {
        Some(schema) if SCHEMAS.contains(&schema) => serde_json::from_str::<File>(text).map_err(|error| broken(&error)),
        Some(other) => Err(format!(
            "kết quả thuộc phiên bản khác của chương trình ({other}; cần {}); đơn vị chạy lại lệnh scan bằng bản hiện hành",
            SCHEMAS[0]
        )),
        None => Err("không phải kết quả của chương trình (thiếu “schema”)".to_owned()),
    }
}

impl Delivery {
    /// Adds a file, or one line of a stream: ids of its documents count from the start in each line.
    fn add(&mut self, file: File, line: Option<usize>) {
        let own = |id: String| line.map_or_else(|| id.clone(), |line| format!("{line}/{id}"));
        let owned = |id: Option<String>| id.map(own);
        if let Some(run) = file.run {
            self.office = run.office;
            self.as_of = Some(run.as_of);
            self.packs = run.packs.iter().map(|pack| format!("{} {}", pack.id, pack.version)).collect();
        }
        self.as_of = self.as_of.max(file.as_of);
        let documents = file.documents.into_iter();
        self.documents.extend(documents.map(|one| DocumentIn { id: own(one.id.clone()), ..one }));
        let findings = file.findings.into_iter().filter(|one| one.state != "gone");
        self.findings.extend(findings.map(|one| FindingIn { document: owned(one.document.clone()), ..one }));
        let proposals = file.proposals.into_iter().filter(|one| one.state != "gone");
        self.proposals.extend(proposals.map(|one| ProposalIn { document: owned(one.document.clone()), ..one }));
        self.unreadable.extend(file.unreadable);
        let open = |row: ListRowIn| {
            let ListRowIn { identities, mut matched } = row;
            matched.resize(identities.len(), None);
            identities.into_iter().zip(matched).filter(|(_, file)| file.is_none()).map(|(listed, _)| listed)
        };
        self.listed.extend(file.lists.into_iter().flat_map(open));
        self.units.extend(file.units);
        self.expected.extend(file.expected.into_iter().map(|one| one.name));
    }
}
