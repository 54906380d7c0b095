//! The words of the unread register: one message and one next step for each reason.

use super::kind::Kind;
use super::{Unread, UnreadCode};

impl Unread {
    /// A reason with its usual words.
    pub fn new(code: UnreadCode) -> Self {
        let (message, next_step) = words(code);
        Unread { code, message: message.to_owned(), next_step: next_step.to_owned() }
    }

    /// A reason with words of its own.
    pub fn because(code: UnreadCode, message: impl Into<String>, next_step: impl Into<String>) -> Self {
        Unread { code, message: message.into(), next_step: next_step.into() }
    }

    /// Why a file of this kind has no text for us; `None` for kinds that a reader of documents takes.
    pub fn of_kind(kind: Kind) -> Option<Self> {
        use UnreadCode::*;
        Some(match kind {
            Kind::Docx | Kind::LegacyDoc | Kind::Rtf | Kind::Pdf | Kind::Text => return None,
            Kind::Html | Kind::Mhtml | Kind::Odt | Kind::WordXml => return None,
            Kind::Encrypted => Self::new(Encrypted),
            Kind::Empty => Self::new(Empty),
            Kind::Xlsx | Kind::Xls | Kind::Ods => Self::because(
                UnsupportedKind,
                "Tệp là bảng tính, không phải văn bản.",
                "Nếu là danh mục văn bản, đưa tệp vào bằng tham số --list.",
            ),
            Kind::Image => Self::because(
                UnsupportedKind,
                "Tệp là ảnh, không có lớp chữ để đọc.",
                "Nhận dạng chữ (OCR), soát lại với bản giấy rồi lưu thành .docx.",
            ),
            Kind::Zip => Self::because(
                UnsupportedKind,
                "Tệp là gói nén, bên trong không có văn bản Word.",
                "Giải nén, đưa các tệp văn bản bên trong vào thư mục rà soát rồi chạy lại.",
            ),
            Kind::Other => Self::new(UnsupportedKind),
        })
    }
}

fn words(code: UnreadCode) -> (&'static str, &'static str) {
    match code {
        UnreadCode::UnsupportedKind => (
            "Loại tệp này chưa đọc được.",
            "Mở tệp bằng phần mềm đã tạo ra nó, lưu thành .docx rồi chạy lại; nếu tệp không phải văn bản thì bỏ qua.",
        ),
        UnreadCode::LegacyDoc => (
            "Tệp là văn bản của Word đời cũ hơn Word 6.0, chưa đọc được trực tiếp.",
            "Mở tệp bằng Word hoặc LibreOffice, lưu thành .docx rồi chạy lại.",
        ),
        UnreadCode::Pdf => (
            "Tệp PDF không có lớp chữ đọc được.",
            "Tìm bản Word gốc, hoặc nhận dạng chữ (OCR), soát lại với bản giấy rồi lưu thành .docx.",
        ),
        UnreadCode::Html => (
            "Tệp thực chất là trang web (HTML), dù tên tệp có thể ghi khác.",
            "Mở tệp bằng Word, lưu thành .docx rồi chạy lại.",
        ),
        UnreadCode::Encrypted => {
            ("Tệp được bảo vệ bằng mật khẩu.", "Mở tệp bằng mật khẩu, bỏ mật khẩu, lưu lại rồi chạy lại.")
        }
        UnreadCode::Damaged => (
            "Tệp bị hỏng hoặc không đúng định dạng, không đọc được nội dung.",
            "Xin lại tệp từ nơi gửi, hoặc mở bằng chức năng sửa tệp (Open and Repair) của Word rồi lưu lại.",
        ),
        UnreadCode::TooLarge => (
            "Tệp vượt giới hạn an toàn về dung lượng hoặc số lượng thành phần.",
            "Kiểm tra nguồn gốc tệp; nếu đúng là văn bản cần rà soát, xóa ảnh và tệp nhúng hoặc tách nhỏ rồi chạy lại.",
        ),
        UnreadCode::Empty => ("Tệp không có chữ nào.", "Xin lại tệp đầy đủ từ nơi gửi."),
        UnreadCode::Io => (
            "Không mở được tệp.",
            "Kiểm tra tệp còn ở chỗ cũ, có quyền đọc và không bị chương trình khác khóa rồi chạy lại.",
        ),
        UnreadCode::ListedNotFound => (
            "Danh mục có văn bản này nhưng không tìm thấy tệp.",
            "Bổ sung tệp vào thư mục rà soát, hoặc xem lại số, ký hiệu và ngày trong danh mục.",
        ),
        UnreadCode::NoListHeader => (
            "Bảng tính không có dòng tiêu đề cho biết nội dung các cột.",
            "Thêm dòng tiêu đề (số ký hiệu, ngày ban hành, trích yếu…) rồi chạy lại.",
        ),
        UnreadCode::UnknownEncoding => (
            "Không nhận ra bảng mã chữ của tệp.",
            "Mở tệp bằng phần mềm đã soạn ra nó, lưu thành .docx hoặc văn bản thuần Unicode (UTF-8) rồi chạy lại.",
        ),
        UnreadCode::BadItem => (
            "Dòng này không nêu được văn bản nào.",
            "Mỗi dòng là đường dẫn của một tệp, hoặc một đối tượng JSON có khóa “file” và, nếu có, “text” hoặc “content”.",
        ),
        UnreadCode::InternalError => (
            "Chương trình gặp lỗi khi đọc tệp này.",
            "Gửi tệp cho người phụ trách chương trình; tạm thời rà soát thủ công.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_without_a_reader_has_a_message_and_a_next_step() {
        for kind in [Kind::Encrypted, Kind::Empty, Kind::Xlsx, Kind::Image, Kind::Zip, Kind::Other] {
            let unread = Unread::of_kind(kind).expect("no reader takes this kind");
            assert!(unread.message.ends_with('.') && unread.next_step.ends_with('.'), "{kind:?}");
        }
        use Kind::*;
        for kind in [Docx, LegacyDoc, Rtf, Pdf, Text, Html, Mhtml, Odt, WordXml] {
            assert_eq!(Unread::of_kind(kind), None, "{kind:?}");
        }
    }
}
