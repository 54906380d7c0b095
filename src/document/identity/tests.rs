//! Heads and effect clauses in the layouts of real files; the words are invented.

use super::*;
use crate::document::{Layer, Role};
use crate::source::{Encoding, Reader};

fn document(units: &[(UnitKind, Role, &str, &str)]) -> Document {
    let units = units.iter().enumerate().map(|(index, &(kind, role, heading, text))| Unit {
        path: format!("main/A{}", index + 1),
        kind,
        role,
        label: String::new(),
        heading: heading.to_owned(),
        text: text.to_owned(),
        extras: Vec::new(),
        parent: None,
        children: Vec::new(),
        layer: 0,
        quoted: false,
        origins: Vec::new(),
    });
    let units: Vec<Unit> = units.collect();
    Document {
        file: String::new(),
        sha256: String::new(),
        reader: Reader::Docx,
        encoding: Encoding::Unicode,
        head: String::new(),
        identity: Identity::default(),
        layers: vec![Layer {
            id: "main".into(),
            title: String::new(),
            kind: LayerKind::Main,
            roots: (0..units.len()).collect(),
        }],
        units,
        citations: Vec::new(),
        relations: Vec::new(),
        changes: crate::document::ChangeSummary::default(),
        operations: Vec::new(),
        warnings: Vec::new(),
    }
}

fn read(head: &str) -> (Identity, Vec<Warning>) {
    identify(head, &[], &document(&[]))
}

fn codes(warnings: &[Warning]) -> Vec<&str> {
    warnings.iter().map(|warning| warning.code).collect()
}

const COUNTRY: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------";

#[test]
fn a_head_in_a_table_is_read_cell_by_cell() {
    let head = format!(
        "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n-------\n{COUNTRY}\nSố: 17 /2019/QÐ-UBND\nVinh, ngày 22 tháng 7 năm 2019\n\
         QUYẾT ĐỊNH\nBan hành Quy chế phối hợp\nquản lý bến đò ngang\n------\nỦY BAN NHÂN DÂN TỈNH NGHỆ AN"
    );
    let (identity, _) = read(&head);
    assert_eq!(identity.kind, Kind::QuyetDinh);
    assert_eq!(identity.number.as_deref(), Some("17/2019/QĐ-UBND"));
    assert_eq!(identity.number_text.as_deref(), Some("17 /2019/QÐ-UBND"));
    assert_eq!(identity.issuer.as_deref(), Some("Ủy ban nhân dân tỉnh Nghệ An"));
    assert_eq!(identity.level, Some(Level::Tinh));
    assert_eq!(identity.issued, Some(date(2019, 7, 22)));
    assert_eq!(identity.title.as_deref(), Some("Ban hành Quy chế phối hợp quản lý bến đò ngang"));
    assert_eq!(identity.normative, Some(true));
}

#[test]
fn titles_that_count_things_are_titles() {
    for title in ["Hướng dẫn một số nội dung về giám định", "Quy định một số chính sách", "Quy định mã số chức danh"]
    {
        let (identity, _) = read(&format!("BỘ TÀI CHÍNH\n{COUNTRY}\nSố: 5/2020/TT-BTC\nTHÔNG TƯ\n{title}"));
        assert_eq!(identity.title.as_deref(), Some(title));
    }
    let (identity, _) = read("QUYẾT ĐỊNH SỐ 68 NGÀY 30 THÁNG 11 NĂM 1995\nThông tư số 7/2021/TT-BNV");
    assert_eq!(identity.number.as_deref(), Some("7/2021/TT-BNV"));
}

#[test]
fn a_number_may_break_at_its_hyphen() {
    let head = format!(
        "BỘ CÔNG AN - BỘ QUỐC PHÒNG\n{COUNTRY}\nSố: 01/2022/TTLT-BCA-\nBQP-BTC\nHà Nội, ngày 18 tháng 02 năm 2022\nTHÔNG TƯ LIÊN TỊCH\nQuy định phối hợp"
    );
    assert_eq!(read(&head).0.number.as_deref(), Some("01/2022/TTLT-BCA-BQP-BTC"));
}

#[test]
fn a_consolidated_text_has_its_number_where_it_is_certified() {
    let head = "THÔNG TƯ\nQuy định về chứng chỉ kỹ năng nghề\nThông tư số 38/2015/TT-BLĐTBXH ngày 19 tháng 10 năm 2015 của \
                Bộ trưởng Bộ Lao động, có hiệu lực từ ngày 05/12/2015, được sửa đổi, bổ sung bởi:\nThông tư số 41/2019/TT-BLĐTBXH";
    let closing = "BỘ LAO ĐỘNG\nXÁC THỰC VĂN BẢN HỢP NHẤT\nSố: 1547/VBHN-BLĐTBXH\nHà Nội, ngày 04 tháng 4 năm 2024";
    let body = document(&[
        (UnitKind::Article, Role::Content, "Phạm vi", "Thông tư này quy định."),
        (UnitKind::Signature, Role::Signature, "", closing),
    ]);
    let (mut identity, _) = identify(head, &[], &body);
    settle(&mut identity);
    assert_eq!(identity.kind, Kind::VanBanHopNhat);
    assert_eq!(identity.number.as_deref(), Some("1547/VBHN-BLĐTBXH"));
    assert_eq!(identity.issued, Some(date(2024, 4, 4)));
    assert_eq!(identity.title.as_deref(), Some("Quy định về chứng chỉ kỹ năng nghề"));
}

#[test]
fn a_title_ends_before_who_enacts_and_before_a_foreword() {
    for (below, title) in [
        ("CHỦ TỊCH CÔNG TY TNHH MTV CẤP NƯỚC SÔNG LAM", "Ban hành Nội quy lao động"),
        ("HỘI ĐỒNG THÀNH VIÊN CÔNG TY TNHH SÔNG LAM", "Ban hành Nội quy lao động"),
        ("GIÁM ĐỐC SỞ CÔNG THƯƠNG TỈNH NGHỆ AN", "Ban hành Nội quy lao động"),
        ("HIỆU TRƯỞNG TRƯỜNG THPT SÔNG LAM", "Ban hành Nội quy lao động"),
        ("LỜI NÓI ĐẦU\nNhân dân trong xóm cùng nhau lập bản này", "Ban hành Nội quy lao động"),
        ("của Công ty Sông Lam", "Ban hành Nội quy lao động của Công ty Sông Lam"),
    ] {
        let head = format!(
            "{COUNTRY}\nSố: 12/QĐ-CT\nVinh, ngày 4 tháng 3 năm 2020\nQUYẾT ĐỊNH\nBan hành Nội quy lao động\n{below}"
        );
        let (identity, _) = read(&head);
        assert_eq!(identity.title.as_deref(), Some(title), "{below}");
    }
}

#[test]
fn a_head_parted_by_tabs_is_read_column_by_column() {
    let head = "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH BÌNH DƯƠNG\tĐộc lập - Tự do - Hạnh phúc\n\
                Số: 09/2009/CT-UBND\tThủ Dầu Một, ngày 15  tháng 4  năm 2009\nCHỈ THỊ\nVề việc trồng cây ven đường";
    let (identity, _) = read(head);
    assert_eq!(identity.issuer.as_deref(), Some("Ủy ban nhân dân tỉnh Bình Dương"));
    assert_eq!(identity.number.as_deref(), Some("09/2009/CT-UBND"));
    assert_eq!(identity.issued, Some(date(2009, 4, 15)));
    assert_eq!(identity.title.as_deref(), Some("Về việc trồng cây ven đường"));
}

#[test]
fn a_number_in_the_title_is_found_there() {
    let head = "THÔNG TƯ\nCỦA BỘ NỘI VỤ SỐ 04/2010/TT-BNV\nNGÀY 15 THÁNG 01 NĂM 2010\nHướng dẫn việc lưu trữ sổ sách";
    let (identity, _) = read(head);
    assert_eq!(identity.number.as_deref(), Some("04/2010/TT-BNV"));
    assert_eq!(identity.issued, Some(date(2010, 1, 15)));
    assert_eq!(identity.issuer.as_deref(), Some("Bộ Nội vụ"));
    assert_eq!(identity.title.as_deref(), Some("Hướng dẫn việc lưu trữ sổ sách"));
}

#[test]
fn an_old_title_carries_issuer_number_and_matter_in_one_line() {
    let head = "LUẬT\nCỦA QUỐC HỘI NƯỚC CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM SỐ 98/1999/QH10 VỀ CÂY XANH";
    let (identity, _) = read(head);
    assert_eq!(identity.number.as_deref(), Some("98/1999/QH10"));
    assert_eq!(identity.issuer.as_deref(), Some("Quốc hội"));
    assert_eq!(identity.title.as_deref(), Some("VỀ CÂY XANH"));
}

#[test]
fn heads_of_other_kinds() {
    let letter = format!(
        "UBND TỈNH NGHỆ AN\nSỞ NỘI VỤ\n-----\nSố: 2231/SNV-CCHC&PC\nV/v rà soát sổ theo dõi\ncủa các xã\n{COUNTRY}\n\
         Nghệ An, ngày 05 tháng 01 năm 2024\nKính gửi: Các phòng"
    );
    let council = format!(
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH NGHỆ AN\n{COUNTRY}\nSố: 05/2021/NQ-HĐND\nNghệ An, ngày 9 tháng 7 năm 2021\nNGHỊ QUYẾT\n\
         Về mức chi cho hội thi\nHỘI ĐỒNG NHÂN DÂN TỈNH NGHỆ AN\nKHÓA XVIII, KỲ HỌP THỨ 2"
    );
    let law = format!("QUỐC HỘI\n{COUNTRY}\nLuật số: 91/2031/QH17\nHà Nội, ngày 01 tháng 6 năm 2031\nLUẬT\nCÂY XANH");
    let joint = format!(
        "BỘ TÀI CHÍNH - BỘ NỘI VỤ\n{COUNTRY}\nSố: 08/2004/TTLT-BTC-BNV\nHà Nội, ngày 10 tháng 02 năm 2004\nTHÔNG TƯ LIÊN TỊCH\nHướng dẫn chi hội nghị"
    );
    let contract = format!("{COUNTRY}\nHỢP ĐỒNG THUÊ NHÀ\nSố: 12/HĐ");
    for (head, kind, number, issuer, title, normative) in [
        (
            letter.as_str(),
            Kind::CongVan,
            Some("2231/SNV-CCHC&PC"),
            Some("Sở Nội vụ tỉnh Nghệ An"),
            Some("V/v rà soát sổ theo dõi của các xã"),
            Some(false),
        ),
        (
            &council,
            Kind::NghiQuyet,
            Some("05/2021/NQ-HĐND"),
            Some("Hội đồng nhân dân tỉnh Nghệ An"),
            Some("Về mức chi cho hội thi"),
            Some(true),
        ),
        (&law, Kind::Luat, Some("91/2031/QH17"), Some("Quốc hội"), Some("CÂY XANH"), Some(true)),
        (
            &joint,
            Kind::ThongTuLienTich,
            Some("08/2004/TTLT-BTC-BNV"),
            Some("Bộ Tài chính - Bộ Nội vụ"),
            Some("Hướng dẫn chi hội nghị"),
            Some(true),
        ),
        (&contract, Kind::HopDong, Some("12/HĐ"), None, Some("THUÊ NHÀ"), Some(false)),
    ] {
        let (identity, _) = read(head);
        assert_eq!(identity.kind, kind);
        assert_eq!(identity.number.as_deref(), number);
        assert_eq!(identity.issuer.as_deref(), issuer);
        assert_eq!(identity.title.as_deref(), title);
        assert_eq!(identity.normative, normative);
    }
}

#[test]
fn a_draft_has_no_number_and_says_so() {
    let head = format!(
        "ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG\n{COUNTRY}\nSố:            /2025/QĐ-UBND\nLâm Đồng, ngày     tháng 5 năm 2025\n\
         DỰ THẢO\nQUYẾT ĐỊNH\nQuy định khoảng cách trồng cây"
    );
    let (identity, warnings) = read(&head);
    assert_eq!(identity.number, None);
    assert_eq!(identity.issued, None);
    assert_eq!(identity.normative, Some(true));
    assert_eq!(codes(&warnings), ["draft-number-blank", "issued-date-blank"]);
    assert_eq!(identity.title.as_deref(), Some("Quy định khoảng cách trồng cây"));
}

#[test]
fn a_place_missing_from_the_head_is_taken_from_elsewhere() {
    let head = format!(
        "UBND TỈNH\n{COUNTRY}\nSố: 5/2020/QĐ-UBND\nVinh, ngày 5 tháng 5 năm 2020\nQUYẾT ĐỊNH\nVề bến đò\nỦY BAN NHÂN DÂN TỈNH NGHỆ AN"
    );
    assert_eq!(read(&head).0.issuer.as_deref(), Some("Ủy ban nhân dân tỉnh Nghệ An"));
}

#[test]
fn effect_clauses_in_their_forms() {
    let head = format!(
        "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n{COUNTRY}\nSố: 17/2019/QĐ-UBND\nVinh, ngày 22 tháng 7 năm 2019\nQUYẾT ĐỊNH\nVề bến đò"
    );
    for (text, effective, warning) in [
        ("Quyết định này có hiệu lực thi hành kể từ ngày 05 tháng 8 năm 2019.", Some(date(2019, 8, 5)), None),
        (
            "Quyết định này có hiệu lực từ ngày 05/8/2019 và thay thế Quyết định số 1/2010/QĐ-UBND ngày 01/01/2010.",
            Some(date(2019, 8, 5)),
            None,
        ),
        ("Quyết định này có hiệu lực sau 10 ngày, kể từ ngày ký.", Some(date(2019, 8, 1)), None),
        (
            "Quyết định này có hiệu lực sau 10 (mười) ngày kể từ ngày ký ban hành và thay thế Quyết định cũ.",
            Some(date(2019, 8, 1)),
            None,
        ),
        ("Quyết định này có hiệu lực thi hành sau mười lăm ngày kể từ ngày ký.", Some(date(2019, 8, 6)), None),
        ("Quyết định này có hiệu lực kể từ ngày ký. Quyết định cũ hết hiệu lực.", Some(date(2019, 7, 22)), None),
        ("Quyết định này có hiệu lực thi hành sau 6 tháng, kể từ ngày ký ban hành.", Some(date(2020, 1, 22)), None),
        ("Quyết định này có hiệu lực sau 15 ngày, kể từ ngày đăng Công báo.", None, Some("effective-unknown")),
        ("Quyết định này có hiệu lực kể từ ngày……………………", None, Some("effective-blank")),
        (
            "Bãi bỏ Quyết định cũ kể từ ngày Quyết định này có hiệu lực.",
            Some(date(2019, 8, 1)),
            Some("effective-by-default"),
        ),
        (
            "Thủ trưởng các đơn vị chịu trách nhiệm thi hành Quyết định này.",
            Some(date(2019, 8, 1)),
            Some("effective-by-default"),
        ),
        ("Bản án có hiệu lực từ ngày 01/01/2015 được thi hành.", Some(date(2019, 8, 1)), Some("effective-by-default")),
        ("Quyết định này có hiệu lực kể từ ngày 01/7/2019.", Some(date(2019, 7, 1)), Some("effective-before-issued")),
    ] {
        let document = document(&[
            (UnitKind::Article, Role::Content, "", "Ban hành kèm theo Quyết định này Quy chế về bến đò."),
            (UnitKind::Article, Role::Effect, "", text),
        ]);
        let (identity, warnings) = identify(&head, &[], &document);
        assert_eq!(identity.effective, effective, "{text}");
        assert_eq!(codes(&warnings), Vec::from_iter(warning), "{text}");
    }
}

#[test]
fn a_code_and_an_attachment_state_their_effect() {
    for (kind, text, effective) in [
        ("BỘ LUẬT", "Bộ luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2021.", date(2021, 1, 1)),
        ("THÔNG TƯ", "Quy chuẩn ban hành kèm theo Thông tư này có hiệu lực kể từ ngày 01/3/2022.", date(2022, 3, 1)),
        ("THÔNG TƯ", "Thông tư này có hiệu lực và áp dụng từ ngày 01/10/2020.", date(2020, 10, 1)),
        ("THÔNG TƯ", "Thông tư này có hiệu lực thi hành ngày 01 tháng 01 năm 2016.", date(2016, 1, 1)),
    ] {
        let document = document(&[(UnitKind::Article, Role::Effect, "Hiệu lực thi hành", text)]);
        assert_eq!(identify(kind, &[], &document).0.effective, Some(effective), "{text}");
    }
}

#[test]
fn an_end_is_only_what_the_document_says_of_itself() {
    for (text, ends) in [
        ("Nghị quyết này có hiệu lực từ ngày 01/01/2017 đến hết ngày 31/12/2020.", Some(date(2020, 12, 31))),
        ("Nghị quyết này được thực hiện từ năm 2017 đến năm 2020.", Some(date(2020, 12, 31))),
        ("Hồ sơ nộp trước ngày 01/01/2017 tiếp tục được giải quyết đến hết ngày 31/12/2020.", None),
        ("Nghị quyết này có hiệu lực từ ngày 01/01/2017.", None),
    ] {
        let document = document(&[(UnitKind::Article, Role::Effect, "", text)]);
        assert_eq!(identify("", &[], &document).0.ends, ends, "{text}");
    }
}

#[test]
fn a_plan_for_one_year_ends_with_it() {
    for (kind, title, ends) in [
        ("KẾ HOẠCH", "Thực hiện dân chủ ở cơ sở năm 2022", Some(date(2022, 12, 31))),
        ("KẾ HOẠCH", "Thực hiện kết luận của năm 2021 về dân chủ", None),
        ("KẾ HOẠCH", "Thực hiện dân chủ ở cơ sở giai đoạn 2021 - 2025", None),
        ("QUYẾT ĐỊNH", "Giao dự toán ngân sách năm 2022", None),
    ] {
        let head =
            format!("ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n{COUNTRY}\nNghệ An, ngày 20 tháng 01 năm 2022\n{kind}\n{title}");
        assert_eq!(identify(&head, &[], &document(&[])).0.ends, ends, "{kind} {title}");
    }
}

#[test]
fn adoption_counts_from_the_day_the_sentence_gives() {
    let head = format!(
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH NGHỆ AN\n{COUNTRY}\nSố: 05/2016/NQ-HĐND\nNghệ An, ngày 20 tháng 12 năm 2016\nNGHỊ QUYẾT\nVề hội thi"
    );
    let text = "Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa XVII thông qua ngày 15 tháng 12 năm 2016 và có hiệu lực sau 10 \
                ngày kể từ ngày được Hội đồng nhân dân tỉnh thông qua.";
    let document = document(&[(UnitKind::Article, Role::Effect, "", text)]);
    assert_eq!(identify(&head, &[], &document).0.effective, Some(date(2016, 12, 25)));
}

#[test]
fn the_signer_is_the_name_below_the_titles() {
    let signature = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần  Văn Bình";
    let document = document(&[(UnitKind::Signature, Role::Signature, "", signature)]);
    assert_eq!(identify("", &[], &document).0.signer.as_deref(), Some("Trần Văn Bình"));
}

#[test]
fn any_text_is_survived() {
    for head in [
        "",
        "\n\n",
        "Số:",
        "số",
        "V/v",
        "ngày",
        "QUYẾT ĐỊNH",
        "-",
        "Số: /",
        "LUẬT SỐ",
        "của",
        "ỦY BAN NHÂN DÂN -",
        "\t\t",
    ] {
        let _ = read(head);
    }
}

#[test]
fn old_decrees_and_officers_are_read_from_the_title() {
    let (identity, _) = read("SẮC LỆNH\nCỦA CHỦ TỊCH NƯỚC SỐ 7 NGÀY 2 THÁNG 3 NĂM 1946\nCHỦ TỊCH CHÍNH PHỦ");
    assert_eq!(identity.number.as_deref(), Some("7"));
    assert_eq!(identity.issued, Some(date(1946, 3, 2)));
    let (identity, _) = read("QUYẾT ĐỊNH\nBan hành Quy định về bến đò\nHIỆU TRƯỞNG TRƯỜNG CAO ĐẲNG BẾN THỦY");
    assert_eq!(identity.title.as_deref(), Some("Ban hành Quy định về bến đò"));
    let (identity, _) =
        read("LUẬT\nSỐ 9-L/CTN NGÀY 06/07/1993 CỦA QUỐC HỘI VỀ BẾN ĐÒ\nĐể bảo vệ người qua sông và bến đò ngang;");
    assert_eq!(identity.title.as_deref(), Some("VỀ BẾN ĐÒ"));
}

#[test]
fn effect_and_end_are_read_without_this() {
    let text = "Quyết định có hiệu lực kể từ ngày 12 tháng 02 năm 2014 đến hết ngày 31 tháng 12 năm 2017.";
    let units = [(UnitKind::Article, Role::Effect, "", text)];
    let (identity, _) = identify("QUYẾT ĐỊNH\nVề bến", &[], &document(&units));
    assert_eq!(identity.effective, Some(date(2014, 2, 12)));
    assert_eq!(identity.ends, Some(date(2017, 12, 31)));
}

#[test]
fn signers_are_named_without_rank_or_degree() {
    for (block, name) in [
        ("BỘ TRƯỞNG\nĐại tướng Trần Văn Bến", "Trần Văn Bến"),
        ("HIỆU TRƯỞNG\nPGS.TS. Lê Thị Đò", "Lê Thị Đò"),
        ("GIÁM ĐỐC\nĐại tá Lê Văn Đò", "Lê Văn Đò"),
        ("Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Lưu: VT.\tTrần Văn Bến", "Trần Văn Bến"),
    ] {
        let kind = if block.starts_with("Nơi") { UnitKind::Recipients } else { UnitKind::Signature };
        assert_eq!(signer(&document(&[(kind, Role::Signature, "", block)])).as_deref(), Some(name));
    }
}

#[test]
fn the_officer_who_enacts_names_his_body_in_full() {
    let head = format!(
        "SỞ Y TẾ PHÚ AN\nBỆNH VIỆN NỘI TIẾT\n{COUNTRY}\nSố: 15/QĐ-BVNT\nPhú An, ngày 02 tháng 3 năm 2020\nQUYẾT ĐỊNH\n\
         Về việc ban hành Quy chế\nGIÁM ĐỐC BỆNH VIỆN NỘI TIẾT PHÚ AN"
    );
    let (identity, _) = read(&head);
    assert_eq!(identity.issuer.as_deref(), Some("Bệnh viện Nội tiết Phú An"));
    assert_eq!(identity.title.as_deref(), Some("Về việc ban hành Quy chế"));
    let head = head.replace("GIÁM ĐỐC BỆNH VIỆN NỘI TIẾT PHÚ AN", "GIÁM ĐỐC");
    assert_eq!(read(&head).0.title.as_deref(), Some("Về việc ban hành Quy chế"));
}

#[test]
fn a_letter_may_say_its_subject_without_its_sign() {
    let head = format!(
        "ỦY BAN NHÂN DÂN\nTỈNH PHÚ YÊN\n{COUNTRY}\nSố: 227/UBND-VX\nVề áp dụng các biện pháp cấp bách\n\
         Phú Yên, ngày 08 tháng 7 năm 2021\nKính gửi:"
    );
    let (identity, _) = read(&head);
    assert_eq!(identity.kind, Kind::CongVan);
    assert_eq!(identity.title.as_deref(), Some("Về áp dụng các biện pháp cấp bách"));
    let joint = format!("{COUNTRY}\nSố: 12/HDLN/STC-SNV\nHƯỚNG DẪN LIÊN NGÀNH\nThực hiện chế độ phụ cấp");
    assert_eq!(read(&joint).0.title.as_deref(), Some("Thực hiện chế độ phụ cấp"));
}

#[test]
fn a_decision_carried_out_from_its_signing_is_in_force_from_then() {
    let text = "Giám đốc Sở Nội vụ chịu trách nhiệm thi hành quyết định này kể từ ngày ký./.";
    let document = document(&[(UnitKind::Article, Role::Implementation, "", text)]);
    let head = format!(
        "UBND TỈNH PHÚ YÊN\n{COUNTRY}\nSố: 15/QĐ-UBND\nTuy Hòa, ngày 02 tháng 3 năm 2020\nQUYẾT ĐỊNH\nVề việc ủy quyền"
    );
    assert_eq!(identify(&head, &[], &document).0.effective, Some(date(2020, 3, 2)));
}
