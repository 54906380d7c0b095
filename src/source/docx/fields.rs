//! Complex fields (ECMA-376 part 1, 17.16): results are shown, codes are not.

use super::story::{Story, StoryReader};
use super::xml::Tag;

/// Most fields within each other, and most entries kept of a drop-down list.
const MAX_OPEN: usize = 24;
const MAX_ENTRIES: usize = 500;

/// An open complex field.
#[derive(Debug, Default)]
pub(super) struct Field {
    code: String,
    /// Its separator was passed: what follows is shown.
    pub in_result: bool,
    /// How much had been shown when it began.
    shown_before: u64,
    form: Form,
}

/// What a form field shows without any result.
#[derive(Debug, Default)]
struct Form {
    entries: Vec<String>,
    chosen: Option<usize>,
    checked: Option<bool>,
}

impl Field {
    /// Takes a piece of its code; only the first words matter: they name the field.
    pub fn push_code(&mut self, text: &str) {
        if self.code.len() < 64 {
            self.code.push_str(text);
        }
    }

    /// Takes one descendant of `w:ffData` (17.16.17).
    pub fn set_form(&mut self, tag: &Tag<'_>) {
        let form = &mut self.form;
        match tag.name {
            "checkBox" => form.checked = Some(false),
            "default" | "checked" if form.checked.is_some() => form.checked = Some(tag.is_on()),
            "result" => form.chosen = tag.number(),
            "default" => form.chosen = form.chosen.or_else(|| tag.number()),
            "listEntry" if form.entries.len() < MAX_ENTRIES => {
                form.entries.push(tag.val().unwrap_or_default().into_owned());
            }
            _ => {}
        }
    }

    fn is_page_number(&self) -> bool {
        is_page_number(&self.code)
    }
}

impl StoryReader<'_, '_> {
    /// `true` when what a run shows now is not shown on the page: inside a field's code, or a page number.
    pub fn in_hidden_field(&self) -> bool {
        self.fields.iter().any(|field| !field.in_result || (self.story == Story::Running && field.is_page_number()))
    }

    /// `w:fldChar`.
    pub fn field(&mut self, kind: &str) {
        match kind {
            "begin" if self.fields.len() < MAX_OPEN => {
                self.fields.push(Field { shown_before: self.shown, ..Field::default() });
            }
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                }
            }
            "end" => self.end_field(),
            _ => {}
        }
    }

    /// Form fields show what they hold; some fields are computed anew each time and store nothing, which is told.
    fn end_field(&mut self) {
        let Some(field) = self.fields.pop().filter(|field| field.shown_before == self.shown) else { return };
        let name = field.code.split_ascii_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        match name.as_str() {
            "FORMDROPDOWN" => {
                let chosen = field.form.chosen.unwrap_or(0);
                if let Some(entry) = field.form.entries.get(chosen) {
                    self.show(entry);
                }
            }
            "FORMCHECKBOX" => self.sign(if field.form.checked == Some(true) { '☒' } else { '☐' }),
            "EQ" => self.counts.tally.formulas += 1,
            "LISTNUM" | "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" | "SYMBOL" => self.counts.tally.fields += 1,
            _ => {}
        }
    }
}

/// `true` for the code of a field that shows a number of the page or of pages.
pub(super) fn is_page_number(code: &str) -> bool {
    let name = code.split_ascii_whitespace().next().unwrap_or_default();
    ["PAGE", "NUMPAGES", "SECTIONPAGES"].iter().any(|page| name.eq_ignore_ascii_case(page))
}
