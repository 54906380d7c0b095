//! The decisions that count and the log of every change, as they lie in the folder of the results.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::merge::put;
use super::{DECISIONS_NAME, LOG_NAME};
use crate::proposals::Opinion;
use crate::report::{Error, write};

/// Version of the file of decisions.
const SCHEMA: &str = "rasoat-decisions/1";

/// Decisions by id of proposal, and log lines not yet written.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The decisions that count.
    pub entries: BTreeMap<String, Entry>,
    /// Lines to be added to the log.
    pub pending: Vec<LogLine>,
    /// Lines of the log so far.
    pub log: Vec<LogLine>,
}

/// What is decided about one proposal, and on what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Id of the proposal.
    pub proposal: String,
    /// The document as it is named to people.
    #[serde(default)]
    pub document: String,
    /// Its file.
    #[serde(default)]
    pub file: String,
    /// Path of the unit; empty for the whole.
    #[serde(default)]
    pub path: String,
    /// Place as cited.
    #[serde(default)]
    pub cite: String,
    /// Handling that was proposed.
    #[serde(default)]
    pub proposed: String,
    /// Hash of the local text that was looked at.
    #[serde(default)]
    pub text: String,
    /// Rules under the proposal.
    #[serde(default)]
    pub rules: String,
    /// Packs and their versions.
    #[serde(default)]
    pub packs: Vec<String>,
    /// Notes on the proposal.
    #[serde(default)]
    pub note: String,
    /// Opinions, the deciding one first; empty when there are only notes.
    pub opinions: Vec<Opinion>,
}

impl Entry {
    /// Nothing of it is worth keeping.
    pub fn is_empty(&self) -> bool {
        self.opinions.is_empty() && self.note.is_empty()
    }
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// Line from 1.
    pub seq: usize,
    /// The day it was taken over.
    pub on: String,
    /// What happened: `decided`, `revised`, `second-opinion`, `kept-newer`, `withdrawn`,
    /// `noted`, `unplaced`, `joined`.
    pub action: String,
    /// The workbook.
    #[serde(default)]
    pub workbook: String,
    /// Hash of the workbook.
    #[serde(default)]
    pub workbook_sha256: String,
    /// Row in it, as Excel counts; 0 = none.
    #[serde(default)]
    pub row: u32,
    /// Id of the proposal, as it was found.
    #[serde(default)]
    pub proposal: String,
    /// The document as it is named to people.
    #[serde(default)]
    pub document: String,
    /// Place as cited.
    #[serde(default)]
    pub cite: String,
    /// Rules under the proposal.
    #[serde(default)]
    pub rules: String,
    /// Packs and their versions.
    #[serde(default)]
    pub packs: Vec<String>,
    /// Hash of the local text that was looked at.
    #[serde(default)]
    pub text: String,
    /// What counted before.
    #[serde(default)]
    pub before: Option<Opinion>,
    /// What was typed.
    #[serde(default)]
    pub after: Option<Opinion>,
    /// Cells that could not be placed, as typed.
    #[serde(default)]
    pub typed: BTreeMap<String, String>,
    /// Why.
    #[serde(default)]
    pub why: String,
}

#[derive(Serialize, Deserialize)]
struct File {
    schema: String,
    decisions: Vec<Entry>,
}

impl Ledger {
    /// Reads what a folder holds; a folder without decisions is an empty ledger. A file that cannot be understood is an error:
    /// going on would lose it.
    pub fn load(folder: &Path) -> Result<Ledger, Error> {
        let path = folder.join(DECISIONS_NAME);
        let unreadable = |why: String| Error::Decisions { file: path.clone(), why };
        let mut ledger = Ledger::default();
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                let file: File = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
                    unreadable(format!("nội dung không đúng dạng (dòng {}, cột {})", error.line(), error.column()))
                })?;
                if file.schema != SCHEMA {
                    return Err(unreadable(format!("tệp thuộc phiên bản khác của chương trình ({})", file.schema)));
                }
                let entries = file.decisions.into_iter().filter(|entry| !entry.is_empty());
                ledger.entries = entries.map(|entry| (entry.proposal.clone(), entry)).collect();
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(unreadable(crate::source::system::cause(&error))),
        }
        // A line that a person broke is passed over; the file is only ever added to.
        if let Ok(text) = std::fs::read_to_string(folder.join(LOG_NAME)) {
            ledger.log = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
            let last = text.lines().count();
            if let Some(line) = ledger.log.last_mut() {
                line.seq = line.seq.max(last);
            }
        }
        Ok(ledger)
    }

    /// Nothing decided and nothing to log.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.pending.is_empty()
    }

    /// A line for the log; what could not be placed is logged once for each workbook as it is.
    pub fn note(&mut self, mut line: LogLine) {
        let same = |known: &LogLine| {
            (known.action == line.action && known.workbook_sha256 == line.workbook_sha256)
                && (known.row == line.row && known.typed == line.typed)
        };
        if line.action == "unplaced" && self.log.iter().chain(&self.pending).any(same) {
            return;
        }
        let last = self.pending.last().or(self.log.last()).map_or(0, |line| line.seq);
        line.seq = last + 1;
        self.pending.push(line);
    }

    /// Takes over the decisions of another folder.
    pub fn join(&mut self, other: Ledger, on: Date) {
        for (id, entry) in other.entries {
            if let Some(own) = self.entries.get(&id) {
                let fresh: Vec<Opinion> =
                    entry.opinions.iter().filter(|opinion| !own.opinions.contains(opinion)).cloned().collect();
                let note = joined_notes(&own.note, &entry.note);
                if let Some(own) = self.entries.get_mut(&id) {
                    own.note = note;
                }
                for opinion in fresh {
                    let line = LogLine::of(&entry, "joined", on);
                    put(self, &entry, opinion, false, line);
                }
            } else {
                let mut line = LogLine::of(&entry, "joined", on);
                line.after = entry.opinions.first().cloned();
                self.note(line);
                self.entries.insert(id, entry);
            }
        }
    }

    /// Adds to the log, then replaces the decisions.
    pub fn save(&mut self, folder: &Path) -> Result<(), Error> {
        if !self.pending.is_empty() {
            let path = folder.join(LOG_NAME);
            let failed = |source| Error::File { file: path.clone(), source };
            let mut lines = Vec::new();
            for line in &self.pending {
                serde_json::to_writer(&mut lines, line).map_err(|error| failed(error.into()))?;
                lines.push(b'\n');
            }
            let mut file = std::fs::OpenOptions::new().create(true).append(true).open(&path).map_err(failed)?;
            file.write_all(&lines).and_then(|()| file.sync_all()).map_err(failed)?;
            self.log.append(&mut self.pending);
        }
        self.entries.retain(|_, entry| !entry.is_empty());
        if self.entries.is_empty() && !folder.join(DECISIONS_NAME).exists() {
            return Ok(());
        }
        let file = File { schema: SCHEMA.to_owned(), decisions: self.entries.values().cloned().collect() };
        write::whole(&folder.join(DECISIONS_NAME), |out| {
            serde_json::to_writer_pretty(&mut *out, &file)?;
            out.write_all(b"\n")
        })
    }
}

/// Lines of both, each once; a line of an added column ("Phòng: …") takes the place of an older one of that column.
pub fn joined_notes(old: &str, new: &str) -> String {
    let mut lines: Vec<&str> = old.lines().filter(|line| !line.is_empty()).collect();
    for line in new.lines().filter(|line| !line.is_empty()) {
        let column = |line: &str| line.split_once(": ").map(|(head, _)| head.to_owned());
        let same = |own: &&str| *own == line || (column(own).is_some() && column(own) == column(line));
        match lines.iter().position(same) {
            Some(at) => lines[at] = line,
            None => lines.push(line),
        }
    }
    lines.join("\n")
}

impl LogLine {
    /// A line about an entry.
    pub fn of(entry: &Entry, action: &str, on: Date) -> LogLine {
        LogLine {
            seq: 0,
            on: on.to_string(),
            action: action.to_owned(),
            workbook: String::new(),
            workbook_sha256: String::new(),
            row: 0,
            proposal: entry.proposal.clone(),
            document: entry.document.clone(),
            cite: entry.cite.clone(),
            rules: entry.rules.clone(),
            packs: entry.packs.clone(),
            text: entry.text.clone(),
            before: None,
            after: None,
            typed: BTreeMap::new(),
            why: String::new(),
        }
    }
}
