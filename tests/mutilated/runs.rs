//! Runs of the program over folders of bad files, in a process of its own with a limit on memory and on time.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;

/// A name and the bytes under it.
pub type Made = (String, Vec<u8>);

/// Files of one run.
const BATCH: usize = 50;
/// Address space of a run in kilobytes: two files of the largest allowed kind at once, and room.
const MEMORY: u64 = 4 << 20;
/// A hang, on the slowest machine.
const HANG: Duration = Duration::from_secs(900);

/// Runs over all of them and checks every promise.
pub fn check(files: Vec<Made>) {
    assert!(!files.is_empty());
    let named: Vec<Made> =
        files.into_iter().enumerate().map(|(at, (name, bytes))| (format!("{at:03}-{name}"), bytes)).collect();
    let faults: Vec<String> = named.chunks(BATCH).flat_map(faults_of).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What is wrong with a run over a batch; when it does not end well, which files do that alone (by halves).
fn faults_of(batch: &[Made]) -> Vec<String> {
    match run(batch) {
        Ok(faults) => faults,
        Err(fault) if batch.len() == 1 => vec![format!("{}: {fault}", batch[0].0)],
        Err(fault) => {
            let (one, other) = batch.split_at(batch.len() / 2);
            let apart: Vec<String> = [one, other].into_iter().flat_map(faults_of).collect();
            if apart.is_empty() { vec![format!("only together, from {}: {fault}", batch[0].0)] } else { apart }
        }
    }
}

fn run(batch: &[Made]) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let (inputs, temporary, out) = (folder.path().join("van-ban"), folder.path().join("tam"), folder.path().join("ra"));
    for path in [&inputs, &temporary] {
        fs::create_dir(path).expect("a folder");
    }
    for (name, bytes) in batch {
        fs::write(inputs.join(name), bytes).expect("a file");
    }
    let before = state(&inputs);
    let errors = folder.path().join("stderr");
    ended(limited(&inputs, &out, &temporary).stderr(fs::File::create(&errors).expect("a file")), &errors)?;
    let said = fs::read_to_string(&errors).unwrap_or_default();
    let json = fs::read(out.join("ket-qua.json")).map_err(|error| format!("no results: {error}"))?;
    let results: Value = serde_json::from_slice(&json).map_err(|error| format!("no JSON: {error}"))?;
    let mut faults = faults_in(&results, batch);
    if said.contains("panicked") || String::from_utf8_lossy(&json).contains("\"internal-error\"") {
        // A panic that was caught is a fault of ours all the same; alone, the file shows itself.
        return Err(format!("a panic: {}", said.lines().find(|line| line.contains("panicked")).unwrap_or_default()));
    }
    if state(&inputs) != before {
        faults.push("the input folder was changed".to_owned());
    }
    let left: Vec<_> = state(&temporary).into_keys().collect();
    if !left.is_empty() {
        faults.push(format!("temporary files were left: {left:?}"));
    }
    Ok(faults)
}

fn limited(inputs: &Path, out: &Path, temporary: &Path) -> Command {
    let program = env!("CARGO_BIN_EXE_rasoat");
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("sh");
        // Not every system can limit memory; then the limit on time must do.
        shell.args(["-c", &format!("ulimit -v {MEMORY} 2>/dev/null; exec \"$0\" \"$@\""), program]);
        shell
    } else {
        Command::new(program)
    };
    command.arg("scan").arg(inputs).arg("--out").arg(out).args(["--as-of", "2026-11-22", "--threads", "2", "--quiet"]);
    // Every output is asked for: the copies read the files a second time.
    command.args(["--format", "xlsx,json,docx,html", "--annotate"]);
    for name in ["TMPDIR", "TEMP", "TMP"] {
        command.env(name, temporary);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// Waits for the end, which must be one of those promised for bad input.
fn ended(command: &mut Command, errors: &Path) -> Result<(), String> {
    let mut child = command.spawn().expect("the program");
    let until = Instant::now() + HANG;
    let status = loop {
        if let Some(status) = child.try_wait().expect("its state") {
            break status;
        }
        if Instant::now() > until {
            child.kill().expect("an end");
            child.wait().expect("an end");
            return Err("it hangs".to_owned());
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    match status.code() {
        Some(0 | 3) => Ok(()),
        _ => Err(format!("{status}: {}", fs::read_to_string(errors).unwrap_or_default().trim())),
    }
}

/// Every file is counted; every unread one has a cause and a next step.
fn faults_in(results: &Value, batch: &[Made]) -> Vec<String> {
    let mut faults = Vec::new();
    let unreadable = results["unreadable"].as_array().expect("a list");
    // Rows of lists without a file stand there too.
    let unread: Vec<&Value> = unreadable.iter().filter(|entry| entry["list_row"].is_null()).collect();
    for entry in &unread {
        let full = |key: &str| entry[key].as_str().is_some_and(|words| words.ends_with('.') && words.len() > 10);
        if !(full("message") && full("next_step") && entry["code"].is_string()) {
            faults.push(format!("{entry} does not say what to do"));
        }
    }
    let names = |list: &str| -> Vec<&str> {
        results[list].as_array().expect("a list").iter().filter_map(|entry| entry["file"].as_str()).collect()
    };
    let (documents, lists) = (names("documents"), names("lists"));
    let mut empty_lists = 0;
    for (name, _) in batch {
        let is_unread = unread.iter().any(|entry| entry["file"] == name.as_str());
        let is_read = documents.contains(&name.as_str()) || lists.contains(&name.as_str());
        match (is_read, is_unread) {
            (true, true) => faults.push(format!("{name} is both read and unread")),
            (false, false) => empty_lists += 1,
            _ => {}
        }
    }
    // A list without rows leaves no trace but in the count.
    let (read, inputs) = (results["run"]["read"].as_u64(), results["run"]["inputs"].as_u64());
    let counted = batch.len() - unread.len();
    if read != Some(counted as u64) || inputs.is_none_or(|inputs| inputs < batch.len() as u64) {
        faults.push(format!("{read:?} read of {inputs:?}, {} unread, {} files", unread.len(), batch.len()));
    }
    let sheets =
        batch.iter().filter(|(name, _)| [".xls", ".csv", ".ods"].iter().any(|kind| name.contains(kind))).count();
    if empty_lists > sheets {
        faults.push(format!("{empty_lists} files are neither read nor unread"));
    }
    faults
}

/// Names, lengths and times of the files under a folder.
fn state(folder: &Path) -> BTreeMap<String, (u64, Option<SystemTime>)> {
    fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let entry = entry.expect("an entry");
            let about = entry.metadata().expect("its state");
            (entry.file_name().to_string_lossy().into_owned(), (about.len(), about.modified().ok()))
        })
        .collect()
}
