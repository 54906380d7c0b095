//! Candidate commands, line by line, from the words alone: nothing here uses the parser of commands or of structure.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rasoat::source::{Block, RawDocument};
use regex::Regex;

/// A line that seems to order a change.
pub struct Candidate {
    /// Running number of the source paragraph.
    pub paragraph: u32,
    /// The line.
    pub text: String,
    /// Numbers it names: "A5", "2", "đ".
    pub numbers: BTreeSet<String>,
    /// Words to be put in the place of others, or taken out.
    pub about_words: bool,
    /// Inside quotation marks by our count.
    pub doubtful: bool,
}

/// What may be changed.
const THING: &str = r"(?:điều|ðiều|khoản|điểm|tiết|(?:tiểu )?mục [\divx]+[a-z]?|chương|phần|phụ lục|mẫu|biểu mẫu|biểu|danh mục|đoạn|câu|cụm từ|từ|chữ|tên|tiêu đề|gạch đầu dòng|số thứ tự|nội dung|quy định|dòng|cột|bảng)";
/// Acts.
const ACT: &str = r"(?:sửa đổi,? (?:và )?bổ sung|sửa đổi|bổ sung|bãi bỏ|hủy bỏ|huỷ bỏ|thay thế|thay đổi|thay|đính chính|bỏ|đổi tên|đổi|chuyển|sửa|thêm|đánh (?:lại )?số(?: lại)?|đánh lại)";

static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^\s*(?:(?:Điều|Ðiều|ĐIỀU)\s+\d+[a-zđ]?\s*[.:]?|\d+(?:\.\d+)*[a-zđ]?\s*[.)/-]|[a-zđ]\d?\s*[.)]|[-–+])?\s*",
    )
    .ok()
});
/// The act stands first, and what it is done to soon after.
static ACTIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)^(?:nay |kể từ ngày [^,]{{4,80}}, )?{ACT}(?: và {ACT})?,?(?: các| những| một số| thêm| mới| lại| tên| số thứ tự| thứ tự| toàn bộ| \d+| quy định tại| cụm| của| vào|:){{0,4}} {THING}\b"
    ))
    .ok()
});
/// What it is done to stands first.
static PASSIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)^(?:các |những )?(?:tên |cụm từ|từ “|đoạn|điều |ðiều |khoản |điểm |chương|mục|phụ lục|mẫu)[^.;:]{{0,300}}[^ã] (?:được|bị) {ACT}(?:[^.;]{{0,120}}như sau|[^.;]{{0,160}}bằng| *[.;]|$)"
    ))
    .ok()
});
/// Another act of the same line.
static HISTORY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\([^)]*\)|(?:đã |, )?được (?:sửa đổi|bổ sung|thay thế)(?:, bổ sung)?(?:,? (?:một số (?:điều|nội dung)))?[^;“]{0,40}?(?: theo| tại| bởi| bằng| năm)[^;“]*?(?: như sau|[;“]|$)|đã (?:được )?(?:sửa đổi|bổ sung)[^;“]*?(?: như sau|[;“]|$)").ok()
});
static ANNOUNCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:một số|các) (?:điều|khoản|điểm|nội dung|quy định|cụm từ|mục|từ ngữ|mẫu|biểu mẫu|phụ lục)[^“”0-9]{0,40}(?: của | tại | ban hành| như sau| sau| trong )").ok()
});
static NUMBERS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\b([đð]iều|khoản|điểm)s? (\d+[a-zđ]?|[a-zđ]\d?)\b").ok());
static SOMETHING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i)\b(?:[đð]iều|khoản|điểm|tiết|mục|chương|phần|mẫu|biểu|phụ lục|danh mục|dòng|đoạn|câu|số) (?:số |thứ )?(?:\d|[a-zđ]\b|[ivx]+\b|này|nhất|hai|ba)|[“"]|phụ lục|danh mục|mẫu"#).ok()
});
static AMENDING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)^(?:(?:điều|ðiều)\s+\d+[a-zđ]?\s*[.:]?\s*|(?:luật|nghị định|thông tư|quyết định|nghị quyết)?\s*(?:về việc |v/v )?)(?:nay )?{ACT}\b")).ok()
});
static ARTICLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*(?:Điều|Ðiều|ĐIỀU)\s+\d+[a-zđ]?\s*[.:]?(?:\s|$)").ok());
static INSTRUMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:Luật|Pháp lệnh) (?:số )?[\p{Lu}\d]|(?:Luật|Pháp lệnh) [^“”]{0,60}?số \d|(?:Nghị định|Nghị quyết|Thông tư(?: liên tịch)?|Quyết định)\b[^“”]{0,40}?(?:số \d|\d+/)").ok()
});

fn is(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// One line, as the finder sees it.
struct Line {
    paragraph: u32,
    text: String,
    /// Where the words begin after the number.
    body: usize,
    quoted: bool,
    command: bool,
}

impl Line {
    fn words(&self) -> &str {
        &self.text[self.body..]
    }
}

/// All candidates of a document.
pub fn candidates(raw: &RawDocument) -> Vec<Candidate> {
    let lines = lines(raw);
    let announces = |at: usize| {
        let line = &lines[at];
        let open = !line.text.ends_with(['.', ';']);
        let next = lines.get(at + 1).filter(|next| !next.text.starts_with(['“', '"']));
        // What is said again, or in parts, by the next line is counted there.
        open && next.is_some_and(|next| is(&ACTIVE, next.words()) || is(&PASSIVE, next.words()) || next.command)
    };
    let found = lines.iter().enumerate().filter(|&(at, line)| line.command && !announces(at));
    found.map(|(_, line)| candidate(line)).collect()
}

fn lines(raw: &RawDocument) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut depth, mut straight) = (0i32, false);
    let (mut amending_title, mut amending_article, mut in_body) = (false, false, false);
    for paragraph in raw.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    }) {
        let visible = paragraph.visible();
        for text in visible.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
            let quoted = depth > 0 || straight || text.starts_with(['“', '"', '‘', '«']);
            let article = is(&ARTICLE, text);
            if !in_body && !article {
                amending_title |= is(&AMENDING, text);
            }
            in_body |= article;
            if article && !quoted {
                amending_article = is(&AMENDING, text);
            }
            let body = LABEL.as_ref().and_then(|label| label.find(text)).map_or(0, |label| label.end());
            let command = in_body && is_command(&text[body..], amending_article || amending_title);
            let paragraph = paragraph.origin.paragraph;
            lines.push(Line { paragraph, text: text.to_owned(), body, quoted, command });
            count(text, &mut depth, &mut straight);
        }
    }
    lines
}

/// Quotation marks of a line; a line that opens a new quotation after one that closed none starts afresh.
fn count(line: &str, depth: &mut i32, straight: &mut bool) {
    for c in line.chars() {
        match c {
            '“' => *depth = (*depth + 1).min(2),
            '”' => *depth = (*depth - 1).max(0),
            '"' if *depth > 0 => *depth -= 1,
            '"' => *straight = !*straight,
            _ => {}
        }
    }
    // Most quotations end so, whatever the count says.
    if line.trim_end_matches(['.', ';', ',', ' ']).ends_with(['”', '"']) {
        (*depth, *straight) = (0, false);
    }
}

fn is_command(words: &str, amending: bool) -> bool {
    if !is(&SOMETHING, words) {
        return false;
    }
    let active = is(&ACTIVE, words);
    if !active && !is(&PASSIVE, words) {
        return false;
    }
    let head = command_part(words);
    // "Sửa đổi, bổ sung một số điều của Luật …": only says that commands follow.
    if is(&ANNOUNCE, &head) && !has_numbers_before_instrument(&head) && !head.contains(['“', '"']) {
        return false;
    }
    amending || is(&INSTRUMENT, &head)
}

fn has_numbers_before_instrument(head: &str) -> bool {
    let end = INSTRUMENT.as_ref().and_then(|pattern| pattern.find(head)).map_or(head.len(), |found| found.start());
    NUMBERS.as_ref().is_some_and(|numbers| numbers.is_match(&head[..end]))
}

/// The command without the new text, without what was done before, and without quoted words.
fn command_part(words: &str) -> String {
    let end = words.find("như sau").unwrap_or(words.len());
    let mut out = String::new();
    let mut inside = false;
    let head =
        HISTORY.as_ref().map_or_else(|| words[..end].to_owned(), |h| h.replace_all(&words[..end], " ").into_owned());
    for c in head.chars() {
        match c {
            '“' => inside = true,
            '”' => inside = false,
            '"' => inside = !inside,
            _ if !inside => out.push(c),
            _ => {}
        }
        if matches!(c, '“' | '"') && inside {
            out.push('“');
        }
    }
    out
}

fn candidate(line: &Line) -> Candidate {
    let head = command_part(line.words());
    let mut numbers = BTreeSet::new();
    for hit in NUMBERS.iter().flat_map(|pattern| pattern.captures_iter(&head)) {
        let number = hit[2].to_lowercase();
        let article = hit[1].to_lowercase().ends_with("iều");
        if article && !number.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        numbers.insert(if article { format!("A{number}") } else { number });
    }
    let lower = head.to_lowercase();
    let about_words =
        ["cụm từ", "các từ", " từ “", "từ ngữ", "chữ “"].iter().any(|mark| lower.contains(mark)) && head.contains('“');
    Candidate { paragraph: line.paragraph, text: line.text.clone(), numbers, about_words, doubtful: line.quoted }
}
