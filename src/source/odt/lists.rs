//! Which list a paragraph belongs to, and how far its numbers have come (OpenDocument 1.3 part 3, 5.3 and 19.880).
//!
//! Each `text:list` counts from its start, unless it continues another; lists inside its items are its deeper levels.

use std::collections::HashMap;

use super::styles::Styles;
use crate::source::compose::lists::{Counters, LEVELS};
use crate::source::xml::Tag;

/// Most open lists; deeper ones are of the innermost level anyway.
const MAX_OPEN: usize = 64;

/// The lists of one story.
#[derive(Debug, Default)]
pub(super) struct OpenLists {
    open: Vec<OpenList>,
    /// Counters of each run of lists that continue one another.
    runs: Vec<Counters>,
    /// Runs by the `xml:id` of a list.
    by_id: HashMap<String, usize>,
    /// The last run of each list style.
    by_style: HashMap<String, usize>,
    /// Counters of the headings.
    outline: Counters,
}

/// An open `text:list`.
#[derive(Debug)]
struct OpenList {
    /// Depth of its element.
    depth: usize,
    style: Option<String>,
    run: usize,
    /// What the next paragraph of the open item shows.
    item: Item,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    /// Its number, starting anew from a value if it says so.
    Number(Option<u32>),
    /// A number written out for readers that do not count.
    Written(String),
    /// Nothing: a header of the list, or a further paragraph of the item.
    Nothing,
}

impl OpenLists {
    /// A `text:list` begins.
    pub fn begin(&mut self, tag: &Tag<'_>, depth: usize) {
        if self.open.len() >= MAX_OPEN {
            return;
        }
        let named = tag.attribute("style-name").map(|name| name.into_owned());
        let style = named.or_else(|| self.open.last().and_then(|outer| outer.style.clone()));
        let run = match self.open.last() {
            Some(outer) => outer.run,
            None => self.run_of(tag, style.as_deref()),
        };
        if let Some(id) = tag.attribute("id").filter(|_| self.open.is_empty()) {
            self.by_id.insert(id.into_owned(), run);
        }
        if let Some(style) = &style {
            self.by_style.insert(style.clone(), run);
        }
        self.open.push(OpenList { depth, style, run, item: Item::Nothing });
    }

    /// The run that an outermost list belongs to.
    fn run_of(&mut self, tag: &Tag<'_>, style: Option<&str>) -> usize {
        let continued = match tag.attribute("continue-list") {
            Some(id) => self.by_id.get(&*id).copied(),
            None if tag.attribute("continue-numbering").is_some_and(|value| value == "true") => {
                style.and_then(|style| self.by_style.get(style).copied())
            }
            None => None,
        };
        continued.unwrap_or_else(|| {
            self.runs.push(Counters::default());
            self.runs.len() - 1
        })
    }

    /// The element at this depth ends; it may be a `text:list`.
    pub fn end(&mut self, depth: usize) {
        self.open.pop_if(|list| list.depth == depth);
    }

    /// An item begins, or a header of the list, which has no number.
    pub fn item(&mut self, tag: &Tag<'_>) {
        let start = tag.attribute("start-value").and_then(|value| value.trim().parse().ok());
        if let Some(list) = self.open.last_mut() {
            list.item = if tag.name == "list-header" { Item::Nothing } else { Item::Number(start) };
        }
    }

    /// A number written out (`text:number`).
    pub fn written(&mut self, number: &str) {
        if let Some(list) = self.open.last_mut().filter(|list| !number.is_empty() && list.item != Item::Nothing) {
            list.item = Item::Written(number.to_owned());
        }
    }

    /// The number of a paragraph that begins here. `styled` is the list its style names, `heading` its outline level.
    pub fn label(&mut self, styles: &Styles, styled: Option<&str>, heading: Option<u8>) -> Option<String> {
        let level = self.open.len().clamp(1, LEVELS) as u8 - 1;
        let Some(open) = self.open.last_mut() else {
            let outline = styles.outline()?;
            return styles.lists.label(outline, heading?.clamp(1, LEVELS as u8) - 1, &mut self.outline);
        };
        let item = std::mem::replace(&mut open.item, Item::Nothing);
        let list = open.style.as_deref().or(styled).and_then(|name| styles.list(name));
        let counters = self.runs.get_mut(open.run)?;
        match item {
            Item::Nothing => None,
            Item::Number(start) => {
                let list = list?;
                if let Some(start) = start {
                    counters.start_at(list, level, start);
                }
                styles.lists.label(list, level, counters)
            }
            Item::Written(number) => {
                // The count goes on behind it.
                let _counted = list.and_then(|list| styles.lists.label(list, level, counters));
                Some(number)
            }
        }
    }
}
