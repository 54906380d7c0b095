//! Normative document or not, and the law's default start of effect, by kind, number, issuer and date.
//!
//! Regimes: Luật Ban hành VBQPPL 1996 (from 01/01/1997: the number carries the year), 2004 (local, from 01/4/2005), 2008
//! (from 01/01/2009), 2015 (from 01/7/2016), 2025 (from 01/4/2025; 87/2025/QH15 from 01/7/2025).

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::document::{Identity, Kind, Level, docnumber};

/// Whether the document is normative, and why, in Vietnamese. `None` when nothing decides.
pub(super) fn judge(identity: &Identity) -> (Option<bool>, String) {
    let yes = |why: &str| (Some(true), why.to_owned());
    let no = |why: &str| (Some(false), why.to_owned());
    let unsure = |why: &str| (None, why.to_owned());
    let issuer = identity.issuer.as_deref().unwrap_or_default();
    let before = |day: Date| identity.issued.map(|issued| issued < day);
    match identity.kind {
        Kind::HienPhap | Kind::Luat | Kind::BoLuat | Kind::PhapLenh => {
            return yes("Hiến pháp, luật, pháp lệnh là văn bản quy phạm pháp luật.");
        }
        Kind::QuyChe | Kind::QuyDinh | Kind::DieuLe => {
            return unsure("Văn bản kèm theo đứng riêng; tính chất tùy thuộc văn bản ban hành nó.");
        }
        Kind::Other => return unsure("Chưa xác định được loại văn bản."),
        Kind::HopDong => return no("Hợp đồng không phải văn bản quy phạm pháp luật."),
        Kind::HuongUoc => {
            return no("Hương ước, quy ước do cộng đồng dân cư thỏa thuận, không phải văn bản quy phạm pháp luật.");
        }
        Kind::NghiQuyet
        | Kind::NghiQuyetLienTich
        | Kind::NghiDinh
        | Kind::QuyetDinh
        | Kind::ThongTu
        | Kind::ThongTuLienTich
        | Kind::ChiThi
        | Kind::Lenh
        | Kind::SacLenh => {}
        kind => {
            return (
                Some(false),
                format!("{} là văn bản hành chính, không phải văn bản quy phạm pháp luật.", kind.name()),
            );
        }
    }
    if is_party(issuer) {
        return no("Văn bản của tổ chức Đảng không phải văn bản quy phạm pháp luật.");
    }
    if identity.level == Some(Level::CoQuan) {
        return no("Cơ quan ban hành không có thẩm quyền ban hành văn bản quy phạm pháp luật.");
    }
    let dated = match &identity.number {
        Some(number) => Some(docnumber::is_normative_shape(number)),
        None => identity.number_text.as_deref().filter(|text| text.contains('/')).map(has_year_slot),
    };
    match (dated, before(date(1997, 1, 1))) {
        (None, _) => return unsure("Chưa có số, ký hiệu."),
        (Some(false), Some(true)) => return unsure("Văn bản trước ngày 01/01/1997: số, ký hiệu chưa ghi năm."),
        (Some(false), _) if !matches!(identity.kind, Kind::NghiDinh) => {
            return no("Số, ký hiệu không có năm ban hành: văn bản hành chính, cá biệt.");
        }
        _ => {}
    }
    let central = identity.level == Some(Level::TrungUong);
    let minister = central && !matches!(issuer, "Thủ tướng Chính phủ" | "Chính phủ" | "Quốc hội" | "Chủ tịch nước");
    match identity.kind {
        Kind::ChiThi if central => match before(date(2009, 1, 1)) {
            Some(true) => yes("Chỉ thị của cơ quan trung ương có số, ký hiệu ghi năm, ban hành trước ngày 01/01/2009."),
            Some(false) => {
                no("Từ ngày 01/01/2009 chỉ thị của cơ quan trung ương không còn là văn bản quy phạm pháp luật.")
            }
            None => unsure("Chỉ thị chưa rõ ngày ban hành."),
        },
        Kind::ChiThi => match before(date(2016, 7, 1)) {
            Some(true) => yes("Chỉ thị của Ủy ban nhân dân ban hành trước ngày 01/7/2016, số, ký hiệu có năm."),
            Some(false) => no("Từ ngày 01/7/2016 chỉ thị của Ủy ban nhân dân không còn là văn bản quy phạm pháp luật."),
            None => unsure("Chỉ thị chưa rõ ngày ban hành."),
        },
        Kind::QuyetDinh if minister => match before(date(2009, 1, 1)) {
            Some(true) => yes(
                "Quyết định của Bộ trưởng, Thủ trưởng cơ quan ngang bộ có số, ký hiệu ghi năm, trước ngày 01/01/2009.",
            ),
            Some(false) if issuer.starts_with("Kiểm toán nhà nước") => {
                yes("Quyết định của Tổng Kiểm toán nhà nước, số, ký hiệu có năm ban hành.")
            }
            Some(false) => no("Từ ngày 01/01/2009 Bộ trưởng chỉ ban hành thông tư; quyết định là văn bản hành chính."),
            None => unsure("Quyết định chưa rõ ngày ban hành."),
        },
        Kind::QuyetDinh if issuer.starts_with("Chủ tịch Ủy ban nhân dân") => match before(date(2025, 7, 1)) {
            Some(false) if identity.level == Some(Level::Tinh) => {
                yes("Quyết định của Chủ tịch Ủy ban nhân dân cấp tỉnh là văn bản quy phạm pháp luật từ ngày 01/7/2025.")
            }
            Some(_) => no(
                "Quyết định của Chủ tịch Ủy ban nhân dân không phải văn bản quy phạm pháp luật tại thời điểm ban hành.",
            ),
            None => unsure("Quyết định của Chủ tịch Ủy ban nhân dân chưa rõ ngày ban hành."),
        },
        _ => yes("Loại văn bản, cơ quan ban hành và số, ký hiệu có năm ban hành của văn bản quy phạm pháp luật."),
    }
}

/// The earliest start of effect the law of the day set for a normative document that states none: date and reason.
pub(super) fn default_effect(level: Option<Level>, issued: Date) -> Option<(Date, &'static str)> {
    let (days, why) = match level? {
        Level::TrungUong => (45, "45 ngày kể từ ngày thông qua hoặc ký ban hành (văn bản của trung ương)"),
        Level::CoQuan => return None,
        _ if issued >= date(2025, 4, 1) => (10, "10 ngày kể từ ngày thông qua hoặc ký ban hành (Luật năm 2025)"),
        Level::Tinh if issued >= date(2016, 7, 1) => {
            (10, "10 ngày kể từ ngày thông qua hoặc ký ban hành (Luật năm 2015)")
        }
        _ if issued >= date(2016, 7, 1) => (7, "07 ngày kể từ ngày thông qua hoặc ký ban hành (Luật năm 2015)"),
        Level::Tinh => (10, "10 ngày kể từ ngày thông qua hoặc ký ban hành (Luật năm 2004)"),
        Level::Huyen => (7, "07 ngày kể từ ngày thông qua hoặc ký ban hành (Luật năm 2004)"),
        Level::Xa => (5, "05 ngày kể từ ngày thông qua hoặc ký ban hành (Luật năm 2004)"),
    };
    Some((issued.checked_add(days.days()).ok()?, why))
}

/// "   /2025/QĐ-UBND", "/20…/QĐ-UBND": a slot for the year between two slashes.
fn has_year_slot(text: &str) -> bool {
    text.matches('/').count() >= 2 && text.split('/').nth(1).is_some_and(|slot| !slot.chars().any(char::is_alphabetic))
}

fn is_party(issuer: &str) -> bool {
    [
        "Tỉnh ủy",
        "Thành ủy",
        "Huyện ủy",
        "Thị ủy",
        "Quận ủy",
        "Đảng ủy",
        "Ban Thường vụ",
        "Ban Chấp hành",
        "Bộ Chính trị",
        "Ban Bí thư",
    ]
    .iter()
    .any(|head| issuer.starts_with(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(kind: Kind, number: &str, issuer: &str, level: Level, issued: Date) -> Identity {
        Identity {
            kind,
            number: Some(number.to_owned()),
            issuer: Some(issuer.to_owned()),
            level: Some(level),
            issued: Some(issued),
            ..Identity::default()
        }
    }

    #[test]
    fn normative_follows_kind_number_issuer_and_date() {
        let committee = "Ủy ban nhân dân tỉnh Nghệ An";
        let chairman = "Chủ tịch Ủy ban nhân dân tỉnh Nghệ An";
        for (kind, number, issuer, level, issued, expected) in [
            (Kind::QuyetDinh, "17/2019/QĐ-UBND", committee, Level::Tinh, date(2019, 7, 22), Some(true)),
            (Kind::QuyetDinh, "1707/QĐ-UBND", committee, Level::Tinh, date(2019, 7, 22), Some(false)),
            (Kind::ChiThi, "07/2012/CT-UBND", committee, Level::Tinh, date(2012, 3, 1), Some(true)),
            (Kind::ChiThi, "07/2018/CT-UBND", committee, Level::Tinh, date(2018, 3, 1), Some(false)),
            (Kind::QuyetDinh, "02/2025/QĐ-CTUBND", chairman, Level::Tinh, date(2025, 8, 1), Some(true)),
            (Kind::QuyetDinh, "02/2024/QĐ-UBND", chairman, Level::Tinh, date(2024, 8, 1), Some(false)),
            (Kind::QuyetDinh, "12/2020/QĐ-SNV", "Sở Nội vụ tỉnh Nghệ An", Level::CoQuan, date(2020, 1, 2), Some(false)),
            (Kind::KeHoach, "12/KH-UBND", committee, Level::Tinh, date(2020, 1, 2), Some(false)),
            (
                Kind::NghiQuyet,
                "05/2021/NQ-HĐND",
                "Hội đồng nhân dân tỉnh Nghệ An",
                Level::Tinh,
                date(2021, 7, 2),
                Some(true),
            ),
            (Kind::QuyetDinh, "14/2006/QĐ-BNV", "Bộ Nội vụ", Level::TrungUong, date(2006, 11, 6), Some(true)),
            (Kind::ChiThi, "15-CT/TU", "Tỉnh ủy Nghệ An", Level::Tinh, date(2012, 11, 6), Some(false)),
        ] {
            assert_eq!(judge(&identity(kind, number, issuer, level, issued)).0, expected, "{number}");
        }
    }

    #[test]
    fn default_effect_is_that_of_the_day() {
        for (level, issued, expected) in [
            (Level::Tinh, date(2009, 10, 28), Some(date(2009, 11, 7))),
            (Level::Xa, date(2009, 10, 28), Some(date(2009, 11, 2))),
            (Level::Huyen, date(2018, 1, 1), Some(date(2018, 1, 8))),
            (Level::Xa, date(2025, 9, 1), Some(date(2025, 9, 11))),
            (Level::TrungUong, date(2020, 1, 1), Some(date(2020, 2, 15))),
            (Level::CoQuan, date(2020, 1, 1), None),
        ] {
            assert_eq!(default_effect(Some(level), issued).map(|found| found.0), expected);
        }
    }
}
