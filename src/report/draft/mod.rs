//! Drafts of amending documents from accepted proposals: what goes in, in whose name and dress.

mod check;
mod form;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write as _;
use std::path::Path;

pub use check::check;
pub use form::Dress;

use jiff::civil::Date;

use super::decisions;
use super::docx::{self, draft as paper};
use super::merge::input::{self, BasisIn, DocumentIn, FindingIn, ProposalIn};
use super::{Error, JSON_NAME, Written, words, write};
use crate::document::place::is_quoted;
use crate::document::{Kind, docnumber};
use crate::proposals::gazetteer::NameRow;
use crate::proposals::{Choice, Opinion};
use crate::registry::successor;
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
    /// What stands before new words: "2. ", "Điều 5. Công khai" on a line of its own; empty when the words say it themselves.
    pub label: String,
    /// Words as they stand, with the label; of results of older versions only what their findings quote.
    pub now: String,
    /// Wording decided on, or the elements it needs.
    pub wording: String,
    /// A person typed the wording: it goes in as it is.
    pub typed: bool,
    /// Why, with the provision of the Law.
    pub why: String,
}

impl Change {
    /// Its place in words.
    pub fn place(&self) -> &str {
        if self.cite.is_empty() { "toàn văn bản" } else { &self.cite }
    }

    /// The words it replaces by others and nothing else, when that is all it does.
    pub fn replacements(&self) -> Option<Vec<(&str, &str)>> {
        let lines = || self.wording.lines().filter(|line| !line.trim().is_empty());
        let pairs: Vec<(&str, &str)> = lines().filter_map(replacement).collect();
        let plain = self.handling == Handling::Amend && !pairs.is_empty() && pairs.len() == lines().count();
        plain.then_some(pairs)
    }
}

/// `Thay "…" bằng "…".` and nothing else.
fn replacement(line: &str) -> Option<(&str, &str)> {
    let mark = |c: char| matches!(c, '"' | '“' | '”');
    let rest = line.trim().strip_prefix("Thay ")?.strip_prefix(mark)?;
    let (old, rest) = rest.split_once(mark)?;
    let rest = rest.strip_prefix(" bằng ")?.strip_prefix(mark)?;
    let (new, end) = rest.split_once(mark)?;
    matches!(end, "" | ".").then_some((old, new))
}

/// The changes of one document.
#[derive(Debug, Clone)]
pub struct Changed {
    /// Its name with number, day, issuer and title.
    pub name: String,
    /// Its number.
    pub number: Option<String>,
    /// Its changes, in reading order.
    pub changes: Vec<Change>,
}

/// A draft: documents of one issuer, all normative or none.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Who issues it.
    pub issuer: String,
    /// It is a VBQPPL, because what it changes is.
    pub normative: bool,
    /// The issuer took over from the one of the documents.
    pub succeeded: bool,
    /// Documents changed.
    pub documents: Vec<Changed>,
    /// Instruments its changes rest on: number and name, each once.
    pub bases: Vec<(String, String)>,
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
    let mut undrafted: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let whole: BTreeSet<&str> = delivery
        .proposals
        .iter()
        .filter(|one| one.path.is_none() && WHOLE.contains(&handling(one, &decided)))
        .filter_map(|one| one.document.as_deref())
        .collect();
    let mut drafts: BTreeMap<(String, bool), (Draft, String)> = BTreeMap::new();
    for proposal in &delivery.proposals {
        let Some(handling) = handling(proposal, &decided) else { continue };
        let document = proposal.document.as_deref().and_then(|id| documents.get(id));
        let Some((document, opinion)) = document.zip(decided.get(proposal.id.as_str())) else { continue };
        let place = if proposal.path.is_none() { "toàn văn bản" } else { &proposal.cite };
        let acts = !matches!(handling, Handling::Keep | Handling::Undetermined);
        if acts && proposal.path.as_deref().is_some_and(is_quoted) {
            let name = short_name(document);
            accepted.apart.push(format!("{name}, {place}: lời văn của văn bản được sửa đổi – soạn khi có văn bản đó"));
            continue;
        }
        let apart = match (handling, proposal.path.is_some()) {
            (Handling::Keep | Handling::Undetermined, _) => continue,
            // What is done to the clauses says how a document is amended.
            (Handling::Amend | Handling::RepealPart, false) => continue,
            (Handling::Amend | Handling::RepealPart | Handling::Repeal, true) | (Handling::Repeal, false) => {
                whole.contains(document.id.as_str()) && proposal.path.is_some()
            }
            _ => {
                let name = short_name(document);
                accepted.apart.push(format!("{name}, {place}: {} – cần soạn văn bản riêng", words::handling(handling)));
                continue;
            }
        };
        if apart {
            *left.entry(short_name(document)).or_default() += 1;
            continue;
        }
        let (issuer, succeeded) = match drafted_by(document, proposal, on) {
            Ok(issuer) => issuer,
            Err(why) => {
                *undrafted.entry((short_name(document), why)).or_default() += 1;
                continue;
            }
        };
        let normative = document.normative == Some(true);
        let (draft, last) = drafts.entry((issuer.clone(), !normative)).or_insert_with(|| {
            (Draft { issuer, normative, succeeded, documents: Vec::new(), bases: Vec::new() }, String::new())
        });
        draft.succeeded |= succeeded;
        if *last != document.id {
            last.clone_from(&document.id);
            draft.documents.push(Changed {
                name: named(document),
                number: document.number.clone(),
                changes: Vec::new(),
            });
        }
        if let Some(changed) = draft.documents.last_mut() {
            changed.changes.push(change(proposal, opinion, handling, &findings));
        }
        let own = proposal.findings.iter().filter_map(|id| findings.get(id.as_str()));
        for (number, name) in own.flat_map(|one| &one.basis).filter_map(instrument) {
            if draft.bases.iter().all(|(known, _)| *known != number) {
                draft.bases.push((number, name));
            }
        }
    }
    accepted.apart.extend(left.into_iter().map(|(name, count)| {
        format!("{name}: {count} kiến nghị theo điều khoản, vì văn bản được bãi bỏ, thay thế hoặc công bố hết hiệu lực toàn bộ")
    }));
    let undrafted = undrafted.into_iter().map(|((name, why), count)| format!("{name}: {count} kiến nghị, vì {why}"));
    accepted.apart.extend(undrafted);
    accepted.drafts = drafts.into_values().map(|(draft, _)| draft).collect();
    for draft in &mut accepted.drafts {
        draft.bases.sort_by_key(|(number, name)| rank(number, name));
    }
    Ok(accepted)
}

/// Who issues what changes a document: its issuer, or who took over; `true` when somebody did. The fault says why nobody is known.
fn drafted_by(document: &DocumentIn, proposal: &ProposalIn, on: Date) -> Result<(String, bool), &'static str> {
    if matches!(document.kind, Kind::HuongUoc) {
        return Err("hương ước, quy ước do cộng đồng dân cư bàn, quyết định; cần soạn riêng");
    }
    let issuer = document.issuer.as_ref().ok_or("chưa xác định được cơ quan ban hành")?;
    if document.number.is_none() {
        return Err(
            "văn bản chưa có số, ký hiệu: dự thảo thì sửa thẳng vào dự thảo, đã ban hành thì bổ sung số rồi soạn",
        );
    }
    if proposal.authority.starts_with("cần xác định") {
        return Err("cơ quan ban hành không còn; cần xác định cơ quan kế thừa có thẩm quyền trước khi soạn");
    }
    let successor = successor::of(issuer).into_iter().rfind(|one| one.from <= on);
    Ok(successor.map_or_else(|| (issuer.clone(), false), |one| (one.name, true)))
}

/// Grounds stand by force, then from the oldest.
fn rank(number: &str, name: &str) -> (usize, Option<i16>, u32) {
    const FORCE: [&str; 6] = ["Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Nghị quyết", "Nghị định"];
    let force = FORCE.iter().position(|kind| name.starts_with(kind)).unwrap_or(FORCE.len());
    let parts = docnumber::parts(number);
    (force, parts.as_ref().and_then(|one| one.year), parts.map_or(0, |one| one.serial))
}

/// Number and name of the instrument a provision belongs to: "Luật … số 10/2022/QH15" of "khoản 1 Điều 21 Luật … số 10/2022/QH15".
fn instrument(basis: &BasisIn) -> Option<(String, String)> {
    const KINDS: [&str; 8] =
        ["Luật ", "Bộ luật ", "Pháp lệnh ", "Nghị định ", "Nghị quyết ", "Quyết định ", "Thông tư ", "Hiến pháp"];
    let at = KINDS.iter().filter_map(|kind| basis.cite.find(kind)).min()?;
    Some((basis.instrument.clone(), basis.cite[at..].to_owned()))
}

/// Handling decided on; none when nobody accepted the proposal.
fn handling(proposal: &ProposalIn, decided: &HashMap<&str, &Opinion>) -> Option<Handling> {
    decided.get(proposal.id.as_str()).map(|opinion| opinion.handling.unwrap_or(proposal.handling))
}

/// "Quyết định số 17/2019/QĐ-UBND của …".
fn short_name(document: &DocumentIn) -> String {
    let short = DocumentIn { issued: None, title: None, ..document.clone() };
    named(&short)
}

/// "Quyết định số 17/2019/QĐ-UBND ngày 22 tháng 7 năm 2019 của … quy định …".
fn named(document: &DocumentIn) -> String {
    let mut name = document.kind.name().to_owned();
    match &document.number {
        Some(number) => name.push_str(&format!(" số {number}")),
        None => name.push_str(&format!(" ({})", document.file)),
    }
    if let Some(day) = document.issued {
        name.push_str(&format!(" {}", words::long_date(day)));
    }
    if let Some(issuer) = &document.issuer {
        name.push_str(&format!(" của {issuer}"));
    }
    if let Some(title) = &document.title {
        name.push_str(&format!(" {}", in_sentence(title)));
    }
    name
}

/// A title as it goes on in a sentence: "về việc ban hành …", "ban hành …".
fn in_sentence(title: &str) -> String {
    let title = title.trim().trim_end_matches('.');
    let title = title.strip_prefix("V/v ").map_or_else(|| title.to_owned(), |rest| format!("Về việc {rest}"));
    // Titles in capitals name nothing that could be told from the rest.
    if !title.chars().any(char::is_lowercase) {
        return title.to_lowercase();
    }
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
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
    let standing = [&proposal.label, &proposal.heading, &proposal.text].map(|words| words.trim());
    let [label, heading, text] = standing;
    let (first, between) =
        if heading.is_empty() { (label.to_owned(), " ") } else { (format!("{label} {heading}"), "\n") };
    let standing = format!("{}{between}{text}", first.trim());
    let wording = opinion.wording.as_ref().unwrap_or(&proposal.wording).clone();
    Change {
        id: proposal.id.clone(),
        cite: proposal.path.as_ref().map_or_else(String::new, |_| proposal.cite.clone()),
        handling,
        label: if says_its_label(&wording, label) { String::new() } else { format!("{}{between}", first.trim()) },
        now: if proposal.text.is_empty() && proposal.heading.is_empty() {
            super::index::distinct(quotes, " … ")
        } else {
            super::quote::shown(standing.trim()).into_owned()
        },
        wording,
        typed: opinion.wording.is_some(),
        why: if bases.is_empty() { reason.clone() } else { format!("{reason}\n(Căn cứ: {bases})") },
    }
}

/// Do the words begin with the label of their unit?
fn says_its_label(wording: &str, label: &str) -> bool {
    let wording = wording.trim_start_matches(['“', '"', ' ']);
    label.is_empty() || wording.starts_with(label) || label.starts_with("Điều") && wording.starts_with("Điều ")
}

/// Writes the drafts and checks what was written against the list; `names` may know symbols of issuers.
pub fn write(accepted: &Accepted, names: &[NameRow], out: &Path, as_of: Date) -> Result<Vec<Written>, Error> {
    write::folder(out)?;
    let mut written = Vec::new();
    for (number, draft) in (1..).zip(&accepted.drafts) {
        let usual = out.join(format!("du-thao-{number}.docx"));
        let mut path = usual.clone();
        let failed = |error| Error::from((usual.clone(), error));
        // Two articles more: effect, and who carries it out.
        let last = draft.documents.len() + 2;
        let dress = form::dress(draft, &paper::title(draft), last, names, as_of)
            .map_err(|error| failed(std::io::Error::other(error.to_string())))?;
        let bytes = docx::packed(paper::document(draft, &dress, as_of)).map_err(failed)?;
        let differ = check::compare(draft, &check::marked(&bytes).map_err(failed)?);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_replacement_of_words_is_drafted_as_one() {
        assert_eq!(
            replacement("Thay \"xã, phường, thị trấn\" bằng \"xã, phường\"."),
            Some(("xã, phường, thị trấn", "xã, phường"))
        );
        assert_eq!(replacement("Thay “A” bằng “B”"), Some(("A", "B")));
        assert_eq!(replacement("Thay \"A\" bằng \"B\"; tỷ lệ tính trên tổng số hộ."), None);
        assert_eq!(replacement("Sửa thành: nhiệm kỳ 05 năm."), None);
    }

    #[test]
    fn instruments_are_named_without_their_provisions() {
        let of = |cite: &str| {
            let basis = BasisIn { instrument: "x".to_owned(), cite: cite.to_owned(), ..BasisIn::default() };
            instrument(&basis).map(|(_, name)| name)
        };
        assert_eq!(of("khoản 1 Điều 21 Luật A số 10/2022/QH15").as_deref(), Some("Luật A số 10/2022/QH15"));
        assert_eq!(of("Điều 3 Nghị định số 59/2023/NĐ-CP").as_deref(), Some("Nghị định số 59/2023/NĐ-CP"));
        assert_eq!(of("Điều 3"), None);
    }

    #[test]
    fn who_is_gone_does_not_draft() {
        let document = |issuer: &str, kind| DocumentIn {
            issuer: Some(issuer.to_owned()),
            number: Some("1/2010/QĐ-UBND".to_owned()),
            kind,
            ..DocumentIn::default()
        };
        let proposal = |authority: &str| -> ProposalIn {
            let json = format!(r#"{{"id": "a", "handling": "amend", "authority": "{authority}"}}"#);
            serde_json::from_str(&json).expect("well-formed")
        };
        let day = jiff::civil::date(2026, 11, 22);
        let by = |issuer: &str, kind, authority: &str| drafted_by(&document(issuer, kind), &proposal(authority), day);
        let council = by("Hội đồng nhân dân tỉnh Kiên Giang", Kind::NghiQuyet, "");
        assert_eq!(council, Ok(("Hội đồng nhân dân tỉnh An Giang".to_owned(), true)));
        assert!(by("Ủy ban nhân dân huyện A", Kind::QuyetDinh, "cần xác định: …").is_err());
        assert!(by("Xóm 5", Kind::HuongUoc, "").is_err());
        let draft = DocumentIn { number: None, ..document("Ủy ban nhân dân xã A", Kind::QuyetDinh) };
        assert!(drafted_by(&draft, &proposal(""), day).is_err());
        let mut bases =
            [("59/2023/NĐ-CP", "Nghị định số 59"), ("10/2022/QH15", "Luật A"), ("61/2019/NĐ-CP", "Nghị định số 61")];
        bases.sort_by_key(|(number, name)| rank(number, name));
        assert_eq!(bases.map(|(number, _)| number), ["10/2022/QH15", "61/2019/NĐ-CP", "59/2023/NĐ-CP"]);
        assert_eq!(in_sentence("V/v ban hành Quy chế"), "về việc ban hành Quy chế");
        assert!(
            says_its_label("“2. Mức", "2.")
                && says_its_label("Điều 5. Mức", "Điều 5.")
                && !says_its_label("20 ngày", "2.")
        );
        assert_eq!(in_sentence("BAN HÀNH QUY CHẾ"), "ban hành quy chế");
    }
}
