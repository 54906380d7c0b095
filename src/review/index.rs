//! One document made ready for matching: folded texts, hits of every wording, quantities, sentences.

use std::cell::OnceCell;
use std::ops::Range;

use super::engine::issued_at_latest;
use super::given::Given;
use super::{Evidence, Place, abbreviations};
use crate::document::{Document, Kind, LayerKind, Level, Role, UnitId};
use crate::registry::Status;
use crate::rules::lexicon::{Lexicon, TermHit, TermId};
use crate::text::Folded;
use crate::text::quantity::{self, Quantity};

/// A wording found in a unit; ordered by term, unit, place, start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Whose wording.
    pub term: TermId,
    /// Where.
    pub unit: UnitId,
    /// In heading or text.
    pub place: Place,
    /// Folded byte range.
    pub start: u32,
    /// Its end.
    pub end: u32,
}

/// Folded texts of one unit.
#[derive(Debug, Default)]
struct UnitText {
    heading: Folded,
    text: Folded,
    quantities: OnceCell<Vec<Quantity>>,
    /// Ends of sentences in the folded text.
    sentences: OnceCell<Vec<usize>>,
}

/// The title of a document that is itself a regulation or a convention, after the word that stands above it:
/// "QUY CHẾ / Thực hiện dân chủ ở xã", "HƯƠNG ƯỚC / Thôn 3".
fn with_kind(kind: Kind, title: &str) -> String {
    match kind {
        Kind::QuyChe | Kind::QuyDinh | Kind::HuongUoc if !title.is_empty() => {
            format!("{} {title}", kind.name())
        }
        _ => title.to_owned(),
    }
}

/// The index of one document.
#[derive(Debug)]
pub struct Index<'d> {
    /// The document.
    pub document: &'d Document,
    /// Its state on the day.
    pub status: &'d Status,
    /// State of what each citation names, `None` where it is not resolved.
    pub cited: Vec<Option<Status>>,
    /// Topics the document belongs to, once they are found.
    pub topics: Vec<usize>,
    /// Quoted units that are read as if they were the document's own.
    pub given: Given,
    units: Vec<UnitText>,
    hits: Vec<Hit>,
    /// Where the hits of each term begin, and their number (last).
    begins: Vec<u32>,
    /// Those that are short names of the document's own.
    short: Vec<Hit>,
    /// Terms in the name of the issuer.
    issuer: Vec<TermId>,
    /// Terms in the title followed by the name of an agency, school or enterprise that issued it.
    issued_title: Vec<TermId>,
    /// Terms in the title of each layer, and in the title of the document (last).
    titles: Vec<Vec<TermId>>,
}

impl<'d> Index<'d> {
    /// Folds and searches every unit once.
    pub fn new(document: &'d Document, status: &'d Status, cited: Vec<Option<Status>>, lexicon: &Lexicon) -> Self {
        let mut hits = Vec::new();
        let mut found = Vec::new();
        let day = issued_at_latest(&document.identity);
        let mut search = |folded: &Folded, unit, place, hits: &mut Vec<Hit>| {
            found.clear();
            lexicon.find(folded.as_str(), day, &mut found);
            hits.extend(found.iter().map(|&TermHit { term, start, end }| Hit { term, unit, place, start, end }));
        };
        let mut units = Vec::with_capacity(document.units.len());
        for (id, unit) in document.units.iter().enumerate() {
            let text = UnitText {
                heading: Folded::new(&unit.heading),
                text: Folded::new(&unit.text),
                quantities: OnceCell::new(),
                sentences: OnceCell::new(),
            };
            search(&text.text, id, Place::Text, &mut hits);
            search(&text.heading, id, Place::Heading, &mut hits);
            units.push(text);
        }
        let mut begins = begins(&hits, lexicon.terms());
        let mut hits = by_term(hits, &begins);
        debug_assert!(hits.is_sorted());
        let texts: Vec<&Folded> = units.iter().map(|unit: &UnitText| &unit.text).collect();
        let short = abbreviations::hits(document, &texts, &hits);
        if !short.is_empty() {
            hits.extend(&short);
            hits.sort_unstable();
            hits.dedup();
            begins = self::begins(&hits, lexicon.terms());
        }
        let own = document.identity.title.as_deref().unwrap_or("");
        let named = with_kind(document.identity.kind, own);
        let own = named.as_str();
        let titles = document.layers.iter().map(|layer| layer.title.as_str()).chain([own]);
        let terms_in = |name: &str| -> Vec<TermId> {
            let mut found = Vec::new();
            lexicon.find(Folded::new(name).as_str(), day, &mut found);
            found.into_iter().map(|hit| hit.term).collect()
        };
        let titles = titles.map(terms_in).collect();
        let by_agency = document.identity.issuer.as_deref().filter(|_| document.identity.level == Some(Level::CoQuan));
        let issued_title = by_agency.map_or_else(Vec::new, |issuer| {
            let attached = document.layers.iter().filter(|layer| layer.kind == LayerKind::Attached);
            let titles = attached.map(|layer| layer.title.as_str()).chain([own]).filter(|title| !title.is_empty());
            let stem = |title: &str| title.strip_suffix(" ở cơ sở").unwrap_or(title).to_owned();
            titles.flat_map(|title| terms_in(&format!("{} của {issuer}", stem(title)))).collect()
        });
        let issuer = terms_in(document.identity.issuer.as_deref().unwrap_or(""));
        let (topics, given) = (Vec::new(), Given::default());
        Index { document, status, cited, topics, given, units, hits, begins, short, issuer, issued_title, titles }
    }

    /// Is this a short name that the document gave to a term?
    pub fn is_short(&self, evidence: &Evidence) -> bool {
        self.short.iter().any(|hit| {
            (hit.unit, hit.place) == (evidence.unit, evidence.place)
                && self.original(hit.unit, hit.place, hit.start as usize..hit.end as usize) == evidence.range
        })
    }

    /// Hits of a term, in reading order.
    pub fn hits(&self, term: TermId) -> &[Hit] {
        let at = |term: TermId| self.begins[term as usize] as usize;
        &self.hits[at(term)..at(term + 1)]
    }

    /// Does any of these terms stand anywhere?
    pub fn has_any(&self, terms: &[TermId]) -> bool {
        terms.iter().any(|&term| !self.hits(term).is_empty())
    }

    /// Hits of a term in one unit.
    pub fn hits_in(&self, term: TermId, unit: UnitId) -> &[Hit] {
        self.hits_within(term, unit..unit + 1)
    }

    /// Hits of a term in these units.
    pub fn hits_within(&self, term: TermId, units: Range<UnitId>) -> &[Hit] {
        let all = self.hits(term);
        let from = all.partition_point(|hit| hit.unit < units.start);
        let count = all[from..].partition_point(|hit| hit.unit < units.end);
        &all[from..from + count]
    }

    /// Does any of these terms stand in the title of the document or of the main or an attached layer?
    pub fn title_has(&self, terms: &[TermId]) -> bool {
        let layers = self.document.layers.iter().zip(&self.titles);
        let mut named = layers.filter(|(layer, _)| layer.kind != LayerKind::Appendix).map(|(_, title)| title);
        let has = |title: &Vec<TermId>| title.iter().any(|term| terms.contains(term));
        named.any(has) || self.titles.last().is_some_and(has)
    }

    /// The same, or in the title followed by the name of the issuer: "Quy chế thực hiện dân chủ" of a "Công ty …" is a
    /// "Quy chế thực hiện dân chủ … Công ty".
    pub fn title_or_issued_title_has(&self, terms: &[TermId]) -> bool {
        self.title_has(terms) || self.issued_title.iter().any(|term| terms.contains(term))
    }

    /// Does any of these terms stand in the name of the issuer?
    pub fn issuer_has(&self, terms: &[TermId]) -> bool {
        self.issuer.iter().any(|term| terms.contains(term))
    }

    /// Does any of these terms stand in the title of this unit's layer, its heading or a heading above it?
    pub fn headed_by(&self, terms: &[TermId], unit: UnitId) -> bool {
        let document = self.document;
        let layer = document.units[unit].layer;
        let in_title =
            |at: usize| self.titles.get(at).is_some_and(|title| title.iter().any(|term| terms.contains(term)));
        let in_heading =
            |id: UnitId| terms.iter().any(|&term| self.hits_in(term, id).iter().any(|hit| hit.place == Place::Heading));
        in_title(layer)
            || (document.layers[layer].kind == LayerKind::Main && in_title(self.titles.len() - 1))
            || in_heading(unit)
            || document.ancestors(unit).any(in_heading)
    }

    /// Quantities of a unit's text.
    pub fn quantities(&self, unit: UnitId) -> &[Quantity] {
        let text = &self.units[unit];
        text.quantities.get_or_init(|| quantity::scan(text.text.as_str()))
    }

    /// The folded text (or heading) of a unit.
    pub fn folded(&self, unit: UnitId, place: Place) -> &Folded {
        match place {
            Place::Heading => &self.units[unit].heading,
            Place::Text => &self.units[unit].text,
        }
    }

    /// The original range of a folded range.
    pub fn original(&self, unit: UnitId, place: Place, range: Range<usize>) -> Range<usize> {
        let source = &self.document.units[unit];
        let original = if place == Place::Heading { &source.heading } else { &source.text };
        self.folded(unit, place).original_range(original, range.start, range.end)
    }

    /// The folded range of the sentence that holds folded offset `at` of a unit's text. A heading is one sentence.
    pub fn sentence(&self, unit: UnitId, place: Place, at: usize) -> Range<usize> {
        if place == Place::Heading {
            return 0..self.units[unit].heading.as_str().len();
        }
        let text = &self.units[unit];
        let ends = text.sentences.get_or_init(|| sentence_ends(&self.document.units[unit].text, &text.text));
        let index = ends.partition_point(|&end| end <= at);
        let start = index.checked_sub(1).map_or(0, |i| ends[i]);
        start..ends.get(index).copied().unwrap_or(text.text.as_str().len())
    }

    /// What a unit is for; words given to an instrument that is not at hand are content like any other.
    pub fn role(&self, unit: UnitId) -> Role {
        if self.given.has(unit) { Role::Content } else { self.document.units[unit].role }
    }

    /// Is it a unit whose words the document itself orders (not a basis, a quotation, a form …)?
    pub fn is_operative(&self, unit: UnitId) -> bool {
        matches!(
            self.role(unit),
            Role::Scope | Role::Definition | Role::Content | Role::Implementation | Role::Effect | Role::Transitional
        )
    }
}

/// Where the hits of each term begin once they are ordered, and their number (last).
fn begins(hits: &[Hit], terms: usize) -> Vec<u32> {
    let mut begins = vec![0; terms + 1];
    for hit in hits {
        begins[hit.term as usize + 1] += 1;
    }
    for term in 0..terms {
        begins[term + 1] += begins[term];
    }
    begins
}

/// Hits by term. They came in the order of the text, so each has its place, and nothing is compared.
fn by_term(hits: Vec<Hit>, begins: &[u32]) -> Vec<Hit> {
    let mut next = begins.to_vec();
    let mut ordered = hits.clone();
    for hit in hits {
        let at = &mut next[hit.term as usize];
        ordered[*at as usize] = hit;
        *at += 1;
    }
    ordered
}

/// Folded offsets after which a new sentence begins: at line breaks, and after `.` or `;` before a capital, digit or quote.
fn sentence_ends(original: &str, folded: &Folded) -> Vec<usize> {
    let mut ends = Vec::new();
    for (at, byte) in original.bytes().enumerate() {
        let next = at + 1;
        let ends_here = match byte {
            b'\n' | b';' => true,
            b'.' | b'!' | b'?' => {
                let mut rest = original[next..].chars();
                rest.next().is_some_and(char::is_whitespace)
                    && rest
                        .find(|c| !c.is_whitespace())
                        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "“\"-".contains(c))
            }
            _ => false,
        };
        if ends_here && next < original.len() {
            ends.push(folded.folded(next));
        }
    }
    ends
}
