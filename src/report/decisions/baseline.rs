//! Results of an earlier run, as far as they are compared with.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::sheet::{Original, tidy};
use crate::document::docnumber;
use crate::report::write;
use crate::source::system;

/// Key, name and file of a document.
pub type Named = (String, String, String);

/// What is read of `ket-qua.json`.
#[derive(Debug, Default)]
pub struct Baseline {
    /// The day of its questions, as people write it.
    pub as_of: String,
    /// Its documents by id.
    pub documents: HashMap<String, Named>,
    /// Its findings, those gone even then left out.
    pub findings: Vec<Value>,
    /// Its proposals, those gone even then left out.
    pub proposals: Vec<Value>,
}

#[derive(Deserialize)]
struct File {
    schema: String,
    run: Run,
    #[serde(default)]
    documents: Vec<Document>,
    #[serde(default)]
    findings: Vec<Value>,
    #[serde(default)]
    proposals: Vec<Value>,
}

#[derive(Deserialize)]
struct Run {
    as_of: jiff::civil::Date,
}

#[derive(Deserialize)]
struct Document {
    id: String,
    file: String,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    issuer: Option<String>,
    #[serde(default)]
    issued: Option<String>,
}

impl Baseline {
    /// Reads earlier results. `None` when there are none; when they cannot be used a note says so.
    pub fn load(path: &Path, notes: &mut Vec<String>) -> Option<Baseline> {
        let folder = path.parent().map_or_else(String::new, write::file_name);
        let mut refused = |why: String| {
            notes.push(format!("Không so sánh được với kết quả trước trong thư mục “{folder}”: {why}"));
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                refused(format!("{} ({})", system::cause(&error), write::file_name(path)));
                return None;
            }
        };
        let file: File = match serde_json::from_str(&text) {
            Ok(file) => file,
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                refused(format!(
                    "tệp thuộc phiên bản cũ hoặc bị hỏng (dòng {line}, cột {column}); mọi phát hiện được coi là mới."
                ));
                return None;
            }
        };
        if file.schema != "rasoat/1" {
            refused(format!(
                "tệp thuộc phiên bản khác của chương trình ({}); mọi phát hiện được coi là mới.",
                file.schema
            ));
            return None;
        }
        let documents = file.documents.into_iter().map(|document| {
            let name = document.number.clone().unwrap_or_else(|| document.file.clone());
            let (number, issuer) = (document.number.as_deref(), document.issuer.as_deref());
            let key = key(number, issuer, document.issued.as_deref(), &document.file);
            (document.id, (key, name, document.file))
        });
        let there = |value: &Value| value["state"] != "gone";
        Some(Baseline {
            as_of: crate::report::words::date(file.run.as_of),
            documents: documents.collect(),
            findings: file.findings.into_iter().filter(there).collect(),
            proposals: file.proposals.into_iter().filter(there).collect(),
        })
    }

    /// Key of the document an entry is about; empty for what is missing altogether.
    pub fn document_key(&self, entry: &Value) -> &str {
        self.document(entry).map_or("", |(key, ..)| key)
    }

    /// The document an entry is about.
    pub fn document(&self, entry: &Value) -> Option<&Named> {
        self.documents.get(entry["document"].as_str()?)
    }

    /// Its proposals as a workbook would have shown them.
    pub fn originals(&self) -> impl Iterator<Item = (String, Original)> {
        self.proposals.iter().filter_map(|proposal| {
            let words = |key: &str| tidy(proposal[key].as_str().unwrap_or_default());
            let (_, document, file) = self.document(proposal).cloned().unwrap_or_default();
            let original = Original {
                handling: words("handling"),
                content: words("reason"),
                wording: words("wording"),
                drafter: words("drafter"),
                deadline: words("deadline"),
                number: document.clone(),
                document,
                file,
                path: words("path"),
                cite: words("cite"),
                ..Original::default()
            };
            Some((proposal["id"].as_str()?.to_owned(), original))
        })
    }
}

/// Who a document is, from one run to the next.
pub fn key(number: Option<&str>, issuer: Option<&str>, issued: Option<&str>, file: &str) -> String {
    match number {
        Some(number) => {
            format!("{}|{}|{}", docnumber::key(number), issuer.unwrap_or_default(), issued.unwrap_or_default())
        }
        None => format!("file|{file}"),
    }
}
