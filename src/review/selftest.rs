//! The tests beside the rules: each text is read as a small local document and reviewed.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::condition;
use super::engine::{self, Run, quote};
use super::given::Given;
use super::index::Index;
use super::region::Region;
use super::topics::Topics;
use crate::document::{Document, Kind, Level, Mention, understand};
use crate::registry::{Citing, Registry, Resolution, State, Status};
use crate::rules::ruleset::{Rule, RuleSet};
use crate::rules::source::{FilterTestSource, TestSource};
use crate::source::plain;

/// How one test went.
#[derive(Debug)]
pub struct Outcome {
    /// Rule id.
    pub rule: String,
    /// Number of the test in its rule, from 1.
    pub number: usize,
    /// Its text.
    pub text: String,
    /// What went wrong, in Vietnamese; `None` = passed.
    pub fault: Option<String>,
}

/// Runs every test of every rule, in order.
pub fn run(rules: &RuleSet) -> Vec<Outcome> {
    let registry = Registry::new(rules.instruments.clone(), &[]);
    let mut outcomes = Vec::new();
    for rule in &rules.rules {
        for (at, test) in rule.tests.iter().enumerate() {
            let text = test.hit.as_ref().or(test.quiet.as_ref()).map_or("", |text| text.value.as_str());
            let fault = check(rule, test, text, rules, &registry);
            outcomes.push(Outcome { rule: rule.id.clone(), number: at + 1, text: text.to_owned(), fault });
        }
    }
    for (at, filter) in rules.filters.iter().enumerate() {
        for (number, test) in filter.tests.iter().enumerate() {
            let text = test.hit.as_ref().or(test.quiet.as_ref()).map_or("", |text| text.value.as_str());
            let fault = check_filter(at, test, text, rules, &registry);
            outcomes.push(Outcome { rule: filter.id.clone(), number: number + 1, text: text.to_owned(), fault });
        }
    }
    outcomes
}

/// The test of a filter as a test of its rule.
fn as_rule_test(test: &FilterTestSource) -> TestSource {
    TestSource {
        hit: test.hit.clone(),
        quiet: test.quiet.clone(),
        given: test.given.clone(),
        at: None,
        captures: BTreeMap::new(),
        confidence: None,
    }
}

/// The rule must be silent on a `quiet` text, and would speak without the filter.
fn check_filter(
    filter: usize,
    test: &FilterTestSource,
    text: &str,
    rules: &RuleSet,
    registry: &Registry,
) -> Option<String> {
    // A rule that does not run has nothing to stop.
    let rule = rules.rules.iter().find(|rule| rule.id == test.rule.value)?;
    let own = as_rule_test(test);
    if let Some(fault) = check(rule, &own, text, rules, registry) {
        return Some(fault);
    }
    let [(_, without), _] = super::mutation::filter_copies(rule, filter);
    let stops = Sample::of(rule, &own, text, rules, registry).fault(&without, &own, rules).is_some();
    (own.quiet.is_some() && !stops)
        .then(|| format!("không phải bộ lọc này chặn: bỏ bộ lọc, quy tắc {} vẫn im lặng", rule.id))
}

fn check(rule: &Rule, test: &TestSource, text: &str, rules: &RuleSet, registry: &Registry) -> Option<String> {
    if engine::matches_batch(rule) {
        return absent(rule, test, text, rules);
    }
    let sample = Sample::of(rule, test, text, rules, registry);
    sample.fault(rule, test, rules).map(|fault| match fault {
        Fault::Silent => {
            format!("phải phát hiện nhưng im lặng; {}", why_not(rule, &sample, rules))
        }
        Fault::Said(words) => words,
    })
}

/// The text of a test as a document, with what is known of it.
struct Sample {
    document: Document,
    status: Status,
    cited: Vec<Option<Status>>,
    topics: Topics,
    as_of: Date,
}

/// What is wrong with what a rule says of a sample.
enum Fault {
    /// It should have spoken.
    Silent,
    /// Anything else, in Vietnamese.
    Said(String),
}

impl Sample {
    fn of(rule: &Rule, test: &TestSource, text: &str, rules: &RuleSet, registry: &Registry) -> Sample {
        let as_of = test.given.as_of.unwrap_or(date(2026, 11, 22));
        let own = (!test.given.instruments.is_empty()).then(|| {
            let known = rules.instruments.iter().chain(&test.given.instruments);
            Registry::new(known.cloned().collect(), &[])
        });
        let registry = own.as_ref().unwrap_or(registry);
        let document = document(rule, test, text, registry);
        let topics = match &test.given.topics {
            None => Topics { direct: rule.applies.topics.clone(), ..Topics::default() },
            Some(ids) => {
                let named = rules.topics.iter().enumerate().filter(|(_, topic)| ids.contains(&topic.id));
                Topics { direct: named.map(|(at, _)| at).collect(), ..Topics::default() }
            }
        };
        Sample {
            status: status(&document, registry, as_of),
            cited: engine::cited_states(&document, registry, as_of),
            document,
            topics,
            as_of,
        }
    }

    /// What one rule, or a changed copy of it, says; `None` when that is right.
    fn fault(&self, rule: &Rule, test: &TestSource, rules: &RuleSet) -> Option<Fault> {
        let document = &self.document;
        let mut index = Index::new(document, &self.status, self.cited.clone(), &rules.lexicon);
        index.topics = self.topics.all();
        index.given = Given::of(document, |_| true);
        let key = engine::document_key(&document.identity, &document.file);
        let mut found = Vec::new();
        if engine::applies(&rule.applies, &document.identity, &self.topics, self.as_of) {
            let run = Run { index: &index, rule, rules, topics: &self.topics, as_of: self.as_of, key: &key };
            found = run.find().findings;
            found.sort_by_key(|finding| finding.unit.unwrap_or(usize::MAX));
        }
        let said = |words: String| Some(Fault::Said(words));
        if test.quiet.is_some() {
            let finding = found.first()?;
            let words = finding.evidence.first().map_or("", |e| quote(document, e));
            return said(format!("phải im lặng nhưng phát hiện ở {} (“{words}”)", finding.cite));
        }
        let Some(finding) = found.first() else { return Some(Fault::Silent) };
        if let Some(at) = &test.at {
            let paths: Vec<&str> =
                found.iter().map(|f| f.unit.map_or("", |unit| document.units[unit].path.as_str())).collect();
            if !paths.iter().any(|path| path == at || path.split_once('/').is_some_and(|(_, local)| local == at)) {
                return said(format!("phải phát hiện ở {at} nhưng lại ở {}", paths.join(", ")));
            }
        }
        for (name, words) in &test.captures {
            let held = finding.evidence.iter().any(|e| quote(document, e) == words);
            if !held && !finding.message.contains(words.as_str()) {
                return said(format!("{name} phải bắt được “{words}”; câu nêu ra: {}", finding.message));
            }
        }
        let wanted = test.confidence.filter(|&wanted| wanted != finding.confidence)?;
        said(format!("độ tin cậy phải là {wanted:?} nhưng là {:?} ({})", finding.confidence, finding.doubts.join("; ")))
    }
}

/// A rule made looser or narrower in one place: its own tests must notice.
#[derive(Debug)]
pub struct Mutant {
    /// Index of the pack.
    pub pack: usize,
    /// Rule id.
    pub rule: String,
    /// What was changed, in Vietnamese.
    pub change: String,
    /// Some test failed.
    pub killed: bool,
}

/// Changes every rule in every place that [`mutation`](super::mutation) knows, and runs its tests on each copy.
pub fn mutants(rules: &RuleSet) -> Vec<Mutant> {
    let registry = Registry::new(rules.instruments.clone(), &[]);
    let of_rule = |rule: &Rule| {
        let samples: Vec<(Sample, &TestSource)> = rule
            .tests
            .iter()
            .map(|test| {
                let text = test.hit.as_ref().or(test.quiet.as_ref()).map_or("", |text| text.value.as_str());
                (Sample::of(rule, test, text, rules, &registry), test)
            })
            .collect();
        let judged = super::mutation::copies(rule).into_iter().map(|(change, copy)| {
            let killed = samples.iter().any(|(sample, test)| sample.fault(&copy, test, rules).is_some());
            Mutant { pack: rule.pack, rule: rule.id.clone(), change, killed }
        });
        judged.collect::<Vec<_>>()
    };
    let of_filter = |at: usize| {
        let filter = &rules.filters[at];
        let samples: Vec<(&Rule, Sample, TestSource)> = filter
            .tests
            .iter()
            .filter_map(|test| {
                let rule = rules.rules.iter().find(|rule| rule.id == test.rule.value)?;
                let text = test.hit.as_ref().or(test.quiet.as_ref()).map_or("", |text| text.value.as_str());
                let own = as_rule_test(test);
                Some((rule, Sample::of(rule, &own, text, rules, &registry), own))
            })
            .collect();
        let judged = |kind: usize| {
            let mut change = String::new();
            let killed = samples.iter().any(|(rule, sample, test)| {
                let (what, copy) = super::mutation::filter_copies(rule, at)[kind].clone();
                change = what;
                sample.fault(&copy, test, rules).is_some()
            });
            Mutant { pack: filter.pack, rule: filter.id.clone(), change, killed }
        };
        [judged(0), judged(1)]
    };
    let of_rules = rules.rules.iter().filter(|rule| !engine::matches_batch(rule)).flat_map(of_rule);
    of_rules.chain((0..rules.filters.len()).filter(|&at| rules.filters[at].rules > 0).flat_map(of_filter)).collect()
}

/// Which conditions stand nowhere in the text: the first thing a rule author wants to know.
fn why_not(rule: &Rule, sample: &Sample, rules: &RuleSet) -> String {
    let document = &sample.document;
    let mut index = Index::new(document, &sample.status, sample.cited.clone(), &rules.lexicon);
    index.topics = sample.topics.all();
    index.given = Given::of(document, |_| true);
    let everywhere = Region::document(&index);
    let states: Vec<String> = rule
        .conditions
        .iter()
        .map(|(name, matcher)| match condition::first(matcher, &index, &everywhere) {
            Some(found) => {
                let words = found.evidence.first().map_or("", |e| quote(document, e));
                format!("{name} có (“{words}”)")
            }
            None => format!("{name} không có"),
        })
        .collect();
    let silenced = engine::exceptions_met(rule, &index);
    let silenced =
        if silenced.is_empty() { String::new() } else { format!("; ngoại lệ có mặt: {}", silenced.join("; ")) };
    let units: Vec<String> = document.units.iter().map(|unit| format!("{} [{:?}]", unit.path, unit.role)).collect();
    format!("{}{silenced}; đơn vị: {}", states.join(", "), units.join(", "))
}

/// Tests of rules about missing documents: the text is the title of the only document of the batch.
fn absent(rule: &Rule, test: &TestSource, text: &str, rules: &RuleSet) -> Option<String> {
    let identity = crate::document::Identity {
        kind: test.given.kind.unwrap_or(Kind::QuyetDinh),
        level: Some(test.given.level.unwrap_or(Level::Tinh)),
        issued: Some(test.given.issued.unwrap_or(date(2019, 6, 1))),
        title: Some(test.given.title.clone().unwrap_or_else(|| text.trim().to_owned())),
        ..Default::default()
    };
    let found = super::missing::among(rules, &[identity], test.given.as_of.unwrap_or(date(2026, 11, 22)));
    let hit = found.iter().any(|finding| finding.rule == rule.id);
    match (test.hit.is_some(), hit) {
        (true, false) => Some("phải báo thiếu văn bản nhưng im lặng".to_owned()),
        (false, true) => Some("phải im lặng nhưng báo thiếu văn bản".to_owned()),
        _ => None,
    }
}

/// The text as a document; a bare clause stands in an article with a neutral heading.
fn document(rule: &Rule, test: &TestSource, text: &str, registry: &Registry) -> Document {
    let structured = text.lines().any(|line| {
        [
            "Điều ",
            "ĐIỀU ",
            "Căn cứ",
            "CHƯƠNG",
            "Chương",
            "QUYẾT ĐỊNH",
            "NGHỊ QUYẾT",
            "QUY CHẾ",
            "Nơi nhận",
            "CHỈ THỊ",
            "KẾ HOẠCH",
        ]
        .iter()
        .any(|start| line.trim_start().starts_with(start))
    });
    let text = if structured { text.to_owned() } else { format!("Điều 1. Nội dung\n{text}") };
    let mut document = match plain::read(text.as_bytes()) {
        Ok(raw) => understand(&raw, "phep-thu.txt", ""),
        Err(_) => {
            return understand(
                &crate::source::RawDocument::new(crate::source::Reader::Text, Vec::new()),
                "phep-thu.txt",
                "",
            );
        }
    };
    let given = &test.given;
    let source = &rule.applies.source;
    let identity = &mut document.identity;
    identity.kind = given.kind.or(source.kinds.first().copied()).unwrap_or(match identity.kind {
        Kind::Other => Kind::QuyetDinh,
        known => known,
    });
    identity.level = given.level.or(source.levels.first().copied()).or(identity.level).or(Some(Level::Tinh));
    identity.number = given.number.clone().or(identity.number.take());
    identity.issued = given.issued.or(identity.issued).or(Some(date(2019, 6, 1)));
    identity.effective = given.effective.or(identity.effective).or(identity.issued);
    identity.ends = given.ends.or(identity.ends);
    identity.issuer = given.issuer.clone().or(identity.issuer.take());
    identity.normative = given.normative;
    if let Some(title) = &given.title {
        identity.title = Some(title.clone());
        if let Some(main) = document.layers.first_mut() {
            main.title.clone_from(title);
        }
    }
    registry.resolve_citations(&mut document, test.given.as_of.unwrap_or(date(2026, 11, 22)));
    document
}

/// State from the graph when the number is in it, else from the document's own dates.
fn status(document: &Document, registry: &Registry, as_of: Date) -> Status {
    let identity = &document.identity;
    if identity.number.is_some() {
        let mention = Mention {
            kind: Some(identity.kind),
            number: identity.number.clone(),
            issued: identity.issued,
            ..Mention::default()
        };
        if let Resolution::One(key) = registry.resolve(&mention, Citing::default()) {
            return registry.status(key, as_of);
        }
    }
    let state = match (identity.ends, identity.effective) {
        (Some(ends), _) if ends < as_of => State::Ended,
        (_, Some(effective)) if effective > as_of => State::NotYet,
        _ => State::InForce,
    };
    let since = if state == State::Ended { identity.ends } else { identity.effective };
    let why = identity.ends.filter(|_| state == State::Ended);
    let why =
        why.map_or_else(String::new, |ends| format!("Hết thời hạn ghi trong văn bản ({}).", ends.strftime("%d/%m/%Y")));
    Status { state, since, why, ..Status::default() }
}
