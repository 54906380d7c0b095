//! Words of a page → lines of print.

use super::marks::list_mark;
use super::page::{Page, Run, Scene};
use crate::source::Origin;
use crate::source::compose::letters::Letters;
use crate::source::compose::text::{RunLook, TextBuilder};

/// A word as a person reads it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Word {
    /// Its text: NFC, legacy encodings decoded.
    pub text: String,
    /// Left edge, in points.
    pub x0: f64,
    /// Right edge.
    pub x1: f64,
    /// Baseline, downwards.
    pub y: f64,
    /// Font size.
    pub size: f64,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// No space before it.
    pub glued: bool,
    /// Small and above the baseline: the mark of a footnote, an exponent.
    pub raised: bool,
    /// The footnote it refers to; the word itself is then no text.
    pub note: Option<usize>,
}

/// One line of print, or the part of it that stands in one column.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Words from left to right.
    pub words: Vec<Word>,
    /// Left edge.
    pub x0: f64,
    /// Right edge.
    pub x1: f64,
    /// Baseline of its largest words.
    pub y: f64,
    /// Largest font size.
    pub size: f64,
}

impl Word {
    fn goes_on_with(&self, next: &Word) -> bool {
        (self.bold, self.italic, self.raised) == (next.bold, next.italic, next.raised)
    }
}

impl Line {
    /// A line of these words, which are not empty.
    pub fn new(mut words: Vec<Word>) -> Self {
        words.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let size = words.iter().map(|word| word.size).fold(0.0, f64::max);
        let y = words.iter().find(|word| word.size > 0.8 * size).map_or(0.0, |word| word.y);
        let x0 = words.iter().map(|word| word.x0).fold(f64::MAX, f64::min);
        let x1 = words.iter().map(|word| word.x1).fold(f64::MIN, f64::max);
        let mut joined: Vec<Word> = Vec::with_capacity(words.len());
        let mut end = f64::MIN;
        for mut word in words {
            word.raised = word.size < 0.8 * size && word.y < y - 0.15 * size;
            word.glued = word.x0 - end < GLUE * word.size.max(0.7 * size);
            end = word.x1.max(end);
            match joined.last_mut() {
                // Producers place letters one by one, and break words anywhere.
                Some(last) if word.glued && last.goes_on_with(&word) => {
                    last.text.push_str(&word.text);
                    last.x1 = last.x1.max(word.x1);
                }
                _ => joined.push(word),
            }
        }
        let words = joined;
        Line { words, x0, x1, y, size }
    }

    /// Its words, joined.
    pub fn text(&self) -> String {
        self.text_and_notes().0
    }

    /// Its words, joined, and the footnotes referred to: (place in the text, note).
    pub fn text_and_notes(&self) -> (String, Vec<(usize, usize)>) {
        let mut text = String::new();
        let mut notes = Vec::new();
        for word in &self.words {
            if let Some(note) = word.note {
                notes.push((text.len(), note));
                continue;
            }
            if !word.glued && !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        (text, notes)
    }

    /// The length in words of the list mark it begins with, and where the text after it begins.
    pub fn list_mark(&self) -> Option<(usize, Option<f64>)> {
        let text = self.text();
        let spaces = list_mark(text.split(' '))?;
        // A word set in two looks is two here.
        let after = self.words.iter().enumerate().skip(1).filter(|(_, word)| !word.glued).nth(spaces - 1);
        Some(after.map_or((self.words.len(), None), |(index, word)| (index, Some(word.x0))))
    }

    /// Right edge of its first word.
    pub fn first_word_end(&self) -> f64 {
        let rest = self.words.iter().skip(1).take_while(|word| word.glued);
        rest.chain(self.words.first()).map(|word| word.x1).fold(f64::MIN, f64::max)
    }

    /// Gaps between neighbouring words: (index of the word after it, left end, right end).
    pub fn gaps(&self) -> impl Iterator<Item = (usize, f64, f64)> {
        let mut end = f64::MIN;
        self.words.iter().enumerate().filter_map(move |(index, word)| {
            let gap = (index > 0 && word.x0 > end).then_some((index, end, word.x0));
            end = end.max(word.x1);
            gap
        })
    }
}

/// Words nearer than this share of the font size belong together.
const GLUE: f64 = 0.12;

/// The upright words of a page, decoded; `true` as well when some look like a legacy encoding.
pub fn words(page: &Page, fonts: &[RunLook], letters: &mut Letters) -> (Vec<Word>, bool) {
    let mut suspect = false;
    let upright = page.runs.iter().filter(|run| run.turns == 0 && !run.stamp);
    let mut words: Vec<Word> = Vec::with_capacity(page.runs.len());
    for run in upright {
        let (text, look) = decode(run, fonts, letters, &mut suspect);
        if text.trim().is_empty() || repeats(&words, run, &text) {
            continue;
        }
        words.push(Word {
            text,
            x0: run.x0,
            x1: run.x1,
            y: run.y,
            size: run.size,
            bold: look.bold,
            italic: look.italic,
            ..Word::default()
        });
    }
    (words, suspect)
}

/// Text of a page that is not part of its flow: turned words, and signatures drawn by programs.
pub fn aside(page: &Page, scene: &Scene, letters: &mut Letters) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (turns, stamp) in [(1, false), (2, false), (3, false), (0, true), (1, true), (2, true), (3, true)] {
        let runs = page.runs.iter().filter(|run| run.turns == turns && run.stamp == stamp);
        let mut words = Vec::new();
        for run in runs {
            let (text, _) = decode(run, &scene.fonts, letters, &mut false);
            let (x0, x1, y, size) = (run.x0, run.x1, run.y, run.size);
            words.push(Word { text, x0, x1, y, size, ..Word::default() });
        }
        let lines: Vec<String> = lines(words).iter().map(Line::text).collect();
        if !lines.is_empty() {
            found.push(lines.join("\n"));
        }
    }
    found
}

fn decode(run: &Run, fonts: &[RunLook], letters: &mut Letters, suspect: &mut bool) -> (String, RunLook) {
    let look = fonts.get(usize::from(run.font)).copied().unwrap_or_default();
    let keep_spans = letters.keeps_spans();
    let mut builder = TextBuilder::default();
    *suspect |= builder.push_text(&run.text, look, keep_spans);
    (builder.finish(None, false, Origin::default(), letters).text, look)
}

/// The same word in the same place again: bold made by printing twice, a shadow.
fn repeats(words: &[Word], run: &Run, text: &str) -> bool {
    words.iter().rev().take(8).any(|word| {
        word.text == text && (word.x0 - run.x0).abs() < 0.15 * run.size && (word.y - run.y).abs() < 0.15 * run.size
    })
}

/// Groups words into lines by their baselines, from top to bottom.
pub fn lines(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Vec<Word> = Vec::new();
    // Baseline and size of the largest word of the open line.
    let (mut y, mut size) = (f64::MIN, 0.0f64);
    for word in words {
        let larger = word.size.max(size);
        let differs = word.size < 0.8 * size || size < 0.8 * word.size;
        let reach = if differs { 0.5 } else { 0.3 } * larger;
        // Large print beside two lines of small print must not make them one.
        let below = |above: &Word| {
            word.y - above.y > 0.6 * word.size.min(above.size)
                && word.x1.min(above.x1) - word.x0.max(above.x0) > 0.3 * (word.x1 - word.x0).min(above.x1 - above.x0)
        };
        if !open.is_empty() && (word.y - y > reach || open.iter().any(below)) {
            lines.push(Line::new(std::mem::take(&mut open)));
            (y, size) = (f64::MIN, 0.0);
        }
        if word.size > size {
            (y, size) = (word.y, word.size);
        }
        open.push(word);
    }
    if !open.is_empty() {
        lines.push(Line::new(open));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x0: f64, y: f64, size: f64) -> Word {
        let x1 = x0 + text.chars().count() as f64 * size * 0.5;
        Word { text: text.to_owned(), x0, x1, y, size, ..Word::default() }
    }

    #[test]
    fn words_of_one_baseline_are_a_line() {
        let lines = lines(vec![
            word("điều", 130.0, 100.4, 13.0),
            word("Phạm", 90.0, 100.0, 13.0),
            word("2", 156.0, 95.0, 8.0),
            word("chỉnh", 90.0, 118.0, 13.0),
            word(".", 122.5, 118.0, 13.0),
        ]);
        let texts: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(texts, ["Phạm điều2", "chỉnh."]);
        assert!(lines[0].words[2].raised && lines[0].words[2].glued);
    }

    #[test]
    fn small_lines_beside_large_print_stay_apart() {
        let lines = lines(vec![
            word("như", 90.0, 100.0, 11.0),
            word("KT.", 350.0, 105.0, 14.0),
            word("chủ", 90.0, 110.5, 11.0),
        ]);
        let texts: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(texts, ["như KT.", "chủ"]);
    }
}
