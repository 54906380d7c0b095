//! Instruments as words describe them: kind, number, date, issuer, name.

use std::ops::Range;

use super::docnumber;
use super::instrument_name;
use super::issuer;
use super::{Kind, Mention};
use crate::text::cursor::{Cursor, match_phrase, previous_word, same_word, starts_word, strip_letters};
use crate::text::date;

/// An instrument and the words that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionAt {
    /// What the words say.
    pub mention: Mention,
    /// Kind, number, date and issuer; for laws also the name. The trích yếu of others is not part of it.
    pub range: Range<usize>,
    /// Where the trích yếu ends; equals `range.end` when none follows. Numbers before it belong to that title.
    pub title_end: usize,
}

/// Names of kinds in lower case, each before its own beginnings.
pub(super) const KIND_WORDS: [(&str, Kind); 37] = [
    ("hiến pháp", Kind::HienPhap),
    ("bộ luật", Kind::BoLuat),
    ("luật", Kind::Luat),
    ("pháp lệnh", Kind::PhapLenh),
    ("sắc lệnh", Kind::SacLenh),
    ("lệnh", Kind::Lenh),
    ("nghị quyết liên tịch", Kind::NghiQuyetLienTich),
    ("nghị quyết", Kind::NghiQuyet),
    ("nghị định", Kind::NghiDinh),
    ("quyết định", Kind::QuyetDinh),
    ("thông tư liên tịch", Kind::ThongTuLienTich),
    ("thông tư liên bộ", Kind::ThongTuLienTich),
    ("thông tư", Kind::ThongTu),
    ("chỉ thị", Kind::ChiThi),
    ("văn bản hợp nhất", Kind::VanBanHopNhat),
    ("kế hoạch", Kind::KeHoach),
    ("chương trình", Kind::ChuongTrinh),
    ("quy chế", Kind::QuyChe),
    ("qui chế", Kind::QuyChe),
    ("nội quy", Kind::QuyChe),
    ("quy định", Kind::QuyDinh),
    ("qui định", Kind::QuyDinh),
    ("điều lệ", Kind::DieuLe),
    ("hướng dẫn", Kind::HuongDan),
    ("công văn", Kind::CongVan),
    ("công điện", Kind::CongDien),
    ("tờ trình", Kind::ToTrinh),
    ("thông báo", Kind::ThongBao),
    ("báo cáo", Kind::BaoCao),
    ("đề án", Kind::DeAn),
    ("kết luận", Kind::KetLuan),
    ("hương ước", Kind::HuongUoc),
    ("quy ước", Kind::HuongUoc),
    ("qui ước", Kind::HuongUoc),
    ("hợp đồng", Kind::HopDong),
    ("văn bản", Kind::Other),
    ("công thư", Kind::CongVan),
];

/// Abbreviations of kinds in running text, only in capitals and only before a number: "theo NĐ 34/2016/NĐ-CP".
pub(super) const KIND_ABBREVIATIONS: [(&str, Kind); 9] = [
    ("TTLT", Kind::ThongTuLienTich),
    ("QĐ", Kind::QuyetDinh),
    ("QÐ", Kind::QuyetDinh),
    ("NĐ", Kind::NghiDinh),
    ("NÐ", Kind::NghiDinh),
    ("NQ", Kind::NghiQuyet),
    ("TT", Kind::ThongTu),
    ("CT", Kind::ChiThi),
    ("KH", Kind::KeHoach),
];

/// Words between a kind and its number: "Báo cáo thẩm định số …", "Hướng dẫn liên ngành số …".
const QUALIFIERS: &[&str] = &[
    "liên tịch",
    "liên ngành",
    "liên bộ",
    "phối hợp",
    "hành động",
    "thẩm định",
    "thẩm tra",
    "giải trình",
    "cá biệt",
    "hỏa tốc",
    "hoả tốc",
    "khẩn",
];

/// Words that make a branch of learning, a profession or a firm of the "Luật" after them: "cử nhân Luật", "Công ty Luật".
const NOT_LAW_AFTER: &[&str] = &["học", "khoa", "ngành", "môn", "nhân", "sĩ", "sỹ", "ty", "tnhh", "phòng"];

/// The kind that begins a reference at `at`: its name, or its abbreviation before a number.
pub(super) fn said_at(text: &str, at: usize) -> Option<(Kind, usize)> {
    kind_at(text, at).or_else(|| abbreviated_at(text, at))
}

fn abbreviated_at(text: &str, at: usize) -> Option<(Kind, usize)> {
    let rest = text.get(at..)?;
    let &(word, kind) = KIND_ABBREVIATIONS.iter().find(|(word, _)| rest.starts_with(word))?;
    // Inside a number ("/QĐ-UBND") it stands for nothing more.
    if text[..at].ends_with(['/', '-', '.', '_']) || !starts_word(text, at) {
        return None;
    }
    let mut cursor = Cursor::new(text, at + word.len());
    if !cursor.peek().is_some_and(char::is_whitespace) {
        return None;
    }
    cursor.skip_space();
    says_number(&mut cursor);
    cursor.skip_space();
    docnumber::parse_at(text, cursor.at()).map(|_| (kind, at + word.len()))
}

/// Reads "số", also before digits without a space ("số08/2017/QĐ-UBND").
fn says_number(cursor: &mut Cursor) -> bool {
    if cursor.phrase("số") {
        return true;
    }
    match strip_letters(cursor.rest(), "số").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        Some(rest) => {
            cursor.jump(cursor.at() + cursor.rest().len() - rest.len());
            true
        }
        None => false,
    }
}

/// The kind whose name stands at `at`, and where the name ends.
pub fn kind_at(text: &str, at: usize) -> Option<(Kind, usize)> {
    if !starts_word(text, at) {
        return None;
    }
    let (kind, end) = KIND_WORDS.iter().find_map(|&(name, kind)| Some((kind, match_phrase(text, at, name)?)))?;
    // "pháp luật", "quy luật", "mệnh lệnh": a word before makes another word of it.
    let before = previous_word(text, at);
    let after = |words: &[&str]| words.iter().any(|word| same_word(before, word));
    let stands_alone = match kind {
        Kind::Luat if after(&["pháp", "quy", "qui", "kỷ", "kỉ", "định", "án", "trái"]) => false,
        Kind::Luat => !(after(NOT_LAW_AFTER) && follows_on_line(text, at)),
        Kind::Lenh => !after(&["mệnh", "hiệu", "khẩu", "ra"]),
        _ => true,
    };
    stands_alone.then_some((kind, end))
}

/// `true` when only spaces of the same line stand before `at`.
fn follows_on_line(text: &str, at: usize) -> bool {
    !text[..at].trim_end_matches([' ', '\u{a0}']).ends_with(['\n', '\t'])
}

/// Every instrument named in `text`, in order; those inside the title of another are not told apart from it.
pub fn mentions(text: &str) -> Vec<MentionAt> {
    let mut found: Vec<MentionAt> = Vec::new();
    let mut done = 0;
    for at in super::anchor::kinds(text) {
        if at < done {
            continue;
        }
        let previous = found.last();
        let mention = parse_at(text, at).or_else(|| bare_number_at(text, at, previous.map(|m| &m.mention)));
        if let Some(first) = mention {
            done = first.title_end;
            let more = continued(text, &first);
            found.push(first);
            if let Some(last) = more.last() {
                done = last.title_end;
            }
            found.extend(more);
        }
    }
    found
}

/// The instrument named by the words at `at`, which begin with its kind: by number, by date, or, for laws, by name.
pub fn parse_at(text: &str, at: usize) -> Option<MentionAt> {
    let (kind, end) = said_at(text, at)?;
    parse_said(text, at, kind, end)
}

/// The same, for a kind that was read already and whose name ends at `end`.
pub(super) fn parse_said(text: &str, at: usize, kind: Kind, end: usize) -> Option<MentionAt> {
    let mut parser = Parser {
        cursor: Cursor::new(text, end),
        text,
        end,
        mention: Mention { kind: Some(kind), ..Mention::default() },
    };
    let named = match kind {
        Kind::HienPhap => parser.constitution(at),
        Kind::Luat | Kind::BoLuat | Kind::PhapLenh => parser.law(at),
        _ => parser.numbered(),
    };
    if !named {
        return None;
    }
    complete(&mut parser.mention);
    let title_end = match kind {
        Kind::HienPhap => parser.end,
        Kind::Luat | Kind::BoLuat | Kind::PhapLenh if parser.mention.title.is_some() => parser.end,
        _ => parser.title(),
    };
    Some(MentionAt { mention: parser.mention, range: at..parser.end, title_end })
}

/// The symbol a number was written without, where kind and issuer leave one only: "Nghị định 04/2015 của Chính phủ".
fn complete(mention: &mut Mention) {
    const GOVERNMENT: &str = "Chính phủ";
    const PRIME_MINISTER: &str = "Thủ tướng Chính phủ";
    let Some(number) = &mut mention.number else { return };
    let lacks_symbol = docnumber::parts(number)
        .is_some_and(|parts| parts.symbol.is_empty() && parts.year.is_some_and(|year| year >= 1997));
    let symbol = match (mention.kind, mention.issuer.as_deref()) {
        (Some(Kind::NghiDinh), None | Some(GOVERNMENT)) => "NĐ-CP",
        (Some(Kind::QuyetDinh), Some(PRIME_MINISTER)) => "QĐ-TTg",
        (Some(Kind::ChiThi), Some(PRIME_MINISTER)) => "CT-TTg",
        _ => return,
    };
    if lacks_symbol {
        number.push('/');
        number.push_str(symbol);
    }
}

/// A known law whose name is written small, after a provision: "khoản 2 điều 5 luật lưu trữ".
pub(super) fn small_law_at(text: &str, at: usize) -> Option<MentionAt> {
    let (kind, end) = kind_at(text, at)?;
    let mut cursor = Cursor::new(text, end);
    cursor.skip_space();
    if !matches!(kind, Kind::Luat | Kind::BoLuat | Kind::PhapLenh) {
        return None;
    }
    let (_, end) = super::known_law::known_at(text, cursor.at())?;
    let title = Some(instrument_name::one_line(&text[at..end]));
    let mention = Mention { kind: Some(kind), title, ..Mention::default() };
    let mut parser = Parser { cursor: Cursor::new(text, end), text, end, mention };
    parser.tails();
    Some(MentionAt { mention: parser.mention, range: at..parser.end, title_end: parser.end })
}

/// "số 15/2015/TT-BVHTTDL …" without a kind, in a list or after "văn bản"; the kind comes from the number's symbol, or
/// from `previous` when that has the same symbol.
pub fn bare_number_at(text: &str, at: usize, previous: Option<&Mention>) -> Option<MentionAt> {
    let after = match_phrase(text, at, "số")?;
    let before = previous_word(text, at);
    if !starts_word(text, at)
        || !(before.is_empty() || ["và", "hoặc", "bản", "các"].iter().any(|word| same_word(before, word)))
    {
        return None;
    }
    let mention = numbered_tail(text, at, after, None, previous)?;
    (mention.mention.kind.is_some() && mention.mention.kind != Some(Kind::CongVan)).then_some(mention)
}

/// Further numbers after a mention, without kind or "số": "Nghị định số 01/2020/NĐ-CP, 02/2020/NĐ-CP và 03/2020/NĐ-CP".
pub fn continued(text: &str, first: &MentionAt) -> Vec<MentionAt> {
    let mut found: Vec<MentionAt> = Vec::new();
    if first.mention.number.is_none() {
        return found;
    }
    loop {
        let last = found.last().unwrap_or(first);
        let mut cursor = Cursor::new(text, last.title_end);
        cursor.skip_space();
        let comma = cursor.eat(',') || cursor.eat(';');
        cursor.skip_space();
        if !(cursor.any(&["và", "hoặc"]).is_some() || comma) {
            return found;
        }
        cursor.skip_space();
        let start = cursor.at();
        cursor.phrase("số");
        cursor.skip_space();
        let Some(next) = numbered_tail(text, start, cursor.at(), first.mention.kind, Some(&first.mention)) else {
            return found;
        };
        found.push(next);
    }
}

/// A number at `at` and what follows it; `start` is where its words begin.
fn numbered_tail(
    text: &str,
    start: usize,
    at: usize,
    kind: Option<Kind>,
    previous: Option<&Mention>,
) -> Option<MentionAt> {
    let mut parser = Parser { cursor: Cursor::new(text, at), text, end: at, mention: Mention::default() };
    if !parser.number() {
        return None;
    }
    let number = parser.mention.number.clone().unwrap_or_default();
    let symbol = |number: &str| docnumber::parts(number).map(|parts| parts.symbol.to_owned());
    let same_symbol = |other: &&Mention| other.number.as_deref().and_then(symbol) == symbol(&number);
    parser.mention.kind = docnumber::kind_of(&number)
        .filter(|&kind| kind != Kind::CongVan)
        .or(kind)
        .or_else(|| previous.filter(same_symbol).and_then(|other| other.kind))
        .or_else(|| docnumber::kind_of(&number));
    parser.tails();
    let title_end = parser.title();
    Some(MentionAt { mention: parser.mention, range: start..parser.end, title_end })
}

/// Reads one instrument; `end` is where its words end so far, the cursor may look further.
struct Parser<'t> {
    cursor: Cursor<'t>,
    text: &'t str,
    end: usize,
    mention: Mention,
}

impl Parser<'_> {
    fn accept(&mut self) {
        self.end = self.cursor.at();
    }

    fn back(&mut self) {
        self.cursor.jump(self.end);
    }

    /// Kinds that need a number or a date to name one instrument.
    fn numbered(&mut self) -> bool {
        if self.listed_number() {
            self.tails();
            return true;
        }
        // "Quyết định của Thủ tướng Chính phủ số 13/…", "Quyết định ngày 12/3/2019 của …".
        if self.issuer() && self.listed_number() {
            self.tails();
            return true;
        }
        let dated = self.date();
        if dated {
            self.tails();
        }
        dated || self.qualified()
    }

    /// A number, also as the first of a list: "các Thông tư: 01/2020/TT-BNV; 02/2020/TT-BNV".
    fn listed_number(&mut self) -> bool {
        if self.number() {
            return true;
        }
        let start = self.end;
        self.back();
        self.cursor.skip_space();
        if self.cursor.eat(':') {
            self.accept();
            if self.number() {
                return true;
            }
        }
        self.end = start;
        self.back();
        false
    }

    /// "Báo cáo thẩm định số …": words that belong to the kind stand before the number.
    fn qualified(&mut self) -> bool {
        let start = self.end;
        self.back();
        self.cursor.skip_space();
        if self.cursor.any(QUALIFIERS).is_some() {
            self.accept();
            if self.number() {
                self.tails();
                return true;
            }
        }
        self.end = start;
        self.back();
        false
    }

    /// "[số] 17/2019/QĐ-UBND".
    fn number(&mut self) -> bool {
        self.back();
        self.cursor.skip_space();
        let bracket = self.cursor.eat('(');
        if says_number(&mut self.cursor) {
            self.cursor.skip_space();
            self.cursor.eat(':');
            self.cursor.skip_space();
        }
        // Only the Government issues decrees: a serial and a year name one.
        let bare =
            || docnumber::bare_at(self.text, self.cursor.at()).filter(|_| self.mention.kind == Some(Kind::NghiDinh));
        let Some(found) = docnumber::parse_at(self.text, self.cursor.at()).or_else(bare) else {
            self.back();
            return false;
        };
        self.mention.number = Some(found.number);
        self.cursor.jump(found.range.end);
        if bracket {
            self.cursor.eat(')');
        }
        self.accept();
        true
    }

    /// Date, year, issuer and (for laws) number, in any order, each once.
    fn tails(&mut self) {
        loop {
            self.cursor.skip_space();
            let known = self.mention.number.is_some();
            let more = (self.mention.issued.is_none() && self.date())
                || (self.mention.year.is_none() && self.mention.issued.is_none() && self.year())
                || (self.mention.issuer.is_none() && self.issuer())
                || (!known && self.number());
            if !more {
                self.back();
                return;
            }
        }
    }

    /// "[,] ngày 19 tháng 6 năm 2015".
    fn date(&mut self) -> bool {
        self.back();
        self.cursor.skip_space();
        self.cursor.eat(',');
        self.cursor.skip_space();
        let bracket = self.cursor.eat('(');
        if !self.cursor.clone().phrase("ngày") {
            self.back();
            return false;
        }
        let Some((issued, end)) = date::parse_at(self.text, self.cursor.at()) else {
            self.back();
            return false;
        };
        self.mention.issued = Some(issued);
        self.cursor.jump(end);
        if bracket {
            self.cursor.eat(')');
        }
        self.accept();
        true
    }

    /// "năm 2015", "(năm 2015)", "2015".
    fn year(&mut self) -> bool {
        self.back();
        self.cursor.skip_space();
        let bracket = self.cursor.eat('(');
        self.cursor.phrase("năm");
        self.cursor.skip_space();
        let year =
            self.cursor.digits().filter(|digits| digits.len() == 4).and_then(|digits| digits.parse::<i16>().ok());
        let follows_well = !self.cursor.peek().is_some_and(|c| c.is_alphanumeric() || c == '/' || c == '-');
        match year.filter(|year| (1945..=2100).contains(year) && follows_well) {
            Some(year) => {
                self.mention.year = Some(year);
                if bracket {
                    self.cursor.eat(')');
                }
                self.accept();
                true
            }
            None => {
                self.back();
                false
            }
        }
    }

    /// "của Chính phủ".
    fn issuer(&mut self) -> bool {
        self.back();
        self.cursor.skip_space();
        if !self.cursor.phrase("của") {
            self.back();
            return false;
        }
        self.cursor.skip_space();
        let start = self.cursor.at();
        let (name, end) = match issuer::parse_at(self.text, start) {
            Some((body, end)) => (body.name, end),
            None => {
                let end = instrument_name::issuer_end(self.text, start);
                if end <= start {
                    self.back();
                    return false;
                }
                (instrument_name::one_line(&self.text[start..end]), end)
            }
        };
        self.mention.issuer = Some(name);
        self.cursor.jump(end);
        self.accept();
        // "Nghị quyết số …/NQLT-…": the symbol says what the kind leaves out.
        let numbered = self.mention.number.as_deref().and_then(docnumber::kind_of);
        let joint = |kind| matches!(kind, Some(Kind::ThongTuLienTich | Kind::NghiQuyetLienTich));
        if joint(self.mention.kind) || joint(numbered) {
            self.joint_issuers();
        }
        true
    }

    /// ", Bộ Nội vụ và Văn phòng Chính phủ" after the first issuer of a joint document; they are part of its words.
    fn joint_issuers(&mut self) {
        loop {
            self.cursor.skip_space();
            let comma = self.cursor.eat(',') || self.cursor.eat('-') || self.cursor.eat('–');
            self.cursor.skip_space();
            if !(self.cursor.phrase("và") || comma) {
                return self.back();
            }
            self.cursor.skip_space();
            let start = self.cursor.at();
            let end = instrument_name::issuer_end(self.text, start);
            if end <= start || !self.text[start..].starts_with(char::is_uppercase) {
                return self.back();
            }
            self.cursor.jump(end);
            self.accept();
        }
    }

    fn constitution(&mut self, start: usize) -> bool {
        self.cursor.skip_space();
        if self
            .cursor
            .any(&[
                "nước cộng hòa xã hội chủ nghĩa việt nam",
                "nước cộng hoà xã hội chủ nghĩa việt nam",
                "nước chxhcn việt nam",
            ])
            .is_some()
        {
            self.accept();
        }
        self.mention.title = Some(instrument_name::one_line(&self.text[start..self.end]));
        // "hiến pháp" in lower case is the idea, not the document; "Hiến pháp và pháp luật" is all law.
        let bare = self.end;
        let capital = self.text[start..].starts_with('H');
        self.tails();
        let all_law = self.end == bare && {
            let after = self.text[bare..].trim_start();
            [", pháp luật", "và pháp luật", "và luật "].iter().any(|words| after.starts_with(words))
        };
        capital && !all_law
    }

    fn law(&mut self, start: usize) -> bool {
        if self.number() {
            self.tails();
            return true;
        }
        let Some(end) = instrument_name::law_name_end(self.text, start, self.end) else { return false };
        self.mention.title = Some(super::known_law::respelt(instrument_name::one_line(&self.text[start..end])));
        self.cursor.jump(end);
        self.accept();
        self.revised_tails();
        true
    }

    /// [`Self::tails`], also after "(sửa đổi)": "Luật Đất đai (sửa đổi) năm 2024".
    fn revised_tails(&mut self) {
        let name_end = self.end;
        self.cursor.skip_space();
        if self.cursor.eat('(') && self.cursor.phrase("sửa đổi") && self.cursor.eat(')') {
            self.accept();
        }
        let revised = self.end;
        self.back();
        self.tails();
        if self.end == revised {
            self.end = name_end;
            self.back();
        }
    }

    /// Takes the trích yếu that follows; returns where it ends.
    fn title(&mut self) -> usize {
        let Some(range) = instrument_name::title_after(
            self.text,
            self.end,
            self.mention.issued.is_some() || self.mention.issuer.is_some(),
        ) else {
            return self.end;
        };
        self.mention.title = Some(instrument_name::one_line(&self.text[range.clone()]));
        range.end
    }
}
