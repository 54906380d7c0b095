//! Hidden sheet with what was written for each proposal: what a reviewer changed is found by comparing with it.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::table::cell_text;
use crate::proposals::{Opinion, Proposal};
use crate::report::decisions::sheet::{Inputs, Typed, tidy};
use crate::report::decisions::text_hash;
use crate::report::index::{Index, distinct};
use crate::report::words;
use crate::review::Handling;
use crate::review::engine::document_name;

/// Name of the sheet.
pub const NAME: &str = "Gốc";
/// First cell: what the sheet is.
pub const MARK: &str = "rasoat-goc-1";
/// Columns; the head stands on row 2, the packs on row 1.
pub const COLUMNS: [&str; 14] = [
    "proposal", "handling", "content", "wording", "drafter", "deadline", "given", "text", "document", "number", "file",
    "path", "cite", "rules",
];

/// The cells of a proposal as they are written: what was decided where something was, else what is proposed.
pub fn shown(proposal: &Proposal) -> Inputs {
    let cell = |text: &str| tidy(&cell_text(text));
    let settled = proposal.settled();
    let opinions = proposal.decision.as_ref().map_or(&[][..], |decided| &decided.opinions);
    let typed = |opinion: Option<&Opinion>| {
        opinion.map_or_else(Typed::default, |opinion| Typed {
            choice: words::choice(opinion.choice).to_owned(),
            reason: cell(&opinion.reason),
            person: cell(&opinion.person),
            date: cell(&opinion.date),
        })
    };
    // A rejected proposal stays readable: the decision beside it says that nothing comes of it.
    let rejected = opinions.first().is_some_and(|first| first.handling.is_none());
    let handling = if rejected { proposal.handling } else { settled.handling };
    Inputs {
        handling: words::handling(handling).to_owned(),
        content: cell(settled.reason),
        wording: cell(settled.wording),
        drafter: cell(settled.drafter),
        deadline: cell(settled.deadline),
        first: typed(opinions.first()),
        second: typed(opinions.get(1)),
        note: cell(proposal.decision.as_ref().map_or("", |decided| &decided.note)),
    }
}

/// Writes the sheet.
pub fn write(sheet: &mut Worksheet, index: &Index) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?.set_hidden(true);
    let run = &index.results.run;
    sheet.write_string(0, 0, MARK)?.write_string(0, 1, run.tool)?.write_string(0, 2, run.as_of.to_string())?;
    let packs = run.packs.iter().map(|pack| format!("{} {} {}", pack.id, pack.version, pack.sha256));
    sheet.write_string(0, 3, packs.collect::<Vec<_>>().join("\n"))?;
    if let Some(office) = &index.results.office.office {
        sheet.write_string(0, 4, cell_text(office))?;
    }
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string(1, column, name)?;
    }
    let open = index.results.proposals.iter().filter(|proposal| proposal.handling != Handling::Keep);
    for (row, proposal) in (2..).zip(open) {
        let reviewed = index.reviewed(proposal);
        let identity = reviewed.map(|reviewed| &reviewed.document.identity);
        let inputs = shown(proposal);
        let given = if proposal.decision.is_some() {
            serde_json::to_string(&inputs).unwrap_or_default()
        } else {
            String::new()
        };
        let findings = index.findings(proposal);
        let handling = serde_json::to_value(proposal.handling).ok();
        let cell = |text: &str| tidy(&cell_text(text));
        let cells = [
            proposal.id.clone(),
            handling.as_ref().and_then(|value| value.as_str()).unwrap_or_default().to_owned(),
            cell(&proposal.reason),
            cell(&proposal.wording),
            cell(&proposal.drafter),
            cell(&proposal.deadline),
            cell_text(&given).into_owned(),
            text_hash(index.results, proposal),
            reviewed.map_or_else(String::new, |one| document_name(&one.document.identity, &one.document.file)),
            identity.and_then(|identity| identity.number.clone()).unwrap_or_default(),
            reviewed.map_or_else(String::new, |reviewed| reviewed.document.file.clone()),
            proposal.path.clone().unwrap_or_default(),
            proposal.cite.clone(),
            distinct(findings.iter().map(|finding| finding.rule.as_str()), " "),
        ];
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(())
}
