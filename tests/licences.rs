//! What the program is made of: licences on the list of deny.toml, no crate twice but those named there.
//!
//! `cargo deny check licenses bans sources` asks the same and more; it is not on every machine, and this is.

#![allow(clippy::expect_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The strings of a list of deny.toml.
fn listed(key: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml")).expect("deny.toml");
    let (_, after) = text.split_once(&format!("\n{key} = [")).unwrap_or_else(|| panic!("deny.toml has no {key}"));
    let list = after.split_once("\n]").map_or(after, |(list, _)| list);
    let list = if list.starts_with('\n') { list } else { list.split_once(']').expect("a list").0 };
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Crates of the program itself, without those of its tests.
fn crates() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--offline",
            "--filter-platform",
            "x86_64-unknown-linux-gnu",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo metadata");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .map(|node| (node["id"].as_str().expect("an id"), node))
        .collect();
    let mut reached = BTreeSet::new();
    let mut open = vec![metadata["resolve"]["root"].as_str().expect("a root")];
    while let Some(id) = open.pop() {
        if !reached.insert(id) {
            continue;
        }
        for dependency in nodes[id]["deps"].as_array().expect("dependencies") {
            let kinds = dependency["dep_kinds"].as_array().expect("kinds");
            if kinds.iter().any(|kind| kind["kind"] != "dev") {
                open.push(dependency["pkg"].as_str().expect("an id"));
            }
        }
    }
    let packages = metadata["packages"].as_array().expect("packages").iter();
    packages.filter(|package| reached.contains(package["id"].as_str().expect("an id"))).cloned().collect()
}

/// "MIT OR (Apache-2.0 AND BSD-3-Clause)" holds with the licences allowed.
fn allows(expression: &str, allowed: &BTreeSet<String>) -> bool {
    // Older crates part their choices by a stroke.
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    expression.split(" OR ").any(|choice| choice.split(" AND ").all(|licence| allowed.contains(licence.trim())))
}

#[test]
fn every_licence_is_on_the_list() {
    let allowed = listed("allow");
    let refused: Vec<String> = crates()
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(|licence| allows(licence, &allowed)))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    assert!(refused.is_empty(), "not allowed by deny.toml:\n{}", refused.join("\n"));
}

#[test]
fn no_crate_stands_twice_but_those_named() {
    let known: BTreeSet<String> =
        listed("skip").into_iter().map(|name| name.split('@').next().unwrap_or_default().to_owned()).collect();
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in crates() {
        let text = |key: &str| package[key].as_str().expect("text").to_owned();
        versions.entry(text("name")).or_default().insert(text("version"));
    }
    versions.retain(|_, versions| versions.len() > 1);
    let unknown: Vec<_> = versions.iter().filter(|(name, _)| !known.contains(*name)).collect();
    assert!(unknown.is_empty(), "in two versions, not named in deny.toml: {unknown:?}");
    let idle: Vec<_> = known.iter().filter(|name| !versions.contains_key(*name)).collect();
    assert!(idle.is_empty(), "named in deny.toml, no longer in two versions: {idle:?}");
}

#[test]
fn choices_are_read() {
    let allowed = ["MIT", "Zlib"].map(str::to_owned).into();
    assert!(
        allows("Apache-2.0 OR MIT", &allowed) && allows("MIT/Apache-2.0", &allowed) && allows("MIT AND Zlib", &allowed)
    );
    assert!(!allows("GPL-3.0-only", &allowed) && !allows("MIT AND GPL-3.0-only", &allowed));
}
