//! Our side of the comparison: every word we read, and the other side brought to the same letters.

use rasoat::source::{Encoding, RawDocument};
use rasoat::text::charset::{Evidence, Legacy, decode};

/// What we read.
pub struct Reading {
    /// Paragraphs with their automatic numbers, in order.
    pub body: String,
    /// Notes, text boxes, running heads: extractors differ in whether they give them.
    pub aside: String,
}

/// The words of a document as we read it.
pub fn reading(raw: &RawDocument) -> Reading {
    let mut reading = Reading { body: String::new(), aside: String::new() };
    for paragraph in raw.paragraphs() {
        reading.body.push_str(&paragraph.visible());
        reading.body.push('\n');
        for note in &paragraph.notes {
            reading.aside.push_str(&note.text);
            reading.aside.push('\n');
        }
    }
    for note in &raw.running {
        reading.aside.push_str(&note.text);
        reading.aside.push('\n');
    }
    reading
}

/// The other side's text in Unicode: no extractor decodes TCVN3 or VNI. The tables are ours, so a wrong letter in them
/// would not show here (they have tests of their own); a word lost or doubled does.
pub fn decoded(text: &str, encoding: Encoding) -> String {
    let legacy = match encoding {
        Encoding::Tcvn3 => Legacy::Tcvn3,
        Encoding::Vni => Legacy::Vni,
        _ => return text.to_owned(),
    };
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let evidence = Evidence::of(line);
        if evidence.unicode > evidence.tcvn3 + evidence.vni + evidence.either {
            out.push_str(line);
        } else {
            decode(line, legacy, false, &mut out);
        }
    }
    out
}
