//! Which visits of different documents are one stop: same traveller, the same place or a part of it, days that go together. The best
//! pairs are taken first; each source has at most one visit in a stop. Trips that share a stop are one journey.

use super::when::{self, SLIP, Window};
use crate::itinerary::{Edtf, OfficialId, Place, Status, TripId, TripKind, Visit};
use crate::network::{Network, same_place, within};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Days by which reports of one stop of one journey may differ: then they contradict each other.
const DISPUTED: i64 = 7;

/// Visits that are one stop, as indices into the network's, in the order of their sources.
pub type Same = Vec<usize>;

/// The stops of one journey.
#[derive(Clone, Debug, PartialEq)]
pub struct Aligned {
    pub traveller: OfficialId,
    pub stops: Vec<Same>,
}

/// A visit with what is needed to compare it.
struct Candidate<'a> {
    index: usize,
    source: usize,
    visit: &'a Visit,
    place: Option<&'a Place>,
    likely: Window,
    /// First day on which it may have been told.
    published: Option<NaiveDate>,
    background: bool,
    /// Share of its trip that lies before it, in [0, 1].
    along: f64,
}

/// All journeys, traveller by traveller as the network has them.
pub fn journeys(network: &Network) -> Vec<Aligned> {
    let all = candidates(network);
    let mut by_traveller: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let numbers: HashMap<&OfficialId, usize> = network.officials.iter().enumerate().map(|(i, o)| (&o.id, i)).collect();
    for (i, c) in all.iter().enumerate() {
        numbers.get(&c.visit.traveller).into_iter().for_each(|n| by_traveller.entry(*n).or_default().push(i));
    }
    let mut found = Vec::new();
    for (official, own) in by_traveller {
        let traveller = &network.officials[official].id;
        let stops = stops(&all, &own);
        let groups = grouped(&all, stops);
        let visits = |stops: Vec<Vec<usize>>| -> Vec<Same> {
            stops.into_iter().map(|s| s.into_iter().map(|i| all[i].index).collect()).collect()
        };
        found.extend(groups.into_iter().map(|s| Aligned { traveller: traveller.clone(), stops: visits(s) }));
    }
    found
}

fn candidates(network: &Network) -> Vec<Candidate<'_>> {
    let kinds: HashMap<&TripId, TripKind> = network.trips.iter().map(|t| (&t.id, t.kind)).collect();
    let last: HashMap<&TripId, u32> = network.visits.iter().fold(HashMap::new(), |mut last, v| {
        let own = last.entry(&v.trip).or_insert(1);
        *own = (*own).max(v.order.unwrap_or(1));
        last
    });
    let places: HashMap<_, _> = network.places.iter().map(|p| (&p.id, &p.what)).collect();
    let candidate = |(index, v): (usize, &'_ crate::network::Fact<Visit>)| {
        let kind = kinds.get(&v.trip).copied().unwrap_or(TripKind::Main);
        let published = network.articles.get(v.article).and_then(|a| a.info.published.as_ref());
        let visit = &network.visits[index].what;
        Candidate {
            index,
            source: v.article,
            visit,
            place: places.get(&v.place).copied(),
            likely: when::likely(visit, kind, published),
            published: published.and_then(Edtf::earliest),
            background: kind == TripKind::Background,
            along: f64::from(v.order.unwrap_or(1)) / f64::from(last.get(&v.trip).copied().unwrap_or(1)),
        }
    };
    network.visits.iter().enumerate().map(candidate).collect()
}

/// The visits of a traveller as stops, as indices into the candidates: source after source joins what is there already.
fn stops(all: &[Candidate<'_>], own: &[usize]) -> Vec<Vec<usize>> {
    let mut stops: Vec<Vec<usize>> = Vec::new();
    let mut sources: Vec<usize> = own.iter().map(|i| all[*i].source).collect();
    sources.dedup();
    for source in sources {
        let new: Vec<usize> = own.iter().copied().filter(|i| all[*i].source == source).collect();
        let mut joining = Joining::new(all, &mut stops);
        joining.fitting(&new);
        joining.disputed(own, &new);
        let placed = joining.placed;
        stops.extend(new.into_iter().filter(|v| !placed.contains(v)).map(|v| vec![v]));
    }
    stops
}

/// The visits of one source being put into the stops of those before it.
struct Joining<'a, 's> {
    all: &'s [Candidate<'a>],
    stops: &'s mut [Vec<usize>],
    /// Of each stop, whether it has a visit of this source.
    taken: Vec<bool>,
    placed: HashSet<usize>,
    /// Trips of other sources that share a stop with a trip of this one.
    linked: HashMap<&'a TripId, HashSet<&'a TripId>>,
}

impl<'a, 's> Joining<'a, 's> {
    fn new(all: &'s [Candidate<'a>], stops: &'s mut [Vec<usize>]) -> Self {
        let taken = vec![false; stops.len()];
        Joining { all, stops, taken, placed: HashSet::new(), linked: HashMap::new() }
    }

    /// Puts visits into the stops that they fit. First what dates make certain: the trips that these join are one journey, and decide
    /// which of several stops without a date is meant.
    fn fitting(&mut self, new: &[usize]) {
        let mut pairs: Vec<(Fit, usize, usize)> = Vec::new();
        for visit in new {
            for (s, stop) in self.stops.iter().enumerate() {
                pairs.extend(fit_of(self.all, stop, *visit).map(|fit| (fit, s, *visit)));
            }
        }
        for certain in [true, false] {
            let ranked = self.ranked(&pairs, certain);
            let mut found: Vec<(&TripId, &TripId)> = Vec::new();
            for (stop, visit) in ranked {
                if !self.taken[stop] && !self.placed.contains(&visit) {
                    let trip = |i: usize| &self.all[i].visit.trip;
                    found.extend(self.stops[stop].iter().map(|i| (trip(visit), trip(*i))));
                    self.put(visit, stop);
                }
            }
            found.into_iter().for_each(|(own, other)| {
                self.linked.entry(own).or_default().insert(other);
            });
        }
    }

    /// Pairs of stop and visit, those of one journey first, then the best.
    fn ranked(&self, pairs: &[(Fit, usize, usize)], certain: bool) -> Vec<(usize, usize)> {
        let mut ranked: Vec<(bool, &(Fit, usize, usize))> = Vec::new();
        for pair in pairs.iter().filter(|p| p.0.certain == certain) {
            let same = self.same_journey(pair.1, pair.2);
            // A trip that is known to be another journey has no undated stop in this one.
            let known = self.linked.contains_key(&self.all[pair.2].visit.trip);
            // Nobody knows when what has neither a date nor a publication was, but for the journey that it is part of.
            let adrift = pair.0.adrift && !same;
            ranked.extend(((same || !known || certain) && !adrift).then_some((same, pair)));
        }
        ranked.sort_by(|(l, a), (m, b)| {
            m.cmp(l).then_with(|| b.0.score.total_cmp(&a.0.score)).then_with(|| (a.2, a.1).cmp(&(b.2, b.1)))
        });
        ranked.into_iter().map(|(_, pair)| (pair.1, pair.2)).collect()
    }

    /// Puts what is left into stops of the same journey whose days it contradicts.
    fn disputed(&mut self, own: &[usize], new: &[usize]) {
        for visit in new.iter().copied().filter(|v| !self.placed.contains(v)).collect::<Vec<_>>() {
            let fits = |s: &usize| {
                !self.taken[*s] && self.same_journey(*s, visit) && disputed(self.all, own, &self.stops[*s], visit)
            };
            if let Some(stop) = (0..self.stops.len()).find(fits) {
                self.put(visit, stop);
            }
        }
    }

    fn same_journey(&self, stop: usize, visit: usize) -> bool {
        let partners = self.linked.get(&self.all[visit].visit.trip);
        partners.is_some_and(|p| self.stops[stop].iter().any(|i| p.contains(&self.all[*i].visit.trip)))
    }

    fn put(&mut self, visit: usize, stop: usize) {
        self.taken[stop] = true;
        self.placed.insert(visit);
        self.stops[stop].push(visit);
    }
}

/// How well two tellings go together.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fit {
    /// Whether dates of both say so.
    certain: bool,
    /// Whether one of them may have been at any time, and the other not.
    adrift: bool,
    score: f64,
}

/// How well a visit fits a stop: the best of what it has in common with each of its tellings, none where one of them excludes it. The
/// day of a plan excludes nobody who tells of the deed, where another telling of the deed is there.
fn fit_of(all: &[Candidate<'_>], stop: &[usize], visit: usize) -> Option<Fit> {
    let settled = |i: &usize| matches!(all[*i].visit.status, Status::Completed | Status::Cancelled);
    if stop.iter().any(|other| place(&all[*other], &all[visit]).is_none()) {
        return None;
    }
    let only_settled = settled(&visit) && stop.iter().any(settled);
    let bearing = stop.iter().filter(|other| !only_settled || settled(other));
    let fits: Option<Vec<Fit>> = bearing.map(|other| fit(&all[*other], &all[visit])).collect();
    fits?.into_iter().max_by(|a, b| a.certain.cmp(&b.certain).then_with(|| a.score.total_cmp(&b.score)))
}

/// How well two visits fit each other; none where they cannot be one stop.
fn fit(a: &Candidate<'_>, b: &Candidate<'_>) -> Option<Fit> {
    let place = place(a, b)?;
    let (days, certain) = days(a, b)?;
    let kind = if a.background == b.background { 0.5 } else { 0.0 };
    let adrift = a.likely.is_open() != b.likely.is_open();
    Some(Fit { certain, adrift, score: place + days + kind - 0.2 * (a.along - b.along).abs() })
}

/// How well the places of two visits go together.
fn place(a: &Candidate<'_>, b: &Candidate<'_>) -> Option<f64> {
    let (p, q) = (a.place?, b.place?);
    match () {
        _ if same_place(p, q) => Some(3.0),
        _ if within(p, q) || within(q, p) => Some(2.0),
        _ => None,
    }
}

/// Whether a visit and a stop of one journey are told on days too far apart to go together, and yet are one stop: each trip has one visit
/// there, at most [`DISPUTED`] days from the other's, and neither has the traveller elsewhere between these days.
fn disputed(all: &[Candidate<'_>], own: &[usize], stop: &[usize], visit: usize) -> bool {
    let day = |i: usize| when::dated(all[i].visit).from.filter(|_| when::is_dated(all[i].visit));
    let of = |i: usize| own.iter().copied().filter(move |o| *o != i && all[*o].visit.trip == all[i].visit.trip);
    let Some(told) = day(visit) else { return false };
    stop.iter().all(|other| {
        let Some(said) = day(*other) else { return false };
        let (first, last) = (told.min(said), told.max(said));
        let alone = |i: usize| of(i).all(|o| place(&all[o], &all[i]).is_none());
        let elsewhere = |i: usize| of(i).filter_map(day).any(|d| d > first && d < last);
        let near = (last - first).num_days() <= DISPUTED && place(&all[*other], &all[visit]).is_some();
        let off = [*other, visit].iter().any(|i| all[*i].visit.status == Status::Cancelled)
            || too_late(&all[visit], &all[*other])
            || too_late(&all[*other], &all[visit]);
        near && !off && [*other, visit].into_iter().all(|i| alone(i) && !elsewhere(i))
    })
}

/// How well the days of two visits go together, and whether dates of both say so.
fn days(a: &Candidate<'_>, b: &Candidate<'_>) -> Option<(f64, bool)> {
    let (x, y) = (when::dated(a.visit), when::dated(b.visit));
    if too_late(a, b) || too_late(b, a) {
        return None;
    }
    if when::is_dated(a.visit) && when::is_dated(b.visit) {
        // Months that go together make nothing certain.
        let short = x.days().max(y.days()) <= 14;
        return match () {
            _ if x.from == y.from => Some((3.0, short)),
            _ if x.meets(&y, 0) => Some((2.0, short)),
            _ if x.meets(&y, 1) => Some((0.5, false)),
            _ if x.meets(&y, SLIP) => Some((0.0, false)),
            _ => None,
        };
    }
    // What is only recalled, on no day, is nobody's stop but of another such telling.
    let recalled = a.background != b.background && (x.is_open() || y.is_open());
    (a.likely.meets(&b.likely, 0) && !recalled).then(|| (a.likely.nearness(&b.likely), false))
}

/// Whether one tells of a plan that the other's visit cannot fulfil, since it was over when the plan was told.
fn too_late(plan: &Candidate<'_>, done: &Candidate<'_>) -> bool {
    let ahead = matches!(plan.visit.status, Status::Planned | Status::Possible);
    let last = when::dated(done.visit).to;
    ahead && done.visit.status == Status::Completed && plan.published.zip(last).is_some_and(|(told, last)| last < told)
}

/// Stops whose visits belong to trips that share a stop, together.
fn grouped(all: &[Candidate<'_>], stops: Vec<Vec<usize>>) -> Vec<Vec<Vec<usize>>> {
    let mut groups: Vec<(Vec<&TripId>, Vec<Vec<usize>>)> = Vec::new();
    for stop in stops {
        let trips: Vec<&TripId> = stop.iter().map(|i| &all[*i].visit.trip).collect();
        let (near, far): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(own, _)| own.iter().any(|t| trips.contains(t)));
        let mut joined = (trips, vec![stop]);
        for (own, stops) in near.into_iter().rev() {
            joined.0.extend(own);
            joined.1.splice(0..0, stops);
        }
        groups = far;
        groups.push(joined);
    }
    groups.sort_by_key(|(_, stops)| stops.iter().flatten().min().copied());
    groups.into_iter().map(|(_, stops)| stops).collect()
}
