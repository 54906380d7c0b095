//! `rasoat rules check | test | list`.

use super::args::{Rules, RulesCommand};
use super::{Exit, load_rules, print, say};
use crate::review::{Confidence, selftest};
use crate::rules::source::Lifecycle;

/// Runs a command about rules.
pub fn run(args: &Rules) -> anyhow::Result<Exit> {
    match &args.command {
        RulesCommand::Check(folders) => {
            let set = load_rules(&folders.all(), &folders.packs)?;
            super::load_decisions(&folders.all())?;
            print(&format!(
                "Bộ quy tắc hợp lệ: {} bộ, {} quy tắc, {} điều khoản, {} văn bản trong biểu đồ hiệu lực.\n",
                set.packs.len(),
                set.catalogue.len(),
                set.provisions.len(),
                set.instruments.len()
            ))?;
        }
        RulesCommand::List(folders) => {
            let set = load_rules(&folders.all(), &folders.packs)?;
            for (id, pack, state, confidence, title) in &set.catalogue {
                let state = match state {
                    Lifecycle::Draft => "draft",
                    Lifecycle::Trial => "trial",
                    Lifecycle::Stable => "stable",
                    Lifecycle::Retired => "retired",
                };
                let confidence = match confidence {
                    Confidence::Low => "low",
                    Confidence::Medium => "medium",
                    Confidence::High => "high",
                };
                print(&format!("{id}\t{pack}\t{state}\t{confidence}\t{title}\n"))?;
            }
        }
        RulesCommand::Test(folders) => {
            let set = load_rules(&folders.all(), &folders.packs)?;
            let outcomes = selftest::run(&set);
            let failed = outcomes.iter().filter(|outcome| outcome.fault.is_some()).count();
            for outcome in &outcomes {
                if let Some(fault) = &outcome.fault {
                    say(&format!(
                        "{} phép thử {}: {fault}\n    {}",
                        outcome.rule,
                        outcome.number,
                        outcome.text.replace('\n', "\n    ")
                    ));
                }
            }
            let tested = set.rules.iter().filter(|rule| !rule.tests.is_empty()).count();
            print(&format!(
                "{} quy tắc, {} phép thử: {} đạt, {failed} không đạt.\n",
                tested,
                outcomes.len(),
                outcomes.len() - failed
            ))?;
            if failed > 0 {
                return Ok(Exit::CannotRun);
            }
        }
    }
    Ok(Exit::Done)
}
