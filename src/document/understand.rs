//! From what a person sees to what a jurist reads: structure, identity, citations, relations, in that order.

use super::{ChangeSummary, Document, Identity, amendment, citation, identity, relation, structure};
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
        changes: ChangeSummary::of(&raw.changes),
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
    identity::settle(&mut document.identity);
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Change, ChangeKind, Origin, Reader};

    #[test]
    fn tracked_changes_are_summed_up() {
        let change = |kind, author: &str, date: &str| Change {
            kind,
            author: Some(author.to_owned()).filter(|name| !name.is_empty()),
            date: Some(date.to_owned()).filter(|date| !date.is_empty()),
            text: "chữ".to_owned(),
            origin: Origin::default(),
        };
        let mut raw = RawDocument::new(Reader::Docx, Vec::new());
        raw.changes = vec![
            change(ChangeKind::Deleted, "Lê Văn Hùng", "2025-03-06T09:30:00Z"),
            change(ChangeKind::Inserted, "Bùi Thị An", "2025-03-04T08:00:00Z"),
            change(ChangeKind::Inserted, "Lê Văn Hùng", ""),
            change(ChangeKind::MovedFrom, "", ""),
            change(ChangeKind::MovedTo, "", ""),
        ];
        let changes = understand(&raw, "a.docx", "").changes;
        assert_eq!((changes.inserted, changes.deleted, changes.moved), (2, 1, 1));
        assert_eq!(changes.authors, ["Bùi Thị An", "Lê Văn Hùng"]);
        assert_eq!(changes.first.as_deref(), Some("2025-03-04T08:00:00Z"));
        assert_eq!(changes.last.as_deref(), Some("2025-03-06T09:30:00Z"));
    }
}
