//! Tables and the list of misses.

use std::fmt::Write as _;

/// What a run found.
pub struct Report {
    markdown: bool,
    tables: String,
    misses: String,
}

impl Report {
    /// An empty report.
    pub fn new(markdown: bool) -> Self {
        Report { markdown, tables: String::new(), misses: String::new() }
    }

    /// A sentence between tables.
    pub fn note(&mut self, text: &str) {
        let _ = writeln!(self.tables, "{text}");
    }

    /// A table under its title.
    pub fn table(&mut self, title: &str, heads: &[&str], rows: &[Vec<String>]) {
        let _ = writeln!(self.tables, "\n{title}\n");
        self.row(heads.iter().copied());
        if self.markdown {
            let _ = writeln!(self.tables, "|{}", "---|".repeat(heads.len()));
        }
        for row in rows {
            self.row(row.iter().map(String::as_str));
        }
    }

    fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        let cells: Vec<&str> = cells.collect();
        let line = if self.markdown { format!("| {} |", cells.join(" | ")) } else { cells.join("\t") };
        let _ = writeln!(self.tables, "{line}");
    }

    /// One thing to look at: what was measured, of which document, why, and the words.
    pub fn miss(&mut self, what: &str, file: &str, why: &str, words: &str) {
        let words: String = words.replace(['\n', '\t'], " ⏎ ").chars().take(400).collect();
        let _ = writeln!(self.misses, "{what}\t{file}\t{why}\t{words}");
    }

    /// All tables.
    pub fn tables(&self) -> &str {
        &self.tables
    }

    /// All misses, one a line, parted by tabs.
    pub fn misses(&self) -> &str {
        &self.misses
    }
}

/// "98.7 %" of `part` in `whole`; a dash when there is nothing.
pub fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return "-".to_owned();
    }
    // Never round up to a whole hundred: one miss must show.
    let percent = (part as f64 * 10_000.0 / whole as f64).floor() / 100.0;
    format!("{percent:.2} %")
}
