//! Source → [`RuleSet`]: every name resolved, every number parsed, every fault collected before giving up.

mod filters;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use regex::Regex;

use super::diagnostic::{Diagnostic, Gravity, SourceFile};
use super::lexicon::{LexiconBuilder, Period, TermId};
use super::load::{InFile, RawPack};
use super::ruleset::{
    Applies, Checklist, Cites, DocumentFact, Look, Matcher, Pack, Provision, QuantityMatcher, QuantityTest, Rule,
    RuleBasis, RuleSet, Structure, Topic, Unless, UnlessMatcher,
};
use super::scope::Scope;
use super::source::{
    Condition, DatedVariant, Exception, Lifecycle, PatternSource, ProvisionSource, QuantitySource, RuleSource,
    TermSource, TopicSource,
};
use super::spanned::Spanned;
use super::template::{ATTRIBUTES, Template};
use super::yaml_fault::nearest;
use super::{among, expr, letters, lint, pattern};
use crate::document::{Kind, Role, place};
use crate::text::quantity::{Direction, Measure, Quantity};

type File = Arc<SourceFile>;

/// Roles rules look at unless they say otherwise.
const OPERATIVE: [Role; 6] =
    [Role::Scope, Role::Definition, Role::Content, Role::Implementation, Role::Effect, Role::Transitional];

/// Compiles packs. `None` when any fault is an error.
pub fn compile(packs: Vec<RawPack>) -> (Option<RuleSet>, Vec<Diagnostic>) {
    let mut compiler = Compiler { regexes: regexes(&packs), ..Compiler::default() };
    // The instruments of every pack first: a provision may rest on one that another pack describes.
    for pack in &packs {
        compiler.instruments_of(pack);
    }
    for pack in &packs {
        compiler.know(pack);
    }
    for pack in &packs {
        compiler.topics_of(pack);
    }
    let mut ids: HashMap<String, (File, u64)> = HashMap::new();
    let mut rules = Vec::new();
    let mut catalogue = Vec::new();
    let mut filters = Vec::new();
    among::rules(&packs, &mut compiler.faults);
    for (index, pack) in packs.iter().enumerate() {
        among::release(pack, &mut compiler.faults);
        let shared = compiler.filters(index, pack, filters.len());
        for rule in &pack.rules {
            let source = &rule.value;
            if let Some((first, line)) = ids.get(&source.id.value) {
                let message = format!("mã quy tắc “{}” đã dùng ở {} dòng {line}", source.id.value, first.path);
                compiler.faults.push(Diagnostic::about("duplicate-id", &rule.file, &source.id, message));
            }
            ids.insert(source.id.value.clone(), (rule.file.clone(), source.id.referenced.line()));
            compiler.beside_the_law(pack, rule);
            let compiled = compiler.rule(index, rule).map(|compiled| shared.added_to(compiled));
            catalogue.push((
                source.id.value.clone(),
                pack.pack.value.id.clone(),
                source.state,
                source.verdict.confidence,
                source.title.clone(),
            ));
            if matches!(source.state, Lifecycle::Trial | Lifecycle::Stable) {
                rules.extend(compiled);
            }
        }
        filters.extend(shared.counted(&rules));
    }
    let Compiler { mut faults, builder, topics, provisions, .. } = compiler;
    faults
        .sort_by(|a, b| (a.gravity, &a.file.path, a.line, a.column).cmp(&(b.gravity, &b.file.path, b.line, b.column)));
    if faults.iter().any(|fault| fault.gravity == Gravity::Error) {
        return (None, faults);
    }
    let mut instruments = Vec::new();
    let mut compiled_packs = Vec::new();
    for RawPack { pack, sha256, instruments: listed, .. } in packs {
        let pack = pack.value;
        compiled_packs.push(Pack {
            id: pack.id,
            title: pack.title,
            version: pack.version,
            sha256,
            checked_until: pack.checked_until,
            cautions: pack.cautions,
            excused: pack.excused,
        });
        instruments.extend(listed);
    }
    let set = RuleSet {
        packs: compiled_packs,
        provisions,
        topics,
        filters,
        rules,
        catalogue,
        instruments,
        lexicon: builder.build(),
        supplied: Vec::new(),
        profile: None,
    };
    (Some(set), faults)
}

/// Every regular expression compiled, or its fault: each once and on all cores, for they are a third of the time to start.
fn regexes(packs: &[RawPack]) -> HashMap<String, Result<Regex, regex::Error>> {
    let rules = packs.iter().flat_map(|pack| &pack.rules).flat_map(|rule| lint::patterns(&rule.value));
    let filters = packs.iter().flat_map(|pack| &pack.filters).filter_map(|filter| filter.value.pattern.as_ref());
    let sources: HashSet<&str> = rules.chain(filters).map(|source| source.regex.value.as_str()).collect();
    let terms: HashMap<&str, &TermSource> =
        packs.iter().flat_map(|pack| &pack.terms).map(|term| (term.value.id.value.as_str(), &term.value)).collect();
    let wordings = |name: &str| {
        let term = terms.get(name)?;
        Some(std::iter::once(&term.canonical).chain(term.variants.iter().map(|v| &v.value)).cloned().collect())
    };
    let compiled = |source: &str| Regex::new(&pattern::folded(&pattern::with_terms(source, &wordings)));
    sources.into_par_iter().map(|source| (source.to_owned(), compiled(source))).collect()
}

#[derive(Default)]
struct Compiler {
    regexes: HashMap<String, Result<Regex, regex::Error>>,
    faults: Vec<Diagnostic>,
    builder: LexiconBuilder,
    terms: BTreeMap<String, TermId>,
    topics: Vec<Topic>,
    provisions: Vec<Provision>,
    /// (instrument, path) → index in `provisions`.
    provision_index: HashMap<(String, String), usize>,
    /// (instrument, path, name) → parameter.
    parameters: BTreeMap<(String, String, String), (Quantity, Direction)>,
    /// Number → kind and name.
    instruments: HashMap<String, (Kind, String)>,
    cite_as: BTreeMap<String, String>,
}

impl Compiler {
    fn fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// First pass: which instruments there are, and how they are cited.
    fn instruments_of(&mut self, pack: &RawPack) {
        self.cite_as.extend(pack.pack.value.cite_as.clone());
        for instrument in &pack.instruments {
            self.instruments.insert(instrument.number.clone(), (instrument.kind, instrument.name.clone()));
        }
    }

    /// Second pass: everything else that rules can name.
    fn know(&mut self, pack: &RawPack) {
        for InFile { value: term, file } in &pack.terms {
            letters::term(file, term, &mut self.faults);
            let wordings =
                std::iter::once(term.canonical.as_str()).chain(term.variants.iter().map(|v| v.value.as_str()));
            let id = self.builder.term(wordings, term.except.iter().map(|e| e.value.as_str()));
            for dated in &term.dated {
                let DatedVariant { text, from, until } = dated;
                self.builder.dated(id, &text.value, Period { from: *from, until: *until });
                if from.is_none() && until.is_none() {
                    let message = format!("cách viết “{}” không ghi thời gian", text.value);
                    let hint = "ghi from, until; cách viết lúc nào cũng đúng thì để trong variants";
                    self.fault(Diagnostic::about("undated-variant", file, text, message).hint(hint));
                } else if from.zip(*until).is_some_and(|(from, until)| until < from) {
                    let message = format!("cách viết “{}” thôi đúng (until) trước khi bắt đầu đúng (from)", text.value);
                    self.fault(Diagnostic::about("dates-reversed", file, text, message));
                }
            }
            if self.terms.insert(term.id.value.clone(), id).is_some() {
                let message = format!("thuật ngữ “{}” được khai hai lần", term.id.value);
                self.fault(Diagnostic::about("duplicate-term", file, &term.id, message));
            }
            let mut seen = vec![crate::text::fold::fold(&term.canonical)];
            for variant in term.variants.iter().chain(term.dated.iter().map(|dated| &dated.text)) {
                let folded = crate::text::fold::fold(&variant.value);
                if seen.contains(&folded) {
                    let message =
                        format!("cách viết “{}” đã có (hoa thường, dấu thanh, Ð/Đ không tính là khác)", variant.value);
                    self.fault(Diagnostic::about("repeated-variant", file, variant, message).warning());
                }
                seen.push(folded);
            }
        }
        for provision in &pack.provisions {
            self.provision(provision);
        }
    }

    /// What a rule must not be beside the provision it rests on, and what its sentences must not ask for.
    fn beside_the_law(&mut self, pack: &RawPack, rule: &InFile<RuleSource>) {
        let runs = matches!(rule.value.state, Lifecycle::Trial | Lifecycle::Stable);
        if let Some(named) = rule.value.basis.first()
            && let Some(&at) =
                self.provision_index.get(&(named.instrument.value.clone(), named.provision.value.clone()))
            && runs
        {
            among::provision(rule, &self.provisions[at], pack.pack.value.checked_until, &mut self.faults);
        }
        among::placeholders(rule, &mut self.faults);
        among::weak_literals(rule, &mut self.faults);
    }

    fn provision(&mut self, InFile { value: source, file }: &InFile<ProvisionSource>) {
        self.known_instrument(file, &source.instrument);
        if let Some(held) = &source.held {
            self.known_instrument(file, held);
        }
        if source.to.is_some_and(|to| to < source.from) {
            let message = format!("{} hết áp dụng (to) trước khi bắt đầu áp dụng (from)", source.path.value);
            self.fault(Diagnostic::about("dates-reversed", file, &source.path, message));
        }
        let key = (source.instrument.value.clone(), source.path.value.clone());
        for parameter in &source.parameters {
            match Quantity::parse(&parameter.value.value, None) {
                Some(quantity) => {
                    let key = (key.0.clone(), key.1.clone(), parameter.name.value.clone());
                    self.parameters.insert(key, (quantity, parameter.direction));
                }
                None => {
                    let message = format!("không đọc được đại lượng “{}”", parameter.value.value);
                    self.fault(Diagnostic::about("bad-quantity", file, &parameter.value, message).hint(
                        "viết như luật viết: “ít nhất 2/3”, “trên 50%”, “05 ngày làm việc”, “từ 03 đến 09 thành viên”",
                    ));
                }
            }
        }
        let instrument = self.cite_instrument(&key.0);
        let provision = Provision {
            cite: format!("{} {instrument}", place::provision(&key.1)).trim().to_owned(),
            instrument: key.0.clone(),
            path: key.1.clone(),
            demands: source.demands.trim().to_owned(),
            from: source.from,
            to: source.to,
            known: source.known,
            held: source.held.as_ref().map(|h| h.value.clone()),
        };
        if self.provision_index.insert(key, self.provisions.len()).is_some() {
            let message = format!("điều khoản {} của {} được khai hai lần", source.path.value, source.instrument.value);
            self.fault(Diagnostic::about("duplicate-provision", file, &source.path, message));
        }
        self.provisions.push(provision);
    }

    /// "Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15".
    fn cite_instrument(&self, number: &str) -> String {
        let named = number.trim_start_matches('~');
        match (self.cite_as.get(number), self.instruments.get(number)) {
            (Some(short), _) => format!("{short} số {named}"),
            (None, Some((Kind::Luat | Kind::BoLuat | Kind::PhapLenh, name))) => format!("{name} số {named}"),
            (None, Some((kind, _))) => format!("{} số {named}", kind.name()),
            (None, None) => named.to_owned(),
        }
    }

    fn known_instrument(&mut self, file: &File, number: &Spanned<String>) -> bool {
        let known = self.instruments.contains_key(&number.value);
        if !known {
            let message = format!("văn bản “{}” không có trong instruments của bộ quy tắc nào", number.value);
            self.fault(
                Diagnostic::about("unknown-instrument", file, number, message)
                    .hint("thêm văn bản vào một tệp instruments*.yaml, hoặc xem lại số ký hiệu"),
            );
        }
        known
    }

    fn topics_of(&mut self, pack: &RawPack) {
        let pack_file = &pack.pack.file;
        for number in &pack.pack.value.laws {
            self.known_instrument(pack_file, number);
        }
        for InFile { value: topic, file } in &pack.topics {
            let TopicSource {
                id,
                title,
                may_widen,
                title_has,
                title_lacks,
                levels,
                needs,
                needs_all,
                lacks,
                basis,
                text_has,
            } = topic;
            if self.topics.iter().any(|known| known.id == id.value) {
                let message = format!("chủ đề “{}” được khai hai lần", id.value);
                self.fault(Diagnostic::about("duplicate-topic", file, id, message));
            }
            for number in basis {
                self.known_instrument(file, number);
            }
            let topic = Topic {
                id: id.value.clone(),
                title: title.clone(),
                may_widen: *may_widen,
                title_has: self.terms(file, title_has),
                title_lacks: self.terms(file, title_lacks),
                levels: levels.clone(),
                needs: self.terms(file, needs),
                needs_all: self.terms(file, needs_all),
                lacks: self.terms(file, lacks),
                basis: basis.iter().map(|b| b.value.clone()).collect(),
                text_has: self.terms(file, text_has),
            };
            self.topics.push(topic);
        }
    }

    fn terms(&mut self, file: &File, names: &[Spanned<String>]) -> Vec<TermId> {
        names.iter().filter_map(|name| self.term(file, name)).collect()
    }

    fn term(&mut self, file: &File, name: &Spanned<String>) -> Option<TermId> {
        let known = self.terms.get(&name.value).copied();
        if known.is_none() {
            let names: Vec<&str> = self.terms.keys().map(String::as_str).collect();
            let mut fault = Diagnostic::about(
                "unknown-term",
                file,
                name,
                format!("thuật ngữ “{}” không có trong terms.yaml", name.value),
            );
            if let Some(near) = nearest(&name.value, &names) {
                fault = fault.hint(format!("có phải ý là “{near}”?"));
            }
            self.fault(fault);
        }
        known
    }

    fn words(&mut self, words: &[Spanned<String>]) -> TermId {
        self.builder.words(words.iter().map(|w| w.value.as_str()))
    }

    fn topic_ids(&mut self, file: &File, names: &[Spanned<String>]) -> Vec<usize> {
        let mut found = Vec::new();
        for name in names {
            match self.topics.iter().position(|topic| topic.id == name.value) {
                Some(index) => found.push(index),
                None => {
                    let known: Vec<&str> = self.topics.iter().map(|t| t.id.as_str()).collect();
                    let message = format!("chủ đề “{}” không có trong topics.yaml", name.value);
                    let hint = format!("các chủ đề: {}", known.join(", "));
                    self.fault(Diagnostic::about("unknown-topic", file, name, message).hint(hint));
                }
            }
        }
        found
    }

    fn rule(&mut self, pack: usize, InFile { value: source, file }: &InFile<RuleSource>) -> Option<Rule> {
        let before = self.errors();
        let names: Vec<&str> = source.find.keys().map(String::as_str).collect();
        let mut basis = Vec::new();
        for named in &source.basis {
            if !self.known_instrument(file, &named.instrument) {
                continue;
            }
            let key = (named.instrument.value.clone(), named.provision.value.clone());
            match self.provision_index.get(&key) {
                Some(&provision) => {
                    basis.push(RuleBasis { provision, topics: self.topic_ids(file, &named.topics) });
                }
                None => {
                    let message = format!("điều khoản {} của {} không có trong provisions.yaml", key.1, key.0);
                    self.fault(
                        Diagnostic::about("unknown-provision", file, &named.provision, message).hint(
                            "khai điều khoản cùng nội dung yêu cầu (viết bằng lời của mình) trong provisions.yaml",
                        ),
                    );
                }
            }
        }
        let law = source.basis.first().map(|b| (b.instrument.value.clone(), b.provision.value.clone()));
        let mut conditions = Vec::new();
        for (name, condition) in &source.find {
            let matcher = self.condition(file, condition, law.as_ref());
            conditions.push((name.clone(), matcher));
        }
        let say = self.template(file, &source.say, &names, &source.find);
        let propose = source.propose.as_ref().map(|text| self.template(file, text, &names, &source.find));
        let applies = Applies {
            source: source.applies_to.clone(),
            topics: self.topic_ids(file, &source.applies_to.topics),
            not_topics: self.topic_ids(file, &source.applies_to.not_topics),
        };
        let look = Look {
            layers: source.look_in.layers.clone(),
            roles: if source.look_in.roles.is_empty() { OPERATIVE.to_vec() } else { source.look_in.roles.clone() },
            units: source.look_in.units.clone(),
            under: self.terms(file, &source.look_in.under),
            not_under: self.terms(file, &source.look_in.not_under),
        };
        lint::rule(file, source, &mut self.faults);
        letters::rule(file, source, &mut self.faults);
        let parsed = expr::parse(&source.when.value, &names);
        let (when, scope) = match parsed {
            Ok(parsed) => parsed,
            Err(error) => {
                let mut fault = Diagnostic::about("bad-when", file, &source.when, error.message);
                let (before, rest) = source.when.value.split_at(error.at.min(source.when.value.len()));
                fault.column += before.chars().count();
                fault.width =
                    rest.chars().take_while(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | ',')).count().max(1);
                fault.hint = error.hint;
                self.fault(fault);
                return None;
            }
        };
        let mut used = Vec::new();
        when.walk(true, &mut |index, _| used.push(index));
        let unless = source.unless.iter().filter_map(|e| self.exception(file, e, &names, scope)).collect::<Vec<_>>();
        lint::combinations(file, source, &when, &unless, &mut self.faults);
        for exception in &unless {
            if let UnlessMatcher::Named(index) = exception.matcher {
                used.push(index);
            }
        }
        for (index, name) in names.iter().enumerate() {
            if !used.contains(&index) {
                let message = format!("điều kiện “{name}” khai trong “find” nhưng không dùng");
                self.fault(Diagnostic::about("unused-condition", file, &source.when, message));
            }
        }
        let anchors = self.anchors(file, source, &names, &conditions, &when.positive());
        if self.errors() > before {
            return None;
        }
        Some(Rule {
            id: source.id.value.clone(),
            pack,
            title: source.title.clone(),
            state: source.state,
            basis,
            applies,
            look,
            conditions: conditions.into_iter().map(|(name, matcher)| Some((name, matcher?))).collect::<Option<_>>()?,
            when,
            scope: scope.unwrap_or(Scope::ClauseWithLeadIn),
            anchors,
            unless,
            group: source.group,
            family: source.family.as_ref().map(|family| family.value.clone()),
            kind: source.verdict.kind,
            handling: source.verdict.handling,
            severity: source.verdict.severity,
            confidence: source.verdict.confidence,
            fix: source.verdict.fix,
            say,
            propose: propose.unwrap_or_default(),
            tests: source.tests.clone(),
        })
    }

    fn errors(&self) -> usize {
        self.faults.iter().filter(|fault| fault.gravity == Gravity::Error).count()
    }

    /// By default the quantity, else the first positive condition that has words of its own.
    fn anchors(
        &mut self,
        file: &File,
        source: &RuleSource,
        names: &[&str],
        conditions: &[(String, Option<Matcher>)],
        positive: &[usize],
    ) -> Vec<usize> {
        if let Some(wanted) = &source.anchor {
            let mut found = Vec::new();
            for wanted_name in &wanted.value.0 {
                match names.iter().position(|name| name == wanted_name) {
                    Some(at) => found.push(at),
                    None => {
                        let message = format!("“anchor” nhắc điều kiện “{wanted_name}” không có trong “find”");
                        self.fault(
                            Diagnostic::error("unknown-anchor", file, wanted.referenced, message).narrowed(wanted_name),
                        );
                    }
                }
            }
            return found;
        }
        let matcher = |index: &usize| conditions[*index].1.as_ref();
        let has_words = |index: &usize| {
            !matches!(
                matcher(index),
                None | Some(
                    Matcher::Structure(_)
                        | Matcher::Document(_)
                        | Matcher::Modality(_)
                        | Matcher::Topics(_)
                        | Matcher::Absent { .. }
                )
            )
        };
        // `find` is an ordered map by name; the order that counts is that of `when`.
        positive
            .iter()
            .find(|index| matches!(matcher(index), Some(Matcher::Quantity(_))))
            .or_else(|| positive.iter().find(|index| has_words(index)))
            .copied()
            .into_iter()
            .collect()
    }

    fn exception(&mut self, file: &File, source: &Exception, names: &[&str], scope: Option<Scope>) -> Option<Unless> {
        let within = match &source.within {
            None => scope.unwrap_or(Scope::ClauseWithLeadIn),
            Some(name) => match Scope::from_name(&name.value) {
                Some(scope) => scope,
                None => {
                    let message = format!("không có phạm vi “{}”", name.value);
                    let hint = format!("các phạm vi: {}", Scope::NAMES.join(", "));
                    self.fault(Diagnostic::about("unknown-scope", file, name, message).hint(hint));
                    return None;
                }
            },
        };
        let matcher = if let Some(name) = &source.name {
            match names.iter().position(|known| *known == name.value) {
                Some(index) => UnlessMatcher::Named(index),
                None => {
                    let message = format!("“unless” nhắc điều kiện “{}” không có trong “find”", name.value);
                    self.fault(Diagnostic::about("unknown-condition", file, name, message));
                    return None;
                }
            }
        } else if let Some(cites) = &source.cites {
            UnlessMatcher::Own(Matcher::Cites(self.cites(file, cites)))
        } else if let Some(pattern) = &source.pattern {
            UnlessMatcher::Own(self.pattern(file, pattern)?)
        } else {
            let mut terms = self.terms(file, &source.term);
            if !source.words.is_empty() {
                terms.push(self.words(&source.words));
            }
            UnlessMatcher::Own(Matcher::Terms(terms))
        };
        Some(Unless { matcher, within, why: source.why.clone(), filter: None })
    }

    fn template(
        &mut self,
        file: &File,
        text: &Spanned<String>,
        names: &[&str],
        find: &BTreeMap<String, Condition>,
    ) -> Template {
        Template::parse(&text.value, names).unwrap_or_else(|unknown| {
            for hole in unknown {
                let attributes = ATTRIBUTES.map(|(name, _)| name).join(", ");
                let known: Vec<&str> = find.keys().map(String::as_str).collect();
                self.fault(
                    Diagnostic::about("unknown-placeholder", file, text, format!("không có chỗ điền {hole}")).narrowed(&hole).hint(format!(
                        "dùng được: {{cite}}, {{document}}, {{basis.cite}}, {{basis.demands}}, {{TÊN.thuộc-tính}} với TÊN là {} và thuộc tính là {attributes}",
                        known.join(", ")
                    )),
                );
            }
            Template::default()
        })
    }

    fn cites(&mut self, file: &File, source: &super::source::CitesSource) -> Cites {
        for number in &source.instrument {
            self.known_instrument(file, number);
        }
        Cites::from(source)
    }

    fn pattern(&mut self, file: &File, source: &PatternSource) -> Option<Matcher> {
        let unknown = pattern::terms(&source.regex.value).find(|(_, name)| !self.terms.contains_key(*name));
        if let Some((_, name)) = unknown {
            let message = format!("thuật ngữ “{name}” không có trong terms.yaml");
            let fault = Diagnostic::about("unknown-term", file, &source.regex, message);
            let hint = "khai từ ấy trong terms.yaml, hoặc xem lại mã trong ngoặc nhọn";
            self.fault(fault.narrowed(&format!("<{name}>")).hint(hint));
            return None;
        }
        match self.regexes.get(&source.regex.value)? {
            Ok(regex) => {
                let regex = regex.clone();
                if regex.is_match("") {
                    let message = "biểu thức khớp cả khi không có chữ nào";
                    self.fault(Diagnostic::about("empty-regex", file, &source.regex, message));
                }
                Some(Matcher::Pattern { regex, near: self.words(&source.near) })
            }
            Err(error) => {
                let message = format!("biểu thức chính quy viết sai: {}", lint::regex_fault(error));
                self.fault(Diagnostic::about("bad-regex", file, &source.regex, message));
                None
            }
        }
    }

    fn condition(&mut self, file: &File, condition: &Condition, law: Option<&(String, String)>) -> Option<Matcher> {
        Some(match condition {
            Condition::Term(names) => Matcher::Terms(self.terms(file, names)),
            Condition::Words(words) => Matcher::Terms(vec![self.words(words)]),
            Condition::Pattern(source) => self.pattern(file, source)?,
            Condition::Cites(source) => Matcher::Cites(self.cites(file, source)),
            Condition::Quantity(source) => Matcher::Quantity(Box::new(self.quantity(file, source, law)?)),
            Condition::Actor(source) => {
                Matcher::Actor { who: self.terms(file, &source.who), does: self.terms(file, &source.does) }
            }
            Condition::Checklist(source) => Matcher::Checklist(Checklist {
                held_by: self.terms(file, &source.held_by),
                items: source.items.iter().map(|item| (item.item.clone(), self.words(&item.any))).collect(),
                missing_at_least: source.missing_at_least.unwrap_or(1),
                present_at_least: source.present_at_least.unwrap_or(1),
            }),
            Condition::Structure(source) => Matcher::Structure(Structure {
                has_role: source.has_role.clone(),
                lacks_role: source.lacks_role.clone(),
                has_heading: self.terms(file, &source.has_heading),
                lacks_heading: self.terms(file, &source.lacks_heading),
                attachment: source.attachment,
                lacks_text: self.terms(file, &source.lacks_text),
            }),
            Condition::Document(source) => Matcher::Document(DocumentFact {
                issuer_has: self.terms(file, &source.issuer_has),
                effective_sooner_than: match &source.effective_sooner_than {
                    Some(name) => Some(self.days(file, name, law)?),
                    None => None,
                },
                states: source.state.clone(),
                causes: source.cause.clone(),
                levels: source.levels.clone(),
                has_basis: source.has_basis,
                has_number: source.has_number,
                title_has: self.terms(file, &source.title_has),
                year_mismatch: source.year_mismatch,
            }),
            Condition::Modality(modality) => Matcher::Modality(*modality),
            Condition::Topic(names) => Matcher::Topics(self.topic_ids(file, names)),
            Condition::Absent(source) => {
                Matcher::Absent { title_has: self.terms(file, &source.title_has), source: source.clone() }
            }
        })
    }

    fn quantity(
        &mut self,
        file: &File,
        source: &QuantitySource,
        law: Option<&(String, String)>,
    ) -> Option<QuantityMatcher> {
        let mut parse = |value: &Spanned<String>| {
            let parsed = Quantity::parse(&value.value, Some(source.measure));
            if parsed.is_none() {
                let message = format!("“{}” không phải một đại lượng thuộc loại đã khai", value.value);
                self.faults.push(Diagnostic::about("bad-quantity", file, value, message));
            }
            parsed
        };
        let test = if let Some(name) = &source.departs_from {
            let (parameter, direction) = self.parameter(file, name, law)?;
            if parameter.measure != source.measure {
                let message = format!("tham số {} không cùng loại đại lượng với điều kiện", name.value);
                self.fault(Diagnostic::about("measure-differs", file, name, message));
            }
            QuantityTest::DepartsFrom { parameter, direction }
        } else if let Some(value) = &source.below {
            QuantityTest::Below(parse(value)?)
        } else if let Some(value) = &source.above {
            QuantityTest::Above(parse(value)?)
        } else if source.equals.is_empty() {
            QuantityTest::Any
        } else {
            QuantityTest::Equals(source.equals.iter().filter_map(&mut parse).collect())
        };
        Some(QuantityMatcher {
            measure: source.measure,
            of: self.terms(file, &source.of),
            about: self.terms(file, &source.about),
            after: self.terms(file, &source.after),
            test,
        })
    }

    /// The least number of days that a parameter asks for.
    fn days(&mut self, file: &File, name: &Spanned<String>, law: Option<&(String, String)>) -> Option<i64> {
        let (parameter, _) = self.parameter(file, name, law)?;
        match parameter.low.filter(|_| parameter.measure == Measure::Duration) {
            // Days of the Law are whole numbers far below the limit.
            #[allow(clippy::cast_possible_truncation, reason = "a few thousand at most")]
            Some(low) => Some(low.value.round() as i64),
            None => {
                let message = format!("tham số {} không phải số ngày ít nhất", name.value);
                self.fault(Diagnostic::about("measure-differs", file, name, message));
                None
            }
        }
    }

    /// `@A21.1.ty-le`, or `@59/2023/NĐ-CP#A13.2.so-luong`.
    fn parameter(
        &mut self,
        file: &File,
        name: &Spanned<String>,
        law: Option<&(String, String)>,
    ) -> Option<(Quantity, Direction)> {
        let found = name.value.strip_prefix('@').and_then(|rest| {
            let (instrument, path) = match rest.split_once('#') {
                Some((instrument, path)) => (instrument.to_owned(), path),
                None => (law?.0.clone(), rest),
            };
            let (path, parameter) = path.rsplit_once('.')?;
            self.parameters.get(&(instrument, path.to_owned(), parameter.to_owned())).cloned()
        });
        if found.is_none() {
            let of_law = |key: &&(String, String, String)| law.is_some_and(|(number, _)| key.0 == *number);
            let known: Vec<String> =
                self.parameters.keys().filter(of_law).map(|(_, path, name)| format!("@{path}.{name}")).collect();
            let message = format!("tham số “{}” không có trong provisions.yaml", name.value);
            let hint = format!("các tham số của văn bản này: {}", known.join(", "));
            self.fault(Diagnostic::about("unknown-parameter", file, name, message).hint(hint));
        }
        found
    }
}
