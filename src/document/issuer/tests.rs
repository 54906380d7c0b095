//! Names of bodies as heads and sentences print them; the places are real, the bodies mostly invented.

use super::*;

#[test]
fn printed_names_become_official_names() {
    for (text, name, level) in [
        ("ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN", "Ủy ban nhân dân tỉnh Bình Thuận", Level::Tinh),
        ("UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH", "Ủy ban nhân dân tỉnh Hòa Bình", Level::Tinh),
        ("HĐND tỉnh", "Hội đồng nhân dân tỉnh", Level::Tinh),
        ("UBND xã Nghi Kim", "Ủy ban nhân dân xã Nghi Kim", Level::Xa),
        ("UBND PHƯỜNG HƯNG BÌNH", "Ủy ban nhân dân phường Hưng Bình", Level::Xa),
        ("UBND TP. VINH", "Ủy ban nhân dân thành phố Vinh", Level::Huyen),
        ("UBND TP.Hồ Chí Minh", "Ủy ban nhân dân thành phố Hồ Chí Minh", Level::Tinh),
        ("ỦY BAN NHÂN DÂN QUẬN 1", "Ủy ban nhân dân quận 1", Level::Huyen),
        ("ỦY BAN NHÂN DÂN THỊ XÃ HOÀNG MAI", "Ủy ban nhân dân thị xã Hoàng Mai", Level::Huyen),
        ("CHỦ TỊCH UBND TỈNH NGHỆ AN", "Chủ tịch Ủy ban nhân dân tỉnh Nghệ An", Level::Tinh),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH BÀ RỊA - VŨNG TÀU", "Hội đồng nhân dân tỉnh Bà Rịa - Vũng Tàu", Level::Tinh),
        ("ủy ban nhân dân tỉnh bình dương", "Ủy ban nhân dân tỉnh Bình Dương", Level::Tinh),
        ("SỞ NỘI VỤ", "Sở Nội vụ", Level::CoQuan),
        ("Sở Công thương tỉnh Nghệ An", "Sở Công Thương tỉnh Nghệ An", Level::CoQuan),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO NGHỆ AN", "Sở Giáo dục và Đào tạo tỉnh Nghệ An", Level::CoQuan),
        ("BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Bộ Lao động - Thương binh và Xã hội", Level::TrungUong),
        ("BỘ LAO ĐỘNG-THƯƠNG BINH VÀ XÃ HỘI", "Bộ Lao động - Thương binh và Xã hội", Level::TrungUong),
        ("Bộ trưởng Bộ Tài chính", "Bộ Tài chính", Level::TrungUong),
        ("BNV", "Bộ Nội vụ", Level::TrungUong),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ", Level::TrungUong),
        ("CHÍNH PHỦ", "Chính phủ", Level::TrungUong),
        ("Ủy ban thường vụ quốc hội", "Ủy ban Thường vụ Quốc hội", Level::TrungUong),
        ("TỈNH ỦY NGHỆ AN", "Tỉnh ủy Nghệ An", Level::Tinh),
        ("BỘ TÀI CHÍNH - BỘ NỘI VỤ", "Bộ Tài chính - Bộ Nội vụ", Level::TrungUong),
        ("TRƯỜNG ĐẠI HỌC VINH", "Trường Đại học Vinh", Level::CoQuan),
        ("BỆNH VIỆN ĐA KHOA TỈNH NGHỆ AN", "Bệnh viện Đa khoa tỉnh Nghệ An", Level::CoQuan),
        ("CÔNG TY CỔ PHẦN SÔNG LAM", "Công ty Cổ phần Sông Lam", Level::CoQuan),
        ("CÔNG TY TNHH MTV THỦY LỢI SÔNG LAM", "Công ty TNHH MTV Thủy lợi Sông Lam", Level::CoQuan),
        ("TRƯỜNG THPT LÊ LỢI", "Trường THPT Lê Lợi", Level::CoQuan),
        ("VĂN PHÒNG UBND TỈNH", "Văn phòng Ủy ban nhân dân tỉnh", Level::CoQuan),
        ("Trường Trung Cấp Nông lâm Nghĩa Ðàn", "Trường Trung cấp Nông lâm Nghĩa Đàn", Level::CoQuan),
        ("TRƯỜNG TRUNG HỌC CƠ SỞ LÊ LỢI", "Trường Trung học cơ sở Lê Lợi", Level::CoQuan),
        ("Công Ty TNHH MTV Hạ Tầng Đô Thị Bến Thủy", "Công ty TNHH MTV Hạ tầng đô thị Bến Thủy", Level::CoQuan),
        ("CÔNG TY TNHH MTV HẠ TẦNG ÐÔ THỊ BẾN THỦY", "Công ty TNHH MTV Hạ tầng đô thị Bến Thủy", Level::CoQuan),
        ("Trung tâm Kiểm Nghiệm Thực Phẩm", "Trung tâm Kiểm nghiệm thực phẩm", Level::CoQuan),
        ("TRUNG TÂM KIỂM NGHIỆM THỰC PHẨM", "Trung tâm Kiểm nghiệm thực phẩm", Level::CoQuan),
        ("Công ty Cổ phần Hạ tầng Sông Lam", "Công ty Cổ phần Hạ tầng Sông Lam", Level::CoQuan),
    ] {
        let issuer = normalise(text);
        let issuer = issuer.as_ref().map(|issuer| (issuer.name.as_str(), issuer.level));
        assert_eq!(issuer, Some((name, level)), "{text}");
    }
    for text in ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "QUYẾT ĐỊNH", "", "-----"]
    {
        assert_eq!(normalise(text), None, "{text}");
    }
}

#[test]
fn names_end_where_the_sentence_goes_on() {
    for (text, name, rest) in [
        ("Ủy ban nhân dân tỉnh An Giang ban hành Quy chế", "Ủy ban nhân dân tỉnh An Giang", " ban hành Quy chế"),
        ("UBND tỉnh về việc", "Ủy ban nhân dân tỉnh", " về việc"),
        ("UBND tỉnh; các Sở", "Ủy ban nhân dân tỉnh", "; các Sở"),
        ("HĐND xã Nghi Kim, thành phố Vinh", "Hội đồng nhân dân xã Nghi Kim", ", thành phố Vinh"),
        ("Bộ Văn hóa, Thể thao và Du lịch: số 04", "Bộ Văn hóa, Thể thao và Du lịch", ": số 04"),
        ("Bộ trưởng Bộ Nội vụ hướng dẫn", "Bộ Nội vụ", " hướng dẫn"),
        ("Chính phủ quy định chi tiết", "Chính phủ", " quy định chi tiết"),
        ("Giám đốc", "", ""),
    ] {
        match parse_at(text, 0) {
            Some((issuer, end)) => assert_eq!((issuer.name.as_str(), &text[end..]), (name, rest), "{text}"),
            None => assert_eq!(name, "", "{text}"),
        }
    }
}

#[test]
fn short_and_shouted_names_become_official_names() {
    for (text, name) in [
        ("BVĐK HUYỆN ĐỒNG XUÂN", "Bệnh viện Đa khoa huyện Đồng Xuân"),
        ("TTYT huyện Đồng Xuân", "Trung tâm Y tế huyện Đồng Xuân"),
        ("VĂN PHÒNG HĐND-UBND HUYỆN BA TƠ", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Ba Tơ"),
        ("BAN QUẢN LÝ KKT VŨNG ÁNG", "Ban Quản lý KKT Vũng Áng"),
        ("CÔNG TY KẾ TOÁN AN PHÁT", "Công ty Kế toán An Phát"),
        ("UBND XÃ TÂN AN XÓM 5", "Ủy ban nhân dân xã Tân An"),
        ("BẢO HIỂM XÃ HỘI TỈNH PHÚ YÊN", "Bảo hiểm xã hội tỉnh Phú Yên"),
        ("TỔNG CÔNG TY ĐIỆN LỰC MIỀN TRUNG", "Tổng công ty Điện lực miền Trung"),
        ("SỞ LAO ĐỘNG-TBXH PHÚ YÊN", "Sở Lao động - Thương binh và Xã hội tỉnh Phú Yên"),
        ("TRƯỜNG THCS HỢP THÀNH", "Trường THCS Hợp Thành"),
        ("TRƯỜNG THPT QUANG TRUNG", "Trường THPT Quang Trung"),
        ("TRƯỜNG TRUNG HỌC PHỔ THÔNG ĐẠI ĐỒNG", "Trường Trung học phổ thông Đại Đồng"),
        ("TRƯỜNG PTDTBT TIỂU HỌC CÔNG SƠN", "Trường PTDTBT Tiểu học Công Sơn"),
    ] {
        assert_eq!(normalise(text).map(|issuer| issuer.name).as_deref(), Some(name), "{text}");
    }
}

#[test]
fn running_text_tells_the_small_letters_of_a_name() {
    for (name, said, cased) in [
        ("Bệnh viện Nội Tiết Phú An", "Bệnh viện Nội tiết Phú An", Some("Bệnh viện Nội tiết Phú An")),
        ("Bệnh viện Đa khoa Phú An", "Bệnh viện đa khoa Phú An", None),
        ("Bệnh viện Nội Tiết Phú An", "BỆNH VIỆN NỘI TIẾT PHÚ AN", None),
        ("Bệnh viện Nội Tiết Phú An", "bệnh viện nội tiết Phú An", None),
    ] {
        assert_eq!(cased_as(name, said).as_deref(), cased, "{said}");
    }
}

#[test]
fn a_department_takes_the_place_of_the_body_above() {
    let above = normalise("UBND TỈNH NGHỆ AN").expect("a body");
    let body = normalise("SỞ NỘI VỤ").expect("a body");
    assert_eq!(within(body, &above).name, "Sở Nội vụ tỉnh Nghệ An");
    let body = normalise("THANH TRA TỈNH").expect("a body");
    assert_eq!(within(body, &above).name, "Thanh tra tỉnh Nghệ An");
    let office = normalise("VĂN PHÒNG").expect("a body");
    assert_eq!(within(office, &above).name, "Văn phòng Ủy ban nhân dân tỉnh Nghệ An");
    let ministry = normalise("BỘ TƯ PHÁP").expect("a body");
    assert_eq!(within(ministry.clone(), &above), ministry);
}

#[test]
fn symbols_of_numbers_name_central_bodies() {
    for (number, name) in [
        ("10/2022/QH15", Some("Quốc hội")),
        ("34/2016/NĐ-CP", Some("Chính phủ")),
        ("308/2005/QĐ-TTg", Some("Thủ tướng Chính phủ")),
        ("05/2022/TT-BNV", Some("Bộ Nội vụ")),
        ("34/2007/PL-UBTVQH11", Some("Ủy ban Thường vụ Quốc hội")),
        ("17/2019/QĐ-UBND", None),
    ] {
        assert_eq!(from_number(number).map(|issuer| issuer.name).as_deref(), name, "{number}");
    }
}
