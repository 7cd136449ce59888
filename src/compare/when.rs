//! When a stop may have been, as far as its document and its publication tell, to say whether two of different documents can be one.

use crate::itinerary::{Edtf, Status, TripKind, Visit};
use chrono::{Duration, NaiveDate};

/// Days before publication that a report without a date may reach back, and days after it that a plan without one may reach ahead.
const BACK: i64 = 14;
const AHEAD: i64 = 60;
/// Days before publication that something without a date may lie that has not taken place.
const JUST_PAST: i64 = 7;
/// Days by which dates of one stop may differ before it is another stop: travellers cross midnights and time zones, and plans slip.
pub const SLIP: i64 = 2;

/// Days from which and to which something may have been; open where `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Window {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Window {
    /// Whether two windows have a day in common, or miss each other by at most so many days.
    pub fn meets(&self, other: &Window, slack: i64) -> bool {
        let before =
            |a: &Window, b: &Window| a.to.zip(b.from).is_some_and(|(to, from)| to + Duration::days(slack) < from);
        !before(self, other) && !before(other, self)
    }

    /// Its length in days; very long where it is open.
    pub fn days(&self) -> i64 {
        self.from.zip(self.to).map_or(i64::from(i32::MAX), |(from, to)| (to - from).num_days() + 1)
    }

    /// How near the ends of two windows are, from 0 to 1: of stops that a report without a date can mean, the last is meant.
    pub fn nearness(&self, other: &Window) -> f64 {
        let apart = self.to.zip(other.to).map_or(365, |(a, b)| (a - b).num_days().abs());
        1.0 / (1.0 + apart as f64 / 7.0)
    }

    /// Whether it is open on both sides.
    pub fn is_open(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

/// Whether two tellings of one stop, each with its first day and its last, exclude each other. "About" gives way by its own length, and
/// a stay whose end is not told may go on for [`SLIP`] days, but arrivals on two days are two; `slack` is in days.
pub fn apart(a: Told<'_>, b: Told<'_>, slack: i64) -> bool {
    let arrival = |t: Told<'_>| t.0.filter(|s| t.1.is_none() && s.is_day() && !s.is_qualified()).and_then(Edtf::as_day);
    if let Some((x, y)) = arrival(a).zip(arrival(b)) {
        return (x - y).num_days().abs() > slack;
    }
    let before = |a: Told<'_>, b: Told<'_>| {
        let (Some(last), Some(first)) = (a.1.or(a.0), b.0.or(b.1)) else { return false };
        let slack = if a.1.is_none() { slack.max(SLIP) } else { slack };
        let days = last.latest().zip(first.earliest()).map(|(last, first)| (first - last).num_days());
        last.surely_before(first) && days.is_some_and(|d| d > slack)
    };
    before(a, b) || before(b, a)
}

/// Whether one telling has a stay of several days in which those of two others lie: then these tell of different days of it.
pub fn spans(stay: Told<'_>, a: Told<'_>, b: Told<'_>) -> bool {
    let own = window(stay);
    own.days() > 1 && own.from.is_some() && own.to.is_some() && own.meets(&window(a), 0) && own.meets(&window(b), 0)
}

/// The days from the first of its start to the last of its end.
pub fn window((start, end): Told<'_>) -> Window {
    Window { from: start.and_then(Edtf::earliest), to: end.or(start).and_then(Edtf::latest) }
}

/// First and last day of a telling.
pub type Told<'a> = (Option<&'a Edtf>, Option<&'a Edtf>);

/// The days that the visit's own dates allow, from the first day of its start to the last of its end.
pub fn dated(visit: &Visit) -> Window {
    window((visit.start.as_ref(), visit.end.as_ref()))
}

/// Whether its dates have two ends.
pub fn is_dated(visit: &Visit) -> bool {
    let own = dated(visit);
    own.from.is_some() && own.to.is_some()
}

/// The days that its dates allow, with open ends closed by what a report of that day is about. What is recalled stays open.
pub fn likely(visit: &Visit, kind: TripKind, published: Option<&Edtf>) -> Window {
    let own = dated(visit);
    let (Some(first), Some(last)) = (published.and_then(Edtf::earliest), published.and_then(Edtf::latest)) else {
        return own;
    };
    if kind == TripKind::Background {
        return Window { to: own.to.or(Some(last)), ..own };
    }
    let ahead = visit.status != Status::Completed;
    Window {
        from: own.from.or_else(|| {
            let back = if ahead { JUST_PAST } else { BACK };
            own.to.unwrap_or(first).checked_sub_signed(Duration::days(back))
        }),
        to: own.to.or_else(|| if ahead { last.checked_add_signed(Duration::days(AHEAD)) } else { Some(last) }),
    }
}
