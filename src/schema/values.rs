//! Names of the closed sets of values, as the workbook has them.

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::report::words;

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
