//! Pages packed with their pictures: MIME multipart/related (RFC 2557), as Word and browsers write `.mht`.

/// Most parts of a packed page; one of Word has a part for every picture.
const MAX_PARTS: usize = 10_000;
/// Deepest nesting of multiparts.
const MAX_DEPTH: usize = 8;

/// A part, its transfer encoding undone.
#[derive(Debug)]
pub(super) struct Part {
    pub bytes: Vec<u8>,
    /// Charset named by its header.
    pub charset: Option<String>,
}

/// What is read of a packed page.
#[derive(Debug)]
pub(super) struct Packed {
    pub page: Part,
    /// Where Word keeps running heads and feet.
    pub running: Option<Part>,
}

/// Finds the page in a MIME message; `None` when it holds none.
pub(super) fn unpack(bytes: &[u8]) -> Option<Packed> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let (root, body) = Header::split(bytes);
    let start = root.start.clone();
    let mut leaves: Vec<(Header, &[u8])> = Vec::new();
    let mut waiting = vec![(root, body, 0)];
    while let Some((header, body, depth)) = waiting.pop() {
        match header.boundary.as_deref().filter(|_| depth < MAX_DEPTH) {
            Some(boundary) => {
                let mut inner: Vec<_> = parts(body, boundary)
                    .take(MAX_PARTS)
                    .map(|part| {
                        let (header, body) = Header::split(part);
                        (header, body, depth + 1)
                    })
                    .collect();
                inner.reverse();
                waiting.extend(inner);
            }
            None => leaves.push((header, body)),
        }
        if leaves.len() > MAX_PARTS {
            break;
        }
    }
    let is_page = |header: &Header| matches!(header.kind.as_str(), "text/html" | "application/xhtml+xml");
    let at = leaves
        .iter()
        .position(|(header, _)| start.is_some() && header.id == start)
        .or_else(|| leaves.iter().position(|(header, _)| is_page(header)))
        .or_else(|| leaves.iter().position(|(header, _)| header.kind.starts_with("text/") || header.kind.is_empty()))?;
    let part = |(header, body): &(Header, &[u8])| Part { bytes: header.decode(body), charset: header.charset.clone() };
    let running = leaves.iter().find(|(header, _)| is_page(header) && header.location.ends_with("header.htm"));
    Some(Packed { page: part(&leaves[at]), running: running.map(part) })
}

/// What matters of the header of a part.
#[derive(Debug, Default)]
struct Header {
    /// Content type, in lower case.
    kind: String,
    charset: Option<String>,
    boundary: Option<String>,
    /// Content-ID of the part a multipart begins with.
    start: Option<String>,
    id: Option<String>,
    location: String,
    /// Transfer encoding, in lower case.
    encoding: String,
}

impl Header {
    /// The header at the beginning of a part, and what follows the empty line behind it.
    fn split(part: &[u8]) -> (Self, &[u8]) {
        let mut header = Header::default();
        let mut line = String::new();
        let mut rest = part;
        while !rest.is_empty() {
            let (next, after) = take_line(rest);
            rest = after;
            let is_blank = next.trim_ascii().is_empty();
            if is_blank && line.is_empty() {
                // Empty lines before the header.
                continue;
            }
            if !is_blank && (next.starts_with(b" ") || next.starts_with(b"\t")) {
                line.push_str(&String::from_utf8_lossy(next));
                continue;
            }
            header.take(&line);
            if is_blank {
                break;
            }
            line = String::from_utf8_lossy(next).into_owned();
        }
        (header, rest)
    }

    fn take(&mut self, line: &str) {
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => {
                self.kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
                self.charset = parameter(value, "charset");
                self.boundary = parameter(value, "boundary").filter(|_| self.kind.starts_with("multipart/"));
                self.start = parameter(value, "start").map(|id| id.trim_matches(['<', '>']).to_owned());
            }
            "content-transfer-encoding" => self.encoding = value.to_ascii_lowercase(),
            "content-id" => self.id = Some(value.trim_matches(['<', '>']).to_owned()),
            "content-location" => self.location = value.to_ascii_lowercase(),
            _ => {}
        }
    }

    fn decode(&self, body: &[u8]) -> Vec<u8> {
        match self.encoding.as_str() {
            "quoted-printable" => quoted_printable(body),
            "base64" => base64(body),
            _ => body.to_vec(),
        }
    }
}

/// A parameter of a header's value: `charset="utf-8"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|piece| {
        let (key, value) = piece.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (key.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then(|| value.to_owned())
    })
}

/// One line without its end, and the rest.
fn take_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
    let line = bytes[..end].strip_suffix(b"\r").unwrap_or(&bytes[..end]);
    (line, bytes.get(end + 1..).unwrap_or_default())
}

/// The parts of a multipart body, between lines of its boundary. The last may be cut off.
fn parts<'b>(body: &'b [u8], boundary: &str) -> impl Iterator<Item = &'b [u8]> {
    let mark = format!("--{boundary}");
    let mut rest = body;
    let mut begun = false;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let part = rest;
            let mut length = 0;
            let mut closed = false;
            while !rest.is_empty() && !closed {
                let (line, after) = take_line(rest);
                let taken = rest.len() - after.len();
                rest = after;
                match line.strip_prefix(mark.as_bytes()).filter(|tail| is_end_of_mark(tail)) {
                    Some(tail) => {
                        closed = true;
                        // What follows the last part is none.
                        rest = if tail.starts_with(b"--") { &[] } else { rest };
                    }
                    None => length += taken,
                }
            }
            // What stands before the first mark is for programs that know no parts.
            let is_part = begun && length > 0;
            begun = true;
            if is_part {
                return Some(&part[..length]);
            }
        }
        None
    })
}

/// Behind a boundary stand two hyphens, white space or nothing.
fn is_end_of_mark(tail: &[u8]) -> bool {
    tail.strip_prefix(b"--").unwrap_or(tail).trim_ascii().is_empty()
}

/// Undoes quoted-printable (RFC 2045, 6.7); broken codes stay as they stand.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        // A line may go on behind "=" and blanks; looking no further keeps long lines of "=" cheap.
        let blanks = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        if after.get(blanks).is_none_or(|&byte| byte == b'\n') {
            rest = after.get(blanks + 1..).unwrap_or_default();
        } else if let Some(code) = after.get(..2).and_then(|code| Some(hex(code[0])? << 4 | hex(code[1])?)) {
            out.push(code);
            rest = &after[2..];
        } else {
            out.push(byte);
        }
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

/// Undoes base64; what is no digit of it is passed over.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0u32);
    for &byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transfer_encodings_are_undone() {
        assert_eq!(quoted_printable(b"=C4=90i=\r\n=E1=BB=81u 1=3D=zz="), "Điều 1==zz".as_bytes());
        assert_eq!(base64(b"xJBp4buBdSAx\r\nLg=="), "Điều 1.".as_bytes());
    }

    #[test]
    fn the_page_is_found_among_the_parts() {
        let message = "From: <Saved by X>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b=1\"\r\n\r\nlời nói đầu\r\n\
             ----b=1\r\nContent-Location: a.png\r\nContent-Transfer-Encoding: base64\r\nContent-Type: image/png\r\n\r\nAAAA\r\n\
             ----b=1\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C4=90i=E1=BB=81u 1\r\n\
             ----b=1\r\nContent-Location: file:///C:/x/header.htm\r\nContent-Type: text/html\r\n\r\n<div>x</div>\r\n----b=1--\r\nrác";
        let packed = unpack(message.as_bytes()).expect("it holds a page");
        assert_eq!(packed.page.bytes, "<p>Điều 1\r\n".as_bytes());
        assert_eq!(packed.page.charset.as_deref(), Some("utf-8"));
        assert_eq!(packed.running.map(|part| part.bytes), Some(b"<div>x</div>\r\n".to_vec()));
        let cut = &message.as_bytes()[..message.find("=E1").unwrap_or(0)];
        assert_eq!(unpack(cut).map(|packed| packed.page.bytes), Some("<p>Đi".as_bytes().to_vec()));
        let single = "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>x";
        assert_eq!(unpack(single.as_bytes()).map(|packed| packed.page.bytes), Some(b"<p>x".to_vec()));
        let other = "MIME-Version: 1.0\nContent-Type: image/png\n\nx";
        assert!(unpack(other.as_bytes()).is_none());
    }
}
