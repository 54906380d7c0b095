//! One text of commands → its acts, with what each acts on.

use std::ops::Range;

use super::complete::complete;
use super::form;
use super::words::{self, Word};
use super::{OperationKind, Part};
use crate::document::Mention;
use crate::document::mention;
use crate::document::provision::{self, Provision, Rank};
use crate::text::cursor::{match_phrase, starts_word};
use crate::text::letter::is_letter_or_digit;

/// One act as a text says it.
#[derive(Debug, Clone, Default)]
pub(super) struct Command {
    pub kind: OperationKind,
    pub provisions: Vec<Provision>,
    pub part: Part,
    /// The provision new ones are put at; `true` when before it.
    pub place: Option<(bool, Provision)>,
    pub old_words: Option<String>,
    pub new_words: Option<String>,
    pub renumbered: Vec<Provision>,
    /// The instrument, when the words of the act name it.
    pub named: Option<Mention>,
    /// Provisions of other instruments named before this one: "khoản 1 Điều 5 Luật A; Điều 2 Luật B".
    pub others: Vec<(Vec<Provision>, Mention)>,
    /// How many provisions were said when the instrument was named.
    pub named_at: usize,
    /// Only says that some things are changed.
    pub announces: bool,
    pub range: Range<usize>,
}

impl Command {
    /// Takes the instrument its words name; provisions said since the one before belong to this one.
    fn name(&mut self, mention: Mention) {
        if self.named.is_none() {
            self.named_at = self.provisions.len();
            self.named = Some(mention);
        } else if self.provisions.len() > self.named_at {
            let since = self.provisions.split_off(self.named_at);
            let before = std::mem::replace(&mut self.provisions, since);
            self.others.extend(self.named.replace(mention).map(|named| (before, named)));
            self.named_at = self.provisions.len();
        }
    }
}

/// Longest text that is looked at, in bytes: commands are short, what follows "như sau" is new text.
const MAX_TEXT: usize = 20_000;

/// The commands of a text; none when it does not begin with one. `above` is the provision the text stands under.
pub(super) fn read(text: &str, above: Option<&Provision>) -> Vec<Command> {
    if text.is_empty() || text.len() > MAX_TEXT || !begins(text) {
        return Vec::new();
    }
    let mut reader = Reader::new(text);
    reader.run();
    let mut commands = reader.done;
    complete(&mut commands, above);
    commands
}

/// `true` when the text orders something: an act stands first, or provisions that an act is done to.
fn begins(text: &str) -> bool {
    let start = text.find(is_letter_or_digit).unwrap_or(0);
    let after_now = match_phrase(text, start, "nay").map_or(start, |end| end + spaces(&text[end..]));
    if words::act(text, after_now).is_some() {
        return true;
    }
    // "Kể từ ngày Luật này có hiệu lực, bãi bỏ …".
    let first = text.split([';', '\n']).next().unwrap_or_default();
    if let Some(comma) = first.rfind(", ").filter(|_| match_phrase(text, start, "kể từ").is_some()) {
        return words::act(text, comma + 2).is_some();
    }
    let start = ["các", "những"]
        .iter()
        .find_map(|list| match_phrase(text, start, list))
        .map_or(start, |end| end + spaces(&text[end..]));
    let subject = |at: usize| {
        provision::parse_at(text, at).map(|said| said.end).or_else(|| form::parse_at(text, at).map(|said| said.end))
    };
    let first_word = words::at(text, start).or_else(|| words::at(text, text.find(is_letter_or_digit).unwrap_or(0)));
    if matches!(first_word, Some((Word::Mark, _))) {
        return passive_follows(first);
    }
    let named = first_word.and_then(|(word, end)| matches!(word, Word::Part(_)).then_some(end));
    subject(named.map_or(start, |end| end + spaces(&text[end..]))).is_some() && passive_follows(first)
}

fn passive_follows(sentence: &str) -> bool {
    sentence
        .match_indices("được ")
        .chain(sentence.match_indices("bị "))
        .any(|(at, _)| matches!(words::at(sentence, at), Some((Word::Passive(_), _))))
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    open: Option<Command>,
    /// Words taken out, each waiting for what comes in its place.
    olds: Vec<(String, Option<String>)>,
    /// Provisions said before any act ("Điều 17 được sửa đổi …").
    subject: Vec<Provision>,
    subject_part: Part,
    /// Quoted words come in the place of what was said.
    with: bool,
    becomes: bool,
    marked: bool,
    /// Where the words of the act at hand end.
    act_end: usize,
    /// How many provisions were the subject of the act, said before it.
    subjects: usize,
    done: Vec<Command>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        Reader {
            text,
            at: 0,
            open: None,
            olds: Vec::new(),
            subject: Vec::new(),
            subject_part: Part::Whole,
            with: false,
            becomes: false,
            marked: false,
            act_end: 0,
            subjects: 0,
            done: Vec::new(),
        }
    }

    fn run(&mut self) {
        while let Some(c) = self.text[self.at..].chars().next() {
            match c {
                '“' | '"' | '‘' | '«' => self.quotation(c),
                ':' if self.text[self.at + 1..].trim().is_empty() => break,
                _ if is_letter_or_digit(c) && starts_word(self.text, self.at) => {
                    if !self.word() {
                        break;
                    }
                }
                _ => self.at += c.len_utf8(),
            }
        }
        self.flush();
    }

    /// Reads at the start of a word; `false` ends the command.
    fn word(&mut self) -> bool {
        match words::at(self.text, self.at) {
            Some((Word::AsFollows, _)) => return false,
            Some((Word::History, end)) => self.at = self.history_end(end),
            Some((Word::Passive(kind), end)) => {
                self.begin(kind, self.at);
                if let Some(open) = &mut self.open {
                    open.provisions = std::mem::take(&mut self.subject);
                    open.part = self.subject_part;
                    self.subjects = open.provisions.len();
                }
                (self.at, self.act_end) = (end, end);
            }
            Some((Word::Act(kind), end)) if self.opens_act(kind) => {
                self.begin(kind, self.at);
                (self.at, self.act_end) = (end, end);
            }
            Some((Word::Some, end)) => {
                if let Some(open) = &mut self.open {
                    open.announces = true;
                }
                self.at = end;
            }
            Some((Word::Mark | Word::Part(Part::Paragraph), end))
                if self.text[end..].trim_start().starts_with(['“', '"', '‘', '«']) =>
            {
                self.marked = true;
                self.at = end;
            }
            Some((Word::With, end)) => {
                self.with = true;
                self.at = end;
            }
            Some((Word::Becomes, end)) => {
                self.becomes = true;
                self.with = true;
                self.at = end;
            }
            Some((Word::Heading, end)) => self.own_heading(end),
            Some((Word::Part(part), end)) if self.names_part(part, end) => {
                // "khoản 2 Điều 5, đoạn thứ hai khoản 1 Điều 7": the part is of what follows only.
                let whole = self.open.as_ref().filter(|open| {
                    part == Part::Paragraph
                        && open.part == Part::Whole
                        && !open.provisions.is_empty()
                        && self.olds.is_empty()
                });
                if let Some(kind) = whole.map(|open| open.kind) {
                    self.begin(kind, self.at);
                }
                match &mut self.open {
                    Some(open) => open.part = part,
                    None => self.subject_part = part,
                }
                self.at = end;
            }
            _ => self.provision_or_name(),
        }
        true
    }

    /// An act begins where a sentence or its next item does, not inside "nội dung sửa đổi" or a name.
    fn opens_act(&self, kind: OperationKind) -> bool {
        let before = self.text[..self.at].trim_end();
        let word = before.rsplit(|c: char| !is_letter_or_digit(c)).next().unwrap_or_default();
        before.is_empty()
            || before.ends_with([';', ',', ':', '.', '\n', '-', '–', '+'])
            || matches!(word.to_lowercase().as_str(), "và" | "nay" | "đồng" | "thời" | "hoặc")
            || (self.open.is_none() && kind != OperationKind::Renumber)
    }

    /// "tên điều, khoản 5": the heading is one thing amended, the clauses after it are others.
    fn own_heading(&mut self, end: usize) {
        self.at = end;
        let Some(kind) = self.open.as_ref().map(|open| open.kind) else { return };
        if let Some(open) = &mut self.open {
            open.part = Part::Heading;
        }
        let more = self.text[end..].trim_start_matches([' ', ',']);
        let more = more.strip_prefix("và ").unwrap_or(more);
        if provision::parse_at(more, 0).is_some() {
            self.begin(kind, end);
        }
    }

    fn names_part(&self, part: Part, end: usize) -> bool {
        let next = end + spaces(&self.text[end..]);
        match part {
            Part::Whole | Part::Content => false,
            Part::Paragraph => true,
            Part::Heading | Part::LeadIn => {
                let of = ["của", "và nội dung", "gọi của"].iter().find_map(|of| match_phrase(self.text, next, of));
                let at = of.map_or(next, |end| end + spaces(&self.text[end..]));
                provision::parse_at(&self.text[at..], 0).is_some() || part == Part::LeadIn
            }
        }
    }

    /// Where what was done before ends: the instruments that did it, up to the end of the clause.
    fn history_end(&self, from: usize) -> usize {
        let inside = self.text[..self.at].matches('(').count() > self.text[..self.at].matches(')').count();
        let rest = &self.text[from..];
        let bracket = rest.find(')').filter(|_| inside);
        let mut stops = vec![rest.find("như sau"), bracket];
        if bracket.is_none() {
            stops.push(rest.find([';', '\n', '“', '"', ':']));
        }
        stops.into_iter().flatten().min().map_or(self.text.len(), |stop| from + stop)
    }

    fn provision_or_name(&mut self) {
        let said = form::parse_at(self.text, self.at).or_else(|| self.provisions());
        // "thay thế Phụ lục I bằng Phụ lục I ban hành kèm theo Nghị định này": the new one is this document's.
        let replaces = |open: &Command| open.kind == OperationKind::Amend && !open.provisions.is_empty();
        let replacing = self.with && !self.becomes && self.olds.is_empty() && self.open.as_ref().is_some_and(replaces);
        if let Some(said) = said.as_ref().filter(|_| replacing && self.open.is_some()) {
            self.at = said.end.max(self.at + 1);
            return;
        }
        if let Some(said) = said {
            self.take(said);
            return;
        }
        if let Some(named) = mention::parse_at(self.text, self.at) {
            self.at = named.title_end.max(self.at + 1);
            if let Some(open) = self.open.as_mut().filter(|_| !replacing) {
                open.name(named.mention);
            }
            return;
        }
        let word = self.text[self.at..].find(|c: char| !is_letter_or_digit(c)).unwrap_or(self.text.len() - self.at);
        self.at += word.max(1);
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    fn provisions(&self) -> Option<provision::Provisions> {
        // "thành phần" is a word of its own, "thành khoản 5" is not: the word before must not be seen.
        // Nor in "tiêu đề khoản 5".
        let unseen = self.becomes || self.text[..self.at].trim_end().to_lowercase().ends_with("tiêu đề");
        match unseen {
            true => provision::parse_at(&self.text[self.at..], 0).map(|said| provision::Provisions {
                end: said.end + self.at,
                meant_end: said.meant_end + self.at,
                ..said
            }),
            false => provision::parse_at(self.text, self.at),
        }
    }

    fn take(&mut self, said: provision::Provisions) {
        let from = self.at;
        let place = said.place.clone().map(|place| {
            let between = &self.text[self.at..said.end];
            (between.contains("vào trước") || between.contains("Vào trước"), place)
        });
        let put_after = ["vào sau", "sau", "tiếp theo", "tiếp sau"];
        let put_before = ["vào trước", "trước"];
        let led_by = |leads: &[&str]| {
            let head = self.text[..self.at].trim_end().to_lowercase();
            leads.iter().any(|lead| head.ends_with(lead))
        };
        let (after, before) = (led_by(&put_after), led_by(&put_before));
        self.at = said.end.max(self.at + 1);
        let becomes = std::mem::take(&mut self.becomes);
        match &mut self.open {
            Some(open) if becomes && self.olds.is_empty() && !open.provisions.is_empty() => {
                open.kind = OperationKind::Renumber;
                open.renumbered.extend(said.list);
            }
            Some(open) if (after || before) && open.kind == OperationKind::Supplement => {
                open.place = said.list.into_iter().next().map(|place| (before, place));
            }
            Some(open) => {
                // "Điều 3 được sửa đổi khoản 10": the clause is changed, not the article.
                let narrower = |list: &[Provision]| list.iter().all(|one| one.get(Rank::Article).is_none());
                if self.subjects == 1 && open.provisions.len() == 1 && narrower(&said.list) {
                    self.subjects = 0;
                    let whole = open.provisions.remove(0);
                    open.provisions.extend(said.list.into_iter().map(|mut one| {
                        one.complete(&whole);
                        one
                    }));
                    return;
                }
                // "Điều 8a vào sau Điều 8 trong Chương II".
                if !open.provisions.is_empty() && self.text[..from].trim_end().ends_with(" trong") {
                    return;
                }
                let plain = open.provisions.is_empty() && open.part == Part::Whole && self.olds.is_empty();
                let gap = self.text.get(self.act_end..from).unwrap_or_default();
                if open.kind == OperationKind::Repeal && plain && describes(gap) {
                    open.part = Part::Content;
                }
                // "đoạn 2 khoản 2 Điều 27 và điểm a khoản 1 Điều 38": the part is of the first article.
                let mut list = said.list;
                let other = |one: &Provision| {
                    one.get(Rank::Article).is_some() && one.get(Rank::Article) != list[0].get(Rank::Article)
                };
                let parted = open.part == Part::Paragraph && open.provisions.is_empty() && self.olds.is_empty();
                if let Some(at) = list.iter().position(other).filter(|_| parted) {
                    let rest = list.split_off(at);
                    let kind = open.kind;
                    open.provisions.extend(list);
                    self.begin(kind, self.at);
                    self.open.iter_mut().for_each(|open| open.provisions.extend(rest.iter().cloned()));
                    return;
                }
                open.provisions.extend(list);
                open.place = place.or(open.place.take());
            }
            None => self.subject.extend(said.list),
        }
    }

    fn quotation(&mut self, mark: char) {
        let close = match mark {
            '“' => '”',
            '‘' => '’',
            '«' => '»',
            _ => '"',
        };
        let start = self.at + mark.len_utf8();
        let rest = &self.text[start..];
        // Web copies close “ with " or with another “.
        let end = rest.find(close).or_else(|| rest.find(['”', '"'])).unwrap_or(rest.len());
        let words = rest[..end].trim().to_owned();
        self.at = start + end + rest[end..].chars().next().map_or(0, char::len_utf8);
        let Some(open) = &mut self.open else {
            // "Cụm từ “A” tại Điều 5 được thay thế bằng cụm từ “B”".
            if std::mem::take(&mut self.marked) {
                self.olds.push((words, None));
            }
            return;
        };
        let about_words = self.marked || self.with || !self.olds.is_empty();
        if !about_words {
            return;
        }
        if self.with {
            for (_, new) in self.olds.iter_mut().filter(|(_, new)| new.is_none()) {
                *new = Some(words.clone());
            }
            if self.olds.is_empty() {
                open.new_words.get_or_insert(words);
            }
            self.with = false;
            self.becomes = false;
        } else if open.kind == OperationKind::Supplement {
            let put = self.text[..start - mark.len_utf8()].to_lowercase();
            let after = ["sau cụm từ", "sau từ", "sau các từ", "trước cụm từ", "trước từ"];
            if open.new_words.is_some() && after.iter().any(|lead| put.trim_end().ends_with(lead)) {
                open.old_words = Some(words);
            } else if open.old_words.is_some() {
                // "từ “A” vào trước từ “B”, từ “C” vào sau từ “D” tại Điều 5".
                let at = start - mark.len_utf8();
                self.begin(OperationKind::Supplement, at);
                if let Some(open) = &mut self.open {
                    open.new_words = Some(words);
                }
            } else {
                open.new_words = Some(open.new_words.take().map_or(words.clone(), |first| format!("{first}; {words}")));
            }
        } else {
            let complete = self.olds.last().is_some_and(|(_, new)| new.is_some() || open.kind == OperationKind::Repeal);
            if complete && !open.provisions.is_empty() {
                let kind = open.kind;
                let at = start - mark.len_utf8();
                self.begin(kind, at);
            }
            self.olds.push((words, None));
        }
        self.marked = false;
    }

    fn begin(&mut self, kind: OperationKind, at: usize) {
        self.flush_to(at);
        self.open = Some(Command { kind, range: at..at, ..Command::default() });
        (self.with, self.becomes, self.marked, self.subjects) = (false, false, false, 0);
    }

    fn flush(&mut self) {
        self.flush_to(self.at.min(self.text.len()));
    }

    fn flush_to(&mut self, end: usize) {
        let Some(mut open) = self.open.take() else { return };
        let said = self.text[..end].trim_end_matches([' ', ',', ';', ':', '\u{a0}', '\n']);
        let said = said.strip_suffix("và").map_or(said, str::trim_end);
        open.range.end = said.len().max(open.range.start);
        for (provisions, named) in std::mem::take(&mut open.others) {
            let one = Command { provisions, named: Some(named), ..open.clone() };
            self.finish(one);
        }
        self.finish(open);
        self.olds.clear();
    }

    fn finish(&mut self, open: Command) {
        if self.olds.is_empty() {
            self.done.push(open);
            return;
        }
        // One command a pair of words: "thay cụm từ “A” bằng “B”, cụm từ “C” bằng “D” tại Điều 5".
        for (old, new) in &self.olds {
            let kind = if new.is_some() { OperationKind::ReplaceWords } else { OperationKind::DeleteWords };
            let (old_words, new_words) = (Some(old.clone()), new.clone());
            self.done.push(Command { kind, old_words, new_words, ..open.clone() });
        }
    }
}

/// `true` when words between an act and a provision describe a part of it: "bỏ hình thức cảnh cáo tại khoản 1".
fn describes(gap: &str) -> bool {
    const LIST: &[&str] = &[
        "các", "những", "toàn", "bộ", "cả", "và", "nội", "dung", "quy", "định", "tại", "của", "thuộc", "hiệu", "lực",
        "thi", "hành", "ở", "từ", "đến",
    ];
    gap.split(|c: char| !is_letter_or_digit(c))
        .filter(|word| !word.is_empty())
        .any(|word| !LIST.contains(&word.to_lowercase().as_str()))
}
