//! Letters of the years before Unicode: TCVN 5712:1993 (TCVN3, "ABC") and VNI, which hide behind Latin-1 code points.
//!
//! Fonts lie in both directions (Unicode under `.VnTime`, TCVN3 under Times New Roman), so the letters themselves are
//! weighed: some words can only be one encoding, and the rest follow them.

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

/// Numbers of words that can only be read in one way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Words with Vietnamese letters beyond Latin-1, or with combining marks.
    pub unicode: u32,
    /// Words with letters of the TCVN3 range that is symbols in Latin-1 (`®`, `§`, `¬`, `¸` …).
    pub tcvn3: u32,
    /// Words with a pair of codes that only VNI writes.
    pub vni: u32,
    /// Words with Latin-1 letters that Vietnamese does not have: TCVN3 or VNI.
    pub either: u32,
}

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
    }

    /// The verdict, with the font as a hint: without one, far more evidence is asked for.
    pub fn verdict(&self, font: FontHint) -> Verdict {
        let legacy = self.tcvn3 + self.vni + self.either;
        let clear = |count: u32, least: u32| count >= least && legacy > 4 * self.unicode;
        match font {
            FontHint::Tcvn3 | FontHint::Tcvn3Capitals if legacy > self.unicode => Verdict::Legacy(Legacy::Tcvn3),
            FontHint::Vni if legacy > self.unicode && self.tcvn3 <= self.vni + self.either => {
                Verdict::Legacy(Legacy::Vni)
            }
            FontHint::Vni if legacy > self.unicode => Verdict::Legacy(Legacy::Tcvn3),
            FontHint::None if clear(self.tcvn3, 3) && self.tcvn3 * 4 > self.vni => Verdict::Legacy(Legacy::Tcvn3),
            FontHint::None if clear(self.vni, 8) => Verdict::Legacy(Legacy::Vni),
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
    for piece in Words(text) {
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
            (_, Legacy::Tcvn3) => out.extend(word.chars().map(|c| tcvn3(c).unwrap_or(c))),
            (_, Legacy::Vni) => decode_vni(word, out),
        }
        if out[start..] != *word {
            converted.words += 1;
            let proven = matches!(weight, Weight::Tcvn3 | Weight::Vni | Weight::Either);
            converted.sure += u32::from(proven || uniform);
        }
        if capitals {
            let upper = out[start..].to_uppercase();
            out.truncate(start);
            out.push_str(&upper);
        }
    }
    converted
}

/// What one word proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Unicode,
    Tcvn3,
    Vni,
    Either,
    /// Only letters that Unicode Vietnamese and the old encodings share (`é`, `ô`, `ý`).
    Shared,
    /// ASCII only.
    Plain,
}

fn weigh(word: &str) -> Weight {
    if word.is_ascii() {
        return Weight::Plain;
    }
    let mut weight = Weight::Shared;
    let mut before = '\0';
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let inside = before.is_ascii_alphabetic();
        let found = match c {
            '\u{100}'.. => return Weight::Unicode,
            // "®Êt", "§iÒu": đ opens a syllable; elsewhere these are marks of trade and section.
            '§' | '®' if chars.peek().is_some_and(|n| n.is_ascii_alphabetic() || tcvn3(*n).is_some()) => {
                Weight::Tcvn3
            }
            '¡'..='¾' if inside && tcvn3(c).is_some() => Weight::Tcvn3,
            'ø' | 'û' | 'ï' | 'å' | 'ä' | 'ë' | 'Ø' | 'Û' | 'Ï' | 'Å' | 'Ä' | 'Ë'
                if matches!(
                    before,
                    'a' | 'e' | 'o' | 'u' | 'y' | 'A' | 'E' | 'O' | 'U' | 'Y' | 'ô' | 'ö' | 'Ô' | 'Ö'
                ) =>
            {
                Weight::Vni
            }
            'ñ' | 'Ñ' if !inside => Weight::Vni,
            _ if inside && !is_shared(c) && tcvn3(c).is_some() => Weight::Either,
            _ => Weight::Shared,
        };
        // The proof of TCVN3 is the strongest: VNI never uses its symbols, while TCVN3 does write "uû" (uỷ).
        weight = match (weight, found) {
            (Weight::Tcvn3, _) | (_, Weight::Tcvn3) => Weight::Tcvn3,
            (Weight::Vni, _) | (_, Weight::Vni) => Weight::Vni,
            (Weight::Either, _) | (_, Weight::Either) => Weight::Either,
            _ => Weight::Shared,
        };
        before = c;
    }
    weight
}

/// Latin-1 letters of Unicode Vietnamese (and eth, often typed for Đ).
fn is_shared(c: char) -> bool {
    matches!(
        c,
        'à' | 'á'
            | 'â'
            | 'ã'
            | 'è'
            | 'é'
            | 'ê'
            | 'ì'
            | 'í'
            | 'ò'
            | 'ó'
            | 'ô'
            | 'õ'
            | 'ù'
            | 'ú'
            | 'ý'
            | 'ð'
            | 'À'
            | 'Á'
            | 'Â'
            | 'Ã'
            | 'È'
            | 'É'
            | 'Ê'
            | 'Ì'
            | 'Í'
            | 'Ò'
            | 'Ó'
            | 'Ô'
            | 'Õ'
            | 'Ù'
            | 'Ú'
            | 'Ý'
            | 'Ð'
    )
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

/// TCVN 5712:1993 VN3, codes A1 to FE; `\0` where the code is no letter.
const TCVN3: [char; 94] = [
    'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', '\0', '\0', // A1-B0
    '\0', '\0', '\0', '\0', 'à', 'ả', 'ã', 'á', 'ạ', '\0', 'ằ', 'ẳ', 'ẵ', 'ắ', '\0', '\0', // B1-C0
    '\0', '\0', '\0', '\0', '\0', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', '\0', 'ẻ', 'ẽ', 'é', // C1-D0
    'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', '\0', '\0', '\0', 'ĩ', 'í', 'ị', 'ò', '\0', // D1-E0
    'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', '\0', // E1-F0
    'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', // F1-FE
];

fn tcvn3(c: char) -> Option<char> {
    let at = (c as usize).checked_sub(0xA1)?;
    TCVN3.get(at).copied().filter(|&letter| letter != '\0')
}

/// Marks that VNI writes after a plain vowel, and the combining marks they stand for.
fn vni_mark(vowel: char, mark: char) -> Option<&'static str> {
    let (vowel, mark) = (lower(vowel), lower(mark));
    let marks = match mark {
        'ù' => "\u{301}",
        'ø' => "\u{300}",
        'û' => "\u{309}",
        'õ' => "\u{303}",
        'ï' => "\u{323}",
        'â' => "\u{302}",
        'á' => "\u{302}\u{301}",
        'à' => "\u{302}\u{300}",
        'å' => "\u{302}\u{309}",
        'ã' => "\u{302}\u{303}",
        'ä' => "\u{302}\u{323}",
        'ê' => "\u{306}",
        'é' => "\u{306}\u{301}",
        'è' => "\u{306}\u{300}",
        'ú' => "\u{306}\u{309}",
        'ü' => "\u{306}\u{303}",
        'ë' => "\u{306}\u{323}",
        _ => return None,
    };
    let fits = match mark {
        'ù' | 'ø' | 'û' | 'õ' => matches!(vowel, 'a' | 'e' | 'o' | 'u' | 'y' | 'ô' | 'ö'),
        'ï' => matches!(vowel, 'a' | 'e' | 'o' | 'u' | 'ô' | 'ö'),
        'â' | 'á' | 'à' | 'å' | 'ã' | 'ä' => matches!(vowel, 'a' | 'e' | 'o'),
        _ => vowel == 'a',
    };
    fits.then_some(marks)
}

/// VNI codes that are a letter by themselves; `ô` and `ö` may still take a mark.
fn vni_single(c: char) -> char {
    match c {
        'ô' => 'ơ',
        'ö' => 'ư',
        'ñ' => 'đ',
        'æ' => 'ỉ',
        'ó' => 'ĩ',
        'ò' => 'ị',
        'î' => 'ỵ',
        'Ô' => 'Ơ',
        'Ö' => 'Ư',
        'Ñ' => 'Đ',
        'Æ' => 'Ỉ',
        'Ó' => 'Ĩ',
        'Ò' => 'Ị',
        'Î' => 'Ỵ',
        _ => c,
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn decode_vni(word: &str, out: &mut String) {
    use unicode_normalization::UnicodeNormalization;
    let mut chars = word.chars().peekable();
    let mut letter = String::with_capacity(8);
    while let Some(c) = chars.next() {
        match chars.peek().and_then(|&mark| vni_mark(c, mark)) {
            Some(marks) => {
                chars.next();
                letter.clear();
                letter.push(vni_single(c));
                letter.push_str(marks);
                out.extend(letter.nfc());
            }
            None => out.push(vni_single(c)),
        }
    }
}

#[cfg(test)]
mod tests {
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
