//! What a reviewer is told about the reading of a file.

use crate::source::{Change, Encoding, Unread, UnreadCode, Warning};
use crate::text::charset::Converted;

/// Things counted on the way, for warnings.
#[derive(Debug, Default)]
pub struct Tally {
    /// Tracked insertions.
    pub inserted: u32,
    /// Tracked deletions.
    pub deleted: u32,
    /// Paragraph marks inserted or deleted.
    pub marks: u32,
    /// Tracked changes with who made them and when.
    pub changes: Vec<Change>,
    /// Comments in the margin.
    pub comments: u32,
    /// Stretches of hidden text.
    pub hidden: u32,
    /// Documents embedded as chunks, which are not read.
    pub embedded: u32,
    /// There is a picture or drawing.
    pub pictures: bool,
}

impl Tally {
    /// Adds the counts of another story.
    pub fn join(&mut self, other: Tally) {
        self.inserted += other.inserted;
        self.deleted += other.deleted;
        self.marks += other.marks;
        self.changes.extend(other.changes);
        self.comments += other.comments;
        self.hidden += other.hidden;
        self.embedded += other.embedded;
        self.pictures |= other.pictures;
    }
}

/// Warnings of a reading, most weighty first.
pub fn of(tally: &Tally, converted: Option<(Encoding, Converted)>, damaged: bool) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if damaged {
        warnings.push(self::damaged());
    }
    if tally.inserted + tally.deleted + tally.marks > 0 {
        warnings.push(Warning::new(
            "tracked-changes-present",
            format!(
                "Văn bản còn theo dõi sửa đổi (Track Changes): {} chỗ thêm, {} chỗ xóa. Đã đọc như khi chấp nhận mọi sửa đổi.",
                tally.inserted, tally.deleted
            ),
        ));
    }
    if tally.comments > 0 {
        warnings.push(Warning::new(
            "comments-present",
            format!("Văn bản có {} chú thích bên lề (Comment); nội dung chú thích không được đọc.", tally.comments),
        ));
    }
    if tally.hidden > 0 {
        warnings.push(Warning::new(
            "hidden-text-present",
            format!("Văn bản có {} đoạn chữ ẩn (Hidden); phần chữ ẩn không được đọc.", tally.hidden),
        ));
    }
    if tally.embedded > 0 {
        warnings.push(Warning::new(
            "embedded-document-not-read",
            format!("Văn bản nhúng {} tài liệu khác; nội dung tài liệu nhúng không được đọc.", tally.embedded),
        ));
    }
    if let Some((encoding, converted)) = converted {
        warnings.push(legacy(encoding, converted));
    }
    warnings
}

/// The warning of a file that was read up to its damage.
pub(crate) fn damaged() -> Warning {
    Warning::new(
        "damaged-part",
        "Tệp bị hỏng một phần; chỉ đọc được phần còn nguyên. Cần đối chiếu với bản gốc trước khi kết luận.",
    )
}

/// The warning of a document whose letters were converted.
pub(crate) fn legacy(encoding: Encoding, converted: Converted) -> Warning {
    let name = if encoding == Encoding::Vni { "VNI" } else { "TCVN3 (ABC)" };
    Warning::new(
        "legacy-encoding-converted",
        format!(
            "Đã chuyển {} từ từ bảng mã {name} sang Unicode; {} % chắc chắn, phần còn lại suy theo phông chữ và các từ xung quanh.",
            converted.words,
            converted.percent_sure()
        ),
    )
}

/// Why a file without words is unread.
pub fn without_words(damaged: bool, pictures: bool) -> Unread {
    if damaged {
        Unread::new(UnreadCode::Damaged)
    } else if pictures {
        Unread::because(
            UnreadCode::Empty,
            "Tệp chỉ có ảnh (có thể là bản quét), không có chữ để đọc.",
            "Tìm bản Word gốc, hoặc nhận dạng chữ (OCR), soát lại với bản giấy rồi lưu thành .docx.",
        )
    } else {
        Unread::new(UnreadCode::Empty)
    }
}
