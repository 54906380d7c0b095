//! Items counted: precision and recall of each measure, and by kind, handling, setting and rule.

use std::collections::BTreeMap;

use serde::Serialize;

use super::item::{Item, Measure, Outcome};
use crate::report::words;
use crate::review::Confidence;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// How many are right.
    pub right: usize,
    /// Of how many.
    pub of: usize,
}

impl Rate {
    /// The share, 0 to 1; `None` of nothing.
    #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.right as f64 / self.of as f64)
    }

    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }
}

/// A figure that has a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Figure {
    Precision,
    Recall,
    F1,
}

/// One line of a table.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// What is counted.
    pub name: String,
    /// Of what the program says, how much is right.
    pub precision: Rate,
    /// Of what the gold says, how much the program says.
    pub recall: Rate,
    /// The figure that is judged, and what it must reach.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<(Figure, f64)>,
}

impl Row {
    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> Option<f64> {
        let (precision, recall) = (self.precision.share()?, self.recall.share()?);
        let sum = precision + recall;
        Some(if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
    }

    /// The value of a figure.
    pub fn figure(&self, figure: Figure) -> Option<f64> {
        match figure {
            Figure::Precision => self.precision.share(),
            Figure::Recall => self.recall.share(),
            Figure::F1 => self.f1(),
        }
    }

    pub(super) fn of<'a>(name: impl Into<String>, items: impl Iterator<Item = &'a Item>) -> Self {
        let mut row = Row { name: name.into(), precision: Rate::default(), recall: Rate::default(), target: None };
        items.for_each(|item| row.add(item));
        row
    }

    fn add(&mut self, item: &Item) {
        if let Some([agree, of]) = item.share {
            self.recall.right += agree;
            self.recall.of += of;
            return;
        }
        let right = item.outcome == Outcome::Right;
        let (gold_side, own_side) = match item.measure {
            Measure::Proposal | Measure::Finding => (false, true),
            Measure::Label | Measure::Reading | Measure::Identity | Measure::DocumentHandling => (true, false),
            _ => (true, item.closed),
        };
        if gold_side && item.required && matches!(item.outcome, Outcome::Right | Outcome::Missed) {
            self.recall.count(right);
        }
        if own_side && item.outcome != Outcome::Missed {
            self.precision.count(right);
        }
    }

    fn target(mut self, figure: Figure, least: f64) -> Self {
        self.target = Some((figure, least));
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.precision.of == 0 && self.recall.of == 0
    }
}

/// One table.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Stable name.
    pub id: &'static str,
    /// Heading, in Vietnamese.
    pub title: &'static str,
    /// Lines; those that count nothing are left out.
    pub rows: Vec<Row>,
}

/// Tables over the items of a run: all of them, and where some are sealed the main figures of either part.
///
/// The figures of each rule leave out what is sealed, unless `open_sealed`.
pub fn sections(items: &[Item], open_sealed: bool) -> Vec<Section> {
    let part = |sealed: bool| items.iter().filter(|item| item.sealed == sealed).cloned().collect::<Vec<_>>();
    let sealed = part(true);
    if sealed.is_empty() {
        return tables(items);
    }
    let open = tables(&part(false));
    let mut sections = tables(items);
    if !open_sealed {
        sections.retain(|section| section.id != "rules");
        sections.extend(
            open.iter()
                .filter(|section| section.id == "rules")
                .map(|rules| Section {
                    title: "Theo quy tắc (từng phát hiện, chỉ phần mở)", ..rules.clone()
                }),
        );
    }
    let main = |id, title, of: &[Section]| {
        let parts =
            of.iter().filter(|section| ["structure", "identity", "citations", "proposals"].contains(&section.id));
        Section { id, title, rows: parts.flat_map(|section| section.rows.clone()).collect() }
    };
    sections.push(main("open", "Phần mở", &open));
    sections.push(main("sealed", "Phần niêm phong", &tables(&sealed)));
    sections
}

fn tables(items: &[Item]) -> Vec<Section> {
    let of = |measure: Measure| items.iter().filter(move |item| item.measure == measure);
    let keyed = |measure: Measure, key: &'static str| of(measure).filter(move |item| item.key == key);
    let field = |key, name: &str| Row::of(name, keyed(Measure::Identity, key));
    let identity = vec![
        field("kind", "Loại văn bản").target(Figure::Recall, 0.98),
        field("number", "Số, ký hiệu").target(Figure::Recall, 0.98),
        field("issuer", "Cơ quan ban hành").target(Figure::Recall, 0.98),
        field("level", "Cấp"),
        field("issued", "Ngày ban hành").target(Figure::Recall, 0.98),
        field("effective", "Ngày hiệu lực"),
        field("title", "Trích yếu").target(Figure::Recall, 0.98),
        field("normative", "Là văn bản quy phạm pháp luật"),
    ];
    let structure = vec![
        Row::of("Tệp đọc được", of(Measure::Reading)).target(Figure::Recall, 1.0),
        Row::of("Số điều", keyed(Measure::Units, "articles")).target(Figure::Recall, 0.99),
        Row::of("Số khoản", keyed(Measure::Units, "clauses")).target(Figure::Recall, 0.98),
        Row::of("Số điểm", keyed(Measure::Units, "points")).target(Figure::Recall, 0.98),
        Row::of("Điều, khoản, điểm nêu trong nhãn", of(Measure::Place)).target(Figure::Recall, 0.98),
    ];
    let joins = vec![
        Row::of("Viện dẫn: chỗ và lời văn", of(Measure::Citation)).target(Figure::F1, 0.97),
        Row::of("Viện dẫn: văn bản và điều khoản", of(Measure::CitationTarget)).target(Figure::F1, 0.95),
        Row::of("Quan hệ: loại và văn bản", of(Measure::Relation)).target(Figure::F1, 0.95),
        Row::of("Quan hệ: đến từng điều khoản", of(Measure::RelationProvision)),
    ];
    let judged = || items.iter().filter(|item| matches!(item.measure, Measure::Label | Measure::Proposal));
    let sure = |level| judged().filter(move |item| item.by.confidence == Some(level));
    let proposals = vec![
        Row::of("Mọi đề xuất", judged()).target(Figure::Recall, 0.95),
        Row::of("Tin cậy cao", sure(Confidence::High)).target(Figure::Precision, 0.95),
        Row::of("Tin cậy trung bình", sure(Confidence::Medium)),
        Row::of("Tin cậy thấp", sure(Confidence::Low)),
        Row::of("Xử lý cả văn bản", of(Measure::DocumentHandling)).target(Figure::Recall, 0.9),
    ];
    let relation_types = grouped(of(Measure::Relation), |item| item.key.split(' ').next().map(str::to_owned));
    let section = |id, title, rows: Vec<Row>| Section { id, title, rows };
    let mut sections = vec![
        section("structure", "Đọc và cấu trúc", structure),
        section("identity", "Nhận dạng", identity),
        section("citations", "Viện dẫn và quan hệ giữa các văn bản", joins),
        section("relation-types", "Quan hệ theo loại", relation_types),
        section("proposals", "Đề xuất (đúng = đúng chỗ và đúng hình thức xử lý)", proposals),
        section("agreement", "Nhãn đã đạt: có trùng loại vấn đề, căn cứ không", agreement(items)),
        section(
            "kinds",
            "Theo loại vấn đề",
            grouped(judged(), |i| i.by.kind.map(words::finding_kind).map(str::to_owned)),
        ),
        section(
            "handlings",
            "Theo hình thức xử lý",
            grouped(judged(), |i| i.by.handling.map(words::handling).map(str::to_owned)),
        ),
        section("topics", "Theo chủ đề", by_topic(judged())),
        section(
            "rules",
            "Theo quy tắc (từng phát hiện)",
            grouped(of(Measure::Finding), |i| i.by.rules.first().cloned()),
        ),
    ];
    for section in &mut sections {
        section.rows.retain(|row| !row.is_empty());
    }
    sections
}

fn grouped<'a>(items: impl Iterator<Item = &'a Item>, name: impl Fn(&Item) -> Option<String>) -> Vec<Row> {
    let mut groups: BTreeMap<String, Vec<&Item>> = BTreeMap::new();
    for item in items {
        groups.entry(name(item).unwrap_or_else(|| "(không nêu)".to_owned())).or_default().push(item);
    }
    groups.into_iter().map(|(name, items)| Row::of(name, items.into_iter())).collect()
}

/// A document of several settings counts in each.
fn by_topic<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<Row> {
    let mut groups: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in items {
        for topic in &item.by.topics {
            groups.entry(topic).or_default().push(item);
        }
        if item.by.topics.is_empty() {
            groups.entry("(không thuộc chủ đề nào)").or_default().push(item);
        }
    }
    groups.into_iter().map(|(name, items)| Row::of(name, items.into_iter())).collect()
}

/// Labels that were met: how often the finding is also of their kind and on their basis.
fn agreement(items: &[Item]) -> Vec<Row> {
    let met = || items.iter().filter(|item| item.measure == Measure::Label && item.outcome == Outcome::Right);
    let row = |name: &str, said: fn(&Item) -> Option<bool>| {
        let mut row = Row::of(name, std::iter::empty());
        met().filter_map(said).for_each(|agrees| row.recall.count(agrees));
        row
    };
    vec![row("Loại vấn đề", |item| item.by.kind_agrees), row("Căn cứ", |item| item.by.basis_agrees)]
}
