//! JSON Schemas of the rule files and of gold labels, for editors: made from the types that read the files, with words for lawyers.
//!
//! The words stand in `words.yaml`, by type and key; closed sets of values are named as in the workbook.

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
pub mod values;

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::eval::gold::Gold;
use crate::proposals::Decisions;
use crate::registry::Instrument;
use crate::rules::source::{FilterSource, PackSource, ProvisionSource, RuleSource, TermSource, TopicSource};

/// Type → key → what a lawyer reads of it; `_` is the type itself.
type Words = BTreeMap<String, BTreeMap<String, String>>;

/// A schema file.
#[derive(Debug)]
pub struct SchemaFile {
    /// Its name: `terms.schema.json`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Every schema, in a fixed order.
pub fn files() -> Vec<SchemaFile> {
    let words = words();
    vec![
        file::<PackSource>("pack", "Bộ quy tắc (pack.yaml)", &words),
        file::<Vec<RuleSource>>("rules", "Tệp quy tắc", &words),
        file::<Vec<TermSource>>("terms", "Từ điển (terms.yaml)", &words),
        file::<Vec<ProvisionSource>>("provisions", "Điều khoản của Luật (provisions.yaml)", &words),
        file::<Vec<TopicSource>>("topics", "Chủ đề (topics.yaml)", &words),
        file::<Vec<FilterSource>>("filters", "Bộ lọc chung (filters.yaml)", &words),
        file::<Vec<Instrument>>("instruments", "Văn bản và tình trạng hiệu lực (instruments*.yaml)", &words),
        file::<Decisions>("decisions", "Bảng quyết định (decisions.yaml)", &words),
        file::<Gold>("labels", "Nhãn của một văn bản (thư mục gold, rasoat eval)", &words),
    ]
}

/// The schema, by its name without ending, that describes the file of this name in a pack.
pub fn of_file(file: &str) -> &'static str {
    match file {
        "pack.yaml" => "pack",
        "provisions.yaml" => "provisions",
        "topics.yaml" => "topics",
        "filters.yaml" => "filters",
        "decisions.yaml" => "decisions",
        name if name.starts_with("terms") => "terms",
        name if name.starts_with("instruments") => "instruments",
        _ => "rules",
    }
}

fn words() -> Words {
    // A test reads it; without words a schema still holds.
    serde_saphyr::from_str(include_str!("words.yaml")).unwrap_or_default()
}

fn file<T: JsonSchema>(name: &str, title: &str, words: &Words) -> SchemaFile {
    // Draft 7 is what the YAML support of editors reads best.
    let generator = SchemaGenerator::new(SchemaSettings::draft07());
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    let root = schema.get("title").and_then(Value::as_str).map(str::to_owned);
    for (kind, definition) in schema.get_mut("definitions").and_then(Value::as_object_mut).into_iter().flatten() {
        describe(kind, definition, words);
    }
    if let Some(root) = root {
        describe(&root, &mut schema, words);
    }
    if let Value::Object(top) = &mut schema {
        top.insert("title".to_owned(), json!(title));
    }
    tidy(&mut schema);
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n";
    SchemaFile { name: format!("{name}.schema.json"), text }
}

/// Words for a type, its keys and its values in the place of the comments of its code.
fn describe(kind: &str, schema: &mut Value, words: &Words) {
    let Value::Object(schema) = schema else { return };
    let said = words.get(kind);
    let say = |key: &str| said.and_then(|said| said.get(key)).map(|words| json!(words.trim()));
    put(schema, say("_"));
    for (key, property) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        if let Value::Object(property) = property {
            put(property, say(key));
        }
    }
    let Some(variants) = schema.remove("oneOf") else {
        if let Some(names) = schema.get("enum").and_then(Value::as_array).cloned() {
            name(kind, schema, &names, said);
        }
        return;
    };
    let variants = variants.as_array().cloned().unwrap_or_default();
    // A closed set: each value by itself, or some together where none has a comment.
    let values: Vec<Value> = variants.iter().flat_map(values_of).collect();
    if !values.is_empty() {
        schema.insert("type".to_owned(), json!("string"));
        name(kind, schema, &values, said);
        return;
    }
    // One key of several.
    let described = variants.into_iter().map(|mut variant| {
        if let Value::Object(variant) = &mut variant {
            variant.remove("description");
            for (key, inner) in variant.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
                if let Value::Object(inner) = inner {
                    put(inner, say(key));
                }
            }
        }
        variant
    });
    schema.insert("oneOf".to_owned(), described.collect());
}

fn values_of(variant: &Value) -> Vec<Value> {
    let many = variant.get("enum").and_then(Value::as_array).cloned();
    many.or_else(|| variant.get("const").map(|one| vec![one.clone()])).unwrap_or_default()
}

/// The values with their names, which editors show beside them.
fn name(kind: &str, schema: &mut Map<String, Value>, values: &[Value], said: Option<&BTreeMap<String, String>>) {
    let named = values.iter().map(|value| {
        let value = value.as_str().unwrap_or_default();
        let own = said.and_then(|said| said.get(value)).map(|words| words.trim().to_owned());
        json!(own.or_else(|| values::name(kind, value).map(str::to_owned)).unwrap_or_default())
    });
    let named: Vec<Value> = named.collect();
    schema.insert("enum".to_owned(), json!(values));
    schema.insert("enumDescriptions".to_owned(), json!(named));
}

fn put(schema: &mut Map<String, Value>, words: Option<Value>) {
    schema.remove("description");
    if let Some(words) = words {
        schema.insert("description".to_owned(), words);
    }
}

/// Takes away what no editor needs: defaults, formats of numbers, and `null`, which nobody writes.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(map) => {
            map.remove("default");
            // Where `null` says something of its own it stays.
            let nullable = map.remove("nullable").is_some();
            if map.get("format").and_then(Value::as_str).is_some_and(|format| format != "date") {
                map.remove("format");
            }
            let null = json!("null");
            if let Some(Value::Array(types)) = map.get_mut("type") {
                types.retain(|one| nullable || *one != null);
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    map.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(mut any)) = map.remove("anyOf") {
                any.retain(|one| nullable || one.get("type") != Some(&null));
                let key = if any.len() == 1 { "allOf" } else { "anyOf" };
                map.insert(key.to_owned(), Value::Array(any));
            }
            map.values_mut().for_each(tidy);
        }
        _ => {}
    }
}
