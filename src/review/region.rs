//! Where the other conditions of a rule may stand, seen from its anchor.

use std::ops::Range;

use super::index::{Hit, Index};
use super::{Evidence, Place};
use crate::document::{UnitId, UnitKind};
use crate::rules::lexicon::TermId;
use crate::rules::scope::Scope;

/// A set of places in one document.
#[derive(Debug, Clone)]
pub struct Region {
    /// Whole units.
    own: Range<UnitId>,
    /// Lead-ins: heading and own text of these count too.
    above: Vec<UnitId>,
    /// Only headings of these.
    headings: Vec<UnitId>,
    /// Within `own` (then one unit) only this stretch of folded text.
    sentence: Option<(Place, Range<usize>)>,
    /// The heading of the unit counts though the sentence is in its text.
    with_own_heading: bool,
    /// Only units of this layer.
    layer: Option<usize>,
}

impl Region {
    /// Everything.
    pub fn document(index: &Index) -> Region {
        Region {
            own: 0..index.document.units.len(),
            above: Vec::new(),
            headings: Vec::new(),
            sentence: None,
            with_own_heading: true,
            layer: None,
        }
    }

    /// The region of a scope around an anchor at folded offset `at`.
    pub fn around(index: &Index, scope: Scope, unit: UnitId, place: Place, at: usize) -> Region {
        let document = index.document;
        let up_to_article = |unit: UnitId| {
            let mut above = Vec::new();
            for id in document.ancestors(unit) {
                if matches!(
                    document.units[id].kind,
                    UnitKind::Part | UnitKind::Chapter | UnitKind::Section | UnitKind::Subsection
                ) {
                    break;
                }
                above.push(id);
                if document.units[id].kind == UnitKind::Article {
                    break;
                }
            }
            above
        };
        let mut region = Region { own: unit..unit + 1, ..Region::document(index) };
        match scope {
            Scope::Sentence => {
                region.sentence = Some((place, index.sentence(unit, place, at)));
                region.with_own_heading = false;
                if matches!(document.units[unit].kind, UnitKind::Point | UnitKind::Dash) {
                    region.above = document.lead_ins(unit).collect();
                }
            }
            Scope::Unit => {}
            Scope::ClauseWithLeadIn => {
                region.above = up_to_article(unit);
                if document.units[unit].kind != UnitKind::Article {
                    region.own = document.subtree(unit);
                }
            }
            Scope::Article => {
                let article = std::iter::once(unit)
                    .chain(document.ancestors(unit))
                    .find(|&id| document.units[id].kind == UnitKind::Article)
                    .or_else(|| document.ancestors(unit).last())
                    .unwrap_or(unit);
                region.own = document.subtree(article);
            }
            Scope::Layer => {
                region.own = 0..document.units.len();
                region.layer = Some(document.units[unit].layer);
            }
            Scope::Document => region.own = 0..document.units.len(),
            Scope::Heading => {
                region.own = unit..unit;
                region.headings = std::iter::once(unit).chain(document.ancestors(unit)).collect();
            }
        }
        region
    }

    /// One sentence, with lead-ins and all headings above it, chapters' too: what "stands together" for high confidence.
    pub fn together(index: &Index, unit: UnitId, place: Place, at: usize) -> Region {
        let mut region = Region::around(index, Scope::ClauseWithLeadIn, unit, place, at);
        region.own = unit..unit + 1;
        region.sentence = Some((place, index.sentence(unit, place, at)));
        region.with_own_heading = true;
        region.headings = index.document.ancestors(unit).collect();
        region
    }

    /// A unit and everything in it.
    pub fn subtree(index: &Index, unit: UnitId) -> Region {
        Region { own: index.document.subtree(unit), ..Region::document(index) }
    }

    /// Does it contain this folded place?
    pub fn contains(&self, index: &Index, unit: UnitId, place: Place, start: usize, end: usize) -> bool {
        if self.layer.is_some_and(|layer| index.document.units[unit].layer != layer) {
            return false;
        }
        if self.own.contains(&unit) {
            return match &self.sentence {
                None => true,
                Some((at, range)) => {
                    (*at == place && range.start <= start && end <= range.end)
                        || (self.with_own_heading && place == Place::Heading)
                }
            };
        }
        self.above.contains(&unit) || (place == Place::Heading && self.headings.contains(&unit))
    }

    /// Hits of a term in units that have a part in it; a unit named twice gives them twice.
    pub fn hits<'i>(&'i self, index: &'i Index, term: TermId) -> impl Iterator<Item = &'i Hit> {
        let others = self.above.iter().chain(&self.headings);
        index.hits_within(term, self.own.clone()).iter().chain(others.flat_map(move |&unit| index.hits_in(term, unit)))
    }

    /// Does it contain this evidence (in original offsets, judged by its unit and place)?
    pub fn contains_evidence(&self, index: &Index, evidence: &Evidence) -> bool {
        let folded = index.folded(evidence.unit, evidence.place);
        let (start, end) = (folded.folded(evidence.range.start), folded.folded(evidence.range.end));
        self.contains(index, evidence.unit, evidence.place, start, end)
    }

    /// Units any part of which may belong to it.
    pub fn units(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.own.clone().chain(self.above.iter().copied())
    }
}
