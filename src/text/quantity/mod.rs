//! Typed quantities in running text: "trên 50%", "ít nhất hai phần ba", "từ 05 đến 11 thành viên", "05 ngày làm việc",
//! "hai năm rưỡi", "6,5 lần mức lương cơ sở", each with its comparator as an interval.
//!
//! Everything here works on folded text (see [`super::fold`]); ranges are byte ranges of it.

mod comparator;
mod compare;
mod number;
mod scan;
mod unit;

pub use compare::{Departure, Direction, departure};
pub use scan::scan;

use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Percent or fraction, as a share of one: "trên 50%", "2/3", "quá nửa".
    Ratio,
    /// Days of a 360-day year, so that 30 months are two years and a half: "05 ngày làm việc", "hai năm rưỡi".
    Duration,
    /// Times a year: "mỗi năm một lần", "06 tháng một lần".
    Frequency,
    /// Persons, households, thôn …: "từ 05 đến 11 thành viên", "200 hộ".
    Count,
    /// Multiples of the base salary: "6,5 lần mức lương cơ sở".
    BaseSalary,
    /// Đồng.
    Money,
    /// Years of age: "đủ 21 tuổi".
    Age,
}

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// Where.
    pub value: f64,
    /// Whether the value itself belongs to the interval.
    pub inclusive: bool,
}

/// A quantity with its comparator: "trên 50%" is everything above a half; a bare "02 năm" is one point.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// What is measured.
    pub measure: Measure,
    /// Lower end; `None` = open.
    pub low: Option<Bound>,
    /// Upper end; `None` = open.
    pub high: Option<Bound>,
    /// No comparator was written.
    pub bare: bool,
    /// An upper bound on how much or how long ("không quá", "tối đa"), not a day by which ("chậm nhất", "trong thời hạn").
    pub cap: bool,
    /// Working days.
    pub working: bool,
    /// Comparator, number and unit.
    pub range: Range<usize>,
}

impl Quantity {
    /// Reads a value as the Law would write it ("ít nhất 2/3"); `None` when it is not one quantity of this measure.
    pub fn parse(text: &str, measure: Option<Measure>) -> Option<Quantity> {
        let folded = super::fold::fold(text);
        let mut found = scan(&folded).into_iter().filter(|q| measure.is_none_or(|m| q.measure == m));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// The same interval, whatever the words.
    pub fn same(&self, other: &Quantity) -> bool {
        let ends = |a: Option<Bound>, b: Option<Bound>| match (a, b) {
            (None, None) => true,
            (Some(a), Some(b)) => close(a.value, b.value) && (a.inclusive == b.inclusive),
            _ => false,
        };
        self.measure == other.measure
            && self.working == other.working
            && ends(self.low, other.low)
            && ends(self.high, other.high)
    }
}

/// Equal up to rounding.
pub(crate) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0)
}
