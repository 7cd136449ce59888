//! Bounds: a stop without a day of its own lies between the dated stops that the text puts before and after it.
//!
//! Only what follows: a reason in words, a date or a list must put one before the other; that plans come after what took place
//! says nothing of days. Knows dates and reasons, not how they were read.

use super::order::Reason;
use super::{Because, DraftStop, Edtf};
use chrono::NaiveDate;

/// The beginning of each stop, drawn in where the stops around it bound it; as it was where they do not.
pub fn drawn_in(stops: &[DraftStop], kept: &[Reason]) -> Vec<Option<Edtf>> {
    stops.iter().enumerate().map(|(i, stop)| between(stops, kept, i).or_else(|| stop.start.clone())).collect()
}

fn between(stops: &[DraftStop], kept: &[Reason], i: usize) -> Option<Edtf> {
    let own = stops[i].start.as_ref().filter(|d| d.earliest().is_none() || d.latest().is_none())?;
    let day = |s: usize| stops[s].start.as_ref().and_then(|d| d.as_day());
    let before = reached(kept, i, |r| (r.after, r.before)).into_iter().filter_map(day).max();
    let after = reached(kept, i, |r| (r.before, r.after)).into_iter().filter_map(day).min();
    if before.is_none() && after.is_none() {
        return None;
    }
    let from: NaiveDate = before.into_iter().chain(own.earliest()).max()?;
    let to: NaiveDate = after.into_iter().chain(own.latest()).min()?;
    if from < to { Edtf::interval(&Edtf::day(from), &Edtf::day(to)).ok() } else { None }
}

/// All stops that reasons lead to from `start`, along the edges as `along` turns them.
fn reached(kept: &[Reason], start: usize, along: impl Fn(&Reason) -> (usize, usize)) -> Vec<usize> {
    let mut found = vec![start];
    let mut next = 0;
    while next < found.len() {
        for reason in kept.iter().filter(|r| r.because != Because::Tense) {
            let (from, to) = along(reason);
            if from == found[next] && !found.contains(&to) {
                found.push(to);
            }
        }
        next += 1;
    }
    found.split_off(1)
}

#[cfg(test)]
mod tests {
    use super::super::{DraftPlace, PlaceKind, Recency, Status};
    use super::*;

    fn stop(start: &str) -> DraftStop {
        let place = DraftPlace {
            name: "Lima".into(),
            kind: PlaceKind::City,
            country: None,
            geonames: None,
            lat: None,
            lon: None,
            aliases: Vec::new(),
        };
        DraftStop {
            traveller: 0,
            place,
            sites: Vec::new(),
            status: Status::Completed,
            recency: Recency::Before,
            start: start.parse().ok(),
            end: None,
            background: false,
            list: None,
            told_at: 0,
            confidence: 0.9,
            evidence: Vec::new(),
        }
    }

    fn reason(before: usize, after: usize, because: Because) -> Reason {
        Reason { before, after, because, evidence: None }
    }

    #[test]
    fn a_stop_between_two_dated_ones_lies_between_their_days() {
        let stops = [stop("2024-04-03"), stop("../2024-04-10"), stop("2024-04-07")];
        let told = [reason(0, 1, Because::Phrase), reason(1, 2, Because::Phrase)];
        assert_eq!(drawn_in(&stops, &told)[1], "2024-04-03/2024-04-07".parse().ok());
    }

    #[test]
    fn tense_and_open_order_say_nothing_of_days() {
        let stops = [stop("2024-04-03"), stop("../2024-04-10")];
        assert_eq!(drawn_in(&stops, &[])[1], "../2024-04-10".parse().ok());
        assert_eq!(drawn_in(&stops, &[reason(0, 1, Because::Tense)])[1], "../2024-04-10".parse().ok());
    }
}
