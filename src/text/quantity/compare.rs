//! Does a local number depart from the Law's, and which way?

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Bound, Measure, Quantity, close};

/// Which way a local rule may depart from a parameter of the Law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// No departure: 2/3, more than half, terms, seats.
    Exact,
    /// More is allowed in favour of the people: posting and consultation days.
    LocalMayBeHigher,
    /// Less is allowed in favour of the people: deadlines on authorities, initiative thresholds.
    LocalMayBeLower,
}

/// How a local quantity stands to the Law's parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// It agrees, or cannot be compared.
    None,
    /// It contradicts the Law.
    Against,
    /// It differs in the direction the Law leaves open.
    Favourable,
    /// Calendar days against working days, where the intervals overlap.
    Uncertain,
}

/// Compares `local` with the Law's `parameter`. Different measures never depart.
pub fn departure(local: &Quantity, parameter: &Quantity, direction: Direction) -> Departure {
    if local.measure != parameter.measure {
        return Departure::None;
    }
    match (parameter.low, parameter.high) {
        // At most less than the least: whatever the lower end.
        (Some(low), None) if local.cap && direction == Direction::LocalMayBeHigher => {
            match side(local.high, local, low, parameter, direction) {
                Departure::Favourable => Departure::None,
                other => other,
            }
        }
        (Some(low), None) => side(local.low, local, low, parameter, direction),
        (None, Some(high)) => side(local.high, local, high, parameter, direction),
        (Some(low), Some(high)) => within(local, low, high, parameter, direction),
        (None, None) => Departure::None,
    }
}

/// The parameter is a one-sided limit; only the same side of the local interval can be compared.
fn side(
    local_end: Option<Bound>,
    local: &Quantity,
    limit: Bound,
    parameter: &Quantity,
    direction: Direction,
) -> Departure {
    let Some(end) = local_end else { return Departure::None };
    if local.working != parameter.working && local.measure == Measure::Duration {
        return across_calendars(end.value, local.working, limit.value, direction);
    }
    if !close(end.value, limit.value) {
        return judge(end.value > limit.value, direction);
    }
    if direction == Direction::Exact && !local.bare && !parameter.bare && end.inclusive != limit.inclusive {
        return Departure::Against;
    }
    Departure::None
}

/// The parameter is a range or a fixed value: every end the local text names must lie in it.
fn within(local: &Quantity, low: Bound, high: Bound, parameter: &Quantity, direction: Direction) -> Departure {
    let mut worst = Departure::None;
    for end in [local.low, local.high].into_iter().flatten() {
        if local.working != parameter.working && local.measure == Measure::Duration {
            return across_calendars(end.value, local.working, low.value, direction);
        }
        let verdict = if end.value < low.value && !close(end.value, low.value) {
            judge(false, direction)
        } else if end.value > high.value && !close(end.value, high.value) {
            judge(true, direction)
        } else {
            Departure::None
        };
        match (worst, verdict) {
            (_, Departure::Against) => return Departure::Against,
            (Departure::None, other) => worst = other,
            _ => {}
        }
    }
    worst
}

fn judge(higher: bool, direction: Direction) -> Departure {
    match (direction, higher) {
        (Direction::LocalMayBeHigher, true) | (Direction::LocalMayBeLower, false) => Departure::Favourable,
        _ => Departure::Against,
    }
}

/// `n` working days last between the shortest and the longest calendar span that can hold them (weekends only, no holidays).
fn across_calendars(local: f64, local_working: bool, law: f64, direction: Direction) -> Departure {
    let span = |working: f64| {
        (working + 2.0 * ((working - 1.0).max(0.0) / 5.0).floor(), working + 2.0 * (working / 5.0).ceil())
    };
    let ((local_low, local_high), (law_low, law_high)) =
        if local_working { (span(local), (law, law)) } else { ((local, local), span(law)) };
    if local_low > law_high {
        judge(true, direction)
    } else if local_high < law_low {
        judge(false, direction)
    } else {
        Departure::Uncertain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(text: &str) -> Quantity {
        Quantity::parse(text, None).unwrap_or_else(|| panic!("not one quantity: {text}"))
    }

    #[test]
    fn departure_follows_the_direction_of_the_parameter() {
        use {Departure::*, Direction::*};
        for (local, law, direction, expected) in [
            ("trên 50%", "ít nhất 2/3", Exact, Against),
            ("ít nhất hai phần ba", "ít nhất 2/3", Exact, None),
            ("2/3", "ít nhất 2/3", Exact, None),
            ("từ 50% trở lên", "trên 50%", Exact, Against),
            ("quá nửa", "trên 50%", Exact, None),
            ("02 năm", "05 năm", Exact, Against),
            ("năm năm", "05 năm", Exact, None),
            ("60 tháng", "05 năm", Exact, None),
            ("02 ngày", "chậm nhất 05 ngày làm việc", LocalMayBeLower, Favourable),
            ("07 ngày làm việc", "chậm nhất 05 ngày làm việc", LocalMayBeLower, Against),
            ("07 ngày", "chậm nhất 05 ngày làm việc", LocalMayBeLower, Uncertain),
            ("10 ngày", "chậm nhất 05 ngày làm việc", LocalMayBeLower, Against),
            ("15 ngày", "ít nhất 20 ngày", LocalMayBeHigher, Against),
            ("30 ngày", "ít nhất 20 ngày", LocalMayBeHigher, Favourable),
            ("không quá 30 ngày", "ít nhất 20 ngày", LocalMayBeHigher, None),
            ("không quá 07 ngày", "ít nhất 20 ngày", LocalMayBeHigher, Against),
            ("tối đa 20 ngày", "ít nhất 20 ngày", LocalMayBeHigher, None),
            ("không quá 07 ngày kể từ ngày ký", "ít nhất 20 ngày", LocalMayBeHigher, None),
            ("chậm nhất 07 ngày", "ít nhất 20 ngày", LocalMayBeHigher, None),
            ("trong thời hạn 07 ngày", "ít nhất 20 ngày", LocalMayBeHigher, None),
            ("dưới 2/3", "ít nhất 2/3", Exact, None),
            ("quá bán", "trên 50%", Exact, None),
            ("ít nhất một nửa", "trên 50%", Exact, Against),
            ("nửa tháng", "ít nhất 30 ngày", LocalMayBeHigher, Against),
            ("5, 7, 9 hoặc 11 thành viên", "từ 03 đến 09 thành viên", Exact, Against),
            ("từ 05 đến 11 thành viên", "từ 03 đến 09 thành viên", Exact, Against),
            ("05 thành viên", "từ 03 đến 09 thành viên", Exact, None),
        ] {
            assert_eq!(departure(&q(local), &q(law), direction), expected, "{local} / {law}");
        }
    }
}
