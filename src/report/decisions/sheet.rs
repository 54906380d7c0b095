//! A workbook's sheet of proposals as a person left it: cells by meaning, not by place.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// Everything read of a workbook.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Name of the file.
    pub workbook: String,
    /// Hash of its bytes.
    pub sha256: String,
    /// Rows below the head, empty ones left out.
    pub rows: Vec<Row>,
    /// What the program wrote; empty for workbooks of older versions.
    pub originals: Originals,
    /// Packs of the run that wrote it: "dan-chu-co-so 2026.1".
    pub packs: Vec<String>,
    /// The day of the questions of that run, as written; empty in older versions.
    pub as_of: String,
    /// The office of that run; empty when none was set.
    pub office: String,
    /// Columns of the program that are not there any more.
    pub lost_columns: Vec<String>,
}

/// What was written, by id of proposal. Units with one number and files of one document share an id.
#[derive(Debug, Default)]
pub struct Originals(HashMap<String, Vec<Original>>);

impl Originals {
    /// Adds what was written for a proposal.
    pub fn add(&mut self, id: String, original: Original) {
        self.0.entry(id).or_default().push(original);
    }

    /// Nothing is known of any proposal.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Is anything known of it?
    pub fn contains(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// What was written for the proposal of that file and path; of several without them, the first.
    pub fn of(&self, id: &str, file: &str, path: &str) -> Option<&Original> {
        let all = self.0.get(id)?;
        let exact = all.iter().find(|one| one.file == file && one.path == path);
        exact.or_else(|| all.iter().find(|one| one.path == path)).or(all.first())
    }

    /// Cells count as typed where they are not what was proposed, though they were written so.
    pub fn forget_given(&mut self) {
        self.0.values_mut().flatten().for_each(|one| one.given = None);
    }

    /// Every proposal with what was written.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Original)> {
        self.0.iter().flat_map(|(id, all)| all.iter().map(move |one| (id, one)))
    }
}

/// One row.
#[derive(Debug, Default, Clone)]
pub struct Row {
    /// Row as Excel counts.
    pub line: u32,
    /// Its sheet, when it is not the usual one.
    pub sheet: Option<String>,
    /// Id of the proposal, as it stands there.
    pub id: String,
    /// Number of the document.
    pub number: String,
    /// Path of the unit.
    pub path: String,
    /// File of the document.
    pub file: String,
    /// What a person may fill in.
    pub inputs: Inputs,
    /// Cells of columns the program did not make: head, text.
    pub extras: Vec<(String, String)>,
}

/// The cells of a row that are a person's to fill in or change.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// Đề xuất xử lý.
    pub handling: String,
    /// Nội dung/lý do kiến nghị.
    pub content: String,
    /// Câu chữ đề xuất.
    pub wording: String,
    /// Chủ trì soạn thảo.
    pub drafter: String,
    /// Thời hạn.
    pub deadline: String,
    /// The reviewer.
    pub first: Typed,
    /// The second person.
    pub second: Typed,
    /// Ghi chú.
    pub note: String,
}

/// One person's cells.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// Quyết định.
    pub choice: String,
    /// Lý do.
    pub reason: String,
    /// Người.
    pub person: String,
    /// Ngày: year-month-day when the cell holds a day.
    pub date: String,
}

/// What the program wrote for a proposal.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Original {
    /// Handling proposed, as it is named in JSON.
    pub handling: String,
    /// Content, wording, drafter and deadline proposed.
    pub content: String,
    /// Wording proposed.
    pub wording: String,
    /// Drafter proposed.
    pub drafter: String,
    /// Deadline proposed.
    pub deadline: String,
    /// The cells as written, where they are not the proposal itself.
    pub given: Option<Inputs>,
    /// Hash of the local text.
    pub text: String,
    /// The document as it is named to people.
    pub document: String,
    /// Number of the document.
    pub number: String,
    /// File of the document.
    pub file: String,
    /// Path of the unit.
    pub path: String,
    /// Place as cited.
    pub cite: String,
    /// Rules under the proposal.
    pub rules: String,
}

impl Row {
    /// "dòng 12", "trang “Bản sao”, dòng 12".
    pub fn place(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("trang “{sheet}”, dòng {}", self.line),
            None => format!("dòng {}", self.line),
        }
    }
}

impl Typed {
    /// Nothing typed at all.
    pub fn is_empty(&self) -> bool {
        [&self.choice, &self.reason, &self.person, &self.date].iter().all(|text| text.is_empty())
    }
}

/// A cell's text as it is compared: office programs change line ends and trailing spaces.
pub fn tidy(text: &str) -> String {
    let text = text.replace("_x000D_", "").replace('\r', "");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let joined = lines.join("\n");
    unicode_normalization::UnicodeNormalization::nfc(joined.trim()).collect()
}
