//! Phiếu rà soát: one page or more a document that has to do with the Law or has something found in it.

use docx_rs::{Docx, LineSpacing, PageOrientationType, Paragraph, Run, Table};

use super::annexes::{Quoted, demands, quotation, title};
use super::main_part::{capitals, dressed, subject};
use super::page::{self, Cell, Ruled, body, centered, plain, words};
use crate::document::Document;
use crate::proposals::Proposal;
use crate::report::forms::{ClauseTable, LineValue, Question, ReviewSheet, SheetColumn};
use crate::report::index::{Index, distinct};
use crate::report::{Reviewed, place, words as names};
use crate::review::{FindingKind, Handling, Relevance};

/// Most grounds named on a sheet.
const MOST_GROUNDS: usize = 30;
/// Longest reason, in letters.
const LONGEST: usize = 1_500;

/// The documents that get a sheet, by place in the results.
pub fn documents(index: &Index) -> Vec<usize> {
    let numbered = index.results.documents.iter().enumerate();
    numbered
        .filter(|&(at, reviewed)| reviewed.relevance != Relevance::None || index.handling(at) != Handling::Keep)
        .map(|(at, _)| at)
        .collect()
}

/// The sheets of these documents in one form; `note` is printed under the title when the form has no line of its own.
pub fn document(index: &Index, documents: &[usize], form: &ReviewSheet, note: &str) -> Docx {
    let docx = dressed(index.results)
        .page_size(page::A4.0, page::A4.1)
        .page_orient(PageOrientationType::Portrait)
        .page_margin(page::margins());
    let note = form.mark.as_deref().unwrap_or(note);
    let add = |docx, (order, &at): (usize, &usize)| sheet(docx, index, at, order == 0, (form, note));
    let docx = documents.iter().enumerate().fold(docx, add);
    if documents.is_empty() {
        return docx.add_paragraph(body([words(
            "Không có văn bản nào liên quan hoặc có vấn đề theo các bộ quy tắc đã dùng.",
        )]));
    }
    docx
}

fn sheet(mut docx: Docx, index: &Index, at: usize, first: bool, (form, note): (&ReviewSheet, &str)) -> Docx {
    let reviewed = &index.results.documents[at];
    let small = |text: &str| words(text).size(24);
    let left = vec![
        centered([small(&capitals(&index.results.office.office, "[TÊN CƠ QUAN, ĐƠN VỊ RÀ SOÁT]")).bold()]),
        centered([words("_________").size(16)]),
    ];
    let right = vec![
        centered([small("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").bold()]),
        centered([words("Độc lập - Tự do - Hạnh phúc").bold()]),
        centered([words("____________________________").size(16)]),
    ];
    if !first {
        docx = docx.add_paragraph(plain([words("").size(2)]).page_break_before(true));
    }
    docx = docx.add_table(page::state_head(left, right));
    let mut put = |paragraph: Paragraph| docx = std::mem::take(&mut docx).add_paragraph(paragraph);
    put(plain([]));
    put(centered([words(&form.title).bold()]).outline_lvl(0));
    put(centered([words(note).italic().size(22)]));
    for line in &form.lines {
        let said = match line.value {
            LineValue::Document => format!("{}. {}", super::annexes::identity(reviewed), title(reviewed)),
            LineValue::Facts => document_lines(&reviewed.document),
            LineValue::Yardstick => format!("{}.", subject(index.results)),
            LineValue::Day => format!("{}.", names::date(index.results.run.as_of)),
            LineValue::Reviewer => "[họ và tên, chức vụ]".to_owned(),
        };
        put(body([words(&line.label).bold(), words(&said)]));
    }
    docx = docx.add_table(questions(index, at, form));
    let proposals = index.of_document(at);
    if let Some(table) = form.clauses.as_ref().filter(|_| !proposals.units.is_empty()) {
        let title = plain([words(&table.title).bold()]);
        docx = docx.add_paragraph(title.keep_next(true).line_spacing(LineSpacing::new().before(240).after(80)));
        docx = docx.add_table(clauses(index, &proposals.units, table));
    }
    let warnings = &reviewed.document.warnings;
    if !warnings.is_empty() {
        let said = distinct(warnings.iter().map(|warning| warning.message.as_str()), " ");
        docx = docx.add_paragraph(plain([
            words("Lưu ý khi đọc tệp: ").bold().size(22),
            words(&place::cut(&said, LONGEST)).size(22),
        ]));
    }
    docx = docx.add_paragraph(plain([]));
    let signed = |who: &str| {
        vec![
            centered([words(who).bold()]).keep_next(true),
            centered([words("(ký, ghi rõ họ tên)").italic().size(24)]),
            centered([words("\n\n")]),
        ]
    };
    docx.add_table(page::state_head(signed(&form.signs[0]), signed(&form.signs[1])))
}

fn heads(columns: &[SheetColumn; 5]) -> [(&str, usize); 5] {
    columns.each_ref().map(|column| (column.title.as_str(), column.width))
}

/// The table of what a reviewer answers for the document.
fn questions(index: &Index, at: usize, form: &ReviewSheet) -> Table {
    let reviewed = &index.results.documents[at];
    let proposals = index.of_document(at);
    let (grounds, contents): (Vec<&Proposal>, Vec<&Proposal>) =
        proposals.units.iter().partition(|one| is_ground(reviewed, one));
    let mut table = Ruled::new(page::WIDTH, &heads(&form.columns));
    let mut quoted = Quoted::new();
    for (order, content) in (1..).zip(&form.contents) {
        let (basis, opinion, proposal, under) = match content.of {
            Question::Effect => {
                let state = format!("{}. {}", names::state(reviewed.status.state), reviewed.status.why);
                (reviewed.status.by_name.clone().unwrap_or_default(), state, "", &[][..])
            }
            Question::Grounds => (grounds_of(&reviewed.document), of_grounds(index, &grounds), "", grounds.as_slice()),
            Question::Competence => (String::new(), competence(reviewed), "", &[][..]),
            Question::Content => (String::new(), of_contents(contents.len()), "", contents.as_slice()),
            Question::Whole => {
                let Some(whole) = proposals.whole else { continue };
                let settled = whole.settled();
                let reason = place::cut(settled.reason, LONGEST);
                (whole.procedure.clone(), reason, names::handling(settled.handling), &[][..])
            }
        };
        let what = content.title.replace("{count}", &reviewed.examined.len().to_string());
        table.row(vec![
            Cell::mid(&order.to_string()),
            Cell::runs(vec![words(&what).bold()]),
            Cell::text(&basis),
            Cell::text(&opinion),
            Cell::text(proposal),
        ]);
        for (own, proposal) in (1..).zip(under.iter().filter(|_| form.clauses.is_none())) {
            let mut what = vec![words(&format!("{}: ", capital(&proposal.cite))).bold()];
            what.extend(quotation(index, proposal));
            let proposed = vec![
                words(names::handling(proposal.settled().handling)).bold(),
                words(&format!("\n{}", wording(proposal))),
            ];
            table.row(vec![
                Cell::mid(&format!("{order}.{own}")),
                Cell::runs(what),
                Cell::runs(rests_on(index, proposal, own, &mut quoted)),
                Cell::text(&place::cut(proposal.settled().reason, LONGEST)),
                Cell::runs(proposed),
            ]);
        }
    }
    table.finish()
}

/// The table of clauses that have something found in them.
fn clauses(index: &Index, proposals: &[&Proposal], form: &ClauseTable) -> Table {
    let mut table = Ruled::new(page::WIDTH, &heads(&form.columns));
    let mut quoted = Quoted::new();
    for (order, proposal) in (1..).zip(proposals) {
        let opinion = vec![
            words(&place::cut(proposal.settled().reason, LONGEST)),
            words(&format!("\n{}. ", names::handling(proposal.settled().handling))).bold(),
            words(&wording(proposal)),
        ];
        table.row(vec![
            Cell::count(order),
            Cell::text(&proposal.cite),
            Cell::runs(quotation(index, proposal)),
            Cell::runs(rests_on(index, proposal, order, &mut quoted)),
            Cell::runs(opinion),
        ]);
    }
    table.finish()
}

fn wording(proposal: &Proposal) -> String {
    place::cut(proposal.settled().wording, LONGEST)
}

/// The provisions a proposal rests on, and what they demand.
fn rests_on<'r>(index: &Index<'r>, proposal: &'r Proposal, row: usize, quoted: &mut Quoted<'r>) -> Vec<Run> {
    let findings = index.findings(proposal);
    let bases = findings.iter().flat_map(|finding| &finding.basis);
    let mut rests = vec![words(&distinct(bases.map(|basis| basis.cite.as_str()), ";\n"))];
    let demands = demands(index, proposal, row, quoted);
    if !demands.is_empty() {
        rests.push(words(":\n"));
        rests.extend(demands);
    }
    rests
}

/// Is it about a line of the grounds?
fn is_ground(reviewed: &Reviewed, proposal: &Proposal) -> bool {
    let document = reviewed.in_force();
    let unit = proposal.path.as_deref().and_then(|path| document.unit_at(path));
    unit.is_some_and(|unit| document.units[unit].is_ground())
}

/// What was found of the grounds, one line each.
fn of_grounds(index: &Index, found: &[&Proposal]) -> String {
    if found.is_empty() {
        return "Không phát hiện căn cứ hết hiệu lực trong các văn bản chương trình biết. [Ý kiến]".to_owned();
    }
    let lines = found.iter().map(|proposal| {
        let kinds = index.findings(proposal).into_iter().map(|finding| names::finding_kind(finding.kind));
        format!("{}: {}.", capital(&proposal.cite), distinct(kinds, "; "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Who issued it, and what speaks against its power to do so.
fn competence(reviewed: &Reviewed) -> String {
    const ABOUT: [FindingKind; 3] =
        [FindingKind::UnlawfulWhenIssued, FindingKind::IssuerGone, FindingKind::NormInAdministrative];
    let issuer = reviewed.document.identity.issuer.as_deref().unwrap_or("[chưa xác định cơ quan ban hành]");
    let found = reviewed.findings.iter().filter(|finding| ABOUT.contains(&finding.kind));
    let found = distinct(found.map(|finding| finding.message.as_str()), " ");
    format!("Cơ quan ban hành: {issuer}. {found}{}[Ý kiến]", if found.is_empty() { "" } else { " " })
}

fn of_contents(found: usize) -> String {
    match found {
        0 => "Không phát hiện theo các quy tắc đã dùng, trong phần đã đọc được.".to_owned(),
        count => format!("{count} điều, khoản, điểm có vấn đề, nêu ở dưới."),
    }
}

/// File, issuer, days.
fn document_lines(document: &Document) -> String {
    let identity = &document.identity;
    let day = |day: Option<jiff::civil::Date>| day.map_or("[chưa rõ]".to_owned(), names::date);
    format!(
        "Cơ quan ban hành: {}; ngày ban hành: {}; ngày có hiệu lực: {}; tệp: {}.",
        identity.issuer.as_deref().unwrap_or("[chưa rõ]"),
        day(identity.issued),
        day(identity.effective),
        document.file
    )
}

fn grounds_of(document: &Document) -> String {
    let grounds: Vec<&str> =
        document.units.iter().filter(|unit| unit.is_ground()).map(|unit| unit.text.as_str()).collect();
    let mut text = grounds.iter().take(MOST_GROUNDS).copied().collect::<Vec<_>>().join("\n");
    if grounds.len() > MOST_GROUNDS {
        text.push_str(&format!("\n… và {} căn cứ nữa", grounds.len() - MOST_GROUNDS));
    }
    text
}
