//! `rasoat`: review of provincial legal documents against a new Law.

use std::process::ExitCode;

/// A document is thousands of short strings; the allocator of the system took a sixth of a run.
#[cfg(not(windows))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(rasoat::cli::run() as u8)
}
