//! Which documents concern the Law at all: the first question of every review.

use super::index::Index;
use crate::document::{RelationKind, Target, docnumber, place};
use crate::rules::RuleSet;
use crate::rules::lexicon::TermId;

/// Does a document concern the Law?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Relevance {
    Direct,
    Indirect,
    None,
}

/// Topics of one document with the evidence.
#[derive(Debug, Clone, Default)]
pub struct Topics {
    /// Indices of topics it belongs to by its title or its grounds.
    pub direct: Vec<usize>,
    /// Indices of topics only its text touches.
    pub indirect: Vec<usize>,
    /// (where, words) in Vietnamese.
    pub evidence: Vec<(String, String)>,
}

impl Topics {
    /// Directly, indirectly, or not at all.
    pub fn relevance(&self) -> Relevance {
        match (self.direct.is_empty(), self.indirect.is_empty()) {
            (false, _) => Relevance::Direct,
            (true, false) => Relevance::Indirect,
            (true, true) => Relevance::None,
        }
    }

    /// Every topic it belongs to in any way.
    pub fn all(&self) -> Vec<usize> {
        self.direct.iter().chain(&self.indirect).copied().collect()
    }

    /// Does it belong to this topic in any way?
    pub fn has(&self, topic: usize) -> bool {
        self.direct.contains(&topic) || self.indirect.contains(&topic)
    }
}

/// Finds the topics of a document.
pub fn find(index: &Index, rules: &RuleSet) -> Topics {
    let document = index.document;
    let mut topics = Topics::default();
    let say = |topics: &mut Topics, place: String, words: String| {
        let line = (place, words);
        if topics.evidence.len() < 8 && !topics.evidence.contains(&line) {
            topics.evidence.push(line);
        }
    };
    let anywhere = |terms: &[TermId]| index.has_any(terms);
    for (id, topic) in rules.topics.iter().enumerate() {
        let level = document.identity.level;
        if !topic.levels.is_empty() && level.is_some_and(|level| !topic.levels.contains(&level))
            || !(topic.needs.is_empty() || anywhere(&topic.needs) || index.issuer_has(&topic.needs))
            || !topic.needs_all.iter().all(|&term| anywhere(&[term]) || index.issuer_has(&[term]))
            || anywhere(&topic.lacks)
            || index.issuer_has(&topic.lacks)
        {
            continue;
        }
        if index.title_or_issued_title_has(&topic.title_has) && !index.title_has(&topic.title_lacks) {
            topics.direct.push(id);
            let title =
                document.identity.title.clone().or_else(|| document.layers.first().map(|layer| layer.title.clone()));
            say(&mut topics, "tên văn bản".to_owned(), title.unwrap_or_default());
            continue;
        }
        let ground = document.citations.iter().find(|citation| {
            citation.relation == RelationKind::Basis
                && matches!(&citation.target, Target::Instrument(mention) if mention.number.as_deref().is_some_and(
                    |number| topic.basis.iter().any(|wanted| docnumber::same(wanted, number))))
        });
        if let Some(citation) = ground {
            topics.direct.push(id);
            say(&mut topics, place::unit(document, citation.unit), citation.text.clone());
            continue;
        }
        let hit = topic
            .text_has
            .iter()
            .flat_map(|&term| index.hits(term))
            .filter(|hit| index.is_operative(hit.unit))
            .min_by_key(|hit| (hit.unit, hit.start));
        if let Some(hit) = hit {
            topics.indirect.push(id);
            let range = index.original(hit.unit, hit.place, hit.start as usize..hit.end as usize);
            let unit = &document.units[hit.unit];
            let source = if hit.place == super::Place::Heading { &unit.heading } else { &unit.text };
            say(&mut topics, place::unit(document, hit.unit), source[range].to_owned());
        }
    }
    topics
}
