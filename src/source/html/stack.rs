//! Ends of elements: those a page writes, and those it leaves out (HTML, 13.2.6).

use super::css::Props;
use super::elements::{self, Flow};
use super::frames::Content;
use super::story::Story;
use super::tag::Tag;

impl Story<'_> {
    /// An end tag.
    pub fn end(&mut self, name: &str) {
        match name {
            "html" | "body" => self.told.ends = true,
            "br" if self.flow() == Flow::Read => self.line_break(),
            _ => {}
        }
        if matches!(name, "html" | "body" | "head" | "tbody" | "thead" | "tfoot") {
            return;
        }
        let of_table = matches!(name, "table" | "tr" | "td" | "th");
        let found = self.stack.iter().enumerate().rev().find_map(|(at, element)| {
            let same = element.name == name || (elements::is_heading(name) && elements::is_heading(&element.name));
            // The end of a text box ends the tables in it; other ends stay within their cell.
            let ends = match name {
                "v:textbox" => false,
                _ if of_table => element.name == "table",
                _ => element.frame,
            };
            if same {
                Some(Some(at))
            } else if ends {
                Some(None)
            } else {
                None
            }
        });
        match found.flatten() {
            Some(at) if elements::is_formatting(name) && self.is_plain(at) => {
                self.stack.remove(at);
                self.look_again(at);
            }
            Some(at) => self.close_down_to(at, !of_table),
            None if elements::is_block(name) && self.flow() == Flow::Read => self.end_line(),
            None => {}
        }
    }

    /// Supplies the end tags that a start tag implies.
    pub(super) fn supply_ends(&mut self, name: &str) {
        match name {
            "li" => self.close_nearest(&["li"], elements::is_list),
            "dt" | "dd" => self.close_nearest(&["dt", "dd"], |name| name == "dl"),
            "td" | "th" => {
                self.close_table_parts(&["tr", "table"]);
                if matches!(self.frames.last(), Some(Content::Table(..))) {
                    self.push(&Tag::named("tr"), Props::default(), Flow::Read);
                }
            }
            "tr" => self.close_table_parts(&["table"]),
            "caption" => self.close_table_parts(&["table"]),
            "table" if matches!(self.frames.last(), Some(Content::Table(..) | Content::Row(_))) => {
                self.close_table_parts(&["table"]);
                self.close_down_to(self.stack.len().saturating_sub(1), false);
            }
            _ => {}
        }
        if elements::is_block(name) && name != "table" {
            self.close_nearest(&["p"], |_| false);
        }
        if elements::is_heading(name) {
            self.close_nearest(&["h1", "h2", "h3", "h4", "h5", "h6"], |_| false);
        }
    }

    /// Ends the nearest of these elements, unless a frame or a boundary stands between.
    fn close_nearest(&mut self, names: &[&str], is_boundary: fn(&str) -> bool) {
        let found = self.stack.iter().enumerate().rev().find_map(|(at, element)| {
            if names.contains(&element.name.as_str()) {
                Some(Some(at))
            } else if element.frame || is_boundary(&element.name) {
                Some(None)
            } else {
                None
            }
        });
        if let Some(at) = found.flatten() {
            self.close_down_to(at, true);
        }
    }

    /// Ends everything inside the nearest of these parts of a table.
    fn close_table_parts(&mut self, names: &[&str]) {
        let part = self.stack.iter().rposition(|element| element.frame && names.contains(&element.name.as_str()));
        // Only within the innermost table, and not out of a note or a text box.
        let inner = part.filter(|&at| {
            self.stack[at + 1..].iter().all(|element| !element.frame || matches!(&*element.name, "tr" | "td" | "th"))
        });
        if let Some(at) = inner {
            self.close_down_to(at + 1, false);
        }
    }

    /// Ends the elements from this one up; formatting goes on, if wished.
    pub(super) fn close_down_to(&mut self, at: usize, keep_formatting: bool) {
        let mut kept = Vec::new();
        while self.stack.len() > at {
            let plain = self.stack.len() - 1 > at && self.is_plain(self.stack.len() - 1);
            let Some(element) = self.stack.pop() else { break };
            if keep_formatting && plain && elements::is_formatting(&element.name) {
                kept.push(element);
            } else {
                self.leave(&element);
            }
        }
        self.stack.extend(kept.into_iter().rev());
        self.look_again(at);
    }

    /// `true` when an element does nothing but change looks.
    fn is_plain(&self, at: usize) -> bool {
        let below =
            at.checked_sub(1).and_then(|below| self.stack.get(below)).map(|below| below.flow).unwrap_or_default();
        self.stack.get(at).is_some_and(|element| element.flow == below && !element.frame && !element.inserted)
    }

    /// Looks are inherited anew from this element up.
    fn look_again(&mut self, at: usize) {
        for at in at..self.stack.len() {
            let below = at.checked_sub(1).map(|below| self.stack[below].look).unwrap_or_default();
            let element = &mut self.stack[at];
            element.look = below.with(&element.own);
        }
    }

    /// Room for another element: formatting that was never ended makes way.
    pub(super) fn make_room(&mut self) -> bool {
        let from = self.stack.iter().rposition(|element| element.frame).map_or(0, |at| at + 1);
        let first =
            (from..self.stack.len()).find(|&at| elements::is_formatting(&self.stack[at].name) && self.is_plain(at));
        if let Some(at) = first {
            self.stack.remove(at);
            self.look_again(at);
        }
        first.is_some()
    }
}
