//! A document as a tree that can be changed, and back.

use std::collections::HashMap;
use std::ops::Range;

use super::Source;
use crate::document::{Citation, Document, LayerKind, Target, Unit, UnitId, docnumber};

/// A unit with what stands in it.
#[derive(Debug, Clone)]
pub(super) struct Branch {
    pub unit: Unit,
    pub source: Source,
    pub children: Vec<Branch>,
    /// Words of `unit.text` that were replaced: byte range before each replacement, and bytes put there.
    pub edits: Vec<(Range<usize>, usize)>,
}

/// The layers of a document.
#[derive(Debug)]
pub(super) struct Tree {
    pub layers: Vec<TreeLayer>,
}

#[derive(Debug)]
pub(super) struct TreeLayer {
    pub id: String,
    pub kind: LayerKind,
    pub roots: Vec<Branch>,
}

impl Branch {
    /// A copy of a unit with everything in it.
    pub fn of(document: &Document, unit: UnitId, source: &impl Fn(UnitId) -> Source) -> Branch {
        let original = &document.units[unit];
        Branch {
            unit: original.clone(),
            source: source(unit),
            children: original.children.iter().map(|&child| Branch::of(document, child, source)).collect(),
            edits: Vec::new(),
        }
    }

    /// Calls `take` with this branch and everything in it.
    pub fn each(&mut self, take: &mut impl FnMut(&mut Branch)) {
        take(self);
        for child in &mut self.children {
            child.each(take);
        }
    }

    fn find(&mut self, path: &str) -> Option<&mut Branch> {
        if self.unit.path == path {
            return Some(self);
        }
        self.children.iter_mut().find_map(|child| child.find(path))
    }

    /// The unit as printed in the document, if it was.
    pub fn printed(&self) -> Option<UnitId> {
        match self.source {
            Source::Printed { unit } => Some(unit),
            Source::Quoted { .. } => None,
            Source::Edited { unit, .. } | Source::Ended { unit, .. } => unit,
        }
    }
}

impl Tree {
    pub fn of(document: &Document) -> Tree {
        let printed = |unit| Source::Printed { unit };
        let layers = document.layers.iter().map(|layer| TreeLayer {
            id: layer.id.clone(),
            kind: layer.kind,
            roots: layer.roots.iter().map(|&root| Branch::of(document, root, &printed)).collect(),
        });
        Tree { layers: layers.collect() }
    }

    /// The branch with this path.
    pub fn find(&mut self, path: &str) -> Option<&mut Branch> {
        self.layers.iter_mut().flat_map(|layer| &mut layer.roots).find_map(|root| root.find(path))
    }

    /// The list that holds the branch with this path, and its place there.
    pub fn holder(&mut self, path: &str) -> Option<(&mut Vec<Branch>, usize)> {
        fn search<'t>(list: &'t mut Vec<Branch>, path: &str) -> Option<(&'t mut Vec<Branch>, usize)> {
            if let Some(at) = list.iter().position(|branch| branch.unit.path == path) {
                return Some((list, at));
            }
            list.iter_mut().find_map(|branch| search(&mut branch.children, path))
        }
        self.layers.iter_mut().find_map(|layer| search(&mut layer.roots, path))
    }

    /// The document with these branches; what is not a unit is that of `original`.
    pub fn into_document<'d>(
        self,
        original: &Document,
        documents: &dyn Fn(usize) -> Option<&'d Document>,
    ) -> (Document, Vec<Source>) {
        let mut flat = Flat::default();
        let mut layers = original.layers.clone();
        for (at, (layer, own)) in layers.iter_mut().zip(self.layers).enumerate() {
            layer.roots = own.roots.into_iter().map(|root| flat.push(root, None, at)).collect();
        }
        let mut citations: Vec<(Citation, Option<usize>)> = Vec::new();
        for (at, citation) in original.citations.iter().enumerate() {
            let Some(&unit) = flat.printed.get(&citation.unit) else { continue };
            if let Some(range) = moved(&citation.range, &flat.edits[unit]) {
                citations.push((Citation { unit, range, ..citation.clone() }, Some(at)));
            }
        }
        for &(document, from, unit) in &flat.quoted {
            let Some(actor) = documents(document) else { continue };
            for citation in actor.citations.iter().filter(|citation| citation.unit == from) {
                if let Some(range) = moved(&citation.range, &flat.edits[unit]) {
                    let layer = &layers[flat.units[unit].layer].id;
                    citations.push((own(Citation { unit, range, ..citation.clone() }, original, layer), None));
                }
            }
        }
        citations.sort_by_key(|(citation, _)| (citation.unit, citation.range.start));
        let now: HashMap<usize, usize> =
            citations.iter().enumerate().filter_map(|(now, (_, before))| Some(((*before)?, now))).collect();
        let mut document = Document {
            layers,
            units: flat.units,
            citations: citations.into_iter().map(|(citation, _)| citation).collect(),
            ..original.clone()
        };
        for relation in &mut document.relations {
            relation.citation = relation.citation.and_then(|at| now.get(&at).copied());
        }
        document.operations.retain_mut(|operation| match flat.printed.get(&operation.unit) {
            Some(&unit) => {
                operation.unit = unit;
                true
            }
            None => false,
        });
        (document, flat.sources)
    }
}

/// Units in reading order again.
#[derive(Default)]
struct Flat {
    units: Vec<Unit>,
    sources: Vec<Source>,
    edits: Vec<Vec<(Range<usize>, usize)>>,
    /// New place of each printed unit that is still read.
    printed: HashMap<UnitId, UnitId>,
    /// Document, unit there, new place.
    quoted: Vec<(usize, UnitId, UnitId)>,
}

impl Flat {
    fn push(&mut self, branch: Branch, parent: Option<UnitId>, layer: usize) -> UnitId {
        let id = self.units.len();
        match branch.source {
            Source::Printed { unit } | Source::Edited { unit: Some(unit), .. } => {
                self.printed.insert(unit, id);
            }
            Source::Quoted { document, unit, .. } => self.quoted.push((document, unit, id)),
            Source::Edited { unit: None, .. } | Source::Ended { .. } => {}
        }
        self.units.push(Unit { parent, layer, children: Vec::new(), ..branch.unit });
        self.sources.push(branch.source);
        self.edits.push(branch.edits);
        let children = branch.children.into_iter().map(|child| self.push(child, Some(id), layer)).collect();
        self.units[id].children = children;
        id
    }
}

/// Where a stretch of text stands after edits; `None` when one of them touched it.
fn moved(range: &Range<usize>, edits: &[(Range<usize>, usize)]) -> Option<Range<usize>> {
    let mut range = range.clone();
    for (cut, put) in edits {
        if cut.start < range.end && range.start < cut.end {
            return None;
        }
        if cut.end <= range.start {
            range = range.start + put - cut.len()..range.end + put - cut.len();
        }
    }
    Some(range)
}

/// A citation of the quoted words that names the amended document names "this" document there.
fn own(mut citation: Citation, document: &Document, layer: &str) -> Citation {
    let Target::Instrument(mention) = &citation.target else { return citation };
    let same = matches!((&mention.number, &document.identity.number), (Some(a), Some(b)) if docnumber::same(a, b));
    if same {
        citation.target = Target::Own;
        for provision in &mut citation.provisions {
            *provision = format!("{layer}/{provision}");
        }
    }
    citation
}
