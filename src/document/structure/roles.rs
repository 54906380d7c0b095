//! What each unit is for: scope, definitions, effect, implementation … by its heading or its own words; children inherit.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::cue;
use crate::document::{Layer, LayerKind, Role, Unit, UnitKind};
use crate::text::number::eat_word;

/// Blanks to be filled in ("……") that make an appendix a form.
const BLANKS_OF_A_FORM: usize = 3;

/// Gives every unit its role. Units already marked as form keep it.
pub(super) fn assign(units: &mut [Unit], layers: &[Layer]) {
    let forms = forms(units, layers);
    for at in 0..units.len() {
        let inherited = units[at].parent.map(|parent| units[parent].role);
        let unit = &units[at];
        units[at].role = match unit.kind {
            UnitKind::Basis => Role::Basis,
            UnitKind::Recipients => Role::Recipients,
            UnitKind::Signature => Role::Signature,
            _ if unit.quoted => Role::QuotedAmendment,
            _ if unit.role == Role::Form || forms[unit.layer] => Role::Form,
            UnitKind::TableRow if layers[unit.layer].kind == LayerKind::Appendix => Role::Form,
            UnitKind::Title | UnitKind::IssuedWith => Role::Content,
            _ => own(unit).or(inherited).unwrap_or(Role::Content),
        };
    }
}

/// Which layers are forms as a whole.
fn forms(units: &[Unit], layers: &[Layer]) -> Vec<bool> {
    let mut blanks = vec![0usize; layers.len()];
    for unit in units.iter().filter(|unit| layers[unit.layer].kind == LayerKind::Appendix) {
        let blank = unit.text.contains("……") || unit.text.contains(".....") || unit.text.contains("____");
        blanks[unit.layer] += usize::from(blank);
    }
    blanks.into_iter().map(|blanks| blanks >= BLANKS_OF_A_FORM).collect()
}

/// The role a unit's own heading or words give it.
fn own(unit: &Unit) -> Option<Role> {
    if !unit.heading.is_empty()
        && let Some(role) = by_heading(&unit.heading)
    {
        return Some(role);
    }
    by_words(&unit.text)
}

fn by_heading(heading: &str) -> Option<Role> {
    let has = |words: &str| cue::has(heading, words);
    if has("giải thích từ ngữ")
        || has("giải thích thuật ngữ")
        || has("từ ngữ") && heading.len() < 60
        || has("khái niệm") && heading.len() < 40
    {
        return Some(Role::Definition);
    }
    if has("phạm vi điều chỉnh") || has("phạm vi áp dụng") || has("đối tượng áp dụng") || has("đối tượng điều chỉnh")
    {
        return Some(Role::Scope);
    }
    if has("chuyển tiếp") {
        return Some(Role::Transitional);
    }
    if has("hiệu lực thi hành")
        || has("hiệu lực của") && names_itself(heading)
        || cue::starts_with_any(heading, &["hiệu lực và", "hiệu lực pháp"])
    {
        return Some(Role::Effect);
    }
    if cue::eat_whole(heading, "hiệu lực") {
        return Some(Role::Effect);
    }
    let implementation = [
        "tổ chức thực hiện",
        "điều khoản thi hành",
        "trách nhiệm thi hành",
        "tổ chức thi hành",
        "trách nhiệm tổ chức",
        "trách nhiệm thực hiện",
    ];
    implementation.iter().any(|words| has(words)).then_some(Role::Implementation)
}

/// "Hiệu lực của Quyết định này": of this instrument, not of a contract.
fn names_itself(heading: &str) -> bool {
    ["văn bản", "quyết định này", "nghị quyết này", "quy chế này", "quy định này", "luật này"]
        .iter()
        .any(|w| cue::has(heading, w))
}

/// Without any of these a text is no closing clause.
static CLOSING_WORDS: LazyLock<[Finder; 3]> = LazyLock::new(|| ["hiệu lực", "thi hành", "thực hiện"].map(Finder::new));

/// The closing clauses of a short decision have no title.
fn by_words(text: &str) -> Option<Role> {
    if text.is_empty() {
        return None;
    }
    if !CLOSING_WORDS.iter().any(|words| words.find(text.as_bytes()).is_some()) {
        return None;
    }
    let opening = text.char_indices().nth(240).map_or(text, |(end, _)| &text[..end]);
    let effect = opening.find("này có hiệu lực").or_else(|| opening.find("có hiệu lực thi hành"));
    let bare = ["quyết định", "nghị quyết", "thông tư", "chỉ thị", "kế hoạch"].iter().any(|name| {
        // "Quyết định có hiệu lực kể từ …", not "Quyết định có hiệu lực pháp luật …".
        let said = format!("{name} có hiệu lực");
        eat_word(text, &said)
            .is_some_and(|at| cue::starts_with_any(text[at..].trim_start(), &["kể từ", "từ", "sau", "ngay"]))
    });
    if bare || effect.is_some_and(|at| instrument_before(&opening[..at])) {
        return Some(Role::Effect);
    }
    let acts =
        ["thi hành quyết định này", "thi hành nghị quyết này", "thực hiện quyết định này", "thực hiện nghị quyết này"];
    let bound =
        cue::has(text, "trách nhiệm") || cue::has(opening, "giao") || cue::has(opening, "căn cứ quyết định thi hành");
    (bound && acts.iter().any(|words| cue::has(text, words))).then_some(Role::Implementation)
}

/// The words before "này có hiệu lực" name an instrument as the subject.
fn instrument_before(words: &str) -> bool {
    const NAMES: [&str; 12] = [
        "quyết định",
        "nghị quyết",
        "nghị định",
        "thông tư",
        "luật",
        "pháp lệnh",
        "quy chế",
        "quy định",
        "chỉ thị",
        "điều lệ",
        "thông tư liên tịch",
        "văn bản",
    ];
    let words = words.trim_end().trim_end_matches("này").trim_end();
    let tail: Vec<&str> = words.split_whitespace().rev().take(3).collect();
    let tail: String = tail.iter().rev().map(|w| format!("{w} ")).collect::<String>();
    words.len() < 160 && NAMES.iter().any(|name| cue::has(&tail, name))
}
