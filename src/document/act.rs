//! How a citation is used: a ground, an act on the instrument named, or a mere reference.
//!
//! An act is believed only where this document speaks for itself: in its effect clause, in a command ("Bãi bỏ …"), or in a
//! sentence whose subject is "… này". What another instrument did ("được sửa đổi bởi …", words in brackets) is history.

mod command;
mod gap;
mod passive;

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::citation::{Found, is_basis};
use super::reference::Named;
use super::{Document, RelationKind, Role, UnitId};
use crate::text::cursor::{lower, match_phrase};
pub(super) use command::{is_command, is_passive_command, starts_amending};
use gap::{has_words, is_joined, without_date, without_quotes};
pub(super) use gap::{is_only_acts, is_quoted};
use passive::passive;

/// Words that act on what follows them.
const CUES: [(&str, RelationKind); 23] = [
    ("thay thế", RelationKind::Replaces),
    ("thay cho", RelationKind::Replaces),
    ("bãi bỏ", RelationKind::Repeals),
    ("hủy bỏ", RelationKind::Repeals),
    ("huỷ bỏ", RelationKind::Repeals),
    (REVOKE, RelationKind::Repeals),
    ("bỏ cụm từ", RelationKind::Amends),
    ("thay cụm từ", RelationKind::Amends),
    ("thay các cụm từ", RelationKind::Amends),
    ("sửa đổi", RelationKind::Amends),
    ("bổ sung", RelationKind::Supplements),
    ("ngưng hiệu lực", RelationKind::Suspends),
    ("đình chỉ việc thi hành", RelationKind::Suspends),
    ("đình chỉ thi hành", RelationKind::Suspends),
    ("đính chính", RelationKind::Corrects),
    ("kéo dài", RelationKind::Extends),
    ("hợp nhất", RelationKind::Consolidates),
    ("quy định chi tiết", RelationKind::Details),
    ("qui định chi tiết", RelationKind::Details),
    ("quy định cụ thể", RelationKind::Details),
    ("hướng dẫn", RelationKind::Guides),
    ("chi tiết", RelationKind::Details),
    ("biện pháp thi hành", RelationKind::Details),
];

/// Revokes only what stands right after it: land and licences are revoked under decisions too.
const REVOKE: &str = "thu hồi";

/// Finds [`CUES`] in one pass.
static CUE_FINDER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(CUES.iter().map(|(words, _)| words)).ok());

/// Words between an act and an instrument that break the act.
const BLOCKERS: &[&str] = &[
    "theo",
    "bởi",
    "do",
    "để",
    "căn cứ",
    "trái",
    "khi",
    "nếu",
    "thì",
    "trừ",
    "phù hợp",
    "hồ sơ",
    "giấy phép",
    "giấy chứng nhận",
    "giữa",
    "đã",
    "được",
    "có hiệu lực",
    "trong trường hợp",
    "biện pháp thay thế",
];

/// Most words that may stand between an act and the first instrument acted on.
const MAX_GAP: usize = 22;

/// How far back an act is looked for, in bytes.
const REACH: usize = 600;

/// How each of the citations found in a unit's text is used.
pub(super) fn relations(document: &Document, unit: UnitId, found: &[Found], amending: bool) -> Vec<RelationKind> {
    let this = &document.units[unit];
    if this.quoted || found.is_empty() {
        return vec![RelationKind::Refers; found.len()];
    }
    if is_basis(document, unit) {
        return grounds(&this.text, found);
    }
    let speaks = Speech { effect: this.role == Role::Effect, scope: this.role == Role::Scope, title: false, amending };
    let mut kinds = acts(&this.text, found, speaks);
    // "Bãi bỏ các văn bản sau:" over clauses that are bare citations.
    let opens =
        found.first().is_some_and(|first| without_label(&this.text[..first.start]).chars().all(|c| !c.is_alphabetic()));
    let lead =
        (opens && kinds[0] == RelationKind::Refers && acts_on(&found[0])).then(|| lead_act(document, unit)).flatten();
    if let Some(kind) = lead {
        let part = kind == RelationKind::Replaces && !found[0].provisions.is_empty();
        kinds[0] = if part { RelationKind::Repeals } else { kind };
        for at in 1..found.len() {
            if !is_joined(&this.text[found[at - 1].resume..found[at].start]) || !acts_on(&found[at]) {
                break;
            }
            kinds[at] = kind;
        }
    }
    kinds
}

/// "a) " left out.
fn without_label(text: &str) -> &str {
    let mut letters = text.trim_start().chars();
    match (letters.next(), letters.next()) {
        (Some(label), Some(')')) if label.is_alphabetic() => letters.as_str(),
        _ => text,
    }
}

/// How the citations of a title are used.
pub(super) fn title_relations(title: &str, found: &[Found]) -> Vec<RelationKind> {
    acts(title, found, Speech { effect: false, scope: false, title: true, amending: false })
}

/// Who speaks in a text.
#[derive(Clone, Copy)]
struct Speech {
    effect: bool,
    scope: bool,
    title: bool,
    amending: bool,
}

fn acts_on(found: &Found) -> bool {
    !matches!(found.named, Some(Named::Own(_) | Named::Unknown(_)))
}

/// Grounds: lines that begin with "Căn cứ"; what amended a ground is history.
fn grounds(text: &str, found: &[Found]) -> Vec<RelationKind> {
    let mut kinds = Vec::with_capacity(found.len());
    let mut last_end = 0;
    let mut in_grounds = false;
    for one in found {
        let gap = &text[last_end..one.start];
        // The last lead before the citation decides ("Căn cứ A; Theo đề nghị của B tại Tờ trình số C").
        if let Some(lead) = last_lead(gap) {
            in_grounds = lead;
        }
        let gap_lower: String = gap.chars().map(lower).collect();
        let history = gap_lower.contains("sửa đổi")
            || gap_lower.contains("bổ sung")
            || gap_lower.contains('(') && !gap_lower.contains(')');
        let follows_history =
            kinds.last() == Some(&RelationKind::Refers) && last_end > 0 && !gap.contains(';') && is_joined(gap);
        let ground = in_grounds && !history && !follows_history && !in_title(gap, kinds.last()) && acts_on(one);
        kinds.push(if ground { RelationKind::Basis } else { RelationKind::Refers });
        last_end = one.resume;
    }
    // "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật …".
    if !in_grounds && kinds.iter().all(|&kind| kind == RelationKind::Refers) {
        let speaks = Speech { effect: false, scope: false, title: false, amending: false };
        let enacts = match_phrase_anywhere(text, "ban hành luật") || match_phrase_anywhere(text, "ban hành pháp lệnh");
        if enacts {
            return acts(text, found, Speech { title: true, ..speaks });
        }
    }
    kinds
}

/// `true` when the words after a ground run on to the next instrument: they are the title of the first ("… hướng dẫn Quy chế
/// ban hành kèm theo Nghị định …"), cut off from it by a remark or an issuer of unknown form.
fn in_title(gap: &str, last: Option<&RelationKind>) -> bool {
    let same_line = last == Some(&RelationKind::Basis) && !gap.contains([';', '\n']) && last_lead(gap).is_none();
    let said = gap.trim_end();
    let said = ["các", "Các"].iter().find_map(|word| said.strip_suffix(word)).unwrap_or(said).trim_end();
    let ends_list = said.ends_with(',') || ["và", "cùng"].iter().any(|word| said.ends_with(word));
    same_line && !ends_list && said.split_whitespace().count() > 2
}

fn match_phrase_anywhere(text: &str, phrase: &str) -> bool {
    text.chars().map(lower).collect::<String>().contains(phrase)
}

/// Whether the last line begun in `gap` is one of grounds; `None` when none begins.
fn last_lead(gap: &str) -> Option<bool> {
    let starts = std::iter::once(0).chain(gap.match_indices([';', '\n', '.']).map(|(at, _)| at + 1));
    let mut lead = None;
    for start in starts {
        let at = start + gap[start..].find(char::is_alphabetic).unwrap_or(gap.len() - start);
        for (words, ground) in [
            ("căn cứ", true),
            ("căn cư", true),
            ("căn cử", true),
            ("thực hiện", true),
            ("thi hành", true),
            ("trên cơ sở", true),
            ("theo", false),
            ("xét", false),
            ("trên cơ sở xem xét", false),
            ("sau khi", false),
            ("thừa", false),
        ] {
            if match_phrase(gap, at, words).is_some() {
                lead = Some(ground);
            }
        }
    }
    lead
}

fn acts(text: &str, found: &[Found], speech: Speech) -> Vec<RelationKind> {
    let mut kinds: Vec<RelationKind> = Vec::with_capacity(found.len());
    for (at, one) in found.iter().enumerate() {
        let before = at.checked_sub(1).map(|previous| &found[previous]);
        let joined = before.is_some_and(|previous| is_joined(without_date(&text[previous.resume..one.start])));
        let kind = if !acts_on(one) {
            RelationKind::Refers
        } else if joined && kinds[at - 1] != RelationKind::Refers {
            kinds[at - 1]
        } else if let Some(kind) = before
            .filter(|_| kinds[at - 1] != RelationKind::Refers)
            .and_then(|previous| next_act(&text[previous.resume..one.start]))
        {
            kind
        } else {
            active(text, before.map_or(0, |previous| previous.resume), one, before, speech)
                .unwrap_or(RelationKind::Refers)
        };
        kinds.push(kind);
    }
    passive(text, found, speech, &mut kinds);
    kinds
}

/// Start of the sentence that holds byte `at`; of the one its list stands under ("…:\n1. A;\n2. B") when `listed`.
fn sentence_start(text: &str, at: usize, listed: bool) -> usize {
    let mut from = at.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let head = &text[from..at];
    let stop = head.rmatch_indices([';', '\n', '.']).find(|&(stop, mark)| match mark {
        // "Bãi bỏ cụm từ “Điều 5; Điều 6” tại …": a quotation is no sentence of its own.
        _ if is_quoted(head, stop) && head[stop..].contains('”') => false,
        "\n" => !(listed && head[..stop].trim_end().ends_with(':')),
        "." => {
            let line = head[head[..stop].rfind('\n').map_or(0, |line| line + 1)..stop].trim();
            let numbered = listed && !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit());
            !numbered && head[stop + 1..].starts_with(|c: char| c.is_whitespace())
        }
        _ => true,
    });
    stop.map_or(from, |(stop, _)| from + stop + 1)
}

/// The act said before a citation.
fn active(text: &str, resumed: usize, one: &Found, before: Option<&Found>, speech: Speech) -> Option<RelationKind> {
    let within = |listed: bool| {
        let start = sentence_start(text, one.start, listed);
        let sentence: String = text[start..one.start].chars().map(lower).collect();
        last_cue(&sentence).map(|cue| (start, sentence, cue))
    };
    let (start, sentence, (cue_at, cue_end, mut kind)) = within(false).or_else(|| within(true))?;
    // An instrument between the act and this one took the act; it was not joined to this one.
    if resumed > start && lowered_len(&text[start..resumed]) > cue_end {
        return None;
    }
    let head = &sentence[..cue_at];
    let gap = &sentence[cue_end..];
    if head.matches('(').count() > head.matches(')').count() {
        return None;
    }
    let last_word = head.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if ["được", "bị", "không", "chưa", "pháp", "án", "người", "việc", "thức", "phương", "theo"].contains(&last_word)
        && !(last_word == "việc" && speech.title)
    {
        return None;
    }
    let (gap, quotes) = without_quotes(gap);
    if kind == RelationKind::Replaces
        && (quotes
            || has_words(&gap, "cụm từ")
            || ["cụm từ", "từ ", "các cụm từ", "nội dung", "đoạn", "tên "]
                .iter()
                .any(|words| gap.trim_start().starts_with(words)))
    {
        kind = RelationKind::Amends;
    }
    let words = gap.split_whitespace().count();
    if &sentence[cue_at..cue_end] == REVOKE && words > 1 {
        return None;
    }
    let broken = BLOCKERS.iter().any(|blocker| has_words(&gap, blocker)) || (!quotes && has_words(&gap, "bằng"));
    if broken || words > MAX_GAP {
        return None;
    }
    // Whose act: this document's, unless another instrument is the subject.
    let other_subject = before.is_some_and(|previous| {
        previous.start >= start
            && matches!(previous.named, Some(Named::Other(_)))
            && lowered_len(&text[start..previous.end]) <= cue_at
    });
    let own_subject = has_words(head, "này") || speech.title || opens_effect(head);
    let letters = |words: &str| words.chars().filter(|c| c.is_alphabetic()).count();
    let commands = letters(head) <= 8 && !head.contains(',');
    let guides = matches!(kind, RelationKind::Details | RelationKind::Guides);
    let believed = if guides {
        let since_subject = head.rfind("này").map_or(head, |at| &head[at + "này".len()..]);
        let direct = has_words(head, "này")
            && since_subject.split_whitespace().count() <= 8
            && !has_words(since_subject, "theo");
        (direct || speech.title || speech.scope) && !gap.trim_start().starts_with("tại")
    } else {
        // "Kể từ ngày …, bãi bỏ …" in an effect clause.
        let after_comma = speech.effect && head.rsplit([',', ':']).next().is_some_and(|last| letters(last) <= 10);
        own_subject || commands || after_comma
    };
    (believed && !other_subject).then_some(kind)
}

/// "Quyết định có hiệu lực sau 10 ngày …": "này" left out, the document is meant.
fn opens_effect(head: &str) -> bool {
    ["quyết định", "nghị quyết", "chỉ thị"].iter().any(|name| {
        head.trim_start().strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with("có hiệu lực"))
    })
}

/// Length of a text in lower case, as offsets into lowered sentences count.
fn lowered_len(text: &str) -> usize {
    text.chars().map(|c| lower(c).len_utf8()).sum()
}

/// The last act in a lower-case sentence: where it begins and ends, and what it is.
fn last_cue(sentence: &str) -> Option<(usize, usize, RelationKind)> {
    let cues = CUE_FINDER.as_ref()?.find_overlapping_iter(sentence);
    let last = cues.max_by_key(|found| (found.end(), found.pattern()))?;
    let (mut at, mut end, mut kind) = (last.start(), last.end(), CUES[last.pattern().as_usize()].1);
    // "sửa đổi, bổ sung", "quy định chi tiết và hướng dẫn thi hành", "chi tiết … và biện pháp thi hành": the first one leads.
    loop {
        let head = sentence[..at].trim_end();
        let head = head.strip_suffix("và").unwrap_or(head).trim_end().trim_end_matches(',').trim_end();
        let earlier = CUES.iter().find(|(words, _)| head.ends_with(words));
        let Some(&(words, earlier)) = earlier else { break };
        at = head.len() - words.len();
        kind = match (earlier, kind) {
            (RelationKind::Supplements, RelationKind::Amends) => RelationKind::Amends,
            (earlier, _) => earlier,
        };
    }
    if kind == RelationKind::Details {
        // "quy định chi tiết một số điều và biện pháp thi hành": all one act.
        let head = &sentence[..at];
        for words in ["quy định chi tiết", "qui định chi tiết"] {
            if let Some(from) = head.rfind(words) {
                at = from;
                break;
            }
        }
        if !sentence[at..].starts_with("qu") && sentence[at..].starts_with("chi tiết") {
            at = at.min(sentence.len());
        }
    }
    end = end.min(sentence.len());
    Some((at, end, kind))
}

/// The act in a gap that holds only an act: ", bãi bỏ ".
fn next_act(gap: &str) -> Option<RelationKind> {
    // "Bãi bỏ Quyết định A sửa đổi Quyết định B": what A did.
    let parted = gap.trim_start().starts_with([',', ';']) || has_words(gap, "và");
    if !parted || !is_only_acts(gap) {
        return None;
    }
    last_cue(&gap.chars().map(lower).collect::<String>()).map(|(_, _, kind)| kind)
}

/// The act a list of citations stands under, said by the unit above or its heading.
fn lead_act(document: &Document, unit: UnitId) -> Option<RelationKind> {
    document.ancestors(unit).take(2).find_map(|above| {
        let above = &document.units[above];
        [above.text.as_str(), above.heading.as_str()].into_iter().find_map(|lead| {
            let lead: String = lead.lines().next_back().unwrap_or_default().chars().map(lower).collect();
            let lead = lead.trim_end();
            let opens = lead.ends_with(':') || has_words(lead, "sau đây") || lead.ends_with("sau");
            if !opens && !is_command(lead) {
                return None;
            }
            if ["hết hiệu lực", "chấm dứt hiệu lực", "không còn hiệu lực"].iter().any(|words| lead.contains(words))
                && opens
            {
                return Some(RelationKind::Replaces);
            }
            let (_, end, kind) = last_cue(lead)?;
            let gap = &lead[end..];
            let direct =
                gap.split_whitespace().count() <= 16 && !BLOCKERS.iter().any(|blocker| has_words(gap, blocker));
            (direct && !matches!(kind, RelationKind::Details | RelationKind::Guides)).then_some(kind)
        })
    })
}
