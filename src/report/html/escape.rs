//! Words of documents as text of a page: nothing in them is ever markup.

use std::fmt;

/// Shows text so that it stays text, in element content and in quoted attributes.
pub struct Text<'t>(pub &'t str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut from = 0;
        for (at, c) in self.0.char_indices() {
            let shown = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\t' => " | ",
                '\n' => continue,
                // Signs that turn the direction of writing could make a page say what it does not.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "",
                c if c.is_control() => "",
                _ => continue,
            };
            out.write_str(&self.0[from..at])?;
            out.write_str(shown)?;
            from = at + c.len_utf8();
        }
        out.write_str(&self.0[from..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        let hostile = "<script>alert('1')</script>\" onx=\"&\u{0}\u{202e}a\tb";
        let shown = Text(hostile).to_string();
        assert_eq!(shown, "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot; onx=&quot;&amp;a | b");
    }
}
