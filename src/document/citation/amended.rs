//! What the units of an amending document amend, as far as their words and the title say.

use super::scan::{Found, scan};
use crate::document::act;
use crate::document::provision::{Provision, Rank};
use crate::document::reference::{Memory, Named, Setting};
use crate::document::{Document, Mention};

/// What each unit amends, by unit: the instrument, and the provision its words already named.
#[derive(Debug, Default)]
pub(in crate::document) struct Amended {
    /// The instrument amended under each unit.
    pub instrument: Vec<Option<Mention>>,
    /// The provision quoted text under each unit comes to stand in, when there is only one.
    pub place: Vec<Option<Provision>>,
    /// The provision amended under each unit, for "Sửa đổi khoản 2" under "Sửa đổi Điều 3 như sau:".
    pub provision: Vec<Option<Provision>>,
}

/// The instrument whose amendment the title announces.
pub(super) fn amended_by_title(document: &Document) -> Option<Mention> {
    let title = document.identity.title.as_deref()?;
    if !act::starts_amending(title) {
        return None;
    }
    let setting = Setting { document, layer: 0, amended: None, quoted: false };
    first_other(&scan(title, setting, &mut Memory::default()))
}

/// The one instrument that commands of a document without a title name.
pub(super) fn only_amended(document: &Document) -> Option<Mention> {
    if document.identity.title.is_some() {
        return None;
    }
    let mut only: Option<Mention> = None;
    for unit in document.units.iter().filter(|unit| !unit.quoted && act::starts_amending(&unit.heading)) {
        let setting = Setting { document, layer: unit.layer, amended: None, quoted: false };
        let Some(named) = first_other(&scan(&unit.heading, setting, &mut Memory::default())) else { continue };
        match &only {
            Some(known) if (&known.number, &known.title) != (&named.number, &named.title) => return None,
            Some(_) => {}
            None => only = (named.number.is_some() || named.title.is_some()).then_some(named),
        }
    }
    only
}

/// The provision that all provisions of other instruments have in common, from their article on.
pub(super) fn only_place(found: &[Found]) -> Option<Provision> {
    let others = found.iter().filter(|found| !matches!(found.named, Some(Named::Own(_))));
    let mut said = others.flat_map(|found| &found.provisions).filter(|one| !one.is_relative());
    let first = said.find(|one| one.get(Rank::Article).is_some())?;
    let mut place = first.clone();
    for one in said {
        if one.get(Rank::Article).is_some_and(|article| Some(article) != first.get(Rank::Article)) {
            return None;
        }
        if one != first {
            place = first.article()?;
        }
    }
    Some(place)
}

/// The first provision of another instrument that has its article.
pub(super) fn first_article(found: &[Found]) -> Option<&Provision> {
    found.iter().filter(|found| !matches!(found.named, Some(Named::Own(_)))).find_map(|found| {
        found.provisions.first().filter(|first| first.get(Rank::Article).is_some() && !first.is_relative())
    })
}

pub(super) fn first_other(found: &[Found]) -> Option<Mention> {
    found.iter().find_map(|found| match &found.named {
        Some(Named::Other(mention)) => Some(mention.clone()),
        _ => None,
    })
}
