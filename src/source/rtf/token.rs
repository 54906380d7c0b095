//! The syntax of RTF: groups, control words, control symbols, text (RTF 1.9.1, "RTF Syntax").

/// One piece of an RTF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\name`, `\name-12`
    Word(&'b str, Option<i32>),
    /// `\~`, `\*` …
    Symbol(u8),
    /// `\'e1`
    Hex(u8),
    /// Bytes that stand for themselves; line ends are not among them.
    Text(&'b [u8]),
}

/// Cuts the bytes of a file into tokens; nothing in them is an error.
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Tokens { bytes, at: 0 }
    }

    /// What was not cut yet.
    pub fn rest(&self) -> &'b [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn control(&mut self) -> Option<Token<'b>> {
        let first = *self.bytes.get(self.at)?;
        if first.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.at += 1;
        match first {
            b'\'' => {
                let digit = |at: usize| self.bytes.get(at).and_then(|&b| char::from(b).to_digit(16));
                let (Some(high), Some(low)) = (digit(self.at), digit(self.at + 1)) else {
                    return Some(Token::Symbol(first));
                };
                self.at += 2;
                Some(Token::Hex((high * 16 + low) as u8))
            }
            // A backslash at the end of a line is a paragraph mark.
            b'\r' | b'\n' => Some(Token::Word("par", None)),
            _ => Some(Token::Symbol(first)),
        }
    }

    fn word(&mut self) -> Token<'b> {
        let start = self.at;
        self.at += self.rest().iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let name = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        let value = self.number();
        if self.rest().first() == Some(&b' ') {
            self.at += 1;
        }
        if name == "bin" {
            // Raw bytes follow, which may look like anything.
            let length = usize::try_from(value.unwrap_or(0)).unwrap_or(0);
            self.at = self.at.saturating_add(length).min(self.bytes.len());
        }
        Token::Word(name, value)
    }

    fn number(&mut self) -> Option<i32> {
        let negative = self.rest().first() == Some(&b'-');
        let digits = self.rest().iter().skip(usize::from(negative)).take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let start = self.at + usize::from(negative);
        self.at = start + digits;
        let value = self.bytes[start..self.at]
            .iter()
            .fold(0i32, |value, digit| value.saturating_mul(10).saturating_add(i32::from(digit - b'0')));
        Some(if negative { -value } else { value })
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        let ends = |b: &u8| matches!(b, b'\r' | b'\n' | 0);
        self.at += self.rest().iter().take_while(|b| ends(b)).count();
        let first = *self.bytes.get(self.at)?;
        match first {
            b'{' | b'}' | b'\\' => self.at += 1,
            _ => {
                let rest = self.rest();
                let end = rest.iter().position(|b| ends(b) || matches!(b, b'{' | b'}' | b'\\')).unwrap_or(rest.len());
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            }
        }
        match first {
            b'{' => Some(Token::Open),
            b'}' => Some(Token::Close),
            _ => self.control(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_cut_into_tokens() {
        use Token::*;
        let cases: [(&[u8], &[Token<'_>]); 8] = [
            (b"{\\b Quy}", &[Open, Word("b", None), Text(b"Quy"), Close]),
            (b"\\b0x\r\ny", &[Word("b", Some(0)), Text(b"x"), Text(b"y")]),
            (b"\\u-4031?\\'E1\\'zz", &[Word("u", Some(-4031)), Text(b"?"), Hex(0xE1), Symbol(b'\''), Text(b"zz")]),
            (b"\\~\\{a\\}", &[Symbol(b'~'), Symbol(b'{'), Text(b"a"), Symbol(b'}')]),
            (b"a\\\nb", &[Text(b"a"), Word("par", None), Text(b"b")]),
            (b"\\bin3 {}}c", &[Word("bin", Some(3)), Text(b"c")]),
            (b"\\bin99999999999 {}}c", &[Word("bin", Some(i32::MAX))]),
            (b"a\\", &[Text(b"a")]),
        ];
        for (bytes, tokens) in cases {
            assert_eq!(Tokens::new(bytes).collect::<Vec<_>>(), tokens, "{}", bytes.escape_ascii());
        }
    }
}
