//! Company: those who go along with a traveller, and those whom a traveller meets abroad, make stops too.
//!
//! Copies stops that are joined already. Who goes with whom is settled in [`crate::extract::delegation`].

use super::Joiner;
use super::one_stay::merge;
use crate::extract::delegation::Companion;
use crate::extract::meetings::Encounter;
use crate::extract::times::{Direction, resolve};
use crate::extract::visits::Sighting;
use crate::itinerary::{DraftReason, DraftStop, Mode, Status};

/// A companion's stops beside those of the leader that they are copied from: (the leader's, the companion's).
type Copies = Vec<(usize, usize)>;

impl Joiner<'_> {
    /// Companions make the stops of the one they go with, and what orders the leader's stops orders theirs.
    pub(super) fn go_along(
        &mut self,
        companions: &[Companion],
        sightings: &[Sighting],
        reasons: &mut Vec<DraftReason>,
    ) {
        for companion in companions {
            let copies = self.copy_stops(companion, sightings);
            let own = |stop: usize| copies.iter().find(|(leader, _)| *leader == stop).map(|(_, own)| *own);
            let shared: Vec<DraftReason> = reasons
                .iter()
                .filter_map(|r| Some(DraftReason { before: own(r.before)?, after: own(r.after)?, ..r.clone() }))
                .filter(|r| r.before != r.after)
                .collect();
            reasons.extend(shared);
        }
    }

    /// Gives a companion the stops of the leader: those that their sentence tells, or else the whole main trip.
    fn copy_stops(&mut self, companion: &Companion, sightings: &[Sighting]) -> Copies {
        let official = &self.officials[companion.follower];
        let mut copies = Copies::new();
        for original in self.shared_stops(companion, sightings) {
            let shared = &self.stops[original];
            let home = official.country.is_some() && official.country == shared.place.country;
            if home || official.is_posted_to(shared.place.country.as_ref()) {
                continue;
            }
            let copy = DraftStop {
                traveller: companion.follower,
                confidence: shared.confidence * 0.9,
                evidence: vec![companion.span],
                ..shared.clone()
            };
            let own = match self.stops.iter().position(|s| self.compatible(s, &copy, false)) {
                Some(known) => {
                    self.stops[known].list = copy.list.or(self.stops[known].list);
                    merge(&mut self.stops[known], copy, false);
                    known
                }
                None => self.add(copy, false),
            };
            copies.push((original, own));
        }
        copies
    }

    /// The leader's stops that a companion shares.
    fn shared_stops(&self, companion: &Companion, sightings: &[Sighting]) -> Vec<usize> {
        let told_here = |s: &Sighting| s.traveller == companion.leader && companion.span.contains(s.evidence);
        let seen = sightings.iter().zip(&self.stop_of).filter(|(s, _)| told_here(s));
        let here: Vec<usize> = seen.filter_map(|(_, stop)| *stop).collect();
        // Told of one stop as a fact, they need not go along on what is planned next.
        let told: Vec<Status> = here.iter().map(|i| self.stops[*i].status).collect();
        let goes = |i: &usize| {
            let stop = &self.stops[*i];
            let along = told.is_empty() || told.contains(&stop.status);
            stop.traveller == companion.leader
                && !stop.background
                && if companion.local { here.contains(i) } else { along }
        };
        (0..self.stops.len()).filter(goes).collect()
    }

    /// Whom a traveller meets on a journey to one country is there too, though neither serves it and the words name no place.
    pub(super) fn meet_abroad(&mut self, encounters: &[Encounter]) {
        let untold =
            |e: &&Encounter| e.place.is_none() && e.mode == Mode::InPerson && !e.certainty.negated && e.weight >= 0.7;
        for e in encounters.iter().filter(untold) {
            let Some((leader, others)) = e.participants.split_first() else { continue };
            let Some(stop) = self.only_stop(*leader, e).cloned() else { continue };
            let leaders = &self.officials[*leader].country;
            for p in others {
                let official = &self.officials[*p];
                let third = official.country.is_some()
                    && official.country != stop.place.country
                    && official.country != *leaders;
                let copy = DraftStop {
                    traveller: *p,
                    status: e.certainty.status,
                    evidence: vec![e.evidence],
                    confidence: stop.confidence * 0.6,
                    list: None,
                    sites: Vec::new(),
                    told_at: e.told_at,
                    ..stop.clone()
                };
                let known = self.stops.iter().any(|s| self.compatible(s, &copy, true));
                if third && official.is_official() && !known {
                    self.add(copy, false);
                }
            }
        }
    }

    /// The stop of a traveller that an encounter fits, if all of the journey is in one country.
    fn only_stop(&self, traveller: usize, e: &Encounter) -> Option<&DraftStop> {
        let mut own = self.stops.iter().filter(|s| s.traveller == traveller && !s.background);
        let stop = own.next()?;
        let date = e.times.iter().find_map(|t| resolve(t, Direction::Past));
        let dated = date.is_none() || stop.start.is_none() || date == stop.start;
        // Under way there, and to meet somebody.
        let goes_on = stop.status == Status::Completed && e.certainty.status == Status::Planned;
        let fits = stop.status == e.certainty.status || goes_on;
        (fits && dated && own.all(|s| s.place.country == stop.place.country)).then_some(stop)
    }
}
