//! Marks of comments put into the XML of a part: runs are cut where a comment begins or ends inside them, nothing else of
//! the part changes.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::source::xml::{self, Listener, Space, Tag};

/// Attribute of a text element whose outer spaces count.
const KEEP_SPACES: &str = "xml:space=\"preserve\"";

/// What a comment is hung on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hook {
    /// Bytes of the part: from the first character to behind the last.
    Words(Range<usize>),
    /// The whole paragraph with this number.
    Paragraph(u32),
}

/// A part with marks put in.
pub(super) struct Marked {
    /// The new XML.
    pub xml: String,
    /// For each hook, `true` when it was found.
    pub found: Vec<bool>,
}

/// Puts the marks of comments (by id) on their hooks into a part; `declared` declares the prefix `w` where the part does not.
/// `None` when the XML is broken.
pub(super) fn mark(xml: &str, hooks: &[(u32, Hook)], declared: &str) -> Option<Marked> {
    let mut finder = Finder::new(xml, hooks);
    if !xml::walk(xml, &mut finder) {
        return None;
    }
    let mut edits: BTreeMap<(usize, Step), String> = BTreeMap::new();
    let mut found = Vec::with_capacity(hooks.len());
    let mut cuts: BTreeMap<usize, Cut> = BTreeMap::new();
    for (&(id, _), ends) in hooks.iter().zip(finder.ends) {
        let (Some(start), Some(end)) = (ends.0, ends.1) else {
            found.push(false);
            continue;
        };
        found.push(true);
        let closing = if start.at == end.at { Step::EndEmpty } else { Step::End };
        edits.entry((start.at, Step::Start)).or_default().push_str(&start_mark(id, declared));
        edits.entry((end.at, closing)).or_default().push_str(&end_mark(id, declared));
        for end in [start, end] {
            cuts.extend(end.cut.map(|cut| (end.at, cut)));
        }
    }
    for (at, cut) in cuts {
        edits.insert((at, Step::Close), cut.close(xml));
        edits.insert((at, Step::Open), cut.open(xml));
        // Spaces at the cut would be lost without the attribute.
        if let Some(tag) = cut.text.filter(|tag| !xml[tag.clone()].contains(KEEP_SPACES)) {
            edits.insert((tag.end - 1, Step::Start), format!(" {KEEP_SPACES}"));
        }
    }
    let mut out = String::with_capacity(xml.len() + edits.values().map(String::len).sum::<usize>());
    let mut from = 0;
    for ((at, _), words) in edits {
        out.push_str(&xml[from..at]);
        out.push_str(&words);
        from = at;
    }
    out.push_str(&xml[from..]);
    Some(Marked { xml: out, found })
}

/// What stands first where several things are put at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// The run before the cut is closed.
    Close,
    /// Comments that end here.
    End,
    /// Comments that begin here.
    Start,
    /// Comments on nothing.
    EndEmpty,
    /// The run goes on.
    Open,
}

fn start_mark(id: u32, declared: &str) -> String {
    format!("<w:commentRangeStart{declared} w:id=\"{id}\"/>")
}

fn end_mark(id: u32, declared: &str) -> String {
    format!("<w:commentRangeEnd{declared} w:id=\"{id}\"/><w:r{declared}><w:commentReference w:id=\"{id}\"/></w:r>")
}

/// A run that has to be cut in two.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cut {
    /// Its start tag.
    run: Range<usize>,
    /// Its properties; empty when it has none.
    props: Range<usize>,
    /// Start tag of the text element the cut goes through; `None` for a cut between two children of the run.
    text: Option<Range<usize>>,
}

impl Cut {
    fn close(&self, xml: &str) -> String {
        let text = self.text.clone().map_or_else(String::new, |tag| end_tag(&xml[tag]));
        text + &end_tag(&xml[self.run.clone()])
    }

    fn open(&self, xml: &str) -> String {
        let mut open = format!("{}{}", &xml[self.run.clone()], &xml[self.props.clone()]);
        if let Some(tag) = self.text.clone().map(|tag| &xml[tag]) {
            open.push_str(tag);
            if !tag.contains(KEEP_SPACES) {
                open.insert_str(open.len() - 1, &format!(" {KEEP_SPACES}"));
            }
        }
        open
    }
}

/// `<w:r w:rsidR="…">` → `</w:r>`.
fn end_tag(start: &str) -> String {
    let name = start.trim_start_matches('<');
    let name = &name[..name.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(name.len())];
    format!("</{name}>")
}

/// One end of a comment's range.
#[derive(Debug, Clone, PartialEq, Eq)]
struct End {
    at: usize,
    cut: Option<Cut>,
}

/// A wanted place inside text: its byte, the hook it is an end of, and which end.
#[derive(Debug, Clone, Copy)]
struct Point {
    at: usize,
    hook: usize,
    last: bool,
}

struct OpenParagraph {
    depth: usize,
    index: u32,
    tag: usize,
    content: usize,
}

struct OpenRun {
    depth: usize,
    tag: Range<usize>,
    props: Range<usize>,
    content: usize,
    text: Option<(usize, Range<usize>)>,
    /// Points in the open text element.
    points: Vec<Point>,
    /// Points of the text elements closed so far, and where the run would be cut for them.
    resolved: Vec<(Point, usize, Option<Range<usize>>)>,
}

struct Finder<'x> {
    xml: &'x str,
    here: Range<usize>,
    starts: std::iter::Peekable<std::vec::IntoIter<Point>>,
    lasts: std::iter::Peekable<std::vec::IntoIter<Point>>,
    /// Paragraph number → hooks on it.
    wanted: BTreeMap<u32, Vec<usize>>,
    count: u32,
    paragraphs: Vec<OpenParagraph>,
    runs: Vec<OpenRun>,
    props: Option<usize>,
    ends: Vec<(Option<End>, Option<End>)>,
}

impl<'x> Finder<'x> {
    fn new(xml: &'x str, hooks: &[(u32, Hook)]) -> Self {
        let (mut starts, mut lasts) = (Vec::new(), Vec::new());
        let mut wanted: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (hook, (_, on)) in hooks.iter().enumerate() {
            match on {
                Hook::Words(bytes) => {
                    starts.push(Point { at: bytes.start, hook, last: false });
                    lasts.push(Point { at: bytes.end, hook, last: true });
                }
                Hook::Paragraph(index) => wanted.entry(*index).or_default().push(hook),
            }
        }
        starts.sort_by_key(|point| point.at);
        lasts.sort_by_key(|point| point.at);
        Finder {
            xml,
            here: 0..0,
            starts: starts.into_iter().peekable(),
            lasts: lasts.into_iter().peekable(),
            wanted,
            count: 0,
            paragraphs: Vec::new(),
            runs: Vec::new(),
            props: None,
            ends: vec![(None, None); hooks.len()],
        }
    }

    fn set(&mut self, point: Point, end: End) {
        let slot = &mut self.ends[point.hook];
        if point.last {
            slot.1 = Some(end);
        } else {
            slot.0 = Some(end);
        }
    }

    fn end_text(&mut self) {
        let here = self.here.clone();
        let Some(run) = self.runs.last_mut() else { return };
        let Some((_, tag)) = run.text.take() else { return };
        for point in std::mem::take(&mut run.points) {
            let (at, cut) = match point.at {
                at if at == tag.end => (tag.start, None),
                at if at == here.start => (here.end, None),
                at => (at, Some(tag.clone())),
            };
            run.resolved.push((point, at, cut));
        }
    }

    fn end_run(&mut self) {
        let here = self.here.clone();
        let Some(run) = self.runs.pop() else { return };
        let blank = |bytes: Range<usize>| self.xml.get(bytes).is_some_and(|between| between.trim().is_empty());
        for (point, at, text) in run.resolved {
            let end = if blank(run.content..at) {
                End { at: run.tag.start, cut: None }
            } else if blank(at..here.start) {
                End { at: here.end, cut: None }
            } else {
                End { at, cut: Some(Cut { run: run.tag.clone(), props: run.props.clone(), text }) }
            };
            self.set(point, end);
        }
    }

    fn end_paragraph(&mut self) {
        let here = self.here.clone();
        let Some(paragraph) = self.paragraphs.pop() else { return };
        // An element without content has no room for marks.
        if here.start == paragraph.tag {
            return;
        }
        for hook in self.wanted.remove(&paragraph.index).unwrap_or_default() {
            let end = |at| Some(End { at, cut: None });
            self.ends[hook] = (end(paragraph.content), end(here.start));
        }
    }
}

impl Listener for Finder<'_> {
    fn at(&mut self, bytes: Range<usize>) {
        self.here = bytes;
    }

    fn start(&mut self, tag: &Tag<'_>, depth: usize) {
        if tag.space != Space::Word {
            return;
        }
        let here = self.here.clone();
        match tag.name {
            "p" => {
                let (index, content) = (self.count, here.end);
                self.paragraphs.push(OpenParagraph { depth, index, tag: here.start, content });
                self.count += 1;
            }
            "r" => self.runs.push(OpenRun {
                depth,
                props: here.end..here.end,
                content: here.end,
                tag: here,
                text: None,
                points: Vec::new(),
                resolved: Vec::new(),
            }),
            "rPr" => {
                if let Some(run) = self.runs.last_mut().filter(|run| run.depth + 1 == depth) {
                    run.props = here;
                    self.props = Some(depth);
                }
            }
            "t" => {
                if let Some(run) = self.runs.last_mut().filter(|run| run.depth + 1 == depth) {
                    run.text = Some((depth, here));
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, depth: usize) {
        if self.props == Some(depth) {
            self.props = None;
            if let Some(run) = self.runs.last_mut() {
                run.props.end = self.here.end;
                run.content = self.here.end;
            }
        } else if self.runs.last().is_some_and(|run| run.text.as_ref().is_some_and(|&(at, _)| at == depth)) {
            self.end_text();
        } else if self.runs.last().is_some_and(|run| run.depth == depth) {
            self.end_run();
        } else if self.paragraphs.last().is_some_and(|paragraph| paragraph.depth == depth) {
            self.end_paragraph();
        } else if let Some(paragraph) = self.paragraphs.last_mut().filter(|paragraph| paragraph.depth + 1 == depth) {
            // Properties come first and must stay there.
            let properties = self.xml[paragraph.content..self.here.start].trim_start();
            let name = properties.trim_start_matches('<').split(|c: char| c.is_whitespace() || c == '>').next();
            if name.is_some_and(|name| name == "pPr" || name.ends_with(":pPr")) {
                paragraph.content = self.here.end;
            }
        }
    }

    fn text(&mut self, _text: &str) {
        let here = self.here.clone();
        let in_text = self.runs.last().is_some_and(|run| run.text.is_some());
        while let Some(point) = self.starts.next_if(|point| point.at < here.end) {
            if let Some(run) = self.runs.last_mut().filter(|_| in_text && point.at >= here.start) {
                run.points.push(point);
            }
        }
        while let Some(point) = self.lasts.next_if(|point| point.at <= here.end) {
            if let Some(run) = self.runs.last_mut().filter(|_| in_text && point.at > here.start) {
                run.points.push(point);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    fn part(body: &str) -> String {
        format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>")
    }

    /// Marks the words and gives the new body.
    fn marked(body: &str, words: &str) -> String {
        let xml = part(body);
        let start = xml.find(words).unwrap();
        let hooks = [(7, Hook::Words(start..start + words.len()))];
        inside(&mark(&xml, &hooks, "").filter(|marked| marked.found == [true]).unwrap().xml)
    }

    fn inside(xml: &str) -> String {
        let (start, end) = (xml.find("<w:body>").unwrap() + 8, xml.find("</w:body>").unwrap());
        let marks = [
            ("<w:commentRangeStart w:id=\"7\"/>", "["),
            ("<w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r>", "]"),
        ];
        marks.iter().fold(xml[start..end].to_owned(), |body, (mark, sign)| body.replace(mark, sign))
    }

    #[test]
    fn a_run_is_cut_only_inside_its_words() {
        let p = |inside: &str| format!("<w:p>{inside}</w:p>");
        assert_eq!(marked(&p("<w:r><w:t>một</w:t></w:r>"), "một"), p("[<w:r><w:t>một</w:t></w:r>]"));
        let run = "<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t>một hai ba</w:t></w:r>";
        let open = "<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">";
        assert_eq!(
            marked(&p(run), "hai"),
            p(&format!("{open}một </w:t></w:r>[{open}hai</w:t></w:r>]{open} ba</w:t></w:r>"))
        );
        assert_eq!(marked(&p(run), "một"), p(&format!("[{open}một</w:t></w:r>]{open} hai ba</w:t></w:r>")));
    }

    #[test]
    fn other_children_of_a_run_keep_their_place() {
        let run = "<w:r><w:t>một</w:t><w:tab/><w:t>hai</w:t><w:br/></w:r>";
        let expected = "<w:r><w:t>một</w:t><w:tab/></w:r>[<w:r><w:t>hai</w:t></w:r>]<w:r><w:br/></w:r>";
        assert_eq!(marked(run, "hai"), expected);
    }

    #[test]
    fn a_range_may_go_over_runs_entities_and_hyperlinks() {
        let body = "<w:r><w:t>A &amp; B</w:t></w:r><w:hyperlink r:id=\"x\"><w:r><w:t>C</w:t></w:r></w:hyperlink>";
        let xml = part(body);
        let start = xml.find("&amp;").unwrap();
        let end = xml.find(">C<").unwrap() + 2;
        let marked = mark(&xml, &[(7, Hook::Words(start..end))], "").unwrap();
        assert_eq!(marked.found, [true]);
        let keep = "<w:r><w:t xml:space=\"preserve\">";
        assert_eq!(
            inside(&marked.xml),
            format!(
                "{keep}A </w:t></w:r>[{keep}&amp; B</w:t></w:r><w:hyperlink r:id=\"x\"><w:r><w:t>C</w:t></w:r>]</w:hyperlink>"
            )
        );
    }

    #[test]
    fn comments_may_touch_and_overlap() {
        let xml = part("<w:r><w:t>một hai ba</w:t></w:r>");
        let at = xml.find("một").unwrap();
        let len = "một hai".len();
        let hooks =
            [(1, Hook::Words(at..at + len)), (2, Hook::Words(at..at + len)), (3, Hook::Words(at + len..at + len + 3))];
        let marked = mark(&xml, &hooks, "").unwrap();
        assert_eq!(marked.found, [true; 3]);
        let mut depth = 0;
        for (sign, step) in [("<w:r>", 1), ("</w:r>", -1)] {
            depth += step * marked.xml.matches(sign).count() as i32;
        }
        assert_eq!(depth, 0);
        assert!(xml::walk(&marked.xml, &mut Finder::new("", &[])));
    }

    #[test]
    fn a_paragraph_is_marked_behind_its_properties() {
        let xml = part("<w:p/><w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr><w:r><w:t>một</w:t></w:r></w:p>");
        let hooks = [(7, Hook::Paragraph(1)), (8, Hook::Paragraph(0)), (9, Hook::Paragraph(5))];
        let marked = mark(&xml, &hooks, "").unwrap();
        assert_eq!(marked.found, [true, false, false]);
        assert_eq!(
            inside(&marked.xml),
            "<w:p/><w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr>[<w:r><w:t>một</w:t></w:r>]</w:p>"
        );
    }
}
