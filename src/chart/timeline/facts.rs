//! A document as timelines ask for it: the times, lanes and trips of its stops by index, and its meetings by number.

use super::when::When;
use crate::chart::words::Names;
use crate::itinerary::{Edtf, Meeting, OfficialId, Status, TripKind, Visit, VisitGraph};
use std::collections::HashMap;

/// A document with what a timeline looks up.
pub struct Facts<'a> {
    pub names: &'a Names<'a>,
    pub graph: VisitGraph<'a>,
    /// Travellers of the lanes, from top to bottom; their place here is their hue.
    pub travellers: Vec<&'a OfficialId>,
    whens: Vec<Option<When>>,
    lanes: Vec<usize>,
    trips: Vec<usize>,
    meetings: HashMap<*const Meeting, usize>,
    /// The visit at which each meeting is told in full: of companions, that of the first.
    told: HashMap<*const Meeting, usize>,
}

impl<'a> Facts<'a> {
    /// Facts of a document with its names.
    pub fn new(names: &'a Names<'a>) -> Self {
        let document = names.document;
        let mut travellers = names.travellers();
        let mut lane: HashMap<&OfficialId, usize> = travellers.iter().enumerate().map(|(i, t)| (*t, i)).collect();
        for v in names.visits(TripKind::Main) {
            lane.entry(&v.traveller).or_insert_with(|| {
                travellers.push(&v.traveller);
                travellers.len() - 1
            });
        }
        let trips: HashMap<_, usize> = document.trips.iter().enumerate().map(|(i, t)| (&t.id, i)).collect();
        let visits = &document.visits;
        let lanes: Vec<usize> = visits.iter().map(|v| lane.get(&v.traveller).copied().unwrap_or(0)).collect();
        let told = told(names, &lanes);
        Facts {
            names,
            graph: VisitGraph::of(document),
            travellers,
            whens: visits.iter().map(When::of).collect(),
            lanes,
            told,
            trips: visits.iter().map(|v| trips.get(&v.trip).copied().unwrap_or(usize::MAX)).collect(),
            meetings: document.meetings.iter().enumerate().map(|(i, m)| (std::ptr::from_ref(m), i)).collect(),
        }
    }

    pub fn visit(&self, i: usize) -> &'a Visit {
        &self.names.document.visits[i]
    }

    pub fn when(&self, i: usize) -> Option<When> {
        self.whens[i]
    }

    /// The lane of a visit, which is its traveller's place.
    pub fn lane(&self, i: usize) -> usize {
        self.lanes[i]
    }

    /// The place of a visit's trip in the document.
    pub fn trip(&self, i: usize) -> usize {
        self.trips[i]
    }

    /// The place of a meeting in the document.
    pub fn meeting(&self, meeting: &Meeting) -> usize {
        self.meetings.get(&std::ptr::from_ref(meeting)).copied().unwrap_or(0)
    }

    /// Whether a meeting is told in full at this visit, and not at a companion's.
    pub fn tells(&self, visit: usize, meeting: &Meeting) -> bool {
        self.told.get(&std::ptr::from_ref(meeting)) == Some(&visit)
    }

    pub fn is_over(&self, i: usize) -> bool {
        self.visit(i).status == Status::Completed
    }

    /// Whether a stop has a place in the order: what was called off has none, nor what has no number.
    pub fn is_ordered(&self, i: usize) -> bool {
        let v = self.visit(i);
        v.status != Status::Cancelled && v.order.is_some()
    }

    /// Sorts the stops of a zone: by trip and number, what has no place in the order last.
    pub fn rank(&self, i: usize) -> (usize, u32, usize) {
        (self.trips[i], self.order(i).filter(|_| self.is_ordered(i)).unwrap_or(u32::MAX), i)
    }

    /// Whether two stops stand in one shared number of one trip.
    pub fn shares_number(&self, a: usize, b: usize) -> bool {
        self.is_ordered(a) && self.is_ordered(b) && self.trips[a] == self.trips[b] && self.order(a) == self.order(b)
    }

    fn order(&self, i: usize) -> Option<u32> {
        self.visit(i).order
    }

    /// Stops of each main trip that have a place in the order, in groups that share a number.
    pub fn groups(&self) -> Vec<Vec<Vec<usize>>> {
        let mut main = self.names.indices(TripKind::Main);
        main.retain(|i| self.is_ordered(*i));
        grouped(self, main)
    }

    /// The same for background trips, and all of their stops.
    pub fn recalled(&self) -> Vec<Vec<Vec<usize>>> {
        grouped(self, self.names.indices(TripKind::Background))
    }

    /// Two stops whose numbers their dates contradict.
    pub fn contradiction(&self) -> Option<(usize, usize)> {
        for trip in self.groups() {
            let mut latest: Option<(usize, &Edtf)> = None;
            for i in trip.into_iter().flatten() {
                let Some(start) = self.visit(i).start.as_ref().filter(|s| s.earliest().is_some()) else { continue };
                if let Some((j, _)) = latest.filter(|(j, d)| self.order(*j) < self.order(i) && start.surely_before(d)) {
                    return Some((j, i));
                }
                if latest.is_none_or(|(_, d)| d.earliest() < start.earliest()) {
                    latest = Some((i, start));
                }
            }
        }
        None
    }
}

fn told(names: &Names<'_>, lanes: &[usize]) -> HashMap<*const Meeting, usize> {
    let mut visits = names.indices(TripKind::Main);
    visits.sort_by_key(|i| lanes[*i]);
    visits.extend(names.indices(TripKind::Background));
    let mut told = HashMap::new();
    for i in visits {
        for meeting in names.meetings(&names.document.visits[i]) {
            told.entry(std::ptr::from_ref(meeting)).or_insert(i);
        }
    }
    told
}

/// Visits by trip, and in it by number; those without one stand each alone, last.
fn grouped(facts: &Facts<'_>, mut visits: Vec<usize>) -> Vec<Vec<Vec<usize>>> {
    visits.sort_by_key(|i| facts.rank(*i));
    let by_trip = visits.chunk_by(|a, b| facts.trip(*a) == facts.trip(*b));
    by_trip.map(|trip| trip.chunk_by(|a, b| facts.shares_number(*a, *b)).map(<[usize]>::to_vec).collect()).collect()
}
