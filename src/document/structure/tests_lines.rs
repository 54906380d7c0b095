//! Lines that hold several numbers, break amid a citation, or show a form before the text goes on.

use super::tests::{paths, plain, unit};
use super::*;

fn read(text: &str) -> Structure {
    parse(&plain(text))
}

#[test]
fn a_number_amid_a_line_opens_a_unit_where_the_list_has_a_gap() {
    let found = read(
        "Điều 1. Hình thức thông tin
1. Thực hiện qua cơ quan nhà nước về an toàn
thực phẩm. 2. Qua phương tiện thông tin đại chúng. 3. Qua hội nghị.
4. Lồng ghép trong giảng dạy.
Điều 2. Giới hạn
1. Giới hạn được quy định như sau: a) Tổng dư nợ không quá 15%;
b) Nhu cầu vượt quá 15%.",
    );
    let expected = [
        "main/A1",
        "main/A1.1",
        "main/A1.2",
        "main/A1.3",
        "main/A1.4",
        "main/A2",
        "main/A2.1",
        "main/A2.1.a",
        "main/A2.1.b",
    ];
    assert_eq!(paths(&found), expected);
    assert_eq!(unit(&found, "main/A1.2").text, "Qua phương tiện thông tin đại chúng.");
    assert!(found.warnings.is_empty(), "{:?}", found.warnings);
}

#[test]
fn sentences_with_numbers_are_left_whole() {
    let found = read(
        "Điều 1. Mức thu
1. Thu theo bảng. 2. Đồng một lần là mức thấp nhất.
2. Nộp vào ngân sách.",
    );
    assert_eq!(paths(&found), ["main/A1", "main/A1.1", "main/A1.2"]);
}

#[test]
fn the_mark_of_a_footnote_is_no_sub_clause() {
    let found = read(
        "Điều 5. Dự toán
1. Lập dự toán hằng năm.
2.7 Trong thời hạn 15 ngày, giao dự toán.
3. Điều chỉnh dự toán.",
    );
    assert_eq!(paths(&found), ["main/A5", "main/A5.1", "main/A5.2", "main/A5.3"]);
    assert_eq!(unit(&found, "main/A5.2").text, "7 Trong thời hạn 15 ngày, giao dự toán.");
}

#[test]
fn a_citation_at_the_end_of_a_line_takes_the_article_below() {
    let found = read(
        "Điều 1. Bãi bỏ
1. Bãi bỏ điểm c, khoản 1
Điều 17. 2. Bãi bỏ khoản 15 Điều 54.
3. Bãi bỏ khoản 15
Điều 60.
Điều 2. Thi hành
Các sở thi hành.",
    );
    assert_eq!(paths(&found), ["main/A1", "main/A1.1", "main/A1.2", "main/A1.3", "main/A2"]);
    assert_eq!(unit(&found, "main/A1.1").text, "Bãi bỏ điểm c, khoản 1\nĐiều 17.");
}

#[test]
fn a_form_shown_before_the_articles_go_on_is_no_appendix() {
    let found = read(
        "Điều 1. Phạm vi
Quyết định này quy định việc báo cáo.
Điều 2. Báo cáo
Báo cáo theo mẫu sau đây:
PHỤ LỤC I
Nội dung báo cáo.
Điều 3. Hiệu lực thi hành
Quyết định này có hiệu lực kể từ ngày ký.",
    );
    assert_eq!(found.layers.len(), 1);
    assert_eq!(paths(&found), ["main/A1", "main/A2", "main/A3"]);
}

#[test]
fn titles_that_begin_like_orders_are_titles_over_clauses() {
    let found = read(
        "Điều 1. Giao nộp tài liệu, chứng cứ
1. Đương sự giao nộp tài liệu.
2. Tòa án lập biên bản.
Điều 2. Quyền của tổ chức được Nhà nước giao đất không thu tiền sử dụng đất.
1. Sử dụng đất.
Điều 3. Giao Sở Nội vụ chủ trì thực hiện Quyết định này.
Điều 4. Tổ chức được giao đất phải có báo cáo hằng năm gửi cơ quan quản lý.
1. Nộp báo cáo.",
    );
    assert_eq!(unit(&found, "main/A1").heading, "Giao nộp tài liệu, chứng cứ");
    assert!(unit(&found, "main/A2").heading.starts_with("Quyền của tổ chức"));
    assert!(unit(&found, "main/A3").heading.is_empty());
    assert!(unit(&found, "main/A4").heading.is_empty());
}
