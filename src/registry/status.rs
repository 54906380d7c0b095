//! Whether an instrument is in force on a day, and why.
//!
//! Only explicit acts and stated terms end a document here. That a document's parent ended is a finding for a person to
//! judge, never a state.

use jiff::civil::Date;

use super::graph::{Key, Node, Registry, show};
use super::resolve::agree;
use super::{Certainty, Event, EventKind, State, Status, successor};
use crate::document::{Kind, Level, RelationKind, docnumber};

/// An act of a document of the batch on another instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Act {
    /// What is done.
    pub kind: RelationKind,
    /// The acting document as it is shown.
    pub by: String,
    /// Its number.
    pub number: Option<String>,
    /// Since when.
    pub date: Option<Date>,
    /// The acting document says the date; it is not the law's default.
    pub dated: bool,
    /// Provisions concerned; empty = the whole.
    pub provisions: Vec<String>,
    /// Why it cannot have this effect, in Vietnamese.
    pub refused: Option<&'static str>,
}

/// Something that bears on the state.
struct Evidence {
    state: State,
    date: Option<Date>,
    by: Option<String>,
    by_name: Option<String>,
    cause: Option<EventKind>,
    act: Option<RelationKind>,
    certainty: Certainty,
    why: String,
}

impl Registry {
    /// State of an instrument on a day.
    pub fn status(&self, key: Key, as_of: Date) -> Status {
        let Some(node) = self.node(key) else { return Status::default() };
        let identity = self.instrument(key).map_or(Certainty::Text, |instrument| instrument.certainty);
        let begins = node.effective.or(node.issued);
        if let Some(begins) = begins.filter(|&begins| begins > as_of) {
            let why = format!("Có hiệu lực từ ngày {}.", show(begins));
            return Status { state: State::NotYet, since: None, certainty: Some(identity), why, ..Status::default() };
        }
        let mut notes = Vec::new();
        let mut evidence = Vec::new();
        if let Some(instrument) = self.instrument(key) {
            evidence.extend(instrument.events.iter().filter_map(|event| self.of_event(event, as_of, &mut notes)));
        }
        let extended = node.acts.iter().find(|act| {
            act.kind == RelationKind::Extends && act.refused.is_none() && act.date.is_some_and(|date| date <= as_of)
        });
        if let Some(ends) = node.ends {
            match extended {
                Some(act) => notes.push(format!("Được kéo dài hiệu lực bởi {}.", act.by)),
                None => evidence.push(of_term(ends)),
            }
        }
        // What the packs know with a date is better than an act whose date is only the law's default.
        let known = self.instrument(key).map_or(&[][..], |instrument| &instrument.events);
        let settled = |act: &Act| {
            let same = |event: &Event| match (&event.by, &act.number) {
                (Some(by), Some(number)) => docnumber::same(by, number),
                _ => false,
            };
            !act.dated && known.iter().any(|event| event.date.is_some() && (same(event) || ends(event.what)))
        };
        evidence.extend(node.acts.iter().filter(|act| !settled(act)).filter_map(|act| of_act(act, as_of, &mut notes)));
        judge(evidence, notes, begins, identity, as_of)
    }

    fn of_event(&self, event: &Event, as_of: Date, notes: &mut Vec<String>) -> Option<Evidence> {
        let whole = event.provisions.is_empty();
        let by_name = event.by.as_deref().map(|by| self.name_for_people(by));
        let (state, words) = match event.what {
            EventKind::Ended => (State::Ended, "Hết hiệu lực"),
            EventKind::Replaced => (State::Ended, "Được thay thế"),
            EventKind::Repealed => (State::Ended, "Bị bãi bỏ"),
            EventKind::EndedWithParent => (State::Ended, "Hết hiệu lực cùng văn bản được quy định chi tiết"),
            EventKind::PartlyEnded => (State::PartlyEnded, "Hết hiệu lực một phần"),
            EventKind::Suspended => (State::Suspended, "Tạm ngưng hiệu lực"),
            EventKind::Superseded => (
                State::Unknown,
                "Nội dung đã do văn bản sau có hiệu lực cao hơn điều chỉnh, chưa tìm thấy văn bản bãi bỏ",
            ),
            EventKind::Amended => (State::InForce, "Được sửa đổi, bổ sung"),
        };
        let state = if state == State::Ended && !whole { State::PartlyEnded } else { state };
        let mut why = words.to_owned();
        if !whole {
            why.push_str(&format!(" ({})", cited(&event.provisions)));
        }
        why.push_str(&clause(by_name.as_deref(), event.date));
        if let Some(note) = &event.note {
            why.push(' ');
            why.push_str(note);
        }
        if state == State::InForce {
            if event.date.is_some_and(|date| date <= as_of) {
                notes.push(why);
            }
            return None;
        }
        Some(Evidence {
            state,
            date: event.date,
            by: event.by.clone(),
            by_name,
            cause: Some(event.what),
            act: None,
            certainty: event.certainty,
            why,
        })
    }

    /// State of a document of the batch on a day.
    pub fn document_status(&self, index: usize, as_of: Date) -> Status {
        self.key_of(index).map_or_else(Status::default, |key| self.status(key, as_of))
    }
}

/// Weighs the evidence of a node.
fn judge(
    evidence: Vec<Evidence>,
    mut notes: Vec<String>,
    begins: Option<Date>,
    identity: Certainty,
    as_of: Date,
) -> Status {
    let happened = |e: &&Evidence| e.date.is_some_and(|date| date <= as_of);
    let of = |state: State| evidence.iter().filter(happened).filter(move |e| e.state == state).min_by_key(|e| e.date);
    let later_end = evidence.iter().find(|e| e.state == State::Ended && e.date.is_some_and(|date| date > as_of));
    if let Some(end) = of(State::Ended) {
        // Two texts give two ends, or something still happened to it after its end.
        let against = later_end
            .or_else(|| evidence.iter().filter(happened).find(|e| e.state == State::PartlyEnded && e.date > end.date));
        if let Some(other) = against {
            let why = format!("Căn cứ trái nhau, cần kiểm tra: {} {}", end.why, other.why);
            return Status { state: State::Unknown, why, ..Status::default() };
        }
        notes.splice(0..0, evidence.iter().filter(happened).filter(|e| e.state == State::Ended).map(|e| e.why.clone()));
        return conclude(end, notes);
    }
    for state in [State::Suspended, State::Unknown, State::PartlyEnded] {
        if let Some(cause) = of(state) {
            let of_state = evidence.iter().filter(happened).filter(|e| e.state == state);
            notes.retain(|note| !of_state.clone().filter_map(|e| e.by_name.as_deref()).any(|by| note.contains(by)));
            notes.splice(0..0, each_act_once(of_state));
            return conclude(cause, notes);
        }
    }
    if let Some(undated) = evidence.iter().find(|e| e.date.is_none() && e.state != State::InForce) {
        notes.insert(0, undated.why.clone());
        let mut status = conclude(undated, notes);
        status.state = State::Unknown;
        return status;
    }
    let state = if begins.is_some() { State::InForce } else { State::Unknown };
    if begins.is_none() {
        notes.insert(0, "Không rõ ngày ban hành và ngày có hiệu lực.".to_owned());
    }
    Status { state, since: begins, certainty: Some(identity), why: notes.join(" "), ..Status::default() }
}

/// Reasons, one for each act however many provisions it touches.
fn each_act_once<'e>(evidence: impl Iterator<Item = &'e Evidence>) -> Vec<String> {
    let mut seen: Vec<(&str, Option<Date>)> = Vec::new();
    let mut reasons = Vec::new();
    for evidence in evidence {
        let act = evidence.by_name.as_deref().map(|by| (by, evidence.date));
        if act.is_some_and(|act| seen.contains(&act)) {
            continue;
        }
        seen.extend(act);
        reasons.push(evidence.why.clone());
    }
    reasons
}

fn conclude(cause: &Evidence, notes: Vec<String>) -> Status {
    Status {
        state: cause.state,
        since: cause.date,
        by: cause.by.clone(),
        by_name: cause.by_name.clone(),
        cause: cause.cause,
        act: cause.act,
        certainty: Some(cause.certainty),
        why: notes.join(" "),
    }
}

/// The document's own term: it is over on the day after its last.
fn of_term(ends: Date) -> Evidence {
    Evidence {
        state: State::Ended,
        date: ends.tomorrow().ok().or(Some(ends)),
        by: None,
        by_name: None,
        cause: Some(EventKind::Ended),
        act: None,
        certainty: Certainty::Text,
        why: format!("Hết thời hạn có hiệu lực quy định trong văn bản (đến hết ngày {}).", show(ends)),
    }
}

fn of_act(act: &Act, as_of: Date, notes: &mut Vec<String>) -> Option<Evidence> {
    let (words, whole, part, cause) = match act.kind {
        RelationKind::Replaces => ("thay thế", State::Ended, State::PartlyEnded, EventKind::Replaced),
        RelationKind::Repeals => ("bãi bỏ", State::Ended, State::PartlyEnded, EventKind::Repealed),
        RelationKind::Suspends => ("tạm ngưng hiệu lực", State::Suspended, State::Suspended, EventKind::Suspended),
        // What is amended ends in part (khoản 1 Điều 57 Luật 64/2025/QH15).
        RelationKind::Amends => ("sửa đổi", State::PartlyEnded, State::PartlyEnded, EventKind::Amended),
        _ => {
            if act.kind == RelationKind::Supplements && act.date.is_some_and(|date| date <= as_of) {
                notes.push(format!("Được bổ sung{}", clause(Some(&act.by), act.date)));
            }
            return None;
        }
    };
    if let Some(refused) = act.refused {
        // A draft is no act at all.
        act.number.as_ref()?;
        notes.push(format!("{} nêu {words} văn bản này nhưng không được tính: {refused}.", act.by));
        return None;
    }
    let state = if act.provisions.is_empty() { whole } else { part };
    let scope = if act.provisions.is_empty() { String::new() } else { format!(" ({})", cited(&act.provisions)) };
    let cause = if state == State::PartlyEnded && cause != EventKind::Amended { EventKind::PartlyEnded } else { cause };
    Some(Evidence {
        state,
        date: act.date,
        by: act.number.clone().or_else(|| Some(act.by.clone())),
        by_name: Some(act.by.clone()),
        cause: Some(cause),
        act: Some(act.kind),
        certainty: Certainty::Text,
        why: format!("Được {words}{scope}{}", clause(Some(&act.by), act.date)),
    })
}

/// "khoản 2 Điều 18; Điều 19".
fn cited(provisions: &[String]) -> String {
    provisions.iter().map(|path| crate::document::place::provision(path)).collect::<Vec<_>>().join("; ")
}

/// Events that end an instrument, wholly or in part.
fn ends(what: EventKind) -> bool {
    !matches!(what, EventKind::Amended | EventKind::Superseded | EventKind::Suspended)
}

fn clause(by: Option<&str>, date: Option<Date>) -> String {
    let by = by.map(|by| format!(" bởi {by}")).unwrap_or_default();
    match date {
        Some(date) => format!("{by} từ ngày {}.", show(date)),
        None => format!("{by}, chưa rõ từ ngày nào."),
    }
}

/// Whether `actor` can change or end `target`: later, and of the same body or of higher force.
pub(super) fn may_act(actor: &Node, target: &Node) -> Result<(), &'static str> {
    if actor.number.is_none() {
        return Err("là dự thảo, chưa có số");
    }
    if let (Some(later), Some(earlier)) = (actor.issued, target.issued)
        && later < earlier
    {
        return Err("ban hành trước văn bản bị tác động");
    }
    let same = actor.issuer.is_some() && (actor.issuer == target.issuer || succeeds(actor, target));
    if same && actor.level != Some(Level::TrungUong) {
        return Ok(());
    }
    match (rank(actor), rank(target)) {
        (Some(actor_rank), Some(target_rank)) if actor_rank > target_rank => Err("văn bản có hiệu lực thấp hơn"),
        (Some(actor_rank), Some(target_rank)) if actor_rank < target_rank => {
            if within(actor, target) {
                Ok(())
            } else {
                Err("cơ quan của địa phương khác")
            }
        }
        (Some(_), Some(_)) if same || agree(actor.issuer.as_deref(), target.issuer.as_deref()) => Ok(()),
        (Some(_), Some(_)) if actor.level == Some(Level::TrungUong) => Ok(()),
        (Some(_), Some(_)) => Err("cơ quan ban hành khác"),
        _ => Err("không rõ cơ quan ban hành"),
    }
}

/// The actor is what the issuer of the target has become.
fn succeeds(actor: &Node, target: &Node) -> bool {
    let (Some(own), Some(other)) = (actor.issuer.as_deref(), target.issuer.as_deref()) else { return false };
    let at = actor.issued;
    let took_over = |one: &successor::Successor| one.name == own && at.is_none_or(|day| day >= one.from);
    own != other && successor::of(other).iter().any(took_over)
}

/// A local body acts within its own unit only; a province's name is part of the names below it, when they say it.
fn within(actor: &Node, target: &Node) -> bool {
    use crate::document::issuer::unit_of;
    if actor.level != Some(Level::Tinh) {
        return true;
    }
    match (actor.issuer.as_deref().and_then(unit_of), target.issuer.as_deref().and_then(unit_of)) {
        (Some(own), Some(other)) if target.level == Some(Level::Tinh) || other.contains("tỉnh ") => {
            other.ends_with(own)
        }
        _ => true,
    }
}

/// Order of force (Điều 4 Luật 64/2025/QH15): 0 is the highest; `None` when the issuer is unknown.
fn rank(node: &Node) -> Option<u8> {
    let issuer = node.issuer.as_deref().unwrap_or_default();
    let body = |council: u8| match issuer {
        name if name.starts_with("Hội đồng nhân dân") => council,
        name if name.starts_with("Chủ tịch") => council + 2,
        _ => council + 1,
    };
    Some(match node.level? {
        Level::TrungUong => match node.kind {
            Kind::HienPhap => 0,
            Kind::Luat | Kind::BoLuat => 1,
            Kind::NghiQuyet if issuer == "Quốc hội" => 1,
            Kind::PhapLenh => 2,
            Kind::NghiQuyet | Kind::NghiQuyetLienTich
                if issuer.starts_with("Ủy ban Thường vụ") || issuer.starts_with("Ủy ban thường vụ") =>
            {
                2
            }
            Kind::Lenh | Kind::SacLenh => 3,
            Kind::NghiDinh | Kind::NghiQuyet | Kind::NghiQuyetLienTich => 4,
            Kind::QuyetDinh if issuer.starts_with("Thủ tướng") => 5,
            _ => 6,
        },
        Level::Tinh => body(10),
        Level::Huyen => body(20),
        Level::Xa => body(30),
        Level::CoQuan => 40,
    })
}
