//! `rasoat eval`.

use std::path::Path;

use super::args::Eval;
use super::{Exit, load_decisions, load_rules, print, say};
use crate::eval::{self, Scores};

/// Measures the program against gold labels.
pub fn run(args: &Eval) -> anyhow::Result<Exit> {
    if let Some(sample) = &args.sample {
        print(&eval::sample_text(&eval::read_sample(sample)?))?;
        return Ok(Exit::Done);
    }
    let (gold, mut faults) = eval::read(args.gold.as_deref().unwrap_or(Path::new(".")))?;
    let bad = eval::check(&gold, &mut faults);
    faults.drain(..).for_each(|fault| say(&fault.render()));
    if bad {
        anyhow::bail!("nhãn chuẩn có lỗi (nêu ở trên); sửa rồi chạy lại");
    }
    let earlier = args.baseline.as_deref().map(eval::read_baseline).transpose()?;
    let rules = load_rules(&args.rules, &args.packs)?;
    let table = load_decisions(&args.rules)?;
    let mut scores = eval::evaluate(&gold, &rules, &table, &mut faults)?;
    faults.iter().for_each(|fault| say(&fault.render()));
    scores.changes = earlier.map(|earlier| eval::compare(&earlier, &scores.items));
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
