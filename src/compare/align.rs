//! Which visits of different documents are one stop: same traveller, the same place or a part of it, days that go together. The best
//! pairs are taken first; each source has at most one visit in a stop. Trips that share a stop are one journey.

use super::when::{self, SLIP, Window};
use crate::itinerary::{OfficialId, Place, TripId, TripKind, Visit, VisitId};
use crate::network::{Network, same_place, within};
use std::collections::{BTreeMap, HashMap};

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
        let placed = join(all, &mut stops, &new);
        stops.extend(new.into_iter().filter(|v| !placed.contains(v)).map(|v| vec![v]));
    }
    stops
}

/// Puts the visits of a source into the stops that they fit; gives those that found one. First what dates make certain: the trips that
/// these join are one journey, and decide which of several stops without a date is meant.
fn join(all: &[Candidate<'_>], stops: &mut [Vec<usize>], new: &[usize]) -> Vec<usize> {
    let mut pairs: Vec<(Fit, usize, usize)> = Vec::new();
    for visit in new {
        for (s, stop) in stops.iter().enumerate() {
            pairs.extend(fit_of(all, stop, *visit).map(|fit| (fit, s, *visit)));
        }
    }
    let (mut taken, mut placed) = (vec![false; stops.len()], Vec::new());
    let mut linked: Vec<(&TripId, &TripId)> = Vec::new();
    while !pairs.is_empty() {
        let journey = |p: &(Fit, usize, usize)| {
            let trip = &all[p.2].visit.trip;
            let partners: Vec<&TripId> =
                linked.iter().filter(|(own, _)| *own == trip).map(|(_, other)| *other).collect();
            (stops[p.1].iter().any(|i| partners.contains(&&all[*i].visit.trip)), !partners.is_empty())
        };
        let rank = |p: &(Fit, usize, usize)| (p.0.certain, journey(p).0, p.0.score);
        let best = pairs.iter().enumerate().max_by(|(i, a), (j, b)| {
            let ((c, l, s), (d, m, t)) = (rank(a), rank(b));
            (c, l).cmp(&(d, m)).then_with(|| s.total_cmp(&t)).then_with(|| j.cmp(i))
        });
        let Some((at, _)) = best else { break };
        let (same_journey, known) = journey(&pairs[at]);
        let (fit, stop, visit) = pairs.swap_remove(at);
        // A trip that is known to be another journey has no undated stop in this one.
        if taken[stop] || placed.contains(&visit) || (known && !same_journey && !fit.certain) {
            pairs.sort_by_key(|p| (p.2, p.1));
            continue;
        }
        linked.extend(stops[stop].iter().map(|i| (&all[visit].visit.trip, &all[*i].visit.trip)));
        taken[stop] = true;
        placed.push(visit);
        stops[stop].push(visit);
        pairs.retain(|p| p.1 != stop && p.2 != visit);
        pairs.sort_by_key(|p| (p.2, p.1));
    }
    placed
}

/// How well two tellings go together.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fit {
    /// Whether dates of both say so.
    certain: bool,
    score: f64,
}

/// How well a visit fits a stop: the best of what it has in common with each of its tellings, none where one of them excludes it.
fn fit_of(all: &[Candidate<'_>], stop: &[usize], visit: usize) -> Option<Fit> {
    let fits: Option<Vec<Fit>> = stop.iter().map(|other| fit(&all[*other], &all[visit])).collect();
    fits?.into_iter().max_by(|a, b| a.certain.cmp(&b.certain).then_with(|| a.score.total_cmp(&b.score)))
}

/// How well two visits fit each other; none where they cannot be one stop.
fn fit(a: &Candidate<'_>, b: &Candidate<'_>) -> Option<Fit> {
    let (p, q) = (a.place?, b.place?);
    let place = match () {
        _ if same_place(p, q) => 3.0,
        _ if within(p, q) || within(q, p) => 2.0,
        _ => return None,
    };
    let (days, certain) = days(a, b)?;
    let kind = if a.background == b.background { 0.5 } else { 0.0 };
    Some(Fit { certain, score: place + days + kind - 0.2 * (a.along - b.along).abs() })
}

/// How well the days of two visits go together, and whether dates of both say so.
fn days(a: &Candidate<'_>, b: &Candidate<'_>) -> Option<(f64, bool)> {
    let (x, y) = (when::dated(a.visit), when::dated(b.visit));
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

/// The id that a visit has in its own document.
pub fn own_id(network: &Network, index: usize) -> VisitId {
    let visit = &network.visits[index];
    let prefix = network.articles.get(visit.article).map(|a| format!("{}.", a.info.id)).unwrap_or_default();
    VisitId(visit.id.0.strip_prefix(&prefix).unwrap_or(&visit.id.0).to_string())
}
