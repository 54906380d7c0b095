//! Citations of a document: provisions and instruments its words name, joined and resolved as far as the document itself
//! allows. The registry resolves names and dates to numbers afterwards.

mod amended;
mod scan;

use std::collections::HashSet;

use super::mention::kind_at;
use super::provision::{Provision, Rank};
use super::reference::{Memory, Named, Setting};
use super::relation;
use super::vantage::{Vantage, loose_path};
use super::{Citation, Document, Kind, LayerKind, Mention, RelationKind, Role, Target, UnitId, act, issuer};
use crate::text::fold::fold;
pub(super) use amended::Amended;
use amended::{amended_by_title, first_article, first_other, only_amended, only_place};
pub(super) use scan::{Found, scan};

const NO_ARTICLE: &str = "không thấy điều, khoản này trong văn bản và không rõ thuộc văn bản nào";
const ONLY_KIND: &str = "chỉ nêu loại văn bản, không có số, ngày hoặc tên";
const QUOTED: &str = "nằm trong nội dung được trích của văn bản khác, chưa xác định được văn bản đó";

/// Citations of all units' texts, in reading order, each with how it is used.
pub fn citations(document: &Document) -> Vec<Citation> {
    read(document).0
}

/// The citations, and what the units amend.
pub(super) fn read(document: &Document) -> (Vec<Citation>, Amended) {
    let mut reader = UnitReader::new(document);
    let mut citations = Vec::new();
    for unit in 0..document.units.len() {
        reader.read(unit, &mut citations);
    }
    (citations, reader.amended)
}

/// Reads units in order, remembering what was named.
struct UnitReader<'d> {
    document: &'d Document,
    memory: Memory,
    /// Paths of articles, clauses, points, headings.
    paths: HashSet<&'d str>,
    amended: Amended,
    /// The instrument the document's title says it amends.
    title_amends: Option<Mention>,
}

impl<'d> UnitReader<'d> {
    fn new(document: &'d Document) -> Self {
        let mut memory = Memory::default();
        let title_amends = amended_by_title(document).or_else(|| only_amended(document));
        if let Some(amended) = &title_amends {
            memory.note(amended);
        }
        UnitReader {
            document,
            memory,
            paths: document.units.iter().map(|unit| unit.path.as_str()).collect(),
            amended: Amended::default(),
            title_amends,
        }
    }

    fn read(&mut self, id: UnitId, citations: &mut Vec<Citation>) {
        let unit = &self.document.units[id];
        let inherited = unit.parent.and_then(|parent| self.amended.instrument.get(parent).cloned().flatten());
        let setting =
            Setting { document: self.document, layer: unit.layer, amended: inherited.as_ref(), quoted: unit.quoted };
        let (mut amended, mut headed, mut place) = (None, None, None);
        if !unit.quoted && act::is_command(&unit.heading) {
            let found = scan(&unit.heading, setting, &mut self.memory);
            headed = first_article(&found).cloned();
            place = only_place(&found);
            amended = first_other(&found).or_else(|| {
                (inherited.is_none() && act::starts_amending(&unit.heading))
                    .then(|| self.title_amends.clone())
                    .flatten()
            });
        }
        let mut found = scan(&unit.text, setting, &mut self.memory);
        let above = unit.parent.and_then(|parent| self.amended.provision.get(parent).cloned().flatten());
        if let Some(above) = above.as_ref().filter(|_| !unit.quoted) {
            for provision in
                found.iter_mut().filter(|found| found.named.is_none()).flat_map(|found| &mut found.provisions)
            {
                provision.complete(above);
            }
        }
        let within = first_article(&found);
        let commands = act::is_command(&unit.text) || !unit.quoted && act::is_passive_command(&unit.text);
        let within = if commands { within.cloned() } else { None };
        place = Some(()).filter(|()| commands && !unit.quoted).and_then(|()| only_place(&found)).or(place);
        let inherited_place = || self.amended.place.get(unit.parent?)?.clone();
        let place = if within.is_some() && !unit.quoted { place } else { place.or_else(inherited_place) };
        self.amended.place.push(place);
        self.amended.provision.push(within.or(headed).or(above));
        if !unit.quoted && amended.is_none() && commands {
            amended = first_other(&found).or_else(|| {
                (inherited.is_none() && (act::starts_amending(&unit.text) || !act::is_command(&unit.text)))
                    .then(|| self.title_amends.clone())
                    .flatten()
            });
        }
        let amended = amended.or(inherited);
        let quoted: Vec<Found> = match &amended {
            Some(amended) if !unit.quoted => {
                let place = self.amended.provision[id].as_ref();
                let speaks = |mut found: Found| {
                    speak_as(&mut found, amended, place);
                    found
                };
                found.extract_if(.., |found| act::is_quoted(&unit.text, found.start)).map(speaks).collect()
            }
            _ => Vec::new(),
        };
        let relations = act::relations(self.document, id, &found, amended.is_some());
        let quoted = quoted.into_iter().map(|found| (found, RelationKind::Refers));
        let mut found: Vec<_> = found.into_iter().zip(relations).chain(quoted).collect();
        found.sort_by_key(|(found, _)| found.start);
        let first = citations.len();
        for (found, relation) in found {
            if let Some(citation) = self.bind(id, found, relation, amended.as_ref()) {
                citations.push(citation);
            }
        }
        debug_assert!(citations[first..].iter().all(|citation| citation.text == unit.text[citation.range.clone()]));
        self.amended.instrument.push(amended);
    }

    /// Resolves what was found at a unit.
    fn bind(&self, id: UnitId, found: Found, relation: RelationKind, amended: Option<&Mention>) -> Option<Citation> {
        let unit = &self.document.units[id];
        let range = found.start..found.end;
        let relative = found.provisions.iter().any(Provision::is_relative);
        let mut citation = Citation {
            unit: id,
            text: unit.text.get(range.clone())?.to_owned(),
            range,
            target: Target::Unresolved,
            provisions: Vec::new(),
            relation,
            why: String::new(),
        };
        let bare = |provisions: &[Provision]| -> Vec<String> {
            provisions.iter().filter_map(|provision| provision.path().or_else(|| loose_path(provision))).collect()
        };
        match found.named {
            Some(Named::Other(mention))
                if mention.number.is_none()
                    && mention.issued.is_none()
                    && mention.year.is_none()
                    && mention.title.is_none() =>
            {
                citation.provisions = bare(&found.provisions);
                citation.why = ONLY_KIND.to_owned();
            }
            Some(Named::Other(mention)) => {
                citation.provisions =
                    if relative { self.places(id, &found.provisions) } else { bare(&found.provisions) };
                citation.target = if self.is_own(&mention) { Target::Own } else { Target::Instrument(mention) };
                if citation.target == Target::Own {
                    let layer = self.layer_id(unit.layer, None);
                    citation.provisions.iter_mut().for_each(|path| path.insert_str(0, &format!("{layer}/")));
                    if citation.provisions.is_empty() {
                        citation.provisions.extend(self.attached_named(&citation.text));
                    }
                }
            }
            Some(Named::Unknown(why)) => {
                citation.provisions = bare(&found.provisions);
                citation.why = why.to_owned();
            }
            Some(Named::Own(layer)) => {
                citation.target = Target::Own;
                citation.provisions = self.own_paths(id, &found.provisions, layer.as_deref());
                if found.provisions.is_empty() && layer.as_deref().is_some_and(|layer| layer != "main") {
                    citation.provisions = layer.into_iter().collect();
                }
            }
            None if unit.quoted => match amended {
                Some(amended) => {
                    citation.provisions = self.places(id, &found.provisions);
                    citation.target = Target::Instrument(amended.clone());
                }
                None => {
                    citation.provisions = self.places(id, &found.provisions);
                    citation.why = QUOTED.to_owned();
                }
            },
            None => match amended.filter(|_| !relative) {
                Some(amended) => {
                    citation.provisions = bare(&found.provisions);
                    citation.target = Target::Instrument(amended.clone());
                }
                None => {
                    let paths = self.own_paths(id, &found.provisions, None);
                    let known = relative || paths.iter().any(|path| self.exists(path));
                    if known {
                        citation.target = Target::Own;
                        citation.provisions = paths;
                    } else {
                        // A heading word without its heading is mostly another word ("mục 5 của phiếu").
                        let in_article = |provision: &Provision| {
                            provision.get(Rank::Article).is_some() || provision.get(Rank::Clause).is_some()
                        };
                        if !found.provisions.iter().any(in_article) {
                            return None;
                        }
                        citation.provisions = bare(&found.provisions);
                        citation.why = NO_ARTICLE.to_owned();
                    }
                }
            },
        }
        citation.provisions.dedup();
        let acts = match &citation.target {
            Target::Own => false,
            Target::Instrument(mention) => relation::may_act(self.document, citation.relation, mention),
            Target::Unresolved => true,
        };
        if !acts {
            citation.relation = RelationKind::Refers;
        }
        Some(citation)
    }

    /// "Quy chế ban hành kèm theo Quyết định số …" in that decision is its one attached regulation, not the decision.
    fn attached_named(&self, words: &str) -> Option<String> {
        let mut attached = self.document.layers.iter().filter(|layer| layer.kind == LayerKind::Attached);
        let (only, more) = (attached.next()?, attached.next());
        let name = fold(&only.title).split(' ').take(2).collect::<Vec<_>>().join(" ");
        (more.is_none() && !name.is_empty() && fold(words).starts_with(&name)).then(|| only.id.clone())
    }

    /// `true` when the mention gives this document's own number.
    fn is_own(&self, mention: &Mention) -> bool {
        let own = &self.document.identity;
        match (&own.number, &mention.number) {
            (Some(own_number), Some(number)) => {
                super::docnumber::same(own_number, number)
                    && !of_another_place(own.issuer.as_deref(), mention.issuer.as_deref())
                    && mention.issued.is_none_or(|date| own.issued.is_none_or(|own| own == date))
            }
            (_, None) => self.bears_name(mention),
            _ => false,
        }
    }

    /// `true` when a law's words name itself: "Quốc hội ban hành Luật Đê điều" in Luật Đê điều.
    fn bears_name(&self, mention: &Mention) -> bool {
        let own = &self.document.identity;
        let is_law = |kind: Kind| matches!(kind, Kind::Luat | Kind::BoLuat | Kind::PhapLenh);
        let dated = mention.issued.is_some_and(|date| own.issued != Some(date))
            || mention.year.is_some_and(|year| own.issued.is_none_or(|own| own.year() != year));
        if dated || !is_law(own.kind) || mention.kind != Some(own.kind) {
            return false;
        }
        match (own.title.as_deref(), mention.title.as_deref()) {
            (Some(own), Some(said)) => bare_name(own) == bare_name(said),
            _ => false,
        }
    }

    fn exists(&self, path: &str) -> bool {
        let mut path = path;
        loop {
            if self.paths.contains(path) || self.document.layers.iter().any(|layer| layer.id == path) {
                return true;
            }
            // A missing point of an article that exists is still this document's.
            match path.rsplit_once('.') {
                Some((parent, _)) if parent.contains("/A") => path = parent,
                _ => return false,
            }
        }
    }

    /// Paths at the place of a unit, without layer.
    fn places(&self, id: UnitId, provisions: &[Provision]) -> Vec<String> {
        let place = Vantage::of(self.document, id);
        let above = self.amended.place.get(id).and_then(Option::as_ref);
        let place = match above.filter(|_| self.document.units[id].quoted) {
            Some(above) => place.inside(above),
            None => place,
        };
        provisions.iter().filter_map(|provision| place.resolve(provision)).collect()
    }

    /// Paths in this document, with layer.
    fn own_paths(&self, id: UnitId, provisions: &[Provision], layer: Option<&str>) -> Vec<String> {
        let unit = &self.document.units[id];
        let place = Vantage::of(self.document, id);
        let here = layer.is_none_or(|layer| self.document.layers.get(unit.layer).is_some_and(|own| own.id == layer));
        provisions
            .iter()
            .filter_map(|provision| {
                let path = if here || provision.is_relative() {
                    place.resolve(provision)
                } else {
                    provision.path().or_else(|| loose_path(provision))
                }?;
                if provision.get(Rank::Appendix).is_some() {
                    return Some(self.appendix(unit.layer, &path));
                }
                Some(format!("{}/{path}", self.layer_id(unit.layer, layer)))
            })
            .collect()
    }

    /// Id of the layer said, or of the one at hand; provisions said in an appendix without "Phụ lục này" are its parent's.
    fn layer_id<'a>(&'a self, at: usize, said: Option<&'a str>) -> &'a str {
        if let Some(said) = said {
            return said;
        }
        match self.document.layers.get(at) {
            Some(layer) if layer.kind == LayerKind::Appendix => {
                layer.id.rsplit_once('.').map_or("main", |(parent, _)| parent)
            }
            Some(layer) => &layer.id,
            None => "main",
        }
    }

    /// `app1` or, when only that exists, `att1.app1`.
    fn appendix(&self, at: usize, path: &str) -> String {
        let (id, _) = path.split_once('/').unwrap_or((path, ""));
        let within = format!("{}.{id}", self.layer_id(at, None));
        let exists = |id: &str| self.document.layers.iter().any(|layer| layer.id == id);
        if exists(&within) && (self.layer_id(at, None) != "main" || !exists(id)) {
            path.replacen(id, &within, 1)
        } else {
            path.to_owned()
        }
    }
}

/// `true` when two bodies are of different places: a number is one document's only together with its issuer.
fn of_another_place(own: Option<&str>, said: Option<&str>) -> bool {
    let place = |name: Option<&str>| name.and_then(issuer::unit_of).map(fold);
    match (place(own), place(said)) {
        (Some(own), Some(said)) => !own.starts_with(&said) && !said.starts_with(&own),
        _ => false,
    }
}

/// Words inside a quotation in a command speak as the amended document: "như sau: “2. … Điều 3 Quyết định này.”".
fn speak_as(found: &mut Found, amended: &Mention, place: Option<&Provision>) {
    if matches!(found.named, None | Some(Named::Own(_))) {
        found.named = Some(Named::Other(amended.clone()));
        if let Some(place) = place {
            found.provisions.iter_mut().for_each(|provision| provision.settle(place));
        }
    }
}

/// A law's name without its kind, folded.
fn bare_name(name: &str) -> String {
    let name = fold(name.trim());
    let kind_end = kind_at(&name, 0).map_or(0, |(_, end)| end);
    name[kind_end..].trim().to_owned()
}

/// `true` for units whose citations are grounds.
pub(super) fn is_basis(document: &Document, unit: UnitId) -> bool {
    document.units[unit].role == Role::Basis
}
