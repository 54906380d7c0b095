//! Letters of the years before Unicode: TCVN 5712:1993 (TCVN3, "ABC") and VNI, which hide behind Latin-1 code points.
//!
//! Fonts lie in both directions (Unicode under `.VnTime`, TCVN3 under Times New Roman), so the letters themselves are
//! weighed: a word that is a Vietnamese syllable in one encoding only proves it, and the rest follow.

pub mod bytes;
mod syllable;
mod tables;

use syllable::is_accented_syllable;
use tables::{decode_vni, tcvn3};

/// An encoding that hides Vietnamese letters behind Latin-1 code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Legacy {
    /// TCVN 5712:1993, one code a letter; capitals come from the font.
    Tcvn3,
    /// VNI: a vowel and a mark, two codes a letter.
    Vni,
}

/// What the name of a font says of its encoding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FontHint {
    /// Nothing.
    #[default]
    None,
    /// `.VnTime` and its kin.
    Tcvn3,
    /// `.VnTimeH` and its kin: small letters are drawn as capitals.
    Tcvn3Capitals,
    /// `VNI-Times` and its kin.
    Vni,
}

impl FontHint {
    /// Reads the hint from a font's name.
    pub fn of(name: &str) -> Self {
        let starts = |prefix: &str| name.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
        if starts(".Vn") {
            // ".VnTimeH" draws capitals; a lone "H" after a small letter is what tells it from ".VnTeknical".
            let mut tail = name.chars().rev();
            let capitals = tail.next() == Some('H') && tail.next().is_some_and(|c| c.is_lowercase() || c == ' ');
            if capitals { FontHint::Tcvn3Capitals } else { FontHint::Tcvn3 }
        } else if starts("VNI-") || starts("VNI ") {
            FontHint::Vni
        } else {
            FontHint::None
        }
    }
}

/// Numbers of words by what they prove.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Words with Vietnamese letters beyond Latin-1, or with combining marks.
    pub unicode: u32,
    /// Words that are a syllable in TCVN3 only.
    pub tcvn3: u32,
    /// Words that are a syllable in VNI only.
    pub vni: u32,
    /// Words that are a syllable in TCVN3 and in VNI, but not as they stand.
    pub either: u32,
    /// Words with letters beyond ASCII that are no syllable in any way: another language, a slip, a sign.
    pub foreign: u32,
    /// Stretches under an ordinary font that are legacy by themselves: pasted text.
    pub pasted: u32,
}

/// Fewest proofs that make a text legacy when its font says nothing.
const MIN_PROOFS: u32 = 3;

/// What the letters of a stretch of text say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They are Unicode.
    Unicode,
    /// They are not.
    Legacy(Legacy),
    /// Too few to tell: ask a larger stretch.
    Open,
}

impl Evidence {
    /// Weighs a text word by word.
    pub fn of(text: &str) -> Self {
        let mut evidence = Evidence::default();
        for word in Words(text) {
            if let Piece::Word(word) = word {
                match weigh(word) {
                    Weight::Unicode => evidence.unicode += 1,
                    Weight::Tcvn3 => evidence.tcvn3 += 1,
                    Weight::Vni => evidence.vni += 1,
                    Weight::Either => evidence.either += 1,
                    Weight::Foreign => evidence.foreign += 1,
                    Weight::Shared | Weight::Plain => {}
                }
            }
        }
        evidence
    }

    /// Adds the numbers of another stretch.
    pub fn add(&mut self, other: Evidence) {
        self.unicode += other.unicode;
        self.tcvn3 += other.tcvn3;
        self.vni += other.vni;
        self.either += other.either;
        self.foreign += other.foreign;
        self.pasted += other.pasted;
    }

    /// The verdict, with the font as a hint: without one, more evidence is asked for.
    pub fn verdict(&self, font: FontHint) -> Verdict {
        let legacy = self.tcvn3 + self.vni + self.either;
        let clear = |count: u32| count >= MIN_PROOFS && legacy > 4 * self.unicode && legacy >= 2 * self.foreign;
        match font {
            FontHint::Tcvn3 | FontHint::Tcvn3Capitals if legacy > self.unicode => Verdict::Legacy(Legacy::Tcvn3),
            FontHint::Vni if legacy > self.unicode && self.tcvn3 <= self.vni + self.either => {
                Verdict::Legacy(Legacy::Vni)
            }
            FontHint::Vni if legacy > self.unicode => Verdict::Legacy(Legacy::Tcvn3),
            FontHint::None if self.tcvn3 >= self.vni && clear(self.tcvn3) => Verdict::Legacy(Legacy::Tcvn3),
            FontHint::None if self.vni > self.tcvn3 && clear(self.vni) => Verdict::Legacy(Legacy::Vni),
            _ if self.unicode > 0 => Verdict::Unicode,
            _ => Verdict::Open,
        }
    }
}

/// How many words a conversion touched, and how many of them could be nothing else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Converted {
    /// Words with at least one letter changed.
    pub words: u32,
    /// Of these, words whose own letters, or those of their whole stretch, prove the encoding.
    pub sure: u32,
}

impl Converted {
    /// Share of proven words, in whole percent; 100 when nothing was converted.
    pub fn percent_sure(&self) -> u32 {
        if self.words == 0 { 100 } else { (u64::from(self.sure) * 100 / u64::from(self.words)) as u32 }
    }
}

/// Appends `text` in Unicode. Words whose own letters are Unicode stay; all others are read as `legacy`.
pub fn decode(text: &str, legacy: Legacy, capitals: bool, out: &mut String) -> Converted {
    let mut converted = Converted::default();
    let whole = Evidence::of(text);
    let uniform = whole.unicode == 0 && whole.tcvn3 + whole.vni + whole.either > 0;
    for line in text.split_inclusive('\n') {
        let capital_line = legacy == Legacy::Tcvn3 && is_capital_line(line);
        for piece in Words(line) {
            let word = match piece {
                Piece::Word(word) => word,
                Piece::Between(between) => {
                    out.push_str(between);
                    continue;
                }
            };
            let weight = weigh(word);
            let start = out.len();
            match (weight, legacy) {
                (Weight::Unicode, _) => {
                    out.push_str(word);
                    continue;
                }
                (_, Legacy::Tcvn3) => decode_tcvn3(word, out),
                (_, Legacy::Vni) => decode_vni(word, out),
            }
            if out[start..] != *word {
                converted.words += 1;
                let proven = matches!(weight, Weight::Tcvn3 | Weight::Vni | Weight::Either);
                converted.sure += u32::from(proven || uniform);
            }
            let raised = legacy == Legacy::Tcvn3 && (is_capital_word(word) || (capital_line && !word.is_ascii()));
            if capitals || raised {
                let upper = out[start..].to_uppercase();
                out.truncate(start);
                out.push_str(&upper);
            }
        }
    }
    converted
}

/// TCVN3 has no capitals with marks of tone: they are small letters in a font that draws capitals. Where the font is lost,
/// "QUYÕT" tells by its other letters that it was one of them.
fn is_capital_word(word: &str) -> bool {
    let plain = word.chars().filter(char::is_ascii_alphabetic);
    !word.is_ascii() && plain.clone().count() >= 2 && !word.contains(|c: char| c.is_ascii_lowercase())
}

/// A line of capitals, which decides for words like "X·" and "Hµ" with one plain letter or none.
fn is_capital_line(line: &str) -> bool {
    !line.contains(|c: char| c.is_ascii_lowercase())
        && Words(line).any(|piece| matches!(piece, Piece::Word(word) if is_capital_word(word)))
}

fn decode_tcvn3(word: &str, out: &mut String) {
    out.extend(word.chars().map(|c| tcvn3(c).unwrap_or(c)));
}

/// What one word proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Unicode,
    Tcvn3,
    Vni,
    Either,
    /// A syllable as it stands, or too short to tell.
    Shared,
    /// No syllable in any way.
    Foreign,
    /// ASCII only.
    Plain,
}

fn weigh(word: &str) -> Weight {
    if word.is_ascii() {
        return Weight::Plain;
    }
    if word.contains(|c| c >= '\u{100}') {
        return Weight::Unicode;
    }
    // Single signs ("§", "©", "·") prove nothing. Nor does "§A"; but no Unicode text writes "Q§", "H§ND".
    let abbreviation = word.contains('§') && !word.contains(|c: char| c.is_lowercase());
    if abbreviation && word.as_bytes()[0].is_ascii_uppercase() {
        return Weight::Tcvn3;
    }
    if word.chars().nth(1).is_none() || abbreviation || is_accented_syllable(word) {
        return Weight::Shared;
    }
    let mut decoded = String::with_capacity(2 * word.len());
    decode_tcvn3(word, &mut decoded);
    // "25 µm" is no "àm".
    let tcvn3 = !word.starts_with('µ') && is_accented_syllable(&decoded);
    decoded.clear();
    decode_vni(word, &mut decoded);
    match (tcvn3, decoded != word && is_accented_syllable(&decoded)) {
        (true, false) => Weight::Tcvn3,
        (false, true) => Weight::Vni,
        (true, true) => Weight::Either,
        (false, false) => Weight::Foreign,
    }
}

/// One stretch of letters, or what stands between two.
enum Piece<'a> {
    Word(&'a str),
    Between(&'a str),
}

/// Cuts a text into words as the old encodings see them: every Latin-1 code from A1 up may be a letter.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let in_word = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{a1}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}');
        let opens_word = in_word(self.0.chars().next()?);
        let end = self.0.find(|c| in_word(c) != opens_word).unwrap_or(self.0.len());
        let (piece, rest) = self.0.split_at(end);
        self.0 = rest;
        Some(if opens_word { Piece::Word(piece) } else { Piece::Between(piece) })
    }
}

#[cfg(test)]
mod tests {
    use super::tables::TCVN3;
    use super::*;

    fn convert(text: &str, legacy: Legacy, capitals: bool) -> String {
        let mut out = String::new();
        decode(text, legacy, capitals, &mut out);
        out
    }

    /// The inverse of the table, so that tests can be written in readable Vietnamese.
    fn as_tcvn3(text: &str) -> String {
        text.chars()
            .map(|c| {
                let at = TCVN3.iter().position(|&letter| letter == c);
                at.and_then(|at| char::from_u32(0xA1 + at as u32)).unwrap_or(c)
            })
            .collect()
    }

    #[test]
    fn tcvn3_is_decoded() {
        for (from, to) in [
            ("§iÒu 1. Nh©n d©n bµn vµ quyÕt ®Þnh", "Điều 1. Nhân dân bàn và quyết định"),
            ("ng\u{ad}êi ph\u{ad}¬ng \u{ad}u tiªn", "người phương ưu tiên"),
            ("C¨n cø LuËt", "Căn cứ Luật"),
            ("xÐt ®Ò nghÞ", "xét đề nghị"),
        ] {
            assert_eq!(convert(from, Legacy::Tcvn3, false), to);
        }
        assert_eq!(convert("QuyÕt ®Þnh cña UBND", Legacy::Tcvn3, true), "QUYẾT ĐỊNH CỦA UBND");
        let all = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđĂÂÊÔƠƯĐ";
        assert_eq!(convert(&as_tcvn3(all), Legacy::Tcvn3, false), all);
    }

    #[test]
    fn vni_is_decoded() {
        for (from, to) in [
            ("Ñieàu 1. Nhaân daân baøn vaø quyeát ñònh", "Điều 1. Nhân dân bàn và quyết định"),
            ("ngöôøi phöông thöùc", "người phương thức"),
            ("UÛY BAN NHAÂN DAÂN XAÕ", "ỦY BAN NHÂN DÂN XÃ"),
            ("thò traán, kyø hoïp, thöïc hieän", "thị trấn, kỳ họp, thực hiện"),
            ("ñaêng, baèng, laép, ñaëc", "đăng, bằng, lắp, đặc"),
            ("chæ ñaïo, só quan, caùn boä", "chỉ đạo, sĩ quan, cán bộ"),
        ] {
            assert_eq!(convert(from, Legacy::Vni, false), to);
        }
    }

    #[test]
    fn unicode_words_survive_a_legacy_verdict() {
        let mixed = "Thôn trưởng C¨n cø người";
        assert_eq!(
            convert(mixed, Legacy::Tcvn3, false),
            "Thụn trưởng Căn cứ người",
            "shared letters follow the verdict"
        );
        assert_eq!(Evidence::of("Quyết định số 5").verdict(FontHint::Tcvn3), Verdict::Unicode);
    }

    #[test]
    fn verdicts_weigh_letters_and_only_hint_by_font() {
        let legal =
            "Ủy ban nhân dân xã có trách nhiệm tổ chức để Nhân dân bàn, quyết định; công khai đầy đủ các nội dung";
        let old = as_tcvn3(legal);
        assert_eq!(Evidence::of(&old).verdict(FontHint::None), Verdict::Legacy(Legacy::Tcvn3));
        assert_eq!(Evidence::of(&old).verdict(FontHint::Vni), Verdict::Legacy(Legacy::Tcvn3));
        for font in [FontHint::None, FontHint::Tcvn3, FontHint::Vni] {
            assert_eq!(Evidence::of(legal).verdict(font), Verdict::Unicode, "{font:?}");
        }
        let vni =
            "Uûy ban nhaân daân xaõ coù traùch nhieäm toå chöùc ñeå Nhaân daân baøn, quyeát ñònh; ñaày ñuû caùc noäi";
        assert_eq!(Evidence::of(vni).verdict(FontHint::Vni), Verdict::Legacy(Legacy::Vni));
        assert_eq!(Evidence::of(vni).verdict(FontHint::None), Verdict::Legacy(Legacy::Vni));
        for quiet in ["Windows® © 2020, § 5, 25 µm, «abc», 5·10", "Ban Ðoàn thanh niên", "café naïve señor", "UBND"]
        {
            assert_eq!(Evidence::of(quiet).verdict(FontHint::None), Verdict::Open, "{quiet}");
        }
    }

    /// The letters of VNI by what they decode to.
    fn as_vni(text: &str) -> String {
        let letters: Vec<char> = ('A'..='z').chain('À'..='ÿ').collect();
        let pairs = letters.iter().flat_map(|&letter| letters.iter().map(move |&mark| format!("{letter}{mark}")));
        let mut table = std::collections::HashMap::new();
        for code in letters.iter().map(char::to_string).chain(pairs) {
            let decoded = convert(&code, Legacy::Vni, false);
            if let (true, Some(c)) = (decoded != code && decoded.chars().count() == 1, decoded.chars().next()) {
                // A mark has the case of its letter.
                let cased = code.chars().all(char::is_uppercase) || code.chars().all(char::is_lowercase);
                if cased {
                    table.insert(c, code);
                }
            }
        }
        text.chars().map(|c| table.get(&c).cloned().unwrap_or_else(|| c.to_string())).collect()
    }

    #[test]
    fn what_was_encoded_is_decoded() {
        for text in [
            "Điều 12. Trách nhiệm của Ủy ban nhân dân xã, phường, thị trấn trong việc lấy ý kiến cử tri",
            "Mức đóng góp được thông qua khi ít nhất hai phần ba số hộ gia đình tán thành; kỹ thuật, thủy lợi",
            "Tổ hòa giải gồm những người uy tín, được thôn bầu bằng phiếu kín hoặc biểu quyết giơ tay",
        ] {
            let vni = as_vni(text);
            assert_ne!(vni, text);
            assert_eq!(Evidence::of(&vni).verdict(FontHint::None), Verdict::Legacy(Legacy::Vni));
            assert_eq!(convert(&vni, Legacy::Vni, false), text);
            assert_eq!(convert(&as_vni(&text.to_uppercase()), Legacy::Vni, false), text.to_uppercase());
            // TCVN3 has no capitals with tones.
            let small = text.to_lowercase();
            let tcvn3 = as_tcvn3(&small);
            assert_eq!(Evidence::of(&tcvn3).verdict(FontHint::None), Verdict::Legacy(Legacy::Tcvn3));
            assert_eq!(convert(&tcvn3, Legacy::Tcvn3, false), small);
            assert_eq!(convert(&tcvn3, Legacy::Tcvn3, true), text.to_uppercase());
        }
    }

    #[test]
    fn other_languages_are_left_alone() {
        for text in [
            "Le décret du mois d’août où le coût naïf de Noël a été fixé à Haïti, là où l’arrêté précède la façade",
            "Größe, Straße, geändert, für, über, höher, Maß, größer, Übung, schön, können, müssen",
            "El año pasado señaló que el niño español acudió a la montaña, según el cónsul, mañana",
            "Blåbær, øl, også, måske, større, fjæld, ærø, miljøet, uøkonomisk",
            "A resolução não são três ações, à mão; o órgão público",
        ] {
            let many = format!("{text} ").repeat(20);
            assert!(!matches!(Evidence::of(&many).verdict(FontHint::None), Verdict::Legacy(_)), "{text}");
        }
    }

    #[test]
    fn font_names_hint() {
        for (name, hint) in [
            (".VnTime", FontHint::Tcvn3),
            (".VnTimeH", FontHint::Tcvn3Capitals),
            (".vnArial NarrowH", FontHint::Tcvn3Capitals),
            ("VNI-Times", FontHint::Vni),
            ("Times New Roman", FontHint::None),
            ("Vnbook", FontHint::None),
        ] {
            assert_eq!(FontHint::of(name), hint, "{name}");
        }
    }
}
