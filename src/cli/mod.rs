//! Words typed by a person, and the words said back. No logic of its own.

mod args;
mod decisions;
mod draft;
mod eval;
mod exchange;
mod law_text;
mod merge;
mod ndjson;
mod office;
mod outline;
mod rules;
mod scan;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{CommandFactory, FromArgMatches};

use crate::proposals::FormSet;
use crate::report::forms::Forms;
use crate::rules::diagnostic::{Gravity, SourceFile};
use crate::rules::{RuleSet, load, parse_fault, supplied};
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
            Command::Decisions(decisions) => decisions::run(&decisions),
            Command::Merge(merge) => merge::run(&merge),
            Command::Draft(draft) => draft::run(&draft),
            Command::Init(init) => office::init(&init),
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

/// Adds the instruments of the user's files to the status graph.
fn add_instruments(files: &[PathBuf], set: &mut RuleSet) -> anyhow::Result<()> {
    let mut faults = 0;
    for file in files {
        match supplied::add(file, &mut set.instruments) {
            Ok(added) => set.supplied.push(added),
            Err(lines) => {
                faults += lines.len();
                lines.iter().for_each(|line| say(line));
            }
        }
    }
    if faults > 0 {
        anyhow::bail!("danh mục hiệu lực có {faults} lỗi (nêu ở trên); sửa rồi chạy lại");
    }
    Ok(())
}

/// The decision table of the packs' folder, or the embedded one.
fn load_decisions(folders: &[PathBuf]) -> anyhow::Result<crate::proposals::Decisions> {
    beside(folders, "decisions.yaml", "bảng quyết định", crate::proposals::Decisions::parse)
}

/// The official lists of a set, from the packs' folder or embedded.
fn load_forms(folders: &[PathBuf], set: FormSet) -> anyhow::Result<Forms> {
    beside(folders, &format!("forms/{}", Forms::file_name(set)), "mô tả biểu mẫu", Forms::parse)
}

/// A file that stands beside the packs: the first of the folders that has it, else the embedded one.
fn beside<T>(
    folders: &[PathBuf],
    name: &str,
    what: &str,
    parse: impl Fn(&str) -> Result<T, serde_saphyr::Error>,
) -> anyhow::Result<T> {
    let own = folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file());
    let yaml = match &own {
        Some(path) => read_text(path, what)?,
        None => load::embedded_file(name).unwrap_or_default().to_owned(),
    };
    let path = own.map_or_else(|| format!("rules/{name}"), |path| path.display().to_string());
    parsed(path, &yaml, what, parse)
}

fn read_text(path: &Path, what: &str) -> anyhow::Result<String> {
    std::fs::read_to_string(path)
        .map_err(|error| anyhow::anyhow!("không đọc được {what} “{}”: {}", path.display(), system::cause(&error)))
}

/// What a YAML file says, or its fault with place and hint.
fn parsed<T>(
    path: String,
    yaml: &str,
    what: &str,
    parse: impl Fn(&str) -> Result<T, serde_saphyr::Error>,
) -> anyhow::Result<T> {
    parse(yaml).map_err(|error| {
        let mut fault = parse_fault(&Arc::new(SourceFile { path, text: yaml.to_owned() }), error);
        fault.message = fault.message.replace("không có trong ngôn ngữ quy tắc", "không dùng được trong tệp này");
        say(&fault.render());
        anyhow::anyhow!("{what} có lỗi (nêu ở trên); sửa rồi chạy lại")
    })
}
