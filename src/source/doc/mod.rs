//! Word 97-2003 binary documents ([MS-DOC]).

use super::kind::Kind;
use super::{RawDocument, Unread, UnreadCode};

/// Reads one file.
pub fn read(_bytes: &[u8]) -> Result<RawDocument, Unread> {
    Err(Unread::of_kind(Kind::LegacyDoc).unwrap_or_else(|| Unread::new(UnreadCode::UnsupportedKind)))
}
