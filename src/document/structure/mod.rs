//! [`RawDocument`] → layers and units.
//!
//! Blocks become lines ([`lines`]), quoted amendments are marked ([`quotes`]), the lines are divided into head, grounds, body,
//! attachments and appendices ([`sections`]), and the numbered text becomes a tree ([`build`]), in which a number opens a unit
//! when it continues the list it stands in ([`sequence`]). Every word of the file is kept, in exactly one place.

mod build;
mod checks;
mod cue;
mod heading;
mod lines;
mod marker;
mod quotes;
mod roles;
mod run_in;
mod sections;
mod sequence;
mod title;
mod tree;
mod wrapped;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_closing;
#[cfg(test)]
mod tests_lines;
#[cfg(test)]
mod tests_printed;

use super::{Layer, LayerKind, Unit, UnitKind};
use crate::source::{Origin, RawDocument, Warning};

/// The parts of a document.
#[derive(Debug, Clone)]
pub struct Structure {
    /// Everything printed before the first basis line or unit; lines joined by `\n`.
    pub head: String,
    /// Lines of the main instrument's trích yếu, as printed.
    pub title_lines: Vec<String>,
    /// Main instrument first, then attachments and appendices in the order they stand.
    pub layers: Vec<Layer>,
    /// All units of all layers in reading order; a parent stands before its children.
    pub units: Vec<Unit>,
    /// Doubts about the numbering and the quotations.
    pub warnings: Vec<Warning>,
}

/// Reads the structure of `raw`. Takes time linear in its length and never fails.
pub fn parse(raw: &RawDocument) -> Structure {
    let mut lines = lines::lines(raw);
    let unclosed = quotes::mark(&mut lines);
    let plan = sections::plan(&lines);
    let build::Built { mut tree, head } = build::build(&lines, &plan);
    keep_running_heads(&mut tree, raw);
    roles::assign(&mut tree.units, &tree.layers);
    let title_lines = title::lines_of(&head);
    if let Some(main) = tree.layers.first_mut() {
        main.title = title_lines.join(" ");
    }
    let mut warnings = checks::numbering(&tree.units, &tree.layers);
    for at in unclosed {
        let path =
            tree.units.iter().find(|u| u.quoted && u.origins.contains(&lines[at].origin)).map(|u| u.path.clone());
        let message =
            "Đoạn trích nội dung sửa đổi mở ngoặc kép nhưng không có dấu đóng; cần kiểm tra phạm vi đoạn trích.";
        warnings.push(Warning { code: "quote-not-closed", message: message.to_owned(), path });
    }
    Structure { head, title_lines, layers: tree.layers, units: tree.units, warnings }
}

/// Running heads, and notes of the head, hang on the first unit of the main layer; one is made when there is none.
fn keep_running_heads(tree: &mut tree::Tree, raw: &RawDocument) {
    if tree.layers.is_empty() {
        tree.open_layer("main".to_owned(), LayerKind::Main);
    }
    if raw.running.is_empty() && !tree.waits() {
        return;
    }
    let first = match tree.layers[0].roots.first() {
        Some(&unit) => unit,
        None if tree.layers.len() == 1 => {
            let path = "main/¶1".to_owned();
            tree.push(tree::New { kind: UnitKind::Paragraph, label: "", parent: None, path, origin: Origin::default() })
        }
        None => 0,
    };
    let running = raw.running.iter().map(|note| super::Extra { anchor: 0, kind: note.kind, text: note.text.clone() });
    if let Some(unit) = tree.units.get_mut(first) {
        unit.extras.extend(running);
    }
}
