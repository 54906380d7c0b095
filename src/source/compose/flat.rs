//! Blocks as plain words.

use crate::source::Block;

/// The words of a text box, a note or a running head: its paragraphs, a line each, with what is anchored in them.
pub fn flat_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut line = |words: &str| {
        if !words.trim().is_empty() {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(words.trim());
        }
    };
    for block in blocks {
        let paragraphs = match block {
            Block::Paragraph(paragraph) => vec![paragraph],
            Block::Table(table) => table.paragraphs(),
        };
        for paragraph in paragraphs {
            line(&paragraph.visible());
            for note in &paragraph.notes {
                line(&note.text);
            }
        }
    }
    text
}

/// `true` when there is anything to read: a visible letter or sign in a paragraph, a cell, or a note.
pub fn has_words(blocks: &[Block]) -> bool {
    let is_word = |text: &str| text.contains(|c: char| !c.is_whitespace());
    blocks.iter().any(|block| {
        let paragraphs = match block {
            Block::Paragraph(paragraph) => vec![paragraph],
            Block::Table(table) => table.paragraphs(),
        };
        paragraphs.iter().any(|paragraph| is_word(&paragraph.text) || paragraph.notes.iter().any(|n| is_word(&n.text)))
    })
}
