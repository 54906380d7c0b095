//! Makes the package an office gets: `cargo run --example dist [-- --target x86_64-pc-windows-gnu] [--program FILE]`.
//!
//! Builds the program with the profile `dist` (or takes the one named with `--program`) and writes `target/rasoat-<version>-<target>.zip` with the program, the guides, the
//! licences, the rule packs and a sample (documents and list). Works alike on Windows and Linux; the same files give the same zip.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs::File;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What goes in beside the program.
const FILES: [&str; 5] = ["README.vi.md", "README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
const FOLDERS: [(&str, &str); 4] =
    [("rules", "rules"), ("docs", "docs"), ("corpus/van-ban", "mau/van-ban"), ("corpus/danh-muc", "mau/danh-muc")];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut target, mut given) = (None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(option) = arguments.next() {
        match (option.as_str(), arguments.next()) {
            ("--target", Some(value)) => target = Some(value),
            ("--program", Some(value)) => given = Some(PathBuf::from(value)),
            _ => return Err("usage: cargo run --example dist [-- [--target TRIPLE] [--program FILE]]".into()),
        }
    }
    let built = root.join("target");
    let suffix = match &target {
        Some(target) if target.contains("windows") => ".exe",
        Some(_) => "",
        None => std::env::consts::EXE_SUFFIX,
    };
    let program = match given {
        Some(program) => program,
        None => build(root, &built, target.as_deref(), suffix)?,
    };
    let host = format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS);
    let name = format!("rasoat-{}-{}", env!("CARGO_PKG_VERSION"), target.as_ref().unwrap_or(&host));
    std::fs::create_dir_all(&built)?;
    let path = built.join(format!("{name}.zip"));
    let mut zip = ZipWriter::new(File::create(&path)?);
    add(&mut zip, &program, &format!("{name}/rasoat{suffix}"), 0o755)?;
    for file in FILES {
        add(&mut zip, &root.join(file), &format!("{name}/{file}"), 0o644)?;
    }
    for (from, to) in FOLDERS {
        add_folder(&mut zip, &root.join(from), &format!("{name}/{to}"))?;
    }
    zip.finish()?.sync_all()?;
    println!("{} ({} bytes)", path.display(), std::fs::metadata(&path)?.len());
    Ok(())
}

/// The program as offices get it: slow to build, small and fast.
fn build(root: &Path, built: &Path, target: Option<&str>, suffix: &str) -> Result<PathBuf, Box<dyn Error>> {
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    build.current_dir(root).args(["build", "--locked", "--profile", "dist", "--bin", "rasoat"]);
    build.args(target.map(|target| ["--target", target]).into_iter().flatten());
    // A folder of its own: the program that runs this one may be locked on Windows.
    if !build.env("CARGO_TARGET_DIR", built).status()?.success() {
        return Err("the program was not built".into());
    }
    Ok(built.join(target.unwrap_or("")).join("dist").join(format!("rasoat{suffix}")))
}

fn add_folder(zip: &mut ZipWriter<impl Write + Seek>, folder: &Path, name: &str) -> Result<(), Box<dyn Error>> {
    let mut entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let own = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            add_folder(zip, &entry.path(), &own)?;
        } else {
            add(zip, &entry.path(), &own, 0o644)?;
        }
    }
    Ok(())
}

/// No clock: every entry has the first day a zip knows.
fn add(zip: &mut ZipWriter<impl Write + Seek>, file: &Path, name: &str, mode: u32) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(mode);
    zip.start_file(name, options)?;
    zip.write_all(&bytes)?;
    Ok(())
}
