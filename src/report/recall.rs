//! What a review missed, estimated from a sample of the clauses it found nothing in.
//!
//! Each stratum gives a share of missed clauses with its Wilson score interval (Wilson, JASA 22, 1927); the strata are joined by
//! their true sizes, the limits by the square-and-add rule (Newcombe, Statistics in Medicine 17, 1998; Zou and Donner 2008),
//! which keeps them sensible where nothing was missed.

use std::fmt::Write as _;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde::Serialize;

use super::check::{ANSWER, ANSWERS, FLAGGED, SHEET, SIZES, STRATUM, UNFLAGGED};

/// Two-sided 95 %.
const Z: f64 = 1.959_964;

/// A sample that cannot be used. The message is for the user.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// Not a workbook of ours.
    #[error(
        "Không đọc được mẫu kiểm tra “{file}”: {why}. Dùng tệp mau-kiem-tra.xlsx do lệnh scan --sample lập, lưu dạng .xlsx."
    )]
    Unreadable {
        /// The file.
        file: String,
        /// What is missing.
        why: String,
    },
    /// A cell says something else.
    #[error(
        "Tệp “{file}”, bảng {SHEET}, dòng {row}: câu trả lời “{answer}” không dùng được; chọn Không, Có hoặc Chưa rõ."
    )]
    Answer {
        /// The file.
        file: String,
        /// Row as Excel counts.
        row: usize,
        /// What stands there.
        answer: String,
    },
}

/// One stratum with its answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    /// Its name.
    pub name: String,
    /// Clauses without a finding.
    pub unflagged: usize,
    /// Clauses with one.
    pub flagged: usize,
    /// Sampled clauses answered "Không" or "Có".
    pub answered: usize,
    /// Of them, "Có".
    pub missed: usize,
    /// "Chưa rõ", and those left open.
    pub open: usize,
}

/// Reads the answers of a workbook written by `scan --sample`.
pub fn read(path: &Path) -> Result<Vec<Answered>, SampleError> {
    let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let unreadable = |why: String| SampleError::Unreadable { file: file.clone(), why };
    let mut book: Xlsx<_> = open_workbook(path).map_err(|error| unreadable(format!("{error}")))?;
    let mut sheet = |name: &str| book.worksheet_range(name).map_err(|_| unreadable(format!("thiếu bảng {name}")));
    let (clauses, sizes) = (sheet(SHEET)?, sheet(SIZES)?);
    let mut strata: Vec<Answered> = Vec::new();
    let (head, [name, unflagged, flagged]) =
        columns(&sizes, [STRATUM, UNFLAGGED, FLAGGED]).ok_or_else(|| unreadable(format!("bảng {SIZES} thiếu cột")))?;
    for row in sizes.rows().skip(head + 1) {
        if let (Some(unflagged), Some(flagged)) = (whole(&row[unflagged]), whole(&row[flagged])) {
            strata.push(Answered { name: words(&row[name]), unflagged, flagged, ..Answered::default() });
        }
    }
    let (head, [name, answer]) =
        columns(&clauses, [STRATUM, ANSWER]).ok_or_else(|| unreadable(format!("bảng {SHEET} thiếu cột")))?;
    let first = clauses.start().map_or(0, |(row, _)| row as usize);
    for (at, row) in clauses.rows().enumerate().skip(head + 1) {
        let Some(stratum) = strata.iter_mut().find(|stratum| stratum.name == words(&row[name])) else { continue };
        let given = words(&row[answer]);
        match ANSWERS.iter().position(|known| known.to_lowercase() == given.to_lowercase()) {
            Some(0) => stratum.answered += 1,
            Some(1) => {
                stratum.answered += 1;
                stratum.missed += 1;
            }
            Some(_) => stratum.open += 1,
            None if given.is_empty() => stratum.open += 1,
            None => return Err(SampleError::Answer { file, row: first + at + 1, answer: given }),
        }
    }
    Ok(strata)
}

/// The row of a head with all of these titles, and their columns.
fn columns<const N: usize>(sheet: &calamine::Range<Data>, titles: [&str; N]) -> Option<(usize, [usize; N])> {
    sheet.rows().enumerate().find_map(|(at, row)| {
        let mut found = [0; N];
        for (place, title) in found.iter_mut().zip(titles) {
            *place = row.iter().position(|cell| words(cell) == title)?;
        }
        Some((at, found))
    })
}

fn words(cell: &Data) -> String {
    match cell {
        Data::String(text) => text.trim().to_owned(),
        _ => String::new(),
    }
}

fn whole(cell: &Data) -> Option<usize> {
    match *cell {
        Data::Float(number) if number >= 0.0 => Some(number as usize),
        Data::Int(number) => usize::try_from(number).ok(),
        _ => None,
    }
}

/// An estimate with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Lower limit.
    pub low: f64,
    /// The estimate.
    pub middle: f64,
    /// Upper limit.
    pub high: f64,
}

/// What an answered sample tells of the review it was drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// Clauses a person answered "Không" or "Có" for.
    pub answered: usize,
    /// Of them, "Có".
    pub seen_missed: usize,
    /// Clauses with a problem nothing was said of.
    pub missed: Interval,
    /// Share of the clauses with a problem that have a finding, if every finding is right; 0 to 1.
    pub recall: Interval,
}

impl Estimate {
    /// What was missed and what was found, in words.
    fn said(&self) -> (String, String) {
        let Interval { low, middle, high } = self.missed;
        let percent = |share: f64| format!("{:.1} %", share * 100.0).replace('.', ",");
        let [least, share, most] = [self.recall.low, self.recall.middle, self.recall.high].map(percent);
        (
            format!("khoảng {middle:.0} (khoảng tin cậy 95 %: {low:.0} đến {high:.0})"),
            format!("{share} (khoảng tin cậy 95 %: {least} đến {most}), nếu mọi phát hiện đều đúng"),
        )
    }

    /// One sentence for a report.
    pub fn sentence(&self) -> String {
        let (missed, recall) = self.said();
        format!(
            "Phần vấn đề chương trình bỏ sót, theo mẫu {} điều khoản không có phát hiện đã được người kiểm tra trả lời: số điều khoản có vấn đề bị bỏ sót {missed}; tỷ lệ tìm thấy {recall}.",
            self.answered
        )
    }
}

/// The estimate; `None` when there is a stratum without an answer, or nothing was found at all.
pub fn estimate(strata: &[Answered]) -> Option<Estimate> {
    let (missed, recall) = (missed(strata)?, recall(strata)?);
    let sum = |of: fn(&Answered) -> usize| strata.iter().map(of).sum();
    Some(Estimate {
        answered: sum(|stratum| stratum.answered),
        seen_missed: sum(|stratum| stratum.missed),
        missed,
        recall,
    })
}

/// How many clauses with a problem were missed; `None` when a stratum that has clauses has no answer at all.
pub fn missed(strata: &[Answered]) -> Option<Interval> {
    let mut sum = Interval { low: 0.0, middle: 0.0, high: 0.0 };
    let (mut below, mut above) = (0.0, 0.0);
    for stratum in strata.iter().filter(|stratum| stratum.unflagged > 0) {
        if stratum.answered == 0 {
            return None;
        }
        let size = stratum.unflagged as f64;
        let share = stratum.missed as f64 / stratum.answered as f64;
        let (low, high) = wilson(stratum.missed, stratum.answered);
        sum.middle += size * share;
        below += (size * (share - low)).powi(2);
        above += (size * (high - share)).powi(2);
    }
    // What a person saw missed is missed.
    let seen = strata.iter().map(|stratum| stratum.missed).sum::<usize>() as f64;
    sum.low = (sum.middle - below.sqrt()).max(seen);
    sum.high = sum.middle + above.sqrt();
    Some(sum)
}

/// Wilson score interval of a share.
fn wilson(successes: usize, of: usize) -> (f64, f64) {
    let (n, p) = (of as f64, successes as f64 / of as f64);
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// Recall, if every clause with a finding has a problem; `None` where nothing can be said.
pub fn recall(strata: &[Answered]) -> Option<Interval> {
    let missed = missed(strata)?;
    let found = strata.iter().map(|stratum| stratum.flagged).sum::<usize>() as f64;
    let of = |missed: f64| if found + missed > 0.0 { found / (found + missed) } else { 1.0 };
    (found > 0.0).then(|| Interval { low: of(missed.high), middle: of(missed.middle), high: of(missed.low) })
}

/// The estimate for people.
pub fn text(strata: &[Answered]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "Ước lượng phần bị bỏ sót, theo mẫu điều khoản không có phát hiện\n");
    let _ = writeln!(
        out,
        "  {:<18} {:>14} {:>12} {:>10} {:>12} {:>10}",
        "Nhóm", "Không phát hiện", "Có phát hiện", "Trả lời", "Có bỏ sót", "Để trống"
    );
    for stratum in strata {
        let Answered { name, unflagged, flagged, answered, missed, open } = stratum;
        let _ = writeln!(out, "  {name:<18} {unflagged:>14} {flagged:>12} {answered:>10} {missed:>12} {open:>10}");
    }
    out.push('\n');
    match estimate(strata) {
        Some(estimate) => {
            let (missed, recall) = estimate.said();
            let _ = writeln!(out, "Điều khoản có vấn đề bị bỏ sót: {missed}.\nTỷ lệ tìm thấy: {recall}.");
        }
        None => out.push_str(
            "Tỷ lệ tìm thấy: không có ước lượng (còn nhóm chưa có câu trả lời nào, hoặc không có phát hiện nào).\n",
        ),
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stratum(unflagged: usize, flagged: usize, answered: usize, missed: usize) -> Answered {
        Answered { name: "Trực tiếp".to_owned(), unflagged, flagged, answered, missed, open: 0 }
    }

    #[test]
    fn limits_are_those_of_the_published_method() {
        // Newcombe 1998, table 1: 81 of 263 and 0 of 20.
        let close = |(low, high): (f64, f64), expected: (f64, f64)| {
            assert!((low - expected.0).abs() < 1e-4 && (high - expected.1).abs() < 1e-4, "{low} {high}");
        };
        close(wilson(81, 263), (0.2553, 0.3662));
        close(wilson(0, 20), (0.0, 0.1611));
    }

    #[test]
    fn one_stratum_is_its_own_interval_and_two_are_weighed_by_size() {
        let one = missed(&[stratum(1000, 50, 100, 10)]).expect("answers");
        let (low, high) = wilson(10, 100);
        for (is, expected) in [(one.low, 1000.0 * low), (one.middle, 100.0), (one.high, 1000.0 * high)] {
            assert!((is - expected).abs() < 1e-9, "{one:?}");
        }
        let two = missed(&[stratum(1000, 50, 100, 10), stratum(9000, 0, 100, 0)]).expect("answers");
        assert_eq!(two.middle, 100.0);
        assert!(two.high > one.high && two.high < one.high + 9000.0 * wilson(0, 100).1);
        let recall = recall(&[stratum(1000, 100, 100, 10)]).expect("findings");
        assert_eq!(recall.middle, 0.5);
        assert!(recall.low < 0.5 && recall.high > 0.5);
    }

    #[test]
    fn nothing_is_said_of_what_nobody_looked_at() {
        assert_eq!(missed(&[stratum(1000, 50, 100, 10), stratum(10, 0, 0, 0)]), None);
        assert_eq!(recall(&[stratum(1000, 0, 100, 0)]), None);
        assert!(text(&[stratum(1000, 50, 0, 0)]).contains("không có ước lượng"));
        // Empty strata say nothing against it.
        assert!(missed(&[stratum(1000, 50, 100, 1), stratum(0, 0, 0, 0)]).is_some());
    }
}
