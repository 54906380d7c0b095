//! The `when` line: `matter and majority within sentence`.

use super::scope::Scope;

/// A boolean expression over the conditions of a rule, by index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// A condition.
    Condition(usize),
    /// All hold.
    And(Vec<Expr>),
    /// At least one holds.
    Or(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// At least this many hold.
    AtLeast(usize, Vec<Expr>),
    /// A group with a scope of its own: `(a and b within sentence) and c`.
    Within(Scope, Box<Expr>),
}

impl Expr {
    /// Conditions that stand outside any `not`, in order.
    pub fn positive(&self) -> Vec<usize> {
        let mut found = Vec::new();
        self.walk(true, &mut |index, positive| {
            if positive {
                found.push(index);
            }
        });
        found
    }

    /// `false` when a condition it cannot do without never holds.
    pub fn may_hold(&self, ever: &impl Fn(usize) -> bool) -> bool {
        match self {
            Expr::Condition(index) => ever(*index),
            Expr::And(parts) => parts.iter().all(|part| part.may_hold(ever)),
            Expr::Or(parts) => parts.iter().any(|part| part.may_hold(ever)),
            Expr::AtLeast(count, parts) => parts.iter().filter(|part| part.may_hold(ever)).count() >= *count,
            Expr::Within(_, inner) => inner.may_hold(ever),
            Expr::Not(_) => true,
        }
    }

    /// Every condition with whether it stands outside any `not`.
    pub fn walk(&self, positive: bool, visit: &mut impl FnMut(usize, bool)) {
        match self {
            Expr::Condition(index) => visit(*index, positive),
            Expr::And(parts) | Expr::Or(parts) | Expr::AtLeast(_, parts) => {
                for part in parts {
                    part.walk(positive, visit);
                }
            }
            Expr::Not(inner) => inner.walk(!positive, visit),
            Expr::Within(_, inner) => inner.walk(positive, visit),
        }
    }

    /// Does any group have a scope of its own?
    pub fn has_groups(&self) -> bool {
        match self {
            Expr::Condition(_) => false,
            Expr::And(parts) | Expr::Or(parts) | Expr::AtLeast(_, parts) => parts.iter().any(Expr::has_groups),
            Expr::Not(inner) => inner.has_groups(),
            Expr::Within(..) => true,
        }
    }

    /// The line as a rule file writes it.
    pub fn written(&self, names: &[&str]) -> String {
        let group = |part: &Expr| match part {
            Expr::Condition(_) | Expr::AtLeast(..) => part.written(names),
            _ => format!("({})", part.written(names)),
        };
        let joined = |parts: &[Expr], word: &str| parts.iter().map(group).collect::<Vec<_>>().join(word);
        match self {
            Expr::Condition(at) => names.get(*at).copied().unwrap_or("?").to_owned(),
            Expr::And(parts) => joined(parts, " and "),
            Expr::Or(parts) => joined(parts, " or "),
            Expr::Not(inner) => format!("not {}", group(inner)),
            Expr::AtLeast(count, parts) => format!("{count} of ({})", joined(parts, ", ")),
            Expr::Within(scope, inner) => format!("{} within {}", inner.written(names), scope.name()),
        }
    }

    /// Evaluates with an oracle for conditions, which is told the scope of the group a condition stands in, if it has one.
    pub fn holds(&self, oracle: &mut impl FnMut(usize, Option<Scope>) -> bool) -> bool {
        self.holds_in(None, oracle)
    }

    fn holds_in(&self, scope: Option<Scope>, oracle: &mut impl FnMut(usize, Option<Scope>) -> bool) -> bool {
        match self {
            Expr::Condition(index) => oracle(*index, scope),
            Expr::And(parts) => parts.iter().all(|part| part.holds_in(scope, oracle)),
            Expr::Or(parts) => parts.iter().any(|part| part.holds_in(scope, oracle)),
            Expr::Not(inner) => !inner.holds_in(scope, oracle),
            Expr::AtLeast(count, parts) => parts.iter().filter(|part| part.holds_in(scope, oracle)).count() >= *count,
            Expr::Within(own, inner) => inner.holds_in(Some(*own), oracle),
        }
    }
}

/// What is wrong with a `when` line, with the byte it is wrong at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExprError {
    /// Byte offset in the line.
    pub at: usize,
    /// In Vietnamese.
    pub message: String,
    /// In Vietnamese.
    pub hint: Option<String>,
}

/// Parses a `when` line against the names of the rule's conditions.
pub fn parse(text: &str, names: &[&str]) -> Result<(Expr, Option<Scope>), ExprError> {
    let mut parser = Parser { tokens: tokens(text), at: 0, names, end: text.len() };
    let expr = parser.or()?;
    let scope = parser.scope()?;
    match parser.next() {
        None => Ok((expr, scope)),
        Some((at, word)) => Err(ExprError {
            at,
            message: format!("không hiểu “{word}” ở đây"),
            hint: Some("nối các điều kiện bằng and, or; phạm vi đứng cuối: within sentence".to_owned()),
        }),
    }
}

fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let part_of_word = !c.is_whitespace() && !matches!(c, '(' | ')' | ',');
        match (part_of_word, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
        if matches!(c, '(' | ')' | ',') {
            found.push((at, &text[at..=at]));
        }
    }
    if let Some(from) = start {
        found.push((from, &text[from..]));
    }
    found
}

struct Parser<'a> {
    tokens: Vec<(usize, &'a str)>,
    at: usize,
    names: &'a [&'a str],
    end: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.tokens.get(self.at).map(|&(_, word)| word)
    }

    fn next(&mut self) -> Option<(usize, &'a str)> {
        let token = self.tokens.get(self.at).copied();
        self.at += token.is_some() as usize;
        token
    }

    fn keyword(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(word);
        self.at += found as usize;
        found
    }

    fn wrong(&self, at: usize, message: &str) -> ExprError {
        ExprError { at, message: message.to_owned(), hint: None }
    }

    /// `within sentence`, where it stands.
    fn scope(&mut self) -> Result<Option<Scope>, ExprError> {
        if !self.keyword("within") {
            return Ok(None);
        }
        let (at, word) = self.next().ok_or_else(|| self.wrong(self.end, "thiếu phạm vi sau “within”"))?;
        Scope::from_name(word).map(Some).ok_or_else(|| ExprError {
            at,
            message: format!("không có phạm vi “{word}”"),
            hint: Some(format!("các phạm vi: {}", Scope::NAMES.join(", "))),
        })
    }

    fn or(&mut self) -> Result<Expr, ExprError> {
        let mut parts = vec![self.and()?];
        while self.keyword("or") {
            parts.push(self.and()?);
        }
        Ok(single(parts, Expr::Or))
    }

    fn and(&mut self) -> Result<Expr, ExprError> {
        let mut parts = vec![self.not()?];
        while self.keyword("and") {
            parts.push(self.not()?);
        }
        Ok(single(parts, Expr::And))
    }

    fn not(&mut self) -> Result<Expr, ExprError> {
        if self.keyword("not") { Ok(Expr::Not(Box::new(self.not()?))) } else { self.atom() }
    }

    fn atom(&mut self) -> Result<Expr, ExprError> {
        let Some((at, word)) = self.next() else {
            return Err(self.wrong(self.end, "biểu thức “when” chưa hết"));
        };
        if word == "(" {
            let mut inner = self.or()?;
            if let Some(scope) = self.scope()? {
                inner = Expr::Within(scope, Box::new(inner));
            }
            return if self.keyword(")") { Ok(inner) } else { Err(self.wrong(at, "thiếu dấu đóng ngoặc")) };
        }
        if let (Ok(count), Some("of")) = (word.parse::<usize>(), self.peek()) {
            self.at += 1;
            if !self.keyword("(") {
                return Err(self.wrong(at, "sau “of” phải là danh sách trong ngoặc: 2 of (a, b, c)"));
            }
            let mut parts = vec![self.or()?];
            while self.keyword(",") {
                parts.push(self.or()?);
            }
            if !self.keyword(")") {
                return Err(self.wrong(at, "thiếu dấu đóng ngoặc"));
            }
            if count == 0 || count > parts.len() {
                return Err(self.wrong(at, "số điều kiện phải đạt không hợp lý"));
            }
            return Ok(Expr::AtLeast(count, parts));
        }
        match self.names.iter().position(|name| *name == word) {
            Some(index) => Ok(Expr::Condition(index)),
            None => Err(ExprError {
                at,
                message: format!("“when” nhắc điều kiện “{word}” không có trong “find”"),
                hint: Some(format!("các điều kiện có tên: {}", self.names.join(", "))),
            }),
        }
    }
}

fn single(mut parts: Vec<Expr>, join: fn(Vec<Expr>) -> Expr) -> Expr {
    if parts.len() == 1 { parts.remove(0) } else { join(parts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_reads_precedence_counts_and_scope() {
        use Expr::{And, AtLeast, Condition, Not, Or};
        let names = ["a", "b", "c"];
        assert_eq!(
            parse("a and not b or c within sentence", &names),
            Ok((Or(vec![And(vec![Condition(0), Not(Box::new(Condition(1)))]), Condition(2)]), Some(Scope::Sentence)))
        );
        assert_eq!(
            parse("2 of (a, b, c)", &names),
            Ok((AtLeast(2, vec![Condition(0), Condition(1), Condition(2)]), None))
        );
        assert_eq!(
            parse("(a and b within sentence) and c within article", &names),
            Ok((
                And(vec![Expr::Within(Scope::Sentence, Box::new(And(vec![Condition(0), Condition(1)]))), Condition(2)]),
                Some(Scope::Article)
            ))
        );
        for bad in ["a and", "a b", "(a", "d", "a within nowhere", "(a within) and b", "4 of (a, b)"] {
            assert!(parse(bad, &names).is_err(), "{bad}");
        }
    }
}
