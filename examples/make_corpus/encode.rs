//! Letters as old files store them.

use unicode_normalization::UnicodeNormalization;

/// TCVN3 (ABC) letters, `unicode` and the Latin-1 character with the same byte.
const TCVN3: &str = "àµ á¸ ả¶ ã· ạ¹ ă¨ ằ» ắ¾ ẳ¼ ẵ½ ặÆ â© ầÇ ấÊ ẩÈ ẫÉ ậË đ® èÌ éÐ ẻÎ ẽÏ ẹÑ êª ềÒ ếÕ ểÓ ễÔ ệÖ ì× íÝ ỉØ ĩÜ ịÞ \
    òß óã ỏá õâ ọä ô« ồå ốè ổæ ỗç ộé ơ¬ ờê ớí ởë ỡì ợî ùï úó ủñ ũò ụô ư\u{ad} ừõ ứø ửö ữ÷ ựù ỳú ýý ỷû ỹü ỵþ Ă¡ Â¢ Ê£ Ô¤ Ơ¥ Ư¦ Đ§";

/// TCVN3 in Latin-1 characters; with `capitals` the letters are lower case, for the capital font `.VnTimeH`.
pub fn tcvn3(text: &str, capitals: bool) -> String {
    let text = if capitals { text.to_lowercase() } else { text.to_owned() };
    text.nfc()
        .map(|letter| TCVN3.split(' ').find_map(|pair| pair.strip_prefix(letter)?.chars().next()).unwrap_or(letter))
        .collect()
}

/// Tone marks behind their vowels, eth for Đ, a no-break space after "Điều", soft hyphens left by an old conversion.
pub fn mixed(text: &str) -> String {
    let text = text.replace("Điều ", "Điều\u{a0}").replace("người", "ng\u{ad}ười").replace("lượng", "l\u{ad}ượng");
    let mut out = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        if letter == 'Đ' {
            out.push('Ð');
            continue;
        }
        let (tones, base): (Vec<char>, Vec<char>) =
            letter.nfd().partition(|mark| matches!(mark, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'));
        out.extend(base.into_iter().nfc());
        out.extend(tones);
    }
    out
}
