//! `tong-hop.xlsx`: the results of many units in one workbook.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::style::Styles;
use super::table::{Column, Table};
use super::{Error, choices, decided, form, history, origin, outside, proposals, style};
use crate::proposals::Proposal;
use crate::report::decisions::{Stated, TAKEN_FOLDER};
use crate::report::index::Index;
use crate::report::merge::{Copy, Merged, Variant};
use crate::report::{Written, words, write};
use crate::review::Handling;
use crate::review::engine::document_name;

/// Writes the workbook; one with decisions not yet taken over, or open, is left alone.
pub fn write(merged: &Merged, out: &Path, stem: &str) -> Result<Written, crate::report::Error> {
    let index = Index::new(&merged.results);
    let taken = &merged.results.earlier.taken;
    let holds = |path: &Path| !taken.iter().any(|one| one == path) && decided::holds_decisions(path);
    let place = write::workbook_place(out, stem, holds);
    for path in write::workbooks(out, stem) {
        let done = taken.contains(&path) && !write::is_open(&path);
        if (path == place.path || done) && decided::was_saved(&path) {
            write::set_aside(&path, &out.join(TAKEN_FOLDER))?;
        }
    }
    write::whole(&place.path, |file| fill(merged, &index, file))?;
    Ok(Written { path: place.path, note: place.note })
}

fn fill(merged: &Merged, index: &Index, file: &mut BufWriter<File>) -> Result<(), Error> {
    let mut book = Workbook::new();
    book.set_default_format(&Format::new().set_font_name(style::FONT).set_font_size(style::SIZE), 20, 64)?;
    book.set_properties(&super::properties(&index.results.run)?);
    let styles = Styles::new();
    super::merged_units::cover(book.add_worksheet(), &styles, merged, index)?;
    proposals::write(book.add_worksheet(), &styles, index)?;
    conflicts(book.add_worksheet(), &styles, merged, index)?;
    duplicates(book.add_worksheet(), &styles, merged, index)?;
    differing(book.add_worksheet(), &styles, merged, index)?;
    super::merged_units::units(book.add_worksheet(), &styles, merged)?;
    super::merged_units::owed(book.add_worksheet(), &styles, merged)?;
    counted(book.add_worksheet(), &styles, "Theo đơn vị", ("Đơn vị", &by_unit(merged, index)), index)?;
    counted(book.add_worksheet(), &styles, "Theo lĩnh vực", ("Lĩnh vực", &by_field(index)), index)?;
    documents(book.add_worksheet(), &styles, merged)?;
    for forms in super::all_forms(index)?.iter() {
        for one in &forms.forms {
            form::write(forms, one, book.add_worksheet(), &styles, index)?;
        }
    }
    outside::write(book.add_worksheet(), &styles, index)?;
    super::merged_units::unread(book.add_worksheet(), &styles, merged)?;
    history::write_gone(book.add_worksheet(), &styles, index)?;
    history::write_disputes(book.add_worksheet(), &styles, index)?;
    history::write_log(book.add_worksheet(), &styles, index)?;
    choices::write(book.add_worksheet())?;
    origin::write(book.add_worksheet(), index)?;
    book.save_to_writer(file)?;
    Ok(())
}

fn named(index: &Index, proposal: Option<&Proposal>) -> (String, String) {
    let Some(proposal) = proposal else { return Default::default() };
    let document = index
        .reviewed(proposal)
        .map_or_else(String::new, |one| document_name(&one.document.identity, &one.document.file));
    let place =
        if proposal.path.is_none() && proposal.document.is_some() { "Toàn văn bản" } else { &proposal.cite };
    (document, place.to_owned())
}

fn by_id<'i>(index: &'i Index, id: &str) -> Option<&'i Proposal> {
    index.results.proposals.iter().find(|one| one.id == id)
}

const CONFLICTS: [Column; 11] = [
    ("STT", 5.0),
    ("Văn bản", 26.0),
    ("Vị trí", 20.0),
    ("Đề xuất xử lý", 15.0),
    ("Đơn vị thứ nhất", 18.0),
    ("Quyết định của đơn vị thứ nhất", 30.0),
    ("Đơn vị thứ hai", 18.0),
    ("Quyết định của đơn vị thứ hai", 30.0),
    ("Các đơn vị khác", 30.0),
    ("Đang tính theo", 18.0),
    ("Mã kiến nghị", 18.0),
];

/// Sheet "Quyết định trái nhau": what units decided differently, side by side.
fn conflicts(sheet: &mut Worksheet, styles: &Styles, merged: &Merged, index: &Index) -> Result<(), XlsxError> {
    let notes = ["Các đơn vị quyết định khác nhau về cùng một kiến nghị. Chưa ai bị bỏ: mọi quyết định còn trong quyet-dinh.json; cơ quan tổng hợp chọn ở trang “Đề xuất”.".to_owned()];
    let mut table = Table::new(sheet, styles, "Quyết định trái nhau", &notes, CONFLICTS)?;
    for (order, (id, all)) in (1..).zip(merged.conflicts()) {
        let proposal = by_id(index, id);
        let (mut document, mut place) = named(index, proposal);
        if let (None, Some(one)) = (proposal, all.first()) {
            (document, place) = (one.entry.document.clone(), one.entry.cite.clone());
        }
        let all: Vec<&Stated> = all.iter().filter(|one| !one.entry.opinions.is_empty()).collect();
        let unit = |at: usize| all.get(at).map_or_else(String::new, |one| merged.names([one.unit]));
        let said = |one: &Stated| {
            let each = one.entry.opinions.iter().map(|opinion| {
                let signed = [opinion.person.as_str(), opinion.date.as_str()];
                let signed: Vec<&str> = signed.into_iter().filter(|part| !part.is_empty()).collect();
                format!(
                    "{}{}",
                    words::opinion(opinion),
                    if signed.is_empty() { String::new() } else { format!("\n{}", signed.join(", ")) }
                )
            });
            each.collect::<Vec<_>>().join("\n")
        };
        let words_of = |at: usize| all.get(at).map_or_else(String::new, |one| said(one));
        let rest: Vec<String> =
            all.iter().skip(2).map(|one| format!("{}: {}", merged.names([one.unit]), said(one))).collect();
        let counts = proposal.and_then(|one| one.decision.as_ref()).and_then(|decided| decided.first());
        table
            .number(order)?
            .text(&document)?
            .text(&place)?
            .text(proposal.map_or("", |one| words::handling(one.handling)))?
            .text(&unit(0))?
            .text(&words_of(0))?
            .text(&unit(1))?
            .text(&words_of(1))?
            .text(&rest.join("\n"))?
            .text(counts.map_or("", |first| &first.person))?
            .code(id)?;
        table.end_row()?;
    }
    table.finish()
}

const DUPLICATES: [Column; 12] = [
    ("STT", 5.0),
    ("Văn bản", 26.0),
    ("Cơ quan ban hành", 20.0),
    ("Ngày ban hành", 11.0),
    ("Đơn vị thứ nhất", 18.0),
    ("Tệp", 22.0),
    ("Xử lý văn bản", 14.0),
    ("Đơn vị thứ hai", 18.0),
    ("Tệp của đơn vị thứ hai", 22.0),
    ("Xử lý theo đơn vị thứ hai", 14.0),
    ("Các đơn vị khác", 24.0),
    ("So sánh", 24.0),
];

/// Sheet "Văn bản trùng": one document delivered more than once, side by side. It counts once.
fn duplicates(sheet: &mut Worksheet, styles: &Styles, merged: &Merged, index: &Index) -> Result<(), XlsxError> {
    let notes = ["Một văn bản (cùng loại, số, cơ quan, ngày) do nhiều đơn vị gửi, hoặc gửi nhiều tệp; chỉ tính một lần trong các bảng.".to_owned()];
    let mut table = Table::new(sheet, styles, "Văn bản trùng", &notes, DUPLICATES)?;
    for (order, at) in (1..).zip(merged.duplicates()) {
        let identity = &index.results.documents[at].document.identity;
        let copies = &merged.copies[at];
        let of = |copy: Option<&Copy>| {
            copy.map_or_else(Default::default, |copy| {
                (merged.names([copy.unit]), copy.file.clone(), words::handling(copy.handling))
            })
        };
        let (first, second) = (of(copies.first()), of(copies.get(1)));
        let rest: Vec<String> =
            copies.iter().skip(2).map(|copy| format!("{}: {}", merged.names([copy.unit]), copy.file)).collect();
        table
            .number(order)?
            .text(&document_name(identity, &index.results.documents[at].document.file))?
            .text(identity.issuer.as_deref().unwrap_or(""))?
            .date(identity.issued)?
            .text(&first.0)?
            .code(&first.1)?
            .text(first.2)?
            .text(&second.0)?
            .code(&second.1)?
            .text(second.2)?
            .text(&rest.join("\n"))?
            .text(&compared(copies))?;
        table.end_row()?;
    }
    table.finish()
}

fn compared(copies: &[Copy]) -> String {
    let hashes = || copies.iter().map(|copy| copy.sha256.as_str());
    let bytes = if hashes().any(str::is_empty) {
        "Chưa so được nội dung tệp"
    } else if hashes().all(|hash| hash == copies[0].sha256) {
        "Cùng một tệp"
    } else {
        "Hai tệp khác nhau; kiểm tra bản nào đúng"
    };
    let same = copies.iter().all(|copy| copy.handling == copies[0].handling);
    format!("{bytes}.{}", if same { "" } else { " Đề xuất xử lý khác nhau." })
}

const DIFFERING: [Column; 8] = [
    ("STT", 5.0),
    ("Văn bản", 26.0),
    ("Vị trí", 22.0),
    ("Đơn vị thứ nhất", 18.0),
    ("Đề xuất của đơn vị thứ nhất", 44.0),
    ("Đơn vị khác", 18.0),
    ("Đề xuất của đơn vị khác", 44.0),
    ("Mã kiến nghị", 18.0),
];

/// Sheet "Đề xuất khác nhau": what the program proposed differently for the same place in the results of two units.
fn differing(sheet: &mut Worksheet, styles: &Styles, merged: &Merged, index: &Index) -> Result<(), XlsxError> {
    let notes = ["Cùng một điều khoản nhưng kết quả của các đơn vị khác nhau (thường do khác ngày xét, khác bộ quy tắc hoặc khác bản văn bản); trang “Đề xuất” lấy kết quả gửi trước có kiến nghị.".to_owned()];
    let mut table = Table::new(sheet, styles, "Đề xuất khác nhau", &notes, DIFFERING)?;
    let said = |one: &Variant| {
        format!("{}. {}\n{}", words::handling(one.handling), one.reason, one.wording).trim_end().to_owned()
    };
    let mut order = 0;
    for (id, all) in merged.differing() {
        let Some((first, rest)) = all.split_first() else { continue };
        let (document, place) = named(index, by_id(index, id));
        for other in rest {
            order += 1;
            table.number(order)?.text(&document)?.text(&place)?;
            table.text(&merged.names([first.unit]))?.text(&said(first))?;
            table.text(&merged.names([other.unit]))?.text(&said(other))?.code(id)?;
            table.end_row()?;
        }
    }
    table.finish()
}

/// Documents by handling, for each name.
type Counts = Vec<(String, BTreeMap<Handling, usize>)>;

fn by_unit(merged: &Merged, index: &Index) -> Counts {
    let mut counts: Counts = merged.units.iter().map(|unit| (unit.name.clone(), BTreeMap::new())).collect();
    for (at, copies) in merged.copies.iter().enumerate() {
        let mut units: Vec<usize> = copies.iter().map(|copy| copy.unit).collect();
        units.dedup();
        for unit in units {
            *counts[unit].1.entry(settled(index, at)).or_default() += 1;
        }
    }
    counts
}

fn by_field(index: &Index) -> Counts {
    let mut counts: BTreeMap<(bool, &str), BTreeMap<Handling, usize>> = BTreeMap::new();
    for (at, reviewed) in index.results.documents.iter().enumerate() {
        let field = reviewed.field.as_deref();
        let own = counts.entry((field.is_none(), field.unwrap_or("Chưa phân loại"))).or_default();
        *own.entry(settled(index, at)).or_default() += 1;
    }
    counts.into_iter().map(|((_, name), own)| (name.to_owned(), own)).collect()
}

/// Handling of a document after decisions.
pub fn settled(index: &Index, at: usize) -> Handling {
    index.of_document(at).whole.map_or(index.results.documents[at].handling, |whole| whole.settled().handling)
}

/// A sheet of counts by handling, with totals.
fn counted(
    sheet: &mut Worksheet,
    styles: &Styles,
    name: &str,
    (head, counts): (&str, &Counts),
    index: &Index,
) -> Result<(), XlsxError> {
    let notes = ["Số văn bản theo đề xuất xử lý sau quyết định. Văn bản do nhiều đơn vị gửi được tính ở từng đơn vị, nhưng một lần ở “Theo lĩnh vực” và ở dòng tổng số.".to_owned()];
    let heads = words::HANDLINGS.map(words::handling);
    let columns =
        [("STT", 5.0), (head, 36.0), ("Số văn bản", 9.0)].into_iter().chain(heads.iter().map(|head| (*head, 11.0)));
    let mut table = Table::new(sheet, styles, name, &notes, columns)?;
    let mut all: BTreeMap<Handling, usize> = BTreeMap::new();
    for at in 0..index.results.documents.len() {
        *all.entry(settled(index, at)).or_default() += 1;
    }
    let mut row = |order: Option<usize>, name: &str, own: &BTreeMap<Handling, usize>| -> Result<(), XlsxError> {
        match order {
            Some(order) => table.number(order)?,
            None => table.code("")?,
        };
        table.text(name)?.number(own.values().sum())?;
        for handling in words::HANDLINGS {
            table.number(own.get(&handling).copied().unwrap_or_default())?;
        }
        table.end_row()
    };
    for (order, (name, own)) in (1..).zip(counts) {
        row(Some(order), name, own)?;
    }
    row(None, "Tổng số (mỗi văn bản một lần)", &all)?;
    table.finish()
}

const DOCUMENTS: [Column; 16] = [
    ("STT", 5.0),
    ("Mã", 8.0),
    ("Số, ký hiệu", 17.0),
    ("Loại", 12.0),
    ("Ngày ban hành", 11.0),
    ("Cơ quan ban hành", 24.0),
    ("Tên văn bản", 42.0),
    ("Lĩnh vực", 14.0),
    ("Tình trạng hiệu lực", 15.0),
    ("Xử lý văn bản", 15.0),
    ("Đơn vị gửi", 24.0),
    ("Cấp", 10.0),
    ("VBQPPL", 9.0),
    ("Ngày hiệu lực", 11.0),
    ("Vì sao", 30.0),
    ("Tệp", 26.0),
];

/// Sheet "Văn bản": every document once.
fn documents(sheet: &mut Worksheet, styles: &Styles, merged: &Merged) -> Result<(), XlsxError> {
    let index = Index::new(&merged.results);
    let mut table = Table::new(sheet, styles, "Văn bản", &[], DOCUMENTS)?;
    for (at, reviewed) in merged.results.documents.iter().enumerate() {
        let identity = &reviewed.document.identity;
        table
            .number(at + 1)?
            .code(&reviewed.id)?
            .identity(identity)?
            .text(identity.title.as_deref().unwrap_or(&reviewed.document.file))?
            .text(reviewed.field.as_deref().unwrap_or("Chưa phân loại"))?
            .text(words::state(reviewed.status.state))?
            .text(words::handling(settled(&index, at)))?
            .text(&merged.names(merged.copies[at].iter().map(|copy| copy.unit)))?
            .text(identity.level.map_or("", words::level))?
            .text(words::normative(identity.normative))?
            .date(identity.effective)?
            .text(&reviewed.status.why)?
            .code(&reviewed.document.file)?;
        table.end_row()?;
    }
    table.finish()
}
