//! What a reviewer is told about the reading of a file.

use std::collections::BTreeSet;

use crate::source::{Change, Encoding, RawDocument, Unread, UnreadCode, Warning};
use crate::text::charset::Converted;

/// Most names a message lists.
const MAX_NAMED: usize = 5;

/// Things counted on the way, for warnings.
#[derive(Debug, Default)]
pub struct Tally {
    /// Tracked insertions.
    pub inserted: u32,
    /// Tracked deletions.
    pub deleted: u32,
    /// Tracked moves; readers that cannot pair the two ends count them as an insertion and a deletion.
    pub moved: u32,
    /// Paragraph marks inserted or deleted.
    pub marks: u32,
    /// Tracked changes of looks.
    pub formatted: u32,
    /// Tracked changes with who made them and when.
    pub changes: Vec<Change>,
    /// Comments in the margin.
    pub comments: u32,
    /// Stretches of hidden text.
    pub hidden: u32,
    /// Documents embedded as chunks or objects, which are not read.
    pub embedded: u32,
    /// Documents embedded as objects, which are read as notes.
    pub attached: u32,
    /// Charts and diagrams whose words are not read.
    pub drawings: u32,
    /// Formulas that are pictures, or fields without a result.
    pub formulas: u32,
    /// Fields whose result is not stored in the file.
    pub fields: u32,
    /// Pictures large enough to be a scanned page or table.
    pub large_pictures: u32,
    /// There is a picture or drawing.
    pub pictures: bool,
}

impl Tally {
    /// Adds the counts of another story.
    pub fn join(&mut self, other: Tally) {
        self.inserted += other.inserted;
        self.deleted += other.deleted;
        self.moved += other.moved;
        self.marks += other.marks;
        self.formatted += other.formatted;
        self.changes.extend(other.changes);
        self.comments += other.comments;
        self.hidden += other.hidden;
        self.embedded += other.embedded;
        self.attached += other.attached;
        self.drawings += other.drawings;
        self.formulas += other.formulas;
        self.fields += other.fields;
        self.large_pictures += other.large_pictures;
        self.pictures |= other.pictures;
    }
}

/// Warnings of a reading, most weighty first.
pub fn of(tally: &Tally, converted: Option<(Encoding, Converted)>, damaged: bool) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if damaged {
        warnings.push(self::damaged());
    }
    warnings.extend(tracked(tally));
    let counted = [
        (tally.comments, "comments-present", "chú thích bên lề (Comment); nội dung chú thích không được đọc."),
        (tally.hidden, "hidden-text-present", "đoạn chữ ẩn (Hidden); phần chữ ẩn không được đọc."),
        (
            tally.embedded,
            "embedded-document-not-read",
            "tài liệu nhúng; nội dung tài liệu nhúng không được đọc, cần mở tệp gốc để xem.",
        ),
        (
            tally.attached,
            "embedded-document-read",
            "tài liệu Word nhúng dưới dạng đối tượng; đã đọc chữ tại chỗ nhúng nhưng không chia theo điều, khoản, cần xem riêng.",
        ),
        (
            tally.drawings,
            "drawing-text-not-read",
            "biểu đồ hoặc sơ đồ chưa đọc được chữ bên trong; cần xem trực tiếp trên tệp gốc.",
        ),
        (
            tally.formulas,
            "formula-not-read",
            "công thức ở dạng đối tượng, không có chữ để đọc; cần xem trực tiếp trên tệp gốc.",
        ),
        (
            tally.fields,
            "field-not-read",
            "trường tự động (Field) mà tệp không lưu kết quả; chữ hoặc số do trường hiện ra chưa được đọc.",
        ),
        (
            tally.large_pictures,
            "picture-not-read",
            "ảnh lớn (có thể là trang quét hoặc bảng chụp); chữ trong ảnh không được đọc, cần xem trực tiếp.",
        ),
    ];
    for (count, code, what) in counted {
        if count > 0 {
            warnings.push(Warning::new(code, format!("Văn bản có {count} {what}")));
        }
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

/// Tracked changes: how many, by whom, when.
fn tracked(tally: &Tally) -> Option<Warning> {
    let counts = [
        (tally.inserted, "chỗ thêm"),
        (tally.deleted, "chỗ xóa"),
        (tally.moved, "chỗ chuyển"),
        (tally.marks, "chỗ ngắt hoặc nối đoạn"),
        (tally.formatted, "chỗ đổi định dạng"),
    ];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if counts.is_empty() {
        return None;
    }
    let authors: BTreeSet<&str> = tally.changes.iter().filter_map(|change| change.author.as_deref()).collect();
    let mut who: Vec<&str> = authors.iter().copied().take(MAX_NAMED).collect();
    let others = format!("{} người khác", authors.len().saturating_sub(MAX_NAMED));
    if authors.len() > MAX_NAMED {
        who.push(&others);
    }
    let by = if who.is_empty() { String::new() } else { format!("; người sửa: {}", who.join(", ")) };
    let days: BTreeSet<&str> = tally.changes.iter().filter_map(|change| change.date.as_deref()?.get(..10)).collect();
    let when = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first == last => format!("; ngày {}", spoken(first)),
        (Some(first), Some(last)) => format!("; từ ngày {} đến ngày {}", spoken(first), spoken(last)),
        _ => String::new(),
    };
    Some(Warning::new(
        "tracked-changes-present",
        format!(
            "Văn bản còn theo dõi sửa đổi (Track Changes): {}{by}{when}. Đã đọc như khi chấp nhận mọi sửa đổi; phần đã xóa không được rà soát.",
            counts.join(", ")
        ),
    ))
}

/// "2025-03-04" → "04/03/2025"; anything else as it is.
fn spoken(day: &str) -> String {
    match day.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day] => format!("{day}/{month}/{year}"),
        _ => day.to_owned(),
    }
}

/// A warning when a list numbered by the program goes from d straight to e: the alphabet of laws has đ between them. The
/// letters are kept as a reader sees them.
pub fn letters_without_d(raw: &RawDocument) -> Option<Warning> {
    let mut places = Vec::new();
    let mut count = 0;
    let mut before: Option<char> = None;
    for paragraph in raw.paragraphs() {
        let Some(letter) = paragraph.label.as_deref().and_then(only_letter) else { continue };
        if letter == 'e' && before == Some('d') {
            count += 1;
            if places.len() < 3 {
                let words: Vec<&str> = paragraph.text.split_whitespace().take(8).collect();
                places.push(format!("“{} {}…”", paragraph.label.as_deref().unwrap_or_default(), words.join(" ")));
            }
        }
        before = Some(letter);
    }
    (count > 0).then(|| {
        Warning::new(
            "letter-list-without-d",
            format!(
                "Có {count} danh sách đánh chữ tự động đi từ d) sang e), không có đ): {}. Giữ nguyên như hiển thị; khi viện dẫn cần đối chiếu với bản ký.",
                places.join("; ")
            ),
        )
    })
}

/// The letter of a label that has just one: "e)", "(e)", "E.".
fn only_letter(label: &str) -> Option<char> {
    let mut letters = label.chars().filter(|c| c.is_alphanumeric());
    let letter = letters.next().filter(|c| c.is_alphabetic())?;
    letters.next().is_none().then(|| letter.to_lowercase().next()).flatten()
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
