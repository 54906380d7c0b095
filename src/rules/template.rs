//! Sentences with placeholders: "{cite} quy định {majority.text}".

/// One piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words as they are.
    Words(String),
    /// A placeholder.
    Hole(Hole),
}

/// What a placeholder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Hole {
    Cite,
    Document,
    BasisCite,
    BasisDemands,
    Capture(usize, Attribute),
}

/// What is wanted of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Attribute {
    Text,
    Missing,
    Present,
    Instrument,
    Ended,
    By,
    Why,
}

/// A compiled template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
}

/// Attributes as rule files write them.
pub const ATTRIBUTES: [(&str, Attribute); 7] = [
    ("text", Attribute::Text),
    ("missing", Attribute::Missing),
    ("present", Attribute::Present),
    ("instrument", Attribute::Instrument),
    ("ended", Attribute::Ended),
    ("by", Attribute::By),
    ("why", Attribute::Why),
];

impl Template {
    /// Parses against the names of the rule's conditions. Every unknown placeholder is returned.
    pub fn parse(text: &str, names: &[&str]) -> Result<Template, Vec<String>> {
        let mut pieces = Vec::new();
        let mut unknown = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            if open > 0 {
                pieces.push(Piece::Words(rest[..open].to_owned()));
            }
            let Some(close) = rest[open..].find('}') else {
                unknown.push(rest[open..].to_owned());
                return Err(unknown);
            };
            let inside = &rest[open + 1..open + close];
            match hole(inside, names) {
                Some(hole) => pieces.push(Piece::Hole(hole)),
                None => unknown.push(format!("{{{inside}}}")),
            }
            rest = &rest[open + close + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        if unknown.is_empty() { Ok(Template { pieces }) } else { Err(unknown) }
    }

    /// Fills the placeholders.
    pub fn fill(&self, mut value: impl FnMut(Hole) -> String) -> String {
        let mut filled = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => filled.push_str(words),
                Piece::Hole(hole) => filled.push_str(&value(*hole)),
            }
        }
        filled
    }
}

fn hole(inside: &str, names: &[&str]) -> Option<Hole> {
    match inside {
        "cite" => return Some(Hole::Cite),
        "document" => return Some(Hole::Document),
        "basis.cite" => return Some(Hole::BasisCite),
        "basis.demands" => return Some(Hole::BasisDemands),
        _ => {}
    }
    let (name, attribute) = inside.rsplit_once('.')?;
    let index = names.iter().position(|known| *known == name)?;
    let attribute = ATTRIBUTES.iter().find(|(known, _)| *known == attribute)?.1;
    Some(Hole::Capture(index, attribute))
}
