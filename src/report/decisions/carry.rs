//! Decisions and states put into the results of a new run.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use serde_json::Value;

use super::Desk;
use super::baseline::{Baseline, key};
use super::ledger::{Entry, LogLine};
use super::merge::disagreement;
use crate::proposals::{Decided, Proposal, RunState};
use crate::report::{Results, Reviewed, words};
use crate::review::engine::{short_hash, without_repeats};
use crate::review::{Finding, Handling};
use crate::text::fold::fold;

/// What was before, beside what is now.
#[derive(Debug, Default)]
pub struct Earlier {
    /// What it was compared with, in words; `None` when with nothing.
    pub compared: Option<String>,
    /// States of findings by id; those not named are new.
    pub findings: HashMap<String, RunState>,
    /// Findings of then that are gone, as `ket-qua.json` gives them.
    pub gone_findings: Vec<Value>,
    /// Proposals of then that are gone, as `ket-qua.json` gives them.
    pub gone_proposals: Vec<Value>,
    /// The same for people.
    pub gone: Vec<Gone>,
    /// People who want different things: proposal id and what they want.
    pub disagreements: Vec<Entry>,
    /// The log.
    pub log: Vec<LogLine>,
    /// Workbooks whose decisions are all taken over.
    pub taken: Vec<PathBuf>,
}

/// A proposal that is not made any more.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its id.
    pub id: String,
    /// The document as it is named to people.
    pub document: String,
    /// Its place as cited.
    pub cite: String,
    /// Handling proposed then, in words.
    pub handling: String,
    /// Its reason then.
    pub reason: String,
    /// Why it is gone, in words.
    pub why: String,
    /// What had been decided, in words.
    pub decided: String,
}

/// Puts everything the desk holds into the results.
pub fn apply(desk: Desk, results: &mut Results) {
    let Desk { ledger, baseline, compared, taken, .. } = desk;
    let mut earlier = Earlier { compared, taken, log: ledger.log, ..Earlier::default() };
    earlier.disagreements = ledger.entries.values().filter(|entry| disagreement(entry).is_some()).cloned().collect();
    let now: HashSet<String> = results.proposals.iter().map(|proposal| proposal.id.clone()).collect();
    if let Some(baseline) = &baseline {
        findings(baseline, results, &mut earlier);
        proposals(baseline, results, &now, &ledger.entries, &mut earlier);
    }
    // Units with one number share an id: the decision is about any of them.
    let mut seen: HashMap<String, Vec<(String, Handling)>> = HashMap::new();
    for proposal in results.proposals.iter().filter(|one| ledger.entries.contains_key(&one.id)) {
        let now = (text_hash(results, proposal), proposal.handling);
        seen.entry(proposal.id.clone()).or_default().push(now);
    }
    for proposal in &mut results.proposals {
        let Some((entry, seen)) = ledger.entries.get(&proposal.id).zip(seen.get(&proposal.id)) else { continue };
        proposal.decision = Some(Decided {
            opinions: entry.opinions.clone(),
            note: entry.note.clone(),
            look_again: look_again(entry, seen),
        });
    }
    let listed: HashSet<String> = earlier.gone.iter().map(|gone| gone.id.clone()).collect();
    let orphans =
        ledger.entries.values().filter(|entry| !now.contains(&entry.proposal) && !listed.contains(&entry.proposal));
    earlier.gone.extend(orphans.map(|entry| Gone {
        id: entry.proposal.clone(),
        document: entry.document.clone(),
        cite: entry.cite.clone(),
        handling: super::typed::named(&entry.proposed).map_or("", words::handling).to_owned(),
        reason: String::new(),
        why: "Không còn kiến nghị này, hoặc văn bản không được đưa vào lần rà soát này".to_owned(),
        decided: decided(Some(entry)),
    }));
    results.earlier = earlier;
}

/// Why a decision must be looked at again, given texts and handlings of the proposals it is about.
fn look_again(entry: &Entry, now: &[(String, Handling)]) -> String {
    let mut why = Vec::new();
    if entry.opinions.is_empty() {
        return String::new();
    }
    // Where the words are not at hand nothing is said of them.
    let differs = |text: &str| !text.is_empty() && text != entry.text;
    if !entry.text.is_empty() && now.iter().all(|(text, _)| differs(text)) {
        why.push("lời văn đã thay đổi sau khi rà soát".to_owned());
    }
    let then = super::typed::named(&entry.proposed);
    if let Some(then) = then.filter(|&then| now.iter().all(|(_, handling)| *handling != then)) {
        why.push(format!("kiến nghị khi đó là “{}”", words::handling(then)));
    }
    if why.is_empty() { String::new() } else { format!("Xem lại quyết định: {}.", why.join("; ")) }
}

/// The words a proposal is about, as one short hash: the unit, or all units of the document in force.
pub fn text_hash(results: &Results, proposal: &Proposal) -> String {
    let Some(reviewed) = proposal.document.and_then(|at| results.documents.get(at)) else { return String::new() };
    let document = reviewed.in_force();
    // Joined results bring identities, not words.
    if document.layers.is_empty() {
        return String::new();
    }
    let words = |unit: &crate::document::Unit| format!("{}\n{}", fold(&unit.heading), fold(&unit.text));
    match &proposal.path {
        Some(path) => {
            let unit = document.unit_at(path).and_then(|unit| document.units.get(unit));
            unit.map_or_else(String::new, |unit| short_hash(&["text", &words(unit)]))
        }
        None => {
            let all: Vec<String> = document.units.iter().map(words).collect();
            short_hash(&["text", &all.join("\n")])
        }
    }
}

fn current_key(reviewed: &Reviewed) -> String {
    let identity = &reviewed.document.identity;
    let issued = identity.issued.map(|day| day.to_string());
    key(identity.number.as_deref(), identity.issuer.as_deref(), issued.as_deref(), &reviewed.document.file)
}

/// What of a finding makes it another one when it changes.
fn digest(entry: &Value) -> String {
    let parts = ["handling", "severity", "confidence", "kind", "message", "wording"];
    parts.map(|part| entry[part].as_str().unwrap_or_default()).join("\u{1}")
}

fn digest_now(finding: &Finding) -> String {
    let word = |value: Value| value.as_str().unwrap_or_default().to_owned();
    let named = |value: Result<Value, serde_json::Error>| value.map(word).unwrap_or_default();
    let closed = [
        named(serde_json::to_value(finding.handling)),
        named(serde_json::to_value(finding.severity)),
        named(serde_json::to_value(finding.confidence)),
        named(serde_json::to_value(finding.kind)),
    ];
    format!("{}\u{1}{}\u{1}{}", closed.join("\u{1}"), finding.message, finding.wording)
}

fn findings(baseline: &Baseline, results: &Results, earlier: &mut Earlier) {
    let keys: Vec<String> = results.documents.iter().map(current_key).collect();
    let mut then: HashMap<&str, Vec<&Value>> = HashMap::new();
    for entry in &baseline.findings {
        then.entry(entry["id"].as_str().unwrap_or_default()).or_default().push(entry);
    }
    let here = results
        .documents
        .iter()
        .enumerate()
        .flat_map(|(at, reviewed)| reviewed.findings.iter().map(move |finding| (Some((at, reviewed)), finding)));
    let all: Vec<_> = here.chain(results.missing.iter().map(|finding| (None, finding))).collect();
    let now: HashSet<&str> = all.iter().map(|(_, finding)| finding.id.as_str()).collect();
    // Old findings whose id is gone, by rule and place: the words there may only have changed.
    let mut left: HashMap<(String, String, String), Vec<&Value>> = HashMap::new();
    for entry in baseline.findings.iter().filter(|entry| !now.contains(entry["id"].as_str().unwrap_or_default())) {
        let path = without_repeats(entry["path"].as_str().unwrap_or_default());
        let rule = entry["rule"].as_str().unwrap_or_default().to_owned();
        left.entry((rule, baseline.document_key(entry).to_owned(), path)).or_default().push(entry);
    }
    let mut rewritten: HashSet<String> = HashSet::new();
    for (of, finding) in &all {
        let state = match then.get(finding.id.as_str()) {
            Some(entries) if entries.iter().any(|entry| digest(entry) == digest_now(finding)) => RunState::Known,
            Some(_) => RunState::Changed,
            None => {
                let unit = of.zip(finding.unit);
                let path = unit.and_then(|((_, reviewed), unit)| reviewed.in_force().units.get(unit));
                let path = path.map_or_else(String::new, |unit| without_repeats(&unit.path));
                let document = of.map_or_else(String::new, |(at, _)| keys[at].clone());
                match left.get_mut(&(finding.rule.clone(), document, path)).and_then(Vec::pop) {
                    Some(old) => {
                        rewritten.insert(old["id"].as_str().unwrap_or_default().to_owned());
                        RunState::Changed
                    }
                    None => continue,
                }
            }
        };
        earlier.findings.insert(finding.id.clone(), state);
    }
    let gone = baseline.findings.iter().filter(|entry| {
        let id = entry["id"].as_str().unwrap_or_default();
        !now.contains(id) && !rewritten.contains(id)
    });
    earlier.gone_findings = gone.map(|entry| as_gone(entry, baseline, &keys)).collect();
}

/// An entry of then, said to be gone, with the document as it is counted now.
fn as_gone(entry: &Value, baseline: &Baseline, keys: &[String]) -> Value {
    let mut gone = entry.clone();
    let key = baseline.document_key(entry);
    let at = keys.iter().position(|own| own == key);
    if let Some(fields) = gone.as_object_mut() {
        fields.insert("state".to_owned(), "gone".into());
        fields.insert("document".to_owned(), at.map_or(Value::Null, |at| format!("d{:04}", at + 1).into()));
        let name = baseline.document(entry).map_or(Value::Null, |(_, name, _)| name.as_str().into());
        fields.insert("document_name".to_owned(), name);
    }
    gone
}

fn proposals(
    baseline: &Baseline,
    results: &mut Results,
    now: &HashSet<String>,
    entries: &std::collections::BTreeMap<String, Entry>,
    earlier: &mut Earlier,
) {
    let keys: Vec<String> = results.documents.iter().map(current_key).collect();
    let mut then: HashMap<&str, Vec<&Value>> = HashMap::new();
    for entry in &baseline.proposals {
        then.entry(entry["id"].as_str().unwrap_or_default()).or_default().push(entry);
    }
    for proposal in &mut results.proposals {
        let Some(entries) = then.get(proposal.id.as_str()) else { continue };
        let same = |entry: &&Value| {
            entry["reason"] == proposal.reason.as_str()
                && entry["wording"] == proposal.wording.as_str()
                && entry["handling"].as_str().and_then(super::typed::named) == Some(proposal.handling)
                && entry["findings"].as_array().is_some_and(|ids| {
                    ids.len() == proposal.findings.len()
                        && ids.iter().zip(&proposal.findings).all(|(a, b)| a == b.as_str())
                })
        };
        proposal.state = if entries.iter().any(same) { RunState::Known } else { RunState::Changed };
    }
    for entry in &baseline.proposals {
        let id = entry["id"].as_str().unwrap_or_default();
        if now.contains(id) {
            continue;
        }
        earlier.gone_proposals.push(as_gone(entry, baseline, &keys));
        let handling = entry["handling"].as_str().and_then(super::typed::named);
        if handling == Some(Handling::Keep) && !entries.contains_key(id) {
            continue;
        }
        let (key, name, _) = baseline.document(entry).cloned().unwrap_or_default();
        let why = if key.is_empty() || keys.contains(&key) {
            "Không còn phát hiện ở chỗ này"
        } else {
            "Văn bản không được đưa vào lần rà soát này"
        };
        let words = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        earlier.gone.push(Gone {
            id: id.to_owned(),
            document: name,
            cite: words("cite"),
            handling: handling.map_or("", words::handling).to_owned(),
            reason: words("reason"),
            why: why.to_owned(),
            decided: decided(entries.get(id)),
        });
    }
}

fn decided(entry: Option<&Entry>) -> String {
    let opinions = entry.map_or(&[][..], |entry| &entry.opinions);
    let each = opinions.iter().map(|opinion| match opinion.person.as_str() {
        "" => words::opinion(opinion),
        person => format!("{person}: {}", words::opinion(opinion)),
    });
    each.collect::<Vec<_>>().join("\n")
}
