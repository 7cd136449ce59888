//! Columns of the axis: which stops share a stretch of time, in which order the stretches come, and where publication falls.
//!
//! A day that is known is a column of its own. A stop without a day stands in a zone before, between or after the days, as far
//! as the document says so; what nothing places has a zone that claims nothing. Knows no geometry.

use super::facts::Facts;
use super::when::{Kind, When};
use crate::chart::words::{Detail, Phrase};
use crate::itinerary::{Edtf, Status, Visit};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A stretch of time and the visits in it, as indices into the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    pub heading: String,
    pub note: String,
    /// The day, where the zone is one day of the axis.
    pub day: Option<NaiveDate>,
    /// Whether the zone is a range of days in which the day is not stated.
    pub range: bool,
    /// Whether it lies after publication.
    pub ahead: bool,
    pub visits: Vec<usize>,
}

/// Where publication falls among zones.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    pub words: String,
    /// The zone that it comes before; the number of zones where it comes after all.
    pub before: usize,
    /// Whether it falls into the zone before that, between what took place and what did not.
    pub inside: bool,
}

/// Sorting key of zones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    era: Era,
    day: Option<NaiveDate>,
    place: Place,
    /// First and last day of a range.
    range: Option<(NaiveDate, NaiveDate)>,
}

/// Stretches from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Era {
    /// Over, without a date, and nothing says before or after what.
    Undated,
    Earlier,
    Dated,
    Afterwards,
    Planned,
    /// Not certain, or called off, without a date.
    Unsure,
}

/// Where a zone stands with respect to the day of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Before,
    On,
    Range,
    After,
    /// Over, without date and without number: beside the order, not in it.
    Loose,
    /// After publication, but before a later day.
    Ahead,
}

/// Zones of the given visits, from left to right.
pub fn zones(facts: &Facts<'_>, visits: &[usize]) -> Vec<Zone> {
    let sorter = Sorter::new(facts, visits);
    let mut found: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for &i in visits {
        found.entry(sorter.key(i)).or_default().push(i);
        if let Some(end) = facts.when(i).and_then(|w| w.end_day(facts.visit(i))) {
            found.entry(Key { era: Era::Dated, day: Some(end), place: Place::On, range: None }).or_default();
        }
    }
    let published = publication(facts);
    found
        .into_iter()
        .map(|(key, mut visits)| {
            visits.sort_by_key(|i| facts.rank(*i));
            zone(facts, key, visits, published)
        })
        .collect()
}

/// Where publication falls among zones; `None` where it is not known, or there is no zone.
pub fn published(facts: &Facts<'_>, zones: &[Zone]) -> Option<Published> {
    let date = facts.names.document.article.published.as_ref()?;
    let day = date.latest().filter(|_| !zones.is_empty())?;
    let before = zones.iter().position(|z| z.ahead).unwrap_or(zones.len());
    let mixed = |z: &Zone| z.day == Some(day) && z.visits.iter().any(|i| !facts.is_over(*i));
    let inside = before > 0 && mixed(&zones[before - 1]);
    let names = facts.names;
    let merged = names.document.article.merged_from().iter().filter(|p| !p.register).count() > 1;
    let phrase = if merged { Phrase::PublishedLast } else { Phrase::Published };
    let words = names.words.say(phrase, &[&names.dates.date(date, Detail::Long)]);
    Some(Published { words, before, inside })
}

fn publication(facts: &Facts<'_>) -> Option<NaiveDate> {
    facts.names.document.article.published.as_ref().and_then(Edtf::latest)
}

struct Sorter<'f, 'a> {
    facts: &'f Facts<'a>,
    published: Option<NaiveDate>,
    /// Dated stops of each trip that were not called off.
    dated: BTreeMap<usize, Vec<(usize, When)>>,
}

impl<'f, 'a> Sorter<'f, 'a> {
    fn new(facts: &'f Facts<'a>, visits: &[usize]) -> Self {
        let mut dated: BTreeMap<usize, Vec<(usize, When)>> = BTreeMap::new();
        for &i in visits.iter().filter(|i| facts.visit(**i).status != Status::Cancelled) {
            if let Some(when) = facts.when(i) {
                dated.entry(facts.trip(i)).or_default().push((i, when));
            }
        }
        Sorter { facts, published: publication(facts), dated }
    }

    fn key(&self, i: usize) -> Key {
        match self.facts.when(i) {
            Some(when) => self.dated_key(i, when),
            None => self.undated_key(i),
        }
    }

    fn others(&self, i: usize) -> impl Iterator<Item = (&'f Visit, When)> + '_ {
        let facts = self.facts;
        self.dated_beside(i).map(move |(j, when)| (facts.visit(j), when))
    }

    /// Dated stops of the same trip.
    fn dated_beside(&self, i: usize) -> impl Iterator<Item = (usize, When)> + '_ {
        let all = self.dated.get(&self.facts.trip(i)).into_iter().flatten();
        all.copied().filter(move |(j, _)| *j != i)
    }

    /// The day in whose zone a dated stop ends.
    fn ends(&self, i: usize, when: When) -> Option<NaiveDate> {
        when.end_day(self.facts.visit(i)).or(self.dated_key(i, when).day)
    }

    fn dated_key(&self, i: usize, when: When) -> Key {
        let key = Key { era: Era::Dated, day: when.day(), place: Place::On, range: None };
        if key.day.is_some() {
            return key;
        }
        // A range comes as late as the stops that it follows, and as publication where it is to come.
        let v = self.facts.visit(i);
        let earlier =
            self.others(i).filter(|(o, _)| o.order.is_some() && o.order < v.order).map(|(_, w)| w.first).max();
        let coming = self.published.filter(|_| v.status != Status::Completed);
        let day = [Some(when.first), earlier, coming].into_iter().flatten().filter(|d| *d <= when.last).max();
        Key { day, place: Place::Range, range: Some((when.first, when.last)), ..key }
    }

    /// The key of a stop that is not dated: from its number, from publication, and from nothing else.
    fn undated_key(&self, i: usize) -> Key {
        let v = self.facts.visit(i);
        let over = v.status == Status::Completed;
        let at = |era, day, place| Key { era, day, place, range: None };
        let zone = |era| at(era, None, Place::On);
        let any = self.others(i).next().is_some();
        if any && self.others(i).all(|(o, w)| self.precedes(v, None, o, Some(w))) && over {
            return zone(Era::Earlier);
        }
        if any && self.others(i).all(|(o, w)| self.precedes(o, Some(w), v, None)) && !over {
            return zone(Era::Afterwards);
        }
        let numbered = |later: bool| {
            let numbers = move |j: usize| v.order.zip(self.facts.visit(j).order);
            let follows = move |j: usize| numbers(j).is_some_and(|(a, b)| if later { b > a } else { b < a });
            self.dated_beside(i).filter(move |(j, _)| follows(*j))
        };
        if let Some(day) = numbered(false).filter_map(|(j, w)| self.ends(j, w)).max() {
            let next = numbered(true).map(|(_, w)| w.first).min().unwrap_or(NaiveDate::MAX);
            let coming = self.published.filter(|p| !over && *p > day && *p <= next);
            return at(Era::Dated, coming.or(Some(day)), if coming.is_some() { Place::Ahead } else { Place::After });
        }
        if let Some(day) = numbered(true).map(|(_, w)| w.first).min() {
            return at(Era::Dated, Some(day), Place::Before);
        }
        match (v.status, v.order) {
            (Status::Completed, Some(_)) => zone(Era::Undated),
            (Status::Completed, None) => at(Era::Dated, self.published.or(Some(NaiveDate::MAX)), Place::Loose),
            (Status::Planned, _) => zone(Era::Planned),
            (Status::Possible | Status::Cancelled, _) => zone(Era::Unsure),
        }
    }

    /// Whether the document says that one stop comes before another: by numbers, by what has taken place, or by bounds.
    fn precedes(&self, a: &Visit, when_a: Option<When>, b: &Visit, when_b: Option<When>) -> bool {
        if let Some((a, b)) = a.order.zip(b.order) {
            return a < b;
        }
        let last = when_a.map(|w| w.last).or_else(|| a.start.as_ref()?.latest());
        let first = when_b.map(|w| w.first).or_else(|| b.start.as_ref()?.earliest());
        let tense = a.status == Status::Completed && b.status == Status::Planned;
        tense || last.zip(first).is_some_and(|(a, b)| a < b)
    }
}

fn zone(facts: &Facts<'_>, key: Key, visits: Vec<usize>, published: Option<NaiveDate>) -> Zone {
    let w = facts.names.words;
    let says = |phrase: Phrase| w.of(phrase).to_string();
    let day = || key.day.map(|d| facts.names.dates.day(d, Detail::Short)).unwrap_or_default();
    let note = says(Phrase::ZoneDate);
    let (heading, note) = match (key.era, key.place) {
        (Era::Earlier, _) => (says(Phrase::ZoneEarlier), note),
        (Era::Afterwards, _) => (says(Phrase::ZoneAfterwards), note),
        (Era::Planned, _) => (says(Phrase::ZonePlanned), note),
        (Era::Dated, Place::Loose) => (says(Phrase::ZoneUndated), says(Phrase::OrderNone)),
        (Era::Undated | Era::Unsure, _) => (says(Phrase::ZoneUndated), String::new()),
        (Era::Dated, Place::On) => (day(), String::new()),
        (Era::Dated, Place::Before) => (says(Phrase::ZoneBefore), note),
        (Era::Dated, Place::After | Place::Ahead) => (says(Phrase::ZoneAfter), note),
        (Era::Dated, Place::Range) => (range_heading(facts, &visits), says(Phrase::ZoneDay)),
    };
    let over = |i: &usize| facts.is_over(*i);
    let ahead = match (key.era, key.place) {
        (Era::Undated | Era::Earlier, _) | (Era::Dated, Place::Loose) => false,
        (Era::Afterwards | Era::Planned, _) | (Era::Unsure, _) | (Era::Dated, Place::Ahead) => true,
        _ => match key.day.zip(published) {
            Some((day, published)) if day == published => !visits.is_empty() && !visits.iter().any(over),
            Some((day, published)) => day > published,
            None => false,
        },
    };
    let day = key.day.filter(|_| key.era == Era::Dated && key.place == Place::On);
    Zone { heading, note, day, range: key.place == Place::Range, ahead, visits }
}

/// "In March 2023", "Between Fri 3 Nov and Tue 7 Nov".
fn range_heading(facts: &Facts<'_>, visits: &[usize]) -> String {
    let (dates, w) = (facts.names.dates, facts.names.words);
    let Some(v) = visits.first().map(|i| facts.visit(*i)) else { return String::new() };
    let Some(start) = &v.start else { return String::new() };
    match &v.end {
        // Two dates of which neither is a day would read badly: the range from the first to the last possible day.
        Some(end) if end != start => facts.when(visits[0]).map_or(String::new(), |when| {
            let day = |d| dates.day(d, Detail::Short);
            w.capitalised(&w.say(Phrase::Between, &[&day(when.first), &day(when.last)]))
        }),
        _ if start.is_interval() || start.is_qualified() => w.capitalised(&dates.date(start, Detail::Short)),
        _ => w.say(Phrase::InDate, &[&dates.date(start, Detail::Short)]),
    }
}

/// Whether a stop's own date has to be written at it, since the heading of its zone does not say all of it.
pub fn says_date(when: Option<When>) -> bool {
    when.is_some_and(|w| matches!(w.kind, Kind::About | Kind::Stay { .. }))
}
