//! From the words of a unit back to the paragraphs of the file: letters are followed one by one, white space and what
//! stands between (numbers, words of other units on the same line) is passed over.

use std::ops::Range;

use crate::document::Unit;
use crate::review::Place;

/// A letter of the file: paragraph and bytes in its text.
type Letter = (char, u32, Range<usize>);

/// Where some words of a unit stand: paragraph and byte of the first letter, paragraph and byte behind the last.
pub type Found = ((u32, usize), (u32, usize));

/// Finds `range` of the unit's text or heading; `text` gives the text of a paragraph of the file.
pub fn find<'t>(
    unit: &Unit,
    place: Place,
    range: &Range<usize>,
    text: impl Fn(u32) -> Option<&'t str>,
) -> Option<Found> {
    let mut letters: Vec<Letter> = Vec::new();
    for origin in &unit.origins {
        let words = text(origin.paragraph)?;
        let visible = words.char_indices().filter(|(_, c)| !c.is_whitespace());
        letters.extend(visible.map(|(at, c)| (c, origin.paragraph, at..at + c.len_utf8())));
    }
    let mut cursor = 0;
    let segments = [(Place::Heading, &unit.heading, '\0'), (Place::Text, &unit.text, '\n')];
    for (own, words, cut) in segments {
        let mut start = 0;
        let mut found: Option<(usize, usize)> = None;
        for segment in words.split(|c| cut != '\0' && matches!(c, '\n' | '\t')) {
            let span = start..start + segment.len();
            start = span.end + 1;
            let wanted = own == place && range.start < span.end && span.start < range.end;
            let at = locate(&letters, segment, cursor);
            if let Some((skipped, at)) = at {
                cursor = at + visible(&segment[skipped..]);
            }
            if !wanted {
                continue;
            }
            let inside = range.start.max(span.start) - span.start..range.end.min(span.end) - span.start;
            let (first, behind) = match at {
                Some((skipped, at)) => {
                    let first = inside.start.max(skipped);
                    (at + visible(&segment[skipped..first]), at + visible(segment.get(skipped..inside.end)?))
                }
                // The line as a whole is not there: the words alone may be.
                None => {
                    let (_, at) = locate(&letters, segment.get(inside.clone())?, cursor)
                        .or_else(|| locate(&letters, segment.get(inside.clone())?, 0))?;
                    (at, at + visible(&segment[inside]))
                }
            };
            if first < behind {
                found = Some((found.map_or(first, |(earlier, _)| earlier), behind));
            }
        }
        if let Some((first, behind)) = found {
            let (_, paragraph, bytes) = letters.get(first)?;
            let (_, last, end) = letters.get(behind - 1)?;
            return Some(((*paragraph, bytes.start), (*last, end.end)));
        }
    }
    None
}

fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Bytes of `segment` left out at its start (an automatic number the file does not spell out), and the letter it begins at.
fn locate(letters: &[Letter], segment: &str, from: usize) -> Option<(usize, usize)> {
    let lead = segment.find(' ').map(|space| space + 1);
    [Some(0), lead].into_iter().flatten().find_map(|skipped| {
        let needle: Vec<char> = segment[skipped..].chars().filter(|c| !c.is_whitespace()).collect();
        if needle.is_empty() {
            return None;
        }
        let tail = letters.get(from..)?;
        let at = tail.windows(needle.len()).position(|run| run.iter().map(|(c, ..)| c).eq(needle.iter()))?;
        Some((skipped, from + at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::source::Origin;

    fn origin(paragraph: u32) -> Origin {
        Origin { paragraph, page: None }
    }

    fn words(unit: &Unit, place: Place, range: Range<usize>, file: &[&str]) -> Option<String> {
        let (from, to) = find(unit, place, &range, |at| file.get(at as usize).copied())?;
        if from.0 == to.0 {
            return Some(file[from.0 as usize][from.1..to.1].to_owned());
        }
        Some(format!("{}|{}", &file[from.0 as usize][from.1..], &file[to.0 as usize][..to.1]))
    }

    #[test]
    fn words_are_found_behind_labels_headings_and_other_units() {
        let file = ["Điều 5. Những việc thôn\u{a0} bàn. 1. Góp quỹ. 2. Góp quỹ và công.", "Góp quỹ nữa"];
        let mut unit = sample::unit("main/A5.2", "2.", "Góp quỹ và công.\nGóp quỹ nữa");
        unit.origins = vec![origin(0), origin(1)];
        let second = unit.text.rfind("Góp quỹ").unwrap();
        assert_eq!(words(&unit, Place::Text, 0.."Góp quỹ".len(), &file).as_deref(), Some("Góp quỹ"));
        let found = find(&unit, Place::Text, &(0.."Góp".len()), |at| file.get(at as usize).copied());
        assert_eq!(found.map(|(from, _)| from), Some((0, file[0].rfind("Góp").unwrap())));
        let found = find(&unit, Place::Text, &(second..second + 3), |at| file.get(at as usize).copied());
        assert_eq!(found.map(|(from, _)| from.0), Some(1));
        let over = words(&unit, Place::Text, "Góp quỹ và ".len()..second + "Góp".len(), &file);
        assert_eq!(over.as_deref(), Some("công.|Góp"));
        unit.heading = "Những việc thôn bàn.".to_owned();
        assert_eq!(
            words(&unit, Place::Heading, 0.."Những việc thôn bàn".len(), &file).as_deref(),
            Some("Những việc thôn\u{a0} bàn")
        );
    }

    #[test]
    fn cells_with_automatic_numbers_are_found() {
        let file = ["Nội dung", "đóng góp quỹ"];
        let mut unit = sample::unit("app1/W1.r1", "", "Nội dung\t1. đóng góp quỹ");
        unit.origins = vec![origin(0), origin(1)];
        let at = unit.text.find("góp").unwrap();
        assert_eq!(words(&unit, Place::Text, at..at + "góp".len(), &file).as_deref(), Some("góp"));
        assert_eq!(words(&unit, Place::Text, 0..unit.text.len(), &file).as_deref(), Some("Nội dung|đóng góp quỹ"));
        unit.text = "khác hẳn".to_owned();
        assert_eq!(words(&unit, Place::Text, 0..4, &file), None);
    }
}
