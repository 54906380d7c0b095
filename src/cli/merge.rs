//! `rasoat merge`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{anyhow, bail};

use super::args::Merge;
use super::scan::today;
use super::{Exit, load_decisions, load_forms, load_rules, office, print, say};
use crate::proposals::FormSet;
use crate::report::merge::{self, Merged, Task};
use crate::report::same_place;

/// Joins what the units delivered.
pub fn run(args: &Merge) -> anyhow::Result<Exit> {
    for path in &args.paths {
        if !path.exists() {
            bail!("không có tệp hoặc thư mục “{}”", path.display());
        }
        if path.is_dir() && same_place(path, &args.out) {
            bail!("--out trùng với thư mục kết quả “{}” của một đơn vị; chọn thư mục khác", path.display());
        }
    }
    let mut expected = Vec::new();
    for path in &args.units {
        let names = merge::expected_units(path)
            .map_err(|why| anyhow!("không đọc được danh sách đơn vị “{}”: {why}", path.display()))?;
        expected.extend(names);
    }
    let office = office::load(args.config.as_deref())?;
    let rules = load_rules(&args.rules, &args.packs)?;
    let table = load_decisions(&args.rules)?;
    let sets: BTreeSet<FormSet> = office.forms.iter().chain(&args.forms).copied().chain([FormSet::Nd79]).collect();
    let forms = sets.into_iter().map(|set| load_forms(&args.rules, set)).collect::<anyhow::Result<Vec<_>>>()?;
    let task = Task {
        paths: &args.paths,
        expected: (!args.units.is_empty()).then_some(&expected),
        lists: &args.units,
        rules: &rules,
        table: &table,
        office: &office,
        forms,
        as_of: args.as_of,
        today: today(),
    };
    let mut told = Vec::new();
    let Some((merged, written)) = merge::merge(task, &args.out, &mut told)? else {
        for line in &told {
            say(line);
        }
        bail!("không có kết quả nào dùng được; chưa ghi gì");
    };
    for one in &merged.unusable {
        say(&format!("chưa tổng hợp được “{}”: {}", one.source, one.why));
    }
    for note in &merged.notes {
        say(note);
    }
    if !args.quiet {
        print(&summary(&merged))?;
        for file in &written {
            print(&format!("Đã ghi: {}\n", file.path.display()))?;
        }
    }
    for note in written.iter().filter_map(|file| file.note.as_deref()) {
        say(note);
    }
    Ok(if merged.incomplete { Exit::SomeUnread } else { Exit::Done })
}

/// What was joined, on one screen.
fn summary(merged: &Merged) -> String {
    let mut text = String::new();
    let day = merged.results.run.as_of.strftime("%d/%m/%Y");
    let _ = writeln!(
        text,
        "Tổng hợp tại ngày {day}: {} đơn vị; văn bản {} (gửi trùng {}); kiến nghị {}; quyết định trái nhau {}.",
        merged.units.len(),
        merged.results.documents.len(),
        merged.duplicates().count(),
        merged.results.proposals.iter().filter(|one| one.handling != crate::review::Handling::Keep).count(),
        merged.conflicts().count()
    );
    if let Some(expected) = &merged.expected {
        let open: Vec<&str> =
            expected.iter().filter(|one| one.delivered.is_empty()).map(|one| one.name.as_str()).collect();
        let _ = writeln!(text, "Đơn vị trong danh sách: {}; chưa gửi: {}.", expected.len(), open.len());
    }
    let missing = merged.owed.iter().filter(|one| one.is_missing()).count();
    let _ = writeln!(text, "Văn bản Luật giao ban hành, chưa tìm thấy: {missing} (trang “Văn bản còn thiếu”).");
    text
}
