//! What the readers of rich text share: characters become paragraphs as a person sees them, whatever format they came in.

pub mod flat;
pub mod letters;
pub mod line;
pub mod lists;
pub mod notices;
pub mod symbol;
pub mod text;
