//! What the columns of a list mean, found by the words of its header and not by their place.

use unicode_normalization::UnicodeNormalization;

use super::grid::{Grid, GridRow};

/// Meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// STT.
    Ordinal,
    /// Tên loại văn bản.
    Kind,
    /// Số, ký hiệu; the date may stand in the same cell.
    Number,
    /// Ngày, tháng, năm ban hành.
    Issued,
    /// Cơ quan ban hành.
    Issuer,
    /// Tên gọi, trích yếu; often the whole citation.
    Title,
    /// Lĩnh vực.
    Field,
    /// Hình thức xử lý, in words.
    Handling,
    /// A column ticked when this form of handling is chosen.
    Tick(Treatment),
    /// Cơ quan chủ trì soạn thảo.
    Drafter,
    /// Người xử lý.
    Officer,
    /// Thời hạn xử lý.
    Deadline,
    /// Lý do, nội dung kiến nghị.
    Reason,
    /// Nội dung, quy định hết hiệu lực.
    Provisions,
    /// Thời điểm có hiệu lực.
    Effective,
    /// Ngày hết hiệu lực.
    Ended,
    /// Tình trạng hiệu lực.
    Status,
    /// The document that came out of the handling.
    Result,
    /// Tên tệp.
    File,
    /// Ghi chú.
    Note,
    /// Số điều, in a sheet of clauses.
    Article,
    /// Khoản, in a sheet of clauses.
    Clause,
    /// Điểm, in a sheet of clauses.
    Point,
    /// Nội dung, in a sheet of clauses.
    Content,
    /// Anything else.
    Other,
}

/// Forms of handling that lists tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Treatment {
    /// Sửa đổi, bổ sung.
    Amend,
    /// Thay thế.
    Replace,
    /// Bãi bỏ.
    Repeal,
    /// Bãi bỏ một phần.
    RepealPart,
    /// Ban hành mới.
    IssueNew,
    /// Hết hiệu lực theo thời gian; công bố hết hiệu lực.
    AnnounceExpired,
    /// Tạm ngưng hiệu lực, đình chỉ.
    Suspend,
    /// Giữ nguyên, không xử lý.
    Keep,
    /// Chưa xác định.
    Undetermined,
}

impl Treatment {
    /// The form of handling that words mean, however they are spelt: "Giữ nguyên không xử lý", "GIỮ NGUYÊN, KHÔNG XỬ LÝ".
    pub fn of(words: &str) -> Option<Self> {
        let name = plain(words);
        EXACT.iter().find_map(|(column, names)| match column {
            Column::Tick(treatment) if names.contains(&name.as_str()) => Some(*treatment),
            _ => None,
        })
    }

    /// Its official words: "Thay thế".
    pub fn name(self) -> &'static str {
        match self {
            Treatment::Amend => "Sửa đổi, bổ sung",
            Treatment::Replace => "Thay thế",
            Treatment::Repeal => "Bãi bỏ",
            Treatment::RepealPart => "Bãi bỏ một phần",
            Treatment::IssueNew => "Ban hành mới",
            Treatment::AnnounceExpired => "Hết hiệu lực",
            Treatment::Suspend => "Tạm ngưng hiệu lực",
            Treatment::Keep => "Giữ nguyên",
            Treatment::Undetermined => "Chưa xác định",
        }
    }
}

/// A found header.
#[derive(Debug)]
pub(super) struct Header {
    /// Meaning of the columns that have one, by column number.
    pub columns: Vec<(u32, Column)>,
    /// Position in [`Grid::rows`] of its first row.
    pub top: usize,
    /// Position in [`Grid::rows`] of the first row below it.
    pub below: usize,
}

/// Column names without marks, in order of precedence: the first entry with a phrase in the header decides.
const LEXICON: &[(Column, &[&str])] = &[
    // Steps of the handling, and dossiers: their numbers and dates are those of letters.
    (
        Column::Other,
        &[
            "phuc dap",
            "tom tat",
            "tham quyen xu ly",
            "dang ky xay dung",
            "gop y",
            "tham dinh",
            "con phai xu ly",
            "ho so",
            "trinh ubnd",
            "trinh hdnd",
        ],
    ),
    (
        Column::Deadline,
        &["thoi han", "thoi gian xu ly", "ngay du kien", "thoi gian du kien", "thoi diem trinh", "tien do"],
    ),
    (
        Column::Drafter,
        &[
            "chu tri",
            "co quan soan thao",
            "don vi soan thao",
            "co quan tham muu",
            "don vi tham muu",
            "co quan phu trach",
        ],
    ),
    (Column::Officer, &["nguoi xu ly", "chuyen vien", "can bo phu trach", "nguoi ra soat", "nguoi thuc hien"]),
    (
        Column::Provisions,
        &[
            "quy dinh het hieu luc",
            "noi dung het hieu luc",
            "phan het hieu luc",
            "quy dinh ngung",
            "dieu khoan het hieu luc",
        ],
    ),
    (
        Column::Ended,
        &["ngay het", "ngay ngung", "ngay thang nam het", "thoi diem het", "ngay het hl", "ngay tam ngung"],
    ),
    (Column::Reason, &["ly do", "noi dung kien nghi"]),
    (
        Column::Effective,
        &["thoi diem co hieu luc", "ngay co hieu luc", "ngay hieu luc", "hieu luc tu ngay", "ngay co hl"],
    ),
    (
        Column::Handling,
        &[
            "hinh thuc xu ly",
            "kien nghi",
            "de xuat xu ly",
            "phuong an xu ly",
            "huong xu ly",
            "ket qua ra soat",
            "de xuat",
        ],
    ),
    (Column::Result, &["van ban thay the", "van ban xu ly", "van ban sua doi", "van ban bai bo", "bi thay the boi"]),
    (
        Column::Issuer,
        &[
            "co quan ban hanh",
            "noi ban hanh",
            "chu the ban hanh",
            "don vi ban hanh",
            "co quan nguoi ban hanh",
            "issuing authority",
        ],
    ),
    (Column::Title, &["ten goi", "trich yeu", "ten van ban", "ten vb", "ten tai lieu", "title"]),
    (Column::Kind, &["ten loai", "loai van ban", "loai vb", "hinh thuc van ban", "the loai", "legal type"]),
    (
        Column::Number,
        &[
            "so ky hieu",
            "ky hieu",
            "ki hieu",
            "so hieu",
            "so va ky hieu",
            "so ngay thang",
            "so quyet dinh",
            "so nghi quyet",
            "document number",
        ],
    ),
    (
        Column::Issued,
        &[
            "ngay ban hanh",
            "nam ban hanh",
            "thang ban hanh",
            "thoi gian ban hanh",
            "ngay ky",
            "ngay van ban",
            "issuance date",
            "ngay thang nam",
            "ngay thang",
        ],
    ),
    (
        Column::Title,
        &[
            "van ban het hieu luc",
            "van ban con hieu luc",
            "van ban ra soat",
            "van ban duoc ra soat",
            "van ban can",
            "danh muc van ban",
        ],
    ),
    (Column::Status, &["tinh trang", "trang thai", "hieu luc", "het hl", "eff status"]),
    (Column::Field, &["linh vuc", "chu de", "legal sectors"]),
    (Column::File, &["ten tep", "ten file", "tep", "file"]),
    (Column::Note, &["ghi chu"]),
];

/// Column names that must be the whole header.
const EXACT: &[(Column, &[&str])] = &[
    (Column::Ordinal, &["stt", "tt", "so tt", "so thu tu", "so tt vb"]),
    (Column::Tick(Treatment::Amend), &["sua doi", "sua doi bo sung", "bo sung"]),
    (Column::Tick(Treatment::Replace), &["thay the"]),
    (Column::Tick(Treatment::Repeal), &["bai bo", "bai bo toan bo", "huy bo"]),
    (Column::Tick(Treatment::RepealPart), &["bai bo mot phan"]),
    (Column::Tick(Treatment::IssueNew), &["ban hanh moi"]),
    (
        Column::Tick(Treatment::AnnounceExpired),
        &["het hieu luc theo thoi gian", "het hieu luc", "cong bo het hieu luc", "het thoi han"],
    ),
    (Column::Tick(Treatment::Suspend), &["tam ngung hieu luc", "ngung hieu luc", "dinh chi", "dinh chi thi hanh"]),
    (
        Column::Tick(Treatment::Keep),
        &["giu nguyen", "giu nguyen khong xu ly", "khong xu ly", "khong can xu ly", "con phu hop"],
    ),
    (Column::Tick(Treatment::Undetermined), &["chua xac dinh", "chua ro"]),
    (Column::Article, &["dieu", "so dieu", "dieu so", "article"]),
    (Column::Clause, &["khoan", "so khoan", "clause"]),
    (Column::Point, &["diem", "point"]),
    (
        Column::Content,
        &["noi dung", "noi dung quy dinh", "noi dung dieu khoan", "noi dung dieu khoan cua van ban", "content"],
    ),
    (Column::Title, &["van ban", "ve viec", "noi dung van ban", "v v"]),
    (Column::Number, &["so", "so van ban", "so vb"]),
    (Column::Issued, &["ngay"]),
    (Column::Field, &["nganh"]),
];

/// Longest text of a header cell, in characters; forms spell out three columns in one.
const LONGEST: usize = 160;
/// Rows between the title of a list and its header.
const TITLE_ROWS: usize = 8;
/// Rows below which a header is no longer expected to begin.
const DEEPEST: usize = 60;

/// Letters without marks, words with one space between: how names of columns are compared.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().flat_map(char::to_lowercase) {
        match c {
            'đ' | 'ð' => out.push('d'),
            _ if c.is_alphanumeric() => out.push(c),
            '\u{300}'..='\u{36f}' => {}
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Meaning of one header text.
fn meaning(text: &str) -> Column {
    if text.chars().count() > LONGEST {
        return Column::Other;
    }
    let name = plain(text);
    if let Some(&(column, _)) = EXACT.iter().find(|(_, names)| names.contains(&name.as_str())) {
        return column;
    }
    // "Hình thức xử lý: Thay thế", as two header rows become one.
    if let Some((_, last)) = text.rsplit_once(':') {
        let last = plain(last);
        let tick =
            EXACT.iter().find(|(column, names)| matches!(column, Column::Tick(_)) && names.contains(&last.as_str()));
        if let Some(&(column, _)) = tick {
            return column;
        }
    }
    let holds = |phrase: &&str| holds_words(&name, phrase);
    LEXICON.iter().find(|(_, phrases)| phrases.iter().any(holds)).map_or(Column::Other, |&(column, _)| column)
}

/// Does a plain name hold these words, whole?
fn holds_words(name: &str, words: &str) -> bool {
    name.match_indices(words).any(|(at, _)| {
        (at == 0 || name[..at].ends_with(' ')) && matches!(name.as_bytes().get(at + words.len()), None | Some(b' '))
    })
}

/// The first header at or below `from` in [`Grid::rows`].
///
/// A lone name ("DANH MỤC VĂN BẢN …") is the header of a list of one column only if no header of more follows soon: else
/// it is the title.
pub(super) fn find(grid: &Grid, from: usize) -> Option<Header> {
    let mut found = (from..grid.rows.len().min(from + DEEPEST)).filter_map(|at| at_row(grid, at));
    let first = found.next()?;
    if first.columns.len() > 1 {
        return Some(first);
    }
    let soon = first.top + TITLE_ROWS;
    let wider = found.take_while(|header| header.top <= soon).find(|header| header.columns.len() > 1);
    Some(wider.unwrap_or(first))
}

/// A further header in the body of a list, which rows of documents are not even looked at for.
pub(super) fn further(grid: &Grid, at: usize) -> Option<Header> {
    let row = grid.rows.get(at)?;
    let is_data = |text: &str| {
        let mut bytes = text.bytes();
        // A count, a date or a number of a document; names of columns are neither.
        bytes.any(|byte| byte.is_ascii_digit()) && (text.len() < 12 || text.contains('/'))
    };
    if row.cells.len() < 3 || row.cells.iter().any(|cell| cell.date.is_some() || is_data(&cell.text)) {
        return None;
    }
    at_row(grid, at).filter(|next| next.columns.len() >= 3)
}

/// The header that begins in this row, if one does.
pub(super) fn at_row(grid: &Grid, at: usize) -> Option<Header> {
    let top = grid.rows.get(at)?;
    // Data rows have long cells; this keeps the scan of a body cheap.
    let mut columns: Vec<(u32, Column)> = Vec::new();
    for cell in &top.cells {
        if cell.text.len() > 3 * LONGEST || cell.date.is_some() {
            return None;
        }
        columns.push((cell.column, meaning(&cell.text)));
    }
    if !columns.iter().any(|&(_, column)| column != Column::Other) {
        return None;
    }
    let mut below = at + 1;
    // One name has no sub-columns.
    while top.cells.len() > 1 && below < at + 3 && grid.rows.get(below).is_some_and(|row| is_second_row(top, row, grid))
    {
        refine(&mut columns, grid, at, below);
        below += 1;
    }
    if !is_header(top, &columns) {
        return None;
    }
    if grid.rows.get(below).is_some_and(numbers_columns) {
        below += 1;
    }
    columns.retain(|&(_, column)| column != Column::Other);
    demote(&mut columns);
    Some(Header { columns, top: at, below })
}

/// Enough columns are known, and one of them names documents or holds clauses.
fn is_header(top: &GridRow, columns: &[(u32, Column)]) -> bool {
    let known = columns.iter().filter(|(_, column)| *column != Column::Other).count();
    let has = |wanted: Column| columns.iter().any(|&(_, column)| column == wanted);
    let names = has(Column::Title) || has(Column::Number);
    let clauses = has(Column::Content) && (has(Column::Article) || has(Column::Clause));
    // A list of one column has nothing but its name.
    let single = names && columns.len() == 1 && top.cells.iter().all(|cell| cell.text.chars().count() <= 40);
    known >= 2 && (names || clauses) || single
}

/// A row of sub-columns: short names without digits, one of them known.
fn is_second_row(top: &GridRow, row: &GridRow, grid: &Grid) -> bool {
    let short = |text: &str| text.chars().count() <= LONGEST / 2 && !text.chars().any(|c| c.is_ascii_digit());
    let under_merge = |column: u32| {
        grid.merges_from(top.index).iter().any(|merge| {
            merge.last_column > merge.first_column && (merge.first_column..=merge.last_column).contains(&column)
        })
    };
    let free = |column: u32| top.cell(column).is_none() || under_merge(column);
    row.index <= top.index + 3
        && row.cells.iter().all(|cell| cell.date.is_none() && short(&cell.text))
        && row.cells.iter().any(|cell| meaning(&cell.text) != Column::Other && free(cell.column))
        && (row.cells.iter().all(|cell| free(cell.column))
            || row.cells.iter().all(|cell| meaning(&cell.text) != Column::Other))
}

/// Gives the columns of `below` their finer meaning, read together with the name above them.
fn refine(columns: &mut Vec<(u32, Column)>, grid: &Grid, at: usize, below: usize) {
    for cell in &grid.rows[below].cells {
        let above = grid.rows[at].cells.iter().rev().find(|upper| upper.column <= cell.column);
        let mut found = meaning(&cell.text);
        if found == Column::Other
            && let Some(above) = above
        {
            found = meaning(&format!("{} {}", above.text, cell.text));
        }
        match columns.iter_mut().find(|(column, _)| *column == cell.column) {
            Some(known) if found != Column::Other => known.1 = found,
            Some(_) => {}
            None => columns.push((cell.column, found)),
        }
    }
    columns.sort_by_key(|&(column, _)| column);
}

/// "(1) (2) (3)" or "1 2 3" under the names.
fn numbers_columns(row: &GridRow) -> bool {
    row.cells.len() >= 3
        && row.cells.windows(2).all(|pair| {
            let number = |text: &str| text.trim().trim_matches(['(', ')']).parse::<u32>().ok();
            matches!((number(&pair[0].text), number(&pair[1].text)), (Some(a), Some(b)) if b == a + 1)
        })
}

/// Behind the handling, a number or title is that of the document which handled the listed one.
fn demote(columns: &mut [(u32, Column)]) {
    let names = |column: Column| matches!(column, Column::Title | Column::Number);
    let mut named = false;
    let mut handled = false;
    let mut titled = false;
    for (_, column) in columns.iter_mut() {
        handled |= matches!(column, Column::Handling | Column::Tick(_));
        if handled && named && (names(*column) || *column == Column::Issued) {
            *column = Column::Result;
        }
        // Of two titles the first one is meant.
        if *column == Column::Title && std::mem::replace(&mut titled, true) {
            *column = Column::Other;
        }
        named |= names(*column);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meaning_of_the_names_that_forms_and_offices_use() {
        for (name, expected) in [
            ("STT", Column::Ordinal),
            ("Số, ký hiệu", Column::Number),
            ("SỐ KÝ HIỆU VĂN BẢN", Column::Number),
            ("so_ky_hieu", Column::Number),
            ("Ngày, tháng, năm ban hành", Column::Issued),
            ("NGÀY BAN HÀNH", Column::Issued),
            ("Cơ quan ban hành văn bản", Column::Issuer),
            ("TÊN GỌI CỦA VĂN BẢN/TRÍCH YẾU NỘI DUNG CỦA VĂN BẢN", Column::Title),
            ("Số, ký hiệu; ngày, tháng, năm ban hành văn bản; tên gọi của văn bản", Column::Title),
            ("Số, ký hiệu; ngày, tháng, năm ban hành văn bản", Column::Number),
            ("Tên loại văn bản", Column::Kind),
            ("LOẠI (HẾT HL/TẠM NGƯNG HL)", Column::Status),
            ("Thời hạn xử lý hoặc kiến nghị xử lý/tình hình xây dựng", Column::Deadline),
            ("Nội dung kiến nghị/Lý do kiến nghị", Column::Reason),
            ("Kiến nghị (đình chỉ thi hành, sửa đổi, bổ sung, thay thế)", Column::Handling),
            ("Hình thức xử lý: Bãi bỏ", Column::Tick(Treatment::Repeal)),
            ("Số hiệu hồ sơ", Column::Other),
            ("Giữ nguyên, không xử lý", Column::Tick(Treatment::Keep)),
            ("Cơ quan/đơn vị chủ trì soạn thảo", Column::Drafter),
            ("Ngày nhận/Số vb phúc đáp", Column::Other),
            ("Số văn bản còn phải xử lý", Column::Other),
            ("Ghi chú", Column::Note),
            ("Điều", Column::Article),
        ] {
            assert_eq!(meaning(name), expected, "{name}");
        }
    }
}
