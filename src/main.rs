//! `rasoat`: review of provincial legal documents against a new Law.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(rasoat::cli::run() as u8)
}
