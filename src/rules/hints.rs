//! What to do about a fault that says nothing of it itself.

/// Code → hint.
const HINTS: [(&str, &str); 29] = [
    ("always-holds", "bỏ “not” đứng một mình, hoặc nối thêm bằng and một điều kiện phải có mặt"),
    ("bad-id", "ví dụ: dccs.xa.dong-gop-2-3"),
    (
        "bad-quantity",
        "viết như luật viết, hợp với measure: “ít nhất 2/3”, “05 ngày làm việc”, “từ 03 đến 09 thành viên”",
    ),
    ("bad-regex", "tìm bằng term hoặc words nếu được; thử biểu thức với lời văn thật trong tests"),
    ("dates-reversed", "xem lại hai ngày; còn áp dụng thì bỏ ngày cuối"),
    ("duplicate-filter", "đặt mã khác, hoặc gộp hai bộ lọc"),
    ("duplicate-id", "đặt mã khác; mã đã dùng không dùng lại"),
    ("duplicate-key", "gộp hai khóa làm một"),
    ("duplicate-provision", "gộp hai mục; nội dung đổi theo ngày thì ghi thành hai đường dẫn có “to” và “from”"),
    ("duplicate-term", "gộp các cách nói vào một từ, hoặc đặt mã khác"),
    ("duplicate-topic", "gộp hai chủ đề, hoặc đặt mã khác"),
    ("empty-condition", "ghi ít nhất một mã từ hoặc một lời văn, hoặc bỏ điều kiện"),
    ("empty-regex", "bỏ dấu * hoặc ? ở phần bao cả biểu thức: phải có ít nhất một chữ bắt buộc"),
    ("few-tests", "thêm đoạn phải phát hiện (hit) và đoạn suýt đúng nhưng phải im lặng (quiet)"),
    ("loose-regex", "ghi rõ các chữ ở giữa, ví dụ [^.;]{0,40}; ranh giới từ chương trình tự xét"),
    ("measure-differs", "dùng measure của tham số trong provisions.yaml, hoặc tham số khác"),
    ("never-holds", "xem lại “not” và “unless”"),
    ("no-basis", "ghi basis: [{ instrument: số, provision: A21.1 }]; mỗi kết luận phải có điều khoản buộc phải làm"),
    ("no-literal", "ghi những cụm từ mà một trong đó phải có, ví dụ near: [\"đóng góp\"]"),
    ("repeated-variant", "bỏ cách viết này"),
    ("short-literal", "ghi cả cụm từ"),
    ("suspend", "chọn hình thức khác, ví dụ undetermined; tạm ngưng do cơ quan có thẩm quyền quyết định"),
    ("unclear-test", "tách thành hai phép thử"),
    ("unknown-anchor", "ghi tên một điều kiện của “find”"),
    ("unknown-condition", "ghi tên một điều kiện của “find”, hoặc dùng term, words"),
    ("unclear-filter", "chọn một: term và words, cites, hoặc pattern"),
    ("unknown-rule", "ghi mã của một quy tắc có trong bộ"),
    ("unused-condition", "đưa điều kiện vào “when” hoặc “unless”, hoặc bỏ"),
    ("bad-when", "nối các điều kiện bằng and, or, not; phạm vi đứng cuối: within sentence"),
];

/// The hint for a code.
pub fn of(code: &str) -> Option<&'static str> {
    HINTS.iter().find(|(known, _)| *known == code).map(|(_, hint)| *hint)
}
