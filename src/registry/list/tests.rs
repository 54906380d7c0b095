use super::*;
use crate::source::sheet;

fn listed(csv: &str) -> Vec<ListEntry> {
    entries("danh-muc.csv", &sheet::read(csv.as_bytes()).expect("a list"))
}

fn cited(citation: &str) -> ListEntry {
    let csv = format!("STT,Tên gọi văn bản\n1,\"{}\"\n", citation.replace('"', "\"\""));
    listed(&csv).remove(0)
}

fn codes(entry: &ListEntry) -> Vec<&'static str> {
    entry.doubts.iter().map(|doubt| doubt.code).collect()
}

fn shown(entry: &ListEntry) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    entry
        .identities
        .iter()
        .map(|i| {
            let issued = i.issued.map_or_else(|| "-".to_owned(), |date| date.to_string());
            format!("{} {issued} {} {}", text(&i.number), text(&i.issuer), text(&i.title))
        })
        .collect()
}

#[test]
fn one_cell_is_taken_apart() {
    for (citation, expected, doubts) in [
        (
            "Quyết định số 9/2018/QĐ-UBND ngày 05/3/2018 của Ủy ban nhân dân tỉnh Nghệ An ban hành Quy chế quản lý chợ.",
            "9/2018/QĐ-UBND 2018-03-05 Ủy ban nhân dân tỉnh Nghệ An ban hành Quy chế quản lý chợ",
            &[][..],
        ),
        (
            "Nghị quyết 21/2019/NQ-HĐND ngày 03 tháng\n12 năm 2019 của Hồi đồng nhân dân tỉnh Hà Tĩnh về mức chi hội nghị",
            "21/2019/NQ-HĐND 2019-12-03 Hội đồng nhân dân tỉnh Hà Tĩnh về mức chi hội nghị",
            &["spelling"],
        ),
        (
            "Quyết định số 40/2025/QĐ-UBND ngày 31/122025 của UBND tỉnh Nghệ An về giá nước",
            "40/2025/QĐ-UBND - Ủy ban nhân dân tỉnh Nghệ An về giá nước",
            &["impossible-date"],
        ),
        (
            "Quyết định số 7/2023/QĐ-UBND ngày 28/4/2022 của UBND tỉnh Nghệ An sửa đổi Quy định ban hành kèm theo Quyết định số 2/2019/QĐ-UBND",
            "7/2023/QĐ-UBND 2022-04-28 Ủy ban nhân dân tỉnh Nghệ An sửa đổi Quy định ban hành kèm theo Quyết định số 2/2019/QĐ-UBND",
            &["year-mismatch"],
        ),
    ] {
        let entry = cited(citation);
        assert_eq!(shown(&entry), [expected], "{citation}");
        assert_eq!(codes(&entry), doubts, "{citation}");
        assert_eq!(entry.text, citation);
        assert!(!entry.planned);
    }
}

#[test]
fn several_documents_in_a_cell_and_planned_ones() {
    let two = cited(
        "Quyết định số 3/2015/QĐ-UBND ngày 02/02/2015 của UBND tỉnh Nghệ An về phí đò; Quyết định số 8/2017/QĐ-UBND ngày 03/3/2017 của UBND tỉnh Nghệ An sửa đổi Quyết định số 3/2015/QĐ-UBND",
    );
    assert_eq!(two.identities.len(), 2);
    assert_eq!(two.identities[1].number.as_deref(), Some("8/2017/QĐ-UBND"));
    assert_eq!(codes(&two), ["several-documents"]);

    let planned = cited(
        "Quyết định ban hành Quy định quản lý đò (thay thế Quyết định số 3/2015/QĐ-UBND ngày 02/02/2015 của UBND tỉnh Nghệ An về phí đò; bãi bỏ Quyết định số 8/2017/QĐ-UBND ngày 03/3/2017 của UBND tỉnh Nghệ An bãi bỏ khoản 2 Điều 1 Quyết định số 1/2010/QĐ-UBND)",
    );
    let numbers: Vec<_> = planned.identities.iter().filter_map(|i| i.number.as_deref()).collect();
    assert_eq!(numbers, ["3/2015/QĐ-UBND", "8/2017/QĐ-UBND"]);
    assert_eq!(planned.identities[0].title.as_deref(), Some("về phí đò"));
    assert!(planned.planned);

    let new = cited("Quyết định quy định phân cấp quản lý tàu cá");
    assert!(new.planned);
    assert_eq!(shown(&new), ["- - - quy định phân cấp quản lý tàu cá"]);
    assert_eq!(codes(&new), ["no-number"]);
}

#[test]
fn columns_of_their_own_are_joined() {
    let read = listed(
        "STT,Tên loại,Số ký hiệu,Ngày ban hành,Cơ quan ban hành,Trích yếu,Thay thế,Bãi bỏ,Cơ quan chủ trì,Thời hạn xử lý\n\
         1,Quyết định,05/2019/QÐ-UBND,'04/03/2019,UBND tỉnh Nghệ An,Về lễ hội,,x,Sở Văn hóa,Quý I/2027\n\
         2,Nghị quyết,6/2019/QĐ-UBND,31/02/2019,UBND tỉnh Nghệ An,Về hội,4,,Chưa xác định/Sở Y tế,\n\
         3,Quyết định,quyet-dinh-so-7,05/03/2019,UBND tỉnh Nghệ An,Về chùa,1,1,,\n",
    );
    assert_eq!(shown(&read[0]), ["05/2019/QĐ-UBND 2019-03-04 Ủy ban nhân dân tỉnh Nghệ An Về lễ hội"]);
    assert_eq!(read[0].given_handling.as_deref(), Some("Bãi bỏ"));
    assert_eq!(read[0].given_deadline.as_deref(), Some("Quý I/2027"));
    assert_eq!(codes(&read[0]), [""; 0]);
    assert_eq!(codes(&read[1]), ["impossible-date", "kind-mismatch", "agency-undetermined", "tick-not-one"]);
    assert_eq!(codes(&read[2]), ["number-unread", "several-handlings"]);
    let cells: Vec<_> = read[1].doubts.iter().map(|doubt| doubt.cell.as_str()).collect();
    assert_eq!(cells, ["D3", "C3", "I3", "G3"]);
}

#[test]
fn rows_are_compared_with_one_another() {
    let mut csv = "STT,Tên gọi văn bản\n".to_owned();
    for (serial, date) in [(1, "10/01/2021"), (2, "15/02/2021"), (3, "03/11/2021"), (4, "20/5/2021"), (5, "30/8/2021")]
    {
        csv.push_str(&format!(
            "{serial},Quyết định số {serial}/2021/QĐ-UBND ngày {date} của UBND tỉnh Nghệ An về việc {serial}\n"
        ));
    }
    csv.push_str("6,Quyết định số 5/2021/QĐ-UBND ngày 31/8/2021 của UBND tỉnh Nghệ An về việc 5\n");
    csv.push_str("7,Quyết định số 1/2021/QĐ-UBND ngày 10/01/2021 của UBND tỉnh Nghệ An về việc 1\n");
    csv.push_str("8,Quyết định số 2/2021/QĐ-UBND ngày 20/3/2021 của UBND tỉnh Hà Tĩnh về việc 2\n");
    csv.push_str("9,Quyết định số 9/2021/QĐ-UBND của UBND tỉnh Nghệ An về việc 9\n");
    csv.push_str("10,Quyết định số 2/2021/QĐ-UBND ngày 15/02/2021 về việc 2\n");
    let read = listed(&csv);
    let all: Vec<_> = read.iter().map(|entry| codes(entry).join(" ")).collect();
    assert_eq!(
        all,
        [
            "listed-twice",
            "",
            "day-month-swapped",
            "",
            "number-with-two-dates",
            "number-with-two-dates",
            "listed-twice",
            "",
            "no-date",
            "no-issuer number-of-two-issuers",
        ]
    );
    assert!(read[2].doubts[0].message.contains("11/03/2021"), "{}", read[2].doubts[0].message);
}

#[test]
fn a_date_among_the_words_stands_before_the_column() {
    let entries = listed(
        "STT,Tên gọi văn bản,Ngày ban hành\n\
         1,\"Quyết định số 4/2016/QĐ-UBND sửa đổi Quy chế quản lý chợ;\nQuyết định số 51/2006/QĐ-UBND ngày 14/8/2006 về Quy chế quản lý chợ\",04/02/2016\n\
         2,Quyết định số 8/2017/QĐ-UBND ngày 10/3/2017 về phí chợ,11/3/2017\n\
         3,Quyết định số 9/2017/QĐ-UBND về phí đò,11/3/2017\n",
    );
    let dates = |entry: &ListEntry| -> Vec<String> {
        entry.identities.iter().filter_map(|identity| identity.issued).map(|date| date.to_string()).collect()
    };
    assert_eq!(dates(&entries[0]), ["2016-02-04", "2006-08-14"]);
    assert_eq!(dates(&entries[1]), ["2017-03-10"]);
    assert_eq!(codes(&entries[1]), ["dates-differ"]);
    assert_eq!(dates(&entries[2]), ["2017-03-11"]);
}
