//! Copies of a rule, each changed in one place, for asking whether its tests would notice.

use crate::rules::expr::Expr;
use crate::rules::ruleset::{Matcher, QuantityTest, Rule};
use crate::rules::scope::Scope;

/// Each copy with what was changed, in Vietnamese. Changes that cannot matter are not made.
pub fn copies(rule: &Rule) -> Vec<(String, Rule)> {
    let mut copies = Vec::new();
    let name = |at: usize| rule.conditions[at].0.as_str();
    for (what, when) in loosened(&rule.when, &rule.anchors, &name) {
        copies.push((what, Rule { when, ..rule.clone() }));
    }
    // With one condition only there is nothing to stand apart from it.
    let mut asked = Vec::new();
    rule.when.walk(true, &mut |at, _| asked.push(at));
    let together = asked.len() > 1 && !rule.anchors.is_empty();
    if together && rule.scope < Scope::Document {
        copies.push((
            format!("nới phạm vi {} thành document", rule.scope.name()),
            Rule { scope: Scope::Document, ..rule.clone() },
        ));
    }
    // Shared filters have copies and tests of their own.
    for at in (0..rule.unless.len()).filter(|&at| rule.unless[at].filter.is_none()) {
        let mut copy = rule.clone();
        let dropped = copy.unless.remove(at);
        copies.push((format!("bỏ ngoại lệ “{}”", dropped.why), copy));
    }
    for (at, (_, matcher)) in rule.conditions.iter().enumerate() {
        if let Matcher::Quantity(quantity) = matcher
            && !matches!(quantity.test, QuantityTest::Any)
        {
            let mut copy = rule.clone();
            if let Matcher::Quantity(quantity) = &mut copy.conditions[at].1 {
                quantity.test = QuantityTest::Any;
            }
            copies.push((format!("bỏ phép so sánh của {}", name(at)), copy));
        }
    }
    for (what, has) in [("under", !rule.look.under.is_empty()), ("not-under", !rule.look.not_under.is_empty())] {
        if has {
            let mut copy = rule.clone();
            match what {
                "under" => copy.look.under.clear(),
                _ => copy.look.not_under.clear(),
            }
            copies.push((format!("bỏ {what}"), copy));
        }
    }
    copies
}

/// Copies of a rule with one shared filter taken away or looking in the whole document, each with what was changed.
pub fn filter_copies(rule: &Rule, filter: usize) -> [(String, Rule); 2] {
    let (mut without, mut wide) = (rule.clone(), rule.clone());
    without.unless.retain(|exception| exception.filter != Some(filter));
    for exception in wide.unless.iter_mut().filter(|exception| exception.filter == Some(filter)) {
        exception.within = Scope::Document;
    }
    [("bỏ bộ lọc".to_owned(), without), ("nới phạm vi bộ lọc thành document".to_owned(), wide)]
}

/// Does the part hold wherever an anchor stands, being all the anchors as alternatives? A finding needs an anchor anyway, so
/// nothing changes without such a part.
fn given_by_anchors(part: &Expr, anchors: &[usize]) -> bool {
    match part {
        Expr::Condition(own) => anchors == [*own],
        Expr::Or(parts) => {
            let is_anchor = |part: &Expr| matches!(part, Expr::Condition(own) if anchors.contains(own));
            parts.iter().all(is_anchor) && anchors.iter().all(|&anchor| parts.contains(&Expr::Condition(anchor)))
        }
        Expr::Within(scope, inner) => *scope != Scope::Heading && given_by_anchors(inner, anchors),
        _ => false,
    }
}

/// The expression with one part taken away, for every part.
fn loosened<'n>(expr: &Expr, anchors: &[usize], name: &impl Fn(usize) -> &'n str) -> Vec<(String, Expr)> {
    let words = |part: &Expr| {
        let mut names: Vec<&str> = Vec::new();
        part.walk(true, &mut |at, _| names.push(name(at)));
        names.join(", ")
    };
    let mut found = Vec::new();
    match expr {
        Expr::Condition(_) => {}
        Expr::Not(inner) => {
            found.extend(
                loosened(inner, anchors, name).into_iter().map(|(what, part)| (what, Expr::Not(Box::new(part)))),
            );
        }
        Expr::Within(scope, inner) => {
            let inside = loosened(inner, anchors, name).into_iter();
            found.extend(inside.map(|(what, part)| (what, Expr::Within(*scope, Box::new(part)))));
        }
        Expr::And(parts) | Expr::Or(parts) | Expr::AtLeast(_, parts) => {
            let rebuilt = |parts: Vec<Expr>| match expr {
                Expr::And(_) => Expr::And(parts),
                Expr::Or(_) => Expr::Or(parts),
                Expr::AtLeast(count, _) => Expr::AtLeast(*count, parts),
                other => other.clone(),
            };
            for (at, part) in parts.iter().enumerate() {
                // Without its anchor a rule finds nothing; of several it does without one.
                let is_anchor = matches!(part, Expr::Condition(own) if anchors.contains(own))
                    && !(matches!(expr, Expr::Or(_)) && anchors.len() > 1)
                    || matches!(expr, Expr::And(_)) && given_by_anchors(part, anchors);
                if !is_anchor && parts.len() > 1 && !matches!(expr, Expr::AtLeast(..)) {
                    let mut rest = parts.clone();
                    rest.remove(at);
                    found.push((format!("bỏ điều kiện {}", words(part)), rebuilt(rest)));
                }
                for (what, inner) in loosened(part, anchors, name) {
                    let mut changed = parts.clone();
                    changed[at] = inner;
                    found.push((what, rebuilt(changed)));
                }
            }
            if let Expr::AtLeast(count, parts) = expr
                && *count > 1
            {
                found.push((
                    format!("giảm số điều kiện phải có xuống {}", count - 1),
                    Expr::AtLeast(count - 1, parts.clone()),
                ));
            }
        }
    }
    found
}
