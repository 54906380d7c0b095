//! Columns of the sheet, the words for values in it, and the placeholders as lawyers write them.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::schema::values;
use crate::text::fold::fold;

/// Name of the sheet with the rules.
pub const SHEET: &str = "Quy tắc";
/// Name of the condition in the rule file.
pub const CONDITION: &str = "loi-van";

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Field {
    Id,
    Title,
    State,
    Words,
    Variants,
    Cited,
    CitedProvisions,
    Unless,
    UnlessWhy,
    Topics,
    NotTopics,
    Kinds,
    Levels,
    IssuedBefore,
    AsOfFrom,
    Kind,
    Handling,
    Severity,
    Confidence,
    Fix,
    Basis,
    Say,
    Propose,
    Hits,
    Quiets,
}

/// Columns in order: field, head, width in letters, what a note on the head says.
pub const COLUMNS: [(Field, &str, f64, &str); 25] = [
    (Field::Id, "Mã", 22.0, "Chữ thường không dấu, dấu chấm, gạch nối; không dùng lại."),
    (Field::Title, "Tên", 34.0, "Một câu, người làm luật đọc hiểu."),
    (Field::State, "Trạng thái", 14.0, "Để trống là chạy thử."),
    (Field::Words, "Từ ngữ tìm", 26.0, "Lời văn chính; hoặc @mã của từ trong từ điển, mỗi dòng một mã."),
    (Field::Variants, "Biến thể", 26.0, "Các cách nói khác, mỗi dòng một cách."),
    (Field::Cited, "Văn bản viện dẫn", 20.0, "Số, ký hiệu; mỗi dòng một văn bản. Dùng thay cho từ ngữ tìm."),
    (Field::CitedProvisions, "Điều khoản viện dẫn", 16.0, "A21.1 là khoản 1 Điều 21; mỗi dòng một điều khoản."),
    (Field::Unless, "Trừ khi có", 26.0, "Mỗi dòng một ngoại lệ; các lời văn của một ngoại lệ cách nhau bằng |."),
    (Field::UnlessWhy, "Vì sao trừ", 30.0, "Mỗi dòng lý do của ngoại lệ ở dòng tương ứng."),
    (Field::Topics, "Chủ đề", 18.0, "Mã chủ đề, mỗi dòng một mã; để trống là mọi văn bản."),
    (Field::NotTopics, "Trừ chủ đề", 18.0, "Mã chủ đề, mỗi dòng một mã."),
    (Field::Kinds, "Loại văn bản", 16.0, "Mỗi dòng một loại; để trống là mọi loại."),
    (Field::Levels, "Cấp", 14.0, "Mỗi dòng một cấp; để trống là mọi cấp."),
    (Field::IssuedBefore, "Ban hành trước ngày", 14.0, "Ngày; để trống là không giới hạn."),
    (Field::AsOfFrom, "Xét từ ngày", 14.0, "Chỉ chạy khi xét từ ngày này."),
    (Field::Kind, "Loại vấn đề", 26.0, "Chọn trong danh sách."),
    (Field::Handling, "Xử lý", 20.0, "Chọn trong danh sách."),
    (Field::Severity, "Mức độ", 12.0, "Để trống là trung bình."),
    (Field::Confidence, "Độ tin cậy", 12.0, "Cao nhất được đến đâu; để trống là trung bình."),
    (Field::Fix, "Cách sửa", 16.0, "Để trống là phải cân nhắc."),
    (
        Field::Basis,
        "Căn cứ",
        26.0,
        "Số, ký hiệu rồi đường dẫn: 10/2022/QH15 A21.1; mỗi dòng một điều khoản, điều chính đứng đầu.",
    ),
    (
        Field::Say,
        "Câu nêu vấn đề",
        44.0,
        "Chỗ trống: {chỗ}, {lời văn}, {căn cứ}, {luật đòi hỏi}, {văn bản}; để trống thì chương trình tự viết.",
    ),
    (Field::Propose, "Lời đề xuất", 40.0, "Cùng các chỗ trống."),
    (Field::Hits, "Ví dụ phát hiện", 44.0, "Ít nhất hai đoạn, cách nhau một dòng trống."),
    (Field::Quiets, "Ví dụ im lặng", 44.0, "Ít nhất hai đoạn suýt đúng, cách nhau một dòng trống."),
];

/// Heads lawyers may write instead.
pub const OTHER_HEADS: [(&str, Field); 5] = [
    ("hình thức xử lý", Field::Handling),
    ("mã quy tắc", Field::Id),
    ("tên quy tắc", Field::Title),
    ("cấp ban hành", Field::Levels),
    ("ngoại lệ", Field::Unless),
];

/// Placeholders as lawyers write them, and as a rule file has them (`%` = the condition).
pub const HOLES: [(&str, &str); 9] = [
    ("{chỗ}", "{cite}"),
    ("{căn cứ}", "{basis.cite}"),
    ("{luật đòi hỏi}", "{basis.demands}"),
    ("{văn bản}", "{document}"),
    ("{lời văn}", "{%.text}"),
    ("{văn bản viện dẫn}", "{%.instrument}"),
    ("{ngày hết hiệu lực}", "{%.ended}"),
    ("{văn bản tác động}", "{%.by}"),
    ("{vì sao}", "{%.why}"),
];

/// What a rule says when its author wrote no sentence.
pub const SAY: &str = "{chỗ} có “{lời văn}”; {căn cứ}: {luật đòi hỏi}.";

/// The name of a value in the sheet.
pub fn shown<T: JsonSchema>(value: impl serde::Serialize) -> String {
    let own = serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
    values::all::<T>().into_iter().find(|(value, _)| *value == own).map_or(own, |(_, name)| name)
}

/// The value that a cell names, by its name or as rule files write it; else every name there is.
pub fn named<T: JsonSchema + DeserializeOwned>(text: &str) -> Result<String, String> {
    let all = values::all::<T>();
    let wanted = fold(text.trim());
    match all.iter().find(|(value, name)| fold(value) == wanted || fold(name) == wanted) {
        Some((value, _)) => Ok(value.clone()),
        None => {
            let names: Vec<&str> = all.iter().map(|(_, name)| name.as_str()).collect();
            Err(format!("“{}” không dùng được; chọn một trong: {}", text.trim(), names.join(", ")))
        }
    }
}

/// Names of all values, for a drop-down.
pub fn names<T: JsonSchema>() -> Vec<String> {
    values::all::<T>().into_iter().map(|(_, name)| name).collect()
}
