//! Sheets about what was before: "Không còn", "Ý kiến khác nhau", "Nhật ký".

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use crate::proposals::Opinion;
use crate::report::decisions::LogLine;
use crate::report::index::Index;
use crate::report::words;

/// Most lines of the log shown, the latest; all are in the log itself.
const MOST_LINES: usize = 5_000;

const GONE: [Column; 8] = [
    ("STT", 5.0),
    ("Văn bản", 34.0),
    ("Vị trí", 24.0),
    ("Đề xuất xử lý trước đây", 18.0),
    ("Nội dung/lý do trước đây", 60.0),
    ("Vì sao không còn", 32.0),
    ("Quyết định đã có", 32.0),
    ("Mã kiến nghị", 18.0),
];

/// Writes the proposals that are not made any more.
pub fn write_gone(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let earlier = &index.results.earlier;
    let notes = [match &earlier.compared {
        Some(with) => format!("So với {with}. Quyết định đã ghi vẫn được giữ trong quyet-dinh.json và nhật ký."),
        None => "Chưa có kết quả nào để so sánh; mọi kiến nghị được coi là mới.".to_owned(),
    }];
    let mut table = Table::new(sheet, styles, "Không còn", &notes, GONE)?;
    for (order, gone) in (1..).zip(&earlier.gone) {
        table
            .number(order)?
            .text(&gone.document)?
            .text(&gone.cite)?
            .text(&gone.handling)?
            .text(&gone.reason)?
            .text(&gone.why)?
            .text(&gone.decided)?
            .code(&gone.id)?;
        table.end_row()?;
    }
    table.finish()
}

const DISPUTES: [Column; 7] = [
    ("STT", 5.0),
    ("Văn bản", 36.0),
    ("Vị trí", 26.0),
    ("Đề xuất xử lý", 18.0),
    ("Ý kiến", 70.0),
    ("Đang tính theo", 30.0),
    ("Mã kiến nghị", 18.0),
];

/// Writes the proposals people disagree about.
pub fn write_disputes(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let notes = [
        "Kiến nghị có hai người trở lên quyết định khác nhau; các danh mục tính theo ý kiến đứng đầu cho đến khi thống nhất."
            .to_owned(),
    ];
    let mut table = Table::new(sheet, styles, "Ý kiến khác nhau", &notes, DISPUTES)?;
    for (order, entry) in (1..).zip(&index.results.earlier.disagreements) {
        let handling = serde_json::from_value(entry.proposed.clone().into()).ok();
        let lines: Vec<String> = entry.opinions.iter().map(|opinion| format!("- {}", said(opinion))).collect();
        table
            .number(order)?
            .text(&entry.document)?
            .text(&entry.cite)?
            .text(handling.map_or("", words::handling))?
            .text(&lines.join("\n"))?
            .text(&entry.opinions.first().map_or_else(String::new, said))?
            .code(&entry.proposal)?;
        table.end_row()?;
    }
    table.finish()
}

fn said(opinion: &Opinion) -> String {
    let person = if opinion.person.is_empty() { "(không ghi tên)" } else { &opinion.person };
    let day = if opinion.date.is_empty() { String::new() } else { format!(", {}", day(&opinion.date)) };
    format!("{person}{day}: {}", words::opinion(opinion))
}

fn day(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), words::date)
}

const LOG: [Column; 10] = [
    ("STT", 6.0),
    ("Ngày nhập", 11.0),
    ("Việc", 24.0),
    ("Văn bản", 30.0),
    ("Vị trí", 22.0),
    ("Trước đó", 30.0),
    ("Ghi nhận", 40.0),
    ("Bảng tính, dòng", 20.0),
    ("Quy tắc và phiên bản", 40.0),
    ("Mã kiến nghị", 18.0),
];

/// Writes the log of decisions.
pub fn write_log(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let log = &index.results.earlier.log;
    let shown = &log[log.len().saturating_sub(MOST_LINES)..];
    let notes = ["Mọi lần nhập, sửa quyết định; bản đầy đủ, chỉ ghi thêm, ở tệp nhat-ky.ndjson.".to_owned()];
    let mut table = Table::new(sheet, styles, "Nhật ký", &notes, LOG)?;
    for line in shown {
        let workbook =
            if line.row == 0 { line.workbook.clone() } else { format!("{}, dòng {}", line.workbook, line.row) };
        let packs = line.packs.iter().map(|pack| pack.split(' ').take(2).collect::<Vec<_>>().join(" "));
        let rules = line.rules.split(' ').filter(|rule| !rule.is_empty()).map(str::to_owned).chain(packs);
        table
            .number(line.seq)?
            .text(&day(&line.on))?
            .text(action(&line.action))?
            .text(&line.document)?
            .text(&line.cite)?
            .text(&line.before.as_ref().map_or_else(String::new, said))?
            .text(&recorded(line))?
            .text(&workbook)?
            .code(&rules.collect::<Vec<_>>().join("\n"))?
            .code(&line.proposal)?;
        table.end_row()?;
    }
    table.finish()
}

/// What a line records.
fn recorded(line: &LogLine) -> String {
    match &line.after {
        Some(opinion) => said(opinion),
        None => {
            let typed = line.typed.iter().map(|(name, text)| format!("{name}: {text}")).collect::<Vec<_>>().join("; ");
            format!("{} [{typed}]", line.why)
        }
    }
}

fn action(action: &str) -> &str {
    match action {
        "decided" => "Quyết định",
        "revised" => "Sửa quyết định",
        "second-opinion" => "Ý kiến của người khác",
        "withdrawn" => "Rút lại quyết định",
        "noted" => "Ghi chú",
        "kept-newer" => "Bỏ qua vì cũ hơn quyết định đã có",
        "unplaced" => "Chưa nhập được",
        "joined" => "Lấy từ kết quả trước",
        other => other,
    }
}
