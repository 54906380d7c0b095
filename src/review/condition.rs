//! One condition against one region of one document.

use super::index::{Hit, Index};
use super::region::Region;
use super::{Evidence, Place};
use crate::document::{Citation, LayerKind, RelationKind, Target, UnitId, UnitKind};
use crate::registry::{Alteration, EventKind, State, Status};
use crate::rules::lexicon::TermId;
use crate::rules::ruleset::{Checklist, Cites, DocumentFact, Matcher, QuantityMatcher, QuantityTest, Structure};
use crate::rules::source::{CauseName, Modality};
use crate::text::fold::is_whole_word;
use crate::text::quantity::{Departure, Measure, Quantity, close, departure};

/// How a condition was met.
#[derive(Debug, Clone, Default)]
pub struct Match {
    /// The words; the first is where an anchor stands. Empty for facts of the document.
    pub evidence: Vec<Evidence>,
    /// The citation that met it.
    pub citation: Option<usize>,
    /// Checklist items that are missing and present.
    pub missing: Vec<String>,
    /// …
    pub present: Vec<String>,
    /// The act on the cited instrument that met it (index in its alterations).
    pub alteration: Option<usize>,
    /// How the quantity departs from the parameter.
    pub departure: Option<Departure>,
}

/// Every way a condition can be an anchor in units that `looks` accepts, in reading order.
pub fn anchors(matcher: &Matcher, index: &Index, looks: &dyn Fn(UnitId) -> bool) -> Vec<Match> {
    let everywhere = Region::document(index);
    match matcher {
        Matcher::Terms(terms) => {
            let mut hits: Vec<&Hit> =
                terms.iter().flat_map(|&term| index.hits(term)).filter(|hit| looks(hit.unit)).collect();
            hits.sort_unstable_by_key(|hit| (hit.unit, hit.place, hit.start, std::cmp::Reverse(hit.end)));
            hits.into_iter().map(|hit| Match { evidence: vec![evidence(index, hit)], ..Match::default() }).collect()
        }
        Matcher::Checklist(list) => checklists(list, index, looks),
        Matcher::Structure(_)
        | Matcher::Document(_)
        | Matcher::Modality(_)
        | Matcher::Topics(_)
        | Matcher::Absent { .. } => Vec::new(),
        _ => {
            let candidates = candidate_units(matcher, index);
            let units: Box<dyn Iterator<Item = UnitId>> = match candidates {
                Some(units) => Box::new(units.into_iter()),
                None => Box::new(0..index.document.units.len()),
            };
            units.filter(|&unit| looks(unit)).flat_map(|unit| in_unit(matcher, index, unit, &everywhere)).collect()
        }
    }
}

/// The first way a condition is met inside a region.
pub fn first(matcher: &Matcher, index: &Index, region: &Region) -> Option<Match> {
    match matcher {
        Matcher::Terms(terms) => terms
            .iter()
            .flat_map(|&term| region.hits(index, term))
            .filter(|hit| region.contains(index, hit.unit, hit.place, hit.start as usize, hit.end as usize))
            .min_by_key(|hit| (hit.unit, hit.place, hit.start))
            .map(|hit| Match { evidence: vec![evidence(index, hit)], ..Match::default() }),
        Matcher::Structure(fact) => structure(fact, index).then(Match::default),
        Matcher::Document(fact) => document(fact, index).then(Match::default),
        Matcher::Topics(topics) => topics.iter().any(|topic| index.topics.contains(topic)).then(Match::default),
        Matcher::Modality(modality) => region.units().find_map(|unit| modal(*modality, index, unit, region)),
        Matcher::Checklist(list) => {
            checklists(list, index, &|unit| region.units().any(|u| u == unit)).into_iter().next()
        }
        Matcher::Absent { .. } => None,
        _ => region.units().find_map(|unit| in_unit(matcher, index, unit, region).into_iter().next()),
    }
}

fn evidence(index: &Index, hit: &Hit) -> Evidence {
    let range = index.original(hit.unit, hit.place, hit.start as usize..hit.end as usize);
    Evidence { unit: hit.unit, place: hit.place, range }
}

/// Units that hold a wording or a citation the condition cannot do without; `None` = any.
fn candidate_units(matcher: &Matcher, index: &Index) -> Option<Vec<UnitId>> {
    let needed: &[TermId] = match matcher {
        Matcher::Cites(_) => {
            let mut units: Vec<UnitId> = index.document.citations.iter().map(|citation| citation.unit).collect();
            units.sort_unstable();
            units.dedup();
            return Some(units);
        }
        Matcher::Quantity(q) => [&q.of, &q.about, &q.after].into_iter().find(|terms| !terms.is_empty())?,
        Matcher::Pattern { near, .. } => std::slice::from_ref(near),
        Matcher::Actor { who, .. } => who,
        _ => return None,
    };
    let mut units: Vec<UnitId> = needed.iter().flat_map(|&term| index.hits(term)).map(|hit| hit.unit).collect();
    units.sort_unstable();
    units.dedup();
    if let Matcher::Quantity(q) = matcher
        && q.of.is_empty()
    {
        // The subject may stand in the lead-in of a point.
        let below: Vec<UnitId> = units.iter().flat_map(|&u| index.document.units[u].children.iter().copied()).collect();
        units.extend(below.into_iter().filter(|&u| is_part(index, u)));
        units.sort_unstable();
        units.dedup();
    }
    Some(units)
}

fn is_part(index: &Index, unit: UnitId) -> bool {
    matches!(index.document.units[unit].kind, UnitKind::Point | UnitKind::Dash)
}

/// Every match of a text condition in one unit, inside the region.
fn in_unit(matcher: &Matcher, index: &Index, unit: UnitId, region: &Region) -> Vec<Match> {
    match matcher {
        Matcher::Quantity(q) => quantities(q, index, unit, region),
        Matcher::Cites(cites) => citations(cites, index, unit, region),
        Matcher::Pattern { regex, near } => {
            if index.hits_in(*near, unit).is_empty() {
                return Vec::new();
            }
            let text = index.folded(unit, Place::Text).as_str();
            regex
                .find_iter(text)
                .filter(|found| !found.is_empty() && is_whole_word(text, found.start(), found.end()))
                .filter(|found| region.contains(index, unit, Place::Text, found.start(), found.end()))
                .map(|found| plain(index, unit, found.range()))
                .collect()
        }
        Matcher::Actor { who, does } => actors(who, does, index, unit, region),
        _ => Vec::new(),
    }
}

fn plain(index: &Index, unit: UnitId, folded: std::ops::Range<usize>) -> Match {
    let range = index.original(unit, Place::Text, folded);
    Match { evidence: vec![Evidence { unit, place: Place::Text, range }], ..Match::default() }
}

fn quantities(q: &QuantityMatcher, index: &Index, unit: UnitId, region: &Region) -> Vec<Match> {
    let all = index.quantities(unit);
    let text = index.folded(unit, Place::Text).as_str();
    let mut found = Vec::new();
    for (at, quantity) in all.iter().enumerate() {
        if quantity.measure != q.measure
            || !region.contains(index, unit, Place::Text, quantity.range.start, quantity.range.end)
        {
            continue;
        }
        let Some(departure) = test(&q.test, quantity) else { continue };
        let sentence = index.sentence(unit, Place::Text, quantity.range.start);
        let in_sentence = |terms: &[TermId], from: usize, to: usize| {
            terms.iter().any(|&term| {
                index
                    .hits_in(term, unit)
                    .iter()
                    .any(|hit| hit.place == Place::Text && from <= hit.start as usize && hit.end as usize <= to)
            })
        };
        if !q.of.is_empty() {
            // Right after the number, before the clause goes on.
            let limit = text[quantity.range.end..sentence.end.max(quantity.range.end)]
                .char_indices()
                .take(48)
                .take_while(|&(_, c)| !matches!(c, ';' | ':'))
                .last()
                .map_or(quantity.range.end, |(offset, c)| quantity.range.end + offset + c.len_utf8());
            let before = || {
                subject_before(text, all, at, sentence.start)
                    .is_some_and(|from| in_sentence(&q.of, from, quantity.range.start))
            };
            if !in_sentence(&q.of, quantity.range.start, limit) && !before() {
                continue;
            }
        }
        // A point or dash finishes the sentence its lead-in began.
        let lead_in = |terms: &[TermId]| {
            is_part(index, unit)
                && index.document.lead_ins(unit).any(|id| {
                    terms.iter().any(|&term| index.hits_in(term, id).iter().any(|hit| hit.place == Place::Text))
                })
        };
        if !q.about.is_empty() && !in_sentence(&q.about, sentence.start, sentence.end) && !lead_in(&q.about) {
            continue;
        }
        if !q.after.is_empty() {
            let from = all[..at]
                .iter()
                .rev()
                .find(|other| other.measure == q.measure && other.range.start >= sentence.start)
                .map_or(sentence.start, |other| other.range.end);
            let first = from == sentence.start;
            let met = in_sentence(&q.after, from, quantity.range.start) || (first && lead_in(&q.after));
            if !met {
                continue;
            }
        }
        found.push(Match { departure, ..plain(index, unit, quantity.range.clone()) });
    }
    found
}

/// Where the clause before a number begins, when the number is said of what stands there: "cử tri tán thành **với tỷ lệ** trên
/// 50%", "số hộ tham dự **đạt** 2/3", "số thành viên không vượt quá 9". `None` when a noun of its own follows the number, or
/// another number of the kind stands before it.
fn subject_before(text: &str, all: &[Quantity], at: usize, sentence: usize) -> Option<usize> {
    const LINKS: [&str; 6] = ["tỷ lệ", "tỷ lệ là", "đạt", ":", "có mặt", "tán thành"];
    const GO_ON: [&str; 9] = ["trở lên", "thì", "mới", "và", "là", "được", "tán thành", "đồng ý", "biểu quyết"];
    let quantity = &all[at];
    let before = text[sentence..quantity.range.start].trim_end();
    let bare_count = quantity.measure == Measure::Count && !quantity.bare;
    if !bare_count && !LINKS.iter().any(|link| before.ends_with(link)) {
        return None;
    }
    let rest = text[quantity.range.end..].trim_start();
    let ends = rest.is_empty()
        || rest.starts_with(['.', ',', ';', ')'])
        || !bare_count && GO_ON.iter().any(|word| rest.starts_with(word));
    let owned =
        rest.strip_prefix("trở lên").is_some_and(|rest| [" tổng", " số"].iter().any(|noun| rest.starts_with(noun)));
    let from = before.trim_end_matches([':', ' ']).rfind([';', ':']).map_or(sentence, |mark| sentence + mark + 1);
    let alone = !all[..at].iter().any(|other| other.measure == quantity.measure && other.range.start >= from);
    (ends && !owned && alone).then_some(from)
}

/// `None` = the quantity does not meet the test.
fn test(test: &QuantityTest, quantity: &Quantity) -> Option<Option<Departure>> {
    match test {
        QuantityTest::Any => Some(None),
        QuantityTest::DepartsFrom { parameter, direction } => match departure(quantity, parameter, *direction) {
            Departure::None => None,
            other => Some(Some(other)),
        },
        QuantityTest::Equals(values) => {
            let meets = values.iter().any(|value| {
                quantity.same(value)
                    || (value.bare
                        && quantity.working == value.working
                        && ends_at(quantity, value.low.map_or(f64::NAN, |b| b.value)))
            });
            meets.then_some(None)
        }
        QuantityTest::Below(limit) => {
            let end = quantity.low.or(quantity.high)?;
            let limit = limit.low.or(limit.high)?;
            (end.value < limit.value && !close(end.value, limit.value)).then_some(None)
        }
        QuantityTest::Above(limit) => {
            let end = quantity.high.or(quantity.low)?;
            let limit = limit.high.or(limit.low)?;
            (end.value > limit.value && !close(end.value, limit.value)).then_some(None)
        }
    }
}

/// A bare value asked for is met by the same number with any comparator ("02 năm", "không quá 02 năm").
fn ends_at(quantity: &Quantity, value: f64) -> bool {
    match (quantity.low, quantity.high) {
        (Some(low), Some(high)) => close(low.value, value) && close(high.value, value),
        (Some(end), None) | (None, Some(end)) => close(end.value, value),
        (None, None) => false,
    }
}

fn citations(cites: &Cites, index: &Index, unit: UnitId, region: &Region) -> Vec<Match> {
    let citations = &index.document.citations;
    let from = citations.partition_point(|citation| citation.unit < unit);
    citations[from..]
        .iter()
        .enumerate()
        .take_while(|(_, citation)| citation.unit == unit)
        .map(|(offset, citation)| (from + offset, citation))
        .filter(|(at, citation)| cited(cites, index, citation, index.cited.get(*at).and_then(Option::as_ref)))
        .map(|(at, citation)| Match {
            evidence: vec![Evidence { unit, place: Place::Text, range: citation.range.clone() }],
            citation: Some(at),
            alteration: index
                .cited
                .get(at)
                .and_then(Option::as_ref)
                .and_then(|status| altered(cites, index, citation, status)),
            ..Match::default()
        })
        .filter(|found| found.evidence.iter().all(|evidence| region.contains_evidence(index, evidence)))
        .collect()
}

fn cited(cites: &Cites, index: &Index, citation: &Citation, status: Option<&Status>) -> bool {
    let Target::Instrument(mention) = &citation.target else { return false };
    let one_of = |wanted: bool, holds: bool| !wanted || holds;
    let number = mention.number.as_deref();
    one_of(!cites.instruments.is_empty(), number.is_some_and(|n| cites.instruments.iter().any(|w| same_number(w, n))))
        && one_of(!cites.kinds.is_empty(), mention.kind.is_some_and(|kind| cites.kinds.contains(&kind)))
        && one_of(!cites.relations.is_empty(), cites.relations.contains(&citation.relation))
        && !cites.not_relations.contains(&citation.relation)
        && cites.precise.is_none_or(|wanted| citation.text.bytes().any(|b| b.is_ascii_digit()) == wanted)
        && one_of(
            !cites.provisions.is_empty(),
            cites.provisions.iter().any(|wanted| {
                citation
                    .provisions
                    .iter()
                    .any(|p| p == wanted || p.strip_prefix(wanted.as_str()).is_some_and(|r| r.starts_with('.')))
            }),
        )
        && cites.known.is_none_or(|wanted| wanted == status.is_some())
        && one_of(
            cites.provision_ended == Some(true) || cites.amended_after_issue == Some(true),
            status.is_some_and(|status| altered(cites, index, citation, status).is_some()),
        )
        && one_of(!cites.states.is_empty(), status.is_some_and(|s| cites.states.contains(&s.state)))
        && cites.ended_before.is_none_or(|day| status.and_then(|s| s.since).is_some_and(|since| since < day))
        && cites.ended_from.is_none_or(|day| status.and_then(|s| s.since).is_some_and(|since| since >= day))
        && cites.ended_before_issue.is_none_or(|wanted| {
            match (status.and_then(|s| s.since), index.document.identity.issued) {
                (Some(since), Some(issued)) => (since <= issued) == wanted,
                _ => !wanted,
            }
        })
}

/// The act on what is cited that the condition asks for: the first that ended a cited provision, the last amendment since issue.
fn altered(cites: &Cites, index: &Index, citation: &Citation, status: &Status) -> Option<usize> {
    if cites.provision_ended == Some(true) {
        let number = index.document.identity.number.as_deref();
        // A document that repeals a provision names it.
        let is_own = |act: &Alteration| act.by.as_deref().zip(number).is_some_and(|(by, number)| by.ends_with(number));
        let ends_one =
            |act: &Alteration| act.ended && !is_own(act) && citation.provisions.iter().any(|path| act.covers(path));
        return status.alterations.iter().position(ends_one);
    }
    if cites.amended_after_issue == Some(true) {
        let issued = index.document.identity.issued?;
        return status.alterations.iter().rposition(|act| !act.ended && act.date > issued);
    }
    None
}

fn same_number(a: &str, b: &str) -> bool {
    a == b || crate::document::docnumber::same(a, b)
}

fn actors(who: &[TermId], does: &[TermId], index: &Index, unit: UnitId, region: &Region) -> Vec<Match> {
    let mut found = Vec::new();
    let mut named: Vec<&Hit> = who.iter().flat_map(|&term| index.hits_in(term, unit)).collect();
    named.sort_unstable_by_key(|hit| (hit.place, hit.start));
    for actor in named {
        if !region.contains(index, unit, actor.place, actor.start as usize, actor.end as usize) {
            continue;
        }
        let sentence = index.sentence(unit, actor.place, actor.start as usize);
        let duty = does
            .iter()
            .flat_map(|&term| index.hits_in(term, unit))
            .filter(|hit| hit.place == actor.place && hit.start >= actor.end && hit.end as usize <= sentence.end)
            .min_by_key(|hit| hit.start);
        let below = || {
            let parts = index.document.units[unit].children.iter().filter(|&&child| is_part(index, child));
            parts.flat_map(|&child| does.iter().flat_map(move |&term| index.hits_in(term, child))).min()
        };
        if let Some(duty) = duty.or_else(below) {
            found.push(Match { evidence: vec![evidence(index, actor), evidence(index, duty)], ..Match::default() });
        }
    }
    found
}

fn modal(modality: Modality, index: &Index, unit: UnitId, region: &Region) -> Option<Match> {
    let words: &[&str] = match modality {
        Modality::Must => &["phải", "có trách nhiệm", "bắt buộc", "có nghĩa vụ"],
        Modality::May => &["có thể", "được quyền", "có quyền", "được phép"],
        Modality::MustNot => &["không được", "nghiêm cấm", "cấm", "không được phép"],
    };
    let text = index.folded(unit, Place::Text).as_str();
    words.iter().find_map(|word| {
        text.match_indices(word)
            .map(|(at, word)| at..at + word.len())
            .find(|r| is_whole_word(text, r.start, r.end) && region.contains(index, unit, Place::Text, r.start, r.end))
            .map(|range| plain(index, unit, range))
    })
}

/// Holders of the list with what is missing; a holder inside another holder is not counted again.
fn checklists(list: &Checklist, index: &Index, looks: &dyn Fn(UnitId) -> bool) -> Vec<Match> {
    let document = index.document;
    let mut named: Vec<&Hit> = list.held_by.iter().flat_map(|&term| index.hits(term)).collect();
    named.sort_unstable_by_key(|hit| (hit.unit, hit.place, hit.start));
    let mut found: Vec<Match> = Vec::new();
    let mut covered = 0;
    for hit in named {
        let unit = &document.units[hit.unit];
        let can_hold =
            matches!(unit.kind, UnitKind::Article | UnitKind::Clause | UnitKind::Heading | UnitKind::Paragraph);
        if hit.unit < covered || !can_hold || !looks(hit.unit) {
            continue;
        }
        let region = Region::subtree(index, hit.unit);
        let has = |term: TermId| {
            index.hits(term).iter().any(|h| region.contains(index, h.unit, h.place, h.start as usize, h.end as usize))
        };
        let (present, missing): (Vec<_>, Vec<_>) = list.items.iter().partition(|(_, term)| has(*term));
        if missing.len() >= list.missing_at_least && present.len() >= list.present_at_least {
            covered = document.subtree(hit.unit).end;
            let names = |items: Vec<&(String, TermId)>| items.into_iter().map(|(item, _)| item.clone()).collect();
            found.push(Match {
                evidence: vec![evidence(index, hit)],
                missing: names(missing),
                present: names(present),
                ..Match::default()
            });
        } else if present.len() >= list.present_at_least {
            // The list stands here and is complete enough.
            covered = document.subtree(hit.unit).end;
        }
    }
    found
}

fn structure(fact: &Structure, index: &Index) -> bool {
    let units = &index.document.units;
    let has_role = |role| units.iter().any(|unit| unit.role == role && !unit.quoted);
    let heading = |terms: &[TermId]| {
        terms
            .iter()
            .any(|&term| index.hits(term).iter().any(|hit| hit.place == Place::Heading && !units[hit.unit].quoted))
    };
    let text =
        |terms: &[TermId]| terms.iter().any(|&term| index.hits(term).iter().any(|hit| index.is_operative(hit.unit)));
    let attached = index.document.layers.iter().any(|layer| layer.kind == LayerKind::Attached);
    (fact.has_role.is_empty() || fact.has_role.iter().any(|&role| has_role(role)))
        && !fact.lacks_role.iter().any(|&role| has_role(role))
        && (fact.has_heading.is_empty() || heading(&fact.has_heading))
        && !heading(&fact.lacks_heading)
        && fact.attachment.is_none_or(|wanted| wanted == attached)
        && !text(&fact.lacks_text)
}

fn document(fact: &DocumentFact, index: &Index) -> bool {
    let identity = &index.document.identity;
    let status = index.status;
    let cause = |name: &CauseName| match name {
        CauseName::OwnTerm => {
            status.state == State::Ended && status.act.is_none() && status.by.is_none() && identity.ends.is_some()
        }
        CauseName::Replaced => status.act == Some(RelationKind::Replaces) || status.cause == Some(EventKind::Replaced),
        // Ended by the words of another text, whatever verb it used.
        CauseName::Repealed => {
            status.act == Some(RelationKind::Repeals)
                || matches!(status.cause, Some(EventKind::Repealed | EventKind::EndedWithParent))
                || (status.cause == Some(EventKind::Ended) && status.by.is_some())
        }
        CauseName::Partly => status.state == State::PartlyEnded,
    };
    let early = |days: i64| match (identity.issued, identity.effective) {
        (Some(issued), Some(effective)) => i64::from((effective - issued).get_days()) < days,
        _ => false,
    };
    let mismatch = || {
        let year = identity.number.as_deref().and_then(crate::document::docnumber::parts).and_then(|parts| parts.year);
        match (year, identity.issued) {
            (Some(year), Some(issued)) => year != issued.year(),
            _ => false,
        }
    };
    // "Theo đề nghị …" stands among the basis lines and is no ground.
    let has_basis = || index.document.units.iter().any(|unit| unit.is_ground());
    (fact.states.is_empty() || fact.states.contains(&status.state))
        && (fact.causes.is_empty() || fact.causes.iter().any(cause))
        && (fact.levels.is_empty() || identity.level.is_some_and(|level| fact.levels.contains(&level)))
        && fact.has_basis.is_none_or(|wanted| wanted == has_basis())
        && fact.has_number.is_none_or(|wanted| wanted == identity.number.is_some())
        && (fact.title_has.is_empty() || index.title_has(&fact.title_has))
        && fact.effective_sooner_than.is_none_or(early)
        && (fact.issuer_has.is_empty() || index.issuer_has(&fact.issuer_has))
        && fact.year_mismatch.is_none_or(|wanted| wanted == mismatch())
}
