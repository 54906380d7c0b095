//! The outside extractors, each with a time limit; what they gave is kept by the hash of the file.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rasoat::source::kind::Kind;

/// Files given to LibreOffice in one start.
const BATCH: usize = 40;
/// Time for one start of LibreOffice with a batch: the machine may be busy.
const BATCH_TIME: Duration = Duration::from_secs(400);
/// Time for one file alone.
const FILE_TIME: Duration = Duration::from_secs(90);

/// A program that gives the text of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extractor {
    /// LibreOffice, saving as text.
    LibreOffice,
    /// `antiword -m UTF-8.txt`.
    Antiword,
    /// `pdftotext -layout`.
    Poppler,
}

impl Extractor {
    /// Those that read this kind of file.
    pub fn of(kind: Kind) -> &'static [Extractor] {
        match kind {
            Kind::Docx | Kind::Rtf | Kind::Odt | Kind::Html | Kind::WordXml => &[Extractor::LibreOffice],
            Kind::LegacyDoc => &[Extractor::LibreOffice, Extractor::Antiword],
            Kind::Pdf => &[Extractor::Poppler],
            _ => &[],
        }
    }

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Extractor::LibreOffice => "LibreOffice",
            Extractor::Antiword => "antiword",
            Extractor::Poppler => "poppler",
        }
    }
}

/// A text that is wanted.
pub struct Wanted {
    extractor: Extractor,
    extension: &'static str,
    path: PathBuf,
    hash: String,
}

impl Wanted {
    /// The text of the file at `path`, which has this kind and hash.
    pub fn new(extractor: Extractor, kind: Kind, path: &Path, hash: String) -> Self {
        // Extensions lie; LibreOffice goes by them.
        let extension = match kind {
            Kind::Docx => "docx",
            Kind::LegacyDoc => "doc",
            Kind::Rtf => "rtf",
            Kind::Odt => "odt",
            Kind::Html => "html",
            Kind::WordXml => "xml",
            _ => "pdf",
        };
        Wanted { extractor, extension, path: path.to_owned(), hash }
    }

    fn kept(&self) -> PathBuf {
        store().join(format!("{}.{}.txt", self.hash, self.extractor.name()))
    }
}

fn store() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/differential")
}

/// Texts by extractor and hash; what an extractor could not give is left out.
pub fn all(wanted: &[Wanted]) -> Result<HashMap<(Extractor, String), String>, Box<dyn Error>> {
    fs::create_dir_all(store())?;
    let mut office: BTreeMap<&str, &Wanted> = BTreeMap::new();
    for want in wanted.iter().filter(|want| !want.kept().exists()) {
        match want.extractor {
            Extractor::LibreOffice => {
                office.insert(&want.hash, want);
            }
            Extractor::Antiword => {
                keep_output(Command::new("antiword").args(["-m", "UTF-8.txt"]).arg(&want.path), want)?
            }
            Extractor::Poppler => keep_output(
                Command::new("pdftotext").args(["-q", "-layout", "-enc", "UTF-8"]).arg(&want.path).arg("-"),
                want,
            )?,
        }
    }
    let office: Vec<&Wanted> = office.into_values().collect();
    let (pages, others): (Vec<&Wanted>, Vec<&Wanted>) = office.into_iter().partition(|want| want.extension == "html");
    for batch in others.chunks(BATCH).chain(pages.chunks(BATCH)) {
        with_office(batch, BATCH_TIME)?;
        // One bad file ends the whole start: the rest get one each.
        for want in batch.iter().filter(|want| batch.len() > 1 && !want.kept().exists()) {
            with_office(&[want], FILE_TIME)?;
        }
    }
    let mut texts = HashMap::new();
    for want in wanted {
        if let Ok(bytes) = fs::read(want.kept()) {
            texts.insert((want.extractor, want.hash.clone()), String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(texts)
}

fn with_office(batch: &[&Wanted], time: Duration) -> Result<(), Box<dyn Error>> {
    let Some(first) = batch.first() else { return Ok(()) };
    eprintln!("LibreOffice: {} files", batch.len());
    let folder = tempfile::tempdir()?;
    let profile = store().join("profile");
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", profile.display())).arg("--headless");
    if first.extension == "html" {
        command.arg("--infilter=HTML (StarWriter)");
    }
    command.args(["--convert-to", "txt:Text (encoded):UTF8", "--outdir"]).arg(folder.path());
    for want in batch {
        let copy = folder.path().join(format!("{}.{}", want.hash, want.extension));
        fs::copy(&want.path, &copy)?;
        command.arg(copy);
    }
    run(command.stdout(Stdio::null()), time)?;
    for want in batch {
        let text = folder.path().join(format!("{}.txt", want.hash));
        if text.exists() {
            fs::copy(text, want.kept())?;
        }
    }
    Ok(())
}

fn keep_output(command: &mut Command, want: &Wanted) -> Result<(), Box<dyn Error>> {
    let partial = want.kept().with_extension("part");
    if run(command.stdout(fs::File::create(&partial)?), FILE_TIME)? {
        fs::rename(partial, want.kept())?;
    }
    Ok(())
}

/// Runs to the end or to the time limit; `true` when it ended well.
fn run(command: &mut Command, time: Duration) -> Result<bool, Box<dyn Error>> {
    let mut child = command.stdin(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let until = Instant::now() + time;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if Instant::now() > until {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Pages without their numbers and without lines that our reading names as running heads or feet (`running`, each told
/// once), numbers aside.
///
/// A line of text that we took for a running one shows all the same: it is left out only where it is the first or last of
/// a page and comes with the same words on a quarter of the pages, as `source/pdf/running.rs` says; what we set aside beyond
/// that counts as missing.
pub fn without_running_heads(text: &str, running: &[String]) -> String {
    /// Lines from the edge of a page that may be a running head.
    const EDGE: usize = 2;
    let pages: Vec<Vec<&str>> = text
        .split('\x0c')
        .map(|page| page.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>())
        .filter(|page| !page.is_empty())
        .collect();
    let ours: BTreeSet<String> = running.iter().flat_map(|note| note.lines()).map(shape).collect();
    let at_edge = |page: &[&str], at: usize| at < EDGE || at + EDGE >= page.len();
    let mut seen: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        for (_, line) in page.iter().enumerate().filter(|&(at, _)| at_edge(page, at)) {
            seen.entry(shape(line)).or_default().insert(number);
        }
    }
    let mut out = String::new();
    for page in &pages {
        for (at, line) in page.iter().enumerate() {
            let shape = shape(line);
            let often = seen.get(&shape).is_some_and(|on| on.len() > 1 && on.len() * 4 >= pages.len());
            if !(at_edge(page, at) && ((often && ours.contains(&shape)) || shape == "#")) {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

/// A line with its numbers blanked and its spaces joined.
fn shape(line: &str) -> String {
    let mut out = String::new();
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        if !c.is_numeric() {
            out.push(c);
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}
