//! Consolidated texts (văn bản hợp nhất): the head is that of the instrument consolidated; the own number and date stand below
//! the text, where the authority certifies it ("XÁC THỰC VĂN BẢN HỢP NHẤT / Số: 10/VBHN-BTC / Hà Nội, ngày …").

use super::head::Head;
use crate::document::{Document, Identity, Kind, docnumber};
use crate::text::date;

/// Lines below the number within which the date stands.
const DATE_REACH: usize = 12;

/// Takes number and date of the certification, when there is one.
pub(super) fn complete(head: &mut Head, document: &Document) {
    let mentioned = || document.units.iter().any(|unit| unit.text.contains("VBHN"));
    if head.number.as_deref().is_some_and(is_consolidated) || !mentioned() {
        return;
    }
    // "Văn bản này được hợp nhất từ 04 Thông tư sau": a note of the title, wherever the reader put it.
    let told = || {
        ["hợp nhất từ", "XÁC THỰC VĂN BẢN HỢP NHẤT"]
            .iter()
            .any(|words| document.units.iter().any(|unit| unit.text.contains(words)))
    };
    let lines = || document.units.iter().flat_map(|unit| unit.text.split(['\n', '\t']));
    let certified = lines().enumerate().find_map(|(at, line)| {
        let line =
            Some(line.trim()).filter(|line| line.contains("VBHN") && line.starts_with("Số") && line.len() < 60)?;
        let found = docnumber::scan(line).into_iter().next()?;
        is_consolidated(&found.number).then(|| (at, line[found.range].to_owned(), found.number))
    });
    let Some((at, printed, number)) = certified.filter(|_| head.history || head.number.is_none() || told()) else {
        return;
    };
    head.number_text = Some(printed);
    head.number = Some(number);
    head.number_blank = false;
    let mut below = lines().skip(at).take(DATE_REACH).filter(|line| line.len() < 120 && line.contains("ngày"));
    head.issued = below.find_map(|line| date::scan(line).into_iter().next()).map(|found| found.date);
}

/// The text speaks of itself by the kind of the instrument consolidated ("Thông tư này"), and is read so; what it is, its
/// number tells.
pub(in crate::document) fn settle(identity: &mut Identity) {
    if identity.number.as_deref().is_some_and(is_consolidated) {
        identity.kind = Kind::VanBanHopNhat;
        identity.normative = None;
        identity.normative_why =
            "Văn bản hợp nhất không phải văn bản mới; tính chất tùy thuộc văn bản được hợp nhất.".to_owned();
    }
}

fn is_consolidated(number: &str) -> bool {
    number.contains("/VBHN")
}
