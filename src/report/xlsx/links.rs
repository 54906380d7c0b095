//! Sheets "Quan hệ văn bản" and "Văn bản chưa có tệp": who rests on, acts on and names whom, and what is named but not in the batch.

use std::collections::HashMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use crate::document::RelationKind;
use crate::registry::corpus::{Chain, Named};
use crate::report::index::Index;
use crate::report::{place, words};

/// Most rows of a sheet; all links are in `ket-qua.json`.
const MOST_ROWS: usize = 100_000;
/// Most places named in a cell.
const MOST_PLACES: usize = 12;

const LINKS: [Column; 12] = [
    ("STT", 6.0),
    ("Văn bản", 24.0),
    ("Quan hệ", 18.0),
    ("Văn bản được nêu", 46.0),
    ("Điều, khoản, điểm", 24.0),
    ("Tình trạng văn bản được nêu", 16.0),
    ("Có trong tập", 9.0),
    ("Có hiệu lực từ", 11.0),
    ("Chỗ nêu", 22.0),
    ("Chuỗi căn cứ phía trên", 40.0),
    ("Ghi chú", 30.0),
    ("Tệp", 26.0),
];

/// Writes who stands how to whom, one row for each document, relation and instrument.
pub fn write_links(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let results = index.results;
    let corpus = &results.corpus;
    let mut notes = vec![
        "Mỗi dòng là một văn bản, một loại quan hệ, một văn bản được nêu. “Viện dẫn” chỉ là nhắc đến, không tác động đến hiệu lực."
            .to_owned(),
    ];
    if corpus.links.len() > MOST_ROWS {
        notes.push(format!("Chỉ ghi {MOST_ROWS} dòng đầu; đủ {} dòng trong ket-qua.json.", corpus.links.len()));
    }
    let mut table = Table::new(sheet, styles, "Quan hệ văn bản", &notes, LINKS)?;
    let mut above: HashMap<(usize, usize), Vec<&Chain>> = HashMap::new();
    for chain in &corpus.chains {
        above.entry((chain.document, chain.grounds[0])).or_default().push(chain);
    }
    for (order, link) in (1..).zip(corpus.links.iter().take(MOST_ROWS)) {
        let Some(from) = results.documents.get(link.from) else { continue };
        let named = &corpus.named[link.to];
        let mut provisions: Vec<String> =
            link.provisions.iter().take(MOST_PLACES).map(|path| crate::document::place::provision(path)).collect();
        if link.provisions.len() > MOST_PLACES {
            provisions.push("…".to_owned());
        }
        let mut places: Vec<&str> = link.paths.iter().take(MOST_PLACES).map(String::as_str).collect();
        if link.paths.len() > MOST_PLACES {
            places.push("…");
        }
        let rests = link.kind == RelationKind::Basis || link.kind == RelationKind::Details;
        let chains = above.get(&(link.from, link.to)).filter(|_| rests).into_iter().flatten();
        let chains: Vec<String> = chains
            .take(3)
            .map(|chain| {
                let steps = chain.grounds[1..].iter().map(|&at| &corpus.named[at]);
                let shown = |named: &Named| match named.state {
                    Some(state) => format!("{} ({})", place::cut(&named.name, 120), words::state(state).to_lowercase()),
                    None => place::cut(&named.name, 120),
                };
                steps.map(shown).collect::<Vec<_>>().join(" ← ")
            })
            .collect();
        let refused = link.refused.map(|why| format!("Không được tính: {why}."));
        let note = refused.unwrap_or_else(|| named.why.clone());
        table
            .number(order)?
            .text(&document_name(from))?
            .text(words::relation(link.kind))?
            .text(&place::cut(&named.name, 400))?
            .text(&provisions.join("; "))?
            .text(named.state.map_or("Chưa có dữ liệu", words::state))?
            .text(if named.document.is_some() { "Có" } else { "Không" })?
            .date(link.effective)?
            .code(&places.join(", "))?
            .text(&chains.join("\n"))?
            .text(&note)?
            .code(&from.document.file)?;
        table.end_row()?;
    }
    table.finish()
}

const ABSENT: [Column; 8] = [
    ("STT", 6.0),
    ("Văn bản được nêu", 60.0),
    ("Số, ký hiệu", 20.0),
    ("Loại", 14.0),
    ("Tình trạng hiệu lực", 16.0),
    ("Số văn bản nêu", 9.0),
    ("Trong đó làm căn cứ", 9.0),
    ("Ghi chú", 50.0),
];

/// Writes what is named by documents of the batch but is not in it, the most named first; then doubles and homonyms.
pub fn write_absent(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let results = index.results;
    let corpus = &results.corpus;
    let files = |files: &[usize]| {
        let names = files.iter().filter_map(|&at| results.documents.get(at)).map(|one| one.document.file.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    let mut notes = vec![
        "Văn bản được các văn bản rà soát nêu tên nhưng không có tệp trong tập; văn bản không có tình trạng hiệu lực là văn bản chưa có dữ liệu."
            .to_owned(),
    ];
    notes.extend(corpus.doubled.iter().map(|one| format!("Nhiều tệp cùng một văn bản: {}.", files(one))));
    notes.extend(
        corpus.homonyms.iter().map(|(number, one)| format!("Các văn bản khác nhau cùng số {number}: {}.", files(one))),
    );
    let mut table = Table::new(sheet, styles, "Văn bản chưa có tệp", &notes, ABSENT)?;
    let mut absent: Vec<_> = corpus.named.iter().filter(|named| named.document.is_none()).collect();
    absent.sort_by_key(|named| std::cmp::Reverse((named.ground_of, named.cited_by)));
    absent.retain(|named| named.cited_by > 0);
    for (order, named) in (1..).zip(absent.into_iter().take(MOST_ROWS)) {
        table
            .number(order)?
            .text(&place::cut(&named.name, 400))?
            .code(named.number.as_deref().unwrap_or(""))?
            .text(named.kind.map_or("", words::kind))?
            .text(named.state.map_or("Chưa có dữ liệu", words::state))?
            .number(named.cited_by)?
            .number(named.ground_of)?
            .text(&named.why)?;
        table.end_row()?;
    }
    table.finish()
}

fn document_name(reviewed: &crate::report::Reviewed) -> String {
    crate::review::engine::document_name(&reviewed.document.identity, &reviewed.document.file)
}
