//! The annexed lists, lengthwise: documents to be handled, documents outside the official lists, clauses, documents kept,
//! what was not read.

use std::collections::{BTreeMap, HashMap};

use docx_rs::{Docx, Paragraph, Run};

use super::page::{self, Cell, Ruled, centered, words};
use crate::proposals::Proposal;
use crate::report::index::{Index, distinct};
use crate::report::quote::Quote;
use crate::report::{Reviewed, counts, place, words as names};
use crate::review::{Handling, Place};
use crate::text::number::to_roman;

/// Most rows of an annex; the others are in the workbook and the HTML report.
const MOST_ROWS: usize = 1_500;
/// Longest words quoted of the Law in a row, in letters.
const LONGEST_LAW: usize = 1_200;
/// Longest reason in a row, in letters.
const LONGEST_REASON: usize = 900;

/// Adds every annex.
pub fn add(docx: Docx, index: &Index) -> Docx {
    let documents = |wanted: &dyn Fn(&Reviewed, bool) -> bool| {
        let numbered = index.results.documents.iter().enumerate();
        numbered.filter(|&(at, reviewed)| wanted(reviewed, index.handling(at) != Handling::Keep)).collect::<Vec<_>>()
    };
    let normative = |reviewed: &Reviewed| reviewed.document.identity.normative == Some(true);
    let mut annex = Annex { docx, index, number: 0 };
    annex.handled(
        "DANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT CẦN XỬ LÝ",
        &documents(&|one, handled| handled && normative(one)),
        true,
    );
    annex.handled(
        "DANH MỤC VĂN BẢN KHÁC (KHÔNG PHẢI HOẶC CHƯA RÕ LÀ VĂN BẢN QUY PHẠM PHÁP LUẬT) CẦN XEM XÉT",
        &documents(&|one, handled| handled && !normative(one)),
        false,
    );
    annex.clauses();
    annex.kept(&documents(&|_, handled| !handled));
    annex.unread();
    annex.docx
}

struct Annex<'i, 'r> {
    docx: Docx,
    index: &'i Index<'r>,
    number: u32,
}

impl Annex<'_, '_> {
    fn put(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }

    fn title(&mut self, title: &str) {
        self.number += 1;
        let number = to_roman(self.number).unwrap_or_default();
        let first = centered([words(&format!("Phụ lục {number}")).bold()]).outline_lvl(0);
        // The first annex begins on the new page of its section.
        self.put(if self.number == 1 { first } else { first.page_break_before(true) });
        self.put(centered([words(title).bold()]));
        let day = names::date(self.index.results.run.as_of);
        self.put(centered([words(&format!("(Kèm theo Báo cáo số …/BC-… ngày … của […]; tính đến ngày {day})"))
            .italic()
            .size(26)]));
    }

    fn table(&mut self, table: Ruled, rows: usize) {
        self.docx = std::mem::take(&mut self.docx).add_table(table.finish());
        if rows > MOST_ROWS {
            let rest = rows - MOST_ROWS;
            self.put(
                Paragraph::new().add_run(
                    words(&format!("… và {rest} dòng nữa, nêu đủ trong de-xuat.xlsx và bao-cao.html.")).italic(),
                ),
            );
        }
    }

    /// Documents under their lĩnh vực, each with what is proposed.
    fn handled(&mut self, title: &str, documents: &[(usize, &Reviewed)], with_new: bool) {
        self.title(title);
        let columns = [
            ("TT", 5),
            ("Loại, số, ký hiệu; ngày ban hành", 16),
            ("Cơ quan ban hành", 13),
            ("Tên gọi của văn bản", 24),
            ("Hình thức xử lý", 11),
            ("Nội dung/lý do kiến nghị", 36),
            ("Chủ trì soạn thảo", 12),
            ("Thời hạn xử lý", 10),
        ];
        let mut table = Ruled::new(page::WIDE, &columns);
        // Those without a field come after the others, those to be issued last.
        let mut fields: BTreeMap<(usize, &str), Vec<Entry>> = BTreeMap::new();
        for &(at, reviewed) in documents {
            let proposals = self.index.of_document(at);
            let entry = (Some(reviewed), proposals.whole, proposals.units.len());
            let field = counts::field(reviewed);
            fields.entry((usize::from(field == counts::NO_FIELD), field)).or_default().push(entry);
        }
        if with_new {
            for proposal in counts::to_issue(self.index.results) {
                fields.entry((2, "Văn bản cần ban hành mới")).or_default().push((None, Some(proposal), 0));
            }
        }
        let total: usize = fields.values().map(Vec::len).sum();
        let mut shown = 0;
        for (group, ((rank, field), entries)) in (1..).zip(&fields) {
            let named = if *rank == 2 { (*field).to_owned() } else { format!("Lĩnh vực: {field}") };
            table.row(vec![Cell::over(&format!("{}. {named}", to_roman(group).unwrap_or_default()), columns.len())]);
            for (order, entry) in (1..).zip(entries) {
                shown += 1;
                if shown <= MOST_ROWS {
                    table.row(handled_row(order, entry));
                }
            }
        }
        if total == 0 {
            table.row(vec![Cell::over("Không có", columns.len())]);
        }
        table.row(vec![Cell::over(&format!("Tổng số: {total} văn bản"), columns.len())]);
        self.table(table, total);
    }

    /// Every clause with a proposal: the words in force beside what is required.
    fn clauses(&mut self) {
        self.title("KIẾN NGHỊ THEO TỪNG ĐIỀU, KHOẢN, ĐIỂM");
        let demands_head = if self.index.results.law.laws().next().is_some() {
            "Nội dung yêu cầu (nguyên văn trong ngoặc kép; in nghiêng là tóm tắt)"
        } else {
            "Nội dung yêu cầu (tóm tắt, không phải nguyên văn)"
        };
        let columns = [
            ("TT", 5),
            ("Văn bản; vị trí", 15),
            ("Quy định hiện hành (chỗ có vấn đề in đậm)", 34),
            ("Căn cứ", 15),
            (demands_head, 27),
            ("Kiến nghị; câu chữ đề xuất", 24),
            ("Tin cậy", 7),
        ];
        let mut table = Ruled::new(page::WIDE, &columns);
        let mut quoted = Quoted::new();
        let units = || self.index.results.proposals.iter().filter(|proposal| proposal.path.is_some());
        for (order, proposal) in (1..).zip(units()).take(MOST_ROWS) {
            let findings = self.index.findings(proposal);
            let bases = || findings.iter().flat_map(|finding| &finding.basis);
            let number = self
                .index
                .reviewed(proposal)
                .map_or("", |reviewed| reviewed.document.identity.number.as_deref().unwrap_or(&reviewed.document.file));
            let mut proposed = vec![words(&format!("{}. ", names::handling(proposal.settled().handling))).bold()];
            proposed.push(words(&place::cut(proposal.settled().wording, LONGEST_REASON)));
            table.row(vec![
                Cell::count(order),
                Cell::text(&format!("{number}\n{}", proposal.cite)),
                Cell::runs(quotation(self.index, proposal)),
                Cell::text(&distinct(bases().map(|basis| basis.cite.as_str()), ";\n")),
                Cell::runs(demands(self.index, proposal, order, &mut quoted)),
                Cell::runs(proposed),
                Cell::mid(proposal.confidence.map_or("", names::confidence)),
            ]);
        }
        let total = units().count();
        if total == 0 {
            table.row(vec![Cell::over("Không có", columns.len())]);
        }
        self.table(table, total);
    }

    fn kept(&mut self, documents: &[(usize, &Reviewed)]) {
        self.title("DANH MỤC VĂN BẢN ĐỀ NGHỊ GIỮ NGUYÊN");
        let columns = [
            ("TT", 5),
            ("Loại, số, ký hiệu; ngày ban hành", 20),
            ("Cơ quan ban hành", 20),
            ("Tên gọi của văn bản", 40),
            ("Lý do", 35),
        ];
        let mut table = Ruled::new(page::WIDE, &columns);
        for (order, (at, reviewed)) in (1..).zip(documents).take(MOST_ROWS) {
            let reason = self
                .index
                .of_document(*at)
                .whole
                .map(|whole| whole.settled().reason)
                .filter(|reason| !reason.is_empty());
            let reason = reason.unwrap_or(if reviewed.examined.is_empty() {
                "Không có quy tắc nào áp dụng cho văn bản này"
            } else {
                "Không phát hiện theo các bộ quy tắc đã dùng"
            });
            table.row(vec![
                Cell::count(order),
                Cell::text(&identity(reviewed)),
                Cell::text(reviewed.document.identity.issuer.as_deref().unwrap_or("")),
                Cell::text(title(reviewed)),
                Cell::text(&place::cut(reason, LONGEST_REASON)),
            ]);
        }
        if documents.is_empty() {
            table.row(vec![Cell::over("Không có", columns.len())]);
        }
        self.table(table, documents.len());
    }

    fn unread(&mut self) {
        self.title("TỆP, VĂN BẢN CHƯA ĐỌC ĐƯỢC");
        let columns =
            [("TT", 5), ("Tệp hoặc dòng danh mục", 35), ("Nguyên nhân", 20), ("Chi tiết", 35), ("Việc cần làm", 35)];
        let mut table = Ruled::new(page::WIDE, &columns);
        let unread = &self.index.results.unreadable;
        for (order, input) in (1..).zip(unread).take(MOST_ROWS) {
            let place = match &input.list_row {
                Some((sheet, row)) if sheet.is_empty() => format!("{}, dòng {row}", input.file),
                Some((sheet, row)) => format!("{}, trang {sheet}, dòng {row}", input.file),
                None => input.file.clone(),
            };
            table.row(vec![
                Cell::count(order),
                Cell::text(&place),
                Cell::text(names::unread(input.unread.code)),
                Cell::text(&input.unread.message),
                Cell::text(&input.unread.next_step),
            ]);
        }
        if unread.is_empty() {
            table.row(vec![Cell::over("Không có", columns.len())]);
        }
        self.table(table, unread.len());
    }
}

/// A document or one to be issued, what is proposed for the whole, and how many of its clauses have proposals.
type Entry<'r> = (Option<&'r Reviewed>, Option<&'r Proposal>, usize);

fn handled_row(order: usize, (reviewed, whole, units): &Entry) -> Vec<Cell> {
    let of = |value: fn(&Proposal) -> &str| whole.map_or("", value);
    let mut reason = place::cut(of(|proposal| proposal.settled().reason), LONGEST_REASON);
    if *units > 0 {
        reason.push_str(&format!("\n({units} điều, khoản, điểm: xem Phụ lục III)"));
    }
    vec![
        Cell::count(order),
        Cell::text(&reviewed.map_or_else(String::new, identity)),
        Cell::text(
            reviewed.map_or(of(|proposal| &proposal.authority), |one| {
                one.document.identity.issuer.as_deref().unwrap_or("")
            }),
        ),
        Cell::text(reviewed.map_or(of(|proposal| &proposal.cite), title)),
        Cell::text(whole.map_or("", |proposal| names::handling(proposal.settled().handling))),
        Cell::text(&reason),
        Cell::text(of(|proposal| proposal.settled().drafter)),
        Cell::text(of(|proposal| proposal.settled().deadline)),
    ]
}

/// "Quyết định số 12/2017/QĐ-UBND ngày 09/3/2017".
pub fn identity(reviewed: &Reviewed) -> String {
    let identity = &reviewed.document.identity;
    let number = identity.number.as_deref().map_or(" (chưa rõ số)".to_owned(), |number| format!(" số {number}"));
    let day = identity.issued.map_or_else(String::new, |day| format!(" ngày {}", names::date(day)));
    format!("{}{number}{day}", names::kind(identity.kind))
}

/// Trích yếu, else the file.
pub fn title(reviewed: &Reviewed) -> &str {
    reviewed.document.identity.title.as_deref().unwrap_or(&reviewed.document.file)
}

/// The words of the unit a proposal quotes, evidence bold.
pub fn quotation(index: &Index, proposal: &Proposal) -> Vec<Run> {
    let findings = index.findings(proposal);
    let unit = index.reviewed(proposal).zip(Index::quoted_unit(&findings));
    let Some((reviewed, unit)) = unit else { return Vec::new() };
    let evidence = Index::evidence(&findings);
    let own = evidence.iter().find(|one| one.unit == unit).map_or(Place::Text, |one| one.place);
    let ranges: Vec<_> =
        evidence.iter().filter(|one| one.unit == unit && one.place == own).map(|one| one.range.clone()).collect();
    let quote = reviewed.in_force().units.get(unit).map(|unit| Quote::of(unit, own, &ranges));
    let pieces = quote.into_iter().flat_map(|quote| quote.pieces);
    pieces.map(|(bold, text)| if bold { words(&text).bold() } else { words(&text) }).collect()
}

/// Rows in which provisions were quoted word for word: once is enough for a table.
pub type Quoted<'r> = HashMap<(&'r str, &'r str), usize>;

/// What the provisions demand: word for word in quotation marks (once a table), or in our words in italics.
pub fn demands<'r>(index: &Index<'r>, proposal: &'r Proposal, row: usize, quoted: &mut Quoted<'r>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut seen: Vec<(&str, &str)> = Vec::new();
    let findings = index.findings(proposal);
    for basis in findings.iter().flat_map(|finding| &finding.basis) {
        if seen.contains(&(&basis.instrument, &basis.provision)) {
            continue;
        }
        seen.push((&basis.instrument, &basis.provision));
        let line = if runs.is_empty() { "" } else { "\n" };
        match index.results.law.quote(&basis.instrument, &basis.provision) {
            Some(text) => match *quoted.entry((&basis.instrument, &basis.provision)).or_insert(row) {
                first if first == row => runs.push(words(&format!("{line}“{}”", place::cut(&text, LONGEST_LAW)))),
                first => runs.push(words(&format!("{line}{} (nguyên văn: dòng {first})", basis.demands)).italic()),
            },
            None if basis.demands.is_empty() => {}
            None => runs.push(words(&format!("{line}{}", basis.demands)).italic()),
        }
    }
    runs
}
