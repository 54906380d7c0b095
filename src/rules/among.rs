//! What rules must not be beside one another and beside the Law: the same rule twice, two verdicts for one thing, numbers that
//! contradict, a provision that is over. Warnings: two such rules may be meant.

use std::collections::HashMap;

use super::diagnostic::Diagnostic;
use super::load::{InFile, RawPack};
use super::ruleset::Provision;
use super::source::{Condition, Lifecycle, QuantitySource, RuleSource};
use super::template::{self, Attribute};
use crate::text::quantity::Quantity;
use crate::verdict::Handling;

type Found<'a> = &'a InFile<RuleSource>;

/// Adds the faults of rules beside one another, over all packs.
pub fn rules(packs: &[RawPack], faults: &mut Vec<Diagnostic>) {
    let running = |rule: &&InFile<RuleSource>| rule.value.state != Lifecycle::Retired;
    let all: Vec<Found> = packs.iter().flat_map(|pack| &pack.rules).filter(running).collect();
    let mut seen: HashMap<String, Found> = HashMap::new();
    for rule in &all {
        let Some(first) = seen.insert(asked(&rule.value, &rule.value.find), rule) else { continue };
        let (own, other) = (&rule.value, &first.value);
        if own.id.value == other.id.value || !same_bases(own, other) && own.verdict.handling == other.verdict.handling {
            continue;
        }
        let (code, message, hint) = if own.verdict.handling == other.verdict.handling {
            let message = format!("quy tắc giống hệt “{}”, chỉ khác mã", other.id.value);
            (
                "same-rule",
                message,
                "bỏ một trong hai; đổi mã của quy tắc đã dùng thì kết quả các lần trước không còn so được",
            )
        } else {
            let message = format!(
                "cùng điều kiện với “{}” nhưng hình thức xử lý khác ({} và {})",
                other.id.value,
                written(own.verdict.handling),
                written(other.verdict.handling)
            );
            ("opposite-verdicts", message, "thêm điều kiện hoặc ngoại lệ để mỗi chỗ chỉ có một cách xử lý")
        };
        faults.push(Diagnostic::about(code, &rule.file, &own.id, message).warning().hint(hint));
    }
    families(&all, faults);
    contradictions(&all, faults);
}

/// Of a family only one finding is left, so its rules must say the same kind of thing.
fn families(all: &[Found], faults: &mut Vec<Diagnostic>) {
    let mut first: HashMap<&str, Found> = HashMap::new();
    for rule in all {
        let Some(family) = &rule.value.family else { continue };
        let other = &first.entry(&family.value).or_insert(rule).value;
        let (own, known) = (&rule.value.verdict, &other.verdict);
        if (own.kind, own.handling) != (known.kind, known.handling) {
            let message = format!(
                "nhóm “{}” có quy tắc “{}” khác loại vấn đề hoặc hình thức xử lý",
                family.value, other.id.value
            );
            let hint = "để hai quy tắc ở hai nhóm khác nhau";
            faults.push(Diagnostic::about("family-differs", &rule.file, family, message).hint(hint));
        }
    }
}

/// What a rule asks, without its verdict and its words. `Debug` of a spanned value leaves its place out.
fn asked(rule: &RuleSource, find: &impl std::fmt::Debug) -> String {
    let RuleSource { when, anchor, look_in, applies_to, unless, group, .. } = rule;
    let unless: Vec<_> =
        unless.iter().map(|one| (&one.name, &one.term, &one.words, &one.cites, &one.pattern, &one.within)).collect();
    format!("{find:?} {when:?} {anchor:?} {look_in:?} {applies_to:?} {unless:?} {group:?}")
}

fn same_bases(a: &RuleSource, b: &RuleSource) -> bool {
    format!("{:?}", a.basis) == format!("{:?}", b.basis)
}

fn written(handling: Handling) -> String {
    serde_json::to_value(handling).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Two rules that differ in one limit only: what one calls too low the other must not call too high.
fn contradictions(all: &[Found], faults: &mut Vec<Diagnostic>) {
    let mut lows: HashMap<String, Vec<(Found, &QuantitySource)>> = HashMap::new();
    let mut highs = lows.clone();
    for rule in all {
        let quantities = rule.value.find.iter().filter_map(|(name, condition)| match condition {
            Condition::Quantity(quantity) => Some((name, quantity)),
            _ => None,
        });
        let [(name, quantity)] = quantities.collect::<Vec<_>>()[..] else { continue };
        let rest: Vec<_> = rule.value.find.iter().filter(|(other, _)| *other != name).collect();
        let QuantitySource { measure, of, about, after, .. } = quantity;
        let key = asked(&rule.value, &(rest, name, measure, of, about, after));
        if quantity.below.is_some() {
            lows.entry(key).or_default().push((rule, quantity));
        } else if quantity.above.is_some() {
            highs.entry(key).or_default().push((rule, quantity));
        }
    }
    for (key, low) in &lows {
        for (rule, below) in low {
            for (other, above) in highs.get(key).into_iter().flatten() {
                let read = |value: &Option<super::spanned::Spanned<String>>, measure| {
                    Quantity::parse(&value.as_ref()?.value, Some(measure))
                };
                let ends = read(&below.below, below.measure).zip(read(&above.above, above.measure));
                let Some((low, high)) = ends else { continue };
                let (Some(low), Some(high)) = (low.low.or(low.high), high.high.or(high.low)) else { continue };
                if low.value > high.value {
                    let (Some(at), Some(than)) = (&below.below, &above.above) else { continue };
                    let message = format!(
                        "số ở giữa “{}” và “{}” vừa bị quy tắc này coi là thấp, vừa bị “{}” coi là cao",
                        than.value, at.value, other.value.id.value
                    );
                    faults.push(
                        Diagnostic::about("numbers-contradict", &rule.file, at, message)
                            .warning()
                            .hint("xem lại hai con số: giữa chúng phải là khoảng luật cho phép"),
                    );
                }
            }
        }
    }
}

/// Adds the faults of a rule beside the provision it mainly rests on.
pub fn provision(rule: Found, main: &Provision, checked_until: jiff::civil::Date, faults: &mut Vec<Diagnostic>) {
    let Some(named) = rule.value.basis.first() else { return };
    let over =
        main.to.filter(|&to| to < checked_until || rule.value.applies_to.as_of_from.is_some_and(|from| to < from));
    if let Some(to) = over {
        let message = format!(
            "{} của {} thôi áp dụng từ sau ngày {}, nên quy tắc không còn chạy",
            main.path,
            main.instrument,
            to.strftime("%d/%m/%Y")
        );
        faults.push(
            Diagnostic::about("provision-over", &rule.file, &named.provision, message)
                .warning()
                .hint("dựa vào điều khoản đang áp dụng, hoặc chuyển quy tắc sang retired"),
        );
    }
}

/// Adds the faults of a pack that is past its trial: version 1.0.0 or later with rules that are not.
pub fn release(pack: &RawPack, faults: &mut Vec<Diagnostic>) {
    let major = pack.pack.value.version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major == 0) {
        return;
    }
    for rule in pack.rules.iter().filter(|rule| rule.value.state == Lifecycle::Trial) {
        let message = format!("quy tắc còn chạy thử (trial) trong bộ đã phát hành {}", pack.pack.value.version);
        faults.push(
            Diagnostic::about("trial-in-release", &rule.file, &rule.value.id, message)
                .warning()
                .hint("chuyển quy tắc sang stable hoặc draft, hoặc để phiên bản của bộ dưới 1.0"),
        );
    }
}

/// Adds the placeholders of a rule's sentences that its conditions never fill.
pub fn placeholders(rule: Found, faults: &mut Vec<Diagnostic>) {
    let source = &rule.value;
    for text in [Some(&source.say), source.propose.as_ref()].into_iter().flatten() {
        for (name, condition) in &source.find {
            for (attribute, wanted) in template::ATTRIBUTES {
                let hole = format!("{{{name}.{attribute}}}");
                if text.value.contains(&hole) && !fills(condition, wanted) {
                    let message = format!("chỗ điền {hole} luôn trống: điều kiện “{name}” không cho biết điều này");
                    faults.push(
                        Diagnostic::about("empty-placeholder", &rule.file, text, message)
                            .narrowed(&hole)
                            .hint("missing, present là của checklist; instrument, ended, by là của cites; đặc điểm của văn bản không có text"),
                    );
                }
            }
        }
    }
}

fn fills(condition: &Condition, wanted: Attribute) -> bool {
    match wanted {
        Attribute::Text => {
            !matches!(condition, Condition::Structure(_) | Condition::Document(_) | Condition::Absent(_))
        }
        Attribute::Missing | Attribute::Present => matches!(condition, Condition::Checklist(_)),
        Attribute::Instrument | Attribute::Ended | Attribute::By => matches!(condition, Condition::Cites(_)),
        // Of the document itself, where no citation is meant.
        Attribute::Why => true,
    }
}

/// Adds the words that a pattern waits for, when they are so short that they stand everywhere.
pub fn weak_literals(rule: Found, faults: &mut Vec<Diagnostic>) {
    for condition in rule.value.find.values() {
        let Condition::Pattern(pattern) = condition else { continue };
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        for near in pattern.near.iter().filter(|near| letters(&near.value) < LEAST_LETTERS) {
            let message = format!("“{}” ngắn quá để dẫn đường cho biểu thức: chỗ nào cũng có", near.value);
            faults.push(
                Diagnostic::about("weak-literal", &rule.file, near, message)
                    .warning()
                    .hint(format!("dùng chữ có ít nhất {LEAST_LETTERS} chữ cái, tốt nhất là cả cụm từ")),
            );
        }
    }
}

/// Shorter words stand in nearly every unit; many Vietnamese words of two letters do not.
const LEAST_LETTERS: usize = 2;
