//! One operation carried out on a tree.

use std::ops::Range;

use super::Source;
use super::inside;
use super::tree::{Branch, Tree};
use crate::document::amendment::{Operation, OperationKind, Part};
use crate::document::{Document, LayerKind, Role, UnitId, UnitKind, own_path, place};
use crate::text::fold::fold;

/// Why something was not done, in Vietnamese.
type Outcome = Result<(), String>;

/// Carries out `operation` of the acting document. `tell` hears of every provision: its path, and why it was left as it was.
/// `next` is the index of the first change told.
pub(super) fn apply(
    tree: &mut Tree,
    (document, actor): (usize, &Document),
    operation: &Operation,
    next: usize,
    mut tell: impl FnMut(String, Option<String>),
) {
    let mut act = Act { tree, document, actor, operation, change: next };
    if operation.kind == OperationKind::Renumber {
        for provision in &operation.provisions {
            tell(provision.clone(), Some("việc đánh số lại chưa được ghép tự động".to_owned()));
        }
        return;
    }
    // "Thay thế cụm từ “A” bằng cụm từ “B”" without a place is meant everywhere.
    if operation.provisions.is_empty() {
        if operation.old_words.is_some() {
            let outcome = act.everywhere();
            tell(String::new(), outcome.err());
        }
        return;
    }
    for provision in &operation.provisions {
        let (path, outcome) = act.on(provision);
        act.change += 1;
        tell(path, outcome.err());
    }
}

struct Act<'a> {
    tree: &'a mut Tree,
    document: usize,
    actor: &'a Document,
    operation: &'a Operation,
    /// Index of the change that is being made.
    change: usize,
}

impl Act<'_> {
    fn on(&mut self, provision: &str) -> (String, Outcome) {
        let operation = self.operation;
        let adds = matches!(operation.kind, OperationKind::Supplement | OperationKind::InsertAfter);
        if adds && operation.new_words.is_none() {
            return match self.layer_for_new(provision) {
                Ok(layer) => {
                    let path = format!("{layer}/{provision}");
                    let outcome = self.add(&path, provision);
                    (path, outcome)
                }
                Err(why) => (provision.to_owned(), Err(why)),
            };
        }
        let path = match self.layer_of(provision) {
            Ok(layer) => format!("{layer}/{provision}"),
            Err(why) => return (provision.to_owned(), Err(why)),
        };
        let outcome = match operation.kind {
            OperationKind::Repeal => self.repeal(&path),
            OperationKind::Amend => self.amend(&path, provision),
            OperationKind::ReplaceWords | OperationKind::DeleteWords => self.words(Some(&path)),
            // "Bổ sung cụm từ “B” vào sau cụm từ “A” tại khoản 2 Điều 5."
            OperationKind::Supplement | OperationKind::InsertAfter => self.words(Some(&path)),
            OperationKind::Renumber => Err(String::new()),
        };
        (path, outcome)
    }

    /// The layer that has the provision.
    fn layer_of(&mut self, provision: &str) -> Result<String, String> {
        let ids: Vec<(String, LayerKind)> =
            self.tree.layers.iter().map(|layer| (layer.id.clone(), layer.kind)).collect();
        let there: Vec<(String, LayerKind)> =
            ids.into_iter().filter(|(id, _)| self.tree.find(&format!("{id}/{provision}")).is_some()).collect();
        match there.as_slice() {
            [] => Err(format!("không tìm thấy {} trong văn bản được sửa đổi", place::provision(provision))),
            [(only, _)] => Ok(only.clone()),
            several => {
                let wanted = if self.means_attachment() { LayerKind::Attached } else { LayerKind::Main };
                let mut fitting = several.iter().filter(|(_, kind)| *kind == wanted);
                match (fitting.next(), fitting.next()) {
                    (Some((id, _)), None) => Ok(id.clone()),
                    _ => Err(format!("không rõ {} của phần nào trong văn bản", place::provision(provision))),
                }
            }
        }
    }

    fn layer_for_new(&mut self, provision: &str) -> Result<String, String> {
        if let Some(place) = &self.operation.place
            && let Ok(layer) = self.layer_of(&place.provision.clone())
        {
            return Ok(layer);
        }
        match provision.rsplit_once('.') {
            Some((above, _)) => self.layer_of(above),
            None => {
                let mut attached = self.tree.layers.iter().filter(|layer| layer.kind == LayerKind::Attached);
                match (attached.next(), attached.next()) {
                    (None, _) => Ok("main".to_owned()),
                    (Some(only), None) if self.means_attachment() => Ok(only.id.clone()),
                    _ => Err("không rõ bổ sung vào phần nào của văn bản".to_owned()),
                }
            }
        }
    }

    /// The words of the command, or of what stands above it, speak of what was issued with the document.
    fn means_attachment(&self) -> bool {
        let unit = self.operation.unit;
        let above = std::iter::once(unit).chain(self.actor.ancestors(unit));
        let mut words = above.map(|id| &self.actor.units[id]).flat_map(|unit| [&unit.text, &unit.heading]);
        let title = self.actor.identity.title.as_ref();
        words.by_ref().chain(title).any(|words| fold(words).contains("kèm theo"))
    }

    fn repeal(&mut self, path: &str) -> Outcome {
        if self.operation.part != Part::Whole {
            return Err("lệnh chỉ bãi bỏ một phần của điều khoản".to_owned());
        }
        let change = self.change;
        let branch = self.tree.find(path).ok_or_else(gone)?;
        branch.each(&mut |branch| {
            branch.source = Source::Ended { unit: branch.printed(), change };
            branch.unit.text.clear();
            branch.unit.heading.clear();
            branch.unit.extras.clear();
            branch.edits.clear();
        });
        Ok(())
    }

    fn amend(&mut self, path: &str, provision: &str) -> Outcome {
        let Some(mut quoted) = self.quoted_for(provision) else {
            return match self.operation.new_words.clone() {
                Some(words) => self.set(path, &words),
                None => Err("chưa tách được lời văn mới".to_owned()),
            };
        };
        match self.operation.part {
            Part::Whole if quoted.len() > 1 && self.are_inside(&quoted, provision) => {
                // "Sửa đổi Điều 5 như sau: “1. … 2. …”": parts of it, each in its place.
                quoted.iter().try_for_each(|&unit| {
                    let inner = format!("{path}.{}", last(own_path(&self.actor.units[unit].path)));
                    self.put(unit, &inner, path)
                })
            }
            Part::Whole => {
                let first = quoted.remove(0);
                if self.actor.units[first].kind == UnitKind::Paragraph {
                    let words: Vec<&str> =
                        std::iter::once(first).chain(quoted).map(|unit| self.actor.units[unit].text.as_str()).collect();
                    return self.set(path, unquoted(&words.join("\n")));
                }
                self.put(first, path, path)?;
                // What goes with it is put after it ("sửa đổi khoản 2 và bổ sung khoản 2a").
                let mut after = path.to_owned();
                for unit in quoted {
                    let inner = sibling(path, own_path(&self.actor.units[unit].path));
                    self.put(unit, &inner, &after)?;
                    after = inner;
                }
                Ok(())
            }
            Part::Heading => {
                let unit = &self.actor.units[quoted[0]];
                let words = if unit.heading.is_empty() { &unit.text } else { &unit.heading };
                let words = unquoted(words).to_owned();
                let change = self.change;
                let branch = self.tree.find(path).ok_or_else(gone)?;
                branch.unit.heading = words;
                branch.source = Source::Edited { unit: branch.printed(), change };
                Ok(())
            }
            Part::LeadIn => {
                let words = unquoted(&self.actor.units[quoted[0]].text).to_owned();
                let change = self.change;
                let branch = self.tree.find(path).ok_or_else(gone)?;
                branch.edits.push((0..branch.unit.text.len(), words.len()));
                branch.unit.text = words;
                branch.source = Source::Edited { unit: branch.printed(), change };
                Ok(())
            }
            Part::Paragraph => Err("lệnh chỉ sửa một đoạn của điều khoản".to_owned()),
            Part::Content => Err("lệnh tả nội dung được sửa, không dẫn nguyên văn".to_owned()),
        }
    }

    /// Quoted units that hold the new text of this provision; `None` when there are none.
    fn quoted_for(&self, provision: &str) -> Option<Vec<UnitId>> {
        let mut all: Vec<UnitId> = self.operation.quoted.iter().filter_map(|path| self.actor.unit_at(path)).collect();
        let own = |unit: &UnitId| own_path(&self.actor.units[*unit].path);
        let is = |unit: &&UnitId| {
            own(unit) == provision || provision.strip_suffix(own(unit)).is_some_and(|rest| rest.ends_with('.'))
        };
        let exact = all.iter().position(|unit| is(&unit));
        // One provision is named: everything quoted is its, its own new text first.
        if self.operation.provisions.len() == 1 && !all.is_empty() {
            let own = all.remove(exact.unwrap_or(0));
            all.insert(0, own);
            return Some(all);
        }
        exact.map(|at| vec![all[at]])
    }

    /// The quoted units are of a lower level than the provision.
    fn are_inside(&self, quoted: &[UnitId], provision: &str) -> bool {
        let level = |path: &str| path.matches('.').count();
        quoted.iter().all(|&unit| {
            let unit = &self.actor.units[unit];
            let own = own_path(&unit.path);
            let numbered = matches!(unit.kind, UnitKind::Clause | UnitKind::Point);
            numbered
                && (inside(own, provision) || level(own) < level(provision) || !own.starts_with('A'))
                && last(own) != last(provision)
        })
    }

    /// New words of a unit that keeps its number; what stood in it goes.
    fn set(&mut self, path: &str, words: &str) -> Outcome {
        let change = self.change;
        let branch = self.tree.find(path).ok_or_else(gone)?;
        branch.edits.push((0..branch.unit.text.len(), words.len()));
        branch.unit.text = words.to_owned();
        branch.children.clear();
        branch.source = Source::Edited { unit: branch.printed(), change };
        Ok(())
    }

    /// Puts a quoted unit in the place of the one with this path, else after the unit with the path `after` (or into it).
    fn put(&mut self, unit: UnitId, path: &str, after: &str) -> Outcome {
        let branch = self.branch(unit, path);
        if let Some(there) = self.tree.find(path) {
            // A heading is often left out where only the text is given anew.
            let heading = std::mem::take(&mut there.unit.heading);
            let layer = there.unit.layer;
            *there = branch;
            there.unit.layer = layer;
            if there.unit.heading.is_empty() && there.unit.kind == UnitKind::Article && !there.children.is_empty() {
                there.unit.heading = heading;
            }
            return Ok(());
        }
        if inside(path, after) {
            let above = self.tree.find(after).ok_or_else(gone)?;
            above.children.push(branch);
            return Ok(());
        }
        let (list, at) = self.tree.holder(after).ok_or_else(gone)?;
        list.insert(at + 1, branch);
        Ok(())
    }

    /// A quoted unit as a unit of the amended document, with the paths it has there.
    fn branch(&self, unit: UnitId, path: &str) -> Branch {
        let (document, change) = (self.document, self.change);
        let mut branch = Branch::of(self.actor, unit, &|unit| Source::Quoted { document, unit, change });
        let before = branch.unit.path.clone();
        let role = self.role_there(path);
        branch.each(&mut |branch| {
            let rest = branch.unit.path.strip_prefix(before.as_str()).unwrap_or_default().to_owned();
            branch.unit.path = format!("{path}{rest}");
            branch.unit.quoted = false;
            branch.unit.role = role;
            branch.unit.origins.clear();
        });
        branch.unit.label = branch.unit.label.trim_start_matches(OPENING).trim_start().to_owned();
        let mut last = &mut branch;
        while !last.children.is_empty() {
            let end = last.children.len() - 1;
            last = &mut last.children[end];
        }
        let words = if last.unit.text.is_empty() { &mut last.unit.heading } else { &mut last.unit.text };
        words.truncate(without_closing(words).len());
        branch
    }

    /// Function of a unit of this path: of the one it replaces, else of what it stands in.
    fn role_there(&self, path: &str) -> Role {
        fn role<'b>(list: &'b [Branch], path: &str, best: &mut Option<(usize, &'b Branch)>) {
            for branch in list {
                let own = branch.unit.path.as_str();
                if inside(path, own) && best.is_none_or(|(length, _)| own.len() >= length) {
                    *best = Some((own.len(), branch));
                }
                role(&branch.children, path, best);
            }
        }
        let mut best = None;
        for layer in &self.tree.layers {
            role(&layer.roots, path, &mut best);
        }
        best.map_or(Role::Content, |(_, branch)| branch.unit.role)
    }

    /// A provision that comes to be.
    fn add(&mut self, path: &str, provision: &str) -> Outcome {
        let Some(mut quoted) = self.quoted_for(provision) else {
            return Err("chưa tách được lời văn mới".to_owned());
        };
        if self.tree.find(path).is_some_and(|there| !matches!(there.source, Source::Ended { .. })) {
            return Err(format!("{} đã có trong văn bản", place::provision(provision)));
        }
        let unit = quoted.remove(0);
        let layer = path.split_once('/').map_or("main", |(layer, _)| layer);
        let anchor = self.operation.place.as_ref().map(|place| (format!("{layer}/{}", place.provision), place.before));
        if let Some((anchor, before)) = anchor
            && self.tree.find(path).is_none()
            && !inside(path, &anchor)
            && let Some((_, at)) = self.tree.holder(&anchor)
        {
            let branch = self.branch(unit, path);
            let (list, _) = self.tree.holder(&anchor).ok_or_else(gone)?;
            list.insert(if before { at } else { at + 1 }, branch);
            return Ok(());
        }
        let (above, number) = path.rsplit_once('.').map_or((None, path), |(above, number)| (Some(above), number));
        match above {
            // Into its clause or article, after the last of its kind.
            Some(above) => self.put(unit, path, above),
            None => {
                // "Bổ sung Điều 5a" without a place stands after Điều 5.
                let digits = number.trim_end_matches(|c: char| c.is_alphabetic() && !c.is_ascii_uppercase());
                self.put(unit, path, digits)
            }
        }
    }

    fn everywhere(&mut self) -> Outcome {
        self.words(None)
    }

    /// Words replaced, taken out or put after others, in a unit with everything in it, or everywhere.
    fn words(&mut self, path: Option<&str>) -> Outcome {
        let Some(old) = self.operation.old_words.as_deref().map(str::trim).filter(|old| !old.is_empty()) else {
            return Err("không rõ cụm từ được thay".to_owned());
        };
        let new = self.operation.new_words.as_deref().map_or("", str::trim);
        let new = match self.operation.kind {
            OperationKind::Supplement | OperationKind::InsertAfter => format!("{old} {new}"),
            _ => new.to_owned(),
        };
        let change = self.change;
        let mut count = self.edit_words(path, old, &new, change)?;
        if count == 0 {
            // At the beginning of a sentence or of a heading.
            count = self.edit_words(path, &other_case(old), &other_case(&new), change)?;
        }
        if count == 0 { Err(format!("không thấy cụm từ “{old}” ở đó")) } else { Ok(()) }
    }

    /// How many places were changed.
    fn edit_words(&mut self, path: Option<&str>, old: &str, new: &str, change: usize) -> Result<usize, String> {
        let mut count = 0;
        let mut edit = |branch: &mut Branch| {
            let hits = occurrences(&branch.unit.text, old);
            let in_heading = occurrences(&branch.unit.heading, old);
            if hits.is_empty() && in_heading.is_empty() {
                return;
            }
            count += hits.len() + in_heading.len();
            for at in hits.into_iter().rev() {
                let range = with_space(&branch.unit.text, at..at + old.len(), new);
                branch.unit.text.replace_range(range.clone(), new);
                branch.edits.push((range, new.len()));
            }
            for at in in_heading.into_iter().rev() {
                let range = with_space(&branch.unit.heading, at..at + old.len(), new);
                branch.unit.heading.replace_range(range, new);
            }
            branch.source = match branch.source {
                Source::Ended { unit, change } => Source::Ended { unit, change },
                _ => Source::Edited { unit: branch.printed(), change },
            };
        };
        match path {
            Some(path) => self.tree.find(path).ok_or_else(gone)?.each(&mut edit),
            None => {
                let content = self.tree.layers.iter_mut().flat_map(|layer| &mut layer.roots);
                content.for_each(|root| root.each(&mut edit));
            }
        }
        Ok(count)
    }
}

const OPENING: [char; 3] = ['“', '"', '«'];
const CLOSING: [char; 3] = ['”', '"', '»'];

/// Quoted words without the mark that closes them, and what the command puts after it.
fn without_closing(words: &str) -> &str {
    let inner = words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ','));
    // A pair of its own stays: "gọi là “hộ gia đình”".
    let own = words.matches('“').count() >= words.matches('”').count() && !inner.ends_with('"');
    match inner.strip_suffix(CLOSING).filter(|_| !own) {
        Some(inner) => inner.trim_end(),
        None => words.trim_end(),
    }
}

/// Quoted words without their marks.
fn unquoted(words: &str) -> &str {
    without_closing(words.trim_start().trim_start_matches(OPENING))
}

fn gone() -> String {
    "không tìm thấy điều khoản trong văn bản được sửa đổi".to_owned()
}

/// Places of whole words `old`.
fn occurrences(text: &str, old: &str) -> Vec<usize> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let alone =
        |&at: &usize| !is_word(text[..at].chars().next_back()) && !is_word(text[at + old.len()..].chars().next());
    text.match_indices(old).map(|(at, _)| at).filter(alone).collect()
}

/// Words taken out take one of the spaces around them along.
fn with_space(text: &str, range: Range<usize>, new: &str) -> Range<usize> {
    let after = text[range.end..].chars().next();
    match after {
        _ if !new.is_empty() => range,
        Some(' ') if range.start == 0 => range.start..range.end + 1,
        None | Some(' ' | ',' | ';' | '.' | ':' | ')' | '\n') if text[..range.start].ends_with(' ') => {
            range.start - 1..range.end
        }
        _ => range,
    }
}

/// The same words with a small first letter instead of a capital, or the reverse.
fn other_case(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) if first.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Last segment of a path.
fn last(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(_, last)| last)
}

/// The path of a unit that stands beside another: "att1/A5.2" and "2a" → "att1/A5.2a".
fn sibling(path: &str, own: &str) -> String {
    let number = last(own);
    match path.rsplit_once('.') {
        Some((above, _)) => format!("{above}.{number}"),
        None => format!("{}/{number}", path.split_once('/').map_or("main", |(layer, _)| layer)),
    }
}
