//! What the comments on one document say, and where they belong.

use super::find::find;
use crate::document::{Document, UnitId};
use crate::proposals::Proposal;
use crate::registry::consolidate::Source;
use crate::report::index::Index;
use crate::report::{Reviewed, place, words};
use crate::review::{Finding, Handling, Place};
use crate::source::docx::{self, Comment, Trace};

/// Longest provision quoted in a comment, in letters; the whole of it stands in the report.
const LONGEST_LAW: usize = 1_500;

/// The comments on the document at `at`, in reading order after one on the document as a whole. Empty when there is nothing
/// to say.
pub fn remarks(index: &Index, at: usize, trace: &Trace) -> Vec<Comment> {
    let reviewed = &index.results.documents[at];
    let proposals = index.of_document(at);
    let mut remarks: Vec<Comment> = Vec::new();
    if let Some(whole) = proposals.whole.filter(|whole| whole.settled().handling != Handling::Keep) {
        let mut lines = vec![
            format!("Kiến nghị đối với văn bản:\t {}.", words::handling(whole.settled().handling)),
            format!("Lý do:\t {}", whole.settled().reason),
        ];
        let findings = index.findings(whole);
        // What is said of clauses stands at the clauses.
        for finding in findings.iter().filter(|finding| finding.unit.is_none()) {
            lines.extend(basis(index, finding));
        }
        lines.push(signature(index));
        lines.retain(|line| !line.ends_with("\t "));
        remarks.push(Comment { place: docx::Place::Paragraph(title(&reviewed.document, trace)), lines });
    }
    // What a person rejected is no proposal any more.
    let units = proposals.units.iter().filter(|proposal| proposal.settled().handling != Handling::Keep);
    for proposal in units {
        for finding in index.findings(proposal) {
            if let Some(place) = spot(reviewed, finding, trace) {
                remarks.push(Comment { place, lines: lines(index, finding, proposal) });
            }
        }
    }
    remarks
}

/// The paragraph that stands for the document: the first line of its title, which stands above all units.
fn title(document: &Document, trace: &Trace) -> u32 {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let first = document.units.iter().filter_map(|unit| unit.origins.first()).map(|origin| origin.paragraph).min();
    let first = first.unwrap_or(0);
    let title = document.identity.title.as_deref().map(words).unwrap_or_default();
    let begins = |text: &str| !text.is_empty() && title.starts_with(text);
    (0..first).find(|&at| trace.text(at).is_some_and(|text| begins(&words(text)))).unwrap_or(first)
}

/// The words of the finding in the file; the paragraph when they do not stand there as they are in force.
fn spot(reviewed: &Reviewed, finding: &Finding, trace: &Trace) -> Option<docx::Place> {
    let own = finding.evidence.iter().find(|one| finding.unit.is_none_or(|unit| one.unit == unit));
    let evidence = own.or(finding.evidence.first());
    let unit = finding.unit.or(evidence.map(|one| one.unit))?;
    let (printed, as_printed) = printed(reviewed, unit)?;
    let unit = reviewed.document.units.get(printed)?;
    let found = evidence.filter(|one| as_printed && finding.unit.is_none_or(|unit| one.unit == unit)).and_then(|one| {
        let text = match one.place {
            Place::Text => &unit.text,
            Place::Heading => &unit.heading,
        };
        text.get(one.range.clone())?;
        find(unit, one.place, &one.range, |paragraph| trace.text(paragraph))
    });
    Some(match found {
        Some((from, to)) => docx::Place::Words { from, to },
        None => docx::Place::Paragraph(unit.origins.first()?.paragraph),
    })
}

/// The unit of the document as printed, and whether its words are those in force.
pub fn printed(reviewed: &Reviewed, unit: UnitId) -> Option<(UnitId, bool)> {
    let Some(consolidated) = &reviewed.consolidated else { return Some((unit, true)) };
    match *consolidated.sources.get(unit)? {
        Source::Printed { unit } => Some((unit, true)),
        Source::Edited { unit: Some(unit), .. } | Source::Ended { unit: Some(unit), .. } => Some((unit, false)),
        _ => {
            // The nearest unit above that is printed here.
            let path = &consolidated.document.units.get(unit)?.path;
            let same = reviewed.document.unit_at(path);
            let above = || consolidated.document.ancestors(unit).find_map(|above| printed(reviewed, above));
            same.or_else(|| above().map(|(unit, _)| unit)).map(|unit| (unit, false))
        }
    }
}

fn lines(index: &Index, finding: &Finding, proposal: &Proposal) -> Vec<String> {
    let settled = proposal.settled();
    let mut lines = vec![format!(
        "Phát hiện:\t {} ({}).",
        finding.message.trim_end_matches('.'),
        words::finding_kind(finding.kind)
    )];
    lines.extend(basis(index, finding));
    lines.push(format!("Kiến nghị xử lý:\t {}.", words::handling(settled.handling)));
    // A person's words are for the whole unit; ours are for this finding.
    let wording = if settled.wording == proposal.wording { &finding.wording } else { settled.wording };
    if !wording.is_empty() {
        lines.push(format!("Câu chữ đề xuất:\t {wording}"));
    }
    lines.push(format!(
        "Độ tin cậy:\t {}; mức độ: {}.",
        words::confidence(finding.confidence).to_lowercase(),
        words::severity(finding.severity).to_lowercase()
    ));
    if !finding.doubts.is_empty() {
        lines.push(format!("Vì sao chưa chắc:\t {}.", finding.doubts.join("; ")));
    }
    lines.push(format!("Quy tắc {}, mã phát hiện {}. {}", finding.rule, finding.id, signature(index)));
    lines
}

/// The provisions, word for word when the user gave the Law, else in our words and said to be so.
fn basis(index: &Index, finding: &Finding) -> Vec<String> {
    let mut lines = Vec::new();
    for basis in &finding.basis {
        lines.push(format!("Căn cứ:\t {}", basis.cite));
        match index.results.law.quote(&basis.instrument, &basis.provision) {
            Some(text) => {
                lines.push(format!("Nguyên văn:\t “{}”", place::cut(&text.replace('\n', " "), LONGEST_LAW)));
            }
            None if basis.demands.is_empty() => {}
            None => lines.push(format!("Nội dung yêu cầu (tóm tắt, không phải nguyên văn):\t {}", basis.demands)),
        }
    }
    lines
}

fn signature(index: &Index) -> String {
    format!(
        "Đề xuất của chương trình tại ngày {}, để người rà soát xem xét, quyết định.",
        words::date(index.results.run.as_of)
    )
}
