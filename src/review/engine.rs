//! All rules over one document.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::condition::{self, Match};
use super::confidence;
use super::family;
use super::index::Index;
use super::region::Region;
use super::topics::{self, Topics};
use super::{Basis, Evidence, Finding, FindingKind, Place};
use crate::document::docnumber;
use crate::document::{Citation, Document, Identity, LayerKind, Target, UnitId, UnitKind, place};
use crate::registry::{Citing, Registry, Resolution, Status};
use crate::rules::ruleset::{Applies, Matcher, Provision, Rule, RuleSet, Unless, UnlessMatcher};
use crate::rules::scope::Scope;
use crate::rules::source::{Fix, Group, LayerName};
use crate::rules::template::{Attribute, Hole};
use crate::text::fold::fold;
use crate::text::quantity::Departure;

/// What the rules say of one document.
#[derive(Debug, Default)]
pub struct Review {
    /// Its state on the day.
    pub status: Status,
    /// Topics it belongs to.
    pub topics: Topics,
    /// Findings in reading order.
    pub findings: Vec<Finding>,
    /// Units some rule could have looked at.
    pub examined: Vec<UnitId>,
    /// Rules (indices) that looked into it.
    pub applied: Vec<usize>,
    /// Hits that exceptions stopped: rule (index) and how many, for rules that had any.
    pub stopped: Vec<(usize, usize)>,
    /// Shared filters (indices), one for each hit it stopped.
    pub filtered: Vec<usize>,
}

/// What one rule found in one document.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Findings in reading order.
    pub findings: Vec<Finding>,
    /// Hits that an exception stopped.
    pub stopped: usize,
    /// Shared filters (indices), one for each hit it stopped.
    pub filtered: Vec<usize>,
}

/// Reasons of the exceptions of a rule that are met anywhere in a document.
pub fn exceptions_met<'r>(rule: &'r Rule, index: &Index<'_>) -> Vec<&'r str> {
    let everywhere = Region::document(index);
    let met = rule.unless.iter().filter(|exception| {
        let matcher = match &exception.matcher {
            UnlessMatcher::Named(at) => &rule.conditions[*at].1,
            UnlessMatcher::Own(matcher) => matcher,
        };
        condition::first(matcher, index, &everywhere).is_some()
    });
    met.map(|exception| exception.why.as_str()).collect()
}

/// Reviews one document as of a day. Pure: the same input gives the same result on any thread.
pub fn review(document: &Document, status: Status, registry: &Registry, rules: &RuleSet, as_of: Date) -> Review {
    let cited = cited_states(document, registry, as_of);
    review_with_topics(document, status, cited, rules, as_of, None)
}

/// The same, with topics given instead of found; for tests of rules.
pub fn review_with_topics(
    document: &Document,
    status: Status,
    cited: Vec<Option<Status>>,
    rules: &RuleSet,
    as_of: Date,
    given: Option<Topics>,
) -> Review {
    let mut index = Index::new(document, &status, cited, &rules.lexicon);
    let topics = given.unwrap_or_else(|| topics::find(&index, rules));
    index.topics = topics.all();
    let key = document_key(&document.identity, &document.file);
    let mut findings: Vec<(usize, Finding)> = Vec::new();
    let mut applied = Vec::new();
    let (mut stopped, mut filtered) = (Vec::new(), Vec::new());
    let mut roles = Vec::new();
    for (id, rule) in rules.rules.iter().enumerate() {
        if !applies(&rule.applies, &document.identity, &topics, as_of) || matches_batch(rule) {
            continue;
        }
        applied.push(id);
        roles.extend(rule.look.roles.iter().copied().filter(|role| !roles.contains(role)).collect::<Vec<_>>());
        let started = rules.profile.as_ref().map(|_| std::time::Instant::now());
        let found = Run { index: &index, rule, rules, topics: &topics, as_of, key: &key }.find();
        if let (Some(profile), Some(started)) = (&rules.profile, started) {
            profile.add(id, started.elapsed());
        }
        findings.extend(found.findings.into_iter().map(|finding| (id, finding)));
        filtered.extend(found.filtered);
        if found.stopped > 0 {
            stopped.push((id, found.stopped));
        }
    }
    let mut findings = family::one_each(findings, &rules.rules);
    findings.sort_by(|a: &Finding, b| {
        (a.unit.unwrap_or(usize::MAX), &a.rule).cmp(&(b.unit.unwrap_or(usize::MAX), &b.rule))
    });
    let examined = (0..document.units.len())
        .filter(|&unit| {
            let unit = &document.units[unit];
            place::is_clause_like(unit.kind) && roles.contains(&unit.role)
        })
        .collect();
    drop(index);
    Review { status, topics, findings, examined, applied, stopped, filtered }
}

/// State of every citation's instrument on the day.
pub fn cited_states(document: &Document, registry: &Registry, as_of: Date) -> Vec<Option<Status>> {
    let citing = Citing::from(&document.identity);
    document
        .citations
        .iter()
        .map(|citation| match &citation.target {
            Target::Instrument(mention) => match registry.resolve(mention, citing) {
                Resolution::One(key) => {
                    Some(Status { alterations: registry.alterations(key, as_of), ..registry.status(key, as_of) })
                }
                _ => None,
            },
            _ => None,
        })
        .collect()
}

/// Rules about documents that are missing look at the batch, not at one document.
pub fn matches_batch(rule: &Rule) -> bool {
    rule.conditions.iter().any(|(_, matcher)| matches!(matcher, Matcher::Absent { .. }))
}

/// Does the rule look at documents like this one?
pub fn applies(applies: &Applies, identity: &Identity, topics: &Topics, as_of: Date) -> bool {
    let source = &applies.source;
    (source.kinds.is_empty() || source.kinds.contains(&identity.kind))
        && (source.levels.is_empty() || identity.level.is_none_or(|level| source.levels.contains(&level)))
        && (applies.topics.is_empty() || applies.topics.iter().any(|&topic| topics.has(topic)))
        && !applies.not_topics.iter().any(|&topic| topics.has(topic))
        && source.issued_before.is_none_or(|day| issued_at_latest(identity).is_some_and(|issued| issued < day))
        && source.issued_from.is_none_or(|day| identity.issued.is_none_or(|issued| issued >= day))
        && source.as_of_from.is_none_or(|day| as_of >= day)
        && source.normative.is_none_or(|wanted| identity.normative.is_none_or(|normative| normative == wanted))
}

/// Day of issue, else the last day of the year in the number: a draft without either is not old.
pub(super) fn issued_at_latest(identity: &Identity) -> Option<Date> {
    let number = || identity.number.as_deref().or(identity.number_text.as_deref());
    identity.issued.or_else(|| {
        let year = number()?
            .split('/')
            .find_map(|part| part.trim().parse::<i16>().ok().filter(|y| (1945..2100).contains(y)))?;
        Date::new(year, 12, 31).ok()
    })
}

/// One rule on one document.
pub(super) struct Run<'a> {
    pub index: &'a Index<'a>,
    pub rule: &'a Rule,
    pub rules: &'a RuleSet,
    pub topics: &'a Topics,
    pub as_of: Date,
    /// Identity of the document in one string.
    pub key: &'a str,
}

impl Run<'_> {
    pub fn find(&self) -> Found {
        let mut found = Found::default();
        self.find_into(&mut found);
        if self.rule.group == Group::Document {
            self.grouped(&mut found.findings);
        }
        found
    }

    fn find_into(&self, out: &mut Found) {
        let provision = self.provision();
        if provision.is_some_and(|p| p.from > self.as_of || p.to.is_some_and(|to| to < self.as_of)) {
            return;
        }
        if self.rule.anchors.is_empty() {
            // An amending document says only what it changes: nothing is missing from it.
            if self.rule.kind == FindingKind::MissingContent && !self.index.document.operations.is_empty() {
                return;
            }
            let region = Region::document(self.index);
            if let Some(captures) = self.holds(&region, None, false)
                && !self.stopped(None, out)
            {
                out.findings.push(self.finding(None, Vec::new(), captures, false));
            }
            return;
        }
        if !self.can_hold() {
            return;
        }
        let looks = |unit: UnitId| self.looks(unit);
        let mut current: Option<(UnitId, Finding)> = None;
        for (anchor, found) in self.anchors(&looks) {
            let Some(first) = found.evidence.first().cloned() else { continue };
            if self.is_of_another_document(&first) {
                continue;
            }
            // A stale name is changed where its short name is defined.
            if self.rule.kind == FindingKind::StaleTerm && self.index.is_short(&first) {
                continue;
            }
            if let Some((unit, finding)) = &mut current
                && *unit == first.unit
            {
                if !finding.evidence.contains(&first)
                    && self.holds_at(&first, anchor, &found).is_some()
                    && !self.stopped(Some(&first), out)
                {
                    finding.evidence.push(first);
                }
                continue;
            }
            if let Some((captures, together)) = self.holds_at(&first, anchor, &found)
                && !self.stopped(Some(&first), out)
            {
                if found.departure == Some(Departure::Favourable) && self.may_widen() {
                    continue;
                }
                out.findings.extend(current.take().map(|(_, finding)| finding));
                let finding = self.finding(Some(first.unit), found.evidence.clone(), captures, together);
                current = Some((first.unit, finding));
            }
        }
        out.findings.extend(current.map(|(_, finding)| finding));
    }

    /// Every place where an anchor stands, with which condition it is, in reading order.
    pub fn anchors(&self, looks: &dyn Fn(UnitId) -> bool) -> Vec<(usize, Match)> {
        let of = |&at: &usize| {
            let found = condition::anchors(&self.rule.conditions[at].1, self.index, looks);
            found.into_iter().map(move |found| (at, found))
        };
        let mut found: Vec<(usize, Match)> = self.rule.anchors.iter().flat_map(of).collect();
        if self.rule.anchors.len() > 1 {
            found.sort_by_key(|(_, found)| found.evidence.first().map(|at| (at.unit, at.place, at.range.start)));
        }
        found
    }

    /// One finding at the first unit, the other places as further evidence.
    fn grouped(&self, findings: &mut Vec<Finding>) {
        /// Most other places the sentence names; the evidence has all.
        const MOST_NAMED: usize = 5;
        findings.sort_by_key(|finding| finding.unit);
        let others = findings.split_off(findings.len().min(1));
        let Some(first) = findings.first_mut().filter(|_| !others.is_empty()) else { return };
        let mut places: Vec<String> = Vec::new();
        for other in others {
            if !places.contains(&other.cite) {
                places.push(other.cite);
            }
            first.evidence.extend(other.evidence);
            first.also.extend(other.unit);
        }
        let count = places.len();
        places.truncate(MOST_NAMED);
        let more = if count > MOST_NAMED { " …" } else { "" };
        first.message = format!("{} Còn ở {count} chỗ khác: {}{more}.", first.message, places.join("; "));
    }

    /// Words in quotation marks in an amending command, or after "cụm từ", "các từ", are those of the amended document.
    fn is_of_another_document(&self, evidence: &Evidence) -> bool {
        let document = self.index.document;
        let unit = &document.units[evidence.unit];
        let text = if evidence.place == Place::Heading { &unit.heading } else { &unit.text };
        let before = text.get(..evidence.range.start).unwrap_or_default();
        let count = |mark: char| before.matches(mark).count();
        let opened = match (count('“') > count('”'), count('"') % 2 == 1) {
            (true, _) => before.rfind('“'),
            (_, true) => before.rfind('"'),
            _ => None,
        };
        opened.is_some_and(|at| {
            fold(before[..at].trim_end()).ends_with(" từ")
                || document.operations.iter().any(|operation| operation.unit == evidence.unit)
        })
    }

    fn provision(&self) -> Option<&Provision> {
        self.rule.basis_in(&self.index.topics).first().map(|&at| &self.rules.provisions[at])
    }

    /// Words that every match needs must stand somewhere in the document.
    fn can_hold(&self) -> bool {
        self.rule.when.may_hold(&|at| match &self.rule.conditions[at].1 {
            Matcher::Terms(terms) => self.index.has_any(terms),
            Matcher::Actor { who, .. } => self.index.has_any(who),
            Matcher::Pattern { near, .. } => self.index.has_any(&[*near]),
            Matcher::Quantity(q) => {
                [&q.of, &q.about, &q.after].iter().all(|terms| terms.is_empty() || self.index.has_any(terms))
            }
            Matcher::Cites(_) => !self.index.document.citations.is_empty(),
            _ => true,
        })
    }

    pub fn looks(&self, unit: UnitId) -> bool {
        let look = &self.rule.look;
        let document = self.index.document;
        let found = &document.units[unit];
        if found.quoted
            || !look.roles.contains(&found.role)
            || (!look.units.is_empty() && !look.units.contains(&found.kind))
        {
            return false;
        }
        let layer = match document.layers[found.layer].kind {
            LayerKind::Main => LayerName::Main,
            LayerKind::Attached => LayerName::Attached,
            LayerKind::Appendix => LayerName::Appendix,
        };
        (look.layers.is_empty() || look.layers.contains(&layer))
            && (look.under.is_empty() || self.index.headed_by(&look.under, unit))
            && (look.not_under.is_empty() || !self.index.headed_by(&look.not_under, unit))
    }

    /// Evaluates `when` in a region; the anchor condition is met by the anchor itself. A group with a scope of its own looks
    /// there; `narrow`: asked whether all stands together, only headings above count beside the region.
    fn holds(&self, region: &Region, anchor: Option<(usize, &Match)>, narrow: bool) -> Option<Vec<Option<Match>>> {
        let mut captures: Vec<Option<Match>> = vec![None; self.rule.conditions.len()];
        let holds = self.rule.when.holds(&mut |at, scope| {
            if let Some((index, found)) = anchor
                && index == at
            {
                captures[at] = Some(found.clone());
                return true;
            }
            let own = scope.filter(|&scope| !narrow || scope == Scope::Heading).and_then(|scope| {
                let at = anchor.and_then(|(_, found)| found.evidence.first())?;
                let folded = self.index.folded(at.unit, at.place).folded(at.range.start);
                Some(Region::around(self.index, scope, at.unit, at.place, folded))
            });
            let found = condition::first(&self.rule.conditions[at].1, self.index, own.as_ref().unwrap_or(region));
            let met = found.is_some();
            captures[at] = found;
            met
        });
        holds.then_some(captures)
    }

    /// `Some` with the captures, and whether everything stands together in one sentence with its lead-in.
    fn holds_at(&self, at: &Evidence, anchor: usize, found: &Match) -> Option<(Vec<Option<Match>>, bool)> {
        let folded = self.index.folded(at.unit, at.place).folded(at.range.start);
        let wide = Region::around(self.index, self.rule.scope, at.unit, at.place, folded);
        let captures = self.holds(&wide, Some((anchor, found)), false)?;
        let narrow = Region::together(self.index, at.unit, at.place, folded);
        let together = self.rule.scope == Scope::Sentence && !self.rule.when.has_groups()
            || self.holds(&narrow, Some((anchor, found)), true).is_some();
        Some((captures, together))
    }

    /// Whether an exception stops the hit; what stopped it is counted.
    fn stopped(&self, at: Option<&Evidence>, out: &mut Found) -> bool {
        let mut stopped = false;
        for (exception, _) in self.exceptions(at) {
            stopped = true;
            out.filtered.extend(exception.filter);
        }
        out.stopped += usize::from(stopped);
        stopped
    }

    /// The exceptions that are met there, with the words that met them (none for words of a heading).
    pub fn exceptions(&self, at: Option<&Evidence>) -> impl Iterator<Item = (&Unless, Option<Evidence>)> {
        self.rule.unless.iter().filter_map(move |exception| {
            let region = match at {
                None => Region::document(self.index),
                Some(at) => {
                    let folded = self.index.folded(at.unit, at.place).folded(at.range.start);
                    Region::around(self.index, exception.within, at.unit, at.place, folded)
                }
            };
            let matcher = match &exception.matcher {
                UnlessMatcher::Named(index) => &self.rule.conditions[*index].1,
                UnlessMatcher::Own(matcher) => matcher,
            };
            if exception.within == Scope::Heading
                && let (Some(at), Matcher::Terms(terms)) = (at, matcher)
            {
                return self.index.headed_by(terms, at.unit).then_some((exception, None));
            }
            let found = condition::first(matcher, self.index, &region)?;
            Some((exception, found.evidence.into_iter().next()))
        })
    }

    fn may_widen(&self) -> bool {
        self.topics.direct.iter().any(|&topic| self.rules.topics[topic].may_widen)
    }

    fn finding(
        &self,
        unit: Option<UnitId>,
        evidence: Vec<Evidence>,
        captures: Vec<Option<Match>>,
        together: bool,
    ) -> Finding {
        let document = self.index.document;
        let rule = self.rule;
        let cite =
            unit.map_or_else(|| document_name(&document.identity, &document.file), |unit| place::unit(document, unit));
        let (confidence, handling, doubts) = confidence::judge(rule, self.rules, self.index, unit, &captures, together);
        let fill = |hole: Hole| self.value(hole, &cite, &captures);
        let basis = rule.basis_in(&self.index.topics);
        let basis = basis.iter().map(|&at| &self.rules.provisions[at]).map(|p| Basis {
            instrument: p.instrument.clone(),
            provision: p.path.clone(),
            cite: p.cite.clone(),
            demands: p.demands.clone(),
        });
        let mut finding = Finding {
            id: String::new(),
            cite: cite.clone(),
            unit,
            also: Vec::new(),
            rule: rule.id.clone(),
            kind: rule.kind,
            handling,
            severity: rule.severity,
            confidence,
            doubts,
            basis: basis.collect(),
            evidence,
            message: capitalised(rule.say.fill(fill)),
            wording: rule.propose.fill(fill),
            mechanical: rule.fix == Fix::Mechanical,
        };
        finding.id = self.id(&finding);
        finding
    }

    /// Hash of rule, document identity, path without `~n`, folded quote.
    fn id(&self, finding: &Finding) -> String {
        let document = self.index.document;
        let path = finding.unit.map_or("", |unit| document.units[unit].path.as_str());
        let quote = finding.evidence.first().map_or_else(String::new, |e| fold(quote(document, e)));
        short_hash(&["finding", &finding.rule, self.key, &without_repeats(path), &quote])
    }

    fn value(&self, hole: Hole, cite: &str, captures: &[Option<Match>]) -> String {
        let document = self.index.document;
        match hole {
            Hole::Cite => cite.to_owned(),
            Hole::Document => document_name(&document.identity, &document.file),
            Hole::BasisCite => self.provision().map_or_else(String::new, |p| p.cite.clone()),
            Hole::BasisDemands => {
                self.provision().map_or_else(String::new, |p| p.demands.trim_end_matches('.').to_owned())
            }
            Hole::Capture(at, attribute) => {
                let Some(found) = captures.get(at).and_then(Option::as_ref) else {
                    return if attribute == Attribute::Why { self.index.status.why.clone() } else { String::new() };
                };
                let status = found.citation.and_then(|c| self.index.cited.get(c)).and_then(Option::as_ref);
                let altered = status.zip(found.alteration).and_then(|(status, at)| status.alterations.get(at));
                match attribute {
                    Attribute::Ended if altered.is_some() => {
                        altered.map_or_else(String::new, |act| act.date.strftime("%d/%m/%Y").to_string())
                    }
                    Attribute::By if altered.is_some() => {
                        altered.and_then(|act| act.by.clone()).unwrap_or_else(|| "văn bản chưa xác định".to_owned())
                    }
                    Attribute::Text => found.evidence.first().map_or("", |e| quote(document, e)).to_owned(),
                    Attribute::Missing => found.missing.join("; "),
                    Attribute::Present => found.present.join("; "),
                    Attribute::Instrument => {
                        found.citation.map_or_else(String::new, |c| cited_words(&document.citations[c]))
                    }
                    Attribute::Ended => status
                        .and_then(|s| s.since)
                        .map_or_else(|| "(chưa rõ ngày)".to_owned(), |date| date.strftime("%d/%m/%Y").to_string()),
                    Attribute::By => {
                        status.and_then(|s| s.by_name.clone()).unwrap_or_else(|| "văn bản chưa xác định".to_owned())
                    }
                    Attribute::Why => status.map_or_else(|| self.index.status.why.clone(), |s| s.why.clone()),
                }
            }
        }
    }
}

/// The words of a citation; what they leave to the context is added ("Điều 45 của Luật số 38/2005/QH11").
fn cited_words(citation: &Citation) -> String {
    let Target::Instrument(mention) = &citation.target else { return citation.text.clone() };
    let (Some(kind), Some(number)) = (mention.kind, mention.printed_number()) else { return citation.text.clone() };
    if citation.provisions.is_empty() || fold(&citation.text).contains(fold(kind.name()).as_str()) {
        return citation.text.clone();
    }
    format!("{} của {} số {number}", citation.text, kind.name())
}

/// A sentence begins with a capital though it begins with a place ("khoản 2 Điều 5 …").
fn capitalised(sentence: String) -> String {
    let mut chars = sentence.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
        _ => sentence,
    }
}

/// The words of a piece of evidence.
pub fn quote<'d>(document: &'d Document, evidence: &Evidence) -> &'d str {
    let unit = &document.units[evidence.unit];
    let source = if evidence.place == Place::Heading { &unit.heading } else { &unit.text };
    source.get(evidence.range.clone()).unwrap_or("")
}

/// "Quyết định số 17/2019/QĐ-UBND", or the file name when nothing else is known.
pub fn document_name(identity: &Identity, file: &str) -> String {
    match (&identity.number, identity.kind) {
        (Some(number), kind) => format!("{} số {number}", kind.name()),
        (None, crate::document::Kind::Other) => file.to_owned(),
        (None, kind) => match &identity.title {
            Some(title) => format!("{} {title}", kind.name()),
            None => format!("{} ({file})", kind.name()),
        },
    }
}

/// Identity as one string: kind, number, issuer and date; the relative file name when there is no number.
pub fn document_key(identity: &Identity, file: &str) -> String {
    match &identity.number {
        Some(number) => format!(
            "{:?}|{}|{}|{}",
            identity.kind,
            docnumber::key(number),
            identity.issuer.as_deref().unwrap_or(""),
            identity.issued.map_or_else(String::new, |date| date.to_string())
        ),
        None => format!("file|{file}"),
    }
}

/// A path without its marks of repetition.
pub fn without_repeats(path: &str) -> String {
    let mut kept = String::with_capacity(path.len());
    let mut skipping = false;
    for c in path.chars() {
        match c {
            '~' => skipping = true,
            _ if skipping && c.is_ascii_digit() => {}
            _ => {
                skipping = false;
                kept.push(c);
            }
        }
    }
    kept
}

/// Sixteen hexadecimal digits that stand for these parts.
pub fn short_hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    crate::rules::load::hex(&hash.finalize()[..8])
}

/// Is it the article or heading of a clause-like unit?
pub fn article_of(document: &Document, unit: UnitId) -> Option<UnitId> {
    std::iter::once(unit).chain(document.ancestors(unit)).find(|&id| document.units[id].kind == UnitKind::Article)
}
