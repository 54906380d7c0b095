//! From what a person sees to what a jurist reads: structure, identity, citations, relations, in that order.

use super::{Document, Identity, amendment, citation, identity, relation, structure};
use crate::source::RawDocument;

/// Understands one document. Pure; never fails: doubts are warnings.
///
/// Names of instruments without a number stay unresolved until the registry has seen them.
pub fn understand(raw: &RawDocument, file: &str, sha256: &str) -> Document {
    let structure::Structure { head, title_lines, layers, units, warnings } = structure::parse(raw);
    let mut document = Document {
        file: file.to_owned(),
        sha256: sha256.to_owned(),
        reader: raw.reader,
        encoding: raw.encoding,
        head,
        identity: Identity::default(),
        layers,
        units,
        citations: Vec::new(),
        relations: Vec::new(),
        operations: Vec::new(),
        warnings: raw.warnings.iter().cloned().chain(warnings).collect(),
    };
    let (identity, doubts) = identity::identify(&document.head, &title_lines, &document);
    if let (Some(title), Some(main)) = (&identity.title, document.layers.first_mut()) {
        main.title.clone_from(title);
    }
    document.identity = identity;
    document.warnings.extend(doubts);
    let (citations, amended) = citation::read(&document);
    document.citations = citations;
    document.citations.sort_by_key(|citation| (citation.unit, citation.range.start));
    document.relations = relation::relations(&document);
    document.operations = amendment::operations(&document, &amended);
    document
}
