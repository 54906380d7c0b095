//! The command line as it is typed.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, StrDeserializer};

use super::{Exit, print, say};
use crate::proposals::FormSet;
use crate::review::Confidence;
use crate::run::Assume;

const HELP: &str = "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// Rà soát văn bản quy phạm pháp luật của địa phương theo từng điều, khoản, điểm khi có luật mới
#[derive(Debug, Parser)]
#[command(
    name = "rasoat",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    help_template = "{about-with-newline}\nCách dùng: {usage}\n\nLệnh:\n{subcommands}\n\nTùy chọn:\n{options}\n",
    override_usage = "rasoat <LỆNH> [TÙY CHỌN]"
)]
pub struct Args {
    /// In hướng dẫn này
    #[arg(short = 'h', long = "help", action = clap::ArgAction::Help, global = true, help_heading = "Tùy chọn")]
    help: Option<bool>,
    /// In số phiên bản
    #[arg(short = 'V', long = "version", action = clap::ArgAction::Version)]
    version: Option<bool>,
    /// Lệnh.
    #[command(subcommand)]
    pub command: Command,
}

/// Commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Rà soát các tệp, thư mục; lập bảng đề xuất và kết quả
    #[command(help_template = HELP, override_usage = "rasoat scan <TỆP hoặc THƯ MỤC>... [TÙY CHỌN]", next_help_heading = "Tùy chọn")]
    Scan(Scan),
    /// In cấu trúc, nhận dạng và viện dẫn đọc được của một văn bản
    #[command(help_template = HELP, override_usage = "rasoat outline <TỆP> [TÙY CHỌN]", next_help_heading = "Tùy chọn")]
    Outline(Outline),
    /// Kiểm tra, thử và liệt kê quy tắc
    #[command(
        help_template = "{about-with-newline}\nCách dùng: {usage}\n\nLệnh:\n{subcommands}\n\nTùy chọn:\n{options}\n",
        override_usage = "rasoat rules <LỆNH> [TÙY CHỌN]",
        disable_help_subcommand = true
    )]
    Rules(Rules),
    /// Đo kết quả của chương trình so với nhãn chuẩn
    #[command(help_template = HELP, override_usage = "rasoat eval <THƯ MỤC> [TÙY CHỌN]", next_help_heading = "Tùy chọn")]
    Eval(Eval),
    /// Nhập quyết định của người rà soát đã ghi trong bảng đề xuất
    #[command(
        help_template = "{about-with-newline}\nCách dùng: {usage}\n\nLệnh:\n{subcommands}\n\nTùy chọn:\n{options}\n",
        override_usage = "rasoat decisions <LỆNH> [TÙY CHỌN]",
        disable_help_subcommand = true
    )]
    Decisions(Decisions),
    /// Gộp kết quả của nhiều đơn vị thành một bảng tổng hợp; nêu văn bản trùng, quyết định trái nhau, đơn vị chưa gửi, văn bản còn thiếu
    #[command(
        help_template = HELP,
        override_usage = "rasoat merge <THƯ MỤC hoặc BẢNG TÍNH>... --out <THƯ MỤC> [TÙY CHỌN]",
        next_help_heading = "Tùy chọn"
    )]
    Merge(Merge),
    /// Soạn dự thảo văn bản sửa đổi, bãi bỏ và bản so sánh từ các kiến nghị đã chấp nhận
    #[command(help_template = HELP, override_usage = "rasoat draft <THƯ MỤC> [TÙY CHỌN]", next_help_heading = "Tùy chọn")]
    Draft(Draft),
    /// Tạo tệp cấu hình mẫu rasoat.yaml của cơ quan trong thư mục hiện tại
    #[command(help_template = HELP, override_usage = "rasoat init")]
    Init(Init),
}

/// `rasoat merge`.
#[derive(Debug, clap::Args)]
pub struct Merge {
    /// Thư mục kết quả của từng đơn vị (hoặc thư mục chứa các thư mục đó), bảng đề xuất đã ghi quyết định, tệp kết quả .ndjson
    #[arg(value_name = "ĐƯỜNG DẪN", help_heading = "Đầu vào", required = true)]
    pub paths: Vec<PathBuf>,
    /// Thư mục ghi tong-hop.xlsx, tong-hop.json và các quyết định đã gộp
    #[arg(long = "out", value_name = "THƯ MỤC")]
    pub out: PathBuf,
    /// Danh sách đơn vị phải gửi (Excel có cột tên đơn vị, hoặc tệp .txt mỗi dòng một tên); dùng nhiều lần được
    #[arg(long = "units", value_name = "TỆP")]
    pub units: Vec<PathBuf>,
    /// Thư mục bộ quy tắc dùng thay cho bộ có sẵn, để xét văn bản phải ban hành; dùng nhiều lần được
    #[arg(long = "rules", value_name = "THƯ MỤC")]
    pub rules: Vec<PathBuf>,
    /// Chỉ dùng bộ quy tắc có mã này; dùng nhiều lần được
    #[arg(long = "pack", value_name = "MÃ")]
    pub packs: Vec<String>,
    /// Xét tại ngày này (mặc định: ngày muộn nhất trong các kết quả)
    #[arg(long = "as-of", value_name = "NĂM-THÁNG-NGÀY", value_parser = day)]
    pub as_of: Option<Date>,
    /// Tệp cấu hình của cơ quan tổng hợp (mặc định: rasoat.yaml trong thư mục hiện tại, nếu có)
    #[arg(long = "config", value_name = "TỆP")]
    pub config: Option<PathBuf>,
    /// Bộ biểu mẫu in thêm: nd34-2016; Mẫu 01–05 của Nghị định 79/2025/NĐ-CP luôn có
    #[arg(long = "forms", value_name = "BỘ", value_delimiter = ',', value_parser = form_set)]
    pub forms: Vec<FormSet>,
    /// Không in tóm tắt
    #[arg(long = "quiet")]
    pub quiet: bool,
}

/// `rasoat draft`.
#[derive(Debug, clap::Args)]
pub struct Draft {
    /// Thư mục kết quả có các quyết định
    #[arg(value_name = "THƯ MỤC", help_heading = "Đầu vào")]
    pub folder: PathBuf,
    /// Thư mục ghi dự thảo (mặc định: thư mục kết quả)
    #[arg(long = "out", value_name = "THƯ MỤC")]
    pub out: Option<PathBuf>,
    /// Đối chiếu một dự thảo đã soạn với các kiến nghị đã chấp nhận; khác nhau thì kết thúc với mã 1
    #[arg(long = "check", value_name = "TỆP")]
    pub check: Option<PathBuf>,
    /// Ngày soạn thảo, để ghi căn cứ đang có hiệu lực (mặc định: hôm nay)
    #[arg(long = "as-of", value_name = "NĂM-THÁNG-NGÀY", value_parser = day)]
    pub as_of: Option<Date>,
    /// Tệp cấu hình của cơ quan (mặc định: rasoat.yaml trong thư mục hiện tại, nếu có)
    #[arg(long = "config", value_name = "TỆP")]
    pub config: Option<PathBuf>,
}

/// `rasoat init`.
#[derive(Debug, clap::Args)]
pub struct Init {}

/// `rasoat decisions`.
#[derive(Debug, clap::Args)]
pub struct Decisions {
    /// Lệnh.
    #[command(subcommand)]
    pub command: DecisionsCommand,
}

/// Commands about decisions.
#[derive(Debug, Subcommand)]
pub enum DecisionsCommand {
    /// Nhập các quyết định từ bảng tính vào thư mục kết quả; lần scan sau vào thư mục đó giữ nguyên các quyết định
    #[command(
        help_template = HELP,
        override_usage = "rasoat decisions import <BẢNG TÍNH> --into <THƯ MỤC>",
        next_help_heading = "Tùy chọn"
    )]
    Import(ImportDecisions),
}

/// `rasoat decisions import`.
#[derive(Debug, clap::Args)]
pub struct ImportDecisions {
    /// Bảng đề xuất đã ghi quyết định (de-xuat.xlsx, kể cả khi đã lưu bằng LibreOffice)
    #[arg(value_name = "BẢNG TÍNH", help_heading = "Đầu vào")]
    pub workbook: PathBuf,
    /// Thư mục kết quả nhận các quyết định
    #[arg(long = "into", value_name = "THƯ MỤC")]
    pub into: PathBuf,
    /// Ngày ghi vào nhật ký (mặc định: hôm nay)
    #[arg(long = "as-of", value_name = "NĂM-THÁNG-NGÀY", value_parser = day)]
    pub as_of: Option<Date>,
}

/// `rasoat scan`.
#[derive(Debug, clap::Args)]
pub struct Scan {
    /// Tệp văn bản, bảng tính hoặc thư mục (đọc cả thư mục con)
    #[arg(value_name = "ĐƯỜNG DẪN", help_heading = "Đầu vào")]
    pub paths: Vec<PathBuf>,
    /// Danh mục văn bản (Excel, CSV); dùng nhiều lần được
    #[arg(long = "list", value_name = "TỆP")]
    pub lists: Vec<PathBuf>,
    /// Thư mục bộ quy tắc dùng thay cho bộ có sẵn; dùng nhiều lần được
    #[arg(long = "rules", value_name = "THƯ MỤC")]
    pub rules: Vec<PathBuf>,
    /// Chỉ dùng bộ quy tắc có mã này; dùng nhiều lần được
    #[arg(long = "pack", value_name = "MÃ")]
    pub packs: Vec<String>,
    /// Danh mục hiệu lực bổ sung của người dùng (Excel, CSV hoặc YAML); dùng nhiều lần được
    #[arg(long = "instruments", value_name = "TỆP")]
    pub instruments: Vec<PathBuf>,
    /// Xét hiệu lực tại ngày này (mặc định: hôm nay)
    #[arg(long = "as-of", value_name = "NĂM-THÁNG-NGÀY", value_parser = day)]
    pub as_of: Option<Date>,
    /// Thư mục ghi kết quả (mặc định: ra-soat-<ngày xét>)
    #[arg(long = "out", value_name = "THƯ MỤC")]
    pub out: Option<PathBuf>,
    /// Kết quả của lần rà soát trước: giữ các quyết định ở đó và nêu phần mới, đã biết, thay đổi, không còn
    #[arg(long = "baseline", value_name = "THƯ MỤC")]
    pub baseline: Option<PathBuf>,
    /// Tệp cấu hình của cơ quan (mặc định: rasoat.yaml trong thư mục hiện tại, nếu có)
    #[arg(long = "config", value_name = "TỆP")]
    pub config: Option<PathBuf>,
    /// Bộ biểu mẫu in thêm: nd34-2016; Mẫu 01–05 của Nghị định 79/2025/NĐ-CP luôn có
    #[arg(long = "forms", value_name = "BỘ", value_delimiter = ',', value_parser = form_set)]
    pub forms: Vec<FormSet>,
    /// Dạng kết quả, cách nhau dấu phẩy: xlsx, json, docx (báo cáo, phiếu rà soát), html (mặc định: xlsx,json)
    #[arg(
        long = "format",
        value_name = "DẠNG",
        value_delimiter = ',',
        default_value = "xlsx,json",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub formats: Vec<Format>,
    /// Giả định loại và cấp cho tệp không có nhận dạng của địa phương, ví dụ kind=quyet-dinh,level=tinh
    #[arg(long = "assume", value_name = "kind=…,level=…", value_parser = assume)]
    pub assume: Option<Assume>,
    /// Lập bản sao của từng tệp .docx có kiến nghị, kèm ghi chú Word ở đúng chỗ (thư mục ghi-chu); --annotate=changes thêm dấu
    /// sửa đổi cho các chỗ chỉ cần thay cụm từ
    #[arg(
        long = "annotate",
        value_name = "comments|changes",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "comments",
        hide_possible_values = true
    )]
    pub annotate: Option<Annotate>,
    /// Văn bản của Luật (DOCX, DOC, văn bản thuần) để trích nguyên văn trong kết quả; dùng nhiều lần được
    #[arg(long = "law-text", value_name = "TỆP")]
    pub law_texts: Vec<PathBuf>,
    /// Kết thúc với mã 1 khi có phát hiện từ mức tin cậy này: high, medium, low
    #[arg(long = "fail-on", value_name = "MỨC", hide_possible_values = true)]
    pub fail_on: Option<Level>,
    /// Số luồng chạy song song (mặc định: số nhân máy)
    #[arg(long = "threads", value_name = "SỐ", value_parser = threads)]
    pub threads: Option<usize>,
    /// Rút ngẫu nhiên chừng này điều khoản không có phát hiện vào mau-kiem-tra.xlsx để người kiểm tra, nhằm ước lượng phần bỏ sót
    #[arg(long = "sample", value_name = "SỐ", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub sample: Option<u32>,
    /// Không in tiến độ và tóm tắt
    #[arg(long = "quiet")]
    pub quiet: bool,
    /// Đọc mỗi dòng một văn bản từ đầu vào chuẩn (đường dẫn, hoặc JSON {"id","file","text"|"content"}), in mỗi dòng một kết quả
    #[arg(long = "ndjson", visible_alias = "stdin", conflicts_with_all = ["paths", "lists", "out", "formats", "sample", "baseline", "forms"])]
    pub ndjson: bool,
    /// In thời gian của năm quy tắc chậm nhất (chỉ in ra màn hình)
    #[arg(long = "profile-rules")]
    pub profile_rules: bool,
}

/// `rasoat outline`.
#[derive(Debug, clap::Args)]
pub struct Outline {
    /// Tệp văn bản
    #[arg(value_name = "TỆP", help_heading = "Đầu vào")]
    pub file: PathBuf,
    /// Xét hiệu lực tại ngày này (mặc định: hôm nay)
    #[arg(long = "as-of", value_name = "NĂM-THÁNG-NGÀY", value_parser = day)]
    pub as_of: Option<Date>,
    /// In dạng JSON
    #[arg(long = "json")]
    pub json: bool,
}

/// `rasoat rules`.
#[derive(Debug, clap::Args)]
pub struct Rules {
    /// Lệnh.
    #[command(subcommand)]
    pub command: RulesCommand,
}

/// Commands about rules.
#[derive(Debug, Subcommand)]
pub enum RulesCommand {
    /// Kiểm tra bộ quy tắc: mọi lỗi một lần, kèm tệp, dòng, cột và gợi ý
    #[command(help_template = HELP, override_usage = "rasoat rules check [THƯ MỤC]...", next_help_heading = "Tùy chọn")]
    Check(CheckRules),
    /// Chạy các phép thử đặt cạnh quy tắc
    #[command(help_template = HELP, override_usage = "rasoat rules test [THƯ MỤC]...", next_help_heading = "Tùy chọn")]
    Test(TestRules),
    /// Liệt kê quy tắc: mã, bộ, trạng thái, độ tin cậy, tên (cách nhau bằng dấu tab)
    #[command(help_template = HELP, override_usage = "rasoat rules list [THƯ MỤC]...", next_help_heading = "Tùy chọn")]
    List(Folders),
    /// Giải thích vì sao một quy tắc phát hiện hoặc im lặng ở một văn bản: từng điều kiện, lời văn đáp ứng, ngoại lệ chặn lại
    #[command(
        help_template = HELP,
        override_usage = "rasoat rules explain <MÃ QUY TẮC> <TỆP> [ĐƯỜNG DẪN ĐIỀU KHOẢN] [TÙY CHỌN]",
        next_help_heading = "Tùy chọn"
    )]
    Explain(Explain),
    /// Từng điều, khoản của Luật: quy tắc nào nói đến, hoặc vì sao không cần quy tắc
    #[command(
        help_template = HELP,
        override_usage = "rasoat rules coverage --law-text <TỆP> [TÙY CHỌN]",
        next_help_heading = "Tùy chọn"
    )]
    Coverage(Coverage),
    /// Ghi lược đồ JSON của các tệp quy tắc, để trình soạn thảo gợi ý và báo lỗi khi gõ
    #[command(help_template = HELP, override_usage = "rasoat rules schema --out <THƯ MỤC>", next_help_heading = "Tùy chọn")]
    Schema(Schemas),
    /// Xuất các quy tắc đơn giản (từ ngữ, viện dẫn) ra bảng Excel để sửa ở đó
    #[command(help_template = HELP, override_usage = "rasoat rules export [THƯ MỤC]... --out <TỆP.xlsx>", next_help_heading = "Tùy chọn")]
    Export(ExportRules),
    /// Lập tệp quy tắc từ bảng Excel; chỉ ghi khi mọi quy tắc hợp lệ và mọi phép thử đạt
    #[command(help_template = HELP, override_usage = "rasoat rules import <TỆP.xlsx> --out <BỘ/TỆP.yaml>", next_help_heading = "Tùy chọn")]
    Import(ImportRules),
    /// Tạo một bộ quy tắc mẫu trong thư mục mới, có sẵn một quy tắc đã thử để sửa theo
    #[command(help_template = HELP, override_usage = "rasoat rules new <THƯ MỤC>", next_help_heading = "Tùy chọn")]
    New(NewPack),
}

/// `rasoat rules schema`.
#[derive(Debug, clap::Args)]
pub struct Schemas {
    /// Thư mục ghi các tệp *.schema.json; tệp cùng tên được thay
    #[arg(long = "out", value_name = "THƯ MỤC")]
    pub out: PathBuf,
}

/// `rasoat rules export`.
#[derive(Debug, clap::Args)]
pub struct ExportRules {
    /// Which packs.
    #[command(flatten)]
    pub folders: Folders,
    /// Tệp Excel ghi ra; chưa có
    #[arg(long = "out", value_name = "TỆP")]
    pub out: PathBuf,
}

/// `rasoat rules import`.
#[derive(Debug, clap::Args)]
pub struct ImportRules {
    /// Bảng Excel, các cột như tệp của lệnh export
    #[arg(value_name = "TỆP", help_heading = "Đầu vào")]
    pub list: PathBuf,
    /// Tệp quy tắc ghi ra, nằm trong thư mục của bộ
    #[arg(long = "out", value_name = "TỆP")]
    pub out: PathBuf,
}

/// `rasoat rules new`.
#[derive(Debug, clap::Args)]
pub struct NewPack {
    /// Thư mục của bộ, chưa có; tên thư mục là mã của bộ
    #[arg(value_name = "THƯ MỤC", help_heading = "Đầu vào")]
    pub folder: PathBuf,
}

/// `rasoat rules check`.
#[derive(Debug, clap::Args)]
pub struct CheckRules {
    /// Which packs.
    #[command(flatten)]
    pub folders: Folders,
    /// Kiểm tra cả danh mục hiệu lực bổ sung này (Excel, CSV hoặc YAML); dùng nhiều lần được
    #[arg(long = "instruments", value_name = "TỆP")]
    pub instruments: Vec<PathBuf>,
}

/// `rasoat rules test`.
#[derive(Debug, clap::Args)]
pub struct TestRules {
    /// Which packs.
    #[command(flatten)]
    pub folders: Folders,
    /// Liệt kê từng biến thể của quy tắc (bỏ một điều kiện, một ngoại lệ, một phép so sánh …) mà phép thử không nhận ra
    #[arg(long = "mutants")]
    pub mutants: bool,
}

/// `rasoat rules coverage`.
#[derive(Debug, clap::Args)]
pub struct Coverage {
    /// Văn bản của Luật hoặc nghị định (DOCX, DOC, văn bản thuần)
    #[arg(long = "law-text", value_name = "TỆP")]
    pub law_text: PathBuf,
    /// Số, ký hiệu của văn bản, khi trong tệp và tên tệp không có, ví dụ 10/2022/QH15
    #[arg(long = "instrument", value_name = "SỐ")]
    pub instrument: Option<String>,
    /// Chỉ in các điều, khoản chưa có quy tắc và chưa có lý do
    #[arg(long = "open")]
    pub open: bool,
    /// Thư mục bộ quy tắc dùng thay cho bộ có sẵn; dùng nhiều lần được
    #[arg(long = "rules", value_name = "THƯ MỤC")]
    pub rules: Vec<PathBuf>,
}

/// `rasoat rules explain`.
#[derive(Debug, clap::Args)]
pub struct Explain {
    /// Mã quy tắc, xem bằng: rasoat rules list
    #[arg(value_name = "MÃ QUY TẮC", help_heading = "Đầu vào")]
    pub rule: String,
    /// Tệp văn bản
    #[arg(value_name = "TỆP", help_heading = "Đầu vào")]
    pub file: PathBuf,
    /// Đường dẫn của một điều, khoản, điểm, ví dụ att1/A5.2; không nêu thì xét mọi chỗ có điều kiện chính
    #[arg(value_name = "ĐƯỜNG DẪN", help_heading = "Đầu vào")]
    pub path: Option<String>,
    /// Xét hiệu lực tại ngày này (mặc định: hôm nay)
    #[arg(long = "as-of", value_name = "NĂM-THÁNG-NGÀY", value_parser = day)]
    pub as_of: Option<Date>,
    /// Giả định loại và cấp, như lệnh scan
    #[arg(long = "assume", value_name = "kind=…,level=…", value_parser = assume)]
    pub assume: Option<Assume>,
    /// Thư mục bộ quy tắc dùng thay cho bộ có sẵn; dùng nhiều lần được
    #[arg(long = "rules", value_name = "THƯ MỤC")]
    pub rules: Vec<PathBuf>,
}

/// `rasoat eval`.
#[derive(Debug, clap::Args)]
pub struct Eval {
    /// Thư mục nhãn chuẩn, mỗi văn bản một tệp .yaml
    #[arg(value_name = "THƯ MỤC", help_heading = "Đầu vào", required_unless_present = "sample")]
    pub gold: Option<PathBuf>,
    /// Mẫu điều khoản đã được người kiểm tra trả lời (scan --sample): ước lượng tỷ lệ tìm thấy
    #[arg(long = "sample", value_name = "TỆP", conflicts_with_all = ["gold", "baseline", "json"])]
    pub sample: Option<PathBuf>,
    /// Kết quả --json của lần trước; kết thúc với mã 1 khi mất một nhãn đã đạt
    #[arg(long = "baseline", value_name = "TỆP")]
    pub baseline: Option<PathBuf>,
    /// In dạng JSON
    #[arg(long = "json")]
    pub json: bool,
    /// Nêu cả từng mục của các nhãn niêm phong (SEALED.yaml); không dùng khi viết quy tắc
    #[arg(long = "open-sealed")]
    pub open_sealed: bool,
    /// Thư mục bộ quy tắc dùng thay cho bộ có sẵn; dùng nhiều lần được
    #[arg(long = "rules", value_name = "THƯ MỤC")]
    pub rules: Vec<PathBuf>,
    /// Chỉ dùng bộ quy tắc có mã này; dùng nhiều lần được
    #[arg(long = "pack", value_name = "MÃ")]
    pub packs: Vec<String>,
}

/// Which packs.
#[derive(Debug, clap::Args)]
pub struct Folders {
    /// Thư mục bộ quy tắc (mặc định: bộ có sẵn trong chương trình)
    #[arg(value_name = "THƯ MỤC", help_heading = "Đầu vào")]
    pub folders: Vec<PathBuf>,
    /// Cũng là thư mục bộ quy tắc, viết như lệnh scan; dùng nhiều lần được
    #[arg(long = "rules", value_name = "THƯ MỤC")]
    pub rules: Vec<PathBuf>,
    /// Chỉ bộ quy tắc có mã này; dùng nhiều lần được
    #[arg(long = "pack", value_name = "MÃ")]
    pub packs: Vec<String>,
}

impl Folders {
    /// All folders named, in either way.
    pub fn all(&self) -> Vec<PathBuf> {
        self.folders.iter().chain(&self.rules).cloned().collect()
    }
}

/// Formats of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Format {
    Xlsx,
    Json,
    Docx,
    Html,
}

/// What goes into the copies of the originals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub enum Annotate {
    Comments,
    Changes,
}

/// Levels of confidence on the command line.
#[derive(Debug, Clone, Copy)]
pub struct Level(pub Confidence);

impl ValueEnum for Level {
    fn value_variants<'a>() -> &'a [Self] {
        &[Level(Confidence::High), Level(Confidence::Medium), Level(Confidence::Low)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self.0 {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        }))
    }
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "ngày viết theo dạng năm-tháng-ngày, ví dụ 2026-11-22".to_owned())
}

/// More threads than any machine of an office has would only use up its memory.
const MOST_THREADS: usize = 256;

fn form_set(text: &str) -> Result<FormSet, String> {
    named(text).map_err(|_| "chọn nd79-2025 hoặc nd34-2016".to_owned())
}

/// A value of a closed set by its name.
fn named<T: for<'de> Deserialize<'de>>(value: &str) -> Result<T, String> {
    let deserializer: StrDeserializer<ValueError> = value.into_deserializer();
    T::deserialize(deserializer).map_err(|_| format!("không có giá trị “{value}”"))
}

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(count) if (1..=MOST_THREADS).contains(&count) => Ok(count),
        _ => Err(format!("viết một số từ 1 đến {MOST_THREADS}; bỏ tùy chọn này để dùng mọi nhân máy")),
    }
}

fn assume(text: &str) -> Result<Assume, String> {
    let mut assumed = Assume::default();
    for part in text.split(',').filter(|part| !part.trim().is_empty()) {
        match part.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
            Some(("kind", value)) => assumed.kind = Some(named(value)?),
            Some(("level", value)) => assumed.level = Some(named(value)?),
            _ => return Err(format!("không hiểu “{part}”; viết kind=quyet-dinh,level=tinh")),
        }
    }
    Ok(assumed)
}

/// Help and version go to stdout; usage faults are said in Vietnamese.
pub fn explain(error: &clap::Error) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = print(&error.render().to_string());
        return Exit::Done;
    }
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    // "--as-of <NĂM-THÁNG-NGÀY>": the option alone reads better in a sentence.
    let option = argument.split_once(" <").map_or(argument.as_str(), |(option, _)| option);
    let message = match error.kind() {
        ErrorKind::UnknownArgument => format!("không có tùy chọn “{argument}”"),
        ErrorKind::InvalidSubcommand => format!("không có lệnh “{}”", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "chưa nêu lệnh".to_owned()
        }
        ErrorKind::MissingRequiredArgument => format!("thiếu {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{option} thiếu giá trị"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let known = context(ContextKind::ValidValue);
            let why = std::error::Error::source(error)
                .map_or_else(|| format!("chọn một trong: {known}"), std::string::ToString::to_string);
            format!("giá trị “{value}” của {option} không dùng được: {why}")
        }
        ErrorKind::TooManyValues => format!("{option} không nhận giá trị “{value}”"),
        ErrorKind::ArgumentConflict => format!("{option} bị nêu trùng hoặc xung đột với tùy chọn khác"),
        ErrorKind::InvalidUtf8 => "dòng lệnh có ký tự không phải chữ Unicode".to_owned(),
        _ => "không hiểu dòng lệnh".to_owned(),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(context)
        .find(|near| !near.is_empty())
        .map_or_else(String::new, |near| format!(" Có phải ý là “{near}”?"));
    say(&format!("lỗi: {message}.{near} Xem hướng dẫn: rasoat --help"));
    Exit::CannotRun
}
