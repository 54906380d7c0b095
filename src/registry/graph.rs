//! The graph of instruments: those the packs know and those of the batch, joined by identity.

use std::collections::HashMap;

use jiff::civil::Date;

use super::Instrument;
use super::consolidate::Command;
use super::law_name::name_key;
use super::resolve::{Citing, Resolution, agree};
use super::status::{Act, may_act};
use crate::document::{Document, Identity, Kind, Level, docnumber, issuer};
use crate::text::fold::fold;

/// An instrument of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub(super) usize);

/// Identity facts of a node.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub number: Option<String>,
    pub kind: Kind,
    pub issuer: Option<String>,
    pub level: Option<Level>,
    pub issued: Option<Date>,
    pub effective: Option<Date>,
    pub ends: Option<Date>,
    /// How the instrument is shown: number, else name.
    pub label: String,
    /// Index in [`Registry::instruments`].
    pub instrument: Option<usize>,
    /// Documents of the batch with this identity.
    pub documents: Vec<usize>,
    /// Acts of other documents of the batch on it, in order of date.
    pub acts: Vec<Act>,
    /// Commands of documents of the batch that change its words, in order of date.
    pub commands: Vec<Command>,
}

/// Instruments of the packs and documents of the batch, found by number, name and date.
#[derive(Debug, Default, Clone)]
pub struct Registry {
    pub(super) instruments: Vec<Instrument>,
    pub(super) nodes: Vec<Node>,
    pub(super) by_number: HashMap<String, Vec<usize>>,
    pub(super) by_name: HashMap<String, Vec<usize>>,
    /// Laws, codes and ordinances by the day they were passed.
    pub(super) laws_of_day: HashMap<Date, Vec<usize>>,
    /// Node of each document of the batch.
    of_document: Vec<usize>,
}

impl Registry {
    /// Joins what the packs know with the documents of the batch and their acts on one another.
    pub fn new(instruments: Vec<Instrument>, documents: &[Document]) -> Registry {
        let mut registry = Registry::default();
        // Thousands of instruments come from a few dozen bodies.
        let mut levels: HashMap<&str, Option<Level>> = HashMap::new();
        for (at, instrument) in instruments.iter().enumerate() {
            let level = *levels
                .entry(&instrument.issuer)
                .or_insert_with(|| issuer::normalise(&instrument.issuer).map(|issuer| issuer.level));
            let node = registry.add(Node {
                number: Some(instrument.number.clone()),
                kind: instrument.kind,
                issuer: Some(instrument.issuer.clone()),
                level,
                issued: instrument.issued,
                effective: instrument.effective,
                ends: None,
                label: instrument.name.clone(),
                instrument: Some(at),
                documents: Vec::new(),
                acts: Vec::new(),
                commands: Vec::new(),
            });
            if let Some(day) = instrument.issued
                && matches!(instrument.kind, Kind::Luat | Kind::BoLuat | Kind::PhapLenh)
            {
                registry.laws_of_day.entry(day).or_default().push(node);
            }
            for name in std::iter::once(&instrument.name).chain(&instrument.aliases) {
                let named = registry.by_name.entry(name_key(name)).or_default();
                if named.last() != Some(&node) {
                    named.push(node);
                }
            }
        }
        registry.instruments = instruments;
        registry.join(documents)
    }

    /// The same graph with the documents of a batch; to be asked once.
    pub fn join(mut self, documents: &[Document]) -> Registry {
        for (at, document) in documents.iter().enumerate() {
            let node = self.node_for(&document.identity, &document.file);
            self.nodes[node].documents.push(at);
            self.of_document.push(node);
        }
        self.add_acts(documents);
        self.add_commands(documents);
        self
    }

    /// The node of a document of the batch.
    pub fn key_of(&self, document: usize) -> Option<Key> {
        self.of_document.get(document).map(|&node| Key(node))
    }

    /// What the packs say of it.
    pub fn instrument(&self, key: Key) -> Option<&Instrument> {
        self.nodes.get(key.0)?.instrument.and_then(|at| self.instruments.get(at))
    }

    /// Indexes of the documents of the batch with this identity; several when files are doubled.
    pub fn documents(&self, key: Key) -> &[usize] {
        self.nodes.get(key.0).map_or(&[], |node| &node.documents)
    }

    /// Normalised number, or the pack's own key beginning with `~`.
    pub fn number(&self, key: Key) -> Option<&str> {
        self.nodes.get(key.0)?.number.as_deref()
    }

    /// How an instrument is named to people: "Luật số 10/2022/QH15"; by its name and year when it has no number.
    ///
    /// `number` is as the packs write it: a number, or a key of theirs beginning with `~`.
    pub fn name_for_people(&self, number: &str) -> String {
        let nodes = self.by_number.get(&docnumber::key(number)).map_or(&[][..], Vec::as_slice);
        let known = nodes.iter().filter_map(|&at| self.instruments.get(self.nodes[at].instrument?)).next();
        match (known, number.strip_prefix('~')) {
            (Some(instrument), Some(_)) => match instrument.issued {
                Some(issued) => format!("{} năm {}", instrument.name, issued.year()),
                None => instrument.name.clone(),
            },
            (None, Some(_)) => "văn bản không có số, ký hiệu".to_owned(),
            (Some(instrument), None) => format!("{} số {number}", instrument.kind.name()),
            (None, None) => match docnumber::kind_of(number) {
                Some(kind) => format!("{} số {number}", kind.name()),
                None => format!("văn bản số {number}"),
            },
        }
    }

    /// How an instrument of the graph is named to people, its name beside its number when it is known.
    pub fn shown_name(&self, key: Key) -> String {
        let Some(node) = self.node(key) else { return String::new() };
        let number = node.number.as_deref().filter(|number| !number.starts_with('~'));
        match (number, self.instrument(key)) {
            (Some(number), Some(known)) => {
                let kind = known.kind.name();
                // "Luật Thực hiện dân chủ ở cơ sở" bears its kind.
                match fold(&known.name).starts_with(&fold(kind)) {
                    true => format!("{} số {number}", known.name),
                    false => format!("{kind} số {number} {}", uncapitalised(&known.name)),
                }
            }
            (None, Some(known)) => self.name_for_people(&known.number),
            (Some(number), None) if node.kind == Kind::Other => self.name_for_people(number),
            (Some(number), None) => format!("{} số {number}", node.kind.name()),
            (None, None) => node.label.clone(),
        }
    }

    /// Kind of an instrument of the graph, when it is known.
    pub fn kind(&self, key: Key) -> Option<Kind> {
        self.node(key).map(|node| node.kind).filter(|&kind| kind != Kind::Other)
    }

    /// The only instrument with this number.
    pub(super) fn by_exact_number(&self, number: &str) -> Option<Key> {
        match self.by_number.get(&docnumber::key(number)).map(Vec::as_slice) {
            Some([only]) => Some(Key(*only)),
            _ => None,
        }
    }

    /// Whether one instrument can change or end another; the reason when it cannot, in Vietnamese.
    pub(super) fn may_act(&self, actor: Key, target: Key) -> Result<(), &'static str> {
        may_act(&self.nodes[actor.0], &self.nodes[target.0])
    }

    /// Every instrument of the packs.
    pub fn instruments(&self) -> &[Instrument] {
        &self.instruments
    }

    pub(super) fn node(&self, key: Key) -> Option<&Node> {
        self.nodes.get(key.0)
    }

    fn add(&mut self, node: Node) -> usize {
        let at = self.nodes.len();
        if let Some(number) = &node.number {
            self.by_number.entry(docnumber::key(number)).or_default().push(at);
        }
        self.nodes.push(node);
        at
    }

    /// The node with this identity, made if there is none.
    fn node_for(&mut self, identity: &Identity, file: &str) -> usize {
        if let Some(number) = &identity.number {
            let known = self.by_number.get(&docnumber::key(number)).into_iter().flatten().copied().find(|&at| {
                let node = &self.nodes[at];
                agree(node.issuer.as_deref(), identity.issuer.as_deref())
                    && (node.issued == identity.issued || node.issued.is_none() || identity.issued.is_none())
            });
            if let Some(at) = known {
                let node = &mut self.nodes[at];
                node.issued = node.issued.or(identity.issued);
                node.effective = node.effective.or(identity.effective);
                node.ends = node.ends.or(identity.ends);
                return at;
            }
        }
        let label = identity.number.clone().or_else(|| identity.title.clone()).unwrap_or_else(|| file.to_owned());
        self.add(Node {
            number: identity.number.clone(),
            kind: identity.kind,
            issuer: identity.issuer.clone(),
            level: identity.level,
            issued: identity.issued,
            effective: identity.effective,
            ends: identity.ends,
            label,
            instrument: None,
            documents: Vec::new(),
            acts: Vec::new(),
            commands: Vec::new(),
        })
    }

    fn add_acts(&mut self, documents: &[Document]) {
        let mut found: Vec<(usize, Act)> = Vec::new();
        for (at, document) in documents.iter().enumerate() {
            let own = self.of_document[at];
            // Of doubled files the first one speaks.
            if self.nodes[own].documents.first() != Some(&at) {
                continue;
            }
            let by_default = document.warnings.iter().any(|warning| warning.code == "effective-by-default");
            for relation in &document.relations {
                if !relation.kind.is_act() {
                    continue;
                }
                let Resolution::One(Key(target)) = self.resolve(&relation.target, Citing::from(&document.identity))
                else {
                    continue;
                };
                if target == own {
                    continue;
                }
                let (actor, acted_on) = (&self.nodes[own], &self.nodes[target]);
                let said =
                    relation.effective.filter(|_| !by_default || relation.effective != document.identity.effective);
                let known = actor.instrument.and(actor.effective).or(actor.effective.filter(|_| !by_default));
                let by = match (&actor.number, document.identity.kind) {
                    (Some(number), Kind::Other) => self.name_for_people(number),
                    (Some(number), kind) => format!("{} số {number}", kind.name()),
                    (None, _) => actor.label.clone(),
                };
                found.push((
                    target,
                    Act {
                        kind: relation.kind,
                        by,
                        number: actor.number.clone(),
                        date: said.or(known).or(actor.effective).or(actor.issued),
                        dated: said.is_some(),
                        provisions: relation.provisions.clone(),
                        refused: may_act(actor, acted_on).err(),
                    },
                ));
            }
        }
        for (target, act) in found {
            self.nodes[target].acts.push(act);
        }
        for node in &mut self.nodes {
            node.acts.sort_by(|a, b| (a.date, &a.by, &a.provisions).cmp(&(b.date, &b.by, &b.provisions)));
            node.acts.dedup();
        }
    }

    fn add_commands(&mut self, documents: &[Document]) {
        for (at, document) in documents.iter().enumerate() {
            let own = self.of_document[at];
            if self.nodes[own].documents.first() != Some(&at) {
                continue;
            }
            for (index, operation) in document.operations.iter().enumerate() {
                let Resolution::One(Key(target)) = self.resolve(&operation.target, Citing::from(&document.identity))
                else {
                    continue;
                };
                // Words of instruments that are not in the batch cannot be changed.
                if target == own
                    || self.nodes[target].documents.is_empty()
                    || may_act(&self.nodes[own], &self.nodes[target]).is_err()
                {
                    continue;
                }
                let path = document.units.get(operation.unit).map(|unit| unit.path.as_str());
                let said = document.relations.iter().filter(|relation| Some(relation.path.as_str()) == path);
                let date = said.filter_map(|relation| relation.effective).next();
                let date = date.or(self.nodes[own].effective).or(self.nodes[own].issued);
                self.nodes[target].commands.push(Command { date, document: at, operation: index });
            }
        }
        for node in &mut self.nodes {
            node.commands.sort_by_key(|command| (command.date, command.document, command.operation));
        }
    }
}

/// "Về thực hiện dân chủ" after a number: "về thực hiện dân chủ".
fn uncapitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

pub(super) fn show(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}
