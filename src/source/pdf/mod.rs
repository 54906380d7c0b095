//! The text layer of PDF files, laid out again as paragraphs and tables. Scans are unread; no characters are guessed.

mod cmap;
mod columns;
mod content;
mod draw;
mod encoding;
mod font;
mod footnotes;
mod layout;
mod lex;
mod lines;
mod marks;
mod page;
mod paragraphs;
mod poppler;
mod quality;
mod ruled;
mod running;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use lopdf::{Document, LoadOptions};

use super::compose::letters::Letters;
use super::compose::notices;
use super::{Encoding, RawDocument, Reader, Unread, UnreadCode, Warning};
use page::Scene;
use quality::Verdict;

/// Most bytes one stream may unpack to: pages of text need less than one million, drawings some millions.
const MAX_STREAM: usize = 32 << 20;

/// Reads a PDF file.
pub fn read(bytes: &[u8]) -> Result<RawDocument, Unread> {
    let unread = match own_scene(bytes).map(|scene| (quality::judge(&scene), scene)) {
        Ok((Verdict::Readable(warnings), scene)) => return compose(&scene, warnings),
        Ok((Verdict::Textless(unread), _)) => return Err(unread),
        Ok((Verdict::Broken(unread), _)) => unread,
        Err(unread) if unread.code == UnreadCode::Encrypted => return Err(unread),
        Err(unread) => unread,
    };
    // Only what our own reading cannot give is asked of another program: results do not depend on the machine otherwise.
    match poppler::scene(bytes).map(|scene| (quality::judge(&scene), scene)) {
        Some((Verdict::Readable(mut warnings), scene)) => {
            warnings.push(Warning::new(
                "read-by-outside-program",
                "Tệp PDF này đọc được nhờ chương trình ngoài (poppler) có trên máy; đối chiếu với bản gốc trước khi kết luận.",
            ));
            compose(&scene, warnings)
        }
        _ => Err(unread),
    }
}

fn own_scene(bytes: &[u8]) -> Result<Scene, Unread> {
    let options = LoadOptions::with_max_decompressed_size(MAX_STREAM);
    // The library promises no panic; a file that breaks the promise is damaged, and another program may read it.
    let opened = std::panic::catch_unwind(|| {
        Document::load_mem_with_options(bytes, options).map(|pdf| (pdf.is_encrypted(), content::scene(&pdf)))
    });
    match opened {
        Ok(Ok((true, _))) => Err(Unread::new(UnreadCode::Encrypted)),
        Ok(Ok((false, scene))) if scene.pages.is_empty() => Err(Unread::new(UnreadCode::Damaged)),
        Ok(Ok((false, scene))) => Ok(scene),
        Ok(Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_))) => Err(Unread::new(UnreadCode::Encrypted)),
        Ok(Err(_)) | Err(_) => Err(Unread::new(UnreadCode::Damaged)),
    }
}

/// Lays out pages, twice more where letters of a legacy encoding were seen.
fn compose(scene: &Scene, warnings: Vec<Warning>) -> Result<RawDocument, Unread> {
    let mut letters = Letters::Unicode;
    let mut laid = layout::lay(scene, &mut letters);
    if laid.suspect {
        let mut survey = Letters::Survey(BTreeMap::new());
        layout::lay(scene, &mut survey);
        if let Some(decoding) = survey.after_survey() {
            letters = decoding;
            laid = layout::lay(scene, &mut letters);
        }
    }
    if laid.blocks.is_empty() {
        return Err(Unread::new(if scene.cut { UnreadCode::Damaged } else { UnreadCode::Empty }));
    }
    let converted = letters.converted();
    let mut document = RawDocument::new(Reader::Pdf, laid.blocks);
    document.encoding = converted.map_or(Encoding::Unicode, |(encoding, _)| encoding);
    document.running = laid.running;
    document.warnings = warnings;
    document.warnings.extend(converted.map(|(encoding, converted)| notices::legacy(encoding, converted)));
    Ok(document)
}
