//! The corpus graph of a run: who cites and acts on whom, chains of grounds, doubled files, homonyms, and documents that are
//! named but not in the batch.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::graph::{Key, Registry};
use super::{Citing, Resolution, State};
use crate::document::{Document, Kind, Mention, RelationKind, Target, docnumber};

/// Most chains told of one document: grounds of grounds branch.
const MOST_CHAINS: usize = 200;

/// Most steps of a chain of grounds: longer ones run in circles.
const LONGEST_CHAIN: usize = 12;

/// The graph of one run.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// Instruments named by documents of the batch, in order of first naming.
    pub named: Vec<Named>,
    /// Who stands how to whom, in input order.
    pub links: Vec<Link>,
    /// Chains of grounds of more than one step.
    pub chains: Vec<Chain>,
    /// Files with one identity.
    pub doubled: Vec<Vec<usize>>,
    /// Different documents with one number.
    pub homonyms: Vec<(String, Vec<usize>)>,
}

/// An instrument that documents of the batch name.
#[derive(Debug, Clone)]
pub struct Named {
    /// Normalised number, when it has one.
    pub number: Option<String>,
    /// How it is named to people.
    pub name: String,
    /// Kind, when known.
    pub kind: Option<Kind>,
    /// Its file in the batch (index), if it is there.
    pub document: Option<usize>,
    /// State on the day; `None` when nothing is known of it.
    pub state: Option<State>,
    /// Why it could not be told which instrument is meant, in Vietnamese; empty when it could.
    pub why: String,
    /// How many documents of the batch name it.
    pub cited_by: usize,
    /// How many of them rest on it as a ground.
    pub ground_of: usize,
}

/// A document of the batch and an instrument.
#[derive(Debug, Clone)]
pub struct Link {
    /// Index of the document.
    pub from: usize,
    /// How it stands to it; `Refers` for a mere reference.
    pub kind: RelationKind,
    /// Index in [`Corpus::named`].
    pub to: usize,
    /// Provisions, each once, in order of naming; empty = the whole.
    pub provisions: Vec<String>,
    /// Paths of the units that say so, each once.
    pub paths: Vec<String>,
    /// Since when, for acts.
    pub effective: Option<Date>,
    /// Why the act is not counted, in Vietnamese.
    pub refused: Option<&'static str>,
}

/// Grounds of grounds, from a document up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Index of the document it begins with.
    pub document: usize,
    /// Indexes in [`Corpus::named`], each a ground of the one before.
    pub grounds: Vec<usize>,
}

/// A graph in the making, document by document in input order: the documents themselves need not stay in memory.
pub struct Growing<'r> {
    corpus: Corpus,
    places: Places<'r>,
    /// Grounds of each document, indexes in [`Corpus::named`].
    grounds: Vec<Vec<usize>>,
    /// How many documents bear a number, by its key; the rest of a graph asks only for those that several bear.
    by_number: BTreeMap<String, Vec<usize>>,
    numbers: HashMap<String, String>,
}

impl<'r> Growing<'r> {
    /// Adds the next document; its links stay in the graph until [`Growing::take_links`].
    pub fn add(&mut self, document: &Document) {
        let at = self.grounds.len();
        let first = self.corpus.links.len();
        let registry = self.places.registry;
        registry.links_of(at, document, &mut self.corpus, &mut self.places);
        let mut grounds = Vec::new();
        for link in &self.corpus.links[first..] {
            let is_ground = matches!(link.kind, RelationKind::Basis | RelationKind::Details);
            if is_ground && self.corpus.named[link.to].why.is_empty() && !grounds.contains(&link.to) {
                grounds.push(link.to);
            }
        }
        self.grounds.push(grounds);
        if let Some(number) = &document.identity.number {
            let key = docnumber::key(number);
            self.numbers.entry(key.clone()).or_insert_with(|| number.clone());
            self.by_number.entry(key).or_default().push(at);
        }
    }

    /// The links added since, in input order.
    pub fn take_links(&mut self) -> Vec<Link> {
        std::mem::take(&mut self.corpus.links)
    }

    /// Chains of grounds that begin with a document, once all are added.
    pub fn chains_of(&mut self, at: usize) -> Vec<Chain> {
        let mut chains = Vec::new();
        for ground in self.grounds.get(at).cloned().unwrap_or_default() {
            let mut steps = vec![ground];
            self.places.follow(at, &mut steps, &self.grounds, &mut self.corpus, &mut chains);
        }
        chains
    }

    /// The rest of the graph: what is named, doubled files, homonyms; with the links and chains nobody took.
    pub fn finish(mut self) -> Corpus {
        let registry = self.places.registry;
        let mut by_node: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        let mut numbered: Vec<usize> = self.by_number.values().flatten().copied().collect();
        numbered.sort_unstable();
        for at in numbered {
            if let Some(key) = registry.key_of(at) {
                by_node.entry(key).or_default().push(at);
            }
        }
        self.corpus.doubled = by_node.into_values().filter(|files| files.len() > 1).collect();
        let differ = |files: &[usize]| files.iter().any(|&at| registry.key_of(at) != registry.key_of(files[0]));
        let homonyms = self.by_number.into_iter().filter(|(_, files)| differ(files));
        self.corpus.homonyms =
            homonyms.map(|(key, files)| (self.numbers.get(&key).cloned().unwrap_or_default(), files)).collect();
        self.corpus
    }
}

impl Registry {
    /// An empty graph over this batch.
    pub fn graph(&self, as_of: Date) -> Growing<'_> {
        let places =
            Places { registry: self, as_of, by_key: HashMap::new(), keys: Vec::new(), by_words: HashMap::new() };
        let (corpus, grounds) = (Corpus::default(), Vec::new());
        Growing { corpus, places, grounds, by_number: BTreeMap::new(), numbers: HashMap::new() }
    }

    /// The graph of a batch whose citations are resolved.
    pub fn corpus(&self, documents: &[Document], as_of: Date) -> Corpus {
        let mut graph = self.graph(as_of);
        documents.iter().for_each(|document| graph.add(document));
        let chains = (0..documents.len()).flat_map(|at| graph.chains_of(at)).collect();
        Corpus { chains, ..graph.finish() }
    }

    fn links_of(&self, at: usize, document: &Document, corpus: &mut Corpus, places: &mut Places) {
        let citing = Citing::from(&document.identity);
        let own = self.key_of(at);
        let first = corpus.links.len();
        let mut seen: HashMap<(usize, RelationKind), usize> = HashMap::new();
        let mut link = |mention: &Mention,
                        kind: RelationKind,
                        provisions: &[String],
                        path: &str,
                        effective,
                        corpus: &mut Corpus| {
            let resolution = self.resolve(mention, citing);
            if let (Resolution::One(key), Some(own)) = (&resolution, own)
                && *key == own
            {
                return;
            }
            let refused = match (&resolution, own) {
                (Resolution::One(key), Some(own)) if kind.is_act() => self.may_act(own, *key).err(),
                _ => None,
            };
            let to = places.named(mention, resolution, corpus);
            let index = *seen.entry((to, kind)).or_insert_with(|| {
                let (provisions, paths) = (Vec::new(), Vec::new());
                corpus.links.push(Link { from: at, kind, to, provisions, paths, effective, refused });
                corpus.links.len() - 1
            });
            let link = &mut corpus.links[index];
            for provision in provisions {
                if !link.provisions.contains(provision) {
                    link.provisions.push(provision.clone());
                }
            }
            if link.paths.last().is_none_or(|last| last != path) && !link.paths.iter().any(|known| known == path) {
                link.paths.push(path.to_owned());
            }
        };
        for relation in &document.relations {
            link(&relation.target, relation.kind, &relation.provisions, &relation.path, relation.effective, corpus);
        }
        for citation in document.citations.iter().filter(|citation| citation.relation == RelationKind::Refers) {
            if let (Target::Instrument(mention), Some(unit)) = (&citation.target, document.units.get(citation.unit)) {
                link(mention, RelationKind::Refers, &citation.provisions, &unit.path, None, corpus);
            }
        }
        // Each document counts once for an instrument, however often it names it.
        let mut counted: Vec<(usize, bool)> = Vec::new();
        for link in &corpus.links[first..] {
            let is_ground = link.kind == RelationKind::Basis;
            match counted.iter_mut().find(|(to, _)| *to == link.to) {
                Some((_, ground)) => *ground |= is_ground,
                None => counted.push((link.to, is_ground)),
            }
        }
        for (to, ground) in counted {
            corpus.named[to].cited_by += 1;
            corpus.named[to].ground_of += usize::from(ground);
        }
    }
}

/// Where each named instrument stands in the graph.
struct Places<'r> {
    registry: &'r Registry,
    as_of: Date,
    by_key: HashMap<Key, usize>,
    /// The node of each entry of [`Corpus::named`], when it is known.
    keys: Vec<Option<Key>>,
    by_words: HashMap<String, usize>,
}

impl Places<'_> {
    fn named(&mut self, mention: &Mention, resolution: Resolution, corpus: &mut Corpus) -> usize {
        let why = match resolution {
            Resolution::One(key) => return self.known(key, corpus),
            Resolution::Many(_) => "có thể là nhiều văn bản".to_owned(),
            Resolution::Unknown(why) => why,
        };
        let printed = mention.printed_number();
        let date = mention.issued.map_or_else(String::new, |date| date.to_string());
        let title = mention.title.as_deref().unwrap_or("");
        let words = match printed {
            Some(number) => format!("{}|{date}", docnumber::key(number)),
            None => format!("{}|{date}", crate::text::fold::fold(title)),
        };
        *self.by_words.entry(words).or_insert_with(|| {
            self.keys.push(None);
            let name = match (printed, mention.kind) {
                (Some(number), Some(kind)) => format!("{} số {number}", kind.name()),
                (Some(number), None) => self.registry.name_for_people(number),
                (None, _) if title.is_empty() => "văn bản chưa xác định".to_owned(),
                (None, Some(kind))
                    if !crate::text::fold::fold(title).starts_with(&crate::text::fold::fold(kind.name())) =>
                {
                    format!("{} {title}", kind.name())
                }
                (None, _) => title.to_owned(),
            };
            corpus.named.push(Named {
                number: printed.map(str::to_owned),
                name,
                kind: mention.kind,
                document: None,
                state: None,
                why,
                cited_by: 0,
                ground_of: 0,
            });
            corpus.named.len() - 1
        })
    }

    fn known(&mut self, key: Key, corpus: &mut Corpus) -> usize {
        let (registry, as_of) = (self.registry, self.as_of);
        *self.by_key.entry(key).or_insert_with(|| {
            self.keys.push(Some(key));
            let number = registry.number(key).filter(|number| !number.starts_with('~')).map(str::to_owned);
            corpus.named.push(Named {
                name: registry.shown_name(key),
                number,
                kind: registry.kind(key),
                document: registry.documents(key).first().copied(),
                state: Some(registry.status(key, as_of).state),
                why: String::new(),
                cited_by: 0,
                ground_of: 0,
            });
            corpus.named.len() - 1
        })
    }

    fn follow(
        &mut self,
        document: usize,
        steps: &mut Vec<usize>,
        grounds: &[Vec<usize>],
        corpus: &mut Corpus,
        chains: &mut Vec<Chain>,
    ) {
        let Some(&last) = steps.last() else { return };
        if chains.len() >= MOST_CHAINS {
            return;
        }
        let next: Vec<usize> = match corpus.named[last].document {
            Some(file) => grounds[file].clone(),
            None => self.parents(last, corpus),
        };
        let mut ends = true;
        for ground in next {
            if steps.len() < LONGEST_CHAIN
                && !steps.contains(&ground)
                && corpus.named[ground].document != Some(document)
            {
                ends = false;
                steps.push(ground);
                self.follow(document, steps, grounds, corpus, chains);
                steps.pop();
            }
        }
        if ends && steps.len() > 1 {
            chains.push(Chain { document, grounds: steps.clone() });
        }
    }

    /// What an instrument of the packs details.
    fn parents(&mut self, named: usize, corpus: &mut Corpus) -> Vec<usize> {
        let Some(key) = self.keys.get(named).copied().flatten() else { return Vec::new() };
        let details = self.registry.instrument(key).map(|known| known.details.clone()).unwrap_or_default();
        let keys: Vec<Key> = details.iter().filter_map(|number| self.registry.by_exact_number(number)).collect();
        keys.into_iter().map(|key| self.known(key, corpus)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::understand;

    fn document(name: &str, number: &str, issued: &str, grounds: &str, body: &str) -> Document {
        let text = format!(
            "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: {number}\nNghệ An, ngày {issued}\nQUYẾT ĐỊNH\nVề việc thử\n{grounds}\n\
             QUYẾT ĐỊNH:\nĐiều 1. {body}\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\n"
        );
        understand(&crate::source::read(name, text.as_bytes()).expect("text"), name, "")
    }

    #[test]
    fn links_chains_doubles_and_what_is_missing() {
        let first = document(
            "a.txt",
            "10/2015/QĐ-UBND",
            "05 tháng 3 năm 2015",
            "Căn cứ Quyết định số 99/2014/QĐ-UBND ngày 01 tháng 12 năm 2014 của Ủy ban nhân dân tỉnh Nghệ An;",
            "Quy định chung.",
        );
        let body = "Thay thế Quyết định số 77/2010/QĐ-UBND ngày 01 tháng 6 năm 2010 của Ủy ban nhân dân tỉnh; thực hiện theo \
                    Điều 4 Quyết định số 10/2015/QĐ-UBND và khoản 2 Điều 5 Quyết định số 10/2015/QĐ-UBND.";
        let ground = "Căn cứ Quyết định số 10/2015/QĐ-UBND ngày 05 tháng 3 năm 2015 của Ủy ban nhân dân tỉnh Nghệ An;";
        let second = document("b.txt", "20/2018/QĐ-UBND", "05 tháng 3 năm 2018", ground, body);
        let copy = document("c.txt", "20/2018/QĐ-UBND", "05 tháng 3 năm 2018", ground, body);
        let other = document("d.txt", "20/2018/QĐ-UBND", "09 tháng 9 năm 2018", ground, "Khác hẳn.");
        let batch = [first, second, copy, other];
        let registry = Registry::new(Vec::new(), &batch);
        let corpus = registry.corpus(&batch, jiff::civil::date(2026, 11, 22));

        assert_eq!(corpus.doubled, [vec![1, 2]]);
        assert_eq!(corpus.homonyms, [("20/2018/QĐ-UBND".to_owned(), vec![1, 2, 3])]);
        let named = |number: &str| {
            let at = corpus.named.iter().position(|named| named.number.as_deref() == Some(number)).expect("named");
            (at, &corpus.named[at])
        };
        let (ten, tenth) = named("10/2015/QĐ-UBND");
        assert_eq!((tenth.document, tenth.cited_by, tenth.ground_of), (Some(0), 3, 3));
        let (old, replaced) = named("77/2010/QĐ-UBND");
        assert_eq!((replaced.document, replaced.state, replaced.cited_by), (None, None, 2));
        assert!(!replaced.why.is_empty());
        let of_second: Vec<(RelationKind, usize, &[String])> = corpus
            .links
            .iter()
            .filter(|link| link.from == 1)
            .map(|link| (link.kind, link.to, link.provisions.as_slice()))
            .collect();
        assert!(of_second.contains(&(RelationKind::Basis, ten, &[])));
        assert!(of_second.contains(&(RelationKind::Replaces, old, &[])));
        assert!(
            of_second.contains(&(RelationKind::Refers, ten, &["A4".to_owned(), "A5.2".to_owned()])),
            "{of_second:?}"
        );
        // The ground of the ground is not in the batch and nothing is known of it: the chain stops before it.
        assert_eq!(corpus.chains, []);
    }

    #[test]
    fn a_chain_goes_through_the_batch() {
        let of = |name: &str, number: &str, year: i16, ground: &str| {
            document(name, number, &format!("05 tháng 3 năm {year}"), ground, "Quy định.")
        };
        let on = |number: &str, year: i16| {
            format!("Căn cứ Quyết định số {number} ngày 05 tháng 3 năm {year} của Ủy ban nhân dân tỉnh Nghệ An;")
        };
        let batch = [
            of("a.txt", "1/2010/QĐ-UBND", 2010, ""),
            of("b.txt", "2/2012/QĐ-UBND", 2012, &on("1/2010/QĐ-UBND", 2010)),
            of("c.txt", "3/2014/QĐ-UBND", 2014, &on("2/2012/QĐ-UBND", 2012)),
        ];
        let registry = Registry::new(Vec::new(), &batch);
        let corpus = registry.corpus(&batch, jiff::civil::date(2026, 11, 22));
        let chains: Vec<(usize, Vec<Option<usize>>)> = corpus
            .chains
            .iter()
            .map(|chain| (chain.document, chain.grounds.iter().map(|&at| corpus.named[at].document).collect()))
            .collect();
        assert_eq!(chains, [(2, vec![Some(1), Some(0)])]);
    }
}
