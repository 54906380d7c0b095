//! Words typed by a person, and the words said back. No logic of its own.

mod args;
mod eval;
mod exchange;
mod outline;
mod rules;
mod scan;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{CommandFactory, FromArgMatches};

use crate::rules::diagnostic::{Gravity, SourceFile};
use crate::rules::{RuleSet, load, parse_fault};
use crate::source::system;
use args::{Args, Command};

/// How a run ended (contract). When several apply, the first of 2, 1, 3 counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Ran.
    Done = 0,
    /// Ran, and a finding is at least as sure as `--fail-on` says, or a label met before is lost (`eval --baseline`).
    Findings = 1,
    /// Could not run: usage, bad rules, cannot write.
    CannotRun = 2,
    /// Ran; some inputs were not read.
    SomeUnread = 3,
}

/// Runs the program with the arguments of the process.
pub fn run() -> Exit {
    let matches = match Args::command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return args::explain(&error),
    };
    let outcome = match Args::from_arg_matches(&matches) {
        Ok(args) => match args.command {
            Command::Scan(scan) => scan::run(scan),
            Command::Outline(outline) => outline::run(&outline),
            Command::Rules(rules) => rules::run(&rules),
            Command::Eval(eval) => eval::run(&eval),
        },
        Err(error) => return args::explain(&error),
    };
    outcome.unwrap_or_else(|error| {
        // Our messages say their cause themselves; the chain below them is English.
        say(&format!("lỗi: {error}"));
        Exit::CannotRun
    })
}

/// One line to the person, on stderr.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Text to stdout; a closed pipe is no fault.
fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// The rule set, or every fault of the packs on stderr.
fn load_rules(folders: &[PathBuf], packs: &[String]) -> anyhow::Result<RuleSet> {
    let folders: Vec<&Path> = folders.iter().map(PathBuf::as_path).collect();
    let (set, faults) = crate::rules::load(&folders, packs)?;
    for fault in &faults {
        say(&fault.render());
    }
    let errors = faults.iter().filter(|fault| fault.gravity == Gravity::Error).count();
    set.ok_or_else(|| anyhow::anyhow!("bộ quy tắc có {errors} lỗi (nêu ở trên); sửa rồi chạy lại"))
}

/// The decision table of the packs' folder, or the embedded one.
fn load_decisions(folders: &[PathBuf]) -> anyhow::Result<crate::proposals::Decisions> {
    let beside = folders.iter().map(|folder| folder.join("decisions.yaml")).find(|path| path.is_file());
    let yaml = match &beside {
        Some(path) => std::fs::read_to_string(path).map_err(|error| {
            anyhow::anyhow!("không đọc được bảng quyết định “{}”: {}", path.display(), system::cause(&error))
        })?,
        None => load::embedded_file("decisions.yaml").unwrap_or_default().to_owned(),
    };
    crate::proposals::Decisions::parse(&yaml).map_err(|error| {
        let path = beside.map_or_else(|| "rules/decisions.yaml".to_owned(), |path| path.display().to_string());
        say(&parse_fault(&Arc::new(SourceFile { path, text: yaml.clone() }), error).render());
        anyhow::anyhow!("bảng quyết định có lỗi (nêu ở trên); sửa rồi chạy lại")
    })
}
