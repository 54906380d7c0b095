//! How sure a finding is: what the rule claims at most, lowered by what is only known from recall, held, scattered or doubtful.

use super::condition::Match;
use super::engine::article_of;
use super::index::Index;
use super::{Confidence, FindingKind, Handling};
use crate::document::UnitId;
use crate::registry::Certainty;
use crate::rules::RuleSet;
use crate::rules::ruleset::Rule;
use crate::rules::scope::Scope;
use crate::text::fold::fold;
use crate::text::quantity::Departure;

/// Warnings that put the place of a unit in doubt.
const STRUCTURE_DOUBTS: [&str; 4] = ["numbering-gap", "numbering-repeated", "points-out-of-order", "list-alphabet"];

/// Words after which a list is closed, in folded spelling.
const CLOSED_LISTS: [&str; 11] = [
    "chỉ công khai",
    "bằng hai hình thức",
    "bằng 02 hình thức",
    "bằng ba hình thức",
    "bằng 03 hình thức",
    "chỉ gồm",
    "chỉ bao gồm",
    "gồm các hình thức sau",
    "gồm các nội dung sau",
    "bao gồm các nội dung sau",
    "bao gồm các hình thức sau",
];

/// Confidence and handling of a finding, and why the confidence is not high.
pub fn judge(
    rule: &Rule,
    rules: &RuleSet,
    index: &Index,
    unit: Option<UnitId>,
    captures: &[Option<Match>],
    together: bool,
) -> (Confidence, Handling, Vec<String>) {
    let mut verdict = Judgement { confidence: rule.confidence, doubts: Vec::new() };
    let mut handling = rule.handling;
    if let Some(provision) = rule.basis_in(&index.topics).first().map(|&at| &rules.provisions[at]) {
        verdict.known(provision.known, "nội dung điều khoản làm căn cứ");
        if let Some(held) = &provision.held {
            verdict.at_most(Confidence::Medium, format!("cần đối chiếu văn bản {held}, chưa có toàn văn trong tay"));
            if rule.kind == FindingKind::Conflict {
                handling = Handling::Undetermined;
            }
        }
    }
    let cited = captures.iter().flatten().filter_map(|m| Some((m, index.cited.get(m.citation?)?.as_ref()?)));
    for (found, status) in cited {
        let altered = found.alteration.and_then(|at| status.alterations.get(at));
        if let Some(certainty) = altered.map(|act| act.certainty).or(status.certainty) {
            verdict.known(certainty, "tình trạng hiệu lực của văn bản được viện dẫn");
        }
    }
    for departure in captures.iter().flatten().filter_map(|m| m.departure) {
        match departure {
            Departure::Favourable => verdict.at_most(
                Confidence::Low,
                "khác luật theo hướng có lợi hơn cho người dân; chỉ quy chế thực hiện dân chủ mới được mở rộng như vậy"
                    .to_owned(),
            ),
            Departure::Uncertain => verdict.at_most(
                Confidence::Low,
                "một bên tính ngày, một bên tính ngày làm việc; hai khoảng thời gian chồng lên nhau".to_owned(),
            ),
            Departure::None | Departure::Against => {}
        }
    }
    let narrow = matches!(rule.scope, Scope::Sentence | Scope::Unit | Scope::ClauseWithLeadIn);
    if unit.is_some() && !(together && narrow) && rule.conditions.len() > 1 {
        verdict.at_most(Confidence::Medium, "các dấu hiệu không nằm trong cùng một câu".to_owned());
    }
    if rule.kind == FindingKind::MissingContent && !unit.is_some_and(|unit| is_closed_list(index, unit)) {
        verdict.at_most(Confidence::Medium, "văn bản chưa nêu; Luật áp dụng trực tiếp".to_owned());
    }
    if let Some(unit) = unit {
        let document = index.document;
        let article = article_of(document, unit).map(|id| document.units[id].path.as_str());
        let own = document.units[unit].path.as_str();
        let doubtful = document.warnings.iter().any(|warning| {
            STRUCTURE_DOUBTS.contains(&warning.code)
                && warning.path.as_deref().is_some_and(|path| path == own || Some(path) == article)
        });
        if doubtful {
            verdict.at_most(Confidence::Medium, "đánh số điều, khoản, điểm ở chỗ này chưa chắc chắn".to_owned());
        }
    }
    (verdict.confidence, handling, verdict.doubts)
}

struct Judgement {
    confidence: Confidence,
    doubts: Vec<String>,
}

impl Judgement {
    fn at_most(&mut self, limit: Confidence, why: String) {
        if limit < Confidence::High {
            self.confidence = self.confidence.min(limit);
            if !self.doubts.contains(&why) {
                self.doubts.push(why);
            }
        }
    }

    fn known(&mut self, certainty: Certainty, what: &str) {
        match certainty {
            Certainty::Text => {}
            Certainty::RecallHigh => self.at_most(Confidence::Medium, format!("{what} chưa đối chiếu với toàn văn")),
            Certainty::RecallLow => self.at_most(Confidence::Low, format!("{what} chỉ biết qua nguồn chưa kiểm chứng")),
        }
    }
}

/// "chỉ gồm", "gồm các hình thức sau": nothing else may be meant.
fn is_closed_list(index: &Index, unit: UnitId) -> bool {
    let text = fold(&index.document.units[unit].text);
    CLOSED_LISTS.iter().any(|words| text.contains(words))
}
