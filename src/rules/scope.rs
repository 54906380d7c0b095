//! How far from the anchor the other conditions may stand.

/// Scopes, from the narrowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The anchor's sentence, and for a point or dash the lead-in above it.
    Sentence,
    /// The anchor's unit, heading and own text.
    Unit,
    /// The unit, what is inside it, and the own text and headings of what it stands in, up to its article.
    ClauseWithLeadIn,
    /// Everything in the article.
    Article,
    /// Everything in the layer.
    Layer,
    /// Everything in the document.
    Document,
    /// Headings above the anchor and the title of its layer; for exceptions only.
    Heading,
}

impl Scope {
    /// Names as rule files write them.
    pub const NAMES: [&str; 7] = ["sentence", "unit", "clause-with-lead-in", "article", "layer", "document", "heading"];

    /// Name as rule files write it.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Sentence => "sentence",
            Scope::Unit => "unit",
            Scope::ClauseWithLeadIn => "clause-with-lead-in",
            Scope::Article => "article",
            Scope::Layer => "layer",
            Scope::Document => "document",
            Scope::Heading => "heading",
        }
    }

    /// The scope with this name.
    pub fn from_name(name: &str) -> Option<Scope> {
        use Scope::{Article, ClauseWithLeadIn, Document, Heading, Layer, Sentence, Unit};
        let all = [Sentence, Unit, ClauseWithLeadIn, Article, Layer, Document, Heading];
        Self::NAMES.iter().position(|known| *known == name).map(|index| all[index])
    }
}
