//! Footnotes and endnotes as Word and LibreOffice write them into pages.

use crate::source::NoteKind;

/// Names of notes: what an address of one begins with, and which kind it is.
const KINDS: [(&str, NoteKind); 4] = [
    ("sdfootnote", NoteKind::Footnote),
    ("sdendnote", NoteKind::Endnote),
    ("ftn", NoteKind::Footnote),
    ("edn", NoteKind::Endnote),
];

/// `true` when a page has notes, so that they must be known before it is read.
pub(super) fn has_any(html: &str) -> bool {
    ["sdfootnote", "sdendnote", "#_ftn", "#_edn"].iter().any(|mark| html.contains(mark))
}

/// The kind of the note whose text an element of this id holds (`ftn1`, `sdfootnote1`).
pub(super) fn kind_of(id: &str) -> Option<NoteKind> {
    let (name, kind) = KINDS.iter().find(|(name, _)| id.starts_with(name))?;
    is_number(&id[name.len()..]).then_some(*kind)
}

/// The note a link leads to: `#_ftn1` and `#sdfootnote1sym` lead to its text.
pub(super) fn referred(address: &str) -> Option<&str> {
    let name = address.strip_prefix('#')?;
    let id = name.strip_prefix('_').or_else(|| name.strip_suffix("sym"))?;
    kind_of(id).is_some().then_some(id)
}

/// `true` for a link from a note back to its reference: its text is the note's number.
pub(super) fn leads_back(address: &str) -> bool {
    let Some(name) = address.strip_prefix('#') else { return false };
    name.starts_with("_ftnref") || name.starts_with("_ednref") || (name.starts_with("sd") && name.ends_with("anc"))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 9 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_notes_are_told() {
        for (address, id) in [
            ("#_ftn12", Some("ftn12")),
            ("#_edn1", Some("edn1")),
            ("#sdfootnote3sym", Some("sdfootnote3")),
            ("#_ftnref1", None),
            ("#ftn1", None),
            ("#_Toc1", None),
            ("http://a/#_ftn1", None),
        ] {
            assert_eq!(referred(address), id, "{address}");
        }
        assert_eq!(kind_of("sdendnote2"), Some(NoteKind::Endnote));
        assert_eq!(kind_of("ftnref1"), None);
        assert!(leads_back("#_ftnref1") && leads_back("#sdfootnote1anc") && !leads_back("#_ftn1"));
    }
}
