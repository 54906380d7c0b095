//! A draft decision or resolution in the dress of Nghị định 30/2020/NĐ-CP, with its table of comparison on pages of their own.

use docx_rs::{Docx, Header, PageOrientationType, PageSize, Paragraph, Run, Section};
use jiff::civil::Date;

use super::page::{self, Cell, Ruled, body, centered, plain, words};
use crate::document::Kind;
use crate::report::draft::{Change, Changed, Draft, MARK};
use crate::report::words as names;
use crate::review::Handling;

/// The whole document.
pub fn document(draft: &Draft, as_of: Date) -> Docx {
    let mut upright = Section::new().add_table(head(draft));
    let mut bookmark = 0;
    for paragraph in opening(draft).into_iter().chain(articles(draft, &mut bookmark)).chain(closing(draft)) {
        upright = upright.add_paragraph(paragraph);
    }
    let upright = upright
        .page_size(PageSize::new().size(page::A4.0, page::A4.1))
        .page_margin(page::margins())
        .title_pg()
        .first_header(Header::new().add_paragraph(Paragraph::new()))
        .header(page::numbered());
    let day = format!("{as_of}T00:00:00Z");
    let docx = Docx::new().default_fonts(page::fonts()).default_size(page::BODY).created_at(&day).updated_at(&day);
    let docx = docx.add_section(upright).page_size(page::A4.1, page::A4.0);
    let docx = docx.page_orient(PageOrientationType::Landscape).page_margin(page::margins()).header(page::numbered());
    docx.add_paragraph(centered([words("BẢN SO SÁNH, THUYẾT MINH DỰ THẢO").bold()]))
        .add_paragraph(centered([words(&format!("(Kèm theo dự thảo {} {})", kind(draft), title(draft))).italic()]))
        .add_table(comparison(draft).finish())
}

fn kind(draft: &Draft) -> &'static str {
    draft.kind.name()
}

/// "sửa đổi, bổ sung, bãi bỏ một số văn bản của …", only with what is done.
fn title(draft: &Draft) -> String {
    let acts = acts(draft.documents.iter().flat_map(|one| &one.changes));
    let of = match draft.documents.as_slice() {
        [one] if one.is_whole() => format!("toàn bộ {}", one.name),
        [one] => format!("một số điều của {}", one.name),
        _ => format!("một số văn bản của {}", draft.issuer),
    };
    format!("{acts} {of}")
}

/// "sửa đổi, bổ sung, bãi bỏ", only what is done.
fn acts<'c>(changes: impl Iterator<Item = &'c Change>) -> String {
    let (amended, repealed): (Vec<&Change>, Vec<&Change>) = changes.partition(|one| one.handling == Handling::Amend);
    let acts = [(amended.is_empty(), "sửa đổi, bổ sung"), (repealed.is_empty(), "bãi bỏ")];
    acts.into_iter().filter(|(none, _)| !none).map(|(_, act)| act).collect::<Vec<_>>().join(", ")
}

impl Changed {
    /// It goes as a whole.
    fn is_whole(&self) -> bool {
        self.changes.iter().all(|one| one.cite.is_empty())
    }
}

fn head(draft: &Draft) -> docx_rs::Table {
    let small = |text: &str| words(text).size(26);
    let line = |run: Run| centered([run]);
    let symbol = if draft.kind == Kind::NghiQuyet { "NQ-HĐND" } else { "QĐ-UBND" };
    page::state_head(
        vec![
            line(small(&draft.issuer.to_uppercase()).bold()),
            line(small("_______")),
            line(small(&format!("Số:       /…/{symbol}"))),
        ],
        vec![
            line(small("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").bold()),
            line(small("Độc lập - Tự do - Hạnh phúc").bold()),
            line(small("_______________")),
            line(small("…, ngày … tháng … năm …").italic()),
        ],
    )
}

fn opening(draft: &Draft) -> Vec<Paragraph> {
    let upper = kind(draft).to_uppercase();
    let mut lines = vec![
        plain([words("DỰ THẢO").bold()]),
        centered([words(&upper).bold()]),
        centered([words(&capital(&title(draft))).bold()]),
        centered([words("_______")]),
        centered([words(&draft.issuer.to_uppercase()).bold()]),
    ];
    lines.push(body([words(
        "[Căn cứ ban hành: cơ quan soạn thảo ghi các văn bản đang có hiệu lực về thẩm quyền và nội dung]",
    )
    .italic()]));
    lines.push(centered([words(&format!("{upper}:")).bold()]));
    lines
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// One article a document.
fn articles(draft: &Draft, bookmark: &mut usize) -> Vec<Paragraph> {
    let mut lines = Vec::new();
    for (number, document) in (1..).zip(&draft.documents) {
        let marked = |change: &Change, bookmark: &mut usize, runs: Vec<Run>| {
            *bookmark += 1;
            let start = body([]).add_bookmark_start(*bookmark, format!("{MARK}{}", change.id));
            runs.into_iter().fold(start, Paragraph::add_run).add_bookmark_end(*bookmark)
        };
        if let [change] = document.changes.as_slice()
            && document.is_whole()
        {
            let runs =
                vec![words(&format!("Điều {number}. ")).bold(), words(&format!("Bãi bỏ toàn bộ {}.", document.name))];
            lines.push(marked(change, bookmark, runs));
            continue;
        }
        let acts = capital(&acts(document.changes.iter()));
        let head = format!("Điều {number}. {acts} một số điều của {}", document.name);
        lines.push(body([words(&head).bold()]).keep_next(true));
        for (order, change) in (1..).zip(&document.changes) {
            let (said, rest) = said(change);
            let runs = vec![words(&format!("{order}. {said}"))];
            lines.push(marked(change, bookmark, runs));
            lines.extend(rest);
        }
    }
    lines
}

/// The command of a change, and the paragraphs after it.
fn said(change: &Change) -> (String, Vec<Paragraph>) {
    let cite = &change.cite;
    if change.handling != Handling::Amend {
        return (format!("Bãi bỏ {cite}."), Vec::new());
    }
    if change.typed {
        return (
            format!("Sửa đổi, bổ sung {cite} như sau:"),
            vec![body([words(&format!("“{}”.", change.wording.trim_end_matches('.')))])],
        );
    }
    let lines = || change.wording.lines().filter(|line| !line.trim().is_empty());
    let replaced: Vec<(&str, &str)> = lines().filter_map(replacement).collect();
    if !replaced.is_empty() && replaced.len() == lines().count() {
        let each = replaced.iter().map(|(old, new)| format!("thay thế cụm từ “{old}” bằng cụm từ “{new}”"));
        return (format!("{} tại {cite}.", capital(&each.collect::<Vec<_>>().join("; "))), Vec::new());
    }
    let hint = format!("[Nội dung cần soạn theo hướng: {}]", lines().collect::<Vec<_>>().join(" "));
    (format!("Sửa đổi, bổ sung {cite} như sau:"), vec![body([words(&hint).italic()])])
}

/// `Thay "…" bằng "…".` and nothing else.
fn replacement(line: &str) -> Option<(&str, &str)> {
    let plain = |c: char| matches!(c, '"' | '“' | '”');
    let rest = line.trim().strip_prefix("Thay ")?.strip_prefix(plain)?;
    let (old, rest) = rest.split_once(plain)?;
    let rest = rest.strip_prefix(" bằng ")?.strip_prefix(plain)?;
    let (new, end) = rest.split_once(plain)?;
    matches!(end, "" | ".").then_some((old, new))
}

fn closing(draft: &Draft) -> Vec<Paragraph> {
    let last = draft.documents.len() + 1;
    let kind = kind(draft);
    vec![
        body([
            words(&format!("Điều {last}. Hiệu lực thi hành")).bold(),
            words(&format!("\n{kind} này có hiệu lực từ ngày … tháng … năm …")),
        ]),
        body([
            words(&format!("Điều {}. Tổ chức thực hiện", last + 1)).bold(),
            words("\n[Cơ quan, cá nhân chịu trách nhiệm thi hành]").italic(),
        ]),
    ]
}

fn comparison(draft: &Draft) -> Ruled {
    let columns = [("STT", 5), ("Quy định hiện hành", 32), ("Đề xuất", 32), ("Lý do", 31)];
    let mut table = Ruled::new(page::WIDE, &columns);
    let mut order = 0;
    for document in &draft.documents {
        table.row(vec![Cell::over(&document.name, columns.len())]);
        for change in &document.changes {
            order += 1;
            let place = if change.cite.is_empty() { "Toàn văn bản" } else { &change.cite };
            let mut now = vec![words(&capital(place)).bold()];
            if !change.now.is_empty() {
                now.push(words(&format!("\n… {} …", change.now)));
            }
            let proposed = match change.handling {
                Handling::Amend => change.wording.clone(),
                other => names::handling(other).to_owned(),
            };
            table.row(vec![
                Cell::count(order),
                Cell::runs(now),
                Cell::text(&proposed),
                Cell::runs(vec![words(&change.why), words(&format!("\nMã kiến nghị: {}", change.id)).italic()]),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_replacement_of_words_is_drafted_as_one() {
        assert_eq!(
            replacement("Thay \"xã, phường, thị trấn\" bằng \"xã, phường\"."),
            Some(("xã, phường, thị trấn", "xã, phường"))
        );
        assert_eq!(replacement("Thay “A” bằng “B”"), Some(("A", "B")));
        assert_eq!(replacement("Thay \"A\" bằng \"B\"; tỷ lệ tính trên tổng số hộ."), None);
        assert_eq!(replacement("Sửa thành: nhiệm kỳ 05 năm."), None);
    }
}
