//! Why a rule speaks of a place, or why it does not: each condition with the words that met it, and what stopped the rule.

use jiff::civil::Date;

use super::condition;
use super::engine::{self, Run, applies, cited_states, document_key, matches_batch, quote};
use super::index::Index;
use super::region::Region;
use super::topics;
use super::{Confidence, Evidence, Finding, Place};
use crate::document::{Document, Role, UnitId, UnitKind, place};
use crate::registry::{Registry, Status};
use crate::rules::RuleSet;
use crate::rules::ruleset::{Matcher, Rule, Unless};

/// What became of one rule on one document.
#[derive(Debug)]
pub struct Explanation {
    /// Whether the rule looks at documents like this one, and each demand with whether it is met.
    pub applies: Vec<(String, bool)>,
    /// The `when` line.
    pub when: String,
    /// Shared filters that hold for the rule: id and reason.
    pub filters: Vec<(String, String)>,
    /// Places where the anchor stands, or the places asked about, in reading order.
    pub places: Vec<Explained>,
    /// Each condition anywhere in the document: name, and its first words.
    pub anywhere: Vec<Condition>,
    /// Name of the anchor condition; `None` when the rule is about the document as such.
    pub anchor: Option<String>,
}

/// One place.
#[derive(Debug)]
pub struct Explained {
    /// Path of the unit; empty for the document as such.
    pub path: String,
    /// "khoản 2 Điều 5 Quy chế".
    pub cite: String,
    /// Why the rule does not look there, in Vietnamese.
    pub unseen: Option<String>,
    /// Each condition, seen from there.
    pub conditions: Vec<Condition>,
    /// Reasons of the exceptions that are met there, with the words that met them.
    pub exceptions: Vec<String>,
    /// The finding, when there is one.
    pub found: Option<(Confidence, Vec<String>)>,
}

/// One condition.
#[derive(Debug, Clone)]
pub struct Condition {
    /// Name in the rule.
    pub name: String,
    /// Whether it is met.
    pub met: bool,
    /// Path and words that met it; of facts of the document none.
    pub words: Option<(String, String)>,
}

/// Explains `rule` on `document`; only inside the unit `within`, if one is named.
pub fn explain(
    rule: &Rule,
    document: &Document,
    status: &Status,
    registry: &Registry,
    rules: &RuleSet,
    as_of: Date,
    within: Option<UnitId>,
) -> Explanation {
    let mut index = Index::new(document, status, cited_states(document, registry, as_of), &rules.lexicon);
    index.given = engine::given_elsewhere(document, registry, as_of);
    let topics = topics::find(&index, rules);
    index.topics = topics.all();
    let key = document_key(&document.identity, &document.file);
    let run = Run { index: &index, rule, rules, topics: &topics, as_of, key: &key };
    let can_run = applies(&rule.applies, &document.identity, &topics, as_of) && !matches_batch(rule);
    let findings = if can_run { run.find().findings } else { Vec::new() };
    let everywhere = Region::document(&index);
    let names: Vec<&str> = rule.conditions.iter().map(|(name, _)| name.as_str()).collect();
    let mut explanation = Explanation {
        applies: demands(rule, document, &topics, rules, as_of),
        when: format!("{} within {}", rule.when.written(&names), rule.scope.name()),
        filters: rule
            .unless
            .iter()
            .filter_map(|exception| rules.filters.get(exception.filter?))
            .map(|filter| (filter.id.clone(), filter.why.clone()))
            .collect(),
        places: Vec::new(),
        anywhere: conditions(rule, &index, &everywhere),
        anchor: (!rule.anchors.is_empty())
            .then(|| rule.anchors.iter().map(|&at| names[at]).collect::<Vec<_>>().join(" / ")),
    };
    if rule.anchors.is_empty() {
        let found = findings.first().map(|finding| (finding.confidence, finding.doubts.clone()));
        explanation.places.push(Explained {
            path: String::new(),
            cite: engine::document_name(&document.identity, &document.file),
            unseen: None,
            conditions: explanation.anywhere.clone(),
            exceptions: run.exceptions(None).map(|met| reason(met, &run)).collect(),
            found,
        });
        return explanation;
    }
    let asked = within.map(|unit| document.subtree(unit));
    let mut seen: Vec<(UnitId, Evidence, usize)> = Vec::new();
    for (anchor, found) in run.anchors(&|_| true) {
        if let Some(first) = found.evidence.first()
            && asked.as_ref().is_none_or(|asked| asked.contains(&first.unit))
            && !seen.iter().any(|(unit, ..)| *unit == first.unit)
        {
            seen.push((first.unit, first.clone(), anchor));
        }
    }
    if let Some(unit) = within.filter(|_| seen.is_empty()) {
        seen.push((unit, Evidence { unit, place: Place::Text, range: 0..0 }, rule.anchors[0]));
    }
    explanation.places =
        seen.into_iter().map(|(unit, at, anchor)| at_place(&run, unit, (&at, anchor), &findings)).collect();
    explanation
}

fn at_place(run: &Run, unit: UnitId, (at, anchor): (&Evidence, usize), findings: &[Finding]) -> Explained {
    let (index, rule) = (run.index, run.rule);
    let document = index.document;
    let folded = index.folded(at.unit, at.place).folded(at.range.start);
    let region = Region::around(index, rule.scope, at.unit, at.place, folded);
    let own = &document.units[unit];
    let speaks_of = |finding: &&Finding| finding.unit == Some(unit) || finding.also.contains(&unit);
    let found = findings.iter().find(speaks_of);
    let mut conditions = conditions(rule, index, &region);
    if !at.range.is_empty() {
        let words = quote(document, at).to_owned();
        conditions[anchor].met = true;
        conditions[anchor].words = Some((own.path.clone(), words));
    }
    Explained {
        path: own.path.clone(),
        cite: place::unit(document, unit),
        unseen: (!run.looks(unit)).then(|| unseen(rule, own.kind, own.role, own.quoted && !run.index.given.has(unit))),
        conditions,
        exceptions: run.exceptions(Some(at)).map(|met| reason(met, run)).collect(),
        found: found.map(|finding| (finding.confidence, finding.doubts.clone())),
    }
}

/// The reason of an exception with the shared filter it comes from, and the words that met it.
fn reason((exception, evidence): (&Unless, Option<Evidence>), run: &Run) -> String {
    let filter = exception.filter.and_then(|at| run.rules.filters.get(at));
    let filter = filter.map_or_else(String::new, |filter| format!(" (bộ lọc chung {})", filter.id));
    let document = run.index.document;
    let words = evidence.map_or_else(String::new, |evidence| {
        format!(" — “{}” ({})", quote(document, &evidence), document.units[evidence.unit].path)
    });
    format!("{}{filter}{words}", exception.why)
}

fn unseen(rule: &Rule, kind: UnitKind, role: Role, quoted: bool) -> String {
    let look = &rule.look;
    if quoted {
        "lời văn trích của văn bản khác".to_owned()
    } else if !look.roles.contains(&role) {
        format!("quy tắc không xem phần này (role {})", kebab(&role))
    } else if !look.units.is_empty() && !look.units.contains(&kind) {
        format!("quy tắc không xem loại đơn vị này (units {})", kebab(&kind))
    } else {
        "quy tắc chỉ xem phần khác của văn bản (layers, under, not-under)".to_owned()
    }
}

fn kebab(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn conditions(rule: &Rule, index: &Index, region: &Region) -> Vec<Condition> {
    let of = |(name, matcher): &(String, Matcher)| {
        let found = condition::first(matcher, index, region);
        let words = found.as_ref().and_then(|found| found.evidence.first()).map(|evidence| {
            (index.document.units[evidence.unit].path.clone(), quote(index.document, evidence).to_owned())
        });
        Condition { name: name.clone(), met: found.is_some(), words }
    };
    rule.conditions.iter().map(of).collect()
}

/// Each demand of `applies-to` with whether the document meets it.
fn demands(
    rule: &Rule,
    document: &Document,
    topics: &topics::Topics,
    rules: &RuleSet,
    as_of: Date,
) -> Vec<(String, bool)> {
    let (applies, identity) = (&rule.applies, &document.identity);
    let source = &applies.source;
    let mut found = Vec::new();
    let mut tell = |words: String, met: bool| found.push((words, met));
    if !source.kinds.is_empty() {
        let kinds: Vec<&str> = source.kinds.iter().map(|kind| kind.name()).collect();
        tell(
            format!("loại văn bản: {} (văn bản này: {})", kinds.join(", "), identity.kind.name()),
            source.kinds.contains(&identity.kind),
        );
    }
    if !source.levels.is_empty() {
        let levels: Vec<String> = source.levels.iter().map(kebab).collect();
        let own = identity.level.as_ref().map_or_else(|| "chưa rõ".to_owned(), kebab);
        let met = identity.level.is_none_or(|level| source.levels.contains(&level));
        tell(format!("cấp: {} (văn bản này: {own})", levels.join(", ")), met);
    }
    if !applies.topics.is_empty() {
        let titles: Vec<&str> = applies.topics.iter().map(|&at| rules.topics[at].title.as_str()).collect();
        tell(format!("chủ đề: {}", titles.join("; ")), applies.topics.iter().any(|&topic| topics.has(topic)));
    }
    for &topic in &applies.not_topics {
        tell(format!("không thuộc chủ đề: {}", rules.topics[topic].title), !topics.has(topic));
    }
    if let Some(day) = source.issued_before {
        let met = engine::issued_at_latest(identity).is_some_and(|issued| issued < day);
        tell(format!("ban hành trước ngày {}", day.strftime("%d/%m/%Y")), met);
    }
    if let Some(day) = source.issued_from {
        tell(
            format!("ban hành từ ngày {}", day.strftime("%d/%m/%Y")),
            identity.issued.is_none_or(|issued| issued >= day),
        );
    }
    if let Some(day) = source.as_of_from {
        tell(format!("xét từ ngày {}", day.strftime("%d/%m/%Y")), as_of >= day);
    }
    if let Some(wanted) = source.normative {
        let words = if wanted {
            "là văn bản quy phạm pháp luật"
        } else {
            "không phải văn bản quy phạm pháp luật"
        };
        tell(words.to_owned(), identity.normative.is_none_or(|own| own == wanted));
    }
    if let Some(provision) = rule.basis_in(&topics.all()).first().map(|&at| &rules.provisions[at]) {
        let met = provision.from <= as_of && provision.to.is_none_or(|to| to >= as_of);
        tell(format!("{} đang được áp dụng tại ngày xét", provision.cite), met);
    }
    if matches_batch(rule) {
        tell("quy tắc về văn bản còn thiếu, xét trên cả tập văn bản".to_owned(), false);
    }
    found
}

/// The explanation as text for a terminal.
pub fn text(rule: &Rule, document: &Document, explanation: &Explanation) -> String {
    let mark = |met: bool| if met { "✓" } else { "✗" };
    let mut lines = vec![
        format!("Quy tắc {}: {}", rule.id, rule.title),
        format!("Văn bản: {} ({})", engine::document_name(&document.identity, &document.file), document.file),
        String::new(),
        "Văn bản thuộc phạm vi áp dụng:".to_owned(),
    ];
    for (words, met) in &explanation.applies {
        lines.push(format!("  {} {words}", mark(*met)));
    }
    if explanation.applies.is_empty() {
        lines.push("  ✓ mọi văn bản".to_owned());
    }
    let whole = explanation.applies.iter().all(|(_, met)| *met);
    lines.push(String::new());
    lines.push(format!("Điều kiện: {}", explanation.when));
    if !explanation.filters.is_empty() {
        lines.push("Bộ lọc chung của bộ quy tắc:".to_owned());
        lines.extend(explanation.filters.iter().map(|(id, why)| format!("  {id}: {why}")));
    }
    if explanation.places.is_empty() {
        if let Some(anchor) = &explanation.anchor {
            lines.push(format!(
                "Không chỗ nào trong văn bản có điều kiện chính “{anchor}”. Các điều kiện trong cả văn bản:"
            ));
        }
        explanation.anywhere.iter().for_each(|one| lines.push(condition_line(one)));
    }
    for place in &explanation.places {
        lines.push(String::new());
        lines.push(if place.path.is_empty() {
            place.cite.clone()
        } else {
            format!("{} — {}", place.path, place.cite)
        });
        place.conditions.iter().for_each(|one| lines.push(condition_line(one)));
        place.exceptions.iter().for_each(|why| lines.push(format!("  ! ngoại lệ có mặt: {why}")));
        lines.push(match (&place.found, &place.unseen) {
            (Some((confidence, doubts)), _) => {
                let words = match confidence {
                    Confidence::High => "cao",
                    Confidence::Medium => "trung bình",
                    Confidence::Low => "thấp",
                };
                let doubts = if doubts.is_empty() { String::new() } else { format!(": {}", doubts.join("; ")) };
                format!("  → phát hiện, độ tin cậy {words}{doubts}")
            }
            (None, _) if !whole => "  → không xét: văn bản không thuộc phạm vi áp dụng".to_owned(),
            (None, Some(why)) => format!("  → không xét: {why}"),
            (None, None) if !place.exceptions.is_empty() => "  → không phát hiện: ngoại lệ chặn lại".to_owned(),
            (None, None) => "  → không phát hiện: các điều kiện không cùng có mặt như yêu cầu".to_owned(),
        });
    }
    lines.push(String::new());
    lines.join("\n")
}

fn condition_line(condition: &Condition) -> String {
    let mark = if condition.met { "✓" } else { "✗" };
    match &condition.words {
        Some((path, words)) => format!("  {mark} {}: “{words}” ({path})", condition.name),
        None => format!("  {mark} {}", condition.name),
    }
}
