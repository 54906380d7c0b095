//! Word 2003 XML, flat OPC and MHTML: Word's text in one file that is no zip.

use super::kind::Kind;
use super::{RawDocument, Unread, UnreadCode};

/// Reads one file.
pub fn read(_bytes: &[u8]) -> Result<RawDocument, Unread> {
    Err(Unread::of_kind(Kind::WordXml).unwrap_or_else(|| Unread::new(UnreadCode::UnsupportedKind)))
}
