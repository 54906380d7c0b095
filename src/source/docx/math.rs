//! Signs of a formula that stand in elements and attributes instead of text (ECMA-376 part 1, 22.1): brackets, fraction
//! bars, powers, roots, sums. Without them "10³" reads as "103".

use super::story::StoryReader;
use super::xml::Tag;

/// Most structures within each other whose signs are kept.
const MAX_OPEN: usize = 24;

/// An open structure.
#[derive(Debug)]
pub(super) struct Structure {
    depth: usize,
    kind: Kind,
    /// Arguments begun so far.
    arguments: u32,
}

#[derive(Debug)]
enum Kind {
    /// `m:d`: signs before, between and after its arguments.
    Brackets([Option<char>; 3]),
    /// `m:nary`: sum, product, integral.
    Operator(Option<char>),
    /// `m:den`, `m:sup`: a sign before its words, if it has any.
    Before(char),
}

impl StoryReader<'_, '_> {
    /// A start tag of mathematics.
    pub fn start_math(&mut self, tag: &Tag<'_>, depth: usize) {
        if tag.name == "t" {
            self.text_depth = depth;
            return;
        }
        let kind = match tag.name {
            "d" => Kind::Brackets([Some('('), Some('|'), Some(')')]),
            "nary" => Kind::Operator(Some('∫')),
            "den" => Kind::Before('/'),
            "sup" => {
                self.begin_argument(depth);
                Kind::Before('^')
            }
            "rad" => {
                self.flush_math();
                return self.sign('√');
            }
            "e" | "sub" => return self.begin_argument(depth),
            "begChr" | "sepChr" | "endChr" | "chr" => return self.set_sign(tag, depth),
            _ => return,
        };
        if self.math.len() < MAX_OPEN {
            self.math.push(Structure { depth, kind, arguments: 0 });
        }
    }

    /// An end tag; cheap where there is no formula.
    pub fn end_math(&mut self, depth: usize) {
        if let Some(structure) = self.math.pop_if(|structure| structure.depth >= depth)
            && let Kind::Brackets([_, _, Some(close)]) = structure.kind
        {
            self.sign(close);
        }
    }

    /// Signs that wait for the words of their argument.
    pub fn flush_math(&mut self) {
        for at in 0..self.math.len() {
            if let Kind::Before(sign) = self.math[at].kind {
                if self.math[at].arguments == 0 {
                    self.sign(sign);
                }
                self.math[at].arguments = 1;
            }
        }
    }

    /// A sign named by the properties of the innermost structure; an empty name takes the usual sign away.
    fn set_sign(&mut self, tag: &Tag<'_>, depth: usize) {
        let sign = tag.val().and_then(|value| value.chars().next());
        let Some(structure) = self.math.last_mut().filter(|structure| structure.depth + 2 == depth) else { return };
        match (&mut structure.kind, tag.name) {
            (Kind::Brackets(signs), "begChr") => signs[0] = sign,
            (Kind::Brackets(signs), "sepChr") => signs[1] = sign,
            (Kind::Brackets(signs), "endChr") => signs[2] = sign,
            (Kind::Operator(shown), "chr") => *shown = sign,
            _ => {}
        }
    }

    fn begin_argument(&mut self, depth: usize) {
        let Some(structure) = self.math.last_mut().filter(|structure| structure.depth + 1 == depth) else { return };
        let first = structure.arguments == 0;
        structure.arguments += 1;
        let sign = match structure.kind {
            Kind::Brackets(signs) => signs[usize::from(!first)],
            Kind::Operator(sign) => sign.filter(|_| first),
            Kind::Before(_) => None,
        };
        if let Some(sign) = sign {
            self.flush_math();
            self.sign(sign);
        }
    }
}
