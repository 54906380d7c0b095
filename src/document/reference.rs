//! What an instrument's words point to: this document, another one, one named earlier, a short name defined earlier.

use super::mention::{self, MentionAt, kind_at};
use super::{Document, Kind, Mention, docnumber, issuer};
use crate::text::cursor::{Cursor, lower, match_phrase, previous_word, same_word};
use crate::text::date;

/// What words name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// This document; the layer meant, `None` when the words do not tell layers apart.
    Own(Option<String>),
    /// Another instrument.
    Other(Mention),
    /// Nothing could be made of it; why, in Vietnamese.
    Unknown(&'static str),
}

/// Words that name an instrument.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Where its words end.
    pub end: usize,
    /// Where reading goes on: after the trích yếu.
    pub resume: usize,
    /// What they name.
    pub named: Named,
}

/// What was named so far in a document, for "Nghị định nêu trên", "Nghị định 34", "Quy chế 17".
#[derive(Debug, Default)]
pub struct Memory {
    named: Vec<Mention>,
    aliases: Vec<(String, Named)>,
}

/// Where words stand, as far as it decides what they name.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The document read.
    pub document: &'a Document,
    /// Index of the layer.
    pub layer: usize,
    /// The document amended here, when the words stand inside a quoted amendment.
    pub amended: Option<&'a Mention>,
    /// Inside a quoted amendment.
    pub quoted: bool,
}

const NO_SELF: &str = "loại văn bản được nhắc không trùng với văn bản này và chưa được nêu trước đó";
const QUOTED: &str = "nằm trong nội dung được trích của văn bản khác, chưa xác định được văn bản đó";
const SHORT_NUMBER: &str = "số, ký hiệu không đầy đủ và chưa được nêu đầy đủ trước đó";

/// Longest name of an attached regulation, in bytes.
const MAX_ATTACHED_NAME: usize = 400;

/// Kinds whose "này" is said of many things besides documents.
const SOFT: &[Kind] = &[
    Kind::ThongBao,
    Kind::BaoCao,
    Kind::HopDong,
    Kind::ToTrinh,
    Kind::CongVan,
    Kind::KetLuan,
    Kind::HuongDan,
    Kind::ChuongTrinh,
    Kind::KeHoach,
    Kind::DeAn,
    Kind::Lenh,
];

impl Memory {
    /// Remembers a mention.
    pub fn note(&mut self, mention: &Mention) {
        let known =
            mention.number.is_some() || mention.issued.is_some() || mention.year.is_some() || mention.title.is_some();
        if known && self.named.last() != Some(mention) {
            self.named.push(mention.clone());
        }
    }

    fn last(&self, kind: Kind) -> Option<&Mention> {
        // "Luật nêu trên" is a Luật rather than a Bộ luật named later.
        let last = |fits: &dyn Fn(&Mention) -> bool| self.named.iter().rev().find(|mention| fits(mention));
        last(&|mention| mention.kind == Some(kind))
            .or_else(|| last(&|mention| mention.kind.map(base) == Some(base(kind))))
    }

    fn by_serial(&self, kind: Kind, serial: u32, year: Option<i16>) -> Option<&Mention> {
        self.named.iter().rev().find(|mention| {
            let parts = mention.number.as_deref().and_then(docnumber::parts);
            mention.kind.map(base) == Some(base(kind))
                && parts.is_some_and(|parts| {
                    parts.serial == serial && (year.is_none() || parts.year == year) && !parts.symbol.is_empty()
                })
        })
    }

    /// Reads "sau đây gọi tắt là …" at `at`; what it is short for was named just before. Returns where
    /// the short name ends.
    pub fn define(&mut self, text: &str, at: usize, meant: &Named, setting: Setting) -> Option<usize> {
        let mut cursor = Cursor::new(text, at);
        cursor.any(&["sau đây", "dưới đây"]);
        cursor.skip_space();
        cursor.phrase("được");
        cursor.skip_space();
        cursor.any(&["gọi", "viết"])?;
        cursor.skip_space();
        cursor.any(&["tắt", "chung"]);
        cursor.skip_space();
        cursor.phrase("là");
        cursor.skip_space();
        let rest = cursor.rest();
        let stop = rest.find([')', ',', ';', '.', '\n']).unwrap_or(rest.len());
        let name = rest[..stop].trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | ':'));
        let (kind, kind_end) = kind_at(name, 0)?;
        // "A (được sửa đổi bởi B, sau đây gọi là Nghị định 34)": the number in the short name tells which.
        let serial = name[kind_end..].trim_start().trim_start_matches("số").trim_start().parse().ok();
        let name: String = super::instrument_name::one_line(name).chars().map(lower).collect();
        let said = |mention: &&Mention| {
            let title = mention.title.as_deref().map(|title| title.chars().map(lower).collect::<String>());
            title.is_some_and(|title| name.starts_with(&title))
        };
        let full = serial.and_then(|serial| self.by_serial(kind, serial, None)).or_else(|| {
            // "Luật A và Luật sửa đổi … Luật A (sau đây gọi là Luật A)".
            self.named.iter().rev().find(said)
        });
        let named = match (meant, full) {
            // "Quy định về … hương ước, quy ước (sau đây gọi chung là hương ước)" names the things, not the regulation.
            (Named::Own(_), _) => Named::Own(own_layer(setting, kind)?),
            (_, Some(full)) => Named::Other(full.clone()),
            (other, None) => other.clone(),
        };
        let name = [" đã được sửa đổi", " được sửa đổi", " sửa đổi"]
            .iter()
            .find_map(|words| name.strip_suffix(words))
            .map_or_else(|| name.clone(), str::to_owned);
        self.aliases.push((name, named));
        Some(cursor.at() + stop)
    }

    fn alias(&self, text: &str, at: usize, kind_end: usize) -> Option<(usize, Named)> {
        let (end, named) =
            self.aliases.iter().rev().find_map(|(name, named)| Some((match_phrase(text, at, name)?, named)))?;
        let mut after = Cursor::new(text, end);
        after.skip_space();
        // A kind alone as a short name must not swallow the name of another instrument.
        let is_kind_only = end == kind_end;
        let goes_on =
            after.peek().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) || after.any(&["này", "số"]).is_some();
        let capital = text[at..].chars().next().is_some_and(char::is_uppercase);
        (!(is_kind_only && (goes_on || !capital))).then(|| (end, named.clone()))
    }
}

/// Joint kinds are called by their plain name: "Nghị quyết này" of a Nghị quyết liên tịch.
fn base(kind: Kind) -> Kind {
    match kind {
        Kind::NghiQuyetLienTich => Kind::NghiQuyet,
        Kind::ThongTuLienTich => Kind::ThongTu,
        Kind::BoLuat => Kind::Luat,
        other => other,
    }
}

/// The layer "<kind> này" means; `Some(None)` for the document as a whole, `None` when it is not of that kind.
pub fn own_layer(setting: Setting, kind: Kind) -> Option<Option<String>> {
    let document = setting.document;
    let is_kind =
        |layer: &super::Layer| layer.id != "main" && kind_at(&layer.title, 0).is_some_and(|(said, _)| said == kind);
    if let Some(here) = document.layers.get(setting.layer).filter(|layer| is_kind(layer)) {
        return Some(Some(here.id.clone()));
    }
    if kind == Kind::Other || base(document.identity.kind) == base(kind) {
        return Some(Some("main".to_owned()));
    }
    if let Some(other) = document.layers.iter().find(|layer| is_kind(layer)) {
        return Some(Some(other.id.clone()));
    }
    (document.identity.kind == Kind::Other && !SOFT.contains(&kind)).then_some(None)
}

/// What the words at `at` name, which begin with a kind; `after_provision` when provisions stand just before them.
pub fn at(text: &str, at: usize, memory: &Memory, setting: Setting, after_provision: bool) -> Option<Reference> {
    let (kind, kind_end) = mention::said_at(text, at)?;
    let mut cursor = Cursor::new(text, kind_end);
    cursor.skip_space();
    if cursor.phrase("này") {
        let end = cursor.at();
        return this(text, at, kind, memory, setting, after_provision).map(|named| Reference {
            end,
            resume: end,
            named,
        });
    }
    let mention = mention::parse_said(text, at, kind, kind_end)
        .or_else(|| after_provision.then(|| mention::small_law_at(text, at)).flatten());
    let alias = memory.alias(text, at, kind_end);
    if let Some(found) = mention {
        // "Luật Dân chủ", defined as a short name, is no law of that name.
        let bare = found.mention.number.is_none() && found.mention.issued.is_none() && found.mention.year.is_none();
        if let Some((end, named)) = alias.filter(|(end, _)| bare && *end >= found.range.end) {
            return Some(Reference { end, resume: end, named });
        }
        return Some(complete(found, memory));
    }
    if let Some(end) = issued_with_blank(text, at, kind, kind_end, setting) {
        return Some(Reference { end, resume: end, named: Named::Own(Some("main".to_owned())) });
    }
    if let Some((end, named)) = alias {
        return Some(Reference { end, resume: end, named });
    }
    // "quy định trên", "hướng dẫn nêu trên" in lower case are things, not documents.
    let thing = (SOFT.contains(&kind) || matches!(kind, Kind::QuyDinh | Kind::QuyChe | Kind::Other))
        && !text[at..].starts_with(char::is_uppercase);
    let said =
        &["nêu trên", "nói trên", "dẫn trên", "kể trên", "trên đây", "trên", "đó", "đã nêu", "đã dẫn", "vừa nêu"];
    // "đăng Luật trên cổng thông tin" says where.
    let places = &[
        "trên cổng",
        "trên trang",
        "trên địa bàn",
        "trên các",
        "trên toàn",
        "trên mạng",
        "trên đài",
        "trên báo",
        "trên hệ thống",
        "trên cơ sở",
        "trên phương tiện",
    ];
    let thing = thing || cursor.clone().any(places).is_some();
    if !thing && cursor.any(said).is_some() {
        let named = match memory.last(kind) {
            Some(last) => Named::Other(last.clone()),
            None if after_provision => Named::Unknown(NO_SELF),
            None => return None,
        };
        return Some(Reference { end: cursor.at(), resume: cursor.at(), named });
    }
    short_number(text, at, kind, kind_end, memory)
        .or_else(|| attached(text, at, kind, kind_end, memory, setting))
        .or_else(|| after_provision.then(|| bare_kind(text, at, kind, kind_end, memory, setting)).flatten())
}

/// "(Ban hành kèm theo Quyết định số      /2026/QĐ-UBND ngày    tháng    năm 2026 của …)" in a draft: the number still
/// blank is the document's own. Returns where its words end.
fn issued_with_blank(text: &str, at: usize, kind: Kind, kind_end: usize, setting: Setting) -> Option<usize> {
    let lead = text[..at].trim_start_matches(['(', '[', '“', '*', ' ']).trim_end();
    let issued_with = ["ban hành kèm theo", "kèm theo", "ban hành theo"]
        .iter()
        .any(|words| match_phrase(lead, 0, words) == Some(lead.len()));
    if !issued_with || setting.layer == 0 || setting.quoted || base(kind) != base(setting.document.identity.kind) {
        return None;
    }
    let blank = |c: char| c.is_whitespace() || matches!(c, '.' | '…' | '_' | '-');
    let skip_blank = |cursor: &mut Cursor| {
        let rest = cursor.rest();
        cursor.jump(cursor.at() + rest.len() - rest.trim_start_matches(blank).len());
    };
    let mut cursor = Cursor::new(text, kind_end);
    cursor.skip_space();
    if !cursor.phrase("số") {
        return None;
    }
    cursor.eat(':');
    skip_blank(&mut cursor);
    if !cursor.eat('/') {
        return None;
    }
    let symbol = cursor.rest().find(|c: char| c.is_whitespace() || matches!(c, ')' | ',' | ';')).unwrap_or(0);
    cursor.jump(cursor.at() + symbol);
    let mut end = cursor.at();
    // Date and issuer, as far as they are there.
    skip_blank(&mut cursor);
    for word in ["ngày", "tháng", "năm"] {
        if cursor.phrase(word) {
            let figures = |c: char| blank(c) || c == '/' || c.is_ascii_digit();
            let rest = cursor.rest();
            let run = &rest[..rest.len() - rest.trim_start_matches(figures).len()];
            end = cursor.at() + run.trim_end().len();
            cursor.jump(cursor.at() + run.len());
        }
    }
    cursor.jump(end);
    cursor.skip_space();
    if cursor.phrase("của") {
        cursor.skip_space();
        let known = issuer::parse_at(text, cursor.at()).map(|(_, end)| end);
        let name = known.unwrap_or_else(|| super::instrument_name::issuer_end(text, cursor.at()));
        end = if name > cursor.at() { name } else { end };
    }
    Some(end)
}

/// A mention whose number lacks its symbol ("Nghị định số 34/2016") takes the full one named before.
fn complete(found: MentionAt, memory: &Memory) -> Reference {
    let MentionAt { mention, range, title_end } = found;
    let parts = mention.number.as_deref().and_then(docnumber::parts);
    let named = match (parts, mention.kind) {
        (Some(parts), Some(kind)) if parts.symbol.is_empty() => {
            match memory.by_serial(kind, parts.serial, parts.year) {
                Some(full) => Named::Other(full.clone()),
                None => Named::Other(mention),
            }
        }
        _ => Named::Other(mention),
    };
    Reference { end: range.end, resume: title_end, named }
}

/// "<kind> này".
fn this(text: &str, at: usize, kind: Kind, memory: &Memory, setting: Setting, after_provision: bool) -> Option<Named> {
    let capital = text[at..].chars().next().is_some_and(char::is_uppercase);
    // "quy định này", "kế hoạch này" in lower case are things, not documents.
    if !capital
        && !after_provision
        && !matches!(kind, Kind::Luat | Kind::BoLuat | Kind::NghiDinh | Kind::ThongTu | Kind::PhapLenh)
    {
        return None;
    }
    if setting.quoted {
        return Some(match setting.amended {
            Some(amended) => Named::Other(amended.clone()),
            None => Named::Unknown(QUOTED),
        });
    }
    if let Some(layer) = own_layer(setting, kind) {
        return Some(Named::Own(layer));
    }
    // "Quyết định này phải được gửi …" at the start of a sentence speaks of a decision just told of.
    let opens = matches!(text[..at].trim_end().chars().next_back(), None | Some('.' | ';' | '\n' | ':'));
    if !after_provision && (opens || kind == Kind::QuyDinh) {
        return None;
    }
    if !SOFT.contains(&kind) {
        return Some(memory.last(kind).map_or(Named::Unknown(NO_SELF), |mention| Named::Other(mention.clone())));
    }
    None
}

/// "Nghị định 34", "Thông tư liên tịch số 03": a serial alone.
fn short_number(text: &str, start: usize, kind: Kind, kind_end: usize, memory: &Memory) -> Option<Reference> {
    let mut cursor = Cursor::new(text, kind_end);
    cursor.skip_space();
    let says_number = cursor.phrase("số");
    cursor.skip_space();
    // "Mẫu quyết định số 03" is a form.
    if same_word(previous_word(text, start), "mẫu") {
        return None;
    }
    let serial: u32 = cursor.digits().filter(|digits| digits.len() <= 4)?.parse().ok()?;
    let mut year = None;
    let mut ahead = cursor;
    if ahead.eat('/') {
        year = Some(ahead.digits().filter(|digits| digits.len() == 4)?.parse().ok()?);
        cursor = ahead;
    }
    // "Nghị định số 34 năm 2016".
    let mut ahead = cursor;
    ahead.skip_space();
    if says_number && year.is_none() && ahead.phrase("năm") {
        ahead.skip_space();
        if let Some(said) = ahead.digits().filter(|digits| digits.len() == 4) {
            year = said.parse().ok();
            cursor = ahead;
        }
    }
    if cursor.peek().is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '%')) {
        return None;
    }
    let mut ahead = cursor;
    ahead.skip_space();
    // "Sắc lệnh số 64 ngày 30 tháng 11 năm 1945": kind and date name it.
    let issued = ahead.clone().phrase("ngày").then(|| date::parse_at(text, ahead.at())).flatten();
    if let Some((issued, end)) = issued.filter(|_| year.is_none() && memory.by_serial(kind, serial, year).is_none()) {
        let number = (kind == Kind::SacLenh).then(|| serial.to_string());
        let named = Named::Other(Mention { kind: Some(kind), number, issued: Some(issued), ..Mention::default() });
        return Some(Reference { end, resume: end, named });
    }
    let named = match memory.by_serial(kind, serial, year) {
        Some(full) => Named::Other(full.clone()),
        None if says_number && year.is_some() => {
            let number = year.map(|year| format!("{serial}/{year}"));
            Named::Other(Mention { kind: Some(kind), number, ..Mention::default() })
        }
        None if says_number && !SOFT.contains(&kind) && !matches!(kind, Kind::QuyDinh | Kind::QuyChe | Kind::Other) => {
            Named::Unknown(SHORT_NUMBER)
        }
        None => return None,
    };
    Some(Reference { end: cursor.at(), resume: cursor.at(), named })
}

/// Where `words` stand in a clause, also in capitals.
fn clause_find(clause: &str, words: &str) -> Option<usize> {
    clause.find(words).or_else(|| clause.find(&words.to_uppercase()))
}

/// "Quy chế … ban hành kèm theo Quyết định số …": names the Quyết định.
fn attached(
    text: &str,
    start: usize,
    kind: Kind,
    kind_end: usize,
    memory: &Memory,
    setting: Setting,
) -> Option<Reference> {
    if !matches!(
        kind,
        Kind::QuyChe
            | Kind::QuyDinh
            | Kind::DieuLe
            | Kind::HuongUoc
            | Kind::ChuongTrinh
            | Kind::KeHoach
            | Kind::DeAn
            | Kind::HuongDan
    ) {
        return None;
    }
    // "quy định tại Phụ lục kèm theo" names no Quy định.
    let mut next = Cursor::new(text, kind_end);
    next.skip_space();
    let named = text[start..].starts_with(char::is_uppercase) || next.clone().any(&["ban hành", "kèm theo"]).is_some();
    if !named || next.any(&["tại", "của", "trong", "chuyển tiếp", "chi tiết"]).is_some() {
        return None;
    }
    let rest = &text[kind_end..];
    let clause = &rest[..rest.find([';', '\n', '.']).unwrap_or(rest.len())];
    let said = ["kèm theo", "ban hành tại", "ban hành theo"].iter();
    let (at, words) = said.filter_map(|words| Some((clause_find(clause, words)?, words))).min()?;
    let from = kind_end + Some(at).filter(|&at| at < MAX_ATTACHED_NAME)?;
    let mut cursor = Cursor::new(text, from + words.len());
    cursor.skip_space();
    let reference = self::at(text, cursor.at(), memory, setting, false)?;
    let between: String = text[kind_end..from].chars().map(lower).collect();
    if ["danh mục", "phụ lục", "mẫu số", "biểu mẫu"].iter().any(|word| between.contains(word)) {
        return None;
    }
    // Another instrument between the two would be the one that has the attachment.
    if mention::mentions(&text[kind_end..from]).iter().any(|mention| mention.mention.number.is_some()) {
        return None;
    }
    let named = match reference.named {
        Named::Own(_) => Named::Own(own_layer(setting, kind).flatten()),
        other => other,
    };
    Some(Reference { named, ..reference })
}

/// "Điều 5 Quy chế", "Điều 7 Luật": a kind alone after provisions.
fn bare_kind(
    text: &str,
    at: usize,
    kind: Kind,
    kind_end: usize,
    memory: &Memory,
    setting: Setting,
) -> Option<Reference> {
    // A heading in capitals is no name ("Chương I QUY ĐỊNH CHUNG").
    let mut letters = text[at..kind_end].chars().filter(|c| c.is_alphabetic());
    if !letters.next().is_some_and(char::is_uppercase) || letters.all(char::is_uppercase) {
        return None;
    }
    let layer = setting
        .document
        .layers
        .iter()
        .find(|layer| layer.id != "main" && kind_at(&layer.title, 0).is_some_and(|(said, _)| said == kind));
    let named = match (layer, memory.last(kind)) {
        (Some(layer), _) => Named::Own(Some(layer.id.clone())),
        (None, Some(last)) if !matches!(kind, Kind::QuyDinh | Kind::QuyChe | Kind::DieuLe) => {
            Named::Other(last.clone())
        }
        // "Điều 2 của Quyết định" in its own Quy chế.
        (None, None) if !setting.quoted && base(setting.document.identity.kind) == base(kind) => {
            Named::Own(Some("main".to_owned()))
        }
        _ => Named::Other(Mention { kind: Some(kind), ..Mention::default() }),
    };
    Some(Reference { end: kind_end, resume: kind_end, named })
}
