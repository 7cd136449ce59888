//! When a stop takes place, as a timeline sees it: on a day, over days, somewhere within a range, or not stated.
//!
//! Only what the document bounds on both sides has a place on the axis. Knows dates, no columns.

use crate::itinerary::{Edtf, Visit};
use chrono::NaiveDate;

/// How much is known of a stop's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// On this day.
    Day,
    /// About, or perhaps, on this day.
    About,
    /// Over several days; an end that is not known to the day is soft.
    Stay { soft_start: bool, soft_end: bool },
    /// On some day of a range.
    Within,
}

/// A stop's time: its first and last possible day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    pub kind: Kind,
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl When {
    /// The time of a visit; `None` where it is not stated, or only bounded on one side.
    pub fn of(visit: &Visit) -> Option<When> {
        let (start, end) = (visit.start.as_ref().and_then(span), visit.end.as_ref().and_then(span));
        let Some((first, last)) = start else { return end.map(|(_, last)| until(last)) };
        let day = visit.start.as_ref().and_then(Edtf::as_day).is_some();
        let qualified = visit.start.as_ref().is_some_and(Edtf::is_qualified);
        let later = end.filter(|e| visit.end != visit.start && e.1 > first);
        let open = visit.end.as_ref().is_some_and(|e| e.latest().is_none() && e.earliest().is_some());
        let kind = match (day, later.is_some() || open) {
            (true, true) => Kind::Stay { soft_start: qualified, soft_end: open || soft(visit.end.as_ref()) },
            (true, false) if qualified => Kind::About,
            (true, false) => Kind::Day,
            (false, _) => Kind::Within,
        };
        let last = later.map_or(last, |e| e.1).max(last);
        Some(When { kind, first, last })
    }

    /// The day that the stop stands at, where it is known, however surely.
    pub fn day(&self) -> Option<NaiveDate> {
        (self.kind != Kind::Within).then_some(self.first)
    }

    /// The last day of a stay, where it is one day and not the first.
    pub fn end_day(&self, visit: &Visit) -> Option<NaiveDate> {
        let stays = matches!(self.kind, Kind::Stay { .. });
        visit.end.as_ref().and_then(Edtf::as_day).filter(|d| stays && *d > self.first)
    }
}

/// First and last day of a date that has both.
fn span(date: &Edtf) -> Option<(NaiveDate, NaiveDate)> {
    date.earliest().zip(date.latest())
}

fn soft(end: Option<&Edtf>) -> bool {
    end.is_some_and(|e| e.as_day().is_none() || e.is_qualified())
}

/// A stay of which only the end is known stands at its end.
fn until(last: NaiveDate) -> When {
    When { kind: Kind::Stay { soft_start: true, soft_end: false }, first: last, last }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(start: Option<&str>, end: Option<&str>) -> Option<(Kind, String, String)> {
        let visit: Visit = serde_json::from_value(serde_json::json!({
            "id": "v", "traveller": "a", "place": "p", "status": "completed", "trip": "t", "start": start, "end": end
        }))
        .expect("a visit");
        When::of(&visit).map(|w| (w.kind, w.first.to_string(), w.last.to_string()))
    }

    #[test]
    fn only_what_is_bounded_has_a_time() {
        let stay = |soft_start, soft_end| Kind::Stay { soft_start, soft_end };
        for (start, end, kind, first, last) in [
            (Some("2023-11-05"), None, Kind::Day, "2023-11-05", "2023-11-05"),
            (Some("2023-11-05~"), Some("2023-11-05~"), Kind::About, "2023-11-05", "2023-11-05"),
            (Some("2023-11-05"), Some("2023-11-08"), stay(false, false), "2023-11-05", "2023-11-08"),
            (Some("2023-11-05"), Some("2023-11-08~"), stay(false, true), "2023-11-05", "2023-11-08"),
            (Some("2023-11-05"), Some("2023-11-05/.."), stay(false, true), "2023-11-05", "2023-11-05"),
            (Some("2023-11"), Some("2023-11"), Kind::Within, "2023-11-01", "2023-11-30"),
            (None, Some("2023-11-08"), stay(true, false), "2023-11-08", "2023-11-08"),
        ] {
            assert_eq!(when(start, end), Some((kind, first.into(), last.into())), "{start:?} {end:?}");
        }
        for bound in [None, Some("../2023-11-05"), Some("2023-11-05/..")] {
            assert_eq!(when(bound, bound), None, "{bound:?}");
        }
    }
}
