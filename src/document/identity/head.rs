//! The head of a document, line by line: issuing bodies, number, date line, kind, trích yếu.
//!
//! A head stands in a table of two columns, in paragraphs parted by tabs or wide spaces, or in the title alone
//! ("THÔNG TƯ CỦA BỘ … SỐ … NGÀY …"). Whatever the layout, it comes here as lines in reading order.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::document::issuer::{self, Issuer};
use crate::document::{Kind, Level, docnumber, kind::kind_at};
use crate::text::date;
use crate::text::fold::{Folded, fold, is_whole_word};

/// What the lines of a head say.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Kind printed above the trích yếu, or before "số".
    pub kind: Option<Kind>,
    /// Normalised number.
    pub number: Option<String>,
    /// Number as printed, also when its serial is blank.
    pub number_text: Option<String>,
    /// "Số:" is printed, the serial is not.
    pub number_blank: bool,
    /// Bodies above the number, the issuer last.
    pub bodies: Vec<Issuer>,
    /// The body that enacts, named again below the trích yếu.
    pub enacting: Option<Issuer>,
    /// The body of the officer who enacts: "GIÁM ĐỐC BỆNH VIỆN NỘI TIẾT NGHỆ AN".
    pub officers_body: Option<Issuer>,
    /// Date of issue.
    pub issued: Option<Date>,
    /// A date line with blanks.
    pub date_blank: bool,
    /// Place of the date line: a town as often as a province.
    pub place: Option<String>,
    /// The trích yếu stands under the number ("V/v …"), as in official letters.
    pub is_letter: bool,
    /// Trích yếu, lines joined by one space.
    pub title: Option<String>,
    /// It tells what amended the instrument ("… được sửa đổi, bổ sung bởi:"), as the head of a consolidated text does.
    pub history: bool,
}

/// What one printed piece of a head is.
enum Piece {
    /// Rules, Quốc hiệu, stamps.
    Ornament,
    Number,
    Date,
    /// A kind, and where its name ends in the piece.
    Kind(Kind, usize),
    /// "V/v …" under the number of an official letter.
    Subject,
    /// "(Ban hành kèm theo …)", "Kính gửi", "Căn cứ …".
    End,
    Words,
}

impl Head {
    /// Reads the lines of a head.
    pub(super) fn read(text: &str) -> Head {
        let text = &*whole_numbers(text);
        let mut head = Head { history: text.contains("bổ sung bởi"), ..Head::default() };
        let mut above: Vec<&str> = Vec::new();
        let mut title: Vec<&str> = Vec::new();
        let mut in_title = false;
        let mut title_done = false;
        for piece in text.lines().flat_map(pieces) {
            match classify(piece) {
                Piece::Ornament => title_done |= in_title && !title.is_empty(),
                _ if in_title && is_foreword(piece) => break,
                _ if head.history && opens_history(&title, piece) => title_done = true,
                // What follows belongs to the body, or to the instrument an attachment was issued with.
                Piece::End => break,
                Piece::Number if !in_title || title.is_empty() || is_number_line(piece) => {
                    if in_title && is_meta(piece) {
                        title.extend(head.read_meta(piece));
                    } else {
                        head.read_number(piece);
                        head.read_date(piece);
                    }
                }
                // An official letter carries its date to the right of its subject.
                Piece::Date if !in_title || head.issued.is_none() && (title.is_empty() || is_place_and_date(piece)) => {
                    head.read_date(piece);
                    title_done |= in_title && !title.is_empty();
                }
                Piece::Kind(kind, end) if head.title_may_begin(in_title, kind) => {
                    head.kind = Some(kind);
                    in_title = true;
                    let rest = piece[end..].trim_start_matches([':', ' ', '\u{a0}']).trim();
                    if is_meta(rest) {
                        title.extend(head.read_meta(rest));
                    } else if !rest.is_empty() {
                        title.push(rest);
                    }
                }
                Piece::Subject if !in_title && head.kind.is_none() && title.is_empty() => {
                    head.is_letter = true;
                    in_title = true;
                    title.push(piece);
                }
                // "Về áp dụng các biện pháp …" under the number of a letter.
                Piece::Words if !in_title && head.number.is_some() && head.kind.is_none() && says_about(piece) => {
                    head.is_letter = true;
                    in_title = true;
                    title.push(piece);
                }
                _ if in_title && !title_done => {
                    if is_meta(piece) && title.is_empty() {
                        title.extend(head.read_meta(piece));
                    } else if let Some(body) = enacting(piece) {
                        head.enacting = Some(body);
                        title_done = true;
                    } else if let Some(body) = names_officer(&title, piece) {
                        head.officers_body = issuer::normalise(body);
                        title_done = true;
                    } else if begins_body(&title, piece) {
                        title_done = true;
                    } else {
                        title.push(piece);
                    }
                }
                _ if in_title && head.enacting.is_none() => head.enacting = enacting(piece),
                _ if in_title => {}
                Piece::Words | Piece::Subject => above.push(piece),
                _ => {}
            }
        }
        head.bodies = bodies(&above);
        let joined = title.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ");
        head.title = Some(joined).filter(|title| !title.is_empty());
        head
    }

    /// The first kind opens the title; later ones are words of it ("QUYẾT ĐỊNH / BAN HÀNH / QUY CHẾ …").
    fn title_may_begin(&self, in_title: bool, kind: Kind) -> bool {
        !in_title || (self.kind.is_none() && kind != Kind::Other)
    }

    fn read_number(&mut self, piece: &str) {
        if self.number.is_some() {
            return;
        }
        if let Some(found) = docnumber::scan(piece).into_iter().next() {
            self.number_text = Some(piece[found.range].to_owned());
            self.number = Some(found.number);
            self.number_blank = false;
        } else if let Some(lone) = self.lone_number(piece) {
            self.number = Some(lone.to_owned());
            self.number_text = Some(lone.to_owned());
        } else if let Some(rest) = after_so(piece) {
            let rest = rest.trim_matches([' ', '\u{a0}', ':']);
            self.number_blank = rest.is_empty() || rest.contains('/') || rest.contains(['.', '…', '_']);
            self.number_text = Some(rest.to_owned()).filter(|rest| rest.contains('/'));
        }
    }

    /// The bare serial of a sắc lệnh: "CỦA CHỦ TỊCH CHÍNH PHỦ SỐ 72 NGÀY …".
    fn lone_number<'a>(&self, piece: &'a str) -> Option<&'a str> {
        let at = find_word(piece, &["số"]).filter(|_| self.kind == Some(Kind::SacLenh))?;
        let rest = piece[at..].trim_start_matches(|c: char| !c.is_ascii_digit());
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        (digits > 0).then_some(&rest[..digits])
    }

    fn read_date(&mut self, piece: &str) {
        if self.issued.is_some() {
            return;
        }
        match date::scan(piece).into_iter().next() {
            Some(found) => {
                self.issued = Some(found.date);
                self.date_blank = false;
                let place = piece[..found.range.start].trim().trim_end_matches(',').trim();
                let is_place = !place.is_empty() && place.chars().count() < 40 && !place.contains(['/', ':']);
                self.place = is_place.then(|| place.to_owned());
            }
            None if is_blank_date(&fold(piece)) => self.date_blank = true,
            None => {}
        }
    }

    /// "CỦA BỘ NÔNG NGHIỆP … SỐ 04/2010/TT-BNNPTNT NGÀY 15 THÁNG 01 NĂM 2010 VỀ …" below the kind: all but the trích
    /// yếu, which is returned.
    fn read_meta<'a>(&mut self, piece: &'a str) -> Option<&'a str> {
        self.read_number(piece);
        self.read_date(piece);
        if self.enacting.is_none() {
            let at = find_word(piece, &["của"])?;
            let name = piece[at..].split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
            self.enacting = issuer::parse_at(&name, 0).map(|(body, _)| body);
        }
        let number_end = docnumber::scan(piece).into_iter().next().map_or(0, |found| found.range.end);
        let date_end = date::scan(piece).into_iter().next().map_or(0, |found| found.range.end);
        let rest = &piece[number_end.max(date_end)..];
        let at = find_word(rest, &["về", "v/v", "quy định", "ban hành", "hướng dẫn", "phê duyệt", "sửa đổi"])?;
        Some(rest[at..].trim())
    }
}

/// A number broken at a hyphen at the end of its line is one number: "Số: 01/2022/TTLT-VKSNDTC-" / "TANDTC-BCA".
fn whole_numbers(text: &str) -> Cow<'_, str> {
    if !text.contains("-\n") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut open = false;
    for line in text.split('\n') {
        let abbreviation = line.starts_with(char::is_uppercase) && !line.contains(' ');
        if !(out.is_empty() || open && abbreviation) {
            out.push('\n');
        }
        out.push_str(line);
        open = line.ends_with('-') && !docnumber::scan(line).is_empty();
    }
    Cow::Owned(out)
}

/// "Thông tư số 38/2015/TT-… ngày …, có hiệu lực …, được sửa đổi, bổ sung bởi:" below the title of a consolidated text.
fn opens_history(title: &[&str], piece: &str) -> bool {
    let whole = title.last().is_some_and(|last| {
        let last = fold(last);
        !last.ends_with([',', '-']) && ![" của", " và", " theo", " tại"].iter().any(|word| last.ends_with(&fold(word)))
    });
    whole && kind_at(&fold(piece), 0).is_some() && !docnumber::scan(piece).is_empty()
}

/// Where the first of some words stands in `text`, in any letter case.
fn find_word(text: &str, words: &[&str]) -> Option<usize> {
    let folded = Folded::new(text);
    let places = words.iter().filter_map(|word| {
        let word = fold(word);
        folded
            .as_str()
            .match_indices(&word)
            .map(|(at, _)| at)
            .find(|&at| is_whole_word(folded.as_str(), at, at + word.len()))
    });
    places.min().map(|at| folded.original(at))
}

/// Columns of a line: parted by tabs, by wide spaces before a capital, or by Quốc hiệu glued to the issuer.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut cuts = Vec::new();
    let mut gap = 0;
    let mut tab = false;
    let mut last = '\0';
    for (at, c) in line.char_indices() {
        if matches!(c, ' ' | '\u{a0}' | '\t') {
            gap += 1;
            tab |= c == '\t';
            continue;
        }
        if (tab || gap >= 3) && c.is_uppercase() && last != ':' {
            cuts.push(at);
        }
        (gap, tab, last) = (0, false, c);
    }
    for country in ["CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI"] {
        // Not "của Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam số …" in a title.
        cuts.extend(line.find(country).filter(|&at| line[at..].chars().count() < 45));
    }
    cuts.push(line.len());
    cuts.sort_unstable();
    let mut from = 0;
    cuts.into_iter().filter_map(move |cut| {
        let piece = line.get(from..cut).unwrap_or_default().trim();
        from = from.max(cut);
        (!piece.is_empty()).then_some(piece)
    })
}

fn classify(piece: &str) -> Piece {
    if !piece.chars().any(char::is_alphabetic) && !piece.contains('/') {
        return Piece::Ornament;
    }
    let folded = fold(piece);
    if is_ornament(&folded) {
        return Piece::Ornament;
    }
    if ["căn cứ", "căn cư ", "căn cử ", "kính gửi", "(ban hành kèm", "(kèm theo", "ban hành kèm theo", "kèm theo "]
        .iter()
        .any(|s| folded.starts_with(s))
    {
        return Piece::End;
    }
    let titled =
        kind_at(&folded, 0).is_some_and(|(kind, _)| !matches!(kind, Kind::Luat | Kind::BoLuat | Kind::PhapLenh));
    let capitals = !piece.chars().any(char::is_lowercase);
    if after_so(piece).is_some_and(|_| !(titled && capitals)) || is_bare_number(piece) {
        return Piece::Number;
    }
    if is_date_line(piece, &folded) {
        return Piece::Date;
    }
    let opening = folded.strip_prefix("dự thảo ").map_or(0, |_| "dự thảo ".len());
    if let Some((kind, length)) = kind_at(&folded, opening) {
        let words = folded[..opening + length].split(' ').count();
        let end = end_of_words(piece, words);
        // "HƯỚNG DẪN LIÊN NGÀNH": the qualifier belongs to the kind.
        let joint = ["liên ngành", "liên sở", "liên tịch", "liên bộ"];
        let end = if joint.contains(&folded[opening + length..].trim()) { piece.len() } else { end };
        let name = &piece[..end];
        let capitals = !name.chars().any(char::is_lowercase);
        let rest = piece[end..].trim_matches([' ', ':', '\u{a0}']);
        if capitals || rest.is_empty() {
            return Piece::Kind(kind, end);
        }
    }
    if folded.starts_with("v/v") || folded.starts_with("về việc") || folded.starts_with("v.v ") {
        return Piece::Subject;
    }
    Piece::Words
}

/// "17/2019/QĐ-UBND" without "Số:".
fn is_bare_number(piece: &str) -> bool {
    piece.starts_with(|c: char| c.is_ascii_digit())
        && docnumber::normalise(piece).is_some_and(|number| number.contains('-'))
}

/// Quốc hiệu, Party heading, stamps, rules made of letters, headings of the official gazette.
fn is_ornament(folded: &str) -> bool {
    const STARTS: [&str; 12] = [
        "cộng hòa xã hội chủ nghĩa",
        "độc lập",
        "việt nam dân chủ cộng hòa",
        "đảng cộng sản việt nam",
        "hỏa tốc",
        "công báo",
        "tài liệu",
        "o0o",
        "-o0o",
        "***",
        "(dự thảo",
        "bản sao",
    ];
    const WHOLE: [&str; 8] = ["dự thảo", "mật", "tối mật", "khẩn", "thượng khẩn", "ooo", "oo", "dự thảo lần"];
    let words = folded.trim_matches(|c: char| !c.is_alphanumeric());
    STARTS.iter().any(|start| folded.starts_with(start))
        || (folded.ends_with("chủ nghĩa việt nam") && folded.chars().count() < 45)
        || WHOLE.contains(&words)
        || (folded.starts_with("dự thảo") && folded.chars().count() < 24 && kind_at(folded, "dự thảo ".len()).is_none())
}

/// What follows "Số:" (also "Luật số:", "Nghị quyết số:") at the head of a piece.
fn after_so(piece: &str) -> Option<&str> {
    let mut words = 0;
    let mut from = 0;
    while words < 5 {
        let rest = piece.get(from..)?;
        let start = from + rest.find(|c: char| !c.is_whitespace())?;
        let word_end = piece[start..]
            .find(|c: char| c.is_whitespace() || c == ':' || c == '.' || c.is_ascii_digit())
            .map_or(piece.len(), |at| start + at);
        let word = &piece[start..word_end];
        let mut letters = word.chars();
        let is_so =
            matches!((letters.next(), letters.next(), letters.next()), (Some('s' | 'S'), Some('ố' | 'Ố'), None));
        if is_so {
            let rest = &piece[word_end..];
            // "Quy định một số nội dung …" counts things.
            let numbers = rest.trim_start().starts_with(|c: char| !c.is_alphabetic()) || rest.trim().is_empty();
            return (words == 0 || numbers && kind_at(&fold(piece), 0).is_some()).then_some(rest);
        }
        if word_end == start || piece[word_end..].starts_with(':') {
            return None;
        }
        from = word_end;
        words += 1;
    }
    None
}

/// "Vinh, ngày 28 tháng 10 năm 2009", "NGÀY 15 THÁNG 01 NĂM 2010", "Hà Nội, ngày … tháng … năm …".
fn is_date_line(piece: &str, folded: &str) -> bool {
    let Some(at) = folded.find("ngày") else { return false };
    let short = folded.chars().count() < 80;
    let place = folded[..at].trim_end();
    let opens = place.is_empty() || (place.ends_with(',') && place.chars().count() < 40) || place.chars().count() < 22;
    short
        && opens
        && (is_blank_date(folded)
            || date::parse_at(piece, piece.to_lowercase().find("ngày").unwrap_or(0)).is_some()
            || !date::scan(piece).is_empty())
}

fn is_blank_date(folded: &str) -> bool {
    folded.contains("ngày") && folded.contains("tháng")
}

/// "Số: 05/…" as a line of its own, never a wrapped line of a trích yếu ("số 05/… ngày …").
fn is_number_line(piece: &str) -> bool {
    piece.starts_with('S') && after_so(piece).is_some_and(|rest| rest.trim_start().starts_with([':', '.', '…']))
}

fn is_place_and_date(piece: &str) -> bool {
    let folded = fold(piece);
    folded.split_once(", ngày").is_some_and(|(place, _)| place.chars().count() < 40 && !place.contains("số"))
}

/// A sentence of the body right below the trích yếu, where no căn cứ stands between them.
fn begins_body(title: &[&str], piece: &str) -> bool {
    let long = piece.chars().count();
    let Some(last) = title.last() else { return long > 160 && piece.ends_with(['.', ';', ',']) };
    let capital = piece.starts_with(char::is_uppercase);
    let small = piece.chars().filter(|c| c.is_lowercase()).count();
    let mixed = small * 2 > piece.chars().filter(|c| c.is_alphabetic()).count();
    let title_in_capitals = !last.chars().any(char::is_lowercase);
    let sentence = piece.ends_with(['.', ';', ':', ',']) && long > 60;
    capital && mixed && (title_in_capitals || sentence || long > 200)
}

/// The officer who enacts, on a line of his own in capitals: "HIỆU TRƯỞNG TRƯỜNG ĐẠI HỌC …"; what follows his office.
fn names_officer<'p>(title: &[&str], piece: &'p str) -> Option<&'p str> {
    const OFFICERS: [&str; 16] = [
        "hiệu trưởng",
        "giám đốc",
        "tổng giám đốc",
        "viện trưởng",
        "trưởng ban",
        "cục trưởng",
        "tổng cục trưởng",
        "chủ nhiệm",
        "chánh án",
        "chánh thanh tra",
        "chi cục trưởng",
        "chủ tịch",
        "trưởng phòng",
        "chánh văn phòng",
        "hội đồng thành viên",
        "hội đồng quản trị",
    ];
    let folded = fold(piece);
    let whole = title.last().is_some_and(|last| {
        let last = fold(last);
        !last.ends_with([',', '-']) && ![" của", " và", " chức danh"].iter().any(|word| last.ends_with(&fold(word)))
    });
    if !whole || piece.chars().any(char::is_lowercase) {
        return None;
    }
    let office = OFFICERS.iter().find(|officer| {
        folded.strip_prefix(fold(officer).as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })?;
    Some(piece[end_of_words(piece, office.split(' ').count())..].trim())
}

/// "LỜI NÓI ĐẦU" opens the text of a hương ước right below its title.
fn is_foreword(piece: &str) -> bool {
    matches!(fold(piece).trim_end_matches([':', '.', ' ']), "lời nói đầu" | "lời mở đầu" | "mở đầu" | "phần mở đầu")
}

/// "Về …", the subject of a letter without "V/v".
fn says_about(piece: &str) -> bool {
    piece.starts_with("Về ") || piece.starts_with("VỀ ")
}

/// A line below the kind that carries issuer, number or date instead of words of the trích yếu.
fn is_meta(piece: &str) -> bool {
    let folded = fold(piece);
    let opens = folded.starts_with("của ")
        || folded.starts_with("số ")
        || folded.starts_with("số:")
        || folded.starts_with("ngày ");
    opens && (!docnumber::scan(piece).is_empty() || !date::scan(piece).is_empty() || is_body_line(&folded))
}

fn is_body_line(folded: &str) -> bool {
    folded
        .strip_prefix("của ")
        .is_some_and(|name| issuer::parse_at(name, 0).is_some_and(|(_, end)| name[end..].trim().len() < 30))
}

/// The enacting body named between trích yếu and Căn cứ: a whole line of its own, in capitals.
fn enacting(piece: &str) -> Option<Issuer> {
    if piece.chars().any(char::is_lowercase) {
        return None;
    }
    let piece = piece.trim_end_matches([':', ',', '.', ';']);
    let (body, end) = issuer::parse_at(piece, 0)?;
    let rest = fold(piece[end..].trim());
    (rest.is_empty()
        || rest.starts_with("khóa")
        || rest.starts_with('-')
        || rest.starts_with("nước")
        || rest.starts_with("dân chủ")
        || rest.starts_with("việt nam"))
    .then_some(body)
}

/// Bodies named by the lines above the number: a body may take two lines, two bodies stand one above the other.
fn bodies(lines: &[&str]) -> Vec<Issuer> {
    let mut found: Vec<Issuer> = Vec::new();
    let mut current = String::new();
    // Sentences that strayed above the title are no names.
    let is_name = |line: &&&str| line.chars().count() <= 100 && !line.ends_with([';', ':', '!', '?', '.']);
    for line in lines.iter().filter(is_name) {
        let open = current.trim_end().ends_with(['-', ',']) || fold(&current).ends_with(" và");
        let alone = issuer::normalise(line);
        let place_only = is_place_line(line);
        if !current.is_empty() && !open && !place_only && alone.is_some() {
            found.extend(issuer::normalise(&current));
            current.clear();
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(line);
    }
    found.extend(issuer::normalise(&current));
    found
}

/// "TỈNH BÌNH THUẬN": the second line of a body.
fn is_place_line(line: &str) -> bool {
    let folded = fold(line);
    ["tỉnh ", "thành phố ", "tp ", "tp.", "huyện ", "quận ", "thị xã ", "thị trấn ", "phường ", "xã ", "đặc khu "]
        .iter()
        .any(|unit| folded.starts_with(&fold(unit)))
}

/// Byte after the first `count` words of `piece`.
fn end_of_words(piece: &str, count: usize) -> usize {
    let mut words = 0;
    let mut inside = false;
    for (at, c) in piece.char_indices() {
        if c.is_whitespace() {
            if inside {
                words += 1;
                if words == count {
                    return at;
                }
            }
            inside = false;
        } else if words + 1 == count && inside && matches!(c, ':' | '.' | ',') {
            return at;
        } else {
            inside = true;
        }
    }
    piece.len()
}

/// The issuer of the whole document: the last body with the place of the one above; joint documents name all.
pub(super) fn issuer_of(head: &Head, joint: bool) -> Option<Issuer> {
    let last = head.bodies.last()?.clone();
    if joint && head.bodies.len() > 1 {
        let name = head.bodies.iter().map(|body| body.name.as_str()).collect::<Vec<_>>().join(" - ");
        return Some(Issuer { name, level: Level::TrungUong });
    }
    match head.bodies.len().checked_sub(2).and_then(|at| head.bodies.get(at)) {
        Some(superior) => Some(issuer::within(last, superior)),
        None => Some(last),
    }
}
