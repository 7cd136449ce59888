//! From tellings to stops: sightings of one stay become one stop, encounters of one meeting one meeting, and the words that
//! link clauses become reasons of order.
//!
//! It sees sightings and encounters, not the text. What it hands over is the [`Draft`] that the itinerary is arranged from.
//!
//! | module | settles |
//! |---|---|
//! | [`told`] | what stop a sighting tells of by itself |
//! | [`one_stay`] | whether two tellings are of one stay |
//! | [`order`] | which stop comes first by the words that link them |
//! | [`company`] | stops of those who go along |
//! | [`meetings`] | meetings, and at which stop they took place |

mod company;
mod meetings;
mod one_stay;
mod order;
mod told;

use super::delegation::Companion;
use super::meetings::Encounter;
use super::officials::Official;
use super::visits::Sighting;
use crate::itinerary::{Draft, DraftOfficial, DraftStop, Edtf, Status};
use chrono::{Days, NaiveDate};
use one_stay::merge;

/// A journey counts as recalled when it ended this many days before publication, and the article reports another.
const RECALLED_AFTER_DAYS: u64 = 21;

/// Joins everything that was sighted into a draft.
pub struct Joiner<'a> {
    officials: &'a [Official],
    published: Option<NaiveDate>,
    /// The day that a dispatch tells of, where its own words do not date what it saw.
    news_day: Option<NaiveDate>,
    /// Whether it is a dispatch with a dateline: what it tells without a day is of its day.
    filed: bool,
    stops: Vec<DraftStop>,
    /// Of each stop, whether a clause with a tense of its own says its status.
    firm: Vec<bool>,
    /// Stop of each sighting, by the sighting's index.
    stop_of: Vec<Option<usize>>,
}

impl<'a> Joiner<'a> {
    /// A joiner for one article; `published` anchors what is undated, and `news_day` is the day that a dispatch tells of.
    pub fn new(
        officials: &'a [Official],
        published: Option<NaiveDate>,
        news_day: Option<NaiveDate>,
        filed: bool,
    ) -> Self {
        Joiner { officials, published, news_day, filed, stops: Vec::new(), firm: Vec::new(), stop_of: Vec::new() }
    }

    /// The draft of all that was sighted. `companions` go along with others.
    pub fn join(mut self, sightings: &[Sighting], encounters: &[Encounter], companions: &[Companion]) -> Draft {
        self.stop_of = vec![None; sightings.len()];
        for reference in [false, true] {
            for (i, sighting) in sightings.iter().enumerate().filter(|(_, s)| s.reference == reference) {
                self.place_sighting(i, sighting);
            }
        }
        let mut reasons = self.reasons(sightings);
        self.set_trips_apart();
        self.go_along(companions, sightings, &mut reasons);
        self.meet_abroad(encounters);
        self.put_ahead();
        self.bound_undated();
        let meetings = self.meetings(encounters);
        let mut draft = Draft { stops: self.stops, meetings, reasons, ..Draft::default() };
        keep_active(self.officials, &mut draft);
        draft
    }

    /// Makes a stop of a sighting, or joins it to the stop that it tells of.
    fn place_sighting(&mut self, index: usize, sighting: &Sighting) {
        if sighting.certainty.negated && sighting.certainty.status != Status::Planned {
            return;
        }
        let mut told = self.stop_from(sighting);
        if told.status == Status::Cancelled
            && let Some(i) = self.planned_at(&told)
        {
            (self.stops[i].status, self.firm[i]) = (Status::Cancelled, true);
            merge(&mut self.stops[i], told, true);
            self.stops[i].evidence.push(sighting.evidence);
            self.stop_of[index] = Some(i);
            return;
        }
        // A phrase without a tense ("this visit to Peru") does not make a plan a fact, nor can one of days to come be one.
        let firm = sighting.certainty.tensed || told.status != Status::Completed;
        let says = firm && !sighting.reference;
        let Some(i) = self.stops.iter().position(|s| self.compatible(s, &told, sighting.reference)) else {
            self.stop_of[index] = Some(self.add(told, says));
            return;
        };
        if told.status == Status::Completed && (!firm || self.is_to_come(&self.stops[i])) {
            told.status = self.stops[i].status;
        } else if says && !self.firm[i] {
            // And where such a phrase came first, the clause with a tense says how it is.
            (self.stops[i].status, self.stops[i].recency) = (told.status, told.recency);
        }
        self.firm[i] |= says;
        merge(&mut self.stops[i], told, sighting.reference);
        self.stop_of[index] = Some(i);
    }

    /// The plan, told before, that is called off now.
    fn planned_at(&self, told: &DraftStop) -> Option<usize> {
        self.stops.iter().position(|s| {
            let place = one_stay::same_place(&s.place, &told.place)
                || (s.place.country == told.place.country && one_stay::is_wide(&told.place));
            s.traveller == told.traveller && place && matches!(s.status, Status::Planned | Status::Possible)
        })
    }

    /// Adds a stop, with whether a clause with a tense of its own says its status.
    fn add(&mut self, stop: DraftStop, firm: bool) -> usize {
        self.stops.push(stop);
        self.firm.push(firm);
        self.stops.len() - 1
    }

    /// What lies well before the article is recalled, if the article reports something newer.
    fn set_trips_apart(&mut self) {
        if self.stops.iter().all(|s| s.background) && self.published.is_none() {
            // Nothing newer is reported: then this is the article's journey.
            self.stops.iter_mut().for_each(|s| s.background = false);
        }
        let Some(limit) = self.published.and_then(|p| p.checked_sub_days(Days::new(RECALLED_AFTER_DAYS))) else {
            return;
        };
        let day = self.published.unwrap_or(limit);
        let old = |s: &DraftStop| {
            // "last month", "in March": a whole month or year that is over is told as another journey.
            let loose = s.start.as_ref().is_some_and(|d| d.as_day().is_none() && !d.is_interval());
            let last = s.start.as_ref().and_then(|d| d.latest());
            s.status == Status::Completed && last.is_some_and(|d| d < limit || (loose && d < day))
        };
        if self.stops.iter().any(|s| !old(s) && !s.background) {
            for stop in &mut self.stops {
                stop.background |= old(stop);
            }
        }
    }

    /// Nothing has taken place that begins after publication: "Berg heads to Kenya", in a headline, of a visit next Sunday.
    fn put_ahead(&mut self) {
        let Some(published) = self.published else { return };
        let ahead = |s: &DraftStop| s.start.as_ref().and_then(|d| d.earliest()).is_some_and(|first| first > published);
        for stop in self.stops.iter_mut().filter(|s| s.status == Status::Completed && ahead(s)) {
            stop.status = Status::Planned;
        }
    }

    /// What took place lies on or before publication, what is planned on or after it.
    fn bound_undated(&mut self) {
        let Some(published) = self.published else { return };
        for stop in self.stops.iter_mut().filter(|s| s.start.is_none() && !s.background) {
            let end = stop.end.as_ref().and_then(|d| d.latest());
            stop.start = match stop.status {
                Status::Completed => Some(Edtf::on_or_before(end.unwrap_or(published).min(published))),
                Status::Planned => Some(Edtf::on_or_after(published)),
                _ => None,
            };
        }
    }
}

/// Keeps the officials who travel or meet, and renumbers them.
fn keep_active(officials: &[Official], draft: &mut Draft) {
    let active = |i: usize| {
        draft.stops.iter().any(|s| s.traveller == i) || draft.meetings.iter().any(|m| m.participants.contains(&i))
    };
    let kept: Vec<usize> = (0..officials.len()).filter(|i| active(*i)).collect();
    let new = |old: usize| kept.iter().position(|k| *k == old).unwrap_or(0);
    for stop in &mut draft.stops {
        stop.traveller = new(stop.traveller);
    }
    for meeting in &mut draft.meetings {
        for p in &mut meeting.participants {
            *p = new(*p);
        }
    }
    draft.officials = kept.iter().map(|i| draft_official(&officials[*i])).collect();
}

/// An official as the draft has it, by the fullest name.
fn draft_official(o: &Official) -> DraftOfficial {
    let name = o.forms.iter().max_by_key(|f| f.split_whitespace().count()).cloned().unwrap_or_else(|| o.name.join(" "));
    DraftOfficial {
        aliases: o.forms.iter().filter(|f| **f != name).cloned().collect(),
        name,
        title: o.title().map(|t| t.text.clone()).filter(|t| !t.is_empty()),
        country: o.country.clone(),
        mentions: o.mentions,
    }
}
