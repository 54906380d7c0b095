//! Is the text of a PDF worth reading? Scans have none, or one stamped line over a picture; broken layers have letters
//! that are no words.

use super::page::{Page, Scene};
use crate::source::{Unread, UnreadCode, Warning};

/// A page with fewer letters than this over a picture is a scan: stamps of signatures come to a hundred or so.
const STAMP: usize = 160;
/// Share of a page that a picture of it covers.
const WHOLE_PAGE: f64 = 0.5;
/// Share of characters that may be unknown before a layer counts as broken.
const UNKNOWN: f64 = 0.05;
/// Numbers of pages named in one warning.
const NAMED_PAGES: usize = 12;

/// What a file's text is worth.
#[derive(Debug)]
pub enum Verdict {
    /// It can be read, with these doubts.
    Readable(Vec<Warning>),
    /// There is none.
    Textless(Unread),
    /// It says nothing, or only damage is left of it.
    Broken(Unread),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Scan,
    Broken,
    Blank,
}

/// Judges the pages of a file.
pub fn judge(scene: &Scene) -> Verdict {
    let kinds: Vec<Kind> = scene.pages.iter().map(kind).collect();
    let of = |wanted: Kind| -> Vec<usize> {
        kinds.iter().zip(1..).filter(|(kind, _)| **kind == wanted).map(|(_, number)| number).collect()
    };
    let (text, scans, broken) = (of(Kind::Text).len(), of(Kind::Scan), of(Kind::Broken));
    if text == 0 {
        return without_text(scene, scans.len(), broken.len());
    }
    let mut warnings = Vec::new();
    if scene.cut {
        warnings.push(Warning::new(
            "damaged-part",
            "Tệp PDF bị hỏng hoặc quá lớn ở một số chỗ; chỉ đọc được phần còn lại. Cần đối chiếu với bản gốc trước khi kết luận.",
        ));
    }
    for (pages, why) in [(&scans, "là ảnh quét, không có lớp chữ"), (&broken, "có lớp chữ hỏng, không ra tiếng Việt")]
    {
        if !pages.is_empty() {
            warnings.push(Warning::new(
                "pages-not-read",
                format!(
                    "Không đọc được {}/{} trang (trang {}) vì {why}; tìm bản Word gốc hoặc đối chiếu các trang này với bản giấy.",
                    pages.len(),
                    kinds.len(),
                    named(pages)
                ),
            ));
        }
    }
    let (invisible, all) =
        scene.pages.iter().fold((0, 0), |sum, page| (sum.0 + page.invisible, sum.1 + page.characters));
    if invisible * 2 > all {
        warnings.push(Warning::new(
            "recognised-text",
            "Lớp chữ của tệp PDF do phần mềm nhận dạng (OCR) tạo ra từ ảnh quét, có thể sai chữ, sai dấu; đối chiếu với bản gốc trước khi kết luận.",
        ));
    }
    Verdict::Readable(warnings)
}

fn without_text(scene: &Scene, scans: usize, broken: usize) -> Verdict {
    let pages = scene.pages.len();
    if broken > scans {
        return Verdict::Broken(Unread::because(
            UnreadCode::Pdf,
            format!("Tệp PDF ({pages} trang) có lớp chữ hỏng: phông chữ không cho biết chữ gì, không ra tiếng Việt."),
            "Tìm bản Word gốc; nếu không có thì nhận dạng chữ (OCR) từ bản in, soát lại với bản giấy rồi lưu thành .docx.",
        ));
    }
    let pictures = scene.pages.iter().any(|page| page.pictures > 0.0);
    if scans > 0 || pictures {
        return Verdict::Textless(Unread::because(
            UnreadCode::Pdf,
            format!("Tệp PDF là bản quét ({pages} trang ảnh), không có lớp chữ để đọc."),
            "Tìm bản Word gốc, hoặc nhận dạng chữ (OCR), soát lại với bản giấy rồi lưu thành .docx.",
        ));
    }
    let unread = Unread::new(if scene.cut { UnreadCode::Damaged } else { UnreadCode::Empty });
    if scene.cut { Verdict::Broken(unread) } else { Verdict::Textless(unread) }
}

fn named(pages: &[usize]) -> String {
    let mut names: Vec<String> = pages.iter().take(NAMED_PAGES).map(usize::to_string).collect();
    if pages.len() > NAMED_PAGES {
        names.push("…".to_owned());
    }
    names.join(", ")
}

fn kind(page: &Page) -> Kind {
    let texts = || page.runs.iter().filter(|run| !run.stamp).map(|run| run.text.as_str());
    let (letters, odd) = texts().flat_map(str::chars).fold((0, 0), |(letters, odd), c| {
        let is_odd = matches!(c, '\u{fffd}' | '\u{f100}'..='\u{f8ff}' | '\u{e000}'..='\u{efff}') || c.is_control();
        (letters + usize::from(c.is_alphanumeric()), odd + usize::from(is_odd))
    });
    let lost = page.unknown + odd;
    if letters + lost == 0 {
        return if page.pictures > 0.0 { Kind::Scan } else { Kind::Blank };
    }
    if letters < STAMP && page.pictures >= WHOLE_PAGE {
        return Kind::Scan;
    }
    let broken = lost as f64 > UNKNOWN * (letters + lost) as f64 || is_gibberish(texts());
    if broken { Kind::Broken } else { Kind::Text }
}

/// Enough words, and next to none of them looks like a word: most have no vowel, or capitals and signs in their middle.
fn is_gibberish<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    /// Fewer words prove nothing.
    const ENOUGH: usize = 40;
    let (mut words, mut odd) = (0, 0);
    for text in texts.filter(|text| text.chars().filter(|c| c.is_alphabetic()).count() >= 2) {
        words += 1;
        odd += usize::from(!looks_like_a_word(text));
    }
    words >= ENOUGH && odd * 2 > words
}

fn looks_like_a_word(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    // All of Latin-1's upper half may be legacy letters, vowels among them.
    let has_vowel = letters.iter().any(|c| !c.is_ascii() || "aeiouyAEIOUY".contains(*c));
    let is_capital = letters.iter().all(|c| !c.is_lowercase());
    let mixed = letters.windows(2).filter(|pair| pair[0].is_lowercase() && pair[1].is_uppercase()).count();
    is_capital || (has_vowel && mixed == 0) || (mixed == 1 && has_vowel && letters.len() > 4)
}
