//! Definitions of lists (RTF 1.9.1, "List Tables"): for paragraphs whose number the file does not show in words.

use super::font::Fonts;
use crate::source::compose::lists::{Counters, Definition, Format, LEVELS, Level, List, Lists};

/// Most definitions and most lists kept; Word itself allows 2,047.
const MAX_LISTS: usize = 20_000;

/// The lists of a document, and how far they have counted.
#[derive(Debug, Default)]
pub(super) struct ListTables {
    lists: Lists,
    counters: Counters,
    definition: Definition,
    list: List,
    /// Level being read; levels come in order, without a number.
    level: Option<usize>,
}

impl ListTables {
    /// Takes a control word of `\listtable`.
    pub fn define(&mut self, name: &str, value: Option<i32>, fonts: &Fonts) {
        match name {
            "list" => (self.definition, self.level) = (Definition::default(), None),
            "listlevel" => self.next_level(),
            "listid" if self.lists.definitions.len() < MAX_LISTS => {
                self.lists.definitions.insert(value.unwrap_or(0) as u32, std::mem::take(&mut self.definition));
            }
            _ => {
                if let Some(level) = self.level.and_then(|at| self.definition.levels.get_mut(at)) {
                    set(level, name, value, fonts);
                }
            }
        }
    }

    /// Takes a control word of `\listoverridetable`.
    pub fn name(&mut self, name: &str, value: Option<i32>, fonts: &Fonts) {
        match name {
            "listoverride" => (self.list, self.level) = (List::default(), None),
            "listid" => self.list.definition = value.unwrap_or(0) as u32,
            "lfolevel" => self.next_level(),
            "listlevel" => {
                if let Some(at) = self.level.filter(|&at| at < LEVELS) {
                    self.list.levels.insert(at, Level::default());
                }
            }
            "ls" if self.lists.lists.len() < MAX_LISTS => {
                if let Some(id) = value.and_then(|id| u32::try_from(id).ok()) {
                    self.lists.lists.insert(id, std::mem::take(&mut self.list));
                }
            }
            _ => {
                let Some(at) = self.level.filter(|&at| at < LEVELS) else { return };
                match self.list.levels.get_mut(&at) {
                    Some(level) => set(level, name, value, fonts),
                    None if name == "levelstartat" => self.list.starts[at] = start(value),
                    None => {}
                }
            }
        }
    }

    fn next_level(&mut self) {
        self.level = Some(self.level.map_or(0, |level| level + 1));
    }

    /// Takes the text of a level: a count, then letters, places of numbers as codes below 9, and `;`.
    pub fn text(&mut self, text: &str) {
        let Some(at) = self.level.filter(|&at| at < LEVELS) else { return };
        let level = match self.list.levels.get_mut(&at) {
            Some(level) => level,
            None => &mut self.definition.levels[at],
        };
        let text = text.split(';').next().unwrap_or_default();
        level.text.clear();
        for c in text.chars().skip(1).take(64) {
            match c as u32 {
                place @ 0..9 => level.text.push_str(&format!("%{}", place + 1)),
                _ => level.text.push(c),
            }
        }
    }

    /// Counts a paragraph of a list and returns its number.
    pub fn count(&mut self, list: u32, level: u8) -> Option<String> {
        self.lists.label(list, level, &mut self.counters)
    }
}

fn set(level: &mut Level, name: &str, value: Option<i32>, fonts: &Fonts) {
    let on = value != Some(0);
    match name {
        "levelnfc" | "levelnfcn" => level.format = Format::of_code(value.unwrap_or(0)),
        "levelstartat" => level.start = start(value),
        "levellegal" => level.legal = on,
        "levelnorestart" if on => level.restart = Some(0),
        "f" => level.symbol = fonts.find(value.unwrap_or(0)).0.symbol,
        _ => {}
    }
}

fn start(value: Option<i32>) -> Option<u32> {
    value.and_then(|value| u32::try_from(value).ok())
}
