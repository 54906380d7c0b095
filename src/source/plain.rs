//! Plain text: one paragraph a line, in UTF-8, UTF-16, Windows-1258, TCVN3 or VNI.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::compose::notices;
use super::{Block, Encoding, Origin, Paragraph, RawDocument, Reader, Unread, UnreadCode, Warning};
use crate::text::charset::bytes::{EightBit, eight_bit, is_viqr, repair_double_utf8, utf16_without_mark};
use crate::text::charset::{Converted, Evidence, FontHint, Legacy, Verdict, decode};

/// Largest text file, in bytes: UTF-16 takes up to twice what a document may have.
const MAX_BYTES: usize = 64 << 20;

/// Reads a text file. The origin of a paragraph is its line, from 1.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Unread> {
    if bytes.len() > MAX_BYTES {
        return Err(Unread::new(UnreadCode::TooLarge));
    }
    let Decoded { text, encoding, warnings } = decode_bytes(bytes)?;
    let text = if is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { text.nfc().collect() };
    let blocks: Vec<Block> = lines(&text).zip(1..).map(|(line, number)| paragraph(line, number)).collect();
    let has_words = text.contains(|c: char| !c.is_whitespace() && !is_dropped(c));
    if !has_words {
        return Err(Unread::new(UnreadCode::Empty));
    }
    Ok(RawDocument { encoding, warnings, ..RawDocument::new(Reader::Text, blocks) })
}

struct Decoded {
    text: String,
    encoding: Encoding,
    warnings: Vec<Warning>,
}

/// Ends of lines of Windows, Unix, old Macs; a form feed ends a page and so a line.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text)));
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\n', '\r', '\x0c']) else {
            rest = None;
            return Some(text);
        };
        let width = if text[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = Some(&text[end + width..]);
        Some(&text[..end])
    })
}

fn paragraph(line: &str, number: u32) -> Block {
    let text: String =
        if line.contains(is_dropped) { line.chars().filter(|&c| !is_dropped(c)).collect() } else { line.to_owned() };
    Block::Paragraph(Paragraph { text, origin: Origin { paragraph: number, page: None }, ..Paragraph::default() })
}

fn is_dropped(c: char) -> bool {
    (c.is_control() && c != '\t') || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn decode_bytes(bytes: &[u8]) -> Result<Decoded, Unread> {
    let wide: Option<fn([u8; 2]) -> u16> = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => Some(u16::from_le_bytes),
        Some([0xFE, 0xFF]) => Some(u16::from_be_bytes),
        _ => None,
    };
    if let Some(unit) = wide {
        return unicode(utf16(&bytes[2..], unit), Vec::new());
    }
    if let Some(unit) = utf16_without_mark(bytes) {
        return unicode(utf16(bytes, unit), Vec::new());
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => unicode(text.to_owned(), Vec::new()),
        Err(_) => not_utf8(bytes),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// Text in Unicode, whose letters may still be something else.
fn unicode(text: String, mut warnings: Vec<Warning>) -> Result<Decoded, Unread> {
    if is_viqr(&text) {
        return Err(unknown("VIQR (gõ dấu bằng ký tự)"));
    }
    let text = match repair_double_utf8(&text) {
        Some((repaired, lines)) => {
            warnings.push(Warning::new(
                "double-encoding-repaired",
                format!(
                    "Có {lines} dòng bị mã hóa UTF-8 hai lần (kiểu “Nghá»‡ An”), đã khôi phục. Cần đối chiếu với bản gốc."
                ),
            ));
            repaired
        }
        None => text,
    };
    Ok(weigh(text, warnings))
}

/// Bytes that are not UTF-8: UTF-8 with a few broken bytes, or an old encoding.
fn not_utf8(bytes: &[u8]) -> Result<Decoded, Unread> {
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.matches('\u{fffd}').count();
    let letters = lossy.chars().filter(|&c| c > '\u{7f}' && c != '\u{fffd}').count();
    if broken * 10 <= letters {
        let warning = Warning::new(
            "damaged-part",
            format!("Tệp có {broken} chỗ không đọc được chữ. Cần đối chiếu với bản gốc trước khi kết luận."),
        );
        return Ok(weigh(lossy.into_owned(), vec![warning]));
    }
    match eight_bit(bytes) {
        EightBit::Legacy(latin) => Ok(weigh(latin, Vec::new())),
        EightBit::Windows1258(text) => Ok(Decoded { text, encoding: Encoding::Unicode, warnings: Vec::new() }),
        EightBit::Named(name) => Err(unknown(name)),
        EightBit::Unknown => Err(Unread::new(UnreadCode::UnknownEncoding)),
    }
}

/// The letters are in an encoding we know by name only.
fn unknown(name: &str) -> Unread {
    Unread::because(
        UnreadCode::UnknownEncoding,
        format!("Chữ trong tệp theo bảng mã {name}, chưa đọc được."),
        "Chuyển tệp sang Unicode bằng phần mềm gõ tiếng Việt (UniKey, Công cụ chuyển mã), lưu lại rồi chạy lại.",
    )
}

/// Decodes legacy letters when those of the whole text say so; there is no font to hint.
fn weigh(text: String, mut warnings: Vec<Warning>) -> Decoded {
    let Verdict::Legacy(legacy) = Evidence::of(&text).verdict(FontHint::None) else {
        return Decoded { text, encoding: Encoding::Unicode, warnings };
    };
    let encoding = match legacy {
        Legacy::Tcvn3 => Encoding::Tcvn3,
        Legacy::Vni => Encoding::Vni,
    };
    let mut out = String::with_capacity(text.len());
    let converted: Converted = decode(&text, legacy, false, &mut out);
    warnings.push(notices::legacy(encoding, converted));
    Decoded { text: out, encoding, warnings }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<String> {
        read(bytes).unwrap().paragraphs().iter().map(|paragraph| paragraph.text.clone()).collect()
    }

    #[test]
    fn a_line_is_a_paragraph() {
        assert_eq!(
            texts("\u{feff}Điều 1.\r\n\r\nPhạm vi\rHết\x0cSang\n".as_bytes()),
            ["Điều 1.", "", "Phạm vi", "Hết", "Sang"]
        );
        let raw = read("a\n\nb".as_bytes()).unwrap();
        let origins: Vec<u32> = raw.paragraphs().iter().map(|paragraph| paragraph.origin.paragraph).collect();
        assert_eq!(origins, [1, 2, 3]);
    }

    #[test]
    fn text_is_composed_and_invisible_characters_go() {
        assert_eq!(texts("ng\u{ad}ười đie\u{302}\u{300}u\u{200b}\u{1}\tx".as_bytes()), ["người điều\tx"]);
    }

    #[test]
    fn utf_16_is_read() {
        let words = "Quyết định";
        let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain(words.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(words.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        assert_eq!(texts(&little), [words]);
        assert_eq!(texts(&big), [words]);
    }

    #[test]
    fn old_letters_are_decoded() {
        let old: Vec<u8> = "§iÒu 1. Nh©n d©n bµn, quyÕt ®Þnh vµ gi¸m s¸t".chars().map(|c| c as u8).collect();
        let raw = read(&old).unwrap();
        assert_eq!(raw.encoding, Encoding::Tcvn3);
        assert_eq!(raw.paragraphs()[0].text, "Điều 1. Nhân dân bàn, quyết định và giám sát");
        assert_eq!(raw.warnings[0].code, "legacy-encoding-converted");
    }

    #[test]
    fn capitals_without_their_font_are_raised() {
        let old: Vec<u8> = "UBND TØNH NGHÖ AN\nUBND X· Hµ T¢N\nSè: 12/Q§-UB\nQUYÕT §ÞNH\nVÒ viÖc th«n Hµ ViÖt"
            .chars()
            .map(|c| c as u8)
            .collect();
        assert_eq!(
            texts(&old),
            ["UBND TỈNH NGHỆ AN", "UBND XÃ HÀ TÂN", "Số: 12/QĐ-UB", "QUYẾT ĐỊNH", "Về việc thôn Hà Việt"]
        );
    }

    #[test]
    fn other_encodings_are_read_or_named() {
        let words = "Quyết định của Ủy ban nhân dân tỉnh\nĐiều 1. Phạm vi";
        let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(crate::source::kind::sniff(&little), crate::source::kind::Kind::Text);
        assert_eq!(texts(&little), words.split('\n').collect::<Vec<_>>());
        assert_eq!(
            texts(b"Quy\xea\xect \xf0i\xf2nh cu\xd2a U\xd2y ban nh\xe2n d\xe2n ti\xd2nh, xa\xde"),
            ["Quyết định của Ủy ban nhân dân tỉnh, xã"]
        );
        let twice = "Uá»· ban nhÃ¢n dÃ¢n tá»‰nh Nghá»‡ An";
        let raw = read(twice.as_bytes()).unwrap();
        assert_eq!(raw.paragraphs()[0].text, "Uỷ ban nhân dân tỉnh Nghệ An");
        assert_eq!(raw.warnings[0].code, "double-encoding-repaired");
        let viqr = "Quye^'t ddi.nh na`y co' hie^.u lu+.c ke^? tu+` nga`y ky'; U?y ban nha^n da^n ti?nh, so+? nga`nh, \
            ddo+n vi., ca('n cu+' Lua^.t To^? chu+'c, chi.u tra'ch nhie^.m";
        let unread = read(viqr.as_bytes()).unwrap_err();
        assert_eq!(unread.code, UnreadCode::UnknownEncoding);
        assert!(unread.message.contains("VIQR"));
    }

    #[test]
    fn broken_bytes_are_told_and_unknown_ones_refused() {
        let mut bytes =
            "Ủy ban nhân dân xã tổ chức để Nhân dân bàn và quyết định, kiểm tra, giám sát".as_bytes().to_vec();
        bytes.push(0xFF);
        assert_eq!(read(&bytes).unwrap().warnings[0].code, "damaged-part");
        assert_eq!(read(&[0x81, 0xFE, 0x90, 0xC0, b'a']).unwrap_err().code, UnreadCode::UnknownEncoding);
        assert_eq!(read(b" \r\n\t ").unwrap_err().code, UnreadCode::Empty);
    }
}
