//! `rasoat scan --ndjson`: one document a line on stdin, one result a line on stdout, in order.
//!
//! Made to stand in the pipe of another engine (Spark, xargs, a message queue): memory does not grow with the stream, a bad
//! line gives a result that says so, and every line read is answered before the next wait.

use std::io::{self, BufRead, BufReader, Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::args::Scan;
use super::scan::today;
use super::{Exit, load_decisions, load_rules, office};
use crate::proposals::Decisions;
use crate::registry::Registry;
use crate::report::write_item;
use crate::rules::RuleSet;
use crate::run::{self, Config, Content, Item};
use crate::source::{Unread, UnreadCode};

/// Longest line, in bytes: the largest file that is read ([`crate::source`]), in base 64, with room for its name.
const LONGEST_LINE: u64 = 352 << 20;

/// Lines in work at once, for each thread: enough that one slow document does not idle the others.
const LINES_A_THREAD: usize = 4;

/// A line as it was sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// Given back as it came; the number of the line when there is none.
    id: Option<Value>,
    /// Where the document is, or only its name when the line holds its words.
    file: String,
    /// Its words as plain text.
    text: Option<String>,
    /// Its bytes in base 64.
    content: Option<String>,
}

/// Answers lines until the stream ends or nobody listens.
pub fn run(args: &Scan) -> anyhow::Result<Exit> {
    let rules = load_rules(&args.rules, &args.packs)?;
    let table = load_decisions(&args.rules)?;
    let config = Config {
        paths: Vec::new(),
        lists: Vec::new(),
        as_of: args.as_of.unwrap_or_else(today),
        assume: args.assume.unwrap_or_default(),
        out: None,
        office: office::load(args.config.as_deref())?,
    };
    let stream = Stream { names: Registry::new(rules.instruments.clone(), &[]), config, rules, table };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.threads.unwrap_or(0))
        .build()
        .context("không tạo được các luồng chạy song song; giảm --threads")?;
    let window = pool.current_num_threads() * LINES_A_THREAD;
    let (send, lines) = sync_channel(window);
    std::thread::spawn(move || read_lines(BufReader::with_capacity(1 << 16, io::stdin()), &send));
    let least = args.fail_on.map(|level| level.0);
    let mut exit = Exit::Done;
    let mut out = io::stdout().lock();
    while let Some(ready) = next_lines(&lines, window) {
        let answers: Vec<Answer> = pool.install(|| ready.into_par_iter().map(|line| stream.answer(line)).collect());
        for answer in answers {
            exit = match exit {
                Exit::Done if answer.unread => Exit::SomeUnread,
                _ => exit,
            };
            if least.is_some_and(|least| answer.surest.is_some_and(|surest| surest >= least)) {
                exit = Exit::Findings;
            }
            if let Err(error) = out.write_all(&answer.line) {
                return closed(error, exit);
            }
        }
        if let Err(error) = out.flush() {
            return closed(error, exit);
        }
    }
    Ok(exit)
}

/// Nobody listens any more: the end, and no fault.
fn closed(error: io::Error, exit: Exit) -> anyhow::Result<Exit> {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(exit),
        _ => Err(error).context("không ghi được ra đầu ra chuẩn"),
    }
}

/// A line with its number, or why it could not be read.
type Numbered = (usize, Result<Vec<u8>, Unread>);

/// Waits for a line, then takes what is there already.
fn next_lines(lines: &Receiver<Numbered>, most: usize) -> Option<Vec<Numbered>> {
    let mut ready = vec![lines.recv().ok()?];
    ready.extend(lines.try_iter().take(most.saturating_sub(1)));
    Some(ready)
}

fn read_lines(mut input: impl BufRead, lines: &SyncSender<Numbered>) {
    for number in 1.. {
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line);
        let line = match read {
            Ok(0) => return,
            Ok(_) if line.len() as u64 == LONGEST_LINE && line.last() != Some(&b'\n') => {
                if skip_line(&mut input).is_err() {
                    return;
                }
                Err(Unread::because(
                    UnreadCode::TooLarge,
                    format!("Dòng {number} dài hơn {} MB.", LONGEST_LINE >> 20),
                    "Ghi văn bản ra tệp rồi nêu đường dẫn của tệp.",
                ))
            }
            Ok(_) => Ok(line),
            // The stream broke; what was read is answered.
            Err(_) => return,
        };
        let blank = line.as_ref().is_ok_and(|line| line.iter().all(u8::is_ascii_whitespace));
        if !blank && lines.send((number, line)).is_err() {
            return;
        }
    }
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let (taken, end) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(taken);
        if end {
            return Ok(());
        }
    }
}

/// What every line is reviewed with.
struct Stream {
    config: Config,
    rules: RuleSet,
    table: Decisions,
    names: Registry,
}

/// The answer to one line.
struct Answer {
    line: Vec<u8>,
    unread: bool,
    surest: Option<crate::review::Confidence>,
}

impl Stream {
    fn answer(&self, (number, line): Numbered) -> Answer {
        let (id, item) = match line {
            Ok(line) => item(number, &line),
            Err(unread) => (Value::from(number), nameless(number, unread)),
        };
        let file = item.file.clone();
        catch_unwind(AssertUnwindSafe(|| self.review(&id, item))).unwrap_or_else(|_| {
            let failed = Item { file, content: Err(Unread::new(UnreadCode::InternalError)) };
            self.review(&id, failed)
        })
    }

    fn review(&self, id: &Value, item: Item) -> Answer {
        let results = run::review_item(&self.config, &self.rules, &self.table, &self.names, item);
        let mut line = Vec::new();
        // Writing into memory does not fail.
        let _ = write_item(id, &results, &mut line);
        let findings = results.documents.iter().flat_map(|reviewed| &reviewed.findings);
        Answer {
            line,
            unread: !results.unreadable.is_empty(),
            surest: findings.map(|finding| finding.confidence).max(),
        }
    }
}

fn nameless(number: usize, unread: Unread) -> Item {
    Item { file: format!("dòng {number}"), content: Err(unread) }
}

/// What a line names: a JSON object, a JSON string, or a bare path.
fn item(number: usize, line: &[u8]) -> (Value, Item) {
    let numbered = Value::from(number);
    let bad = |why: String| {
        let Unread { code, next_step, .. } = Unread::new(UnreadCode::BadItem);
        Unread { code, message: format!("Dòng {number}: {why}."), next_step }
    };
    let Ok(text) = std::str::from_utf8(line) else {
        return (numbered, nameless(number, bad("không phải chữ Unicode (UTF-8)".to_owned())));
    };
    let text = text.trim().trim_start_matches('\u{feff}');
    let parsed = match text.as_bytes().first() {
        Some(b'{') => serde_json::from_str::<Line>(text),
        Some(b'"') => serde_json::from_str(text).map(|file| Line { id: None, file, text: None, content: None }),
        _ => Ok(Line { id: None, file: text.to_owned(), text: None, content: None }),
    };
    let line = match parsed {
        Ok(line) => line,
        Err(error) => {
            // Whoever sent it still wants to know which one it was.
            let id = serde_json::from_str::<Value>(text).ok().and_then(|value| value.get("id").cloned());
            return (id.unwrap_or(numbered), nameless(number, bad(format!("không đọc được dữ liệu JSON ({error})"))));
        }
    };
    let content = match (line.text, line.content) {
        (Some(_), Some(_)) => Err(bad("chỉ nêu một trong hai khóa “text” và “content”".to_owned())),
        (Some(text), None) => Ok(Content::Bytes(text.into_bytes())),
        (None, Some(content)) => match STANDARD.decode(content.trim()) {
            Ok(bytes) => Ok(Content::Bytes(bytes)),
            Err(_) => Err(bad("khóa “content” không phải dữ liệu base64".to_owned())),
        },
        (None, None) => Ok(Content::File(PathBuf::from(&line.file))),
    };
    (line.id.unwrap_or(numbered), Item { file: line.file, content })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_a_document_in_four_ways() {
        let of = |line: &str| item(7, line.as_bytes());
        let (id, one) = of("van-ban/qd 17.docx\r\n");
        assert_eq!((id, one.file.as_str()), (Value::from(7), "van-ban/qd 17.docx"));
        assert!(matches!(one.content, Ok(Content::File(_))));
        assert_eq!(of("\"a\\u0301.docx\"").1.file, "a\u{301}.docx");
        let (id, one) = of(r#"{"id": {"tỉnh": 40}, "file": "x.txt", "text": "Điều 1."}"#);
        assert_eq!(id["tỉnh"], 40);
        assert!(matches!(one.content, Ok(Content::Bytes(bytes)) if bytes == "Điều 1.".as_bytes()));
        assert!(
            matches!(of(r#"{"file": "x", "content": "QUJD"}"#).1.content, Ok(Content::Bytes(bytes)) if bytes == b"ABC")
        );
    }

    #[test]
    fn a_bad_line_is_told_with_its_id() {
        for (line, says) in [
            (r#"{"id": "k", "file": "a", "tex": "b"}"#, "tex"),
            (r#"{"id": "k"}"#, "file"),
            (r#"{"id": "k", "file": "a", "content": "*"}"#, "base64"),
            (r#"{"id": "k", "file": "a", "content": "", "text": ""}"#, "một trong hai"),
        ] {
            let (id, item) = item(1, line.as_bytes());
            assert_eq!(id, "k", "{line}");
            assert!(item.content.expect_err(line).message.contains(says), "{line}");
        }
        assert!(item(3, b"\xff\xfe").1.content.expect_err("not UTF-8").message.contains("Dòng 3"));
        assert!(item(3, b"{\"file\": ").1.content.expect_err("not JSON").message.contains("JSON"));
    }

    #[test]
    fn blank_lines_are_passed_over_and_the_rest_keep_their_numbers() {
        let (send, lines) = sync_channel(9);
        read_lines(&b"a\n\n  \nb"[..], &send);
        drop(send);
        let numbers: Vec<usize> = lines.iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, [1, 4]);
    }
}
