//! Phiếu rà soát: one page or more a document that has to do with the Law or has something found in it.

use docx_rs::{Docx, LineSpacing, PageOrientationType, Paragraph};

use super::annexes::{Quoted, demands, quotation, title};
use super::main_part::{capitals, dressed, subject};
use super::page::{self, Cell, Ruled, body, centered, plain, words};
use crate::document::Document;
use crate::report::index::{Index, distinct};
use crate::report::{place, words as names};
use crate::review::{Handling, Relevance};

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

/// The sheets of these documents.
pub fn document(index: &Index, documents: &[usize], note: &str) -> Docx {
    let docx = dressed(index.results)
        .page_size(page::A4.0, page::A4.1)
        .page_orient(PageOrientationType::Portrait)
        .page_margin(page::margins());
    let docx = documents.iter().enumerate().fold(docx, |docx, (order, &at)| sheet(docx, index, at, order == 0, note));
    if documents.is_empty() {
        return docx.add_paragraph(body([words(
            "Không có văn bản nào liên quan hoặc có vấn đề theo các bộ quy tắc đã dùng.",
        )]));
    }
    docx
}

fn sheet(mut docx: Docx, index: &Index, at: usize, first: bool, note: &str) -> Docx {
    let reviewed = &index.results.documents[at];
    let document = &reviewed.document;
    let proposals = index.of_document(at);
    let day = names::date(index.results.run.as_of);
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
    put(centered([words("PHIẾU RÀ SOÁT VĂN BẢN").bold()]).outline_lvl(0));
    put(centered([words(note).italic().size(22)]));
    let identity = document_lines(document);
    put(body([
        words("Văn bản được rà soát: ").bold(),
        words(&format!("{}. {}", super::annexes::identity(reviewed), title(reviewed))),
    ]));
    put(body([words(&identity)]));
    put(body([words("Văn bản là căn cứ rà soát: ").bold(), words(&format!("{}.", subject(index.results)))]));
    put(body([words("Thời điểm rà soát (xét hiệu lực tại ngày): ").bold(), words(&format!("{day}."))]));
    put(body([words("Người rà soát: ").bold(), words("[họ và tên, chức vụ]")]));

    let mut table = Ruled::new(
        page::WIDTH,
        &[("TT", 6), ("Nội dung rà soát", 20), ("Căn cứ để rà soát", 24), ("Ý kiến đánh giá", 30), ("Đề xuất", 20)],
    );
    let row = |order: &str, what: &str, basis: &str, opinion: &str, proposal: &str| {
        vec![Cell::mid(order), Cell::text(what), Cell::text(basis), Cell::text(opinion), Cell::text(proposal)]
    };
    let state = format!("{}. {}", names::state(reviewed.status.state), reviewed.status.why);
    table.row(row("1", "Hiệu lực của văn bản", reviewed.status.by_name.as_deref().unwrap_or(""), &state, ""));
    table.row(row("2", "Căn cứ ban hành", &grounds(document), "[Đối chiếu hiệu lực của từng căn cứ]", ""));
    let competence = document.identity.issuer.as_deref().unwrap_or("[chưa xác định cơ quan ban hành]");
    table.row(row(
        "3",
        "Thẩm quyền ban hành (hình thức, nội dung)",
        "",
        &format!("Cơ quan ban hành: {competence}. [Ý kiến]"),
        "",
    ));
    let found = if proposals.units.is_empty() {
        "Không phát hiện theo các quy tắc đã dùng, trong phần đã đọc được.".to_owned()
    } else {
        format!("{} điều, khoản, điểm có vấn đề, nêu ở bảng dưới.", proposals.units.len())
    };
    table.row(row(
        "4",
        &format!("Nội dung ({} điều, khoản, điểm, đoạn đã đối chiếu)", reviewed.examined.len()),
        "",
        &found,
        "",
    ));
    if let Some(whole) = proposals.whole {
        let reason = place::cut(whole.settled().reason, LONGEST);
        table.row(row("5", "Kiến nghị đối với văn bản", "", &reason, names::handling(whole.settled().handling)));
    }
    docx = docx.add_table(table.finish());
    if !proposals.units.is_empty() {
        let title = plain([words("Nội dung cần xử lý theo điều, khoản, điểm").bold()]);
        docx = docx.add_paragraph(title.keep_next(true).line_spacing(LineSpacing::new().before(240).after(80)));
        let heads = [
            ("TT", 5),
            ("Vị trí", 11),
            ("Quy định hiện hành", 26),
            ("Căn cứ; nội dung yêu cầu", 27),
            ("Ý kiến đánh giá; đề xuất", 31),
        ];
        let mut table = Ruled::new(page::WIDTH, &heads);
        let mut quoted = Quoted::new();
        for (order, proposal) in (1..).zip(&proposals.units) {
            let findings = index.findings(proposal);
            let bases = findings.iter().flat_map(|finding| &finding.basis);
            let mut rests = vec![words(&distinct(bases.map(|basis| basis.cite.as_str()), ";\n"))];
            let demands = demands(index, proposal, order, &mut quoted);
            if !demands.is_empty() {
                rests.push(words(":\n"));
                rests.extend(demands);
            }
            let opinion = vec![
                words(&place::cut(proposal.settled().reason, LONGEST)),
                words(&format!("\n{}. ", names::handling(proposal.settled().handling))).bold(),
                words(&place::cut(proposal.settled().wording, LONGEST)),
            ];
            table.row(vec![
                Cell::count(order),
                Cell::text(&proposal.cite),
                Cell::runs(quotation(index, proposal)),
                Cell::runs(rests),
                Cell::runs(opinion),
            ]);
        }
        docx = docx.add_table(table.finish());
    }
    let warnings = &document.warnings;
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
            centered([words(who).bold()]),
            centered([words("(ký, ghi rõ họ tên)").italic().size(24)]),
            centered([words("\n\n")]),
        ]
    };
    docx.add_table(page::state_head(signed("NGƯỜI RÀ SOÁT"), signed("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ")))
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

fn grounds(document: &Document) -> String {
    let grounds: Vec<&str> =
        document.units.iter().filter(|unit| unit.is_ground()).map(|unit| unit.text.as_str()).collect();
    let mut text = grounds.iter().take(MOST_GROUNDS).copied().collect::<Vec<_>>().join("\n");
    if grounds.len() > MOST_GROUNDS {
        text.push_str(&format!("\n… và {} căn cứ nữa", grounds.len() - MOST_GROUNDS));
    }
    text
}
