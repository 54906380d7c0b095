//! Where in a text a citation may begin: one pass for the first words of provisions and of instruments.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::mention::{KIND_ABBREVIATIONS, KIND_WORDS};
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
    /// A definition of a short name: "sau đây gọi", "gọi tắt là".
    Alias,
}

const PROVISION_WORDS: [&str; 10] =
    ["gạch đầu dòng", "tiết", "điểm", "khoản", "điều", "tiểu mục", "mục", "chương", "phần", "phụ lục"];

const ALIAS_WORDS: [&str; 4] = ["sau đây", "dưới đây", "gọi tắt", "viết tắt"];

/// The spellings of a word as it stands in running text: small, "Nghị định", "Nghị Định", capitals; `Ð` for `Đ`; with the
/// spaces typists leave between syllables.
fn spellings(word: &str) -> Vec<String> {
    let capital = |word: &str| -> String {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    };
    let every: Vec<String> = word.split(' ').map(capital).collect();
    let cased = [word.to_owned(), capital(word), every.join(" "), word.to_uppercase()];
    let mut spellings: Vec<String> = Vec::new();
    for spelling in cased {
        let eth = spelling.replace('Đ', "Ð");
        for spelling in [spelling, eth] {
            for space in [" ", "  ", "\u{a0}", "\n"] {
                let spaced = spelling.replace(' ', space);
                if !spellings.contains(&spaced) {
                    spellings.push(spaced);
                }
            }
        }
    }
    spellings
}

struct Finder {
    automaton: AhoCorasick,
    anchors: Vec<Anchor>,
}

static FINDER: LazyLock<Option<Finder>> = LazyLock::new(|| {
    let mut words: Vec<String> = Vec::new();
    let mut anchors = Vec::new();
    let mut add = |word: &str, anchor| {
        for spelling in spellings(word) {
            words.push(spelling);
            anchors.push(anchor);
        }
    };
    PROVISION_WORDS.iter().for_each(|word| add(word, Anchor::Provision));
    // "thông tư liên tịch" is met at its beginning, which is a kind itself.
    let begun = |word: &str| KIND_WORDS.iter().any(|(kind, _)| word.len() > kind.len() && word.starts_with(kind));
    KIND_WORDS.iter().filter(|(word, _)| !begun(word)).for_each(|(word, _)| add(word, Anchor::Kind));
    add("số", Anchor::Number);
    ALIAS_WORDS.iter().for_each(|word| add(word, Anchor::Alias));
    for (word, _) in KIND_ABBREVIATIONS {
        words.push(word.to_owned());
        anchors.push(Anchor::Kind);
    }
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
