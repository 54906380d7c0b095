//! Kinds of document and their Vietnamese names: in words ("Quyết định") and in number symbols ("QĐ").

use std::sync::LazyLock;

use super::Kind;
use crate::text::fold::{fold, is_whole_word};

/// Official name of each kind, and other words for it.
const NAMES: &[(Kind, &str, &[&str])] = &[
    (Kind::HienPhap, "Hiến pháp", &[]),
    (Kind::Luat, "Luật", &[]),
    (Kind::BoLuat, "Bộ luật", &[]),
    (Kind::PhapLenh, "Pháp lệnh", &[]),
    (Kind::Lenh, "Lệnh", &[]),
    (Kind::SacLenh, "Sắc lệnh", &["Sắc luật"]),
    (Kind::NghiQuyet, "Nghị quyết", &[]),
    (Kind::NghiQuyetLienTich, "Nghị quyết liên tịch", &[]),
    (Kind::NghiDinh, "Nghị định", &[]),
    (Kind::QuyetDinh, "Quyết định", &[]),
    (Kind::ThongTu, "Thông tư", &[]),
    (Kind::ThongTuLienTich, "Thông tư liên tịch", &["Thông tư liên bộ"]),
    (Kind::ChiThi, "Chỉ thị", &[]),
    (Kind::VanBanHopNhat, "Văn bản hợp nhất", &[]),
    (Kind::KeHoach, "Kế hoạch", &[]),
    (Kind::ChuongTrinh, "Chương trình", &["Chương trình hành động"]),
    (Kind::QuyChe, "Quy chế", &[]),
    (Kind::QuyDinh, "Quy định", &[]),
    (Kind::DieuLe, "Điều lệ", &[]),
    (Kind::HuongDan, "Hướng dẫn", &[]),
    (Kind::CongVan, "Công văn", &[]),
    (Kind::CongDien, "Công điện", &[]),
    (Kind::ToTrinh, "Tờ trình", &[]),
    (Kind::ThongBao, "Thông báo", &[]),
    (Kind::BaoCao, "Báo cáo", &[]),
    (Kind::DeAn, "Đề án", &[]),
    (Kind::KetLuan, "Kết luận", &[]),
    (Kind::HuongUoc, "Hương ước", &["Quy ước"]),
    (Kind::HopDong, "Hợp đồng", &[]),
    (Kind::Other, "Văn bản", &[]),
];

/// Symbols of kinds in document numbers, upper case, `Đ` written `D` (ASCII names lose it).
const SYMBOLS: &[(&str, Kind)] = &[
    ("L", Kind::Luat),
    ("LCT", Kind::Luat),
    ("PL", Kind::PhapLenh),
    ("SL", Kind::SacLenh),
    ("SLT", Kind::SacLenh),
    ("NQ", Kind::NghiQuyet),
    ("NQLT", Kind::NghiQuyetLienTich),
    ("ND", Kind::NghiDinh),
    ("CP", Kind::NghiDinh),
    ("QD", Kind::QuyetDinh),
    ("QDUB", Kind::QuyetDinh),
    ("TT", Kind::ThongTu),
    ("TTLT", Kind::ThongTuLienTich),
    ("TTLB", Kind::ThongTuLienTich),
    ("CT", Kind::ChiThi),
    ("CTUB", Kind::ChiThi),
    ("VBHN", Kind::VanBanHopNhat),
    ("KH", Kind::KeHoach),
    ("CTR", Kind::ChuongTrinh),
    ("CTHD", Kind::ChuongTrinh),
    ("QC", Kind::QuyChe),
    ("QYD", Kind::QuyDinh),
    ("QDI", Kind::QuyDinh),
    ("HD", Kind::HuongDan),
    ("CV", Kind::CongVan),
    ("CD", Kind::CongDien),
    ("TTR", Kind::ToTrinh),
    ("TB", Kind::ThongBao),
    ("BC", Kind::BaoCao),
    ("DA", Kind::DeAn),
    ("KL", Kind::KetLuan),
];

/// Folded names, longest first, so that "nghị quyết liên tịch" is met before "nghị quyết".
static FOLDED: LazyLock<Vec<(String, Kind)>> = LazyLock::new(|| {
    let mut names: Vec<_> = NAMES
        .iter()
        .filter(|&&(kind, ..)| kind != Kind::Other)
        .flat_map(|&(kind, name, others)| {
            std::iter::once(name).chain(others.iter().copied()).map(move |name| (fold(name), kind))
        })
        .collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
});

impl Kind {
    /// Official name in words: "Quyết định".
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|&&(kind, ..)| kind == self).map_or("Văn bản", |&(_, name, _)| name)
    }

    /// The kind a printed name means, in any letter case: "QUYẾT ĐỊNH", "nghị quyết", or a symbol standing alone ("NĐ").
    pub fn from_name(name: &str) -> Option<Kind> {
        let folded = fold(name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | ',')));
        let known = FOLDED.iter().find(|(known, _)| *known == folded).map(|&(_, kind)| kind);
        known.or_else(|| Kind::from_symbol(name.trim()))
    }

    /// The kind a symbol of a document number means: "QĐ", "NQ", "TTLT".
    pub fn from_symbol(symbol: &str) -> Option<Kind> {
        if symbol.len() > 8 {
            return None;
        }
        let plain: String = symbol.chars().map(plain_upper).collect();
        SYMBOLS.iter().find(|&&(known, _)| known == plain).map(|&(_, kind)| kind)
    }
}

/// The longest name of a kind that begins at byte `at` of a folded text as whole words, with its length in bytes.
pub fn kind_at(folded: &str, at: usize) -> Option<(Kind, usize)> {
    let rest = folded.get(at..)?;
    FOLDED
        .iter()
        .find(|(name, _)| rest.starts_with(name.as_str()) && is_whole_word(folded, at, at + name.len()))
        .map(|(name, kind)| (*kind, name.len()))
}

/// Upper case with every form of Đ as D.
pub(super) fn plain_upper(c: char) -> char {
    match c {
        'Đ' | 'đ' | 'Ð' | 'ð' => 'D',
        'Ư' | 'ư' => 'U',
        _ => c.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_any_case_lead_to_their_kind_and_back() {
        for &(kind, name, _) in NAMES.iter().filter(|&&(kind, ..)| kind != Kind::Other) {
            assert_eq!(Kind::from_name(name), Some(kind), "{name}");
            assert_eq!(Kind::from_name(&name.to_uppercase()), Some(kind), "{name}");
            assert_eq!(kind.name(), name);
        }
        assert_eq!(Kind::from_name("qui chế"), Some(Kind::QuyChe));
        assert_eq!(Kind::from_name("bàn ghế"), None);
    }

    #[test]
    fn symbols_lead_to_kinds() {
        for (symbol, kind) in [
            ("QĐ", Some(Kind::QuyetDinh)),
            ("QÐ", Some(Kind::QuyetDinh)),
            ("ND", Some(Kind::NghiDinh)),
            ("TTr", Some(Kind::ToTrinh)),
            ("CTr", Some(Kind::ChuongTrinh)),
            ("ttlt", Some(Kind::ThongTuLienTich)),
            ("UBND", None),
        ] {
            assert_eq!(Kind::from_symbol(symbol), kind, "{symbol}");
        }
    }

    #[test]
    fn the_longest_name_wins_and_only_whole_words_count() {
        let text = fold("Nghị quyết liên tịch số 09");
        assert_eq!(kind_at(&text, 0).map(|(kind, _)| kind), Some(Kind::NghiQuyetLienTich));
        let text = fold("theo Luật Đất đai");
        let at = text.find("luật").expect("the word stands there");
        assert_eq!(kind_at(&text, at).map(|(kind, _)| kind), Some(Kind::Luat));
        assert_eq!(kind_at(&fold("luậtx"), 0), None);
    }
}
