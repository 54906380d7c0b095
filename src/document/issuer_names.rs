//! Tables of issuing bodies: councils and committees, central bodies, fields of ministries and departments, provinces.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Level;
use super::kind::plain_upper;
use crate::text::fold::fold;

/// A council, committee or party committee that governs a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Local {
    /// Official name without the unit.
    pub name: &'static str,
    /// Level when no unit is named.
    pub level: Level,
    /// An office of the body, not the body.
    pub is_agency: bool,
}

/// An administrative unit: "tỉnh", "xã".
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// The word in small letters.
    pub name: &'static str,
    /// Its level ("thành phố" is a district but for the cities under the central government).
    pub level: Level,
    /// Short forms, folded.
    short: &'static [&'static str],
}

/// Names by their folded words, the longest first.
pub(super) struct Table<T>(Vec<(Vec<String>, T)>);

impl<T: Copy> Table<T> {
    fn new(entries: impl Iterator<Item = (&'static str, T)>) -> Self {
        // Names are met word by word, commas stripped.
        let word = |word: &str| word.trim_end_matches(',').to_owned();
        let mut rows: Vec<_> =
            entries.map(|(name, value)| (fold(name).split(' ').map(word).collect::<Vec<_>>(), value)).collect();
        rows.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Table(rows)
    }

    /// The longest name `words` begins with, and how many words it has.
    pub(super) fn matched<'a>(&self, words: impl Iterator<Item = &'a str> + Clone) -> Option<(T, usize)> {
        self.0.iter().find_map(|(name, value)| {
            let mut words = words.clone();
            name.iter().all(|word| words.next() == Some(word.as_str())).then_some((*value, name.len()))
        })
    }
}

/// Units of all levels, former ones included.
pub(super) const UNITS: &[Unit] = &[
    Unit { name: "thành phố", level: Level::Huyen, short: &["tp"] },
    Unit { name: "thị xã", level: Level::Huyen, short: &["tx"] },
    Unit { name: "thị trấn", level: Level::Xa, short: &["tt"] },
    Unit { name: "đặc khu", level: Level::Xa, short: &[] },
    Unit { name: "tỉnh", level: Level::Tinh, short: &[] },
    Unit { name: "huyện", level: Level::Huyen, short: &[] },
    Unit { name: "quận", level: Level::Huyen, short: &[] },
    Unit { name: "phường", level: Level::Xa, short: &[] },
    Unit { name: "xã", level: Level::Xa, short: &[] },
];

static UNIT_NAMES: LazyLock<Table<&'static Unit>> =
    LazyLock::new(|| {
        Table::new(UNITS.iter().flat_map(|unit| {
            std::iter::once(unit.name).chain(unit.short.iter().copied()).map(move |name| (name, unit))
        }))
    });

/// The unit `words` begin with.
pub(super) fn unit_at<'a>(words: impl Iterator<Item = &'a str> + Clone) -> Option<(&'static Unit, usize)> {
    UNIT_NAMES.matched(words)
}

/// Bodies of local government and of the Party.
pub(super) static LOCAL: LazyLock<Table<Local>> = LazyLock::new(|| {
    let body = |name, level| Local { name, level, is_agency: false };
    let agency = |name| Local { name, level: Level::CoQuan, is_agency: true };
    let council = body("Hội đồng nhân dân", Level::Tinh);
    let committee = body("Ủy ban nhân dân", Level::Tinh);
    let chairman = body("Chủ tịch Ủy ban nhân dân", Level::Tinh);
    let standing = body("Thường trực Hội đồng nhân dân", Level::Tinh);
    let party = [
        ("Tỉnh ủy", Level::Tinh),
        ("Thành ủy", Level::Tinh),
        ("Huyện ủy", Level::Huyen),
        ("Thị ủy", Level::Huyen),
        ("Quận ủy", Level::Huyen),
        ("Đảng ủy", Level::Xa),
        ("Ban Thường vụ Tỉnh ủy", Level::Tinh),
        ("Ban Chấp hành Đảng bộ", Level::Tinh),
    ];
    let office = agency("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân");
    let names = [
        ("Hội đồng nhân dân", council),
        ("HĐND", council),
        ("Ủy ban nhân dân", committee),
        ("UBND", committee),
        ("UB nhân dân", committee),
        ("Ủy ban hành chính", body("Ủy ban hành chính", Level::Tinh)),
        ("Chủ tịch Ủy ban nhân dân", chairman),
        ("Chủ tịch UBND", chairman),
        ("Thường trực Hội đồng nhân dân", standing),
        ("Thường trực HĐND", standing),
        ("TT HĐND", standing),
        ("Văn phòng Ủy ban nhân dân", agency("Văn phòng Ủy ban nhân dân")),
        ("Văn phòng UBND", agency("Văn phòng Ủy ban nhân dân")),
        ("Văn phòng Hội đồng nhân dân", agency("Văn phòng Hội đồng nhân dân")),
        ("Văn phòng HĐND", agency("Văn phòng Hội đồng nhân dân")),
        ("Văn phòng HĐND và UBND", office),
        ("Văn phòng HĐND-UBND", office),
        ("Văn phòng HĐND - UBND", office),
        ("Văn phòng HĐND&UBND", office),
        ("Văn phòng HĐND & UBND", office),
        ("Văn phòng HĐND, UBND", office),
        ("Văn phòng Đoàn ĐBQH và HĐND", agency("Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân")),
        ("Văn phòng Tỉnh ủy", agency("Văn phòng Tỉnh ủy")),
    ];
    Table::new(names.into_iter().chain(party.into_iter().map(|(name, level)| (name, body(name, level)))))
});

/// Central bodies by full name; ministries by field are in [`FIELDS`].
const CENTRAL_NAMES: &[(&str, &[&str])] = &[
    ("Quốc hội", &[]),
    ("Ủy ban Thường vụ Quốc hội", &["UBTVQH"]),
    ("Chính phủ", &[]),
    ("Thủ tướng Chính phủ", &["Thủ tướng"]),
    ("Chủ tịch nước", &["Chủ tịch nước Cộng hòa xã hội chủ nghĩa Việt Nam"]),
    ("Hội đồng Bộ trưởng", &[]),
    ("Chủ tịch Hội đồng Bộ trưởng", &[]),
    ("Hội đồng Chính phủ", &[]),
    ("Chủ tịch Chính phủ lâm thời", &["Chủ tịch Chính phủ lâm thời Việt Nam Dân chủ Cộng hòa"]),
    ("Chủ tịch Chính phủ", &["Chủ tịch lâm thời Chính phủ", "Chủ tịch Chính phủ Việt Nam Dân chủ Cộng hòa"]),
    ("Hội đồng Nhà nước", &[]),
    ("Ngân hàng Nhà nước Việt Nam", &["Ngân hàng Nhà nước", "NHNN"]),
    ("Thanh tra Chính phủ", &["Tổng Thanh tra Chính phủ", "Tổng Thanh tra"]),
    ("Ủy ban Dân tộc", &["Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc", "Chủ nhiệm Ủy ban Dân tộc"]),
    ("Tòa án nhân dân tối cao", &["TANDTC"]),
    ("Hội đồng Thẩm phán Tòa án nhân dân tối cao", &[]),
    ("Viện kiểm sát nhân dân tối cao", &["VKSNDTC"]),
    ("Kiểm toán nhà nước", &["Tổng Kiểm toán nhà nước", "KTNN"]),
    ("Văn phòng Chính phủ", &["VPCP"]),
    ("Văn phòng Quốc hội", &["VPQH"]),
    ("Ban Chấp hành Trung ương", &["Ban Chấp hành Trung ương Đảng"]),
    ("Bộ Chính trị", &[]),
    ("Ban Bí thư", &["Ban Bí thư Trung ương Đảng"]),
    ("Văn phòng Trung ương Đảng", &[]),
    ("Ban Tổ chức - Cán bộ Chính phủ", &["Bộ trưởng, Trưởng ban Ban Tổ chức - Cán bộ Chính phủ"]),
    (
        "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
        &[
            "Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
            "Ban Thường trực Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
        ],
    ),
    ("Tổng Liên đoàn Lao động Việt Nam", &["Đoàn Chủ tịch Tổng Liên đoàn Lao động Việt Nam"]),
];

/// Symbols of central bodies in numbers, `Đ` written `D`, `Ư` written `U`.
const SYMBOLS: &[(&str, &str)] = &[
    ("QH", "Quốc hội"),
    ("UBTVQH", "Ủy ban Thường vụ Quốc hội"),
    ("CP", "Chính phủ"),
    ("TTG", "Thủ tướng Chính phủ"),
    ("HDBT", "Hội đồng Bộ trưởng"),
    ("HDNN", "Hội đồng Nhà nước"),
    ("CTN", "Chủ tịch nước"),
    ("TW", "Ban Chấp hành Trung ương"),
    ("VPCP", "Văn phòng Chính phủ"),
    ("NHNN", "Ngân hàng Nhà nước Việt Nam"),
    ("TTCP", "Thanh tra Chính phủ"),
    ("UBDT", "Ủy ban Dân tộc"),
    ("TANDTC", "Tòa án nhân dân tối cao"),
    ("HDTP", "Hội đồng Thẩm phán Tòa án nhân dân tối cao"),
    ("VKSNDTC", "Viện kiểm sát nhân dân tối cao"),
    ("KTNN", "Kiểm toán nhà nước"),
    ("BTCCBCP", "Ban Tổ chức - Cán bộ Chính phủ"),
    ("TLD", "Tổng Liên đoàn Lao động Việt Nam"),
    ("BNV", "Bộ Nội vụ"),
    ("BTC", "Bộ Tài chính"),
    ("BTP", "Bộ Tư pháp"),
    ("BYT", "Bộ Y tế"),
    ("BCA", "Bộ Công an"),
    ("BQP", "Bộ Quốc phòng"),
    ("BNG", "Bộ Ngoại giao"),
    ("BCT", "Bộ Công Thương"),
    ("BXD", "Bộ Xây dựng"),
    ("BGTVT", "Bộ Giao thông vận tải"),
    ("BKHDT", "Bộ Kế hoạch và Đầu tư"),
    ("BKH", "Bộ Kế hoạch và Đầu tư"),
    ("BTNMT", "Bộ Tài nguyên và Môi trường"),
    ("BTTTT", "Bộ Thông tin và Truyền thông"),
    ("BBCVT", "Bộ Bưu chính, Viễn thông"),
    ("BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch"),
    ("BVHTT", "Bộ Văn hóa - Thông tin"),
    ("BLDTBXH", "Bộ Lao động - Thương binh và Xã hội"),
    ("LDTBXH", "Bộ Lao động - Thương binh và Xã hội"),
    ("BGDDT", "Bộ Giáo dục và Đào tạo"),
    ("BKHCN", "Bộ Khoa học và Công nghệ"),
    ("BKHCNMT", "Bộ Khoa học, Công nghệ và Môi trường"),
    ("BNNPTNT", "Bộ Nông nghiệp và Phát triển nông thôn"),
    ("BNN", "Bộ Nông nghiệp và Phát triển nông thôn"),
    ("BNNMT", "Bộ Nông nghiệp và Môi trường"),
    ("BDTTG", "Bộ Dân tộc và Tôn giáo"),
    ("BTM", "Bộ Thương mại"),
    ("BCN", "Bộ Công nghiệp"),
    ("BTS", "Bộ Thủy sản"),
];

/// Fields of ministries and departments in official case.
const FIELD_NAMES: &[&str] = &[
    "Nội vụ",
    "Tài chính",
    "Tài chính - Kế hoạch",
    "Tư pháp",
    "Y tế",
    "Công an",
    "Quốc phòng",
    "Ngoại giao",
    "Ngoại vụ",
    "Công Thương",
    "Công nghiệp",
    "Thương mại",
    "Thương mại và Du lịch",
    "Thủy sản",
    "Thủy lợi",
    "Xây dựng",
    "Giao thông vận tải",
    "Giao thông công chính",
    "Giao thông - Xây dựng",
    "Kế hoạch và Đầu tư",
    "Tài nguyên và Môi trường",
    "Thông tin và Truyền thông",
    "Bưu chính, Viễn thông",
    "Bưu chính viễn thông",
    "Văn hóa",
    "Văn hóa, Thể thao và Du lịch",
    "Văn hóa - Thể thao và Du lịch",
    "Văn hóa và Thể thao",
    "Văn hóa - Thông tin",
    "Văn hóa Thông tin",
    "Văn hóa và Thông tin",
    "Văn hóa, Khoa học và Thông tin",
    "Lao động - Thương binh và Xã hội",
    "Lao động",
    "Giáo dục và Đào tạo",
    "Giáo dục",
    "Khoa học và Công nghệ",
    "Khoa học, Công nghệ và Môi trường",
    "Nông nghiệp và Phát triển nông thôn",
    "Nông nghiệp và Môi trường",
    "Nông nghiệp",
    "Dân tộc và Tôn giáo",
    "Dân tộc",
    "Du lịch",
    "Quy hoạch - Kiến trúc",
    "Quy hoạch và Kiến trúc",
    "Kinh tế",
    "Kinh tế và Hạ tầng",
    "Kinh tế, Hạ tầng và Đô thị",
    "Quản lý đô thị",
    "Văn hóa - Xã hội",
    "Nội vụ - Lao động",
    "Tổ chức - Nội vụ",
    "An toàn thực phẩm",
    "Kiến trúc",
    "Sư phạm",
    "Kỹ thuật",
    "Công nghệ",
    "Bách khoa",
    "Ngoại ngữ",
    "Nông lâm",
];

/// Other spellings of fields.
const FIELD_VARIANTS: &[(&str, &str)] = &[
    ("Lao động, Thương binh và Xã hội", "Lao động - Thương binh và Xã hội"),
    ("Lao động Thương binh và Xã hội", "Lao động - Thương binh và Xã hội"),
    ("Lao động - Thương binh - Xã hội", "Lao động - Thương binh và Xã hội"),
    ("Lao động-Thương binh và Xã hội", "Lao động - Thương binh và Xã hội"),
    ("Lao động-Thương binh-Xã hội", "Lao động - Thương binh và Xã hội"),
    ("Lao động-TBXH", "Lao động - Thương binh và Xã hội"),
    ("Lao động - TBXH", "Lao động - Thương binh và Xã hội"),
    ("Lao động TBXH", "Lao động - Thương binh và Xã hội"),
    ("Lao động - TB&XH", "Lao động - Thương binh và Xã hội"),
    ("Lao động-TB&XH", "Lao động - Thương binh và Xã hội"),
    ("LĐTB&XH", "Lao động - Thương binh và Xã hội"),
    ("LĐTBXH", "Lao động - Thương binh và Xã hội"),
    ("LĐ-TB&XH", "Lao động - Thương binh và Xã hội"),
    ("Nông nghiệp & Phát triển nông thôn", "Nông nghiệp và Phát triển nông thôn"),
    ("Nông nghiệp và PTNT", "Nông nghiệp và Phát triển nông thôn"),
    ("NN&PTNT", "Nông nghiệp và Phát triển nông thôn"),
    ("Tài nguyên - Môi trường", "Tài nguyên và Môi trường"),
    ("TN&MT", "Tài nguyên và Môi trường"),
    ("Giáo dục & Đào tạo", "Giáo dục và Đào tạo"),
    ("Giáo dục - Đào tạo", "Giáo dục và Đào tạo"),
    ("GD&ĐT", "Giáo dục và Đào tạo"),
    ("VHTTDL", "Văn hóa, Thể thao và Du lịch"),
    ("VHTT&DL", "Văn hóa, Thể thao và Du lịch"),
    ("TT&TT", "Thông tin và Truyền thông"),
    ("KH&ĐT", "Kế hoạch và Đầu tư"),
    ("KH&CN", "Khoa học và Công nghệ"),
    ("Kế hoạch - Đầu tư", "Kế hoạch và Đầu tư"),
    ("GTVT", "Giao thông vận tải"),
];

/// Cities under the central government (Huế since 2025).
pub(super) const CITIES: &[&str] = &["Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"];

/// Provinces before and after 01/7/2025, without the cities.
const PROVINCE_NAMES: &[&str] = &[
    "An Giang",
    "Bà Rịa - Vũng Tàu",
    "Bạc Liêu",
    "Bắc Giang",
    "Bắc Kạn",
    "Bắc Ninh",
    "Bến Tre",
    "Bình Định",
    "Bình Dương",
    "Bình Phước",
    "Bình Thuận",
    "Cà Mau",
    "Cao Bằng",
    "Đắk Lắk",
    "Đắk Nông",
    "Điện Biên",
    "Đồng Nai",
    "Đồng Tháp",
    "Gia Lai",
    "Hà Giang",
    "Hà Nam",
    "Hà Tây",
    "Hà Tĩnh",
    "Hải Dương",
    "Hậu Giang",
    "Hòa Bình",
    "Hưng Yên",
    "Khánh Hòa",
    "Kiên Giang",
    "Kon Tum",
    "Lai Châu",
    "Lạng Sơn",
    "Lào Cai",
    "Lâm Đồng",
    "Long An",
    "Nam Định",
    "Nghệ An",
    "Ninh Bình",
    "Ninh Thuận",
    "Phú Thọ",
    "Phú Yên",
    "Quảng Bình",
    "Quảng Nam",
    "Quảng Ngãi",
    "Quảng Ninh",
    "Quảng Trị",
    "Sóc Trăng",
    "Sơn La",
    "Tây Ninh",
    "Thái Bình",
    "Thái Nguyên",
    "Thanh Hóa",
    "Thừa Thiên Huế",
    "Tiền Giang",
    "Trà Vinh",
    "Tuyên Quang",
    "Vĩnh Long",
    "Vĩnh Phúc",
    "Yên Bái",
];

const PROVINCE_VARIANTS: &[(&str, &str)] = &[
    ("Bà Rịa-Vũng Tàu", "Bà Rịa - Vũng Tàu"),
    ("Bà Rịa Vũng Tàu", "Bà Rịa - Vũng Tàu"),
    ("Thừa Thiên - Huế", "Thừa Thiên Huế"),
    ("Thừa Thiên-Huế", "Thừa Thiên Huế"),
    ("Đăk Lăk", "Đắk Lắk"),
    ("Đắc Lắc", "Đắk Lắk"),
    ("Đăk Nông", "Đắk Nông"),
    ("Bắc Cạn", "Bắc Kạn"),
    ("HCM", "Hồ Chí Minh"),
];

/// Provinces and cities under the central government.
pub(super) static PROVINCES: LazyLock<Table<&'static str>> = LazyLock::new(|| {
    let names = PROVINCE_NAMES.iter().chain(CITIES).map(|name| (*name, *name));
    Table::new(names.chain(PROVINCE_VARIANTS.iter().copied()))
});

/// Fields of ministries, departments and divisions.
pub(super) static FIELDS: LazyLock<Table<&'static str>> =
    LazyLock::new(|| Table::new(FIELD_NAMES.iter().map(|name| (*name, *name)).chain(FIELD_VARIANTS.iter().copied())));

/// Central bodies and abbreviations of ministries.
pub(super) static CENTRAL: LazyLock<Table<(&'static str, Level)>> = LazyLock::new(|| {
    let full = CENTRAL_NAMES
        .iter()
        .flat_map(|(name, others)| std::iter::once(name).chain(others.iter()).map(move |other| (*other, *name)));
    let symbols = SYMBOLS.iter().copied().filter(|(symbol, _)| symbol.starts_with('B') && symbol.len() > 2);
    // Vietnamese letters of ministries' abbreviations as officials write them.
    let marked = [
        ("BLĐTBXH", "Bộ Lao động - Thương binh và Xã hội"),
        ("BGDĐT", "Bộ Giáo dục và Đào tạo"),
        ("BKHĐT", "Bộ Kế hoạch và Đầu tư"),
    ];
    Table::new(full.chain(symbols).chain(marked).map(|(name, official)| (name, (official, Level::TrungUong))))
});

/// The central body a segment of a number's symbol names.
pub(super) fn by_symbol(segment: &str) -> Option<(&'static str, Level)> {
    let plain: String = segment.chars().map(plain_upper).collect();
    SYMBOLS.iter().find(|(symbol, _)| *symbol == plain).map(|(_, name)| (*name, Level::TrungUong))
}

/// "tỉnh Nghệ An", "thành phố Huế".
pub(super) fn province_unit(province: &str) -> String {
    format!("{} {province}", if CITIES.contains(&province) { "thành phố" } else { "tỉnh" })
}

/// First words of bodies of no known form (folded).
pub(super) static OTHER_HEADS: LazyLock<Vec<String>> = LazyLock::new(|| {
    [
        "trường",
        "bệnh",
        "công",
        "tổng",
        "trung",
        "ban",
        "phòng",
        "cục",
        "chi",
        "vụ",
        "viện",
        "hội",
        "liên",
        "ủy",
        "văn",
        "thanh",
        "tòa",
        "kho",
        "ngân",
        "đài",
        "báo",
        "quỹ",
        "hợp",
        "doanh",
        "học",
        "đại",
        "đoàn",
        "mặt",
        "bảo",
        "hạt",
        "kiểm",
        "hải",
        "thuế",
        "đội",
        "trạm",
        "nhà",
        "thư",
        "bộ",
        "sở",
        "xí",
        "nông",
        "lâm",
        "tạp",
        "khu",
        "tập",
        "đảng",
        "khối",
        "hđqt",
    ]
    .map(fold)
    .to_vec()
});

/// How many words the head noun of a body has, by its first word (folded).
pub(super) fn head_length(first: &str, second: &str) -> usize {
    match first {
        "tổng" if second == "cục" => 2,
        "trường" | "sở" | "phòng" | "bộ" | "cục" | "vụ" | "hội" | "ban" | "báo" | "đài" => 1,
        "tổng" | "hợp" => 3,
        _ => 2,
    }
}

/// Common nouns in names of organisations, written small (folded).
pub(super) static COMMON: LazyLock<Vec<String>> = LazyLock::new(|| {
    "đại học cao đẳng trung phổ thông cơ sở tiểu mầm non chính trị nghề dân tộc nội trú đa khoa y tế viện bệnh tâm hữu nghị sản nhi công ty cổ phần \
     trách nhiệm hạn một thành viên tnhh nhà nước khu vực quản lý đầu tư phát triển xây dựng dự án giao dịch dịch vụ hành công nghiệp kinh \
     doanh liên hợp tác xã cục chi hội đồng ban chỉ đạo phòng chống bảo hiểm xã hội kiểm lâm thuế hải quan tra ủy và của đoàn đội quân sự huy bộ"
        .split_whitespace()
        .map(fold)
        .collect()
});

/// Compound nouns in names of organisations that title case splits ("Hạ Tầng"): folded, with whether they are written small
/// wherever they stand after the head.
pub(super) static COMPOUNDS: LazyLock<BTreeMap<String, bool>> = LazyLock::new(|| {
    const FIELDS: &str = "trung cấp, cao đẳng, đại học, trung học, tiểu học, mầm non, dạy nghề, hạ tầng, đô thị, kiểm nghiệm, thực phẩm, \
        dược phẩm, mỹ phẩm, kỹ thuật, công nghệ, khoa học, dịch vụ, môi trường, xổ số, kiến thiết, cấp nước, thoát nước, thủy lợi, thủy nông, \
        công trình, giao thông, vận tải, xây dựng, đầu tư, phát triển, thương mại, du lịch, điện lực, cao su, lâm nghiệp, nông nghiệp, \
        công nghiệp, kinh doanh, xuất khẩu, nhập khẩu, khai thác, nông lâm, kiểm soát, bệnh tật, kiểm định, đo lường, đăng kiểm, \
        quan trắc, khuyến nông, bảo trợ, kế toán, kiểm toán, xi măng, nội tiết, tâm thần, phụ sản, sản nhi, ung bướu, da liễu, phục hồi, \
        y học, cổ truyền, huyết học, truyền máu, thực nghiệm, bảo vệ, thực vật, tư vấn, thiết kế, kiến trúc, sư phạm, văn hóa, nghệ thuật, \
        thể thao, thể dục, bưu điện, viễn thông, thông tin, truyền thông, phát thanh, truyền hình, chế biến, thủy sản, lương thực, vật tư, \
        cơ khí, dệt may, khoáng sản, vệ sinh, cây xanh, chiếu sáng, công viên, hóa chất, đường bộ, đường sắt, thú y, chăn nuôi, \
        hành chính, phục vụ, lưu trữ, bảo tàng, thư viện, xúc tiến, giáo dục, thường xuyên, nghề nghiệp, hướng nghiệp, quy hoạch, trợ giúp, giới thiệu, việc làm, chăm sóc, sức khỏe, sinh sản, cây trồng, vật nuôi";
    const SMALL: &str = "cơ sở, phổ thông, nội trú, bán trú, chuyên nghiệp";
    const HEADS: &str = "công ty, trung tâm, bệnh viện, ngân hàng, văn phòng, doanh nghiệp, học viện, liên đoàn";
    let of = |list: &'static str, small: bool| list.split(',').map(move |noun| (fold(noun.trim()), small));
    of(FIELDS, false).chain(of(HEADS, false)).chain(of(SMALL, true)).collect()
});

/// Acronyms that stay in capitals inside a name.
pub(super) const ACRONYMS: &[&str] = &[
    "THPT", "THCS", "TNHH", "MTV", "CP", "UBND", "HĐND", "BHXH", "BCĐ", "PCTT", "TKCN", "MTTQ", "LĐLĐ", "CNTT", "XNK",
    "HTX", "TW", "VN", "BHYT", "GDTX", "GDNN", "PTDT", "PTDTNT", "PTDTBT", "BQL", "BQLDA", "TDTT", "KHKT", "KTTH",
];
