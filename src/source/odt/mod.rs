//! OpenDocument text, in a package or flat.

use super::kind::Kind;
use super::{RawDocument, Unread, UnreadCode};

/// Reads one file.
pub fn read(_bytes: &[u8]) -> Result<RawDocument, Unread> {
    Err(Unread::of_kind(Kind::Odt).unwrap_or_else(|| Unread::new(UnreadCode::UnsupportedKind)))
}
