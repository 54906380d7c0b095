//! Fixed wordings by which a reader tells the parts of a document: Quốc hiệu, căn cứ, enacting word, Nơi nhận, signature,
//! titles of attachments and appendices.

use memchr::memchr2_iter;

use crate::text::cursor::strip_letters;
use crate::text::number::{eat_word, lower};

/// Starts with one of `words` (lower case) as whole words, in any case.
pub(super) fn starts_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| eat_word(text, word).is_some())
}

/// Contains `words` (lower case) whatever the case.
pub(super) fn has(text: &str, words: &str) -> bool {
    match words.as_bytes().first() {
        None => true,
        Some(first) if first.is_ascii() => {
            let mut starts = memchr2_iter(*first, first.to_ascii_uppercase(), text.as_bytes());
            starts.any(|at| strip_letters(&text[at..], words).is_some())
        }
        // A letter with a mark is no ASCII byte in either case.
        Some(_) => {
            let mut starts = text.char_indices().filter(|(_, c)| !c.is_ascii());
            starts.any(|(at, _)| strip_letters(&text[at..], words).is_some())
        }
    }
}

/// Contains `words` (lower case) between letters of other words.
pub(super) fn has_word(text: &str, words: &str) -> bool {
    let mut at = text.char_indices();
    let mut inside = false;
    loop {
        if !inside && eat_word(at.as_str(), words).is_some() {
            return true;
        }
        match at.next() {
            Some((_, c)) => inside = c.is_alphabetic(),
            None => return false,
        }
    }
}

/// Is `words` (lower case) and nothing else.
pub(super) fn eat_whole(text: &str, words: &str) -> bool {
    eat_word(text, words) == Some(text.len())
}

/// No small letter, and at least two capitals.
pub(super) fn is_caps(text: &str) -> bool {
    let mut capitals = 0;
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals >= 2
}

/// Nothing but signs: "-------", "***".
pub(super) fn is_rule(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(char::is_alphanumeric)
}

/// Quốc hiệu or tiêu ngữ.
pub(super) fn is_motto(text: &str) -> bool {
    text.len() < 200
        && !text.ends_with(['.', ';'])
        && starts_with_capital(text)
        && (has(text, "cộng hòa xã hội chủ nghĩa")
            || has(text, "cộng hoà xã hội chủ nghĩa")
            || has(text, "việt nam dân chủ cộng h")
            || (has(text, "độc lập") && has(text, "tự do") && has(text, "hạnh phúc")))
}

fn starts_with_capital(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// "Số: 12/2019/QĐ-UBND", "Luật số: …".
pub(super) fn is_number_line(text: &str) -> bool {
    let after = [
        "số",
        "luật số",
        "bộ luật số",
        "nghị quyết số",
        "pháp lệnh số",
        "nghị định số",
        "thông tư số",
        "quyết định số",
    ]
    .iter()
    .find_map(|word| eat_word(text, word));
    after.is_some_and(|at| text[at..].trim_start().starts_with([':', '.'])) && text.len() < 120
}

/// "LỜI NÓI ĐẦU", "MỞ ĐẦU": the heading of a foreword, alone on its line.
pub(super) fn is_foreword(text: &str) -> bool {
    let bare = text.trim_end_matches([':', '.', ' ']);
    ["lời nói đầu", "lời mở đầu", "mở đầu", "phần mở đầu"].iter().any(|words| eat_whole(bare, words))
}

/// A line of grounds or the proposal line.
pub(super) fn is_basis(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '–', '+', '*', ' ', '\u{a0}', '\t', '(']);
    starts_with_any(
        text,
        &[
            "căn cứ",
            "căn cư",
            "căn cử",
            "theo đề nghị",
            "theo lời đề nghị",
            "xét",
            "sau khi",
            "trên cơ sở",
            "theo yêu cầu",
            "chiểu",
            "thể theo",
        ],
    )
}

/// A line that opens the grounds: only "Căn cứ" and its elder kin do.
pub(super) fn opens_basis(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '–', '+', '*', ' ', '\u{a0}', '\t', '(']);
    starts_with_any(text, &["căn cứ", "căn cư", "căn cử", "chiểu"]) && text.len() > 20
}

/// "Thực hiện Quyết định số 1203/QĐ-TTg …;" among the grounds of a plan: an order carried out, closed by a semicolon.
pub(super) fn is_order_ground(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '–', '+', '*', ' ', '\u{a0}', '\t', '(']);
    starts_with_any(text, &["thực hiện", "thi hành"]) && text.ends_with(';') && text.contains('/') && !is_caps(text)
}

/// The enacting word alone on its line: "QUYẾT ĐỊNH:", "Q U Y Ế T  N G H Ị :".
pub(super) fn is_enacting(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "quyếtđịnh",
        "quyếtnghị",
        "chỉthị",
        "nghịquyết",
        "nghịđịnh",
        "thôngtư",
        "raquyếtđịnh",
        "thốngnhất",
        "lệnh",
        "sắclệnh",
        "rasắclệnh",
        "quyếtđịnhnhưsau",
        "nayquyếtđịnh",
        "thôngbáo",
    ];
    if text.len() > 60 || !text.chars().next().is_some_and(char::is_uppercase) {
        return false;
    }
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).map(lower).collect();
    let bare = WORDS.contains(&letters.as_str());
    bare && (text.ends_with([':', '.', ';']) || is_caps(text))
}

/// The enacting word with its colon, which no title has.
pub(super) fn is_enacting_with_sign(text: &str) -> bool {
    text.ends_with(':') && is_enacting(text)
}

/// Quốc hiệu, or a line in capitals naming an authority.
pub(super) fn is_motto_or_issuer(text: &str) -> bool {
    is_motto(text) || is_caps(text)
}

/// "Nơi nhận:".
pub(super) fn is_recipients(text: &str) -> bool {
    eat_word(text, "nơi nhận").is_some_and(|at| {
        let rest = text[at..].trim_start_matches([' ', '\u{a0}', '\t']);
        text.len() < 60
            && !has(rest, "hồ sơ")
            && (!rest.starts_with(char::is_alphabetic)
                || rest.starts_with(char::is_uppercase)
                || strip_letters(rest, "như").is_some())
    })
}

/// A line only a signature block has: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "CHỦ TỊCH", "(Đã ký)".
pub(super) fn is_signer_line(text: &str) -> bool {
    const TITLES: [&str; 26] = [
        "chủ tịch",
        "phó chủ tịch",
        "bộ trưởng",
        "thứ trưởng",
        "thủ tướng",
        "phó thủ tướng",
        "giám đốc",
        "phó giám đốc",
        "chánh án",
        "viện trưởng",
        "tổng cục trưởng",
        "cục trưởng",
        "chủ nhiệm",
        "thống đốc",
        "chánh văn phòng",
        "trưởng ban",
        "tổng giám đốc",
        "hiệu trưởng",
        "vụ trưởng",
        "tổng thanh tra",
        "chánh thanh tra",
        "tổng kiểm toán",
        "trưởng phòng",
        "chi cục trưởng",
        "chủ toạ",
        "chủ tọa",
    ];
    if text.len() > 130 {
        return false;
    }
    let bare = text.trim_start_matches(['(', '[']).trim_start();
    if eat_word(bare, "đã ký").is_some() {
        return bare.chars().filter(|c| c.is_alphabetic()).count() <= 12;
    }
    if !is_caps(text) {
        return false;
    }
    // On behalf of, deputising for, by order of, acting.
    let lead = ["TM", "T/M", "KT", "K/T", "TL", "TUQ", "Q"].iter().any(|lead| {
        text.strip_prefix(lead)
            .is_some_and(|rest| rest.trim_start().starts_with('.') || (lead.len() > 1 && rest.starts_with(' ')))
    });
    lead || starts_with_any(text, &TITLES) && text.len() < 60 && !text.ends_with([':', '.', ';', ','])
}

/// "(Ban hành kèm theo Quyết định số …)".
pub(super) fn is_issued_with(text: &str) -> bool {
    let bare = text.trim_start_matches(['(', '[', '“', '*', ' ']);
    let lead = starts_with_any(
        bare,
        &[
            "ban hành kèm theo",
            "kèm theo",
            "ban hành theo",
            "được ban hành kèm theo",
            "đính kèm",
            "ban hành kèm",
            "phê duyệt kèm theo",
        ],
    );
    lead && text.len() < 400 && (text.starts_with(['(', '[', '*']) || !text.ends_with(['.', ':', ';']))
}

/// Length of the words that name an attached regulation at the start of `text`.
pub(super) fn attached_kind(text: &str) -> Option<usize> {
    const KINDS: [&str; 22] = [
        "quy chế",
        "quy định",
        "qui chế",
        "qui định",
        "điều lệ",
        "nội quy",
        "quy trình",
        "quy tắc",
        "đề án",
        "chương trình",
        "kế hoạch",
        "phương án",
        "hướng dẫn",
        "quy chuẩn",
        "chiến lược",
        "tiêu chuẩn",
        "quy hoạch",
        "bộ tiêu chí",
        "hương ước",
        "quy ước",
        "chính sách",
        "định mức",
    ];
    let bare = text.get(eat_word(text, "bản").unwrap_or(0)..)?.trim_start();
    let lead = text.len() - bare.len();
    KINDS.iter().find_map(|kind| eat_word(bare, kind)).map(|end| lead + end)
}

/// What opens an appendix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AppendixWord {
    /// Phụ lục.
    PhuLuc,
    /// Mẫu, Mẫu số, Biểu mẫu.
    Mau,
    /// Danh mục, Biểu, Bảng.
    DanhMuc,
}

/// The label of an appendix at the start of `text`: its kind and byte length ("PHỤ LỤC I", "Mẫu số 01/TTHC").
pub(super) fn appendix_label(text: &str) -> Option<(AppendixWord, usize)> {
    const WORDS: [(&str, AppendixWord, bool); 9] = [
        ("phụ lục số", AppendixWord::PhuLuc, true),
        ("phụ lục", AppendixWord::PhuLuc, false),
        ("phục lục", AppendixWord::PhuLuc, false),
        ("mẫu biểu số", AppendixWord::Mau, true),
        ("biểu mẫu số", AppendixWord::Mau, true),
        ("mẫu số", AppendixWord::Mau, true),
        ("mẫu", AppendixWord::Mau, true),
        ("biểu số", AppendixWord::Mau, true),
        ("danh mục", AppendixWord::DanhMuc, false),
    ];
    if !starts_with_capital(text) {
        return None;
    }
    let (read, word, numbered) =
        WORDS.iter().find_map(|&(w, kind, numbered)| Some((eat_word(text, w)?, kind, numbered)))?;
    let rest = &text[read..];
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\t', ':', '.']).len();
    let tail = &rest[gap..];
    let token = tail.find(|c: char| !(c.is_alphanumeric() || matches!(c, '/' | '-' | '.'))).unwrap_or(tail.len());
    let token = tail[..token].trim_end_matches(['.', '-', '/']);
    if word != AppendixWord::DanhMuc && is_appendix_number(token) {
        return Some((word, read + gap + token.len()));
    }
    (!numbered).then_some((word, read))
}

/// "01", "I", "IVa", "2A", "01/TTHC", "1-A".
fn is_appendix_number(token: &str) -> bool {
    let lead = token.len() - token.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if lead > 0 {
        return lead <= 3 && token.len() <= 24;
    }
    // "VC02", "B01a": the symbol of a series of forms and a number in it.
    let letters = token.len() - token.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    if (1..=4).contains(&letters) && token[letters..].starts_with(|c: char| c.is_ascii_digit()) {
        return token.len() <= 12;
    }
    let lead = token.len() - token.trim_start_matches(['I', 'V', 'X', 'l']).len();
    let rest = &token[lead..];
    let short = rest.is_empty() || rest.starts_with(['-', '.', '/']) || rest.len() == 1;
    (lead > 0 && short && token.len() <= 16) || (token.len() == 1 && token.bytes().all(|b| b.is_ascii_uppercase()))
}

/// A command to change another text: "Sửa đổi, bổ sung …", "Bãi bỏ …".
pub(super) fn is_command(text: &str) -> bool {
    starts_with_any(
        text,
        &[
            "sửa đổi",
            "bổ sung",
            "bãi bỏ",
            "thay thế",
            "thay",
            "hủy bỏ",
            "huỷ bỏ",
            "đổi tên",
            "bỏ",
            "sửa",
            "thay đổi",
            "điều chỉnh",
            "đính chính",
        ],
    ) || {
        let end = text.char_indices().nth(160).map_or(text.len(), |(at, _)| at);
        starts_with_any(text, &["điều", "khoản", "điểm", "tên", "chương", "mục", "phụ lục", "cụm từ"])
            && (has(&text[..end], "được sửa đổi") || has(&text[..end], "được bổ sung") || has(&text[..end], "sửa đổi"))
    }
}

/// Words that open the closing articles of an instrument.
pub(super) fn is_closing_heading(text: &str) -> bool {
    starts_with_any(
        text,
        &[
            "hiệu lực",
            "điều khoản thi hành",
            "điều khoản chuyển tiếp",
            "quy định chuyển tiếp",
            "điều khoản",
            "tổ chức thực hiện",
            "trách nhiệm",
            "quyết định này",
            "nghị định này",
            "thông tư này",
            "nghị quyết này",
            "luật này",
            "pháp lệnh này",
            "thông tư liên tịch này",
            "giao",
            "chánh văn phòng",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_know_their_spellings() {
        for text in ["QUYẾT ĐỊNH:", "QUYẾT NGHỊ :", "Q U Y Ế T   Đ Ị N H:", "Quyết định:", "CHỈ THỊ:", "QUYẾT ĐỊNH"]
        {
            assert!(is_enacting(text), "{text}");
        }
        for text in ["Quyết định", "Quyết định này có hiệu lực:", "NGHỊ QUYẾT VỀ VIỆC LẬP QUỸ"]
        {
            assert!(!is_enacting(text), "{text}");
        }
        for text in [
            "TM. ỦY BAN NHÂN DÂN",
            "KT. CHỦ TỊCH",
            "CHỦ TỊCH",
            "(Đã ký)",
            "Đã ký",
            "Q. GIÁM ĐỐC",
            "T/M UBND XÃ",
            "KT CHỦ TỊCH",
        ] {
            assert!(is_signer_line(text), "{text}");
        }
        for text in
            ["Chủ tịch Ủy ban nhân dân xã", "CHỦ TRƯƠNG", "QUY ĐỊNH CHUNG", "Đã ký hợp đồng với người dân trong xã"]
        {
            assert!(!is_signer_line(text), "{text}");
        }
        for text in ["Nơi nhận:", "Nơi nhận", "Nơi nhận: Như trên;", "Nơi nhận\t TM. ỦY BAN NHÂN DÂN"]
        {
            assert!(is_recipients(text), "{text}");
        }
        for text in ["Nơi nhận văn bản", "Nơi nhận được trình bày tại ô số 9.", "Nơi nhận hồ sơ:"]
        {
            assert!(!is_recipients(text), "{text}");
        }
        for text in ["Căn cứ Luật Đê điều ngày 29 tháng 11 năm 2006;", "Căn cư Luật Đê điều ngày 29/11/2006;"]
        {
            assert!(opens_basis(text) && is_basis(text), "{text}");
        }
        assert!(!is_basis("Căn cước công dân của chủ hộ là giấy tờ phải có."));
        assert!(is_foreword("LỜI NÓI ĐẦU") && !is_foreword("Lời nói đầu của bản quy ước"));
        assert!(is_motto("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
        assert!(is_motto("Độc lập – Tự do – Hạnh phúc"));
        assert!(is_issued_with("(Ban hành kèm theo Quyết định số 12/2020/QĐ-UBND"));
        assert!(!is_issued_with("Ban hành kèm theo Quyết định này Quy chế làm việc của xã."));
    }

    #[test]
    fn appendix_labels_are_cut_from_their_titles() {
        for (text, label) in [
            ("PHỤ LỤC I", Some("PHỤ LỤC I")),
            ("PHỤ LỤC", Some("PHỤ LỤC")),
            ("Phụ lục số 02: Danh sách", Some("Phụ lục số 02")),
            ("PHỤ LỤC IV DANH SÁCH", Some("PHỤ LỤC IV")),
            ("Mẫu số 01/TTHC", Some("Mẫu số 01/TTHC")),
            ("Mẫu số: 03", Some("Mẫu số: 03")),
            ("Mẫu 2a. Đơn", Some("Mẫu 2a")),
            ("Mẫu VC02 ban hành theo Thông tư này", Some("Mẫu VC02")),
            ("Mẫu đơn đề nghị", None),
            ("DANH MỤC VĂN BẢN", Some("DANH MỤC")),
            ("phụ lục I", None),
        ] {
            assert_eq!(appendix_label(text).map(|(_, end)| &text[..end]), label, "{text}");
        }
    }
}
