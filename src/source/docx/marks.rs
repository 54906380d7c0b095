//! Marks of comments put into the XML of a part: runs are cut where a comment begins or ends inside them, nothing else of
//! the part changes.

use std::collections::BTreeMap;
use std::ops::Range;

use super::proposed::{Cover, Plan};
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
    /// For each comment, `true` when its hook was found.
    pub found: Vec<bool>,
    /// For each change, `true` when it was made.
    pub changed: Vec<bool>,
}

/// What is put into a part.
pub(super) struct Wanted<'w> {
    /// Comments: id and hook.
    pub comments: &'w [(u32, Hook)],
    /// Proposed changes: bytes of the old words, and the new words as XML text.
    pub changes: &'w [(Range<usize>, String)],
    /// Attributes of changes but the id: author and time.
    pub signed: &'w str,
    /// Id of the first change.
    pub first_change: u32,
    /// Declares the prefix `w` where the part does not; else empty.
    pub declared: &'w str,
}

/// Puts comments and proposed changes into a part. `None` when the XML is broken.
pub(super) fn mark(xml: &str, wanted: &Wanted<'_>) -> Option<Marked> {
    let mut finder = Finder::new(xml, wanted);
    if !xml::walk(xml, &mut finder) {
        return None;
    }
    let mut edits = Edits::new();
    let mut cuts: BTreeMap<usize, Cut> = BTreeMap::new();
    let mut cut = |end: &End| cuts.extend(end.cut.clone().map(|cut| (end.at, cut)));
    let (ends, proposed) = finder.ends.split_at(wanted.comments.len());
    let mut found = Vec::with_capacity(ends.len());
    let mut borders = Vec::new();
    for (&(id, _), ends) in wanted.comments.iter().zip(ends) {
        found.push(ends.0.is_some() && ends.1.is_some());
        let (Some(start), Some(end)) = ends else { continue };
        let closing = if start.at == end.at { Step::EndEmpty } else { Step::End };
        edits.entry((start.at, Step::Start)).or_default().push_str(&start_mark(id, wanted.declared));
        edits.entry((end.at, closing)).or_default().push_str(&end_mark(id, wanted.declared));
        borders.extend([start.at, end.at]);
        [start, end].into_iter().for_each(&mut cut);
    }
    let mut plans = Vec::new();
    let mut changed = Vec::with_capacity(proposed.len());
    for (((words, new), ends), covers) in wanted.changes.iter().zip(proposed).zip(&finder.covers) {
        let plan = ends.0.clone().zip(ends.1.clone()).and_then(|(start, end)| Plan::of(words, new, start, end, covers));
        let plan = plan.filter(|plan| plan.is_clear_of(&borders, &plans));
        changed.push(plan.is_some());
        plans.extend(plan);
    }
    let mut id = wanted.first_change;
    for plan in &plans {
        [&plan.start, &plan.end].into_iter().for_each(&mut cut);
        id = plan.write(xml, wanted, id, &mut edits);
    }
    for (at, cut) in cuts {
        let deleted = |step: fn(&Plan) -> usize| plans.iter().any(|plan| step(plan) == at);
        edits.insert((at, Step::Close), cut.close(xml, deleted(|plan| plan.end.at)));
        edits.insert((at, Step::Open), cut.open(xml, deleted(|plan| plan.start.at)));
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
    Some(Marked { xml: out, found, changed })
}

/// What is put where into the part.
pub(super) type Edits = BTreeMap<(usize, Step), String>;

/// What stands first where several things are put at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// The run before the cut is closed.
    Close,
    /// Words proposed to be deleted end here.
    Deleted,
    /// Words proposed to be put here.
    Inserted,
    /// Comments that end here.
    End,
    /// Comments that begin here.
    Start,
    /// Words proposed to be deleted begin here.
    Delete,
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
pub(super) struct Cut {
    /// Its start tag.
    run: Range<usize>,
    /// Its properties; empty when it has none.
    props: Range<usize>,
    /// Start tag of the text element the cut goes through; `None` for a cut between two children of the run.
    text: Option<Range<usize>>,
}

impl Cut {
    /// Ends the run; what stands before is deleted or not.
    fn close(&self, xml: &str, deleted: bool) -> String {
        let text = self.text.clone().map_or_else(String::new, |tag| end_tag(&xml[tag]));
        let text = if deleted && !text.is_empty() { as_deleted(&text) } else { text };
        text + &end_tag(&xml[self.run.clone()])
    }

    /// Begins the run again; what follows is deleted or not.
    fn open(&self, xml: &str, deleted: bool) -> String {
        let mut open = format!("{}{}", &xml[self.run.clone()], &xml[self.props.clone()]);
        if let Some(tag) = self.text.clone().map(|tag| &xml[tag]) {
            open.push_str(&if deleted { as_deleted(tag) } else { tag.to_owned() });
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

/// `<w:t>` → `<w:delText>`, also of the end tag.
fn as_deleted(tag: &str) -> String {
    let mut tag = tag.to_owned();
    tag.insert_str(local_name(&tag), DELETED);
    tag
}

/// What makes `t` the name of deleted text when it stands before it.
pub(super) const DELETED: &str = "delTex";

/// Byte of a tag where its name without prefix begins.
pub(super) fn local_name(tag: &str) -> usize {
    let start = if tag.starts_with("</") { 2 } else { 1 };
    let name = &tag[start..tag.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(tag.len())];
    start + name.find(':').map_or(0, |colon| colon + 1)
}

/// One end of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct End {
    pub at: usize,
    pub cut: Option<Cut>,
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
    /// Change whose words stand in a text element closed so far; its start tag, its text, the end of its end tag.
    covered: Vec<(usize, Range<usize>, Range<usize>, usize)>,
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
    /// Start of each open element, and whether it is a tracked change.
    open: Vec<(usize, bool)>,
    /// Words of the changes, and the runs that hold them.
    changes: Vec<Range<usize>>,
    covers: Vec<Vec<Cover>>,
}

impl<'x> Finder<'x> {
    fn new(xml: &'x str, wanted: &Wanted<'_>) -> Self {
        let (mut starts, mut lasts) = (Vec::new(), Vec::new());
        let mut on_paragraphs: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut words = |hook: usize, bytes: &Range<usize>| {
            starts.push(Point { at: bytes.start, hook, last: false });
            lasts.push(Point { at: bytes.end, hook, last: true });
        };
        for (hook, (_, on)) in wanted.comments.iter().enumerate() {
            match on {
                Hook::Words(bytes) => words(hook, bytes),
                Hook::Paragraph(index) => on_paragraphs.entry(*index).or_default().push(hook),
            }
        }
        let changes: Vec<Range<usize>> = wanted.changes.iter().map(|(bytes, _)| bytes.clone()).collect();
        for (hook, bytes) in (wanted.comments.len()..).zip(&changes) {
            words(hook, bytes);
        }
        starts.sort_by_key(|point| point.at);
        lasts.sort_by_key(|point| point.at);
        Finder {
            xml,
            here: 0..0,
            starts: starts.into_iter().peekable(),
            lasts: lasts.into_iter().peekable(),
            wanted: on_paragraphs,
            count: 0,
            paragraphs: Vec::new(),
            runs: Vec::new(),
            props: None,
            ends: vec![(None, None); wanted.comments.len() + changes.len()],
            open: Vec::new(),
            covers: vec![Vec::new(); changes.len()],
            changes,
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
        let text = tag.end..here.start;
        for (at, words) in self.changes.iter().enumerate() {
            if words.start < text.end && text.start < words.end {
                run.covered.push((at, tag.clone(), text.clone(), here.end));
            }
        }
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
        let parent = run.depth.checked_sub(2).and_then(|at| self.open.get(at)).map_or(0, |&(start, _)| start);
        let tracked = self.open.iter().any(|&(_, tracked)| tracked);
        for (change, tag, text, behind) in run.covered {
            self.covers[change].push(Cover {
                run: run.tag.start..here.end,
                props: run.props.clone(),
                first: blank(run.content..tag.start),
                last: blank(behind..here.start),
                tag,
                text,
                parent,
                tracked,
            });
        }
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
        let here = self.here.clone();
        let is_word = tag.space == Space::Word;
        self.open.truncate(depth - 1);
        self.open.push((here.start, is_word && matches!(tag.name, "ins" | "del" | "moveFrom" | "moveTo")));
        if !is_word {
            return;
        }
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
                covered: Vec::new(),
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
mod tests;
