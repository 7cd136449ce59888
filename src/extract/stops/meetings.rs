//! Meetings out of encounters: several tellings of one meeting are joined, and it is laid to the stop where it took place.
//!
//! Runs when the stops are settled. How a meeting is told is known in [`crate::extract::meetings`].

use super::Joiner;
use super::one_stay::same_place;
use crate::extract::meetings::Encounter;
use crate::extract::times::{Direction, resolve};
use crate::itinerary::{CountryCode, DraftMeeting, DraftStop, Mode, Status};

impl Joiner<'_> {
    /// Encounters of the same people become one meeting, at the stop where they met.
    pub(super) fn meetings(&self, encounters: &[Encounter]) -> Vec<DraftMeeting> {
        let mut meetings: Vec<DraftMeeting> = Vec::new();
        for e in encounters {
            if e.certainty.negated && e.certainty.status == Status::Completed {
                continue;
            }
            let told = self.meeting_from(e);
            match meetings.iter_mut().find(|m| same_meeting(m, &told)) {
                Some(known) => merge_meeting(known, told),
                None => meetings.push(told),
            }
        }
        meetings
    }

    /// The meeting that one encounter tells of by itself.
    fn meeting_from(&self, e: &Encounter) -> DraftMeeting {
        let past = e.certainty.status == Status::Completed && !e.certainty.present;
        let direction = if past { Direction::Past } else { Direction::Future };
        let date = e.times.iter().find_map(|t| resolve(t, direction));
        let status = match date.as_ref().and_then(|d| d.earliest()).zip(self.published) {
            Some((d, p)) if d > p && e.certainty.status == Status::Completed => Status::Planned,
            _ => e.certainty.status,
        };
        let stop = self.stop_for(e, status).filter(|_| e.mode == Mode::InPerson);
        let place = e.place.clone().or_else(|| stop.map(|s| self.stops[s].place.clone()));
        DraftMeeting {
            participants: e.participants.clone(),
            groups: e.groups.clone(),
            country: place.as_ref().and_then(|p| p.country.clone()),
            place,
            date: date.or_else(|| stop.and_then(|s| self.stops[s].start.clone()).filter(|d| d.as_day().is_some())),
            stop,
            status,
            mode: e.mode,
            duration: e.duration.clone(),
            confidence: e.weight,
            evidence: vec![e.evidence],
        }
    }

    /// The stop at which the meeting took place: the one in its place, else the only one in the country of the other party.
    fn stop_for(&self, e: &Encounter, status: Status) -> Option<usize> {
        let states: Vec<CountryCode> = match &e.place {
            Some(place) => place.country.iter().cloned().collect(),
            None => self.states_of(e),
        };
        states.iter().find_map(|country| self.stop_in(country, e, status))
    }

    /// The states of those who met, the guests' own last: a meeting without a place was at a host's.
    fn states_of(&self, e: &Encounter) -> Vec<CountryCode> {
        let others = e.participants.iter().skip(1).chain(e.participants.first());
        let people = others.filter_map(|p| self.officials[*p].country.clone());
        people.chain(e.groups.iter().filter_map(|g| g.country.clone())).collect()
    }

    /// The stop of one of those who met in that country: best in the same town and as certain as the meeting.
    fn stop_in(&self, country: &CountryCode, e: &Encounter, status: Status) -> Option<usize> {
        let here = |s: &&DraftStop| {
            e.participants.contains(&s.traveller)
                && s.place.country.as_ref() == Some(country)
                && !s.background
                && s.status == status
        };
        let same_city = |s: &&DraftStop| e.place.as_ref().is_some_and(|p| same_place(p, &s.place));
        let town = self.stops.iter().position(|s| here(&s) && same_city(&s));
        town.or_else(|| self.stops.iter().position(|s| here(&s)))
    }
}

/// Whether two tellings can be of one meeting.
fn same_meeting(a: &DraftMeeting, b: &DraftMeeting) -> bool {
    let subset = |x: &[usize], y: &[usize]| x.iter().all(|p| y.contains(p));
    let people = subset(&a.participants, &b.participants) || subset(&b.participants, &a.participants);
    let named = a.participants.len() > 1 && b.participants.len() > 1;
    let groups = a.groups == b.groups && a.participants == b.participants;
    let status = a.status == b.status;
    let place = a.country.is_none() || b.country.is_none() || a.country == b.country;
    let dates = match (&a.date, &b.date) {
        (Some(x), Some(y)) => !x.surely_before(y) && !y.surely_before(x),
        _ => true,
    };
    people && (named || groups) && status && place && dates && a.mode == b.mode
}

/// Adds a telling to a meeting: who else was there, and what was not known yet.
fn merge_meeting(known: &mut DraftMeeting, told: DraftMeeting) {
    for person in told.participants {
        if !known.participants.contains(&person) {
            known.participants.push(person);
        }
    }
    for group in told.groups {
        if !known.groups.contains(&group) {
            known.groups.push(group);
        }
    }
    known.place = known.place.take().or(told.place);
    known.country = known.country.take().or(told.country);
    known.stop = known.stop.or(told.stop);
    known.date = known.date.take().or(told.date);
    known.duration = known.duration.take().or(told.duration);
    known.confidence = (1.0 - (1.0 - known.confidence) * (1.0 - told.confidence * 0.7)).min(0.98);
    known.evidence.extend(told.evidence);
    known.evidence.truncate(4);
}
