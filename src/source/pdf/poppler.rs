//! A second opinion from poppler, where it is installed: the same words with their places, in XHTML.

use std::io::Write;
use std::process::Command;

use super::page::{Page, Run, Scene};
use crate::source::compose::text::RunLook;
use crate::source::outside;

/// Reads a file with `pdftotext -bbox`; `None` when there is no such program or it fails.
pub fn scene(bytes: &[u8]) -> Option<Scene> {
    let program = outside::find(&["pdftotext"], &["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"])?;
    let mut file = tempfile::NamedTempFile::new().ok()?;
    file.write_all(bytes).ok()?;
    let output = outside::run(Command::new(program).arg("-bbox").arg(file.path()).arg("-"))?;
    Some(parse(&String::from_utf8_lossy(&output)))
}

/// Reads `<page width height>` and `<word xMin yMin xMax yMax>`.
fn parse(xhtml: &str) -> Scene {
    let mut scene = Scene { fonts: vec![RunLook::default()], ..Scene::default() };
    for line in xhtml.lines() {
        let line = line.trim();
        if line.starts_with("<page ") {
            let number = |name| attribute(line, name).unwrap_or_default();
            scene.pages.push(Page { width: number("width"), height: number("height"), ..Page::default() });
        } else if let (true, Some(page)) = (line.starts_with("<word "), scene.pages.last_mut()) {
            page.runs.extend(word(line));
        }
    }
    for page in &mut scene.pages {
        page.characters = page.runs.iter().map(|run| run.text.chars().count()).sum();
    }
    scene
}

fn word(line: &str) -> Option<Run> {
    let (_, rest) = line.split_once('>')?;
    let text = rest.strip_suffix("</word>")?;
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let (x0, x1) = (attribute(line, "xMin")?, attribute(line, "xMax")?);
    let (top, bottom) = (attribute(line, "yMin")?, attribute(line, "yMax")?);
    // The box reaches from the ascent to the descent of the font: about nine tenths and two tenths of its size.
    let size = (bottom - top) / 1.1;
    Some(Run { text, x0, x1, y: bottom - 0.2 * size, size, font: 0, turns: 0, stamp: false })
}

fn attribute(line: &str, name: &str) -> Option<f64> {
    let (_, rest) = line.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()?.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_with_their_places() {
        let scene = parse(
            "<doc>\n  <page width=\"595.0\" height=\"842.0\">\n    \
             <word xMin=\"90.0\" yMin=\"89.0\" xMax=\"120.0\" yMax=\"100.0\">A&amp;B</word>\n  </page>\n</doc>",
        );
        let run = &scene.pages[0].runs[0];
        assert_eq!((run.text.as_str(), run.x0, run.x1, run.y, run.size), ("A&B", 90.0, 120.0, 98.0, 10.0));
    }
}
