//! Sets of gold documents, so that figures of texts nobody has mended rules on stand apart from the rest.
//!
//! `SETS.yaml` beside the gold folder names them by the numbers their files begin with.

use std::path::Path;

use serde::Deserialize;

use super::item::{Item, Measure};
use super::read::{Error, io};
use super::tally::{Row, Section};
use crate::review::Confidence;

/// Documents written and first measured together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// What it is, in a few words of Vietnamese.
    pub name: String,
    /// First and last number of its files.
    pub numbers: [u32; 2],
}

impl Set {
    fn holds(&self, file: &str) -> bool {
        let digits = file.find(|c: char| !c.is_ascii_digit()).map_or(file, |end| &file[..end]);
        digits.parse().is_ok_and(|number: u32| (self.numbers[0]..=self.numbers[1]).contains(&number))
    }
}

/// The sets of a gold folder; none when nobody made any.
pub fn read(folder: &Path) -> Result<Vec<Set>, Error> {
    let real = std::fs::canonicalize(folder).map_err(io(folder))?;
    let Some(path) = real.ancestors().take(3).map(|above| above.join("SETS.yaml")).find(|path| path.is_file()) else {
        return Ok(Vec::new());
    };
    let text = std::fs::read_to_string(&path).map_err(io(&path))?;
    serde_saphyr::from_str(&text).map_err(|fault| Error::Sets {
        path: path.display().to_string(),
        line: fault.location().map_or(1, |at| at.line()),
    })
}

/// Three lines a set: all proposals, those of confidence high, handlings of whole documents. The open and the sealed part of a
/// set stand apart.
pub fn section(items: &[Item], sets: &[Set]) -> Option<Section> {
    let rows = sets.iter().flat_map(|set| {
        let held = || items.iter().filter(|item| set.holds(&item.file));
        let mixed = held().any(|item| item.sealed) && held().any(|item| !item.sealed);
        [false, true].map(|sealed| {
            let name = match (mixed, sealed) {
                (false, _) => set.name.clone(),
                (true, false) => format!("{} (mở)", set.name),
                (true, true) => format!("{} (niêm phong)", set.name),
            };
            let of = || held().filter(|item| item.sealed == sealed);
            let judged = || of().filter(|item| matches!(item.measure, Measure::Label | Measure::Proposal));
            let sure = judged().filter(|item| item.by.confidence == Some(Confidence::High));
            let whole = of().filter(|item| item.measure == Measure::DocumentHandling);
            [Row::of(name.as_str(), judged()), Row::of("  tin cậy cao", sure), Row::of("  xử lý cả văn bản", whole)]
        })
    });
    let rows: Vec<Row> = rows.flatten().filter(|row| !row.is_empty()).collect();
    (!rows.is_empty()).then_some(Section { id: "sets", title: "Theo nhóm văn bản", rows })
}

#[cfg(test)]
mod tests {
    use super::super::item::Outcome;
    use super::*;

    #[test]
    fn a_set_holds_the_numbers_of_its_range() {
        let set = Set { name: String::new(), numbers: [33, 42] };
        let held =
            ["33-a.docx", "42.docx", "043-b.docx", "32-x.docx", "3.docx", "x-33.docx"].map(|file| set.holds(file));
        assert_eq!(held, [true, true, false, false, false, false]);
    }

    #[test]
    fn the_open_and_the_sealed_part_of_a_set_stand_apart() {
        let item = |file: &str, sealed| Item { sealed, ..Item::new(Measure::Label, file, None, "", Outcome::Right) };
        let items = [item("1-a.docx", false), item("2-b.docx", true), item("3-c.docx", true)];
        let set = |name: &str, numbers| Set { name: name.to_owned(), numbers };
        let section = section(&items, &[set("chung", [1, 2]), set("kín", [3, 4]), set("trống", [5, 6])]).expect("rows");
        let names: Vec<&str> = section.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["chung (mở)", "chung (niêm phong)", "kín"]);
    }

    #[test]
    fn sets_stand_beside_the_gold_folder_and_faults_are_named() {
        let root = tempfile::tempdir().expect("a folder");
        let gold = root.path().join("gold");
        std::fs::create_dir(&gold).expect("a folder");
        assert_eq!(read(&gold).expect("none"), Vec::new());
        let write = |text: &str| std::fs::write(root.path().join("SETS.yaml"), text).expect("a file");
        write("- { name: \"một\", numbers: [1, 2] }\n");
        assert_eq!(read(&gold).expect("one"), [Set { name: "một".to_owned(), numbers: [1, 2] }]);
        write("- { name: \"một\", numbers: [1, 2] }\n- { name: hai }\n");
        let fault = read(&gold).expect_err("no numbers").to_string();
        assert!(fault.contains("SETS.yaml") && fault.contains("dòng 2"), "{fault}");
    }
}
