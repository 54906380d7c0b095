//! The plain text form of a corpus document.
//!
//! `@name value` sets how the file is made; `# ` is a centred bold line, `~ ` a centred italic one, `%1 ` and `%2 `
//! paragraphs that Word numbers itself, `@page` a page break, `@table`…`@end` a ruled table with cells split by `|`,
//! `@sign`…`@`…`@end` the recipients and the signature. `[^…]` inside a line is a footnote. Other lines are paragraphs.

/// One paragraph or block, in reading order.
#[derive(Debug)]
pub enum Block {
    /// A body paragraph.
    Text(String),
    /// A centred bold line.
    Centre(String),
    /// A centred italic line.
    Note(String),
    /// A paragraph whose number is made by Word, at this level of the list.
    Numbered(usize, String),
    /// Rows of a ruled table.
    Table(Vec<Vec<String>>),
    /// Recipients on the left, signature on the right.
    Sign(Vec<String>, Vec<String>),
    /// A page break.
    Page,
}

/// How the letters are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Letters {
    /// Precomposed Unicode.
    #[default]
    Unicode,
    /// Tone marks apart, eth for Đ, no-break spaces and soft hyphens.
    Mixed,
    /// TCVN3 in the `.VnTime` fonts.
    Tcvn3,
}

/// A document to write.
#[derive(Debug, Default)]
pub struct Page {
    /// What the document is in the corpus for.
    pub shows: String,
    /// Lines of the issuing body, the last one in bold.
    pub left: Vec<String>,
    /// The line with the number.
    pub number: String,
    /// The line with place and date.
    pub place: String,
    /// Whether the head is two columns made by tabs instead of a table.
    pub tabs: bool,
    /// The stamp in a text box over the head.
    pub stamp: Option<String>,
    /// How the letters are stored.
    pub letters: Letters,
    /// Everything below the head.
    pub blocks: Vec<Block>,
}

/// Reads one source file.
pub fn parse(text: &str) -> Page {
    let mut page = Page::default();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        let (name, value) = line.split_once(' ').unwrap_or((line, ""));
        match name {
            "" => {}
            "@shows" => page.shows = value.to_owned(),
            "@left" => page.left = value.split('|').map(str::to_owned).collect(),
            "@number" => page.number = value.to_owned(),
            "@place" => page.place = value.to_owned(),
            "@tabs" => page.tabs = true,
            "@stamp" => page.stamp = Some(value.to_owned()),
            "@letters" if value == "mixed" => page.letters = Letters::Mixed,
            "@letters" => page.letters = Letters::Tcvn3,
            "@page" => page.blocks.push(Block::Page),
            "@table" => {
                let rows = until(&mut lines, "@end").iter().map(|row| cells(row)).collect();
                page.blocks.push(Block::Table(rows));
            }
            "@sign" => {
                let left = until(&mut lines, "@");
                page.blocks.push(Block::Sign(left, until(&mut lines, "@end")));
            }
            "#" => page.blocks.push(Block::Centre(value.to_owned())),
            "~" => page.blocks.push(Block::Note(value.to_owned())),
            "%1" => page.blocks.push(Block::Numbered(0, value.to_owned())),
            "%2" => page.blocks.push(Block::Numbered(1, value.to_owned())),
            _ => page.blocks.push(Block::Text(line.to_owned())),
        }
    }
    page
}

fn until<'a>(lines: &mut impl Iterator<Item = &'a str>, end: &str) -> Vec<String> {
    lines.take_while(|line| line.trim_end() != end).map(|line| line.trim_end().to_owned()).collect()
}

fn cells(row: &str) -> Vec<String> {
    row.split('|').map(|cell| cell.trim().to_owned()).collect()
}
