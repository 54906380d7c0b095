//! Levels of provisions that stand once for several commands, and "này".

use super::command::Command;
use super::{OperationKind, Part};
use crate::document::provision::{Provision, Rank};

/// Fills in the levels that stand once for several provisions: after them ("khoản 1; điểm c khoản 2 Điều 12"), in the
/// command above, or before them; and "khoản này", which is what the act before named.
pub(super) fn complete(commands: &mut [Command], above: Option<&Provision>) {
    let mut later: Option<Provision> = None;
    for command in commands.iter_mut().rev() {
        let place = command.place.as_mut().map(|(_, place)| place);
        for provision in command.renumbered.iter_mut().rev().chain(place).chain(command.provisions.iter_mut().rev()) {
            fill(provision, &mut later);
        }
    }
    // "từ “A” vào trước từ “B”, từ “C” vào sau từ “D” tại Điều 5": the place is said once.
    for at in (1..commands.len()).rev() {
        let (one, next) = commands.split_at_mut(at);
        let (Some(one), Some(next)) = (one.last_mut(), next.first()) else { continue };
        let words = |command: &Command| command.kind == OperationKind::Supplement && command.new_words.is_some();
        if words(one) && words(next) && one.provisions.is_empty() {
            one.provisions.clone_from(&next.provisions);
            one.named = one.named.take().or_else(|| next.named.clone());
        }
    }
    let mut earlier = above.cloned();
    let mut before: Vec<Provision> = above.cloned().into_iter().collect();
    for command in commands {
        let place = command.place.as_mut().map(|(_, place)| place);
        for provision in command.provisions.iter_mut().chain(place).chain(&mut command.renumbered) {
            fill(provision, &mut earlier);
        }
        if let Some((_, place)) = &command.place {
            // "bổ sung khoản 4 vào sau khoản 3 Điều 7" has its article from the place.
            command.provisions.iter_mut().for_each(|provision| provision.complete(place));
            if command.provisions.is_empty() && command.new_words.is_none() {
                command.provisions.extend(place.parent());
            }
        }
        // "đoạn này": of what the act before named.
        if command.provisions.is_empty() && command.part == Part::Paragraph {
            command.provisions.clone_from(&before);
        }
        // Words changed wherever the command above says.
        if command.provisions.is_empty() && (command.old_words.is_some() || command.new_words.is_some()) {
            command.provisions.extend(above.cloned());
        }
        // "tên điều": of the article at hand.
        if command.provisions.is_empty() && command.part != Part::Whole {
            command.provisions.extend(earlier.as_ref().or(later.as_ref()).and_then(Provision::article));
        }
        if command.provisions.iter().any(Provision::is_relative) {
            command.provisions.retain(|provision| !provision.is_relative());
            command.provisions.extend(before.iter().cloned());
        }
        if !command.provisions.is_empty() {
            before.clone_from(&command.provisions);
        }
    }
}

/// Completes one provision from a neighbour with an article, then becomes that neighbour.
fn fill(provision: &mut Provision, neighbour: &mut Option<Provision>) {
    if provision.is_relative() {
        return;
    }
    if let (None, Some(neighbour)) = (provision.get(Rank::Article), &neighbour) {
        provision.complete(neighbour);
    }
    if provision.get(Rank::Article).is_some() {
        *neighbour = Some(provision.clone());
    }
}
