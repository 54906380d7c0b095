//! Names of laws, codes and ordinances that are known as such (`law-names.txt`, without their kind), found wherever they stand.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::mention::kind_at;
use crate::text::cursor::{Cursor, lower, match_phrase};
use crate::text::fold::fold;

/// A name of [`KNOWN`].
pub(super) struct KnownName {
    /// As listed.
    listed: &'static str,
    /// In lower case.
    name: String,
    /// Its letters without marks, when it is long enough that nothing else is spelt alike: a slip or an old place of the
    /// tone mark ("Uỷ bân nhân dân") still tells it.
    unmarked: Option<String>,
}

impl KnownName {
    /// Words from which a name is known without its marks.
    const LONG: usize = 8;

    /// End of the name when it stands at `at`.
    fn end(&self, text: &str, at: usize) -> Option<usize> {
        match &self.unmarked {
            Some(unmarked) => match_unmarked(text, at, unmarked),
            None => match_phrase(text, at, &self.name),
        }
    }
}

/// Known names of laws by their first letter without marks, longest first.
static KNOWN: LazyLock<HashMap<char, Vec<KnownName>>> = LazyLock::new(|| {
    let mut names: HashMap<char, Vec<KnownName>> = HashMap::new();
    for listed in include_str!("law-names.txt").lines() {
        let name: String = listed.chars().map(lower).collect();
        let long = name.split(' ').count() >= KnownName::LONG;
        if let Some(first) = name.chars().next() {
            let unmarked_name = long.then(|| name.chars().map(unmarked).collect());
            names.entry(unmarked(first)).or_default().push(KnownName { listed, name, unmarked: unmarked_name });
        }
    }
    names.values_mut().for_each(|names| names.sort_by_key(|known| std::cmp::Reverse(known.name.len())));
    names
});

/// The longest known name of a law that stands at `at`, and its end.
pub(super) fn known_at(text: &str, at: usize) -> Option<(&'static KnownName, usize)> {
    let names = KNOWN.get(&unmarked(text.get(at..)?.chars().next()?))?;
    names.iter().find_map(|known| known.end(text, at).map(|end| (known, end)))
}

/// The letter without its marks, in lower case.
fn unmarked(c: char) -> char {
    let c = lower(c);
    match c {
        _ if c.is_ascii() => c,
        'đ' => 'd',
        _ => std::iter::once(c).nfd().next().unwrap_or(c),
    }
}

/// Like [`match_phrase`], blind to marks and spaces as well; `phrase` has no marks.
fn match_unmarked(text: &str, at: usize, phrase: &str) -> Option<usize> {
    let mut rest = text.get(at..)?;
    for (count, word) in phrase.split(' ').enumerate() {
        if count > 0 {
            // "Ủy bannhân dân": a long name is known through a forgotten space.
            rest = rest.trim_start();
        }
        let mut letters = rest.chars();
        if !word.chars().all(|wanted| letters.next().map(unmarked) == Some(wanted)) {
            return None;
        }
        rest = letters.as_str();
    }
    (!rest.starts_with(char::is_alphanumeric)).then_some(text.len() - rest.len())
}

/// The name of a law with its slips of marks put right, when it is a long known one; else as it is.
pub fn respelt(name: String) -> String {
    let Some((_, kind_end)) = kind_at(&name, 0) else { return name };
    let mut cursor = Cursor::new(&name, kind_end);
    cursor.skip_space();
    let from = cursor.at();
    match known_at(&name, from) {
        Some((known, end))
            if end == name.len() && known.unmarked.is_some() && fold(known.listed) != fold(&name[from..]) =>
        {
            format!("{}{}", &name[..from], known.listed)
        }
        _ => name,
    }
}
