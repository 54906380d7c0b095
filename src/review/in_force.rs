//! What the reading in force adds to findings and to the state of a document: the source of words that an amending document
//! gave, doubts where new words are not at hand, and doubts about the state itself.

use super::{Confidence, Finding, FindingKind};
use crate::document::amendment::OperationKind;
use crate::document::{Document, place};
use crate::registry::consolidate::{Change, Consolidated, Source, inside};
use crate::registry::{EventKind, State, Status};

/// Adds to each finding whose words stand in, or may have been changed by, an amending document what a reviewer must know.
///
/// `documents` are those of the batch.
pub fn tell<'d>(
    findings: &mut [Finding],
    consolidated: &Consolidated,
    documents: &dyn Fn(usize) -> Option<&'d Document>,
) {
    let sentence = |change: &Change| sentence(change, change.document.and_then(documents));
    for finding in findings {
        let Some(unit) = finding.unit else { continue };
        if let Some(change) = consolidated.sources.get(unit).and_then(Source::change) {
            let said = sentence(&consolidated.changes[change]);
            finding.message = format!("{} Lời văn đang có hiệu lực theo {said}.", finding.message.trim_end());
        }
        let path = &consolidated.document.units[unit].path;
        for change in consolidated.changes.iter().filter(|change| change.open.is_some() && concerns(change, path)) {
            let (why, said) = (change.open.as_deref().unwrap_or_default(), sentence(change));
            let doubt = format!("điều khoản này đã {} {said}, chưa ghép được ({why})", done(change.kind));
            finding.confidence = finding.confidence.min(Confidence::Low);
            if !finding.doubts.contains(&doubt) {
                finding.doubts.push(doubt);
            }
        }
    }
}

/// A document whose parent ended may have ended with it: what the rules of the time say is for a person to confirm, so the
/// state is not known until then.
pub fn doubt_state(status: &mut Status, findings: &[Finding]) {
    let parent = findings.iter().find(|finding| finding.kind == FindingKind::ParentEnded);
    if let Some(finding) = parent.filter(|_| matches!(status.state, State::InForce | State::PartlyEnded)) {
        status.state = State::Unknown;
        status.cause = Some(EventKind::EndedWithParent);
        status.why = format!("{} {}", finding.message, status.why).trim_end().to_owned();
    }
}

/// The change is of this unit, of what it stands in, or of the whole document.
fn concerns(change: &Change, path: &str) -> bool {
    let without_layer = |path: &str| path.rsplit_once('/').map_or(path, |(_, own)| own).to_owned();
    change.path.is_empty()
        || inside(path, &change.path)
        || (!change.path.contains('/') && inside(&without_layer(path), &change.path))
}

/// "khoản 1 Điều 1 Quyết định số 19/2016/QĐ-UBND, từ ngày 15/02/2016".
///
/// `acting` is the document that commands it, when it is in the batch.
pub fn sentence(change: &Change, acting: Option<&Document>) -> String {
    let unit = acting.and_then(|document| {
        let unit = document.unit_at(&change.from)?;
        Some(format!("{} ", place::unit(document, unit)))
    });
    format!("{}{}, từ ngày {}", unit.unwrap_or_default(), change.by, change.date.strftime("%d/%m/%Y"))
}

/// What was done, in the passive: "được sửa đổi, bổ sung theo".
pub fn done(kind: OperationKind) -> &'static str {
    match kind {
        OperationKind::Amend => "được sửa đổi, bổ sung theo",
        OperationKind::Supplement | OperationKind::InsertAfter => "được bổ sung theo",
        OperationKind::ReplaceWords => "được thay thế cụm từ theo",
        OperationKind::DeleteWords => "được bỏ cụm từ theo",
        OperationKind::Repeal => "bị bãi bỏ theo",
        OperationKind::Renumber => "được đánh số lại theo",
    }
}
