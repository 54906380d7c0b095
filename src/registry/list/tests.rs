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
    assert!(!new.planned, "nothing says that it is still to be issued");
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
    assert_eq!(codes(&read[1]), ["tick-not-one", "impossible-date", "kind-mismatch", "agency-undetermined"]);
    assert_eq!(codes(&read[2]), ["several-handlings", "number-unread"]);
    let cells: Vec<_> = read[1].doubts.iter().map(|doubt| doubt.cell.as_str()).collect();
    assert_eq!(cells, ["G3", "D3", "C3", "I3"]);
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

#[test]
fn future_documents_are_told_from_documents_without_a_number() {
    let read = listed(
        "STT,Tên gọi văn bản,Thay thế,Ban hành mới\n\
         1,Quyết định quy định phân cấp quản lý tàu cá,,1\n\
         2,Quyết định quy định phân cấp quản lý bến cá,,\n\
         3,\"Quyết định bãi bỏ các quyết định về giá (Quyết định số 8/2016/QĐ-UBND ngày 04 tháng 4 năm 2016 của UBND tỉnh Nghệ An về giá đò; Quyết định số 9/2024/QĐ-UBND ngày 15/10/2024 của UBND tỉnh Nghệ An về giá nước)\",2,\n\
         4,\"Quyết định thay thế Quyết định số 5/2020/QĐ-UBND của của UBND tỉnh Nghệ An (mới)\",1,\n\
         5,Về sửa đổi Quyết định số 3/2018/QĐ-UBND,,\n",
    );
    let seen: Vec<_> = read
        .iter()
        .map(|entry| {
            let numbers: Vec<_> = entry.identities.iter().map(|i| i.number.as_deref().unwrap_or("-")).collect();
            (entry.planned, numbers.join(" "), codes(entry).join(" "))
        })
        .collect();
    let expected = [
        (true, "-", "planned-document"),
        (false, "-", "no-number"),
        (true, "8/2016/QĐ-UBND 9/2024/QĐ-UBND", "tick-not-one planned-document several-documents"),
        (true, "5/2020/QĐ-UBND", "planned-document no-date"),
        (false, "-", "no-number"),
    ];
    assert_eq!(seen, expected.map(|(planned, numbers, doubts)| (planned, numbers.to_owned(), doubts.to_owned())));
    assert_eq!(read[3].identities[0].issuer.as_deref(), Some("Ủy ban nhân dân tỉnh Nghệ An"));
    assert_eq!(read[3].identities[0].title.as_deref(), Some("(mới)"));
}

#[test]
fn numbers_are_read_behind_slips_and_addresses() {
    for (number, read, doubts) in [
        ("12/2020/QDD-UBND", Some("12/2020/QĐ-UBND"), "spelling"),
        ("12/2020/QÐ -UBND", Some("12/2020/QĐ-UBND"), ""),
        ("12/2020/QĐ-UNBD", Some("12/2020/QĐ-UBND"), "spelling"),
        ("quyet-dinh-so-12-2020-qd-ubnd-46859", Some("12/2020/QĐ-UBND"), "number-from-address"),
        ("https://vb.gov.vn/12_2020_QD-UBND.pdf", Some("12/2020/QĐ-UBND"), "number-from-address"),
        ("…/2026/QĐ-UBND", None, "planned-document"),
        ("Số:      /2026/QĐ-UBND", None, "planned-document"),
        ("-", None, "number-unread"),
        ("năm mươi", None, "number-unread"),
    ] {
        let entry = listed(&format!("STT,Số ký hiệu,Trích yếu\n1,{number},Về phí đò\n")).remove(0);
        assert_eq!(entry.identities[0].number.as_deref(), read, "{number}");
        assert_eq!(codes(&entry).join(" "), doubts, "{number}");
    }
}

#[test]
fn dates_are_read_or_doubted_never_guessed_in_silence() {
    for (written, issued, doubts) in [
        ("22/7/2020", Some("2020-07-22"), ""),
        ("'22/07/2020", Some("2020-07-22"), ""),
        ("2020-07-22 00:00:00", Some("2020-07-22"), ""),
        ("ngày 22 tháng 7 năm 2020", Some("2020-07-22"), ""),
        ("44034", Some("2020-07-22"), "date-as-number"),
        ("7/22/2020", Some("2020-07-22"), "month-before-day"),
        ("22/7/20", Some("2020-07-22"), "short-year"),
        ("2020", None, "date-incomplete"),
        ("7/2020", None, "date-incomplete"),
        ("31/122020", None, "impossible-date"),
        ("31/02/2020", None, "impossible-date"),
        ("chưa rõ", None, ""),
        ("22/7/2021", Some("2021-07-22"), "year-mismatch"),
    ] {
        let csv = format!("STT,Số ký hiệu,Ngày ban hành,Trích yếu\n1,12/2020/QĐ-UBND,\"{written}\",Về phí đò\n");
        let entry = listed(&csv).remove(0);
        let read = entry.identities[0].issued.map(|day| day.to_string());
        assert_eq!(read.as_deref(), issued, "{written}");
        assert_eq!(codes(&entry).join(" "), doubts, "{written}");
    }
}

#[test]
fn ticks_and_words_name_one_handling() {
    for (replace, repeal, words, handling, doubts) in [
        ("x", "", "", Some("Thay thế"), ""),
        ("", "✓", "", Some("Bãi bỏ"), ""),
        ("0", "X", "", Some("Bãi bỏ"), ""),
        ("-", "1.0", "", Some("Bãi bỏ"), ""),
        ("5", "", "", Some("Thay thế"), "tick-not-one"),
        ("xong", "", "", Some("Thay thế"), "tick-in-words"),
        ("x", "x", "", None, "several-handlings"),
        ("", "", "GIỮ NGUYÊN KHÔNG XỬ LÝ", Some("Giữ nguyên"), ""),
        ("", "", "Giữ nguyên, không xử lý", Some("Giữ nguyên"), ""),
        ("", "", "Đợi ý kiến Bộ", Some("Đợi ý kiến Bộ"), ""),
    ] {
        let csv = format!(
            "STT,Số ký hiệu,Thay thế,Bãi bỏ,Hình thức xử lý khác\n1,12/2020/QĐ-UBND,{replace},{repeal},\"{words}\"\n"
        );
        let entry = listed(&csv).remove(0);
        assert_eq!(entry.given_handling.as_deref(), handling, "{replace}|{repeal}|{words}");
        assert_eq!(codes(&entry).join(" "), doubts, "{replace}|{repeal}|{words}");
    }
}

#[test]
fn a_place_beside_a_number_is_its_body() {
    let entry = listed("Số ký hiệu,Cơ quan ban hành\n12/2020/QĐ-UBND,Tỉnh Nghệ An\n").remove(0);
    assert_eq!(entry.identities[0].issuer.as_deref(), Some("Ủy ban nhân dân tỉnh Nghệ An"));
    let old = listed("Tên loại,Số ký hiệu,Cơ quan ban hành\nQuyết định,40-CP,Hội đồng Chính phủ\n").remove(0);
    assert_eq!(codes(&old), [""; 0]);
}

#[test]
fn a_misspelt_kind_still_heads_its_cell() {
    let entry = cited(
        "Quyết đinh số 5/2019/QĐ-UBND ngày 02/3/2019 của Ủy nhân dân tỉnh Nghệ An sửa đổi Quyết định số 3/2018/QĐ-UBND",
    );
    assert_eq!(
        shown(&entry),
        ["5/2019/QĐ-UBND 2019-03-02 Ủy ban nhân dân tỉnh Nghệ An sửa đổi Quyết định số 3/2018/QĐ-UBND"]
    );
    assert_eq!(codes(&entry), ["spelling", "spelling"]);
}

#[test]
fn orders_of_numbers_are_kept_apart() {
    let mut csv = "Số ký hiệu,Ngày ban hành,Cơ quan ban hành,Trích yếu\n".to_owned();
    // Decisions with and without a year in their numbers are two rows of numbers.
    for (number, date) in
        [("45/2025/QĐ-UBND", "12/12/2025"), ("1668/QĐ-UBND", "10/10/2025"), ("1700/QĐ-UBND", "15/10/2025")]
    {
        csv.push_str(&format!("{number},{date},UBND tỉnh Nghệ An,Về x\n"));
    }
    assert!(listed(&csv).iter().all(|entry| entry.doubts.is_empty()));
    // 16/2024 is the swapped one, whichever of the two the longest run keeps.
    let mut csv = "Số ký hiệu,Ngày ban hành,Cơ quan ban hành,Trích yếu\n".to_owned();
    for (serial, date) in [(3, "16/02/2024"), (14, "11/4/2024"), (16, "05/03/2024"), (35, "04/10/2024")] {
        csv.push_str(&format!("{serial}/2024/QĐ-UBND,{date},UBND tỉnh Nghệ An,Về x\n"));
    }
    let read = listed(&csv);
    assert!(codes(&read[2]).contains(&"day-month-swapped"), "{:?}", read[2].doubts);
    // The year behind the number stands for the date.
    let read = listed(
        "Số ký hiệu,Trích yếu\n30/QĐ-UBND,Quyết định 30/QĐ-UBND năm 2016 về đò\n30/QĐ-UBND,Quyết định 30/QĐ-UBND năm 2017 về chợ\n",
    );
    assert!(read.iter().all(|entry| entry.doubts.is_empty()), "{:?}", read[0].doubts);
    assert_eq!(read[0].identities[0].title.as_deref(), Some("về đò"));
}
