//! The direction of dependency: a module uses only modules below it.

#![allow(clippy::expect_used)]

use std::path::{Path, PathBuf};

/// Modules of the crate, each with its floor. Modules of one floor do not use one another.
const FLOORS: [(&str, usize); 15] = [
    ("text", 0),
    ("verdict", 0),
    ("source", 1),
    ("document", 2),
    ("registry", 3),
    ("rules", 4),
    ("review", 5),
    ("proposals", 6),
    ("report", 7),
    ("run", 8),
    ("eval", 9),
    ("schema", 10),
    ("exchange", 11),
    ("cli", 12),
    ("main", 13),
];

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|&(_, floor)| floor)
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("the entry is readable").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Modules of the crate a line of code names: `crate::name` and `rasoat::name`; comments name what they like.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split("//").next().unwrap_or(line);
    let after = ["crate::", "rasoat::"].into_iter().flat_map(move |root| code.split(root).skip(1));
    after.map(|rest| &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len())])
}

#[test]
fn modules_use_only_what_is_below_them() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    files.sort();
    let mut faults = Vec::new();
    let mut arrows = 0;
    for path in files {
        let inside = path.strip_prefix(&source).expect("it stands under src").with_extension("");
        let module = inside.iter().next().and_then(|name| name.to_str()).expect("names are plain").to_owned();
        if module == "lib" {
            continue;
        }
        let Some(own) = floor(&module) else {
            faults.push(format!("src/{module} has no floor: add it to FLOORS"));
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("the file is text");
        for (number, line) in (1..).zip(text.lines()) {
            for used in named(line).filter(|used| *used != module) {
                arrows += 1;
                if floor(used).is_none_or(|used| used >= own) {
                    faults.push(format!("{}:{number}: {module} uses {used}", path.display()));
                }
            }
        }
    }
    assert!(arrows > 50, "only {arrows} uses seen: the test reads the wrong lines");
    assert!(faults.is_empty(), "against the direction:\n{}", faults.join("\n"));
}
