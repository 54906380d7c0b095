//! Names of the closed sets of values, as the workbook has them.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::report::words;
use serde_json::Value;

/// The name of a value of a type; `None` where `words.yaml` must say it.
pub fn name(kind: &str, value: &str) -> Option<&'static str> {
    match kind {
        "FindingKind" => read(value).map(words::finding_kind),
        "Handling" => read(value).map(words::handling),
        "Severity" => read(value).map(words::severity),
        "Confidence" => read(value).map(words::confidence),
        "Kind" => read(value).map(words::kind),
        "Level" => read(value).map(words::level),
        "RelationKind" => read(value).map(words::relation),
        "Role" => read(value).map(words::role),
        "State" => read(value).map(words::state),
        _ => None,
    }
}

fn read<'v, T: Deserialize<'v>>(value: &'v str) -> Option<T> {
    let deserializer: StrDeserializer<'v, Error> = value.into_deserializer();
    T::deserialize(deserializer).ok()
}

/// Values of a closed set with their names, in the order of the code.
pub fn all<T: JsonSchema>() -> Vec<(String, String)> {
    let mut schema = SchemaGenerator::new(SchemaSettings::draft07()).into_root_schema_for::<T>().to_value();
    super::describe(&T::schema_name(), &mut schema, &super::words());
    let texts = |key: &str| {
        let list = schema.get(key).and_then(Value::as_array).into_iter().flatten();
        list.filter_map(|text| text.as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    texts("enum").into_iter().zip(texts("enumDescriptions")).collect()
}
