//! Drafts of amending documents from accepted proposals: what goes in, and the check that every change of a draft is an accepted
//! proposal and the reverse.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use jiff::civil::Date;

use super::decisions;
use super::docx::{self, draft as form};
use super::merge::input::{self, DocumentIn, FindingIn, ProposalIn};
use super::{Error, JSON_NAME, Written, words, write};
use crate::document::Kind;
use crate::proposals::{Choice, Opinion};
use crate::review::Handling;

/// Bookmarks of a draft that name the proposal a change comes from begin with this.
pub const MARK: &str = "kn_";

/// One change of a draft.
#[derive(Debug, Clone)]
pub struct Change {
    /// Id of the proposal.
    pub id: String,
    /// Place as cited; empty for the whole document.
    pub cite: String,
    /// What is done.
    pub handling: Handling,
    /// Words as they stand, as far as the results quote them.
    pub now: String,
    /// Wording decided on, or the elements it needs.
    pub wording: String,
    /// A person typed the wording: it goes in as it is.
    pub typed: bool,
    /// Why, with the provision of the Law.
    pub why: String,
}

/// The changes of one document.
#[derive(Debug, Clone)]
pub struct Changed {
    /// Its name with number, day and issuer.
    pub name: String,
    /// Its changes, in reading order.
    pub changes: Vec<Change>,
}

/// A draft: documents of one issuer.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Who issues it.
    pub issuer: String,
    /// Its kind: a resolution of councils, else a decision.
    pub kind: Kind,
    /// Documents changed.
    pub documents: Vec<Changed>,
}

/// Everything accepted, parted.
#[derive(Debug, Default)]
pub struct Accepted {
    /// Drafts, by issuer.
    pub drafts: Vec<Draft>,
    /// Accepted, but not for a draft of this form: what, and why.
    pub apart: Vec<String>,
    /// What a person should know, in Vietnamese.
    pub notes: Vec<String>,
}

/// Reads a folder of results with its decisions; the fault is for the user.
pub fn accepted(folder: &Path, on: Date) -> Result<Accepted, Error> {
    let fault = |why| Error::Decisions { file: folder.join(JSON_NAME), why };
    let delivery = input::results(&folder.join(JSON_NAME)).map_err(fault)?;
    let (entries, notes) = decisions::of_folder(folder, on);
    let decided: HashMap<&str, &Opinion> = entries
        .iter()
        .filter_map(|entry| Some((entry.proposal.as_str(), entry.opinions.first()?)))
        .filter(|(_, opinion)| opinion.choice != Choice::Reject)
        .collect();
    let documents: HashMap<&str, &DocumentIn> = delivery.documents.iter().map(|one| (one.id.as_str(), one)).collect();
    let findings: HashMap<&str, &FindingIn> = delivery.findings.iter().map(|one| (one.id.as_str(), one)).collect();
    let mut accepted = Accepted { notes, ..Accepted::default() };
    // A document that goes as a whole needs no changes of its clauses.
    const WHOLE: [Option<Handling>; 3] =
        [Some(Handling::Repeal), Some(Handling::Replace), Some(Handling::AnnounceExpired)];
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    let whole: BTreeSet<&str> = delivery
        .proposals
        .iter()
        .filter(|one| one.path.is_none() && WHOLE.contains(&handling(one, &decided)))
        .filter_map(|one| one.document.as_deref())
        .collect();
    let mut drafts: BTreeMap<&str, Vec<(&str, Changed)>> = BTreeMap::new();
    for proposal in &delivery.proposals {
        let Some(handling) = handling(proposal, &decided) else { continue };
        let document = proposal.document.as_deref().and_then(|id| documents.get(id));
        let Some((document, opinion)) = document.zip(decided.get(proposal.id.as_str())) else { continue };
        let name = named(document);
        let place = if proposal.path.is_none() { "toàn văn bản" } else { &proposal.cite };
        let apart = match (handling, proposal.path.is_some()) {
            (Handling::Keep | Handling::Undetermined, _) => continue,
            // What is done to the clauses says how a document is amended.
            (Handling::Amend | Handling::RepealPart, false) => continue,
            (Handling::Amend | Handling::RepealPart | Handling::Repeal, true) | (Handling::Repeal, false) => {
                whole.contains(document.id.as_str()) && proposal.path.is_some()
            }
            _ => {
                accepted.apart.push(format!("{name}, {place}: {} – cần soạn văn bản riêng", words::handling(handling)));
                continue;
            }
        };
        if apart {
            *left.entry(name).or_default() += 1;
            continue;
        }
        let issuer = document.issuer.as_deref().unwrap_or("…");
        let of_issuer = drafts.entry(issuer).or_default();
        if of_issuer.last().is_none_or(|(id, _)| *id != document.id) {
            of_issuer.push((&document.id, Changed { name, changes: Vec::new() }));
        }
        if let Some((_, changed)) = of_issuer.last_mut() {
            changed.changes.push(change(proposal, opinion, handling, &findings));
        }
    }
    accepted.apart.extend(left.into_iter().map(|(name, count)| {
        format!("{name}: {count} kiến nghị theo điều khoản, vì văn bản được bãi bỏ, thay thế hoặc công bố hết hiệu lực toàn bộ")
    }));
    accepted.drafts = drafts
        .into_iter()
        .map(|(issuer, documents)| Draft {
            issuer: issuer.to_owned(),
            kind: if issuer.starts_with("Hội đồng nhân dân") { Kind::NghiQuyet } else { Kind::QuyetDinh },
            documents: documents.into_iter().map(|(_, changed)| changed).collect(),
        })
        .collect();
    Ok(accepted)
}

/// Handling decided on; none when nobody accepted the proposal.
fn handling(proposal: &ProposalIn, decided: &HashMap<&str, &Opinion>) -> Option<Handling> {
    decided.get(proposal.id.as_str()).map(|opinion| opinion.handling.unwrap_or(proposal.handling))
}

fn named(document: &DocumentIn) -> String {
    let mut name = document.kind.name().to_owned();
    match &document.number {
        Some(number) => name.push_str(&format!(" số {number}")),
        None => name.push_str(&format!(" ({})", document.file)),
    }
    if let Some(day) = document.issued {
        name.push_str(&format!(" ngày {}", words::date(day)));
    }
    if let Some(issuer) = &document.issuer {
        name.push_str(&format!(" của {issuer}"));
    }
    name
}

fn change(
    proposal: &ProposalIn,
    opinion: &Opinion,
    handling: Handling,
    findings: &HashMap<&str, &FindingIn>,
) -> Change {
    let own = || proposal.findings.iter().filter_map(|id| findings.get(id.as_str()));
    let quotes: Vec<&str> = own().filter_map(|one| one.quote.as_deref()).collect();
    let bases: Vec<&str> = own().flat_map(|one| &one.basis).map(|basis| basis.cite.as_str()).collect();
    let reason = opinion.content.as_ref().unwrap_or(&proposal.reason);
    let bases = super::index::distinct(bases, "; ");
    Change {
        id: proposal.id.clone(),
        cite: proposal.path.as_ref().map_or_else(String::new, |_| proposal.cite.clone()),
        handling,
        now: super::index::distinct(quotes, " … "),
        wording: opinion.wording.as_ref().unwrap_or(&proposal.wording).clone(),
        typed: opinion.wording.is_some(),
        why: if bases.is_empty() { reason.clone() } else { format!("{reason}\n(Căn cứ: {bases})") },
    }
}

/// Writes the drafts and checks what was written against the list.
pub fn write(accepted: &Accepted, out: &Path, as_of: Date) -> Result<Vec<Written>, Error> {
    write::folder(out)?;
    let mut written = Vec::new();
    for (number, draft) in (1..).zip(&accepted.drafts) {
        let usual = out.join(format!("du-thao-{number}.docx"));
        let mut path = usual.clone();
        let failed = |error| Error::from((usual.clone(), error));
        let bytes = docx::packed(form::document(draft, as_of)).map_err(failed)?;
        let differ = compare(draft, &marks(&bytes).map_err(failed)?);
        if let Some(why) = differ.first() {
            return Err(failed(std::io::Error::other(why.clone())));
        }
        // Somebody may have worked on the one that is there.
        let mut copy = 2;
        while std::fs::read(&path).is_ok_and(|there| there != bytes) || (path.exists() && write::is_open(&path)) {
            path = out.join(format!("du-thao-{number}-{copy}.docx"));
            copy += 1;
        }
        let note = (path != usual).then(|| {
            format!(
                "{} đã có và khác bản này nên không ghi đè; đã ghi vào {}",
                write::file_name(&usual),
                write::file_name(&path)
            )
        });
        write::whole(&path, |file| file.write_all(&bytes))?;
        written.push(Written { path, note });
    }
    Ok(written)
}

/// What of a draft is not in the list, and the reverse, in Vietnamese; nothing when they agree.
fn compare(draft: &Draft, marks: &[String]) -> Vec<String> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for mark in marks {
        *count.entry(mark).or_default() += 1;
    }
    let changes: Vec<&Change> = draft.documents.iter().flat_map(|one| &one.changes).collect();
    let listed: BTreeSet<&str> = changes.iter().map(|one| one.id.as_str()).collect();
    let lost = changes.iter().filter(|one| !count.contains_key(one.id.as_str()));
    let lost = lost.map(|one| format!("kiến nghị {} ({}) không có trong dự thảo", one.id, one.cite));
    let foreign = count.keys().filter(|id| !listed.contains(**id));
    let foreign = foreign.map(|id| format!("dự thảo có nội dung không thuộc kiến nghị nào được chấp nhận ({id})"));
    lost.chain(foreign).collect()
}

/// Compares a draft, perhaps worked on in Word, with what is accepted: by the bookmarks that name the proposals.
pub fn check(accepted: &Accepted, file: &Path) -> Result<Vec<String>, Error> {
    let failed = |error| Error::from((file.to_owned(), error));
    let marks = marks(&std::fs::read(file).map_err(failed)?).map_err(failed)?;
    let shared = |draft: &&Draft| {
        draft.documents.iter().flat_map(|one| &one.changes).filter(|one| marks.contains(&one.id)).count()
    };
    match accepted.drafts.iter().max_by_key(shared) {
        Some(draft) => Ok(compare(draft, &marks)),
        None => Ok(marks.iter().map(|id| format!("kiến nghị {id} không còn được chấp nhận")).collect()),
    }
}

/// Ids of the proposals a draft names in its bookmarks.
fn marks(bytes: &[u8]) -> std::io::Result<Vec<String>> {
    /// Most bytes of the main part read.
    const MOST: u64 = 64 << 20;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(std::io::Error::other)?;
    let mut xml = String::new();
    let part = archive.by_name("word/document.xml").map_err(std::io::Error::other)?;
    part.take(MOST).read_to_string(&mut xml)?;
    let start = format!("w:name=\"{MARK}");
    let names = xml.split(&start).skip(1);
    Ok(names.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect())
}
