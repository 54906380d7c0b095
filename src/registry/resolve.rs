//! Which instrument is meant: by number, by name and date, by a bare name on a day.

use std::collections::HashMap;

use jiff::civil::Date;

use super::State;
use super::graph::{Key, Registry, show};
use super::law_name::{comes_near, name_key, name_words};
use crate::document::kind::kind_at;
use crate::document::{Citation, Document, Identity, Kind, Level, Mention, Target, docnumber, issuer};
use crate::text::fold::fold;

/// What a mention turned out to name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// Exactly one instrument.
    One(Key),
    /// Several could be meant.
    Many(Vec<Key>),
    /// None is known; why, in Vietnamese.
    Unknown(String),
}

/// The document whose words are resolved: a bare name means what bore it on that day, a bare "UBND tỉnh" its own province.
#[derive(Debug, Clone, Copy, Default)]
pub struct Citing<'a> {
    /// Its date of issue.
    pub issued: Option<Date>,
    /// Its date of effect: of two laws of one name it speaks of the one in force then.
    pub effective: Option<Date>,
    /// Its issuer, normalised.
    pub issuer: Option<&'a str>,
}

impl<'a> From<&'a Identity> for Citing<'a> {
    fn from(identity: &'a Identity) -> Self {
        Citing { issued: identity.issued, effective: identity.effective, issuer: identity.issuer.as_deref() }
    }
}

impl Registry {
    /// The instrument a mention names, as the citing document means it.
    pub fn resolve(&self, mention: &Mention, citing: Citing<'_>) -> Resolution {
        if let Some(number) = &mention.number {
            return self.numbered(number, mention, citing);
        }
        let Some(title) = mention.title.as_deref().filter(|title| !title.trim().is_empty()) else {
            return Resolution::Unknown("Không nêu số, ký hiệu hoặc tên văn bản.".to_owned());
        };
        self.named(title, mention, citing)
    }

    /// Fills the numbers of instruments cited or acted on by name and date, and says why others stay unknown.
    ///
    /// A document without a date is taken to be of the last day of its number's year, a draft of the day of the review.
    pub fn resolve_citations(&self, document: &mut Document, as_of: Date) {
        let Document { identity, citations, relations, operations, .. } = document;
        let of_year = identity.number.as_deref().and_then(docnumber::parts).and_then(|parts| parts.year);
        let of_year = of_year.and_then(|year| Date::new(year, 12, 31).ok()).map(|day| day.min(as_of));
        let issued = identity.issued.or(identity.effective).or(of_year).unwrap_or(as_of);
        let citing = Citing { issued: Some(issued), ..Citing::from(&*identity) };
        let mentions = citations.iter().filter_map(|citation| match &citation.target {
            Target::Instrument(mention) => Some(mention),
            _ => None,
        });
        let antecedents = self.antecedents(mentions, citing);
        for citation in citations.iter_mut() {
            let Target::Instrument(mention) = &mut citation.target else { continue };
            let said = mention.title.clone();
            citation.why = self.fill(mention, &antecedents, citing).unwrap_or_default();
            if let (Some(said), Some(name)) = (said, &mention.title)
                && let Some(beyond) = said.strip_prefix(name.as_str())
            {
                shorten(citation, beyond);
            }
        }
        for relation in relations.iter_mut() {
            self.fill(&mut relation.target, &antecedents, citing);
        }
        for operation in operations.iter_mut() {
            self.fill(&mut operation.target, &antecedents, citing);
        }
    }

    /// Laws the document names once in full: the bare name elsewhere in it means the same one. `None` where it names two.
    fn antecedents<'m>(
        &self,
        mentions: impl Iterator<Item = &'m Mention>,
        citing: Citing<'_>,
    ) -> HashMap<String, Option<String>> {
        let mut found: HashMap<String, Option<String>> = HashMap::new();
        for mention in mentions {
            let Some(name) = law_name(mention) else { continue };
            let number = match &mention.number {
                Some(number) => number.clone(),
                None if mention.issued.is_some() || mention.year.is_some() => match self.resolve(mention, citing) {
                    Resolution::One(key) => self.number(key).unwrap_or_default().to_owned(),
                    _ => continue,
                },
                None => continue,
            };
            let known = found.entry(name).or_insert_with(|| Some(number.clone()));
            if known.as_deref().is_some_and(|known| !docnumber::same(known, &number)) {
                *known = None;
            }
        }
        found
    }

    /// Fills the number; `Some` with the reason when it stays empty.
    fn fill(
        &self,
        mention: &mut Mention,
        antecedents: &HashMap<String, Option<String>>,
        citing: Citing<'_>,
    ) -> Option<String> {
        if mention.number.is_some() {
            return None;
        }
        let bare = mention.issued.is_none() && mention.year.is_none();
        if bare && let Some(name) = self.known_beginning(mention) {
            mention.title = Some(name);
        }
        if let Some(Some(number)) = law_name(mention).filter(|_| bare).and_then(|name| antecedents.get(&name)) {
            mention.number = Some(number.clone());
            return self.unnumbered(number);
        }
        match self.resolve(mention, citing) {
            Resolution::One(key) => match self.number(key) {
                Some(number) => {
                    mention.number = Some(number.to_owned());
                    self.unnumbered(number)
                }
                None => Some("Văn bản được nhận ra nhưng không có số, ký hiệu.".to_owned()),
            },
            Resolution::Many(keys) => Some(self.ambiguous(&keys)),
            Resolution::Unknown(why) => Some(why),
        }
    }

    /// What to say of an instrument that is known but has no number.
    fn unnumbered(&self, number: &str) -> Option<String> {
        number.starts_with('~').then(|| format!("{}; văn bản không có số, ký hiệu.", self.name_for_people(number)))
    }

    fn ambiguous(&self, keys: &[Key]) -> String {
        let names: Vec<String> =
            keys.iter().take(4).filter_map(|&key| self.number(key)).map(|key| self.name_for_people(key)).collect();
        format!("Có thể là nhiều văn bản: {}.", names.join(", "))
    }

    /// The longest known name of a law that the words begin with, when what goes on cannot be part of a name: a comma, "và",
    /// a capital ("Luật Thủ đô Bộ …"). `None` when the words are a known name, or none.
    fn known_beginning(&self, mention: &Mention) -> Option<String> {
        law_name(mention)?;
        let title = mention.title.as_deref()?;
        if self.by_name.contains_key(&name_key(title)) {
            return None;
        }
        let breaks = title.match_indices(' ').map(|(at, _)| at).collect::<Vec<_>>().into_iter().rev();
        breaks.take(12).map(|at| (&title[..at], &title[at + 1..])).find_map(|(name, beyond)| {
            let breaks_off = name.ends_with(',') || beyond.starts_with("và ") || beyond.starts_with(char::is_uppercase);
            let name = name.trim_end_matches(',');
            // In a heading of capitals a capital says nothing.
            let in_capitals = name.split_whitespace().last().is_none_or(|word| !word.chars().any(char::is_lowercase));
            let key = name_key(name);
            let whole = ![" và", " của"].iter().any(|word| name.ends_with(word));
            let known = !key.is_empty() && breaks_off && whole && !in_capitals && self.by_name.contains_key(&key);
            known.then(|| name.to_owned())
        })
    }

    fn numbered(&self, number: &str, mention: &Mention, citing: Citing<'_>) -> Resolution {
        let Some(known) = self.by_number.get(&docnumber::key(number)) else {
            return Resolution::Unknown(format!("Văn bản số {number} không có trong tập văn bản và bộ dữ liệu."));
        };
        let here = |at: &usize| {
            mention.issuer.as_deref().is_some_and(|body| issuer::unit_of(body).is_some())
                || !self.other_province(*at, citing)
        };
        let has_year = docnumber::parts(number).is_some_and(|parts| parts.year.is_some());
        let mut found: Vec<usize> = known.clone();
        found.retain(|&at| agree(self.nodes[at].issuer.as_deref(), mention.issuer.as_deref()));
        // "của UBND tỉnh" without its name is the province of whoever says it.
        found.retain(here);
        // Two documents may share a number; its date tells them apart. One with a year keeps it through a misprinted day.
        if let Some(date) = mention.issued {
            let exact: Vec<usize> = found.iter().copied().filter(|&at| self.nodes[at].issued == Some(date)).collect();
            if !exact.is_empty() {
                found = exact;
            } else {
                let sure = |at: usize| {
                    let node = &self.nodes[at];
                    node.issued.is_none()
                        || has_year
                            && (node.level == Some(Level::TrungUong)
                                || mention.issuer.is_some()
                                || self.same_unit(at, citing))
                };
                found.retain(|&at| sure(at));
            }
        }
        if found.len() > 1 {
            let own: Vec<usize> = found.iter().copied().filter(|&at| self.same_unit(at, citing)).collect();
            if !own.is_empty() {
                found = own;
            }
        }
        self.answer(found, || format!("Số {number} có trong dữ liệu nhưng khác cơ quan hoặc ngày ban hành."))
    }

    fn named(&self, title: &str, mention: &Mention, citing: Citing<'_>) -> Resolution {
        let Some(known) = self.by_name.get(&name_key(title)) else {
            return self.misnamed(title, mention).map_or_else(
                || Resolution::Unknown(format!("Chưa có dữ liệu về “{}”.", title.trim())),
                |node| Resolution::One(Key(node)),
            );
        };
        let mut found: Vec<usize> = known.clone();
        let kind = mention.kind.or_else(|| kind_at(&fold(title.trim()), 0).map(|(kind, _)| kind));
        found.retain(|&at| {
            let node = &self.nodes[at];
            kind.is_none_or(|kind| kind == node.kind || is_law(kind) && is_law(node.kind))
                && agree(node.issuer.as_deref(), mention.issuer.as_deref())
        });
        if let Some(date) = mention.issued {
            let exact: Vec<usize> = found.iter().copied().filter(|&at| self.nodes[at].issued == Some(date)).collect();
            if exact.is_empty() {
                // A misprinted day; another year is another law.
                found.retain(|&at| self.nodes[at].issued.is_none_or(|issued| issued.year() == date.year()));
            } else {
                found = exact;
            }
            if found.is_empty() {
                found.extend(self.misnamed(title, mention));
            }
            return self
                .answer(found, || format!("Không có “{}” ban hành ngày {} trong dữ liệu.", title.trim(), show(date)));
        }
        if let Some(year) = mention.year {
            found.retain(|&at| self.nodes[at].issued.is_none_or(|issued| issued.year() == year));
            return self.answer(found, || format!("Không có “{}” năm {year} trong dữ liệu.", title.trim()));
        }
        if let Some(day) = citing.issued {
            // Whoever wrote the name meant one that existed, and of several the one in force.
            found.retain(|&at| self.nodes[at].issued.is_none_or(|issued| issued <= day));
            for day in citing.effective.filter(|&effective| effective > day).into_iter().chain([day]) {
                let valid =
                    |&at: &usize| matches!(self.status(Key(at), day).state, State::InForce | State::PartlyEnded);
                let in_force: Vec<usize> = found.iter().copied().filter(valid).collect();
                if found.len() > 1 && !in_force.is_empty() {
                    found = in_force;
                }
            }
        }
        self.answer(found, || format!("Văn bản mang tên “{}” trong dữ liệu ban hành sau văn bản này.", title.trim()))
    }

    /// The one law of the day said whose name the words come near: a word left out ("Luật Ban hành văn bản pháp luật ngày
    /// 03/12/2004"), a slip ("quy phạm phát luật"), a list of amended laws longer than the name known.
    fn misnamed(&self, title: &str, mention: &Mention) -> Option<usize> {
        let kind = mention.kind.or_else(|| kind_at(&fold(title.trim()), 0).map(|(kind, _)| kind))?;
        let said = name_words(title);
        let near = |&&at: &&usize| {
            let node = &self.nodes[at];
            let same = kind == node.kind || is_law(kind) && is_law(node.kind);
            let name = node.instrument.and_then(|at| self.instruments.get(at)).map(|known| known.name.as_str());
            same && name.is_some_and(|name| comes_near(&said, &name_words(name)))
        };
        let mut found = self.laws_of_day.get(&mention.issued?)?.iter().filter(near);
        let one = found.next().copied();
        one.filter(|_| found.next().is_none())
    }

    fn answer(&self, mut found: Vec<usize>, why: impl FnOnce() -> String) -> Resolution {
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [] => Resolution::Unknown(why()),
            [one] => Resolution::One(Key(*one)),
            _ => Resolution::Many(found.into_iter().map(Key).collect()),
        }
    }

    /// The instrument is of a province, the words are of another.
    fn other_province(&self, node: usize, citing: Citing<'_>) -> bool {
        let province = |name: &str| {
            let unit = issuer::normalise(name).filter(|body| body.level == Level::Tinh)?;
            issuer::unit_of(&unit.name).map(fold)
        };
        let node = &self.nodes[node];
        if node.level != Some(Level::Tinh) {
            return false;
        }
        match (node.issuer.as_deref().and_then(province), citing.issuer.and_then(province)) {
            (Some(its), Some(own)) => its != own,
            _ => false,
        }
    }

    fn same_unit(&self, node: usize, citing: Citing<'_>) -> bool {
        let unit = |name: &str| issuer::unit_of(name).map(fold);
        match (self.nodes[node].issuer.as_deref().and_then(unit), citing.issuer.and_then(unit)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        }
    }
}

/// Cuts words off the end of a citation that turned out not to belong to the name.
fn shorten(citation: &mut Citation, beyond: &str) {
    let mut rest = citation.text.as_str();
    for word in beyond.split_whitespace().rev() {
        let Some(shorter) = rest.trim_end().strip_suffix(word) else { return };
        rest = shorter;
    }
    let length = rest.trim_end_matches(|c: char| c.is_whitespace() || c == ',').len();
    citation.text.truncate(length);
    citation.range.end = citation.range.start + length;
}

/// Names of bodies do not contradict each other: equal, one unknown, or one without its place ("Ủy ban nhân dân tỉnh").
pub(super) fn agree(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let (a, b) = (fold(a), fold(b));
    a == b || a.strip_prefix(&b).or_else(|| b.strip_prefix(&a)).is_some_and(|rest| rest.starts_with(' '))
}

/// Laws and codes are both called "Luật" in passing.
fn is_law(kind: Kind) -> bool {
    matches!(kind, Kind::Luat | Kind::BoLuat)
}

/// The name of a law, code or ordinance, for finding it again in the same document.
fn law_name(mention: &Mention) -> Option<String> {
    let title = mention.title.as_deref()?;
    let kind = mention.kind.or_else(|| kind_at(&fold(title.trim()), 0).map(|(kind, _)| kind))?;
    let group = match kind {
        Kind::Luat | Kind::BoLuat => "luật",
        Kind::PhapLenh => "pháp lệnh",
        Kind::HienPhap => "hiến pháp",
        _ => return None,
    };
    Some(format!("{group} {}", name_key(title)))
}
