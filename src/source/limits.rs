//! What every reading keeps to, whichever reader gave it.
//!
//! Caps are on work, never on time: the same file gives the same result on a slow machine and on a fast one. Each reader
//! has caps of its own on what it unpacks; these bound what the later stages are given.

use super::{Block, Paragraph, RawDocument, Table, Unread, UnreadCode, Warning};

/// Largest file that is opened, in bytes. Two files are in memory at once on two processors.
pub const MAX_FILE: u64 = 256 << 20;

/// Most bytes of text of one document: forty times the longest code of law.
const MAX_TEXT: usize = 32 << 20;

/// Most paragraphs of one document, those of table cells included: each may become a unit of some 1.5 KB.
const MAX_PARAGRAPHS: usize = 500_000;

/// Longest paragraph, in bytes: five printed pages. Longer ones have lost their line breaks or were made to exhaust us,
/// and the work over one paragraph may grow with the square of its length.
const MAX_PARAGRAPH: usize = 16 << 10;

/// Refuses a document beyond the limits and parts paragraphs beyond theirs; no word is lost.
pub(super) fn bound(mut raw: RawDocument) -> Result<RawDocument, Unread> {
    let paragraphs = raw.paragraphs();
    let own = |paragraph: &Paragraph| paragraph.text.len() + paragraph.label.as_ref().map_or(0, String::len);
    let aside = paragraphs.iter().flat_map(|paragraph| &paragraph.notes).chain(&raw.running);
    let text = paragraphs.iter().map(|paragraph| own(paragraph)).sum::<usize>()
        + aside.map(|note| note.text.len()).sum::<usize>();
    let too_large = (text > MAX_TEXT || paragraphs.len() > MAX_PARAGRAPHS).then(|| {
        Unread::because(
            UnreadCode::TooLarge,
            format!("Văn bản có {} đoạn, {} MB chữ, vượt giới hạn an toàn.", paragraphs.len(), text >> 20),
            "Kiểm tra nguồn gốc tệp; nếu đúng là văn bản cần rà soát thì tách phụ lục thành tệp riêng rồi chạy lại.",
        )
    });
    let long = paragraphs.iter().filter(|paragraph| paragraph.text.len() > MAX_PARAGRAPH).count();
    if let Some(unread) = too_large {
        return Err(unread);
    }
    if long > 0 {
        part_blocks(&mut raw.blocks);
        raw.warnings.push(Warning::new(
            "long-paragraph-parted",
            format!(
                "Có {long} đoạn dài hơn {} KB (khoảng năm trang), đã tách tại chỗ hết câu để đọc; kiểm tra xem văn bản có bị mất dấu xuống dòng không.",
                MAX_PARAGRAPH >> 10
            ),
        ));
    }
    Ok(raw)
}

fn part_blocks(blocks: &mut Vec<Block>) {
    for block in std::mem::take(blocks) {
        match block {
            Block::Paragraph(paragraph) => part(paragraph, blocks),
            Block::Table(mut table) => {
                part_table(&mut table);
                blocks.push(Block::Table(table));
            }
        }
    }
}

fn part_table(table: &mut Table) {
    table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| part_blocks(&mut cell.blocks));
}

/// The paragraph in pieces that keep its look and place; notes go with the words they are anchored to.
fn part(mut paragraph: Paragraph, blocks: &mut Vec<Block>) {
    while paragraph.text.len() > MAX_PARAGRAPH {
        let cut = cut(&paragraph.text);
        let (notes, mut later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut paragraph.notes).into_iter().partition(|note| note.anchor <= cut);
        later.iter_mut().for_each(|note| note.anchor -= cut);
        let rest = Paragraph { text: paragraph.text.split_off(cut), notes: later, label: None, ..paragraph.clone() };
        blocks.push(Block::Paragraph(Paragraph { notes, ..paragraph }));
        paragraph = rest;
    }
    blocks.push(Block::Paragraph(paragraph));
}

/// Where to part a long text: after a line, else a sentence, else a word, in the second half of what is allowed.
fn cut(text: &str) -> usize {
    let boundary = |most: usize| (0..=most).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let (half, end) = (boundary(MAX_PARAGRAPH / 2), boundary(MAX_PARAGRAPH));
    let window = &text[half..end];
    let after = |marks: &[&str]| marks.iter().filter_map(|mark| Some(window.rfind(mark)? + mark.len())).max();
    after(&["\n"])
        .or_else(|| after(&[". ", "; "]))
        .or_else(|| after(&[" ", "\t", "\u{a0}"]))
        .map_or(end, |at| half + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Cell, Note, NoteKind, Reader, Row};

    fn document(blocks: Vec<Block>) -> RawDocument {
        RawDocument::new(Reader::Text, blocks)
    }

    fn paragraph(text: &str) -> Block {
        Block::Paragraph(Paragraph { text: text.to_owned(), ..Paragraph::default() })
    }

    #[test]
    fn usual_documents_pass_as_they_are() {
        let raw = bound(document(vec![paragraph(&"Nhân dân bàn. ".repeat(900))])).unwrap();
        assert_eq!((raw.blocks.len(), raw.warnings.len()), (1, 0));
    }

    #[test]
    fn long_paragraphs_are_parted_at_the_ends_of_sentences_and_keep_every_word() {
        let text = "Nhân dân bàn và quyết định trực tiếp mức đóng góp. ".repeat(3_000);
        let at = text.len() - 10;
        let note = Note { anchor: at, ..Note::new(NoteKind::Footnote, "Chú thích") };
        let long =
            Paragraph { text: text.clone(), label: Some("1.".to_owned()), notes: vec![note], ..Paragraph::default() };
        let cell = Cell { blocks: vec![Block::Paragraph(long)], ..Cell::default() };
        let table = Table { rows: vec![Row { cells: vec![cell] }] };
        let raw = bound(document(vec![paragraph("Điều 1."), Block::Table(table)])).unwrap();
        let pieces = raw.paragraphs();
        let joined: String = pieces[1..].iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(joined, text);
        assert!(pieces.len() > 5 && pieces.iter().all(|piece| piece.text.len() <= MAX_PARAGRAPH));
        assert!(pieces[1..].iter().all(|piece| piece.text.starts_with("Nhân")), "cut between sentences");
        assert_eq!(pieces.iter().filter(|piece| piece.label.is_some()).count(), 1);
        let last = pieces.last().unwrap();
        assert_eq!(last.notes[0].anchor, last.text.len() - 10);
        assert_eq!(raw.warnings[0].code, "long-paragraph-parted");
    }

    #[test]
    fn a_paragraph_without_spaces_is_parted_between_characters() {
        let raw = bound(document(vec![paragraph(&"ệ".repeat(20_000))])).unwrap();
        assert!(raw.blocks.len() > 2);
    }

    #[test]
    fn more_than_a_document_can_be_is_refused() {
        let many = vec![paragraph(""); MAX_PARAGRAPHS + 1];
        let much = vec![paragraph(&"x".repeat(1 << 20)); 33];
        for blocks in [many, much] {
            assert_eq!(bound(document(blocks)).unwrap_err().code, UnreadCode::TooLarge);
        }
    }
}
