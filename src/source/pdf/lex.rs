//! Tokens of content streams and of character maps (ISO 32000-1, 7.2 and 7.8.2), read leniently and never backwards.

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub enum Token<'a> {
    /// A number.
    Number(f64),
    /// A name, without its slash, `#xx` decoded.
    Name(Vec<u8>),
    /// A string, literal or hexadecimal.
    String(Vec<u8>),
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// `<<`
    DictStart,
    /// `>>`
    DictEnd,
    /// An operator or another bare word.
    Word(&'a [u8]),
}

/// Reads tokens one after another; every call moves on, so a reading ends.
#[derive(Debug, Clone)]
pub struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    /// Starts at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Lexer { bytes, at: 0 }
    }

    /// Skips the data of an inline image up to its `EI`; call it after the word `ID`.
    pub fn skip_inline_image(&mut self) {
        let rest = &self.bytes[self.at.min(self.bytes.len())..];
        let end = rest.windows(4).position(|window| {
            is_space(window[0]) && &window[1..3] == b"EI" && (is_space(window[3]) || is_delimiter(window[3]))
        });
        self.at = end.map_or(self.bytes.len(), |end| self.at + end + 3);
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|b| b != b'\n' && b != b'\r') {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(|byte| !is_space(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    fn name(&mut self) -> Vec<u8> {
        let raw = self.word();
        let mut name = Vec::with_capacity(raw.len());
        let mut at = 0;
        while let Some(&byte) = raw.get(at) {
            let code = raw.get(at + 1).copied().and_then(hex).zip(raw.get(at + 2).copied().and_then(hex));
            match code {
                Some((high, low)) if byte == b'#' => {
                    name.push(high << 4 | low);
                    at += 3;
                }
                _ => {
                    name.push(byte);
                    at += 1;
                }
            }
        }
        name
    }

    fn literal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut depth = 1u32;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push((code & 0xFF) as u8);
            }
            other => text.push(other),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut half = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            let Some(digit) = hex(byte) else { continue };
            match half.take() {
                Some(high) => text.push(high << 4 | digit),
                None => half = Some(digit),
            }
        }
        text.extend(half.map(|high| high << 4));
        text
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.skip_blanks();
            let byte = self.peek()?;
            if !is_delimiter(byte) {
                let word = self.word();
                return Some(number(word).map_or(Token::Word(word), Token::Number));
            }
            self.at += 1;
            return Some(match byte {
                b'/' => Token::Name(self.name()),
                b'(' => Token::String(self.literal()),
                b'[' => Token::ArrayStart,
                b']' => Token::ArrayEnd,
                b'<' if self.peek() == Some(b'<') => {
                    self.at += 1;
                    Token::DictStart
                }
                b'<' => Token::String(self.hexadecimal()),
                b'>' if self.peek() == Some(b'>') => {
                    self.at += 1;
                    Token::DictEnd
                }
                // A stray bracket means nothing.
                _ => continue,
            });
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// Numbers as producers write them: "12", "-.5", "+3.", "--4", "0.5-3" (the rest after a second sign is dropped).
fn number(word: &[u8]) -> Option<f64> {
    let unsigned = word.iter().position(|b| !matches!(b, b'+' | b'-')).map(|start| &word[start..])?;
    if !matches!(unsigned[0], b'0'..=b'9' | b'.') {
        return None;
    }
    let (mut value, mut scale, mut digits) = (0f64, 0f64, 0);
    for &byte in unsigned {
        match byte {
            b'0'..=b'9' if scale == 0.0 => value = value * 10.0 + f64::from(byte - b'0'),
            b'0'..=b'9' => {
                value += f64::from(byte - b'0') * scale;
                scale /= 10.0;
            }
            b'.' if scale == 0.0 => scale = 0.1,
            b'-' => break,
            _ => return None,
        }
        digits += usize::from(byte != b'.');
    }
    let value = if word[0] == b'-' { -value } else { value };
    (digits > 0 && value.abs() < 1e9).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_apart() {
        let stream = b"q 1 0 -.5 +2. cm /F#41 12 Tf [(a\\)\\101(b)) -250.5 <48 6>] TJ % note\n<</K/V>>BDC T* '";
        let tokens: Vec<Token> = Lexer::new(stream).collect();
        let expected = vec![
            Token::Word(b"q"),
            Token::Number(1.0),
            Token::Number(0.0),
            Token::Number(-0.5),
            Token::Number(2.0),
            Token::Word(b"cm"),
            Token::Name(b"FA".to_vec()),
            Token::Number(12.0),
            Token::Word(b"Tf"),
            Token::ArrayStart,
            Token::String(b"a)A(b)".to_vec()),
            Token::Number(-250.5),
            Token::String(b"H`".to_vec()),
            Token::ArrayEnd,
            Token::Word(b"TJ"),
            Token::DictStart,
            Token::Name(b"K".to_vec()),
            Token::Name(b"V".to_vec()),
            Token::DictEnd,
            Token::Word(b"BDC"),
            Token::Word(b"T*"),
            Token::Word(b"'"),
        ];
        assert_eq!(tokens, expected);
    }

    #[test]
    fn an_inline_image_is_skipped_and_broken_ends_end() {
        let mut lexer = Lexer::new(b"ID \x01(\x02EIx\x03 EI Q");
        assert_eq!(lexer.next(), Some(Token::Word(b"ID")));
        lexer.skip_inline_image();
        assert_eq!(lexer.next(), Some(Token::Word(b"Q")));
        for broken in [&b"(abc"[..], b"<4", b"[1", b"/", b"\\", b"(a\\", b">", b"{}"] {
            assert!(Lexer::new(broken).count() <= 2);
        }
    }
}
