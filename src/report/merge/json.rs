//! `tong-hop.json` (`"schema": "rasoat-merge/1"`): one entry a line, in an order that does not depend on the run.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Merged, Stated, Variant};
use crate::proposals::Decided;
use crate::report::identity::StatusCause;
use crate::report::json::{FindingJson, ProposalJson, section};

/// Writes everything joined.
pub fn write(merged: &Merged, out: &mut impl Write) -> io::Result<()> {
    let results = &merged.results;
    let differing: BTreeSet<&String> = merged.differing().map(|(id, _)| id).collect();
    let packs: Vec<Value> = results
        .run
        .packs
        .iter()
        .map(|pack| json!({ "id": pack.id, "version": pack.version, "sha256": pack.sha256 }))
        .collect();
    let run = json!({
        "tool": results.run.tool,
        "as_of": results.run.as_of,
        "office": results.office.office,
        "packs": packs,
        "documents": results.documents.len(),
        "proposals": results.proposals.len(),
        "complete": !merged.incomplete,
    });
    out.write_all(b"{\n\"schema\": \"rasoat-merge/1\",\n\"run\": ")?;
    serde_json::to_writer(&mut *out, &run)?;
    section(out, "units", merged.units.iter().map(unit))?;
    section(out, "unusable", merged.unusable.iter().map(|one| json!({ "source": one.source, "why": one.why })))?;
    section(out, "documents", (0..results.documents.len()).map(|at| document(merged, at)))?;
    section(out, "proposals", results.proposals.iter().map(|one| proposal(merged, one, &differing)))?;
    let findings = results.documents.iter().flat_map(|one| one.findings.iter().map(move |found| (found, one)));
    section(out, "findings", findings.map(|(found, one)| FindingJson::of(found, Some((one, results)), &results.law)))?;
    section(out, "conflicts", merged.conflicts().map(|(id, all)| conflict(merged, id, all)))?;
    section(out, "gone", results.earlier.gone.iter().map(|one| {
        json!({ "proposal": one.id, "document": one.document, "cite": one.cite, "why": one.why, "decided": one.decided })
    }))?;
    section(
        out,
        "owed",
        merged.owed.iter().map(|one| {
            json!({
                "body": Some(&one.body).filter(|body| !body.is_empty()),
                "level": one.level,
                "rule": one.rule,
                "title": one.title,
                "basis": one.basis,
                "missing": one.is_missing(),
                "found": one.found,
                "successor": one.successor,
                "expected": one.expected,
            })
        }),
    )?;
    section(
        out,
        "expected",
        merged.expected.iter().flatten().map(|one| {
            json!({
                "name": one.name,
                "delivered": names(merged, &one.delivered),
                "documents": one.documents,
                "through": names(merged, &one.through),
            })
        }),
    )?;
    section(out, "unreadable", merged.units.iter().flat_map(|unit| {
        let of = |one: &super::input::UnreadIn| {
            json!({ "unit": unit.name, "file": one.file, "message": one.message, "next_step": one.next_step })
        };
        unit.unread.iter().map(of)
    }))?;
    section(out, "notes", merged.notes.iter())?;
    out.write_all(b"\n}\n")
}

fn unit(unit: &super::Unit) -> Value {
    json!({
        "name": unit.name,
        "source": unit.source,
        "as_of": unit.as_of,
        "packs": unit.packs,
        "documents": unit.documents,
        "proposals": unit.proposals,
        "decided": unit.decided,
        "unreadable": unit.unread.len(),
    })
}

fn name(merged: &Merged, unit: usize) -> &str {
    merged.units.get(unit).map_or("", |unit| &unit.name)
}

fn names<'m>(merged: &'m Merged, units: &[usize]) -> Vec<&'m str> {
    units.iter().map(|&unit| name(merged, unit)).collect()
}

fn document(merged: &Merged, at: usize) -> Value {
    let reviewed = &merged.results.documents[at];
    let identity = &reviewed.document.identity;
    let copies: Vec<Value> = merged.copies[at]
        .iter()
        .map(|copy| {
            json!({ "unit": name(merged, copy.unit), "file": copy.file, "sha256": copy.sha256, "handling": copy.handling })
        })
        .collect();
    let changes =
        reviewed.consolidated.iter().flat_map(|one| &one.changes).map(
            |change| json!({ "type": change.kind, "path": change.path, "effective": change.date, "by": change.by }),
        );
    json!({
        "id": reviewed.id,
        "file": reviewed.document.file,
        "sha256": reviewed.document.sha256,
        "kind": identity.kind,
        "number": identity.number,
        "issuer": identity.issuer,
        "level": identity.level,
        "issued": identity.issued,
        "effective": identity.effective,
        "title": identity.title,
        "normative": identity.normative,
        "normative_why": identity.normative_why,
        "field": reviewed.field,
        "status": reviewed.status.state,
        "status_cause": StatusCause::of(&reviewed.status),
        "changes": changes.collect::<Vec<Value>>(),
        "handling": reviewed.handling,
        "delivered": copies,
    })
}

fn proposal(merged: &Merged, one: &crate::proposals::Proposal, differing: &BTreeSet<&String>) -> Value {
    let mut value = {
        let reviewed = one.document.and_then(|at| merged.results.documents.get(at));
        serde_json::to_value(ProposalJson::of(one, reviewed, &merged.results)).unwrap_or_default()
    };
    let variants = merged.variants.get(&one.id).map_or(&[][..], Vec::as_slice);
    let differ = differing.contains(&one.id);
    if let Some(entry) = value.as_object_mut() {
        entry
            .insert("units".to_owned(), names(merged, &variants.iter().map(|one| one.unit).collect::<Vec<_>>()).into());
        if differ {
            entry.insert("variants".to_owned(), variants.iter().map(|one| variant(merged, one)).collect());
        }
    }
    value
}

fn variant(merged: &Merged, one: &Variant) -> Value {
    json!({ "unit": name(merged, one.unit), "handling": one.handling, "reason": one.reason, "wording": one.wording })
}

fn conflict(merged: &Merged, id: &str, all: &[Stated]) -> Value {
    let decisions: Vec<Value> = all
        .iter()
        .filter_map(|one| Some(json!({ "unit": name(merged, one.unit), "decision": one.entry.opinions.first()? })))
        .collect();
    let counts = merged.results.proposals.iter().find(|one| one.id == id).and_then(|one| one.decision.as_ref());
    json!({
        "proposal": id,
        "document": all.first().map(|one| &one.entry.document),
        "cite": all.first().map(|one| &one.entry.cite),
        "decisions": decisions,
        "counts": counts.and_then(Decided::first).map(|first| &first.person),
    })
}
