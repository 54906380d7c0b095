//! Exceptions that the rules of a pack share (`filters.yaml`): checked, then put into the `unless` of the rules they hold for.

use super::{Compiler, Diagnostic, File, InFile, RawPack, Rule, Scope, Unless};
use crate::rules::ruleset::Filter;
use crate::rules::source::{Exception, FilterSource, RuleSource};
use crate::rules::{letters, lint, yaml_fault};
use crate::verdict::FindingKind;

/// The name that stands for every rule of the pack.
const ALL: &str = "all";

/// The shared exceptions of one pack, compiled.
pub struct Shared<'p> {
    /// Index of the pack, and of its first filter in the rule set.
    pack: usize,
    first: usize,
    filters: Vec<(&'p FilterSource, Option<Unless>)>,
}

impl Compiler {
    /// Checks and compiles the filters of a pack; `first` is the number of filters there are before it.
    pub fn filters<'p>(&mut self, pack: usize, raw: &'p RawPack, first: usize) -> Shared<'p> {
        let mut filters: Vec<(&FilterSource, Option<Unless>)> = Vec::new();
        for InFile { value: source, file } in &raw.filters {
            if filters.iter().any(|(known, _)| known.id.value == source.id.value) {
                let message = format!("bộ lọc “{}” được khai hai lần", source.id.value);
                self.fault(Diagnostic::about("duplicate-filter", file, &source.id, message));
            }
            let named = self.filter_names(file, source, raw);
            self.filter_tests(file, source, &raw.rules, named);
            letters::filter(file, source, &mut self.faults);
            if let Some(pattern) = &source.pattern {
                lint::pattern(file, pattern, &mut self.faults);
            }
            let ways = usize::from(!source.term.is_empty() || !source.words.is_empty())
                + usize::from(source.cites.is_some())
                + usize::from(source.pattern.is_some());
            if ways != 1 {
                let message = format!("bộ lọc “{}” phải có đúng một điều kiện", source.id.value);
                self.fault(
                    Diagnostic::about("unclear-filter", file, &source.id, message)
                        .hint("dùng một trong: term và words, cites, pattern"),
                );
            }
            let exception = Exception {
                name: None,
                term: source.term.clone(),
                words: source.words.clone(),
                cites: source.cites.clone(),
                pattern: source.pattern.clone(),
                within: source.within.clone(),
                why: source.why.value.clone(),
            };
            let compiled = self.exception(file, &exception, &[], None);
            filters.push((source, compiled));
        }
        Shared { pack, first, filters }
    }

    /// Names of rules that do not exist, and a filter that no rule can use; `true` when there is none.
    fn filter_names(&mut self, file: &File, source: &FilterSource, raw: &RawPack) -> bool {
        let ids: Vec<&str> = raw.rules.iter().map(|rule| rule.value.id.value.as_str()).collect();
        let mut unknown = false;
        for name in source.rules.iter().chain(&source.not_rules) {
            if ids.iter().any(|id| is_named(&name.value, id)) {
                continue;
            }
            unknown = true;
            let what = if name.value.ends_with('*') {
                "không có quy tắc nào có mã bắt đầu như"
            } else {
                "không có quy tắc"
            };
            let message = format!("{what} “{}” trong bộ quy tắc này", name.value);
            let fault = Diagnostic::about("unknown-rule", file, name, message);
            self.fault(match yaml_fault::nearest(&name.value, &ids) {
                Some(near) => fault.hint(format!("có phải ý là “{near}”?")),
                None => fault.hint("viết mã quy tắc, phần đầu của mã kèm .* (bch.ten.*), hoặc all"),
            });
        }
        let used = raw.rules.iter().any(|rule| holds_for_source(source, &rule.value));
        if source.rules.is_empty() && source.kinds.is_empty() {
            let message = format!("bộ lọc “{}” không nêu dùng cho quy tắc nào", source.id.value);
            self.fault(
                Diagnostic::about("unused-filter", file, &source.id, message)
                    .hint("thêm rules: [mã quy tắc] hoặc kinds: [loại vấn đề]; rules: [all] là mọi quy tắc của bộ"),
            );
        } else if !unknown && !used {
            let message = format!("không quy tắc nào dùng bộ lọc “{}”", source.id.value);
            self.fault(
                Diagnostic::about("unused-filter", file, &source.id, message)
                    .hint("xem lại rules, kinds, not-rules, hoặc bỏ bộ lọc này"),
            );
        }
        used && !unknown
    }

    /// A filter shows what it stops and what it does not, on rules it holds for (asked only when their names are sound).
    fn filter_tests(&mut self, file: &File, source: &FilterSource, rules: &[InFile<RuleSource>], named: bool) {
        let hits = source.tests.iter().filter(|test| test.hit.is_some()).count();
        let quiets = source.tests.iter().filter(|test| test.quiet.is_some()).count();
        if hits < 1 || quiets < 1 {
            let message =
                format!("bộ lọc cần ít nhất 1 phép thử “hit” và 1 phép thử “quiet”; đang có {hits} và {quiets}");
            self.fault(
                Diagnostic::about("few-tests", file, &source.id, message)
                    .hint("quiet: đoạn bộ lọc phải chặn; hit: đoạn bộ lọc không được chặn"),
            );
        }
        for test in &source.tests {
            if test.hit.is_some() == test.quiet.is_some() {
                let message = "mỗi phép thử có đúng một trong hai khóa “hit” và “quiet”";
                self.fault(Diagnostic::about("unclear-test", file, &test.rule, message));
            }
            match rules.iter().find(|rule| rule.value.id.value == test.rule.value) {
                None => {
                    let ids: Vec<&str> = rules.iter().map(|rule| rule.value.id.value.as_str()).collect();
                    let message = format!("không có quy tắc “{}” trong bộ quy tắc này", test.rule.value);
                    let fault = Diagnostic::about("unknown-rule", file, &test.rule, message);
                    self.fault(match yaml_fault::nearest(&test.rule.value, &ids) {
                        Some(near) => fault.hint(format!("có phải ý là “{near}”?")),
                        None => fault,
                    });
                }
                Some(rule) if named && !holds_for_source(source, &rule.value) => {
                    let message = format!("bộ lọc “{}” không dùng cho quy tắc “{}”", source.id.value, test.rule.value);
                    self.fault(
                        Diagnostic::about("foreign-test", file, &test.rule, message)
                            .hint("thử trên một quy tắc có trong rules, kinds của bộ lọc"),
                    );
                }
                Some(_) => {}
            }
        }
    }
}

impl Shared<'_> {
    /// The rule with the filters that hold for it. A filter of a sentence says nothing about a rule on the document as such.
    pub fn added_to(&self, mut rule: Rule) -> Rule {
        for (at, (source, compiled)) in self.filters.iter().enumerate() {
            let Some(compiled) = compiled.as_ref().filter(|_| holds_for(source, &rule.id, rule.kind)) else { continue };
            let within = if source.within.is_some() { compiled.within } else { rule.scope };
            if !rule.anchors.is_empty() || within == Scope::Document {
                rule.unless.push(Unless { within, filter: Some(self.first + at), ..compiled.clone() });
            }
        }
        rule
    }

    /// The filters, with how many of the rules hold each.
    pub fn counted(self, rules: &[Rule]) -> Vec<Filter> {
        let Shared { pack, first, filters } = self;
        let uses = |at: usize| {
            rules.iter().filter(|rule| rule.unless.iter().any(|unless| unless.filter == Some(first + at))).count()
        };
        let filter = |(at, (source, _)): (usize, (&FilterSource, _))| Filter {
            id: source.id.value.clone(),
            pack,
            why: source.why.value.clone(),
            rules: uses(at),
            tests: source.tests.clone(),
        };
        filters.into_iter().enumerate().map(filter).collect()
    }
}

fn holds_for_source(source: &FilterSource, rule: &RuleSource) -> bool {
    holds_for(source, &rule.id.value, rule.verdict.kind)
}

fn holds_for(source: &FilterSource, id: &str, kind: FindingKind) -> bool {
    (source.rules.is_empty() || source.rules.iter().any(|name| is_named(&name.value, id)))
        && (source.kinds.is_empty() || source.kinds.contains(&kind))
        && !source.not_rules.iter().any(|name| is_named(&name.value, id))
}

/// `all`, the id, or its beginning with a star.
fn is_named(name: &str, id: &str) -> bool {
    name == ALL || name == id || name.strip_suffix('*').is_some_and(|start| id.starts_with(start))
}
