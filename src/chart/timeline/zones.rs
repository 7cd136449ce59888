//! Zones of the timeline: which stops share a stretch of time, and in which order the stretches come.

use super::super::words::{Detail, Names};
use crate::itinerary::{Edtf, Itinerary, Recency, Status, Visit};
use chrono::NaiveDate;

/// A stretch of time and the visits in it, as indices into the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    pub heading: String,
    pub note: String,
    /// First possible day, where the zone has one.
    pub day: Option<NaiveDate>,
    /// Whether everything in it lies after publication.
    pub ahead: bool,
    pub visits: Vec<usize>,
}

/// Sorting key: what is over and undated, what is dated, what is to come; then the day; then whether it only follows that day.
type Key = (Recency, Option<NaiveDate>, u32, u32);

/// Zones of the given visits, in time.
pub fn zones(names: &Names<'_>, visits: &[usize]) -> Vec<Zone> {
    let document = names.document;
    let published = document.article.published.as_ref().and_then(Edtf::as_day);
    let mut keyed: Vec<(Key, usize)> = visits.iter().map(|i| (key(document, visits, *i), *i)).collect();
    keyed.sort_by_key(|(k, i)| (*k, document.visits[*i].order, *i));
    let any_dated = keyed.iter().any(|(k, _)| k.1.is_some());
    let mut zones: Vec<(Key, Zone)> = Vec::new();
    for (key, i) in keyed {
        match zones.last_mut().filter(|(k, _)| *k == key) {
            Some((_, zone)) => zone.visits.push(i),
            None => zones.push((key, empty(names, key, i, any_dated, published))),
        }
    }
    zones.into_iter().map(|(_, z)| z).collect()
}

fn dated(v: &Visit) -> Option<&Edtf> {
    v.start.as_ref().filter(|d| d.earliest().is_some() && d.latest().is_some())
}

fn key(document: &Itinerary, visits: &[usize], i: usize) -> Key {
    let v = &document.visits[i];
    if let Some(date) = dated(v) {
        let span = date.latest().zip(date.earliest()).map_or(0, |(b, a)| (b - a).num_days() as u32);
        return (Recency::Now, date.earliest(), span, 0);
    }
    // An undated stop that comes after a dated one follows it on the chart too.
    let earlier = visits.iter().map(|j| &document.visits[*j]).filter(|o| o.trip == v.trip && o.order < v.order);
    let after = earlier.filter_map(dated).filter_map(Edtf::earliest).max();
    let later = visits
        .iter()
        .map(|j| &document.visits[*j])
        .any(|o| o.trip == v.trip && o.order > v.order && dated(o).is_some());
    match (v.status, after) {
        (Status::Completed, None) => (Recency::Before, None, 0, 0),
        (_, Some(day)) if later || v.status == Status::Completed => {
            (Recency::Now, Some(day), u32::MAX, v.order.unwrap_or(0))
        }
        (Status::Planned, _) => (Recency::After, None, 0, 0),
        (Status::Possible | Status::Cancelled, _) | (Status::Completed, _) => (Recency::After, None, 1, 0),
    }
}

fn empty(names: &Names<'_>, key: Key, i: usize, any_dated: bool, published: Option<NaiveDate>) -> Zone {
    let v = &names.document.visits[i];
    let undated = || "date not stated".to_string();
    let (heading, note) = match (key.0, key.1, key.2) {
        (Recency::Before, ..) if any_dated => ("Earlier on the trip".into(), "dates not stated".into()),
        (Recency::Before, ..) => ("Took place".into(), "dates not stated".into()),
        (Recency::After, _, 1) => ("Not certain, or off".into(), undated()),
        (Recency::After, ..) if any_dated => ("Afterwards".into(), undated()),
        (Recency::After, ..) => ("Planned".into(), undated()),
        (_, _, u32::MAX) => ("After that".into(), undated()),
        (_, Some(day), 0) => (names.dates.day(day, Detail::Heading), String::new()),
        _ => match dated(v) {
            Some(d) if d.is_interval() => (names.dates.date(d, Detail::Short), "day not stated".into()),
            Some(d) => (format!("In {}", names.dates.date(d, Detail::Short)), "day not stated".into()),
            None => (undated(), String::new()),
        },
    };
    let ahead = key.0 == Recency::After || key.1.zip(published).is_some_and(|(d, p)| d > p);
    Zone { heading, note, day: key.1.filter(|_| key.2 != u32::MAX), ahead, visits: vec![i] }
}
