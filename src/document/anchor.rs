//! Where in a text a citation may begin: one pass for the first words of provisions and of instruments.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::mention::KIND_WORDS;
use crate::text::cursor::starts_word;

/// What begins at an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// "điều", "khoản", "chương" …
    Provision,
    /// "luật", "nghị định" …
    Kind,
    /// "số", before a number whose kind was said earlier.
    Number,
    /// A definition of a short name: "sau đây gọi", "sau đây viết".
    Alias,
}

const PROVISION_WORDS: [&str; 10] =
    ["gạch đầu dòng", "tiết", "điểm", "khoản", "điều", "tiểu mục", "mục", "chương", "phần", "phụ lục"];

struct Finder {
    automaton: AhoCorasick,
    anchors: Vec<Anchor>,
}

static FINDER: LazyLock<Option<Finder>> = LazyLock::new(|| {
    let mut words: Vec<String> = Vec::new();
    let mut anchors = Vec::new();
    let mut add = |word: &str, anchor| {
        let mut letters = word.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let mut spellings = vec![word.to_owned(), capital.clone(), word.to_uppercase()];
        if word.starts_with('đ') {
            spellings.push(capital.replacen('Đ', "Ð", 1));
            spellings.push(word.to_uppercase().replacen('Đ', "Ð", 1));
        }
        for spelling in spellings {
            words.push(spelling);
            anchors.push(anchor);
        }
    };
    PROVISION_WORDS.iter().for_each(|word| add(word, Anchor::Provision));
    KIND_WORDS.iter().for_each(|(word, _)| add(word, Anchor::Kind));
    add("số", Anchor::Number);
    add("sau đây", Anchor::Alias);
    // Small and used on every unit: the table is worth its room.
    let builder = &mut AhoCorasick::builder();
    let automaton =
        builder.kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::LeftmostLongest).build(&words).ok()?;
    Some(Finder { automaton, anchors })
});

/// All anchors of a text, in order.
pub fn all(text: &str) -> impl Iterator<Item = (Anchor, usize)> + '_ {
    FINDER.as_ref().into_iter().flat_map(move |finder| {
        finder
            .automaton
            .find_iter(text)
            .map(|hit| (finder.anchors[hit.pattern().as_usize()], hit.start()))
            .filter(|&(_, at)| starts_word(text, at))
    })
}

/// Places where an instrument may be named.
pub fn kinds(text: &str) -> impl Iterator<Item = usize> + '_ {
    all(text).filter(|(anchor, _)| matches!(anchor, Anchor::Kind | Anchor::Number)).map(|(_, at)| at)
}
