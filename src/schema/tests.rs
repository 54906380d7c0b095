//! The shipped schemas are those of the code, say everything in Vietnamese, and accept what ships.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::*;

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

fn schema(name: &str) -> Value {
    let file = files().into_iter().find(|file| file.name == format!("{name}.schema.json")).unwrap();
    serde_json::from_str(&file.text).unwrap()
}

/// Every rule file that ships, with the schema it names.
fn shipped() -> Vec<(PathBuf, &'static str)> {
    let mut found = vec![(rules().join("decisions.yaml"), "decisions")];
    for pack in std::fs::read_dir(rules()).unwrap().map(|entry| entry.unwrap().path()) {
        if pack.join("pack.yaml").is_file() {
            let files = std::fs::read_dir(&pack).unwrap().map(|entry| entry.unwrap().path());
            let yaml = files.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
            found.extend(yaml.map(|path| {
                let name = of_file(path.file_name().unwrap().to_str().unwrap());
                (path, name)
            }));
        }
    }
    found
}

fn faults(name: &str, yaml: &str) -> Vec<String> {
    let value: Value = serde_saphyr::from_str(yaml).unwrap();
    let validator = jsonschema::validator_for(&schema(name)).unwrap();
    validator.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

#[test]
fn the_shipped_schemas_are_those_of_the_code() {
    let folder = rules().join("schema");
    for file in files() {
        let shipped = std::fs::read_to_string(folder.join(&file.name)).unwrap_or_default();
        let fresh = shipped.replace("\r\n", "\n") == file.text;
        assert!(fresh, "{} is stale; run: rasoat rules schema --out rules/schema", file.name);
    }
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), files().len(), "a schema nobody writes");
}

#[test]
fn every_key_and_value_is_explained_in_vietnamese() {
    let mut silent = Vec::new();
    for file in files() {
        let schema: Value = serde_json::from_str(&file.text).unwrap();
        let none = Map::new();
        for (kind, definition) in schema["definitions"].as_object().unwrap_or(&none) {
            let keys = definition["properties"].as_object().into_iter().flatten();
            let variants = definition["oneOf"].as_array().into_iter().flatten();
            let inside = variants.flat_map(|variant| variant["properties"].as_object().into_iter().flatten());
            silent.extend(
                keys.chain(inside)
                    .filter(|(_, property)| !property["description"].is_string())
                    .map(|(key, _)| format!("{kind}.{key}")),
            );
            let values = definition["enum"].as_array().into_iter().flatten();
            let named = definition["enumDescriptions"].as_array().into_iter().flatten();
            silent.extend(values.zip(named).filter(|(_, name)| **name == "").map(|(one, _)| format!("{kind}.{one}")));
        }
        let own = schema["properties"].as_object().into_iter().flatten();
        silent.extend(own.filter(|(_, property)| !property["description"].is_string()).map(|(key, _)| key.clone()));
    }
    silent.sort();
    silent.dedup();
    assert!(silent.is_empty(), "say these in src/schema/words.yaml: {}", silent.join(", "));
}

#[test]
fn every_shipped_file_meets_its_schema_and_names_it() {
    let shipped = shipped();
    assert!(shipped.len() > 30, "{}", shipped.len());
    for (path, name) in shipped {
        let text = std::fs::read_to_string(&path).unwrap();
        let wrong = faults(name, &text);
        assert!(wrong.is_empty(), "{}:\n{}", path.display(), wrong.join("\n"));
        let up = if name == "decisions" { "" } else { "../" };
        let line = format!("# yaml-language-server: $schema={up}schema/{name}.schema.json");
        assert_eq!(text.lines().next(), Some(line.as_str()), "{} must begin with it", path.display());
    }
}

#[test]
fn what_the_program_refuses_the_schema_refuses() {
    let (_, example) = crate::rules::load::worked_example().find(|(name, _)| *name == "10-cong-khai.yaml").unwrap();
    assert!(faults("rules", &example).is_empty());
    for (from, to) in [
        ("  title:", "  titel:"),
        ("state: trial", "state: tryal"),
        ("term: [niem-yet]", "termm: [niem-yet]"),
        ("measure: duration", "measure: days"),
        ("kind: conflict,", ""),
        ("tests:", "test:"),
        ("matter: { term: [niem-yet] }", "matter: { term: [niem-yet], words: [a] }"),
    ] {
        assert!(example.contains(from));
        assert!(!faults("rules", &example.replace(from, to)).is_empty(), "{from} → {to} passes");
    }
    assert!(!faults("pack", "id: a\ntitle: b\nversion: \"1\"\nlaws: []\nchecked-until: mai\n").is_empty());
    assert!(!faults("terms", "- { id: a, canonical: b, variants: c }\n").is_empty());
}

#[test]
fn every_label_file_of_the_corpus_meets_its_schema() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/gold");
    let files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() > 40);
    let schema = schema("labels");
    let validator = jsonschema::validator_for(&schema).unwrap();
    for path in files {
        let value: Value = serde_saphyr::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let faults: Vec<String> =
            validator.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{}: {}", path.display(), faults.join("\n"));
    }
    assert!(
        !faults("labels", "file: a.docx\nas_of: 2026-11-22\nlabels:\n  - { must: true, handling: [sửa] }\n").is_empty()
    );
}
