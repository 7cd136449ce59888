//! Reasons of order: the words that link two clauses say which of their stops comes first.
//!
//! Only what is said becomes a reason; dates and tense are weighed by [`crate::itinerary`].

use super::Joiner;
use crate::extract::visits::{Link, Sighting};
use crate::itinerary::{Because, DraftReason, Recency, Status};

impl Joiner<'_> {
    /// Reasons of order from the links between clauses.
    pub(super) fn reasons(&self, sightings: &[Sighting]) -> Vec<DraftReason> {
        let mut reasons: Vec<DraftReason> = Vec::new();
        for (i, s) in sightings.iter().enumerate() {
            for (before, after) in self.ordered_by(sightings, i) {
                if before != after && !reasons.iter().any(|r| r.before == before && r.after == after) {
                    reasons.push(DraftReason { before, after, because: Because::Phrase, evidence: Some(s.evidence) });
                }
            }
        }
        reasons
    }

    /// Pairs of stops, the earlier one first, that the link of sighting `i` puts in order.
    fn ordered_by(&self, sightings: &[Sighting], i: usize) -> Vec<(usize, usize)> {
        let Some(this) = self.stop_of[i] else { return Vec::new() };
        let beside = |clause: usize| self.beside(sightings, i, clause);
        match sightings[i].link {
            Link::After(clause) => beside(clause).into_iter().map(|o| (o, this)).collect(),
            Link::Before(clause) => beside(clause).into_iter().map(|o| (this, o)).collect(),
            // Where one comes from is right before; what else is done without a day lies before that.
            Link::Origin(clause) => {
                let next = beside(clause);
                let done = |k: &usize| {
                    let stop = &self.stops[*k];
                    stop.traveller == sightings[i].traveller
                        && stop.status == Status::Completed
                        && stop.recency == Recency::Before
                        && !stop.background
                        && *k != this
                        && !next.contains(k)
                };
                let earlier = (0..self.stops.len()).filter(|k| !next.is_empty() && done(k)).map(|k| (k, this));
                next.iter().map(|o| (this, *o)).chain(earlier).collect()
            }
            Link::Next => self.previous(sightings, i).map(|o| (o, this)).into_iter().collect(),
            Link::Earlier => self.previous(sightings, i).map(|o| (this, o)).into_iter().collect(),
            Link::None => Vec::new(),
        }
    }

    /// Other stops of the same traveller that the clause at token `clause` of the same sentence tells of.
    fn beside(&self, sightings: &[Sighting], i: usize, clause: usize) -> Vec<usize> {
        let s = &sightings[i];
        let there = |o: &Sighting| o.sentence == s.sentence && o.clause == clause && o.traveller == s.traveller;
        sightings
            .iter()
            .zip(&self.stop_of)
            .filter(|(o, _)| there(o))
            .filter_map(|(_, stop)| *stop)
            .filter(|stop| Some(*stop) != self.stop_of[i])
            .collect()
    }

    /// The stop of the same traveller that was told last before sighting `i`.
    fn previous(&self, sightings: &[Sighting], i: usize) -> Option<usize> {
        let this = self.stop_of[i];
        let s = &sightings[i];
        sightings
            .iter()
            .enumerate()
            .filter(|(_, o)| o.traveller == s.traveller && o.told_at < s.told_at && !o.recalled)
            .max_by_key(|(_, o)| o.told_at)
            .and_then(|(j, _)| self.stop_of[j])
            .filter(|o| Some(*o) != this)
    }
}
