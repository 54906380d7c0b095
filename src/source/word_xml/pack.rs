//! Parts as they are named in a package of Word, and the package made of them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Parts of a package.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Names and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// `false` when the file is cut off.
    pub whole: bool,
}

/// The package, not compressed: it is read at once.
pub(super) fn zipped(files: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in files {
        // A name that stands twice is kept once.
        if writer.start_file(name.as_str(), stored).is_ok() {
            writer.write_all(bytes).ok()?;
        }
    }
    Some(writer.finish().ok()?.into_inner())
}

/// XML as text; the flag tells that some bytes made no sense.
pub(super) fn text(bytes: &[u8]) -> (String, bool) {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[length..]);
        return (text.into_owned(), broken);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (String::from_utf8_lossy(bytes).into_owned(), true),
    }
}
