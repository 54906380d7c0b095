//! Programs of the machine (poppler, LibreOffice) that read what our own readers cannot. Found at run time, never needed.

use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Longest run of an outside program.
pub const TIME_LIMIT: Duration = Duration::from_secs(60);
/// Most bytes taken from an outside program.
const MAX_OUTPUT: u64 = 64 << 20;
/// How often a running program is looked at.
const PAUSE: Duration = Duration::from_millis(10);

/// The full path of a program by one of its names, searched along `PATH` and in the usual folders.
pub fn find(names: &[&str], folders: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let usual = folders.iter().map(PathBuf::from);
    let places: Vec<PathBuf> = std::env::split_paths(&path).chain(usual).collect();
    names.iter().find_map(|name| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        places.iter().map(|place| place.join(&file)).find(|program| program.is_file())
    })
}

/// Runs a program and returns what it wrote to its standard output; `None` when it fails, writes too much, or takes
/// longer than [`TIME_LIMIT`] (it is then stopped).
pub fn run(command: &mut Command) -> Option<Vec<u8>> {
    run_within(command, TIME_LIMIT)
}

fn run_within(command: &mut Command, limit: Duration) -> Option<Vec<u8>> {
    let started = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let output = child.stdout.take()?;
    // Read beside the wait: a full pipe would stop the program. The thread is left behind when a program started by the
    // program keeps the pipe open.
    let (sender, received) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let whole = output.take(MAX_OUTPUT + 1).read_to_end(&mut bytes).is_ok();
        // Nobody waits any more when the program was stopped.
        let _unheard = sender.send(whole.then_some(bytes));
    });
    let succeeded = wait(&mut child, started, limit);
    let bytes = received.recv_timeout(limit.saturating_sub(started.elapsed())).ok().flatten()?;
    (succeeded && bytes.len() as u64 <= MAX_OUTPUT).then_some(bytes)
}

fn wait(child: &mut Child, started: Instant, limit: Duration) -> bool {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if started.elapsed() < limit => std::thread::sleep(PAUSE),
            _ => {
                // Either may fail only because the program has just ended.
                let (_, _) = (child.kill(), child.wait());
                return false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_that_are_not_there_are_none() {
        assert_eq!(find(&["rasoat-no-such-program"], &["/no/such/folder"]), None);
    }

    #[cfg(unix)]
    #[test]
    fn output_is_taken_and_slow_programs_are_stopped() {
        let shell = find(&["sh"], &["/bin"]).unwrap();
        assert_eq!(run(Command::new(&shell).args(["-c", "printf xong"])), Some(b"xong".to_vec()));
        assert_eq!(run(Command::new(&shell).args(["-c", "exit 3"])), None);
        for slow in ["exec sleep 60", "sleep 60 & wait"] {
            let none = run_within(Command::new(&shell).args(["-c", slow]), Duration::from_millis(50));
            assert_eq!(none, None, "{slow}");
        }
    }
}
