//! Rules as they run: checked, compiled, immutable, shared by all threads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::civil::Date;
use regex::Regex;

use super::expr::Expr;
use super::lexicon::{Lexicon, TermId};
use super::scope::Scope;
use super::source::{
    AbsentSource, AppliesTo, CauseName, CitesSource, ExcusedSource, FilterTestSource, Fix, Group, LayerName, Lifecycle,
    Modality, TestSource,
};
use super::supplied::Supplied;
use super::template::Template;
use crate::document::{Kind, Level, RelationKind, Role, UnitKind};
use crate::registry::{Certainty, Instrument, State};
use crate::text::quantity::{Direction, Measure, Quantity};
use crate::verdict::{Confidence, FindingKind, Handling, Severity};

/// Everything the engine needs, compiled once.
#[derive(Debug)]
pub struct RuleSet {
    /// Packs in name order.
    pub packs: Vec<Pack>,
    /// Provisions the rules rest on.
    pub provisions: Vec<Provision>,
    /// Topics.
    pub topics: Vec<Topic>,
    /// Exceptions that several rules share, in pack and file order; the rules hold them among their `unless`.
    pub filters: Vec<Filter>,
    /// Rules that run (trial and stable), in pack and file order.
    pub rules: Vec<Rule>,
    /// All rules with what `rules list` shows: (id, pack, state, confidence, title).
    pub catalogue: Vec<(String, String, Lifecycle, Confidence, String)>,
    /// Status graph.
    pub instruments: Vec<Instrument>,
    /// Files that added to it.
    pub supplied: Vec<Supplied>,
    /// All wordings.
    pub lexicon: Lexicon,
    /// Where the time of each rule is added up, when somebody asked for it.
    pub profile: Option<Profile>,
}

/// Time spent in each rule, over all threads. For the screen only: no output file may hold it.
#[derive(Debug)]
pub struct Profile(Vec<AtomicU64>);

impl Profile {
    /// Nothing spent yet on so many rules.
    pub fn new(rules: usize) -> Self {
        Profile((0..rules).map(|_| AtomicU64::new(0)).collect())
    }

    /// Adds time to a rule.
    pub fn add(&self, rule: usize, time: Duration) {
        if let Some(sum) = self.0.get(rule) {
            sum.fetch_add(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
        }
    }

    /// Time of each rule.
    pub fn times(&self) -> Vec<Duration> {
        self.0.iter().map(|sum| Duration::from_nanos(sum.load(Ordering::Relaxed))).collect()
    }
}

/// A pack.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Pack {
    pub id: String,
    pub title: String,
    pub version: String,
    pub sha256: String,
    pub checked_until: Date,
    pub cautions: Vec<String>,
    pub excused: Vec<ExcusedSource>,
}

/// An exception that several rules share.
#[derive(Debug)]
pub struct Filter {
    /// Id.
    pub id: String,
    /// Index of its pack.
    pub pack: usize,
    /// Why it silences the rules, in Vietnamese.
    pub why: String,
    /// How many rules that run hold it.
    pub rules: usize,
    /// Its tests.
    pub tests: Vec<FilterTestSource>,
}

/// A provision, ready to be cited.
#[derive(Debug)]
pub struct Provision {
    /// Number of the instrument.
    pub instrument: String,
    /// Path in it.
    pub path: String,
    /// "khoản 1 Điều 21 Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15".
    pub cite: String,
    /// What it demands, in our own words.
    pub demands: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Option<Date>,
    /// How its content is known.
    pub known: Certainty,
    /// Instrument whose text must be seen first.
    pub held: Option<String>,
}

/// A topic.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Topic {
    pub id: String,
    pub title: String,
    pub may_widen: bool,
    pub title_has: Vec<TermId>,
    pub title_lacks: Vec<TermId>,
    pub levels: Vec<Level>,
    pub needs: Vec<TermId>,
    pub needs_all: Vec<TermId>,
    pub lacks: Vec<TermId>,
    pub basis: Vec<String>,
    pub text_has: Vec<TermId>,
}

/// A compiled rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Id.
    pub id: String,
    /// Index of its pack.
    pub pack: usize,
    /// Title.
    pub title: String,
    /// State.
    pub state: Lifecycle,
    /// Provisions, the main one first.
    pub basis: Vec<RuleBasis>,
    /// Which documents.
    pub applies: Applies,
    /// Where in them.
    pub look: Look,
    /// Conditions by index, with their names.
    pub conditions: Vec<(String, Matcher)>,
    /// What must hold.
    pub when: Expr,
    /// How far apart.
    pub scope: Scope,
    /// The conditions one of whose words must change; empty for facts of the whole document.
    pub anchors: Vec<usize>,
    /// Exceptions: its own, then the shared ones.
    pub unless: Vec<Unless>,
    /// How far its hits are one finding.
    pub group: Group,
    /// Name shared by rules that give one finding together.
    pub family: Option<String>,
    /// Kind of finding.
    pub kind: FindingKind,
    /// Handling.
    pub handling: Handling,
    /// How bad.
    pub severity: Severity,
    /// How sure at most.
    pub confidence: Confidence,
    /// Mechanical or not.
    pub fix: Fix,
    /// Sentence for the reviewer.
    pub say: Template,
    /// Proposed wording.
    pub propose: Template,
    /// Its tests.
    pub tests: Vec<TestSource>,
}

/// A provision a rule rests on.
#[derive(Debug, Clone)]
pub struct RuleBasis {
    /// Index of the provision.
    pub provision: usize,
    /// Indices of the topics of the documents in which it is a ground; empty = all.
    pub topics: Vec<usize>,
}

impl Rule {
    /// Indices of the provisions the rule rests on in a document of these topics, the main one first; all of them where its
    /// topics choose none.
    pub fn basis_in(&self, topics: &[usize]) -> Vec<usize> {
        let chosen =
            |basis: &&RuleBasis| basis.topics.is_empty() || basis.topics.iter().any(|topic| topics.contains(topic));
        let own: Vec<usize> = self.basis.iter().filter(chosen).map(|basis| basis.provision).collect();
        if own.is_empty() { self.basis.iter().map(|basis| basis.provision).collect() } else { own }
    }
}

/// Compiled [`AppliesTo`]: topics by index.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Applies {
    pub source: AppliesTo,
    pub topics: Vec<usize>,
    pub not_topics: Vec<usize>,
}

/// Compiled `look-in`.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Look {
    pub layers: Vec<LayerName>,
    pub roles: Vec<Role>,
    pub units: Vec<UnitKind>,
    pub under: Vec<TermId>,
    pub not_under: Vec<TermId>,
}

/// A compiled exception.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Unless {
    pub matcher: UnlessMatcher,
    pub within: Scope,
    pub why: String,
    /// Index of the shared filter it comes from.
    pub filter: Option<usize>,
}

/// What an exception looks for.
#[derive(Debug, Clone)]
pub enum UnlessMatcher {
    /// A condition of the rule.
    Named(usize),
    /// Something of its own.
    Own(Matcher),
}

/// A compiled condition.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Matcher {
    Terms(Vec<TermId>),
    Pattern { regex: Regex, near: TermId },
    Cites(Cites),
    Quantity(Box<QuantityMatcher>),
    Actor { who: Vec<TermId>, does: Vec<TermId> },
    Checklist(Checklist),
    Structure(Structure),
    Document(DocumentFact),
    Modality(Modality),
    Topics(Vec<usize>),
    Absent { source: AbsentSource, title_has: Vec<TermId> },
}

/// Compiled [`CitesSource`].
#[derive(Debug, Clone, Default)]
#[allow(missing_docs)]
pub struct Cites {
    pub instruments: Vec<String>,
    pub provisions: Vec<String>,
    pub states: Vec<State>,
    pub kinds: Vec<Kind>,
    pub relations: Vec<RelationKind>,
    pub not_relations: Vec<RelationKind>,
    pub ended_before: Option<Date>,
    pub ended_from: Option<Date>,
    pub ended_before_issue: Option<bool>,
    pub precise: Option<bool>,
    pub provision_ended: Option<bool>,
    pub amended_after_issue: Option<bool>,
    pub known: Option<bool>,
}

impl From<&CitesSource> for Cites {
    fn from(source: &CitesSource) -> Self {
        let values = |list: &[super::spanned::Spanned<String>]| list.iter().map(|s| s.value.clone()).collect();
        Cites {
            instruments: values(&source.instrument),
            provisions: values(&source.provision),
            states: source.state.clone(),
            kinds: source.kinds.clone(),
            relations: source.relation.clone(),
            not_relations: source.not_relation.clone(),
            ended_before: source.ended_before,
            ended_from: source.ended_from,
            ended_before_issue: source.ended_before_issue,
            precise: source.precise,
            provision_ended: source.provision_ended,
            amended_after_issue: source.amended_after_issue,
            known: source.known,
        }
    }
}

/// A compiled quantity condition.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct QuantityMatcher {
    pub measure: Measure,
    pub of: Vec<TermId>,
    pub about: Vec<TermId>,
    pub after: Vec<TermId>,
    pub test: QuantityTest,
}

/// Comparison of a quantity condition.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum QuantityTest {
    Any,
    DepartsFrom { parameter: Quantity, direction: Direction },
    Equals(Vec<Quantity>),
    Below(Quantity),
    Above(Quantity),
}

/// A compiled checklist.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Checklist {
    pub held_by: Vec<TermId>,
    pub items: Vec<(String, TermId)>,
    pub missing_at_least: usize,
    pub present_at_least: usize,
}

/// A compiled fact of structure.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Structure {
    pub has_role: Vec<Role>,
    pub lacks_role: Vec<Role>,
    pub has_heading: Vec<TermId>,
    pub lacks_heading: Vec<TermId>,
    pub attachment: Option<bool>,
    pub lacks_text: Vec<TermId>,
}

/// A compiled fact of the document.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct DocumentFact {
    pub states: Vec<State>,
    pub causes: Vec<CauseName>,
    pub levels: Vec<Level>,
    pub has_basis: Option<bool>,
    pub has_number: Option<bool>,
    pub title_has: Vec<TermId>,
    pub issuer_has: Vec<TermId>,
    /// Fewest days from issue to effect.
    pub effective_sooner_than: Option<i64>,
    pub year_mismatch: Option<bool>,
}

impl RuleSet {
    /// Drops the rules of packs not named. Their terms and instruments stay: other packs may rest on them.
    pub fn keep_packs(&mut self, only: &[String]) {
        let kept = |pack: usize| only.contains(&self.packs[pack].id);
        let mut index = vec![0; self.packs.len()];
        let mut next = 0;
        for (at, slot) in index.iter_mut().enumerate() {
            *slot = next;
            next += usize::from(kept(at));
        }
        self.rules.retain(|rule| kept(rule.pack));
        for rule in &mut self.rules {
            rule.pack = index[rule.pack];
        }
        // The rules that stay name their filters by index.
        let mut index_of_filter = vec![0; self.filters.len()];
        let mut next = 0;
        for (slot, filter) in index_of_filter.iter_mut().zip(&self.filters) {
            *slot = next;
            next += usize::from(kept(filter.pack));
        }
        self.filters.retain(|filter| kept(filter.pack));
        for filter in &mut self.filters {
            filter.pack = index[filter.pack];
        }
        for filter in self.rules.iter_mut().flat_map(|rule| &mut rule.unless).filter_map(|own| own.filter.as_mut()) {
            *filter = index_of_filter[*filter];
        }
        self.catalogue.retain(|(_, pack, ..)| only.contains(pack));
        self.packs.retain(|pack| only.contains(&pack.id));
    }
}
