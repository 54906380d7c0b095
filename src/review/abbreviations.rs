//! Short names a document gives itself: "Ban Thanh tra nhân dân (sau đây gọi tắt là Ban)". After it, the short name means what the
//! long one means, in that document alone.
//!
//! Careful rather than complete: a short name that could mean something else is left alone.

use super::Place;
use super::index::Hit;
use crate::document::{Document, UnitId};
use crate::rules::lexicon::TermId;
use crate::text::Folded;
use crate::text::fold::{fold, is_whole_word};

/// Words before the short name. "gọi chung là" names a class of several things, not one.
const CUES: [&str; 3] = ["gọi tắt là", "viết tắt là", "gọi tắt:"];
/// Words that stand before a name without being part of it.
const BEFORE: [&str; 22] = [
    "của", "do", "với", "cho", "là", "tại", "ở", "trên", "được", "về", "gồm", "các", "những", "lập", "bầu", "hoặc",
    "theo", "từ", "đến", "này", "có", "giữa",
];
/// Words of a place that may follow a name: "Ban Thanh tra nhân dân xã Nam Cát".
const PLACES: [&str; 12] =
    ["xã", "phường", "thị", "trấn", "huyện", "tỉnh", "thành", "phố", "quận", "cấp", "thôn", "này"];
/// Longest place in words.
const MOST_PLACE_WORDS: usize = 8;
/// Longest short name in letters.
const LONGEST: usize = 40;

/// A short name and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// As written where it is defined.
    pub words: String,
    /// Terms it stands for.
    pub terms: Vec<TermId>,
    /// Unit of its definition.
    pub unit: UnitId,
    /// Folded offset after the definition.
    end: usize,
}

/// Hits of the short names, in no order. `texts` are the folded texts of the units, `hits` what the lexicon found, sorted.
pub fn hits(document: &Document, texts: &[&Folded], hits: &[Hit]) -> Vec<Hit> {
    let shorts = shorts(document, texts, hits);
    let mut found = Vec::new();
    for short in &shorts {
        for (unit, folded) in texts.iter().enumerate().skip(short.unit) {
            if document.units[unit].quoted {
                continue;
            }
            for (start, end) in places(&short.words, &document.units[unit].text, folded) {
                if unit > short.unit || start >= short.end {
                    let hit =
                        |&term: &TermId| Hit { term, unit, place: Place::Text, start: start as u32, end: end as u32 };
                    found.extend(short.terms.iter().map(hit));
                }
            }
        }
    }
    found
}

/// Every short name that the texts of a document define for something the lexicon knows.
fn shorts(document: &Document, texts: &[&Folded], hits: &[Hit]) -> Vec<Short> {
    let mut found = Vec::new();
    for (unit, folded) in texts.iter().enumerate() {
        let text = folded.as_str();
        if document.units[unit].quoted || !text.contains("tắt") {
            continue;
        }
        let mut at = 0;
        while let Some((start, cue)) = CUES.iter().filter_map(|cue| Some((text[at..].find(cue)? + at, *cue))).min() {
            at = start + cue.len();
            let source = &document.units[unit].text;
            let Some((words, end)) = named(source, folded, at) else { continue };
            let terms =
                meant(source, folded, start, hits.iter().filter(|hit| hit.unit == unit && hit.place == Place::Text));
            if !terms.is_empty() {
                found.push(Short { words, terms, unit, end });
            }
        }
    }
    found
}

/// The short name after the cue, and the folded offset after it; `None` where it would be found in other words.
fn named(source: &str, folded: &Folded, at: usize) -> Option<(String, usize)> {
    let from = folded.original_range(source, at, folded.as_str().len()).start;
    let rest = source.get(from..)?;
    let rest = &rest[rest.find(|c: char| c.is_alphanumeric())?..];
    let from = source.len() - rest.len();
    let end = rest.find([')', ',', ';', '.', ':', '”', '"', '\n', '\'']).unwrap_or(rest.len());
    let words = rest[..end].trim();
    let distinct = words.contains(char::is_whitespace) || words.starts_with(char::is_uppercase);
    (distinct && words.chars().count() <= LONGEST && words.chars().count() > 1)
        .then(|| (words.to_owned(), folded.folded(from + words.len())))
}

/// Terms of the longest wording that ends right before the definition, a place between them allowed.
fn meant<'h>(source: &str, folded: &Folded, cue: usize, hits: impl Iterator<Item = &'h Hit>) -> Vec<TermId> {
    let text = folded.as_str();
    // "(sau đây được ", "(", ", sau đây ".
    let mut end = cue;
    loop {
        let before = text[..end].trim_end_matches([' ', '(', ',', '“', '"', '[', '-']);
        let word = ["sau đây", "dưới đây", "được", "xin", "thường"].iter().find_map(|word| before.strip_suffix(word));
        end = word.unwrap_or(before).len();
        if word.is_none() {
            break;
        }
    }
    let is_place = |from: usize| {
        let between = &text[from..end];
        let original = &source[folded.original_range(source, from, end)];
        between.split_whitespace().count() <= MOST_PLACE_WORDS
            && !between.contains([',', ';', '.', '(', ':'])
            && between.split_whitespace().zip(original.split_whitespace()).all(|(word, written)| {
                PLACES.contains(&word) || written.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            })
    };
    let fits = |hit: &&Hit| {
        let (start, stop) = (hit.start as usize, hit.end as usize);
        stop <= end && is_place(stop) && begins(source, folded, start)
    };
    let mut fitting: Vec<&Hit> = hits.filter(fits).collect();
    let Some(first) = fitting.iter().map(|hit| hit.start).min() else { return Vec::new() };
    fitting.retain(|hit| hit.start == first);
    // Of two wordings that begin together the longer one is the name.
    let longest = fitting.iter().map(|hit| hit.end).max().unwrap_or(first);
    fitting.into_iter().filter(|hit| hit.end == longest).map(|hit| hit.term).collect()
}

/// Does a name begin at this folded offset, and not in the middle of a longer one?
fn begins(source: &str, folded: &Folded, start: usize) -> bool {
    let before = folded.as_str()[..start].trim_end();
    let capital = || {
        let at = folded.original_range(source, start, folded.as_str().len()).start;
        source.get(at..).is_some_and(|rest| rest.starts_with(char::is_uppercase))
    };
    match before.chars().next_back() {
        None | Some('.' | ';' | ':' | '“' | '"' | '-' | '(') => true,
        // The last of a list is not the whole of it, unless it has a name.
        Some(',') => capital(),
        Some(_) => {
            let word = before.rsplit([' ', '\n']).next().unwrap_or(before);
            BEFORE.contains(&word) || (word == "và" && capital())
        }
    }
}

/// Folded ranges where a short name stands for what it means.
fn places(words: &str, source: &str, folded: &Folded) -> Vec<(usize, usize)> {
    let text = folded.as_str();
    if words.contains(char::is_whitespace) && !is_capitals(words) {
        let wanted = fold(words);
        let whole = |&(at, found): &(usize, &str)| is_whole_word(text, at, at + found.len());
        return text.match_indices(&wanted).filter(whole).map(|(at, found)| (at, at + found.len())).collect();
    }
    let single = !is_capitals(words);
    let found = source.match_indices(words).filter(|&(at, found)| {
        let (before, after) = (&source[..at], &source[at + found.len()..]);
        let whole =
            !before.ends_with(|c: char| c.is_alphanumeric()) && !after.starts_with(|c: char| c.is_alphanumeric());
        // "Ban" begins a sentence as any word does, and begins "Ban Chỉ đạo".
        let named = before.trim_end().ends_with(|c: char| c.is_alphanumeric())
            && !after.trim_start().starts_with(char::is_uppercase);
        whole && (!single || named)
    });
    found.map(|(at, found)| (folded.folded(at), folded.folded(at + found.len()))).collect()
}

fn is_capitals(words: &str) -> bool {
    words.chars().filter(|c| c.is_uppercase()).count() > 1 && !words.contains(|c: char| c.is_lowercase())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::document::understand;
    use crate::registry::Status;
    use crate::review::index::Index;
    use crate::rules::lexicon::LexiconBuilder;
    use crate::source::plain;

    /// What is found of the terms 0 "Ban Thanh tra nhân dân", 1 "nhân dân", 2 "thôn", 3 "thị trấn" in a text, as written.
    fn found(text: &str) -> Vec<(u32, String)> {
        let mut builder = LexiconBuilder::default();
        for words in ["Ban Thanh tra nhân dân", "nhân dân", "thôn", "thị trấn"] {
            builder.term([words], []);
        }
        let lexicon = builder.build();
        let document = understand(&plain::read(text.as_bytes()).unwrap(), "a.txt", "");
        let status = Status::default();
        let index = Index::new(&document, &status, Vec::new(), &lexicon);
        let mut found = Vec::new();
        for term in 0..4 {
            for hit in index.hits(term) {
                let range = index.original(hit.unit, hit.place, hit.start as usize..hit.end as usize);
                let unit = &document.units[hit.unit];
                found.push((term, unit.text.get(range).unwrap_or(&unit.heading).to_owned()));
            }
        }
        found
    }

    fn of(term: u32, text: &str) -> Vec<String> {
        found(text).into_iter().filter(|(own, _)| *own == term).map(|(_, words)| words).collect()
    }

    const LONG: &str = "Ban Thanh tra nhân dân";

    #[test]
    fn a_short_name_means_what_it_is_short_for_from_there_on() {
        let text = "Điều 1. Chung\n1. BTTND chưa có nghĩa.\n2. Thành lập Ban Thanh tra nhân dân (sau đây viết tắt là BTTND).\n\
                    Điều 2. Nhiệm vụ\n1. BTTND giám sát; trưởng BTTND báo cáo, không phải BTTNDX.";
        assert_eq!(of(0, text), [LONG, "BTTND", "BTTND"]);
        assert_eq!(of(1, text), ["nhân dân"], "the short name is of the longest wording alone");
        let place = "Điều 1. Lập Ban Thanh tra nhân dân xã Nam Cát, sau đây gọi tắt là “Ban Thanh tra”.\nĐiều 2. Ban thanh tra họp.";
        assert_eq!(of(0, place), [LONG, "Ban thanh tra"]);
    }

    #[test]
    fn one_word_counts_only_as_a_name() {
        let text = "Điều 1. Bầu Ban Thanh tra nhân dân (sau đây gọi tắt là Ban).\n\
                    Điều 2. Ban hành quy chế của Ban; thành viên Ban Chỉ đạo và các thành viên Ban phải họp.";
        assert_eq!(of(0, text), [LONG, "Ban", "Ban"]);
    }

    #[test]
    fn what_is_not_short_for_the_term_is_left_alone() {
        for text in [
            "Điều 1. Trưởng Ban Công tác Mặt trận thôn (sau đây gọi tắt là Trưởng ban).\nĐiều 2. Trưởng ban họp.",
            "Điều 1. Ủy ban các xã, thị trấn (sau đây gọi tắt là UBND xã).\nĐiều 2. UBND xã họp.",
            "Điều 1. Các thôn (sau đây gọi tắt là nơi).\nĐiều 2. Ở nơi khác.",
        ] {
            let extra = found(text)
                .into_iter()
                .filter(|(_, words)| !["thôn", "thị trấn", "nhân dân", LONG].contains(&words.as_str()));
            assert_eq!(extra.collect::<Vec<_>>(), [], "{text}");
        }
    }
}
