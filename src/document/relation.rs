//! Acts of a document on other instruments, and its grounds.

use std::ops::Range;

use jiff::civil::Date;

use super::citation::{Found, scan};
use super::instrument_name::title_after;
use super::reference::{Memory, Named, Setting};
use super::vantage::loose_path;
use super::{Citation, Document, Kind, Mention, Relation, RelationKind, Target, act, docnumber};
use crate::text::cursor::{Cursor, match_phrase};
use crate::text::date;

/// Relations of a document whose citations are filled in: from its title, then from its units in reading order.
///
/// An act of a lower instrument on a higher one is left out (Luật 64/2025/QH15, Điều 8: only the issuing body amends or
/// repeals; a lower document never does).
pub fn relations(document: &Document) -> Vec<Relation> {
    let mut relations = from_title(document);
    for (index, citation) in document.citations.iter().enumerate() {
        let Target::Instrument(target) = &citation.target else { continue };
        if citation.relation == RelationKind::Refers {
            continue;
        }
        let unit = &document.units[citation.unit];
        relations.push(Relation {
            kind: citation.relation,
            target: target.clone(),
            provisions: citation.provisions.clone(),
            effective: effective(document, citation),
            path: unit.path.clone(),
            text: sentence(&unit.text, citation).to_owned(),
            citation: Some(index),
        });
    }
    // What the title announces and the body says again is said once, by the body.
    let announced = relations.iter().take_while(|relation| relation.path == TITLE).count();
    let body: Vec<(RelationKind, Option<String>)> =
        relations[announced..].iter().map(|relation| (relation.kind, key(&relation.target))).collect();
    let mut at = 0;
    relations.retain(|relation| {
        at += 1;
        at > announced
            || !body
                .iter()
                .any(|(kind, target)| *kind == relation.kind && target.is_some() && *target == key(&relation.target))
    });
    relations
}

/// Path of the title of the main instrument.
const TITLE: &str = "main/T";

fn key(mention: &Mention) -> Option<String> {
    mention.number.as_deref().map(docnumber::key).or_else(|| mention.title.as_deref().map(crate::text::fold::fold))
}

fn from_title(document: &Document) -> Vec<Relation> {
    let Some(title) = document.identity.title.as_deref() else { return Vec::new() };
    let setting = Setting { document, layer: 0, amended: None, quoted: false };
    let found = scan(title, setting, &mut Memory::default());
    let kinds = act::title_relations(title, &found);
    let relation = |(Found { named, provisions, .. }, kind): (Found, RelationKind)| {
        let Some(Named::Other(target)) = named else { return None };
        if kind == RelationKind::Refers || !may_act(document, kind, &target) {
            return None;
        }
        Some(Relation {
            kind,
            target,
            provisions: provisions
                .iter()
                .filter_map(|provision| provision.path().or_else(|| loose_path(provision)))
                .collect(),
            effective: acts_on_effect(kind).then_some(document.identity.effective).flatten(),
            path: TITLE.to_owned(),
            text: title.to_owned(),
            citation: None,
        })
    };
    found.into_iter().zip(kinds).filter_map(relation).collect()
}

/// `true` for acts that change the effect of their target.
fn acts_on_effect(kind: RelationKind) -> bool {
    !matches!(kind, RelationKind::Basis | RelationKind::Details | RelationKind::Guides | RelationKind::Refers)
}

/// The date said with the act ("kể từ ngày 01/7/2025"), else the date this document takes effect.
fn effective(document: &Document, citation: &Citation) -> Option<Date> {
    if !acts_on_effect(citation.relation) {
        return None;
    }
    let text = &document.units[citation.unit].text;
    let Target::Instrument(target) = &citation.target else { return document.identity.effective };
    // The title of what ends may tell dates of its own.
    let full = target.issued.is_some() || target.issuer.is_some();
    let end = title_after(text, citation.range.end, full).map_or(citation.range.end, |title| title.end);
    let after = &text[end..];
    let after = &after[..sentence_end(after)];
    let said = after.match_indices("từ ngày").find_map(|(at, _)| date::parse_at(after, at + "từ ".len()));
    said.map(|(date, _)| date).or_else(|| said_first(text, citation.range.start)).or(document.identity.effective)
}

/// Where a sentence or list item ends.
fn sentence_end(text: &str) -> usize {
    let ends = |(at, mark): &(usize, &str)| *mark != "." || text[at + 1..].starts_with([' ', '\u{a0}', '\n']);
    text.match_indices([';', '\n', '.']).find(ends).map_or(text.len(), |(at, _)| at)
}

/// "Kể từ ngày 01/01/2020, bãi bỏ …": the date that begins the sentence.
fn said_first(text: &str, at: usize) -> Option<Date> {
    let mut from = at.saturating_sub(SENTENCE_REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let head = &text[from..at];
    let ends = |(at, mark): &(usize, &str)| *mark != "." || head[at + 1..].starts_with([' ', '\u{a0}', '\n']);
    let start = head.rmatch_indices([';', '\n', '.']).find(ends).map_or(0, |(at, _)| at + 1);
    let mut cursor = Cursor::new(head, start);
    cursor.skip_space();
    cursor.any(&["kể từ", "từ"])?;
    cursor.skip_space();
    date::parse_at(head, cursor.at()).map(|(date, _)| date)
}

/// Most bytes of a sentence kept on either side of a citation: a sentence of thousands of citations must not be kept
/// thousands of times.
const SENTENCE_REACH: usize = 1_500;

/// The sentence or list item that holds a citation.
fn sentence<'t>(text: &'t str, citation: &Citation) -> &'t str {
    let Range { start, end } = citation.range;
    let far = (start.saturating_sub(SENTENCE_REACH)..=start).find(|&at| text.is_char_boundary(at)).unwrap_or(start);
    let near = (end..=text.len().min(end + SENTENCE_REACH)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(end);
    let start = text[far..start].rfind(['\n', ';']).map_or(far, |at| far + at + 1);
    let end = text[end..near].find(['\n', ';']).map_or(near, |at| end + at);
    text[start..end].trim()
}

/// A lower instrument never acts on a higher one; unknown ranks are believed.
pub(super) fn may_act(document: &Document, kind: RelationKind, target: &Mention) -> bool {
    if !acts_on_effect(kind) || kind == RelationKind::Consolidates {
        return true;
    }
    let own = rank(document.identity.kind, document.identity.number.as_deref(), document.identity.issuer.as_deref());
    let other = target.kind.and_then(|kind| rank(kind, target.number.as_deref(), target.issuer.as_deref()));
    match (own, other) {
        (Some(own), Some(other)) => own <= other,
        _ => true,
    }
}

/// Order of force (Luật 64/2025/QH15, Điều 4), 0 the highest; `None` when kind and issuer do not tell.
pub fn rank(kind: Kind, number: Option<&str>, issuer: Option<&str>) -> Option<u8> {
    let symbol = number.and_then(docnumber::parts).map(|parts| parts.symbol).unwrap_or_default();
    let issuer = issuer.unwrap_or_default();
    let by = |body: &str, mark: &str| match_phrase(issuer, 0, body).is_some() || symbol.contains(mark);
    Some(match kind {
        Kind::HienPhap => 0,
        Kind::Luat | Kind::BoLuat => 1,
        Kind::PhapLenh => 2,
        Kind::NghiQuyet | Kind::NghiQuyetLienTich if by("ủy ban thường vụ quốc hội", "UBTVQH") => 2,
        Kind::NghiQuyet if by("hội đồng nhân dân", "HĐND") => 8,
        Kind::NghiQuyet if by("chính phủ", "CP") => 4,
        Kind::NghiQuyet if by("quốc hội", "QH") => 1,
        Kind::NghiDinh => 4,
        Kind::QuyetDinh | Kind::ChiThi if by("thủ tướng", "TTg") => 5,
        Kind::QuyetDinh | Kind::ChiThi if by("ủy ban nhân dân", "UB") || by("chủ tịch ủy ban nhân dân", "UBND") => {
            9
        }
        Kind::ThongTu | Kind::ThongTuLienTich => 7,
        _ => return None,
    })
}
