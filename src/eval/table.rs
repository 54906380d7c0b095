//! Scores for a person, and for programs.

use std::fmt::Write as _;

use super::item::{Item, Measure, Outcome};
use super::seal::Counts;
use super::tally::{Rate, Row, Section};
use super::{Changes, Scores};
use crate::report::words;

/// Scores for programs: one object, indented.
pub fn json(scores: &Scores) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(scores).map(|text| text + "\n")
}

/// Scores for a person: tables, then everything missed and everything too much.
pub fn text(scores: &Scores) -> String {
    let mut text = String::new();
    let days: Vec<String> = scores.as_of.iter().map(|&day| words::date(day)).collect();
    let _ = writeln!(
        text,
        "Đánh giá trên {} văn bản có nhãn (không đọc được {}), xét tại ngày {}.",
        scores.documents,
        scores.unread,
        days.join(", ")
    );
    if let Some(sealed) = &scores.sealed {
        let hidden = sealed.files.len();
        let _ = writeln!(text, "Phần mở {} văn bản, phần niêm phong {hidden} văn bản.", scores.documents - hidden);
    }
    scores.sections.iter().filter(|section| !section.rows.is_empty()).for_each(|section| table(section, &mut text));
    lists(&scores.items, &mut text);
    if let Some(changes) = &scores.changes {
        beside(changes, &mut text);
    }
    text
}

fn table(section: &Section, text: &mut String) {
    let width = section.rows.iter().map(|row| row.name.chars().count()).max().unwrap_or(0).max(24);
    // A table of accuracies has one column, not two empty ones beside it.
    let precise = section.rows.iter().any(|row| row.precision.of > 0);
    let complete = section.rows.iter().any(|row| row.recall.of > 0);
    let _ = writeln!(text, "\n{}", section.title);
    let mut line = |name: &str, precision: &str, recall: &str, f1: &str, note: &str| {
        let _ = write!(text, "  {name:width$}");
        if precise {
            let _ = write!(text, "  {precision:>20}");
        }
        if complete {
            let _ = write!(text, "  {recall:>20}");
        }
        if precise && complete {
            let _ = write!(text, "  {f1:>7}");
        }
        let _ = writeln!(text, "{note}");
    };
    line("", "chính xác", if precise { "đầy đủ" } else { "đúng" }, "F1", "");
    for row in &section.rows {
        let f1 = row.f1().map_or_else(|| "-".to_owned(), percent);
        line(&row.name, &rate(row.precision), &rate(row.recall), &f1, &judged(row));
    }
}

fn judged(row: &Row) -> String {
    let Some((figure, least)) = row.target else { return String::new() };
    match row.figure(figure) {
        Some(value) if value >= least => format!("  đạt (≥ {})", percent(least)),
        Some(_) => format!("  CHƯA ĐẠT (≥ {})", percent(least)),
        None => String::new(),
    }
}

fn rate(rate: Rate) -> String {
    rate.share().map_or_else(|| "-".to_owned(), |share| format!("{}/{} = {}", rate.right, rate.of, percent(share)))
}

/// "97,5 %". Rounded down, so that nothing below a target looks like it.
fn percent(share: f64) -> String {
    format!("{:.1} %", (share * 1000.0 + 1e-9).floor() / 10.0).replace('.', ",")
}

fn lists(items: &[Item], text: &mut String) {
    let of = |measures: &'static [Measure]| items.iter().filter(move |item| measures.contains(&item.measure));
    let missed = |item: &&Item| item.outcome == Outcome::Missed && item.required;
    let wrong = |item: &&Item| matches!(item.outcome, Outcome::Extra | Outcome::Trap);
    let labels = &[Measure::Label, Measure::DocumentHandling];
    let proposals = &[Measure::Proposal];
    let reading = &[Measure::Reading, Measure::Identity, Measure::Units, Measure::Place];
    let joins = &[Measure::Citation, Measure::CitationTarget, Measure::Relation];
    list("Nhãn bị bỏ sót", of(labels).filter(missed), text);
    list("Đề xuất sai hoặc thừa", of(proposals).filter(wrong), text);
    list("Đọc, nhận dạng, cấu trúc chưa đúng", of(reading).filter(|item| missed(item) || wrong(item)), text);
    list("Viện dẫn, quan hệ chưa đúng", of(joins).filter(|item| missed(item) || wrong(item)), text);
}

fn list<'a>(title: &str, items: impl Iterator<Item = &'a Item>, text: &mut String) {
    let items: Vec<&Item> = items.collect();
    if items.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}: {}", items.len());
    let mut file = "";
    for item in items {
        if item.file != file {
            file = &item.file;
            let _ = writeln!(text, "  {file}");
        }
        let _ = writeln!(text, "    {}", line(item));
    }
}

/// One item on one line, with the reason below it.
fn line(item: &Item) -> String {
    let what = match item.measure {
        Measure::Reading => "không đọc được tệp",
        Measure::Identity => "nhận dạng",
        Measure::Units => "số lượng",
        Measure::Place if item.outcome == Outcome::Extra => "cấu trúc: thừa",
        Measure::Place => "cấu trúc: không có",
        Measure::Citation => "viện dẫn (lời văn)",
        Measure::CitationTarget => "viện dẫn (văn bản, điều khoản)",
        Measure::Relation => "quan hệ",
        Measure::RelationProvision => "quan hệ (điều khoản)",
        Measure::Label => "nhãn",
        Measure::Proposal | Measure::Finding => "đề xuất",
        Measure::DocumentHandling => "xử lý cả văn bản",
    };
    let mut line = format!("{} {what}", if item.outcome == Outcome::Right { "+" } else { "-" });
    let whole = matches!(item.measure, Measure::Label | Measure::Proposal).then_some("(cả văn bản)");
    if let Some(path) = item.path.as_deref().or(whole) {
        let _ = write!(line, " {path}");
    }
    if !item.key.is_empty() && !matches!(item.measure, Measure::Proposal) {
        let _ = write!(line, " · {}", item.key);
    }
    let nothing = |said: &str| if said.is_empty() { "không có".to_owned() } else { said.to_owned() };
    if !(item.expected.is_empty() && item.found.is_empty()) {
        let _ = write!(line, " · cần: {}; được: {}", nothing(&item.expected), nothing(&item.found));
    }
    if let (Measure::Proposal, Some(confidence)) = (item.measure, item.by.confidence) {
        let _ = write!(line, " · tin cậy {}", words::confidence(confidence).to_lowercase());
    }
    if !item.by.rules.is_empty() {
        let _ = write!(line, " · {}", item.by.rules.join(", "));
    }
    if item.outcome == Outcome::Trap {
        line.push_str(" · CHỖ DỄ NHẦM");
    }
    if !item.why.is_empty() {
        let _ = write!(line, "\n        {}", item.why.replace('\n', "\n        "));
    }
    line
}

fn beside(changes: &Changes, text: &mut String) {
    list("So với lần trước, tốt lên", changes.gained.iter(), text);
    list("So với lần trước, kém đi", changes.lost.iter(), text);
    list("Lần trước đúng, nay không còn trong nhãn", changes.dropped.iter(), text);
    if let Some(sealed) = changes.sealed {
        let Counts { gained, lost, dropped, lost_labels } = sealed;
        let _ = writeln!(
            text,
            "\nPhần niêm phong so với lần trước: tốt lên {gained}, kém đi {lost} (nhãn bị mất: {lost_labels}), không còn trong nhãn {dropped}."
        );
    }
    let same = changes.sealed.is_none_or(|sealed| sealed == Counts::default());
    if same && changes.gained.is_empty() && changes.lost.is_empty() && changes.dropped.is_empty() {
        text.push_str("\nKhông có thay đổi so với lần trước.\n");
    }
}
