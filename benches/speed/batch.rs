//! Documents of a varied batch: most say nothing of the Law, as in a province's real holdings; sizes differ.

use super::corpus;

/// Subjects a province regulates, as they stand after "về".
const SUBJECTS: [&str; 16] = [
    "quản lý, bảo vệ công trình thủy lợi nội đồng",
    "phân cấp quản lý tài sản công",
    "mức thu, quản lý và sử dụng phí tham quan di tích",
    "bảo vệ môi trường làng nghề",
    "quản lý vật liệu xây dựng thông thường",
    "hỗ trợ giống cây trồng, vật nuôi sau thiên tai",
    "đào tạo, bồi dưỡng cán bộ, công chức, viên chức",
    "quản lý hành lang an toàn đường bộ",
    "xét, công nhận sáng kiến cấp cơ sở",
    "vận hành cổng thông tin điện tử",
    "quản lý nghĩa trang, hỏa táng",
    "phòng cháy, chữa cháy rừng",
    "định mức chi cho hoạt động thể dục, thể thao",
    "quản lý bến thủy nội địa",
    "tiếp công dân, xử lý đơn thư",
    "khuyến khích đầu tư vào cụm công nghiệp",
];

const BODIES: [&str; 10] = [
    "Sở Tài chính",
    "Sở Nông nghiệp và Môi trường",
    "Sở Xây dựng",
    "Sở Khoa học và Công nghệ",
    "Sở Nội vụ",
    "Ủy ban nhân dân cấp huyện",
    "Ủy ban nhân dân các xã, phường, thị trấn",
    "Công an tỉnh",
    "Kho bạc Nhà nước tỉnh",
    "Thủ trưởng các cơ quan, đơn vị có liên quan",
];

/// Clauses on any subject; `{b}` a body, `{s}` the subject, `{n}` a figure, `{y}` a year.
const CLAUSES: [&str; 18] = [
    "{b} chủ trì, phối hợp với {b} hướng dẫn, kiểm tra việc thực hiện các quy định {s} trên địa bàn tỉnh.",
    "Hồ sơ gồm: đơn đề nghị theo mẫu, bản sao giấy tờ chứng minh nội dung đề nghị và tài liệu khác có liên quan.",
    "Trong thời hạn {n} ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ, {b} thẩm định, trình cấp có thẩm quyền quyết định; trường hợp không đồng ý phải trả lời bằng văn bản và nêu rõ lý do.",
    "Mức hỗ trợ không quá {n} triệu đồng đối với một hộ; kinh phí do ngân sách nhà nước bảo đảm theo phân cấp hiện hành.",
    "Việc lập dự toán, chấp hành và quyết toán thực hiện theo Luật Ngân sách nhà nước ngày 25 tháng 6 năm {y} và các văn bản hướng dẫn thi hành.",
    "Tổ chức, cá nhân vi phạm quy định tại khoản 1 Điều {n} Quy định này thì tùy theo tính chất, mức độ mà bị xử lý theo quy định của pháp luật.",
    "Định kỳ 06 tháng và hằng năm, {b} báo cáo Ủy ban nhân dân tỉnh kết quả thực hiện trước ngày {n} của tháng cuối kỳ báo cáo.",
    "Các công trình, dự án đã được phê duyệt trước ngày Quy định này có hiệu lực thì tiếp tục thực hiện theo quyết định đã phê duyệt.",
    "{b} có trách nhiệm bố trí cán bộ chuyên trách, trang thiết bị và phương tiện cần thiết phục vụ công tác {s}.",
    "Tỷ lệ phân chia khoản thu cho ngân sách cấp xã là {n}%, phần còn lại nộp vào ngân sách cấp trên theo quy định.",
    "Thực hiện theo Điều {n} Nghị định số {n}/{y}/NĐ-CP của Chính phủ và Thông tư số {n}/{y}/TT-BTC của Bộ trưởng Bộ Tài chính.",
    "Khi phát hiện sự cố, chủ quản lý phải báo ngay cho {b} và tổ chức khắc phục trong thời gian sớm nhất.",
    "Diện tích tối thiểu của mỗi điểm là {n} m2, cách khu dân cư tập trung ít nhất {n}00 m, có đường vào thuận tiện.",
    "Nghiêm cấm lợi dụng chính sách {s} để trục lợi; {b} thu hồi toàn bộ số tiền đã hỗ trợ sai đối tượng.",
    "Hội đồng xét duyệt có từ {n} người, do một lãnh đạo {b} làm chủ tịch, đại diện các cơ quan có liên quan làm ủy viên.",
    "Giấy phép có thời hạn {n} năm, được gia hạn một lần; thời gian gia hạn không quá một nửa thời hạn đã cấp.",
    "Ngoài các nội dung quy định tại khoản này, người sử dụng còn phải tuân thủ các yêu cầu sau đây:",
    "Bảo đảm công khai, minh bạch, đúng đối tượng, tiết kiệm và hiệu quả trong quá trình thực hiện.",
];

const POINTS: [&str; 4] = [
    "Giữ gìn vệ sinh, an ninh trật tự nơi thực hiện;",
    "Lưu giữ sổ sách, chứng từ ít nhất {n} năm;",
    "Chịu sự kiểm tra, hướng dẫn của {b};",
    "Nộp đủ các khoản phí, lệ phí theo quy định.",
];

const HEADINGS: [&str; 6] = [
    "Nguyên tắc thực hiện",
    "Trình tự, thủ tục",
    "Quyền và nghĩa vụ của tổ chức, cá nhân",
    "Kinh phí thực hiện",
    "Kiểm tra, xử lý vi phạm",
    "Trách nhiệm của các cơ quan",
];

/// Numbers that follow from the seed alone.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// Every blank of a clause filled in.
    fn filled(&mut self, clause: &str, subject: &str) -> String {
        let mut text = clause.replace("{s}", subject);
        while text.contains("{b}") {
            text = text.replacen("{b}", self.one(&BODIES), 1);
        }
        while text.contains("{n}") {
            text = text.replacen("{n}", &(self.below(40) + 2).to_string(), 1);
        }
        text.replace("{y}", &(2003 + self.below(18)).to_string())
    }
}

/// The paragraphs of document `seed`: 6,000 to 26,000 characters; one in eight is a regulation on democracy at the grass roots.
pub fn paragraphs(seed: usize) -> Vec<String> {
    let mut draw = Draw(seed as u64);
    let size = 6_000 + draw.below(20_000);
    if seed.is_multiple_of(8) {
        return corpus::paragraphs(seed, size / 800);
    }
    let subject = draw.one(&SUBJECTS);
    let (number, year) = (seed + 1, 2008 + draw.below(17));
    let date = format!("Mẫu, ngày {:02} tháng {} năm {year}", draw.below(28) + 1, draw.below(12) + 1);
    let mut lines: Vec<String> =
        ["ỦY BAN NHÂN DÂN", "TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
            .map(str::to_owned)
            .into();
    lines.extend([format!("Số: {number}/{year}/QĐ-UBND"), date, "QUYẾT ĐỊNH".to_owned()]);
    lines.push(format!("Ban hành Quy định về {subject} trên địa bàn tỉnh"));
    lines.extend(
        [
            "ỦY BAN NHÂN DÂN TỈNH",
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
            "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13;",
            "Theo đề nghị của Giám đốc Sở Tư pháp.",
            "QUYẾT ĐỊNH:",
        ]
        .map(str::to_owned),
    );
    lines.push(format!("Điều 1. Ban hành kèm theo Quyết định này Quy định về {subject} trên địa bàn tỉnh."));
    lines.extend(
        [
            "Điều 2. Quyết định này có hiệu lực thi hành sau 10 ngày kể từ ngày ký.",
            "Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, giám đốc các sở chịu trách nhiệm thi hành Quyết định này.",
            "Nơi nhận:",
            "- Như Điều 3;",
            "- Lưu: VT.",
            "TM. ỦY BAN NHÂN DÂN",
            "CHỦ TỊCH",
            "Nguyễn Văn Mẫu",
            "QUY ĐỊNH",
        ]
        .map(str::to_owned),
    );
    lines.push(format!("Về {subject} trên địa bàn tỉnh"));
    lines.push(format!("(Ban hành kèm theo Quyết định số {number}/{year}/QĐ-UBND của Ủy ban nhân dân tỉnh)"));
    let mut written: usize = lines.iter().map(|line| line.chars().count()).sum();
    let mut article = 0;
    while written < size {
        let before = lines.len();
        article += 1;
        lines.push(format!("Điều {article}. {}", draw.one(&HEADINGS)));
        for clause in 1..=2 + draw.below(5) {
            let words = draw.one(&CLAUSES);
            lines.push(format!("{clause}. {}", draw.filled(words, subject)));
            if words.ends_with(':') {
                let points = POINTS.iter().zip(["a", "b", "c", "d"]);
                lines.extend(points.map(|(words, letter)| format!("{letter}) {}", draw.filled(words, subject))));
            }
        }
        written += lines[before..].iter().map(|line| line.chars().count()).sum::<usize>();
    }
    lines
}
