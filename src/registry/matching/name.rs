//! What the name of a file says: "17_2019_QD-UBND.docx" carries a number; names that lost their marks or their encoding
//! on the way are still the names that lists give.

use unicode_normalization::UnicodeNormalization;

use crate::document::{Kind, docnumber};

/// Longest name looked at, in characters; file systems allow 255.
const LONGEST: usize = 260;

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A file's name without its extensions ("a.doc.docx" has two).
pub(super) fn stem(name: &str) -> &str {
    const EXTENSIONS: [&str; 13] =
        ["doc", "docx", "docm", "dot", "dotx", "pdf", "rtf", "odt", "txt", "htm", "html", "zip", "signed"];
    let mut stem = name;
    while let Some((rest, extension)) = stem.rsplit_once('.')
        && EXTENSIONS.iter().any(|known| extension.trim().eq_ignore_ascii_case(known))
    {
        stem = rest;
    }
    stem
}

/// Letters and figures of a name without marks, case and separators, once for each way its letters may be meant.
pub(super) fn keys(name: &str) -> Vec<String> {
    let name: String = stem(file_name(name)).chars().take(LONGEST).collect();
    let mut keys: Vec<String> = readings(&name).iter().map(|reading| words(reading).concat()).collect();
    keys.retain(|key| !key.is_empty());
    keys.sort();
    keys.dedup();
    keys
}

/// The numbers a name may carry, each as `serial/year/kind` without marks: "17/2019/qd"; the year may be missing.
///
/// Figures and kinds are told by their neighbours, so "QD-17-2019-UBND", "17.2019.qd-ubnd" and "Quyết định số 17 năm
/// 2019" say the same.
pub(super) fn numbers(name: &str) -> Vec<String> {
    let name: String = stem(file_name(name)).chars().take(LONGEST).collect();
    let mut found = Vec::new();
    for reading in readings(&name) {
        numbers_of(&words(&reading), &mut found);
    }
    found.sort();
    found.dedup();
    found
}

/// The same form of a normalised number, to be looked up among [`numbers`].
pub(super) fn number_key(number: &str) -> Option<String> {
    let parts = docnumber::parts(number)?;
    let kind = parts.symbol.split(['-', '/', '.']).find_map(symbol)?;
    let suffix = parts.suffix.map(String::from).unwrap_or_default();
    let year = parts.year.map(|year| year.to_string()).unwrap_or_default();
    Some(format!("{}{suffix}/{year}/{kind}", parts.serial))
}

/// Kinds by the symbols that numbers write; a name that spells the kind out means the same symbol.
fn symbol(word: &str) -> Option<&'static str> {
    // Official letters carry the issuer and its unit instead ("2231/SNV-CCHC").
    const SYMBOLS: [(&str, Kind); 14] = [
        ("qd", Kind::QuyetDinh),
        ("nq", Kind::NghiQuyet),
        ("ct", Kind::ChiThi),
        ("kh", Kind::KeHoach),
        ("ctr", Kind::ChuongTrinh),
        ("tb", Kind::ThongBao),
        ("bc", Kind::BaoCao),
        ("ttr", Kind::ToTrinh),
        ("hd", Kind::HuongDan),
        ("nd", Kind::NghiDinh),
        ("tt", Kind::ThongTu),
        ("ttlt", Kind::ThongTuLienTich),
        ("cv", Kind::CongVan),
        ("qh", Kind::Luat),
    ];
    let word = plain(word);
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    SYMBOLS.iter().find(|(symbol, _)| *symbol == word).map(|&(symbol, _)| symbol)
}

/// Kinds as names spell them out, without marks.
const SPELT: [(&str, &str, &str); 7] = [
    ("quyet", "dinh", "qd"),
    ("nghi", "quyet", "nq"),
    ("chi", "thi", "ct"),
    ("ke", "hoach", "kh"),
    ("nghi", "dinh", "nd"),
    ("thong", "tu", "tt"),
    ("thong", "bao", "tb"),
];

fn numbers_of(words: &[String], found: &mut Vec<String>) {
    let kinds: Vec<&str> = words
        .iter()
        .filter_map(|word| symbol(word))
        .chain(words.windows(2).filter_map(|pair| {
            SPELT.iter().find(|(first, second, _)| pair[0] == *first && pair[1] == *second).map(|&(.., kind)| kind)
        }))
        .collect();
    let Some(&kind) = kinds.first() else { return };
    let year = |word: &String| word.len() == 4 && matches!(word.parse::<u16>(), Ok(1945..=2100));
    let some_year = words.iter().find(|word| year(word)).map_or("", String::as_str);
    for (at, word) in words.iter().enumerate() {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let suffix = &word[digits..];
        let Some(serial) = word[..digits].parse::<u32>().ok().filter(|_| digits <= 6 && suffix.len() <= 1) else {
            continue;
        };
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let after = words.get(at + 1);
        let named = |word: Option<&String>| {
            word.is_some_and(|word| {
                symbol(word).is_some() || word == "so" || SPELT.iter().any(|(_, second, _)| word == second)
            })
        };
        let dated = before.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        if dated {
            // "22-7-2019" is a day.
            continue;
        }
        if let Some(of_year) = after.filter(|after| year(after)) {
            found.push(format!("{serial}{suffix}/{of_year}/{kind}"));
        } else if !year(word) && (named(before) || named(after)) {
            found.push(format!("{serial}{suffix}/{some_year}/{kind}"));
            found.push(format!("{serial}{suffix}//{kind}"));
        }
    }
}

/// Words of a name: runs of letters or of figures, without marks and case. "30c" stays one word, "QD17" becomes two.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    let name = plain(name);
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_alphanumeric() {
            last = ' ';
            continue;
        }
        let lone_letter = last.is_ascii_digit() && !chars.peek().is_some_and(|next| next.is_alphanumeric());
        let joins = last != ' ' && (last.is_ascii_digit() == c.is_ascii_digit() || lone_letter);
        match words.last_mut().filter(|_| joins) {
            Some(word) => word.push(c),
            None => words.push(String::from(c)),
        }
        last = c;
    }
    words
}

/// Small letters without marks; `đ` and eth as `d`.
fn plain(text: &str) -> String {
    text.nfd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, 'đ' | 'ð') { 'd' } else { c })
        .collect()
}

/// A name as it stands, and as it was before a program took its bytes for Western letters.
fn readings(name: &str) -> Vec<String> {
    let mut readings = vec![name.to_owned()];
    if name.is_ascii() {
        return readings;
    }
    let Some(bytes) = name.nfc().map(windows_1252).collect::<Option<Vec<u8>>>() else { return readings };
    match String::from_utf8(bytes) {
        Ok(text) => readings.push(text),
        Err(error) => {
            let (text, _) = encoding_rs::WINDOWS_1258.decode_without_bom_handling(error.as_bytes());
            readings.push(text.nfc().collect());
        }
    }
    readings
}

/// The byte of Windows-1252 for a letter, control codes included as programs let them through.
fn windows_1252(c: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match u8::try_from(u32::from(c)) {
        Ok(byte) => Some(byte),
        Err(_) => HIGH.iter().position(|&high| high == c).map(|at| 0x80 + at as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_numbers_in_every_shape_that_offices_type() {
        for (name, number) in [
            ("17_2019_QD-UBND.docx", "17/2019/QĐ-UBND"),
            ("van ban/QĐ-17-2019-UBND.pdf", "17/2019/QĐ-UBND"),
            ("QD17.2019.UBND.signed.pdf", "17/2019/QĐ-UBND"),
            ("Quyết định số 17 năm 2019.doc", "17/2019/QĐ-UBND"),
            ("Quye\u{302}\u{301}t đi\u{323}nh 017-2019.docx", "17/2019/QĐ-UBND"),
            ("1707-QĐ-UBND.docx", "1707/QĐ-UBND"),
            ("QD 1707 ngay 22-7-2019.docx", "1707/QĐ-UBND"),
            ("nghi-quyet-so-30c-2020-nq-hdnd.docx", "30c/2020/NQ-HĐND"),
            ("12_2010_NQ-HĐND9.DOCX", "12/2010/NQ-HĐND9"),
            // UTF-8 read as Windows-1252.
            ("Quyáº¿t Ä‘á»‹nh 17-2019.docx", "17/2019/QĐ-UBND"),
        ] {
            let key = number_key(number).unwrap();
            assert!(numbers(name).contains(&key), "{name}: {:?} without {key}", numbers(name));
        }
    }

    #[test]
    fn other_numbers_are_not_taken_for_it() {
        for (name, number) in [
            ("QD-7-2019-UBND.pdf", "17/2019/QĐ-UBND"),
            ("117_2019_QD.docx", "17/2019/QĐ-UBND"),
            ("NQ 17-2019.docx", "17/2019/QĐ-UBND"),
            ("ban ve 17-2019.docx", "17/2019/QĐ-UBND"),
            ("QD 5 ngay 17-2-2019.docx", "17/2019/QĐ-UBND"),
        ] {
            let key = number_key(number).unwrap();
            assert!(!numbers(name).contains(&key), "{name}: {:?} has {key}", numbers(name));
        }
    }

    #[test]
    fn a_name_that_lost_its_marks_or_encoding_is_the_same_name() {
        let wanted = keys("Quy chế tiếp công dân.docx");
        for name in [
            "quy_che-tiep  cong dan.DOC",
            "Quy chê\u{301} tiê\u{301}p công dân.docx",
            "Quy cháº¿ tiáº¿p cÃ´ng dÃ¢n.docx",
            "a/Quy chê\u{ec} tiê\u{ec}p công dân.pdf",
        ] {
            assert!(keys(name).iter().any(|key| wanted.contains(key)), "{name}: {:?}", keys(name));
        }
        assert!(keys("---.docx").is_empty());
    }
}
