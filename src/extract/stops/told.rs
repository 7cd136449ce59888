//! The stop that one sighting tells of by itself: its status, its first and last day, whether it is recalled.
//!
//! Knows what the words beside it say and when the article was published; other sightings are not looked at.

use super::Joiner;
use crate::extract::times::{Direction, TimeMention, resolve};
use crate::extract::visits::{Link, Phase, Sighting};
use crate::itinerary::{DraftStop, Edtf, Recency, Status};
use chrono::{Days, NaiveDate};

impl Joiner<'_> {
    /// The stop that a sighting tells of.
    pub(super) fn stop_from(&self, s: &Sighting) -> DraftStop {
        let status = match (s.reference, s.link) {
            _ if s.certainty.negated => Status::Cancelled,
            (true, Link::After(_)) if s.times.is_empty() => Status::Planned,
            (true, Link::Before(_)) => Status::Completed,
            _ => self.with_future_date(s),
        };
        // "cancelled his visit on Sunday": the day is that of the cancelling.
        let (mut start, end) = if status == Status::Cancelled { (None, None) } else { self.dates(s, status) };
        if start.is_none() && end.is_none() && status == Status::Completed {
            start = self.day_of_news(s);
        }
        DraftStop {
            traveller: s.traveller,
            place: s.place.clone(),
            sites: s.site.iter().cloned().collect(),
            status,
            recency: match status {
                Status::Planned | Status::Possible | Status::Cancelled => Recency::After,
                _ if s.times.is_empty() => Recency::Before,
                _ => Recency::Now,
            },
            start,
            end,
            background: s.recalled || (self.published.is_none() && status == Status::Completed && coarsely_dated(s)),
            list: s.list.map(|(list, i)| (s.sentence * 1000 + list, i)),
            told_at: s.told_at,
            confidence: s.weight,
            evidence: vec![s.evidence],
        }
    }

    /// "he said as he arrived here": presence that a dispatch tells of without a day was seen on about the day of its news.
    fn day_of_news(&self, s: &Sighting) -> Option<Edtf> {
        let seen = matches!(s.phase, Phase::Presence | Phase::Arrival) && s.link == Link::None;
        let now = s.certainty.tensed && !s.recalled && !s.reference && s.times.is_empty();
        let news = self.filed || s.certainty.present || s.certainty.perfect;
        self.news_day.filter(|_| seen && now && news).map(|day| Edtf::day(day).approximate())
    }

    /// A present tense with a date to come is a plan ("arrives on Monday").
    fn with_future_date(&self, s: &Sighting) -> Status {
        let status = s.certainty.status;
        let direction = if s.certainty.present { Direction::Future } else { Direction::Past };
        let dates = || s.times.iter().filter_map(|t| resolve(t, direction)).filter_map(|d| d.earliest());
        let to_come = self.published.is_some_and(|p| dates().next().is_some_and(|d| d > p));
        if status == Status::Completed && to_come { Status::Planned } else { status }
    }

    /// First and last day of a stay as the words beside it have it.
    fn dates(&self, s: &Sighting, status: Status) -> (Option<Edtf>, Option<Edtf>) {
        let past = status == Status::Completed || (status == Status::Possible && s.certainty.perfect);
        let direction = if past { Direction::Past } else { Direction::Future };
        let Some(date) = s.times.iter().find_map(|t| resolve(t, direction)) else { return (None, None) };
        let days = s.times.iter().find_map(days_of);
        let ends = date.earliest().map(Edtf::day).zip(date.latest().map(Edtf::day)).filter(|_| date.is_interval());
        let last_of_list = s.list.is_some_and(|(_, i)| i > 0);
        // "will leave on Monday for talks in Rome and Tunis": the day is that of the first.
        if let Some(day) = date.as_day().filter(|_| last_of_list && s.phase == Phase::Arrival) {
            return (Some(Edtf::on_or_after(day)), None);
        }
        match (s.list, ends) {
            // The dates of a trip: its first stop begins it; the others lie within it.
            (Some(_), Some(_)) if last_of_list && whole_trip(&s.times, direction) => (Some(date), None),
            (Some(_), Some((a, _))) if whole_trip(&s.times, direction) => (Some(a), None),
            (_, Some((a, b))) if whole_trip(&s.times, direction) => (Some(a), Some(b)),
            (_, Some(_)) => (Some(date), None),
            _ => match (s.phase, date.as_day(), days) {
                (Phase::Departure, Some(day), Some(n)) => (Some(Edtf::day(back(day, n))), Some(date)),
                (Phase::Departure, Some(_), _) => (None, Some(date)),
                (Phase::Arrival, Some(day), Some(n)) | (Phase::Stay, Some(day), Some(n)) => {
                    (Some(date), Some(Edtf::day(forth(day, n))))
                }
                (Phase::Arrival, _, _) => (Some(date), None),
                _ => (Some(date.clone()), Some(date)),
            },
        }
    }
}

/// The first of so many days of which `day` is the last.
fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days.saturating_sub(1))).unwrap_or(day)
}

/// The last of so many days of which `day` is the first.
fn forth(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days.saturating_sub(1))).unwrap_or(day)
}

/// Days of a "four-day visit".
fn days_of(time: &TimeMention) -> Option<u64> {
    time.duration()?.strip_prefix('P')?.strip_suffix('D')?.parse().ok().filter(|d| (1..=60).contains(d))
}

/// Whether the dates beside a list are those of the whole trip: named days, not "last month".
fn whole_trip(times: &[TimeMention], direction: Direction) -> bool {
    times.iter().any(|t| t.names_days() && resolve(t, direction).is_some_and(|d| d.is_interval()))
}

/// Whether only a month or year is said of it: without a publication date the sign that a journey is recalled.
fn coarsely_dated(s: &Sighting) -> bool {
    let dates: Vec<&TimeMention> = s.times.iter().filter(|t| t.duration().is_none()).collect();
    !dates.is_empty() && dates.iter().all(|t| t.is_coarse())
}
