//! The list of documents with its filters; inside each the local words beside what the Law demands.

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};
use std::ops::Range;

use super::escape::Text;
use super::overview::{anchor, color};
use crate::document::{Document, UnitId};
use crate::proposals::Proposal;
use crate::report::index::Index;
use crate::report::{Results, Reviewed, counts, place, words};
use crate::review::{Basis, Confidence, Finding, Handling, Place, Relevance};

/// Longest provision quoted beside a clause, in letters; the whole of it stands once at the end.
const LONGEST_LAW: usize = 2_500;
/// Most evidence from other places shown with a clause.
const MOST_OTHER: usize = 8;

/// Values of a filter with what a reader sees.
type Options = Vec<(String, String)>;

/// Values the filters choose from, numbered in order of the alphabet.
struct Choices<'r> {
    fields: BTreeMap<&'r str, usize>,
    issuers: BTreeMap<&'r str, usize>,
    kinds: BTreeMap<&'r str, usize>,
}

impl<'r> Choices<'r> {
    fn of(results: &'r Results) -> Self {
        let numbered = |of: &dyn Fn(&'r Reviewed) -> &'r str| {
            let names: std::collections::BTreeSet<&str> = results.documents.iter().map(of).collect();
            names.into_iter().zip(0..).collect()
        };
        Choices { fields: numbered(&counts::field), issuers: numbered(&counts::issuer), kinds: numbered(&kind) }
    }
}

fn kind(reviewed: &Reviewed) -> &str {
    words::kind(reviewed.document.identity.kind)
}

/// The filters.
pub fn filters(index: &Index, out: &mut impl Write) -> io::Result<()> {
    let results = index.results;
    let choices = Choices::of(results);
    out.write_all(
        "<section id=\"danh-sach\"><h2>Danh sách văn bản</h2>\n<form id=\"loc\" class=\"filters\" role=\"search\">\
         <div class=\"wide\"><label for=\"tim\">Tìm (số, tên, lời văn; gõ không dấu cũng được)</label>\
         <input id=\"tim\" type=\"search\" autocomplete=\"off\"></div>"
            .as_bytes(),
    )?;
    let used: Vec<Handling> = words::HANDLINGS
        .into_iter()
        .filter(|&handling| (0..results.documents.len()).any(|at| index.handling(at) == handling))
        .collect();
    let handlings: Vec<(String, &str)> =
        used.into_iter().map(|one| (format!("h{}", color(one)), words::handling(one))).collect();
    let numbered = |prefix: &str, names: &BTreeMap<&'_ str, usize>| {
        names.iter().map(|(name, at)| (format!("{prefix}{at}"), (*name).to_owned())).collect::<Vec<_>>()
    };
    let owned = |list: Vec<(String, &str)>| list.into_iter().map(|(value, name)| (value, name.to_owned())).collect();
    let confidences = [Confidence::High, Confidence::Medium, Confidence::Low];
    let confidences = confidences.map(|one| (confidence(one).to_owned(), words::confidence(one)));
    let relevances = [Relevance::Direct, Relevance::Indirect, Relevance::None];
    let relevances = relevances.map(|one| (relevance(one).to_owned(), words::relevance(one)));
    let selects: [(&str, &str, Options); 6] = [
        ("xl", "Hình thức xử lý", owned(handlings)),
        ("lv", "Lĩnh vực", numbered("f", &choices.fields)),
        ("cq", "Cơ quan ban hành", numbered("i", &choices.issuers)),
        ("loai", "Loại văn bản", numbered("k", &choices.kinds)),
        ("tc", "Có phát hiện tin cậy", owned(confidences.into())),
        ("lq", "Liên quan đến Luật", owned(relevances.into())),
    ];
    for (name, label, values) in selects {
        write!(
            out,
            "<div><label for=\"s-{name}\">{label}</label><select id=\"s-{name}\" name=\"{name}\"><option value=\"\">Tất cả</option>"
        )?;
        for (value, shown) in values {
            write!(out, "<option value=\"{value}\">{}</option>", Text(&shown))?;
        }
        out.write_all(b"</select></div>")?;
    }
    out.write_all(
        "<div><button type=\"reset\">Bỏ lọc</button></div><div><button type=\"button\" id=\"mo\">Mở/đóng tất cả</button></div></form>\n\
         <p id=\"dem\" role=\"status\" aria-live=\"polite\"></p>\n\
         <p class=\"soft keys\">Phím: <kbd>/</kbd> tìm, <kbd>J</kbd> văn bản sau, <kbd>K</kbd> văn bản trước, <kbd>Enter</kbd> mở hoặc đóng.</p>\n"
            .as_bytes(),
    )
}

fn confidence(value: Confidence) -> &'static str {
    match value {
        Confidence::High => "cao",
        Confidence::Medium => "vua",
        Confidence::Low => "thap",
    }
}

fn relevance(value: Relevance) -> &'static str {
    match value {
        Relevance::Direct => "truc-tiep",
        Relevance::Indirect => "gian-tiep",
        Relevance::None => "khong",
    }
}

/// Every document: those with something to do first, in input order; then documents to be issued.
pub fn list(index: &Index, out: &mut impl Write) -> io::Result<()> {
    let choices = Choices::of(index.results);
    let mut ids = HashSet::new();
    for kept in [false, true] {
        for at in 0..index.results.documents.len() {
            if (index.handling(at) == Handling::Keep) == kept {
                document(index, at, &choices, &mut ids, out)?;
            }
        }
    }
    let missing: Vec<&Proposal> = counts::to_issue(index.results).collect();
    if !missing.is_empty() {
        out.write_all("<h3>Văn bản cần ban hành mới</h3>\n".as_bytes())?;
        for proposal in missing {
            write!(
                out,
                "<div class=\"pair\" id=\"{}\"><p><b>{}</b></p><p>{}</p>",
                Text(&proposal.id),
                Text(&proposal.cite),
                Text(proposal.settled().reason)
            )?;
            for finding in index.findings(proposal) {
                write!(out, "<div class=\"finding\"{}>", own_id(&finding.id, &mut ids))?;
                bases(index, &finding.basis, out)?;
                out.write_all(b"</div>")?;
            }
            out.write_all(b"</div>\n")?;
        }
    }
    out.write_all(b"</section>\n")
}

/// The id of a finding as an anchor; findings of doubled files share theirs, and only the first gets it.
fn own_id(id: &str, ids: &mut HashSet<String>) -> String {
    if ids.insert(id.to_owned()) { format!(" id=\"{}\"", Text(id)) } else { String::new() }
}

fn document(
    index: &Index,
    at: usize,
    choices: &Choices,
    ids: &mut HashSet<String>,
    out: &mut impl Write,
) -> io::Result<()> {
    let reviewed = &index.results.documents[at];
    let identity = &reviewed.document.identity;
    let proposals = index.of_document(at);
    let confidences: Vec<&str> = [Confidence::High, Confidence::Medium, Confidence::Low]
        .into_iter()
        .filter(|&one| reviewed.findings.iter().any(|finding| finding.confidence == one))
        .map(confidence)
        .collect();
    let handling = index.handling(at);
    let color = color(handling);
    let day = identity.issued.map_or_else(String::new, |day| format!(" ngày {}", words::date(day)));
    let number = identity.number.as_deref().map_or_else(String::new, |number| format!(" số {number}"));
    write!(
        out,
        "<details class=\"doc\" id=\"{}\" data-xl=\"h{color}\" data-lv=\"f{}\" data-cq=\"i{}\" data-loai=\"k{}\" data-tc=\"{}\" data-lq=\"{}\"><summary>\
         <span class=\"badge\" style=\"border-color:var(--h{color})\">{}</span> <b>{}{}{}</b> {}{}</summary>\n<div class=\"in\">",
        Text(&reviewed.id),
        choices.fields.get(counts::field(reviewed)).copied().unwrap_or_default(),
        choices.issuers.get(counts::issuer(reviewed)).copied().unwrap_or_default(),
        choices.kinds.get(kind(reviewed)).copied().unwrap_or_default(),
        confidences.join(" "),
        relevance(reviewed.relevance),
        words::handling(handling),
        kind(reviewed),
        Text(&number),
        Text(&day),
        Text(identity.title.as_deref().unwrap_or(&reviewed.document.file)),
        match proposals.units.len() {
            0 => String::new(),
            count => format!(" <span class=\"soft\">({count} điều, khoản, điểm)</span>"),
        }
    )?;
    writeln!(
        out,
        "<p class=\"soft\">{}; lĩnh vực: {}; {}; liên quan đến Luật: {}; tệp: {}</p>",
        Text(counts::issuer(reviewed)),
        Text(counts::field(reviewed)),
        Text(&format!("{}: {}", words::state(reviewed.status.state), reviewed.status.why)),
        words::relevance(reviewed.relevance).to_lowercase(),
        Text(&reviewed.document.file)
    )?;
    if let Some(whole) = proposals.whole.filter(|whole| !whole.settled().reason.is_empty()) {
        writeln!(out, "<p><b>Kiến nghị đối với văn bản:</b> {}</p>", Text(whole.settled().reason))?;
        for (name, value) in [
            ("Hình thức văn bản xử lý", whole.instrument_form.as_str()),
            ("Thẩm quyền", &whole.authority),
            ("Chủ trì soạn thảo", whole.settled().drafter),
            ("Thời hạn", whole.settled().deadline),
        ] {
            if !value.is_empty() {
                writeln!(out, "<p class=\"soft\">{name}: {}</p>", Text(value))?;
            }
        }
    } else if reviewed.findings.is_empty() {
        let said = if reviewed.examined.is_empty() {
            "Không có quy tắc nào áp dụng cho văn bản này."
        } else {
            "Không phát hiện theo các bộ quy tắc đã dùng, trong phần đã đọc được."
        };
        writeln!(out, "<p>{said}</p>")?;
    }
    for proposal in &proposals.units {
        unit(index, reviewed, proposal, ids, out)?;
    }
    // Findings about the document as such, and those a document that has ended keeps.
    let shown: HashSet<&str> =
        proposals.units.iter().flat_map(|proposal| &proposal.findings).map(String::as_str).collect();
    for finding in reviewed.findings.iter().filter(|finding| !shown.contains(finding.id.as_str())) {
        write!(out, "<div class=\"pair\"><div class=\"finding\"{}>", own_id(&finding.id, ids))?;
        said(finding, out)?;
        bases(index, &finding.basis, out)?;
        out.write_all(b"</div></div>\n")?;
    }
    for warning in &reviewed.document.warnings {
        writeln!(out, "<p class=\"soft\">Lưu ý khi đọc: {}</p>", Text(&warning.message))?;
    }
    out.write_all(b"</div></details>\n")
}

/// One clause: its words on the left, what is demanded on the right, what is proposed below.
fn unit(
    index: &Index,
    reviewed: &Reviewed,
    proposal: &Proposal,
    ids: &mut HashSet<String>,
    out: &mut impl Write,
) -> io::Result<()> {
    let findings = index.findings(proposal);
    let document = reviewed.in_force();
    write!(
        out,
        "<div class=\"pair\" id=\"{}\"><h3>{} <span class=\"badge\" style=\"border-color:var(--h{})\">{}</span></h3>\n<div class=\"cols\"><div><p class=\"soft\">Quy định hiện hành</p>",
        Text(&format!("{}-{}", reviewed.id, proposal.id)),
        Text(&proposal.cite),
        color(proposal.settled().handling),
        words::handling(proposal.settled().handling)
    )?;
    if let Some(unit) = Index::quoted_unit(&findings) {
        local(document, unit, &findings, out)?;
    }
    out.write_all("</div><div><p class=\"soft\">Quy định của Luật</p>".as_bytes())?;
    let mut shown: Vec<&Basis> = Vec::new();
    for basis in findings.iter().flat_map(|finding| &finding.basis) {
        if !shown.contains(&basis) {
            shown.push(basis);
        }
    }
    bases(index, shown, out)?;
    out.write_all(b"</div></div>\n")?;
    for finding in &findings {
        write!(out, "<div class=\"finding\"{}>", own_id(&finding.id, ids))?;
        said(finding, out)?;
        out.write_all(b"</div>")?;
    }
    let wording = proposal.settled().wording;
    if !wording.is_empty() {
        write!(out, "<p><b>Câu chữ đề xuất:</b> {}</p>", Text(wording))?;
    }
    out.write_all(b"</div>\n")
}

/// The words of a unit, whole, evidence marked; where it stands above them, evidence elsewhere below.
fn local(document: &Document, unit: UnitId, findings: &[&Finding], out: &mut impl Write) -> io::Result<()> {
    let evidence = Index::evidence(findings);
    let Some(own) = document.units.get(unit) else { return Ok(()) };
    let context = place::context(document, unit);
    if !context.is_empty() {
        write!(out, "<p class=\"soft\">{}</p>", Text(&context))?;
    }
    out.write_all(b"<div class=\"words\">")?;
    write!(out, "{} ", Text(&own.label))?;
    for (at, text) in [(Place::Heading, &own.heading), (Place::Text, &own.text)] {
        let here = evidence.iter().filter(|one| one.unit == unit && one.place == at);
        marked(text, here.map(|one| one.range.clone()).collect(), out)?;
        if at == Place::Heading && !text.is_empty() && !own.text.is_empty() {
            out.write_all(b"\n")?;
        }
    }
    out.write_all(b"</div>")?;
    for one in evidence.iter().filter(|one| one.unit != unit).take(MOST_OTHER) {
        let Some(other) = document.units.get(one.unit) else { continue };
        let text = if one.place == Place::Heading { &other.heading } else { &other.text };
        let Some(words) = text.get(one.range.clone()) else { continue };
        write!(
            out,
            "<p class=\"soft\">{}: <mark>{}</mark></p>",
            Text(&crate::document::place::unit(document, one.unit)),
            Text(words)
        )?;
    }
    Ok(())
}

/// Text with the ranges marked; ranges that overlap are one.
fn marked(text: &str, mut ranges: Vec<Range<usize>>, out: &mut impl Write) -> io::Result<()> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut at = 0;
    for range in ranges {
        let start = range.start.max(at);
        let (Some(before), Some(words)) = (text.get(at..start), text.get(start..range.end.max(start))) else {
            continue;
        };
        if words.is_empty() {
            continue;
        }
        write!(out, "{}<mark>{}</mark>", Text(before), Text(words))?;
        at = range.end;
    }
    write!(out, "{}", Text(text.get(at..).unwrap_or_default()))
}

fn said(finding: &Finding, out: &mut impl Write) -> io::Result<()> {
    write!(
        out,
        "<p><b>{}.</b> {}</p><p class=\"soft\">Tin cậy: {}; mức độ: {}; quy tắc <code>{}</code>; mã <code>{}</code></p>",
        words::finding_kind(finding.kind),
        Text(&finding.message),
        words::confidence(finding.confidence).to_lowercase(),
        words::severity(finding.severity).to_lowercase(),
        Text(&finding.rule),
        Text(&finding.id)
    )?;
    for doubt in &finding.doubts {
        write!(out, "<p class=\"soft\">Vì sao chưa chắc: {}</p>", Text(doubt))?;
    }
    Ok(())
}

/// The provisions: word for word when the user gave the Law, else in our words, in italics and never in quotation marks.
fn bases<'f>(index: &Index, bases: impl IntoIterator<Item = &'f Basis>, out: &mut impl Write) -> io::Result<()> {
    for basis in bases {
        write!(out, "<p><b>{}</b></p>", Text(&basis.cite))?;
        match index.results.law.quote(&basis.instrument, &basis.provision) {
            Some(text) => {
                write!(out, "<div class=\"words\">“{}”</div>", Text(&place::cut(&text, LONGEST_LAW)))?;
                if text.chars().nth(LONGEST_LAW).is_some() {
                    write!(
                        out,
                        "<p><a href=\"#{}\">Xem đủ nguyên văn</a></p>",
                        anchor(&basis.instrument, &basis.provision)
                    )?;
                }
            }
            None if basis.demands.is_empty() => {}
            None => write!(
                out,
                "<p class=\"soft\">Nội dung yêu cầu (tóm tắt, không phải nguyên văn)</p><div class=\"words own\">{}</div>",
                Text(&basis.demands)
            )?,
        }
    }
    Ok(())
}
