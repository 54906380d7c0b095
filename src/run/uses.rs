//! How rules and shared filters did in a run, counted document by document.

use std::collections::HashMap;

use crate::report::{FilterUse, Results, RuleUse};
use crate::review::{Finding, Review};
use crate::rules::RuleSet;
use crate::rules::source::Lifecycle;

/// Counts over the documents so far.
pub(super) struct Uses<'r> {
    rules: Vec<RuleUse>,
    filters: Vec<FilterUse>,
    at: HashMap<&'r str, usize>,
}

/// What one review did, apart from what it found.
#[derive(Default)]
pub(super) struct Account {
    applied: Vec<usize>,
    stopped: Vec<(usize, usize)>,
    filtered: Vec<usize>,
}

impl Account {
    /// Taken out of a review, which has no more use for it.
    pub fn take(review: &mut Review) -> Account {
        Account {
            applied: std::mem::take(&mut review.applied),
            stopped: std::mem::take(&mut review.stopped),
            filtered: std::mem::take(&mut review.filtered),
        }
    }
}

impl<'r> Uses<'r> {
    /// Nothing counted yet.
    pub fn of(rules: &'r RuleSet) -> Uses<'r> {
        let pack = |at: usize| rules.packs[at].id.clone();
        let of_rules = rules.rules.iter().map(|rule| RuleUse {
            id: rule.id.clone(),
            pack: pack(rule.pack),
            title: rule.title.clone(),
            state: if rule.state == Lifecycle::Stable { "stable" } else { "trial" },
            confidence: rule.confidence,
            findings: 0,
            documents: 0,
            stopped: 0,
        });
        let of_filters = rules.filters.iter().map(|filter| FilterUse {
            id: filter.id.clone(),
            pack: pack(filter.pack),
            why: filter.why.clone(),
            rules: filter.rules,
            stopped: 0,
        });
        let at = rules.rules.iter().enumerate().map(|(at, rule)| (rule.id.as_str(), at)).collect();
        Uses { rules: of_rules.collect(), filters: of_filters.collect(), at }
    }

    /// Counts a document: the rules that looked into it, what they found, and what exceptions stopped.
    pub fn add(&mut self, account: &Account, findings: &[Finding]) {
        account.applied.iter().for_each(|&rule| self.rules[rule].documents += 1);
        account.stopped.iter().for_each(|&(rule, count)| self.rules[rule].stopped += count);
        account.filtered.iter().for_each(|&filter| self.filters[filter].stopped += 1);
        findings.iter().for_each(|finding| self.rules[self.at[finding.rule.as_str()]].findings += 1);
    }

    /// The counts, where they belong.
    pub fn put(self, results: &mut Results) {
        (results.rules, results.filters) = (self.rules, self.filters);
    }
}
