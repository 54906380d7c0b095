//! Which part of which layer each line belongs to: head, grounds, body, recipients, signature, titles of attachments and
//! appendices.

use super::cue::{self, AppendixWord};
use super::lines::{Frame, Line};
use super::marker::{Marker, Shape};
use crate::document::LayerKind;
use crate::text::number::{Step, letter_step};

/// The part of its layer a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// Header and title of the main instrument.
    Head,
    /// Grounds, up to the enacting word.
    Basis,
    /// Numbered text, paragraphs, tables.
    Body,
    /// Title of an attachment or appendix.
    Title,
    /// "(Ban hành kèm theo …)".
    IssuedWith,
    /// Nơi nhận.
    Recipients,
    /// Signature block.
    Signature,
}

/// A layer and where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct LayerStart {
    /// First line.
    pub line: usize,
    /// What it is.
    pub kind: LayerKind,
    /// Bytes of the first line that are its label ("PHỤ LỤC I"); 0 for none.
    pub label: usize,
    /// What opened it, for appendices.
    pub word: Option<AppendixWord>,
}

/// The plan of a document.
pub(super) struct Sections {
    /// Zone of each line.
    pub zones: Vec<Zone>,
    /// Layers in order; the first is the main instrument.
    pub starts: Vec<LayerStart>,
}

/// Lines to look ahead from a title for "(Ban hành kèm theo …)".
const TITLE_REACH: usize = 8;
/// Rows of a table that may stand between the head and the grounds.
const HEAD_ROWS: usize = 12;
/// Lines on either side of a signature within which numbering that goes on shows it to be a specimen.
const SPECIMEN_REACH: usize = 40;
/// A main text longer than this many lines before any ground or number has no head of that length.
const HEAD_REACH: usize = 60;

/// Plans the document.
pub(super) fn plan(lines: &[Line<'_>]) -> Sections {
    let start = LayerStart { line: 0, kind: LayerKind::Main, label: 0, word: None };
    let mut walk = Walk {
        lines,
        zones: vec![Zone::Body; lines.len()],
        starts: vec![start],
        signed: false,
        last_article: 0,
        titles: 0,
        bracket: false,
        next_articles: next_articles(lines),
    };
    let head = head_end(lines);
    walk.zones[..head].fill(Zone::Head);
    let body = walk.grounds(head);
    walk.rest(body);
    Sections { zones: walk.zones, starts: walk.starts }
}

/// The number of the first article after each line, quotations and tables left out; 0 where none follows.
fn next_articles(lines: &[Line<'_>]) -> Vec<u32> {
    let mut next = vec![0; lines.len()];
    let mut number = 0;
    for (at, line) in lines.iter().enumerate().rev() {
        next[at] = number;
        let own = line.quote == 0 && line.row.is_none() && line.frame == Frame::Body;
        let heading = line.marker.filter(|m| own && m.shape == Shape::Article && !m.quoted);
        if let Some(heading) = heading.filter(|m| m.follow != super::marker::Follow::Small) {
            number = heading.number.value;
        }
    }
    next
}

/// A number that opens numbered text when nothing was numbered before.
fn opens_numbering(line: &Line<'_>) -> bool {
    let Some(marker) = line.marker.filter(|m| !m.quoted) else { return false };
    match marker.shape {
        Shape::Dash(_) | Shape::Capital(_) | Shape::SmallRoman => false,
        Shape::Article => marker.follow != super::marker::Follow::Small,
        Shape::Part | Shape::Chapter | Shape::Section | Shape::Subsection => true,
        Shape::Roman | Shape::Arabic => marker.number.value == 1 && marker.depth() == 1 && !marker.is_bare(),
        Shape::Letter(letter) => letter == 'a' && line.label.is_none(),
    }
}

/// First line that is no longer header or title.
fn head_end(lines: &[Line<'_>]) -> usize {
    let mut prose = None;
    for (at, line) in lines.iter().enumerate() {
        if line.frame == Frame::Header {
            continue;
        }
        if line.row.is_some()
            || cue::opens_basis(line.text)
            || opens_numbering(line)
            || cue::is_enacting_with_sign(line.text)
        {
            // A sentence before the grounds still belongs to the head unless it is far from them.
            return match prose {
                Some(early) if at - early > 3 || !cue::opens_basis(line.text) => early,
                _ => at,
            };
        }
        if cue::starts_with_any(line.text, &["kính gửi"]) {
            return prose.unwrap_or(at);
        }
        if prose.is_none() && is_prose(line) {
            prose = Some(at);
        }
        if at > HEAD_REACH {
            return prose.unwrap_or(at);
        }
    }
    prose.unwrap_or(lines.len().min(HEAD_REACH))
}

/// A sentence of running text rather than a line of a title.
fn is_prose(line: &Line<'_>) -> bool {
    let text = line.text;
    let dash = line.marker.is_some_and(|m| matches!(m.shape, Shape::Dash(_)));
    text.len() > 80
        && text.ends_with(['.', ';', ':', '/'])
        && !cue::is_caps(text)
        && !cue::is_motto(text)
        && !line.look.centered
        || text.len() > 400 && !cue::is_caps(text) && !line.look.centered
        || dash && text.len() > 60
}

struct Walk<'l, 'a> {
    lines: &'l [Line<'a>],
    zones: Vec<Zone>,
    starts: Vec<LayerStart>,
    /// The main instrument's signature or Nơi nhận has been passed.
    signed: bool,
    last_article: u32,
    /// Title lines of the present layer so far.
    titles: usize,
    /// Inside the brackets of "(Ban hành kèm theo …".
    bracket: bool,
    /// Number of the first article after each line; 0 for none.
    next_articles: Vec<u32>,
}

impl Walk<'_, '_> {
    /// Marks the grounds that begin at `from`; gives the first line of the body.
    fn grounds(&mut self, from: usize) -> usize {
        let lines = self.lines;
        let mut grounded = false;
        let first_number = (from..lines.len()).find(|&at| {
            grounded |= cue::opens_basis(lines[at].text);
            // The rows of a table before the grounds are still paper of the head.
            opens_numbering(&lines[at]) || lines[at].row.is_some() && (grounded || at > from + HEAD_ROWS)
        });
        let stop = first_number.unwrap_or(lines.len());
        // Everything up to the enacting word, or to the number that opens the text.
        let enacting =
            (from..stop).rev().find(|&at| cue::is_enacting(lines[at].text) || ends_in_enacting(lines[at].text));
        let Some(mut first) = (from..stop).find(|&at| cue::is_basis(lines[at].text)) else {
            if let Some(word) = enacting.filter(|&at| cue::is_enacting(lines[at].text)) {
                self.zones[word] = Zone::Basis;
            }
            return from;
        };
        while first > 0 && cue::opens_basis(lines[first].text) && cue::is_order_ground(lines[first - 1].text) {
            first -= 1;
        }
        // "Trên cơ sở …" amid the sentences of a letter is no ground.
        let opens = cue::opens_basis(lines[first].text) || cue::is_order_ground(lines[first].text);
        if enacting.is_none() && first > from && !opens {
            return from;
        }
        let end = match (enacting, first_number) {
            (Some(word), _) if word >= first => word + 1,
            (_, Some(number)) if lines[number].article().is_some() && self.grounds_reach(first, number) => number,
            _ => {
                // A plan or a letter: only the lines that state grounds, and the sentence that leads to the text.
                let mut end = first;
                while end < stop
                    && (cue::is_basis(lines[end].text) || cue::is_order_ground(lines[end].text) || lines[end].continued)
                {
                    end += 1;
                }
                if end < stop && lines[end].text.ends_with(':') && first_number == Some(end + 1) {
                    end += 1;
                }
                end
            }
        };
        self.zones[first..end].fill(Zone::Basis);
        end
    }

    /// The lines between the last ground and the number at `number` are few: an enacting sentence, not a text.
    fn grounds_reach(&self, first: usize, number: usize) -> bool {
        let last = (first..number).rev().find(|&at| cue::is_basis(self.lines[at].text)).unwrap_or(first);
        number - last <= 6
    }

    fn rest(&mut self, from: usize) {
        let mut zone = Zone::Body;
        for at in from..self.lines.len() {
            let line = &self.lines[at];
            if self.zones[at] == Zone::Basis {
                continue;
            }
            if let Some(start) = self.layer_start(at, zone) {
                self.open(start);
                zone = Zone::Title;
                if cue::is_issued_with(line.text) {
                    self.zones[at] = self.issued_with(line.text);
                } else {
                    self.zones[at] = Zone::Title;
                    self.titles = 1;
                }
                continue;
            }
            if self.restarts(at, zone) {
                zone = Zone::Body;
                let title = self.untitled_start(at);
                self.open(LayerStart { line: title, kind: LayerKind::Attached, label: 0, word: None });
                for before in title..at {
                    let issued = cue::is_issued_with(self.lines[before].text);
                    self.zones[before] = if issued { Zone::IssuedWith } else { Zone::Title };
                }
            }
            if zone == Zone::Title {
                if let Some(place) = self.title_zone(line) {
                    self.zones[at] = place;
                    continue;
                }
                zone = Zone::Body;
            }
            zone = self.body_zone(at, zone);
            self.zones[at] = zone;
            if let Some(number) = line.article().filter(|_| line.quote == 0 && zone == Zone::Body) {
                self.last_article = self.last_article.max(number.value);
            }
        }
    }

    fn open(&mut self, start: LayerStart) {
        self.starts.push(start);
        self.last_article = 0;
        self.titles = 0;
        self.bracket = false;
    }

    fn in_appendix(&self) -> bool {
        self.starts.last().is_some_and(|start| start.kind == LayerKind::Appendix)
    }

    /// Zone of a line in the body or after it.
    fn body_zone(&mut self, at: usize, zone: Zone) -> Zone {
        let line = &self.lines[at];
        if line.quote != 0 {
            return Zone::Body;
        }
        let closing = match line.frame {
            Frame::Recipients => Some(Zone::Recipients),
            Frame::Signature => Some(Zone::Signature),
            _ if line.row.is_some() || self.in_appendix() => None,
            _ if cue::is_recipients(line.text) => Some(Zone::Recipients),
            _ if cue::is_signer_line(line.text) => Some(Zone::Signature),
            _ => None,
        };
        if let Some(zone) = closing.filter(|_| !self.goes_on(at)) {
            self.signed |= self.starts.len() == 1;
            return zone;
        }
        match zone {
            Zone::Recipients | Zone::Signature if self.in_appendix() && line.frame == Frame::Body => Zone::Body,
            Zone::Recipients | Zone::Signature if line.row.is_some() => Zone::Body,
            Zone::Recipients | Zone::Signature => {
                let numbered = line.marker.is_some_and(|m| matches!(m.shape, Shape::Article) || m.is_division());
                let next = line.article().is_some_and(|n| n.value > self.last_article);
                let prose = zone == Zone::Signature && line.text.len() > 160;
                if numbered && next || prose { Zone::Body } else { zone }
            }
            _ => Zone::Body,
        }
    }

    /// The text goes on where it was numbered last: what looks like a signature at `at` is a specimen within an article.
    fn goes_on(&self, at: usize) -> bool {
        let first = self.starts.last().map_or(0, |start| start.line);
        let body = |line: &&Line<'_>| line.frame == Frame::Body && line.row.is_none() && line.quote == 0;
        let number = |line: &Line<'_>| line.marker.filter(|m| !m.quoted && !m.is_bare() && m.depth() == 1);
        let (mut letter, mut clause) = (None, None);
        for line in self.lines[first..at].iter().rev().take(SPECIMEN_REACH).filter(body) {
            match number(line).map(|m| (m.shape, m.number)) {
                Some((Shape::Letter(last), _)) => letter = letter.or(Some(last)),
                Some((Shape::Arabic, last)) => clause = Some(last),
                Some((Shape::Article, _)) => break,
                _ => {}
            }
            if clause.is_some() {
                break;
            }
        }
        let after = self.lines[at + 1..].iter().take(SPECIMEN_REACH).take_while(|line| {
            line.frame != Frame::Header && cue::appendix_label(line.text).is_none() && !cue::is_issued_with(line.text)
        });
        let listed = |m: &Marker| matches!(m.shape, Shape::Letter(_) | Shape::Arabic);
        let next = after.filter(body).filter_map(number).find(listed);
        next.is_some_and(|next| match next.shape {
            Shape::Letter(to) => letter.is_some_and(|last| letter_step(last, to).0 == Step::Next),
            _ => clause.is_some_and(|last| next.number.step_from(last) == Step::Next),
        })
    }

    /// Zone of a line after a layer's title has begun, or `None` when the text begins.
    fn title_zone(&mut self, line: &Line<'_>) -> Option<Zone> {
        if line.row.is_some() || matches!(line.frame, Frame::Recipients | Frame::Signature) {
            return None;
        }
        if self.bracket || cue::is_issued_with(line.text) {
            return Some(self.issued_with(line.text));
        }
        if line.frame == Frame::Header {
            return Some(Zone::Title);
        }
        let text = line.text;
        let numbered = line.marker.is_some() && !cue::is_rule(text);
        let like_title = cue::is_rule(text)
            || cue::is_caps(text) && text.len() < 400
            || line.look.centered && text.len() < 300
            || (line.look.bold || self.titles == 1 && text.len() < 200)
                && !text.ends_with(['.', ';', ':'])
                && text.len() < 300;
        if numbered || cue::is_basis(text) || !like_title || self.titles > 12 {
            return None;
        }
        self.titles += 1;
        Some(Zone::Title)
    }

    /// Follows the brackets of "(Ban hành kèm theo …" over several lines.
    fn issued_with(&mut self, text: &str) -> Zone {
        let opened = self.bracket || text.starts_with(['(', '[']);
        self.bracket = opened && !text.contains([')', ']']);
        Zone::IssuedWith
    }

    /// Whether a layer begins at line `at`.
    fn layer_start(&self, at: usize, zone: Zone) -> Option<LayerStart> {
        let line = &self.lines[at];
        if line.quote != 0 || line.row.is_some() || line.text.len() > if cue::is_caps(line.text) { 700 } else { 400 } {
            return None;
        }
        if !matches!(line.frame, Frame::Body | Frame::Header) {
            return None;
        }
        self.appendix_start(at, zone).or_else(|| self.attached_start(at, zone))
    }

    fn appendix_start(&self, at: usize, zone: Zone) -> Option<LayerStart> {
        let line = &self.lines[at];
        if line.label.is_some() {
            return None;
        }
        let text = line.text;
        let (word, label) = cue::appendix_label(text)?;
        // Before the signature, the articles go on after it: a form shown in their midst.
        if !self.signed
            && self.starts.len() == 1
            && self.last_article > 1
            && self.next_articles[at] == self.last_article + 1
        {
            return None;
        }
        let rest = text[label..].trim_start_matches(['.', ':', '-', '–', ' ', '\u{a0}', '\t', ',']);
        let first = rest.chars().next();
        let caps = cue::is_caps(text);
        let title = match first {
            None => true,
            Some('(' | '[' | '“' | '"') => text.ends_with([')', ']', '”', '"']) || text.len() < 160,
            Some(c) => c.is_uppercase() && !text.ends_with(['.', ';']) && text.len() < 300,
        };
        let issued = cue::is_issued_with(rest)
            && !text.ends_with(['.', ';'])
            && (word == AppendixWord::PhuLuc
                || word == AppendixWord::Mau && (zone != Zone::Body || self.in_appendix()));
        if !title && !issued {
            return None;
        }
        let next = self.lines.get(at + 1);
        // A list of appendices is no appendix.
        let same_word = |other: &Line<'_>| cue::appendix_label(other.text).is_some_and(|(w, _)| w == word);
        if word != AppendixWord::DanhMuc
            && first.is_some()
            && next.is_some_and(|n| same_word(n) && n.text.len() > label + 4)
        {
            return None;
        }
        let nested = self.in_appendix() && self.starts.last().is_some_and(|s| s.word == Some(AppendixWord::PhuLuc));
        let fresh = match word {
            AppendixWord::PhuLuc => self.signed || self.in_appendix() || (caps && zone == Zone::Body),
            AppendixWord::Mau => {
                !nested
                    && (self.signed || self.in_appendix())
                    && (first.is_none() || caps || line.look.bold || zone != Zone::Title)
            }
            AppendixWord::DanhMuc => {
                caps && zone != Zone::Title
                    && self.signed
                    && (zone != Zone::Body || self.issued_near(at))
                    && (!nested || self.issued_near(at))
            }
        };
        // A second "PHỤ LỤC" within the same title is its title.
        let again = zone == Zone::Title && self.in_appendix() && (word != AppendixWord::PhuLuc || self.titles == 0);
        (fresh && !again).then_some(LayerStart {
            line: at,
            kind: LayerKind::Appendix,
            label: if word == AppendixWord::DanhMuc { 0 } else { label },
            word: Some(word),
        })
    }

    fn attached_start(&self, at: usize, zone: Zone) -> Option<LayerStart> {
        let in_form = self.starts.last().is_some_and(|s| s.word == Some(AppendixWord::Mau));
        if zone == Zone::Title || in_form || self.in_appendix() && !self.issued_near(at) {
            return None;
        }
        let line = &self.lines[at];
        let text = line.text;
        let start = LayerStart { line: at, kind: LayerKind::Attached, label: 0, word: None };
        let numbered = line.marker.is_some();
        if let Some(read) = cue::attached_kind(text) {
            let caps =
                cue::is_caps(&text[..read]) && (cue::is_caps(text) || text.len() == read || self.issued_near(at));
            let alone = text.len() == read && (line.look.centered || line.look.bold || self.issued_near(at));
            let after_signature = self.signed && zone != Zone::Body;
            let named = after_signature && !self.in_appendix() && line.frame == Frame::Body && self.issued_near(at);
            if !numbered && (caps || alone || named) && (after_signature || self.issued_near(at)) {
                return Some(start);
            }
        }
        // "DANH SÁCH … (Kèm theo Quyết định số …)" without the word Phụ lục.
        let signed = self.signed && !self.in_appendix() && line.frame == Frame::Body && zone != Zone::Body;
        let name = at > 0 && cue::is_signer_line(self.lines[at - 1].text);
        if signed
            && !name
            && cue::is_caps(text)
            && !cue::is_signer_line(text)
            && !cue::is_motto(text)
            && self.issued_near(at)
        {
            return Some(LayerStart { kind: LayerKind::Appendix, word: Some(AppendixWord::DanhMuc), ..start });
        }
        // The line that names the instrument, or a second Quốc hiệu, stands before the title.
        let before_title = cue::is_issued_with(text) && text.starts_with('(')
            || line.frame == Frame::Header
            || cue::is_motto(text) && cue::is_caps(text);
        if before_title && self.signed && zone != Zone::Body {
            let near = self.lines[at + 1..].iter().take(12);
            for next in near {
                if cue::attached_kind(next.text).is_some_and(|read| cue::is_caps(&next.text[..read])) {
                    return Some(start);
                }
                if cue::appendix_label(next.text).is_some() {
                    let word = cue::appendix_label(next.text).map(|(word, _)| word);
                    return Some(LayerStart { kind: LayerKind::Appendix, word, ..start });
                }
                if opens_numbering(next) {
                    break;
                }
            }
            if line.frame == Frame::Header && zone == Zone::Signature && cue::is_motto_or_issuer(text) {
                return Some(LayerStart { kind: LayerKind::Appendix, word: Some(AppendixWord::Mau), ..start });
            }
        }
        None
    }

    /// "(Ban hành kèm theo …)" stands within reach of the title at `at`, before any number.
    fn issued_near(&self, at: usize) -> bool {
        for line in self.lines[at..].iter().take(TITLE_REACH) {
            if cue::is_issued_with(line.text) {
                // Blanks to be filled in: the line is part of a form.
                return !(line.text.contains('…') || line.text.contains("...."));
            }
            if line.row.is_some() || line.article().is_some() {
                break;
            }
        }
        at > 0 && cue::is_issued_with(self.lines[at - 1].text)
    }

    /// Điều 1 (or Chương I) again after the main text: an attachment whose title was not recognised.
    fn restarts(&self, at: usize, zone: Zone) -> bool {
        let line = &self.lines[at];
        let Some(marker) = line.marker.filter(|m| !m.quoted && line.quote == 0 && line.row.is_none()) else {
            return false;
        };
        let first = marker.number.value == 1 && marker.number.suffix == 0;
        let opens = matches!(marker.shape, Shape::Article)
            || matches!(marker.shape, Shape::Chapter | Shape::Part) && zone != Zone::Body && self.signed;
        if !first || !opens || self.last_article == 0 || self.in_appendix() || zone == Zone::Title {
            return false;
        }
        zone != Zone::Body || self.signed && self.starts.len() == 1 || self.last_article >= 2
    }

    /// First of the lines before `at` that look like a title and were taken for the end of a signature.
    fn untitled_start(&self, at: usize) -> usize {
        let title = |line: &Line<'_>| {
            let text = line.text;
            let shape = cue::is_caps(text) || cue::is_issued_with(text) || line.look.centered && text.len() > 20;
            shape && line.frame == Frame::Body && !cue::is_signer_line(text) && line.row.is_none()
        };
        let after_signature = |at: usize| matches!(self.zones[at], Zone::Signature | Zone::Recipients);
        let mut from = at;
        while from > 0 && after_signature(from - 1) && title(&self.lines[from - 1]) {
            from -= 1;
        }
        from
    }
}

/// "… ban hành Thông tư quy định …" or "… quyết định:" at the end of the sentence that enacts.
fn ends_in_enacting(text: &str) -> bool {
    let enacts =
        ["ban hành", "quyết định", "quyết nghị", "chỉ thị", "yêu cầu", "như sau"].iter().any(|w| cue::has(text, w));
    enacts && !cue::is_basis(text) && text.ends_with([':', '.']) && text.len() < 600
}
