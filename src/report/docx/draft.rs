//! A draft decision or resolution in the dress of Nghị định 30/2020/NĐ-CP, with its table of comparison on pages of their own.

use docx_rs::{Docx, Header, LineSpacing, PageOrientationType, PageSize, Paragraph, Run, Section, Table};
use jiff::civil::Date;

use super::page::{self, Cell, Ruled, body, centered, plain, words};
use crate::report::draft::{Change, Changed, Draft, Dress, MARK};
use crate::report::words as names;
use crate::review::Handling;

/// The whole document.
pub fn document(draft: &Draft, dress: &Dress, as_of: Date) -> Docx {
    let mut upright = Section::new().add_table(head(dress));
    let mut bookmark = 0;
    let changes = articles(draft, &mut bookmark);
    for paragraph in opening(draft, dress).into_iter().chain(changes).chain(closing(draft, dress)) {
        upright = upright.add_paragraph(paragraph);
    }
    let upright = upright
        .add_table(signature(dress))
        .add_paragraph(plain([words("").size(2)]))
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
        .add_paragraph(centered(
            [words(&format!("(Kèm theo dự thảo {} {})", dress.kind.name(), title(draft))).italic()],
        ))
        .add_table(comparison(draft).finish())
}

/// "sửa đổi, bổ sung, bãi bỏ một số văn bản của …", only with what is done.
pub fn title(draft: &Draft) -> String {
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

fn head(dress: &Dress) -> Table {
    let small = |text: &str| words(text).size(26);
    let line = |run: Run| centered([run]);
    let superior = dress.superior.iter().map(|body| line(small(&body.to_uppercase())));
    let left = superior.chain([
        line(small(&dress.head.to_uppercase()).bold()),
        line(small("_______").bold()),
        line(small(&dress.number)),
    ]);
    page::state_head(
        left.collect(),
        vec![
            line(small("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").bold()),
            line(words("Độc lập - Tự do - Hạnh phúc").bold()),
            line(small("_______________").bold()),
            line(words("…, ngày … tháng … năm …").italic()),
        ],
    )
}

fn opening(draft: &Draft, dress: &Dress) -> Vec<Paragraph> {
    let kind = dress.kind.name().to_uppercase();
    let mut lines = vec![
        plain([words("DỰ THẢO").bold()]).line_spacing(LineSpacing::new().before(120)),
        centered([words(&kind).bold()]),
        centered([words(&capital(&title(draft))).bold()]),
        centered([words("_______").bold()]).line_spacing(LineSpacing::new().after(160)),
    ];
    lines.extend(dress.by.iter().map(|by| centered([words(&by.to_uppercase()).bold()])));
    lines.extend(dress.grounds.iter().map(|ground| body([words(ground).italic()])));
    lines.push(
        centered([words(&format!("{}:", dress.enacts)).bold()]).line_spacing(LineSpacing::new().before(120).after(120)),
    );
    lines
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// One item of an article: changes that are said together, or one alone.
enum Item<'d> {
    /// The same words replaced at all these places.
    Words(Vec<(&'d str, &'d str)>, Vec<&'d Change>),
    /// These places are repealed.
    Repeal(Vec<&'d Change>),
    /// One place gets other words.
    Amend(&'d Change),
}

/// Changes in reading order, those of one kind joined where the first of them stands; repeals last.
fn items(changes: &[Change]) -> Vec<Item<'_>> {
    let mut items: Vec<Item> = Vec::new();
    let mut repealed = Vec::new();
    for change in changes {
        if change.handling != Handling::Amend {
            repealed.push(change);
            continue;
        }
        let Some(pairs) = change.replacements().filter(|_| !change.typed) else {
            items.push(Item::Amend(change));
            continue;
        };
        let same = items.iter_mut().find_map(|item| match item {
            Item::Words(known, places) if *known == pairs => Some(places),
            _ => None,
        });
        match same {
            Some(places) => places.push(change),
            None => items.push(Item::Words(pairs, vec![change])),
        }
    }
    if !repealed.is_empty() {
        items.push(Item::Repeal(repealed));
    }
    items
}

/// A paragraph under construction whose pieces name the proposals they come from.
struct Marked<'b> {
    paragraph: Paragraph,
    bookmark: &'b mut usize,
}

impl<'b> Marked<'b> {
    fn new(bookmark: &'b mut usize) -> Self {
        Marked { paragraph: body([]), bookmark }
    }

    fn plain(mut self, run: Run) -> Self {
        self.paragraph = self.paragraph.add_run(run);
        self
    }

    fn of(mut self, change: &Change, run: Run) -> Self {
        *self.bookmark += 1;
        let paragraph = self.paragraph.add_bookmark_start(*self.bookmark, format!("{MARK}{}", change.id));
        self.paragraph = paragraph.add_run(run).add_bookmark_end(*self.bookmark);
        self
    }

    /// "khoản 1 Điều 2; Điều 3".
    fn places(self, changes: &[&Change]) -> Self {
        let mut marked = self;
        for (at, change) in changes.iter().enumerate() {
            if at > 0 {
                marked = marked.plain(words("; "));
            }
            marked = marked.of(change, words(change.place()));
        }
        marked
    }
}

/// One article a document.
fn articles(draft: &Draft, bookmark: &mut usize) -> Vec<Paragraph> {
    let mut lines = Vec::new();
    for (number, document) in (1..).zip(&draft.documents) {
        if let [change] = document.changes.as_slice()
            && document.is_whole()
        {
            let marked = Marked::new(bookmark).plain(words(&format!("Điều {number}. ")).bold());
            lines.push(marked.of(change, words(&format!("Bãi bỏ toàn bộ {}.", document.name))).paragraph);
            continue;
        }
        let acts = capital(&acts(document.changes.iter()));
        let head = format!("Điều {number}. {acts} một số điều của {}", document.name);
        lines.push(body([words(&head).bold()]).keep_next(true));
        for (order, item) in (1..).zip(items(&document.changes)) {
            let start = Marked::new(bookmark).plain(words(&format!("{order}. ")));
            match item {
                Item::Words(pairs, places) => {
                    let each = pairs.iter().map(|(old, new)| format!("thay thế cụm từ “{old}” bằng cụm từ “{new}”"));
                    let said = capital(&each.collect::<Vec<_>>().join("; "));
                    lines.push(start.plain(words(&format!("{said} tại "))).places(&places).plain(words(".")).paragraph);
                }
                Item::Repeal(places) => {
                    lines.push(start.plain(words("Bãi bỏ ")).places(&places).plain(words(".")).paragraph);
                }
                Item::Amend(change) => {
                    let said = format!("Sửa đổi, bổ sung {} như sau:", change.place());
                    lines.push(start.of(change, words(&said)).paragraph.keep_next(true));
                    lines.extend(new_words(change));
                }
            }
        }
    }
    lines
}

/// The words a place gets: as decided; or the words that stand, to be worked over, and what the new ones need.
fn new_words(change: &Change) -> Vec<Paragraph> {
    if change.typed {
        let wording = change.wording.trim().trim_matches(['“', '”']);
        return vec![body([words(&format!("“{}{}.”.", change.label, wording.trim_end_matches('.')))])];
    }
    let mut lines = Vec::new();
    if !change.now.is_empty() {
        lines.push(body([words(&format!("“{}”.", change.now.trim_end_matches('.')))]));
    }
    let needs = change.wording.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let hint = match (change.now.is_empty(), needs.as_str()) {
        (_, "") => "[Nội dung mới do người soạn thảo viết]".to_owned(),
        (true, needs) => format!("[Nội dung cần soạn theo hướng: {needs}]"),
        (false, needs) => format!("[Trên đây là lời văn hiện hành; soạn lại theo hướng: {needs}]"),
    };
    lines.push(body([words(&hint).italic().color("9C5700")]));
    lines
}

fn closing(draft: &Draft, dress: &Dress) -> Vec<Paragraph> {
    let last = draft.documents.len() + 1;
    let kind = dress.kind.name();
    let mut lines = vec![
        body([words(&format!("Điều {last}. Hiệu lực thi hành")).bold()]).keep_next(true),
        body([words(&format!("{kind} này có hiệu lực từ ngày … tháng … năm …"))]),
        body([words(&format!("Điều {}. Tổ chức thực hiện", last + 1)).bold()]).keep_next(true),
    ];
    lines.extend(dress.carries_out.iter().chain(&dress.passed).map(|line| body([words(line)])));
    lines.push(plain([]));
    lines
}

/// Who gets it on the left, who signs on the right.
fn signature(dress: &Dress) -> Table {
    let mut left = vec![plain([words("Nơi nhận:").bold().italic().size(24)])];
    left.extend(dress.receives.iter().map(|line| plain([words(&format!("- {line}")).size(22)])));
    let mut right: Vec<Paragraph> = dress.signs.iter().map(|line| centered([words(line).bold()])).collect();
    right.push(centered([words("\n\n\n")]));
    right.push(centered([words("[Họ và tên]").bold()]));
    // The block of the signature stands on one page.
    let together =
        |lines: Vec<Paragraph>| lines.into_iter().map(|line| line.keep_next(true).keep_lines(true)).collect();
    page::state_head(together(left), together(right))
}

fn comparison(draft: &Draft) -> Ruled {
    let columns = [("STT", 5), ("Quy định hiện hành", 32), ("Đề xuất", 32), ("Lý do", 31)];
    let mut table = Ruled::new(page::WIDE, &columns);
    let mut order = 0;
    for document in &draft.documents {
        table.row(vec![Cell::over(&document.name, columns.len())]);
        for change in &document.changes {
            order += 1;
            let mut now = vec![words(&capital(change.place())).bold()];
            if !change.now.is_empty() {
                now.push(words(&format!("\n{}", change.now)));
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
