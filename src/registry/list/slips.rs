//! Slips of the pen that lists carry: what was meant is taken, and told.

use unicode_normalization::UnicodeNormalization;

use crate::document::{Kind, docnumber};
use crate::text::fold::{fold, is_whole_word};

/// Something misspelt or impossible in a cell.
#[derive(Debug, Clone)]
pub(super) struct Slip {
    /// Code of the doubt.
    pub code: &'static str,
    /// Its message.
    pub message: String,
}

impl Slip {
    fn spelling(written: &str, meant: &str) -> Slip {
        Slip {
            code: "spelling", message: format!("“{written}” sai chính tả, được hiểu là “{meant}”.")
        }
    }
}

/// Names of bodies that lists misspell: "Hồi đồng nhân dân", "Ủy nhân dân", "Uỷ ban nhân nhân".
const BODIES: [&str; 6] = [
    "Chủ tịch Ủy ban nhân dân",
    "Ủy ban nhân dân",
    "Hội đồng nhân dân",
    "Thủ tướng Chính phủ",
    "Ủy ban Thường vụ Quốc hội",
    "Chính phủ",
];

/// The text with the name of a body at its front spelt right, when its marks are wrong, or one word of four or more.
pub(super) fn repair_issuer(text: &str) -> Option<(String, Slip)> {
    let text = text.trim_start();
    BODIES.iter().find_map(|body| {
        let names: Vec<&str> = body.split(' ').collect();
        let mut takes = vec![names.len()];
        if names.len() >= 4 {
            // A word may be missing, or there twice.
            takes.extend([names.len() - 1, names.len() + 1]);
        }
        takes.into_iter().find_map(|count| {
            let end = end_of_words(text, count)?;
            let written = &text[..end];
            let of_unit =
                text[end..].split_whitespace().next().is_some_and(|next| UNITS.contains(&bare(next).as_str()));
            let wrong = fold(written) != fold(body) && nearly(written, &names, of_unit);
            wrong.then(|| (format!("{body}{}", &text[end..]), Slip::spelling(written, body)))
        })
    })
}

/// What follows the name of a body of the people: proof that no other body is meant.
const UNITS: [&str; 9] = ["tinh", "thanh", "huyen", "quan", "thi", "xa", "phuong", "tp", "dac"];

/// The byte after the `count`-th word.
fn end_of_words(text: &str, count: usize) -> Option<usize> {
    let word = text.split_whitespace().nth(count.checked_sub(1)?)?;
    Some(word.as_ptr() as usize - text.as_ptr() as usize + word.len())
}

/// The same words but for their marks; before the name of a unit, also but for one word.
fn nearly(written: &str, names: &[&str], of_unit: bool) -> bool {
    let written: Vec<String> = written.split_whitespace().map(bare).collect();
    let names: Vec<String> = names.iter().map(|name| bare(name)).collect();
    let same = written.iter().zip(&names).take_while(|(a, b)| a == b).count();
    let back = written.iter().rev().zip(names.iter().rev()).take_while(|(a, b)| a == b).count();
    match written.len().cmp(&names.len()) {
        std::cmp::Ordering::Equal => {
            let mut odd = (0..names.len()).filter(|&at| written[at] != names[at]);
            match (odd.next(), odd.next()) {
                (None, _) => true,
                (Some(at), None) => of_unit && (names.contains(&written[at]) || close(&written[at], &names[at])),
                _ => false,
            }
        }
        std::cmp::Ordering::Less => of_unit && same + back >= written.len(),
        std::cmp::Ordering::Greater => {
            of_unit && same + back >= names.len() && written.windows(2).any(|p| p[0] == p[1])
        }
    }
}

/// One letter apart.
fn close(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    a.len().abs_diff(b.len()) <= 1 && same + back + 1 >= a.len().max(b.len())
}

/// Letters without any mark.
pub(super) fn bare(text: &str) -> String {
    fold(text).nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// Misspelt segments of symbols, without marks. Only those that are no symbol of another body (HND, HĐNN, UBT are).
const SEGMENTS: [(&str, &[&str]); 4] = [
    ("QĐ", &["QDD", "QQD", "DQ"]),
    ("NQ", &["NQQ", "NNQ", "QN"]),
    ("UBND", &["UNBD", "UBDN", "BUND", "UBBND", "UUBND", "UBNND", "UBNDD", "UBD", "UND", "UBNB", "UNND"]),
    ("HĐND", &["HDDN", "DHND", "HHDND", "HDDND", "HDNND", "HDNDD", "HNDD"]),
];

/// The number with the symbol that was meant: "5/2020/QDD-UBND" → "5/2020/QĐ-UBND".
pub(super) fn repair_number(number: &str) -> Option<(String, Slip)> {
    let symbol = docnumber::parts(number)?.symbol;
    let at = number.len() - symbol.len();
    let mut changed = false;
    let mut repaired = number[..at].to_owned();
    for piece in symbol.split_inclusive(['-', '/', '.']) {
        let segment = piece.trim_end_matches(['-', '/', '.']);
        let plain = bare(segment).to_uppercase();
        let meant = SEGMENTS.iter().find(|(_, slips)| slips.contains(&plain.as_str())).map(|&(meant, _)| meant);
        changed |= meant.is_some();
        repaired.push_str(meant.unwrap_or(segment));
        repaired.push_str(&piece[segment.len()..]);
    }
    changed.then(|| (repaired.clone(), Slip::spelling(number, &repaired)))
}

/// The kind that begins a cell with a letter or mark wrong ("Quyết đinh", "Nghi quyết"), and the byte after it.
pub(super) fn misspelt_kind(text: &str) -> Option<(Kind, usize, Slip)> {
    const KINDS: [Kind; 5] = [Kind::QuyetDinh, Kind::NghiQuyet, Kind::ChiThi, Kind::NghiDinh, Kind::ThongTu];
    let text_from = text.len() - text.trim_start().len();
    let end = end_of_words(text, 2)?;
    let written = &text[text_from..end];
    let words: Vec<String> = written.split_whitespace().map(bare).collect();
    KINDS.iter().find_map(|&kind| {
        let name = kind.name();
        let names: Vec<String> = name.split(' ').map(bare).collect();
        let equal = words.iter().zip(&names).filter(|(a, b)| a == b).count();
        let wrong = fold(written) != fold(name)
            && words.iter().zip(&names).all(|(a, b)| a == b || close(a, b))
            && (equal == 2 || (equal == 1 && written.chars().count() >= 8));
        wrong.then(|| (kind, end, Slip::spelling(written, name)))
    })
}

/// Wrong words that lists repeat, folded, and the right ones.
const WORDS: [(&str, &str); 11] = [
    ("đặt biệt", "đặc biệt"),
    ("đặc việt", "đặc biệt"),
    ("ban bành", "ban hành"),
    ("sữa đổi", "sửa đổi"),
    ("bổ xung", "bổ sung"),
    ("bải bỏ", "bãi bỏ"),
    ("thay thể", "thay thế"),
    ("ủy ban nhân nhân", "ủy ban nhân dân"),
    ("hồi đồng", "hội đồng"),
    ("xây đựng", "xây dựng"),
    ("địa bản", "địa bàn"),
];

/// Words of a title that are surely misspelt.
pub(super) fn wrong_words(text: &str) -> Vec<Slip> {
    let folded = fold(text);
    let wrong = WORDS
        .iter()
        .filter(|(wrong, _)| folded.match_indices(wrong).any(|(at, _)| is_whole_word(&folded, at, at + wrong.len())));
    wrong
        .map(|(wrong, right)| Slip {
            code: "spelling",
            message: format!("“{wrong}” có thể sai chính tả, nên là “{right}”."),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_recognised_behind_slips() {
        for (text, meant) in [
            ("Hồi đồng nhân dân tỉnh", Some("Hội đồng nhân dân tỉnh")),
            ("Ủy nhân dân tỉnh Nghệ An", Some("Ủy ban nhân dân tỉnh Nghệ An")),
            ("Ủy ban nhân nhân tỉnh", Some("Ủy ban nhân dân tỉnh")),
            ("Ủy ban ban nhân dân tỉnh", Some("Ủy ban nhân dân tỉnh")),
            ("Uỷ ban nhận dân xã", Some("Ủy ban nhân dân xã")),
            ("Ủy ban nhân dân tỉnh", None),
            ("Ủy ban Dân tộc", None),
            ("Ủy ban Mặt trận Tổ quốc Việt Nam", None),
            ("Hội đồng nhân sự tỉnh", None),
            ("Hội đồng dân tộc", None),
            ("Ban quản lý nhân dân tỉnh", None),
        ] {
            assert_eq!(repair_issuer(text).map(|(text, _)| text).as_deref(), meant, "{text}");
        }
    }

    #[test]
    fn symbols_and_kinds_are_recognised_behind_slips() {
        for (number, meant) in [
            ("5/2020/QDD-UBND", Some("5/2020/QĐ-UBND")),
            ("5/2020/QĐ-UNBD", Some("5/2020/QĐ-UBND")),
            ("6/2021/NQ-HDND", None),
            ("6/2021/NQQ-HĐDN", Some("6/2021/NQ-HĐND")),
            ("9/QĐ-HND", None),
            ("9/QĐ-UBT", None),
        ] {
            assert_eq!(repair_number(number).map(|(number, _)| number).as_deref(), meant, "{number}");
        }
        for (text, kind) in [
            ("Quyết đinh số 5", Some(Kind::QuyetDinh)),
            ("Quyêt định 5/2020/QĐ-UBND", Some(Kind::QuyetDinh)),
            ("Nghị quyêt số", Some(Kind::NghiQuyet)),
            ("Nghi quyết số", Some(Kind::NghiQuyet)),
            ("Quyết địnhh số", Some(Kind::QuyetDinh)),
            ("Quyết định số", None),
            ("Quy định số", None),
            ("Chi tiết số", None),
        ] {
            assert_eq!(misspelt_kind(text).map(|(kind, ..)| kind), kind, "{text}");
        }
    }

    #[test]
    fn only_whole_wrong_words_are_told() {
        assert_eq!(wrong_words("Về xã đặt biệt khó khăn, sữa đổi Quy chế").len(), 2);
        assert!(wrong_words("Về đặt biệt danh, sữa đổi mới").len() <= 2);
        assert!(wrong_words("Về xã đặc biệt khó khăn").is_empty());
    }
}
