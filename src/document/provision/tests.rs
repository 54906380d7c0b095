use super::*;

fn paths(text: &str) -> Vec<String> {
    let parsed = parse_at(text, 0).expect("provisions");
    parsed.list.iter().map(|provision| provision.path().unwrap_or_else(|| "?".to_owned())).collect()
}

#[test]
fn lists_ranges_and_spellings_become_paths() {
    for (text, expected) in [
        ("điểm a khoản 1 Điều 5 Quy chế", "A5.1.a"),
        ("Điểm đ Khoản 2 Ðiều 14", "A14.2.đ"),
        ("Khoản 1, Điều 8 của", "A8.1"),
        ("điểm a, khoản 1, Điều 8", "A8.1.a"),
        ("khoản 2, khoản 3 Điều 25", "A25.2 A25.3"),
        ("khoản 2 và 3 Điều 25", "A25.2 A25.3"),
        ("điều 18, 19, 20 và 21 của Luật này", "A18 A19 A20 A21"),
        ("điểm b, c khoản 2 Điều 14", "A14.2.b A14.2.c"),
        ("điểm a, b, c và đ khoản 1 Điều 2", "A2.1.a A2.1.b A2.1.c A2.1.đ"),
        ("điểm c đến điểm g khoản 1 Điều 2", "A2.1.c A2.1.d A2.1.đ A2.1.e A2.1.g"),
        ("điểm c đến e khoản 1 Điều 2", "A2.1.c A2.1.d A2.1.đ A2.1.e"),
        ("Điều 5 và Điều 7 đến Điều 9", "A5 A7 A8 A9"),
        ("Điều 5, từ Điều 7 đến Điều 9", "A5 A7 A8 A9"),
        ("khoản 6, điểm a khoản 7 Điều 5", "A5.6 A5.7.a"),
        ("điểm a khoản 1, khoản 2 và khoản 3 Điều 5", "A5.1.a A5.2 A5.3"),
        ("khoản 1 Điều 5 và Điều 7", "A5.1 A7"),
        ("khoản 1 Điều 5; khoản 2, 3 Điều 7", "A5.1 A7.2 A7.3"),
        ("Chương II", "C2"),
        ("Mục 5 Chương XII", "C12.S5"),
        ("Điều 103 Mục 5 Chương XII Phần I", "A103"),
        ("Điều 5a", "A5a"),
        ("khoản 2a Điều 05", "A5.2a"),
        ("điểm g1 khoản 3 Điều 3", "A3.3.g1"),
        ("Phụ lục I", "app1"),
        ("Phụ lục số 02 và Phụ lục III", "app2 app3"),
        ("Điều 5 khoản 2 điểm a", "A5.2.a"),
        ("điểm a) khoản 1 Điều 3", "A3.1.a"),
        ("gạch đầu dòng thứ nhất điểm a khoản 1 Điều 3", "A3.1.a-1"),
        ("gạch đầu dòng thứ hai khoản 1 Điều 3", "A3.1-2"),
        ("Điều 5 và 10 ngày", "A5"),
        ("khoản 3 và Điều 5", "? A5"),
        ("Điều 12 – 14", "A12 A13 A14"),
        ("Phần thứ hai", "P2"),
        ("khoản 1 Điều 5, Chương II", "A5.1 C2"),
        ("điểm 1.2 khoản 3 Điều 4", "A4.3.1.2"),
        ("điểm c(iii) khoản 1 Điều 19", "A19.1.c.iii"),
        ("điểm a (i) và điểm b(iv) khoản 3 Điều 9", "A9.3.a.i A9.3.b.iv"),
        ("khoản 4 vào sau khoản 3 Điều 7", "A7.4"),
        ("Điều 7a vào sau Điều 7", "A7a"),
        ("khoản 4, khoản 5 vào sau khoản 3 Điều 7", "A7.4 A7.5"),
        ("điểm đ vào khoản 2 Điều 7", "A7.2.đ"),
        ("các", ""),
    ] {
        if expected.is_empty() {
            assert_eq!(parse_at(text, 0), None, "{text}");
        } else {
            assert_eq!(paths(text).join(" "), expected, "{text}");
        }
    }
}

#[test]
fn relative_provisions_wait_for_their_place() {
    let parsed = parse_at("khoản 1 và khoản 2 Điều này", 0).expect("provisions");
    assert_eq!(parsed.list.len(), 2);
    assert!(parsed.list.iter().all(|provision| provision.get(Rank::Article) == Some(&Slot::This)));
    assert_eq!(parsed.end, "khoản 1 và khoản 2 Điều này".len());
}

#[test]
fn the_place_of_an_insertion_is_not_what_is_meant() {
    for (text, meant, whole) in [
        ("Điều 7a vào sau Điều 7 như sau", "Điều 7a", "Điều 7a vào sau Điều 7"),
        ("khoản 4a, khoản 4b vào sau khoản 4 như", "khoản 4a, khoản 4b", "khoản 4a, khoản 4b vào sau khoản 4"),
        ("điểm d vào sau điểm c khoản 1 Điều 5", "điểm d vào sau điểm c khoản 1 Điều 5", ""),
        ("khoản 4 vào Điều 7", "khoản 4 vào Điều 7", ""),
    ] {
        let parsed = parse_at(text, 0).expect("provisions");
        assert_eq!(&text[..parsed.meant_end], meant, "{text}");
        assert_eq!(&text[..parsed.end], if whole.is_empty() { meant } else { whole }, "{text}");
    }
}

#[test]
fn words_that_only_look_like_levels_are_left_alone() {
    for (text, at) in [
        ("điều kiện 1", 0),
        ("thời điểm 31/12/2020", "thời ".len()),
        ("tài khoản 1", "tài ".len()),
        ("điều này có nghĩa", 0),
        ("Điều này có nghĩa", 0),
        ("khoảng 5", 0),
        ("điểm 9,5", usize::MAX),
        ("danh mục 1", "danh ".len()),
        ("chương trình 135", 0),
        ("Điều 12/2020", 0),
    ] {
        assert_eq!(parse_at(text, at), None, "{text}");
    }
}
