use jiff::civil::{Date, date};

use super::*;
use crate::document::understand;

const DAY: Date = date(2026, 11, 22);

fn document(name: &str, text: &str) -> Document {
    let raw = crate::source::read(name, text.as_bytes()).expect("text is read");
    understand(&raw, name, "")
}

fn original() -> Document {
    document(
        "goc.txt",
        "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: 17/2019/QĐ-UBND\nNghệ An, ngày 22 tháng 7 năm 2019\nQUYẾT ĐỊNH\n\
         Ban hành Quy chế thực hiện dân chủ ở xã\nCăn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n\
         QUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế thực hiện dân chủ ở xã.\n\
         Điều 2. Quyết định này có hiệu lực kể từ ngày 01 tháng 8 năm 2019.\n\
         Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành.\n\
         QUY CHẾ\nThực hiện dân chủ ở xã\n\
         (Ban hành kèm theo Quyết định số 17/2019/QĐ-UBND ngày 22 tháng 7 năm 2019 của Ủy ban nhân dân tỉnh Nghệ An)\n\
         Chương I\nQUY ĐỊNH CHUNG\n\
         Điều 1. Phạm vi\nQuy chế này quy định việc thực hiện dân chủ.\n\
         Điều 2. Công khai\n1. Niêm yết tại trụ sở trong 15 ngày.\n2. Các việc phải công khai:\na) Dự toán;\nb) Quy hoạch.\n\
         3. Thủ trưởng đơn vị báo cáo phòng Nội vụ huyện theo khoản 2 Điều này.\n\
         Chương II\nTỔ CHỨC THỰC HIỆN\n\
         Điều 3. Trách nhiệm\nSở Nội vụ hướng dẫn theo Điều 2 Quy chế này.\n",
    )
}

fn amending(number: &str, day: &str, commands: &str) -> Document {
    document(
        &format!("sua-{number}.txt"),
        &format!(
            "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\nSố: {number}/QĐ-UBND\nNghệ An, ngày {day}\nQUYẾT ĐỊNH\n\
             Sửa đổi, bổ sung một số điều của Quy chế thực hiện dân chủ ở xã ban hành kèm theo Quyết định số 17/2019/QĐ-UBND ngày 22 tháng 7 năm 2019 của Ủy ban nhân dân tỉnh\n\
             Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\nQUYẾT ĐỊNH:\n\
             Điều 1. Sửa đổi, bổ sung một số điều của Quy chế thực hiện dân chủ ở xã ban hành kèm theo Quyết định số 17/2019/QĐ-UBND ngày 22 tháng 7 năm 2019 của Ủy ban nhân dân tỉnh như sau:\n\
             {commands}\n\
             Điều 2. Quyết định này có hiệu lực kể từ ngày {day}.\n"
        ),
    )
}

fn read(batch: &[Document], as_of: Date) -> Option<Consolidated> {
    Registry::new(Vec::new(), batch).consolidated(0, &batch[0], &|at| batch.get(at), as_of)
}

fn text<'c>(read: &'c Consolidated, path: &str) -> Option<&'c str> {
    read.document.unit_at(path).map(|unit| read.document.units[unit].text.as_str())
}

fn paths(read: &Consolidated) -> Vec<&str> {
    read.document.units.iter().map(|unit| unit.path.as_str()).filter(|path| path.starts_with("att1/A")).collect()
}

fn open(read: &Consolidated) -> Vec<(&str, &str)> {
    read.changes.iter().filter_map(|change| Some((change.path.as_str(), change.open.as_deref()?))).collect()
}

#[test]
fn commands_are_carried_out_in_the_attached_regulation() {
    let commands = "1. Sửa đổi, bổ sung khoản 1 Điều 2 như sau:\n“1. Niêm yết tại trụ sở trong 30 ngày, theo Điều 3 Quy chế này.”\n\
                    2. Bổ sung Điều 2a vào sau Điều 2 như sau:\n“Điều 2a. Hình thức\n1. Đăng trên cổng thông tin.\n2. Phát thanh.”\n\
                    3. Bổ sung điểm c vào khoản 2 Điều 2 như sau:\n“c) Các khoản thu.”\n\
                    4. Bãi bỏ điểm a khoản 2 Điều 2.\n\
                    5. Thay thế cụm từ “phòng Nội vụ huyện” bằng cụm từ “Ủy ban nhân dân xã” tại khoản 3 Điều 2.\n\
                    6. Sửa đổi tên Điều 3 như sau:\n“Điều 3. Trách nhiệm của các sở”";
    let batch = [original(), amending("05/2024", "10 tháng 01 năm 2024", commands)];
    let read = read(&batch, DAY).expect("it is amended");
    assert_eq!(open(&read), []);
    assert_eq!(
        paths(&read),
        [
            "att1/A1",
            "att1/A2",
            "att1/A2.1",
            "att1/A2.2",
            "att1/A2.2.a",
            "att1/A2.2.b",
            "att1/A2.2.c",
            "att1/A2.3",
            "att1/A2a",
            "att1/A2a.1",
            "att1/A2a.2",
            "att1/A3"
        ]
    );
    assert_eq!(text(&read, "att1/A2.1"), Some("Niêm yết tại trụ sở trong 30 ngày, theo Điều 3 Quy chế này."));
    assert_eq!(text(&read, "att1/A2.2.a"), Some(""));
    assert_eq!(text(&read, "att1/A2.2.c"), Some("Các khoản thu."));
    assert_eq!(text(&read, "att1/A2.3"), Some("Thủ trưởng đơn vị báo cáo Ủy ban nhân dân xã theo khoản 2 Điều này."));
    let label = |path: &str| read.document.units[read.document.unit_at(path).unwrap()].label.clone();
    assert_eq!([label("att1/A2.1"), label("att1/A2a"), label("att1/A2.2.c")], ["1.", "Điều 2a.", "c)"]);
    let third = read.document.unit_at("att1/A3").unwrap();
    assert_eq!(read.document.units[third].heading, "Trách nhiệm của các sở");
    let sources = |path: &str| read.sources[read.document.unit_at(path).unwrap()];
    assert!(matches!(sources("att1/A2.1"), Source::Quoted { document: 1, .. }));
    assert!(matches!(sources("att1/A2.2.a"), Source::Ended { unit: Some(_), .. }));
    assert!(matches!(sources("att1/A2.3"), Source::Edited { .. }));
    assert!(matches!(sources("att1/A2.2.b"), Source::Printed { .. }));
    // Citations follow their words, old and new.
    let cited: Vec<(&str, &str, Vec<&str>)> = read
        .document
        .citations
        .iter()
        .map(|citation| {
            let unit = &read.document.units[citation.unit];
            assert_eq!(&unit.text[citation.range.clone()], citation.text);
            let provisions = citation.provisions.iter().map(String::as_str).collect();
            (unit.path.as_str(), citation.text.as_str(), provisions)
        })
        .filter(|(path, ..)| path.starts_with("att1/A"))
        .collect();
    assert!(cited.contains(&("att1/A2.1", "Điều 3 Quy chế này", vec!["att1/A3"])), "{cited:?}");
    assert!(cited.contains(&("att1/A2.3", "khoản 2 Điều này", vec!["att1/A2.2"])), "{cited:?}");
    // Parents stand before their children, and every link goes both ways.
    for (id, unit) in read.document.units.iter().enumerate() {
        assert!(unit.children.iter().all(|&child| child > id && read.document.units[child].parent == Some(id)));
    }
}

#[test]
fn the_day_decides_and_the_later_act_wins() {
    let change = |days: &str| format!("1. Sửa đổi, bổ sung khoản 1 Điều 2 như sau:\n“1. Niêm yết trong {days} ngày.”");
    let batch = [
        original(),
        amending("09/2025", "01 tháng 9 năm 2025", &change("45")),
        amending("05/2024", "10 tháng 01 năm 2024", &change("30")),
    ];
    assert!(read(&batch, date(2023, 12, 31)).is_none());
    let on = |day| text(&read(&batch, day).unwrap(), "att1/A2.1").unwrap().to_owned();
    assert_eq!(on(date(2024, 6, 1)), "Niêm yết trong 30 ngày.");
    assert_eq!(on(DAY), "Niêm yết trong 45 ngày.");
}

#[test]
fn what_cannot_be_carried_out_is_told() {
    let commands = "1. Sửa đổi, bổ sung khoản 7 Điều 2 như sau:\n“7. Không có khoản này.”\n\
                    2. Thay thế cụm từ “không có ở đây” bằng cụm từ “gì” tại Điều 3.";
    let batch = [original(), amending("05/2024", "10 tháng 01 năm 2024", commands)];
    let read = read(&batch, DAY).expect("it is amended");
    let open = open(&read);
    assert_eq!(open.len(), 2, "{open:?}");
    assert!(open[0].1.contains("không tìm thấy khoản 7 Điều 2") && open[1].1.contains("không thấy cụm từ"));
    assert_eq!(text(&read, "att1/A2.1"), Some("Niêm yết tại trụ sở trong 15 ngày."));
}

#[test]
fn everything_quoted_for_one_provision_is_put_in() {
    let commands =
        "1. Sửa đổi, bổ sung khoản 1 Điều 2 như sau:\n“1. Niêm yết trong 30 ngày.\n1a. Phát trên đài truyền thanh.”";
    let batch = [original(), amending("05/2024", "10 tháng 01 năm 2024", commands)];
    let read = read(&batch, DAY).expect("it is amended");
    assert_eq!(open(&read), []);
    assert_eq!(text(&read, "att1/A2.1"), Some("Niêm yết trong 30 ngày."));
    assert_eq!(text(&read, "att1/A2.1a"), Some("Phát trên đài truyền thanh."));
    assert_eq!(text(&read, "att1/A2.2"), Some("Các việc phải công khai:"));
}

#[test]
fn words_are_taken_out_and_put_in() {
    let commands = "1. Bỏ cụm từ “tại trụ sở” tại khoản 1 Điều 2.\n\
                    2. Thay thế cụm từ “thủ trưởng đơn vị” bằng cụm từ “người đứng đầu” tại khoản 3 Điều 2.\n\
                    3. Bổ sung cụm từ “và phát thanh” vào sau cụm từ “Niêm yết” tại khoản 1 Điều 2.";
    let batch = [original(), amending("05/2024", "10 tháng 01 năm 2024", commands)];
    let read = read(&batch, DAY).expect("it is amended");
    assert_eq!(open(&read), []);
    assert_eq!(text(&read, "att1/A2.1"), Some("Niêm yết và phát thanh trong 15 ngày."));
    assert_eq!(text(&read, "att1/A2.3"), Some("Người đứng đầu báo cáo phòng Nội vụ huyện theo khoản 2 Điều này."));
}

#[test]
fn another_body_changes_nothing() {
    let mut other = amending("05/2024", "10 tháng 01 năm 2024", "1. Bãi bỏ Điều 3.");
    other.identity.issuer = Some("Ủy ban nhân dân tỉnh Hà Tĩnh".to_owned());
    assert!(read(&[original(), other], DAY).is_none());
}
