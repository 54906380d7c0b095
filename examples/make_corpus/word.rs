//! The official page layout, written with docx-rs; what it cannot write is put into the XML afterwards.

use std::error::Error;
use std::io::{Cursor, Read as _, Write as _};

use docx_rs::{
    AbstractNumbering, AlignmentType, BreakType, Docx, Footnote, IndentLevel, Level, LevelJc, LevelText, LineSpacing,
    NumberFormat, Numbering, NumberingId, PageMargin, Paragraph, Run, RunFonts, SpecialIndentType, Start, Style,
    StyleType, Tab, TabValueType, Table, TableCell, TableRow, WidthType,
};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::encode;
use crate::source::{Block, Letters, Page};

/// Stands for the text box until the XML is patched.
const STAMP: char = '\u{e000}';
/// Size of the text, in half points.
const TEXT: usize = 28;
/// Size of the head and of table cells, in half points.
const HEAD: usize = 24;
/// Text width of the page in twentieths of a point.
const WIDTH: usize = 9360;

/// The bytes of one `.docx`.
pub fn write(page: &Page) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut docx = Docx::new()
        .default_fonts(fonts("Times New Roman"))
        .default_size(TEXT)
        .page_margin(PageMargin::new().top(1134).bottom(1134).left(1701).right(851));
    if page.letters == Letters::Tcvn3 {
        docx = docx.add_style(Style::new("Normal", StyleType::Paragraph).name("Normal").fonts(fonts(".VnTime")));
    }
    docx = head(docx, page);
    let mut list = 0;
    for block in &page.blocks {
        docx = match block {
            Block::Text(text) => {
                if text.starts_with("Điều ") {
                    list += 1;
                }
                docx.add_paragraph(body(page, text))
            }
            Block::Centre(text) => docx.add_paragraph(line(page, text, true, false, TEXT).align(AlignmentType::Center)),
            Block::Note(text) => docx.add_paragraph(line(page, text, false, true, TEXT).align(AlignmentType::Center)),
            Block::Numbered(level, text) => {
                docx.add_paragraph(body(page, text).numbering(NumberingId::new(list + 1), IndentLevel::new(*level)))
            }
            Block::Page => docx.add_paragraph(Paragraph::new().add_run(Run::new().add_break(BreakType::Page))),
            Block::Table(rows) => docx.add_table(ruled(page, rows)),
            Block::Sign(left, right) => docx.add_table(sign(page, left, right)),
        };
    }
    if page.blocks.iter().any(|block| matches!(block, Block::Numbered(..))) {
        for id in 1..=list + 1 {
            docx = docx.add_abstract_numbering(numbering(id)).add_numbering(Numbering::new(id, id));
        }
    }
    let mut plain = Cursor::new(Vec::new());
    docx.build().pack(&mut plain)?;
    patch(plain.into_inner(), page)
}

fn fonts(name: &str) -> RunFonts {
    RunFonts::new().ascii(name).hi_ansi(name).cs(name)
}

/// Clauses "1." and points "a)" of one article.
fn numbering(id: usize) -> AbstractNumbering {
    let level = |at, format: &str, text: &str| {
        Level::new(at, Start::new(1), NumberFormat::new(format), LevelText::new(text), LevelJc::new("left")).indent(
            Some(0),
            Some(SpecialIndentType::FirstLine(567)),
            None,
            None,
        )
    };
    AbstractNumbering::new(id).add_level(level(0, "decimal", "%1.")).add_level(level(1, "lowerLetter", "%2)"))
}

fn run(page: &Page, text: &str) -> Run {
    match page.letters {
        Letters::Unicode => Run::new().add_text(text),
        Letters::Mixed => Run::new().add_text(encode::mixed(text)),
        Letters::Tcvn3 => {
            let capitals = text.chars().any(char::is_alphabetic) && text.to_uppercase() == text;
            let run = Run::new().add_text(encode::tcvn3(text, capitals));
            if capitals { run.fonts(fonts(".VnTimeH")) } else { run }
        }
    }
}

/// A paragraph of one run; `size` is in half points.
fn line(page: &Page, text: &str, bold: bool, italic: bool, size: usize) -> Paragraph {
    let mut run = run(page, text).size(size);
    if bold {
        run = run.bold();
    }
    if italic {
        run = run.italic();
    }
    Paragraph::new().add_run(run)
}

/// A justified paragraph; grounds are in italics, an article's label and short heading in bold.
fn body(page: &Page, text: &str) -> Paragraph {
    let mut paragraph = Paragraph::new()
        .align(AlignmentType::Both)
        .indent(None, Some(SpecialIndentType::FirstLine(567)), None, None)
        .line_spacing(LineSpacing::new().before(60).after(60));
    let basis = ["Căn cứ ", "Theo đề nghị", "Xét "].iter().any(|start| text.starts_with(start));
    let label = match text.strip_prefix("Điều ").and_then(|rest| rest.find(['.', ':'])) {
        Some(_) if text.chars().count() < 110 => text.len(),
        Some(at) => "Điều ".len() + at + 1,
        None => 0,
    };
    if label > 0 {
        paragraph = paragraph.add_run(run(page, &text[..label]).bold());
    }
    let mut rest = &text[label..];
    while let Some((before, note, after)) = footnote(rest) {
        let mark =
            Footnote::new().add_content(Paragraph::new().add_run(Run::new().add_text(format!(" {note}")).size(20)));
        paragraph = paragraph.add_run(run(page, before)).add_run(Run::new().add_footnote_reference(mark));
        rest = after;
    }
    if rest.is_empty() {
        return paragraph;
    }
    let last = run(page, rest);
    paragraph.add_run(if basis { last.italic() } else { last })
}

fn footnote(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("[^")?;
    let (note, after) = rest.split_once(']')?;
    Some((before, note, after))
}

fn head(docx: Docx, page: &Page) -> Docx {
    if page.left.is_empty() {
        return docx;
    }
    const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
    const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
    if page.tabs {
        let row = |left: &str, right: &str, bold: bool| {
            let size = if bold { 22 } else { 24 };
            let (left, right) = (run(page, left).size(size), run(page, right).size(size));
            let (left, right) = if bold { (left.bold(), right.bold()) } else { (left, right.italic()) };
            Paragraph::new()
                .add_tab(Tab::new().val(TabValueType::Left).pos(4100))
                .add_run(left.add_tab())
                .add_run(right)
        };
        let issuer = |at: usize| page.left.get(at).map_or("", String::as_str);
        return docx
            .add_paragraph(row(issuer(0), NATION, true))
            .add_paragraph(row(issuer(1), MOTTO, true))
            .add_paragraph(row(&page.number, &page.place, false))
            .add_paragraph(Paragraph::new());
    }
    let mut left = TableCell::new().width(3600, WidthType::Dxa);
    for (at, text) in page.left.iter().enumerate() {
        let last = at + 1 == page.left.len() || at + 2 == page.left.len() && page.left[at].starts_with("ỦY BAN");
        left = left.add_paragraph(line(page, text, last, false, HEAD).align(AlignmentType::Center));
    }
    left = left.add_paragraph(line(page, "-------", false, false, HEAD).align(AlignmentType::Center));
    let right = TableCell::new()
        .width(5760, WidthType::Dxa)
        .add_paragraph(line(page, NATION, true, false, HEAD).align(AlignmentType::Center))
        .add_paragraph(line(page, MOTTO, true, false, HEAD).align(AlignmentType::Center))
        .add_paragraph(line(page, "---------------", false, false, HEAD).align(AlignmentType::Center));
    let mut number = Paragraph::new().align(AlignmentType::Center);
    if page.stamp.is_some() {
        number = number.add_run(Run::new().add_text(STAMP));
    }
    let number =
        TableCell::new().width(3600, WidthType::Dxa).add_paragraph(number.add_run(run(page, &page.number).size(HEAD)));
    let place = TableCell::new()
        .width(5760, WidthType::Dxa)
        .add_paragraph(line(page, &page.place, false, true, HEAD).align(AlignmentType::Center));
    docx.add_table(
        Table::without_borders(vec![TableRow::new(vec![left, right]), TableRow::new(vec![number, place])])
            .set_grid(vec![3600, 5760])
            .width(WIDTH, WidthType::Dxa),
    )
    .add_paragraph(Paragraph::new())
}

fn ruled(page: &Page, rows: &[Vec<String>]) -> Table {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
    let narrow = 700;
    let wide = (WIDTH - narrow) / columns.saturating_sub(1).max(1);
    let widths: Vec<usize> = (0..columns).map(|at| if at == 0 { narrow } else { wide }).collect();
    let rows = rows.iter().enumerate().map(|(at, row)| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            let text = line(page, cell, at == 0, false, HEAD);
            TableCell::new().width(*width, WidthType::Dxa).add_paragraph(text)
        });
        TableRow::new(cells.collect())
    });
    Table::new(rows.collect()).set_grid(widths.clone()).width(WIDTH, WidthType::Dxa)
}

fn sign(page: &Page, left: &[String], right: &[String]) -> Table {
    let mut recipients = TableCell::new().width(4680, WidthType::Dxa);
    for (at, text) in left.iter().enumerate() {
        recipients = recipients.add_paragraph(line(page, text, at == 0, at == 0, 22));
    }
    let mut signature = TableCell::new().width(4680, WidthType::Dxa);
    for text in right {
        signature = signature.add_paragraph(line(page, text, true, false, TEXT).align(AlignmentType::Center));
    }
    Table::without_borders(vec![TableRow::new(vec![recipients, signature])])
        .set_grid(vec![4680, 4680])
        .width(WIDTH, WidthType::Dxa)
}

/// Puts soft hyphen elements and the text box into the body, and packs every part deflated.
fn patch(plain: Vec<u8>, page: &Page) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut archive = ZipArchive::new(Cursor::new(plain))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at)?;
        if part.is_dir() {
            continue;
        }
        let name = part.name()?.into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        if name == "word/document.xml" {
            let mut xml = String::from_utf8(bytes)?;
            if page.letters == Letters::Tcvn3 {
                // The byte of "ư" is the soft hyphen, which Word writes as an element.
                xml = xml.replace('\u{ad}', "</w:t><w:softHyphen/><w:t xml:space=\"preserve\">");
            }
            if let Some(stamp) = &page.stamp {
                xml = xml.replace(STAMP, &format!("</w:t>{}<w:t>", text_box(stamp)));
            }
            bytes = xml.into_bytes();
        }
        out.start_file(name, SimpleFileOptions::default())?;
        out.write_all(&bytes)?;
    }
    Ok(out.finish()?.into_inner())
}

/// A text box as Word stores it: the drawing, and the same text again for old readers.
fn text_box(text: &str) -> String {
    let content = format!(
        "<w:txbxContent><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    );
    format!(
        "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">\
         <mc:Choice xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" Requires=\"wps\"><w:drawing>\
         <wp:anchor xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"114300\" \
         distR=\"114300\" simplePos=\"0\" relativeHeight=\"251659264\" behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\">\
         <wp:simplePos x=\"0\" y=\"0\"/><wp:positionH relativeFrom=\"column\"><wp:posOffset>380000</wp:posOffset></wp:positionH>\
         <wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>200000</wp:posOffset></wp:positionV><wp:extent cx=\"1000000\" cy=\"270000\"/>\
         <wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/><wp:docPr id=\"1\" name=\"Text Box 1\"/><wp:cNvGraphicFramePr/>\
         <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
         <a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp><wps:cNvSpPr txBox=\"1\"/>\
         <wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"1000000\" cy=\"270000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>\
         <a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill><a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"000000\"/></a:solidFill></a:ln></wps:spPr>\
         <wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" style=\"position:absolute;width:95pt;height:26pt\">\
         <v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
}
