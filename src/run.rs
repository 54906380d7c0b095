//! One run from paths to results: read, understand, join, review, propose. In parallel over documents; order is that of the inputs.

mod stream;
mod uses;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

pub use stream::{Batch, KEPT, open};
use uses::{Account, Uses};

use jiff::civil::Date;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::document::{Document, Kind, Level, understand};
use crate::proposals::{Case, Decisions, Office, Proposal, decide, gazetteer, issue_new};
use crate::registry::consolidate::{Consolidated, Source};
use crate::registry::corpus::Corpus;
use crate::registry::list::{ListEntry, entries};
use crate::registry::{Registry, matching};
use crate::report::{LawTexts, PackUse, Results, Reviewed, Run, UnreadInput};
use crate::review::{FindingKind, Handling, Review, engine, in_force, missing};
use crate::rules::RuleSet;
use crate::source::files::{Input, PathError, collect, is_output_name};
use crate::source::load::load;
use crate::source::sheet::{self, SheetContent};
use crate::source::{self, Unread, UnreadCode, Warning, kind};

/// What one run is asked to do.
#[derive(Debug, Clone)]
pub struct Config {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Lists named as such.
    pub lists: Vec<PathBuf>,
    /// The day of every question.
    pub as_of: Date,
    /// Kind and level for texts that are not local documents.
    pub assume: Assume,
    /// Folder of the results: what a run wrote there is no input.
    pub out: Option<PathBuf>,
    /// What the office has set.
    pub office: Office,
}

/// What `--assume` says of texts that have no local identity of their own.
#[derive(Debug, Clone, Copy, Default)]
#[allow(missing_docs)]
pub struct Assume {
    pub kind: Option<Kind>,
    pub level: Option<Level>,
}

/// What one file turned out to be.
enum Read {
    Documents(Vec<Document>),
    /// Rows, doubts about the reading of the list as a whole, and documents a sheet of it holds.
    List(Vec<ListEntry>, Vec<Warning>, Vec<Document>),
    Unread(Unread),
}

/// Runs. `progress` is called once per file read and once per document reviewed.
pub fn scan(
    config: &Config,
    rules: &RuleSet,
    table: &Decisions,
    progress: &(dyn Fn(Step, usize) + Sync),
) -> Result<Results, PathError> {
    let (inputs, named, ignored) = inputs(config)?;
    progress(Step::Read, inputs.len());
    let read: Vec<Read> = inputs
        .par_iter()
        .enumerate()
        .map(|(at, input)| {
            let read = read_file(input, at < named);
            progress(Step::Read, 0);
            read
        })
        .collect();

    let mut gathered = Gathered { ignored, ..Gathered::default() };
    for (input, outcome) in inputs.iter().zip(read) {
        gathered.take(&input.file, outcome);
    }
    let names = Registry::new(rules.instruments.clone(), &[]);
    Ok(review(config, rules, table, names, gathered, progress))
}

/// The files of a run, how many of the first ones are named as lists, and how many were passed over.
fn inputs(config: &Config) -> Result<(Vec<Input>, usize, usize), PathError> {
    let (listed, skipped) = collect(&config.lists)?;
    let (offered, ignored) = collect(&config.paths)?;
    let mut inputs = listed;
    let named = inputs.len();
    inputs.extend(offered);
    let mut seen = HashSet::new();
    let results_folder = config.out.as_ref().and_then(|out| std::fs::canonicalize(out).ok());
    inputs.retain(|input| {
        let real = std::fs::canonicalize(&input.path).unwrap_or_else(|_| input.path.clone());
        let inside = results_folder.as_ref().and_then(|folder| real.strip_prefix(folder).ok());
        let name = inside.and_then(|inside| inside.components().next());
        !name.is_some_and(|name| is_output_name(&name.as_os_str().to_string_lossy())) && seen.insert(real)
    });
    Ok((inputs, named, ignored + skipped))
}

/// What the inputs of a run turned out to be.
#[derive(Default)]
struct Gathered {
    documents: Vec<Document>,
    lists: Vec<ListEntry>,
    list_warnings: Vec<(String, Warning)>,
    unreadable: Vec<UnreadInput>,
    /// Files read.
    read: usize,
    ignored: usize,
}

impl Gathered {
    fn take(&mut self, file: &str, outcome: Read) {
        match outcome {
            Read::Documents(found) => self.documents.extend(found),
            Read::List(rows, warnings, found) => {
                self.lists.extend(rows);
                self.list_warnings.extend(warnings.into_iter().map(|warning| (file.to_owned(), warning)));
                self.documents.extend(found);
            }
            Read::Unread(unread) => {
                self.unreadable.push(UnreadInput { file: file.to_owned(), list_row: None, unread });
                return;
            }
        }
        self.read += 1;
    }
}

/// Reviews one item of a stream as a batch of its own; `names` is what the packs know, made once for the whole stream. What
/// only a whole batch can tell (documents that are missing) is not asked.
pub fn review_item(config: &Config, rules: &RuleSet, table: &Decisions, names: &Registry, item: Item) -> Results {
    let mut gathered = Gathered::default();
    let outcome = match item.content {
        Ok(Content::File(path)) => read_file(&Input { path, file: item.file.clone() }, false),
        Ok(Content::Bytes(bytes)) => read_guarded(|| understand_bytes(&item.file, &bytes, false)),
        Err(unread) => Read::Unread(unread),
    };
    gathered.take(&item.file, outcome);
    let mut results = review(config, rules, table, names.clone(), gathered, &|_, _| {});
    results.missing.clear();
    results.proposals.retain(|proposal| proposal.document.is_some());
    results
}

/// One document of a stream.
#[derive(Debug)]
pub struct Item {
    /// Its name in the result; its ending tells kinds that their bytes do not.
    pub file: String,
    /// Where its words are, or why they cannot be known.
    pub content: Result<Content, Unread>,
}

/// Where the words of an item are.
#[derive(Debug)]
pub enum Content {
    /// In a file.
    File(PathBuf),
    /// In the stream itself.
    Bytes(Vec<u8>),
}

/// Joins, reviews and proposes. `names` is what the packs know.
fn review(
    config: &Config,
    rules: &RuleSet,
    table: &Decisions,
    names: Registry,
    mut gathered: Gathered,
    progress: &(dyn Fn(Step, usize) + Sync),
) -> Results {
    let mut documents = std::mem::take(&mut gathered.documents);
    documents.par_iter_mut().for_each(|document| settle(document, config, &names));
    let (registry, mut results) = join(config, rules, names, &mut documents, gathered);

    progress(Step::Review, documents.len());
    let mut reviews: Vec<Option<(Review, Option<Consolidated>)>> = documents
        .par_iter()
        .enumerate()
        .map(|(at, document)| {
            let review = review_document(at, document, &|at| documents.get(at), &registry, rules, config.as_of);
            progress(Step::Review, 0);
            review
        })
        .collect();
    results.corpus = registry.corpus(&documents, config.as_of);
    let mut uses = Uses::of(rules);
    for (review, _) in reviews.iter_mut().flatten() {
        uses.add(&Account::take(review), &review.findings);
    }
    uses.put(&mut results);
    let packs = pack_names(rules);
    let listed = rows_of(&results.lists, documents.len());
    for (at, (document, review)) in documents.into_iter().zip(reviews).enumerate() {
        let row = listed[at].map(|row| &results.lists[row]);
        let (reviewed, proposals) = conclude(at, document, review, row, config, table, &packs);
        results.documents.push(Reviewed { topics: topic_names(rules, &reviewed.1), ..reviewed.0 });
        results.proposals.extend(proposals);
    }
    add_missing(&mut results, config, rules, table);
    results
}

/// Joins documents and rows of lists with one another and with what the packs know; results without documents yet.
fn join(
    config: &Config,
    rules: &RuleSet,
    names: Registry,
    documents: &mut [Document],
    gathered: Gathered,
) -> (Registry, Results) {
    let Gathered { mut lists, list_warnings, mut unreadable, read, ignored, .. } = gathered;
    for listed in lists.iter_mut().flat_map(|entry| &mut entry.identities) {
        let named = listed.issuer.as_deref().and_then(|issuer| gazetteer::named(&config.office.names, issuer));
        listed.issuer = named.map(|(name, _)| name).or(listed.issuer.take());
    }
    matching::warn_duplicates(documents);
    let registry = names.join(documents);
    let unread_files: Vec<&str> = unreadable.iter().map(|input| input.file.as_str()).collect();
    matching::join(&mut lists, documents, &unread_files);
    unreadable.extend(lists.iter().flat_map(not_found));
    let results = Results {
        run: run_facts(config, rules, (read, unreadable.len(), ignored)),
        documents: Vec::with_capacity(documents.len()),
        unreadable,
        lists,
        list_warnings,
        proposals: Vec::new(),
        missing: Vec::new(),
        rules: Vec::new(),
        filters: Vec::new(),
        corpus: Corpus::default(),
        office: config.office.clone(),
        earlier: crate::report::decisions::Earlier::default(),
        forms: Vec::new(),
        law: LawTexts::default(),
        missed: None,
        delivered: std::collections::BTreeMap::default(),
    };
    (registry, results)
}

/// The row that speaks for each document: the first one that names it.
fn rows_of(lists: &[ListEntry], documents: usize) -> Vec<Option<usize>> {
    let mut listed = vec![None; documents];
    for (row, entry) in lists.iter().enumerate().rev() {
        for &at in entry.matched.iter().flatten() {
            listed[at] = Some(row);
        }
    }
    listed
}

fn pack_names(rules: &RuleSet) -> String {
    rules.packs.iter().map(|pack| pack.id.as_str()).collect::<Vec<_>>().join(", ")
}

/// What ought to be there and is not, once every document is known.
fn add_missing(results: &mut Results, config: &Config, rules: &RuleSet, table: &Decisions) {
    let identities = results.documents.iter().map(|reviewed| &reviewed.document.identity);
    results.missing = missing::missing(rules, identities, &results.lists, config.as_of);
    for finding in &results.missing {
        let wanted = missing::wanted(finding, rules, config.office.province.as_deref());
        results.proposals.push(issue_new(finding, &wanted, table, &config.office, config.as_of));
        if let Some(used) = results.rules.iter_mut().find(|used| used.id == finding.rule) {
            used.findings += 1;
        }
    }
}

/// Reviews one document of a batch in the words in force; `None` when a fault of ours stops it. Of `documents`, only those that
/// act on others are looked into.
fn review_document<'d>(
    at: usize,
    document: &Document,
    documents: &dyn Fn(usize) -> Option<&'d Document>,
    registry: &Registry,
    rules: &RuleSet,
    as_of: Date,
) -> Option<(Review, Option<Consolidated>)> {
    let status = registry.document_status(at, as_of);
    let review = AssertUnwindSafe(|| {
        let consolidated = registry.consolidated(at, document, documents, as_of);
        let document = consolidated.as_ref().map_or(document, |consolidated| &consolidated.document);
        let mut review = engine::review(document, status, registry, rules, as_of);
        if let Some(consolidated) = &consolidated {
            let is_ended = |&unit: &usize| matches!(consolidated.sources[unit], Source::Ended { .. });
            review.examined.retain(|unit| !is_ended(unit));
            in_force::tell(&mut review.findings, consolidated, documents);
        }
        in_force::doubt_state(&mut review.status, &review.findings);
        (review, consolidated)
    });
    catch_unwind(review).ok()
}

/// What the program is doing; the number is how much there is to do, 0 = one more done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reading files.
    Read,
    /// Reviewing documents.
    Review,
}

/// Reads and understands one file outside a run (`outline`); `names` resolves what it cites by name.
pub fn read_documents(input: &Input, names: &Registry, assumed: Assume, as_of: Date) -> Result<Vec<Document>, Unread> {
    let mut documents = match read_file(input, false) {
        Read::Documents(documents) | Read::List(.., documents) => documents,
        Read::Unread(unread) => return Err(unread),
    };
    if documents.is_empty() {
        return Err(Unread::of_kind(kind::Kind::Xlsx).unwrap_or_else(|| Unread::new(UnreadCode::UnsupportedKind)));
    }
    for document in &mut documents {
        assume(document, assumed);
        names.resolve_citations(document, as_of);
    }
    Ok(documents)
}

fn read_file(input: &Input, named_list: bool) -> Read {
    read_guarded(|| understand_bytes(&input.file, &load(&input.path)?, named_list))
}

/// A fault of ours in one file is told of that file.
fn read_guarded(reading: impl FnOnce() -> Result<Read, Unread>) -> Read {
    match catch_unwind(AssertUnwindSafe(reading)) {
        Ok(Ok(read)) => read,
        Ok(Err(unread)) => Read::Unread(unread),
        Err(_) => Read::Unread(Unread {
            code: UnreadCode::InternalError,
            message: "Chương trình gặp lỗi khi đọc tệp này; các tệp khác không bị ảnh hưởng.".to_owned(),
            next_step: "Mở tệp, lưu lại dạng .docx rồi chạy lại; gửi tệp cho nhóm phát triển nếu vẫn lỗi.".to_owned(),
        }),
    }
}

fn understand_bytes(file: &str, bytes: &[u8], named_list: bool) -> Result<Read, Unread> {
    let sha256 = || crate::rules::load::hex(&Sha256::digest(bytes));
    let named = |extensions: &[&str]| {
        file.rsplit_once('.').is_some_and(|(_, own)| extensions.iter().any(|known| own.eq_ignore_ascii_case(known)))
    };
    let workbook = match kind::sniff(bytes) {
        kind::Kind::Xlsx | kind::Kind::Xls | kind::Kind::Ods => sheet::read(bytes)?,
        kind::Kind::Text if named_list || named(&["csv"]) => sheet::read(bytes)?,
        // Programs export web pages as ".xls".
        kind::Kind::Html if named(&["xls", "xlsx", "csv"]) => sheet::of_tables(&source::read(file, bytes)?)?,
        _ if named_list => sheet::of_tables(&source::read(file, bytes)?)?,
        _ => {
            let raw = source::read(file, bytes)?;
            return Ok(Read::Documents(vec![understand(&raw, file, &sha256())]));
        }
    };
    let rows = entries(file, &workbook);
    let mut documents = Vec::new();
    for sheet in workbook.sheets {
        if let SheetContent::Clauses(raw) = &sheet.content {
            documents.push(understand(raw, file, &sha256()));
        }
    }
    let is_list = !rows.is_empty() || documents.is_empty();
    Ok(if is_list { Read::List(rows, workbook.warnings, documents) } else { Read::Documents(documents) })
}

/// What the office and the packs know of a document by itself.
fn settle(document: &mut Document, config: &Config, names: &Registry) {
    gazetteer::settle(&config.office.names, &mut document.identity);
    assume(document, config.assume);
    names.resolve_citations(document, config.as_of);
}

fn assume(document: &mut Document, assumed: Assume) {
    let identity = &mut document.identity;
    if !matches!(identity.level, None | Some(Level::TrungUong)) || (assumed.kind.is_none() && assumed.level.is_none()) {
        return;
    }
    identity.kind = assumed.kind.unwrap_or(identity.kind);
    identity.level = assumed.level.or(identity.level);
    identity.normative = None;
    identity.normative_why = "loại và cấp văn bản do người chạy giả định".to_owned();
    document.warnings.push(Warning::new("identity-assumed", "Loại và cấp văn bản do người chạy giả định (--assume)."));
}

/// The documents of a row that have no file. One still to be issued has none yet.
fn not_found(entry: &ListEntry) -> impl Iterator<Item = UnreadInput> {
    let missing = entry.identities.iter().zip(&entry.matched).zip(&entry.unread);
    missing.filter(|((_, matched), _)| matched.is_none()).filter_map(|((identity, _), unread)| {
        if entry.planned && identity.number.is_none() {
            return None;
        }
        let named = identity.number.clone().unwrap_or_else(|| shortened(&entry.text));
        let (message, next_step) = match unread {
            Some(file) => (
                format!("Danh mục có nêu văn bản {named}; tệp “{file}” có tên khớp nhưng không đọc được."),
                "Xử lý tệp đó theo dòng của nó trong bảng này rồi chạy lại.",
            ),
            None => (
                format!("Danh mục có nêu văn bản {named} nhưng không tìm thấy tệp."),
                "Bổ sung tệp văn bản vào thư mục rà soát, hoặc kiểm tra số, ngày, cơ quan ban hành ghi trong danh mục.",
            ),
        };
        Some(UnreadInput {
            file: entry.file.clone(),
            list_row: Some((entry.sheet.clone(), entry.row)),
            unread: Unread::because(UnreadCode::ListedNotFound, message, next_step),
        })
    })
}

fn shortened(text: &str) -> String {
    let line = text.replace('\n', " ");
    match line.char_indices().nth(80) {
        Some((at, _)) => format!("“{}…”", &line[..at]),
        None => format!("“{line}”"),
    }
}

fn run_facts(config: &Config, rules: &RuleSet, (read, unreadable, ignored): (usize, usize, usize)) -> Run {
    let packs = rules.packs.iter().map(PackUse::of);
    Run {
        tool: env!("CARGO_PKG_VERSION"),
        as_of: config.as_of,
        packs: packs.collect(),
        supplied: rules.supplied.clone(),
        inputs: read + unreadable,
        read,
        unreadable,
        ignored,
    }
}

type Concluded = ((Reviewed, Vec<usize>), Vec<Proposal>);

fn conclude(
    at: usize,
    mut document: Document,
    review: Option<(Review, Option<Consolidated>)>,
    listed: Option<&ListEntry>,
    config: &Config,
    table: &Decisions,
    packs: &str,
) -> Concluded {
    let failed = review.is_none();
    if failed && !document.warnings.iter().any(|warning| warning.code == stream::CHANGED) {
        let message = "Chương trình gặp lỗi khi đối chiếu văn bản này với quy tắc; chưa có kết quả rà soát.";
        document.warnings.push(Warning::new("internal-error", message));
    }
    let (Review { status, topics, findings, examined, .. }, consolidated) = review.unwrap_or_default();
    let own_field = listed.and_then(|entry| entry.field.clone());
    let field = own_field.or_else(|| config.office.field(&document.identity).map(str::to_owned));
    let case = Case {
        index: at,
        document: consolidated.as_ref().map_or(&document, |consolidated| &consolidated.document),
        status: &status,
        findings: &findings,
        examined: examined.len(),
        drafter: listed.and_then(|entry| entry.drafter.as_deref()),
        field: field.as_deref(),
        office: &config.office,
        as_of: config.as_of,
        packs,
    };
    let (mut proposals, mut handling) = decide(&case, table);
    if failed || document.units.is_empty() {
        handling = Handling::Undetermined;
        if let Some(whole) = proposals.last_mut() {
            whole.handling = handling;
            whole.reason = "Chưa đọc hoặc chưa đối chiếu được nội dung văn bản; cần rà soát trực tiếp.".to_owned();
            whole.needs = table.row(FindingKind::Unread).and_then(|row| row.needs.clone()).unwrap_or_default();
        }
    }
    let reviewed = Reviewed {
        id: format!("d{:04}", at + 1),
        relevance: topics.relevance(),
        topics: Vec::new(),
        relevance_evidence: topics.evidence,
        field,
        status,
        findings,
        examined,
        handling,
        document,
        consolidated,
    };
    ((reviewed, topics.direct.into_iter().chain(topics.indirect).collect()), proposals)
}

fn topic_names(rules: &RuleSet, topics: &[usize]) -> Vec<String> {
    topics.iter().map(|&topic| rules.topics[topic].title.clone()).collect()
}
