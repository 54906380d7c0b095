//! Doubts about numbering: gaps, repeats, points out of order. Nothing is lost over them; a reviewer should look.

use crate::document::{Layer, LayerKind, Role, Unit, UnitId, UnitKind};
use crate::source::Warning;
use crate::text::number::{Alphabet, Number, Step, letter_place, letter_step};

/// Warnings about the numbering of a document's units.
pub(super) fn numbering(units: &[Unit], layers: &[Layer]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut articles = vec![Vec::new(); layers.len()];
    for (id, unit) in units.iter().enumerate().filter(|(_, unit)| unit.kind == UnitKind::Article && counted(unit)) {
        articles[unit.layer].push(id);
    }
    for (layer, articles) in layers.iter().zip(articles) {
        list(units, articles.into_iter(), layer.kind == LayerKind::Appendix, &mut warnings);
        children(units, &layer.roots, &mut warnings);
    }
    for unit in units.iter().filter(|unit| !unit.children.is_empty()) {
        children(units, &unit.children, &mut warnings);
    }
    warnings
}

fn counted(unit: &Unit) -> bool {
    !unit.quoted && unit.role != Role::Form
}

fn children(units: &[Unit], ids: &[UnitId], warnings: &mut Vec<Warning>) {
    for kind in [
        UnitKind::Part,
        UnitKind::Chapter,
        UnitKind::Section,
        UnitKind::Subsection,
        UnitKind::Heading,
        UnitKind::Clause,
    ] {
        let list_of = ids.iter().copied().filter(|&id| units[id].kind == kind && counted(&units[id]));
        // Chapters may run on through the parts.
        list(units, list_of, kind == UnitKind::Chapter, warnings);
    }
    points(units, ids, warnings);
}

fn list(units: &[Unit], ids: impl Iterator<Item = UnitId>, any_start: bool, warnings: &mut Vec<Warning>) {
    let mut before: Option<(Number, UnitId)> = None;
    for id in ids {
        let unit = &units[id];
        let Some(number) = number_of(&unit.path) else { continue };
        match before {
            None if !any_start && number.value > 1 => {
                let message = format!("Đánh số bắt đầu từ “{}”; phần trước có thể thiếu.", unit.label);
                warnings.push(Warning::at("numbering-gap", message, &unit.path));
            }
            None => {}
            Some((last, previous)) => {
                let names = |what: &str| format!("{what}: “{}” đứng sau “{}”.", unit.label, units[previous].label);
                match number.step_from(last) {
                    Step::Next => {}
                    Step::Jump => warnings.push(Warning::at("numbering-gap", names("Đánh số bị nhảy"), &unit.path)),
                    Step::Same => warnings.push(Warning::at("numbering-repeated", names("Số bị lặp lại"), &unit.path)),
                    Step::Back => {
                        warnings.push(Warning::at("numbering-repeated", names("Đánh số quay lại"), &unit.path))
                    }
                }
            }
        }
        before = Some((number, id));
    }
}

fn points(units: &[Unit], ids: &[UnitId], warnings: &mut Vec<Warning>) {
    let mut before: Option<(char, u32, UnitId)> = None;
    let mut latin = None;
    for &id in ids.iter().filter(|&&id| units[id].kind == UnitKind::Point && counted(&units[id])) {
        let unit = &units[id];
        // i, ii … inside a point are counted by Roman numerals.
        let nested = unit.parent.is_some_and(|parent| units[parent].kind == UnitKind::Point);
        let Some((letter, digits)) = letter_of(&unit.path).filter(|_| !nested) else { continue };
        if let Some((last, last_digits, previous)) = before {
            let (step, alphabet) = letter_step(last, letter);
            let inserted = step == Step::Same && digits == last_digits + 1;
            if alphabet == Some(Alphabet::Latin) {
                latin = latin.or(Some(id));
            } else if step != Step::Next && !inserted {
                let message = format!("Điểm không theo thứ tự: “{}” đứng sau “{}”.", unit.label, units[previous].label);
                warnings.push(Warning::at("points-out-of-order", message, &unit.path));
            }
        } else if letter != 'a' {
            let message = format!("Các điểm bắt đầu từ “{}”.", unit.label);
            warnings.push(Warning::at("points-out-of-order", message, &unit.path));
        }
        before = Some((letter, digits, id));
    }
    if let Some(id) = latin {
        let message = format!("Điểm “{}” được đánh theo bảng chữ cái không có chữ “đ”.", units[id].label);
        warnings.push(Warning::at("list-alphabet", message, &units[id].path));
    }
}

/// The last component of a path, without "~n".
fn component(path: &str) -> &str {
    let last = path.rsplit(['/', '.']).next().unwrap_or(path);
    last.split('~').next().unwrap_or(last)
}

fn number_of(path: &str) -> Option<Number> {
    let bare = component(path).trim_start_matches(|c: char| c.is_ascii_uppercase());
    let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let value = bare[..digits].parse().ok()?;
    let suffix = bare[digits..].chars().next().and_then(letter_place).unwrap_or(0);
    Some(Number { value, suffix })
}

fn letter_of(path: &str) -> Option<(char, u32)> {
    let mut chars = component(path).chars();
    let letter = chars.next()?;
    let rest = chars.as_str();
    Some((letter, rest.parse().unwrap_or(0)))
}
