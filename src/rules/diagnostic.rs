//! A fault in a rule file, shown to its author with file, line, caret and hint.

use std::fmt::Write as _;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde_saphyr::{Location, Spanned};

/// A rule file in memory.
#[derive(Debug)]
pub struct SourceFile {
    /// Path as shown: `rules/dan-chu-co-so/10-cap-xa.yaml`.
    pub path: String,
    /// Content.
    pub text: String,
}

/// Is it fatal?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Gravity {
    Error,
    Warning,
}

/// One fault. Messages are Vietnamese; `code` is stable and listed in the rule handbook.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// Stable code, e.g. `unknown-term`.
    pub code: &'static str,
    /// Error or warning.
    pub gravity: Gravity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The file it is in.
    pub file: Arc<SourceFile>,
    /// Line from 1; 0 = the file as a whole.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
    /// Characters to underline.
    pub width: usize,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &'static str, file: &Arc<SourceFile>, location: Location, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            gravity: Gravity::Error,
            message: message.into(),
            hint: None,
            file: file.clone(),
            line: location.line() as usize,
            column: location.column() as usize,
            width: 1,
        }
    }

    /// An error about a spanned value, underlined.
    pub fn about(
        code: &'static str,
        file: &Arc<SourceFile>,
        value: &Spanned<String>,
        message: impl Into<String>,
    ) -> Self {
        let mut diagnostic = Diagnostic::error(code, file, value.referenced, message);
        diagnostic.width = value.value.lines().next().map_or(1, |line| line.chars().count()).max(1);
        diagnostic
    }

    /// Points at the first occurrence of `words` at or after the place instead: a word inside a longer text.
    #[must_use]
    pub fn narrowed(mut self, words: &str) -> Self {
        let from = self.byte_range().map_or(0, |range| range.start);
        if let Some(at) = self.file.text[from..].find(words).map(|at| from + at) {
            let line_start = self.file.text[..at].rfind('\n').map_or(0, |end| end + 1);
            self.line = self.file.text[..at].matches('\n').count() + 1;
            self.column = self.file.text[line_start..at].chars().count() + 1;
            self.width = words.chars().count();
        }
        self
    }

    /// The same, as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.gravity = Gravity::Warning;
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The fault as a person reads it: message, place, the line with a caret, the hint.
    pub fn render(&self) -> String {
        let level = match self.gravity {
            Gravity::Error => Level::ERROR.with_name(Some("lỗi")),
            Gravity::Warning => Level::WARNING.with_name(Some("cảnh báo")),
        };
        let mut group = level
            .primary_title(&*self.message)
            .id(self.code)
            .elements(std::iter::empty::<annotate_snippets::Message<'_>>());
        match self.byte_range() {
            Some(range) => {
                group = group.element(
                    Snippet::source(&*self.file.text)
                        .path(&*self.file.path)
                        .annotation(AnnotationKind::Primary.span(range)),
                );
            }
            None => {
                group = group.element(annotate_snippets::Origin::path(&*self.file.path));
            }
        }
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.with_name(Some("gợi ý")).message(&**hint));
        }
        let mut shown = Renderer::plain().decor_style(DecorStyle::Ascii).render(&[group]).to_string();
        let _ = writeln!(shown);
        shown
    }

    fn byte_range(&self) -> Option<std::ops::Range<usize>> {
        let line_index = self.line.checked_sub(1)?;
        let mut start = 0;
        for (index, line) in self.file.text.split_inclusive('\n').enumerate() {
            if index == line_index {
                let content = line.trim_end_matches('\n');
                let nth = |n: usize| content.char_indices().nth(n).map_or(content.len(), |(at, _)| at);
                let from = nth(self.column.saturating_sub(1));
                let to = nth(self.column.saturating_sub(1) + self.width).max(from);
                return Some(start + from..start + to);
            }
            start += line.len();
        }
        None
    }
}
