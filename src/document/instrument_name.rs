//! Where names end: of laws, of issuing bodies, of the trích yếu after a number.
//!
//! Nothing marks the end of a name in Vietnamese. Known names are matched first (`law-names.txt`: laws, codes and ordinances of
//! all years, without their kind); others run to the date, year or number after them, or to the first word that no name has.

use std::ops::Range;

use super::known_law::known_at;
use super::mention::kind_at;
use super::{Kind, docnumber, provision};
use crate::text::cursor::{Cursor, match_phrase};
use crate::text::date;

/// Longest name of a law, in bytes.
const MAX_LAW_NAME: usize = 220;

/// Words no name of a law goes on with.
const LAW_STOPS: &[&str] = &[
    "này",
    "được",
    "quy định",
    "qui định",
    "thì",
    "để",
    "theo",
    "tại",
    "có",
    "đã",
    "không",
    "phải",
    "là",
    "khi",
    "của",
    "về",
    "cho",
    "bằng",
    "trừ",
    "mà",
    "trong",
    "như",
    "ban hành",
    "nêu trên",
    "nói trên",
    "trên",
    "hiện hành",
    "đối với",
    "do",
    "hoặc",
    "với",
    "từ",
    "thực hiện",
    "bị",
    "chưa",
    "nếu",
    "bao gồm",
    "gồm",
    "sửa đổi",
    "thông qua",
    "căn cứ",
    "nhưng",
    "còn",
    "hết hiệu lực",
    "và các",
    "và pháp luật",
    "và văn bản",
    "và quy định",
    "và hướng dẫn",
];

/// Words that end the name of a law even when a document number follows.
const HARD_STOPS: &[&str] = &[
    "này",
    "được",
    "đã",
    "theo",
    "quy định",
    "qui định",
    "thì",
    "khi",
    "ban hành",
    "để",
    "là",
    "hết hiệu lực",
    "có hiệu lực",
    "phải",
    "sửa đổi",
    "căn cứ",
    "khoản",
    "điều này",
    "nếu",
    "tại điều",
    "tại khoản",
];

/// Words that begin a trích yếu.
const TITLE_STARTS: &[&str] = &[
    "về việc",
    "về",
    "v/v",
    "sửa đổi, bổ sung một số",
    "sửa đổi một số",
    "sửa đổi, bổ sung các",
    "quy định chi tiết",
    "hướng dẫn thi hành",
    "hướng dẫn thực hiện",
    "sửa đổi, bổ sung luật",
    "sửa đổi, bổ sung điều",
    "sửa đổi, bổ sung nghị",
];

/// Words that begin a trích yếu only after a date or an issuer.
const TITLE_STARTS_FULL: &[&str] = &[
    "quy định",
    "qui định",
    "hướng dẫn",
    "ban hành",
    "sửa đổi",
    "bổ sung",
    "phê duyệt",
    "bãi bỏ",
    "thay thế",
    "công bố",
    "thành lập",
    "sắp xếp",
    "tổ chức",
    "đính chính",
    "kéo dài",
    "quyết định",
    "triển khai",
    "phân cấp",
    "phân công",
    "ủy quyền",
    "điều chỉnh",
];

/// Words that end a trích yếu.
const TITLE_ENDS: &[&str] = &[
    "hết hiệu lực",
    "chấm dứt hiệu lực",
    "không còn hiệu lực",
    "có hiệu lực",
    "bị bãi bỏ",
    "được bãi bỏ",
    "bị thay thế",
    "được thay thế",
    "được sửa đổi",
    "đã được sửa đổi",
    "đã được",
    "và thay thế",
    "và bãi bỏ",
    "thì",
    "như sau",
    "sau đây gọi",
];

/// End of the name of a law that begins at `start` with "Luật", "Bộ luật", "Pháp lệnh", whose kind ends at `kind_end`.
pub fn law_name_end(text: &str, start: usize, kind_end: usize) -> Option<usize> {
    let mut cursor = Cursor::new(text, kind_end);
    cursor.skip_space();
    let name = cursor.at();
    if name == kind_end || text[kind_end..name].contains('\t') {
        return None;
    }
    if let Some(mut amending) = amending_name(text, name) {
        // "Luật sửa đổi, bổ sung một số điều của Luật A, Luật B và Luật C": all of it is one name.
        while let Some(next) = next_law(text, amending) {
            amending = next;
        }
        return Some(amending);
    }
    let capital = |at: usize| text[at..].chars().next().is_some_and(char::is_uppercase);
    if let Some((_, end)) = known_at(text, name) {
        // "luật lao động" in lower case is a branch of law, not an act.
        let long = text[name..end].split_whitespace().count() >= 3;
        let goes_on = dated_end(text, name, segment_end(text, name)).filter(|&dated| dated > end);
        return (capital(start) || long).then_some(goes_on.unwrap_or(end));
    }
    if !capital(start) {
        return None;
    }
    let segment_end = segment_end(text, name);
    let dated = dated_end(text, name, segment_end);
    if !capital(name) {
        // "Luật tổ chức chính quyền…" of older documents: only when a date or number proves it. "Đăng tải Luật trên cổng …
        // trước ngày …" says where, not which.
        let first = words(text, name, segment_end).next().map_or("", |(_, word)| word);
        return dated.filter(|_| !NOT_IN_A_NAME.contains(&first));
    }
    dated.or_else(|| plain_end(text, name, segment_end))
}

/// Words no name of a law begins with.
const NOT_IN_A_NAME: [&str; 20] = [
    "trên", "trong", "đến", "tới", "tại", "và", "với", "được", "là", "cho", "của", "khi", "từ", "theo", "có", "đã",
    "phải", "do", "bằng", "để",
];

/// Name that runs to "ngày …", "năm …", "số …", when nothing before it ends a name.
///
/// Before a document number few words are doubted ("Pháp lệnh thuế thu nhập đối với người có thu nhập cao số …").
fn dated_end(text: &str, name: usize, limit: usize) -> Option<usize> {
    let mut end = name;
    let mut doubted = false;
    for (at, word) in words(text, name, limit) {
        let figure = at + if word.starts_with(|c: char| c.is_ascii_digit()) { 0 } else { word.len() };
        let figure = figure + text[figure..].len() - text[figure..].trim_start().len();
        if text[figure..].starts_with(|c: char| c.is_ascii_digit()) {
            let year = || text[figure..].bytes().take_while(u8::is_ascii_digit).count() == 4;
            let found = match word {
                "ngày" => !doubted && date::parse_at(text, at).is_some(),
                "năm" => !doubted && year(),
                "số" => docnumber::parse_at(text, figure).is_some(),
                _ if figure == at => docnumber::parse_at(text, figure).is_some() || !doubted && year(),
                _ => {
                    end = at + word.len();
                    continue;
                }
            };
            return (found && end > name).then_some(end);
        }
        if at > name {
            // "Luật Kế hoạch …", "Luật Ban hành văn bản …".
            let other = kind_at(text, at).is_some_and(|(kind, _)| !matches!(kind, Kind::KeHoach | Kind::Other));
            if other || HARD_STOPS.iter().any(|stop| match_phrase(text, at, stop).is_some()) {
                return None;
            }
            doubted |= is_stop(text, at);
        }
        end = at + word.len();
    }
    None
}

/// Name that runs to the first word no name has, or to a comma.
fn plain_end(text: &str, name: usize, limit: usize) -> Option<usize> {
    let mut end = name;
    for (count, (at, word)) in words(text, name, limit).enumerate() {
        let after_comma = text[end..at].contains(',');
        let first_pair = count == 1 && after_comma;
        let joined = word == "và" || word == "hay";
        if count >= 14
            || (after_comma && !first_pair)
            || joined
            || is_stop(text, at)
            || (count > 0 && kind_at(text, at).is_some())
        {
            break;
        }
        end = at + word.len();
    }
    (end > name).then_some(end)
}

/// "sửa đổi, bổ sung [một số điều] của Luật …": end of the name of the first law amended.
fn amending_name(text: &str, at: usize) -> Option<usize> {
    let mut cursor = Cursor::new(text, at);
    cursor.any(&["sửa đổi", "bổ sung"])?;
    let limit = segment_end(text, at);
    let mut law = cursor.at();
    loop {
        let (next, word) = words(text, law, limit).next()?;
        if let Some((Kind::Luat | Kind::BoLuat | Kind::PhapLenh, kind_end)) = kind_at(text, next) {
            // "… một số điều của luật Điện lực": the words before prove the act.
            let known = || {
                let name = kind_end + text[kind_end..].len() - text[kind_end..].trim_start().len();
                known_at(text, name).map(|(_, end)| end)
            };
            return law_name_end(text, next, kind_end).or_else(known);
        }
        law = next + word.len();
        if law > at + 120 {
            return None;
        }
    }
}

/// ", Luật B" or " và Luật C" after a law: end of its name.
fn next_law(text: &str, at: usize) -> Option<usize> {
    let mut cursor = Cursor::new(text, at);
    cursor.skip_space();
    let comma = cursor.eat(',');
    cursor.skip_space();
    let and = cursor.phrase("và");
    cursor.skip_space();
    cursor.any(&["các"]);
    cursor.skip_space();
    if !comma && !and {
        return None;
    }
    match kind_at(text, cursor.at())? {
        (Kind::Luat | Kind::BoLuat | Kind::PhapLenh, end) => {
            let mut after = Cursor::new(text, end);
            after.skip_space();
            // "Luật các Tổ chức tín dụng".
            after.phrase("các");
            after.skip_space();
            let capital = after.peek().is_some_and(char::is_uppercase);
            capital.then(|| law_name_end(text, cursor.at(), end)).flatten()
        }
        _ => None,
    }
}

fn is_stop(text: &str, at: usize) -> bool {
    let figure = || {
        let mut cursor = Cursor::new(text, at);
        cursor.any(&["ngày", "năm", "số", "điểm", "khoản", "điều", "chương", "mục", "phần"]).is_some()
            && cursor.rest().trim_start().starts_with(|c: char| c.is_ascii_digit())
    };
    LAW_STOPS.iter().any(|stop| match_phrase(text, at, stop).is_some()) || figure()
}

/// End of the clause a name may run in: `;`, `:`, `.`, a bracket, a quotation mark, a line break; at most [`MAX_LAW_NAME`] bytes.
fn segment_end(text: &str, at: usize) -> usize {
    let mut limit = text.len().min(at + MAX_LAW_NAME);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    text[at..limit].find([';', ':', '.', '(', ')', '“', '”', '"', '\n', '\t']).map_or(limit, |stop| at + stop)
}

/// Words (runs of letters, digits, `-`, `/`) with their places.
fn words(text: &str, at: usize, limit: usize) -> impl Iterator<Item = (usize, &str)> {
    let base = at;
    let segment = text.get(at..limit).unwrap_or_default();
    segment
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(move |word| (base + (word.as_ptr() as usize - segment.as_ptr() as usize), word))
}

/// Bodies that issue: what a name after "của" must begin with.
const BODIES: &[&str] = &[
    "chính phủ",
    "thủ tướng",
    "quốc hội",
    "ủy ban",
    "uỷ ban",
    "ubnd",
    "hđnd",
    "ubtvqh",
    "hội đồng",
    "bộ",
    "ban",
    "chủ tịch",
    "giám đốc",
    "sở",
    "tòa án",
    "toà án",
    "viện",
    "kiểm toán",
    "tổng",
    "tỉnh ủy",
    "tỉnh uỷ",
    "thành ủy",
    "thành uỷ",
    "huyện ủy",
    "liên",
    "cục",
    "đảng",
    "trung ương",
    "thường trực",
    "đoàn",
    "ngân hàng",
    "bảo hiểm",
    "thanh tra",
    "thống đốc",
    "hiệu trưởng",
    "văn phòng",
    "chánh",
    "viện trưởng",
    "tổng cục",
    "đại hội",
    "chủ nhiệm",
    "cục trưởng",
    "chi cục",
    "trưởng ban",
    "trưởng phòng",
    "phòng",
    "trung tâm",
    "bệnh viện",
    "học viện",
    "trường đại học",
    "trường cao đẳng",
    "trường trung",
    "trường thpt",
    "trường thcs",
    "trường tiểu học",
    "trường mầm non",
    "công ty",
    "công an",
    "công đoàn",
    "đài",
    "quỹ",
];

/// Words no name of a body goes on with.
const BODY_STOPS: &[&str] = &[
    "về",
    "quy định",
    "qui định",
    "ban hành",
    "hướng dẫn",
    "sửa đổi",
    "bổ sung",
    "phê duyệt",
    "bãi bỏ",
    "thay thế",
    "công bố",
    "ngày",
    "số",
    "được",
    "thì",
    "để",
    "có",
    "này",
    "đã",
    "cho",
    "trong",
    "theo",
    "tại",
    "phải",
    "là",
    "hết hiệu lực",
    "chấm dứt",
    "không",
    "thành lập",
    "đính chính",
    "kéo dài",
    "sắp xếp",
    "và thay thế",
    "và bãi bỏ",
    "và các",
    "bị",
    "năm",
    "v/v",
    "khóa",
    "khoá",
    "kỳ họp",
    "triển khai",
    "điều chỉnh",
    "giao",
    "do",
    "như",
    "trên",
    "và",
];

/// End of the name of an issuing body that begins at `at`; `at` when none does.
pub fn issuer_end(text: &str, at: usize) -> usize {
    if !BODIES.iter().any(|body| match_phrase(text, at, body).is_some()) {
        return at;
    }
    let limit = segment_end(text, at);
    let mut end = at;
    for (count, (from, word)) in words(text, at, limit).enumerate() {
        let capital = word.starts_with(char::is_uppercase);
        if text[end..from].contains(',') && (!capital || kind_at(text, from).is_some()) {
            break;
        }
        if word == "và" {
            // "Bộ Giáo dục và Đào tạo", "Bộ Văn hóa, Thể thao và Du lịch": a capital follows; no kind of document.
            let next = from + word.len();
            let next = next + text[next..].len() - text[next..].trim_start().len();
            if !text[next..].starts_with(char::is_uppercase) || kind_at(text, next).is_some() {
                break;
            }
        } else if BODY_STOPS.iter().any(|stop| match_phrase(text, from, stop).is_some())
            || (count > 0 && kind_at(text, from).is_some())
        {
            break;
        }
        if count >= 16 {
            break;
        }
        end = from + word.len();
    }
    end
}

/// The trích yếu that follows a mention ending at `end`; `full` when a date or issuer was said, which lets more words begin it.
pub fn title_after(text: &str, end: usize, full: bool) -> Option<Range<usize>> {
    let mut cursor = Cursor::new(text, end);
    cursor.skip_space();
    let start = cursor.at();
    let opens = cursor.any(TITLE_STARTS).is_some()
        || (full && cursor.any(TITLE_STARTS_FULL).is_some())
        || cursor.phrase("ban hành");
    if !opens || start == end {
        return None;
    }
    let rest = &text[start..];
    let mut stop = rest.find([';', '\n', '”']).unwrap_or(rest.len());
    for (at, c) in rest[..stop].char_indices() {
        let ends = match c {
            '.' => sentence_ends(rest, at),
            '(' => {
                rest[at + 1..].trim_start().starts_with(['s', 'đ', 'Đ', 'S'])
                    || rest[at..].starts_with("(gọi")
                    || rest[at..].starts_with("(dưới đây")
            }
            ':' => true,
            ' ' | '\u{a0}' | ',' => ends_title(text, start, start + at),
            _ => false,
        };
        if ends {
            stop = at;
            break;
        }
    }
    let title = rest[..stop].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '/'));
    (!title.is_empty()).then(|| start..start + title.len())
}

/// `true` when the words at `at` (a space or comma) do not belong to a title: an effect, or the next instrument of a list.
fn ends_title(text: &str, start: usize, at: usize) -> bool {
    let mut cursor = Cursor::new(text, at);
    let comma = cursor.eat(',');
    cursor.skip_space();
    let here = cursor.at();
    if TITLE_ENDS.iter().any(|words| match_phrase(text, here, words).is_some()) {
        return true;
    }
    let mut proposal = cursor;
    if proposal.phrase("tại") {
        proposal.skip_space();
        let soft = kind_at(text, proposal.at())
            .is_some_and(|(kind, _)| matches!(kind, Kind::ToTrinh | Kind::CongVan | Kind::BaoCao));
        return soft && kind_with_number(text, proposal.at());
    }
    let and = cursor.phrase("và");
    cursor.skip_space();
    let acts = cursor.any(&["thay thế", "bãi bỏ"]).is_some();
    cursor.skip_space();
    cursor.any(&["các", "tại"]);
    cursor.skip_space();
    let next = kind_with_number(text, cursor.at()) && !(and && names_kind(text, start, cursor.at()));
    (comma || and) && (next || acts && provision::parse_at(text, cursor.at()).is_some())
}

/// The title that begins at `start` names a decree or circular, and another of the kind stands at `at`: "sửa đổi, bổ sung Thông
/// tư số 23/2007/TT-BTC và Thông tư số 57/2007/TT-BTC" is one title. Decisions are listed to be ended, and are let go.
fn names_kind(text: &str, start: usize, at: usize) -> bool {
    let Some((kind @ (Kind::NghiDinh | Kind::ThongTu | Kind::ThongTuLienTich), _)) = kind_at(text, at) else {
        return false;
    };
    let starts = text[start..at].char_indices().filter(|(_, c)| matches!(c, 'N' | 'n' | 'T' | 't'));
    starts
        .map(|(offset, _)| start + offset)
        .any(|place| kind_at(text, place).is_some_and(|(said, _)| said == kind) && kind_with_number(text, place))
}

fn kind_with_number(text: &str, at: usize) -> bool {
    let Some((_, end)) = kind_at(text, at) else { return false };
    let mut cursor = Cursor::new(text, end);
    cursor.skip_space();
    cursor.phrase("số");
    cursor.skip_space();
    cursor.peek().is_some_and(|c| c.is_ascii_digit())
}

/// `true` when the full stop at `at` ends a sentence, not an abbreviation or a number.
fn sentence_ends(text: &str, at: usize) -> bool {
    let after = &text[at + 1..];
    let before = text[..at].chars().next_back();
    let digit_after = after.starts_with(|c: char| c.is_ascii_digit());
    !(digit_after && before.is_some_and(|c| c.is_ascii_digit()))
}

/// Runs of space become one; for names to be shown and compared.
pub fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
