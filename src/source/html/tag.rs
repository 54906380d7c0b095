//! Start tags, and the walk over the tokens of a page.

use std::borrow::Cow;

use html5gum::{DefaultEmitter, Error, HtmlString, StartTag, State, Token, Tokenizer};

use super::story::{MAX_PARAGRAPHS, Story};

/// A start tag, its name in lower case.
pub(super) struct Tag<'t> {
    pub name: &'t str,
    start: Option<&'t StartTag<()>>,
}

impl<'t> Tag<'t> {
    /// A tag that the page left out.
    pub fn named(name: &'t str) -> Self {
        Tag { name, start: None }
    }

    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<Cow<'t, str>> {
        let value: &HtmlString = self.start?.attributes.get(name.as_bytes())?;
        Some(String::from_utf8_lossy(value))
    }

    /// The value of an attribute as a number.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }

    /// `true` when the element is of this class.
    pub fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split_whitespace().any(|c| c.eq_ignore_ascii_case(class)))
    }
}

/// Tells the tokens of a page to its story. `false` when the page stops inside a tag, a comment or a script.
pub(super) fn walk(html: &str, story: &mut Story<'_>) -> bool {
    // In XML every element may close itself.
    let is_xml = html.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml");
    let mut whole = true;
    let mut tokens = Tokenizer::new(html);
    while let Some(token) = tokens.next() {
        let Ok(token) = token;
        match token {
            // Word keeps text boxes where only Office looks: in comments with a condition.
            Token::Comment(comment) if comment.starts_with(b"[if ") && holds_box(&comment) => {
                boxes(&String::from_utf8_lossy(&comment), story);
            }
            Token::Error(error) => whole &= !is_cut(*error),
            Token::StartTag(start) => {
                let name = String::from_utf8_lossy(&start.name);
                let closed = start.self_closing && (is_xml || name.contains(':'));
                story.start(&Tag { name: &name, start: Some(&start) }, closed);
                if !closed {
                    switch(&name, &mut tokens);
                }
            }
            token => tell(token, story),
        }
        if story.told.paragraphs > MAX_PARAGRAPHS {
            break;
        }
    }
    whole
}

fn tell(token: Token<()>, story: &mut Story<'_>) {
    match token {
        Token::EndTag(end) => story.end(&String::from_utf8_lossy(&end.name)),
        Token::String(text) => story.text(&String::from_utf8_lossy(&text)),
        _ => {}
    }
}

/// Elements whose content is text up to their end tag.
fn switch<'a>(name: &str, tokens: &mut Tokenizer<html5gum::StringReader<'a>, DefaultEmitter<()>>) {
    let state = match name {
        "title" | "textarea" => State::RcData,
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => State::RawText,
        "script" => State::ScriptData,
        "plaintext" => State::PlainText,
        _ => return,
    };
    tokens.set_state(state);
}

fn is_cut(error: Error) -> bool {
    matches!(error, Error::EofInTag | Error::EofInComment | Error::EofInScriptHtmlCommentLikeText | Error::EofInCdata)
}

fn holds_box(comment: &[u8]) -> bool {
    const MARK: &[u8] = b"<v:textbox";
    comment.windows(MARK.len()).any(|window| window.eq_ignore_ascii_case(MARK))
}

/// The text boxes of a drawing; the rest of it is no text.
fn boxes(drawing: &str, story: &mut Story<'_>) {
    let mut depth = 0usize;
    for token in Tokenizer::new(drawing) {
        let Ok(token) = token;
        match &token {
            Token::StartTag(start) => {
                let name = String::from_utf8_lossy(&start.name);
                if name == "v:textbox" {
                    if start.self_closing {
                        continue;
                    }
                    depth += 1;
                }
                if depth > 0 {
                    let closed = start.self_closing && name.contains(':');
                    story.start(&Tag { name: &name, start: Some(start) }, closed);
                }
            }
            Token::EndTag(end) if depth > 0 => {
                let name = String::from_utf8_lossy(&end.name);
                story.end(&name);
                depth -= usize::from(name == "v:textbox");
            }
            Token::String(_) if depth > 0 => tell(token, story),
            _ => {}
        }
    }
    // A drawing that is cut off must not swallow what follows it.
    for _ in 0..depth {
        story.end("v:textbox");
    }
}
