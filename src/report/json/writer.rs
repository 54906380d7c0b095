//! `ket-qua.json` written document by document: what is written is forgotten, so that memory does not grow with a batch.
//!
//! The sections of the contract follow one another, and every document adds to several of them: what belongs to a later section
//! waits in a temporary file of its own.

use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write};

use serde::Serialize;
use tempfile::SpooledTempFile;

use super::super::batch::{BatchJson, Growing};
use super::super::graph::{ChainJson, DoubledJson, LinkJson, NamedJson};
use super::super::{Results, Reviewed};
use super::{
    DocumentJson, FilterJson, FindingJson, ListJson, ListWarningJson, ProposalJson, RuleJson, RunJson, UnreadJson,
    section,
};
use crate::proposals::Proposal;
use crate::registry::corpus::{Chain, Link};

/// Bytes of a section that wait in memory before they go to the disk.
const IN_MEMORY: usize = 8 << 20;

/// Results being written. `results` is the same in every call; of its documents only identities, and the words of those that
/// change others, are looked at.
pub struct JsonWriter<W: Write> {
    out: W,
    documents: usize,
    findings: Waiting,
    proposals: Waiting,
    links: Waiting,
    chains: Waiting,
    batches: Growing,
}

impl<W: Write> JsonWriter<W> {
    /// What was run, and the head of the documents.
    pub fn begin(mut out: W, results: &Results) -> io::Result<Self> {
        out.write_all(b"{\n\"schema\": \"rasoat/1\",\n\"run\": ")?;
        serde_json::to_writer(&mut out, &RunJson::of(results))?;
        out.write_all(b",\n\"documents\": [")?;
        let waiting = Waiting::new;
        Ok(JsonWriter {
            out,
            documents: 0,
            findings: waiting(),
            proposals: waiting(),
            links: waiting(),
            chains: waiting(),
            batches: Growing::default(),
        })
    }

    /// The next document, as `serialized`, with its proposals and links.
    pub fn document(
        &mut self,
        serialized: &Serialized,
        reviewed: &Reviewed,
        proposals: &[Proposal],
        links: &[Link],
        results: &Results,
    ) -> io::Result<()> {
        self.out.write_all(if self.documents == 0 { b"\n" } else { b",\n" })?;
        self.documents += 1;
        self.out.write_all(&serialized.document)?;
        self.findings.push_written(&serialized.findings)?;
        self.proposals.push_written(&serialized.proposals)?;
        self.batches.add(reviewed, proposals);
        links.iter().try_for_each(|link| self.links.push(&LinkJson::of(link, results)))
    }

    /// Chains of grounds, in the order of the documents they begin with.
    pub fn chains(&mut self, chains: &[Chain], results: &Results) -> io::Result<()> {
        chains.iter().try_for_each(|chain| self.chains.push(&ChainJson::of(chain, results)))
    }

    /// Everything that is not of one document.
    pub fn finish(self, results: &Results) -> io::Result<()> {
        let JsonWriter { mut out, mut findings, mut proposals, links, chains, batches, .. } = self;
        let earlier = &results.earlier;
        for finding in &results.missing {
            findings.push(&FindingJson::of(finding, None, &results.law).since(&earlier.findings))?;
        }
        earlier.gone_findings.iter().try_for_each(|gone| findings.push(gone))?;
        for proposal in results.proposals.iter().filter(|proposal| proposal.document.is_none()) {
            proposals.push(&ProposalJson::of(proposal, None, results))?;
        }
        earlier.gone_proposals.iter().try_for_each(|gone| proposals.push(gone))?;

        let out = &mut out;
        out.write_all(b"]")?;
        section(out, "unreadable", results.unreadable.iter().map(UnreadJson::of))?;
        section(out, "lists", results.lists.iter().map(|entry| ListJson::of(entry, results)))?;
        let list_warnings = results.list_warnings.iter();
        section(out, "list_warnings", list_warnings.map(|(file, warning)| ListWarningJson { file, warning }))?;
        findings.pour("findings", out)?;
        proposals.pour("proposals", out)?;
        section(out, "batches", batches.finish().iter().map(|batch| BatchJson::of(batch, results)))?;
        section(out, "rules", results.rules.iter().map(RuleJson::of))?;
        section(out, "filters", results.filters.iter().map(FilterJson::of))?;
        graph(results, links, chains, out)?;
        out.write_all(b"\n}\n")?;
        out.flush()
    }
}

/// The JSON of one document: who makes it need not wait for the documents before it.
pub struct Serialized {
    document: Vec<u8>,
    findings: Vec<u8>,
    proposals: Vec<u8>,
}

impl Serialized {
    /// What [`JsonWriter::document`] writes of a document.
    pub fn of(reviewed: &Reviewed, proposals: &[Proposal], results: &Results) -> serde_json::Result<Serialized> {
        let finding = |finding| {
            FindingJson::of(finding, Some((reviewed, results)), &results.law).since(&results.earlier.findings)
        };
        Ok(Serialized {
            document: serde_json::to_vec(&DocumentJson::of(reviewed, results))?,
            findings: entries(reviewed.findings.iter().map(finding))?,
            proposals: entries(proposals.iter().map(|proposal| ProposalJson::of(proposal, Some(reviewed), results)))?,
        })
    }
}

/// One a line, as a section has them.
fn entries(entries: impl Iterator<Item = impl Serialize>) -> serde_json::Result<Vec<u8>> {
    let mut serialized = Vec::new();
    for entry in entries {
        if !serialized.is_empty() {
            serialized.extend_from_slice(b",\n");
        }
        serde_json::to_writer(&mut serialized, &entry)?;
    }
    Ok(serialized)
}

/// Who names whom, chains of grounds, doubled files, homonyms.
fn graph(results: &Results, links: Waiting, chains: Waiting, out: &mut impl Write) -> io::Result<()> {
    let corpus = &results.corpus;
    out.write_all(b",\n\"graph\": {\"schema\": 1")?;
    section(out, "named", corpus.named.iter().enumerate().map(|(at, named)| NamedJson::of(at, named, results)))?;
    links.pour("links", out)?;
    chains.pour("basis_chains", out)?;
    let number = |files: &[usize]| {
        let first = files.first().and_then(|&at| results.documents.get(at))?;
        first.document.identity.number.as_deref()
    };
    let doubled = corpus.doubled.iter().map(|files| DoubledJson::of(number(files), files, results));
    section(out, "same_identity", doubled)?;
    let homonyms = corpus.homonyms.iter().map(|(number, files)| DoubledJson::of(Some(number), files, results));
    section(out, "same_number", homonyms)?;
    out.write_all(b"\n}")
}

/// Entries of a section whose turn has not come.
struct Waiting {
    spool: BufWriter<SpooledTempFile>,
    is_empty: bool,
}

impl Waiting {
    fn new() -> Waiting {
        Waiting { spool: BufWriter::new(tempfile::spooled_tempfile(IN_MEMORY)), is_empty: true }
    }

    fn push(&mut self, entry: &impl Serialize) -> io::Result<()> {
        self.begin()?;
        serde_json::to_writer(&mut self.spool, entry)?;
        Ok(())
    }

    /// Entries written one a line, if there are any.
    fn push_written(&mut self, entries: &[u8]) -> io::Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        self.begin()?;
        self.spool.write_all(entries)
    }

    fn begin(&mut self) -> io::Result<()> {
        self.spool.write_all(if self.is_empty { b"\n" } else { b",\n" })?;
        self.is_empty = false;
        Ok(())
    }

    /// `,"name": [` entries one a line `]`.
    fn pour(self, name: &str, out: &mut impl Write) -> io::Result<()> {
        write!(out, ",\n\"{name}\": [")?;
        let mut spool = self.spool.into_inner().map_err(io::IntoInnerError::into_error)?;
        spool.seek(SeekFrom::Start(0))?;
        let mut piece = vec![0; 1 << 16];
        loop {
            let read = spool.read(&mut piece)?;
            if read == 0 {
                break;
            }
            out.write_all(&piece[..read])?;
        }
        out.write_all(b"]")
    }
}
