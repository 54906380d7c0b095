//! `rasoat eval`.

use std::collections::HashSet;
use std::path::Path;

use super::args::Eval;
use super::{Exit, load_decisions, load_rules, print, say};
use crate::eval::{self, Labels, Scores};
use crate::report::recall;
use crate::rules::Diagnostic;

/// Measures the program against gold labels.
pub fn run(args: &Eval) -> anyhow::Result<Exit> {
    if let Some(sample) = &args.sample {
        print(&recall::text(&recall::read(sample)?))?;
        return Ok(Exit::Done);
    }
    let Labels { gold, mut faults, sealed, sets } = eval::read(args.gold.as_deref().unwrap_or(Path::new(".")))?;
    let sealed = if args.open_sealed { HashSet::new() } else { sealed };
    let tell = |faults: Vec<Diagnostic>| {
        let (shown, hidden) = eval::seal::shown(faults, &sealed);
        shown.iter().for_each(|fault| say(&fault.render()));
        hidden.iter().for_each(|line| say(line));
    };
    let bad = eval::check(&gold, &mut faults);
    tell(std::mem::take(&mut faults));
    if bad {
        anyhow::bail!("nhãn chuẩn có lỗi (nêu ở trên); sửa rồi chạy lại");
    }
    let earlier = args.baseline.as_deref().map(eval::read_baseline).transpose()?;
    let rules = load_rules(&args.rules, &args.packs)?;
    let table = load_decisions(&args.rules)?;
    let mut scores = eval::evaluate(&gold, &sets, &rules, &table, args.open_sealed, &mut faults)?;
    tell(faults);
    scores.changes = earlier.map(|earlier| eval::compare(&earlier, &scores));
    print(&if args.json { eval::json(&scores)? } else { eval::text(&scores) })?;
    Ok(ended(&scores))
}

fn ended(scores: &Scores) -> Exit {
    match &scores.changes {
        Some(changes) if changes.loses_a_label() => Exit::Findings,
        _ if scores.unread > 0 => Exit::SomeUnread,
        _ => Exit::Done,
    }
}
