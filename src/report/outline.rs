//! `outline`: what was understood of one document, for programs and for people.

use std::io::{self, Write};

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::identity::{IdentityJson, StatusCause, UnitCounts};
use super::json::slice;
use super::place::cut;
use super::words;
use crate::document::amendment::{Operation, OperationKind, Part, Place as AmendedPlace};
use crate::document::{
    Citation, Document, Extra, Kind, LayerKind, Relation, RelationKind, Role, Target, UnitId, UnitKind,
};
use crate::registry::{State, Status};
use crate::review::Place;
use crate::source::{Encoding, Reader, Unread, Warning};

/// Narrowest useful width of a terminal, in letters.
const NARROWEST: usize = 40;

/// Writes `outline --json` of a document.
pub fn outline_json(document: &Document, status: &Status, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &OutlineJson::of(document, status))?;
    out.write_all(b"\n")
}

/// Writes `outline --json` of a file that could not be read: no layers, one warning.
pub fn unread_outline_json(file: &str, unread: &Unread, out: &mut impl Write) -> io::Result<()> {
    let outline = serde_json::json!({
        "file": file,
        "sha256": null,
        "reader": null,
        "encoding": null,
        "warnings": [{ "code": unread.code, "message": unread.message, "path": null, "next_step": unread.next_step }],
        "head": "",
        "identity": null,
        "status": State::Unknown,
        "layers": [],
        "citations": [],
        "relations": [],
        "operations": [],
    });
    serde_json::to_writer_pretty(&mut *out, &outline)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct OutlineJson<'a> {
    file: &'a str,
    sha256: &'a str,
    reader: Reader,
    encoding: Encoding,
    warnings: &'a [Warning],
    head: &'a str,
    identity: IdentityJson<'a>,
    status: State,
    status_cause: StatusCause<'a>,
    layers: Vec<LayerJson<'a>>,
    citations: Vec<CitationJson<'a>>,
    relations: Vec<RelationJson<'a>>,
    operations: Vec<OperationJson<'a>>,
}

#[derive(Serialize)]
struct LayerJson<'a> {
    id: &'a str,
    title: &'a str,
    kind: LayerKind,
    units: UnitsJson<'a>,
}

/// Units at one level, each with those inside it.
struct UnitsJson<'a> {
    document: &'a Document,
    ids: &'a [UnitId],
}

#[derive(Serialize)]
struct UnitJson<'a> {
    path: &'a str,
    kind: UnitKind,
    label: &'a str,
    heading: &'a str,
    text: &'a str,
    role: Role,
    quoted: bool,
    extras: &'a [Extra],
    children: UnitsJson<'a>,
}

impl Serialize for UnitsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = self.document;
        serializer.collect_seq(self.ids.iter().filter_map(|&id| document.units.get(id)).map(|unit| UnitJson {
            path: &unit.path,
            kind: unit.kind,
            label: &unit.label,
            heading: &unit.heading,
            text: &unit.text,
            role: unit.role,
            quoted: unit.quoted,
            extras: &unit.extras,
            children: UnitsJson { document, ids: &unit.children },
        }))
    }
}

#[derive(Serialize)]
struct CitationJson<'a> {
    path: &'a str,
    text: &'a str,
    span: Option<[usize; 2]>,
    #[serde(rename = "in")]
    place: Place,
    instrument: Option<&'a str>,
    provisions: &'a [String],
    relation: RelationKind,
    why: &'a str,
}

#[derive(Serialize)]
struct RelationJson<'a> {
    #[serde(rename = "type")]
    kind: RelationKind,
    target: Option<&'a str>,
    target_kind: Option<Kind>,
    target_title: Option<&'a str>,
    target_issued: Option<Date>,
    provisions: &'a [String],
    effective: Option<Date>,
    path: &'a str,
    text: &'a str,
}

/// One operation of an amending command, with the keys of a relation and what it does.
#[derive(Serialize)]
struct OperationJson<'a> {
    #[serde(rename = "type")]
    kind: OperationKind,
    target: Option<&'a str>,
    target_title: Option<&'a str>,
    provisions: &'a [String],
    part: Part,
    place: Option<&'a AmendedPlace>,
    old_words: Option<&'a str>,
    new_words: Option<&'a str>,
    renumbered: &'a [String],
    quoted: &'a [String],
    path: &'a str,
    text: &'a str,
}

impl<'a> OperationJson<'a> {
    fn of(document: &'a Document, operation: &'a Operation) -> Self {
        let unit = &document.units[operation.unit];
        let host = if operation.in_heading { &unit.heading } else { &unit.text };
        OperationJson {
            kind: operation.kind,
            target: operation.target.printed_number(),
            target_title: operation.target.title.as_deref(),
            provisions: &operation.provisions,
            part: operation.part,
            place: operation.place.as_ref(),
            old_words: operation.old_words.as_deref(),
            new_words: operation.new_words.as_deref(),
            renumbered: &operation.renumbered,
            quoted: &operation.quoted,
            path: &unit.path,
            text: host.get(operation.range.clone()).unwrap_or_default(),
        }
    }
}

impl<'a> OutlineJson<'a> {
    fn of(document: &'a Document, status: &'a Status) -> Self {
        let layers = document.layers.iter().map(|layer| LayerJson {
            id: &layer.id,
            title: &layer.title,
            kind: layer.kind,
            units: UnitsJson { document, ids: &layer.roots },
        });
        OutlineJson {
            file: &document.file,
            sha256: &document.sha256,
            reader: document.reader,
            encoding: document.encoding,
            warnings: &document.warnings,
            head: &document.head,
            identity: IdentityJson::of(document),
            status: status.state,
            status_cause: StatusCause::of(status),
            layers: layers.collect(),
            citations: document.citations.iter().map(|citation| CitationJson::of(citation, document)).collect(),
            relations: document.relations.iter().map(RelationJson::of).collect(),
            operations: document.operations.iter().map(|operation| OperationJson::of(document, operation)).collect(),
        }
    }
}

impl<'a> CitationJson<'a> {
    fn of(citation: &'a Citation, document: &'a Document) -> Self {
        let unit = document.units.get(citation.unit);
        let within = |text: &'a str| slice(text, &citation.range).filter(|(quote, _)| *quote == citation.text);
        let in_text = unit.and_then(|unit| within(&unit.text));
        let in_heading = unit.filter(|_| in_text.is_none()).and_then(|unit| within(&unit.heading));
        let place = if in_heading.is_some() { Place::Heading } else { Place::Text };
        CitationJson {
            path: unit.map_or("", |unit| unit.path.as_str()),
            text: &citation.text,
            span: in_text.or(in_heading).map(|(_, span)| span),
            place,
            instrument: match &citation.target {
                Target::Own => Some("self"),
                Target::Instrument(mention) => mention.printed_number(),
                Target::Unresolved => None,
            },
            provisions: &citation.provisions,
            relation: citation.relation,
            why: &citation.why,
        }
    }
}

impl<'a> RelationJson<'a> {
    fn of(relation: &'a Relation) -> Self {
        RelationJson {
            kind: relation.kind,
            target: relation.target.printed_number(),
            target_kind: relation.target.kind,
            target_title: relation.target.title.as_deref(),
            target_issued: relation.target.issued,
            provisions: &relation.provisions,
            effective: relation.effective,
            path: &relation.path,
            text: &relation.text,
        }
    }
}

/// A readable tree for a terminal of `width` letters.
pub fn outline_text(document: &Document, status: &Status, width: usize) -> String {
    let width = width.max(NARROWEST);
    let identity = &document.identity;
    let unknown = || "chưa rõ".to_owned();
    let date = |date: Option<Date>| date.map_or_else(unknown, words::date);
    let mut text = String::new();
    let mut line = |indent: usize, words: &str| {
        // One line of the terminal each: the paragraphs of a unit follow one another.
        let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
        text.extend(std::iter::repeat_n(' ', indent));
        text.push_str(&cut(&flat, width.saturating_sub(indent + 1)));
        text.push('\n');
    };
    line(0, &format!("Tệp: {}", document.file));
    line(0, &format!("Loại: {}", words::kind(identity.kind)));
    line(0, &format!("Số: {}", identity.number.clone().unwrap_or_else(unknown)));
    line(0, &format!("Cơ quan ban hành: {}", identity.issuer.clone().unwrap_or_else(unknown)));
    line(0, &format!("Ngày ban hành: {}; ngày hiệu lực: {}", date(identity.issued), date(identity.effective)));
    line(0, &format!("Trích yếu: {}", identity.title.clone().unwrap_or_else(unknown)));
    line(0, &format!("Tình trạng hiệu lực: {} {}", words::state(status.state), status.why));
    let counts = UnitCounts::of(document);
    line(0, &format!("Cấu trúc: {} điều, {} khoản, {} điểm", counts.articles, counts.clauses, counts.points));
    for warning in &document.warnings {
        let path = warning.path.as_ref().map(|path| format!(" ({path})")).unwrap_or_default();
        line(0, &format!("Cảnh báo: {}{path}", warning.message));
    }
    for layer in &document.layers {
        line(0, "");
        line(0, &format!("[{}] {}", layer.id, layer.title));
        // A stack of our own: a document may be nested deeper than the call stack allows.
        let mut waiting: Vec<(UnitId, usize)> = layer.roots.iter().rev().map(|&id| (id, 2)).collect();
        while let Some((id, indent)) = waiting.pop() {
            let Some(unit) = document.units.get(id) else { continue };
            let place = unit.path.split_once('/').map_or(unit.path.as_str(), |(_, place)| place);
            line(indent, &format!("[{place}] {} {} {}", unit.label, unit.heading, unit.text));
            let inner = (indent + 2).min(width / 2);
            waiting.extend(unit.children.iter().rev().map(|&child| (child, inner)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn outline_has_the_keys_of_the_contract() {
        let document = sample::document();
        let mut bytes = Vec::new();
        outline_json(&document, &Status::default(), &mut bytes).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        for key in
            "file sha256 reader encoding warnings head identity status layers citations relations".split_whitespace()
        {
            assert!(json.get(key).is_some(), "{key}");
        }
        let article = &json["layers"][1]["units"][0]["children"][0];
        assert_eq!(article["path"], "att1/A5");
        assert_eq!(article["children"][1]["children"][0]["label"], "đ)");
        assert_eq!(json["identity"]["units"]["clauses"], 2);
    }

    #[test]
    fn outline_text_fits_the_width() {
        let text = outline_text(&sample::document(), &Status::default(), 60);
        assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
        assert!(text.contains("[A5.2.đ] đ)"), "{text}");
    }

    #[test]
    fn an_unread_file_still_has_an_outline() {
        let unread = Unread {
            code: crate::source::UnreadCode::Pdf,
            message: "Tệp PDF".to_owned(),
            next_step: "Lưu lại".to_owned(),
        };
        let mut bytes = Vec::new();
        unread_outline_json("a.pdf", &unread, &mut bytes).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(json["warnings"][0]["code"], "pdf");
        assert_eq!(json["layers"], serde_json::json!([]));
    }
}
