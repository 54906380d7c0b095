//! Rule packs: read, checked (all errors at once, with file, line, column and hint), compiled once, shared by all threads.

mod among;
pub mod compile;
pub mod diagnostic;
pub mod expr;
mod hints;
mod letters;
pub mod lexicon;
mod lint;
pub mod load;
mod pattern;
pub mod ruleset;
pub mod scope;
pub mod source;
pub mod spanned;
pub mod supplied;
pub mod template;
mod yaml_fault;

pub use diagnostic::Diagnostic;
pub use load::LoadError;
pub use ruleset::{Rule, RuleSet};
pub use yaml_fault::nearest;
pub use yaml_fault::parse_fault;

use std::path::Path;

/// Loads packs from `folders` (the embedded ones when there are none), keeps those in `only` (all when empty), compiles them.
///
/// Returns the rule set and every fault; `None` when one of them is an error.
pub fn load(folders: &[&Path], only: &[String]) -> Result<(Option<RuleSet>, Vec<Diagnostic>), LoadError> {
    let (mut packs, mut faults) = (Vec::new(), Vec::new());
    if folders.is_empty() {
        (packs, faults) = load::embedded();
    }
    let mut seen = std::collections::HashSet::new();
    let named_once = |folder: &&&Path| seen.insert(folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf()));
    for folder in folders.iter().filter(named_once) {
        let (more, bad) = load::folder(folder)?;
        packs.extend(more);
        faults.extend(bad);
    }
    for wanted in only {
        if !packs.iter().any(|pack| pack.pack.value.id == *wanted) {
            let known = packs.iter().map(|pack| pack.pack.value.id.as_str()).collect::<Vec<_>>().join(", ");
            return Err(LoadError::UnknownPack { wanted: wanted.clone(), known });
        }
    }
    let fatal = !faults.is_empty();
    let (mut set, mut more) = compile::compile(packs);
    more.retain(|fault| !faults.iter().any(|cause| follows(fault, cause)));
    faults.extend(more);
    faults
        .sort_by(|a, b| (a.gravity, &a.file.path, a.line, a.column).cmp(&(b.gravity, &b.file.path, b.line, b.column)));
    for fault in faults.iter_mut().filter(|fault| fault.hint.is_none()) {
        fault.hint = hints::of(fault.code).map(str::to_owned);
    }
    if fatal {
        set = None;
    }
    if let Some(set) = &mut set
        && !only.is_empty()
    {
        set.keep_packs(only);
    }
    Ok((set, faults))
}

/// Is the unknown name only unknown because the file that describes it could not be read?
fn follows(fault: &Diagnostic, cause: &Diagnostic) -> bool {
    let file = cause.file.path.rsplit('/').next().unwrap_or_default();
    match fault.code {
        "unknown-term" => file.starts_with("terms"),
        "unknown-topic" => file == "topics.yaml",
        "unknown-provision" | "unknown-parameter" => file == "provisions.yaml",
        "unknown-instrument" => file.starts_with("instruments"),
        // The rule may stand in the file that could not be read.
        "unknown-rule" | "unused-filter" => true,
        _ => false,
    }
}
