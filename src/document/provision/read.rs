//! Words that name provisions: lists, ranges and levels in either order ("điểm a, b khoản 1 và khoản 3 Điều 7").

use super::numeral::number;
use super::{Provision, Rank, Slot, WORDS};
use crate::text::cursor::{Cursor, lower, previous_word, same_word, starts_word};
use crate::text::number::POINT_LETTERS;

/// Words that make another word of the level word after them ("thời điểm", "tài khoản", "danh mục").
const NOT_AFTER: &[&str] = &[
    "thời", "địa", "đặc", "quan", "ưu", "nhược", "trọng", "kiểm", "số", "cao", "khuyết", "tiêu", "tài", "danh", "hạng",
    "chuyên", "đề", "thư", "thành", "một", "cổ", "toàn", "văn", "ngoại", "chấm", "thang",
];

/// Words after a number that make it a quantity, not the next number of a list ("Điều 5 và 10 ngày").
const QUANTITY: &[&str] = &[
    "ngày",
    "tháng",
    "năm",
    "giờ",
    "phút",
    "lần",
    "người",
    "triệu",
    "tỷ",
    "tỉ",
    "nghìn",
    "ngàn",
    "đồng",
    "bản",
    "bộ",
    "phần",
    "hộ",
    "thành",
    "trường",
    "loại",
    "cấp",
    "đơn",
    "cán",
    "tiêu",
    "nhóm",
];

/// Words after the first number that make it an amount of money ("nộp khoản 2 triệu đồng").
const MONEY: &[&str] = &["triệu", "tỷ", "tỉ", "nghìn", "ngàn", "đồng"];

/// Words after "điều 5", "phần 5" in small letters that make it a count ("chia 3 phần 5 người").
const COUNTED: &[&str] = &["người", "hộ", "ngày", "tháng", "giờ", "phút", "lần"];

/// Provisions named one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provisions {
    /// Lists and ranges expanded, in the order named.
    pub list: Vec<Provision>,
    /// Where the words end.
    pub end: usize,
    /// Where they end without the place something is put at: "Điều 7a" in "Điều 7a vào sau Điều 7".
    pub meant_end: usize,
    /// The provision that only marks that place.
    pub place: Option<Provision>,
}

/// How a level follows the words before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Nothing, or "của", stands between.
    Adjacent,
    /// A comma, which may stand for nothing ("Khoản 1, Điều 8") or for "and".
    Comma,
    /// "và", "hoặc", a semicolon.
    And,
    /// "đến".
    To,
    /// "vào sau": the words that follow only say where the ones before are put.
    After,
}

/// Words that count parts.
const NUMERALS: [&str; 9] = ["hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"];

/// Longest run a range may expand to; larger ones are misreadings.
const MAX_RANGE: usize = 400;

/// Reads the provisions that begin at `at` with a level word and a number.
pub fn parse_at(text: &str, at: usize) -> Option<Provisions> {
    if !starts_word(text, at) {
        return None;
    }
    let before = previous_word(text, at);
    let mut cursor = Cursor::new(text, at);
    let (rank, numbers) = item(&mut cursor)?;
    if NOT_AFTER.iter().any(|word| same_word(before, word)) {
        return None;
    }
    // "hai phần ba tổng số", "3 phần 4" are shares.
    if rank == Rank::Part
        && (NUMERALS.iter().any(|word| same_word(before, word)) || before.ends_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    // "điều này" is mostly "this thing"; an article says so with a capital, inside a sentence.
    let relative = numbers.first().is_some_and(Slot::is_relative);
    if rank == Rank::Article && relative && (!text[at..].starts_with(['Đ', 'Ð']) || before.is_empty()) {
        return None;
    }
    let mut chains = Chains::default();
    chains.add(rank, numbers, Join::And);
    let mut end = cursor.at();
    let mut before_place: Option<(Vec<Provision>, usize)> = None;
    while let Some((join, rank, numbers)) = next_item(&mut cursor) {
        if join == Join::After {
            before_place.get_or_insert_with(|| (chains.list.clone(), end));
            chains.marks_place();
        }
        if !chains.add(rank, numbers, join) {
            break;
        }
        end = cursor.at();
    }
    let (list, place) = chains.finish();
    // "điểm d vào sau điểm c khoản 1": levels said after the place belong to what is put there as well.
    let meant_end = before_place.filter(|(meant, _)| *meant == list).map_or(end, |(_, end)| end);
    Some(Provisions { list, end, meant_end, place })
}

/// Provisions under construction.
#[derive(Default)]
struct Chains {
    list: Vec<Provision>,
    /// How each of them followed the one before.
    joins: Vec<Join>,
    /// Provisions before this one wait for no larger level.
    sealed: usize,
    /// The provision that only marks a place ("bổ sung khoản 4 vào sau khoản 3 Điều 7").
    place: Option<usize>,
}

impl Chains {
    /// The next provision only marks a place.
    fn marks_place(&mut self) {
        self.place = self.place.or(Some(self.list.len()));
    }

    /// The provisions meant, and the one that only marks a place.
    fn finish(mut self) -> (Vec<Provision>, Option<Provision>) {
        let place = self.place.filter(|&place| place < self.list.len() && place > 0).map(|at| {
            self.joins.remove(at);
            self.list.remove(at)
        });
        (self.descended(), place)
    }

    /// "Điều 8, khoản 1, điểm a", "Điều 8 khoản 1 và khoản 2": what no larger level followed belongs under the article
    /// said before, when the words go from large to small.
    fn descended(self) -> Vec<Provision> {
        let mut list: Vec<Provision> = Vec::with_capacity(self.list.len());
        let mut descending = false;
        for (mut provision, join) in self.list.into_iter().zip(self.joins) {
            let open = provision.top().is_some_and(|top| top < Rank::Article) && !provision.is_relative();
            let above = list.last().filter(|above| open && matches!(above.get(Rank::Article), Some(Slot::Number(_))));
            let deeper = above.is_some_and(|above| above.bottom() > provision.top());
            match above {
                Some(above) if deeper && (join == Join::Comma || join == Join::Adjacent) => {
                    provision.complete(above);
                    list.pop();
                    descending = true;
                }
                Some(above) if descending && !deeper => provision.complete(above),
                _ => descending = join == Join::Adjacent,
            }
            list.push(provision);
        }
        list
    }

    /// Takes the next level; `false` when it cannot follow.
    fn add(&mut self, rank: Rank, mut numbers: Vec<Slot>, join: Join) -> bool {
        let Some(top) = self.list.last().and_then(Provision::top) else {
            self.push_all(rank, numbers, join);
            return true;
        };
        if join == Join::To {
            return self.extend_to(rank, &numbers);
        }
        let in_article = |rank: Rank| rank <= Rank::Article;
        if rank > top {
            let attaches = match join {
                Join::Adjacent => true,
                Join::Comma => in_article(rank) == in_article(top),
                Join::And | Join::To | Join::After => false,
            };
            if attaches {
                let first = numbers.remove(0);
                for open in &mut self.list[self.sealed..] {
                    // "khoản này" is closed: "Khoản này và điểm a khoản 3 Điều 4".
                    if open.top().is_some_and(|top| top < rank && !open.get(top).is_some_and(Slot::is_relative)) {
                        open.set(rank, first.clone());
                    }
                }
            } else {
                self.sealed = self.list.len();
            }
            self.push_all(rank, numbers, Join::And);
        } else if rank < top && join == Join::Adjacent {
            // "Điều 5 khoản 2": from large to small.
            let Some(parent) = self.list.last().cloned().filter(|last| last.bottom().is_some_and(|low| low > rank))
            else {
                return false;
            };
            self.list.pop();
            self.joins.pop();
            for number in numbers {
                self.list.push(parent.clone().with(rank, number));
                self.joins.push(Join::Adjacent);
            }
        } else {
            self.push_all(rank, numbers, join);
        }
        true
    }

    fn push_all(&mut self, rank: Rank, numbers: Vec<Slot>, join: Join) {
        let joins = std::iter::once(join).chain(std::iter::repeat(Join::And));
        for (number, join) in numbers.into_iter().zip(joins) {
            self.list.push(Provision::default().with(rank, number));
            self.joins.push(join);
        }
    }

    fn extend_to(&mut self, rank: Rank, numbers: &[Slot]) -> bool {
        let Some(last) = self.list.last().cloned() else { return false };
        let (Some(Slot::Number(from)), Some(Slot::Number(to))) = (last.get(rank), numbers.first()) else {
            return false;
        };
        // "từ điểm a khoản 1 đến điểm c khoản 2": only the ends are certain.
        if last.bottom() != Some(rank) || last.top() != Some(rank) {
            self.push_all(rank, numbers.to_vec(), Join::To);
            return true;
        }
        let Some(between) = expand(rank, from, to) else { return false };
        self.push_all(rank, between.into_iter().map(Slot::Number).collect(), Join::And);
        self.push_all(rank, numbers[1..].to_vec(), Join::And);
        true
    }
}

/// What follows `from` up to and including `to`; `None` when that is no ascending range.
fn expand(rank: Rank, from: &str, to: &str) -> Option<Vec<String>> {
    if rank == Rank::Point && !from.starts_with(|c: char| c.is_ascii_digit()) {
        let place = |letter: &str| POINT_LETTERS.iter().position(|&known| letter.starts_with(known));
        let (first, last) = (place(from)?, place(to)?);
        let between = POINT_LETTERS.get(first + 1..last)?;
        return Some(between.iter().map(char::to_string).chain([to.to_owned()]).collect());
    }
    let integer = |number: &str| number.trim_end_matches(|c: char| !c.is_ascii_digit()).parse::<usize>().ok();
    let (first, last) = (integer(from)?, integer(to)?);
    // "Điều 15a đến Điều 15d".
    if let (true, Some(a), Some(z)) = (first == last, inserted(from), inserted(to)) {
        let between = POINT_LETTERS.get(a + 1..z)?;
        return Some(between.iter().map(|letter| format!("{first}{letter}")).chain([to.to_owned()]).collect());
    }
    if last < first || last - first > MAX_RANGE || from == to {
        return None;
    }
    Some((first + 1..last).map(|number| number.to_string()).chain([to.to_owned()]).collect())
}

/// Place in the legal alphabet of the letter of an inserted number: 0 for "15a".
fn inserted(number: &str) -> Option<usize> {
    let letter = number.chars().next_back()?;
    POINT_LETTERS.iter().position(|&known| known == letter)
}

/// The next level with its numbers and how it joins; the cursor does not move when there is none.
fn next_item(cursor: &mut Cursor) -> Option<(Join, Rank, Vec<Slot>)> {
    let start = *cursor;
    let join = join(cursor);
    cursor.any(&["các", "những", "từ", "tại"]);
    cursor.skip_space();
    let found = item(cursor).map(|(rank, numbers)| (join, rank, numbers));
    if found.is_none() {
        *cursor = start;
    }
    found
}

fn join(cursor: &mut Cursor) -> Join {
    cursor.skip_space();
    let mut join = Join::Adjacent;
    if cursor.eat(',') {
        join = Join::Comma;
    } else if cursor.eat(';') {
        join = Join::And;
    }
    cursor.skip_space();
    match cursor.any(&[
        "và/hoặc",
        "và",
        "hoặc",
        "hay",
        "đến hết",
        "đến",
        "tới",
        "của",
        "thuộc",
        "vào sau",
        "vào trước",
        "vào",
    ]) {
        Some("và/hoặc" | "và" | "hoặc" | "hay") => join = Join::And,
        Some("đến hết" | "đến" | "tới") => join = Join::To,
        Some("vào sau" | "vào trước") => join = Join::After,
        _ => {}
    }
    cursor.skip_space();
    join
}

/// A level word with its numbers.
fn item(cursor: &mut Cursor) -> Option<(Rank, Vec<Slot>)> {
    let mut here = *cursor;
    let first = lower(here.peek()?);
    let rank = WORDS.iter().find(|(word, _)| word.starts_with(first) && here.phrase(word)).map(|&(_, rank)| rank)?;
    let after_word = here;
    here.skip_space();
    // "tại các Điều: 46, 47 và 53", "tại các điểm: a, b".
    let listed = here.eat(':');
    here.skip_space();
    if listed && (rank > Rank::Article || rank < Rank::Article && !is_list(here, rank)) {
        return None;
    }
    if here.phrase("này") {
        *cursor = here;
        return Some((rank, vec![Slot::This]));
    }
    if rank == Rank::Article && here.phrase("trên") {
        *cursor = here;
        return Some((rank, vec![Slot::Above]));
    }
    // "các khoản từ 2 đến 4 Điều 7".
    let from = !listed && rank <= Rank::Article && here.phrase("từ");
    here.skip_space();
    // "Điều thứ 5" of the oldest decrees; "điều thứ hai" is the second thing.
    let mut figure = here;
    let article = rank == Rank::Article && figure.phrase("thứ") && {
        figure.skip_space();
        figure.peek().is_some_and(|c| c.is_ascii_digit())
    };
    let ordinal = (article || rank > Rank::Article || rank == Rank::Dash) && here.phrase("thứ");
    if ordinal || rank >= Rank::Part && here.phrase("số") {
        here.skip_space();
    }
    let Some(first) = number(&mut here, rank) else {
        here = after_word;
        here.skip_space();
        if rank == Rank::Appendix && ["ban hành kèm theo", "kèm theo"].iter().any(|words| here.clone().phrase(words))
        {
            *cursor = after_word;
            return Some((rank, vec![Slot::Unnumbered]));
        }
        return None;
    };
    let small = after_word.before().chars().next_back().is_some_and(char::is_lowercase);
    let counts = |words: &[&str]| {
        let mut ahead = here;
        ahead.skip_space();
        ahead.peek().is_some_and(char::is_lowercase) && ahead.any(words).is_some()
    };
    if counts(MONEY) || small && rank >= Rank::Article && counts(COUNTED) {
        return None;
    }
    let start = *cursor;
    let mut numbers = vec![Slot::Number(first)];
    *cursor = here;
    loop {
        let mut ahead = *cursor;
        let mut join = join(&mut ahead);
        if join == Join::Adjacent && rank <= Rank::Article && ahead.rest().starts_with(['-', '–']) {
            // "Điều 5-9".
            ahead.jump(ahead.at() + ahead.peek().map_or(0, char::len_utf8));
            ahead.skip_space();
            join = Join::To;
        }
        if join == Join::Adjacent {
            break;
        }
        let Some(next) = number(&mut ahead, rank) else { break };
        if is_quantity(ahead) {
            break;
        }
        match (join, numbers.last()) {
            (Join::To, Some(Slot::Number(last))) => match expand(rank, last, &next) {
                Some(between) => numbers.extend(between.into_iter().map(Slot::Number)),
                None => break,
            },
            _ => numbers.push(Slot::Number(next)),
        }
        *cursor = ahead;
    }
    if from && numbers.len() == 1 {
        *cursor = start;
        return None;
    }
    Some((rank, numbers))
}

/// `true` when a list of numbers begins here, not a text numbered "1.".
fn is_list(mut ahead: Cursor, rank: Rank) -> bool {
    number(&mut ahead, rank).is_some() && (ahead.peek() == Some(',') || join(&mut ahead) != Join::Adjacent)
}

fn is_quantity(mut ahead: Cursor) -> bool {
    ahead.skip_space();
    // "các Điều 1 và 2 Bộ luật Dân sự": a capital begins a name.
    let mut part = ahead;
    let is_part = part.phrase("phần") && {
        part.skip_space();
        part.phrase("thứ") || number(&mut part, Rank::Part).is_some()
    };
    let counted = ahead.peek().is_some_and(char::is_lowercase) && !is_part && !ahead.clone().phrase("bộ luật");
    ahead.peek() == Some('%') || counted && QUANTITY.iter().any(|word| ahead.phrase(word))
}
