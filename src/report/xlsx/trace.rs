//! Sheet "Đối chiếu": from each provision of the Law to the local clauses that were found against it.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use crate::report::index::{Index, distinct};
use crate::report::words;
use crate::review::engine::document_name;
use crate::review::{Basis, Finding};

const COLUMNS: [Column; 8] = [
    ("STT", 6.0),
    ("Điều khoản của văn bản là căn cứ", 40.0),
    ("Nội dung yêu cầu (tóm tắt, không phải nguyên văn)", 46.0),
    ("Văn bản", 30.0),
    ("Vị trí", 24.0),
    ("Loại vấn đề", 20.0),
    ("Mã quy tắc", 30.0),
    ("Mã phát hiện", 18.0),
];

/// Instrument, numbers and path of a provision: Điều 9 stands before Điều 10.
type Provision<'a> = (&'a str, Vec<u32>, &'a str);

/// Writes the sheet: one row for each provision and finding, provisions in the order they are cited in.
pub fn write(sheet: &mut Worksheet, styles: &Styles, index: &Index) -> Result<(), XlsxError> {
    let results = index.results;
    let mut rows: BTreeMap<Provision, Vec<(String, &Basis, &Finding)>> = BTreeMap::new();
    let here = results.documents.iter().flat_map(|reviewed| {
        let name = document_name(&reviewed.document.identity, &reviewed.document.file);
        reviewed.findings.iter().map(move |finding| (name.clone(), finding))
    });
    let missing = results.missing.iter().map(|finding| ("(văn bản cần ban hành)".to_owned(), finding));
    let mut count = 0;
    for (name, finding) in here.chain(missing) {
        count += 1;
        for basis in &finding.basis {
            let key = (basis.instrument.as_str(), numbers(&basis.provision), basis.provision.as_str());
            rows.entry(key).or_default().push((name.clone(), basis, finding));
        }
    }
    let without = results.documents.iter().flat_map(|reviewed| &reviewed.findings).filter(|one| one.basis.is_empty());
    let notes = [format!(
        "{count} phát hiện của lần rà soát này, xếp theo điều khoản của văn bản là căn cứ; một phát hiện dựa vào nhiều điều khoản thì có nhiều dòng. Không dựa vào điều khoản nào: {}.",
        without.count()
    )];
    let mut table = Table::new(sheet, styles, "Đối chiếu", &notes, COLUMNS)?;
    let all = rows.into_values().flatten();
    for (order, (name, basis, finding)) in (1..).zip(all) {
        table
            .number(order)?
            .text(&basis.cite)?
            .italic(&basis.demands)?
            .text(&name)?
            .text(&distinct([finding.cite.as_str()], ""))?
            .text(words::finding_kind(finding.kind))?
            .code(&finding.rule)?
            .code(&finding.id)?;
        table.end_row()?;
    }
    table.finish()
}

/// The numbers of a provision.
fn numbers(provision: &str) -> Vec<u32> {
    let parts = provision.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().unwrap_or(u32::MAX)).collect()
}
