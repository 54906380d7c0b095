//! Faults of the labels themselves, all at once: a wrong label would be scored as a fault of the program.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_saphyr::Spanned;
use unicode_normalization::UnicodeNormalization;

use super::gold::{Label, Word};
use super::read::GoldFile;
use crate::document::{Document, Unit, docnumber};
use crate::review::FindingKind;
use crate::rules::diagnostic::{Diagnostic, SourceFile};
use crate::rules::nearest;

/// Faults that can be seen without the document.
pub fn values(file: &GoldFile, faults: &mut Vec<Diagnostic>) {
    let (source, gold) = (&file.source, &file.gold);
    let mut seen = HashSet::new();
    for label in gold.labels.iter().flatten() {
        label.handling.iter().for_each(|word| known(source, word, faults));
        label.kind.iter().for_each(|word| known(source, word, faults));
        label.confidence.iter().for_each(|word| known(source, word, faults));
        label.basis.iter().for_each(|basis| written(source, label, basis, faults));
        if label.handling.is_empty() {
            let message = "nhãn chưa nêu hình thức xử lý nào được chấp nhận (handling)";
            faults.push(at_label("no-handling", source, label, message));
        }
        let basis = label.basis.first().map(|basis| basis.value.as_str());
        if !seen.insert((label.path(), label.kind(), basis)) {
            let message = "nhãn trùng: cùng chỗ, cùng loại vấn đề, cùng căn cứ với nhãn trước";
            faults.push(at_label("duplicate-label", source, label, message));
        }
    }
    gold.doc_handling.iter().for_each(|word| known(source, word, faults));
    let mut traps = HashSet::new();
    for trap in &gold.traps {
        if !traps.insert(trap.path.value.as_str()) {
            let message = format!("chỗ dễ nhầm “{}” nêu hai lần", trap.path.value);
            faults.push(Diagnostic::about("duplicate-trap", source, &trap.path, message).warning());
        }
        if gold.labels.iter().flatten().any(|label| label.path() == Some(&trap.path.value)) {
            let message = format!("“{}” vừa có nhãn vừa là chỗ dễ nhầm; chỉ nhãn được tính", trap.path.value);
            faults.push(Diagnostic::about("trap-is-label", source, &trap.path, message).warning());
        }
    }
}

/// Faults that only the document as the program reads it shows. Warnings: it may be the program that is wrong.
pub fn places(file: &GoldFile, document: &Document, faults: &mut Vec<Diagnostic>) {
    let (source, gold) = (&file.source, &file.gold);
    let units: HashMap<&str, &Unit> = document.units.iter().map(|unit| (unit.path.as_str(), unit)).collect();
    let layers: HashSet<&str> = document.layers.iter().map(|layer| layer.id.as_str()).collect();
    let mut unit_at = |path: &Spanned<String>| {
        let unit = units.get(path.value.as_str()).copied();
        if unit.is_none() && !layers.contains(path.value.as_str()) {
            let message = format!("văn bản không có “{}”", path.value);
            let hint = format!("xem các đường dẫn: rasoat outline \"{}\"", gold.file.value);
            faults.push(Diagnostic::about("no-such-path", source, path, message).warning().hint(hint));
        }
        unit
    };
    let mut absent = Vec::new();
    let mut quoted = |unit: Option<&Unit>, quote: &Spanned<String>, code: &'static str| {
        if unit.is_some_and(|unit| !stands_in(unit, &quote.value)) {
            let message = format!("lời trích không có ở chỗ đã nêu: “{}”", quote.value);
            absent.push(Diagnostic::about(code, source, quote, message).warning());
        }
    };
    for label in gold.labels.iter().flatten() {
        let unit = label.path.as_ref().and_then(&mut unit_at);
        if let Some(quote) = &label.quote {
            quoted(unit, quote, "quote-not-there");
        }
    }
    for citation in &gold.citations {
        quoted(unit_at(&citation.path), &citation.text, "citation-not-there");
    }
    for path in gold.traps.iter().map(|trap| &trap.path).chain(gold.units.iter().flat_map(|units| &units.paths)) {
        unit_at(path);
    }
    faults.append(&mut absent);
}

/// Text in which only the words count: NFC, one space between them.
pub fn plain(text: &str) -> String {
    text.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the quotation, or each part between its omissions, stands in the unit.
fn stands_in(unit: &Unit, quote: &str) -> bool {
    let own = plain(&format!("{} {} {}", unit.label, unit.heading, unit.text));
    plain(quote).split(['…']).flat_map(|part| part.split("...")).all(|part| own.contains(part.trim()))
}

fn known<T>(source: &Arc<SourceFile>, word: &Spanned<Word<T>>, faults: &mut Vec<Diagnostic>) {
    let Word::Unknown(text, words) = &word.value else { return };
    let message = format!("giá trị “{text}” không được dùng ở đây");
    let mut fault = Diagnostic::error("unknown-value", source, word.referenced, message);
    fault.width = text.chars().count().max(1);
    let near = nearest(text, *words).map_or_else(String::new, |near| format!("có phải ý là “{near}”? "));
    faults.push(fault.hint(format!("{near}chọn một trong: {}", words.join(", "))));
}

/// A basis is a number and, unless the event itself is the reason, a path.
fn written(source: &Arc<SourceFile>, label: &Label, basis: &Spanned<String>, faults: &mut Vec<Diagnostic>) {
    let (number, path) = parts(&basis.value);
    let of_content =
        matches!(label.kind(), Some(FindingKind::Conflict | FindingKind::ConflictWhole | FindingKind::MissingContent));
    let path_is_right = path.starts_with(|c: char| c.is_ascii_alphanumeric()) && !path.contains(char::is_whitespace);
    if docnumber::normalise(number).is_none() || !(path_is_right || path.is_empty() && !of_content) {
        let message = format!("căn cứ “{}” chưa đúng cách viết", basis.value);
        let hint = "viết số, ký hiệu rồi đường dẫn của điều khoản, ví dụ 10/2022/QH15 A21.1";
        faults.push(Diagnostic::about("bad-basis", source, basis, message).hint(hint));
    }
}

/// Number and path of a basis; the path may be empty.
pub fn parts(basis: &str) -> (&str, &str) {
    basis.trim().split_once(char::is_whitespace).map_or((basis.trim(), ""), |(number, path)| (number, path.trim()))
}

fn at_label(code: &'static str, source: &Arc<SourceFile>, label: &Label, message: &str) -> Diagnostic {
    let place = label.path.as_ref().map(|path| path.referenced);
    let place = place.or_else(|| label.handling.first().map(|word| word.referenced));
    Diagnostic::error(code, source, place.unwrap_or(serde_saphyr::Location::UNKNOWN), message)
}
