//! Invented provincial documents: decisions with an attached regulation, as Word writes them, and lists of them.
//!
//! The words are our own and say nothing of any real place. Every figure varies with the number of the document, so that
//! no two are alike and rules of every kind find something to look at.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Articles of a small attached regulation: about 20,000 characters with the decision.
pub const SMALL: usize = 24;
/// Articles of a big one: about 1.3 million characters, the size of the largest codes.
pub const BIG: usize = 1_500;

/// Clauses of the regulation, taken in turn; `{n}` is a figure that varies.
const CLAUSES: [&str; 12] = [
    "Mức đóng góp xây dựng đường thôn được thông qua khi có trên {n}% số cử tri đại diện hộ gia đình tán thành.",
    "Ủy ban nhân dân cấp xã niêm yết công khai dự toán thu, chi tại trụ sở trong thời hạn {n} ngày liên tục.",
    "Trưởng thôn, tổ trưởng tổ dân phố báo cáo Ủy ban nhân dân huyện kết quả cuộc họp chậm nhất {n} ngày làm việc.",
    "Ban Thanh tra nhân dân có từ 05 đến 11 thành viên, nhiệm kỳ {n} tháng, do hội nghị nhân dân bầu.",
    "Nhân dân bàn và biểu quyết các việc sau đây theo hình thức họp hoặc phát phiếu lấy ý kiến:",
    "Người đứng đầu cơ quan, đơn vị tổ chức hội nghị cán bộ, công chức, viên chức mỗi năm một lần, xong trước ngày {n} tháng 3.",
    "Việc soạn thảo, công nhận hương ước, quy ước thực hiện theo khoản 2 Điều 4 Quy chế này và Thông tư số {n}/2018/TT-BMẪU.",
    "Sở Mẫu phối hợp với Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh hướng dẫn, kiểm tra, đôn đốc các huyện, thành phố, thị xã.",
    "Kinh phí giám sát đầu tư của cộng đồng do ngân sách xã, phường, thị trấn bảo đảm, không quá {n} triệu đồng một năm.",
    "Cuộc họp được tổ chức khi có ít nhất 2/3 tổng số đại diện hộ gia đình trong thôn tham dự; không đủ thì hoãn {n} ngày.",
    "Hoà giải viên, uỷ viên Mặt trận và thư ký cuộc họp được hưởng mức bồi dưỡng {n}.000 đồng một người một buổi.",
    "Công dân được kiến nghị, phản ánh, yêu cầu cung cấp thông tin theo Điều {n} Nghị định số {n}/2015/NĐ-CP của Chính phủ.",
];

/// Points under the clauses that end with a colon.
const POINTS: [&str; 4] = [
    "Chủ trương và mức góp làm nhà văn hóa, đường, kênh mương trong phạm vi thôn;",
    "Việc thu, chi, quản lý các quỹ ngoài ngân sách do nhân dân góp;",
    "Nội dung hương ước, quy ước về nếp sống văn minh, an ninh trật tự;",
    "Các công việc khác trong nội bộ cộng đồng dân cư, phù hợp với pháp luật.",
];

const HEADINGS: [&str; 5] = [
    "Những nội dung phải công khai",
    "Hình thức công khai",
    "Những việc nhân dân bàn và quyết định trực tiếp",
    "Giám sát của nhân dân",
    "Trách nhiệm của thủ trưởng cơ quan, đơn vị",
];

/// The paragraphs of document `seed`, whose regulation has so many articles.
pub fn paragraphs(seed: usize, articles: usize) -> Vec<String> {
    let year = 2008 + seed % 12;
    let number = seed / 12 + 1;
    let mut lines: Vec<String> =
        ["ỦY BAN NHÂN DÂN", "TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
            .map(str::to_owned)
            .into();
    lines.push(format!("Số: {number}/{year}/QĐ-UBND"));
    lines.push(format!("Mẫu, ngày {} tháng {} năm {year}", seed % 28 + 1, seed % 12 + 1));
    lines.push("QUYẾT ĐỊNH".to_owned());
    lines.push(format!("Ban hành Quy chế thực hiện dân chủ ở xã, phường, thị trấn đợt {seed}"));
    lines.push("ỦY BAN NHÂN DÂN TỈNH".to_owned());
    lines.push("Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26 tháng 11 năm 2003;".to_owned());
    lines.push("Căn cứ Nghị định số 04/2015/NĐ-CP ngày 09 tháng 01 năm 2015 của Chính phủ;".to_owned());
    lines.push(format!("Theo đề nghị của Giám đốc Sở Mẫu tại Tờ trình số {}/TTr-SM,", seed + 40));
    lines.push("QUYẾT ĐỊNH:".to_owned());
    lines.push("Điều 1. Ban hành kèm theo Quyết định này Quy chế thực hiện dân chủ ở xã, phường, thị trấn.".to_owned());
    let ended = format!("{}/{}/QĐ-UBND", number + 1, year - 3);
    lines.push(format!(
        "Điều 2. Quyết định này có hiệu lực sau 10 ngày kể từ ngày ký và thay thế Quyết định số {ended} ngày 05/6/{}.",
        year - 3
    ));
    lines.push(
        "Điều 3. Chánh Văn phòng, Giám đốc Sở Mẫu, Chủ tịch Ủy ban nhân dân các huyện chịu trách nhiệm thi hành."
            .to_owned(),
    );
    lines.extend(
        ["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Mẫu"]
            .map(str::to_owned),
    );
    lines.extend(["QUY CHẾ", "Thực hiện dân chủ ở xã, phường, thị trấn"].map(str::to_owned));
    lines.push(format!("(Ban hành kèm theo Quyết định số {number}/{year}/QĐ-UBND của Ủy ban nhân dân tỉnh)"));
    for article in 0..articles {
        lines.push(format!("Điều {}. {}", article + 1, HEADINGS[(article + seed) % HEADINGS.len()]));
        for clause in 0..5 {
            let words = CLAUSES[(article * 5 + clause + seed) % CLAUSES.len()];
            let figure = (seed * 7 + article * 5 + clause) % 60 + 5;
            lines.push(format!("{}. {}", clause + 1, words.replace("{n}", &figure.to_string())));
            if words.ends_with(':') {
                lines.extend(
                    POINTS.iter().zip(["a", "b", "c", "d"]).map(|(words, letter)| format!("{letter}) {words}")),
                );
            }
        }
    }
    lines
}

/// The paragraphs as a Word file: eight words a run, every run with its properties, as Word leaves them after editing.
pub fn docx(paragraphs: &[String]) -> Vec<u8> {
    let mut body = String::new();
    for paragraph in paragraphs {
        body.push_str(r#"<w:p w:rsidR="00A77B3E"><w:pPr><w:spacing w:before="120" w:after="120"/><w:ind w:firstLine="720"/><w:jc w:val="both"/></w:pPr>"#);
        let words: Vec<&str> = paragraph.split_inclusive(' ').collect();
        for run in words.chunks(8) {
            let text = run.concat();
            let _ = write!(
                body,
                r#"<w:r w:rsidRPr="00C5404F"><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#
            );
        }
        body.push_str("</w:p>");
    }
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}<w:sectPr/></w:body></w:document>"#
    );
    let parts = [
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#,
        ),
        ("word/document.xml", document.as_str()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(name, options).expect("a part begins");
        zip.write_all(content.as_bytes()).expect("memory can be written");
    }
    zip.finish().expect("the package closes").into_inner()
}

/// A list of so many documents with five columns.
pub fn list(rows: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in (0..).zip(["STT", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu"])
    {
        sheet.write(0, column, title).expect("a cell");
    }
    for row in 1..=rows {
        let year = 2008 + row % 12;
        sheet.write(row, 0, row).expect("a cell");
        sheet.write(row, 1, format!("{row}/{year}/QĐ-UBND")).expect("a cell");
        sheet.write(row, 2, format!("{:02}/{:02}/{year}", row % 28 + 1, row % 12 + 1)).expect("a cell");
        sheet.write(row, 3, "Ủy ban nhân dân tỉnh Mẫu").expect("a cell");
        sheet.write(row, 4, format!("Ban hành Quy chế sinh hoạt cộng đồng đợt {row}")).expect("a cell");
    }
    book.save_to_buffer().expect("a workbook in memory")
}

/// Real Word files for those who have them: the folder named by `RASOAT_DATA`, or `../shared/data`.
pub fn real() -> Vec<Vec<u8>> {
    let folder = std::env::var_os("RASOAT_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let Ok((inputs, _)) = rasoat::source::files::collect(&[folder]) else { return Vec::new() };
    let bytes =
        inputs.iter().filter(|input| input.file.ends_with(".docx")).filter_map(|input| std::fs::read(&input.path).ok());
    bytes.filter(|bytes| rasoat::source::read("", bytes).is_ok()).collect()
}
