//! Stretches of words that name instruments and provisions, in the order of a text.

use crate::document::act;
use crate::document::anchor::{self, Anchor};
use crate::document::mention;
use crate::document::provision::{self, Provision, Rank};
use crate::document::reference::{self, Memory, Named, Reference, Setting};
use crate::document::vantage::loose_path;
use crate::text::cursor::{Cursor, starts_word};

/// A stretch of words that names one instrument, not yet bound to a unit.
#[derive(Debug, Clone)]
pub(in crate::document) struct Found {
    /// Where its words begin.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// Where reading goes on; the trích yếu in between names nothing of its own.
    pub resume: usize,
    /// The instrument; `None` when only provisions are said.
    pub named: Option<Named>,
    /// Provisions as said.
    pub provisions: Vec<Provision>,
}

/// Everything a text cites, in order.
pub(in crate::document) fn scan(text: &str, setting: Setting, memory: &mut Memory) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut done = 0;
    let mut defined = 0;
    for (anchor, at) in anchor::all(text) {
        // A definition stands inside or after the title of what it names.
        if anchor == Anchor::Alias {
            if at >= defined
                && let Some(named) = found.last().and_then(|last| last.named.as_ref())
            {
                defined = memory.define(text, at, named, setting).unwrap_or(defined);
                done = done.max(defined);
            }
            continue;
        }
        if at < done || !starts_word(text, at) {
            continue;
        }
        let Some(next) = read_one(text, anchor, at, setting, memory, &found) else { continue };
        done = next.resume;
        if let Some(Named::Other(mention)) = &next.named {
            memory.note(mention);
            let first =
                mention::MentionAt { mention: mention.clone(), range: next.start..next.end, title_end: next.resume };
            let more = mention::continued(text, &first);
            found.push(next);
            for more in more {
                done = more.title_end;
                memory.note(&more.mention);
                found.push(Found {
                    start: more.range.start,
                    end: more.range.end,
                    resume: more.title_end,
                    named: Some(Named::Other(more.mention)),
                    provisions: Vec::new(),
                });
            }
        } else {
            found.push(next);
        }
    }
    share(text, &mut found);
    found
}

/// "bổ sung điểm c khoản 1, sửa đổi khoản 2 Điều 14 Luật …": an act between two provisions does not part them from the
/// article and the instrument said after the last.
fn share(text: &str, found: &mut [Found]) {
    for at in (1..found.len()).rev() {
        let (before, after) = found.split_at_mut(at);
        let (Some(one), Some(next)) = (before.last_mut(), after.first()) else { continue };
        let (Some(last), Some(article)) = (one.provisions.last(), next.provisions.first()) else { continue };
        let relative = one.provisions.iter().chain(&next.provisions).any(Provision::is_relative);
        if one.named.is_some() || relative || !act::is_only_acts(&text[one.resume..next.start]) {
            continue;
        }
        if last.top() < Some(Rank::Article) && article.get(Rank::Article).is_some() {
            one.provisions.iter_mut().for_each(|provision| provision.complete(article));
        }
        if matches!(next.named, Some(Named::Other(_))) {
            one.named = next.named.clone();
        }
    }
}

fn read_one(
    text: &str,
    anchor: Anchor,
    at: usize,
    setting: Setting,
    memory: &Memory,
    found: &[Found],
) -> Option<Found> {
    let whole = |reference: Reference| Found {
        start: at,
        end: reference.end,
        resume: reference.resume,
        named: Some(reference.named),
        provisions: Vec::new(),
    };
    match anchor {
        Anchor::Kind => reference::at(text, at, memory, setting, false).map(whole),
        Anchor::Number => {
            let previous = found.iter().rev().find_map(|found| match &found.named {
                Some(Named::Other(mention)) => Some(mention),
                _ => None,
            });
            let mention = mention::bare_number_at(text, at, previous)?;
            let start = mention.range.start;
            Some(Found {
                start,
                end: mention.range.end,
                resume: mention.title_end,
                named: Some(Named::Other(mention.mention)),
                provisions: Vec::new(),
            })
        }
        Anchor::Provision => {
            let said = provision::parse_at(text, at)?;
            let heading = said
                .list
                .last()
                .and_then(Provision::top)
                .is_some_and(|top| (Rank::Subsection..=Rank::Part).contains(&top));
            let named = instrument_after(text, said.end, heading, setting, memory);
            let (end, resume) = named.as_ref().map_or((said.meant_end, said.end), |named| (named.end, named.resume));
            // A number alone after "điểm" is a mark or a count unless something larger follows.
            let lone_number = |provision: &Provision| {
                matches!(provision.top(), Some(Rank::Point | Rank::Item))
                    && provision
                        .path()
                        .or_else(|| loose_path(provision))
                        .is_none_or(|path| path.starts_with(|c: char| c.is_ascii_digit()))
            };
            if named.is_none() && said.list.iter().all(lone_number) {
                return None;
            }
            Some(Found { start: at, end, resume, named: named.map(|named| named.named), provisions: said.list })
        }
        Anchor::Alias => None,
    }
}

/// Longest heading that may stand between a chapter and its instrument, in bytes.
const MAX_HEADING: usize = 200;

/// The instrument that provisions ending at `end` belong to.
fn instrument_after(text: &str, end: usize, heading: bool, setting: Setting, memory: &Memory) -> Option<Reference> {
    let mut cursor = Cursor::new(text, end);
    cursor.skip_space();
    if heading && cursor.peek().is_some_and(|c| matches!(c, '-' | '–' | '“' | '(')) {
        // "Chương IX - Đánh giá kỹ năng nghề của Luật Dạy nghề".
        let rest = cursor.rest();
        let clause = &rest[..rest.find([';', '.', '\n']).unwrap_or(rest.len())];
        let at = clause.match_indices(" của ").map(|(at, _)| at).take_while(|&at| at < MAX_HEADING).last()?;
        cursor.jump(cursor.at() + at);
        cursor.skip_space();
    }
    cursor.eat(',');
    cursor.skip_space();
    cursor.any(&["của", "tại", "trong", "thuộc", "ban hành kèm theo", "kèm theo", "ban hành theo", "theo"]);
    cursor.skip_space();
    cursor.any(&["các", "bản"]);
    cursor.skip_space();
    reference::at(text, cursor.at(), memory, setting, true)
}
