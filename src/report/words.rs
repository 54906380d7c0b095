//! The Vietnamese names reviewers read for every closed set of values. One place, so that every output says the same.

use jiff::civil::Date;

use crate::document::{Kind, Level, RelationKind, Role};
use crate::proposals::{Choice, Opinion, RunState};
use crate::registry::State;
use crate::report::recall::Estimate;
use crate::review::{Confidence, FindingKind, Handling, Relevance, Severity};
use crate::source::UnreadCode;

/// Every handling, in the order of the drop-down.
pub const HANDLINGS: [Handling; 11] = [
    Handling::Amend,
    Handling::Replace,
    Handling::Repeal,
    Handling::RepealPart,
    Handling::IssueNew,
    Handling::AnnounceExpired,
    Handling::Suspend,
    Handling::ReferInspection,
    Handling::Correct,
    Handling::Keep,
    Handling::Undetermined,
];

/// The choices of a reviewer, in the order of the drop-down: agree, change, reject.
pub const DECISIONS: [&str; 3] = ["Đồng ý", "Sửa", "Bác"];

/// A reviewer's choice.
pub fn choice(value: Choice) -> &'static str {
    match value {
        Choice::Agree => DECISIONS[0],
        Choice::Change => DECISIONS[1],
        Choice::Reject => DECISIONS[2],
    }
}

/// "Sửa: Bãi bỏ toàn bộ (lý do)".
pub fn opinion(value: &Opinion) -> String {
    let handling = value.handling.filter(|_| value.choice == Choice::Change).map(|one| format!(": {}", handling(one)));
    let reason = Some(value.reason.as_str()).filter(|reason| !reason.is_empty()).map(|reason| format!(" ({reason})"));
    format!("{}{}{}", choice(value.choice), handling.unwrap_or_default(), reason.unwrap_or_default())
}

/// What became of something since the last review.
pub fn run_state(value: RunState) -> &'static str {
    match value {
        RunState::New => "Mới",
        RunState::Known => "Đã biết",
        RunState::Changed => "Thay đổi",
        RunState::Gone => "Không còn",
    }
}

/// Hình thức xử lý.
pub fn handling(value: Handling) -> &'static str {
    match value {
        Handling::Amend => "Sửa đổi, bổ sung",
        Handling::Replace => "Thay thế",
        Handling::Repeal => "Bãi bỏ toàn bộ",
        Handling::RepealPart => "Bãi bỏ một phần",
        Handling::IssueNew => "Ban hành mới",
        Handling::AnnounceExpired => "Công bố hết hiệu lực",
        Handling::Suspend => "Tạm ngưng hiệu lực",
        Handling::ReferInspection => "Chuyển kiểm tra văn bản",
        Handling::Correct => "Đính chính",
        Handling::Keep => "Giữ nguyên",
        Handling::Undetermined => "Chưa xác định",
    }
}

/// Quan hệ giữa hai văn bản.
pub fn relation(value: RelationKind) -> &'static str {
    match value {
        RelationKind::Basis => "Căn cứ ban hành",
        RelationKind::Details => "Quy định chi tiết",
        RelationKind::Guides => "Hướng dẫn",
        RelationKind::Replaces => "Thay thế",
        RelationKind::Repeals => "Bãi bỏ",
        RelationKind::Amends => "Sửa đổi",
        RelationKind::Supplements => "Bổ sung",
        RelationKind::Suspends => "Ngưng hiệu lực",
        RelationKind::Corrects => "Đính chính",
        RelationKind::Extends => "Kéo dài hiệu lực",
        RelationKind::Consolidates => "Hợp nhất",
        RelationKind::Refers => "Viện dẫn",
    }
}

/// Loại vấn đề.
pub fn finding_kind(value: FindingKind) -> &'static str {
    match value {
        FindingKind::Expired => "Hết thời hạn có hiệu lực",
        FindingKind::Replaced => "Đã được thay thế",
        FindingKind::Repealed => "Đã bị bãi bỏ",
        FindingKind::PartlyEnded => "Hết hiệu lực một phần",
        FindingKind::ParentEnded => "Văn bản được quy định chi tiết đã hết hiệu lực",
        FindingKind::ParentChanged => "Văn bản được quy định chi tiết đã thay đổi",
        FindingKind::BasisEnded => "Căn cứ ban hành đã hết hiệu lực hoặc bị thay thế",
        FindingKind::Conflict => "Mâu thuẫn, không còn phù hợp (một phần)",
        FindingKind::ConflictWhole => "Mâu thuẫn, không còn phù hợp (toàn bộ)",
        FindingKind::UnlawfulWhenIssued => "Có dấu hiệu trái pháp luật khi ban hành",
        FindingKind::SubjectGone => "Đối tượng điều chỉnh không còn",
        FindingKind::CompetenceMoved => "Thẩm quyền đã chuyển",
        FindingKind::StaleTerm => "Tên gọi, thuật ngữ cũ",
        FindingKind::MissingDocument => "Chưa tìm thấy văn bản được giao ban hành",
        FindingKind::DeadCitation => "Viện dẫn văn bản, quy định không còn",
        FindingKind::Overlap => "Chồng chéo",
        FindingKind::FormFault => "Sai sót về căn cứ, thể thức",
        FindingKind::NormInAdministrative => "Văn bản hành chính chứa quy phạm",
        FindingKind::PredecessorOverlap => "Văn bản của các đơn vị trước sắp xếp cùng quy định một vấn đề",
        FindingKind::Unread => "Chưa đọc được, chưa xác định được",
        FindingKind::IssuerGone => "Cơ quan ban hành không còn",
        FindingKind::MissingContent => "Chưa quy định nội dung Luật yêu cầu",
    }
}

/// Mức độ.
pub fn severity(value: Severity) -> &'static str {
    match value {
        Severity::High => "Cao",
        Severity::Medium => "Trung bình",
        Severity::Low => "Thấp",
    }
}

/// Độ tin cậy.
pub fn confidence(value: Confidence) -> &'static str {
    match value {
        Confidence::High => "Cao",
        Confidence::Medium => "Trung bình",
        Confidence::Low => "Thấp",
    }
}

/// Loại văn bản.
pub fn kind(value: Kind) -> &'static str {
    match value {
        Kind::HienPhap => "Hiến pháp",
        Kind::Luat => "Luật",
        Kind::BoLuat => "Bộ luật",
        Kind::PhapLenh => "Pháp lệnh",
        Kind::Lenh => "Lệnh",
        Kind::SacLenh => "Sắc lệnh",
        Kind::NghiQuyet => "Nghị quyết",
        Kind::NghiQuyetLienTich => "Nghị quyết liên tịch",
        Kind::NghiDinh => "Nghị định",
        Kind::QuyetDinh => "Quyết định",
        Kind::ThongTu => "Thông tư",
        Kind::ThongTuLienTich => "Thông tư liên tịch",
        Kind::ChiThi => "Chỉ thị",
        Kind::VanBanHopNhat => "Văn bản hợp nhất",
        Kind::KeHoach => "Kế hoạch",
        Kind::ChuongTrinh => "Chương trình",
        Kind::QuyChe => "Quy chế",
        Kind::QuyDinh => "Quy định",
        Kind::DieuLe => "Điều lệ",
        Kind::HuongDan => "Hướng dẫn",
        Kind::CongVan => "Công văn",
        Kind::CongDien => "Công điện",
        Kind::ToTrinh => "Tờ trình",
        Kind::ThongBao => "Thông báo",
        Kind::BaoCao => "Báo cáo",
        Kind::DeAn => "Đề án",
        Kind::KetLuan => "Kết luận",
        Kind::HuongUoc => "Hương ước, quy ước",
        Kind::HopDong => "Hợp đồng",
        Kind::Other => "Chưa rõ loại",
    }
}

/// Cấp của cơ quan ban hành.
pub fn level(value: Level) -> &'static str {
    match value {
        Level::TrungUong => "Trung ương",
        Level::Tinh => "Cấp tỉnh",
        Level::Huyen => "Cấp huyện",
        Level::Xa => "Cấp xã",
        Level::CoQuan => "Cơ quan, đơn vị",
    }
}

/// Tình trạng hiệu lực.
pub fn state(value: State) -> &'static str {
    match value {
        State::InForce => "Còn hiệu lực",
        State::PartlyEnded => "Hết hiệu lực một phần",
        State::Ended => "Hết hiệu lực toàn bộ",
        State::NotYet => "Chưa có hiệu lực",
        State::Suspended => "Tạm ngưng hiệu lực",
        State::Unknown => "Chưa xác định",
    }
}

/// Is it a VBQPPL?
pub fn normative(value: Option<bool>) -> &'static str {
    match value {
        Some(true) => "Có",
        Some(false) => "Không",
        None => "Chưa rõ",
    }
}

/// Mức liên quan đến Luật.
pub fn relevance(value: Relevance) -> &'static str {
    match value {
        Relevance::Direct => "Trực tiếp",
        Relevance::Indirect => "Gián tiếp",
        Relevance::None => "Không liên quan",
    }
}

/// Function of a unit.
pub fn role(value: Role) -> &'static str {
    match value {
        Role::Basis => "Căn cứ ban hành",
        Role::Scope => "Phạm vi, đối tượng",
        Role::Definition => "Giải thích từ ngữ",
        Role::Content => "Nội dung",
        Role::Implementation => "Tổ chức thực hiện",
        Role::Effect => "Hiệu lực thi hành",
        Role::Transitional => "Chuyển tiếp",
        Role::QuotedAmendment => "Lời văn của văn bản khác",
        Role::Recipients => "Nơi nhận",
        Role::Signature => "Phần ký",
        Role::Form => "Biểu mẫu",
    }
}

/// Why a file was not read, in two or three words.
pub fn unread(value: UnreadCode) -> &'static str {
    match value {
        UnreadCode::UnsupportedKind => "Loại tệp chưa hỗ trợ",
        UnreadCode::LegacyDoc => "Tệp Word đời cũ (.doc)",
        UnreadCode::Pdf => "Tệp PDF không có lớp chữ",
        UnreadCode::Html => "Trang web",
        UnreadCode::Encrypted => "Có mật khẩu",
        UnreadCode::Damaged => "Tệp hỏng",
        UnreadCode::TooLarge => "Tệp quá lớn",
        UnreadCode::Empty => "Không có nội dung",
        UnreadCode::Io => "Không mở được tệp",
        UnreadCode::ListedNotFound => "Có trong danh mục, không có tệp",
        UnreadCode::NoListHeader => "Bảng tính không có dòng tiêu đề",
        UnreadCode::UnknownEncoding => "Không rõ bảng mã chữ",
        UnreadCode::InternalError => "Lỗi của chương trình",
        UnreadCode::BadItem => "Dòng dữ liệu vào không dùng được",
    }
}

/// What is known of the problems a run did not find.
pub fn missed(estimate: Option<&Estimate>) -> String {
    match estimate {
        Some(estimate) => estimate.sentence(),
        None => "Phần vấn đề chương trình bỏ sót: không có ước lượng. Muốn ước lượng, chạy với --sample, trả lời mẫu kiểm tra mau-kiem-tra.xlsx rồi chạy lại vào cùng thư mục kết quả.".to_owned(),
    }
}

/// State of a rule: `trial` or `stable`.
pub fn rule_state(value: &str) -> &str {
    match value {
        "trial" => "Thử nghiệm",
        "stable" => "Chính thức",
        "draft" => "Dự thảo",
        "retired" => "Đã ngừng dùng",
        other => other,
    }
}

/// "ngày 05 tháng 02 năm 2019", as official papers write it: a zero before days under ten and the first two months.
pub fn long_date(value: Date) -> String {
    let month = if value.month() < 3 { format!("0{}", value.month()) } else { value.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", value.day(), value.year())
}

/// `22/07/2019`.
pub fn date(value: Date) -> String {
    format!("{:02}/{:02}/{:04}", value.day(), value.month(), value.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handlings_have_distinct_names() {
        let names: std::collections::HashSet<_> = HANDLINGS.iter().map(|&one| handling(one)).collect();
        assert_eq!(names.len(), HANDLINGS.len());
    }
}
