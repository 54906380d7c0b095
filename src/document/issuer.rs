//! Names of issuing bodies, from printed capitals, abbreviations and number symbols to the full official name:
//! "UBND TỈNH NGHỆ AN" → "Ủy ban nhân dân tỉnh Nghệ An".

use std::borrow::Cow;

use super::issuer_names::{self as names, Local};
use super::{Level, docnumber};
use crate::text::fold::fold;

/// A body or person that issues documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    /// Full official name in sentence case, tone on the first vowel of "ủy", "hòa", with its place when that is known.
    pub name: String,
    /// Level, as far as the name tells.
    pub level: Level,
}

/// The body whose name is the whole of `text`: a header cell (lines joined by a space), a cell of a list, a short form.
pub fn normalise(text: &str) -> Option<Issuer> {
    let text = &*spelt_out(text.trim_matches(|c: char| !c.is_alphanumeric()));
    let words = words(text, 0, usize::MAX);
    if let Some((issuer, used)) = known(&words, true) {
        if used >= words.len() {
            return Some(issuer);
        }
        // "Bộ Tài chính - Bộ Nội vụ", "Bộ Y tế và Bộ Tài chính": joint documents.
        let joined = matches!(words[used].folded.as_str(), "-" | "và" | "," | ";");
        if let Some((second, _)) = joined.then(|| known(&words[used + 1..], true)).flatten() {
            return Some(Issuer { name: format!("{} - {}", issuer.name, second.name), level: issuer.level });
        }
        if !is_other(&words) {
            return Some(issuer);
        }
    }
    is_other(&words).then(|| Issuer { name: organisation(&words), level: Level::CoQuan })
}

/// Short heads of names in full: "BVĐK HUYỆN DIỄN CHÂU".
fn spelt_out(text: &str) -> Cow<'_, str> {
    const SHORT: [(&str, &str, &str); 5] = [
        ("BVĐK", "BỆNH VIỆN ĐA KHOA", "Bệnh viện Đa khoa"),
        ("BV", "BỆNH VIỆN", "Bệnh viện"),
        ("TTYT", "TRUNG TÂM Y TẾ", "Trung tâm Y tế"),
        ("TTGDTX", "TRUNG TÂM GIÁO DỤC THƯỜNG XUYÊN", "Trung tâm Giáo dục thường xuyên"),
        ("TTGDNN", "TRUNG TÂM GIÁO DỤC NGHỀ NGHIỆP", "Trung tâm Giáo dục nghề nghiệp"),
    ];
    let Some((first, rest)) = text.split_once(' ') else { return Cow::Borrowed(text) };
    match SHORT.iter().find(|(short, ..)| *short == first) {
        Some((_, capitals, _)) if !rest.chars().any(char::is_lowercase) => Cow::Owned(format!("{capitals} {rest}")),
        Some((.., mixed)) => Cow::Owned(format!("{mixed} {rest}")),
        None => Cow::Borrowed(text),
    }
}

/// `name`, put together from capitals, with the small letters that running text gives it: "Bệnh viện Nội Tiết" as "Bệnh viện
/// Nội tiết". `None` when `said` is not the same name, or no better.
pub fn cased_as(name: &str, said: &str) -> Option<String> {
    let own: Vec<&str> = name.split_whitespace().collect();
    let said: Vec<&str> = said.split_whitespace().collect();
    let begins = said.first()?.starts_with(char::is_uppercase);
    let shouted = !said.iter().any(|word| word.chars().any(char::is_lowercase));
    if own.len() != said.len() || !begins || shouted {
        return None;
    }
    // The head and the sort of body keep their case: "Bệnh viện Đa khoa".
    let head = names::head_length(&fold(own[0]), &own.get(1).map(|word| fold(word)).unwrap_or_default());
    let small = |(at, (own, said)): (usize, (&&str, &&str))| {
        let lower = at > head && said.starts_with(char::is_lowercase) && own.chars().any(char::is_lowercase);
        if lower { small_letters(own) } else { (*own).to_owned() }
    };
    let cased = own.iter().zip(&said).enumerate().map(small).collect::<Vec<_>>().join(" ");
    (cased != name).then_some(cased)
}

/// The body named at byte `at` of running text, and the byte after the name. Only bodies of known form are recognised.
pub fn parse_at(text: &str, at: usize) -> Option<(Issuer, usize)> {
    let words = words(text, at, 28);
    let (issuer, used) = known(&words, false)?;
    Some((issuer, words.get(used.checked_sub(1)?)?.end))
}

/// The body a number's symbol names: Quốc hội for "QH15", Chính phủ for "NĐ-CP". Local symbols ("UBND") name no place.
pub fn from_number(number: &str) -> Option<Issuer> {
    let parts = docnumber::parts(number)?;
    parts.symbol.split(['-', '/', '.']).find_map(|segment| {
        let segment = segment.trim_end_matches(|c: char| c.is_ascii_digit());
        names::by_symbol(segment).map(|(name, level)| Issuer { name: name.to_owned(), level })
    })
}

/// The same body with the place of the body above it: Sở Nội vụ under UBND tỉnh Nghệ An is "Sở Nội vụ tỉnh Nghệ An".
pub fn within(body: Issuer, superior: &Issuer) -> Issuer {
    // "UBND TỈNH NGHỆ AN / VĂN PHÒNG": the office is named after the body.
    if body.name == "Văn phòng" && superior.level != Level::CoQuan {
        return Issuer { name: format!("Văn phòng {}", superior.name), level: body.level };
    }
    let place = unit_of(&superior.name);
    match place {
        Some(place) if body.level == Level::CoQuan && unit_of(&body.name).is_none() && takes_place(&body.name) => {
            // "Thanh tra tỉnh" of tỉnh Nghệ An.
            let said = names::UNITS.iter().filter(|unit| place.starts_with(unit.name));
            let stem = said.filter_map(|unit| body.name.strip_suffix(unit.name)?.strip_suffix(' ')).next();
            Issuer { name: format!("{} {place}", stem.unwrap_or(&body.name)), level: body.level }
        }
        _ => body,
    }
}

/// The unit a name ends with: "tỉnh Nghệ An", "phường Hưng Bình"; none when no place follows.
pub fn unit_of(name: &str) -> Option<&str> {
    let tail = names::UNITS
        .iter()
        .filter_map(|unit| {
            let at = name.find(unit.name)?;
            let after = name.get(at + unit.name.len()..)?;
            let starts = at == 0 || name[..at].ends_with(' ');
            (starts && after.starts_with(' ') && after.len() > 1).then_some(at)
        })
        .min()?;
    name.get(tail..)
}

/// Tone mark on the first vowel of oa, oe, uy at the end of a syllable, as official names write it; case kept.
pub fn tone_placed(word: &str) -> Cow<'_, str> {
    const PAIRS: [(&str, &str); 30] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
        ("OÀ", "ÒA"),
        ("OÁ", "ÓA"),
        ("OẢ", "ỎA"),
        ("OÃ", "ÕA"),
        ("OẠ", "ỌA"),
        ("OÈ", "ÒE"),
        ("OÉ", "ÓE"),
        ("OẺ", "ỎE"),
        ("OẼ", "ÕE"),
        ("OẸ", "ỌE"),
        ("UỲ", "ÙY"),
        ("UÝ", "ÚY"),
        ("UỶ", "ỦY"),
        ("UỸ", "ŨY"),
        ("UỴ", "ỤY"),
    ];
    for (from, to) in PAIRS {
        if let Some(head) = word.strip_suffix(from) {
            let after_q = head.ends_with(['q', 'Q']);
            return if after_q { Cow::Borrowed(word) } else { Cow::Owned(format!("{head}{to}")) };
        }
    }
    // "Uỷ" at the head of a name.
    match word.strip_prefix("Uỷ") {
        Some("") => Cow::Borrowed("Ủy"),
        _ => Cow::Borrowed(word),
    }
}

/// One word of a name.
struct Word<'a> {
    folded: String,
    text: &'a str,
    end: usize,
    /// A comma, semicolon, bracket or full stop follows: a name in running text ends here.
    stops: bool,
}

impl Word<'_> {
    fn is_capital(&self) -> bool {
        self.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    }

    fn is_all_capitals(&self) -> bool {
        let mut letters = self.text.chars().filter(|c| c.is_alphabetic());
        letters.clone().count() > 1 && letters.all(char::is_uppercase)
    }
}

/// Words of `text` from `at`: split at spaces, punctuation stripped, "TP.Vinh" parted, a lone hyphen kept.
fn words(text: &str, at: usize, most: usize) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut from = at;
    // A row of dots is no word, however long it is.
    for _ in 0..most.saturating_mul(2) {
        if found.len() >= most {
            break;
        }
        let Some(rest) = text.get(from..) else { break };
        let Some(step) = rest.find(|c: char| !c.is_whitespace()) else { break };
        let start = from + step;
        let rest = &text[start..];
        let mut end = start + rest.find(char::is_whitespace).unwrap_or(rest.len());
        if let Some(dot) = text[start..end].find('.').filter(|&dot| dot <= 3 && start + dot + 1 < end) {
            end = start + dot + 1;
        }
        from = end;
        let raw = &text[start..end];
        let word = raw.trim_start_matches(['(', '"', '“']);
        let trimmed = word.trim_end_matches([',', ';', ':', '.', ')', '"', '”', '/']);
        if trimmed.is_empty() {
            if let Some(last) = found.last_mut() {
                let last: &mut Word<'_> = last;
                last.stops = true;
            }
            continue;
        }
        let folded = fold(trimmed);
        let short_form = matches!(folded.as_str(), "tp" | "tx" | "tt");
        found.push(Word {
            folded,
            text: trimmed,
            end: end - (word.len() - trimmed.len()),
            stops: trimmed.len() < word.len() && !(short_form && word.ends_with('.')),
        });
    }
    found
}

/// A body of known form at the head of `words`, and how many words it takes. `whole`: nothing else is expected after it.
fn known(words: &[Word<'_>], whole: bool) -> Option<(Issuer, usize)> {
    let first = words.first()?.folded.as_str();
    if let Some((local, used)) = names::LOCAL.matched(words.iter().map(|word| word.folded.as_str())) {
        if !words[used - 1].stops || used == words.len() {
            return Some(local_body(local, words, used, whole));
        }
        return Some((Issuer { name: local.name.to_owned(), level: local.level }, used));
    }
    let skip = usize::from(matches!(first, "thống" | "chánh" | "viện") || first == "bộ") * 2;
    let titled = skip > 0
        && matches!(
            (first, words.get(1).map(|word| word.folded.as_str())),
            ("bộ", Some("trưởng")) | ("thống", Some("đốc")) | ("chánh", Some("án")) | ("viện", Some("trưởng"))
        );
    if titled {
        return known(&words[2..], whole)
            .filter(|(body, _)| body.level == Level::TrungUong)
            .map(|(body, n)| (body, n + 2));
    }
    if let Some(((name, level), used)) = names::CENTRAL.matched(words.iter().map(|word| word.folded.as_str())) {
        return Some((Issuer { name: name.to_owned(), level }, used));
    }
    department(words, whole)
}

/// A council or committee with the unit it governs.
fn local_body(local: Local, words: &[Word<'_>], used: usize, whole: bool) -> (Issuer, usize) {
    let rest = &words[used..];
    let (unit_name, level, next) = match unit(rest, whole) {
        Some(found) => found,
        None => return (Issuer { name: local.name.to_owned(), level: local.level }, used),
    };
    let level = if local.is_agency { Level::CoQuan } else { level };
    let name = format!("{} {unit_name}", local.name);
    (Issuer { name: name.replace("ủy tỉnh ", "ủy ").replace("ủy huyện ", "ủy "), level }, used + next)
}

/// "tỉnh Nghệ An", "TP. Vinh", "xã": name, level, words taken.
fn unit(words: &[Word<'_>], whole: bool) -> Option<(String, Level, usize)> {
    let Some((unit, used)) = names::unit_at(words.iter().map(|word| word.folded.as_str())) else {
        // "UBND Nghệ An": the place alone, only when it is a province.
        let (province, used) = names::PROVINCES.matched(words.iter().map(|word| word.folded.as_str()))?;
        return Some((names::province_unit(province), Level::Tinh, used));
    };
    let stopped = words[used - 1].stops && !whole;
    let rest = if stopped { &[][..] } else { &words[used..] };
    if matches!(unit.name, "tỉnh" | "thành phố")
        && let Some((province, more)) = names::PROVINCES.matched(rest.iter().map(|word| word.folded.as_str()))
    {
        let central = names::CITIES.contains(&province);
        if central == (unit.name == "thành phố") {
            return Some((format!("{} {province}", unit.name), Level::Tinh, used + more));
        }
    }
    let more = place_length(rest, words[used - 1].is_all_capitals(), whole);
    let place = title_case(&rest[..more]);
    let name = if place.is_empty() { unit.name.to_owned() } else { format!("{} {place}", unit.name) };
    Some((name, unit.level, used + more))
}

/// How many words of `rest` are the name of a place.
fn place_length(rest: &[Word<'_>], capitals: bool, whole: bool) -> usize {
    let lower_case_list = whole && rest.first().is_some_and(|word| !word.is_capital());
    let mut length = 0;
    for word in rest.iter().take(6) {
        let folded = word.folded.as_str();
        let hyphen = folded == "-" && length > 0;
        // "XÃ HƯNG TÂN / XÓM 5": the hamlet is not of the commune's name.
        if length > 0 && matches!(folded, "xóm" | "thôn" | "ấp") && !word.stops && rest.len() > length + 1 {
            break;
        }
        let ends = matches!(folded, "về" | "v/v" | "ban" | "quy" | "số" | "tại" | "nhiệm" | "khóa");
        if ends && (capitals || lower_case_list) || !(word.is_capital() || hyphen || lower_case_list) {
            break;
        }
        length += 1;
        if word.stops {
            break;
        }
    }
    while length > 0 && rest[length - 1].folded == "-" {
        length -= 1;
    }
    length
}

/// "Bộ Nội vụ", "Sở Công Thương tỉnh Nghệ An", "Phòng Tư pháp huyện …".
fn department(words: &[Word<'_>], whole: bool) -> Option<(Issuer, usize)> {
    let head = words.first()?.folded.as_str();
    let (head, level) = match head {
        "bộ" => ("Bộ", Level::TrungUong),
        "sở" => ("Sở", Level::CoQuan),
        "phòng" => ("Phòng", Level::CoQuan),
        _ => return None,
    };
    let rest = &words[1..];
    let (field, used) = match names::FIELDS.matched(rest.iter().map(|word| word.folded.as_str())) {
        Some((field, used)) => (field.to_owned(), used),
        None => {
            let used = rest.iter().take(8).take_while(|word| word.is_capital() && !word.is_all_capitals()).count();
            if used == 0 {
                return None;
            }
            (title_case(&rest[..used]), used)
        }
    };
    let name = format!("{head} {field}");
    if level == Level::CoQuan
        && !rest[used - 1].stops
        && let Some((place, _, more)) = unit(&rest[used..], whole)
    {
        return Some((Issuer { name: format!("{name} {place}"), level }, 1 + used + more));
    }
    Some((Issuer { name, level }, 1 + used))
}

/// Schools, hospitals, enterprises, associations and the like.
fn is_other(words: &[Word<'_>]) -> bool {
    let mut folded = words.iter().map(|word| word.folded.as_str());
    (2..=16).contains(&words.len())
        && folded.next().is_some_and(|first| names::OTHER_HEADS.iter().any(|head| head == first))
}

fn takes_place(name: &str) -> bool {
    ["Sở ", "Phòng ", "Văn phòng", "Ban ", "Thanh tra", "Chi cục", "Đài "].iter().any(|head| name.starts_with(head))
}

/// The name of a body of no known form: as written, or from capitals with common nouns small and the rest as names.
fn organisation(words: &[Word<'_>]) -> String {
    let capitals = words.iter().filter(|word| word.is_all_capitals()).count() * 2 > words.len();
    let second = words.get(1).map_or("", |word| word.folded.as_str());
    let head_length = words.first().map_or(0, |word| names::head_length(word.folded.as_str(), second));
    let school = words.first().is_some_and(|word| matches!(word.folded.as_str(), "trường" | "học"));
    // From here on a school's name is a proper name: "Trường THCS Hợp Thành".
    let proper = if school { school_sorts(words) } else { usize::MAX };
    let common = |at: usize| words.get(at).is_some_and(|word| names::COMMON.contains(&word.folded));
    let mut name = String::new();
    let mut at = 0;
    // Where a compound noun just ended.
    let mut after_compound = 0;
    while let Some(word) = words.get(at) {
        if !name.is_empty() {
            name.push(' ');
        }
        if let Some(always_small) = compound(&words[at..]).filter(|_| at < proper) {
            // "Tổng công ty": the head itself.
            let small =
                (1..head_length).contains(&at) || at > head_length && (always_small || !school && at == after_compound);
            name.push_str(&if small { small_letters(word.text) } else { title(word.text) });
            name.push(' ');
            name.push_str(&small_letters(words[at + 1].text));
            at += 2;
            after_compound = at;
            if words[at - 1].stops && at < words.len() {
                name.push(',');
            }
            continue;
        }
        let rest = || words[at..].iter().map(|word| word.folded.as_str());
        // "Bảo hiểm xã hội", "miền Trung".
        let society = word.folded == "xã" && words.get(at + 1).is_some_and(|next| next.folded == "hội");
        let region = word.folded == "miền"
            && words.get(at + 1).is_some_and(|next| matches!(next.folded.as_str(), "bắc" | "trung" | "nam"));
        if at > head_length && region {
            name.push_str("miền ");
            name.push_str(&title(words[at + 1].text));
            at += 2;
            continue;
        }
        if society && capitals && at > 0 && words[at - 1].folded == "hiểm" {
            name.push_str("xã hội");
            at += 2;
            continue;
        }
        if at > 0
            && !society
            && let Some((place, _, used)) = names::unit_at(rest()).and_then(|_| unit(&words[at..], true))
        {
            name.push_str(&place);
            at += used;
            continue;
        }
        if let Some((field, used)) = names::FIELDS.matched(rest()).filter(|_| at > 0 && at < proper && capitals) {
            name.push_str(field);
            at += used;
            continue;
        }
        if let Some((province, used)) = names::PROVINCES.matched(rest()).filter(|_| at > 0) {
            name.push_str(province);
            at += used;
            continue;
        }
        if !capitals {
            name.push_str(&tone_placed(word.text));
        } else if names::ACRONYMS.contains(&word.text) || is_initials(word.text) {
            name.push_str(word.text);
        } else if at == 0 {
            name.push_str(&title(word.text));
        } else if at == head_length {
            // The sort of school, hospital or enterprise: "Trường Đại học", "Bệnh viện Đa khoa".
            name.push_str(&title(word.text));
        } else if matches!(word.folded.as_str(), "và" | "của")
            // One common noun beside a name is part of it: "An Phát", "Quang Trung".
            || at < proper
                && common(at)
                && (at < head_length || common(at + 1) && !word.stops || at > head_length && common(at - 1))
        {
            name.push_str(&small_letters(word.text));
        } else {
            name.push_str(&title(word.text));
        }
        if word.stops && at + 1 < words.len() {
            name.push(',');
        }
        at += 1;
    }
    name.replace('Ð', "Đ").replace('ð', "đ")
}

/// "KKT", "PTNT", "QLDA&XD": letters that no syllable has without a vowel.
fn is_initials(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() > 1
        && letters.all(|c| c.is_uppercase() && (c == 'Đ' || c == 'Ð' || c.is_ascii() && !"AEIOUY".contains(c)))
}

/// How many words say what sort of school it is: "Trường PTDTBT Tiểu học"; beyond every name when none does.
fn school_sorts(words: &[Word<'_>]) -> usize {
    const SORTS: [&str; 18] = [
        "trung học cơ sở",
        "trung học phổ thông",
        "phổ thông cơ sở",
        "phổ thông dân tộc nội trú",
        "phổ thông dân tộc bán trú",
        "tiểu học",
        "mầm non",
        "mẫu giáo",
        "thcs",
        "thpt",
        "th",
        "mn",
        "th&thcs",
        "ptcs",
        "ptdtbt",
        "ptdtnt",
        "và",
        "-",
    ];
    let mut at = 1;
    while let Some(sort) = SORTS.iter().find(|sort| {
        sort.split(' ')
            .enumerate()
            .all(|(step, part)| words.get(at + step).is_some_and(|word| word.folded == fold(part)))
    }) {
        at += sort.split(' ').count();
    }
    if at == 1 { usize::MAX } else { at }
}

/// Do the words begin with a compound noun printed with two capitals? `true` in it: one that never begins a proper name.
fn compound(words: &[Word<'_>]) -> Option<bool> {
    let [first, second, ..] = words else { return None };
    let printed = first.is_capital() && second.is_capital() && !first.stops;
    let pair = || format!("{} {}", first.folded, second.folded);
    printed.then(|| names::COMPOUNDS.get(&pair()).copied()).flatten()
}

fn small_letters(word: &str) -> String {
    tone_placed(&word.to_lowercase()).into_owned()
}

fn title_case(words: &[Word<'_>]) -> String {
    words.iter().map(|word| title(word.text)).collect::<Vec<_>>().join(" ")
}

/// First letter large, the others small, when the word is all large or all small; mixed words stay.
fn title(word: &str) -> String {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return String::new() };
    let rest = chars.as_str();
    let mixed = rest.chars().any(char::is_lowercase);
    let rest = if mixed { rest.to_owned() } else { rest.to_lowercase() };
    let word: String = first.to_uppercase().chain(rest.chars()).collect();
    tone_placed(&word).replace('Ð', "Đ").replace('ð', "đ")
}

#[cfg(test)]
mod tests;
